//! How the sandbox misbehaves on purpose: `ENDPOINT=STATUS|timeout|drop|lost|slow:MS|state:WORD`, and
//! `*N` after it for the first N requests alone.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use hyper::StatusCode;

use super::{endpoints, evolution, green_api, wuts};

/// One endpoint's way to misbehave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The endpoint, as in the path and without the slash at its start; `None` for all of them.
    endpoint: Option<&'static str>,
    misbehaviour: Misbehaviour,
    /// How many requests it is for; `None` for all of them.
    times: Option<u32>,
}

/// What an endpoint does in place of what it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misbehaviour {
    /// Answers with this status, and with the body that the gateway documents for it. A success is
    /// the documented one that is none: without an id, or GREEN-API's `{"code":401,…}`.
    Status(StatusCode),
    /// Answers with this status, and with a `Retry-After` of so many seconds.
    RetryAfter(StatusCode, u32),
    /// Never answers.
    Timeout,
    /// Reads the request and closes the connection.
    Drop,
    /// Does as it should, and closes the connection in the place of the answer: a message is taken,
    /// and nobody is told.
    Lost,
    /// Is in this state: GREEN-API's instance as its page names it, WUTS' device `connected` or
    /// `disconnected`. Messages go the way that they go in it.
    State(&'static str),
    /// Waits, then answers as it should.
    Slow(Duration),
}

/// Why a text is not a fault; its sentence says how to fix it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultError {
    /// It has no `=`.
    #[error(
        "`{0}` is not ENDPOINT=STATUS|timeout|drop|lost|slow:MS|state:WORD, such as /send/buttons=500"
    )]
    Shape(String),
    /// Its endpoint is none.
    #[error("`{0}` is not an endpoint: choose one of {list}, or * for all", list = list())]
    Endpoint(String),
    /// What stands after the `=` is none.
    #[error(
        "`{0}` is not a fault: write a status (200 to 599, with STATUS:SECONDS for a Retry-After), \
         timeout, drop, lost, slow:MS or state:WORD, and *N after it for the first N requests alone"
    )]
    Misbehaviour(String),
    /// The endpoint is never in such a state.
    #[error("`{0}` is no state of this endpoint: {STATES}")]
    State(String),
}

/// What states there are.
const STATES: &str = "status has connected and disconnected; getStateInstance has authorized, \
                      notAuthorized, blocked, sleepMode, starting and yellowCard; \
                      instance/connectionState has open, connecting and close";

/// The states by the endpoint that tells them.
const KNOWN_STATES: [(&str, &[&str]); 3] = [
    (evolution::STATE, evolution::STATES),
    (wuts::STATUS, &["connected", "disconnected"]),
    (
        green_api::STATE,
        &[
            "authorized",
            "notAuthorized",
            "blocked",
            "sleepMode",
            "starting",
            "yellowCard",
        ],
    ),
];

/// Every endpoint of the sandbox, as a sentence lists them.
fn list() -> String {
    endpoints().collect::<Vec<_>>().join(", ")
}

impl Fault {
    /// Which faults are for an endpoint: its own before the ones for all.
    pub(super) fn for_endpoint<'a>(
        faults: &'a [Self],
        endpoint: &str,
    ) -> impl Iterator<Item = (usize, &'a Self)> {
        let endpoint = endpoint.to_owned();
        let own = faults
            .iter()
            .enumerate()
            .filter(move |(_, fault)| fault.endpoint.is_some_and(|own| own == endpoint));
        let all = faults
            .iter()
            .enumerate()
            .filter(|(_, fault)| fault.endpoint.is_none());
        own.chain(all)
    }

    /// The state that the faults put an endpoint in.
    pub(super) fn state_of(faults: &[Self], endpoint: &str) -> Option<&'static str> {
        faults.iter().find_map(|fault| match fault.misbehaviour {
            Misbehaviour::State(state) if fault.endpoint == Some(endpoint) => Some(state),
            _ => None,
        })
    }

    pub(super) const fn misbehaviour(&self) -> &Misbehaviour {
        &self.misbehaviour
    }

    /// Whether it is for the next request after so many.
    pub(super) fn strikes_after(&self, requests: u32) -> bool {
        self.times.is_none_or(|times| requests < times)
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
        let known = endpoints().find(|known| *known == name);
        if known.is_none() && endpoint != "*" {
            return Err(FaultError::Endpoint(endpoint.to_owned()));
        }
        let (once, times) = match misbehaviour.split_once('*') {
            Some((once, times)) => {
                let unknown = || FaultError::Misbehaviour(misbehaviour.to_owned());
                (once, Some(number(times).ok_or_else(unknown)?))
            }
            None => (misbehaviour, None),
        };
        let misbehaviour = match once.strip_prefix("state:") {
            // A state lasts.
            Some(word) => state(known, word)
                .filter(|_| times.is_none())
                .ok_or_else(|| FaultError::State(word.to_owned()))?,
            None => once.parse()?,
        };
        Ok(Self {
            endpoint: known,
            misbehaviour,
            times,
        })
    }
}

fn state(endpoint: Option<&'static str>, word: &str) -> Option<Misbehaviour> {
    let (_, words) = KNOWN_STATES
        .iter()
        .find(|(known, _)| Some(*known) == endpoint)?;
    let word = words.iter().find(|known| **known == word)?;
    Some(Misbehaviour::State(word))
}

/// A whole number; `parse` alone would take a sign too.
fn number<T: FromStr>(text: &str) -> Option<T> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

fn status(text: &str) -> Option<StatusCode> {
    let status = number(text).filter(|status| (200..=599).contains(status))?;
    StatusCode::from_u16(status).ok()
}

impl FromStr for Misbehaviour {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let read = match (text, text.split_once(':')) {
            ("timeout", _) => Some(Self::Timeout),
            ("drop", _) => Some(Self::Drop),
            ("lost", _) => Some(Self::Lost),
            (_, Some(("slow", delay))) => {
                number(delay).map(|delay| Self::Slow(Duration::from_millis(delay)))
            }
            (_, Some((code, seconds))) => status(code)
                .zip(number(seconds))
                .map(|(status, seconds)| Self::RetryAfter(status, seconds)),
            (code, None) => status(code).map(Self::Status),
        };
        read.ok_or_else(|| FaultError::Misbehaviour(text.to_owned()))
    }
}

impl fmt::Display for Fault {
    /// As it is written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}=", self.endpoint.unwrap_or("*"))?;
        match self.misbehaviour {
            Misbehaviour::Status(status) => write!(f, "{}", status.as_u16()),
            Misbehaviour::RetryAfter(status, seconds) => {
                write!(f, "{}:{seconds}", status.as_u16())
            }
            Misbehaviour::Timeout => f.write_str("timeout"),
            Misbehaviour::Drop => f.write_str("drop"),
            Misbehaviour::Lost => f.write_str("lost"),
            Misbehaviour::State(state) => write!(f, "state:{state}"),
            Misbehaviour::Slow(delay) => write!(f, "slow:{}", delay.as_millis()),
        }?;
        self.times.map_or(Ok(()), |times| write!(f, "*{times}"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::dialect_of;
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
    #[case::retry_after("/send/text=429:30", "send/text=429:30")]
    #[case::lost("sendMessage=lost", "sendMessage=lost")]
    #[case::twice("*=503*2", "*=503*2")]
    #[case::retry_after_once("*=429:3*1", "*=429:3*1")]
    #[case::state(
        "getStateInstance=state:yellowCard",
        "getStateInstance=state:yellowCard"
    )]
    #[case::device("/status=state:disconnected", "status=state:disconnected")]
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
    #[case::retry_after_words("*=429:soon", "is not a fault")]
    #[case::retry_after_signed("*=429:+3", "is not a fault")]
    #[case::times("*=429*日", "is not a fault")]
    #[case::no_times("*=429*", "is not a fault")]
    #[case::state("getStateInstance=state:日本", "`日本` is no state")]
    #[case::others_state("status=state:yellowCard", "status has connected and disconnected")]
    #[case::state_elsewhere("sendMessage=state:blocked", "is no state")]
    #[case::state_for_a_while("status=state:disconnected*2", "is no state")]
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
        let endpoint = dialect_of(path).endpoint(path);
        let first = Fault::for_endpoint(&faults, &endpoint).next();
        let first = first.map(|(_, fault)| fault.misbehaviour().clone());
        assert_eq!(first, expected.parse().ok());
    }
}
