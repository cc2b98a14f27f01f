//! The variables of a message: asked for before it is sent, and shown filled in from then on.
//!
//! What was filled in for a message is proposed when it is sent once more, to the same recipient. Another
//! recipient, or another message, begins without values.

use super::{findings, picture, send};
use crate::message::{Field, variables};
use crate::tui::dialog::{FillPrompt, Meant, Modal};
use crate::tui::effect::Effect;
use crate::tui::focus::Focus;
use crate::tui::model::Model;
use crate::tui::model::toast::Tone;
use crate::tui::model::values::Values;
use crate::tui::widget::field::Field as Editor;

/// Asks for the values, and sends then if that was meant.
pub fn ask_values(model: &mut Model, meant: Meant) {
    let names = variables::variables(model.draft());
    if names.is_empty() {
        let words = "This message has no variables; write one as {{name}}";
        model.toast(words, Tone::Info);
        return;
    }
    let to = &model.draft().to;
    let fields = names.iter().map(|name| {
        let mut editor = Editor::new(model.values.proposed(name, to), false);
        editor.select_all();
        editor
    });
    let fields = fields.collect();
    model.modals.push(Modal::Fill(FillPrompt {
        names,
        fields,
        at: 0,
        meant,
    }));
}

/// Values that were given before a recipient belong to the one that is entered then.
pub fn give_values_to_recipient(model: &mut Model) {
    if model.values.recipient.is_none() && model.focus != Focus::Edit(Field::To) {
        model.values.give_to(&model.composer.draft().to);
    }
}

/// The values were given; an empty one leaves its variable as it is.
pub fn filled_in(model: &mut Model, prompt: &FillPrompt) -> Vec<Effect> {
    if !model.values.are_for(&model.draft().to) {
        model.values = Values::default();
    }
    for (name, editor) in prompt.names.iter().zip(&prompt.fields) {
        let value = editor.text();
        if value.is_empty() {
            model.values.known.remove(name);
        } else {
            model.values.known.insert(name.clone(), value);
        }
    }
    findings::examine(model);
    // A picture that the values name is another one, which is not there yet.
    let mut effects = picture::follow_picture(model);
    if prompt.meant != Meant::Fill {
        // Also while the recipient can still be edited: it is the one that is sent to.
        model.values.give_to(&model.composer.draft().to);
        effects.extend(send::ask_to_send_filled(model, prompt.meant));
    }
    effects
}
