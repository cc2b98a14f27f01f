//! The outbox: begun before, finished after, in doubt in between, and settled by a person.

use std::time::Duration;

use rstest::rstest;
use wacompose::gateway::wire::{Piece, Response};
use wacompose::gateway::{Account, Exchange, Fallback, GatewayKind, Outcome, Refusal};
use wacompose::message::file::{self, Format};
use wacompose::store::{Begin, Resolution, SendId, SendState, Store, StoreError};

use super::{Data, NOW, WIDE, accepted, begin, refusal, request, text};

/// A message in doubt: its store is closed before anything is heard of it.
fn in_doubt(data: &Data) -> SendId {
    let mut store = data.open();
    begin(&mut store, &text("+55 11 99999-9999", WIDE), NOW, None)
}

#[test]
fn a_message_is_there_before_it_is_sent_and_after() {
    let data = Data::new();
    let mut store = data.open();
    let draft = text("+55 11 99999-9999", WIDE);
    let id = begin(&mut store, &draft, NOW, None);
    let begun = data.open().sent(id).unwrap();
    assert_eq!(begun.entry.state, SendState::Sending);
    assert_eq!(begun.entry.started, NOW);
    assert_eq!(begun.entry.started_utc, "2026-03-01T17:32:07.123Z");
    assert_eq!(begun.entry.profile, "Produção");
    assert_eq!(begun.entry.gateway, GatewayKind::Wuts);
    assert_eq!(begun.entry.file.as_deref(), Some("order.toml"));
    assert_eq!(begun.outcome(), None);
    assert_eq!(
        (begun.draft, begun.request),
        (draft.clone(), request(&draft))
    );

    let exchange = accepted(&draft, "3EB0");
    store.finish(id, &exchange, NOW + 1234).unwrap();
    let sent = data.open().sent(id).unwrap();
    assert_eq!(sent.entry.state, SendState::Accepted);
    assert_eq!(sent.entry.ended, Some(NOW + 1234));
    assert_eq!(sent.entry.message_id.as_deref(), Some("3EB0"));
    assert_eq!(sent.entry.status, Some(200));
    assert_eq!(sent.entry.attempts, 2);
    assert_eq!(sent.entry.elapsed, Some(Duration::from_millis(1234)));
    assert_eq!(sent.response, exchange.response);
    assert_eq!(sent.outcome(), Some(exchange.outcome));
    assert_eq!(store.interrupted().unwrap(), []);
}

/// A refusal in which nothing is empty.
fn whole_refusal() -> Refusal {
    Refusal {
        explanation: format!("what {WIDE} means"),
        repeatable: true,
        instead: vec![Fallback::InteractiveReply, Fallback::NumberedText],
        ..refusal("466")
    }
}

fn answer() -> Response {
    Response {
        status: 466,
        headers: vec![("Retry-After".to_owned(), "日本".to_owned())],
        body: vec![0xff, 0, b'"', 0xe6],
        truncated: true,
    }
}

#[rstest]
#[case::refused(
    Some(answer()),
    Outcome::Rejected(whole_refusal()),
    SendState::Rejected
)]
#[case::cancelled_before_the_next_attempt(
    Some(answer()),
    Outcome::Rejected(refusal("cancelled")),
    SendState::NotSent
)]
#[case::cancelled_after_it_was_written(
    None,
    Outcome::Unknown(refusal("cancelled")),
    SendState::Unknown
)]
#[case::never_there(None, Outcome::Rejected(whole_refusal()), SendState::NotSent)]
#[case::no_answer(None, Outcome::Unknown(whole_refusal()), SendState::Unknown)]
#[case::no_sense(Some(answer()), Outcome::Unknown(refusal("200")), SendState::Unknown)]
#[case::taken(
    Some(answer()),
    Outcome::Accepted { message_id: WIDE.to_owned() },
    SendState::Accepted
)]
fn every_outcome_is_kept(
    #[case] response: Option<Response>,
    #[case] outcome: Outcome,
    #[case] state: SendState,
) {
    let data = Data::new();
    let mut store = data.open();
    let draft = text("5511", WIDE);
    let id = begin(&mut store, &draft, NOW, None);
    let exchange = Exchange {
        request: request(&draft),
        response: response.clone(),
        outcome: outcome.clone(),
        elapsed: Duration::from_secs(60),
        attempts: 5,
    };
    store.finish(id, &exchange, NOW).unwrap();
    let sent = store.sent(id).unwrap();
    assert_eq!(sent.entry.state, state);
    assert_eq!(sent.outcome(), Some(outcome));
    assert_eq!(sent.response, response);
    // It is known what is known: nobody is asked.
    drop(store);
    assert_eq!(data.open().interrupted().unwrap(), []);
    // The end is written once.
    let again = data.open().finish(id, &exchange, NOW).unwrap_err();
    assert!(matches!(again, StoreError::Settled(_)), "{again}");
}

#[test]
fn what_was_given_up_was_not_sent() {
    let data = Data::new();
    let mut store = data.open();
    let id = begin(&mut store, &text("5511", WIDE), NOW, None);
    store.finish_unsent(id, &refusal("token"), NOW).unwrap();
    let sent = store.sent(id).unwrap();
    assert_eq!(sent.entry.state, SendState::NotSent);
    assert_eq!(sent.outcome(), Some(Outcome::Rejected(refusal("token"))));
    assert_eq!(sent.response, None);
}

#[test]
fn a_message_in_doubt_is_marked_as_sent() {
    let data = Data::new();
    let id = in_doubt(&data);
    let mut store = data.open();
    assert_eq!(store.interrupted().unwrap()[0].id, id);
    store.mark_sent(id, Some("3EB0日")).unwrap();
    assert_eq!(store.interrupted().unwrap(), []);
    let sent = store.sent(id).unwrap().entry;
    assert_eq!(sent.state, SendState::Unknown);
    assert_eq!(sent.resolution, Some(Resolution::Sent));
    assert_eq!(sent.message_id.as_deref(), Some("3EB0日"));
    assert_eq!(
        store.mark_sent(id, None).unwrap_err().to_string(),
        format!("the outcome of message {id} is known already")
    );
    assert_eq!(store.history("3eb0日", None, 9).unwrap().len(), 1);
}

#[test]
fn a_message_in_doubt_is_left_as_it_is_until_more_is_known() {
    let data = Data::new();
    let id = in_doubt(&data);
    let mut store = data.open();
    store.keep_unknown(id).unwrap();
    assert_eq!(store.interrupted().unwrap(), []);
    assert!(store.keep_unknown(id).is_err());
    assert_eq!(
        store.sent(id).unwrap().entry.resolution,
        Some(Resolution::Kept)
    );
    drop(store);
    let mut store = data.open();
    assert_eq!(store.interrupted().unwrap(), [], "nobody is asked again");
    store.mark_sent(id, None).unwrap();
}

#[test]
fn a_message_in_doubt_is_sent_again() {
    let data = Data::new();
    let id = in_doubt(&data);
    let mut store = data.open();
    let draft = store.sent(id).unwrap().draft;
    let again = begin(&mut store, &draft, NOW + 1, Some(id));
    assert_eq!(store.interrupted().unwrap(), []);
    assert_eq!(
        store.sent(id).unwrap().entry.resolution,
        Some(Resolution::Again)
    );
    assert_eq!(store.sent(again).unwrap().entry.state, SendState::Sending);
}

#[test]
fn only_what_is_unknown_is_settled() {
    let data = Data::new();
    let mut store = data.open();
    let draft = text("5511", WIDE);
    let id = begin(&mut store, &draft, NOW, None);
    assert!(matches!(
        store.mark_sent(id, None),
        Err(StoreError::Settled(_))
    ));
    store.finish(id, &accepted(&draft, "3EB0"), NOW).unwrap();
    assert!(matches!(
        store.keep_unknown(id),
        Err(StoreError::Settled(_))
    ));
    let missing = store.mark_sent(SendId(4711), None).unwrap_err();
    assert_eq!(
        missing.to_string(),
        "there is no message 4711 in the history"
    );
}

#[test]
fn who_was_taken_for_gone_has_the_last_word() {
    let data = Data::new();
    let mut store = data.open();
    let draft = text("5511", WIDE);
    let id = begin(&mut store, &draft, NOW, None);
    // As on a file system without locks: to the other it looks as if this store were gone.
    for entry in data.folder().read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.to_string_lossy().contains("running-") {
            std::fs::remove_file(path).unwrap();
        }
    }
    assert_eq!(data.open().interrupted().unwrap()[0].id, id);
    store.finish(id, &accepted(&draft, "3EB0"), NOW).unwrap();
    assert_eq!(store.sent(id).unwrap().entry.state, SendState::Accepted);
    assert_eq!(store.interrupted().unwrap(), []);
}

#[rstest]
fn every_request_is_kept_as_it_is(
    #[values(GatewayKind::Wuts, GatewayKind::GreenApi, GatewayKind::CloudApi)] gateway: GatewayKind,
) {
    let mut store = Store::in_memory().unwrap();
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples");
    let account = Account::public(gateway);
    let mut seen = 0;
    for sample in samples.read_dir().unwrap() {
        let path = sample.unwrap().path();
        if path.extension().is_none_or(|end| end != "toml") {
            continue;
        }
        let draft = file::parse(&std::fs::read_to_string(path).unwrap(), Format::Toml).unwrap();
        let Ok(request) = account.encode(&draft) else {
            continue;
        };
        let id = store
            .begin(&Begin {
                profile: "p",
                gateway,
                draft: &draft,
                request: &request,
                file: None,
                now: NOW,
                again: None,
                from: None,
            })
            .unwrap();
        let kept = store.sent(id).unwrap().request;
        assert_eq!(kept, request);
        let mut pieces = kept
            .url
            .0
            .iter()
            .chain(kept.headers.iter().flat_map(|(_, t)| &t.0));
        assert!(
            pieces.any(|piece| *piece == Piece::Token),
            "its place is kept"
        );
        seen += 1;
    }
    assert!(seen > 1);
}
