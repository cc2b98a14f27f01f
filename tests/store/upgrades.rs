//! Files of older versions, as those versions wrote them.

use std::fs;

use rstest::rstest;
use rusqlite::Connection;
use wacompose::gateway::wire::{Request, Template};
use wacompose::store::{SendState, Store, TwinState};

use super::{Data, NOW, WIDE, text};

/// What version 1 made: it is not to be changed with the program.
const VERSION_1: &str = "
    PRAGMA application_id = 2002871152;
    PRAGMA user_version = 1;
    CREATE TABLE draft (
        id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, file BLOB, kind TEXT NOT NULL,
        recipient TEXT NOT NULL, first_line TEXT NOT NULL, body TEXT NOT NULL,
        created INTEGER NOT NULL, updated INTEGER NOT NULL, used INTEGER NOT NULL,
        deleted INTEGER, store TEXT
    ) STRICT;
    CREATE TABLE sent (
        id INTEGER PRIMARY KEY AUTOINCREMENT, store TEXT NOT NULL, started INTEGER NOT NULL,
        ended INTEGER, profile TEXT NOT NULL, gateway TEXT NOT NULL, kind TEXT NOT NULL,
        recipient TEXT NOT NULL, first_line TEXT NOT NULL, file TEXT, state TEXT NOT NULL,
        resolution TEXT, message_id TEXT, status INTEGER, attempts INTEGER, elapsed INTEGER
    ) STRICT;
    CREATE INDEX sent_started ON sent (started);
    CREATE INDEX sent_sending ON sent (store) WHERE state = 'sending';
    CREATE INDEX sent_in_doubt ON sent (id)
        WHERE state = 'unknown' AND ended IS NULL AND resolution IS NULL;
    CREATE TABLE exchange (
        id INTEGER PRIMARY KEY REFERENCES sent (id) ON DELETE CASCADE, refusal TEXT,
        draft TEXT NOT NULL, request TEXT NOT NULL, headers TEXT, truncated INTEGER, body BLOB
    ) STRICT;";

/// A store of version 1 with a draft, a message that was accepted, one that was under way when its
/// process was killed, and two of which somebody has said what became of them.
fn version_1(data: &Data) {
    fs::create_dir(data.folder()).unwrap();
    let connection = Connection::open(data.file()).unwrap();
    connection.execute_batch(VERSION_1).unwrap();
    let body = format!(r#"{{"kind":"text","to":"5511","text":"{WIDE}"}}"#);
    let request = r#"{"url":["https://api.wuts.com.br/send/text"],
        "headers":[["Authorization",["Bearer ",null]]],"body":{"text":"日本"}}"#;
    connection
        .execute(
            "INSERT INTO draft (name, kind, recipient, first_line, body, created, updated, used)
             VALUES ('pedido', 'text', '5511', ?1, ?2, ?3, ?3, ?3)",
            rusqlite::params![WIDE, body, NOW],
        )
        .unwrap();
    for (state, ended, id, resolution) in [
        ("accepted", Some(NOW), Some("3EB0"), None),
        ("sending", None, None, None),
        ("unknown", None, None, Some("sent")),
        ("unknown", None, None, Some("again")),
    ] {
        connection
            .execute(
                "INSERT INTO sent (store, started, ended, profile, gateway, kind, recipient,
                    first_line, state, message_id, resolution, status, attempts, elapsed)
                 VALUES ('00ff', ?1, ?2, 'p', 'wuts', 'text', '5511', ?3, ?4, ?5, ?6, 200, 1, 12)",
                rusqlite::params![NOW, ended, WIDE, state, id, resolution],
            )
            .unwrap();
        connection
            .execute(
                "INSERT INTO exchange (id, draft, request) VALUES (last_insert_rowid(), ?1, ?2)",
                [body.as_str(), request],
            )
            .unwrap();
    }
}

fn is_whole(store: &mut Store) {
    let draft = text("5511", WIDE);
    let kept = store.open_last_draft(NOW).unwrap().unwrap();
    assert_eq!(kept.name.as_deref(), Some("pedido"));
    assert_eq!(kept.draft, draft);
    let found = store.history("ACCEPTED 3eb0 日本 שלום", None, 10).unwrap();
    assert_eq!(found.len(), 1);
    let sent = store.sent(found[0].id).unwrap();
    assert_eq!(sent.draft, draft);
    assert_eq!(sent.request.headers[0].1.fill("t"), "Bearer t");
    let interrupted = store.interrupted().unwrap();
    assert_eq!(interrupted.len(), 1);
    assert_eq!(interrupted[0].state, SendState::Unknown);
    for (search, ids) in [
        ("unknown", &[4, 3, 2][..]),
        ("marked as sent", &[3]),
        ("sent again", &[4]),
    ] {
        let found = store.history(search, None, 10).unwrap();
        let found: Vec<i64> = found.iter().map(|entry| entry.id.0).collect();
        assert_eq!(found, ids, "{search}");
    }
}

#[test]
fn version_1_is_brought_up_to_date() {
    let data = Data::new();
    version_1(&data);
    is_whole(&mut data.open());
    is_whole(&mut data.open());
}

#[test]
fn version_2_is_brought_up_to_date() {
    let data = Data::new();
    version_1(&data);
    let connection = Connection::open(data.file()).unwrap();
    let version_2 = "PRAGMA user_version = 2;
        ALTER TABLE sent ADD COLUMN search TEXT NOT NULL DEFAULT '';
        UPDATE sent SET search = lower(state || ' ' || ifnull(message_id, '') || ' ' || first_line);";
    connection.execute_batch(version_2).unwrap();
    drop(connection);
    let mut store = data.open();
    is_whole(&mut store);
    assert_eq!(store.open_last_draft(NOW).unwrap().unwrap().base, None);
}

/// What came with each version after the first, as that version wrote it.
const LATER: [&str; 3] = [
    "PRAGMA user_version = 2;
    ALTER TABLE sent ADD COLUMN search TEXT NOT NULL DEFAULT '';
    UPDATE sent SET search = lower(state || ' ' || ifnull(message_id, '') || ' ' || first_line);",
    "PRAGMA user_version = 3;
    ALTER TABLE draft ADD COLUMN base TEXT;
    UPDATE sent SET search = search || char(10) || CASE resolution
            WHEN 'sent' THEN 'marked as sent' WHEN 'again' THEN 'sent again' ELSE resolution
        END
        WHERE resolution IS NOT NULL;",
    "PRAGMA user_version = 4;
    ALTER TABLE sent ADD COLUMN fingerprint INTEGER;
    CREATE INDEX sent_fingerprint ON sent (fingerprint);",
];

/// What older versions sent is found again, from each of them, and so is what is sent since.
#[rstest]
fn the_same_again_is_found_in_every_older_version(#[values(1, 2, 3)] version: usize) {
    let data = Data::new();
    version_1(&data);
    let connection = Connection::open(data.file()).unwrap();
    for later in &LATER[..version - 1] {
        connection.execute_batch(later).unwrap();
    }
    drop(connection);
    let mut store = data.open();
    is_whole(&mut store);
    let request = |text: &str| Request {
        url: Template::text("https://elsewhere.test"),
        headers: Vec::new(),
        body: serde_json::json!({ "text": text }),
    };
    let twin = store.same_again("p", &request(" 日本 "), NOW).unwrap();
    let twin = twin.unwrap();
    assert_eq!(
        (twin.state, twin.message_id.as_deref()),
        (TwinState::Accepted, Some("3EB0"))
    );
    for (profile, text) in [("q", "日本"), ("p", "日")] {
        let twin = store.same_again(profile, &request(text), NOW);
        assert_eq!(twin.unwrap(), None);
    }
}

#[rstest]
fn drafts_of_every_older_version_were_of_one_kind(#[values(1, 2, 3, 4)] version: usize) {
    let data = Data::new();
    version_1(&data);
    let connection = Connection::open(data.file()).unwrap();
    for later in &LATER[..version - 1] {
        connection.execute_batch(later).unwrap();
    }
    drop(connection);
    is_whole(&mut data.open());
    let mut store = data.open();
    is_whole(&mut store);
    let kept = store.open_last_draft(NOW).unwrap().unwrap();
    assert_eq!((kept.aside, kept.in_doubt), (Vec::new(), None));
    assert!(kept.undo.next(false).is_none() && kept.derived.is_empty());
}

/// What an older version had open: the draft in use last, unless that was accepted as it is.
#[rstest]
#[case::sent_since(1, 1, "SELECT 1", None)]
#[case::sent_since_of_version_2(2, 1, "SELECT 1", None)]
#[case::sent_since_of_version_3(3, 1, "SELECT 1", None)]
#[case::sent_since_of_version_4(4, 1, "SELECT 1", None)]
#[case::changed_since(1, -1, "SELECT 1", Some(WIDE))]
#[case::refused(1, 1, "UPDATE sent SET state = 'rejected'", Some(WIDE))]
#[case::another_text(3, 1, "UPDATE exchange SET draft = '{}'", Some(WIDE))]
#[case::no_drafts(3, 1, "DELETE FROM draft", None)]
fn what_was_accepted_does_not_open_after_the_upgrade(
    #[case] version: usize,
    #[case] later: i64,
    #[case] change: &str,
    #[case] expected: Option<&str>,
) {
    let data = Data::new();
    version_1(&data);
    let connection = Connection::open(data.file()).unwrap();
    for later in &LATER[..version - 1] {
        connection.execute_batch(later).unwrap();
    }
    connection.execute_batch(change).unwrap();
    connection
        .execute("UPDATE sent SET started = started + ?1", [later])
        .unwrap();
    drop(connection);
    let mut store = data.open();
    let last = store.open_last_draft(NOW).unwrap();
    let text = last.as_ref().map(|kept| kept.draft.message.text());
    assert_eq!(text, expected);
    // It is only not open: the draft stays in the list.
    let is_there = change != "DELETE FROM draft";
    assert_eq!(store.drafts().unwrap().len(), usize::from(is_there));
}

#[test]
fn version_1_is_read_where_it_cannot_be_written() {
    let data = Data::new();
    version_1(&data);
    fs::create_dir(data.folder().join("wacompose.lock")).unwrap();
    let bytes = fs::read(data.file()).unwrap();
    let (mut store, _) = data.open_with_notice();
    is_whole(&mut store);
    assert_eq!(fs::read(data.file()).unwrap(), bytes);
}

#[test]
fn several_at_once_bring_it_up_to_date_once() {
    let data = Data::new();
    version_1(&data);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(data.open().history("3eb0", None, 10).unwrap().len(), 1));
        }
    });
}

#[test]
fn an_upgrade_that_fails_changes_nothing() {
    let data = Data::new();
    version_1(&data);
    // In the way of the next version.
    let connection = Connection::open(data.file()).unwrap();
    connection
        .execute_batch("ALTER TABLE sent ADD COLUMN search TEXT")
        .unwrap();
    drop(connection);
    let (store, notice) = data.open_with_notice();
    assert!(!store.is_kept());
    assert!(
        notice.to_string().contains("duplicate column name: search"),
        "{notice}"
    );
    let connection = Connection::open(data.file()).unwrap();
    let version: i64 = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(version, 1);
}
