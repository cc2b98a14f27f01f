//! The braces of a text: which are variables, which are escaped, which are neither.

use std::fmt;

use memchr::memchr2;

use crate::visible;

/// The most characters of a text that a message about its braces repeats.
const LONGEST_SHOWN: usize = 40;

/// How far the other end of what looks like a variable is looked for, in bytes: a text is read once,
/// whatever is in it.
const LONGEST_WRONG: usize = 80;

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text without a meaning of its own.
    Text(&'a str),
    /// Four braces, which are two that are sent: these.
    Braces(&'static str),
    /// A variable.
    Variable {
        /// Its name.
        name: &'a str,
        /// The name with its braces.
        raw: &'a str,
    },
    /// What looks like a variable.
    Wrong(Wrong<'a>),
}

/// What looks like a variable and is none; shown, it is a sentence with the right spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrong<'a> {
    /// The part of the text that is left as it is.
    raw: &'a str,
    /// The part of the text that is shown.
    shown: &'a str,
    /// Why it is no variable.
    pub mistake: Mistake,
}

/// Why something is no variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    /// `{{nome do cliente}}`, `{{name|there}}`: no name stands between the braces.
    Name,
    /// `{{}}`
    Empty,
    /// `{{name`, `{{name}`
    NotClosed,
    /// `name}}`, `{name}}`
    NotOpened,
    /// `{{{name}}}`, `{{name}}}`
    ThreeBraces,
    /// `{"a":{"b":{"c":{"d":1}}}}`: four braces that close single ones would be sent as two.
    Escaped,
}

impl<'a> Piece<'a> {
    /// The text that is sent for it; `None` for a variable, and for what looks like one.
    pub(super) const fn plain(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) | Self::Braces(text) => Some(text),
            Self::Variable { .. } | Self::Wrong(_) => None,
        }
    }

    /// It as it stands in the text; of [`Piece::Braces`] what is sent.
    pub(super) const fn raw(&self) -> &'a str {
        match self {
            Self::Text(raw) | Self::Braces(raw) | Self::Variable { raw, .. } => raw,
            Self::Wrong(wrong) => wrong.raw,
        }
    }
}

/// The parts of a text, in its order.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    read(text, false)
}

/// Whether a text has a variable in it, or something that looks like one.
pub(super) fn has_any(text: &str) -> bool {
    let pieces = read(text, true);
    pieces.iter().any(|piece| piece.plain().is_none())
}

/// The parts of a text; all of them, or those up to the first that is not sent as it is.
fn read(text: &str, first: bool) -> Vec<Piece<'_>> {
    let mut reader = Reader {
        text,
        pieces: Vec::new(),
        plain_from: 0,
        at: 0,
        open: 0,
    };
    let bytes = text.as_bytes();
    while let Some(next) = memchr2(b'{', b'}', &bytes[reader.at..]) {
        if first
            && reader
                .pieces
                .last()
                .is_some_and(|piece| piece.plain().is_none())
        {
            break;
        }
        reader.at += next;
        if bytes[reader.at] == b'{' {
            reader.opening();
        } else {
            reader.closing(reader.run(b'}'), false);
        }
    }
    reader.at = text.len();
    reader.flush();
    reader.pieces
}

/// Braces that the text balances as single ones, four of them together, so that two would be sent
/// where four were most likely meant.
pub(super) fn taken_for_escaped(text: &str) -> Option<Wrong<'_>> {
    let at = text.find("}}}}")?;
    let count = |brace| text.matches(brace).count();
    let balanced = !text.contains("{{") && count('{') == count('}');
    let shown = &text[at..at + 4];
    balanced.then_some(Wrong {
        raw: shown,
        shown,
        mistake: Mistake::Escaped,
    })
}

struct Reader<'a> {
    text: &'a str,
    pieces: Vec<Piece<'a>>,
    /// The byte at which the text begins that is no piece yet.
    plain_from: usize,
    /// The byte that is read next.
    at: usize,
    /// How many single braces are open.
    open: usize,
}

impl<'a> Reader<'a> {
    /// How many of a brace follow each other from here.
    fn run(&self, brace: u8) -> usize {
        let rest = self.text.as_bytes()[self.at..].iter();
        rest.take_while(|byte| **byte == brace).count()
    }

    /// Makes a piece of the text before this place.
    fn flush(&mut self) {
        if self.plain_from < self.at {
            self.pieces
                .push(Piece::Text(&self.text[self.plain_from..self.at]));
        }
        self.plain_from = self.at;
    }

    /// Goes on behind a piece of so many bytes.
    fn push(&mut self, length: usize, piece: Piece<'a>) {
        self.flush();
        self.pieces.push(piece);
        self.at += length;
        self.plain_from = self.at;
    }

    fn opening(&mut self) {
        let run = self.run(b'{');
        for _ in 0..run / 4 {
            self.push(4, Piece::Braces("{{"));
        }
        match run % 4 {
            1 => {
                self.open += 1;
                self.at += 1;
            }
            2 => self.variable(),
            3 => {
                let raw = self.up_to_close(3, 3);
                self.wrong(raw, raw, Mistake::ThreeBraces);
            }
            _ => {}
        }
    }

    /// Two opening braces.
    fn variable(&mut self) {
        let inside = self.text[self.at + 2..].trim_start_matches(' ');
        let length = inside.find(|c: char| !is_of_a_name(c));
        let (name, after) = inside.split_at(length.unwrap_or(inside.len()));
        let close = after.trim_start_matches(' ');
        if !name.is_empty() && close.starts_with("}}") {
            let length = self.text.len() - close.len() + 2 - self.at;
            let raw = &self.text[self.at..self.at + length];
            self.push(length, Piece::Variable { name, raw });
            let run = self.run(b'}');
            if run > 0 {
                self.closing(run, true);
            }
            return;
        }
        let raw = self.up_to_close(2, 2);
        let mistake = match raw[2..].strip_suffix("}}") {
            None => Mistake::NotClosed,
            Some(name) if name.trim().is_empty() => Mistake::Empty,
            Some(_) => Mistake::Name,
        };
        self.wrong(raw, raw, mistake);
    }

    /// What begins here with so many braces, up to as many that close it; where there are none on
    /// the line, up to a single one, or to the end of the word.
    fn up_to_close(&self, braces: usize, most: usize) -> &'a str {
        let rest = &self.text[self.at..];
        let inside = &rest[braces..];
        let inside = &inside[..boundary(inside, LONGEST_WRONG)];
        // byte by byte, once: a text may have one of these at every third
        let bytes = inside.as_bytes();
        let mut single = None;
        let mut end = bytes.len();
        for (at, byte) in bytes.iter().enumerate() {
            let is_double = bytes.get(at + 1) == Some(byte);
            match byte {
                b'\n' | b'\r' => end = at,
                b'{' if is_double => end = at,
                b'}' if is_double => {
                    let run = bytes[at..].iter().take_while(|byte| **byte == b'}');
                    return &rest[..braces + at + run.count().min(most)];
                }
                b'}' => single = single.or(Some(at)),
                _ => {}
            }
            if end == at {
                break;
            }
        }
        let length = single.map_or_else(
            || {
                let line = &inside[..end];
                let word = line.trim_start_matches(' ');
                let word_length = word.find(char::is_whitespace).unwrap_or(word.len());
                line.len() - word.len() + word_length
            },
            |close| close + 1,
        );
        &rest[..braces + length]
    }

    /// So many closing braces; whether the first two of them in the text closed a variable.
    fn closing(&mut self, run: usize, after_variable: bool) {
        if run < 4 && run <= self.open || run == 1 && !after_variable {
            self.open = self.open.saturating_sub(run);
            self.at += run;
            return;
        }
        for _ in 0..run / 4 {
            self.push(4, Piece::Braces("}}"));
            self.open = self.open.saturating_sub(2);
        }
        let rest = run % 4;
        if rest == 0 {
            return;
        }
        if rest <= self.open || rest == 1 && run > 1 {
            self.open = self.open.saturating_sub(rest);
            self.at += rest;
            return;
        }
        let raw = &self.text[self.at..self.at + rest];
        let shown = self.word_before(rest);
        let mistake = match (after_variable, rest) {
            (true, 1) | (_, 3) => Mistake::ThreeBraces,
            _ => Mistake::NotOpened,
        };
        self.wrong(raw, shown, mistake);
    }

    /// The last word before this place, with so many bytes behind it.
    fn word_before(&self, bytes: usize) -> &'a str {
        let far = self.at.saturating_sub(LONGEST_WRONG);
        let start = boundary(self.text, far);
        let before = &self.text[..self.at];
        let is_end = |c: char| c.is_whitespace() && c != ' ';
        let line = before[start..].rfind(is_end).map_or(start, |end| {
            let end = start + end;
            end + before[end..].chars().next().map_or(0, char::len_utf8)
        });
        let open = before[line..].rfind("{{").map(|open| line + open);
        let word = match open.filter(|open| !before[*open..].contains("}}")) {
            Some(open) => before[..open].trim_end_matches('{').len(),
            None => before[line..]
                .rfind(' ')
                .map_or(line, |blank| line + blank + 1),
        };
        &self.text[word..self.at + bytes]
    }

    fn wrong(&mut self, raw: &'a str, shown: &'a str, mistake: Mistake) {
        let wrong = Wrong {
            raw,
            shown,
            mistake,
        };
        self.push(raw.len(), Piece::Wrong(wrong));
    }
}

/// The last boundary of characters up to a byte of a text.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn is_of_a_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

impl Wrong<'_> {
    /// The name that was most likely meant: what stands before a filter, its words joined.
    fn meant(&self) -> Option<String> {
        let inside = self.shown.trim_matches(['{', '}']);
        let inside = inside.split(['|', '?']).next().unwrap_or_default();
        if inside.contains(['"', '\'', ':', '#', '%', '&', '=', '{', '}']) {
            return None;
        }
        let words = inside.split(|c| !is_of_a_name(c));
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let name = words.join("_");
        let is_short = name.chars().count() <= LONGEST_SHOWN;
        (is_short && name.contains(char::is_alphanumeric)).then_some(name)
    }
}

impl fmt::Display for Wrong<'_> {
    /// For people: what it is, and how to write what was meant.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown: String = self.shown.chars().take(LONGEST_SHOWN).collect();
        if shown.len() < self.shown.len() {
            shown.push('…');
        }
        let shown = visible::line(&shown);
        let why = match self.mistake {
            Mistake::Name => "a variable's name is letters, digits, _, - and . alone",
            Mistake::Empty => "there is no name between the braces",
            Mistake::NotClosed => "the variable is not closed by two braces",
            Mistake::NotOpened => "the braces close no variable",
            Mistake::ThreeBraces => "a variable has two braces on each side",
            Mistake::Escaped => {
                return write!(
                    f,
                    "}}}}}}}} sends two braces, as double braces are written twice: write }}}}}}}}}}}}}}}} \
                     where four are meant, or put spaces between them"
                );
            }
        };
        write!(f, "{shown} would be sent as it is: {why}; write ")?;
        if let Some(name) = self.meant() {
            write!(f, "{{{{{name}}}}}, or ")?;
        }
        f.write_str("{{{{ and }}}} for double braces that are meant")
    }
}
