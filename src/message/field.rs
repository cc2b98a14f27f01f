//! The places in a draft, and how they are named: as in message files.
//!
//! Their order is that of the form, in which problems are reported.

use std::fmt;

use strum::VariantArray;

use super::{ActionKind, Filling};

/// A place in a draft, named as in message files: `buttons[0].text`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// `kind`
    Kind,
    /// `to`
    To,
    /// `name`: a template's.
    Name,
    /// `language`
    Language,
    /// `header`
    Header,
    /// `header_media`
    HeaderMedia,
    /// `header_media.…`
    Media(MediaPart),
    /// `header_place`
    HeaderPlace,
    /// `header_place.…`
    Place(PlacePart),
    /// `title`
    Title,
    /// `text`
    Text,
    /// `footer`
    Footer,
    /// `values`: those of a template's variables, and how many.
    Values,
    /// `values[i]`
    Value(usize),
    /// `values[i].name`: the name of its variable, which is its key in files.
    ValueName(usize),
    /// `buttons`: all of them, and how many.
    Buttons,
    /// `buttons[i].…`
    Button(usize, ButtonPart),
    /// `options`: what a poll has to pick from, and how many.
    Options,
    /// `options[i]`
    Option(usize),
    /// `choices`: how many of a poll's options may be picked.
    Choices,
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
    /// `selected`: the button or row that a reply selects, as a whole.
    Selection,
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
    /// `code`, `phone` or `url`, by the action; of Pix `pix.key`.
    Value(ActionKind),
    /// `pix.…`, but for its key.
    Pix(PixPart),
    /// `index`: the place of a template's button among all that it has.
    Index,
    /// `payload`, `suffix` or `code`: what a template's button is filled with.
    Filling(Filling),
}

/// A part of the file in a template's header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, VariantArray)]
pub enum MediaPart {
    /// `kind`
    Kind,
    /// `url`
    Url,
    /// `name`
    Name,
}

/// A part of the place in a template's header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, VariantArray)]
pub enum PlacePart {
    /// `latitude`
    Latitude,
    /// `longitude`
    Longitude,
    /// `name`
    Name,
    /// `address`
    Address,
}

/// A part of a Pix button besides its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, VariantArray)]
pub enum PixPart {
    /// `name`
    Name,
    /// `key_type`
    KeyType,
    /// `currency`
    Currency,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, VariantArray)]
pub enum RowPart {
    /// `id`
    Id,
    /// `title`
    Title,
    /// `description`
    Description,
}

/// A part of the item that a reply selects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, VariantArray)]
pub enum SelectedPart {
    /// `id`
    Id,
    /// `text`
    Text,
    /// `description`
    Description,
}

/// A part of a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, VariantArray)]
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
        let key = self.spec().key;
        match self {
            Self::Products | Self::Rows => write!(f, "sections[*].{key}"),
            Self::Option(index) | Self::Value(index) => write!(f, "{key}[{index}]"),
            Self::ValueName(index) => write!(f, "{key}[{index}].name"),
            Self::Media(_) => write!(f, "header_media.{key}"),
            Self::Place(_) => write!(f, "header_place.{key}"),
            Self::Button(index, ButtonPart::Pix(_) | ButtonPart::Value(ActionKind::Pix)) => {
                write!(f, "buttons[{index}].pix.{key}")
            }
            Self::Button(index, _) => write!(f, "buttons[{index}].{key}"),
            Self::Section(index, SectionPart::Product(at)) => {
                write!(f, "sections[{index}].{key}[{at}]")
            }
            Self::Section(index, SectionPart::Row(at, _)) => {
                write!(f, "sections[{index}].rows[{at}].{key}")
            }
            Self::Section(index, _) => write!(f, "sections[{index}].{key}"),
            Self::Selected(_) => write!(f, "selected.{key}"),
            Self::QuotePart(_) => write!(f, "quote.{key}"),
            _ => f.write_str(key),
        }
    }
}
