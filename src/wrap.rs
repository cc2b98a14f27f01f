//! Text in columns: how wide it is on a terminal, where its lines are broken and how it is cut.
//!
//! A grapheme cluster (an emoji with its joiners, a letter with its marks) is never split. Columns
//! are counted a cluster at a time, as the screen counts its cells. The text is expected to be safe
//! to show: see [`crate::visible`].

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// One line of a text that was wrapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrappedRow {
    /// Where it is in the text, in bytes; without the white space or line break at its end.
    pub range: Range<usize>,
    /// How many columns it takes.
    pub width: usize,
}

/// How many columns a text on one line takes.
pub fn width(text: &str) -> usize {
    if is_simple(text) {
        return text.len();
    }
    text.graphemes(true).map(columns).sum()
}

/// Whether every byte is a grapheme cluster of one column. Most text is ASCII, of which no two
/// characters make one cluster but CR and LF.
fn is_simple(text: &str) -> bool {
    text.is_ascii() && !text.contains('\r')
}

/// A text on one line, cut to `width` columns; it ends in `…` where something was cut.
pub fn truncate(text: &str, width: usize) -> Cow<'_, str> {
    if is_simple(text) && text.len() <= width {
        return Cow::Borrowed(text);
    }
    let (mut total, mut end) = (0, 0);
    for (at, grapheme) in text.grapheme_indices(true) {
        if total < width {
            end = at; // up to here there is room for the mark
        }
        total += columns(grapheme);
        if total > width {
            return match width {
                0 => Cow::Borrowed(""),
                _ => Cow::Owned(format!("{}…", &text[..end])),
            };
        }
    }
    Cow::Borrowed(text)
}

/// The lines of a text, none wider than `width` columns.
///
/// Lines break at LF, CRLF and CR, at white space, between wide characters, and inside a word that
/// is wider than a line; white space at the end of a line is dropped, at its start it stays unless it
/// fills the line. A single character wider than `width` is left out. There is always one line.
pub fn wrap_text(text: &str, width: usize) -> Vec<String> {
    rows(text, width)
        .into_iter()
        .map(|row| text[row.range].to_owned())
        .collect()
}

/// The lines of [`wrap_text`], as places in the text.
pub fn rows(text: &str, width: usize) -> Vec<WrappedRow> {
    let mut rows = Vec::new();
    let mut start = 0;
    loop {
        let rest = &text[start..];
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        wrap_line(text, start..start + length, width, &mut rows);
        start += length;
        start += match text.as_bytes()[start..] {
            [b'\r', b'\n', ..] => 2,
            [_, ..] => 1,
            [] => break,
        };
        if start == text.len() {
            break;
        }
    }
    rows
}

fn wrap_line<'a>(text: &'a str, line: Range<usize>, width: usize, rows: &'a mut Vec<WrappedRow>) {
    let mut filler = Filler::new(line.start, width, rows);
    let mut at = line.start;
    while at < line.end {
        let grapheme = first_grapheme(&text[at..line.end]);
        filler.add(at, grapheme);
        at += grapheme.len();
    }
    filler.finish_row();
}

/// Fills rows with the characters of one line.
struct Filler<'a> {
    limit: usize,
    rows: &'a mut Vec<WrappedRow>,
    /// Where the row begins.
    start: usize,
    /// Where the last character of the row ends that is not white space; `start` if there is none.
    end: usize,
    /// Columns from `start` to `end`.
    width: usize,
    /// Columns from `start` to the next character, white space included.
    next: usize,
    /// The last place where the row can be broken.
    chance: Option<Chance>,
    /// The last character of the row; an opening one where there is none.
    last: &'a str,
}

/// A place where a row can end and the next one begin.
struct Chance {
    end: usize,
    width: usize,
    start: usize,
    next: usize,
}

impl<'a> Filler<'a> {
    const fn new(start: usize, limit: usize, rows: &'a mut Vec<WrappedRow>) -> Self {
        Self {
            limit,
            rows,
            start,
            end: start,
            width: 0,
            next: 0,
            chance: None,
            last: "(",
        }
    }

    fn add(&mut self, at: usize, grapheme: &'a str) {
        let columns = columns(grapheme);
        let after = at + grapheme.len();
        if is_space(grapheme) {
            self.next += columns;
            if self.has_content() {
                self.note_chance(after);
            }
            return;
        }
        let breaks = breaks_between(self.last, grapheme);
        if breaks && self.has_content() && self.end == at {
            self.note_chance(at);
        }
        self.last = grapheme;
        while self.next + columns > self.limit {
            if let Some(chance) = self.chance.take() {
                self.push_row(chance.end, chance.width);
                self.start = chance.start;
                self.end = self.end.max(chance.start);
                self.next -= chance.next;
                self.width = self.next;
            } else if self.has_content() {
                self.finish_row();
                self.restart(at);
            } else if self.next > 0 {
                self.restart(at); // an indent that leaves no room
            } else {
                self.start = after; // wider than any row
                self.end = after;
                return;
            }
        }
        self.next += columns;
        self.width = self.next;
        self.end = after;
    }

    const fn has_content(&self) -> bool {
        self.end > self.start
    }

    const fn note_chance(&mut self, start: usize) {
        self.chance = Some(Chance {
            end: self.end,
            width: self.width,
            start,
            next: self.next,
        });
    }

    const fn restart(&mut self, at: usize) {
        self.start = at;
        self.end = at;
        self.width = 0;
        self.next = 0;
    }

    fn push_row(&mut self, end: usize, width: usize) {
        self.rows.push(WrappedRow {
            range: self.start..end,
            width,
        });
    }

    /// Ends the row after its last character.
    fn finish_row(&mut self) {
        self.push_row(self.end, self.width);
    }
}

/// The first grapheme cluster of a text.
fn first_grapheme(text: &str) -> &str {
    match text.as_bytes() {
        // most text is ASCII, of which no two characters make one cluster but CR and LF
        [first, rest @ ..]
            if first.is_ascii() && *first != b'\r' && rest.first().is_none_or(u8::is_ascii) =>
        {
            &text[..1]
        }
        _ => text.graphemes(true).next().unwrap_or(text),
    }
}

/// How many columns a grapheme cluster takes on the screen.
pub fn columns(grapheme: &str) -> usize {
    if grapheme.len() == 1 {
        return 1;
    }
    // the screen adds a cell for each of these two
    let sound_marks = grapheme
        .chars()
        .filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}'));
    grapheme.width() + sound_marks.count()
}

/// White space at which a line can be broken.
pub fn is_space(grapheme: &str) -> bool {
    if let [byte] = grapheme.as_bytes() {
        return byte.is_ascii_whitespace();
    }
    let mut chars = grapheme.chars();
    match (chars.next(), chars.next()) {
        (Some('\u{a0}' | '\u{2007}' | '\u{202f}'), None) => false,
        (Some(c), None) => c.is_whitespace() || c == '\u{200b}',
        _ => false,
    }
}

/// Whether a line may break between two grapheme clusters that are no white space: beside a wide
/// one, but not before what closes nor behind what opens.
pub fn breaks_between(before: &str, after: &str) -> bool {
    let first = |cluster: &str| cluster.chars().next().unwrap_or(' ');
    let is_wide = |cluster: &str| columns(cluster) > 1 && first(cluster).width() == Some(2);
    (is_wide(before) || is_wide(after)) && !is_closing(first(after)) && !is_opening(first(before))
}

/// Characters that do not begin a line.
const fn is_closing(c: char) -> bool {
    matches!(
        c,
        ')' | ']'
            | '}'
            | '.'
            | ','
            | ':'
            | ';'
            | '!'
            | '?'
            | '%'
            | '…'
            | '’'
            | '”'
            | '»'
            | '\u{a0}'
            | '\u{202f}'
            | '\u{2060}'
            | '、'
            | '。'
            | '〉'
            | '》'
            | '」'
            | '』'
            | '】'
            | '〕'
            | '〗'
            | '〙'
            | '〟'
            | '々'
            | 'ー'
            | '・'
            | '！'
            | '％'
            | '）'
            | '，'
            | '．'
            | '：'
            | '；'
            | '？'
            | '］'
            | '｝'
            | '～'
            | 'ぁ'
            | 'ぃ'
            | 'ぅ'
            | 'ぇ'
            | 'ぉ'
            | 'っ'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
            | 'ァ'
            | 'ィ'
            | 'ゥ'
            | 'ェ'
            | 'ォ'
            | 'ッ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
    )
}

/// Characters that do not end a line.
const fn is_opening(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '‘'
            | '“'
            | '«'
            | '\u{a0}'
            | '\u{202f}'
            | '\u{2060}'
            | '〈'
            | '《'
            | '「'
            | '『'
            | '【'
            | '〔'
            | '〖'
            | '〘'
            | '〝'
            | '（'
            | '［'
            | '｛'
    )
}
