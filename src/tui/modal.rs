//! Dialogs: a stack of one enum; the top one gets the key.

mod confirm;
mod doubt;
mod drafts;
pub mod draw;
mod fill;
pub mod help;
mod import;
mod on_the_way;
mod page;
mod palette;
mod path;
mod pick;

use std::path::PathBuf;

use super::action::Action;
use super::effect::Ticket;
use super::model::Model;
use super::widget::comparison::Comparison;
use super::widget::field::Field;
use crate::config::Profile;
use crate::message::Draft;
use crate::store::{DraftId, SendId, Sent, Twin};

pub use doubt::{Doubt, LookUp};
pub use drafts::{Drafts, field_width as drafts_field};
pub use fill::{FillPrompt, field_width as value_width};
pub use import::{Found, ImportPrompt, field_size as import_field};
pub use page::{Page, height as page_height, rows as page_rows};
pub use path::{PathPrompt, Purpose};
pub use pick::Pick;

/// What waits for the answer whether changes may be lost.
#[derive(Debug, Clone)]
pub enum Then {
    /// A new message.
    New,
    /// Opening a file.
    Open,
    /// Composing a kept draft.
    Take(DraftId),
    /// Composing a message of the history again.
    Again(Box<Sent>),
}

impl Then {
    /// What it is, as the beginning of a sentence.
    pub const fn words(&self) -> &'static str {
        match self {
            Self::New => "A new message",
            Self::Open => "Opening a file",
            Self::Take(_) => "Opening another draft",
            Self::Again(_) => "A new draft",
        }
    }
}

/// A dialog.
#[derive(Debug, Clone)]
pub enum Modal {
    /// The keys.
    Help {
        /// Rows scrolled out above.
        scroll: usize,
    },
    /// Commands by name.
    Palette(Palette),
    /// Whether to send.
    Confirm(Confirm),
    /// Errors are in the way of sending.
    Blocked {
        /// Whether it can be sent as it is.
        forceable: bool,
        /// Whether it could be sent as numbered text.
        numbered: bool,
        /// The choice that Enter takes.
        choice: usize,
    },
    /// Changes would be lost.
    Discard {
        /// What the person was about to do.
        then: Then,
        /// The choice that Enter takes.
        choice: usize,
    },
    /// Changes of the file are kept that are not in it.
    Changes {
        /// The draft with the changes.
        id: DraftId,
        /// The file's name.
        name: String,
        /// The choice that Enter takes.
        choice: usize,
    },
    /// Another file has the name, or it was changed by another program.
    Replace {
        /// The file.
        path: PathBuf,
        /// Whether it is the message's own file, which was changed meanwhile.
        changed: bool,
        /// The choice that Enter takes.
        choice: usize,
    },
    /// Asks for a file.
    Path(PathPrompt),
    /// Asks for the values of variables.
    Fill(FillPrompt),
    /// Asks what a reply answers with.
    Pick(Pick),
    /// Two requests side by side.
    Compare(Box<Comparison>),
    /// The drafts that are kept.
    Drafts(Box<Drafts>),
    /// What became of a message whose outcome is unknown.
    Doubt(Box<Doubt>),
    /// Whether to send such a message again.
    Again {
        /// The message.
        sent: Box<Sent>,
        /// The choice that Enter takes.
        choice: usize,
    },
    /// Whether to send a message although the same was sent before, which was found as it was to leave.
    Twice {
        /// The message.
        wanted: Box<Wanted>,
        /// The one that was sent before.
        twin: Box<Twin>,
        /// The choice that Enter takes.
        choice: usize,
    },
    /// Whether to throw away what waits in a queue.
    ClearQueue {
        /// The profile's name.
        profile: String,
        /// The choice that Enter takes.
        choice: usize,
    },
    /// A message is on the way: this one waits for its answer.
    Busy {
        /// The choice that Enter takes.
        choice: usize,
    },
    /// Messages are on the way: whether to wait for their answers before the composer ends.
    Leave {
        /// Whether that was chosen, so that it ends with the last answer.
        waits: bool,
        /// The choice that Enter takes.
        choice: usize,
    },
    /// A page that is read.
    Page {
        /// What is on it.
        page: Page,
        /// Rows scrolled out above.
        scroll: usize,
    },
    /// Takes in what is pasted.
    Import(Box<ImportPrompt>),
    /// What was imported, by the dialog below, would take the place of changes.
    ReplaceDraft {
        /// The choice that Enter takes.
        choice: usize,
    },
}

/// The question before a send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    /// Whether errors are sent along on purpose.
    pub forced: bool,
    /// The same message, where it was sent before.
    pub earlier: Option<Twin>,
    /// Names the store's answer to the question for that.
    pub asked: Option<Ticket>,
    /// The choice that Enter takes.
    pub choice: usize,
}

/// A message that is wanted to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// What is sent.
    pub draft: Draft,
    /// The profile that it is sent through.
    pub profile: Profile,
    /// The name of its message file.
    pub file: Option<String>,
    /// The message of unknown outcome that it is sent in place of.
    pub again: Option<SendId>,
    /// Whether it is the message in the form.
    pub is_forms: bool,
}

/// The palette.
#[derive(Debug, Clone)]
pub struct Palette {
    /// What is looked for.
    pub query: Field,
    /// The entry that Enter takes.
    pub selected: usize,
}

impl Default for Palette {
    fn default() -> Self {
        Self {
            query: Field::new("", false),
            selected: 0,
        }
    }
}

/// An entry of the palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// An action.
    Action(Action),
    /// Compose for this profile.
    Profile(usize),
}

/// What picking a choice does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Nothing more.
    Cancel,
    /// Send.
    Send,
    /// Go to the first problem.
    Fix,
    /// Ask whether to send as it is.
    Force,
    /// Turn the message into numbered text.
    NumberedText,
    /// Go on, and lose the changes.
    Discard,
    /// Replace the file.
    Replace,
    /// Save under another name.
    SaveAs,
    /// Take the kept changes.
    TakeChanges,
    /// Compose what the file holds.
    TakeFile,
    /// The message was sent.
    MarkSent,
    /// Ask whether to send the message again.
    SendAgain,
    /// Look for the message in the chat's journal.
    LookUp,
    /// Nobody is asked about the message again.
    KeepUnknown,
    /// Throw away what waits.
    ClearQueue,
    /// Go back to the message.
    Back,
    /// End once the answers have come.
    Wait,
    /// End without the answers.
    QuitAnyway,
}

impl Choice {
    /// Its word.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Cancel => "Cancel",
            Self::Send => "Send",
            Self::Fix => "Fix",
            Self::Force => "Send as it is",
            Self::NumberedText => "As numbered text",
            Self::Discard => "Discard the changes",
            Self::Replace => "Replace it",
            Self::SaveAs => "Save as",
            Self::TakeChanges => "Take the changes",
            Self::TakeFile => "The file as it is",
            Self::MarkSent => "Mark as sent",
            Self::SendAgain => "Send again",
            Self::LookUp => "Look it up",
            Self::KeepUnknown => "Keep",
            Self::ClearQueue => "Clear the queue",
            Self::Back => "Back to the message",
            Self::Wait => "Wait",
            Self::QuitAnyway => "Quit anyway",
        }
    }
}

impl Modal {
    /// The choices of a dialog that has any, the safe one last.
    pub fn choices(&self) -> Vec<Choice> {
        match self {
            Self::Confirm(_) | Self::Again { .. } | Self::Twice { .. } => {
                vec![Choice::Send, Choice::Cancel]
            }
            Self::Blocked {
                forceable: true, ..
            } => vec![Choice::Fix, Choice::Force, Choice::Cancel],
            Self::Blocked { numbered: true, .. } => {
                vec![Choice::Fix, Choice::NumberedText, Choice::Cancel]
            }
            Self::Blocked { .. } => vec![Choice::Fix, Choice::Cancel],
            Self::Discard { .. } | Self::ReplaceDraft { .. } => {
                vec![Choice::Discard, Choice::Cancel]
            }
            Self::Doubt(doubt) => doubt.choices(),
            Self::ClearQueue { .. } => vec![Choice::ClearQueue, Choice::Cancel],
            Self::Busy { .. } => vec![Choice::Back],
            Self::Leave { .. } => vec![Choice::Wait, Choice::QuitAnyway],
            Self::Changes { .. } => vec![Choice::TakeChanges, Choice::TakeFile],
            Self::Replace { changed: true, .. } => {
                vec![Choice::Replace, Choice::SaveAs, Choice::Cancel]
            }
            Self::Replace { .. } => vec![Choice::Replace, Choice::Cancel],
            Self::Help { .. }
            | Self::Palette(_)
            | Self::Path(_)
            | Self::Fill(_)
            | Self::Pick(_)
            | Self::Compare(_)
            | Self::Drafts(_)
            | Self::Page { .. }
            | Self::Import(_) => Vec::new(),
        }
    }

    /// Whether it asks for the last time before a message is sent.
    pub const fn starts_a_send(&self) -> bool {
        matches!(
            self,
            Self::Confirm(_) | Self::Again { .. } | Self::Twice { .. }
        )
    }

    /// Whether it is a question with choices.
    pub fn asks(&self) -> bool {
        !self.choices().is_empty()
    }

    /// The choice that Enter takes; `None` where one has to be made first.
    pub fn choice(&self) -> Option<usize> {
        let choice = match self {
            Self::Confirm(Confirm { choice, .. })
            | Self::Blocked { choice, .. }
            | Self::Discard { choice, .. }
            | Self::ReplaceDraft { choice }
            | Self::Changes { choice, .. }
            | Self::Again { choice, .. }
            | Self::Twice { choice, .. }
            | Self::ClearQueue { choice, .. }
            | Self::Busy { choice }
            | Self::Leave { choice, .. }
            | Self::Replace { choice, .. } => *choice,
            Self::Doubt(doubt) => return doubt.chosen(),
            _ => 0,
        };
        Some(choice)
    }

    /// Makes another choice, where there is one to make.
    pub fn choose(&mut self, chosen: usize) {
        match self {
            Self::Confirm(Confirm { choice, .. })
            | Self::Blocked { choice, .. }
            | Self::Discard { choice, .. }
            | Self::ReplaceDraft { choice }
            | Self::Changes { choice, .. }
            | Self::Again { choice, .. }
            | Self::Twice { choice, .. }
            | Self::ClearQueue { choice, .. }
            | Self::Busy { choice }
            | Self::Leave { choice, .. }
            | Self::Replace { choice, .. } => *choice = chosen,
            Self::Doubt(doubt) => doubt.choose(chosen),
            _ => {}
        }
    }

    /// Whether it asks for a file, and asked for this.
    pub fn asked_for(&self, ticket: Ticket) -> bool {
        matches!(self, Self::Path(prompt) if prompt.asked == Some(ticket))
    }

    /// The text that is typed into.
    pub fn field(&self) -> Option<&Field> {
        match self {
            Self::Fill(prompt) => prompt.fields.get(prompt.at),
            Self::Palette(palette) => Some(&palette.query),
            Self::Path(prompt) => Some(&prompt.field),
            Self::Import(prompt) => Some(&prompt.field),
            Self::Drafts(list) => match &list.naming {
                Some((_, field)) => Some(field),
                None => Some(&list.query),
            },
            _ => None,
        }
    }

    /// The same, to type into it.
    pub fn field_mut(&mut self) -> Option<&mut Field> {
        match self {
            Self::Fill(prompt) => prompt.fields.get_mut(prompt.at),
            Self::Palette(palette) => Some(&mut palette.query),
            Self::Path(prompt) => Some(&mut prompt.field),
            Self::Import(prompt) => Some(&mut prompt.field),
            Self::Drafts(list) => match &mut list.naming {
                Some((_, field)) => Some(field),
                None => Some(&mut list.query),
            },
            _ => None,
        }
    }

    /// Its text was changed: what is listed for it is another list.
    pub fn text_changed(&mut self) {
        match self {
            Self::Palette(palette) => palette.selected = 0,
            Self::Path(prompt) => (prompt.error, prompt.selected) = (None, None),
            Self::Import(prompt) => prompt.read(),
            _ => {}
        }
    }
}

impl Palette {
    /// The entries that match, in order: every word of the query is in the entry's words.
    pub fn entries(&self, model: &Model) -> Vec<Entry> {
        let query = self.query.text().to_lowercase();
        let matches = |words: &str| {
            let words = words.to_lowercase();
            query.split_whitespace().all(|part| words.contains(part))
        };
        let actions = Action::ALL.iter().copied().filter(|&action| {
            action != Action::Palette
                && matches(&format!(
                    "{} {} {}",
                    action.title(),
                    action.words(),
                    action.name()
                ))
        });
        let profiles = model.profiles.iter().enumerate().filter(|&(at, profile)| {
            at != model.profile
                && matches(&format!(
                    "use profile {} {}",
                    profile.name, profile.account.gateway
                ))
        });
        // What is called so comes before what only speaks of it.
        let mut actions: Vec<Action> = actions.collect();
        let first = query.split_whitespace().next().unwrap_or_default();
        actions.sort_by_key(|action| !action.title().starts_with(first));
        let actions = actions.into_iter().map(Entry::Action);
        let profiles = profiles.map(|(at, _)| Entry::Profile(at));
        actions.chain(profiles).collect()
    }
}
