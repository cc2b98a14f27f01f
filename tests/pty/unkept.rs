//! A store that cannot be used, or no longer: the composer opens, says what to do, works on, and
//! writes over nothing that it cannot read.

use std::fs;
use std::path::{Path, PathBuf};

use rstest::rstest;
use rusqlite::Connection;
use tempfile::TempDir;
use wacompose::message::{Draft, Message, Text};
use wacompose::store::Store;

use crate::session::{ENTER, Session};

const F1: &str = "\u{1b}OP";
const F3: &str = "\u{1b}OR";
pub const F5: &str = "\u{1b}[15~";
pub const ESC: &str = "\u{1b}";
const QUIT: &str = "\u{11}";

/// Wide characters of every sort.
pub const WIDE: &str = "Olá 日本 👩‍👩‍👧 e\u{301} שלום";

/// A home whose store has a draft and is closed again.
pub fn home() -> TempDir {
    let home = TempDir::new().unwrap();
    let mut store = Store::open(Some(&data(home.path()))).unwrap().store;
    store.save_draft(None, &text(WIDE), None, 1).unwrap();
    home
}

pub fn text(text: &str) -> Draft {
    let text = text.to_owned();
    Draft {
        to: "5511999999999".to_owned(),
        message: Message::Text(Text { text }),
        ..Draft::default()
    }
}

pub fn data(home: &Path) -> PathBuf {
    home.join("data")
}

pub fn file(home: &Path) -> PathBuf {
    data(home).join(Store::FILE)
}

pub fn start(home: &Path, folder: &Path) -> Session {
    Session::start_in(home, &[], &[("WACOMPOSE_DATA", folder.to_str().unwrap())])
}

/// What a sentence is without its blanks: on the screen it is wrapped, in a path too.
fn joined(words: &str) -> String {
    words.split_whitespace().collect()
}

/// The words in the boxes of what did not work.
pub fn told(screen: &str) -> String {
    let mut words = String::new();
    let mut left = None;
    for line in screen.lines() {
        let cells: Vec<char> = line.chars().collect();
        if let Some(at) = line.find("│ ✗ ") {
            left = Some(line[..at].chars().count());
        } else if line.contains("╰─") && line.trim_end().ends_with("╯ │") {
            left = None;
        }
        if let Some(left) = left {
            let inside = cells.iter().skip(left + 1).take_while(|cell| **cell != '│');
            words.extend(inside.filter(|cell| !cell.is_whitespace()));
        }
    }
    words
}

pub fn is_told(session: &mut Session, words: &str) {
    let wanted = joined(words);
    session.until(words, |screen| told(screen).contains(&wanted));
}

/// Writes, sends, looks at the history and saves: what has to go whatever the store does. What is
/// composed has so many characters.
pub fn works_on(session: &mut Session, home: &Path, characters: usize) {
    session.types(" 日本!");
    session.sees(&format!(" {}/", characters + 4));
    session.types(F5);
    session.asks("Send this message?");
    session.types("\r");
    session.sees("Accepted in");
    session.types(F3);
    session.sees("accepted");
    session.types("\u{1b}OQ");
    session.sees("Accepted in");
    let saved = home.join("saved.toml");
    session.types("\u{13}");
    session.sees("Save as");
    session.types(&format!("\u{1b}a{}{ENTER}", saved.display()));
    session.sees("Saved saved.toml");
    assert!(fs::read_to_string(saved).unwrap().contains(" 日本!"));
}

/// What the help says of the store, however long ago the composer told it.
fn is_in_the_help(session: &mut Session, words: &str) {
    session.types(&format!("{F1}{ESC}[F"));
    session.sees("The store");
    session.sees(words);
    session.types(ESC);
    session.until("the help is closed", |screen| !screen.contains("The store"));
}

pub fn quits(mut session: Session) {
    session.types(QUIT);
    assert_eq!(session.ends().0, 0);
}

// -------------------------------------------------------------------- files that cannot be used

#[test]
fn a_newer_versions_store_stays_as_it_is() {
    let home = home();
    let file = file(home.path());
    let newer = Connection::open(&file).unwrap();
    newer.pragma_update(None, "user_version", 1000).unwrap();
    drop(newer);
    let bytes = fs::read(&file).unwrap();

    let mut session = start(home.path(), &data(home.path()));
    is_told(
        &mut session,
        &format!(
            "a newer version of wacompose wrote the store {}, which stays as it is: use that \
             version, or name another folder in WACOMPOSE_DATA; until then nothing is kept",
            file.display()
        ),
    );
    session.sees("nothing is kept · F5");
    is_in_the_help(&mut session, "a newer version of wacompose");
    works_on(&mut session, home.path(), 48);
    quits(session);
    assert_eq!(fs::read(&file).unwrap(), bytes);
    assert_eq!(aside(home.path()), Vec::<PathBuf>::new());
}

/// The files that were moved aside, without what was beside them.
fn aside(home: &Path) -> Vec<PathBuf> {
    let entries = data(home).read_dir().unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|end| end == "unreadable-1"))
        .collect()
}

#[rstest]
#[case::garbage(|bytes: &mut Vec<u8>| *bytes = "nada disto é uma base 日本\n".repeat(400).into())]
#[case::cut_short(|bytes: &mut Vec<u8>| bytes.truncate(bytes.len() / 2))]
#[case::header_alone(|bytes: &mut Vec<u8>| bytes.truncate(100))]
#[case::pages_overwritten(|bytes: &mut Vec<u8>| bytes[4096..].fill(0xa5))]
fn what_is_damaged_is_moved_aside_and_named(#[case] damage: fn(&mut Vec<u8>)) {
    let home = home();
    let file = file(home.path());
    let mut bytes = fs::read(&file).unwrap();
    damage(&mut bytes);
    fs::write(&file, &bytes).unwrap();

    let mut session = start(home.path(), &data(home.path()));
    is_told(&mut session, "the store is damaged: it was moved");
    let to = file.with_file_name("wacompose.db.unreadable-1");
    is_told(
        &mut session,
        &format!("it was moved to {}, and a new one was begun", to.display()),
    );
    is_in_the_help(&mut session, "is damaged");
    works_on(&mut session, home.path(), 48);
    session.types("?");
    session.sees("draft saved");
    quits(session);
    assert_eq!(fs::read(&to).unwrap(), bytes);
    assert_eq!(aside(home.path()), [to]);

    // The new one keeps, and nothing has to be told any more.
    let mut session = start(home.path(), &data(home.path()));
    session.sees("日本!?");
    session.sees("saved.toml, changed");
    assert_eq!(told(&session.text()), "");
    quits(session);
}

/// In a big file only the drafts are read through before it is used.
#[test]
fn damage_that_is_found_while_reading_is_told_and_no_draft_is_lost() {
    let home = home();
    let file = file(home.path());
    let big = Connection::open(&file).unwrap();
    big.execute_batch(
        "INSERT INTO sent VALUES (1, 'gone', 0, 9, 'p', 'wuts', 'text', '551', 'a', NULL,
            'accepted', NULL, '3EB0', 200, 1, 9, 'a', NULL);
         INSERT INTO exchange VALUES (1, NULL, '{}', '{}', NULL, NULL, zeroblob(17000000));
         PRAGMA wal_checkpoint(TRUNCATE);",
    )
    .unwrap();
    let page: u32 = big
        .query_row(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'exchange'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    drop(big);
    let mut bytes = fs::read(&file).unwrap();
    let at = (page as usize - 1) * 4096;
    bytes[at..at + 4096].fill(0xa5);
    fs::write(&file, &bytes).unwrap();

    let mut session = start(home.path(), &data(home.path()));
    session.sees("Olá 日本");
    session.types(F3);
    session.sees("The history cannot be read: the store is");
    session.types("\u{1b}OQ");
    session.types(" o que eu escrevi 日本");
    session.sees("draft saved");
    session.types(F5);
    session.asks("Send this message?");
    session.types("\r");
    is_told(
        &mut session,
        "The history does not have this message: the store is damaged: start again, and it is set \
         aside for a new one",
    );
    session.sees("Accepted in");
    session.types("?");
    session.sees("draft saved");
    quits(session);

    let mut session = start(home.path(), &data(home.path()));
    let to = file.with_file_name("wacompose.db.unreadable-1");
    is_told(
        &mut session,
        &format!(
            "the store is damaged: it was moved to {}, and a \
             new one was begun with its drafts",
            to.display()
        ),
    );
    session.sees("escrevi 日本?");
    session.types("!");
    session.sees("draft saved");
    quits(session);
    assert_eq!(aside(home.path()), std::slice::from_ref(&to));
    // What was damaged is as it was.
    assert_eq!(fs::read(to).unwrap()[at..at + 4096], bytes[at..at + 4096]);
}

// -------------------------------------------------------------------- what must not be written

#[rstest]
#[case::a_file_in_its_place("file")]
#[case::a_folder_in_a_file("file/data")]
#[cfg_attr(target_os = "linux", case::where_nothing_can_be_made("/proc/none"))]
fn a_folder_that_cannot_be_made_is_told(#[case] folder: &str) {
    let home = TempDir::new().unwrap();
    let in_the_way = home.path().join("file");
    fs::write(&in_the_way, "in the way 日本").unwrap();
    let folder = home.path().join(folder);
    let mut session = start(home.path(), &folder);
    is_told(
        &mut session,
        &format!(
            "the store's folder {} cannot be written (",
            folder.display()
        ),
    );
    is_told(
        &mut session,
        "make it writable, or name another in WACOMPOSE_DATA; until then nothing is kept",
    );
    session.sees("nothing is kept · F5");
    is_in_the_help(&mut session, "the store's folder");
    works_on(&mut session, home.path(), 48);
    quits(session);
    assert_eq!(fs::read_to_string(in_the_way).unwrap(), "in the way 日本");
}

/// How a composer is started for which permissions count, the superuser's too.
#[cfg(target_os = "linux")]
const HELD_TO_PERMISSIONS: [&str; 2] = ["setpriv", "--bounding-set=-dac_override,-fowner"];

/// Somebody else's, and written by nobody; `false` where that cannot be arranged.
#[cfg(target_os = "linux")]
fn protect(path: &Path, mode: u32) -> bool {
    use std::os::unix::fs::PermissionsExt as _;

    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let is_root = rustix::process::geteuid().is_root();
    if is_root {
        std::os::unix::fs::chown(path, Some(1), None).unwrap();
    }
    is_root
}

#[cfg(target_os = "linux")]
#[rstest]
#[case::folder("", 0o555)]
#[case::file(Store::FILE, 0o444)]
fn what_cannot_be_written_is_read_into_memory(#[case] what: &str, #[case] mode: u32) {
    let home = home();
    let folder = data(home.path());
    let is_anothers = protect(&folder.join(what), mode);
    if !is_anothers && mode == 0o444 {
        // Its owner may change that, and the composer does.
        return;
    }
    let bytes = fs::read(file(home.path())).unwrap();
    let env = [("WACOMPOSE_DATA", folder.to_str().unwrap())];
    let mut session = if is_anothers {
        Session::start_through(home.path(), &HELD_TO_PERMISSIONS, &env)
    } else {
        Session::start_in(home.path(), &[], &env)
    };
    is_told(
        &mut session,
        "make it writable, or name another in WACOMPOSE_DATA; until then nothing new is kept",
    );
    session.sees("Olá 日本");
    session.sees("nothing is kept · ");
    let characters = WIDE.chars().count();
    works_on(&mut session, home.path(), characters);
    quits(session);
    assert_eq!(fs::read(file(home.path())).unwrap(), bytes);
}
