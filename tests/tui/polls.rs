//! A poll by keys: its options are added, moved, removed and pasted, and it is sent.

use rstest::rstest;
use wacompose::gateway::GatewayKind;
use wacompose::message::outline::Item;
use wacompose::message::{Draft, Field, Message, Poll};
use wacompose::tui::focus::{Focus, Heading};

use crate::desk::Desk;

fn poll(options: &str) -> Draft {
    Draft {
        to: "+55 11 99999-9999".to_owned(),
        message: Message::Poll(Poll {
            text: "Quando? 日本 👩‍👩‍👧 e\u{301} שלום".to_owned(),
            options: options
                .split('|')
                .filter(|it| !it.is_empty())
                .map(str::to_owned)
                .collect(),
            choices: None,
        }),
        ..Draft::default()
    }
}

fn shown(desk: &Desk) -> String {
    let Message::Poll(poll) = &desk.app.draft().message else {
        return String::new();
    };
    let choices = poll.choices.map(|choices| format!(" ({choices})"));
    format!("{}{}", poll.options.join("|"), choices.unwrap_or_default())
}

const HEADING: Focus = Focus::Heading(Heading::PollOptions);

const fn item(at: usize) -> Focus {
    Focus::Item(Item::Option(at))
}

const fn text(at: usize) -> Focus {
    Focus::Edit(Field::Option(at))
}

#[rstest]
#[case::in_one_go(
    "",
    HEADING,
    "<enter>Hoje 日本<enter>Amanhã<enter><enter>",
    "Hoje 日本|Amanhã"
)]
#[case::below_the_last("a|b", text(1), "<enter>👍", "a|b|👍")]
#[case::on_to_the_next("a|b", text(0), "<enter>c", "a|bc")]
#[case::begun_and_left_is_gone("a|b", text(1), "<enter><up>", "a|b")]
#[case::insert_adds_below("a|b", item(0), "<ins>é", "a|é|b")]
#[case::delete_removes("a|b|c", item(1), "<del>", "a|c")]
#[case::undo_brings_it_back("a|b|c", item(1), "<del><ctrl-z>", "a|b|c")]
#[case::move_down("a|b|c", item(0), "<alt-down>", "b|a|c")]
#[case::the_first_stays("a|b", item(0), "<alt-up>", "a|b")]
#[case::typing_edits("a|b", item(1), "é", "a|bé")]
#[case::many_may_be_picked("a|b", Focus::Edit(Field::Choices), "0", "a|b (0)")]
#[case::letters_are_no_number("a|b", Focus::Edit(Field::Choices), "x2y", "a|b (2)")]
#[case::no_number_is_one("a|b", Focus::Edit(Field::Choices), "2<bs>", "a|b")]
fn keys_change_a_poll(
    #[case] before: &str,
    #[case] at: Focus,
    #[case] keys: &str,
    #[case] after: &str,
) {
    let mut desk = Desk::new(
        poll(before),
        wacompose::config::Profile::sandbox(GatewayKind::GreenApi),
        100,
        30,
    );
    desk.go(at);
    desk.press(keys);
    assert_eq!(shown(&desk), after);
    desk.screen();
}

#[rstest]
#[case::on_the_heading(HEADING, "日本\n👩‍👩‍👧\nשלום", "a|日本|👩‍👩‍👧|שלום", "3 options added")]
#[case::on_an_option(item(0), "e\u{301}", "a|e\u{301}", "1 option added")]
#[case::in_a_text(text(0), "x\ny", "a|x|y", "2 options added")]
#[case::words_in_a_text(text(0), "bc", "abc", "")]
fn a_block_becomes_options(
    #[case] at: Focus,
    #[case] pasted: &str,
    #[case] after: &str,
    #[case] said: &str,
) {
    let mut desk = Desk::wuts(poll("a"));
    desk.go(at);
    desk.paste(pasted);
    assert_eq!(shown(&desk), after);
    assert!(desk.screen().contains(said), "{}", desk.screen());
}
