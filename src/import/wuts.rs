//! WUTS' bodies, by the pages `messages/…` of <https://docs.wuts.com.br>.

use serde_json::json;

use super::ImportError;
use super::reader::Reader;
use crate::message::inline::Inline;
use crate::message::{
    Button, ButtonReply, Buttons, Catalog, Draft, List, ListReply, Message, ProductSection, Quote,
    Row, RowSection, SelectedButton, SelectedRow, Text, Thumbnail,
};

/// The draft; nothing where it is no body of WUTS'.
pub(super) fn draft(body: &mut Reader<'_>) -> Result<Option<Draft>, ImportError> {
    let message = if body.has("selected_button_id") {
        Message::ButtonReply(ButtonReply {
            selected: SelectedButton {
                id: body.text("selected_button_id"),
                text: body.text("selected_display_text"),
            },
        })
    } else if body.has("selected_row_id") {
        Message::ListReply(ListReply {
            selected: SelectedRow {
                id: body.text("selected_row_id"),
                text: body.text("title"),
                description: body.text("description"),
            },
        })
    } else if body.has("product") {
        return Err(ImportError::UnknownKind("WUTS' product card".to_owned()));
    } else if body.has("buttons") {
        Message::Buttons(Buttons {
            header: String::new(),
            text: body.text("message"),
            footer: body.text("footer"),
            buttons: body.objects("buttons", |button| Button {
                id: button.text("id"),
                text: button.text("display_text"),
                ..Button::default()
            }),
        })
    } else if body.has("number") && (body.has("sections") || body.has("button_text")) {
        Message::Catalog(catalog(body))
    } else if body.has("to") && (body.has("sections") || body.has("button_text")) {
        Message::List(list(body))
    } else if body.has("number") {
        Message::Text(Text {
            text: body.text("text"),
        })
    } else {
        return Ok(None);
    };
    let to = if body.has("number") { "number" } else { "to" };
    Ok(Some(Draft {
        to: body.text(to),
        quote: body.object("quoted", quote),
        delay: body.number("delay", 1),
        typing: body.number("typingDuration", 1),
        message,
        ..Draft::default()
    }))
}

fn catalog(body: &mut Reader<'_>) -> Catalog {
    let url = body.text("jpeg_thumbnail_url");
    let thumbnail = if url.is_empty() && body.has("jpeg_thumbnail") {
        let jpeg = body.text("jpeg_thumbnail");
        match Inline::of(&jpeg) {
            // It has a prefix already, which WUTS does not take.
            Some(_) if jpeg.trim_start().starts_with(['d', 'D']) => jpeg,
            _ => format!("{}{jpeg}", Thumbnail::JPEG_PREFIX),
        }
    } else {
        url
    };
    Catalog {
        title: body.text("title"),
        text: body.text("description"),
        footer: body.text("footer"),
        button: body.text("button_text"),
        business_owner: body.text("business_owner_jid"),
        catalog_id: String::new(),
        header_product: body.text("header_product_id"),
        thumbnail,
        sections: body.objects("sections", |section| ProductSection {
            title: section.text("title"),
            products: section.texts("product_ids"),
        }),
    }
}

fn list(body: &mut Reader<'_>) -> List {
    List {
        title: body.text("title"),
        text: body.text("body"),
        footer: body.text("footer"),
        button: body.text("button_text"),
        sections: body.objects("sections", |section| RowSection {
            title: section.text("title"),
            rows: section.objects("rows", |row| Row {
                id: row.text("id"),
                title: row.text("title"),
                description: row.text("description"),
            }),
        }),
    }
}

/// What a text quotes (`key` and `message`), or what a reply answers.
fn quote(quoted: &mut Reader<'_>) -> Quote {
    let id = quoted.object("key", |key| {
        key.expect("fromMe", &json!(false));
        key.text("id")
    });
    let body = quoted.object("message", |message| message.text("conversation"));
    Quote {
        id: id.unwrap_or_else(|| quoted.text("message_id")),
        participant: quoted.text("participant"),
        body: body.unwrap_or_else(|| quoted.text("body")),
    }
}
