//! What the recipient sees: a draft as styled lines, for the screen and for the prompt alike.
//!
//! It is a likeness, not a picture: the same frame for every platform, with what is known of how
//! phones differ. Nothing of the message is hidden, whatever its length, and nothing that comes out
//! is a control character.

mod poll;
mod sections;
mod template;
pub mod wrap;

use std::borrow::Cow;

use crate::gateway::Platform;
use crate::message::markup::{self, Lead, Style};
use crate::message::recipient::Recipient;
use crate::message::{Action, Button, Draft, Message, Quote, variables};
use crate::visible;
use crate::wrap::{truncate, width as columns};

/// After about so many characters phones fold a text behind "Read more" (assumed).
const FOLD: usize = 768;

/// So many lines of a quoted message are shown (assumed: phones show about as many).
const QUOTED_LINES: usize = 3;

/// Frames narrower than this are left out, for the text needs the room.
const NARROWEST_FRAME: usize = 8;

/// What a run of text is, for a theme to give it colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// The bubble's frame.
    Frame,
    /// The header.
    Header,
    /// The text.
    #[default]
    Body,
    /// The footer, and the time.
    Faint,
    /// A button.
    Button,
    /// A quotation, and the quoted message.
    Quote,
    /// The place of a picture, which is drawn on it.
    Picture,
}

/// A run of text in one style; never a control character.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Span {
    /// The text.
    pub text: String,
    /// What it is.
    pub role: Role,
    /// Its formatting.
    pub style: Style,
}

/// One line, not wider than was asked for.
pub type Line = Vec<Span>;

/// The bubble, `width` columns wide at the most; nothing where there is no width.
///
/// `time` is shown as it is given. On phones a line marks where a long text is folded; the text goes
/// on below it. Below a catalog and a list stands what their button opens, in a frame of its own.
/// Below eight columns the frames are left out.
pub fn bubble(draft: &Draft, platform: Platform, time: Option<&str>, width: usize) -> Vec<Line> {
    bubble_with_picture(draft, platform, time, width, None)
}

/// The columns of a picture, at the most, in a bubble of so many.
pub const fn picture_room(width: usize) -> usize {
    if width >= NARROWEST_FRAME {
        width - 4
    } else {
        width
    }
}

/// The same, with a catalog's picture as so many columns and rows of [`Role::Picture`] in the place
/// of its name.
pub fn bubble_with_picture(
    draft: &Draft,
    platform: Platform,
    time: Option<&str>,
    width: usize,
    picture: Option<(usize, usize)>,
) -> Vec<Line> {
    if width == 0 {
        return Vec::new();
    }
    let draft = &*variables::as_sent(draft);
    let is_framed = width >= NARROWEST_FRAME;
    let empty = || Content {
        width: picture_room(width),
        rows: Vec::new(),
    };
    let (mut content, mut opened) = (empty(), empty());
    if let Some(quote) = &draft.quote {
        content.quote(quote);
    }
    match &draft.message {
        Message::Text(message) => {
            content.body(&message.text, platform);
            content.time(time);
        }
        Message::Buttons(message) => {
            content.header(&message.header);
            content.body(&message.text, platform);
            content.footer(&message.footer);
            content.time(time);
            content.buttons(&message.buttons);
        }
        Message::Catalog(message) => {
            match picture {
                Some((columns, rows)) => content.pixels(columns, rows),
                None => content.picture(message),
            }
            content.header(&message.title);
            content.body(&message.text, platform);
            content.footer(&message.footer);
            content.time(time);
            content.opener(&message.button);
            opened.products(message);
        }
        Message::List(message) => {
            content.header(&message.title);
            content.body(&message.text, platform);
            content.footer(&message.footer);
            content.time(time);
            content.opener(&message.button);
            opened.list(message);
        }
        Message::Template(message) => {
            content.template(message);
            content.time(time);
            content.fillings(message);
        }
        Message::Poll(message) => {
            content.poll(message);
            content.time(time);
            content.votes();
        }
        Message::ButtonReply(message) => {
            content.answer(&message.selected.text);
            content.time(time);
        }
        Message::ListReply(message) => {
            content.answer(&message.selected.text);
            content.footer(&message.selected.description);
            content.time(time);
        }
    }
    if is_framed {
        let widths = [&content, &opened].map(Content::widest);
        let width = widths.into_iter().max().unwrap_or(0);
        let mut lines = framed(content.rows, width);
        if !opened.rows.is_empty() {
            lines.extend(framed(opened.rows, width));
        }
        lines
    } else {
        let rows = content.rows.into_iter().chain(opened.rows);
        let lines = rows.filter(|row| !row.is_rule());
        lines.map(|row| row.line).collect()
    }
}

/// Where a row stands between the sides of the frame.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Left,
    Centre,
    Right,
    /// A line across the frame instead of text.
    Rule,
}

/// One line inside the frame.
struct BubbleRow {
    line: Line,
    /// How many columns it takes.
    width: usize,
    place: Place,
}

impl BubbleRow {
    fn is_rule(&self) -> bool {
        self.place == Place::Rule
    }
}

/// The rows of a bubble, from the top.
struct Content {
    /// The most columns that a row may take.
    width: usize,
    rows: Vec<BubbleRow>,
}

impl Content {
    /// Adds styled text. `lead` stands before its first line; before the others a bar stands again,
    /// and the width of anything else is kept free.
    fn add(&mut self, lead: Option<&Span>, mut spans: Vec<Span>, place: Place) {
        let mut lead = lead.cloned();
        let indent = lead.as_ref().map_or(0, |lead| columns(&lead.text));
        if indent * 2 > self.width {
            // too little room is left beside it: it is the text's first word
            spans.splice(0..0, lead.take());
        }
        let indent = lead.as_ref().map_or(0, |_| indent);
        for (mut line, width) in wrap::rows(&spans, self.width - indent) {
            if let Some(lead) = &mut lead {
                line.insert(0, lead.clone());
                if lead.text != BAR {
                    lead.text = " ".repeat(indent);
                }
            }
            self.rows.push(BubbleRow {
                line,
                width: width + indent,
                place,
            });
        }
    }

    /// Adds text that has no markup, line by line.
    fn plain(&mut self, lead: Option<&Span>, text: &str, role: Role, style: Style) {
        for line in lines(text) {
            self.add(lead, vec![span(shown(line), role, style)], Place::Left);
        }
    }

    fn quote(&mut self, quote: &Quote) {
        let bar = span(BAR, Role::Quote, Style::default());
        let author = author(&quote.participant);
        self.plain(Some(&bar), &author, Role::Quote, BOLD);
        if quote.body.is_empty() {
            self.plain(Some(&bar), &quote.id, Role::Quote, Style::default());
            return;
        }
        let start = self.rows.len();
        let most = start + QUOTED_LINES;
        for line in markup::format(&quote.body) {
            if self.rows.len() > most {
                break;
            }
            let spans = styled(line, Role::Quote);
            self.add(Some(&bar), spans, Place::Left);
        }
        if self.rows.len() > most {
            self.rows.truncate(most - 1);
            self.plain(Some(&bar), "…", Role::Quote, Style::default());
        }
    }

    fn header(&mut self, header: &str) {
        self.plain(None, header, Role::Header, BOLD);
    }

    fn body(&mut self, text: &str, platform: Platform) {
        if text.trim().is_empty() {
            self.plain(None, "no text yet", Role::Faint, Style::default());
            return;
        }
        let is_folded = matches!(platform, Platform::Android | Platform::Ios);
        let mut fold = Some(FOLD).filter(|_| is_folded && text.len() > FOLD);
        for line in markup::format(text) {
            let start = self.rows.len();
            let (lead, role) = match &line.lead {
                Lead::None => (None, Role::Body),
                Lead::Bullet => (Some("• ".to_owned()), Role::Body),
                Lead::Number(number) => (Some(format!("{number}. ")), Role::Body),
                Lead::Quote => (Some(BAR.to_owned()), Role::Quote),
            };
            let lead = lead.map(|lead| span(lead, role, Style::default()));
            self.add(lead.as_ref(), styled(line, role), Place::Left);
            if let Some(left) = fold {
                fold = self.fold(start, left);
            }
        }
        // a fold below which nothing follows is none
        if self
            .rows
            .last()
            .is_some_and(|row| row.place == Place::Centre)
        {
            self.rows.pop();
        }
    }

    /// Puts the mark of the fold below the row that reaches it, from the row `start` on, if `left`
    /// characters lead there; how many are left, if they do not.
    fn fold(&mut self, start: usize, left: usize) -> Option<usize> {
        let mut left = left;
        for at in start..self.rows.len() {
            let line = &self.rows[at].line;
            let length: usize = line.iter().map(|span| span.text.chars().count()).sum();
            left = left.saturating_sub(length);
            if left == 0 {
                let mark = truncate("┄┄ Read more ┄┄", self.width).into_owned();
                let row = BubbleRow {
                    width: columns(&mark),
                    line: vec![span(mark, Role::Faint, Style::default())],
                    place: Place::Centre,
                };
                self.rows.insert(at + 1, row);
                return None;
            }
        }
        Some(left.saturating_sub(1)) // the line break
    }

    fn footer(&mut self, footer: &str) {
        self.plain(None, footer, Role::Faint, Style::default());
    }

    fn time(&mut self, time: Option<&str>) {
        if let Some(time) = time {
            let time = span(shown(time), Role::Faint, Style::default());
            self.add(None, vec![time], Place::Right);
        }
    }

    /// Adds a row without text: a line across the frame, or nothing at all.
    fn bare(&mut self, place: Place) {
        self.rows.push(BubbleRow {
            line: Line::new(),
            width: 0,
            place,
        });
    }

    fn buttons(&mut self, buttons: &[Button]) {
        if !buttons.is_empty() {
            self.bare(Place::Rule);
        }
        for button in buttons {
            let icon = match button.action {
                Action::Reply => "↩ ",
                Action::Copy { .. } => "⧉ ",
                Action::Call { .. } => "☎ ",
                Action::Url { .. } => "↗ ",
                Action::Pix(_) => "◈ ",
            };
            self.button(icon, &button.text);
        }
    }

    fn button(&mut self, icon: &str, text: &str) {
        let icon = span(icon, Role::Button, Style::default());
        let text = words(text, "no text yet", Role::Button, Style::default());
        self.add(None, vec![icon, text], Place::Centre);
    }

    /// The words of what a reply selects.
    fn answer(&mut self, text: &str) {
        if text.trim().is_empty() {
            self.plain(None, "no text yet", Role::Faint, Style::default());
        } else {
            self.plain(None, text, Role::Body, Style::default());
        }
    }

    fn widest(&self) -> usize {
        self.rows.iter().map(|row| row.width).max().unwrap_or(0)
    }
}

/// A text of one line, or what stands there while it is blank.
fn words(text: &str, missing: &str, role: Role, style: Style) -> Span {
    if text.trim().is_empty() {
        span(missing, Role::Faint, Style::default())
    } else {
        span(shown(text), role, style)
    }
}

/// What stands before every line of a quotation.
const BAR: &str = "▌ ";

const BOLD: Style = Style {
    bold: true,
    italic: false,
    strike: false,
    mono: false,
    link: false,
};

fn span(text: impl Into<String>, role: Role, style: Style) -> Span {
    Span {
        text: text.into(),
        role,
        style,
    }
}

/// The runs of a formatted line, safe to show.
fn styled(line: markup::Line, role: Role) -> Vec<Span> {
    let spans = line.spans.into_iter();
    spans
        .map(|run| match shown(&run.text) {
            Cow::Owned(text) => span(text, role, run.style),
            Cow::Borrowed(_) => span(run.text, role, run.style),
        })
        .collect()
}

/// A text on one line, safe to show; a tab is four spaces.
fn shown(text: &str) -> Cow<'_, str> {
    if text.contains('\t') {
        Cow::Owned(visible::line(&text.replace('\t', "    ")).into_owned())
    } else {
        visible::line(text)
    }
}

/// The lines of a text that has no markup; none of an empty one.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('\r'))
}

/// Who wrote the quoted message: a telephone number where the address is one.
fn author(participant: &str) -> String {
    match participant.parse::<Recipient>() {
        Ok(recipient) => recipient.to_string(),
        Err(_) => participant.to_owned(),
    }
}

/// The rows in a frame with room for `width` columns.
fn framed(rows: Vec<BubbleRow>, width: usize) -> Vec<Line> {
    let edge = |left: char, right: char| {
        let mut text = String::with_capacity((width + 4) * '─'.len_utf8());
        text.push(left);
        text.extend(std::iter::repeat_n('─', width + 2));
        text.push(right);
        vec![span(text, Role::Frame, Style::default())]
    };
    let mut lines = Vec::with_capacity(rows.len() + 2);
    lines.push(edge('╭', '╮'));
    for row in rows {
        let free = width - row.width;
        let before = match row.place {
            Place::Left => 0,
            Place::Centre => free / 2,
            Place::Right => free,
            Place::Rule => {
                lines.push(edge('├', '┤'));
                continue;
            }
        };
        let mut line = Line::with_capacity(row.line.len() + 2);
        line.push(span(
            format!("│{:before$} ", ""),
            Role::Frame,
            Style::default(),
        ));
        line.extend(row.line);
        let after = free - before;
        line.push(span(
            format!(" {:after$}│", ""),
            Role::Frame,
            Style::default(),
        ));
        lines.push(line);
    }
    lines.push(edge('╰', '╯'));
    lines
}
