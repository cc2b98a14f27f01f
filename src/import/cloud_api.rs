//! The Cloud API's bodies, by the pages `messages/…` of
//! <https://developers.facebook.com/documentation/business-messaging/whatsapp>.

use serde_json::json;

use super::ImportError;
use super::reader::Reader;
use crate::message::{
    Action, Button, Buttons, Catalog, Draft, List, Message, ProductSection, Quote, Row, RowSection,
    Text,
};

/// The draft; nothing where it is no body of a message.
pub(super) fn draft(body: &mut Reader<'_>) -> Result<Option<Draft>, ImportError> {
    body.expect("messaging_product", &json!("whatsapp"));
    body.expect("recipient_type", &json!("individual"));
    let mut link_preview = None;
    let kind = body.text("type");
    let message = match kind.as_str() {
        // by the page, `text` is the type where none is named
        "text" | "" if body.has("text") => body.object("text", |text| {
            link_preview = text.boolean("preview_url");
            Message::Text(Text {
                text: text.text("body"),
            })
        }),
        "interactive" => body.object("interactive", interactive).transpose()?,
        "" => None,
        other => return Err(unknown(other)),
    };
    let Some(message) = message else {
        return Ok(None);
    };
    let quoted = body.object("context", |context| context.text("message_id"));
    Ok(Some(Draft {
        to: body.text("to"),
        quote: quoted.filter(|id| !id.is_empty()).map(|id| Quote {
            id,
            ..Quote::default()
        }),
        link_preview,
        message,
        ..Draft::default()
    }))
}

/// An error that names a type of message, whatever it is.
fn unknown(name: &str) -> ImportError {
    let name: String = crate::visible::line(name).chars().take(60).collect();
    ImportError::UnknownKind(format!("the Cloud API's type \"{name}\""))
}

fn interactive(body: &mut Reader<'_>) -> Result<Message, ImportError> {
    let kind = body.text("type");
    let words = |part: &mut Reader<'_>| part.text("text");
    let header = body.object("header", |header| {
        header.expect("type", &json!("text"));
        header.text("text")
    });
    let header = header.unwrap_or_default();
    let text = body.object("body", words).unwrap_or_default();
    let footer = body.object("footer", words).unwrap_or_default();
    Ok(match kind.as_str() {
        "button" | "cta_url" => {
            let read = if kind == "button" {
                replies
            } else {
                url_button
            };
            Message::Buttons(Buttons {
                header,
                text,
                footer,
                buttons: body.object("action", read).unwrap_or_default(),
            })
        }
        "list" => {
            let mut list = body.object("action", list).unwrap_or_default();
            list.title = header;
            list.text = text;
            list.footer = footer;
            Message::List(list)
        }
        "product_list" | "catalog_message" => {
            let mut catalog = body.object("action", catalog).unwrap_or_default();
            catalog.title = header;
            catalog.text = text;
            catalog.footer = footer;
            Message::Catalog(catalog)
        }
        other => return Err(unknown(other)),
    })
}

fn replies(action: &mut Reader<'_>) -> Vec<Button> {
    action.objects("buttons", |button| {
        button.expect("type", &json!("reply"));
        let reply = button.object("reply", |reply| Button {
            id: reply.text("id"),
            text: reply.text("title"),
            ..Button::default()
        });
        reply.unwrap_or_default()
    })
}

/// The only button, which has no id there.
fn url_button(action: &mut Reader<'_>) -> Vec<Button> {
    action.expect("name", &json!("cta_url"));
    let button = action.object("parameters", |parameters| Button {
        id: "url".to_owned(),
        text: parameters.text("display_text"),
        action: Action::Url {
            url: parameters.text("url"),
        },
    });
    button.into_iter().collect()
}

fn list(action: &mut Reader<'_>) -> List {
    List {
        button: action.text("button"),
        sections: action.objects("sections", |section| RowSection {
            title: section.text("title"),
            rows: section.objects("rows", |row| Row {
                id: row.text("id"),
                title: row.text("title"),
                description: row.text("description"),
            }),
        }),
        ..List::default()
    }
}

/// The action of a product list, or of a message with the whole catalog.
fn catalog(action: &mut Reader<'_>) -> Catalog {
    action.expect("name", &json!("catalog_message"));
    let product = action.object("parameters", |parameters| {
        parameters.text("thumbnail_product_retailer_id")
    });
    Catalog {
        catalog_id: action.text("catalog_id"),
        header_product: product.unwrap_or_default(),
        sections: action.objects("sections", |section| ProductSection {
            title: section.text("title"),
            products: section.objects("product_items", |item| item.text("product_retailer_id")),
        }),
        ..Catalog::default()
    }
}
