//! What the Cloud API leaves out of a request, and what it asks for besides what every message needs.

use std::collections::HashSet;

use super::{Type, catalog_id};
use crate::gateway::Account;
use crate::message::check::{Problem, is_blank};
use crate::message::markup;
use crate::message::recipient::Recipient;
use crate::message::{Button, ButtonPart, Catalog, Draft, Field, Message};

pub(super) fn problems(account: &Account, draft: &Draft) -> Vec<Problem> {
    let mut problems: Vec<Problem> = recipient_problem(&draft.to).into_iter().collect();
    let kind = Type::of(draft);
    let mut left_out = |field, what: &str| {
        let message = format!(
            "the Cloud API's {} carry no {what}: it is left out of the request",
            kind.plural()
        );
        problems.push(Problem::warning(field, message));
    };
    let is_set = |seconds: Option<u32>| seconds.is_some_and(|seconds| seconds > 0);
    if is_set(draft.delay) {
        left_out(Field::Delay, "delay");
    }
    if is_set(draft.typing) {
        left_out(Field::Typing, "typing time");
    }
    if kind != Type::Text && draft.link_preview.is_some() {
        left_out(Field::LinkPreview, "choice of link previews");
    }
    match &draft.message {
        Message::Buttons(message) if kind == Type::ReplyButtons => {
            reply_buttons(&message.buttons, &mut problems);
        }
        Message::Catalog(message) => {
            for (field, what) in unused(kind) {
                let text = draft.text_at(*field).unwrap_or_default();
                if !text.trim().is_empty() {
                    left_out(*field, what);
                }
            }
            if kind == Type::ProductList {
                product_list(account, message, &mut problems);
            }
        }
        _ => {}
    }
    problems
}

/// The parts of a catalog that a type has no place for.
const fn unused(kind: Type) -> &'static [(Field, &'static str)] {
    match kind {
        Type::CatalogMessage => &[
            (Field::Title, "title"),
            (Field::MenuButton, "button of one's own"),
            (Field::BusinessOwner, "business owner"),
            (Field::CatalogId, "catalog id"),
            (Field::Thumbnail, "picture but a product's"),
        ],
        _ => &[
            (Field::MenuButton, "button of one's own"),
            (Field::BusinessOwner, "business owner"),
            (Field::HeaderProduct, "product on the card"),
            (Field::Thumbnail, "picture"),
        ],
    }
}

/// What the page on reply buttons asks of them. That something is empty is reported with the
/// message.
fn reply_buttons(buttons: &[Button], problems: &mut Vec<Problem>) {
    let mut texts = HashSet::new();
    for (index, Button { id, text, .. }) in buttons.iter().enumerate() {
        let at = |part| Field::Button(index, part);
        if id.trim() != id {
            problems.push(Problem::error(
                at(ButtonPart::Id),
                "the Cloud API takes no id that begins or ends with white space: remove it",
            ));
        }
        if !text.is_empty() && !texts.insert(text.as_str()) {
            problems.push(Problem::error(
                at(ButtonPart::Text),
                "the Cloud API takes no two buttons with the same text: write another",
            ));
        }
        let mut spans = markup::format(text).into_iter().flat_map(|line| line.spans);
        let plain = markup::Style::default();
        if spans.any(|span| span.style != plain && !span.style.link) {
            problems.push(Problem::warning(
                at(ButtonPart::Text),
                "the Cloud API takes no formatting in a button's text: it may refuse the marks, leave them out",
            ));
        }
    }
}

fn product_list(account: &Account, message: &Catalog, problems: &mut Vec<Problem>) {
    if is_blank(&message.title) {
        problems.push(Problem::error(
            Field::Title,
            "there is no title, which the Cloud API's product lists need: write one",
        ));
    }
    if catalog_id(account, &message.catalog_id).trim().is_empty() {
        problems.push(Problem::error(
            Field::CatalogId,
            "the Cloud API needs the catalog's number: write catalog_id in the message or in the profile",
        ));
    }
}

/// Whom the Cloud API does not reach; a recipient that cannot be read is reported with the message.
fn recipient_problem(to: &str) -> Option<Problem> {
    let recipient: Recipient = to.parse().ok()?;
    match recipient {
        Recipient::User(_) => None,
        Recipient::Group(_) => Some(Problem::error(
            Field::To,
            "groups of the Cloud API are not supported yet: choose a person's phone number, or a \
             profile of another gateway for this group",
        )),
        other => Some(Problem::error(
            Field::To,
            format!(
                "the Cloud API sends to phone numbers only, not to a {}: choose a person's number",
                other.kind()
            ),
        )),
    }
}
