//! What was open last: a draft, an unchanged message file, or an empty message. There is one for all
//! composers of a folder, and the one that wrote last has it.

use std::path::{Path, PathBuf};

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::draft::{is_elsewhere, kept_draft};
use super::{DraftId, KeptDraft, Store, StoreError, record};
use crate::message::Kind;

/// What a composer opens where no file is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LastOpen {
    /// Nothing was ever composed, opened or sent in this folder.
    Never,
    /// A draft, from now on this store's to write.
    Draft(Box<KeptDraft>),
    /// A message file without changes.
    File(PathBuf),
    /// A message without anything in it, or one that was sent since.
    Empty(Kind),
    /// A draft that another composer has.
    Elsewhere(Kind),
}

impl Store {
    /// Opens what was open last.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open_last(&mut self, now: i64) -> Result<LastOpen, StoreError> {
        let noted = self.read(|connection, _| {
            let row = |row: &rusqlite::Row<'_>| {
                Ok((
                    row.get::<_, Option<i64>>(0)?,
                    row.get::<_, Option<Vec<u8>>>(1)?,
                    row.get::<_, String>(2)?,
                ))
            };
            let noted = connection
                .query_row("SELECT draft, file, kind FROM last_open", [], row)
                .optional()?;
            if noted.is_some() {
                return Ok(noted);
            }
            // Drafts that were taken over from a damaged file.
            Ok(connection
                .query_row(
                    "SELECT id, NULL, kind FROM draft WHERE deleted IS NULL
                     ORDER BY used DESC, id DESC LIMIT 1",
                    [],
                    row,
                )
                .optional()?)
        })?;
        let Some((draft, file, kind)) = noted else {
            return Ok(if self.is_unused()? {
                LastOpen::Never
            } else {
                LastOpen::Empty(Kind::Text)
            });
        };
        let kind = record::read_kind(&kind).unwrap_or(Kind::Text);
        let Some(draft) = draft.map(DraftId) else {
            let file = file.map(record::read_path);
            return Ok(file.map_or(LastOpen::Empty(kind), LastOpen::File));
        };
        match self.open_draft(draft, now) {
            Ok(kept) => Ok(LastOpen::Draft(Box::new(kept))),
            Err(StoreError::OpenElsewhere(_)) => Ok(LastOpen::Elsewhere(kind)),
            Err(StoreError::NoDraft(_)) => Ok(LastOpen::Empty(kind)),
            // It cannot be taken, but shown: saving it looks whether another has it by then.
            Err(error) if error.can_be_read() => {
                let kept = self.read(|connection, _| kept_draft(connection, draft, now))?;
                Ok(kept.map_or(LastOpen::Empty(kind), |kept| {
                    LastOpen::Draft(Box::new(kept))
                }))
            }
            Err(error) => Err(error),
        }
    }

    /// Opens the draft that was open last. None where something else was, and when another composer
    /// works on it: then this one is for something new.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open_last_draft(&mut self, now: i64) -> Result<Option<KeptDraft>, StoreError> {
        Ok(match self.open_last(now)? {
            LastOpen::Draft(kept) => Some(*kept),
            _ => None,
        })
    }

    /// Notes that a draft is open.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn note_open_draft(&mut self, id: DraftId) -> Result<(), StoreError> {
        self.write(|transaction, running| {
            if is_elsewhere(transaction, running, id)? {
                return Ok(());
            }
            note_draft(transaction, id)
        })
    }

    /// Notes that a message is open of which there is no draft: a file without changes, or one of this
    /// kind without anything in it.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn note_open(&mut self, kind: Kind, file: Option<&Path>) -> Result<(), StoreError> {
        let file = file.map(record::path);
        self.write(|transaction, _| {
            transaction.execute(
                "INSERT OR REPLACE INTO last_open (one, draft, file, kind) VALUES (1, NULL, ?1, ?2)",
                params![file, kind.name()],
            )?;
            Ok(())
        })
    }

    /// Whether nothing was ever composed, opened or sent in this folder.
    fn is_unused(&self) -> Result<bool, StoreError> {
        self.read(|connection, _| {
            // Rows that are gone have left their numbers.
            let mut statement = connection.prepare_cached(
                "SELECT 1 FROM sqlite_sequence WHERE name IN ('draft', 'sent') AND seq > 0",
            )?;
            Ok(!statement.exists([])?)
        })
    }
}

/// Notes that a draft is open.
pub(super) fn note_draft(transaction: &Transaction<'_>, id: DraftId) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO last_open (one, draft, file, kind)
             SELECT 1, id, NULL, kind FROM draft WHERE id = ?1",
        )?
        .execute([id.0])?;
    Ok(())
}

/// A draft is of no more use: where it was open last, an empty message is in its place.
pub(super) fn note_gone(transaction: &Transaction<'_>, id: DraftId) -> Result<(), StoreError> {
    transaction
        .prepare_cached("UPDATE last_open SET draft = NULL, file = NULL WHERE draft = ?1")?
        .execute([id.0])?;
    Ok(())
}
