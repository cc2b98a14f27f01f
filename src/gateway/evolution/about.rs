//! What an account has to know of its server besides what is configured: the version, and the channel
//! behind the API.
//!
//! Both are read from the server and kept among the account's settings; no profile has them. Where they
//! are not known, nothing is said to be missing.

use serde_json::Value;

use super::{INSTANCE, query};
use crate::gateway::Account;
use crate::gateway::answer::shorten;
use crate::gateway::settings::{Form, Key};
use crate::gateway::wire::{Query, Response, Template};

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

/// The most characters of a version or a channel that are kept.
const MAX_WORD: usize = 40;

/// The questions for what is not known yet: the version needs no key, and the listing is of this
/// instance alone.
pub(super) fn queries(account: &Account) -> Vec<Query> {
    let is_open = |key: &Key| account.setting(key).is_empty();
    let address = account.address();
    let version = is_open(&VERSION).then(|| Query {
        headers: Vec::new(),
        ..query(Template::text(format!("{address}/")))
    });
    let channel = is_open(&CHANNEL).then(|| {
        let name = super::encoded(account.setting(&INSTANCE));
        query(Template::text(format!(
            "{address}/instance/fetchInstances?instanceName={name}"
        )))
    });
    version.into_iter().chain(channel).collect()
}

/// What an answer tells. The listing holds the instance's token and Meta's, of which nothing is read.
pub(super) fn read(account: &Account, response: &Response) -> Vec<(&'static str, String)> {
    let Some(body) = response.json().filter(|_| response.is_success()) else {
        return Vec::new();
    };
    let word = |value: Option<&Value>| {
        let word = value?.as_str()?.trim();
        (!word.is_empty()).then(|| shorten(word, MAX_WORD))
    };
    let instances = match &body {
        Value::Array(instances) => instances.as_slice(),
        _ => &[],
    };
    let name = account.setting(&INSTANCE).trim();
    let is_it = |instance: &&Value| {
        let known = instance.get("name").and_then(Value::as_str);
        known.is_some_and(|known| known.trim() == name)
    };
    let instance = instances.iter().find(is_it);
    let channel = word(instance.and_then(|instance| instance.get("integration")));
    let version = word(body.get("version")).map(|version| (VERSION.name, version));
    let channel = channel.map(|channel| (CHANNEL.name, channel));
    version.into_iter().chain(channel).collect()
}

/// What is known, by the names of reports.
pub(super) fn known(account: &Account) -> Vec<(&'static str, &str)> {
    let all = [("version", &VERSION), ("channel", &CHANNEL)];
    let all = all.map(|(name, key)| (name, account.setting(key)));
    all.into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
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
