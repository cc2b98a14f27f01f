//! The JSON Schema allows what the reader reads, and nothing else.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use jsonschema::Validator;
use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};
use wacompose::message::Kind;
use wacompose::message::file::{Format, parse, read, schema, write};

fn validator() -> Validator {
    jsonschema::draft202012::new(&schema()).unwrap()
}

/// A file's text as the value that schemas are about.
fn value(text: &str, format: Format) -> Option<Value> {
    match format {
        Format::Toml => toml::from_str(text).ok(),
        Format::Json => serde_json::from_str(text).ok(),
    }
}

#[test]
fn it_is_a_schema() {
    jsonschema::draft202012::meta::validate(&schema()).unwrap();
}

#[rstest]
fn a_good_file_is_allowed(
    #[files("assets/samples/*.toml")]
    #[files("assets/samples/*.json")]
    #[files("tests/fixtures/golden/requests/*/*.toml")]
    path: PathBuf,
) {
    let text = fs::read_to_string(&path).unwrap();
    let format = Format::of(path.to_str().unwrap(), &text);
    let validator = validator();
    validator.validate(&value(&text, format).unwrap()).unwrap();
    let written = write(&read(&path).unwrap(), Format::Json);
    validator
        .validate(&value(&written, Format::Json).unwrap())
        .unwrap();
}

/// A file that is wrong as TOML or JSON is no value, and one with a key twice is two things in one.
#[rstest]
fn a_wrong_file_is_not(
    #[files("tests/fixtures/files/*.toml")]
    #[files("tests/fixtures/files/*.json")]
    #[exclude("repeated-key")]
    path: PathBuf,
) {
    let text = fs::read_to_string(&path).unwrap();
    let format = Format::of(path.to_str().unwrap(), &text);
    if let Some(value) = value(&text, format) {
        assert!(!validator().is_valid(&value), "{text}");
    }
}

#[rstest]
#[case::no_kind(json!({"text": "é"}))]
#[case::other_kind(json!({"kind": "product", "text": "日本"}))]
#[case::no_text(json!({"kind": "text"}))]
#[case::others_key(json!({"kind": "text", "text": "é", "header": "👩‍👩‍👧"}))]
#[case::no_selection(json!({"kind": "list-reply"}))]
#[case::buttons_description(json!({"kind": "button-reply", "selected": {"id": "1", "text": "שלום", "description": ""}}))]
#[case::value_of_another_action(json!({"kind": "buttons", "text": "", "buttons": [{"id": "", "text": "", "action": "url", "code": ""}]}))]
#[case::value_of_a_reply(json!({"kind": "buttons", "text": "", "buttons": [{"id": "", "text": "", "code": ""}]}))]
#[case::action_without_value(json!({"kind": "buttons", "text": "", "buttons": [{"id": "", "text": "", "action": "call"}]}))]
#[case::rows_of_a_catalog(json!({"kind": "catalog", "text": "", "sections": [{"rows": []}]}))]
#[case::number_for_a_product(json!({"kind": "catalog", "text": "", "sections": [{"products": [1]}]}))]
#[case::negative_time(json!({"kind": "text", "text": "", "delay": -1}))]
#[case::long_time(json!({"kind": "text", "text": "", "delay": 4_294_967_296_u64}))]
#[case::template_without_a_name(json!({"kind": "template", "language": "pt_BR"}))]
#[case::two_headers(json!({"kind": "template", "name": "a", "language": "pt_BR", "header": "", "header_media": {"kind": "image", "url": ""}}))]
#[case::unknown_file(json!({"kind": "template", "name": "a", "language": "pt_BR", "header_media": {"kind": "gif", "url": ""}}))]
#[case::far_away(json!({"kind": "template", "name": "a", "language": "pt_BR", "header_place": {"latitude": 1, "longitude": 180.5}}))]
#[case::value_without_a_name(json!({"kind": "template", "name": "a", "language": "pt_BR", "values": {"": "é"}}))]
#[case::number_for_a_value(json!({"kind": "template", "name": "a", "language": "pt_BR", "values": [1042]}))]
#[case::two_fillings(json!({"kind": "template", "name": "a", "language": "pt_BR", "buttons": [{"index": 0, "payload": "", "code": ""}]}))]
#[case::no_filling(json!({"kind": "template", "name": "a", "language": "pt_BR", "buttons": [{"index": 0}]}))]
#[case::no_index(json!({"kind": "template", "name": "a", "language": "pt_BR", "buttons": [{"code": ""}]}))]
#[case::quote_without_id(json!({"kind": "text", "text": "", "quote": {"body": "e\u{301}"}}))]
#[case::nothing(json!(null))]
#[case::two(json!([{"kind": "text", "text": ""}]))]
fn a_wrong_value_is_neither_allowed_nor_read(#[case] value: Value) {
    assert!(!validator().is_valid(&value));
    assert!(parse(&value.to_string(), Format::Json).is_err());
}

/// What the reader says that it knows in an object.
fn known(object: &Value, place: &str) -> BTreeSet<String> {
    let error = parse(&object.to_string(), Format::Json).unwrap_err();
    let problem = error.problems.iter().find(|problem| {
        problem
            .message
            .starts_with(&format!("unknown key \"日本\"{place};"))
    });
    let (_, known) = problem.unwrap().message.split_once("here are ").unwrap();
    known.split(", ").map(str::to_owned).collect()
}

fn properties(schema: &Value) -> BTreeSet<String> {
    let properties = schema["properties"].as_object().unwrap();
    properties.keys().cloned().collect()
}

#[rstest]
fn both_know_the_same_keys(
    #[values(
        Kind::Text,
        Kind::Buttons,
        Kind::Catalog,
        Kind::List,
        Kind::Template,
        Kind::Poll,
        Kind::ButtonReply,
        Kind::ListReply
    )]
    kind: Kind,
) {
    let schema = schema();
    let variants = schema["oneOf"].as_array().unwrap();
    let of_kind = |variant: &&Value| variant["properties"]["kind"]["const"] == kind.name();
    let of_kind = variants.iter().find(of_kind).unwrap();
    let mut message = json!({
        "kind": kind.name(), "日本": 1, "quote": {"日本": 1}, "selected": {"日本": 1},
        "buttons": [{"日本": 1}], "header_media": {"日本": 1}, "header_place": {"日本": 1}, "sections": [{"日本": 1, "rows": [{"日本": 1}]}],
    });
    assert_eq!(known(&message, ""), properties(of_kind));
    let quote = &schema["$defs"]["quote"];
    assert_eq!(known(&message, " in quote"), properties(quote));
    match kind {
        Kind::Text | Kind::Poll => {}
        Kind::Template => {
            for header in ["header_media", "header_place"] {
                let of_header = &of_kind["properties"][header];
                assert_eq!(
                    known(&message, &format!(" in {header}")),
                    properties(of_header)
                );
            }
            let buttons = schema["$defs"]["template_button"]["oneOf"]
                .as_array()
                .unwrap();
            let all: BTreeSet<String> = buttons.iter().flat_map(properties).collect();
            assert_eq!(known(&message, " in buttons[0]"), all);
        }
        Kind::Buttons => {
            let buttons = schema["$defs"]["button"]["oneOf"].as_array().unwrap();
            let all: BTreeSet<String> = buttons.iter().flat_map(properties).collect();
            assert_eq!(known(&message, " in buttons[0]"), all);
        }
        Kind::Catalog | Kind::List => {
            let section = &of_kind["properties"]["sections"]["items"];
            assert_eq!(known(&message, " in sections[0]"), properties(section));
            if kind == Kind::List {
                let row = &schema["$defs"]["row"];
                assert_eq!(known(&message, " in sections[0].rows[0]"), properties(row));
            }
        }
        Kind::ButtonReply | Kind::ListReply => {
            let selected = &of_kind["properties"]["selected"];
            assert_eq!(known(&message, " in selected"), properties(selected));
        }
    }
    // and every property says what it is for
    message = of_kind["properties"].clone();
    for (key, property) in message.as_object().unwrap() {
        assert!(property["description"].is_string(), "{key}");
    }
}

/// Every place in a value, as JSON pointers.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                places(value, &format!("{at}/{key}"), found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                places(value, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// Changes what stands in some place: another value, one key more, or one less.
fn spoil(value: &mut Value, (place, key, with): (prop::sample::Index, &str, Value)) {
    let mut found = Vec::new();
    places(value, "", &mut found);
    let place = &found[place.index(found.len())];
    let place = value.pointer_mut(place).unwrap();
    match (place, key) {
        (Value::Object(object), "-") => {
            let first = object.keys().next().cloned();
            object.remove(&first.unwrap_or_default());
        }
        (Value::Object(object), key) if !key.is_empty() => {
            object.insert(key.to_owned(), with);
        }
        (place, _) => *place = with,
    }
}

fn spoiling() -> impl Strategy<Value = (prop::sample::Index, &'static str, Value)> {
    let keys = vec![
        "",
        "-",
        "kind",
        "to",
        "text",
        "header",
        "title",
        "footer",
        "button",
        "buttons",
        "sections",
        "rows",
        "products",
        "selected",
        "quote",
        "id",
        "description",
        "action",
        "code",
        "phone",
        "url",
        "delay",
        "link_preview",
        "body",
        "participant",
        "thumbnail",
        "日本",
    ];
    let values = vec![
        json!(null),
        json!(true),
        json!(1),
        json!(-1),
        json!(1.5),
        json!(99_999_999_999_u64),
        json!("é"),
        json!("text"),
        json!("list"),
        json!("url"),
        json!("reply"),
        json!([]),
        json!([{}]),
        json!({}),
        json!({"id": "1", "text": "שלום"}),
        json!(["1"]),
    ];
    (
        any::<prop::sample::Index>(),
        prop::sample::select(keys),
        prop::sample::select(values),
    )
}

proptest! {
    #[test]
    fn the_schema_allows_what_the_reader_reads(
        draft in common::draft(".{0,3}", "[a-z]{0,3}".boxed()),
        spoilings in prop::collection::vec(spoiling(), 0..3),
    ) {
        let mut value: Value = serde_json::from_str(&write(&draft, Format::Json)).unwrap();
        for spoiling in spoilings {
            spoil(&mut value, spoiling);
        }
        let read = parse(&value.to_string(), Format::Json);
        let allowed = VALIDATOR.with(|validator| validator.is_valid(&value));
        prop_assert_eq!(read.is_ok(), allowed, "{}: {:?}", value, read);
    }
}

thread_local! {
    static VALIDATOR: Validator = validator();
}
