//! The moves of a field's cursor: by clusters, words, rows and pages, with a selection or without.

use tui_textarea::CursorMove;
use unicode_segmentation::UnicodeSegmentation;

use super::{Field, Response, line_clusters};
use crate::tui::widget::glyph;
use crate::tui::widget::soft_wrap::Row;

impl Field {
    /// Puts the cursor at a line and a character; the text area itself counts no further than 65,535.
    pub(super) fn jump(&mut self, row: usize, column: usize) {
        let clamp = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        self.area
            .move_cursor(CursorMove::Jump(clamp(row), clamp(column)));
        for _ in usize::from(u16::MAX)..row {
            self.area.move_cursor(CursorMove::Down);
        }
        if column > usize::from(u16::MAX) {
            self.area.move_cursor(CursorMove::End);
            for _ in column..self.area.cursor().1 {
                self.area.move_cursor(CursorMove::Back);
            }
        }
    }

    pub(super) fn page(&self) -> isize {
        isize::try_from(self.height.saturating_sub(1).max(1)).unwrap_or(1)
    }

    pub(super) fn select(&mut self, select: bool) {
        if !select {
            self.area.cancel_selection();
        } else if !self.area.is_selecting() {
            self.area.start_selection();
        }
    }

    pub(super) fn moved(&mut self) -> Response {
        self.step = None;
        self.follow();
        Response::Moved
    }

    pub(super) fn move_by(&mut self, motion: CursorMove, select: bool) -> Response {
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
    pub(super) fn move_in_row(&mut self, end: bool, select: bool) -> Response {
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
    pub(super) fn move_to_edge(&mut self, end: bool, select: bool) -> Response {
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
    pub(super) fn last_place(&self, row: Row) -> usize {
        if row.last {
            return row.end;
        }
        let text = &self.area.lines()[row.line][row.start_byte..row.end_byte];
        let last = text.graphemes(true).next_back();
        row.end - last.map_or(0, |cluster| cluster.chars().count())
    }

    pub(super) fn move_rows(&mut self, by: isize, select: bool) -> Response {
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

    pub(super) fn jump_to_column(&mut self, row: usize, column: usize) {
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

    /// Scrolls the view; the cursor stays where it is, out of view if need be.
    pub fn scroll(&mut self, by: isize) {
        let last = self.rows.len().saturating_sub(self.height);
        self.top = self.top.saturating_add_signed(by).min(last);
    }
}
