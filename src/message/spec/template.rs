//! What is known of the fields that templates alone have.

use super::{Holds, Shown, Spec};
use crate::message::limits::LimitKey;
use crate::message::{Filling, MediaPart, PlacePart};

pub(super) const NAME: Spec = Spec::text("name", "The template's name, as it was approved.")
    .required()
    .called("a template's name")
    .limited(LimitKey::Name);

pub(super) const LANGUAGE: Spec = Spec::text(
    "language",
    "The template's language, as it was approved: en_US and en are two.",
)
.required()
.called("a template's language");

pub(super) const HEADER_MEDIA: Spec = Spec::new(
    "header_media",
    Holds::Media,
    "The file in a template's header.",
);

pub(super) const HEADER_PLACE: Spec = Spec::new(
    "header_place",
    Holds::Place,
    "The place in a template's header.",
);

pub(super) const VALUES: Spec = Spec::new(
    "values",
    Holds::Values,
    "The values of a template's variables: in an array in the order of {{1}}, {{2}}, or by their names in a table.",
);

pub(super) const VALUE: Spec = Spec::text("values", "A value of a template's variable.")
    .called("a value")
    .limited(LimitKey::Value)
    .shown(Shown::Formatted);

pub(super) const VALUE_NAME: Spec =
    Spec::text("values", "The name of a template's variable.").called("a variable's name");

impl MediaPart {
    /// What is known of this part of a file.
    pub const fn spec(self) -> Spec {
        match self {
            Self::Kind => Spec::new("kind", Holds::MediaKind, "What the file is.").required(),
            Self::Url => Spec::text("url", "The address from which Meta fetches the file.")
                .required()
                .called("a file's address"),
            Self::Name => Spec::text("name", "The name under which a document is shown.")
                .called("a file's name"),
        }
    }
}

impl PlacePart {
    /// What is known of this part of a place.
    pub const fn spec(self) -> Spec {
        match self {
            Self::Latitude => {
                Spec::new("latitude", Holds::Degrees, "Degrees north of the equator.")
                    .required()
                    .called("a latitude")
            }
            Self::Longitude => Spec::new("longitude", Holds::Degrees, "Degrees east of Greenwich.")
                .required()
                .called("a longitude"),
            Self::Name => Spec::text("name", "The place's name.").called("a place's name"),
            Self::Address => {
                Spec::text("address", "The place's address.").called("a place's address")
            }
        }
    }
}

impl Filling {
    /// What is known of a button's value that it is filled with.
    pub const fn spec(self) -> Spec {
        match self {
            Self::Payload => Spec::value(
                "payload",
                "What comes back when the quick reply is tapped; not shown.",
            )
            .limited(LimitKey::Payload),
            Self::Suffix => Spec::value("suffix", "The end of the address that a tap opens.")
                .limited(LimitKey::Suffix),
            Self::Code => {
                Spec::value("code", "The code that a tap copies.").limited(LimitKey::Code)
            }
        }
    }
}
