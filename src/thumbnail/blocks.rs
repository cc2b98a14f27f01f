//! Averages blocks of pixels while their rows come in, so that a big picture is never kept whole.

use image::RgbImage;

use super::scale::Size;

/// Averages blocks of whole pixels, row by row, so that no more than the result is kept.
pub(super) struct Blocks {
    from: Size,
    side: u32,
    /// The sums of the samples in each block of the row of blocks that is being added up.
    sums: Vec<u64>,
    rows: u32,
    done: Vec<u8>,
}

impl Blocks {
    /// Blocks that leave at least twice the pixels of a size `to`, for the filter that comes then.
    pub(super) fn new(from: Size, to: Size) -> Self {
        let side = (from.longer() / (2 * to.longer())).max(1);
        let columns = from.width.div_ceil(side) as usize;
        let rows = from.height.div_ceil(side) as usize;
        Self {
            from,
            side,
            sums: vec![0; 3 * columns],
            rows: 0,
            done: Vec::with_capacity(3 * columns * rows),
        }
    }

    /// Adds a row of RGB pixels; rows beyond the height are none of the picture.
    pub(super) fn add_row(&mut self, row: &[u8]) {
        if self.rows == self.from.height {
            return;
        }
        if self.side == 1 {
            self.done.extend_from_slice(row);
            self.rows += 1;
            return;
        }
        let block = 3 * self.side as usize;
        for (sums, pixels) in self.sums.chunks_exact_mut(3).zip(row.chunks(block)) {
            for pixel in pixels.chunks_exact(3) {
                for (sum, &sample) in sums.iter_mut().zip(pixel) {
                    *sum += u64::from(sample);
                }
            }
        }
        self.rows += 1;
        if self.rows.is_multiple_of(self.side) || self.rows == self.from.height {
            self.end_row_of_blocks();
        }
    }

    /// How many rows have been added.
    pub(super) const fn rows(&self) -> u32 {
        self.rows
    }

    /// The averages; what was not added is white.
    pub(super) fn finish(mut self) -> RgbImage {
        let row = vec![255; 3 * self.from.width as usize];
        while self.rows < self.from.height {
            self.add_row(&row);
        }
        let width = self.from.width.div_ceil(self.side);
        let height = self.from.height.div_ceil(self.side);
        // The rows are all there, so that the buffer is as long as the size says.
        RgbImage::from_raw(width, height, self.done).unwrap_or_default()
    }

    fn end_row_of_blocks(&mut self) {
        let height = (self.rows - 1) % self.side + 1;
        let last_width = (self.from.width - 1) % self.side + 1;
        let last = self.sums.len() / 3 - 1;
        for (column, sums) in self.sums.chunks_exact_mut(3).enumerate() {
            let width = if column == last {
                last_width
            } else {
                self.side
            };
            let pixels = u64::from(width) * u64::from(height);
            for sum in sums {
                let average = (*sum + pixels / 2) / pixels;
                self.done.push(u8::try_from(average).unwrap_or(u8::MAX));
                *sum = 0;
            }
        }
    }
}
