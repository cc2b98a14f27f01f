//! Send and next: a message goes at once where nothing speaks against it, and the next one of its kind is
//! begun, empty, with the former recipient selected.

use super::{files, focus, send, values};
use crate::message::Draft;
use crate::tui::dialog::Meant;
use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::model::toast::Tone;

/// Sends the message in the form, and begins the next one. Pressed again it finds an empty one.
pub fn send_and_next(model: &mut Model) -> Vec<Effect> {
    let message = &model.draft().message;
    if *message == message.kind().empty() {
        model.toast("This message is empty: nothing was sent", Tone::Info);
        return Vec::new();
    }
    if model.has_open_variables() {
        values::ask_values(model, Meant::SendNext);
        return Vec::new();
    }
    send::ask_to_send_filled(model, Meant::SendNext)
}

/// Begins the next message; what is sent goes first, as the draft is still its own then.
pub fn begin(model: &mut Model, sends: Vec<Effect>) {
    model.queued.extend(sends);
    let draft = Draft {
        to: model.draft().to.clone(),
        message: model.draft().message.kind().empty(),
        ..Draft::default()
    };
    files::load(model, draft, None);
    focus::select_recipient(model);
}
