//! The client against gateways that refuse, break off, talk nonsense or say nothing.
#![expect(
    clippy::unwrap_used,
    reason = "a listener that fails is a test that fails"
)]

mod faults;
mod kept;
mod network;
mod questions;
mod recall;
mod tls;

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use rstest::rstest;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use wacompose::client::Client;
use wacompose::gateway::wire::{Request, Response, Timeouts};
use wacompose::gateway::{Account, Exchange, GatewayKind};
use wacompose::message::{Button, Buttons, Draft, Message, Text};
use wacompose::secret::Secret;

const TOKEN: &str = "6f9619ff-8b86-4011-b42d-00c04fc964ff";
const TEXT: &str = "Olá 日本 👩‍👩‍👧 e\u{301} שלום";
const ACCEPTED: &str = r#"{"success":true,"message_id":"3EB0ABC","timestamp":"x"}"#;

/// Long enough for anything on this machine.
const PATIENT: Timeouts = Timeouts {
    connect: Duration::from_secs(30),
    write: Duration::from_secs(30),
    total: Duration::from_secs(60),
};

/// Time-outs of which one is short.
fn short(change: impl FnOnce(&mut Timeouts)) -> Client {
    let mut timeouts = PATIENT;
    change(&mut timeouts);
    Client::new(timeouts)
}

fn account(gateway: GatewayKind, base_url: impl Into<String>) -> Account {
    Account {
        base_url: base_url.into(),
        ..Account::public(gateway).with("id_instance", "1101000001")
    }
}

fn at(address: SocketAddr) -> Account {
    account(GatewayKind::Wuts, format!("http://{address}"))
}

fn text_draft(text: &str) -> Draft {
    Draft {
        to: "5511999999999".to_owned(),
        message: Message::Text(Text {
            text: text.to_owned(),
        }),
        ..Draft::default()
    }
}

fn buttons_draft(to: &str) -> Draft {
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

fn request(account: &Account) -> Request {
    account.encode(&text_draft(TEXT)).unwrap()
}

async fn send(client: &Client, account: &Account) -> Exchange {
    let cancel = CancellationToken::new();
    let token = Secret::new(TOKEN);
    client
        .send(account, &token, request(account), &cancel)
        .await
}

/// The outcome's name and code, after a look at whether the token is anywhere in the exchange.
fn told(exchange: &Exchange) -> (&'static str, &str) {
    let debug = format!("{exchange:?}");
    assert!(!debug.contains(TOKEN), "{debug}");
    let body = exchange.response.as_ref().map(Response::text);
    assert!(!body.unwrap_or_default().contains(TOKEN));
    let code = exchange.outcome.refusal().map_or("", |r| r.code.as_str());
    (exchange.outcome.name(), code)
}

/// Reads one request: its head, and as much body as it announces.
async fn read_request(stream: &mut TcpStream) -> io::Result<(String, Vec<u8>)> {
    let mut seen = Vec::new();
    let end = loop {
        if let Some(end) = seen.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut seen).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    };
    let body = seen.split_off(end);
    let head = String::from_utf8(seen).unwrap();
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length").then_some(value)
    });
    let mut body = body;
    let length: usize = length.unwrap().parse().unwrap();
    while body.len() < length {
        if stream.read_buf(&mut body).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok((head, body))
}

/// What came to a listener: the requests, whole, one a connection.
struct Heard {
    address: SocketAddr,
    requests: oneshot::Receiver<(String, Vec<u8>)>,
    again: TcpListenerOutcome,
}

/// Whether a second connection came.
type TcpListenerOutcome = tokio::task::JoinHandle<bool>;

impl Heard {
    /// The one request that came; a second one fails the test.
    async fn only(self) -> (String, Vec<u8>) {
        self.again.abort();
        assert!(
            self.again.await.is_err_and(|end| end.is_cancelled()),
            "a second connection"
        );
        self.requests.await.unwrap()
    }
}

/// A listener that reads one request, writes these bytes and closes; more connections are noticed.
async fn answering(answer: impl Into<Vec<u8>>) -> Heard {
    let answer = answer.into();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (heard, requests) = oneshot::channel();
    let again = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let request = read_request(&mut stream).await.unwrap();
        heard.send(request).unwrap();
        // The client may have read enough before all of it is written.
        let _ = stream.write_all(&answer).await;
        let _ = stream.shutdown().await;
        drop(stream);
        listener.accept().await.is_ok()
    });
    Heard {
        address,
        requests,
        again,
    }
}

/// A listener that reads one request and then holds the connection in silence.
async fn silent(first: &'static str) -> (SocketAddr, oneshot::Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (heard, read) = oneshot::channel();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        read_request(&mut stream).await.unwrap();
        stream.write_all(first.as_bytes()).await.unwrap();
        heard.send(()).unwrap();
        std::future::pending::<()>().await;
    });
    (address, read)
}

fn http(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n{body}")
}

#[tokio::test]
async fn the_request_is_written_once_whole_and_as_it_is_shown() {
    let heard = answering(http("200 OK", "", ACCEPTED)).await;
    let account = at(heard.address);
    let exchange = send(&Client::new(PATIENT), &account).await;
    assert_eq!(exchange.outcome.message_id(), Some("3EB0ABC"));
    assert_eq!(exchange.attempts, 1);
    let (lines, body) = heard.only().await;
    assert_eq!(
        String::from_utf8(body).unwrap(),
        exchange.request.body_text()
    );
    let lines = lines.to_lowercase();
    assert!(lines.starts_with("post /send/text http/1.1\r\n"), "{lines}");
    assert!(
        lines.contains(&format!("authorization: bearer {TOKEN}\r\n")),
        "{lines}"
    );
    assert!(lines.contains("content-type: application/json"), "{lines}");
    assert!(!lines.contains("transfer-encoding"), "{lines}");
}

#[tokio::test]
async fn a_long_body_is_written_whole() {
    let heard = answering(http("200 OK", "", ACCEPTED)).await;
    let account = at(heard.address);
    let request = account.encode(&text_draft(&TEXT.repeat(20_000))).unwrap();
    let cancel = CancellationToken::new();
    let client = Client::new(PATIENT);
    let exchange = client
        .send(&account, &Secret::new(TOKEN), request, &cancel)
        .await;
    assert_eq!(told(&exchange), ("accepted", ""));
    let (_, body) = heard.only().await;
    assert!(body == exchange.request.body_text().into_bytes());
}

#[tokio::test]
async fn a_token_in_the_path_is_encoded() {
    let heard = answering(http(
        "200 OK",
        "",
        r#"{"idMessage":"3EB0ABC","path":"/a%2Fb%3Fc%23d"}"#,
    ))
    .await;
    let account = account(GatewayKind::GreenApi, format!("http://{}", heard.address));
    let cancel = CancellationToken::new();
    let client = Client::new(PATIENT);
    let exchange = client
        .send(
            &account,
            &Secret::new("a/b?c#d"),
            request(&account),
            &cancel,
        )
        .await;
    assert_eq!(exchange.outcome.message_id(), Some("3EB0ABC"));
    assert!(exchange.response.unwrap().text().contains("\"/***\""));
    let (lines, _) = heard.only().await;
    let line = "POST /waInstance1101000001/sendMessage/a%2Fb%3Fc%23d HTTP/1.1\r\n";
    assert!(lines.starts_with(line), "{lines}");
}

/// GREEN-API's token is a piece of the path: one that would be another path is not sent.
#[rstest]
#[case::up("..")]
#[case::here(".")]
#[case::up_further("../../v1")]
#[case::encoded("%2e%2E")]
#[case::encoded_twice("a%252f..%252fb")]
#[case::within("a/./b")]
#[case::backslash("a\\..\\b")]
#[tokio::test]
async fn a_token_that_would_be_another_path_is_not_sent(#[case] token: &str) {
    let account = account(GatewayKind::GreenApi, "http://127.0.0.1:1");
    let (token, cancel) = (Secret::new(token), CancellationToken::new());
    let exchange = Client::new(PATIENT)
        .send(&account, &token, request(&account), &cancel)
        .await;
    assert_eq!(told(&exchange), ("rejected", "token"));
    assert_eq!(exchange.attempts, 0);
    let refusal = exchange.outcome.refusal().unwrap();
    assert!(refusal.message.contains("in a path"), "{refusal:?}");
}

#[rstest]
#[case::accepted(http("200 OK", "", ACCEPTED), "accepted", "")]
#[case::created(http("201 Created", "", ACCEPTED), "accepted", "")]
#[case::success_without_id(http("200 OK", "", r#"{"success":true}"#), "unknown", "200")]
#[case::refused(
    http("400 Bad Request", "", r#"{"error":"WhatsApp not connected"}"#),
    "rejected",
    "400"
)]
#[case::token_in_the_body(http("401 Unauthorized", "", &format!(r#"{{"error":"no {TOKEN}"}}"#)), "rejected", "401")]
#[case::token_in_a_header(http("302 Found", &format!("Location: https://x.test/{TOKEN}\r\n"), ""), "rejected", "302")]
#[case::wait(
    http("429 Too Many Requests", "Retry-After: 3\r\n", ""),
    "rejected",
    "429"
)]
#[case::html(
    http("200 OK", "Content-Type: text/html\r\n", "<html>Sign in 日本</html>"),
    "unknown",
    "200"
)]
#[case::empty(http("200 OK", "", ""), "unknown", "200")]
#[case::no_content("HTTP/1.1 204 No Content\r\n\r\n".to_owned(), "unknown", "204")]
#[case::not_json(http("200 OK", "", "ok 👩‍👩‍👧"), "unknown", "200")]
#[case::not_json_at_all(http("200 OK", "", r#"{"message_id":"3EB0"#), "unknown", "200")]
#[case::old_http("HTTP/1.0 500 Oops\r\n\r\nsorry".to_owned(), "unknown", "500")]
#[case::not_http("SSH-2.0-OpenSSH_9.6\r\n".to_owned(), "unknown", "bad-answer")]
#[case::control_characters("\u{1b}[2J\u{0}\r\n\r\n".to_owned(), "unknown", "bad-answer")]
#[case::nothing(String::new(), "unknown", "connection-lost")]
#[case::half_a_head("HTTP/1.1 200 OK\r\nContent-".to_owned(), "unknown", "connection-lost")]
#[case::head_alone("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n".to_owned(), "unknown", "connection-lost")]
#[case::half_a_body("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"message_id\":\"3E".to_owned(), "unknown", "connection-lost")]
#[case::half_a_body_that_refuses("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"error\":\"unauthorized\"".to_owned(), "unknown", "connection-lost")]
#[case::whole_json_in_half_a_body(format!("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{ACCEPTED}"), "accepted", "")]
#[case::half_a_refusal("HTTP/1.1 400 Bad Request\r\nContent-Length: 50\r\n\r\n{\"error\":\"Wh".to_owned(), "rejected", "400")]
#[case::cut_within_the_token(format!("HTTP/1.1 401 No\r\nContent-Length: 99\r\n\r\n{}", &TOKEN[..20]), "rejected", "401")]
#[case::broken_chunks("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n".to_owned(), "unknown", "connection-lost")]
#[tokio::test]
async fn an_answer(#[case] answer: String, #[case] outcome: &str, #[case] code: &str) {
    let heard = answering(answer).await;
    let exchange = send(&Client::new(PATIENT), &at(heard.address)).await;
    assert_eq!(told(&exchange), (outcome, code), "{:?}", exchange.outcome);
    assert!(!format!("{exchange:?}").contains(&TOKEN[..20]));
    assert_eq!(exchange.attempts, 1);
    heard.only().await;
}

#[rstest]
#[case::wait("429 Too Many Requests", "Retry-After: 3\r\nX-Request-Id: 1\r\n", &[("retry-after", "3"), ("x-request-id", "1"), ("content-length", "0")])]
#[case::masked(
    "200 OK",
    "content-TYPE: text/plain\r\nSet-Cookie: a=b\r\nAuthorization: Basic abc\r\nX-Api-Key: k\r\nX-Auth-Token: t\r\n",
    &[("content-type", "text/plain"), ("set-cookie", "***"), ("authorization", "***"), ("x-api-key", "***"), ("x-auth-token", "***"), ("content-length", "0")]
)]
#[case::twice("200 OK", "Via: a\r\nX-1: 日本\r\nVia: b\r\n", &[("via", "a"), ("via", "b"), ("x-1", "日本"), ("content-length", "0")])]
#[tokio::test]
async fn keeps_every_header_but_secrets(
    #[case] status: &str,
    #[case] headers: &str,
    #[case] kept: &[(&str, &str)],
) {
    let heard = answering(http(status, headers, "")).await;
    let exchange = send(&Client::new(PATIENT), &at(heard.address)).await;
    let response = exchange.response.unwrap();
    let headers = response.headers.iter();
    let headers: Vec<_> = headers.map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(headers, kept);
    heard.only().await;
}

#[rstest]
#[case::success("200 OK", "Content-Length: 5242880\r\n", "unknown", "200")]
#[case::without_length("200 OK", "", "unknown", "200")]
#[case::refusal("400 Bad Request", "", "rejected", "400")]
#[tokio::test]
async fn reads_a_mebibyte_of_a_long_answer(
    #[case] status: &str,
    #[case] headers: &str,
    #[case] outcome: &str,
    #[case] code: &str,
) {
    let body = "x".repeat(5 << 20);
    let heard = answering(format!("HTTP/1.1 {status}\r\n{headers}\r\n{body}")).await;
    let exchange = send(&Client::new(PATIENT), &at(heard.address)).await;
    assert_eq!(told(&exchange), (outcome, code));
    let response = exchange.response.unwrap();
    assert_eq!(response.body.len(), Response::MAX_BODY);
    assert!(response.truncated);
    heard.only().await;
}

#[rstest]
#[case::as_long_as_is_read(0, false)]
#[case::a_byte_more(1, true)]
#[tokio::test]
async fn says_whether_an_answer_was_cut(#[case] more: usize, #[case] truncated: bool) {
    let body = "x".repeat(Response::MAX_BODY + more);
    let heard = answering(http("400 Bad Request", "", &body)).await;
    let exchange = send(&Client::new(PATIENT), &at(heard.address)).await;
    assert_eq!(exchange.response.unwrap().truncated, truncated);
    heard.only().await;
}

#[rstest]
#[case::moved("301 Moved Permanently")]
#[case::found("302 Found")]
#[case::see_other("303 See Other")]
#[case::temporary("307 Temporary Redirect")]
#[case::permanent("308 Permanent Redirect")]
#[tokio::test]
async fn no_redirect_is_followed(#[case] status: &str) {
    let elsewhere = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let location = format!("Location: http://{}/\r\n", elsewhere.local_addr().unwrap());
    let heard = answering(http(status, &location, "")).await;
    let exchange = send(&Client::new(PATIENT), &at(heard.address)).await;
    assert_eq!(told(&exchange).0, "rejected");
    let accepted = elsewhere.accept().map_err(|error| error.kind());
    assert_eq!(accepted.err(), Some(io::ErrorKind::WouldBlock));
    heard.only().await;
}

#[tokio::test]
async fn a_refused_connection_is_not_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let exchange = send(&Client::new(PATIENT), &at(address)).await;
    assert_eq!(told(&exchange), ("rejected", "connect"));
    let refusal = exchange.outcome.refusal().unwrap();
    assert!(refusal.repeatable);
    assert_eq!(refusal.message, "connection refused");
    assert!(refusal.explanation.contains("127.0.0.1"));
    assert!(refusal.explanation.contains("not sent"));
}

#[rstest]
#[case::before_the_request(false, &[("rejected", "connect"), ("unknown", "connection-lost")])]
#[case::after_the_request(true, &[("unknown", "connection-lost")])]
#[tokio::test]
async fn a_connection_that_is_reset(#[case] reads: bool, #[case] allowed: &[(&str, &str)]) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let reset = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        if reads {
            read_request(&mut stream).await.unwrap();
        }
        stream.set_zero_linger().unwrap();
        listener
    });
    let exchange = send(&Client::new(PATIENT), &at(address)).await;
    // Whether a reset comes before the request or within it is the system's choice.
    assert!(allowed.contains(&told(&exchange)), "{:?}", exchange.outcome);
    let message = &exchange.outcome.refusal().unwrap().message;
    assert!(message.contains("connection"), "{message}");
    reset.await.unwrap();
}

#[tokio::test]
async fn a_name_that_is_none_is_not_sent() {
    // Too long for a name, so that nobody is asked for it.
    let base_url = format!("http://{}.localhost", "a".repeat(64));
    let account = account(GatewayKind::GreenApi, base_url);
    let exchange = send(&Client::new(PATIENT), &account).await;
    assert_eq!(
        told(&exchange),
        ("rejected", "dns"),
        "{:?}",
        exchange.outcome
    );
    assert!(exchange.outcome.refusal().unwrap().repeatable);
}

#[tokio::test]
async fn a_gateway_without_tls_is_not_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let answer = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut hello = vec![0; 4096];
        let length = stream.read(&mut hello).await.unwrap();
        stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .await
            .unwrap();
        hello.truncate(length);
        hello
    });
    let account = account(GatewayKind::GreenApi, format!("https://{address}"));
    let exchange = send(&Client::new(PATIENT), &account).await;
    assert_eq!(
        told(&exchange),
        ("rejected", "tls"),
        "{:?}",
        exchange.outcome
    );
    if answer.is_finished() {
        let hello = answer.await.unwrap();
        assert!(!hello.windows(4).any(|four| four == b"POST"));
    }
}

/// A listener whose queue of connections is full, so that a further one is not made.
#[cfg(target_os = "linux")]
async fn full() -> (SocketAddr, TcpListener, Vec<TcpStream>) {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut queue = Vec::new();
    let patience = Duration::from_millis(100);
    while let Ok(stream) = tokio::time::timeout(patience, TcpStream::connect(address)).await {
        queue.push(stream.unwrap());
    }
    (address, listener, queue)
}

#[cfg(target_os = "linux")]
#[rstest]
#[case::connect(short(|timeouts| timeouts.connect = Duration::from_millis(100)))]
#[case::total(short(|timeouts| timeouts.total = Duration::from_millis(100)))]
#[tokio::test]
async fn a_time_out_before_the_connection_stands_is_not_sent(#[case] client: Client) {
    let (address, _listener, _queue) = full().await;
    let exchange = send(&client, &at(address)).await;
    assert_eq!(told(&exchange), ("rejected", "connect-timeout"));
    assert!(exchange.outcome.refusal().unwrap().repeatable);
    assert_eq!(exchange.attempts, 1);
}

#[rstest]
#[case::no_answer("")]
#[case::half_a_head("HTTP/1.1 200 OK\r\n")]
#[case::head_alone("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n")]
#[case::half_a_body("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"message_id")]
#[tokio::test]
async fn a_time_out_after_the_request_is_unknown(#[case] first: &'static str) {
    let (address, read) = silent(first).await;
    let client = short(|timeouts| timeouts.total = Duration::from_millis(300));
    let exchange = send(&client, &at(address)).await;
    assert_eq!(
        told(&exchange),
        ("unknown", "timeout"),
        "{:?}",
        exchange.outcome
    );
    assert!(!exchange.outcome.refusal().unwrap().repeatable);
    assert!(exchange.elapsed >= Duration::from_millis(300));
    read.await.unwrap();
}

#[tokio::test]
async fn a_request_that_cannot_be_written_in_time_is_unknown() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let account = at(listener.local_addr().unwrap());
    let request = account.encode(&text_draft(&"x".repeat(32 << 20))).unwrap();
    let client = short(|timeouts| timeouts.write = Duration::from_millis(300));
    let cancel = CancellationToken::new();
    let exchange = client
        .send(&account, &Secret::new(TOKEN), request, &cancel)
        .await;
    let refusal = exchange.outcome.refusal().unwrap();
    assert_eq!(exchange.outcome.name(), "unknown");
    assert_eq!(refusal.code, "timeout");
    assert_eq!(refusal.message, "the request could not be written in time");
}

#[tokio::test]
async fn cancelled_before_anything_is_opened() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let account = at(listener.local_addr().unwrap());
    let cancel = CancellationToken::new();
    cancel.cancel();
    let client = Client::new(PATIENT);
    let exchange = client
        .send(&account, &Secret::new(TOKEN), request(&account), &cancel)
        .await;
    assert_eq!(told(&exchange), ("rejected", "cancelled"));
    assert_eq!(exchange.attempts, 0);
    assert!(!exchange.outcome.refusal().unwrap().repeatable);
    assert!(listener.accept().is_err());
}

#[tokio::test]
async fn cancelled_while_it_connects() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let account = at(listener.local_addr().unwrap());
    let cancel = CancellationToken::new();
    let token = Secret::new(TOKEN);
    let client = Client::new(PATIENT);
    let sending = client.send(&account, &token, request(&account), &cancel);
    let (exchange, ()) = tokio::join!(sending, async { cancel.cancel() });
    assert_eq!(told(&exchange), ("rejected", "cancelled"));
    assert_eq!(exchange.attempts, 1);
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut came = Vec::new();
    let _ = stream.read_to_end(&mut came).await;
    assert_eq!(came, b"", "said to be unsent");
}

#[rstest]
#[case::no_answer("")]
#[case::half_a_body("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"message_id")]
#[tokio::test]
async fn cancelled_after_the_request_was_written(#[case] first: &'static str) {
    let (address, read) = silent(first).await;
    let account = at(address);
    let cancel = CancellationToken::new();
    let token = Secret::new(TOKEN);
    let client = Client::new(PATIENT);
    let sending = client.send(&account, &token, request(&account), &cancel);
    let (exchange, ()) = tokio::join!(sending, async {
        read.await.unwrap();
        cancel.cancel();
    });
    assert_eq!(told(&exchange), ("unknown", "cancelled"));
    assert!(!exchange.outcome.refusal().unwrap().repeatable);
}

#[rstest]
#[case::empty("")]
#[case::blank(" \n")]
#[case::line_break("abc\ndef")]
#[case::header_smuggled("abc\r\nX-Evil: 1")]
#[case::space("abc def")]
#[case::control("abc\u{1b}[2J")]
#[case::wide("日本")]
#[case::emoji("👩‍👩‍👧")]
#[case::combining("e\u{301}")]
#[case::right_to_left("שלום")]
#[tokio::test]
async fn a_token_that_cannot_be_sent(#[case] token: &str) {
    for gateway in GatewayKind::ALL {
        let account = account(gateway, "http://127.0.0.1:1");
        let cancel = CancellationToken::new();
        let token = Secret::new(token);
        let client = Client::new(PATIENT);
        let exchange = client
            .send(&account, &token, request(&account), &cancel)
            .await;
        assert_eq!(told(&exchange), ("rejected", "token"));
        assert_eq!(exchange.attempts, 0);
        let debug = format!("{:?}", exchange.outcome);
        assert!(token.reveal().is_empty() || !debug.contains(token.reveal()));
    }
}

#[rstest]
#[case::plain_http("http://api.example.com", "allow_http")]
#[case::no_scheme("api.example.com", "https://")]
#[case::user("https://me@api.example.com", "user name")]
#[case::empty("", "https://")]
#[tokio::test]
async fn an_address_that_must_not_be_sent_to(#[case] base_url: &str, #[case] said: &str) {
    for gateway in GatewayKind::ALL {
        let exchange = send(&Client::new(PATIENT), &account(gateway, base_url)).await;
        assert_eq!(told(&exchange), ("rejected", "address"));
        assert_eq!(exchange.attempts, 0);
        let refusal = exchange.outcome.refusal().unwrap();
        assert!(refusal.message.contains(said), "{}", refusal.message);
    }
}

#[tokio::test]
async fn plain_http_elsewhere_when_it_is_allowed() {
    // Not a loopback address, but this machine all the same.
    let account = account(GatewayKind::Wuts, "http://0.0.0.0:1");
    let client = Client::new(PATIENT);
    assert_eq!(told(&send(&client, &account).await).1, "address");
    let exchange = send(&client.with_http_allowed(true), &account).await;
    assert_eq!(exchange.attempts, 1);
    assert_eq!(told(&exchange).1, "connect");
}

/// Of a mock gateway, say. What was taken must not count as unknown, or it is sent again.
#[rstest]
#[case::key("message_id", "3EB0日本")]
#[case::value("true", "3EB0日本")]
#[case::letter("e", "3EB0日本")]
#[case::id("3EB0", "***日本")]
#[tokio::test]
async fn a_token_that_is_a_word_of_the_answer(#[case] token: &str, #[case] id: &str) {
    let token = Secret::new(token);
    let answer = r#"{"success":true,"message_id":"3EB0日本"}"#;
    let heard = answering(http("200 OK", "", answer)).await;
    let account = at(heard.address);
    let cancel = CancellationToken::new();
    let exchange = Client::new(PATIENT)
        .send(&account, &token, request(&account), &cancel)
        .await;
    assert_eq!(exchange.outcome.message_id(), Some(id));
}
