//! GREEN-API, <https://green-api.com/en/docs/api>: `sendMessage` and three methods for buttons.
//!
//! The token stands in the path of the URL, and the gateway's errors repeat that path: what is read
//! from an answer never holds it. Lengths are counted as its validator's language counts them.

mod decode;

use serde_json::Value;

use super::wire::{Body, Piece, Query, Request, Template, content_type};
use super::{Account, ButtonsMethod, Fallback, Platform, Support};
use crate::message::check::Problem;
use crate::message::limits::{Limit, LimitKey, Limits, Unit};
use crate::message::recipient::Recipient;
use crate::message::{
    Action, ActionKind, Button, ButtonPart, Buttons, Draft, Field, Kind, Message, Quote,
};

pub(super) use decode::decode;

/// Assumed from the wording of its validation, which is that of a JavaScript library.
const UNIT: Unit = Unit::Utf16;

/// The methods that send messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    Text,
    LegacyReplies,
    Replies,
    Actions,
}

impl Method {
    /// The method for a draft. Where none fits, it is the nearest one: for buttons that mix replies
    /// with actions the one that knows actions, for a kind that there is no method for the text's.
    fn of(draft: &Draft, for_replies: ButtonsMethod) -> Self {
        match &draft.message {
            Message::Text(_)
            | Message::Catalog(_)
            | Message::List(_)
            | Message::ButtonReply(_)
            | Message::ListReply(_) => Self::Text,
            Message::Buttons(message) if message.buttons.iter().all(is_reply) => {
                match for_replies {
                    ButtonsMethod::SendInteractiveButtonsReply => Self::Replies,
                    ButtonsMethod::SendButtons => Self::LegacyReplies,
                }
            }
            Message::Buttons(_) => Self::Actions,
        }
    }

    /// The name in the path.
    const fn name(self) -> &'static str {
        match self {
            Self::Text => "sendMessage",
            Self::LegacyReplies => "sendButtons",
            Self::Replies => "sendInteractiveButtonsReply",
            Self::Actions => "sendInteractiveButtons",
        }
    }

    /// Whether it is one of the two that reach personal chats only.
    const fn is_interactive(self) -> bool {
        matches!(self, Self::Replies | Self::Actions)
    }
}

fn is_reply(button: &Button) -> bool {
    button.action.kind() == ActionKind::Reply
}

/// The first button that is not of the first one's sort, where sorts are replies and actions.
fn first_misfit(message: &Buttons) -> Option<usize> {
    let first = is_reply(message.buttons.first()?);
    message
        .buttons
        .iter()
        .position(|button| is_reply(button) != first)
}

pub(super) fn limits(draft: &Draft, method: ButtonsMethod) -> Limits {
    let method = Method::of(draft, method);
    let (page, text) = match method {
        Method::Text => {
            let page = "GREEN-API, sending/SendMessage";
            return Limits::new([
                Limit::documented(LimitKey::Text, 20_000, UNIT, page),
                Limit::documented(LimitKey::Typing, 20, Unit::Seconds, page),
            ]);
        }
        Method::LegacyReplies => {
            let page = "GREEN-API, sending/SendButtons";
            (page, Limit::documented(LimitKey::Text, 4096, UNIT, page))
        }
        Method::Replies => (
            "GREEN-API, sending/SendInteractiveButtonsReply",
            Limit::assumed(
                LimitKey::Text,
                20_000,
                UNIT,
                "assumed: GREEN-API, sending/SendInteractiveButtons",
            ),
        ),
        Method::Actions => {
            let page = "GREEN-API, sending/SendInteractiveButtons";
            (page, Limit::documented(LimitKey::Text, 20_000, UNIT, page))
        }
    };
    let meta = "assumed: Meta's Cloud API, interactive reply buttons";
    Limits::new([
        text,
        Limit::documented(LimitKey::Buttons, 3, Unit::Items, page),
        Limit::documented(LimitKey::ButtonText, 25, UNIT, page),
        Limit::assumed(LimitKey::ButtonId, 256, UNIT, meta),
        Limit::assumed(LimitKey::Header, 60, UNIT, meta),
        Limit::assumed(LimitKey::Footer, 60, UNIT, meta),
    ])
}

pub(super) fn support(draft: &Draft, method: ButtonsMethod) -> Support {
    if let Some((what, instead)) = unknown_kind(draft.message.kind()) {
        let problem = Problem::error(Field::Kind, format!("GREEN-API {what}"));
        return Support::Impossible { problem, instead };
    }
    if let Message::Buttons(message) = &draft.message
        && let Some(index) = first_misfit(message)
    {
        let problem = Problem::error(
            Field::Button(index, ButtonPart::Action),
            "GREEN-API cannot mix reply buttons with copy, call or url buttons in one message: make all of them replies or none, or send the choices as numbered text",
        );
        let instead = vec![Fallback::NumberedText];
        return Support::Impossible { problem, instead };
    }
    let method = Method::of(draft, method);
    let name = method.name();
    if method == Method::LegacyReplies {
        let instead = instead_of_legacy(&address(&draft.to));
        return Support::SwitchedOff {
            method: name,
            instead,
        };
    }
    Support::Native { method: name }
}

/// What is said of a kind that no method sends (`sendListMessage` is answered with 403 as
/// `sendButtons` is), with what can be sent in its place.
fn unknown_kind(kind: Kind) -> Option<(&'static str, Vec<Fallback>)> {
    match kind {
        Kind::Text | Kind::Buttons => None,
        Kind::List => Some((
            "has switched lists off: send the rows as numbered text, or up to three of them as reply buttons",
            vec![Fallback::NumberedText],
        )),
        Kind::Catalog => Some((
            "sends no catalogs: write a text with a link to the products",
            Vec::new(),
        )),
        Kind::ButtonReply | Kind::ListReply => Some((
            "cannot answer as if something had been tapped: write the answer as a text that quotes the message",
            Vec::new(),
        )),
    }
}

/// What to send in the place of legacy buttons; the interactive ones reach personal chats only.
fn instead_of_legacy(chat_id: &str) -> Vec<Fallback> {
    let is_personal = !(chat_id.ends_with("@g.us") || chat_id.ends_with("@newsletter"));
    let interactive = is_personal.then_some(Fallback::InteractiveReply);
    interactive
        .into_iter()
        .chain([Fallback::NumberedText])
        .collect()
}

pub(super) fn problems(draft: &Draft, method: ButtonsMethod) -> Vec<Problem> {
    let method = Method::of(draft, method);
    let name = method.name();
    let mut problems: Vec<Problem> = recipient_problem(&draft.to, method).into_iter().collect();
    let mut left_out = |field, what: &str| {
        let message =
            format!("GREEN-API's {name} carries no {what}: it is left out of the request");
        problems.push(Problem::warning(field, message));
    };
    if draft.delay.is_some_and(|seconds| seconds > 0) {
        left_out(Field::Delay, "delay");
    }
    if method != Method::Text {
        if draft.link_preview.is_some() {
            left_out(Field::LinkPreview, "choice of link previews");
        }
        if draft.typing.is_some_and(|seconds| seconds > 0) {
            left_out(Field::Typing, "typing time");
        }
    }
    if method.is_interactive() && draft.quote.is_some() {
        left_out(Field::Quote, "quote");
    }
    if method == Method::LegacyReplies {
        if has_header(draft) {
            left_out(Field::Header, "header");
        }
        problems.push(Problem::warning(
            Field::Buttons,
            "GREEN-API has switched sendButtons off and answers it with 403: send interactive reply buttons, or the choices as numbered text",
        ));
    }
    if method == Method::Text && draft.typing == Some(0) {
        problems.push(Problem {
            actual: Some(0),
            limit: Some(1),
            unit: Some(Unit::Seconds),
            ..Problem::error(
                Field::Typing,
                "GREEN-API's sendMessage takes a typing time of 1 to 20 seconds: leave it out for none",
            )
        });
    }
    problems
}

fn has_header(draft: &Draft) -> bool {
    matches!(&draft.message, Message::Buttons(message) if !message.header.is_empty())
}

/// What a method does not reach of the recipients that there are; one that cannot be read is
/// reported with the message.
fn recipient_problem(to: &str, method: Method) -> Option<Problem> {
    let recipient: Recipient = to.parse().ok()?;
    let name = method.name();
    let message = match recipient {
        Recipient::Channel(_) => {
            "GREEN-API documents no way to send to a channel (@newsletter): choose a person or a group".to_owned()
        }
        Recipient::Group(_) | Recipient::Lid(_) if method.is_interactive() => format!(
            "GREEN-API's {name} reaches personal chats by phone number only, not a {}: send the choices as numbered text, or choose a phone number",
            recipient.kind()
        ),
        Recipient::User(_) | Recipient::Group(_) | Recipient::Lid(_) => return None,
    };
    Some(Problem::error(Field::To, message))
}

pub(super) fn encode(account: &Account, draft: &Draft) -> Request {
    let method = Method::of(draft, account.buttons_method);
    let start = Body::default().with("chatId", address(&draft.to));
    let quoted = draft.quote.as_ref().map_or("", |quote: &Quote| &quote.id);
    let body = match &draft.message {
        Message::Text(_)
        | Message::Catalog(_)
        | Message::List(_)
        | Message::ButtonReply(_)
        | Message::ListReply(_) => start
            .with("message", draft.message.text())
            .with_text("quotedMessageId", quoted)
            .with_some("linkPreview", draft.link_preview)
            .with_some("typingTime", draft.typing.map(milliseconds)),
        Message::Buttons(message) if method == Method::LegacyReplies => start
            .with("message", message.text.as_str())
            .with_text("footer", &message.footer)
            .with("buttons", buttons(message, reply))
            .with_text("quotedMessageId", quoted),
        Message::Buttons(message) => start
            .with_text("header", &message.header)
            .with("body", message.text.as_str())
            .with_text("footer", &message.footer)
            .with(
                "buttons",
                if method == Method::Actions {
                    buttons(message, with_action)
                } else {
                    buttons(message, reply)
                },
            ),
    };
    Request {
        url: url(account, method.name()),
        headers: vec![content_type()],
        body: body.into(),
    }
}

/// A question that goes to a method, without a body.
pub(super) fn query(account: &Account, method: &str) -> Query {
    Query {
        method: "GET",
        url: url(account, method),
        headers: Vec::new(),
        body: None,
    }
}

fn url(account: &Account, method: &str) -> Template {
    let base_url = account.base_url.trim_end_matches('/');
    let id_instance = &account.id_instance;
    let path = format!("{base_url}/waInstance{id_instance}/{method}/");
    Template(vec![Piece::Text(path), Piece::Token])
}

/// A chat's id; as it was typed where it cannot be read.
fn address(to: &str) -> String {
    to.parse().map_or_else(
        |_| to.to_owned(),
        |recipient: Recipient| recipient.chat_id(),
    )
}

fn milliseconds(seconds: u32) -> u64 {
    u64::from(seconds) * 1000
}

fn buttons(message: &Buttons, write: fn(&Button) -> Body) -> Vec<Value> {
    message
        .buttons
        .iter()
        .map(|button| write(button).into())
        .collect()
}

fn reply(button: &Button) -> Body {
    identity(Body::default(), button)
}

fn with_action(button: &Button) -> Body {
    let kind = button.action.kind().name();
    let body = identity(Body::default().with("type", kind), button);
    match &button.action {
        Action::Reply => body,
        Action::Copy { code } => body.with("copyCode", code.as_str()),
        Action::Call { phone } => body.with("phoneNumber", call_number(phone)),
        Action::Url { url } => body.with("url", url.as_str()),
    }
}

fn identity(body: Body, button: &Button) -> Body {
    body.with("buttonId", button.id.as_str())
        .with("buttonText", button.text.as_str())
}

/// The digits of a number to call, without `+`. One that is no recipient's, such as a short service
/// number, keeps its digits; one with letters in it goes out as it was typed.
fn call_number(phone: &str) -> String {
    if let Ok(Recipient::User(digits)) = phone.parse() {
        return digits;
    }
    let spelled = |c: char| c.is_ascii_digit() || c.is_whitespace() || "+-().".contains(c);
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() || !phone.chars().all(spelled) {
        phone.to_owned()
    } else {
        digits
    }
}

pub(super) fn visibility(
    draft: &Draft,
    method: ButtonsMethod,
    platform: Platform,
) -> Option<String> {
    match (Method::of(draft, method), platform) {
        (Method::LegacyReplies, _) => {
            let device = match platform {
                Platform::Android | Platform::Ios => "mobile",
                Platform::Web => "web",
                Platform::Desktop => "desktop",
            };
            Some(format!(
                "GREEN-API documents that buttons of sendButtons may not be shown on {device} clients"
            ))
        }
        (Method::Actions, Platform::Desktop) => Some(
            "GREEN-API documents that copy, call and url buttons are not shown on Windows desktop"
                .to_owned(),
        ),
        _ => None,
    }
}
