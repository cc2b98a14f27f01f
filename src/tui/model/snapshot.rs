//! A draft as it once was, compared with the one that is composed once for each of its revisions.

use std::cell::Cell;

use super::composer::Composer;
use crate::message::Draft;

/// What counts as the same draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sameness {
    /// Every character, as for a file.
    Exact,
    /// What the recipient gets: [`Draft::is_same_message`].
    Message,
}

/// A draft as it once was: in its file, in the store, or when it was sent.
#[derive(Debug, Clone)]
pub struct Snapshot {
    draft: Draft,
    sameness: Sameness,
    /// The revision that was compared last, and whether it was the same.
    compared: Cell<Option<(u64, bool)>>,
}

impl Snapshot {
    /// A draft that has to be the same to the character.
    pub const fn exact(draft: Draft) -> Self {
        Self::new(draft, Sameness::Exact)
    }

    /// A draft that has to be the same for the one who gets it.
    pub const fn message(draft: Draft) -> Self {
        Self::new(draft, Sameness::Message)
    }

    const fn new(draft: Draft, sameness: Sameness) -> Self {
        Self {
            draft,
            sameness,
            compared: Cell::new(None),
        }
    }

    /// The draft as it was.
    pub const fn draft(&self) -> &Draft {
        &self.draft
    }

    /// Whether the draft that is composed is the same. Revisions count up from one draft to the next,
    /// so that the answer for one of them holds.
    pub fn is(&self, composer: &Composer) -> bool {
        let revision = composer.revision();
        if let Some((compared, same)) = self.compared.get()
            && compared == revision
        {
            return same;
        }
        let same = match self.sameness {
            Sameness::Exact => self.draft == *composer.draft(),
            Sameness::Message => self.draft.is_same_message(composer.draft()),
        };
        self.compared.set(Some((revision, same)));
        same
    }
}

impl PartialEq for Snapshot {
    fn eq(&self, other: &Self) -> bool {
        (&self.draft, self.sameness) == (&other.draft, other.sameness)
    }
}

impl Eq for Snapshot {}
