//! GREEN-API's errors in plain words, by its pages `common-errors`, `466-error-example-body` and those
//! of the methods.

use crate::gateway::explain::Verdict::{Rejected, Repeatable};
use crate::gateway::explain::{Table, Words, both, status, words};

const TOKEN: &str = "GREEN-API does not accept this token. Check that the profile's token is the apiTokenInstance of this instance.";
/// The page `common-errors` advises to repeat a 502; but a proxy in front of a server that took the
/// message and then closed the connection answers with 502 too.
const BEHIND: &str = "Something between here and GREEN-API got no proper answer from it, and the message may be in its queue. Look into the queue or the chat before you send it again.";
const NOT_AUTHORIZED: &str = "No phone is linked to the instance. Link it in the GREEN-API console (scan the QR code), then send again.";

/// The answers of GREEN-API, read from the top.
pub(super) static TABLE: Table = Table {
    rows: &[
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
    words("unauthorized", Rejected, TOKEN),
    status(401, Rejected, TOKEN),
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
    ],
    last: Words {
        behind: BEHIND,
        unavailable: "GREEN-API is not available just now. Wait a little, then send again.",
        failed: "GREEN-API failed while it handled the message, which may be in its queue. Look into the queue or the chat before you send it again.",
        refused: "GREEN-API refused the request. Fix what its words name and send again.",
    }
    .rows(),
};

/// GREEN-API's pages of `sendButtons`: every call is answered with 403.
pub(super) const SWITCHED_OFF: &str = "GREEN-API has switched sendButtons off: its documentation says that every call is answered with 403. Send interactive reply buttons, or the choices as numbered text.";
