//! What a gateway has of its own: one implementation of [`Gateway`] for each, in a folder of its own.

use std::time::Duration;

use std::collections::BTreeMap;

use serde_json::Value;

use super::journal::Journal;
use super::queue::Queue;
use super::settings::Key;
use super::state::Status;
use super::wire::{Query, Request, Response};
use super::{Account, Fallback, Outcome, Platform, Support};
use crate::message::Draft;
use crate::message::check::Problem;
use crate::message::limits::Limits;

/// One gateway, by its documentation. What not every gateway has is absent unless it says otherwise.
///
/// A draft comes as it goes out ([`Account::as_sent`]) where it is written or checked, and as it was
/// typed where its limits and its method are asked for.
pub trait Gateway: Sync {
    /// Its names, its address and the like.
    fn facts(&self) -> &'static Facts;

    /// The limits for a draft, by the method that it would be sent with.
    fn limits(&self, account: &Account, draft: &Draft) -> Limits;

    /// Whether a draft can be sent, and by which method.
    fn support(&self, account: &Account, draft: &Draft) -> Support;

    /// What it leaves out of the request, and what it asks for besides what every message needs.
    fn problems(&self, account: &Account, draft: &Draft) -> Vec<Problem>;

    /// The request that sends a draft.
    fn encode(&self, account: &Account, draft: &Draft) -> Request;

    /// The meaning of the answer to a request.
    fn decode(&self, request: &Request, response: &Response) -> Outcome;

    /// The value of a key, for whom a profile with these settings lacks that cannot do without.
    fn needs(&self, key: &Key, _settings: &BTreeMap<&'static str, String>) -> Option<&'static str> {
        key.needed
    }

    /// Whether a piece of a path is one that it puts behind a `base_url`, and not part of it.
    fn puts_in(&self, segment: &str) -> bool;

    /// Changes an account so that a draft is sent by another of its methods.
    fn turn_to(&self, _account: &mut Account, _fallback: Fallback) {}

    /// Where its documentation says that a draft is not shown on a platform.
    fn visibility(
        &self,
        _account: &Account,
        _draft: &Draft,
        _platform: Platform,
    ) -> Option<String> {
        None
    }

    /// The question for its state.
    fn status_query(&self, _account: &Account) -> Option<Query> {
        None
    }

    /// The state that the answer to [`Gateway::status_query`] tells, where it tells more than its HTTP
    /// status does.
    fn read_status(&self, _response: &Response) -> Option<Status> {
        None
    }

    /// Its queue of messages that wait for the phone.
    fn queue(&self) -> Option<&'static dyn Queue> {
        None
    }

    /// Its journal of what went out in a chat.
    fn journal(&self) -> Option<&'static dyn Journal> {
        None
    }

    /// Gives a message a name of the client's own, where the gateway takes one that comes back with it.
    fn name(&self, _request: &mut Request, _name: &str) {}

    /// For how long it holds its answer back, because a request says so.
    fn holds_back(&self, _request: &Request) -> Duration {
        Duration::ZERO
    }

    /// The questions for what an account has to know of its server besides what is configured, each once:
    /// what is known is not asked for.
    fn about_queries(&self, _account: &Account) -> Vec<Query> {
        Vec::new()
    }

    /// What an answer to one of [`Gateway::about_queries`] tells: settings of the account.
    fn read_about(&self, _account: &Account, _response: &Response) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// What is known of the server besides what is configured, by the names of reports.
    fn about<'a>(&self, _account: &'a Account) -> Vec<(&'static str, &'a str)> {
        Vec::new()
    }

    /// What the server's version or channel does not deliver of a draft, or not to everybody.
    fn undelivered(&self, _account: &Account, _draft: &Draft) -> Vec<Problem> {
        Vec::new()
    }

    /// What the sandbox's instance is known to have besides what profiles have, so that a built-in profile
    /// says the same before the sandbox runs.
    fn sandbox_settings(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }

    /// The recipient that an accepting answer names, in the gateway's own spelling.
    fn answered_recipient<'a>(&self, _body: &'a Value) -> Option<&'a Value> {
        None
    }

    /// What an accepting answer says of a message that does not go out at once.
    fn held(&self, _body: &Value) -> Option<String> {
        None
    }
}

/// What is the same for every account and every message of a gateway.
pub struct Facts {
    /// The name in profiles and reports.
    pub name: &'static str,
    /// The name for people.
    pub title: &'static str,
    /// The public address.
    pub public_url: &'static str,
    /// The name of the built-in profile on the sandbox.
    pub sandbox_profile: &'static str,
    /// The keys of a profile that are its own.
    pub keys: &'static [Key],
    /// Why a profile has to say the address; `None` where the public one serves every account.
    pub needs_base_url: Option<&'static str>,
    /// The sentence on what is put behind a `base_url`, for one that has it already.
    pub puts_in: &'static str,
    /// The words before a method's name: `by`, or what the name is instead.
    pub by: &'static str,
    /// Whether the token is in the path of every address, and not in a header.
    pub has_token_in_path: bool,
    /// Whether messages are taken while the phone is not there, and kept for it.
    pub keeps_for_the_phone: bool,
    /// Whether a picture can go along, with the kinds of messages that carry one.
    pub takes_pictures: bool,
}
