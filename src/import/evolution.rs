//! Evolution API's bodies, by <https://doc.evolution-api.com> and its schemas
//! (`src/validate/message.schema.ts`); those of version 1 too, which have the message in an object.

use super::gateway::Gateway;
use super::items;
use super::json::Json;
use super::reader::Reader;
use super::refusal::Matter;
use super::route::{Address, Route, Whose};
use super::wuts::quote;
use super::{ImportError, Source};
use crate::message::{Buttons, Draft, List, Message, Poll, Text};

const WHOSE: &str = Source::Evolution.whose();

/// Keys that no other gateway's text has.
const TEXT_ONLY: [&str; 5] = [
    "linkPreview",
    "mentionsEveryOne",
    "mentioned",
    "everyOne",
    "encoding",
];
/// The objects of version 1, and what they are.
const OBJECTS: [(&str, &str); 9] = [
    ("pollMessage", "sendPoll"),
    ("mediaMessage", "sendMedia"),
    ("audioMessage", "sendWhatsAppAudio"),
    ("stickerMessage", "sendSticker"),
    ("locationMessage", "sendLocation"),
    ("contactMessage", "sendContact"),
    ("reactionMessage", "sendReaction"),
    ("statusMessage", "sendStatus"),
    ("templateMessage", "sendTemplate"),
];
/// Keys that tell other messages.
const OTHERS: [(&str, &str); 10] = [
    ("mediatype", "sendMedia"),
    ("media", "sendMedia"),
    ("cards", "sendCarousel"),
    ("latitude", "sendLocation"),
    ("contact", "sendContact"),
    ("sticker", "sendSticker"),
    ("audio", "sendWhatsAppAudio"),
    ("video", "sendPtv"),
    ("reaction", "sendReaction"),
    ("key", "updateMessage"),
];

pub(super) struct Evolution;

impl Gateway for Evolution {
    fn route_at(&self, address: &Address<'_>, at: usize) -> Option<Route> {
        const OF_CHATS: [&str; 7] = [
            "markMessageAsRead",
            "sendPresence",
            "updateMessage",
            "findMessages",
            "deleteMessageForEveryone",
            "archiveChat",
            "whatsappNumbers",
        ];
        let (part, method) = (address.part(at), address.part(at + 1));
        let is_its = part == "message" && method.starts_with("send")
            || part == "chat" && OF_CHATS.contains(&method);
        is_its.then(|| Route::known(Source::Evolution, method))
    }

    /// Whether a body has what only Evolution API's have.
    fn may_be(&self, body: &Reader<'_>) -> bool {
        if !body.has("number") && !body.has("reaction") {
            return false;
        }
        let first = |key: &str, part: &str| {
            let items = body.peek(key).map(Json::items).unwrap_or_default();
            items.iter().any(|item| item.get(part).is_some())
        };
        let rows = body.peek("sections").map(Json::items).unwrap_or_default();
        let has_row_ids = rows
            .iter()
            .filter_map(|section| section.get("rows"))
            .any(|rows| rows.items().iter().any(|row| row.get("rowId").is_some()));
        has_row_ids
            || first("buttons", "displayText")
            || first("buttons", "buttonText")
            || first("buttons", "keyType")
            || (body.has("sections") || body.has("buttons"))
                && ["buttonText", "footerText"].iter().any(|key| body.has(key))
            || ["textMessage", "buttonMessage", "listMessage"]
                .iter()
                .any(|key| body.has(key))
            || OBJECTS.iter().any(|(key, _)| body.has(key))
            || is_poll(body)
            || other(body).is_some()
            || has_rows(body, "values")
            || body.has("text") && TEXT_ONLY.iter().any(|key| body.has(key))
    }

    fn draft(&self, body: &mut Reader<'_>, route: &Route) -> Result<Option<Draft>, ImportError> {
        const READ: [&str; 4] = ["sendText", "sendButtons", "sendList", "sendPoll"];
        let method = match route.whose {
            Whose::Known(_) => route.method.as_str(),
            _ => "",
        };
        if !method.is_empty() && !READ.contains(&method) {
            return Err(Matter::of(method).refused(WHOSE, method));
        }
        if let Some((_, name)) = OBJECTS.iter().find(|(key, _)| body.has(key)) {
            return Err(Matter::of(name).refused(WHOSE, name));
        }
        if let Some(message) = body.object("textMessage", |text| {
            Message::Text(Text {
                text: text.text("text"),
            })
        }) {
            return Ok(Some(with_options(body, message)));
        }
        for (key, read) in [
            ("buttonMessage", buttons as fn(&mut Reader<'_>) -> Message),
            ("listMessage", list),
        ] {
            if let Some(message) = body.object(key, read) {
                return Ok(Some(with_options(body, message)));
            }
        }
        if method.is_empty()
            && let Some(name) = other(body)
        {
            return Err(Matter::of(name).refused(WHOSE, name));
        }
        let message = match method {
            "sendButtons" => None,
            "sendList" => Some(list(body)),
            "sendText" => Some(text(body)),
            "sendPoll" => Some(poll(body)),
            _ if is_poll(body) => Some(poll(body)),
            _ if body.has("buttons") => None,
            _ if body.has("sections") || has_rows(body, "values") => Some(list(body)),
            _ if body.has("text") => Some(text(body)),
            _ => return Ok(None),
        };
        let message = match message {
            Some(message) => message,
            None => buttons(body),
        };
        Ok(Some(with_options(body, message)))
    }
}

/// The other method whose key a body has.
fn other(body: &Reader<'_>) -> Option<&'static str> {
    let found = OTHERS.iter().find(|(key, _)| match *key {
        "key" => body.peek(key).is_some_and(|key| key.get("id").is_some()),
        key => body.has(key),
    });
    let says_something = ["text", "textMessage", "buttons", "sections", "title"]
        .iter()
        .any(|key| body.has(key));
    let presence = || {
        let options = body
            .peek("options")
            .and_then(|options| options.get("presence"));
        (!says_something && (body.has("presence") || options.is_some())).then_some("sendPresence")
    };
    found.map(|(_, name)| *name).or_else(presence)
}

/// Whether it is a poll; a list's sections may be called values too.
fn is_poll(body: &Reader<'_>) -> bool {
    body.has("selectableCount") || body.has("values") && !has_rows(body, "values")
}

fn poll(body: &mut Reader<'_>) -> Message {
    Message::Poll(Poll {
        text: body.text("name"),
        options: body.texts("values"),
        choices: body.number("selectableCount", 1).filter(|&most| most != 1),
    })
}

/// Whether the items of a list have rows.
fn has_rows(body: &Reader<'_>, key: &str) -> bool {
    let items = body.peek(key).map(Json::items).unwrap_or_default();
    items.iter().any(|item| item.get("rows").is_some())
}

/// The draft around a message; in version 1 what goes with it is in `options`.
fn with_options(body: &mut Reader<'_>, message: Message) -> Draft {
    let mut draft = Draft {
        to: body.text("number"),
        quote: body.object("quoted", quote),
        link_preview: body.boolean("linkPreview"),
        delay: body.certain_milliseconds("delay"),
        message,
        ..Draft::default()
    };
    for key in ["mentionsEveryOne", "everyOne", "encoding"] {
        body.expect(key, "false");
    }
    body.object("options", |options| {
        options.expect("presence", "composing");
        draft.delay = draft.delay.or(options.certain_milliseconds("delay"));
        draft.link_preview = draft.link_preview.or(options.boolean("linkPreview"));
        draft.quote = draft.quote.take().or(options.object("quoted", quote));
    });
    draft
}

fn text(body: &mut Reader<'_>) -> Message {
    Message::Text(Text {
        text: body.text("text"),
    })
}

/// The title is shown bold above the description; one line of it alone is the text.
fn titled(body: &mut Reader<'_>) -> (String, String) {
    let (title, text) = (body.text("title"), body.text("description"));
    if title.trim() != title || title.contains('\n') {
        return (title, text);
    }
    items::titled(title, text)
}

fn buttons(body: &mut Reader<'_>) -> Message {
    let (header, text) = titled(body);
    Message::Buttons(Buttons {
        header,
        text,
        footer: body.text_of(&["footer", "footerText"]),
        buttons: items::buttons(body, "buttons"),
    })
}

fn list(body: &mut Reader<'_>) -> Message {
    let (title, text) = if body.has("description") {
        (body.text("title"), body.text("description"))
    } else {
        titled(body)
    };
    Message::List(List {
        title,
        text,
        footer: body.text_of(&["footerText", "footer"]),
        button: body.text_of(&["buttonText", "button"]),
        sections: items::row_sections(body, body_key(body)),
    })
}

/// Where the sections are.
fn body_key(body: &Reader<'_>) -> &'static str {
    body.name_of(&["sections", "values"])
}
