//! Fetching from servers that redirect, lie, stall, send something else or never end.
#![expect(
    clippy::unwrap_used,
    reason = "a listener that fails is a test that fails"
)]

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rstest::rstest;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use wacompose::client::{
    FetchError, FetchSettings, Fetched, Fetcher, MAX_REDIRECTS, Network, Received,
};

/// What is public here: one loopback address of many, so that there is something to redirect from.
const PUBLIC: Ipv4Addr = Ipv4Addr::LOCALHOST;

/// The settings of a fetch that is not hurried, in a network of one public address.
fn settings() -> FetchSettings {
    FetchSettings {
        connect: Duration::from_secs(30),
        idle: Duration::from_secs(30),
        total: Duration::from_secs(60),
        network: Network {
            lookup: None,
            is_public: |address| address == IpAddr::V4(PUBLIC),
        },
        ..FetchSettings::default()
    }
}

/// The same, with names that are looked up in a table.
fn with_names<const N: usize>(names: [(&'static str, &'static [[u8; 4]]); N]) -> FetchSettings {
    let mut settings = settings();
    settings.network.lookup = Some(Arc::new(move |name: &str| {
        let found = names.iter().find(|(known, _)| *known == name);
        let (_, addresses) = found.ok_or(io::ErrorKind::NotFound)?;
        Ok(addresses.iter().map(|&octets| octets.into()).collect())
    }));
    settings
}

/// A server that answers each connection with bytes, and counts them.
struct Server {
    address: SocketAddr,
    asked: Arc<AtomicUsize>,
    heads: Arc<std::sync::Mutex<Vec<String>>>,
}

/// What a server does when it has written.
#[derive(Clone, Copy, PartialEq)]
enum Then {
    Close,
    Wait,
    Repeat,
}

impl Server {
    async fn start(answer: impl Into<Vec<u8>>, then: Then) -> Self {
        let listener = TcpListener::bind((PUBLIC, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (asked, answer) = (Arc::new(AtomicUsize::new(0)), answer.into());
        let heads = Arc::new(std::sync::Mutex::new(Vec::new()));
        let server = Self {
            address,
            asked: Arc::clone(&asked),
            heads: Arc::clone(&heads),
        };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                asked.fetch_add(1, Ordering::SeqCst);
                let heads = Arc::clone(&heads);
                tokio::spawn(serve(stream, answer.clone(), then, heads));
            }
        });
        server
    }

    fn url(&self) -> String {
        format!("http://{}/a.jpg", self.address)
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

async fn serve(
    mut stream: TcpStream,
    answer: Vec<u8>,
    then: Then,
    heads: Arc<std::sync::Mutex<Vec<String>>>,
) -> io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read_buf(&mut head).await? == 0 {
            return Ok(());
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    heads.lock().unwrap().push(head);
    stream.write_all(&answer).await?;
    match then {
        Then::Close => stream.shutdown().await,
        Then::Wait => std::future::pending().await,
        Then::Repeat => loop {
            stream.write_all(&[b'x'; 16_384]).await?;
        },
    }
}

fn ok(headers: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\n{headers}\r\n").as_bytes(), body].concat()
}

fn redirect(to: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n")
}

async fn fetch(settings: FetchSettings, url: &str) -> Result<Fetched, FetchError> {
    let cancel = CancellationToken::new();
    Fetcher::new(settings).fetch(url, |_| {}, &cancel).await
}

/// What goes wrong, in words.
async fn refused(settings: FetchSettings, url: &str) -> String {
    fetch(settings, url).await.unwrap_err().to_string()
}

#[tokio::test]
async fn bytes_come_with_their_progress() {
    let body = [0xff, 0xd8].repeat(50_000);
    let headers = "content-length: 100000\r\ncontent-type: image/jpeg\r\n";
    let server = Server::start(ok(headers, &body), Then::Close).await;
    let mut seen = Vec::new();
    let fetched = Fetcher::new(settings())
        .fetch(&server.url(), |at| seen.push(at), &CancellationToken::new())
        .await
        .unwrap();
    assert_eq!(fetched.bytes, body);
    assert_eq!(fetched.content_type.as_deref(), Some("image/jpeg"));
    let of = Some(100_000);
    assert_eq!(seen.first(), Some(&Received { bytes: 0, of }));
    let bytes = 100_000;
    assert_eq!(seen.last(), Some(&Received { bytes, of }));
    assert!(seen.is_sorted_by_key(|received| received.bytes));
}

#[tokio::test]
async fn no_length_is_no_harm() {
    let server = Server::start(ok("connection: close\r\n", b"abc"), Then::Close).await;
    assert_eq!(
        fetch(settings(), &server.url()).await.unwrap().bytes,
        b"abc"
    );
}

#[tokio::test]
async fn redirects_are_followed_without_credentials() {
    let last = Server::start(ok("content-length: 3\r\n", b"abc"), Then::Close).await;
    let to = format!("http://user:secret@{}/b?c=d", last.address);
    let first = Server::start(redirect(&to), Then::Close).await;
    let fetched = fetch(settings(), &first.url()).await.unwrap();
    assert_eq!(fetched.bytes, b"abc");
    let heads = last.heads.lock().unwrap().join("").to_ascii_lowercase();
    assert!(heads.starts_with("get /b?c=d http/1.1\r\n"), "{heads}");
    for header in ["authorization", "cookie", "referer"] {
        assert!(!heads.contains(header), "{heads}");
    }
}

#[tokio::test]
async fn redirects_end() {
    let server = Server::start(redirect("/again"), Then::Close).await;
    let error = fetch(settings(), &server.url()).await.unwrap_err();
    assert!(matches!(error, FetchError::TooManyRedirects), "{error}");
    assert_eq!(server.asked(), 1 + MAX_REDIRECTS);
}

#[rstest]
#[case::another_scheme("file:///etc/passwd")]
#[case::no_host("http://")]
#[tokio::test]
async fn a_redirect_to_nowhere_is_told(#[case] to: &str) {
    let server = Server::start(redirect(to), Then::Close).await;
    let words = refused(settings(), &server.url()).await;
    assert!(words.contains("redirects to what is no address"), "{words}");
}

/// Whatever spells a private address, in the message or in a redirect.
#[rstest]
#[case::loopback("http://127.0.0.2:9/")]
#[case::any("http://0.0.0.0:9/")]
#[case::hexadecimal("http://0x7f000002:9/")]
#[case::decimal("http://2130706434:9/")]
#[case::octal("http://0177.0.0.2:9/")]
#[case::short("http://127.2:9/")]
#[case::wide_digits("http://１２７.0.0.2:9/")]
#[case::metadata("http://169.254.169.254/latest")]
#[case::six("http://[::1]:9/")]
#[case::mapped("http://[::ffff:127.0.0.2]:9/")]
#[case::unique_local("http://[fd00::1]/")]
#[case::name("http://inside.example:9/")]
#[case::name_with_tls("https://inside.example:9/")]
#[case::name_of_several("http://several.example:9/")]
#[tokio::test]
async fn private_addresses_are_refused(#[case] url: &str) {
    let names = || {
        with_names([
            ("inside.example", &[[10, 0, 0, 1]]),
            ("several.example", &[[192, 168, 0, 1], [127, 0, 0, 2]]),
        ])
    };
    let error = fetch(names(), url).await.unwrap_err();
    assert!(matches!(error, FetchError::Private { .. }), "{error}");
    assert!(error.to_string().contains("--allow-private"), "{error}");

    let server = Server::start(redirect(url), Then::Close).await;
    let error = fetch(names(), &server.url()).await.unwrap_err();
    assert!(matches!(error, FetchError::Private { .. }), "{error}");
}

/// A name that is public when it is judged cannot be private when it is connected to: it is looked
/// up once.
#[tokio::test]
async fn a_name_is_looked_up_once() {
    let server = Server::start(ok("content-length: 3\r\n", b"abc"), Then::Close).await;
    let times = Arc::new(AtomicUsize::new(0));
    let mut settings = settings();
    let counted = Arc::clone(&times);
    settings.network.lookup = Some(Arc::new(move |_: &str| {
        let first = counted.fetch_add(1, Ordering::SeqCst) == 0;
        let last = if first { 1 } else { 2 };
        Ok(vec![Ipv4Addr::new(127, 0, 0, last).into()])
    }));
    let url = format!("http://rebound.example:{}/", server.address.port());
    assert_eq!(fetch(settings, &url).await.unwrap().bytes, b"abc");
    assert_eq!(times.load(Ordering::SeqCst), 1);
}

/// Of a name with addresses of both kinds, the public ones alone are connected to.
#[tokio::test]
async fn private_addresses_of_a_public_name_are_left_out() {
    let server = Server::start(ok("content-length: 3\r\n", b"abc"), Then::Close).await;
    let settings = with_names([("both.example", &[[127, 0, 0, 2], [127, 0, 0, 1]])]);
    let url = format!("http://both.example:{}/", server.address.port());
    assert_eq!(fetch(settings, &url).await.unwrap().bytes, b"abc");
}

#[tokio::test]
async fn private_addresses_are_asked_when_that_is_allowed() {
    let server = Server::start(ok("content-length: 3\r\n", b"abc"), Then::Close).await;
    let refused = fetch(FetchSettings::default(), &server.url()).await;
    assert!(matches!(refused, Err(FetchError::Private { .. })));
    assert_eq!(server.asked(), 0);
    let allowed = FetchSettings {
        allow_private: true,
        ..FetchSettings::default()
    };
    assert_eq!(fetch(allowed, &server.url()).await.unwrap().bytes, b"abc");
}

#[rstest]
#[case::scheme("ftp://example.com/a.jpg", "only addresses of https:// and http://")]
#[case::nothing("https://", "it is no whole address")]
#[case::user("https://user@example.com/", "holds a user name or a password")]
#[case::password("https://u:secret@example.com/", "holds a user name or a password")]
#[case::wide("https://exa mple.日本/", "it is no whole address")]
#[tokio::test]
async fn addresses_that_are_none_are_told(#[case] url: &str, #[case] expected: &str) {
    let words = refused(settings(), url).await;
    assert!(words.contains(expected), "{words}");
    assert!(!words.contains("secret"), "{words}");
}

#[rstest]
#[case::not_found(404, "Not Found", "answered 404 (Not Found): check the address")]
#[case::forbidden(
    403,
    "",
    "answered 403 (Forbidden): it does not give the picture to everybody"
)]
#[case::busy(503, "", "answered 503 (Service Unavailable): try again later")]
#[case::unheard_of(599, "", "answered 599: try again later")]
#[case::not_modified(304, "", "answered 304 (Not Modified): check the address")]
#[tokio::test]
async fn other_answers_are_told(#[case] status: u16, #[case] name: &str, #[case] expected: &str) {
    let answer = format!("HTTP/1.1 {status} {name}\r\ncontent-length: 0\r\n\r\n");
    let server = Server::start(answer, Then::Close).await;
    let words = refused(settings(), &server.url()).await;
    assert!(words.contains(expected), "{words}");
}

#[tokio::test]
async fn a_length_beyond_the_bound_is_refused_at_once() {
    let server = Server::start(ok("content-length: 40000001\r\n", b""), Then::Wait).await;
    let words = refused(settings(), &server.url()).await;
    assert_eq!(words, "it is bigger than 40 MB: use a smaller picture");
}

#[rstest]
#[case::no_length("connection: close\r\n")]
#[case::a_chunk("transfer-encoding: chunked\r\n\r\nfffffff")]
#[tokio::test]
async fn what_never_ends_is_cut(#[case] headers: &str) {
    let server = Server::start(ok(headers, b""), Then::Repeat).await;
    let settings = FetchSettings {
        max_bytes: 1_000_000,
        ..settings()
    };
    let error = fetch(settings, &server.url()).await.unwrap_err();
    assert!(matches!(error, FetchError::TooBig { .. }), "{error}");
}

#[tokio::test]
async fn a_length_that_is_too_long_is_a_broken_connection() {
    let server = Server::start(ok("content-length: 1000\r\n", b"abc"), Then::Close).await;
    let words = refused(settings(), &server.url()).await;
    assert!(words.contains("broke after 3 bytes"), "{words}");
}

#[rstest]
#[case::before_the_head("", "sent nothing for 0.1 s, after 0 bytes")]
#[case::within_the_head("HTTP/1.1 200 OK\r\n", "sent nothing for 0.1 s, after 0 bytes")]
#[case::within_the_body(
    "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc",
    "sent nothing for 0.1 s, after 3 bytes"
)]
#[tokio::test]
async fn a_server_that_stalls_is_left(#[case] answer: &str, #[case] expected: &str) {
    let server = Server::start(answer, Then::Wait).await;
    let settings = FetchSettings {
        idle: Duration::from_millis(100),
        ..settings()
    };
    let words = refused(settings, &server.url()).await;
    assert!(words.contains(expected), "{words}");
}

#[tokio::test]
async fn everything_together_has_a_time() {
    let server = Server::start("", Then::Wait).await;
    let settings = FetchSettings {
        total: Duration::from_millis(50),
        ..settings()
    };
    let words = refused(settings, &server.url()).await;
    assert!(
        words.starts_with("it was not there within 0.05 s"),
        "{words}"
    );
}

#[tokio::test]
async fn cancelling_ends_it() {
    let server = Server::start(ok("content-length: 9\r\n", b"abc"), Then::Wait).await;
    let cancel = CancellationToken::new();
    let ended = Fetcher::new(settings())
        .fetch(
            &server.url(),
            |at: Received| {
                if at.bytes == 3 {
                    cancel.cancel();
                }
            },
            &cancel,
        )
        .await;
    assert!(matches!(ended, Err(FetchError::Cancelled)), "{ended:?}");
}

#[tokio::test]
async fn an_unknown_name_is_told() {
    let words = refused(with_names([]), "https://例え.jp/a.jpg?key=secret").await;
    assert_eq!(
        words,
        "the name xn--r8jz45g.jp was not found: check the address and the network"
    );
}

#[tokio::test]
async fn a_closed_port_is_told() {
    let listener = TcpListener::bind((PUBLIC, 0)).await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    let words = refused(settings(), &url).await;
    assert!(
        words.starts_with("no connection to 127.0.0.1 (connection refused)"),
        "{words}"
    );
}

#[tokio::test]
async fn what_is_no_http_is_told() {
    let server = Server::start("SSH-2.0-OpenSSH_9.2\r\n\r\n", Then::Close).await;
    let words = refused(settings(), &server.url()).await;
    assert!(words.contains("does not speak HTTP"), "{words}");
}

#[tokio::test]
async fn what_is_no_tls_is_told() {
    let listener = TcpListener::bind((PUBLIC, 0)).await.unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .await
            .unwrap();
        // Kept open, so that there is nothing else to stumble over.
        let _ = stream.read(&mut [0; 1024]).await;
        std::future::pending::<()>().await;
    });
    let words = refused(settings(), &url).await;
    assert!(
        words.starts_with("no secure connection to 127.0.0.1 ("),
        "{words}"
    );
}
