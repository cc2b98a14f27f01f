//! Several stores of one folder: in threads, and in processes that end as they should or are killed.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStdout, Command, Stdio};

use rstest::rstest;
use wacompose::store::{SendState, Store, StoreError};

use super::{Data, NOW, WIDE, accepted, begin, text};

/// Another process with a store of the same folder: this test program, running [`other`] alone.
pub struct Other {
    child: Child,
    said: BufReader<ChildStdout>,
}

impl Other {
    pub fn new(does: &str, data: &Data) -> Self {
        Self::run(Command::new(std::env::current_exe().unwrap()), does, data)
    }

    #[cfg(unix)]
    pub fn with_umask(umask: &str, does: &str, data: &Data) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("umask {umask}; exec \"$0\" \"$@\"")]);
        shell.arg(std::env::current_exe().unwrap());
        Self::run(shell, does, data)
    }

    fn run(mut command: Command, does: &str, data: &Data) -> Self {
        let mut child = command
            .args([
                "--exact",
                "processes::other",
                "--ignored",
                "--nocapture",
                "--quiet",
            ])
            .env("STORE_TEST_DOES", does)
            .env("STORE_TEST_FOLDER", data.folder())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stdout.take().unwrap());
        Self { child, said }
    }

    /// What it has to say, until it ends.
    pub fn line(mut self) -> String {
        let line = self.next_line();
        self.end();
        line
    }

    fn next_line(&mut self) -> String {
        for line in self.said.by_ref().lines() {
            if let Some(said) = line.unwrap().split_once("says: ") {
                return said.1.to_owned();
            }
        }
        unreachable!("the other process ended without a word")
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// It ends by itself when nobody writes to it any more.
    fn end(mut self) {
        drop(self.child.stdin.take());
        let _ = std::io::copy(&mut self.said, &mut std::io::sink());
        assert!(self.child.wait().unwrap().success());
    }
}

/// Speaks to the process that started this one.
#[expect(
    clippy::print_stdout,
    reason = "it is read by the process that started this one"
)]
fn say(words: impl std::fmt::Debug) {
    println!("\nsays: {words:?}");
}

#[test]
#[ignore = "the other process of the tests in this file, which start it themselves"]
fn other() {
    let folder = std::env::var_os("STORE_TEST_FOLDER").unwrap();
    let mut store = Store::open(Some(folder.as_ref())).unwrap().store;
    let draft = text("+55 11 99999-9999", WIDE);
    match std::env::var("STORE_TEST_DOES").unwrap().as_str() {
        "begin" => {
            let id = begin(&mut store, &draft, NOW, None);
            say(id.0);
        }
        "draft" => {
            let id = store.save_draft(None, &draft, None, NOW).unwrap();
            say(id.0);
        }
        "drafts" => say(store.drafts().unwrap()),
        #[cfg(unix)]
        "lock" => {
            use rustix::process::{Flock, FlockType, fcntl_getlk};
            drop(store);
            let path = std::path::Path::new(&folder).join(Store::FILE);
            let file = File::options().write(true).open(path).unwrap();
            let held = fcntl_getlk(&file, &Flock::from(FlockType::WriteLock)).unwrap();
            say(held.is_some());
        }
        "write" => {
            let mut id = None;
            for number in 0..100 {
                let draft = text(&number.to_string(), WIDE);
                id = Some(store.save_draft(id, &draft, None, NOW).unwrap());
                let sent = begin(&mut store, &draft, NOW, None);
                store.finish(sent, &accepted(&draft, "3EB0"), NOW).unwrap();
            }
            say("done");
        }
        other => unreachable!("{other}"),
    }
    // Until it is killed, or nobody is there any more.
    let _ = std::io::stdin().lines().next();
}

#[test]
fn a_process_that_was_killed_leaves_its_message_in_doubt() {
    let data = Data::new();
    let mut other = Other::new("begin", &data);
    assert_eq!(other.next_line(), "1");

    let mut store = data.open();
    assert_eq!(store.interrupted().unwrap(), [], "it is still at it");
    let under_way = store.history("", None, 10).unwrap();
    assert_eq!(under_way[0].state, SendState::Sending);

    other.kill();
    let interrupted = store.interrupted().unwrap();
    assert_eq!(interrupted.len(), 1);
    assert_eq!(interrupted[0].state, SendState::Unknown);
    assert_eq!(interrupted[0].to, "+55 11 99999-9999");
    assert_eq!(interrupted[0].first_line, WIDE);
    assert_eq!(interrupted[0].started, NOW);
    assert_eq!(interrupted[0].ended, None);

    // A store that is opened afterwards says the same.
    drop(store);
    assert_eq!(data.open().interrupted().unwrap(), interrupted);
}

#[rstest]
#[case::ended(Other::end)]
#[case::killed(Other::kill)]
fn a_draft_is_one_composers_until_it_is_gone(#[case] goes: fn(Other)) {
    let data = Data::new();
    let mut other = Other::new("draft", &data);
    assert_eq!(other.next_line(), "1");

    let mut store = data.open();
    let row = &store.drafts().unwrap()[0];
    assert!(row.is_open_elsewhere);
    assert_eq!(store.open_last_draft(NOW).unwrap(), None);
    for error in [
        store.open_draft(row.id, NOW).unwrap_err(),
        store.delete_draft(row.id, NOW).unwrap_err(),
    ] {
        assert_eq!(
            error.to_string(),
            "that draft is open in another composer: close it there first, or duplicate it"
        );
    }
    let mine = text("", "what I wrote");
    let saved = store.save_draft(Some(row.id), &mine, None, NOW).unwrap();
    assert_ne!(saved, row.id, "kept, but not in the other's draft");

    goes(other);
    let kept = store.open_draft(row.id, NOW + 1).unwrap();
    assert_eq!(kept.draft, text("+55 11 99999-9999", WIDE));
    assert_eq!(store.open_last_draft(NOW + 2).unwrap().unwrap().id, row.id);
    store.delete_draft(row.id, NOW + 3).unwrap();
}

/// Whoever closes a file lets go of all locks of the process on it, those of another store too.
#[cfg(unix)]
#[test]
fn a_second_store_of_a_process_leaves_the_locks_of_the_first() {
    let data = Data::new();
    let first = data.open();
    assert_eq!(Other::new("lock", &data).line(), "true");
    let second = data.open();
    assert_eq!(Other::new("lock", &data).line(), "true");
    drop((first, second));
    assert_eq!(Other::new("lock", &data).line(), "false");
}

#[test]
fn two_processes_and_two_threads_write_without_harm() {
    let data = Data::new();
    let others = [Other::new("write", &data), Other::new("write", &data)];
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut store = data.open();
                for number in 0..100 {
                    let draft = text(&number.to_string(), WIDE);
                    let id = begin(&mut store, &draft, NOW, None);
                    store.finish(id, &accepted(&draft, "3EB0"), NOW).unwrap();
                }
            });
        }
    });
    for mut other in others {
        assert_eq!(other.next_line(), "\"done\"");
        other.end();
    }
    let store = data.open();
    let sent = store.history("accepted", None, 1000).unwrap();
    assert_eq!(sent.len(), 400);
    assert_eq!(store.drafts().unwrap().len(), 2);
}

#[test]
fn of_two_that_settle_a_message_one_does() {
    let data = Data::new();
    let mut other = Other::new("begin", &data);
    other.next_line();
    other.kill();
    let (mut one, mut two) = (data.open(), data.open());
    let id = one.interrupted().unwrap()[0].id;
    assert_eq!(two.interrupted().unwrap()[0].id, id);

    let draft = one.sent(id).unwrap().draft;
    let again = begin(&mut one, &draft, NOW, Some(id));
    let error = super::try_to_begin(&mut two, &draft, NOW, Some(id)).unwrap_err();
    assert!(matches!(error, StoreError::Settled(settled) if settled == id));
    assert!(two.mark_sent(id, None).is_err());
    let all: Vec<_> = two.history("", None, 10).unwrap();
    let all: Vec<_> = all.into_iter().map(|entry| entry.id).collect();
    assert_eq!(all, [again, id], "it was begun once");
}

#[test]
fn damaged_files_found_by_many_at_once_are_moved_once() {
    let data = Data::new();
    std::fs::create_dir(data.folder()).unwrap();
    std::fs::write(data.file(), "no database, and that in many bytes").unwrap();
    let start = std::sync::Barrier::new(8);
    let notices: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    start.wait();
                    let opened = Store::open(Some(&data.folder())).unwrap();
                    assert!(opened.store.is_kept());
                    opened.notice
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    assert_eq!(notices.iter().flatten().count(), 1);
    assert_eq!(data.names(), [Store::FILE, "wacompose.db.unreadable-1"]);
}
