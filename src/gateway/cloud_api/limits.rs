//! What the Cloud API limits, type by type.

use super::Type;
use crate::message::Draft;
use crate::message::limits::{Limit, LimitKey, Limits, Unit};

/// Assumed: what a "character" is, is not documented, and this is the stricter reading.
const UNIT: Unit = Unit::Utf16;

const TEXT: &str = "Meta, messages/text-messages";
const BUTTONS: &str = "Meta, messages/interactive-reply-buttons-messages";
const LIST: &str = "Meta, messages/interactive-list-messages";
const PRODUCTS: &str = "Meta, catalogs/sell-products-and-services";
const TEMPLATE: &str = "Meta, templates/components";
const AS_BUTTONS: &str = "assumed: Meta, messages/interactive-reply-buttons-messages";

pub(super) fn limits(draft: &Draft) -> Limits {
    match Type::of(draft) {
        Type::Text => Limits::new([Limit::documented(LimitKey::Text, 4096, UNIT, TEXT)]),
        Type::ReplyButtons => Limits::new([
            Limit::documented(LimitKey::Text, 1024, UNIT, BUTTONS),
            Limit::documented(LimitKey::Header, 60, UNIT, BUTTONS),
            Limit::documented(LimitKey::Footer, 60, UNIT, BUTTONS),
            Limit::documented(LimitKey::Buttons, 3, Unit::Items, BUTTONS),
            Limit::documented(LimitKey::ButtonText, 20, UNIT, BUTTONS),
            Limit::documented(LimitKey::ButtonId, 256, UNIT, BUTTONS),
        ]),
        Type::UrlButton => Limits::new([
            Limit::assumed(LimitKey::Text, 1024, UNIT, AS_BUTTONS),
            Limit::assumed(LimitKey::Header, 60, UNIT, AS_BUTTONS),
            Limit::assumed(LimitKey::Footer, 60, UNIT, AS_BUTTONS),
            Limit::assumed(LimitKey::ButtonText, 20, UNIT, AS_BUTTONS),
            Limit::documented(LimitKey::Buttons, 1, Unit::Items, BUTTONS),
        ]),
        Type::List => Limits::new([
            Limit::documented(LimitKey::Text, 4096, UNIT, LIST)
                .with_caution(1024, "well-known libraries for the Cloud API refuse more"),
            Limit::documented(LimitKey::Title, 60, UNIT, LIST),
            Limit::documented(LimitKey::Footer, 60, UNIT, LIST),
            Limit::documented(LimitKey::MenuButton, 20, UNIT, LIST),
            Limit::documented(LimitKey::Sections, 10, Unit::Items, LIST),
            Limit::documented(LimitKey::Rows, 10, Unit::Items, LIST),
            Limit::documented(LimitKey::SectionTitle, 24, UNIT, LIST),
            Limit::documented(LimitKey::RowId, 200, UNIT, LIST),
            Limit::documented(LimitKey::RowTitle, 24, UNIT, LIST),
            Limit::documented(LimitKey::RowDescription, 72, UNIT, LIST),
        ]),
        Type::ProductList => Limits::new([
            Limit::assumed(LimitKey::Text, 1024, UNIT, AS_BUTTONS),
            Limit::assumed(LimitKey::Title, 60, UNIT, AS_BUTTONS),
            Limit::assumed(LimitKey::Footer, 60, UNIT, AS_BUTTONS),
            Limit::documented(LimitKey::Sections, 10, Unit::Items, PRODUCTS),
            Limit::documented(LimitKey::Products, 30, Unit::Items, PRODUCTS),
            Limit::documented(LimitKey::SectionTitle, 24, UNIT, PRODUCTS),
        ]),
        Type::Template => Limits::new([
            Limit::documented(LimitKey::Name, 512, UNIT, TEMPLATE),
            Limit::documented(LimitKey::Header, 60, UNIT, TEMPLATE),
            // what the whole text may have once it is filled in
            Limit::documented(LimitKey::Value, 1024, UNIT, TEMPLATE),
            Limit::documented(LimitKey::Buttons, 10, Unit::Items, TEMPLATE),
            Limit::assumed(
                LimitKey::Payload,
                256,
                UNIT,
                "assumed: Meta, messages/interactive-reply-buttons-messages",
            ),
            // what the whole address may have
            Limit::documented(LimitKey::Suffix, 2000, UNIT, TEMPLATE),
            Limit::documented(LimitKey::Code, 15, UNIT, TEMPLATE),
        ]),
        Type::CatalogMessage => Limits::new([
            Limit::assumed(LimitKey::Text, 1024, UNIT, AS_BUTTONS),
            Limit::assumed(LimitKey::Footer, 60, UNIT, AS_BUTTONS),
        ]),
    }
}
