//! What of a field is seen: soft wrap, scrolling, the cursor's place, and drawing.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::{Field, FieldStyle};
use crate::tui::widget::glyph;
use crate::tui::widget::soft_wrap::{self, Row};

impl Field {
    /// Fits the field into this many columns and rows.
    pub fn resize(&mut self, width: u16, height: u16) {
        let (width, height) = (usize::from(width.max(1)), usize::from(height.max(1)));
        if (width, height) != (self.width, self.height) {
            (self.width, self.height) = (width, height);
            self.wrap();
        }
    }

    pub(super) fn wrap(&mut self) {
        self.rows = soft_wrap::rows(
            self.area.lines(),
            if self.multiline {
                self.width
            } else {
                usize::MAX
            },
        );
        self.follow();
    }

    /// Keeps the cursor in view.
    pub(super) fn follow(&mut self) {
        let row = self.cursor_row();
        self.top = self.top.clamp((row + 1).saturating_sub(self.height), row);
        self.top = self.top.min(self.rows.len().saturating_sub(self.height));
    }

    pub(super) fn cursor_row(&self) -> usize {
        let cursor = self.cursor();
        self.rows
            .partition_point(|row| (row.line, row.start) <= cursor)
            .saturating_sub(1)
    }

    /// The column of the cursor in its row.
    pub(super) fn column_in_row(&self, row: Row) -> usize {
        let (_, column) = self.cursor();
        let text = &self.area.lines()[row.line][row.start_byte..row.end_byte];
        let mut chars = row.start;
        let mut columns = 0;
        for cluster in text.graphemes(true) {
            if chars >= column {
                break;
            }
            chars += cluster.chars().count();
            columns += glyph::glyph(cluster).width;
        }
        columns
    }

    /// Columns that are scrolled out on the left of a single line.
    pub(super) fn shift(&self) -> usize {
        if self.multiline {
            return 0;
        }
        (self.column_in_row(self.rows[0]) + 1).saturating_sub(self.width)
    }

    /// Rows above and below what is seen.
    pub fn hidden(&self) -> (usize, usize) {
        (
            self.top,
            self.rows.len().saturating_sub(self.top + self.height),
        )
    }

    /// The rows that it is fitted into.
    pub const fn height(&self) -> usize {
        self.height
    }

    /// How many rows the whole text takes.
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// Whether the row of the cursor is in view.
    pub fn shows_cursor(&self) -> bool {
        (self.top..self.top + self.height).contains(&self.cursor_row())
    }

    /// Where the cursor is on the screen, when the field is drawn in `area`.
    pub fn cursor_position(&self, area: Rect) -> Position {
        let row = self.cursor_row();
        let column = self.column_in_row(self.rows[row]) - self.shift();
        let x = u16::try_from(column)
            .unwrap_or(u16::MAX)
            .min(area.width.saturating_sub(1));
        let y = u16::try_from(row.saturating_sub(self.top)).unwrap_or(0);
        Position::new(area.x + x, area.y + y.min(area.height.saturating_sub(1)))
    }

    /// Draws what is in view.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer, style: FieldStyle) {
        self.draw_marked(area, buffer, style, &[]);
    }

    /// Draws what is in view, with parts of the text, by their bytes, in styles of their own.
    pub fn draw_marked(
        &self,
        area: Rect,
        buffer: &mut Buffer,
        style: FieldStyle,
        marks: &[(Range<usize>, Style)],
    ) {
        let selection = self
            .area
            .selection_range()
            .filter(|(start, end)| start != end);
        let shift = self.shift();
        let seen = self
            .rows
            .iter()
            .skip(self.top)
            .zip(area.top()..area.bottom());
        for (row, y) in seen {
            let text = &self.area.lines()[row.line][row.start_byte..row.end_byte];
            let selected = selection.filter(|&(start, end)| {
                start < (row.line, row.end.max(row.start + 1)) && end > (row.line, row.start)
            });
            let is_marked = !marks.is_empty();
            if selected.is_none() && !is_marked && shift == 0 && glyph::is_plain(text) {
                buffer.set_stringn(area.x, y, text, usize::from(area.width), style.text);
                continue;
            }
            let room = Rect {
                y,
                height: 1,
                ..area
            };
            let before = if is_marked {
                let lines = self.area.lines()[..row.line].iter();
                lines.map(|line| line.len() + 1).sum()
            } else {
                0
            };
            let ink = Ink {
                style,
                selected,
                shift,
                marks,
                begin: before + row.start_byte,
            };
            draw_row(room, buffer, *row, text, &ink);
        }
    }
}

/// How one row is drawn.
struct Ink<'a> {
    style: FieldStyle,
    selected: Option<((usize, usize), (usize, usize))>,
    shift: usize,
    marks: &'a [(Range<usize>, Style)],
    /// The bytes of the text before the row.
    begin: usize,
}

impl Ink<'_> {
    /// The style of a part of the text in its own style.
    fn marked(&self, at: usize, own: Style) -> Style {
        let at = self.begin + at;
        let marks = self.marks.iter().filter(|(range, _)| range.contains(&at));
        marks.fold(own, |style, (_, mark)| style.patch(*mark))
    }
}

fn draw_row(room: Rect, buffer: &mut Buffer, row: Row, text: &str, ink: &Ink<'_>) {
    let (mut column, mut char) = (0, row.start);
    for (at, cluster) in text.grapheme_indices(true) {
        let glyph = glyph::glyph(cluster);
        let selected = ink
            .selected
            .is_some_and(|(start, end)| start <= (row.line, char) && (row.line, char) < end);
        let style = match (selected, glyph.is_picture) {
            (true, _) => ink.style.selection,
            (false, true) => ink.marked(at, ink.style.control),
            (false, false) => ink.marked(at, ink.style.text),
        };
        char += cluster.chars().count();
        let begin = column;
        column += glyph.width;
        if begin < ink.shift {
            continue;
        }
        let Ok(x) = u16::try_from(begin - ink.shift) else {
            break;
        };
        if usize::from(x) + glyph.width > usize::from(room.width) {
            break;
        }
        buffer.set_stringn(
            room.x + x,
            room.y,
            &glyph.shown,
            usize::from(room.width - x),
            style,
        );
    }
    let breaks_inside = ink.selected.is_some_and(|(start, end)| {
        row.last && start <= (row.line, row.end) && (row.line, row.end) < end
    });
    if let (true, Ok(x)) = (
        breaks_inside,
        u16::try_from(column.saturating_sub(ink.shift)),
    ) && x < room.width
    {
        buffer.set_stringn(room.x + x, room.y, " ", 1, ink.style.selection);
    }
}
