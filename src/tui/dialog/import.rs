//! The dialog into which a gateway's JSON or a curl command is pasted; below it stands what was
//! understood.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::Line;

use super::shape::{Shape, centred, draw_keys, inner};
use super::{Dialog, Look};
use crate::import::{self, Source};
use crate::message::recipient::Recipient;
use crate::message::{Draft, Field as Place};
use crate::tui::widget::field::{Field, Response};
use crate::tui::widget::glyph;
use crate::tui::widget::paragraph::wrapped;

/// How much can be pasted, in bytes. It is read with every key.
const MOST: usize = 256 * 1024;

/// How many of the keys that are left out are named.
const NAMED: usize = 12;

/// The largest dialog.
const LARGEST: Size = Size {
    width: 100,
    height: 26,
};

/// The fewest rows of the text.
const TEXT_ROWS: usize = 3;

/// The text that is imported, and what was understood of it.
#[derive(Debug, Clone)]
pub struct ImportPrompt {
    /// The text.
    pub field: Field,
    found: Found,
}

/// What a text turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// There is no text yet.
    Nothing,
    /// The last paste was not taken: so many bytes would be too many.
    TooLong(usize),
    /// No message; why.
    NoMessage(String),
    /// A message.
    Message {
        /// Whose body it was.
        source: Source,
        /// The message.
        draft: Box<Draft>,
        /// What has no place in a draft: the first of these keys, and how many there are.
        left_out: (Vec<String>, usize),
        /// What was read otherwise than it is written, and which texts are missing.
        warnings: Vec<String>,
    },
}

impl Default for ImportPrompt {
    fn default() -> Self {
        Self {
            field: Field::new("", true),
            found: Found::Nothing,
        }
    }
}

impl ImportPrompt {
    /// What was understood.
    pub const fn found(&self) -> &Found {
        &self.found
    }

    /// The message, and how many keys it has no place for.
    pub fn message(self) -> Option<(Draft, usize)> {
        match self.found {
            Found::Message {
                draft, left_out, ..
            } => Some((*draft, left_out.1)),
            _ => None,
        }
    }

    /// Takes in what is pasted, as far as it is not too much.
    pub fn paste(&mut self, text: &str, now: Duration) {
        let length = self.field.text().len().saturating_add(text.len());
        if length > MOST {
            self.found = Found::TooLong(length);
        } else if self.field.insert(text, now) == Response::Changed {
            self.read();
        }
    }

    fn typed(&mut self, key: KeyEvent, now: Duration) {
        if self.field.key(key, now) == Response::Changed {
            self.read();
        }
    }

    /// Begins a new line.
    pub fn new_line(&mut self, now: Duration) {
        self.typed(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE), now);
    }

    /// Reads the text anew.
    pub fn read(&mut self) {
        let text = self.field.text();
        self.found = if text.trim().is_empty() {
            Found::Nothing
        } else {
            match import::import(&text) {
                Ok(imported) => {
                    let count = imported.left_out.len();
                    let mut left_out = imported.left_out;
                    left_out.truncate(NAMED);
                    Found::Message {
                        warnings: warnings(imported.warnings, &imported.missing),
                        source: imported.source,
                        draft: Box::new(imported.draft),
                        left_out: (left_out, count),
                    }
                }
                Err(error) => Found::NoMessage(error.to_string()),
            }
        };
    }
}

/// What is said of a message that was imported, a few sentences.
fn warnings(mut warnings: Vec<String>, missing: &[Place]) -> Vec<String> {
    warnings.truncate(NAMED);
    if !missing.is_empty() {
        let named = missing.iter().take(NAMED).map(ToString::to_string);
        let named = named.collect::<Vec<_>>().join(", ");
        let more = if missing.len() > NAMED { ", …" } else { "" };
        warnings.push(format!("Empty in it: {named}{more}"));
    }
    warnings
}

fn area(size: Size) -> Rect {
    let width = size.width.saturating_sub(4).min(LARGEST.width);
    let height = size.height.saturating_sub(2).min(LARGEST.height);
    centred(size, width, height)
}

/// The text's place, and the words that stand below it and a rule.
fn parts(look: &Look<'_>, prompt: &ImportPrompt) -> (Rect, Vec<Line<'static>>) {
    let inner = inner(area(look.size));
    let mut words = words(look, prompt, usize::from(inner.width));
    let room = usize::from(inner.height)
        .saturating_sub(TEXT_ROWS + 1)
        .max(1);
    if words.len() > room {
        let more = words.len() - (room - 1);
        words.truncate(room - 1);
        words.extend(wrapped(
            &format!("… {more} lines more"),
            usize::from(inner.width),
            look.theme.dim,
        ));
    }
    let below = u16::try_from(words.len()).unwrap_or(0);
    let text = Rect {
        height: inner.height.saturating_sub(below + 1),
        ..inner
    };
    (text, words)
}

/// What was understood, or why nothing was.
fn words(look: &Look<'_>, prompt: &ImportPrompt, width: usize) -> Vec<Line<'static>> {
    let theme = &look.theme;
    match &prompt.found {
        Found::Nothing => wrapped(
            &format!(
                "The JSON body of a request to {}, or the command that sends it (curl, wget, PowerShell, .http).",
                Source::NAMES
            ),
            width,
            theme.text,
        ),
        Found::TooLong(bytes) => {
            let words = format!(
                "✗ That is too much to paste: {} KB, of at most {} KB. Keep it in a file: `wacompose import FILE` reads it.",
                bytes.div_ceil(1024),
                MOST / 1024
            );
            wrapped(&words, width, theme.error)
        }
        Found::NoMessage(why) => wrapped(&format!("✗ {why}"), width, theme.error),
        Found::Message {
            source,
            draft,
            left_out: (named, count),
            warnings,
        } => {
            let to = match draft.to.parse::<Recipient>() {
                Ok(recipient) => format!("{recipient} ({})", recipient.kind()),
                Err(_) if draft.to.trim().is_empty() => "nobody".to_owned(),
                Err(_) => draft.to.clone(),
            };
            let kind = draft.message.kind();
            let head = format!("✓ {}: {kind}, to {to}", source.title());
            let mut lines = wrapped(&head, width, theme.ok);
            if *count > 0 {
                let more = count - named.len();
                let more = if more > 0 {
                    format!(" and {more} more")
                } else {
                    String::new()
                };
                let words = format!("! Left out: {}{more}", named.join(", "));
                lines.extend(wrapped(&words, width, theme.warning));
            }
            for warning in warnings {
                lines.extend(wrapped(&format!("! {warning}"), width, theme.warning));
            }
            lines
        }
    }
}

impl Dialog for ImportPrompt {
    fn area(&self, look: &Look<'_>) -> Rect {
        area(look.size)
    }

    fn draw(&self, look: &Look<'_>, frame: &mut Frame) {
        let area = area(look.size);
        let (text, words) = parts(look, self);
        let mut body = vec![Line::default(); usize::from(text.height) + 1];
        body.extend(words);
        let buffer = frame.buffer_mut();
        let title = " Import from paste ";
        Shape { area, title, body }.draw(look, buffer);
        let rule = Rect {
            y: text.bottom(),
            height: 1,
            ..area
        };
        let line = format!(
            "├{}┤",
            "─".repeat(usize::from(area.width.saturating_sub(2)))
        );
        glyph::put_cut(buffer, rule, &line, look.theme.focus);
        if self.field.is_empty() {
            let first = Rect { height: 1, ..text };
            glyph::put_cut(buffer, first, "paste it here", look.theme.placeholder);
        } else {
            self.field.draw(text, buffer, look.theme.field());
        }
        let (hidden_above, hidden_below) = self.field.hidden();
        for (sign, rows, y) in [("↑", hidden_above, area.y), ("↓", hidden_below, rule.y)] {
            if rows > 0 {
                let words = format!(" {sign} {rows} more ");
                let width = u16::try_from(glyph::width(&words)).unwrap_or(text.width);
                let width = width.min(text.width);
                let place = Rect {
                    x: text.right() - width,
                    y,
                    width,
                    height: 1,
                };
                glyph::put_cut(buffer, place, &words, look.theme.dim);
            }
        }
        let enter = match self.found {
            Found::Message { .. } => "takes it in the place of this message",
            _ => "begins a line",
        };
        draw_keys(look, area, vec![format!("Enter {enter}")], buffer);
        if self.field.shows_cursor() {
            frame.set_cursor_position(self.field.cursor_position(text));
        }
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) {
        self.typed(key, look.now);
    }

    fn field_mut(&mut self) -> Option<&mut Field> {
        Some(&mut self.field)
    }

    fn text_changed(&mut self) {
        self.read();
    }

    fn fit(&mut self, look: &Look<'_>) {
        let (text, _) = parts(look, self);
        self.field.resize(text.width, text.height);
    }

    fn scroll(&mut self, _: &Look<'_>, by: isize) {
        self.field.scroll(by);
    }
}
