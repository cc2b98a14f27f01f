//! Variables: `{{name}}` in any text of a draft, to be filled before it is sent.
//!
//! A name is letters, digits, `_`, `-` and `.`, with or without spaces inside the braces. Four braces
//! are two that are sent as they are: `{{{{x}}}}` sends `{{x}}`. Other double braces look like a
//! variable and are none, but for those that only close single ones, as in JSON.
//!
//! A draft always has this spelling, filled in or not: [`fill`] escapes the braces of a value, and
//! [`as_sent`] and [`sent`] take the escapes away, once, for whoever counts, shows or sends a text.

mod braces;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use memchr::memchr2_iter;

use super::Draft;
use braces::{Piece, pieces};

pub use braces::{Mistake, Wrong};

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
/// A value is meant as it is: its braces are escaped, so that they are sent and are never a variable.
pub fn fill<'a>(draft: &mut Draft, values: &'a BTreeMap<String, String>) -> BTreeSet<&'a str> {
    let mut filled = BTreeSet::new();
    if values.is_empty() {
        return filled;
    }
    for field in draft.text_fields() {
        let Some(text) = draft.text_at_mut(field) else {
            continue;
        };
        if let Some(replaced) = fill_text(text, values, &mut filled) {
            *text = replaced;
        }
    }
    filled
}

/// How many bytes the texts of a draft have once values are in their places: a short file can ask for more
/// than memory holds.
pub fn filled_bytes(draft: &Draft, values: &BTreeMap<String, String>) -> usize {
    let fields = draft.text_fields().into_iter();
    let texts = fields.filter_map(|field| draft.text_at(field));
    let of_piece = |piece: Piece<'_>| match &piece {
        Piece::Variable { name, .. } => values.get(*name).map_or(piece.raw().len(), String::len),
        _ => piece.raw().len(),
    };
    texts
        .flat_map(pieces)
        .map(of_piece)
        .fold(0, usize::saturating_add)
}

/// A text with the values in it; `None` where none has a place there.
fn fill_text<'a>(
    text: &str,
    values: &'a BTreeMap<String, String>,
    filled: &mut BTreeSet<&'a str>,
) -> Option<String> {
    let mut replaced = String::new();
    // What is sent as it is. It is escaped as a whole: a brace of a value may meet one of the text.
    let mut plain = String::new();
    let mut is_filled = false;
    for piece in pieces(text) {
        let value = match &piece {
            Piece::Variable { name, .. } => values.get_key_value(*name),
            _ => None,
        };
        match (value, piece.plain()) {
            (Some((name, value)), _) => {
                plain.push_str(value);
                filled.insert(name);
                is_filled = true;
            }
            (None, Some(text)) => plain.push_str(text),
            (None, None) => {
                replaced.push_str(&escape(&plain));
                plain.clear();
                replaced.push_str(piece.raw());
            }
        }
    }
    replaced.push_str(&escape(&plain));
    is_filled.then_some(replaced)
}

/// A text that is sent as it is, in the spelling of a draft: double braces are written twice.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !has_double_braces(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("{{", "{{{{").replace("}}", "}}}}"))
}

/// Escapes every text of a draft, whose texts are those that are sent.
pub fn escape_all(draft: &mut Draft) {
    for field in draft.text_fields() {
        if let Some(text) = draft.text_at_mut(field)
            && let Cow::Owned(escaped) = escape(text)
        {
            *text = escaped;
        }
    }
}

/// A text of a draft as it is sent. Variables without a value, and what only looks like one, stay.
pub fn sent(text: &str) -> Cow<'_, str> {
    if !has_double_braces(text) {
        return Cow::Borrowed(text);
    }
    let pieces = pieces(text);
    if !pieces.iter().any(|piece| matches!(piece, Piece::Braces(_))) {
        return Cow::Borrowed(text);
    }
    let mut sent = String::with_capacity(text.len());
    for piece in &pieces {
        sent.push_str(piece.plain().unwrap_or(piece.raw()));
    }
    Cow::Owned(sent)
}

/// A draft with its texts as they are sent: to look at, and not to be kept, as its braces would be
/// read as variables.
pub fn as_sent(draft: &Draft) -> Cow<'_, Draft> {
    let mut draft = Cow::Borrowed(draft);
    for field in draft.text_fields() {
        if let Cow::Owned(text) = sent(draft.text_at(field).unwrap_or_default())
            && let Some(place) = draft.to_mut().text_at_mut(field)
        {
            *place = text;
        }
    }
    draft
}

/// Whether a text has a variable in it, or something that looks like one.
pub fn has(text: &str) -> bool {
    has_double_braces(text) && braces::has_any(text)
}

/// What looks like a variable in a text and is none, in its order.
pub fn wrong_in(text: &str) -> Vec<Wrong<'_>> {
    if !has_double_braces(text) {
        return Vec::new();
    }
    let mut wrong: Vec<Wrong<'_>> = pieces(text)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Wrong(wrong) => Some(wrong),
            _ => None,
        })
        .collect();
    wrong.extend(braces::taken_for_escaped(text));
    wrong
}

/// The names of the variables in a text, as often as they stand there.
pub(super) fn names_in(text: &str) -> Vec<&str> {
    if !has_double_braces(text) {
        return Vec::new();
    }
    let names = pieces(text).into_iter().filter_map(|piece| match piece {
        Piece::Variable { name, .. } => Some(name),
        _ => None,
    });
    names.collect()
}

fn has_double_braces(text: &str) -> bool {
    // it is asked of every text on every keystroke
    let bytes = text.as_bytes();
    memchr2_iter(b'{', b'}', bytes).any(|at| bytes.get(at + 1) == Some(&bytes[at]))
}
