//! What the state asks of the store, and what it is told: plain data, as all effects and events.
//!
//! The store works on a thread of its own; it takes one thing after the other, in the order in which
//! they were asked for.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::effect::Ticket;
use super::event::Opened;
use super::recent::{Recent, Sort};
use crate::failure::Failure;
use crate::gateway::wire::Request;
use crate::message::outline::Item;
use crate::message::undo::News;
use crate::message::{Draft, Kind, Message};
use crate::store::{
    Correspondent, DraftId, DraftRow, Entry, KeptDraft, PageFrom, SendId, SendState, Sent, Twin,
};

/// Recipients that are told of messages and of drafts, at the most.
pub const MOST_RECIPIENTS: usize = 500;

/// The name of a draft that is being composed, whether the store has it yet or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Slot(pub u64);

/// The message in the form, as it was when it was sent: what is sent has its variables filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// Its name.
    pub slot: Slot,
    /// What is in the form.
    pub draft: Draft,
}

/// What the store is asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// Open it, and what was open last, if that is wanted.
    Open {
        /// What the last draft is called from then on.
        resume: Option<Slot>,
    },
    /// Note that another message is open, of which there is no draft yet.
    Begun {
        /// What it is called.
        slot: Slot,
        /// Its kind.
        kind: Kind,
        /// The message file that it is, without changes.
        file: Option<PathBuf>,
    },
    /// Keep a draft as it is now.
    Keep {
        /// The draft, by the number that this composer has given it.
        slot: Slot,
        /// What is written.
        draft: Box<Draft>,
        /// What it was as each of its other kinds.
        aside: Vec<Message>,
        /// The buttons and rows whose ids are made from their texts.
        derived: BTreeSet<Item>,
        /// What is new of what can be taken back in it.
        news: Option<News>,
        /// The message file that it belongs to.
        file: Option<PathBuf>,
        /// What that held when it was read or written here last.
        base: Option<String>,
    },
    /// Let go of a draft.
    Leave {
        /// The draft, by the number that this composer has given it.
        slot: Slot,
        /// Whether it is of no use any more, if nobody gave it a name: it is in its file, or was
        /// sent.
        forget: bool,
    },
    /// Look for changes of a message file that are in no file.
    ChangesOf {
        /// The draft that the file was opened as.
        slot: Slot,
        /// The file.
        file: PathBuf,
    },
    /// Say whether the same message was sent before, or may have been.
    Twin {
        /// Names the answer.
        ticket: Ticket,
        /// The name of the profile that it is sent through.
        profile: String,
        /// What is sent.
        request: Box<Request>,
    },
    /// Compose a kept draft.
    Take {
        /// What it is called from then on.
        slot: Slot,
        /// The row's number in the store.
        id: DraftId,
    },
    /// List the drafts; they are also listed after each of the following.
    Drafts,
    /// Give a draft a name, or take it away.
    Rename {
        /// The row's number in the store.
        id: DraftId,
        /// The name.
        name: Option<String>,
    },
    /// Make another draft of the same content.
    Duplicate(DraftId),
    /// Delete a draft.
    Delete(DraftId),
    /// Have a deleted draft back.
    Restore(DraftId),
    /// Mark a message of unknown outcome as sent.
    MarkSent {
        /// The row's number in the store.
        id: SendId,
        /// Its id, where that was found out.
        message_id: Option<String>,
    },
    /// Leave a message of unknown outcome as it is.
    KeepUnknown(SendId),
    /// Ask at the next start about a message whose outcome is unknown, which nobody has read here.
    /// Without its number it is the one that was written last.
    StayInDoubt(Option<SendId>),
    /// Read a page of the history.
    Page {
        /// Names the answer.
        ticket: Ticket,
        /// What is looked for.
        search: String,
        /// The state that all have.
        state: Option<SendState>,
        /// Where it begins.
        from: PageFrom,
        /// How many at the most.
        at_most: usize,
    },
    /// Read a message of the history.
    Look {
        /// The row's number in the store.
        id: SendId,
        /// What for.
        why: Why,
    },
    /// Read two messages of the history, to compare them.
    Compare([SendId; 2]),
    /// Read the message of the history that is marked, to show it beside the list.
    Peek(SendId),
    /// Note that something was used, which is offered first then.
    Used {
        /// What it is.
        sort: Sort,
        /// Its name: an action's, an emoji.
        name: String,
    },
}

/// What a message of the history is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// To be shown.
    Show,
    /// To be sent again in its place.
    Again,
    /// To be composed again, as a new draft.
    Draft,
    /// The same, and to be sent, after the question.
    Send,
    /// To copy its request.
    Curl,
    /// To quote it.
    Quote,
}

/// What the store tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// It is open.
    Opened {
        /// What people have to be told about it.
        notice: Option<String>,
        /// Whether what is written is still there at the next start.
        is_kept: bool,
        /// What was open last.
        last: Last,
        /// The messages that were under way when their composer ended, the oldest first.
        doubts: Vec<Entry>,
    },
    /// Its file was removed, moved or replaced, and was written again or could not be.
    WrittenAgain {
        /// What people have to be told about it.
        notice: String,
        /// Whether what is written is still there at the next start.
        is_kept: bool,
    },
    /// It is not there at all.
    Missing(String),
    /// A message waits for its turn.
    Held {
        /// Its name.
        ticket: Ticket,
        /// Its number, where it could be written.
        id: Option<SendId>,
    },
    /// The messages that waited for their turn when their composer ended: they were not sent.
    NeverBegun(Vec<Entry>),
    /// A message is under way.
    Begun {
        /// Its name.
        ticket: Ticket,
        /// Its number, where it could be written.
        id: Option<SendId>,
        /// The time of this machine: `11:08`.
        at: String,
    },
    /// A draft was kept, or not.
    Saved {
        /// The draft, by the number that this composer has given it.
        slot: Slot,
        /// What was written.
        draft: Box<Draft>,
        /// Its number, or why it was not kept.
        written: Result<DraftId, Failure>,
    },
    /// Changes of a message file are kept that are in no file.
    Changes {
        /// The draft that the file was opened as.
        slot: Slot,
        /// The changed draft.
        id: DraftId,
    },
    /// A kept draft is to be composed.
    Taken(Box<Taken>),
    /// Every draft, the one that was changed last first.
    Drafts(Vec<DraftRow>),
    /// A page of the history was read, or why it could not be.
    Page {
        /// The ticket of the search that asked for it; an older one is dropped.
        ticket: Ticket,
        /// What is on it, the newest first.
        entries: Result<Vec<Entry>, Failure>,
    },
    /// A message was read.
    Looked {
        /// What for.
        why: Why,
        /// The message.
        sent: Box<Sent>,
    },
    /// The message that is marked in the history was read, or could not be.
    Peeked {
        /// The number of the message in the history.
        id: SendId,
        /// The message.
        sent: Option<Box<Sent>>,
    },
    /// Two messages were read, to be compared.
    Compared(Box<[Sent; 2]>),
    /// The same message was sent before, or may have been.
    Twin {
        /// Which message was asked about.
        ticket: Ticket,
        /// The one that was sent before.
        twin: Twin,
    },
    /// The same message was not sent before, as far as the store knows.
    NoTwin(Ticket),
    /// Something else is known of a message now.
    Changed(Box<Entry>),
    /// Much of the history was removed because it was old.
    Removed(String),
    /// To whom something was written, the newest first; it comes when that changed.
    Recipients(Vec<Correspondent>),
    /// What was used lately, as far as anything was; it comes once the store is open.
    Recent(Recent),
    /// Something was not done.
    Failed(String),
}

/// What was open last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Last {
    /// Nothing was ever, or it is not wanted.
    Nothing,
    /// A draft.
    Draft(Box<Taken>),
    /// A message file without changes.
    File {
        /// Where it is.
        path: PathBuf,
        /// What it holds now.
        read: Box<Opened>,
    },
    /// An empty message, or what cannot be opened again.
    Empty {
        /// Its kind.
        kind: Kind,
        /// How many drafts are kept.
        kept: usize,
        /// Why it is not what was open last.
        why: Option<String>,
    },
}

/// A draft that was kept and is composed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// What it is called.
    pub slot: Slot,
    /// What was kept.
    pub kept: KeptDraft,
    /// Whether its file was written since, by another program then.
    pub is_older: bool,
    /// What its file holds now, where it has one that is there and can be read.
    pub on_disk: Option<Box<Opened>>,
}
