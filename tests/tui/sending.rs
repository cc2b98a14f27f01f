//! Keys around a send: what is pressed twice, held, typed or pasted over the question, and what is
//! pressed while a message is on the way.

use std::time::Duration;

use crate::desk::{Desk, LOOK, order, text};
use crate::doubts::doubting;
use crate::flow::exchange;
use crate::history::{asks, entry, listed, sent};
use rstest::rstest;
use wacompose::config::Profile;
use wacompose::gateway::{Fallback, GatewayKind, Outcome, Refusal};
use wacompose::message::{Action, Draft, Message};
use wacompose::store::{SendId, SendState};
use wacompose::tui::dialog::question::Then;
use wacompose::tui::dialog::{Modal, Subject};
use wacompose::tui::effect::{Effect, Ticket};
use wacompose::tui::event::{Event, Step, Wait};
use wacompose::tui::focus::Focus;
use wacompose::tui::keep::{Ask, Told, Why};
use wacompose::tui::model::{Tab, View};

/// What a key that is held does: once, after a while again, and then quickly.
const HELD: [u64; 8] = [0, 500, 30, 30, 30, 30, 30, 30];

fn sends(desk: &mut Desk) -> usize {
    desk.take_effects()
        .iter()
        .filter(|effect| effect.sends())
        .count()
}

fn accepted() -> Outcome {
    Outcome::Accepted {
        message_id: "3EB0ABC".into(),
    }
}

fn unknown() -> Outcome {
    Outcome::Unknown(Refusal {
        code: "timeout".into(),
        message: "no answer came in time".into(),
        ..Refusal::default()
    })
}

fn refused(instead: Vec<Fallback>) -> Outcome {
    Outcome::Rejected(Refusal {
        code: "403".into(),
        message: "Forbidden 日本".into(),
        instead,
        ..Refusal::default()
    })
}

fn answered(desk: &mut Desk, ticket: u64, outcome: Outcome) {
    desk.happen(Event::Answered {
        ticket: Ticket(ticket),
        sent: Box::new(exchange(outcome)),
    });
}

fn step(desk: &mut Desk, ticket: u64, step: Step) {
    let ticket = Ticket(ticket);
    desk.happen(Event::Trying { ticket, step });
}

/// A message is on the way, and its request is written.
fn on_the_way() -> Desk {
    let mut desk = Desk::wuts(text("Olá 日本 👩‍👩‍👧"));
    desk.press("<f5><enter>");
    step(&mut desk, 1, Step::Attempt(1));
    step(&mut desk, 1, Step::Written);
    desk.wait(LOOK);
    desk.take_effects();
    desk
}

/// The next message: to somebody else, or to the same one.
fn next_message(desk: &mut Desk, to: &str) {
    desk.press("<ctrl-n>");
    if let Some(Subject::Discard(_)) = desk.asked() {
        desk.press("<left><enter>");
    }
    desk.press(&format!("{to}<enter>Próxima 語"));
    desk.wait(LOOK);
    desk.take_effects();
}

fn hold(desk: &mut Desk, key: &str, times: &[u64]) {
    for &after in times {
        desk.wait(Duration::from_millis(after)).hurry(key);
    }
    desk.wait(LOOK);
}

// -------------------------------------------------------------------- the question

#[rstest]
#[case::at_once("<enter>")]
#[case::twice("<enter><enter>")]
#[case::many_times("<enter><enter><enter><enter><enter><enter>")]
#[case::a_line_is_pasted("Dear Ana,<enter>")]
#[case::lines_are_pasted("Querida Ána 日本,<enter>obrigado 👩‍👩‍👧<enter><enter>até já<enter>")]
#[case::it_begins_with_a_line_break("<enter>Dear Ana<enter>")]
#[case::right_to_left("שלום<enter>")]
#[case::it_begins_with_the_letter_that_cancels("Caro cliente,<enter>tudo bem?<enter>")]
#[case::and_with_the_one_that_looks("Liebe Frau 語,<enter>")]
fn what_comes_with_f5_sends_nothing_and_writes_nothing(#[case] keys: &str) {
    let mut desk = Desk::wuts(text("Olá 日本"));
    desk.take_effects();
    // Without brackets it comes at once.
    for event in std::iter::once("<f5>").chain([keys]) {
        at_once(&mut desk, event);
    }
    desk.wait(LOOK);
    assert_eq!(sends(&mut desk), 0);
    assert_eq!(desk.app.draft(), &text("Olá 日本"));
}

/// Keys that are read together.
fn at_once(desk: &mut Desk, keys: &str) {
    let now = desk.now;
    let mut rest = keys;
    while !rest.is_empty() {
        let named = rest.starts_with('<').then(|| rest.find('>')).flatten();
        let end = named.map_or_else(|| rest.chars().next().unwrap().len_utf8(), |at| at + 1);
        let (key, after) = rest.split_at(end);
        desk.now = now;
        desk.hurry(key);
        rest = after;
    }
}

#[rstest]
#[case::letters("Dear Ana,<enter>")]
#[case::the_letter_that_cancels("Caro cliente,<enter>tudo bem?<enter>")]
#[case::wide("日本<enter>")]
fn a_paste_without_brackets_into_a_question_that_was_read(#[case] keys: &str) {
    let mut desk = Desk::wuts(text("Olá 日本"));
    desk.press("<f5>").wait(LOOK);
    desk.take_effects();
    at_once(&mut desk, keys);
    desk.wait(LOOK);
    assert_eq!(sends(&mut desk), 0);
    assert_eq!(desk.app.draft(), &text("Olá 日本"));
}

#[test]
fn a_paste_over_the_question_is_not_taken_and_said_so() {
    let mut desk = Desk::wuts(text("Olá 日本"));
    desk.press("<f5>")
        .wait(LOOK)
        .paste("Dear Ana,\nobrigado 👩‍👩‍👧\n");
    desk.take_effects();
    assert!(desk.screen().contains("not taken"), "{}", desk.screen());
    desk.hurry("<enter>");
    assert_eq!(sends(&mut desk), 0, "the end of it, without its brackets");
    assert_eq!(desk.app.draft(), &text("Olá 日本"));
    desk.press("<enter>");
    assert_eq!(sends(&mut desk), 1);
}

#[rstest]
#[case::too_early(299 - 10, 0)]
#[case::in_time(300, 1)]
fn enter_counts_after_three_hundred_milliseconds(#[case] after: u64, #[case] count: usize) {
    let mut desk = Desk::wuts(order());
    desk.press("<f5>");
    desk.now += Duration::from_millis(after - 10);
    desk.hurry("<enter>");
    assert_eq!(sends(&mut desk), count);
}

#[test]
fn the_question_shows_when_it_can_be_answered() {
    let mut desk = Desk::wuts(order());
    desk.press("<f5>");
    assert!(!desk.screen().contains("Enter picks"), "{}", desk.screen());
    let wake = desk.app.next_wake().unwrap();
    assert!(desk.app.next_sight().is_some_and(|at| at == wake));
    desk.now = wake;
    desk.happen(Event::Wake);
    assert!(desk.screen().contains("Enter picks"), "{}", desk.screen());
    assert_eq!(desk.app.next_wake(), None, "asleep from then on");
}

#[test]
fn no_letter_sends() {
    let letters = ('a'..='z').chain('A'..='Z').chain("áñ語שж ".chars());
    for letter in letters {
        let mut desk = Desk::wuts(order());
        desk.press("<f5>").wait(LOOK);
        desk.press(&letter.to_string()).wait(LOOK);
        assert_eq!(sends(&mut desk), 0, "{letter:?}");
        let closes = matches!(letter, 'c' | 'C' | 'l' | 'L');
        assert_eq!(desk.app.modals.is_empty(), closes, "{letter:?}");
        assert_eq!(desk.app.draft(), &order(), "{letter:?}");
    }
}

#[test]
fn l_looks_at_the_message() {
    let mut desk = Desk::wuts(order());
    desk.press("<alt-2><f5>l");
    assert_eq!((desk.app.tab, desk.app.focus), (Tab::Preview, Focus::Pane));
}

#[rstest]
#[case::twice(&[0, 0])]
#[case::a_slow_double_tap(&[0, 250])]
#[case::four_times(&[0, 200, 200, 200])]
#[case::held(&HELD)]
#[case::held_quickly(&[0, 250, 20, 20, 20, 20, 20])]
fn enter_pressed_again_is_one_message_and_no_line_break(#[case] times: &[u64]) {
    let mut desk = Desk::wuts(text("Olá 日本"));
    desk.press("<f5>").wait(LOOK);
    desk.take_effects();
    hold(&mut desk, "<enter>", times);
    assert_eq!(sends(&mut desk), 1);
    assert_eq!(desk.app.draft(), &text("Olá 日本"));
    answered(&mut desk, 1, accepted());
    desk.wait(LOOK);
    desk.press("<enter>");
    assert_eq!(desk.app.draft(), &text("Olá 日本\n"), "it counts again");
}

/// Enter is held from before the question, or since the question before it.
#[rstest]
#[case::over_the_question("<f5>", text("Olá 日本"))]
#[case::from_the_palette("<ctrl-p>send the message", text("Olá 日本"))]
#[case::from_the_values("<f5>Ána 日本", text("Olá {{nome}} 日本"))]
#[case::from_what_is_in_the_way("<f5><right>", Draft { to: "12".into(), ..text("Olá 日本") })]
fn a_key_that_is_held_never_sends(#[case] keys: &str, #[case] draft: Draft) {
    let mut desk = Desk::wuts(draft.clone());
    desk.press(keys);
    if keys != "<f5>" {
        desk.wait(LOOK);
    }
    desk.take_effects();
    hold(&mut desk, "<enter>", &HELD);
    assert_eq!(sends(&mut desk), 0);
    assert_eq!(desk.app.draft(), &draft);
    assert!(matches!(desk.asked(), Some(Subject::Confirm(_))));
    desk.press("<enter>");
    assert_eq!(sends(&mut desk), 1, "it is asked, and answered");
}

/// What is in the way, what would be lost, what would be replaced: each waits until it can be read.
#[rstest]
#[case::blocked(Subject::Blocked { forceable: true, numbered: false }, 1)]
#[case::replace(Subject::Replace { path: "/tmp/日本.toml".into(), changed: false }, 0)]
#[case::replace_changed(Subject::Replace { path: "/tmp/a.toml".into(), changed: true }, 0)]
#[case::discard(Subject::Discard(Then::New), 0)]
#[case::clear_the_queue(Subject::ClearQueue("sandbox".into()), 0)]
#[case::replace_the_draft(Subject::ReplaceDraft, 0)]
#[case::again(Subject::Again(sent(entry(4, SendState::Unknown))), 0)]
fn every_question_waits_until_it_can_be_read(#[case] subject: Subject, #[case] choice: usize) {
    let mut desk = Desk::wuts(order());
    desk.app.modals.push(Modal::ask(subject));
    desk.happen(Event::Wake);
    if let Some(Modal::Question(question)) = desk.app.modals.last_mut() {
        let choice = question.choices()[choice];
        question.choose(Some(choice));
    }
    desk.take_effects();
    at_once(&mut desk, "<enter>olá<enter>");
    assert_eq!(desk.app.modals.len(), 1);
    assert_eq!(desk.take_effects(), []);
    desk.press("<enter>").hurry("<enter><enter>");
    let sent = sends(&mut desk);
    assert!(sent <= 1, "at most what was asked");
    assert!(!desk.app.draft().message.text().contains('\n'));
}

#[test]
fn a_doubt_is_not_answered_before_it_can_be_read() {
    let mut desk = doubting(80, 24);
    desk.press("<right>").hurry("<enter>");
    assert_eq!(asks(&mut desk), []);
    desk.wait(LOOK).paste("日本\n").press("<enter>");
    assert_eq!(asks(&mut desk), [], "what is pasted is not an answer");
}

#[test]
fn a_double_click_answers_nothing() {
    let mut desk = Desk::wuts(order());
    desk.click(3, 28);
    assert!(matches!(desk.asked(), Some(Subject::Confirm(_))));
    let screen = desk.screen();
    let row = screen.lines().position(|row| row.contains("[ Send ]"));
    let line = screen.lines().nth(row.unwrap()).unwrap();
    let column = line[..line.find("[ Send ]").unwrap()].chars().count() + 3;
    let (column, row) = (column.try_into().unwrap(), row.unwrap().try_into().unwrap());
    desk.happen(Event::Term(crossterm::event::Event::Mouse(
        crossterm::event::MouseEvent {
            kind: crossterm::event::MouseEventKind::Down(crossterm::event::MouseButton::Left),
            column,
            row,
            modifiers: crossterm::event::KeyModifiers::NONE,
        },
    )));
    assert_eq!(sends(&mut desk), 0);
    desk.click(column, row);
    assert_eq!(sends(&mut desk), 1);
}

/// The keys that send what was refused in another way.
#[rstest]
#[case::numbered("<alt-n>")]
#[case::interactive("<alt-i>")]
fn what_is_sent_instead_is_read_first_too(#[case] key: &str) {
    let instead = vec![Fallback::InteractiveReply, Fallback::NumberedText];
    let mut desk = Desk::wuts(order());
    desk.press("<f5><enter>");
    desk.take_effects();
    answered(&mut desk, 1, refused(instead.clone()));
    hold(&mut desk, key, &[0, 30, 30, 30]);
    assert_eq!(sends(&mut desk), 0);
    desk.hurry(key);
    assert_eq!(sends(&mut desk), 1);
    answered(&mut desk, 2, refused(instead));
    hold(&mut desk, key, &[0, 250, 30]);
    assert_eq!(sends(&mut desk), 0, "a second time neither");
}

// -------------------------------------------------------------------- while a message is on the way

#[test]
fn f5_on_the_next_message_opens_its_question() {
    let mut desk = on_the_way();
    next_message(&mut desk, "+5521988887777");
    desk.press("<f5>");
    assert!(matches!(desk.asked(), Some(Subject::Confirm(_))));
    desk.press("<enter>");
    assert_eq!(desk.sent().message.text(), "Próxima 語");
    assert!(shows(&desk, "◐ 2 sending"), "{}", desk.screen());
    answered(&mut desk, 1, accepted());
    // What is said of the one before is the strip's alone.
    assert!(
        shows(&desk, "✓ +55 11 99999-9999 sent · ◐ 1 sending"),
        "{}",
        desk.screen()
    );
    assert!(desk.app.delivery.is_none());
    answered(&mut desk, 2, accepted());
    assert!(shows(&desk, "✓ Accepted in"), "{}", desk.screen());
    assert!(
        shows(&desk, "✓ +55 21 98888-7777 sent"),
        "{}",
        desk.screen()
    );
    assert!(!shows(&desk, "◐"), "{}", desk.screen());
}

/// The same message is not sent a second time by accident.
#[test]
fn f5_again_on_the_message_that_is_on_the_way_asks_and_proposes_not_to() {
    let mut desk = on_the_way();
    desk.press("<f5>");
    let said = "may have been sent already: it is being";
    assert!(shows(&desk, said), "{}", desk.screen());
    desk.press("<enter>");
    assert_eq!(sends(&mut desk), 0);
    assert!(desk.app.modals.is_empty());
    assert!(desk.app.sends.watched().is_some(), "it is still waited for");
    answered(&mut desk, 1, accepted());
    assert_eq!(desk.app.draft(), &text("Olá 日本 👩‍👩‍👧"));
}

fn shows(desk: &Desk, words: &str) -> bool {
    desk.screen().contains(words)
}

#[rstest]
#[case::before_it_began(vec![])]
#[case::while_it_connects(vec![Step::Attempt(1)])]
#[case::before_it_is_tried_again(vec![Step::Attempt(1), Step::Written, a_wait()])]
#[case::while_it_connects_again(vec![Step::Attempt(1), Step::Written, a_wait(), Step::Attempt(2)])]
fn esc_takes_back_what_is_not_written(#[case] steps: Vec<Step>) {
    let mut desk = Desk::wuts(order());
    desk.press("<f5><enter>");
    for one in steps {
        step(&mut desk, 1, one);
    }
    desk.take_effects();
    desk.press("<esc><esc>");
    assert_eq!(desk.take_effects(), [Effect::Cancel(Ticket(1))]);
    assert!(
        desk.app.sends.watched().is_some(),
        "until it is known that it was"
    );
}

fn a_wait() -> Step {
    Step::Wait(Wait {
        attempt: 2,
        of: 5,
        delay: Duration::from_secs(3),
        reason: "429".into(),
    })
}

#[rstest]
#[case::accepted(accepted(), None, "✓ +55 11 99999-9999 sent")]
#[case::refused(refused(Vec::new()), Some("Rejected"), "✗ +55 11 99999-9999 refused")]
#[case::unknown(unknown(), Some("Outcome unknown"), "? +55 11 99999-9999 unknown")]
fn esc_stops_waiting_for_what_is_written(
    #[case] outcome: Outcome,
    #[case] said: Option<&str>,
    #[case] strip: &str,
) {
    let mut desk = on_the_way();
    desk.press("<esc>");
    assert_eq!(desk.take_effects(), [], "it is not stopped");
    assert!(desk.app.sends.watched().is_none());
    assert!(desk.screen().contains("1 sending"), "{}", desk.screen());
    next_message(&mut desk, "+5521988887777");
    desk.wait(Duration::from_secs(20));
    answered(&mut desk, 1, outcome);
    // That all went well is the strip's alone to say.
    let toast = desk.app.toasts.last().map(|toast| toast.text.as_str());
    let expected = |toast: &str| said.is_some_and(|said| toast.contains(said));
    assert_eq!(toast.is_some_and(expected), said.is_some(), "{toast:?}");
    assert!(shows(&desk, strip), "{}", desk.screen());
    assert!(
        desk.app.delivery.is_none(),
        "it says nothing of the next message"
    );
    assert!(!desk.screen().contains("1 sending"), "{}", desk.screen());
}

#[test]
fn what_is_written_meanwhile_is_waited_for_in_the_background() {
    let mut desk = Desk::wuts(text("Olá 日本"));
    desk.press("<f5><enter><esc>");
    let watched = desk.app.sends.watched();
    assert!(watched.is_some_and(|sending| sending.cancelled));
    step(&mut desk, 1, Step::Written);
    assert!(desk.app.sends.watched().is_none());
    answered(&mut desk, 1, accepted());
    let delivery = desk.app.delivery.as_ref().unwrap();
    assert_eq!(
        delivery.draft,
        text("Olá 日本"),
        "the message is still there"
    );
    desk.press("<f5>");
    assert!(
        desk.screen().contains("accepted already"),
        "{}",
        desk.screen()
    );
}

/// What is said of an answer that is still to come goes when that is there.
#[test]
fn that_the_answer_is_waited_for_is_said_until_it_comes() {
    let mut desk = on_the_way();
    desk.press("<esc>");
    assert!(
        desk.screen().contains("is written already"),
        "{}",
        desk.screen()
    );
    next_message(&mut desk, "+5521988887777");
    desk.press("<f5><enter>");
    step(&mut desk, 2, Step::Written);
    desk.press("<esc>");
    answered(&mut desk, 1, accepted());
    // The other one's answer is still to come.
    let said = |desk: &Desk| {
        let toasts = desk.app.toasts.iter().map(|toast| toast.text.clone());
        toasts
            .filter(|text| text.contains("is written already"))
            .count()
    };
    assert_eq!(said(&desk), 1);
    answered(&mut desk, 2, accepted());
    assert_eq!(said(&desk), 0, "{}", desk.screen());
    assert!(
        !desk.screen().contains("is written already"),
        "{}",
        desk.screen()
    );
}

/// To the same recipient, however that is written, the second one waits for the first one's end: the
/// question says so.
#[rstest]
#[case::another("+5521988887777", false)]
#[case::the_same("wa.me/5511999999999", true)]
fn a_message_to_the_same_recipient_goes_after_the_one_before(
    #[case] to: &str,
    #[case] waits: bool,
) {
    let mut desk = on_the_way();
    next_message(&mut desk, to);
    desk.press("<f5>");
    let said = shows(&desk, "after the one that is on its way");
    assert_eq!(said, waits, "{}", desk.screen());
    desk.press("<enter>");
    assert_eq!(desk.sent().to, to);
    if waits {
        desk.happen(Event::Store(Told::Held {
            ticket: Ticket(2),
            id: Some(SendId(42)),
        }));
        assert!(
            shows(&desk, "◐ 1 sending · ◌ 1 waiting"),
            "{}",
            desk.screen()
        );
        answered(&mut desk, 1, accepted());
        begun(&mut desk, 2, 42);
    }
    assert!(shows(&desk, "sending"), "{}", desk.screen());
    assert!(!shows(&desk, "waiting ·"), "{}", desk.screen());
}

// -------------------------------------------------------------------- leaving

#[rstest]
#[case::waited_for(false)]
#[case::in_the_background(true)]
fn leaving_asks_once_and_waits(#[case] is_left: bool) {
    let mut desk = on_the_way();
    if is_left {
        desk.press("<esc>");
    }
    desk.press("<ctrl-q>");
    let screen = desk.screen();
    assert!(
        screen.contains("1 message is being sent: wait, or quit anyway?"),
        "{screen}"
    );
    assert!(screen.contains("[ Wait ] [ Quit anyway ]"), "{screen}");
    desk.press("<enter>");
    assert_eq!(desk.take_effects(), []);
    assert!(
        desk.screen().contains("The composer ends when"),
        "{}",
        desk.screen()
    );
    desk.press("<enter><enter>");
    answered(&mut desk, 1, accepted());
    assert_eq!(desk.take_effects().last(), Some(&Effect::Quit));
    assert_eq!((desk.app.unsettled(), desk.app.refused()), (None, None));
}

#[rstest]
#[case::at_the_question("<ctrl-q><esc>")]
#[case::while_it_waits("<ctrl-q><enter><esc>")]
fn whoever_stays_after_all_stays(#[case] keys: &str) {
    let mut desk = on_the_way();
    desk.press(keys);
    answered(&mut desk, 1, accepted());
    assert!(!desk.take_effects().contains(&Effect::Quit));
    desk.press("<ctrl-q>");
    assert_eq!(desk.take_effects().last(), Some(&Effect::Quit));
}

#[test]
fn an_answer_before_the_question_is_answered_ends_it() {
    let mut desk = on_the_way();
    desk.press("<ctrl-q>");
    answered(&mut desk, 1, accepted());
    assert_eq!(desk.take_effects().last(), Some(&Effect::Quit));
}

#[rstest]
#[case::twice(&[0, 200])]
#[case::held(&[0, 660, 33, 33, 33, 33])]
#[case::held_and_slow(&[0, 350, 80, 80, 80, 80])]
fn the_key_that_leaves_is_not_its_own_answer(#[case] times: &[u64]) {
    let mut desk = on_the_way();
    for &after in times {
        desk.wait(Duration::from_millis(after)).hurry("<ctrl-q>");
    }
    desk.wait(Duration::from_secs(5));
    assert_eq!(desk.take_effects(), []);
    assert!(matches!(
        desk.asks().as_slice(),
        [Some(Subject::Leave { .. })]
    ));
}

/// Pressed again soon after, and not held.
#[test]
fn the_key_that_leaves_answers_once_it_is_known_not_to_be_held() {
    let mut desk = on_the_way();
    desk.hurry("<ctrl-q>").wait(Duration::from_millis(500));
    desk.hurry("<ctrl-q>");
    assert_eq!(desk.take_effects(), []);
    desk.wait(Duration::from_millis(120));
    assert_eq!(desk.take_effects(), [Effect::GiveUp(Ticket(1))]);
}

#[test]
fn what_was_refused_while_leaving_is_said() {
    let mut desk = on_the_way();
    desk.press("<ctrl-q><enter>");
    answered(&mut desk, 1, refused(Vec::new()));
    assert_eq!(desk.take_effects().last(), Some(&Effect::Quit));
    let words = desk.app.refused().unwrap();
    assert!(
        words.contains("5511999999999") && words.contains("Forbidden"),
        "{words}"
    );
}

/// Each of them is named, and asked about at the next start.
#[test]
fn two_that_stay_unknown_while_leaving_are_both_asked_about() {
    let mut desk = on_the_way();
    begun(&mut desk, 1, 41);
    desk.press("<esc><ctrl-n>5521988887777<enter>Olá 日<f5><enter><esc>");
    begun(&mut desk, 2, 42);
    desk.take_effects();
    desk.press("<ctrl-q><right><enter>");
    answered(&mut desk, 1, unknown());
    answered(&mut desk, 2, unknown());
    let asked = desk.take_effects();
    for id in [41, 42] {
        let ask = Effect::Store(Ask::StayInDoubt(Some(SendId(id))));
        assert!(asked.contains(&ask), "{asked:?}");
    }
    let words = desk.app.unsettled().unwrap();
    assert_eq!(words.lines().count(), 2, "{words}");
    assert!(words.contains("5521988887777") && words.contains("5511999999999"));
}

/// A message is in the history, and on its way.
fn begun(desk: &mut Desk, ticket: u64, id: i64) {
    desk.happen(Event::Store(Told::Begun {
        ticket: Ticket(ticket),
        id: Some(SendId(id)),
        at: "11:08".into(),
    }));
}

#[test]
fn what_stays_unknown_while_leaving_is_asked_about_at_the_next_start() {
    let mut desk = on_the_way();
    desk.press("<ctrl-q><enter>");
    answered(&mut desk, 1, unknown());
    let expected = [Effect::Store(Ask::StayInDoubt(None)), Effect::Quit];
    assert_eq!(desk.take_effects(), expected);
    assert!(desk.app.unsettled().is_some());
}

#[test]
fn signals_end_it_as_they_did() {
    let mut desk = on_the_way();
    desk.happen(Event::Terminated);
    assert_eq!(desk.take_effects().last(), Some(&Effect::Quit));
    assert!(desk.app.unsettled().is_some());
}

// -------------------------------------------------------------------- the history

#[test]
fn f5_in_the_history_is_about_the_selected_message() {
    let mut desk = listed(100, 30);
    desk.take_effects();
    desk.press("<f5>");
    let ask = asks(&mut desk);
    let [Ask::Look { id, why: Why::Send }] = ask[..] else {
        panic!("{ask:?}")
    };
    assert_eq!(
        desk.app.view,
        View::History,
        "nothing is asked of the form's message"
    );
    let mut one = sent(entry(id.0, SendState::Accepted));
    one.draft = text("do histórico 日本");
    one.draft.to = "+5521988887777".into();
    desk.happen(Event::Store(Told::Looked {
        why: Why::Send,
        sent: one,
    }));
    let screen = desk.screen();
    assert!(
        screen.contains("Send this message?") && screen.contains("+55 21 98888-7777"),
        "{screen}"
    );
    desk.press("<enter>");
    assert_eq!(desk.sent().message.text(), "do histórico 日本");
}

#[test]
fn f5_in_an_empty_history_asks_nothing() {
    let mut desk = Desk::new(order(), Profile::sandbox(GatewayKind::Wuts), 100, 30);
    desk.press("<f3><f5><enter>");
    assert_eq!(sends(&mut desk), 0);
    assert!(desk.app.modals.is_empty());
    let Message::Buttons(buttons) = &desk.app.draft().message else {
        panic!("it is the sample")
    };
    assert_eq!(buttons.buttons[0].action, Action::Reply);
}
