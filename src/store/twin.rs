//! Whether a message that is about to be sent may have been taken before: in another run too.

use rusqlite::OptionalExtension as _;

use super::{Store, StoreError, record};
use crate::message::Draft;

impl Store {
    /// When the very same message was sent last without anybody knowing what became of it, in the time
    /// of this machine: `2026-03-01 14:32:05`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn unknown_twin(&self, draft: &Draft) -> Result<Option<String>, StoreError> {
        self.read(|connection, _| {
            let mut statement = connection.prepare_cached(
                "SELECT strftime('%Y-%m-%d %H:%M:%S', started / 1000, 'unixepoch', 'localtime')
                 FROM sent JOIN exchange USING (id)
                 WHERE state = 'unknown' AND (resolution IS NULL OR resolution = 'kept')
                    AND draft = ?1
                 ORDER BY id DESC LIMIT 1",
            )?;
            let started = statement.query_row([record::draft(draft)], |row| row.get(0));
            Ok(started.optional()?.flatten())
        })
    }
}
