//! How one grapheme cluster is drawn: what stands for it, and how many columns that takes.

use std::borrow::Cow;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::border;

use crate::{visible, wrap};

/// A grapheme cluster as it is drawn.
pub struct Glyph<'a> {
    /// What is drawn: the cluster, or a control character's picture.
    pub shown: Cow<'a, str>,
    /// Columns.
    pub width: usize,
    /// Whether something else is drawn than what is there.
    pub is_picture: bool,
}

/// How a cluster is drawn.
pub fn glyph(cluster: &str) -> Glyph<'_> {
    if cluster.chars().any(visible::is_unsafe) {
        let shown: String = cluster.chars().map(visible::picture).collect();
        let width = wrap::width(&shown);
        return Glyph {
            shown: Cow::Owned(shown),
            width,
            is_picture: true,
        };
    }
    Glyph {
        shown: Cow::Borrowed(cluster),
        width: wrap::columns(cluster),
        is_picture: false,
    }
}

/// Columns that a text takes on one line, control characters made visible.
pub fn width(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    wrap::width(&visible::line(text))
}

/// Whether every byte is one column: printable ASCII.
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// Draws a text on one line, at most `width` columns of it; returns the columns drawn.
pub fn put(buffer: &mut Buffer, x: u16, y: u16, text: &str, width: usize, style: Style) -> u16 {
    put_safe(buffer, x, y, &visible::line(text), width, style)
}

/// As [`put`], of a text that holds no control characters.
pub fn put_safe(
    buffer: &mut Buffer,
    x: u16,
    y: u16,
    text: &str,
    width: usize,
    style: Style,
) -> u16 {
    if !is_plain(text) {
        return buffer.set_stringn(x, y, text, width, style).0 - x;
    }
    let area = buffer.area;
    if !(area.top()..area.bottom()).contains(&y) {
        return 0;
    }
    let room = usize::from(area.right().saturating_sub(x));
    let mut end = x;
    for byte in text.bytes().take(width.min(room)) {
        buffer[(end, y)].set_char(char::from(byte)).set_style(style);
        end += 1;
    }
    end - x
}

/// Draws a frame around an area; what is in it stays.
pub fn put_frame(buffer: &mut Buffer, area: Rect, set: border::Set<'_>, style: Style) {
    let area = area.intersection(buffer.area);
    let (Some(right), Some(bottom)) = (
        area.right().checked_sub(1).filter(|_| area.width > 1),
        area.bottom().checked_sub(1).filter(|_| area.height > 1),
    ) else {
        return;
    };
    let mut put = |x, y, symbol| {
        buffer[(x, y)].set_symbol(symbol).set_style(style);
    };
    for x in area.left() + 1..right {
        put(x, area.top(), set.horizontal_top);
        put(x, bottom, set.horizontal_bottom);
    }
    for y in area.top() + 1..bottom {
        put(area.left(), y, set.vertical_left);
        put(right, y, set.vertical_right);
    }
    put(area.left(), area.top(), set.top_left);
    put(right, area.top(), set.top_right);
    put(area.left(), bottom, set.bottom_left);
    put(right, bottom, set.bottom_right);
}

/// Draws a text on one line, with an ellipsis where it is cut.
pub fn put_cut(buffer: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    if area.is_empty() {
        return 0;
    }
    let room = usize::from(area.width);
    let shown = visible::line(text);
    put(
        buffer,
        area.x,
        area.y,
        &wrap::truncate(&shown, room),
        room,
        style,
    )
}

/// Makes borders hold on terminals that count an emoji sequence otherwise than we do: whatever
/// stands right of one is written again at its own place with every draw.
pub fn pin_rows(buffer: &mut Buffer) {
    let area = buffer.area;
    for y in area.top()..area.bottom() {
        let mut pin = false;
        for x in area.left()..area.right() {
            let cell = &mut buffer[(x, y)];
            if cell.diff_option != CellDiffOption::None || cell.symbol().starts_with('\x1b') {
                // A picture in the terminal's own graphics says itself what is written when.
                continue;
            }
            if pin {
                cell.set_diff_option(CellDiffOption::AlwaysUpdate);
            } else if cell.symbol().len() > 4 {
                pin = true;
            }
        }
    }
}
