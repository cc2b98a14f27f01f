//! What is understood and is no message that can be composed: named, and why not.

use super::ImportError;

/// What a request does that no message file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Matter {
    Poll,
    Media,
    Place,
    Contact,
    Template,
    Flow,
    Product,
    Carousel,
    Pix,
    Event,
    Reaction,
    Edit,
    Delete,
    Read,
    Typing,
    Status,
    Forward,
    Link,
    /// It asks or sets something.
    Other,
}

impl Matter {
    /// What a method does, by its name.
    pub(super) fn of(method: &str) -> Self {
        const NAMES: [(&str, Matter); 35] = [
            ("poll", Matter::Poll),
            ("template", Matter::Template),
            ("flow", Matter::Flow),
            ("carousel", Matter::Carousel),
            ("product", Matter::Product),
            ("catalog", Matter::Product),
            ("order", Matter::Product),
            ("pix", Matter::Pix),
            ("event", Matter::Event),
            ("react", Matter::Reaction),
            ("edit", Matter::Edit),
            ("update", Matter::Edit),
            ("delete", Matter::Delete),
            ("revoke", Matter::Delete),
            ("read", Matter::Read),
            ("seen", Matter::Read),
            ("typing", Matter::Typing),
            ("presence", Matter::Typing),
            ("status", Matter::Status),
            ("stories", Matter::Status),
            ("forward", Matter::Forward),
            ("location", Matter::Place),
            ("contact", Matter::Contact),
            ("vcard", Matter::Contact),
            ("link", Matter::Link),
            ("file", Matter::Media),
            ("media", Matter::Media),
            ("image", Matter::Media),
            ("video", Matter::Media),
            ("voice", Matter::Media),
            ("audio", Matter::Media),
            ("document", Matter::Media),
            ("sticker", Matter::Media),
            ("ptv", Matter::Media),
            ("upload", Matter::Media),
        ];
        let method = method.to_ascii_lowercase();
        let found = NAMES.iter().find(|(part, _)| method.contains(part));
        found.map_or(Self::Other, |(_, matter)| *matter)
    }

    const fn sentence(self) -> &'static str {
        match self {
            Self::Poll => {
                "its polls are not read: write them as kind = \"poll\" with text and options"
            }
            Self::Media => "pictures, videos, sounds and documents cannot be composed yet",
            Self::Place => "places cannot be composed yet",
            Self::Contact => "contacts cannot be composed yet",
            Self::Template => {
                "write it as kind = \"template\" with name, language and values, which has texts, a file or place above and simple buttons"
            }
            Self::Flow => "flows cannot be composed yet",
            Self::Product => "single products cannot be composed yet",
            Self::Carousel => "carousels cannot be composed yet",
            Self::Pix => {
                "its Pix requests are not read: write a button with action = \"pix\" and whom it pays"
            }
            Self::Event => "events cannot be composed yet",
            Self::Reaction => "reactions cannot be composed",
            Self::Edit => "it changes a message that was sent, and is none itself",
            Self::Delete => "it deletes a message that was sent, and is none itself",
            Self::Read => "it marks a message as read, and is none itself",
            Self::Typing => "it shows that somebody is typing, and is no message",
            Self::Status => "a status is no message to a chat",
            Self::Forward => "it forwards a message that was sent: compose that one",
            Self::Link => "messages of a link alone cannot be composed: write it into a text",
            Self::Other => {
                "it is none of the messages that can be composed: text, buttons, catalog, list and replies"
            }
        }
    }

    /// The error that names a type of message.
    pub(super) fn of_no_kind(self, what: &str) -> ImportError {
        ImportError::Refused(format!(
            "{what} is of no kind that a message file has: {}",
            match self {
                Self::Other => "text, buttons, catalog, list and replies are",
                other => other.sentence(),
            }
        ))
    }

    /// The error that names it: `this is GREEN-API's sendPoll: its polls are not read: …`.
    pub(super) fn refused(self, whose: &str, what: &str) -> ImportError {
        let what: String = crate::visible::line(what).chars().take(60).collect();
        ImportError::Refused(format!("this is {whose} {what}: {}", self.sentence()))
    }
}
