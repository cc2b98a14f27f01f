//! Recipients of messages and drafts, offered where one is typed.

use crate::desk::{Desk, order, text};
use rstest::rstest;
use wacompose::config::Profile;
use wacompose::gateway::GatewayKind;
use wacompose::message::{Draft, Field};
use wacompose::store::Correspondent;
use wacompose::tui::event::Event;
use wacompose::tui::focus::Focus;
use wacompose::tui::keep::Told;

const TO: Focus = Focus::Edit(Field::To);

fn known() -> Vec<Correspondent> {
    let one = |to: &str, first_line: &str, is_draft| Correspondent {
        to: to.into(),
        at: 0,
        at_local: "11:08".into(),
        first_line: first_line.into(),
        is_draft,
    };
    vec![
        one(
            "+55 11 97777-6666",
            "Bom dia! 👋 Em que posso ajudar?",
            false,
        ),
        one("+55 21 98888-7777", "Olá 日本", false),
        one("120363000000000000@g.us", "שלום עולם", true),
    ]
}

fn at(draft: Draft, width: u16, height: u16) -> Desk {
    let mut desk = Desk::new(draft, Profile::sandbox(GatewayKind::Wuts), width, height);
    desk.happen(Event::Store(Told::Recipients(known())));
    desk
}

fn to(desk: &Desk) -> &str {
    &desk.app.draft().to
}

#[rstest]
#[case::the_first("7777<down><enter>", "+55 11 97777-6666")]
#[case::the_second("55<down><down><enter>", "+55 21 98888-7777")]
#[case::no_further_than_the_last("55<down><down><down><down><enter>", "+55 21 98888-7777")]
#[case::up_again("55<down><down><up><enter>", "+55 11 97777-6666")]
#[case::an_address("g.us<down><enter>", "120363000000000000@g.us")]
#[case::without_typing("<down><down><enter>", "+55 11 97777-6666")]
#[case::unmarked_it_is_what_was_typed("7777<enter>", "7777")]
#[case::unmarked_again("7777<down><up><enter>", "7777")]
#[case::closed("7777<down><esc><enter>", "7777")]
#[case::typed_on("7777<down>6<enter>", "77776")]
#[case::of_nobody("日<down><enter>", "日")]
fn an_offered_one_is_taken_only_after_it_was_marked(#[case] keys: &str, #[case] taken: &str) {
    let mut desk = at(order(), 100, 30);
    desk.press("<ctrl-n>").press(keys);
    assert_eq!(to(&desk), taken, "{}", desk.screen());
}

/// Once taken, Enter goes on to the text; and it can be undone.
#[test]
fn what_was_taken_is_as_if_it_was_typed() {
    let mut desk = at(order(), 100, 30);
    desk.press("<ctrl-n>7777<down><enter>");
    assert_eq!(desk.app.focus, TO);
    desk.press("<enter>Oi 日本");
    assert_eq!(desk.app.draft().message.text(), "Oi 日本");
    desk.go(TO).press("<ctrl-z><ctrl-z><ctrl-z>");
    assert_ne!(to(&desk), "+55 11 97777-6666");
}

/// A complete one does not hide the others.
#[test]
fn down_in_a_complete_recipient_offers_all() {
    let mut desk = at(text("olá"), 100, 30);
    desk.go(TO).press("<alt-a>").paste("+55 11 97777-6666");
    desk.press("<down>");
    let screen = desk.screen();
    assert!(
        screen.contains("Olá 日本") && screen.contains("שלום"),
        "{screen}"
    );
    desk.press("<down><down><enter>");
    assert_eq!(to(&desk), "+55 21 98888-7777");
}

#[test]
fn esc_closes_what_is_offered_and_nothing_else() {
    let mut desk = at(order(), 100, 30);
    desk.press("<ctrl-n>55");
    assert!(desk.screen().contains("Olá 日本"), "{}", desk.screen());
    desk.press("<esc>");
    assert!(!desk.screen().contains("Olá 日本"), "{}", desk.screen());
    assert_eq!((desk.app.focus, to(&desk)), (TO, "55"));
    desk.press("<down>");
    assert!(desk.screen().contains("Olá 日本"), "{}", desk.screen());
    desk.press("<tab>");
    assert!(!desk.screen().contains("Olá 日本"), "{}", desk.screen());
}

#[test]
fn a_click_takes_an_offered_one() {
    let mut desk = at(order(), 100, 30);
    desk.press("<ctrl-n>55");
    desk.click(6, 4);
    assert_eq!(to(&desk), "+55 21 98888-7777", "{}", desk.screen());
}

/// Without anybody known the arrow goes on as it does elsewhere.
#[test]
fn where_nobody_is_known_down_goes_on() {
    let mut desk = Desk::wuts(text("olá"));
    desk.go(TO).press("<down>");
    assert_eq!(desk.app.focus, Focus::Kind);
}

#[rstest]
#[case::as_it_was_sent("+55 11 97777-6666", "✓ BR · last 11:08 “Bom dia!")]
#[case::spelt_otherwise("5511977776666", "BR · last 11:08")]
#[case::a_draft_is_no_message("120363000000000000@g.us", "✓ group")]
#[case::nobody_known("+55 11 95555-4444", "✓ BR")]
fn the_last_message_stands_beside_the_recipient(#[case] to: &str, #[case] words: &str) {
    let mut draft = text("olá");
    draft.to = to.into();
    let desk = at(draft, 180, 40);
    let screen = desk.screen();
    let row = screen.lines().nth(1).unwrap();
    assert!(row.contains(words), "{screen}");
    assert!(row.contains(to), "what is typed is not cut:\n{screen}");
    assert_eq!(row.contains("last"), words.contains("last"), "{screen}");
}

#[rstest]
fn screens(#[values((80, 24), (120, 40))] (width, height): (u16, u16)) {
    let mut desk = at(order(), width, height);
    desk.press("<ctrl-n>5<down>");
    insta::assert_snapshot!(format!("offers_{width}x{height}"), desk.screen());
    desk.press("<enter><enter>Bom dia 日本 👩‍👩‍👧 שלום");
    insta::assert_snapshot!(format!("last_message_{width}x{height}"), desk.screen());
}
