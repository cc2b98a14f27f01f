//! The JSON Schema of message files, made from the tables that the reader goes by.

use serde_json::{Map, Value, json};

use super::keys::{self, Holds, KEYS, Key, Part};
use crate::message::{ActionKind, Kind};

/// The JSON Schema of message files, in the dialect of 2020-12: one schema a kind.
///
/// What it allows the reader reads, and the reverse, but for two things that schemas do not know: a whole
/// number has no point (`2.0` is none), and a key stands in an object once.
pub fn schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "wacompose message",
        "description": "A WhatsApp message in a file, in TOML or JSON.",
        "oneOf": Kind::ALL.map(message),
        "$defs": {
            "quote": object(&keys::QUOTE),
            "button": { "oneOf": ActionKind::ALL.map(button) },
            "row": object(&keys::ROW),
        },
    })
}

fn message(kind: Kind) -> Value {
    let keys = KEYS.iter().filter(|key| key.kinds.contains(&kind));
    let required = keys.clone().filter(|key| key.is_required);
    let required: Vec<&str> = required.map(|key| key.name).collect();
    let properties = keys.map(|key| (key.name.to_owned(), property(key, kind)));
    json!({
        "title": kind.name(),
        "description": about(kind),
        "type": "object",
        "properties": properties.collect::<Map<_, _>>(),
        "required": required,
        "additionalProperties": false,
    })
}

const fn about(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "A plain text.",
        Kind::Buttons => "A text with one to three buttons below it.",
        Kind::Catalog => "A card that opens sections of products.",
        Kind::List => "A text that opens sections of rows, one of which is picked.",
        Kind::ButtonReply => "An answer to buttons, as if one had been tapped.",
        Kind::ListReply => "An answer to a list, as if a row had been picked.",
    }
}

fn property(key: &Key, kind: Kind) -> Value {
    let mut property = match key.holds {
        Holds::Kind => json!({ "const": kind.name() }),
        Holds::Text => json!({ "type": "string" }),
        Holds::Boolean => json!({ "type": "boolean" }),
        Holds::Seconds => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
        Holds::Quote => json!({ "$ref": "#/$defs/quote" }),
        Holds::Selected => object(keys::selected(kind)),
        Holds::Buttons => json!({ "type": "array", "items": { "$ref": "#/$defs/button" } }),
        Holds::Sections => json!({ "type": "array", "items": section(kind) }),
    };
    property["description"] = key.about.into();
    property
}

/// A table of texts.
fn object(parts: &[Part]) -> Value {
    let required = parts.iter().filter(|part| part.is_required);
    let properties = parts.iter().map(|part| (part.name.to_owned(), text(part)));
    json!({
        "type": "object",
        "properties": properties.collect::<Map<_, _>>(),
        "required": required.map(|part| part.name).collect::<Vec<_>>(),
        "additionalProperties": false,
    })
}

fn text(part: &Part) -> Value {
    json!({ "type": "string", "description": part.about })
}

/// A button with this action, and the value that goes with it.
fn button(kind: ActionKind) -> Value {
    let mut button = object(&keys::BUTTON);
    let action = &keys::ACTION;
    button["title"] = kind.name().into();
    button["properties"][action.name] =
        json!({ "const": kind.name(), "description": action.about });
    if let Some(value) = keys::value(kind) {
        button["properties"][value.name] = text(&value);
        let names = keys::names(&keys::BUTTON).into_iter();
        button["required"] = names.chain([action.name, value.name]).collect();
    }
    button
}

/// A section of products or of rows.
fn section(kind: Kind) -> Value {
    let mut section = object(&[keys::SECTION]);
    let items = keys::items(kind);
    let item = match kind {
        Kind::List => json!({ "$ref": "#/$defs/row" }),
        _ => json!({ "type": "string" }),
    };
    section["properties"][items.name] =
        json!({ "type": "array", "items": item, "description": items.about });
    section
}
