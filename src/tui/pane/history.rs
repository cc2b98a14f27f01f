//! The history: a search, and below it a message on a row.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::message::folded;
use crate::store::Entry;
use crate::tui::action::Action;
use crate::tui::layout::{self, Regions};
use crate::tui::model::Model;
use crate::tui::model::history::History;
use crate::tui::outcome::{outcome_sign, outcome_words, state_words};
use crate::tui::pane::preview;
use crate::tui::widget::glyph;
use crate::tui::widget::hits::{hits_of_words, marked};
use crate::tui::widget::paragraph::{put_line, wrapped};
use crate::{visible, wrap};

/// From this width on, a row has room for the whole time and more of the rest.
const ROOMY: u16 = 110;
/// From this width on, a row has room for the outcome's word and the profile.
const WITH_PROFILE: u16 = 70;
/// Columns of the filter, with how many there are.
const FILTER: u16 = 34;
/// The same without that.
const NARROW_FILTER: u16 = 20;
/// From so many columns on, the marked message stands beside the list.
const WITH_MESSAGE: u16 = 76;
/// Columns of that message, at the most.
const WIDEST_MESSAGE: u16 = 50;

/// Where everything is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// The search.
    pub search: Rect,
    /// The outcome that the list is limited to.
    pub filter: Rect,
    /// The messages.
    pub list: Rect,
    /// The one that is marked, as its recipient sees it; without a width where there is no room.
    pub message: Rect,
}

/// Where everything is on a screen.
pub const fn places(screen: &Regions) -> Places {
    let (x, y) = (screen.outer.x + 2, screen.outer.y + 1);
    let width = screen.outer.width.saturating_sub(4);
    let height = screen.rule.saturating_sub(y + 2);
    let message = match width {
        0..WITH_MESSAGE => 0,
        WITH_MESSAGE..ROOMY => width * 2 / 5,
        _ => WIDEST_MESSAGE,
    };
    let gap = if message > 0 { 3 } else { 0 };
    let list = width.saturating_sub(message + gap);
    let filter = if message > 0 { FILTER } else { NARROW_FILTER };
    Places {
        search: Rect::new(x + 2, y, width.saturating_sub(3 + filter), 1),
        filter: Rect::new(x + width.saturating_sub(filter), y, filter, 1),
        list: Rect::new(x, y + 2, list, height),
        message: Rect::new(x + list + gap, y + 2, message, height),
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
    let count = match places.filter.width {
        FILTER => count_words(history),
        _ => String::new(),
    };
    let words = format!("{key}‹{filter}› {count}");
    let words = words.trim_end();
    put_right(model, places.filter, words, buffer);
    draw_list(model, places.list, buffer);
    draw_message(model, places.message, buffer);
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
            put_found(model, place, words, style, buffer);
            x += width + 1;
        }
    }
}

/// Which one is marked, and of how many as far as that is known.
fn count_words(history: &History) -> String {
    let Some(newer) = history.newer.filter(|_| !history.entries.is_empty()) else {
        return String::new();
    };
    let sign = if history.is_at_end { "" } else { "+" };
    let count = newer + history.entries.len();
    format!("{} of {count}{sign}", newer + history.selected + 1)
}

/// A text on one line, what is looked for marked in it.
fn put_found(model: &Model, place: Rect, words: &str, style: Style, buffer: &mut Buffer) {
    let wanted = folded(&model.history.search.text());
    let wanted: Vec<&str> = wanted.split_whitespace().collect();
    let words = visible::line(words);
    let words = wrap::truncate(&words, usize::from(place.width));
    let found = hits_of_words(&words, &wanted);
    if found.is_empty() {
        glyph::put_cut(buffer, place, &words, style);
        return;
    }
    let found = found
        .into_iter()
        .map(|range| (range, model.theme.selection));
    let found: Vec<_> = found.collect();
    let line = Line::from(Span::styled(words.into_owned(), style));
    put_line(buffer, place, &marked(line, &found));
}

/// The marked message as its recipient sees it, and what became of it.
fn draw_message(model: &Model, place: Rect, buffer: &mut Buffer) {
    let Some(entry) = model.history.chosen().filter(|_| place.width > 0) else {
        return;
    };
    for y in place.top()..place.bottom() {
        glyph::put(buffer, place.x - 2, y, "│", 1, model.theme.frame);
    }
    let width = usize::from(place.width);
    let (sign, style) = outcome_sign(&model.theme, entry);
    let said = format!(
        "{sign} {} · {} · {}",
        outcome_words(entry),
        entry.kind,
        entry.started_local
    );
    let mut lines = wrapped(&format!("To {}", entry.to), width, model.theme.title);
    lines.extend(wrapped(&said, width, style));
    lines.push(Line::default());
    let sent = model.history.peeked.as_ref();
    if let Some(sent) = sent.filter(|sent| sent.entry.id == entry.id) {
        lines.extend(preview::of_draft(model, &sent.draft, width));
    }
    let wanted = folded(&model.history.search.text());
    let wanted: Vec<&str> = wanted.split_whitespace().collect();
    let rows = (place.top()..place.bottom()).map(|y| Rect {
        y,
        height: 1,
        ..place
    });
    for (line, row) in lines.into_iter().zip(rows) {
        let found = hits_of_words(&line.to_string(), &wanted).into_iter();
        let found: Vec<_> = found.map(|range| (range, model.theme.selection)).collect();
        put_line(buffer, row, &marked(line, &found));
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
