//! The question for the values of variables.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::draw::{Dialog, centred, draw_box, draw_keys, width};
use crate::tui::layout;
use crate::tui::model::Model;
use crate::tui::widget::field::Field;
use crate::tui::widget::glyph;

/// The question for the values of variables.
#[derive(Debug, Clone)]
pub struct FillPrompt {
    /// The variables, in the order of the form.
    pub names: Vec<String>,
    /// Their values.
    pub fields: Vec<Field>,
    /// The one that is written.
    pub at: usize,
    /// Whether the message is to be sent then.
    pub then_send: bool,
}

pub(super) fn area(model: &Model, prompt: &FillPrompt) -> Rect {
    let rows = u16::try_from(prompt.names.len()).unwrap_or(u16::MAX);
    let rows = rows.min(model.size.height.saturating_sub(6)).max(1);
    centred(model.size, width(model.size), rows + 4)
}

/// The rows' place, the names' columns, and the first one that is seen.
fn list(model: &Model, prompt: &FillPrompt) -> (Rect, u16, usize) {
    let area = area(model, prompt);
    let list = Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(4),
    };
    let names = prompt.names.iter().map(|name| layout::columns(name)).max();
    let names = names.unwrap_or(0).min(list.width / 2);
    let top = (prompt.at + 1).saturating_sub(usize::from(list.height));
    (list, names, top)
}

/// Columns of a value.
pub fn field_width(model: &Model, prompt: &FillPrompt) -> u16 {
    let (list, names, _) = list(model, prompt);
    list.width.saturating_sub(names + 2)
}

/// The value at a row of the screen.
pub(super) fn at_row(model: &Model, prompt: &FillPrompt, y: u16) -> Option<usize> {
    let (list, _, top) = list(model, prompt);
    let row = usize::from(y.checked_sub(list.y)?) + top;
    (y < list.bottom() && row < prompt.names.len()).then_some(row)
}

pub(super) fn draw(model: &Model, prompt: &FillPrompt, frame: &mut Frame) {
    let area = area(model, prompt);
    let buffer = frame.buffer_mut();
    draw_box(
        model,
        &Dialog {
            area,
            title: " Fill in ",
            body: Vec::new(),
            choices: Vec::new(),
        },
        buffer,
    );
    let (list, names, top) = list(model, prompt);
    let values = prompt
        .names
        .iter()
        .zip(&prompt.fields)
        .enumerate()
        .skip(top);
    for ((at, (name, field)), y) in values.zip(list.top()..list.bottom()) {
        let row = Rect {
            y,
            height: 1,
            ..list
        };
        let on = at == prompt.at;
        let style = if on {
            model.theme.focus
        } else {
            model.theme.text
        };
        glyph::put_cut(
            buffer,
            Rect {
                width: names,
                ..row
            },
            name,
            style,
        );
        let value = Rect {
            x: row.x + names + 2,
            width: row.width.saturating_sub(names + 2),
            ..row
        };
        if on {
            field.draw(value, buffer, model.theme.field());
        } else if field.is_empty() {
            glyph::put_cut(buffer, value, "not filled in", model.theme.placeholder);
        } else {
            glyph::put_cut(buffer, value, &field.text(), model.theme.text);
        }
    }
    let hidden = prompt.names.len().saturating_sub(usize::from(list.height));
    let then = match (prompt.at + 1 < prompt.names.len(), prompt.then_send) {
        (true, _) => "next value",
        (false, true) => "asks whether to send",
        (false, false) => "takes them",
    };
    let at = (hidden > 0).then(|| format!("{} of {}", prompt.at + 1, prompt.names.len()));
    let parts = at.into_iter().chain([format!("Enter {then}")]);
    draw_keys(model, area, parts.collect(), buffer);
    if let Some(field) = prompt.fields.get(prompt.at) {
        let row = u16::try_from(prompt.at - top).unwrap_or(0);
        let value = Rect {
            x: list.x + names + 2,
            y: list.y + row,
            width: list.width.saturating_sub(names + 2),
            height: 1,
        };
        frame.set_cursor_position(field.cursor_position(value));
    }
}
