//! Send and next, and messages that are held: what goes at once, what is asked, and what is taken back.

use std::time::Duration;

use crate::desk::{Desk, LOOK, order, text};
use crate::flow::exchange;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use rstest::rstest;
use wacompose::config::{Confirm, Profile};
use wacompose::failure::Failure;
use wacompose::gateway::{GatewayKind, Outcome};
use wacompose::message::{Draft, Field, Kind};
use wacompose::store::{DraftId, SendId, Twin, TwinState};
use wacompose::tui::dialog::{Modal, Subject};
use wacompose::tui::effect::{Effect, Ticket};
use wacompose::tui::event::{Event, Sent};
use wacompose::tui::focus::Focus;
use wacompose::tui::keep::{Ask, Last, Slot, Told};
use wacompose::tui::model::Tab;

const SECOND: Duration = Duration::from_secs(1);

fn opened(desk: &mut Desk) {
    desk.happen(Event::Store(Told::Opened {
        notice: None,
        is_kept: true,
        last: Last::Nothing,
        doubts: Vec::new(),
    }));
    desk.take_effects();
}

/// A composer whose store is open and empty.
fn desk(draft: Draft) -> Desk {
    let mut desk = Desk::wuts(draft);
    opened(&mut desk);
    desk
}

/// One whose profile asks only where something speaks against a message.
fn holding(draft: Draft) -> Desk {
    let profile = Profile {
        confirm: Confirm::Warnings,
        ..Profile::sandbox(GatewayKind::Wuts)
    };
    let mut desk = Desk::new(draft, profile, 100, 30);
    opened(&mut desk);
    desk
}

fn shows(desk: &Desk, words: &str) -> bool {
    desk.screen().contains(words)
}

fn sends(desk: &mut Desk) -> Vec<Draft> {
    let effects = desk.take_effects().into_iter();
    let sent = effects.filter_map(|effect| match effect {
        Effect::Send { draft, .. } => Some(*draft),
        _ => None,
    });
    sent.collect()
}

fn accepted() -> Outcome {
    Outcome::Accepted {
        message_id: "3EB0日".into(),
    }
}

fn answer(desk: &mut Desk, ticket: u64, sent: Sent) {
    desk.happen(Event::Answered {
        ticket: Ticket(ticket),
        sent: Box::new(sent),
    });
}

/// The name of the send that was begun last.
fn ticket(desk: &Desk) -> u64 {
    let ticket = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Send { ticket, .. } => Some(ticket.0),
        _ => None,
    });
    ticket.unwrap()
}

fn taken_back(desk: &mut Desk, ticket: u64) {
    let why = Failure::new("it was taken back before its turn");
    answer(desk, ticket, Sent::NotTried(why));
}

// -------------------------------------------------------------------- send and next

/// The number, Enter, the text, and one key: two keys besides what is typed.
#[test]
fn the_next_plain_chat_takes_two_keys() {
    let mut desk = desk(text("Olá 日本 👩‍👩‍👧"));
    for (at, (to, words)) in [
        ("5521988887777", "Bom dia! 日"),
        ("5531977776666", "שלום"),
        ("5541966665555", "Até já 👩‍👩‍👧"),
    ]
    .into_iter()
    .enumerate()
    {
        if at == 0 {
            desk.press("<ctrl-n>");
            desk.take_effects();
        }
        desk.press(&format!("{to}<enter>{words}<ctrl-g>"));
        let sent = sends(&mut desk);
        let [sent] = &sent[..] else {
            panic!("{sent:?}");
        };
        assert_eq!((sent.to.as_str(), sent.message.text()), (to, words));
        assert!(desk.app.modals.is_empty());
        // The next one: of its kind, empty, with the former recipient selected.
        let draft = desk.app.draft();
        assert_eq!((draft.to.as_str(), draft.message.text()), (to, ""));
        assert_eq!(desk.app.focus, Focus::Edit(Field::To));
        assert_eq!(desk.app.tab, Tab::Preview);
    }
    assert!(shows(&desk, "◐ 3 sending"), "{}", desk.screen());
}

/// What is sent is kept first, and its draft is left after that.
#[test]
fn the_draft_is_kept_until_the_answer() {
    let mut desk = desk(order());
    desk.press("<ctrl-g>");
    let effects = desk.take_effects();
    let at = |is_it: &dyn Fn(&Effect) -> bool| effects.iter().position(is_it).unwrap();
    let kept = at(&|one| matches!(one, Effect::Store(Ask::Keep { slot, .. }) if *slot == Slot(0)));
    let sent =
        at(&|one| matches!(one, Effect::Send { from: Some(from), .. } if from.slot == Slot(0)));
    let left = at(&|one| {
        let ask = Ask::Leave {
            slot: Slot(0),
            forget: false,
        };
        *one == Effect::Store(ask)
    });
    assert!(kept < sent && sent < left, "{effects:?}");
    let draft = desk.app.draft();
    assert_eq!(draft.message, Kind::Buttons.empty(), "of the same kind");
    // Nothing of it is a draft before something is typed.
    desk.wait(SECOND * 9).press("<ctrl-q>");
    let kept = desk.effects.iter();
    let kept = kept.filter(|one| matches!(one, Effect::Store(Ask::Keep { .. })));
    assert_eq!(kept.count(), 0);
}

#[rstest]
#[case::twice(&[0, 150])]
#[case::held(&[0, 500, 30, 30, 30, 30, 30])]
fn the_key_pressed_again_sends_nothing_twice(#[case] times: &[u64]) {
    let mut desk = desk(text("Olá 日本"));
    for &after in times {
        desk.wait(Duration::from_millis(after)).hurry("<ctrl-g>");
    }
    assert_eq!(sends(&mut desk).len(), 1);
    assert!(desk.app.modals.is_empty());
    assert!(shows(&desk, "nothing was sent"), "{}", desk.screen());
    // Nor do Enters that come with it.
    desk.hurry("<enter><enter><enter>").wait(LOOK);
    assert_eq!(sends(&mut desk).len(), 0);
}

#[test]
fn a_warning_is_asked_about_and_then_the_next_one_is_begun() {
    let mut desk = desk(text("Olá **日本**"));
    desk.press("<ctrl-g>");
    assert_eq!(sends(&mut desk).len(), 0);
    assert!(matches!(desk.asked(), Some(Subject::Confirm(_))));
    assert!(shows(&desk, "! Text: "), "{}", desk.screen());
    desk.press("<enter>");
    assert_eq!(sends(&mut desk).len(), 1);
    assert_eq!(desk.app.draft().message.text(), "");
    assert_eq!(desk.app.focus, Focus::Edit(Field::To));
}

#[test]
fn an_error_blocks() {
    let draft = Draft {
        to: "12".into(),
        ..text("Olá 日本")
    };
    let mut desk = desk(draft.clone());
    desk.press("<ctrl-g>");
    assert!(matches!(desk.asked(), Some(Subject::Blocked { .. })));
    assert_eq!(desk.app.draft(), &draft);
    assert_eq!(sends(&mut desk).len(), 0);
}

/// What was sent stays on the screen after F5: sent once more, that is asked.
#[test]
fn what_was_accepted_is_asked_about() {
    let mut desk = desk(text("Olá 日本"));
    desk.press("<f5><enter>");
    let sent = ticket(&desk);
    answer(&mut desk, sent, exchange(accepted()));
    desk.take_effects();
    desk.press("<ctrl-g>");
    assert!(shows(&desk, "accepted already"), "{}", desk.screen());
    desk.press("<enter>");
    assert_eq!(sends(&mut desk).len(), 0, "Cancel is the default");
    assert_eq!(desk.app.draft(), &text("Olá 日本"));
}

/// What the store alone knows of is asked about as soon as it says so, whatever is typed meanwhile.
#[rstest]
#[case::cancelled("<enter>", 0)]
#[case::by_its_letter("c", 0)]
#[case::wanted("<left><enter>", 1)]
fn what_another_run_sent_is_asked_about(#[case] keys: &str, #[case] count: usize) {
    let mut desk = desk(text("Olá 日本"));
    desk.press("<ctrl-g>");
    let ticket = Ticket(ticket(&desk));
    desk.take_effects();
    desk.press("55219");
    let twin = Box::new(Twin {
        id: Some(SendId(4)),
        started: 0,
        started_local: "2026-03-01 14:32:05".into(),
        state: TwinState::Accepted,
        message_id: Some("3EB0日".into()),
    });
    desk.happen(Event::SentBefore { ticket, twin });
    // What is typed on is not its answer.
    desk.hurry("8");
    desk.hurry("<enter>");
    assert!(matches!(desk.asked(), Some(Subject::Twice(..))));
    desk.wait(LOOK).press(keys);
    let sent = sends(&mut desk);
    assert_eq!(sent.len(), count);
    assert_eq!(desk.app.draft().to, "55219");
    let mut toasts = desk.app.toasts.iter();
    let said = toasts.any(|toast| toast.text.contains("in the list of drafts"));
    assert_eq!(said, count == 0, "{}", desk.screen());
}

#[test]
fn the_values_of_variables_are_asked_for_and_are_nobody_elses() {
    let mut desk = desk(text("Olá {{nome}} 日"));
    desk.press("<ctrl-g>Ána<enter>");
    let sent = sends(&mut desk);
    assert_eq!(sent[0].message.text(), "Olá Ána 日");
    desk.press("5521988887777<enter>Oi {{nome}}<ctrl-g>");
    assert!(matches!(desk.app.modals.last(), Some(Modal::Fill(_))));
    assert!(!shows(&desk, "Ána"), "{}", desk.screen());
}

#[rstest]
#[case::alt(KeyModifiers::ALT)]
#[case::shift(KeyModifiers::SHIFT)]
fn these_are_line_breaks(#[case] modifiers: KeyModifiers) {
    let mut desk = desk(text("日本"));
    let key = KeyEvent::new(KeyCode::Enter, modifiers);
    desk.go(Focus::TEXT).press("<ctrl-end>").wait(LOOK);
    desk.happen(Event::Term(crossterm::event::Event::Key(key)));
    desk.wait(LOOK).press("语");
    assert_eq!(desk.app.draft().message.text(), "日本\n语");
    assert_eq!(sends(&mut desk).len(), 0);
}

// -------------------------------------------------------------------- held

#[test]
fn without_warnings_it_is_held_for_five_seconds() {
    let mut desk = holding(text("Olá 日本"));
    desk.press("<f5>");
    assert!(desk.app.modals.is_empty());
    let effects = desk.take_effects();
    assert!(
        effects
            .iter()
            .any(|one| matches!(one, Effect::Send { is_held: true, .. })),
        "{effects:?}"
    );
    assert!(
        shows(&desk, "◌ +55 11 99999-9999 goes in 5 s, Esc takes it back"),
        "{}",
        desk.screen()
    );
    // One wake a second.
    let mut wakes = 0;
    let released = loop {
        let wake = desk.app.next_wake().unwrap();
        desk.now = wake;
        let effects = desk.app.update(Event::Wake, wake);
        if effects.iter().any(|one| matches!(one, Effect::Release(_))) {
            break effects;
        }
        wakes += 1;
        assert!(wakes < 9, "{effects:?}");
    };
    assert!(wakes <= 6, "{wakes}");
    assert!(matches!(released[..], [Effect::Release(_)]));
    assert!(shows(&desk, "◌ 1 waiting"), "{}", desk.screen());
    assert_eq!(desk.app.draft(), &text("Olá 日本"), "it stays");
}

#[test]
fn esc_takes_it_back() {
    let mut desk = holding(text("Olá 日本"));
    desk.press("<f5>");
    let ticket = ticket(&desk);
    desk.take_effects();
    desk.press("<esc>");
    assert_eq!(desk.take_effects(), [Effect::Cancel(Ticket(ticket))]);
    desk.wait(SECOND * 9);
    assert_eq!(desk.take_effects(), [], "it does not go");
    taken_back(&mut desk, ticket);
    assert!(shows(&desk, "Taken back"), "{}", desk.screen());
    assert!(!shows(&desk, "not sent ·"), "{}", desk.screen());
    assert_eq!(desk.app.draft(), &text("Olá 日本"));
    assert_eq!(desk.app.sent_mark(), None);
    desk.wait(SECOND * 9);
    assert_eq!(desk.app.next_wake(), None, "asleep");
}

/// Also where another message is composed meanwhile: it comes into the form again.
#[test]
fn one_that_was_left_comes_back_into_the_form() {
    let mut desk = holding(text("Olá 日本"));
    desk.press("<f5>");
    let ticket = ticket(&desk);
    desk.happen(Event::Store(Told::Saved {
        slot: Slot(0),
        draft: Box::new(text("Olá 日本")),
        written: Ok(DraftId(7)),
    }));
    desk.press("<ctrl-n>55");
    desk.take_effects();
    desk.press("<esc>");
    assert_eq!(desk.take_effects(), [Effect::Cancel(Ticket(ticket))]);
    taken_back(&mut desk, ticket);
    let asks = desk.take_effects();
    let takes = asks
        .iter()
        .any(|one| matches!(one, Effect::Store(Ask::Take { id, .. }) if *id == DraftId(7)));
    assert!(takes, "{asks:?}");
}

#[rstest]
#[case::a_warning("Olá **日本**")]
#[case::an_error("")]
fn what_speaks_against_it_is_asked_about_as_ever(#[case] words: &str) {
    let mut desk = holding(text(words));
    desk.press("<f5>");
    assert!(desk.asked().is_some());
    assert_eq!(sends(&mut desk).len(), 0);
}

#[test]
fn send_and_next_holds_nothing() {
    let mut desk = holding(text("Olá 日本"));
    desk.press("<ctrl-g>");
    let effects = desk.take_effects();
    let held = effects.iter().find_map(|one| match one {
        Effect::Send { is_held, .. } => Some(*is_held),
        _ => None,
    });
    assert_eq!(held, Some(false));
}

#[test]
fn leaving_asks_about_what_is_held() {
    let mut desk = holding(text("Olá 日本"));
    desk.press("<f5>");
    let ticket = ticket(&desk);
    desk.take_effects();
    desk.press("<ctrl-q>");
    for words in ["1 message is being sent", "has not left yet", "[ Wait ]"] {
        assert!(shows(&desk, words), "{}", desk.screen());
    }
    desk.press("<right><enter>");
    assert_eq!(desk.take_effects(), [Effect::GiveUp(Ticket(ticket))]);
    taken_back(&mut desk, ticket);
    assert_eq!(desk.take_effects().last(), Some(&Effect::Quit));
    let words = desk.app.refused().unwrap();
    assert!(words.contains("not sent: the message to"), "{words}");
}

// -------------------------------------------------------------------- the strip

/// Nothing of it is cut without a sign, whatever the width.
#[rstest]
fn the_strip_says_as_much_as_has_room(#[values(50, 60, 80, 120, 200)] width: u16) {
    let mut desk = Desk::new(
        text("Olá 日本"),
        Profile::sandbox(GatewayKind::Wuts),
        width,
        24,
    );
    opened(&mut desk);
    for to in ["5521988887777", "5531977776666", "5541966665555"] {
        desk.press(&format!("<ctrl-g>{to}<enter>日本 👩‍👩‍👧"));
    }
    let unknown = Outcome::Unknown(wacompose::gateway::Refusal::default());
    let tickets: Vec<u64> = desk
        .effects
        .iter()
        .filter_map(|one| match one {
            Effect::Send { ticket, .. } => Some(ticket.0),
            _ => None,
        })
        .collect();
    answer(&mut desk, tickets[0], exchange(unknown));
    answer(&mut desk, tickets[1], exchange(accepted()));
    let screen = desk.screen();
    let strip = screen.lines().nth(21).unwrap();
    assert!(
        strip.starts_with("│ ✓ ") && strip.ends_with('│'),
        "{screen}"
    );
    assert!(strip.contains("◐ 1") && strip.contains("? 1"), "{screen}");
    assert_eq!(strip.contains("? 1 unknown"), width >= 60, "{screen}");
}

/// The code of the configured country is said at the field, and is no reason to ask.
#[rstest]
#[case::national("11 97777-6666", true)]
#[case::without_a_ninth_digit("11 7777-6666", false)]
fn the_code_of_the_country_asks_nothing(#[case] to: &str, #[case] goes: bool) {
    let mut profile = Profile::sandbox(GatewayKind::Wuts);
    profile.account.country = wacompose::message::phone::Country::of_code("55");
    let draft = Draft {
        to: to.to_owned(),
        ..text("Olá 日本 👩‍👩‍👧")
    };
    let mut desk = Desk::new(draft, profile, 100, 30);
    opened(&mut desk);
    desk.press("<ctrl-g>");
    assert_eq!(
        sends(&mut desk).len(),
        usize::from(goes),
        "{}",
        desk.screen()
    );
}
