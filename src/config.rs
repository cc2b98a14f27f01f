//! Profiles, where their tokens come from, and the program's folders.

use std::path::PathBuf;

pub use crate::gateway::wire::Timeouts;
use crate::gateway::{Account, GatewayKind};

/// How to reach a gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Its name in the configuration.
    pub name: String,
    /// The gateway's account, without the token.
    pub account: Account,
    /// Where the token comes from.
    pub token: TokenSource,
    /// Whether plain `http://` is allowed to more than this machine.
    pub allow_http: bool,
    /// Whether the numbered text is sent along with every buttons message.
    pub duplicate_as_text: bool,
    /// How long each phase of a request may take.
    pub timeouts: Timeouts,
}

/// Where a token comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenSource {
    /// The embedded sandbox makes its own.
    Sandbox,
    /// An environment variable.
    Env(String),
    /// The first line that a command prints.
    Command(Vec<String>),
    /// The first line of a file.
    File(PathBuf),
    /// An entry of the platform's keyring; not read yet.
    Keyring(String),
}

impl Profile {
    /// A built-in profile on the embedded sandbox: `sandbox`, `sandbox-green-api`.
    pub fn sandbox(gateway: GatewayKind) -> Self {
        let name = match gateway {
            GatewayKind::Wuts => "sandbox",
            GatewayKind::GreenApi => "sandbox-green-api",
        };
        let mut account = Account::public(gateway);
        "http://127.0.0.1".clone_into(&mut account.base_url);
        Self {
            name: name.to_owned(),
            account,
            token: TokenSource::Sandbox,
            allow_http: false,
            duplicate_as_text: false,
            timeouts: Timeouts::default(),
        }
    }

    /// Whether it talks to the embedded sandbox, which is started for it.
    pub const fn is_sandbox(&self) -> bool {
        matches!(self.token, TokenSource::Sandbox)
    }
}
