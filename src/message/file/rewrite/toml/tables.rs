//! Arrays of tables under headers: `[[buttons]]`, `[[sections]]`, `[[sections.rows]]`.

pub(super) mod entry;

use serde_json::Value;
use toml_edit::{ArrayOfTables, Item, Table};

use super::super::Keys;
use super::super::pairs::pairs;
use super::Place;
use super::known::Known;
use entry::{Entry, taken_apart};

/// Puts the entries of `to` in the place of those of `from`.
pub(super) fn merge(tables: &mut ArrayOfTables, known: &Known, from: &[Value], to: &[Value]) {
    let (head, before) = taken_apart(tables);
    let blank = before.get(1).is_none_or(|second| !second.above.is_empty());
    let mut before: Vec<Option<Entry>> = before.into_iter().map(Some).collect();
    let mut after: Vec<Entry> = Vec::new();
    let pairs = pairs(from, to, |new| known.under_headers(new).is_some());
    for (old, new) in pairs.into_iter().zip(to) {
        let here = old.and_then(|old| before.get_mut(old)?.take().zip(from.get(old).cloned()));
        let elsewhere = || {
            let (mut entry, from) = known.under_headers(new)?.clone();
            forget_place(&mut entry.table);
            Some((entry, from))
        };
        let Some((mut entry, from)) = here.or_else(elsewhere) else {
            let mut table = Table::new();
            if let Value::Object(to) = new {
                super::merge(&mut table, Place::Header, known, &Keys::new(), to);
            }
            after.push(Entry::new(table, blank));
            continue;
        };
        if let (Value::Object(from), Value::Object(to)) = (from, new) {
            super::merge(&mut entry.table, Place::Header, known, &from, to);
        }
        after.push(entry);
    }
    tables.clear();
    let mut above = head;
    for (at, entry) in after.into_iter().enumerate() {
        let mut table = entry.table;
        let mut prefix = above;
        if at > 0 {
            prefix += &entry.above;
        }
        table
            .decor_mut()
            .set_prefix(format!("{prefix}{}", entry.own));
        tables.push(table);
        above = entry.below;
    }
}

/// A table that was read has its place in the file; one that comes from another section has none.
fn forget_place(table: &mut Table) {
    table.set_position(None);
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(table) => forget_place(table),
            Item::ArrayOfTables(tables) => tables.iter_mut().for_each(forget_place),
            Item::Value(_) | Item::None => {}
        }
    }
}

/// Gives tables places in which the entries of each array follow one another, where they do not.
pub(super) fn put_in_order(root: &mut Table) {
    if !is_in_order(root) {
        place(root, &mut 0);
    }
}

fn is_in_order(table: &Table) -> bool {
    table.iter().all(|(_, item)| match item {
        Item::Table(table) if table.is_dotted() => true,
        Item::Table(table) => table.position().is_some() && is_in_order(table),
        Item::ArrayOfTables(tables) => {
            let places = tables.iter().map(Table::position);
            let is_known = tables.iter().all(|table| table.position().is_some());
            is_known && places.is_sorted() && tables.iter().all(is_in_order)
        }
        Item::Value(_) | Item::None => true,
    })
}

fn place(table: &mut Table, next: &mut isize) {
    table.set_position(Some(*next));
    *next += 1;
    let mut children: Vec<&mut Item> = table.iter_mut().map(|(_, item)| item).collect();
    children.sort_by_key(|item| first_place(item).unwrap_or(isize::MAX));
    for item in children {
        match item {
            Item::Table(table) if !table.is_dotted() => place(table, next),
            Item::ArrayOfTables(tables) => tables.iter_mut().for_each(|table| place(table, next)),
            _ => {}
        }
    }
}

fn first_place(item: &Item) -> Option<isize> {
    match item {
        Item::Table(table) => table.position(),
        Item::ArrayOfTables(tables) => tables.iter().filter_map(Table::position).min(),
        Item::Value(_) | Item::None => None,
    }
}
