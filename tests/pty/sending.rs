//! Keys around a send, in a terminal: what is pressed twice or pasted, and what is pressed while a
//! message is on the way.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use rstest::rstest;
use tempfile::TempDir;
use wacompose::store::SendState;

use crate::kept::{F3, F5, composer, composer_on_file, home, store};
use crate::session::{PATIENCE, Session};

const ESC: &str = "\u{1b}";
const QUIT: &str = "\u{11}";
const SAMPLE: &str = "48/4096";

/// A gateway that answers a message when it is told to.
struct Slow {
    url: String,
    /// The messages that it has read.
    read: Receiver<()>,
    go: Sender<()>,
}

impl Slow {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (heard, read) = channel();
        let (go, told) = channel();
        let told = Arc::new(Mutex::new(told));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (heard, told) = (heard.clone(), Arc::clone(&told));
                // Whoever asks breaks off when the test ends.
                thread::spawn(move || drop(serve(&stream.unwrap(), &heard, &told)));
            }
        });
        Self { url, read, go }
    }

    fn has_read(&self) {
        self.read.recv_timeout(PATIENCE).unwrap();
    }

    fn answers(&self) {
        self.go.send(()).unwrap();
    }
}

fn serve(
    stream: &TcpStream,
    has_read: &Sender<()>,
    told: &Mutex<Receiver<()>>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head)? > 0 {}
    let length = head.to_lowercase();
    let length = length.split("content-length: ").nth(1);
    let length = length.and_then(|rest| rest.lines().next()?.parse().ok());
    let body = match length {
        Some(length) => {
            reader.read_exact(&mut vec![0; length])?;
            let _ = has_read.send(());
            let _ = told.lock().unwrap().recv();
            r#"{"success":true,"message_id":"3EB0日本1"}"#
        }
        None => r#"{"connected":true}"#,
    };
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
    let mut stream = stream;
    stream.write_all(format!("{head}{body}").as_bytes())
}

/// A message is on the way: its gateway has read it.
fn on_the_way() -> (TempDir, Session, Slow) {
    let gateway = Slow::start();
    let home = home("wuts", &gateway.url);
    let mut session = composer_on_file(home.path(), "a-token");
    session.sees(SAMPLE);
    session.sees("● connected");
    session.types(F5);
    session.asks("Send this message?");
    session.types("\r");
    gateway.has_read();
    session.sees("no longer waits for the answer");
    (home, session, gateway)
}

fn states(home: &TempDir) -> Vec<SendState> {
    let sent = store(home.path()).history("", None, 10).unwrap();
    sent.iter().map(|entry| entry.state).collect()
}

/// Everything that comes with the question, and an Enter too many after its answer.
#[rstest]
#[case::twice("\r\r")]
#[case::often("\r\r\r\r\r\r\r\r")]
#[case::a_paste("Dear Ana,\robrigado 日本\r")]
fn what_comes_with_the_question_does_nothing(#[case] keys: &str) {
    let home = TempDir::new().unwrap();
    let data = home.path().join("data");
    let env = [("WACOMPOSE_DATA", data.to_str().unwrap())];
    let mut session = Session::start_in(home.path(), &[], &env);
    session.sees(SAMPLE);
    session.sees("● connected");
    session.types(&format!("{F5}{keys}"));
    session.asks("Send this message?");
    session.types("\r\r");
    session.sees("Accepted in");
    session.sees(SAMPLE);
    session.types(QUIT);
    assert_eq!(session.ends().0, 0);
    assert_eq!(states(&home), [SendState::Accepted]);
}

#[test]
fn esc_lets_the_answer_of_a_written_message_come() {
    let (home, mut session, gateway) = on_the_way();
    session.types(ESC);
    session.sees("is written already");
    session.sees("◐ 1 sending");
    // What is typed meanwhile stays.
    session.types("!");
    session.sees("49/4096");
    gateway.answers();
    session.until("what became of it, and to whom", |screen| {
        screen.contains("+55 11 99999-9999 sent")
    });
    session.types(F3);
    session.sees("✓ accepted");
    session.types(QUIT);
    assert_eq!(session.ends().0, 0);
    assert_eq!(states(&home), [SendState::Accepted]);
}

#[test]
fn leaving_waits_for_the_answer() {
    let (home, mut session, gateway) = on_the_way();
    session.types(QUIT);
    session.asks("1 message is being sent: wait, or quit anyway?");
    session.types("\r");
    session.sees("The composer ends when its answer");
    gateway.answers();
    assert_eq!(session.ends().0, 0);
    assert_eq!(states(&home), [SendState::Accepted]);
}

/// The next message waits for nothing; to the same recipient it goes after the one before.
#[test]
fn the_next_message_is_asked_about_at_once_and_goes_after_the_one_before() {
    let (home, mut session, gateway) = on_the_way();
    session.types("?");
    session.sees("49/4096");
    session.types(F5);
    session.asks("Send this message?");
    session.sees("after the one that is on its way");
    session.types("\r");
    session.sees("◐ 1 sending · ◌ 1 waiting");
    assert_eq!(states(&home), [SendState::Held, SendState::Sending]);
    gateway.answers();
    gateway.has_read();
    gateway.answers();
    session.sees("✓ Accepted in");
    session.types(QUIT);
    assert_eq!(session.ends().0, 0);
    assert_eq!(states(&home), [SendState::Accepted, SendState::Accepted]);
}

/// What waits for its turn when the composer is killed was not sent: that is said at the next start, and
/// its draft is there.
#[test]
fn what_waits_when_it_is_killed_was_not_sent() {
    let (home, mut session, _gateway) = on_the_way();
    session.types("?");
    session.sees("49/4096");
    session.types(F5);
    session.asks("Send this message?");
    session.types("\r");
    session.sees("◌ 1 waiting");
    session.kill();
    assert_eq!(states(&home), [SendState::NotSent, SendState::Unknown]);
    let mut session = composer(home.path(), "a-token");
    session.sees("Outcome unknown");
    session.sees("– +55 11 99999-9999 not sent");
    session.types(ESC);
    session.sees("49/4096");
    session.types(QUIT);
    assert_eq!(session.ends().0, 0);
    assert_eq!(states(&home), [SendState::NotSent, SendState::Unknown]);
}

/// A profile that asks only where something speaks against a message.
fn holding(gateway: &Slow) -> TempDir {
    let home = home("wuts", &gateway.url);
    let config = home.path().join("config.toml");
    let text = std::fs::read_to_string(&config).unwrap() + "confirm = \"warnings\"\n";
    std::fs::write(config, text).unwrap();
    home
}

/// A message that nothing speaks against.
fn held(home: &TempDir) -> Session {
    let mut session = composer(home.path(), "a-token");
    session.sees("● connected");
    session.types("5511988887777");
    session.sees("5511988887777");
    session.types("\r");
    session.sees("Ctrl+E editor");
    session.types("Olá 日本");
    session.sees(" 6/4096");
    session.keeps("Olá 日本");
    session.types(F5);
    session.sees("goes in");
    session
}

#[test]
fn what_is_held_when_it_is_killed_was_not_sent_and_its_draft_is_there() {
    let gateway = Slow::start();
    let home = holding(&gateway);
    let mut session = held(&home);
    session.until("it is in the outbox", |_| {
        states(&home) == [SendState::Held]
    });
    session.kill();
    assert_eq!(states(&home), [SendState::NotSent]);
    let mut session = composer(home.path(), "a-token");
    session.sees("– +55 11 98888-7777 not sent");
    session.sees("Olá 日本");
    session.types(QUIT);
    assert_eq!(session.ends().0, 0);
    assert!(gateway.read.try_recv().is_err(), "nothing arrived");
    let mut session = composer(home.path(), "a-token");
    session.sees("Olá 日本");
    assert!(!session.text().contains("not sent"), "it is told once");
    session.types(QUIT);
    assert_eq!(session.ends().0, 0);
}

#[test]
fn what_is_held_goes_by_itself_or_is_taken_back() {
    let gateway = Slow::start();
    let home = holding(&gateway);
    let mut session = held(&home);
    session.types(ESC);
    session.sees("Taken back");
    session.types(F5);
    session.sees("goes in");
    gateway.has_read();
    gateway.answers();
    session.sees("+55 11 98888-7777 sent");
    session.types(QUIT);
    assert_eq!(session.ends().0, 0);
    assert_eq!(states(&home), [SendState::Accepted, SendState::NotSent]);
}

/// Twenty messages to twenty recipients, sent one after the other with one key each, and left with them on
/// their way: all are waited for, and each arrives once.
#[test]
fn twenty_on_the_way_are_waited_for() {
    let gateway = Slow::start();
    let home = home("wuts", &gateway.url);
    let mut session = composer(home.path(), "a-token");
    session.sees("● connected");
    for at in 0..20 {
        let words = format!("Olá 日本 {at:02}");
        let to = format!("55119888877{at:02}");
        session.types(&to);
        session.sees(&to);
        session.types("\r");
        session.sees("Ctrl+E editor");
        session.types(&words);
        session.sees(" 9/4096");
        session.types("\u{7}");
        session.sees(" 0/4096");
    }
    session.types(QUIT);
    session.asks("20 messages are being sent: wait, or quit anyway?");
    session.types("\r");
    session.sees("The composer ends when their");
    for _ in 0..20 {
        gateway.has_read();
        gateway.answers();
    }
    assert_eq!(session.ends().0, 0);
    let sent = store(home.path()).history("", None, 100).unwrap();
    assert!(sent.iter().all(|entry| entry.state == SendState::Accepted));
    let mut to: Vec<&str> = sent.iter().map(|entry| entry.to.as_str()).collect();
    to.sort_unstable();
    to.dedup();
    assert_eq!((sent.len(), to.len()), (20, 20));
    assert!(gateway.read.try_recv().is_err(), "each once");
}
