//! WUTS' errors in plain words, by its pages `errors`, `rate-limits`, `conventions` and those of the
//! endpoints.

use crate::gateway::explain::Verdict::{Rejected, Repeatable, Unknown};
use crate::gateway::explain::{
    PROXY, RATE, REDIRECTED, Row, TOO_LARGE, UNKNOWN_TO_CLIENT, both, status, words,
};

const NOT_CONNECTED: &str = "The WUTS device is not connected to WhatsApp. Link it again, or wait until it is back, then send again.";
const TOKEN: &str =
    "WUTS does not know this token. Check the profile's token: it is a UUID of 36 characters.";
const BEHIND: &str = "Something between here and WUTS got no proper answer from it, and the message may have gone out. Look into the chat before you send it again.";
const TIMED_OUT: &str = "WUTS waited too long for WhatsApp, and the message may have gone out. Look into the chat before you send it again.";
/// The answers of WUTS, read from the top.
pub(super) const TABLE: &[Row] = &[
    words("device_not_ready", Rejected, NOT_CONNECTED),
    words(
        "validation_error",
        Rejected,
        "A field is not as WUTS wants it. Its words name the field: mend it and send again.",
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
        "WUTS refused the request: a field is missing or not as it wants it. Mend what its words name and send again.",
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
    status(407, Rejected, PROXY),
    status(413, Rejected, TOO_LARGE),
    status(408, Unknown, UNKNOWN_TO_CLIENT),
    status(499, Unknown, UNKNOWN_TO_CLIENT),
    status(429, Repeatable, RATE),
    status(502, Unknown, BEHIND),
    status(504, Unknown, BEHIND),
    both(520..=527, "", Unknown, BEHIND),
    status(
        503,
        Repeatable,
        "WUTS is not available just now. Wait a little, then send again.",
    ),
    both(
        500..=599,
        "",
        Unknown,
        "WUTS failed while it handled the message, which may have gone out. Look into the chat before you send it again.",
    ),
    both(300..=399, "", Rejected, REDIRECTED),
    both(
        400..=499,
        "",
        Rejected,
        "WUTS refused the request. Mend what its words name and send again.",
    ),
];
