//! A profile made ready to be used: where its gateway is, its token, and a client.
//!
//! The one place that puts an account on the sandbox inside of this program.

use std::io;
use std::sync::Arc;

use tokio::sync::{Mutex, OnceCell};

use crate::client::Client;
use crate::config::paths::process_env;
use crate::config::{Profile, TokenError, TokenSource};
use crate::gateway::Account;
use crate::sandbox::Sandbox;
use crate::secret::Secret;

/// Makes profiles ready. The sandbox starts with the first profile that needs it, and runs for as
/// long as a clone or a connection is there.
#[derive(Debug, Clone, Default)]
pub struct Connections {
    sandbox: Arc<OnceCell<Sandbox>>,
    /// Of several commands that may ask a person for a password, one runs at a time.
    asks: Arc<Mutex<()>>,
}

/// A profile that is ready.
#[derive(Debug)]
pub struct Connection {
    /// The profile, its account with the gateway's address.
    pub profile: Profile,
    /// Its token.
    pub token: Secret,
    /// A client for it, which tries once.
    pub client: Client,
    /// Keeps the sandbox running.
    _connections: Connections,
}

/// Why a profile cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The sandbox does not start.
    #[error("the sandbox does not start")]
    Sandbox(#[source] io::Error),
    /// There is no token.
    #[error(transparent)]
    Token(#[from] TokenError),
}

impl Connections {
    /// A profile's account where its gateway is.
    ///
    /// # Errors
    /// When it is on the sandbox, which does not start.
    pub async fn account(&self, profile: &Profile) -> Result<Account, ConnectError> {
        let account = profile.account.clone();
        if !profile.is_sandbox() {
            return Ok(account);
        }
        Ok(self.sandbox().await?.host(account))
    }

    /// Makes a profile ready. What gives its token may take as long as a person at a password.
    ///
    /// # Errors
    /// When the sandbox does not start, or there is no token.
    pub async fn open(&self, mut profile: Profile) -> Result<Connection, ConnectError> {
        profile.account = self.account(&profile).await?;
        let token = if profile.is_sandbox() {
            self.sandbox().await?.token()
        } else {
            let _turn = match &profile.token {
                TokenSource::Command(_) => Some(self.asks.lock().await),
                _ => None,
            };
            profile.token.read().await?
        };
        let client = Client::new(profile.timeouts)
            .with_http_allowed(profile.allow_http)
            .with_ca_file(profile.trusted_ca(&process_env).as_deref());
        Ok(Connection {
            profile,
            token,
            client,
            _connections: self.clone(),
        })
    }

    async fn sandbox(&self) -> Result<&Sandbox, ConnectError> {
        let start = || Sandbox::start(([127, 0, 0, 1], 0).into(), Vec::new(), None);
        let started = self.sandbox.get_or_try_init(start).await;
        started.map_err(ConnectError::Sandbox)
    }
}
