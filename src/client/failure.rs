//! What a request without an answer means: certainly not sent, or unknown; and why, in words.

mod proxy;
pub(super) mod tls;

use std::error::Error;
use std::io;

use super::connector::SetUpError;
use super::relay;
use crate::gateway::{Outcome, Refusal};

/// How a request ended without a whole answer.
#[derive(Debug)]
pub(super) enum Failure {
    /// The HTTP library could not be set up.
    SetUp(SetUpError),
    /// The connection was not made, or broke.
    Http(reqwest::Error),
    /// A proxy on the way made no connection.
    Proxy(relay::Refused),
    /// A time ran out.
    Late(Late),
    /// The user stopped it.
    Cancelled,
}

/// The way of a request.
#[derive(Debug)]
pub(super) struct Way {
    pub host: String,
    /// The proxy that it goes through, in words.
    pub via: Option<String>,
    /// The scheme of a proxy that is an address already, and has the host's name looked up here.
    pub resolves_by: Option<&'static str>,
}

/// Which time ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Late {
    /// For the connection.
    Connect,
    /// For writing the request.
    Write,
    /// For everything.
    Total,
}

impl Failure {
    /// What became of the message for a host, by way of a proxy. `unsent`: nothing of the request was
    /// written.
    pub(super) fn outcome(&self, way: &Way, unsent: bool) -> Outcome {
        let host = &way.host;
        let (code, message) = if unsent {
            (self.code_before(), self.cause_before())
        } else {
            (self.code_after(), self.cause_after())
        };
        let cancelled = matches!(self, Self::Cancelled);
        let explanation = match (unsent, cancelled) {
            (true, true) => "The message was not sent.".to_owned(),
            (true, false) => format!("{} The message was not sent.", self.advice(code, way)),
            (false, _) => format!(
                "The request may have reached {host}, so the message may have been sent. \
                 Look into the chat before sending it again."
            ),
        };
        let refusal = Refusal {
            code: code.to_owned(),
            message,
            explanation,
            repeatable: unsent && !cancelled && code != "tls" && self.may_pass(),
            instead: Vec::new(),
        };
        if unsent {
            Outcome::Rejected(refusal)
        } else {
            Outcome::Unknown(refusal)
        }
    }

    /// Why a question to a host has no answer. Asking again does no harm.
    pub(super) fn of_a_question(&self, way: &Way, unsent: bool) -> Refusal {
        let host = &way.host;
        let (code, message, explanation) = if unsent {
            let code = self.code_before();
            (code, self.cause_before(), self.advice(code, way))
        } else {
            let words = format!("{host} gave no answer that could be read.");
            (self.code_after(), self.cause_after(), words)
        };
        Refusal {
            code: code.to_owned(),
            message,
            explanation,
            repeatable: !matches!(self, Self::Cancelled),
            ..Refusal::default()
        }
    }

    /// Whether it came before anything of a request was written, as far as it says so itself.
    pub(super) fn is_before_the_request(&self) -> bool {
        match self {
            Self::SetUp(_) | Self::Proxy(_) => true,
            Self::Http(error) => error.is_connect(),
            Self::Late(_) | Self::Cancelled => false,
        }
    }

    /// Whether it may be otherwise in a second: not what is not set up, nor what a proxy refused.
    fn may_pass(&self) -> bool {
        match self {
            Self::SetUp(_) => false,
            Self::Http(_) | Self::Proxy(_) => self.refused().is_none_or(proxy::Refused::may_pass),
            Self::Late(_) | Self::Cancelled => true,
        }
    }

    /// What a proxy on the way refused.
    fn refused(&self) -> Option<proxy::Refused> {
        match self {
            Self::Http(error) => proxy::Refused::of(error),
            Self::Proxy(refused) => refused.said(),
            Self::SetUp(_) | Self::Late(_) | Self::Cancelled => None,
        }
    }

    /// Whether the server broke off the handshake since it got no client certificate. With TLS 1.3
    /// the request may be written by then, but the server reads nothing of it.
    pub(super) fn is_refused_handshake(&self) -> bool {
        let Self::Http(error) = self else {
            return false;
        };
        chain(error)
            .filter_map(<dyn Error>::downcast_ref::<rustls::Error>)
            .any(|error| {
                matches!(error, rustls::Error::AlertReceived(alert) if tls::asks_for_certificate(*alert))
            })
    }

    fn code_before(&self) -> &'static str {
        match self {
            Self::Cancelled => Refusal::CANCELLED,
            Self::Late(_) => "connect-timeout",
            Self::SetUp(SetUpError::Proxy(_)) => "proxy",
            Self::SetUp(_) => "tls",
            Self::Proxy(refused) => refused.code(),
            Self::Http(error) if error.is_dns() => "dns",
            Self::Http(error) if has_tls(error) => "tls",
            Self::Http(error) if error.is_timeout() => "connect-timeout",
            Self::Http(_) => "connect",
        }
    }

    fn code_after(&self) -> &'static str {
        match self {
            Self::Cancelled => Refusal::CANCELLED,
            Self::Late(_) => "timeout",
            Self::Http(error) if is_not_http(error) => "bad-answer",
            Self::Http(error) if error.is_timeout() => "timeout",
            Self::Http(_) | Self::Proxy(_) | Self::SetUp(_) => "connection-lost",
        }
    }

    fn cause_before(&self) -> String {
        match self {
            Self::Cancelled => "cancelled before the request was written".to_owned(),
            Self::Late(_) => "no connection in time".to_owned(),
            Self::SetUp(error) => error.to_string(),
            Self::Proxy(refused) => refused.words(),
            Self::Http(error) => cause(error),
        }
    }

    fn cause_after(&self) -> String {
        match self {
            Self::Cancelled => "cancelled after the request was written".to_owned(),
            Self::Late(Late::Write) => "the request could not be written in time".to_owned(),
            Self::Late(_) => "no whole answer in time".to_owned(),
            Self::Http(error) if is_not_http(error) => {
                format!("the answer is not HTTP: {}", cause(error))
            }
            Self::SetUp(error) => error.to_string(),
            Self::Proxy(refused) => refused.words(),
            Self::Http(error) => cause(error),
        }
    }

    /// What to look at when no connection was made.
    fn advice(&self, code: &str, way: &Way) -> String {
        let (host, via) = (way.host.as_str(), way.via.as_deref());
        if let Some(refused) = self.refused() {
            return refused.advice(via.unwrap_or("the proxy"), host);
        }
        match (self, code, via) {
            (Self::SetUp(error), ..) => error.advice().to_owned(),
            (Self::Http(error), "tls", _) => {
                tls_error(error).map_or_else(String::new, |error| tls::advice(error, host))
            }
            (_, "dns", Some(via)) if let Some(scheme) = way.resolves_by => format!(
                "The name {host} was not found: {scheme}:// looks it up on this machine. Check \
                 base_url, or write {} in the address of {via}, so that the proxy looks it up.",
                if scheme == "socks4" {
                    "socks4a://"
                } else {
                    "socks5h://"
                }
            ),
            (_, "dns", Some(via)) => format!("The name of {via} was not found."),
            (_, "dns", None) => {
                format!("The name {host} was not found: check base_url and the network.")
            }
            (_, _, Some(via)) => {
                format!("No connection to {host} through {via}: check the proxy and the network.")
            }
            (_, "connect-timeout", None) => format!(
                "{host} did not answer in time: check base_url, the network and the profile's \
                 time-outs."
            ),
            _ => format!(
                "No connection to {host}: check base_url and whether the gateway is running."
            ),
        }
    }
}

/// Each error under an error, itself included.
pub(super) fn chain<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        // An I/O error shows what it wraps, and names as its source only what is below that.
        match error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            Some(wrapped) => Some(wrapped as &(dyn Error + 'static)),
            None => error.source(),
        }
    })
}

pub(super) fn has_tls(error: &reqwest::Error) -> bool {
    tls_error(error).is_some()
}

fn tls_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    chain(error).find_map(<dyn Error>::downcast_ref)
}

pub(super) fn is_not_http(error: &reqwest::Error) -> bool {
    chain(error)
        .filter_map(<dyn Error>::downcast_ref::<hyper::Error>)
        .any(hyper::Error::is_parse)
}

/// The innermost cause, in words: what is above it says only where it happened, and prints URLs.
pub(super) fn cause(error: &(dyn Error + 'static)) -> String {
    if let Some(error) = tls_error(error) {
        return tls::words(error);
    }
    if let Some(refused) = proxy::Refused::of(error) {
        return refused.words();
    }
    let innermost = chain(error).last().unwrap_or(error).to_string();
    let words = match innermost.split_once(" (os error") {
        Some((words, _)) => words,
        // rustls adds the address of its manual.
        None if innermost.contains("close_notify") => "the connection was closed too early",
        None => &innermost,
    };
    let mut letters = words.chars();
    match letters.next() {
        Some(first) if letters.clone().next().is_some_and(char::is_lowercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => words.to_owned(),
    }
}
