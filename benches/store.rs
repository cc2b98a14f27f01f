//! The store with 50,000 messages in its history: opening, searching, and saving while one types.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on stops")]

use std::path::Path;
use std::time::Duration;

use divan::Bencher;
use rusqlite::Connection;
use tempfile::TempDir;
use wacompose::gateway::wire::Response;
use wacompose::gateway::{Account, Exchange, GatewayKind, Outcome};
use wacompose::message::{Action, Button, Buttons, Draft, Message};
use wacompose::store::{Begin, SendId, Store};

const NOW: i64 = 1_772_386_327_123;

/// Messages that are written as they are in use; the others are copies of them.
const WRITTEN: usize = 50;

/// A buttons message whose text has this many characters.
fn draft(number: usize, characters: usize) -> Draft {
    let prose = "Olá *Maria*, o seu pedido 日本 saiu para _entrega_ hoje às 14:32. 👋\n";
    let button = |number: usize| Button {
        id: format!("button_{number}"),
        text: "Confirm the order".to_owned(),
        action: Action::Reply,
    };
    Draft {
        to: format!("+55 11 9{number:04}-{number:04}"),
        message: Message::Buttons(Buttons {
            text: prose.chars().cycle().take(characters).collect(),
            footer: "WUTS Store".to_owned(),
            buttons: (1..=3).map(button).collect(),
            ..Buttons::default()
        }),
        ..Draft::default()
    }
}

/// Sends a message, as far as the store is concerned.
fn send(store: &mut Store, draft: &Draft, message_id: &str) -> SendId {
    let request = Account::public(GatewayKind::Wuts).encode(draft).unwrap();
    let id = store
        .begin(&Begin {
            profile: "staging",
            gateway: GatewayKind::Wuts,
            draft,
            request: &request,
            file: None,
            now: NOW,
            again: None,
        })
        .unwrap();
    let exchange = Exchange {
        request,
        response: Some(Response {
            status: 200,
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            body: format!(r#"{{"success":true,"message_id":"{message_id}"}}"#).into_bytes(),
            truncated: false,
        }),
        outcome: Outcome::Accepted {
            message_id: message_id.to_owned(),
        },
        elapsed: Duration::from_millis(321),
        attempts: 1,
    };
    store.finish(id, &exchange, NOW + 321).unwrap();
    id
}

/// A store with a draft and 50,000 messages of 60 to 650 characters.
fn full(folder: &Path) -> Store {
    let mut store = Store::open(Some(folder)).unwrap().store;
    store.save_draft(None, &draft(1, 400), None, NOW).unwrap();
    for number in 1..=WRITTEN {
        let draft = draft(number, 48 + number * 12);
        send(&mut store, &draft, &format!("3EB0{number:018}"));
    }
    let connection = Connection::open(folder.join(Store::FILE)).unwrap();
    connection
        .execute_batch(
            "BEGIN;
             CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS
                (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999) SELECT i FROM n;
             INSERT INTO sent SELECT n.i * 50 + id, store, started, ended, profile, gateway, kind,
                recipient, first_line, file, state, resolution, message_id, status, attempts,
                elapsed, search FROM n, sent ORDER BY 1;
             INSERT INTO exchange SELECT n.i * 50 + id, refusal, draft, request, headers, truncated,
                body FROM n, exchange ORDER BY 1;
             UPDATE sent SET search = search || ' needle' WHERE id = 1;
             COMMIT;",
        )
        .unwrap();
    assert_eq!(store.history("", Some(SendId(2)), 9).unwrap().len(), 1);
    store
}

fn main() {
    divan::main();
}

/// All that a composer asks of its store before it can be used.
#[divan::bench]
fn open(bencher: Bencher) {
    let folder = TempDir::new().unwrap();
    drop(full(folder.path()));
    bencher.bench_local(|| {
        let mut store = Store::open(Some(folder.path())).unwrap().store;
        store.open_last_draft(NOW).unwrap().unwrap();
        store.interrupted().unwrap();
        store.purge(NOW, 90).unwrap();
        let page = store.history("", None, 100).unwrap();
        // Closing it is not measured.
        (store, page)
    });
}

/// A page of what is found, after each key of a search.
#[divan::bench(args = ["", "m", "maria 日本", "+55 11 90007", "needle", "nothing like it"])]
fn search(bencher: Bencher, search: &str) {
    let folder = TempDir::new().unwrap();
    let store = full(folder.path());
    bencher.bench_local(|| store.history(search, None, 100).unwrap());
}

/// A page from the middle, as one scrolls.
#[divan::bench]
fn scroll(bencher: Bencher) {
    let folder = TempDir::new().unwrap();
    let store = full(folder.path());
    bencher.bench_local(|| store.history("", Some(SendId(25_000)), 100).unwrap());
}

/// The draft as it is saved while one types.
#[divan::bench(args = [60, 4096])]
fn autosave(bencher: Bencher, characters: usize) {
    let folder = TempDir::new().unwrap();
    let mut store = full(folder.path());
    let drafts = [draft(1, characters), draft(1, characters + 1)];
    let id = store.save_draft(None, &drafts[0], None, NOW).unwrap();
    let mut turn = 0;
    bencher.bench_local(|| {
        turn = 1 - turn;
        store
            .save_draft(Some(id), &drafts[turn], None, NOW)
            .unwrap()
    });
}

/// The same when nothing was typed.
#[divan::bench(args = [60, 4096])]
fn autosave_of_the_same(bencher: Bencher, characters: usize) {
    let folder = TempDir::new().unwrap();
    let mut store = full(folder.path());
    let draft = draft(1, characters);
    let id = store.save_draft(None, &draft, None, NOW).unwrap();
    bencher.bench_local(|| store.save_draft(Some(id), &draft, None, NOW).unwrap());
}

/// What a send costs before and after: twice to the disk.
#[divan::bench]
fn begin_and_finish(bencher: Bencher) {
    let folder = TempDir::new().unwrap();
    let mut store = full(folder.path());
    let draft = draft(1, 400);
    bencher.bench_local(|| send(&mut store, &draft, "3EB0"));
}
