//! What can still be read of another file goes into the store: drafts, messages in doubt, and the
//! history. The other file may be damaged, or be the store's own that was removed under it.
//!
//! The other file stays as it is. Rows keep their numbers where those are free. What makes no sense is
//! left out, so that one bad row does not make the rest unreadable.

use std::collections::HashMap;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::types::{Type, Value};
use rusqlite::{
    Connection, OpenFlags, OptionalExtension as _, Transaction, params, params_from_iter,
};

use super::running::Running;
use super::{DraftId, SendId, SendState, StoreError, history, record, schema, twin};
use crate::gateway::GatewayKind;
use crate::message::folded;

/// What a draft's row is made of.
const DRAFT: [&str; 13] = [
    "name",
    "file",
    "kind",
    "recipient",
    "first_line",
    "body",
    "created",
    "updated",
    "used",
    "base",
    "store",
    "deleted",
    "aside",
];

/// What a message's row is made of.
const SENT: [&str; 17] = [
    "store",
    "started",
    "ended",
    "profile",
    "gateway",
    "kind",
    "recipient",
    "first_line",
    "file",
    "state",
    "resolution",
    "message_id",
    "status",
    "attempts",
    "elapsed",
    "search",
    "id",
];

/// What a message's request and response are made of.
const EXCHANGE: [&str; 6] = [
    "refusal",
    "draft",
    "request",
    "headers",
    "truncated",
    "body",
];

/// What was taken over.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// The drafts, by their numbers in the other file, with those that they have now.
    pub drafts: HashMap<DraftId, DraftId>,
    /// The same for messages.
    pub messages: HashMap<SendId, SendId>,
    /// How many of the drafts and of the messages were not here already.
    pub new: (usize, usize),
}

/// A file that was set aside, as far as it can be opened.
pub(super) fn open(path: &Path) -> Option<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).ok()?;
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .ok()?;
    let owner: i64 = connection
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .ok()?;
    (owner == schema::APPLICATION_ID).then_some(connection)
}

/// Takes over what can be read of a file. Rows that belong to the store `was` belong to this one.
///
/// # Errors
/// When this store cannot be written. What cannot be read of the other one is left out.
pub(super) fn take(
    transaction: &Transaction<'_>,
    running: &Running,
    from: &Connection,
    was: Option<&str>,
) -> Result<Taken, StoreError> {
    let mut taken = Taken::default();
    let rename = |store: &mut Value| {
        if matches!(store, Value::Text(name) if was == Some(name.as_str())) {
            *store = Value::Text(running.name.clone());
        }
    };
    each(from, "draft", &DRAFT, |id, mut row| {
        rename(&mut row[10]);
        if let Some((now, is_new)) = draft(transaction, id, &row)? {
            taken.drafts.insert(DraftId(id), DraftId(now));
            taken.new.0 += usize::from(is_new && row[11] == Value::Null);
        }
        Ok(())
    })?;
    each(from, "sent", &SENT, |id, mut row| {
        rename(&mut row[0]);
        let exchange = exchange(from, id);
        if let Some((now, is_new)) = sent(transaction, id, row, exchange)? {
            taken.messages.insert(SendId(id), SendId(now));
            taken.new.1 += usize::from(is_new);
        }
        Ok(())
    })?;
    twin::fill(transaction)?;
    Ok(taken)
}

/// Goes through a table as far as it can be read, from either end: what is damaged is in between.
fn each(
    from: &Connection,
    table: &str,
    columns: &[&str],
    mut take: impl FnMut(i64, Vec<Value>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let Some(columns) = columns_of(from, table, columns) else {
        return Ok(());
    };
    // By the table alone: an index may be what is damaged.
    let select = format!("SELECT id, {columns} FROM {table} NOT INDEXED");
    let mut seen = i64::MAX;
    for (border, order) in [("id <= ?1", "DESC"), ("id < ?1", "ASC")] {
        let statement = from.prepare(&format!("{select} WHERE {border} ORDER BY id {order}"));
        let Ok(mut statement) = statement else {
            return Ok(());
        };
        let count = statement.column_count();
        let Ok(mut rows) = statement.query([seen]) else {
            return Ok(());
        };
        loop {
            let row = match rows.next() {
                Ok(Some(row)) => row,
                // All of it, unless this was the way from the other end.
                Ok(None) => return Ok(()),
                Err(error) => {
                    log::warn!("{table}: {error}");
                    break;
                }
            };
            let Ok(id) = row.get(0) else { continue };
            if order == "DESC" {
                seen = id;
            }
            let values = (1..count).map(|column| row.get(column));
            if let Ok(values) = values.collect::<Result<Vec<Value>, _>>() {
                take(id, values)?;
            }
        }
    }
    Ok(())
}

/// The columns to ask for: those that an older file does not have are empty.
fn columns_of(from: &Connection, table: &str, columns: &[&str]) -> Option<String> {
    let mut statement = from.prepare(&format!("PRAGMA table_info({table})")).ok()?;
    let names = statement.query_map([], |row| row.get(1)).ok()?;
    let names: Vec<String> = names.collect::<Result<_, _>>().ok()?;
    let of = |column: &&str| {
        if names.iter().any(|name| name == column) {
            format!("{table}.{column}")
        } else {
            "NULL".to_owned()
        }
    };
    Some(columns.iter().map(of).collect::<Vec<_>>().join(", "))
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// The number of a draft here, and whether it is new; `None` where it makes no sense.
fn draft(
    transaction: &Transaction<'_>,
    id: i64,
    row: &[Value],
) -> Result<Option<(i64, bool)>, StoreError> {
    let makes_sense = text(&row[2]).is_some_and(|kind| record::read_kind(kind).is_some())
        && text(&row[5]).is_some_and(|body| record::read_draft(body).is_ok());
    if !makes_sense {
        return Ok(None);
    }
    let same = transaction
        .prepare_cached(
            "SELECT id FROM draft WHERE created IS ?1 AND body IS ?2 AND deleted IS ?3",
        )?
        .query_row(params![row[6], row[5], row[11]], |row| row.get(0))
        .optional()?;
    if let Some(same) = same {
        return Ok(Some((same, false)));
    }
    let id = free(transaction, "draft", id)?;
    let values = row.iter().chain([&id]);
    insert(
        transaction,
        "draft",
        &[&DRAFT[..], &["id"]].concat(),
        values,
    )
}

/// The number of a message here, and whether it is new; `None` where it makes no sense.
fn sent(
    transaction: &Transaction<'_>,
    id: i64,
    mut row: Vec<Value>,
    exchange: Option<Vec<Value>>,
) -> Result<Option<(i64, bool)>, StoreError> {
    if !makes_sense(&row) {
        return Ok(None);
    }
    let same: Option<(i64, String)> = transaction
        .prepare_cached(
            "SELECT id, state FROM sent
             WHERE started = ?1 AND profile = ?2 AND recipient = ?3 AND first_line = ?4",
        )?
        .query_row(params![row[1], row[3], row[6], row[7]], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    match same {
        // Here it is known what became of it, or no better than there.
        Some((same, state)) if is_over(&state) || !text(&row[9]).is_some_and(is_over) => {
            return Ok(Some((same, false)));
        }
        Some((same, _)) => {
            transaction.execute("DELETE FROM sent WHERE id = ?1", [same])?;
        }
        None => {}
    }
    if row[15] == Value::Null {
        row[15] = Value::Text(search(&row, exchange.as_deref()));
    }
    row[16] = free(transaction, "sent", id)?;
    let Some((id, is_new)) = insert(transaction, "sent", &SENT, row.iter())? else {
        return Ok(None);
    };
    if let Some(exchange) = exchange {
        let values = [Value::Integer(id)];
        let values = exchange.iter().chain(&values);
        let columns = [&EXCHANGE[..], &["id"]].concat();
        insert(transaction, "exchange", &columns, values)?;
    }
    Ok(Some((id, is_new)))
}

/// Whether lists can show it.
fn makes_sense(row: &[Value]) -> bool {
    let is_known = |value: &Value, known: &dyn Fn(&str) -> bool| text(value).is_some_and(known);
    is_known(&row[4], &|name| {
        GatewayKind::ALL.iter().any(|kind| kind.name() == name)
    }) && is_known(&row[5], &|name| record::read_kind(name).is_some())
        && is_known(&row[9], &|name| name.parse::<SendState>().is_ok())
        && [&row[13], &row[12], &row[14], &row[2]]
            .iter()
            .all(|number| matches!(number.data_type(), Type::Null | Type::Integer))
}

/// Whether a state says what became of a message.
fn is_over(state: &str) -> bool {
    let open = [SendState::Sending, SendState::Held, SendState::Unknown];
    !open.iter().any(|open| open.name() == state)
}

/// What a message is found by, where its file did not have that yet.
fn search(row: &[Value], exchange: Option<&[Value]>) -> String {
    let of = |column: usize| text(&row[column]).unwrap_or_default();
    let draft = exchange.and_then(|exchange| record::read_draft(text(&exchange[1])?).ok());
    let search = history::search_text(of(3), of(4), &draft.unwrap_or_default());
    search + &folded(&format!("\n{}\n{}", of(9), of(11)))
}

/// The request and the response of a message, where they can be read and make sense.
fn exchange(from: &Connection, id: i64) -> Option<Vec<Value>> {
    let columns = EXCHANGE.join(", ");
    let mut statement = from
        .prepare_cached(&format!("SELECT {columns} FROM exchange WHERE id = ?1"))
        .ok()?;
    let row = statement.query_row([id], |row| {
        (0..EXCHANGE.len()).map(|column| row.get(column)).collect()
    });
    let row: Vec<Value> = row.ok()?;
    record::read_draft(text(&row[1])?).ok()?;
    record::read_request(text(&row[2])?)?;
    Some(row)
}

/// A number if nothing has it here, else none.
fn free(transaction: &Transaction<'_>, table: &str, id: i64) -> Result<Value, StoreError> {
    let sql = format!("SELECT 1 FROM {table} WHERE id = ?1");
    let is_taken = transaction.prepare_cached(&sql)?.exists([id])?;
    Ok(if is_taken {
        Value::Null
    } else {
        Value::Integer(id)
    })
}

/// Inserts a row; `None` where the table does not take what is in it.
fn insert<'a>(
    transaction: &Transaction<'_>,
    table: &str,
    columns: &[&str],
    values: impl Iterator<Item = &'a Value>,
) -> Result<Option<(i64, bool)>, StoreError> {
    let places = vec!["?"; columns.len()].join(", ");
    let columns = columns.join(", ");
    let sql = format!("INSERT INTO {table} ({columns}) VALUES ({places})");
    let inserted = transaction
        .prepare_cached(&sql)?
        .execute(params_from_iter(values));
    match inserted {
        Ok(_) => Ok(Some((transaction.last_insert_rowid(), true))),
        Err(error)
            if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) =>
        {
            log::warn!("{table}: a row was left out: {error}");
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}
