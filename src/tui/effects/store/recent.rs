//! What was used lately, kept between runs.

use super::Keeper;
use crate::dispatch::now;
use crate::store::StoreError;
use crate::tui::keep::Told;
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

    pub(super) fn note_used(&mut self, sort: Sort, name: &str) -> Result<(), StoreError> {
        match &mut self.outbox.store {
            Some(store) => store.note_used(sort.name(), name, MOST, now()),
            None => Ok(()),
        }
    }
}
