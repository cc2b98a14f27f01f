//! The store with 50,000 messages in its history: opening, searching, and saving while one types.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on stops")]

mod full;

use divan::Bencher;
use tempfile::TempDir;
use wacompose::store::{SendId, Store};

use full::{draft, send};

const NOW: i64 = 1_772_386_327_123;

fn full(folder: &std::path::Path) -> Store {
    full::full(folder, NOW)
}

fn main() {
    divan::main();
}

/// All that a composer asks of its store before it can be used.
#[divan::bench]
fn open(bencher: Bencher) {
    let folder = TempDir::new().unwrap();
    drop(full(folder.path()));
    bencher.bench_local(|| {
        let mut store = Store::open(Some(folder.path())).unwrap().store;
        store.open_last_draft(NOW).unwrap().unwrap();
        store.interrupted().unwrap();
        store.purge(NOW, 90).unwrap();
        let page = store.history("", None, 100).unwrap();
        // Closing it is not measured.
        (store, page)
    });
}

/// A page of what is found, after each key of a search.
#[divan::bench(args = ["", "m", "maria 日本", "+55 11 90007", "needle", "nothing like it"])]
fn search(bencher: Bencher, search: &str) {
    let folder = TempDir::new().unwrap();
    let store = full(folder.path());
    bencher.bench_local(|| store.history(search, None, 100).unwrap());
}

/// A page from the middle, as one scrolls.
#[divan::bench]
fn scroll(bencher: Bencher) {
    let folder = TempDir::new().unwrap();
    let store = full(folder.path());
    bencher.bench_local(|| store.history("", Some(SendId(25_000)), 100).unwrap());
}

/// The draft as it is saved while one types.
#[divan::bench(args = [60, 4096])]
fn autosave(bencher: Bencher, characters: usize) {
    let folder = TempDir::new().unwrap();
    let mut store = full(folder.path());
    let drafts = [draft(1, characters), draft(1, characters + 1)];
    let id = store.save_draft(None, &drafts[0], None, NOW).unwrap();
    let mut turn = 0;
    bencher.bench_local(|| {
        turn = 1 - turn;
        store
            .save_draft(Some(id), &drafts[turn], None, NOW)
            .unwrap()
    });
}

/// The same when nothing was typed.
#[divan::bench(args = [60, 4096])]
fn autosave_of_the_same(bencher: Bencher, characters: usize) {
    let folder = TempDir::new().unwrap();
    let mut store = full(folder.path());
    let draft = draft(1, characters);
    let id = store.save_draft(None, &draft, None, NOW).unwrap();
    bencher.bench_local(|| store.save_draft(Some(id), &draft, None, NOW).unwrap());
}

/// What a send costs before and after: twice to the disk.
#[divan::bench]
fn begin_and_finish(bencher: Bencher) {
    let folder = TempDir::new().unwrap();
    let mut store = full(folder.path());
    let draft = draft(1, 400);
    bencher.bench_local(|| send(&mut store, &draft, "3EB0", NOW));
}
