//! Any bytes as a picture: never a panic, and what is made keeps to its limits.
//!
//!     cargo +nightly fuzz run --fuzz-dir tests/fuzz thumbnail tests/fuzz/corpus tests/fixtures/pictures

#![no_main]

use libfuzzer_sys::fuzz_target;
use tokio_util::sync::CancellationToken;
use wacompose::thumbnail::{Settings, from_bytes};

fuzz_target!(|data: &[u8]| {
    // Small enough for the DC coefficients alone, then for the library's decoder.
    for max_side in [16, 300] {
        let settings = Settings {
            max_side,
            max_bytes: 4096,
            ..Settings::default()
        };
        if let Ok(thumbnail) = from_bytes(data, &settings, &CancellationToken::new()) {
            assert!(thumbnail.jpeg.len() <= settings.max_bytes);
            let (width, height) = (thumbnail.width, thumbnail.height);
            assert!((1..=max_side).contains(&width.max(height)));
            assert_eq!(thumbnail.rgb.len() as u64, 3 * u64::from(width * height));
        }
    }
});
