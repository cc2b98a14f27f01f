//! What Evolution limits: how many buttons there may be. It checks no length, so that those of
//! `WhatsApp`, as other gateways document them, are assumed.

use super::about::is_new;
use super::{MOST_ACTIONS, is_reply};
use crate::gateway::Account;
use crate::gateway::parts::poll_limits;
use crate::message::limits::{Limit, LimitKey, Limits, Unit};
use crate::message::{Buttons, Draft, Message};

/// Assumed, as it is written in JavaScript, whose usual count this is.
const UNIT: Unit = Unit::Utf16;

const SERVICE: &str = "Evolution API, whatsapp.baileys.service.ts";
const META_BUTTONS: &str = "assumed: Meta's Cloud API, interactive reply buttons";
const META_LIST: &str = "assumed: Meta's Cloud API, interactive lists";
const WUTS_TEXT: &str = "assumed: WUTS, messages/sendText";

pub(super) fn limits(account: &Account, draft: &Draft) -> Limits {
    match &draft.message {
        Message::Buttons(message) => buttons(account, message),
        Message::List(_) => list(),
        Message::Poll(_) => poll(),
        Message::Text(_)
        | Message::Template(_)
        | Message::Catalog(_)
        | Message::ButtonReply(_)
        | Message::ListReply(_) => {
            Limits::new([Limit::assumed(LimitKey::Text, 4096, UNIT, WUTS_TEXT)])
        }
    }
}

fn buttons(account: &Account, message: &Buttons) -> Limits {
    let texts = [
        Limit::assumed(
            LimitKey::Text,
            4096,
            UNIT,
            "assumed: GREEN-API, sending/SendButtons",
        ),
        Limit::assumed(LimitKey::Header, 60, UNIT, META_BUTTONS),
        Limit::assumed(LimitKey::Footer, 60, UNIT, META_BUTTONS),
        Limit::assumed(
            LimitKey::ButtonText,
            25,
            UNIT,
            "assumed: GREEN-API, sending/SendButtons",
        )
        .with_caution(20, "Meta's Cloud API allows 20"),
        Limit::assumed(LimitKey::ButtonId, 256, UNIT, META_BUTTONS),
    ];
    let count = if message.buttons.iter().all(is_reply) {
        Some(Limit::documented(
            LimitKey::Buttons,
            3,
            Unit::Items,
            SERVICE,
        ))
    } else {
        // What 2.4 takes is all that it carries, and 2.3 takes any number.
        is_new(account).is_none().then(|| {
            Limit::assumed(
                LimitKey::Buttons,
                MOST_ACTIONS,
                Unit::Items,
                "Evolution API 2.4; 2.3 takes more",
            )
        })
    };
    Limits::new(texts.into_iter().chain(count))
}

fn poll() -> Limits {
    let schema = "Evolution API, message.schema.ts";
    let most = Limit::documented(LimitKey::Options, 10, Unit::Items, schema);
    Limits::new(poll_limits(UNIT).into_iter().chain([most]))
}

fn list() -> Limits {
    Limits::new([
        Limit::assumed(LimitKey::Text, 4096, UNIT, META_LIST),
        Limit::assumed(LimitKey::Title, 60, UNIT, META_LIST),
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
