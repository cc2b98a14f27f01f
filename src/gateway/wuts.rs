//! WUTS, <https://docs.wuts.com.br>: `/send/buttons` for reply buttons and `/send/text`.
//!
//! Its buttons page documents three buttons and no length; the lengths are what the other gateways
//! document for the same messages, and they are named as assumed.

use serde_json::Value;

use super::answer::{Answer, Shape, id_of, shorten, words_of};
use super::wire::{Body, Piece, Request, Response, Template, content_type};
use super::{Account, Fallback, Outcome, Support, explain};
use crate::message::check::Problem;
use crate::message::limits::{Limit, LimitKey, Limits, Unit};
use crate::message::recipient::Recipient;
use crate::message::{ActionKind, Button, ButtonPart, Buttons, Draft, Field, Kind, Message, Quote};

const SEND_BUTTONS: &str = "/send/buttons";
const SEND_TEXT: &str = "/send/text";

/// Assumed, as WUTS is written in Go, whose usual count this is.
const UNIT: Unit = Unit::Scalars;

/// The fewest digits of a phone number, by the page `conventions`; the most are those of any.
const MIN_PHONE_DIGITS: usize = 10;

/// The most characters of an error code that are repeated; the known ones have 16.
const MAX_CODE: usize = 64;

pub(super) fn limits(kind: Kind) -> Limits {
    match kind {
        Kind::Text => Limits::new([Limit::documented(
            LimitKey::Text,
            4096,
            UNIT,
            "WUTS, messages/sendText",
        )]),
        Kind::Buttons => Limits::new([
            Limit::documented(
                LimitKey::Buttons,
                3,
                Unit::Items,
                "WUTS, messages/sendButtonsMessage",
            ),
            Limit::documented(
                LimitKey::ButtonText,
                25,
                UNIT,
                "GREEN-API, sending/SendButtons; WUTS states none",
            )
            .with_caution(20, "Meta's Cloud API allows 20"),
            Limit::assumed(
                LimitKey::ButtonId,
                256,
                UNIT,
                "assumed: Meta's Cloud API, interactive reply buttons",
            ),
            Limit::assumed(
                LimitKey::Text,
                4096,
                UNIT,
                "assumed: GREEN-API, sending/SendButtons",
            ),
            Limit::assumed(
                LimitKey::Header,
                60,
                UNIT,
                "assumed: Meta's Cloud API, interactive reply buttons",
            ),
            Limit::assumed(
                LimitKey::Footer,
                60,
                UNIT,
                "assumed: Meta's Cloud API, interactive reply buttons",
            ),
        ]),
    }
}

pub(super) fn support(draft: &Draft) -> Support {
    let method = match &draft.message {
        Message::Text(_) => SEND_TEXT,
        Message::Buttons(message) => match first_action(message) {
            None => SEND_BUTTONS,
            Some((index, action)) => {
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
        },
    };
    Support::Native { method }
}

/// The first button that does something else than reply.
fn first_action(message: &Buttons) -> Option<(usize, ActionKind)> {
    let mut kinds = message.buttons.iter().map(|button| button.action.kind());
    let index = kinds.position(|kind| kind != ActionKind::Reply)?;
    Some((index, message.buttons[index].action.kind()))
}

pub(super) fn problems(draft: &Draft) -> Vec<Problem> {
    let mut problems: Vec<Problem> = recipient_problem(&draft.to).into_iter().collect();
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
    if let Message::Buttons(message) = &draft.message {
        if !message.header.is_empty() {
            left_out(Field::Header, "WUTS' buttons carry no header");
        }
        if draft.quote.is_some() {
            left_out(Field::Quote, "WUTS' buttons carry no quote");
        }
        if draft.delay.is_some_and(|seconds| seconds > 0) {
            left_out(Field::Delay, "WUTS delays texts, not buttons");
        }
        if draft.typing.is_some_and(|seconds| seconds > 0) {
            left_out(
                Field::Typing,
                "WUTS shows \"typing\" before texts, not before buttons",
            );
        }
    }
    problems
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

pub(super) fn encode(account: &Account, draft: &Draft) -> Request {
    let to = address(&draft.to);
    let (endpoint, body) = match &draft.message {
        Message::Text(message) => (
            SEND_TEXT,
            Body::default()
                .with("number", to)
                .with("text", message.text.as_str())
                .with_some("delay", draft.delay)
                .with_some("typingDuration", draft.typing)
                .with_some("quoted", draft.quote.as_ref().and_then(quoted)),
        ),
        Message::Buttons(message) => (
            SEND_BUTTONS,
            Body::default()
                .with("to", to)
                .with("message", message.text.as_str())
                .with_text("footer", &message.footer)
                .with(
                    "buttons",
                    message.buttons.iter().map(button).collect::<Vec<_>>(),
                ),
        ),
    };
    let base_url = account.base_url.trim_end_matches('/');
    let bearer = Template(vec![Piece::Text("Bearer ".to_owned()), Piece::Token]);
    Request {
        url: Template::text(format!("{base_url}{endpoint}")),
        headers: vec![content_type(), ("Authorization", bearer)],
        body: body.into(),
    }
}

/// A person's digits, another's full address; as it was typed where it cannot be read.
fn address(to: &str) -> String {
    match to.parse() {
        Ok(Recipient::User(digits)) => digits,
        Ok(other) => other.to_string(),
        Err(_) => to.to_owned(),
    }
}

fn button(button: &Button) -> Value {
    Body::default()
        .with("id", button.id.as_str())
        .with("display_text", button.text.as_str())
        .into()
}

/// A quoted message; nothing without its id.
fn quoted(quote: &Quote) -> Option<Value> {
    if quote.id.is_empty() {
        return None;
    }
    let key = Body::default()
        .with("id", quote.id.as_str())
        .with("fromMe", false);
    let message = (!quote.body.is_empty())
        .then(|| Value::from(Body::default().with("conversation", quote.body.as_str())));
    let quoted = Body::default()
        .with("key", key)
        .with_some("message", message);
    Some(quoted.into())
}

pub(super) fn decode(response: &Response) -> Outcome {
    let mut answer = Answer::new(response);
    if let Shape::Json(Value::Object(body)) = &answer.shape {
        let code = words_of(body.get("error_code"));
        let error = words_of(body.get("error"));
        let fields = validation(body.get("validation"));
        answer.message_id = id_of(body.get("message_id"));
        answer.refused = body.get("success") == Some(&Value::Bool(false))
            || body.get("error") == Some(&Value::Bool(true))
            || code.is_some()
            || error.is_some();
        if let Some(error) = error.or_else(|| words_of(body.get("message"))) {
            answer.words = error;
        }
        if !fields.is_empty() {
            answer.words = format!("{}: {}", answer.words, fields.join("; "));
        }
        answer.code = code.map(|code| shorten(&code, MAX_CODE));
    }
    answer.conclude(explain::WUTS)
}

/// What the answer says about fields: `text: must be between 1 and 4096 characters`.
fn validation(list: Option<&Value>) -> Vec<String> {
    let entries = list.and_then(Value::as_array).into_iter().flatten();
    let said = entries.filter_map(|entry| {
        let message = words_of(entry.get("message"));
        let field = words_of(entry.get("field"));
        match (field, message) {
            (Some(field), Some(message)) => Some(format!("{field}: {message}")),
            (one, other) => one.or(other),
        }
    });
    said.collect()
}
