//! Tokens, which never show themselves: the one type that holds them, and the one place that cuts
//! them out of what leaves the program.
//!
//! Every [`Secret`] that is made is remembered until the program ends, so that [`redact_known`] finds
//! them all in a log, an error or a panic. They are found as they are, percent-encoded, escaped as
//! in JSON or in JSON within JSON, as in a web page, and in base64, alone or within something longer.

mod spelling;

use std::borrow::Cow;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};

/// A token. `Debug` and `Display` print [`MASK`] instead of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// What stands where a token was.
pub const MASK: &str = "***";

/// Every secret there was.
static KNOWN: Mutex<Vec<Secret>> = Mutex::new(Vec::new());

/// The shortest secret that is looked for where it was not sent: a shorter one is a part of words.
const SHORTEST_KNOWN: usize = 6;

/// The shortest base64 of a whole token that is looked for.
const SHORTEST_WHOLE_BASE64: usize = 6;

/// The shortest piece of base64 that is telling.
const SHORTEST_BASE64: usize = 8;

/// The most backslashes before a letter: JSON within JSON, six deep.
const MOST_BACKSLASHES: usize = 64;

/// How often a percent sign may be encoded again: `%252525XX`.
const MOST_ENCODED: usize = 4;

/// The shortest token that is one: no gateway gives out a shorter one.
pub const SHORTEST: usize = 4;

/// The longest spelling of a letter: `u00XX` after backslashes.
const LONGEST_LETTER: usize = MOST_BACKSLASHES + 5;

/// From how many characters, and digits among them, on a word may be a token.
const LIKELY: (usize, usize) = (16, 3);

impl Secret {
    /// Takes a token, without the white space around it.
    pub fn new(token: impl AsRef<str>) -> Self {
        let secret = Self::passing(token);
        if secret.is_telling() {
            let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
            if !known.contains(&secret) {
                known.push(secret.clone());
            }
        }
        secret
    }

    /// The same for what may be a token and is used for nothing: it is not remembered, so that a
    /// common word is not cut out of everything from then on.
    pub fn passing(token: impl AsRef<str>) -> Self {
        Self(token.as_ref().trim().to_owned())
    }

    /// Whether it is long enough to be looked for where it was not sent.
    pub fn is_telling(&self) -> bool {
        self.0.len() >= SHORTEST_KNOWN
    }

    /// The token itself: for the request that goes out, and for `--show-secrets`.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// A text with every occurrence of the token, however it is spelled, replaced by [`MASK`].
    pub fn redact(&self, text: &str) -> String {
        let redacted = self.redact_bytes(text.as_bytes());
        String::from_utf8_lossy(&redacted).into_owned()
    }

    /// The same for bytes, which need not be text.
    pub fn redact_bytes<'a>(&self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        if self.0.is_empty() {
            return Cow::Borrowed(bytes);
        }
        let base64 = self.in_base64();
        let mut clean: Option<Vec<u8>> = None;
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            if let Some(length) = self.spelled(rest).or_else(|| {
                let piece = base64.iter().find(|piece| rest.starts_with(piece))?;
                Some(piece.len())
            }) {
                let clean = clean.get_or_insert_with(|| bytes[..at].to_vec());
                clean.extend_from_slice(MASK.as_bytes());
                at += length;
            } else {
                if let Some(clean) = &mut clean {
                    clean.push(rest[0]);
                }
                at += 1;
            }
        }
        clean.map_or(Cow::Borrowed(bytes), Cow::Owned)
    }

    /// How many bytes at the start of a text spell the token.
    fn spelled(&self, text: &[u8]) -> Option<usize> {
        if text.starts_with(self.0.as_bytes()) {
            return Some(self.0.len());
        }
        let mut length = 0;
        let mut before = None;
        for &byte in self.0.as_bytes() {
            match letter(&text[length..], byte) {
                Some(more) => length += more,
                // Several backslashes are one run of them, which was taken whole.
                None if byte == b'\\' && before == Some(byte) => {}
                None => return None,
            }
            before = Some(byte);
        }
        Some(length)
    }

    /// Where a text ends within the token: how many bytes of it that is.
    pub fn cut_at_the_end(&self, text: &[u8]) -> Option<usize> {
        let longest = text.len().min(self.0.len().saturating_mul(LONGEST_LETTER));
        (0..longest)
            .map(|back| text.len() - longest + back)
            .find_map(|start| {
                let mut at = start;
                let mut letters = 0;
                for &byte in self.0.as_bytes() {
                    if at == text.len() {
                        break;
                    }
                    at += letter(&text[at..], byte)?;
                    letters += 1;
                }
                let is_whole = letters == self.0.len();
                (at == text.len() && letters > 0 && !is_whole).then_some(text.len() - start)
            })
    }

    /// The pieces of base64 that hold the token wherever it begins within what was encoded, in both
    /// alphabets. What it shares a character with before and after is not among them.
    fn in_base64(&self) -> Vec<Vec<u8>> {
        let mut pieces = Vec::new();
        if !self.is_telling() {
            // Too short to be found within something longer: as a whole.
            for engine in [&STANDARD, &URL_SAFE, &STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
                let whole = engine.encode(&self.0).into_bytes();
                if whole.len() >= SHORTEST_WHOLE_BASE64 && !pieces.contains(&whole) {
                    pieces.push(whole);
                }
            }
        }
        for before in 0..3 {
            let mut bytes = vec![0; before];
            bytes.extend_from_slice(self.0.as_bytes());
            let first = (before * 8).div_ceil(6);
            let last = bytes.len() * 8 / 6;
            for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
                let piece = engine.encode(&bytes).into_bytes()[first..last].to_vec();
                if piece.len() >= SHORTEST_BASE64 && !pieces.contains(&piece) {
                    pieces.push(piece);
                }
            }
        }
        pieces
    }
}

/// A text without any secret that the program ever held.
pub fn redact_known(text: &str) -> Cow<'_, str> {
    let known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut clean = Cow::Borrowed(text);
    for secret in known.iter() {
        if let Cow::Owned(bytes) = secret.redact_bytes(clean.as_bytes()) {
            clean = Cow::Owned(String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    clean
}

/// A text with [`MASK`] in the place of every word that may be a token: for what is said by a
/// program that handles tokens which nobody here has seen. Paths and addresses stay.
pub fn redact_likely(text: &str) -> String {
    let (length, digits) = LIKELY;
    let is_likely = |word: &str| {
        let is_place = word.contains("://") || word.starts_with(['/', '~', '.']);
        let count = |is: fn(&char) -> bool| word.chars().filter(is).count();
        !is_place
            && count(char::is_ascii) >= length
            && count(char::is_ascii_digit) >= digits
            && word.contains(|c: char| c.is_ascii_alphabetic())
    };
    let words = text.split_inclusive(char::is_whitespace).map(|piece| {
        let word =
            piece.trim_matches(|c: char| c.is_whitespace() || "'\"`()[]<>,:;.!?".contains(c));
        if is_likely(word) {
            piece.replace(word, MASK)
        } else {
            piece.to_owned()
        }
    });
    words.collect()
}

/// How many bytes at the start of a text spell one byte: itself, `%XX`, `%25XX` and so on, `\X` or
/// `\u00XX` with one backslash or several, `&name;` or `&#…;`.
fn letter(text: &[u8], byte: u8) -> Option<usize> {
    match text {
        [b'%', rest @ ..] => percent(rest, byte).or((byte == b'%').then_some(1)),
        [b'\\', ..] => escaped(text, byte),
        [b'&', ..] => in_a_page(text, byte).or((byte == b'&').then_some(1)),
        [first, ..] if *first == byte => Some(1),
        _ => None,
    }
}

/// The same after a percent sign, whose own encoding may be encoded again.
fn percent(mut rest: &[u8], byte: u8) -> Option<usize> {
    for again in 0..=MOST_ENCODED {
        if let [high, low, ..] = rest
            && is_hex(*high, *low, byte)
        {
            return Some(3 + 2 * again);
        }
        rest = rest.strip_prefix(b"25")?;
    }
    None
}

/// The same after backslashes.
fn escaped(text: &[u8], byte: u8) -> Option<usize> {
    let backslashes = text.iter().take(MOST_BACKSLASHES);
    let count = backslashes.take_while(|byte| **byte == b'\\').count();
    match &text[count..] {
        [b'u' | b'U', b'0', b'0', high, low, ..] if is_hex(*high, *low, byte) => Some(count + 5),
        _ if byte == b'\\' => Some(count),
        [first, ..] if *first == byte && !byte.is_ascii_alphanumeric() => Some(count + 1),
        _ => None,
    }
}

/// The same in a web page: `&amp;`, `&#38;` or `&#x26;`.
fn in_a_page(text: &[u8], byte: u8) -> Option<usize> {
    const NAMED: [(&str, u8); 5] = [
        ("amp", b'&'),
        ("quot", b'"'),
        ("apos", b'\''),
        ("lt", b'<'),
        ("gt", b'>'),
    ];
    let end = text.iter().take(LONGEST_LETTER).position(|c| *c == b';')?;
    let name = std::str::from_utf8(&text[1..end]).ok()?;
    let number = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => u8::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        },
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    (number == byte).then_some(end + 1)
}

fn is_hex(high: u8, low: u8, byte: u8) -> bool {
    let digit = |c: u8| char::from(c).to_digit(16);
    digit(high).zip(digit(low)) == Some((u32::from(byte >> 4), u32::from(byte & 15)))
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const TOKEN: &str = r#"k/ey+"a\1"#;

    #[rstest]
    #[case::plain(r#"日k/ey+"a\1本"#, "日***本")]
    #[case::twice(r#"k/ey+"a\1k/ey+"a\1"#, "******")]
    #[case::in_a_path("/x/k%2Fey%2B%22a%5C1/y", "/x/***/y")]
    #[case::lower_case("k%2fey%2b%22a%5c1", "***")]
    #[case::every_letter("%6B%2F%65%79%2B%22%61%5C%31", "***")]
    #[case::some_letters(r#"k/ey%2B"a\1"#, "***")]
    #[case::encoded_twice("k%252Fey%252B%2522a%255C1", "***")]
    #[case::in_json(r#"{"path":"\/k\/ey+\"a\\1"}"#, r#"{"path":"\/***"}"#)]
    #[case::in_json_in_json(r#""{\"k\":\"k\\/ey+\\\"a\\\\1\"}""#, r#""{\"k\":\"***\"}""#)]
    #[case::in_careful_json_in_json(r"k\\u002fey\\u002B\\\u0022a\\u005c1", "***")]
    #[case::in_a_page("<b>k&#x2F;ey&#43;&quot;a&#92;1</b>", "<b>***</b>")]
    #[case::in_careful_json(r"k\u002fey\u002B\u0022a\u005c1", "***")]
    #[case::in_json_three_deep(&nested(3), "***")]
    #[case::in_json_six_deep(&nested(6), "***")]
    #[case::encoded_four_times("k%2525252Fey%2B%22a%5C1", "***")]
    #[case::nearly(
        r#"k/ey+"a\2 k%2Gey 👩‍👩‍👧 e\u{301} שלום"#,
        r#"k/ey+"a\2 k%2Gey 👩‍👩‍👧 e\u{301} שלום"#
    )]
    #[case::start_alone("k/ey%2B%22a%5C", "k/ey%2B%22a%5C")]
    #[case::empty("", "")]
    fn is_cut_out(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(Secret::new(TOKEN).redact(text), expected);
    }

    /// The token in JSON within JSON, so many deep, without the quotes around.
    fn nested(depth: usize) -> String {
        let mut text = TOKEN.to_owned();
        for _ in 0..depth {
            let json = serde_json::Value::from(text).to_string();
            text = json[1..json.len() - 1].to_owned();
        }
        text
    }

    #[rstest]
    #[case::once(1)]
    #[case::twice(2)]
    #[case::three_times(3)]
    #[case::five_times(5)]
    fn backslashes_in_a_row_are_cut_out(#[case] depth: usize) {
        let token = r"ab\\\\cd\\e\g1";
        let mut text = token.to_owned();
        for _ in 0..depth {
            text = serde_json::Value::from(text).to_string();
            text = text[1..text.len() - 1].to_owned();
        }
        assert_eq!(Secret::new(token).redact(&format!("日{text}本")), "日***本");
    }

    #[rstest]
    #[case::five(
        "T0k9z",
        "{\"x\":\"VDBrOXo=\",\"y\":\"VDBrOXo\",\"z\":\"T0k9z\"}",
        "{\"x\":\"***\",\"y\":\"***\",\"z\":\"***\"}"
    )]
    #[case::four("T0k9", "日 VDBrOQ== VDBrOQ", "日 *** ***")]
    fn a_short_one_is_cut_out_of_base64_as_a_whole(
        #[case] token: &str,
        #[case] text: &str,
        #[case] expected: &str,
    ) {
        assert_eq!(Secret::passing(token).redact(text), expected);
    }

    #[rstest]
    #[case::alone("", "")]
    #[case::one_before("u", "")]
    #[case::two_before(":u", "日")]
    #[case::bearer("Bearer ", "")]
    #[case::user("user:", "\n")]
    fn is_cut_out_of_base64(#[case] before: &str, #[case] after: &str) {
        let token = "6f9619ff-8b86-4011~b42d?00c04fc964ff";
        let secret = Secret::new(token);
        for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
            let encoded = engine.encode(format!("{before}{token}{after}"));
            let clean = secret.redact(&format!("Basic {encoded}=="));
            assert!(clean.len() < 30 && clean.contains(MASK), "{clean}");
        }
    }

    #[rstest]
    #[case::half("path: 6f9619ff-8b86", Some(13))]
    #[case::a_letter("path: 6", Some(1))]
    #[case::encoded("path: %36f", Some(4))]
    #[case::escaped(r"path: \\\u0036f9", Some(10))]
    #[case::in_a_page("path: 6f&#57;6", Some(8))]
    #[case::none("path: 日本", None)]
    #[case::whole("6f9619ff-8b86-4011", None)]
    #[case::empty("", None)]
    fn is_seen_where_a_text_ends(#[case] text: &str, #[case] expected: Option<usize>) {
        let secret = Secret::new("6f9619ff-8b86-4011");
        assert_eq!(secret.cut_at_the_end(text.as_bytes()), expected);
    }

    #[test]
    fn every_secret_is_known_but_very_short_ones() {
        let _secrets = ["e3b0c442-known", "日本日", "known-two/2"].map(Secret::new);
        let _short = Secret::new("in");
        let text = "in: e3b0c442-known, known-two%2F2 and 日本日";
        assert_eq!(redact_known(text), "in: ***, *** and ***");
    }

    #[rstest]
    #[case::a_token("bad token 'EAAG9x7Kq02LmN4pZ'.", "bad token '***'.")]
    #[case::after_a_name("日本: 6f9619ff-8b86-4011-b42d-00c04fc964ff\n", "日本: ***\n")]
    #[case::with_other_signs("+ printf %s 6f96/19ff+8b86=4011&b42d", "+ printf %s ***")]
    #[case::assigned("TOKEN=6f9619ff8b864011", "***")]
    #[case::a_path(
        "gpg: /home/ana/.pass/green-api-7103.gpg",
        "gpg: /home/ana/.pass/green-api-7103.gpg"
    )]
    #[case::an_address(
        "https://vault.test:8200/v1/1234 is sealed",
        "https://vault.test:8200/v1/1234 is sealed"
    )]
    #[case::words(
        "decryption failed: no pinentry-curses-gnome3",
        "decryption failed: no pinentry-curses-gnome3"
    )]
    #[case::a_time("2026-03-01 14:32:07.123456", "2026-03-01 14:32:07.123456")]
    #[case::wide(
        "👩‍👩‍👧 e\u{301} שלום 日本日本日本日本日本日本a123",
        "👩‍👩‍👧 e\u{301} שלום 日本日本日本日本日本日本a123"
    )]
    #[case::empty("", "")]
    fn what_may_be_a_token_is_masked(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(redact_likely(text), expected);
    }

    #[test]
    fn an_empty_token_masks_nothing() {
        assert_eq!(Secret::new("").redact("as it is"), "as it is");
    }
}
