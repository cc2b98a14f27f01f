//! What GREEN-API limits, method by method.

use super::Method;
use crate::message::limits::{Limit, LimitKey, Limits, Unit};

/// Assumed from the wording of its validation, which is that of a JavaScript library.
const UNIT: Unit = Unit::Utf16;

pub(super) fn limits(method: Method) -> Limits {
    let (page, text) = match method {
        Method::Text => {
            let page = "GREEN-API, sending/SendMessage";
            return Limits::new([
                Limit::documented(LimitKey::Text, 20_000, UNIT, page),
                Limit::documented(LimitKey::Typing, 20, Unit::Seconds, page),
            ]);
        }
        Method::Poll => {
            let page = "GREEN-API, sending/SendPoll";
            let sdk = "GREEN-API's client for Go, SendPoll";
            return Limits::new([
                Limit::documented(LimitKey::Text, 255, UNIT, page),
                Limit::documented(LimitKey::Options, 12, Unit::Items, page),
                Limit::documented(LimitKey::OptionText, 100, UNIT, sdk),
                Limit::documented(LimitKey::Typing, 20, Unit::Seconds, page),
            ]);
        }
        Method::LegacyReplies => {
            let page = "GREEN-API, sending/SendButtons";
            (page, Limit::documented(LimitKey::Text, 4096, UNIT, page))
        }
        Method::Replies => (
            "GREEN-API, sending/SendInteractiveButtonsReply",
            Limit::assumed(
                LimitKey::Text,
                20_000,
                UNIT,
                "assumed: GREEN-API, sending/SendInteractiveButtons",
            ),
        ),
        Method::Actions => {
            let page = "GREEN-API, sending/SendInteractiveButtons";
            (page, Limit::documented(LimitKey::Text, 20_000, UNIT, page))
        }
    };
    let meta = "assumed: Meta's Cloud API, interactive reply buttons";
    // The legacy method has no typing time.
    let typing = (method != Method::LegacyReplies)
        .then(|| Limit::documented(LimitKey::Typing, 20, Unit::Seconds, page));
    let limits = [
        text,
        Limit::documented(LimitKey::Buttons, 3, Unit::Items, page)
            .or("a poll carries up to 12 choices"),
        Limit::documented(LimitKey::ButtonText, 25, UNIT, page),
        Limit::assumed(LimitKey::ButtonId, 256, UNIT, meta),
        Limit::assumed(LimitKey::Header, 60, UNIT, meta),
        Limit::assumed(LimitKey::Footer, 60, UNIT, meta),
    ];
    Limits::new(limits.into_iter().chain(typing))
}
