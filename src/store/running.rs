//! Which stores run: each holds the lock on a file of its own, which the system lets go of when the
//! process ends, however it ends.
//!
//! Drafts and rows of the outbox name the store that works on them; when nobody holds the lock of
//! that name, that process is gone.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::private;

/// A store among those that run, or the eyes of one that is in memory.
#[derive(Debug)]
pub(super) struct Running {
    /// The name by which rows know it.
    pub name: String,
    /// Where the lock files are; a store in memory for want of a folder has none.
    folder: Option<PathBuf>,
    lock: Option<File>,
}

impl Running {
    /// Enters a store, and clears away what is left of those that are gone. Nobody else may be doing
    /// the same in this folder: a file is made before it is locked.
    pub fn enter(folder: &Path) -> io::Result<Self> {
        for path in lock_files(folder) {
            // Gone, and its file is only in the way. What cannot be removed does no harm.
            if !is_locked(&path) {
                let _ = fs::remove_file(path);
            }
        }
        let name = name()?;
        let lock = private::new_file(&lock_file(folder, &name))?;
        // On a file system without locks all stores count as gone: people are asked once too often.
        let _ = lock.try_lock();
        Ok(Self {
            name,
            folder: Some(folder.to_owned()),
            lock: Some(lock),
        })
    }

    /// Only looks at the stores that run.
    pub fn aside(folder: Option<&Path>) -> Self {
        Self {
            name: String::new(),
            folder: folder.map(Path::to_owned),
            lock: None,
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
    let file = File::open(path);
    file.is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
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
    let number = name.strip_prefix("running-");
    number.is_some_and(|rest| rest.strip_suffix(".lock").is_some())
}

fn lock_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.filter_map(|entry| {
        let name = entry.file_name();
        is_lock(name.to_str()?).then(|| entry.path())
    });
    paths.collect()
}
