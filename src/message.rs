//! What a message is: the draft that a person edits, whatever state it is in.
//!
//! A draft may hold more than any gateway allows, or less than it needs: [`check`] reports it, and
//! sending refuses it. Nothing here knows a gateway's wire format, a terminal or a network.

mod carry;
pub mod check;
pub mod derived;
pub mod document;
pub mod duplicate;
mod field;
pub mod file;
mod folded;
pub mod inline;
pub mod limits;
pub mod markup;
pub mod nearest;
pub(crate) mod object;
pub mod outline;
pub mod phone;
mod pix;
mod poll;
pub mod recipient;
mod same;
mod sections;
mod severity;
pub mod spec;
mod template;
mod texts;
pub mod undo;
pub mod variables;

use strum::VariantArray as _;

pub use field::{
    ButtonPart, Field, MediaPart, PixPart, PlacePart, QuotePart, RowPart, SectionPart, SelectedPart,
};
pub use folded::folded;
pub use pix::{KEY_TYPES, Pix};
pub use poll::Poll;
pub use same::recipient_key;
pub use sections::{Catalog, List, ProductSection, Row, RowSection, Thumbnail};
pub use template::{
    Filling, HeaderMedia, HeaderPlace, MediaKind, Template, TemplateButton, TemplateHeader,
    TemplateValue,
};

/// A message with its recipient: everything that a message file holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// The recipient as it was written; [`recipient::Recipient`] parses it.
    pub to: String,
    /// The message that this one replies to.
    pub quote: Option<Quote>,
    /// Whether links in a text show a preview; `None` leaves it to the gateway.
    pub link_preview: Option<bool>,
    /// Seconds to wait before the gateway sends.
    pub delay: Option<u32>,
    /// Seconds for which the recipient sees "typing" before the message.
    pub typing: Option<u32>,
    /// What is said.
    pub message: Message,
}

/// The message that is replied to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quote {
    /// The gateway's id of the quoted message.
    pub id: String,
    /// Who wrote it, as an address; empty where it is not known.
    pub participant: String,
    /// Its text; empty where it is not known.
    pub body: String,
}

/// What is said, by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A plain text message.
    Text(Text),
    /// A text with one to three buttons below it.
    Buttons(Buttons),
    /// A card that opens sections of products.
    Catalog(Catalog),
    /// A text that opens sections of rows, one of which is picked.
    List(List),
    /// A template that Meta has approved, with its values.
    Template(Template),
    /// A question with options, of which the recipient picks one or several.
    Poll(Poll),
    /// An answer to a buttons message, as if its button had been tapped; the draft's quote is that
    /// message.
    ButtonReply(ButtonReply),
    /// An answer to a list, as if its row had been picked; the draft's quote is that list.
    ListReply(ListReply),
}

/// A plain text message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// The text, with `WhatsApp` markup.
    pub text: String,
}

/// A text with buttons; an empty header or footer is an absent one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Buttons {
    /// A line above the text, shown without markup.
    pub header: String,
    /// The text, with `WhatsApp` markup.
    pub text: String,
    /// A line below the text, shown without markup.
    pub footer: String,
    /// The buttons, in the order in which they are shown.
    pub buttons: Vec<Button>,
}

/// One button of a buttons message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Button {
    /// What comes back when it is tapped; not shown.
    pub id: String,
    /// What stands on it.
    pub text: String,
    /// What a tap does.
    pub action: Action,
}

/// What a tap on a button does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Action {
    /// Answers with the button's id and text.
    #[default]
    Reply,
    /// Copies a code to the clipboard.
    Copy {
        /// The code.
        code: String,
    },
    /// Calls a telephone number.
    Call {
        /// The number, in any usual spelling.
        phone: String,
    },
    /// Opens an address in the browser.
    Url {
        /// The address, `https://…`.
        url: String,
    },
    /// Asks for a payment by Pix.
    Pix(Pix),
}

/// An answer to a buttons message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ButtonReply {
    /// The button that was tapped.
    pub selected: SelectedButton,
}

/// The button that an answer names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SelectedButton {
    /// Its id.
    pub id: String,
    /// What stands on it.
    pub text: String,
}

/// An answer to a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListReply {
    /// The row that was picked.
    pub selected: SelectedRow,
}

/// The row that an answer names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SelectedRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub text: String,
    /// Its description; empty where it has none.
    pub description: String,
}

/// The kinds of message, as they are named in files.
#[derive(strum::Display, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// [`Message::Text`]
    Text,
    /// [`Message::Buttons`]
    Buttons,
    /// [`Message::Catalog`]
    Catalog,
    /// [`Message::List`]
    List,
    /// [`Message::Template`]
    Template,
    /// [`Message::Poll`]
    Poll,
    /// [`Message::ButtonReply`]
    ButtonReply,
    /// [`Message::ListReply`]
    ListReply,
}

/// The kinds of button action, as they are named in files.
#[derive(strum::Display, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActionKind {
    /// [`Action::Reply`]
    Reply,
    /// [`Action::Copy`]
    Copy,
    /// [`Action::Call`]
    Call,
    /// [`Action::Url`]
    Url,
    /// [`Action::Pix`]
    Pix,
}

impl Default for Message {
    fn default() -> Self {
        Self::Buttons(Buttons::default())
    }
}

impl Message {
    /// The kind of this message.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Text(_) => Kind::Text,
            Self::Buttons(_) => Kind::Buttons,
            Self::Catalog(_) => Kind::Catalog,
            Self::List(_) => Kind::List,
            Self::Template(_) => Kind::Template,
            Self::Poll(_) => Kind::Poll,
            Self::ButtonReply(_) => Kind::ButtonReply,
            Self::ListReply(_) => Kind::ListReply,
        }
    }

    /// What the recipient reads: the text, or the words of the item that a reply selects. Of a template
    /// it is the name, as its text is at the gateway.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(message) => &message.text,
            Self::Buttons(message) => &message.text,
            Self::Catalog(message) => &message.text,
            Self::List(message) => &message.text,
            Self::Template(message) => &message.name,
            Self::Poll(message) => &message.text,
            Self::ButtonReply(message) => &message.selected.text,
            Self::ListReply(message) => &message.selected.text,
        }
    }
}

impl Kind {
    /// Every kind, in the order in which a person chooses among them.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name in files: `text`, `buttons`, `catalog`, `list`, `template`, `poll`, `button-reply`,
    /// `list-reply`.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// An empty message of this kind.
    pub fn empty(self) -> Message {
        match self {
            Self::Text => Message::Text(Text::default()),
            Self::Buttons => Message::Buttons(Buttons::default()),
            Self::Catalog => Message::Catalog(Catalog::default()),
            Self::List => Message::List(List::default()),
            Self::Template => Message::Template(Template::default()),
            Self::Poll => Message::Poll(Poll::default()),
            Self::ButtonReply => Message::ButtonReply(ButtonReply::default()),
            Self::ListReply => Message::ListReply(ListReply::default()),
        }
    }

    /// Whether it answers another message, which it then has to quote.
    pub const fn is_reply(self) -> bool {
        matches!(self, Self::ButtonReply | Self::ListReply)
    }
}

impl Action {
    /// The kind of this action.
    pub const fn kind(&self) -> ActionKind {
        match self {
            Self::Reply => ActionKind::Reply,
            Self::Copy { .. } => ActionKind::Copy,
            Self::Call { .. } => ActionKind::Call,
            Self::Url { .. } => ActionKind::Url,
            Self::Pix(_) => ActionKind::Pix,
        }
    }

    /// The code, number, address or key that goes with the action; a reply has none.
    pub fn value(&self) -> Option<&str> {
        match self {
            Self::Reply => None,
            Self::Copy { code: value }
            | Self::Call { phone: value }
            | Self::Url { url: value }
            | Self::Pix(Pix { key: value, .. }) => Some(value),
        }
    }
}

impl ActionKind {
    /// Every kind, in the order in which a person chooses among them.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name in files: `reply`, `copy`, `call`, `url`, `pix`.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The key of what goes with it in files: `code`, `phone`, `url`, `pix`; a reply has none.
    pub const fn value_key(self) -> Option<&'static str> {
        match self {
            Self::Reply => None,
            Self::Pix => Some("pix"),
            _ => Some(ButtonPart::Value(self).spec().key),
        }
    }

    /// An action of this kind with this value; a reply drops it.
    pub fn with_value(self, value: String) -> Action {
        match self {
            Self::Reply => Action::Reply,
            Self::Copy => Action::Copy { code: value },
            Self::Call => Action::Call { phone: value },
            Self::Url => Action::Url { url: value },
            Self::Pix => Action::Pix(Pix {
                key: value,
                ..Pix::default()
            }),
        }
    }
}
