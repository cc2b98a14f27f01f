//! The entries of an array in brackets, with the comments around them.

use toml_edit::Array;

use super::super::as_text;

/// An entry with what stands around it.
#[derive(Clone)]
pub(in super::super) struct Entry {
    /// The lines above it with its own comments, and its indentation.
    pub(super) lead: String,
    pub(super) value: toml_edit::Value,
    pub(super) before_comma: String,
    /// The comment after the comma, on the same line.
    pub(super) same_line: String,
}

impl Entry {
    pub(super) fn new(value: toml_edit::Value, lead: String) -> Self {
        Self {
            lead,
            value,
            before_comma: String::new(),
            same_line: String::new(),
        }
    }

    pub(super) fn has_comment(&self) -> bool {
        self.lead.contains('#') || self.same_line.contains('#')
    }
}

/// What stands after the bracket, the entries, and what stands before the other one.
pub(in super::super) fn taken_apart(array: &Array) -> (String, Vec<Entry>, String) {
    let mut head = String::new();
    let mut entries: Vec<Entry> = Vec::new();
    for value in array {
        let decor = value.decor();
        let prefix = decor.prefix().map(as_text).unwrap_or_default();
        let suffix = decor.suffix().map(as_text).unwrap_or_default();
        let (same_line, lead) = if prefix.contains('#') {
            prefix.split_at(prefix.find('\n').unwrap_or(prefix.len()))
        } else {
            ("", prefix)
        };
        let previous = entries.last_mut().map(|entry| &mut entry.same_line);
        same_line.clone_into(previous.unwrap_or(&mut head));
        entries.push(Entry {
            lead: lead.to_owned(),
            value: value.clone(),
            before_comma: suffix.to_owned(),
            same_line: String::new(),
        });
    }
    let mut tail = as_text(array.trailing()).to_owned();
    if let Some(last) = entries.last_mut() {
        // without a comma at the end, what follows the last entry stands before the next one's comma
        if !array.trailing_comma() {
            tail.insert_str(0, &std::mem::take(&mut last.before_comma));
        }
        if tail.contains('#') {
            let end = tail.find('\n').unwrap_or(tail.len());
            last.same_line = tail.drain(..end).collect();
        }
    }
    (head, entries, tail)
}
