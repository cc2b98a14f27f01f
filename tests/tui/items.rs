//! Buttons and rows as they are written: Enter adds the next one, and ids follow the texts.

use rstest::rstest;
use wacompose::message::outline::Item;
use wacompose::message::{Button, ButtonPart, Draft, Field, Message, RowPart, SectionPart};
use wacompose::tui::focus::{Focus, Heading};

use crate::desk::{Desk, order, sample, text};

const fn button_text(at: usize) -> Focus {
    Focus::Edit(Field::Button(at, ButtonPart::Text))
}

const fn button_id(at: usize) -> Focus {
    Focus::Edit(Field::Button(at, ButtonPart::Id))
}

/// `sim=Sim não=Não` as id and text.
fn buttons(desk: &Desk) -> String {
    let buttons = desk.buttons().buttons.iter();
    let words: Vec<String> = buttons
        .map(|Button { id, text, .. }| format!("{id}={text}"))
        .collect();
    words.join(" ")
}

fn empty_buttons() -> Draft {
    let mut draft = order();
    if let Message::Buttons(message) = &mut draft.message {
        message.buttons.clear();
    }
    draft
}

/// How many keys a script presses, but for the characters that it types.
fn keystrokes(keys: &str) -> usize {
    keys.matches('<').count()
}

/// From the text of a buttons message without any, and back out of the last one.
#[test]
fn three_buttons_take_eight_keystrokes_besides_their_texts() {
    let mut desk = Desk::wuts(empty_buttons());
    let keys = "<tab><tab><enter>Sim<enter>Não<enter>Talvez 日本<enter><enter>";
    desk.press(keys);
    assert!(keystrokes(keys) <= 8);
    assert_eq!(buttons(&desk), "sim=Sim não=Não talvez_日本=Talvez 日本");
    assert_eq!(desk.app.focus, Focus::Heading(Heading::Options));
    desk.screen();
}

/// Of another kind, with the kind's own keys.
#[test]
fn a_text_becomes_three_buttons() {
    let mut desk = Desk::wuts(text("Posso ajudar?"));
    desk.press("<ctrl-p>make it a buttons<enter>");
    desk.go(Focus::Heading(Heading::Buttons));
    desk.press("<enter>1<enter>2<enter>3");
    assert_eq!(buttons(&desk), "1=1 2=2 3=3");
}

#[rstest]
#[case::adds_behind_the_last(button_text(2), "<enter>Mais", 4, button_text(3))]
#[case::goes_to_the_next(button_text(0), "<enter>", 3, button_text(1))]
#[case::an_empty_one_ends_it(button_text(2), "<enter><enter>", 3, Focus::Heading(Heading::Options))]
#[case::left_by_tab(button_text(2), "<enter><tab>", 3, Focus::Heading(Heading::Options))]
#[case::left_upwards(button_text(2), "<enter><up>", 3, button_text(2))]
#[case::written_and_emptied(
    button_text(2),
    "<enter>日<bs><enter>",
    3,
    Focus::Heading(Heading::Options)
)]
#[case::from_the_heading(
    Focus::Heading(Heading::Buttons),
    "<enter><enter>",
    3,
    Focus::Heading(Heading::Options)
)]
fn enter_in_a_button(
    #[case] at: Focus,
    #[case] keys: &str,
    #[case] count: usize,
    #[case] then: Focus,
) {
    let mut desk = Desk::wuts(order());
    desk.go(at);
    desk.press(keys);
    assert_eq!(desk.buttons().buttons.len(), count);
    assert_eq!(desk.app.focus, then);
    desk.screen();
}

/// An action's value is written before the next button.
#[test]
fn enter_goes_from_a_text_to_its_value_and_on() {
    let mut desk = Desk::wuts(empty_buttons());
    desk.go(Focus::Heading(Heading::Buttons));
    desk.press("<enter>Copiar<esc><right><enter><enter>C0DE<enter>Sim<enter><enter>");
    let all = &desk.buttons().buttons;
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].action.value(), Some("C0DE"));
    assert_eq!(all[1].text, "Sim");
}

#[test]
fn what_was_only_begun_is_neither_sent_nor_a_problem() {
    let mut desk = Desk::wuts(order());
    desk.go(button_text(2));
    desk.press("<enter><f5>");
    assert_eq!(desk.buttons().buttons.len(), 3);
    assert!(matches!(
        desk.asked(),
        Some(wacompose::tui::dialog::Subject::Confirm(_))
    ));
}

#[test]
fn a_button_begun_leaves_nothing_to_undo() {
    let mut desk = Desk::wuts(order());
    desk.go(button_text(2));
    desk.press("<enter><enter><ctrl-z>");
    assert!(desk.screen().contains("Nothing to undo"));
    assert_eq!(desk.app.draft(), &order());
}

// -------------------------------------------------------------------- ids

#[rstest]
#[case::follows_the_text("Sim<home>N", "nsim=NSim")]
#[case::is_another_one("Confirm", "confirm=Confirm")]
#[case::unique("Sim<enter>sim!<enter>SIM", "sim=Sim sim_2=sim! sim_3=SIM")]
#[case::without_letters("👍<enter>👍", "button_1=👍 button_2=👍")]
#[case::arabic("نعم<enter>e\u{301} 日", "نعم=نعم e\u{301}_日=e\u{301} 日")]
#[case::undone("Sim<ctrl-z>Oi", "oi=Oi")]
#[case::freed("Sim<enter>Sim<esc><up><del><enter>!", "sim=Sim!")]
fn an_id_is_made_from_the_text(#[case] keys: &str, #[case] expected: &str) {
    let mut desk = Desk::wuts(empty_buttons());
    desk.go(Focus::Heading(Heading::Buttons));
    desk.press("<enter>").press(keys);
    assert_eq!(buttons(&desk), expected);
    desk.screen();
}

/// `Sim` is its beginning in each case.
#[rstest]
#[case::edited("<ctrl-p>ids of b<enter>x<enter><end>!", "simx=Sim!")]
#[case::edited_and_put_back("<ctrl-p>ids of b<enter>x<bs><enter><end>!", "sim=Sim!")]
#[case::emptied("<ctrl-p>ids of b<enter><alt-a><del><enter><end>!", "=Sim!")]
#[case::edit_undone("<ctrl-p>ids of b<enter>x<ctrl-z><enter><end>y", "simy=Simy")]
#[case::removed_and_brought_back("<esc><del><ctrl-z><enter><end>y", "simy=Simy")]
#[case::only_looked_at("<ctrl-p>ids of b<enter><enter><end>y", "simy=Simy")]
fn an_id_follows_until_somebody_edits_it(#[case] keys: &str, #[case] expected: &str) {
    let mut desk = Desk::wuts(empty_buttons());
    desk.go(Focus::Heading(Heading::Buttons));
    desk.press("<enter>Sim").press(keys);
    assert_eq!(buttons(&desk), expected);
}

/// Whatever they are, they were somebody's choice.
#[test]
fn the_ids_of_a_file_stay() {
    let mut draft = order();
    if let Message::Buttons(message) = &mut draft.message {
        message.buttons[0].id = "confirm".into();
    }
    let mut desk = Desk::wuts(draft);
    desk.go(button_text(0));
    desk.press(" 日<ctrl-z><ctrl-y>");
    assert_eq!(desk.buttons().buttons[0].id, "confirm");
    let mut desk = Desk::wuts(sample("list.toml"));
    let title = Field::Section(0, SectionPart::Row(0, RowPart::Title));
    desk.go(Focus::Edit(title));
    desk.press("!");
    let id = Field::Section(0, SectionPart::Row(0, RowPart::Id));
    assert_eq!(desk.app.draft().text_at(id), Some("coffee"));
}

#[test]
fn an_id_follows_its_row_into_another_section() {
    let mut desk = Desk::wuts(sample("list.toml"));
    desk.go(Focus::Item(Item::Entry(0, 1)));
    desk.press("<ins>Chá<alt-down>s");
    let Message::List(message) = &desk.app.draft().message else {
        panic!("it is a list");
    };
    let row = &message.sections[1].rows[0];
    assert_eq!((row.id.as_str(), row.title.as_str()), ("chás", "Chás"));
}

#[test]
fn tab_passes_ids_by_until_they_are_wanted() {
    let mut desk = Desk::wuts(order());
    let walk = |desk: &mut Desk| {
        let mut seen = Vec::new();
        desk.go(Focus::TEXT).press("<tab>");
        while desk.app.focus != Focus::TEXT {
            seen.push(desk.app.focus);
            desk.press("<tab>");
        }
        seen
    };
    assert!(!walk(&mut desk).contains(&button_id(0)));
    desk.press("<ctrl-p>ids of b<enter>");
    let wanted = walk(&mut desk);
    assert!([0, 1, 2].iter().all(|&at| wanted.contains(&button_id(at))));
    desk.press("<ctrl-p>ids of b<enter>");
    assert!(!walk(&mut desk).contains(&button_id(0)));
    // A click goes there all the same, and Tab goes on from there.
    let screen = desk.screen();
    let (row, line) = screen
        .lines()
        .enumerate()
        .find(|(_, line)| line.contains("change_order"))
        .unwrap();
    let column = line.find("change_order").unwrap();
    let column = line[..column].chars().count();
    desk.click(u16::try_from(column).unwrap(), u16::try_from(row).unwrap());
    assert_eq!(desk.app.focus, button_id(1));
    desk.press("<tab>");
    assert_eq!(desk.app.focus, button_text(1));
}

/// From the last button, the shorter way round.
#[test]
fn tab_comes_back_to_the_text_in_six_stops() {
    let mut desk = Desk::wuts(order());
    desk.go(button_text(2));
    desk.press("<tab><tab><tab><tab><tab><tab>");
    assert_eq!(desk.app.focus, Focus::TEXT);
}

/// They are part of the message as ever.
#[test]
fn an_id_that_is_there_twice_is_a_problem() {
    let mut desk = Desk::wuts(order());
    desk.press("<ctrl-p>ids of b<enter>");
    desk.go(button_id(1));
    desk.press("<alt-a>confirm_order");
    assert!(desk.app.error_count() > 0);
    desk.press("<alt-3>");
    assert!(desk.screen().contains("confirm_order"), "{}", desk.screen());
}
