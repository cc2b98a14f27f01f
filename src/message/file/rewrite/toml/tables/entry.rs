//! The tables under headers, with the comments around them.

use toml_edit::{ArrayOfTables, Table};

use super::super::{above_and_own, as_text};

/// An entry with the comments that are its own.
#[derive(Clone)]
pub(in super::super) struct Entry {
    pub(super) table: Table,
    /// What stands above it, up to the blank line before its own comment.
    pub(super) above: String,
    /// The comment directly above its header.
    pub(super) own: String,
    /// The comment directly below its last line.
    pub(super) below: String,
}

impl Entry {
    /// One that is new, below a blank line or not.
    pub(super) fn new(table: Table, blank: bool) -> Self {
        Self {
            table,
            above: if blank { "\n" } else { "" }.to_owned(),
            own: String::new(),
            below: String::new(),
        }
    }
}

/// The entries, and what stands above all of them.
pub(in super::super) fn taken_apart(tables: &ArrayOfTables) -> (String, Vec<Entry>) {
    // the first of all stands below a blank line
    let mut head = "\n".to_owned();
    let mut entries: Vec<Entry> = Vec::new();
    for table in tables {
        let prefix = table.decor().prefix().map(as_text).unwrap_or_default();
        let (above, own) = above_and_own(prefix);
        let mut above = above.to_owned();
        if let Some(previous) = entries.last_mut() {
            // comments that follow the last line directly are about what was before
            let end = first_blank_line(&above);
            previous.below = above.drain(..end).collect();
        } else {
            head = std::mem::replace(&mut above, "\n".to_owned());
        }
        entries.push(Entry {
            table: table.clone(),
            above,
            own: own.to_owned(),
            below: String::new(),
        });
    }
    // the first one has the others' distance where it is moved
    if let [first, second, ..] = entries.as_mut_slice()
        && second.above.is_empty()
    {
        first.above.clear();
    }
    (head, entries)
}

fn first_blank_line(text: &str) -> usize {
    let lines = text.split_inclusive('\n');
    lines
        .take_while(|line| !line.trim().is_empty())
        .map(str::len)
        .sum()
}
