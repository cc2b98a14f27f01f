//! How a message is sent, whoever sends it: with a ledger of the test's own, and sandboxes on loopback.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rstest::rstest;
use tempfile::TempDir;
use wacompose::config::{Profile, TokenSource};
use wacompose::dispatch::{
    ConnectError, Connection, Connections, Delivered, Dispatch, Ledger, NoteError, Order, Outbox,
    Part, Progress, Requests, Same, Sent, Step, Stops, Tried,
};
use wacompose::gateway::journal::Verdict;
use wacompose::gateway::{Fallback, GatewayKind, Outcome};
use wacompose::message::{Button, Buttons, Draft, Message, Text, file, variables};
use wacompose::picture;
use wacompose::sandbox::Sandbox;
use wacompose::store::{SendState, Store, StoreError, Twin, TwinState};

const TEXT: &str = "Olá 日本 👩‍👩‍👧 e\u{301} שלום";

/// A ledger that writes down what it hears.
#[derive(Default)]
struct Book {
    /// `None` where the outbox is gone.
    outbox: Option<Outbox>,
    heard: Vec<(Part, Progress)>,
    /// What the store had of the message when its request began to be written.
    on_leaving: Vec<SendState>,
}

impl Book {
    fn in_memory() -> Self {
        let store = Store::in_memory().unwrap();
        Self::over(Some(store))
    }

    fn over(store: Option<Store>) -> Self {
        Self {
            outbox: Some(Outbox::new(store)),
            ..Self::default()
        }
    }

    /// The states of all messages, the first one first.
    fn states(&self) -> Vec<SendState> {
        let store = self
            .outbox
            .as_ref()
            .and_then(|outbox| outbox.store.as_ref());
        let entries = store.map_or(Vec::new(), |store| store.history("", None, 100).unwrap());
        entries.iter().rev().map(|entry| entry.state).collect()
    }

    fn heard(&self, is_it: impl Fn(&Progress) -> bool) -> usize {
        let heard = self.heard.iter().filter(|(_, progress)| is_it(progress));
        heard.count()
    }
}

impl Ledger for Book {
    async fn with<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut Outbox) -> T + Send + 'static,
    ) -> Option<T> {
        let outbox = self.outbox.as_mut()?;
        let _ = outbox.recover();
        Some(work(outbox))
    }

    fn hear(&mut self, part: Part, progress: Progress) {
        if progress == Progress::Step(Step::Written) {
            self.on_leaving = self.states();
        }
        self.heard.push((part, progress));
    }
}

/// A sandbox that misbehaves, and a profile to reach it by.
struct Gateway {
    sandbox: Sandbox,
    profile: Profile,
    _folder: TempDir,
}

impl Gateway {
    async fn start(gateway: GatewayKind, faults: &[&str]) -> Self {
        let faults = faults.iter().map(|fault| fault.parse().unwrap()).collect();
        let listen = "127.0.0.1:0".parse().unwrap();
        let sandbox = Sandbox::start(listen, faults, None).await.unwrap();
        let folder = TempDir::new().unwrap();
        let token = folder.path().join("token");
        std::fs::write(&token, sandbox.token().reveal()).unwrap();
        let profile = Profile {
            name: "Produção 日本".to_owned(),
            account: sandbox.account(gateway),
            token: TokenSource::File(token),
            ..Profile::sandbox(gateway)
        };
        Self {
            sandbox,
            profile,
            _folder: folder,
        }
    }

    async fn connect(&self) -> Connection {
        let connections = Connections::default();
        connections.open(self.profile.clone()).await.unwrap()
    }

    /// How many messages it received.
    fn received(&self) -> usize {
        let received = self.sandbox.received();
        let asks = ["getChatHistory", "Queue", "findMessages"];
        let is_sent = |path: &str| !asks.iter().any(|ask| path.contains(ask));
        received.iter().filter(|one| is_sent(&one.path)).count()
    }
}

fn text(text: &str) -> Draft {
    let text = text.to_owned();
    Draft {
        to: "5511999999999".to_owned(),
        message: Message::Text(Text { text }),
        ..Draft::default()
    }
}

fn buttons(to: &str) -> Draft {
    let button = Button {
        id: "confirm".to_owned(),
        text: "Confirm".to_owned(),
        ..Button::default()
    };
    Draft {
        to: to.to_owned(),
        message: Message::Buttons(Buttons {
            text: TEXT.to_owned(),
            buttons: vec![button],
            ..Buttons::default()
        }),
        ..Draft::default()
    }
}

fn order(connection: &Connection, draft: Draft, same: Same) -> Order {
    Order {
        requests: Requests::of(&connection.profile, draft).unwrap(),
        file: Some("日本.toml".to_owned()),
        origin: None,
        again: None,
        same,
        traces: true,
        held: None,
    }
}

async fn send(connection: &Connection, order: Order, book: &mut Book) -> Sent {
    let stops = Stops::default();
    let dispatch = Dispatch {
        connection,
        retries: false,
        stops: &stops,
    };
    dispatch.send(order, book).await
}

fn tried(sent: &Sent) -> &Tried {
    sent.main.as_ref().unwrap()
}

/// What became of a message, in a word.
fn word(delivered: &Delivered) -> &'static str {
    match delivered {
        Ok(tried) => tried.exchange.outcome.name(),
        Err(NoteError::SentBefore(_)) => "before",
        Err(_) => "unnoted",
    }
}

#[tokio::test]
async fn its_row_is_there_before_it_leaves_and_closed_after() {
    let gateway = Gateway::start(GatewayKind::Wuts, &[]).await;
    let connection = gateway.connect().await;
    let mut book = Book::in_memory();
    let order = order(&connection, text(TEXT), Same::Warn);
    let sent = send(&connection, order, &mut book).await;
    assert_eq!(word(&sent.main), "accepted");
    assert_eq!(book.on_leaving, [SendState::Sending]);
    assert_eq!(book.states(), [SendState::Accepted]);
    let id = tried(&sent).id;
    assert!(id.is_some());
    let [
        (Part::Main, Progress::Begun { id: begun, at }),
        (Part::Main, Progress::Step(Step::Written)),
    ] = book.heard.as_slice()
    else {
        panic!("{:?}", book.heard);
    };
    assert_eq!((*begun, at.len()), (id, "11:08".len()));
}

/// Whoever sends it, and wherever it is noted.
#[rstest]
#[tokio::test]
async fn every_sample_comes_to_the_same_on_every_profile_that_is_built_in(
    #[files("assets/samples/*")] sample: PathBuf,
) {
    let values = [("name", "日本"), ("order", "1042")];
    let values = values.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let mut draft = file::read(&sample).unwrap();
    variables::fill(&mut draft, &BTreeMap::from(values));
    picture::put(&mut draft, None);
    let connections = Connections::default();
    let mut accepted = 0;
    for gateway in GatewayKind::ALL {
        let connection = connections.open(Profile::sandbox(gateway)).await.unwrap();
        let Ok(requests) = Requests::of(&connection.profile, draft.clone()) else {
            continue;
        };
        for same in [Same::Warn, Same::Once, Same::Ask, Same::Send] {
            for book in [Book::in_memory(), Book::over(None), Book::default()] {
                let mut book = book;
                let is_noted = !book.states().is_empty() || book.outbox.is_some();
                let order = Order {
                    requests: requests.clone(),
                    ..order(&connection, draft.clone(), same)
                };
                let sent = send(&connection, order, &mut book).await;
                let has_store = book
                    .outbox
                    .as_ref()
                    .is_some_and(|book| book.store.is_some());
                let expected = if same == Same::Once && !(is_noted && has_store) {
                    "unnoted"
                } else {
                    "accepted"
                };
                assert_eq!(
                    word(&sent.main),
                    expected,
                    "{gateway} {same:?} {:?}",
                    sent.main
                );
            }
        }
        accepted += 1;
    }
    assert!(accepted > 0, "{}", sample.display());
}

#[rstest]
#[case::switched_off(GatewayKind::GreenApi, "buttons_method", "sendButtons")]
#[case::version(GatewayKind::CloudApi, "version", "v99.0")]
#[tokio::test]
async fn what_a_profile_chose_stays_on_the_sandbox(
    #[case] gateway: GatewayKind,
    #[case] key: &'static str,
    #[case] value: &str,
) {
    let mut profile = Profile::sandbox(gateway);
    profile.account = profile.account.with(key, value);
    let connections = Connections::default();
    let account = connections.account(&profile).await.unwrap();
    assert_eq!(account.settings[key], value);
    assert_ne!(account.base_url, profile.account.base_url);
    let connection = connections.open(profile).await.unwrap();
    assert_eq!(connection.profile.account, account);
}

#[tokio::test]
async fn a_profile_without_a_token_is_told_with_its_cause() {
    let profile = Profile {
        token: TokenSource::File(Path::new("/nowhere/日本").to_owned()),
        ..Profile::sandbox(GatewayKind::Wuts)
    };
    let error = Connections::default().open(profile).await.unwrap_err();
    assert!(matches!(error, ConnectError::Token(_)));
    let failure = wacompose::failure::Failure::from(error);
    assert_eq!(
        failure.title,
        "the token's file /nowhere/日本 cannot be read"
    );
    assert_eq!(failure.causes.len(), 1, "{failure}");
}

/// What was sent before, and what is done then by each rule.
#[rstest]
#[case::new(None, [("accepted", 1), ("accepted", 1), ("accepted", 1), ("accepted", 1)])]
#[case::accepted(Some(&[][..]), [("accepted", 2), ("accepted", 2), ("before", 1), ("before", 1)])]
#[case::unknown(Some(&["/send/text=drop*1"][..]), [("accepted", 2), ("accepted", 2), ("before", 1), ("before", 1)])]
#[case::refused(Some(&["/send/text=400*1"][..]), [("accepted", 2), ("accepted", 2), ("accepted", 2), ("accepted", 2)])]
#[tokio::test]
async fn the_same_again(
    #[case] earlier: Option<&[&str]>,
    #[case] expected: [(&str, usize); 4],
    #[values(true, false)] has_store: bool,
) {
    let rules = [Same::Send, Same::Warn, Same::Ask, Same::Once];
    for (same, (outcome, received)) in rules.into_iter().zip(expected) {
        let gateway = Gateway::start(GatewayKind::Wuts, earlier.unwrap_or_default()).await;
        let connection = gateway.connect().await;
        let store = has_store.then(|| Store::in_memory().unwrap());
        let mut book = Book::over(store);
        if earlier.is_some() {
            let order = order(&connection, text(TEXT), Same::Send);
            send(&connection, order, &mut book).await;
        }
        if same == Same::Once && !has_store {
            continue;
        }
        // Spaces around it are not sent.
        let again = order(&connection, text(&format!(" {TEXT}\n")), same);
        let sent = send(&connection, again, &mut book).await;
        assert_eq!(word(&sent.main), outcome, "{same:?} {:?}", sent.main);
        assert_eq!(gateway.received(), received, "{same:?}");
        let is_told = same == Same::Warn && outcome == "accepted" && expected[2].0 == "before";
        let told = book.heard(|heard| matches!(heard, Progress::SentBefore(_)));
        assert_eq!(told, usize::from(is_told), "{same:?}");
        let other = order(&connection, text("日本"), same);
        let other = send(&connection, other, &mut book).await;
        assert_eq!(word(&other.main), "accepted");
    }
}

/// What is sent in place of another one is sent only where that is settled with it, and so is what is
/// sent once; what else is sent is sent, and told where the history does not have it.
#[rstest]
#[case::not_open(Book::over(None), false, Same::Ask, "accepted", 0)]
#[case::not_open_and_again(Book::over(None), true, Same::Ask, "the store is not open", 0)]
#[case::not_open_and_once(Book::over(None), false, Same::Once, "the store is not open", 0)]
#[case::gone(Book::default(), false, Same::Ask, "accepted", 1)]
#[case::gone_and_again(Book::default(), true, Same::Ask, "the store has ended", 0)]
#[case::gone_and_once(Book::default(), false, Same::Once, "the store has ended", 0)]
#[case::no_such_message(Book::in_memory(), true, Same::Ask, "there is no message 1", 0)]
#[tokio::test]
async fn without_a_row(
    #[case] mut book: Book,
    #[case] is_again: bool,
    #[case] same: Same,
    #[case] expected: &str,
    #[case] told: usize,
) {
    let gateway = Gateway::start(GatewayKind::Wuts, &[]).await;
    let connection = gateway.connect().await;
    let order = Order {
        again: is_again.then_some(wacompose::store::SendId(1)),
        ..order(&connection, text(TEXT), same)
    };
    let sent = send(&connection, order, &mut book).await;
    match &sent.main {
        Err(why) => assert!(why.to_string().contains(expected), "{why}"),
        main => assert_eq!(word(main), expected),
    }
    assert_eq!(gateway.received(), usize::from(expected == "accepted"));
    let unrecorded = |heard: &Progress| {
        matches!(
            heard,
            Progress::Unrecorded {
                is_later: false,
                ..
            }
        )
    };
    assert_eq!(book.heard(unrecorded), told);
}

/// Removes a store's file, and what is beside it.
fn remove_store(folder: &Path) {
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with(Store::FILE) {
            std::fs::remove_file(path).unwrap();
        }
    }
}

fn opened(folder: &Path) -> Book {
    Book::over(Some(Store::open(Some(folder)).unwrap().store))
}

/// What another process sent into the new file after the store was removed is known.
#[tokio::test]
async fn once_looks_into_the_file_that_is_there_now() {
    let gateway = Gateway::start(GatewayKind::Wuts, &[]).await;
    let connection = gateway.connect().await;
    let home = TempDir::new().unwrap();
    let once = |words: &str| order(&connection, text(words), Same::Once);
    let mut book = opened(home.path());
    send(&connection, once("日"), &mut book).await;
    remove_store(home.path());
    send(&connection, once(TEXT), &mut opened(home.path())).await;
    for words in [TEXT, "日"] {
        let sent = send(&connection, once(words), &mut book).await;
        assert!(
            matches!(sent.main, Err(NoteError::SentBefore(_))),
            "{sent:?}"
        );
    }
    assert_eq!(gateway.received(), 2);
}

/// Where the history cannot be written again, the next run would know of nothing.
#[tokio::test]
async fn once_into_a_store_that_was_removed_for_good() {
    let gateway = Gateway::start(GatewayKind::Wuts, &[]).await;
    let connection = gateway.connect().await;
    let home = TempDir::new().unwrap();
    let folder = home.path().join("data");
    let mut book = opened(&folder);
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "日本").unwrap();
    for _ in 0..2 {
        let once = order(&connection, text(TEXT), Same::Once);
        let sent = send(&connection, once, &mut book).await;
        assert!(matches!(sent.main, Err(NoteError::Lost)), "{sent:?}");
    }
    assert_eq!(gateway.received(), 0);
    let warned = order(&connection, text(TEXT), Same::Warn);
    let sent = send(&connection, warned, &mut book).await;
    assert_eq!(word(&sent.main), "accepted");
}

/// A message that was settled meanwhile, in another program perhaps, keeps no other from being written.
#[tokio::test]
async fn what_cannot_be_finished_holds_up_nothing() {
    let gateway = Gateway::start(GatewayKind::Wuts, &[]).await;
    let connection = gateway.connect().await;
    let mut book = Book::in_memory();
    let one = order(&connection, text(TEXT), Same::Warn);
    let sent = send(&connection, one, &mut book).await;
    let (outbox, tried) = (book.outbox.as_mut().unwrap(), tried(&sent));
    let row = wacompose::dispatch::Row::Written(tried.id.unwrap());
    let again = outbox.finish(row, (*tried.exchange).clone());
    assert!(matches!(again, Err(StoreError::Settled(_))), "{again:?}");
    assert_eq!(outbox.unwritten(), 0);
    let other = order(&connection, text("日本"), Same::Warn);
    send(&connection, other, &mut book).await;
    assert_eq!(book.states(), [SendState::Accepted, SendState::Accepted]);
}

#[rstest]
#[case::accepted("sendInteractiveButtonsReply", "5511999999999", None, "accepted", true)]
#[case::switched_off("sendButtons", "5511999999999", None, "rejected", true)]
#[case::refused(
    "sendInteractiveButtonsReply",
    "120363039000000000@g.us",
    None,
    "rejected",
    false
)]
#[case::unknown(
    "sendInteractiveButtonsReply",
    "5511999999999",
    Some("sendInteractiveButtonsReply=drop"),
    "unknown",
    false
)]
#[tokio::test]
async fn the_duplicate_goes_out_only_after_what_it_duplicates(
    #[case] buttons_method: &str,
    #[case] to: &str,
    #[case] fault: Option<&str>,
    #[case] outcome: &str,
    #[case] is_sent: bool,
) {
    let faults: Vec<&str> = fault.into_iter().collect();
    let mut gateway = Gateway::start(GatewayKind::GreenApi, &faults).await;
    gateway.profile.duplicate_as_text = true;
    let account = gateway.profile.account;
    gateway.profile.account = account.with("buttons_method", buttons_method);
    let connection = gateway.connect().await;
    let mut book = Book::in_memory();
    let order = order(&connection, buttons(to), Same::Ask);
    let sent = send(&connection, order, &mut book).await;
    let main = &tried(&sent).exchange.outcome;
    assert_eq!(main.name(), outcome, "{main:?}");
    assert_eq!(sent.numbered_text.is_some(), is_sent);
    assert!(
        sent.numbered_text
            .as_ref()
            .is_none_or(|text| word(text) == "accepted")
    );
    assert_eq!(gateway.received(), 1 + usize::from(is_sent));
    assert_eq!(book.states().len(), 1 + usize::from(is_sent));
    if buttons_method == "sendButtons" {
        let instead = &main.refusal().unwrap().instead;
        assert!(instead.contains(&Fallback::NumberedText));
    }
}

/// Sent once, each of the two is a message of its own; asked about, the text belongs to its message.
#[rstest]
#[case::once(Same::Once, "before", Some("before"), 2)]
#[case::asked(Same::Ask, "before", None, 2)]
#[case::wanted(Same::Send, "accepted", Some("accepted"), 4)]
#[case::warned(Same::Warn, "accepted", Some("accepted"), 4)]
#[tokio::test]
async fn the_duplicate_again(
    #[case] same: Same,
    #[case] main: &str,
    #[case] numbered_text: Option<&str>,
    #[case] received: usize,
) {
    let mut gateway = Gateway::start(GatewayKind::GreenApi, &[]).await;
    gateway.profile.duplicate_as_text = true;
    let connection = gateway.connect().await;
    let mut book = Book::in_memory();
    let draft = buttons("5511999999999");
    let first = order(&connection, draft.clone(), Same::Send);
    send(&connection, first, &mut book).await;
    let again = order(&connection, draft, same);
    let sent = send(&connection, again, &mut book).await;
    assert_eq!(word(&sent.main), main);
    assert_eq!(sent.numbered_text.as_ref().map(word), numbered_text);
    assert_eq!(gateway.received(), received);
}

/// A journal that is asked at once, or later, or by whoever sends the same once more.
#[rstest]
#[case::at_once(GatewayKind::GreenApi, "sendMessage=lost*1", true)]
#[case::later(GatewayKind::GreenApi, "sendMessage=lost*1", false)]
#[case::by_name(GatewayKind::Evolution, "message/sendText=lost*1", true)]
#[case::by_name_later(GatewayKind::Evolution, "message/sendText=lost*1", false)]
#[tokio::test]
async fn a_lost_answer_is_looked_up(
    #[case] kind: GatewayKind,
    #[case] fault: &str,
    #[case] traces: bool,
) {
    let gateway = Gateway::start(kind, &[fault]).await;
    let connection = gateway.connect().await;
    let mut book = Book::in_memory();
    let order = Order {
        traces,
        ..order(&connection, text(TEXT), Same::Ask)
    };
    let sent = send(&connection, order.clone(), &mut book).await;
    let asked = book.heard(|heard| *heard == Progress::Tracing);
    assert_eq!(asked, usize::from(traces));
    let tried = tried(&sent);
    if traces {
        let taken = matches!(tried.traced, Some(Ok(Verdict::Taken(_))));
        assert!(taken, "{:?}", tried.traced);
        assert!(matches!(tried.exchange.outcome, Outcome::Accepted { .. }));
    } else {
        assert_eq!(tried.traced, None);
        assert_eq!(tried.exchange.outcome.name(), "unknown");
    }
    let once = Order {
        same: Same::Once,
        ..order
    };
    let again = send(&connection, once, &mut book).await;
    let Err(NoteError::SentBefore(twin)) = again.main else {
        panic!("{again:?}");
    };
    let Twin {
        state, message_id, ..
    } = *twin;
    assert_eq!(state, TwinState::Accepted);
    assert!(message_id.is_some());
    assert_eq!(gateway.received(), 1);
}

/// A message is sent under a name of its own, which its answer and the store have, and the payload not.
#[tokio::test]
async fn a_message_goes_out_under_a_name() {
    let gateway = Gateway::start(GatewayKind::Evolution, &[]).await;
    let connection = gateway.connect().await;
    let mut book = Book::in_memory();
    let mut names = std::collections::BTreeSet::new();
    for _ in 0..2 {
        let order = order(&connection, text(TEXT), Same::Warn);
        assert!(order.requests.main.1.body.get("messageId").is_none());
        let sent = send(&connection, order, &mut book).await;
        let exchange = &tried(&sent).exchange;
        let name = exchange.request.body["messageId"].as_str().unwrap();
        assert_eq!(exchange.outcome.message_id(), Some(name));
        assert!(names.insert(name.to_owned()));
    }
    // it makes no other message
    let before = book.heard(|heard| matches!(heard, Progress::SentBefore(_)));
    assert_eq!(before, 1);
}

#[rstest]
#[case::wanted_back(true)]
#[case::given_up(false)]
#[tokio::test]
async fn what_was_stopped_before_it_left_is_closed_as_not_sent(#[case] is_back: bool) {
    let gateway = Gateway::start(GatewayKind::Wuts, &[]).await;
    let connection = gateway.connect().await;
    let stops = Stops::default();
    let stop = if is_back { &stops.back } else { &stops.give_up };
    stop.cancel();
    let dispatch = Dispatch {
        connection: &connection,
        retries: true,
        stops: &stops,
    };
    let mut book = Book::in_memory();
    let order = order(&connection, text(TEXT), Same::Ask);
    let sent = dispatch.send(order, &mut book).await;
    assert_eq!(word(&sent.main), "rejected");
    assert_eq!(book.states(), [SendState::NotSent]);
    assert_eq!(gateway.received(), 0);
}

/// What people read of a store that is not there.
#[rstest]
#[case::not_open(NoteError::NotOpen, "the store is not open")]
#[case::ended(NoteError::Ended, "the store has ended: start again")]
fn an_outbox_that_is_not_there(#[case] error: NoteError, #[case] expected: &str) {
    assert_eq!(error.to_string(), expected);
}
