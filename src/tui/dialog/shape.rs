//! The box that dialogs are in, and what they are drawn with.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Style;
use ratatui::symbols::border;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Widget};

use crate::tui::action::Action;
use crate::tui::keymap::Keymap;
use crate::tui::theme::Theme;
use crate::tui::widget::field::Field;
use crate::tui::widget::glyph;
use crate::tui::widget::paragraph::put_line;

/// The widest dialog.
const WIDEST: u16 = 64;

/// What dialogs are drawn with.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// The terminal's size.
    pub size: Size,
    /// The styles.
    pub theme: &'a Theme,
    /// The keys.
    pub keymap: &'a Keymap,
    /// The time of the last event.
    pub now: Duration,
    /// Whether a question can be confirmed.
    pub is_open: bool,
}

/// A dialog in its place.
pub(super) struct Shape {
    pub(super) area: Rect,
    pub(super) title: &'static str,
    pub(super) body: Vec<Line<'static>>,
}

impl Shape {
    /// A box without words.
    pub(super) const fn empty(area: Rect, title: &'static str) -> Self {
        let body = Vec::new();
        Self { area, title, body }
    }

    pub(super) fn draw(&self, look: &Look<'_>, buffer: &mut Buffer) {
        Clear.render(self.area, buffer);
        Block::bordered()
            .border_set(border::ROUNDED)
            .border_style(look.theme.focus)
            .title(Span::styled(self.title, look.theme.title))
            .render(self.area, buffer);
        let inner = inner(self.area);
        for (line, y) in self.body.iter().zip(inner.top()..inner.bottom()) {
            let row = Rect {
                y,
                height: 1,
                ..inner
            };
            put_line(buffer, row, line);
        }
    }
}

/// What is inside of a box.
pub(super) const fn inner(area: Rect) -> Rect {
    Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    }
}

/// The most entries of a list that is searched.
const ENTRIES: u16 = 12;

/// Where a list that is searched is, with its search and its keys.
pub(super) fn searched_area(look: &Look<'_>) -> Rect {
    let height = (ENTRIES + 4).min(look.size.height.saturating_sub(2));
    Rect {
        y: 1,
        ..centred(look.size, width(look.size), height)
    }
}

pub(super) fn width(size: Size) -> u16 {
    size.width.saturating_sub(4).min(WIDEST)
}

/// Columns of the text field in a dialog.
pub(super) fn field_width(size: Size) -> u16 {
    width(size).saturating_sub(6)
}

pub(super) fn centred(size: Size, width: u16, height: u16) -> Rect {
    let height = height.min(size.height);
    Rect {
        x: (size.width - width) / 2,
        y: (size.height - height) / 2,
        width,
        height,
    }
}

/// The list of a dialog below what is looked for, with so many rows free below it.
pub(super) const fn below_search(area: Rect, free: u16) -> Rect {
    Rect {
        x: area.x + 2,
        y: area.y + 3,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(4 + free),
    }
}

/// Draws the text that a dialog begins with, behind a sign; returns its place.
pub(super) fn draw_search(
    look: &Look<'_>,
    area: Rect,
    (sign, empty): (&str, &str),
    field: &Field,
    buffer: &mut Buffer,
) -> Rect {
    let input = Rect {
        x: area.x + 4,
        y: area.y + 1,
        width: area.width.saturating_sub(6),
        height: 1,
    };
    glyph::put(buffer, area.x + 2, input.y, sign, 1, look.theme.key);
    if field.is_empty() {
        glyph::put_cut(buffer, input, empty, look.theme.placeholder);
    } else {
        field.draw(input, buffer, look.theme.field());
    }
    input
}

/// Says on the lower border what the keys do, the one that closes the dialog last.
pub(super) fn draw_keys(look: &Look<'_>, area: Rect, mut parts: Vec<String>, buffer: &mut Buffer) {
    parts.extend(look.keymap.hint(Action::Close, "closes"));
    draw_on_border(area, &parts, look.theme.dim, buffer);
}

/// Says something on the lower border.
pub(super) fn draw_on_border(area: Rect, parts: &[String], style: Style, buffer: &mut Buffer) {
    let line = Rect {
        x: area.x + 2,
        y: area.bottom() - 1,
        width: area.width.saturating_sub(4),
        height: 1,
    };
    glyph::put_cut(buffer, line, &format!(" {} ", parts.join(" · ")), style);
}

/// The row that a dialog's text is scrolled to by a key: up and down, by pages, to an end.
pub(super) fn scrolled(
    scroll: usize,
    rows: usize,
    height: usize,
    key: crossterm::event::KeyCode,
) -> usize {
    use crossterm::event::KeyCode;
    let last = rows.saturating_sub(height);
    let page = height.saturating_sub(1);
    let scroll = match key {
        KeyCode::Up => scroll.saturating_sub(1),
        KeyCode::Down => scroll + 1,
        KeyCode::PageUp => scroll.saturating_sub(page),
        KeyCode::PageDown | KeyCode::Char(' ') => scroll + page,
        KeyCode::Home => 0,
        KeyCode::End => last,
        _ => scroll,
    };
    scroll.min(last)
}
