//! The HTTP library, set so that a request is sent once, to one place, over one fresh connection.
//!
//! It is built when the first request needs it: reading the platform's roots takes milliseconds,
//! and plain HTTP to this machine works where there are none.

use std::sync::Arc;

use reqwest::redirect;
use rustls::ClientConfig;
use rustls::RootCertStore;
use rustls_platform_verifier::BuilderVerifierExt as _;
use tokio::sync::OnceCell;

/// The HTTP library for `http` and for `https`, each built once.
#[derive(Debug, Default)]
pub(super) struct Connector {
    plain: OnceCell<reqwest::Client>,
    tls: OnceCell<reqwest::Client>,
}

/// Why it could not be built.
#[derive(Debug, thiserror::Error)]
pub(super) enum SetUpError {
    #[error("{0}")]
    Tls(#[from] rustls::Error),
    #[error("{0}")]
    Http(#[from] reqwest::Error),
    #[error("{0}")]
    Thread(#[from] tokio::task::JoinError),
}

impl Connector {
    /// The library, set up for a scheme.
    pub(super) async fn get(&self, scheme: &str) -> Result<&reqwest::Client, SetUpError> {
        if scheme == "http" {
            let build = || async { build(without_roots()?) };
            self.plain.get_or_try_init(build).await
        } else {
            // Off the event loop, for the files with the roots are read here.
            let build =
                || async { tokio::task::spawn_blocking(|| build(with_platform_roots()?)).await? };
            self.tls.get_or_try_init(build).await
        }
    }
}

fn with_platform_roots() -> Result<ClientConfig, rustls::Error> {
    Ok(tls()?.with_platform_verifier()?.with_no_client_auth())
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

/// No redirect is followed, for it would carry the token elsewhere; no retry, no second use of a
/// connection, which could have been closed meanwhile; no proxy from the environment yet.
fn build(tls: ClientConfig) -> Result<reqwest::Client, SetUpError> {
    Ok(reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(redirect::Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .pool_max_idle_per_host(0)
        .http1_only()
        .no_proxy()
        .user_agent(concat!("wacompose/", env!("CARGO_PKG_VERSION")))
        .build()?)
}
