//! Message files: what is read, what is written, and what is said about a wrong one.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its fixture has failed"
)]

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use rstest::rstest;
use wacompose::message::file::{Format, MAX_BYTES, ReadError, parse, read, read_from, write};
use wacompose::message::{Action, ActionKind, Button, Buttons, Draft, Kind, Message, Quote, Text};

const FORMATS: [Format; 2] = [Format::Toml, Format::Json];

/// The problems of a text, as `line:column: message`.
fn problems(text: &str, format: Format) -> Vec<String> {
    match parse(text, format) {
        Ok(_) => Vec::new(),
        Err(error) => error.problems.iter().map(ToString::to_string).collect(),
    }
}

/// Each wrong file stands beside what is said about it.
#[rstest]
fn a_wrong_file_is_explained(
    #[files("tests/fixtures/files/*.toml")]
    #[files("tests/fixtures/files/*.json")]
    path: PathBuf,
) {
    let text = fs::read_to_string(&path).unwrap();
    let said = problems(&text, Format::of(path.to_str().unwrap(), &text)).join("\n") + "\n";
    let mut expected = path.into_os_string();
    expected.push(".expected");
    assert_eq!(said, fs::read_to_string(expected).unwrap());
}

#[rstest]
fn a_sample_is_read_and_written_back(
    #[files("assets/samples/*.toml")]
    #[files("assets/samples/*.json")]
    path: PathBuf,
) {
    let text = fs::read_to_string(&path).unwrap();
    let draft = read(&path).unwrap();
    assert_eq!(
        write(&draft, Format::of(path.to_str().unwrap(), &text)),
        text
    );
}

#[test]
fn both_formats_of_a_sample_hold_the_same_message() {
    assert_eq!(
        read(Path::new("assets/samples/order.toml")).unwrap(),
        read(Path::new("assets/samples/order.json")).unwrap()
    );
}

/// The example of the documentation, with every key.
#[test]
fn every_key_is_read() {
    let draft = parse(
        r#"
kind = "buttons"
to = "+55 11 99999-9999"
header = "Order 1042"
text = "How would you like to proceed with your order?"
footer = "WUTS Store"
quote = { id = "3EB0", participant = "5511999999999@s.whatsapp.net", body = "שלום 👩‍👩‍👧" }
link_preview = true
delay = 2
typing = 0x3

[[buttons]]
id = "confirm_order"
text = "Confirm"

[[buttons]]
id = "call"
text = "日本"
action = "call"
phone = "+55 11 98888-7777"
"#,
        Format::Toml,
    )
    .unwrap();
    let button = |id: &str, text: &str, action| Button {
        id: id.to_owned(),
        text: text.to_owned(),
        action,
    };
    let expected = Draft {
        to: "+55 11 99999-9999".to_owned(),
        quote: Some(Quote {
            id: "3EB0".to_owned(),
            participant: "5511999999999@s.whatsapp.net".to_owned(),
            body: "שלום 👩‍👩‍👧".to_owned(),
        }),
        link_preview: Some(true),
        delay: Some(2),
        typing: Some(3),
        message: Message::Buttons(Buttons {
            header: "Order 1042".to_owned(),
            text: "How would you like to proceed with your order?".to_owned(),
            footer: "WUTS Store".to_owned(),
            buttons: vec![
                button("confirm_order", "Confirm", Action::Reply),
                button(
                    "call",
                    "日本",
                    Action::Call {
                        phone: "+55 11 98888-7777".to_owned(),
                    },
                ),
            ],
        }),
    };
    assert_eq!(draft, expected);
}

#[rstest]
#[case::bom("\u{feff}kind = \"text\"\ntext = \"日本\"", Format::Toml, "日本")]
#[case::bom_json("\u{feff}{\"kind\":\"text\",\"text\":\"日本\"}", Format::Json, "日本")]
#[case::windows_lines(
    "kind = \"text\"\r\ntext = \"\"\"\r\na\r\n👍\"\"\"\r\n",
    Format::Toml,
    "a\n👍"
)]
#[case::written_carriage_return("kind = \"text\"\ntext = \"a\\r\\nb\"", Format::Toml, "a\r\nb")]
#[case::surrogate_pair(r#"{"kind":"text","text":"\ud83d\ude00é"}"#, Format::Json, "😀é")]
#[case::escape_sequence(r#"{"kind":"text","text":"\u001b[2J"}"#, Format::Json, "\u{1b}[2J")]
fn a_text_is_read(#[case] file: &str, #[case] format: Format, #[case] text: &str) {
    assert_eq!(parse(file, format).unwrap().message.text(), text);
}

#[test]
fn an_empty_header_is_an_absent_one() {
    let with = "kind = \"buttons\"\nto = \"\"\nheader = \"\"\ntext = \"x\"\nfooter = \"\"";
    let without = "kind = \"buttons\"\ntext = \"x\"";
    assert_eq!(
        parse(with, Format::Toml).unwrap(),
        parse(without, Format::Toml).unwrap()
    );
}

#[rstest]
#[case::nothing("")]
#[case::bom("\u{feff}")]
#[case::white_space(" \r\n\t\n")]
fn an_empty_file_is_explained(#[case] text: &str) {
    for format in FORMATS {
        assert_eq!(
            problems(text, format),
            ["1:1: the file is empty: a message has at least kind and text"]
        );
    }
}

#[test]
fn columns_are_characters_and_a_bom_is_none() {
    assert_eq!(
        problems(
            "\u{feff}{\"👩‍👩‍👧é\": 1, \"kind\": \"text\", \"text\": 2}",
            Format::Json
        ),
        [
            "1:2: unknown key \"👩‍👩‍👧é\"; known here are kind, to, text, quote, link_preview, delay, \
             typing",
            "1:39: text: expected a string, found an integer",
        ]
    );
}

#[rstest]
#[case::toml("a/order.TOML", "{}", Format::Toml)]
#[case::json("a/order.json", "kind = 1", Format::Json)]
#[case::stdin_json("-", "\u{feff} \n{", Format::Json)]
#[case::stdin_toml("-", "kind = \"text\"", Format::Toml)]
#[case::folder_named_json("a.json/order", "kind = 1", Format::Toml)]
fn the_format_follows_from_the_name_else_the_text(
    #[case] name: &str,
    #[case] text: &str,
    #[case] format: Format,
) {
    assert_eq!(Format::of(name, text), format);
}

#[test]
fn a_file_error_names_the_file_on_every_line() {
    let error = read_from("order\u{1b}.toml", &b"kind = 1\ntext = 2"[..]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "order␛.toml:1:8: kind: expected a string, found an integer\n\
         order␛.toml:2:8: text: expected a string, found an integer"
    );
}

#[test]
fn a_byte_that_is_not_utf_8_is_named() {
    let error = read_from("-", &b"kind = \"text\"\ntext = \"\xc3\xa9\xff\""[..]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "-:2: byte 24 of the file is not UTF-8: save it as UTF-8"
    );
}

/// A stream without an end is given up on.
#[test]
fn a_file_that_is_too_large_is_not_read() {
    let error = read_from("-", io::repeat(b'#')).unwrap_err();
    assert!(matches!(error, ReadError::TooLarge { .. }));
    let most = b"kind = \"text\"\ntext = \"x\"\n#".chain(io::repeat(b'#'));
    assert!(read_from("-", most.take(MAX_BYTES as u64)).is_ok());
}

#[test]
fn a_missing_file_is_named() {
    let error = read(Path::new("tests/fixtures/files/no-such.toml")).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("tests/fixtures/files/no-such.toml: ")
    );
}

/// Texts of every kind of character that a format might stumble over.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z ]{1,6}",
        1 => prop::sample::select(vec![
            "\"", "\"\"\"", "'", "'''", "\\", "\n", "\r\n", "\r", "\t", "\u{0}", "\u{1b}[2J", "\u{7f}",
            "\u{85}", "\u{feff}", "\u{2028}", "\u{202e}", "👩‍👩‍👧", "e\u{301}", "שלום", "日本語", "{{name}}",
            "#", "=", "]", "}",
        ])
        .prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

fn button() -> impl Strategy<Value = Button> {
    let kind = prop::sample::select(ActionKind::ALL.to_vec());
    (text(), text(), kind, text()).prop_map(|(id, text, kind, value)| Button {
        id,
        text,
        action: kind.with_value(value),
    })
}

fn message() -> impl Strategy<Value = Message> {
    let buttons = prop::collection::vec(button(), 0..5);
    prop_oneof![
        text().prop_map(|text| Message::Text(Text { text })),
        (text(), text(), text(), buttons).prop_map(|(header, text, footer, buttons)| {
            Message::Buttons(Buttons {
                header,
                text,
                footer,
                buttons,
            })
        }),
    ]
}

fn draft() -> impl Strategy<Value = Draft> {
    let quote = (text(), text(), text()).prop_map(|(id, participant, body)| Quote {
        id,
        participant,
        body,
    });
    (
        text(),
        prop::option::of(quote),
        any::<Option<bool>>(),
        any::<Option<u32>>(),
        any::<Option<u32>>(),
        message(),
    )
        .prop_map(|(to, quote, link_preview, delay, typing, message)| Draft {
            to,
            quote,
            link_preview,
            delay,
            typing,
            message,
        })
}

/// Texts that look like message files, and are mostly none.
fn almost_a_file() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        3 => prop::sample::select(vec![
            "kind", "text", "buttons", "\"text\"", "\"kind\"", "= ", ": ", ",", "\n", "\r\n", "[", "]", "[[",
            "]]", "{", "}", "\"", "\"\"\"", "'", "\\", "\\u", "\\ud800", "é", "👍", "1979-05-27", "1e9", "-", "0x",
            "null", "true", "#", "//", "/*", ".", "\u{feff}", "\u{0}",
        ])
        .prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat())
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(draft in draft()) {
        for format in FORMATS {
            let file = write(&draft, format);
            let read = parse(&file, format);
            prop_assert_eq!(read.as_ref(), Ok(&draft), "{}", file);
        }
    }

    /// Git and editors on Windows end lines in CR LF, and that changes nothing.
    #[test]
    fn what_is_written_survives_windows_lines(draft in draft()) {
        for format in FORMATS {
            let file = write(&draft, format).replace('\n', "\r\n");
            let read = parse(&file, format);
            prop_assert_eq!(read.as_ref(), Ok(&draft), "{}", file);
        }
    }

    #[test]
    fn any_text_is_read_or_explained(text in almost_a_file()) {
        for format in FORMATS {
            if let Err(error) = parse(&text, format) {
                prop_assert!(!error.problems.is_empty());
                for problem in error.problems {
                    prop_assert!(problem.line >= 1 && problem.column >= 1);
                    prop_assert!(problem.line <= text.split('\n').count());
                    prop_assert!(!problem.message.contains(char::is_control));
                }
            }
        }
    }
}

#[test]
fn a_file_that_is_written_is_meant_for_people() {
    let draft = Draft {
        to: "+55 11 99999-9999".to_owned(),
        quote: Some(Quote {
            id: "3EB0".to_owned(),
            ..Quote::default()
        }),
        link_preview: Some(false),
        delay: Some(2),
        typing: None,
        message: Message::Text(Text {
            text: "Hi \"you\"\nשלום 👍\tC:\\x".to_owned(),
        }),
    };
    assert_eq!(draft.message.kind(), Kind::Text);
    assert_eq!(
        write(&draft, Format::Toml),
        r#"kind = "text"
to = "+55 11 99999-9999"
text = '''
Hi "you"
שלום 👍	C:\x'''
quote = { id = "3EB0" }
link_preview = false
delay = 2
"#
    );
}
