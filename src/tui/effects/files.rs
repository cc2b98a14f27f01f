//! Message files and folders, for the composer.

use std::fs::TryLockError;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::failure::Failure;
use crate::import;
use crate::message::Draft;
use crate::message::file::{self, Format, ReadError, home};
use crate::tui::effect::Over;
use crate::tui::event::{FolderEntry, Opened, SaveError};
use crate::visible;

/// How the name of a file begins and ends that is not whole yet.
const UNFINISHED: (&str, &str) = (".wacompose-", ".tmp");

/// A file that is older than this is not being saved any more.
const LONGEST_SAVE: Duration = Duration::from_secs(3600);

/// The most that is listed of a folder.
const MOST: usize = 10_000;

/// A path that begins with `~/` is in the home folder.
pub(super) fn at_home(path: PathBuf) -> PathBuf {
    home::expand(path, home::home)
}

/// When a file was written, in milliseconds since 1970.
pub(super) fn written_at(path: &Path) -> Option<i64> {
    let written = std::fs::metadata(path).ok()?.modified().ok()?;
    let since = written.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok()
}

/// Reads a message file.
pub(super) fn open(path: &Path) -> Result<Opened, Failure> {
    let (draft, text) = file::read_with_text(path).map_err(|error| {
        let name = visible::line(&path.display().to_string()).into_owned();
        let text = match &error {
            ReadError::Invalid { .. } => std::fs::read_to_string(path).ok(),
            _ => None,
        };
        let pointer = text.and_then(|text| import::pointer(&text, &shell_words::quote(&name)));
        pointer.map_or_else(
            || error.into(),
            |pointer| Failure::new(format!("{name}: {pointer}")),
        )
    })?;
    Ok(Opened { draft, text })
}

/// What is in a folder, folders first, each by name; nothing where it cannot be read.
pub(super) fn list(folder: &str) -> Vec<FolderEntry> {
    let path = match folder {
        "" => PathBuf::from("."),
        folder => at_home(PathBuf::from(folder)),
    };
    let Ok(read) = std::fs::read_dir(path) else {
        return Vec::new();
    };
    let entries = read.filter_map(Result::ok).take(MOST).filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        // A link to a folder is one to walk into.
        let is_folder = match entry.file_type() {
            Ok(kind) if kind.is_symlink() => entry.path().is_dir(),
            kind => kind.is_ok_and(|kind| kind.is_dir()),
        };
        Some(FolderEntry { name, is_folder })
    });
    let mut entries: Vec<FolderEntry> = entries.collect();
    entries.sort_by_cached_key(|entry| (!entry.is_folder, entry.name.to_lowercase()));
    entries
}

/// Writes a message file in one step: it is there whole, or as it was.
pub(super) fn save(
    path: &Path,
    draft: &Draft,
    base: Option<&str>,
    over: &Over,
) -> Result<String, SaveError> {
    let failed = |error: io::Error| {
        let title = format!("{} cannot be written", path.display());
        SaveError::Failed(Failure::because(title, error))
    };
    if *over == Over::Nothing && path.exists() {
        return Err(SaveError::Exists);
    }
    let format = Format::of(&path.to_string_lossy(), "");
    let mut base = base.map(str::to_owned);
    if let Over::Text(known) = over {
        // One that went meanwhile is written anew.
        match std::fs::read(path) {
            Ok(bytes) if bytes != known.as_bytes() => return Err(SaveError::Changed),
            _ => {}
        }
    } else if *over == Over::Anything
        && let Ok(there) = file::open(path).and_then(io::read_to_string)
    {
        base = Some(there);
    }
    let text = match base {
        Some(base) => file::rewrite(&base, format, draft),
        None => file::write(draft, format),
    };
    // A link stays one: what it leads to is replaced.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if let Ok(old) = std::fs::metadata(&target) {
        let refused = if !old.is_file() {
            Some("it is no ordinary file")
        } else if old.permissions().readonly() {
            Some("it is write-protected")
        } else {
            None
        };
        if let Some(why) = refused {
            return Err(failed(io::Error::other(why)));
        }
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    clear_away(&folder);
    // The name of the file in between is nobody's business.
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED.0).suffix(UNFINISHED.1);
    new_permissions(&mut builder, &target);
    let mut new = builder
        .tempfile_in(folder)
        .map_err(|error| failed(io::Error::from(error.kind())))?;
    // It is somebody's as long as it is locked.
    let _ = new.as_file().try_lock();
    new.write_all(text.as_bytes()).map_err(failed)?;
    new.as_file().sync_all().map_err(failed)?;
    keep_permissions(&target, new.as_file()).map_err(failed)?;
    new.persist(&target).map_err(|error| failed(error.error))?;
    Ok(text)
}

/// Removes what a composer that was killed while it saved has left in a folder. What cannot be removed
/// does no harm.
fn clear_away(folder: &Path) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_left = |name: &str| name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1);
    for entry in entries.take(MOST) {
        if entry.file_name().to_str().is_some_and(is_left) && is_abandoned(&entry.path()) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Whether a file is this user's, and nobody writes it any more.
fn is_abandoned(path: &Path) -> bool {
    let Ok(found) = std::fs::symlink_metadata(path) else {
        return false;
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        if found.uid() != rustix::process::geteuid().as_raw() {
            return false;
        }
    }
    let file = found
        .is_file()
        .then(|| std::fs::File::open(path).ok())
        .flatten();
    match file.map(|file| file.try_lock()) {
        Some(Ok(())) => true,
        // Without locks, by its age.
        Some(Err(TryLockError::Error(_))) => {
            let age = found.modified().ok().and_then(|at| at.elapsed().ok());
            age.is_some_and(|age| age > LONGEST_SAVE)
        }
        Some(Err(TryLockError::WouldBlock)) | None => false,
    }
}

/// A first file may be read by whom the system says: its mask applies to these.
#[cfg(unix)]
fn new_permissions(builder: &mut tempfile::Builder<'_, '_>, target: &Path) {
    use std::os::unix::fs::PermissionsExt;
    if !target.exists() {
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
}

#[cfg(not(unix))]
fn new_permissions(_builder: &mut tempfile::Builder<'_, '_>, _target: &Path) {}

/// The new file may be read by whom the old one could be.
fn keep_permissions(path: &Path, new: &std::fs::File) -> io::Result<()> {
    match std::fs::metadata(path) {
        Ok(old) => new.set_permissions(old.permissions()),
        Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

    use super::*;

    #[test]
    fn a_gateways_body_is_pointed_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("body.json");
        std::fs::write(&path, r#"{"chatId":"1@c.us","message":"日本"}"#).unwrap();
        let error = open(&path).unwrap_err();
        assert!(
            error
                .title
                .contains("this is GREEN-API's body: `wacompose import "),
            "{error}"
        );
        assert_eq!(error.to_string().lines().count(), 1);
    }

    #[test]
    fn what_was_left_by_a_kill_is_cleared_away_at_the_next_save() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in [
            ".wacompose-日本.tmp",
            ".wacompose-x",
            ".tmpAbCdEf",
            ".wacompose-busy.tmp",
        ] {
            std::fs::write(at(name), "Olá 日本").unwrap();
        }
        std::fs::create_dir(at(".wacompose-folder.tmp")).unwrap();
        let busy = std::fs::File::open(at(".wacompose-busy.tmp")).unwrap();
        busy.lock().unwrap();

        save(&at("a.toml"), &Draft::default(), None, &Over::Nothing).unwrap();
        let mut left: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        let expected = [
            ".tmpAbCdEf",
            ".wacompose-busy.tmp",
            ".wacompose-folder.tmp",
            ".wacompose-x",
            "a.toml",
        ];
        assert_eq!(left, expected);
    }
}
