//! The recipient at its field and in the question, and placeholders that are no variables.

use rstest::rstest;
use wacompose::config::Profile;
use wacompose::gateway::GatewayKind;
use wacompose::message::phone::Country;
use wacompose::message::{Draft, Field};
use wacompose::tui::dialog::{Modal, Subject};
use wacompose::tui::focus::Focus;

use crate::desk::{Desk, text};

fn desk(to: &str, country: &str, width: u16) -> Desk {
    let mut profile = Profile::sandbox(GatewayKind::Wuts);
    profile.account.country = Country::of_code(country);
    let draft = Draft {
        to: to.to_owned(),
        ..text("日本 👩‍👩‍👧")
    };
    Desk::new(draft, profile, width, 40)
}

#[rstest]
#[case::as_it_is_typed("+55 11 97777-6666", "", 120, "✓ BR")]
#[case::digits("5511977776666", "", 120, "✓ +55 11 97777-6666  BR")]
#[case::digits_narrow("5511977776666", "", 80, "✓ BR")]
#[case::link("https://wa.me/5511977776666", "", 120, "✓ +55 11 97777-6666  BR")]
#[case::american("+12025550123", "", 120, "✓ +1 202 555-0123  US")]
#[case::country("11 97777-6666", "55", 120, "✓ +55 11 97777-6666  BR")]
#[case::country_narrow("11 97777-6666", "55", 80, "✓ BR")]
#[case::no_country("11 97777-6666", "", 120, "! did you mean +55 11 97777-6666?")]
#[case::no_country_narrow("11 97777-6666", "", 80, "! no such number")]
#[case::no_country_wide(
    "11 97777-6666",
    "",
    240,
    "! no country has such a number; did you mean +55 11 97777-6666?"
)]
#[case::no_ninth_digit("+55 11 8765-4321", "", 80, "! BR")]
#[case::group("120363039000000000@g.us", "", 120, "✓ group")]
#[case::address("5511977776666@s.whatsapp.net", "", 120, "✓ +55 11 97777-6666  BR")]
#[case::nothing("", "", 120, "✗ missing")]
#[case::letters("日本", "", 120, "✗ not understood")]
fn what_was_understood_stands_at_the_field(
    #[case] to: &str,
    #[case] country: &str,
    #[case] width: u16,
    #[case] expected: &str,
) {
    let screen = desk(to, country, width).screen();
    let row = screen.lines().find(|line| line.contains(" To"));
    assert!(row.is_some_and(|row| row.contains(expected)), "{screen}");
}

#[rstest]
#[case::number("5511977776666", "", "+55 11 97777-6666  BR")]
#[case::country("11 97777-6666", "55", "+55 11 97777-6666  BR (55 is put before it)")]
#[case::no_country("11 97777-6666", "", "+1 197 777-6666 (no country has such a number)")]
#[case::group("120363039000000000@g.us", "", "120363039000000000@g.us (group)")]
fn the_question_names_the_recipient(
    #[case] to: &str,
    #[case] country: &str,
    #[case] expected: &str,
) {
    let mut desk = desk(to, country, 120);
    desk.press("<f5>");
    assert!(desk.screen().contains(expected), "{}", desk.screen());
}

/// What is doubted is in words at the bottom while the field has the focus.
#[test]
fn the_offer_is_seen_in_the_field() {
    let mut desk = desk("11 97777-6666", "", 120);
    desk.go(Focus::Edit(Field::To));
    assert!(
        desk.screen().contains("did you mean +55 11 97777-6666?"),
        "{}",
        desk.screen()
    );
}

#[test]
fn a_look_alike_is_not_asked_for_and_blocks() {
    let mut desk = Desk::wuts(text("{{nome do cliente}} 日本"));
    desk.press("<f5>");
    assert!(matches!(desk.asked(), Some(Subject::Blocked { .. })));
    assert!(
        desk.screen().contains("{{nome_do_cliente}}"),
        "{}",
        desk.screen()
    );
}

#[test]
fn real_variables_alone_are_asked_for_and_values_are_meant_as_they_are() {
    let mut desk = Desk::wuts(text("{{{{x}}}} {{name}} 日本"));
    desk.press("<f5>");
    assert!(
        matches!(desk.app.modals.last(), Some(Modal::Fill(prompt)) if prompt.names == ["name"])
    );
    desk.paste("{{y}}");
    desk.press("<enter>");
    assert!(
        matches!(desk.asked(), Some(Subject::Confirm(_))),
        "{}",
        desk.screen()
    );
    desk.press("<esc><alt-2>");
    assert!(
        desk.screen().contains("{{x}} {{y}} 日本"),
        "{}",
        desk.screen()
    );
}
