//! From a file or a stream to a draft.

use std::fs::File;
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
        /// Why.
        error: io::Error,
    },
    /// It is larger than [`MAX_BYTES`].
    #[error("{name}: larger than {} MiB: this is no message file", MAX_BYTES >> 20)]
    TooLarge {
        /// The file.
        name: String,
    },
    /// It is not text in UTF-8.
    #[error("{name}:{line}: byte {offset} of the file is not UTF-8: save it as UTF-8")]
    NotUtf8 {
        /// The file.
        name: String,
        /// The line of the first wrong byte, from 1.
        line: usize,
        /// The place of that byte, from 0.
        offset: usize,
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

/// Reads the message in a file; the format is the name's ending's.
///
/// # Errors
/// When it cannot be read, is too large, is not UTF-8, or holds no message.
pub fn read(path: &Path) -> Result<Draft, ReadError> {
    let name = path.display().to_string();
    match File::open(path) {
        Ok(file) => read_from(&name, file),
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
    let text = match str::from_utf8(&bytes) {
        Ok(text) => text,
        Err(error) => {
            let offset = error.valid_up_to();
            let before = &bytes[..offset];
            return Err(ReadError::NotUtf8 {
                name: shown,
                line: before.split(|byte| *byte == b'\n').count(),
                offset,
            });
        }
    };
    parse(text, Format::of(name, text)).map_err(|error| ReadError::Invalid { name: shown, error })
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
