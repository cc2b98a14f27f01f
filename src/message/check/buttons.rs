//! What is wrong with buttons, but for their number and lengths.

use std::collections::HashMap;

use super::{Problem, Subject, is_blank};
use crate::message::recipient::Recipient;
use crate::message::{Action, Button, ButtonPart, Field, KEY_TYPES, Pix, PixPart};

pub(super) fn check(buttons: &[Button], subject: &Subject<'_>, problems: &mut Vec<Problem>) {
    if buttons.is_empty() {
        problems.push(Problem::error(
            Field::Buttons,
            "there is no button: add at least one",
        ));
    }
    let mut ids = HashMap::new();
    let mut texts = HashMap::new();
    for (index, button) in buttons.iter().enumerate() {
        check_id(index, &button.id, &mut ids, problems);
        check_text(index, button.text.trim(), &mut texts, problems);
        check_value(index, &button.action, subject, problems);
        if let Action::Pix(pix) = &button.action {
            check_pix(index, pix, subject, problems);
        }
    }
}

/// The first button with each id, or with each text.
type First<'a> = HashMap<&'a str, usize>;

fn check_id<'a>(index: usize, id: &'a str, ids: &mut First<'a>, problems: &mut Vec<Problem>) {
    let field = Field::Button(index, ButtonPart::Id);
    if is_blank(id) {
        problems.push(Problem::error(
            field,
            "the id is empty: it is what comes back when the button is tapped",
        ));
        return;
    }
    let first = *ids.entry(id).or_insert(index);
    if first < index {
        problems.push(Problem::error(
            field,
            format!(
                "button {} has the same id: give each its own, so that answers tell them apart",
                first + 1
            ),
        ));
    }
    if id.trim() != id {
        problems.push(Problem::warning(
            field,
            "the id begins or ends with white space, which comes back with it",
        ));
    }
}

fn check_text<'a>(index: usize, text: &'a str, texts: &mut First<'a>, problems: &mut Vec<Problem>) {
    let field = Field::Button(index, ButtonPart::Text);
    if is_blank(text) {
        problems.push(Problem::error(
            field,
            "the button has no text: write its label",
        ));
        return;
    }
    let first = *texts.entry(text).or_insert(index);
    if first < index {
        problems.push(Problem::warning(
            field,
            format!(
                "button {} has the same text: nobody can tell them apart",
                first + 1
            ),
        ));
    }
}

fn check_value(index: usize, action: &Action, subject: &Subject<'_>, problems: &mut Vec<Problem>) {
    let Some(value) = action.value() else { return };
    let field = Field::Button(index, ButtonPart::Value(action.kind()));
    let wrong = if is_blank(value) {
        Some(match action {
            Action::Reply | Action::Copy { .. } => "there is no code to copy".to_owned(),
            Action::Call { .. } => "there is no phone number to call".to_owned(),
            Action::Pix(_) => "there is no Pix key".to_owned(),
            Action::Url { .. } => "there is no address to open: write https://…".to_owned(),
        })
    } else if !subject.is_known(field) {
        None
    } else {
        match action {
            Action::Reply | Action::Copy { .. } | Action::Pix(_) => None,
            Action::Call { phone } => wrong_with_phone(phone),
            Action::Url { url } => wrong_with_url(url).map(str::to_owned),
        }
    };
    if let Some(wrong) = wrong {
        problems.push(Problem::error(field, wrong));
    }
}

/// What is wrong with whom a Pix button pays, but for the key.
fn check_pix(index: usize, pix: &Pix, subject: &Subject<'_>, problems: &mut Vec<Problem>) {
    let at = |part| Field::Button(index, ButtonPart::Pix(part));
    for (part, text, missing) in [
        (PixPart::Name, &pix.name, "there is no name of who is paid"),
        (
            PixPart::Currency,
            &pix.currency,
            "there is no currency: write BRL",
        ),
    ] {
        if is_blank(text) {
            problems.push(Problem::error(at(part), missing));
        }
    }
    let field = at(PixPart::KeyType);
    if subject.is_known(field) && !KEY_TYPES.contains(&pix.key_type.as_str()) {
        let known = KEY_TYPES.join(", ");
        let message = format!("the kind of the Pix key is one of {known}");
        problems.push(Problem::error(field, message));
    }
}

fn wrong_with_phone(phone: &str) -> Option<String> {
    match phone.parse() {
        Ok(Recipient::User(_)) => None,
        Ok(other) => Some(format!(
            "a {} cannot be called: write a phone number",
            other.kind()
        )),
        Err(error) => Some(error.to_string()),
    }
}

/// What keeps an address from being one that a browser opens. Whether it leads anywhere is not
/// known here.
pub(super) fn wrong_with_url(url: &str) -> Option<&'static str> {
    if url.contains(char::is_whitespace) {
        return Some("white space in an address: write it as %20, or remove it");
    }
    let after_scheme = ["https://", "http://"].iter().find_map(|scheme| {
        let start = url.get(..scheme.len())?;
        start
            .eq_ignore_ascii_case(scheme)
            .then(|| &url[scheme.len()..])
    });
    let Some(rest) = after_scheme else {
        return Some("the address must begin with https:// or http://");
    };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    host.trim_matches('.')
        .is_empty()
        .then_some("the address names no host: write it as https://example.com/…")
}
