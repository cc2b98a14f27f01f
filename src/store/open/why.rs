//! Why a file or a folder cannot be used, from what the system or `SQLite` says.

use std::fmt::Display;
use std::io;
use std::path::Path;

use crate::store::notice::NotKept;
use crate::store::{Store, StoreError};

/// Any other reason that a file cannot be used.
pub(super) fn other(path: &Path, why: impl Display) -> NotKept {
    NotKept::Other {
        path: path.to_owned(),
        why: why.to_string(),
    }
}

/// Why a folder cannot be used.
pub(super) fn of_io(folder: &Path, error: &io::Error) -> NotKept {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            NotKept::Full(folder.join(Store::FILE))
        }
        _ => NotKept::ReadOnly {
            folder: folder.to_owned(),
            why: error.to_string(),
        },
    }
}

/// Why a file in it cannot be used.
pub(super) fn of_io_at(path: &Path, error: &io::Error) -> NotKept {
    match error.kind() {
        io::ErrorKind::Other => other(path, error),
        _ => of_io(path.parent().unwrap_or(path), error),
    }
}

/// Why a store cannot be used.
pub(super) fn of_store(path: &Path, error: StoreError) -> NotKept {
    let (folder, path) = (path.parent().unwrap_or(path).to_owned(), path.to_owned());
    match error {
        StoreError::Full(_) => NotKept::Full(path),
        StoreError::Busy(_) => NotKept::Locked(path),
        StoreError::Unwritable(_) => NotKept::Other {
            path,
            why: "its disk is full, over a quota, or broken".to_owned(),
        },
        StoreError::ReadOnly(error) => NotKept::ReadOnly {
            folder,
            why: error.to_string(),
        },
        StoreError::Other(error)
            if error.sqlite_error_code() == Some(rusqlite::ErrorCode::CannotOpen) =>
        {
            NotKept::ReadOnly {
                folder,
                why: error.to_string(),
            }
        }
        error => NotKept::Other {
            path,
            why: match std::error::Error::source(&error) {
                Some(source) => source.to_string(),
                None => error.to_string(),
            },
        },
    }
}
