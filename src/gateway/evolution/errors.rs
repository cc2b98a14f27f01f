//! Evolution's errors in plain words, and whether the message was taken, by its source
//! (`src/validate`, `src/api/guards` and the services of both channels).
//!
//! A status of 400 has four forms. Three are said before anything is sent; the fourth is whatever failed
//! before or after the message left, as one `try` encloses both.

use crate::gateway::explain::Verdict::{Rejected, Unknown};
use crate::gateway::explain::{Row, Table, Words, status, words};

const TOKEN: &str = "The server does not accept the profile's token: it is the server's own key (AUTHENTICATION_API_KEY) or the instance's token.";
const LOOK: &str = "Evolution API failed before or after the message left: nothing says which. Look into the chat before you send it again.";

const LAST: [Row; 12] = Words {
    behind: "Something between here and Evolution API got no proper answer from it, and the message may have gone out. Look into the chat before you send it again.",
    unavailable: "The server is not available just now. Wait a little, then send again.",
    failed: LOOK,
    refused: "Evolution API refused the request. Fix what its words name and send again.",
}
.rows();

/// A body that the server's schema refuses.
pub(super) static SCHEMA: Table = Table {
    rows: &[status(
        400,
        Rejected,
        "A field is not as Evolution API wants it. Its words name the field: fix it and send again.",
    )],
    last: LAST,
};

/// A recipient without `WhatsApp`.
pub(super) static NOT_THERE: Table = Table {
    rows: &[status(
        400,
        Rejected,
        "This number is not on WhatsApp. Check it, with its country code.",
    )],
    last: LAST,
};

/// A refusal by Meta, which comes inside of a success on the Cloud channel.
pub(super) static META: Table = Table {
    rows: &[Row::of_any_code(
        200..=299,
        Rejected,
        "Meta refused the message, which Evolution API answers as if it were sent. Look the code up among the Cloud API's.",
    )],
    last: LAST,
};

const BUTTONS: &str =
    "Evolution API does not take these buttons together, or so many of them. Its words say which.";

/// Everything else.
pub(super) static TABLE: Table = Table {
    rows: &[
        words(
            "license_required",
            Rejected,
            "The server's licence is not activated: it sends nothing until it is.",
        ),
        words("at least one button is required", Rejected, BUTTONS),
        words("maximum of 3 reply buttons allowed", Rejected, BUTTONS),
        words("maximum of 2 cta buttons allowed", Rejected, BUTTONS),
        words("reply buttons cannot be mixed", Rejected, BUTTONS),
        words("only one pix button is allowed", Rejected, BUTTONS),
        words("pix button cannot be mixed", Rejected, BUTTONS),
        words("button texts cannot be repeated", Rejected, BUTTONS),
        words("button ids cannot be repeated", Rejected, BUTTONS),
        words(
            "section tiles cannot be repeated",
            Rejected,
            "Two sections have the same title: give each its own.",
        ),
        words(
            "method not available",
            Rejected,
            "Evolution API has no such method on this instance's channel. Send it as another kind.",
        ),
        status(400, Unknown, LOOK),
        status(401, Rejected, TOKEN),
        status(
            403,
            Rejected,
            "The profile's token may not do that. Check that it is the server's own key or this instance's token.",
        ),
        status(
            404,
            Rejected,
            "The server has no such instance or method. Check the profile's instance and base_url; Evolution Go is another product, which is not spoken.",
        ),
    ],
    last: LAST,
};
