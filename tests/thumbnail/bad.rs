//! What is no picture, or one that must not be decoded: the error by its name, at once.

use std::io;
use std::time::Duration;

use rstest::rstest;
use tokio_util::sync::CancellationToken;
use wacompose::thumbnail::{self, Error, Format, MAX_SOURCE_BYTES, Settings};

use super::pictures::*;

fn error(data: &[u8]) -> String {
    make(data, &Settings::default()).unwrap_err().to_string()
}

/// A baseline JPEG with another kind of frame in its header.
fn frame(marker: u8) -> Vec<u8> {
    let mut picture = jpeg(&fields(64, 40));
    let at = sof(&picture);
    picture[at + 1] = marker;
    picture
}

fn sof(jpeg: &[u8]) -> usize {
    memchr::memmem::find(jpeg, b"\xff\xc0").unwrap()
}

/// A JPEG that claims a size.
fn claims(width: u16, height: u16) -> Vec<u8> {
    let mut picture = jpeg(&fields(64, 40));
    let at = sof(&picture);
    picture[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
    picture[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
    picture
}

fn twelve_bits() -> Vec<u8> {
    let mut picture = frame(0xc1);
    let at = memchr::memmem::find(&picture, b"\xff\xc1").unwrap();
    picture[at + 4] = 12;
    picture
}

/// Coded data that no Huffman table has a word for.
fn corrupt() -> Vec<u8> {
    let mut picture = jpeg(&noise(640, 400));
    let middle = picture.len() / 2;
    for byte in &mut picture[middle..middle + 400] {
        *byte = 0xfe;
    }
    picture
}

#[rstest]
#[case::empty(Vec::new(), "it is empty")]
#[case::html(b"\n<!DOCTYPE html><html><body>\xe6\x97\xa5\xe6\x9c\xac".to_vec(), "it is HTML, not a picture: a page was saved")]
#[case::bare_html(b"<HTML><head>".to_vec(), "it is HTML, not a picture")]
#[case::xml(b"<?xml version=\"1.0\"?><a/>".to_vec(), "it is XML or HTML")]
#[case::svg(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), "it is an SVG drawing: save it as a JPEG")]
#[case::text("Olá 日本 👩‍👩‍👧 e\u{301} שלום".as_bytes().to_vec(), "it is text, not a picture: choose")]
#[case::heic(fixture("picture.heic"), "it is a HEIC picture: save it as a JPEG")]
#[case::avif(fixture("picture.avif"), "it is an AVIF picture: save it as a JPEG")]
#[case::tiff(b"II*\0\x08\0\0\0".to_vec(), "it is a TIFF or a camera's raw picture")]
#[case::pdf(b"%PDF-1.7".to_vec(), "it is a PDF document")]
#[case::film(b"\0\0\0\x18ftypmp42".to_vec(), "it is a film, not a picture")]
#[case::nothing_known(vec![0, 1, 2, 3, 0xff], "it is no picture that is known here: choose a JPEG")]
#[case::start_alone(b"\xff\xd8".to_vec(), "it is the beginning of a JPEG and no more")]
#[case::arithmetic(
    fixture("arithmetic.jpg"),
    "the JPEG uses arithmetic coding, which is not supported: save it as an ordinary JPEG"
)]
#[case::progressive_arithmetic(frame(0xca), "the JPEG uses arithmetic coding")]
#[case::lossless(frame(0xc3), "the JPEG is a lossless one, which is not supported")]
#[case::hierarchical(frame(0xc5), "the JPEG is a hierarchical one")]
#[case::twelve_bits(twelve_bits(), "the JPEG has 12 bits a sample, which is not supported")]
#[case::app_of_zero(
    with_zero_app(),
    "the JPEG is damaged (its APP2 segment has a length of 0): save or download it again"
)]
#[case::many_tables(
    many_tables(),
    "the JPEG is damaged (it has more Huffman tables than any picture needs)"
)]
#[case::corrupt(corrupt(), "the JPEG is damaged (its coded data break off after ")]
#[case::bomb(
    claims(65_535, 65_535),
    "the JPEG claims 65535×65535 pixels, which is more than 200 megapixels: scale it down first"
)]
#[case::no_width(
    claims(0, 40),
    "the JPEG is damaged (its header gives a width or a height of 0)"
)]
#[case::height_at_the_end(claims(64, 0), "the JPEG tells its height only at its end")]
#[case::png_bomb(png_head(20_000, 15_000), "the PNG claims 20000×15000 pixels")]
#[case::png_of_one_line(png_head(200_000_001, 1), "the PNG claims 200000001×1 pixels")]
#[case::png_of_long_rows(
    png_head(200_000_000, 1),
    "the PNG of 200000000×1 pixels would take too much memory"
)]
#[case::png_without_rows(
    png_head(640, 400),
    "the PNG is damaged (IDAT or fdAT chunk is missing.)"
)]
#[case::gif_bomb(b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\x02\x02L\x01\0;".to_vec(), "the GIF claims 65535×65535 pixels")]
#[case::webp_of_nothing(b"RIFF\x04\0\0\0WEBP".to_vec(), "the WebP is")]
#[case::webp_of_a_small_canvas(
    webp_around(64, b"VP8 ", &lossy_header(16_383)),
    "the WebP is damaged (a picture in it is larger than it claims to be)"
)]
#[case::webp_of_a_small_canvas_lossless(
    webp_around(64, b"VP8L", &lossless_header(16_383)),
    "the WebP is damaged (a picture in it is larger than it claims to be)"
)]
#[case::webp_of_a_small_canvas_cut_off(
    webp_around(64, b"VP8 ", &lossy_header(16_383))[..48].to_vec(),
    "the WebP is damaged (a picture in it is larger than it claims to be)"
)]
#[case::webp_animated_of_a_small_canvas(
    webp_around(64, b"ANMF", &animated(64, &lossy_header(16_383))),
    "the WebP is damaged (a picture in it is larger than it claims to be)"
)]
#[case::webp_animated_of_a_large_frame(
    webp_around(64, b"ANMF", &animated(16_383, &lossy_header(64))),
    "the WebP is damaged (a picture in it is larger than it claims to be)"
)]
#[case::webp_chunk_of_4_gb(
    webp_with_a_huge_chunk(),
    "the WebP is cut off, with too little of its picture there"
)]
#[case::second_frame(second_frame(), "the JPEG is damaged (it has a second frame header)")]
#[case::no_scan(b"\xff\xd8\xff\xfe\0\x04ok\xff\xd9".to_vec(), "the JPEG is damaged (there is no picture in it)")]
fn bad_input_is_named(#[case] data: Vec<u8>, #[case] expected: &str) {
    let words = error(&data);
    assert!(words.starts_with(expected), "{words}");
}

/// More Huffman tables than any picture needs: to build them all would take a minute.
fn many_tables() -> Vec<u8> {
    let picture = jpeg(&fields(64, 40));
    // Number and class, and no words of any length.
    let segment = with_segment(b"\xff\xd8", 0xc4, &[0; 17].repeat(3800));
    [&picture[..2], &segment[2..].repeat(200), &picture[2..]].concat()
}

/// A WebP that claims a square of so many pixels, around a chunk.
fn webp_around(side: u32, name: &[u8; 4], payload: &[u8]) -> Vec<u8> {
    let less_one = &(side - 1).to_le_bytes()[..3];
    let canvas = [&[0, 0, 0, 0], less_one, less_one].concat();
    let mut chunks = Vec::new();
    for (name, payload) in [(b"VP8X", canvas.as_slice()), (name, payload)] {
        chunks.extend_from_slice(name);
        chunks.extend_from_slice(&u32::try_from(payload.len()).unwrap().to_le_bytes());
        chunks.extend_from_slice(payload);
        if payload.len() % 2 == 1 {
            chunks.push(0);
        }
    }
    let length = u32::try_from(chunks.len() + 4).unwrap().to_le_bytes();
    [b"RIFF".as_slice(), &length, b"WEBP", &chunks].concat()
}

/// The beginning of a lossy picture (RFC 6386, section 9.1).
fn lossy_header(side: u16) -> Vec<u8> {
    let side = side.to_le_bytes();
    [&[0x10, 0, 0, 0x9d, 0x01, 0x2a], &side[..], &side, &[0; 40]].concat()
}

/// The beginning of a lossless picture (RFC 9649, section 3.4).
fn lossless_header(side: u32) -> Vec<u8> {
    let bits = (side - 1) | (side - 1) << 14;
    [&[0x2f][..], &bits.to_le_bytes(), &[0; 41]].concat()
}

/// A frame of an animation that claims a square of so many pixels (RFC 9649, section 2.7.1.1).
fn animated(side: u32, picture: &[u8]) -> Vec<u8> {
    let less_one = &(side - 1).to_le_bytes()[..3];
    let length = u32::try_from(picture.len()).unwrap().to_le_bytes();
    [
        &[0; 6], less_one, less_one, &[0; 4], b"VP8 ", &length, picture,
    ]
    .concat()
}

/// A lossy WebP that is cut off within its picture, with a chunk of metadata of 4 GB in front of it.
fn webp_with_a_huge_chunk() -> Vec<u8> {
    let picture = fixture("turned.webp");
    let at = memchr::memmem::find(&picture, b"VP8 ").unwrap();
    [&picture[..at], b"EXIF\xfe\xff\xff\xff", &picture[at..]].concat()
}

fn with_zero_app() -> Vec<u8> {
    let picture = jpeg(&fields(64, 40));
    [&picture[..2], b"\xff\xe2\0\0", &picture[2..]].concat()
}

fn second_frame() -> Vec<u8> {
    let picture = jpeg(&fields(64, 40));
    let at = sof(&picture);
    let header = picture[at..at + 19].to_vec();
    [&picture[..at], &header, &picture[at..]].concat()
}

#[test]
fn too_many_bytes_are_not_looked_at() {
    let words = error(&vec![0; MAX_SOURCE_BYTES + 1]);
    assert_eq!(
        words,
        "it is bigger than 40 MB: save a smaller copy of the picture"
    );
}

#[test]
fn bytes_that_nothing_fits_into() {
    let settings = Settings {
        max_bytes: 100,
        ..Settings::default()
    };
    let error = make(&png(&noise(64, 64)), &settings).unwrap_err();
    let Error::DoesNotFit {
        max_bytes: 100,
        least,
    } = error
    else {
        panic_with(&error)
    };
    // It says the truth about what would do.
    let enough = Settings {
        max_bytes: least,
        ..Settings::default()
    };
    assert!(make(&png(&noise(64, 64)), &enough).is_ok());
}

#[expect(clippy::panic, reason = "a test fails so")]
fn panic_with(error: &Error) -> ! {
    panic!("{error}")
}

#[test]
fn a_cancelled_one_stops() {
    let cancel = CancellationToken::new();
    cancel.cancel();
    let made = thumbnail::from_bytes(&jpeg(&fields(64, 40)), &Settings::default(), &cancel);
    assert!(matches!(made, Err(Error::Cancelled)));
}

#[test]
fn time_runs_out() {
    let settings = Settings {
        time: Duration::ZERO,
        ..Settings::default()
    };
    let made = make(&jpeg(&fields(64, 40)), &settings);
    assert!(matches!(made, Err(Error::TimedOut { .. })));
}

fn from_file(path: &std::path::Path) -> Result<thumbnail::Thumbnail, Error> {
    thumbnail::from_file(path, &Settings::default(), &CancellationToken::new())
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let words = |name: &str| {
        let error = from_file(&folder.path().join(name))
            .unwrap_err()
            .to_string();
        error.replace(&folder.path().display().to_string(), "HERE")
    };
    assert_eq!(
        words("日本 \u{1b}[31m.jpg"),
        "there is no file HERE/日本 ␛[31m.jpg: check its path"
    );
    assert_eq!(words(""), "HERE/ is a directory: name a picture in it");
    std::fs::write(folder.path().join("a.jpg"), "").unwrap();
    assert_eq!(
        words("a.jpg"),
        "it is empty: save or download the picture again"
    );
    assert_eq!(
        words("a.jpg/b.jpg"),
        "there is no file HERE/a.jpg/b.jpg: check its path"
    );
}

#[cfg(unix)]
#[test]
fn what_would_wait_for_ever_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    for path in [socket.as_path(), std::path::Path::new("/dev/zero")] {
        assert!(matches!(from_file(path), Err(Error::Special { .. })));
    }
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_named() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jpg");
    std::fs::write(&path, jpeg(&fields(8, 8))).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o0)).unwrap();
    // Root may read everything: there, that it is read is all that can be seen.
    match std::fs::File::open(&path).map_err(|error| error.kind()) {
        Ok(_) => assert!(from_file(&path).is_ok()),
        Err(kind) => {
            assert_eq!(kind, io::ErrorKind::PermissionDenied);
            let words = from_file(&path).unwrap_err().to_string();
            assert!(
                words.ends_with("may not be read: check its permissions"),
                "{words}"
            );
        }
    }
}

#[test]
fn a_name_says_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("日本.txt");
    std::fs::write(&path, png(&fields(64, 40))).unwrap();
    assert_eq!(from_file(&path).unwrap().original.format, Format::Png);
    let path = folder.path().join("page.jpg");
    std::fs::write(&path, "<html>").unwrap();
    assert!(matches!(from_file(&path), Err(Error::NotAPicture { .. })));
}
