//! The right-hand side: the tabs, what the one that is on shows, and how much of it is hidden.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{find, preview};
use crate::tui::layout::{self, Regions};
use crate::tui::model::{Model, Tab};
use crate::tui::widget::glyph;
use crate::tui::widget::paragraph::put_line;

/// Draws the tabs.
pub fn draw_tabs(model: &Model, screen: &Regions, buffer: &mut Buffer) {
    for placed in &screen.tabs {
        let on = match placed.tab {
            None => screen.form.height > 0,
            Some(tab) => model.tab == tab && screen.pane.height > 0,
        };
        let style = if on {
            model.theme.selected
        } else {
            model.theme.text
        };
        glyph::put_cut(buffer, placed.area, &placed.words, style);
    }
    for more in &screen.more_tabs {
        glyph::put_cut(buffer, more.area, more.sign, model.theme.key);
    }
}

/// Draws what the tab shows; returns the columns taken on the line below.
pub fn draw(model: &Model, title_end: u16, screen: &Regions, frame: &mut Frame) -> u16 {
    let area = screen.pane;
    let lines = super::lines(model, area.width);
    let hits = match screen.find {
        Some(_) => find::all(model, &lines),
        None => Vec::new(),
    };
    if let Some(line) = screen.find {
        find::draw(model, hits.len(), line, frame.buffer_mut());
        if model.find.is_typing && model.modals.is_empty() {
            let cursor = model.find.field.cursor_position(find::field(line));
            frame.set_cursor_position(cursor);
        }
    }
    let buffer = frame.buffer_mut();
    let height = usize::from(area.height);
    let top = model.scroll.min(lines.len().saturating_sub(height));
    let seen = lines.iter().enumerate().skip(top);
    for ((row, line), y) in seen.zip(area.top()..area.bottom()) {
        let place = Rect {
            y,
            height: 1,
            ..area
        };
        if hits.iter().any(|hit| hit.row == row) {
            put_line(buffer, place, &find::mark(model, row, line, &hits));
        } else {
            put_line(buffer, place, line);
        }
    }
    draw_picture(model, area, top, buffer);
    let below = lines.len().saturating_sub(top + height);
    let height = area.height + u16::from(screen.find.is_some());
    let framed = Rect { height, ..area };
    draw_more(model, title_end, framed, (top, below), false, buffer)
}

/// Draws the picture in the terminal's own graphics over its half blocks, where all of it is seen and
/// nothing stands before it.
fn draw_picture(model: &Model, area: Rect, top: usize, buffer: &mut Buffer) {
    let Some(drawn) = model.picture.drawn.as_ref() else {
        return;
    };
    if model.tab != Tab::Preview || !model.modals.is_empty() || !model.toasts.is_empty() {
        return;
    }
    let Some((row, column)) = preview::picture_place(model, usize::from(area.width)) else {
        return;
    };
    let Some(Ok(row)) = row.checked_sub(top).map(u16::try_from) else {
        return;
    };
    let fits = row + drawn.size.height <= area.height && column + drawn.size.width <= area.width;
    if fits {
        let place = Rect {
            x: area.x + column,
            y: area.y + row,
            width: drawn.size.width,
            height: drawn.size.height,
        };
        drawn.draw(place, buffer);
    }
}

/// Says how many rows are scrolled out, on the lines above and below an area; below on its left or
/// its right. Returns the columns taken there.
pub fn draw_more(
    model: &Model,
    title_end: u16,
    area: Rect,
    (above, below): (usize, usize),
    left: bool,
    buffer: &mut Buffer,
) -> u16 {
    let mut mark = |sign: &str, rows: usize, y: u16, left: bool| {
        if rows == 0 {
            return 0;
        }
        let mut words = format!(" {sign} {rows} more ");
        // The title is on that line too, above the form.
        if y == 0 && layout::columns(&words) > area.right().saturating_sub(title_end) {
            words = format!(" {sign} {rows} ");
        }
        let width = layout::columns(&words).min(area.width);
        let x = if left {
            area.left()
        } else {
            area.right() - width
        };
        glyph::put(buffer, x, y, &words, usize::from(width), model.theme.dim)
    };
    mark("↑", above, area.top().saturating_sub(1), false);
    mark("↓", below, area.bottom(), left)
}
