//! The syntax of TOML and JSON: read in a bounded time and memory, and what is wrong in words that say
//! how to write it.

use toml::Spanned;
use toml::de::{DeTable, Error};

use super::Format;

/// Up to this size everything that is wrong with the syntax is told; of a longer text the first error.
const ALL_ERRORS: usize = 64 << 10;

/// The most tokens of a message file: keys, values and what is between them. A catalog that is as big as
/// WhatsApp takes has 2,000.
pub(super) const MOST_TOKENS: usize = 300_000;

/// Quotes that word processors and phones write for straight ones.
const TYPOGRAPHIC: [char; 14] = [
    '“', '”', '„', '‟', '‘', '’', '‚', '‛', '«', '»', '‹', '›', '＂', '＇',
];

/// Reads a text of TOML as far as it can be read, and says what is wrong.
pub fn parse(text: &str) -> (Spanned<DeTable<'_>>, Vec<Error>) {
    if text.len() <= ALL_ERRORS {
        return DeTable::parse_recoverable(text);
    }
    match DeTable::parse(text) {
        Ok(table) => (table, Vec::new()),
        Err(error) => (Spanned::new(0..0, DeTable::new()), vec![error]),
    }
}

/// The byte at which a text has more tokens than a message file may have.
pub(super) fn too_many(text: &str, format: Format) -> Option<usize> {
    // A token has a byte at least.
    if text.len() <= MOST_TOKENS {
        return None;
    }
    match format {
        Format::Toml => {
            let mut tokens = toml_parser::Source::new(text).lex();
            tokens.nth(MOST_TOKENS).map(|token| token.span().start())
        }
        Format::Json => {
            let mut is_in_string = false;
            let mut is_escaped = false;
            let tokens = text.bytes().enumerate().filter(|(_, byte)| {
                if is_in_string {
                    is_in_string = is_escaped || *byte != b'"';
                    is_escaped = !is_escaped && *byte == b'\\';
                    return false;
                }
                is_in_string = *byte == b'"';
                matches!(byte, b'"' | b',' | b':' | b'[' | b']' | b'{' | b'}')
            });
            let mut tokens = tokens.map(|(at, _)| at);
            tokens.nth(MOST_TOKENS)
        }
    }
}

/// An error of the syntax at a byte.
#[derive(Debug, PartialEq, Eq)]
pub struct Explained {
    /// What is wrong, and how to write it where that can be said.
    pub message: String,
    /// Whether what is said of the rest of the text follows from it.
    pub hides_the_rest: bool,
}

/// Says what is wrong at a byte, and how to write it.
pub fn explain(text: &str, at: usize, format: Format, message: &str) -> Explained {
    let hint = hint(text, at, format, message);
    let name = format.name();
    Explained {
        message: match &hint {
            Some((hint, _)) => format!("{name} syntax: {message}: {hint}"),
            None => format!("{name} syntax: {message}"),
        },
        hides_the_rest: hint.is_some_and(|(_, hides)| hides),
    }
}

/// How to write what is at a byte, and whether the rest of the text is misread for it.
fn hint(text: &str, at: usize, format: Format, message: &str) -> Option<(String, bool)> {
    let line = line_at(text, at);
    let opening = line.find(['"', '\'']).unwrap_or(line.len());
    if let Some(quote) = line[..opening].chars().find(|c| TYPOGRAPHIC.contains(c)) {
        let straight = match format {
            Format::Toml => "\" or '",
            Format::Json => "\"",
        };
        return Some((
            format!(
                "{quote} is a typographic quote, as word processors write them: write {straight}"
            ),
            false,
        ));
    }
    match format {
        Format::Toml => toml_hint(line, message),
        Format::Json => json_hint(line, message).map(|hint| (hint.to_owned(), false)),
    }
}

fn toml_hint(line: &str, message: &str) -> Option<(String, bool)> {
    let value = line.split_once('=').map_or(line, |(_, value)| value).trim();
    let is_about = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if is_about(&["escape", "unicode"]) && value.contains('"') {
        let hint = "a backslash in \"…\" begins an escape: write the text in single quotes, as in \
                    'C:\\Users\\ana\\shirt.jpg'";
        return Some((hint.to_owned(), false));
    }
    let is_text =
        |quote: char| value.starts_with(quote) && !value.starts_with(&quote.to_string().repeat(3));
    if is_text('"') && quotes(value, '"') % 2 == 1 && is_about(&["basic string"]) {
        let hint = "several lines stand in three quotes: \"\"\"…\"\"\"";
        return Some((hint.to_owned(), true));
    }
    if is_text('\'') && value.matches('\'').count() > 2 {
        let hint = "a ' ends a text in single quotes: write it in double ones, as in \"It's here\"";
        return Some((hint.to_owned(), true));
    }
    if is_text('\'') && is_about(&["literal string"]) {
        let hint = "several lines stand in three quotes: '''…'''";
        return Some((hint.to_owned(), true));
    }
    if is_text('"') && quotes(value, '"') > 2 {
        let hint = "a \" ends a text in double quotes: write \\\" within it, or put the text in single \
                    quotes, as in 'He said \"hi\"'";
        return Some((hint.to_owned(), true));
    }
    None
}

fn json_hint(line: &str, message: &str) -> Option<&'static str> {
    let message = message.to_lowercase();
    let is_about = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if is_about(&["escape", "unicode"]) {
        return Some(
            "a backslash begins an escape: write two for each, as in \"C:\\\\Users\\\\ana\\\\shirt.jpg\"",
        );
    }
    if is_about(&["control character"])
        || (is_about(&["unterminated string"]) && quotes(line, '"') % 2 == 1)
    {
        return Some("a line break in a text is written \\n");
    }
    None
}

/// How often a quote stands in a line without a backslash before it.
fn quotes(line: &str, quote: char) -> usize {
    let mut count = 0;
    let mut is_escaped = false;
    for c in line.chars() {
        count += usize::from(c == quote && !is_escaped);
        is_escaped = c == '\\' && !is_escaped;
    }
    count
}

/// The line of a byte; at the end of a line that one, not the next. Of a very long line a part.
fn line_at(text: &str, at: usize) -> &str {
    const LONGEST: usize = 4096;
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let mut from = at.saturating_sub(LONGEST);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let start = text[from..at]
        .rfind('\n')
        .map_or(from, |newline| from + newline + 1);
    let mut end = (at + LONGEST).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let end = text[at..end].find('\n').map_or(end, |newline| at + newline);
    &text[start..end]
}
