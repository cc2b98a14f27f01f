//! One `[profiles.NAME]` of the configuration.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use toml::de::DeValue;

use super::super::reader::{Entry, Reader, Table, whole_number};
use super::super::{Profile, ThumbnailAs, Timeouts, TokenSource};
use crate::gateway::{Account, ButtonsMethod, GatewayKind, address};
use crate::message::limits::LimitKey;
use crate::message::nearest::nearest;
use crate::message::phone::Country;

const KEYS: [&str; 18] = [
    "gateway",
    "base_url",
    "id_instance",
    "buttons_method",
    "version",
    "phone_number_id",
    "catalog_id",
    "country",
    "duplicate_as_text",
    "allow_http",
    "ca_file",
    "allow_private_urls",
    "thumbnail_as",
    "connect_timeout",
    "write_timeout",
    "total_timeout",
    "token",
    "limits",
];
/// Keys that one gateway alone has.
const OWN_KEYS: [(&str, GatewayKind); 6] = [
    ("thumbnail_as", GatewayKind::Wuts),
    ("id_instance", GatewayKind::GreenApi),
    ("buttons_method", GatewayKind::GreenApi),
    ("version", GatewayKind::CloudApi),
    ("phone_number_id", GatewayKind::CloudApi),
    ("catalog_id", GatewayKind::CloudApi),
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
    let base_url = base_url(reader, table, gateway, allow_http);
    let id_instance = digits(reader, table, "id_instance", "GREEN-API's console");
    let version = version(reader, table);
    let phone_number_id = digits(reader, table, "phone_number_id", "Meta's app dashboard");
    let catalog_id = digits(reader, table, "catalog_id", "Meta's Commerce Manager");
    let country = country(reader, table);
    let duplicate_as_text = reader.boolean(table, "duplicate_as_text");
    let methods = [
        (
            "sendInteractiveButtonsReply",
            ButtonsMethod::SendInteractiveButtonsReply,
        ),
        ("sendButtons", ButtonsMethod::SendButtons),
    ];
    let buttons_method = reader.word(table, "buttons_method", &methods);
    let ways = ThumbnailAs::ALL.map(|way| (way.name(), way));
    let thumbnail_as = reader.word(table, "thumbnail_as", &ways);
    let allow_private_urls = reader.boolean(table, "allow_private_urls");
    let timeouts = timeouts(reader, table);
    let limits = limits(reader, table);
    let token = token(reader, table, folder);
    let ca_file = ca_file(reader, table, folder);
    let gateway = gateway?;
    for (key, expected) in required(gateway) {
        if table.entry(key).is_none() {
            reader.missing(table, key, expected);
        }
    }
    let mut account = Account::public(gateway);
    account.base_url = base_url.unwrap_or(account.base_url);
    account.id_instance = id_instance.unwrap_or(account.id_instance);
    account.buttons_method = buttons_method.unwrap_or_default();
    account.version = version.unwrap_or(account.version);
    account.phone_number_id = phone_number_id.unwrap_or(account.phone_number_id);
    account.catalog_id = catalog_id.unwrap_or_default();
    account.country = country;
    account.limits = limits;
    Some(Profile {
        name: name.to_owned(),
        account,
        token: token?,
        ca_file,
        allow_http,
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

/// Reports keys that are unknown, or of another gateway.
fn keys(reader: &mut Reader<'_>, table: &Table<'_>, gateway: Option<GatewayKind>) {
    for entry in &table.entries {
        if let (Some((_, owner)), Some(gateway)) = (own_key(entry.key), gateway)
            && owner != gateway
        {
            let message = format!(
                "\"{}\" belongs to gateway = \"{owner}\", not to \"{gateway}\"",
                entry.key
            );
            reader.problem(entry.at, &entry.path, message);
        } else if !KEYS.contains(&entry.key) {
            reader.unknown_key(entry, &table.path, &KEYS);
        }
    }
}

fn base_url(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    gateway: Option<GatewayKind>,
    allow_http: bool,
) -> Option<String> {
    let text = reader.string(table, "base_url")?;
    let entry = table.entry("base_url")?;
    match address::base_url(text, gateway, allow_http) {
        Ok(base_url) => Some(base_url),
        Err(message) => {
            let message = format!("{}: {message}", entry.path);
            reader.problem(entry.value_at, &entry.path, message);
            None
        }
    }
}

/// The keys without which a gateway cannot be reached, besides the token.
const fn required(gateway: GatewayKind) -> &'static [(&'static str, &'static str)] {
    match gateway {
        GatewayKind::Wuts => &[],
        GatewayKind::GreenApi => &[
            (
                "base_url",
                "GREEN-API has an address for each instance (apiUrl in its console)",
            ),
            (
                "id_instance",
                "the instance's number (idInstance in its console), in quotes",
            ),
        ],
        GatewayKind::CloudApi => &[(
            "phone_number_id",
            "the id of the phone number that sends (in Meta's app dashboard), in quotes",
        )],
    }
}

fn own_key(key: &str) -> Option<(&'static str, GatewayKind)> {
    OWN_KEYS.into_iter().find(|(own, _)| *own == key)
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

/// A number that stands in quotes, as `place` shows it.
fn digits(reader: &mut Reader<'_>, table: &Table<'_>, key: &str, place: &str) -> Option<String> {
    let text = reader.string(table, key)?;
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.to_owned());
    }
    let entry = table.entry(key)?;
    let bare = text.trim().trim_start_matches("waInstance");
    let meant = if !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit()) {
        format!(": did you mean \"{bare}\"?")
    } else {
        String::new()
    };
    let message = format!(
        "{}: expected digits alone, as in {place}{meant}",
        entry.path
    );
    reader.problem(entry.value_at, &entry.path, message);
    None
}

fn version(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<String> {
    let text = reader.string(table, "version")?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let numbers = text.strip_prefix('v').and_then(|rest| rest.split_once('.'));
    if numbers.is_some_and(|(major, minor)| is_number(major) && is_number(minor)) {
        return Some(text.to_owned());
    }
    let entry = table.entry("version")?;
    let bare = text.trim().trim_start_matches(['v', 'V', '/']);
    let (major, minor) = bare.split_once('.').unwrap_or((bare, "0"));
    let meant = if is_number(major) && is_number(minor) {
        format!(": did you mean \"v{major}.{minor}\"?")
    } else {
        String::new()
    };
    let message = format!(
        "{}: expected a version such as \"v23.0\"{meant}",
        entry.path
    );
    reader.problem(entry.value_at, &entry.path, message);
    None
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
    let names = LimitKey::ALL.map(LimitKey::name);
    for entry in &table.entries {
        let key = LimitKey::ALL.iter().find(|key| key.name() == entry.key);
        match (key, entry.value) {
            (_, DeValue::Table(_)) => {
                let message = "write a name with a dot in quotes: \"button.text\" = 20";
                reader.problem(entry.at, &entry.path, message);
            }
            (None, _) => reader.unknown_key(entry, &table.path, &names),
            (Some(key), value) => match whole_number(value) {
                Some(max) => {
                    limits.insert(*key, max);
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
    if text == "~" || text.starts_with("~/") {
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
