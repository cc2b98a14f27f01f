//! What WUTS leaves out of a request, and what it asks for besides what every message needs.

use crate::message::check::{Problem, is_blank};
use crate::message::limits::Unit;
use crate::message::recipient::Recipient;
use crate::message::{Catalog, Draft, Field, Kind, Message};

/// The fewest digits of a phone number, by the page `conventions`; the most are those of any.
const MIN_PHONE_DIGITS: usize = 10;

pub(super) fn problems(draft: &Draft) -> Vec<Problem> {
    let mut problems: Vec<Problem> = recipient_problem(&draft.to).into_iter().collect();
    let kind = draft.message.kind();
    let things = match kind {
        Kind::Text => "texts",
        Kind::Buttons => "buttons",
        Kind::Catalog => "catalogs",
        Kind::List => "lists",
        Kind::Template => "templates",
        Kind::Poll => "polls",
        Kind::ButtonReply | Kind::ListReply => "replies",
    };
    let mut left_out = |field, what: &str| {
        let message = format!("{what}: it is left out of the request");
        problems.push(Problem::warning(field, message));
    };
    if draft.link_preview.is_some() {
        left_out(
            Field::LinkPreview,
            "WUTS documents no choice of link previews",
        );
    }
    if draft.quote.is_some() && !(kind == Kind::Text || kind.is_reply()) {
        left_out(Field::Quote, &format!("WUTS' {things} carry no quote"));
    }
    let is_set = |seconds: Option<u32>| seconds.is_some_and(|seconds| seconds > 0);
    if is_set(draft.delay) && !matches!(kind, Kind::Text | Kind::Catalog) {
        let what = format!("WUTS delays texts and catalogs, not {things}");
        left_out(Field::Delay, &what);
    }
    if is_set(draft.typing) && kind != Kind::Text {
        let what = format!("WUTS shows \"typing\" before texts, not before {things}");
        left_out(Field::Typing, &what);
    }
    match &draft.message {
        Message::Buttons(message) if !message.header.is_empty() => {
            left_out(Field::Header, "WUTS' buttons carry no header");
        }
        Message::Catalog(message) => {
            if !message.catalog_id.is_empty() {
                let what = "WUTS knows a catalog by its business_owner, not by an id";
                left_out(Field::CatalogId, what);
            }
            catalog(message, &mut problems);
        }
        _ => {}
    }
    problems
}

/// What the page `messages/sendCatalog` asks for.
fn catalog(message: &Catalog, problems: &mut Vec<Problem>) {
    if is_blank(&message.button) {
        problems.push(Problem::error(
            Field::MenuButton,
            "the button has no text, which WUTS asks for: write the label of the one that opens the sections",
        ));
    }
    if is_blank(&message.business_owner) {
        problems.push(Problem::warning(
            Field::BusinessOwner,
            "WUTS finds the catalog by the business that owns it: it may refuse one without, write the business's phone number",
        ));
    }
    if message.sections.is_empty() {
        problems.push(Problem::error(
            Field::Sections,
            "there is no section: add at least one, with a product in it",
        ));
    }
}

/// What WUTS does not take of the recipients that there are; one that cannot be read is reported
/// with the message.
fn recipient_problem(to: &str) -> Option<Problem> {
    match to.parse().ok()? {
        Recipient::User(digits) if digits.len() < MIN_PHONE_DIGITS => Some(Problem {
            actual: Some(digits.len()),
            limit: Some(MIN_PHONE_DIGITS),
            unit: Some(Unit::Digits),
            ..Problem::error(
                Field::To,
                format!(
                    "WUTS takes phone numbers of 10 to 15 digits, this one has {}: write it with its country code",
                    digits.len()
                ),
            )
        }),
        Recipient::Lid(_) => Some(Problem::warning(
            Field::To,
            "WUTS does not document addresses that end in @lid: it may refuse this one, a phone number is safe",
        )),
        Recipient::User(_) | Recipient::Group(_) | Recipient::Channel(_) => None,
    }
}
