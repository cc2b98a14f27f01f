//! To whom something was written.

use crate::{DAY, Data, NOW, WIDE, begin, text};
use wacompose::store::{Correspondent, DraftId};

fn seen(all: &[Correspondent]) -> Vec<(&str, &str, bool)> {
    let all = all.iter();
    all.map(|known| (known.to.as_str(), known.first_line.as_str(), known.is_draft))
        .collect()
}

#[test]
fn each_recipient_has_the_last_message() {
    let data = Data::new();
    let mut store = data.open();
    begin(&mut store, &text("+55 11 97777-6666", "first"), NOW, None);
    begin(&mut store, &text("日本@g.us", WIDE), NOW + 1, None);
    begin(
        &mut store,
        &text("+55 11 97777-6666", "second 👋"),
        NOW + 2,
        None,
    );
    let draft = text("5511988887777", "rascunho שלום");
    store.save_draft(None, &draft, None, NOW + 3).unwrap();
    let empty = text("", "to nobody");
    store.save_draft(None, &empty, None, NOW + 4).unwrap();
    let own = text("551", "being written");
    let own = store.save_draft(None, &own, None, NOW + 5).unwrap();
    let expected = [
        ("5511988887777", "rascunho שלום", true),
        ("+55 11 97777-6666", "second 👋", false),
        ("日本@g.us", WIDE, false),
    ];
    let all = store.correspondents(10, Some(own), NOW).unwrap();
    assert_eq!(seen(&all), expected);
    assert!(all.iter().all(|known| known.at_local.len() == 5), "{all:?}");
    assert!(
        all.iter().all(|known| known.at_local.contains(':')),
        "{all:?}"
    );
    let later = store.correspondents(1, Some(own), NOW + 2 * DAY).unwrap();
    assert_eq!(seen(&later), expected[..2]);
    assert!(later[0].at_local.contains('-'), "{later:?}");
    let with_own = store.correspondents(10, Some(DraftId(999)), NOW).unwrap();
    assert_eq!(with_own.len(), 4);
}

/// The index alone is gone through, and as few messages are read as are told.
#[test]
fn many_messages_are_not_looked_through() {
    let data = Data::new();
    let mut store = data.open();
    for at in 0..20 {
        begin(
            &mut store,
            &text(&format!("55119777766{}", at % 5), "x"),
            NOW,
            None,
        );
    }
    let all = store.correspondents(3, None, NOW).unwrap();
    assert_eq!(all.len(), 3);
    drop(store);
    let connection = rusqlite::Connection::open(data.file()).unwrap();
    let plan: String = connection
        .query_row(
            "EXPLAIN QUERY PLAN SELECT max(id) FROM sent GROUP BY recipient",
            [],
            |row| row.get(3),
        )
        .unwrap();
    assert!(plan.contains("COVERING INDEX sent_recipient"), "{plan}");
}
