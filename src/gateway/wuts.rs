//! WUTS, <https://docs.wuts.com.br>.

use super::wire::{Request, Response, Template};
use super::{Account, Outcome, Refusal, Support};
use crate::message::check::Problem;
use crate::message::limits::{Limit, LimitKey, Limits, Unit};
use crate::message::{Draft, Kind};

pub(super) fn limits(_kind: Kind) -> Limits {
    Limits::new([
        Limit::assumed(LimitKey::Text, 4096, Unit::Scalars, "stub"),
        Limit::assumed(LimitKey::Footer, 60, Unit::Scalars, "stub"),
        Limit::documented(LimitKey::Buttons, 3, Unit::Items, "stub"),
        Limit::documented(LimitKey::ButtonText, 25, Unit::Scalars, "stub"),
    ])
}

pub(super) fn support(_draft: &Draft) -> Support {
    Support::Native {
        method: "/send/buttons",
    }
}

pub(super) fn problems(_draft: &Draft) -> Vec<Problem> {
    Vec::new()
}

pub(super) fn encode(account: &Account, _draft: &Draft) -> Request {
    Request {
        url: Template::text(format!("{}/send/buttons", account.base_url)),
        headers: Vec::new(),
        body: serde_json::Value::Null,
    }
}

pub(super) fn decode(_response: &Response) -> Outcome {
    Outcome::Unknown(Refusal::default())
}
