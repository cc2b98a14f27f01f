//! A gateway of our own that speaks every gateway's protocol: for the profile that works without an
//! account, for tests and for QA.
//!
//! It reads requests with its own eyes, not with the encoder's, so that a request which it takes is
//! one that the documentation describes. It sends nothing to anybody, and can be told to misbehave
//! ([`Fault`]).

mod cloud_api;
mod dialect;
mod evolution;
mod fault;
mod green_api;
mod guard;
mod journal;
mod memory;
mod mint;
mod reply;
mod wuts;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::RETRY_AFTER;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::gateway::{Account, GatewayKind};
use crate::message::limits::{Limit, LimitKey, Limits};
use crate::secret::{MASK, Secret};
use crate::visible;
use dialect::Dialect;
pub use fault::{Fault, FaultError, Misbehaviour};
use journal::Journal;
use memory::Memory;
use mint::Mint;

/// Where each request's line goes, as it is answered.
pub type Log = Box<dyn Fn(String) + Send + Sync>;

/// A running sandbox; it stops when it is dropped.
pub struct Sandbox {
    address: SocketAddr,
    gateway: Arc<Gateway>,
    task: JoinHandle<()>,
}

/// A request that the sandbox received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The HTTP method.
    pub method: String,
    /// The path, with the token masked.
    pub path: String,
    /// The body; what is not UTF-8 is replaced. That of a request without the right token is not
    /// remembered.
    pub body: String,
    /// What it was answered with; `None` where a fault left it without an answer.
    pub status: Option<u16>,
}

/// What every request is answered from.
struct Gateway {
    token: Secret,
    mint: Mint,
    faults: Vec<Fault>,
    /// How many requests each fault was for.
    struck: Vec<AtomicU32>,
    journal: Mutex<Journal>,
    log: Option<Log>,
    received: Mutex<Memory<Received>>,
    /// Whether only this machine can reach it, so that only names of this machine are answered to.
    is_local: bool,
}

/// A connection that ends without an answer.
#[derive(Debug, thiserror::Error)]
#[error("dropped")]
struct Dropped;

/// Every gateway that it speaks for. A path that is nobody's is WUTS', which comes last.
const DIALECTS: [&dyn Dialect; GatewayKind::ALL.len()] = [
    &green_api::GreenApi,
    &cloud_api::CloudApi,
    &evolution::Evolution,
    &wuts::Wuts,
];

/// The longest body that it reads, in bytes.
const MAX_BODY: usize = 1 << 20;

/// The longest path that it remembers and logs, in bytes.
const MAX_PATH: usize = 2048;

/// How many connections it takes at a time; the others wait.
const MAX_CONNECTIONS: usize = 512;

impl Sandbox {
    /// Starts on an address; port 0 takes a free one. Every line of `log` is one request, without
    /// its token and safe to print.
    ///
    /// # Errors
    /// When the address cannot be listened on, or the system gives no random numbers for a token.
    pub async fn start(
        listen: SocketAddr,
        faults: Vec<Fault>,
        log: Option<Log>,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(listen).await.map_err(|error| {
            io::Error::new(error.kind(), format!("cannot listen on {listen}: {error}"))
        })?;
        let (mint, token) = Mint::new()?;
        let gateway = Arc::new(Gateway {
            token,
            mint,
            struck: faults.iter().map(|_| AtomicU32::new(0)).collect(),
            faults,
            journal: Mutex::default(),
            log,
            received: Mutex::default(),
            is_local: listen.ip().to_canonical().is_loopback(),
        });
        Ok(Self {
            address: listener.local_addr()?,
            task: tokio::spawn(serve(listener, Arc::clone(&gateway))),
            gateway,
        })
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its token, new with every start: the bearer token of WUTS and the Cloud API, GREEN-API's
    /// `apiTokenInstance` and Evolution's key.
    pub fn token(&self) -> Secret {
        self.gateway.token.clone()
    }

    /// The settings of its accounts that a profile on it has to have.
    pub fn needed_settings(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let settings = DIALECTS.into_iter().flat_map(|dialect| {
            let keys = dialect.kind().own().facts().keys;
            let needed = |name| {
                keys.iter()
                    .any(|key| key.name == name && key.needed.is_some())
            };
            dialect
                .settings()
                .iter()
                .filter(move |(name, _)| needed(*name))
        });
        settings.copied()
    }

    /// An account on it.
    pub fn account(&self, gateway: GatewayKind) -> Account {
        self.host(Account::public(gateway))
    }

    /// A profile's account, put on it: what the profile chose stays, such as a method or other limits;
    /// where the gateway is, and what it has there, is the sandbox's. Every way to send uses this one.
    pub fn host(&self, mut account: Account) -> Account {
        account.base_url = self.base_url();
        let kind = account.gateway;
        let there = DIALECTS
            .into_iter()
            .filter(|dialect| dialect.kind() == kind);
        let known = kind.own().sandbox_settings();
        let settings = there.flat_map(Dialect::settings).chain(known);
        settings.fold(account, |account, (key, value)| account.with(key, *value))
    }

    /// The last requests that it received, at most a thousand and 4 MiB, oldest first.
    pub fn received(&self) -> Vec<Received> {
        let received = self.gateway.received.lock();
        let received = received.unwrap_or_else(PoisonError::into_inner);
        received.iter().cloned().collect()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("address", &self.address)
            .field("faults", &self.gateway.faults)
            .finish_non_exhaustive()
    }
}

/// Takes connections until it is aborted, which ends them too.
async fn serve(listener: TcpListener, gateway: Arc<Gateway>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept(), if connections.len() < MAX_CONNECTIONS => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(converse(stream, Arc::clone(&gateway)));
                }
                // No more files may be open: one is soon closed.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Answers what comes over one connection.
async fn converse(stream: TcpStream, gateway: Arc<Gateway>) {
    let answer = service_fn(|request| answer(&gateway, request));
    // An error here is a client that went away, or a connection dropped on purpose.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), answer)
        .await;
}

async fn answer(
    gateway: &Gateway,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Dropped> {
    let (head, body) = request.into_parts();
    let path = head.uri.path();
    let dialect = dialect_of(path);
    let record = |body: &Bytes, status: Option<StatusCode>, note: &str| {
        gateway.record(&head.method, path, body, status, note);
    };
    if let Some(words) = guard::refusal(&head).filter(|_| gateway.is_local) {
        let reply = dialect.refuse(StatusCode::FORBIDDEN, &words, path);
        record(&Bytes::new(), Some(reply.status()), &reply.note);
        return Ok(reply.into_response());
    }
    let body = match read(body, dialect.is_authorized(gateway, &head)).await {
        Ok(body) => body,
        Err(Unread::TooLarge) => {
            let words = "request body too large";
            let reply = dialect.refuse(StatusCode::PAYLOAD_TOO_LARGE, words, path);
            record(&Bytes::new(), Some(reply.status()), &reply.note);
            return Ok(reply.into_response());
        }
        Err(Unread::Gone) => return Err(Dropped),
    };

    let mut is_lost = false;
    match gateway.misbehaviour(dialect, path) {
        Some(Misbehaviour::Status(status)) => {
            record(&body, Some(*status), "fault");
            return Ok(dialect.documented(*status, path).into_response());
        }
        Some(Misbehaviour::RetryAfter(status, seconds)) => {
            let mut response = dialect.documented(*status, path).into_response();
            response
                .headers_mut()
                .insert(RETRY_AFTER, (*seconds).into());
            record(&body, Some(*status), "fault");
            return Ok(response);
        }
        Some(Misbehaviour::Timeout) => {
            record(&body, None, "fault: no answer");
            std::future::pending::<()>().await;
        }
        Some(Misbehaviour::Drop) => {
            record(&body, None, "fault: dropped");
            return Err(Dropped);
        }
        Some(Misbehaviour::Slow(delay)) => tokio::time::sleep(*delay).await,
        Some(Misbehaviour::Lost) => is_lost = true,
        Some(Misbehaviour::State(_)) | None => {}
    }

    let reply = dialect.answer(gateway, &head, &body);
    if is_lost {
        record(&body, None, &format!("fault: lost {}", reply.note));
        return Err(Dropped);
    }
    record(&body, Some(reply.status()), &reply.note);
    Ok(reply.into_response())
}

/// Why a body was not read.
enum Unread {
    TooLarge,
    /// The client went away.
    Gone,
}

/// Reads a body. One that is not `wanted` is read to its end, so that the client hears the answer, and
/// thrown away piece by piece.
async fn read(body: Incoming, wanted: bool) -> Result<Bytes, Unread> {
    let mut body = Limited::new(body, MAX_BODY);
    let unread = |error: Box<dyn std::error::Error + Send + Sync>| {
        if error.is::<LengthLimitError>() {
            Unread::TooLarge
        } else {
            Unread::Gone
        }
    };
    if wanted {
        return Ok(body.collect().await.map_err(unread)?.to_bytes());
    }
    while let Some(frame) = body.frame().await {
        frame.map_err(unread)?;
    }
    Ok(Bytes::new())
}

/// A documented limit that a count is above; those that are only assumed are not enforced.
fn exceeded(limits: &Limits, key: LimitKey, count: impl Fn(&Limit) -> usize) -> Option<usize> {
    let limit = limits.get(key).filter(|limit| !limit.is_assumed())?;
    (count(limit) > limit.max).then_some(limit.max)
}

impl Gateway {
    /// How it is to misbehave on this request: by the first fault that is not used up.
    fn misbehaviour(&self, dialect: &dyn Dialect, path: &str) -> Option<&Misbehaviour> {
        let endpoint = dialect.endpoint(path);
        let mut faults = Fault::for_endpoint(&self.faults, &endpoint);
        let strikes = |(index, fault): &(usize, &Fault)| {
            let requests = self.struck[*index].fetch_add(1, Ordering::Relaxed);
            fault.strikes_after(requests)
        };
        let (_, fault) = faults.find(strikes)?;
        Some(fault.misbehaviour())
    }

    fn journal(&self) -> MutexGuard<'_, Journal> {
        self.journal.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The state that an endpoint is said to be in.
    fn state_of(&self, endpoint: &str) -> Option<&'static str> {
        Fault::state_of(&self.faults, endpoint)
    }

    /// Remembers a request and logs its line.
    fn record(
        &self,
        method: &Method,
        path: &str,
        body: &Bytes,
        status: Option<StatusCode>,
        note: &str,
    ) {
        let mut path = self.masked(path);
        // A path is ASCII, and so is the mask.
        if path.len() > MAX_PATH && path.is_char_boundary(MAX_PATH) {
            path.truncate(MAX_PATH);
        }
        if let Some(log) = &self.log {
            let status = status.as_ref().map_or("---", StatusCode::as_str);
            let line = format!("{method} {path} {status} {note}");
            log(visible::line(self.token.redact(line.trim_end()).as_str()).into_owned());
        }
        let received = Received {
            method: method.to_string(),
            path,
            body: String::from_utf8_lossy(body).into_owned(),
            status: status.map(|status| status.as_u16()),
        };
        let bytes = received.path.len() + received.body.len();
        let memory = self.received.lock();
        let mut memory = memory.unwrap_or_else(PoisonError::into_inner);
        memory.push(received, bytes);
    }

    /// A path without what stands where a token does, be it this sandbox's or another's.
    fn masked(&self, path: &str) -> String {
        match dialect_of(path).before_token(path) {
            Some(before) => format!("{before}{MASK}"),
            None => self.token.redact(path),
        }
    }
}

/// The dialect of a path.
fn dialect_of(path: &str) -> &'static dyn Dialect {
    let mut dialects = DIALECTS.into_iter();
    dialects
        .find(|dialect| dialect.speaks(path))
        .unwrap_or(&wuts::Wuts)
}

/// Every endpoint that can be told to misbehave.
fn endpoints() -> impl Iterator<Item = &'static str> {
    let dialects = DIALECTS.into_iter().rev();
    dialects.flat_map(|dialect| dialect.endpoints().iter().copied())
}
