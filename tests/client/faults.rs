//! Every way in which a gateway can fail, and what that comes to at each gateway.

use std::future::ready;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use rstest::rstest;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use wacompose::client::{Client, MAX_ATTEMPTS, Pace, Progress, Retries, Wait};
use wacompose::gateway::wire::Timeouts;
use wacompose::gateway::{Exchange, GatewayKind};
use wacompose::secret::Secret;

use super::tls::Authority;
use super::{PATIENT, TOKEN, account, http, read_request, request, told};

/// A clock on which a wait is over at once, but has taken its time. Half of every wait is drawn.
#[derive(Clone)]
pub(super) struct PassingPace {
    begin: Instant,
    passed: Arc<Mutex<Duration>>,
}

/// When its clock begins: Fri, 13 Feb 2009 23:31:30 GMT.
const DATE: Duration = Duration::from_secs(1_234_567_890);

impl PassingPace {
    pub(super) fn new() -> Self {
        Self {
            begin: Instant::now(),
            passed: Arc::default(),
        }
    }

    pub(super) fn passed(&self) -> Duration {
        *self.passed.lock().unwrap()
    }
}

impl Pace for PassingPace {
    fn now(&self) -> Instant {
        self.begin + self.passed()
    }

    fn date(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + DATE + self.passed()
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        *self.passed.lock().unwrap() += time;
        Box::pin(ready(()))
    }

    fn chance(&self) -> f64 {
        0.5
    }
}

/// What a gateway does with a connection.
#[derive(Debug, Clone)]
enum Does {
    /// Breaks it off when the first byte comes.
    ResetsAtOnce,
    /// Says nothing to it.
    StallsAtOnce,
    /// Reads the request and breaks it off.
    Resets,
    /// Reads the request, writes this and says no more.
    Stalls(&'static str),
    /// Reads the request, writes this and closes.
    Answers(String),
    /// Takes the message.
    Accepts,
}

/// A gateway that does one thing after the other, the last for ever, and counts the requests that it
/// read whole.
struct Server {
    base_url: String,
    requests: Arc<AtomicUsize>,
}

impl Server {
    async fn start(scheme: &str, gateway: GatewayKind, script: Vec<Does>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("{scheme}://{}", listener.local_addr().unwrap());
        let requests = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&requests);
        tokio::spawn(async move {
            let mut script = script.into_iter().peekable();
            let mut held = Vec::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let does = script.next().unwrap();
                if script.peek().is_none() {
                    script = vec![does.clone()].into_iter().peekable();
                }
                held.extend(converse(stream, gateway, does, &count).await);
            }
        });
        Self { base_url, requests }
    }
}

/// A connection that is kept open in silence comes back.
async fn converse(
    mut stream: TcpStream,
    gateway: GatewayKind,
    does: Does,
    count: &AtomicUsize,
) -> Option<TcpStream> {
    match does {
        Does::ResetsAtOnce => {
            stream.readable().await.unwrap();
            stream.set_zero_linger().unwrap();
            return None;
        }
        Does::StallsAtOnce => return Some(stream),
        _ => {}
    }
    read_request(&mut stream).await.unwrap();
    count.fetch_add(1, Ordering::SeqCst);
    let (answer, stays) = match does {
        Does::Stalls(first) => (first.to_owned(), true),
        Does::Answers(answer) => (answer, false),
        Does::Accepts => (http("200 OK", "", accepted(gateway)), false),
        _ => {
            stream.set_zero_linger().unwrap();
            return None;
        }
    };
    stream.write_all(answer.as_bytes()).await.unwrap();
    let _ = if stays {
        Ok(())
    } else {
        stream.shutdown().await
    };
    stays.then_some(stream)
}

const fn accepted(gateway: GatewayKind) -> &'static str {
    match gateway {
        GatewayKind::Wuts => r#"{"success":true,"message_id":"3EB0日本"}"#,
        GatewayKind::GreenApi => r#"{"idMessage":"3EB0日本"}"#,
        GatewayKind::CloudApi => r#"{"messages":[{"id":"wamid.日本"}]}"#,
        GatewayKind::Evolution => r#"{"key":{"id":"3EB0日本"}}"#,
    }
}

/// What is expected: the outcome and its code, the requests that the gateway read, the attempts, and
/// the milliseconds waited.
type Expected = (&'static str, &'static str, usize, u32, u64);

/// The same at every gateway.
const fn all(expected: Expected) -> [Expected; 3] {
    [expected; 3]
}

fn status(line: &str) -> Vec<Does> {
    vec![Does::Answers(http(line, "", ""))]
}

fn says(line: &str, headers: &str, body: &str) -> Vec<Does> {
    vec![Does::Answers(http(line, headers, body))]
}

/// Asks for a wait, by its own clock.
fn dated(date: &str, retry_after: &str) -> Vec<Does> {
    let headers = format!("Date: {date}\r\nRetry-After: {retry_after}\r\n");
    says("429 Too Many Requests", &headers, "")
}

fn then(mut script: Vec<Does>, next: Does) -> Vec<Does> {
    script.push(next);
    script
}

const STARTING: &str = r#"{"statusCode":400,"message":"instance in starting process try later"}"#;
const HALF: &str = "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"message_id\":\"3E";
const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n";

#[rstest]
#[case::refused(vec![], all(("rejected", "connect", 0, 5, 7500)))]
#[case::reset_before_the_request(vec![Does::ResetsAtOnce], all(("rejected", "connect", 0, 5, 7500)))]
#[case::reset_after_the_request(vec![Does::Resets], all(("unknown", "connection-lost", 1, 1, 0)))]
#[case::stall_while_connecting(vec![Does::StallsAtOnce], all(("rejected", "connect-timeout", 0, 5, 7500)))]
#[case::stall_after_the_request(vec![Does::Stalls("")], all(("unknown", "timeout", 1, 1, 0)))]
#[case::stall_in_the_head(vec![Does::Stalls("HTTP/1.1 429 Too")], all(("unknown", "timeout", 1, 1, 0)))]
#[case::stall_after_the_head(vec![Does::Stalls(HEAD)], all(("unknown", "timeout", 1, 1, 0)))]
#[case::stall_in_the_body(vec![Does::Stalls(HALF)], all(("unknown", "timeout", 1, 1, 0)))]
#[case::status_429(status("429 Too Many Requests"), all(("rejected", "429", 5, 5, 7500)))]
#[case::status_429_for_seconds(
    says("429 Too Many Requests", "Retry-After: 3\r\n", ""),
    all(("rejected", "429", 5, 5, 13_000))
)]
#[case::status_429_until_a_date(
    says("429 Too Many Requests", "Retry-After: Fri, 13 Feb 2009 23:31:40 GMT\r\n", ""),
    all(("rejected", "429", 5, 5, 17_000))
)]
#[case::status_429_until_a_date_by_a_clock_ahead(
    dated("Fri, 13 Feb 2009 23:36:20 GMT", "Fri, 13 Feb 2009 23:36:30 GMT"),
    all(("rejected", "429", 5, 5, 40_000))
)]
#[case::status_429_until_a_date_by_a_clock_behind(
    dated("Fri, 13 Feb 2009 23:26:20 GMT", "Fri, 13 Feb 2009 23:26:30 GMT"),
    all(("rejected", "429", 5, 5, 40_000))
)]
#[case::status_429_until_a_date_that_is_over(
    dated("Fri, 13 Feb 2009 23:36:20 GMT", "Fri, 13 Feb 2009 23:36:19 GMT"),
    all(("rejected", "429", 5, 5, 7500))
)]
#[case::status_429_for_seconds_by_a_clock_ahead(
    dated("Fri, 13 Feb 2009 23:36:20 GMT", "3"),
    all(("rejected", "429", 5, 5, 13_000))
)]
#[case::status_429_until_a_date_by_no_clock(
    dated("日本 👩‍👩‍👧 e\u{301} שלום", "Fri, 13 Feb 2009 23:31:40 GMT"),
    all(("rejected", "429", 5, 5, 17_000))
)]
#[case::status_429_until_it_is_over(
    says("429 Too Many Requests", "Retry-After: 25\r\n", ""),
    all(("rejected", "429", 3, 3, 50_000))
)]
#[case::status_429_for_too_long(
    says("429 Too Many Requests", "Retry-After: 61\r\n", ""),
    all(("rejected", "429", 1, 1, 0))
)]
#[case::status_429_for_nonsense(
    says("429 Too Many Requests", "Retry-After: soon\r\n", ""),
    all(("rejected", "429", 5, 5, 7500))
)]
#[case::status_502(status("502 Bad Gateway"), all(("unknown", "502", 1, 1, 0)))]
#[case::status_524(status("524 A Timeout Occurred"), all(("unknown", "524", 1, 1, 0)))]
#[case::status_503_with_a_code(says("503 No", "", r#"{"error":{"code":131016,"message":"日本"}}"#), [
    ("rejected", "503", 5, 5, 7500),
    ("rejected", "503", 5, 5, 7500),
    ("unknown", "131016", 1, 1, 0),
])]
#[case::status_503_with_a_code_of_a_rate(says("503 No", "", r#"{"error":{"code":4}}"#), [
    ("rejected", "503", 5, 5, 7500),
    ("rejected", "503", 5, 5, 7500),
    ("rejected", "4", 5, 5, 7500),
])]
#[case::status_503_with_a_code_that_is_not_listed(says("503 No", "", r#"{"error":{"code":999}}"#), [
    ("rejected", "503", 5, 5, 7500),
    ("rejected", "503", 5, 5, 7500),
    ("unknown", "999", 1, 1, 0),
])]
#[case::status_503(status("503 Service Unavailable"), all(("rejected", "503", 5, 5, 7500)))]
#[case::status_500(status("500 Internal Server Error"), all(("unknown", "500", 1, 1, 0)))]
#[case::status_504(status("504 Gateway Timeout"), all(("unknown", "504", 1, 1, 0)))]
#[case::status_408(status("408 Request Timeout"), all(("unknown", "408", 1, 1, 0)))]
#[case::starting(says("400 Bad Request", "", STARTING), [
    ("rejected", "400", 1, 1, 0),
    ("rejected", "400", 5, 5, 7500),
    ("rejected", "400", 1, 1, 0),
])]
#[case::truncated_json(says("200 OK", "", r#"{"message_id":"3EB0"#), all(("unknown", "200", 1, 1, 0)))]
#[case::html(says("200 OK", "Content-Type: text/html\r\n", "<html>日本 👩‍👩‍👧"), all(("unknown", "200", 1, 1, 0)))]
#[case::html_of_a_proxy(says("503 No", "Content-Type: text/html\r\n", "<html>שלום"), all(("rejected", "503", 5, 5, 7500)))]
#[case::error_inside_of_wuts(says("200 OK", "", r#"{"success":false,"error":"WhatsApp not connected"}"#), [
    ("rejected", "200", 1, 1, 0),
    ("rejected", "200", 1, 1, 0),
    ("rejected", "200", 1, 1, 0),
])]
#[case::error_inside_of_green_api(says("200 OK", "", r#"{"code":401,"description":"Unauthorized"}"#), [
    ("unknown", "200", 1, 1, 0),
    ("rejected", "401", 1, 1, 0),
    ("unknown", "200", 1, 1, 0),
])]
#[case::error_inside_of_the_cloud_api(says("200 OK", "", r#"{"error":{"code":190,"message":"e\u0301"}}"#), [
    ("rejected", "200", 1, 1, 0),
    ("rejected", "200", 1, 1, 0),
    ("rejected", "190", 1, 1, 0),
])]
#[case::drop_after_the_head(vec![Does::Answers(HEAD.to_owned())], all(("unknown", "connection-lost", 1, 1, 0)))]
#[case::drop_in_the_body(vec![Does::Answers(HALF.to_owned())], all(("unknown", "connection-lost", 1, 1, 0)))]
#[case::drop_after_the_head_of_a_refusal(
    vec![Does::Answers("HTTP/1.1 429 No\r\nContent-Length: 50\r\n\r\n".to_owned())],
    all(("rejected", "429", 5, 5, 7500))
)]
#[case::once_429(then(status("429 Too Many Requests"), Does::Accepts), all(("accepted", "", 2, 2, 500)))]
#[case::twice_503(
    then(then(status("503 No"), Does::Answers(http("503 No", "", ""))), Does::Accepts),
    all(("accepted", "", 3, 3, 1500))
)]
#[case::once_503_then_silence(then(status("503 No"), Does::Resets), all(("unknown", "connection-lost", 2, 2, 500)))]
#[case::once_503_then_refused(
    then(status("503 No"), Does::Answers(http("404 Not Found", "", ""))),
    all(("rejected", "404", 2, 2, 500))
)]
#[case::accepted(vec![Does::Accepts], all(("accepted", "", 1, 1, 0)))]
#[tokio::test]
async fn a_fault(
    #[case] script: Vec<Does>,
    #[case] expected: [Expected; 3],
    #[values(0, 1, 2)] which: usize,
) {
    let gateway = GatewayKind::ALL[which];
    let is_early = matches!(
        script.first(),
        Some(Does::ResetsAtOnce | Does::StallsAtOnce)
    );
    // What comes before the request has its time while TLS is agreed on.
    let scheme = if is_early { "https" } else { "http" };
    let server = if script.is_empty() {
        refusing()
    } else {
        Server::start(scheme, gateway, script.clone()).await
    };
    let mut timeouts = PATIENT;
    match script.first() {
        Some(Does::StallsAtOnce) => timeouts.connect = Duration::from_millis(100),
        Some(Does::Stalls(_)) => timeouts.total = Duration::from_secs(1),
        _ => {}
    }
    let pace = PassingPace::new();
    let (exchange, _) = send(timeouts, &server, gateway, &pace).await;
    let (outcome, code) = told(&exchange);
    let seen = server.requests.load(Ordering::SeqCst);
    let waited = u64::try_from(pace.passed().as_millis()).unwrap();
    let came = (outcome, code, seen, exchange.attempts, waited);
    assert_eq!(came, expected[which], "{:?}", exchange.outcome);
}

fn refusing() -> Server {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    Server {
        base_url,
        requests: Arc::default(),
    }
}

async fn send(
    timeouts: Timeouts,
    server: &Server,
    gateway: GatewayKind,
    pace: &PassingPace,
) -> (Exchange, Vec<Progress>) {
    let steps = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&steps);
    let retries = Retries::new(move |step| told.lock().unwrap().push(step)).at(pace.clone());
    let authority = Authority::new();
    let client = Client::new(timeouts)
        .with_ca_file(Some(authority.file.path()))
        .with_retries(retries);
    let account = account(gateway, server.base_url.as_str());
    let cancel = CancellationToken::new();
    let token = Secret::new(TOKEN);
    let exchange = client
        .send(&account, &token, request(&account), &cancel)
        .await;
    let steps = steps.lock().unwrap().clone();
    (exchange, steps)
}

#[tokio::test]
async fn every_step_is_told() {
    let script = then(
        says("429 Too Many Requests", "Retry-After: 3\r\n", ""),
        Does::Accepts,
    );
    let server = Server::start("http", GatewayKind::Wuts, script).await;
    let pace = PassingPace::new();
    let (_, steps) = send(PATIENT, &server, GatewayKind::Wuts, &pace).await;
    let wait = Wait {
        attempt: 2,
        of: MAX_ATTEMPTS,
        delay: Duration::from_secs(3),
        reason: "429".to_owned(),
    };
    assert_eq!(wait.to_string(), "429: trying again in 3 s (2 of 5)");
    let expected = [
        Progress::Trying { attempt: 1 },
        Progress::Waiting(wait),
        Progress::Trying { attempt: 2 },
    ];
    assert_eq!(steps, expected);
}

#[tokio::test]
async fn giving_up_is_explained() {
    for (answer, said) in [
        (status("503 No"), "It was tried 5 times in 8 s."),
        (
            says("503 No", "Retry-After: 3600\r\n", ""),
            "The gateway asks to wait 3600 s, which is longer",
        ),
        (
            says("503 No", "Retry-After: 99999999999999999999999\r\n", ""),
            "The gateway asks to wait more than a day, which is longer",
        ),
    ] {
        let server = Server::start("http", GatewayKind::GreenApi, answer).await;
        let pace = PassingPace::new();
        let (exchange, _) = send(PATIENT, &server, GatewayKind::GreenApi, &pace).await;
        let explanation = &exchange.outcome.refusal().unwrap().explanation;
        assert!(explanation.contains(said), "{explanation}");
        assert_eq!(exchange.elapsed, pace.passed());
    }
}

/// A clock whose date jumps, as when the machine sleeps or somebody sets it.
struct JumpingPace {
    pace: PassingPace,
    /// How far it has jumped, in seconds.
    jumped: Arc<Mutex<i64>>,
}

impl Pace for JumpingPace {
    fn now(&self) -> Instant {
        self.pace.now()
    }

    fn date(&self) -> SystemTime {
        let jumped = *self.jumped.lock().unwrap();
        let by = Duration::from_secs(jumped.unsigned_abs());
        if jumped < 0 {
            self.pace.date() - by
        } else {
            self.pace.date() + by
        }
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        self.pace.sleep(time)
    }

    fn chance(&self) -> f64 {
        self.pace.chance()
    }
}

/// What is sent hours later is not what anybody waits for.
#[rstest]
#[case::asleep_while_it_was_tried(true, 7200, 1, "It was not tried again: 7200 s had passed,")]
#[case::asleep_for_hours(false, 7200, 1, "It was not tried again: 7201 s had passed,")]
#[case::asleep_for_days(
    false,
    200_000,
    1,
    "It was not tried again: more than a day had passed,"
)]
#[case::asleep_for_a_while(false, 25, 3, "It was not tried again: 79 s had passed,")]
#[case::set_a_little(false, 1, 5, "It was tried 5 times in 8 s.")]
#[case::set_back(false, -7200, 5, "It was tried 5 times in 8 s.")]
#[case::set_back_before_there_were_dates(false, -1_000_000_000, 5, "It was tried 5 times in 8 s.")]
#[tokio::test]
async fn a_wait_ends_when_the_date_says_so(
    #[case] while_it_is_tried: bool,
    #[case] jump: i64,
    #[case] attempts: u32,
    #[case] said: &str,
) {
    let script = status("429 Too Many Requests");
    let server = Server::start("http", GatewayKind::GreenApi, script).await;
    let jumped = Arc::new(Mutex::new(0));
    let pace = JumpingPace {
        pace: PassingPace::new(),
        jumped: Arc::clone(&jumped),
    };
    let retries = Retries::new(move |step| {
        if matches!(step, Progress::Trying { .. }) == while_it_is_tried {
            *jumped.lock().unwrap() += jump;
        }
    });
    let client = Client::new(PATIENT).with_retries(retries.at(pace));
    let account = account(GatewayKind::GreenApi, server.base_url.as_str());
    let exchange = super::send(&client, &account).await;
    assert_eq!(told(&exchange), ("rejected", "429"));
    assert_eq!(exchange.attempts, attempts);
    let seen = server.requests.load(Ordering::SeqCst);
    assert_eq!(seen, usize::try_from(attempts).unwrap());
    let explanation = &exchange.outcome.refusal().unwrap().explanation;
    assert!(explanation.contains(said), "{explanation}");
}

/// A clock that stands still.
struct StandingPace;

impl Pace for StandingPace {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn date(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }

    fn sleep(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(std::future::pending())
    }

    fn chance(&self) -> f64 {
        0.5
    }
}

#[rstest]
#[case::answered(true, 1, Some(429))]
#[case::refused(false, 0, None)]
#[tokio::test]
async fn cancelled_while_it_waits_it_is_not_sent(
    #[case] answers: bool,
    #[case] seen: usize,
    #[case] last: Option<u16>,
) {
    let server = if answers {
        Server::start("http", GatewayKind::Wuts, status("429 Too Many Requests")).await
    } else {
        refusing()
    };
    let cancel = CancellationToken::new();
    let stop = cancel.clone();
    let retries = Retries::new(move |step| {
        if matches!(step, Progress::Waiting(_)) {
            stop.cancel();
        }
    });
    let client = Client::new(PATIENT).with_retries(retries.at(StandingPace));
    let account = account(GatewayKind::Wuts, server.base_url.as_str());
    let token = Secret::new(TOKEN);
    let exchange = client
        .send(&account, &token, request(&account), &cancel)
        .await;
    assert_eq!(told(&exchange), ("rejected", "cancelled"));
    assert_eq!(exchange.attempts, 1);
    assert_eq!(exchange.response.map(|response| response.status), last);
    let refusal = exchange.outcome.refusal().unwrap();
    assert!(refusal.explanation.contains("not sent") && !refusal.repeatable);
    assert_eq!(server.requests.load(Ordering::SeqCst), seen);
}

#[tokio::test]
async fn without_retries_it_tries_once() {
    let server = Server::start("http", GatewayKind::Wuts, status("429 Too Many Requests")).await;
    let account = account(GatewayKind::Wuts, server.base_url.as_str());
    let exchange = super::send(&Client::new(PATIENT), &account).await;
    assert_eq!(
        (told(&exchange), exchange.attempts),
        (("rejected", "429"), 1)
    );
}

#[rstest]
#[case::token("", "http://127.0.0.1:1", "token")]
#[case::address("日本", "ftp://127.0.0.1:1", "token")]
#[tokio::test]
async fn what_cannot_be_sent_is_not_tried_again(
    #[case] token: &str,
    #[case] base_url: &str,
    #[case] code: &str,
) {
    let pace = PassingPace::new();
    let client = Client::new(PATIENT).with_retries(Retries::new(drop).at(pace.clone()));
    let account = account(GatewayKind::Wuts, base_url);
    let (token, cancel) = (Secret::new(token), CancellationToken::new());
    let exchange = client
        .send(&account, &token, request(&account), &cancel)
        .await;
    assert_eq!(
        (told(&exchange), exchange.attempts),
        (("rejected", code), 0)
    );
    assert_eq!(pace.passed(), Duration::ZERO);
}
