//! The list of drafts.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::draw::{Dialog, centred, draw_box, draw_keys, draw_on_border};
use super::palette::{below_search, top_row};
use crate::store::{DraftId, DraftRow};
use crate::tui::action::Action;
use crate::tui::layout;
use crate::tui::model::Model;
use crate::tui::widget::field::Field;
use crate::tui::widget::glyph;
use crate::visible;

/// The widest that the list is.
const WIDEST: u16 = 100;
/// Rows of the list, at the most.
const ROWS: u16 = 16;
/// From this width on, a row has room for the recipient.
const WITH_RECIPIENT: u16 = 60;

/// The list of drafts.
#[derive(Debug, Clone)]
pub struct Drafts {
    /// What is looked for.
    pub query: Field,
    /// Every draft.
    pub rows: Vec<DraftRow>,
    /// Whether they were read.
    pub is_read: bool,
    /// The one of those that match that Enter opens.
    pub selected: usize,
    /// The draft that gets a name, and that.
    pub naming: Option<(DraftId, Field)>,
}

impl Default for Drafts {
    fn default() -> Self {
        Self {
            query: Field::new("", false),
            rows: Vec::new(),
            is_read: false,
            selected: 0,
            naming: None,
        }
    }
}

/// Columns of the text fields.
pub fn field_width(size: Size) -> u16 {
    width(size).saturating_sub(6)
}

fn width(size: Size) -> u16 {
    size.width.saturating_sub(4).min(WIDEST)
}

/// The dialog, as high as there are drafts; a search leaves it where it is.
pub(super) fn area(size: Size, shown: &Drafts) -> Rect {
    let rows = u16::try_from(shown.rows.len()).unwrap_or(ROWS);
    let height = rows.clamp(3, ROWS) + 5;
    let height = height.min(size.height.saturating_sub(2));
    Rect {
        y: 1,
        ..centred(size, width(size), height)
    }
}

pub(super) const fn list(area: Rect) -> Rect {
    below_search(area, 1)
}

pub(super) fn draw(model: &Model, shown: &Drafts, frame: &mut Frame) {
    let area = area(model.size, shown);
    let buffer = frame.buffer_mut();
    draw_box(
        model,
        &Dialog {
            area,
            title: " Drafts ",
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
    let (sign, field, empty) = match &shown.naming {
        Some((_, field)) => ("✎", field, "a name; empty takes it away"),
        None => ("▸", &shown.query, "type to find"),
    };
    glyph::put(buffer, area.x + 2, input.y, sign, 1, model.theme.key);
    if field.is_empty() {
        glyph::put_cut(buffer, input, empty, model.theme.placeholder);
    } else {
        field.draw(input, buffer, model.theme.field());
    }
    let cursor = field.cursor_position(input);
    let list = list(area);
    let rows = shown.matches();
    if rows.is_empty() {
        let words = if !shown.is_read {
            "Reading …"
        } else if shown.rows.is_empty() && shown.query.is_empty() {
            "No drafts yet: what you write is kept here by itself"
        } else {
            "No draft has these words"
        };
        glyph::put_cut(buffer, Rect { height: 1, ..list }, words, model.theme.text);
    }
    let top = top_row(shown.selected, list.height);
    let seen = rows.iter().enumerate().skip(top);
    for ((at, row), y) in seen.zip(list.top()..list.bottom()) {
        let place = Rect {
            y,
            height: 1,
            ..list
        };
        draw_row(model, row, at == shown.selected, place, buffer);
    }
    draw_hints(model, shown, rows.len(), area, buffer);
    frame.set_cursor_position(cursor);
}

fn draw_row(model: &Model, row: &DraftRow, on: bool, place: Rect, buffer: &mut Buffer) {
    let (mark, style) = if on {
        ("▸ ", model.theme.selected)
    } else {
        ("  ", model.theme.text)
    };
    let name = match (&row.name, &row.file) {
        (Some(name), _) => name.clone(),
        (None, Some(file)) => {
            let name = file.file_name().unwrap_or(file.as_os_str());
            format!("{}: {}", name.to_string_lossy(), row.first_line)
        }
        (None, None) if row.first_line.is_empty() => format!("({} without a text)", row.kind),
        (None, None) => row.first_line.clone(),
    };
    let state = if model.keeping.id == Some(row.id) {
        "● here"
    } else if row.is_open_elsewhere {
        "○ elsewhere"
    } else {
        ""
    };
    let mut right = vec![state.to_owned()];
    if place.width >= WITH_RECIPIENT {
        right.push(visible::line(&row.to).into_owned());
    }
    // The year only stands in the store.
    right.push(row.updated_local.get(5..).unwrap_or_default().to_owned());
    right.retain(|part| !part.is_empty());
    let right = right.join("  ");
    let width = layout::columns(&right).min(place.width * 2 / 3);
    let left = Rect {
        width: place.width.saturating_sub(width + 1),
        ..place
    };
    let words = format!("{mark}{}", visible::line(&name));
    glyph::put_cut(buffer, left, &words, style);
    let right_place = Rect {
        x: place.right() - width,
        width,
        ..place
    };
    glyph::put_cut(buffer, right_place, &right, model.theme.text);
}

fn draw_hints(model: &Model, shown: &Drafts, count: usize, area: Rect, buffer: &mut Buffer) {
    if shown.naming.is_some() {
        draw_keys(model, area, vec!["Enter names it".to_owned()], buffer);
        return;
    }
    let hint = |(action, words)| model.keymap.hint(action, words);
    let at = (shown.selected + 1).min(count);
    let mut parts = vec![format!("{at} of {count}"), "Enter opens".to_owned()];
    parts.extend(hint((Action::Close, "closes")));
    draw_on_border(area, &parts, model.theme.text, buffer);
    let restores = (!model.keeping.deleted.is_empty()).then_some((Action::Undo, "brings it back"));
    let actions = [
        (Action::Rename, "rename"),
        (Action::DuplicateDraft, "duplicate"),
        (Action::DeleteDraft, "delete"),
    ];
    let hints = restores.into_iter().chain(actions).filter_map(hint);
    let above = Rect {
        x: area.x + 2,
        y: area.bottom().saturating_sub(2),
        width: area.width.saturating_sub(4),
        height: 1,
    };
    let words = hints.collect::<Vec<_>>().join("  ");
    glyph::put_cut(buffer, above, &words, model.theme.text);
}
