//! Why nothing was fetched: each a sentence that names the cause and what to do.
//!
//! Of an address only the host is named: what stands behind it may be somebody's key.

use std::time::Duration;

use super::MAX_REDIRECTS;
use crate::client::connector::SetUpError;

/// Why nothing was fetched. Hosts and causes are as they can be shown.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// It is no address, or one that is not fetched from.
    #[error("{0}")]
    Address(String),
    /// It is this machine's, or a private network's.
    #[error(
        "{host} is this machine or on a private network, and a message file may come from anybody: \
         allow it with --allow-private, or with allow_private_urls = true in the profile"
    )]
    Private {
        /// The host.
        host: String,
    },
    /// The name is not known.
    #[error("the name {host} was not found: check the address and the network")]
    Dns {
        /// The host.
        host: String,
    },
    /// There is no connection.
    #[error("no connection to {host} ({cause}): check the address and the network")]
    Connect {
        /// The host.
        host: String,
        /// What the network or the system said, in words.
        cause: String,
    },
    /// There is no secure connection.
    #[error("no secure connection to {host} ({cause}): check the address and the computer's clock")]
    Tls {
        /// The host.
        host: String,
        /// What the network or the system said, in words.
        cause: String,
    },
    /// The connection was not made in time.
    #[error(
        "{host} did not take the connection within {}: check the address and the network",
        seconds(limit)
    )]
    ConnectTimedOut {
        /// The host.
        host: String,
        /// The time that was given.
        limit: Duration,
    },
    /// Nothing came for too long.
    #[error(
        "{host} sent nothing for {}, after {received} bytes: try again later, or save the picture to a file",
        seconds(limit)
    )]
    Stalled {
        /// The host.
        host: String,
        /// The bytes of the body until then.
        received: usize,
        /// The time that was given.
        limit: Duration,
    },
    /// It took too long in all.
    #[error(
        "it was not there within {}: try again later, or save the picture to a file",
        seconds(limit)
    )]
    TimedOut {
        /// The time that was given.
        limit: Duration,
    },
    /// The server answers something else.
    #[error("{host} answered {status}{}: {}", name(*status), advice(*status))]
    Status {
        /// The host.
        host: String,
        /// The status code of HTTP.
        status: u16,
    },
    /// A redirect leads nowhere.
    #[error(
        "{host} redirects to what is no address of http or https: ask whoever runs it for the picture's own address"
    )]
    Redirect {
        /// The host.
        host: String,
    },
    /// There are more redirects than are followed.
    #[error("it is redirected more than {MAX_REDIRECTS} times: use the address at the end")]
    TooManyRedirects,
    /// It is bigger than what is taken.
    #[error("it is bigger than {} MB: use a smaller picture", .max_bytes / 1_000_000)]
    TooBig {
        /// The bytes that are taken at the most.
        max_bytes: usize,
    },
    /// The connection broke.
    #[error("the connection to {host} broke after {received} bytes ({cause}): try again")]
    Broken {
        /// The host.
        host: String,
        /// The bytes of the body until then.
        received: usize,
        /// What the network or the system said, in words.
        cause: String,
    },
    /// The answer is none of HTTP.
    #[error("{host} does not speak HTTP there: check the address and its port")]
    NotHttp {
        /// The host.
        host: String,
    },
    /// What is needed for TLS could not be set up.
    #[error(
        "TLS could not be set up ({0}): check that the system's root certificates are installed"
    )]
    SetUp(String),
    /// The user stopped it.
    #[error("it was cancelled")]
    Cancelled,
}

impl From<SetUpError> for FetchError {
    fn from(error: SetUpError) -> Self {
        Self::SetUp(error.to_string())
    }
}

fn seconds(limit: &Duration) -> String {
    format!("{} s", limit.as_secs_f64())
}

fn name(status: u16) -> String {
    let status = reqwest::StatusCode::from_u16(status).ok();
    let name = status.and_then(|status| status.canonical_reason());
    name.map(|name| format!(" ({name})")).unwrap_or_default()
}

const fn advice(status: u16) -> &'static str {
    match status {
        401 | 403 | 407 => {
            "it does not give the picture to everybody; save it to a file, or use another address"
        }
        429 | 500.. => "try again later, or save the picture to a file",
        _ => "check the address",
    }
}
