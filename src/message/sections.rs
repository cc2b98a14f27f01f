//! The two kinds of message that open sections: a catalog's products and a list's rows.

/// A card that opens sections of products. Every text but [`Catalog::text`] may be empty, which is
/// absent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Catalog {
    /// The card's title, shown without markup.
    pub title: String,
    /// The text, with `WhatsApp` markup.
    pub text: String,
    /// A line below the text, shown without markup.
    pub footer: String,
    /// The label of the button that opens the sections.
    pub button: String,
    /// Whose catalog it is, as an address: what WUTS asks for.
    pub business_owner: String,
    /// Which catalog it is, by its number: what the Cloud API asks for. Empty, it is the account's.
    pub catalog_id: String,
    /// The id of the product that is shown on the card.
    pub header_product: String,
    /// The card's picture; [`Thumbnail::of`] says what it names.
    pub thumbnail: String,
    /// The sections, in the order in which they are shown.
    pub sections: Vec<ProductSection>,
}

/// A section of a catalog.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProductSection {
    /// What stands above its products.
    pub title: String,
    /// The products' ids, in the order in which they are shown.
    pub products: Vec<String>,
}

/// A text that opens sections of rows, one of which is picked. An empty title or footer is an
/// absent one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct List {
    /// A line above the text, shown without markup.
    pub title: String,
    /// The text, with `WhatsApp` markup.
    pub text: String,
    /// A line below the text, shown without markup.
    pub footer: String,
    /// The label of the button that opens the sections.
    pub button: String,
    /// The sections, in the order in which they are shown.
    pub sections: Vec<RowSection>,
}

/// A section of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowSection {
    /// What stands above its rows.
    pub title: String,
    /// The rows, in the order in which they are shown.
    pub rows: Vec<Row>,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// What comes back when it is picked; not shown.
    pub id: String,
    /// What is picked.
    pub title: String,
    /// A line below the title; empty where there is none.
    pub description: String,
}

/// What a catalog's thumbnail names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thumbnail<'a> {
    /// An address from which it is fetched, `http://` or `https://`.
    Url(&'a str),
    /// The JPEG itself in base64, from a `data:image/jpeg;base64,` address.
    Jpeg(&'a str),
    /// A file, relative to the message file.
    File(&'a str),
}

impl Catalog {
    /// How many products there are in all sections together.
    pub fn product_count(&self) -> usize {
        let sections = self.sections.iter();
        sections.map(|section| section.products.len()).sum()
    }
}

impl List {
    /// How many rows there are in all sections together.
    pub fn row_count(&self) -> usize {
        self.sections.iter().map(|section| section.rows.len()).sum()
    }
}

impl<'a> Thumbnail<'a> {
    /// The most bytes of the JPEG that is made of a picture where nothing else is asked for: 16 KiB.
    pub const MAX_BYTES: usize = 16 << 10;

    /// The longest side of that JPEG, in pixels.
    pub const MAX_SIDE: u32 = 300;

    /// What starts an address that holds a JPEG.
    pub const JPEG_PREFIX: &'static str = "data:image/jpeg;base64,";

    /// What a catalog's `thumbnail` names; nothing where it is empty.
    pub fn of(text: &'a str) -> Option<Self> {
        let starts_with = |prefix: &str| {
            let start = text.get(..prefix.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        if text.trim().is_empty() {
            None
        } else if starts_with("http://") || starts_with("https://") {
            Some(Self::Url(text))
        } else if starts_with(Self::JPEG_PREFIX) {
            Some(Self::Jpeg(&text[Self::JPEG_PREFIX.len()..]))
        } else {
            Some(Self::File(text))
        }
    }
}
