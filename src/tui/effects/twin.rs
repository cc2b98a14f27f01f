//! The same again, asked of the store's thread: it knows of every message of the history, and of those
//! that the history does not have.

use super::store::{Keeper, now};
use super::unwritten::Noted;
use crate::gateway::wire::Request;
use crate::gateway::{Exchange, Outcome};
use crate::store::{StoreError, Twin, TwinState};
use crate::tui::effect::Ticket;
use crate::tui::keep::Told;

impl Keeper {
    /// Tells whether the same message was sent before, or may have been.
    pub(super) fn look_for_twin(
        &mut self,
        ticket: Ticket,
        profile: &str,
        request: &Request,
    ) -> Result<(), StoreError> {
        let in_store = match &self.store {
            Some(store) => store.same_again(profile, request, now())?,
            None => None,
        };
        let twin = match (in_store, self.twin_only_here(profile, request)) {
            (Some(kept), Some(twin)) if twin.is_accepted() && !kept.is_accepted() => Some(twin),
            (kept, twin) => kept.or(twin),
        };
        if let Some(twin) = twin {
            self.tell(Told::Twin { ticket, twin });
        }
        Ok(())
    }

    /// The same message among those that were sent in this run and are not in the store.
    pub(super) fn twin_only_here(&self, profile: &str, request: &Request) -> Option<Twin> {
        let unwritten = self.unwritten.iter().filter_map(|one| one.noted());
        let only_here = self
            .only_here
            .iter()
            .map(|(noted, exchange)| (noted, exchange));
        let since = now().saturating_sub(Twin::WITHIN);
        let mut twins: Vec<Twin> = unwritten
            .chain(only_here)
            .filter(|(noted, _)| {
                noted.profile == profile
                    && noted.now >= since
                    && noted.request.says_the_same(request)
            })
            .filter_map(|(noted, exchange)| self.as_twin(noted, exchange))
            .collect();
        twins.sort_by_key(|twin| (twin.is_accepted(), twin.started));
        twins.pop()
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
}
