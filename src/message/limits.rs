//! What a limit is: what it limits, the unit it is counted in, and where it is documented.
//!
//! The numbers are not here: each gateway has a table of them for each method that it sends with,
//! in `gateway`. `check` and the counters read the table that they are handed. A profile may replace a
//! number ([`Limits::replace`]) when a gateway changes it.

use std::fmt;

use strum::VariantArray as _;

use super::severity::Severity;

/// What a limit counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Unicode scalar values: what Go's `utf8.RuneCountInString` and Rust's `chars` count.
    Scalars,
    /// UTF-16 code units: what JavaScript's `length` counts; an emoji is mostly two.
    Utf16,
    /// Things in a list.
    Items,
    /// Decimal digits of a telephone number.
    Digits,
    /// Seconds.
    Seconds,
}

/// What is limited; the names are those of message files, and of a profile's `limits`.
#[derive(strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LimitKey {
    /// `text`
    Text,
    /// `header`
    Header,
    /// `footer`
    Footer,
    /// `buttons`: how many.
    Buttons,
    /// `button.text`
    #[strum(serialize = "button.text")]
    ButtonText,
    /// `button.id`
    #[strum(serialize = "button.id")]
    ButtonId,
    /// `name`: a template's.
    Name,
    /// `value`: one of a template's variable.
    Value,
    /// `button.payload`
    #[strum(serialize = "button.payload")]
    Payload,
    /// `button.suffix`
    #[strum(serialize = "button.suffix")]
    Suffix,
    /// `button.code`
    #[strum(serialize = "button.code")]
    Code,
    /// `options`: how many a poll has.
    Options,
    /// `option.text`
    #[strum(serialize = "option.text")]
    OptionText,
    /// `title`
    Title,
    /// `button`: what stands on the one that opens the sections.
    #[strum(serialize = "button")]
    MenuButton,
    /// `sections`: how many.
    Sections,
    /// `section.title`
    #[strum(serialize = "section.title")]
    SectionTitle,
    /// `section.products`: how many in one section.
    #[strum(serialize = "section.products")]
    SectionProducts,
    /// `products`: how many in all sections together.
    Products,
    /// `product.id`
    #[strum(serialize = "product.id")]
    ProductId,
    /// `section.rows`: how many in one section.
    #[strum(serialize = "section.rows")]
    SectionRows,
    /// `rows`: how many in all sections together.
    Rows,
    /// `row.id`
    #[strum(serialize = "row.id")]
    RowId,
    /// `row.title`
    #[strum(serialize = "row.title")]
    RowTitle,
    /// `row.description`
    #[strum(serialize = "row.description")]
    RowDescription,
    /// `typing`
    Typing,
}

/// One limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// What it limits.
    pub key: LimitKey,
    /// The most that is within it.
    pub max: usize,
    /// What more than `max` is: an error where it is documented, a warning where it is assumed.
    pub severity: Severity,
    /// More than this is a warning although it is within `max`.
    pub caution: Option<Caution>,
    /// What is counted.
    pub unit: Unit,
    /// Where it is documented, or what it was assumed from.
    pub source: &'static str,
    /// What to do with more than `max`, where there is something that carries it.
    pub instead: Option<&'static str>,
}

/// A lower bound that some receivers are known to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caution {
    /// The most that is safe everywhere.
    pub above: usize,
    /// Who says so.
    pub why: &'static str,
}

/// The limits of one gateway for one kind of message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits {
    entries: Vec<Limit>,
}

/// How a count stands to its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Below 90 % of it.
    Within,
    /// From 90 % on, or above a [`Caution`].
    Near,
    /// Above it.
    Over,
}

impl Unit {
    /// How much of this unit a text has.
    pub fn count(self, text: &str) -> usize {
        match self {
            Self::Utf16 => text.encode_utf16().count(),
            Self::Digits => text.chars().filter(char::is_ascii_digit).count(),
            Self::Scalars | Self::Items | Self::Seconds => text.chars().count(),
        }
    }

    /// The name in reports for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scalars => "unicode_scalar_values",
            Self::Utf16 => "utf16_code_units",
            Self::Items => "items",
            Self::Digits => "digits",
            Self::Seconds => "seconds",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scalars => "characters",
            Self::Utf16 => "UTF-16 code units",
            Self::Items => "items",
            Self::Digits => "digits",
            Self::Seconds => "seconds",
        })
    }
}

impl LimitKey {
    /// Every key.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name in a profile's `limits`.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// What it is counted in where a profile sets it and the gateway has no such limit.
    const fn usual_unit(self) -> Unit {
        match self {
            Self::Buttons
            | Self::Options
            | Self::Sections
            | Self::SectionProducts
            | Self::Products
            | Self::SectionRows
            | Self::Rows => Unit::Items,
            Self::Typing => Unit::Seconds,
            _ => Unit::Scalars,
        }
    }
}

impl Limit {
    /// A limit that the gateway documents: breaking it is an error.
    pub const fn documented(key: LimitKey, max: usize, unit: Unit, source: &'static str) -> Self {
        Self {
            key,
            max,
            severity: Severity::Error,
            caution: None,
            unit,
            source,
            instead: None,
        }
    }

    /// A limit that is assumed: breaking it is a warning.
    pub const fn assumed(key: LimitKey, max: usize, unit: Unit, source: &'static str) -> Self {
        Self {
            key,
            max,
            severity: Severity::Warning,
            caution: None,
            unit,
            source,
            instead: None,
        }
    }

    /// The same, with a warning above a lower bound.
    #[must_use]
    pub const fn with_caution(mut self, above: usize, why: &'static str) -> Self {
        self.caution = Some(Caution { above, why });
        self
    }

    /// The same, with what to do with more.
    #[must_use]
    pub const fn or(mut self, instead: &'static str) -> Self {
        self.instead = Some(instead);
        self
    }

    /// Whether it is only assumed, so that breaking it does not block.
    pub const fn is_assumed(&self) -> bool {
        matches!(self.severity, Severity::Warning)
    }

    /// How a count stands to it.
    pub fn standing(&self, count: usize) -> Standing {
        if count > self.max {
            Standing::Over
        } else if self.unit != Unit::Items
            && (count * 10 >= self.max * 9 && count > 0
                || self.caution.is_some_and(|caution| count > caution.above))
        {
            Standing::Near
        } else {
            Standing::Within
        }
    }
}

impl Limits {
    /// A table of limits; the last entry of a key wins.
    pub fn new(entries: impl IntoIterator<Item = Limit>) -> Self {
        Self {
            entries: entries.into_iter().collect(),
        }
    }

    /// The limit of a key, if the gateway has one.
    pub fn get(&self, key: LimitKey) -> Option<&Limit> {
        self.entries.iter().rev().find(|limit| limit.key == key)
    }

    /// Puts a profile's number in the place of the gateway's; it counts as documented.
    pub fn replace(&mut self, key: LimitKey, max: usize) {
        let unit = self.get(key).map_or(key.usual_unit(), |limit| limit.unit);
        self.entries.retain(|limit| limit.key != key);
        self.entries
            .push(Limit::documented(key, max, unit, "the profile's limits"));
    }
}
