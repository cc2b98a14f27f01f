//! The draft that a message was sent from: once the message was accepted, it is no draft any more,
//! unless it was changed since.
//!
//! A draft that has a name stays in the list; it is only not open any more.

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::{DraftId, SendId, StoreError, last_open, record};
use crate::message::Draft;

/// The draft that a message is sent from.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// Its number.
    pub draft: DraftId,
    /// What it held: what is sent has its variables filled in and its picture loaded.
    pub source: Draft,
}

/// A message that was sent from a draft, the draft being as it was then, and whose outcome is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InDoubt {
    /// The message's number.
    pub id: SendId,
    /// When it was sent, in the time of this machine: `11:08`, and `11-29` where that was another day.
    pub at: String,
}

/// Notes what a message is sent from. Sent in the place of another one, it is from the same draft.
pub(super) fn note(
    transaction: &Transaction<'_>,
    id: SendId,
    origin: Option<&Origin>,
    again: Option<SendId>,
) -> Result<(), StoreError> {
    match (origin, again) {
        (Some(Origin { draft, source }), _) => transaction
            .prepare_cached("INSERT INTO origin (id, draft, source) VALUES (?1, ?2, ?3)")?
            .execute(params![id.0, draft.0, record::draft(source)])?,
        (None, Some(again)) => transaction
            .prepare_cached(
                "INSERT INTO origin (id, draft, source)
                 SELECT ?1, draft, source FROM origin WHERE id = ?2",
            )?
            .execute([id.0, again.0])?,
        (None, None) => 0,
    };
    Ok(())
}

/// Forgets the draft that a message was sent from, if that is still what it was.
pub(super) fn forget(
    transaction: &Transaction<'_>,
    id: SendId,
    now: i64,
) -> Result<(), StoreError> {
    let found = transaction
        .prepare_cached(
            "SELECT draft.id, source, body FROM origin JOIN draft ON draft.id = origin.draft
             WHERE origin.id = ?1 AND deleted IS NULL",
        )?
        .query_row([id.0], |row| {
            Ok((
                DraftId(row.get(0)?),
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
            ))
        })
        .optional()?;
    let Some((draft, source, body)) = found else {
        return Ok(());
    };
    if !is_same(&source, &body) {
        return Ok(());
    }
    transaction.execute(
        "UPDATE draft SET deleted = ?2 WHERE id = ?1 AND name IS NULL",
        params![draft.0, now],
    )?;
    last_open::note_gone(transaction, draft)
}

/// The message that was sent last from a draft, if nobody knows whether the gateway took it and the
/// draft is still what it was.
pub(super) fn in_doubt(
    connection: &Connection,
    draft: DraftId,
    body: &str,
    now: i64,
) -> Result<Option<InDoubt>, StoreError> {
    let found = connection
        .prepare_cached(
            "SELECT id, source, state = 'unknown' AND
                    (resolution IS NULL OR resolution = 'kept'),
                strftime(iif(date(started / 1000, 'unixepoch', 'localtime')
                    = date(?2 / 1000, 'unixepoch', 'localtime'), '%H:%M', '%m-%d'),
                    started / 1000, 'unixepoch', 'localtime')
             FROM origin JOIN sent USING (id) WHERE draft = ?1 ORDER BY id DESC LIMIT 1",
        )?
        .query_row([draft.0, now], |row| {
            let source: String = row.get(1)?;
            let is_unknown: bool = row.get(2)?;
            let at: Option<String> = row.get(3)?;
            let id = SendId(row.get(0)?);
            let at = at.unwrap_or_default();
            Ok((is_unknown, source, InDoubt { id, at }))
        })
        .optional()?;
    let found = found.filter(|(is_unknown, source, _)| *is_unknown && is_same(source, body));
    Ok(found.map(|(.., sent)| sent))
}

/// Whether two kept drafts are the same message. One that cannot be read is none.
fn is_same(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    match (record::read_draft(one), record::read_draft(other)) {
        (Ok(one), Ok(other)) => one.is_same_message(&other),
        _ => false,
    }
}
