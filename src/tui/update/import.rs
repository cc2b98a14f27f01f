//! A gateway's JSON or a curl command that is pasted, in the place of the draft.

use super::{files, keep};
use crate::tui::dialog::{Found, ImportPrompt, Modal, Subject};
use crate::tui::model::Model;
use crate::tui::model::toast::Tone;

/// Asks for what is to be imported.
pub fn ask_to_import(model: &mut Model) {
    model.modals.push(Modal::Import(Box::default()));
}

/// Enter takes what was understood; where nothing was, it is a new line.
pub fn import_entered(model: &mut Model, mut prompt: ImportPrompt) {
    let understood = matches!(prompt.found(), Found::Message { .. });
    if !understood {
        prompt.new_line(model.now);
    }
    model.modals.push(Modal::Import(Box::new(prompt)));
    if !understood {
        return;
    }
    if model.would_lose_changes() {
        model.modals.push(Modal::ask(Subject::ReplaceDraft));
    } else {
        take_import(model);
    }
}

/// Composes what was understood; its dialog is on top.
pub fn take_import(model: &mut Model) {
    let Some(Modal::Import(prompt)) = model.modals.pop() else {
        return;
    };
    let Some((draft, left_out)) = prompt.message() else {
        return;
    };
    let words = match left_out {
        0 => "Imported".to_owned(),
        1 => "Imported, but for one key".to_owned(),
        many => format!("Imported, but for {many} keys"),
    };
    model.toast(words, Tone::Good);
    files::load(model, draft, None);
    keep::keep_as_it_is(model);
}
