//! The Cloud API's error codes in plain words: whether the message was taken, and what to do.
//!
//! By Meta's page `support/error-codes` (state of December 2025). The code decides before the HTTP
//! status, because the same code comes with several. A code that is not listed here is shown with
//! its number and Meta's words.

use crate::gateway::explain::Verdict::{Rejected, Repeatable, Unknown};
use crate::gateway::explain::{
    PROXY, Row, TOO_LARGE, Table, UNKNOWN_TO_CLIENT, Words, code, codes, status,
};

const TOKEN: &str = "The token is expired or not valid. Make a new one in Meta's app dashboard and put it where the profile takes it from.";
const PERMISSION: &str = "This token may not do that. Give its app and user the permission whatsapp_business_messaging for this phone number, and check that phone_number_id belongs to them.";
const RATE: &str = "Too many messages or requests in a short time. Wait a little, then send again.";
const AT_META: &str = "This is a fault at Meta, and nothing says whether it came before or after the message was taken: it may have been sent. Look into the chat before you send it again.";
const DOWN: &str = "A service at Meta is down or overloaded, and the message may have been sent. Wait, and look into the chat before you send it again.";
const PAYMENT: &str = "Meta does not send it because the payment of the account is not in order. Check the card or credit line, the currency and the time zone in the account's billing (Meta Business Suite), then send again.";
const REGISTER: &str = "The sending phone number is not registered with the Cloud API. Register it in Meta's app dashboard (or by a POST to /register), then send again.";
const TEMPLATE_CONTENT: &str =
    "The template does not fit what was sent. Its words say what: fix the values and send again.";
const TEMPLATE_VALUE: &str = "A value of the template is malformed or not allowed: often a line break, a tab, more than four blanks or nothing at all. Its words name it: fix it and send again.";
const NOT_LISTED: &str = "Meta's page of error codes does not list this code. Its words are all that is known: fix what they name and send again.";
const BEHIND: &str = "Something between here and the Cloud API got no proper answer from it, and the message may have gone out. Look into the chat before you send it again.";
const FAILED: &str = "The Cloud API failed while it handled the message, which may have gone out. Look into the chat before you send it again.";
const REFUSED: &str = "The Cloud API refused the request. Fix what its words name and send again.";

/// The answers of the Cloud API, read from the top.
pub(super) static TABLE: Table = Table {
    rows: &[
        // who may send
        code(0, Rejected, TOKEN),
        code(190, Rejected, TOKEN),
        code(102, Rejected, TOKEN),
        code(
            3,
            Rejected,
            "The app does not have the capability or the right for this call. Check the app's permissions in Meta's app dashboard.",
        ),
        code(10, Rejected, PERMISSION),
        codes(200..=299, Rejected, PERMISSION),
        code(131_005, Rejected, PERMISSION),
        code(
            131_031,
            Rejected,
            "Meta has locked the account, or a datum such as the PIN does not match. Look into Meta Business Suite, and at the number's health_status, for the reason; sending again does not help.",
        ),
        code(
            368,
            Rejected,
            "Meta has restricted or blocked the account because of a breach of its policies. Look into Meta Business Suite for the reason and the time; sending again does not help.",
        ),
        code(
            130_497,
            Rejected,
            "This account may not write to people in that country, because of its line of business or because the business is not verified. Verify the business, or write to another country.",
        ),
        code(131_042, Rejected, PAYMENT),
        code(131_044, Rejected, PAYMENT),
        code(
            134_011,
            Rejected,
            "The terms of WhatsApp Payments are not accepted yet. Accept them by the link in the error, then send again.",
        ),
        code(
            131_037,
            Rejected,
            "The display name of the sending number is not approved yet. Set it in WhatsApp Manager and wait for its approval.",
        ),
        code(131_045, Rejected, REGISTER),
        code(133_010, Rejected, REGISTER),
        code(
            133_000,
            Rejected,
            "An earlier deregistration of the number is unfinished. Deregister it again, then register it.",
        ),
        code(
            133_005,
            Rejected,
            "The two-step PIN of the number is wrong. Check it, or set a new one in WhatsApp Manager.",
        ),
        codes(
            133_008..=133_009,
            Rejected,
            "The two-step PIN was entered too often or too fast. Wait as long as its words say.",
        ),
        code(
            133_006,
            Rejected,
            "The number must be verified before it is registered. Ask for a code and enter it, then register the number.",
        ),
        code(
            133_015,
            Rejected,
            "The number was deleted a moment ago. Wait five minutes, then register it.",
        ),
        // too fast
        code(4, Repeatable, RATE),
        code(80_007, Repeatable, RATE),
        code(130_429, Repeatable, RATE),
        code(
            131_056,
            Repeatable,
            "Too many messages to this person in a short time. Wait a little, then send again; others may be written to meanwhile.",
        ),
        code(
            80_008,
            Rejected,
            "Too many calls for this account's lists in a short time. Wait an hour, then ask again.",
        ),
        code(
            131_048,
            Rejected,
            "Meta holds the sending number back because people blocked it or reported it as spam. Look at its quality in WhatsApp Manager and wait some days; pushing makes it worse.",
        ),
        code(
            131_064,
            Rejected,
            "The limit for wrongly classed templates is reached. Correct the templates' categories, and wait.",
        ),
        code(
            133_016,
            Rejected,
            "The number was registered or deregistered too often. Wait 72 hours.",
        ),
        code(
            131_057,
            Rejected,
            "Meta maintains the account, perhaps to raise its throughput. Wait about a minute, then send again.",
        ),
        // the request
        code(
            33,
            Rejected,
            "The sending number does not exist any more, or the id is wrong. Check the profile's phone_number_id.",
        ),
        code(
            100,
            Rejected,
            "A parameter is not as the Cloud API wants it. Its words name it; if they name an object that does not exist, check the profile's phone_number_id and version, and that the token may see it.",
        ),
        code(
            131_008,
            Rejected,
            "A part that the Cloud API needs is missing. Its words name it: fill it in and send again.",
        ),
        code(
            131_009,
            Rejected,
            "A value is not as the Cloud API wants it. Its words name it: fix it and send again.",
        ),
        code(
            135_000,
            Rejected,
            "The Cloud API found an unnamed fault in the request, often a body that does not fit its type. Compare the Payload with Meta's page of this type of message.",
        ),
        code(
            131_051,
            Rejected,
            "The Cloud API does not know this type of message. Check the profile's version, and the Payload.",
        ),
        code(
            131_062,
            Rejected,
            "This kind of message cannot go to a business-scoped user id. Write to the phone number.",
        ),
        code(
            131_052,
            Rejected,
            "Meta could not fetch the file that the person sent. Ask them to send it another way.",
        ),
        code(
            131_053,
            Rejected,
            "Meta could not fetch the file, or it is of a type or size that is not taken. Open its link, and check type and size.",
        ),
        // the recipient
        code(
            131_021,
            Rejected,
            "Sender and recipient are the same phone number. Write to another one.",
        ),
        code(
            131_030,
            Rejected,
            "This is a test number, which may write to five listed people alone, and this recipient is not on its list. Add the number in Meta's app dashboard (WhatsApp, API Setup, To), or send from a number of your own.",
        ),
        code(
            131_026,
            Rejected,
            "The message cannot be delivered to this person: the number may not be on WhatsApp, may have blocked the business, may not have accepted its terms, or runs a version that is too old. Check the number, or reach them another way.",
        ),
        code(
            131_047,
            Rejected,
            "More than 24 hours have passed since the customer's last message: until the customer writes again, only a template may be sent.",
        ),
        code(
            131_049,
            Rejected,
            "Meta holds marketing messages back from this person for now. Do not send it again within 24 hours.",
        ),
        code(
            131_050,
            Rejected,
            "This person does not want marketing messages from this business. Do not send them any more.",
        ),
        code(
            130_472,
            Rejected,
            "This person's number is a part of an experiment of Meta's, in which marketing messages are not delivered. There is nothing to fix.",
        ),
        code(
            137_000,
            Rejected,
            "The person's identity is not the one that was named (recipient_identity_key_hash). Confirm the person, then send without it.",
        ),
        code(
            131_043,
            Rejected,
            "The message expired before it could be delivered. Send it again, once.",
        ),
        code(
            131_060,
            Rejected,
            "A message of the phone's own app cannot be shown here. Look at the phone.",
        ),
        codes(
            131_035..=131_036,
            Rejected,
            "The number keeps no messages at Meta, and this one could not be passed on.",
        ),
        // templates
        code(
            132_000,
            Rejected,
            "The number of values is not the number of variables in the template. Load the template again and fill in all of them.",
        ),
        code(
            132_001,
            Rejected,
            "There is no approved template of that name in that language. Check the name, the exact language (en is not en_US), the account and the template's state.",
        ),
        code(
            132_005,
            Rejected,
            "The template is too long once it is filled in. Shorten the values.",
        ),
        code(
            132_007,
            Rejected,
            "The template's content breaks a rule of WhatsApp. Use other words, and look at its review in WhatsApp Manager.",
        ),
        code(
            132_012,
            Rejected,
            "A value of the template is of another kind or format than the template wants. Compare the header's format and the names of the parameters.",
        ),
        code(
            132_015,
            Rejected,
            "The template is paused because of its quality. Use another one, or wait until it is released.",
        ),
        code(
            132_016,
            Rejected,
            "The template is disabled for good because of its quality. Make a new one.",
        ),
        codes(
            132_068..=132_069,
            Rejected,
            "The flow behind the template's button is blocked or slowed down. Fix the flow.",
        ),
        code(132_008, Rejected, TEMPLATE_VALUE),
        code(132_018, Rejected, TEMPLATE_VALUE),
        codes(132_000..=132_999, Rejected, TEMPLATE_CONTENT),
        code(
            131_063,
            Rejected,
            "Marketing templates are switched off for this endpoint. Send them by /marketing_messages, or switch them on again.",
        ),
        code(
            131_055,
            Rejected,
            "This call takes marketing templates alone. Use the ordinary /messages.",
        ),
        codes(
            134_100..=134_102,
            Rejected,
            "The account is not ready for /marketing_messages. Use the ordinary /messages.",
        ),
        // groups
        code(
            131_020,
            Rejected,
            "The group's id is not valid. Check the recipient.",
        ),
        code(
            131_041,
            Rejected,
            "The Cloud API does not know this group. Check the group's id in the recipient.",
        ),
        code(
            131_059,
            Rejected,
            "The cursor of a list is not valid any more. Begin the list again.",
        ),
        codes(
            131_201..=131_215,
            Rejected,
            "The group does not take the message: its members, its rights or its rate. Its words say which.",
        ),
        // faults at Meta
        code(
            1,
            Unknown,
            "Meta names an unknown fault, in the request or at Meta, and the message may have been sent. Check the profile's version and base_url, and look into the chat before you send it again.",
        ),
        code(2, Unknown, DOWN),
        code(131_000, Unknown, AT_META),
        code(131_016, Unknown, DOWN),
        code(133_004, Unknown, DOWN),
        // statuses that say more than a code that is not listed
        status(407, Rejected, PROXY),
        status(413, Rejected, TOO_LARGE),
        status(408, Unknown, UNKNOWN_TO_CLIENT),
        status(499, Unknown, UNKNOWN_TO_CLIENT),
        status(429, Repeatable, RATE),
        status(401, Rejected, TOKEN),
        Row::of_any_code(400..=499, Rejected, NOT_LISTED),
        Row::of_any_code(500..=599, Unknown, FAILED),
        // statuses alone
        status(400, Rejected, REFUSED),
        status(403, Rejected, PERMISSION),
        status(
            404,
            Rejected,
            "There is nothing at this address. Check the profile's base_url, version and phone_number_id.",
        ),
    ],
    last: Words {
        behind: BEHIND,
        unavailable: "The Cloud API is not available just now. Wait a little, then send again.",
        failed: FAILED,
        refused: REFUSED,
    }
    .rows(),
};
