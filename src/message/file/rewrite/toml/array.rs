//! Arrays in brackets: products, and buttons, sections or rows that are written so.

pub(super) mod entry;

use serde_json::Value;
use toml_edit::Array;

use super::super::super::writer::LONGEST_ARRAY;
use super::super::pairs::pairs;
use super::known::Known;
use super::{as_text, fresh_value, merge_value};
use entry::{Entry, taken_apart};

/// Puts the entries of `to` in the place of those of `from`.
pub(super) fn merge(array: &mut Array, known: &Known, from: &[Value], to: &[Value]) {
    let (head, before, mut tail) = taken_apart(array);
    let mut layout = Layout::of(&before, &tail);
    let mut before: Vec<Option<Entry>> = before.into_iter().map(Some).collect();
    let mut after: Vec<Entry> = Vec::new();
    let pairs = pairs(from, to, |new| known.in_brackets(new).is_some());
    for (old, new) in pairs.into_iter().zip(to) {
        let here = old.and_then(|old| before.get_mut(old)?.take().zip(from.get(old).cloned()));
        let elsewhere = || {
            let (mut entry, from) = known.in_brackets(new)?.clone();
            if !entry.lead.contains('\n') {
                entry.lead = layout.new_lead();
            }
            Some((entry, from))
        };
        let Some((mut entry, from)) = here.or_else(elsewhere) else {
            after.extend(fresh_value(new).map(|value| Entry::new(value, layout.new_lead())));
            continue;
        };
        if from != *new {
            merge_value(&mut entry.value, known, Some(&from), new);
        }
        after.push(entry);
    }
    array.clear();
    if matches!(layout, Layout::OneLine { .. }) && after.iter().any(Entry::has_comment) {
        layout = Layout::Lines {
            lead: "\n    ".to_owned(),
        };
        for entry in &mut after {
            if !entry.lead.contains('\n') {
                entry.lead = layout.new_lead();
            }
        }
        "\n".clone_into(&mut tail);
        array.set_trailing_comma(true);
    }
    let mut above = head;
    for (at, entry) in after.into_iter().enumerate() {
        let lead = layout.lead(at, entry.lead);
        let mut value = entry.value;
        value.decor_mut().set_prefix(joined(above, &lead));
        value.decor_mut().set_suffix(entry.before_comma);
        array.push_formatted(value);
        above = entry.same_line;
    }
    array.set_trailing(joined(above, &tail));
    if array.is_empty() && !as_text(array.trailing()).contains('#') {
        array.set_trailing("");
    }
    if let (Layout::OneLine { .. }, Some(lines)) = (&layout, fresh_value(&Value::from(to)))
        && array.to_string().chars().count() > LONGEST_ARRAY
        && let toml_edit::Value::Array(mut lines) = lines
    {
        lines.decor_mut().clone_from(array.decor());
        *array = lines;
    }
}

/// How the entries stand.
enum Layout {
    /// All in a line, with this before the first.
    OneLine { first: String },
    /// On lines of their own, with this before each.
    Lines { lead: String },
}

impl Layout {
    fn of(entries: &[Entry], tail: &str) -> Self {
        let leads = || entries.iter().map(|entry| entry.lead.as_str());
        let line = leads().find_map(|lead| lead.rsplit_once('\n'));
        match line {
            Some((_, indentation)) => Self::Lines {
                lead: format!("\n{indentation}"),
            },
            None if tail.contains('\n') => Self::Lines {
                lead: "\n    ".to_owned(),
            },
            None => Self::OneLine {
                first: leads().next().unwrap_or_default().to_owned(),
            },
        }
    }

    /// What stands before an entry that is new there.
    fn new_lead(&self) -> String {
        match self {
            Self::OneLine { .. } => String::new(),
            Self::Lines { lead } => lead.clone(),
        }
    }

    fn lead(&self, at: usize, lead: String) -> String {
        match self {
            Self::OneLine { first } if at == 0 => first.clone(),
            Self::OneLine { .. } => " ".to_owned(),
            Self::Lines { .. } if at > 0 && lead.is_empty() => " ".to_owned(),
            Self::Lines { .. } => lead,
        }
    }
}

/// What stands on the line of the entry before, and what follows it: a comment ends with its line.
fn joined(above: String, below: &str) -> String {
    let needs_line = above.contains('#') && !below.starts_with('\n');
    above + if needs_line { "\n" } else { "" } + below
}
