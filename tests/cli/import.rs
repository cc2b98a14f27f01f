//! `import` and `schema`: bodies and commands as message files, and what such a file may hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rstest::rstest;
use serde_json::Value;
use wacompose::gateway::GatewayKind;
use wacompose::message::file::{Format, parse, read, schema, write};
use wacompose::message::variables::as_sent;
use wacompose::message::{ActionKind, Draft, Field, Message};

use crate::prompt::Prompt;

const BODY: &str = r#"{"number":"5511999999999","text":"Olá 日本 👩‍👩‍👧 שלום e\u0301"}"#;

/// What a draft says, as fields and values; numbers may be spelled otherwise, and no seconds are none.
fn said(draft: &Draft) -> BTreeMap<String, String> {
    let mut draft = draft.clone();
    let mut said = BTreeMap::new();
    for field in draft.text_fields() {
        let text = draft.text_at_mut(field).unwrap().clone();
        let name = field.to_string();
        let is_number = ["to", "business_owner", "quote.participant"].contains(&name.as_str());
        let text = if is_number || name.ends_with("].phone") {
            let number = text.split('@').next().unwrap();
            number.chars().filter(char::is_ascii_digit).collect()
        } else {
            text
        };
        if !text.is_empty() {
            said.insert(name, text);
        }
    }
    let seconds = |seconds: Option<u32>| seconds.filter(|seconds| *seconds > 0);
    for (name, value) in [
        ("kind", Some(draft.message.kind().to_string())),
        ("quote", draft.quote.map(|_| String::new())),
        ("link_preview", draft.link_preview.map(|on| on.to_string())),
        ("delay", seconds(draft.delay).map(|delay| delay.to_string())),
        (
            "typing",
            seconds(draft.typing).map(|typing| typing.to_string()),
        ),
    ] {
        said.extend(value.map(|value| (name.to_owned(), value)));
    }
    said
}

/// Whether a gateway does without it, and the message is the same: who wrote a quoted message, and what,
/// where its id says it; what a url button would answer with; which of two waits it is where there is one.
fn is_needless(field: &str, gateway: GatewayKind, draft: &Draft) -> bool {
    let is_quotes = ["quote.participant", "quote.body"].contains(&field);
    let is_wait = ["delay", "typing"].contains(&field);
    let is_id = match &draft.message {
        Message::Buttons(message) => message.buttons.iter().enumerate().any(|(at, button)| {
            button.action.kind() != ActionKind::Reply && field == format!("buttons[{at}].id")
        }),
        _ => false,
    };
    let has_one_wait = gateway == GatewayKind::Evolution;
    let has_no_ids = [GatewayKind::CloudApi, GatewayKind::Evolution].contains(&gateway);
    is_quotes || has_one_wait && is_wait || has_no_ids && is_id
}

/// What `payload` prints is imported as the same draft, but for what it warned of.
#[rstest]
fn payload_and_import_give_the_same_draft(
    #[files("assets/samples/*.toml")]
    #[files("tests/fixtures/golden/requests/*/*.toml")]
    path: PathBuf,
) {
    let (prompt, file) = (Prompt::new(), "message.toml");
    let mut draft = read(&path).unwrap();
    // A picture at an address would be fetched.
    if let Some(picture) = draft.text_at_mut(Field::Thumbnail) {
        picture.clear();
    }
    let prompt = prompt.file("message.toml", &write(&draft, Format::Toml));
    let mut carried = 0;
    for gateway in GatewayKind::ALL {
        let payload = prompt.run(&["payload", file, "--gateway", gateway.name()]);
        if payload.code != 0 {
            assert!(payload.err.contains(": error: "), "{payload:?}");
            continue;
        }
        let ran = prompt.run_with_input(&["import"], &payload.out);
        // A catalog without sections is whole on the Cloud API alone.
        if gateway != GatewayKind::CloudApi
            && matches!(&draft.message, Message::Catalog(catalog) if catalog.sections.is_empty())
        {
            assert!(
                ran.code == 1 && ran.err.contains("sections is empty"),
                "{ran:?}"
            );
            continue;
        }
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{gateway}");
        // Braces of a body are escaped: what is sent is the same.
        let imported = parse(&ran.out, Format::Toml).unwrap();
        let imported = said(&as_sent(&imported));
        let said = said(&as_sent(&draft));
        let fields: BTreeSet<&String> = said.keys().chain(imported.keys()).collect();
        for field in fields {
            let whole = if field.starts_with("quote.") {
                "quote"
            } else {
                field
            };
            let is_named = payload.err.contains(&format!(": warning: {whole}: "));
            assert!(
                said.get(field) == imported.get(field)
                    || is_named
                    || is_needless(field, gateway, &draft),
                "{gateway}: {field}\n{}\n{}",
                payload.err,
                ran.out
            );
        }
        carried += 1;
    }
    assert!(carried > 0);
}

#[test]
fn a_message_file_comes_out() {
    let expected =
        "kind = \"text\"\nto = \"5511999999999\"\ntext = \"Olá 日本 👩‍👩‍👧 שלום e\u{301}\"\n";
    let curl = format!("curl https://h/ -H 'Authorization: Bearer s3cret' \\\n  -d '{BODY}'\n");
    let prompt = Prompt::new().file("body.json", BODY).file("curl", &curl);
    for ran in [
        prompt.run(&["import", "body.json"]),
        prompt.run(&["import", "curl"]),
        prompt.run_with_input(&["import"], BODY),
        prompt.run_with_input(&["import", "-"], &curl),
    ] {
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        assert_eq!(ran.out, expected);
    }
    let ran = prompt.run(&["import", "--format", "json", "curl"]);
    let value: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(value["kind"], "text");
    assert!(parse(&ran.out, Format::Json).is_ok());
}

#[test]
fn what_has_no_place_is_named() {
    let body = r#"{"number":"1","text":"é","delay":"soon","extra\u001b":1,"quoted":{"key":{"id":"x","fromMe":true}}}"#;
    let ran = Prompt::new().run_with_input(&["import"], body);
    assert_eq!(ran.code, 0);
    assert!(parse(&ran.out, Format::Toml).is_ok());
    for place in ["quoted.key.fromMe", "delay", "extra␛"] {
        let words = format!("<stdin>: warning: {place} is left out");
        assert!(ran.err.contains(&words), "{}", ran.err);
    }
    assert_eq!(ran.err.lines().count(), 3, "{}", ran.err);
}

#[rstest]
#[case::nothing("", "neither a JSON body nor a curl command")]
#[case::words("日本", "neither a JSON body nor a curl command")]
#[case::another_program("wget https://h/", "there is no -d, --data or --json in it")]
#[case::an_answer(
    "curl: (6) Could not resolve host: h",
    "neither a JSON body nor a curl command"
)]
#[case::no_body("curl -X POST https://h/", "there is no -d, --data or --json in it")]
#[case::unclosed(
    "curl https://h/ -d '{\"number\"",
    "a quote in the curl command is not closed"
)]
#[case::a_file("curl https://h/ -d @body.json", "import that file")]
#[case::a_list("[1]", "a body is a JSON object")]
#[case::no_gateways("{\"a\u{1b}\":1}", "control character")]
#[case::another_body("{\"שלום\":1}", "no gateway sends a body like this one")]
#[case::another_kind(
    "{\"messaging_product\":\"whatsapp\",\"type\":\"sticker\"}",
    "of no kind"
)]
#[case::template_without_one(
    "{\"messaging_product\":\"whatsapp\",\"type\":\"template\"}",
    "type template a template object"
)]
fn what_is_neither_is_explained(#[case] text: &str, #[case] expected: &str) {
    let ran = Prompt::new().run_with_input(&["import"], text);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(
        ran.err.starts_with("<stdin>: ") && ran.err.contains(expected),
        "{}",
        ran.err
    );
    assert!(!ran.err.contains('\u{1b}'));
}

/// A message without its words is printed, to be completed, and is no success.
#[rstest]
#[case::a_text(r#"{"number":"1","text":""}"#, "<stdin>: error: text is empty")]
#[case::a_label(
    r#"{"chatId":"1@c.us","body":"é","buttons":[{"buttonId":"1","buttonText":""}]}"#,
    "<stdin>: error: buttons[0].text is empty"
)]
fn what_lacks_its_words_is_no_success(#[case] body: &str, #[case] said: &str) {
    let ran = Prompt::new().run_with_input(&["import"], body);
    assert_eq!(ran.code, 1);
    assert!(parse(&ran.out, Format::Toml).is_ok(), "{}", ran.out);
    assert!(ran.err.starts_with(said), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
}

#[test]
fn what_was_read_otherwise_is_said() {
    let body = r#"{"number":"5511999999999","text":"é","delay":1200}"#;
    let ran = Prompt::new().run_with_input(&["import"], body);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("delay = 2\n"), "{}", ran.out);
    let said = "<stdin>: warning: delay 1200 is read as milliseconds: 2 seconds\n";
    assert_eq!(ran.err, said);
}

/// What must not reach a terminal is escaped in both formats, and reads back the same.
#[rstest]
fn nothing_unsafe_is_printed(
    #[values("toml", "json")] format: &str,
    #[values("", "\\n")] end: &str,
) {
    let text = "a\\u009b31mR \\u202egnp \\u2028\\u2029\\ufeff\\u0007\\u007f \\\"日本\\\" \\\\ é";
    let body = format!(r#"{{"number":"5511999999999","text":"{text}{end}"}}"#);
    let ran = Prompt::new().run_with_input(&["import", "--format", format], &body);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let is_unsafe = |c: char| c != '\n' && wacompose::visible::is_unsafe(c);
    assert!(!ran.out.contains(is_unsafe), "{:?}", ran.out);
    assert!(ran.out.to_lowercase().contains("\\u202e"), "{}", ran.out);
    let format = if format == "toml" {
        Format::Toml
    } else {
        Format::Json
    };
    let value: Value = serde_json::from_str(&body).unwrap();
    let read = parse(&ran.out, format).unwrap();
    assert_eq!(Some(read.message.text()), value["text"].as_str());
}

/// A gateway's body where a message file is wanted is one line, which says what reads it.
#[rstest]
fn a_body_where_a_message_is_wanted_is_pointed_out(
    #[values("check", "send", "payload", "preview", "")] command: &str,
    #[values(
        ("body.json", r#"{"messaging_product":"whatsapp","to":"1","type":"text","text":{"body":"é"}}"#, "this is the Cloud API's body: `wacompose import body.json` makes"),
        ("a body.json", r#"{"number":"1","text":"日本"}"#, "this is WUTS' body: `wacompose import 'a body.json'` makes"),
        ("curl.txt", r#"curl https://h -d '{"chatId":"1@c.us","message":"é"}'"#, "this is a request with GREEN-API's body: `wacompose import curl.txt` makes"),
        ("edit.json", r#"{"chatId":"1@c.us","idMessage":"3EB0","message":"é"}"#, "this is GREEN-API's editMessage: it changes a message"),
    )]
    file: (&str, &str, &str),
) {
    let (name, text, said) = file;
    let prompt = Prompt::new().file(name, text);
    let arguments: Vec<&str> = [command, name]
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect();
    let ran = prompt.run(&arguments);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(
        ran.err.contains(&format!("{name}:1:1: {said}")),
        "{}",
        ran.err
    );
    let lines = ran
        .err
        .trim_end()
        .trim_end_matches("nothing was sent")
        .trim_end()
        .lines();
    assert_eq!(lines.count(), 1, "{}", ran.err);
}

#[test]
fn a_body_on_standard_input_is_pointed_out() {
    let ran = Prompt::new().run_with_input(&["check", "-"], BODY);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err
            .contains("<stdin>:1:1: this is WUTS' body: `wacompose import -`"),
        "{}",
        ran.err
    );
    let ran = Prompt::new().run_with_input(&["check", "--format", "json", "-"], BODY);
    let problems = &ran.json()[0]["problems"];
    assert_eq!(problems.as_array().unwrap().len(), 1);
}

/// A message file with a mistake is told as before.
#[test]
fn a_message_file_with_a_mistake_is_no_body() {
    let prompt = Prompt::new().file(
        "m.json",
        r#"{"kind":"text","to":"1","text":"é","number":"1"}"#,
    );
    let ran = prompt.run(&["check", "m.json"]);
    assert!(ran.err.contains("unknown key \"number\""), "{}", ran.err);
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let prompt = Prompt::new();
    fs::write(
        prompt.path("latin"),
        b"{\"number\":\"1\",\"text\":\"Ol\xe1\"}",
    )
    .unwrap();
    fs::write(prompt.path("big"), vec![b' '; 5 << 20]).unwrap();
    for (file, expected) in [
        ("none", "none: "),
        ("latin", "latin:1: byte 24 of the file is not UTF-8"),
        ("big", "big: larger than 4 MiB"),
    ] {
        let ran = prompt.run(&["import", file]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.starts_with(expected), "{}", ran.err);
    }
}

#[test]
fn the_schema_is_printed() {
    let ran = Prompt::new().run(&["schema"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(serde_json::from_str::<Value>(&ran.out).unwrap(), schema());
}

/// The commands that read nothing of the machine's work without a configuration that can be read.
#[test]
fn a_broken_configuration_is_in_nobodys_way() {
    let prompt = Prompt::new().file("config.toml", "them = 1");
    assert!(Path::new(&prompt.path("config.toml")).exists());
    assert_eq!(prompt.run_with_input(&["import"], BODY).code, 0);
    assert_eq!(prompt.run(&["schema"]).code, 0);
}
