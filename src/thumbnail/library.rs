//! Pictures that the library decodes whole, within [`MAX_MEMORY`].

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::webp::WebPDecoder;
use image::error::LimitErrorKind;
use image::metadata::Orientation;
use image::{ColorType, ImageDecoder, ImageError, Limits, RgbImage};

use super::png::flatten;
use super::scale::Size;
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
    let decoder = WebPDecoder::new(Cursor::new(data));
    decode(Format::WebP, decoder.map_err(|error| explain(Format::WebP, &error))?)
}

pub(super) fn decode_gif(data: &[u8]) -> Result<Decoded, Error> {
    let decoder = GifDecoder::new(Cursor::new(data));
    decode(Format::Gif, decoder.map_err(|error| explain(Format::Gif, &error))?)
}

fn decode(format: Format, mut decoder: impl ImageDecoder) -> Result<Decoded, Error> {
    let (width, height) = decoder.dimensions();
    let size = Size::new(width, height);
    check_pixels(format, size)?;
    let colours = decoder.color_type();
    // The decoder's own planes come on top of the pixels: as much again.
    check_memory(format, size, 2 * u64::from(colours.bytes_per_pixel()))?;
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_MEMORY);
    decoder
        .set_limits(limits)
        .map_err(|error| explain(format, &error))?;
    // An orientation or a profile that cannot be read is none.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let mut samples = buffer(&decoder);
    let mut warnings = Vec::new();
    if let Err(error) = decoder.read_image(&mut samples) {
        if !is_cut_off(&error) {
            return Err(explain(format, &error));
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
        orientation,
        profile,
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

fn is_cut_off(error: &ImageError) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<std::io::Error>() {
            return error.kind() == std::io::ErrorKind::UnexpectedEof;
        }
        cause = error.source();
    }
    false
}

/// What the library says, in words.
fn explain(format: Format, error: &ImageError) -> Error {
    match error {
        ImageError::Limits(limit) if matches!(limit.kind(), LimitErrorKind::InsufficientMemory) => {
            Error::TooMuchMemory {
                format,
                width: 0,
                height: 0,
            }
        }
        ImageError::Unsupported(_) => Error::Unsupported {
            format,
            what: "is of a rare kind",
        },
        error if is_cut_off(error) => Error::CutOff { format, percent: 0 },
        error => Error::damaged(format, crate::visible::line(&error.to_string())),
    }
}
