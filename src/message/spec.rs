//! What is known of each field of a message, once: its key in files, what it holds, what limits it
//! and what it is called.
//!
//! The reader and the writer of message files, their schema, the counters and the checks loop over
//! [`Kind::texts`] and ask [`Field::spec`]; none of them keeps a list of fields of its own.

mod template;

use super::limits::LimitKey;
use super::{
    ActionKind, ButtonPart, Field, Kind, PixPart, QuotePart, RowPart, SectionPart, SelectedPart,
};

/// What is known of a field, whichever draft it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spec {
    /// Its key, in the table of a message file that it stands in.
    pub key: &'static str,
    /// What the key holds.
    pub holds: Holds,
    /// Whether a message file has to have the key.
    pub is_required: bool,
    /// What it is for: its description in the schema.
    pub about: &'static str,
    /// What it is called in a sentence: `a header`.
    pub noun: &'static str,
    /// What limits it, where gateways have such a limit.
    pub limit: Option<LimitKey>,
    /// How the recipient sees its text; `None` where it is not shown.
    pub shown: Option<Shown>,
}

/// What a key of a message file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// The kind's name.
    Kind,
    /// A text.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A whole number of seconds, from 0.
    Seconds,
    /// The table of a quote.
    Quote,
    /// The table of the button or row that a reply selects.
    Selected,
    /// Several: buttons, sections, products or rows.
    Items,
    /// A whole number, from 0.
    Number,
    /// A number of degrees, or a text that will be one.
    Degrees,
    /// One of the kinds of file.
    MediaKind,
    /// The table of a file.
    Media,
    /// The table of a place.
    Place,
    /// Texts in an array, or by their names in a table.
    Values,
}

/// How a text is shown to the recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// With `WhatsApp`'s formatting.
    Formatted,
    /// Without any.
    Plain,
}

const ABOVE: &str = "A line above the text, shown without markup.";

const LINK_PREVIEW: Spec = Spec::new(
    "link_preview",
    Holds::Boolean,
    "Whether links in a text show a preview; where it is left out, the gateway decides.",
);

const DELAY: Spec = Spec::new(
    "delay",
    Holds::Seconds,
    "Seconds to wait before the gateway sends.",
);

const TYPING: Spec = Spec::new(
    "typing",
    Holds::Seconds,
    "Seconds for which the recipient sees \"typing\" before the message.",
)
.limited(LimitKey::Typing);

impl Kind {
    /// The texts that a message of this kind has besides those of its items, in the order of the
    /// form and of files.
    pub const fn texts(self) -> &'static [Field] {
        use SelectedPart::{Description, Id, Text};
        match self {
            Self::Text | Self::Poll => &[Field::Text],
            Self::Buttons => &[Field::Header, Field::Text, Field::Footer],
            Self::Catalog => &[
                Field::Title,
                Field::Text,
                Field::Footer,
                Field::MenuButton,
                Field::BusinessOwner,
                Field::CatalogId,
                Field::HeaderProduct,
                Field::Thumbnail,
            ],
            Self::List => &[Field::Title, Field::Text, Field::Footer, Field::MenuButton],
            Self::Template => &[Field::Name, Field::Language, Field::Header],
            Self::ButtonReply => &[Field::Selected(Id), Field::Selected(Text)],
            Self::ListReply => &[
                Field::Selected(Id),
                Field::Selected(Text),
                Field::Selected(Description),
            ],
        }
    }

    /// The items that a message of this kind has, as a whole.
    pub const fn items(self) -> Option<Field> {
        match self {
            Self::Buttons | Self::Template => Some(Field::Buttons),
            Self::Catalog | Self::List => Some(Field::Sections),
            Self::Poll => Some(Field::Options),
            Self::Text | Self::ButtonReply | Self::ListReply => None,
        }
    }

    /// What the sections of a message of this kind hold; `None` where it has none.
    pub const fn entries(self) -> Option<SectionPart> {
        match self {
            Self::Catalog => Some(SectionPart::Products),
            Self::List => Some(SectionPart::Rows),
            Self::Text
            | Self::Buttons
            | Self::Template
            | Self::Poll
            | Self::ButtonReply
            | Self::ListReply => None,
        }
    }

    /// The numbers that a message of this kind has of its own, in the order of the form.
    pub const fn numbers(self) -> &'static [Field] {
        match self {
            Self::Poll => &[Field::Choices],
            _ => &[],
        }
    }

    /// The tables that a message of this kind has of its own, but for those of its items.
    pub const fn tables(self) -> &'static [Field] {
        match self {
            Self::Template => &[Field::HeaderMedia, Field::HeaderPlace, Field::Values],
            _ => &[],
        }
    }
}

impl Field {
    /// What is known of this field.
    pub const fn spec(self) -> Spec {
        match self {
            Self::Kind => Spec::new("kind", Holds::Kind, "The kind of message.").required(),
            Self::To => Spec::text(
                "to",
                "The recipient: a phone number with its country's code, a link to a chat such as https://wa.me/…, or an address such as …@s.whatsapp.net, …@g.us or …@newsletter.",
            ),
            Self::Name => template::NAME,
            Self::Language => template::LANGUAGE,
            Self::HeaderMedia => template::HEADER_MEDIA,
            Self::Media(part) => part.spec(),
            Self::HeaderPlace => template::HEADER_PLACE,
            Self::Place(part) => part.spec(),
            Self::Values => template::VALUES,
            Self::Value(_) => template::VALUE,
            Self::ValueName(_) => template::VALUE_NAME,
            Self::Header => Spec::text("header", ABOVE)
                .called("a header")
                .limited(LimitKey::Header)
                .shown(Shown::Plain),
            Self::Title => Spec::text("title", ABOVE)
                .called("a title")
                .limited(LimitKey::Title)
                .shown(Shown::Plain),
            Self::Text => Spec::text(
                "text",
                "The text, with WhatsApp's markup: *bold*, _italic_, ~strike~, `code`. {{name}} is a variable, and {{{{ and }}}} are two braces.",
            )
            .required()
            .limited(LimitKey::Text)
            .shown(Shown::Formatted),
            Self::Footer => Spec::text("footer", "A line below the text, shown without markup.")
                .called("a footer")
                .limited(LimitKey::Footer)
                .shown(Shown::Plain),
            Self::MenuButton => {
                Spec::text("button", "The label of the button that opens the sections.")
                    .called("the button's text")
                    .limited(LimitKey::MenuButton)
                    .shown(Shown::Plain)
            }
            Self::BusinessOwner => Spec::text(
                "business_owner",
                "Whose catalog it is, as a phone number or an address; WUTS asks for it.",
            ),
            Self::CatalogId => Spec::text(
                "catalog_id",
                "Which catalog it is, by its number; the Cloud API asks for it where the profile names none.",
            ),
            Self::HeaderProduct => Spec::text(
                "header_product",
                "The id of the product that is shown on the card.",
            )
            .called("a product's id")
            .limited(LimitKey::ProductId),
            Self::Thumbnail => Spec::text(
                "thumbnail",
                "The card's picture: a path relative to the file, or an http(s) address.",
            ),
            Self::Selection => Spec::new(
                "selected",
                Holds::Selected,
                "What the reply selects in the message that it answers.",
            )
            .required(),
            Self::Quote => Spec::new("quote", Holds::Quote, "The message that this one answers."),
            Self::LinkPreview => LINK_PREVIEW,
            Self::Delay => DELAY,
            Self::Typing => TYPING,
            Self::Buttons => Spec::items("buttons", "The buttons, in the order in which they are shown.")
                .limited(LimitKey::Buttons),
            Self::Options => Spec::items(
                "options",
                "What can be picked, in the order in which it is shown.",
            )
            .limited(LimitKey::Options),
            Self::Option(_) => Spec::text("options", "An option of a poll.")
                .called("an option")
                .limited(LimitKey::OptionText)
                .shown(Shown::Plain),
            Self::Choices => Spec::new(
                "choices",
                Holds::Number,
                "How many options may be picked; 0 is any number, and where it is left out it is one.",
            ),
            Self::Sections => Spec::items("sections", "The sections, in the order in which they are shown.")
                .limited(LimitKey::Sections),
            Self::Products => SectionPart::Products.spec().limited(LimitKey::Products),
            Self::Rows => SectionPart::Rows.spec().limited(LimitKey::Rows),
            Self::Button(_, part) => part.spec(),
            Self::Section(_, part) => part.spec(),
            Self::Selected(part) => part.spec(),
            Self::QuotePart(part) => part.spec(),
        }
    }
}

impl ButtonPart {
    /// The texts that every button has, whatever its action is.
    pub const TEXTS: [Self; 2] = [Self::Id, Self::Text];

    /// What is known of this part of a button.
    pub const fn spec(self) -> Spec {
        match self {
            Self::Action => Spec::text(
                "action",
                "What a tap does; where it is left out, it answers.",
            )
            .called("a button's value"),
            Self::Id => Spec::text("id", "What comes back when it is tapped; not shown.")
                .required()
                .called("a button's id")
                .limited(LimitKey::ButtonId),
            Self::Text => Spec::text("text", "Its label.")
                .required()
                .called("a button's text")
                .limited(LimitKey::ButtonText)
                .shown(Shown::Plain),
            Self::Value(action) => match action {
                // It has no value, so that its action is what a problem is at.
                ActionKind::Reply => Self::Action.spec(),
                ActionKind::Copy => Spec::value("code", "The code that a tap copies."),
                ActionKind::Call => Spec::value("phone", "The telephone number that a tap calls."),
                ActionKind::Url => Spec::value("url", "The address that a tap opens."),
                ActionKind::Pix => Spec::value("key", "The receiver's Pix key."),
            },
            Self::Index => Spec::new(
                "index",
                Holds::Number,
                "The button's place among all buttons of the template, from 0.",
            )
            .required(),
            Self::Filling(filling) => filling.spec(),
            Self::Pix(part) => part.spec(),
        }
    }
}

impl PixPart {
    /// What is known of this part of a Pix button.
    pub const fn spec(self) -> Spec {
        match self {
            Self::Name => Spec::text("name", "The name of who is paid.")
                .required()
                .called("a receiver's name"),
            Self::KeyType => Spec::text(
                "key_type",
                "The kind of the key: phone, email, cpf, cnpj or random.",
            )
            .required()
            .called("a kind of key"),
            Self::Currency => Spec::text("currency", "The currency; BRL where it is left out.")
                .called("a currency"),
        }
    }
}

impl SectionPart {
    /// What is known of this part of a section.
    pub const fn spec(self) -> Spec {
        match self {
            Self::Title => Spec::text(
                "title",
                "Its title; where there are several sections, each needs one.",
            )
            .called("a section's title")
            .limited(LimitKey::SectionTitle)
            .shown(Shown::Plain),
            Self::Products => Spec::items(
                "products",
                "The products' ids, in the order in which they are shown.",
            )
            .limited(LimitKey::SectionProducts),
            Self::Product(_) => Spec::text("products", "A product's id.")
                .called("a product's id")
                .limited(LimitKey::ProductId),
            Self::Rows => Spec::items("rows", "The rows, in the order in which they are shown.")
                .limited(LimitKey::SectionRows),
            Self::Row(_, part) => part.spec(),
        }
    }
}

impl RowPart {
    /// What is known of this part of a list's row.
    pub const fn spec(self) -> Spec {
        match self {
            Self::Id => Spec::text("id", "What comes back when it is picked; not shown.")
                .required()
                .called("a row's id")
                .limited(LimitKey::RowId),
            Self::Title => Spec::text("title", "What is picked.")
                .required()
                .called("a row's title")
                .limited(LimitKey::RowTitle)
                .shown(Shown::Plain),
            Self::Description => Spec::text("description", "A line below the title.")
                .called("a row's description")
                .limited(LimitKey::RowDescription)
                .shown(Shown::Plain),
        }
    }
}

impl SelectedPart {
    /// What is known of this part of what a reply selects.
    pub const fn spec(self) -> Spec {
        match self {
            Self::Id => Spec::text("id", "The id of the button or the row.")
                .required()
                .called("the id of what is selected"),
            Self::Text => Spec::text("text", "The button's text, or the row's title.")
                .required()
                .called("the text of what is selected"),
            Self::Description => Spec::text("description", "The row's description.")
                .called("the description of what is selected"),
        }
    }
}

impl QuotePart {
    /// What is known of this part of a quote.
    pub const fn spec(self) -> Spec {
        match self {
            Self::Id => Spec::text("id", "The gateway's id of the quoted message.").required(),
            Self::Participant => Spec::text("participant", "Who wrote it, as an address."),
            Self::Body => Spec::text("body", "Its text."),
        }
    }
}

impl Spec {
    const fn new(key: &'static str, holds: Holds, about: &'static str) -> Self {
        Self {
            key,
            holds,
            is_required: false,
            about,
            noun: "this field",
            limit: None,
            shown: None,
        }
    }

    const fn text(key: &'static str, about: &'static str) -> Self {
        Self::new(key, Holds::Text, about)
    }

    const fn items(key: &'static str, about: &'static str) -> Self {
        Self::new(key, Holds::Items, about)
    }

    /// The code, number or address that goes with a button's action.
    const fn value(key: &'static str, about: &'static str) -> Self {
        Self::text(key, about).required().called("a button's value")
    }

    const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    const fn called(mut self, noun: &'static str) -> Self {
        self.noun = noun;
        self
    }

    const fn limited(mut self, limit: LimitKey) -> Self {
        self.limit = Some(limit);
        self
    }

    const fn shown(mut self, shown: Shown) -> Self {
        self.shown = Some(shown);
        self
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::text(Kind::Text)]
    #[case::buttons(Kind::Buttons)]
    #[case::catalog(Kind::Catalog)]
    #[case::list(Kind::List)]
    #[case::template(Kind::Template)]
    #[case::poll(Kind::Poll)]
    #[case::button_reply(Kind::ButtonReply)]
    #[case::list_reply(Kind::ListReply)]
    fn every_text_of_a_kind_has_a_place_and_a_key_of_its_own(#[case] kind: Kind) {
        let texts = kind.texts();
        assert!(texts.is_sorted(), "in the order of the form");
        let keys: BTreeSet<&str> = texts.iter().map(|field| field.spec().key).collect();
        assert_eq!(keys.len(), texts.len());
        let mut message = kind.empty();
        for field in texts {
            let written = format!("{field} 日本 👩‍👩‍👧 e\u{301} שלום");
            let text = message.text_at_mut(*field);
            assert_eq!(
                text.map(|text| written.clone_into(text)),
                Some(()),
                "{field}"
            );
        }
        for field in texts {
            let read = message.text_at(*field).unwrap_or_default();
            assert!(read.starts_with(&field.to_string()), "{field}: {read}");
            assert_eq!(field.spec().holds, Holds::Text);
        }
        assert_eq!(
            kind.items().is_some(),
            kind.items().and_then(|at| message.count_at(at)).is_some()
        );
        assert_eq!(
            kind.is_reply(),
            texts.contains(&Field::Selected(SelectedPart::Id))
        );
    }
}
