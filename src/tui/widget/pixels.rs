//! A picture in half blocks: two pixels a cell, one above the other.

use ratatui::layout::Size;
use ratatui::style::{Color, Style};
use ratatui::text::Span;

/// The most rows that a picture takes.
const MOST_ROWS: u16 = 12;

/// A picture, fitted to some cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Its cells.
    pub size: Size,
    /// The colours of each cell's upper and lower half, row by row.
    cells: Vec<([u8; 3], [u8; 3])>,
}

/// The cells of a picture of so many pixels, within `room`; a cell is taken to be twice as high as
/// wide. Nothing where there are no pixels or no room.
pub fn fitted(width: u32, height: u32, room: Size) -> Option<Size> {
    let most_rows = room.height.min(MOST_ROWS);
    if width == 0 || height == 0 || room.width == 0 || most_rows == 0 {
        return None;
    }
    let (wide, high) = (u64::from(width), u64::from(height));
    let columns = u64::from(room.width).min(wide);
    let rows = (columns * high).div_ceil(wide * 2);
    let (columns, rows) = if rows <= u64::from(most_rows) {
        (columns, rows)
    } else {
        let narrower = (u64::from(most_rows) * 2 * wide).div_ceil(high);
        (narrower.min(columns), u64::from(most_rows))
    };
    let cells = |number: u64| u16::try_from(number).unwrap_or(u16::MAX).max(1);
    Some(Size {
        width: cells(columns),
        height: cells(rows),
    })
}

impl Pixels {
    /// Fits a picture, rows of red, green and blue, to cells.
    pub fn new(rgb: &[u8], width: u32, height: u32, size: Size) -> Self {
        let columns = usize::from(size.width);
        let rows = usize::from(size.height) * 2;
        let (wide, high) = (as_usize(width), as_usize(height));
        let sample = |column: usize, row: usize| {
            let across = span(column, columns, wide);
            let down = span(row, rows, high);
            let mut sums = [0_u64; 3];
            let mut count = 0;
            for y in down {
                for x in across.clone() {
                    let at = (y * wide + x) * 3;
                    let Some(pixel) = rgb.get(at..at + 3) else {
                        continue;
                    };
                    for (sum, part) in sums.iter_mut().zip(pixel) {
                        *sum += u64::from(*part);
                    }
                    count += 1;
                }
            }
            sums.map(|sum| u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX))
        };
        let cells = (0..rows / 2).flat_map(|row| (0..columns).map(move |column| (column, row)));
        Self {
            size,
            cells: cells
                .map(|(column, row)| (sample(column, row * 2), sample(column, row * 2 + 1)))
                .collect(),
        }
    }

    /// A row of cells.
    pub fn row(&self, row: usize) -> impl Iterator<Item = Span<'static>> {
        let columns = usize::from(self.size.width);
        let cells = self.cells.iter().skip(row * columns).take(columns);
        cells.map(|(above, below)| {
            let colour = |[red, green, blue]: [u8; 3]| Color::Rgb(red, green, blue);
            Span::styled("▀", Style::new().fg(colour(*above)).bg(colour(*below)))
        })
    }
}

/// The pixels of a side that a cell covers, at least one.
fn span(cell: usize, cells: usize, pixels: usize) -> std::ops::Range<usize> {
    let start = (cell * pixels / cells).min(pixels.saturating_sub(1));
    let end = ((cell + 1) * pixels / cells).max(start + 1);
    start..end
}

fn as_usize(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
