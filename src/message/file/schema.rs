//! The JSON Schema of message files, made from the fields that the reader goes by.

use serde_json::{Map, Value, json};
use strum::VariantArray as _;

use super::keys;
use super::reader::MOST_DEGREES;
use crate::message::object::Object;
use crate::message::spec::{Holds, Spec};
use crate::message::{
    ActionKind, ButtonPart, Field, Filling, Kind, MediaKind, MediaPart, PixPart, PlacePart,
    QuotePart, RowPart, SectionPart,
};

/// The JSON Schema of message files, in the dialect of 2020-12: one schema a kind.
///
/// What it allows the reader reads, and the reverse, but for two things that schemas do not know: a whole
/// number has no point (`2.0` is none), and a key stands in an object once.
pub fn schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "wacompose message",
        "description": "A WhatsApp message in a file, in TOML or JSON.",
        "oneOf": Kind::ALL.iter().copied().map(message).collect::<Value>(),
        "$defs": {
            "quote": object(QuotePart::VARIANTS.iter().map(|part| part.spec())),
            "button": { "oneOf": ActionKind::ALL.iter().copied().map(button).collect::<Value>() },
            "template_button": { "oneOf": Filling::VARIANTS.iter().copied().map(template_button).collect::<Value>() },
            "row": object(RowPart::VARIANTS.iter().map(|part| part.spec())),
        },
    })
}

fn message(kind: Kind) -> Value {
    let fields = keys::of_message(Some(kind)).into_iter();
    let fields = fields.map(|field| (field.spec(), property(field.spec(), kind)));
    let mut message = Object::default()
        .with("title", kind.name())
        .with("description", about(kind));
    message.0.extend(table(fields).0);
    if kind == Kind::Template {
        message = message.with("not", two_headers());
    }
    message.into()
}

const fn about(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "A plain text.",
        Kind::Buttons => "A text with one to three buttons below it.",
        Kind::Catalog => "A card that opens sections of products.",
        Kind::List => "A text that opens sections of rows, one of which is picked.",
        Kind::Template => "A template that Meta has approved, with its values.",
        Kind::Poll => "A question with options, of which one or several are picked.",
        Kind::ButtonReply => "An answer to buttons, as if one had been tapped.",
        Kind::ListReply => "An answer to a list, as if a row had been picked.",
    }
}

fn property(spec: Spec, kind: Kind) -> Value {
    let items = |item: Value| json!({ "type": "array", "items": item });
    let mut property = match spec.holds {
        Holds::Kind => json!({ "const": kind.name() }),
        Holds::Text => json!({ "type": "string" }),
        Holds::Boolean => json!({ "type": "boolean" }),
        Holds::Seconds | Holds::Number => {
            json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX })
        }
        Holds::Degrees => json!({
            "anyOf": [
                { "type": "string" },
                {
                    "type": "number",
                    "minimum": -i64::from(MOST_DEGREES),
                    "maximum": MOST_DEGREES,
                },
            ],
        }),
        Holds::MediaKind => {
            json!({ "enum": MediaKind::VARIANTS.iter().map(|kind| kind.name()).collect::<Value>() })
        }
        Holds::Media => parts(MediaPart::VARIANTS.iter().map(|part| part.spec()), kind),
        Holds::Place => parts(PlacePart::VARIANTS.iter().map(|part| part.spec()), kind),
        Holds::Values => json!({
            "anyOf": [
                { "type": "array", "items": { "type": "string" } },
                {
                    "type": "object",
                    "propertyNames": { "minLength": 1 },
                    "additionalProperties": { "type": "string" },
                },
            ],
        }),
        Holds::Quote => json!({ "$ref": "#/$defs/quote" }),
        Holds::Selected => object(keys::selected(kind).iter().map(|part| part.spec())),
        Holds::Items => items(match kind.entries() {
            None if kind == Kind::Poll => json!({ "type": "string" }),
            None if kind == Kind::Template => json!({ "$ref": "#/$defs/template_button" }),
            None => json!({ "$ref": "#/$defs/button" }),
            Some(entries) => section(entries),
        }),
    };
    property["description"] = spec.about.into();
    property
}

/// A table with the schemas of its keys.
fn table(keys: impl Iterator<Item = (Spec, Value)>) -> Object {
    let mut required = Vec::new();
    let mut properties = Map::new();
    for (spec, property) in keys {
        required.extend(spec.is_required.then_some(spec.key));
        properties.insert(spec.key.to_owned(), property);
    }
    Object::default()
        .with("type", "object")
        .with("properties", properties)
        .with("required", required)
        .with("additionalProperties", false)
}

/// A table of what each part holds.
fn parts(parts: impl Iterator<Item = Spec>, kind: Kind) -> Value {
    table(parts.map(|spec| (spec, property(spec, kind)))).into()
}

/// What a template with two headers has.
fn two_headers() -> Value {
    let keys =
        [Field::Header, Field::HeaderMedia, Field::HeaderPlace].map(|field| field.spec().key);
    let [text, media, place] = keys;
    json!({ "anyOf": [
        { "required": [text, media] },
        { "required": [text, place] },
        { "required": [media, place] },
    ] })
}

/// A table of texts.
fn object(parts: impl Iterator<Item = Spec>) -> Value {
    table(parts.map(|spec| (spec, text(spec)))).into()
}

fn text(spec: Spec) -> Value {
    json!({ "type": "string", "description": spec.about })
}

/// A button with this action, and the value that goes with it.
fn button(kind: ActionKind) -> Value {
    let texts = ButtonPart::TEXTS
        .iter()
        .map(|part| (part.spec(), text(part.spec())));
    let action = ButtonPart::Action.spec();
    let named = json!({ "const": kind.name(), "description": action.about });
    let value = ButtonPart::Value(kind).spec();
    let has_value = kind.value_key().is_some();
    let (value, property) = match (kind, kind.value_key()) {
        (ActionKind::Pix, Some(key)) => {
            let [name, key_type, currency] =
                [PixPart::Name, PixPart::KeyType, PixPart::Currency].map(PixPart::spec);
            let whole = Spec { key, ..value };
            let parts = object([name, key_type, value, currency].into_iter());
            (whole, parts)
        }
        _ => (value, text(value)),
    };
    // An action that goes with a value has to be named, as another one is meant without.
    let action = Spec {
        is_required: has_value,
        ..action
    };
    let button = table(
        texts
            .chain([(action, named)])
            .chain(has_value.then_some((value, property))),
    );
    button.with("title", kind.name()).into()
}

/// A button of a template that is filled so.
fn template_button(filling: Filling) -> Value {
    let parts = [ButtonPart::Index.spec(), filling.spec()];
    let button = table(
        parts
            .map(|spec| (spec, property(spec, Kind::Template)))
            .into_iter(),
    );
    button.with("title", filling.name()).into()
}

/// A section of products or of rows.
fn section(entries: SectionPart) -> Value {
    let entry = match entries {
        SectionPart::Rows => json!({ "$ref": "#/$defs/row" }),
        _ => json!({ "type": "string" }),
    };
    let (title, entries) = (SectionPart::Title.spec(), entries.spec());
    let property = json!({ "type": "array", "items": entry, "description": entries.about });
    table([(title, text(title)), (entries, property)].into_iter()).into()
}
