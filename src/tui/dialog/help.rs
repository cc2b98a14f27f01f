//! The help: every key and what it does, made from the keymap, searched as one types.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::{Line, Span};

use super::shape::{Shape, below_search, centred, draw_keys, draw_search, scrolled};
use super::{Dialog, Look};
use crate::message::folded;
use crate::tui::action::{Action, Context};
use crate::tui::widget::field::{Field, Response};
use crate::tui::widget::glyph;
use crate::tui::widget::paragraph::{put_line, wrapped};

/// The help.
#[derive(Debug, Clone)]
pub struct Help {
    /// What people have to know about the store.
    notice: Option<String>,
    /// Where keys are pressed, under whatever dialog is open.
    context: Context,
    /// What is looked for.
    search: Field,
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
const PANE_KEYS: [(&str, &str); 7] = [
    ("j k ↓ ↑", "Down and up"),
    (
        "/ n N",
        "Find in what is shown; the next hit, the one before",
    ),
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
    usize::from(below_search(area(size), 0).height)
}

impl Help {
    /// The help from its beginning, which is about where it was asked for, with what people have to
    /// know about the store.
    pub fn new(context: Context, notice: Option<String>) -> Self {
        Self {
            notice,
            context,
            search: Field::new("", false),
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
        let words = folded(&self.search.text());
        let words: Vec<&str> = words.split_whitespace().collect();
        for (context, title) in contexts {
            let rows = of_context(look, context).into_iter();
            let rows = rows.filter(|(keys, said)| is_found(&words, title, keys, said));
            section(look, title, rows, &mut lines);
        }
        let notice = self.notice.iter();
        let notice = notice.map(|notice| ("The store".to_owned(), notice.clone()));
        let mouse = ("Mouse".to_owned(), MOUSE.to_owned());
        let rest = notice.chain([mouse]);
        let rest = rest.filter(|(keys, said)| is_found(&words, "", keys, said));
        section(look, "", rest, &mut lines);
        if lines.is_empty() {
            lines = wrapped(
                "No key and no command has these words",
                width(look),
                look.theme.text,
            );
        }
        lines
    }
}

/// What the mouse does.
const MOUSE: &str = "A click focuses, tabs and hints press, dragging selects, a double click a word, a \
                     triple click a line; the wheel scrolls; with Shift the terminal selects";

/// The keys that count in a place, and what they do.
fn of_context(look: &Look<'_>, context: Context) -> Vec<(String, String)> {
    let actions = Action::ALL.iter().copied();
    let actions = actions.filter(|action| action.context() == context);
    let actions = actions.map(|action| {
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
        (keys, action.words().to_owned())
    });
    let own: &[(&str, &str)] = match context {
        Context::Text => &TEXT_KEYS,
        Context::Item => &ITEM_KEYS,
        Context::Elsewhere => &PANE_KEYS,
        _ => &[],
    };
    let own = own
        .iter()
        .map(|(keys, words)| ((*keys).to_owned(), (*words).to_owned()));
    actions.chain(own).collect()
}

/// Whether every word is in the keys, in what they do or in the title that they stand under.
fn is_found(words: &[&str], title: &str, keys: &str, said: &str) -> bool {
    if words.is_empty() {
        return true;
    }
    let text = folded(&format!("{keys}\n{said}\n{title}"));
    words.iter().all(|word| text.contains(word))
}

/// Rows under a title, and a blank line before; nothing where there are none.
fn section(
    look: &Look<'_>,
    title: &'static str,
    rows: impl Iterator<Item = (String, String)>,
    lines: &mut Vec<Line<'static>>,
) {
    for (at, (keys, words)) in rows.enumerate() {
        if at == 0 && !lines.is_empty() {
            lines.push(Line::default());
        }
        if at == 0 && !title.is_empty() {
            lines.push(Line::from(Span::styled(title, look.theme.title)));
        }
        row(look, &keys, &words, lines);
    }
}

fn width(look: &Look<'_>) -> usize {
    usize::from(area(look.size).width.saturating_sub(4))
}

fn row(look: &Look<'_>, keys: &str, words: &str, lines: &mut Vec<Line<'static>>) {
    const KEYS: usize = 20;
    let width = width(look);
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
        let buffer = frame.buffer_mut();
        Shape::empty(area, " Help ").draw(look, buffer);
        let input = draw_search(look, area, ("▸", "type to find"), &self.search, buffer);
        let place = below_search(area, 0);
        let seen = all.iter().skip(top).zip(place.top()..place.bottom());
        for (line, y) in seen {
            put_line(
                buffer,
                Rect {
                    y,
                    height: 1,
                    ..place
                },
                line,
            );
        }
        let below = total.saturating_sub(top + height);
        let more = (below > 0).then(|| format!("↓ {below} more"));
        draw_keys(look, area, more.into_iter().collect(), buffer);
        frame.set_cursor_position(self.search.cursor_position(input));
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) {
        let rows = self.lines(look).len();
        let scrolled = scrolled(self.scroll, rows, height(look.size), key.code);
        let types = matches!(key.code, KeyCode::Char(_)) && !self.search.is_empty();
        if scrolled != self.scroll && !types {
            self.scroll = scrolled;
        } else if self.search.key(key, look.now) == Response::Changed {
            self.scroll = 0;
        }
    }

    fn field_mut(&mut self) -> Option<&mut Field> {
        Some(&mut self.search)
    }

    fn text_changed(&mut self) {
        self.scroll = 0;
    }

    fn fit(&mut self, look: &Look<'_>) {
        self.search
            .resize(area(look.size).width.saturating_sub(6), 1);
    }

    fn scroll(&mut self, look: &Look<'_>, by: isize) {
        let last = self.lines(look).len().saturating_sub(height(look.size));
        self.scroll = self.scroll.saturating_add_signed(by).min(last);
    }

    fn toggle(&self) -> Option<Action> {
        Some(Action::Help)
    }
}
