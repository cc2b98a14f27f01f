//! The bodies of Evolution's methods, their keys as `src/validate/message.schema.ts` has them.

use serde_json::Value;

use super::about::is_on_cloud;
use crate::gateway::Account;
use crate::gateway::parts::{address, call_number, milliseconds};
use crate::gateway::wire::Body;
use crate::message::{Action, Button, Buttons, Draft, List, Message, Quote, Row, RowSection};

pub(super) fn of(account: &Account, draft: &Draft) -> Body {
    let start = Body::default().with("number", address(&draft.to));
    let body = match &draft.message {
        Message::Text(_)
        | Message::Template(_)
        | Message::Catalog(_)
        | Message::ButtonReply(_)
        | Message::ListReply(_) => start
            .with("text", draft.message.text())
            .with_some("linkPreview", draft.link_preview),
        Message::Poll(message) => start
            .with("name", message.text.as_str())
            .with("selectableCount", message.most().unwrap_or(0))
            .with("values", message.options.as_slice()),
        Message::Buttons(message) if is_on_cloud(account) => start
            .with("title", all_text(message))
            .with_list("buttons", &message.buttons, reply),
        Message::Buttons(message) => {
            let (title, description) = titled(message);
            start
                .with("title", title)
                .with_text("description", description)
                .with_text("footer", &message.footer)
                .with_list("buttons", &message.buttons, button)
        }
        Message::List(message) => list(start, message),
    };
    body.with_some("delay", delay(draft))
        .with_some("quoted", draft.quote.as_ref().and_then(quoted))
}

/// The one wait that there is, in milliseconds, during which "typing" is shown.
fn delay(draft: &Draft) -> Option<u64> {
    let seconds = match (draft.typing, draft.delay) {
        (None, None) => return None,
        (typing, delay) => typing.unwrap_or(0).saturating_add(delay.unwrap_or(0)),
    };
    Some(milliseconds(seconds))
}

/// The title and the description of buttons. Without a title the message would begin with the word
/// `*undefined*`: where there is no header, the text's first line is it.
pub(super) fn titled(message: &Buttons) -> (&str, &str) {
    if !message.header.trim().is_empty() {
        return (&message.header, &message.text);
    }
    let text = message.text.trim_start();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    (first.trim_end(), rest.trim_start_matches(['\r', '\n']))
}

/// Everything that is read: on the Cloud channel the title is all that is shown.
fn all_text(message: &Buttons) -> String {
    let texts = [&message.header, &message.text, &message.footer];
    let texts = texts.map(|text| text.trim_matches('\n'));
    let texts = texts.into_iter().filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join("\n\n")
}

fn reply(button: &Button) -> Body {
    labelled("reply", button).with("id", button.id.as_str())
}

/// A button; the id of one that does not reply comes back nowhere.
fn button(button: &Button) -> Body {
    if let Action::Pix(pix) = &button.action {
        return Body::default()
            .with("type", button.action.kind().name())
            .with("currency", pix.currency.as_str())
            .with("name", pix.name.as_str())
            .with("keyType", pix.key_type.as_str())
            .with("key", pix.key.as_str());
    }
    let body = labelled(button.action.kind().name(), button);
    match &button.action {
        Action::Reply | Action::Pix(_) => body.with("id", button.id.as_str()),
        Action::Copy { code } => body.with("copyCode", code.as_str()),
        Action::Call { phone } => body.with("phoneNumber", call_number(phone)),
        Action::Url { url } => body.with("url", url.as_str()),
    }
}

fn labelled(kind: &str, button: &Button) -> Body {
    Body::default()
        .with("type", kind)
        .with("displayText", button.text.as_str())
}

/// The title, the footer and a section's title have to be there, and may be empty.
fn list(start: Body, message: &List) -> Body {
    start
        .with("title", message.title.as_str())
        .with("description", message.text.as_str())
        .with("buttonText", message.button.as_str())
        .with("footerText", message.footer.as_str())
        .with_list("sections", &message.sections, section)
}

fn section(section: &RowSection) -> Body {
    Body::default()
        .with("title", section.title.as_str())
        .with_list("rows", &section.rows, row)
}

/// A row's description may not be empty.
fn row(row: &Row) -> Body {
    Body::default()
        .with("title", row.title.as_str())
        .with_text("description", &row.description)
        .with("rowId", row.id.as_str())
}

/// What is quoted; nothing without its id.
fn quoted(quote: &Quote) -> Option<Value> {
    if quote.id.is_empty() {
        return None;
    }
    let key = Body::default().with("id", quote.id.as_str());
    let message =
        (!quote.body.is_empty()).then(|| Body::default().with("conversation", quote.body.as_str()));
    let quoted = Body::default()
        .with("key", key)
        .with_some("message", message);
    Some(quoted.into())
}
