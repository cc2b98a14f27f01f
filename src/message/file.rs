//! Message files: TOML, or JSON with the same keys, one message a file.
//!
//! Both formats become one small tree with positions (`tree`), which one reader turns into a draft
//! (`reader`), collecting everything that is wrong on the way. A draft is written as a new file
//! ([`write()`]), or into the one that it came from ([`rewrite()`]).

pub mod home;
mod keys;
mod load;
mod open;
pub(crate) mod place;
mod reader;
mod rewrite;
mod schema;
pub mod syntax;
mod tree;
mod writer;

use std::fmt;

use serde_json::{Map, Value};

use super::Draft;
use place::{Issue, Locator};

pub use load::{Encoding, MAX_BYTES, ReadError, read, read_from, read_text, read_with_text};
pub use open::open;
pub use rewrite::rewrite;
pub use schema::schema;

/// The two formats of a message file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `.toml`, and anything that is not JSON.
    Toml,
    /// `.json`
    Json,
}

/// One thing that is wrong with a message file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileProblem {
    /// Line, from 1.
    pub line: usize,
    /// Column, in characters, from 1.
    pub column: usize,
    /// The key it is about, as a path (`buttons[0].text`); empty for the file as a whole.
    pub key: String,
    /// What was expected and how to fix it. It holds no control character.
    pub message: String,
}

/// Why a text is not a message file: everything that is wrong, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("; "))]
pub struct FileError {
    /// At least one.
    pub problems: Vec<FileProblem>,
}

impl Format {
    /// The name in a sentence: `TOML`, `JSON`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Toml => "TOML",
            Self::Json => "JSON",
        }
    }

    /// The format of a file by its name's ending, else by its first character.
    pub fn of(name: &str, text: &str) -> Self {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending);
        match ending {
            Some(ending) if ending.eq_ignore_ascii_case("json") => Self::Json,
            Some(ending) if ending.eq_ignore_ascii_case("toml") => Self::Toml,
            _ if without_bom(text).trim_start().starts_with('{') => Self::Json,
            _ => Self::Toml,
        }
    }
}

impl fmt::Display for FileProblem {
    /// `line:column: message`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

/// Reads a message file's text.
///
/// # Errors
/// Everything that keeps the text from being a draft, with lines, keys and what was expected.
pub fn parse(text: &str, format: Format) -> Result<Draft, FileError> {
    // A checkout on Windows may have changed the ends of lines, which stand raw in TOML's longer
    // strings; a carriage return that is meant is written `\r` in both formats.
    let text = without_bom(text).replace("\r\n", "\n");
    if text.trim().is_empty() {
        return Err(FileError {
            problems: vec![FileProblem {
                line: 1,
                column: 1,
                key: String::new(),
                message: "the file is empty: a message has at least kind and text".to_owned(),
            }],
        });
    }
    if let Some(at) = syntax::too_many(&text, format) {
        let issues = vec![Issue::new(at, "", TOO_MANY)];
        return Err(FileError {
            problems: located(&text, issues),
        });
    }
    let read = tree::parse(&text, format).and_then(|root| reader::read(&root, format));
    read.map_err(|issues| {
        let second = second_message(&text, format);
        let issues = second.map_or(issues, |at| vec![Issue::new(at, "", TWO_MESSAGES)]);
        FileError {
            problems: located(&text, issues),
        }
    })
}

/// What is said of a file that holds more than one message.
const TWO_MESSAGES: &str =
    "a second message begins here: a file holds one message, save each in a file of its own";

/// What is said of a file that holds too much.
const TOO_MANY: &str =
    "there are more keys and values than a message has by far: no gateway takes so many";

/// So many lines of a text are tried as the beginning of a second message.
const MOST_PLACES: usize = 8;

/// Where a second message begins in a text that is no message file, if it holds two of them, one
/// after the other.
fn second_message(text: &str, format: Format) -> Option<usize> {
    match format {
        Format::Json => {
            let mut values =
                serde_json::Deserializer::from_str(text).into_iter::<Map<String, Value>>();
            values.next()?.ok()?;
            let rest = &text[values.byte_offset()..];
            let second = rest.trim_start().trim_start_matches(',').trim_start();
            second.starts_with('{').then(|| text.len() - second.len())
        }
        Format::Toml => {
            // What stands before the second `kind` has to be a file of its own, so that neither a
            // key of that name in the wrong place nor a line of a text is taken for it.
            let mut lines = lines(text).filter(|(_, line)| is_kind(line));
            lines.next()?;
            let mut places = lines.map(|(at, _)| at).take(MOST_PLACES);
            places.find(|&at| {
                let root = tree::parse(&text[..at], format);
                root.is_ok_and(|root| reader::read(&root, format).is_ok())
            })
        }
    }
}

/// The lines of a text with the bytes at which they begin.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}

/// Whether a line of TOML sets the key `kind`.
fn is_kind(line: &str) -> bool {
    let key = line.split_once('=').map_or("", |(key, _)| key.trim());
    key.trim_matches(['"', '\'']) == "kind"
}

/// Writes a draft as a message file that [`parse`] reads back to the same draft.
pub fn write(draft: &Draft, format: Format) -> String {
    match format {
        Format::Toml => writer::toml(draft),
        Format::Json => writer::json(draft),
    }
}

/// Issues in the order of the file, with lines and columns.
fn located(text: &str, issues: Vec<Issue>) -> Vec<FileProblem> {
    place::at_most(Locator::new(text).problems(issues))
}

fn without_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}
