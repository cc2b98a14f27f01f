//! How the gateway stands, and what waits in its queue.

use std::time::Duration;

use crate::desk::{Desk, order};
use crate::history::opened;
use rstest::rstest;
use wacompose::config::{Profile, TokenSource};
use wacompose::failure::Failure;
use wacompose::gateway::queue::Queued;
use wacompose::gateway::state::{State, Status};
use wacompose::gateway::wire::Response;
use wacompose::gateway::{Exchange, GatewayKind, Outcome};
use wacompose::message::Draft;
use wacompose::tui::effect::{Effect, Ticket};
use wacompose::tui::event::{self, Event};
use wacompose::tui::question::{Answer, Question};

const MINUTE: Duration = Duration::from_secs(60);

/// A composer for a gateway elsewhere.
fn elsewhere(gateway: GatewayKind, token: TokenSource) -> Desk {
    let mut profile = Profile::sandbox(gateway);
    profile.name = "p".into();
    profile.token = token;
    let mut desk = Desk::new(order(), profile, 100, 30);
    desk.happen(opened(Vec::new()));
    desk
}

fn questions(desk: &mut Desk) -> Vec<Question> {
    let effects = desk.take_effects().into_iter();
    let asked = effects.filter_map(|effect| match effect {
        Effect::Question { question, .. } => Some(question),
        _ => None,
    });
    asked.collect()
}

fn stands(desk: &mut Desk, state: State) {
    desk.happen(Event::Told {
        profile: "p".into(),
        answer: Answer::State(Status::new(state, "word", "What it means 日本.")),
    });
}

#[test]
fn a_gateway_is_asked_when_it_comes_into_use_and_then_while_keys_are_pressed() {
    let mut desk = elsewhere(GatewayKind::Wuts, TokenSource::Env("T".into()));
    assert_eq!(questions(&mut desk), [Question::State]);
    stands(&mut desk, State::Connected);
    assert!(
        desk.screen().contains("p·wuts ● connected"),
        "{}",
        desk.screen()
    );
    desk.press("x").wait(MINUTE / 2).press("y");
    assert_eq!(questions(&mut desk), []);
    // Nobody presses a key: nobody asks, and nothing wakes.
    desk.wait(MINUTE * 60);
    assert_eq!(questions(&mut desk), []);
    assert_eq!(desk.app.next_wake(), None);
    desk.press("z");
    assert_eq!(questions(&mut desk), [Question::State]);
    // Nor twice at a time.
    desk.wait(MINUTE * 2).press("z");
    assert_eq!(questions(&mut desk), []);
}

#[rstest]
#[case::inside(TokenSource::Sandbox, GatewayKind::Wuts)]
#[case::a_password(TokenSource::Command(vec!["pass".into()]), GatewayKind::Wuts)]
#[case::nothing_to_ask(TokenSource::Env("T".into()), GatewayKind::CloudApi)]
fn others_are_not_asked(#[case] token: TokenSource, #[case] gateway: GatewayKind) {
    let mut desk = elsewhere(gateway, token);
    desk.press("x").wait(MINUTE * 2).press("x");
    assert_eq!(questions(&mut desk), []);
}

fn by_command(gateway: GatewayKind) -> Desk {
    let mut desk = elsewhere(gateway, TokenSource::Command(vec!["pass".into()]));
    assert!(desk.screen().contains("○ not asked"), "{}", desk.screen());
    desk.take_effects();
    desk
}

/// The command may want a password, which was given for the send.
#[rstest]
#[case::green_api(GatewayKind::GreenApi)]
#[case::wuts(GatewayKind::Wuts)]
fn a_tokens_command_is_asked_for_after_a_send_and_no_sooner(#[case] gateway: GatewayKind) {
    let mut desk = by_command(gateway);
    desk.press("x").wait(MINUTE * 2).press("<bs>");
    assert_eq!(questions(&mut desk), []);
    accepted(&mut desk);
    assert_eq!(questions(&mut desk), [Question::State]);
    stands(&mut desk, State::Blocked);
    assert!(desk.screen().contains("✗ blocked"), "{}", desk.screen());
    desk.press("x").wait(MINUTE * 2).press("<bs>");
    assert_eq!(questions(&mut desk), [], "nor later by itself");
    accepted(&mut desk);
    assert_eq!(questions(&mut desk), [Question::State]);
}

#[test]
fn a_token_that_could_not_be_read_is_not_asked_for_again() {
    let mut desk = by_command(GatewayKind::GreenApi);
    desk.press("<f5><enter>");
    let effects = desk.take_effects();
    let ticket = effects.iter().find_map(|effect| match effect {
        Effect::Send { ticket, .. } => Some(*ticket),
        _ => None,
    });
    desk.happen(Event::Answered {
        ticket: ticket.unwrap(),
        sent: Box::new(event::Sent::NotTried(Failure::new("no password"))),
    });
    assert_eq!(questions(&mut desk), []);
}

#[test]
fn a_message_by_a_tokens_command_waits_for_the_phone_too() {
    let mut desk = by_command(GatewayKind::GreenApi);
    accepted(&mut desk);
    stands(&mut desk, State::Disconnected);
    assert!(
        desk.screen().contains("Accepted, waiting for the phone"),
        "{}",
        desk.screen()
    );
}

/// Whoever asks is told, each time.
#[rstest]
#[case::a_command(TokenSource::Command(vec!["pass".into()]))]
#[case::others(TokenSource::Env("T".into()))]
#[case::inside(TokenSource::Sandbox)]
fn a_gateway_is_asked_by_hand_at_any_time(#[case] token: TokenSource) {
    let mut desk = elsewhere(GatewayKind::GreenApi, token);
    stands(&mut desk, State::Connected);
    desk.take_effects();
    for (state, words) in [
        (State::Connected, "p: connected"),
        (State::Disconnected, "What it means 日本."),
        (State::Disconnected, "What it means 日本."),
    ] {
        desk.wait(MINUTE);
        assert!(!desk.screen().contains(words), "{}", desk.screen());
        desk.press("<ctrl-p>gateway for its status<enter>");
        assert_eq!(questions(&mut desk), [Question::State]);
        stands(&mut desk, state);
        assert!(desk.screen().contains(words), "{}", desk.screen());
    }
    // What nobody asked for is not told.
    stands(&mut desk, State::Connected);
    assert!(!desk.screen().contains("p: connected"), "{}", desk.screen());
}

#[test]
fn a_gateway_that_cannot_be_asked_says_so() {
    let mut desk = elsewhere(GatewayKind::CloudApi, TokenSource::Env("T".into()));
    desk.press("<ctrl-p>gateway for its status<enter>");
    assert_eq!(questions(&mut desk), []);
    assert!(
        desk.screen().contains("cannot be asked"),
        "{}",
        desk.screen()
    );
}

#[rstest]
#[case::disconnected(State::Disconnected, "! not connected")]
#[case::asleep(State::Asleep, "! asleep")]
#[case::blocked(State::Blocked, "✗ blocked")]
#[case::no_access(State::NoAccess, "✗ no access")]
#[case::unreachable(State::Unreachable, "✗ unreachable")]
fn what_is_bad_is_explained_once(#[case] state: State, #[case] words: &str) {
    let mut desk = elsewhere(GatewayKind::GreenApi, TokenSource::Env("T".into()));
    stands(&mut desk, state);
    let screen = desk.screen();
    assert!(
        screen.contains(words) && screen.contains("What it means 日本."),
        "{screen}"
    );
    desk.wait(MINUTE);
    stands(&mut desk, state);
    assert!(
        !desk.screen().contains("What it means"),
        "{}",
        desk.screen()
    );
}

pub fn accepted(desk: &mut Desk) {
    desk.press("<f5>");
    if desk.screen().contains("accepted already") {
        // Enter alone does not send the same again.
        desk.press("<left>");
    }
    desk.press("<enter>");
    let effects = desk.take_effects();
    let Some(Effect::Send { ticket, draft, .. }) = effects
        .iter()
        .find(|effect| matches!(effect, Effect::Send { .. }))
    else {
        panic!("{effects:?}");
    };
    answers(desk, *ticket, draft);
}

pub fn answers(desk: &mut Desk, ticket: Ticket, draft: &Draft) {
    let exchange = Exchange {
        request: desk.app.account().encode(draft).unwrap(),
        response: Some(Response {
            status: 200,
            headers: Vec::new(),
            body: b"{}".to_vec(),
            truncated: false,
        }),
        outcome: Outcome::Accepted {
            message_id: "BAE5".into(),
        },
        elapsed: Duration::from_millis(9),
        attempts: 1,
    };
    desk.happen(Event::Answered {
        ticket,
        sent: Box::new(event::Sent::Tried {
            main: Box::new(exchange),
            duplicate: None,
        }),
    });
}

#[test]
fn an_accepted_message_that_waits_for_the_phone_says_so() {
    let mut desk = elsewhere(GatewayKind::GreenApi, TokenSource::Env("T".into()));
    stands(&mut desk, State::Disconnected);
    desk.wait(MINUTE / 4);
    accepted(&mut desk);
    assert!(
        desk.screen().contains("Accepted, waiting for the phone"),
        "{}",
        desk.screen()
    );
    // It is asked again, as that may be old; the phone is back.
    assert_eq!(questions(&mut desk), [Question::State]);
    stands(&mut desk, State::Connected);
    assert!(!desk.screen().contains("waiting for"), "{}", desk.screen());
}

#[test]
fn a_gateway_that_answers_is_not_unreachable_any_more() {
    let mut desk = elsewhere(GatewayKind::Wuts, TokenSource::Env("T".into()));
    stands(&mut desk, State::Unreachable);
    assert!(desk.screen().contains("unreachable"), "{}", desk.screen());
    accepted(&mut desk);
    assert!(!desk.screen().contains("unreachable"), "{}", desk.screen());
}

#[test]
fn the_queue_is_shown_and_cleared_by_name() {
    let mut desk = elsewhere(GatewayKind::GreenApi, TokenSource::Env("T".into()));
    desk.take_effects();
    desk.press("<ctrl-p>what waits<enter>");
    assert_eq!(questions(&mut desk), [Question::Queue]);
    let queued = Queued {
        message_id: Some("BAE5".into()),
        method: "sendMessage".into(),
        to: "5511999999999@c.us".into(),
        text: "Olá 日本 👩‍👩‍👧\u{1b}[31m".into(),
    };
    let told = |answer| Event::Told {
        profile: "p".into(),
        answer,
    };
    desk.happen(told(Answer::Queue(Ok(vec![queued]))));
    assert!(desk.screen().contains("Olá 日本 👩‍👩‍👧"), "{}", desk.screen());
    desk.press("<esc><ctrl-p>throw away<enter><enter>");
    assert_eq!(questions(&mut desk), [], "Enter alone does not");
    desk.press("<ctrl-p>throw away<enter><left><enter>");
    assert_eq!(questions(&mut desk), [Question::ClearQueue]);
    desk.happen(told(Answer::Cleared(Ok(()))));
    assert!(desk.screen().contains("is empty now"), "{}", desk.screen());
    desk.happen(told(Answer::Queue(Err(Failure::new("it does not answer")))));
    assert!(
        desk.screen().contains("it does not answer"),
        "{}",
        desk.screen()
    );
}

#[test]
fn a_gateway_without_a_queue_says_so() {
    let mut desk = elsewhere(GatewayKind::Wuts, TokenSource::Env("T".into()));
    desk.take_effects();
    desk.press("<ctrl-p>what waits<enter>");
    assert_eq!(questions(&mut desk), []);
    assert!(desk.screen().contains("has no queue"), "{}", desk.screen());
}
