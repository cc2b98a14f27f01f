//! The outbox: what is sent is in the store before its first byte leaves, what became of it after.
//!
//! What the store cannot take now goes into it once it can, and what it never takes is remembered for as
//! long as the program runs: neither is sent twice unasked.

use std::time::{SystemTime, UNIX_EPOCH};

use super::{Numbers, Progress};
use crate::gateway::journal::{Traced, Verdict};
use crate::gateway::wire::Request;
use crate::gateway::{Exchange, GatewayKind, Outcome, Refusal};
use crate::message::Draft;
use crate::store::{
    Begin, Begun, Origin, Recovered, SendId, SendState, Store, StoreError, Twin, TwinState,
};

/// The messages of a store, and those that it does not have.
#[derive(Debug, Default)]
pub struct Outbox {
    /// The store, where there is one.
    pub store: Option<Store>,
    /// What was sent and could not be written yet, or can never be.
    unwritten: Vec<Unwritten>,
    /// The message whose outcome was written last.
    last_sent: Option<SendId>,
    /// What the numbers mean that it gives out: the store has others since it was written again.
    numbers: Numbers<SendId>,
    /// How many messages were sent.
    sent: usize,
    /// Whether its file was removed and cannot be written again: nothing is there at the next start.
    is_lost: bool,
}

/// A message that is about to be sent, with all that the outbox has to say of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Noted {
    /// The profile's name.
    pub profile: String,
    /// Its gateway.
    pub gateway: GatewayKind,
    /// What is sent.
    pub draft: Draft,
    /// How the gateway says it.
    pub request: Request,
    /// The name of the message file.
    pub file: Option<String>,
    /// The draft that it is sent from.
    pub origin: Option<Origin>,
    /// The message in doubt that it is sent in place of.
    pub again: Option<SendId>,
    /// When, in Unix milliseconds.
    pub now: i64,
}

/// What is done where the same message was sent before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Same {
    /// It is sent: somebody knows, and wants it.
    Send,
    /// It is sent, and whoever sends it is told.
    Warn,
    /// It is not sent; the numbered text is a part of its message, and is.
    Ask,
    /// It is not sent, nor is what cannot be noted; the numbered text is a message of its own.
    Once,
}

/// Where a message is in the outbox.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// In the store.
    Written(SendId),
    /// Not in the store.
    Missing {
        /// What would be there.
        noted: Box<Noted>,
        /// Whether it is written once that is possible.
        is_later: bool,
    },
}

/// Why a message was not noted.
#[derive(Debug, thiserror::Error)]
pub enum NoteError {
    /// The same was sent before, or may have been.
    #[error("the same message was sent before")]
    SentBefore(Box<Twin>),
    /// There is no store.
    #[error("the store is not open")]
    NotOpen,
    /// The store's file was removed, and cannot be written again.
    #[error("the store was removed meanwhile, and cannot be written again")]
    Lost,
    /// The store's thread is gone.
    #[error("the store has ended: start again")]
    Ended,
    /// It was taken back while it waited for its turn.
    #[error("it was taken back before its turn")]
    TakenBack,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A message that was sent and is not in the store, or without what became of it.
#[derive(Debug)]
struct Unwritten {
    row: Row,
    exchange: Exchange,
    ended: i64,
}

impl Same {
    const fn refuses(self) -> bool {
        matches!(self, Self::Ask | Self::Once)
    }
}

impl Noted {
    /// Whether it may not leave without a row: it would be sent or offered once more.
    pub(super) fn needs_row(&self, same: Same) -> bool {
        self.again.is_some() || same == Same::Once
    }

    fn begin(&self) -> Begin<'_> {
        Begin {
            profile: &self.profile,
            gateway: self.gateway,
            draft: &self.draft,
            request: &self.request,
            file: self.file.as_deref(),
            now: self.now,
            again: self.again,
            from: self.origin.as_ref(),
        }
    }
}

impl Outbox {
    /// An outbox over a store, or without one.
    pub fn new(store: Option<Store>) -> Self {
        Self {
            store,
            ..Self::default()
        }
    }

    /// Notes that a message is about to leave. When this returns it is on the disk, where the store could
    /// be written; what has to be told of that is added to `told`.
    ///
    /// # Errors
    /// When the same was sent before, and that is a reason against it; or when it may not leave without a
    /// row, and has none: it is sent in place of one in doubt, which would be offered once more, or once
    /// only.
    pub fn begin(
        &mut self,
        noted: Noted,
        same: Same,
        told: &mut Vec<Progress>,
    ) -> Result<Row, NoteError> {
        let at = self.time_of_day(noted.now);
        let row = self.note((noted, same), SendState::Sending, told)?;
        if self.store.is_some() {
            told.push(Progress::Begun { id: row.id(), at });
        }
        Ok(row)
    }

    /// Notes that a message waits for its turn, as [`Self::begin`].
    ///
    /// # Errors
    /// As [`Self::begin`].
    pub fn hold(
        &mut self,
        noted: Noted,
        same: Same,
        told: &mut Vec<Progress>,
    ) -> Result<Row, NoteError> {
        let row = self.note((noted, same), SendState::Held, told)?;
        told.push(Progress::Held { id: row.id() });
        Ok(row)
    }

    /// Notes that a message which waited is about to leave.
    ///
    /// # Errors
    /// When that cannot be written: the store has it as one that was not sent.
    pub fn begin_held(
        &mut self,
        row: Row,
        noted: Noted,
        told: &mut Vec<Progress>,
    ) -> Result<Row, NoteError> {
        let Row::Written(id) = row else {
            // Whether the same was sent before was looked for as it began to wait.
            return self.begin(noted, Same::Send, told);
        };
        let (own, again) = (self.number(id), noted.again.map(|id| self.number(id)));
        let store = self.store.as_mut().ok_or(NoteError::NotOpen)?;
        if let Err(why) = store.begin_held(own, again) {
            let refusal = Refusal {
                code: Refusal::CANCELLED.to_owned(),
                message: why.to_string(),
                ..Refusal::default()
            };
            // Where this cannot be written either, the next start says the same.
            let _ = store.finish_unsent(own, &refusal, now());
            return Err(why.into());
        }
        let at = self.time_of_day(noted.now);
        told.push(Progress::Begun { id: Some(id), at });
        Ok(row)
    }

    /// Notes that a message which waited is not sent.
    ///
    /// # Errors
    /// When the store cannot be written: the next start says the same.
    pub fn take_back(&mut self, row: &Row, why: &Refusal) -> Result<(), StoreError> {
        match (row.id().map(|id| self.number(id)), &mut self.store) {
            (Some(id), Some(store)) => store.finish_unsent(id, why, now()),
            _ => Ok(()),
        }
    }

    fn time_of_day(&self, now: i64) -> String {
        let store = self.store.as_ref();
        store.map_or_else(String::new, |store| store.time_of_day(now))
    }

    fn note(
        &mut self,
        (mut noted, same): (Noted, Same),
        state: SendState,
        told: &mut Vec<Progress>,
    ) -> Result<Row, NoteError> {
        noted.again = noted.again.map(|id| self.number(id));
        let needs_row = noted.needs_row(same);
        if same == Same::Once && self.is_lost {
            return Err(NoteError::Lost);
        }
        if same.refuses()
            && let Some(twin) = self.twin_only_here(&noted.profile, &noted.request, noted.now)
            && (noted.again.is_none() || twin.is_accepted())
        {
            return Err(NoteError::SentBefore(Box::new(twin)));
        }
        if same == Same::Warn {
            match self.twin(&noted.profile, &noted.request, noted.now) {
                Ok(twin) => told.extend(twin.map(|twin| Progress::SentBefore(self.given(twin)))),
                Err(why) => told.push(Progress::SentBeforeUnknown(why.into())),
            }
        }
        let Some(store) = &mut self.store else {
            return if needs_row {
                Err(NoteError::NotOpen)
            } else {
                Ok(Row::missing(noted, false))
            };
        };
        let row = noted.begin();
        let begun = match (same.refuses(), state) {
            (true, SendState::Held) => store.hold_unless_same(&row),
            (true, _) => store.begin_unless_same(&row),
            (false, SendState::Held) => store.hold(&row).map(Begun::New),
            (false, _) => store.begin(&row).map(Begun::New),
        };
        Ok(match begun {
            Ok(Begun::New(id)) => Row::Written(self.numbers.outside(id)),
            Ok(Begun::Before(twin)) => {
                return Err(NoteError::SentBefore(Box::new(self.given(twin))));
            }
            Err(why) if needs_row => return Err(why.into()),
            Err(why) => {
                // Nothing more is ever written into a damaged one.
                let is_later = !matches!(why, StoreError::Damaged(_));
                let why = why.into();
                told.push(Progress::Unrecorded { is_later, why });
                Row::missing(noted, is_later)
            }
        })
    }

    /// Writes what became of a message, and what could not be written before.
    ///
    /// # Errors
    /// When the store cannot be written: that is tried again with the next message.
    pub fn finish(&mut self, row: Row, exchange: Exchange) -> Result<(), StoreError> {
        self.sent += usize::from(row.is_written());
        let ended = now();
        self.unwritten.push(Unwritten {
            row,
            exchange,
            ended,
        });
        self.write_rest()
    }

    /// Writes what could not be written before.
    ///
    /// # Errors
    /// When the store cannot be written, or something in it was settled otherwise meanwhile.
    pub fn write_rest(&mut self) -> Result<(), StoreError> {
        let Some(store) = &mut self.store else {
            return Ok(());
        };
        let mut settled = Ok(());
        let mut at = 0;
        while let Some(first) = self.unwritten.get_mut(at) {
            let id = match &first.row {
                Row::Written(id) => self.numbers.inside(*id),
                Row::Missing {
                    noted,
                    is_later: true,
                } => store.begin(&noted.begin())?,
                Row::Missing { .. } => {
                    at += 1;
                    continue;
                }
            };
            let given = self.numbers.outside(id);
            first.row = Row::Written(given);
            match store.finish(id, &first.exchange, first.ended) {
                Ok(()) => self.last_sent = Some(given),
                // The next time is no better for that one, and others wait behind it.
                Err(why @ (StoreError::Settled(_) | StoreError::NoMessage(_))) => {
                    settled = Err(why);
                }
                Err(why) => return Err(why),
            }
            self.unwritten.remove(at);
        }
        settled
    }

    /// The same message, sent before by any run of the program, or by this one and not in the store. Its
    /// number is the store's.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn twin(
        &self,
        profile: &str,
        request: &Request,
        now: i64,
    ) -> Result<Option<Twin>, StoreError> {
        let in_store = match &self.store {
            Some(store) => store.same_again(profile, request, now)?,
            None => None,
        };
        Ok(
            match (in_store, self.twin_only_here(profile, request, now)) {
                (Some(kept), Some(twin)) if twin.is_accepted() && !kept.is_accepted() => Some(twin),
                (kept, twin) => kept.or(twin),
            },
        )
    }

    /// The same message among those that are not in the store.
    fn twin_only_here(&self, profile: &str, request: &Request, now: i64) -> Option<Twin> {
        let since = now.saturating_sub(Twin::WITHIN);
        let twins = self.unwritten.iter().filter_map(|one| match &one.row {
            Row::Missing { noted, .. }
                if noted.profile == profile
                    && noted.now >= since
                    && noted.request.says_the_same(request) =>
            {
                self.as_twin(noted.now, &one.exchange.outcome)
            }
            _ => None,
        });
        // Of equal ones the last.
        twins.max_by_key(|twin| (twin.is_accepted(), twin.started))
    }

    fn as_twin(&self, started: i64, outcome: &Outcome) -> Option<Twin> {
        let state = match outcome {
            Outcome::Accepted { .. } => TwinState::Accepted,
            Outcome::Unknown(_) => TwinState::Unknown,
            Outcome::Rejected(_) => return None,
        };
        let local = self.store.as_ref();
        let local = local.and_then(|store| store.local_time(started).ok());
        Some(Twin {
            id: None,
            started,
            started_local: local.unwrap_or_default(),
            state,
            message_id: outcome.message_id().map(str::to_owned),
        })
    }

    /// What a gateway's journal proves of a message; that it was taken is written.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn trace(&mut self, id: Option<SendId>, traced: Traced) -> Result<Verdict, StoreError> {
        match (id.map(|id| self.number(id)), &mut self.store) {
            (Some(id), Some(store)) => store.trace(id, traced, now()),
            _ => Ok(traced.verdict()),
        }
    }

    /// Writes the store again where its file was removed, moved or replaced; `None` where it is there.
    ///
    /// # Errors
    /// When it cannot be written again.
    pub fn recover(&mut self) -> Result<Option<Recovered>, StoreError> {
        let Some(store) = &mut self.store else {
            return Ok(None);
        };
        let recovered = store.recover();
        match &recovered {
            Ok(None) => {}
            Ok(Some(_)) => self.is_lost = !store.is_kept(),
            Err(_) => self.is_lost = true,
        }
        let recovered = recovered?;
        if let Some(recovered) = &recovered {
            self.numbers.renumber(recovered.messages());
        }
        Ok(recovered)
    }

    /// The message whose outcome was written last.
    pub const fn last_sent(&self) -> Option<SendId> {
        self.last_sent
    }

    /// How many messages were sent that the store could have, and does not, or without their outcome.
    pub fn unwritten(&self) -> usize {
        let rows = self.unwritten.iter().map(|one| &one.row);
        rows.filter(|row| row.is_written()).count()
    }

    /// How many messages were sent.
    pub const fn sent(&self) -> usize {
        self.sent
    }

    /// The store's number of a message, which has another one since that was written again.
    pub fn number(&self, id: SendId) -> SendId {
        self.numbers.inside(id)
    }

    /// The number of one of the store's messages that is given out: it means the same for ever.
    pub fn given_number(&mut self, id: SendId) -> SendId {
        self.numbers.outside(id)
    }

    fn given(&mut self, twin: Twin) -> Twin {
        Twin {
            id: twin.id.map(|id| self.numbers.outside(id)),
            ..twin
        }
    }
}

impl Row {
    /// Its number, where the store has it.
    pub const fn id(&self) -> Option<SendId> {
        match self {
            Self::Written(id) => Some(*id),
            Self::Missing { .. } => None,
        }
    }

    fn missing(noted: Noted, is_later: bool) -> Self {
        let noted = Box::new(noted);
        Self::Missing { noted, is_later }
    }

    /// Whether the store has it, or will.
    const fn is_written(&self) -> bool {
        !matches!(
            self,
            Self::Missing {
                is_later: false,
                ..
            }
        )
    }
}

/// The time, in Unix milliseconds.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let since = since.unwrap_or_default().as_millis();
    i64::try_from(since).unwrap_or(i64::MAX)
}
