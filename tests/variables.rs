//! Variables in the texts of a draft.

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
#[case::once("é {{a}} 👍", "é שלום 👍", 1)]
#[case::everywhere("{{a}}{{ a }}x{{a}}", "שלוםשלוםxשלום", 3)]
#[case::not_others("{{b}} {{aa}}", "{{b}} {{aa}}", 0)]
#[case::in_three_braces("{{{a}}}", "{שלום}", 1)]
fn a_variable_is_filled(#[case] written: &str, #[case] filled: &str, #[case] places: usize) {
    let mut draft = text(written);
    assert_eq!(fill(&mut draft, "a", "שלום"), places);
    assert_eq!(draft, text(filled));
}

/// The value is not looked into while it is put in, so that filling ends.
#[test]
fn a_value_may_hold_the_variable_itself() {
    let mut draft = text("{{a}}");
    assert_eq!(fill(&mut draft, "a", "{{a}}{{b}}"), 1);
    assert_eq!(variables(&draft), ["a", "b"]);
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
        assert_eq!(fill(&mut draft, &name, "x"), 1, "{name}");
    }
    assert_eq!(variables(&draft), [""; 0]);
}
