//! Fetches what a URL names, within bounds: a picture for a message.
//!
//! It carries no credentials and keeps no cookies. Redirects are followed here, hop by hop, so that
//! every address is judged before it is connected to (`network`). What a server says of the length
//! and the type is no more than a hint.

mod error;
mod network;

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderValue, LOCATION};
use reqwest::{Response, StatusCode, redirect};
use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt as _;
use tokio::sync::OnceCell;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use url::{Host, Url};

use super::connector::{self, SetUpError};
use super::failure;
use crate::visible;

pub use error::FetchError;
use network::{Guard, Private};
pub use network::{Lookup, Network, is_public};

/// The redirects that are followed at the most.
pub const MAX_REDIRECTS: usize = 5;

/// What a fetch keeps to.
#[derive(Debug, Clone)]
pub struct FetchSettings {
    /// Whether this machine and private networks may be asked.
    pub allow_private: bool,
    /// The bytes that are taken at the most.
    pub max_bytes: usize,
    /// The time until a connection stands, for each hop.
    pub connect: Duration,
    /// The time in which nothing comes.
    pub idle: Duration,
    /// The time for everything.
    pub total: Duration,
    /// The network that is asked.
    pub network: Network,
}

impl Default for FetchSettings {
    fn default() -> Self {
        Self {
            allow_private: false,
            max_bytes: 40_000_000,
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(15),
            total: Duration::from_secs(120),
            network: Network::default(),
        }
    }
}

/// How much has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    /// The bytes so far.
    pub bytes: u64,
    /// All of them, as the server announces.
    pub of: Option<u64>,
}

/// What was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What the server says that they are, as it can be shown.
    pub content_type: Option<String>,
}

/// Fetches; a clone shares what was set up.
#[derive(Debug, Clone, Default)]
pub struct Fetcher {
    settings: FetchSettings,
    plain: Arc<OnceCell<reqwest::Client>>,
    tls: Arc<OnceCell<reqwest::Client>>,
}

impl Fetcher {
    /// One with its settings; nothing slow happens before the first fetch.
    pub fn new(settings: FetchSettings) -> Self {
        Self {
            settings,
            ..Self::default()
        }
    }

    /// Fetches what an address of `http` or `https` names, and tells how much has come so far.
    ///
    /// # Errors
    /// When it may not be fetched, cannot be, breaks a bound, or is cancelled.
    pub async fn fetch(
        &self,
        address: &str,
        progress: impl FnMut(Received),
        cancel: &CancellationToken,
    ) -> Result<Fetched, FetchError> {
        let limit = self.settings.total;
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(FetchError::Cancelled),
            ended = timeout(limit, self.follow(address, progress)) => {
                ended.unwrap_or(Err(FetchError::TimedOut { limit }))
            }
        }
    }

    async fn follow(
        &self,
        address: &str,
        progress: impl FnMut(Received),
    ) -> Result<Fetched, FetchError> {
        let mut url = parse(address)?;
        for _ in 0..=MAX_REDIRECTS {
            self.judge(&url)?;
            let response = self.open(&url).await?;
            match redirected(&response, &url)? {
                Some(next) => url = next,
                None => return self.read(response, &url, progress).await,
            }
        }
        Err(FetchError::TooManyRedirects)
    }

    /// Judges a host that is an address itself; names are judged when they are looked up.
    fn judge(&self, url: &Url) -> Result<(), FetchError> {
        let address = match url.host() {
            Some(Host::Ipv4(address)) => address.into(),
            Some(Host::Ipv6(address)) => address.into(),
            Some(Host::Domain(_)) | None => return Ok(()),
        };
        if self.settings.allow_private || (self.settings.network.is_public)(address) {
            Ok(())
        } else {
            Err(FetchError::Private { host: host(url) })
        }
    }

    async fn open(&self, url: &Url) -> Result<Response, FetchError> {
        let accepted = HeaderValue::from_static("image/jpeg, image/png, image/webp, image/gif");
        let request = self.http(url).await?.get(url.clone());
        let response = request.header(ACCEPT, accepted).send().await;
        response.map_err(|error| self.explain(&error, url, 0))
    }

    async fn read(
        &self,
        mut response: Response,
        url: &Url,
        mut progress: impl FnMut(Received),
    ) -> Result<Fetched, FetchError> {
        let status = response.status();
        if !status.is_success() {
            let (host, status) = (host(url), status.as_u16());
            return Err(FetchError::Status { host, status });
        }
        let max_bytes = self.settings.max_bytes;
        let too_big = || FetchError::TooBig { max_bytes };
        let of = response.content_length();
        if of.is_some_and(|length| length > max_bytes as u64) {
            return Err(too_big());
        }
        let content_type = response.headers().get(CONTENT_TYPE).map(|value| {
            let value = String::from_utf8_lossy(value.as_bytes());
            visible::line(&value).into_owned()
        });
        let mut bytes = Vec::new();
        loop {
            progress(Received {
                bytes: bytes.len() as u64,
                of,
            });
            let chunk = response.chunk().await;
            match chunk.map_err(|error| self.explain(&error, url, bytes.len()))? {
                Some(chunk) if chunk.len() > max_bytes - bytes.len() => return Err(too_big()),
                Some(chunk) => bytes.extend_from_slice(&chunk),
                None => {
                    return Ok(Fetched {
                        bytes,
                        content_type,
                    });
                }
            }
        }
    }

    /// The HTTP library, set up for an address.
    async fn http(&self, url: &Url) -> Result<&reqwest::Client, SetUpError> {
        if url.scheme() == "http" {
            let build = || async { self.build(connector::without_roots()?) };
            self.plain.get_or_try_init(build).await
        } else {
            // Off the event loop, for the files with the roots are read here.
            let roots = || -> Result<ClientConfig, rustls::Error> {
                let tls = connector::tls()?.with_platform_verifier()?;
                Ok(tls.with_no_client_auth())
            };
            let build = || async { self.build(tokio::task::spawn_blocking(roots).await??) };
            self.tls.get_or_try_init(build).await
        }
    }

    /// No proxy, for it would look names up where they cannot be judged.
    fn build(&self, tls: ClientConfig) -> Result<reqwest::Client, SetUpError> {
        let guard = Guard {
            network: self.settings.network.clone(),
            allow_private: self.settings.allow_private,
        };
        Ok(reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .dns_resolver(guard)
            .connect_timeout(self.settings.connect)
            .read_timeout(self.settings.idle)
            .redirect(redirect::Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .pool_max_idle_per_host(0)
            .http1_only()
            .no_proxy()
            .user_agent(concat!("wacompose/", env!("CARGO_PKG_VERSION")))
            .build()?)
    }

    /// What an error of the library means, after so many bytes of the body.
    fn explain(&self, error: &reqwest::Error, url: &Url, received: usize) -> FetchError {
        let host = host(url);
        let cause = || visible::line(&failure::cause(error)).into_owned();
        if failure::chain(error).any(<dyn std::error::Error>::is::<Private>) {
            FetchError::Private { host }
        } else if error.is_dns() {
            FetchError::Dns { host }
        } else if failure::has_tls(error) {
            let cause = cause();
            FetchError::Tls { host, cause }
        } else if error.is_timeout() && error.is_connect() {
            let limit = self.settings.connect;
            FetchError::ConnectTimedOut { host, limit }
        } else if error.is_timeout() {
            let limit = self.settings.idle;
            FetchError::Stalled {
                host,
                received,
                limit,
            }
        } else if error.is_connect() {
            let cause = cause();
            FetchError::Connect { host, cause }
        } else if failure::is_not_http(error) {
            FetchError::NotHttp { host }
        } else {
            let cause = error.source().map_or_else(String::new, |_| cause());
            FetchError::Broken {
                host,
                received,
                cause,
            }
        }
    }
}

/// An address of `http` or `https`, without a user name.
fn parse(address: &str) -> Result<Url, FetchError> {
    let refuse = |words: &str| Err(FetchError::Address(words.to_owned()));
    let url = match Url::parse(address.trim()) {
        Ok(url) => url,
        Err(error) => {
            let words = format!("it is no whole address ({error}): write it as https://host/path");
            return Err(FetchError::Address(words));
        }
    };
    if !matches!(url.scheme(), "http" | "https") {
        return refuse("only addresses of https:// and http:// are fetched");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse(
            "the address holds a user name or a password: leave out what stands before the @",
        );
    }
    Ok(url)
}

/// Where an answer redirects to, without credentials.
fn redirected(response: &Response, url: &Url) -> Result<Option<Url>, FetchError> {
    let is_redirect = matches!(
        response.status(),
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    if !is_redirect {
        return Ok(None);
    }
    let refuse = || FetchError::Redirect { host: host(url) };
    let location = response.headers().get(LOCATION).ok_or_else(refuse)?;
    let location = std::str::from_utf8(location.as_bytes()).map_err(|_| refuse())?;
    let mut next = url.join(location).map_err(|_| refuse())?;
    if !matches!(next.scheme(), "http" | "https") {
        return Err(refuse());
    }
    // What is set on a URL that has a host is set.
    let _ = next.set_username("");
    let _ = next.set_password(None);
    Ok(Some(next))
}

/// The host of an address, as it can be shown.
fn host(url: &Url) -> String {
    visible::line(url.host_str().unwrap_or_default()).into_owned()
}
