//! What was found on the right-hand side: where it is, how it is marked, and the line that says so.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::tui::layout;
use crate::tui::model::Model;
use crate::tui::widget::glyph;
use crate::tui::widget::hits::{hits, marked};

/// A place where what is looked for is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The row of the tab.
    pub row: usize,
    /// Its bytes in that row.
    pub range: Range<usize>,
}

/// Every place in these lines, in order.
pub fn all(model: &Model, lines: &[Line<'_>]) -> Vec<Hit> {
    let wanted = model.find.wanted();
    if wanted.is_empty() {
        return Vec::new();
    }
    let rows = lines.iter().enumerate();
    rows.flat_map(|(row, line)| {
        let found = hits(&line.to_string(), &wanted).into_iter();
        found.map(move |range| Hit { row, range })
    })
    .collect()
}

/// A line of the tab with its hits marked, the one that is gone to more than the others.
pub fn mark(model: &Model, row: usize, line: &Line<'static>, hits: &[Hit]) -> Line<'static> {
    let here = hits.iter().enumerate().filter(|(_, hit)| hit.row == row);
    let ranges = here.map(|(at, hit)| {
        let style = if at == model.find.at {
            model.theme.selected
        } else {
            model.theme.selection
        };
        (hit.range.clone(), style)
    });
    let ranges: Vec<_> = ranges.collect();
    marked(line.clone(), &ranges)
}

/// Draws what is looked for, and how much of it there is, on the line below the tab.
pub fn draw(model: &Model, count: usize, line: Rect, buffer: &mut Buffer) {
    let find = &model.find;
    let said = match (find.field.is_empty(), count) {
        (true, _) => String::new(),
        (false, 0) => "not found".to_owned(),
        (false, count) => format!("{} of {count}", find.at.min(count - 1) + 1),
    };
    let width = layout::columns(&said).min(line.width);
    let right = Rect {
        x: line.right() - width,
        width,
        ..line
    };
    glyph::put_cut(buffer, line, "/", model.theme.key);
    find.field.draw(field(line), buffer, model.theme.field());
    glyph::put_cut(buffer, right, &said, model.theme.text);
}

/// Columns for how many there are.
const SAID: u16 = 13;

/// Where it is typed.
pub const fn field(line: Rect) -> Rect {
    Rect {
        x: line.x + 1,
        width: line.width.saturating_sub(1 + SAID),
        ..line
    }
}
