//! What an error means and what to do about it, in plain words, and whether the message was taken.
//!
//! One table a gateway, read from the top: the first row whose status, code and words fit is the
//! answer. Codes and words come before bare statuses, as they say more. The facts are the gateways' pages on errors.

use std::ops::RangeInclusive;

use Verdict::{Rejected, Repeatable, Unknown};

/// What a row says about the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It was not taken.
    Rejected,
    /// It was not taken, and the documentation tells clients to send the same again after a while.
    Repeatable,
    /// It may have been taken.
    Unknown,
}

/// One row of a table.
#[derive(Debug)]
pub(super) struct Row {
    statuses: RangeInclusive<u16>,
    /// The gateway's own number of the error, where it has one.
    codes: Option<RangeInclusive<u32>>,
    /// In lower case; empty where the status alone decides.
    words: &'static str,
    pub verdict: Verdict,
    pub meaning: &'static str,
}

pub(super) const fn words(words: &'static str, verdict: Verdict, meaning: &'static str) -> Row {
    both(200..=599, words, verdict, meaning)
}

pub(super) const fn status(status: u16, verdict: Verdict, meaning: &'static str) -> Row {
    both(status..=status, "", verdict, meaning)
}

pub(super) const fn both(
    statuses: RangeInclusive<u16>,
    words: &'static str,
    verdict: Verdict,
    meaning: &'static str,
) -> Row {
    Row {
        statuses,
        codes: None,
        words,
        verdict,
        meaning,
    }
}

pub(super) const fn code(code: u32, verdict: Verdict, meaning: &'static str) -> Row {
    codes(code..=code, verdict, meaning)
}

pub(super) const fn codes(
    codes: RangeInclusive<u32>,
    verdict: Verdict,
    meaning: &'static str,
) -> Row {
    Row {
        statuses: 200..=599,
        codes: Some(codes),
        words: "",
        verdict,
        meaning,
    }
}

const NOT_CONNECTED: &str = "The WUTS device is not connected to WhatsApp. Link it again, or wait until it is back, then send again.";
const WUTS_TOKEN: &str =
    "WUTS does not know this token. Check the profile's token: it is a UUID of 36 characters.";
const WUTS_BEHIND: &str = "Something between here and WUTS got no proper answer from it, and the message may have gone out. Look into the chat before you send it again.";
const TIMED_OUT: &str = "WUTS waited too long for WhatsApp, and the message may have gone out. Look into the chat before you send it again.";
pub(super) const UNKNOWN_TO_CLIENT: &str = "The gateway gave up waiting for the request or its client. Look into the chat before you send it again.";
pub(super) const PROXY: &str = "A proxy on the way asks for a user name and a password. Put them into the address that HTTPS_PROXY or HTTP_PROXY names.";
pub(super) const RATE: &str = "Too many requests in a short time. Wait a little, then send again.";
pub(super) const TOO_LARGE: &str = "The request is larger than the gateway, or a proxy before it, takes. A shorter message or a smaller picture goes through.";
pub(super) const REDIRECTED: &str = "The gateway's address points elsewhere, and a token is never sent after a redirect. Put the right base_url into the profile.";

/// WUTS: pages `errors`, `rate-limits`, `conventions` and those of the endpoints.
pub(super) const WUTS: &[Row] = &[
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
    words("unauthorized", Rejected, WUTS_TOKEN),
    words("invalid token", Rejected, WUTS_TOKEN),
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
    status(401, Rejected, WUTS_TOKEN),
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
    status(502, Unknown, WUTS_BEHIND),
    status(504, Unknown, WUTS_BEHIND),
    both(520..=527, "", Unknown, WUTS_BEHIND),
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
        "WUTS refused the request. Fix what its words name and send again.",
    ),
];

const GREEN_API_TOKEN: &str = "GREEN-API does not accept this token. Check that the profile's token is the apiTokenInstance of this instance.";
/// The page `common-errors` advises to repeat a 502; but a proxy in front of a server that took the
/// message and then closed the connection answers with 502 too.
const GREEN_API_BEHIND: &str = "Something between here and GREEN-API got no proper answer from it, and the message may be in its queue. Look into the queue or the chat before you send it again.";
const NOT_AUTHORIZED: &str = "No phone is linked to the instance. Link it in the GREEN-API console (scan the QR code), then send again.";

/// GREEN-API: pages `common-errors`, `466-error-example-body` and those of the methods.
pub(super) const GREEN_API: &[Row] = &[
    words(
        "starting process",
        Repeatable,
        "The instance is starting. Send again in a few seconds.",
    ),
    words(
        "starting or not authorized",
        Rejected,
        "The instance is starting, or no phone is linked to it. Wait a minute; if it stays so, link the phone in the GREEN-API console.",
    ),
    words("not authorized", Rejected, NOT_AUTHORIZED),
    words(
        "account is expired",
        Rejected,
        "The instance's paid time is over. Extend it in the GREEN-API console.",
    ),
    words(
        "instance is deleted",
        Rejected,
        "The instance was deleted. Put another id_instance and its token into the profile.",
    ),
    words(
        "bad request data",
        Rejected,
        "GREEN-API could not read the request. Compare the Payload with the method's page.",
    ),
    words(
        "'chatid'",
        Rejected,
        "GREEN-API does not accept the recipient. It takes a person (…@c.us, a phone number with its country code), a group (…@g.us) or …@lid.",
    ),
    words(
        "validation failed",
        Rejected,
        "A field is not as GREEN-API wants it. Its words name the field: fix it and send again.",
    ),
    both(
        466..=466,
        "correspondentsstatus",
        Rejected,
        "The plan's number of chats for this month is used up. Write to a chat that was already written to, or change the plan.",
    ),
    both(
        466..=466,
        "invokestatus",
        Rejected,
        "The plan's quota of calls of this method is used up. Wait until it starts anew, or change the plan.",
    ),
    status(
        466,
        Rejected,
        "A quota of the plan is used up: calls of the method, or the number of chats. Wait until it starts anew, or change the plan.",
    ),
    words("unauthorized", Rejected, GREEN_API_TOKEN),
    status(
        400,
        Rejected,
        "GREEN-API refused the request. Fix what its words name and send again.",
    ),
    status(401, Rejected, GREEN_API_TOKEN),
    status(
        403,
        Rejected,
        "GREEN-API does not know this instance at this address. Check the profile's id_instance, and that base_url is the instance's own apiUrl.",
    ),
    status(
        404,
        Rejected,
        "There is no such method at this address. Check that the profile's base_url is the instance's own apiUrl.",
    ),
    status(407, Rejected, PROXY),
    status(413, Rejected, TOO_LARGE),
    status(408, Unknown, UNKNOWN_TO_CLIENT),
    status(499, Unknown, UNKNOWN_TO_CLIENT),
    status(429, Repeatable, RATE),
    status(502, Unknown, GREEN_API_BEHIND),
    status(504, Unknown, GREEN_API_BEHIND),
    both(520..=527, "", Unknown, GREEN_API_BEHIND),
    status(
        503,
        Repeatable,
        "GREEN-API is not available just now. Wait a little, then send again.",
    ),
    both(
        500..=599,
        "",
        Unknown,
        "GREEN-API failed while it handled the message, which may be in its queue. Look into the queue or the chat before you send it again.",
    ),
    both(300..=399, "", Rejected, REDIRECTED),
    both(
        400..=499,
        "",
        Rejected,
        "GREEN-API refused the request. Fix what its words name and send again.",
    ),
];

/// GREEN-API's pages of `sendButtons`: every call is answered with 403.
pub(super) const SWITCHED_OFF: &str = "GREEN-API has switched sendButtons off: its documentation says that every call is answered with 403. Send interactive reply buttons, or the choices as numbered text.";

impl Row {
    /// For every code that no row above lists, with one of these statuses.
    pub(super) const fn of_any_code(
        statuses: RangeInclusive<u16>,
        verdict: Verdict,
        meaning: &'static str,
    ) -> Self {
        Self {
            statuses,
            codes: Some(0..=u32::MAX),
            words: "",
            verdict,
            meaning,
        }
    }

    fn fits(&self, status: u16, code: Option<u32>, said: &str) -> bool {
        let codes = self.codes.as_ref();
        self.statuses.contains(&status)
            && codes.is_none_or(|codes| code.is_some_and(|code| codes.contains(&code)))
            && said.contains(self.words)
    }

    /// Whether it says for certain what is wrong.
    pub(super) const fn is_certain(&self) -> bool {
        !matches!(self.verdict, Unknown)
    }

    /// Whether it is found by a status alone.
    const fn is_bare(&self) -> bool {
        self.words.is_empty() && self.codes.is_none()
    }
}

/// The first row that fits a status, the gateway's code and what the answer says (code and words).
pub(super) fn find(
    table: &'static [Row],
    status: u16,
    code: Option<&str>,
    said: &str,
) -> Option<&'static Row> {
    let code = code.and_then(|code| code.parse().ok());
    let said = said.to_lowercase();
    table.iter().find(|row| row.fits(status, code, &said))
}

/// The first row whose code or words are the answer's; statuses alone decide nothing.
pub(super) fn find_words(
    table: &'static [Row],
    status: u16,
    code: Option<&str>,
    said: &str,
) -> Option<&'static Row> {
    find(table, status, code, said).filter(|row| !row.is_bare())
}
