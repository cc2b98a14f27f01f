//! A gateway that knows no discretion: it repeats every request, its token in every spelling, in
//! headers, bodies and ids, and goes wrong in every way.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use crate::scan::{TOKEN, spellings};

/// What becomes of a message.
#[derive(Debug, Clone, Copy)]
pub enum Goes {
    /// It is taken, under an id that holds the token.
    Well,
    /// The answer has this status, and repeats the request.
    Status(u16),
    /// The same, as a page.
    Page(u16),
    /// The connection is closed without an answer.
    Away,
    /// The answer is no HTTP.
    Garbage,
    /// The answer ends within its body, within the token.
    Short,
    /// No answer comes, and the connection stays.
    #[cfg_attr(not(unix), expect(dead_code, reason = "for the composer"))]
    Never,
}

/// A gateway on a thread of its own.
pub struct Gateway {
    pub url: String,
    goes: Arc<Mutex<Goes>>,
    /// The target of each request once it was read, and whether it was a message.
    targets: Receiver<(String, bool)>,
}

impl Gateway {
    pub fn start(goes: Goes) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let goes = Arc::new(Mutex::new(goes));
        let (sender, targets) = channel();
        let now = Arc::clone(&goes);
        std::thread::spawn(move || {
            let mut kept = Vec::new();
            let mut text = String::new();
            for stream in listener.incoming() {
                let mut stream = BufReader::new(stream.unwrap());
                // A client that goes away is no failure.
                let Ok((head, body)) = read(&mut stream) else {
                    continue;
                };
                let target = head.split(' ').nth(1).unwrap_or_default().to_owned();
                let is_message = ["/send", "/messages"]
                    .iter()
                    .any(|part| target.contains(part) && !target.contains("Queue"));
                let goes = *now.lock().unwrap();
                if is_message {
                    let body: Value = serde_json::from_str(&body).unwrap_or_default();
                    let said = ["message", "body"]
                        .iter()
                        .find_map(|key| body[key].as_str());
                    said.unwrap_or_default().clone_into(&mut text);
                }
                let answer = if is_message {
                    to_a_message(goes, &head, &target)
                } else {
                    to_a_question(&head, &target, &text)
                };
                let _ = stream.get_mut().write_all(answer.as_bytes());
                if is_message && matches!(goes, Goes::Never) {
                    kept.push(stream);
                }
                let _ = sender.send((target, is_message));
            }
        });
        Self { url, goes, targets }
    }

    /// How it goes from here on.
    #[cfg(unix)]
    pub fn goes(&self, goes: Goes) {
        *self.goes.lock().unwrap() = goes;
    }

    /// Waits until a request whose target holds this was read.
    pub fn was_asked(&self, part: &str) {
        self.until(|target, _| target.contains(part));
    }

    /// Waits until a message was read.
    #[cfg(unix)]
    pub fn got_a_message(&self) {
        self.until(|_, is_message| is_message);
    }

    /// Forgets what was read so far.
    #[cfg(unix)]
    pub fn forgets(&self) {
        while self.targets.try_recv().is_ok() {}
    }

    fn until(&self, is_it: impl Fn(&str, bool) -> bool) {
        let patience = Duration::from_secs(30);
        loop {
            let (target, is_message) = self.targets.recv_timeout(patience).unwrap();
            if is_it(&target, is_message) {
                return;
            }
        }
    }
}

fn read(stream: &mut BufReader<TcpStream>) -> std::io::Result<(String, String)> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length").then_some(value)
    });
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut body)?;
    Ok((head, String::from_utf8_lossy(&body).into_owned()))
}

/// The request and its token, in every spelling.
fn said(head: &str) -> String {
    format!("{head} {}", spellings(TOKEN).join(" "))
}

/// An id that a gateway might give to what it was told.
fn id() -> String {
    format!("3EB0-{}", spellings(TOKEN).join("-"))
}

fn to_a_message(goes: Goes, head: &str, target: &str) -> String {
    let said = said(head);
    match goes {
        Goes::Well => {
            let id = id();
            let body = json!({
                "message_id": id, "idMessage": id, "messages": [{ "id": id }], "echo": said,
            });
            answer(200, target, &body.to_string())
        }
        Goes::Status(status) => {
            let body = json!({
                "statusCode": status, "path": target, "message": said, "error": said,
                "message_id": id(), "idMessage": id(), "messages": [{ "id": id() }],
            });
            answer(status, target, &body.to_string())
        }
        Goes::Page(status) => {
            let page = spellings(TOKEN).join(" ");
            answer(status, target, &format!("<html><b>{page}</b></html>"))
        }
        Goes::Short => {
            let body = format!("{{\"error\":\"{}", &TOKEN[..20]);
            format!("HTTP/1.1 401 No\r\nContent-Length: 900\r\n\r\n{body}")
        }
        Goes::Garbage => format!("{said}\r\n\r\n{said}"),
        Goes::Away | Goes::Never => String::new(),
    }
}

/// What it says of its state, its queue and its journal, in which the last message is.
fn to_a_question(head: &str, target: &str, text: &str) -> String {
    let said = said(head);
    let body = if target.contains("showMessagesQueue") {
        let body = json!({ "chatId": said, "message": said });
        json!([{ "messageID": id(), "type": said, "body": body }])
    } else if target.contains("getChatHistory") {
        json!([{
            "type": "outgoing", "idMessage": id(), "statusMessage": said,
            "timestamp": 4_000_000_000_u64, "textMessage": text,
        }])
    } else {
        json!({
            "stateInstance": said, "isCleared": false, "connected": true, "status": said,
            "message": said,
        })
    };
    answer(200, target, &body.to_string())
}

fn answer(status: u16, target: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} {TOKEN}\r\nLocation: http://x.test{target}\r\nRetry-After: {TOKEN}\r\n\
         Content-Type: text/plain; x=\"{TOKEN}\"\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    )
}
