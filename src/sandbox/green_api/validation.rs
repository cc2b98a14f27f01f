//! What GREEN-API's validation refuses, in its wording: `Validation failed. Details: 'chatId' is
//! required`.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use serde_json::{Map, Value};

use super::super::exceeded;
use crate::gateway::{Account, GatewayKind};
use crate::message::limits::{LimitKey, Limits};
use crate::message::{Action, Button, Buttons, Draft, Message, Text};

type Object = Map<String, Value>;

/// The milliseconds that `typingTime` may be, by the pages of the sending methods.
const TYPING: RangeInclusive<u64> = 1000..=20_000;

/// How many options a poll has, and how long its question and an option are, in UTF-16 code units, by
/// the page `sending/SendPoll` and GREEN-API's own client for Go.
const POLL_OPTIONS: RangeInclusive<usize> = 2..=12;
const POLL_QUESTION: usize = 255;
const POLL_OPTION: usize = 100;

/// The body of `sendMessage`.
pub(super) fn text(body: &[u8]) -> Result<(), String> {
    let body = object(body)?;
    failed(check_text(&body))
}

/// The body of `sendInteractiveButtonsReply`.
pub(super) fn reply_buttons(body: &[u8]) -> Result<(), String> {
    let body = object(body)?;
    failed(check_buttons(
        &body,
        &buttons_limits(Action::Reply),
        |_, _| Ok(()),
    ))
}

/// The body of `sendInteractiveButtons`.
pub(super) fn action_buttons(body: &[u8]) -> Result<(), String> {
    let body = object(body)?;
    let code = String::new();
    let limits = buttons_limits(Action::Copy { code });
    failed(check_buttons(&body, &limits, check_action))
}

/// The body of `sendPoll`.
pub(super) fn poll(body: &[u8]) -> Result<(), String> {
    failed(check_poll(&object(body)?))
}

/// The body of `sendFileByUrl`.
pub(super) fn file_by_url(body: &[u8]) -> Result<(), String> {
    let body = object(body)?;
    failed(address(&body).and_then(|()| {
        let url = required(&body, "", "urlFile")?;
        required(&body, "", "fileName")?;
        let is_web = url.starts_with("http://") || url.starts_with("https://");
        is_web
            .then_some(())
            .ok_or_else(|| "'urlFile' must be a valid uri".to_owned())
    }))
}

/// The body of `sendLocation`.
pub(super) fn location(body: &[u8]) -> Result<(), String> {
    let body = object(body)?;
    failed(address(&body).and_then(|()| {
        for name in ["latitude", "longitude"] {
            match body.get(name) {
                None => return Err(format!("'{name}' is required")),
                Some(Value::Number(_)) => {}
                Some(_) => return Err(format!("'{name}' must be a number")),
            }
        }
        Ok(())
    }))
}

/// The body of `sendContact`.
pub(super) fn contact(body: &[u8]) -> Result<(), String> {
    let body = object(body)?;
    failed(address(&body).and_then(|()| {
        let contact = body.get("contact").and_then(Value::as_object);
        let contact = contact.ok_or("'contact' is required")?;
        match contact.get("phoneContact") {
            Some(Value::Number(_)) => Ok(()),
            _ => Err("'contact.phoneContact' must be a number".to_owned()),
        }
    }))
}

fn failed(result: Result<(), String>) -> Result<(), String> {
    result.map_err(|details| format!("Validation failed. Details: {details}"))
}

fn object(body: &[u8]) -> Result<Object, String> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("bad request data".to_owned()),
        Err(error) => {
            // The page `common-errors` shows the words of a JavaScript parser; the place is ours.
            let (line, column) = (error.line(), error.column());
            Err(format!(
                "Unexpected token in JSON at line {line}, column {column}"
            ))
        }
    }
}

fn check_text(body: &Object) -> Result<(), String> {
    let draft = Draft {
        message: Message::Text(Text::default()),
        ..Draft::default()
    };
    let limits = Account::public(GatewayKind::GreenApi).limits(&draft);
    address(body)?;
    let message = required(body, "", "message")?;
    within(&limits, LimitKey::Text, "message", message)?;
    optional(body, "quotedMessageId")?;
    if body
        .get("linkPreview")
        .is_some_and(|value| !value.is_boolean())
    {
        return Err("'linkPreview' must be a boolean".to_owned());
    }
    typing(body)
}

/// A chat of any kind.
fn address(body: &Object) -> Result<(), String> {
    let chat = required(body, "", "chatId")?;
    if is_person(chat) || is_group(chat) || is_hidden(chat) {
        return Ok(());
    }
    Err(
        "'chatId' must be one of the following formats: phone_number@c.us or group_id@g.us or chat_id@lid"
            .to_owned(),
    )
}

/// How long it seems to be typed, in milliseconds.
fn typing(body: &Object) -> Result<(), String> {
    let Some(value) = body.get("typingTime") else {
        return Ok(());
    };
    let (least, most) = (TYPING.start(), TYPING.end());
    match value.as_u64() {
        Some(time) if TYPING.contains(&time) => Ok(()),
        Some(time) if time < *least => Err(format!(
            "'typingTime' must be greater than or equal to {least}"
        )),
        Some(_) => Err(format!("'typingTime' must be less than or equal to {most}")),
        None => Err("'typingTime' must be a number".to_owned()),
    }
}

/// By the page `sending/SendPoll`.
fn check_poll(body: &Object) -> Result<(), String> {
    address(body)?;
    let question = required(body, "", "message")?;
    if question.encode_utf16().count() > POLL_QUESTION {
        return Err(format!(
            "'message' length must be less than or equal to {POLL_QUESTION} characters long"
        ));
    }
    let Some(Value::Array(options)) = body.get("options") else {
        return Err("'options' is required".to_owned());
    };
    if !POLL_OPTIONS.contains(&options.len()) {
        let (least, most) = (POLL_OPTIONS.start(), POLL_OPTIONS.end());
        return Err(format!(
            "'options' must contain between {least} and {most} items"
        ));
    }
    let mut names = HashSet::new();
    for (at, option) in options.iter().enumerate() {
        let place = format!("options[{at}]");
        let Value::Object(option) = option else {
            return Err(format!("'{place}' must be of type object"));
        };
        let name = required(option, &place, "optionName")?;
        if name.encode_utf16().count() > POLL_OPTION {
            return Err(format!(
                "'{place}.optionName' length must be less than or equal to {POLL_OPTION} characters long"
            ));
        }
        if !names.insert(name) {
            return Err(format!("'{place}' contains a duplicate value"));
        }
    }
    if body
        .get("multipleAnswers")
        .is_some_and(|value| !value.is_boolean())
    {
        return Err("'multipleAnswers' must be a boolean".to_owned());
    }
    optional(body, "quotedMessageId")?;
    typing(body)
}

fn check_buttons(
    body: &Object,
    limits: &Limits,
    check_kind: fn(&Object, &str) -> Result<(), String>,
) -> Result<(), String> {
    let chat = required(body, "", "chatId")?;
    if !is_person(chat) {
        return Err("'chatId' must be in the format: phone_number@c.us".to_owned());
    }
    for name in ["header", "footer", "quotedMessageId"] {
        optional(body, name)?;
    }
    typing(body)?;
    let text = required(body, "", "body")?;
    within(limits, LimitKey::Text, "body", text)?;
    let buttons = match body.get("buttons") {
        None => return Err("'buttons' is required".to_owned()),
        Some(Value::Array(buttons)) => buttons,
        Some(_) => return Err("'buttons' must be an array".to_owned()),
    };
    if buttons.is_empty() {
        return Err("'buttons' must contain at least 1 items".to_owned());
    }
    if let Some(max) = exceeded(limits, LimitKey::Buttons, |_| buttons.len()) {
        return Err(format!(
            "'buttons' must contain less than or equal to {max} items"
        ));
    }
    for (index, button) in buttons.iter().enumerate() {
        let place = format!("buttons[{index}]");
        let Value::Object(button) = button else {
            return Err(format!("'{place}' must be of type object"));
        };
        check_kind(button, &place)?;
        required(button, &place, "buttonId")?;
        let text = required(button, &place, "buttonText")?;
        within(
            limits,
            LimitKey::ButtonText,
            &format!("{place}.buttonText"),
            text,
        )?;
    }
    Ok(())
}

/// A button's type, and the value that goes with it.
fn check_action(button: &Object, place: &str) -> Result<(), String> {
    let value = match required(button, place, "type")? {
        "copy" => "copyCode",
        "call" => "phoneNumber",
        "url" => "url",
        _ => return Err(format!("'{place}.type' must be one of [copy, call, url]")),
    };
    let text = required(button, place, value)?;
    if value == "phoneNumber" && !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("'{place}.phoneNumber' must contain digits only"));
    }
    Ok(())
}

/// The limits of the method for buttons with this action.
fn buttons_limits(action: Action) -> Limits {
    let button = Button {
        action,
        ..Button::default()
    };
    let draft = Draft {
        message: Message::Buttons(Buttons {
            buttons: vec![button],
            ..Buttons::default()
        }),
        ..Draft::default()
    };
    Account::public(GatewayKind::GreenApi).limits(&draft)
}

fn within(limits: &Limits, key: LimitKey, name: &str, text: &str) -> Result<(), String> {
    match exceeded(limits, key, |limit| limit.unit.count(text)) {
        None => Ok(()),
        Some(max) => Err(format!(
            "'{name}' length must be less than or equal to {max} characters long"
        )),
    }
}

/// A string that must be there and must not be empty.
fn required<'a>(object: &'a Object, place: &str, name: &str) -> Result<&'a str, String> {
    let dot = if place.is_empty() { "" } else { "." };
    match object.get(name) {
        None => Err(format!("'{place}{dot}{name}' is required")),
        Some(Value::String(text)) if text.is_empty() => {
            Err(format!("'{place}{dot}{name}' is not allowed to be empty"))
        }
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(format!("'{place}{dot}{name}' must be a string")),
    }
}

/// A string that may be left out, but not be empty.
fn optional(object: &Object, name: &str) -> Result<(), String> {
    if object.contains_key(name) {
        required(object, "", name)?;
    }
    Ok(())
}

fn is_person(chat: &str) -> bool {
    chat.strip_suffix("@c.us").is_some_and(is_number)
}

fn is_hidden(chat: &str) -> bool {
    chat.strip_suffix("@lid").is_some_and(is_number)
}

/// A group's id is a number, or the creator's number, a dash and a time.
fn is_group(chat: &str) -> bool {
    chat.strip_suffix("@g.us")
        .is_some_and(|id| id.split('-').count() <= 2 && id.split('-').all(is_number))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
