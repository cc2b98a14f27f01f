//! The one widget for every text: a real editor, of one line or of many.
//!
//! The text area of `tui-textarea` edits; this adds what a person expects around it: whole grapheme
//! clusters, soft wrap, undo by steps that make sense, and control characters made visible. It
//! knows no message.

mod view;

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::style::Style;
use tui_textarea::{CursorMove, TextArea};
use unicode_segmentation::UnicodeSegmentation;

use super::glyph;
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
    undo: Vec<Snapshot>,
    redo: Vec<Snapshot>,
    step: Option<Step>,
    rows: Vec<Row>,
    top: usize,
    width: usize,
    height: usize,
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
    /// An editor with a text; the cursor stands behind it.
    pub fn new(text: &str, multiline: bool) -> Self {
        let mut field = Self {
            area: TextArea::default(),
            multiline,
            undo: Vec::new(),
            redo: Vec::new(),
            step: None,
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

    fn jump(&mut self, row: usize, column: usize) {
        let clamp = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        self.area
            .move_cursor(CursorMove::Jump(clamp(row), clamp(column)));
    }

    // ---------------------------------------------------------------- edits

    /// A key that the keymap did not take.
    pub fn key(&mut self, key: KeyEvent, now: Duration) -> Response {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        let shift = key.modifiers.contains(KeyModifiers::SHIFT);
        match (key.code, ctrl, alt) {
            (KeyCode::Char(c), false, false) => self.type_char(c, now),
            (KeyCode::Enter, false, _) if self.multiline => {
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
            (KeyCode::End, ..) => self.move_in_row(true, shift),
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
        self.remember();
        self.step = None;
        self.restore(self.lines_of(text), None);
        Response::Changed
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
        let before = Snapshot {
            lines: self.area.lines().to_vec(),
            cursor: self.cursor(),
        };
        let had_selection = self.area.is_selecting();
        if !edit(&mut self.area) {
            self.area.cancel_selection();
            return if had_selection {
                Response::Moved
            } else {
                Response::Ignored
            };
        }
        let joins = kind != StepKind::Other
            && self.step.is_some_and(|step| {
                (step.kind == kind || step.kind == StepKind::Word && kind == StepKind::Space)
                    && now.saturating_sub(step.at) < STEP_PAUSE
            });
        if !joins {
            self.push_undo(before);
        }
        self.redo.clear();
        self.step = Some(Step { kind, at: now });
        self.area.cancel_selection();
        self.wrap();
        Response::Changed
    }

    fn remember(&mut self) {
        let now = Snapshot {
            lines: self.area.lines().to_vec(),
            cursor: self.cursor(),
        };
        self.push_undo(now);
        self.redo.clear();
    }

    fn push_undo(&mut self, snapshot: Snapshot) {
        if self.undo.len() == UNDO_STEPS {
            self.undo.remove(0);
        }
        self.undo.push(snapshot);
    }

    /// Takes the last step back.
    pub fn undo(&mut self) -> Response {
        let Some(before) = self.undo.pop() else {
            return Response::Ignored;
        };
        self.redo.push(Snapshot {
            lines: self.area.lines().to_vec(),
            cursor: self.cursor(),
        });
        self.step = None;
        self.restore(before.lines, Some(before.cursor));
        Response::Changed
    }

    /// Does again what was taken back.
    pub fn redo(&mut self) -> Response {
        let Some(after) = self.redo.pop() else {
            return Response::Ignored;
        };
        self.push_undo(Snapshot {
            lines: self.area.lines().to_vec(),
            cursor: self.cursor(),
        });
        self.step = None;
        self.restore(after.lines, Some(after.cursor));
        Response::Changed
    }

    /// Selects everything.
    pub fn select_all(&mut self) {
        self.area.select_all();
    }

    /// What is selected.
    pub fn selected(&self) -> Option<String> {
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

    // ---------------------------------------------------------------- moves

    /// The cursor: line, and character in it.
    pub fn cursor(&self) -> (usize, usize) {
        let cursor = self.area.cursor();
        (cursor.0, cursor.1)
    }

    fn page(&self) -> isize {
        isize::try_from(self.height.saturating_sub(1).max(1)).unwrap_or(1)
    }

    fn select(&mut self, select: bool) {
        if !select {
            self.area.cancel_selection();
        } else if !self.area.is_selecting() {
            self.area.start_selection();
        }
    }

    fn moved(&mut self) -> Response {
        self.step = None;
        self.follow();
        Response::Moved
    }

    fn move_by(&mut self, motion: CursorMove, select: bool) -> Response {
        let back = matches!(motion, CursorMove::Back | CursorMove::WordBack);
        self.select(select);
        self.area.move_cursor(motion);
        // Never inside a cluster.
        let (row, column) = self.cursor();
        let inside = line_clusters(&self.area.lines()[row])
            .find(|&(start, end)| start < column && column < end);
        if let Some((start, end)) = inside {
            self.jump(row, if back { start } else { end });
        }
        self.moved()
    }

    /// To the beginning or the end of the row on the screen; of the line when it is there already.
    fn move_in_row(&mut self, end: bool, select: bool) -> Response {
        self.select(select);
        let row = self.rows[self.cursor_row()];
        let (line, column) = self.cursor();
        let last_in_row = self.last_place(row);
        let target = match (end, column) {
            (false, column) if column == row.start => 0,
            (false, _) => row.start,
            (true, column) if column == last_in_row => self.area.lines()[line].chars().count(),
            (true, _) => last_in_row,
        };
        self.jump(line, target);
        self.moved()
    }

    /// To the beginning or the end of the text.
    fn move_to_edge(&mut self, end: bool, select: bool) -> Response {
        self.select(select);
        let (line, column) = if end {
            (CursorMove::Bottom, CursorMove::End)
        } else {
            (CursorMove::Top, CursorMove::Head)
        };
        self.area.move_cursor(line);
        self.area.move_cursor(column);
        self.moved()
    }

    /// The last place in a row that is not the next row's first: before its last cluster, unless
    /// the line ends there.
    fn last_place(&self, row: Row) -> usize {
        if row.last {
            return row.end;
        }
        let text = &self.area.lines()[row.line][row.start_byte..row.end_byte];
        let last = text.graphemes(true).next_back();
        row.end - last.map_or(0, |cluster| cluster.chars().count())
    }

    fn move_rows(&mut self, by: isize, select: bool) -> Response {
        self.select(select);
        let current = self.cursor_row();
        let target = current.saturating_add_signed(by).min(self.rows.len() - 1);
        if current == target {
            return self.move_to_edge(by > 0, select);
        }
        let column = self.column_in_row(self.rows[current]);
        self.jump_to_column(target, column);
        self.moved()
    }

    fn jump_to_column(&mut self, row: usize, column: usize) {
        let row = self.rows[row];
        let last_place = self.last_place(row);
        let text = &self.area.lines()[row.line][row.start_byte..row.end_byte];
        let (mut columns, mut char) = (0, row.start);
        for cluster in text.graphemes(true) {
            let width = glyph::glyph(cluster).width;
            if columns + width > column {
                break;
            }
            columns += width;
            char += cluster.chars().count();
        }
        self.jump(row.line, char.min(last_place));
    }

    /// Puts the cursor where the mouse clicked, in columns and rows from the field's corner.
    pub fn click(&mut self, column: usize, row: usize) {
        self.area.cancel_selection();
        if self.multiline {
            self.jump_to_column((self.top + row).min(self.rows.len() - 1), column);
        } else {
            self.jump_to_column(0, column + self.shift());
        }
        self.step = None;
    }

    /// Scrolls the view, and the cursor with it.
    pub fn scroll(&mut self, by: isize) {
        self.move_rows(by, false);
    }
}

/// The clusters of a line, as ranges of characters.
fn line_clusters(line: &str) -> impl Iterator<Item = (usize, usize)> {
    line.graphemes(true).scan(0, |start, cluster| {
        let begin = *start;
        *start += cluster.chars().count();
        Some((begin, *start))
    })
}
