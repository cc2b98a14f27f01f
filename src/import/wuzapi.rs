//! wuzapi's bodies, by its `API.md` and `handlers.go` (<https://github.com/asternic/wuzapi>). Keys are
//! the same in upper and in lower case there.

use super::ImportError;
use super::items;
use super::json::Json;
use super::reader::Reader;
use super::refusal::Matter;
use super::route::Route;
use crate::message::{Buttons, Draft, List, Message, Quote, RowSection, Text};

const WHOSE: &str = "wuzapi's";

/// What tells the other methods where no address does.
const OTHERS: [(&str, &str); 12] = [
    ("image", "send/image"),
    ("audio", "send/audio"),
    ("document", "send/document"),
    ("video", "send/video"),
    ("sticker", "send/sticker"),
    ("latitude", "send/location"),
    ("vcard", "send/contact"),
    ("content", "send/template"),
    ("options", "send/poll"),
    ("state", "presence"),
    ("chat", "markread"),
    ("url", "send/link"),
];

/// Whether a body is wuzapi's: a `Phone` with what it sends, its keys in capitals or its own.
pub(super) fn is_its_own(body: &Reader<'_>, has_capitals: bool) -> bool {
    let has = |key: &str| body.has(key);
    let is_poll = has("group") && has("header") && has("options");
    let says = ["body", "buttons", "sections", "list"]
        .iter()
        .any(|key| has(key));
    is_poll
        || has("phone") && (has_capitals || says && !has("message"))
        || has_capitals && has("id") && has("chat")
}

/// The draft; nothing where it is no body of wuzapi's.
pub(super) fn draft(body: &mut Reader<'_>, route: &Route) -> Result<Option<Draft>, ImportError> {
    const READ: [&str; 3] = ["text", "buttons", "list"];
    let method = route.method.as_str();
    if !method.is_empty() && !READ.contains(&method) {
        return Err(Matter::of(method).refused(WHOSE, method));
    }
    let message = if body.has("buttons") {
        buttons(body)
    } else if body.says("sections") || body.says("list") {
        list(body)
    } else if let Some((_, name)) = OTHERS.iter().find(|(key, _)| body.says(key)) {
        return Err(Matter::of(name).refused(WHOSE, name));
    } else if body.has("body") {
        Message::Text(Text {
            text: body.text("body"),
        })
    } else {
        return Ok(None);
    };
    Ok(Some(Draft {
        to: body.text("phone"),
        quote: body.object("contextinfo", |context| Quote {
            id: context.text("stanzaid"),
            participant: context.text("participant"),
            body: context.text("quotedtext"),
        }),
        link_preview: body.boolean("linkpreview"),
        message,
        ..Draft::default()
    }))
}

/// Until 2025 the title was the text, since there was no other.
fn buttons(body: &mut Reader<'_>) -> Message {
    let (mut header, mut text) = (body.text("title"), body.text("body"));
    if text.is_empty() {
        std::mem::swap(&mut header, &mut text);
    }
    Message::Buttons(Buttons {
        header,
        text,
        footer: body.text_of(&["footer", "footertext"]),
        buttons: items::buttons(body, "buttons"),
    })
}

/// One body serves both versions of the server, so that some of it is there twice.
fn list(body: &mut Reader<'_>) -> Message {
    let text = body.text_of(&["description", "desc", "body"]);
    let top = body.text("toptext");
    let has_top = !top.is_empty();
    let mut title = body.text("title");
    // the old version asks for a title: where there was none, it is the text's first line
    if !has_top && text.lines().next() == Some(title.as_str()) {
        title.clear();
    }
    if title.is_empty() {
        title.clone_from(&top);
    }
    let is_flat = !body.says("sections");
    let sections = if is_flat {
        let rows = items::rows(body, "list");
        let menu = body.text("menu");
        vec![RowSection { title: menu, rows }]
    } else {
        items::row_sections(body, "sections")
    };
    let button = body.text("buttontext");
    Message::List(List {
        title,
        text,
        footer: body.text_of(&["footertext", "footer"]),
        button: if button.is_empty() {
            "Select".to_owned()
        } else {
            button
        },
        sections,
    })
}

/// Whether any key of a body is written in capitals.
pub(super) fn has_capitals(body: &[(String, Json)]) -> bool {
    body.iter()
        .any(|(key, _)| key.starts_with(|c: char| c.is_ascii_uppercase()))
}
