//! A store that was removed, moved or replaced under the composer: it is written again, and its messages and
//! drafts may have other numbers since. Those that the screen has stay valid for it.

use super::{Keeper, Left};
use crate::store::{DraftRow, Entry, KeptDraft, Notice, PageFrom, Sent, Store};
use crate::tui::keep::Told;

impl Keeper {
    /// Writes the store again where its file was removed, moved or replaced, and tells that.
    pub(in crate::tui::effects) fn look_after_file(&mut self) {
        let recovered = match self.outbox.recover() {
            Ok(None) => return,
            Ok(Some(recovered)) => recovered,
            Err(error) => {
                let path = self
                    .settings
                    .folder
                    .iter()
                    .map(|path| path.join(Store::FILE));
                let notice = Notice::Removed {
                    path: path.collect(),
                    why: error.to_string(),
                };
                return self.tell_removed(notice);
            }
        };
        self.drafts.renumber(recovered.drafts());
        self.tell_removed(recovered.notice);
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

    fn tell_removed(&mut self, notice: Notice) {
        self.tell(Told::WrittenAgain {
            notice: notice.to_string(),
            is_kept: self.outbox.store.as_ref().is_some_and(Store::is_kept),
        });
        self.removed = Some(notice);
    }

    /// What is left out of the store at the end.
    pub(super) fn left(&self) -> Left {
        let is_lost = matches!(self.removed, Some(Notice::Removed { .. }));
        Left {
            draft: self.is_lost || is_lost,
            messages: if is_lost {
                self.outbox.sent()
            } else {
                self.outbox.unwritten()
            },
            removed: self.removed.as_ref().map(Notice::to_string),
        }
    }
}
