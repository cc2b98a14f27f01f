//! Nothing is lost and nothing is sent twice, whenever the composer is killed.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use wacompose::gateway::{Account, GatewayKind};
use wacompose::message::{Draft, Message, Text};
use wacompose::sandbox::{Fault, Sandbox};
use wacompose::store::{Begin, Resolution, SendId, SendState, Store};

use crate::session::{ENTER, Session};

pub const F3: &str = "\u{1b}OR";
pub const F5: &str = "\u{1b}[15~";

/// A home with a profile for a gateway.
pub fn home(gateway: &str, base_url: &str) -> TempDir {
    let home = TempDir::new().unwrap();
    let own = if gateway == "green-api" {
        "id_instance = \"1101000001\"\n"
    } else {
        ""
    };
    let config = format!(
        "default_profile = \"p\"\n[profiles.p]\ngateway = \"{gateway}\"\n{own}\
         base_url = \"{base_url}\"\ntoken = {{ env = \"TOKEN\" }}\n"
    );
    std::fs::write(home.path().join("config.toml"), config).unwrap();
    home
}

/// The composer in such a home, with arguments.
fn composer_with(home: &Path, token: &str, arguments: &[&str]) -> Session {
    let config = home.join("config.toml");
    let data = home.join("data");
    let env = [
        ("WACOMPOSE_CONFIG", config.to_str().unwrap()),
        ("WACOMPOSE_DATA", data.to_str().unwrap()),
        ("TOKEN", token),
    ];
    Session::start_in(home, arguments, &env)
}

pub fn composer(home: &Path, token: &str) -> Session {
    composer_with(home, token, &[])
}

/// The same on a message file: the sample is for the sandbox profiles alone.
pub fn composer_on_file(home: &Path, token: &str) -> Session {
    const SAMPLE: &str = include_str!("../../assets/samples/order.toml");
    let file = home.join("order.toml");
    std::fs::write(&file, SAMPLE).unwrap();
    composer_with(home, token, &[file.to_str().unwrap()])
}

pub fn store(home: &Path) -> Store {
    let opened = Store::open(Some(&home.join("data"))).unwrap();
    assert_eq!(opened.notice, None);
    opened.store
}

/// The draft that the next start opens; it is let go of again.
fn last_draft(home: &Path) -> Option<Draft> {
    let mut store = store(home);
    let kept = store.open_last_draft(i64::MAX / 2).unwrap()?;
    Some(kept.draft)
}

// -------------------------------------------------------------------- drafts

#[test]
fn what_was_typed_is_there_after_a_kill() {
    let home = TempDir::new().unwrap();
    let mut session = Session::start_in(home.path(), &[], &[]);
    session.sees("48/4096");
    session.types(" Olá 日本 👩‍👩‍👧 e\u{301}");
    session.sees("draft saved");
    session.kill();
    let mut session = Session::start_in(home.path(), &[], &[]);
    session.sees("Olá 日本");
    session.sees("draft saved");
    // It is gone on with where it was left.
    session.types("!");
    session.sees("e\u{301}!");
    session.types("\u{11}");
    assert_eq!(session.ends().0, 0);
}

#[test]
fn quitting_keeps_the_last_key() {
    let home = TempDir::new().unwrap();
    let mut session = Session::start_in(home.path(), &[], &[]);
    session.sees("48/4096");
    session.types("日本!\u{11}");
    assert_eq!(session.ends().0, 0);
    let mut session = Session::start_in(home.path(), &[], &[]);
    session.sees("51/4096");
    session.types("\u{11}");
    session.ends();
}

#[rstest::rstest]
#[case::terminated(rustix::process::Signal::TERM)]
#[case::hung_up(rustix::process::Signal::HUP)]
fn a_signal_keeps_the_last_key(#[case] signal: rustix::process::Signal) {
    let home = TempDir::new().unwrap();
    let mut session = Session::start_in(home.path(), &[], &[]);
    session.sees("48/4096");
    session.types("日");
    session.sees("49/4096");
    let id = i32::try_from(session.child.process_id().unwrap()).unwrap();
    rustix::process::kill_process(rustix::process::Pid::from_raw(id).unwrap(), signal).unwrap();
    session.ends();
    let mut session = Session::start_in(home.path(), &[], &[]);
    session.sees("49/4096");
    session.types("\u{11}");
    session.ends();
}

#[test]
fn changes_of_a_file_are_offered_at_the_next_start() {
    let home = home("wuts", "http://127.0.0.1:9");
    let message = "kind = \"text\"\nto = \"5511999999999\"\ntext = \"Bom dia\"\n";
    let file = home.path().join("bom dia 日本.toml");
    std::fs::write(&file, message).unwrap();
    let arguments = [file.to_str().unwrap()];
    let mut session = composer_with(home.path(), "t", &arguments);
    session.sees("7/4096");
    session.types(" 👋");
    session.sees("draft saved");
    session.kill();
    let mut session = composer_with(home.path(), "t", &arguments);
    session.asks("Kept changes");
    session.types("\r");
    session.sees("Bom dia 👋");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), message);
    // Once they are in the file, there is nothing to offer.
    session.types("\u{13}");
    session.sees("Saved bom dia");
    session.types("\u{11}");
    session.ends();
    let mut session = composer_with(home.path(), "t", &arguments);
    session.sees("Bom dia 👋");
    session.types("!");
    session.sees("draft saved");
    assert!(!session.text().contains("Kept changes"));
    session.types("\u{11}");
    session.ends();
}

#[test]
fn a_folder_that_cannot_be_written_is_told_and_the_composer_works() {
    let home = TempDir::new().unwrap();
    let data = home.path().join("a file");
    std::fs::write(&data, "in the way").unwrap();
    let env = [
        ("WACOMPOSE_DATA", data.to_str().unwrap()),
        ("TMPDIR", home.path().to_str().unwrap()),
    ];
    let mut session = Session::start_in(home.path(), &[], &env);
    session.sees("✗ the store");
    session.sees("nothing is kept · F5");
    session.types(" 日本");
    session.sees("51/4096");
    session.sees("nothing is kept · F5");
    session.types("\u{11}");
    let (code, output) = session.ends();
    assert_eq!(code, 0);
    // It is asked nothing, and what was typed is not lost.
    let (_, after) = output
        .split_once("the draft could not be kept: it is in ")
        .unwrap();
    let file = Path::new(after.split_once(';').unwrap().0);
    assert!(file.starts_with(home.path()), "{}", file.display());
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains("with your *order*? 日本"), "{text}");
}

// -------------------------------------------------------------------- the outbox

/// A gateway that reads messages and never answers them; tells each that it has read.
fn silent() -> (String, Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (sender, read) = channel();
    thread::spawn(move || {
        let mut open = Vec::new();
        for stream in listener.incoming() {
            let mut stream = BufReader::new(stream.unwrap());
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") && stream.read_line(&mut head).unwrap_or(0) > 0 {}
            let length = head.to_lowercase();
            let length = length.split("content-length: ").nth(1);
            let length = length.and_then(|rest| rest.lines().next()?.parse().ok());
            if let Some(length) = length {
                let mut body = vec![0; length];
                if stream.read_exact(&mut body).is_ok() {
                    let _ = sender.send(());
                }
            }
            open.push(stream);
        }
    });
    (url, read)
}

/// A composer that sends a message, which its gateway has read and does not answer.
fn under_way() -> (TempDir, Session, Receiver<()>) {
    let (url, read) = silent();
    let home = home("wuts", &url);
    let mut session = composer_on_file(home.path(), "t");
    session.sees("48/4096");
    session.types(F5);
    session.asks("Send this message?");
    session.types("\r");
    read.recv_timeout(Duration::from_secs(30)).unwrap();
    (home, session, read)
}

#[test]
fn a_message_that_was_under_way_is_asked_about() {
    let (home, session, read) = under_way();
    session.kill();

    let mut session = composer(home.path(), "t");
    session.sees("Outcome unknown");
    session.sees("+55 11 99999-9999");
    session.sees("How would you like to proceed");
    session.sees("p (wuts)");
    // Whoever was typing settles nothing.
    session.types(&format!("日本{ENTER}"));
    session.types("\u{1b}[C");
    session.insists("\r", "Marked as sent");
    session.types(F3);
    session.sees("marked sent");
    session.types("\u{11}");
    session.ends();
    let sent = store(home.path()).history("", None, 10).unwrap();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].state, SendState::Unknown);
    assert_eq!(sent[0].resolution, Some(Resolution::Sent));
    // Nobody is asked again, and nothing is sent, nor is it a draft.
    let mut session = composer(home.path(), "t");
    session.sees("0/4096");
    session.sees("unreachable");
    assert_eq!(last_draft(home.path()), None);
    session.types("\u{11}");
    session.ends();
    assert!(read.try_recv().is_err());
}

#[test]
fn a_message_that_was_left_under_way_is_asked_about_too() {
    let (home, mut session, _read) = under_way();
    session.types("\u{11}");
    session.asks("1 message is being sent: wait, or quit anyway?");
    session.types("\u{1b}[C\r");
    let (code, output) = session.ends();
    assert_eq!(code, 3);
    assert!(
        output.contains("outcome unknown: the message to"),
        "{output}"
    );
    let mut session = composer(home.path(), "t");
    session.sees("Outcome unknown");
    session.sees("+55 11 99999-9999");
    // Left unknown it is not asked about again.
    session.asks("Outcome unknown");
    session.types("\u{1b}[D\r");
    session.sees("It stays unknown");
    session.types("\u{11}");
    session.ends();
    let sent = store(home.path()).history("", None, 10).unwrap();
    assert_eq!(
        (sent.len(), sent[0].resolution),
        (1, Some(Resolution::Kept))
    );
}

/// What is sent again settles the message before it, or is not sent.
#[test]
fn nothing_is_sent_again_while_the_store_cannot_settle_it() {
    let gateway = Gateway::start(&[]);
    let home = home("wuts", &gateway.sandbox.base_url());
    let token = gateway.sandbox.token();
    let mut first = store(home.path());
    let text = "Olá 日本 👩‍👩‍👧".to_owned();
    let draft = Draft {
        to: "5511999999999".to_owned(),
        message: Message::Text(Text { text }),
        ..Draft::default()
    };
    let begin = Begin {
        profile: "p",
        gateway: GatewayKind::Wuts,
        draft: &draft,
        request: &Account::public(GatewayKind::Wuts).encode(&draft).unwrap(),
        file: None,
        now: 1_772_386_327_123,
        again: None,
        from: None,
    };
    first.begin(&begin).unwrap();
    drop(first);
    let mut session = composer(home.path(), token.reveal());
    session.sees("Outcome unknown");
    session.sees("connected");
    let file = home.path().join("data").join(Store::FILE);
    let locked = rusqlite::Connection::open(file).unwrap();
    locked.execute_batch("BEGIN IMMEDIATE").unwrap();
    session.asks("Outcome unknown");
    session.types("\u{1b}[C\u{1b}[C\r");
    session.asks("Send it again?");
    session.types("\u{1b}[D\r");
    session.sees("It was not sent again");
    assert_eq!(gateway.ids(), Vec::<String>::new());
    locked.execute_batch("ROLLBACK").unwrap();
    // It is still there to be settled, and then it is sent.
    session.types(F3);
    session.sees("? unknown");
    session.types("\u{1b}u");
    session.asks("Outcome unknown");
    session.types("\u{1b}[C\u{1b}[C\r");
    session.asks("Send it again?");
    session.types("\u{1b}[D\r");
    session.sees("Accepted");
    assert_eq!(gateway.ids().len(), 1);
    session.types("\u{11}");
    session.ends();
}

/// A sandbox on a thread of its own, and the line of each request.
struct Gateway {
    sandbox: Arc<Sandbox>,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Gateway {
    fn start(faults: &[&str]) -> Self {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&lines);
        let faults: Vec<Fault> = faults.iter().map(|fault| fault.parse().unwrap()).collect();
        let (sender, started) = channel();
        thread::spawn(move || {
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = runtime.enable_all().build().unwrap();
            runtime.block_on(async {
                let log = Box::new(move |line| log.lock().unwrap().push(line));
                let listen = ([127, 0, 0, 1], 0).into();
                let sandbox = Sandbox::start(listen, faults, Some(log)).await.unwrap();
                sender.send(Arc::new(sandbox)).unwrap();
                std::future::pending::<()>().await;
            });
        });
        let sandbox = started.recv().unwrap();
        Self { sandbox, lines }
    }

    /// The ids that it gave to messages, as WUTS gives them.
    fn ids(&self) -> Vec<String> {
        let lines = self.lines.lock().unwrap();
        let ids = lines.iter().filter_map(|line| {
            let at = line.find("3EB0")?;
            let id = line[at..].chars().take_while(char::is_ascii_alphanumeric);
            Some(id.collect())
        });
        ids.collect()
    }

    /// The texts of the messages that it received for WUTS.
    fn texts(&self) -> Vec<String> {
        let received = self.sandbox.received().into_iter();
        let messages = received.filter(|request| request.method == "POST");
        let texts = messages.map(|request| {
            let body: serde_json::Value = serde_json::from_str(&request.body).unwrap();
            body["message"].as_str().unwrap().to_owned()
        });
        texts.collect()
    }
}

#[test]
fn green_apis_journal_proposes_what_became_of_a_message() {
    // The journal that is asked by itself does not answer: it is asked again by hand.
    let faults = ["sendInteractiveButtonsReply=lost", "getChatHistory=500*1"];
    let gateway = Gateway::start(&faults);
    let home = home("green-api", &gateway.sandbox.base_url());
    let token = gateway.sandbox.token();
    let mut session = composer_on_file(home.path(), token.reveal());
    session.sees("48/20000");
    session.sees("connected");
    session.types(F5);
    session.asks("Send this message?");
    session.types("\r");
    session.sees("Internal Server Error");
    session.types(F3);
    session.sees("? unknown");
    session.types("\u{1b}u");
    // What is found is proposed, and not chosen.
    session.sees("The chat's journal has it");
    session.asks("[✓Mark as sent ]");
    session.types("\r\u{1b}[C\r");
    session.sees("marked sent");
    session.types("\u{11}");
    session.ends();
    let sent = store(home.path()).history("", None, 10).unwrap();
    assert!(sent[0].message_id.is_some(), "{sent:?}");
    // The token stands in the addresses that were asked, and nowhere here.
    assert_hidden(token.reveal(), "the screen", &session.raw);
    let mut files = 0;
    for entry in home.path().join("data").read_dir().unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        assert_hidden(token.reveal(), &path.to_string_lossy(), &bytes);
        files += 1;
    }
    assert!(files > 0);
}

/// The journal has the same text already, of a message that is known.
#[test]
fn green_apis_journal_does_not_propose_another_message() {
    let gateway = Gateway::start(&[]);
    let home = home("green-api", &gateway.sandbox.base_url());
    let token = gateway.sandbox.token();
    let mut session = composer_on_file(home.path(), token.reveal());
    session.sees("48/20000");
    session.types(F5);
    session.asks("Send this message?");
    session.types("\r");
    session.sees("Accepted");
    session.types("\u{11}");
    session.ends();
    // Half a minute later it is sent once more, and the program killed before the gateway had it.
    let mut store = store(home.path());
    let first = store.sent(SendId(1)).unwrap();
    let id = first.entry.message_id.unwrap();
    let begin = Begin {
        profile: &first.entry.profile,
        gateway: first.entry.gateway,
        draft: &first.draft,
        request: &first.request,
        file: None,
        now: first.entry.started + 30_000,
        again: None,
        from: None,
    };
    store.begin(&begin).unwrap();
    drop(store);
    let mut session = composer(home.path(), token.reveal());
    session.sees("Outcome unknown");
    session.sees("The chat's journal does not have it");
    assert!(!session.text().contains(&id));
    session.types("\u{1b}");
    session.until("it is closed", |screen| !screen.contains("Outcome unknown"));
    session.types("\u{11}");
    session.ends();
}

/// A token is not in what was written, not even the most of it.
fn assert_hidden(token: &str, place: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let most = &token[..token.len() * 2 / 3];
    assert!(!text.contains(most), "the token is in {place}");
}

#[test]
fn a_message_that_waits_for_the_phone_says_so_and_its_queue_is_cleared() {
    let gateway = Gateway::start(&["getStateInstance=state:notAuthorized"]);
    let home = home("green-api", &gateway.sandbox.base_url());
    let token = gateway.sandbox.token();
    let mut session = composer_on_file(home.path(), token.reveal());
    session.sees("! not connected");
    session.types(F5);
    session.asks("Send this message?");
    session.types("\r");
    session.sees("waiting for the phone");
    session.types(&format!("\u{10}what waits{ENTER}"));
    session.sees("Waiting for the phone");
    session.sees("sendInteractiveButtonsReply");
    session.types("\u{1b}");
    session.until("the page is closed", |screen| {
        !screen.contains("Waiting for the phone")
    });
    session.types(&format!("\u{10}throw away{ENTER}"));
    session.asks("Clear the queue?");
    session.types("\u{1b}[D\r");
    session.sees("is empty now");
    session.types("\u{11}");
    session.ends();
}

// -------------------------------------------------------------------- killed at any moment

/// Numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    /// A number below another one.
    fn below(&mut self, most: u64) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % most
    }
}

/// One composer after the other in one home, each killed while it types and sends.
struct Trial {
    home: TempDir,
    gateway: Gateway,
    numbers: Numbers,
    /// The last word of each message whose sending was confirmed.
    confirmed: Vec<String>,
    /// Those of them that the screen said were accepted.
    seen_accepted: Vec<String>,
}

impl Trial {
    fn new(seed: u64) -> Self {
        // Slow, so that there is a while in which to be killed.
        let gateway = Gateway::start(&["/send/buttons=slow:60"]);
        Self {
            home: home("wuts", &gateway.sandbox.base_url()),
            gateway,
            numbers: Numbers(seed),
            confirmed: Vec::new(),
            seen_accepted: Vec::new(),
        }
    }

    /// Types and sends until a random moment, is killed then, and looks for what was typed.
    fn round(&mut self, round: usize) {
        let token = self.gateway.sandbox.token();
        let is_kept = last_draft(self.home.path()).is_some();
        let in_doubt = store(self.home.path()).interrupted().unwrap().len();
        // One is sent at a time.
        assert!(in_doubt <= 1, "{in_doubt} in doubt");
        // What was accepted is no draft any more, and opens empty.
        let mut session = if is_kept {
            composer(self.home.path(), token.reveal())
        } else {
            composer_on_file(self.home.path(), token.reveal())
        };
        session.sees("connected");
        if in_doubt > 0 {
            // It is kept as it is.
            session.asks("Outcome unknown");
            session.types("\u{1b}[D\r");
            session.sees("It stays unknown");
        }
        session.sees("/4096");
        if is_kept {
            session.sees("draft saved");
        }
        let life = Duration::from_millis(self.numbers.below(2400));
        let end = Instant::now() + life;
        let mut typed: Vec<(String, Instant)> = Vec::new();
        let mut count = 0;
        // What is there is written over.
        session.types("\u{1b}a");
        while Instant::now() < end {
            let word = format!("w{round}x{}日", typed.len());
            session.types(&format!("{word} "));
            count += word.chars().count() + 1;
            session.sees(&format!(" {count}/4096"));
            typed.push((word.clone(), Instant::now()));
            thread::sleep(Duration::from_millis(self.numbers.below(60)));
            if self.numbers.below(8) == 0 {
                session.types(F5);
                session.asks("Send this message?");
                self.confirmed.push(word.clone());
                let before = self.gateway.ids();
                session.types("\r");
                if self.numbers.below(3) > 0 {
                    session.until("what became of it", |screen| {
                        let ids = self.gateway.ids();
                        ids.len() > before.len() && screen.contains(&ids[before.len()])
                    });
                    self.seen_accepted.push(word);
                } else {
                    // Killed before, while or after it is sent.
                    thread::sleep(Duration::from_millis(self.numbers.below(90)));
                    break;
                }
            }
        }
        let killed = Instant::now();
        session.kill();
        let draft = last_draft(self.home.path());
        let mut kept = draft.map_or_else(String::new, |draft| draft.message.text().to_owned());
        let store = store(self.home.path());
        for row in store.history("", None, 10_000).unwrap() {
            kept.push_str(store.sent(row.id).unwrap().draft.message.text());
        }
        for (word, at) in &typed {
            // A second, and half a one for a busy machine.
            let is_old = killed.duration_since(*at) > Duration::from_millis(1500);
            assert!(
                !is_old || kept.contains(word.as_str()),
                "{word} was typed {:?} before the kill, and is in no draft, nor sent: {kept:?}",
                killed.duration_since(*at)
            );
        }
    }

    /// Every message is in the history once, and what the gateway took is accepted or in doubt.
    fn check(&self) {
        let mut store = store(self.home.path());
        drop(store.interrupted().unwrap());
        let rows = store.history("", None, 10_000).unwrap();
        let texts: Vec<String> = rows
            .iter()
            .map(|row| store.sent(row.id).unwrap().draft.message.text().to_owned())
            .collect();
        let ends = |text: &str, word: &str| text.trim_end().ends_with(word);
        let ids = self.gateway.ids();
        let received = self.gateway.texts();
        let known = |text: &&String| self.confirmed.iter().any(|word| ends(text, word));
        assert_eq!(received.iter().filter(known).count(), received.len());
        for word in &self.confirmed {
            let arrived = received.iter().filter(|text| ends(text, word)).count();
            let listed = rows.iter().zip(&texts);
            let listed: Vec<_> = listed.filter(|(_, text)| ends(text, word)).collect();
            assert!(arrived <= 1, "{word} arrived {arrived} times");
            assert!(listed.len() <= 1, "{word} is listed twice: {listed:?}");
            assert!(listed.len() >= arrived, "{word} arrived and is in no list");
            for (row, _) in listed {
                match row.state {
                    SendState::Accepted => {
                        let id = row.message_id.as_ref().unwrap();
                        assert_eq!(arrived, 1, "{word} was never received");
                        assert!(ids.contains(id), "{id} is none of the gateway's ids");
                    }
                    SendState::Unknown => assert_eq!(row.ended, None, "{row:?}"),
                    other => panic!("{word} is {other:?}: {row:?}"),
                }
            }
        }
        for word in &self.seen_accepted {
            let mut listed = rows.iter().zip(&texts);
            let row = listed.find(|(_, text)| ends(text, word)).unwrap().0;
            assert_eq!(row.state, SendState::Accepted, "{word}: {row:?}");
        }
    }
}

/// Kills composers at random moments while they type and send: 200 times in all, or as often as
/// `WACOMPOSE_KILLS` says.
#[test]
fn killed_at_any_moment_nothing_is_lost_or_sent_twice() {
    let kills = std::env::var("WACOMPOSE_KILLS").map_or(200, |kills| kills.parse().unwrap());
    let trials = 5;
    thread::scope(|scope| {
        let running: Vec<_> = (0..trials)
            .map(|seed| {
                scope.spawn(move || {
                    let mut trial = Trial::new(seed);
                    for round in 0..kills / 5 {
                        trial.round(round);
                    }
                    trial.check();
                    (trial.confirmed.len(), trial.seen_accepted.len())
                })
            })
            .collect();
        let counts = running.into_iter().map(|trial| trial.join().unwrap());
        let (confirmed, accepted) = counts.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        assert!(confirmed > 5 && accepted > 2, "{confirmed}, {accepted}");
    });
}
