//! What the program does with the store at the prompt: `send` writes to it, `history` reads it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use rstest::rstest;
use serde_json::Value;
use wacompose::store::{Resolution, SendState, Store};

use super::{Data, NOW, WIDE, begin, text};

const PATIENCE: Duration = Duration::from_secs(30);

const TOKEN: &str = "t0k3n/of+the=gateway";

/// What the program did.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

/// A program at a prompt whose data folder is the store's.
fn command(data: &Data, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wacompose"));
    command
        .args(arguments)
        .current_dir(data.home.path())
        .env_clear()
        .env("HOME", data.home.path())
        .env("WACOMPOSE_CONFIG", data.home.path().join("config.toml"))
        .env("WACOMPOSE_DATA", data.folder())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn run(data: &Data, arguments: &[&str]) -> Ran {
    ran(command(data, arguments))
}

fn ran(mut command: Command) -> Ran {
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn json(ran: &Ran) -> Vec<Value> {
    let objects = ran.out.lines().map(serde_json::from_str);
    objects.collect::<Result<_, _>>().unwrap()
}

/// A message file to a recipient.
fn write_message(data: &Data, to: &str) {
    let message = format!("kind = \"text\"\nto = \"{to}\"\ntext = \"{WIDE}\"\n");
    std::fs::write(data.home.path().join("m.toml"), message).unwrap();
}

/// A gateway that answers every request with the same, or lets it wait for ever.
struct Gateway {
    requests: mpsc::Receiver<String>,
}

impl Gateway {
    fn start(data: &Data, gateway: &str, more: &str, answer: Option<String>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let config = format!(
            "default_profile = \"p\"\n[profiles.p]\ngateway = \"{gateway}\"\n\
             base_url = \"{base_url}\"\ntoken = {{ file = \"token\" }}\n{more}\n"
        );
        std::fs::write(data.home.path().join("config.toml"), config).unwrap();
        std::fs::write(data.home.path().join("token"), TOKEN).unwrap();
        let (tell, requests) = mpsc::channel();
        std::thread::spawn(move || {
            let mut open = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut request = BufReader::new(stream.try_clone().unwrap());
                let mut head = String::new();
                while !head.ends_with("\r\n\r\n") {
                    request.read_line(&mut head).unwrap();
                }
                let head = head.to_ascii_lowercase();
                let length = head.split_once("content-length: ").unwrap().1;
                let length = length.split_once("\r\n").unwrap().0.parse().unwrap();
                let mut body = vec![0; length];
                request.read_exact(&mut body).unwrap();
                let _ = tell.send(String::from_utf8(body).unwrap());
                match &answer {
                    Some(answer) => stream.write_all(answer.as_bytes()).unwrap(),
                    None => open.push(stream),
                }
            }
        });
        Self { requests }
    }

    fn request(&self) -> String {
        self.requests.recv_timeout(PATIENCE).unwrap()
    }
}

fn http(status: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{body}"
    )
}

#[test]
fn what_was_sent_is_in_the_history() {
    let data = Data::new();
    write_message(&data, "+55 11 99999-9999");
    let sent = run(&data, &["send", "m.toml", "--format", "json"]);
    assert_eq!((sent.code, sent.err.as_str()), (0, ""));
    let id = json(&sent)[0]["message_id"].as_str().unwrap().to_owned();

    let listed = run(&data, &["history"]);
    assert_eq!((listed.code, listed.err.as_str()), (0, ""));
    let line = format!("accepted  sandbox  +55 11 99999-9999  {id}  {WIDE}\n");
    assert!(listed.out.ends_with(&line), "{}", listed.out);

    let listed = json(&run(
        &data,
        &["history", "--format", "json", "5511", "ACCEPTED"],
    ));
    assert_eq!(listed.len(), 1);
    let keys: Vec<_> = listed[0].as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "id",
            "sent_at",
            "file",
            "profile",
            "gateway",
            "kind",
            "to",
            "first_line",
            "outcome",
            "resolution",
            "message_id",
            "status",
            "attempts",
            "elapsed_ms",
            "error"
        ]
    );
    assert_eq!(listed[0]["file"], "m.toml");
    assert_eq!(listed[0]["message_id"], id);
    assert_eq!(listed[0]["status"], 200);

    let shown = run(&data, &["history", "show", "1"]);
    assert_eq!(shown.code, 0);
    for part in [
        "outcome   accepted",
        "POST /send/text",
        "Authorization: Bearer ***",
        "\n200\n",
        WIDE,
    ] {
        assert!(shown.out.contains(part), "{part}: {}", shown.out);
    }
    let shown = &json(&run(&data, &["history", "show", "1", "--format", "json"]))[0];
    assert_eq!(shown["message"]["text"], WIDE);
    assert_eq!(shown["request"]["body"]["text"], WIDE);
    assert!(shown["response"]["body"].is_object());

    let nothing = run(&data, &["history", "nobody"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (0, ""));
    assert_eq!(nothing.err, "nothing was found\n");
}

#[test]
fn a_send_that_is_killed_is_in_doubt_the_next_time() {
    let data = Data::new();
    write_message(&data, "5511999999999");
    let gateway = Gateway::start(&data, "wuts", "", None);
    let mut child = command(&data, &["send", "m.toml"]).spawn().unwrap();
    assert!(gateway.request().contains("5511999999999"));
    // The first byte has left: it was on disk before.
    let mut store = data.open();
    let under_way = &store.history("", None, 10).unwrap()[0];
    assert_eq!(under_way.state, SendState::Sending);
    assert_eq!(store.interrupted().unwrap(), []);

    child.kill().unwrap();
    child.wait().unwrap();
    let interrupted = store.interrupted().unwrap();
    assert_eq!(interrupted.len(), 1);
    assert_eq!(interrupted[0].to, "5511999999999");
    assert_eq!(interrupted[0].first_line, WIDE);
    let shown = run(&data, &["history", "show", "1"]);
    assert!(shown.out.contains("outcome   unknown\n"), "{}", shown.out);
    assert!(shown.out.contains("Look into the chat"), "{}", shown.out);

    store.mark_sent(interrupted[0].id, None).unwrap();
    let listed = run(&data, &["history"]);
    assert!(
        listed.out.contains("unknown (marked as sent)"),
        "{}",
        listed.out
    );
    let listed = &json(&run(&data, &["history", "--format", "json"]))[0];
    assert_eq!(listed["outcome"], "unknown");
    assert_eq!(listed["resolution"], Resolution::Sent.name());
    assert_eq!(listed["attempts"], 0);
    assert_eq!(listed["elapsed_ms"], Value::Null);
}

#[test]
fn the_numbered_text_is_a_message_of_its_own() {
    let data = Data::new();
    let message = "kind = \"buttons\"\nto = \"5511999999999\"\ntext = \"日本\"\n\
                   [[buttons]]\nid = \"a\"\ntext = \"Sim\"\n";
    std::fs::write(data.home.path().join("m.toml"), message).unwrap();
    let more = "id_instance = \"1101000001\"\nduplicate_as_text = true";
    let answer = http("200 OK", r#"{"idMessage":"3EB0"}"#);
    let gateway = Gateway::start(&data, "green-api", more, Some(answer));
    assert_eq!(run(&data, &["send", "m.toml"]).code, 0);
    assert!(gateway.request().contains("buttons"));
    gateway.request();
    let listed = json(&run(&data, &["history", "--format", "json"]));
    let kinds: Vec<_> = listed.iter().map(|entry| &entry["kind"]).collect();
    assert_eq!(kinds, ["text", "buttons"]);
    assert!(listed.iter().all(|entry| entry["outcome"] == "accepted"));
}

#[test]
fn the_token_is_nowhere_in_the_store() {
    let data = Data::new();
    write_message(&data, "5511999999999");
    // As GREEN-API does: the path with the token in it.
    let body = format!(
        r#"{{"statusCode":400,"path":"/waInstance1/sendMessage/{TOKEN}","message":"{TOKEN}"}}"#
    );
    let answer = http("400 Bad Request", &body);
    let gateway = Gateway::start(
        &data,
        "green-api",
        "id_instance = \"1101000001\"",
        Some(answer),
    );
    assert_eq!(run(&data, &["send", "m.toml"]).code, 1);
    gateway.request();
    for entry in data.folder().read_dir().unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        for token in [TOKEN, "t0k3n%2Fof%2Bthe%3Dgateway"] {
            let found = bytes
                .windows(token.len())
                .any(|part| part == token.as_bytes());
            assert!(!found, "{}", path.display());
        }
    }
    let shown = run(&data, &["history", "show", "1"]);
    assert!(
        shown.out.contains("/waInstance1/sendMessage/***"),
        "{}",
        shown.out
    );
    assert!(shown.out.contains("outcome   rejected"), "{}", shown.out);
}

#[test]
fn a_store_that_cannot_be_used_is_a_warning() {
    let data = Data::new();
    write_message(&data, "5511999999999");
    std::fs::write(data.folder(), "a file in the folder's place").unwrap();
    let sent = run(&data, &["send", "m.toml"]);
    assert_eq!(sent.code, 0);
    assert!(sent.out.starts_with("accepted "), "{}", sent.out);
    assert!(
        sent.err.starts_with("warning: the store's folder "),
        "{}",
        sent.err
    );
    assert!(
        sent.err.ends_with("until then nothing is kept\n"),
        "{}",
        sent.err
    );
    assert_eq!(sent.err.lines().count(), 1);
}

/// What is wrong with the file is for whoever mends it, and in the log.
#[test]
fn a_damaged_store_is_told_in_plain_words() {
    let data = Data::new();
    write_message(&data, "5511999999999");
    drop(data.open());
    let mut bytes = std::fs::read(data.file()).unwrap();
    let from = bytes.len() / 3;
    bytes[from..].fill(0xa5);
    std::fs::write(data.file(), bytes).unwrap();
    let sent = run(&data, &["send", "m.toml", "--log", "log"]);
    assert_eq!(sent.code, 0);
    let to = data.folder().join("wacompose.db.unreadable-1");
    assert_eq!(
        sent.err,
        format!(
            "warning: the store is damaged: it was moved to {}, and a new one was begun\n",
            to.display()
        )
    );
    let log = std::fs::read_to_string(data.home.path().join("log")).unwrap();
    assert!(
        log.contains("wacompose.db: *** in database main ***"),
        "{log}"
    );
}

#[test]
fn looking_makes_no_store() {
    let data = Data::new();
    let listed = run(&data, &["history"]);
    assert_eq!((listed.code, listed.out.as_str()), (0, ""));
    assert_eq!(listed.err, "nothing was sent yet\n");
    assert!(!data.folder().exists());
    let shown = run(&data, &["history", "show", "1"]);
    assert_eq!(shown.code, 2);
    assert!(shown.err.contains("there is no message 1"), "{}", shown.err);
}

#[test]
fn a_newer_versions_history_is_not_shown() {
    let data = Data::new();
    drop(data.open());
    let newer = rusqlite::Connection::open(data.file()).unwrap();
    newer.pragma_update(None, "user_version", 1000).unwrap();
    drop(newer);
    let listed = run(&data, &["history"]);
    assert_eq!(listed.code, 2);
    assert!(
        listed
            .err
            .starts_with("error: a newer version of wacompose"),
        "{}",
        listed.err
    );
}

/// A store with so many messages under way, in this process.
fn filled(data: &Data, messages: usize) -> Store {
    let mut store = data.open();
    for number in 1..=messages {
        let draft = text(&format!("{number}"), "日\u{1b}[2J\u{9b}2J\u{202e}\nshow");
        begin(&mut store, &draft, NOW, None);
    }
    store
}

#[rstest]
#[case::text(&["history"])]
#[case::json(&["history", "--format", "json"])]
#[case::show(&["history", "show", "1"])]
#[case::show_json(&["history", "show", "1", "--format", "json"])]
fn control_characters_do_not_reach_the_terminal(#[case] arguments: &[&str]) {
    let data = Data::new();
    let _store = filled(&data, 1);
    let shown = run(&data, arguments);
    assert_eq!(shown.code, 0);
    assert!(shown.out.contains('日'), "{}", shown.out);
    let is_unsafe = |c: char| c != '\n' && wacompose::visible::is_unsafe(c);
    assert!(!shown.out.contains(is_unsafe), "{:?}", shown.out);
}

#[rstest]
#[case::the_newest(&["--limit", "2"], &["3", "2"], "there are older ones: --limit N lists more, --limit 0 all\n")]
#[case::just_all(&["--limit", "3"], &["3", "2", "1"], "")]
#[case::all(&["--limit", "0"], &["3", "2", "1"], "")]
#[case::a_word_that_is_a_command(&["--", "show"], &["3", "2", "1"], "")]
fn the_list_is_as_long_as_it_is_wanted(
    #[case] arguments: &[&str],
    #[case] expected: &[&str],
    #[case] told: &str,
) {
    let data = Data::new();
    let _store = filled(&data, 3);
    let arguments: Vec<&str> = ["history"].iter().chain(arguments).copied().collect();
    let listed = run(&data, &arguments);
    let lines = listed
        .out
        .lines()
        .map(|line| line.split_whitespace().next());
    let ids: Vec<&str> = lines.map(Option::unwrap).collect();
    assert_eq!(ids, expected);
    assert_eq!(listed.err, told);
    assert!(
        listed
            .out
            .lines()
            .all(|line| line.contains("  sending   Produção  "))
    );
}

#[test]
fn old_messages_go_when_others_are_sent() {
    let data = Data::new();
    let draft = text("5511", WIDE);
    let mut store = data.open();
    let id = begin(&mut store, &draft, NOW - 100_000 * super::DAY, None);
    store
        .finish(id, &super::accepted(&draft, "OLD"), NOW)
        .unwrap();
    drop(store);
    write_message(&data, "5511999999999");
    let config = data.home.path().join("config.toml");
    std::fs::write(&config, "history_days = 0\n").unwrap();
    run(&data, &["send", "m.toml"]);
    assert_eq!(json(&run(&data, &["history", "--format", "json"])).len(), 2);
    std::fs::write(&config, "history_days = 30\n").unwrap();
    run(&data, &["send", "m.toml"]);
    let listed = json(&run(&data, &["history", "--format", "json"]));
    assert_eq!(listed.len(), 2);
    assert!(listed.iter().all(|entry| entry["message_id"] != "OLD"));
}

/// What a vendor asks for: every digit, every key and every header, but no secret.
#[test]
fn an_answer_is_shown_as_it_came() {
    let data = Data::new();
    write_message(&data, "5511999999999");
    let body = "{ \"success\":true, \"message_id\":\"3EB0日本\",\"n\": 12345678901234567890123,\"n\":1.10}";
    let answer = http("200 OK", body).replace(
        "Connection",
        "X-Request-Id: r-1\r\nVia: a\r\nVia: b\r\nSet-Cookie: session=s3cret\r\nConnection",
    );
    let gateway = Gateway::start(&data, "wuts", "", Some(answer));
    assert_eq!(run(&data, &["send", "m.toml"]).code, 0);
    assert!(gateway.request().contains("5511999999999"));

    let shown = run(&data, &["history", "show", "1", "--format", "json"]);
    assert!(
        shown
            .out
            .contains("\"n\":12345678901234567890123,\"n\":1.10"),
        "{}",
        shown.out
    );
    let object = &json(&shown)[0];
    assert_eq!(object["response"]["raw"], body);
    let headers = &object["response"]["headers"];
    assert_eq!(headers["x-request-id"], "r-1");
    assert_eq!(headers["via"], serde_json::json!(["a", "b"]));
    assert_eq!(headers["set-cookie"], "***");
    assert_eq!(object["message"]["text"], WIDE);

    let shown = run(&data, &["history", "show", "1"]);
    assert!(
        shown
            .out
            .contains("\n  \"n\": 12345678901234567890123,\n  \"n\": 1.10\n"),
        "{}",
        shown.out
    );
    assert!(shown.out.contains("x-request-id: r-1\n"), "{}", shown.out);
    let shown = run(&data, &["history", "show", "1", "--raw"]);
    assert!(shown.out.ends_with(&format!("\n{body}\n")), "{}", shown.out);
}
