//! Where the keys go: part of the state, never a by-product of drawing.

use crate::message::{ActionKind, ButtonPart, Field, Message};

/// What has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Focus {
    /// The choice of kind.
    Kind,
    /// The recipient.
    To,
    /// The header.
    Header,
    /// The text.
    Text,
    /// The footer.
    Footer,
    /// The heading of the buttons.
    Buttons,
    /// A button's row, not being edited: its number and action.
    Item(usize),
    /// A button's id.
    ButtonId(usize),
    /// A button's text.
    ButtonText(usize),
    /// A button's code, number or address.
    ButtonValue(usize),
    /// The right-hand side.
    Pane,
}

impl Focus {
    /// Every place in the form for this message, in the order of Tab.
    pub fn stops(message: &Message) -> Vec<Self> {
        let mut stops = vec![Self::Kind, Self::To];
        match message {
            Message::Text(_) => stops.push(Self::Text),
            Message::Catalog(_) | Message::List(_) => stops.extend([Self::Text, Self::Footer]),
            Message::ButtonReply(_) | Message::ListReply(_) => {}
            Message::Buttons(buttons) => {
                stops.extend([Self::Header, Self::Text, Self::Footer, Self::Buttons]);
                for (index, button) in buttons.buttons.iter().enumerate() {
                    stops.extend([
                        Self::Item(index),
                        Self::ButtonId(index),
                        Self::ButtonText(index),
                    ]);
                    if button.action.kind() != ActionKind::Reply {
                        stops.push(Self::ButtonValue(index));
                    }
                }
            }
        }
        stops
    }

    /// Whether it is a text that can be edited.
    pub const fn is_text(self) -> bool {
        !matches!(
            self,
            Self::Kind | Self::Buttons | Self::Item(_) | Self::Pane
        )
    }

    /// The button that it belongs to.
    pub const fn item(self) -> Option<usize> {
        match self {
            Self::Item(index)
            | Self::ButtonId(index)
            | Self::ButtonText(index)
            | Self::ButtonValue(index) => Some(index),
            _ => None,
        }
    }

    /// The same place in another button.
    #[must_use]
    pub const fn with_item(self, index: usize) -> Self {
        match self {
            Self::Item(_) => Self::Item(index),
            Self::ButtonId(_) => Self::ButtonId(index),
            Self::ButtonText(_) => Self::ButtonText(index),
            Self::ButtonValue(_) => Self::ButtonValue(index),
            other => other,
        }
    }

    /// Where a problem's field is edited.
    pub const fn of_field(field: Field) -> Self {
        match field {
            Field::Kind
            | Field::Title
            | Field::MenuButton
            | Field::BusinessOwner
            | Field::CatalogId
            | Field::HeaderProduct
            | Field::Thumbnail
            | Field::Sections
            | Field::Products
            | Field::Rows
            | Field::Section(..)
            | Field::Selected(_) => Self::Kind,
            Field::To => Self::To,
            Field::Header => Self::Header,
            Field::Footer => Self::Footer,
            Field::Buttons => Self::Buttons,
            Field::Button(index, ButtonPart::Action) => Self::Item(index),
            Field::Button(index, ButtonPart::Id) => Self::ButtonId(index),
            Field::Button(index, ButtonPart::Text) => Self::ButtonText(index),
            Field::Button(index, ButtonPart::Value(_)) => Self::ButtonValue(index),
            Field::Text
            | Field::Quote
            | Field::QuotePart(_)
            | Field::LinkPreview
            | Field::Delay
            | Field::Typing => Self::Text,
        }
    }
}
