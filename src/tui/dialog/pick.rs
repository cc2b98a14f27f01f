//! The choice among the buttons or rows that a reply can answer with.

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::shape::{Shape, centred, draw_keys, inner, width};
use super::{Dialog, Look};
use crate::message::SelectedRow;
use crate::tui::widget::list::{self, Row, stepped};

/// Rows of the list, at the most.
const ENTRIES: u16 = 12;

/// The choice among the buttons or rows of a message.
#[derive(Debug, Clone)]
pub struct Pick {
    /// What can be picked.
    pub choices: Vec<SelectedRow>,
    /// What Enter picks.
    pub selected: usize,
}

impl Dialog for Pick {
    fn area(&self, look: &Look<'_>) -> Rect {
        let rows = u16::try_from(self.choices.len()).unwrap_or(u16::MAX);
        let rows = rows
            .clamp(1, ENTRIES)
            .min(look.size.height.saturating_sub(4));
        centred(look.size, width(look.size), rows + 2)
    }

    fn draw(&self, look: &Look<'_>, frame: &mut Frame) {
        let area = self.area(look);
        let buffer = frame.buffer_mut();
        Shape::empty(area, " What is answered ").draw(look, buffer);
        let place = inner(area);
        let rows = self.choices.iter().map(|choice| Row {
            left: choice.text.clone(),
            right: choice.id.clone(),
            style: look.theme.text,
            most: place.width / 2,
        });
        list::draw(look.theme, place, rows, Some(self.selected), buffer);
        let at = format!("{} of {}", self.selected + 1, self.choices.len());
        draw_keys(look, area, vec![at, "Enter picks".to_owned()], buffer);
    }

    fn key(&mut self, _: &Look<'_>, key: KeyEvent) {
        self.selected = stepped(self.selected, self.choices.len(), key);
    }

    fn entry_at(&self, look: &Look<'_>, at: Position) -> Option<usize> {
        let place = inner(self.area(look));
        list::at(place, self.selected, self.choices.len(), at)
    }

    fn mark(&mut self, entry: usize) -> bool {
        self.selected = entry;
        true
    }
}
