//! Kept drafts, composed again: those of a list, the last one, and the changes of a file.

use super::{Asked, Composer, files};
use crate::message::Draft;
use crate::store::DraftId;
use crate::tui::app::App;
use crate::tui::app::toast::Tone;
use crate::tui::effect::Effect;
use crate::tui::keep::{Ask, Slot, Taken};
use crate::tui::modal::{Modal, Then};

impl App {
    /// Asks whether changes of the file are kept that are not in it.
    pub(in crate::tui::app) fn changes_of_file(&self) -> Option<Effect> {
        let file = self.file.clone()?;
        let slot = self.keeping.slot;
        Some(Effect::Store(Ask::ChangesOf { slot, file }))
    }

    pub(super) fn changes_found(&mut self, slot: Slot, id: DraftId) {
        if slot != self.keeping.slot || self.is_modified() {
            // Typed already: both stay, each a draft.
            return;
        }
        let name = self.file.as_deref().map(files::name).unwrap_or_default();
        // Below whatever is asked already.
        self.modals.insert(
            0,
            Modal::Changes {
                id,
                name,
                choice: 0,
            },
        );
    }

    /// Composes a kept draft in the place of this one.
    pub(in crate::tui::app) fn ask_to_take(&mut self, id: DraftId) -> Vec<Effect> {
        if self.would_lose_changes() {
            self.ask_to_discard(Then::Take(id));
            return Vec::new();
        }
        self.take(id)
    }

    pub(in crate::tui::app) fn take(&mut self, id: DraftId) -> Vec<Effect> {
        let slot = self.keeping.next_slot();
        vec![Effect::Store(Ask::Take { slot, id })]
    }

    pub(super) fn take_kept(&mut self, taken: Taken) -> Vec<Effect> {
        self.leave_draft();
        self.load_kept(taken);
        Vec::new()
    }

    /// Composes a draft that the store has.
    pub(super) fn load_kept(&mut self, taken: Taken) {
        let Taken {
            slot,
            kept,
            is_older,
            on_disk,
        } = taken;
        let file = kept.file;
        let is_there = on_disk.is_some();
        let (filed, text) = match on_disk {
            Some(read) => (read.draft, Some(read.text)),
            None => (empty_like(&kept.draft), None),
        };
        // A file that holds the same was written here, or as well might have been. Of any other it is
        // the text that was begun with that says whether it was changed since.
        let is_same = filed == kept.draft;
        let has_base = kept.base.is_some();
        let source = text.filter(|_| is_same || !has_base).or(kept.base);
        if let (Some(path), false) = (&file, is_there) {
            let words = "cannot be read; saving asks before anything is replaced";
            self.toast(format!("{} {words}", files::name(path)), Tone::Info);
        }
        self.compose_other(Composer::new(kept.draft.clone()));
        (self.filed, self.file, self.source) = (filed, file.clone(), source);
        self.is_in_doubt = is_older && !is_same && !has_base;
        self.keeping.slot = slot;
        self.keeping.id = Some(kept.id);
        self.keeping.asked = Some(Asked {
            draft: kept.draft.clone(),
            file,
            base: self.base().map(str::to_owned),
        });
        self.keeping.saved = Some(kept.draft);
        self.keeping.failed = None;
    }
}

/// A message of the same kind that says nothing.
fn empty_like(draft: &Draft) -> Draft {
    Draft {
        message: draft.message.kind().empty(),
        ..Draft::default()
    }
}
