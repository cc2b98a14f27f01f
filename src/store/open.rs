//! Opening: whatever is found, the result can be worked with, and what could not be read is not
//! written over.
//!
//! Opening is for one store of a folder at a time, which is what the lock on `wacompose.lock` is
//! for: of two that find the same damaged file, the second finds the first one's new file.

mod why;

use std::fmt::Display;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction};
use url::Url;

use self::why::{of_io, of_io_at, of_store, other};
use super::notice::{NotKept, Notice, Unreadable};
use super::place::{self, Place, damage_mark, with_suffix};
use super::running::{self, Running};
use super::{Opened, Store, StoreError, outbox, private, salvage, schema};

/// How long another program may hold a lock.
const PATIENCE: Duration = Duration::from_secs(5);

/// Files up to this size are read through for damage when they are opened: in 20 ms or so.
const CHECKED_WHOLE: u64 = 16 << 20;

/// How long a file that cannot be read is left alone until it is looked at again, at first and at the
/// longest: a read error may pass.
const PAUSES: (Duration, Duration) = (Duration::from_millis(10), Duration::from_millis(80));

/// Why a file was not opened.
#[derive(Debug)]
enum Trouble {
    /// It is not what we write, or was damaged since.
    Unreadable(Unreadable),
    /// It must stay as it is, or cannot be opened.
    NotKept(NotKept),
}

impl Store {
    /// Opens the store of a folder, which is made where it is missing. What keeps it from being on
    /// disk, or what was found there, is in the notice.
    ///
    /// # Errors
    /// When there is no memory either.
    pub fn open(folder: Option<&Path>) -> Result<Opened, StoreError> {
        Self::open_within(folder, PATIENCE)
    }

    /// The same, waiting at most so long for other programs, now and at each write.
    ///
    /// # Errors
    /// When there is no memory either.
    pub fn open_within(folder: Option<&Path>, patience: Duration) -> Result<Opened, StoreError> {
        let Some(folder) = folder else {
            return in_memory(None, NotKept::NoFolder);
        };
        let mut pause = PAUSES.0;
        loop {
            match on_disk(folder, patience) {
                Ok(opened) => return Ok(opened),
                Err(NotKept::Other { path, why }) if pause < PAUSES.1 => {
                    log::warn!("{}: {why}", path.display());
                    std::thread::sleep(pause);
                    pause *= 2;
                }
                Err(why) => return in_memory(Some(folder), why),
            }
        }
    }

    /// A store that keeps nothing.
    ///
    /// # Errors
    /// When there is no memory.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::over(Connection::open_in_memory()?, Running::aside(None))
    }

    fn over(mut connection: Connection, running: Running) -> Result<Self, StoreError> {
        schema::migrate(&mut connection)?;
        Ok(Self {
            connection,
            running,
            place: None,
        })
    }
}

fn on_disk(folder: &Path, patience: Duration) -> Result<Opened, NotKept> {
    let cannot_write = |error: io::Error| of_io(folder, &error);
    private::make_folder(folder).map_err(cannot_write)?;
    // Where it cannot be changed, what is in it is still its owner's alone.
    let _ = private::restrict_folder(folder, place::is_the_stores);
    let path = folder.join(Store::FILE);
    let turn = wait_for_turn(folder, patience).map_err(|error| match error.kind() {
        io::ErrorKind::TimedOut => NotKept::Locked(path.clone()),
        io::ErrorKind::Other => other(&folder.join(place::TURN), error),
        _ => cannot_write(error),
    })?;
    if has_no_locks(&turn) {
        return Err(other(
            &path,
            "its file system has no locks, or none is left",
        ));
    }
    let (connection, aside) = match connect_surely(&path, patience) {
        Ok(connection) => (connection, None),
        Err(Trouble::NotKept(why)) => return Err(why),
        Err(Trouble::Unreadable(Unreadable::Gone)) if running::is_any(folder) => {
            // Its log is open where it is still needed: that composer writes the store again.
            place::remove_beside(&path).map_err(cannot_write)?;
            (connect_new(&path, patience)?, None)
        }
        Err(Trouble::Unreadable(_)) if running::is_any(folder) => {
            return Err(NotKept::DamagedInUse(path));
        }
        Err(Trouble::Unreadable(why)) => {
            let to = place::move_aside(&path).map_err(cannot_write)?;
            (connect_new(&path, patience)?, Some((why, to)))
        }
    };
    let (running, gone) = Running::enter(folder).map_err(cannot_write)?;
    let failed = |error: StoreError| of_store(&path, error);
    let mut store = Store::over(connection, running).map_err(failed)?;
    let notice = aside.map(|(why, to)| {
        let taken = salvage::open(&to).map(|from| {
            store.write_durably(|transaction, running| {
                salvage::take(transaction, running, &from, None)
            })
        });
        // Where they cannot be written, they are still where they were.
        let (drafts, messages) = taken.map_or((0, 0), |taken| taken.unwrap_or_default().new);
        Notice::MovedAside {
            why,
            to,
            drafts,
            messages,
        }
    });
    let notes = gone.iter().any(|gone| !gone.notes.is_empty());
    let settle = |transaction: &Transaction<'_>, running: &Running| {
        for gone in &gone {
            for note in &gone.notes {
                note.restore(transaction, &gone.name)?;
            }
        }
        outbox::settle(transaction, running)
    };
    let settled = if notes {
        store.write_durably(settle)
    } else {
        store.write(settle)
    };
    settled.map_err(failed)?;
    for gone in gone {
        gone.forget();
    }
    store.place = Some(Place::of(path));
    Ok(Opened { store, notice })
}

/// Connects to a file that is made.
fn connect_new(path: &Path, patience: Duration) -> Result<Connection, NotKept> {
    connect(path, patience).map_err(|trouble| match trouble {
        Trouble::NotKept(why) => why,
        Trouble::Unreadable(why) => other(path, why),
    })
}

/// Connects to a file, looking at it again where it cannot be read: it is not set aside for an error
/// that passes, nor for one of the disk.
fn connect_surely(path: &Path, patience: Duration) -> Result<Connection, Trouble> {
    let mut pause = PAUSES.0;
    loop {
        match connect(path, patience) {
            Err(
                Trouble::Unreadable(Unreadable::Damaged | Unreadable::Foreign)
                | Trouble::NotKept(NotKept::Other { .. }),
            ) if pause <= PAUSES.1
                && !damage_mark(path).exists()
                && place::are_files(path).is_ok() =>
            {
                std::thread::sleep(pause);
                pause *= 2;
            }
            Err(Trouble::Unreadable(why)) if why != Unreadable::Gone => {
                // What was marked was looked at as closely as this then.
                let is_whole = !damage_mark(path).exists() && is_whole_elsewhere(path);
                let read =
                    File::open(path).and_then(|mut file| io::copy(&mut file, &mut io::sink()));
                return Err(match read {
                    Ok(_) if !is_whole => Trouble::Unreadable(why),
                    Ok(_) => Trouble::NotKept(other(path, "its disk fails now and then")),
                    Err(error) => Trouble::NotKept(other(path, error)),
                });
            }
            done => return done,
        }
    }
}

/// Whether a copy of a file is whole, which is most likely on another disk, or in memory.
fn is_whole_elsewhere(path: &Path) -> bool {
    let copy = || -> io::Result<bool> {
        let folder = tempfile::tempdir()?;
        let copy = folder.path().join(Store::FILE);
        fs::copy(path, &copy)?;
        let log = with_suffix(path, "-wal");
        if log.exists() {
            fs::copy(log, with_suffix(&copy, "-wal"))?;
        }
        let connection = Connection::open(&copy).map_err(io::Error::other)?;
        Ok(examine(&connection, &copy).is_ok())
    };
    copy().unwrap_or_default()
}

/// Whether a file that a connection called damaged is: not where it is whole when it is looked at
/// again.
pub(super) fn is_damaged(path: &Path) -> bool {
    let mut pause = PAUSES.0;
    while pause <= PAUSES.1 {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let look = || -> rusqlite::Result<String> {
            let connection = Connection::open_with_flags(path, flags)?;
            connection.busy_timeout(PATIENCE)?;
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
            connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        };
        if look().is_ok_and(|found| found == "ok") {
            return false;
        }
        std::thread::sleep(pause);
        pause *= 2;
    }
    true
}

/// A store in memory, with what was kept as far as it can be read.
fn in_memory(folder: Option<&Path>, why: NotKept) -> Result<Opened, StoreError> {
    let may_be_read = matches!(
        why,
        NotKept::Full(_) | NotKept::ReadOnly { .. } | NotKept::Other { .. }
    );
    let copy = folder.filter(|_| may_be_read).and_then(|folder| {
        let copy = copy(&folder.join(Store::FILE))?;
        let mut store = Store::over(copy, Running::aside(Some(folder))).ok()?;
        store.write(outbox::settle).ok()?;
        Some(store)
    });
    let has_copy = copy.is_some();
    let store = match copy {
        Some(store) => store,
        None => Store::in_memory()?,
    };
    let notice = Some(Notice::InMemory { why, has_copy });
    Ok(Opened { store, notice })
}

/// What is in a file, in memory.
fn copy(path: &Path) -> Option<Connection> {
    place::are_files(path).ok()?;
    let disk = read_only(path)?;
    let mut memory = Connection::open_in_memory().ok()?;
    // All pages at once: nobody has to be let in between.
    let backup = Backup::new(&disk, &mut memory).ok()?;
    let is_done = matches!(backup.step(-1), Ok(StepResult::Done));
    drop(backup);
    is_done.then_some(memory)
}

/// A connection that writes nothing. Where not even the files beside can be made, the file is read
/// as one that nobody changes, if all that was written is in it.
fn read_only(path: &Path) -> Option<Connection> {
    // It is not waited for: whoever holds a lock may do so for long.
    let is_ours = |connection: &Connection| {
        connection.busy_timeout(Duration::from_millis(100)).is_ok()
            && examine(connection, path).is_ok()
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).ok();
    connection.filter(is_ours).or_else(|| {
        let wal = fs::metadata(with_suffix(path, "-wal"));
        if wal.is_ok_and(|wal| wal.len() > 0) {
            return None;
        }
        let mut url = Url::from_file_path(std::path::absolute(path).ok()?).ok()?;
        url.set_query(Some("immutable=1"));
        let flags = flags | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(url.as_str(), flags).ok();
        connection.filter(is_ours)
    })
}

/// Connects to a file of ours, or to one that is made.
fn connect(path: &Path, patience: Duration) -> Result<Connection, Trouble> {
    if place::is_only_a_log(path) {
        return Err(Trouble::Unreadable(Unreadable::Gone));
    }
    place::prepare_file(path).map_err(|(path, error)| Trouble::NotKept(of_io_at(&path, &error)))?;
    if damage_mark(path).exists() {
        return Err(damaged(path, "it turned out to be damaged"));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connect = || -> Result<Connection, StoreError> {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(patience)?;
        // What cannot be read must not be written to either, not even when it is closed.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        Ok(connection)
    };
    let trouble = |error: StoreError| match error {
        StoreError::Damaged(error) => damaged(path, error),
        error => Trouble::NotKept(of_store(path, error)),
    };
    let connection = connect().map_err(trouble)?;
    examine(&connection, path)?;
    let set_up = || -> Result<(), StoreError> {
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        // Readers and a writer at once, and no waiting for the disk at each save of a draft.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        // What was deleted is gone from the file too.
        connection.pragma_update(None, "secure_delete", true)?;
        Ok(())
    };
    set_up().map_err(trouble)?;
    Ok(connection)
}

/// Whether a file is ours, of a version that is known, and whole.
fn examine(connection: &Connection, path: &Path) -> Result<(), Trouble> {
    let look = || -> Result<Option<Trouble>, StoreError> {
        let version = schema::version(connection)?;
        let owner: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        let tables: i64 =
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if tables == 0 && version == 0 {
            return Ok(None);
        }
        if owner != schema::APPLICATION_ID {
            return Ok(Some(Trouble::Unreadable(Unreadable::Foreign)));
        }
        if version > schema::VERSION {
            let why = NotKept::Newer(path.to_owned());
            return Ok(Some(Trouble::NotKept(why)));
        }
        let is_small = fs::metadata(path).is_ok_and(|file| file.len() <= CHECKED_WHOLE);
        let check = if is_small {
            "PRAGMA quick_check(1)"
        } else {
            "PRAGMA quick_check('draft')"
        };
        let found: String = connection.query_row(check, [], |row| row.get(0))?;
        Ok((found != "ok").then(|| {
            if is_of_the_disk(&found) {
                Trouble::NotKept(other(path, found))
            } else {
                damaged(path, found)
            }
        }))
    };
    match look() {
        Ok(None) => Ok(()),
        Ok(Some(trouble)) => Err(trouble),
        Err(StoreError::Damaged(error)) => Err(damaged(path, error)),
        Err(error) => Err(Trouble::NotKept(of_store(path, error))),
    }
}

/// Whether a check says that it could not read the file: `… error code=266`.
fn is_of_the_disk(found: &str) -> bool {
    let code = found.split("error code").nth(1).unwrap_or_default();
    let code = code.trim_start_matches([' ', '=']);
    let digits = code.split(|c: char| !c.is_ascii_digit()).next();
    let code: i32 = digits
        .and_then(|code| code.parse().ok())
        .unwrap_or_default();
    code & 0xff == rusqlite::ffi::SQLITE_IOERR
}

/// A damaged file; how it shows is for the log.
fn damaged(path: &Path, how: impl Display) -> Trouble {
    log::warn!("{}: {how}", path.display());
    Trouble::Unreadable(Unreadable::Damaged)
}

/// Waits until no other store of this folder is being opened.
fn wait_for_turn(folder: &Path, patience: Duration) -> io::Result<File> {
    let path = folder.join(place::TURN);
    match place::is_file(&path) {
        Err(error) if error.kind() == io::ErrorKind::Other && !path.is_dir() => return Err(error),
        _ => {}
    }
    let file = private::file(&path)?;
    let until = Instant::now() + patience;
    loop {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) if Instant::now() < until => {
                std::thread::sleep(Duration::from_millis(5));
            }
            Err(TryLockError::WouldBlock) => return Err(io::ErrorKind::TimedOut.into()),
            // A file system without locks is used without them.
            Ok(()) | Err(TryLockError::Error(_)) => return Ok(file),
        }
    }
}

/// Whether the file system gives no locks of the kind that `SQLite` asks for, which takes it for those
/// of another program.
fn has_no_locks(file: &File) -> bool {
    #[cfg(unix)]
    {
        use rustix::fs::{FlockOperation, fcntl_lock};
        let locked = fcntl_lock(file, FlockOperation::NonBlockingLockExclusive);
        locked == Err(rustix::io::Errno::NOLCK)
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::page("Tree 3 page 3: unable to get the page. error code=266", true)]
    #[case::another("Tree 3 page 3: btreeInitPage() returns error code 10", true)]
    #[case::short("unable to get the page. error code=522", true)]
    #[case::damage("Tree 3 page 3: btreeInitPage() returns error code 11", false)]
    #[case::else_("row 1 missing from index sent_started", false)]
    #[case::nothing("error code", false)]
    #[case::wide("日本 error code=👩‍👩‍👧", false)]
    fn a_check_that_could_not_read_is_no_damage(#[case] found: &str, #[case] expected: bool) {
        assert_eq!(is_of_the_disk(found), expected);
    }
}
