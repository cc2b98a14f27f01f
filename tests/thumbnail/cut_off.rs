//! Files that end too early: what is there is used when it is half of the picture, and it is told.

use rstest::rstest;
use wacompose::thumbnail::{Error, Settings, Thumbnail, Warning};

use super::pictures::*;

fn cut(picture: &[u8], percent: usize) -> Vec<u8> {
    picture[..picture.len() * percent / 100].to_vec()
}

/// How much of the picture there is, as the warning says.
fn told(thumbnail: &Thumbnail) -> u8 {
    let percents = thumbnail
        .warnings
        .iter()
        .filter_map(|warning| match warning {
            Warning::CutOff { percent } => Some(*percent),
            _ => None,
        });
    let percents: Vec<u8> = percents.collect();
    let [percent] = percents.as_slice() else {
        return 0;
    };
    *percent
}

/// Pixels whose bytes are spread over the file evenly.
fn even(write: fn(&image::RgbImage) -> Vec<u8>) -> Vec<u8> {
    write(&noise(640, 400))
}

#[rstest]
#[case::jpeg(even(jpeg))]
#[case::png(even(png))]
fn half_of_the_picture_is_enough(#[case] picture: Vec<u8>, #[values(300, 64)] max_side: u32) {
    let settings = Settings {
        max_side,
        max_bytes: 1 << 20,
        ..Settings::default()
    };
    let whole = make(&picture, &settings).unwrap();
    for percent in [60, 90] {
        let thumbnail = make(&cut(&picture, percent), &settings).unwrap();
        let told = usize::from(told(&thumbnail));
        assert!(told.abs_diff(percent) <= 4, "{told} of {percent}");
        // Above the cut it is the whole one's picture.
        let row = 3 * whole.width as usize;
        let above = row * (whole.height as usize * (percent - 10) / 100);
        assert!(above > 0);
        assert!(thumbnail.rgb[..above] == whole.rgb[..above]);
        assert!(thumbnail.rgb[above..] != whole.rgb[above..]);
    }
    let error = make(&cut(&picture, 40), &settings).unwrap_err();
    let Error::CutOff { percent, .. } = error else {
        unreachable!("{error}")
    };
    assert!(percent.abs_diff(40) <= 4, "{percent}");
}

/// A progressive JPEG says all that a small thumbnail needs in its first scans.
#[rstest]
fn a_progressive_one_needs_its_first_scans(#[values(60, 90)] percent: usize) {
    let picture = fixture("progressive.jpg");
    let thumbnail = make(&cut(&picture, percent), &within(64)).unwrap();
    assert_eq!(thumbnail.warnings, [Warning::CutOff { percent: 100 }]);
    assert_shows(&thumbnail, [RED, GREEN, BLUE, PALE], 12);
    // With less, what is missing is at the bottom.
    let thumbnail = make(&cut(&picture, 40), &within(64)).unwrap();
    assert!((70..100).contains(&told(&thumbnail)));
    let [red, green, ..] = corners(&thumbnail);
    assert_like(red, RED, 12);
    assert_like(green, GREEN, 12);
}

#[rstest]
fn one_that_is_decoded_whole_is_used_too(#[values(60, 90)] percent: usize) {
    let picture = fixture("progressive.jpg");
    let thumbnail = make(&cut(&picture, percent), &within(300)).unwrap();
    assert_eq!(thumbnail.warnings, [Warning::CutOff { percent: 100 }]);
    assert_shows(&thumbnail, [RED, GREEN, BLUE, PALE], 32);
}

#[rstest]
fn only_the_end_marker_is_missing(#[values(300, 64)] max_side: u32) {
    let picture = jpeg(&fields(640, 400));
    let picture = picture.strip_suffix(b"\xff\xd9").unwrap();
    let thumbnail = make(picture, &within(max_side)).unwrap();
    assert_eq!(thumbnail.warnings, [Warning::CutOff { percent: 100 }]);
    assert_shows(&thumbnail, [RED, GREEN, BLUE, PALE], 12);
}

#[rstest]
#[case::lossy_webp("lossy.webp")]
#[case::webp("transparent.webp")]
#[case::interlaced("interlaced.png")]
fn others_say_that_they_are_cut_off(#[case] name: &str, #[values(40, 60, 80)] percent: usize) {
    let cut = make(&cut(&fixture(name), percent), &Settings::default());
    assert!(matches!(cut, Err(Error::CutOff { .. })), "{cut:?}");
}

#[test]
fn a_gif_that_is_cut_off() {
    let picture = {
        let mut gif = Vec::new();
        let mut encoder = image::codecs::gif::GifEncoder::new(&mut gif);
        let pixels = image::DynamicImage::ImageRgb8(noise(160, 120)).into_rgba8();
        let (width, height) = pixels.dimensions();
        encoder
            .encode(&pixels, width, height, image::ExtendedColorType::Rgba8)
            .unwrap();
        drop(encoder);
        gif
    };
    assert_eq!(make(&picture, &within(64)).unwrap().warnings, []);
    for percent in [60, 90] {
        let thumbnail = make(&cut(&picture, percent), &within(64)).unwrap();
        let told = usize::from(told(&thumbnail));
        assert!(told.abs_diff(percent) <= 4, "{told} of {percent}");
    }
    let error = make(&cut(&picture, 40), &within(64));
    assert!(matches!(error, Err(Error::CutOff { .. })), "{error:?}");
}
