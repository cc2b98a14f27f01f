//! HTML in a text: tags and character references.

use super::{Shown, excerpt};

/// The elements that editors and chatbots write.
const ELEMENTS: [&str; 41] = [
    "a",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "center",
    "code",
    "del",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "html",
    "i",
    "img",
    "ins",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "u",
    "ul",
];
/// The characters that are written by name, but for letters with accents.
const NAMES: [&str; 24] = [
    "amp", "lt", "gt", "quot", "apos", "nbsp", "copy", "reg", "trade", "hellip", "mdash", "ndash",
    "bull", "middot", "laquo", "raquo", "lsquo", "rsquo", "ldquo", "rdquo", "euro", "pound", "deg",
    "szlig",
];
/// What the names of letters with accents end in: `eacute`.
const ACCENTS: [&str; 8] = [
    "acute", "grave", "circ", "tilde", "cedil", "uml", "ring", "slash",
];

/// The most bytes of a tag: a text is read once, whatever is in it.
const LONGEST_TAG: usize = 400;

pub(super) fn check(text: &str, shown: Shown, warn: &mut impl FnMut(String)) {
    if let Some(tag) = text.match_indices('<').find_map(|(at, _)| tag(&text[at..])) {
        let instead = match shown {
            Shown::Formatted => "write *bold*, _italic_ and line breaks",
            Shown::Plain => "leave it out, as nothing is formatted here",
        };
        warn(format!(
            "{} is HTML, which WhatsApp shows as it is written: {instead}",
            excerpt(tag)
        ));
    }
    let mut references = text.match_indices('&').map(|(at, _)| &text[at..]);
    if let Some(reference) = references.find_map(reference) {
        warn(format!(
            "{reference} is HTML, which WhatsApp shows as it is written: write the character itself"
        ));
    }
}

/// The tag that a text begins with: `<b>`, `</p>`, `<a href="…">`, `<br/>`.
fn tag(text: &str) -> Option<&str> {
    let inside = &text[1..];
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    let length = inside.find(|c: char| !c.is_ascii_alphanumeric())?;
    let name = inside[..length].to_ascii_lowercase();
    let rest = &inside[length..];
    let is_tag = ELEMENTS.contains(&name.as_str())
        && (rest.starts_with(['>', '/']) || rest.starts_with(char::is_whitespace));
    if !is_tag {
        return None;
    }
    let close = text.bytes().take(LONGEST_TAG).position(|b| b == b'>')?;
    let attributes = &rest[..rest.find('>')?];
    // 3 <b and c> 2 is no tag
    let is_plain = attributes.trim().trim_end_matches('/').is_empty();
    (is_plain || attributes.contains('=')).then(|| &text[..=close])
}

/// The reference that a text begins with: `&amp;`, `&#39;`, `&#x27;`, `&eacute;`.
fn reference(text: &str) -> Option<&str> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let is_reference = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit()),
            None => !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()),
        },
        None => {
            let accented = |accent: &&str| name.strip_suffix(*accent).is_some_and(|l| l.len() == 1);
            NAMES.contains(&name) || ACCENTS.iter().any(accented)
        }
    };
    is_reference.then(|| &text[..=end])
}
