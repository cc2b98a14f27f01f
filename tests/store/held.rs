//! Messages that wait for their turn: in the outbox before anything of them is sent.

use rstest::rstest;
use wacompose::gateway::GatewayKind;
use wacompose::message::Draft;
use wacompose::store::{
    Begin, Begun, PageFrom, Resolution, SendId, SendState, Store, StoreError, TwinState,
};

use super::{Data, NOW, WIDE, accepted, begin, refusal, request, text};

const TO: &str = "+55 11 99999-9999";

/// Holds a text, unless the same was sent before.
fn hold(store: &mut Store, draft: &Draft, again: Option<SendId>) -> Begun {
    let request = request(draft);
    let begin = Begin {
        profile: "Produção",
        gateway: GatewayKind::Wuts,
        draft,
        request: &request,
        file: None,
        now: NOW,
        again,
        from: None,
    };
    store.hold_unless_same(&begin).unwrap()
}

fn held(store: &mut Store, draft: &Draft, again: Option<SendId>) -> SendId {
    match hold(store, draft, again) {
        Begun::New(id) => id,
        Begun::Before(twin) => panic!("{twin:?}"),
    }
}

fn state(store: &Store, id: SendId) -> SendState {
    store.sent(id).unwrap().entry.state
}

#[test]
fn it_is_sent_when_its_turn_comes() {
    let data = Data::new();
    let mut store = data.open();
    let draft = text(TO, WIDE);
    let id = held(&mut store, &draft, None);
    assert_eq!(state(&store, id), SendState::Held);
    let held = store.history_page("", Some(SendState::Held), PageFrom::Newest, 9);
    assert_eq!(held.unwrap().len(), 1);
    store.begin_held(id, None).unwrap();
    assert_eq!(state(&store, id), SendState::Sending);
    store
        .finish(id, &accepted(&draft, "3EB0"), NOW + 9)
        .unwrap();
    assert_eq!(state(&store, id), SendState::Accepted);
    assert_eq!(store.never_begun().unwrap(), []);
}

/// Its composer is killed: nothing was sent, which is told once.
#[test]
fn what_waited_when_its_store_ended_was_not_sent() {
    let data = Data::new();
    let mut store = data.open();
    let draft = text(TO, WIDE);
    let waits = held(&mut store, &draft, None);
    let begun = held(&mut store, &text(TO, "outra 語"), None);
    store.begin_held(begun, None).unwrap();
    // Another composer leaves alone what this one holds.
    let mut other = data.open();
    assert_eq!(other.never_begun().unwrap(), []);
    let Begun::Before(twin) = hold(&mut other, &draft, None) else {
        panic!("it is being sent");
    };
    assert_eq!((twin.id, twin.state), (Some(waits), TwinState::UnderWay));
    drop(other);
    drop(store);
    let mut store = data.open();
    assert_eq!(state(&store, waits), SendState::NotSent);
    assert_eq!(state(&store, begun), SendState::Unknown);
    let told = store.never_begun().unwrap();
    let ids: Vec<SendId> = told.iter().map(|entry| entry.id).collect();
    assert_eq!(ids, [waits]);
    assert_eq!(store.never_begun().unwrap(), [], "once");
    assert_eq!(store.interrupted().unwrap().len(), 1);
    // It is no reason against sending it.
    assert!(matches!(hold(&mut store, &draft, None), Begun::New(_)));
}

#[test]
fn what_was_taken_back_is_not_sent_and_not_told() {
    let data = Data::new();
    let mut store = data.open();
    let draft = text(TO, WIDE);
    let id = held(&mut store, &draft, None);
    store
        .finish_unsent(id, &refusal("cancelled"), NOW + 5)
        .unwrap();
    assert_eq!(state(&store, id), SendState::NotSent);
    let error = store.begin_held(id, None).unwrap_err();
    assert!(matches!(error, StoreError::Settled(_)), "{error}");
    drop(store);
    assert_eq!(data.open().never_begun().unwrap(), []);
}

/// What it is sent in place of stays in doubt until it leaves.
#[rstest]
#[case::begun(true)]
#[case::never_begun(false)]
fn the_one_in_doubt_is_settled_when_the_other_leaves(#[case] begins: bool) {
    let data = Data::new();
    let mut store = data.open();
    let draft = text(TO, WIDE);
    let doubt = begin(&mut store, &draft, NOW, None);
    drop(store);
    let mut store = data.open();
    let id = held(&mut store, &draft, Some(doubt));
    let resolution = |store: &Store| store.sent(doubt).unwrap().entry.resolution;
    assert_eq!(resolution(&store), None);
    if begins {
        store.begin_held(id, Some(doubt)).unwrap();
        assert_eq!(resolution(&store), Some(Resolution::Again));
    }
    drop(store);
    let mut store = data.open();
    let doubts = store.interrupted().unwrap();
    let doubts: Vec<SendId> = doubts.iter().map(|entry| entry.id).collect();
    assert_eq!(doubts, [if begins { id } else { doubt }]);
}

/// What waits is there after its file was removed under the composer, and after that was killed too.
#[test]
fn it_survives_its_file() {
    let data = Data::new();
    let mut store = data.open();
    let id = held(&mut store, &text(TO, WIDE), None);
    std::fs::remove_file(data.file()).unwrap();
    let recovered = store.recover().unwrap().unwrap();
    let id = recovered.message(id);
    assert_eq!(state(&store, id), SendState::Held);
    store.begin_held(id, None).unwrap();
    assert_eq!(state(&store, id), SendState::Sending);
}
