//! What WUTS limits, kind by kind.

use crate::gateway::parts::poll_limits;
use crate::message::Kind;
use crate::message::limits::{Limit, LimitKey, Limits, Unit};

/// Assumed, as WUTS is written in Go, whose usual count this is.
const UNIT: Unit = Unit::Scalars;

const CATALOG: &str = "WUTS, messages/sendCatalog";
const META_BUTTONS: &str = "assumed: Meta's Cloud API, interactive reply buttons";
const META_LIST: &str = "assumed: Meta's Cloud API, interactive lists";

pub(super) fn limits(kind: Kind) -> Limits {
    match kind {
        Kind::Text => Limits::new([Limit::documented(
            LimitKey::Text,
            4096,
            UNIT,
            "WUTS, messages/sendText",
        )]),
        Kind::Buttons => buttons(),
        Kind::Catalog => catalog(),
        Kind::List => list(),
        Kind::Poll => Limits::new(poll_limits(UNIT)),
        Kind::Template | Kind::ButtonReply | Kind::ListReply => Limits::default(),
    }
}

fn buttons() -> Limits {
    Limits::new([
        Limit::documented(
            LimitKey::Buttons,
            3,
            Unit::Items,
            "WUTS, messages/sendButtonsMessage",
        ),
        Limit::documented(
            LimitKey::ButtonText,
            25,
            UNIT,
            "GREEN-API, sending/SendButtons; WUTS states none",
        )
        .with_caution(20, "Meta's Cloud API allows 20"),
        Limit::assumed(LimitKey::ButtonId, 256, UNIT, META_BUTTONS),
        Limit::assumed(
            LimitKey::Text,
            4096,
            UNIT,
            "assumed: GREEN-API, sending/SendButtons",
        ),
        Limit::assumed(LimitKey::Header, 60, UNIT, META_BUTTONS),
        Limit::assumed(LimitKey::Footer, 60, UNIT, META_BUTTONS),
    ])
}

fn catalog() -> Limits {
    Limits::new([
        Limit::documented(LimitKey::Sections, 10, Unit::Items, CATALOG),
        Limit::documented(LimitKey::SectionProducts, 30, Unit::Items, CATALOG),
        Limit::documented(LimitKey::Products, 100, Unit::Items, CATALOG),
        Limit::assumed(LimitKey::Title, 60, UNIT, META_LIST),
        Limit::assumed(LimitKey::Text, 4096, UNIT, META_LIST),
        Limit::assumed(LimitKey::Footer, 60, UNIT, META_LIST),
        Limit::assumed(LimitKey::MenuButton, 20, UNIT, META_LIST),
        Limit::assumed(LimitKey::SectionTitle, 24, UNIT, META_LIST),
    ])
}

fn list() -> Limits {
    Limits::new([
        Limit::assumed(LimitKey::Title, 60, UNIT, META_LIST),
        Limit::assumed(LimitKey::Text, 4096, UNIT, META_LIST),
        Limit::assumed(LimitKey::Footer, 60, UNIT, META_LIST),
        Limit::assumed(LimitKey::MenuButton, 20, UNIT, META_LIST),
        Limit::assumed(LimitKey::Sections, 10, Unit::Items, META_LIST),
        Limit::assumed(LimitKey::Rows, 10, Unit::Items, META_LIST),
        Limit::assumed(LimitKey::SectionTitle, 24, UNIT, META_LIST),
        Limit::assumed(LimitKey::RowId, 200, UNIT, META_LIST),
        Limit::assumed(LimitKey::RowTitle, 24, UNIT, META_LIST),
        Limit::assumed(LimitKey::RowDescription, 72, UNIT, META_LIST),
    ])
}
