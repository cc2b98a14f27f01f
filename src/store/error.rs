//! Why the store did not do something, and what to do about it.

use rusqlite::{ErrorCode, ffi};

use super::{DraftId, SendId};

/// Why the store did not do something. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no space left.
    #[error("the disk is full: free some space and try again")]
    Full(#[source] rusqlite::Error),
    /// The system took nothing more for the file, and did not say that the disk is full: a quota, a
    /// limit of the process, a disk that breaks.
    #[error(
        "the store could not be written: its disk is full, over a quota, or broken; fix that and try again"
    )]
    Unwritable(#[source] rusqlite::Error),
    /// The file or its folder cannot be written.
    #[error("the store cannot be written: make its folder writable, then start again")]
    ReadOnly(#[source] rusqlite::Error),
    /// Another program did not let go of it in time.
    #[error("another program has locked the store: close it, or try again")]
    Busy(#[source] rusqlite::Error),
    /// The file is damaged.
    #[error("the store is damaged: start again, and it is set aside for a new one")]
    Damaged(#[source] rusqlite::Error),
    /// Its file is not the one that was opened any more.
    #[error("the store was removed, moved or replaced while it was in use: try again")]
    Gone,
    /// There is no such draft.
    #[error("that draft is not there any more")]
    NoDraft(DraftId),
    /// There is no such message in the history.
    #[error("there is no message {0} in the history")]
    NoMessage(SendId),
    /// Another composer works on the draft.
    #[error("that draft is open in another composer: close it there first, or duplicate it")]
    OpenElsewhere(DraftId),
    /// It is not in doubt what became of the message, or somebody has said so already.
    #[error("the outcome of message {0} is known already")]
    Settled(SendId),
    /// What was kept is not what this version writes.
    #[error("the {what} {id} cannot be read: {why}")]
    Unreadable {
        /// `draft` or `message`.
        what: &'static str,
        /// Its number in its table.
        id: i64,
        /// What is wrong with it.
        why: String,
    },
    /// Anything else that `SQLite` says.
    #[error("the store failed: {0}")]
    Other(#[source] rusqlite::Error),
}

impl StoreError {
    /// Whether it is only writing that does not go.
    pub(super) const fn can_be_read(&self) -> bool {
        matches!(
            self,
            Self::Full(_) | Self::Unwritable(_) | Self::ReadOnly(_) | Self::Busy(_)
        )
    }
}

/// Whether the disk failed: that may pass.
pub(super) fn is_of_the_disk(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure)
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_extended_error_code() {
            // The file that processes share beside the store is made as long as it will be at once.
            Some(ffi::SQLITE_IOERR_SHMSIZE) => return Self::Full(error),
            Some(ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_FSYNC) => {
                return Self::Unwritable(error);
            }
            _ => {}
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full(error),
            Some(ErrorCode::ReadOnly) => Self::ReadOnly(error),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(error),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error),
            _ => Self::Other(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::full(ffi::SQLITE_FULL, "the disk is full")]
    #[case::full_beside(ffi::SQLITE_IOERR_SHMSIZE, "the disk is full")]
    #[case::quota(ffi::SQLITE_IOERR_WRITE, "over a quota")]
    #[case::late(ffi::SQLITE_IOERR_FSYNC, "over a quota")]
    #[case::read_only(ffi::SQLITE_READONLY, "cannot be written")]
    #[case::read_only_folder(ffi::SQLITE_READONLY_DIRECTORY, "cannot be written")]
    #[case::busy(ffi::SQLITE_BUSY, "has locked the store")]
    #[case::busy_snapshot(ffi::SQLITE_BUSY_SNAPSHOT, "has locked the store")]
    #[case::corrupt(ffi::SQLITE_CORRUPT_INDEX, "is damaged")]
    #[case::no_database(ffi::SQLITE_NOTADB, "is damaged")]
    #[case::anything_else(ffi::SQLITE_IOERR_READ, "the store failed: ")]
    fn people_are_told_what_it_is(#[case] code: i32, #[case] expected: &str) {
        let error = ffi::Error::new(code);
        let error = StoreError::from(rusqlite::Error::SqliteFailure(error, None));
        assert!(error.to_string().contains(expected), "{error}");
    }
}
