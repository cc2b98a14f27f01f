//! Variables of commands (`$TO`, `%TO%`, `{{to}}` in a request file) on their way into a draft.
//!
//! A body is read before it is known where in it a variable stands, so that one is carried between
//! two characters that no text has (noncharacters of Unicode). In the draft it is a variable of the
//! message, `{{TO}}`; braces that the body itself had are written so that they are sent as they are.

use std::borrow::Cow;

use crate::message::{Draft, Field, variables};
use crate::visible;

/// Begins a variable's name.
pub(super) const START: char = '\u{fdd0}';
/// Ends it.
const END: char = '\u{fdd1}';
/// After [`START`]: what follows is an expression of a shell's, and no variable's name.
const EXPRESSION: char = '\u{fdd2}';
/// [`END`] as a text.
pub(super) const END_TEXT: &str = "\u{fdd1}";

/// A variable, to be put into a text.
pub(super) fn marked(name: &str) -> String {
    format!("{START}{name}{END}")
}

/// What a shell would put in the place of an expression, `$(date)`, which is not known: it stays as it
/// is written, and a warning names it.
pub(super) fn expression(source: &str) -> String {
    // it is most likely in a string of JSON, whose quotes it would close
    let source = source.replace('\\', r"\\").replace('"', "\\\"");
    format!("{START}{EXPRESSION}{source}{END}")
}

/// The length of a text in round brackets, with those in it; nothing where they are not closed on the
/// same line, or only far from here.
pub(super) fn bracketed(text: &str) -> Option<usize> {
    const LONGEST: usize = 400;
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().take(LONGEST) {
        match c {
            '(' => depth += 1,
            ')' if depth <= 1 => return Some(at + 1),
            ')' => depth -= 1,
            '\n' => return None,
            _ => {}
        }
    }
    None
}

/// A text as a user has it, without the characters that mean something here.
pub(super) fn without_marks(text: &str) -> Cow<'_, str> {
    const MARKS: [char; 3] = [START, END, EXPRESSION];
    const REPLACED: &str = "\u{fffd}";
    // JSON's escapes of them, each of the length of the other
    const ESCAPED: [&str; 2] = ["\\ufdd", "\\uFDD"];
    let has_escapes = ESCAPED.iter().any(|escape| text.contains(escape));
    if !has_escapes && !text.contains(MARKS) {
        return Cow::Borrowed(text);
    }
    let mut text = text.replace(MARKS, REPLACED);
    for escape in ESCAPED.iter().filter(|_| has_escapes) {
        for digit in ["0", "1", "2"] {
            text = text.replace(&format!("{escape}{digit}"), "\\ufffd");
        }
    }
    Cow::Owned(text)
}

/// Whether a name can be a message's variable.
pub(super) fn is_name(name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    !name.is_empty() && name.len() <= 60 && name.chars().all(is_part)
}

/// Writes a draft's texts as a message file has them, and returns a sentence for each variable and each
/// expression in them that has no value.
pub(super) fn write(draft: &mut Draft) -> Vec<String> {
    let mut names = Vec::new();
    for field in draft.text_fields() {
        let Some(text) = draft.text_at_mut(field) else {
            continue;
        };
        // a recipient has no braces: `{{to}}` there is a variable of who wrote the body
        if let Some(name) = variable_of(text).filter(|_| field == Field::To) {
            remember(name, &mut names);
        } else if let Cow::Owned(escaped) = variables::escape(text) {
            *text = escaped;
        }
        if text.contains(START) {
            *text = unmarked(text, &mut names);
        }
    }
    names.iter().map(|name| warning(name)).collect()
}

/// What is said of a variable or an expression that has no value.
fn warning(name: &str) -> String {
    let shown: String = visible::line(name.trim_start_matches(EXPRESSION))
        .chars()
        .take(60)
        .collect();
    if name.starts_with(EXPRESSION) {
        return format!(
            "{shown} is not known, since no shell is run: it stays in the text as it is written, replace it there"
        );
    }
    if is_name(name) {
        return format!(
            "the variable {name} has no value in it: it is {{{{{name}}}}} in the message, fill it in with --var {name}=…"
        );
    }
    format!(
        "{{{{{shown}}}}} is kept, and is no name of a variable: write its value there, or a name of letters, digits, _, - and ."
    )
}

fn remember(name: &str, names: &mut Vec<String>) {
    if !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
}

/// The texts of a draft that a command sends with double braces in them, a sentence each: whoever wrote
/// `{{name}}` most likely meant a variable.
pub(super) fn sent_braces(draft: &Draft) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for field in draft.text_fields() {
        let text = draft.text_at(field).unwrap_or_default();
        let Some((_, after)) = text.split_once("{{{{") else {
            continue;
        };
        if let Some((name, _)) = after.split_once("}}}}")
            && is_name(name.trim())
        {
            let name = name.trim();
            found.push(format!(
                "{field} has {{{{{name}}}}} in it, which is sent as it is: for a variable of the message, write {{{{{name}}}}} in place of {{{{{{{{{name}}}}}}}}}"
            ));
        }
    }
    found
}

/// A text without marks, its variables as they are written where braces mean nothing.
pub(super) fn plain(text: &str) -> String {
    text.replace(&format!("{START}{EXPRESSION}"), "")
        .replace(START, "$")
        .replace(END, "")
}

/// The name in a text that is one variable, `{{name}}`.
fn variable_of(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix("{{")?.strip_suffix("}}")?;
    Some(inner.trim_matches(' ')).filter(|name| is_name(name))
}

/// The expression that is all that a text is, as it is written.
pub(super) fn alone_expression(text: &str) -> Option<String> {
    let source = alone(text)?.strip_prefix(EXPRESSION)?;
    Some(source.replace("\\\"", "\"").replace(r"\\", r"\"))
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
        remember(name, names);
        match name.strip_prefix(EXPRESSION) {
            Some(source) => written.push_str(source),
            // what is no name keeps its braces too, so that it is not sent by mistake
            None => written.extend(["{{", name, "}}"]),
        }
        rest = after;
    }
    written.push_str(rest);
    written
}
