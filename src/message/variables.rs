//! Variables: `{{name}}` in any text of a draft, to be filled before it is sent.
//!
//! A name is letters, digits, `_`, `-` and `.`, with or without spaces inside the braces; anything
//! else between double braces is text.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::Draft;

/// A variable where it stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place<'a> {
    /// The byte at which its braces open.
    start: usize,
    /// The byte after its closing braces.
    end: usize,
    name: &'a str,
}

/// The names of a draft's variables, in the order of the form, each one once.
pub fn variables(draft: &Draft) -> Vec<String> {
    let mut names = Vec::new();
    let mut seen = HashSet::new();
    for field in draft.text_fields() {
        for name in names_in(draft.text_at(field).unwrap_or_default()) {
            if seen.insert(name) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// Puts values in the places of variables everywhere, and returns the names that had a place.
///
/// A value is taken as it is: braces in it are not filled again, though whoever asks for
/// [`variables`] next sees them.
pub fn fill<'a>(draft: &mut Draft, values: &'a BTreeMap<String, String>) -> BTreeSet<&'a str> {
    let mut filled = BTreeSet::new();
    for field in draft.text_fields() {
        let Some(text) = draft.text_at_mut(field) else {
            continue;
        };
        let mut replaced = String::new();
        let mut rest = 0;
        for place in places(text) {
            if let Some((name, value)) = values.get_key_value(place.name) {
                replaced.push_str(&text[rest..place.start]);
                replaced.push_str(value);
                rest = place.end;
                filled.insert(name.as_str());
            }
        }
        if rest > 0 {
            replaced.push_str(&text[rest..]);
            *text = replaced;
        }
    }
    filled
}

/// Whether a text has a variable in it.
pub fn has(text: &str) -> bool {
    names_in(text).next().is_some()
}

/// The names of the variables in a text, as often as they stand there.
pub(super) fn names_in(text: &str) -> impl Iterator<Item = &str> {
    places(text).map(|place| place.name)
}

fn places(text: &str) -> impl Iterator<Item = Place<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(open) = text[from..].find("{{").map(|at| from + at) {
            if let Some(place) = place_at(text, open) {
                from = place.end;
                return Some(place);
            }
            from = open + 1;
        }
        None
    })
}

fn place_at(text: &str, start: usize) -> Option<Place<'_>> {
    let inside = text[start..].strip_prefix("{{")?.trim_start_matches(' ');
    let length = inside
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.')))
        .filter(|length| *length > 0)?;
    let (name, after) = inside.split_at(length);
    let rest = after.trim_start_matches(' ').strip_prefix("}}")?;
    Some(Place {
        start,
        end: text.len() - rest.len(),
        name,
    })
}
