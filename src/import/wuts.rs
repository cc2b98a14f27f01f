//! WUTS' bodies, by the pages `messages/…` of <https://docs.wuts.com.br>.

use super::gateway::Gateway;
use super::items;
use super::json::Json;
use super::reader::Reader;
use super::refusal::Matter;
use super::route::{Address, Route, Whose};
use super::{ImportError, Source};
use crate::message::{
    ButtonReply, Buttons, Catalog, Draft, List, ListReply, Message, Quote, SelectedButton,
    SelectedRow, Text, Thumbnail,
};

/// So many seconds are the longest delay that a person would write; what is more are another gateway's
/// milliseconds.
const LONGEST_DELAY: u64 = 60;

const HOST: &str = "wuts.com.br";

pub(super) struct Wuts;

impl Gateway for Wuts {
    fn route_at(&self, address: &Address<'_>, at: usize) -> Option<Route> {
        (address.part(at) == "send").then(|| send(address, address.part(at + 1)))
    }

    fn method_at_last<'a>(&self, address: &Address<'a>) -> Option<&'a str> {
        address.is_host(HOST).then(|| address.last())
    }

    fn may_be(&self, body: &Reader<'_>) -> bool {
        let keys = ["number", "to", "selected_button_id", "selected_row_id"];
        keys.iter().any(|key| body.has(key))
    }

    fn draft(&self, body: &mut Reader<'_>, route: &Route) -> Result<Option<Draft>, ImportError> {
        // A text at the address of another method is no message: an edit, say, or a caption.
        let method = route.method.as_str();
        let is_its_own = route.whose == Whose::Known(Source::Wuts);
        if is_its_own && !method.is_empty() && method != "product" && !reads(method) {
            return Err(Matter::of(method).refused("WUTS'", method));
        }
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
            return Err(Matter::Product.of_no_kind("WUTS' product card"));
        } else if body.has("buttons") {
            Message::Buttons(Buttons {
                header: String::new(),
                text: body.text("message"),
                footer: body.text("footer"),
                buttons: items::buttons(body, "buttons"),
            })
        } else if body.has("sections") || body.has("button_text") {
            if is_list(body) {
                Message::List(list(body))
            } else {
                Message::Catalog(catalog(body))
            }
        } else if body.has("text") && (body.has("number") || route.method == "text") {
            Message::Text(Text {
                text: body.text("text"),
            })
        } else if matches!(route.whose, Whose::Known(_)) && !route.method.is_empty() {
            return Err(refusal(&route.method));
        } else {
            return Ok(None);
        };
        let is_text = matches!(message, Message::Text(_));
        let delay = delay(body, route, is_text);
        Ok(Some(Draft {
            to: body.text_of(&["number", "to"]),
            quote: body.object("quoted", quote),
            delay,
            typing: body.number("typingDuration", 1),
            message,
            ..Draft::default()
        }))
    }
}

/// The paths `/send/…` are WUTS' and Evolution Go's; how they authenticate tells them apart.
fn send(address: &Address<'_>, method: &str) -> Route {
    const WUTS: [&str; 7] = [
        "text",
        "buttons",
        "catalog",
        "interactive",
        "buttons-response",
        "list-response",
        "product",
    ];
    const GO: [&str; 3] = ["button", "list", "carousel"];
    let is_wuts = address.is_host(HOST);
    let has = |name| address.has_header(name);
    let whose = if !is_wuts && (has("apikey") || GO.contains(&method)) {
        Whose::EvolutionGo
    } else if is_wuts || WUTS.contains(&method) && (method != "text" || has("authorization")) {
        Whose::Known(Source::Wuts)
    } else {
        Whose::Unknown
    };
    Route::new(whose, method)
}

/// The methods that are read, and the key without which the body of each is no message.
const NEEDED: [(&str, &str); 6] = [
    ("text", "text"),
    ("buttons", "buttons"),
    ("catalog", "sections"),
    ("interactive", "sections"),
    ("buttons-response", "selected_button_id"),
    ("list-response", "selected_row_id"),
];

/// Whether a method's bodies are read.
pub(super) fn reads(method: &str) -> bool {
    NEEDED.iter().any(|(name, _)| *name == method)
}

/// Why a body that goes to an endpoint of WUTS' is no message.
fn refusal(method: &str) -> ImportError {
    match NEEDED.iter().find(|(name, _)| *name == method) {
        Some((_, key)) => ImportError::Refused(format!(
            "the body has no {key:?}, which WUTS' /send/{method} needs"
        )),
        None => Matter::of(method).refused("WUTS'", method),
    }
}

/// The delay in seconds. Evolution API has the same body for a text, and its delays are milliseconds:
/// unless something says that it is WUTS', the number decides.
fn delay(body: &mut Reader<'_>, route: &Route, is_text: bool) -> Option<u32> {
    let is_certain =
        !is_text || matches!(route.whose, Whose::Known(_)) || body.has("typingDuration");
    match body.whole("delay") {
        _ if route.whose == Whose::EvolutionGo => body.milliseconds("delay"),
        Some(delay) if delay > LONGEST_DELAY && !is_certain => body.milliseconds("delay"),
        Some(delay) if delay > 0 && !is_certain => {
            body.warn(format!(
                "delay {delay} is read as WUTS' seconds: in a body of Evolution API, which looks the same, it is milliseconds"
            ));
            body.number("delay", 1)
        }
        _ => body.number("delay", 1),
    }
}

/// Rows are a list's and products a catalog's; without either, the names of the other keys tell.
fn is_list(body: &Reader<'_>) -> bool {
    let sections = body.peek("sections").map(Json::items).unwrap_or_default();
    let has = |key: &str| sections.iter().any(|section| section.get(key).is_some());
    match (has("rows"), has("product_ids")) {
        (true, false) => true,
        (false, true) => false,
        _ => body.has("to") && !body.has("number"),
    }
}

fn catalog(body: &mut Reader<'_>) -> Catalog {
    let url = body.text("jpeg_thumbnail_url");
    let thumbnail = if url.is_empty() && body.has("jpeg_thumbnail") {
        picture(&body.text("jpeg_thumbnail"))
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
        sections: items::product_sections(body),
    }
}

/// A picture in base64 as a data URI: with the prefix that it has, or with JPEG's; line breaks within
/// base64 say nothing.
fn picture(base64: &str) -> String {
    let is_address = base64.trim_start().starts_with("http");
    if base64.is_empty() || is_address {
        return base64.trim().to_owned();
    }
    let base64: String = base64
        .chars()
        .filter(|c| !c.is_ascii_whitespace())
        .collect();
    let has_prefix = base64
        .get(..5)
        .is_some_and(|start| start.eq_ignore_ascii_case("data:"));
    if has_prefix || base64.is_empty() {
        base64
    } else {
        format!("{}{base64}", Thumbnail::JPEG_PREFIX)
    }
}

fn list(body: &mut Reader<'_>) -> List {
    List {
        title: body.text("title"),
        text: body.text("body"),
        footer: body.text("footer"),
        button: body.text("button_text"),
        sections: items::row_sections(body, "sections"),
    }
}

/// What a text quotes (`key` and `message`), or what a reply answers.
pub(super) fn quote(quoted: &mut Reader<'_>) -> Quote {
    let of_key = quoted.object("key", |key| {
        key.expect("fromMe", "false");
        (key.text("id"), key.text("participant"))
    });
    let body = quoted.object("message", |message| message.text("conversation"));
    let (id, participant) = of_key.unwrap_or_default();
    Quote {
        id: if id.is_empty() {
            quoted.text_of(&["message_id", "messageId"])
        } else {
            id
        },
        participant: if participant.is_empty() {
            quoted.text("participant")
        } else {
            participant
        },
        body: body.unwrap_or_else(|| quoted.text("body")),
    }
}
