//! `WhatsApp`'s markup around what is selected, or around the word at the caret.

use crate::message::Field;
use crate::tui::model::Model;
use crate::tui::model::toast::Tone;
use crate::tui::widget::field::Response;

/// Puts a mark around the selection or the word, or takes it away.
pub fn toggle(model: &mut Model, mark: char) {
    let now = model.now;
    match model.focus.field() {
        None | Some(Field::To | Field::Delay | Field::Typing | Field::Thumbnail) => {
            model.toast("There is no text here to format", Tone::Info);
        }
        Some(field) => {
            let edited = model
                .composer
                .edit(field, |editor| editor.toggle_mark(mark, now));
            if edited == Response::Ignored {
                model.toast("There is nothing but blanks to format", Tone::Info);
            }
        }
    }
}
