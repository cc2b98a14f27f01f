//! `status`: how a gateway stands, its queue, and what `send` says of it.

use rstest::rstest;
use serde_json::{Value, json};

use crate::prompt::{Prompt, Running, VALID, keys};

#[rstest]
#[case::ready("green-api", "getStateInstance=state:authorized", 0, "authorized", json!(true), json!(0))]
#[case::not_authorized("green-api", "getStateInstance=state:notAuthorized", 1, "notAuthorized", json!(false), json!(0))]
#[case::yellow_card("green-api", "getStateInstance=state:yellowCard", 1, "yellowCard", json!(false), json!(0))]
#[case::starting("green-api", "getStateInstance=state:starting", 1, "starting", json!(false), json!(0))]
#[case::no_access("green-api", "getStateInstance=401", 1, "no-access", json!(false), Value::Null)]
#[case::unclear("green-api", "getStateInstance=500", 3, "unclear", Value::Null, json!(0))]
#[case::gone(
    "green-api",
    "getStateInstance=drop",
    3,
    "unreachable",
    Value::Null,
    Value::Null
)]
#[case::wuts("wuts", "status=state:connected", 0, "connected", json!(true), Value::Null)]
#[case::wuts_is_off("wuts", "status=state:disconnected", 1, "disconnected", json!(false), Value::Null)]
#[case::token("wuts", "status=401", 1, "no-access", json!(false), Value::Null)]
fn of_a_gateway(
    #[case] gateway: &str,
    #[case] fault: &str,
    #[case] code: i32,
    #[case] state: &str,
    #[case] ready: Value,
    #[case] queue: Value,
) {
    let running = Running::start(&[fault]);
    let prompt = Prompt::new().profile(gateway, &running, "");
    let ran = prompt.run(&["status", "--format", "json"]);
    assert_eq!(ran.code, code, "{ran:?}");
    let object = &ran.json()[0];
    let expected = [
        "profile",
        "gateway",
        "state",
        "ready",
        "queue",
        "explanation",
    ];
    assert_eq!(keys(object), expected);
    assert_eq!(
        (&object["profile"], &object["gateway"]),
        (&json!("p"), &json!(gateway))
    );
    assert_eq!(
        (&object["state"], &object["ready"], &object["queue"]),
        (&json!(state), &ready, &queue)
    );
    assert_eq!(object["explanation"].is_null(), code == 0, "{object}");
    let ran = prompt.run(&["status"]);
    assert_eq!(ran.code, code);
    assert!(
        ran.out.starts_with("p: ") && ran.out.lines().count() == 1,
        "{ran:?}"
    );
    assert!(!format!("{ran:?}").contains(&running.token));
}

#[rstest]
#[case::sandbox("sandbox", 0, json!("connected"))]
#[case::green("sandbox-green-api", 0, json!("authorized"))]
#[case::cloud("sandbox-cloud-api", 3, Value::Null)]
#[case::evolution("sandbox-evolution", 0, json!("open"))]
fn of_the_sandbox(#[case] profile: &str, #[case] code: i32, #[case] state: Value) {
    let ran = Prompt::new().run(&["status", "--profile", profile, "--format", "json"]);
    assert_eq!(ran.code, code, "{ran:?}");
    assert_eq!(ran.json()[0]["state"], state);
}

#[test]
fn a_token_that_cannot_be_read_is_an_error() {
    let config =
        "default_profile = \"p\"\n[profiles.p]\ngateway = \"wuts\"\ntoken = { env = \"NO_T\" }\n";
    let ran = Prompt::new().file("config.toml", config).run(&["status"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("NO_T"), "{}", ran.err);
}

/// What GREEN-API takes for a phone that is not there waits: that is said, and changes nothing.
#[rstest]
#[case::yellow_card("getStateInstance=state:yellowCard", Some("yellowCard"))]
#[case::not_authorized("getStateInstance=state:notAuthorized", Some("notAuthorized"))]
#[case::asleep("getStateInstance=state:sleepMode", Some("sleepMode"))]
#[case::authorized("getStateInstance=state:authorized", None)]
#[case::nobody_says("getStateInstance=500", None)]
#[case::silent("getStateInstance=timeout", None)]
fn send_warns_of_a_phone_that_is_not_there(#[case] fault: &str, #[case] said: Option<&str>) {
    let running = Running::start(&[fault]);
    let prompt = Prompt::new()
        .profile("green-api", &running, "")
        .file("a.toml", VALID)
        .file("b.toml", VALID);
    let ran = prompt.run(&["send", "a.toml", "b.toml", "--format", "json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let objects = ran.json();
    assert!(objects.iter().all(|object| object["outcome"] == "accepted"));
    for file in ["a.toml", "b.toml"] {
        let mut lines = ran.err.lines();
        let warning = lines.find(|line| line.starts_with(&format!("{file}: warning: GREEN-API")));
        assert_eq!(warning.is_some(), said.is_some(), "{}", ran.err);
        assert!(warning.is_none_or(|line| line.contains(said.unwrap_or_default())));
    }
    // Two messages and one question.
    assert_eq!(running.requests(), 3);
}

#[test]
fn send_asks_for_no_state_where_nothing_was_accepted() {
    let running = Running::start(&["*=401"]);
    let prompt = Prompt::new()
        .profile("green-api", &running, "")
        .file("a.toml", VALID);
    assert_eq!(prompt.run(&["send", "a.toml"]).code, 1);
    assert_eq!(running.requests(), 1);
}

/// A server of the version and the channel that are named, which takes every message; it counts the
/// questions for its version.
struct Server {
    address: std::net::SocketAddr,
    asked: std::sync::Arc<std::sync::atomic::AtomicUsize>,
}

impl Server {
    fn start(version: &'static str, channel: &'static str) -> Self {
        use std::io::{Read as _, Write as _};
        use std::sync::atomic::{AtomicUsize, Ordering};
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked = std::sync::Arc::new(AtomicUsize::new(0));
        let counted = std::sync::Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut head = [0; 4096];
                let read = stream.read(&mut head).unwrap();
                let head = String::from_utf8_lossy(&head[..read]).into_owned();
                let body = if head.starts_with("GET / ") {
                    counted.fetch_add(1, Ordering::Relaxed);
                    assert!(!head.contains("k3y-of-the-server"), "{head}");
                    json!({ "version": version })
                } else if head.contains("fetchInstances") {
                    json!([{ "name": "support", "integration": channel, "token": "k3y-of-meta" }])
                } else if head.contains("connectionState") {
                    json!({ "instance": { "instanceName": "support", "state": "open" } })
                } else {
                    json!({ "key": { "id": "3EB0" } })
                };
                let body = body.to_string();
                let length = body.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
                );
            }
        });
        Self { address, asked }
    }

    fn prompt(&self) -> Prompt {
        let config = format!(
            "default_profile = \"own\"\n[profiles.own]\ngateway = \"evolution\"\nbase_url = \"http://{}\"\ninstance = \"support\"\ntoken = {{ file = \"key\" }}\n",
            self.address
        );
        Prompt::new()
            .file("config.toml", &config)
            .file("key", "k3y-of-the-server")
            .file("buttons.toml", VALID)
            .file("other.toml", &VALID.replace("5511", "5521"))
            .file(
                "text.toml",
                "kind = \"text\"\nto = \"5511999999999\"\ntext = \"Olá 日本\"\n",
            )
    }
}

#[test]
fn the_version_and_the_channel_are_shown() {
    let server = Server::start("2.3.7", "WHATSAPP-BAILEYS");
    let prompt = server.prompt();
    let ran = prompt.run(&["status", "--format", "json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let object = &ran.json()[0];
    assert_eq!(
        (&object["version"], &object["channel"]),
        (&json!("2.3.7"), &json!("WHATSAPP-BAILEYS"))
    );
    let ran = prompt.run(&["status"]);
    assert_eq!(
        ran.out,
        "own: connected (open), version 2.3.7, channel WHATSAPP-BAILEYS\n"
    );
    assert!(!format!("{ran:?}").contains("k3y-of"));
}

#[rstest]
#[case::old("2.3.7", "WHATSAPP-BAILEYS", "Evolution API 2.3.7")]
#[case::new("2.4.0", "WHATSAPP-BAILEYS", "")]
#[case::cloud("2.4.0", "WHATSAPP-BUSINESS", "Meta's Cloud API")]
fn send_warns_of_what_a_version_does_not_deliver(
    #[case] version: &'static str,
    #[case] channel: &'static str,
    #[case] said: &str,
) {
    let server = Server::start(version, channel);
    let prompt = server.prompt();
    let files = ["send", "buttons.toml", "other.toml", "text.toml"];
    let ran = prompt.run(&[&files[..], &["--format", "json"]].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    let objects = ran.json();
    for (at, object) in objects.iter().enumerate() {
        let warnings = object["warnings"].as_array().unwrap();
        let of_version = warnings
            .iter()
            .filter(|warning| warning["rule"] == "version");
        let messages: Vec<_> = of_version
            .map(|warning| warning["message"].as_str())
            .collect();
        let expected = usize::from(!said.is_empty() && at < 2);
        assert_eq!(messages.len(), expected, "{object}");
        assert!(
            messages
                .iter()
                .all(|message| message.unwrap().contains(said))
        );
    }
    let asked = server.asked.load(std::sync::atomic::Ordering::Relaxed);
    assert_eq!(asked, 1, "it is asked once a run");
    assert!(!format!("{ran:?}").contains("k3y-of"));
}
