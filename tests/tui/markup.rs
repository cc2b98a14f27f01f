//! Formatting marks and emoji, from keys to the text.

use rstest::rstest;
use wacompose::config::Profile;
use wacompose::gateway::GatewayKind;
use wacompose::message::Field;
use wacompose::tui::focus::Focus;

use crate::desk::{Desk, order, text};

fn text_of(desk: &Desk) -> &str {
    desk.app.draft().message.text()
}

#[rstest]
#[case::bold("<alt-8>", "um *dois*")]
#[case::italic("<alt-9>", "um _dois_")]
#[case::strike("<alt-0>", "um ~dois~")]
#[case::code("<alt-->", "um `dois`")]
#[case::from_the_palette("<ctrl-p>italic<enter>", "um _dois_")]
#[case::off_again("<alt-8><alt-8>", "um dois")]
#[case::two("<alt-8><alt-9>", "um *_dois_*")]
#[case::typing_goes_on_inside("<alt-8>語", "um *dois語*")]
#[case::one_step_back("<alt-8><ctrl-z>", "um dois")]
fn a_mark_is_put_around_the_word(#[case] keys: &str, #[case] expected: &str) {
    let mut desk = Desk::wuts(text("um dois"));
    desk.press(keys);
    assert_eq!(text_of(&desk), expected);
}

#[test]
fn a_mark_is_put_around_the_selection_which_stays() {
    let mut desk = Desk::wuts(text("um 日本 👨‍👩‍👧"));
    desk.press("<shift-left><shift-left><shift-left><alt-8>");
    assert_eq!(text_of(&desk), "um 日*本 👨‍👩‍👧*");
    desk.press("<alt-9>");
    assert_eq!(text_of(&desk), "um 日*_本 👨‍👩‍👧_*");
    desk.press("<alt-8>");
    assert_eq!(text_of(&desk), "um 日_本 👨‍👩‍👧_");
}

#[test]
fn a_number_is_no_text() {
    let mut desk = Desk::wuts(order());
    desk.go(Focus::Edit(Field::To)).press("<alt-8>");
    assert_eq!(desk.app.draft().to, "+55 11 99999-9999");
    assert!(desk.screen().contains("There is no text here to format"));
}

#[test]
fn alt_b_f_and_d_are_word_motions() {
    let mut desk = Desk::wuts(text("um dois três"));
    desk.press("<alt-b><alt-b>x<alt-f>y<alt-d>");
    assert_eq!(text_of(&desk), "um xdois y");
}

#[rstest]
#[case::by_its_name("rocket", "a🚀")]
#[case::by_several_words("thumbs up", "a👍")]
#[case::by_a_short_name("tada", "a🎉")]
#[case::letters("rckt", "a🚀")]
fn an_emoji_is_found_and_inserted(#[case] typed: &str, #[case] expected: &str) {
    let mut desk = Desk::wuts(text("a"));
    desk.press("<alt-'>").press(typed).press("<enter>");
    assert_eq!(text_of(&desk), expected, "{}", desk.screen());
    assert!(desk.app.modals.is_empty());
}

#[test]
fn the_one_that_was_used_last_is_the_first() {
    let mut desk = Desk::wuts(text(""));
    desk.press("<alt-'>rocket<enter><alt-'>red heart<enter><alt-'><enter>");
    assert_eq!(text_of(&desk), "🚀❤️❤️");
    desk.press("<alt-'><down><enter>");
    assert_eq!(text_of(&desk), "🚀❤️❤️🚀");
}

#[test]
fn an_emoji_goes_into_the_field_that_has_the_focus() {
    let mut desk = Desk::wuts(order());
    desk.go(Focus::Edit(Field::Footer))
        .press("<alt-'>rocket<enter>");
    assert_eq!(desk.buttons().footer, "WUTS Store🚀");
    desk.press("<alt-'>日本 nothing<enter>");
    assert_eq!(desk.app.modals.len(), 1);
    assert!(desk.screen().contains("No emoji has this name"));
}

#[rstest]
#[case::small("emoji_80x24", 80, 24)]
#[case::wide("emoji_120x40", 120, 40)]
fn the_choice_of_emoji(#[case] name: &str, #[case] width: u16, #[case] height: u16) {
    let mut desk = Desk::new(order(), Profile::sandbox(GatewayKind::Wuts), width, height);
    desk.press("<alt-'>family");
    insta::assert_snapshot!(name, desk.screen());
}
