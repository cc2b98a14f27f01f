//! The chunks of a WebP (RFC 9649, section 2.3): what the library would believe of their lengths is
//! looked at first, for it sets memory aside for what they claim.

use image::metadata::Orientation;

use super::scale::Size;

/// What stands beside the picture in a WebP.
pub(super) struct Chunks {
    /// Whether the file ends before what it claims to hold.
    pub is_cut_off: bool,
    pub orientation: Orientation,
    /// The ICC profile.
    pub profile: Option<Vec<u8>>,
    /// The size that the file as a whole claims, where it says so (section 2.7).
    pub canvas: Option<Size>,
    /// The largest width and the largest height of a picture in it, by its own header.
    pub frame: Size,
}

impl Chunks {
    /// Walks the chunks behind the file's header of 12 bytes.
    pub(super) fn read(data: &[u8]) -> Self {
        let length = little_endian(data, 4).unwrap_or(0);
        let mut chunks = Self {
            is_cut_off: data.len() < length.saturating_add(8),
            orientation: Orientation::NoTransforms,
            profile: None,
            canvas: None,
            frame: Size::new(0, 0),
        };
        let mut rest = data.get(12..).unwrap_or_default();
        while let Some((name, behind)) = rest.split_first_chunk::<4>() {
            let Some(length) = little_endian(behind, 0) else {
                break;
            };
            let there = behind.get(4..).unwrap_or_default();
            chunks.has_frames(name, there);
            let Some(payload) = there.get(..length) else {
                chunks.is_cut_off = true;
                break;
            };
            match name {
                b"EXIF" => {
                    // Some writers put JPEG's prefix in front.
                    let exif = payload.strip_prefix(b"Exif\0\0").unwrap_or(payload);
                    if let Some(orientation) = Orientation::from_exif_chunk(exif) {
                        chunks.orientation = orientation;
                    }
                }
                b"ICCP" => chunks.profile = Some(payload.to_owned()),
                b"VP8X" => chunks.canvas = size_less_one(payload, 4),
                _ => {}
            }
            // A chunk of an odd length is followed by a byte that fills up.
            rest = behind.get(4 + length + length % 2..).unwrap_or_default();
        }
        chunks
    }

    /// Whether a picture in it is larger than the file as a whole: decoding it would take more than was
    /// looked at.
    pub(super) fn is_larger_within(&self) -> bool {
        let is_larger =
            |canvas: Size| self.frame.width > canvas.width || self.frame.height > canvas.height;
        self.canvas.is_some_and(is_larger)
    }

    /// Notes the sizes of the pictures in a chunk, of which the end may be missing.
    fn has_frames(&mut self, name: &[u8; 4], payload: &[u8]) {
        let size = match name {
            b"VP8 " => lossy(payload),
            b"VP8L" => lossless(payload),
            b"ANMF" => {
                // The frame's own chunks follow its header of 16 bytes.
                let mut rest = payload.get(16..).unwrap_or_default();
                while let Some((name @ (b"VP8 " | b"VP8L" | b"ALPH"), behind)) =
                    rest.split_first_chunk::<4>()
                {
                    self.has_frames(name, behind.get(4..).unwrap_or_default());
                    let length = little_endian(behind, 0).unwrap_or(usize::MAX);
                    let next = length.saturating_add(4 + length % 2);
                    rest = behind.get(next..).unwrap_or_default();
                }
                size_less_one(payload, 6)
            }
            _ => None,
        };
        if let Some(size) = size {
            self.frame.width = self.frame.width.max(size.width);
            self.frame.height = self.frame.height.max(size.height);
        }
    }
}

/// Three bytes each for a width and a height, less one (section 2.7).
fn size_less_one(data: &[u8], at: usize) -> Option<Size> {
    let number = |at: usize| {
        let bytes: &[u8; 3] = data.get(at..)?.first_chunk()?;
        let [low, middle, high] = *bytes;
        Some(u32::from_le_bytes([low, middle, high, 0]) + 1)
    };
    Some(Size::new(number(at)?, number(at + 3)?))
}

/// The size in the header of a lossy picture (RFC 6386, section 9.1).
fn lossy(data: &[u8]) -> Option<Size> {
    let size = data.get(3..)?.strip_prefix(b"\x9d\x01\x2a")?;
    let [a, b, c, d] = *size.first_chunk()?;
    let of = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3fff);
    Some(Size::new(of(a, b), of(c, d)))
}

/// The size in the header of a lossless picture (RFC 9649, section 3.4).
fn lossless(data: &[u8]) -> Option<Size> {
    let bits = u32::from_le_bytes(*data.strip_prefix(b"\x2f")?.first_chunk()?);
    Some(Size::new((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
}

fn little_endian(data: &[u8], at: usize) -> Option<usize> {
    let bytes = data.get(at..)?.first_chunk()?;
    usize::try_from(u32::from_le_bytes(*bytes)).ok()
}
