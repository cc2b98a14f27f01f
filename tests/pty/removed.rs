//! The store's file or folder is removed, moved or replaced under a composer: that is told, and what was
//! written since is there at the next start.

use std::fs;
use std::path::Path;
use std::process::Command;

use rstest::rstest;
use wacompose::gateway::{Account, GatewayKind};
use wacompose::message::Draft;
use wacompose::store::{Begin, Entry, Resolution, SendState, Store};

use crate::session::{Session, program};
use crate::unkept::{F5, WIDE, data, file, home, quits, start, text, told};

type Removes = fn(&Path);

fn removes_the_file(home: &Path) {
    fs::remove_file(file(home)).unwrap();
}

fn removes_the_folder(home: &Path) {
    fs::remove_dir_all(data(home)).unwrap();
}

fn moves_the_file(home: &Path) {
    fs::rename(file(home), home.join("away.db")).unwrap();
}

fn moves_the_folder(home: &Path) {
    fs::rename(data(home), home.join("away")).unwrap();
}

fn replaces_the_file(home: &Path) {
    fs::copy(file(home), home.join("copy.db")).unwrap();
    fs::rename(home.join("copy.db"), file(home)).unwrap();
}

/// The composer on the draft of the home, once it is kept.
fn composes(home: &Path) -> Session {
    let mut session = start(home, &data(home));
    session.sees("Olá 日本");
    session.sees("connected");
    session.types("abc");
    session.keeps("abc");
    session
}

fn is_in_the_draft(home: &Path, part: &str) {
    let mut store = Store::open(Some(&data(home))).unwrap().store;
    let draft = store
        .open_last_draft(2_000_000_000_000)
        .unwrap()
        .unwrap()
        .draft;
    assert!(draft.message.text().contains(part), "{draft:?}");
}

#[rstest]
#[case::file(removes_the_file)]
#[case::folder(removes_the_folder)]
#[case::file_moved(moves_the_file)]
#[case::folder_moved(moves_the_folder)]
#[case::replaced(replaces_the_file)]
fn what_is_typed_after_it_is_kept(#[case] remove: Removes) {
    let home = home();
    let mut session = composes(home.path());
    remove(home.path());
    session.types("日xyz");
    session.until("it is told", |screen| {
        told(screen).contains("removed,movedorreplaced")
    });
    session.sees("draft saved");
    quits(session);
    is_in_the_draft(home.path(), "abc日xyz");
}

#[rstest]
#[case::file(removes_the_file)]
#[case::folder(removes_the_folder)]
#[case::folder_moved(moves_the_folder)]
fn what_was_typed_before_it_is_kept_at_the_end(#[case] remove: Removes) {
    let home = home();
    let mut session = composes(home.path());
    remove(home.path());
    session.types("\u{11}");
    let (code, _) = session.ends();
    assert_eq!(code, 0);
    let said = String::from_utf8_lossy(&session.raw).into_owned();
    assert!(said.contains("warning: the store "), "{said}");
    is_in_the_draft(home.path(), "abc");
}

#[test]
fn a_message_that_was_sent_before_is_in_the_history() {
    let home = home();
    let mut session = composes(home.path());
    session.types(F5);
    session.sees("Send this message?");
    // What an impatient key may not do.
    session.answers();
    session.sees("Accepted in");
    removes_the_folder(home.path());
    session.types("more");
    session.until("it is told", |screen| {
        told(screen).contains("removed,movedorreplaced")
    });
    quits(session);
    let store = Store::open(Some(&data(home.path()))).unwrap().store;
    let sent = store.history("", None, 10).unwrap();
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(sent[0].state, SendState::Accepted);
}

#[test]
fn what_cannot_be_written_again_is_put_into_a_file() {
    let home = home();
    let mut session = composes(home.path());
    removes_the_folder(home.path());
    fs::write(data(home.path()), "日本").unwrap();
    session.types("日xyz");
    session.sees("nothing is kept");
    session.types("\u{11}");
    let (code, _) = session.ends();
    assert_eq!(code, 0);
    let said = String::from_utf8_lossy(&session.raw).into_owned();
    let path = said
        .split("it is in ")
        .nth(1)
        .and_then(|rest| rest.split(';').next());
    let path: String = path.unwrap().split_whitespace().collect();
    assert!(fs::read_to_string(&path).unwrap().contains("abc日xyz"));
    fs::remove_file(path).unwrap();
}

fn customer(to: &str, words: &str) -> Draft {
    Draft {
        to: to.to_owned(),
        ..text(words)
    }
}

/// A message of unknown outcome, the first one of the home's store.
fn doubtful(home: &Path, draft: &Draft) {
    let mut store = Store::open(Some(&data(home))).unwrap().store;
    let begin = Begin {
        profile: "sandbox",
        gateway: GatewayKind::Wuts,
        draft,
        request: &Account::public(GatewayKind::Wuts).encode(draft).unwrap(),
        file: None,
        now: 1_772_386_327_123,
        again: None,
        from: None,
    };
    store.begin(&begin).unwrap();
}

/// What another process sends becomes the first message of a new file.
fn replaces_with_another_message(home: &Path) {
    removes_the_folder(home);
    let words = "kind = \"text\"\nto = \"5511988888888\"\ntext = \"Outra 日本\"\n";
    fs::write(home.join("p.toml"), words).unwrap();
    let mut command = Command::new(program());
    let command = command.args(["send", "p.toml"]).current_dir(home);
    let command = command.env_clear().env("HOME", home);
    let sent = command.env("WACOMPOSE_DATA", data(home)).output().unwrap();
    assert!(sent.status.success(), "{sent:?}");
}

fn history(home: &Path) -> Vec<Entry> {
    let store = Store::open(Some(&data(home))).unwrap().store;
    store.history("", None, 10).unwrap()
}

/// The question on the screen is about the message that it names, whatever number that has now.
#[rstest]
#[case::marked_as_sent("\u{1b}[C", "Marked as sent", Resolution::Sent)]
#[case::kept_unknown("\u{1b}[D", "It stays unknown", Resolution::Kept)]
fn a_question_means_the_same_message_after(
    #[case] chooses: &str,
    #[case] words: &str,
    #[case] expected: Resolution,
) {
    let home = home();
    doubtful(home.path(), &customer("5511977777777", WIDE));
    let mut session = start(home.path(), &data(home.path()));
    session.asks("Outcome unknown");
    replaces_with_another_message(home.path());
    session.types(chooses);
    session.insists("\r", words);
    quits(session);
    let entries = history(home.path());
    let of = |to: &str| entries.iter().find(|entry| entry.to.contains(to)).unwrap();
    assert_eq!(of("77777").resolution, Some(expected));
    assert_eq!(of("88888").state, SendState::Accepted);
    assert_eq!(entries.len(), 2);
}

#[test]
fn what_is_sent_again_is_the_message_that_was_asked_about() {
    let home = home();
    doubtful(home.path(), &customer("5511977777777", WIDE));
    let mut session = start(home.path(), &data(home.path()));
    session.asks("Outcome unknown");
    replaces_with_another_message(home.path());
    session.types("\u{1b}[C\u{1b}[C\r");
    session.asks("Send it again?");
    let screen = session.text();
    assert!(
        screen.contains("77777") && !screen.contains("88888"),
        "{screen}"
    );
    session.types("\u{1b}[D\r");
    session.sees("Accepted");
    // The list has both, and what is asked of either is asked of that one.
    session.types("\u{1b}OR");
    session.sees("88888");
    session.types("\u{1b}[B");
    session.sees("sent again");
    session.types("\u{1b}[F\r");
    quits(session);
    let entries = history(home.path());
    let states = |to: &str| {
        let of = entries.iter().filter(|entry| entry.to.contains(to));
        of.map(|entry| (entry.state, entry.resolution))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        states("77777"),
        [
            (SendState::Accepted, None),
            (SendState::Unknown, Some(Resolution::Again))
        ]
    );
    assert_eq!(states("88888"), [(SendState::Accepted, None)]);
}

/// A limit on the size of files, which sends a signal, is as good as a full disk.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_may_not_grow_leaves_the_terminal_as_it_was() {
    let home = home();
    let folder = data(home.path());
    let env = [("WACOMPOSE_DATA", folder.to_str().unwrap())];
    let limited = ["bash", "-c", "ulimit -f 16; exec \"$0\""];
    let mut session = Session::start_through(home.path(), &limited, &env);
    session.sees("Olá 日本");
    session.sees("connected");
    session.types(&"日本".repeat(60));
    session.types("\u{11}");
    let (code, _) = session.ends();
    assert_eq!(code, 0, "{}", String::from_utf8_lossy(&session.raw));
    let raw = String::from_utf8_lossy(&session.raw).into_owned();
    let (entered, left) = (raw.rfind("\u{1b}[?1049h"), raw.rfind("\u{1b}[?1049l"));
    assert!(left > entered, "the alternate screen was left");
}
