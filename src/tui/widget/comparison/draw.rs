//! Draws a comparison.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::symbols::border;
use ratatui::widgets::{Block, Clear, Widget};

use super::{Comparison, GUTTER, Mark, Row};
use crate::tui::theme::Theme;
use crate::tui::widget::glyph;

impl Comparison {
    /// Draws it over the whole screen, whose size it was fitted to.
    pub fn draw(&self, theme: &Theme, closes: Option<&str>, buffer: &mut Buffer) {
        let area = Rect::from((Position::ORIGIN, self.size)).intersection(buffer.area);
        if area.width < 2 || area.height < 2 {
            return;
        }
        Clear.render(area, buffer);
        Block::bordered()
            .border_set(border::ROUNDED)
            .border_style(theme.focus)
            .render(area, buffer);
        let sides = self.sides(area);
        if let Some(divider) = sides[1].x.checked_sub(1).filter(|_| self.is_side_by_side()) {
            buffer.set_string(divider, area.y, "┬", theme.focus);
            for y in area.top() + 1..area.bottom() - 1 {
                buffer.set_string(divider, y, "│", theme.focus);
            }
            buffer.set_string(divider, area.bottom() - 1, "┴", theme.focus);
        }
        self.draw_titles(area, theme, buffer);
        let seen = self.rows.iter().skip(self.top).take(self.height());
        for (row, y) in seen.zip(area.top() + 1..) {
            draw_row(row, sides.map(|side| Rect { y, ..side }), theme, buffer);
        }
        let hints = Rect {
            x: area.x + 2,
            y: area.bottom() - 1,
            width: area.width.saturating_sub(4),
            height: 1,
        };
        glyph::put_cut(
            buffer,
            hints,
            &self.hints(usize::from(hints.width), closes),
            theme.dim,
        );
    }

    /// The first row of each text, with its gutter.
    fn sides(&self, area: Rect) -> [Rect; 2] {
        let mut x = area.x + 1;
        self.columns().map(|columns| {
            let width = u16::try_from(columns).unwrap_or(u16::MAX) + GUTTER;
            let side = Rect {
                x,
                y: area.y + 1,
                width,
                height: 1,
            };
            x = x.saturating_add(width + 1);
            side
        })
    }

    /// Side by side, each above its text; else with the signs of their lines.
    fn draw_titles(&self, area: Rect, theme: &Theme, buffer: &mut Buffer) {
        let [left, right] = self.sides(area);
        let [before, after] = &self.titles;
        let (words, [left, right]) = if self.is_side_by_side() {
            let words = [format!(" {before} "), format!(" {after} ")];
            (words, [left, right].map(inside))
        } else {
            let signs = [Mark::Removed, Mark::Added].map(Mark::sign);
            let words = [
                format!(" {} {before} ", signs[0]),
                format!(" {} {after} ", signs[1]),
            ];
            // The first one leaves the other half the room, or what that needs.
            let room = inside(left);
            let [first, second] = [0, 1].map(|at: usize| glyph::width(&words[at]));
            let most = usize::from(room.width).saturating_sub(second);
            let most = most.max(usize::from(room.width / 2)).min(first);
            let width = u16::try_from(most).unwrap_or(room.width);
            let second = Rect {
                x: room.x + width,
                width: room.width - width,
                ..room
            };
            (words, [Rect { width, ..room }, second])
        };
        for (words, place) in words.iter().zip([left, right]) {
            let place = Rect { y: area.y, ..place };
            glyph::put_cut(buffer, place, words, theme.title);
        }
    }

    /// How much differs, where this is, and the keys, as far as there is room.
    fn hints(&self, room: usize, closes: Option<&str>) -> String {
        let differences = match self.differences.len() {
            0 => "✓ no difference".to_owned(),
            1 => "1 difference".to_owned(),
            many => format!("{many} differences"),
        };
        let below = self.rows.len().saturating_sub(self.top + self.height());
        let hidden = [("↑", self.top), ("↓", below)];
        let hidden = hidden.into_iter().filter(|&(_, rows)| rows > 0);
        let mut parts = vec![differences];
        parts.extend(hidden.map(|(sign, rows)| format!("{sign} {rows} more")));
        parts.extend(closes.map(str::to_owned));
        parts.push("↑ ↓ scroll".to_owned());
        if !self.differences.is_empty() {
            parts.push("Tab next difference".to_owned());
        }
        let mut words = String::new();
        for part in parts {
            let longer = if words.is_empty() {
                format!(" {part} ")
            } else {
                format!("{words}· {part} ")
            };
            if glyph::width(&longer) > room {
                break;
            }
            words = longer;
        }
        words
    }
}

fn draw_row(row: &Row, sides: [Rect; 2], theme: &Theme, buffer: &mut Buffer) {
    let style = style(row.mark, theme);
    for (cell, side) in row.cells.iter().zip(sides) {
        let Some(text) = cell else {
            continue;
        };
        let (width, room) = (side.width, side.width.saturating_sub(GUTTER));
        let put = |buffer: &mut Buffer, x, text, room: u16| {
            buffer.set_stringn(x, side.y, text, usize::from(room), style);
        };
        put(buffer, side.x, row.mark.sign(), width);
        put(buffer, side.x + GUTTER, text, room);
    }
}

/// A row without its first and last column.
const fn inside(row: Rect) -> Rect {
    Rect {
        x: row.x + 1,
        width: row.width.saturating_sub(2),
        ..row
    }
}

const fn style(mark: Mark, theme: &Theme) -> Style {
    match mark {
        Mark::Same => theme.text,
        Mark::Removed => theme.error,
        Mark::Added => theme.ok,
        Mark::Changed => theme.warning,
    }
}
