//! Every key of a message file: which kinds have it, what it holds, and what it is for. The reader goes
//! by these tables, and the schema is made from them.

use crate::message::{ActionKind, Kind};

/// A key of a message.
pub(super) struct Key {
    pub name: &'static str,
    /// The kinds that have it.
    pub kinds: &'static [Kind],
    pub holds: Holds,
    /// Whether it has to be there.
    pub is_required: bool,
    pub about: &'static str,
}

/// What a key holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// The kind's name.
    Kind,
    Text,
    Boolean,
    /// A whole number from 0.
    Seconds,
    Quote,
    /// The id and text of a button or a row.
    Selected,
    Buttons,
    /// Of products or of rows.
    Sections,
}

/// A key, that holds a text, of a table within a message.
pub(super) struct Part {
    pub name: &'static str,
    /// Whether it has to be there.
    pub is_required: bool,
    pub about: &'static str,
}

const WITH_TEXT: [Kind; 4] = [Kind::Text, Kind::Buttons, Kind::Catalog, Kind::List];
const WITH_FOOTER: [Kind; 3] = [Kind::Buttons, Kind::Catalog, Kind::List];
const WITH_SECTIONS: [Kind; 2] = [Kind::Catalog, Kind::List];
const REPLIES: [Kind; 2] = [Kind::ButtonReply, Kind::ListReply];

/// The keys of a message, in the order in which they are written.
pub(super) const KEYS: [Key; 18] = [
    Key {
        is_required: true,
        ..key("kind", &Kind::ALL, Holds::Kind, "The kind of message.")
    },
    key(
        "to",
        &Kind::ALL,
        Holds::Text,
        "The recipient: a phone number with its country's code, a link to a chat such as https://wa.me/…, or an address such as …@s.whatsapp.net, …@g.us or …@newsletter.",
    ),
    key(
        "header",
        &[Kind::Buttons],
        Holds::Text,
        "A line above the text, shown without markup.",
    ),
    key(
        "title",
        &WITH_SECTIONS,
        Holds::Text,
        "A line above the text, shown without markup.",
    ),
    Key {
        is_required: true,
        ..key(
            "text",
            &WITH_TEXT,
            Holds::Text,
            "The text, with WhatsApp's markup: *bold*, _italic_, ~strike~, `code`. {{name}} is a variable, and {{{{ and }}}} are two braces.",
        )
    },
    key(
        "footer",
        &WITH_FOOTER,
        Holds::Text,
        "A line below the text, shown without markup.",
    ),
    key(
        "button",
        &WITH_SECTIONS,
        Holds::Text,
        "The label of the button that opens the sections.",
    ),
    key(
        "business_owner",
        &[Kind::Catalog],
        Holds::Text,
        "Whose catalog it is, as a phone number or an address; WUTS asks for it.",
    ),
    key(
        "catalog_id",
        &[Kind::Catalog],
        Holds::Text,
        "Which catalog it is, by its number; the Cloud API asks for it where the profile names none.",
    ),
    key(
        "header_product",
        &[Kind::Catalog],
        Holds::Text,
        "The id of the product that is shown on the card.",
    ),
    key(
        "thumbnail",
        &[Kind::Catalog],
        Holds::Text,
        "The card's picture: a path relative to the file, or an http(s) address.",
    ),
    Key {
        is_required: true,
        ..key(
            "selected",
            &REPLIES,
            Holds::Selected,
            "What the reply selects in the message that it answers.",
        )
    },
    key(
        "quote",
        &Kind::ALL,
        Holds::Quote,
        "The message that this one answers.",
    ),
    key(
        "link_preview",
        &Kind::ALL,
        Holds::Boolean,
        "Whether links in a text show a preview; where it is left out, the gateway decides.",
    ),
    key(
        "delay",
        &Kind::ALL,
        Holds::Seconds,
        "Seconds to wait before the gateway sends.",
    ),
    key(
        "typing",
        &Kind::ALL,
        Holds::Seconds,
        "Seconds for which the recipient sees \"typing\" before the message.",
    ),
    key(
        "buttons",
        &[Kind::Buttons],
        Holds::Buttons,
        "The buttons, in the order in which they are shown.",
    ),
    key(
        "sections",
        &WITH_SECTIONS,
        Holds::Sections,
        "The sections, in the order in which they are shown.",
    ),
];

/// The keys of a quote.
pub(super) const QUOTE: [Part; 3] = [
    part("id", true, "The gateway's id of the quoted message."),
    part("participant", false, "Who wrote it, as an address."),
    part("body", false, "Its text."),
];

/// The keys of what a reply selects; a button has no description.
pub(super) const SELECTED: [Part; 3] = [
    part("id", true, "The id of the button or the row."),
    part("text", true, "The button's text, or the row's title."),
    part("description", false, "The row's description."),
];

/// The keys of a button besides its action and the value that goes with it.
pub(super) const BUTTON: [Part; 2] = [
    part("id", true, "What comes back when it is tapped; not shown."),
    part("text", true, "Its label."),
];

/// The key of a button's action.
pub(super) const ACTION: Part = part(
    "action",
    false,
    "What a tap does; where it is left out, it answers.",
);

/// The keys of a list's row.
pub(super) const ROW: [Part; 3] = [
    part("id", true, "What comes back when it is picked; not shown."),
    part("title", true, "What is picked."),
    part("description", false, "A line below the title."),
];

/// The key of a section's title.
pub(super) const SECTION: Part = part(
    "title",
    false,
    "Its title; where there are several sections, each needs one.",
);

/// The key of a section's items.
pub(super) const fn items(kind: Kind) -> Part {
    match kind {
        Kind::List => part(
            "rows",
            false,
            "The rows, in the order in which they are shown.",
        ),
        _ => part(
            "products",
            false,
            "The products' ids, in the order in which they are shown.",
        ),
    }
}

/// The key of what goes with an action; a reply has none.
pub(super) fn value(action: ActionKind) -> Option<Part> {
    let about = match action {
        ActionKind::Reply => "",
        ActionKind::Copy => "The code that a tap copies.",
        ActionKind::Call => "The telephone number that a tap calls.",
        ActionKind::Url => "The address that a tap opens.",
    };
    action.value_key().map(|name| part(name, true, about))
}

/// The keys of what a reply of this kind selects.
pub(super) fn selected(kind: Kind) -> &'static [Part] {
    match kind {
        Kind::ButtonReply => &SELECTED[..2],
        _ => &SELECTED,
    }
}

/// The names of parts.
pub(super) fn names(parts: &[Part]) -> Vec<&'static str> {
    parts.iter().map(|part| part.name).collect()
}

const fn key(name: &'static str, kinds: &'static [Kind], holds: Holds, about: &'static str) -> Key {
    Key {
        name,
        kinds,
        holds,
        is_required: false,
        about,
    }
}

const fn part(name: &'static str, is_required: bool, about: &'static str) -> Part {
    Part {
        name,
        is_required,
        about,
    }
}
