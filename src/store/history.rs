//! The history: everything that was sent, listed, searched, and looked at one by one.
//!
//! Searching is for parts of words, whatever their case, in the profile, gateway, kind, recipient
//! (its digits alone too), text, outcome, what somebody said about it, and message id. Each row keeps
//! these in lower case, by Unicode's rules, and is looked through: `SQLite`'s own comparison knows the
//! case of ASCII alone.

use std::time::Duration;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params, params_from_iter};

use super::outbox::{Resolution, SendId, SendState};
use super::{Store, StoreError, record};
use crate::gateway::wire::{Request, Response};
use crate::gateway::{GatewayKind, Outcome, Refusal};
use crate::message::{Draft, Kind, folded};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// The most words that a search looks for; more are as good as none.
const MOST_WORDS: usize = 16;

/// A message as the history lists it. Its texts are as they were typed or answered: show them
/// through [`visible`](crate::visible).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub id: SendId,
    /// When it was sent, in Unix milliseconds.
    pub started: i64,
    /// The same in the time of this machine: `2026-03-01 14:32:07`.
    pub started_local: String,
    /// The same in UTC: `2026-03-01T17:32:07.123Z`.
    pub started_utc: String,
    /// When its outcome was written, in Unix milliseconds; `None` while it is under way, and when
    /// nothing was ever heard of it.
    pub ended: Option<i64>,
    /// The profile's name.
    pub profile: String,
    /// Its gateway.
    pub gateway: GatewayKind,
    /// The kind of message.
    pub kind: Kind,
    /// The recipient.
    pub to: String,
    /// The first line of the text with anything on it, 200 characters at the most.
    pub first_line: String,
    /// The message file that it came from.
    pub file: Option<String>,
    /// What is known of it.
    pub state: SendState,
    /// What somebody said about it when that was unknown.
    pub resolution: Option<Resolution>,
    /// The gateway's id of the message.
    pub message_id: Option<String>,
    /// The status of the answer.
    pub status: Option<u16>,
    /// How often it was tried; 0 where that is not known.
    pub attempts: u32,
    /// From the first attempt to the outcome.
    pub elapsed: Option<Duration>,
    /// What came instead of a message id.
    pub refusal: Option<Refusal>,
}

/// Where a page of the history begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageFrom {
    /// With the newest message.
    Newest,
    /// With the first one that is older than this one.
    Before(SendId),
    /// So that it ends with the first one that is newer than this one.
    After(SendId),
    /// So that it ends with the oldest one.
    Oldest,
}

/// A message with everything that is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    /// What the list shows.
    pub entry: Entry,
    /// What was sent.
    pub draft: Draft,
    /// How the gateway says it.
    pub request: Request,
    /// What was answered, if anything was.
    pub response: Option<Response>,
}

impl Sent {
    /// What became of it; `None` while it is under way, and when nothing was ever heard of it.
    pub fn outcome(&self) -> Option<Outcome> {
        let refusal = self.entry.refusal.clone();
        match self.entry.state {
            SendState::Accepted => {
                let message_id = self.entry.message_id.clone()?;
                Some(Outcome::Accepted { message_id })
            }
            SendState::Rejected | SendState::NotSent => refusal.map(Outcome::Rejected),
            SendState::Unknown => refusal.map(Outcome::Unknown),
            SendState::Sending | SendState::Held => None,
        }
    }
}

impl Store {
    /// The newest messages in which every word of a search is found, at most so many; with `before`,
    /// those that are older than that one. An empty search finds all.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn history(
        &self,
        search: &str,
        before: Option<SendId>,
        at_most: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        let from = before.map_or(PageFrom::Newest, PageFrom::Before);
        self.history_page(search, None, from, at_most)
    }

    /// A page of the messages in which every word of a search is found, the newest first, at most so
    /// many; with a state, only those of that one. What was marked as sent counts as accepted.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn history_page(
        &self,
        search: &str,
        state: Option<SendState>,
        from: PageFrom,
        at_most: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        let search = folded(search);
        let words: Vec<&str> = search.split_whitespace().take(MOST_WORDS).collect();
        let found = " AND instr(search, ?)".repeat(words.len());
        let of_state = state.map_or("", of_state);
        let (is_upwards, id) = match from {
            PageFrom::Newest => (false, i64::MAX),
            PageFrom::Before(id) => (false, id.0),
            PageFrom::After(id) => (true, id.0),
            PageFrom::Oldest => (true, i64::MIN),
        };
        let (border, order) = if is_upwards {
            (">", "ASC")
        } else {
            ("<", "DESC")
        };
        let sql =
            format!("{ENTRIES} WHERE id {border} ?{found}{of_state} ORDER BY id {order} LIMIT ?");
        let mut values = vec![Value::from(id)];
        values.extend(words.into_iter().map(|word| Value::from(word.to_owned())));
        values.push(Value::from(i64::try_from(at_most).unwrap_or(i64::MAX)));
        let mut page = self.read(|connection, _| {
            let mut statement = connection.prepare_cached(&sql)?;
            entries(statement.query(params_from_iter(&values))?)
        })?;
        if is_upwards {
            page.reverse();
        }
        Ok(page)
    }

    /// Those of some message ids that the history has for other messages of the same gateway, with
    /// what is known of each.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn ids_of_others(
        &self,
        id: SendId,
        message_ids: &[String],
    ) -> Result<Vec<(String, SendState)>, StoreError> {
        let places = vec!["?"; message_ids.len()].join(", ");
        let sql = format!(
            "SELECT message_id, state FROM sent WHERE message_id IN ({places}) AND id <> ?
                AND gateway = (SELECT gateway FROM sent WHERE id = ?)"
        );
        let ids = message_ids.iter().map(|id| Value::from(id.clone()));
        let values: Vec<Value> = ids.chain([Value::from(id.0), Value::from(id.0)]).collect();
        self.read(|connection, _| {
            let mut statement = connection.prepare(&sql)?;
            let mut rows = statement.query(params_from_iter(&values))?;
            let mut others = Vec::new();
            while let Some(row) = rows.next()? {
                let state: String = row.get(1)?;
                // A state that is not known says nothing for certain.
                let state = state.parse().ok();
                others.push((row.get(0)?, state.unwrap_or(SendState::Unknown)));
            }
            Ok(others)
        })
    }

    /// A message with its request and answer.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn sent(&self, id: SendId) -> Result<Sent, StoreError> {
        self.read(|connection, _| {
            let found = connection
                .query_row(&format!("{ENTRIES} WHERE id = ?1"), [id.0], |row| {
                    Ok(entry(row))
                })
                .optional()?;
            let entry = found.ok_or(StoreError::NoMessage(id))??;
            exchange(connection, entry)
        })
    }
}

/// What limits a page to those of a state.
const fn of_state(state: SendState) -> &'static str {
    match state {
        SendState::Sending => " AND state = 'sending'",
        SendState::Held => " AND state = 'held'",
        SendState::Accepted => {
            " AND (state = 'accepted' OR state = 'unknown' AND resolution IS 'sent')"
        }
        SendState::Rejected => " AND state = 'rejected'",
        SendState::NotSent => " AND state = 'not-sent'",
        SendState::Unknown => " AND state = 'unknown' AND resolution IS NOT 'sent'",
    }
}

/// What an [`Entry`] is made of.
const ENTRIES: &str = "SELECT id, started,
        strftime('%Y-%m-%d %H:%M:%S', started / 1000, 'unixepoch', 'localtime'),
        strftime('%Y-%m-%dT%H:%M:%fZ', started / 1000.0, 'unixepoch'),
        ended, profile, gateway, kind, recipient, first_line, file, state, resolution, message_id,
        status, attempts, elapsed, refusal
     FROM sent LEFT JOIN exchange USING (id)";

/// The messages that were under way when their store ended, and that nobody has said anything about.
pub(super) fn in_doubt(connection: &Connection) -> Result<Vec<Entry>, StoreError> {
    let sql = format!(
        "{ENTRIES} WHERE state = 'unknown' AND ended IS NULL AND resolution IS NULL ORDER BY id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    entries(statement.query([])?)
}

/// The messages that were held when their store ended, and that nobody was told of.
pub(super) fn never_begun(connection: &Connection) -> Result<Vec<Entry>, StoreError> {
    let sql = format!("{ENTRIES} WHERE state = 'not-sent' AND ended IS NULL ORDER BY id");
    let mut statement = connection.prepare_cached(&sql)?;
    entries(statement.query([])?)
}

/// Forgets what was sent more than so many days ago, unless it is under way or in doubt.
pub(super) fn purge(
    transaction: &Transaction<'_>,
    now: i64,
    days: u32,
) -> Result<usize, StoreError> {
    if days == 0 {
        return Ok(0);
    }
    let before = now.saturating_sub(i64::from(days) * DAY);
    Ok(transaction.execute(
        "DELETE FROM sent
         WHERE started < ?1 AND state NOT IN ('sending', 'held')
            AND NOT (state = 'unknown' AND ended IS NULL AND resolution IS NULL)",
        [before],
    )?)
}

/// Everything about a message that is searched, but what is not known yet when it is begun.
pub(super) fn search_text(profile: &str, gateway: &str, draft: &Draft) -> String {
    let digits: String = draft.to.chars().filter(char::is_ascii_digit).collect();
    let kind = draft.message.kind().name();
    let fields = draft.text_fields();
    let texts = fields.iter().filter_map(|field| draft.text_at(*field));
    let words: Vec<&str> = [profile, gateway, kind, &digits]
        .into_iter()
        .chain(texts)
        .collect();
    folded(&words.join("\n"))
}

/// Gives every row what is searched in it.
pub(super) fn fill_search(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    let mut rows = transaction.prepare(
        "SELECT id, profile, gateway, state, message_id, draft FROM sent JOIN exchange USING (id)",
    )?;
    let mut rows = rows.query([])?;
    let mut fill = transaction.prepare("UPDATE sent SET search = ?2 WHERE id = ?1")?;
    while let Some(row) = rows.next()? {
        let (id, profile, gateway): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (state, message_id): (String, Option<String>) = (row.get(3)?, row.get(4)?);
        // A draft that cannot be read is found by the rest.
        let draft = record::read_draft(&row.get::<_, String>(5)?).unwrap_or_default();
        let search = search_text(&profile, &gateway, &draft);
        let ending = folded(&format!("\n{state}\n{}", message_id.unwrap_or_default()));
        fill.execute(params![id, search + &ending])?;
    }
    Ok(())
}

fn entries(mut rows: rusqlite::Rows<'_>) -> Result<Vec<Entry>, StoreError> {
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(entry(row)?);
    }
    Ok(entries)
}

fn entry(row: &Row<'_>) -> Result<Entry, StoreError> {
    let id = row.get(0)?;
    let unreadable = |name: String| StoreError::Unreadable {
        what: "message",
        id,
        why: format!("{name:?} is not known"),
    };
    let gateway: String = row.get(6)?;
    let kind: String = row.get(7)?;
    let state: String = row.get(11)?;
    let resolution: Option<String> = row.get(12)?;
    let elapsed: Option<i64> = row.get(16)?;
    let refusal: Option<String> = row.get(17)?;
    Ok(Entry {
        id: SendId(id),
        started: row.get(1)?,
        started_local: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
        started_utc: row.get::<_, Option<String>>(3)?.unwrap_or_default(),
        ended: row.get(4)?,
        profile: row.get(5)?,
        gateway: named(GatewayKind::ALL, GatewayKind::name, &gateway)
            .ok_or_else(|| unreadable(gateway))?,
        kind: record::read_kind(&kind).ok_or_else(|| unreadable(kind))?,
        to: row.get(8)?,
        first_line: row.get(9)?,
        file: row.get(10)?,
        state: state.parse().map_err(|_| unreadable(state))?,
        resolution: resolution.and_then(|name| name.parse().ok()),
        message_id: row.get(13)?,
        status: row.get(14)?,
        attempts: row.get::<_, Option<u32>>(15)?.unwrap_or_default(),
        elapsed: elapsed.map(|ms| Duration::from_millis(ms.unsigned_abs())),
        refusal: refusal.as_deref().and_then(record::read_refusal),
    })
}

fn exchange(connection: &Connection, entry: Entry) -> Result<Sent, StoreError> {
    let unreadable = |why: String| StoreError::Unreadable {
        what: "message",
        id: entry.id.0,
        why,
    };
    let (draft, request, headers, body, truncated): (
        String,
        String,
        Option<String>,
        Option<Vec<u8>>,
        Option<bool>,
    ) = connection
        .query_row(
            "SELECT draft, request, headers, body, truncated FROM exchange WHERE id = ?1",
            [entry.id.0],
            |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                ))
            },
        )
        .optional()?
        .ok_or_else(|| unreadable("it was in a part of the store that was damaged".to_owned()))?;
    let draft = record::read_draft(&draft).map_err(|error| unreadable(error.to_string()))?;
    let request = record::read_request(&request)
        .ok_or_else(|| unreadable("its request is not understood".to_owned()))?;
    let response = entry.status.map(|status| Response {
        status,
        headers: headers
            .as_deref()
            .and_then(record::read_headers)
            .unwrap_or_default(),
        body: body.unwrap_or_default(),
        truncated: truncated.unwrap_or_default(),
    });
    Ok(Sent {
        entry,
        draft,
        request,
        response,
    })
}

fn named<T: Copy, const N: usize>(
    all: [T; N],
    name: fn(T) -> &'static str,
    wanted: &str,
) -> Option<T> {
    all.into_iter().find(|known| name(*known) == wanted)
}
