//! Two texts over the whole screen, their lines aligned and what differs marked: side by side where
//! there is room, else one under the other. It knows no message.

mod draw;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Size;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::{visible, wrap};

/// From this width on, the texts stand side by side.
const SIDE_BY_SIDE: u16 = 100;
/// Columns of the border, on both sides.
const BORDERS: u16 = 2;
/// Columns of the sign before a line, and the space behind it.
const GUTTER: u16 = 2;

/// Two texts, compared line by line.
#[derive(Debug, Clone)]
pub struct Comparison {
    titles: [String; 2],
    pairs: Vec<Pair>,
    size: Size,
    rows: Vec<Row>,
    /// The rows where differences begin.
    differences: Vec<usize>,
    top: usize,
}

/// How a line of one text stands to the other text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Both have it.
    Same,
    /// Only the first one has it.
    Removed,
    /// Only the second one has it.
    Added,
    /// The second one has another in its place.
    Changed,
}

/// Two lines that stand beside each other.
#[derive(Debug, Clone)]
struct Pair {
    mark: Mark,
    sides: [Option<String>; 2],
}

/// A row on the screen. One under the other, only the first cell is used.
#[derive(Debug, Clone)]
struct Row {
    mark: Mark,
    cells: [Option<String>; 2],
}

impl Mark {
    /// Its sign in the gutter.
    const fn sign(self) -> &'static str {
        match self {
            Self::Same => " ",
            Self::Removed => "-",
            Self::Added => "+",
            Self::Changed => "~",
        }
    }
}

impl Comparison {
    /// Compares two texts.
    pub fn new(titles: [String; 2], texts: [&str; 2]) -> Self {
        let [before, after] = texts.map(visible::lines);
        Self {
            titles,
            pairs: aligned(
                &before.lines().collect::<Vec<_>>(),
                &after.lines().collect::<Vec<_>>(),
            ),
            size: Size::ZERO,
            rows: Vec::new(),
            differences: Vec::new(),
            top: 0,
        }
    }

    /// Fits it to the screen. The lines are only broken anew where the width changes.
    pub fn resize(&mut self, size: Size) {
        if size == self.size {
            return;
        }
        let is_other_width = size.width != self.size.width;
        self.size = size;
        if is_other_width {
            self.rows = if self.is_side_by_side() {
                side_by_side(&self.pairs, self.columns())
            } else {
                unified(&self.pairs, self.columns()[0])
            };
            let is_begin = |row: &usize| {
                let before = row.checked_sub(1).map(|row| self.rows[row].mark);
                self.rows[*row].mark != Mark::Same && before.is_none_or(|mark| mark == Mark::Same)
            };
            self.differences = (0..self.rows.len()).filter(is_begin).collect();
        }
        self.scroll(0);
    }

    const fn is_side_by_side(&self) -> bool {
        self.size.width >= SIDE_BY_SIDE
    }

    /// Columns of the texts, without their gutters.
    fn columns(&self) -> [usize; 2] {
        let inner = self.size.width.saturating_sub(BORDERS);
        let columns = if self.is_side_by_side() {
            // A column is the divider's.
            let left = (inner - 1) / 2;
            [left, inner - 1 - left]
        } else {
            [inner, 0]
        };
        columns.map(|columns| usize::from(columns.saturating_sub(GUTTER)))
    }

    /// Rows that are seen.
    fn height(&self) -> usize {
        usize::from(self.size.height.saturating_sub(BORDERS))
    }

    /// Scrolls both texts.
    pub fn scroll(&mut self, by: isize) {
        let last = self.rows.len().saturating_sub(self.height());
        self.top = self.top.saturating_add_signed(by).min(last);
    }

    /// The arrows and pages scroll; Tab goes to the next difference.
    pub fn key(&mut self, key: KeyEvent) {
        let page = isize::try_from(self.height().saturating_sub(1)).unwrap_or(1);
        match key.code {
            KeyCode::Up => self.scroll(-1),
            KeyCode::Down => self.scroll(1),
            KeyCode::PageUp => self.scroll(-page),
            KeyCode::PageDown | KeyCode::Char(' ') => self.scroll(page),
            KeyCode::Home => self.scroll(isize::MIN / 2),
            KeyCode::End => self.scroll(isize::MAX / 2),
            KeyCode::Tab => self.step_difference(false),
            KeyCode::BackTab => self.step_difference(true),
            _ => {}
        }
    }

    /// Puts the next difference at the top, or the one before.
    fn step_difference(&mut self, back: bool) {
        let mut rows = self.differences.iter().copied();
        let target = if back {
            rows.rfind(|&row| row < self.top)
        } else {
            rows.find(|&row| row > self.top)
        };
        if let Some(row) = target {
            self.top = row;
            self.scroll(0);
        }
    }
}

/// The lines of two texts beside each other.
fn aligned(before: &[&str], after: &[&str]) -> Vec<Pair> {
    let line = |lines: &[&str], at: usize| lines.get(at).map(|&line| line.to_owned());
    let mut pairs = Vec::new();
    // A JSON body has many lines that are alike: braces. The ones that are not decide.
    for operation in capture_diff_slices(Algorithm::Patience, before, after) {
        let (old, new) = (operation.old_range(), operation.new_range());
        let is_equal = matches!(operation, DiffOp::Equal { .. });
        for at in 0..old.len().max(new.len()) {
            let sides = [
                line(&before[old.clone()], at),
                line(&after[new.clone()], at),
            ];
            let mark = match sides {
                [Some(_), None] => Mark::Removed,
                [None, _] => Mark::Added,
                _ if is_equal => Mark::Same,
                _ => Mark::Changed,
            };
            pairs.push(Pair { mark, sides });
        }
    }
    pairs
}

/// Each pair in a row, or in as many as the longer line takes.
fn side_by_side(pairs: &[Pair], columns: [usize; 2]) -> Vec<Row> {
    let mut rows = Vec::new();
    for pair in pairs {
        let wrapped = |side: usize| {
            let line = pair.sides[side].as_deref();
            line.map_or_else(Vec::new, |line| wrap::wrap_text(line, columns[side]))
        };
        let (left, right) = (wrapped(0), wrapped(1));
        let count = left.len().max(right.len());
        let (mut left, mut right) = (left.into_iter(), right.into_iter());
        rows.extend((0..count).map(|_| Row {
            mark: pair.mark,
            cells: [left.next(), right.next()],
        }));
    }
    rows
}

/// One under the other: of lines that differ, first the ones of the first text.
fn unified(pairs: &[Pair], columns: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut put = |mark: Mark, line: Option<&String>| {
        let lines = line.map_or_else(Vec::new, |line| wrap::wrap_text(line, columns));
        rows.extend(lines.into_iter().map(|line| Row {
            mark,
            cells: [Some(line), None],
        }));
    };
    for group in pairs.chunk_by(|one, next| (one.mark == Mark::Same) == (next.mark == Mark::Same)) {
        let is_same = group.first().is_some_and(|pair| pair.mark == Mark::Same);
        let first = if is_same { Mark::Same } else { Mark::Removed };
        for pair in group {
            put(first, pair.sides[0].as_ref());
        }
        for pair in group.iter().filter(|_| !is_same) {
            put(Mark::Added, pair.sides[1].as_ref());
        }
    }
    rows
}
