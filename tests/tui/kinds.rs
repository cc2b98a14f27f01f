//! Replies, options and variables in the composer.

use std::path::PathBuf;

use crate::desk::{Desk, order, sample, text};
use crate::flow::exchange;
use rstest::rstest;
use wacompose::failure::Failure;
use wacompose::gateway::Outcome;
use wacompose::message::{Draft, Field, Kind, QuotePart, SelectedPart};
use wacompose::tui::dialog::Subject;
use wacompose::tui::effect::Effect;
use wacompose::tui::event::{Event, Opened};
use wacompose::tui::focus::{Focus, Heading};

fn selected(desk: &Desk) -> (&str, &str) {
    let at = |part| desk.app.draft().text_at(Field::Selected(part)).unwrap();
    (at(SelectedPart::Id), at(SelectedPart::Text))
}

// -------------------------------------------------------------------- replies

#[test]
fn a_reply_is_picked_from_the_buttons_it_was_made_of() {
    let mut desk = Desk::wuts(order());
    desk.press("<ctrl-p>button reply<enter>");
    assert_eq!(desk.app.draft().message.kind(), Kind::ButtonReply);
    desk.go(Focus::Heading(Heading::Selected));
    desk.press("<enter>");
    assert!(desk.screen().contains("What is answered"));
    desk.press("<down><enter>");
    assert_eq!(selected(&desk), ("change_order", "Change items"));
    let quote = desk.app.draft().quote.clone().unwrap();
    assert_eq!(
        quote.body,
        "How would you like to proceed with your *order*?"
    );
    assert_eq!(quote.id, "", "it was not sent from here");
}

#[test]
fn a_reply_quotes_the_message_that_was_sent_from_here() {
    let mut desk = Desk::wuts(order());
    desk.press("<f5><enter>");
    let effects = desk.take_effects();
    let ticket = effects.iter().find_map(|effect| match effect {
        Effect::Send { ticket, .. } => Some(*ticket),
        _ => None,
    });
    desk.happen(Event::Answered {
        ticket: ticket.unwrap(),
        sent: Box::new(exchange(Outcome::Accepted {
            message_id: "3EB0日".into(),
        })),
    });
    desk.press("<ctrl-p>button reply<enter><alt-k><enter>");
    assert_eq!(selected(&desk), ("confirm_order", "Confirm"));
    assert_eq!(desk.app.draft().quote.as_ref().unwrap().id, "3EB0日");
}

#[test]
fn without_a_message_its_file_is_asked_for() {
    let mut desk = Desk::wuts(text("Olá 👋"));
    desk.press("<ctrl-p>list reply<enter>");
    desk.take_effects();
    desk.press("<alt-k>");
    assert!(desk.screen().contains("The message that is answered"));
    desk.press("list.toml<enter>");
    let effects = desk.take_effects();
    let Some(Effect::Open { ticket, path }) = effects
        .into_iter()
        .find(|effect| matches!(effect, Effect::Open { .. }))
    else {
        panic!("a file is read")
    };
    assert_eq!(path, PathBuf::from("list.toml"));
    desk.happen(opened(ticket, path, Ok(sample("list.toml"))));
    desk.press("<down><enter>");
    assert_eq!(selected(&desk), ("tea", "Tea"));
    let text = desk
        .app
        .draft()
        .text_at(Field::Selected(SelectedPart::Description));
    assert_eq!(text, Some("Black or green"));

    // The next message answers another one.
    desk.press("<ctrl-n><left><enter><ctrl-p>kind-list-reply<enter><alt-k>");
    assert_eq!(desk.app.draft().message.kind(), Kind::ListReply);
    assert!(
        desk.screen().contains("The message that is answered"),
        "{}",
        desk.screen()
    );
}

#[test]
fn a_file_with_nothing_to_pick_says_so() {
    let mut desk = Desk::wuts(text("Olá"));
    desk.press("<ctrl-p>button reply<enter><alt-k>");
    desk.take_effects();
    desk.press("text.toml<enter>");
    let effects = desk.take_effects();
    let Some(Effect::Open { ticket, path }) = effects.into_iter().next() else {
        panic!("a file is read")
    };
    desk.happen(opened(ticket, path, Ok(text("日本"))));
    assert!(
        desk.screen().contains("nothing to pick"),
        "{}",
        desk.screen()
    );
}

// -------------------------------------------------------------------- options

#[test]
fn options_are_shown_written_and_hidden() {
    let mut desk = Desk::wuts(text("Olá 日本"));
    desk.press("<alt-o>");
    desk.go(Focus::Edit(Field::Delay));
    desk.press("1x2").paste("三");
    assert_eq!(desk.app.draft().delay, Some(12), "digits alone are taken");
    desk.go(Focus::Edit(Field::Typing));
    desk.press("3<bs>");
    assert_eq!(desk.app.draft().typing, None);
    desk.go(Focus::LinkPreview);
    desk.press("<right>");
    assert_eq!(desk.app.draft().link_preview, Some(true));
    desk.go(Focus::Edit(Field::QuotePart(QuotePart::Id)));
    desk.press("3EB0<tab>5511999999999");
    let quote = desk.app.draft().quote.clone().unwrap();
    assert_eq!(
        (quote.id.as_str(), quote.participant.as_str()),
        ("3EB0", "5511999999999")
    );
    desk.press("<alt-o>");
    let screen = desk.screen();
    assert!(
        screen.contains("▸ quote, delay 12 s, preview on"),
        "{screen}"
    );
    desk.press("<alt-o>");
    desk.go(Focus::Edit(Field::QuotePart(QuotePart::Id)));
    desk.press("<alt-a><del><tab><alt-a><del>");
    assert_eq!(desk.app.draft().quote, None, "an empty quote is none");
}

#[test]
fn a_number_that_is_too_large_is_not_taken() {
    let mut desk = Desk::wuts(text("Olá"));
    desk.press("<alt-o>");
    desk.go(Focus::Edit(Field::Delay));
    desk.press("99999999999");
    assert_eq!(desk.app.draft().delay, Some(999_999_999));
    desk.press("<ctrl-z>");
    desk.screen();
}

#[test]
fn a_problem_of_an_option_shows_it() {
    let mut draft = text("Olá");
    draft.quote = Some(wacompose::message::Quote {
        body: "日本".into(),
        ..Default::default()
    });
    let mut desk = Desk::wuts(draft);
    assert!(desk.screen().contains("Options ✗ ▸"), "{}", desk.screen());
    desk.press("<f8>");
    assert_eq!(desk.app.focus, Focus::Edit(Field::QuotePart(QuotePart::Id)));
}

// -------------------------------------------------------------------- variables

#[test]
fn variables_are_asked_for_before_sending() {
    let mut desk = Desk::wuts(text("Olá {{name}} 👋, {{ order }}"));
    desk.take_effects();
    desk.press("<f5>");
    assert!(desk.screen().contains("Fill in"));
    desk.press("Ana 日本<enter>1042<enter>");
    assert!(matches!(desk.asked(), Some(Subject::Confirm(_))));
    desk.press("<enter>");
    assert_eq!(desk.sent().message.text(), "Olá Ana 日本 👋, 1042");
    // The template is still one.
    assert_eq!(
        desk.app.draft().message.text(),
        "Olá {{name}} 👋, {{ order }}"
    );
    assert!(desk.app.error_count() > 0);
}

#[test]
fn a_value_left_empty_is_a_problem_and_not_a_loop() {
    let mut desk = Desk::wuts(text("Olá {{name}}"));
    desk.press("<f5><enter>");
    assert!(matches!(desk.asked(), Some(Subject::Blocked { .. })));
    assert_eq!(desk.app.modals.len(), 1);
}

#[test]
fn what_was_filled_in_is_seen_everywhere_and_proposed_again() {
    let mut desk = Desk::wuts(text("Olá {{name}}"));
    desk.take_effects();
    desk.press("<alt-v>Ana<enter>");
    assert!(desk.screen().contains("Olá Ana"), "{}", desk.screen());
    assert_eq!(desk.app.error_count(), 0);
    desk.press("<f5>");
    assert!(matches!(desk.asked(), Some(Subject::Confirm(_))));
    desk.press("<enter>");
    assert_eq!(desk.sent().message.text(), "Olá Ana");
    // The next message asks again, and Enter takes what was proposed.
    assert!(desk.app.error_count() > 0);
    desk.press("<alt-v>");
    assert!(desk.screen().contains("Ana"));
    desk.press("<esc>");
    assert!(desk.app.error_count() > 0, "nothing is taken unasked");
}

#[test]
fn a_message_without_variables_says_how_to_write_one() {
    let mut desk = Desk::wuts(order());
    desk.press("<alt-v>");
    assert!(desk.screen().contains("write one as {{name}}"));
}

#[rstest]
#[case::one(1)]
#[case::more_than_fit(40)]
fn many_variables_are_walked_through(#[case] count: usize) {
    let names: Vec<String> = (0..count).map(|at| format!("{{{{v{at}}}}}")).collect();
    let mut desk = Desk::wuts(text(&names.join(" ")));
    desk.press("<alt-v>");
    for at in 0..count {
        desk.screen();
        desk.press(&format!("値{at}<enter>"));
    }
    assert!(desk.app.modals.is_empty());
    assert_eq!(desk.app.error_count(), 0);
}

fn opened(
    ticket: wacompose::tui::effect::Ticket,
    path: PathBuf,
    draft: Result<Draft, String>,
) -> Event {
    Event::Opened {
        ticket,
        path,
        read: draft
            .map(|draft| {
                Box::new(Opened {
                    draft,
                    text: String::new(),
                })
            })
            .map_err(Failure::new),
    }
}

#[test]
fn what_was_picked_is_undone_as_one_step() {
    let mut desk = Desk::wuts(order());
    desk.press("<ctrl-p>button reply<enter>");
    desk.go(Focus::Heading(Heading::Selected));
    let before = desk.app.draft().clone();
    desk.press("<enter><down><enter>");
    let picked = desk.app.draft().clone();
    assert_ne!(picked, before);
    desk.press("<ctrl-z>");
    assert_eq!(desk.app.draft(), &before);
    desk.press("<ctrl-y>");
    assert_eq!(desk.app.draft(), &picked);
}

#[test]
fn a_paste_on_a_reply_goes_into_its_first_text() {
    let mut desk = Desk::wuts(sample("button-reply.toml"));
    desk.paste("日本");
    let (id, _) = selected(&desk);
    assert!(id.ends_with("日本"), "{id}");
}

#[test]
fn a_letter_in_a_number_is_said() {
    let mut desk = Desk::wuts(text("Olá"));
    desk.press("<alt-o>");
    desk.go(Focus::Edit(Field::Typing));
    desk.press("1.");
    assert!(desk.screen().contains("Whole seconds"));
    assert_eq!(desk.app.draft().typing, Some(1));
}

#[test]
fn numbered_text_is_undone_and_done_again_in_the_text() {
    let mut desk = Desk::wuts(order());
    desk.press("<ctrl-p>numbered<enter>");
    let numbered = desk.app.draft().clone();
    desk.press("<ctrl-z>");
    assert_eq!(desk.app.draft(), &order());
    desk.press("<ctrl-y>");
    assert_eq!(desk.app.draft(), &numbered);
}
