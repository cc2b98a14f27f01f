//! What was sent is no draft any more, and its answer does not stand beside the next message.

use std::time::Duration;

use crate::desk::{Desk, order, text};
use crate::flow::exchange;
use rstest::rstest;
use wacompose::config::Profile;
use wacompose::gateway::{Fallback, GatewayKind, Outcome, Refusal};
use wacompose::message::{Draft, Field, Kind, Message};
use wacompose::store::{DraftId, InDoubt, KeptDraft, SendId};
use wacompose::tui::effect::{Effect, Ticket};
use wacompose::tui::event::{Event, Opened, Sent};
use wacompose::tui::focus::Focus;
use wacompose::tui::keep::{Ask, Last, Slot, Taken, Told};
use wacompose::tui::model::Tab;
use wacompose::tui::model::mark::Mark;

const SECOND: Duration = Duration::from_secs(1);

fn opened(last: Last) -> Event {
    Event::Store(Told::Opened {
        notice: None,
        is_kept: true,
        last,
        doubts: Vec::new(),
    })
}

/// A composer whose store is open and empty, at the size of a small terminal.
fn desk(draft: Draft) -> Desk {
    let mut desk = Desk::new(draft, Profile::sandbox(GatewayKind::Wuts), 80, 24);
    desk.happen(opened(Last::Nothing));
    desk.take_effects();
    desk
}

/// On the stand-in of a first start, its store not open yet.
fn resuming(draft: Draft) -> Desk {
    Desk::start(draft, Profile::sandbox(GatewayKind::Wuts), (80, 24), true)
}

fn accepted() -> Outcome {
    Outcome::Accepted {
        message_id: "3EB0日".into(),
    }
}

fn rejected() -> Outcome {
    Outcome::Rejected(Refusal {
        code: "403".into(),
        message: "não".into(),
        instead: vec![Fallback::NumberedText],
        ..Refusal::default()
    })
}

fn unknown() -> Outcome {
    Outcome::Unknown(Refusal::default())
}

/// The name of the send that was begun last.
fn under_way(desk: &Desk) -> Ticket {
    let ticket = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Send { ticket, .. } => Some(*ticket),
        _ => None,
    });
    ticket.unwrap()
}

/// Confirms the send, which is under way then.
fn begin(desk: &mut Desk) -> Ticket {
    desk.press("<f5><enter>");
    let ticket = under_way(desk);
    desk.happen(Event::Store(Told::Begun {
        ticket,
        id: Some(SendId(5)),
        at: "11:08".into(),
    }));
    ticket
}

fn answer(desk: &mut Desk, ticket: Ticket, outcome: Outcome) {
    let sent: Sent = exchange(outcome);
    let sent = Box::new(sent);
    desk.happen(Event::Answered { ticket, sent });
}

fn send(desk: &mut Desk, outcome: Outcome) {
    let ticket = begin(desk);
    answer(desk, ticket, outcome);
}

fn asks(desk: &mut Desk) -> Vec<Ask> {
    let effects = desk.take_effects().into_iter();
    let asks = effects.filter_map(|effect| match effect {
        Effect::Store(ask) => Some(ask),
        _ => None,
    });
    asks.collect()
}

fn keeps(asks: &[Ask]) -> Vec<(Slot, &str)> {
    let kept = asks.iter().filter_map(|ask| match ask {
        Ask::Keep { slot, draft, .. } => Some((*slot, draft.message.text())),
        _ => None,
    });
    kept.collect()
}

fn forgets(asks: &[Ask]) -> Vec<Slot> {
    let left = asks.iter().filter_map(|ask| match ask {
        Ask::Leave { slot, forget: true } => Some(*slot),
        _ => None,
    });
    left.collect()
}

fn shows(desk: &Desk, words: &str) -> bool {
    desk.screen().contains(words)
}

// -------------------------------------------------------------------- the mark

#[rstest]
#[case::accepted(accepted(), Some("✓ sent 11:08"))]
#[case::unknown(unknown(), Some("? maybe sent 11:08"))]
#[case::rejected(rejected(), None)]
fn an_outcome_is_marked_until_the_message_is_another_one(
    #[case] outcome: Outcome,
    #[case] mark: Option<&str>,
) {
    let mut desk = desk(text("Olá 日本 👩‍👩‍👧"));
    send(&mut desk, outcome);
    let shown = desk.app.sent_mark().map(Mark::words);
    assert_eq!(shown.as_deref(), mark);
    let Some(mark) = mark else { return };
    assert!(shows(&desk, mark), "{}", desk.screen());
    // Blanks at the ends make no other message, and undoing makes it the same again.
    desk.go(Focus::TEXT).press(" <enter>");
    assert!(shows(&desk, mark), "{}", desk.screen());
    desk.press("é");
    assert!(!shows(&desk, mark), "{}", desk.screen());
    desk.press("<bs>");
    assert!(shows(&desk, mark), "{}", desk.screen());
    desk.press("<ctrl-n>");
    assert!(!shows(&desk, mark), "{}", desk.screen());
}

#[test]
fn without_the_time_it_is_marked_all_the_same() {
    let mut desk = desk(order());
    desk.press("<f5><enter>");
    let ticket = under_way(&desk);
    answer(&mut desk, ticket, accepted());
    assert!(shows(&desk, " ✓ sent · F5"), "{}", desk.screen());
}

#[test]
fn what_is_sent_is_kept_first_and_forgotten_with_the_answer() {
    let mut desk = desk(text("Olá 日本"));
    let ticket = begin(&mut desk);
    let effects = desk.take_effects();
    let keep = effects.iter().position(
        |effect| matches!(effect, Effect::Store(Ask::Keep { slot, .. }) if *slot == Slot(0)),
    );
    let sent = effects.iter().position(|effect| {
        matches!(effect, Effect::Send { from: Some(from), .. }
            if from.slot == Slot(0) && from.draft == text("Olá 日本"))
    });
    assert!(keep.unwrap() < sent.unwrap(), "{effects:?}");
    answer(&mut desk, ticket, accepted());
    let asked = asks(&mut desk);
    assert_eq!(forgets(&asked), [Slot(0)]);
    // The next start opens an empty one.
    let begun = Ask::Begun {
        slot: Slot(1),
        kind: Kind::Text,
        file: None,
    };
    assert!(asked.contains(&begun), "{asked:?}");
    // Nothing is kept while nothing changes, nor at the end, nor when the next one is begun.
    desk.wait(SECOND * 60)
        .press(" <ctrl-n><ctrl-q>")
        .wait(SECOND);
    let asked = asks(&mut desk);
    assert_eq!((keeps(&asked), forgets(&asked)), (vec![], vec![]));
}

#[test]
fn an_edit_of_what_was_sent_is_another_draft() {
    let mut desk = desk(text("a 日"));
    desk.press("!").wait(SECOND);
    send(&mut desk, accepted());
    desk.take_effects();
    desk.press("?").wait(SECOND);
    let asked = asks(&mut desk);
    assert_eq!(keeps(&asked), [(Slot(1), "a 日!?")]);
    // Taken back it is what was sent, and no draft.
    desk.press("<bs>").wait(SECOND);
    let asked = asks(&mut desk);
    assert_eq!((keeps(&asked), forgets(&asked)), (vec![], vec![Slot(1)]));
    desk.press("x<ctrl-q>");
    assert_eq!(keeps(&asks(&mut desk)), [(Slot(2), "a 日!x")]);
}

#[test]
fn quitting_right_after_an_edit_was_taken_back_leaves_no_draft() {
    let mut desk = desk(text("a 日"));
    send(&mut desk, accepted());
    desk.press("?").wait(SECOND);
    desk.take_effects();
    desk.press("<bs><ctrl-q>");
    assert_eq!(forgets(&asks(&mut desk)), [Slot(1)]);
}

#[test]
fn what_is_typed_under_way_stays_a_draft() {
    let mut desk = desk(text("a 日"));
    let ticket = begin(&mut desk);
    desk.take_effects();
    desk.go(Focus::TEXT).press("!").wait(SECOND);
    answer(&mut desk, ticket, accepted());
    let asked = asks(&mut desk);
    assert_eq!(keeps(&asked), [(Slot(0), "a 日!")]);
    assert_eq!(forgets(&asked), []);
    assert!(!shows(&desk, "✓ sent"), "{}", desk.screen());
    assert!(
        shows(&desk, "Accepted: the message to"),
        "{}",
        desk.screen()
    );
}

#[test]
fn with_its_variables_filled_in_it_is_sent_too() {
    let mut desk = desk(text("Olá {{name}} 日"));
    desk.press("<f5>Ana<enter><enter>");
    let ticket = under_way(&desk);
    answer(&mut desk, ticket, accepted());
    let asked = asks(&mut desk);
    assert_eq!(forgets(&asked), [Slot(0)]);
    assert!(shows(&desk, "✓ sent"), "{}", desk.screen());
}

#[test]
fn a_file_that_was_sent_is_marked_and_not_open() {
    let mut desk = desk(text("a 日"));
    desk.app.file = Some("/tmp/bom dia 日.toml".into());
    send(&mut desk, accepted());
    assert!(shows(&desk, "✓ sent 11:08 · bom dia 日.toml"));
    let asked = asks(&mut desk);
    let is_open = |ask: &Ask| matches!(ask, Ask::Begun { file: Some(_), .. });
    assert!(!asked.iter().any(is_open), "{asked:?}");
}

#[test]
fn another_kind_is_another_message() {
    let mut desk = desk(text("a 日"));
    send(&mut desk, accepted());
    desk.go(Focus::Kind).press("<right>");
    assert!(!shows(&desk, "✓ sent"), "{}", desk.screen());
}

// -------------------------------------------------------------------- the answer

#[rstest]
#[case::a_new_message("<ctrl-n>")]
#[case::an_edit("é")]
#[case::another_recipient("<shift-tab><shift-tab><shift-tab><bs>")]
fn an_answer_does_not_stand_beside_the_next_message(
    #[case] keys: &str,
    #[values(accepted(), rejected(), unknown())] outcome: Outcome,
) {
    let mut desk = Desk::wuts(order());
    desk.happen(opened(Last::Nothing));
    send(&mut desk, outcome);
    assert_eq!(desk.app.tab, Tab::Response);
    desk.go(Focus::TEXT).press(keys);
    assert_eq!(desk.app.tab, Tab::Preview, "{}", desk.screen());
    desk.press("<alt-4>");
    let screen = desk.screen();
    for words in ["✓ Accepted", "✗ Rejected", "Outcome unknown", "▸ Alt"] {
        assert!(!screen.contains(words), "{screen}");
    }
    assert!(screen.contains("was not sent yet"), "{screen}");
    // Nor is anything sent instead of it.
    desk.take_effects();
    desk.press("<alt-n>");
    let effects = desk.take_effects();
    let sends = effects
        .iter()
        .any(|effect| matches!(effect, Effect::Send { .. }));
    assert!(!sends, "{effects:?}");
}

#[test]
fn another_draft_has_no_answer_of_the_one_before() {
    let mut desk = Desk::wuts(order());
    desk.happen(opened(Last::Nothing));
    send(&mut desk, accepted());
    desk.happen(Event::Store(Told::Taken(taken(9, text("outra 日")))));
    assert_eq!(desk.app.tab, Tab::Preview);
    assert!(!shows(&desk, "Accepted"), "{}", desk.screen());
}

#[test]
fn a_tab_that_was_chosen_stays() {
    let mut desk = Desk::wuts(order());
    send(&mut desk, accepted());
    desk.press("<alt-2>").go(Focus::TEXT).press("é");
    assert_eq!(desk.app.tab, Tab::Payload);
}

#[rstest]
#[case::rejected(rejected(), "Rejected: the message to +5511999999999: não")]
#[case::unknown(unknown(), "Outcome unknown: the message to +5511999999999")]
fn an_answer_that_comes_later_names_its_recipient(#[case] outcome: Outcome, #[case] words: &str) {
    let mut desk = Desk::wuts(order());
    desk.happen(opened(Last::Nothing));
    let ticket = begin(&mut desk);
    desk.press("<ctrl-n>5521988887777");
    answer(&mut desk, ticket, outcome);
    let said: Vec<&str> = desk.app.toasts.iter().map(|toast| &*toast.text).collect();
    assert!(said.iter().any(|said| said.starts_with(words)), "{said:?}");
    assert_eq!(desk.app.tab, Tab::Preview);
    assert_eq!(desk.app.sent_mark(), None);
}

/// What went well is the strip's alone to say, with its recipient and its time.
#[test]
fn that_it_was_accepted_meanwhile_is_in_the_strip() {
    let mut desk = Desk::wuts(order());
    desk.happen(opened(Last::Nothing));
    let ticket = begin(&mut desk);
    desk.press("<ctrl-n>5521988887777");
    assert!(shows(&desk, "◐ 1 sending"), "{}", desk.screen());
    answer(&mut desk, ticket, accepted());
    let strip = "✓ 11:08 +55 11 99999-9999 sent";
    assert!(shows(&desk, strip), "{}", desk.screen());
    assert!(desk.app.toasts.is_empty(), "{:?}", desk.app.toasts);
    assert_eq!(desk.app.tab, Tab::Preview);
    assert_eq!(desk.app.sent_mark(), None);
    // A click shows the answer, and so does the palette.
    for key in [None, Some("<ctrl-p>last answers<enter>")] {
        match key {
            Some(keys) => desk.press(keys),
            None => desk.click(5, 27),
        };
        for words in ["What was sent last", "sent as 3EB0日", "through sandbox"] {
            assert!(shows(&desk, words), "{}", desk.screen());
        }
        desk.press("<esc>");
    }
}

#[test]
fn the_id_of_the_one_before_is_copied_with_its_recipient() {
    let mut desk = desk(text("a 日"));
    send(&mut desk, accepted());
    desk.press("<ctrl-n><alt-c>");
    let effects = desk.take_effects();
    let copied = effects.iter().find_map(|effect| match effect {
        Effect::Copy { text, what } => Some((&**text, &**what)),
        _ => None,
    });
    let what = "3EB0日, of the message to 5511999999999";
    assert_eq!(copied, Some(("3EB0日", what)));
}

// -------------------------------------------------------------------- the values of variables

/// A template that was filled in for a recipient, and sent.
fn filled() -> Desk {
    let mut desk = desk(text("Olá {{name}} 日"));
    desk.press("<f5>Ana<enter><enter>");
    let ticket = under_way(&desk);
    answer(&mut desk, ticket, accepted());
    desk.go(Focus::TEXT);
    desk
}

#[rstest]
#[case::the_same_again("", true)]
#[case::spelt_otherwise("<shift-tab><shift-tab><home>+", true)]
#[case::another_recipient("<shift-tab><shift-tab><bs>8", false)]
#[case::and_back("<shift-tab><shift-tab><bs>8<bs>9", false)]
#[case::another_text("é", false)]
#[case::another_message("<ctrl-n>5511999999999<enter>Oi {{name}}", false)]
fn values_are_proposed_for_the_same_recipient_alone(#[case] keys: &str, #[case] proposed: bool) {
    let mut desk = filled();
    desk.press(keys).press("<f5>");
    let screen = desk.screen();
    assert!(screen.contains("Fill in"), "{screen}");
    assert_eq!(screen.contains("Ana"), proposed, "{screen}");
}

#[rstest]
#[case::another_text("é", true)]
#[case::another_recipient("<shift-tab><shift-tab><bs>8", false)]
#[case::spelt_otherwise("<shift-tab><shift-tab><home>+", true)]
fn values_of_what_was_not_sent_stay_with_its_recipient(#[case] keys: &str, #[case] stay: bool) {
    let mut desk = desk(text("Olá {{name}} 日"));
    desk.press("<alt-v>Ana<enter>").go(Focus::TEXT).press(keys);
    assert_eq!(desk.app.shown().message.text().contains("Ana"), stay);
}

#[test]
fn values_that_were_given_first_belong_to_the_recipient_that_is_entered_then() {
    let mut draft = text("Olá {{name}} 日");
    draft.to.clear();
    let mut desk = desk(draft);
    desk.press("<alt-v>Ana<enter>").go(Focus::TEXT);
    desk.press("<shift-tab>5511999999999<tab>");
    assert!(desk.app.shown().message.text().contains("Ana"));
    desk.press("<shift-tab><alt-a>5521988887777<tab>");
    assert!(!desk.app.shown().message.text().contains("Ana"));
}

/// Also while the focus stays at the recipient, who is another one then.
#[rstest]
#[case::after_the_question(false)]
#[case::after_it_was_sent(true)]
fn values_that_were_asked_for_at_the_recipient_are_for_that_one(#[case] is_sent: bool) {
    let mut desk = desk(text("Olá {{name}} 日"));
    desk.go(Focus::Edit(Field::To)).press("<f5>Ana<enter>");
    if is_sent {
        desk.press("<enter>");
        let ticket = under_way(&desk);
        answer(&mut desk, ticket, unknown());
        desk.go(Focus::Edit(Field::To));
    } else {
        desk.press("<esc>");
    }
    desk.press("<alt-a>5521988887777<f5>");
    let screen = desk.screen();
    assert!(
        screen.contains("Fill in") && !screen.contains("Ana"),
        "{screen}"
    );
}

// -------------------------------------------------------------------- what opens

fn taken(slot: u64, draft: Draft) -> Box<Taken> {
    Box::new(Taken {
        slot: Slot(slot),
        kept: KeptDraft {
            id: DraftId(7),
            name: None,
            file: None,
            base: None,
            draft,
            aside: Vec::new(),
            derived: std::collections::BTreeSet::new(),
            undo: wacompose::message::undo::Undo::default(),
            in_doubt: None,
            updated: 0,
        },
        is_older: false,
        on_disk: None,
    })
}

fn empty(kept: usize, why: Option<&str>) -> Last {
    Last::Empty {
        kind: Kind::Text,
        kept,
        why: why.map(str::to_owned),
    }
}

#[rstest]
#[case::nothing_kept(0, None, None)]
#[case::one(1, None, Some("1 draft kept · Alt+L lists them"))]
#[case::more(3, None, Some("3 drafts kept · Alt+L lists them"))]
#[case::elsewhere(1, Some("It is elsewhere"), Some("It is elsewhere · 1 draft kept"))]
#[case::why_alone(0, Some("It is gone"), Some("It is gone"))]
fn what_was_left_empty_opens_empty(
    #[case] kept: usize,
    #[case] why: Option<&str>,
    #[case] said: Option<&str>,
) {
    let mut desk = resuming(order());
    desk.press("55日");
    desk.happen(opened(empty(kept, why)));
    // What was typed meanwhile goes to where an empty message is begun.
    assert_eq!(desk.app.draft().to, "55日");
    assert_eq!(desk.app.draft().message, Kind::Text.empty());
    let toast = desk.app.toasts.first().map(|toast| &*toast.text);
    match said {
        Some(said) => assert!(toast.unwrap().starts_with(said), "{toast:?}"),
        None => assert_eq!(toast, None),
    }
}

#[test]
fn a_file_that_was_open_opens_without_changes() {
    let mut desk = resuming(order());
    desk.press("!");
    desk.happen(opened(Last::File {
        path: "/tmp/bom dia 日.toml".into(),
        read: Box::new(Opened {
            draft: text("de lá 日"),
            text: String::new(),
        }),
    }));
    assert_eq!(desk.app.draft().message.text(), "de lá 日!");
    assert!(shows(&desk, "bom dia 日.toml"), "{}", desk.screen());
    assert!(desk.app.is_modified());
}

#[test]
fn what_was_begun_before_the_store_was_open_is_noted_then() {
    let mut desk = resuming(order());
    desk.press("<ctrl-n>");
    assert_eq!(asks(&mut desk).len(), 1, "it is only opened");
    desk.happen(opened(empty(1, None)));
    let asked = asks(&mut desk);
    assert!(matches!(&asked[..], [Ask::Begun { .. }]), "{asked:?}");
    assert_eq!(desk.app.draft().message.kind(), Kind::Text);
}

#[test]
fn a_draft_in_doubt_opens_marked() {
    let mut desk = resuming(order());
    let mut last = taken(0, text("talvez 日"));
    last.kept.in_doubt = Some(InDoubt {
        id: SendId(5),
        at: "11-28".into(),
    });
    desk.happen(opened(Last::Draft(last)));
    assert!(shows(&desk, "? maybe sent 11-28 · "), "{}", desk.screen());
    assert_eq!(desk.app.draft().message.text(), "talvez 日");
}

#[test]
fn the_sample_does_not_go_with_to_a_real_gateway() {
    let mut desk = resuming(order());
    desk.happen(opened(Last::Nothing));
    // Another sandbox keeps it.
    desk.press("<ctrl-p>sandbox-green-api<enter>");
    assert_eq!(desk.app.draft(), &order());
    let mut real = desk.app.profiles[0].clone();
    real.name = "produção".into();
    real.token = wacompose::config::TokenSource::Env("TOKEN".into());
    desk.app.profiles.push(real);
    desk.press("<ctrl-p>produção<enter>");
    assert_eq!(desk.app.profile().name, "produção");
    assert_eq!(desk.app.draft().to, "");
    assert_eq!(desk.app.draft().message, Kind::Text.empty());
}

#[test]
fn what_was_written_goes_with_to_any_gateway() {
    let mut desk = resuming(order());
    desk.happen(opened(Last::Nothing));
    desk.press("日");
    let mut real = desk.app.profiles[0].clone();
    real.name = "produção".into();
    real.token = wacompose::config::TokenSource::Env("TOKEN".into());
    desk.app.profiles.push(real);
    desk.press("<ctrl-p>produção<enter>");
    assert!(desk.app.draft().message.text().ends_with('日'));
}

// -------------------------------------------------------------------- what another kind set aside

#[test]
fn what_another_kind_set_aside_is_kept_and_comes_back() {
    let mut desk = desk(order());
    desk.go(Focus::Kind).press("<left>").wait(SECOND);
    let kept = asks(&mut desk);
    let Some(Ask::Keep { draft, aside, .. }) = kept.last() else {
        panic!("{kept:?}")
    };
    assert_eq!(draft.message.kind(), Kind::Text);
    assert_eq!(aside[..], [order().message]);

    let mut next = resuming(order());
    let mut last = taken(0, (**draft).clone());
    last.kept.aside.clone_from(aside);
    next.happen(opened(Last::Draft(last)));
    next.take_effects();
    next.wait(SECOND);
    assert_eq!(keeps(&asks(&mut next)), [], "it is kept already");
    next.go(Focus::Kind).press("<right>");
    assert_eq!(next.app.draft(), &order());
}

#[test]
fn what_says_nothing_but_as_another_kind_is_not_forgotten() {
    let mut draft = order();
    draft.to.clear();
    if let Message::Buttons(buttons) = &mut draft.message {
        buttons.text.clear();
    }
    let mut desk = desk(draft);
    desk.go(Focus::Kind).press("<left>").wait(SECOND);
    desk.press("<ctrl-n>");
    assert_eq!(forgets(&asks(&mut desk)), []);
}

// -------------------------------------------------------------------- the list

#[test]
fn what_is_said_of_a_deleted_draft_goes_when_it_is_back() {
    let mut desk = desk(text("a 日"));
    desk.press("!").wait(SECOND);
    for ask in asks(&mut desk) {
        if let Ask::Keep { slot, draft, .. } = ask {
            let written = Ok(DraftId(1));
            desk.happen(Event::Store(Told::Saved {
                slot,
                draft,
                written,
            }));
        }
    }
    desk.press("<alt-l>");
    desk.happen(Event::Store(Told::Drafts(vec![crate::keep::row(
        1, None, "a 日!",
    )])));
    desk.press("<del>");
    assert!(shows(&desk, "is deleted"), "{}", desk.screen());
    desk.press("<ctrl-z>");
    assert!(!shows(&desk, "is deleted"), "{}", desk.screen());
    assert!(shows(&desk, "back in the list"), "{}", desk.screen());
}

#[rstest]
#[case::none("", "No drafts yet")]
#[case::none_found("日", "No draft has these words")]
fn an_empty_list_says_why(#[case] search: &str, #[case] words: &str) {
    let mut desk = desk(text("a 日"));
    desk.press("<alt-l>");
    desk.happen(Event::Store(Told::Drafts(Vec::new())));
    desk.press(search);
    assert!(shows(&desk, words), "{}", desk.screen());
}
