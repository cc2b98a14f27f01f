//! Why the store did not do something, and what to do about it.

use rusqlite::ErrorCode;

use super::{DraftId, SendId};

/// Why the store did not do something. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no space left.
    #[error("the disk is full: free some space and try again")]
    Full(#[source] rusqlite::Error),
    /// The file or its folder cannot be written.
    #[error("the store cannot be written: make its folder writable, then start again")]
    ReadOnly(#[source] rusqlite::Error),
    /// Another program did not let go of it in time.
    #[error("another program has locked the store: close it, or try again")]
    Busy(#[source] rusqlite::Error),
    /// The file is damaged.
    #[error("the store is damaged: start again, and it is set aside for a new one")]
    Damaged(#[source] rusqlite::Error),
    /// There is no such draft.
    #[error("there is no draft {0} any more")]
    NoDraft(DraftId),
    /// There is no such message in the history.
    #[error("there is no message {0} in the history")]
    NoMessage(SendId),
    /// Another composer works on the draft.
    #[error("the draft {0} is open in another composer: close it there first, or duplicate it")]
    OpenElsewhere(DraftId),
    /// It is not in doubt what became of the message, or somebody has said so already.
    #[error("what became of the message {0} has been settled already")]
    Settled(SendId),
    /// What was kept is not what this version writes.
    #[error("the {what} {id} cannot be read: {why}")]
    Unreadable {
        /// `draft` or `message`.
        what: &'static str,
        /// Which.
        id: i64,
        /// What is wrong with it.
        why: String,
    },
    /// Anything else that `SQLite` says.
    #[error("the store failed: {0}")]
    Other(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full(error),
            Some(ErrorCode::ReadOnly) => Self::ReadOnly(error),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(error),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error),
            _ => Self::Other(error),
        }
    }
}
