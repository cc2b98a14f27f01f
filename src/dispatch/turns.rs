//! Whose turn it is: messages to one recipient go one after the other, in the order in which they were
//! wanted, and so many at once in all.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio_util::sync::CancellationToken;

use super::{Ledger, NoteError, Order, Part, Progress, Same, Stops};
use crate::config::Profile;
use crate::gateway::{Account, Refusal};
use crate::message::phone;

/// How many messages are on their way at once.
pub const MOST_AT_ONCE: usize = 8;

/// Gives out places.
#[derive(Debug, Clone)]
pub struct Turns {
    /// The end of the last message to each recipient.
    last: Arc<Mutex<HashMap<String, oneshot::Receiver<()>>>>,
    free: Arc<Semaphore>,
}

/// The place of a message in the order. Its turn is over when this is dropped.
#[derive(Debug)]
pub struct Place {
    /// The end of the message before it to the same recipient.
    before: Option<oneshot::Receiver<()>>,
    free: Arc<Semaphore>,
    turn: Option<OwnedSemaphorePermit>,
    _ends: oneshot::Sender<()>,
}

impl Default for Turns {
    fn default() -> Self {
        Self {
            last: Arc::default(),
            free: Arc::new(Semaphore::new(MOST_AT_ONCE)),
        }
    }
}

impl Turns {
    /// The next place for a message to a recipient, however that is written.
    pub fn place(&self, to: &str, account: &Account) -> Place {
        let recipient = phone::read(to, account.country);
        let recipient = recipient.map_or_else(
            |_| to.trim().to_owned(),
            |reading| reading.written.recipient.to_string(),
        );
        let (ends, end) = oneshot::channel();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.retain(|_, end| matches!(end.try_recv(), Err(oneshot::error::TryRecvError::Empty)));
        Place {
            before: last.insert(recipient, end),
            free: self.free.clone(),
            turn: None,
            _ends: ends,
        }
    }
}

impl Place {
    /// Waits for the turn of a message. Where it does not come at once, or is held, the message is in
    /// the outbox meanwhile.
    ///
    /// # Errors
    /// When the same was sent before, when it could not be noted though it has to be, and when it was
    /// taken back meanwhile.
    pub async fn turn(
        &mut self,
        order: &mut Order,
        profile: &Profile,
        (release, stops): (Option<&CancellationToken>, &Stops),
        ledger: &mut impl Ledger,
    ) -> Result<(), NoteError> {
        if release.is_none() && self.is_free() {
            return Ok(());
        }
        let (noted, same) = (order.noted(profile), order.same);
        let held = ledger.with(move |outbox| {
            let mut told = Vec::new();
            (outbox.hold(noted, same, &mut told), told)
        });
        let (row, told) = held.await.unwrap_or((Err(NoteError::Ended), Vec::new()));
        for progress in told {
            ledger.hear(Part::Main, progress);
        }
        order.held = match row {
            Err(NoteError::Ended) if order.again.is_none() && same != Same::Once => None,
            row => Some(row?),
        };
        let comes = async {
            if let Some(release) = release {
                release.cancelled().await;
            }
            self.comes().await;
        };
        tokio::select! {
            biased;
            () = stops.back.cancelled() => {}
            () = stops.give_up.cancelled() => {}
            () = comes => return Ok(()),
        }
        order
            .take_back(&NoteError::TakenBack.to_string(), ledger)
            .await;
        Err(NoteError::TakenBack)
    }

    /// Takes the turn, if it is there.
    fn is_free(&mut self) -> bool {
        let is_first = self.before.as_mut().is_none_or(|before| {
            !matches!(before.try_recv(), Err(oneshot::error::TryRecvError::Empty))
        });
        if is_first {
            self.turn = Arc::clone(&self.free).try_acquire_owned().ok();
        }
        self.turn.is_some()
    }

    async fn comes(&mut self) {
        if let Some(before) = &mut self.before
            && !before.is_terminated()
        {
            // It ends by being dropped.
            let _ = before.await;
        }
        self.before = None;
        // It is never closed.
        self.turn = Arc::clone(&self.free).acquire_owned().await.ok();
    }
}

impl Order {
    /// Notes of a message which waited that it is not sent after all, and why.
    pub async fn take_back(&mut self, why: &str, ledger: &mut impl Ledger) {
        let Some(row) = self.held.take() else { return };
        let why = Refusal {
            code: Refusal::CANCELLED.to_owned(),
            message: why.to_owned(),
            ..Refusal::default()
        };
        let id = row.id();
        let done = ledger.with(move |outbox| outbox.take_back(&row, &why));
        if let Some(Err(why)) = done.await {
            let why = why.into();
            ledger.hear(Part::Main, Progress::OutcomeUnrecorded { id, why });
        }
    }
}
