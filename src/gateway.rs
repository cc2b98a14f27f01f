//! How each HTTP gateway says a message: pure functions between drafts and plain requests.
//!
//! No network and no secret is here. A request holds the place of the token ([`wire::Piece::Token`]),
//! and the client alone puts the token in, at the last moment.

pub mod address;
mod answer;
pub mod cloud_api;
pub(crate) mod evolution;
pub mod explain;
pub mod green_api;
pub mod journal;
pub(crate) mod kind;
mod parts;
pub mod queue;
pub mod remark;
mod same;
pub(crate) mod settings;
pub mod state;
pub mod wire;
pub mod wuts;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use crate::message::check::{self, Problem, Severity};
use crate::message::limits::{LimitKey, Limits};
use crate::message::phone::{self, Country};
use crate::message::{Draft, variables};

use kind::Gateway;

/// The gateways in order, each with what is its own: the only place that lists them.
macro_rules! gateways {
    ($($(#[$attribute:meta])* $kind:ident => $gateway:expr,)+) => {
        /// The gateways that are spoken.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        pub enum GatewayKind {
            $($(#[$attribute])* $kind,)+
        }

        impl GatewayKind {
            /// Every gateway.
            pub const ALL: [Self; [$(Self::$kind),+].len()] = [$(Self::$kind),+];

            /// What is its own.
            pub(crate) fn own(self) -> &'static dyn Gateway {
                match self {
                    $(Self::$kind => &$gateway,)+
                }
            }
        }
    };
}

gateways! {
    /// WUTS, <https://docs.wuts.com.br>
    #[default]
    Wuts => wuts::Wuts,
    /// GREEN-API, <https://green-api.com/en/docs/api>
    GreenApi => green_api::GreenApi,
    /// Meta's `WhatsApp` Cloud API,
    /// <https://developers.facebook.com/documentation/business-messaging/whatsapp>
    CloudApi => cloud_api::CloudApi,
    /// Evolution API, <https://doc.evolution-api.com>
    Evolution => evolution::Evolution,
}

/// What a gateway needs to know to write a request, besides the draft: everything but the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Which gateway.
    pub gateway: GatewayKind,
    /// Where it is, without a slash at the end.
    pub base_url: String,
    /// The values of its gateway's own keys, where they are not the defaults.
    pub settings: BTreeMap<&'static str, String>,
    /// The country of numbers that are written without a country code, where one is configured.
    pub country: Option<Country>,
    /// Numbers that a profile puts in the place of the gateway's limits.
    pub limits: BTreeMap<LimitKey, usize>,
}

/// Whether a gateway can carry a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Support {
    /// It has a method for it.
    Native {
        /// The method, as in the path (`sendInteractiveButtons`, `/send/buttons`), or the Cloud API's
        /// type of message (`product_list`).
        method: &'static str,
    },
    /// It has a method, which is documented to be switched off.
    SwitchedOff {
        /// The method.
        method: &'static str,
        /// What to use instead.
        instead: Vec<Fallback>,
    },
    /// It has none.
    Impossible {
        /// What the draft asks for that it does not have, and the nearest thing that it does.
        problem: Problem,
        /// What to use instead.
        instead: Vec<Fallback>,
    },
}

/// What can be sent instead of a message that a gateway does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fallback {
    /// GREEN-API's `sendInteractiveButtonsReply`.
    InteractiveReply,
    /// The choices as numbered text.
    NumberedText,
}

/// A draft that a gateway has no method for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .problem.message)]
pub struct Unsupported {
    /// What it does not carry.
    pub problem: Problem,
    /// What to use instead.
    pub instead: Vec<Fallback>,
}

/// What became of a message that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The gateway took the message.
    Accepted {
        /// Its id, by which replies and quotes name it.
        message_id: String,
    },
    /// The gateway did not take the message, for certain.
    Rejected(Refusal),
    /// The gateway may have taken the message: nothing says whether it did.
    Unknown(Refusal),
}

/// What came instead of a message id: the gateway's words, or why there are none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Refusal {
    /// The gateway's error code, the HTTP status where it has none (`VALIDATION_ERROR`, `466`), or
    /// the client's word where nothing was answered (`connect`, `timeout`, `cancelled`).
    pub code: String,
    /// The gateway's own words, as they came.
    pub message: String,
    /// What that means and what to do, in plain words.
    pub explanation: String,
    /// Whether its documentation tells clients to send the same again after a while.
    pub repeatable: bool,
    /// What can be sent instead.
    pub instead: Vec<Fallback>,
}

impl Refusal {
    /// The client's word, as a [`code`](Self::code), for what the user stopped.
    pub const CANCELLED: &str = "cancelled";
}

/// One request, what came back, and what that means.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    /// What was sent, or was to be.
    pub request: wire::Request,
    /// What was answered, if anything was.
    pub response: Option<wire::Response>,
    /// What it means.
    pub outcome: Outcome,
    /// From the start of the first attempt to the outcome.
    pub elapsed: std::time::Duration,
    /// How often it was tried; 0 when it was refused before anything was opened.
    pub attempts: u32,
}

impl Outcome {
    /// The name in reports: `accepted`, `rejected`, `unknown`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Accepted { .. } => "accepted",
            Self::Rejected(_) => "rejected",
            Self::Unknown(_) => "unknown",
        }
    }

    /// The gateway's id of the message, if it took it.
    pub fn message_id(&self) -> Option<&str> {
        match self {
            Self::Accepted { message_id } => Some(message_id),
            Self::Rejected(_) | Self::Unknown(_) => None,
        }
    }

    /// What came instead of an id.
    pub const fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Accepted { .. } => None,
            Self::Rejected(refusal) | Self::Unknown(refusal) => Some(refusal),
        }
    }

    /// Whether the numbered text that goes along with a message is to follow it now: only when the
    /// message was accepted, or when its method is switched off, so that nobody gets the choices
    /// twice or without a reason.
    pub fn calls_for_duplicate(&self) -> bool {
        match self {
            Self::Accepted { .. } => true,
            Self::Rejected(refusal) => refusal.instead.contains(&Fallback::NumberedText),
            Self::Unknown(_) => false,
        }
    }
}

impl GatewayKind {
    /// The name in profiles and reports: `wuts`, `green-api`, `cloud-api`.
    pub fn name(self) -> &'static str {
        self.own().facts().name
    }

    /// The name for people: `WUTS`, `GREEN-API`, `Cloud API`.
    pub fn title(self) -> &'static str {
        self.own().facts().title
    }
}

impl fmt::Display for GatewayKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The most problems that are told of a message: nobody reads more.
const MOST_PROBLEMS: usize = 1000;

/// Puts one problem in the place of those that are too many, as severe as the worst of them.
fn shorten(problems: &mut Vec<Problem>) {
    if problems.len() <= MOST_PROBLEMS {
        return;
    }
    let rest = problems.split_off(MOST_PROBLEMS);
    problems.shrink_to_fit();
    let is_error = rest
        .iter()
        .any(|problem| problem.severity == Severity::Error);
    let words = format!("and {} more problems", rest.len());
    problems.extend(rest.first().map(|first| {
        let make = if is_error {
            Problem::error
        } else {
            Problem::warning
        };
        make(first.field, words)
    }));
}

impl Account {
    /// An account at the gateway's public address, with a placeholder where it needs an instance.
    pub fn public(gateway: GatewayKind) -> Self {
        Self {
            gateway,
            base_url: gateway.own().facts().public_url.to_owned(),
            settings: BTreeMap::new(),
            country: None,
            limits: BTreeMap::new(),
        }
    }

    /// The address without a slash at its end, for a path behind it.
    fn address(&self) -> &str {
        self.base_url.trim_end_matches('/')
    }

    /// The limits for this draft, by the method it would be sent with.
    pub fn limits(&self, draft: &Draft) -> Limits {
        let mut limits = self.gateway.own().limits(self, draft);
        for (&key, &max) in &self.limits {
            limits.replace(key, max);
        }
        limits
    }

    /// Whether the token stands in the path of every address, and not in a header.
    pub fn has_token_in_path(&self) -> bool {
        self.gateway.own().facts().has_token_in_path
    }

    /// Whether the gateway takes messages while the phone is not there, and keeps them for it.
    pub fn keeps_for_the_phone(&self) -> bool {
        self.gateway.own().facts().keeps_for_the_phone
    }

    /// Whether a picture can go along, with the kinds of messages that carry one.
    pub fn takes_pictures(&self) -> bool {
        self.gateway.own().facts().takes_pictures
    }

    /// Whether this draft can be sent here.
    pub fn support(&self, draft: &Draft) -> Support {
        self.gateway.own().support(self, draft)
    }

    /// The same account, by whose methods a fallback is sent.
    #[must_use]
    pub fn turned_to(mut self, fallback: Fallback) -> Self {
        self.gateway.own().turn_to(&mut self, fallback);
        self
    }

    /// The draft as it goes out: its braces unescaped, and its recipient with the code of the
    /// configured country where that is missing. To look at, and not to be kept.
    pub fn as_sent<'a>(&self, draft: &'a Draft) -> Cow<'a, Draft> {
        let mut sent = variables::as_sent(draft);
        if self.country.is_some()
            && let Ok(reading) = phone::read(&sent.to, self.country)
            && reading.added.is_some()
        {
            sent.to_mut().to = reading.written.recipient.to_string();
        }
        sent
    }

    /// Everything that is wrong with this draft here: limits, what the gateway leaves out, and what
    /// it cannot carry; in the order of the form, errors before warnings at one field.
    pub fn check(&self, draft: &Draft) -> Vec<Problem> {
        let mut problems = check::check_in(draft, &self.limits(draft), self.country);
        let sent = &*self.as_sent(draft);
        problems.extend(self.gateway.own().problems(self, sent));
        problems.extend(self.undelivered(sent));
        if let Support::Impossible { problem, .. } = self.support(draft) {
            problems.push(problem);
        }
        problems.sort_by_key(|problem| (problem.field, problem.severity));
        shorten(&mut problems);
        problems
    }

    /// What the server's version or channel does not deliver of a draft, as far as it is known.
    pub fn undelivered(&self, draft: &Draft) -> Vec<Problem> {
        self.gateway.own().undelivered(self, draft)
    }

    /// The same request under a name of the client's own, where the gateway takes one.
    #[must_use]
    pub fn named(&self, mut request: wire::Request, name: &str) -> wire::Request {
        self.gateway.own().name(&mut request, name);
        request
    }

    /// For how long the gateway holds its answer back, because the request says so.
    pub fn holds_back(&self, request: &wire::Request) -> std::time::Duration {
        self.gateway.own().holds_back(request)
    }

    /// The request that sends this draft, whatever is wrong with it.
    ///
    /// # Errors
    /// When the gateway has no method that could carry it.
    pub fn encode(&self, draft: &Draft) -> Result<wire::Request, Unsupported> {
        if let Support::Impossible { problem, instead } = self.support(draft) {
            return Err(Unsupported { problem, instead });
        }
        let sent = &*self.as_sent(draft);
        Ok(self.gateway.own().encode(self, sent))
    }

    /// What the gateway's answer to a request for a draft of this kind means.
    pub fn decode(&self, request: &wire::Request, response: &wire::Response) -> Outcome {
        self.gateway.own().decode(request, response)
    }

    /// What the gateway's documentation says about where this draft is not shown, by the method that its
    /// buttons need; `None` where it says that it is, or nothing.
    pub fn visibility(&self, draft: &Draft, platform: Platform) -> Option<String> {
        self.gateway.own().visibility(self, draft, platform)
    }

    /// Whether a list of problems blocks sending.
    pub fn blocks(problems: &[Problem]) -> bool {
        problems
            .iter()
            .any(|problem| problem.severity == Severity::Error)
    }
}

/// The platforms on which a recipient may read a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Platform {
    /// `android`
    #[default]
    Android,
    /// `ios`
    Ios,
    /// `web`
    Web,
    /// `desktop`
    Desktop,
}

impl Platform {
    /// Every platform.
    pub const ALL: [Self; 4] = [Self::Android, Self::Ios, Self::Web, Self::Desktop];

    /// The name at the prompt.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Android => "android",
            Self::Ios => "ios",
            Self::Web => "web",
            Self::Desktop => "desktop",
        }
    }
}
