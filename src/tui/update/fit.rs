//! Fits editors, dialogs and the picture to the screen, so that each knows what it shows.

use super::{history, picture};
use crate::message::Field;
use crate::tui::layout;
use crate::tui::modal::{self, Modal};
use crate::tui::model::Model;
use crate::tui::pane;

/// Fits the editors to the screen, so that each knows what it shows.
pub fn fit(model: &mut Model) {
    history::fit_history(model);
    let Some(screen) = layout::regions(model) else {
        return;
    };
    let (width, height) = match model.modals.last() {
        Some(Modal::Fill(prompt)) => (modal::value_width(model, prompt), 1),
        Some(Modal::Import(prompt)) => modal::import_field(model, prompt),
        Some(Modal::Drafts(_)) => (modal::drafts_field(model.size), 1),
        _ => (modal::draw::field_width(model.size), 1),
    };
    if let Some(field) = model.modals.last_mut().and_then(Modal::field_mut) {
        field.resize(width, height);
    }
    if let Some(Modal::Compare(comparison)) = model.modals.last_mut() {
        comparison.resize(model.size);
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
}
