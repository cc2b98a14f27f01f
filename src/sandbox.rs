//! A gateway of our own that speaks every gateway's protocol: for the profile that works without an
//! account, for tests and for QA.
//!
//! It reads requests with its own eyes, not with the encoder's, so that a request which it takes is
//! one that the documentation describes. It sends nothing to anybody, and can be told to misbehave
//! ([`Fault`]).

mod cloud_api;
mod fault;
mod green_api;
mod journal;
mod mint;
mod reply;
mod wuts;

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::header::RETRY_AFTER;
use axum::http::{Method, Request, Response, StatusCode};
use axum::response::IntoResponse as _;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::gateway::{Account, GatewayKind};
use crate::message::limits::{Limit, LimitKey, Limits};
use crate::secret::{MASK, Secret};
use crate::visible;
pub use fault::{Fault, FaultError, Misbehaviour};
use journal::Journal;
use mint::Mint;
use reply::{Note, Reply};

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
    /// The body; what is not UTF-8 is replaced.
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
    received: Mutex<VecDeque<Received>>,
}

/// A connection that ends without an answer.
#[derive(Debug, thiserror::Error)]
#[error("dropped")]
struct Dropped;

/// The instance number that it has for GREEN-API.
const ID_INSTANCE: &str = "1101000001";

/// The id of the phone number that it has for the Cloud API, and of the catalog.
const PHONE_NUMBER_ID: &str = "106540352242922";
const CATALOG_ID: &str = "194836987003835";

/// The longest body that it reads, in bytes.
const MAX_BODY: usize = 1 << 20;

/// How many requests it remembers.
const REMEMBERED: usize = 1000;

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

    /// Its token, new with every start: the bearer token of WUTS and the Cloud API, and GREEN-API's
    /// `apiTokenInstance`.
    pub fn token(&self) -> Secret {
        self.gateway.token.clone()
    }

    /// Its instance number, for GREEN-API.
    pub const fn id_instance(&self) -> &'static str {
        ID_INSTANCE
    }

    /// Its phone number's id, for the Cloud API.
    pub const fn phone_number_id(&self) -> &'static str {
        PHONE_NUMBER_ID
    }

    /// An account on it.
    pub fn account(&self, gateway: GatewayKind) -> Account {
        Account {
            base_url: self.base_url(),
            id_instance: ID_INSTANCE.to_owned(),
            phone_number_id: PHONE_NUMBER_ID.to_owned(),
            catalog_id: CATALOG_ID.to_owned(),
            ..Account::public(gateway)
        }
    }

    /// The last requests that it received, at most a thousand, oldest first.
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
    let router = wuts::routes()
        .merge(green_api::routes())
        .merge(cloud_api::routes())
        .fallback(reply::not_found)
        .method_not_allowed_fallback(reply::method_not_allowed)
        .with_state(Arc::clone(&gateway));
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(converse(stream, Arc::clone(&gateway), router.clone()));
                }
                // No more files may be open: one is soon closed.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Answers what comes over one connection.
async fn converse(stream: TcpStream, gateway: Arc<Gateway>, router: Router) {
    let answer = service_fn(|request| answer(&gateway, &router, request));
    // An error here is a client that went away, or a connection dropped on purpose.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), answer)
        .await;
}

async fn answer(
    gateway: &Gateway,
    router: &Router,
    request: Request<Incoming>,
) -> Result<Response<Body>, Dropped> {
    let (head, body) = request.into_parts();
    let record = |body: &Bytes, status: Option<StatusCode>, note: &str| {
        gateway.record(&head.method, head.uri.path(), body, status, note);
    };
    let body = match Limited::new(body, MAX_BODY).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => {
            let reply = reply::too_large();
            record(&Bytes::new(), Some(reply.status()), &reply.note);
            return Ok(reply.into_response());
        }
        Err(_) => return Err(Dropped),
    };

    let mut is_lost = false;
    match gateway.misbehaviour(head.uri.path()) {
        Some(Misbehaviour::Status(status)) => {
            let reply = faulty_reply(head.uri.path(), *status);
            record(&body, Some(*status), "fault");
            return Ok(reply.into_response());
        }
        Some(Misbehaviour::RetryAfter(status, seconds)) => {
            let mut response = faulty_reply(head.uri.path(), *status).into_response();
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

    let whole = Request::from_parts(head.clone(), Body::from(body.clone()));
    let service = TowerToHyperService::new(router.clone());
    let Ok(response) = service.call(whole).await;
    let note = response.extensions().get::<Note>();
    let note = note.map_or("", |Note(note)| note.as_str());
    if is_lost {
        record(&body, None, &format!("fault: lost {note}"));
        return Err(Dropped);
    }
    record(&body, Some(response.status()), note);
    Ok(response)
}

/// The answer that a gateway documents for a status.
fn faulty_reply(path: &str, status: StatusCode) -> Reply {
    match green_api::method_in(path) {
        Some(method) => green_api::documented(status, method, path),
        None if cloud_api::is_path(path) => cloud_api::documented(status),
        None => wuts::documented(status, path),
    }
}

/// A documented limit that a count is above; those that are only assumed are not enforced.
fn exceeded(limits: &Limits, key: LimitKey, count: impl Fn(&Limit) -> usize) -> Option<usize> {
    let limit = limits.get(key).filter(|limit| !limit.is_assumed())?;
    (count(limit) > limit.max).then_some(limit.max)
}

impl Gateway {
    /// How it is to misbehave on this request: by the first fault that is not used up.
    fn misbehaviour(&self, path: &str) -> Option<&Misbehaviour> {
        let mut faults = Fault::for_path(&self.faults, path);
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
        let path = self.masked(path);
        if let Some(log) = &self.log {
            let status = status.as_ref().map_or("---", StatusCode::as_str);
            let line = format!("{method} {path} {status} {note}");
            log(visible::line(self.token.redact(line.trim_end()).as_str()).into_owned());
        }
        let received = self.received.lock();
        let mut received = received.unwrap_or_else(PoisonError::into_inner);
        if received.len() == REMEMBERED {
            received.pop_front();
        }
        received.push_back(Received {
            method: method.to_string(),
            path,
            body: String::from_utf8_lossy(body).into_owned(),
            status: status.map(|status| status.as_u16()),
        });
    }

    /// A path without what stands where GREEN-API's token does, be it this sandbox's or another's.
    fn masked(&self, path: &str) -> String {
        if path.starts_with("/waInstance")
            && let Some((end, _)) = path.match_indices('/').nth(2)
        {
            return format!("{}/{MASK}", &path[..end]);
        }
        self.token.redact(path)
    }
}
