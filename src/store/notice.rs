//! What is reported of the store that was opened: one sentence on what happened and what to do.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::visible;

/// What people have to know about a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The file could not be read, and was moved aside for a new one.
    MovedAside {
        /// What was wrong with it.
        why: Unreadable,
        /// Where it is now, with the files that belong to it beside it.
        to: PathBuf,
        /// How many drafts of it are in the new one.
        drafts: usize,
        /// How many messages of its history are.
        messages: usize,
    },
    /// The file was removed, moved or replaced while it was in use, and was written again.
    WrittenAgain(PathBuf),
    /// The same, but it cannot be written again: what was kept is in memory.
    Removed {
        /// Where it was.
        path: PathBuf,
        /// Why it cannot be written again.
        why: String,
    },
    /// The store is in memory: nothing that is written to it is there at the next start.
    InMemory {
        /// What keeps it from being on the disk.
        why: NotKept,
        /// Whether it holds what was kept before.
        has_copy: bool,
    },
}

/// Why a file was moved aside. What `SQLite` says of it is in the log: it helps nobody but those who
/// repair such files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no whole database.
    Damaged,
    /// It is another program's.
    Foreign,
    /// It was removed, without its log.
    Gone,
}

/// Why nothing is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotKept {
    /// The system names no folder for it.
    NoFolder,
    /// A newer version of the program wrote the file.
    Newer(PathBuf),
    /// Another program did not let go of the file.
    Locked(PathBuf),
    /// The file is damaged, but other composers work with it.
    DamagedInUse(PathBuf),
    /// There is no space left on its disk.
    Full(PathBuf),
    /// The folder cannot be made or written.
    ReadOnly {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        why: String,
    },
    /// Anything else.
    Other {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
}

/// What was removed from the history because it was old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purged {
    /// How many messages.
    pub removed: usize,
    /// How many there were.
    pub all: usize,
    /// For how many days messages are kept.
    pub history_days: u32,
}

impl Purged {
    /// A sentence on it, where so much was removed that somebody may wonder.
    pub fn words(self) -> Option<String> {
        let is_much = self.removed > 0 && self.removed * 2 >= self.all;
        is_much.then(|| {
            let Self {
                removed,
                all,
                history_days,
            } = self;
            format!(
                "{removed} of {all} messages in the history were older than {history_days} days and were \
                 removed (history_days in the configuration)"
            )
        })
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MovedAside {
                why,
                to,
                drafts,
                messages,
            } => {
                let with = match (*drafts > 0, *messages > 0) {
                    (false, false) => "",
                    (true, false) => " with its drafts",
                    (false, true) => " with its history",
                    (true, true) => " with its drafts and its history",
                };
                let to = shown(to);
                write!(
                    f,
                    "{why}: it was moved to {to}, and a new one was begun{with}"
                )
            }
            Self::WrittenAgain(path) => write!(
                f,
                "the store {} was removed, moved or replaced while it was in use: it was written again, \
                 with all drafts and messages",
                shown(path)
            ),
            Self::Removed { path, why } => write!(
                f,
                "the store {} was removed, moved or replaced while it was in use, and cannot be written \
                 again: {}",
                shown(path),
                visible::line(why)
            ),
            Self::InMemory { why, has_copy } => {
                let until = if *has_copy {
                    "until then nothing new is kept"
                } else {
                    "until then nothing is kept"
                };
                write!(f, "{why}; {until}")
            }
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Damaged => "the store is damaged",
            Self::Foreign => "the store's file is another program's database",
            Self::Gone => "the store's file was removed, but not its log",
        })
    }
}

impl fmt::Display for NotKept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFolder => write!(
                f,
                "the system names no folder for the store: name one in the environment variable \
                 WACOMPOSE_DATA"
            ),
            Self::Newer(path) => write!(
                f,
                "a newer version of wacompose wrote the store {}, which stays as it is: use that \
                 version, or name another folder in WACOMPOSE_DATA",
                shown(path)
            ),
            Self::Locked(path) => write!(
                f,
                "another program has locked the store {}: close it and start again",
                shown(path)
            ),
            Self::DamagedInUse(path) => write!(
                f,
                "the store {} is damaged: close the other composers and start again, and it is set \
                 aside",
                shown(path)
            ),
            Self::Full(path) => write!(
                f,
                "the disk of the store {} is full: free some space and start again",
                shown(path)
            ),
            Self::ReadOnly { folder, why } => write!(
                f,
                "the store's folder {} cannot be written ({why}): make it writable, or name another \
                 in WACOMPOSE_DATA",
                shown(folder)
            ),
            Self::Other { path, why } => write!(
                f,
                "the store {} cannot be opened ({}): fix that, or name another folder in \
                 WACOMPOSE_DATA",
                shown(path),
                visible::line(why)
            ),
        }
    }
}

fn shown(path: &Path) -> String {
    visible::line(&path.display().to_string()).into_owned()
}
