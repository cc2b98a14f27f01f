//! How the sandbox misbehaves on purpose: `ENDPOINT=STATUS|timeout|drop|slow:MS`.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use axum::http::StatusCode;

use super::{cloud_api, green_api};

/// One endpoint's way to misbehave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The endpoint, as in the path and without the slash at its start; `None` for all of them.
    endpoint: Option<&'static str>,
    misbehaviour: Misbehaviour,
}

/// What an endpoint does in place of what it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misbehaviour {
    /// Answers with this status, and with the body that the gateway documents for it. A success is
    /// the documented one that is none: without an id, or GREEN-API's `{"code":401,…}`.
    Status(StatusCode),
    /// Never answers.
    Timeout,
    /// Reads the request and closes the connection.
    Drop,
    /// Waits, then answers as it should.
    Slow(Duration),
}

/// Why a text is not a fault; its sentence says how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultError {
    /// It has no `=`.
    #[error("`{0}` is not ENDPOINT=STATUS|timeout|drop|slow:MS, such as /send/buttons=500")]
    Shape(String),
    /// Its endpoint is none.
    #[error("`{0}` is not an endpoint: choose one of {list}, or * for all", list = ENDPOINTS.join(", "))]
    Endpoint(String),
    /// What stands after the `=` is none of the four.
    #[error("`{0}` is not a fault: write a status (200 to 599), timeout, drop, or slow:MS")]
    Misbehaviour(String),
}

/// Every endpoint of the sandbox.
const ENDPOINTS: [&str; 15] = [
    "send/text",
    "send/buttons",
    "send/catalog",
    "send/interactive",
    "send/buttons-response",
    "send/list-response",
    "status",
    "sendMessage",
    "sendButtons",
    "sendInteractiveButtonsReply",
    "sendInteractiveButtons",
    "getStateInstance",
    "showMessagesQueue",
    "clearMessagesQueue",
    cloud_api::ENDPOINT,
];

impl Fault {
    /// How a path misbehaves: as its own fault says, or else as the one for all.
    pub(super) fn for_path<'a>(faults: &'a [Self], path: &str) -> Option<&'a Misbehaviour> {
        let endpoint = match green_api::method_in(path) {
            Some(method) => method,
            None if cloud_api::is_path(path) => cloud_api::ENDPOINT,
            None => path.trim_matches('/'),
        };
        let find = |wanted| faults.iter().find(|fault| fault.endpoint == wanted);
        find(Some(endpoint))
            .or_else(|| find(None))
            .map(|fault| &fault.misbehaviour)
    }
}

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let shape = || FaultError::Shape(text.to_owned());
        let (endpoint, misbehaviour) = text.split_once('=').ok_or_else(shape)?;
        let (endpoint, misbehaviour) = (endpoint.trim(), misbehaviour.trim());
        if endpoint.is_empty() || misbehaviour.is_empty() {
            return Err(shape());
        }
        let name = endpoint.strip_prefix('/').unwrap_or(endpoint);
        let known = ENDPOINTS.into_iter().find(|known| *known == name);
        if known.is_none() && endpoint != "*" {
            return Err(FaultError::Endpoint(endpoint.to_owned()));
        }
        Ok(Self {
            endpoint: known,
            misbehaviour: misbehaviour.parse()?,
        })
    }
}

impl FromStr for Misbehaviour {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let unknown = || FaultError::Misbehaviour(text.to_owned());
        match text {
            "timeout" => return Ok(Self::Timeout),
            "drop" => return Ok(Self::Drop),
            _ => {}
        }
        let (number, is_delay) = match text.strip_prefix("slow:") {
            Some(delay) => (delay, true),
            None => (text, false),
        };
        // `parse` alone would take a sign too.
        if !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(unknown());
        }
        if is_delay {
            let delay = number.parse().map_err(|_| unknown())?;
            return Ok(Self::Slow(Duration::from_millis(delay)));
        }
        let status = number.parse().ok();
        let status = status.filter(|status| (200..=599).contains(status));
        let status = status.and_then(|status: u16| StatusCode::from_u16(status).ok());
        status.map(Self::Status).ok_or_else(unknown)
    }
}

impl fmt::Display for Fault {
    /// As it is written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}=", self.endpoint.unwrap_or("*"))?;
        match self.misbehaviour {
            Misbehaviour::Status(status) => write!(f, "{}", status.as_u16()),
            Misbehaviour::Timeout => f.write_str("timeout"),
            Misbehaviour::Drop => f.write_str("drop"),
            Misbehaviour::Slow(delay) => write!(f, "slow:{}", delay.as_millis()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::status("/send/buttons=500", "send/buttons=500")]
    #[case::without_slash("send/text=401", "send/text=401")]
    #[case::method("sendMessage=466", "sendMessage=466")]
    #[case::success("sendMessage=200", "sendMessage=200")]
    #[case::all("*=timeout", "*=timeout")]
    #[case::drop("sendButtons=drop", "sendButtons=drop")]
    #[case::slow("*=slow:250", "*=slow:250")]
    #[case::spaces(" status = slow:0 ", "status=slow:0")]
    fn reads(#[case] text: &str, #[case] expected: &str) {
        let read = text.parse::<Fault>().map(|fault| fault.to_string());
        assert_eq!(read, Ok(expected.to_owned()));
    }

    #[rstest]
    #[case::nothing("", "is not ENDPOINT=")]
    #[case::no_sign("/send/buttons", "is not ENDPOINT=")]
    #[case::no_endpoint("=500", "is not ENDPOINT=")]
    #[case::no_fault("*=", "is not ENDPOINT=")]
    #[case::typo("/send/button=500", "choose one of send/text, send/buttons,")]
    #[case::wide("送信=500", "`送信` is not an endpoint")]
    #[case::emoji("*=👩‍👩‍👧", "`👩‍👩‍👧` is not a fault")]
    #[case::right_to_left("*=שלום", "is not a fault")]
    #[case::combining("*=e\u{301}5", "is not a fault")]
    #[case::interim("*=100", "is not a fault")]
    #[case::too_high("*=600", "is not a fault")]
    #[case::signed("*=+500", "is not a fault")]
    #[case::slow_without_time("*=slow:", "is not a fault")]
    #[case::slow_back("*=slow:-1", "is not a fault")]
    #[case::too_slow("*=slow:99999999999999999999", "is not a fault")]
    #[case::other_word("*=explode", "is not a fault")]
    fn refuses(#[case] text: &str, #[case] said: &str) {
        let error = text.parse::<Fault>().err().map(|error| error.to_string());
        assert!(
            error.as_ref().is_some_and(|error| error.contains(said)),
            "{error:?}"
        );
    }

    #[rstest]
    #[case::own("/send/buttons", "drop")]
    #[case::own_in_green_api("/waInstance1/sendMessage/token", "500")]
    #[case::all("/send/text", "timeout")]
    #[case::all_in_green_api("/waInstance1/sendButtons/token", "timeout")]
    #[case::unknown_path("/", "timeout")]
    fn own_faults_come_before_the_one_for_all(#[case] path: &str, #[case] expected: &str) {
        let faults = ["*=timeout", "/send/buttons=drop", "sendMessage=500"];
        let faults: Vec<Fault> = faults.iter().flat_map(|text| text.parse()).collect();
        assert_eq!(
            Fault::for_path(&faults, path),
            expected.parse().ok().as_ref()
        );
    }
}
