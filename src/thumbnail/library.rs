//! Pictures that the library decodes whole, within [`MAX_MEMORY`].

use std::error::Error as _;
use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::webp::WebPDecoder;
use image::error::ImageResult;
use image::metadata::Orientation;
use image::{ColorType, ImageDecoder, ImageError, Limits, RgbImage};

use super::colour::flatten;
use super::scale::Size;
use super::webp::Chunks;
use super::{Decoded, Error, Format, MAX_MEMORY, Warning, check_memory, check_pixels};

/// Decodes a JPEG whose markers and coefficients have been looked at.
pub(super) fn decode_jpeg(data: &[u8]) -> Result<RgbImage, Error> {
    let explain = |error| explain(Format::Jpeg, &error);
    // The library refuses what lacks only its end marker.
    let mut data = data.to_vec();
    data.extend_from_slice(b"\xff\xd9");
    let decoder = JpegDecoder::new(Cursor::new(data)).map_err(explain)?;
    let (width, height) = decoder.dimensions();
    let colours = decoder.color_type();
    let mut samples = buffer(&decoder);
    decoder.read_image(&mut samples).map_err(explain)?;
    Ok(rgb(Size::new(width, height), colours, samples))
}

pub(super) fn decode_webp(data: &[u8]) -> Result<Decoded, Error> {
    let chunks = Chunks::read(data);
    if chunks.is_larger_within() {
        let what = "a picture in it is larger than it claims to be";
        return Err(Error::damaged(Format::WebP, what));
    }
    let decoder = WebPDecoder::new(Cursor::new(data));
    let picture = decode(Format::WebP, decoder, chunks.is_cut_off)?;
    Ok(Decoded {
        orientation: chunks.orientation,
        profile: chunks.profile,
        ..picture
    })
}

pub(super) fn decode_gif(data: &[u8]) -> Result<Decoded, Error> {
    // The trailer (GIF89a, section 27) is the last byte.
    let is_cut_off = data.last() != Some(&0x3b);
    decode(Format::Gif, GifDecoder::new(Cursor::new(data)), is_cut_off)
}

/// Decodes the pixels; metadata is for others to look at.
fn decode(
    format: Format,
    decoder: ImageResult<impl ImageDecoder>,
    is_cut_off: bool,
) -> Result<Decoded, Error> {
    let explain = |error| {
        if is_cut_off {
            Error::CutOff { format, percent: 0 }
        } else {
            explain(format, &error)
        }
    };
    let mut decoder = decoder.map_err(explain)?;
    let (width, height) = decoder.dimensions();
    let size = Size::new(width, height);
    check_pixels(format, size)?;
    let colours = decoder.color_type();
    // The decoder's own planes come on top of the pixels: as much again.
    check_memory(format, size, 2 * u64::from(colours.bytes_per_pixel()))?;
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_MEMORY);
    decoder.set_limits(limits).map_err(explain)?;
    let mut samples = buffer(&decoder);
    let mut warnings = Vec::new();
    if let Err(error) = decoder.read_image(&mut samples) {
        if !is_cut_off {
            return Err(explain(error));
        }
        let percent = filled(&samples, colours);
        if percent < 50 {
            return Err(Error::CutOff { format, percent });
        }
        warnings.push(Warning::CutOff { percent });
    }
    Ok(Decoded {
        pixels: rgb(size, colours, samples),
        original: size,
        orientation: Orientation::NoTransforms,
        profile: None,
        warnings,
    })
}

/// Zeros for all samples; their number has been checked.
fn buffer(decoder: &impl ImageDecoder) -> Vec<u8> {
    vec![0; usize::try_from(decoder.total_bytes()).unwrap_or(0)]
}

/// How much of a picture was decoded before its file ended, in percent: what was not is still as
/// transparent as it was.
fn filled(samples: &[u8], colours: ColorType) -> u8 {
    if !colours.has_alpha() {
        return 0;
    }
    let last = samples.iter().rposition(|&sample| sample != 0);
    let filled = last.map_or(0, |last| last + 1);
    u8::try_from(filled * 100 / samples.len().max(1)).unwrap_or(100)
}

/// Samples as pixels on white.
fn rgb(size: Size, colours: ColorType, samples: Vec<u8>) -> RgbImage {
    let samples = if colours == ColorType::Rgb8 {
        samples
    } else {
        let mut flat = Vec::with_capacity(3 * samples.len() / usize::from(colours.channel_count()));
        flatten(colours.channel_count().into(), &samples, &mut flat);
        flat
    };
    RgbImage::from_raw(size.width, size.height, samples).unwrap_or_default()
}

/// What the library says, in words: the cause below what only says where it happened.
fn explain(format: Format, error: &ImageError) -> Error {
    if let ImageError::Unsupported(_) = error {
        let what = "is of a rare kind";
        return Error::Unsupported { format, what };
    }
    let words = match error.source() {
        Some(cause) => cause.to_string(),
        None => error.to_string(),
    };
    Error::damaged(format, crate::visible::line(&words))
}
