//! What happened: everything that can change the state, as plain data.

use std::path::PathBuf;

use crossterm::event::{Event as TermEvent, KeyEvent};

use super::effect::Ticket;
use super::keep::{Last, Told};
use super::question::Answer;
pub use crate::dispatch::{Step, Wait};
use crate::failure::Failure;
use crate::gateway::{Account, Exchange, Outcome};
use crate::message::Draft;
use crate::store::Twin;

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The terminal: a key, a paste, the mouse, a new size.
    Term(TermEvent),
    /// A timer that [`super::model::Model::next_wake`] asked for.
    Wake,
    /// The profile is ready to be used, or cannot be.
    Connected {
        /// The profile's name.
        profile: String,
        /// Where it is now, which only the running sandbox knows; or why it cannot be used.
        account: Result<Account, Failure>,
    },
    /// A send goes on.
    Trying {
        /// The ticket of the send that it belongs to.
        ticket: Ticket,
        /// How far the send is: an attempt, or a wait before the next.
        step: Step,
    },
    /// More of a picture came.
    ThumbnailProgress {
        /// Which loading.
        ticket: Ticket,
        /// The bytes so far.
        received: u64,
        /// How many there are, as the server says.
        total: Option<u64>,
    },
    /// A picture was loaded, or cannot be.
    ThumbnailReady {
        /// Which loading.
        ticket: Ticket,
        /// The thumbnail, or why there is none.
        thumbnail: Result<Box<Thumbnail>, Failure>,
    },
    /// A send has ended.
    Answered {
        /// The ticket of the send that it belongs to.
        ticket: Ticket,
        /// What became of it.
        sent: Box<Sent>,
    },
    /// A text was copied.
    Copied {
        /// What it is, in words; nothing for a selection.
        what: String,
        /// Where it is now.
        copied: Copied,
    },
    /// A send was not begun: the same message was sent before, which whoever wanted it did not know.
    SentBefore {
        /// The name of the send.
        ticket: Ticket,
        /// The one that was sent before.
        twin: Box<Twin>,
    },
    /// The external editor is done.
    Edited {
        /// Which edit.
        ticket: Ticket,
        /// The text, or why there is none.
        text: Result<String, Failure>,
    },
    /// A message file was read.
    Opened {
        /// Which file was asked for.
        ticket: Ticket,
        /// The file.
        path: PathBuf,
        /// What it holds, or what is wrong with it.
        read: Result<Box<Opened>, Failure>,
    },
    /// A message file was written.
    Saved {
        /// Which save.
        ticket: Ticket,
        /// The file.
        path: PathBuf,
        /// The draft that was written.
        draft: Box<Draft>,
        /// The text that was written, or why none was.
        written: Result<String, SaveError>,
    },
    /// A folder was looked into.
    Listed {
        /// Which look.
        ticket: Ticket,
        /// What is in it; nothing where it cannot be read.
        entries: Vec<FolderEntry>,
    },
    /// A gateway answered a question.
    Told {
        /// The profile's name.
        profile: String,
        /// The answer.
        answer: Answer,
    },
    /// The store told something.
    Store(Told),
    /// The process was asked to end.
    Terminated,
}

impl Event {
    /// The key that was pressed.
    pub const fn key(&self) -> Option<KeyEvent> {
        match self {
            Self::Term(TermEvent::Key(key)) => Some(*key),
            _ => None,
        }
    }

    /// Whether nothing that is seen changes by it, but for what the status line says of the draft:
    /// what is drawn again is written again.
    pub fn is_silent(&self) -> bool {
        match self {
            Self::Store(Told::Opened {
                notice: None,
                is_kept: true,
                last: Last::Nothing,
                doubts,
            }) => doubts.is_empty(),
            Self::Store(Told::Begun { .. } | Told::Recent(_)) => true,
            Self::Store(Told::Saved { written, .. }) => written.is_ok(),
            _ => false,
        }
    }
}

/// Where a text is that was copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copied {
    /// On the clipboard.
    Clipboard,
    /// In tmux's buffer, and in the clipboard of the terminal around it where that takes one.
    Tmux,
    /// It was sent to the terminal, which says nothing of it: with what failed before, if anything did.
    Terminal(Option<String>),
}

/// A message file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The message.
    pub draft: Draft,
    /// The file's text.
    pub text: String,
}

/// Something in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderEntry {
    /// Its name.
    pub name: String,
    /// Whether it is a folder.
    pub is_folder: bool,
}

/// A picture, made small.
#[derive(Clone, PartialEq, Eq)]
pub struct Thumbnail {
    /// The JPEG, as a draft holds it.
    pub data_uri: String,
    /// Its size in bytes.
    pub bytes: usize,
    /// What it shows: rows of red, green and blue.
    pub rgb: Vec<u8>,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// What it was and is, in words: pixels, bytes, quality.
    pub facts: String,
    /// What was changed or lost on the way.
    pub warnings: Vec<String>,
}

impl Thumbnail {
    /// The JPEG in base64.
    pub fn base64(&self) -> &str {
        let start = self.data_uri.find(',').map_or(0, |comma| comma + 1);
        &self.data_uri[start..]
    }
}

/// Without the picture itself.
impl std::fmt::Debug for Thumbnail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Thumbnail")
            .field("facts", &self.facts)
            .field("warnings", &self.warnings)
            .finish_non_exhaustive()
    }
}

/// Why a message file was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveError {
    /// Another file has that name.
    Exists,
    /// It is not as it was left: another program wrote it.
    Changed,
    /// The system says no.
    Failed(Failure),
}

/// What became of a send.
#[derive(Debug, Clone, PartialEq)]
pub enum Sent {
    /// It was tried.
    Tried {
        /// The message.
        main: Box<Exchange>,
        /// The numbered text that was sent along.
        duplicate: Option<Box<Exchange>>,
    },
    /// It was not: the token could not be had, or no request can be written.
    NotTried(Failure),
}

impl Sent {
    /// What became of the message; `None` where it was not tried.
    pub const fn outcome(&self) -> Option<&Outcome> {
        match self {
            Self::Tried { main, .. } => Some(&main.outcome),
            Self::NotTried(_) => None,
        }
    }
}
