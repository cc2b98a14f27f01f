//! What the terminal sent, taken apart: text as characters, everything else as events.
//!
//! Sequences are found here, by their first bytes and their ends; what a key's or a mouse report's
//! sequence says is read by `terminput`. A sequence that means nothing here, and a terminal's reply
//! (OSC, DCS, APC, PM, SOS), is dropped to its end, so that no piece of it is ever taken as text.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// The most bytes of a control sequence's parameters.
const MAX_PARAMETERS: usize = 1024;

const ESC: u8 = 0x1b;
/// Ends a paste with brackets.
const PASTE_END: &[u8] = b"\x1b[201~";
/// The most bytes of a reply that wait for its end; what is longer is none.
const MAX_REPLY: usize = 64 * 1024;

/// A part of what was read.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// A character as it stands in a text: also a tab, CR and LF.
    Text(char),
    /// Everything else: a key, the mouse, a paste with brackets.
    Event(Event),
}

/// Takes bytes apart; what is incomplete waits for the next ones.
#[derive(Debug, Default)]
pub struct Decoder {
    bytes: Vec<u8>,
}

/// What the bytes begin with.
enum Found {
    /// A part, and the bytes it takes; `None` is dropped.
    Whole(Option<Piece>, usize),
    /// The beginning of a part.
    Incomplete,
}

impl Decoder {
    /// Takes in all that can be read just now, and adds the parts. An Esc at the end is the key.
    pub fn feed(&mut self, read: &[u8], pieces: &mut impl Extend<Piece>) {
        self.bytes.extend_from_slice(read);
        let mut at = 0;
        while let Some(rest) = self.bytes.get(at..).filter(|rest| !rest.is_empty()) {
            match found(rest) {
                Found::Whole(piece, length) => {
                    pieces.extend(piece);
                    at += length;
                }
                Found::Incomplete => break,
            }
        }
        self.bytes.drain(..at);
    }
}

/// The part that the bytes begin with.
fn found(bytes: &[u8]) -> Found {
    match bytes {
        // Alone, before another sequence, or before the key again.
        [ESC] | [ESC, ESC, ..] => Found::Whole(Some(Piece::Event(esc())), 1),
        [ESC, b'[', rest @ ..] => csi(bytes, rest),
        [ESC, b'O'] => Found::Incomplete,
        [ESC, b'O', ..] => Found::Whole(event(&bytes[..3]), 3),
        [ESC, kind, rest @ ..] if is_reply(*kind, rest) => reply(bytes),
        [ESC, rest @ ..] => match character(rest) {
            Some((_, length)) => Found::Whole(event(&bytes[..=length]), length + 1),
            None => Found::Incomplete,
        },
        [b'\t' | b'\n' | b'\r', ..] => Found::Whole(Some(Piece::Text(char::from(bytes[0]))), 1),
        [0..=0x1f | 0x7f, ..] => Found::Whole(event(&bytes[..1]), 1),
        _ => match character(bytes) {
            Some((c, length)) => Found::Whole(c.map(Piece::Text), length),
            None => Found::Incomplete,
        },
    }
}

fn esc() -> Event {
    Event::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE))
}

/// What one whole sequence says; nothing where it means nothing here.
fn event(sequence: &[u8]) -> Option<Piece> {
    let event = terminput::Event::parse_from(sequence).ok().flatten()?;
    let event = terminput_crossterm::to_crossterm(event).ok()?;
    Some(Piece::Event(event))
}

/// The first character and its length in bytes, no character where the bytes are none; `None` where
/// more bytes are needed.
fn character(bytes: &[u8]) -> Option<(Option<char>, usize)> {
    let start = &bytes[..bytes.len().min(4)];
    let (valid, error) = match std::str::from_utf8(start) {
        Ok(text) => (text, None),
        Err(error) => {
            let valid = std::str::from_utf8(&start[..error.valid_up_to()]).unwrap_or_default();
            (valid, Some(error))
        }
    };
    if let Some(c) = valid.chars().next() {
        return Some((Some(c), c.len_utf8()));
    }
    error?.error_len().map(|length| (None, length))
}

/// A control sequence, `rest` being what follows on `ESC [`: parameters, then one byte that ends it.
fn csi(bytes: &[u8], rest: &[u8]) -> Found {
    match rest {
        // X10's mouse reports: three bytes follow.
        [b'M', ..] if rest.len() < 4 => return Found::Incomplete,
        [b'M', ..] => return Found::Whole(event(&bytes[..6]), 6),
        // The Linux console's F1 to F5.
        [b'['] => return Found::Incomplete,
        [b'[', _, ..] => return Found::Whole(event(&bytes[..4]), 4),
        _ => {}
    }
    let Some(end) = rest.iter().position(|byte| !(0x20..=0x3f).contains(byte)) else {
        // No terminal sends so many parameters.
        return if rest.len() > MAX_PARAMETERS {
            Found::Whole(None, bytes.len())
        } else {
            Found::Incomplete
        };
    };
    if !(0x40..=0x7e).contains(&rest[end]) {
        // Broken off: what stands there is something else.
        return Found::Whole(None, end + 2);
    }
    let length = end + 3;
    let sequence = &bytes[..length];
    if sequence == b"\x1b[200~" {
        return paste(bytes, length);
    }
    Found::Whole(other_key(sequence).or_else(|| event(sequence)), length)
}

/// A key in xterm's spelling of modified keys, `CSI 27 ; MODIFIERS ; CODE ~`
/// (<https://invisible-island.net/xterm/modified-keys.html>): it is read as `CSI CODE ; MODIFIERS u`.
fn other_key(sequence: &[u8]) -> Option<Piece> {
    let parameters = sequence.strip_prefix(b"\x1b[27;")?.strip_suffix(b"~")?;
    let (modifiers, code) = std::str::from_utf8(parameters).ok()?.split_once(';')?;
    event(format!("\x1b[{code};{modifiers}u").as_bytes())
}

/// A paste with brackets, up to the end that it needs.
fn paste(bytes: &[u8], begin: usize) -> Found {
    match memchr::memmem::find(&bytes[begin..], PASTE_END) {
        Some(length) => {
            let text = String::from_utf8_lossy(&bytes[begin..begin + length]).into_owned();
            let piece = Piece::Event(Event::Paste(text));
            Found::Whole(Some(piece), begin + length + PASTE_END.len())
        }
        None => Found::Incomplete,
    }
}

/// Whether a reply begins so; the same bytes alone are Alt with a character.
fn is_reply(kind: u8, rest: &[u8]) -> bool {
    let first = rest.first();
    match kind {
        b']' => first.is_some_and(u8::is_ascii_digit),
        b'P' => first.is_some_and(|byte| byte.is_ascii_digit() || b"!+$>|=".contains(byte)),
        b'_' => first.is_some_and(u8::is_ascii_alphanumeric),
        _ => false,
    }
}

/// A reply to its end, BEL or `ESC \`. One that anything else breaks off was none: the bytes after it
/// are taken as they are.
fn reply(bytes: &[u8]) -> Found {
    let after = bytes[2..].iter().position(|byte| *byte < 0x20);
    match after.map(|at| at + 2) {
        Some(at) => match bytes[at..] {
            [0x07, ..] => Found::Whole(None, at + 1),
            [ESC, b'\\', ..] => Found::Whole(None, at + 2),
            [ESC] => Found::Incomplete,
            _ => Found::Whole(None, at),
        },
        None if bytes.len() > MAX_REPLY => Found::Whole(None, bytes.len()),
        None => Found::Incomplete,
    }
}
