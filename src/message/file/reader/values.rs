//! Values of a tree by their keys: texts, numbers, tables and arrays, and what is said of wrong ones.

use std::collections::HashSet;

use crate::message::file::Format;
use crate::message::file::place::{Issue, join, quote, unknown_key};
use crate::message::file::tree::{Entry, Node, Value, repeated_key, table};
use crate::message::nearest::nearest;
use crate::message::spec::Spec;

/// Reads values, and collects what is wrong with them.
pub(super) struct Reader {
    pub format: Format,
    pub issues: Vec<Issue>,
}

/// The keys of one table, and its place.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    pub path: &'a str,
    pub at: usize,
    pub entries: &'a [Entry],
}

impl<'a> Table<'a> {
    pub(super) fn entry(&self, key: &str) -> Option<&'a Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    pub(super) fn path_of(&self, key: &str) -> String {
        join(self.path, key)
    }
}

impl Reader {
    /// The tables of an array that may be left out; `item` is what each of them is.
    pub(super) fn tables<T>(
        &mut self,
        table: Table<'_>,
        key: &str,
        item: &str,
        read: fn(&mut Self, Table<'_>) -> T,
    ) -> Vec<T> {
        let Some(entry) = table.entry(key) else {
            return Vec::new();
        };
        let path = table.path_of(key);
        let Value::Array(items) = &entry.node.value else {
            let expected = match self.format {
                Format::Toml => {
                    let header: String = path.split(['[', ']']).step_by(2).collect();
                    format!("an array: write each {item} under [[{header}]]")
                }
                Format::Json => "an array of objects".to_owned(),
            };
            self.wrong_type(&path, &entry.node, &expected);
            return Vec::new();
        };
        let items = items.iter().enumerate();
        items
            .filter_map(|(index, item)| {
                let path = format!("{path}[{index}]");
                let table = self.table(&path, item)?;
                Some(read(self, table))
            })
            .collect()
    }

    /// The strings of an array that may be left out.
    pub(super) fn texts(&mut self, table: Table<'_>, key: &str, expected: &str) -> Vec<String> {
        let Some(entry) = table.entry(key) else {
            return Vec::new();
        };
        let path = table.path_of(key);
        let Value::Array(items) = &entry.node.value else {
            self.wrong_type(&path, &entry.node, "an array of strings");
            return Vec::new();
        };
        let items = items.iter().enumerate();
        items
            .filter_map(|(index, item)| {
                if let Value::String(text) = &item.value {
                    return Some(text.clone());
                }
                self.wrong_type(&format!("{path}[{index}]"), item, expected);
                None
            })
            .collect()
    }

    pub(super) fn known_keys(&mut self, table: Table<'_>, known: &[&str]) {
        for entry in table.entries {
            if !known.contains(&entry.key.as_str()) {
                let message = self.unknown_key(&entry.key, table.path, known);
                self.issue(entry.at, &table.path_of(&entry.key), &message);
            }
        }
    }

    pub(super) fn table<'a>(&mut self, path: &'a str, node: &'a Node) -> Option<Table<'a>> {
        if let Value::Table(entries) = &node.value {
            self.repeated_keys(path, entries);
            let at = node.at;
            return Some(Table { path, at, entries });
        }
        self.wrong_type(path, node, table(self.format));
        None
    }

    /// Reports keys that stand in a table twice, which JSON lets through.
    pub(super) fn repeated_keys(&mut self, path: &str, entries: &[Entry]) {
        let mut seen = HashSet::new();
        for entry in entries {
            if !seen.insert(entry.key.as_str()) {
                let message = repeated_key(&entry.key);
                self.issue(entry.at, &join(path, &entry.key), &message);
            }
        }
    }

    /// A text under its key; empty where it is left out.
    pub(super) fn text(&mut self, table: Table<'_>, spec: Spec) -> String {
        let entry = table.entry(spec.key);
        if entry.is_none() && spec.is_required {
            self.missing(table, spec.key, "a string");
        }
        let text = entry.and_then(|entry| self.string(table, entry));
        text.unwrap_or_default().to_owned()
    }

    pub(super) fn string<'a>(&mut self, table: Table<'_>, entry: &'a Entry) -> Option<&'a str> {
        if let Value::String(text) = &entry.node.value {
            return Some(text);
        }
        self.wrong_type(&table.path_of(&entry.key), &entry.node, "a string");
        None
    }

    pub(super) fn boolean(&mut self, table: Table<'_>, key: &str) -> Option<bool> {
        let entry = table.entry(key)?;
        if let Value::Boolean(boolean) = entry.node.value {
            return Some(boolean);
        }
        self.wrong_type(&table.path_of(key), &entry.node, "true or false");
        None
    }

    /// A whole number, by what it is `expected` to be in words.
    pub(super) fn number(&mut self, table: Table<'_>, key: &str, expected: &str) -> Option<u32> {
        let entry = table.entry(key)?;
        let Value::Integer(number) = entry.node.value else {
            self.wrong_type(&table.path_of(key), &entry.node, "an integer");
            return None;
        };
        let number = number.and_then(|number| u32::try_from(number).ok());
        if number.is_none() {
            let message = format!("{key}: expected {expected}, from 0 to {}", u32::MAX);
            self.issue(entry.node.at, &table.path_of(key), &message);
        }
        number
    }

    pub(super) fn wrong_type(&mut self, path: &str, node: &Node, expected: &str) {
        let found = node.value.name(self.format);
        let message = if path.is_empty() {
            format!("expected {expected}, found {found}")
        } else {
            format!("{path}: expected {expected}, found {found}")
        };
        self.issue(node.at, path, &message);
    }

    pub(super) fn missing(&mut self, table: Table<'_>, key: &str, expected: &str) {
        let place = if table.path.is_empty() {
            String::new()
        } else {
            format!(" in {}", table.path)
        };
        let message = format!("missing key {}{place}: expected {expected}", quote(key));
        self.issue(table.at, &table.path_of(key), &message);
    }

    /// A word that is none of those that may stand there.
    pub(super) fn unknown_word(
        &mut self,
        entry: &Entry,
        path: &str,
        what: &str,
        word: &str,
        known: &[&str],
    ) {
        let hint = match nearest(word, known.iter().copied()) {
            Some(meant) => format!("did you mean {}?", quote(meant)),
            None => format!("known are {}", list(known)),
        };
        let message = format!("unknown {what} {}; {hint}", quote(word));
        self.issue(entry.node.at, path, &message);
    }

    pub(super) fn issue(&mut self, at: usize, key: &str, message: &str) {
        self.issues.push(Issue::new(at, key, message));
    }

    /// What is said of a key that is not known.
    pub(super) fn unknown_key(&self, key: &str, path: &str, known: &[&str]) -> String {
        unknown_key(key, path, known, self.issues.len())
    }
}

/// `"text", "buttons"`
pub(super) fn list(words: &[&str]) -> String {
    words
        .iter()
        .map(|word| quote(word))
        .collect::<Vec<_>>()
        .join(", ")
}
