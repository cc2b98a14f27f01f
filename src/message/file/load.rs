//! From a file or a stream to a draft.

use std::fmt;
use std::io::{self, Read};
use std::path::Path;

use super::{FileError, Format, parse};
use crate::message::Draft;
use crate::visible;

/// The most bytes that a message file may have: 4 MiB.
pub const MAX_BYTES: usize = 4 << 20;

/// Why a file is not a message. Each is one or more lines that begin with the file's name.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It cannot be opened or read.
    #[error("{name}: {error}")]
    Io {
        /// The file.
        name: String,
        /// What the system said.
        error: io::Error,
    },
    /// It is larger than [`MAX_BYTES`].
    #[error("{name}: larger than {} MiB: this is no message file", MAX_BYTES >> 20)]
    TooLarge {
        /// The file.
        name: String,
    },
    /// With its variables filled in it is larger than [`MAX_BYTES`].
    #[error("{name}: with the values of its variables it has more than {} MiB", MAX_BYTES >> 20)]
    TooLargeFilled {
        /// The file.
        name: String,
    },
    /// It is not text in UTF-8.
    #[error("{name}:{line}: byte {offset} of the file is not UTF-8{looks_like}: save it as UTF-8")]
    NotUtf8 {
        /// The file.
        name: String,
        /// The line of the first wrong byte, from 1.
        line: usize,
        /// The place of that byte, from 0.
        offset: usize,
        /// What it may be instead.
        looks_like: Encoding,
    },
    /// It holds something else than a message.
    #[error("{}", lines(name, error))]
    Invalid {
        /// The file.
        name: String,
        /// Everything that is wrong with it.
        error: FileError,
    },
}

/// What a text that is not UTF-8 looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// It begins with UTF-16's byte order mark, or every other byte is 0.
    Utf16,
    /// It has bytes of Latin-1 or Windows-1252 letters, and no control characters.
    Latin1,
    /// Nothing that is known.
    Unknown,
}

impl Encoding {
    fn of(bytes: &[u8]) -> Self {
        let is_utf16 = bytes.starts_with(&[0xff, 0xfe])
            || bytes.starts_with(&[0xfe, 0xff])
            || matches!(bytes, [0, _, 0, _, ..] | [_, 0, _, 0, ..]);
        let is_control = |byte: &u8| *byte < b' ' && !b"\t\r\n".contains(byte);
        if is_utf16 {
            Self::Utf16
        } else if bytes.iter().any(is_control) {
            Self::Unknown
        } else {
            Self::Latin1
        }
    }
}

impl fmt::Display for Encoding {
    /// As a part of a sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf16 => ", it looks like UTF-16",
            Self::Latin1 => ", it may be Latin-1 or Windows-1252",
            Self::Unknown => ", it may be no text at all",
        })
    }
}

/// Reads the message in a file; the format is the name's ending's.
///
/// # Errors
/// When it cannot be read, is too large, is not UTF-8, or holds no message.
pub fn read(path: &Path) -> Result<Draft, ReadError> {
    read_with_text(path).map(|(draft, _)| draft)
}

/// As [`read`], with the file's text, by which a later change of the file is seen and its comments
/// are kept ([`rewrite`](super::rewrite())).
///
/// # Errors
/// As for [`read`].
pub fn read_with_text(path: &Path) -> Result<(Draft, String), ReadError> {
    let name = path.display().to_string();
    match super::open(path) {
        Ok(file) => {
            let text = read_text(&name, file)?;
            Ok((parse_named(&name, &text)?, text))
        }
        Err(error) => Err(ReadError::Io {
            name: shown(&name),
            error,
        }),
    }
}

/// Reads the message in a stream, such as standard input, by the name that errors call it. A name
/// that ends in neither `.json` nor `.toml` is JSON when its first character is `{`.
///
/// # Errors
/// As for [`read`].
pub fn read_from(name: &str, input: impl Read) -> Result<Draft, ReadError> {
    parse_named(name, &read_text(name, input)?)
}

fn parse_named(name: &str, text: &str) -> Result<Draft, ReadError> {
    parse(text, Format::of(name, text)).map_err(|error| ReadError::Invalid {
        name: shown(name),
        error,
    })
}

/// Reads a stream's text, as long as a message file may be.
///
/// # Errors
/// When it cannot be read, is too large, or is not UTF-8.
pub fn read_text(name: &str, input: impl Read) -> Result<String, ReadError> {
    let shown = shown(name);
    let mut bytes = Vec::new();
    // one byte more than is allowed tells that there is more, and the rest stays unread
    let limit = MAX_BYTES as u64 + 1;
    if let Err(error) = input.take(limit).read_to_end(&mut bytes) {
        let name = shown;
        return Err(ReadError::Io { name, error });
    }
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { name: shown });
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let before = &bytes[..offset];
        ReadError::NotUtf8 {
            name: shown,
            line: before.split(|byte| *byte == b'\n').count(),
            offset,
            looks_like: Encoding::of(bytes),
        }
    })
}

/// A file's name as it can be shown.
fn shown(name: &str) -> String {
    visible::line(name).into_owned()
}

/// `path:line:column: message`, a line each.
fn lines(name: &str, error: &FileError) -> String {
    error
        .problems
        .iter()
        .map(|problem| format!("{name}:{problem}"))
        .collect::<Vec<_>>()
        .join("\n")
}
