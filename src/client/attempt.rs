//! One attempt: the token is put in, the request goes out over one connection, the answer is read.

use std::time::SystemTime;

use reqwest::header::{DATE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Url};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::Client;
use super::coding;
use super::failure::{Failure, Late, Way};
use super::hand_over::HandOver;
use super::recall::Recall;
use super::redaction;
use super::relay::Relay;
use crate::gateway::wire::{Header, Piece, Response, Template};
use crate::gateway::{Outcome, Refusal, address};
use crate::secret::{MASK, Secret};

/// What goes out, with the token's place in it.
#[derive(Debug)]
pub(super) struct Outgoing<'a> {
    pub method: Method,
    pub url: &'a Template,
    pub headers: &'a [(Header, Template)],
    /// The body of a message; a question may have none.
    pub body: Option<String>,
}

/// What an attempt came to.
#[derive(Debug)]
pub(super) struct Attempt {
    /// Whether anything was opened at all.
    pub opened: bool,
    /// What was answered, as far as it came, with whatever it repeats of the token.
    pub answer: Option<Response>,
    /// When that was, by the gateway's own clock.
    pub dated: Option<SystemTime>,
    /// Why there is no whole answer.
    pub broken: Option<Broken>,
    /// What else the answer may repeat: the password of the proxy that it came through.
    pub passwords: Vec<Secret>,
}

/// What kept an answer from coming, whole.
#[derive(Debug)]
pub(super) enum Broken {
    /// The request must not or cannot be sent.
    Unsendable(Refusal),
    /// The connection was not made, or broke.
    Failed {
        failure: Failure,
        way: Way,
        /// Whether certainly nothing of the request was written.
        unsent: bool,
    },
}

/// A request with the token in it. It has no `Debug`, for it must not be shown.
struct Prepared {
    url: Url,
    headers: HeaderMap,
    body: Option<String>,
}

const TOKEN_ADVICE: &str =
    "Check where the profile's token comes from, and that it is the token alone.";

impl Attempt {
    fn unopened(broken: Broken) -> Self {
        Self {
            opened: false,
            answer: None,
            dated: None,
            broken: Some(broken),
            passwords: Vec::new(),
        }
    }
}

impl Broken {
    /// What became of the message that was in the request.
    pub(super) fn outcome(self) -> Outcome {
        match self {
            Self::Unsendable(refusal) => Outcome::Rejected(Refusal {
                explanation: format!("The message was not sent. {}", refusal.explanation),
                ..refusal
            }),
            Self::Failed {
                failure,
                way,
                unsent,
            } => failure.outcome(&way, unsent),
        }
    }

    /// Why a question has no answer; there was no message in it.
    pub(super) fn refusal(self) -> Refusal {
        match self {
            Self::Unsendable(refusal) => refusal,
            Self::Failed {
                failure,
                way,
                unsent,
            } => failure.of_a_question(&way, unsent),
        }
    }
}

impl Client {
    pub(super) async fn attempt(
        &self,
        token: &Secret,
        outgoing: Outgoing<'_>,
        cancel: &CancellationToken,
    ) -> Attempt {
        let method = outgoing.method.clone();
        let prepared = match self.prepare(token, outgoing) {
            Ok(prepared) => prepared,
            Err(refusal) => return Attempt::unopened(Broken::Unsendable(refusal)),
        };
        let passwords = self.connector.passwords_for(&prepared.url);
        let way = Way {
            host: prepared.url.host_str().unwrap_or_default().to_owned(),
            via: self.connector.proxy_for(&prepared.url),
            resolves_by: self.connector.resolves_by(&prepared.url),
        };
        let broken = |failure, unsent| Broken::Failed {
            failure,
            way,
            unsent,
        };
        if cancel.is_cancelled() || self.recall.as_ref().is_some_and(Recall::is_wanted) {
            return Attempt::unopened(broken(Failure::Cancelled, true));
        }

        // A question goes out whole with its head: there is no body to be taken back.
        let (hand_over, body) = prepared.body.map(HandOver::new).unzip();
        let body = body.map_or_else(reqwest::Body::default, reqwest::Body::wrap);
        let (mut answer, mut dated) = (None, None);
        let (url, headers) = (prepared.url, prepared.headers);
        let exchange = self.exchange(method, url, headers, body, (&mut answer, &mut dated));
        let failure = tokio::select! {
            biased;
            ended = exchange => ended.err(),
            () = cancel.cancelled() => Some(Failure::Cancelled),
            () = self.taken_back(hand_over.as_ref()) => Some(Failure::Cancelled),
            late = self.late(hand_over.as_ref()) => Some(Failure::Late(late)),
        };
        let unsent = match (&hand_over, &failure) {
            (Some(hand_over), _) => hand_over.withdraw(),
            (None, failure) => failure.as_ref().is_some_and(Failure::is_before_the_request),
        };
        let refused = failure.as_ref().is_some_and(Failure::is_refused_handshake);
        let unsent = (unsent || refused) && answer.is_none();
        let failure = match (&answer, failure) {
            // An exchange that ends well has an answer.
            (None, None) => Some(Failure::Late(Late::Total)),
            (_, failure) => failure,
        };
        Attempt {
            opened: true,
            answer: answer.map(coding::decoded),
            dated,
            broken: failure.map(|failure| broken(failure, unsent)),
            passwords,
        }
    }

    /// Puts the token in, and refuses what must not or cannot be sent.
    fn prepare(&self, token: &Secret, outgoing: Outgoing<'_>) -> Result<Prepared, Refusal> {
        let revealed = token.reveal();
        if let Some(message) = token.misspelt(outgoing.url.0.contains(&Piece::Token)) {
            return Err(unsendable("token", message, TOKEN_ADVICE));
        }
        let url = outgoing.url.fill(&redaction::in_path(revealed));
        let url = address::check(&url, self.allow_http).map_err(|error| {
            let message = token.redact(&error.to_string());
            unsendable("address", &message, "Fix the profile's base_url.")
        })?;
        let mut headers = HeaderMap::new();
        for (name, template) in outgoing.headers {
            let value = HeaderValue::from_str(&template.fill(revealed));
            let (Ok(name), Ok(mut value)) = (HeaderName::try_from(name.name()), value) else {
                let message = format!("the header {name} holds what HTTP does not allow");
                return Err(unsendable("request", &message, "Fix the message."));
            };
            value.set_sensitive(template.0.contains(&Piece::Token));
            headers.append(name, value);
        }
        Ok(Prepared {
            url,
            headers,
            body: outgoing.body,
        })
    }

    /// Sends a request and reads its answer into `answer`, which holds what has come so far, and its
    /// date.
    async fn exchange(
        &self,
        method: Method,
        url: Url,
        headers: HeaderMap,
        body: reqwest::Body,
        (answer, dated): (&mut Option<Response>, &mut Option<SystemTime>),
    ) -> Result<(), Failure> {
        let way = self.connector.get(&url).await.map_err(Failure::SetUp)?;
        let failed = |error| match way.relay.as_ref().and_then(Relay::refused) {
            Some(refused) => Failure::Proxy(refused),
            None => Failure::Http(error),
        };
        let mut stream = way
            .http
            .request(method, url)
            .headers(headers)
            .body(body)
            .send()
            .await
            .map_err(failed)?;
        let date = stream.headers().get(DATE);
        *dated = date.and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
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

    /// Waits until the body of a message was taken back.
    async fn taken_back(&self, body: Option<&HandOver>) {
        match (&self.recall, body) {
            (Some(recall), Some(body)) => recall.done(body).await,
            _ => std::future::pending().await,
        }
    }

    /// Waits until a phase of a request has taken too long, and says which.
    async fn late(&self, hand_over: Option<&HandOver>) -> Late {
        let phases = async {
            let Some(hand_over) = hand_over else {
                return std::future::pending().await;
            };
            if timeout(self.timeouts.connect, hand_over.asked())
                .await
                .is_err()
            {
                return Late::Connect;
            }
            if let Some(recall) = &self.recall {
                recall.written();
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

/// A refusal of a request that must not be opened.
fn unsendable(code: &str, message: &str, explanation: &str) -> Refusal {
    Refusal {
        code: code.to_owned(),
        message: message.to_owned(),
        explanation: explanation.to_owned(),
        ..Refusal::default()
    }
}

/// What the names of headers hold whose values are for one client alone.
const SECRET_HEADERS: [&str; 9] = [
    "cookie",
    "authorization",
    "token",
    "secret",
    "api-key",
    "apikey",
    "password",
    "session",
    "signature",
];

/// An answer's status and headers; its body counts as cut until it was read.
fn head(stream: &reqwest::Response) -> Response {
    let headers = stream.headers().iter().map(|(name, value)| {
        let name = name.to_string();
        let is_secret = SECRET_HEADERS.iter().any(|part| name.contains(part));
        let value = if is_secret {
            MASK.to_owned()
        } else {
            String::from_utf8_lossy(value.as_bytes()).into_owned()
        };
        (name, value)
    });
    Response {
        status: stream.status().as_u16(),
        headers: headers.collect(),
        body: Vec::new(),
        truncated: true,
    }
}
