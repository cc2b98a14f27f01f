//! What a reply answers with: picked from the message that it answers.

use super::{files, form};
use crate::gateway::Outcome;
use crate::message::{Draft, Field, Kind, Message, QuotePart, SelectedPart, SelectedRow};
use crate::tui::dialog::{Modal, Pick, Purpose};
use crate::tui::model::Model;
use crate::tui::model::toast::Tone;

/// Asks what is picked, from the buttons or rows of the message that is answered; where none is
/// known, for its file.
pub fn pick(model: &mut Model) {
    let kind = model.draft().message.kind();
    if !kind.is_reply() {
        let words = "Only a button reply or a list reply answers with something";
        model.toast(words, Tone::Info);
        return;
    }
    match answered_message(model) {
        Some(message) => {
            let choices = choices(message);
            let selected = model.draft().text_at(Field::Selected(SelectedPart::Id));
            let selected = choices
                .iter()
                .position(|row| Some(row.id.as_str()) == selected);
            model.modals.push(Modal::Pick(Pick {
                choices,
                selected: selected.unwrap_or(0),
            }));
        }
        None => files::ask_path(model, Purpose::Quote),
    }
}

/// The message that is answered: from the file that was named for it, or what was composed here
/// before it became a reply.
pub fn answered_message(model: &Model) -> Option<&Message> {
    let wanted = match model.draft().message.kind() {
        Kind::ButtonReply => Kind::Buttons,
        Kind::ListReply => Kind::List,
        _ => return None,
    };
    let quoted = model.quoted.iter().map(|draft| &draft.message);
    let mut messages = quoted.chain(model.composer.aside());
    messages.find(|message| message.kind() == wanted && !choices(message).is_empty())
}

/// A choice was made: it is selected, and its message quoted as far as it is known.
pub fn picked(model: &mut Model, row: &SelectedRow) {
    let text = answered_message(model).map(|message| message.text().to_owned());
    let id = sent_id(model);
    let quote = [
        (Field::QuotePart(QuotePart::Body), text.unwrap_or_default()),
        (Field::QuotePart(QuotePart::Id), id.unwrap_or_default()),
    ];
    let selected = [
        (SelectedPart::Id, &row.id),
        (SelectedPart::Text, &row.text),
        (SelectedPart::Description, &row.description),
    ];
    model.composer.as_one(|composer| {
        for (part, text) in selected {
            composer.edit(Field::Selected(part), |editor| editor.replace(text));
        }
        for (field, text) in quote {
            let is_written = composer.text_at(field).is_some_and(|text| !text.is_empty());
            if !is_written {
                composer.edit(field, |editor| editor.replace(&text));
            }
        }
    });
}

/// The id of the answered message, where it was sent from here last.
pub fn sent_id(model: &Model) -> Option<String> {
    let delivery = model.delivery.as_ref()?;
    match &delivery.exchange()?.outcome {
        Outcome::Accepted { message_id, .. }
            if Some(&delivery.draft.message) == answered_message(model) =>
        {
            Some(message_id.clone())
        }
        _ => None,
    }
}

/// The file of the message that is answered was read.
pub fn quote_read(model: &mut Model, draft: Draft) {
    let wanted = match draft.message.kind() {
        Kind::Buttons => Kind::ButtonReply,
        Kind::List => Kind::ListReply,
        other => {
            let words = format!("a {other} message has nothing to pick: open buttons or a list");
            model.toast(words, Tone::Bad);
            return;
        }
    };
    model.quoted = Some(draft);
    form::set_kind(model, wanted);
    pick(model);
}

/// What can be picked of a message.
fn choices(message: &Message) -> Vec<SelectedRow> {
    match message {
        Message::Buttons(message) => {
            let buttons = message.buttons.iter();
            let choices = buttons.map(|button| SelectedRow {
                id: button.id.clone(),
                text: button.text.clone(),
                description: String::new(),
            });
            choices.collect()
        }
        Message::List(message) => {
            let rows = message.sections.iter().flat_map(|section| &section.rows);
            let choices = rows.map(|row| SelectedRow {
                id: row.id.clone(),
                text: row.title.clone(),
                description: row.description.clone(),
            });
            choices.collect()
        }
        _ => Vec::new(),
    }
}
