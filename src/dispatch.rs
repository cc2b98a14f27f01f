//! How a message is sent, for prompt and screen alike.
//!
//! ```text
//! open ─> note ─┬─ the same was sent before ─> not sent, as the caller wants it
//!               └─ on the disk ─> send ─> close the row ─> journal, where nobody knows ─> numbered text
//! ```
//!
//! One that has to wait for its [turn](Place) is in the outbox as `held` until then.
//!
//! [`Connections`] puts an account on the sandbox and reads the token, [`Outbox`] knows what was sent,
//! and [`Dispatch`] sends. Whoever has a message sent hands in a [`Ledger`]: it gives access to the
//! outbox, on a thread of its own perhaps, and hears how the message comes along. Nothing here writes
//! words for people.

mod connection;
mod numbers;
mod outbox;
mod turns;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::mpsc::unbounded_channel;
use tokio_util::sync::CancellationToken;

pub use crate::client::Wait;
use crate::client::{self, Recall, Retries};
use crate::config::Profile;
use crate::failure::Failure;
use crate::gateway::journal::Verdict;
use crate::gateway::wire::Request;
use crate::gateway::{Account, Exchange, Outcome, Refusal, Unsupported};
use crate::message::{Draft, duplicate};
use crate::store::{Origin, SendId, Twin, TwinState};
pub use connection::{ConnectError, Connection, Connections};
pub use numbers::{Number, Numbers};
pub use outbox::{NoteError, Noted, Outbox, Row, Same, now};
pub use turns::{MOST_AT_ONCE, Place, Turns};

/// What goes out for a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Requests {
    /// The message.
    pub main: (Draft, Request),
    /// The numbered text that goes along, where the profile wants it.
    pub numbered_text: Option<(Draft, Request)>,
}

/// A message that is to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// What goes out.
    pub requests: Requests,
    /// The name of the message file.
    pub file: Option<String>,
    /// The draft that it is sent from.
    pub origin: Option<Origin>,
    /// The message in doubt that it is sent in place of.
    pub again: Option<SendId>,
    /// What is done where the same was sent before.
    pub same: Same,
    /// Whether the gateway's journal is asked before the numbered text is sent or not, where the
    /// outcome is unknown; else that is [`Dispatch::trace`]'s, later.
    pub traces: bool,
    /// Its row, where it waited for its turn.
    pub held: Option<Row>,
}

/// Which of the two that go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The message.
    Main,
    /// The numbered text that goes along.
    NumberedText,
}

/// How a message comes along, as plain data.
#[derive(Debug, Clone, PartialEq)]
pub enum Progress {
    /// It waits for its turn.
    Held {
        /// Its number, where it could be written.
        id: Option<SendId>,
    },
    /// It is about to leave.
    Begun {
        /// Its number, where it could be written.
        id: Option<SendId>,
        /// The time of this machine: `11:08`.
        at: String,
    },
    /// It is sent although the same was sent before.
    SentBefore(Twin),
    /// Whether the same was sent before is not known.
    SentBeforeUnknown(Failure),
    /// The store does not have it: for now, or for ever.
    Unrecorded {
        /// Whether it is written once that is possible.
        is_later: bool,
        /// What the store says.
        why: Failure,
    },
    /// The store has it without its outcome, until that can be written.
    OutcomeUnrecorded {
        /// The message, where that is in the store.
        id: Option<SendId>,
        /// What the store says.
        why: Failure,
    },
    /// A step on its way.
    Step(Step),
    /// The gateway's journal is asked what became of it.
    Tracing,
}

/// A step of a message on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// An attempt begins.
    Attempt(u32),
    /// Its request is being written: from here on the message cannot be taken back.
    Written,
    /// The message was not taken, for certain, and is sent again after a wait.
    Wait(Wait),
}

/// What became of a message: it was tried, or not sent since it could not be noted.
pub type Delivered = Result<Tried, NoteError>;

/// A message that was tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// What went out and came back.
    pub exchange: Box<Exchange>,
    /// Its number, where the store has it.
    pub id: Option<SendId>,
    /// When it began.
    pub since: SystemTime,
    /// What the gateway's journal says of it, where that was asked.
    pub traced: Option<Result<Verdict, Failure>>,
}

/// What became of a message, and of its numbered text where that was to follow.
#[derive(Debug)]
pub struct Sent {
    /// The message.
    pub main: Delivered,
    /// The numbered text.
    pub numbered_text: Option<Delivered>,
}

/// Whoever has a message sent: gives access to the outbox, and hears how the message comes along.
pub trait Ledger {
    /// Does something with the outbox, once its store's file was looked after; `None` where the outbox is
    /// gone.
    fn with<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut Outbox) -> T + Send + 'static,
    ) -> impl Future<Output = Option<T>>;

    /// Hears how a message comes along.
    fn hear(&mut self, part: Part, progress: Progress);
}

/// The ways to stop a message.
#[derive(Debug, Clone, Default)]
pub struct Stops {
    /// It is wanted back, if nothing of it was written.
    pub back: CancellationToken,
    /// Its answer is not waited for.
    pub give_up: CancellationToken,
}

/// Sends messages through a profile.
#[derive(Debug, Clone, Copy)]
pub struct Dispatch<'a> {
    /// The profile, made ready.
    pub connection: &'a Connection,
    /// Whether what is certain not to have been taken is sent again.
    pub retries: bool,
    /// How to stop it.
    pub stops: &'a Stops,
}

impl Requests {
    /// What a profile sends for a draft, its account being where it is sent to.
    ///
    /// # Errors
    /// When the gateway has no method that could carry it.
    pub fn of(profile: &Profile, draft: Draft) -> Result<Self, Unsupported> {
        let account = &profile.account;
        let request = account.encode(&draft)?;
        let along = duplicate::as_text(&draft).filter(|_| profile.duplicate_as_text);
        let numbered_text = along.and_then(|text| {
            let request = account.encode(&text).ok()?;
            Some((text, request))
        });
        Ok(Self {
            main: (draft, request),
            numbered_text,
        })
    }
}

impl Order {
    /// What the outbox has to say of the message, which is sent through a profile.
    fn noted(&self, profile: &Profile) -> Noted {
        let (draft, request) = self.requests.main.clone();
        Noted {
            profile: profile.name.clone(),
            gateway: profile.account.gateway,
            draft,
            request,
            file: self.file.clone(),
            origin: self.origin.clone(),
            again: self.again,
            now: now(),
        }
    }
}

impl Dispatch<'_> {
    /// Sends a message, and its numbered text where its outcome
    /// [calls for it](Outcome::calls_for_duplicate). It is in the outbox before it leaves, and what
    /// became of it after. A store that fails keeps nothing from being sent, but for what
    /// [`Outbox::begin`] says.
    pub async fn send(&self, order: Order, ledger: &mut impl Ledger) -> Sent {
        let main = order.noted(&self.connection.profile);
        let Order { requests, same, .. } = order;
        let noted = |(draft, request)| Noted {
            draft,
            request,
            origin: None,
            again: None,
            now: now(),
            ..main.clone()
        };
        let numbered_text = requests.numbered_text.map(noted);
        let rule = (order.same, order.traces);
        let main = self.deliver(Part::Main, (main, order.held), rule, ledger);
        let main = main.await;
        let text_follows = match &main {
            Ok(tried) => tried.exchange.outcome.calls_for_duplicate(),
            // It is asked about with its text, unless each is sent once.
            Err(NoteError::SentBefore(twin)) => same == Same::Once && twin.is_accepted(),
            Err(_) => false,
        };
        let numbered_text = match numbered_text.filter(|_| text_follows) {
            Some(text) => {
                let text = Noted { now: now(), ..text };
                // What was asked about is wanted, and its text with it.
                let same = if same == Same::Ask { Same::Send } else { same };
                let (part, rule) = (Part::NumberedText, (same, order.traces));
                Some(self.deliver(part, (text, None), rule, ledger).await)
            }
            None => None,
        };
        Sent {
            main,
            numbered_text,
        }
    }

    fn account(&self) -> &Account {
        &self.connection.profile.account
    }

    /// Notes one request, sends it, and writes what became of it.
    async fn deliver(
        &self,
        part: Part,
        (noted, held): (Noted, Option<Row>),
        (same, traces): (Same, bool),
        ledger: &mut impl Ledger,
    ) -> Delivered {
        let noted = Noted {
            request: name(self.account(), noted.request),
            ..noted
        };
        let (request, needs_row) = (noted.request.clone(), noted.needs_row(same));
        let since = time(noted.now);
        let begun = ledger.with(move |outbox| {
            let mut told = Vec::new();
            let row = match held {
                Some(row) => outbox.begin_held(row, noted, &mut told),
                None => outbox.begin(noted, same, &mut told),
            };
            (row, told)
        });
        let gone = (Err(NoteError::Ended), Vec::new());
        let (row, told) = begun.await.unwrap_or(gone);
        for progress in told {
            ledger.hear(part, progress);
        }
        let row = match row {
            Err(NoteError::SentBefore(twin)) if same == Same::Once => {
                let twin = self.look_up(part, *twin, ledger).await;
                return Err(NoteError::SentBefore(Box::new(twin)));
            }
            Err(NoteError::Ended) if !needs_row => {
                let (is_later, why) = (false, NoteError::Ended.into());
                ledger.hear(part, Progress::Unrecorded { is_later, why });
                None
            }
            row => Some(row?),
        };
        let id = row.as_ref().and_then(Row::id);
        let exchange = self.exchange(part, request, ledger).await;
        let answered = exchange.clone();
        let finished = ledger.with(move |outbox| row.map(|row| outbox.finish(row, answered)));
        // A store that is gone leaves the message in doubt, which is asked about at the next start.
        if let Some(Err(why)) = finished.await.flatten() {
            let why = why.into();
            ledger.hear(part, Progress::OutcomeUnrecorded { id, why });
        }
        let mut tried = Tried {
            exchange: Box::new(exchange),
            id,
            since,
            traced: None,
        };
        if traces {
            tried.traced = self.trace(part, &tried, &self.stops.give_up, ledger).await;
        }
        if let Some(Ok(Verdict::Taken(found))) = &tried.traced {
            let message_id = found.message_id.clone();
            tried.exchange.outcome = Outcome::Accepted { message_id };
        }
        Ok(tried)
    }

    /// Sends one request, and tells how it comes along.
    async fn exchange(&self, part: Part, request: Request, ledger: &mut impl Ledger) -> Exchange {
        let (told, mut steps) = unbounded_channel();
        let mut client = self.connection.client.clone();
        if self.retries {
            let told = told.clone();
            // Nobody listens any more once it is answered.
            let retries = Retries::new(move |progress| drop(told.send(Step::from(progress))));
            client = client.with_retries(retries);
        }
        let back = &self.stops.back;
        // Where the message was wanted back too late, its text goes along with it.
        if part == Part::Main || !back.is_cancelled() {
            let written = move || drop(told.send(Step::Written));
            client = client.with_recall(Recall::new(back.clone(), written));
        }
        let (token, give_up) = (&self.connection.token, &self.stops.give_up);
        let mut sending = std::pin::pin!(client.send(self.account(), token, request, give_up));
        let exchange = loop {
            tokio::select! {
                biased;
                Some(step) = steps.recv() => ledger.hear(part, Progress::Step(step)),
                exchange = &mut sending => break exchange,
            }
        };
        while let Ok(step) = steps.try_recv() {
            ledger.hear(part, Progress::Step(step));
        }
        exchange
    }

    /// What is known of a message of unknown outcome once its gateway's journal was asked.
    async fn look_up(&self, part: Part, twin: Twin, ledger: &mut impl Ledger) -> Twin {
        let (Some(id), TwinState::Unknown) = (twin.id, twin.state) else {
            return twin;
        };
        let sent = ledger.with(move |outbox| outbox.store.as_ref()?.sent(outbox.number(id)).ok());
        let Some(sent) = sent.await.flatten() else {
            return twin;
        };
        let asked = (&sent.request, time(twin.started), Some(id));
        let give_up = &self.stops.give_up;
        match self.ask_journal(part, asked, give_up, ledger).await {
            Some(Ok(Verdict::Taken(found))) => Twin {
                state: TwinState::Accepted,
                message_id: Some(found.message_id),
                ..twin
            },
            _ => twin,
        }
    }

    /// Asks the gateway's journal what became of a message whose outcome is unknown; `None` where it is
    /// known, or there is no journal. That it was taken is written.
    pub async fn trace(
        &self,
        part: Part,
        tried: &Tried,
        cancel: &CancellationToken,
        ledger: &mut impl Ledger,
    ) -> Option<Result<Verdict, Failure>> {
        if !matches!(tried.exchange.outcome, Outcome::Unknown(_)) || cancel.is_cancelled() {
            return None;
        }
        let asked = (&tried.exchange.request, tried.since, tried.id);
        self.ask_journal(part, asked, cancel, ledger).await
    }

    async fn ask_journal(
        &self,
        part: Part,
        (request, since, id): (&Request, SystemTime, Option<SendId>),
        cancel: &CancellationToken,
        ledger: &mut impl Ledger,
    ) -> Option<Result<Verdict, Failure>> {
        let account = self.account();
        account.journal_query(request)?;
        ledger.hear(part, Progress::Tracing);
        let Connection { client, token, .. } = self.connection;
        let traced = match client.trace(account, token, request, since, cancel).await {
            Ok(traced) => traced,
            Err(refusal) => return Some(Err(failure(refusal))),
        };
        let verdict = ledger.with(move |outbox| outbox.trace(id, traced)).await;
        Some(match verdict {
            Some(verdict) => verdict.map_err(Failure::from),
            None => Err(NoteError::Ended.into()),
        })
    }
}

impl From<client::Progress> for Step {
    fn from(progress: client::Progress) -> Self {
        match progress {
            client::Progress::Trying { attempt } => Self::Attempt(attempt),
            client::Progress::Waiting(wait) => Self::Wait(wait),
        }
    }
}

/// What a gateway that was asked something says instead of an answer.
pub fn failure(refusal: Refusal) -> Failure {
    let causes = Some(refusal.explanation).filter(|why| !why.is_empty());
    Failure {
        title: refusal.message,
        causes: causes.into_iter().collect(),
    }
}

/// A request under a name of its own, by which it is found where its answer is lost; without one where
/// the system gives no random numbers.
fn name(account: &Account, request: Request) -> Request {
    match getrandom::u64() {
        Ok(number) => account.named(request, &format!("3EB0{number:016X}")),
        Err(_) => request,
    }
}

/// A time in Unix milliseconds.
fn time(millis: i64) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(millis.unsigned_abs())
}
