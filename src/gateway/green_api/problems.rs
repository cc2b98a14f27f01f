//! What GREEN-API's methods leave out of a request, and what they ask for besides what every message
//! needs.

use super::Method;
use crate::message::check::Problem;
use crate::message::limits::Unit;
use crate::message::recipient::Recipient;
use crate::message::{Draft, Field, Message};

pub(super) fn problems(method: Method, draft: &Draft) -> Vec<Problem> {
    let name = method.name();
    let mut problems: Vec<Problem> = recipient_problem(&draft.to, method).into_iter().collect();
    let mut left_out = |field, what: &str| {
        let message =
            format!("GREEN-API's {name} carries no {what}: it is left out of the request");
        problems.push(Problem::warning(field, message));
    };
    if draft.delay.is_some_and(|seconds| seconds > 0) {
        left_out(Field::Delay, "delay");
    }
    if method != Method::Text {
        if draft.link_preview.is_some() {
            left_out(Field::LinkPreview, "choice of link previews");
        }
        if method == Method::LegacyReplies && draft.typing.is_some_and(|seconds| seconds > 0) {
            left_out(Field::Typing, "typing time");
        }
    }
    if method == Method::LegacyReplies {
        if has_header(draft) {
            left_out(Field::Header, "header");
        }
        problems.push(Problem::warning(
            Field::Buttons,
            "GREEN-API has switched sendButtons off and answers it with 403: send interactive reply buttons, or the choices as numbered text",
        ));
    }
    if let Message::Poll(poll) = &draft.message
        && let Some(most) = poll.most().filter(|&most| most > 1)
    {
        problems.push(Problem::warning(
            Field::Choices,
            format!(
                "GREEN-API's polls take one choice or any number of them, not at most {most}: any number may be picked"
            ),
        ));
    }
    if method != Method::LegacyReplies && draft.typing == Some(0) {
        problems.push(Problem {
            actual: Some(0),
            limit: Some(1),
            unit: Some(Unit::Seconds),
            ..Problem::error(
                Field::Typing,
                format!("GREEN-API's {name} takes a typing time of 1 to 20 seconds: leave it out for none"),
            )
        });
    }
    problems
}

fn has_header(draft: &Draft) -> bool {
    matches!(&draft.message, Message::Buttons(message) if !message.header.is_empty())
}

/// What a method does not reach of the recipients that there are; one that cannot be read is
/// reported with the message.
fn recipient_problem(to: &str, method: Method) -> Option<Problem> {
    let recipient: Recipient = to.parse().ok()?;
    let name = method.name();
    let message = match recipient {
        Recipient::Channel(_) => {
            "GREEN-API documents no way to send to a channel (@newsletter): choose a person or a group".to_owned()
        }
        Recipient::Group(_) | Recipient::Lid(_) if method.is_interactive() => format!(
            "GREEN-API's {name} reaches personal chats by phone number only, not a {}: send the choices as numbered text, or choose a phone number",
            recipient.kind()
        ),
        Recipient::User(_) | Recipient::Group(_) | Recipient::Lid(_) => return None,
    };
    Some(Problem::error(Field::To, message))
}
