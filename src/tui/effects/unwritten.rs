//! What was sent while the store could not be written: it goes into the history once it can be.

use super::store::{Keeper, now};
use crate::gateway::wire::Request;
use crate::gateway::{Exchange, GatewayKind};
use crate::message::Draft;
use crate::store::{Begin, Origin, SendId, Store, StoreError};

/// A message that is about to be sent, with all that the outbox has to say of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Noted {
    pub profile: String,
    pub gateway: GatewayKind,
    pub draft: Draft,
    pub request: Request,
    pub file: Option<String>,
    /// The draft that it is sent from.
    pub origin: Option<Origin>,
    /// When, in Unix milliseconds.
    pub now: i64,
}

impl Noted {
    pub(super) fn begin(&self, again: Option<SendId>) -> Begin<'_> {
        Begin {
            profile: &self.profile,
            gateway: self.gateway,
            draft: &self.draft,
            request: &self.request,
            file: self.file.as_deref(),
            now: self.now,
            again,
        }
    }
}

/// Where a message stands in the outbox.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Row {
    /// It is in the store.
    Written(SendId),
    /// It could not be written.
    Later(Box<Noted>),
}

/// A message that was sent and is not in the store, or without what became of it.
pub(super) struct Unwritten {
    row: Row,
    exchange: Exchange,
    ended: i64,
}

impl Unwritten {
    /// A message that is not in the store at all, with what became of it.
    pub(super) fn noted(&self) -> Option<(&Noted, &Exchange)> {
        match &self.row {
            Row::Written(_) => None,
            Row::Later(noted) => Some((noted, &self.exchange)),
        }
    }

    fn write(&mut self, store: &mut Store) -> Result<(), StoreError> {
        let id = match &self.row {
            Row::Written(id) => *id,
            Row::Later(noted) => store.begin_from(&noted.begin(None), noted.origin.as_ref())?,
        };
        self.row = Row::Written(id);
        store.finish(id, &self.exchange, self.ended)
    }
}

impl Keeper {
    /// Writes what became of a message, and what could not be written before; says why not.
    pub(super) fn finish(&mut self, row: Row, exchange: Exchange) -> Result<(), StoreError> {
        self.look_after_file();
        self.sent += 1;
        let row = match row {
            Row::Written(id) => Row::Written(self.number(id)),
            later @ Row::Later(_) => later,
        };
        self.unwritten.push(Unwritten {
            row,
            exchange,
            ended: now(),
        });
        self.write_rest()
    }

    /// Writes what could not be written before.
    pub(super) fn write_rest(&mut self) -> Result<(), StoreError> {
        let Some(store) = &mut self.store else {
            return Ok(());
        };
        while let Some(first) = self.unwritten.first_mut() {
            first.write(store)?;
            if let Row::Written(id) = first.row {
                self.last_sent = Some(id);
            }
            self.unwritten.remove(0);
        }
        Ok(())
    }
}
