//! Evolution API v2, <https://doc.evolution-api.com>: `/message/{method}/{instance}` on a server of
//! one's own.
//!
//! By its documentation and, where that is older, its source (`src/validate/message.schema.ts` and the
//! services of its two channels). Behind one API stand two channels: a linked device (Baileys), and
//! Meta's Cloud API, where less of a message survives. Which one it is, and which version the server
//! has, is read once ([`about`]) and kept in the account.

pub(crate) mod about;
mod body;
mod chat;
mod decode;
mod errors;
mod journal;
mod limits;
mod problems;
mod state;

use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::journal::Journal;
use super::kind::{Facts, Gateway};
use super::parts::first_pix;
use super::settings::{Form, Key};
use super::state::Status;
use super::wire::{Header, Piece, Query, Request, Response, Template, content_type};
use super::{Account, Fallback, Outcome, Support};
use crate::message::check::Problem;
use crate::message::limits::Limits;
use crate::message::{ActionKind, Button, ButtonPart, Buttons, Draft, Field, Kind, Message};

pub(super) struct Evolution;

/// The instance's name, which stands in the path.
pub(crate) const INSTANCE: Key = Key {
    name: "instance",
    default: "<instance>",
    needed: Some("the instance's name, as in Evolution's manager"),
    form: Form::Text {
        expected: "the instance's name, on one line and without control characters, as in Evolution's manager",
        fits: is_instance,
        meant: |text| {
            let meant = text.trim().trim_matches('/');
            is_instance(meant).then(|| meant.to_owned())
        },
    },
};

const FACTS: Facts = Facts {
    name: "evolution",
    title: "Evolution",
    public_url: "https://evolution.example.com",
    sandbox_profile: "sandbox-evolution",
    keys: &[INSTANCE],
    needs_base_url: Some("the address of your own Evolution server, such as http://127.0.0.1:8080"),
    puts_in: "the method and the instance (/message/sendText/…) are put in for each message; the \
              instance's name is the key instance",
    by: "by",
    has_token_in_path: false,
    keeps_for_the_phone: false,
    takes_pictures: false,
};

/// How many buttons that do not reply version 2.4 takes in one message.
const MOST_ACTIONS: usize = 2;

/// What stands in a path as it is.
const AS_IT_IS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

impl Gateway for Evolution {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn limits(&self, account: &Account, draft: &Draft) -> Limits {
        limits::limits(account, draft)
    }

    fn support(&self, account: &Account, draft: &Draft) -> Support {
        support(account, draft)
    }

    fn problems(&self, account: &Account, draft: &Draft) -> Vec<Problem> {
        problems::problems(account, draft)
    }

    fn encode(&self, account: &Account, draft: &Draft) -> Request {
        let method = method(draft.message.kind());
        Request {
            url: url(account, &format!("message/{method}")),
            headers: vec![content_type(), key()],
            body: body::of(account, draft).into(),
        }
    }

    fn decode(&self, _request: &Request, response: &Response) -> Outcome {
        decode::decode(response)
    }

    fn puts_in(&self, segment: &str) -> bool {
        const GROUPS: [&str; 7] = [
            "message", "instance", "chat", "group", "manager", "webhook", "settings",
        ];
        let is_group = GROUPS
            .iter()
            .any(|group| segment.eq_ignore_ascii_case(group));
        is_group || METHODS.iter().any(|(_, method)| segment == *method)
    }

    fn status_query(&self, account: &Account) -> Option<Query> {
        Some(query(url(account, "instance/connectionState")))
    }

    fn read_status(&self, response: &Response) -> Option<Status> {
        state::read(response)
    }

    fn journal(&self) -> Option<&'static dyn Journal> {
        Some(&journal::Kept)
    }

    /// Version 2.4 takes a name of texts and polls, and of nothing else; an older one ignores it.
    fn name(&self, request: &mut Request, name: &str) {
        let is_named = request.body.get("text").is_some() || request.body.get("values").is_some();
        if is_named && let Value::Object(body) = &mut request.body {
            body.insert(journal::NAME.to_owned(), name.into());
        }
    }

    /// The server shows "typing" before it answers.
    fn holds_back(&self, request: &Request) -> Duration {
        let delay = request.body.get("delay").and_then(Value::as_u64);
        Duration::from_millis(delay.unwrap_or_default())
    }

    fn about_queries(&self, account: &Account) -> Vec<Query> {
        about::queries(account)
    }

    fn read_about(&self, account: &Account, response: &Response) -> Vec<(&'static str, String)> {
        about::read(account, response)
    }

    fn about<'a>(&self, account: &'a Account) -> Vec<(&'static str, &'a str)> {
        about::known(account)
    }

    fn undelivered(&self, account: &Account, draft: &Draft) -> Vec<Problem> {
        problems::undelivered(account, draft).into_iter().collect()
    }

    fn sandbox_settings(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (about::VERSION.name, about::SANDBOX_VERSION),
            (about::CHANNEL.name, about::BAILEYS),
        ]
    }

    fn answered_recipient<'a>(&self, body: &'a Value) -> Option<&'a Value> {
        body.pointer("/key/remoteJid")
    }
}

/// The methods that send, and the kinds that they send.
const METHODS: [(Kind, &str); 4] = [
    (Kind::Text, "sendText"),
    (Kind::Buttons, "sendButtons"),
    (Kind::List, "sendList"),
    (Kind::Poll, "sendPoll"),
];

/// The method that sends a kind of message; for one that there is none for, the text's.
fn method(kind: Kind) -> &'static str {
    let found = METHODS.iter().find(|(of, _)| *of == kind);
    found.map_or("sendText", |(_, method)| method)
}

/// The header with the token.
fn key() -> (Header, Template) {
    let name = Header::Other("apikey".into());
    (name, Template(vec![Piece::Token]))
}

/// A question without a body.
fn query(url: Template) -> Query {
    Query {
        method: "GET",
        url,
        headers: vec![key()],
        body: None,
    }
}

/// The address of a method of the account's instance.
fn url(account: &Account, path: &str) -> Template {
    let (address, name) = (account.address(), account.setting(&INSTANCE));
    let instance = if name == INSTANCE.default {
        name.to_owned()
    } else {
        encoded(name)
    };
    Template::text(format!("{address}/{path}/{instance}"))
}

/// A name as it stands in a path: everything but letters, digits and `-._~` percent-encoded.
fn encoded(name: &str) -> String {
    utf8_percent_encode(name, AS_IT_IS).to_string()
}

/// Whether a text can be an instance's name. `.` and `..` would be taken out of a path, encoded or not.
fn is_instance(text: &str) -> bool {
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    !text.trim().is_empty() && !text.contains(is_break) && !matches!(text, "." | "..")
}

fn is_reply(button: &Button) -> bool {
    button.action.kind() == ActionKind::Reply
}

fn support(account: &Account, draft: &Draft) -> Support {
    let (field, what, instead) = match &draft.message {
        Message::Poll(_) if about::is_on_cloud(account) => (
            Field::Kind,
            "sends no polls on the Cloud channel: send a list, or up to three reply buttons",
            vec![Fallback::NumberedText],
        ),
        Message::Text(_) | Message::List(_) | Message::Poll(_) => return native(draft),
        Message::Buttons(message) => match first_misfit(message) {
            Some(index) => (
                Field::Button(index, ButtonPart::Action),
                "cannot mix reply buttons with other buttons in one message: make all of them replies or none, or send the choices as numbered text",
                vec![Fallback::NumberedText],
            ),
            None if first_pix(message).is_some() && message.buttons.len() > 1 => (
                Field::Buttons,
                "sends a pix button alone: remove the others, or send the choices as numbered text",
                vec![Fallback::NumberedText],
            ),
            None if is_too_many(account, message) => (
                Field::Buttons,
                "takes at most two url, call or copy buttons in version 2.4: remove some, or send the choices as numbered text",
                vec![Fallback::NumberedText],
            ),
            None => return native(draft),
        },
        Message::Catalog(_) => (
            Field::Kind,
            "sends no catalogs: write a text with a link to the products",
            Vec::new(),
        ),
        Message::Template(_) => (
            Field::Kind,
            "sends no templates here, which are of Meta's Cloud API: write a text",
            Vec::new(),
        ),
        Message::ButtonReply(_) | Message::ListReply(_) => (
            Field::Kind,
            "cannot answer as if something had been tapped: write the answer as a text that quotes the message",
            Vec::new(),
        ),
    };
    Support::Impossible {
        problem: Problem::error(field, format!("Evolution API {what}")),
        instead,
    }
}

fn native(draft: &Draft) -> Support {
    let method = method(draft.message.kind());
    Support::Native { method }
}

/// Whether there are more buttons that do not reply than the server takes, whose version is known.
fn is_too_many(account: &Account, message: &Buttons) -> bool {
    let is_few = message.buttons.len() <= MOST_ACTIONS || message.buttons.iter().all(is_reply);
    !is_few && about::is_new(account) == Some(true)
}

/// The first button that is not of the first one's sort, where sorts are replies and the others.
fn first_misfit(message: &Buttons) -> Option<usize> {
    let first = is_reply(message.buttons.first()?);
    message
        .buttons
        .iter()
        .position(|button| is_reply(button) != first)
}
