//! The row of kinds, and the way to it and from it.

use crate::desk::{Desk, order, sample, text};
use rstest::rstest;
use wacompose::config::Profile;
use wacompose::gateway::GatewayKind;
use wacompose::message::{Draft, Field, Kind, Message, SelectedPart};
use wacompose::tui::focus::{Focus, Heading};

fn kind(desk: &Desk) -> Kind {
    desk.app.draft().message.kind()
}

fn at(draft: Draft, width: u16, height: u16) -> Desk {
    Desk::new(draft, Profile::sandbox(GatewayKind::Wuts), width, height)
}

/// Where the word of a choice is on the screen.
fn place(desk: &Desk, word: &str) -> (u16, u16) {
    let screen = desk.screen();
    let here = screen.lines().enumerate().find_map(|(y, line)| {
        let form = line.split('│').nth(1)?;
        Some((line.find(form)? + form.find(word)?, y, line))
    });
    let (byte, y, line) = here.unwrap();
    let x = line[..byte].chars().count();
    (u16::try_from(x).unwrap(), u16::try_from(y).unwrap())
}

#[rstest]
fn every_kind_is_seen_and_the_one_in_use_is_between_brackets(
    #[values((50, 15), (80, 24), (100, 30), (120, 40), (200, 55))] (width, height): (u16, u16),
) {
    for sample_name in [
        "text",
        "order",
        "list",
        "catalog",
        "button-reply",
        "list-reply",
    ] {
        let desk = at(sample(&format!("{sample_name}.toml")), width, height);
        let screen = desk.screen();
        for word in ["Text", "Buttons", "List", "Catalog"] {
            assert!(screen.contains(word), "{word} in\n{screen}");
        }
        let replies: &[&str] = match kind(&desk) {
            Kind::ButtonReply => &["[Button reply]", "List reply"],
            Kind::ListReply => &["Button reply", "[List reply]"],
            _ => &["Reply…"],
        };
        assert!(replies.iter().all(|word| screen.contains(word)), "{screen}");
        assert_eq!(screen.matches('[').count(), 1, "{screen}");
    }
}

#[rstest]
#[case::right("<right>", Kind::List)]
#[case::left("<left>", Kind::Text)]
#[case::a_letter("l", Kind::List)]
#[case::a_capital("C", Kind::Catalog)]
#[case::the_same_letter("b", Kind::ButtonReply)]
#[case::again_goes_around("bb", Kind::Buttons)]
#[case::a_reply("r", Kind::ButtonReply)]
#[case::the_other_reply("rr", Kind::ListReply)]
#[case::left_goes_around("<left><left>", Kind::ListReply)]
fn arrows_and_letters_pick(#[case] keys: &str, #[case] expected: Kind) {
    let mut desk = Desk::wuts(order());
    desk.press("<ctrl-t>").press(keys);
    assert_eq!(kind(&desk), expected);
    assert_eq!(desk.app.focus, Focus::Kind);
}

#[rstest]
#[case::enter("<enter>")]
#[case::space(" ")]
#[case::tab("<tab>")]
fn enter_and_space_go_on(#[case] key: &str) {
    for (draft, next) in [
        (text("olá 日本"), Focus::TEXT),
        (order(), Focus::Edit(Field::Header)),
        (sample("list.toml"), Focus::Edit(Field::Title)),
        (sample("list-reply.toml"), Focus::Heading(Heading::Selected)),
    ] {
        let mut desk = Desk::wuts(draft.clone());
        desk.press("<ctrl-t>").press(key);
        assert_eq!(desk.app.focus, next);
        assert_eq!(desk.app.draft(), &draft, "nothing is changed");
    }
}

#[rstest]
#[case::a_letter("é")]
#[case::wide("日")]
#[case::rtl("ש")]
#[case::a_digit("7")]
fn what_is_no_first_letter_is_typed_into_the_first_text(#[case] typed: &str) {
    let mut desk = Desk::wuts(text(""));
    desk.press("<ctrl-t>").press(typed);
    assert_eq!(desk.app.focus, Focus::TEXT);
    assert_eq!(desk.app.draft().message.text(), typed);
    let mut desk = Desk::wuts(order());
    desk.press("<ctrl-t>").press(typed);
    assert_eq!(desk.buttons().header, typed);
}

#[test]
fn clicks_pick_and_beside_the_choices_move_on() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut desk = at(order(), width, height);
        for (word, expected) in [
            ("Catalog", Kind::Catalog),
            ("Text", Kind::Text),
            ("Reply…", Kind::ButtonReply),
            ("List reply", Kind::ListReply),
            ("Buttons", Kind::Buttons),
        ] {
            let (x, y) = place(&desk, word);
            desk.click(x + 1, y);
            assert_eq!((kind(&desk), desk.app.focus), (expected, Focus::Kind));
        }
        let (x, y) = place(&desk, "Kind");
        desk.click(x, y);
        assert_eq!(kind(&desk), Kind::Buttons);
        assert_eq!(desk.app.focus, Focus::Edit(Field::Header));
    }
}

/// The palette leaves the focus where it was, if that is there still.
#[rstest]
#[case::the_text(Focus::TEXT, "kind list", Focus::TEXT)]
#[case::the_recipient(Focus::Edit(Field::To), "kind text", Focus::Edit(Field::To))]
#[case::the_footer(Focus::Edit(Field::Footer), "kind catalog", Focus::Edit(Field::Footer))]
#[case::the_line_above(Focus::Edit(Field::Header), "kind list", Focus::Edit(Field::Title))]
#[case::the_right_hand_side(Focus::Pane, "kind list", Focus::Pane)]
#[case::it_is_gone(Focus::Edit(Field::Footer), "kind text", Focus::TEXT)]
#[case::a_reply(Focus::TEXT, "kind button reply", Focus::Heading(Heading::Selected))]
fn the_palette_leaves_the_focus(#[case] before: Focus, #[case] words: &str, #[case] after: Focus) {
    let mut desk = Desk::wuts(order());
    desk.go(before);
    desk.press(&format!("<ctrl-p>{words}<enter>"));
    assert_ne!(kind(&desk), Kind::Buttons);
    assert_eq!(desk.app.focus, after);
}

#[rstest]
#[case::text(text("日本"), Focus::TEXT)]
#[case::buttons(order(), Focus::Edit(Field::Header))]
#[case::list(sample("list.toml"), Focus::Edit(Field::Title))]
#[case::reply(sample("button-reply.toml"), Focus::Heading(Heading::Selected))]
fn enter_in_the_recipient_goes_to_the_first_text(#[case] draft: Draft, #[case] first: Focus) {
    let mut desk = Desk::wuts(draft);
    desk.go(Focus::Edit(Field::To)).press("<enter>");
    assert_eq!(desk.app.focus, first);
}

/// Keys besides the text: one for the kind, its letter, and Enter.
#[test]
fn a_text_where_the_form_is_buttons_takes_three_keys() {
    let mut desk = Desk::wuts(order());
    desk.press("<ctrl-t>").press("t").press("<enter>");
    desk.press(" 日本");
    assert_eq!(kind(&desk), Kind::Text);
    let expected = format!("{} 日本", order().message.text());
    assert_eq!(desk.app.draft().message.text(), expected);
}

/// A new text needs no thought.
#[test]
fn a_new_text_is_a_number_enter_and_the_text() {
    let mut desk = Desk::wuts(order());
    desk.press("<ctrl-n>11 97777-6666<enter>Bom dia 👋");
    let draft = desk.app.draft();
    assert_eq!(
        (
            draft.to.as_str(),
            draft.message.kind(),
            draft.message.text()
        ),
        ("11 97777-6666", Kind::Text, "Bom dia 👋")
    );
}

/// What is selected in a reply goes over to the other one, buttons to rows, and back.
#[test]
fn around_the_row_nothing_is_lost() {
    let mut draft = order();
    if let Message::Buttons(message) = &mut draft.message {
        message.header = "Pedido 日本".into();
    }
    let mut desk = Desk::wuts(draft.clone());
    desk.press("<ctrl-t>l");
    let screen = desk.screen();
    for words in ["Pedido 日本", "Change items", "cancel_order"] {
        assert!(screen.contains(words), "{words} in\n{screen}");
    }
    desk.press("rr");
    let selected = Field::Selected(SelectedPart::Id);
    assert_eq!(desk.app.draft().text_at(selected), Some(""));
    desk.press("b");
    assert_eq!(kind(&desk), Kind::Buttons);
    assert_eq!(desk.app.draft(), &draft);
}
