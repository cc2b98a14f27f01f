//! WUTS, <https://docs.wuts.com.br>: an endpoint below `/send/` for every kind of message.
//!
//! Its pages document how many buttons, sections and products there may be, and few lengths; the
//! others are what the other gateways document for the same messages, and they are named as assumed.

mod body;
mod decode;
mod errors;
mod limits;
mod problems;
mod state;

use serde_json::Value;

use super::kind::{Facts, Gateway};
use super::parts::first_action;
use super::settings::THUMBNAIL_AS;
use super::state::Status;
use super::wire::{Query, Request, Response, Template, bearer, content_type};
use super::{Account, Fallback, Outcome, Support};
use crate::message::check::Problem;
use crate::message::limits::Limits;
use crate::message::{ButtonPart, Draft, Field, Kind, Message};

pub(super) struct Wuts;

const FACTS: Facts = Facts {
    name: "wuts",
    title: "WUTS",
    public_url: "https://api.wuts.com.br",
    sandbox_profile: "sandbox",
    keys: &[THUMBNAIL_AS],
    needs_base_url: None,
    puts_in: "the endpoint (/send/…) is put in for each message",
    by: "by",
    has_token_in_path: false,
    keeps_for_the_phone: false,
    takes_pictures: true,
};

impl Gateway for Wuts {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn limits(&self, _account: &Account, draft: &Draft) -> Limits {
        limits::limits(draft.message.kind())
    }

    fn support(&self, _account: &Account, draft: &Draft) -> Support {
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
        if draft.message.kind() == Kind::Poll {
            let problem = Problem::error(
                Field::Kind,
                "WUTS has no polls: send a list, up to three reply buttons, or the choices as numbered text",
            );
            let instead = vec![Fallback::NumberedText];
            return Support::Impossible { problem, instead };
        }
        if draft.message.kind() == Kind::Template {
            let problem = Problem::error(
                Field::Kind,
                "WUTS has no templates, which are of Meta's Cloud API: write a text",
            );
            let instead = Vec::new();
            return Support::Impossible { problem, instead };
        }
        let method = endpoint(draft.message.kind());
        Support::Native { method }
    }

    fn problems(&self, _account: &Account, draft: &Draft) -> Vec<Problem> {
        problems::problems(draft)
    }

    fn encode(&self, account: &Account, draft: &Draft) -> Request {
        let (address, endpoint) = (account.address(), endpoint(draft.message.kind()));
        Request {
            url: Template::text(format!("{address}{endpoint}")),
            headers: vec![content_type(), bearer()],
            body: body::of(draft).into(),
        }
    }

    fn decode(&self, _request: &Request, response: &Response) -> Outcome {
        decode::decode(response)
    }

    fn puts_in(&self, segment: &str) -> bool {
        ["send", "status", "devices", "webhook"]
            .iter()
            .any(|known| segment.eq_ignore_ascii_case(known))
    }

    /// `GET /status`, by the page `conventions`.
    fn status_query(&self, account: &Account) -> Option<Query> {
        Some(Query {
            method: "GET",
            url: Template::text(format!("{}/status", account.address())),
            headers: vec![bearer()],
            body: None,
        })
    }

    fn read_status(&self, response: &Response) -> Option<Status> {
        state::read(response)
    }

    fn answered_recipient<'a>(&self, body: &'a Value) -> Option<&'a Value> {
        body.get("chat_jid")
    }
}

/// The endpoint that sends a kind of message, for a poll the nearest one, by the pages `messages/…`.
const fn endpoint(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Template | Kind::Poll => "/send/text",
        Kind::Buttons => "/send/buttons",
        Kind::Catalog => "/send/catalog",
        Kind::List => "/send/interactive",
        Kind::ButtonReply => "/send/buttons-response",
        Kind::ListReply => "/send/list-response",
    }
}
