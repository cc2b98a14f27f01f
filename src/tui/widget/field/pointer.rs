//! What the mouse does in a field: puts the cursor, selects by dragging, by words and by lines.

use unicode_segmentation::UnicodeSegmentation;

use super::Field;

impl Field {
    /// Puts the cursor where the mouse clicked, in columns and rows from the field's corner.
    pub fn click(&mut self, column: usize, row: usize) {
        self.area.cancel_selection();
        self.move_to_cell(column, row.cast_signed());
        self.step = None;
    }

    /// Selects up to where the mouse was dragged; beyond the field's first and last row it scrolls.
    pub fn drag(&mut self, column: usize, row: isize) {
        self.select(true);
        self.move_to_cell(column, row);
        self.step = None;
        self.follow();
    }

    /// Selects the word where the cursor is, or the blanks or signs there.
    pub fn select_word(&mut self) {
        let (line, column) = self.cursor();
        let mut begin = 0;
        let words = self.area.lines()[line].split_word_bounds().map(|word| {
            let range = begin..begin + word.chars().count();
            begin = range.end;
            range
        });
        let word = words.filter(|word| word.start <= column).last();
        if let Some(word) = word {
            self.select_between((line, word.start), (line, word.end));
        }
    }

    /// Selects the line where the cursor is.
    pub fn select_line(&mut self) {
        let (line, _) = self.cursor();
        let end = self.area.lines()[line].chars().count();
        self.select_between((line, 0), (line, end));
    }

    fn select_between(&mut self, start: (usize, usize), end: (usize, usize)) {
        self.area.cancel_selection();
        self.jump(start.0, start.1);
        self.area.start_selection();
        self.jump(end.0, end.1);
        self.step = None;
    }

    /// Puts the cursor at a cell, a row above or below the field being the nearest one beside it.
    fn move_to_cell(&mut self, column: usize, row: isize) {
        if self.multiline {
            let row = self
                .top
                .saturating_add_signed(row.clamp(-1, self.height.cast_signed()));
            self.jump_to_column(row.min(self.rows.len() - 1), column);
        } else {
            self.jump_to_column(0, column + self.shift());
        }
    }
}
