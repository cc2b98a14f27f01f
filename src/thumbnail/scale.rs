//! Sizes, and how pixels come to another one.

use image::metadata::Orientation;
use image::{DynamicImage, RgbImage};

/// A width and a height in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    pub width: u32,
    pub height: u32,
}

impl Size {
    pub(super) const fn new(width: u32, height: u32) -> Self {
        Self { width, height }
    }

    pub(super) const fn pixels(self) -> u64 {
        self.width as u64 * self.height as u64
    }

    pub(super) fn longer(self) -> u32 {
        self.width.max(self.height)
    }

    pub(super) const fn turned(self) -> Self {
        Self::new(self.height, self.width)
    }

    /// The same shape with neither side above `max_side` nor below 1, never enlarged.
    pub(super) fn within(self, max_side: u32) -> Self {
        let longer = self.longer();
        if longer <= max_side {
            return self;
        }
        let scaled = |side: u32| {
            let doubled = 2 * u64::from(side) * u64::from(max_side);
            let rounded = (doubled + u64::from(longer)) / (2 * u64::from(longer));
            u32::try_from(rounded).unwrap_or(max_side).max(1)
        };
        Self::new(scaled(self.width), scaled(self.height))
    }
}

/// Pixels in exactly a size.
pub(super) fn fit(pixels: RgbImage, to: Size) -> RgbImage {
    let from = Size::new(pixels.width(), pixels.height());
    if from == to {
        return pixels;
    }
    let samples = resample::<3>(pixels.as_raw(), from, to);
    RgbImage::from_raw(to.width, to.height, samples).unwrap_or_default()
}

/// Turns pixels the right way up, and says whether width and height have changed places.
pub(super) fn orient(pixels: RgbImage, orientation: Orientation) -> (RgbImage, bool) {
    let turned = matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    let mut picture = DynamicImage::ImageRgb8(pixels);
    picture.apply_orientation(orientation);
    (picture.into_rgb8(), turned)
}

/// Samples, of so many channels a pixel, in another size, by a Catmull–Rom filter as wide as the
/// pixels it makes. It is one row at a time that is kept between down and across.
pub(super) fn resample<const CHANNELS: usize>(samples: &[u8], from: Size, to: Size) -> Vec<u8> {
    let row_samples = CHANNELS * from.width as usize;
    let columns = Taps::all(from.width, to.width);
    let mut resampled = Vec::with_capacity(CHANNELS * to.width as usize * to.height as usize);
    let mut between = vec![0.0_f32; row_samples];
    for taps in Taps::all(from.height, to.height) {
        between.fill(0.0);
        let source = samples.chunks_exact(row_samples).skip(taps.first);
        for (row, &weight) in source.zip(&taps.weights) {
            for (sum, &sample) in between.iter_mut().zip(row) {
                *sum += weight * f32::from(sample);
            }
        }
        for taps in &columns {
            let mut sums = [0.0; CHANNELS];
            let source = between[CHANNELS * taps.first..].chunks_exact(CHANNELS);
            for (pixel, &weight) in source.zip(&taps.weights) {
                for (sum, sample) in sums.iter_mut().zip(pixel) {
                    *sum += weight * sample;
                }
            }
            resampled.extend(sums.map(nearest));
        }
    }
    resampled
}

/// What a pixel is made of along one side: the pixels from `first` on, each with its weight.
struct Taps {
    first: usize,
    weights: Vec<f32>,
}

impl Taps {
    /// Those of every pixel of a side.
    fn all(from: u32, to: u32) -> Vec<Self> {
        (0..to).map(|pixel| Self::of(pixel, from, to)).collect()
    }

    fn of(pixel: u32, from: u32, to: u32) -> Self {
        let ratio = f64::from(from) / f64::from(to);
        let width = ratio.max(1.0);
        let centre = (f64::from(pixel) + 0.5) * ratio - 0.5;
        let within = |at: f64| at.clamp(0.0, f64::from(from - 1));
        let first = whole(within((centre - 2.0 * width).ceil()));
        let last = whole(within((centre + 2.0 * width).floor()));
        let weights = (first..=last).map(|at| catmull_rom((f64::from(at) - centre) / width));
        let weights: Vec<f64> = weights.collect();
        let sum: f64 = weights.iter().sum();
        Self {
            first: first as usize,
            weights: weights.iter().map(|weight| single(weight / sum)).collect(),
        }
    }
}

/// The cubic filter of Catmull and Rom, which is 0 from a distance of 2 on.
fn catmull_rom(distance: f64) -> f64 {
    let x = distance.abs();
    if x < 1.0 {
        (1.5 * x - 2.5) * x * x + 1.0
    } else if x < 2.0 {
        ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0
    } else {
        0.0
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the place of a pixel: whole, and between 0 and the side"
)]
fn whole(place: f64) -> u32 {
    place as u32
}

#[expect(clippy::cast_possible_truncation, reason = "a weight is about 1")]
fn single(weight: f64) -> f32 {
    weight as f32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what the filter overshoots is cut to 0 and 255"
)]
fn nearest(sample: f32) -> u8 {
    (sample + 0.5) as u8
}
