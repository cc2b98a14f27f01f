//! Parts of messages that several gateways write alike, WUTS as the Cloud API does.

use super::wire::Body;
use crate::message::limits::{Limit, LimitKey, Unit};
use crate::message::recipient::Recipient;
use crate::message::{ActionKind, Button, Buttons, Row, RowSection};

/// A person's digits, another's full address; as it was typed where it cannot be read.
pub(super) fn address(to: &str) -> String {
    match to.parse() {
        Ok(Recipient::User(digits)) => digits,
        Ok(other) => other.to_string(),
        Err(_) => to.to_owned(),
    }
}

/// The digits of a number to call, without `+`. One that is no recipient's, such as a short service
/// number, keeps its digits; one with letters in it goes out as it was typed.
pub(super) fn call_number(phone: &str) -> String {
    if let Ok(Recipient::User(digits)) = phone.parse() {
        return digits;
    }
    let spelled = |c: char| c.is_ascii_digit() || c.is_whitespace() || "+-().".contains(c);
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() || !phone.chars().all(spelled) {
        phone.to_owned()
    } else {
        digits
    }
}

pub(super) fn milliseconds(seconds: u32) -> u64 {
    u64::from(seconds) * 1000
}

/// What the clients themselves take of a poll, where a gateway documents nothing of its own.
pub(super) fn poll_limits(unit: Unit) -> [Limit; 3] {
    let source = "assumed: GREEN-API, sending/SendPoll";
    [
        Limit::assumed(LimitKey::Text, 255, unit, source),
        Limit::assumed(LimitKey::Options, 12, Unit::Items, source),
        Limit::assumed(LimitKey::OptionText, 100, unit, source),
    ]
}

/// The first button that asks for a payment.
pub(super) fn first_pix(message: &Buttons) -> Option<usize> {
    let is_pix = |button: &Button| button.action.kind() == ActionKind::Pix;
    message.buttons.iter().position(is_pix)
}

/// The first button that does something else than reply.
pub(super) fn first_action(message: &Buttons) -> Option<(usize, ActionKind)> {
    let kinds = message.buttons.iter().map(|button| button.action.kind());
    kinds
        .enumerate()
        .find(|(_, kind)| *kind != ActionKind::Reply)
}

pub(super) fn row_section(section: &RowSection) -> Body {
    Body::default()
        .with_text("title", &section.title)
        .with_list("rows", &section.rows, row)
}

fn row(row: &Row) -> Body {
    Body::default()
        .with("id", row.id.as_str())
        .with("title", row.title.as_str())
        .with_text("description", &row.description)
}
