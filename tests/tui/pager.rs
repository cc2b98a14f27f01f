//! The right-hand side, which is read like a pager.

use ratatui::style::{Color, Modifier};
use rstest::rstest;
use wacompose::config::Profile;
use wacompose::gateway::GatewayKind;
use wacompose::message::{Buttons, Draft, Message};
use wacompose::tui::focus::Focus;
use wacompose::tui::model::Tab;

use crate::desk::{Desk, order, text};

fn words(desk: &Desk) -> String {
    desk.app.draft().message.text().to_owned()
}

#[rstest]
#[case::found("/order", "1 of 1")]
#[case::case_does_not_count("/ORDER", "1 of 1")]
#[case::accents_do_not_count("/órdér", "1 of 1")]
#[case::several("/confirm", "1 of ")]
#[case::nowhere("/日本 nowhere", "not found")]
fn what_is_shown_is_searched_as_one_types(#[case] keys: &str, #[case] said: &str) {
    let mut desk = Desk::wuts(order());
    desk.press("<f6>").press(keys);
    assert!(desk.screen().contains(said), "{}", desk.screen());
    assert_eq!(
        words(&desk),
        "How would you like to proceed with your *order*?"
    );
    desk.press("<esc>");
    assert!(!desk.screen().contains(said), "{}", desk.screen());
    assert_eq!(desk.app.focus, Focus::Pane, "it ends the search first");
    desk.press("<esc>");
    assert_eq!(desk.app.focus, Focus::TEXT);
}

/// A text of many lines, with wide characters before each number.
fn long() -> Draft {
    let lines: Vec<String> = (0..60).map(|at| format!("日本 👨‍👩‍👧 linha-{at}.")).collect();
    text(&lines.join("\n"))
}

#[test]
fn n_goes_from_hit_to_hit_and_keeps_it_in_view() {
    let mut desk = Desk::wuts(long());
    desk.press("<f6>/linha-5<enter>");
    assert!(desk.screen().contains("1 of 11"), "{}", desk.screen());
    desk.press("n");
    assert!(desk.screen().contains("2 of 11"), "{}", desk.screen());
    assert!(desk.screen().contains("linha-50."), "{}", desk.screen());
    desk.press("N");
    assert!(desk.screen().contains("1 of 11"));
    desk.press("N");
    assert!(
        desk.screen().contains("11 of 11"),
        "from the first to the last"
    );
    assert!(desk.screen().contains("linha-59."), "{}", desk.screen());
    desk.press("n");
    assert!(desk.screen().contains("1 of 11"));
}

#[test]
fn letters_of_a_search_are_neither_commands_nor_text() {
    let mut desk = Desk::wuts(order());
    desk.press("<f6>/").press("jkgGyni1");
    assert_eq!(desk.app.tab, Tab::Preview);
    assert_eq!(desk.app.find.field.text(), "jkgGyni1");
    assert!(desk.take_effects().iter().all(|effect| !effect.sends()));
    desk.press("<ctrl-u>").paste("pro\nceed");
    assert_eq!(desk.app.find.field.text(), "pro ceed");
    assert_eq!(
        words(&desk),
        "How would you like to proceed with your *order*?"
    );
}

#[test]
fn n_without_a_search_says_how_to_begin_one() {
    let mut desk = Desk::wuts(order());
    desk.press("<f6>n");
    assert!(desk.screen().contains("/ finds"), "{}", desk.screen());
}

#[test]
fn a_hit_among_the_problems_marks_its_problem() {
    let mut desk = Desk::wuts(text(""));
    desk.press("<alt-3>/text<enter><enter>");
    assert_eq!(desk.app.focus, Focus::TEXT, "{}", desk.screen());
}

#[rstest]
#[case::narrow(80, 24)]
#[case::wide(120, 40)]
fn hits_are_marked_and_the_borders_hold(#[case] width: u16, #[case] height: u16) {
    let mut desk = Desk::new(long(), Profile::sandbox(GatewayKind::Wuts), width, height);
    desk.press("<f6>/LINHA-1<enter>n");
    let style = desk
        .style_of("linha-10")
        .unwrap_or_else(|| panic!("{}", desk.screen()));
    assert!(style.add_modifier.contains(Modifier::REVERSED));
    for line in desk.screen().lines() {
        assert!(line.ends_with(['┐', '│', '┤', '┘']), "{}", desk.screen());
    }
}

#[test]
fn a_digit_chooses_a_tab_and_what_is_looked_for_stays() {
    let mut desk = Desk::wuts(order());
    desk.press("<f6>/cancel<enter>2");
    assert_eq!(desk.app.tab, Tab::Payload);
    assert!(desk.screen().contains("1 of "), "{}", desk.screen());
    desk.press("n");
    assert!(desk.screen().contains("2 of "), "{}", desk.screen());
    desk.press("i");
    assert_eq!(desk.app.focus, Focus::TEXT);
    assert!(!desk.screen().contains("2 of "), "{}", desk.screen());
}

#[test]
fn the_request_is_told_apart_by_its_parts() {
    let message = Message::Buttons(Buttons {
        text: "Olá 日本".into(),
        ..Buttons::default()
    });
    let mut desk = Desk::wuts(Draft {
        message,
        delay: Some(3),
        ..order()
    });
    desk.press("<alt-2>");
    let key = desk
        .style_of("\"body\"")
        .or_else(|| desk.style_of("\"message\""))
        .unwrap_or_else(|| panic!("{}", desk.screen()));
    assert!(
        key.add_modifier.contains(Modifier::BOLD),
        "{}",
        desk.screen()
    );
    assert_eq!(key.fg, Some(Color::Cyan));
}
