//! What an account has to know of its server besides what is configured: the version, and the channel
//! behind the API.
//!
//! Both are read from the server and kept among the account's settings; no profile has them. Where they
//! are not known, nothing is said to be missing.

use crate::gateway::Account;
use crate::gateway::settings::{Form, Key};

/// The server's version, `2.3.7`; empty where it is not known.
pub(crate) const VERSION: Key = learned("server_version");
/// The instance's channel, as its listing names it; empty where it is not known.
pub(crate) const CHANNEL: Key = learned("channel");

/// The channel of Meta's Cloud API.
pub(crate) const CLOUD: &str = "WHATSAPP-BUSINESS";
/// The channel of a linked device.
pub(crate) const BAILEYS: &str = "WHATSAPP-BAILEYS";

/// The version that the sandbox plays.
pub(crate) const SANDBOX_VERSION: &str = "2.4.0";

const fn learned(name: &'static str) -> Key {
    Key {
        name,
        default: "",
        needed: None,
        form: Form::digits(""),
    }
}

/// Whether the instance is known to be on Meta's Cloud API.
pub(super) fn is_on_cloud(account: &Account) -> bool {
    account.setting(&CHANNEL) == CLOUD
}

/// Whether the server's version is 2.4 or later; `None` where it is not known.
pub(super) fn is_new(account: &Account) -> Option<bool> {
    let mut numbers = account.setting(&VERSION).split('.');
    let mut number = || numbers.next()?.parse::<u32>().ok();
    let (major, minor) = (number()?, number()?);
    Some((major, minor) >= (2, 4))
}
