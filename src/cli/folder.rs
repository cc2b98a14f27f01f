//! The message files in a folder and in those below it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::messages;

/// A file to read.
pub(super) struct Named {
    pub path: PathBuf,
    /// Whether it was found in a folder, and not named itself.
    pub is_found: bool,
}

/// The files, each folder replaced by the message files in it, in the order of their names.
///
/// # Errors
/// When a folder cannot be read, or has no message file.
pub(super) fn files(named: &[PathBuf]) -> anyhow::Result<Vec<Named>> {
    let mut files = Vec::new();
    for path in named {
        if messages::is_stdin(path) || !path.is_dir() {
            files.push(Named {
                path: path.clone(),
                is_found: false,
            });
            continue;
        }
        let mut found = Vec::new();
        walk(path, &mut found)?;
        anyhow::ensure!(
            !found.is_empty(),
            "{}: there is no message file in this folder: their names end in .toml or .json",
            messages::name(path)
        );
        files.extend(found.into_iter().map(|path| Named {
            path,
            is_found: true,
        }));
    }
    Ok(files)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let failed = |error: io::Error| anyhow::anyhow!("{}: {error}", messages::name(folder));
    let entries = fs::read_dir(folder).map_err(failed)?;
    let mut entries = entries.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type().map_err(failed)?);
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        // a link to a folder may lead back to where it is
        if kind.is_dir() {
            if !is_of_a_tool(&path) {
                walk(&path, files)?;
            }
        } else if is_message_file(&path) && (kind.is_file() || path.is_file()) {
            files.push(path);
        }
    }
    Ok(())
}

/// Whether a folder is one that a tool fills: npm's packages, or a cache that says so
/// (<https://bford.info/cachedir/>), such as cargo's `target`.
fn is_of_a_tool(folder: &Path) -> bool {
    let is_npm = folder
        .file_name()
        .is_some_and(|name| name == "node_modules");
    is_npm || folder.join("CACHEDIR.TAG").is_file()
}

/// The largest file, in bytes, that is looked at for what it is: no message is that large.
const LARGEST: u64 = 4 << 20;

/// Whether a file in JSON or TOML is something else than a message, as `package.json` is: it can be
/// read, and has none of the keys that every message has. One that cannot be read may be a message.
pub(super) fn is_no_message(path: &Path) -> bool {
    if fs::metadata(path).map_or(0, |file| file.len()) > LARGEST {
        return false;
    }
    let Ok(text) = fs::read_to_string(path) else {
        return false;
    };
    let is_json = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let keys: Option<Vec<String>> = if is_json {
        let json: Result<serde_json::Value, _> = serde_json::from_str(&text);
        let json = json.ok();
        json.map(|json| {
            json.as_object()
                .map_or_else(Vec::new, |o| o.keys().cloned().collect())
        })
    } else {
        let toml: Result<toml::Table, _> = text.parse();
        toml.ok().map(|toml| toml.keys().cloned().collect())
    };
    keys.is_some_and(|keys| {
        !keys.is_empty() && !keys.iter().any(|key| OF_MESSAGES.contains(&key.as_str()))
    })
}

/// The keys that a message has; one of them at the least is there, however the others are spelt.
const OF_MESSAGES: [&str; 6] = ["kind", "to", "text", "buttons", "sections", "selected"];

fn is_message_file(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default();
    ending.eq_ignore_ascii_case("toml") || ending.eq_ignore_ascii_case("json")
}
