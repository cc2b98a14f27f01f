//! Several messages at once: a few on their way, those to one recipient in order, each sent once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::future::Future;
use std::sync::{Arc, Mutex};

use rstest::rstest;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use wacompose::config::{Profile, TokenSource};
use wacompose::dispatch::{
    Connections, Dispatch, Ledger, MOST_AT_ONCE, NoteError, Order, Outbox, Part, Progress,
    Requests, Same, Step, Stops, Turns,
};
use wacompose::gateway::GatewayKind;
use wacompose::message::{Draft, Message, Text};
use wacompose::store::{SendState, Store};

const TEXT: &str = "Olá 日本 👩‍👩‍👧 e\u{301} שלום";

/// How a gateway answers.
#[derive(Clone, Copy)]
enum Way {
    Accepts,
    Refuses,
    Drops,
    Nonsense,
}

/// A gateway that answers each message when it is let.
#[derive(Clone)]
struct Gateway {
    way: Way,
    /// Lets one message be answered.
    gate: Arc<Semaphore>,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    bodies: Vec<String>,
    now: usize,
    most: usize,
}

impl Gateway {
    async fn start(way: Way) -> (Self, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let gateway = Self {
            way,
            gate: Arc::new(Semaphore::new(0)),
            seen: Arc::default(),
        };
        let server = gateway.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = server.clone();
                tokio::spawn(async move { server.serve(stream).await });
            }
        });
        (gateway, url)
    }

    async fn serve(&self, stream: TcpStream) -> Option<()> {
        let mut stream = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") && stream.read_line(&mut head).await.ok()? > 0 {}
        let head = head.to_lowercase();
        let length = head.split("content-length: ").nth(1)?.lines().next()?;
        let mut body = vec![0; length.parse().ok()?];
        stream.read_exact(&mut body).await.ok()?;
        {
            let mut seen = self.seen.lock().unwrap();
            seen.bodies.push(String::from_utf8(body).unwrap());
            seen.now += 1;
            seen.most = seen.most.max(seen.now);
        }
        self.gate.acquire().await.ok()?.forget();
        self.seen.lock().unwrap().now -= 1;
        let (status, body) = match self.way {
            Way::Accepts => ("200 OK", r#"{"success":true,"message_id":"3EB0日本1"}"#),
            Way::Refuses => ("400 Bad Request", r#"{"success":false,"error":"não"}"#),
            Way::Nonsense => ("200 OK", "<html>日本</html>"),
            Way::Drops => return None,
        };
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).await.ok()?;
        stream.write_all(body.as_bytes()).await.ok()
    }

    fn bodies(&self) -> Vec<String> {
        self.seen.lock().unwrap().bodies.clone()
    }

    /// Waits until so many messages were read.
    async fn has_read(&self, count: usize) {
        while self.bodies().len() < count {
            tokio::task::yield_now().await;
        }
    }
}

/// A ledger of one message, over an outbox for all.
#[derive(Clone)]
struct Book {
    outbox: Arc<Mutex<Outbox>>,
    heard: Arc<Mutex<Vec<Progress>>>,
}

impl Book {
    fn over(store: Option<Store>) -> Self {
        Self {
            outbox: Arc::new(Mutex::new(Outbox::new(store))),
            heard: Arc::default(),
        }
    }

    /// The states of all messages, the first one first.
    fn states(&self) -> Vec<SendState> {
        let outbox = self.outbox.lock().unwrap();
        let store = outbox.store.as_ref().unwrap();
        let entries = store.history("", None, 100).unwrap();
        entries.iter().rev().map(|entry| entry.state).collect()
    }

    async fn hears(&self, is_it: impl Fn(&Progress) -> bool, count: usize) {
        while self
            .heard
            .lock()
            .unwrap()
            .iter()
            .filter(|one| is_it(one))
            .count()
            < count
        {
            tokio::task::yield_now().await;
        }
    }
}

impl Ledger for Book {
    fn with<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut Outbox) -> T + Send + 'static,
    ) -> impl Future<Output = Option<T>> {
        let done = work(&mut self.outbox.lock().unwrap());
        std::future::ready(Some(done))
    }

    fn hear(&mut self, _: Part, progress: Progress) {
        self.heard.lock().unwrap().push(progress);
    }
}

/// Whoever sends.
struct Desk {
    profile: Profile,
    turns: Turns,
    book: Book,
    _folder: TempDir,
}

type Sent = JoinHandle<Result<&'static str, NoteError>>;

impl Desk {
    fn new(url: &str, store: Option<Store>) -> Self {
        let folder = TempDir::new().unwrap();
        let token = folder.path().join("token");
        std::fs::write(&token, "a-token").unwrap();
        let mut profile = Profile {
            name: "Produção 日本".to_owned(),
            token: TokenSource::File(token),
            ..Profile::sandbox(GatewayKind::Wuts)
        };
        url.clone_into(&mut profile.account.base_url);
        Self {
            profile,
            turns: Turns::default(),
            book: Book::over(store),
            _folder: folder,
        }
    }

    /// Sends a text to somebody, as the screen does.
    fn send(
        &self,
        to: &str,
        text: &str,
        release: Option<CancellationToken>,
        stops: &Stops,
    ) -> Sent {
        let draft = Draft {
            to: to.to_owned(),
            message: Message::Text(Text {
                text: text.to_owned(),
            }),
            ..Draft::default()
        };
        let mut place = self.turns.place(to, &self.profile.account);
        let mut order = Order {
            requests: Requests::of(&self.profile, draft).unwrap(),
            file: None,
            origin: None,
            again: None,
            same: Same::Ask,
            traces: false,
            held: None,
        };
        let (profile, mut book, stops) = (self.profile.clone(), self.book.clone(), stops.clone());
        tokio::spawn(async move {
            let how = (release.as_ref(), &stops);
            place.turn(&mut order, &profile, how, &mut book).await?;
            let connection = Connections::default().open(profile).await.unwrap();
            let dispatch = Dispatch {
                connection: &connection,
                retries: false,
                stops: &stops,
            };
            let sent = dispatch.send(order, &mut book).await;
            sent.main.map(|tried| tried.exchange.outcome.name())
        })
    }
}

fn is_held(progress: &Progress) -> bool {
    matches!(progress, Progress::Held { .. })
}

#[tokio::test]
async fn twenty_to_twenty_recipients_are_each_sent_once_and_a_few_at_once() {
    let (gateway, url) = Gateway::start(Way::Accepts).await;
    let desk = Desk::new(&url, Some(Store::in_memory().unwrap()));
    let stops = Stops::default();
    let to = |at: usize| format!("55119888877{at:02}");
    let sent: Vec<Sent> = (0..20)
        .map(|at| desk.send(&to(at), TEXT, None, &stops))
        .collect();
    gateway.has_read(MOST_AT_ONCE).await;
    desk.book.hears(is_held, 20 - MOST_AT_ONCE).await;
    assert_eq!(gateway.bodies().len(), MOST_AT_ONCE);
    let count = |state| {
        let states = desk.book.states();
        states.iter().filter(|&&one| one == state).count()
    };
    assert_eq!(count(SendState::Sending), MOST_AT_ONCE);
    assert_eq!(count(SendState::Held), 20 - MOST_AT_ONCE);
    gateway.gate.add_permits(20);
    for sent in sent {
        assert_eq!(sent.await.unwrap().unwrap(), "accepted");
    }
    assert_eq!(count(SendState::Accepted), 20);
    let bodies = gateway.bodies();
    assert_eq!(bodies.len(), 20);
    for at in 0..20 {
        let own = bodies.iter().filter(|body| body.contains(&to(at)));
        assert_eq!(own.count(), 1, "{at}");
    }
    assert!(gateway.seen.lock().unwrap().most <= MOST_AT_ONCE);
}

/// Whatever becomes of the first.
#[rstest]
#[case::accepted(Way::Accepts, "accepted")]
#[case::refused(Way::Refuses, "rejected")]
#[case::dropped(Way::Drops, "unknown")]
#[case::nonsense(Way::Nonsense, "unknown")]
#[tokio::test]
async fn two_to_one_recipient_go_in_order(#[case] way: Way, #[case] became: &str) {
    let (gateway, url) = Gateway::start(way).await;
    let desk = Desk::new(&url, Some(Store::in_memory().unwrap()));
    let stops = Stops::default();
    let first = desk.send("+55 11 98888-7777", "um 日本", None, &stops);
    let second = desk.send("wa.me/5511988887777", "dois 👩‍👩‍👧", None, &stops);
    let other = desk.send("5521988887777", "três שלום", None, &stops);
    gateway.has_read(2).await;
    desk.book.hears(is_held, 1).await;
    assert!(!gateway.bodies().iter().any(|body| body.contains("dois")));
    gateway.gate.add_permits(3);
    for sent in [first, second, other] {
        assert_eq!(sent.await.unwrap().unwrap(), became);
    }
    let bodies = gateway.bodies();
    let at = |words| bodies.iter().position(|body| body.contains(words)).unwrap();
    assert!(at("um 日本") < at("dois"), "{bodies:?}");
    assert_eq!(bodies.len(), 3, "each once");
}

#[rstest]
#[case::with_a_store(true)]
#[case::without_one(false)]
#[tokio::test]
async fn what_is_held_goes_when_it_is_released_or_is_taken_back(#[case] has_store: bool) {
    let (gateway, url) = Gateway::start(Way::Accepts).await;
    gateway.gate.add_permits(9);
    let store = has_store.then(|| Store::in_memory().unwrap());
    let desk = Desk::new(&url, store);
    let release = [(); 2].map(|()| CancellationToken::new());
    let stops = [(); 2].map(|()| Stops::default());
    let goes = desk.send(
        "5511988887777",
        "vai 日本",
        Some(release[0].clone()),
        &stops[0],
    );
    let stays = desk.send("5521988887777", "fica", Some(release[1].clone()), &stops[1]);
    desk.book.hears(is_held, 2).await;
    stops[1].back.cancel();
    let error = stays.await.unwrap().unwrap_err();
    assert!(matches!(error, NoteError::TakenBack), "{error}");
    release[0].cancel();
    assert_eq!(goes.await.unwrap().unwrap(), "accepted");
    assert_eq!(gateway.bodies().len(), 1);
    if has_store {
        assert_eq!(
            desk.book.states(),
            [SendState::Accepted, SendState::NotSent]
        );
    }
}

/// Two at once of the same message: one is sent, and the other one's sender is asked.
#[tokio::test]
async fn the_same_message_is_not_queued_behind_itself() {
    let (gateway, url) = Gateway::start(Way::Accepts).await;
    let desk = Desk::new(&url, Some(Store::in_memory().unwrap()));
    let stops = Stops::default();
    let first = desk.send("5511988887777", TEXT, None, &stops);
    let second = desk.send("+55 11 98888-7777", TEXT, None, &stops);
    gateway.gate.add_permits(2);
    let both = [first.await.unwrap(), second.await.unwrap()];
    let accepted = both.iter().filter(|sent| matches!(sent, Ok("accepted")));
    let asked = both
        .iter()
        .filter(|sent| matches!(sent, Err(NoteError::SentBefore(_))));
    assert_eq!((accepted.count(), asked.count()), (1, 1), "{both:?}");
    assert_eq!(gateway.bodies().len(), 1);
}

/// A store that cannot be written when the turn comes: the row says that it was not sent, so it is not.
#[tokio::test]
async fn what_cannot_be_noted_as_begun_is_not_sent() {
    let (gateway, url) = Gateway::start(Way::Accepts).await;
    gateway.gate.add_permits(9);
    let desk = Desk::new(&url, Some(Store::in_memory().unwrap()));
    let release = CancellationToken::new();
    let sent = desk.send(
        "5511988887777",
        TEXT,
        Some(release.clone()),
        &Stops::default(),
    );
    desk.book.hears(is_held, 1).await;
    // Another store: the row is not there.
    desk.book.outbox.lock().unwrap().store = Some(Store::in_memory().unwrap());
    release.cancel();
    let error = sent.await.unwrap().unwrap_err();
    assert!(matches!(error, NoteError::Store(_)), "{error}");
    assert!(gateway.bodies().is_empty());
    let heard = desk.book.heard.lock().unwrap();
    assert!(!heard.contains(&Progress::Step(Step::Written)));
}
