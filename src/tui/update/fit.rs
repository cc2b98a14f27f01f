//! Fits editors, dialogs and the picture to the screen, so that each knows what it shows.

use super::{follow, history, picture};
use crate::message::Field;
use crate::tui::model::Model;
use crate::tui::{layout, pane};

/// Fits the editors to the screen, so that each knows what it shows.
pub fn fit(model: &mut Model) {
    history::fit_history(model);
    let Some(screen) = layout::regions(model) else {
        return;
    };
    if let Some(mut modal) = model.modals.pop() {
        modal.dialog_mut().fit(&model.look());
        model.modals.push(modal);
    }
    if let Some(line) = screen.find {
        model.find.field.resize(pane::find::field(line).width, 1);
    }
    picture::fit_picture(model, screen.pane.as_size());
    if screen.form.height == 0 {
        return;
    }
    // The width of the text's box decides how many rows it wants, and these its height.
    let width = layout::text_field(screen.form).width;
    let height = model
        .composer
        .editor(Field::Text)
        .map_or(1, |editor| u16::try_from(editor.height()).unwrap_or(1));
    model.composer.resize(Field::Text, width, height);
    let form = layout::form_of(model, &screen);
    model.form_scroll = form.above;
    for row in form.rows {
        for (focus, area) in pane::form::cells(model, row) {
            if let Some(field) = focus.field() {
                model.composer.resize(field, area.width, area.height);
            }
        }
    }
    follow::follow_caret(model, &screen);
}
