//! What a thumbnail shows, and what it keeps to.

use std::time::Duration;

use rstest::rstest;
use wacompose::thumbnail::{Format, Settings, Warning};

use super::pictures::*;

/// Small enough for the DC coefficients alone, and too big for them.
#[rstest]
fn every_orientation_lands_the_right_way_up(#[values(300, 64)] max_side: u32) {
    let upright = jpeg(&fields(640, 400));
    let expected = [
        [RED, GREEN, BLUE, PALE],
        [GREEN, RED, PALE, BLUE],
        [PALE, BLUE, GREEN, RED],
        [BLUE, PALE, RED, GREEN],
        [RED, BLUE, GREEN, PALE],
        [BLUE, RED, PALE, GREEN],
        [PALE, GREEN, BLUE, RED],
        [GREEN, PALE, RED, BLUE],
    ];
    for (orientation, expected) in (1..).zip(expected) {
        let thumbnail = make(&turned(&upright, orientation), &within(max_side)).unwrap();
        assert_shows(&thumbnail, expected, 12);
        let shorter = max_side * 400 / 640 + u32::from(max_side == 300);
        let (size, original) = if orientation < 5 {
            ((max_side, shorter), (640, 400))
        } else {
            ((shorter, max_side), (400, 640))
        };
        assert_eq!((thumbnail.width, thumbnail.height), size);
        let found = thumbnail.original;
        assert_eq!((found.width, found.height), original);
    }
}

#[rstest]
#[case::nonsense(9)]
#[case::none(0)]
fn an_orientation_that_is_none_turns_nothing(#[case] orientation: u8) {
    let picture = turned(&jpeg(&fields(64, 40)), orientation);
    let thumbnail = make(&picture, &Settings::default()).unwrap();
    assert_shows(&thumbnail, [RED, GREEN, BLUE, PALE], 12);
}

#[rstest]
#[case::progressive("progressive.jpg", Format::Jpeg)]
#[case::restarts("restarts.jpg", Format::Jpeg)]
#[case::sampling_4x1("sampling-4x1.jpg", Format::Jpeg)]
#[case::sampling_1x2_progressive("sampling-1x2.jpg", Format::Jpeg)]
#[case::rgb("rgb.jpg", Format::Jpeg)]
#[case::dc_refined("dc-refined.jpg", Format::Jpeg)]
#[case::cmyk("cmyk.jpg", Format::Jpeg)]
#[case::interlaced("interlaced.png", Format::Png)]
#[case::sixteen_bits("sixteen-bits.png", Format::Png)]
#[case::lossy("lossy.webp", Format::WebP)]
fn pictures_of_all_kinds_show_the_same(
    #[case] name: &str,
    #[case] format: Format,
    #[values(300, 24)] max_side: u32,
) {
    let picture = fixture(name);
    let thumbnail = make(&picture, &within(max_side)).unwrap();
    assert_shows(&thumbnail, [RED, GREEN, BLUE, PALE], 24);
    assert_eq!(thumbnail.warnings, []);
    assert_eq!(thumbnail.original.format, format);
    assert_eq!(thumbnail.original.bytes, picture.len());
}

#[rstest]
#[case::coarse(300, &[Warning::Coarse])]
#[case::by_dc(64, &[])]
fn a_scan_a_component_shows_the_same(#[case] max_side: u32, #[case] warnings: &[Warning]) {
    let thumbnail = make(&fixture("one-scan-a-component.jpg"), &within(max_side)).unwrap();
    assert_shows(&thumbnail, [RED, GREEN, BLUE, PALE], 12);
    assert_eq!(thumbnail.warnings, warnings);
}

#[rstest]
fn grey_stays_grey(#[values(300, 64)] max_side: u32) {
    let thumbnail = make(&fixture("grey.jpg"), &within(max_side)).unwrap();
    let luma = |[r, g, b]: [u8; 3]| {
        let sum = 299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b);
        [u8::try_from(sum / 1000).unwrap(); 3]
    };
    assert_shows(&thumbnail, [RED, GREEN, BLUE, PALE].map(luma), 6);
}

/// The same samples said to be YCCK: what the two ways of decoding make of them agrees.
#[rstest]
fn ycck_is_the_same_on_both_ways() {
    let mut picture = fixture("cmyk.jpg");
    let adobe = picture
        .windows(5)
        .position(|five| five == b"Adobe")
        .unwrap();
    assert_eq!(picture[adobe + 11], 0);
    picture[adobe + 11] = 2;
    let whole = make(&picture, &within(300)).unwrap();
    let by_dc = make(&picture, &within(64)).unwrap();
    for (a, b) in corners(&whole).into_iter().zip(corners(&by_dc)) {
        assert_like(a, b, 12);
    }
    let plain = make(&fixture("cmyk.jpg"), &within(300)).unwrap();
    assert_ne!(corners(&whole), corners(&plain));
}

#[rstest]
#[case::png("transparent.png", [RED, [147, 207, 157], BLUE, WHITE])]
#[case::webp("transparent.webp", [RED, [147, 207, 157], BLUE, WHITE])]
#[case::palette("palette.png", [RED, GREEN, BLUE, WHITE])]
#[case::first_frame("animation.gif", [RED, WHITE, WHITE, WHITE])]
#[case::first_frame_of_webp("animation.webp", [RED; 4])]
fn transparency_is_white(#[case] name: &str, #[case] expected: [[u8; 3]; 4]) {
    let thumbnail = make(&fixture(name), &Settings::default()).unwrap();
    assert_shows(&thumbnail, expected, 12);
}

#[rstest]
fn other_formats_are_turned_too(#[values("turned.png", "turned.webp")] name: &str) {
    let thumbnail = make(&fixture(name), &Settings::default()).unwrap();
    assert_shows(&thumbnail, [BLUE, RED, PALE, GREEN], 24);
    assert_eq!((thumbnail.width, thumbnail.height), (40, 64));
}

#[rstest]
fn nothing_rides_along(#[values(640, 300, 64)] max_side: u32) {
    let picture = fixture("metadata.jpg");
    for secret in ["DESCRIPTION", "COMMENT", "CREATOR", "KEYWORD"] {
        let secret = format!("SECRET-{secret}");
        let holds = |bytes: &[u8]| memchr::memmem::find(bytes, secret.as_bytes()).is_some();
        assert!(holds(&picture), "the picture has no {secret}");
        let thumbnail = make(&picture, &within(max_side)).unwrap();
        assert!(!holds(&thumbnail.jpeg), "{secret} is left");
    }
    let thumbnail = make(&picture, &within(max_side)).unwrap();
    let markers = markers(&thumbnail.jpeg);
    // JFIF's APP0 says the pixels' shape; there is no other APP segment and no comment.
    let is_told = |marker: &&u8| matches!(**marker, 0xe1..=0xef | 0xfe);
    assert_eq!(markers.iter().find(is_told), None, "{markers:x?}");
    let scans = memchr::memmem::find_iter(&thumbnail.jpeg, b"\xff\xd8").count();
    assert_eq!(scans, 1, "another picture is in it");
}

#[test]
fn what_stands_behind_the_end_does_not_ride_along() {
    let picture = [jpeg(&fields(64, 40)), b"SECRET-TRAILER".to_vec()].concat();
    let thumbnail = make(&picture, &Settings::default()).unwrap();
    assert!(memchr::memmem::find(&thumbnail.jpeg, b"SECRET").is_none());
    assert_eq!(thumbnail.warnings, []);
}

#[rstest]
#[case::landscape((640, 400), 300, (300, 188))]
#[case::portrait((400, 640), 300, (188, 300))]
#[case::small_stays((64, 40), 300, (64, 40))]
#[case::as_big_as_allowed((300, 300), 300, (300, 300))]
#[case::a_line((640, 1), 300, (300, 1))]
#[case::a_dot((1, 1), 300, (1, 1))]
#[case::to_a_dot((640, 400), 1, (1, 1))]
fn the_side_is_kept_to(
    #[case] (width, height): (u32, u32),
    #[case] max_side: u32,
    #[case] expected: (u32, u32),
    #[values(jpeg, png)] write: fn(&image::RgbImage) -> Vec<u8>,
) {
    let thumbnail = make(&write(&fields(width, height)), &within(max_side)).unwrap();
    assert_eq!((thumbnail.width, thumbnail.height), expected);
    assert_eq!(
        thumbnail.rgb.len() as u64,
        3 * u64::from(expected.0 * expected.1)
    );
}

#[test]
fn bytes_cost_quality_first_then_size() {
    let picture = png(&noise(300, 300));
    let settings = |max_bytes| Settings {
        max_bytes,
        ..Settings::default()
    };
    let free = make(&picture, &settings(1 << 20)).unwrap();
    assert_eq!(
        (free.quality, free.warnings.as_slice()),
        (80, [].as_slice())
    );

    let lower = make(&picture, &settings(free.jpeg.len() * 9 / 10)).unwrap();
    assert!(lower.jpeg.len() <= free.jpeg.len() * 9 / 10);
    assert_eq!(lower.width, 300);
    let quality = lower.quality;
    assert!(quality < 80);
    assert_eq!(
        lower.warnings,
        [Warning::QualityLowered {
            quality,
            max_bytes: free.jpeg.len() * 9 / 10
        }]
    );

    let smaller = make(&picture, &settings(4096)).unwrap();
    assert!(smaller.jpeg.len() <= 4096);
    assert!(smaller.width < 300);
    let is_size = |warning: &Warning| matches!(warning, Warning::SizeLowered { width, .. } if *width == smaller.width);
    assert!(
        smaller.warnings.iter().any(is_size),
        "{:?}",
        smaller.warnings
    );
    for warning in &smaller.warnings {
        assert!(warning.to_string().contains("4096 bytes"), "{warning}");
    }
}

#[test]
fn an_embedded_profile_is_honoured() {
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let parameters = [b"ICC_PROFILE\0\x01\x01".as_slice(), &profile].concat();
    let plain = jpeg(&fields(64, 40));
    let thumbnail = make(&with_segment(&plain, 0xe2, &parameters), &within(300)).unwrap();
    assert_eq!(thumbnail.warnings, []);
    let [red, ..] = corners(&thumbnail);
    // The same numbers mean a stronger red there, which sRGB says with more red and less green.
    assert!(red[0] > RED[0] + 8 && red[1] < RED[1] - 8, "{red:?}");
}

#[rstest]
#[case::nonsense(b"ICC_PROFILE\0\x01\x01this is none".to_vec())]
#[case::grey([b"ICC_PROFILE\0\x01\x01".as_slice(), &moxcms::ColorProfile::new_gray_with_gamma(2.2).encode().unwrap()].concat())]
fn a_profile_that_cannot_be_used_is_told(#[case] parameters: Vec<u8>) {
    let picture = with_segment(&jpeg(&fields(64, 40)), 0xe2, &parameters);
    let thumbnail = make(&picture, &Settings::default()).unwrap();
    assert_eq!(thumbnail.warnings, [Warning::ProfileIgnored]);
    assert_shows(&thumbnail, [RED, GREEN, BLUE, PALE], 12);
}

/// What a library of C takes seconds for.
#[rstest]
#[case::by_dc(1024 / 8)]
#[case::whole(300)]
fn many_scans_are_bounded(#[case] max_side: u32) {
    let settings = Settings {
        max_side,
        time: Duration::from_secs(60),
        ..Settings::default()
    };
    let thumbnail = make(&many_scans(505), &settings).unwrap();
    assert_shows(&thumbnail, [[128; 3]; 4], 2);
}

#[test]
fn its_base64_is_what_gateways_take() {
    let thumbnail = make(&jpeg(&fields(8, 8)), &Settings::default()).unwrap();
    assert!(thumbnail.base64().starts_with("/9j/"));
    let uri = thumbnail.data_uri();
    assert_eq!(
        uri,
        format!("data:image/jpeg;base64,{}", thumbnail.base64())
    );
}
