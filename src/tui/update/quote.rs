//! Quoting: a message of the history becomes the one that the message in the form answers.

use super::focus;
use crate::message::{Field, QuotePart};
use crate::store::Sent;
use crate::tui::focus::Focus;
use crate::tui::model::toast::Tone;
use crate::tui::model::{Model, View};

/// Quotes a message that was sent: its id and its text, and nobody, since who sent it is not known by an
/// address.
pub fn quote(model: &mut Model, sent: &Sent) {
    let Some(id) = sent.entry.message_id.clone() else {
        model.toast(
            "This one has no message id, so it cannot be quoted",
            Tone::Info,
        );
        return;
    };
    model.view = View::Compose;
    model.history.quotes = false;
    let parts = [
        (QuotePart::Id, id),
        (QuotePart::Participant, String::new()),
        (QuotePart::Body, sent.draft.message.text().to_owned()),
    ];
    model.composer.as_one(|composer| {
        for (part, text) in parts {
            composer.edit(Field::QuotePart(part), |editor| editor.replace(&text));
        }
    });
    model.composer.show_options(true);
    let first = if model.draft().to.is_empty() {
        Focus::Edit(Field::To)
    } else {
        Focus::TEXT
    };
    focus::jump_to(model, first);
    model.toast("The message is quoted", Tone::Good);
}
