//! `WhatsApp`'s text formatting as styled lines, for the preview.
//!
//! There is no public grammar. The forms are those of GREEN-API's guide
//! (<https://green-api.com/en/docs/faq/how-to-format-messages>); where a mark opens and closes is
//! assumed, from how bridges to other chats read it. One pass, in time linear in the text: it runs
//! on every keystroke.

mod link;

use std::mem;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use self::link::Links;

/// How a run of text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one mark that combines with the others"
)]
pub struct Style {
    /// `*bold*`
    pub bold: bool,
    /// `_italic_`
    pub italic: bool,
    /// `~strike~`
    pub strike: bool,
    /// Inline code or a monospace block.
    pub mono: bool,
    /// An address, e-mail address or telephone number.
    pub link: bool,
}

/// A run of text in one style; it holds no line break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What is shown, without its marks.
    pub text: String,
    /// Which marks it stands between.
    pub style: Style,
}

/// What stands before a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Lead {
    /// Nothing.
    #[default]
    None,
    /// A bullet.
    Bullet,
    /// A number, as written, without its dot.
    Number(String),
    /// A quotation's bar.
    Quote,
}

/// One line of a formatted text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// What stands before it.
    pub lead: Lead,
    /// Its runs, neighbours in different styles; none for an empty line.
    pub spans: Vec<Span>,
}

/// The lines of a text, formatted.
///
/// LF, CRLF and a lone CR each end a line; one at the end of the text starts no further line. Joined
/// again, the spans are the text without line breaks, leads, the marks that came in pairs, and one
/// of each two marks that were doubled to stand for themselves.
///
/// - `*`, `_` and `~` open at the start of a line or after anything but a letter or digit, and close
///   before the end of the line or anything but a letter or digit; no white space stands inside
///   next to them. A mark that is open does not open again.
/// - A run of two equal marks is one of them, literally; three and more stay as they are.
/// - One backtick encloses code within a line, three a block that may span lines.
/// - A mark that is part of a wider character (`*` in the keycap `*️⃣`) is none.
pub fn format(text: &str) -> Vec<Line> {
    let mut scanner = Scanner {
        text,
        links: Links::new(text),
        pos: 0,
        plain: 0,
        content: 0,
        tokens: Vec::new(),
        open: Vec::with_capacity(Mark::COUNT),
        lead: Lead::None,
        lines: Vec::new(),
    };
    scanner.scan();
    scanner.lines
}

/// A mark that has to be paired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Bold,
    Italic,
    Strike,
}

impl Mark {
    const COUNT: usize = 3;

    const fn of(byte: u8) -> Option<Self> {
        match byte {
            b'*' => Some(Self::Bold),
            b'_' => Some(Self::Italic),
            b'~' => Some(Self::Strike),
            _ => None,
        }
    }

    const fn text(self) -> &'static str {
        match self {
            Self::Bold => "*",
            Self::Italic => "_",
            Self::Strike => "~",
        }
    }

    const fn toggle(self, style: &mut Style) {
        match self {
            Self::Bold => style.bold = !style.bold,
            Self::Italic => style.italic = !style.italic,
            Self::Strike => style.strike = !style.strike,
        }
    }
}

/// A piece of the line that is being read.
enum Token<'a> {
    Text(&'a str),
    Mono(&'a str),
    Link(&'a str),
    Mark { mark: Mark, paired: bool },
}

struct Scanner<'a> {
    text: &'a str,
    links: Links<'a>,
    /// Where the scanner is.
    pos: usize,
    /// Where the text begins that is not in `tokens` yet.
    plain: usize,
    /// Where the line's content begins, after its lead.
    content: usize,
    tokens: Vec<Token<'a>>,
    /// The marks that are open, with their tokens, outermost first; each mark at most once.
    open: Vec<(Mark, usize)>,
    lead: Lead,
    lines: Vec<Line>,
}

impl<'a> Scanner<'a> {
    fn scan(&mut self) {
        let mut line = 0; // where the line begins
        let mut in_word = false;
        self.start_line();
        while let Some(&byte) = self.text.as_bytes().get(self.pos) {
            match byte {
                b'\n' | b'\r' => {
                    self.end_line();
                    self.skip_break();
                    self.start_line();
                    line = self.pos;
                    in_word = false;
                }
                b'`' => {
                    line = self.backticks().unwrap_or(line);
                    in_word = false;
                }
                b'*' | b'_' | b'~' => {
                    self.marks(byte);
                    in_word = false;
                }
                0..=0x7f => {
                    if !in_word && let Some(end) = self.links.at(self.pos) {
                        self.token(Token::Link(&self.text[self.pos..end]), end);
                        in_word = true;
                    } else {
                        in_word = byte.is_ascii_alphanumeric();
                        self.pos += 1;
                    }
                }
                _ => {
                    let rest = &self.text.as_bytes()[self.pos..];
                    self.pos += rest.iter().take_while(|b| !b.is_ascii()).count();
                    let last = self.text[..self.pos].chars().next_back();
                    in_word = last.is_some_and(char::is_alphanumeric);
                }
            }
        }
        if line < self.pos {
            self.end_line();
        }
    }

    /// Reads the lead of the line that begins here.
    fn start_line(&mut self) {
        let (lead, length) = lead(&self.text[self.pos..]);
        self.lead = lead;
        self.pos += length;
        self.plain = self.pos;
        self.content = self.pos;
    }

    fn skip_break(&mut self) {
        let is_pair = self.text[self.pos..].starts_with("\r\n");
        self.pos += if is_pair { 2 } else { 1 };
        self.plain = self.pos;
    }

    /// Ends the line here.
    fn end_line(&mut self) {
        self.flush_plain();
        self.open.clear();
        let mut spans = Vec::new();
        let mut style = Style::default();
        for token in self.tokens.drain(..) {
            match token {
                Token::Text(text) => push(&mut spans, text, style),
                Token::Mono(text) => push(
                    &mut spans,
                    text,
                    Style {
                        mono: true,
                        ..style
                    },
                ),
                Token::Link(text) => push(
                    &mut spans,
                    text,
                    Style {
                        link: true,
                        ..style
                    },
                ),
                Token::Mark { mark, paired: true } => mark.toggle(&mut style),
                Token::Mark { mark, .. } => push(&mut spans, mark.text(), style),
            }
        }
        let lead = mem::take(&mut self.lead);
        self.lines.push(Line { lead, spans });
    }

    fn flush_plain(&mut self) {
        if self.plain < self.pos {
            let plain = &self.text[self.plain..self.pos];
            self.tokens.push(Token::Text(plain));
        }
        self.plain = self.pos;
    }

    /// Adds a token that reaches from here to `end`.
    fn token(&mut self, token: Token<'a>, end: usize) {
        self.flush_plain();
        self.tokens.push(token);
        self.pos = end;
        self.plain = end;
    }

    /// Reads a run of `*`, `_` or `~`.
    fn marks(&mut self, byte: u8) {
        let run = run(self.text, self.pos, byte);
        let after = self.pos + run;
        match run - usize::from(joins(self.text, after)) {
            1 => self.mark(byte),
            2 => {
                let mark = &self.text[self.pos..=self.pos];
                self.token(Token::Text(mark), self.pos + 2);
            }
            _ => self.pos = after,
        }
    }

    /// Reads one mark: it closes its like if it can, else it opens if it can, else it is literal.
    fn mark(&mut self, byte: u8) {
        let Some(mark) = Mark::of(byte) else { return };
        let mut before = self.text[self.content..self.pos].chars().rev();
        // a combining mark counts as what it stands on
        let before = before.find(|c| c.width() != Some(0));
        let after = self.text[self.pos + 1..].chars().next();
        let opens = after.is_some_and(|c| !c.is_whitespace())
            && before.is_none_or(|c| !c.is_alphanumeric());
        let closes = before.is_some_and(|c| !c.is_whitespace())
            && after.is_none_or(|c| !c.is_alphanumeric());
        let depth = self.open.iter().position(|&(open, _)| open == mark);
        self.flush_plain();
        match depth {
            Some(depth) if closes => self.close(depth),
            None if opens => self.open.push((mark, self.tokens.len())),
            _ => {}
        }
        let paired = depth.is_some() && closes;
        self.token(Token::Mark { mark, paired }, self.pos + 1);
    }

    /// Closes the mark at this depth; those that were opened inside stay literal.
    fn close(&mut self, depth: usize) {
        let opener = self.open[depth].1;
        if let Some(Token::Mark { paired, .. }) = self.tokens.get_mut(opener) {
            *paired = true;
        }
        self.open.truncate(depth);
    }

    /// Reads a run of backticks with what it encloses; where the last line of a block begins, if it
    /// spans lines.
    fn backticks(&mut self) -> Option<usize> {
        let run = run(self.text, self.pos, b'`');
        let inside = self.pos + run;
        match run {
            1 => match self.closing(inside, 1) {
                Some(end) => self.token(Token::Mono(&self.text[inside..end]), end + 1),
                None => self.pos = inside,
            },
            2 => self.token(Token::Text("`"), inside),
            3 => match self.closing(inside, 3) {
                Some(end) => return self.block(inside, end),
                None => self.pos = inside,
            },
            _ => self.pos = inside,
        }
        None
    }

    /// Where the next run of exactly so many backticks is: on this line for one, anywhere for three.
    ///
    /// A search that finds nothing is not made again, for there is no such run left to begin one.
    fn closing(&self, from: usize, length: usize) -> Option<usize> {
        let mut pos = from;
        loop {
            let rest = &self.text[pos..];
            let next = if length == 1 {
                rest.find(['`', '\n', '\r'])?
            } else {
                rest.find('`')?
            };
            pos += next;
            match run(self.text, pos, b'`') {
                0 => return None,
                found if found == length => return Some(pos),
                found => pos += found,
            }
        }
    }

    /// Reads a monospace block that holds the text from `start` to `end`; where its last line
    /// begins, if it spans lines.
    fn block(&mut self, start: usize, end: usize) -> Option<usize> {
        self.flush_plain();
        self.pos = start;
        let mut line = None;
        loop {
            let rest = &self.text[self.pos..end];
            let stop = rest.find(['\n', '\r']);
            let length = stop.unwrap_or(rest.len());
            if length > 0 {
                self.tokens.push(Token::Mono(&rest[..length]));
            }
            self.pos += length;
            self.plain = self.pos;
            if stop.is_none() {
                break;
            }
            self.end_line();
            self.skip_break();
            self.content = self.pos;
            line = Some(self.pos);
        }
        self.pos = end + 3;
        self.plain = self.pos;
        line
    }
}

/// Adds a run of text to the last span if that has the same style.
fn push(spans: &mut Vec<Span>, text: &str, style: Style) {
    match spans.last_mut() {
        Some(last) if last.style == style => last.text.push_str(text),
        _ => spans.push(Span {
            text: text.to_owned(),
            style,
        }),
    }
}

/// How often a byte stands at a place.
fn run(text: &str, pos: usize, byte: u8) -> usize {
    let rest = &text.as_bytes()[pos..];
    rest.iter().take_while(|&&b| b == byte).count()
}

/// Whether what stands at `pos` belongs to the same character as the ASCII mark before it.
fn joins(text: &str, pos: usize) -> bool {
    text.as_bytes().get(pos).is_some_and(|byte| byte >= &0x80)
        && text[pos - 1..]
            .graphemes(true)
            .next()
            .is_some_and(|first| first.len() > 1)
}

/// The lead at the start of a line and its length in bytes; a line of nothing else has none.
fn lead(line: &str) -> (Lead, usize) {
    /// No list is numbered further, and a longer number is one of an order or a telephone.
    const MOST_DIGITS: usize = 4;

    let bytes = line.as_bytes();
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let (lead, length) = match bytes {
        [b'*' | b'-', b' ', ..] => (Lead::Bullet, 2),
        [b'>', b' ', ..] => (Lead::Quote, 2),
        _ if (1..=MOST_DIGITS).contains(&digits) && bytes[digits..].starts_with(b". ") => {
            (Lead::Number(line[..digits].to_owned()), digits + 2)
        }
        _ => return (Lead::None, 0),
    };
    let mut rest = line[length..].chars();
    let has_content = rest
        .find(|&c| !c.is_whitespace() || matches!(c, '\n' | '\r'))
        .is_some_and(|c| !c.is_whitespace());
    if has_content {
        (lead, length)
    } else {
        (Lead::None, 0)
    }
}
