//! What the state asks for: plain data, carried out by `effects` alone.

use std::path::PathBuf;

use super::keep::{Ask, Composed};
use super::question::Question;
use crate::config::Profile;
use crate::message::Draft;
use crate::store::SendId;

/// The name of one asynchronous piece of work; a result with an old one is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Ticket(pub u64);

/// What a file that is written may replace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Over {
    /// No file.
    Nothing,
    /// A file that still holds this text.
    Text(String),
    /// Whatever is there.
    Anything,
}

/// Please do this.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Make a profile ready: start the sandbox for it.
    Connect(Box<Profile>),
    /// Send a draft.
    Send {
        /// Names the answer.
        ticket: Ticket,
        /// The profile that it is sent with.
        profile: Box<Profile>,
        /// The draft to send.
        draft: Box<Draft>,
        /// The name of the message file that it is from.
        file: Option<String>,
        /// The message of unknown outcome that it is sent in place of.
        again: Option<SendId>,
        /// Whether it is sent although the same was sent before: somebody knows, and wants it.
        twice: bool,
        /// The message in the form, where that is what is sent.
        from: Option<Box<Composed>>,
        /// Whether it is held until it is [released](Effect::Release).
        is_held: bool,
    },
    /// Send a message that was held.
    Release(Ticket),
    /// Take a message back, if nothing of its request was written; its answer is waited for else.
    Cancel(Ticket),
    /// Wait for a message's answer no longer, also where its outcome is unknown then.
    GiveUp(Ticket),
    /// Let the person edit a text in their own editor.
    OpenEditor {
        /// Names the answer.
        ticket: Ticket,
        /// What to begin with.
        text: String,
    },
    /// Read a message file.
    Open {
        /// Names the answer.
        ticket: Ticket,
        /// The file, with the home folder still as `~`.
        path: PathBuf,
    },
    /// Look into a folder.
    List {
        /// Names the answer.
        ticket: Ticket,
        /// Where, as it was written: with its slash, or nothing for the working folder.
        folder: String,
    },
    /// Write a message file; one after the other, in the order in which they were asked for.
    Save {
        /// Names the answer.
        ticket: Ticket,
        /// The file, with the home folder still as `~`.
        path: PathBuf,
        /// The draft to write, as a whole.
        draft: Box<Draft>,
        /// The text whose comments and order are kept.
        base: Option<String>,
        /// What may be replaced.
        over: Over,
    },
    /// Load a picture and make a thumbnail of it.
    LoadThumbnail {
        /// Names the answer.
        ticket: Ticket,
        /// A path or an address.
        name: String,
        /// The folder that the path is relative to.
        folder: PathBuf,
        /// Whether it may be on a private network.
        allow_private: bool,
    },
    /// Stop loading a picture.
    CancelThumbnail(Ticket),
    /// Ask a gateway something besides.
    Question {
        /// The profile whose gateway is asked, and how it is reached.
        profile: Box<Profile>,
        /// What the gateway is asked.
        question: Question,
    },
    /// Ask something of the store.
    Store(Ask),
    /// Put a text on the clipboard.
    Copy {
        /// The text.
        text: String,
        /// What it is, in words; nothing for a selection.
        what: String,
    },
    /// Suspend to the shell.
    Suspend,
    /// End.
    Quit,
}

impl Effect {
    /// Copies a text. What is said of it, and where it went, comes when that is known.
    pub fn copy(text: String, what: &str) -> Self {
        let what = what.to_owned();
        Self::Copy { text, what }
    }

    /// Whether a message is sent by it.
    pub const fn sends(&self) -> bool {
        matches!(self, Self::Send { .. })
    }

    /// Whether the composer stops for it, perhaps for ever.
    pub const fn stops(&self) -> bool {
        matches!(self, Self::Quit | Self::Suspend | Self::OpenEditor { .. })
    }
}
