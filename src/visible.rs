//! Text that came from outside, made safe to show: control characters become visible ones.

use std::borrow::Cow;

/// Whether a character must not reach a terminal: C0 and C1 controls, DEL, and the characters that
/// change the direction or hide text.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// What is shown for an unsafe character: a control picture (`␛`), or `⟨U+202E⟩`.
pub fn picture(c: char) -> String {
    match c {
        '\u{0}'..='\u{1f}' => {
            char::from_u32(0x2400 + c as u32).map_or_else(String::new, String::from)
        }
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
    if !text.chars().any(&unsafe_here) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if unsafe_here(c) {
            shown.push_str(&picture(c));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}
