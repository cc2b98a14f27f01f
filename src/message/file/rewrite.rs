//! A file that was opened becomes the file of a changed draft, with as little changed as can be.
//!
//! Both drafts, the one that the file holds and the one to be saved, are compared as the keys that would be
//! written for them. Where these differ the file is changed ([`mod@toml`], [`mod@json`]); what stands
//! between them (comments, order, spelling) is not looked at and stays.

mod json;
mod pairs;
mod toml;

use serde_json::{Map, Value};

use super::{Format, parse, writer};
use crate::message::Draft;

/// The keys of a table with their values, as they would be written.
type Keys = Map<String, Value>;

/// The text that saves a changed draft over the file it came from.
///
/// In TOML whatever did not change stands byte for byte: comments, the order of keys, quotes, blank
/// lines, the ends of lines, `[[buttons]]` or an array in brackets. A changed value takes the old one's
/// place and its trailing comment; a new key goes where [`super::write`] would put it; a key or an
/// entry that is gone takes the comment with it that stands directly above it. Buttons, sections, rows
/// and products keep their comments when they move: they are recognised by their id, or by their title
/// and what they hold. In JSON the order of keys and the indentation stay.
///
/// What comes out is read back as the draft, always. A draft that did not change leaves the text as it
/// is; a text that is no message file is replaced by what [`super::write`] gives.
pub fn rewrite(original: &str, format: Format, draft: &Draft) -> String {
    let Ok(before) = parse(original, format) else {
        return super::write(draft, format);
    };
    if before == *draft {
        return original.to_owned();
    }
    let text = super::without_bom(original);
    let (from, to) = (writer::keys(&before), writer::keys(draft));
    let text_with_lf = text.replace("\r\n", "\n");
    let rewritten = match format {
        Format::Toml => toml::rewrite(&text_with_lf, &from, &to),
        Format::Json => json::rewrite(&text_with_lf, &from, &to),
    };
    let mut rewritten = rewritten.unwrap_or_else(|| super::write(draft, format));
    if !text.ends_with('\n') && rewritten.ends_with('\n') {
        rewritten.pop();
    }
    if has_windows_lines(text) {
        rewritten = rewritten.replace('\n', "\r\n");
    }
    if original.len() > text.len() {
        rewritten.insert(0, '\u{feff}');
    }
    // However the file was written, what is saved is what was meant.
    if parse(&rewritten, format).as_ref() == Ok(draft) {
        rewritten
    } else {
        super::write(draft, format)
    }
}

/// Whether most lines end in CR LF.
fn has_windows_lines(text: &str) -> bool {
    let windows = text.matches("\r\n").count();
    windows * 2 > text.matches('\n').count()
}

/// The key of `to` that stands before this one among those that `has` knows: a new key goes after it.
fn key_before<'a>(to: &'a Keys, key: &str, has: impl Fn(&str) -> bool) -> Option<&'a str> {
    let before = to.keys().take_while(|other| *other != key);
    before.filter(|other| has(other)).last().map(String::as_str)
}
