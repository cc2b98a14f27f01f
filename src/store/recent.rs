//! What was used lately, so that it is offered first: names of a sort, the last one first.

use rusqlite::params;

use super::{Store, StoreError};

impl Store {
    /// What was used lately of a sort, the last one first, at most so many.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn recent(&self, sort: &str, at_most: usize) -> Result<Vec<String>, StoreError> {
        self.read(|connection, _| {
            let mut statement = connection.prepare_cached(
                "SELECT name FROM recent WHERE sort = ?1 ORDER BY used DESC, rowid DESC LIMIT ?2",
            )?;
            let at_most = i64::try_from(at_most).unwrap_or(i64::MAX);
            let names = statement.query_map(params![sort, at_most], |row| row.get(0))?;
            Ok(names.collect::<Result<_, _>>()?)
        })
    }

    /// Notes that one was used; of each sort so many are kept.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn note_used(
        &mut self,
        sort: &str,
        name: &str,
        at_most: usize,
        now: i64,
    ) -> Result<(), StoreError> {
        self.write(|transaction, _| {
            transaction.execute(
                "INSERT OR REPLACE INTO recent (sort, name, used) VALUES (?1, ?2, ?3)",
                params![sort, name, now],
            )?;
            transaction.execute(
                "DELETE FROM recent WHERE sort = ?1 AND rowid NOT IN
                    (SELECT rowid FROM recent WHERE sort = ?1
                     ORDER BY used DESC, rowid DESC LIMIT ?2)",
                params![sort, i64::try_from(at_most).unwrap_or(i64::MAX)],
            )?;
            Ok(())
        })
    }
}
