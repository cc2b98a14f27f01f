//! The places in a draft, and how they are named: as in message files.
//!
//! Their order is that of the form, in which problems are told.

use std::fmt;

use super::ActionKind;

/// A place in a draft, named as in message files: `buttons[0].text`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// `kind`
    Kind,
    /// `to`
    To,
    /// `header`
    Header,
    /// `title`
    Title,
    /// `text`
    Text,
    /// `footer`
    Footer,
    /// `buttons`: all of them, and how many.
    Buttons,
    /// `buttons[i].…`
    Button(usize, ButtonPart),
    /// `button`: what stands on the one that opens the sections.
    MenuButton,
    /// `business_owner`
    BusinessOwner,
    /// `catalog_id`
    CatalogId,
    /// `header_product`
    HeaderProduct,
    /// `thumbnail`
    Thumbnail,
    /// `sections`: all of them, and how many.
    Sections,
    /// `sections[*].products`: how many there are in all sections together.
    Products,
    /// `sections[*].rows`: how many there are in all sections together.
    Rows,
    /// `sections[i].…`
    Section(usize, SectionPart),
    /// `selected.…`
    Selected(SelectedPart),
    /// `quote`
    Quote,
    /// `quote.…`
    QuotePart(QuotePart),
    /// `link_preview`
    LinkPreview,
    /// `delay`
    Delay,
    /// `typing`
    Typing,
}

/// A part of a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ButtonPart {
    /// `action`
    Action,
    /// `id`
    Id,
    /// `text`
    Text,
    /// `code`, `phone` or `url`, by the action.
    Value(ActionKind),
}

/// A part of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SectionPart {
    /// `title`
    Title,
    /// `products`: all of them, and how many.
    Products,
    /// `products[i]`
    Product(usize),
    /// `rows`: all of them, and how many.
    Rows,
    /// `rows[i].…`
    Row(usize, RowPart),
}

/// A part of a list's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RowPart {
    /// `id`
    Id,
    /// `title`
    Title,
    /// `description`
    Description,
}

/// A part of the item that a reply selects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SelectedPart {
    /// `id`
    Id,
    /// `text`
    Text,
    /// `description`
    Description,
}

/// A part of a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuotePart {
    /// `id`
    Id,
    /// `participant`
    Participant,
    /// `body`
    Body,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Kind => "kind",
            Self::To => "to",
            Self::Header => "header",
            Self::Title => "title",
            Self::Text => "text",
            Self::Footer => "footer",
            Self::Buttons => "buttons",
            Self::Button(index, part) => return write!(f, "buttons[{index}].{part}"),
            Self::MenuButton => "button",
            Self::BusinessOwner => "business_owner",
            Self::CatalogId => "catalog_id",
            Self::HeaderProduct => "header_product",
            Self::Thumbnail => "thumbnail",
            Self::Sections => "sections",
            Self::Products => "sections[*].products",
            Self::Rows => "sections[*].rows",
            Self::Section(index, part) => return write!(f, "sections[{index}].{part}"),
            Self::Selected(part) => return write!(f, "selected.{part}"),
            Self::Quote => "quote",
            Self::QuotePart(part) => return write!(f, "quote.{part}"),
            Self::LinkPreview => "link_preview",
            Self::Delay => "delay",
            Self::Typing => "typing",
        };
        f.write_str(name)
    }
}

impl fmt::Display for ButtonPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Action => "action",
            Self::Id => "id",
            Self::Text => "text",
            Self::Value(kind) => kind.value_key().unwrap_or("action"),
        })
    }
}

impl fmt::Display for SectionPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Title => f.write_str("title"),
            Self::Products => f.write_str("products"),
            Self::Product(index) => write!(f, "products[{index}]"),
            Self::Rows => f.write_str("rows"),
            Self::Row(index, part) => write!(f, "rows[{index}].{part}"),
        }
    }
}

impl fmt::Display for RowPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Id => "id",
            Self::Title => "title",
            Self::Description => "description",
        })
    }
}

impl fmt::Display for SelectedPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Id => "id",
            Self::Text => "text",
            Self::Description => "description",
        })
    }
}

impl fmt::Display for QuotePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Id => "id",
            Self::Participant => "participant",
            Self::Body => "body",
        })
    }
}
