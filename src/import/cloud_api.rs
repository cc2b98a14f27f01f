//! The Cloud API's bodies, by the pages `messages/…` of
//! <https://developers.facebook.com/documentation/business-messaging/whatsapp>.

mod template;

use super::gateway::Gateway;
use super::items;
use super::json::{Json, last};
use super::reader::Reader;
use super::refusal::Matter;
use super::route::{Address, Route};
use super::{ImportError, Source};
use crate::message::{
    Action, Button, Buttons, Catalog, Draft, List, Message, ProductSection, Text,
};

const WHOSE: &str = Source::CloudApi.whose();

/// The types of message, with the kinds of those that are not read.
const TYPES: [(&str, Option<Matter>); 13] = [
    ("text", None),
    ("interactive", None),
    ("template", None),
    ("image", Some(Matter::Media)),
    ("video", Some(Matter::Media)),
    ("audio", Some(Matter::Media)),
    ("document", Some(Matter::Media)),
    ("sticker", Some(Matter::Media)),
    ("location", Some(Matter::Place)),
    ("contacts", Some(Matter::Contact)),
    ("reaction", Some(Matter::Reaction)),
    ("hsm", Some(Matter::Template)),
    ("order", Some(Matter::Product)),
];

pub(super) struct CloudApi;

impl Gateway for CloudApi {
    fn method_of<'a>(&self, address: &Address<'a>) -> Option<&'a str> {
        let hosts = ["facebook.com", "360dialog.io", "360dialog.com"];
        let is_its = hosts.iter().any(|host| address.is_host(host));
        is_its.then(|| address.last())
    }

    fn method_at_last<'a>(&self, address: &Address<'a>) -> Option<&'a str> {
        let is_version = |part: &&str| {
            let rest = part.strip_prefix('v');
            rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        let last = address.last();
        (last == "messages" && address.parts().iter().any(is_version)).then_some(last)
    }

    fn disowns(&self, body: &Reader<'_>, route: &Route) -> bool {
        body.has("chatId") && route.method == "messages"
    }

    fn knows(&self, body: &Reader<'_>) -> bool {
        body.has("messaging_product")
    }

    /// Its older form had no `messaging_product`.
    fn may_be(&self, body: &Reader<'_>) -> bool {
        let is_object = |key: &str| matches!(body.peek(key), Some(Json::Object(_)));
        body.has("recipient_type")
            || is_object("interactive")
            || body.has("to") && is_object("text")
            || body.has("to") && body.has("type") && TYPES.iter().any(|(name, _)| is_object(name))
    }

    fn draft(&self, body: &mut Reader<'_>, route: &Route) -> Result<Option<Draft>, ImportError> {
        if !matches!(
            route.method.as_str(),
            "" | "messages" | "marketing_messages"
        ) {
            return Err(Matter::of(&route.method).refused(WHOSE, &route.method));
        }
        body.expect("messaging_product", "whatsapp");
        body.expect("recipient_type", "individual");
        let recipients = body.peek("recipient_type").and_then(Json::as_text);
        if recipients.is_some_and(|kind| kind.eq_ignore_ascii_case("group")) {
            return Err(ImportError::Refused(
                "this message goes to a group of the Cloud API (recipient_type \"group\"): groups there cannot be written to yet".to_owned(),
            ));
        }
        if body.has("status") || body.has("typing_indicator") {
            return Err(Matter::Read.refused(WHOSE, "mark as read"));
        }
        let mut link_preview = None;
        let kind = body.text("type").trim().to_ascii_lowercase();
        // by the page, `text` is the type where none is named; the others are told by their objects
        let kind = if kind.is_empty() {
            let found = TYPES.iter().find(|(name, _)| body.says(name));
            found.map_or("", |(name, _)| name).to_owned()
        } else {
            kind
        };
        let message = match kind.as_str() {
            "text" => body.object("text", |text| {
                link_preview = text.boolean("preview_url");
                Message::Text(Text {
                    text: text.text("body"),
                })
            }),
            "interactive" => body.object("interactive", interactive).transpose()?,
            "template" => body.object("template", template::template).transpose()?,
            "" => None,
            other => return Err(unknown(other)),
        };
        let Some(message) = message else {
            return Ok(None);
        };
        let quoted = body.object("context", |context| context.text("message_id"));
        Ok(Some(Draft {
            to: body.text_of(&["to", "recipient"]),
            quote: quoted.and_then(items::quote),
            link_preview,
            message,
            ..Draft::default()
        }))
    }
}

/// An error that names a type of message, whatever it is.
fn unknown(name: &str) -> ImportError {
    let known = TYPES.iter().find(|(known, _)| *known == name);
    let matter = known.and_then(|(_, matter)| *matter);
    let name: String = crate::visible::line(name).chars().take(60).collect();
    let what = format!("{WHOSE} type \"{name}\"");
    matter
        .unwrap_or_else(|| Matter::of(&name))
        .of_no_kind(&what)
}

/// The type by what is in the action, where it is not named.
fn interactive_type(body: &Reader<'_>) -> &'static str {
    let Some(action) = body.peek("action").cloned().map(super::reader::unpacked) else {
        return "";
    };
    let sections = action.get("sections").map(Json::items).unwrap_or_default();
    let has = |key: &str| sections.iter().any(|section| section.get(key).is_some());
    match action.get("name").and_then(Json::as_text) {
        Some("cta_url") => "cta_url",
        Some("catalog_message") => "catalog_message",
        Some("flow") => "flow",
        _ if action.get("buttons").is_some() => "button",
        _ if has("product_items") => "product_list",
        _ if has("rows") => "list",
        _ => "",
    }
}

/// Whether a body sends the whole catalog, which has no sections.
pub(super) fn sends_catalog(body: &[(String, Json)]) -> bool {
    let interactive = last(body, "interactive")
        .cloned()
        .map(super::reader::unpacked);
    let text = |json: &Json, key: &str| json.get(key).and_then(Json::as_text).map(str::to_owned);
    interactive.is_some_and(|interactive| {
        let action = interactive
            .get("action")
            .cloned()
            .map(super::reader::unpacked);
        let kind = text(&interactive, "type").filter(|kind| !kind.trim().is_empty());
        let kind = kind.or_else(|| text(&action?, "name")).unwrap_or_default();
        kind.trim().eq_ignore_ascii_case("catalog_message")
    })
}

fn interactive(body: &mut Reader<'_>) -> Result<Message, ImportError> {
    let kind = body.text("type").trim().to_ascii_lowercase();
    let kind = if kind.is_empty() {
        interactive_type(body)
    } else {
        kind.as_str()
    };
    let words = |part: &mut Reader<'_>| part.text("text");
    let header = body.object("header", |header| {
        header.expect("type", "text");
        header.text("text")
    });
    let header = header.unwrap_or_default();
    let text = body.object("body", words).unwrap_or_default();
    let footer = body.object("footer", words).unwrap_or_default();
    Ok(match kind {
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
        button.expect("type", "reply");
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
    action.expect("name", "cta_url");
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
        sections: items::row_sections(action, "sections"),
        ..List::default()
    }
}

/// The action of a product list, or of a message with the whole catalog.
fn catalog(action: &mut Reader<'_>) -> Catalog {
    action.expect("name", "catalog_message");
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
