//! Where the keys go: part of the state, never a by-product of drawing.

use crate::message::outline::Item;
use crate::message::{ButtonPart, Field, MediaPart, QuotePart, RowPart, SectionPart, SelectedPart};

/// What has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Focus {
    /// The choice of kind.
    Kind,
    /// The choice whether links show a preview.
    LinkPreview,
    /// The line above several others.
    Heading(Heading),
    /// An item's row, not being edited.
    Item(Item),
    /// A text, or a number, that is being edited.
    Edit(Field),
    /// The right-hand side.
    Pane,
}

/// A line above several others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Heading {
    /// Above the buttons.
    Buttons,
    /// Above what a template's header is filled with: the choice of what it is.
    Header,
    /// Above the values of a template.
    Values,
    /// Above a poll's options.
    PollOptions,
    /// Above a catalog's or a list's sections.
    Sections,
    /// Above what a reply selects.
    Selected,
    /// Above the quote and the numbers that every message can have.
    Options,
}

impl Focus {
    /// The text of the message.
    pub const TEXT: Self = Self::Edit(Field::Text);

    /// Whether it is a text that can be edited.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Edit(_))
    }

    /// The field that is edited.
    pub const fn field(self) -> Option<Field> {
        match self {
            Self::Edit(field) => Some(field),
            _ => None,
        }
    }

    /// Whether it is the id of a button or a list's row, which Tab passes by.
    pub const fn is_id(self) -> bool {
        matches!(
            self,
            Self::Edit(
                Field::Button(_, ButtonPart::Id)
                    | Field::Section(_, SectionPart::Row(_, RowPart::Id))
            )
        )
    }

    /// The item that it belongs to.
    pub const fn item(self) -> Option<Item> {
        match self {
            Self::Item(item) => Some(item),
            Self::Edit(field) => Item::of(field),
            _ => None,
        }
    }

    /// The same place in another item of the sort.
    #[must_use]
    pub const fn with_item(self, item: Item) -> Self {
        match self {
            Self::Item(_) => Self::Item(item),
            Self::Edit(field) => Self::Edit(item.field(field)),
            other => other,
        }
    }

    /// Where a problem's field is fixed.
    pub const fn of_field(field: Field) -> Self {
        match field {
            Field::Kind => Self::Kind,
            Field::LinkPreview => Self::LinkPreview,
            Field::Buttons => Self::Heading(Heading::Buttons),
            Field::HeaderMedia | Field::HeaderPlace | Field::Media(MediaPart::Kind) => {
                Self::Heading(Heading::Header)
            }
            Field::Values => Self::Heading(Heading::Values),
            Field::Options => Self::Heading(Heading::PollOptions),
            Field::Sections | Field::Products | Field::Rows => Self::Heading(Heading::Sections),
            Field::Button(at, ButtonPart::Action) => Self::Item(Item::Button(at)),
            Field::Section(at, SectionPart::Products | SectionPart::Rows) => {
                Self::Item(Item::Section(at))
            }
            Field::Quote => Self::Edit(Field::QuotePart(QuotePart::Id)),
            field => Self::Edit(field),
        }
    }

    /// The place in the draft, in whose order problems are told; the right-hand side has none.
    pub const fn place(self) -> Option<Field> {
        Some(match self {
            Self::Kind => Field::Kind,
            Self::LinkPreview => Field::LinkPreview,
            Self::Heading(Heading::Buttons) => Field::Buttons,
            Self::Heading(Heading::Header) => Field::HeaderMedia,
            Self::Heading(Heading::Values) => Field::Values,
            Self::Heading(Heading::PollOptions) => Field::Options,
            Self::Heading(Heading::Sections) => Field::Sections,
            Self::Heading(Heading::Selected) => Field::Selected(SelectedPart::Id),
            Self::Heading(Heading::Options) => Field::Quote,
            Self::Item(Item::Button(at)) => Field::Button(at, ButtonPart::Action),
            Self::Item(Item::Value(at)) => Field::Value(at),
            Self::Item(Item::Option(at)) => Field::Option(at),
            Self::Item(Item::Section(at)) => Field::Section(at, SectionPart::Title),
            Self::Item(Item::Entry(section, at)) => {
                Field::Section(section, SectionPart::Product(at))
            }
            Self::Edit(field) => field,
            Self::Pane => return None,
        })
    }
}
