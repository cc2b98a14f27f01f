//! Variables of commands (`$TO`, `%TO%`, `{{to}}` in a request file) on their way into a draft.
//!
//! A body is read before it is known where in it a variable stands, so that one is carried between
//! two characters that no text has (noncharacters of Unicode). In the draft it is a variable of the
//! message, `{{TO}}`; braces that the body itself had are written so that they are sent as they are.

use std::borrow::Cow;

use crate::message::{Draft, Field, variables};

/// Begins a variable's name.
pub(super) const START: char = '\u{fdd0}';
/// Ends it.
const END: char = '\u{fdd1}';
/// [`END`] as a text.
pub(super) const END_TEXT: &str = "\u{fdd1}";

/// A variable, to be put into a text.
pub(super) fn marked(name: &str) -> String {
    format!("{START}{name}{END}")
}

/// Whether a name can be a message's variable.
pub(super) fn is_name(name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    !name.is_empty() && name.len() <= 60 && name.chars().all(is_part)
}

/// Writes a draft's texts as a message file has them, and returns the names of its variables, each
/// one once.
pub(super) fn write(draft: &mut Draft) -> Vec<String> {
    let mut names = Vec::new();
    for field in draft.text_fields() {
        let Some(text) = draft.text_at_mut(field) else {
            continue;
        };
        // a recipient has no braces: `{{to}}` there is a variable of who wrote the body
        if !(field == Field::To && is_variable(text))
            && let Cow::Owned(escaped) = variables::escape(text)
        {
            *text = escaped;
        }
        if text.contains(START) {
            *text = unmarked(text, &mut names);
        }
    }
    names
}

/// A text without marks, its variables as they are written where braces mean nothing.
pub(super) fn plain(text: &str) -> String {
    text.replace(START, "$").replace(END, "")
}

/// Whether a text is one variable, `{{name}}`.
fn is_variable(text: &str) -> bool {
    let inner = text
        .trim()
        .strip_prefix("{{")
        .and_then(|text| text.strip_suffix("}}"));
    inner.is_some_and(|name| is_name(name.trim_matches(' ')))
}

/// The name of the variable that is all that a text is.
pub(super) fn alone(text: &str) -> Option<&str> {
    let name = text.trim().strip_prefix(START)?.strip_suffix(END)?;
    (!name.contains([START, END])).then_some(name)
}

fn unmarked(text: &str, names: &mut Vec<String>) -> String {
    let mut written = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(START) {
        written.push_str(before);
        let Some((name, after)) = after.split_once(END) else {
            rest = after;
            continue;
        };
        if is_name(name) {
            written.push_str("{{");
            written.push_str(name);
            written.push_str("}}");
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        } else {
            written.push_str(name);
        }
        rest = after;
    }
    written.push_str(rest);
    written
}
