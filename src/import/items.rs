//! Buttons, rows and products under the names that the gateways have for their parts.

use std::collections::{HashMap, HashSet};

use super::reader::Reader;
use crate::message::{Action, ActionKind, Button, Pix, ProductSection, Quote, Row, RowSection};

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
    let mut invented = Vec::new();
    let mut buttons = body.objects(key, |item| button(item, &mut invented));
    tell_apart(
        buttons
            .iter_mut()
            .map(|button| &mut button.id)
            .zip(invented),
    );
    buttons
}

/// Numbers the ids that were invented here, where several items would have the same one: the gateways
/// refuse those.
pub(super) fn tell_apart<'a>(ids: impl Iterator<Item = (&'a mut String, bool)>) {
    let (invented, given): (Vec<_>, Vec<_>) = ids.partition(|(_, is_invented)| *is_invented);
    let mut taken: HashSet<String> = given.into_iter().map(|(id, _)| id.clone()).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (id, _) in invented.into_iter().filter(|(id, _)| !id.is_empty()) {
        let words = id.clone();
        let count = counts.entry(words.clone()).or_insert(1);
        while !taken.insert(id.clone()) {
            *count += 1;
            *id = format!("{words}-{count}");
        }
    }
}

fn button(button: &mut Reader<'_>, invented: &mut Vec<bool>) -> Button {
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
        ActionKind::Pix => Action::Pix(Pix {
            name: button.text("name"),
            key_type: button.text("keyType"),
            key: button.text("key"),
            currency: button.text("currency"),
        }),
    };
    let inner = button.object("buttonText", |label| label.text("displayText"));
    let mut text = inner.unwrap_or_else(|| button.text_of(&LABELS));
    if kind == ActionKind::Pix && text.is_empty() {
        "Pix".clone_into(&mut text);
    }
    invented.push(!IDS.iter().any(|key| button.says(key)));
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
        "pix" => ActionKind::Pix,
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
    let mut invented = Vec::new();
    let mut sections = body.objects(key, |section| RowSection {
        title: section.text("title"),
        rows: rows_of(section, "rows", &mut invented),
    });
    let rows = sections.iter_mut().flat_map(|section| &mut section.rows);
    tell_apart(rows.map(|row| &mut row.id).zip(invented));
    sections
}

/// The rows of a list.
pub(super) fn rows(section: &mut Reader<'_>, key: &str) -> Vec<Row> {
    let mut invented = Vec::new();
    let mut rows = rows_of(section, key, &mut invented);
    tell_apart(rows.iter_mut().map(|row| &mut row.id).zip(invented));
    rows
}

fn rows_of(section: &mut Reader<'_>, key: &str, invented: &mut Vec<bool>) -> Vec<Row> {
    section.objects(key, |row| {
        invented.push(!IDS.iter().any(|key| row.says(key)));
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
