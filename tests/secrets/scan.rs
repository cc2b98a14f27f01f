//! Finds secrets in whatever was written, however they are spelled, and pieces of them too.

use std::collections::HashSet;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use rstest::rstest;

/// A token with characters that are spelled otherwise in a path, in JSON, in a page and in a form.
pub const TOKEN: &str = "6f96/19ff+8b86=4011&b42d\"00c04fc964ff";
/// The password of the proxy that the environment names.
pub const PASSWORD: &str = "pr0xy-w0rd-77";
/// A token that the user pastes within a curl command, and thus sees.
pub const PASTED: &str = "b7d1-p4st3d-5e2f-91ac";

/// What must stand nowhere.
pub const SECRETS: [&str; 2] = [TOKEN, PASSWORD];

/// So many letters in a row give a secret away: a screen breaks it, and an error cuts it short.
const PIECE: usize = 8;

/// How often what is spelled within a spelling is read.
const DEPTH: usize = 3;

/// What is looked for.
pub struct Scan {
    pieces: HashSet<[u8; PIECE]>,
    /// Whether a piece begins with two bytes: all but a few places are ruled out by that.
    begins: Vec<bool>,
}

impl Scan {
    pub fn new(secrets: &[&str]) -> Self {
        let mut pieces = HashSet::new();
        for secret in secrets {
            let mut spelled = vec![secret.to_lowercase()];
            for before in 0..3 {
                let text = format!("{}{secret}", "\0".repeat(before));
                // What it shares with its neighbours is not of it.
                let own = (before * 8).div_ceil(6)..text.len() * 8 / 6;
                for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
                    spelled.push(engine.encode(&text)[own.clone()].to_owned());
                }
            }
            for text in spelled {
                let windows = text.as_bytes().windows(PIECE);
                pieces.extend(windows.map(|piece| <[u8; PIECE]>::try_from(piece).unwrap()));
            }
        }
        let mut begins = vec![false; 1 << 16];
        for piece in &pieces {
            begins[usize::from(piece[0]) << 8 | usize::from(piece[1])] = true;
        }
        Self { pieces, begins }
    }

    /// The first piece of a secret that stands in a text, and what is around it.
    pub fn find(&self, bytes: &[u8]) -> Option<String> {
        let mut reading = bytes.to_vec();
        for _ in 0..=DEPTH {
            // Searches and paths are in lower case, base64 is not.
            let lower = reading.to_ascii_lowercase();
            if let Some(at) = self.at(&reading).or_else(|| self.at(&lower)) {
                let around = at.saturating_sub(60)..reading.len().min(at + 60);
                return Some(String::from_utf8_lossy(&reading[around]).into_owned());
            }
            let next = read(&reading);
            if next == reading {
                break;
            }
            reading = next;
        }
        None
    }

    fn at(&self, bytes: &[u8]) -> Option<usize> {
        (0..(bytes.len() + 1).saturating_sub(PIECE)).find(|&at| {
            self.begins[usize::from(bytes[at]) << 8 | usize::from(bytes[at + 1])]
                && self.pieces.contains(&bytes[at..at + PIECE] as &[u8])
        })
    }

    /// Fails where a secret is in a text.
    pub fn assert_clean(&self, place: &str, bytes: &[u8]) {
        if let Some(found) = self.find(bytes) {
            panic!("a secret is in {place}: …{found}…");
        }
    }

    /// Fails where a secret is in a file of a folder, or in its name; returns how many there are.
    pub fn assert_folder_clean(&self, folder: &Path) -> usize {
        let mut files = 0;
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            let name = path.to_string_lossy().into_owned();
            self.assert_clean("a name", name.as_bytes());
            if path.is_dir() {
                files += self.assert_folder_clean(&path);
            } else if let Ok(bytes) = std::fs::read(&path) {
                self.assert_clean(&name, &bytes);
                files += 1;
            }
        }
        files
    }
}

/// A text with what is percent-encoded, escaped as in JSON or as in a page written plainly.
fn read(text: &[u8]) -> Vec<u8> {
    let hex = |digits: &[u8]| {
        let digits = std::str::from_utf8(digits).ok()?;
        u8::from_str_radix(digits, 16).ok()
    };
    let named: [(&[u8], u8); 5] = [
        (b"&amp;", b'&'),
        (b"&quot;", b'"'),
        (b"&#34;", b'"'),
        (b"&#x2F;", b'/'),
        (b"&#43;", b'+'),
    ];
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(&first) = rest.first() {
        let (byte, length) = match rest {
            [b'%', high, low, ..] if hex(&[*high, *low]).is_some() => {
                (hex(&[*high, *low]).unwrap(), 3)
            }
            [b'\\', b'u', b'0', b'0', high, low, ..] if hex(&[*high, *low]).is_some() => {
                (hex(&[*high, *low]).unwrap(), 6)
            }
            [b'\\', second, ..] if second.is_ascii_punctuation() => (*second, 2),
            _ => {
                let named = named.iter().find(|(name, _)| rest.starts_with(name));
                named.map_or((first, 1), |(name, byte)| (*byte, name.len()))
            }
        };
        plain.push(byte);
        rest = &rest[length..];
    }
    plain
}

/// A secret in every spelling that a gateway may repeat it in.
pub fn spellings(secret: &str) -> Vec<String> {
    let percent = |all: bool, upper: bool| {
        let letters = secret.bytes().map(|byte| {
            match (all || !byte.is_ascii_alphanumeric() && byte != b'-', upper) {
                (false, _) => char::from(byte).to_string(),
                (true, true) => format!("%{byte:02X}"),
                (true, false) => format!("%{byte:02x}"),
            }
        });
        letters.collect::<String>()
    };
    let careful: Vec<String> = secret
        .bytes()
        .map(|byte| format!("\\u{byte:04x}"))
        .collect();
    let json = serde_json::json!({ "token": secret }).to_string();
    let nested = serde_json::json!({ "error": json }).to_string();
    let page = secret.replace('&', "&amp;").replace('"', "&quot;");
    let page_in_numbers = page.replace("&quot;", "&#34;").replace('/', "&#x2F;");
    vec![
        secret.to_owned(),
        percent(false, true),
        percent(false, false),
        percent(true, true),
        percent(false, true).replace('%', "%25"),
        secret.replace('/', "\\/").replace('"', "\\\""),
        careful.concat(),
        json,
        nested,
        page,
        page_in_numbers,
        STANDARD.encode(secret),
        STANDARD.encode(format!("u{secret}")),
        URL_SAFE.encode(format!("me:{secret}日")),
        URL_SAFE.encode(format!("Bearer {secret}")),
    ]
}

#[test]
fn every_spelling_is_found() {
    for secret in SECRETS {
        let scan = Scan::new(&[secret]);
        for spelling in spellings(secret) {
            let text = format!("Olá 日本 👩‍👩‍👧 e\u{301} שלום {spelling} שלום");
            assert!(scan.find(text.as_bytes()).is_some(), "{spelling}");
            let in_a_log = format!("{:?}", serde_json::json!({ "x": text }).to_string());
            assert!(scan.find(in_a_log.as_bytes()).is_some(), "{in_a_log}");
        }
    }
}

#[rstest]
#[case::cut_short("…/6f96/19ff+8b8…", true)]
#[case::its_end("日64ff 00c04fc964ff", true)]
#[case::lower_case("PR0XY-W0RD", true)]
#[case::a_piece_of_base64("YTo2Zjk2LzE5ZmYrOGI4Nj00", true)]
#[case::too_short("6f96/19 日本 c964ff", false)]
#[case::nothing("Olá 日本 👩‍👩‍👧 e\u{301} שלום ***", false)]
#[case::empty("", false)]
fn pieces_are_found(#[case] text: &str, #[case] expected: bool) {
    let found = Scan::new(&SECRETS).find(text.as_bytes());
    assert_eq!(found.is_some(), expected, "{found:?}");
}
