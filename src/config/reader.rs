//! Reads TOML values by their keys and collects everything that is wrong, with its place.
//!
//! Problems never repeat a value, which may be a token: they name its key and its type.

use strum::VariantArray;
use toml::de::{DeInteger, DeTable, DeValue};

use crate::message::file::FileProblem;
use crate::message::file::place::{Issue, Locator, join, unknown_key};
use crate::message::nearest::nearest;

/// Reads a configuration, and collects what is wrong with it.
#[derive(Debug)]
pub(super) struct Reader<'t> {
    locator: Locator<'t>,
    issues: Vec<Issue>,
}

/// A table and its place.
#[derive(Debug, Clone)]
pub(super) struct Table<'a> {
    /// Its path, empty for the whole file.
    pub path: String,
    /// The byte at which it begins.
    pub at: usize,
    /// Its entries in the order of the file.
    pub entries: Vec<Entry<'a>>,
}

/// A key with its value.
#[derive(Debug, Clone)]
pub(super) struct Entry<'a> {
    /// The key.
    pub key: &'a str,
    /// Where it is, as a path from the file's top: `profiles.staging.token`.
    pub path: String,
    /// The byte at which the key begins.
    pub at: usize,
    /// The byte at which the value begins.
    pub value_at: usize,
    /// The value.
    pub value: &'a DeValue<'a>,
}

impl<'a> Table<'a> {
    pub(super) fn new(path: String, at: usize, table: &'a DeTable<'a>) -> Self {
        let mut entries: Vec<Entry<'a>> = table
            .iter()
            .map(|(key, value)| Entry {
                path: join(&path, key.get_ref()),
                key: key.get_ref(),
                at: key.span().start,
                value_at: value.span().start,
                value: value.get_ref(),
            })
            .collect();
        entries.sort_by_key(|entry| entry.at);
        Self { path, at, entries }
    }

    pub(super) fn entry(&self, key: &str) -> Option<&Entry<'a>> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

impl<'t> Reader<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self {
            locator: Locator::new(text),
            issues: Vec::new(),
        }
    }

    /// How much was found to be wrong so far.
    pub(super) const fn count(&self) -> usize {
        self.issues.len()
    }

    /// Takes back what was found since there was so much, in the order of the file.
    pub(super) fn take_since(&mut self, count: usize) -> Vec<FileProblem> {
        let issues = self.issues.split_off(count);
        self.locator.problems(issues)
    }

    pub(super) fn problem(&mut self, at: usize, key: &str, message: impl AsRef<str>) {
        self.issues.push(Issue::new(at, key, message));
    }

    /// Reports every key of a table that is not known there.
    pub(super) fn known_keys(&mut self, table: &Table<'_>, known: &[&str]) {
        for entry in &table.entries {
            if !known.contains(&entry.key) {
                self.unknown_key(entry, &table.path, known);
            }
        }
    }

    pub(super) fn unknown_key(&mut self, entry: &Entry<'_>, place: &str, known: &[&str]) {
        let place = if place.is_empty() {
            String::new()
        } else {
            format!("[{place}]")
        };
        let message = unknown_key(entry.key, &place, known, self.count());
        self.problem(entry.at, &entry.path, message);
    }

    pub(super) fn missing(&mut self, table: &Table<'_>, key: &str, expected: &str) {
        let message = format!("missing key \"{key}\" in [{}]: {expected}", table.path);
        self.problem(table.at, &join(&table.path, key), message);
    }

    pub(super) fn wrong_type(&mut self, entry: &Entry<'_>, expected: &str) {
        let message = format!(
            "{}: expected {expected}, found {}",
            entry.path,
            type_of(entry.value)
        );
        self.problem(entry.value_at, &entry.path, message);
    }

    pub(super) fn table<'a>(&mut self, entry: &Entry<'a>, expected: &str) -> Option<Table<'a>> {
        let DeValue::Table(table) = entry.value else {
            self.wrong_type(entry, expected);
            return None;
        };
        Some(Table::new(entry.path.clone(), entry.at, table))
    }

    pub(super) fn string<'a>(&mut self, table: &Table<'a>, key: &str) -> Option<&'a str> {
        let entry = table.entry(key)?;
        let found = entry.value.as_str();
        if found.is_none() {
            self.wrong_type(entry, "a string in quotes");
        }
        found
    }

    pub(super) fn boolean(&mut self, table: &Table<'_>, key: &str) -> Option<bool> {
        let entry = table.entry(key)?;
        let found = entry.value.as_bool();
        if found.is_none() {
            self.wrong_type(entry, "true or false");
        }
        found
    }

    /// Strings in a list that has at least one.
    pub(super) fn strings(&mut self, entry: &Entry<'_>, expected: &str) -> Option<Vec<String>> {
        let DeValue::Array(items) = entry.value else {
            self.wrong_type(entry, expected);
            return None;
        };
        let strings: Option<Vec<String>> = items
            .iter()
            .map(|item| item.get_ref().as_str().map(str::to_owned))
            .collect();
        if strings.is_none() {
            let message = format!("{}: expected {expected}", entry.path);
            self.problem(entry.value_at, &entry.path, message);
        }
        strings
    }

    /// One of an enum's variants, by its name.
    pub(super) fn variant<T>(&mut self, table: &Table<'_>, key: &str) -> Option<T>
    where
        T: Copy + VariantArray + Into<&'static str>,
    {
        let words: Vec<(&str, T)> = T::VARIANTS.iter().map(|&one| (one.into(), one)).collect();
        self.word(table, key, &words)
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(
        &mut self,
        table: &Table<'_>,
        key: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let word = self.string(table, key)?;
        if let Some((_, value)) = words.iter().find(|(known, _)| *known == word) {
            return Some(*value);
        }
        let entry = table.entry(key)?;
        let known: Vec<String> = words
            .iter()
            .map(|(word, _)| format!("\"{word}\""))
            .collect();
        let hint = nearest(word, words.iter().map(|(word, _)| *word))
            .map(|meant| format!("; did you mean \"{meant}\"?"))
            .unwrap_or_default();
        let message = format!("{}: expected {}{hint}", entry.path, known.join(" or "));
        self.problem(entry.value_at, &entry.path, message);
        None
    }
}

/// A whole number that is not negative.
pub(super) fn whole_number(value: &DeValue<'_>) -> Option<usize> {
    let number: &DeInteger<'_> = value.as_integer()?;
    usize::from_str_radix(number.as_str(), number.radix()).ok()
}

const fn type_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
