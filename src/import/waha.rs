//! WAHA's bodies, by <https://waha.devlike.pro/docs/how-to/send-messages/>.

use super::gateway::Gateway;
use super::items;
use super::json::Json;
use super::reader::Reader;
use super::refusal::Matter;
use super::route::{Address, Route};
use super::{ImportError, Source};
use super::{green_api, reader};
use crate::message::{Buttons, Draft, List, Message, Text};

const WHOSE: &str = Source::Waha.whose();

/// What tells the other methods where no address does.
const OTHERS: [(&str, &str); 10] = [
    ("poll", "sendPoll"),
    ("file", "sendFile"),
    ("contacts", "sendContactVcard"),
    ("latitude", "sendLocation"),
    ("event", "sendEvent"),
    ("linkPreview.url", "sendLinkPreview"),
    ("reaction", "reaction"),
    ("messageIds", "sendSeen"),
    ("preview", "sendLinkPreview"),
    ("messageId", "forwardMessage"),
];

pub(super) struct Waha;

impl Gateway for Waha {
    fn route_at(&self, address: &Address<'_>, at: usize) -> Option<Route> {
        const OTHER_METHODS: [&str; 6] = [
            "reply",
            "reaction",
            "startTyping",
            "stopTyping",
            "forwardMessage",
            "star",
        ];
        let method = address.part(at + 1);
        let is_its = address.part(at) == "api"
            && (method.starts_with("send") || OTHER_METHODS.contains(&method));
        is_its.then(|| Route::known(Source::Waha, method))
    }

    /// A body with `chatId` is WAHA's or GREEN-API's.
    fn knows(&self, body: &Reader<'_>) -> bool {
        if !body.has("chatId") && !body.has("chatIdFrom") {
            return false;
        }
        let is_object = |key: &str| {
            let value = body.peek(key).cloned().map(reader::unpacked);
            matches!(value, Some(Json::Object(_)))
        };
        if body.has("buttons") {
            let buttons = body.peek("buttons").map(Json::items).unwrap_or_default();
            let has_text = buttons.iter().any(|button| button.get("text").is_some());
            return has_text && !green_api::has_its_buttons(body) || body.has("session");
        }
        body.has("text")
            || body.has("session")
            || is_object("message")
            || ["poll", "file", "contacts", "messageIds", "event"]
                .iter()
                .any(|key| body.has(key))
    }

    fn draft(&self, body: &mut Reader<'_>, route: &Route) -> Result<Option<Draft>, ImportError> {
        const READ: [&str; 3] = ["sendText", "sendButtons", "sendList"];
        let method = route.method.as_str();
        if !method.is_empty() && !READ.contains(&method) {
            return Err(Matter::of(method).refused(WHOSE, method));
        }
        if let Some((_, name)) = OTHERS.iter().find(|(key, _)| body.says(key)) {
            return Err(Matter::of(name).refused(WHOSE, name));
        }
        // a text here is an object's name in another method
        let message = if body.has("buttons") {
            let text = body.name_of(&["body", "text"]);
            let title = body.text_of(&["header", "title"]);
            let (header, text) = items::titled(title, body.text(text));
            Message::Buttons(Buttons {
                header,
                text,
                footer: body.text("footer"),
                buttons: items::buttons(body, "buttons"),
            })
        } else if body.has("sections") {
            list(body)
        } else if let Some(message) = body.object("message", list) {
            message
        } else if body.has("text") {
            Message::Text(Text {
                text: body.text("text"),
            })
        } else if method.is_empty() && body.has("session") && body.has("chatId") {
            return Err(ImportError::Refused(
                "this is WAHA's sendSeen, startTyping or stopTyping, and no message: there is no text, buttons or list in it".to_owned(),
            ));
        } else {
            return Ok(None);
        };
        // the instance's name says nothing of the message
        body.text("session");
        let quoted = body.text_of(&["reply_to", "replyTo"]);
        body.expect("linkPreviewHighQuality", "false");
        Ok(Some(Draft {
            to: body.text("chatId"),
            quote: items::quote(quoted),
            link_preview: body.boolean("linkPreview"),
            message,
            ..Draft::default()
        }))
    }
}

fn list(body: &mut Reader<'_>) -> Message {
    let text = body.text_of(&["description", "body"]);
    let (title, text) = items::titled(body.text("title"), text);
    Message::List(List {
        title,
        text,
        footer: body.text("footer"),
        button: body.text_of(&["button", "buttonText"]),
        sections: items::row_sections(body, "sections"),
    })
}
