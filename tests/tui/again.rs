//! The same again: a message that was sent before is asked about, and Enter alone does not send it.

use std::time::Duration;

use crate::desk::{Desk, LOOK, text};
use crate::flow::exchange;
use crate::keep::{asks, desk, opened};
use rstest::rstest;
use wacompose::failure::Failure;
use wacompose::gateway::journal::{Found, Verdict};
use wacompose::gateway::{Outcome, Refusal};
use wacompose::store::{SendId, Twin, TwinState};
use wacompose::tui::effect::{Effect, Ticket};
use wacompose::tui::event::{Event, Sent};
use wacompose::tui::focus::Focus;
use wacompose::tui::keep::{Ask, Told};
use wacompose::tui::question::{Answer, Followed};

/// What names the question for the same message.
fn asks_for_twin(desk: &mut Desk) -> Option<Ticket> {
    let asks = asks(desk);
    asks.iter().find_map(|ask| match ask {
        Ask::Twin { ticket, .. } => Some(*ticket),
        _ => None,
    })
}

fn twin(state: TwinState) -> Twin {
    Twin {
        id: Some(SendId(7)),
        started: 1_772_371_925_000,
        started_local: "2026-03-01 14:32:05".into(),
        state,
        message_id: (state == TwinState::Accepted).then(|| "3EB0日".into()),
    }
}

fn was_sent(ticket: Ticket, state: TwinState) -> Event {
    let twin = twin(state);
    Event::Store(Told::Twin { ticket, twin })
}

/// Whether a message is sent, and then whether although the same was sent before.
fn sends(desk: &mut Desk) -> Option<bool> {
    let effects = desk.take_effects();
    effects.iter().find_map(|effect| match effect {
        Effect::Send { twice, .. } => Some(*twice),
        _ => None,
    })
}

#[rstest]
#[case::accepted(TwinState::Accepted, "accepted already, as 3EB0日")]
#[case::unknown(TwinState::Unknown, "may have been sent already")]
#[case::under_way(TwinState::UnderWay, "being sent just now")]
fn a_message_that_was_sent_in_another_run_is_not_sent_by_enter_alone(
    #[case] state: TwinState,
    #[case] words: &str,
) {
    let mut desk = desk(text("Olá 👩‍👩‍👧"));
    desk.press("<f5>");
    let ticket = asks_for_twin(&mut desk).unwrap();
    // Another message's is no reason.
    desk.happen(was_sent(Ticket(ticket.0 + 1), state));
    assert!(!desk.screen().contains("already"), "{}", desk.screen());
    desk.happen(was_sent(ticket, state));
    let screen = desk.screen();
    let flat = flat(&screen);
    assert!(flat.contains("2026-03-01 14:32:05"), "{screen}");
    assert!(flat.contains(words), "{screen}");
    desk.press("<enter>");
    assert_eq!(sends(&mut desk), None);
    desk.press("<f5>");
    let ticket = asks_for_twin(&mut desk).unwrap();
    desk.happen(was_sent(ticket, state));
    desk.press("<left><enter>");
    assert_eq!(sends(&mut desk), Some(true), "{}", desk.screen());
}

/// A question that says that the message is being sent just now does not say so for ever.
#[rstest]
#[case::accepted(Some(TwinState::Accepted), "accepted already, as 3EB0日")]
#[case::unknown(Some(TwinState::Unknown), "its outcome is unknown")]
#[case::still(Some(TwinState::UnderWay), "being sent just now")]
#[case::refused(None, "")]
fn what_is_under_way_is_asked_about_again(
    #[case] state: Option<TwinState>,
    #[case] words: &str,
    #[values(false, true)] began: bool,
) {
    let mut desk = desk(text("Olá 👩‍👩‍👧"));
    desk.press("<f5>");
    let first = asks_for_twin(&mut desk).unwrap();
    if began {
        // The other program was faster by less than the store needs to answer.
        desk.press("<enter>").wait(LOOK);
        let ticket = desk.app.sends.watched().unwrap().ticket;
        let twin = Box::new(twin(TwinState::UnderWay));
        desk.happen(Event::SentBefore { ticket, twin });
    } else {
        desk.happen(was_sent(first, TwinState::UnderWay));
    }
    desk.take_effects();
    for _ in 0..2 {
        assert!(flat(&desk.screen()).contains("being sent just now"));
        assert!(desk.app.next_sight().unwrap() > desk.now);
        desk.wait(Duration::from_secs(3));
        // Not until the store has answered.
        let ticket = asks_for_twin(&mut desk).unwrap();
        assert_eq!(asks_for_twin(&mut desk), None);
        // An older answer says nothing more.
        desk.happen(Event::Store(Told::NoTwin(first)));
        assert!(flat(&desk.screen()).contains("being sent just now"));
        desk.happen(match state {
            Some(state) => was_sent(ticket, state),
            None => Event::Store(Told::NoTwin(ticket)),
        });
        if state != Some(TwinState::UnderWay) {
            break;
        }
    }
    let said = flat(&desk.screen());
    assert!(said.contains(words), "{said}");
    if state != Some(TwinState::UnderWay) && !(began && state.is_none()) {
        assert!(!said.contains("being sent just now"), "{said}");
        desk.wait(Duration::from_secs(60));
        assert_eq!(asks_for_twin(&mut desk), None);
    }
    // Enter alone still sends nothing.
    desk.press("<enter>").wait(LOOK);
    assert_eq!(sends(&mut desk), None);
}

/// A key can be faster than the disk: the store, once it is open, answers the question.
#[test]
fn a_question_before_the_store_is_open_is_asked_of_it() {
    let mut desk = Desk::wuts(text("Olá 👩‍👩‍👧"));
    desk.press("<f5>");
    assert_eq!(asks_for_twin(&mut desk), None);
    desk.happen(opened(None));
    let ticket = asks_for_twin(&mut desk).unwrap();
    desk.happen(was_sent(ticket, TwinState::Accepted));
    let words = "accepted already, as 3EB0日";
    let screen = desk.screen();
    assert!(flat(&screen).contains(words), "{screen}");
    desk.press("<enter>");
    assert_eq!(sends(&mut desk), None);
}

/// The words of a screen, on one line.
fn flat(screen: &str) -> String {
    let words = screen.split(|c: char| c.is_whitespace() || "│╭╮╰╯─".contains(c));
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whoever chose already keeps their choice.
#[test]
fn what_the_store_adds_leaves_a_choice_that_was_made() {
    let mut desk = desk(text("Olá 日"));
    send_and_answer(
        &mut desk,
        exchange(Outcome::Accepted {
            message_id: "3EB0日".into(),
        }),
    );
    desk.press("<f5>");
    let ticket = asks_for_twin(&mut desk).unwrap();
    desk.press("<left>");
    desk.happen(was_sent(ticket, TwinState::Accepted));
    assert!(
        flat(&desk.screen()).contains("14:32:05"),
        "{}",
        desk.screen()
    );
    desk.press("<enter>");
    assert_eq!(sends(&mut desk), Some(true));
}

/// Enter is faster than the store: it is the store that does not let it leave, and then it is asked.
#[rstest]
#[case::cancelled("<enter>", None)]
#[case::wanted("<left><enter>", Some(true))]
#[case::closed("<esc>", None)]
fn enter_before_the_store_answers_sends_nothing_twice(
    #[case] keys: &str,
    #[case] expected: Option<bool>,
) {
    let mut desk = desk(text("Olá 日"));
    let ticket = begin(&mut desk);
    desk.happen(Event::SentBefore {
        ticket: Ticket(ticket.0 + 1),
        twin: Box::new(twin(TwinState::Accepted)),
    });
    assert!(desk.app.sends.watched().is_some(), "of another message");
    desk.happen(Event::SentBefore {
        ticket,
        twin: Box::new(twin(TwinState::Accepted)),
    });
    assert!(desk.app.sends.watched().is_none());
    let screen = flat(&desk.screen());
    assert!(
        screen.contains("accepted already, as 3EB0日, 2026-03-01 14:32:05"),
        "{screen}"
    );
    // What is composed meanwhile is another message.
    desk.take_effects();
    desk.press(keys);
    assert_eq!(sends(&mut desk), expected);
    assert!(desk.app.modals.is_empty());
}

/// What was stopped meanwhile is not asked about.
#[rstest]
#[case::cancelled("<esc>", false)]
#[case::left("<ctrl-q>", true)]
fn nobody_is_asked_who_does_not_wait(#[case] keys: &str, #[case] quits: bool) {
    let mut desk = desk(text("Olá 日"));
    let ticket = begin(&mut desk);
    desk.press(keys);
    desk.take_effects();
    desk.happen(Event::SentBefore {
        ticket,
        twin: Box::new(twin(TwinState::Unknown)),
    });
    assert!(desk.app.modals.is_empty());
    let effects = desk.take_effects();
    assert_eq!(effects.contains(&Effect::Quit), quits, "{effects:?}");
}

/// Blanks at the ends make no other message; another recipient, profile or text does.
#[rstest]
#[case::itself("", true)]
#[case::a_line_break("<enter>", true)]
#[case::blanks(" \u{3000} ", true)]
#[case::a_letter("x", false)]
fn what_was_typed_since(#[case] keys: &str, #[case] is_same: bool) {
    let mut desk = desk(text("Olá 日"));
    send_and_answer(
        &mut desk,
        exchange(Outcome::Accepted {
            message_id: "3EB0日".into(),
        }),
    );
    desk.press("<f2>");
    desk.app.focus = Focus::TEXT;
    desk.press("<end>").press(keys).press("<f5>");
    let screen = desk.screen();
    assert_eq!(screen.contains("accepted already"), is_same, "{screen}");
}

/// Sends by F5 and Enter, and says the send's name.
fn begin(desk: &mut Desk) -> Ticket {
    desk.press("<f5><enter>");
    let effects = desk.take_effects();
    let ticket = effects.iter().find_map(|effect| match effect {
        Effect::Send { ticket, .. } => Some(*ticket),
        _ => None,
    });
    ticket.unwrap()
}

fn send_and_answer(desk: &mut Desk, sent: Sent) -> Ticket {
    let ticket = begin(desk);
    let sent = Box::new(sent);
    desk.happen(Event::Answered { ticket, sent });
    ticket
}

#[rstest]
#[case::unknown(
    exchange(Outcome::Unknown(Refusal::default())),
    "! This very message may"
)]
#[case::accepted(
    exchange(Outcome::Accepted { message_id: "3EB0日".into() }),
    "was accepted already, as 3EB0日"
)]
fn the_same_message_again_is_pointed_out(#[case] sent: Sent, #[case] words: &str) {
    let mut desk = desk(text("Olá 日"));
    send_and_answer(&mut desk, sent);
    desk.press("<f5>");
    assert!(desk.screen().contains(words), "{}", desk.screen());
    desk.press("<enter>");
    assert_eq!(sends(&mut desk), None, "Cancel is proposed");
    desk.press("<f5><left><enter>");
    assert_eq!(sends(&mut desk), Some(true));
}

fn unknown() -> Sent {
    exchange(Outcome::Unknown(Refusal {
        code: "timeout".into(),
        ..Refusal::default()
    }))
}

fn follows(desk: &mut Desk, ticket: Ticket, followed: Followed) {
    desk.happen(Event::Told {
        profile: "sandbox".into(),
        answer: Answer::Followed(ticket, followed),
    });
}

fn found() -> Found {
    Found {
        message_id: "BAE5\u{1b}日".into(),
        time: Some(1_772_371_927),
        status: Some("delivered".into()),
    }
}

/// What the journal proves is known from then on, and what it does not prove is said.
#[rstest]
#[case::taken(Verdict::Taken(found()), "BAE5␛日 (delivered)", true)]
#[case::likely(Verdict::Likely(found()), "likely it: look into the chat", false)]
#[case::missing(Verdict::Missing, "does not have it yet", false)]
#[case::open(Verdict::Open, "does not say", false)]
fn a_journal_that_was_asked_by_itself(
    #[case] verdict: Verdict,
    #[case] words: &str,
    #[case] is_taken: bool,
) {
    let mut desk = desk(text("Olá 日"));
    let ticket = send_and_answer(&mut desk, unknown());
    follows(&mut desk, ticket, Followed::Asking);
    assert!(desk.screen().contains("Looking into"), "{}", desk.screen());
    follows(
        &mut desk,
        Ticket(ticket.0 + 1),
        Followed::Said(Verdict::Missing),
    );
    assert!(desk.screen().contains("Looking into"), "of another message");
    follows(&mut desk, ticket, Followed::Said(verdict));
    let screen = flat(&desk.screen());
    assert!(screen.contains(words), "{screen}");
    assert_eq!(screen.contains("✓ Accepted"), is_taken, "{screen}");
    assert_eq!(screen.contains("Outcome unknown"), !is_taken, "{screen}");
    desk.press("<f5>");
    let screen = flat(&desk.screen());
    let again = if is_taken {
        "accepted already, as BAE5␛日"
    } else {
        "may have been sent already"
    };
    assert!(screen.contains(again), "{screen}");
}

#[test]
fn a_journal_that_cannot_be_read_says_why() {
    let mut desk = desk(text("Olá 日"));
    let ticket = send_and_answer(&mut desk, unknown());
    follows(&mut desk, ticket, Followed::Failed(Failure::new("401 日")));
    let screen = flat(&desk.screen());
    assert!(screen.contains("could not be read: 401 日"), "{screen}");
}

/// What failed, then each cause on a line of its own.
#[test]
fn what_was_not_tried_says_why_with_its_causes() {
    let mut desk = desk(text("Olá 日"));
    let why = Failure {
        title: "日本 cannot be read".to_owned(),
        causes: vec!["👩‍👩‍👧 is שלום".to_owned(), "e\u{301}\u{1b}[2J".to_owned()],
    };
    send_and_answer(&mut desk, Sent::NotTried(why));
    let screen = desk.screen();
    let row = |part: &str| screen.lines().position(|line| line.contains(part)).unwrap();
    let rows = ["✗ Not sent", "日本 cannot be read", "👩‍👩‍👧 is", "e\u{301}␛[2J"].map(row);
    assert_eq!(rows, [0, 1, 2, 3].map(|below| rows[0] + below), "{screen}");
}
