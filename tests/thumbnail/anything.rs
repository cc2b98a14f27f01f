//! Anything at all: never a panic, and what is made keeps to its limits.

use proptest::prelude::*;
use wacompose::thumbnail::Settings;

use super::pictures::*;

/// Small good pictures of every kind.
fn good() -> Vec<Vec<u8>> {
    let mut pictures: Vec<Vec<u8>> = [
        "progressive.jpg",
        "restarts.jpg",
        "sampling-4x1.jpg",
        "rgb.jpg",
        "one-scan-a-component.jpg",
        "dc-refined.jpg",
        "cmyk.jpg",
        "metadata.jpg",
        "interlaced.png",
        "sixteen-bits.png",
        "palette.png",
        "turned.png",
        "transparent.webp",
        "turned.webp",
        "lossy.webp",
        "animation.gif",
    ]
    .map(fixture)
    .into();
    pictures.push(jpeg(&noise(64, 40)));
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let parameters = [b"ICC_PROFILE\0\x01\x01".as_slice(), &profile].concat();
    pictures.push(with_segment(&jpeg(&fields(64, 40)), 0xe2, &parameters));
    pictures
}

/// One thing that happens to a file on its way.
#[derive(Debug, Clone)]
enum Change {
    Byte(prop::sample::Index, u8),
    Bit(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Remove(prop::sample::Index, usize),
    Repeat(prop::sample::Index, usize),
    Insert(prop::sample::Index, Vec<u8>),
}

impl Change {
    fn apply(&self, data: &mut Vec<u8>) {
        if data.is_empty() {
            return;
        }
        let length = data.len();
        match self {
            Self::Byte(at, byte) => data[at.index(length)] = *byte,
            Self::Bit(at, bit) => data[at.index(length)] ^= 1 << bit,
            Self::Cut(at) => data.truncate(at.index(length)),
            Self::Remove(at, count) => {
                let at = at.index(length);
                data.drain(at..length.min(at + count));
            }
            Self::Repeat(at, count) => {
                let at = at.index(length);
                let part = data[at..length.min(at + count)].to_vec();
                data.splice(at..at, part);
            }
            Self::Insert(at, bytes) => {
                let at = at.index(length);
                data.splice(at..at, bytes.iter().copied());
            }
        }
    }
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        4 => (at(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        4 => (at(), 0_u8..8).prop_map(|(at, bit)| Change::Bit(at, bit)),
        1 => at().prop_map(Change::Cut),
        1 => (at(), 1_usize..64).prop_map(|(at, count)| Change::Remove(at, count)),
        1 => (at(), 1_usize..64).prop_map(|(at, count)| Change::Repeat(at, count)),
        1 => (at(), prop::collection::vec(any::<u8>(), 1..16))
            .prop_map(|(at, bytes)| Change::Insert(at, bytes)),
    ]
}

/// Makes a thumbnail, and holds what comes of it against what was asked for.
fn hold(data: &[u8], max_side: u32, max_bytes: usize) {
    let settings = Settings {
        max_side,
        max_bytes,
        ..Settings::default()
    };
    match make(data, &settings) {
        Ok(thumbnail) => {
            let (width, height) = (thumbnail.width, thumbnail.height);
            assert!(thumbnail.jpeg.len() <= max_bytes);
            assert!((1..=max_side).contains(&width.max(height)));
            assert_eq!(thumbnail.rgb.len() as u64, 3 * u64::from(width * height));
            let decoded = image::load_from_memory(&thumbnail.jpeg).unwrap();
            assert_eq!((decoded.width(), decoded.height()), (width, height));
        }
        Err(error) => {
            let words = error.to_string();
            assert!(!words.is_empty() && words.len() < 400, "{words}");
            assert!(!words.chars().any(char::is_control), "{words:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn bytes(
        start in prop::sample::select(vec![
            &b""[..], b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\xff\0\0\0WEBP", b"GIF89a",
        ]),
        data in prop::collection::vec(any::<u8>(), 0..600),
        max_side in 1_u32..400,
    ) {
        hold(&[start, &data].concat(), max_side, 4096);
    }

    #[test]
    fn changed_pictures(
        picture in prop::sample::select(good()),
        changes in prop::collection::vec(change(), 1..6),
        max_side in prop::sample::select(vec![1_u32, 16, 64, 300]),
        max_bytes in prop::sample::select(vec![200_usize, 4096, 1 << 20]),
    ) {
        let mut picture = picture;
        for change in &changes {
            change.apply(&mut picture);
        }
        hold(&picture, max_side, max_bytes);
    }
}
