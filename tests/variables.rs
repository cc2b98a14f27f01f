//! Variables in the texts of a draft.

use std::collections::BTreeMap;

use rstest::rstest;
use wacompose::message::variables::{fill, variables};
use wacompose::message::{ActionKind, Button, Buttons, Draft, Message, Quote, Text};

fn text(text: &str) -> Draft {
    Draft {
        message: Message::Text(Text {
            text: text.to_owned(),
        }),
        ..Draft::default()
    }
}

/// Fills one variable; whether it had a place.
fn fill_one(draft: &mut Draft, name: &str, value: &str) -> bool {
    let values = BTreeMap::from([(name.to_owned(), value.to_owned())]);
    fill(draft, &values).contains(name)
}

#[rstest]
#[case::none("no {variable}", &[])]
#[case::one("Hello, {{name}}!", &["name"])]
#[case::each_once("{{b}}{{a}}{{b}}", &["b", "a"])]
#[case::spaces("{{ name }}", &["name"])]
#[case::any_script("{{имя}} {{名前}} {{שם}} 👩‍👩‍👧", &["имя", "名前", "שם"])]
#[case::number("{{1}}", &["1"])]
#[case::three_braces("{{{a}}}", &["a"])]
#[case::empty("{{}} {{ }}", &[])]
#[case::two_words("{{a b}} {{c}}", &["c"])]
#[case::unfinished("{{a} {{b", &[])]
#[case::nested("{{a{{b}}}}", &["b"])]
#[case::emoji("{{👍}}", &[])]
fn variables_are_found(#[case] written: &str, #[case] names: &[&str]) {
    assert_eq!(variables(&text(written)), names);
}

#[rstest]
#[case::once("é {{a}} 👍", "é שלום 👍", true)]
#[case::everywhere("{{a}}{{ a }}x{{a}}", "שלוםשלוםxשלום", true)]
#[case::not_others("{{b}} {{aa}}", "{{b}} {{aa}}", false)]
#[case::in_three_braces("{{{a}}}", "{שלום}", true)]
fn a_variable_is_filled(#[case] written: &str, #[case] filled: &str, #[case] has_place: bool) {
    let mut draft = text(written);
    assert_eq!(fill_one(&mut draft, "a", "שלום"), has_place);
    assert_eq!(draft, text(filled));
}

/// The value is not looked into while it is put in, so that filling ends.
#[test]
fn a_value_may_hold_the_variable_itself() {
    let mut draft = text("{{a}}");
    assert!(fill_one(&mut draft, "a", "{{a}}{{b}}"));
    assert_eq!(variables(&draft), ["a", "b"]);
}

/// Nor is one value looked into for the others.
#[test]
fn values_are_taken_as_they_are() {
    let mut draft = text("{{nome}} {{pedido}} 日本");
    let values = [("nome", "Ana {{pedido}}"), ("pedido", "{{nome}} 42")];
    let values = values.map(|(name, value)| (name.to_owned(), value.to_owned()));
    fill(&mut draft, &BTreeMap::from(values));
    assert_eq!(draft, text("Ana {{pedido}} {{nome}} 42 日本"));
}

#[test]
fn every_text_of_a_draft_is_looked_at() {
    let place = |name: &str| format!("{{{{{name}}}}}");
    let mut draft = Draft {
        to: place("to"),
        quote: Some(Quote {
            id: place("quote_id"),
            participant: place("participant"),
            body: place("body"),
        }),
        message: Message::Buttons(Buttons {
            header: place("header"),
            text: place("text"),
            footer: place("footer"),
            buttons: ActionKind::ALL
                .into_iter()
                .map(|kind| Button {
                    id: place(&format!("id_{kind}")),
                    text: place(&format!("text_{kind}")),
                    action: kind.with_value(place(&format!("value_{kind}"))),
                })
                .collect(),
        }),
        ..Draft::default()
    };
    let names = variables(&draft);
    assert_eq!(
        names,
        [
            "to",
            "header",
            "text",
            "footer",
            "id_reply",
            "text_reply",
            "id_copy",
            "text_copy",
            "value_copy",
            "id_call",
            "text_call",
            "value_call",
            "id_url",
            "text_url",
            "value_url",
            "quote_id",
            "participant",
            "body",
        ]
    );
    for name in names {
        assert!(fill_one(&mut draft, &name, "x"), "{name}");
    }
    assert_eq!(variables(&draft), [""; 0]);
}
