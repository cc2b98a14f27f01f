//! Message files: what is read, what is written, and what is said about a wrong one.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its fixture has failed"
)]

mod common;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use rstest::rstest;
use wacompose::message::file::{Format, MAX_BYTES, ReadError, parse, read, read_from, write};
use wacompose::message::{
    Action, Button, ButtonReply, Buttons, Catalog, Draft, Kind, List, ListReply, Message,
    ProductSection, Quote, Row, RowSection, SelectedButton, SelectedRow, Text,
};

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

#[rstest]
#[case("order")]
#[case("list")]
fn both_formats_of_a_sample_hold_the_same_message(#[case] name: &str) {
    let sample = |ending| read(Path::new(&format!("assets/samples/{name}.{ending}"))).unwrap();
    assert_eq!(sample("toml"), sample("json"));
}

#[test]
fn every_kind_has_a_sample() {
    let samples = fs::read_dir("assets/samples").unwrap();
    let kinds: Vec<Kind> = samples
        .map(|entry| read(&entry.unwrap().path()).unwrap().message.kind())
        .collect();
    for &kind in Kind::ALL {
        assert!(kinds.contains(&kind), "{kind}");
    }
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

fn owned(text: &str) -> String {
    text.to_owned()
}

fn catalog() -> Message {
    let section = |title, products: &[&str]| ProductSection {
        title: owned(title),
        products: products.iter().copied().map(owned).collect(),
    };
    Message::Catalog(Catalog {
        title: owned("Catalogo de Verao"),
        text: owned("Nossas novidades da temporada"),
        footer: owned("Loja WUTS"),
        button: owned("Ver produtos"),
        business_owner: owned("5511988887777@s.whatsapp.net"),
        catalog_id: owned("194836987003835"),
        header_product: owned("9876543210"),
        thumbnail: owned("camiseta 👕.jpg"),
        sections: vec![
            section("Camisetas", &["9876543210", "9876543211"]),
            section("Calças", &["סחורה"]),
            section("", &[]),
        ],
    })
}

fn list() -> Message {
    let row = |id, title, description| Row {
        id: owned(id),
        title: owned(title),
        description: owned(description),
    };
    Message::List(List {
        title: owned("Our menu"),
        text: owned("Pick one"),
        footer: owned("WUTS Store"),
        button: owned("View"),
        sections: vec![
            RowSection {
                title: owned("飲み物"),
                rows: vec![
                    row("coffee", "Coffee ☕", "Freshly brewed"),
                    row("tea", "Tea", ""),
                ],
            },
            RowSection {
                title: owned("מאפים"),
                rows: Vec::new(),
            },
        ],
    })
}

#[rstest]
#[case::catalog(
    r#"kind = "catalog"
title = "Catalogo de Verao"
text = "Nossas novidades da temporada"
footer = "Loja WUTS"
button = "Ver produtos"
business_owner = "5511988887777@s.whatsapp.net"
catalog_id = "194836987003835"
header_product = "9876543210"
thumbnail = "camiseta 👕.jpg"

[[sections]]
title = "Camisetas"
products = ["9876543210", "9876543211"]

[[sections]]
title = "Calças"
products = ["סחורה"]

[[sections]]
products = []
"#,
    catalog()
)]
#[case::list(
    r#"kind = "list"
title = "Our menu"
text = "Pick one"
footer = "WUTS Store"
button = "View"

[[sections]]
title = "飲み物"

[[sections.rows]]
id = "coffee"
title = "Coffee ☕"
description = "Freshly brewed"

[[sections.rows]]
id = "tea"
title = "Tea"

[[sections]]
title = "מאפים"
"#,
    list()
)]
#[case::button_reply(
    r#"kind = "button-reply"
selected = { id = "yes", text = "はい 👍" }
"#,
    Message::ButtonReply(ButtonReply {
        selected: SelectedButton { id: owned("yes"), text: owned("はい 👍") },
    })
)]
#[case::list_reply(
    r#"kind = "list-reply"
selected = { id = "tea", text = "Tea", description = "שחור" }
"#,
    Message::ListReply(ListReply {
        selected: SelectedRow { id: owned("tea"), text: owned("Tea"), description: owned("שחור") },
    })
)]
fn a_kind_is_read_and_written(#[case] file: &str, #[case] message: Message) {
    let draft = Draft {
        message,
        ..Draft::default()
    };
    assert_eq!(parse(file, Format::Toml).as_ref(), Ok(&draft));
    assert_eq!(write(&draft, Format::Toml), file);
}

/// Many ids are read and compared line by line.
#[test]
fn a_long_section_has_a_line_for_each_product() {
    let products: Vec<String> = (0..30).map(|number| format!("98765432{number}")).collect();
    let draft = Draft {
        message: Message::Catalog(Catalog {
            sections: vec![ProductSection {
                title: String::new(),
                products,
            }],
            ..Catalog::default()
        }),
        ..Draft::default()
    };
    let file = write(&draft, Format::Toml);
    assert_eq!(
        file.lines()
            .filter(|line| line.starts_with("    \""))
            .count(),
        30
    );
    assert_eq!(parse(&file, Format::Toml), Ok(draft));
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

#[rstest]
#[case::broken(
    b"kind = \"text\"\ntext = \"\xc3\xa9\xff\"",
    "-:2: byte 24 of the file is not UTF-8, it may be Latin-1 or Windows-1252: save it as UTF-8"
)]
#[case::latin_1(
    b"kind = \"text\"\r\n\r\ntext = \"Ol\xe1\"",
    "-:3: byte 27 of the file is not UTF-8, it may be Latin-1 or Windows-1252: save it as UTF-8"
)]
#[case::utf_16(
    b"\xff\xfek\0i\0n\0d\0",
    "-:1: byte 0 of the file is not UTF-8, it looks like UTF-16: save it as UTF-8"
)]
#[case::utf_16_the_other_way(
    b"\xfe\xff\0k\0i",
    "-:1: byte 0 of the file is not UTF-8, it looks like UTF-16: save it as UTF-8"
)]
#[case::utf_16_without_a_mark(
    b"k\0i\0n\0d\0=\0\"\0\xe5\x65",
    "-:1: byte 12 of the file is not UTF-8, it looks like UTF-16: save it as UTF-8"
)]
#[case::picture(
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "-:1: byte 0 of the file is not UTF-8, it may be no text at all: save it as UTF-8"
)]
fn a_byte_that_is_not_utf_8_is_named(#[case] bytes: &[u8], #[case] expected: &str) {
    let error = read_from("-", bytes).unwrap_err();
    assert_eq!(error.to_string(), expected);
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

fn draft() -> impl Strategy<Value = Draft> {
    common::draft(text(), text().boxed())
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
    /// Two files, one after the other, are told as what they are, and where the second begins.
    #[test]
    fn two_messages_are_none(first in draft(), second in draft()) {
        for format in FORMATS {
            let (first, second) = (write(&first, format), write(&second, format));
            let error = parse(&format!("{first}{second}"), format).unwrap_err();
            prop_assert_eq!(error.problems.len(), 1, "{:?}", error);
            prop_assert!(error.problems[0].message.starts_with("a second message begins here"));
            prop_assert_eq!(error.problems[0].line, first.replace("\r\n", "\n").matches('\n').count() + 1);
        }
    }

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
