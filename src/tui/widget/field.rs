//! The one widget for every text: a real editor, of one line or of many.
//!
//! The text area of `tui-textarea` edits; this adds what a person expects around it: whole grapheme
//! clusters, soft wrap, undo by steps that make sense, and control characters made visible. It
//! knows no message.

mod markup;
mod motion;
mod pointer;
mod view;

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::style::Style;
use tui_textarea::{CursorMove, TextArea};
use unicode_segmentation::UnicodeSegmentation;

use super::soft_wrap::Row;

/// How many steps can be undone in one field.
const UNDO_STEPS: usize = 200;
/// A pause in typing that begins a new step.
const STEP_PAUSE: Duration = Duration::from_millis(1500);

/// A text editor.
#[derive(Debug, Clone)]
pub struct Field {
    area: TextArea<'static>,
    multiline: bool,
    /// What can be undone in it; nothing where somebody else remembers that.
    own: Option<Box<Own>>,
    step: Option<Step>,
    /// Whether the last change goes on with the one before.
    goes_on: bool,
    rows: Vec<Row>,
    top: usize,
    width: usize,
    height: usize,
}

/// The undo history of a field that stands alone.
#[derive(Debug, Clone, Default)]
struct Own {
    undo: Vec<Snapshot>,
    redo: Vec<Snapshot>,
}

/// A text as it was.
#[derive(Debug, Clone)]
struct Snapshot {
    lines: Vec<String>,
    cursor: (usize, usize),
}

/// What the last edits have in common, so that they are undone together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    kind: StepKind,
    at: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StepKind {
    Word,
    Space,
    Delete,
    Other,
}

/// What a key did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Response {
    /// Nothing: the key is not the field's.
    Ignored,
    /// The cursor or the selection moved.
    Moved,
    /// The text changed.
    Changed,
}

/// The styles that a field is drawn in.
#[derive(Debug, Clone, Copy)]
pub struct FieldStyle {
    /// The text.
    pub text: Style,
    /// What is selected.
    pub selection: Style,
    /// Control characters.
    pub control: Style,
}

impl Field {
    /// An editor with a text, and an undo history; the cursor stands behind it.
    pub fn new(text: &str, multiline: bool) -> Self {
        Self {
            own: Some(Box::default()),
            ..Self::of_draft(text, multiline)
        }
    }

    /// The editor of a text in a draft, which remembers what can be undone; the cursor stands behind
    /// the text.
    pub fn of_draft(text: &str, multiline: bool) -> Self {
        let mut field = Self {
            area: TextArea::default(),
            multiline,
            own: None,
            step: None,
            goes_on: false,
            rows: Vec::new(),
            top: 0,
            width: 1,
            height: 1,
        };
        field.restore(field.lines_of(text), None);
        field
    }

    /// The text.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// A single line keeps its line breaks as characters, which are shown; only a text splits.
    fn lines_of(&self, text: &str) -> Vec<String> {
        if self.multiline {
            text.split('\n').map(str::to_owned).collect()
        } else {
            vec![text.to_owned()]
        }
    }

    /// Puts lines and cursor in place; without a cursor it goes to the end.
    fn restore(&mut self, lines: Vec<String>, cursor: Option<(usize, usize)>) {
        self.area = TextArea::new(lines);
        self.area.set_max_histories(0);
        match cursor {
            Some((row, column)) => self.jump(row, column),
            None => {
                self.area.move_cursor(CursorMove::Bottom);
                self.area.move_cursor(CursorMove::End);
            }
        }
        self.wrap();
    }

    // ---------------------------------------------------------------- edits

    /// A key that the keymap did not take.
    pub fn key(&mut self, key: KeyEvent, now: Duration) -> Response {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        let shift = key.modifiers.contains(KeyModifiers::SHIFT);
        match (key.code, ctrl, alt) {
            (KeyCode::Char(c), false, false) => self.type_char(c, now),
            (KeyCode::Char(c), true, true) if is_alt_gr(key) => self.type_char(c, now),
            // A line feed is Ctrl+J.
            (KeyCode::Enter, false, _) | (KeyCode::Char('j'), true, false) if self.multiline => {
                self.edit(StepKind::Other, now, |area| {
                    area.insert_newline();
                    true
                })
            }
            (KeyCode::Backspace, false, false) | (KeyCode::Char('h'), true, false) => {
                self.delete_cluster(true, now)
            }
            (KeyCode::Delete, false, false) | (KeyCode::Char('d'), true, false) => {
                self.delete_cluster(false, now)
            }
            (KeyCode::Backspace, _, _) | (KeyCode::Char('w'), true, false) => {
                self.edit(StepKind::Other, now, TextArea::delete_word)
            }
            (KeyCode::Delete, _, _) | (KeyCode::Char('d'), false, true) => {
                self.edit(StepKind::Other, now, TextArea::delete_next_word)
            }
            (KeyCode::Char('k'), true, false) => {
                self.edit(StepKind::Other, now, TextArea::delete_line_by_end)
            }
            (KeyCode::Char('u'), true, false) => {
                self.edit(StepKind::Other, now, TextArea::delete_line_by_head)
            }
            (KeyCode::Left, true, _) | (KeyCode::Left | KeyCode::Char('b'), false, true) => {
                self.move_by(CursorMove::WordBack, shift)
            }
            (KeyCode::Right, true, _) | (KeyCode::Right | KeyCode::Char('f'), false, true) => {
                self.move_by(CursorMove::WordForward, shift)
            }
            (KeyCode::Left, ..) => self.move_by(CursorMove::Back, shift),
            (KeyCode::Right, ..) => self.move_by(CursorMove::Forward, shift),
            (KeyCode::Home, true, _) => self.move_to_edge(false, shift),
            (KeyCode::End, true, _) => self.move_to_edge(true, shift),
            (KeyCode::Home, ..) | (KeyCode::Char('a'), true, false) => {
                self.move_in_row(false, shift)
            }
            // Where the external editor has another key.
            (KeyCode::End, ..) | (KeyCode::Char('e'), true, false) => self.move_in_row(true, shift),
            (KeyCode::Up, false, false) if self.multiline => self.move_rows(-1, shift),
            (KeyCode::Down, false, false) if self.multiline => self.move_rows(1, shift),
            (KeyCode::PageUp, false, false) if self.multiline => {
                self.move_rows(-self.page(), shift)
            }
            (KeyCode::PageDown, false, false) if self.multiline => {
                self.move_rows(self.page(), shift)
            }
            _ => Response::Ignored,
        }
    }

    fn type_char(&mut self, c: char, now: Duration) -> Response {
        let kind = if c.is_whitespace() {
            StepKind::Space
        } else {
            StepKind::Word
        };
        self.edit(kind, now, |area| {
            area.insert_char(c);
            true
        })
    }

    /// Inserts a text as one step: a paste, or what an input method composed. A field of one line
    /// takes line breaks as spaces.
    pub fn insert(&mut self, text: &str, now: Duration) -> Response {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text = if self.multiline {
            text
        } else {
            text.trim_end_matches('\n').replace('\n', " ")
        };
        if text.is_empty() {
            return Response::Ignored;
        }
        self.edit(StepKind::Other, now, |area| area.insert_str(&text))
    }

    /// Puts another text in the place of all of this one, as one step.
    pub fn replace(&mut self, text: &str) -> Response {
        if self.text() == text {
            return Response::Ignored;
        }
        let before = self.snapshot();
        self.remember(before);
        self.step = None;
        self.goes_on = false;
        self.restore(self.lines_of(text), None);
        Response::Changed
    }

    /// Shows a text that was changed elsewhere, with the cursor behind this many of its bytes.
    pub fn show(&mut self, text: &str, cursor: usize) {
        let place = self.place_in(text, cursor);
        self.step = None;
        self.restore(self.lines_of(text), Some(place));
    }

    /// Puts the cursor behind this many bytes of the text.
    pub fn go_to(&mut self, byte: usize) {
        let (row, column) = self.place_in(&self.text(), byte);
        self.area.cancel_selection();
        self.jump(row, column);
        self.moved();
    }

    /// The line of a byte of a text, and the character in it.
    fn place_in(&self, text: &str, byte: usize) -> (usize, usize) {
        let before = text.get(..byte).unwrap_or(text);
        let line = before.rfind('\n').filter(|_| self.multiline);
        let row = line.map_or(0, |_| before.matches('\n').count());
        (row, before[line.map_or(0, |at| at + 1)..].chars().count())
    }

    /// Whether the last change goes on with the one before, so that both are undone together.
    pub const fn goes_on(&self) -> bool {
        self.goes_on
    }

    fn delete_cluster(&mut self, back: bool, now: Duration) -> Response {
        if self
            .area
            .selection_range()
            .is_some_and(|(start, end)| start != end)
        {
            return self.edit(StepKind::Other, now, |area| area.delete_str(0));
        }
        self.area.cancel_selection();
        let (row, column) = self.cursor();
        let line = &self.area.lines()[row];
        let chars = if back {
            line_clusters(line)
                .take_while(|&(start, _)| start < column)
                .last()
        } else {
            line_clusters(line).find(|&(_, end)| end > column)
        }
        .map(|(start, end)| end - start);
        self.edit(StepKind::Delete, now, |area| match chars {
            Some(chars) => {
                if back {
                    for _ in 0..chars {
                        area.move_cursor(CursorMove::Back);
                    }
                }
                area.delete_str(chars)
            }
            None if back => area.delete_newline(),
            None => area.delete_next_char(),
        })
    }

    fn edit(
        &mut self,
        kind: StepKind,
        now: Duration,
        edit: impl FnOnce(&mut TextArea<'static>) -> bool,
    ) -> Response {
        let before = self.snapshot();
        let had_selection = self.area.is_selecting();
        if !edit(&mut self.area) {
            self.area.cancel_selection();
            return if had_selection {
                Response::Moved
            } else {
                Response::Ignored
            };
        }
        self.goes_on = kind != StepKind::Other
            && self.step.is_some_and(|step| {
                (step.kind == kind || step.kind == StepKind::Word && kind == StepKind::Space)
                    && now.saturating_sub(step.at) < STEP_PAUSE
            });
        if !self.goes_on {
            self.remember(before);
        }
        if let Some(own) = &mut self.own {
            own.redo.clear();
        }
        self.step = Some(Step { kind, at: now });
        self.area.cancel_selection();
        self.wrap();
        Response::Changed
    }

    /// The text as it is, where it is remembered here.
    fn snapshot(&self) -> Option<Snapshot> {
        self.own.as_ref().map(|_| Snapshot {
            lines: self.area.lines().to_vec(),
            cursor: self.cursor(),
        })
    }

    fn remember(&mut self, before: Option<Snapshot>) {
        if let (Some(own), Some(before)) = (&mut self.own, before) {
            own.redo.clear();
            own.push_undo(before);
        }
    }

    /// Takes the last step back.
    pub fn undo(&mut self) -> Response {
        let now = self.snapshot();
        let Some((own, now)) = self.own.as_mut().zip(now) else {
            return Response::Ignored;
        };
        let Some(before) = own.undo.pop() else {
            return Response::Ignored;
        };
        own.redo.push(now);
        self.step = None;
        self.restore(before.lines, Some(before.cursor));
        Response::Changed
    }

    /// Does again what was taken back.
    pub fn redo(&mut self) -> Response {
        let now = self.snapshot();
        let Some((own, now)) = self.own.as_mut().zip(now) else {
            return Response::Ignored;
        };
        let Some(after) = own.redo.pop() else {
            return Response::Ignored;
        };
        own.push_undo(now);
        self.step = None;
        self.restore(after.lines, Some(after.cursor));
        Response::Changed
    }

    /// Selects everything; the text area's own way ends at the 65,535th character of a line.
    pub fn select_all(&mut self) {
        self.area.cancel_selection();
        self.area.move_cursor(CursorMove::Jump(0, 0));
        self.area.start_selection();
        self.area.move_cursor(CursorMove::Bottom);
        self.area.move_cursor(CursorMove::End);
        self.step = None;
        self.follow();
    }

    /// What is selected; what was deleted by words or lines is not asked for.
    pub fn selected(&self) -> Option<String> {
        self.area
            .selection_range()
            .filter(|(start, end)| start != end)?;
        let mut area = self.area.clone();
        area.copy();
        Some(area.yank_text()).filter(|text| !text.is_empty())
    }

    /// Takes out what is selected.
    pub fn cut(&mut self, now: Duration) -> Option<String> {
        let text = self.selected()?;
        self.edit(StepKind::Other, now, TextArea::cut);
        Some(text)
    }

    /// The cursor: line, and character in it.
    pub fn cursor(&self) -> (usize, usize) {
        let cursor = self.area.cursor();
        (cursor.0, cursor.1)
    }
}

impl Own {
    fn push_undo(&mut self, snapshot: Snapshot) {
        if self.undo.len() == UNDO_STEPS {
            self.undo.remove(0);
        }
        self.undo.push(snapshot);
    }
}

/// Whether a key types with Alt Gr, which some terminals report as Ctrl and Alt together. Letters and
/// digits are not on that level of any keyboard: with both they are commands.
pub fn is_alt_gr(key: KeyEvent) -> bool {
    let both = KeyModifiers::CONTROL | KeyModifiers::ALT;
    let is_typed = |c: char| !c.is_ascii_alphanumeric() && !c.is_control() && c != ' ';
    key.modifiers - KeyModifiers::SHIFT == both
        && matches!(key.code, KeyCode::Char(c) if is_typed(c))
}

/// The clusters of a line, as ranges of characters.
fn line_clusters(line: &str) -> impl Iterator<Item = (usize, usize)> {
    line.graphemes(true).scan(0, |start, cluster| {
        let begin = *start;
        *start += cluster.chars().count();
        Some((begin, *start))
    })
}

/// Whether a key types a character, with Alt Gr too.
pub fn is_typing(key: KeyEvent) -> bool {
    (key.modifiers - KeyModifiers::SHIFT).is_empty() || is_alt_gr(key)
}
