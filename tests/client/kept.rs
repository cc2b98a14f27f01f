//! A connection that is kept for the next request, and that the gateway closes at a bad moment.

use std::sync::{Arc, Mutex};

use rstest::rstest;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use wacompose::client::{Client, Retries};
use wacompose::gateway::Exchange;
use wacompose::secret::Secret;

use super::faults::PassingPace;
use super::{ACCEPTED, PATIENT, TOKEN, at, http, read_request, text_draft, told};

/// When a gateway closes the first connection; every further one it serves well.
#[derive(Debug, Clone, Copy)]
enum Closes {
    Never,
    AfterTheFirstAnswer,
    WithinTheSecondRequest,
    AfterTheSecondRequest,
}

/// A gateway that notes every request that it began to read, by its body.
struct Server {
    listener: TcpListener,
    seen: Arc<Mutex<Vec<String>>>,
    connections: Arc<Mutex<usize>>,
}

impl Server {
    async fn bind() -> Self {
        Self {
            listener: TcpListener::bind("127.0.0.1:0").await.unwrap(),
            seen: Arc::default(),
            connections: Arc::default(),
        }
    }

    async fn serve(self, closes: Closes) {
        let mut closes = closes;
        loop {
            let (stream, _) = self.listener.accept().await.unwrap();
            *self.connections.lock().unwrap() += 1;
            let seen = Arc::clone(&self.seen);
            tokio::spawn(converse(stream, closes, seen));
            closes = Closes::Never;
        }
    }
}

async fn converse(mut stream: TcpStream, closes: Closes, seen: Arc<Mutex<Vec<String>>>) {
    for nth in 1.. {
        if nth == 2 && matches!(closes, Closes::WithinTheSecondRequest) {
            let mut first = [0; 20];
            if stream.read(&mut first).await.unwrap() > 0 {
                seen.lock().unwrap().push("half".to_owned());
                stream.set_zero_linger().unwrap();
            }
            return;
        }
        let Ok((_, body)) = read_request(&mut stream).await else {
            return;
        };
        seen.lock().unwrap().push(String::from_utf8(body).unwrap());
        if nth == 2 && matches!(closes, Closes::AfterTheSecondRequest) {
            return;
        }
        let answer = http("200 OK", "", ACCEPTED);
        stream.write_all(answer.as_bytes()).await.unwrap();
        if nth == 1 && matches!(closes, Closes::AfterTheFirstAnswer) {
            return;
        }
    }
}

/// Sends two messages, one after the other, with a client that keeps connections and tries again.
async fn send_two(closes: Closes) -> (Vec<Exchange>, Vec<String>, usize) {
    let server = Server::bind().await;
    let account = at(server.listener.local_addr().unwrap());
    let (seen, connections) = (server.seen.clone(), server.connections.clone());
    tokio::spawn(server.serve(closes));
    let client = Client::new(PATIENT)
        .keeping_connections()
        .with_retries(Retries::new(drop).at(PassingPace::new()));
    let mut exchanges = Vec::new();
    for text in ["one 日本", "two 👩‍👩‍👧 e\u{301} שלום"] {
        let request = account.encode(&text_draft(text)).unwrap();
        let (token, cancel) = (Secret::new(TOKEN), CancellationToken::new());
        exchanges.push(client.send(&account, &token, request, &cancel).await);
    }
    let seen = seen.lock().unwrap().clone();
    let connections = *connections.lock().unwrap();
    (exchanges, seen, connections)
}

#[tokio::test]
async fn a_kept_connection_is_used_again() {
    let (exchanges, seen, connections) = send_two(Closes::Never).await;
    assert!(
        exchanges
            .iter()
            .all(|exchange| told(exchange).0 == "accepted")
    );
    assert_eq!((seen.len(), connections), (2, 1));
}

#[rstest]
#[case::within_it(Closes::WithinTheSecondRequest)]
#[case::after_it(Closes::AfterTheSecondRequest)]
#[tokio::test]
async fn a_request_that_was_begun_is_not_sent_again(#[case] closes: Closes) {
    let (exchanges, seen, connections) = send_two(closes).await;
    assert_eq!(told(&exchanges[0]), ("accepted", ""));
    assert_eq!(told(&exchanges[1]), ("unknown", "connection-lost"));
    assert_eq!(exchanges[1].attempts, 1);
    assert_eq!((seen.len(), connections), (2, 1), "{seen:?}");
}

/// Whether the end of the connection is noticed before the request is written is the system's
/// choice. The message goes out once, or it is unknown; never twice, and never "not sent" in vain.
#[tokio::test]
async fn a_connection_that_ends_between_two_requests() {
    for _ in 0..50 {
        let (exchanges, seen, connections) = send_two(Closes::AfterTheFirstAnswer).await;
        match told(&exchanges[1]) {
            ("accepted", "") => assert_eq!((seen.len(), connections), (2, 2)),
            ("unknown", "connection-lost") => assert_eq!((seen.len(), connections), (1, 1)),
            other => unreachable!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn nothing_is_kept_unless_asked_for() {
    let server = Server::bind().await;
    let account = at(server.listener.local_addr().unwrap());
    let connections = server.connections.clone();
    tokio::spawn(server.serve(Closes::Never));
    let client = Client::new(PATIENT);
    for _ in 0..2 {
        assert_eq!(
            told(&super::send(&client, &account).await),
            ("accepted", "")
        );
    }
    assert_eq!(*connections.lock().unwrap(), 2);
}
