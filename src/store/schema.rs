//! The tables, version after version: a file of any older version is brought up to this one.
//!
//! A step that was ever released stays as it is; what changes is a step of its own at the end.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{StoreError, history, twin};

/// Says that a file is ours: `wacp` in ASCII.
pub(super) const APPLICATION_ID: i64 = 0x7761_6370;

/// The version that this program writes.
pub(super) const VERSION: i64 = STEPS[STEPS.len() - 1].0;

/// The versions, each with the step that leads to it from the one before.
const STEPS: [(i64, Step); 11] = [
    (1, drafts_and_outbox),
    (2, searchable_history),
    (3, files_and_resolutions),
    (4, fingerprints),
    (5, last_open_and_origins),
    (6, clock),
    (7, searched_without_accents),
    (8, recently_used),
    (9, held),
    (10, undo),
    (11, recipients),
];

type Step = fn(&Transaction<'_>) -> Result<(), StoreError>;

/// Brings the tables up to date, all or nothing.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    if version(connection)? == VERSION {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = version(&transaction)?;
    for (_, step) in STEPS.iter().filter(|(version, _)| *version > done) {
        step(&transaction)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    Ok(transaction.commit()?)
}

/// The version that a file says it has; 0 for one without tables.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Times are Unix milliseconds. `store` names the running store that works on a row.
fn drafts_and_outbox(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    Ok(transaction.execute_batch(
        "CREATE TABLE draft (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT,
            file BLOB,
            kind TEXT NOT NULL,
            recipient TEXT NOT NULL,
            first_line TEXT NOT NULL,
            body TEXT NOT NULL,
            created INTEGER NOT NULL,
            updated INTEGER NOT NULL,
            used INTEGER NOT NULL,
            deleted INTEGER,
            store TEXT
        ) STRICT;

        CREATE TABLE sent (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            store TEXT NOT NULL,
            started INTEGER NOT NULL,
            ended INTEGER,
            profile TEXT NOT NULL,
            gateway TEXT NOT NULL,
            kind TEXT NOT NULL,
            recipient TEXT NOT NULL,
            first_line TEXT NOT NULL,
            file TEXT,
            state TEXT NOT NULL,
            resolution TEXT,
            message_id TEXT,
            status INTEGER,
            attempts INTEGER,
            elapsed INTEGER
        ) STRICT;
        CREATE INDEX sent_started ON sent (started);
        CREATE INDEX sent_sending ON sent (store) WHERE state = 'sending';
        CREATE INDEX sent_in_doubt ON sent (id)
            WHERE state = 'unknown' AND ended IS NULL AND resolution IS NULL;

        -- What is only looked at one by one is apart, so that lists and searches pass it by; the
        -- refusal, which lists show, is before what may be long.
        CREATE TABLE exchange (
            id INTEGER PRIMARY KEY REFERENCES sent (id) ON DELETE CASCADE,
            refusal TEXT,
            draft TEXT NOT NULL,
            request TEXT NOT NULL,
            headers TEXT,
            truncated INTEGER,
            body BLOB
        ) STRICT;",
    )?)
}

/// The text that is searched, in lower case.
fn searchable_history(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    transaction.execute_batch("ALTER TABLE sent ADD COLUMN search TEXT NOT NULL DEFAULT ''")?;
    history::fill_search(transaction)
}

/// What a draft's file held when the draft was begun from it; and the words for what somebody said
/// about a message are searched.
fn files_and_resolutions(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    transaction.execute_batch("ALTER TABLE draft ADD COLUMN base TEXT;")?;
    Ok(transaction.execute_batch(SEARCH_RESOLUTIONS)?)
}

/// Makes it searchable what somebody said of a message.
const SEARCH_RESOLUTIONS: &str = "
    UPDATE sent SET search = search || char(10) || CASE resolution
            WHEN 'sent' THEN 'marked as sent'
            WHEN 'again' THEN 'sent again'
            ELSE resolution
        END
        WHERE resolution IS NOT NULL;";

/// Every text of a message is searched, and accents do not count.
fn searched_without_accents(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    history::fill_search(transaction)?;
    Ok(transaction.execute_batch(SEARCH_RESOLUTIONS)?)
}

/// By what the same message is found again.
fn fingerprints(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    transaction.execute_batch(
        "ALTER TABLE sent ADD COLUMN fingerprint INTEGER;
        CREATE INDEX sent_fingerprint ON sent (fingerprint);",
    )?;
    twin::fill(transaction)
}

/// What was open last; which draft a message was sent from, and what that held then (the message has its
/// variables filled in); and what a draft was as its other kinds.
///
/// Of what older versions left, the draft in use last was open, unless it was accepted as it is.
fn last_open_and_origins(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    Ok(transaction.execute_batch(
        "ALTER TABLE draft ADD COLUMN aside TEXT;
        CREATE TABLE origin (
            id INTEGER PRIMARY KEY REFERENCES sent (id) ON DELETE CASCADE,
            draft INTEGER NOT NULL,
            source TEXT NOT NULL
        ) STRICT;
        CREATE INDEX origin_draft ON origin (draft);
        CREATE TABLE last_open (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            draft INTEGER,
            file BLOB,
            kind TEXT NOT NULL
        ) STRICT;
        INSERT INTO last_open (one, draft, kind)
            SELECT 1,
                iif(EXISTS (SELECT 1 FROM sent JOIN exchange USING (id)
                    WHERE state = 'accepted' AND exchange.draft = last.body
                        AND sent.started > last.updated), NULL, last.id),
                last.kind
            FROM (SELECT * FROM draft WHERE deleted IS NULL ORDER BY used DESC, id DESC LIMIT 1)
                AS last;",
    )?)
}

/// What was used lately, which is offered first.
fn recently_used(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    Ok(transaction.execute_batch(
        "CREATE TABLE recent (
            sort TEXT NOT NULL,
            name TEXT NOT NULL,
            used INTEGER NOT NULL,
            PRIMARY KEY (sort, name)
        ) STRICT;",
    )?)
}

/// Messages that wait for their turn, and those of a store that is gone, which nobody was told of yet.
fn held(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    Ok(transaction.execute_batch(
        "CREATE INDEX sent_held ON sent (store) WHERE state = 'held';
        CREATE INDEX sent_never_begun ON sent (id) WHERE state = 'not-sent' AND ended IS NULL;",
    )?)
}

/// What can be undone in a draft, a row for each step, with the number of the first one that is taken
/// back; and which of its ids follow their texts.
fn undo(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    Ok(transaction.execute_batch(
        "ALTER TABLE draft ADD COLUMN undone INTEGER;
        ALTER TABLE draft ADD COLUMN derived TEXT;
        CREATE TABLE undo (
            draft INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
            step INTEGER NOT NULL,
            edits TEXT NOT NULL,
            PRIMARY KEY (draft, step)
        ) STRICT;",
    )?)
}

/// The last message to each recipient is found without a look at every message.
fn recipients(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    Ok(transaction.execute_batch("CREATE INDEX sent_recipient ON sent (recipient);")?)
}

/// The one row of what is known of the system's clock.
fn clock(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    Ok(transaction.execute_batch(
        "CREATE TABLE clock (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            trusted INTEGER NOT NULL,
            first INTEGER,
            last INTEGER
        ) STRICT;",
    )?)
}
