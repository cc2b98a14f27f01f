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
mod partner;
mod problems;
mod spelling;
mod template;

use std::collections::BTreeMap;

use serde_json::Value;

use super::address::base::is_id;
use super::kind::{Facts, Gateway};
use super::parts::first_action;
use super::settings::{Form, Key, is_number};
use super::wire::{Request, Response, content_type};
use super::{Account, Fallback, Outcome, Support};
use crate::message::check::Problem;
use crate::message::limits::Limits;
use crate::message::{ActionKind, Button, ButtonPart, Draft, Field, Message};
use crate::visible;

pub(super) struct CloudApi;

/// The version of the Graph API that is spoken.
const VERSION: Key = Key {
    name: "version",
    default: "v23.0",
    needed: None,
    form: Form::Text {
        expected: "a version such as \"v23.0\"",
        fits: |text| {
            let numbers = text.strip_prefix('v').and_then(|rest| rest.split_once('.'));
            numbers.is_some_and(|(major, minor)| is_number(major) && is_number(minor))
        },
        meant: |text| {
            let bare = text.trim().trim_start_matches(['v', 'V', '/']);
            let (major, minor) = bare.split_once('.').unwrap_or((bare, "0"));
            (is_number(major) && is_number(minor)).then(|| format!("v{major}.{minor}"))
        },
    },
};

/// The id of the phone number that sends.
const PHONE_NUMBER_ID: Key = Key {
    name: "phone_number_id",
    default: "<phone_number_id>",
    needed: Some("the id of the phone number that sends (in Meta's app dashboard), in quotes"),
    form: Form::digits("digits alone, as in Meta's app dashboard"),
};

/// The business account that the templates belong to. It is read, and nothing asks for its templates
/// yet.
const WABA_ID: Key = Key {
    name: "waba_id",
    default: "",
    needed: None,
    form: Form::digits("digits alone, as in Meta's Business Manager"),
};

/// The catalog for messages that name none.
const CATALOG_ID: Key = Key {
    name: "catalog_id",
    default: "",
    needed: None,
    form: Form::digits("digits alone, as in Meta's Commerce Manager"),
};

const FACTS: Facts = Facts {
    name: "cloud-api",
    title: "Cloud API",
    public_url: "https://graph.facebook.com",
    sandbox_profile: "sandbox-cloud-api",
    keys: &[
        VERSION,
        PHONE_NUMBER_ID,
        WABA_ID,
        CATALOG_ID,
        partner::PARTNER,
    ],
    needs_base_url: None,
    puts_in: "the version, the phone number's id and the method are put in for each message; \
              the first two are the keys version and phone_number_id",
    // There is one endpoint for every type of message.
    by: "as type",
    has_token_in_path: false,
    keeps_for_the_phone: false,
    takes_pictures: false,
};

impl Gateway for CloudApi {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn limits(&self, _account: &Account, draft: &Draft) -> Limits {
        limits::limits(draft)
    }

    fn support(&self, _account: &Account, draft: &Draft) -> Support {
        support(draft)
    }

    fn problems(&self, account: &Account, draft: &Draft) -> Vec<Problem> {
        problems::problems(account, draft)
    }

    fn encode(&self, account: &Account, draft: &Draft) -> Request {
        Request {
            url: partner::url(account),
            headers: vec![content_type(), partner::key(account)],
            body: body::of(account, draft).into(),
        }
    }

    fn decode(&self, request: &Request, response: &Response) -> Outcome {
        decode::decode(request, response)
    }

    /// A partner knows by its key which number sends.
    fn needs(&self, key: &Key, settings: &BTreeMap<&'static str, String>) -> Option<&'static str> {
        let has_partner = settings.contains_key(partner::PARTNER.name);
        key.needed
            .filter(|_| !(has_partner && key.name == PHONE_NUMBER_ID.name))
    }

    fn puts_in(&self, segment: &str) -> bool {
        is_version(segment) || is_id(segment) || segment == "messages"
    }

    fn answered_recipient<'a>(&self, body: &'a Value) -> Option<&'a Value> {
        body.pointer("/contacts/0/wa_id")
    }

    fn held(&self, body: &Value) -> Option<String> {
        held(body.pointer("/messages/0/message_status")?.as_str()?)
    }
}

/// The types of message that there are, with what each is called in the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Text,
    ReplyButtons,
    UrlButton,
    List,
    ProductList,
    CatalogMessage,
    Template,
}

impl Type {
    /// The type for a draft. Where there is none, it is the nearest one.
    fn of(draft: &Draft) -> Self {
        match &draft.message {
            Message::Text(_)
            | Message::Poll(_)
            | Message::ButtonReply(_)
            | Message::ListReply(_) => Self::Text,
            Message::Buttons(message) if is_url_alone(&message.buttons) => Self::UrlButton,
            Message::Buttons(_) => Self::ReplyButtons,
            Message::Catalog(message) if message.sections.is_empty() => Self::CatalogMessage,
            Message::Catalog(_) => Self::ProductList,
            Message::List(_) => Self::List,
            Message::Template(_) => Self::Template,
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
            Self::Template => "template",
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
            Self::Template => "templates",
        }
    }
}

/// Whether the only button opens an address, which is a type of message of its own.
fn is_url_alone(buttons: &[Button]) -> bool {
    matches!(buttons, [only] if only.action.kind() == ActionKind::Url)
}

fn support(draft: &Draft) -> Support {
    let (field, message, instead) = match &draft.message {
        Message::Buttons(message) if is_url_alone(&message.buttons) => return native(draft),
        Message::Buttons(message) => match first_action(message) {
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
        Message::Poll(_) => (
            Field::Kind,
            "the Cloud API has no polls: send a list, up to three reply buttons, or the choices as numbered text".to_owned(),
            vec![Fallback::NumberedText],
        ),
        Message::Text(_) | Message::Catalog(_) | Message::List(_) | Message::Template(_) => {
            return native(draft);
        }
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

/// A message's catalog, or else the account's.
fn catalog_id<'a>(account: &'a Account, own: &'a str) -> &'a str {
    if own.trim().is_empty() {
        account.setting(&CATALOG_ID)
    } else {
        own
    }
}

fn is_version(segment: &str) -> bool {
    let number = segment.strip_prefix(['v', 'V']);
    number.is_some_and(|number| {
        number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || c == '.')
    })
}

/// What `message_status` says of a message that does not go out at once.
fn held(status: &str) -> Option<String> {
    match status {
        "accepted" | "" => None,
        "held_for_quality_assessment" => Some(
            "Meta holds the message back until it has assessed the template's quality \
             (held_for_quality_assessment): it goes out later, or fails"
                .to_owned(),
        ),
        "paused" => Some("Meta has paused the template (paused): the message waits".to_owned()),
        other => Some(format!(
            "the gateway says of the message: {}",
            visible::line(other)
        )),
    }
}
