//! One `[profiles.NAME]` of the configuration.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use toml::de::DeValue;

use super::super::reader::{Entry, Reader, Table, whole_number};
use super::super::{Confirm, Profile, Timeouts, TokenSource};
use crate::gateway::settings::{Form, Key, THUMBNAIL_AS};
use crate::gateway::{Account, GatewayKind, address};
use crate::message::limits::LimitKey;
use crate::message::nearest::nearest;
use crate::message::phone::Country;

/// Keys that every profile has before a gateway's own, and behind them.
const FIRST_KEYS: [&str; 2] = ["gateway", "base_url"];
const LAST_KEYS: [&str; 12] = [
    "country",
    "confirm",
    "duplicate_as_text",
    "allow_http",
    "ca_file",
    "allow_private_urls",
    THUMBNAIL_AS.name,
    "connect_timeout",
    "write_timeout",
    "total_timeout",
    "token",
    "limits",
];
const TOKEN_KEYS: [&str; 4] = ["env", "command", "file", "keyring"];
const TOKEN_WAYS: &str = "{ env = \"VARIABLE\" }, { command = [\"program\", \"argument\"] }, \
                          { file = \"path\" } or { keyring = \"entry\" }";
/// The longest that a phase may take, in seconds: an hour.
const LONGEST: f64 = 3600.0;

/// Reads a profile; `None` where it has no gateway, no token or no address that could be used.
pub(super) fn read(
    reader: &mut Reader<'_>,
    name: &str,
    table: &Table<'_>,
    folder: &Path,
) -> Option<Profile> {
    let gateway = gateway(reader, table);
    keys(reader, table, gateway);
    let allow_http = reader.boolean(table, "allow_http").unwrap_or_default();
    let settings = settings(reader, table, gateway);
    let base_url = base_url(reader, table, gateway, allow_http, &settings);
    let country = country(reader, table);
    let confirm = reader.word(
        table,
        "confirm",
        &[("always", Confirm::Always), ("warnings", Confirm::Warnings)],
    );
    let duplicate_as_text = reader.boolean(table, "duplicate_as_text");
    let allow_private_urls = reader.boolean(table, "allow_private_urls");
    let timeouts = timeouts(reader, table);
    let limits = limits(reader, table);
    let token = token(reader, table, folder);
    let ca_file = ca_file(reader, table, folder);
    let gateway = gateway?;
    let own = gateway.own();
    let facts = own.facts();
    let base_url_needed = facts.needs_base_url.map(|why| ("base_url", why));
    let own_needed = facts.keys.iter();
    let own_needed = own_needed.filter_map(|key| Some((key.name, own.needs(key, &settings)?)));
    for (key, expected) in base_url_needed.into_iter().chain(own_needed) {
        if table.entry(key).is_none() {
            reader.missing(table, key, expected);
        }
    }
    let mut account = Account::public(gateway);
    account.base_url = base_url.unwrap_or(account.base_url);
    account.settings = settings;
    account.country = country;
    account.limits = limits;
    let thumbnail_as = account.setting(&THUMBNAIL_AS).parse().ok();
    Some(Profile {
        name: name.to_owned(),
        account,
        token: token?,
        ca_file,
        allow_http,
        confirm: confirm.unwrap_or_default(),
        duplicate_as_text: duplicate_as_text.unwrap_or_default(),
        thumbnail_as: thumbnail_as.unwrap_or_default(),
        allow_private_urls: allow_private_urls.unwrap_or_default(),
        timeouts,
    })
}

fn gateway(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<GatewayKind> {
    if table.entry("gateway").is_none() {
        let known = GatewayKind::ALL.map(|gateway| format!("\"{gateway}\""));
        reader.missing(table, "gateway", &known.join(" or "));
        return None;
    }
    let words = GatewayKind::ALL.map(|gateway| (gateway.name(), gateway));
    reader.word(table, "gateway", &words)
}

/// A key that is a gateway's own, with the gateway: that of the profile where it has it.
fn own_key(name: &str, gateway: Option<GatewayKind>) -> Option<(&'static Key, GatewayKind)> {
    let mut gateways = gateway.into_iter().chain(GatewayKind::ALL);
    gateways.find_map(|gateway| {
        let mut keys = gateway.own().facts().keys.iter();
        Some((keys.find(|key| key.name == name)?, gateway))
    })
}

/// Reports keys that are unknown, or of another gateway.
fn keys(reader: &mut Reader<'_>, table: &Table<'_>, gateway: Option<GatewayKind>) {
    let own = GatewayKind::ALL.into_iter();
    let own = own.flat_map(|gateway| gateway.own().facts().keys);
    let own = own.map(|key| key.name);
    let own = own.filter(|name| !LAST_KEYS.contains(name));
    let known: Vec<&str> = FIRST_KEYS.into_iter().chain(own).chain(LAST_KEYS).collect();
    for entry in &table.entries {
        if let (Some((_, owner)), Some(gateway)) = (own_key(entry.key, gateway), gateway)
            && owner != gateway
        {
            let message = format!(
                "\"{}\" belongs to gateway = \"{owner}\", not to \"{gateway}\"",
                entry.key
            );
            reader.problem(entry.at, &entry.path, message);
        } else if !known.contains(&entry.key) {
            reader.unknown_key(entry, &table.path, &known);
        }
    }
}

/// The values of the keys that are a gateway's own.
fn settings(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    gateway: Option<GatewayKind>,
) -> BTreeMap<&'static str, String> {
    let entries = table.entries.iter();
    let own = entries.filter_map(|entry| own_key(entry.key, gateway));
    own.filter_map(|(key, _)| Some((key.name, setting(reader, table, key)?)))
        .collect()
}

fn setting(reader: &mut Reader<'_>, table: &Table<'_>, key: &Key) -> Option<String> {
    let (expected, fits, meant) = match key.form {
        Form::Words(words) => {
            let words: Vec<_> = words.iter().map(|&word| (word, word)).collect();
            return reader.word(table, key.name, &words).map(str::to_owned);
        }
        Form::Text {
            expected,
            fits,
            meant,
        } => (expected, fits, meant),
    };
    let text = reader.string(table, key.name)?;
    if fits(text) {
        return Some(text.to_owned());
    }
    let entry = table.entry(key.name)?;
    let meant = meant(text).map(|meant| format!(": did you mean \"{meant}\"?"));
    let meant = meant.unwrap_or_default();
    let message = format!("{}: expected {expected}{meant}", entry.path);
    reader.problem(entry.value_at, &entry.path, message);
    None
}

fn base_url(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    gateway: Option<GatewayKind>,
    allow_http: bool,
    settings: &BTreeMap<&'static str, String>,
) -> Option<String> {
    let text = reader.string(table, "base_url")?;
    let entry = table.entry("base_url")?;
    let read = address::base_url(text, gateway, allow_http).and_then(|base_url| {
        match gateway.and_then(|gateway| with_own(&base_url, gateway, settings)) {
            Some(wrong) => Err(wrong),
            None => Ok(base_url),
        }
    });
    match read {
        Ok(base_url) => Some(base_url),
        Err(message) => {
            let message = format!("{}: {message}", entry.path);
            reader.problem(entry.value_at, &entry.path, message);
            None
        }
    }
}

/// What is wrong with an address that ends in a value that the profile has in a key of its own.
fn with_own(
    base_url: &str,
    gateway: GatewayKind,
    settings: &BTreeMap<&'static str, String>,
) -> Option<String> {
    let facts = gateway.own().facts();
    let needed = facts.keys.iter().filter(|key| key.needed.is_some());
    let values = needed.filter_map(|key| Some(settings.get(key.name)?.as_str()));
    let meant = address::without_own(base_url, values)?;
    Some(format!("{}: write \"{meant}\"", facts.puts_in))
}

/// The country whose code is put before numbers that lack one, in a profile or for all of them.
pub(super) fn country(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Country> {
    let text = reader.string(table, "country")?;
    let country = Country::of_code(text);
    if country.is_none()
        && let Some(entry) = table.entry("country")
    {
        let message = format!(
            "{}: expected a country's telephone code in quotes, such as \"55\"",
            entry.path
        );
        reader.problem(entry.value_at, &entry.path, message);
    }
    country
}

fn timeouts(reader: &mut Reader<'_>, table: &Table<'_>) -> Timeouts {
    let mut timeouts = Timeouts::default();
    for (key, phase) in [
        ("connect_timeout", &mut timeouts.connect),
        ("write_timeout", &mut timeouts.write),
        ("total_timeout", &mut timeouts.total),
    ] {
        let Some(entry) = table.entry(key) else {
            continue;
        };
        match seconds(entry.value) {
            Some(duration) => *phase = duration,
            None => reader.wrong_seconds(entry),
        }
    }
    timeouts
}

fn seconds(value: &DeValue<'_>) -> Option<Duration> {
    let seconds: f64 = match value {
        DeValue::Integer(number) => {
            let whole = i32::from_str_radix(number.as_str(), number.radix());
            whole.ok()?.into()
        }
        DeValue::Float(number) => number.as_str().parse().ok()?,
        _ => return None,
    };
    let within = (0.001..=LONGEST).contains(&seconds);
    within.then(|| Duration::from_secs_f64(seconds))
}

fn limits(reader: &mut Reader<'_>, table: &Table<'_>) -> BTreeMap<LimitKey, usize> {
    let mut limits = BTreeMap::new();
    let Some(entry) = table.entry("limits") else {
        return limits;
    };
    let Some(table) = reader.table(entry, "a table of numbers: \"button.text\" = 20") else {
        return limits;
    };
    let names: Vec<&str> = LimitKey::ALL.iter().map(|key| key.name()).collect();
    for entry in &table.entries {
        let key = entry.key.parse().ok();
        match (key, entry.value) {
            (_, DeValue::Table(_)) => {
                let message = "write a name with a dot in quotes: \"button.text\" = 20";
                reader.problem(entry.at, &entry.path, message);
            }
            (None, _) => reader.unknown_key(entry, &table.path, &names),
            (Some(key), value) => match whole_number(value) {
                Some(max) => {
                    limits.insert(key, max);
                }
                None => reader.wrong_type(entry, "a whole number, 0 or more"),
            },
        }
    }
    limits
}

fn token(reader: &mut Reader<'_>, table: &Table<'_>, folder: &Path) -> Option<TokenSource> {
    let Some(entry) = table.entry("token") else {
        reader.missing(
            table,
            "token",
            &format!("where it comes from, one of {TOKEN_WAYS}"),
        );
        return None;
    };
    if entry.value.is_str() {
        let message = format!(
            "{}: a token is not written in this file: say where it comes from, one of {TOKEN_WAYS}",
            entry.path
        );
        reader.problem(entry.value_at, &entry.path, message);
        return None;
    }
    let ways = reader.table(entry, &format!("one of {TOKEN_WAYS}"))?;
    token_keys(reader, &ways);
    let known: Vec<&Entry<'_>> = ways
        .entries
        .iter()
        .filter(|way| TOKEN_KEYS.contains(&way.key))
        .collect();
    let [way] = known.as_slice() else {
        // An unknown way was reported already.
        if known.len() == ways.entries.len() {
            let message = format!("{}: expected one of {TOKEN_WAYS}", entry.path);
            reader.problem(entry.value_at, &entry.path, message);
        }
        return None;
    };
    token_way(reader, &ways, way, folder)
}

/// Reports the unknown ways; only names that are near a known one are repeated, for what stands
/// where a name should be may be the token.
fn token_keys(reader: &mut Reader<'_>, ways: &Table<'_>) {
    for entry in &ways.entries {
        if TOKEN_KEYS.contains(&entry.key) {
            continue;
        }
        let message = match nearest(entry.key, TOKEN_KEYS) {
            Some(meant) => format!(
                "unknown key \"{}\" in {}; did you mean \"{meant}\"?",
                entry.key, ways.path
            ),
            None => format!("unknown key in {}: expected one of {TOKEN_WAYS}", ways.path),
        };
        reader.problem(entry.at, &ways.path, message);
    }
}

fn token_way(
    reader: &mut Reader<'_>,
    ways: &Table<'_>,
    way: &Entry<'_>,
    folder: &Path,
) -> Option<TokenSource> {
    if way.key == "command" {
        let expected = "a list of the program and its arguments: [\"pass\", \"show\", \"wuts\"]";
        let words = reader.strings(way, expected)?;
        if words
            .first()
            .is_none_or(|program| program.trim().is_empty())
        {
            let message = format!("{}: expected {expected}", way.path);
            reader.problem(way.value_at, &way.path, message);
            return None;
        }
        return Some(TokenSource::Command(words));
    }
    let text = reader.string(ways, way.key)?;
    let problem = match way.key {
        "env" if !is_variable(text) => Some(
            "expected the name of an environment variable (letters, digits and _), not the token",
        ),
        _ if text.trim().is_empty() => Some("it is empty"),
        _ => None,
    };
    if let Some(problem) = problem {
        reader.problem(way.value_at, &way.path, format!("{}: {problem}", way.path));
        return None;
    }
    Some(match way.key {
        "env" => TokenSource::env(text),
        "keyring" => TokenSource::Keyring(text.to_owned()),
        _ => TokenSource::File(beside(folder, text)),
    })
}

fn ca_file(reader: &mut Reader<'_>, table: &Table<'_>, folder: &Path) -> Option<PathBuf> {
    let text = reader.string(table, "ca_file")?;
    if text.trim().is_empty() {
        let entry = table.entry("ca_file")?;
        let message = format!("{}: it is empty", entry.path);
        reader.problem(entry.value_at, &entry.path, message);
        return None;
    }
    Some(beside(folder, text))
}

/// A path as it is written: relative to the configuration's folder, or to the home folder.
fn beside(folder: &Path, text: &str) -> PathBuf {
    if Path::new(text).starts_with("~") {
        text.into()
    } else {
        folder.join(text)
    }
}

fn is_variable(name: &str) -> bool {
    let mut characters = name.chars();
    let first = characters.next();
    first.is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

impl Reader<'_> {
    fn wrong_seconds(&mut self, entry: &Entry<'_>) {
        let message = format!(
            "{}: expected seconds, more than 0 and at most {LONGEST}",
            entry.path
        );
        self.problem(entry.value_at, &entry.path, message);
    }
}
