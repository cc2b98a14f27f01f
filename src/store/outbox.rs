//! The outbox: what is being sent is written before its first byte leaves, what became of it after.
//!
//! A row is `sending` while its store runs. When that is gone without a word, nobody knows whether
//! the gateway took the message: the row is `unknown`, and in doubt until somebody says what it was.
//! One that waits for its turn is `held`: nothing of it was sent, and where its store is gone it is
//! `not-sent`.

use std::fmt;

use rusqlite::{Connection, Transaction, params};

use super::in_flight::Note;
use super::running::Running;
use super::{Entry, Origin, Store, StoreError, history, origin, record};
use crate::gateway::wire::{Request, Response};
use crate::gateway::{Exchange, GatewayKind, Outcome, Refusal};
use crate::message::{Draft, folded};

/// A message's number in the outbox and in the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SendId(pub i64);

/// A message that is about to be sent.
#[derive(Debug, Clone, Copy)]
pub struct Begin<'a> {
    /// The profile's name.
    pub profile: &'a str,
    /// Its gateway.
    pub gateway: GatewayKind,
    /// What is sent.
    pub draft: &'a Draft,
    /// How the gateway says it, the token's place in it.
    pub request: &'a Request,
    /// The name of the message file that it came from.
    pub file: Option<&'a str>,
    /// When, in Unix milliseconds.
    pub now: i64,
    /// The message in doubt that this one is sent in place of; it is settled with it.
    pub again: Option<SendId>,
    /// The draft that it is sent from, which is forgotten when the message is accepted, unless it was
    /// changed since.
    pub from: Option<&'a Origin>,
}

/// What is known of a message.
#[derive(strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SendState {
    /// It is under way.
    Sending,
    /// It waits for its turn: nothing of it was sent yet.
    Held,
    /// The gateway took it.
    Accepted,
    /// The gateway did not take it, and said so.
    Rejected,
    /// It did not reach the gateway.
    NotSent,
    /// Nothing says whether the gateway took it.
    Unknown,
}

/// What somebody said about a message whose outcome was unknown.
#[derive(strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Resolution {
    /// It was sent.
    Sent,
    /// It is to stay unknown.
    Kept,
    /// Another was sent in its place.
    Again,
}

impl fmt::Display for SendId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl SendState {
    /// The name in reports: `sending`, `held`, `accepted`, `rejected`, `not-sent`, `unknown`.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// A refusal without an answer is the client's own: nothing was taken because nothing arrived. So
    /// is one that was stopped before it was tried again; the answer is that of the attempt before.
    fn of(outcome: &Outcome, response: Option<&Response>) -> Self {
        match (outcome, response) {
            (Outcome::Accepted { .. }, _) => Self::Accepted,
            (Outcome::Rejected(refusal), Some(_)) if refusal.code != Refusal::CANCELLED => {
                Self::Rejected
            }
            (Outcome::Rejected(_), _) => Self::NotSent,
            (Outcome::Unknown(_), _) => Self::Unknown,
        }
    }
}

impl Resolution {
    /// The name in reports: `sent`, `kept`, `again`.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// What it is found by: its name is a part of it, and so are the words of lists.
    const fn words(self) -> &'static str {
        match self {
            Self::Sent => "marked as sent",
            Self::Kept => "kept",
            Self::Again => "sent again",
        }
    }
}

impl Store {
    /// Writes that a message is about to be sent. When this returns, it is on the disk: send it after
    /// that, and not before.
    ///
    /// # Errors
    /// When the store cannot be written, or what it is sent in place of has been settled already, in
    /// another composer perhaps. Then nothing was written.
    pub fn begin(&mut self, begin: &Begin<'_>) -> Result<SendId, StoreError> {
        let state = SendState::Sending;
        let id =
            self.write_durably(|transaction, running| insert(transaction, running, begin, state))?;
        self.running.note(Note::new(id, begin, state));
        Ok(id)
    }

    /// Writes that a message waits for its turn; what it is sent in place of stays in doubt until that
    /// comes.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn hold(&mut self, begin: &Begin<'_>) -> Result<SendId, StoreError> {
        let state = SendState::Held;
        let id =
            self.write_durably(|transaction, running| insert(transaction, running, begin, state))?;
        self.running.note(Note::new(id, begin, state));
        Ok(id)
    }

    /// Writes that a message which waited is about to be sent, in place of one in doubt perhaps: as
    /// [`Self::begin`].
    ///
    /// # Errors
    /// As [`Self::begin`], and when it does not wait any more.
    pub fn begin_held(&mut self, id: SendId, again: Option<SendId>) -> Result<(), StoreError> {
        self.write_durably(|transaction, running| {
            if let Some(again) = again {
                resolve(transaction, again, Resolution::Again, None)?;
            }
            let begun = transaction.execute(
                "UPDATE sent SET state = 'sending'
                 WHERE id = ?1 AND state = 'held' AND store = ?2",
                params![id.0, running.name],
            )?;
            changed(transaction, id, begun)
        })?;
        self.running.note_begun(id);
        Ok(())
    }

    /// Writes what became of a message, the client having cut the token out of the answer.
    ///
    /// # Errors
    /// When there is no such message, its end was written already, or the store cannot be written.
    pub fn finish(&mut self, id: SendId, exchange: &Exchange, now: i64) -> Result<(), StoreError> {
        let Exchange {
            request: _,
            response,
            outcome,
            elapsed,
            attempts,
        } = exchange;
        let elapsed = i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX);
        self.write_durably(|transaction, _| {
            let status = response.as_ref().map(|response| response.status);
            let state = SendState::of(outcome, response.as_ref());
            let message_id = outcome.message_id();
            end(transaction, id, state, message_id, now)?;
            transaction.execute(
                "UPDATE sent SET status = ?2, attempts = ?3, elapsed = ?4 WHERE id = ?1",
                params![id.0, status, attempts, elapsed],
            )?;
            let response = response.as_ref();
            transaction.execute(
                "UPDATE exchange SET headers = ?2, body = ?3, truncated = ?4, refusal = ?5
                 WHERE id = ?1",
                params![
                    id.0,
                    response.map(|response| record::headers(&response.headers)),
                    response.map(|response| response.body.as_slice()),
                    response.map(|response| response.truncated),
                    outcome.refusal().map(record::refusal),
                ],
            )?;
            if state == SendState::Accepted {
                origin::forget(transaction, id, now)?;
            }
            Ok(())
        })?;
        self.running.strike(id);
        Ok(())
    }

    /// Writes that a message was given up before anything was opened for it.
    ///
    /// # Errors
    /// As [`Self::finish`].
    pub fn finish_unsent(&mut self, id: SendId, why: &Refusal, now: i64) -> Result<(), StoreError> {
        self.write_durably(|transaction, _| {
            end(transaction, id, SendState::NotSent, None, now)?;
            transaction.execute(
                "UPDATE sent SET attempts = 0, elapsed = 0 WHERE id = ?1",
                [id.0],
            )?;
            transaction.execute(
                "UPDATE exchange SET refusal = ?2 WHERE id = ?1",
                params![id.0, record::refusal(why)],
            )?;
            Ok(())
        })?;
        self.running.strike(id);
        Ok(())
    }

    /// A time in Unix milliseconds as the clock of this machine shows it: `14:32`; nothing where that
    /// cannot be known.
    pub fn time_of_day(&self, time: i64) -> String {
        let sql = "SELECT strftime('%H:%M', ?1 / 1000, 'unixepoch', 'localtime')";
        let read = self.read(|connection, _| {
            let mut statement = connection.prepare_cached(sql)?;
            Ok(statement.query_row([time], |row| row.get::<_, Option<String>>(0))?)
        });
        read.ok().flatten().unwrap_or_default()
    }

    /// The messages in doubt: their store ended while they were under way, and nobody has said yet
    /// what became of them. The oldest comes first.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn interrupted(&mut self) -> Result<Vec<Entry>, StoreError> {
        if self.read(|connection, running| Ok(!gone(connection, running)?.is_empty()))? {
            self.write(settle)?;
        }
        self.read(|connection, _| history::in_doubt(connection))
    }

    /// The messages that waited for their turn when their store ended, each told once: nothing of them
    /// was sent. The oldest comes first.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn never_begun(&mut self) -> Result<Vec<Entry>, StoreError> {
        if self.read(|connection, running| Ok(!gone(connection, running)?.is_empty()))? {
            self.write(settle)?;
        }
        let entries = self.read(|connection, _| history::never_begun(connection))?;
        if !entries.is_empty() {
            self.write(|transaction, _| {
                transaction.execute(
                    "UPDATE sent SET ended = started WHERE state = 'not-sent' AND ended IS NULL",
                    [],
                )?;
                Ok(())
            })?;
        }
        Ok(entries)
    }

    /// Marks a message of unknown outcome as sent, with its id where that was found out. The draft that
    /// it was sent from is forgotten with it, as after [`Self::finish`].
    ///
    /// # Errors
    /// When it is settled already, in another composer perhaps, or when the store cannot be written.
    pub fn mark_sent(&mut self, id: SendId, message_id: Option<&str>) -> Result<(), StoreError> {
        self.write(|transaction, _| {
            resolve(transaction, id, Resolution::Sent, message_id)?;
            let started = "SELECT started FROM sent WHERE id = ?1";
            let started = transaction.query_row(started, [id.0], |row| row.get(0))?;
            origin::forget(transaction, id, started)
        })
    }

    /// Writes that a message of unknown outcome was taken, as its gateway's journal proves. The draft that
    /// it was sent from is forgotten with it, as after [`Self::finish`].
    ///
    /// # Errors
    /// When it is not unknown any more, or when the store cannot be written.
    pub fn found_out(&mut self, id: SendId, message_id: &str, now: i64) -> Result<(), StoreError> {
        let found = folded(&format!("\naccepted\n{message_id}"));
        self.write_durably(|transaction, _| {
            let written = transaction.execute(
                "UPDATE sent SET state = 'accepted', resolution = NULL, message_id = ?2,
                    ended = coalesce(ended, ?3), search = search || ?4
                 WHERE id = ?1 AND state = 'unknown'
                    AND (resolution IS NULL OR resolution = 'kept')",
                params![id.0, message_id, now, found],
            )?;
            changed(transaction, id, written)?;
            origin::forget(transaction, id, now)
        })
    }

    /// Puts a message of unknown outcome in doubt, as if its program had ended under way.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn put_in_doubt(&mut self, id: SendId) -> Result<(), StoreError> {
        self.write(|transaction, _| {
            transaction.execute(
                "UPDATE sent SET ended = NULL
                 WHERE id = ?1 AND state = 'unknown' AND resolution IS NULL",
                [id.0],
            )?;
            Ok(())
        })
    }

    /// Leaves a message of unknown outcome as it is: nobody is asked about it again.
    ///
    /// # Errors
    /// As [`Self::mark_sent`].
    pub fn keep_unknown(&mut self, id: SendId) -> Result<(), StoreError> {
        self.write(|transaction, _| resolve(transaction, id, Resolution::Kept, None))
    }
}

/// Writes that a message is about to be sent, or is held.
pub(super) fn insert(
    transaction: &Transaction<'_>,
    running: &Running,
    begin: &Begin<'_>,
    state: SendState,
) -> Result<SendId, StoreError> {
    if let Some(id) = begin.again.filter(|_| state == SendState::Sending) {
        resolve(transaction, id, Resolution::Again, None)?;
    }
    transaction
        .prepare_cached(
            "INSERT INTO sent (store, started, profile, gateway, kind, recipient,
                first_line, file, state, search, fingerprint)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            running.name,
            begin.now,
            begin.profile,
            begin.gateway.name(),
            begin.draft.message.kind().name(),
            begin.draft.to,
            record::first_line(begin.draft),
            begin.file,
            state.name(),
            history::search_text(begin.profile, begin.gateway.name(), begin.draft),
            begin.request.fingerprint(begin.profile),
        ])?;
    let id = SendId(transaction.last_insert_rowid());
    transaction
        .prepare_cached("INSERT INTO exchange (id, draft, request) VALUES (?1, ?2, ?3)")?
        .execute(params![
            id.0,
            record::draft(begin.draft),
            record::request(begin.request)
        ])?;
    origin::note(transaction, id, begin.from, begin.again)?;
    Ok(id)
}

/// Puts in doubt what was under way in stores that are gone; what they held was not sent.
pub(super) fn settle(transaction: &Transaction<'_>, running: &Running) -> Result<(), StoreError> {
    for store in gone(transaction, running)? {
        transaction.execute(
            "UPDATE sent SET state = 'not-sent', attempts = 0, elapsed = 0,
                search = search || char(10) || 'not-sent'
             WHERE state = 'held' AND store = ?1",
            [&store],
        )?;
        transaction.execute(
            "UPDATE sent SET state = 'unknown', search = search || char(10) || 'unknown'
             WHERE state = 'sending' AND store = ?1",
            [store],
        )?;
    }
    Ok(())
}

/// The stores that are gone and left something under way.
fn gone(connection: &Connection, running: &Running) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT store FROM sent WHERE state = 'sending'
             UNION SELECT store FROM sent WHERE state = 'held'",
    )?;
    let stores: Vec<String> = statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let gone = stores.into_iter().filter(|name| !running.is_running(name));
    Ok(gone.collect())
}

/// Closes a row. One that was put in doubt meanwhile is closed too: its process knows better.
fn end(
    transaction: &Transaction<'_>,
    id: SendId,
    state: SendState,
    message_id: Option<&str>,
    now: i64,
) -> Result<(), StoreError> {
    let found = format!("\n{}\n{}", state.name(), message_id.unwrap_or_default());
    let ended = transaction.execute(
        "UPDATE sent SET state = ?2, message_id = ?3, ended = ?4, search = search || ?5
         WHERE id = ?1 AND ended IS NULL",
        params![id.0, state.name(), message_id, now, folded(&found)],
    )?;
    changed(transaction, id, ended)
}

fn resolve(
    transaction: &Transaction<'_>,
    id: SendId,
    resolution: Resolution,
    message_id: Option<&str>,
) -> Result<(), StoreError> {
    let found = format!(
        "\n{}\n{}",
        resolution.words(),
        message_id.unwrap_or_default()
    );
    // What was left unknown can still be found out.
    let resolved = transaction.execute(
        "UPDATE sent SET resolution = ?2, message_id = coalesce(?3, message_id),
            search = search || ?4
         WHERE id = ?1 AND state = 'unknown'
            AND (resolution IS NULL OR resolution = 'kept' AND ?2 <> 'kept')",
        params![id.0, resolution.name(), message_id, folded(&found)],
    )?;
    changed(transaction, id, resolved)
}

/// Nothing to change: the message is not there, or no longer as it would have to be.
fn changed(transaction: &Transaction<'_>, id: SendId, rows: usize) -> Result<(), StoreError> {
    if rows > 0 {
        return Ok(());
    }
    let mut statement = transaction.prepare_cached("SELECT 1 FROM sent WHERE id = ?1")?;
    if statement.exists([id.0])? {
        Err(StoreError::Settled(id))
    } else {
        Err(StoreError::NoMessage(id))
    }
}
