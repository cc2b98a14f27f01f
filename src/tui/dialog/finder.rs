//! The line that finds in the message: what is looked for, and which of how many places is shown.

use std::ops::Range;

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use super::{Dialog, Look};
use crate::message;
use crate::tui::action::Action;
use crate::tui::focus::Focus;
use crate::tui::widget::field::Field;
use crate::tui::widget::glyph;

/// What stands before what is looked for.
const LABEL: &str = "Find ";

/// A search in the texts of a message.
#[derive(Debug, Clone)]
pub struct Finder {
    /// What is looked for.
    pub field: Field,
    /// Where it is: fields in the order of the form, with the bytes in their texts.
    pub hits: Vec<(message::Field, Range<usize>)>,
    /// The place that is shown.
    pub at: usize,
    /// Where the focus was when it was begun.
    pub from: Focus,
}

impl Finder {
    /// A search that is begun at a place.
    pub fn new(from: Focus) -> Self {
        Self {
            field: Field::new("", false),
            hits: Vec::new(),
            at: 0,
            from,
        }
    }

    /// The next place, or the one before; from the last one to the first.
    pub const fn step(&mut self, back: bool) {
        let count = self.hits.len();
        if count > 0 {
            let by = if back { count - 1 } else { 1 };
            self.at = (self.at + by) % count;
        }
    }

    fn said(&self) -> String {
        match (self.field.is_empty(), self.hits.len()) {
            (true, _) => String::new(),
            (false, 0) => "not found".to_owned(),
            (false, count) => format!("{} of {count}", self.at + 1),
        }
    }

    /// Where it is typed: not more than half of the line.
    fn place(area: Rect) -> Rect {
        let taken = u16::try_from(LABEL.len()).unwrap_or(0);
        Rect {
            x: area.x + taken,
            width: (area.width / 2).saturating_sub(taken).max(1),
            ..area
        }
    }
}

impl Dialog for Finder {
    fn area(&self, look: &Look<'_>) -> Rect {
        Rect {
            x: 2,
            y: look.size.height.saturating_sub(2),
            width: look.size.width.saturating_sub(4),
            height: 1,
        }
    }

    fn draw(&self, look: &Look<'_>, frame: &mut Frame) {
        let area = self.area(look);
        let place = Self::place(area);
        let buffer = frame.buffer_mut();
        Clear.render(area, buffer);
        glyph::put_cut(buffer, area, LABEL, look.theme.key);
        self.field.draw(place, buffer, look.theme.field());
        let mut words = vec![self.said(), "↑ ↓ previous, next".to_owned()];
        words.push("Enter stays".to_owned());
        if let Some(key) = look.keymap.key(Action::Close) {
            words.push(format!("{key} returns"));
        }
        words.retain(|words| !words.is_empty());
        let behind = Rect {
            x: place.right() + 1,
            width: area.right().saturating_sub(place.right() + 1),
            ..area
        };
        glyph::put_cut(buffer, behind, &words.join(" · "), look.theme.text);
        frame.set_cursor_position(self.field.cursor_position(place));
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) {
        self.field.key(key, look.now);
    }

    fn field_mut(&mut self) -> Option<&mut Field> {
        Some(&mut self.field)
    }

    fn fit(&mut self, look: &Look<'_>) {
        let place = Self::place(self.area(look));
        self.field.resize(place.width, 1);
    }
}
