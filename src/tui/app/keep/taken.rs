//! What was kept, composed again: drafts of a list, what was open last, and the changes of a file.

use super::{Asked, Composer, files};
use crate::message::{Draft, Kind};
use crate::store::DraftId;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::app::mark::Mark;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::app::toast::Tone;
use crate::tui::effect::Effect;
use crate::tui::keep::{Ask, Last, Slot, Taken};
use crate::tui::modal::{Modal, Then};

impl App {
    /// What was open last takes the place of what stood in for it, and gets what was typed meanwhile.
    pub(super) fn resume(&mut self, last: Last) -> Vec<Effect> {
        // Whoever only looked around has begun nothing.
        let is_untouched = self.keeping.stands_in
            && !self.is_modified()
            && self.modals.is_empty()
            && self.sending.is_none();
        let early = self.keeping.early.take();
        let Some(early) = early.or_else(|| is_untouched.then(Vec::new)) else {
            // Something else was begun already.
            let is_other = !matches!(last, Last::Nothing);
            let effects = self.leave_last(last);
            if is_other || self.keeping.slot != Slot::default() {
                self.note_begun();
            }
            return effects;
        };
        match last {
            Last::Nothing => return Vec::new(),
            Last::Draft(taken) => self.load_kept(*taken),
            Last::File { path, read } => self.load(read.draft, Some((path, read.text))),
            Last::Empty { kind, kept, why } => self.open_empty(kind, kept, why),
        }
        let replayed = early.into_iter();
        replayed.flat_map(|event| self.terminal(event)).collect()
    }

    fn leave_last(&mut self, last: Last) -> Vec<Effect> {
        let Last::Draft(taken) = last else {
            return Vec::new();
        };
        let slot = taken.slot;
        if self.keeping.slot == slot {
            self.keeping.slot = self.keeping.next_slot();
        }
        self.toast("The last draft is in the list of drafts", Tone::Info);
        let forget = false;
        vec![Effect::Store(Ask::Leave { slot, forget })]
    }

    /// What was left empty opens empty: drafts are not taken for it, only pointed out.
    fn open_empty(&mut self, kind: Kind, kept: usize, why: Option<String>) {
        self.start_empty(kind);
        let kept = match kept {
            0 => None,
            1 => Some("1 draft kept".to_owned()),
            many => Some(format!("{many} drafts kept")),
        };
        let list = kept.is_some().then(|| {
            let key = self.keymap.key(Action::Drafts);
            key.map_or_else(
                || format!("“{}” lists them", Action::Drafts.title()),
                |key| format!("{key} lists them"),
            )
        });
        let words: Vec<String> = [why, kept, list].into_iter().flatten().collect();
        if !words.is_empty() {
            self.toast(words.join(" · "), Tone::Info);
        }
    }

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
        self.compose_other(Composer::with_aside(kept.draft.clone(), kept.aside.clone()));
        self.mark = kept.in_doubt.map(|sent| Mark {
            form: Snapshot::message(kept.draft.clone()),
            id: Some(sent.id),
            at: sent.at,
            is_accepted: false,
        });
        self.filed = Snapshot::exact(filed);
        (self.file, self.source) = (file.clone(), source);
        self.is_in_doubt = is_older && !is_same && !has_base;
        self.keeping.slot = slot;
        self.keeping.id = Some(kept.id);
        self.keeping.asked = Some(Asked {
            draft: Snapshot::exact(kept.draft.clone()),
            aside: kept.aside,
            file,
            base: self.base().map(str::to_owned),
        });
        self.keeping.saved = Some(Snapshot::exact(kept.draft));
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
