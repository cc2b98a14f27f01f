//! The bodies of WUTS' endpoints, their keys as the pages `messages/…` have them.

use serde_json::Value;

use crate::gateway::parts::{address, row_section};
use crate::gateway::wire::Body;
use crate::message::recipient::Recipient;
use crate::message::{Button, Catalog, Draft, List, Message, ProductSection, Quote, Thumbnail};

pub(super) fn of(draft: &Draft) -> Body {
    let to = address(&draft.to);
    let start = Body::default();
    match &draft.message {
        Message::Text(message) => start
            .with("number", to)
            .with("text", message.text.as_str())
            .with_some("delay", draft.delay)
            .with_some("typingDuration", draft.typing)
            .with_some("quoted", draft.quote.as_ref().and_then(quoted_by_text)),
        // It is refused before: this is the nearest that there is.
        Message::Poll(_) | Message::Template(_) => {
            start.with("number", to).with("text", draft.message.text())
        }
        Message::Buttons(message) => start
            .with("to", to)
            .with("message", message.text.as_str())
            .with_text("footer", &message.footer)
            .with_list("buttons", &message.buttons, button),
        Message::Catalog(message) => {
            catalog(start.with("number", to), message).with_some("delay", draft.delay)
        }
        Message::List(message) => list(start.with("to", to), message),
        Message::ButtonReply(message) => start
            .with("to", to)
            .with("selected_button_id", message.selected.id.as_str())
            .with("selected_display_text", message.selected.text.as_str())
            .with_some("quoted", draft.quote.as_ref().map(quoted_by_reply)),
        Message::ListReply(message) => start
            .with("to", to)
            .with("selected_row_id", message.selected.id.as_str())
            .with("title", message.selected.text.as_str())
            .with_text("description", &message.selected.description)
            .with_some("quoted", draft.quote.as_ref().map(quoted_by_reply)),
    }
}

fn button(button: &Button) -> Body {
    Body::default()
        .with("id", button.id.as_str())
        .with("display_text", button.text.as_str())
}

fn catalog(start: Body, message: &Catalog) -> Body {
    // The two names are assumed, as the page has none: a JPEG in base64 without a data-URI prefix,
    // and an address to fetch it from. A file's picture was put in its name's place before.
    let (url, jpeg) = match Thumbnail::of(&message.thumbnail) {
        Some(Thumbnail::Url(url)) => (url, ""),
        Some(Thumbnail::Jpeg(base64)) => ("", base64),
        Some(Thumbnail::File(_)) | None => ("", ""),
    };
    start
        .with_text("business_owner_jid", &jid(&message.business_owner))
        .with_text("title", &message.title)
        .with("description", message.text.as_str())
        .with_text("footer", &message.footer)
        .with("button_text", message.button.as_str())
        .with_list("sections", &message.sections, product_section)
        .with_text("header_product_id", &message.header_product)
        .with_text("jpeg_thumbnail", jpeg)
        .with_text("jpeg_thumbnail_url", url)
}

fn product_section(section: &ProductSection) -> Body {
    Body::default()
        .with_text("title", &section.title)
        .with("product_ids", section.products.as_slice())
}

fn list(start: Body, message: &List) -> Body {
    start
        .with_text("title", &message.title)
        .with("body", message.text.as_str())
        .with_text("footer", &message.footer)
        .with("button_text", message.button.as_str())
        .with_list("sections", &message.sections, row_section)
}

/// A person's address in full; as it was typed where it cannot be read.
fn jid(text: &str) -> String {
    text.parse()
        .map_or_else(|_| text.to_owned(), |recipient: Recipient| recipient.jid())
}

/// What a text quotes; nothing without its id.
fn quoted_by_text(quote: &Quote) -> Option<Value> {
    if quote.id.is_empty() {
        return None;
    }
    let key = Body::default()
        .with("id", quote.id.as_str())
        .with("fromMe", false);
    let message = (!quote.body.is_empty())
        .then(|| Value::from(Body::default().with("conversation", quote.body.as_str())));
    let quoted = Body::default()
        .with("key", key)
        .with_some("message", message);
    Some(quoted.into())
}

/// The message that a reply answers, whose id and writer have to be there.
fn quoted_by_reply(quote: &Quote) -> Body {
    Body::default()
        .with("message_id", quote.id.as_str())
        .with("participant", jid(&quote.participant))
        .with_text("body", &quote.body)
}
