//! What was used lately.

use crate::{Data, NOW};

#[test]
fn the_last_one_is_the_first_and_old_ones_are_forgotten() {
    let data = Data::new();
    let mut store = data.open();
    for (at, name) in ["👍", "👨‍👩‍👧", "👍", "日本"].into_iter().enumerate() {
        let now = NOW + i64::try_from(at).unwrap();
        store.note_used("emoji", name, 2, now).unwrap();
        store.note_used("command", "save", 2, now).unwrap();
    }
    drop(store);
    let store = data.open();
    assert_eq!(store.recent("emoji", 10).unwrap(), ["日本", "👍"]);
    assert_eq!(store.recent("command", 10).unwrap(), ["save"]);
    assert!(store.recent("nothing", 10).unwrap().is_empty());
}
