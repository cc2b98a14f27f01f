//! Dialogs: a stack of one enum, of which the top one gets the key. A dialog is one file, which has its
//! state, keys and drawing, and a variant. It knows nothing of the model: what it shows was handed to it, and
//! what its answer does is for whoever asked.

mod compare;
pub mod doubt;
mod drafts;
mod emoji;
mod fill;
mod finder;
mod help;
mod import;
mod page;
pub mod palette;
mod path;
mod pick;
pub mod question;
mod shape;

use std::mem::{Discriminant, discriminant};

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::action::{Action, Context};
use super::effect::Ticket;
use super::widget::comparison::Comparison;
use super::widget::field::Field;

pub use doubt::{Doubt, LookUp};
pub use drafts::Drafts;
pub use emoji::Emoji;
pub use fill::{FillPrompt, Meant};
pub use finder::Finder;
pub use help::Help;
pub use import::{Found, ImportPrompt};
pub use page::{Content, Page};
pub use palette::{Entry, Palette};
pub use path::{PathPrompt, Purpose};
pub use pick::Pick;
pub use question::{Choice, Question, Subject};
pub use shape::Look;

/// A dialog.
#[derive(Debug, Clone)]
pub enum Modal {
    /// The keys.
    Help(Help),
    /// Commands by name.
    Palette(Palette),
    /// A question with choices.
    Question(Box<Question>),
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
    /// A page that is read.
    Page(Page),
    /// Takes in what is pasted.
    Import(Box<ImportPrompt>),
    /// Emoji by name.
    Emoji(Box<Emoji>),
    /// Finds in the message.
    Find(Box<Finder>),
}

/// What a dialog answers.
pub trait Dialog {
    /// Its place.
    fn area(&self, look: &Look<'_>) -> Rect;

    /// Draws it.
    fn draw(&self, look: &Look<'_>, frame: &mut Frame);

    /// A key that is no action: moves, or types.
    fn key(&mut self, look: &Look<'_>, key: KeyEvent);

    /// The entry of its list at a place.
    fn entry_at(&self, _: &Look<'_>, _: Position) -> Option<usize> {
        None
    }

    /// Marks an entry; whether that answers it, as Enter does.
    fn mark(&mut self, _: usize) -> bool {
        true
    }

    /// The text that is typed into.
    fn field_mut(&mut self) -> Option<&mut Field> {
        None
    }

    /// That text was changed: what is listed for it is another list.
    fn text_changed(&mut self) {}

    /// Fits it to the screen.
    fn fit(&mut self, look: &Look<'_>) {
        let width = shape::field_width(look.size);
        if let Some(field) = self.field_mut() {
            field.resize(width, 1);
        }
    }

    /// The wheel, by so many rows.
    fn scroll(&mut self, _: &Look<'_>, _: isize) {}

    /// Where its actions count.
    fn context(&self) -> Context {
        Context::Text
    }

    /// The action that opens it, which closes it too.
    fn toggle(&self) -> Option<Action> {
        None
    }
}

/// What is at a place in a dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// A choice.
    Choice(Choice),
    /// An entry of a list.
    Entry(usize),
    /// Nothing in particular.
    Inside,
    /// Beside the dialog.
    Outside,
}

impl Modal {
    /// A question of which nothing is said yet.
    pub fn ask(subject: Subject) -> Self {
        Self::Question(Box::new(Question::new(subject)))
    }

    /// The dialog in it.
    pub fn dialog(&self) -> &dyn Dialog {
        match self {
            Self::Help(dialog) => dialog,
            Self::Palette(dialog) => dialog,
            Self::Question(dialog) => &**dialog,
            Self::Path(dialog) => dialog,
            Self::Fill(dialog) => dialog,
            Self::Pick(dialog) => dialog,
            Self::Compare(dialog) => &**dialog,
            Self::Drafts(dialog) => &**dialog,
            Self::Page(dialog) => dialog,
            Self::Import(dialog) => &**dialog,
            Self::Emoji(dialog) => &**dialog,
            Self::Find(dialog) => &**dialog,
        }
    }

    /// The same, to change it.
    pub fn dialog_mut(&mut self) -> &mut dyn Dialog {
        match self {
            Self::Help(dialog) => dialog,
            Self::Palette(dialog) => dialog,
            Self::Question(dialog) => &mut **dialog,
            Self::Path(dialog) => dialog,
            Self::Fill(dialog) => dialog,
            Self::Pick(dialog) => dialog,
            Self::Compare(dialog) => &mut **dialog,
            Self::Drafts(dialog) => &mut **dialog,
            Self::Page(dialog) => dialog,
            Self::Import(dialog) => &mut **dialog,
            Self::Emoji(dialog) => &mut **dialog,
            Self::Find(dialog) => &mut **dialog,
        }
    }

    /// The question that it is.
    pub const fn question(&self) -> Option<&Question> {
        match self {
            Self::Question(question) => Some(question),
            _ => None,
        }
    }

    /// What it asks, where it is a question.
    pub fn subject(&self) -> Option<&Subject> {
        self.question().map(|question| &question.subject)
    }

    /// The same, to change it.
    pub fn subject_mut(&mut self) -> Option<&mut Subject> {
        match self {
            Self::Question(question) => Some(&mut question.subject),
            _ => None,
        }
    }

    /// Whether it is a question with choices.
    pub const fn asks(&self) -> bool {
        self.question().is_some()
    }

    /// Which dialog it is, whatever is in it.
    pub fn sort(&self) -> (Discriminant<Self>, Option<Discriminant<Subject>>) {
        let question = self.question().map(Question::sort);
        (discriminant(self), question)
    }

    /// Whether it asks for a file, and asked for this.
    pub fn asked_for(&self, ticket: Ticket) -> bool {
        matches!(self, Self::Path(prompt) if prompt.asked == Some(ticket))
    }

    /// What is at a place.
    pub fn hit(&self, look: &Look<'_>, at: Position) -> Hit {
        let choice = self
            .question()
            .and_then(|question| question.choice_at(look, at));
        if let Some(choice) = choice {
            return Hit::Choice(choice);
        }
        let dialog = self.dialog();
        match dialog.entry_at(look, at) {
            Some(entry) => Hit::Entry(entry),
            None if dialog.area(look).contains(at) => Hit::Inside,
            None => Hit::Outside,
        }
    }
}
