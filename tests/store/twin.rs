//! The same again: what was taken lately, or may have been, is found.

use std::time::Duration;

use rstest::rstest;
use wacompose::gateway::journal::{Found, LookedUp, Traced, Verdict};
use wacompose::gateway::{Account, Exchange, GatewayKind, Outcome, Refusal};
use wacompose::message::{Draft, Quote};
use wacompose::store::{Begin, Begun, SendId, SendState, Store, Twin, TwinState};

use super::{DAY, Data, NOW, WIDE, accepted, begin, refusal, request, text};

const TO: &str = "+55 11 99999-9999";

fn message() -> Draft {
    text(TO, WIDE)
}

fn find(store: &Store, draft: &Draft, now: i64) -> Option<Twin> {
    store.same_again("Produção", &request(draft), now).unwrap()
}

fn found(store: &Store) -> Option<(TwinState, Option<SendId>)> {
    find(store, &message(), NOW).map(|twin| (twin.state, twin.id))
}

/// Begins a message that is not to be sent twice.
fn begin_once(store: &mut Store, draft: &Draft, again: Option<SendId>) -> Begun {
    let begin = Begin {
        profile: "Produção",
        gateway: GatewayKind::Wuts,
        draft,
        request: &request(draft),
        file: None,
        now: NOW,
        again,
        from: None,
    };
    store.begin_unless_same(&begin).unwrap()
}

fn ended(outcome: Outcome, has_answer: bool) -> Exchange {
    let accepted = accepted(&message(), "3EB0");
    Exchange {
        response: accepted.response.filter(|_| has_answer),
        outcome,
        ..accepted
    }
}

fn unknown() -> Exchange {
    ended(Outcome::Unknown(refusal("timeout")), false)
}

fn send(store: &mut Store, draft: &Draft, exchange: &Exchange) -> SendId {
    let id = begin(store, draft, NOW, None);
    store.finish(id, exchange, NOW + 5).unwrap();
    id
}

#[test]
fn what_was_accepted_is_found_with_its_time_and_id() {
    let data = Data::new();
    let mut store = data.open();
    assert_eq!(find(&store, &message(), NOW), None);
    let id = send(&mut store, &message(), &accepted(&message(), "3EB0日"));
    // In any later run.
    drop(store);
    let store = data.open();
    let twin = find(&store, &message(), NOW).unwrap();
    let started_local = store.sent(id).unwrap().entry.started_local;
    assert_eq!(started_local, store.local_time(NOW).unwrap());
    assert_eq!(
        twin.to_string(),
        format!("already sent {started_local} as 3EB0日")
    );
    let expected = Twin {
        id: Some(id),
        started: NOW,
        started_local,
        state: TwinState::Accepted,
        message_id: Some("3EB0日".to_owned()),
    };
    assert_eq!(twin, expected);
}

#[rstest]
#[case::accepted(accepted(&message(), "3EB0"), Some(TwinState::Accepted))]
#[case::unknown(unknown(), Some(TwinState::Unknown))]
#[case::answered_and_unknown(
    ended(Outcome::Unknown(refusal("502")), true),
    Some(TwinState::Unknown)
)]
#[case::rejected(ended(Outcome::Rejected(refusal("400")), true), None)]
#[case::never_there(ended(Outcome::Rejected(refusal("connect")), false), None)]
#[case::cancelled_between(ended(Outcome::Rejected(refusal("cancelled")), true), None)]
fn only_what_may_have_been_taken_counts(
    #[case] exchange: Exchange,
    #[case] expected: Option<TwinState>,
) {
    let mut store = Store::in_memory().unwrap();
    let id = send(&mut store, &message(), &exchange);
    assert_eq!(found(&store), expected.map(|state| (state, Some(id))));
}

#[test]
fn what_was_given_up_before_it_left_does_not_count() {
    let mut store = Store::in_memory().unwrap();
    let id = begin(&mut store, &message(), NOW, None);
    store.finish_unsent(id, &Refusal::default(), NOW).unwrap();
    assert_eq!(found(&store), None);
}

#[rstest]
#[case::other_spelling(text("5511999999999", WIDE), true)]
#[case::other_address(text("5511999999999@c.us", WIDE), true)]
#[case::blanks(text(" +55 11 99999-9999 ", &format!("\n {WIDE}\t\n")), true)]
#[case::other_recipient(text("+55 11 99999-9998", WIDE), false)]
#[case::other_text(text(TO, "日"), false)]
#[case::quote(Draft { quote: Some(Quote { id: "3EB0".to_owned(), ..Quote::default() }), ..message() }, false)]
#[case::delay(Draft { delay: Some(2), ..message() }, false)]
fn what_is_the_same(#[case] other: Draft, #[case] is_same: bool) {
    let mut store = Store::in_memory().unwrap();
    send(&mut store, &message(), &accepted(&message(), "3EB0"));
    assert_eq!(find(&store, &other, NOW).is_some(), is_same);
    let begun = begin_once(&mut store, &other, None);
    assert_eq!(matches!(begun, Begun::Before(_)), is_same, "{begun:?}");
}

#[test]
fn another_profiles_message_is_another() {
    let mut store = Store::in_memory().unwrap();
    send(&mut store, &message(), &accepted(&message(), "3EB0"));
    let other = store.same_again("Homologação", &request(&message()), NOW);
    assert_eq!(other.unwrap(), None);
    // Where the profile's gateway is does not count.
    let account = Account {
        base_url: "http://127.0.0.1:4711".to_owned(),
        ..Account::public(GatewayKind::Wuts)
    };
    let elsewhere = account.encode(&message()).unwrap();
    let found = store.same_again("Produção", &elsewhere, NOW).unwrap();
    assert!(found.is_some());
}

#[rstest]
#[case::just_now(0, true)]
#[case::a_day(DAY, true)]
#[case::more_than_a_day(DAY + 1, false)]
#[case::a_clock_that_was_set_back(-400 * DAY, true)]
fn it_is_lately_for_a_day(#[case] ago: i64, #[case] is_found: bool) {
    let mut store = Store::in_memory().unwrap();
    send(&mut store, &message(), &accepted(&message(), "3EB0"));
    assert_eq!(find(&store, &message(), NOW + ago).is_some(), is_found);
}

/// What was taken for certain is told before what may have been, and of these the newest.
#[test]
fn the_most_certain_and_then_the_newest_is_told() {
    let mut store = Store::in_memory().unwrap();
    let first = send(&mut store, &message(), &unknown());
    let second = send(&mut store, &message(), &unknown());
    assert_eq!(found(&store), Some((TwinState::Unknown, Some(second))));
    let third = send(&mut store, &message(), &accepted(&message(), "3EB0"));
    let fourth = send(&mut store, &message(), &accepted(&message(), "3EB1"));
    send(&mut store, &message(), &unknown());
    assert_eq!(found(&store), Some((TwinState::Accepted, Some(fourth))));
    assert!(first < second && third < fourth);
}

#[test]
fn what_was_said_of_an_unknown_one_counts() {
    let mut store = Store::in_memory().unwrap();
    let id = send(&mut store, &message(), &unknown());
    store.keep_unknown(id).unwrap();
    assert_eq!(found(&store), Some((TwinState::Unknown, Some(id))));
    store.mark_sent(id, None).unwrap();
    assert_eq!(found(&store), Some((TwinState::Accepted, Some(id))));
    let twin = find(&store, &message(), NOW).unwrap();
    assert!(twin.to_string().starts_with("already sent "), "{twin}");

    let mut store = Store::in_memory().unwrap();
    let id = send(&mut store, &message(), &unknown());
    store.mark_sent(id, Some("3EB0日")).unwrap();
    let twin = find(&store, &message(), NOW).unwrap();
    assert_eq!(twin.message_id.as_deref(), Some("3EB0日"));
}

/// The one in its place may never have left: then the first one may have been taken.
#[rstest]
#[case::never_left(
    ended(Outcome::Rejected(refusal("connect")), false),
    TwinState::Unknown,
    1
)]
#[case::accepted(accepted(&message(), "3EB0"), TwinState::Accepted, 2)]
#[case::unknown_too(unknown(), TwinState::Unknown, 2)]
fn what_another_was_sent_in_place_of(
    #[case] second: Exchange,
    #[case] state: TwinState,
    #[case] id: i64,
) {
    let mut store = Store::in_memory().unwrap();
    let first = send(&mut store, &message(), &unknown());
    let again = begin(&mut store, &message(), NOW, Some(first));
    store.finish(again, &second, NOW).unwrap();
    assert_eq!(found(&store), Some((state, Some(SendId(id)))));
}

#[test]
fn what_is_under_way_may_have_been_sent() {
    let data = Data::new();
    let mut store = data.open();
    let id = begin(&mut store, &message(), NOW, None);
    assert_eq!(found(&store), Some((TwinState::UnderWay, Some(id))));
    // Seen by another run, and when the one that sent it is gone.
    let other = data.open();
    assert_eq!(found(&other), Some((TwinState::UnderWay, Some(id))));
    drop(store);
    assert_eq!(found(&other), Some((TwinState::Unknown, Some(id))));
    let twin = find(&other, &message(), NOW).unwrap();
    assert!(
        twin.to_string().starts_with("may have been sent "),
        "{twin}"
    );
}

#[test]
fn of_several_that_begin_at_once_one_does() {
    let data = Data::new();
    drop(data.open());
    let begun: Vec<Begun> = std::thread::scope(|scope| {
        let begin = || begin_once(&mut data.open(), &message(), None);
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(begin)).collect();
        let threads = threads.into_iter();
        threads.map(|thread| thread.join().unwrap()).collect()
    });
    let new = begun.iter().filter(|begun| matches!(begun, Begun::New(_)));
    assert_eq!(new.count(), 1, "{begun:?}");
    assert_eq!(data.open().history("", None, 10).unwrap().len(), 1);
}

#[test]
fn nothing_is_written_of_what_is_not_begun() {
    let mut store = Store::in_memory().unwrap();
    let first = send(&mut store, &message(), &unknown());
    let begun = begin_once(&mut store, &message(), None);
    assert!(matches!(begun, Begun::Before(twin) if twin.id == Some(first)));
    assert_eq!(store.history("", None, 10).unwrap().len(), 1);
    assert_eq!(store.sent(first).unwrap().entry.resolution, None);
}

/// Whoever sends it again knows that it is in doubt, and need not know of one that was accepted since.
#[test]
fn in_place_of_one_in_doubt_only_what_was_taken_speaks_against_it() {
    let mut store = Store::in_memory().unwrap();
    send(&mut store, &message(), &unknown());
    let doubt = send(&mut store, &message(), &unknown());
    let Begun::New(again) = begin_once(&mut store, &message(), Some(doubt)) else {
        unreachable!("others in doubt are no reason");
    };
    store.finish(again, &unknown(), NOW).unwrap();
    let taken = send(&mut store, &message(), &accepted(&message(), "3EB0"));
    let begun = begin_once(&mut store, &message(), Some(again));
    assert!(matches!(begun, Begun::Before(twin) if twin.id == Some(taken)));
    assert_eq!(store.sent(again).unwrap().entry.resolution, None);
}

fn traced(ids: &[&str]) -> Traced {
    let likely = ids.iter().map(|id| Found {
        message_id: (*id).to_owned(),
        time: Some(1_772_386_328),
        status: Some("delivered".to_owned()),
    });
    Traced {
        found: LookedUp {
            likely: likely.collect(),
            hardly: Vec::new(),
            is_whole: true,
            unread_queue: None,
        },
        times: 1_772_386_327..=1_772_386_330,
    }
}

/// What the journal proves is written; what the history has as another's is not proof.
#[rstest]
#[case::proven(&["BAE5日"], true)]
#[case::another_ones(&["OTHER"], false)]
#[case::the_other_of_two(&["OTHER", "BAE5日"], true)]
#[case::one_of_two(&["BAE5日", "BAE6"], false)]
#[case::none(&[], false)]
fn a_journal_settles_what_it_proves(#[case] ids: &[&str], #[case] is_taken: bool) {
    let data = Data::new();
    let mut store = data.open();
    let other = text(TO, "日");
    send(&mut store, &other, &accepted(&other, "OTHER"));
    let id = send(&mut store, &message(), &unknown());
    let verdict = store.trace(id, traced(ids), NOW).unwrap();
    assert_eq!(
        matches!(verdict, Verdict::Taken(_)),
        is_taken,
        "{verdict:?}"
    );
    let sent = store.sent(id).unwrap().entry;
    let expected = if is_taken {
        (SendState::Accepted, Some("BAE5日"))
    } else {
        (SendState::Unknown, None)
    };
    assert_eq!((sent.state, sent.message_id.as_deref()), expected);
    assert_eq!(sent.elapsed, Some(Duration::from_millis(1234)));
    let listed = store.history("bae5日 accepted", None, 10).unwrap();
    assert_eq!(listed.len(), usize::from(is_taken));
}

#[test]
fn a_journal_settles_what_was_killed_and_nothing_that_is_settled() {
    let data = Data::new();
    let id = begin(&mut data.open(), &message(), NOW, None);
    let mut store = data.open();
    assert_eq!(store.interrupted().unwrap().len(), 1);
    store.trace(id, traced(&["BAE5"]), NOW + 9).unwrap();
    assert_eq!(store.interrupted().unwrap(), []);
    assert_eq!(store.sent(id).unwrap().entry.ended, Some(NOW + 9));
    assert!(store.trace(id, traced(&["BAE6"]), NOW).is_err());
}
