//! Which stores run: each holds the lock on a file of its own, which the system lets go of when the
//! process ends, however it ends.
//!
//! Drafts and rows of the outbox name the store that works on them; when nobody holds the lock of
//! that name, that process is gone.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::in_flight::{self, Note};
use super::{SendId, private};

/// A store among those that run, or the eyes of one that is in memory.
#[derive(Debug)]
pub(super) struct Running {
    /// The name by which rows know it.
    pub name: String,
    /// Where the lock files are; a store in memory for want of a folder has none.
    folder: Option<PathBuf>,
    lock: Option<File>,
    /// What is on its way.
    notes: Vec<Note>,
}

/// A store that is gone, and what it left.
#[derive(Debug)]
pub(super) struct Gone {
    /// The name by which rows know it.
    pub name: String,
    /// What was on its way.
    pub notes: Vec<Note>,
    path: PathBuf,
}

impl Gone {
    /// Clears away its file. What cannot be removed does no harm.
    pub fn forget(&self) {
        let _ = fs::remove_file(&self.path);
    }
}

impl Running {
    /// Enters a store, and says which others are gone. Nobody else may be doing the same in this
    /// folder: a file is made before it is locked.
    pub fn enter(folder: &Path) -> io::Result<(Self, Vec<Gone>)> {
        let paths = lock_files(folder).into_iter();
        let gone = paths.filter(|path| !is_locked(path)).map(|path| {
            let notes = open(&path).map(|file| in_flight::read(&file));
            let name = path.file_name().and_then(|name| name.to_str());
            Gone {
                name: name.and_then(number).unwrap_or_default().to_owned(),
                notes: notes.unwrap_or_default(),
                path,
            }
        });
        let gone = gone.collect();
        let name = name()?;
        let lock = private::new_file(&lock_file(folder, &name))?;
        // On a file system without locks all stores count as gone: people are asked once too often.
        let _ = lock.try_lock();
        let running = Self {
            name,
            folder: Some(folder.to_owned()),
            lock: Some(lock),
            notes: Vec::new(),
        };
        Ok((running, gone))
    }

    /// Notes that a message is on its way. Where that cannot be written, the store alone has it.
    pub fn note(&mut self, note: Note) {
        self.notes.push(note);
        self.write_notes();
    }

    /// A message that waited is on its way.
    pub fn note_begun(&mut self, id: SendId) {
        for note in self.notes.iter_mut().filter(|note| note.id == id.0) {
            note.is_held = false;
        }
        self.write_notes();
    }

    /// A message is on its way no longer.
    pub fn strike(&mut self, id: SendId) {
        let before = self.notes.len();
        self.notes.retain(|note| note.id != id.0);
        if self.notes.len() < before {
            self.write_notes();
        }
    }

    /// Takes over what is on its way in another store, under the numbers that it has now.
    pub fn inherit(&mut self, other: &Self, now: impl Fn(SendId) -> SendId) {
        for mut note in other.notes.iter().cloned() {
            note.id = now(SendId(note.id)).0;
            self.notes.push(note);
        }
        self.write_notes();
    }

    fn write_notes(&self) {
        if let Some(file) = &self.lock
            && let Err(error) = in_flight::write(file, &self.notes)
        {
            log::warn!("what is on its way is noted in the store alone: {error}");
        }
    }

    /// Only looks at the stores that run.
    pub fn aside(folder: Option<&Path>) -> Self {
        Self {
            name: String::new(),
            folder: folder.map(Path::to_owned),
            lock: None,
            notes: Vec::new(),
        }
    }

    /// Whether the store of this name runs; this one does.
    pub fn is_running(&self, name: &str) -> bool {
        if name == self.name {
            return true;
        }
        // Anything else was not written by us, and leads who knows where.
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        let folder = self.folder.as_deref().filter(|_| is_name);
        folder.is_some_and(|folder| is_locked(&lock_file(folder, name)))
    }

    /// Whether another store than this one has the row of this name.
    pub fn is_elsewhere(&self, name: Option<&str>) -> bool {
        name.is_some_and(|name| name != self.name && self.is_running(name))
    }
}

/// Whether any store runs in a folder.
pub(super) fn is_any(folder: &Path) -> bool {
    lock_files(folder).iter().any(|path| is_locked(path))
}

impl Drop for Running {
    fn drop(&mut self) {
        if let (Some(lock), Some(folder)) = (self.lock.take(), &self.folder) {
            drop(lock);
            let _ = fs::remove_file(lock_file(folder, &self.name));
        }
    }
}

/// Whether somebody holds the lock of a file. Those who ask share it, and do not see one another.
fn is_locked(path: &Path) -> bool {
    open(path).is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// Opens what is a file: anything else may wait for somebody.
fn open(path: &Path) -> io::Result<File> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(io::ErrorKind::Unsupported.into());
    }
    File::open(path)
}

fn name() -> io::Result<String> {
    let number = getrandom::u64().map_err(io::Error::other)?;
    Ok(format!("{number:016x}"))
}

fn lock_file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("running-{name}.lock"))
}

/// Whether a file of this name is such a lock.
pub(super) fn is_lock(name: &str) -> bool {
    number(name).is_some()
}

/// The name of the store whose lock a file is.
fn number(name: &str) -> Option<&str> {
    name.strip_prefix("running-")?.strip_suffix(".lock")
}

fn lock_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.filter_map(|entry| {
        let name = entry.file_name();
        is_lock(name.to_str()?).then(|| entry.path())
    });
    paths.collect()
}
