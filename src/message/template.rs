//! A template message: what Meta has approved, by its name, with values for what varies in it.
//!
//! The approved text is not here: it is at the gateway, and a message names it.

use strum::VariantArray;

/// An approved template in a language, with its values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template {
    /// Its name, as it is listed.
    pub name: String,
    /// Its language, as it is listed: `pt_BR`.
    pub language: String,
    /// What varies in its header.
    pub header: TemplateHeader,
    /// The values of its text's variables, in their order.
    pub values: Vec<TemplateValue>,
    /// What varies in its buttons.
    pub buttons: Vec<TemplateButton>,
}

/// What varies in a template's header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateHeader {
    /// The value of its variable; empty where it has none.
    Text(String),
    /// A file.
    Media(HeaderMedia),
    /// A place on a map.
    Place(HeaderPlace),
}

/// The file of a template's header.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeaderMedia {
    /// What it is.
    pub kind: MediaKind,
    /// Its address, from which Meta fetches it.
    pub url: String,
    /// The name under which a document is shown.
    pub name: String,
}

/// The kinds of file that a header can be, as they are named in files.
#[derive(strum::Display, strum::EnumString, strum::IntoStaticStr, VariantArray)]
#[strum(serialize_all = "lowercase")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum MediaKind {
    /// A picture.
    #[default]
    Image,
    /// A film.
    Video,
    /// A document.
    Document,
}

/// The place of a template's header.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeaderPlace {
    /// Degrees north of the equator, as they were written.
    pub latitude: String,
    /// Degrees east of Greenwich, as they were written.
    pub longitude: String,
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
}

/// The value of a variable.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TemplateValue {
    /// The variable's name; empty for those that are counted, `{{1}}`.
    pub name: String,
    /// What stands in its place.
    pub text: String,
}

/// What varies in a button.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TemplateButton {
    /// Its place among all buttons of the template, from 0.
    pub index: u32,
    /// What it is filled with.
    pub filling: Filling,
    /// That, as a text.
    pub value: String,
}

/// What a button of a template is filled with, as it is named in files.
#[derive(strum::Display, strum::EnumString, strum::IntoStaticStr, VariantArray)]
#[strum(serialize_all = "lowercase")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Filling {
    /// What comes back when a quick reply is tapped.
    #[default]
    Payload,
    /// The end of the address that a tap opens.
    Suffix,
    /// The code that a tap copies.
    Code,
}

/// How many digits a one-time code has.
const CODE_DIGITS: std::ops::RangeInclusive<usize> = 4..=8;

impl Template {
    /// Whether its values go by their names, and not by their numbers.
    pub fn is_named(&self) -> bool {
        self.values.iter().any(|value| !value.name.is_empty())
    }

    /// The one-time code that the message carries: a single value of a few digits and nothing else, as
    /// templates of the category authentication have it in their text and in their button.
    pub fn one_time_code(&self) -> Option<&str> {
        let [only] = self.values.as_slice() else {
            return None;
        };
        let is_code = only.name.is_empty()
            && self.buttons.is_empty()
            && self.header == TemplateHeader::default()
            && CODE_DIGITS.contains(&only.text.len())
            && only.text.bytes().all(|byte| byte.is_ascii_digit());
        is_code.then_some(&only.text)
    }
}

impl Default for TemplateHeader {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl MediaKind {
    /// The name in files: `image`, `video`, `document`.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

impl Filling {
    /// The key in files: `payload`, `suffix`, `code`.
    pub fn name(self) -> &'static str {
        self.into()
    }
}
