//! The syntax of TOML and JSON: read in a bounded time and memory, and what is wrong in words that say
//! how to write it.

use jsonc_parser::ParseOptions;
use toml::Spanned;
use toml::de::{DeTable, Error};

use super::Format;
use crate::visible;

/// Up to this size everything that is wrong with the syntax is reported; of a longer text the first error.
const ALL_ERRORS: usize = 64 << 10;

/// The most tokens of a message file: keys, values and what is between them. A catalog that is as big as
/// a gateway takes has 2,000.
pub(super) const MOST_TOKENS: usize = 300_000;

/// JSON as RFC 8259 has it, and nothing looser.
pub const STRICT_JSON: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

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
    if let Some((c, name)) = blank_outside(line) {
        return Some((
            format!(
                "{name} (U+{:04X}) is outside of a text: replace it by a plain space",
                u32::from(c)
            ),
            false,
        ));
    }
    match format {
        Format::Toml => toml_hint(line, rest_after(text, at), message),
        Format::Json => json_hint(text, at, line, message).map(|hint| (hint.to_owned(), false)),
    }
}

/// White space on a line that no parser takes for a space, and what it is called; one that is in a text
/// or a comment belongs there.
fn blank_outside(line: &str) -> Option<(char, &'static str)> {
    let mut open = None;
    for c in line.chars() {
        match (open, c) {
            (None, '#') => return None,
            (None, '"' | '\'') => open = Some(c),
            (Some(quote), c) if quote == c => open = None,
            (Some(_), _) => {}
            (None, c) => {
                if let Some(name) = visible::blank(c) {
                    return Some((c, name));
                }
            }
        }
    }
    None
}

fn toml_hint(line: &str, rest: &str, message: &str) -> Option<(String, bool)> {
    let value = line.split_once('=').map_or(line, |(_, value)| value).trim();
    let is_about = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if is_about(&["escape", "unicode"]) && value.contains('"') {
        let hint = "a backslash in \"…\" begins an escape: write the text in single quotes, as in \
                    'C:\\Users\\ana\\shirt.jpg'";
        return Some((hint.to_owned(), false));
    }
    let is_text =
        |quote: char| value.starts_with(quote) && !value.starts_with(&quote.to_string().repeat(3));
    let continues = text_continues(rest);
    if is_text('"') && quotes(value, '"') % 2 == 1 && continues && is_about(&["basic string"]) {
        let hint = "several lines need three quotes: \"\"\"…\"\"\"";
        return Some((hint.to_owned(), true));
    }
    if is_text('\'') && value.matches('\'').count() > 2 {
        let hint = "a ' ends a text in single quotes: write it in double ones, as in \"It's here\"";
        return Some((hint.to_owned(), true));
    }
    if is_text('\'') && continues && is_about(&["literal string"]) {
        let hint = "several lines need three quotes: '''…'''";
        return Some((hint.to_owned(), true));
    }
    if is_text('"') && quotes(value, '"') > 2 {
        let hint = "a \" ends a text in double quotes: write \\\" within it, or put the text in single \
                    quotes, as in 'He said \"hi\"'";
        return Some((hint.to_owned(), true));
    }
    None
}

/// Whether the lines after one go on with its text: the next one with anything on it is no key, no
/// table and no comment.
fn text_continues(rest: &str) -> bool {
    let next = rest.lines().map(str::trim).find(|line| !line.is_empty());
    next.is_some_and(|line| {
        let key = line.split_once('=').map_or("", |(key, _)| key.trim());
        let is_key = !key.is_empty()
            && key
                .chars()
                .all(|c| c.is_alphanumeric() || "_-.\"'".contains(c));
        !is_key && !line.starts_with(['[', '#'])
    })
}

/// What follows the line of a byte.
fn rest_after(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    rest.split_once('\n').map_or("", |(_, rest)| rest)
}

fn json_hint(text: &str, at: usize, line: &str, message: &str) -> Option<&'static str> {
    let message = message.to_lowercase();
    let is_about = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if is_about(&["escape", "unicode"]) && has_windows_path(line) {
        return Some(
            "a backslash begins an escape: write two for each, as in \"C:\\\\Users\\\\ana\\\\shirt.jpg\"",
        );
    }
    let around = text.as_bytes().get(at.saturating_sub(1)..);
    let mut around = around.unwrap_or_default().iter().take(3);
    let is_break = around.any(|byte| matches!(byte, b'\n' | b'\r'));
    if is_break && is_about(&["control character"]) {
        return Some("a line break in a text is written \\n");
    }
    None
}

/// Whether a line has a path of Windows in it: `C:\Users`, `\\server`.
fn has_windows_path(line: &str) -> bool {
    let mut parts = line.split(":\\");
    let ends_in_letter = |part: &str| part.ends_with(|c: char| c.is_ascii_alphabetic());
    let has_drive = parts.next().is_some_and(ends_in_letter) && parts.next().is_some();
    has_drive || line.contains("\"\\\\")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::file::parse as read;
    use rstest::rstest;

    fn problems(text: &str, format: Format) -> Vec<String> {
        let problems = read(text, format).err().map(|error| error.problems);
        let problems = problems.unwrap_or_default().into_iter();
        problems.map(|problem| problem.to_string()).collect()
    }

    #[rstest]
    #[case::windows_path(
        "kind = 'catalog'\nthumbnail = \"C:\\Users\\ana\\camisa.jpg\"\n",
        "2:",
        "in single quotes, as in 'C:\\Users"
    )]
    #[case::windows_path_wide(
        "kind = 'catalog'\nthumbnail = \"D:\\日本\\x.jpg\"\n",
        "2:",
        "in single quotes, as in 'C:\\Users"
    )]
    #[case::share(
        "kind = 'catalog'\nthumbnail = \"\\\\server\\pics\\x.jpg\"\n",
        "2:",
        "in single quotes"
    )]
    #[case::two_lines(
        "kind = 'text'\ntext = \"Olá 日本\nhow are you?\"\n",
        "2:",
        "several lines need three quotes: \"\"\"…\"\"\""
    )]
    #[case::paragraphs(
        "kind = 'text'\ntext = \"Olá 👩‍👩‍👧\n\nשלום\"\nfooter = \"x\"\n",
        "2:",
        "several lines need three quotes"
    )]
    #[case::two_lines_literal(
        "kind = 'text'\ntext = 'Olá\nhow are you?'\n",
        "2:",
        "several lines need three quotes: '''…'''"
    )]
    #[case::apostrophe(
        "kind = 'text'\ntext = 'It's here'\n",
        "2:",
        "write it in double ones, as in \"It's here\""
    )]
    #[case::quotes(
        "kind = 'text'\ntext = \"He said \"日本\"\"\n",
        "2:",
        "write \\\" within it"
    )]
    #[case::typographic(
        "kind = “text”\ntext = \"a\"\n",
        "1:8",
        "“ is a typographic quote, as word processors write them: write \" or '"
    )]
    #[case::german("kind = „text“\n", "1:8", "„ is a typographic quote")]
    #[case::single("kind = ‘text’\n", "1:8", "‘ is a typographic quote")]
    #[case::french("kind = «text»\n", "1:8", "« is a typographic quote")]
    #[case::non_breaking("kind\u{a0}= 'text'\n", "1:", "a non-breaking space (U+00A0)")]
    #[case::narrow(
        "kind = 'text'\ntext =\u{202f}'日本'\n",
        "2:",
        "a non-breaking space (U+202F)"
    )]
    #[case::behind(
        "kind = 'text'\u{a0}\ntext = 'é'\n",
        "1:",
        "a non-breaking space (U+00A0)"
    )]
    #[case::mark(
        "kind = 'text'\n\u{feff}text = 'é'\n",
        "2:",
        "a byte order mark (U+FEFF)"
    )]
    fn toml_is_explained(#[case] text: &str, #[case] at: &str, #[case] hint: &str) {
        let found = problems(text, Format::Toml);
        assert!(
            found[0].starts_with(at) && found[0].contains(hint),
            "{found:#?}"
        );
        if !hint.contains("typographic") && !hint.contains("(U+") {
            assert_eq!(found.len(), 1, "{found:#?}");
        }
    }

    #[rstest]
    #[case::windows_path(
        r#"{"kind": "catalog", "thumbnail": "C:\Users\ana.jpg"}"#,
        "write two for each"
    )]
    #[case::typographic(
        "{“kind”: “text”}",
        "“ is a typographic quote, as word processors write them: write \""
    )]
    #[case::non_breaking("{\"kind\":\u{a0}\"text\"}", "a non-breaking space (U+00A0)")]
    #[case::two_lines("{\"kind\": \"text\", \"text\": \"日本\nשלום\"}", "is written \\n")]
    fn json_is_explained(#[case] text: &str, #[case] hint: &str) {
        let found = problems(text, Format::Json);
        assert!(found.len() == 1 && found[0].contains(hint), "{found:#?}");
    }

    #[rstest]
    #[case::quotes_within("kind = 'text'\ntext = \"“日本” it’s\"\n")]
    #[case::in_three("kind = 'text'\ntext = \"\"\"\n“a”\nb\"\"\"\n")]
    #[case::literal("kind = 'catalog'\ntext = 'a'\nthumbnail = 'C:\\Users\\x.jpg'\n")]
    fn what_is_right_is_read(#[case] text: &str) {
        assert_eq!(problems(text, Format::Toml), [""; 0]);
    }

    #[rstest]
    #[case::signs("=".repeat(4 << 20), Format::Toml)]
    #[case::signs_on_a_line("=".repeat(60_000), Format::Toml)]
    #[case::brackets("[".repeat(4 << 20), Format::Toml)]
    #[case::nested_json("[".repeat(4 << 20), Format::Json)]
    #[case::nested_objects("{\"a\":".repeat(600_000), Format::Json)]
    #[case::commas(format!("{{\"a\": [{}1]}}", "1,".repeat(2_000_000)), Format::Json)]
    #[case::products(format!("kind = 'catalog'\n[[sections]]\nproducts = [{}]\n", "'日',".repeat(600_000)), Format::Toml)]
    #[case::quotes("\"".repeat(4 << 20), Format::Toml)]
    #[case::lines("\n=".repeat(2 << 20), Format::Toml)]
    fn what_is_too_much_is_told_in_a_few_words(#[case] text: String, #[case] format: Format) {
        let found = problems(&text, format);
        assert!((1..=101).contains(&found.len()), "{}", found.len());
    }

    #[test]
    fn of_very_many_problems_the_beginning_is_told() {
        let keys = (0..40_000).map(|number| format!("k{number} = 1\n"));
        let text = format!("kind = 'text'\ntext = '日本'\n{}", keys.collect::<String>());
        let found = problems(&text, Format::Toml);
        assert_eq!(found.len(), 101);
        assert!(found[0].starts_with("3:1: unknown key"), "{}", found[0]);
        assert!(
            found[100].ends_with("and 39900 more problems"),
            "{}",
            found[100]
        );
    }
}
