//! Writes the JPEG, within its bytes: by quality first, then by size.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, RgbImage};

use super::scale::{self, Size};
use super::stop::Stop;
use super::{Error, Warning};

/// The qualities that are tried, best first; below the last, blocks show.
const QUALITIES: [u8; 6] = [80, 72, 64, 56, 48, 40];

/// The longer side below which a picture shows nothing any more, in pixels.
const LEAST_SIDE: u32 = 16;

pub(super) struct Encoded {
    pub jpeg: Vec<u8>,
    pub pixels: RgbImage,
    pub size: Size,
    pub quality: u8,
}

/// The best JPEG of at most `max_bytes`, with a warning for what that took.
pub(super) fn within(
    mut pixels: RgbImage,
    max_bytes: usize,
    stop: &Stop,
    warnings: &mut Vec<Warning>,
) -> Result<Encoded, Error> {
    let whole = Size::new(pixels.width(), pixels.height());
    let mut size = whole;
    loop {
        let mut least = usize::MAX;
        for quality in QUALITIES {
            stop.check()?;
            let jpeg = jpeg(&pixels, quality)?;
            if jpeg.len() > max_bytes {
                least = jpeg.len();
                continue;
            }
            if quality < QUALITIES[0] {
                warnings.push(Warning::QualityLowered { quality, max_bytes });
            }
            if size != whole {
                let Size { width, height } = size;
                warnings.push(Warning::SizeLowered {
                    width,
                    height,
                    max_bytes,
                });
            }
            return Ok(Encoded {
                jpeg,
                pixels,
                size,
                quality,
            });
        }
        if size.longer() <= LEAST_SIDE {
            return Err(Error::DoesNotFit { max_bytes, least });
        }
        size = size.within(smaller(size.longer(), least, max_bytes));
        pixels = scale::fit(pixels, size);
    }
}

/// The next side to try: bytes grow with the area, less quickly than it.
fn smaller(side: u32, bytes: usize, max_bytes: usize) -> u32 {
    let (bytes, max_bytes) = (bytes as u64, max_bytes as u64);
    let wanted = (u64::from(side).pow(2) * max_bytes / bytes.max(1)).isqrt();
    let wanted = u32::try_from(wanted).unwrap_or(side);
    wanted.clamp(side / 2, side * 9 / 10).max(LEAST_SIDE)
}

fn jpeg(pixels: &RgbImage, quality: u8) -> Result<Vec<u8>, Error> {
    let mut jpeg = Vec::new();
    let (width, height) = pixels.dimensions();
    JpegEncoder::new_with_quality(&mut jpeg, quality)
        .encode(pixels.as_raw(), width, height, ExtendedColorType::Rgb8)
        .map_err(|error| Error::damaged(super::Format::Jpeg, error.to_string()))?;
    Ok(jpeg)
}
