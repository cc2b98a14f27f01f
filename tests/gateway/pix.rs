//! Buttons that ask for a payment by Pix: who sends them, and what is said of them.

use rstest::rstest;
use wacompose::gateway::{Account, GatewayKind, Support};
use wacompose::message::duplicate::as_text;
use wacompose::message::file::{Format, parse};
use wacompose::message::{Action, ActionKind, Draft, Message};

use super::buttons;
use super::evolution::{account, report};

#[rstest]
#[case::alone(buttons(&[ActionKind::Pix]), true)]
#[case::two(buttons(&[ActionKind::Pix, ActionKind::Pix]), false)]
#[case::and_a_reply(buttons(&[ActionKind::Reply, ActionKind::Pix]), false)]
#[case::and_a_url(buttons(&[ActionKind::Url, ActionKind::Pix]), false)]
fn a_pix_button_stands_alone(#[case] draft: Draft, #[case] is_carried: bool) {
    assert_eq!(account().encode(&draft).is_ok(), is_carried);
}

#[rstest]
#[case::wuts(GatewayKind::Wuts)]
#[case::green_api(GatewayKind::GreenApi)]
#[case::cloud_api(GatewayKind::CloudApi)]
fn no_other_gateway_has_pix(#[case] gateway: GatewayKind) {
    let support = Account::public(gateway).support(&buttons(&[ActionKind::Pix]));
    let Support::Impossible { problem, .. } = support else {
        panic!("it is carried");
    };
    assert_eq!(problem.field.to_string(), "buttons[0].action");
    assert!(problem.message.contains("pix"), "{}", problem.message);
}

#[test]
fn what_is_missing_of_pix_is_said_at_its_place() {
    let mut draft = buttons(&[ActionKind::Pix]);
    for field in draft.text_fields() {
        if field.to_string().contains(".pix.") {
            draft.text_at_mut(field).unwrap().clear();
        }
    }
    let report = report(&account(), &draft);
    for part in ["name", "key_type", "key", "currency"] {
        let expected = format!("error buttons[0].pix.{part}");
        assert!(report.contains(&expected), "{report:?}");
    }
}

fn file(button: &str) -> String {
    format!(
        "kind = \"buttons\"\ntext = \"日本\"\n[[buttons]]\nid = \"a\"\ntext = \"é\"\n{button}\n"
    )
}

#[rstest]
#[case::left_out("", "BRL")]
#[case::empty(r#", currency = """#, "")]
#[case::another(r#", currency = "USD""#, "USD")]
fn the_currency_may_be_left_out(#[case] more: &str, #[case] currency: &str) {
    let pix = format!("{{ name = \"José\", key_type = \"cpf\", key = \"123\"{more} }}");
    let file = file(&format!("action = \"pix\"\npix = {pix}"));
    let Message::Buttons(message) = parse(&file, Format::Toml).unwrap().message else {
        panic!("it is none of buttons");
    };
    let Action::Pix(pix) = &message.buttons[0].action else {
        panic!("it is no pix button");
    };
    assert_eq!((&*pix.name, &*pix.currency), ("José", currency));
}

#[rstest]
#[case::no_table("action = \"pix\"", "pix")]
#[case::no_table_but_a_text("action = \"pix\"\npix = \"a@b\"", "pix")]
#[case::another_key(
    "action = \"pix\"\npix = { name = \"a\", key_type = \"cpf\", key = \"1\", kye = \"1\" }",
    "did you mean \"key\""
)]
#[case::of_a_reply("pix = { name = \"a\" }", "goes with action = \"pix\"")]
#[case::a_value_beside_it(
    "action = \"pix\"\ncode = \"1\"\npix = { name = \"a\" }",
    "action = \"pix\" takes \"pix\""
)]
fn what_is_wrong_with_it_in_a_file_is_said(#[case] button: &str, #[case] expected: &str) {
    let error = parse(&file(button), Format::Toml).unwrap_err();
    assert!(error.to_string().contains(expected), "{error}");
}

/// Where it is not sent, the choices as text have the key.
#[test]
fn its_key_is_in_the_numbered_text() {
    let mut draft = buttons(&[ActionKind::Pix]);
    if let Message::Buttons(message) = &mut draft.message {
        message.buttons[0].action = ActionKind::Pix.with_value("a@b.日本".to_owned());
    }
    let text = as_text(&draft).unwrap();
    assert!(text.message.text().contains("a@b.日本"), "{text:?}");
}
