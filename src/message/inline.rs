//! A picture that stands in a message itself: a `data:` address (RFC 2397), or base64 alone.
//!
//! It is taken as people write and tools print it: in any case, with parameters, blanks and line breaks,
//! in either alphabet, with its padding or without. What it shows is not looked at here.

use std::borrow::Cow;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::visible;

/// What pictures in base64 begin with: their first bytes, encoded.
const STARTS: [(&str, &str); 4] = [
    ("/9j/", "image/jpeg"),
    ("iVBORw0KGg", "image/png"),
    ("UklGR", "image/webp"),
    ("R0lGOD", "image/gif"),
];

/// The fewest characters of base64 alone: less is the name of a file.
const SHORTEST: usize = 64;

/// From so many characters on base64 alone is no name of a file, whatever it begins with.
const LONGEST_NAME: usize = 1024;

/// The most of the kind that is shown.
const LONGEST_KIND: usize = 40;

/// From how many characters on base64 is shortened where it is shown, and how much is left of it.
const SHOWN: (usize, usize) = (256, 24);

/// A picture in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inline<'a> {
    /// What the text says that it is, as it is written; `None` for base64 alone.
    kind: Option<&'a str>,
    /// Whether it is said to be in base64.
    is_base64: bool,
    payload: &'a str,
}

impl<'a> Inline<'a> {
    /// The picture in a text; `None` where the text is none, but a name or an address perhaps.
    pub fn of(text: &'a str) -> Option<Self> {
        let mut text = text
            .trim_start_matches(['\u{feff}', '"', '\''])
            .trim_start();
        let mut inline = None;
        // A tool may have put its prefix before one that was there.
        while let Some(rest) = after_scheme(text) {
            let (head, payload) = rest.split_once(',').unwrap_or((rest, ""));
            let mut words = head.split(';').map(str::trim);
            let kind = words.next().unwrap_or_default();
            inline = Some(Self {
                kind: Some(kind),
                is_base64: words.any(|word| word.eq_ignore_ascii_case("base64")),
                payload,
            });
            text = payload.trim_start();
        }
        inline.or_else(|| {
            is_base64_alone(text).then_some(Self {
                kind: None,
                is_base64: true,
                payload: text,
            })
        })
    }

    /// What it is called where it is shown, its bytes left out: `data:image/png;base64,… (148 KB)`.
    pub fn name(self) -> String {
        let kind = self.kind.map_or_else(
            || {
                let payload = self.payload.trim_start();
                let known = STARTS.iter().find(|(start, _)| payload.starts_with(start));
                known.map_or("", |(_, kind)| kind).to_owned()
            },
            |kind| visible::line(kind).chars().take(LONGEST_KIND).collect(),
        );
        let base64 = if self.is_base64 { ";base64" } else { "" };
        let characters = self
            .payload
            .bytes()
            .filter(|byte| !byte.is_ascii_whitespace());
        let characters = characters.count();
        let bytes = if self.is_base64 {
            characters * 3 / 4
        } else {
            characters
        };
        let size = match bytes {
            // About so many: the base64 may have padding.
            1_000..1_000_000 => format!("{} KB", bytes / 1_000),
            _ => visible::bytes(bytes as u64),
        };
        format!("data:{kind}{base64},… ({size})")
    }

    /// The bytes of the picture.
    ///
    /// # Errors
    /// What keeps it from being decoded, as the rest of a sentence.
    pub fn bytes(self) -> Result<Vec<u8>, String> {
        if !self.is_base64 {
            return Err(
                "it does not say that it is base64: write ;base64 before its comma".to_owned(),
            );
        }
        let mut base64 = String::with_capacity(self.payload.len());
        let mut characters = self.payload.char_indices();
        while let Some((at, c)) = characters.next() {
            match c {
                '-' => base64.push('+'),
                '_' => base64.push('/'),
                '+' | '/' => base64.push(c),
                c if c.is_ascii_alphanumeric() => base64.push(c),
                c if c.is_whitespace() || matches!(c, '=' | '"' | '\'' | '\u{feff}') => {}
                // As JSON and addresses write them.
                '\\' | '%' => match escaped(&self.payload[at..]) {
                    Some((plain, length)) => {
                        base64.extend(plain);
                        for _ in 1..length {
                            characters.next();
                        }
                    }
                    None => return Err(no_base64(c)),
                },
                c => return Err(no_base64(c)),
            }
        }
        if base64.is_empty() {
            return Err("there is nothing behind its comma".to_owned());
        }
        let config = GeneralPurposeConfig::new()
            .with_decode_allow_trailing_bits(true)
            .with_decode_padding_mode(DecodePaddingMode::Indifferent);
        let engine = GeneralPurpose::new(&alphabet::STANDARD, config);
        engine
            .decode(base64)
            .map_err(|_| "its base64 is cut off: copy it again".to_owned())
    }
}

/// What stands behind `data:`, in any case.
fn after_scheme(text: &str) -> Option<&str> {
    const SCHEME: &str = "data:";
    let start = text.get(..SCHEME.len())?;
    start
        .eq_ignore_ascii_case(SCHEME)
        .then(|| &text[SCHEME.len()..])
}

fn is_base64_alone(text: &str) -> bool {
    let text = text.trim_end();
    if text.len() < SHORTEST {
        return false;
    }
    let is_known = STARTS.iter().any(|(start, _)| text.starts_with(start));
    (is_known || text.len() > LONGEST_NAME)
        && text
            .bytes()
            .all(|byte| is_base64(byte) || byte.is_ascii_whitespace() || byte == b'=')
}

const fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_')
}

/// What an escape means, and how long it is: `\n`, `\/`, `%2B`.
fn escaped(text: &str) -> Option<(Option<char>, usize)> {
    let plain = match text.get(..2)? {
        "\\n" | "\\r" | "\\t" => return Some((None, 2)),
        "\\/" => return Some((Some('/'), 2)),
        _ => text.get(..3)?,
    };
    Some((
        match plain.to_ascii_uppercase().as_str() {
            "%2B" => Some('+'),
            "%2F" => Some('/'),
            "%3D" | "%0A" | "%0D" | "%20" => None,
            _ => return None,
        },
        3,
    ))
}

fn no_base64(c: char) -> String {
    let c = visible::line(c.encode_utf8(&mut [0; 4])).into_owned();
    format!("it is not base64: {c} is no character of that")
}

/// A text in which long base64 is shortened to its beginning: all of it would hide the rest.
pub fn shortened(text: &str) -> Cow<'_, str> {
    let (longest, left) = SHOWN;
    let mut short: Option<String> = None;
    let mut from = 0;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes[at..]
            .iter()
            .take_while(|byte| is_base64(**byte))
            .count();
        if length >= longest {
            let short = short.get_or_insert_with(|| String::with_capacity(text.len() / 2));
            short.push_str(&text[from..at + left]);
            *short += "… (";
            *short += &length.to_string();
            *short += " characters)";
            from = at + length;
        }
        at += length.max(1);
    }
    match short {
        Some(mut short) => {
            short.push_str(&text[from..]);
            Cow::Owned(short)
        }
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

    use super::*;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    use rstest::rstest;

    /// Bytes that need every character of both alphabets.
    fn picture() -> Vec<u8> {
        let start = b"\x89PNG\r\n\x1a\n";
        start.iter().copied().chain((0..=255).rev()).collect()
    }

    fn encoded() -> String {
        STANDARD.encode(picture())
    }

    #[rstest]
    #[case::usual(format!("data:image/png;base64,{}", encoded()))]
    #[case::jpg(format!("data:image/jpg;base64,{}", encoded()))]
    #[case::upper_case(format!("DATA:IMAGE/PNG;BASE64,{}", encoded()))]
    #[case::charset(format!("data:image/png;charset=utf-8;base64,{}", encoded()))]
    #[case::name(format!("data:image/png;name=日本.png;base64,{}", encoded()))]
    #[case::no_kind(format!("data:;base64,{}", encoded()))]
    #[case::blanks(format!("  data: image/png ; base64 , {} \n", encoded()))]
    #[case::twice(format!("data:image/jpeg;base64,data:image/png;base64,{}", encoded()))]
    #[case::alone(encoded())]
    #[case::quoted(format!("\"data:image/png;base64,{}\"", encoded()))]
    #[case::url_safe(format!("data:image/png;base64,{}", URL_SAFE_NO_PAD.encode(picture())))]
    #[case::url_safe_alone(URL_SAFE_NO_PAD.encode(picture()))]
    #[case::no_padding(encoded().trim_end_matches('=').to_owned())]
    #[case::more_padding(format!("{}==", encoded()))]
    #[case::lines(encoded().as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line).into_owned() + "\r\n").collect())]
    #[case::json(format!("data:image/png;base64,{}", encoded().replace('/', "\\/").replace('A', "A\\n")))]
    #[case::encoded(format!("data:image/png;base64,{}", encoded().replace('+', "%2B").replace('/', "%2f").replace('=', "%3D")))]
    #[case::byte_order_mark(format!("\u{feff}data:image/png;base64,{}", encoded()))]
    fn a_picture_is_taken_however_it_is_written(#[case] text: String) {
        let inline = Inline::of(&text).unwrap();
        assert_eq!(inline.bytes().unwrap(), picture());
        let name = inline.name();
        assert!(name.starts_with("data:") && name.len() < 80, "{name}");
    }

    #[rstest]
    #[case::file("camiseta 👕.jpg")]
    #[case::path("/home/ana/fotos/2026/日本/camiseta.jpg")]
    #[case::long_path(&"/9j/abc.d".repeat(20))]
    #[case::address("https://example.com/data:image/png;base64,AAAA")]
    #[case::short("AAAA")]
    #[case::named_so("/9j/photo")]
    #[case::empty("")]
    fn what_is_no_picture_is_a_name(#[case] text: &str) {
        assert_eq!(Inline::of(text), None);
    }

    #[rstest]
    #[case::no_base64("data:image/svg+xml,%3Csvg", "write ;base64 before its comma")]
    #[case::nothing("data:image/png;base64,", "nothing behind its comma")]
    #[case::no_comma("data:image/png;base64", "nothing behind its comma")]
    #[case::wide("data:image/png;base64,日本", "日 is no character of that")]
    #[case::control("data:image/png;base64,A\u{1b}[2J", "␛ is no character of that")]
    #[case::variable("data:image/png;base64,{{x}}", "{ is no character of that")]
    #[case::percent("data:image/png;base64,AA%41", "% is no character of that")]
    #[case::cut("data:image/png;base64,AAAAA", "is cut off")]
    fn what_cannot_be_decoded_is_told(#[case] text: &str, #[case] why: &str) {
        let error = Inline::of(text).unwrap().bytes().unwrap_err();
        assert!(error.contains(why), "{error}");
    }

    #[rstest]
    #[case::png("data:image/png;base64,AAAA", "data:image/png;base64,… (3 bytes)")]
    #[case::wide(
        "data:image/日本;x=1;base64,AAAA",
        "data:image/日本;base64,… (3 bytes)"
    )]
    #[case::control("data:\u{1b}[2J;base64,AAAA", "data:␛[2J;base64,… (3 bytes)")]
    #[case::text("data:text/plain,hello", "data:text/plain,… (5 bytes)")]
    fn it_has_a_short_name(#[case] text: &str, #[case] name: &str) {
        assert_eq!(Inline::of(text).unwrap().name(), name);
    }

    #[test]
    fn its_size_is_in_its_name() {
        let of = |characters: usize| {
            let text = format!("iVBORw0KGgo{}", "A".repeat(characters - 11));
            Inline::of(&text).unwrap().name()
        };
        assert_eq!(of(197_568), "data:image/png;base64,… (148 KB)");
        assert_eq!(of(2_000_000), "data:image/png;base64,… (1.5 MB)");
    }

    #[rstest]
    #[case::short("日本 AAAA", "日本 AAAA")]
    #[case::json(
        &format!("{{\"日\": \"{}\", \"x\": 1}}", "Q".repeat(300)),
        "{\"日\": \"QQQQQQQQQQQQQQQQQQQQQQQQ… (300 characters)\", \"x\": 1}"
    )]
    #[case::not_long_enough(&"Q".repeat(255), &"Q".repeat(255))]
    fn long_base64_is_shortened(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(shortened(text), expected);
    }
}
