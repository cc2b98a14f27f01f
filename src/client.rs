//! Sends requests: the only user of an HTTP library, and the only place where a token is put in.
//!
//! A message is never sent twice and never said to be unsent when it may have been: one request,
//! one connection, no redirect. What ends before the connection asked for the request's body is
//! [`Outcome::Rejected`], certainly not sent; what ends after it without an answer is
//! [`Outcome::Unknown`]. With [`Client::with_retries`], what is certain not to have been taken, and
//! that alone, is sent again after a wait.
//!
//! ```text
//!    ┌──────── not taken: wait ←─┬──────────────────────────────┐
//! prepare ─→ connect ─→ write ─→ wait ─→ read ─→ redact ─→ decode
//!    └── not sent ──┘      └──── unknown ────┘              └─ what the gateway says
//! ```

mod attempt;
mod coding;
mod connector;
mod failure;
mod fetch;
mod hand_over;
mod proxy;
mod questions;
mod recall;
mod redaction;
mod relay;
mod retry;
mod trust;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use reqwest::Method;
use tokio_util::sync::CancellationToken;

use crate::gateway::wire::{Request, Response, Timeouts};
use crate::gateway::{Account, Exchange, Outcome, Refusal};
use crate::secret::{MASK, Secret};
use attempt::{Attempt, Broken, Outgoing};
use connector::{Connector, Settings};
pub use fetch::{
    FetchError, FetchSettings, Fetched, Fetcher, Lookup, MAX_REDIRECTS, Network, Received,
    is_public,
};
pub use proxy::{Proxies, ProxyError};
pub use recall::Recall;
use retry::{Begin, Stop, in_words, plan};
pub use retry::{MAX_ATTEMPTS, PATIENCE, Pace, Progress, RealPace, Retries, Wait};

/// Sends requests to gateways. A clone shares what was set up; nothing slow happens before the
/// first request.
#[derive(Debug, Clone, Default)]
pub struct Client {
    timeouts: Timeouts,
    allow_http: bool,
    retries: Option<Retries>,
    recall: Option<Recall>,
    connector: Arc<Connector>,
}

impl Client {
    /// A client with its time-outs, for `https://` and for `http://` to this machine, that tries
    /// once.
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

    /// The same, but what is certain not to have been taken is sent again: at most
    /// [`MAX_ATTEMPTS`] times in all, and not once [`PATIENCE`] is over.
    #[must_use]
    pub fn with_retries(mut self, retries: Retries) -> Self {
        self.retries = Some(retries);
        self
    }

    /// The same, but a message can be taken back for as long as nothing of it was written, and
    /// between two attempts: it is then not sent. Unlike the token that [`Client::send`] takes, this
    /// leaves no outcome unknown: what was written is waited for. `None` takes that away again.
    #[must_use]
    pub fn with_recall(mut self, recall: Recall) -> Self {
        self.recall = Some(recall);
        self
    }

    /// The same, trusting besides the platform's CAs those whose certificates a PEM file holds: a
    /// profile's `ca_file`. It is read before the first request over TLS.
    #[must_use]
    pub fn with_ca_file(self, ca_file: Option<&Path>) -> Self {
        self.set_up(|settings| settings.ca_file = ca_file.map(Path::to_owned))
    }

    /// The same with these proxies, in the place of those that the environment names. This machine
    /// is always reached without one.
    #[must_use]
    pub fn with_proxies(self, proxies: Proxies) -> Self {
        self.set_up(|settings| settings.proxies = Some(proxies))
    }

    /// The same, keeping a connection for a few seconds for the next request, as a batch wants it. A
    /// timer runs for as long as such a client is there: what sleeps when idle keeps none.
    #[must_use]
    pub fn keeping_connections(self) -> Self {
        self.set_up(|settings| settings.keeps_connections = true)
    }

    fn set_up(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = self.connector.settings().clone();
        change(&mut settings);
        self.connector = Arc::new(Connector::new(settings));
        self
    }

    /// Sends one request and says what became of it. Cancelling is safe at any moment, also while
    /// it waits for another attempt: the message is then not sent.
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
        let mut client = self.clone();
        client.timeouts.total += account.holds_back(&request);
        client.send_within(account, token, request, cancel).await
    }

    async fn send_within(
        &self,
        account: &Account,
        token: &Secret,
        request: Request,
        cancel: &CancellationToken,
    ) -> Exchange {
        let pace = self.pace();
        let first = Begin::now(pace);
        let mut attempts = 0;
        let (response, outcome) = loop {
            self.tell(Progress::Trying {
                attempt: attempts + 1,
            });
            let begun = Instant::now();
            let attempt = self.attempt(token, outgoing(&request), cancel).await;
            attempts += u32::from(attempt.opened);
            let dated = attempt.dated;
            let (response, mut outcome) = conclude(account, token, &request, attempt);
            log_attempt(
                &request,
                attempts,
                response.as_ref(),
                &outcome,
                begun.elapsed(),
            );
            let answer = response.as_ref().map(|response| (response, dated));
            let Some(wait) = self.again(answer, &mut outcome, attempts, first) else {
                break (response, outcome);
            };
            let delay = wait.delay;
            log::info!("{wait}");
            self.tell(Progress::Waiting(wait));
            tokio::select! {
                biased;
                () = cancel.cancelled() => break (response, cancelled_between(&outcome)),
                () = self.wanted_back() => break (response, cancelled_between(&outcome)),
                () = pace.sleep(delay) => {}
            }
            if let (Some(stop), Outcome::Rejected(refusal)) = (first.overslept(pace), &mut outcome)
            {
                say_why(refusal, stop, attempts, first.elapsed(pace));
                break (response, outcome);
            }
        };
        Exchange {
            request,
            response,
            outcome,
            elapsed: first.elapsed(pace),
            attempts,
        }
    }

    /// The wait before another attempt, if there is one, after an answer and its date. Where there
    /// were several and no more come, the outcome says so.
    fn again(
        &self,
        answer: Option<(&Response, Option<SystemTime>)>,
        outcome: &mut Outcome,
        attempts: u32,
        first: Begin,
    ) -> Option<Wait> {
        let pace = &*self.retries.as_ref()?.pace;
        let Outcome::Rejected(refusal) = outcome else {
            return None;
        };
        if !refusal.repeatable {
            return None;
        }
        let (response, dated) = answer.unzip();
        let of = MAX_ATTEMPTS;
        // A date is one by the clock of whoever wrote it.
        let date = dated.flatten().unwrap_or_else(|| pace.date());
        let asked = response
            .and_then(|response| response.header("Retry-After"))
            .and_then(|value| retry::retry_after(value, date));
        let (elapsed, passed) = (first.elapsed(pace), first.passed(pace));
        match plan((attempts, of), passed, asked, pace.chance()) {
            Ok(delay) => {
                let reason = response.map_or_else(
                    || refusal.message.clone(),
                    |response| response.status.to_string(),
                );
                Some(Wait {
                    attempt: attempts + 1,
                    of,
                    delay,
                    reason,
                })
            }
            Err(stop) => {
                let stop = match stop {
                    Stop::Time if elapsed <= PATIENCE && passed > PATIENCE => {
                        Stop::Overslept(passed)
                    }
                    stop => stop,
                };
                say_why(refusal, stop, attempts, elapsed);
                None
            }
        }
    }

    fn pace(&self) -> &dyn Pace {
        let retries = self.retries.as_ref();
        retries.map_or(&RealPace, |retries| &*retries.pace)
    }

    /// Waits until the message is wanted back.
    async fn wanted_back(&self) {
        match &self.recall {
            Some(recall) => recall.wanted().await,
            None => std::future::pending().await,
        }
    }

    fn tell(&self, progress: Progress) {
        if let Some(retries) = &self.retries {
            (retries.told)(progress);
        }
    }
}

/// Writes an attempt into the log: where to and how it ended; what was said only at `trace`.
fn log_attempt(
    request: &Request,
    attempt: u32,
    response: Option<&Response>,
    outcome: &Outcome,
    elapsed: Duration,
) {
    let status = response.map_or("no answer".to_owned(), |answer| answer.status.to_string());
    let code = outcome
        .refusal()
        .map_or("", |refusal| refusal.code.as_str());
    let id = outcome.message_id().unwrap_or_default();
    log::info!(
        "{} {}, attempt {attempt}: {status} in {} ms, {} {code}{id}",
        Request::METHOD,
        request.url.fill(MASK),
        elapsed.as_millis(),
        outcome.name(),
    );
    if let Some(refusal) = outcome.refusal() {
        log::debug!("{}: {}", refusal.code, refusal.explanation);
    }
    log::trace!("request: {}", request.body);
    if let Some(response) = response {
        log::trace!("answer: {:?} {}", response.headers, response.text());
    }
}

fn outgoing(request: &Request) -> Outgoing<'_> {
    Outgoing {
        method: Method::POST,
        url: &request.url,
        headers: &request.headers,
        body: Some(request.body_text()),
    }
}

/// What an attempt to send a message means, and its answer without the token and the proxy's
/// password.
fn conclude(
    account: &Account,
    token: &Secret,
    request: &Request,
    attempt: Attempt,
) -> (Option<Response>, Outcome) {
    let mut secrets = attempt.passwords;
    secrets.insert(0, token.clone());
    let Some(answer) = attempt.answer else {
        let outcome = attempt.broken.map_or_else(nothing_known, Broken::outcome);
        return (None, redact(&secrets, outcome));
    };
    // A token that is also a word of the answer would take the id out of it with the mask.
    let accepted =
        Some(account.decode(request, &answer)).filter(|said| said.message_id().is_some());
    let answer = redaction::without(&secrets, answer);
    let said = accepted.unwrap_or_else(|| account.decode(request, &answer));
    let outcome = judge(said, &answer, attempt.broken.map(Broken::outcome));
    (Some(answer), redact(&secrets, outcome))
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

/// An attempt always has an answer or a reason for none; were it otherwise, nothing would be known.
fn nothing_known() -> Outcome {
    Outcome::Unknown(Refusal::default())
}

/// What a message is that was stopped before its next attempt.
fn cancelled_between(outcome: &Outcome) -> Outcome {
    let last = outcome
        .refusal()
        .map_or("", |refusal| refusal.message.as_str());
    Outcome::Rejected(Refusal {
        code: Refusal::CANCELLED.to_owned(),
        message: "cancelled while waiting to try again".to_owned(),
        explanation: format!("The message was not sent. The last attempt ended with: {last}"),
        ..Refusal::default()
    })
}

/// Adds why it is not tried again.
fn say_why(refusal: &mut Refusal, stop: Stop, attempts: u32, elapsed: Duration) {
    let why = match stop {
        Stop::Asked(asked) => format!(
            "The gateway asks to wait {}, which is longer than is waited here.",
            in_words(asked)
        ),
        Stop::Overslept(passed) => format!(
            "It was not tried again: {} had passed, while the computer slept perhaps.",
            in_words(passed)
        ),
        // A single attempt that took so long says so itself.
        Stop::Attempts | Stop::Time if attempts <= 1 => return,
        Stop::Attempts | Stop::Time => {
            let seconds = elapsed.as_secs_f32();
            format!("It was tried {attempts} times in {seconds:.0} s.")
        }
    };
    let explanation = &mut refusal.explanation;
    if !explanation.is_empty() {
        explanation.push(' ');
    }
    explanation.push_str(&why);
}

/// The same outcome with secrets cut out of its words. A very short one is a part of the program's own
/// words; those of the gateway are without it already.
fn redact(secrets: &[Secret], mut outcome: Outcome) -> Outcome {
    for secret in secrets {
        match &mut outcome {
            Outcome::Accepted { message_id } => *message_id = secret.redact(message_id),
            Outcome::Rejected(_) | Outcome::Unknown(_) if !secret.is_telling() => {}
            Outcome::Rejected(refusal) | Outcome::Unknown(refusal) => {
                refusal.message = secret.redact(&refusal.message);
                refusal.explanation = secret.redact(&refusal.explanation);
            }
        }
    }
    outcome
}
