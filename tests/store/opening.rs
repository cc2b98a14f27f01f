//! Whatever is found, there is a store to work with, people are told in a sentence, and what could
//! not be read is still there.

use std::fs::{self, File, OpenOptions};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::time::Duration;

use rstest::rstest;
use rusqlite::Connection;
use wacompose::store::{DraftFile, NotKept, Notice, Store};

use super::{Data, NOW, WIDE, text};

/// What every store can do, on disk or in memory.
fn works(store: &mut Store) {
    let draft = text("5511999999999", WIDE);
    let id = store.save_draft(None, &draft, None, NOW).unwrap();
    assert_eq!(store.open_draft(id, NOW).unwrap().draft, draft);
    let sent = super::begin(store, &draft, NOW, None);
    let exchange = super::accepted(&draft, "3EB0");
    store.finish(sent, &exchange, NOW).unwrap();
    assert_eq!(store.sent(sent).unwrap().draft, draft);
}

/// A store with a draft in it, closed again.
fn with_a_draft(data: &Data) {
    let mut store = data.open();
    store.save_draft(None, &text("", WIDE), None, NOW).unwrap();
}

#[test]
fn a_folder_that_is_missing_is_made() {
    let data = Data::new();
    let mut store = data.open();
    works(&mut store);
    drop(store);
    assert_eq!(data.names(), [Store::FILE]);
    assert_eq!(data.open().drafts().unwrap().len(), 1);
}

#[cfg(unix)]
#[test]
fn everything_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let data = Data::new();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    with_a_draft(&data);
    fs::write(data.folder().join("wacompose.db-wal"), "").unwrap();
    for name in [Store::FILE, "wacompose.db-wal", "wacompose.lock"] {
        let path = data.folder().join(name);
        fs::set_permissions(path, fs::Permissions::from_mode(0o666)).unwrap();
    }
    let mut store = data.open();
    works(&mut store);
    assert_eq!(mode(&data.folder()), 0o700);
    let files: Vec<_> = data.folder().read_dir().unwrap().collect();
    assert_eq!(files.len(), 5, "the file, -wal, -shm and two locks");
    for file in files {
        let path = file.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

/// A folder that holds what is not the store's is somebody's for other things.
#[cfg(unix)]
#[rstest]
#[case::empty(&[], 0o755, 0o700)]
#[case::for_everybody(&[], 0o777, 0o700)]
#[case::the_stores_own(
    &["wacompose.lock", "running-00ff.lock", "wacompose.db.damaged", "wacompose.db.unreadable-1-wal"],
    0o755,
    0o700
)]
#[case::already(&["order.toml"], 0o700, 0o700)]
#[case::with_others(&["wacompose.lock", "日本.toml"], 0o755, 0o755)]
#[case::nearly_the_stores_own(&["wacompose.database"], 0o750, 0o750)]
#[case::with_a_folder(&["wacompose.db.unreadable-1/日"], 0o777, 0o777)]
fn a_folder_of_the_stores_alone_is_its_owners_alone(
    #[case] names: &[&str],
    #[case] before: u32,
    #[case] after: u32,
) {
    use std::os::unix::fs::PermissionsExt as _;

    let data = Data::new();
    for name in names {
        let path = data.folder().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "").unwrap();
    }
    fs::create_dir_all(data.folder()).unwrap();
    fs::set_permissions(data.folder(), fs::Permissions::from_mode(before)).unwrap();
    with_a_draft(&data);
    let mode = fs::metadata(data.folder()).unwrap().permissions().mode() & 0o7777;
    assert_eq!(mode, after, "{mode:o}");
}

#[cfg(unix)]
#[rstest]
#[case::nothing_is_masked("000")]
#[case::all_is_masked("777")]
fn the_umask_changes_nothing(#[case] umask: &str) {
    use std::os::unix::fs::PermissionsExt as _;

    let data = Data::new();
    let other = super::processes::Other::with_umask(umask, "drafts", &data);
    assert_eq!(other.line(), "[]");
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    assert_eq!(mode(&data.folder()), 0o700);
    assert_eq!(mode(&data.file()), 0o600);
}

#[rstest]
#[case::no_database(b"kind = \"text\"\ntext = \"\xe6\x97\xa5\xe6\x9c\xac\"\n".repeat(200))]
#[case::short(b"SQLite format 3\0".to_vec())]
fn what_is_no_database_is_moved_aside(#[case] content: Vec<u8>) {
    let data = Data::new();
    fs::create_dir(data.folder()).unwrap();
    fs::write(data.file(), &content).unwrap();
    fs::write(data.folder().join("wacompose.db-wal"), WIDE).unwrap();
    // Names that are taken stay what they are.
    let taken = data.folder().join("wacompose.db.unreadable-1-wal");
    fs::write(&taken, "older").unwrap();

    let (mut store, notice) = data.open_with_notice();
    let to = data.folder().join("wacompose.db.unreadable-2");
    assert_eq!(
        notice.to_string(),
        format!(
            "the store is damaged: it was moved to {}, and a new one was begun",
            to.display()
        )
    );
    works(&mut store);
    assert!(store.is_kept());
    assert_eq!(fs::read(&to).unwrap(), content);
    let wal = data.folder().join("wacompose.db.unreadable-2-wal");
    assert_eq!(fs::read_to_string(wal).unwrap(), WIDE);
    assert_eq!(fs::read_to_string(taken).unwrap(), "older");
    drop(store);
    assert_eq!(data.open().drafts().unwrap().len(), 1);
}

#[test]
fn a_name_with_control_characters_does_not_reach_the_terminal() {
    let data = Data::new();
    let folder = data.home.path().join("日\u{1b}[2J\u{202e}");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join(Store::FILE), "no database, however long it is").unwrap();
    let notice = Store::open(Some(&folder)).unwrap().notice.unwrap();
    let shown = notice.to_string();
    assert!(shown.contains("日␛[2J⟨U+202E⟩"), "{shown}");
}

#[rstest]
#[case::cut_short(|bytes: &mut Vec<u8>| bytes.truncate(bytes.len() / 2))]
#[case::overwritten(|bytes: &mut Vec<u8>| { let from = bytes.len() / 3; bytes[from..].fill(0xa5); })]
#[case::first_page(|bytes: &mut Vec<u8>| bytes[100..4096].fill(0))]
fn what_is_damaged_is_moved_aside(#[case] damage: fn(&mut Vec<u8>)) {
    let data = Data::new();
    with_a_draft(&data);
    let mut bytes = fs::read(data.file()).unwrap();
    damage(&mut bytes);
    fs::write(data.file(), &bytes).unwrap();

    let (mut store, notice) = data.open_with_notice();
    let to = data.folder().join("wacompose.db.unreadable-1");
    assert_eq!(fs::read(&to).unwrap(), bytes);
    let moved = format!(
        "the store is damaged: it was moved to {}, and a new one was begun",
        to.display()
    );
    assert!(notice.to_string().starts_with(&moved), "{notice}");
    let taken = matches!(notice, Notice::MovedAside { drafts, .. } if drafts == store.drafts().unwrap().len());
    assert!(taken, "{notice}");
    works(&mut store);
}

#[test]
fn another_programs_database_is_moved_aside() {
    let data = Data::new();
    fs::create_dir(data.folder()).unwrap();
    let other = Connection::open(data.file()).unwrap();
    other
        .execute_batch("CREATE TABLE theirs (x); INSERT INTO theirs VALUES ('日本')")
        .unwrap();
    drop(other);
    let (mut store, notice) = data.open_with_notice();
    let to = data.folder().join("wacompose.db.unreadable-1");
    assert_eq!(
        notice.to_string(),
        format!(
            "the store's file is another program's database: it was moved to {}, and a new one was \
             begun",
            to.display()
        )
    );
    works(&mut store);
    let theirs: String = Connection::open(to)
        .unwrap()
        .query_row("SELECT x FROM theirs", [], |row| row.get(0))
        .unwrap();
    assert_eq!(theirs, "日本");
}

#[test]
fn damage_that_is_found_later_is_set_aside_at_the_next_start() {
    let data = Data::new();
    let mut store = data.open();
    store.save_draft(None, &text("", WIDE), None, NOW).unwrap();
    // Behind the store's back: the table's first page, and a change that makes it look again.
    let other = Connection::open(data.file()).unwrap();
    let page: u32 = other
        .query_row(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'draft'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    other
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .unwrap();
    let mut file = OpenOptions::new().write(true).open(data.file()).unwrap();
    file.seek(SeekFrom::Start(u64::from(page - 1) * 4096))
        .unwrap();
    file.write_all(&[0xa5; 4096]).unwrap();
    other.execute_batch("CREATE TABLE more (x)").unwrap();
    drop(other);
    let error = store.drafts().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the store is damaged: start again, and it is set aside for a new one"
    );

    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mark = fs::metadata(data.folder().join("wacompose.db.damaged")).unwrap();
        assert_eq!(mark.permissions().mode() & 0o777, 0o600);
    }

    // Not under the feet of the one that works with it.
    let (mut second, notice) = data.open_with_notice();
    assert!(matches!(
        notice,
        Notice::InMemory {
            why: NotKept::DamagedInUse(_),
            has_copy: false
        }
    ));
    assert!(notice.to_string().contains("close the other composers"));
    works(&mut second);
    drop((store, second));

    let (mut store, notice) = data.open_with_notice();
    assert!(matches!(notice, Notice::MovedAside { .. }), "{notice}");
    works(&mut store);
    drop(store);
    data.open();
}

#[test]
fn the_drafts_of_a_damaged_file_are_in_the_new_one() {
    let data = Data::new();
    let mut store = data.open();
    let file = std::path::Path::new("/tmp/日本.toml");
    let named = store.save_draft(
        None,
        &text("1", WIDE),
        Some(DraftFile {
            path: file,
            base: Some(WIDE),
        }),
        NOW,
    );
    let named = named.unwrap();
    store.rename_draft(named, Some("Olá 日本")).unwrap();
    for (to, number) in [("2", 1), ("senseless", 2), ("deleted", 3)] {
        let id = store.save_draft(None, &text(to, WIDE), None, NOW + number);
        if to == "deleted" {
            store.delete_draft(id.unwrap(), NOW + 4).unwrap();
        }
    }
    drop(store);
    let other = Connection::open(data.file()).unwrap();
    other
        .execute_batch("UPDATE draft SET body = '{' WHERE recipient = 'senseless'")
        .unwrap();
    drop(other);
    let bytes = fs::read(data.file()).unwrap();
    fs::write(data.folder().join("wacompose.db.damaged"), "").unwrap();

    let (mut store, notice) = data.open_with_notice();
    assert!(
        matches!(&notice, Notice::MovedAside { to, drafts: 2, .. } if fs::read(to).unwrap() == bytes),
        "{notice}"
    );
    assert!(
        notice
            .to_string()
            .ends_with("a new one was begun with its drafts")
    );
    let rows = store.drafts().unwrap();
    let all: Vec<_> = rows
        .iter()
        .map(|row| (row.to.as_str(), row.updated))
        .collect();
    assert_eq!(all, [("2", NOW + 1), ("1", NOW)]);
    assert_eq!(store.open_last_draft(NOW).unwrap().unwrap().id, rows[0].id);
    let kept = store.open_draft(rows[1].id, NOW).unwrap();
    assert_eq!(kept.draft, text("1", WIDE));
    assert_eq!(kept.name.as_deref(), Some("Olá 日本"));
    assert_eq!(kept.file.as_deref(), Some(file));
    assert_eq!(kept.base.as_deref(), Some(WIDE));
}

#[test]
fn a_newer_versions_store_stays_as_it_is() {
    let data = Data::new();
    with_a_draft(&data);
    let newer = Connection::open(data.file()).unwrap();
    newer.pragma_update(None, "user_version", 1000).unwrap();
    drop(newer);
    let bytes = fs::read(data.file()).unwrap();

    let (mut store, notice) = data.open_with_notice();
    assert_eq!(
        notice.to_string(),
        format!(
            "a newer version of wacompose wrote the store {}, which stays as it is: use that \
             version, or name another folder in WACOMPOSE_DATA; until then nothing is kept",
            data.file().display()
        )
    );
    assert!(!store.is_kept());
    works(&mut store);
    drop(store);
    assert_eq!(fs::read(data.file()).unwrap(), bytes);
    let aside = |name: &String| name.contains("unreadable");
    assert!(!data.names().iter().any(aside));
}

#[test]
fn a_lock_that_is_not_let_go_is_told() {
    let data = Data::new();
    with_a_draft(&data);
    let other = Connection::open(data.file()).unwrap();
    other
        .execute_batch(
            "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE draft SET used = 0",
        )
        .unwrap();
    let (mut store, notice) = data.open_with_notice();
    assert_eq!(
        notice.to_string(),
        format!(
            "another program has locked the store {}: close it and start again; until then nothing \
             is kept",
            data.file().display()
        )
    );
    works(&mut store);
    drop((store, other));
    assert_eq!(data.open().drafts().unwrap().len(), 1);
}

#[test]
fn a_store_that_is_being_opened_elsewhere_is_waited_for() {
    let data = Data::new();
    with_a_draft(&data);
    let turn = File::open(data.folder().join("wacompose.lock")).unwrap();
    turn.lock().unwrap();
    let (_, notice) = data.open_with_notice();
    assert!(matches!(
        notice,
        Notice::InMemory {
            why: NotKept::Locked(_),
            ..
        }
    ));
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| data.open().drafts().unwrap().len());
        turn.unlock().unwrap();
        assert_eq!(waiting.join().unwrap(), 1);
    });
}

/// Keeps files from being made in a folder, for the superuser too.
fn make_read_only(data: &Data) {
    let lock = data.folder().join("wacompose.lock");
    fs::remove_file(&lock).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(data.folder(), fs::Permissions::from_mode(0o500)).unwrap();
    }
    let _ = fs::create_dir(&lock);
}

#[test]
fn a_folder_that_cannot_be_written_is_read_into_memory() {
    let data = Data::new();
    with_a_draft(&data);
    make_read_only(&data);
    let bytes = fs::read(data.file()).unwrap();

    let (mut store, notice) = data.open_with_notice();
    let told = notice.to_string();
    let folder = data.folder();
    assert!(
        told.starts_with(&format!(
            "the store's folder {} cannot be written",
            folder.display()
        )),
        "{told}"
    );
    assert!(
        told.ends_with(
            "make it writable, or name another in WACOMPOSE_DATA; until then nothing new is kept"
        ),
        "{told}"
    );
    assert!(!store.is_kept());
    assert_eq!(store.drafts().unwrap()[0].first_line, WIDE);
    works(&mut store);
    assert_eq!(fs::read(data.file()).unwrap(), bytes);
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let data = Data::new();
    fs::write(data.home.path().join("file"), "").unwrap();
    let folder = data.home.path().join("file").join("data");
    let opened = Store::open(Some(&folder)).unwrap();
    assert!(matches!(
        opened.notice,
        Some(Notice::InMemory {
            why: NotKept::ReadOnly { .. },
            has_copy: false
        })
    ));
    let mut store = opened.store;
    works(&mut store);
}

#[test]
fn without_a_folder_nothing_is_kept() {
    let mut opened = Store::open(None).unwrap();
    assert_eq!(
        opened.notice.unwrap().to_string(),
        "the system names no folder for the store: name one in the environment variable \
         WACOMPOSE_DATA; until then nothing is kept"
    );
    works(&mut opened.store);
}

#[rstest]
#[case::folder(false)]
#[case::socket(true)]
#[cfg(unix)]
fn what_is_no_file_stays(#[case] is_socket: bool) {
    // A socket's path must be short.
    let folder = tempfile::Builder::new().tempdir().unwrap();
    let path = folder.path().join(Store::FILE);
    let _socket = if is_socket {
        Some(std::os::unix::net::UnixListener::bind(&path).unwrap())
    } else {
        fs::create_dir(&path).unwrap();
        None
    };
    let mut opened = Store::open_within(Some(folder.path()), Duration::ZERO).unwrap();
    let told = opened.notice.unwrap().to_string();
    assert!(
        told.contains("cannot be opened (it is not a file)"),
        "{told}"
    );
    works(&mut opened.store);
    assert!(path.exists());
}
