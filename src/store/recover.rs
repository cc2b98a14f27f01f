//! A store whose file was removed, moved or replaced while it was in use: what it holds is written again
//! to where it was, beside what is there now.
//!
//! A file that was removed can still be read as long as it is open; that is where all of it comes from.

use std::collections::HashMap;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;
use rusqlite::config::DbConfig;

use super::place::Gone;
use super::salvage::{self, Taken};
use super::{DraftId, Notice, Opened, SendId, Store, StoreError};

/// How long another program may hold a lock.
const PATIENCE: Duration = Duration::from_secs(2);

/// What became of a store that was written again.
#[derive(Debug)]
pub struct Recovered {
    /// What people have to know.
    pub notice: Notice,
    drafts: HashMap<DraftId, DraftId>,
    messages: HashMap<SendId, SendId>,
}

impl Recovered {
    /// The number that a message has now.
    pub fn message(&self, id: SendId) -> SendId {
        self.messages.get(&id).copied().unwrap_or(id)
    }

    /// The drafts, with the number that each had and the one that it has now.
    pub fn drafts(&self) -> impl Iterator<Item = (DraftId, DraftId)> {
        self.drafts.iter().map(|(was, now)| (*was, *now))
    }

    /// The messages, with the same two.
    pub fn messages(&self) -> impl Iterator<Item = (SendId, SendId)> {
        self.messages.iter().map(|(was, now)| (*was, *now))
    }
}

impl Store {
    /// Writes the store again where its file is no longer the one that was opened; `None` where it is.
    /// Where it cannot be written, it is in memory from then on, with everything that it held.
    ///
    /// # Errors
    /// When there is no memory either, or what is there now cannot be written.
    pub fn recover(&mut self) -> Result<Option<Recovered>, StoreError> {
        let Some((path, gone)) = self
            .place
            .as_ref()
            .and_then(|place| Some((place.path.clone(), place.gone()?)))
        else {
            return Ok(None);
        };
        log::warn!("{}: {gone:?} is not there any more", path.display());
        let mut copy = Connection::open_in_memory()?;
        Backup::new(&self.connection, &mut copy)?.step(-1)?;
        if gone == Gone::Log {
            // What stands in the log alone goes into the file before that is opened again.
            let checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";
            self.connection.query_row(checkpoint, [], |_| Ok(()))?;
        }
        // Closing it would remove the log of whatever is there now.
        let no_more = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
        self.connection.set_db_config(no_more, true)?;
        drop(std::mem::replace(&mut self.connection, copy));
        self.place = None;

        let Opened { mut store, notice } = Self::open_within(path.parent(), PATIENCE)?;
        let was = self.running.name.as_str();
        let Taken {
            drafts, messages, ..
        } = store.write_durably(|transaction, running| {
            salvage::take(transaction, running, &self.connection, Some(was))
        })?;
        store
            .running
            .inherit(&self.running, |id| messages.get(&id).copied().unwrap_or(id));
        let notice = match notice {
            Some(Notice::InMemory { why, .. }) => Notice::Removed {
                path,
                why: why.to_string(),
            },
            _ => Notice::WrittenAgain(path),
        };
        *self = store;
        Ok(Some(Recovered {
            notice,
            drafts,
            messages,
        }))
    }
}
