//! A list of which one entry is marked: what is looked for, where the keys go, which entries are seen, and
//! what is at a place.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::field::{Field, Response};
use super::glyph;
use crate::message::folded;
use crate::tui::theme::Theme;

/// An entry as it is drawn.
#[derive(Debug, Clone)]
pub struct Row {
    /// What it is.
    pub left: String,
    /// What stands right of that, whole as far as it takes no more than `most` columns.
    pub right: String,
    /// The style of the right side.
    pub style: Style,
    /// Columns of the right side, at the most.
    pub most: u16,
}

/// A list that is searched by typing.
#[derive(Debug, Clone)]
pub struct Search {
    /// What is looked for.
    pub query: Field,
    /// Which of the entries that match is marked.
    pub selected: usize,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            query: Field::new("", false),
            selected: 0,
        }
    }
}

impl Search {
    /// Goes to another of so many entries, or types; whether something else is looked for now.
    pub fn key(&mut self, key: KeyEvent, count: usize, now: Duration) -> bool {
        let is_editing = matches!(key.code, KeyCode::Home | KeyCode::End);
        let next = stepped(self.selected, count, key);
        if !is_editing && next != self.selected {
            self.selected = next;
        } else if self.query.key(key, now) == Response::Changed {
            self.selected = 0;
            return true;
        }
        false
    }

    /// Whether every word that is looked for is in a text, whatever its accents.
    pub fn matches(&self, text: &str) -> bool {
        let (text, query) = (folded(text), folded(&self.query.text()));
        query.split_whitespace().all(|word| text.contains(word))
    }

    /// `3 of 12`.
    pub fn place(&self, count: usize) -> String {
        format!("{} of {count}", (self.selected + 1).min(count))
    }
}

/// The entry of a list that a key goes to; the list is a ring.
pub fn stepped(selected: usize, count: usize, key: KeyEvent) -> usize {
    const PAGE: usize = 8;
    let last = count.saturating_sub(1);
    match key.code {
        KeyCode::Up | KeyCode::BackTab => selected.checked_sub(1).unwrap_or(last),
        KeyCode::Down | KeyCode::Tab if selected >= last => 0,
        KeyCode::Down | KeyCode::Tab => selected + 1,
        KeyCode::PageUp => selected.saturating_sub(PAGE),
        KeyCode::PageDown => (selected + PAGE).min(last),
        KeyCode::Home => 0,
        KeyCode::End => last,
        _ => selected,
    }
}

/// The first entry that is seen, so that the marked one is.
pub fn top(selected: usize, height: u16) -> usize {
    (selected + 1).saturating_sub(usize::from(height))
}

/// The entry at a place, of so many.
pub fn at(list: Rect, selected: usize, count: usize, place: Position) -> Option<usize> {
    let row = usize::from(place.y.saturating_sub(list.y)) + top(selected, list.height);
    (list.contains(place) && row < count).then_some(row)
}

/// Draws the entries that are seen; `rows` are all of them.
pub fn draw(
    theme: &Theme,
    list: Rect,
    rows: impl IntoIterator<Item = Row>,
    selected: Option<usize>,
    buffer: &mut Buffer,
) {
    let top = top(selected.unwrap_or(0), list.height);
    let rows = rows.into_iter().enumerate().skip(top);
    for ((at, row), y) in rows.zip(list.top()..list.bottom()) {
        let (mark, style) = if Some(at) == selected {
            ("▸ ", theme.selected)
        } else {
            ("  ", theme.text)
        };
        let width = u16::try_from(glyph::width(&row.right)).unwrap_or(u16::MAX);
        let width = width.min(row.most).min(list.width);
        let gap = u16::from(!row.right.is_empty());
        let left = Rect {
            y,
            width: list.width.saturating_sub(width + gap),
            height: 1,
            ..list
        };
        glyph::put_cut(buffer, left, &format!("{mark}{}", row.left), style);
        let right = Rect {
            x: list.right() - width,
            width,
            ..left
        };
        glyph::put_cut(buffer, right, &row.right, row.style);
    }
}
