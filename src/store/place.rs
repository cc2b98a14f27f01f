//! The store's file in its folder: how it is made and moved aside, what belongs to it, and whether it
//! is still the one that was opened.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use super::{Store, private, running};

/// The end of the mark beside a file that turned out to be damaged.
const DAMAGED: &str = ".damaged";

/// What a number comes after in the name of a file that was moved aside.
const UNREADABLE: &str = ".unreadable-";

/// Who holds the lock of this file opens the store.
pub(super) const TURN: &str = "wacompose.lock";

/// What `SQLite` may keep beside a file, by the end of its name.
pub(super) const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// A file by what it is, not by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Identity(u64, u64);

/// The store's file and its log, as they were when they were opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub path: PathBuf,
    file: Option<Identity>,
    log: Option<Identity>,
}

/// What is no longer where it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gone {
    /// The file itself.
    File,
    /// Its log alone: what was written last stands in that.
    Log,
}

impl Place {
    /// The place of a file that was opened and written just now.
    pub fn of(path: PathBuf) -> Self {
        let file = identity(&path).ok().flatten();
        let log = identity(&with_suffix(&path, "-wal")).ok().flatten();
        Self { path, file, log }
    }

    /// What was removed, moved or replaced since. Where nobody can say, nothing was.
    pub fn gone(&self) -> Option<Gone> {
        let is_gone = |was: Option<Identity>, path: &Path| {
            was.is_some() && identity(path).is_ok_and(|now| now != was)
        };
        if is_gone(self.file, &self.path) {
            Some(Gone::File)
        } else if is_gone(self.log, &with_suffix(&self.path, "-wal")) {
            Some(Gone::Log)
        } else {
            None
        }
    }
}

impl Store {
    /// A file in a folder that was set aside as unreadable, if it was written since a time (Unix
    /// milliseconds): messages that were sent then may be in it and not in the store. By a clock that was
    /// set back it is from the future, and counts too.
    pub fn set_aside_since(folder: &Path, since: i64) -> Option<PathBuf> {
        let since = UNIX_EPOCH + Duration::from_millis(u64::try_from(since).unwrap_or(0));
        let files = fs::read_dir(folder).ok()?.flatten();
        let files = files.filter(|file| is_set_aside(&file.file_name().to_string_lossy()));
        let lately = files.filter(|file| match file.metadata() {
            // Whoever looks into a file may make an empty log beside it.
            Ok(found) if found.len() == 0 => false,
            Ok(found) => found.modified().map_or(true, |written| written >= since),
            // Nobody can say when it was written.
            Err(_) => true,
        });
        // Of a file and its log, the file.
        lately.map(|file| file.path()).min()
    }
}

/// What a file is; `None` where there is none.
fn identity(path: &Path) -> io::Result<Option<Identity>> {
    let found = match fs::metadata(path) {
        Ok(found) => found,
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        Ok(Some(Identity(found.dev(), found.ino())))
    }
    #[cfg(not(unix))]
    {
        // The system does not let go of a file that is open.
        let _ = found;
        Ok(Some(Identity(0, 0)))
    }
}

/// Where it is noted that a file turned out to be damaged.
pub(super) fn damage_mark(path: &Path) -> PathBuf {
    with_suffix(path, DAMAGED)
}

/// Whether a file in a folder is one that the store makes, by its name.
pub(super) fn is_the_stores(name: &str) -> bool {
    let is_beside = |end: &str| end.is_empty() || BESIDE.contains(&end);
    match name.strip_prefix(Store::FILE) {
        Some(DAMAGED) => true,
        Some(end) => is_beside(match end.strip_prefix(UNREADABLE) {
            Some(number) => number.trim_start_matches(|c: char| c.is_ascii_digit()),
            None => end,
        }),
        None => name == TURN || running::is_lock(name),
    }
}

/// Whether a file holds what a store that was set aside had, by its name.
fn is_set_aside(name: &str) -> bool {
    let end = name.strip_prefix(Store::FILE);
    let end = end.and_then(|end| end.strip_prefix(UNREADABLE));
    let end = end.map(|number| number.trim_start_matches(|c: char| c.is_ascii_digit()));
    // The index of a log is written by whoever reads it.
    end.is_some_and(|end| end.is_empty() || (BESIDE.contains(&end) && end != "-shm"))
}

/// Makes the file where it is missing, and makes it its owner's alone. What is no file is named, and
/// not opened: a pipe would wait for somebody to write.
pub(super) fn prepare_file(path: &Path) -> Result<(), (PathBuf, io::Error)> {
    let of = |path: &Path| {
        let path = path.to_owned();
        move |error| (path, error)
    };
    are_files(path)?;
    match private::new_file(path) {
        // What was noted of a file that is gone says nothing about this one.
        Ok(_) => remove_if_there(&damage_mark(path)).map_err(of(path)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            private::restrict(path).map_err(of(path))?;
            for end in BESIDE {
                let beside = with_suffix(path, end);
                if_there(private::restrict(&beside)).map_err(of(&beside))?;
            }
            Ok(())
        }
        Err(error) => Err(of(path)(error)),
    }
}

/// An error where something else than a file is at the path of the store, or of what belongs to it.
pub(super) fn are_files(path: &Path) -> Result<(), (PathBuf, io::Error)> {
    for end in BESIDE.into_iter().chain([""]) {
        let path = with_suffix(path, end);
        if_there(is_file(&path)).map_err(|error| (path, error))?;
    }
    Ok(())
}

/// An error where something else than a file is at a path.
pub(super) fn is_file(path: &Path) -> io::Result<()> {
    if fs::metadata(path)?.is_file() {
        Ok(())
    } else {
        Err(io::Error::other("it is not a file"))
    }
}

/// Whether a log is there whose file is gone.
pub(super) fn is_only_a_log(path: &Path) -> bool {
    let is_gone =
        fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
    is_gone
        && fs::metadata(with_suffix(path, "-wal")).is_ok_and(|log| log.is_file() && log.len() > 0)
}

/// Removes what belongs to a file that is gone: a new one would take it for its own.
pub(super) fn remove_beside(path: &Path) -> io::Result<()> {
    for end in BESIDE {
        remove_if_there(&with_suffix(path, end))?;
    }
    Ok(())
}

/// Gives an unreadable file, and what belongs to it, a name that nothing has.
pub(super) fn move_aside(path: &Path) -> io::Result<PathBuf> {
    let mut number = 1_u32;
    let to = loop {
        let to = with_suffix(path, &format!("{UNREADABLE}{number}"));
        let taken = |path: &Path| fs::symlink_metadata(path).is_ok();
        if !taken(&to) && !BESIDE.iter().any(|end| taken(&with_suffix(&to, end))) {
            break to;
        }
        number += 1;
    };
    // The file comes last: what is beside it would be taken for another's if it were gone.
    for end in BESIDE {
        if_there(fs::rename(with_suffix(path, end), with_suffix(&to, end)))?;
    }
    if_there(fs::rename(path, &to))?;
    remove_if_there(&damage_mark(path))?;
    Ok(to)
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    if_there(fs::remove_file(path))
}

fn if_there(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
