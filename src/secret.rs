//! Tokens, which never show themselves: the one type that holds them.

use std::fmt;

/// A token. `Debug` and `Display` print [`MASK`] instead of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// What stands where a token was.
pub const MASK: &str = "***";

impl Secret {
    /// Takes a token, without the white space around it.
    pub fn new(token: impl AsRef<str>) -> Self {
        Self(token.as_ref().trim().to_owned())
    }

    /// The token itself: for the request that goes out, and for `--show-secrets`.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// A text with every occurrence of the token replaced by [`MASK`].
    pub fn redact(&self, text: &str) -> String {
        if self.0.is_empty() {
            text.to_owned()
        } else {
            text.replace(&self.0, MASK)
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}
