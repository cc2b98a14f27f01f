//! Drafts: what is being written, by one composer at a time.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension as _, Params, Row, Transaction, params};

use super::origin::{self, InDoubt};
use super::running::Running;
use super::{Store, StoreError, last_open, record, undo};
use crate::message::outline::Item;
use crate::message::undo::{News, Undo};
use crate::message::{Draft, Kind, Message};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// A draft's number in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DraftId(pub i64);

/// A draft as a list shows it. Its texts are as they were typed: show them through
/// [`visible`](crate::visible).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// Its number.
    pub id: DraftId,
    /// The name that somebody gave it.
    pub name: Option<String>,
    /// The message file that it belongs to.
    pub file: Option<PathBuf>,
    /// The kind of message.
    pub kind: Kind,
    /// The recipient.
    pub to: String,
    /// The first line of the text with anything on it, 200 characters at the most.
    pub first_line: String,
    /// When it was begun, in Unix milliseconds.
    pub created: i64,
    /// When it was last changed, in Unix milliseconds.
    pub updated: i64,
    /// The same in the time of this machine: `2026-03-01 14:32`.
    pub updated_local: String,
    /// Whether another composer works on it.
    pub is_open_elsewhere: bool,
}

/// A draft that was kept, now this store's to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDraft {
    /// Its number.
    pub id: DraftId,
    /// The name that somebody gave it.
    pub name: Option<String>,
    /// The message file that it belongs to.
    pub file: Option<PathBuf>,
    /// What that file held when it was read or written last; `None` where nobody knows.
    pub base: Option<String>,
    /// What was written.
    pub draft: Draft,
    /// What it was as each of its other kinds, the last one last.
    pub aside: Vec<Message>,
    /// The buttons and rows whose ids are made from their texts.
    pub derived: BTreeSet<Item>,
    /// What can be taken back.
    pub undo: Undo,
    /// The message that was sent from it as it is, whose outcome is unknown.
    pub in_doubt: Option<InDoubt>,
    /// When it was written last, in milliseconds since 1970.
    pub updated: i64,
}

/// What is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written<'a> {
    /// The message.
    pub draft: &'a Draft,
    /// What it was as each of its other kinds, the last one last.
    pub aside: &'a [Message],
    /// The buttons and rows whose ids are made from their texts.
    pub derived: Option<&'a BTreeSet<Item>>,
    /// What is new of what can be taken back.
    pub news: Option<&'a News>,
}

impl<'a> From<&'a Draft> for Written<'a> {
    /// A message that was never of another kind.
    fn from(draft: &'a Draft) -> Self {
        Self {
            draft,
            aside: &[],
            derived: None,
            news: None,
        }
    }
}

/// The message file that a draft belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftFile<'a> {
    /// Where it is.
    pub path: &'a Path,
    /// What it held when it was read or written last: another text there is somebody else's.
    pub base: Option<&'a str>,
}

impl fmt::Display for DraftId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Store {
    /// For how many days a deleted draft can be had back.
    pub const KEEPS_DELETED_DAYS: u32 = 30;

    /// Keeps what is being written, in the draft of this number or in a new one, which from then on
    /// is this store's to write, and is open. What is the same as before is not written again.
    ///
    /// The number that comes back is another one when the draft is gone, or another composer has it:
    /// what was written is kept all the same.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn save_draft<'a>(
        &mut self,
        id: Option<DraftId>,
        written: impl Into<Written<'a>>,
        file: Option<DraftFile<'_>>,
        now: i64,
    ) -> Result<DraftId, StoreError> {
        let Written {
            draft,
            aside,
            derived,
            news,
        } = written.into();
        let (body, aside) = (record::draft(draft), record::aside(aside));
        let derived = derived.and_then(undo::derived);
        let base = file.and_then(|file| file.base);
        let file = file.map(|file| record::path(file.path));
        if let Some(id) = id
            && news.is_none()
            && self.read(|connection, running| {
                let row = params![id.0, body, file, running.name, base, aside];
                is_saved(connection, row)
            })?
        {
            return Ok(id);
        }
        self.write(|transaction, running| {
            // A new draft has no number yet, which its row leaves out.
            let row = params![
                id.map(|id| id.0),
                file,
                draft.message.kind().name(),
                draft.to,
                record::first_line(draft),
                body,
                now,
                running.name,
                base,
                aside,
                derived
            ];
            let note = |id: DraftId| {
                news.map_or(Ok(()), |news| undo::write(transaction, id.0, news))?;
                last_open::note_draft(transaction, id)
            };
            if let Some(id) = id
                && !is_elsewhere(transaction, running, id)?
            {
                let updated = transaction
                    .prepare_cached(
                        "UPDATE draft SET file = ?2, kind = ?3, recipient = ?4, first_line = ?5,
                            body = ?6, updated = ?7, used = ?7, store = ?8, base = ?9,
                            aside = ?10, derived = ?11, deleted = NULL
                         WHERE id = ?1",
                    )?
                    .execute(row)?;
                if updated > 0 {
                    note(id)?;
                    return Ok(id);
                }
            }
            transaction
                .prepare_cached(
                    "INSERT INTO draft
                        (file, kind, recipient, first_line, body, created, updated, used, store, base,
                        aside, derived)
                     VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?7, ?7, ?8, ?9, ?10, ?11)",
                )?
                .execute(row)?;
            let id = DraftId(transaction.last_insert_rowid());
            note(id)?;
            Ok(id)
        })
    }

    /// All drafts that are not deleted, the one that was changed last first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn drafts(&self) -> Result<Vec<DraftRow>, StoreError> {
        self.read(|connection, running| {
            let mut statement = connection.prepare_cached(
                "SELECT id, name, file, kind, recipient, first_line, created, updated, store,
                    strftime('%Y-%m-%d %H:%M', updated / 1000, 'unixepoch', 'localtime')
                 FROM draft WHERE deleted IS NULL ORDER BY updated DESC, id DESC",
            )?;
            let mut rows = statement.query([])?;
            let mut drafts = Vec::new();
            while let Some(row) = rows.next()? {
                drafts.push(draft_row(row, running)?);
            }
            Ok(drafts)
        })
    }

    /// Opens a draft: from now on it is this store's to write, until it is closed or the store is.
    ///
    /// # Errors
    /// When there is none, when another composer works on it, or when it cannot be read.
    pub fn open_draft(&mut self, id: DraftId, now: i64) -> Result<KeptDraft, StoreError> {
        self.write(|transaction, running| {
            if is_elsewhere(transaction, running, id)? {
                return Err(StoreError::OpenElsewhere(id));
            }
            let kept = kept_draft(transaction, id, now)?.ok_or(StoreError::NoDraft(id))?;
            transaction.execute(
                "UPDATE draft SET store = ?2, used = ?3 WHERE id = ?1",
                params![id.0, running.name, now],
            )?;
            last_open::note_draft(transaction, id)?;
            Ok(kept)
        })
    }

    /// Reads a draft, and leaves it where it is.
    ///
    /// # Errors
    /// When there is none, or when it cannot be read.
    pub fn read_draft(&self, id: DraftId, now: i64) -> Result<KeptDraft, StoreError> {
        let kept = self.read(|connection, _| kept_draft(connection, id, now))?;
        kept.ok_or(StoreError::NoDraft(id))
    }

    /// Lets go of a draft: another composer may open it.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn close_draft(&mut self, id: DraftId) -> Result<(), StoreError> {
        self.write(|transaction, running| {
            transaction.execute(
                "UPDATE draft SET store = NULL WHERE id = ?1 AND store = ?2",
                params![id.0, running.name],
            )?;
            Ok(())
        })
    }

    /// Gives a draft a name, or takes it away.
    ///
    /// # Errors
    /// When there is no such draft, or the store cannot be written.
    pub fn rename_draft(&mut self, id: DraftId, name: Option<&str>) -> Result<(), StoreError> {
        let name = name.map(str::trim).filter(|name| !name.is_empty());
        self.write(|transaction, _| {
            let changed = transaction.execute(
                "UPDATE draft SET name = ?2 WHERE id = ?1 AND deleted IS NULL",
                params![id.0, name],
            )?;
            some_draft(id, changed)
        })
    }

    /// Makes a draft with the same content, which belongs to no file and is nobody's yet.
    ///
    /// # Errors
    /// When there is no such draft, or the store cannot be written.
    pub fn duplicate_draft(&mut self, id: DraftId, now: i64) -> Result<DraftId, StoreError> {
        self.write(|transaction, _| {
            let made = transaction.execute(
                "INSERT INTO draft (name, kind, recipient, first_line, body, created, updated, used,
                    aside, derived)
                 SELECT name || ' (copy)', kind, recipient, first_line, body, ?2, ?2, ?2, aside,
                    derived
                 FROM draft WHERE id = ?1 AND deleted IS NULL",
                params![id.0, now],
            )?;
            some_draft(id, made)?;
            Ok(DraftId(transaction.last_insert_rowid()))
        })
    }

    /// Deletes a draft; it can be had back for [`Self::KEEPS_DELETED_DAYS`].
    ///
    /// # Errors
    /// When there is none, when another composer works on it, or when the store cannot be written.
    pub fn delete_draft(&mut self, id: DraftId, now: i64) -> Result<(), StoreError> {
        self.write(|transaction, running| {
            if is_elsewhere(transaction, running, id)? {
                return Err(StoreError::OpenElsewhere(id));
            }
            let deleted = transaction.execute(
                "UPDATE draft SET deleted = ?2, store = NULL WHERE id = ?1 AND deleted IS NULL",
                params![id.0, now],
            )?;
            some_draft(id, deleted)?;
            last_open::note_gone(transaction, id)
        })
    }

    /// Lets go of a draft that is of no use any more, and deletes it, unless somebody gave it a name. It
    /// is not open any more.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn forget_draft(&mut self, id: DraftId, now: i64) -> Result<(), StoreError> {
        self.write(|transaction, running| {
            transaction.execute(
                "UPDATE draft SET store = NULL, deleted = iif(name IS NULL, ?3, deleted)
                 WHERE id = ?1 AND (store = ?2 OR store IS NULL)",
                params![id.0, running.name, now],
            )?;
            last_open::note_gone(transaction, id)
        })
    }

    /// Has a deleted draft back, as it was.
    ///
    /// # Errors
    /// When it is gone for good, or when the store cannot be written.
    pub fn restore_draft(&mut self, id: DraftId) -> Result<(), StoreError> {
        self.write(|transaction, _| {
            let restored =
                transaction.execute("UPDATE draft SET deleted = NULL WHERE id = ?1", [id.0])?;
            some_draft(id, restored)
        })
    }
}

/// Forgets what was deleted long ago.
pub(super) fn purge(transaction: &Transaction<'_>, now: i64) -> Result<(), StoreError> {
    let before = now.saturating_sub(i64::from(Store::KEEPS_DELETED_DAYS) * DAY);
    transaction.execute("DELETE FROM draft WHERE deleted < ?1", [before])?;
    Ok(())
}

/// Whether a row is what the draft holds already, and this store has it.
fn is_saved(connection: &Connection, row: impl Params) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM draft
         WHERE id = ?1 AND body = ?2 AND file IS ?3 AND store = ?4 AND base IS ?5 AND aside IS ?6
            AND deleted IS NULL",
    )?;
    Ok(statement.exists(row)?)
}

pub(super) fn is_elsewhere(
    connection: &Connection,
    running: &Running,
    id: DraftId,
) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT store FROM draft WHERE id = ?1")?;
    let store: Option<Option<String>> = statement.query_row([id.0], |row| row.get(0)).optional()?;
    Ok(running.is_elsewhere(store.flatten().as_deref()))
}

pub(super) fn kept_draft(
    connection: &Connection,
    id: DraftId,
    now: i64,
) -> Result<Option<KeptDraft>, StoreError> {
    let found = connection
        .query_row(
            "SELECT name, file, body, updated, base, aside, derived FROM draft
             WHERE id = ?1 AND deleted IS NULL",
            [id.0],
            |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get::<_, String>(2)?,
                    row.get(3)?,
                    row.get(4)?,
                    row.get::<_, Option<String>>(5)?,
                    row.get::<_, Option<String>>(6)?,
                ))
            },
        )
        .optional()?;
    let Some((name, file, body, updated, base, aside, derived)) = found else {
        return Ok(None);
    };
    let file: Option<Vec<u8>> = file;
    let draft = record::read_draft(&body).map_err(|error| unreadable(id.0, error.to_string()))?;
    Ok(Some(KeptDraft {
        id,
        name,
        file: file.map(record::read_path),
        base,
        draft,
        aside: aside.as_deref().map(record::read_aside).unwrap_or_default(),
        derived: derived
            .as_deref()
            .map(undo::read_derived)
            .unwrap_or_default(),
        undo: undo::read(connection, id.0)?,
        in_doubt: origin::in_doubt(connection, id, &body, now)?,
        updated,
    }))
}

fn draft_row(row: &Row<'_>, running: &Running) -> Result<DraftRow, StoreError> {
    let id = row.get(0)?;
    let file: Option<Vec<u8>> = row.get(2)?;
    let kind: String = row.get(3)?;
    let store: Option<String> = row.get(8)?;
    Ok(DraftRow {
        id: DraftId(id),
        name: row.get(1)?,
        file: file.map(record::read_path),
        kind: record::read_kind(&kind)
            .ok_or_else(|| unreadable(id, format!("no kind is called {kind:?}")))?,
        to: row.get(4)?,
        first_line: row.get(5)?,
        created: row.get(6)?,
        updated: row.get(7)?,
        updated_local: row.get::<_, Option<String>>(9)?.unwrap_or_default(),
        is_open_elsewhere: running.is_elsewhere(store.as_deref()),
    })
}

fn unreadable(id: i64, why: String) -> StoreError {
    let what = "draft";
    StoreError::Unreadable { what, id, why }
}

fn some_draft(id: DraftId, rows: usize) -> Result<(), StoreError> {
    if rows == 0 {
        Err(StoreError::NoDraft(id))
    } else {
        Ok(())
    }
}
