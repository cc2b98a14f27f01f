//! A disk that is full, at the start or later: files of the composer may not grow beyond a size.

use std::fs;

use rustix::process::{Pid, Resource, Rlimit, prlimit};
use tempfile::TempDir;
use wacompose::store::{SendState, Store};

use crate::session::{ENTER, Session};
use crate::unkept::{ESC, F5, WIDE, data, file, home, is_told, quits, start, text, told, works_on};

/// How a composer is started that gets an error for a file that grows too big, not a signal.
const WITHOUT_THE_SIGNAL: [&str; 3] = ["bash", "-c", "trap '' XFSZ; exec \"$0\""];

/// Lets no file of the composer grow beyond a size.
fn limit(session: &Session, bytes: Option<u64>) {
    let id = i32::try_from(session.child.process_id().unwrap()).unwrap();
    let limit = Rlimit {
        current: bytes,
        maximum: None,
    };
    prlimit(Pid::from_raw(id), Resource::Fsize, limit).unwrap();
}

#[test]
fn a_disk_that_becomes_full_is_told_and_what_is_typed_is_kept_once_there_is_space() {
    let home = home();
    let folder = data(home.path());
    let env = [("WACOMPOSE_DATA", folder.to_str().unwrap())];
    let mut session = Session::start_through(home.path(), &WITHOUT_THE_SIGNAL, &env);
    session.sees("Olá 日本");
    session.sees("connected");
    session.types(" abc");
    session.keeps(" abc");
    let log = folder.join("wacompose.db-wal").metadata().unwrap().len();
    limit(&session, Some(log));

    session.types("x");
    let full = "the store could not be written: its disk is full, over a quota, or broken; fix \
                that and try again";
    is_told(&mut session, &format!("The draft is not kept: {full}"));
    session.sees("not kept    · ");
    session.types(F5);
    session.asks("Send this message?");
    session.types("\r");
    is_told(
        &mut session,
        &format!("The history has this message once it can be written: {full}"),
    );
    session.sees("Accepted in");
    // It goes nowhere without a question.
    session.types("\u{e}");
    session.sees("Unsaved");
    session.types(ESC);
    session.until("the question is gone", |screen| !screen.contains("Unsaved"));
    let saved = home.path().join("saved.toml");
    session.types(&format!("\u{13}\u{1b}a{}{ENTER}", saved.display()));
    session.sees("Saved saved.toml");
    assert!(fs::read_to_string(saved).unwrap().contains(" abcx"));
    session.types("日");
    session.sees("not kept    · ");

    limit(&session, None);
    session.types("!");
    session.sees("draft saved");
    session.kill();
    let mut session = start(home.path(), &folder);
    session.sees("abcx日!");
    session.sees("draft saved");
    assert_eq!(told(&session.text()), "");
    quits(session);
    // What was sent meanwhile is in the history, with what became of it.
    let store = Store::open(Some(&folder)).unwrap().store;
    let sent = store.history("", None, 10).unwrap();
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(sent[0].state, SendState::Accepted);
    assert!(sent[0].message_id.is_some());
}

/// What is in the file can be read, and not one page more be written.
#[test]
fn a_disk_that_is_full_at_the_start_still_shows_the_last_draft() {
    let home = TempDir::new().unwrap();
    let folder = data(home.path());
    fs::create_dir(&folder).unwrap();
    // A log as somebody leaves it who is killed.
    let other = home.path().join("other");
    let mut store = Store::open(Some(&other)).unwrap().store;
    let mut id = None;
    for number in 0..30 {
        let text = text(&format!("{WIDE} {number}"));
        id = Some(store.save_draft(id, &text, None, 1).unwrap());
    }
    let log = "wacompose.db-wal";
    for name in [Store::FILE, log] {
        fs::copy(other.join(name), folder.join(name)).unwrap();
    }
    drop(store);
    let size = folder.join(log).metadata().unwrap().len();
    let env = [("WACOMPOSE_DATA", folder.to_str().unwrap())];
    let script = format!("trap '' XFSZ; ulimit -S -f {}; exec \"$0\"", size / 1024);
    let mut session = Session::start_through(home.path(), &["bash", "-c", &script], &env);
    session.sees("שלום 29");
    session.types("!");
    is_told(
        &mut session,
        "The draft is not kept: the store could not be written: its disk is full",
    );
    session.sees("not kept    · ");
    session.types("?");
    session.sees("29!?");

    limit(&session, None);
    session.types("日");
    session.sees("draft saved");
    quits(session);
    let mut store = Store::open(Some(&folder)).unwrap().store;
    let rows = store.drafts().unwrap();
    let kept = store.open_draft(rows[0].id, 2).unwrap();
    assert_eq!(kept.draft.message.text(), format!("{WIDE} 29!?日"));
    assert_eq!(rows.len(), 1);
}

#[test]
fn a_store_that_cannot_even_be_begun_on_a_full_disk_is_told() {
    let home = TempDir::new().unwrap();
    let folder = data(home.path());
    let env = [("WACOMPOSE_DATA", folder.to_str().unwrap())];
    let through = ["bash", "-c", "trap '' XFSZ; ulimit -f 2; exec \"$0\""];
    let mut session = Session::start_through(home.path(), &through, &env);
    is_told(
        &mut session,
        &format!(
            "the store {} cannot be opened (its disk is full, over a quota, or broken): fix that, \
             or name another folder in WACOMPOSE_DATA; until then nothing new is kept",
            file(home.path()).display()
        ),
    );
    session.sees("nothing is kept · F5");
    works_on(&mut session, home.path(), 48);
    quits(session);
    // What was begun there is in nobody's way.
    let mut session = start(home.path(), &folder);
    session.sees("48/4096");
    session.types("!");
    session.sees("draft saved");
    assert_eq!(told(&session.text()), "");
    quits(session);
}
