//! Several composers at once on one store: each has a draft of its own, and none loses anything.

use std::path::Path;

use tempfile::TempDir;
use wacompose::store::{SendState, Store};

use crate::session::{ENTER, Session};

const F3: &str = "\u{1b}OR";
const F5: &str = "\u{1b}[15~";
const DRAFTS: &str = "\u{1b}l";

/// What each of them types, in place of the sample's text.
const TEXTS: [&str; 3] = ["primeira 日本 👩‍👩‍👧", "segunda e\u{301} שלום", "terceira 안녕"];

fn start(home: &Path) -> Session {
    let mut session = Session::start_in(home, &[], &[]);
    session.sees("48/4096");
    session.sees("connected");
    session
}

/// Types a text a word at a time, in place of what is there.
fn write(sessions: &mut [Session], texts: &[&str]) {
    for session in sessions.iter_mut() {
        session.types("\u{1b}a");
    }
    let most = texts.iter().map(|text| text.chars().count()).max();
    for at in 0..most.unwrap() {
        for (session, text) in sessions.iter_mut().zip(texts) {
            if let Some(c) = text.chars().nth(at) {
                session.types(&c.to_string());
            }
        }
    }
    for (session, text) in sessions.iter_mut().zip(texts) {
        session.sees(&format!(" {}/4096", text.chars().count()));
        session.sees("draft saved");
    }
}

fn store(home: &Path) -> Store {
    let folder = home.join(".local/share/wacompose");
    let opened = Store::open(Some(&folder)).unwrap();
    assert_eq!(opened.notice, None);
    opened.store
}

/// The texts of the drafts that are kept.
fn kept(home: &Path) -> Vec<String> {
    let store = store(home);
    let rows = store.drafts().unwrap();
    let drafts = rows.iter().map(|row| store.read_draft(row.id, 1).unwrap());
    let mut texts: Vec<String> = drafts
        .map(|kept| kept.draft.message.text().to_owned())
        .collect();
    texts.sort();
    texts
}

#[test]
fn three_composers_keep_a_draft_each_whatever_ends_them() {
    let home = TempDir::new().unwrap();
    let mut sessions = [start(home.path()), start(home.path())];
    write(&mut sessions, &TEXTS[..2]);
    // A third one begins something of its own, and sees the others' drafts.
    let mut third = [Session::start_in(home.path(), &[], &[])];
    third[0].sees("open in another composer");
    third[0].sees("connected");
    // From the recipient to the text.
    third[0].types("\t\t\t");
    write(&mut third, &TEXTS[2..]);
    let [mut third] = third;
    third.types(DRAFTS);
    third.sees("primeira 日本");
    third.sees("segunda");
    third.types(&format!("primeira{ENTER}"));
    third.sees("open in another composer");
    third.types("\u{1b}\u{1b}");

    let [mut first, second] = sessions;
    first.types("\u{11}");
    assert_eq!(first.ends().0, 0);
    second.kill();
    third.kill();
    assert_eq!(kept(home.path()), TEXTS);

    // The next one goes on with the one that was left last; the others are in its list.
    let mut session = Session::start_in(home.path(), &[], &[]);
    session.sees("primeira 日本");
    session.sees("draft saved");
    session.types(DRAFTS);
    for word in ["primeira 日本", "segunda", "terceira 안녕"] {
        session.sees(word);
    }
    session.types("\u{1b}");
    session.until("the list is closed", |screen| !screen.contains("segunda"));
    session.types("\u{11}");
    assert_eq!(session.ends().0, 0);
}

#[test]
fn two_composers_send_at_once_and_both_messages_are_in_the_history() {
    let home = TempDir::new().unwrap();
    let mut sessions = [start(home.path()), start(home.path())];
    write(&mut sessions, &TEXTS[..2]);
    for session in &mut sessions {
        session.types(F5);
        session.asks("Send this message?");
    }
    for session in &mut sessions {
        session.types("\r");
    }
    for session in &mut sessions {
        session.sees("Accepted in");
    }
    for session in &mut sessions {
        session.types(F3);
        session.sees("primeira");
        session.sees("segunda");
        session.types("\u{1b}OQ!");
        session.sees("draft saved");
    }
    for mut session in sessions {
        session.types("\u{11}");
        assert_eq!(session.ends().0, 0);
    }
    let rows = store(home.path()).history("", None, 10).unwrap();
    let states: Vec<SendState> = rows.iter().map(|row| row.state).collect();
    assert_eq!(states, [SendState::Accepted; 2]);
    let texts = TEXTS[..2].iter().map(|text| format!("{text}!"));
    assert_eq!(kept(home.path()), texts.collect::<Vec<_>>());
}
