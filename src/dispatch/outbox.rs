//! The outbox: what is sent is in the store before its first byte leaves, what became of it after.
//!
//! What the store cannot take now goes into it once it can, and what it never takes is remembered for as
//! long as the program runs: neither is sent twice unasked.

use std::collections::HashMap;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::gateway::journal::{Traced, Verdict};
use crate::gateway::wire::Request;
use crate::gateway::{Exchange, GatewayKind, Outcome};
use crate::message::Draft;
use crate::store::{Begin, Begun, Origin, Recovered, SendId, Store, StoreError, Twin, TwinState};

/// The messages of a store, and those that it does not have.
#[derive(Debug, Default)]
pub struct Outbox {
    /// The store, where there is one.
    pub store: Option<Store>,
    /// What was sent and could not be written yet.
    unwritten: Vec<Unwritten>,
    /// What was sent and can never be written.
    only_here: Vec<(Noted, Exchange)>,
    /// The message whose outcome was written last.
    last_sent: Option<SendId>,
    /// The numbers of messages that have others since the store was written again.
    renumbered: HashMap<SendId, SendId>,
    /// How many messages were sent.
    sent: usize,
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
    /// It could not be written yet.
    Later(Box<Noted>),
    /// It is never written.
    Nowhere(Box<Noted>),
}

/// What came of noting a message.
#[derive(Debug)]
pub enum Noting {
    /// It may leave.
    New(Note),
    /// The same was sent before, or may have been: it may not leave.
    Before(Twin),
}

/// A message that may leave.
#[derive(Debug)]
pub struct Note {
    /// Its row.
    pub row: Row,
    /// The time of this machine, `11:08`; empty where that is not known.
    pub at: String,
    /// The same message, sent before; or why that is not known.
    pub twin: Result<Option<Twin>, StoreError>,
    /// Why the store does not have it.
    pub lost: Option<NoteError>,
}

/// Why a message was not noted.
#[derive(Debug, thiserror::Error)]
pub enum NoteError {
    /// There is no store.
    #[error("the store is not open")]
    NotOpen,
    /// The store's thread is gone.
    #[error("the store has ended: start again")]
    Ended,
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
    /// The rule for the numbered text that goes along.
    pub(super) fn for_numbered_text(self) -> Self {
        match self {
            Self::Ask => Self::Send,
            other => other,
        }
    }

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

    /// Notes that a message is about to leave, and whether the same was sent before. When this returns
    /// it is on the disk, where the store could be written.
    ///
    /// # Errors
    /// When it may not leave without a row, and has none: it is sent in place of one in doubt, which
    /// would be offered once more, or once only.
    pub fn begin(&mut self, mut noted: Noted, same: Same) -> Result<Noting, NoteError> {
        noted.again = noted.again.map(|id| self.number(id));
        let needs_row = noted.needs_row(same);
        if same.refuses()
            && let Some(twin) = self.twin_only_here(&noted.profile, &noted.request, noted.now)
            && (noted.again.is_none() || twin.is_accepted())
        {
            return Ok(Noting::Before(twin));
        }
        let twin = match same {
            Same::Warn => self.twin(&noted.profile, &noted.request, noted.now),
            _ => Ok(None),
        };
        let Some(store) = &mut self.store else {
            return if needs_row {
                Err(NoteError::NotOpen)
            } else {
                let note = Note::nowhere(noted, None);
                Ok(Noting::New(Note { twin, ..note }))
            };
        };
        let (begin, origin) = (noted.begin(), noted.origin.as_ref());
        let begun = if same.refuses() {
            store.begin_unless_same_from(&begin, origin)
        } else {
            store.begin_from(&begin, origin).map(Begun::New)
        };
        let at = store.time_of_day(noted.now);
        let (row, lost) = match begun {
            Ok(Begun::New(id)) => (Row::Written(id), None),
            Ok(Begun::Before(twin)) => return Ok(Noting::Before(twin)),
            Err(why) if needs_row => return Err(why.into()),
            // Nothing more is ever written into that one.
            Err(why @ StoreError::Damaged(_)) => (Row::Nowhere(Box::new(noted)), Some(why.into())),
            Err(why) => (Row::Later(Box::new(noted)), Some(why.into())),
        };
        Ok(Noting::New(Note {
            row,
            at,
            twin,
            lost,
        }))
    }

    /// Writes what became of a message, and what could not be written before.
    ///
    /// # Errors
    /// When the store cannot be written: that is tried again with the next message.
    pub fn finish(&mut self, row: Row, exchange: Exchange) -> Result<(), StoreError> {
        if let Row::Nowhere(noted) = row {
            self.only_here.push((*noted, exchange));
            return Ok(());
        }
        self.sent += 1;
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
        while let Some(first) = self.unwritten.first_mut() {
            let id = match &first.row {
                Row::Later(noted) => store.begin_from(&noted.begin(), noted.origin.as_ref())?,
                Row::Written(id) => self.renumbered.get(id).copied().unwrap_or(*id),
                Row::Nowhere(_) => break,
            };
            first.row = Row::Written(id);
            match store.finish(id, &first.exchange, first.ended) {
                Ok(()) => self.last_sent = Some(id),
                // The next time is no better for that one, and others wait behind it.
                Err(why @ (StoreError::Settled(_) | StoreError::NoMessage(_))) => {
                    settled = Err(why);
                }
                Err(why) => return Err(why),
            }
            self.unwritten.remove(0);
        }
        settled
    }

    /// The same message, sent before by any run of the program, or by this one and not in the store.
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
        let unwritten = self.unwritten.iter().filter_map(|one| match &one.row {
            Row::Later(noted) => Some((&**noted, &one.exchange)),
            _ => None,
        });
        let never = self.only_here.iter().map(|(noted, sent)| (noted, sent));
        let since = now.saturating_sub(Twin::WITHIN);
        let same = |noted: &Noted| {
            noted.profile == profile && noted.now >= since && noted.request.says_the_same(request)
        };
        let twins = unwritten
            .chain(never)
            .filter(|(noted, _)| same(noted))
            .filter_map(|(noted, exchange)| self.as_twin(noted, exchange));
        // Of equal ones the last.
        twins.max_by_key(|twin| (twin.is_accepted(), twin.started))
    }

    fn as_twin(&self, noted: &Noted, exchange: &Exchange) -> Option<Twin> {
        let state = match exchange.outcome {
            Outcome::Accepted { .. } => TwinState::Accepted,
            Outcome::Unknown(_) => TwinState::Unknown,
            Outcome::Rejected(_) => return None,
        };
        let local = self.store.as_ref();
        let local = local.and_then(|store| store.local_time(noted.now).ok());
        Some(Twin {
            id: None,
            started: noted.now,
            started_local: local.unwrap_or_default(),
            state,
            message_id: exchange.outcome.message_id().map(str::to_owned),
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
        let recovered = store.recover()?;
        if let Some(recovered) = &recovered {
            for message in self.renumbered.values_mut().chain(&mut self.last_sent) {
                *message = recovered.message(*message);
            }
            self.renumbered.extend(recovered.messages());
        }
        Ok(recovered)
    }

    /// The message whose outcome was written last.
    pub const fn last_sent(&self) -> Option<SendId> {
        self.last_sent
    }

    /// How many messages were sent that the store does not have, or without their outcome.
    pub const fn unwritten(&self) -> usize {
        self.unwritten.len()
    }

    /// How many messages were sent.
    pub const fn sent(&self) -> usize {
        self.sent
    }

    /// The number that a message has now.
    pub fn number(&self, id: SendId) -> SendId {
        self.renumbered.get(&id).copied().unwrap_or(id)
    }
}

impl Note {
    /// Of a message that the store never has.
    pub(super) fn nowhere(noted: Noted, lost: Option<NoteError>) -> Self {
        Self {
            row: Row::Nowhere(Box::new(noted)),
            at: String::new(),
            twin: Ok(None),
            lost,
        }
    }
}

impl Row {
    /// Its number, where the store has it.
    pub const fn id(&self) -> Option<SendId> {
        match self {
            Self::Written(id) => Some(*id),
            Self::Later(_) | Self::Nowhere(_) => None,
        }
    }
}

/// The time, in Unix milliseconds.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let since = since.unwrap_or_default().as_millis();
    i64::try_from(since).unwrap_or(i64::MAX)
}
