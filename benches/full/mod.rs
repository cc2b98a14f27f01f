//! A store with 50,000 messages in its history.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use wacompose::gateway::wire::Response;
use wacompose::gateway::{Account, Exchange, GatewayKind, Outcome};
use wacompose::message::{Action, Button, Buttons, Draft, Message};
use wacompose::store::{Begin, SendId, Store};

/// Messages that are written as they are in use; the others are copies of them.
const WRITTEN: usize = 50;

/// A buttons message whose text has this many characters.
pub fn draft(number: usize, characters: usize) -> Draft {
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
pub fn send(store: &mut Store, draft: &Draft, message_id: &str, now: i64) -> SendId {
    let request = Account::public(GatewayKind::Wuts).encode(draft).unwrap();
    let id = store
        .begin(&Begin {
            profile: "staging",
            gateway: GatewayKind::Wuts,
            draft,
            request: &request,
            file: None,
            now,
            again: None,
            from: None,
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
    store.finish(id, &exchange, now + 321).unwrap();
    id
}

/// A store with a draft and 50,000 messages of 60 to 650 characters.
pub fn full(folder: &Path, now: i64) -> Store {
    let mut store = Store::open(Some(folder)).unwrap().store;
    store.save_draft(None, &draft(1, 400), None, now).unwrap();
    for number in 1..=WRITTEN {
        let draft = draft(number, 48 + number * 12);
        send(&mut store, &draft, &format!("3EB0{number:018}"), now);
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
