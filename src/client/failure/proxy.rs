//! What a proxy said when it did not make a connection.
//!
//! An HTTP proxy's answer to CONNECT is seen by the relay. Of a SOCKS proxy's the HTTP library has no type
//! that can be named, so it is known by its words.

use std::error::Error;

use super::{cause, chain};
use crate::client::relay;

/// Why a proxy made no connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// It wants a user name and a password, or does not accept those that it was given: 407, and of
    /// some 401.
    Credentials(Option<u16>),
    /// It refuses the connection: 403, or a rule of SOCKS.
    Rule(Option<u16>),
    /// It cannot reach the host, or is busy: 502, 503, 504, 429.
    Busy(u16),
    /// It answered something that is no answer to CONNECT.
    Other,
}

/// The library's words, and what they mean.
const WORDS: [(&str, Refused); 6] = [
    (
        "proxy authorization required",
        Refused::Credentials(Some(407)),
    ),
    ("credentials not accepted", Refused::Credentials(None)),
    ("does not support user/pass", Refused::Credentials(None)),
    ("tunnel error: unsuccessful", Refused::Other),
    ("connection not allowed", Refused::Rule(None)),
    ("request rejected", Refused::Rule(None)),
];

impl Refused {
    /// What a proxy refused, if it was one.
    pub(super) fn of(error: &(dyn Error + 'static)) -> Option<Self> {
        chain(error).find_map(|error| {
            let said = error.to_string();
            let is_proxy = said.contains("tunnel error") || said.contains("SOCKS error");
            let found = WORDS.iter().find(|(words, _)| said.contains(words));
            found.filter(|_| is_proxy).map(|(_, refused)| *refused)
        })
    }

    /// What a status says that a proxy answered to CONNECT.
    const fn of_status(status: u16) -> Self {
        match status {
            401 | 407 => Self::Credentials(Some(status)),
            429 | 500..=599 => Self::Busy(status),
            400..=499 => Self::Rule(Some(status)),
            _ => Self::Other,
        }
    }

    /// Whether it may be otherwise in a second. A wrong password that is tried again may lock an account.
    pub(super) const fn may_pass(self) -> bool {
        matches!(self, Self::Busy(_) | Self::Other)
    }

    /// What happened.
    pub(super) fn words(self) -> String {
        let status =
            |status: Option<u16>| status.map_or_else(String::new, |status| format!(" ({status})"));
        match self {
            Self::Credentials(None) => {
                "the proxy does not accept the user name and the password".to_owned()
            }
            Self::Credentials(number) => format!(
                "the proxy asks for a user name and a password, or does not accept those that it \
                 was given{}",
                status(number)
            ),
            Self::Rule(number) => {
                format!("the proxy refused to make the connection{}", status(number))
            }
            Self::Busy(number) => {
                format!(
                    "the proxy could not make the connection{}",
                    status(Some(number))
                )
            }
            Self::Other => "the proxy did not make the connection".to_owned(),
        }
    }

    /// What to do about it, with the proxy and the host that it was to connect to.
    pub(super) fn advice(self, via: &str, host: &str) -> String {
        match self {
            Self::Credentials(_) => format!(
                "Check the user name and the password in the address of {via}. It was tried once, \
                 so that no account is locked."
            ),
            Self::Rule(_) => format!(
                "A rule of {via} forbids connections to {host}: ask whoever runs the proxy, or name \
                 {host} in NO_PROXY where it is reached without one."
            ),
            Self::Busy(_) | Self::Other => {
                format!("No connection to {host} through {via}: check the proxy and the network.")
            }
        }
    }
}

impl relay::Refused {
    /// The code of what kept the connection from being made.
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::Dns(_) => "dns",
            Self::Unreachable(_) | Self::Status(_) => "connect",
        }
    }

    /// What happened.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Dns(error) | Self::Unreachable(error) => cause(error),
            Self::Status(status) => Refused::of_status(*status).words(),
        }
    }

    /// What the proxy said, if it was reached.
    pub(super) const fn said(&self) -> Option<Refused> {
        match self {
            Self::Dns(_) | Self::Unreachable(_) => None,
            Self::Status(status) => Some(Refused::of_status(*status)),
        }
    }
}
