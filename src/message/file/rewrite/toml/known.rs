//! Products and rows of all sections, so that one that moves to another section takes its comments along.

use std::collections::HashMap;

use serde_json::Value;
use toml_edit::{Item, Table};

use super::super::Keys;
use super::super::pairs::identity;
use super::array::entry as array;
use super::tables::entry as tables;

/// An entry with what it said.
type Written<E> = (E, Value);

/// The entries of all sections, by their ids.
#[derive(Default)]
pub(super) struct Known {
    in_brackets: HashMap<String, Written<array::Entry>>,
    under_headers: HashMap<String, Written<tables::Entry>>,
}

impl Known {
    pub(super) fn of(root: &Table, from: &Keys) -> Self {
        let mut known = Self::default();
        let sections = from.get("sections").and_then(Value::as_array);
        for (index, section) in sections.into_iter().flatten().enumerate() {
            for key in ["products", "rows"] {
                let item = root
                    .get("sections")
                    .and_then(|sections| sections.get(index));
                let item = item.and_then(|section| section.get(key));
                if let (Some(item), Some(said)) = (item, section[key].as_array()) {
                    known.add(item, said);
                }
            }
        }
        known
    }

    fn add(&mut self, item: &Item, said: &[Value]) {
        let ids = said.iter().map(|said| identity(said).map(str::to_owned));
        let said = ids.zip(said.iter().cloned());
        match item {
            Item::ArrayOfTables(tables) => {
                let (_, entries) = tables::taken_apart(tables);
                for ((id, said), entry) in said.zip(entries) {
                    self.under_headers.extend(id.map(|id| (id, (entry, said))));
                }
            }
            Item::Value(toml_edit::Value::Array(array)) => {
                let (_, entries, _) = array::taken_apart(array);
                for ((id, said), entry) in said.zip(entries) {
                    self.in_brackets.extend(id.map(|id| (id, (entry, said))));
                }
            }
            Item::Value(_) | Item::Table(_) | Item::None => {}
        }
    }

    pub(super) fn in_brackets(&self, new: &Value) -> Option<&Written<array::Entry>> {
        self.in_brackets.get(identity(new)?)
    }

    pub(super) fn under_headers(&self, new: &Value) -> Option<&Written<tables::Entry>> {
        self.under_headers.get(identity(new)?)
    }
}
