//! GREEN-API, <https://green-api.com/en/docs/api>.

use super::wire::{Request, Response, Template};
use super::{Account, ButtonsMethod, Outcome, Platform, Refusal, Support};
use crate::message::check::Problem;
use crate::message::limits::Limits;
use crate::message::{Draft, Kind};

pub(super) fn limits(_draft: &Draft, _method: ButtonsMethod) -> Limits {
    Limits::default()
}

pub(super) fn support(_draft: &Draft, _method: ButtonsMethod) -> Support {
    Support::Native {
        method: "sendMessage",
    }
}

pub(super) fn problems(_draft: &Draft, _method: ButtonsMethod) -> Vec<Problem> {
    Vec::new()
}

pub(super) fn encode(account: &Account, _draft: &Draft) -> Request {
    Request {
        url: Template::text(format!("{}/sendMessage", account.base_url)),
        headers: Vec::new(),
        body: serde_json::Value::Null,
    }
}

pub(super) fn decode(_request: &Request, _response: &Response) -> Outcome {
    Outcome::Unknown(Refusal::default())
}

pub(super) fn visibility(
    _method: ButtonsMethod,
    _kind: Kind,
    _platform: Platform,
) -> Option<String> {
    None
}
