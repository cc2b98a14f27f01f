//! The store on a thread of its own: what is asked is done in order, what comes of it is an event.

mod messages;
mod recent;
mod removed;

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;

use super::files;
use super::last_open::Open;
use crate::dispatch::{NoteError, Numbers, Outbox, now};
use crate::failure::Failure;
use crate::message::outline::Item;
use crate::message::undo::News;
use crate::message::{Draft, Message};
use crate::store::{
    DraftFile, DraftId, Entry, KeptDraft, Notice, Opened, Origin, Store, StoreError, Written,
};
use crate::tui::event::Event;
use crate::tui::keep::{Ask, Composed, Last, Slot, Taken, Told};

/// How long the end of the composer, or its suspension, waits for what is still to be written: longer
/// than the store waits for another composer.
const PATIENCE: Duration = Duration::from_secs(6);

/// Where the store is, and what it keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreSettings {
    /// Its folder; `None` where the system has none.
    pub folder: Option<PathBuf>,
    /// For how many days the history is kept; 0 keeps it for ever.
    pub history_days: u32,
}

/// Something to be done with the store.
type Job = Box<dyn FnOnce(&mut Keeper) + Send>;

/// The thread.
pub(super) struct StoreThread {
    jobs: Sender<Job>,
    ended: Receiver<Left>,
}

/// What works on that thread.
pub(super) struct Keeper {
    settings: StoreSettings,
    events: UnboundedSender<Event>,
    /// The store in it once that was opened, and could be.
    pub(super) outbox: Outbox,
    /// The drafts that are composed, by the screen's numbers.
    pub(super) slots: HashMap<Slot, DraftId>,
    /// What the numbers of drafts mean that the screen has.
    pub(super) drafts: Numbers<DraftId>,
    /// The message that is open, once that is noted.
    pub(super) open: Option<Open>,
    /// Whether the draft that came last was not kept.
    is_lost: bool,
    /// What people have to know of a store that was removed.
    removed: Option<Notice>,
    /// Whether nothing more is asked.
    is_over: bool,
}

/// What the end of the composer leaves out of the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Whether what was typed last may not have been kept.
    pub draft: bool,
    /// How many messages were sent that the history does not have, or without their outcome.
    pub messages: usize,
    /// What became of a store that was removed, moved or replaced under the composer.
    pub removed: Option<String>,
}

impl StoreThread {
    /// Starts the thread, which opens nothing by itself.
    pub(super) fn start(settings: StoreSettings, events: UnboundedSender<Event>) -> Self {
        let (jobs, todo) = channel::<Job>();
        let (end, ended) = channel();
        std::thread::spawn(move || {
            let mut keeper = Keeper {
                settings,
                events,
                outbox: Outbox::default(),
                slots: HashMap::new(),
                drafts: Numbers::default(),
                open: None,
                is_lost: false,
                removed: None,
                is_over: false,
            };
            // A question that is still open has a hand to it, and is not waited for.
            while !keeper.is_over
                && let Ok(job) = todo.recv()
            {
                job(&mut keeper);
            }
            keeper.look_after_file();
            let _ = keeper.outbox.write_rest();
            // Of several composers, what the last one leaves is opened next.
            keeper.note_open();
            let left = keeper.left();
            // The store is closed before anybody is told that it was.
            drop(keeper);
            let _ = end.send(left);
        });
        Self { jobs, ended }
    }

    /// Does what was asked for, after what was asked for before.
    pub(super) fn ask(&self, ask: Ask) {
        self.put(Box::new(move |keeper| keeper.answer(ask)));
    }

    /// The draft of a message in the form, as the store has it after what was asked for before.
    pub(super) fn origin(
        &self,
        composed: Composed,
    ) -> impl Future<Output = Option<Origin>> + Send + use<> {
        let Composed { slot, draft } = composed;
        let origin = self.hand().run(move |keeper| {
            let source = draft;
            let draft = keeper.draft_of(slot)?;
            Some(Origin { draft, source })
        });
        async { origin.await.flatten() }
    }

    /// Something to be done on the thread.
    pub(super) fn hand(&self) -> StoreHand {
        StoreHand(self.jobs.clone())
    }

    fn put(&self, job: Job) {
        // A thread that is gone does nothing any more; whoever waits for it is told.
        let _ = self.jobs.send(job);
    }

    /// Waits until everything that was asked for so far is done.
    pub(super) async fn settle(&self) {
        let hand = self.hand();
        let _ = tokio::time::timeout(PATIENCE, hand.run(|_| ())).await;
    }

    /// Ends the thread when everything is done, and says what is not.
    pub(super) fn close(self) -> Left {
        self.put(Box::new(|keeper| keeper.is_over = true));
        // A store that takes longer may still write it; nobody knows.
        self.ended.recv_timeout(PATIENCE).unwrap_or(Left {
            draft: true,
            messages: 0,
            removed: None,
        })
    }
}

/// What gives the thread work from within a task.
#[derive(Clone)]
pub(super) struct StoreHand(Sender<Job>);

impl StoreHand {
    /// Runs something on the thread, after what was asked for before; `None` when that is gone.
    pub(super) fn run<T: Send + 'static, W>(
        &self,
        work: W,
    ) -> impl Future<Output = Option<T>> + Send + use<T, W>
    where
        W: FnOnce(&mut Keeper) -> T + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let job = Box::new(move |keeper: &mut Keeper| drop(sender.send(work(keeper))));
        // Where the thread is gone, so is the sender.
        let _ = self.0.send(job);
        async { receiver.await.ok() }
    }
}

impl Keeper {
    pub(super) fn tell(&self, told: Told) {
        // Nobody listens any more when the composer ends.
        let _ = self.events.send(Event::Store(told));
    }

    fn answer(&mut self, ask: Ask) {
        self.look_after_file();
        let result = match ask {
            Ask::Open { resume } => return self.open(resume),
            Ask::Begun { slot, kind, file } => {
                let file = file.map(absolute);
                self.open = Some(Open { slot, kind, file });
                self.note_open();
                // what was left is offered from now on
                return self.tell_recipients();
            }
            Ask::Keep {
                slot,
                draft,
                aside,
                derived,
                news,
                file,
                base,
            } => {
                let with = (aside.as_slice(), &derived, news.as_ref());
                return self.keep(slot, draft, with, file, base.as_deref());
            }
            Ask::Leave { slot, forget } => self.leave(slot, forget),
            Ask::ChangesOf { slot, file } => self.look_for_changes(slot, file),
            Ask::Twin {
                ticket,
                profile,
                request,
            } => self.look_for_twin(ticket, &profile, &request),
            Ask::Take { slot, id } => self.take(slot, id),
            Ask::MarkSent { id, message_id } => {
                self.settle(id, |store, id| store.mark_sent(id, message_id.as_deref()))
            }
            Ask::StayInDoubt(id) => {
                let id = id.or(self.outbox.last_sent());
                let id = id.map(|id| self.outbox.number(id));
                match (id, &mut self.outbox.store) {
                    (Some(id), Some(store)) => store.put_in_doubt(id),
                    _ => Ok(()),
                }
            }
            Ask::KeepUnknown(id) => self.settle(id, Store::keep_unknown),
            Ask::Page {
                ticket,
                search,
                state,
                from,
                at_most,
            } => {
                // What cannot be written still is told where it was sent.
                let _ = self.outbox.write_rest();
                let from = self.page_from(from);
                let store = self.outbox.store.as_ref();
                let page = store.map(|store| store.history_page(&search, state, from, at_most));
                let entries = page.unwrap_or(Ok(Vec::new())).map_err(Failure::from);
                let mut shown = |one| self.shown(one);
                let entries = entries.map(|all| all.into_iter().map(&mut shown).collect());
                return self.tell(Told::Page { ticket, entries });
            }
            Ask::Look { id, why } => self.look(id, why),
            Ask::Compare(ids) => self.compare(ids),
            Ask::Peek(id) => {
                let sent = self.sent(id).and_then(Result::ok).map(Box::new);
                return self.tell(Told::Peeked { id, sent });
            }
            Ask::Used { sort, name } => self.note_used(sort, &name),
            Ask::Drafts => self.list(|_| Ok(())),
            Ask::Rename { id, name } => {
                let id = self.drafts.inside(id);
                self.list(|store| store.rename_draft(id, name.as_deref()))
            }
            Ask::Duplicate(id) => {
                let id = self.drafts.inside(id);
                self.list(|store| store.duplicate_draft(id, now()).map(drop))
            }
            Ask::Delete(id) => {
                let id = self.drafts.inside(id);
                self.list(|store| store.delete_draft(id, now()))
            }
            Ask::Restore(id) => {
                let id = self.drafts.inside(id);
                self.list(|store| store.restore_draft(id))
            }
        };
        if let Err(error) = result {
            self.tell(Told::Failed(error.to_string()));
        }
    }

    fn open(&mut self, resume: Option<Slot>) {
        match Store::open(self.settings.folder.as_deref()) {
            Ok(Opened { store, notice }) => {
                let is_kept = store.is_kept();
                self.outbox.store = Some(store);
                let last = resume.map_or(Last::Nothing, |slot| self.last(slot));
                let never_begun = self.never_begun();
                let doubts = self.doubts();
                self.tell(Told::Opened {
                    doubts,
                    notice: notice.as_ref().map(Notice::to_string),
                    is_kept,
                    last,
                });
                self.tell_recent();
                if !never_begun.is_empty() {
                    self.tell(Told::NeverBegun(never_begun));
                }
                self.tell_recipients();
                self.purge();
            }
            Err(error) => self.tell(Told::Missing(error.to_string())),
        }
    }

    /// The messages that waited for their turn when their composer ended.
    fn never_begun(&mut self) -> Vec<Entry> {
        let entries = self.outbox.store.as_mut().map(Store::never_begun);
        let entries = entries.unwrap_or(Ok(Vec::new())).unwrap_or_else(|error| {
            self.tell(Told::Failed(format!("the outbox: {error}")));
            Vec::new()
        });
        entries.into_iter().map(|entry| self.shown(entry)).collect()
    }

    /// The messages in doubt.
    fn doubts(&mut self) -> Vec<Entry> {
        let doubts = self.outbox.store.as_mut().map(Store::interrupted);
        let doubts = doubts.unwrap_or(Ok(Vec::new())).unwrap_or_else(|error| {
            self.tell(Told::Failed(format!("the outbox: {error}")));
            Vec::new()
        });
        doubts.into_iter().map(|entry| self.shown(entry)).collect()
    }

    /// The store's number of a draft that is composed.
    pub(super) fn draft_of(&self, slot: Slot) -> Option<DraftId> {
        self.slots.get(&slot).map(|id| self.drafts.inside(*id))
    }

    pub(super) fn taken(&mut self, slot: Slot, kept: KeptDraft) -> Box<Taken> {
        let kept = self.shown_draft(kept);
        self.slots.insert(slot, kept.id);
        let file = kept.file.as_deref();
        let on_disk = file.and_then(|path| files::open(path).ok());
        let written = file.and_then(files::written_at);
        let is_older = written.is_some_and(|written| kept.updated < written);
        Box::new(Taken {
            slot,
            kept,
            is_older,
            on_disk: on_disk.map(Box::new),
        })
    }

    fn purge(&mut self) {
        let days = self.settings.history_days;
        let purged = self
            .outbox
            .store
            .as_mut()
            .map(|store| store.purge_by_clock(now(), days));
        match purged {
            Some(Ok(purged)) => {
                if let Some(words) = purged.words() {
                    self.tell(Told::Removed(words));
                }
            }
            Some(Err(error)) => log::warn!("old messages stay in the history: {error}"),
            None => {}
        }
    }

    fn keep(
        &mut self,
        slot: Slot,
        draft: Box<Draft>,
        (aside, derived, news): (&[Message], &BTreeSet<Item>, Option<&News>),
        file: Option<PathBuf>,
        base: Option<&str>,
    ) {
        let file = file.map(absolute);
        let file = file.as_deref().map(|path| DraftFile { path, base });
        let id = self.draft_of(slot);
        let written = Written {
            draft: &draft,
            aside,
            derived: Some(derived),
            news,
        };
        let written = match &mut self.outbox.store {
            Some(store) => store
                .save_draft(id, written, file, now())
                .map_err(Failure::from),
            None => Err(NoteError::NotOpen.into()),
        };
        let written = written.map(|id| self.drafts.outside(id));
        if let Ok(id) = written {
            self.slots.insert(slot, id);
            let (kind, file) = (draft.message.kind(), None);
            let open = self.open.get_or_insert(Open { slot, kind, file });
            if open.slot != slot {
                // One that was left before could only be kept now.
                self.note_open();
            }
        }
        self.is_lost = written.is_err();
        if !self.is_lost
            && let Err(why) = self.outbox.write_rest()
        {
            log::warn!("what was sent is not in the history yet: {why}");
        }
        self.tell(Told::Saved {
            slot,
            draft,
            written,
        });
    }

    fn leave(&mut self, slot: Slot, forget: bool) -> Result<(), StoreError> {
        let draft = self.draft_of(slot);
        self.slots.remove(&slot);
        match (draft, &mut self.outbox.store) {
            (Some(id), Some(store)) if forget => store.forget_draft(id, now()),
            (Some(id), Some(store)) => store.close_draft(id),
            _ => Ok(()),
        }
    }

    fn look_for_changes(&mut self, slot: Slot, file: PathBuf) -> Result<(), StoreError> {
        let file = absolute(file);
        let own = self.draft_of(slot);
        let Some(store) = &mut self.outbox.store else {
            return Ok(());
        };
        let of_file = |row: &Option<PathBuf>| row.as_deref() == Some(file.as_path());
        let rows = store.drafts()?.into_iter();
        let mut rows = rows.filter(|row| Some(row.id) != own && !row.is_open_elsewhere);
        let Some(id) = rows.find(|row| of_file(&row.file)).map(|row| row.id) else {
            return Ok(());
        };
        let kept = store.read_draft(id, now())?;
        if files::open(&file).is_ok_and(|read| read.draft == kept.draft) {
            // It was saved there since.
            return store.forget_draft(id, now());
        }
        let id = self.drafts.outside(id);
        self.tell(Told::Changes { slot, id });
        Ok(())
    }

    /// Does something, and lists the drafts whether that was done or not.
    fn list(
        &mut self,
        first: impl FnOnce(&mut Store) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let Some(store) = &mut self.outbox.store else {
            return Ok(());
        };
        let done = first(store);
        let rows = store.drafts()?.into_iter();
        let rows = rows.map(|row| self.shown_row(row)).collect();
        self.tell(Told::Drafts(rows));
        done
    }

    fn take(&mut self, slot: Slot, id: DraftId) -> Result<(), StoreError> {
        let id = self.drafts.inside(id);
        let Some(store) = &mut self.outbox.store else {
            return Ok(());
        };
        let kept = store.open_draft(id, now())?;
        let (kind, file) = (kept.draft.message.kind(), None);
        self.open = Some(Open { slot, kind, file });
        let taken = self.taken(slot, kept);
        self.tell(Told::Taken(taken));
        Ok(())
    }
}

/// The path of a message file, wherever the composer is started the next time.
fn absolute(path: PathBuf) -> PathBuf {
    let path = files::at_home(path);
    std::path::absolute(&path).unwrap_or(path)
}
