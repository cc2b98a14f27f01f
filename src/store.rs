//! What is kept between runs: drafts, the outbox and the history, in one `SQLite` file.
//!
//! Everything here blocks, for milliseconds as a rule: it belongs on a thread of its own. No clock
//! is read; times come in as Unix milliseconds. A [`Store`] is a connection that can be sent to
//! another thread, and several of them, in one process or in many, share the file without harm.
//!
//! ```text
//! begin ─→ sending ─┬─ finish ──→ accepted, rejected, not-sent, unknown
//!                   └─ the process is gone ──→ unknown, until resolve says what it was
//! ```

mod clock;
mod draft;
mod error;
mod history;
mod in_flight;
mod last_open;
mod notice;
mod open;
mod origin;
mod outbox;
mod place;
mod private;
mod recent;
mod recipients;
mod record;
mod recover;
mod running;
mod salvage;
mod schema;
mod twin;
mod undo;

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use draft::{DraftFile, DraftId, DraftRow, KeptDraft, Written};
pub use error::StoreError;
pub use history::{Entry, PageFrom, Sent};
pub use last_open::LastOpen;
pub use notice::{NotKept, Notice, Purged, Unreadable};
pub use origin::{InDoubt, Origin};
pub use outbox::{Begin, Resolution, SendId, SendState};
use place::Place;
pub use recipients::Correspondent;
pub use recover::Recovered;
use running::Running;
pub use twin::{Begun, Twin, TwinState};

/// The store of a folder, or one in memory.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    /// This store among those that run.
    running: Running,
    /// Where it is; `None` for a store in memory.
    place: Option<Place>,
}

/// A store that can be worked with, whatever was found.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: Store,
    /// What people have to know about it.
    pub notice: Option<Notice>,
}

impl Store {
    /// The name of the file in its folder.
    pub const FILE: &str = "wacompose.db";

    /// Whether what is written is on disk, and still there at the next start.
    pub const fn is_kept(&self) -> bool {
        self.place.is_some()
    }

    /// The same by a clock that may be wrong: what a clock that jumped ahead calls old stays, until
    /// that clock has run for two days.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn purge_by_clock(&mut self, now: i64, history_days: u32) -> Result<Purged, StoreError> {
        self.write(|transaction, _| {
            let now = clock::trusted(transaction, now, history_days)?;
            let count = "SELECT count(*) FROM sent";
            let all: u32 = transaction.query_row(count, [], |row| row.get(0))?;
            draft::purge(transaction, now)?;
            let removed = history::purge(transaction, now, history_days)?;
            Ok(Purged {
                removed,
                all: all as usize,
                history_days,
            })
        })
    }

    /// Forgets what is no longer wanted: what was sent more than so many days ago (0 keeps it for
    /// ever), and drafts that were deleted [`Store::KEEPS_DELETED_DAYS`] ago. What is under way or
    /// waits to be resolved stays. Says how many messages went.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn purge(&mut self, now: i64, history_days: u32) -> Result<usize, StoreError> {
        self.write(|transaction, _| {
            draft::purge(transaction, now)?;
            history::purge(transaction, now, history_days)
        })
    }

    /// Reads, again where an error passes, and remembers if the file turns out to be damaged.
    fn read<T>(
        &self,
        reading: impl Fn(&Connection, &Running) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.surely(reading(&self.connection, &self.running))
            .unwrap_or_else(|| reading(&self.connection, &self.running))
    }

    /// Writes everything or nothing. It survives the end of the process at once, and that of the
    /// machine a little later.
    fn write<T>(
        &mut self,
        writing: impl Fn(&Transaction<'_>, &Running) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if self
            .place
            .as_ref()
            .is_some_and(|place| place.gone().is_some())
        {
            return Err(StoreError::Gone);
        }
        let first = self.try_to_write(&writing);
        match self.surely(first) {
            Some(written) => written,
            None => self.try_to_write(&writing),
        }
    }

    fn try_to_write<T>(
        &mut self,
        writing: impl Fn(&Transaction<'_>, &Running) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        // Immediate: what was read is still so when it is written.
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = writing(&transaction, &self.running)?;
        transaction.commit()?;
        Ok(result)
    }

    /// Writes everything or nothing, and returns when it is on the disk itself.
    fn write_durably<T>(
        &mut self,
        writing: impl Fn(&Transaction<'_>, &Running) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.connection.pragma_update(None, "synchronous", "FULL")?;
        let written = self.write(writing);
        self.connection
            .pragma_update(None, "synchronous", "NORMAL")?;
        written
    }

    /// A result that holds; none where it is worth another try: an error of the disk, or what looked
    /// like damage and is none. A file that is damaged is set aside at the next start, when nobody
    /// works with it.
    fn surely<T>(&self, result: Result<T, StoreError>) -> Option<Result<T, StoreError>> {
        let (error, place) = match (&result, &self.place) {
            (Err(StoreError::Damaged(error)), Some(place)) => (error, place),
            (Err(StoreError::Other(error)), Some(_)) if error::is_of_the_disk(error) => {
                log::warn!("{error}");
                return None;
            }
            _ => return Some(result),
        };
        log::warn!("{}: {error}", place.path.display());
        if !open::is_damaged(&place.path) {
            return None;
        }
        // Where even this cannot be written, the next start finds out by itself or here again.
        let _ = private::file(&place::damage_mark(&place.path));
        Some(result)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

    use super::*;
    use crate::message::{Draft, Message, Text};

    fn draft(text: &str) -> Draft {
        let text = text.to_owned();
        Draft {
            message: Message::Text(Text { text }),
            ..Draft::default()
        }
    }

    #[test]
    fn a_full_disk_is_told_and_what_was_kept_stays() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(Some(folder.path())).unwrap().store;
        let id = store.save_draft(None, &draft("日本"), None, 1).unwrap();

        let pages: i64 = store
            .connection
            .pragma_query_value(None, "page_count", |row| row.get(0))
            .unwrap();
        store
            .connection
            .pragma_update(None, "max_page_count", pages)
            .unwrap();
        let long = draft(&"日本 👩‍👩‍👧 e\u{301} שלום ".repeat(1000));
        let error = store.save_draft(Some(id), &long, None, 2).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the disk is full: free some space and try again"
        );

        // Space again: the same store goes on.
        store
            .connection
            .pragma_update(None, "max_page_count", 1_000_000)
            .unwrap();
        assert_eq!(store.open_draft(id, 3).unwrap().draft, draft("日本"));
        assert_eq!(store.save_draft(Some(id), &long, None, 4).unwrap(), id);
        assert_eq!(store.open_draft(id, 5).unwrap().draft, long);
    }

    #[test]
    fn what_is_the_same_is_not_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(Some(folder.path())).unwrap().store;
        let id = store.save_draft(None, &draft("日本"), None, 1).unwrap();
        let wal = || {
            let wal = folder.path().join("wacompose.db-wal");
            std::fs::metadata(wal).unwrap().len()
        };
        let before = wal();
        store.save_draft(Some(id), &draft("日本"), None, 2).unwrap();
        assert_eq!(wal(), before);
        store.save_draft(Some(id), &draft("日"), None, 3).unwrap();
        assert!(wal() > before, "or the test sees nothing");
    }
}
