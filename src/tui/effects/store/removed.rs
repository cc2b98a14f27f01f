//! A store that was removed, moved or replaced under the composer: it is written again, and its messages and
//! drafts may have other numbers since. Those that the screen has stay valid for it.

use super::{Keeper, Left};
use crate::store::{Notice, Store};
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
