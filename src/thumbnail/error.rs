//! Why there is no thumbnail: each a sentence that names the cause and what to do.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Format, MAX_PIXELS, MAX_SOURCE_BYTES};
use crate::visible;

/// Why a thumbnail was not made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no such file.
    #[error("there is no file {}: check its path", shown(path))]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// It is a directory.
    #[error("{} is a directory: name a picture in it", shown(path))]
    Directory {
        /// The directory.
        path: PathBuf,
    },
    /// It is a device, a pipe or a socket.
    #[error(
        "{} is no ordinary file: save the picture to a file first",
        shown(path)
    )]
    Special {
        /// The file.
        path: PathBuf,
    },
    /// It may not be read.
    #[error("{} may not be read: check its permissions", shown(path))]
    Forbidden {
        /// The file.
        path: PathBuf,
    },
    /// It cannot be read.
    #[error(
        "{} cannot be read ({}): check the file and its disk",
        shown(path),
        cause(source)
    )]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is nothing in it.
    #[error("it is empty: save or download the picture again")]
    Empty,
    /// It is bigger than what is read.
    #[error(
        "it is bigger than {} MB: save a smaller copy of the picture",
        MAX_SOURCE_BYTES / 1_000_000
    )]
    TooManyBytes,
    /// It is no picture of a kind that can be decoded.
    #[error("it is {what}: {advice}")]
    NotAPicture {
        /// What it is instead.
        what: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// It has more pixels than are decoded.
    #[error(
        "the {format} claims {width}×{height} pixels, which is more than {} megapixels: scale it down first",
        MAX_PIXELS / 1_000_000
    )]
    TooManyPixels {
        /// What it is.
        format: Format,
        /// The width in its header, in pixels.
        width: u32,
        /// The height in its header, in pixels.
        height: u32,
    },
    /// Decoding it needs more memory than is used.
    #[error(
        "the {format} of {width}×{height} pixels would take too much memory to decode: scale it down first, or save it as a JPEG"
    )]
    TooMuchMemory {
        /// What it is.
        format: Format,
        /// Its width in pixels.
        width: u32,
        /// Its height in pixels.
        height: u32,
    },
    /// It is of a rare kind that is not decoded.
    #[error("the {format} {what}, which is not supported: save it as an ordinary JPEG or PNG")]
    Unsupported {
        /// What it is.
        format: Format,
        /// What is rare about it, as `uses arithmetic coding`.
        what: &'static str,
    },
    /// It breaks the rules of its format.
    #[error("the {format} is damaged ({what}): save or download it again")]
    Damaged {
        /// What it is.
        format: Format,
        /// Where and how.
        what: String,
    },
    /// It ends before half of the picture.
    #[error(
        "the {format} is cut off, with {} of its picture there: save or download it again",
        if *percent == 0 { "too little".to_owned() } else { format!("{percent} %") }
    )]
    CutOff {
        /// What it is.
        format: Format,
        /// How much of the picture there is, in percent.
        percent: u8,
    },
    /// No thumbnail of it is small enough.
    #[error("no thumbnail of it fits into {max_bytes} bytes: allow at least {least}")]
    DoesNotFit {
        /// The bytes that were allowed.
        max_bytes: usize,
        /// The bytes of the smallest thumbnail that was tried.
        least: usize,
    },
    /// The user stopped it.
    #[error("it was cancelled")]
    Cancelled,
    /// It took too long.
    #[error("it took longer than {} s: scale the picture down first", limit.as_secs_f64())]
    TimedOut {
        /// The time that was given.
        limit: Duration,
    },
}

impl Error {
    /// Why a file could not be opened or read.
    pub(super) fn reading(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing { path },
            io::ErrorKind::IsADirectory => Self::Directory { path },
            io::ErrorKind::PermissionDenied => Self::Forbidden { path },
            _ => Self::Unreadable { path, source },
        }
    }

    /// A damaged file, and what is wrong with it, as `its header is too short`.
    pub(super) fn damaged(format: Format, what: impl Into<String>) -> Self {
        Self::Damaged {
            format,
            what: what.into(),
        }
    }
}

/// The most characters of a path that are shown.
const LONGEST: usize = 200;

fn shown(path: &Path) -> String {
    let path = path.to_string_lossy();
    // a picture in base64 is no path, and nothing of it is worth reading
    if let Some((before, _)) = path
        .split_once("base64,")
        .filter(|(before, _)| before.len() < 80)
    {
        return format!("{}base64,…", visible::line(before));
    }
    match path.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", visible::line(&path[..end])),
        None => visible::line(&path).into_owned(),
    }
}

fn cause(error: &io::Error) -> String {
    visible::line(&error.to_string()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::in_css(
        "url(data:image/png;base64,iVBORw0KGgo=)",
        "url(data:image/png;base64,…"
    )]
    #[case::alone("data:image/png;base64,AAAA", "data:image/png;base64,…")]
    #[case::path("/日本/é.png", "/日本/é.png")]
    fn nothing_of_base64_is_shown(#[case] path: &str, #[case] expected: &str) {
        assert_eq!(shown(Path::new(path)), expected);
    }
}
