//! The draft, kept as it is typed: at most a second behind, and never while nothing changes.
//!
//! ```text
//! opening ─┬─> on ── changed ── DELAY ──> asked ─┬─> kept
//!          └─> off                               └─> not kept, and tried again with the next change
//! ```

mod taken;

use std::path::PathBuf;
use std::time::Duration;

use crossterm::event::{Event as TermEvent, KeyCode, KeyEvent};

use super::composer::Composer;
use super::input::is_typing;
use super::snapshot::Snapshot;
use super::toast::Tone;
use super::{App, files};
use crate::failure::Failure;
use crate::message::{Draft, Message};
use crate::store::DraftId;
use crate::tui::effect::Effect;
use crate::tui::keep::{Ask, Slot, Told};

/// How long a change waits for others before the draft is kept.
const DELAY: Duration = Duration::from_millis(500);

/// How many keys are remembered until the store is open.
const MOST_EARLY: usize = 1000;

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
    pub(super) slot: Slot,
    /// Its number in the store.
    pub id: Option<DraftId>,
    /// The draft as the store has it.
    saved: Option<Snapshot>,
    /// The draft as the store was asked to keep it.
    asked: Option<Asked>,
    /// When the first change since came.
    changed: Option<Duration>,
    /// Why it was not kept the last time.
    pub failed: Option<Failure>,
    /// What was deleted in the list, the last one last.
    pub deleted: Vec<DraftId>,
    /// What was left and could not be kept, until something can be.
    unkept: Vec<Draft>,
    /// Whether it is kept although nobody changed it: it is nowhere else.
    is_only_here: bool,
    /// The names that were given.
    last_slot: u64,
    /// Whether the draft is the one of the first start, and nothing else was begun.
    pub(super) stands_in: bool,
    /// What was typed before the store was open, while the draft stands in for the last one; `None`
    /// once something else was done.
    early: Option<Vec<TermEvent>>,
}

/// What the store was asked to keep.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    draft: Snapshot,
    aside: Vec<Message>,
    file: Option<PathBuf>,
    base: Option<String>,
}

impl Keeping {
    /// How a draft is kept that may only stand in for the last one.
    pub(super) fn new(resume: bool) -> Self {
        Self {
            early: resume.then(Vec::new),
            stands_in: resume,
            ..Self::default()
        }
    }

    /// A name for another draft.
    pub(super) fn next_slot(&mut self) -> Slot {
        self.last_slot += 1;
        Slot(self.last_slot)
    }

    /// Whether what is left is kept, at least for as long as the composer runs.
    pub const fn is_on(&self) -> bool {
        matches!(self.keeps, Keeps::All | Keeps::InMemory)
    }
}

impl App {
    /// What the store is asked for first.
    pub(super) fn open_store(&self) -> Vec<Effect> {
        let resume = self.keeping.early.as_ref().map(|_| self.keeping.slot);
        let mut asks = vec![Effect::Store(Ask::Open { resume })];
        if resume.is_none() {
            // Also for whoever leaves before the store is open.
            asks.push(self.begun());
        }
        asks.extend(self.changes_of_file());
        asks
    }

    /// Whether the draft as it is now is kept.
    pub fn is_kept(&self) -> bool {
        self.keeping
            .saved
            .as_ref()
            .is_some_and(|saved| saved.is(&self.composer))
    }

    /// When the draft has to be kept.
    pub(super) fn keep_at(&self) -> Option<Duration> {
        let changed = self.keeping.changed.filter(|_| self.keeping.is_on());
        changed.map(|changed| changed + DELAY)
    }

    /// Keeps the draft, if it has changed and it is time.
    pub(super) fn keep_in_time(&mut self) -> Option<Effect> {
        let is_sent = self.is_sent();
        let is_wanted = if is_sent {
            // It became again what was sent.
            self.keeping.asked.is_some()
        } else {
            self.is_to_be_kept()
        };
        if !self.keeping.is_on() || !is_wanted {
            self.keeping.changed = None;
            return None;
        }
        let changed = *self.keeping.changed.get_or_insert(self.now);
        if self.now < changed + DELAY {
            return None;
        }
        if is_sent {
            self.let_go()
        } else {
            Some(self.keep_now())
        }
    }

    /// What is asked for last, however the composer ends: the draft as it is now, unless it is kept.
    pub fn last_words(&mut self) -> Option<Effect> {
        if self.keeping.keeps == Keeps::Opening {
            // The name may be the last draft's, which this is not.
            self.keeping.slot = self.keeping.next_slot();
        }
        if self.is_sent() {
            return self.let_go();
        }
        let is_wanted = self.is_to_be_kept() || self.keeping.failed.is_some();
        is_wanted.then(|| self.keep_now())
    }

    fn is_to_be_kept(&self) -> bool {
        match &self.keeping.asked {
            Some(asked) => {
                !asked.draft.is(&self.composer)
                    || asked.aside != self.composer.kept_aside()
                    || asked.file != self.file
                    || asked.base.as_deref() != self.base()
            }
            None => self.is_modified() || self.keeping.is_only_here,
        }
    }

    /// What would be nowhere after the end, of all that was typed. `lost` says that the last of it was
    /// not kept after all.
    pub fn unkept(&self, lost: bool) -> Vec<&Draft> {
        let is_kept = matches!(self.keeping.keeps, Keeps::Opening | Keeps::All) && !lost;
        let is_needed = self.is_modified() && !self.is_finished();
        let current = Some(self.draft()).filter(|_| is_needed && !is_kept);
        self.keeping.unkept.iter().chain(current).collect()
    }

    /// Why what was typed is nowhere else, as the end of a sentence.
    pub fn not_kept(&self) -> &str {
        match self.keeping.keeps {
            Keeps::Nothing => "no drafts are kept",
            Keeps::InMemory => "drafts are kept only until the composer ends",
            Keeps::Opening | Keeps::All => "the draft could not be kept",
        }
    }

    fn keep_now(&mut self) -> Effect {
        let (draft, file) = (self.draft().clone(), self.file.clone());
        let aside = self.composer.kept_aside().to_vec();
        let base = self.base().map(str::to_owned);
        self.keeping.changed = None;
        self.keeping.asked = Some(Asked {
            draft: Snapshot::exact(draft.clone()),
            aside: aside.clone(),
            file: file.clone(),
            base: base.clone(),
        });
        Effect::Store(Ask::Keep {
            slot: self.keeping.slot,
            draft: Box::new(draft),
            aside,
            file,
            base,
        })
    }

    /// What the draft's file held when the draft was begun from it; where that is not known, it stays
    /// so.
    fn base(&self) -> Option<&str> {
        self.source.as_deref().filter(|_| !self.is_in_doubt)
    }

    /// The draft is nowhere else: it is kept also when nobody changes it.
    pub(super) const fn keep_as_it_is(&mut self) {
        self.keeping.is_only_here = true;
    }

    /// Keeps what is about to be sent, so that it can be forgotten with the answer.
    pub(super) fn keep_for_sending(&mut self) {
        if self.keeping.is_on() && (self.keeping.asked.is_none() || self.is_to_be_kept()) {
            let keep = self.keep_now();
            self.queued.push(keep);
        }
    }

    /// The message was accepted as it is: it is no draft any more, and what it is changed to is another
    /// one.
    pub(super) fn sent_off(&mut self) {
        let let_go = self.let_go();
        self.queued.extend(let_go);
        self.keeping.is_only_here = false;
        self.note_begun();
    }

    /// Has the store forget the draft.
    fn let_go(&mut self) -> Option<Effect> {
        self.keeping.changed = None;
        self.keeping.id = None;
        self.keeping.saved = None;
        let next = self.keeping.next_slot();
        let slot = std::mem::replace(&mut self.keeping.slot, next);
        let forget = true;
        let asked = self.keeping.asked.take();
        asked.map(|_| Effect::Store(Ask::Leave { slot, forget }))
    }

    /// Notes that a message is open of which there is no draft yet. Before the store is open it waits for
    /// that.
    pub(super) fn note_begun(&mut self) {
        if !self.keeping.is_on() {
            return;
        }
        let begun = self.begun();
        self.queued.push(begun);
    }

    fn begun(&self) -> Effect {
        // What was sent is not opened again.
        let file = self.file.clone().filter(|_| !self.is_sent());
        Effect::Store(Ask::Begun {
            slot: self.keeping.slot,
            kind: self.draft().message.kind(),
            file,
        })
    }

    /// The message is in its file now: where there is no draft of it, that file is open.
    pub(super) fn note_saved(&mut self) {
        if self.keeping.asked.is_none() && !self.is_sent() {
            self.note_begun();
        }
    }

    /// Another draft is composed from now on: this one is kept as it is, or forgotten where it is of
    /// no more use.
    pub(super) fn leave_draft(&mut self) {
        let forget = self.is_finished();
        let has_failed = self.keeping.failed.take().is_some();
        let is_to_be_kept = self.is_to_be_kept() || has_failed;
        if self.keeping.is_on() && !forget && is_to_be_kept {
            let keep = self.keep_now();
            self.queued.push(keep);
        }
        let next = self.keeping.next_slot();
        let slot = std::mem::replace(&mut self.keeping.slot, next);
        if self.keeping.asked.take().is_some() {
            self.queued.push(Effect::Store(Ask::Leave { slot, forget }));
        }
        self.keeping.id = None;
        self.keeping.saved = None;
        self.keeping.changed = None;
        self.keeping.is_only_here = false;
        self.keeping.early = None;
    }

    /// The draft is not kept any more, nor let go of.
    pub(super) fn abandon_draft(&mut self) {
        self.keeping.asked = None;
        self.keeping.failed = None;
        self.keeping.is_only_here = false;
        self.filed = Snapshot::exact(self.draft().clone());
    }

    /// Whether the draft is in its file, or was accepted as it is, or says nothing.
    fn is_finished(&self) -> bool {
        let draft = self.draft();
        let is_in_file = self.file.is_some() && !self.is_modified();
        let was_written = |message: &Message| *message != message.kind().empty();
        let is_empty = draft.message == draft.message.kind().empty()
            && draft.to.is_empty()
            && !self.composer.aside().any(was_written);
        is_in_file || is_empty || self.is_sent()
    }

    /// Remembers what is typed into a draft that only stands in for the last one.
    pub(super) fn remember_early(&mut self, event: &TermEvent) {
        if self.keeping.keeps != Keeps::Opening {
            return;
        }
        let Some(early) = &mut self.keeping.early else {
            return;
        };
        let types = match event {
            TermEvent::Key(key) => types(*key),
            TermEvent::Paste(_) => true,
            TermEvent::Resize(..) => return,
            _ => false,
        };
        if types && early.len() < MOST_EARLY {
            early.push(event.clone());
        } else {
            self.keeping.early = None;
        }
    }

    /// The store told something.
    pub(super) fn store_told(&mut self, told: Told) -> Vec<Effect> {
        match told {
            Told::Opened {
                notice,
                is_kept,
                last,
                doubts,
            } => {
                self.keeping.keeps = if is_kept { Keeps::All } else { Keeps::InMemory };
                if let Some(notice) = notice {
                    self.toast(notice.clone(), Tone::Bad);
                    self.keeping.notice = Some(notice);
                }
                let mut effects = self.resume(last);
                self.look_for_twin();
                effects.extend(self.ask_about(doubts));
                effects.extend(self.read_ahead());
                return effects;
            }
            Told::WrittenAgain { notice, is_kept } => {
                self.keeping.keeps = if is_kept { Keeps::All } else { Keeps::InMemory };
                self.toast(notice.clone(), Tone::Bad);
                self.keeping.notice = Some(notice);
            }
            Told::Missing(why) => {
                self.keeping.keeps = Keeps::Nothing;
                self.keeping.early = None;
                let words = format!("nothing is kept: {why}");
                self.toast(words.clone(), Tone::Bad);
                self.keeping.notice = Some(words);
            }
            Told::Begun { ticket, id, at } => self.send_begun(ticket, id, at),
            Told::Saved {
                slot,
                draft,
                written,
            } => self.draft_saved(slot, *draft, written),
            Told::Changes { slot, id } => self.changes_found(slot, id),
            Told::Drafts(rows) => self.drafts_listed(rows),
            Told::Taken(taken) => return self.take_kept(*taken),
            Told::Page { ticket, entries } => return self.page_read(ticket, entries),
            Told::Looked { why, sent } => return self.looked_at(why, sent),
            Told::Compared(both) => self.compared(&both),
            Told::Twin { ticket, twin } => self.twin_found(ticket, twin),
            Told::Changed(entry) => self.entry_changed(*entry),
            Told::Removed(words) => self.toast(words, Tone::Info),
            Told::Failed(why) => self.toast(why, Tone::Bad),
        }
        Vec::new()
    }

    fn draft_saved(&mut self, slot: Slot, draft: Draft, written: Result<DraftId, Failure>) {
        if slot != self.keeping.slot {
            if let Err(why) = written {
                self.toast(format!("A draft was not kept: {}", why.title), Tone::Bad);
                self.keeping.unkept.push(draft);
            }
            return;
        }
        match written {
            Ok(id) => {
                self.keep_the_rest();
                self.keeping.id = Some(id);
                self.keeping.saved = Some(Snapshot::exact(draft));
                self.keeping.failed = None;
            }
            Err(why) => {
                if self.keeping.failed.is_none() {
                    self.toast(format!("The draft is not kept: {}", why.title), Tone::Bad);
                }
                self.keeping.failed = Some(why);
            }
        }
    }

    /// Keeps, now that it can be, what was left and could not be kept then.
    fn keep_the_rest(&mut self) {
        for draft in std::mem::take(&mut self.keeping.unkept) {
            let (slot, forget) = (self.keeping.next_slot(), false);
            let (draft, file, base) = (Box::new(draft), None, None);
            let keep = Ask::Keep {
                slot,
                draft,
                aside: Vec::new(),
                file,
                base,
            };
            self.queued.push(Effect::Store(keep));
            self.queued.push(Effect::Store(Ask::Leave { slot, forget }));
        }
    }
}

/// Whether a key only writes into the text.
fn types(key: KeyEvent) -> bool {
    match key.code {
        KeyCode::Char(_) => is_typing(key),
        KeyCode::Backspace | KeyCode::Enter => key.modifiers.is_empty(),
        _ => false,
    }
}
