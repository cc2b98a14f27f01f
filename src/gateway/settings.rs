//! The settings that accounts of one gateway alone have: the keys of its profiles.
//!
//! Each gateway declares its own; the configuration reads them and knows none of them.

use super::Account;

/// A key of a profile that is a gateway's own.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The name in the configuration.
    pub name: &'static str,
    /// The value where nothing is configured.
    pub default: &'static str,
    /// The value, for whom a profile lacks that cannot do without; `None` where it can.
    pub needed: Option<&'static str>,
    /// The texts that are values of it.
    pub form: Form,
}

/// The texts that are values of a key.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// One of a few words.
    Words(&'static [&'static str]),
    /// A text of a certain form.
    Text {
        /// Its description: `digits alone, as in GREEN-API's console`.
        expected: &'static str,
        /// Whether a text has that form.
        fits: fn(&str) -> bool,
        /// What was most likely meant by one that does not have it.
        meant: fn(&str) -> Option<String>,
    },
}

impl Form {
    /// Digits alone; `expected` says so, and where they are to be found.
    pub const fn digits(expected: &'static str) -> Self {
        Self::Text {
            expected,
            fits: is_number,
            meant: |text| {
                let bare = text.trim().trim_start_matches("waInstance");
                is_number(bare).then(|| bare.to_owned())
            },
        }
    }
}

/// Whether a text is digits and nothing else.
pub fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a picture that is named by its address goes along as bytes or as the address, for gateways
/// that take either.
pub const THUMBNAIL_AS: Key = Key {
    name: "thumbnail_as",
    default: "bytes",
    needed: None,
    form: Form::Words(&["bytes", "url"]),
};

impl Account {
    /// The same account, with a value for a key of its gateway.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.settings.insert(key, value.into());
        self
    }

    /// The value of a key of its gateway.
    pub(crate) fn setting(&self, key: &Key) -> &str {
        self.settings.get(key.name).map_or(key.default, |it| it)
    }
}
