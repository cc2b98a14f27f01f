//! The chunks of a WebP (RFC 9649, section 2.3): what the library would believe of their lengths is
//! looked at first, for it sets memory aside for what they claim.

use image::metadata::Orientation;

/// What stands beside the picture in a WebP.
pub(super) struct Chunks {
    /// Whether the file ends before what it claims to hold.
    pub is_cut_off: bool,
    pub orientation: Orientation,
    /// The ICC profile.
    pub profile: Option<Vec<u8>>,
}

impl Chunks {
    /// Walks the chunks behind the file's header of 12 bytes.
    pub(super) fn read(data: &[u8]) -> Self {
        let length = little_endian(data, 4).unwrap_or(0);
        let mut chunks = Self {
            is_cut_off: data.len() < length.saturating_add(8),
            orientation: Orientation::NoTransforms,
            profile: None,
        };
        let mut rest = data.get(12..).unwrap_or_default();
        while let Some((name, behind)) = rest.split_first_chunk::<4>() {
            let Some(length) = little_endian(behind, 0) else {
                break;
            };
            let Some(payload) = behind.get(4..length.saturating_add(4)) else {
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
                _ => {}
            }
            // A chunk of an odd length is followed by a byte that fills up.
            rest = behind.get(4 + length + length % 2..).unwrap_or_default();
        }
        chunks
    }
}

fn little_endian(data: &[u8], at: usize) -> Option<usize> {
    let bytes = data.get(at..)?.first_chunk()?;
    usize::try_from(u32::from_le_bytes(*bytes)).ok()
}
