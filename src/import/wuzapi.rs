//! wuzapi's bodies, by its `API.md` and `handlers.go` (<https://github.com/asternic/wuzapi>). Keys are
//! the same in upper and in lower case there.

use super::gateway::Gateway;
use super::items;
use super::json::{Json, last};
use super::reader::Reader;
use super::refusal::Matter;
use super::route::{Address, Route, Whose};
use super::{ImportError, Source};
use crate::message::{Buttons, Draft, List, Message, Poll, Quote, RowSection, Text};

const WHOSE: &str = Source::Wuzapi.whose();

/// What tells the other methods where no address does.
const OTHERS: [(&str, &str); 11] = [
    ("image", "send/image"),
    ("audio", "send/audio"),
    ("document", "send/document"),
    ("video", "send/video"),
    ("sticker", "send/sticker"),
    ("latitude", "send/location"),
    ("vcard", "send/contact"),
    ("content", "send/template"),
    ("state", "presence"),
    ("chat", "markread"),
    ("url", "send/link"),
];

pub(super) struct Wuzapi;

impl Gateway for Wuzapi {
    fn route_at(&self, address: &Address<'_>, at: usize) -> Option<Route> {
        const OTHER_METHODS: [&str; 5] =
            ["react", "delete", "markread", "presence", "downloadimage"];
        if address.part(at) != "chat" {
            return None;
        }
        let method = match address.part(at + 1) {
            "send" => address.part(at + 2),
            method => OTHER_METHODS.contains(&method).then_some(method)?,
        };
        Some(Route::known(Source::Wuzapi, method))
    }

    fn folds(&self, object: &[(String, Json)], route: &Route) -> bool {
        let is_phone = |(key, _): &(String, Json)| key.eq_ignore_ascii_case("phone");
        has_capitals(object) && last(object, "To").is_none()
            || object.iter().any(is_phone)
            || route.whose == Whose::Known(Source::Wuzapi)
    }

    /// Whether a body is wuzapi's: a `Phone` with what it sends, its keys in capitals or its own.
    fn knows(&self, body: &Reader<'_>) -> bool {
        let has_capitals = has_capitals(body.untaken());
        let has = |key: &str| body.has(key);
        let is_poll = has("group") && has("header") && has("options");
        let says = ["body", "buttons", "sections", "list"]
            .iter()
            .any(|key| has(key));
        is_poll
            || has("phone") && (has_capitals || says && !has("message"))
            || has_capitals && has("id") && has("chat")
    }

    fn draft(&self, body: &mut Reader<'_>, route: &Route) -> Result<Option<Draft>, ImportError> {
        const READ: [&str; 4] = ["text", "buttons", "list", "poll"];
        let method = route.method.as_str();
        if !method.is_empty() && !READ.contains(&method) {
            return Err(Matter::of(method).refused(WHOSE, method));
        }
        let is_poll = method == "poll" || body.has("group") && body.says("options");
        let message = if is_poll {
            poll(body)
        } else if body.has("buttons") {
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
            to: body.text_of(&["phone", "group"]),
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
}

/// Its recipient is called a group, people too.
fn poll(body: &mut Reader<'_>) -> Message {
    Message::Poll(Poll {
        text: body.text("header"),
        options: body.texts("options"),
        choices: None,
    })
}

/// Until 2025 the title was the text, since there was no other.
fn buttons(body: &mut Reader<'_>) -> Message {
    let (header, text) = items::titled(body.text("title"), body.text("body"));
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
fn has_capitals(body: &[(String, Json)]) -> bool {
    body.iter()
        .any(|(key, _)| key.starts_with(|c: char| c.is_ascii_uppercase()))
}
