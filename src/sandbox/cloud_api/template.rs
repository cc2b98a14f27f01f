//! A template message held against the approved templates, by the pages `templates/components` and
//! `messages/template-messages`.

use serde_json::{Value, json};

use super::approved::{APPROVED, Button, Header, Template, names, variables};
use super::required::{MISSING, Result, items, text, wrong};

/// The number of the error for values that are not as many as the variables.
const COUNT: u32 = 132_000;
/// That for a template that there is not.
const UNKNOWN: u32 = 132_001;
/// That for a value of another kind than the template's.
const FORMAT: u32 = 132_012;
/// That for a text that is too long once it is filled in, and what it may have.
const TOO_LONG: u32 = 132_005;
const LONGEST_BODY: usize = 1024;

/// What a message fills in.
#[derive(Default)]
struct Given<'a> {
    header: Option<&'a str>,
    headers: usize,
    values: Vec<&'a str>,
    names: Vec<&'a str>,
    /// The places of the buttons that are filled.
    buttons: Vec<usize>,
}

/// A template message.
pub(super) fn check(body: &Value) -> Result {
    let name = text(body, "template.name")?;
    let language = text(body, "template.language.code")?;
    let approved = APPROVED
        .iter()
        .find(|template| template.name == name && template.language == language);
    let Some(approved) = approved else {
        let details = format!("template name ({name}) does not exist in {language}");
        return wrong(UNKNOWN, details);
    };
    let mut given = Given::default();
    let components = body.pointer("/template/components");
    if components.is_some_and(|components| *components != json!([])) {
        for at in 0..items(body, "template.components")?.len() {
            component(body, at, approved, &mut given)?;
        }
    }
    check_header(approved, &given)?;
    check_body(approved, &given)?;
    for (at, button) in approved.buttons.iter().enumerate() {
        let kind = match button {
            Button::Url(_, url) if variables(url) > 0 => "Url",
            Button::Code(_) => "CopyCode",
            _ => continue,
        };
        if !given.buttons.contains(&at) {
            let details = format!("Button at index {at} of type {kind} requires a parameter");
            return wrong(MISSING, details);
        }
    }
    Ok(())
}

fn component<'a>(body: &'a Value, at: usize, approved: &Template, given: &mut Given<'a>) -> Result {
    let place = format!("template.components[{at}]");
    let kind = text(body, &format!("{place}.type"))?;
    let parameters = body.pointer(&format!("/template/components/{at}/parameters"));
    let count = parameters.and_then(Value::as_array).map_or(0, Vec::len);
    match kind {
        "header" | "body" => {}
        "button" => given.buttons.push(button(body, &place, approved)?),
        other => return wrong(100, format!("{place}.type {other} is not supported")),
    }
    for index in 0..count {
        let place = format!("{place}.parameters[{index}]");
        let value = parameter(body, &place)?;
        let of = text(body, &format!("{place}.type"))?;
        match kind {
            "header" => {
                given.headers += 1;
                given.header = Some(of);
            }
            "body" => {
                given.values.push(value);
                let name = super::find(body, &format!("{place}.parameter_name"));
                given.names.extend(name.and_then(Value::as_str));
            }
            _ => {}
        }
    }
    Ok(())
}

fn check_header(approved: &Template, given: &Given<'_>) -> Result {
    let (format, wanted) = match approved.header {
        Header::None => ("NONE", 0),
        Header::Text(text) => ("TEXT", variables(text)),
        Header::Other(format) => (format, 1),
    };
    let received = given.header.unwrap_or("unknown").to_ascii_uppercase();
    let is_other = matches!(approved.header, Header::Other(_));
    if (is_other || given.headers > 0 && wanted > 0) && !received.eq_ignore_ascii_case(format) {
        let details = format!("header: Format mismatch, expected {format}, received {received}");
        return wrong(FORMAT, details);
    }
    same_count("header", given.headers, wanted)
}

fn check_body(approved: &Template, given: &Given<'_>) -> Result {
    let wanted = names(approved.body);
    same_count("body", given.values.len(), wanted.len())?;
    if approved.is_named {
        if let Some(name) = wanted.iter().find(|name| !given.names.contains(name)) {
            return wrong(
                FORMAT,
                format!("Parameter name is missing or empty: {name}"),
            );
        }
    } else if let Some(name) = given.names.first() {
        return wrong(FORMAT, format!("Parameter name {name} is of no variable"));
    }
    let fixed = wanted.iter().fold(approved.body.len(), |length, name| {
        length.saturating_sub(name.len() + 4)
    });
    let filled: usize = given
        .values
        .iter()
        .map(|value| value.encode_utf16().count())
        .sum();
    if fixed + filled > LONGEST_BODY {
        return wrong(TOO_LONG, "body: translated text too long");
    }
    Ok(())
}

fn same_count(part: &str, given: usize, wanted: usize) -> Result {
    if given == wanted {
        return Ok(());
    }
    let details = format!(
        "{part}: number of localizable_params ({given}) does not match the expected number of \
         params ({wanted})"
    );
    wrong(COUNT, details)
}

/// A button of a template; its place there.
fn button(body: &Value, place: &str, approved: &Template) -> Result<usize> {
    let kind = text(body, &format!("{place}.sub_type"))?.to_ascii_lowercase();
    let index = match super::find(body, &format!("{place}.index")) {
        Some(Value::Number(number)) => number.as_u64(),
        Some(Value::String(text)) => text.parse().ok(),
        _ => None,
    };
    let index = index.and_then(|index| usize::try_from(index).ok());
    let Some((index, button)) = index.and_then(|index| Some((index, approved.buttons.get(index)?)))
    else {
        let details = format!("{place}.index is of no button of this template");
        return wrong(100, details);
    };
    let (is_like, key) = match button {
        Button::Reply(_) => (kind == "quick_reply", "payload"),
        Button::Url(_, url) => (kind == "url" && variables(url) > 0, "text"),
        Button::Code(_) => (kind == "copy_code", "coupon_code"),
    };
    if !is_like {
        let details = format!("{place}.sub_type {kind} is of no button of this template");
        return wrong(100, details);
    }
    text(body, &format!("{place}.parameters[0].{key}"))?;
    Ok(index)
}

/// A value, where it is a text: it may not be empty, nor have line breaks, tabs or more than four
/// spaces in a row.
fn parameter<'a>(body: &'a Value, place: &str) -> Result<&'a str> {
    let kind = text(body, &format!("{place}.type"))?;
    match kind {
        "text" => {}
        "image" | "video" | "document" => {
            super::validation::media(body, &format!("{place}.{kind}"))?;
            return Ok("");
        }
        "location" => {
            for name in ["latitude", "longitude", "name", "address"] {
                if super::find(body, &format!("{place}.location.{name}")).is_none() {
                    return wrong(MISSING, format!("{place}.location.{name} is required"));
                }
            }
            return Ok("");
        }
        _ => return Ok(""),
    }
    let value = text(body, &format!("{place}.text"))?;
    if value.trim().is_empty() {
        return wrong(100, format!("{place}.text must not be empty"));
    }
    if value.contains(['\n', '\r', '\t']) || value.contains("     ") {
        let details = "Param text cannot have new-line/tab characters or more than 4 consecutive \
                       spaces";
        return wrong(100, details);
    }
    Ok(value)
}
