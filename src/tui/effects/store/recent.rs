//! What was used lately, kept between runs.

use super::Keeper;
use crate::dispatch::now;
use crate::store::StoreError;
use crate::tui::keep::{MOST_RECIPIENTS, Told};
use crate::tui::recent::{MOST, Recent, Sort};

impl Keeper {
    /// Tells what was used in former runs, if anything was. Where that cannot be read, nothing comes first.
    pub(super) fn tell_recent(&self) {
        let Some(store) = &self.outbox.store else {
            return;
        };
        let of = |sort: Sort| store.recent(sort.name(), MOST).unwrap_or_default();
        let recent = Recent {
            commands: of(Sort::Command),
            emoji: of(Sort::Emoji),
        };
        if recent != Recent::default() {
            self.tell(Told::Recent(recent));
        }
    }

    /// Tells to whom something was written, if anything was; not to whom the open draft is.
    pub(in crate::tui::effects) fn tell_recipients(&self) {
        let Some(store) = &self.outbox.store else {
            return;
        };
        let open = self.open.as_ref().and_then(|open| self.draft_of(open.slot));
        match store.correspondents(MOST_RECIPIENTS, open, now()) {
            Ok(all) if all.is_empty() => {}
            Ok(all) => self.tell(Told::Recipients(all)),
            Err(error) => log::warn!("no recipients are offered: {error}"),
        }
    }

    pub(super) fn note_used(&mut self, sort: Sort, name: &str) -> Result<(), StoreError> {
        match &mut self.outbox.store {
            Some(store) => store.note_used(sort.name(), name, MOST, now()),
            None => Ok(()),
        }
    }
}
