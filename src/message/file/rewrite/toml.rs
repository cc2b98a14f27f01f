//! TOML, in which everything between the values stays where it is.
//!
//! `toml_edit` holds a document with what stands before and after each key and value. What is said here is
//! which of it belongs to which entry, so that it moves and goes with it.

mod array;
mod known;
mod tables;

use serde_json::Value;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Key, RawString, TableLike};

use super::super::writer;
use super::{Keys, key_before};
use known::Known;

/// The text with what differs between the two in it; nothing where the text is no TOML.
pub(super) fn rewrite(text: &str, from: &Keys, to: &Keys) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let known = Known::of(document.as_table(), from);
    merge(document.as_table_mut(), Place::Header, &known, from, to);
    tables::put_in_order(document.as_table_mut());
    Some(document.to_string())
}

/// Where a table stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Under a header, or at the top of the file: each key has its line.
    Header,
    /// In braces.
    Braces,
}

/// Changes the keys of a table that differ.
fn merge(table: &mut dyn TableLike, place: Place, known: &Known, from: &Keys, to: &Keys) {
    for key in from.keys().filter(|key| !to.contains_key(*key)) {
        remove(table, place, key);
    }
    for (key, new) in to {
        let old = from.get(key);
        if old == Some(new) {
            continue;
        }
        // `buttons = []` becomes [[buttons]] where it can
        let is_empty_list = old.is_none() && new.is_array() && place == Place::Header;
        if is_empty_list {
            remove(table, place, key);
        }
        match table.get_mut(key) {
            Some(item) => merge_item(item, place, known, old, new),
            None => insert(table, place, known, to, key),
        }
    }
}

fn merge_item(item: &mut Item, place: Place, known: &Known, from: Option<&Value>, to: &Value) {
    match (&mut *item, from, to) {
        (Item::Table(table), Some(Value::Object(from)), Value::Object(to)) => {
            merge(table, Place::Header, known, from, to);
        }
        (Item::ArrayOfTables(tables), Some(Value::Array(from)), Value::Array(to)) => {
            tables::merge(tables, known, from, to);
        }
        (Item::Value(value), from, to) => merge_value(value, known, from, to),
        _ => {
            if let Some(new) = fresh(place, known, to) {
                *item = new;
            }
        }
    }
}

fn merge_value(value: &mut toml_edit::Value, known: &Known, from: Option<&Value>, to: &Value) {
    match (&mut *value, from, to) {
        (toml_edit::Value::InlineTable(table), Some(Value::Object(from)), Value::Object(to)) => {
            merge(table, Place::Braces, known, from, to);
        }
        (toml_edit::Value::Array(array), Some(Value::Array(from)), Value::Array(to)) => {
            array::merge(array, known, from, to);
        }
        _ => {
            if let Some(mut new) = fresh_value(to) {
                new.decor_mut().clone_from(value.decor());
                *value = new;
            }
        }
    }
}

/// A value as it is written where there was none.
fn fresh_value(value: &Value) -> Option<toml_edit::Value> {
    let mut fresh: toml_edit::Value = writer::toml_value(value).parse().ok()?;
    fresh.decor_mut().clear();
    Some(fresh)
}

/// A key's value as it is written where there was none: under headers where tables stand there.
fn fresh(place: Place, known: &Known, value: &Value) -> Option<Item> {
    let entries = value.as_array().filter(|_| place == Place::Header);
    let Some(entries) = entries else {
        return fresh_value(value).map(Item::Value);
    };
    if entries.first().is_some_and(Value::is_object) {
        let mut tables = ArrayOfTables::new();
        tables::merge(&mut tables, known, &[], entries);
        return Some(Item::ArrayOfTables(tables));
    }
    let mut array = Array::new();
    array::merge(&mut array, known, &[], entries);
    Some(Item::Value(array.into()))
}

/// Adds a key after the one that is written before it.
fn insert(table: &mut dyn TableLike, place: Place, known: &Known, to: &Keys, key: &str) {
    let Some(mut item) = fresh(place, known, &to[key]) else {
        return;
    };
    let before = key_before(to, key, |other| table.contains_key(other));
    let names: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
    let before = before.and_then(|before| names.iter().position(|name| name == before));
    let at = before.map_or(0, |before| before + 1);
    let mut new = Key::new(key);
    if place == Place::Braces {
        make_room(table, &names, at, &mut new, &mut item);
    }
    let mut later = Vec::new();
    for name in &names[at..] {
        let key = table.key(name).cloned();
        later.extend(key.zip(table.remove(name)));
    }
    put(table, &new, item);
    for (key, item) in later {
        put(table, &key, item);
    }
}

/// Adds a key at the end, with what stands around it.
fn put(table: &mut dyn TableLike, key: &Key, item: Item) {
    table.entry_format(key).or_insert(item);
    // a table in braces takes the key's name alone
    if let Some(mut put) = table.key_mut(key.get()) {
        put.leaf_decor_mut().clone_from(key.leaf_decor());
        put.dotted_decor_mut().clone_from(key.dotted_decor());
    }
}

/// Sees to the spaces around a key that is added in braces.
fn make_room(
    table: &mut dyn TableLike,
    names: &[String],
    at: usize,
    new: &mut Key,
    item: &mut Item,
) {
    if at < names.len() {
        let next = table.key_mut(&names[at]);
        if let Some(mut next) = next.filter(|_| at == 0) {
            let prefix = next.leaf_decor().prefix().cloned().unwrap_or_default();
            new.leaf_decor_mut().set_prefix(prefix);
            next.leaf_decor_mut().set_prefix(" ");
        }
        return;
    }
    let last = names.last().and_then(|last| table.get_mut(last));
    if let (Some(Item::Value(last)), Item::Value(item)) = (last, item) {
        let suffix = last.decor().suffix().cloned().unwrap_or_default();
        last.decor_mut().set_suffix("");
        item.decor_mut().set_suffix(suffix);
        item.decor_mut().set_prefix(" ");
    }
}

/// Takes a key away with the comment directly above it; what stands above that stays.
fn remove(table: &mut dyn TableLike, place: Place, key: &str) {
    let names: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
    let Some(at) = names.iter().position(|name| name == key) else {
        return;
    };
    let prefix = table.key(key).map(|key| key.leaf_decor().prefix().cloned());
    let prefix = prefix.flatten().unwrap_or_default();
    let removed = table.remove(key);
    let next = names.get(at + 1).map(String::as_str);
    match (place, next) {
        (Place::Header, Some(next)) => {
            let (above, _) = above_and_own(as_text(&prefix));
            let is_value = table.get(next).is_some_and(Item::is_value);
            if above.contains('#') && is_value {
                prepend(table, next, above);
            }
        }
        (Place::Header, None) => {}
        (Place::Braces, Some(next)) => {
            if let Some(mut next) = table.key_mut(next).filter(|_| at == 0) {
                next.leaf_decor_mut().set_prefix(prefix);
            }
        }
        (Place::Braces, None) => {
            let last = at.checked_sub(1).and_then(|last| names.get(last));
            let last = last.and_then(|last| table.get_mut(last));
            if let (Some(Item::Value(last)), Some(Item::Value(removed))) = (last, removed) {
                let suffix = removed.decor().suffix().cloned().unwrap_or_default();
                last.decor_mut().set_suffix(suffix);
            }
        }
    }
}

fn prepend(table: &mut dyn TableLike, key: &str, text: &str) {
    if let Some(mut key) = table.key_mut(key) {
        let prefix = key.leaf_decor().prefix().cloned().unwrap_or_default();
        let prefix = format!("{text}{}", as_text(&prefix));
        key.leaf_decor_mut().set_prefix(prefix);
    }
}

/// What stands before a line: what a blank line separates from it, and its own comment.
fn above_and_own(prefix: &str) -> (&str, &str) {
    let mut own = prefix.len();
    // what comes after the last line break is the line's own indentation
    for line in prefix.split_inclusive('\n').rev() {
        if line.trim().is_empty() && line.ends_with('\n') {
            break;
        }
        own -= line.len();
    }
    prefix.split_at(own)
}

/// A document that can be changed has its texts in it.
fn as_text(raw: &RawString) -> &str {
    raw.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::nothing("", "", "")]
    #[case::blank("\n", "\n", "")]
    #[case::own("# é\n", "", "# é\n")]
    #[case::own_of_two_lines("# é\n  # 日本\n  ", "", "# é\n  # 日本\n  ")]
    #[case::both("# a\n\n# שלום\n", "# a\n\n", "# שלום\n")]
    #[case::above("\n# 👩‍👩‍👧\n \n", "\n# 👩‍👩‍👧\n \n", "")]
    fn a_blank_line_separates(#[case] prefix: &str, #[case] above: &str, #[case] own: &str) {
        assert_eq!(above_and_own(prefix), (above, own));
    }
}
