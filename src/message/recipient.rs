//! Who a message goes to: telephone numbers in any usual spelling, and `WhatsApp` addresses.

use std::fmt;

/// A recipient that was understood.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Recipient {
    /// A person: country code and national number, digits only. Written as a telephone number,
    /// `…@s.whatsapp.net` or `…@c.us`.
    User(String),
    /// A group: the part before `@g.us`.
    Group(String),
    /// A channel: the part before `@newsletter`.
    Channel(String),
    /// A person whose number is hidden: the part before `@lid`.
    Lid(String),
}

/// Why a recipient was not understood; its sentence says how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct RecipientError(pub String);

impl std::str::FromStr for Recipient {
    type Err = RecipientError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Err(RecipientError(text.to_owned()))
    }
}

impl Recipient {
    /// One word for the form: `user`, `group`, `channel`, `hidden number`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::User(_) => "user",
            Self::Group(_) => "group",
            Self::Channel(_) => "channel",
            Self::Lid(_) => "hidden number",
        }
    }
}

impl fmt::Display for Recipient {
    /// For people: `+5511999999999`, or the address.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(digits) => write!(f, "+{digits}"),
            Self::Group(id) => write!(f, "{id}@g.us"),
            Self::Channel(id) => write!(f, "{id}@newsletter"),
            Self::Lid(id) => write!(f, "{id}@lid"),
        }
    }
}
