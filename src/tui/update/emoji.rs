//! Emoji: chosen by name, and inserted at the caret.

use super::{clipboard, focus, palette};
use crate::tui::dialog::{Emoji, Modal};
use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::recent::Sort;

/// Opens the choice.
pub fn open(model: &mut Model) {
    let picker = Emoji::new(model.recent.of(Sort::Emoji));
    model.modals.push(Modal::Emoji(Box::new(picker)));
}

/// One was chosen: it goes where the caret is, or into the message's text.
pub fn chosen(model: &mut Model, picker: Box<Emoji>) -> Vec<Effect> {
    let Some(emoji) = picker.chosen() else {
        model.modals.push(Modal::Emoji(picker));
        return Vec::new();
    };
    if !model.focus.is_text() {
        focus::focus_on_text(model);
    }
    clipboard::insert(model, emoji);
    palette::note(model, Sort::Emoji, emoji.to_owned())
}
