//! The drafts of a file that was set aside: what can still be read of them goes into the new one.
//!
//! The file itself stays as it is.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Row, Transaction, params};

use super::{StoreError, record, schema};

/// A draft as it stands in its row.
struct Found {
    name: Option<String>,
    file: Option<Vec<u8>>,
    kind: String,
    recipient: String,
    first_line: String,
    body: String,
    created: i64,
    updated: i64,
    used: i64,
    base: Option<String>,
    aside: Option<String>,
}

/// Takes the drafts over, and says how many there were.
pub(super) fn drafts(transaction: &Transaction<'_>, from: &Path) -> Result<usize, StoreError> {
    let found = readable(from).unwrap_or_default();
    let mut insert = transaction.prepare(
        "INSERT INTO draft
            (name, file, kind, recipient, first_line, body, created, updated, used, base,
            aside)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    for draft in &found {
        insert.execute(params![
            draft.name,
            draft.file,
            draft.kind,
            draft.recipient,
            draft.first_line,
            draft.body,
            draft.created,
            draft.updated,
            draft.used,
            draft.base,
            draft.aside
        ])?;
    }
    Ok(found.len())
}

/// The drafts up to the first one that cannot be read; those that make no sense are left out.
fn readable(path: &Path) -> Option<Vec<Found>> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).ok()?;
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .ok()?;
    let owner: i64 = connection
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .ok()?;
    if owner != schema::APPLICATION_ID {
        return None;
    }
    // Older files do not have the last columns.
    let select = |last: &str| {
        connection.prepare(&format!(
            "SELECT name, file, kind, recipient, first_line, body, created, updated, used, {last}
             FROM draft WHERE deleted IS NULL"
        ))
    };
    let mut statement = select("draft.base, draft.aside")
        .or_else(|_| select("draft.base, NULL"))
        .or_else(|_| select("NULL, NULL"))
        .ok()?;
    let rows = statement.query_map([], found).ok()?;
    let makes_sense = |found: &Found| {
        record::read_kind(&found.kind).is_some() && record::read_draft(&found.body).is_ok()
    };
    Some(rows.map_while(Result::ok).filter(makes_sense).collect())
}

fn found(row: &Row<'_>) -> rusqlite::Result<Found> {
    Ok(Found {
        name: row.get(0)?,
        file: row.get(1)?,
        kind: row.get(2)?,
        recipient: row.get(3)?,
        first_line: row.get(4)?,
        body: row.get(5)?,
        created: row.get(6)?,
        updated: row.get(7)?,
        used: row.get(8)?,
        base: row.get(9)?,
        aside: row.get(10)?,
    })
}
