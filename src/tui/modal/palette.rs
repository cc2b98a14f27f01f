//! The palette: every command by its words.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::draw::{Dialog, centred, draw_box, draw_keys, field_width, width};
use super::{Entry, Palette};
use crate::tui::layout;
use crate::tui::model::Model;
use crate::tui::widget::glyph;

/// Rows of the list, at the most.
const ENTRIES: usize = 12;

pub(super) fn area(size: Size) -> Rect {
    let height = u16::try_from(ENTRIES).unwrap_or(0) + 4;
    let height = height.min(size.height.saturating_sub(2));
    Rect {
        y: 1,
        ..centred(size, width(size), height)
    }
}

pub(super) const fn list(area: Rect) -> Rect {
    below_search(area, 0)
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

pub(super) fn top_row(selected: usize, height: u16) -> usize {
    (selected + 1).saturating_sub(usize::from(height))
}

pub(super) fn draw(model: &Model, palette: &Palette, frame: &mut Frame) {
    let area = area(model.size);
    let buffer = frame.buffer_mut();
    draw_box(
        model,
        &Dialog {
            area,
            title: " Commands ",
            body: Vec::new(),
            choices: Vec::new(),
        },
        buffer,
    );
    let input = Rect {
        x: area.x + 4,
        y: area.y + 1,
        width: field_width(model.size),
        height: 1,
    };
    glyph::put(buffer, area.x + 2, input.y, "▸", 1, model.theme.key);
    if palette.query.is_empty() {
        glyph::put_cut(buffer, input, "type to find", model.theme.placeholder);
    } else {
        palette.query.draw(input, buffer, model.theme.field());
    }
    let list = list(area);
    let entries = palette.entries(model);
    let top = top_row(palette.selected, list.height);
    if entries.is_empty() {
        glyph::put_cut(
            buffer,
            Rect { height: 1, ..list },
            "No command has these words",
            model.theme.text,
        );
    }
    let rows = list.top()..list.bottom();
    for ((index, entry), y) in entries.iter().enumerate().skip(top).zip(rows) {
        let row = Rect {
            y,
            height: 1,
            ..list
        };
        draw_entry(model, *entry, index == palette.selected, row, buffer);
    }
    let at = (palette.selected + 1).min(entries.len());
    let at = format!("{at} of {}", entries.len());
    draw_keys(model, area, vec![at, "Enter runs".to_owned()], buffer);
    frame.set_cursor_position(palette.query.cursor_position(input));
}

fn draw_entry(model: &Model, entry: Entry, on: bool, row: Rect, buffer: &mut Buffer) {
    let (words, key) = match entry {
        Entry::Action(action) => (action.words().to_owned(), model.keymap.key(action)),
        Entry::Profile(at) => {
            let profile = &model.profiles[at];
            let gateway = profile.account.gateway;
            (format!("Use profile {} ({gateway})", profile.name), None)
        }
    };
    let key = key.map_or_else(String::new, |key| key.to_string());
    let key_width = layout::columns(&key);
    let (mark, style) = if on {
        ("▸ ", model.theme.selected)
    } else {
        ("  ", model.theme.text)
    };
    let room = Rect {
        width: row.width.saturating_sub(key_width + 1),
        ..row
    };
    glyph::put_cut(buffer, room, &format!("{mark}{words}"), style);
    let x = row.right() - key_width;
    glyph::put(
        buffer,
        x,
        row.y,
        &key,
        usize::from(key_width),
        model.theme.key,
    );
}
