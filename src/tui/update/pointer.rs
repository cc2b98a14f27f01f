//! The mouse in the texts of the form: dragging selects, a double click a word, a triple click a line.

use ratatui::layout::{Position, Rect};

use crate::message::Field;
use crate::tui::model::{Model, View};
use crate::tui::widget::field::Response;
use crate::tui::{layout, pane};

/// A click was taken: where it put the cursor into a text, that can be dragged from, and a further click
/// selects.
pub fn clicked(model: &mut Model, at: Position, times: u8) {
    let Some((field, _)) = text_with_focus(model).filter(|(_, area)| area.contains(at)) else {
        return;
    };
    model.pointer.dragged = Some(field);
    model.composer.edit(field, |editor| {
        match times {
            2 => editor.select_word(),
            3 => editor.select_line(),
            _ => {}
        }
        Response::Moved
    });
}

/// The mouse moved with its button down: what began in a text selects there.
pub fn dragged(model: &mut Model, at: Position) {
    let dragged = model.pointer.dragged;
    let text = text_with_focus(model).filter(|(field, _)| Some(*field) == dragged);
    let Some((field, area)) = text else { return };
    let column = usize::from(at.x.saturating_sub(area.x));
    let row = i32::from(at.y) - i32::from(area.y);
    model.composer.edit(field, |editor| {
        editor.drag(column, isize::try_from(row).unwrap_or(0));
        Response::Moved
    });
}

/// The text that has the focus, where it is seen.
fn text_with_focus(model: &Model) -> Option<(Field, Rect)> {
    if !matches!(model.view, View::Compose) || !model.modals.is_empty() {
        return None;
    }
    let field = model.focus.field()?;
    let screen = layout::regions(model)?;
    let form = layout::form_of(model, &screen);
    let area = pane::form::focused_cell(model, &form)?;
    Some((field, area))
}
