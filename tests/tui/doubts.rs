//! Messages of unknown outcome: what is asked, proposed and settled.

use crate::desk::{Desk, LOOK, order};
use crate::history::{asks, at, entry, listed, opened, sent};
use rstest::rstest;
use wacompose::config::Profile;
use wacompose::failure::Failure;
use wacompose::gateway::GatewayKind;
use wacompose::gateway::journal::{Found, LookedUp};
use wacompose::store::{Entry, Resolution, SendId, SendState};
use wacompose::tui::effect::Effect;
use wacompose::tui::event::Event;
use wacompose::tui::keep::{Ask, Told, Why};
use wacompose::tui::question::{Answer, Question};

fn in_doubt(id: i64, profile: &str, gateway: GatewayKind) -> Entry {
    Entry {
        profile: profile.into(),
        gateway,
        ended: None,
        message_id: None,
        ..entry(id, SendState::Unknown)
    }
}

pub fn doubting(width: u16, height: u16) -> Desk {
    let profile = Profile::sandbox(GatewayKind::Wuts);
    let mut desk = Desk::new(order(), profile, width, height);
    let wuts = in_doubt(1, "sandbox", GatewayKind::Wuts);
    let name = Profile::sandbox(GatewayKind::GreenApi).name;
    let green = in_doubt(2, &name, GatewayKind::GreenApi);
    desk.take_effects();
    desk.happen(opened(vec![wuts, green]));
    desk
}

#[rstest]
fn a_doubt_on_the_screen(#[values((80, 24), (120, 40), (50, 15))] size: (u16, u16)) {
    let (width, height) = size;
    let mut desk = doubting(width, height);
    desk.wait(LOOK);
    insta::assert_snapshot!(format!("doubt_{width}x{height}"), desk.screen());
    desk.press("<esc>");
    assert!(desk.screen().contains("Looking into"), "{}", desk.screen());
}

#[rstest]
#[case::sent("<right><enter>", &[Ask::MarkSent { id: SendId(1), message_id: None }])]
#[case::sent_by_tab("<tab><enter>", &[Ask::MarkSent { id: SendId(1), message_id: None }])]
#[case::kept("<left><enter>", &[Ask::KeepUnknown(SendId(1))])]
#[case::kept_around("<up><right><left><enter>", &[Ask::KeepUnknown(SendId(1))])]
#[case::again("<right><right><enter>", &[Ask::Look { id: SendId(1), why: Why::Again }])]
#[case::later("<esc>", &[])]
#[case::later_after_all("<left><esc>", &[])]
#[case::a_stray_enter("<enter><enter>", &[])]
#[case::typed_on("日本 olá<enter>", &[])]
#[case::typed_on_after_a_tab("<tab>olá 👩‍👩‍👧<enter>", &[])]
fn what_is_said_about_a_doubt(#[case] keys: &str, #[case] expected: &[Ask]) {
    let mut desk = doubting(80, 24);
    desk.take_effects();
    desk.press(keys);
    assert_eq!(asks(&mut desk), expected);
}

/// A journal with messages that are likely the one that was looked for.
fn journal(ids: &[&str]) -> LookedUp {
    let likely = ids.iter().map(|&id| Found {
        message_id: id.into(),
        time: Some(1_772_371_927),
        status: Some("delivered".into()),
    });
    LookedUp {
        likely: likely.collect(),
        hardly: Vec::new(),
        is_whole: true,
        unread_queue: None,
    }
}

fn looks_up(desk: &mut Desk, id: i64, looked_up: LookedUp) {
    desk.happen(Event::Told {
        profile: "sandbox-green-api".into(),
        answer: Answer::LookedUp(SendId(id), Ok(looked_up)),
    });
}

#[rstest]
#[case::missing(journal(&[]), "does not have it")]
#[case::found(journal(&["BAE5日"]), "has it as BAE5日")]
#[case::not_told_apart(LookedUp { hardly: journal(&["BAE5日"]).likely, ..journal(&[]) }, "does not say")]
#[case::not_seen(LookedUp { is_whole: false, ..journal(&[]) }, "does not say")]
fn a_journal_says_no_more_than_it_knows(#[case] looked_up: LookedUp, #[case] words: &str) {
    let mut desk = doubting(80, 24);
    desk.press("<esc>");
    looks_up(&mut desk, 2, looked_up);
    let screen = desk.screen();
    let said = ["does not have it", "has it as", "does not say"];
    let said: Vec<_> = said.iter().filter(|said| screen.contains(*said)).collect();
    assert_eq!(said.len(), 1, "{screen}");
    assert!(screen.contains(words), "{screen}");
}

/// What is found once is not two messages.
#[test]
fn what_one_message_is_said_to_be_another_one_is_not() {
    let mut desk = at(80, 24);
    let name = Profile::sandbox(GatewayKind::GreenApi).name;
    let doubts = [1, 2].map(|id| in_doubt(id, &name, GatewayKind::GreenApi));
    desk.happen(opened(doubts.to_vec()));
    looks_up(&mut desk, 1, journal(&["BAE5日"]));
    looks_up(&mut desk, 2, journal(&["BAE5日"]));
    desk.take_effects();
    desk.press("<right><enter>");
    assert_eq!(asks(&mut desk).len(), 1);
    let screen = desk.screen();
    assert!(screen.contains("does not say"), "{screen}");
    desk.press("<right><enter>");
    let expected = Ask::MarkSent {
        id: SendId(2),
        message_id: None,
    };
    assert_eq!(asks(&mut desk), [expected]);
}

#[test]
fn the_journal_is_asked_and_proposes() {
    let mut desk = doubting(80, 24);
    let effects = desk.take_effects();
    let question = Question::LookUp(SendId(2));
    assert!(effects.iter().any(
        |effect| matches!(effect, Effect::Question { question: asked, .. } if *asked == question)
    ));
    desk.press("<esc>");
    looks_up(&mut desk, 2, journal(&["BAE5日"]));
    assert!(desk.screen().contains("BAE5日"), "{}", desk.screen());
    assert!(
        desk.screen().contains("[✓Mark as sent ]"),
        "{}",
        desk.screen()
    );
    desk.take_effects();
    desk.press("<enter>");
    assert_eq!(asks(&mut desk), [], "a proposal is no choice");
    desk.press("<right><enter>");
    let expected = Ask::MarkSent {
        id: SendId(2),
        message_id: Some("BAE5日".into()),
    };
    assert_eq!(asks(&mut desk), [expected]);
    assert!(desk.app.modals.is_empty());
}

/// What is chosen stays chosen, whatever the journal says then; an id that was not seen yet is not
/// agreed to.
#[rstest]
#[case::kept("<left>", Ok(journal(&["BAE5日"])), Ask::KeepUnknown(SendId(2)))]
#[case::kept_and_failed("<left>", Err(Failure::new("gone")), Ask::KeepUnknown(SendId(2)))]
#[case::sent("<right>", Ok(journal(&["BAE5日"])), Ask::MarkSent { id: SendId(2), message_id: None })]
#[case::again("<right><right>", Err(Failure::new("gone")), Ask::Look { id: SendId(2), why: Why::Again })]
fn a_look_up_moves_no_choice(
    #[case] keys: &str,
    #[case] found: Result<LookedUp, Failure>,
    #[case] expected: Ask,
) {
    let mut desk = doubting(80, 24);
    desk.press("<esc>").press(keys);
    desk.take_effects();
    desk.happen(Event::Told {
        profile: "sandbox-green-api".into(),
        answer: Answer::LookedUp(SendId(2), found),
    });
    desk.press("<enter>");
    assert_eq!(asks(&mut desk), [expected]);
}

/// Where four choices are more than a row.
#[test]
fn every_choice_is_seen_in_a_narrow_dialog() {
    let mut desk = doubting(50, 15);
    desk.press("<esc>");
    desk.happen(Event::Told {
        profile: "sandbox-green-api".into(),
        answer: Answer::LookedUp(SendId(2), Err(Failure::new("日本"))),
    });
    let screen = desk.screen();
    for choice in ["Mark as sent", "Send again", "Look it up", "Keep"] {
        assert!(screen.contains(&format!("[ {choice} ]")), "{screen}");
    }
    for row in screen.lines() {
        assert!(row.ends_with(['│', '┐', '┘', '┤']), "{row} of\n{screen}");
    }
}

#[test]
fn a_click_chooses() {
    let mut desk = doubting(80, 24);
    desk.take_effects();
    let screen = desk.screen();
    let row = screen.lines().position(|row| row.contains("[ Keep ]"));
    let line = screen.lines().nth(row.unwrap()).unwrap();
    let column = line.chars().position(|c| c == 'K').unwrap();
    let at = |number| u16::try_from(number).unwrap();
    desk.click(at(column), at(row.unwrap()));
    assert_eq!(asks(&mut desk), [Ask::KeepUnknown(SendId(1))]);
}

#[test]
fn an_enter_without_a_choice_says_how_to_choose() {
    let mut desk = doubting(80, 24);
    assert!(desk.screen().contains("← → choose"), "{}", desk.screen());
    desk.press("<enter><left>");
    assert!(desk.screen().contains("Enter picks"), "{}", desk.screen());
    assert!(
        desk.screen().contains("Outcome unknown"),
        "{}",
        desk.screen()
    );
    desk.press("<esc><esc>");
    assert!(desk.screen().contains("Choose with"), "{}", desk.screen());
}

#[test]
fn sending_again_is_asked_by_name_and_settles_the_doubt() {
    let mut desk = doubting(80, 24);
    let told = || {
        let sent = sent(in_doubt(1, "sandbox", GatewayKind::Wuts));
        Event::Store(Told::Looked {
            why: Why::Again,
            sent,
        })
    };
    desk.press("<right><right><enter>");
    desk.happen(told());
    assert!(
        desk.screen().contains("Send it again?"),
        "{}",
        desk.screen()
    );
    assert!(desk.screen().contains("arrives twice"), "{}", desk.screen());
    // Enter alone does not.
    desk.press("<enter>");
    assert!(
        desk.screen().contains("Outcome unknown"),
        "{}",
        desk.screen()
    );
    desk.happen(told());
    desk.take_effects();
    desk.press("<left><enter>");
    let effects = desk.take_effects();
    assert!(
        matches!(
            &effects[..],
            // The message in the form is the same: once it is accepted, it is no draft any more.
            [
                Effect::Store(Ask::Keep { .. }),
                Effect::Send {
                    again: Some(SendId(1)),
                    from: Some(_),
                    ..
                }
            ]
        ),
        "{effects:?}"
    );
    assert_eq!(desk.app.modals.len(), 1, "the other one");
}

#[test]
fn a_profile_that_is_gone_is_told() {
    let mut desk = at(80, 24);
    let sent = sent(in_doubt(1, "gone", GatewayKind::Wuts));
    desk.happen(Event::Store(Told::Looked {
        why: Why::Again,
        sent,
    }));
    assert!(
        desk.screen().contains("not there any more"),
        "{}",
        desk.screen()
    );
}

#[test]
fn the_history_settles_a_doubt_later() {
    let mut desk = listed(80, 24);
    desk.press("<down><alt-u>");
    assert!(
        desk.screen().contains("No answer came"),
        "{}",
        desk.screen()
    );
    desk.press("<right><enter>");
    let changed = Entry {
        resolution: Some(Resolution::Sent),
        ..entry(4, SendState::Unknown)
    };
    desk.happen(Event::Store(Told::Changed(Box::new(changed))));
    assert!(desk.screen().contains("marked sent"), "{}", desk.screen());
    desk.press("<down><alt-u>");
    assert!(desk.screen().contains("It is known"), "{}", desk.screen());
}
