//! The history: a search, and below it a message on a row.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::store::Entry;
use crate::tui::action::Action;
use crate::tui::layout::{self, Regions};
use crate::tui::model::Model;
use crate::tui::outcome::{outcome_sign, outcome_words, state_words};
use crate::tui::widget::glyph;
use crate::tui::widget::paragraph::{put_line, wrapped};
use crate::visible;

/// From this width on, a row has room for the whole time and more of the rest.
const ROOMY: u16 = 110;
/// From this width on, a row has room for the outcome's word and the profile.
const WITH_PROFILE: u16 = 70;
/// Columns of the filter.
const FILTER: u16 = 20;

/// Where everything is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// The search.
    pub search: Rect,
    /// The outcome that the list is limited to.
    pub filter: Rect,
    /// The messages.
    pub list: Rect,
}

/// Where everything is on a screen.
pub const fn places(screen: &Regions) -> Places {
    let (x, y) = (screen.outer.x + 2, screen.outer.y + 1);
    let width = screen.outer.width.saturating_sub(4);
    Places {
        search: Rect::new(x + 2, y, width.saturating_sub(3 + FILTER), 1),
        filter: Rect::new(x + width.saturating_sub(FILTER), y, FILTER, 1),
        list: Rect::new(x, y + 2, width, screen.rule.saturating_sub(y + 2)),
    }
}

/// The row of the window at a line of the screen.
pub fn at_row(model: &Model, screen: &Regions, y: u16) -> Option<usize> {
    let list = places(screen).list;
    let row = model.history.top + usize::from(y.checked_sub(list.y)?);
    (y < list.bottom() && row < model.history.entries.len()).then_some(row)
}

/// Draws it.
pub fn draw(model: &Model, screen: &Regions, frame: &mut Frame) {
    let places = places(screen);
    let history = &model.history;
    let buffer = frame.buffer_mut();
    let sign = Rect {
        x: places.search.x - 2,
        width: 1,
        ..places.search
    };
    glyph::put_cut(buffer, sign, "▸", model.theme.key);
    if history.search.is_empty() {
        glyph::put_cut(
            buffer,
            places.search,
            "type to find",
            model.theme.placeholder,
        );
    } else {
        history
            .search
            .draw(places.search, buffer, model.theme.field());
    }
    let filter = history.filter.map_or("all", state_words);
    let key = model.keymap.key(Action::NextField);
    let key = key.map_or_else(String::new, |key| format!("{key} "));
    let words = format!("{key}‹{filter}›");
    put_right(model, places.filter, &words, buffer);
    draw_list(model, places.list, buffer);
    draw_hidden(model, places.list, buffer);
    frame.set_cursor_position(history.search.cursor_position(places.search));
}

fn put_right(model: &Model, place: Rect, words: &str, buffer: &mut Buffer) {
    let width = layout::columns(words).min(place.width);
    let place = Rect {
        x: place.right() - width,
        width,
        height: 1,
        ..place
    };
    glyph::put_cut(buffer, place, words, model.theme.text);
}

fn draw_list(model: &Model, list: Rect, buffer: &mut Buffer) {
    let history = &model.history;
    let rows = (list.top()..list.bottom()).map(|y| Rect {
        y,
        height: 1,
        ..list
    });
    if history.entries.is_empty() {
        let lines = wrapped(
            &empty_words(model),
            usize::from(list.width),
            model.theme.text,
        );
        for (line, row) in lines.iter().zip(rows) {
            put_line(buffer, row, line);
        }
        return;
    }
    let seen = history.entries.iter().enumerate().skip(history.top);
    for ((at, entry), row) in seen.zip(rows) {
        draw_row(model, entry, at == history.selected, row, buffer);
    }
}

fn empty_words(model: &Model) -> String {
    let history = &model.history;
    if let Some(why) = &history.failed {
        return format!("The history cannot be read: {}", why.on_lines());
    }
    if !model.keeping.is_on() {
        let notice = model.keeping.notice.clone();
        return notice.unwrap_or_else(|| "Reading …".to_owned());
    }
    if !history.is_read {
        return "Reading …".to_owned();
    }
    if !history.search.is_empty() || history.filter.is_some() {
        return "Nothing was found.".to_owned();
    }
    if let Some(notice) = &model.keeping.notice {
        return notice.clone();
    }
    let key = model.keymap.key(Action::Send);
    let key = key.map_or_else(String::new, |key| format!(" {key} sends the message."));
    format!(
        "Nothing was sent yet. Whatever is sent here or with `wacompose send` is listed here, with \
         its request and answer.{key}"
    )
}

/// Columns of the time, the outcome's word, the profile and the recipient.
const fn columns(width: u16) -> [u16; 4] {
    if width >= ROOMY {
        [19, 11, 16, 22]
    } else if width >= WITH_PROFILE {
        [11, 11, 12, 18]
    } else {
        [11, 0, 0, 17]
    }
}

fn draw_row(model: &Model, entry: &Entry, on: bool, row: Rect, buffer: &mut Buffer) {
    let theme = &model.theme;
    let (sign, style) = outcome_sign(theme, entry);
    let is_marked = model.history.marked.contains(&entry.id);
    let mark = match (is_marked, on) {
        (true, _) => "◆",
        (false, true) => "▸",
        (false, false) => " ",
    };
    let sizes = columns(row.width);
    let time = if sizes[0] >= 19 {
        entry.started_local.as_str()
    } else {
        // Without the year and the seconds.
        entry.started_local.get(5..16).unwrap_or_default()
    };
    let text = if on { theme.selected } else { theme.text };
    let cells = [
        (1, mark, theme.key),
        (1, sign, style),
        (sizes[1], outcome_words(entry), style),
        (sizes[0], time, theme.text),
        (sizes[2], entry.profile.as_str(), theme.text),
        (sizes[3], entry.to.as_str(), theme.text),
        (row.width, entry.first_line.as_str(), text),
    ];
    let mut x = row.x;
    for (width, words, style) in cells {
        let width = width.min(row.right().saturating_sub(x));
        if width > 0 {
            let place = Rect { x, width, ..row };
            glyph::put_cut(buffer, place, &visible::line(words), style);
            x += width + 1;
        }
    }
}

/// How much is scrolled out, on the lines above and below.
fn draw_hidden(model: &Model, list: Rect, buffer: &mut Buffer) {
    let history = &model.history;
    let bottom = history.top + usize::from(list.height);
    let below = history.entries.len().saturating_sub(bottom);
    let above = history.newer.map(|newer| newer + history.top);
    let words = match above {
        Some(0) => String::new(),
        Some(above) => format!(" ↑ {above} more "),
        None => " ↑ more ".to_owned(),
    };
    let y = list.y.saturating_sub(1);
    put_right(model, Rect { y, ..list }, &words, buffer);
    if below > 0 {
        let sign = if history.is_at_end { "" } else { "+" };
        let y = list.bottom();
        let words = format!(" ↓ {below}{sign} more ");
        put_right(model, Rect { y, ..list }, &words, buffer);
    }
}
