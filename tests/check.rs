//! What is wrong with a draft: each rule, at its field, with its words.

use std::collections::BTreeSet;

use proptest::prelude::*;
use rstest::rstest;
use wacompose::message::check::{Problem, Severity, check, near};
use wacompose::message::limits::{Limit, LimitKey, Limits, Unit};
use wacompose::message::{
    Action, ActionKind, Button, ButtonPart, Buttons, Draft, Field, Message, Quote, QuotePart, Text,
};

const CAUTION: &str = "Meta's clients cut the rest";

fn limits() -> Limits {
    Limits::new([
        Limit::documented(LimitKey::Text, 100, Unit::Scalars, "the docs"),
        Limit::assumed(LimitKey::Header, 60, Unit::Scalars, "as other gateways"),
        Limit::assumed(LimitKey::Footer, 60, Unit::Scalars, "as other gateways"),
        Limit::documented(LimitKey::Buttons, 3, Unit::Items, "the docs"),
        Limit::documented(LimitKey::ButtonText, 25, Unit::Scalars, "the docs")
            .with_caution(20, CAUTION),
        Limit::assumed(LimitKey::ButtonId, 256, Unit::Scalars, "as other gateways"),
        Limit::documented(LimitKey::Typing, 20, Unit::Seconds, "the docs"),
    ])
}

fn button(id: &str, text: &str) -> Button {
    Button {
        id: id.to_owned(),
        text: text.to_owned(),
        action: Action::Reply,
    }
}

fn order() -> Draft {
    Draft {
        to: "+55 11 99999-9999".to_owned(),
        message: Message::Buttons(Buttons {
            header: "Order 1042".to_owned(),
            text: "日本語 👩‍👩‍👧 e\u{301} שלום: how would you like to proceed?".to_owned(),
            footer: "WUTS Store".to_owned(),
            buttons: vec![
                button("confirm_order", "Confirm"),
                button("change_order", "Change items"),
            ],
        }),
        ..Draft::default()
    }
}

/// The order with something written into a field; one button more where there is none at its index.
fn with(field: Field, text: &str) -> Draft {
    let mut draft = order();
    if let Field::QuotePart(_) = field {
        draft.quote = Some(Quote {
            id: "3EB0".to_owned(),
            ..Quote::default()
        });
    }
    if let (Field::Button(index, ButtonPart::Value(kind)), Message::Buttons(message)) =
        (field, &mut draft.message)
    {
        message.buttons[index].action = kind.with_value(String::new());
    }
    if let Some(place) = draft.text_at_mut(field) {
        text.clone_into(place);
    }
    draft
}

fn said(problems: &[Problem]) -> Vec<String> {
    problems
        .iter()
        .map(|problem| {
            format!(
                "{} {}: {}",
                problem.severity, problem.field, problem.message
            )
        })
        .collect()
}

const FIRST_ID: Field = Field::Button(0, ButtonPart::Id);
const SECOND_ID: Field = Field::Button(1, ButtonPart::Id);
const FIRST_TEXT: Field = Field::Button(0, ButtonPart::Text);
const SECOND_TEXT: Field = Field::Button(1, ButtonPart::Text);
const CODE: Field = Field::Button(0, ButtonPart::Value(ActionKind::Copy));
const PHONE: Field = Field::Button(0, ButtonPart::Value(ActionKind::Call));
const URL: Field = Field::Button(0, ButtonPart::Value(ActionKind::Url));
const QUOTE_ID: Field = Field::QuotePart(QuotePart::Id);
const PARTICIPANT: Field = Field::QuotePart(QuotePart::Participant);
const BODY: Field = Field::QuotePart(QuotePart::Body);

#[rstest]
#[case::nothing_changed(Field::Kind, "")]
#[case::tab_and_lines(Field::Text, "a\tb\n\nשלום")]
#[case::no_header(Field::Header, "")]
#[case::single_braces(Field::Text, "{name} {a b} {\"a\": {\"b\": 1}} {\"a\":{\"b\":1}} } {")]
#[case::escaped_braces(Field::Text, "{{{{}}}} {{{{ }}}} {{{{a b}}}} {{{{日本}}}} {{{{a")]
#[case::button_at_the_caution(FIRST_TEXT, "12345678901234567890")]
#[case::code(CODE, "SUMMER 20")]
#[case::phone(PHONE, "+55 11 98888-7777")]
#[case::url(URL, "https://example.com")]
#[case::url_in_capitals(URL, "HTTP://EXAMPLE.com:8080/ü?q=日本#é")]
#[case::url_of_an_address(URL, "http://[::1]:80/")]
#[case::url_with_a_user(URL, "https://user:word@example.com/")]
#[case::quote_id(QUOTE_ID, "3EB0")]
#[case::participant(PARTICIPANT, "5511999999999:3@s.whatsapp.net")]
#[case::hidden_participant(PARTICIPANT, "123456789012345@lid")]
#[case::no_participant(PARTICIPANT, "")]
#[case::quoted_lines(BODY, "a\nb")]
#[case::look_alike_ids(SECOND_ID, "Confirm_order")]
fn nothing_is_wrong(#[case] field: Field, #[case] text: &str) {
    assert_eq!(said(&check(&with(field, text), &limits())), [""; 0]);
}

#[rstest]
#[case::no_recipient(
    Field::To,
    "",
    "error to: no recipient: write a phone number with its country code, or an address"
)]
#[case::short_recipient(
    Field::To,
    "+1",
    "error to: a phone number has 7 to 15 digits with its country code, this one 1"
)]
#[case::variable_as_recipient(
    Field::To,
    "{{phone}}",
    "error to: the variable {{phone}} is not filled in"
)]
#[case::empty_text(
    Field::Text,
    "",
    "error text: the text is empty: every message needs one"
)]
#[case::blank_text(
    Field::Text,
    " \n\t\u{a0}",
    "error text: the text is empty: every message needs one"
)]
#[case::variable(
    Field::Text,
    "{{ имя }} {{имя}}",
    "error text: the variable {{имя}} is not filled in"
)]
#[case::variable_after_braces(
    Field::Footer,
    "{{{order.id-1}}}",
    "error footer: {{{order.id-1}}} would be sent as it is: a variable has two braces on each side; write {{order.id-1}}, or {{{{ and }}}} for double braces that are meant"
)]
#[case::escape(
    Field::Text,
    "漢\n👍e\u{301}\u{1b}[2J\u{1b}",
    "error text: the control character U+001B at line 2, character 4 (and 1 more) cannot be sent: remove it"
)]
#[case::nul(
    Field::Text,
    "a\0",
    "error text: the control character U+0000 at line 1, character 2 cannot be sent: remove it"
)]
#[case::c1(
    Field::Text,
    "\u{9b}",
    "error text: the control character U+009B at line 1, character 1 cannot be sent: remove it"
)]
#[case::delete(
    BODY,
    "ab\u{7f}",
    "error quote.body: the control character U+007F at line 1, character 3 cannot be sent: remove it"
)]
#[case::lone_return(
    Field::Text,
    "a\rb",
    "error text: the control character U+000D at line 1, character 2 cannot be sent: remove it"
)]
#[case::windows_lines(
    Field::Text,
    "a\r\nb\r\n",
    "warning text: its lines end in U+000D U+000A, as on Windows: both are counted and sent; end them in U+000A alone"
)]
#[case::header_of_lines(
    Field::Header,
    "a\nb\n",
    "error header: a header is one line: a line break, U+000A, is at character 2 (and 1 more)"
)]
#[case::footer_with_separator(
    Field::Footer,
    "é\u{2028}",
    "error footer: a footer is one line: a line break, U+2028, is at character 2"
)]
#[case::footer_with_tab(
    Field::Footer,
    "a\tb",
    "error footer: the control character U+0009 at character 2 cannot be sent: remove it"
)]
#[case::button_of_lines(
    FIRST_TEXT,
    "👩‍👩‍👧\r\nb",
    "error buttons[0].text: a button's text is one line: a line break, U+000D, is at character 6 (and 1 more)"
)]
#[case::empty_button(
    FIRST_TEXT,
    "",
    "error buttons[0].text: the button has no text: write its label"
)]
#[case::blank_button(
    FIRST_TEXT,
    "\u{3000}",
    "error buttons[0].text: the button has no text: write its label"
)]
#[case::button_above_the_caution(
    FIRST_TEXT,
    "👍23456789012345678901",
    "warning buttons[0].text: 21 characters, more than 20: Meta's clients cut the rest"
)]
#[case::button_at_the_limit(
    FIRST_TEXT,
    "👍234567890123456789012345",
    "warning buttons[0].text: 25 characters, more than 20: Meta's clients cut the rest"
)]
#[case::button_above_the_limit(
    FIRST_TEXT,
    "👍2345678901234567890123456",
    "error buttons[0].text: 26 characters, at most 25"
)]
#[case::same_text(
    SECOND_TEXT,
    "Confirm ",
    "warning buttons[1].text: button 1 has the same text: nobody can tell them apart"
)]
#[case::empty_id(
    FIRST_ID,
    "",
    "error buttons[0].id: the id is empty: it is what comes back when the button is tapped"
)]
#[case::blank_id(
    FIRST_ID,
    " ",
    "error buttons[0].id: the id is empty: it is what comes back when the button is tapped"
)]
#[case::same_id(
    SECOND_ID,
    "confirm_order",
    "error buttons[1].id: button 1 has the same id: give each its own, so that answers tell them apart"
)]
#[case::space_in_front_of_an_id(
    FIRST_ID,
    " a",
    "warning buttons[0].id: the id begins or ends with white space, which comes back with it"
)]
#[case::space_after_an_id(
    FIRST_ID,
    "a\u{a0}",
    "warning buttons[0].id: the id begins or ends with white space, which comes back with it"
)]
#[case::no_code(CODE, " ", "error buttons[0].code: there is no code to copy")]
#[case::no_phone(PHONE, "", "error buttons[0].phone: there is no phone number to call")]
#[case::bad_phone(
    PHONE,
    "call me",
    "error buttons[0].phone: “c” is not part of a phone number: write digits with the country code, or an address such as 120363039000000000@g.us"
)]
#[case::group_as_phone(
    PHONE,
    "120363039000000000@g.us",
    "error buttons[0].phone: a group cannot be called: write a phone number"
)]
#[case::variable_as_phone(
    PHONE,
    "{{phone}}",
    "error buttons[0].phone: the variable {{phone}} is not filled in"
)]
#[case::no_url(
    URL,
    "",
    "error buttons[0].url: there is no address to open: write https://…"
)]
#[case::no_scheme(
    URL,
    "example.com",
    "error buttons[0].url: the address must begin with https:// or http://"
)]
#[case::other_scheme(
    URL,
    "javascript:alert(1)",
    "error buttons[0].url: the address must begin with https:// or http://"
)]
#[case::scheme_cut_in_a_character(
    URL,
    "https:/é",
    "error buttons[0].url: the address must begin with https:// or http://"
)]
#[case::no_host(
    URL,
    "https:///path",
    "error buttons[0].url: the address names no host: write it as https://example.com/…"
)]
#[case::port_without_host(
    URL,
    "https://:80",
    "error buttons[0].url: the address names no host: write it as https://example.com/…"
)]
#[case::user_without_host(
    URL,
    "https://user@/x",
    "error buttons[0].url: the address names no host: write it as https://example.com/…"
)]
#[case::space_in_url(
    URL,
    "https://example.com/a b",
    "error buttons[0].url: white space in an address: write it as %20, or remove it"
)]
#[case::variable_in_url(
    URL,
    "https://{{host}}/",
    "error buttons[0].url: the variable {{host}} is not filled in"
)]
#[case::no_quote_id(
    QUOTE_ID,
    "",
    "error quote.id: the quoted message has no id: write the id that the gateway gave it, or leave the quote out"
)]
#[case::bad_participant(
    PARTICIPANT,
    "1@c.us",
    "warning quote.participant: a phone number has 7 to 15 digits with its country code, this one 1"
)]
#[case::group_as_participant(
    PARTICIPANT,
    "120363039000000000@g.us",
    "warning quote.participant: this is the address of a group: a message is written by a person"
)]
fn a_rule_is_broken(#[case] field: Field, #[case] text: &str, #[case] problem: &str) {
    assert_eq!(said(&check(&with(field, text), &limits())), [problem]);
}

#[rstest]
#[case::text(Field::Text, 101, "error text: 101 characters, at most 100")]
#[case::header(
    Field::Header,
    61,
    "warning header: 61 characters, at most 60; this limit is assumed (as other gateways)"
)]
#[case::footer(
    Field::Footer,
    61,
    "warning footer: 61 characters, at most 60; this limit is assumed (as other gateways)"
)]
#[case::id(
    FIRST_ID,
    257,
    "warning buttons[0].id: 257 characters, at most 256; this limit is assumed (as other gateways)"
)]
fn a_limit_is_broken(#[case] field: Field, #[case] count: usize, #[case] problem: &str) {
    let problems = |count| said(&check(&with(field, &"漢".repeat(count)), &limits()));
    assert_eq!(problems(count - 2), [""; 0]);
    assert_eq!(problems(count - 1), [""; 0]);
    assert_eq!(problems(count), [problem]);
}

#[rstest]
#[case::none(0, &["error buttons: there is no button: add at least one"])]
#[case::one(1, &[])]
#[case::three(3, &[])]
#[case::four(4, &["error buttons: 4 buttons, at most 3"])]
fn buttons_are_counted(#[case] count: usize, #[case] problems: &[&str]) {
    let mut draft = order();
    if let Message::Buttons(message) = &mut draft.message {
        message.buttons = (1..=count)
            .map(|number| button(&number.to_string(), &format!("👍 {number}")))
            .collect();
    }
    assert_eq!(said(&check(&draft, &limits())), problems);
}

#[test]
fn typing_is_counted_in_seconds() {
    let typing = |seconds| Draft {
        typing: Some(seconds),
        ..order()
    };
    assert_eq!(check(&typing(20), &limits()), []);
    assert_eq!(
        said(&check(&typing(21), &limits())),
        ["error typing: 21 seconds, at most 20"]
    );
}

#[test]
fn a_text_message_has_no_buttons_to_miss() {
    let mut draft = order();
    draft.message = Message::Text(Text {
        text: "👍".to_owned(),
    });
    assert_eq!(check(&draft, &limits()), []);
}

#[test]
fn an_empty_draft_is_told_what_it_needs() {
    assert_eq!(
        said(&check(&Draft::default(), &limits())),
        [
            "error to: no recipient: write a phone number with its country code, or an address",
            "error text: the text is empty: every message needs one",
            "error buttons: there is no button: add at least one",
        ]
    );
}

#[test]
fn problems_stand_in_the_order_of_the_form_with_errors_first() {
    let mut draft = with(SECOND_ID, " confirm_order\u{1b}");
    draft.to = "x".to_owned();
    draft.quote = Some(Quote::default());
    if let Message::Buttons(message) = &mut draft.message {
        message.footer = "{{b}}{{a}}".to_owned() + &"漢".repeat(60);
    }
    let problems = check(&draft, &limits());
    let places: Vec<_> = problems
        .iter()
        .map(|problem| (problem.field, problem.severity))
        .collect();
    assert_eq!(
        places,
        [
            (Field::To, Severity::Error),
            (Field::Footer, Severity::Error),
            (Field::Footer, Severity::Error),
            (Field::Footer, Severity::Warning),
            (SECOND_ID, Severity::Error),
            (SECOND_ID, Severity::Warning),
            (QUOTE_ID, Severity::Error),
        ]
    );
}

#[test]
fn what_is_near_is_noted_and_no_problem() {
    let footer = with(Field::Footer, &"漢".repeat(54));
    assert_eq!(check(&footer, &limits()), []);
    assert_eq!(
        said(&near(&footer, &limits())),
        ["warning footer: near its assumed limit: 54 of 60 characters"]
    );
    let text = with(Field::Text, &"👍".repeat(100));
    assert_eq!(
        said(&near(&text, &limits())),
        ["warning text: near its limit: 100 of 100 characters"]
    );
}

/// A caution is a warning already, and is not noted again.
#[rstest]
#[case::below(Field::Footer, 53)]
#[case::over(Field::Footer, 61)]
#[case::above_the_caution(FIRST_TEXT, 24)]
fn what_is_not_near_is_not_noted(#[case] field: Field, #[case] count: usize) {
    assert_eq!(near(&with(field, &"漢".repeat(count)), &limits()), []);
}

proptest! {
    /// Whatever a draft holds, it is judged without a panic, and words for people hold no control.
    #[test]
    fn any_draft_is_checked(
        to in any::<String>(),
        text in any::<String>(),
        footer in any::<String>(),
        buttons in prop::collection::vec((any::<String>(), any::<String>(), 0..ActionKind::ALL.len(), any::<String>()), 0..5),
        quote in any::<Option<(String, String, String)>>(),
    ) {
        let buttons = buttons.into_iter().map(|(id, text, kind, value)| Button {
            id,
            text,
            action: ActionKind::ALL[kind].with_value(value),
        });
        let draft = Draft {
            to,
            quote: quote.map(|(id, participant, body)| Quote { id, participant, body }),
            message: Message::Buttons(Buttons {
                header: footer.clone(),
                text,
                footer,
                buttons: buttons.collect(),
            }),
            ..Draft::default()
        };
        let known: BTreeSet<Field> = draft.text_fields().into_iter().chain([Field::Buttons]).collect();
        for problem in check(&draft, &limits()) {
            prop_assert!(!problem.message.contains(char::is_control));
            prop_assert!(known.contains(&problem.field), "{:?}", problem);
        }
    }
}
