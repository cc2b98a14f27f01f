//! Drafts: saved as they are, listed, opened, renamed, duplicated, deleted and had back.

use std::path::Path;

use proptest::prelude::*;
use rstest::rstest;
use wacompose::message::file::{self, Format};
use wacompose::message::{Draft, Kind};
use wacompose::store::{DraftFile, DraftId, Store, StoreError};

use super::{DAY, Data, NOW, WIDE, text};

#[path = "../common/mod.rs"]
mod common;

fn save(store: &mut Store, id: Option<DraftId>, draft: &Draft, now: i64) -> DraftId {
    store.save_draft(id, draft, None, now).unwrap()
}

/// A file of which nobody knows what it held.
const fn at(path: &Path) -> DraftFile<'_> {
    DraftFile { path, base: None }
}

fn ids(store: &Store) -> Vec<DraftId> {
    let drafts = store.drafts().unwrap();
    drafts.into_iter().map(|draft| draft.id).collect()
}

#[test]
fn what_is_typed_stays_one_draft() {
    let data = Data::new();
    let mut store = data.open();
    let file = Path::new("/tmp/日本.toml");
    let first = text("", "O");
    let id = store.save_draft(None, &first, Some(at(file)), NOW).unwrap();
    let typed = text("5511", &format!("\n  \n {WIDE}\r\nmore"));
    let same = store.save_draft(Some(id), &typed, Some(at(file)), NOW + 1000);
    assert_eq!(same.unwrap(), id);

    let drafts = store.drafts().unwrap();
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].name, None);
    assert_eq!(drafts[0].file.as_deref(), Some(file));
    assert_eq!(drafts[0].kind, Kind::Text);
    assert_eq!(drafts[0].to, "5511");
    assert_eq!(drafts[0].first_line, WIDE);
    assert_eq!((drafts[0].created, drafts[0].updated), (NOW, NOW + 1000));
    assert!(!drafts[0].is_open_elsewhere);

    drop(store);
    let kept = data.open().open_last_draft(NOW).unwrap().unwrap();
    assert_eq!((kept.id, kept.draft), (id, typed));
    assert_eq!(kept.file.as_deref(), Some(file));
}

#[test]
fn what_is_the_same_is_not_a_change() {
    let data = Data::new();
    let mut store = data.open();
    let draft = text("5511", WIDE);
    let id = save(&mut store, None, &draft, NOW);
    assert_eq!(save(&mut store, Some(id), &draft, NOW + 5), id);
    assert_eq!(store.drafts().unwrap()[0].updated, NOW);
    let with_file = store.save_draft(Some(id), &draft, Some(at(Path::new("日本"))), NOW + 6);
    assert_eq!(with_file.unwrap(), id);
    assert_eq!(store.drafts().unwrap()[0].updated, NOW + 6);
}

#[test]
fn what_its_file_held_is_kept_along() {
    let data = Data::new();
    let mut store = data.open();
    let (path, draft) = (Path::new("/tmp/日本.toml"), text("5511", WIDE));
    let file = |base| Some(DraftFile { path, base });
    let id = store
        .save_draft(None, &draft, file(Some(WIDE)), NOW)
        .unwrap();
    assert_eq!(
        store.open_draft(id, NOW).unwrap().base.as_deref(),
        Some(WIDE)
    );
    // Saved there, it is the same draft of another text.
    for base in [Some("kind = \"text\" # 日"), None] {
        let same = store.save_draft(Some(id), &draft, file(base), NOW + 1);
        assert_eq!(same.unwrap(), id);
        assert_eq!(store.open_draft(id, NOW).unwrap().base.as_deref(), base);
    }
}

#[test]
fn what_is_forgotten_stays_where_it_has_a_name() {
    let data = Data::new();
    let mut store = data.open();
    let named = save(&mut store, None, &text("1", WIDE), NOW);
    store.rename_draft(named, Some("Boas-vindas 日")).unwrap();
    let other = save(&mut store, None, &text("2", WIDE), NOW);
    for id in [named, other] {
        store.forget_draft(id, NOW).unwrap();
    }
    assert_eq!(ids(&store), [named]);
    // Nobody has it any more, and the other can be had back.
    assert_eq!(data.open().open_draft(named, NOW).unwrap().id, named);
    store.restore_draft(other).unwrap();
    assert_eq!(ids(&store).len(), 2);
}

#[test]
fn the_newest_comes_first_and_the_last_used_opens() {
    let data = Data::new();
    let mut store = data.open();
    assert_eq!(store.open_last_draft(NOW).unwrap(), None);
    let old = save(&mut store, None, &text("1", WIDE), NOW);
    let new = save(&mut store, None, &text("2", WIDE), NOW + 1);
    assert_eq!(ids(&store), [new, old]);
    store.open_draft(old, NOW + 2).unwrap();
    assert_eq!(ids(&store), [new, old], "looking at it is no change");
    assert_eq!(store.open_last_draft(NOW + 3).unwrap().unwrap().id, old);
    save(&mut store, Some(old), &text("3", WIDE), NOW + 4);
    assert_eq!(ids(&store), [old, new]);
}

#[test]
fn a_draft_is_renamed_and_duplicated() {
    let data = Data::new();
    let mut store = data.open();
    let draft = text("5511", WIDE);
    let file = Some(at(Path::new("order.toml")));
    let id = store.save_draft(None, &draft, file, NOW).unwrap();
    store.rename_draft(id, Some(&format!("  {WIDE} "))).unwrap();
    let copy = store.duplicate_draft(id, NOW + 1).unwrap();
    let drafts = store.drafts().unwrap();
    assert_eq!(drafts[1].name.as_deref(), Some(WIDE));
    assert_eq!(drafts[0].name, Some(format!("{WIDE} (copy)")));
    assert_eq!(drafts[0].file, None, "two drafts do not write to one file");
    store.rename_draft(id, Some(" ")).unwrap();
    store.rename_draft(copy, None).unwrap();
    assert!(store.drafts().unwrap().iter().all(|row| row.name.is_none()));

    // The copy is a draft of its own.
    save(&mut store, Some(copy), &text("5511", "日"), NOW + 2);
    assert_eq!(store.open_draft(id, NOW).unwrap().draft, draft);
}

#[test]
fn a_deleted_draft_can_be_had_back_for_a_while() {
    let data = Data::new();
    let mut store = data.open();
    let draft = text("5511", WIDE);
    let id = save(&mut store, None, &draft, NOW);
    store.delete_draft(id, NOW).unwrap();
    assert_eq!(ids(&store), []);
    assert_eq!(store.open_last_draft(NOW).unwrap(), None);
    let days = i64::from(Store::KEEPS_DELETED_DAYS);
    store.purge(NOW + days * DAY, 90).unwrap();
    store.restore_draft(id).unwrap();
    assert_eq!(store.open_draft(id, NOW).unwrap().draft, draft);

    store.delete_draft(id, NOW).unwrap();
    store.purge(NOW + days * DAY + 1, 90).unwrap();
    assert_eq!(
        store.restore_draft(id).unwrap_err().to_string(),
        "that draft is not there any more"
    );
}

#[test]
fn what_is_typed_into_a_draft_that_is_gone_is_kept() {
    let data = Data::new();
    let mut store = data.open();
    let id = save(&mut store, None, &text("", WIDE), NOW);
    store.delete_draft(id, NOW).unwrap();
    let more = text("", "日本");
    assert_eq!(save(&mut store, Some(id), &more, NOW + 1), id);
    assert_eq!(store.open_draft(id, NOW).unwrap().draft, more);
    store.delete_draft(id, NOW + 1).unwrap();
    assert_eq!(save(&mut store, Some(id), &more, NOW + 2), id);
    assert_eq!(ids(&store), [id], "the same text, but deleted meanwhile");

    let gone = DraftId(4711);
    let other = save(&mut store, Some(gone), &more, NOW + 2);
    assert_ne!(other, gone);
    assert_eq!(store.open_draft(other, NOW).unwrap().draft, more);
}

#[rstest]
#[case::open(|store: &mut Store, id| store.open_draft(id, NOW).map(drop))]
#[case::rename(|store: &mut Store, id| store.rename_draft(id, Some("日本")))]
#[case::duplicate(|store: &mut Store, id| store.duplicate_draft(id, NOW).map(drop))]
#[case::delete(|store: &mut Store, id| store.delete_draft(id, NOW))]
fn a_draft_that_is_gone_is_told(#[case] act: fn(&mut Store, DraftId) -> Result<(), StoreError>) {
    let data = Data::new();
    let mut store = data.open();
    let deleted = save(&mut store, None, &text("", WIDE), NOW);
    store.delete_draft(deleted, NOW).unwrap();
    for id in [deleted, DraftId(4711)] {
        assert!(matches!(act(&mut store, id), Err(StoreError::NoDraft(gone)) if gone == id));
    }
}

#[test]
fn a_closed_draft_can_be_opened_elsewhere() {
    let data = Data::new();
    let (mut one, mut two) = (data.open(), data.open());
    let id = save(&mut one, None, &text("", WIDE), NOW);
    assert!(two.open_draft(id, NOW).is_err());
    one.close_draft(id).unwrap();
    two.open_draft(id, NOW).unwrap();
    assert!(one.open_draft(id, NOW).is_err());
    assert!(one.drafts().unwrap()[0].is_open_elsewhere);
    // Whoever does not have it does not let go of it either.
    one.close_draft(id).unwrap();
    assert!(one.open_draft(id, NOW).is_err());
}

#[cfg(unix)]
#[test]
fn a_path_may_hold_any_bytes() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let data = Data::new();
    let mut store = data.open();
    let path = Path::new(OsStr::from_bytes(b"/tmp/\xff\xfe \xe6\x97\xa5.toml"));
    let id = store
        .save_draft(None, &text("", ""), Some(at(path)), NOW)
        .unwrap();
    let kept = store.open_draft(id, NOW).unwrap();
    assert_eq!(kept.file.as_deref(), Some(path));
}

#[test]
fn every_sample_is_kept_as_it_is() {
    let data = Data::new();
    let mut store = data.open();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples");
    let mut seen = 0;
    for sample in samples.read_dir().unwrap() {
        let path = sample.unwrap().path();
        if path.extension().is_some_and(|end| end == "toml") {
            let draft = file::parse(&std::fs::read_to_string(path).unwrap(), Format::Toml).unwrap();
            let id = save(&mut store, None, &draft, NOW);
            assert_eq!(store.open_draft(id, NOW).unwrap().draft, draft);
            seen += 1;
        }
    }
    assert!(seen > 3);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_draft_is_kept_as_it_is(draft in common::draft("\\PC*|[\\x00-\\x9f]*", "(?s).{0,40}")) {
        let mut store = Store::in_memory().unwrap();
        let id = save(&mut store, None, &draft, NOW);
        prop_assert_eq!(&store.open_draft(id, NOW).unwrap().draft, &draft);
        prop_assert_eq!(save(&mut store, Some(id), &draft, NOW + 1), id);
        prop_assert_eq!(store.drafts().unwrap()[0].updated, NOW);
    }
}
