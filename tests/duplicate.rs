//! The numbered text of a buttons message.

use rstest::rstest;
use wacompose::message::duplicate::as_text;
use wacompose::message::{Action, Button, Buttons, Draft, Message, Quote, Text};

fn draft(header: &str, text: &str, footer: &str, buttons: &[(&str, Action)]) -> Draft {
    let buttons = buttons.iter().map(|(text, action)| Button {
        id: "id".to_owned(),
        text: (*text).to_owned(),
        action: action.clone(),
    });
    Draft {
        to: "+55 11 99999-9999".to_owned(),
        quote: Some(Quote {
            id: "3EB0".to_owned(),
            ..Quote::default()
        }),
        typing: Some(3),
        message: Message::Buttons(Buttons {
            header: header.to_owned(),
            text: text.to_owned(),
            footer: footer.to_owned(),
            buttons: buttons.collect(),
        }),
        ..Draft::default()
    }
}

fn copy(code: &str) -> Action {
    Action::Copy {
        code: code.to_owned(),
    }
}

fn call(phone: &str) -> Action {
    Action::Call {
        phone: phone.to_owned(),
    }
}

fn url(url: &str) -> Action {
    Action::Url {
        url: url.to_owned(),
    }
}

#[rstest]
#[case::replies(
    draft("", "Proceed with your *order*?", "WUTS Store", &[("Confirm", Action::Reply), ("日本 👩‍👩‍👧", Action::Reply)]),
    "Proceed with your *order*?\n\n1 - Confirm\n2 - 日本 👩‍👩‍👧\n_WUTS Store_"
)]
#[case::header(
    draft("Order é 1042", "שלום", "", &[("A", Action::Reply)]),
    "*Order é 1042*\nשלום\n\n1 - A"
)]
#[case::values(
    draft("", "x", "", &[("Code", copy("SUMMER20")), ("Call", call("+55 (11) 98888-7777")), ("Visit", url("https://example.com/a_b"))]),
    "x\n\n1 - Code: SUMMER20\n2 - Call: +5511988887777\n3 - Visit: https://example.com/a_b"
)]
#[case::values_that_are_wrong(
    draft("", "x", "", &[("Code", copy(" ")), ("Call", call("later"))]),
    "x\n\n1 - Code\n2 - Call: later"
)]
#[case::marks_in_the_footer(
    draft("2*3", "x", "snake_case *here*", &[("A", Action::Reply)]),
    "2*3\nx\n\n1 - A\nsnake_case *here*"
)]
#[case::white_space_around(
    draft(" Sale ", "x\n\n", " \n", &[(" A\r\nB ", Action::Reply)]),
    "*Sale*\nx\n\n1 - A B"
)]
#[case::footer_of_lines(
    draft("", "x", "a\nb", &[("A", Action::Reply)]),
    "x\n\n1 - A\n_a b_"
)]
#[case::no_text(draft("", "", "", &[("A", Action::Reply)]), "1 - A")]
#[case::no_buttons(draft("", "x", "y", &[]), "x\n_y_")]
fn buttons_become_numbered_lines(#[case] draft: Draft, #[case] text: &str) {
    let expected = Draft {
        message: Message::Text(Text {
            text: text.to_owned(),
        }),
        ..draft.clone()
    };
    assert_eq!(as_text(&draft), Some(expected));
}

#[test]
fn a_text_has_no_choices_to_number() {
    let draft = Draft {
        message: Message::Text(Text {
            text: "👍".to_owned(),
        }),
        ..Draft::default()
    };
    assert_eq!(as_text(&draft), None);
}
