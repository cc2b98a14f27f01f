//! Text that came from outside, made safe to show: control characters become visible ones.
//!
//! Everything that a file, a gateway or a terminal's paste brought goes through here before it
//! reaches a terminal. Characters that only shape text stay: emoji need joiners, variation
//! selectors and tags, Hebrew and Arabic need directional marks. Numbers of bytes are put in words
//! here too.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character must not reach a terminal: C0 and C1 controls, DEL, and the characters that
/// change the direction of what follows, break lines or hide text.
pub const fn is_unsafe(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        // line and paragraph separators; embeddings and overrides
        | '\u{2028}'..='\u{202e}'
        // isolates, and the deprecated switches of shaping
        | '\u{2066}'..='\u{206f}'
        // the zero-width no-break space; interlinear annotations
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Whether a character that is no white space leaves nothing to see: joiners and marks of direction,
/// soft hyphens, fillers, variation selectors and tags on their own, the empty Braille pattern.
pub const fn is_shapeless(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// What white space or invisible character is called that a parser takes for text; nothing where it is
/// plain, or to be seen.
pub fn blank(c: char) -> Option<&'static str> {
    Some(match c {
        ' ' | '\t' | '\n' | '\r' => return None,
        '\u{a0}' | '\u{202f}' | '\u{2007}' => "a non-breaking space",
        '\u{3000}' => "an ideographic space",
        '\u{feff}' => "a byte order mark",
        c if c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}') => {
            "an invisible character"
        }
        _ => return None,
    })
}

/// A number of bytes in words, to one decimal from a thousand on: `812 bytes`, `12.3 kB`, `4.2 MB`.
pub fn bytes(number: u64) -> String {
    match number {
        0..1_000 => format!("{number} bytes"),
        1_000..1_000_000 => format!("{}.{} kB", number / 1_000, number / 100 % 10),
        _ => format!("{}.{} MB", number / 1_000_000, number / 100_000 % 10),
    }
}

/// What is shown for an unsafe character: a control picture (`␛`), or `⟨U+202E⟩`.
pub fn picture(c: char) -> String {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).map_or_else(String::new, String::from),
        '\u{7f}' => "\u{2421}".to_owned(),
        other => format!("⟨U+{:04X}⟩", other as u32),
    }
}

/// A text whose line breaks stay and whose other unsafe characters are shown as [`picture`]s.
pub fn lines(text: &str) -> Cow<'_, str> {
    replace(text, |c| c != '\n' && is_unsafe(c))
}

/// A text on one line: line breaks too are shown as pictures.
pub fn line(text: &str) -> Cow<'_, str> {
    replace(text, is_unsafe)
}

fn replace(text: &str, unsafe_here: impl Fn(char) -> bool) -> Cow<'_, str> {
    // clean text, the rule, is only looked at byte by byte, up to the first suspect
    let suspect = text.bytes().position(may_begin_unsafe);
    let Some(first) = suspect.and_then(|at| Some(at + text[at..].find(&unsafe_here)?)) else {
        return Cow::Borrowed(text);
    };
    let mut shown = String::with_capacity(text.len() + 16);
    shown.push_str(&text[..first]);
    for c in text[first..].chars() {
        if unsafe_here(c) {
            shown.push_str(&picture(c));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Whether an unsafe character may begin with this byte of UTF-8.
const fn may_begin_unsafe(byte: u8) -> bool {
    matches!(byte, 0..=0x1f | 0x7f | 0xc2 | 0xe2 | 0xef)
}

/// JSON with the same value, whose strings hold no character that must not reach a terminal.
pub fn escape_unsafe(json: &str) -> Cow<'_, str> {
    let is_unsafe = |c: char| c != '\n' && is_unsafe(c);
    if !json.chars().any(is_unsafe) {
        return Cow::Borrowed(json);
    }
    let mut escaped = String::with_capacity(json.len() + 8);
    for c in json.chars() {
        if is_unsafe(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}
