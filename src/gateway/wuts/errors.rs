//! WUTS' errors in plain words, by its pages `errors`, `rate-limits`, `conventions` and those of the
//! endpoints.

use crate::gateway::explain::Verdict::{Rejected, Unknown};
use crate::gateway::explain::{Table, Words, both, status, words};

const NOT_CONNECTED: &str = "The WUTS device is not connected to WhatsApp. Link it again, or wait until it is back, then send again.";
const TOKEN: &str =
    "WUTS does not know this token. Check the profile's token: it is a UUID of 36 characters.";
const BEHIND: &str = "Something between here and WUTS got no proper answer from it, and the message may have gone out. Look into the chat before you send it again.";
const TIMED_OUT: &str = "WUTS waited too long for WhatsApp, and the message may have gone out. Look into the chat before you send it again.";
/// The answers of WUTS, read from the top.
pub(super) static TABLE: Table = Table {
    rows: &[
    words("device_not_ready", Rejected, NOT_CONNECTED),
    words(
        "validation_error",
        Rejected,
        "A field is not as WUTS wants it. Its words name the field: fix it and send again.",
    ),
    both(200..=299, "timeout", Unknown, TIMED_OUT),
    both(500..=599, "timeout", Unknown, TIMED_OUT),
    both(500..=599, "timed out", Unknown, TIMED_OUT),
    both(500..=599, "deadline exceeded", Unknown, TIMED_OUT),
    words("whatsapp not connected", Rejected, NOT_CONNECTED),
    words("failed to acquire device", Rejected, NOT_CONNECTED),
    words("unauthorized", Rejected, TOKEN),
    words("invalid token", Rejected, TOKEN),
    words(
        "participant jid",
        Rejected,
        "WUTS cannot read who wrote the quoted message. Write the quote's participant as an address, such as 5511999999999@s.whatsapp.net.",
    ),
    words(
        "invalid recipient jid",
        Rejected,
        "WUTS cannot read the recipient. Write a phone number with its country code, or the full address of a group or channel.",
    ),
    words(
        "invalid jid",
        Rejected,
        "WUTS cannot read an address in the message. Write it in full, such as 5511999999999@s.whatsapp.net.",
    ),
    status(
        400,
        Rejected,
        "WUTS refused the request: a field is missing or not as it wants it. Fix what its words name and send again.",
    ),
    status(401, Rejected, TOKEN),
    status(
        403,
        Rejected,
        "This token may not do that. Check that the profile's token belongs to this account.",
    ),
    status(
        404,
        Rejected,
        "There is no such endpoint at this address. Check the profile's base_url.",
    ),
    ],
    last: Words {
        behind: BEHIND,
        unavailable: "WUTS is not available just now. Wait a little, then send again.",
        failed: "WUTS failed while it handled the message, which may have gone out. Look into the chat before you send it again.",
        refused: "WUTS refused the request. Fix what its words name and send again.",
    }
    .rows(),
};
