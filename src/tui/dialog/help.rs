//! The help: every key and what it does, made from the keymap.

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::{Line, Span};

use super::shape::{Shape, centred, draw_keys, scrolled};
use super::{Dialog, Look};
use crate::tui::action::{Action, Context};
use crate::tui::widget::glyph;
use crate::tui::widget::paragraph::wrapped;

/// The help.
#[derive(Debug, Clone)]
pub struct Help {
    /// What people have to know about the store.
    notice: Option<String>,
    /// Where keys are pressed, under whatever dialog is open.
    context: Context,
    /// Rows scrolled out above.
    scroll: usize,
}

/// The keys inside a text, which are the editor's own.
const TEXT_KEYS: [(&str, &str); 9] = [
    ("← → ↑ ↓", "Move; with Shift, select"),
    ("Ctrl+← Ctrl+→", "Move by words"),
    (
        "Home End",
        "To the row's beginning and end; again, the line's",
    ),
    ("Ctrl+Home Ctrl+End", "To the text's beginning and end"),
    ("PgUp PgDn", "Move by pages, in the message's text"),
    ("Ctrl+W Alt+D", "Delete the word before and behind"),
    ("Ctrl+U Ctrl+K", "Delete to the line's beginning and end"),
    (
        "Enter",
        "New line in the message's text; elsewhere the next field",
    ),
    ("↑ ↓", "In a field of one line: the field above and below"),
];

/// The keys of the outline that are no actions.
const ITEM_KEYS: [(&str, &str); 3] = [
    ("← →", "Another action: reply, copy, call, url"),
    ("PgUp PgDn", "Move by pages"),
    (
        "Home End",
        "To the first and the last one; in a text with Ctrl",
    ),
];

/// The keys of the right-hand side, which is read like a pager.
const PANE_KEYS: [(&str, &str); 6] = [
    ("j k ↓ ↑", "Down and up"),
    ("g G Home End", "To the beginning and the end"),
    ("Space b PgDn PgUp", "Down and up by pages"),
    ("1 2 3 4 5 ← →", "Another tab"),
    ("y", "Copy what is shown"),
    ("Enter i", "Do what is marked; go back to the form"),
];

fn area(size: Size) -> Rect {
    centred(
        size,
        size.width.saturating_sub(4).min(78),
        size.height.saturating_sub(2),
    )
}

/// Rows that are seen at a size.
fn height(size: Size) -> usize {
    usize::from(area(size).height.saturating_sub(2))
}

impl Help {
    /// The help from its beginning, which is about where it was asked for, with what people have to
    /// know about the store.
    pub const fn new(context: Context, notice: Option<String>) -> Self {
        Self {
            notice,
            context,
            scroll: 0,
        }
    }

    fn lines(&self, look: &Look<'_>) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        let mut contexts = [
            (Context::Anywhere, "Everywhere"),
            (Context::Text, "In a text"),
            (
                Context::Item,
                "On a button, section, product or row, or on the line above them",
            ),
            (Context::Elsewhere, "On the right-hand side"),
            (Context::Drafts, "In the list of drafts"),
            (Context::History, "In the history"),
        ];
        // What counts where the help was asked for comes first.
        contexts.sort_by_key(|(context, _)| *context != self.context);
        for (context, title) in contexts {
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            lines.push(Line::from(Span::styled(title, look.theme.title)));
            for &action in Action::ALL
                .iter()
                .filter(|action| action.context() == context)
            {
                let keys: Vec<String> = look
                    .keymap
                    .keys(action)
                    .map(|key| key.to_string())
                    .collect();
                let keys = if keys.is_empty() {
                    "(in the palette)".to_owned()
                } else {
                    keys.join(" ")
                };
                row(look, &keys, action.words(), &mut lines);
            }
            let own: &[(&str, &str)] = match context {
                Context::Text => &TEXT_KEYS,
                Context::Item => &ITEM_KEYS,
                Context::Elsewhere => &PANE_KEYS,
                _ => &[],
            };
            for (keys, words) in own {
                row(look, keys, words, &mut lines);
            }
        }
        if let Some(notice) = &self.notice {
            lines.push(Line::default());
            row(look, "The store", notice, &mut lines);
        }
        lines.push(Line::default());
        row(
            look,
            "Mouse",
            "Click focuses, tabs and hints press, the wheel scrolls; with Shift the terminal selects",
            &mut lines,
        );
        lines
    }
}

fn row(look: &Look<'_>, keys: &str, words: &str, lines: &mut Vec<Line<'static>>) {
    const KEYS: usize = 20;
    let width = usize::from(area(look.size).width.saturating_sub(4));
    for (index, line) in wrapped(words, width.saturating_sub(KEYS), look.theme.text)
        .into_iter()
        .enumerate()
    {
        let keys = if index == 0 { keys } else { "" };
        let pad = " ".repeat(KEYS.saturating_sub(glyph::width(keys)));
        let mut spans = vec![
            Span::styled(keys.to_owned(), look.theme.key),
            Span::raw(pad),
        ];
        spans.extend(line.spans);
        lines.push(Line::from(spans));
    }
}

impl Dialog for Help {
    fn area(&self, look: &Look<'_>) -> Rect {
        area(look.size)
    }

    fn draw(&self, look: &Look<'_>, frame: &mut Frame) {
        let area = area(look.size);
        let all = self.lines(look);
        let (total, height) = (all.len(), height(look.size));
        let top = self.scroll.min(total.saturating_sub(height));
        let body = all.into_iter().skip(top).take(height).collect();
        let title = " Help ";
        let buffer = frame.buffer_mut();
        Shape { area, title, body }.draw(look, buffer);
        let below = total.saturating_sub(top + height);
        let more = (below > 0).then(|| format!("↓ {below} more"));
        draw_keys(look, area, more.into_iter().collect(), buffer);
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) {
        let rows = self.lines(look).len();
        self.scroll = scrolled(self.scroll, rows, height(look.size), key.code);
    }

    fn scroll(&mut self, look: &Look<'_>, by: isize) {
        let last = self.lines(look).len().saturating_sub(height(look.size));
        self.scroll = self.scroll.saturating_add_signed(by).min(last);
    }

    fn toggle(&self) -> Option<Action> {
        Some(Action::Help)
    }
}
