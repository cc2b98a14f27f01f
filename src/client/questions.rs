//! What a gateway is asked besides: how it is, what waits in its queue, and what became of a message
//! whose answer was lost. None of it sends a message, and none of it is tried again by itself.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use reqwest::Method;
use tokio_util::sync::CancellationToken;

use super::attempt::Outgoing;
use super::{Client, redaction};
use crate::gateway::journal::Traced;
use crate::gateway::queue::Queued;
use crate::gateway::state::{State, Status};
use crate::gateway::wire::{Query, Request, Response};
use crate::gateway::{Account, Refusal};
use crate::secret::{MASK, Secret};

/// How long a question may take at the most.
const PATIENCE: Duration = Duration::from_secs(15);

/// How long each question about a server may take: Evolution's asks `WhatsApp` for a part of the answer.
const PATIENCE_ABOUT: Duration = Duration::from_secs(4);

/// How long a message is under way at the most, its attempts and waits included, in seconds; assumed.
const LONGEST_SEND: u64 = 10 * 60;

/// By how much the clock that dates a gateway's answers and the one of its journal may differ, in seconds;
/// assumed.
const SECONDS_DIFFER: u64 = 5;

impl Client {
    /// Asks a gateway whether it can send. Where it does not answer, that is its status; a gateway
    /// that documents nothing to ask is not asked.
    pub async fn status(
        &self,
        account: &Account,
        token: &Secret,
        cancel: &CancellationToken,
    ) -> Status {
        let Some(query) = account.status_query() else {
            return Status::not_asked();
        };
        match self.ask(token, &query, cancel).await {
            Ok(answer) => {
                let status = account.read_status(&answer);
                let is_asked = !matches!(status.state, State::NoAccess | State::Unreachable);
                let about = if is_asked {
                    self.about(account, token, cancel).await
                } else {
                    Vec::new()
                };
                Status { about, ..status }
            }
            Err(refusal) => {
                let state = match refusal.code.as_str() {
                    "token" | "address" => State::NoAccess,
                    _ => State::Unreachable,
                };
                let meaning = format!("{}: {}", refusal.message, refusal.explanation);
                Status::new(state, refusal.code, meaning)
            }
        }
    }

    /// Asks for what is to be known of a gateway's server and is not yet: its version, say. What it does
    /// not answer in time stays open.
    pub async fn about(
        &self,
        account: &Account,
        token: &Secret,
        cancel: &CancellationToken,
    ) -> Vec<(&'static str, String)> {
        let queries = account.about_queries();
        if queries.is_empty() {
            return Vec::new();
        }
        let mut client = self.clone();
        client.timeouts.total = client.timeouts.total.min(PATIENCE_ABOUT);
        let mut told = Vec::new();
        for query in &queries {
            if let Ok(answer) = client.ask(token, query, cancel).await {
                told.extend(account.read_about(&answer));
            }
        }
        told
    }

    /// Asks for the messages that the gateway took and that wait for the phone: GREEN-API's queue.
    ///
    /// # Errors
    /// When it has none to show (code `unsupported`), or does not answer.
    pub async fn queue(
        &self,
        account: &Account,
        token: &Secret,
        cancel: &CancellationToken,
    ) -> Result<Vec<Queued>, Refusal> {
        let queue = account.queue().ok_or_else(|| no_queue(account))?;
        let answer = self.ask(token, &queue.query(account), cancel).await?;
        queue.read(&answer)
    }

    /// Throws away the messages in GREEN-API's queue, for ever.
    ///
    /// # Errors
    /// When the gateway has none (code `unsupported`), or does not say that it is empty: it may be
    /// all the same.
    pub async fn clear_queue(
        &self,
        account: &Account,
        token: &Secret,
        cancel: &CancellationToken,
    ) -> Result<(), Refusal> {
        let queue = account.queue().ok_or_else(|| no_queue(account))?;
        let query = queue.clear_query(account);
        let answer = self.ask(token, &query, cancel).await?;
        queue.read_cleared(&answer)
    }

    /// Looks a message up whose outcome is unknown, by the request that was sent at a time: in the
    /// chat's journal and in the queue. What is found may be another message all the same, and
    /// nothing is no proof, as a message takes up to two minutes to come into the journal. With it come
    /// the times at which the message was under way by the gateway's clock, which dates its answer.
    ///
    /// # Errors
    /// When the gateway cannot be asked (code `unsupported`), or does not answer.
    pub async fn trace(
        &self,
        account: &Account,
        token: &Secret,
        sent: &Request,
        since: SystemTime,
        cancel: &CancellationToken,
    ) -> Result<Traced, Refusal> {
        let journal = account.journal().ok_or_else(|| no_queue(account))?;
        let query = journal.query(account, sent);
        let query = query.ok_or_else(|| no_queue(account))?;
        let (answer, dated) = self.ask_dated(token, &query, cancel).await?;
        let in_journal = journal.find(sent, seconds(since), &answer)?;
        let found = match account.queue() {
            Some(queue) => {
                let queued = self.ask(token, &queue.query(account), cancel).await;
                // The journal may have the message though the queue does not answer.
                match queued.and_then(|queued| queue.find(sent, &queued)) {
                    Ok(in_queue) => in_journal.and(in_queue),
                    Err(refusal) => in_journal.without_queue(&refusal),
                }
            }
            None => in_journal,
        };
        let here = seconds(SystemTime::now());
        let there = dated.map_or(here, seconds);
        let since = (seconds(since) + there).saturating_sub(here);
        let until = there.min(since + LONGEST_SEND);
        let times = since.saturating_sub(SECONDS_DIFFER)..=until + SECONDS_DIFFER;
        Ok(Traced { found, times })
    }

    /// Asks once; the answer comes without the token and the proxy's password.
    async fn ask(
        &self,
        token: &Secret,
        query: &Query,
        cancel: &CancellationToken,
    ) -> Result<Response, Refusal> {
        let (answer, _) = self.ask_dated(token, query, cancel).await?;
        Ok(answer)
    }

    /// The same, with the answer's date by the gateway's clock.
    async fn ask_dated(
        &self,
        token: &Secret,
        query: &Query,
        cancel: &CancellationToken,
    ) -> Result<(Response, Option<SystemTime>), Refusal> {
        let mut client = self.clone();
        client.timeouts.total = client.timeouts.total.min(PATIENCE);
        let method = if query.method == "POST" {
            Method::POST
        } else {
            Method::GET
        };
        let outgoing = Outgoing {
            method,
            url: &query.url,
            headers: &query.headers,
            body: query.body.as_ref().map(ToString::to_string),
        };
        let attempt = client.attempt(token, outgoing, cancel).await;
        let mut secrets = attempt.passwords;
        secrets.insert(0, token.clone());
        let clean = |words: &str| {
            let cut = |words: String, secret: &Secret| secret.redact(&words);
            let telling = secrets.iter().filter(|secret| secret.is_telling());
            telling.fold(words.to_owned(), cut)
        };
        let answered = match (attempt.answer, attempt.broken) {
            (Some(answer), None) => {
                let answer = redaction::without(&secrets, answer);
                Ok((answer, attempt.dated))
            }
            (_, Some(broken)) => {
                let refusal = broken.refusal();
                Err(Refusal {
                    message: clean(&refusal.message),
                    explanation: clean(&refusal.explanation),
                    ..refusal
                })
            }
            (None, None) => Err(Refusal::default()),
        };
        let ended = match &answered {
            Ok((answer, _)) => answer.status.to_string(),
            Err(refusal) => refusal.code.clone(),
        };
        // The log has every attempt to send a message; this is none.
        log::debug!("{} {}: {ended}", query.method, query.url.fill(MASK));
        answered
    }
}

fn seconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

fn no_queue(account: &Account) -> Refusal {
    let gateway = account.gateway.title();
    let explanation = if account.journal().is_some() {
        "The request names no chat.".to_owned()
    } else {
        format!("{gateway} documents no queue and no journal that could be asked for.")
    };
    Refusal {
        code: "unsupported".to_owned(),
        message: format!("{gateway} cannot be asked for that"),
        explanation,
        ..Refusal::default()
    }
}
