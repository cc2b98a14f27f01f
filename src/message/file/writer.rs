//! From a draft to a file, its keys in the order in which they are documented.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::message::{Button, Buttons, Draft, Message, Quote, Text};

/// The keys of a table with their values, those that are absent left out.
type Keys = Vec<(&'static str, Value)>;

pub(super) fn toml(draft: &Draft) -> String {
    let mut file = String::new();
    for (key, value) in message(draft) {
        let _ = writeln!(file, "{key} = {}", toml_value(&value));
    }
    for button in buttons(draft) {
        file.push_str("\n[[buttons]]\n");
        for (key, value) in self::button(button) {
            let _ = writeln!(file, "{key} = {}", toml_value(&value));
        }
    }
    file
}

pub(super) fn json(draft: &Draft) -> String {
    let mut object: Map<String, Value> = table(message(draft));
    if matches!(draft.message, Message::Buttons(_)) {
        let buttons = buttons(draft).iter().map(|item| table(button(item)));
        object.insert("buttons".to_owned(), buttons.collect::<Vec<_>>().into());
    }
    let mut file = format!("{:#}", Value::Object(object));
    file.push('\n');
    file
}

/// Everything but the buttons.
fn message(draft: &Draft) -> Keys {
    let mut keys: Keys = vec![("kind", json!(draft.message.kind().name()))];
    optional(&mut keys, "to", &draft.to);
    match &draft.message {
        Message::Text(Text { text }) => keys.push(("text", json!(text))),
        Message::Buttons(Buttons {
            header,
            text,
            footer,
            buttons: _,
        }) => {
            optional(&mut keys, "header", header);
            keys.push(("text", json!(text)));
            optional(&mut keys, "footer", footer);
        }
    }
    if let Some(quote) = &draft.quote {
        keys.push(("quote", table(self::quote(quote)).into()));
    }
    keys.extend(draft.link_preview.map(|on| ("link_preview", json!(on))));
    keys.extend(draft.delay.map(|seconds| ("delay", json!(seconds))));
    keys.extend(draft.typing.map(|seconds| ("typing", json!(seconds))));
    keys
}

fn quote(quote: &Quote) -> Keys {
    let mut keys = vec![("id", json!(quote.id))];
    optional(&mut keys, "participant", &quote.participant);
    optional(&mut keys, "body", &quote.body);
    keys
}

fn buttons(draft: &Draft) -> &[Button] {
    match &draft.message {
        Message::Buttons(message) => &message.buttons,
        Message::Text(_) => &[],
    }
}

fn button(button: &Button) -> Keys {
    let mut keys = vec![("id", json!(button.id)), ("text", json!(button.text))];
    let kind = button.action.kind();
    if let (Some(key), Some(value)) = (kind.value_key(), button.action.value()) {
        keys.push(("action", json!(kind.name())));
        keys.push((key, json!(value)));
    }
    keys
}

fn optional(keys: &mut Keys, key: &'static str, text: &str) {
    if !text.is_empty() {
        keys.push((key, json!(text)));
    }
}

fn table(keys: Keys) -> Map<String, Value> {
    let named = keys.into_iter().map(|(key, value)| (key.to_owned(), value));
    named.collect()
}

/// A value on the right of a TOML key; a text of several lines spans them, a table stays on one.
fn toml_value(value: &Value) -> String {
    match value {
        Value::String(text) => toml::Value::String(text.clone()).to_string(),
        Value::Object(object) => {
            let keys = object
                .iter()
                .map(|(key, value)| format!("{key} = {}", toml_value(value)));
            format!("{{ {} }}", keys.collect::<Vec<_>>().join(", "))
        }
        // booleans and whole numbers, which both formats write alike
        other => other.to_string(),
    }
}
