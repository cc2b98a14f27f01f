//! What is open, noted for the next start, and opened then.

use std::path::PathBuf;

use super::files;
use super::store::Keeper;
use crate::dispatch::now;
use crate::message::{Kind, Message};
use crate::store::{KeptDraft, LastOpen, Store};
use crate::tui::keep::{Last, Slot, Told};

/// The message that is open.
pub(super) struct Open {
    pub slot: Slot,
    /// What it is where there is no draft of it.
    pub kind: Kind,
    pub file: Option<PathBuf>,
}

impl Keeper {
    /// What was open last. A draft that cannot be read stays in the list.
    pub(super) fn last(&mut self, slot: Slot) -> Last {
        let Some(store) = &mut self.outbox.store else {
            return Last::Nothing;
        };
        let (kind, why) = match store.open_last(now()) {
            Ok(LastOpen::Never) => return Last::Nothing,
            Ok(LastOpen::Draft(kept)) if is_blank(&kept) => {
                let kind = kept.draft.message.kind();
                let forgotten = store.forget_draft(kept.id, now());
                (kind, forgotten.err().map(|error| error.to_string()))
            }
            Ok(LastOpen::Draft(kept)) => {
                let kind = kept.draft.message.kind();
                let file = None;
                self.open = Some(Open { slot, kind, file });
                return Last::Draft(self.taken(slot, *kept));
            }
            Ok(LastOpen::File(path)) => match files::open(&path) {
                Ok(read) => {
                    let read = Box::new(read);
                    return Last::File { path, read };
                }
                Err(why) => (Kind::Text, Some(why.into())),
            },
            Ok(LastOpen::Empty(kind)) => (kind, None),
            Ok(LastOpen::Elsewhere(kind)) => {
                let why = "The last draft is open in another composer";
                (kind, Some(why.to_owned()))
            }
            Err(error) => {
                self.tell(Told::Failed(format!("the last draft: {error}")));
                (Kind::Text, None)
            }
        };
        let drafts = self.outbox.store.as_ref().map(Store::drafts);
        let kept = drafts.and_then(Result::ok).map_or(0, |drafts| drafts.len());
        Last::Empty { kind, kept, why }
    }

    /// Notes what is open, for the next start.
    pub(super) fn note_open(&mut self) {
        let draft = self.open.as_ref().and_then(|open| self.draft_of(open.slot));
        let (Some(open), Some(store)) = (&self.open, &mut self.outbox.store) else {
            return;
        };
        let noted = match draft {
            Some(id) => store.note_open_draft(id),
            None => store.note_open(open.kind, open.file.as_deref()),
        };
        if let Err(error) = noted {
            // The next start opens what was noted before.
            log::warn!("what is open is not noted: {error}");
        }
    }
}

/// Whether a draft says nothing: neither as it is nor as another kind, and nobody gave it a name.
fn is_blank(kept: &KeptDraft) -> bool {
    let was_written = |message: &Message| *message != message.kind().empty();
    kept.draft.is_blank()
        && kept.name.is_none()
        && kept.file.is_none()
        && !kept.aside.iter().any(was_written)
}
