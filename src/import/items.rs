//! Buttons, rows and products under the names that the gateways have for their parts.

use super::reader::Reader;
use crate::message::{Action, ActionKind, Button, ProductSection, Quote, Row, RowSection};

const IDS: [&str; 5] = ["id", "buttonId", "rowId", "button_id", "row_id"];
const LABELS: [&str; 6] = [
    "displayText",
    "display_text",
    "buttonText",
    "text",
    "title",
    "label",
];
const URLS: [&str; 2] = ["url", "link"];
const PHONES: [&str; 3] = ["phoneNumber", "phone_number", "phone"];
const CODES: [&str; 3] = ["copyCode", "copy_code", "code"];

/// The buttons of a list.
pub(super) fn buttons(body: &mut Reader<'_>, key: &str) -> Vec<Button> {
    body.objects(key, button)
}

fn button(button: &mut Reader<'_>) -> Button {
    button.expect("type", "1");
    let kind = button.word("type", kind);
    let says = |keys: &[&str]| keys.iter().any(|key| button.says(key));
    let kind = kind.unwrap_or_else(|| match () {
        // where the type says something else, the rest stays with it
        () if button.has("type") => ActionKind::Reply,
        () if says(&URLS) => ActionKind::Url,
        () if says(&PHONES) => ActionKind::Call,
        () if says(&CODES) => ActionKind::Copy,
        () => ActionKind::Reply,
    });
    let action = match kind {
        ActionKind::Reply => Action::Reply,
        ActionKind::Url => Action::Url {
            url: button.text_of(&URLS),
        },
        ActionKind::Call => Action::Call {
            phone: button.text_of(&PHONES),
        },
        ActionKind::Copy => Action::Copy {
            code: button.text_of(&CODES),
        },
    };
    let inner = button.object("buttonText", |label| label.text("displayText"));
    let text = inner.unwrap_or_else(|| button.text_of(&LABELS));
    let id = match kind {
        ActionKind::Reply => id(button, &text),
        // the id of another button comes back nowhere
        other if !IDS.iter().any(|key| button.has(key)) => other.name().to_owned(),
        _ => button.text_of(&IDS),
    };
    Button { id, text, action }
}

/// What a button does, by the gateways' words for it.
fn kind(word: &str) -> Option<ActionKind> {
    Some(match word {
        "reply" | "quick_reply" | "quickreply" => ActionKind::Reply,
        "url" | "cta_url" | "link" => ActionKind::Url,
        "call" | "cta_call" | "phone_number" => ActionKind::Call,
        "copy" | "cta_copy" | "copy_code" => ActionKind::Copy,
        _ => return None,
    })
}

/// An item's id. Where a gateway makes one up, the item's words are one that tells it from the others.
fn id(item: &mut Reader<'_>, words: &str) -> String {
    if IDS.iter().any(|key| item.has(key)) || words.is_empty() {
        return item.text_of(&IDS);
    }
    let path = item.path().to_owned();
    item.warn(format!("{path} has no id: its words are its id"));
    words.to_owned()
}

/// Sections of rows.
pub(super) fn row_sections(body: &mut Reader<'_>, key: &str) -> Vec<RowSection> {
    body.objects(key, |section| RowSection {
        title: section.text("title"),
        rows: rows(section, "rows"),
    })
}

/// The rows of a list.
pub(super) fn rows(section: &mut Reader<'_>, key: &str) -> Vec<Row> {
    section.objects(key, |row| {
        let title = row.text("title");
        Row {
            id: id(row, &title),
            title,
            description: row.text_of(&["description", "desc"]),
        }
    })
}

/// Sections of products by their ids.
pub(super) fn product_sections(body: &mut Reader<'_>) -> Vec<ProductSection> {
    body.objects("sections", |section| ProductSection {
        title: section.text("title"),
        products: section.texts("product_ids"),
    })
}

/// A title and a text; the title where there is no text is the text.
pub(super) fn titled(title: String, text: String) -> (String, String) {
    if text.is_empty() {
        (text, title)
    } else {
        (title, text)
    }
}

/// The quote of a message by its id alone; nothing without one.
pub(super) fn quote(id: String) -> Option<Quote> {
    (!id.is_empty()).then(|| Quote {
        id,
        ..Quote::default()
    })
}
