//! What the screen asks of messages, and is told of them and of drafts, by the numbers that it has: these stay
//! valid for it when the store is written again.

use super::Keeper;
use crate::dispatch::now;
use crate::gateway::wire::Request;
use crate::store::{DraftRow, Entry, KeptDraft, PageFrom, SendId, Sent, Store, StoreError};
use crate::tui::effect::Ticket;
use crate::tui::keep::{Told, Why};

impl Keeper {
    /// Tells whether the same message was sent before, or may have been.
    pub(super) fn look_for_twin(
        &mut self,
        ticket: Ticket,
        profile: &str,
        request: &Request,
    ) -> Result<(), StoreError> {
        let Some(mut twin) = self.outbox.twin(profile, request, now())? else {
            self.tell(Told::NoTwin(ticket));
            return Ok(());
        };
        twin.id = twin.id.map(|id| self.outbox.given_number(id));
        self.tell(Told::Twin { ticket, twin });
        Ok(())
    }

    /// Settles a message, and tells what is known of it now.
    pub(super) fn settle(
        &mut self,
        id: SendId,
        settle: impl FnOnce(&mut Store, SendId) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let id = self.outbox.number(id);
        let Some(store) = &mut self.outbox.store else {
            return Ok(());
        };
        settle(store, id)?;
        let entry = store.sent(id)?.entry;
        let entry = Box::new(self.shown(entry));
        self.tell(Told::Changed(entry));
        Ok(())
    }

    /// A message by the number that the screen has.
    pub(in crate::tui::effects) fn sent(&mut self, id: SendId) -> Option<Result<Sent, StoreError>> {
        let id = self.outbox.number(id);
        let sent = self.outbox.store.as_ref()?.sent(id);
        Some(sent.map(|sent| self.shown_sent(sent)))
    }

    pub(super) fn look(&mut self, id: SendId, why: Why) -> Result<(), StoreError> {
        if let Some(sent) = self.sent(id) {
            let sent = Box::new(sent?);
            self.tell(Told::Looked { why, sent });
        }
        Ok(())
    }

    pub(super) fn compare(&mut self, [one, other]: [SendId; 2]) -> Result<(), StoreError> {
        if let (Some(one), Some(other)) = (self.sent(one), self.sent(other)) {
            self.tell(Told::Compared(Box::new([one?, other?])));
        }
        Ok(())
    }

    /// A message by the number that the screen knows it by.
    pub(super) fn shown(&mut self, mut entry: Entry) -> Entry {
        entry.id = self.outbox.given_number(entry.id);
        entry
    }

    /// The same with everything that is known of it.
    pub(super) fn shown_sent(&mut self, mut sent: Sent) -> Sent {
        sent.entry.id = self.outbox.given_number(sent.entry.id);
        sent
    }

    /// A draft by the number that the screen knows it by, and so the message that was sent from it.
    pub(super) fn shown_draft(&mut self, mut kept: KeptDraft) -> KeptDraft {
        kept.id = self.drafts.outside(kept.id);
        if let Some(sent) = &mut kept.in_doubt {
            sent.id = self.outbox.given_number(sent.id);
        }
        kept
    }

    /// The same in the list of all drafts.
    pub(super) fn shown_row(&mut self, mut row: DraftRow) -> DraftRow {
        row.id = self.drafts.outside(row.id);
        row
    }

    /// Where a page begins, by the store's numbers.
    pub(super) fn page_from(&self, from: PageFrom) -> PageFrom {
        match from {
            PageFrom::Before(id) => PageFrom::Before(self.outbox.number(id)),
            PageFrom::After(id) => PageFrom::After(self.outbox.number(id)),
            PageFrom::Newest | PageFrom::Oldest => from,
        }
    }
}
