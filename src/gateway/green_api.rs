//! GREEN-API, <https://green-api.com/en/docs/api>: `sendMessage`, `sendPoll` and three methods for
//! buttons.
//!
//! The token stands in the path of the URL, and the gateway's errors repeat that path: what is read
//! from an answer never holds it. Lengths are counted as its validator's language counts them.

mod body;
mod decode;
mod errors;
mod journal;
mod limits;
mod problems;
mod queue;
mod state;

use super::address::base::is_id;
use super::kind::{Facts, Gateway};
use super::parts::first_pix;
use super::settings::{Form, Key};
use super::state::Status;
use super::wire::{Piece, Query, Request, Response, Template, content_type};
use super::{Account, Fallback, Outcome, Platform, Support};
use crate::message::check::Problem;
use crate::message::limits::Limits;
use crate::message::recipient::Recipient;
use crate::message::{ActionKind, Button, ButtonPart, Buttons, Draft, Field, Kind, Message};

pub(super) struct GreenApi;

const ID_INSTANCE: Key = Key {
    name: "id_instance",
    default: "<idInstance>",
    needed: Some("the instance's number (idInstance in its console), in quotes"),
    form: Form::digits("digits alone, as in GREEN-API's console"),
};

/// The method for reply buttons; `sendButtons` is documented to answer 403.
const BUTTONS_METHOD: Key = Key {
    name: "buttons_method",
    default: Method::Replies.name(),
    needed: None,
    form: Form::Words(&[Method::Replies.name(), Method::LegacyReplies.name()]),
};

const FACTS: Facts = Facts {
    name: "green-api",
    title: "GREEN-API",
    public_url: "https://api.green-api.com",
    sandbox_profile: "sandbox-green-api",
    keys: &[ID_INSTANCE, BUTTONS_METHOD],
    needs_base_url: Some("GREEN-API has an address for each instance (apiUrl in its console)"),
    puts_in: "the instance, the method and the token are put in for each message; the \
              instance's number is the key id_instance",
    by: "by",
    has_token_in_path: true,
    keeps_for_the_phone: true,
    takes_pictures: false,
};

impl Gateway for GreenApi {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn limits(&self, account: &Account, draft: &Draft) -> Limits {
        limits::limits(Method::of(account, draft))
    }

    fn support(&self, account: &Account, draft: &Draft) -> Support {
        support(account, draft)
    }

    fn problems(&self, account: &Account, draft: &Draft) -> Vec<Problem> {
        problems::problems(Method::of(account, draft), draft)
    }

    fn encode(&self, account: &Account, draft: &Draft) -> Request {
        let method = Method::of(account, draft);
        Request {
            url: url(account, method.name()),
            headers: vec![content_type()],
            body: body::of(method, draft).into(),
        }
    }

    fn decode(&self, request: &Request, response: &Response) -> Outcome {
        decode::decode(request, response)
    }

    fn puts_in(&self, segment: &str) -> bool {
        let lower = segment.to_ascii_lowercase();
        let verbs = ["wainstance", "send", "getstate", "getsettings", "receive"];
        verbs.iter().any(|verb| lower.starts_with(verb)) || is_id(segment)
    }

    fn turn_to(&self, account: &mut Account, fallback: Fallback) {
        if fallback == Fallback::InteractiveReply {
            account.settings.remove(BUTTONS_METHOD.name);
        }
    }

    fn visibility(&self, account: &Account, draft: &Draft, platform: Platform) -> Option<String> {
        visibility(Method::of(account, draft), platform)
    }

    fn status_query(&self, account: &Account) -> Option<Query> {
        Some(query(account, "getStateInstance"))
    }

    fn read_status(&self, response: &Response) -> Option<Status> {
        state::read(response)
    }

    fn queue(&self) -> Option<&'static dyn super::queue::Queue> {
        Some(&queue::ShownQueue)
    }

    fn journal(&self) -> Option<&'static dyn super::journal::Journal> {
        Some(&journal::ChatHistory)
    }
}

/// The methods that send messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    Text,
    Poll,
    LegacyReplies,
    Replies,
    Actions,
}

impl Method {
    /// The method for a draft. Where none fits, it is the nearest one: for buttons that mix replies
    /// with actions the one that knows actions, for a kind that there is no method for the text's.
    fn of(account: &Account, draft: &Draft) -> Self {
        match &draft.message {
            Message::Text(_)
            | Message::Template(_)
            | Message::Catalog(_)
            | Message::List(_)
            | Message::ButtonReply(_)
            | Message::ListReply(_) => Self::Text,
            Message::Poll(_) => Self::Poll,
            Message::Buttons(message) if message.buttons.iter().all(is_reply) => {
                if account.setting(&BUTTONS_METHOD) == Self::LegacyReplies.name() {
                    Self::LegacyReplies
                } else {
                    Self::Replies
                }
            }
            Message::Buttons(_) => Self::Actions,
        }
    }

    /// The name in the path.
    const fn name(self) -> &'static str {
        match self {
            Self::Text => "sendMessage",
            Self::Poll => "sendPoll",
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

fn support(account: &Account, draft: &Draft) -> Support {
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
    if let Message::Buttons(message) = &draft.message
        && let Some(index) = first_pix(message)
    {
        let problem = Problem::error(
            Field::Button(index, ButtonPart::Action),
            "GREEN-API has no pix buttons: make it a copy button with the key, or send the choices as numbered text",
        );
        let instead = vec![Fallback::NumberedText];
        return Support::Impossible { problem, instead };
    }
    let method = Method::of(account, draft);
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
        Kind::Text | Kind::Buttons | Kind::Poll => None,
        Kind::List => Some((
            "has switched lists off: send the rows as a poll or as numbered text, or up to three of them as reply buttons",
            vec![Fallback::NumberedText],
        )),
        Kind::Catalog => Some((
            "sends no catalogs: write a text with a link to the products",
            Vec::new(),
        )),
        Kind::Template => Some((
            "sends no templates, which are of Meta's Cloud API: write a text",
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

/// A question that goes to a method, without a body.
fn query(account: &Account, method: &str) -> Query {
    Query {
        method: "GET",
        url: url(account, method),
        headers: Vec::new(),
        body: None,
    }
}

fn url(account: &Account, method: &str) -> Template {
    let (address, id_instance) = (account.address(), account.setting(&ID_INSTANCE));
    let path = format!("{address}/waInstance{id_instance}/{method}/");
    Template(vec![Piece::Text(path), Piece::Token])
}

/// A chat's id; as it was typed where it cannot be read.
fn address(to: &str) -> String {
    to.parse().map_or_else(
        |_| to.to_owned(),
        |recipient: Recipient| recipient.chat_id(),
    )
}

fn visibility(method: Method, platform: Platform) -> Option<String> {
    match (method, platform) {
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
