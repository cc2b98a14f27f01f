//! The HTTP library, set so that a request is sent once and to one place.
//!
//! It is built when the first request needs it: reading the platform's roots takes milliseconds,
//! and plain HTTP to this machine works where there are none. A connection is used for one request,
//! unless a batch asks to keep it: a kept one that was closed meanwhile is no reason to send again
//! what was begun, for only a request of which nothing was written moves on to another connection.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue};
use reqwest::redirect;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;
use tokio::sync::OnceCell;
use url::Url;

use super::failure::tls::words as tls_words;
use super::proxy::{Proxies, ProxyError};
use super::relay::Relay;
use super::trust::Trust;
use crate::gateway::address;
use crate::secret::Secret;
use crate::visible;

/// The HTTP library, for each way to a gateway, built once.
#[derive(Debug, Default)]
pub(super) struct Connector {
    settings: Settings,
    ways: [OnceCell<reqwest::Client>; 4],
    tls: OnceCell<ClientConfig>,
    proxies: std::sync::OnceLock<Result<Proxies, ProxyError>>,
}

/// The HTTP library, set up for an address.
pub(super) struct Way {
    pub http: reqwest::Client,
    /// What stands between it and the proxy; it has to stay until the answer is read.
    pub relay: Option<Relay>,
}

/// What a connector is made with.
#[derive(Debug, Clone, Default)]
pub(super) struct Settings {
    /// A file with the certificates of CAs that are trusted besides the platform's.
    pub ca_file: Option<PathBuf>,
    /// The proxies; those that the environment names where it is `None`.
    pub proxies: Option<Proxies>,
    /// Whether a connection is kept for the next request.
    pub keeps_connections: bool,
}

/// How long a connection is kept without a request. Servers close theirs after five seconds at the
/// earliest, and one that closes while a request is written leaves its outcome unknown.
const KEPT: Duration = Duration::from_secs(4);

/// Why the library could not be built.
#[derive(Debug, thiserror::Error)]
pub(super) enum SetUpError {
    #[error("{}", tls_words(.0))]
    Tls(#[from] rustls::Error),
    #[error("{0}")]
    Http(#[from] reqwest::Error),
    #[error("{0}")]
    Thread(#[from] tokio::task::JoinError),
    #[error("the profile's ca_file {} {why}", visible::line(&.path.display().to_string()))]
    Ca { path: PathBuf, why: String },
    #[error("{0}")]
    Proxy(#[from] ProxyError),
}

impl SetUpError {
    /// How to fix it.
    pub(super) const fn advice(&self) -> &'static str {
        match self {
            Self::Ca { .. } => {
                "Name a file with the CA's certificate in PEM form (BEGIN CERTIFICATE)."
            }
            Self::Proxy(_) => {
                "Write the proxy's address as http://host:port, or http://user:password@host:port. \
                 What is special in a user name or a password is percent-encoded there: @ is %40, \
                 # is %23, / is %2F, ? is %3F, : is %3A and % is %25."
            }
            Self::Tls(_) | Self::Http(_) | Self::Thread(_) => {
                "TLS could not be set up: check that the system's root certificates are installed."
            }
        }
    }
}

impl Connector {
    pub(super) fn new(settings: Settings) -> Self {
        Self {
            settings,
            ..Self::default()
        }
    }

    pub(super) const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The library, set up for an address. For one that a proxy is asked to connect to there is a relay
    /// too, where that can be: without it, what the proxy says is not seen.
    pub(super) async fn get(&self, url: &Url) -> Result<Way, SetUpError> {
        let proxies = self.proxies(url)?;
        let keeps = self.settings.keeps_connections;
        if let Some((host, port)) = proxies.tunnel_for(url)
            && let Ok(relay) = Relay::to(host, port).await
        {
            let proxies = proxies.by_way_of(relay.address());
            let http = build(self.tls().await?.clone(), &proxies, false)?;
            return Ok(Way {
                http,
                relay: Some(relay),
            });
        }
        let with_tls = url.scheme() == "https";
        let way = &self.ways[usize::from(with_tls) * 2 + usize::from(!proxies.is_empty())];
        let http = if with_tls || proxies.need_tls() {
            let build = || async { build(self.tls().await?.clone(), proxies, keeps) };
            way.get_or_try_init(build).await?
        } else {
            let build = || async { build(without_roots()?, proxies, keeps) };
            way.get_or_try_init(build).await?
        };
        Ok(Way {
            http: http.clone(),
            relay: None,
        })
    }

    /// TLS with its roots, which are read once.
    async fn tls(&self) -> Result<&ClientConfig, SetUpError> {
        // Off the event loop, for the files with the roots are read here.
        let ca_file = self.settings.ca_file.clone();
        let work = move || with_roots(ca_file.as_deref());
        self.tls
            .get_or_try_init(|| async { tokio::task::spawn_blocking(work).await? })
            .await
    }

    /// The proxy that a request to an address goes through, in words.
    pub(super) fn proxy_for(&self, url: &Url) -> Option<String> {
        self.proxies(url).ok()?.name_for(url)
    }

    /// The scheme of that proxy, where it has the name of a host looked up on this machine.
    pub(super) fn resolves_by(&self, url: &Url) -> Option<&'static str> {
        self.proxies(url).ok()?.resolves_by(url)
    }

    /// The password of that proxy, in every way that it may be repeated.
    pub(super) fn passwords_for(&self, url: &Url) -> Vec<Secret> {
        let proxies = self.proxies(url);
        proxies.map_or_else(|_| Vec::new(), |proxies| proxies.passwords_for(url))
    }

    /// The proxies for an address: none for this machine.
    fn proxies(&self, url: &Url) -> Result<&Proxies, ProxyError> {
        static NONE: Proxies = Proxies::none();
        if address::is_loopback(url) {
            return Ok(&NONE);
        }
        if let Some(proxies) = &self.settings.proxies {
            return Ok(proxies);
        }
        let proxies = self
            .proxies
            .get_or_init(|| Proxies::from_env(&|name| std::env::var(name).ok()));
        proxies.as_ref().map_err(Clone::clone)
    }
}

/// TLS that trusts the platform's roots, and the CAs in a file.
fn with_roots(ca_file: Option<&Path>) -> Result<ClientConfig, SetUpError> {
    let builder = tls()?;
    let extra = ca_file.map(read_ca).transpose()?.unwrap_or_default();
    let provider = Arc::clone(builder.crypto_provider());
    let verifier =
        Verifier::new_with_extra_roots(extra.clone(), provider).map_err(|error| match ca_file {
            Some(path) => broken_ca(path, format!("cannot be used: {}", tls_words(&error))),
            None => error.into(),
        })?;
    let verifier = Trust::new(verifier, extra);
    Ok(builder
        .dangerous() // which is what any verifier of one's own is called
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}

/// The most bytes that are read of a file of certificates: a platform's own has some 250 KiB.
const MOST_OF_A_CA: u64 = 4 << 20;

fn read_ca(path: &Path) -> Result<Vec<CertificateDer<'static>>, SetUpError> {
    let mut bytes = Vec::new();
    crate::message::file::open(path)
        .and_then(|file| file.take(MOST_OF_A_CA).read_to_end(&mut bytes))
        .map_err(|error| broken_ca(path, format!("cannot be read: {error}")))?;
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&bytes).collect();
    match certificates {
        Ok(certificates) if certificates.is_empty() => {
            Err(broken_ca(path, "holds no certificate".to_owned()))
        }
        Ok(certificates) => Ok(certificates),
        Err(error) => Err(broken_ca(path, format!("cannot be understood: {error}"))),
    }
}

fn broken_ca(path: &Path, why: String) -> SetUpError {
    SetUpError::Ca {
        path: path.to_owned(),
        why,
    }
}

/// TLS that trusts nobody, for requests that use none.
pub(super) fn without_roots() -> Result<ClientConfig, rustls::Error> {
    Ok(tls()?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth())
}

pub(super) fn tls()
-> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()
}

/// No redirect is followed, for it would carry the token elsewhere; no retry but the client's own.
fn build(tls: ClientConfig, proxies: &Proxies, keeps: bool) -> Result<reqwest::Client, SetUpError> {
    // Without it any coding of an answer is allowed (RFC 9110, 12.5.3).
    let plain = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static("identity"))]);
    let mut builder = reqwest::Client::builder()
        .default_headers(plain)
        .tls_backend_preconfigured(tls)
        .redirect(redirect::Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .pool_max_idle_per_host(usize::from(keeps))
        .pool_idle_timeout(KEPT)
        .http1_only()
        .no_proxy()
        .user_agent(concat!("wacompose/", env!("CARGO_PKG_VERSION")));
    for proxy in proxies.to_reqwest()? {
        builder = builder.proxy(proxy);
    }
    Ok(builder.build()?)
}
