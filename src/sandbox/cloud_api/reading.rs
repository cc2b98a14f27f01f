//! A body in the one form that is checked, from the forms that Meta takes: JSON or a form, objects that
//! are strings of JSON, numbers for ids, `null` for what is left out, `type` in capitals or left out.

use hyper::HeaderMap;
use serde_json::{Map, Value};

use crate::sandbox::reply;

/// Objects that clients send as strings of JSON: Chatwoot the action, forms all of them.
const OBJECTS: [&str; 15] = [
    "interactive",
    "action",
    "context",
    "template",
    "reaction",
    "image",
    "video",
    "audio",
    "document",
    "sticker",
    "location",
    "contacts",
    "components",
    "typing_indicator",
    "parameters",
];

/// Texts that clients send as numbers.
const TEXTS: [&str; 9] = [
    "to",
    "recipient",
    "id",
    "message_id",
    "product_retailer_id",
    "catalog_id",
    "thumbnail_product_retailer_id",
    "text",
    "title",
];

/// The body of a request, or what is wrong with it.
pub(super) fn body(headers: &HeaderMap, body: &[u8]) -> Result<Value, &'static str> {
    let mut body = if reply::is_of(headers, "application/x-www-form-urlencoded") {
        form(body)
    } else if reply::is_json(headers) {
        serde_json::from_slice(body).map_err(|_| "The request's body is not JSON")?
    } else {
        return Err("The request's Content-Type is not application/json");
    };
    if let Value::Object(object) = &mut body {
        // A text is a string deeper down, and an object at the top.
        if let Some(text) = object.get_mut("text") {
            parse(text);
        }
        tidy(object);
        if !object.contains_key("type") && object.contains_key("text") {
            object.insert("type".to_owned(), "text".into());
        }
    }
    Ok(body)
}

fn form(body: &[u8]) -> Value {
    let pairs = url::form_urlencoded::parse(body).into_owned();
    let pairs = pairs.map(|(name, value)| (name, Value::String(value)));
    Value::Object(pairs.collect())
}

/// Puts everything into the one form.
fn tidy(object: &mut Map<String, Value>) {
    object.retain(|name, value| {
        let is_left_out = value.is_null() || name == "description" && value == "";
        !is_left_out
    });
    for (name, value) in object.iter_mut() {
        if OBJECTS.contains(&name.as_str()) {
            parse(value);
        }
        match value {
            Value::Object(inner) => tidy(inner),
            Value::Array(items) => items
                .iter_mut()
                .filter_map(Value::as_object_mut)
                .for_each(tidy),
            Value::Number(number) if number.is_u64() && TEXTS.contains(&name.as_str()) => {
                *value = number.to_string().into();
            }
            Value::String(text) if name == "type" => text.make_ascii_lowercase(),
            _ => {}
        }
    }
}

/// A string of JSON becomes what it says.
fn parse(value: &mut Value) {
    if let Value::String(text) = value
        && let Ok(parsed @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str(text)
    {
        *value = parsed;
    }
}
