//! What a composer edits: a draft, what it was as other kinds, and which of its ids follow their
//! texts.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::outline::{Content, Item, Shift};
use super::{
    Button, ButtonPart, Draft, Field, Message, ProductSection, Quote, Row, RowSection,
    TemplateButton, TemplateValue,
};

/// What a composer edits. It is changed by [`Edit`](super::undo::Edit)s.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// The message with its recipient.
    pub draft: Draft,
    /// What the message was as each of its other kinds, the last one last.
    pub aside: Vec<Message>,
    /// The buttons and rows whose ids are made from their texts.
    pub derived: BTreeSet<Item>,
}

impl From<Draft> for Document {
    fn from(draft: Draft) -> Self {
        Self {
            draft,
            ..Self::default()
        }
    }
}

impl Document {
    /// What an editor of a place shows; `None` where this draft has no such text.
    pub fn text_at(&self, field: Field) -> Option<Cow<'_, str>> {
        let number = |number: Option<u32>| {
            Cow::Owned(number.map_or_else(String::new, |number| number.to_string()))
        };
        match field {
            Field::Choices => match &self.draft.message {
                Message::Poll(poll) => Some(number(poll.choices)),
                _ => None,
            },
            Field::Button(at, ButtonPart::Index) => match &self.draft.message {
                Message::Template(message) => {
                    let button = message.buttons.get(at)?;
                    Some(number(Some(button.index)))
                }
                _ => None,
            },
            Field::Delay => Some(number(self.draft.delay)),
            Field::Typing => Some(number(self.draft.typing)),
            Field::QuotePart(_) => {
                Some(Cow::Borrowed(self.draft.text_at(field).unwrap_or_default()))
            }
            _ => self.draft.text_at(field).map(Cow::Borrowed),
        }
    }

    /// Puts a text at a place; whether there is such a place. Of what is no number, none is left.
    pub(super) fn write(&mut self, field: Field, text: String) -> bool {
        match field {
            Field::Choices => match &mut self.draft.message {
                Message::Poll(poll) => poll.choices = text.parse().ok(),
                _ => return false,
            },
            Field::Button(at, ButtonPart::Index) => match &mut self.draft.message {
                Message::Template(message) if at < message.buttons.len() => {
                    message.buttons[at].index = text.parse().unwrap_or_default();
                }
                _ => return false,
            },
            Field::Delay => self.draft.delay = text.parse().ok(),
            Field::Typing => self.draft.typing = text.parse().ok(),
            Field::QuotePart(_) => {
                self.draft.quote.get_or_insert_default();
                if let Some(old) = self.draft.text_at_mut(field) {
                    *old = text;
                }
                self.draft.quote.take_if(|quote| *quote == Quote::default());
            }
            _ => match self.draft.text_at_mut(field) {
                Some(old) => *old = text,
                None => return false,
            },
        }
        true
    }

    /// Whether the items of the message have ids.
    const fn has_ids(&self) -> bool {
        matches!(self.draft.message, Message::Buttons(_) | Message::List(_))
    }

    /// Moves what is known of items with them.
    pub(super) fn shift(&mut self, shift: Shift) {
        if self.has_ids() && !self.derived.is_empty() {
            let derived = std::mem::take(&mut self.derived).into_iter();
            self.derived = derived.filter_map(|item| shift.place(item)).collect();
        }
    }

    /// The items with an id made from their text that are taken out by a change.
    pub(super) fn derived_in(&self, shift: Shift) -> Vec<Item> {
        let all = self.derived.iter().copied();
        let gone = all.filter(|&item| self.has_ids() && shift.place(item).is_none());
        gone.collect()
    }
}

impl Message {
    /// About as many bytes as it takes.
    pub(super) fn size(&self) -> usize {
        let texts = self.kind().texts().iter();
        let texts = texts.filter_map(|&field| self.text_at(field));
        let texts: usize = texts.map(str::len).sum();
        size_of::<Self>()
            + texts
            + match self {
                Self::Buttons(message) => message.buttons.iter().map(Measured::size).sum(),
                Self::Catalog(message) => message.sections.iter().map(Measured::size).sum(),
                Self::List(message) => message.sections.iter().map(Measured::size).sum(),
                Self::Poll(message) => message.options.iter().map(Measured::size).sum(),
                Self::Template(message) => {
                    let values: usize = message.values.iter().map(Measured::size).sum();
                    let buttons: usize = message.buttons.iter().map(Measured::size).sum();
                    values + buttons
                }
                Self::Text(_) | Self::ButtonReply(_) | Self::ListReply(_) => 0,
            }
    }
}

impl Content {
    /// About as many bytes as it takes.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Buttons(items) => items.iter().map(Measured::size).sum(),
            Self::ProductSections(items) => items.iter().map(Measured::size).sum(),
            Self::RowSections(items) => items.iter().map(Measured::size).sum(),
            Self::Products(items) | Self::Options(items) => items.iter().map(Measured::size).sum(),
            Self::Rows(items) => items.iter().map(Measured::size).sum(),
            Self::Values(items) => items.iter().map(Measured::size).sum(),
            Self::Fillings(items) => items.iter().map(Measured::size).sum(),
        }
    }
}

/// Whose bytes are counted.
trait Measured {
    fn size(&self) -> usize;
}

impl Measured for String {
    fn size(&self) -> usize {
        size_of::<Self>() + self.len()
    }
}

impl Measured for TemplateValue {
    fn size(&self) -> usize {
        size_of::<Self>() + self.name.len() + self.text.len()
    }
}

impl Measured for TemplateButton {
    fn size(&self) -> usize {
        size_of::<Self>() + self.value.len()
    }
}

impl Measured for Button {
    fn size(&self) -> usize {
        let value = self.action.size();
        size_of::<Self>() + self.id.len() + self.text.len() + value
    }
}

impl Measured for Row {
    fn size(&self) -> usize {
        size_of::<Self>() + self.id.len() + self.title.len() + self.description.len()
    }
}

impl Measured for ProductSection {
    fn size(&self) -> usize {
        let products: usize = self.products.iter().map(Measured::size).sum();
        self.title.size() + products
    }
}

impl Measured for RowSection {
    fn size(&self) -> usize {
        let rows: usize = self.rows.iter().map(Measured::size).sum();
        self.title.size() + rows
    }
}
