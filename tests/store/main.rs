//! The store: opening whatever is there, drafts, the outbox and the history, one process or several.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod drafts;
mod faults;
mod held;
mod history;
mod last_open;
mod opening;
mod outbox;
mod processes;
mod prompt;
mod recent;
mod recipients;
mod twin;
mod undo;
mod upgrades;

use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;
use wacompose::gateway::wire::{Request, Response};
use wacompose::gateway::{Account, Exchange, GatewayKind, Outcome, Refusal};
use wacompose::message::{Draft, Message, Text};
use wacompose::store::{Begin, Notice, SendId, Store};

/// Wide characters of every sort.
const WIDE: &str = "Olá 日本 👩‍👩‍👧 e\u{301} שלום";

/// Some time in 2026.
const NOW: i64 = 1_772_386_327_123;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// A folder for a store.
struct Data {
    home: TempDir,
}

impl Data {
    fn new() -> Self {
        Self {
            home: TempDir::new().unwrap(),
        }
    }

    /// The store's folder, with characters that a URL would have to escape.
    fn folder(&self) -> PathBuf {
        self.home.path().join("a %41?#日本 data")
    }

    fn file(&self) -> PathBuf {
        self.folder().join(Store::FILE)
    }

    /// The names of what is in the folder, without the locks.
    fn names(&self) -> Vec<String> {
        let entries = self.folder().read_dir().unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names
            .filter(|name| Path::new(name).extension().is_none_or(|end| end != "lock"))
            .collect();
        names.sort();
        names
    }

    /// The store, of which nothing has to be told.
    fn open(&self) -> Store {
        let opened = Store::open(Some(&self.folder())).unwrap();
        assert_eq!(opened.notice, None);
        assert!(opened.store.is_kept());
        opened.store
    }

    /// The store, and what has to be told of it.
    fn open_with_notice(&self) -> (Store, Notice) {
        let opened = Store::open_within(Some(&self.folder()), Duration::ZERO).unwrap();
        (opened.store, opened.notice.unwrap())
    }
}

fn text(to: &str, text: &str) -> Draft {
    let text = text.to_owned();
    Draft {
        to: to.to_owned(),
        message: Message::Text(Text { text }),
        ..Draft::default()
    }
}

fn request(draft: &Draft) -> Request {
    Account::public(GatewayKind::Wuts).encode(draft).unwrap()
}

/// Begins to send a text.
fn begin(store: &mut Store, draft: &Draft, now: i64, again: Option<SendId>) -> SendId {
    try_to_begin(store, draft, now, again).unwrap()
}

fn try_to_begin(
    store: &mut Store,
    draft: &Draft,
    now: i64,
    again: Option<SendId>,
) -> Result<SendId, wacompose::store::StoreError> {
    store.begin(&Begin {
        profile: "Produção",
        gateway: GatewayKind::Wuts,
        draft,
        request: &request(draft),
        file: Some("order.toml"),
        now,
        again,
        from: None,
    })
}

fn accepted(draft: &Draft, message_id: &str) -> Exchange {
    Exchange {
        request: request(draft),
        response: Some(Response {
            status: 200,
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            body: br#"{"success":true}"#.to_vec(),
            truncated: false,
        }),
        outcome: Outcome::Accepted {
            message_id: message_id.to_owned(),
        },
        elapsed: Duration::from_millis(1234),
        attempts: 2,
    }
}

fn refusal(code: &str) -> Refusal {
    Refusal {
        code: code.to_owned(),
        message: WIDE.to_owned(),
        ..Refusal::default()
    }
}
