//! How the draft that is composed is kept.

use crate::failure::Failure;
use std::path::PathBuf;
use std::time::Duration;

use crossterm::event::Event as TermEvent;

use super::snapshot::Snapshot;
use crate::message::{Draft, Message};
use crate::store::DraftId;
use crate::tui::keep::Slot;

/// How long a change waits for others before the draft is kept.
pub(crate) const DELAY: Duration = Duration::from_millis(500);

/// Whether anything is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keeps {
    /// The store is being opened.
    #[default]
    Opening,
    /// Everything.
    All,
    /// Everything, until the composer ends.
    InMemory,
    /// Nothing.
    Nothing,
}

/// How the draft that is composed is kept.
#[derive(Debug, Default)]
pub struct Keeping {
    /// Whether anything is kept.
    pub keeps: Keeps,
    /// What people have to know about the store.
    pub notice: Option<String>,
    /// The draft's name for the store.
    pub(crate) slot: Slot,
    /// Its number in the store.
    pub id: Option<DraftId>,
    /// The draft as the store has it.
    pub(crate) saved: Option<Snapshot>,
    /// The draft as the store was asked to keep it.
    pub(crate) asked: Option<Asked>,
    /// When the first change since came.
    pub(crate) changed: Option<Duration>,
    /// Why it was not kept the last time.
    pub failed: Option<Failure>,
    /// What was deleted in the list, the last one last.
    pub deleted: Vec<DraftId>,
    /// What was left and could not be kept, until something can be.
    pub(crate) unkept: Vec<Draft>,
    /// Whether it is kept although nobody changed it: it is nowhere else.
    pub(crate) is_only_here: bool,
    /// The names that were given.
    pub(crate) last_slot: u64,
    /// Whether the draft is the one of the first start, and nothing else was begun.
    pub(crate) stands_in: bool,
    /// What was typed before the store was open, while the draft stands in for the last one; `None`
    /// once something else was done.
    pub(crate) early: Option<Vec<TermEvent>>,
}

/// What the store was asked to keep.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) draft: Snapshot,
    pub(crate) aside: Vec<Message>,
    pub(crate) file: Option<PathBuf>,
    pub(crate) base: Option<String>,
}

impl Keeping {
    /// How a draft is kept that may only stand in for the last one.
    pub(crate) fn new(resume: bool) -> Self {
        Self {
            early: resume.then(Vec::new),
            stands_in: resume,
            ..Self::default()
        }
    }

    /// A name for another draft.
    pub(crate) fn next_slot(&mut self) -> Slot {
        self.last_slot += 1;
        Slot(self.last_slot)
    }

    /// Whether what is left is kept, at least for as long as the composer runs.
    pub const fn is_on(&self) -> bool {
        matches!(self.keeps, Keeps::All | Keeps::InMemory)
    }
}
