//! What is in doubt, and what was kept, survives a store that is damaged, removed, moved or replaced; and
//! a clock that jumped removes nothing.

use std::fs;
use std::path::Path;

use rstest::rstest;
use rusqlite::Connection;
use wacompose::store::{Notice, SendId, SendState, Store};

use super::{DAY, Data, NOW, WIDE, accepted, begin, text};

/// A store with a draft, a message that was accepted, and one that was under way when its process was
/// killed.
fn killed(data: &Data) {
    let mut store = data.open();
    store.save_draft(None, &text("", WIDE), None, NOW).unwrap();
    let draft = text("5511", WIDE);
    let sent = begin(&mut store, &draft, NOW, None);
    store.finish(sent, &accepted(&draft, "3EB0"), NOW).unwrap();
    begin(&mut store, &text("5522", WIDE), NOW + 1, None);
    // The lock is let go, and everything stays as it is on the disk.
    std::mem::forget(store);
}

/// Copies what a killed process left into a folder where nobody runs.
fn left(data: &Data) -> Data {
    let to = Data::new();
    fs::create_dir(to.folder()).unwrap();
    for entry in data.folder().read_dir().unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.folder().join(entry.file_name())).unwrap();
    }
    to
}

fn checkpoint(data: &Data) {
    let other = Connection::open(data.file()).unwrap();
    other
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .unwrap();
}

/// Overwrites the first page of a table or an index.
fn damage(data: &Data, name: &str) {
    let other = Connection::open(data.file()).unwrap();
    let page: u32 = other
        .query_row(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?1",
            [name],
            |row| row.get(0),
        )
        .unwrap();
    drop(other);
    let mut bytes = fs::read(data.file()).unwrap();
    let page = page as usize;
    bytes[(page - 1) * 4096..page * 4096].fill(0xa5);
    fs::write(data.file(), bytes).unwrap();
}

fn doubts(store: &mut Store) -> Vec<(String, String)> {
    let doubts = store.interrupted().unwrap();
    assert!(doubts.iter().all(|entry| entry.state == SendState::Unknown));
    let doubts = doubts.into_iter();
    doubts.map(|entry| (entry.to, entry.first_line)).collect()
}

#[rstest]
#[case::index(|data: &Data| damage(data, "sent_started"), 1, 2)]
#[case::another_index(|data: &Data| damage(data, "sent_in_doubt"), 1, 2)]
#[case::drafts(|data: &Data| damage(data, "draft"), 0, 2)]
#[case::clock(|data: &Data| damage(data, "clock"), 1, 2)]
#[case::messages(|data: &Data| damage(data, "sent"), 1, 1)]
#[case::requests(|data: &Data| damage(data, "exchange"), 1, 2)]
#[case::header(|data: &Data| { let mut b = fs::read(data.file()).unwrap(); b[..100].fill(0); fs::write(data.file(), b).unwrap(); }, 0, 1)]
#[case::cut(|data: &Data| { let b = fs::read(data.file()).unwrap(); fs::write(data.file(), &b[..5000]).unwrap(); }, 0, 1)]
#[case::text(|data: &Data| fs::write(data.file(), WIDE.repeat(500)).unwrap(), 0, 1)]
#[case::empty(|data: &Data| fs::write(data.file(), "").unwrap(), 0, 1)]
#[case::removed(|data: &Data| fs::remove_file(data.file()).unwrap(), 0, 1)]
fn what_is_in_doubt_survives_damage(
    #[case] damage: fn(&Data),
    #[case] drafts: usize,
    #[case] messages: usize,
) {
    let data = Data::new();
    killed(&data);
    checkpoint(&data);
    let data = left(&data);
    damage(&data);

    let mut opened = Store::open(Some(&data.folder())).unwrap();
    let notice = opened.notice.map(|notice| notice.to_string());
    assert!(opened.store.is_kept(), "{notice:?}");
    assert_eq!(
        doubts(&mut opened.store),
        [("5522".to_owned(), WIDE.to_owned())],
        "{notice:?}"
    );
    let drafts = drafts..=1;
    assert!(drafts.contains(&opened.store.drafts().unwrap().len()));
    let found = opened.store.history("", None, 10).unwrap();
    assert!(found.len() >= messages, "{notice:?} {found:?}");
    let doubt = opened.store.interrupted().unwrap()[0].id;
    opened.store.mark_sent(doubt, Some("3EB1")).unwrap();
    drop(opened.store);
    // It is asked about once.
    assert_eq!(doubts(&mut data.open()), []);
}

#[test]
fn the_history_of_a_damaged_file_is_in_the_new_one() {
    let data = Data::new();
    killed(&data);
    checkpoint(&data);
    let data = left(&data);
    damage(&data, "sent_started");

    let (store, notice) = data.open_with_notice();
    assert!(
        notice
            .to_string()
            .ends_with("a new one was begun with its drafts and its history"),
        "{notice}"
    );
    let sent = store.sent(SendId(1)).unwrap();
    assert_eq!(sent.entry.message_id.as_deref(), Some("3EB0"));
    assert_eq!(sent.draft, text("5511", WIDE));
    assert_eq!(sent.response.unwrap().status, 200);
    assert_eq!(store.history("3eb0", None, 10).unwrap().len(), 1);
}

// ------------------------------------------------------------------------- removed while in use

/// What a store is used for while somebody removes it.
struct Used {
    store: Store,
    under_way: SendId,
}

fn used(data: &Data) -> Used {
    let mut store = data.open();
    store.save_draft(None, &text("", WIDE), None, NOW).unwrap();
    let draft = text("5511", WIDE);
    let sent = begin(&mut store, &draft, NOW, None);
    store.finish(sent, &accepted(&draft, "3EB0"), NOW).unwrap();
    let under_way = begin(&mut store, &text("5522", WIDE), NOW + 1, None);
    Used { store, under_way }
}

fn away(data: &Data) -> std::path::PathBuf {
    data.home.path().join("away 日本")
}

#[cfg(unix)]
#[rstest]
#[case::the_file(|data: &Data| fs::remove_file(data.file()).unwrap())]
#[case::the_folder(|data: &Data| fs::remove_dir_all(data.folder()).unwrap())]
#[case::the_file_moved(|data: &Data| fs::rename(data.file(), away(data)).unwrap())]
#[case::the_folder_moved(|data: &Data| fs::rename(data.folder(), away(data)).unwrap())]
#[case::all_files(|data: &Data| for entry in data.folder().read_dir().unwrap() { fs::remove_file(entry.unwrap().path()).unwrap(); })]
#[case::the_log(|data: &Data| fs::remove_file(data.folder().join("wacompose.db-wal")).unwrap())]
#[case::what_is_beside(|data: &Data| for end in ["-wal", "-shm"] { fs::remove_file(data.folder().join(format!("wacompose.db{end}"))).unwrap(); })]
#[case::an_empty_folder(|data: &Data| { fs::rename(data.folder(), away(data)).unwrap(); fs::create_dir(data.folder()).unwrap(); })]
#[case::another_store(|data: &Data| {
    let other = Data::new();
    let mut store = other.open();
    store.save_draft(None, &text("", "another"), None, NOW).unwrap();
    begin(&mut store, &text("5533", "another"), NOW, None);
    drop(store);
    fs::rename(other.file(), data.folder().join("new")).unwrap();
    fs::rename(data.folder().join("new"), data.file()).unwrap();
})]
#[case::something_else(|data: &Data| { fs::remove_file(data.file()).unwrap(); fs::write(data.file(), WIDE.repeat(200)).unwrap(); })]
fn a_store_that_is_removed_while_it_is_used_is_written_again(#[case] remove: fn(&Data)) {
    let data = Data::new();
    let Used {
        mut store,
        under_way,
    } = used(&data);
    remove(&data);
    assert_eq!(
        store
            .save_draft(None, &text("", "日"), None, NOW)
            .unwrap_err()
            .to_string(),
        "the store was removed, moved or replaced while it was in use: try again"
    );
    let recovered = store.recover().unwrap().unwrap();
    assert!(
        matches!(recovered.notice, Notice::WrittenAgain(_)),
        "{}",
        recovered.notice
    );
    assert!(store.is_kept());
    assert!(store.recover().unwrap().is_none());
    store.save_draft(None, &text("", "日"), None, NOW).unwrap();
    let under_way = recovered.message(under_way);
    store
        .finish(under_way, &accepted(&text("5522", WIDE), "3EB1"), NOW + 2)
        .unwrap();
    drop(store);

    let mut store = data.open();
    let drafts = store.drafts().unwrap();
    let of = |line: &str| drafts.iter().filter(|row| row.first_line == line).count();
    assert_eq!((of(WIDE), of("日")), (1, 1), "{drafts:?}");
    for id in ["3EB0", "3EB1"] {
        let found = store.history(id, None, 10).unwrap();
        assert_eq!(found.len(), 1, "{id}");
        assert_eq!(found[0].state, SendState::Accepted);
        assert_eq!(store.sent(found[0].id).unwrap().draft.message.text(), WIDE);
    }
    let others = doubts(&mut store);
    assert!(others.iter().all(|(to, _)| to == "5533"), "{others:?}");
}

#[cfg(unix)]
#[test]
fn what_is_under_way_in_a_store_that_was_written_again_is_in_doubt_when_that_is_killed() {
    let data = Data::new();
    let Used { mut store, .. } = used(&data);
    fs::remove_dir_all(data.folder()).unwrap();
    store.recover().unwrap().unwrap();
    std::mem::forget(store);
    let mut store = left(&data).open();
    assert_eq!(doubts(&mut store), [("5522".to_owned(), WIDE.to_owned())]);
}

#[cfg(unix)]
#[test]
fn a_store_that_cannot_be_written_again_goes_on_in_memory() {
    let data = Data::new();
    let Used {
        mut store,
        under_way,
    } = used(&data);
    fs::remove_dir_all(data.folder()).unwrap();
    fs::write(data.folder(), "日本").unwrap();
    let recovered = store.recover().unwrap().unwrap();
    assert!(
        matches!(recovered.notice, Notice::Removed { .. }),
        "{}",
        recovered.notice
    );
    assert!(!store.is_kept());
    assert_eq!(store.drafts().unwrap().len(), 1);
    let under_way = recovered.message(under_way);
    store
        .finish(under_way, &accepted(&text("5522", WIDE), "3EB1"), NOW + 2)
        .unwrap();
    assert_eq!(store.history("3eb1", None, 10).unwrap().len(), 1);
}

#[test]
fn a_message_whose_request_was_damaged_says_so() {
    let data = Data::new();
    drop(used(&data));
    let other = Connection::open(data.file()).unwrap();
    other
        .execute("DELETE FROM exchange WHERE id = 1", [])
        .unwrap();
    drop(other);
    let store = data.open();
    assert_eq!(store.history("", None, 10).unwrap().len(), 2);
    let error = store.sent(SendId(1)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the message 1 cannot be read: it was in a part of the store that was damaged"
    );
}

// ------------------------------------------------------------------------- what is no file

#[cfg(unix)]
#[rstest]
#[case::the_file("wacompose.db", "wacompose.db cannot be opened (it is not a file)")]
#[case::its_log(
    "wacompose.db-wal",
    "wacompose.db-wal cannot be opened (it is not a file)"
)]
#[case::its_journal(
    "wacompose.db-journal",
    "wacompose.db-journal cannot be opened (it is not a file)"
)]
#[case::the_turn("wacompose.lock", "wacompose.lock cannot be opened (it is not a file)")]
#[case::a_lock("running-00ff00ff00ff00ff.lock", "")]
fn a_pipe_is_not_waited_for(#[case] name: &str, #[case] told: &str) {
    let data = Data::new();
    fs::create_dir(data.folder()).unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(data.folder().join(name))
        .status();
    assert!(made.unwrap().success());
    let opened = Store::open(Some(&data.folder())).unwrap();
    let notice = opened.notice.map(|notice| notice.to_string());
    let notice = notice.unwrap_or_default();
    assert!(notice.contains(told), "{notice}");
    assert_eq!(opened.store.is_kept(), told.is_empty());
}

// ------------------------------------------------------------------------- clocks

/// The messages that are left after a start at each of some days.
fn after_starts(path: &Path, days: &[i64], history_days: u32) -> usize {
    for day in days {
        let mut store = Store::open(Some(path)).unwrap().store;
        store.purge_by_clock(NOW + day * DAY, history_days).unwrap();
    }
    let store = Store::open(Some(path)).unwrap().store;
    store.history("", None, 10).unwrap().len()
}

#[rstest]
#[case::one_start(&[120], 90, 2)]
#[case::ten_years(&[3650], 90, 2)]
#[case::several_starts(&[120, 120, 120, 120], 90, 2)]
#[case::there_and_back(&[120, 0, 120, 1, 240], 90, 2)]
#[case::a_short_history(&[20], 7, 2)]
#[case::really_so_late(&[120, 121, 122], 90, 0)]
#[case::used_all_the_time(&[5, 10, 15, 20, 25, 30], 28, 1)]
#[case::for_ever(&[120, 121, 122], 0, 2)]
fn a_clock_that_jumped_removes_nothing(
    #[case] days: &[i64],
    #[case] history_days: u32,
    #[case] expected: usize,
) {
    let data = Data::new();
    let mut store = data.open();
    let draft = text("5511", WIDE);
    for (day, id) in [(0, "3EB0"), (3, "3EB1")] {
        let sent = begin(&mut store, &draft, NOW + day * DAY, None);
        store
            .finish(sent, &accepted(&draft, id), NOW + day * DAY)
            .unwrap();
    }
    drop(store);
    assert_eq!(after_starts(&data.folder(), days, history_days), expected);
}

#[test]
fn a_deleted_draft_survives_a_clock_that_jumped() {
    let data = Data::new();
    let mut store = data.open();
    let id = store.save_draft(None, &text("", WIDE), None, NOW).unwrap();
    store.delete_draft(id, NOW).unwrap();
    store.purge_by_clock(NOW + 1000 * DAY, 90).unwrap();
    store.restore_draft(id).unwrap();
}

#[rstest]
#[case::all(&[0, 1], true)]
#[case::half(&[0, 85], true)]
#[case::a_part(&[0, 85, 86], false)]
#[case::nothing(&[85, 86], false)]
fn what_is_removed_at_once_is_told(#[case] days: &[i64], #[case] is_told: bool) {
    let data = Data::new();
    let mut store = data.open();
    let draft = text("5511", WIDE);
    for day in days {
        let at = NOW + day * DAY;
        let sent = begin(&mut store, &draft, at, None);
        store.finish(sent, &accepted(&draft, "3EB0"), at).unwrap();
    }
    for day in [86, 92] {
        let purged = store.purge_by_clock(NOW + day * DAY, 90).unwrap();
        if day == 92 {
            assert_eq!(purged.words().is_some(), is_told, "{purged:?}");
        }
    }
}
