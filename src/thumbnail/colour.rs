//! Colours: transparency on white, an embedded ICC profile to sRGB, and the models of JPEG to RGB.

use image::RgbImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::scale::Size;

/// What the components of a JPEG are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ColourModel {
    Grey,
    Rgb,
    YCbCr,
    Cmyk,
    /// As Adobe's programs write it: 255 is no ink.
    InvertedCmyk,
    /// The same with its first three as `YCbCr`.
    InvertedYcck,
}

impl ColourModel {
    /// Planes of samples, all of one size, as pixels.
    pub(super) fn to_rgb(self, planes: &[Vec<u8>], size: Size) -> RgbImage {
        let plane = |number: usize| planes.get(number).map_or(&[][..], Vec::as_slice);
        let (first, second, third, fourth) = (plane(0), plane(1), plane(2), plane(3));
        let three = || {
            first
                .iter()
                .zip(second)
                .zip(third)
                .map(|((&a, &b), &c)| [a, b, c])
        };
        let samples: Vec<u8> = match self {
            Self::Grey => first.iter().flat_map(|&grey| [grey; 3]).collect(),
            Self::Rgb => three().flatten().collect(),
            Self::YCbCr => three().flat_map(from_ycbcr).collect(),
            Self::Cmyk => {
                let inks = three().map(|inks| inks.map(inverted));
                let black = fourth.iter().copied().map(inverted);
                inks.zip(black).flat_map(under_black).collect()
            }
            Self::InvertedCmyk => {
                let black = fourth.iter().copied();
                three().zip(black).flat_map(under_black).collect()
            }
            Self::InvertedYcck => {
                let inks = three().map(|ycc| from_ycbcr(ycc).map(inverted));
                let black = fourth.iter().copied();
                inks.zip(black).flat_map(under_black).collect()
            }
        };
        RgbImage::from_raw(size.width, size.height, samples).unwrap_or_default()
    }
}

/// T.871, section 7, in 16-bit fixed point.
fn from_ycbcr([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let y = (i32::from(y) << 16) + (1 << 15);
    let (cb, cr) = (i32::from(cb) - 128, i32::from(cr) - 128);
    let rgb = [
        y + 91_881 * cr,
        y - 22_554 * cb - 46_802 * cr,
        y + 116_130 * cb,
    ];
    rgb.map(|sample| u8::try_from((sample >> 16).clamp(0, 255)).unwrap_or(0))
}

fn inverted(sample: u8) -> u8 {
    255 - sample
}

/// The light that three inks and black let through.
fn under_black((light, black): ([u8; 3], u8)) -> [u8; 3] {
    light.map(|light| {
        let product = u16::from(light) * u16::from(black);
        u8::try_from((product + 127) / 255).unwrap_or(u8::MAX)
    })
}

/// Puts samples of one (grey), two (and alpha), three (RGB) or four (and alpha) channels on white.
pub(super) fn flatten(channels: usize, samples: &[u8], rgb: &mut Vec<u8>) {
    match channels {
        1 => rgb.extend(samples.iter().flat_map(|&grey| [grey; 3])),
        2 => rgb.extend(samples.chunks_exact(2).flat_map(|pixel| {
            let grey = on_white(pixel[0], pixel[1]);
            [grey; 3]
        })),
        3 => rgb.extend_from_slice(samples),
        _ => rgb.extend(samples.chunks_exact(4).flat_map(|pixel| {
            let alpha = pixel[3];
            [pixel[0], pixel[1], pixel[2]].map(|sample| on_white(sample, alpha))
        })),
    }
}

fn on_white(sample: u8, alpha: u8) -> u8 {
    let (sample, alpha) = (u16::from(sample), u16::from(alpha));
    let sum = sample * alpha + 255 * (255 - alpha);
    u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
}

/// The biggest profile that is looked at, in bytes: one for a screen takes a few thousand.
const MAX_PROFILE: usize = 1 << 20;

/// Takes pixels from a profile to sRGB; `false` when the profile cannot be used.
pub(super) fn to_srgb(pixels: &mut RgbImage, profile: &[u8]) -> bool {
    if profile.len() > MAX_PROFILE {
        return false;
    }
    let Ok(profile) = ColorProfile::new_from_slice(profile) else {
        return false;
    };
    if profile.color_space != DataColorSpace::Rgb {
        return false;
    }
    let srgb = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let transform = profile.create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, options);
    let Ok(transform) = transform else {
        return false;
    };
    let mut converted = vec![0; pixels.as_raw().len()];
    if transform
        .transform(pixels.as_raw(), &mut converted)
        .is_err()
    {
        return false;
    }
    pixels.copy_from_slice(&converted);
    true
}
