//! The messages that are on their way, a second time: in the file whose lock says that their store runs.
//!
//! A store that was damaged or removed after its process was killed has nothing of them any more. This
//! file is still there then, and the next start asks about them all the same.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};

use rusqlite::{OptionalExtension as _, Transaction, params};
use serde::{Deserialize, Serialize};

use super::{Begin, SendId, SendState, StoreError, history, record};

/// The most bytes that are read of such a file.
const MOST: u64 = 64 << 20;

/// A message on its way, as its rows have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Note {
    pub id: i64,
    started: i64,
    profile: String,
    gateway: String,
    kind: String,
    recipient: String,
    first_line: String,
    file: Option<String>,
    search: String,
    draft: String,
    request: String,
    /// Whether it waits for its turn.
    #[serde(default)]
    pub is_held: bool,
}

impl Note {
    pub fn new(id: SendId, begin: &Begin<'_>, state: SendState) -> Self {
        let Begin { draft, .. } = begin;
        Self {
            id: id.0,
            started: begin.now,
            profile: begin.profile.to_owned(),
            gateway: begin.gateway.name().to_owned(),
            kind: draft.message.kind().name().to_owned(),
            recipient: draft.to.clone(),
            first_line: record::first_line(draft),
            file: begin.file.map(str::to_owned),
            search: history::search_text(begin.profile, begin.gateway.name(), draft),
            draft: record::draft(draft),
            request: record::request(begin.request),
            is_held: state == SendState::Held,
        }
    }

    /// Writes the message into the store, if that does not have it. It belongs to the store of this
    /// name.
    pub fn restore(&self, transaction: &Transaction<'_>, store: &str) -> Result<bool, StoreError> {
        let there: Option<i64> = transaction
            .query_row(
                "SELECT id FROM sent
                 WHERE started = ?1 AND profile = ?2 AND recipient = ?3 AND first_line = ?4",
                params![self.started, self.profile, self.recipient, self.first_line],
                |row| row.get(0),
            )
            .optional()?;
        let is_read =
            record::read_kind(&self.kind).is_some() && record::read_draft(&self.draft).is_ok();
        let Some(request) = record::read_request(&self.request).filter(|_| is_read) else {
            return Ok(false);
        };
        if there.is_some() {
            return Ok(false);
        }
        let state = if self.is_held {
            SendState::Held
        } else {
            SendState::Sending
        };
        transaction.execute(
            "INSERT INTO sent (store, started, profile, gateway, kind, recipient, first_line, file,
                state, search, fingerprint)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                store,
                self.started,
                self.profile,
                self.gateway,
                self.kind,
                self.recipient,
                self.first_line,
                self.file,
                state.name(),
                self.search,
                request.fingerprint(&self.profile),
            ],
        )?;
        transaction.execute(
            "INSERT INTO exchange (id, draft, request) VALUES (?1, ?2, ?3)",
            params![transaction.last_insert_rowid(), self.draft, self.request],
        )?;
        Ok(true)
    }
}

/// Writes what is on its way now, and returns when it is on the disk.
pub(super) fn write(mut file: &File, notes: &[Note]) -> io::Result<()> {
    let text = if notes.is_empty() {
        Vec::new()
    } else {
        serde_json::to_vec(notes)?
    };
    // Over what is there, and then cut: in between there is no moment with nothing in it.
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&text)?;
    file.set_len(text.len() as u64)?;
    file.sync_data()
}

/// What was on its way; nothing where that cannot be read.
pub(super) fn read(file: &File) -> Vec<Note> {
    let mut text = Vec::new();
    if file.take(MOST).read_to_end(&mut text).is_err() {
        return Vec::new();
    }
    serde_json::from_slice(&text).unwrap_or_default()
}
