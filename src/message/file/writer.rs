//! From a draft to a file, its keys in the order in which they are documented.

mod template;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::iter;

use serde_json::{Map, Value};
use strum::VariantArray as _;

use super::keys;
use crate::message::object::Object;
use crate::message::{
    ActionKind, ButtonPart, Draft, Field, Kind, Message, PixPart, Poll, QuotePart, RowPart,
    SectionPart,
};
use crate::visible::{self, escape_unsafe};

/// An array with more characters than this has a line for each item.
pub(super) const LONGEST_ARRAY: usize = 80;

pub(super) fn toml(draft: &Draft) -> String {
    let mut file = String::new();
    write_toml(&mut file, "", &keys(draft));
    file
}

/// The keys of a draft with their values, in the order in which they are written.
pub(super) fn keys(draft: &Draft) -> Map<String, Value> {
    message(draft).0
}

pub(super) fn json(draft: &Draft) -> String {
    let file = format!("{:#}\n", Value::from(message(draft)));
    escape_unsafe(&file).into_owned()
}

/// The text of a draft under its key; where it is empty and may be, none.
fn with_text(keys: Object, draft: &Draft, field: Field) -> Object {
    let spec = field.spec();
    let text = draft.text_at(field);
    let text = text.filter(|text| spec.is_required || !text.is_empty());
    keys.with_some(spec.key, text)
}

/// The tables of the items of a draft at a place; where there are none, no key.
fn with_tables(
    keys: Object,
    draft: &Draft,
    items: Field,
    write: impl Fn(&Draft, usize) -> Object,
) -> Object {
    let count = draft.message.count_at(items).unwrap_or_default();
    let tables: Vec<Value> = (0..count).map(|at| write(draft, at).into()).collect();
    keys.with_some(items.spec().key, (count > 0).then_some(tables))
}

fn message(draft: &Draft) -> Object {
    let kind = draft.message.kind();
    let fields = keys::of_message(Some(kind)).into_iter();
    fields.fold(Object::default(), |keys, field| {
        let key = field.spec().key;
        match field {
            Field::Kind => keys.with(key, kind.name()),
            Field::Selection => keys.with(key, texts(draft, kind.texts().iter().copied())),
            Field::Quote => keys.with_some(key, draft.quote.as_ref().map(|_| quote(draft))),
            Field::LinkPreview => keys.with_some(key, draft.link_preview),
            Field::Delay => keys.with_some(key, draft.delay),
            Field::Typing => keys.with_some(key, draft.typing),
            Field::HeaderMedia => keys.with_some(key, template::header_media(draft)),
            Field::HeaderPlace => keys.with_some(key, template::header_place(draft)),
            Field::Values => keys.with_some(key, template::values(draft)),
            Field::Buttons if kind == Kind::Template => {
                with_tables(keys, draft, field, template::button)
            }
            Field::Buttons => with_tables(keys, draft, field, button),
            Field::Options => with_options(keys, draft),
            Field::Choices => keys.with_some(key, choices(draft)),
            Field::Sections => with_tables(keys, draft, field, section),
            text => with_text(keys, draft, text),
        }
    })
}

/// The options of a poll in an array; where there are none, no key.
fn with_options(keys: Object, draft: &Draft) -> Object {
    match &draft.message {
        Message::Poll(Poll { options, .. }) if !options.is_empty() => {
            keys.with(Field::Options.spec().key, options.as_slice())
        }
        _ => keys,
    }
}

const fn choices(draft: &Draft) -> Option<u32> {
    match &draft.message {
        Message::Poll(poll) => poll.choices,
        _ => None,
    }
}

fn texts(draft: &Draft, fields: impl Iterator<Item = Field>) -> Object {
    fields.fold(Object::default(), |keys, field| {
        with_text(keys, draft, field)
    })
}

fn quote(draft: &Draft) -> Object {
    texts(
        draft,
        QuotePart::VARIANTS.iter().copied().map(Field::QuotePart),
    )
}

fn button(draft: &Draft, at: usize) -> Object {
    let part = |part| Field::Button(at, part);
    let keys = texts(draft, ButtonPart::TEXTS.into_iter().map(part));
    let actions = ActionKind::ALL.iter().copied();
    // A button has the value of its own action alone.
    let mut values = actions.map(|kind| (kind, part(ButtonPart::Value(kind))));
    match values.find(|(_, value)| draft.text_at(*value).is_some()) {
        Some((kind, value)) => {
            let keys = keys.with(ButtonPart::Action.spec().key, kind.name());
            if kind == ActionKind::Pix {
                let pix = [PixPart::Name, PixPart::KeyType].map(ButtonPart::Pix);
                let currency = ButtonPart::Pix(PixPart::Currency);
                let parts = pix.into_iter().chain([ButtonPart::Value(kind), currency]);
                return keys.with("pix", texts(draft, parts.map(part)));
            }
            with_text(keys, draft, value)
        }
        None => keys,
    }
}

fn section(draft: &Draft, at: usize) -> Object {
    let keys = texts(draft, iter::once(Field::Section(at, SectionPart::Title)));
    match &draft.message {
        Message::Catalog(catalog) => {
            let section = catalog.sections.get(at);
            let products = section.map(|section| section.products.as_slice());
            keys.with_some(SectionPart::Products.spec().key, products)
        }
        _ => {
            let rows = Field::Section(at, SectionPart::Rows);
            with_tables(keys, draft, rows, |draft, row| {
                let part = |part: &RowPart| Field::Section(at, SectionPart::Row(row, *part));
                texts(draft, RowPart::VARIANTS.iter().map(part))
            })
        }
    }
}

/// Writes a table's keys, and after them its arrays of tables, each table under its own header.
fn write_toml(file: &mut String, path: &str, keys: &Map<String, Value>) {
    for (key, value) in keys {
        if tables(value).is_none() {
            let _ = writeln!(file, "{key} = {}", toml_value(value));
        }
    }
    for (key, value) in keys {
        let path = if path.is_empty() {
            key.clone()
        } else {
            format!("{path}.{key}")
        };
        for table in tables(value).into_iter().flatten() {
            let _ = write!(file, "\n[[{path}]]\n");
            write_toml(file, &path, table);
        }
    }
}

/// The tables of an array of tables.
fn tables(value: &Value) -> Option<impl Iterator<Item = &Map<String, Value>>> {
    let items = value.as_array()?;
    let is_of_tables = items.first().is_some_and(Value::is_object);
    is_of_tables.then(|| items.iter().filter_map(Value::as_object))
}

/// A text in TOML, in which what must not reach a terminal is escaped, so that a file can be printed.
fn toml_text(text: &str) -> String {
    let is_unsafe = |c: char| !matches!(c, '\n' | '\t') && visible::is_unsafe(c);
    if !text.contains(is_unsafe) {
        return toml::Value::String(text.to_owned()).to_string();
    }
    let quotes = if text.contains('\n') { "\"\"\"" } else { "\"" };
    let mut written = quotes.to_owned();
    if quotes.len() > 1 {
        written.push('\n');
    }
    for c in text.chars() {
        match c {
            '"' | '\\' => written.extend(['\\', c]),
            c if is_unsafe(c) => {
                let _ = write!(written, "\\u{:04X}", u32::from(c));
            }
            c => written.push(c),
        }
    }
    written.push_str(quotes);
    written
}

/// A key in braces, in quotes where it cannot stand without.
fn toml_key(key: &str) -> Cow<'_, str> {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if !key.is_empty() && key.bytes().all(is_bare) {
        return key.into();
    }
    let mut written = "\"".to_owned();
    for c in key.chars() {
        match c {
            '"' | '\\' => written.extend(['\\', c]),
            c if c.is_control() || visible::is_unsafe(c) => {
                let _ = write!(written, "\\U{:08X}", u32::from(c));
            }
            c => written.push(c),
        }
    }
    written.push('"');
    written.into()
}

/// A value on the right of a TOML key; a text of several lines spans them, a table stays on one.
pub(super) fn toml_value(value: &Value) -> String {
    match value {
        Value::String(text) => toml_text(text),
        Value::Object(object) => {
            let keys = object
                .iter()
                .map(|(key, value)| format!("{} = {}", toml_key(key), toml_value(value)));
            format!("{{ {} }}", keys.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(toml_value).collect();
            let line = format!("[{}]", items.join(", "));
            if line.chars().count() > LONGEST_ARRAY {
                format!("[\n    {},\n]", items.join(",\n    "))
            } else {
                line
            }
        }
        // booleans and whole numbers, which both formats write alike
        other => other.to_string(),
    }
}
