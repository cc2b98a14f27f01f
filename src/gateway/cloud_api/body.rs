//! The bodies of the Cloud API's messages, their keys as the pages `messages/…` have them.

use super::{Type, catalog_id, template};
use crate::gateway::Account;
use crate::gateway::parts::{address, row_section};
use crate::gateway::wire::Body;
use crate::message::{Action, Button, Buttons, Catalog, Draft, List, Message, ProductSection};

pub(super) fn of(account: &Account, draft: &Draft) -> Body {
    let kind = Type::of(draft);
    let quoted = draft.quote.as_ref().map_or("", |quote| quote.id.as_str());
    let context = Body::default().with("message_id", quoted);
    let start = Body::default()
        .with("messaging_product", "whatsapp")
        .with("recipient_type", "individual")
        .with("to", address(&draft.to))
        .with_some("context", (!quoted.is_empty()).then_some(context));
    let interactive = match &draft.message {
        Message::Text(_) | Message::Poll(_) | Message::ButtonReply(_) | Message::ListReply(_) => {
            let text = Body::default()
                .with("body", draft.message.text())
                .with_some("preview_url", draft.link_preview);
            return start.with("type", "text").with("text", text);
        }
        Message::Template(message) => {
            let template = template::body(message);
            return start.with("type", "template").with("template", template);
        }
        Message::Buttons(message) => {
            let Buttons {
                header,
                text,
                footer,
                buttons,
            } = message;
            let action = match buttons.as_slice() {
                [only] if kind == Type::UrlButton => url_action(only),
                _ => Body::default().with_list("buttons", buttons, reply),
            };
            frame(kind, header, text, footer).with("action", action)
        }
        Message::List(message) => {
            let List {
                title,
                text,
                footer,
                button,
                sections,
            } = message;
            let action = Body::default().with("button", button.as_str()).with_list(
                "sections",
                sections,
                row_section,
            );
            frame(kind, title, text, footer).with("action", action)
        }
        Message::Catalog(message) if kind == Type::CatalogMessage => {
            frame(kind, "", &message.text, &message.footer).with("action", catalog_action(message))
        }
        Message::Catalog(message) => {
            let action = Body::default()
                .with("catalog_id", catalog_id(account, &message.catalog_id))
                .with_list("sections", &message.sections, product_section);
            frame(kind, &message.title, &message.text, &message.footer).with("action", action)
        }
    };
    start
        .with("type", "interactive")
        .with("interactive", interactive)
}

/// What every interactive message begins with.
fn frame(kind: Type, header: &str, text: &str, footer: &str) -> Body {
    let words = |text: &str| Body::default().with("text", text);
    let header =
        (!header.is_empty()).then(|| Body::default().with("type", "text").with("text", header));
    Body::default()
        .with("type", kind.name())
        .with_some("header", header)
        .with("body", words(text))
        .with_some("footer", (!footer.is_empty()).then(|| words(footer)))
}

fn reply(button: &Button) -> Body {
    let reply = Body::default()
        .with("id", button.id.as_str())
        .with("title", button.text.as_str());
    Body::default().with("type", "reply").with("reply", reply)
}

/// The only button, which opens an address; its id has no place, as nothing comes back.
fn url_action(button: &Button) -> Body {
    let url = match &button.action {
        Action::Url { url } => url.as_str(),
        _ => "",
    };
    let parameters = Body::default()
        .with("display_text", button.text.as_str())
        .with("url", url);
    Body::default()
        .with("name", Type::UrlButton.name())
        .with("parameters", parameters)
}

fn catalog_action(message: &Catalog) -> Body {
    let product = message.header_product.as_str();
    let parameters = Body::default().with("thumbnail_product_retailer_id", product);
    Body::default()
        .with("name", Type::CatalogMessage.name())
        .with_some("parameters", (!product.is_empty()).then_some(parameters))
}

fn product_section(section: &ProductSection) -> Body {
    let product = |id: &String| Body::default().with("product_retailer_id", id.as_str());
    Body::default()
        .with_text("title", &section.title)
        .with_list("product_items", &section.products, product)
}
