//! `config.toml`: from its text to a [`Config`], with everything that is wrong at once.

mod profile;

use std::io::{self, Read};
use std::mem;
use std::path::{Path, PathBuf};

use toml::de::DeValue;

use super::reader::{Reader, Table, whole_number};
use super::{BrokenProfile, Config, Profile};
use crate::gateway::GatewayKind;
use crate::message::file::place::at_most;
use crate::message::file::{FileProblem, Format, syntax};
use crate::visible;

/// A commented configuration for `wacompose config init`.
pub const TEMPLATE: &str = include_str!("../../assets/config.toml");

/// The most bytes that a configuration may have: 1 MiB.
pub const MAX_BYTES: u64 = 1 << 20;

/// Why there is no configuration. Each is one or more lines that begin with the file's name.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It is there, but cannot be read.
    #[error("{}: {error}", shown(.path))]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// It says something that is not understood.
    #[error("{}", lines(.path, .problems))]
    Invalid {
        /// The file.
        path: PathBuf,
        /// Everything that is wrong, in the order of the file.
        problems: Vec<FileProblem>,
    },
}

/// Reads the configuration in a file; where there is no file, the defaults.
///
/// # Errors
/// When the file cannot be read or understood.
pub fn load(path: &Path) -> Result<Config, ConfigError> {
    let failed = |error| ConfigError::Io {
        path: path.to_owned(),
        error,
    };
    let file = match crate::message::file::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Config::default()),
        Err(error) => return Err(failed(error)),
    };
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > MAX_BYTES {
        let error = io::Error::other("larger than 1 MiB: this is no configuration");
        return Err(failed(error));
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| failed(io::Error::other("it is not UTF-8: save it as UTF-8")))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    parse(&text, folder).map_err(|problems| ConfigError::Invalid {
        path: path.to_owned(),
        problems,
    })
}

/// Reads a configuration's text. Token files are relative to `folder`, the configuration's own.
///
/// What is wrong with a profile keeps that one from being used ([`Config::broken`]), and no other.
///
/// # Errors
/// Everything else that is wrong, in the order of the file, with what is wrong with profiles.
pub fn parse(text: &str, folder: &Path) -> Result<Config, Vec<FileProblem>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::new(text);
    let (document, errors) = syntax::parse(text);
    if !errors.is_empty() {
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            let explained = syntax::explain(text, at, Format::Toml, error.message());
            reader.problem(at, "", explained.message);
            if explained.hides_the_rest {
                break;
            }
        }
        return Err(at_most(reader.take_since(0)));
    }
    let root = Table::new(String::new(), 0, document.get_ref());
    let mut config = config(&mut reader, &root, folder);
    let mut problems = reader.take_since(0);
    if problems.is_empty() {
        for broken in &mut config.broken {
            broken.problems = at_most(mem::take(&mut broken.problems));
        }
        return Ok(config);
    }
    problems.extend(config.broken.into_iter().flat_map(|broken| broken.problems));
    problems.sort_by_key(|problem| (problem.line, problem.column));
    Err(at_most(problems))
}

fn config(reader: &mut Reader<'_>, root: &Table<'_>, folder: &Path) -> Config {
    reader.known_keys(
        root,
        &[
            "default_profile",
            "theme",
            "graphics",
            "keys",
            "mouse",
            "country",
            "history_days",
            "profiles",
        ],
    );
    let mut config = Config::default();
    if let Some(theme) = reader.variant(root, "theme") {
        config.theme = theme;
    }
    if let Some(choice) = reader.variant(root, "graphics") {
        config.graphics = choice;
    }
    if let Some(entry) = root.entry("keys")
        && let Some(table) = reader.table(entry, "a table: write [keys]")
    {
        for entry in &table.entries {
            let expected = "a key in quotes, or a list of them: [\"f5\", \"f9\"]";
            let keys = match entry.value {
                DeValue::String(key) => Some(vec![key.to_string()]),
                _ => reader.strings(entry, expected),
            };
            config
                .keys
                .insert(entry.key.to_owned(), keys.unwrap_or_default());
        }
    }
    if let Some(mouse) = reader.boolean(root, "mouse") {
        config.mouse = mouse;
    }
    if let Some(entry) = root.entry("history_days") {
        let days = whole_number(entry.value).and_then(|days| u32::try_from(days).ok());
        match days {
            Some(days) => config.history_days = days,
            None => {
                let expected = "expected a whole number of days, or 0 to keep them for ever";
                let message = format!("{}: {expected}", entry.path);
                reader.problem(entry.value_at, &entry.path, message);
            }
        }
    }
    config.country = profile::country(reader, root);
    let defined = profiles(reader, root, &mut config, folder);
    for profile in &mut config.profiles {
        let account = &mut profile.account;
        account.country = account.country.or(config.country);
    }
    default_profile(reader, root, &mut config, &defined);
    config
}

/// Adds the file's profiles before the built-in ones; what is returned names them all, those with
/// problems too.
fn profiles(
    reader: &mut Reader<'_>,
    root: &Table<'_>,
    config: &mut Config,
    folder: &Path,
) -> Vec<String> {
    let mut names = Vec::new();
    let mut read = Vec::new();
    if let Some(entry) = root.entry("profiles")
        && let Some(table) = reader.table(entry, "a table: write [profiles.NAME]")
    {
        for entry in &table.entries {
            let built_in = GatewayKind::ALL.map(Profile::sandbox);
            if built_in.iter().any(|profile| profile.name == entry.key) {
                let message = format!(
                    "the profile \"{}\" is built in, so that trying things out never reaches a \
                     real gateway: choose another name",
                    entry.key
                );
                reader.problem(entry.at, &entry.path, message);
                continue;
            }
            let before = reader.count();
            if entry.key.trim().is_empty() {
                reader.problem(entry.at, &entry.path, "a profile needs a name");
            }
            names.push(entry.key.to_owned());
            let table = reader.table(entry, "a table: write [profiles.NAME]");
            let profile = table.and_then(|table| profile::read(reader, entry.key, &table, folder));
            let problems = reader.take_since(before);
            if problems.is_empty() {
                read.extend(profile);
            } else {
                let name = entry.key.to_owned();
                config.broken.push(BrokenProfile { name, problems });
            }
        }
    }
    read.append(&mut config.profiles);
    config.profiles = read;
    names.extend(GatewayKind::ALL.map(|gateway| Profile::sandbox(gateway).name));
    names
}

fn default_profile(
    reader: &mut Reader<'_>,
    root: &Table<'_>,
    config: &mut Config,
    defined: &[String],
) {
    let Some(name) = reader.string(root, "default_profile") else {
        return;
    };
    if defined.iter().any(|known| known == name) {
        name.clone_into(&mut config.default_profile);
    } else if let Some(entry) = root.entry("default_profile") {
        let error = super::UnknownProfile::among(name, defined.to_vec());
        reader.problem(entry.value_at, &entry.path, error.to_string());
    }
}

fn shown(path: &Path) -> String {
    visible::line(&path.display().to_string()).into_owned()
}

/// `path:line:column: message`, a line each.
fn lines(path: &Path, problems: &[FileProblem]) -> String {
    let path = shown(path);
    let lines: Vec<String> = problems
        .iter()
        .map(|p| format!("{path}:{}:{}: {}", p.line, p.column, p.message))
        .collect();
    lines.join("\n")
}
