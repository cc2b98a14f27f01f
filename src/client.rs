//! Sends requests: the only user of an HTTP library, and the only place where a token is put in.
//!
//! A message is never sent twice and never said to be unsent when it may have been: one request,
//! one connection, no redirect. What ends before the connection asked for the request's body is
//! [`Outcome::Rejected`], certainly not sent; what ends after it without an answer is
//! [`Outcome::Unknown`].
//!
//! ```text
//! prepare ─→ connect ─→ write ─→ wait ─→ read ─→ redact ─→ decode
//!    └── not sent ──┘      └──── unknown ────┘              └─ what the gateway says
//! ```

mod connector;
mod failure;
mod fetch;
mod hand_over;
mod redaction;

use std::sync::Arc;
use std::time::Instant;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION, RETRY_AFTER};
use reqwest::{Method, Url};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::gateway::wire::{Piece, Request, Response, Timeouts};
use crate::gateway::{Account, Exchange, Fallback, Outcome, Refusal, address};
use crate::secret::Secret;
use connector::Connector;
use failure::{Failure, Late};
pub use fetch::{
    FetchError, FetchSettings, Fetched, Fetcher, Lookup, MAX_REDIRECTS, Network, Received,
    is_public,
};
use hand_over::HandOver;

/// Sends requests to gateways. A clone shares what was set up; nothing slow happens before the
/// first request.
#[derive(Debug, Clone, Default)]
pub struct Client {
    timeouts: Timeouts,
    allow_http: bool,
    connector: Arc<Connector>,
}

/// A message and the numbered text that goes along with it.
#[derive(Debug, Clone, PartialEq)]
pub struct WithDuplicate {
    /// What became of the message.
    pub main: Exchange,
    /// What became of the numbered text; `None` when it was not sent.
    pub duplicate: Option<Exchange>,
}

/// A request with the token in it. It has no `Debug`, for it must not be shown.
struct Prepared {
    url: Url,
    headers: HeaderMap,
    body: String,
}

/// What one attempt came to.
struct Attempt {
    response: Option<Response>,
    outcome: Outcome,
    /// Whether anything was opened at all.
    opened: bool,
}

impl Client {
    /// A client with its time-outs, for `https://` and for `http://` to this machine.
    pub fn new(timeouts: Timeouts) -> Self {
        Self {
            timeouts,
            ..Self::default()
        }
    }

    /// The same, with `http://` allowed to other machines too: a profile's `allow_http`.
    #[must_use]
    pub fn with_http_allowed(mut self, allow_http: bool) -> Self {
        self.allow_http = allow_http;
        self
    }

    /// Sends one request and says what became of it. Cancelling is safe at any moment.
    ///
    /// The codes of what it says itself: `token` and `address` (nothing was opened), `dns`,
    /// `connect`, `tls`, `connect-timeout` (not sent), `timeout`, `connection-lost`, `bad-answer`
    /// (unknown), `cancelled` (either). Nothing that comes back holds the token.
    pub async fn send(
        &self,
        account: &Account,
        token: &Secret,
        request: Request,
        cancel: &CancellationToken,
    ) -> Exchange {
        let started = Instant::now();
        // Retries belong here, around the attempt: it says by `Refusal::repeatable` what is
        // certain not to have been taken.
        let attempt = self.attempt(account, token, &request, cancel).await;
        Exchange {
            request,
            response: attempt.response,
            outcome: attempt.outcome,
            elapsed: started.elapsed(),
            attempts: u32::from(attempt.opened),
        }
    }

    /// Sends a message, then its numbered text; the text only when the message was accepted, or
    /// when its method is switched off, so that nobody gets the choices twice or without a reason.
    pub async fn send_with_duplicate(
        &self,
        account: &Account,
        token: &Secret,
        main: Request,
        duplicate: Request,
        cancel: &CancellationToken,
    ) -> WithDuplicate {
        let main = self.send(account, token, main, cancel).await;
        let wanted = match &main.outcome {
            Outcome::Accepted { .. } => true,
            Outcome::Rejected(refusal) => refusal.instead.contains(&Fallback::NumberedText),
            Outcome::Unknown(_) => false,
        };
        let duplicate = if wanted {
            Some(self.send(account, token, duplicate, cancel).await)
        } else {
            None
        };
        WithDuplicate { main, duplicate }
    }

    async fn attempt(
        &self,
        account: &Account,
        token: &Secret,
        request: &Request,
        cancel: &CancellationToken,
    ) -> Attempt {
        let prepared = match self.prepare(token, request) {
            Ok(prepared) => prepared,
            Err(refusal) => return Attempt::unopened(Outcome::Rejected(refusal)),
        };
        let host = prepared.url.host_str().unwrap_or_default().to_owned();
        if cancel.is_cancelled() {
            return Attempt::unopened(Failure::Cancelled.outcome(&host, true));
        }

        let (hand_over, body) = HandOver::new(prepared.body);
        let mut answer = None;
        let failure = tokio::select! {
            biased;
            ended = self.exchange(prepared.url, prepared.headers, body, &mut answer) => ended.err(),
            () = cancel.cancelled() => Some(Failure::Cancelled),
            late = self.late(&hand_over) => Some(Failure::Late(late)),
        };
        let unsent = hand_over.withdraw();

        // A token that is also a word of the answer would take the id out of it with the mask.
        let accepted = answer
            .as_ref()
            .map(|answer| account.decode(request, answer))
            .filter(|said| said.message_id().is_some());
        let answer = answer.map(|answer| redaction::response(token, answer));
        let outcome = match (&answer, failure) {
            (Some(answer), failure) => {
                let said = accepted.unwrap_or_else(|| account.decode(request, answer));
                let broken = failure.map(|failure| failure.outcome(&host, false));
                judge(said, answer, broken)
            }
            (None, Some(failure)) => failure.outcome(&host, unsent),
            // An exchange that ends well has an answer.
            (None, None) => Failure::Late(Late::Total).outcome(&host, unsent),
        };
        Attempt {
            response: answer,
            outcome: redact(token, outcome),
            opened: true,
        }
    }

    /// Puts the token in, and refuses what must not or cannot be sent.
    fn prepare(&self, token: &Secret, request: &Request) -> Result<Prepared, Refusal> {
        let revealed = token.reveal();
        if revealed.is_empty() {
            return Err(unsendable("token", "the token is empty", TOKEN_ADVICE));
        }
        if !revealed.bytes().all(|byte| byte.is_ascii_graphic()) {
            let message = "the token holds a space, a line break or a character beyond ASCII";
            return Err(unsendable("token", message, TOKEN_ADVICE));
        }
        let url = request.url.fill(&redaction::in_path(revealed));
        let url = address::check(&url, self.allow_http).map_err(|error| {
            let message = redaction::text(token, &error.to_string());
            unsendable("address", &message, "Mend the profile's base_url.")
        })?;
        let mut headers = HeaderMap::new();
        for (name, template) in &request.headers {
            let value = HeaderValue::from_str(&template.fill(revealed));
            let (Ok(name), Ok(mut value)) = (HeaderName::try_from(*name), value) else {
                let message = format!("the header {name} holds what HTTP does not allow");
                return Err(unsendable("request", &message, "Mend the message."));
            };
            value.set_sensitive(template.0.contains(&Piece::Token));
            headers.append(name, value);
        }
        Ok(Prepared {
            url,
            headers,
            body: request.body_text(),
        })
    }

    /// Sends a request and reads its answer into `answer`, which holds what has come so far.
    async fn exchange(
        &self,
        url: Url,
        headers: HeaderMap,
        body: hand_over::Body,
        answer: &mut Option<Response>,
    ) -> Result<(), Failure> {
        let http = self.connector.get(url.scheme()).await;
        let mut stream = http
            .map_err(Failure::SetUp)?
            .request(Method::POST, url)
            .headers(headers)
            .body(reqwest::Body::wrap(body))
            .send()
            .await
            .map_err(Failure::Http)?;
        let answer = answer.insert(head(&stream));
        while let Some(chunk) = stream.chunk().await.map_err(Failure::Http)? {
            let room = Response::MAX_BODY - answer.body.len();
            answer
                .body
                .extend_from_slice(&chunk[..chunk.len().min(room)]);
            if chunk.len() > room {
                return Ok(());
            }
        }
        answer.truncated = false;
        Ok(())
    }

    /// Waits until a phase of a request has taken too long, and says which.
    async fn late(&self, hand_over: &HandOver) -> Late {
        let phases = async {
            if timeout(self.timeouts.connect, hand_over.asked())
                .await
                .is_err()
            {
                return Late::Connect;
            }
            let written = hand_over.handed_over();
            if timeout(self.timeouts.write, written).await.is_err() {
                return Late::Write;
            }
            std::future::pending().await
        };
        tokio::select! {
            late = phases => late,
            () = sleep(self.timeouts.total) => Late::Total,
        }
    }
}

const TOKEN_ADVICE: &str = "The message was not sent. Check where the profile's token comes from, and that it is the token alone.";

impl Attempt {
    fn unopened(outcome: Outcome) -> Self {
        Self {
            response: None,
            outcome,
            opened: false,
        }
    }
}

/// A refusal of a request that must not be opened.
fn unsendable(code: &str, message: &str, explanation: &str) -> Refusal {
    Refusal {
        code: code.to_owned(),
        message: message.to_owned(),
        explanation: explanation.to_owned(),
        ..Refusal::default()
    }
}

/// An answer's status and the headers worth showing; its body counts as cut until it was read.
fn head(stream: &reqwest::Response) -> Response {
    let shown = [CONTENT_TYPE, RETRY_AFTER, LOCATION];
    let headers = shown.iter().filter_map(|name| {
        let value = stream.headers().get(name)?;
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        Some((name.to_string(), value))
    });
    Response {
        status: stream.status().as_u16(),
        headers: headers.collect(),
        body: Vec::new(),
        truncated: true,
    }
}

/// What an answer means. One that says success, but whose id is in the part that was not read,
/// leaves it unknown whether the message was taken.
fn judge(said: Outcome, answer: &Response, broken: Option<Outcome>) -> Outcome {
    match said {
        Outcome::Rejected(refusal) | Outcome::Unknown(refusal)
            if answer.truncated && answer.is_success() =>
        {
            let refusal = Refusal {
                repeatable: false,
                ..refusal
            };
            broken.unwrap_or(Outcome::Unknown(refusal))
        }
        said => said,
    }
}

/// The same outcome with the token cut out of its words.
fn redact(token: &Secret, mut outcome: Outcome) -> Outcome {
    match &mut outcome {
        Outcome::Accepted { message_id } => *message_id = redaction::text(token, message_id),
        Outcome::Rejected(refusal) | Outcome::Unknown(refusal) => {
            refusal.message = redaction::text(token, &refusal.message);
            refusal.explanation = redaction::text(token, &refusal.explanation);
        }
    }
    outcome
}
