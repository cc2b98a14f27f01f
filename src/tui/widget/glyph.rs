//! How one grapheme cluster is drawn: what stands for it, and how many columns that takes.

use std::borrow::Cow;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Style;

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
    buffer
        .set_stringn(x, y, visible::line(text), width, style)
        .0
        - x
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
