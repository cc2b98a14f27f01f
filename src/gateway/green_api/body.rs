//! The bodies of GREEN-API's methods, their keys as the pages `sending/…` have them.

use serde_json::Value;

use super::{Method, address};
use crate::gateway::parts::{call_number, milliseconds};
use crate::gateway::wire::Body;
use crate::message::{Action, Button, Buttons, Draft, Message, Quote};

pub(super) fn of(method: Method, draft: &Draft) -> Body {
    let start = Body::default().with("chatId", address(&draft.to));
    let quoted = draft.quote.as_ref().map_or("", |quote: &Quote| &quote.id);
    match &draft.message {
        Message::Text(_)
        | Message::Template(_)
        | Message::Catalog(_)
        | Message::List(_)
        | Message::ButtonReply(_)
        | Message::ListReply(_) => start
            .with("message", draft.message.text())
            .with_text("quotedMessageId", quoted)
            .with_some("linkPreview", draft.link_preview)
            .with_some("typingTime", draft.typing.map(milliseconds)),
        Message::Poll(message) => start
            .with("message", message.text.as_str())
            .with_list("options", &message.options, |option| {
                Body::default().with("optionName", option.as_str())
            })
            .with("multipleAnswers", message.takes_several())
            .with_text("quotedMessageId", quoted)
            .with_some("typingTime", draft.typing.map(milliseconds)),
        Message::Buttons(message) if method == Method::LegacyReplies => start
            .with("message", message.text.as_str())
            .with_text("footer", &message.footer)
            .with("buttons", buttons(message, reply))
            .with_text("quotedMessageId", quoted),
        Message::Buttons(message) => start
            .with_text("header", &message.header)
            .with("body", message.text.as_str())
            .with_text("footer", &message.footer)
            .with(
                "buttons",
                if method == Method::Actions {
                    buttons(message, with_action)
                } else {
                    buttons(message, reply)
                },
            )
            // Not in the pages' tables: GREEN-API's own clients send both.
            .with_text("quotedMessageId", quoted)
            .with_some("typingTime", draft.typing.map(milliseconds)),
    }
}

fn buttons(message: &Buttons, write: fn(&Button) -> Body) -> Vec<Value> {
    message
        .buttons
        .iter()
        .map(|button| write(button).into())
        .collect()
}

fn reply(button: &Button) -> Body {
    identity(Body::default(), button)
}

fn with_action(button: &Button) -> Body {
    let kind = button.action.kind().name();
    let body = identity(Body::default().with("type", kind), button);
    match &button.action {
        Action::Reply | Action::Pix(_) => body,
        Action::Copy { code } => body.with("copyCode", code.as_str()),
        Action::Call { phone } => body.with("phoneNumber", call_number(phone)),
        Action::Url { url } => body.with("url", url.as_str()),
    }
}

fn identity(body: Body, button: &Button) -> Body {
    body.with("buttonId", button.id.as_str())
        .with("buttonText", button.text.as_str())
}
