//! Pictures at the prompt: the command `thumbnail`, and what `send`, `payload` and `preview` load.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::RgbImage;
use rstest::rstest;
use serde_json::Value;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use wacompose::picture::{Loader, Progress, Source};

const ACCEPTED: &[u8] = b"{\"success\":true,\"message_id\":\"3EB0ABC\",\"timestamp\":\"x\"}";

fn jpeg() -> Vec<u8> {
    let pixels = RgbImage::from_fn(640, 400, |x, _| image::Rgb([x.to_le_bytes()[0], 80, 160]));
    let mut jpeg = Vec::new();
    image::codecs::jpeg::JpegEncoder::new(&mut jpeg)
        .encode_image(&pixels)
        .unwrap();
    jpeg
}

fn catalog(thumbnail: &str) -> String {
    format!(
        "kind = \"catalog\"\nto = \"5511999999999\"\ntext = \"Olá 日本 👩‍👩‍👧 e\u{301} שלום\"\n\
         button = \"見る\"\nbusiness_owner = \"5511988887777\"\nthumbnail = \"{thumbnail}\"\n\
         [[sections]]\ntitle = \"👕\"\nproducts = [\"1\"]\n"
    )
}

/// A folder to run the program in, with a picture in it.
struct Prompt {
    home: TempDir,
}

#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap()
    }

    /// The picture in a request for WUTS.
    fn picture(&self) -> Value {
        self.json()["body"]["jpeg_thumbnail"].clone()
    }
}

impl Prompt {
    fn new() -> Self {
        let home = TempDir::new().unwrap();
        std::fs::create_dir(home.path().join("messages")).unwrap();
        Self { home }
            .file("camiseta 👕.jpg", &jpeg())
            .file("messages/a.toml", catalog("../camiseta 👕.jpg").as_bytes())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn file(self, name: &str, bytes: &[u8]) -> Self {
        std::fs::write(self.path(name), bytes).unwrap();
        self
    }

    fn profile(self, base_url: &str, more: &str) -> Self {
        let config = format!(
            "default_profile = \"p\"\n[profiles.p]\ngateway = \"wuts\"\nbase_url = \"{base_url}\"\n\
             token = {{ file = \"token\" }}\n{more}\n"
        );
        self.file("token", b"6f9619ff-8b86-4011-b42d-00c04fc964ff")
            .file("config.toml", config.as_bytes())
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with_input(arguments, b"")
    }

    fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_wacompose"))
            .args(arguments)
            .current_dir(self.home.path())
            .env_clear()
            .env("HOME", self.home.path())
            .env("WACOMPOSE_CONFIG", self.path("config.toml"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // The program may not want all of it.
        let _ = child.stdin.take().unwrap().write_all(input);
        let output = child.wait_with_output().unwrap();
        Ran {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// A server on loopback that answers every request alike, and hands over what was asked.
struct Server {
    address: SocketAddr,
    requests: mpsc::Receiver<(String, Vec<u8>)>,
}

impl Server {
    fn start(content_type: &str, body: &[u8]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let answer = [head.as_bytes(), body].concat();
        let (sender, requests) = mpsc::channel();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(request) = answer_one(stream.unwrap(), &answer) else {
                    continue;
                };
                if sender.send(request).is_err() {
                    return;
                }
            }
        });
        Self { address, requests }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

fn answer_one(mut stream: TcpStream, answer: &[u8]) -> std::io::Result<(String, Vec<u8>)> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first)?;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    stream.write_all(answer)?;
    Ok((first, body))
}

fn size_of(base64: &str) -> (u32, u32) {
    let jpeg = STANDARD.decode(base64.trim()).unwrap();
    let picture = image::load_from_memory_with_format(&jpeg, image::ImageFormat::Jpeg);
    let picture = picture.unwrap();
    (picture.width(), picture.height())
}

#[test]
fn base64_is_the_result() {
    let ran = Prompt::new().run(&["thumbnail", "camiseta 👕.jpg"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(ran.out.lines().count(), 1);
    assert_eq!(size_of(&ran.out), (300, 188));
}

#[test]
fn a_data_uri_is_the_result() {
    let arguments = ["thumbnail", "-", "--format", "data-uri", "--max-side", "64"];
    let ran = Prompt::new().run_with_input(&arguments, &jpeg());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let base64 = ran.out.strip_prefix("data:image/jpeg;base64,").unwrap();
    assert_eq!(size_of(base64), (64, 40));
}

#[test]
fn an_object_is_the_result() {
    let ran = Prompt::new().run(&["thumbnail", "camiseta 👕.jpg", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut object = ran.json();
    let base64 = object["base64"].take();
    let bytes = STANDARD.decode(base64.as_str().unwrap()).unwrap().len();
    let expected = serde_json::json!({
        "source": "camiseta 👕.jpg", "width": 300, "height": 188, "bytes": bytes,
        "original": { "format": "jpeg", "width": 640, "height": 400, "bytes": jpeg().len() },
        "base64": null,
    });
    assert_eq!(object, expected);
}

#[test]
fn a_file_is_the_result() {
    let prompt = Prompt::new();
    let ran = prompt.run(&["thumbnail", "camiseta 👕.jpg", "--output", "小.jpg"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert!(ran.err.starts_with("小.jpg: JPEG 640×400, "), "{}", ran.err);
    let written = image::open(prompt.path("小.jpg")).unwrap();
    assert_eq!(written.width(), 300);
}

#[test]
fn what_the_bytes_cost_is_told() {
    let prompt = Prompt::new();
    let free = prompt.run(&["thumbnail", "camiseta 👕.jpg"]);
    let bytes = STANDARD.decode(free.out.trim()).unwrap().len();
    let most = (bytes - 1).to_string();
    let ran = prompt.run(&["thumbnail", "camiseta 👕.jpg", "--max-bytes", &most]);
    assert_eq!(ran.code, 0);
    assert!(STANDARD.decode(ran.out.trim()).unwrap().len() < bytes);
    let words = format!("to keep to {most} bytes\n");
    assert!(
        ran.err.starts_with("warning: the quality was lowered to "),
        "{}",
        ran.err
    );
    assert!(ran.err.ends_with(&words), "{}", ran.err);
}

#[rstest]
#[case::missing(&["thumbnail", "日本.jpg"], b"", "error: there is no file 日本.jpg: check its path\n")]
#[case::folder(&["thumbnail", "messages"], b"", "error: messages is a directory: name a picture in it\n")]
#[case::page(&["thumbnail", "-"], b"<html>", "error: <stdin>: it is HTML, not a picture")]
#[case::nothing(&["thumbnail", "-"], b"", "error: <stdin>: it is empty")]
#[case::too_few_bytes(&["thumbnail", "camiseta 👕.jpg", "--max-bytes", "9"], b"", "error: camiseta 👕.jpg: no thumbnail of it fits into 9 bytes: allow at least ")]
#[case::private(&["thumbnail", "http://127.0.0.1:9/a.jpg?key=secret"], b"", "error: http://127.0.0.1:9/a.jpg: 127.0.0.1 is this machine or on a private network")]
#[case::no_side(&["thumbnail", "a.jpg", "--max-side", "0"], b"", "error: invalid value '0' for '--max-side <N>'")]
#[case::no_folder(&["thumbnail", "camiseta 👕.jpg", "--output", "no/a.jpg"], b"", "error: no/a.jpg cannot be written: ")]
fn what_cannot_be_done_is_usage(
    #[case] arguments: &[&str],
    #[case] input: &[u8],
    #[case] expected: &str,
) {
    let ran = Prompt::new().run_with_input(arguments, input);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
    assert!(ran.err.starts_with(expected), "{}", ran.err);
    assert!(!ran.err.contains("secret"), "{}", ran.err);
}

#[test]
fn an_address_is_fetched_when_it_may_be() {
    let server = Server::start("text/plain", &jpeg());
    let arguments = ["thumbnail", &server.url("/a"), "--allow-private"];
    let ran = Prompt::new().run(&arguments);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(size_of(&ran.out), (300, 188));
}

#[test]
fn a_page_in_the_pictures_place_is_named() {
    let server = Server::start("text/html; charset=utf-8", b"<!doctype html><title>404");
    let url = server.url("/a.jpg");
    let ran = Prompt::new().run(&["thumbnail", &url, "--allow-private"]);
    assert_eq!(ran.code, 2);
    let expected = format!("error: {url}: the server sends text/html; charset=utf-8: it is HTML");
    assert!(ran.err.starts_with(&expected), "{}", ran.err);
}

#[rstest]
#[case::from_here("messages/a.toml")]
#[case::from_standard_input("-")]
fn payload_holds_the_picture(#[case] file: &str) {
    let arguments = ["payload", "--gateway", "wuts", file];
    let ran = Prompt::new().run_with_input(&arguments, catalog("camiseta 👕.jpg").as_bytes());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(size_of(ran.picture().as_str().unwrap()), (300, 188));
}

#[test]
fn payload_leaves_out_what_cannot_be_loaded() {
    let prompt = Prompt::new().file("a.toml", catalog("日本.jpg").as_bytes());
    let ran = prompt.run(&["payload", "--gateway", "wuts", "a.toml"]);
    assert_eq!(ran.code, 0);
    assert_eq!(
        ran.err,
        "a.toml: error: thumbnail: there is no file 日本.jpg: check its path\n"
    );
    assert_eq!(ran.picture(), Value::Null);
    assert_eq!(ran.json()["body"]["button_text"], "見る");
}

#[test]
fn payload_leaves_out_an_address_that_may_not_be_fetched() {
    let prompt = Prompt::new().file("a.toml", catalog("http://127.0.0.1:9/a.jpg").as_bytes());
    let ran = prompt.run(&["payload", "--gateway", "wuts", "a.toml"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.err
            .contains("error: thumbnail: http://127.0.0.1:9/a.jpg: "),
        "{}",
        ran.err
    );
    assert_eq!(ran.picture(), Value::Null);
    assert_eq!(ran.json()["body"]["jpeg_thumbnail_url"], Value::Null);
}

#[rstest]
#[case::option(&["--allow-private"], "")]
#[case::profile(&[], "allow_private_urls = true")]
fn an_addresss_picture_goes_along(#[case] more: &[&str], #[case] keys: &str) {
    let server = Server::start("image/jpeg", &jpeg());
    let prompt = Prompt::new()
        .file("a.toml", catalog(&server.url("/a.jpg")).as_bytes())
        .profile("https://example.com", keys);
    let ran = prompt.run(&[&["payload", "a.toml"], more].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(size_of(ran.picture().as_str().unwrap()), (300, 188));
}

#[test]
fn an_address_goes_along_when_the_profile_says_so() {
    let server = Server::start("image/jpeg", &jpeg());
    let url = server.url("/a.jpg");
    let prompt = Prompt::new()
        .file("a.toml", catalog(&url).as_bytes())
        .profile("https://example.com", "thumbnail_as = \"url\"");
    let ran = prompt.run(&["payload", "a.toml"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(ran.json()["body"]["jpeg_thumbnail_url"], url);
    assert_eq!(ran.picture(), Value::Null);
    assert!(server.requests.try_recv().is_err(), "it was fetched");
    // A file has no address, so that its picture goes along.
    let ran = prompt.run(&["payload", "messages/a.toml"]);
    assert_eq!(size_of(ran.picture().as_str().unwrap()), (300, 188));
}

#[test]
fn a_gateway_without_pictures_loads_none() {
    let prompt = Prompt::new().file("a.toml", catalog("日本.jpg").as_bytes());
    let ran = prompt.run(&["payload", "--gateway", "cloud-api", "a.toml"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("warning: thumbnail: "), "{}", ran.err);
    assert!(!ran.err.contains("no file"), "{}", ran.err);
}

#[test]
fn a_message_is_sent_with_its_picture() {
    let gateway = Server::start("application/json", ACCEPTED);
    let prompt = Prompt::new().profile(&gateway.url(""), "");
    let ran = prompt.run(&["send", "messages/a.toml"]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "accepted 3EB0ABC\n"),
        "{}",
        ran.err
    );
    let (first, body) = gateway.requests.recv().unwrap();
    assert_eq!(first, "POST /send/catalog HTTP/1.1\r\n");
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(
        size_of(body["jpeg_thumbnail"].as_str().unwrap()),
        (300, 188)
    );
}

#[test]
fn a_message_whose_picture_fails_is_sent_by_force_alone() {
    let gateway = Server::start("application/json", ACCEPTED);
    let prompt = Prompt::new()
        .file("page.jpg", b"<html>")
        .file("a.toml", catalog("page.jpg").as_bytes())
        .profile(&gateway.url(""), "");
    let ran = prompt.run(&["send", "a.toml", "--format", "json"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err
            .contains("a.toml: error: thumbnail: page.jpg: it is HTML"),
        "{}",
        ran.err
    );
    assert_eq!(ran.json()["error"]["code"], "invalid");
    assert!(gateway.requests.try_recv().is_err(), "it was sent");

    let ran = prompt.run(&["send", "a.toml", "--force"]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "accepted 3EB0ABC\n"),
        "{}",
        ran.err
    );
    let (_, body) = gateway.requests.recv().unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body.get("jpeg_thumbnail"), None);
}

#[test]
fn a_dry_run_holds_the_picture() {
    let prompt = Prompt::new().profile("https://example.com", "");
    let ran = prompt.run(&["send", "messages/a.toml", "--dry-run", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(size_of(ran.picture().as_str().unwrap()), (300, 188));
}

#[test]
fn preview_says_what_came_of_the_picture() {
    let prompt = Prompt::new().file("b.toml", catalog("日本.jpg").as_bytes());
    let ran = prompt.run(&["preview", "messages/a.toml"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("camiseta 👕.jpg"), "{}", ran.out);
    assert!(
        ran.err.starts_with("picture: JPEG 640×400, "),
        "{}",
        ran.err
    );
    assert!(ran.err.contains(" → JPEG 300×188, "), "{}", ran.err);
    let ran = prompt.run(&["preview", "b.toml"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("見る"), "{}", ran.out);
    assert_eq!(
        ran.err,
        "b.toml: error: thumbnail: there is no file 日本.jpg: check its path\n"
    );
}

#[test]
fn check_stays_offline() {
    let prompt = Prompt::new().file("a.toml", catalog("日本.jpg").as_bytes());
    let ran = prompt.run(&["check", "--gateway", "wuts", "a.toml"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

fn is_send(future: impl Future + Send) -> impl Future + Send {
    future
}

#[tokio::test]
async fn a_load_can_be_given_away_and_told_and_cancelled() {
    let prompt = Prompt::new();
    let loader = Loader::usual(false);
    let source = Source::of("camiseta 👕.jpg", prompt.home.path());
    let cancel = CancellationToken::new();
    let mut seen = Vec::new();
    let thumbnail = loader.load(&source, |at| seen.push(at), &cancel);
    let thumbnail = thumbnail.await.unwrap();
    assert_eq!(seen, [Progress::Making]);
    assert_eq!(thumbnail.rgb.len(), 3 * 300 * 188);

    let progress = |_| {};
    is_send(loader.load(&source, progress, &cancel)).await;
    cancel.cancel();
    let error = loader.load(&source, progress, &cancel).await.unwrap_err();
    assert!(error.is_cancelled(), "{error}");
}

#[rstest]
#[case::file("a/👕.jpg", "messages/a/👕.jpg")]
#[case::root("/a/b.jpg", "/a/b.jpg")]
#[case::address(
    "https://例え.jp:8443/👕.jpg?key=secret#x",
    "https://xn--r8jz45g.jp:8443/%F0%9F%91%95.jpg"
)]
#[case::user("https://u:secret@host/a.jpg", "https://host/a.jpg")]
#[case::no_address("https://a b/secret", "the picture's address")]
#[case::controls("a\u{1b}[2J.jpg", "messages/a␛[2J.jpg")]
fn a_sources_name_is_safe_to_show(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(Source::of(text, "messages".as_ref()).name(), expected);
}

// ------------------------------------------------------------------------- in the message itself

/// A picture in another format, and its bytes in base64.
fn encoded(format: image::ImageFormat) -> String {
    let pixels = RgbImage::from_fn(640, 400, |x, y| {
        let [red, ..] = (x * y).to_le_bytes();
        image::Rgb([red, 80, 160])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, format).unwrap();
    STANDARD.encode(bytes.into_inner())
}

fn in_lines(base64: &str) -> String {
    let lines = base64.as_bytes().chunks(76);
    let lines = lines.map(|line| String::from_utf8_lossy(line).into_owned());
    lines.collect::<Vec<_>>().join("\n")
}

#[rstest]
#[case::jpeg(image::ImageFormat::Jpeg, |base64| format!("data:image/jpeg;base64,{base64}"))]
#[case::jpg(image::ImageFormat::Jpeg, |base64| format!("data:image/jpg;base64,{base64}"))]
#[case::png(image::ImageFormat::Png, |base64| format!("data:image/png;base64,{base64}"))]
#[case::webp(image::ImageFormat::WebP, |base64| format!("data:image/webp;base64,{base64}"))]
#[case::gif(image::ImageFormat::Gif, |base64| format!("data:image/gif;base64,{base64}"))]
#[case::wrong_kind(image::ImageFormat::Png, |base64| format!("data:image/jpeg;base64,{base64}"))]
#[case::upper_case(image::ImageFormat::Png, |base64| format!("DATA:IMAGE/PNG;BASE64,{base64}"))]
#[case::charset(image::ImageFormat::Png, |base64| format!("data:image/png;charset=utf-8;base64,{base64}"))]
#[case::blanks(image::ImageFormat::Png, |base64| format!(" data:image/png; base64, {base64} "))]
#[case::twice(image::ImageFormat::Jpeg, |base64| format!("data:image/jpeg;base64,data:image/jpeg;base64,{base64}"))]
#[case::bare_jpeg(image::ImageFormat::Jpeg, |base64| base64)]
#[case::bare_png(image::ImageFormat::Png, |base64| base64)]
#[case::bare_webp(image::ImageFormat::WebP, |base64| base64)]
#[case::bare_gif(image::ImageFormat::Gif, |base64| base64)]
#[case::lines(image::ImageFormat::Png, |base64: String| format!("data:image/png;base64,\n{}", in_lines(&base64)))]
#[case::bare_lines(image::ImageFormat::Jpeg, |base64: String| in_lines(&base64))]
#[case::url_safe(image::ImageFormat::Png, |base64: String| format!("data:image/png;base64,{}", base64.replace('+', "-").replace('/', "_").trim_end_matches('=')))]
fn a_picture_in_the_message_is_made_small(
    #[case] format: image::ImageFormat,
    #[case] written: fn(String) -> String,
) {
    let text = written(encoded(format));
    let draft = catalog("").replace(
        "thumbnail = \"\"",
        &format!("thumbnail = \"\"\"{text}\"\"\""),
    );
    let prompt = Prompt::new().file("a.toml", draft.as_bytes());
    let ran = prompt.run(&["payload", "--gateway", "wuts", "a.toml"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let picture = ran.picture();
    let picture = picture.as_str().unwrap();
    assert!(picture.starts_with("/9j/") && picture.len() <= 16 * 1024 * 4 / 3 + 4);
    let (width, height) = size_of(picture);
    assert!(width.max(height) == 300, "{width}×{height}");

    let ran = prompt.run(&["check", "--gateway", "wuts", "a.toml"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    let ran = prompt.run(&["preview", "a.toml"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.out.len() + ran.err.len() < 4000,
        "{}{}",
        ran.out,
        ran.err
    );
    if text.len() < 100_000 {
        let ran = prompt.run(&["thumbnail", &text]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        assert_eq!(size_of(&ran.out), (width, height));
    }
    // A file that holds the text is as good.
    let prompt = prompt.file("photo.b64", text.as_bytes());
    let ran = prompt.run(&["thumbnail", "photo.b64"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let ran = prompt.run_with_input(&["thumbnail", "-"], text.as_bytes());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[rstest]
#[case::junk(
    "data:image/jpeg;base64,AAAA",
    "data:image/jpeg;base64,… (3 bytes): it is no picture that is known here"
)]
#[case::junk_png(
    "data:image/png;base64,AAAA",
    "data:image/png;base64,… (3 bytes): it is no picture that is known here"
)]
#[case::long_junk(&format!("data:image/png;base64,{}", "QUJD".repeat(30_000)), "data:image/png;base64,… (90 KB): it is text, not a picture")]
#[case::cut(&format!("data:image/jpeg;base64,{}", &encoded(image::ImageFormat::Jpeg)[..400]), "the JPEG is cut off")]
#[case::no_base64(
    "data:image/png;base64,日本",
    "it is not base64: 日 is no character of that"
)]
#[case::svg("data:image/svg+xml,%3Csvg%3E", "it does not say that it is base64")]
#[case::nothing("data:image/png;base64,", "there is nothing behind its comma")]
fn what_is_no_picture_in_the_message_is_one_short_sentence(#[case] text: &str, #[case] told: &str) {
    let prompt = Prompt::new().file("a.toml", catalog(text).as_bytes());
    for command in ["check", "payload"] {
        let ran = prompt.run(&[command, "--gateway", "wuts", "a.toml"]);
        assert_eq!(ran.code, i32::from(command == "check"), "{}", ran.err);
        let words = ran.err
            + if command == "check" {
                ran.out.as_str()
            } else {
                ""
            };
        let line = words
            .lines()
            .find(|line| line.contains("thumbnail"))
            .unwrap();
        assert!(line.contains(told) && line.len() < 300, "{line}");
        assert_eq!(
            words
                .lines()
                .filter(|line| line.contains("thumbnail"))
                .count(),
            1
        );
        if command == "payload" {
            assert!(!ran.out.contains("jpeg_thumbnail"), "{}", ran.out);
        }
    }
    let ran = prompt.run(&["send", "a.toml"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.len() + ran.out.len() < 1000);
    let ran = prompt.run(&["thumbnail", text]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains(told) && ran.err.len() < 300, "{}", ran.err);
}

#[test]
fn an_object_holds_no_base64_but_the_result() {
    let text = format!("data:image/png;base64,{}", encoded(image::ImageFormat::Png));
    let text = &text[..text.len().min(100_000)];
    let ran = Prompt::new().run(&["thumbnail", text, "--format", "json"]);
    if ran.code == 0 {
        let source = ran.json()["source"].as_str().unwrap().to_owned();
        assert!(source.starts_with("data:image/png;base64,… ("), "{source}");
    }
}

#[rstest]
#[case::break_before(b"\r\n", "a JPEG behind a byte order mark or a line break")]
#[case::byte_order_mark(b"\xef\xbb\xbf", "a JPEG behind a byte order mark or a line break")]
#[case::both(b"\xef\xbb\xbf\n\n", "a JPEG behind a byte order mark or a line break")]
fn what_stands_before_a_picture_is_named(#[case] before: &[u8], #[case] told: &str) {
    let bytes = [before, &jpeg()].concat();
    let ran = Prompt::new().run_with_input(&["thumbnail", "-"], &bytes);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains(told), "{}", ran.err);
}
