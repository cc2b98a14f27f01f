//! What bytes are, by their content and never by a name.

use std::fmt;

use super::Error;

/// A kind of picture that can be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JPEG (ITU-T T.81).
    Jpeg,
    /// PNG.
    Png,
    /// WebP, lossy or lossless; the first frame of an animation.
    WebP,
    /// GIF, its first frame.
    Gif,
}

impl Format {
    /// Its name, as it is usually written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::WebP => "WebP",
            Self::Gif => "GIF",
        }
    }

    /// What bytes are.
    ///
    /// # Errors
    /// When they are nothing that can be decoded; the error says what they are.
    pub fn of(data: &[u8]) -> Result<Self, Error> {
        if data.is_empty() {
            return Err(Error::Empty);
        }
        Self::of_start(data).ok_or_else(|| {
            let (what, advice) = other(data);
            Error::NotAPicture { what, advice }
        })
    }

    /// What bytes are that can be decoded, by how they start.
    fn of_start(data: &[u8]) -> Option<Self> {
        if data.starts_with(b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if data.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if data.starts_with(b"RIFF") && has(data, 8, b"WEBP") {
            Some(Self::WebP)
        } else if data.starts_with(b"GIF87a") || data.starts_with(b"GIF89a") {
            Some(Self::Gif)
        } else {
            None
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

const CONVERT: &str = "save it as a JPEG, PNG, WebP or GIF";
const PICTURE: &str = "choose a JPEG, PNG, WebP or GIF";
const PAGE: &str = "a page was saved in the picture's place; choose the picture itself";

fn other(data: &[u8]) -> (&'static str, &'static str) {
    if has(data, 4, b"ftyp") {
        return container(data);
    }
    if let Some((_, what, advice)) = STARTS.iter().find(|(start, ..)| data.starts_with(start)) {
        return (what, advice);
    }
    if let Some(what) = behind_a_start(data) {
        return (what, "remove what stands before the picture");
    }
    text(data).unwrap_or(("no picture that is known here", PICTURE))
}

/// A picture that does not begin at once: behind a byte order mark, blanks or line breaks.
fn behind_a_start(data: &[u8]) -> Option<&'static str> {
    let rest = data.strip_prefix(b"\xef\xbb\xbf").unwrap_or(data);
    let rest = rest.trim_ascii_start();
    if rest.len() == data.len() {
        return None;
    }
    Some(match Format::of_start(rest)? {
        Format::Jpeg => "a JPEG behind a byte order mark or a line break",
        Format::Png => "a PNG behind a byte order mark or a line break",
        Format::WebP => "a WebP behind a byte order mark or a line break",
        Format::Gif => "a GIF behind a byte order mark or a line break",
    })
}

/// How other files start.
#[rustfmt::skip]
const STARTS: [(&[u8], &str, &str); 17] = [
    (b"\xff\xd8", "the beginning of a JPEG and no more", "save or download it again"),
    (b"\xff\x0a", "a JPEG XL picture", CONVERT),
    (b"\0\0\0\x0cJXL \r\n", "a JPEG XL picture", CONVERT),
    (b"\0\0\0\x0cjP  \r\n", "a JPEG 2000 picture", CONVERT),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 picture", CONVERT),
    (b"BM", "a BMP picture", CONVERT),
    (b"II*\0", "a TIFF or a camera's raw picture", CONVERT),
    (b"MM\0*", "a TIFF or a camera's raw picture", CONVERT),
    (b"\0\0\x01\0", "an icon", CONVERT),
    (b"8BPS", "a Photoshop document", CONVERT),
    (b"%PDF", "a PDF document", CONVERT),
    (b"PK\x03\x04", "a ZIP archive or an office document", "choose the picture in it"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"RIFF", "a sound or a film, not a picture", PICTURE),
    (b"\x1a\x45\xdf\xa3", "a film, not a picture", PICTURE),
    (b"OggS", "a sound or a film, not a picture", PICTURE),
    (b"ID3", "a sound, not a picture", PICTURE),
];

/// ISO base media files by their major brand (ISO/IEC 14496-12, section 4.3).
fn container(data: &[u8]) -> (&'static str, &'static str) {
    match data.get(8..12).unwrap_or_default() {
        b"avif" | b"avis" => ("an AVIF picture", CONVERT),
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => (
            "a HEIC picture",
            "save it as a JPEG (an iPhone takes JPEGs with Camera › Formats › Most Compatible)",
        ),
        b"crx " => ("a camera's raw picture", CONVERT),
        _ => ("a film, not a picture", PICTURE),
    }
}

/// What a text is: it begins with a tag, or is one as far as can be seen.
fn text(data: &[u8]) -> Option<(&'static str, &'static str)> {
    let beginning = &data[..data.len().min(1024)];
    let beginning = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
    let beginning = beginning.trim_ascii_start().to_ascii_lowercase();
    let contains = |needle: &[u8]| memchr::memmem::find(&beginning, needle).is_some();
    if beginning.starts_with(b"<") && contains(b"<svg") {
        return Some(("an SVG drawing", CONVERT));
    }
    if beginning.starts_with(b"<") && (contains(b"<html") || contains(b"<!doctype html")) {
        return Some(("HTML, not a picture", PAGE));
    }
    if beginning.starts_with(b"<") {
        return Some(("XML or HTML, not a picture", PAGE));
    }
    let is_control = |byte: &u8| byte.is_ascii_control() && !byte.is_ascii_whitespace();
    (!beginning.iter().any(is_control) && is_utf8_so_far(&beginning))
        .then_some(("text, not a picture", PICTURE))
}

/// Whether bytes are UTF-8, but for a character that is cut at their end.
fn is_utf8_so_far(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}

fn has(data: &[u8], at: usize, part: &[u8]) -> bool {
    data.get(at..).is_some_and(|rest| rest.starts_with(part))
}
