//! From a draft to a file, its keys in the order in which they are documented.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::message::{
    Button, ButtonReply, Buttons, Catalog, Draft, List, ListReply, Message, ProductSection, Quote,
    Row, RowSection, SelectedButton, SelectedRow, Text,
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

/// The keys of a table, in the order in which they are written; what is absent is left out.
#[derive(Default)]
struct Keys(Map<String, Value>);

impl Keys {
    fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    fn with_some(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    fn with_text(self, key: &str, text: &str) -> Self {
        self.with_some(key, (!text.is_empty()).then_some(text))
    }

    fn with_tables<T>(self, key: &str, items: &[T], write: fn(&T) -> Self) -> Self {
        let tables: Vec<Value> = items.iter().map(|item| write(item).into()).collect();
        self.with_some(key, (!tables.is_empty()).then_some(tables))
    }
}

impl From<Keys> for Value {
    fn from(keys: Keys) -> Self {
        Self::Object(keys.0)
    }
}

fn message(draft: &Draft) -> Keys {
    let keys = Keys::default()
        .with("kind", draft.message.kind().name())
        .with_text("to", &draft.to);
    let keys = match &draft.message {
        Message::Text(Text { text }) => keys.with("text", text.as_str()),
        Message::Buttons(Buttons {
            header,
            text,
            footer,
            buttons: _,
        }) => keys
            .with_text("header", header)
            .with("text", text.as_str())
            .with_text("footer", footer),
        Message::Catalog(Catalog {
            title,
            text,
            footer,
            button,
            business_owner,
            catalog_id,
            header_product,
            thumbnail,
            sections: _,
        }) => keys
            .with_text("title", title)
            .with("text", text.as_str())
            .with_text("footer", footer)
            .with_text("button", button)
            .with_text("business_owner", business_owner)
            .with_text("catalog_id", catalog_id)
            .with_text("header_product", header_product)
            .with_text("thumbnail", thumbnail),
        Message::List(List {
            title,
            text,
            footer,
            button,
            sections: _,
        }) => keys
            .with_text("title", title)
            .with("text", text.as_str())
            .with_text("footer", footer)
            .with_text("button", button),
        Message::ButtonReply(ButtonReply {
            selected: SelectedButton { id, text },
        }) => keys.with("selected", selected(id, text)),
        Message::ListReply(ListReply {
            selected:
                SelectedRow {
                    id,
                    text,
                    description,
                },
        }) => keys.with(
            "selected",
            selected(id, text).with_text("description", description),
        ),
    };
    let keys = keys
        .with_some("quote", draft.quote.as_ref().map(quote))
        .with_some("link_preview", draft.link_preview)
        .with_some("delay", draft.delay)
        .with_some("typing", draft.typing);
    match &draft.message {
        Message::Buttons(message) => keys.with_tables("buttons", &message.buttons, button),
        Message::Catalog(message) => {
            keys.with_tables("sections", &message.sections, product_section)
        }
        Message::List(message) => keys.with_tables("sections", &message.sections, row_section),
        Message::Text(_) | Message::ButtonReply(_) | Message::ListReply(_) => keys,
    }
}

fn quote(quote: &Quote) -> Keys {
    Keys::default()
        .with("id", quote.id.as_str())
        .with_text("participant", &quote.participant)
        .with_text("body", &quote.body)
}

fn selected(id: &str, text: &str) -> Keys {
    Keys::default().with("id", id).with("text", text)
}

fn button(button: &Button) -> Keys {
    let keys = selected(&button.id, &button.text);
    let kind = button.action.kind();
    match (kind.value_key(), button.action.value()) {
        (Some(key), Some(value)) => keys.with("action", kind.name()).with(key, value),
        _ => keys,
    }
}

fn product_section(section: &ProductSection) -> Keys {
    Keys::default()
        .with_text("title", &section.title)
        .with("products", section.products.as_slice())
}

fn row_section(section: &RowSection) -> Keys {
    Keys::default()
        .with_text("title", &section.title)
        .with_tables("rows", &section.rows, row)
}

fn row(row: &Row) -> Keys {
    Keys::default()
        .with("id", row.id.as_str())
        .with("title", row.title.as_str())
        .with_text("description", &row.description)
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

/// A value on the right of a TOML key; a text of several lines spans them, a table stays on one.
pub(super) fn toml_value(value: &Value) -> String {
    match value {
        Value::String(text) => toml_text(text),
        Value::Object(object) => {
            let keys = object
                .iter()
                .map(|(key, value)| format!("{key} = {}", toml_value(value)));
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
