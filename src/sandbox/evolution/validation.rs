//! What Evolution's schemas and its rules refuse, in their words.

use serde_json::{Map, Value, json};

use super::chat::{exists, jid};

type Object = Map<String, Value>;

/// Looks at a body; its `number`, or what is wrong.
pub(super) type Check = fn(&Object) -> Result<String, Wrong>;

/// Why a message is not taken.
pub(super) enum Wrong {
    /// The schema's words.
    Schema(String),
    /// A rule's words.
    Rule(&'static str),
    /// The number is not on `WhatsApp`.
    Absent(String),
}

impl Wrong {
    /// The `response.message` that says so.
    pub(super) fn message(&self) -> Value {
        match self {
            Self::Schema(words) => json!([[words]]),
            Self::Rule(words) => json!([words]),
            Self::Absent(number) => {
                json!([{ "exists": false, "jid": jid(number), "number": number }])
            }
        }
    }
}

/// The check of a method; `None` where there is no such method.
pub(super) fn of(method: &str) -> Option<Check> {
    Some(match method {
        "sendText" => text,
        "sendButtons" => buttons,
        "sendList" => list,
        "sendPoll" => poll,
        "sendMedia" => media,
        _ => return None,
    })
}

fn text(body: &Object) -> Result<String, Wrong> {
    let number = number(body)?;
    string(body, "instance", "text", Empty::Refused)?;
    typed(body, "linkPreview", "boolean", Value::is_boolean)?;
    options(body)?;
    there(number)
}

fn buttons(body: &Object) -> Result<String, Wrong> {
    let number = number(body)?;
    for name in ["title", "description", "footer", "thumbnailUrl"] {
        typed(body, name, "string", Value::is_string)?;
    }
    options(body)?;
    let buttons = match body.get("buttons") {
        None => &[],
        Some(Value::Array(buttons)) => buttons.as_slice(),
        Some(_) => return wrong("instance.buttons", "is not of a type(s) array"),
    };
    let mut kinds = Vec::new();
    for (at, button) in buttons.iter().enumerate() {
        let place = format!("instance.buttons[{at}]");
        let Some(button) = button.as_object() else {
            return wrong(&place, "is not of a type(s) object");
        };
        let kind = string(button, &place, "type", Empty::Refused)?;
        if !["reply", "copy", "url", "call", "pix"].contains(&kind) {
            let words = "is not one of enum values: reply,copy,url,call,pix";
            return wrong(&format!("{place}.type"), words);
        }
        kinds.push(kind);
    }
    let number = there(number)?;
    let count = |kind: &str| kinds.iter().filter(|known| **known == kind).count();
    let (replies, pix, all) = (count("reply"), count("pix"), kinds.len());
    let rule = match () {
        () if all == 0 => "At least one button is required",
        () if replies > 3 => "Maximum of 3 reply buttons allowed",
        () if replies > 0 && replies < all => {
            "Reply buttons cannot be mixed with CTA or PIX buttons"
        }
        () if pix > 1 => "Only one PIX button is allowed",
        () if pix > 0 && all > 1 => "PIX button cannot be mixed with other button types",
        () if replies == 0 && pix == 0 && all > 2 => "Maximum of 2 CTA buttons allowed",
        () => return Ok(number),
    };
    Err(Wrong::Rule(rule))
}

fn list(body: &Object) -> Result<String, Wrong> {
    let number = number(body)?;
    for name in ["title", "footerText", "buttonText"] {
        string(body, "instance", name, Empty::Allowed)?;
    }
    typed(body, "description", "string", Value::is_string)?;
    options(body)?;
    for (at, section) in items(body, "instance", "sections")?.iter().enumerate() {
        let place = format!("instance.sections[{at}]");
        let Some(section) = section.as_object() else {
            return wrong(&place, "is not of a type(s) object");
        };
        string(section, &place, "title", Empty::Allowed)?;
        for (at, row) in items(section, &place, "rows")?.iter().enumerate() {
            let place = format!("{place}.rows[{at}]");
            let Some(row) = row.as_object() else {
                return wrong(&place, "is not of a type(s) object");
            };
            string(row, &place, "title", Empty::Refused)?;
            if row.contains_key("description") {
                string(row, &place, "description", Empty::Refused)?;
            }
            string(row, &place, "rowId", Empty::Refused)?;
        }
    }
    there(number)
}

fn poll(body: &Object) -> Result<String, Wrong> {
    let number = number(body)?;
    string(body, "instance", "name", Empty::Refused)?;
    match body.get("selectableCount") {
        None => return missing("instance", "selectableCount"),
        Some(count) => match count.as_u64() {
            Some(0..=10) => {}
            Some(_) => {
                return wrong(
                    "instance.selectableCount",
                    "must be less than or equal to 10",
                );
            }
            None => return wrong("instance.selectableCount", "is not of a type(s) integer"),
        },
    }
    let values = items(body, "instance", "values")?;
    match values.len() {
        2..=10 => {}
        0..=1 => return wrong("instance.values", "does not meet minimum length of 2"),
        _ => return wrong("instance.values", "does not meet maximum length of 10"),
    }
    if let Some(at) = values.iter().position(|value| !value.is_string()) {
        let place = format!("instance.values[{at}]");
        return wrong(&place, "is not of a type(s) string");
    }
    options(body)?;
    there(number)
}

fn media(body: &Object) -> Result<String, Wrong> {
    let number = number(body)?;
    string(body, "instance", "mediatype", Empty::Refused)?;
    string(body, "instance", "media", Empty::Refused)?;
    options(body)?;
    there(number)
}

/// Whether a string may be empty.
#[derive(Clone, Copy, PartialEq)]
enum Empty {
    Allowed,
    Refused,
}

fn number(body: &Object) -> Result<&str, Wrong> {
    string(body, "instance", "number", Empty::Refused)
}

/// A number that is on `WhatsApp`.
fn there(number: &str) -> Result<String, Wrong> {
    if exists(number) {
        Ok(number.to_owned())
    } else {
        Err(Wrong::Absent(number.to_owned()))
    }
}

/// What every message may have besides.
fn options(body: &Object) -> Result<(), Wrong> {
    typed(body, "delay", "integer", Value::is_u64)?;
    typed(body, "quoted", "object", Value::is_object)?;
    typed(body, "mentionsEveryOne", "boolean", Value::is_boolean)?;
    if let Some(mentioned) = body.get("mentioned") {
        let is_number = |value: &Value| {
            let text = value.as_str().unwrap_or_default();
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let mentioned = mentioned.as_array().filter(|list| !list.is_empty());
        if !mentioned.is_some_and(|list| list.iter().all(is_number)) {
            let words = "\"mentioned\" must be an array of numeric strings";
            return Err(Wrong::Schema(words.to_owned()));
        }
    }
    let Some(quoted) = body.get("quoted").and_then(Value::as_object) else {
        return Ok(());
    };
    if let Some(key) = quoted.get("key") {
        let Some(key) = key.as_object() else {
            return wrong("instance.quoted.key", "is not of a type(s) object");
        };
        string(key, "instance.quoted.key", "id", Empty::Refused)?;
    }
    Ok(())
}

/// A string that has to be there.
fn string<'a>(object: &'a Object, place: &str, name: &str, empty: Empty) -> Result<&'a str, Wrong> {
    match object.get(name) {
        None => missing(place, name),
        Some(Value::String(text)) if text.is_empty() && empty == Empty::Refused => {
            Err(Wrong::Schema(format!("The \"{name}\" cannot be empty")))
        }
        Some(Value::String(text)) => Ok(text),
        Some(_) => wrong(&format!("{place}.{name}"), "is not of a type(s) string"),
    }
}

/// A list that has to be there, with something in it, and nothing twice.
fn items<'a>(object: &'a Object, place: &str, name: &str) -> Result<&'a [Value], Wrong> {
    let whole = format!("{place}.{name}");
    match object.get(name) {
        None => missing(place, name),
        Some(Value::Array(items)) if items.is_empty() => {
            wrong(&whole, "does not meet minimum length of 1")
        }
        Some(Value::Array(items)) => {
            let is_twice = |(at, item)| items[..at].contains(item);
            if items.iter().enumerate().any(is_twice) {
                return wrong(&whole, "contains duplicate item");
            }
            Ok(items)
        }
        Some(_) => wrong(&whole, "is not of a type(s) array"),
    }
}

/// A key that may be left out, and is of a type.
fn typed(
    body: &Object,
    name: &str,
    kind: &str,
    is_of: impl Fn(&Value) -> bool,
) -> Result<(), Wrong> {
    match body.get(name) {
        Some(value) if !is_of(value) => wrong(
            &format!("instance.{name}"),
            &format!("is not of a type(s) {kind}"),
        ),
        _ => Ok(()),
    }
}

fn missing<T>(place: &str, name: &str) -> Result<T, Wrong> {
    wrong(place, &format!("requires property \"{name}\""))
}

fn wrong<T>(place: &str, words: &str) -> Result<T, Wrong> {
    Err(Wrong::Schema(format!("{place} {words}")))
}
