//! Pictures made in code, the small ones in `tests/fixtures/pictures`, and what a thumbnail shows.
//!
//! Each shows four fields: red and green above, blue and pale below.

use std::path::PathBuf;

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder as _, RgbImage};
use tokio_util::sync::CancellationToken;
use wacompose::thumbnail::{self, Error, Settings, Thumbnail};

pub const RED: [u8; 3] = [200, 40, 40];
pub const GREEN: [u8; 3] = [40, 160, 60];
pub const BLUE: [u8; 3] = [40, 60, 190];
pub const PALE: [u8; 3] = [230, 220, 210];
pub const WHITE: [u8; 3] = [255, 255, 255];

/// The four fields, in pixels.
pub fn fields(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let right = x >= width / 2;
        let below = y >= height / 2;
        image::Rgb(match (right, below) {
            (false, false) => RED,
            (true, false) => GREEN,
            (false, true) => BLUE,
            (true, true) => PALE,
        })
    })
}

/// Pixels without any order, which do not become small.
pub fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 1_u32;
    RgbImage::from_fn(width, height, |_, _| {
        image::Rgb([0; 3].map(|_: u8| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        }))
    })
}

/// A baseline JPEG.
pub fn jpeg(pixels: &RgbImage) -> Vec<u8> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 90)
        .encode_image(pixels)
        .unwrap();
    jpeg
}

/// A JPEG with a segment put in behind its first marker.
pub fn with_segment(jpeg: &[u8], marker: u8, parameters: &[u8]) -> Vec<u8> {
    let length = u16::try_from(parameters.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &length, parameters, &jpeg[2..]].concat()
}

/// A JPEG with an EXIF of one entry: its orientation.
pub fn turned(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0";
    let exif = [exif.as_slice(), &[orientation, 0, 0, 0, 0, 0, 0]].concat();
    with_segment(jpeg, 0xe1, &exif)
}

/// A PNG of RGB.
pub fn png(pixels: &RgbImage) -> Vec<u8> {
    let mut png = Vec::new();
    let (width, height) = pixels.dimensions();
    image::codecs::png::PngEncoder::new(&mut png)
        .write_image(pixels, width, height, ExtendedColorType::Rgb8)
        .unwrap();
    png
}

/// The head of a PNG: its size and no more.
pub fn png_head(width: u32, height: u32) -> Vec<u8> {
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, width, height);
    encoder.set_color(png::ColorType::Rgb);
    drop(encoder.write_header().unwrap());
    png
}

/// A legal JPEG of so many scans, grey, 16,384 blocks: the first with all DC coefficients, then each
/// AC coefficient in eight scans of hardly a bit.
pub fn many_scans(scans: usize) -> Vec<u8> {
    let mut jpeg = b"\xff\xd8\xff\xdb\0\x43\0".to_vec();
    jpeg.extend([8; 64]);
    jpeg.extend(b"\xff\xc2\0\x0b\x08\x04\0\x04\0\x01\x01\x11\0");
    // One word each, of one bit: no difference, and an end of 2¹⁴ blocks.
    for (table, value) in [(0, 0), (0x10, 0xe0)] {
        jpeg.extend(b"\xff\xc4\0\x14");
        jpeg.push(table);
        jpeg.push(1);
        jpeg.extend([0; 15]);
        jpeg.push(value);
    }
    jpeg.extend(b"\xff\xda\0\x08\x01\x01\0\0\0\0");
    jpeg.extend([0; 16_384 / 8]);
    for scan in 0..scans - 1 {
        let coefficient = u8::try_from(1 + scan / 8 % 63).unwrap();
        let low = u8::try_from(7 - scan % 8).unwrap();
        let high = if low == 7 { 0 } else { low + 1 };
        jpeg.extend(b"\xff\xda\0\x08\x01\x01\0");
        jpeg.extend([coefficient, coefficient, high << 4 | low]);
        jpeg.extend(b"\0\x01");
    }
    jpeg.extend(b"\xff\xd9");
    jpeg
}

pub fn fixture_path(name: &str) -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.join("tests/fixtures/pictures").join(name)
}

pub fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(fixture_path(name)).unwrap()
}

pub fn within(max_side: u32) -> Settings {
    Settings {
        max_side,
        ..Settings::default()
    }
}

pub fn make(data: &[u8], settings: &Settings) -> Result<Thumbnail, Error> {
    thumbnail::from_bytes(data, settings, &CancellationToken::new())
}

/// The colours in the middle of the four fields: above left and right, below left and right.
pub fn corners(thumbnail: &Thumbnail) -> [[u8; 3]; 4] {
    let shown = image::load_from_memory(&thumbnail.jpeg)
        .unwrap()
        .into_rgb8();
    let size = (thumbnail.width, thumbnail.height);
    assert_eq!(shown.dimensions(), size, "what the JPEG says of its size");
    let rgb = RgbImage::from_raw(size.0, size.1, thumbnail.rgb.clone()).unwrap();
    let (width, height) = size;
    let places = [(1, 1), (3, 1), (1, 3), (3, 3)];
    places.map(|(x, y)| {
        let (x, y) = (x * width / 4, y * height / 4);
        let colour = shown.get_pixel(x, y).0;
        assert_like(colour, rgb.get_pixel(x, y).0, 24);
        colour
    })
}

pub fn assert_like(colour: [u8; 3], expected: [u8; 3], by: u8) {
    let is_near = colour
        .iter()
        .zip(expected)
        .all(|(a, b)| a.abs_diff(b) <= by);
    assert!(is_near, "{colour:?} instead of {expected:?}");
}

pub fn assert_shows(thumbnail: &Thumbnail, expected: [[u8; 3]; 4], by: u8) {
    for (colour, expected) in corners(thumbnail).into_iter().zip(expected) {
        assert_like(colour, expected, by);
    }
}

/// The markers of a JPEG up to its first scan.
pub fn markers(jpeg: &[u8]) -> Vec<u8> {
    let (mut at, mut markers) = (2, Vec::new());
    loop {
        assert_eq!(jpeg[at], 0xff);
        let marker = jpeg[at + 1];
        markers.push(marker);
        if marker == 0xda {
            return markers;
        }
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
}
