//! The same again: whether a message that is about to be sent was taken lately, or may have been, in any
//! run of the program.
//!
//! Messages are found by the [fingerprint](Request::fingerprint) of their request, which has an index,
//! and then compared by the request itself. What was refused, or never left, is no reason against
//! sending; what is under way is one, whoever sends it.

use std::fmt;

use rusqlite::{Connection, Transaction, params};

use super::in_flight::Note;
use super::running::Running;
use super::{Begin, SendId, SendState, Store, StoreError, outbox, record};
use crate::gateway::journal::{LookedUp, Traced, Verdict};
use crate::gateway::wire::Request;

/// The same message, sent before. Its texts are as they were answered: show them through
/// [`visible`](crate::visible).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    /// Its number; `None` where it is in no store.
    pub id: Option<SendId>,
    /// When it was sent, in Unix milliseconds.
    pub started: i64,
    /// The same in the time of this machine: `2026-03-01 14:32:05`; empty where that is not known.
    pub started_local: String,
    /// What is known of it.
    pub state: TwinState,
    /// The gateway's id of it.
    pub message_id: Option<String>,
}

/// What is known of a message that was sent before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TwinState {
    /// The gateway took it, or somebody marked it as sent.
    Accepted,
    /// Nobody knows whether the gateway took it.
    Unknown,
    /// It is being sent, by this program or another one.
    UnderWay,
}

/// What became of the wish to send a message that is not to be sent twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// It is in the outbox: send it.
    New(SendId),
    /// The same was sent before, or may have been: nothing was written.
    Before(Twin),
}

impl Twin {
    /// For how long a message counts as sent lately, in milliseconds.
    pub const WITHIN: i64 = 24 * 60 * 60 * 1000;

    /// Whether it was taken for certain.
    pub fn is_accepted(&self) -> bool {
        self.state == TwinState::Accepted
    }
}

impl fmt::Display for Twin {
    /// For people: `already sent 2026-03-01 14:32:05 as 3EB0…`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.state {
            TwinState::Accepted => "already sent",
            TwinState::Unknown | TwinState::UnderWay => "may have been sent",
        })?;
        if !self.started_local.is_empty() {
            write!(f, " {}", self.started_local)?;
        }
        match (self.state, &self.message_id) {
            (TwinState::Accepted, Some(id)) => write!(f, " as {id}"),
            (TwinState::Accepted, None) => Ok(()),
            (TwinState::Unknown, _) => f.write_str(": its outcome is unknown"),
            (TwinState::UnderWay, _) => f.write_str(": it is being sent just now"),
        }
    }
}

impl Store {
    /// The same message, sent through the same profile in the last 24 hours: one that was taken where
    /// there is one, with its id if any has one, else one that may have been; of these the newest. By a clock that was set back,
    /// messages are from the future: they count too.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn same_again(
        &self,
        profile: &str,
        request: &Request,
        now: i64,
    ) -> Result<Option<Twin>, StoreError> {
        let sought = Sought {
            profile,
            request,
            now,
            again: None,
        };
        self.read(|connection, running| find(connection, running, sought))
    }

    /// As [`Self::begin`], unless the same was sent before: then nothing is written. Looking and
    /// writing are one step, so that of two that begin at once only one does. For a message that is
    /// sent in place of one in doubt, others in doubt are no reason against it.
    ///
    /// # Errors
    /// As [`Self::begin`].
    pub fn begin_unless_same(&mut self, begin: &Begin<'_>) -> Result<Begun, StoreError> {
        self.insert_unless_same(begin, SendState::Sending)
    }

    /// As [`Self::hold`], unless the same was sent before, as [`Self::begin_unless_same`].
    ///
    /// # Errors
    /// As [`Self::hold`].
    pub fn hold_unless_same(&mut self, begin: &Begin<'_>) -> Result<Begun, StoreError> {
        self.insert_unless_same(begin, SendState::Held)
    }

    fn insert_unless_same(
        &mut self,
        begin: &Begin<'_>,
        state: SendState,
    ) -> Result<Begun, StoreError> {
        let written = self.write_durably(|transaction, running| {
            let sought = Sought {
                profile: begin.profile,
                request: begin.request,
                now: begin.now,
                again: begin.again,
            };
            match find(transaction, running, sought)? {
                Some(twin) => Ok(Begun::Before(twin)),
                None => outbox::insert(transaction, running, begin, state).map(Begun::New),
            }
        })?;
        if let Begun::New(id) = &written {
            self.running.note(Note::new(*id, begin, state));
        }
        Ok(written)
    }

    /// What a gateway's journal proves of a message of unknown outcome, now that those are left out
    /// which the history has as others. Where it proves that the message was taken, that is written.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn trace(
        &mut self,
        id: SendId,
        mut traced: Traced,
        now: i64,
    ) -> Result<Verdict, StoreError> {
        self.leave_out_others(id, &mut traced.found)?;
        let verdict = traced.verdict();
        if let Verdict::Taken(found) = &verdict {
            self.found_out(id, &found.message_id, now)?;
        }
        Ok(verdict)
    }

    /// Leaves out what the history has as other messages: that is not this one, however alike they are.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn leave_out_others(&self, id: SendId, found: &mut LookedUp) -> Result<(), StoreError> {
        let ids: Vec<String> = found.ids().map(str::to_owned).collect();
        for (message_id, state) in self.ids_of_others(id, &ids)? {
            found.leave_out(&message_id, state == SendState::Accepted);
        }
        Ok(())
    }

    /// A time, in Unix milliseconds, in the time of this machine: `2026-03-01 14:32:05`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn local_time(&self, time: i64) -> Result<String, StoreError> {
        self.read(|connection, _| {
            let sql = "SELECT strftime('%Y-%m-%d %H:%M:%S', ?1 / 1000, 'unixepoch', 'localtime')";
            let mut statement = connection.prepare_cached(sql)?;
            let local: Option<String> = statement.query_row([time], |row| row.get(0))?;
            Ok(local.unwrap_or_default())
        })
    }
}

/// What is looked for.
#[derive(Clone, Copy)]
struct Sought<'a> {
    profile: &'a str,
    request: &'a Request,
    now: i64,
    /// The message in doubt that it is sent in place of.
    again: Option<SendId>,
}

/// The messages that may be it, the newest first.
const CANDIDATES: &str = "SELECT id, started,
        strftime('%Y-%m-%d %H:%M:%S', started / 1000, 'unixepoch', 'localtime'),
        state, resolution, message_id, store, request
     FROM sent JOIN exchange USING (id)
     WHERE fingerprint = ?1 AND profile = ?2 AND started >= ?3
        AND state IN ('accepted', 'unknown', 'sending', 'held')
     ORDER BY id DESC";

fn find(
    connection: &Connection,
    running: &Running,
    sought: Sought<'_>,
) -> Result<Option<Twin>, StoreError> {
    let Sought {
        profile,
        request,
        now,
        again,
    } = sought;
    let mut statement = connection.prepare_cached(CANDIDATES)?;
    let since = now.saturating_sub(Twin::WITHIN);
    let mut rows = statement.query(params![request.fingerprint(profile), profile, since])?;
    let mut best: Option<Twin> = None;
    while let Some(row) = rows.next()? {
        let id = SendId(row.get(0)?);
        let (state, resolution): (String, Option<String>) = (row.get(3)?, row.get(4)?);
        let store: String = row.get(6)?;
        let state = match (state.as_str(), resolution.as_deref()) {
            ("accepted", _) | (_, Some("sent")) => TwinState::Accepted,
            ("sending" | "held", _) if running.is_running(&store) => TwinState::UnderWay,
            // Its composer is gone, and nothing of it was sent.
            ("held", _) => continue,
            // One that another was sent in place of, too: that one may never have been taken.
            _ => TwinState::Unknown,
        };
        let is_known = again == Some(id) || again.is_some() && state == TwinState::Unknown;
        let message_id: Option<String> = row.get(5)?;
        let worth = |state, has_id| (state == TwinState::Accepted, has_id);
        let is_worse = best.as_ref().is_some_and(|best| {
            worth(state, message_id.is_some()) <= worth(best.state, best.message_id.is_some())
        });
        if is_known || is_worse {
            continue;
        }
        let kept: String = row.get(7)?;
        // One that cannot be read is not known from others: better asked once too often.
        if record::read_request(&kept).is_some_and(|kept| !kept.says_the_same(request)) {
            continue;
        }
        let twin = Twin {
            id: Some(id),
            started: row.get(1)?,
            started_local: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
            state,
            message_id,
        };
        let is_best = twin.is_accepted() && twin.message_id.is_some();
        best = Some(twin);
        if is_best {
            break;
        }
    }
    Ok(best)
}

/// Gives every message its fingerprint. One whose request cannot be read has none.
pub(super) fn fill(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    let mut rows =
        transaction.prepare("SELECT id, profile, request FROM sent JOIN exchange USING (id)")?;
    let mut rows = rows.query([])?;
    let mut fill = transaction.prepare("UPDATE sent SET fingerprint = ?2 WHERE id = ?1")?;
    while let Some(row) = rows.next()? {
        let (id, profile, request): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if let Some(request) = record::read_request(&request) {
            fill.execute(params![id, request.fingerprint(&profile)])?;
        }
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::*;

    /// Whatever else is in the history, only messages of the same fingerprint are looked at.
    #[test]
    fn it_is_found_by_an_index() {
        let store = Store::in_memory().unwrap();
        let mut statement = store
            .connection
            .prepare(&format!("EXPLAIN QUERY PLAN {CANDIDATES}"))
            .unwrap();
        let steps: Vec<String> = statement
            .query_map(params![1, "p", 2], |row| row.get(3))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert!(steps[0].contains("INDEX sent_fingerprint"), "{steps:?}");
        assert!(
            !steps.iter().any(|step| step.contains("TEMP B-TREE")),
            "{steps:?}"
        );
    }
}
