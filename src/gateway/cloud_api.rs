//! Meta's `WhatsApp` Cloud API: one endpoint, `/{version}/{phone_number_id}/messages`, for every kind
//! that it has.
//!
//! By the pages `messages/…` of
//! <https://developers.facebook.com/documentation/business-messaging/whatsapp>. It talks to persons
//! only, and answers no buttons and no lists: its users are the businesses that send them.

mod body;
mod decode;
mod errors;
mod limits;
mod problems;
mod spelling;

use super::wire::{Piece, Request, Template, content_type};
use super::{Account, Fallback, Support};
use crate::message::check::Problem;
use crate::message::{ActionKind, Button, ButtonPart, Buttons, Draft, Field, Message};

pub(super) use decode::decode;
pub(super) use limits::limits;
pub(super) use problems::problems;

/// The version of the Graph API that is spoken where a profile names none.
pub(super) const VERSION: &str = "v23.0";

/// The types of message that there are, with what each is called in the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Text,
    ReplyButtons,
    UrlButton,
    List,
    ProductList,
    CatalogMessage,
}

impl Type {
    /// The type for a draft. Where there is none, it is the nearest one.
    fn of(draft: &Draft) -> Self {
        match &draft.message {
            Message::Text(_) | Message::ButtonReply(_) | Message::ListReply(_) => Self::Text,
            Message::Buttons(message) if is_url_alone(&message.buttons) => Self::UrlButton,
            Message::Buttons(_) => Self::ReplyButtons,
            Message::Catalog(message) if message.sections.is_empty() => Self::CatalogMessage,
            Message::Catalog(_) => Self::ProductList,
            Message::List(_) => Self::List,
        }
    }

    /// `text`, or the type of an interactive message.
    const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::ReplyButtons => "button",
            Self::UrlButton => "cta_url",
            Self::List => "list",
            Self::ProductList => "product_list",
            Self::CatalogMessage => "catalog_message",
        }
    }

    /// What they are called in a sentence.
    const fn plural(self) -> &'static str {
        match self {
            Self::Text => "texts",
            Self::ReplyButtons => "reply buttons",
            Self::UrlButton => "url buttons",
            Self::List => "lists",
            Self::ProductList => "product lists",
            Self::CatalogMessage => "catalog messages",
        }
    }
}

/// Whether the only button opens an address, which is a type of message of its own.
fn is_url_alone(buttons: &[Button]) -> bool {
    matches!(buttons, [only] if only.action.kind() == ActionKind::Url)
}

pub(super) fn support(draft: &Draft) -> Support {
    let (field, message, instead) = match &draft.message {
        Message::Buttons(message) => match first_misfit(message) {
            Some((index, action)) => (
                Field::Button(index, ButtonPart::Action),
                format!(
                    "the Cloud API has no {action} button beside others, only replies, or one url button alone: make it a reply button, or send the choices as numbered text"
                ),
                vec![Fallback::NumberedText],
            ),
            None => return native(draft),
        },
        Message::ButtonReply(_) | Message::ListReply(_) => (
            Field::Kind,
            "the Cloud API cannot answer as if something had been tapped: write the answer as a text that quotes the message".to_owned(),
            Vec::new(),
        ),
        Message::Text(_) | Message::Catalog(_) | Message::List(_) => return native(draft),
    };
    Support::Impossible {
        problem: Problem::error(field, message),
        instead,
    }
}

fn native(draft: &Draft) -> Support {
    let method = Type::of(draft).name();
    Support::Native { method }
}

/// The first button that is no reply, unless it is one that opens an address, alone.
fn first_misfit(message: &Buttons) -> Option<(usize, ActionKind)> {
    if is_url_alone(&message.buttons) {
        return None;
    }
    let mut kinds = message.buttons.iter().map(|button| button.action.kind());
    let index = kinds.position(|kind| kind != ActionKind::Reply)?;
    Some((index, message.buttons[index].action.kind()))
}

pub(super) fn encode(account: &Account, draft: &Draft) -> Request {
    let base_url = account.base_url.trim_end_matches('/');
    let (version, phone_number_id) = (&account.version, &account.phone_number_id);
    let bearer = Template(vec![Piece::Text("Bearer ".to_owned()), Piece::Token]);
    Request {
        url: Template::text(format!("{base_url}/{version}/{phone_number_id}/messages")),
        headers: vec![content_type(), ("Authorization", bearer)],
        body: body::of(account, draft).into(),
    }
}

/// A message's catalog, or else the account's.
fn catalog_id<'a>(account: &'a Account, own: &'a str) -> &'a str {
    if own.trim().is_empty() {
        &account.catalog_id
    } else {
        own
    }
}
