//! What a proxy said when it did not make a connection. The HTTP library has no type for it that
//! can be named, so it is known by its words.

use std::error::Error;

use super::chain;

/// Why a proxy made no connection, where trying again does not help, and a wrong password that is
/// tried again may lock an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// It wants a user name and a password: 407.
    Credentials,
    /// It does not accept those that it was given: SOCKS.
    Password,
    /// It refuses the connection: 403, a rule of SOCKS, or whatever is neither 200 nor 407.
    Rule,
}

/// The library's words, and what they mean.
const WORDS: [(&str, Refused); 6] = [
    ("proxy authorization required", Refused::Credentials),
    ("credentials not accepted", Refused::Password),
    ("does not support user/pass", Refused::Credentials),
    ("tunnel error: unsuccessful", Refused::Rule),
    ("connection not allowed", Refused::Rule),
    ("request rejected", Refused::Rule),
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

    /// What happened.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Credentials => "the proxy asks for a user name and a password (407)",
            Self::Password => "the proxy does not accept the user name and the password",
            Self::Rule => "the proxy refused to make the connection",
        }
    }

    /// What to do about it, with the proxy and the host that it was to connect to.
    pub(super) fn advice(self, via: &str, host: &str) -> String {
        match self {
            Self::Credentials | Self::Password => format!(
                "Check the user name and the password in the address of {via}. It was tried once, \
                 so that no account is locked."
            ),
            Self::Rule => format!(
                "{via} answered that it does not connect to {host}: a rule of its own forbids it \
                 (as with status 403), or it cannot reach it. Ask whoever runs the proxy."
            ),
        }
    }
}
