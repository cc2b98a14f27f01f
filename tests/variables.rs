//! Variables in the texts of a draft.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rstest::rstest;
use wacompose::message::check::{Severity, check};
use wacompose::message::limits::{Limit, LimitKey, Limits, Unit};
use wacompose::message::variables::{as_sent, escape, escape_all, fill, sent, variables};
use wacompose::message::{
    Action, ActionKind, Button, ButtonPart, Buttons, Catalog, Draft, Field, List, Message, Pix,
    ProductSection, Quote, QuotePart, Row, RowPart, RowSection, SectionPart, Text,
};

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

/// The errors at a text, without where they are.
fn errors(draft: &Draft) -> Vec<String> {
    let problems = check(draft, &Limits::default()).into_iter();
    problems
        .filter(|problem| problem.severity == Severity::Error && problem.field != Field::To)
        .map(|problem| problem.message)
        .collect()
}

#[rstest]
#[case::none("no {variable}", &[])]
#[case::one("Hello, {{name}}!", &["name"])]
#[case::each_once("{{b}}{{a}}{{b}}", &["b", "a"])]
#[case::spaces("{{ name }}", &["name"])]
#[case::any_script("{{имя}} {{名前}} {{שם}} 👩‍👩‍👧", &["имя", "名前", "שם"])]
#[case::number("{{1}}", &["1"])]
#[case::three_braces("{{{a}}}", &[])]
#[case::empty("{{}} {{ }}", &[])]
#[case::two_words("{{a b}} {{c}}", &["c"])]
#[case::unfinished("{{a} {{b", &[])]
#[case::nested("{{a{{b}}}}", &["b"])]
#[case::emoji("{{👍}}", &[])]
#[case::escaped("{{{{a}}}} {{b}}", &["b"])]
#[case::between_escaped("{{{{{{a}}}}}}", &["a"])]
#[case::in_json("{\"a\":{{a}}} {\"a\":{\"b\":{{b}}}}", &["a", "b"])]
fn variables_are_found(#[case] written: &str, #[case] names: &[&str]) {
    assert_eq!(variables(&text(written)), names);
}

#[rstest]
#[case::once("é {{a}} 👍", "é שלום 👍", true)]
#[case::everywhere("{{a}}{{ a }}x{{a}}", "שלוםשלוםxשלום", true)]
#[case::not_others("{{b}} {{aa}}", "{{b}} {{aa}}", false)]
#[case::not_in_three_braces("{{{a}}}", "{{{a}}}", false)]
#[case::not_escaped("{{{{a}}}}", "{{{{a}}}}", false)]
#[case::between_escaped("{{{{{{a}}}}}}", "{{{{שלום}}}}", true)]
#[case::in_json("{\"a\":{{a}}}", "{\"a\":שלום}", true)]
fn a_variable_is_filled(#[case] written: &str, #[case] filled: &str, #[case] has_place: bool) {
    let mut draft = text(written);
    assert_eq!(fill_one(&mut draft, "a", "שלום"), has_place);
    assert_eq!(draft, text(filled));
}

#[rstest]
#[case::the_variable_itself("{{a}}", "{{a}}{{b}}", "{{a}}{{b}}")]
#[case::what_looks_like_one("é {{a}}!", "{{nome do cliente}}", "é {{nome do cliente}}!")]
#[case::three_braces("{{a}}", "{{{x}}}", "{{{x}}}")]
#[case::four_braces("{{a}}", "{{{{x}}}}", "{{{{x}}}}")]
#[case::half("{{a}}b}}}}", "{{", "{{b}}")]
#[case::brace_at_brace("{{a}}{", "x{", "x{{")]
#[case::closing_at_braces("{\"a\":{{a}}}", "{\"日\":{}}", "{\"a\":{\"日\":{}}}")]
#[case::two_values("{{a}}{{a}}", "{", "{{")]
#[case::escaped_around("{{{{{{a}}}}}}", "{日}", "{{{日}}}")]
fn a_value_is_sent_as_it_is(#[case] written: &str, #[case] value: &str, #[case] expected: &str) {
    let mut draft = text(written);
    assert!(fill_one(&mut draft, "a", value));
    assert_eq!(as_sent(&draft).message.text(), expected);
    assert_eq!(variables(&draft), [""; 0]);
    assert_eq!(errors(&draft), [""; 0]);
}

/// Nor is one value looked into for the others.
#[test]
fn values_are_taken_as_they_are() {
    let mut draft = text("{{nome}} {{pedido}} 日本");
    let values = [("nome", "Ana {{pedido}}"), ("pedido", "{{nome}} 42")];
    let values = values.map(|(name, value)| (name.to_owned(), value.to_owned()));
    fill(&mut draft, &BTreeMap::from(values));
    let expected = text("Ana {{pedido}} {{nome}} 42 日本");
    assert_eq!(*as_sent(&draft), expected);
    assert_eq!(variables(&draft), [""; 0]);
}

/// What a variable without a value stands in is still the same text.
#[test]
fn a_variable_without_a_value_stays_beside_values() {
    let mut draft = text("{{a}} {{{{x}}}} {{b}} {{c d}}");
    assert!(fill_one(&mut draft, "a", "{{日}}"));
    assert_eq!(draft, text("{{{{日}}}} {{{{x}}}} {{b}} {{c d}}"));
    assert_eq!(as_sent(&draft).message.text(), "{{日}} {{x}} {{b}} {{c d}}");
    assert_eq!(variables(&draft), ["b"]);
}

#[rstest]
#[case::two_words(
    "{{nome do cliente}}",
    "name is letters, digits, _, - and .",
    "{{nome_do_cliente}}"
)]
#[case::fallback("{{name|there}}", "name is letters", "{{name}}")]
#[case::n8n("{{ $json.name }}", "name is letters", "{{json.name}}")]
#[case::n8n_index("{{ $json[\"name\"] }}", "name is letters", "")]
#[case::filter("{{user.name | capitalize}}", "name is letters", "{{user.name}}")]
#[case::default("{{name ?? 'you'}}", "name is letters", "{{name}}")]
#[case::block("{{#if name}}", "name is letters", "")]
#[case::accent("{{n\u{303}o ok}}", "name is letters", "")]
#[case::emoji("{{👍}}", "name is letters", "")]
#[case::wide("{{お 名前}}", "name is letters", "{{お_名前}}")]
#[case::hebrew("{{שם פרטי}}", "name is letters", "{{שם_פרטי}}")]
#[case::no_break_space("{{\u{a0}name\u{a0}}}", "name is letters", "{{name}}")]
#[case::tab("{{\tname}}", "name is letters", "{{name}}")]
#[case::json("{{\"a\": 1}}", "name is letters", "")]
#[case::empty("{{}}", "no name between", "")]
#[case::blank("{{ }}", "no name between", "")]
#[case::not_closed("{{name", "not closed", "{{name}}")]
#[case::not_closed_in_a_sentence("Hi {{name, welcome", "not closed", "{{name}}")]
#[case::half_closed("{{name}", "not closed", "{{name}}")]
#[case::half_closed_in_a_sentence("Hi {{name} and {{other}}", "{{name} would", "{{name}}")]
#[case::over_lines("{{name\n}}", "not closed", "{{name}}")]
#[case::not_opened("name}}", "close no variable", "{{name}}")]
#[case::half_opened("Hi {name}}!", "close no variable", "{{name}}")]
#[case::closed_twice("{{a}} b}}", "close no variable", "{{b}}")]
#[case::three("{{{name}}}", "two braces on each side", "{{name}}")]
#[case::three_then_two("{{{name}}", "two braces on each side", "{{name}}")]
#[case::two_then_three("{{name}}}", "two braces on each side", "{{name}}")]
#[case::half_escaped("{{{{name}}", "close no variable", "{{name}}")]
#[case::only_open("{{", "not closed", "")]
#[case::only_closed("}}", "close no variable", "")]
fn what_looks_like_a_variable_is_an_error(
    #[case] written: &str,
    #[case] why: &str,
    #[case] right: &str,
) {
    let said = errors(&text(written)).join("\n");
    assert!(said.contains(why), "{said}");
    assert!(said.contains("would be sent as it is"), "{said}");
    assert!(said.contains(&format!("write {right}")), "{said}");
    assert!(said.contains("{{{{ and }}}} for double braces"), "{said}");
}

#[rstest]
#[case::single("{name} } { 👍", "{name} } { 👍")]
#[case::json("{\"a\":{\"b\":{\"c\":1}}}", "{\"a\":{\"b\":{\"c\":1}}}")]
#[case::escaped("{{{{x}}}}", "{{x}}")]
#[case::escaped_words("{{{{nome do cliente}}}} שלום", "{{nome do cliente}} שלום")]
#[case::escaped_open("{{{{ 日本", "{{ 日本")]
#[case::escaped_closed("}}}}", "}}")]
#[case::escaped_four("{{{{{{{{x}}}}}}}}", "{{{{x}}}}")]
#[case::escaped_three("{{{{{x}}}}}", "{{{x}}}")]
fn other_braces_are_sent(#[case] written: &str, #[case] expected: &str) {
    assert_eq!(errors(&text(written)), [""; 0]);
    assert_eq!(sent(written), expected);
}

/// Four braces that only close single ones are two by the rule: that is said.
#[test]
fn four_closing_braces_of_json_are_pointed_out() {
    let draft = text("{\"a\":{\"b\":{\"c\":{\"日\":1}}}}");
    let problems = check(&draft, &Limits::default());
    let said = problems.iter().find(|problem| problem.field == Field::Text);
    let said = said.map(|problem| (problem.severity, problem.message.contains("}}}}}}}}")));
    assert_eq!(said, Some((Severity::Warning, true)));
}

/// A limit counts what is sent.
#[test]
fn escapes_are_counted_once() {
    let limits = Limits::new([Limit::documented(
        LimitKey::Text,
        5,
        Unit::Scalars,
        "the docs",
    )]);
    let over = |written: &str| {
        let problems = check(&text(written), &limits);
        problems.iter().any(|problem| problem.actual.is_some())
    };
    assert!(!over("{{{{日}}}}"));
    assert!(over("{{{{日本}}}}"));
}

/// Every place of every kind with a text that looks like a variable has its own error.
#[test]
fn every_text_of_a_draft_is_checked_for_look_alikes() {
    let wrong = || "{{a b}}".to_owned();
    let quote = Some(Quote {
        id: wrong(),
        participant: wrong(),
        body: wrong(),
    });
    let buttons = Buttons {
        header: wrong(),
        text: wrong(),
        footer: wrong(),
        buttons: ActionKind::ALL
            .iter()
            .map(|kind| Button {
                id: wrong(),
                text: wrong(),
                action: match kind {
                    ActionKind::Pix => Action::Pix(Pix {
                        name: wrong(),
                        key_type: wrong(),
                        key: wrong(),
                        currency: wrong(),
                    }),
                    kind => kind.with_value(wrong()),
                },
            })
            .collect(),
    };
    let catalog = Catalog {
        title: wrong(),
        text: wrong(),
        footer: wrong(),
        button: wrong(),
        business_owner: wrong(),
        catalog_id: wrong(),
        header_product: wrong(),
        thumbnail: wrong(),
        sections: vec![ProductSection {
            title: wrong(),
            products: vec![wrong()],
        }],
    };
    let list = List {
        title: wrong(),
        text: wrong(),
        footer: wrong(),
        button: wrong(),
        sections: vec![RowSection {
            title: wrong(),
            rows: vec![Row {
                id: wrong(),
                title: wrong(),
                description: wrong(),
            }],
        }],
    };
    for message in [
        Message::Buttons(buttons),
        Message::Catalog(catalog),
        Message::List(list),
    ] {
        let draft = Draft {
            to: wrong(),
            quote: quote.clone(),
            message,
            ..Draft::default()
        };
        let problems = check(&draft, &Limits::default());
        for field in draft.text_fields() {
            let count = problems
                .iter()
                .filter(|problem| problem.field == field && problem.message.contains("{{a_b}}"))
                .count();
            assert_eq!(count, 1, "{field}");
        }
    }
}

#[rstest]
#[case::url(Field::Button(0, ButtonPart::Value(ActionKind::Url)))]
#[case::phone(Field::Button(0, ButtonPart::Value(ActionKind::Call)))]
#[case::participant(Field::QuotePart(QuotePart::Participant))]
#[case::row(Field::Section(0, SectionPart::Row(0, RowPart::Id)))]
fn an_escaped_value_is_checked_as_it_is_sent(#[case] field: Field) {
    let message = match field {
        Field::Section(..) => Message::List(List {
            sections: vec![RowSection {
                title: String::new(),
                rows: vec![Row::default()],
            }],
            ..List::default()
        }),
        Field::Button(_, ButtonPart::Value(kind)) => Message::Buttons(Buttons {
            buttons: vec![Button {
                action: kind.with_value(String::new()),
                ..Button::default()
            }],
            ..Buttons::default()
        }),
        _ => Message::Text(Text::default()),
    };
    let mut draft = Draft {
        quote: Some(Quote::default()),
        message,
        ..Draft::default()
    };
    if let Some(place) = draft.text_at_mut(field) {
        "{{{{日}}}} ".clone_into(place);
    }
    let problems = check(&draft, &Limits::default());
    let here: Vec<_> = problems.iter().filter(|p| p.field == field).collect();
    assert!(!here.is_empty());
    assert!(
        here.iter().all(|p| !p.message.contains("as it is:")),
        "{here:?}"
    );
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
                .iter()
                .map(|kind| Button {
                    id: place(&format!("id_{kind}")),
                    text: place(&format!("text_{kind}")),
                    action: match kind {
                        ActionKind::Pix => Action::Pix(Pix {
                            name: place("pix_name"),
                            key_type: place("pix_key_type"),
                            key: place("value_pix"),
                            currency: place("pix_currency"),
                        }),
                        kind => kind.with_value(place(&format!("value_{kind}"))),
                    },
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
            "id_pix",
            "text_pix",
            "value_pix",
            "pix_name",
            "pix_key_type",
            "pix_currency",
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

/// Texts made of what variables and escapes are made of.
fn braced() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[{}]{1,6}",
        2 => prop::sample::select(vec!["a", " ", "{{a}}", "{{ b }}", "日", "👩‍👩‍👧", "\n", "é", "\"", ":"])
            .prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    /// What is escaped is sent as it was, holds no variable and is no error.
    #[test]
    fn an_escaped_text_is_sent_as_it_was(written in braced()) {
        let escaped = escape(&written);
        prop_assert_eq!(sent(&escaped), &*written);
        let mut draft = text(&written);
        escape_all(&mut draft);
        prop_assert_eq!(draft.message.text(), &*escaped);
        prop_assert_eq!(variables(&draft), [""; 0]);
        let wrong = errors(&draft).into_iter().filter(|said| said.contains("brace"));
        prop_assert_eq!(wrong.count(), 0);
    }

    /// A value that is put in is sent as it is, whatever stands around it.
    #[test]
    fn a_filled_text_is_what_stood_there_with_the_value(
        before in braced(), value in braced(), after in braced(),
    ) {
        let mut draft = text(&format!("{} {{{{v}}}} {}", escape(&before), escape(&after)));
        prop_assert!(fill_one(&mut draft, "v", &value));
        let expected = format!("{before} {value} {after}");
        let shown = as_sent(&draft);
        prop_assert_eq!(shown.message.text(), expected);
        prop_assert_eq!(variables(&draft), [""; 0]);
    }

    /// Whatever the braces are, nothing panics, what is not filled stays, and filling ends.
    #[test]
    fn any_braces_are_read(written in braced(), value in braced()) {
        let mut draft = text(&written);
        let names = variables(&draft);
        let pairs = names.iter().map(|name| (name.clone(), value.clone()));
        let values: BTreeMap<String, String> = pairs.collect();
        fill(&mut draft, &values);
        prop_assert_eq!(variables(&draft), [""; 0]);
    }
}
