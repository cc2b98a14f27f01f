//! A picture, made small and bare: a JPEG within limits of pixels and bytes, without any metadata.
//!
//! It reads a file or bytes, looks at what they hold before it decodes anything, and works in
//! bounded memory. It blocks, so that it belongs on a thread of its own; it knows no terminal and
//! no network.
//!
//! ```text
//! source ─→ format ─→ header: size, kind ─→ decode ─→ scale ─→ orient ─→ sRGB ─→ encode ─→ JPEG
//!               └── what it is ──┴── refused before a pixel is allocated
//! ```

mod blocks;
mod colour;
mod encode;
mod error;
mod format;
mod jpeg;
mod library;
mod png;
mod scale;
mod source;
mod stop;
mod warning;
mod webp;

use std::fmt;
use std::path::Path;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::RgbImage;
use image::metadata::Orientation;
use tokio_util::sync::CancellationToken;

use crate::message::Thumbnail as Named;
use crate::visible;

pub use error::Error;
pub use format::Format;
pub use warning::Warning;

use scale::Size;
use stop::Stop;

/// What a thumbnail has to keep to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Pixels of the longer side at most; a smaller picture is not enlarged. Between 1 and
    /// [`Settings::MAX_SIDE`], and taken as the nearer of the two beyond them.
    pub max_side: u32,
    /// Bytes of the JPEG at most.
    pub max_bytes: usize,
    /// The time to make it in.
    pub time: Duration,
}

impl Settings {
    /// The longest side that can be asked for, in pixels.
    pub const MAX_SIDE: u32 = 4096;
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_side: Named::MAX_SIDE,
            max_bytes: Named::MAX_BYTES,
            time: Duration::from_secs(10),
        }
    }
}

/// The most bytes that are read of a picture.
pub const MAX_SOURCE_BYTES: usize = 40_000_000;

/// The most pixels that a picture may have.
pub const MAX_PIXELS: u64 = 200_000_000;

/// The most memory for a picture's pixels while it is decoded, in bytes.
const MAX_MEMORY: u64 = 256 << 20;

/// A thumbnail, and where it came from.
#[derive(Clone, PartialEq, Eq)]
pub struct Thumbnail {
    /// The JPEG: baseline, YCbCr, with nothing in it but the picture.
    pub jpeg: Vec<u8>,
    /// What it shows, before it was written as a JPEG: rows of red, green and blue, three bytes a
    /// pixel, from the top left.
    pub rgb: Vec<u8>,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// The quality that it was written with, from 1 to 100 as libjpeg counts it.
    pub quality: u8,
    /// The picture that it was made from.
    pub original: Original,
    /// What the user should know about it.
    pub warnings: Vec<Warning>,
}

/// What is known of the picture that a thumbnail was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Original {
    /// What it is.
    pub format: Format,
    /// Its width in pixels, as it is shown: turned by its orientation.
    pub width: u32,
    /// Its height in pixels, as it is shown.
    pub height: u32,
    /// Its size in bytes.
    pub bytes: usize,
}

/// Without the bytes of the pictures.
impl fmt::Debug for Thumbnail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Thumbnail")
            .field("bytes", &self.jpeg.len())
            .field("width", &self.width)
            .field("height", &self.height)
            .field("quality", &self.quality)
            .field("original", &self.original)
            .field("warnings", &self.warnings)
            .finish_non_exhaustive()
    }
}

impl Thumbnail {
    /// What it was made of and what came of it, in words.
    pub fn facts(&self) -> String {
        let original = self.original;
        format!(
            "{} {}×{}, {} → JPEG {}×{}, {}, quality {}",
            original.format,
            original.width,
            original.height,
            visible::bytes(original.bytes as u64),
            self.width,
            self.height,
            visible::bytes(self.jpeg.len() as u64),
            self.quality,
        )
    }

    /// The JPEG in base64 (RFC 4648, section 4), with padding.
    pub fn base64(&self) -> String {
        STANDARD.encode(&self.jpeg)
    }

    /// The JPEG as a `data:` URL (RFC 2397).
    pub fn data_uri(&self) -> String {
        format!("data:image/jpeg;base64,{}", self.base64())
    }
}

/// Makes a thumbnail of a picture in a file.
///
/// # Errors
/// When the file cannot be read, holds no picture that can be decoded, breaks a bound, or when it
/// was cancelled or took too long.
pub fn from_file(
    path: &Path,
    settings: &Settings,
    cancel: &CancellationToken,
) -> Result<Thumbnail, Error> {
    let stop = Stop::new(cancel, settings.time);
    let data = source::read(path, &stop)?;
    make(&data, settings, &stop)
}

/// Makes a thumbnail of a picture in memory.
///
/// # Errors
/// As [`from_file`].
pub fn from_bytes(
    data: &[u8],
    settings: &Settings,
    cancel: &CancellationToken,
) -> Result<Thumbnail, Error> {
    make(data, settings, &Stop::new(cancel, settings.time))
}

/// A picture as a decoder hands it over: at least as big as the thumbnail, not yet oriented.
struct Decoded {
    pixels: RgbImage,
    original: Size,
    orientation: Orientation,
    /// An embedded ICC profile.
    profile: Option<Vec<u8>>,
    warnings: Vec<Warning>,
}

fn make(data: &[u8], settings: &Settings, stop: &Stop) -> Result<Thumbnail, Error> {
    if data.len() > MAX_SOURCE_BYTES {
        return Err(Error::TooManyBytes);
    }
    let max_side = settings.max_side.clamp(1, Settings::MAX_SIDE);
    let format = Format::of(data)?;
    stop.check()?;
    let decoded = match format {
        Format::Jpeg => jpeg::decode(data, max_side, stop),
        Format::Png => png::decode(data, max_side, stop),
        Format::WebP => library::decode_webp(data),
        Format::Gif => library::decode_gif(data),
    }?;
    stop.check()?;

    let mut warnings = decoded.warnings;
    let mut pixels = scale::fit(decoded.pixels, decoded.original.within(max_side));
    stop.check()?;
    if let Some(profile) = decoded.profile
        && !colour::to_srgb(&mut pixels, &profile)
    {
        warnings.push(Warning::ProfileIgnored);
    }
    let (pixels, turned) = scale::orient(pixels, decoded.orientation);
    let encoded = encode::within(pixels, settings.max_bytes, stop, &mut warnings)?;
    let original = if turned {
        decoded.original.turned()
    } else {
        decoded.original
    };
    Ok(Thumbnail {
        jpeg: encoded.jpeg,
        width: encoded.size.width,
        height: encoded.size.height,
        quality: encoded.quality,
        rgb: encoded.pixels.into_raw(),
        original: Original {
            format,
            width: original.width,
            height: original.height,
            bytes: data.len(),
        },
        warnings,
    })
}

/// Refuses a picture by the size in its header, before anything is allocated for its pixels.
fn check_pixels(format: Format, size: Size) -> Result<(), Error> {
    if size.width == 0 || size.height == 0 {
        return Err(Error::damaged(
            format,
            "its header gives a width or a height of 0",
        ));
    }
    if size.pixels() > MAX_PIXELS {
        return Err(Error::TooManyPixels {
            format,
            width: size.width,
            height: size.height,
        });
    }
    Ok(())
}

/// Refuses a picture whose pixels take more memory than decoding may use.
fn check_memory(format: Format, size: Size, bytes_per_pixel: u64) -> Result<(), Error> {
    if size.pixels().saturating_mul(bytes_per_pixel) > MAX_MEMORY {
        return Err(Error::TooMuchMemory {
            format,
            width: size.width,
            height: size.height,
        });
    }
    Ok(())
}
