//! The message files in a folder and in those below it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::messages;

/// The files, each folder replaced by the message files in it, in the order of their names.
///
/// # Errors
/// When a folder cannot be read, or has no message file.
pub(super) fn files(named: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in named {
        if messages::is_stdin(path) || !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let before = files.len();
        walk(path, &mut files)?;
        anyhow::ensure!(
            files.len() > before,
            "{}: there is no message file in this folder: their names end in .toml or .json",
            messages::name(path)
        );
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
            walk(&path, files)?;
        } else if is_message_file(&path) && (kind.is_file() || path.is_file()) {
            files.push(path);
        }
    }
    Ok(())
}

fn is_message_file(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default();
    ending.eq_ignore_ascii_case("toml") || ending.eq_ignore_ascii_case("json")
}
