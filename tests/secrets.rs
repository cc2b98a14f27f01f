//! Known tokens through the commands of the prompt, with everything logged: they stand nowhere after.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use rstest::rstest;
use tempfile::TempDir;

/// A token with characters that are spelled otherwise in a path, in JSON and in a form.
const TOKEN: &str = "6f96/19ff+8b86=4011&b42d\"00c04fc964ff";
const PASSWORD: &str = "pr0xy-w0rd-77";

const BUTTONS: &str = "kind = \"buttons\"\nto = \"5511999999999\"\ntext = \"Olá 日本 👩‍👩‍👧 e\u{301} שלום\"\n\
                       [[buttons]]\nid = \"a\"\ntext = \"Sim\"\n";

/// How a gateway goes wrong, after it has read a request.
#[derive(Debug, Clone, Copy)]
enum Goes {
    /// Answers with this status and repeats the request in every spelling.
    Status(u16),
    /// Closes without an answer.
    Away,
    /// Ends within the body, within the token.
    Short,
}

/// A gateway that knows no discretion.
fn gateway(goes: Goes) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            // A client that goes away is no failure.
            let _ = answer(stream.unwrap(), goes);
        }
    });
    address
}

fn answer(stream: TcpStream, goes: Goes) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head)? == 0 {
            return Ok(());
        }
    }
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length").then_some(value)
    });
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut body)?;
    let status = match goes {
        Goes::Away => return Ok(()),
        Goes::Short => {
            let body = format!("{{\"error\":\"{}", &TOKEN[..20]);
            let answer = format!("HTTP/1.1 401 No\r\nContent-Length: 900\r\n\r\n{body}");
            return stream.get_mut().write_all(answer.as_bytes());
        }
        Goes::Status(status) => status,
    };
    let target = head.split(' ').nth(1).unwrap();
    let said = format!(
        "{head} {TOKEN} {} {} {}",
        STANDARD.encode(TOKEN),
        URL_SAFE.encode(format!("Bearer {TOKEN}")),
        STANDARD.encode(format!("{{\"token\":\"{TOKEN}\"}}")),
    );
    let body = serde_json::json!({
        "statusCode": status, "path": target, "message": said, "error": said,
        "message_id": said, "idMessage": said, "messages": [{ "id": said }],
    });
    let body = body.to_string();
    let answer = format!(
        "HTTP/1.1 {status} No\r\nLocation: http://x.test{target}\r\nRetry-After: {TOKEN}\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.get_mut().write_all(answer.as_bytes())
}

struct Prompt {
    home: TempDir,
}

impl Prompt {
    fn new(gateway: &str, base_url: &str) -> Self {
        let home = TempDir::new().unwrap();
        let own = match gateway {
            "green-api" => "id_instance = \"1101000001\"\n",
            "cloud-api" => "phone_number_id = \"106540352242922\"\n",
            _ => "",
        };
        let config = format!(
            "default_profile = \"p\"\n[profiles.p]\ngateway = \"{gateway}\"\n{own}\
             base_url = \"{base_url}\"\ntoken = {{ env = \"T\" }}\n"
        );
        std::fs::write(home.path().join("config.toml"), config).unwrap();
        std::fs::write(home.path().join("m.toml"), BUTTONS).unwrap();
        Self { home }
    }

    /// Runs a command with a log of everything, and looks for secrets in all that it left.
    fn scan(&self, arguments: &[&str]) -> Output {
        let output = Command::new(env!("CARGO_BIN_EXE_wacompose"))
            .args(arguments)
            .args(["--log", "log"])
            .current_dir(self.home.path())
            .env_clear()
            .env("HOME", self.home.path())
            .env("WACOMPOSE_CONFIG", self.home.path().join("config.toml"))
            .env("WACOMPOSE_DATA", self.home.path().join("data"))
            .env("RUST_LOG", "trace")
            .env("T", TOKEN)
            .env("HTTPS_PROXY", format!("http://me:{PASSWORD}@127.0.0.1:9"))
            .output()
            .unwrap();
        assert_clean("standard output", &output.stdout);
        assert_clean("standard error", &output.stderr);
        let mut files = 0;
        scan_folder(self.home.path(), &mut files);
        assert!(files >= 3, "the log is scanned too");
        output
    }
}

fn scan_folder(folder: &Path, files: &mut usize) {
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            scan_folder(&path, files);
        } else {
            *files += 1;
            assert_clean(&path.to_string_lossy(), &std::fs::read(&path).unwrap());
        }
    }
}

/// Every way to spell a secret that is looked for. Of base64 it is the middle, which is there
/// wherever the secret begins.
fn spellings(secret: &str) -> Vec<String> {
    let percent = |upper: bool, all: bool| {
        let letters = secret.bytes().map(|byte| {
            match (all || !byte.is_ascii_alphanumeric() && byte != b'-', upper) {
                (false, _) => char::from(byte).to_string(),
                (true, true) => format!("%{byte:02X}"),
                (true, false) => format!("%{byte:02x}"),
            }
        });
        letters.collect::<String>()
    };
    let mut spellings = vec![
        secret.to_owned(),
        percent(true, false),
        percent(false, false),
        percent(true, true),
        secret.replace('/', "\\/").replace('"', "\\\""),
        secret.replace('"', "\\\""),
    ];
    for before in 0..3 {
        let text = format!("{}{secret}", &"xx"[..before.min(2)]);
        for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
            let encoded = engine.encode(&text);
            spellings.push(encoded[4..encoded.len() - 2].to_owned());
        }
    }
    spellings
}

fn assert_clean(place: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for secret in [TOKEN, PASSWORD] {
        for spelling in spellings(secret) {
            assert!(!text.contains(&spelling), "{spelling} in {place}:\n{text}");
        }
    }
    // Nor the most of it.
    assert!(
        !text.contains(&TOKEN[..20]),
        "a start of it in {place}:\n{text}"
    );
}

#[rstest]
fn a_send_that_goes_wrong(
    #[values("wuts", "green-api", "cloud-api")] name: &str,
    #[values(
        Goes::Status(200),
        Goes::Status(302),
        Goes::Status(400),
        Goes::Status(401),
        Goes::Status(429),
        Goes::Status(500),
        Goes::Away,
        Goes::Short
    )]
    goes: Goes,
) {
    let address = gateway(goes);
    let prompt = Prompt::new(name, &format!("http://{address}"));
    for format in ["text", "json"] {
        let output = prompt.scan(&["send", "m.toml", "--no-retry", "--format", format]);
        assert!(!output.stdout.is_empty());
    }
    let log = std::fs::read_to_string(prompt.home.path().join("log")).unwrap();
    assert!(log.contains("TRACE") && log.contains("attempt 1"), "{log}");
}

#[rstest]
#[case::payload_json(&["payload", "m.toml"], 0)]
#[case::payload_curl(&["payload", "m.toml", "--format", "curl"], 0)]
#[case::payload_http(&["payload", "m.toml", "--format", "http"], 0)]
#[case::dry_run(&["send", "m.toml", "--dry-run"], 0)]
#[case::check(&["check", "m.toml"], 0)]
#[case::preview(&["preview", "m.toml"], 0)]
#[case::config(&["config", "check"], 0)]
#[case::refused(&["send", "m.toml", "--no-retry"], 1)]
fn other_commands(
    #[case] arguments: &[&str],
    #[case] code: i32,
    #[values("wuts", "green-api", "cloud-api")] name: &str,
) {
    // The proxy is not there, and nothing is sent.
    let prompt = Prompt::new(name, "https://gateway.test");
    let output = prompt.scan(arguments);
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{words}");
}

#[test]
fn the_scan_finds_what_it_is_to_find() {
    let texts = [
        format!("a {TOKEN} b"),
        format!("GET /{}", spellings(TOKEN)[1]),
        STANDARD.encode(format!("user:{PASSWORD}!")),
        URL_SAFE.encode(format!("Bearer {TOKEN} 日本")),
    ];
    for text in texts {
        let found = std::panic::catch_unwind(|| assert_clean("x", text.as_bytes()));
        assert!(found.is_err(), "{text}");
    }
    assert_clean("x", b"nothing");
}
