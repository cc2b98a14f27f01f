//! JSON as people have it: with comments and trailing commas, numbers kept digit by digit.
//!
//! What is looser than that is an error with its place and the way to write it: typographic quotes,
//! blanks of a word processor, Python's words, keys without quotes, a documentation's ellipsis.

use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, ast};

use super::{Place as Syntax, variable};
use crate::message::file::syntax::STRICT_JSON;
use crate::visible;

/// A value; a number is the text that it was written as, since ids have more digits than a float.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Json {
    Null,
    Boolean(bool),
    Number(String),
    Text(String),
    List(Vec<Json>),
    /// In the order of the text; a key may be there twice, and the last one counts.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Whether it says nothing: `null`, `""`, `[]`, `{}`.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Object(entries) => entries.is_empty(),
            Self::Boolean(_) | Self::Number(_) => false,
        }
    }

    /// An object's value at a key.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(entries) => last(entries, key),
            _ => None,
        }
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list; none where it is something else.
    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// A number, or a text of one, as a text: `5.5e3` is `5500`.
    pub(super) fn digits(&self) -> Option<String> {
        match self {
            Self::Number(number) => Some(plain_number(number)),
            Self::Text(text) => Some(text.clone()),
            _ => None,
        }
    }
}

/// The value of the last entry with a key.
pub(super) fn last<'a>(entries: &'a [(String, Json)], key: &str) -> Option<&'a Json> {
    let found = entries.iter().rev().find(|(name, _)| name == key);
    found.map(|(_, value)| value)
}

/// Reads a text that is one JSON value.
pub(super) fn parse(text: &str) -> Result<Json, Syntax> {
    let scanned = scan(text);
    let options = ParseOptions {
        allow_comments: true,
        allow_trailing_commas: true,
        ..STRICT_JSON
    };
    let syntax = |at: usize, message: String| {
        let (line, column) = place(text, scanned.origin(at));
        Syntax {
            line,
            column,
            message,
        }
    };
    let error =
        match jsonc_parser::parse_to_ast(&scanned.text, &CollectOptions::default(), &options) {
            Ok(parsed) => match (parsed.value, scanned.suspect) {
                // read by the parser, and by no gateway
                (_, Some((at, Suspect::Blank(c)))) => {
                    return Err(syntax(at, Suspect::Blank(c).sentence()));
                }
                (_, Some((at, Suspect::Control(c)))) => {
                    return Err(syntax(at, Suspect::Control(c).sentence()));
                }
                (Some(value), _) => return Ok(value_of(value)),
                (None, _) => return Err(syntax(0, "there is no value".to_owned())),
            },
            Err(error) => error,
        };
    // what ends too soon is shown at its end, and not behind it
    let at = error
        .range()
        .start
        .min(scanned.text.trim_end().len().saturating_sub(1));
    Err(match scanned.suspect {
        Some((suspect, kind)) if suspect <= at.saturating_add(1) => {
            syntax(suspect, kind.sentence())
        }
        _ => syntax(
            at,
            sentence(error.kind(), &scanned.text[floor(&scanned.text, at)..]),
        ),
    })
}

/// Whether a text is JSON for a gateway, comments and all.
pub(super) fn is_object(text: &str) -> bool {
    matches!(parse(text), Ok(Json::Object(_)))
}

fn value_of(value: ast::Value<'_>) -> Json {
    match value {
        ast::Value::StringLit(text) => Json::Text(text.value.into_owned()),
        ast::Value::NumberLit(number) => Json::Number(number.value.to_owned()),
        ast::Value::BooleanLit(boolean) => Json::Boolean(boolean.value),
        ast::Value::NullKeyword(_) => Json::Null,
        ast::Value::Array(array) => Json::List(array.elements.into_iter().map(value_of).collect()),
        ast::Value::Object(object) => {
            let entries = object.properties.into_iter();
            let entries = entries.map(|entry| (entry.name.into_string(), value_of(entry.value)));
            Json::Object(entries.collect())
        }
    }
}

/// What the parser says, in the words of this program.
fn sentence(kind: &ParseErrorKind, rest: &str) -> String {
    let next: String = rest
        .chars()
        .take_while(|c| c.is_alphanumeric())
        .take(40)
        .collect();
    match kind {
        ParseErrorKind::MultipleRootJsonValues if rest.starts_with(['{', '[']) => {
            "a second JSON document begins here: import one message at a time".to_owned()
        }
        ParseErrorKind::MultipleRootJsonValues => {
            "something follows the end of the JSON: remove it".to_owned()
        }
        ParseErrorKind::ExpectedStringObjectProperty | ParseErrorKind::UnexpectedWord
            if !next.is_empty() =>
        {
            match (next.as_str(), kind) {
                ("True" | "False" | "None", _) => Suspect::Python.sentence(),
                (_, ParseErrorKind::ExpectedStringObjectProperty) => {
                    format!("the key {next} has no quotes: write \"{next}\"")
                }
                _ => format!("{next} is no JSON value: a text is in quotes, \"{next}\""),
            }
        }
        ParseErrorKind::String(error) => in_lower_case(&error.to_string()),
        other => in_lower_case(&other.to_string()),
    }
}

fn in_lower_case(message: &str) -> String {
    let mut characters = message.chars();
    let lower = characters.next().map(char::to_lowercase);
    let message: String = lower.into_iter().flatten().chain(characters).collect();
    visible::line(&message).into_owned()
}

/// The nearest start of a character at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// Line and column, in characters and from 1, of a byte.
pub(super) fn place(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..floor(text, at)];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    (line, before[start..].chars().count() + 1)
}

/// Something outside of strings that JSON does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Suspect {
    Quotes,
    SingleQuote,
    Blank(char),
    Ellipsis,
    Python,
    /// In a string.
    Control(char),
}

impl Suspect {
    fn sentence(self) -> String {
        match self {
            Self::Quotes => "typographic quotes (“ ” ‘ ’ « ») are used here: replace them by \", as plain text has them".to_owned(),
            Self::SingleQuote => "single quotes are used here: JSON has double quotes, \"".to_owned(),
            Self::Blank(c) => {
                let name = visible::blank(c).unwrap_or_default();
                format!("{name} (U+{:04X}) is outside of a text: replace it by a plain space", u32::from(c))
            }
            Self::Ellipsis => "an ellipsis is here for what the documentation leaves out: write it, or remove the ellipsis".to_owned(),
            Self::Python => "Python's True, False or None is used here: JSON writes true, false and null; print it with json.dumps".to_owned(),
            Self::Control('\n' | '\r') => {
                "a line break (a control character) is raw in a string: write \\n".to_owned()
            }
            Self::Control(c) => format!(
                "a control character ({}) is raw in a string: write \\u{:04x}",
                visible::picture(c),
                u32::from(c)
            ),
        }
    }
}

/// A text made ready for the parser.
struct Scanned {
    text: String,
    /// Where quotes were put in: bytes of the new text, in order.
    inserted: Vec<usize>,
    /// The first thing that is wrong outside of strings, at its byte of the new text.
    suspect: Option<(usize, Suspect)>,
}

impl Scanned {
    /// The byte of the original text that a byte of this one was.
    fn origin(&self, at: usize) -> usize {
        at - self.inserted.partition_point(|inserted| *inserted < at)
    }
}

/// Blanks out the comments that the parser does not know (`#`, `<!-- -->`), puts quotes around
/// a command's variables that stand alone, and looks for what no JSON has.
fn scan(text: &str) -> Scanned {
    let mut scanned = Scanned {
        text: String::with_capacity(text.len() + 16),
        inserted: Vec::new(),
        suspect: None,
    };
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' => string(rest, &mut scanned),
            '/' if rest.starts_with("//") => line_end(rest),
            '/' if rest.starts_with("/*") => ended(rest, "*/"),
            '#' => blank(line_end(rest), rest, &mut scanned),
            '<' if rest.starts_with("<!--") => blank(ended(rest, "-->"), rest, &mut scanned),
            variable::START => bare_variable(rest, &mut scanned),
            c if c.is_ascii_alphabetic() => word(rest, &mut scanned),
            c => {
                if let Some(suspect) = suspect(c, rest) {
                    scanned.suspect.get_or_insert((scanned.text.len(), suspect));
                }
                c.len_utf8()
            }
        };
        let (taken, after) = rest.split_at(length.min(rest.len()));
        let is_written = c == '#' || taken.starts_with("<!--") || c == variable::START;
        if !is_written {
            scanned.text.push_str(taken);
        }
        rest = after;
    }
    scanned
}

fn suspect(c: char, rest: &str) -> Option<Suspect> {
    match c {
        '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '‛' | '«' | '»' | '‹' | '›' | '＂' | '″'
        | '´' => Some(Suspect::Quotes),
        '\'' | '`' => Some(Suspect::SingleQuote),
        '…' => Some(Suspect::Ellipsis),
        '.' if rest.starts_with("...") => Some(Suspect::Ellipsis),
        ' ' | '\t' | '\n' | '\r' => None,
        c if visible::blank(c).is_some() => Some(Suspect::Blank(c)),
        _ => None,
    }
}

/// The length of a string with its quotes; a raw control character in it is remarked.
fn string(rest: &str, scanned: &mut Scanned) -> usize {
    let mut bytes = rest.bytes().enumerate().skip(1);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return at + 1,
            b'\\' => {
                bytes.next();
            }
            0..0x20 => {
                let place = scanned.text.len() + at;
                scanned
                    .suspect
                    .get_or_insert((place, Suspect::Control(byte.into())));
            }
            _ => {}
        }
    }
    rest.len()
}

fn line_end(rest: &str) -> usize {
    rest.find('\n').unwrap_or(rest.len())
}

/// The length up to an ending and with it.
fn ended(rest: &str, end: &str) -> usize {
    rest.find(end).map_or(rest.len(), |at| at + end.len())
}

/// Writes blanks in the place of a comment, byte for byte.
fn blank(length: usize, rest: &str, scanned: &mut Scanned) -> usize {
    let blanks = rest.as_bytes()[..length].iter();
    let blanks = blanks.map(|byte| if *byte == b'\n' { '\n' } else { ' ' });
    scanned.text.extend(blanks);
    length
}

fn bare_variable(rest: &str, scanned: &mut Scanned) -> usize {
    let length = ended(rest, variable::END_TEXT);
    scanned.inserted.push(scanned.text.len());
    scanned.text.push('"');
    scanned.text.push_str(&rest[..length]);
    scanned.inserted.push(scanned.text.len());
    scanned.text.push('"');
    length
}

fn word(rest: &str, scanned: &mut Scanned) -> usize {
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_'));
    let word = &rest[..end.unwrap_or(rest.len())];
    if matches!(word, "True" | "False" | "None") {
        let place = scanned.text.len();
        scanned.suspect.get_or_insert((place, Suspect::Python));
    }
    word.len()
}

/// A number without a fraction or an exponent where it has none to keep: `5.5119e4` is `55119`.
/// Whatever else it is stays as it was written.
fn plain_number(number: &str) -> String {
    const LONGEST: i64 = 40;
    let plain = || {
        let (mantissa, exponent) = match number.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (number, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let shift = exponent - i64::try_from(fraction.len()).ok()?;
        let digits = format!("{whole}{fraction}");
        if !(-LONGEST..=LONGEST).contains(&shift) {
            return None;
        }
        let zeros = usize::try_from(shift.unsigned_abs()).ok()?;
        if shift >= 0 {
            return Some(digits + &"0".repeat(zeros));
        }
        let (kept, cut) = digits.split_at_checked(digits.len().checked_sub(zeros)?)?;
        (cut.bytes().all(|digit| digit == b'0')).then(|| kept.to_owned())
    };
    match plain() {
        Some(plain) if number.contains(['.', 'e', 'E']) => {
            let digits = plain.trim_start_matches('0');
            if digits.is_empty() {
                "0".to_owned()
            } else {
                digits.to_owned()
            }
        }
        _ => number.to_owned(),
    }
}
