//! WUTS, <https://docs.wuts.com.br>: an endpoint below `/send/` for every kind of message.
//!
//! Its pages document how many buttons, sections and products there may be, and few lengths; the
//! others are what the other gateways document for the same messages, and they are named as assumed.

mod body;
mod decode;
mod limits;
mod problems;

use super::wire::{Piece, Query, Request, Template, content_type};
use super::{Account, Fallback, Support};
use crate::message::check::Problem;
use crate::message::recipient::Recipient;
use crate::message::{ActionKind, ButtonPart, Buttons, Draft, Field, Kind, Message};

pub(super) use decode::decode;
pub(super) use limits::limits;
pub(super) use problems::problems;

/// The endpoint that sends a kind of message, by the pages `messages/…`.
const fn endpoint(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "/send/text",
        Kind::Buttons => "/send/buttons",
        Kind::Catalog => "/send/catalog",
        Kind::List => "/send/interactive",
        Kind::ButtonReply => "/send/buttons-response",
        Kind::ListReply => "/send/list-response",
    }
}

pub(super) fn support(draft: &Draft) -> Support {
    if let Message::Buttons(message) = &draft.message
        && let Some((index, action)) = first_action(message)
    {
        let field = Field::Button(index, ButtonPart::Action);
        let problem = Problem::error(
            field,
            format!(
                "WUTS has no {action} buttons, only replies: make it a reply button, or send the choices as numbered text"
            ),
        );
        let instead = vec![Fallback::NumberedText];
        return Support::Impossible { problem, instead };
    }
    let method = endpoint(draft.message.kind());
    Support::Native { method }
}

/// The first button that does something else than reply.
fn first_action(message: &Buttons) -> Option<(usize, ActionKind)> {
    let mut kinds = message.buttons.iter().map(|button| button.action.kind());
    let index = kinds.position(|kind| kind != ActionKind::Reply)?;
    Some((index, message.buttons[index].action.kind()))
}

pub(super) fn encode(account: &Account, draft: &Draft) -> Request {
    let base_url = account.base_url.trim_end_matches('/');
    let endpoint = endpoint(draft.message.kind());
    Request {
        url: Template::text(format!("{base_url}{endpoint}")),
        headers: vec![content_type(), ("Authorization", bearer())],
        body: body::of(draft).into(),
    }
}

/// `GET /status`, by the page `conventions`.
pub(super) fn status_query(account: &Account) -> Query {
    let base_url = account.base_url.trim_end_matches('/');
    Query {
        method: "GET",
        url: Template::text(format!("{base_url}/status")),
        headers: vec![("Authorization", bearer())],
        body: None,
    }
}

fn bearer() -> Template {
    Template(vec![Piece::Text("Bearer ".to_owned()), Piece::Token])
}

/// A person's digits, another's full address; as it was typed where it cannot be read.
fn address(to: &str) -> String {
    match to.parse() {
        Ok(Recipient::User(digits)) => digits,
        Ok(other) => other.to_string(),
        Err(_) => to.to_owned(),
    }
}
