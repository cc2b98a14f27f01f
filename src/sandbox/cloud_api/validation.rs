//! What the Cloud API refuses, with the number of the error; limits that are only assumed are not
//! enforced.

use std::collections::HashSet;

use serde_json::Value;

use super::super::exceeded;
use crate::gateway::{Account, GatewayKind};
use crate::message::limits::{LimitKey, Limits};
use crate::message::{Action, Button, Buttons, Catalog, Draft, Kind, Message, ProductSection};

/// A part of the body that is not as it must be.
#[derive(Debug)]
pub(super) struct Wrong {
    pub code: u32,
    pub details: String,
}

type Checked = Result<(), Wrong>;

/// The number of the error for a part that is not there, or empty.
const MISSING: u32 = 131_008;
/// That for a value that is not as it must be.
const INVALID: u32 = 131_009;
/// That for a type of message that does not exist.
const UNKNOWN_TYPE: u32 = 131_051;

fn wrong<T>(code: u32, details: impl Into<String>) -> Result<T, Wrong> {
    let details = details.into();
    Err(Wrong { code, details })
}

/// Whether a message could be sent, and to whom it would go.
pub(super) fn check(body: &Value) -> Result<&str, Wrong> {
    if text(body, "messaging_product")? != "whatsapp" {
        return wrong(INVALID, "messaging_product must be whatsapp");
    }
    if body
        .get("recipient_type")
        .is_some_and(|kind| kind != "individual")
    {
        return wrong(INVALID, "recipient_type must be individual");
    }
    let to = text(body, "to")?;
    let digits = to.strip_prefix('+').unwrap_or(to);
    if !(7..=15).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return wrong(INVALID, "to must be a phone number");
    }
    if body.get("context").is_some() {
        text(body, "context.message_id")?;
    }
    match text(body, "type")? {
        "text" => plain(body)?,
        "interactive" => interactive(body)?,
        other => return wrong(UNKNOWN_TYPE, format!("type {other} is not supported")),
    }
    Ok(to)
}

fn plain(body: &Value) -> Checked {
    within(
        body,
        &limits(Kind::Text.empty()),
        LimitKey::Text,
        "text.body",
    )?;
    match body.pointer("/text/preview_url") {
        Some(value) if !value.is_boolean() => wrong(INVALID, "text.preview_url must be a boolean"),
        _ => Ok(()),
    }
}

fn interactive(body: &Value) -> Checked {
    match text(body, "interactive.type")? {
        "button" => {
            let limits = limits(Kind::Buttons.empty());
            frame(body, &limits, LimitKey::Header)?;
            reply_buttons(body, &limits)
        }
        "cta_url" => {
            let button = Button {
                action: Action::Url { url: String::new() },
                ..Button::default()
            };
            let limits = limits(Message::Buttons(Buttons {
                buttons: vec![button],
                ..Buttons::default()
            }));
            frame(body, &limits, LimitKey::Header)?;
            let parameters = "interactive.action.parameters";
            text(body, &format!("{parameters}.display_text"))?;
            let url = text(body, &format!("{parameters}.url"))?;
            if url.starts_with("http://") || url.starts_with("https://") {
                Ok(())
            } else {
                wrong(INVALID, format!("{parameters}.url must be a URL"))
            }
        }
        "list" => {
            let limits = limits(Kind::List.empty());
            frame(body, &limits, LimitKey::Title)?;
            within(
                body,
                &limits,
                LimitKey::MenuButton,
                "interactive.action.button",
            )?;
            sections(body, &limits, LimitKey::Rows, "rows", list_row)
        }
        "product_list" => {
            let limits = limits(Message::Catalog(Catalog {
                sections: vec![ProductSection::default()],
                ..Catalog::default()
            }));
            text(body, "interactive.header.text")?;
            frame(body, &limits, LimitKey::Title)?;
            text(body, "interactive.action.catalog_id")?;
            sections(body, &limits, LimitKey::Products, "product_items", product)
        }
        "catalog_message" => {
            let limits = limits(Kind::Catalog.empty());
            frame(body, &limits, LimitKey::Title)?;
            if body.pointer("/interactive/action/parameters").is_some() {
                let name = "interactive.action.parameters.thumbnail_product_retailer_id";
                text(body, name)?;
            }
            match text(body, "interactive.action.name")? {
                "catalog_message" => Ok(()),
                _ => wrong(INVALID, "interactive.action.name must be catalog_message"),
            }
        }
        other => wrong(
            UNKNOWN_TYPE,
            format!("interactive.type {other} is not supported"),
        ),
    }
}

/// The header, the body and the footer of an interactive message.
fn frame(body: &Value, limits: &Limits, header: LimitKey) -> Checked {
    if body.pointer("/interactive/header").is_some() {
        if text(body, "interactive.header.type")? != "text" {
            return wrong(INVALID, "interactive.header.type must be text");
        }
        within(body, limits, header, "interactive.header.text")?;
    }
    within(body, limits, LimitKey::Text, "interactive.body.text")?;
    if body.pointer("/interactive/footer").is_some() {
        within(body, limits, LimitKey::Footer, "interactive.footer.text")?;
    }
    Ok(())
}

fn reply_buttons(body: &Value, limits: &Limits) -> Checked {
    let place = "interactive.action.buttons";
    let buttons = items(body, place)?;
    at_most(limits, LimitKey::Buttons, place, buttons.len())?;
    let (mut ids, mut titles) = (HashSet::new(), HashSet::new());
    for index in 0..buttons.len() {
        let place = format!("{place}[{index}]");
        if text(body, &format!("{place}.type"))? != "reply" {
            return wrong(INVALID, format!("{place}.type must be reply"));
        }
        let (id_place, title_place) = (format!("{place}.reply.id"), format!("{place}.reply.title"));
        let id = within(body, limits, LimitKey::ButtonId, &id_place)?;
        let title = within(body, limits, LimitKey::ButtonText, &title_place)?;
        if id.trim() != id {
            return wrong(
                INVALID,
                format!("{id_place} must not begin or end with a space"),
            );
        }
        if !ids.insert(id) || !titles.insert(title) {
            return wrong(INVALID, format!("{place}.reply is not unique"));
        }
    }
    Ok(())
}

/// The sections of a list: `name` is the key of their items, `check` looks at one of these.
fn sections<'a>(
    body: &'a Value,
    limits: &Limits,
    key: LimitKey,
    name: &str,
    check: fn(&'a Value, &Limits, &str, &mut HashSet<&'a str>) -> Checked,
) -> Checked {
    let place = "interactive.action.sections";
    let sections = items(body, place)?;
    at_most(limits, LimitKey::Sections, place, sections.len())?;
    let (mut count, mut ids) = (0, HashSet::new());
    for (index, section) in sections.iter().enumerate() {
        let place = format!("{place}[{index}]");
        if sections.len() > 1 || section.get("title").is_some() {
            within(
                body,
                limits,
                LimitKey::SectionTitle,
                &format!("{place}.title"),
            )?;
        }
        let place = format!("{place}.{name}");
        let items = items(body, &place)?;
        for at in 0..items.len() {
            check(body, limits, &format!("{place}[{at}]"), &mut ids)?;
        }
        count += items.len();
    }
    at_most(limits, key, name, count)
}

fn list_row<'a>(
    body: &'a Value,
    limits: &Limits,
    place: &str,
    ids: &mut HashSet<&'a str>,
) -> Checked {
    let id = within(body, limits, LimitKey::RowId, &format!("{place}.id"))?;
    if !ids.insert(id) {
        return wrong(INVALID, format!("{place}.id is not unique"));
    }
    within(body, limits, LimitKey::RowTitle, &format!("{place}.title"))?;
    let description = format!("{place}.description");
    if find(body, &description).is_some() {
        within(body, limits, LimitKey::RowDescription, &description)?;
    }
    Ok(())
}

fn product<'a>(body: &'a Value, _: &Limits, place: &str, _: &mut HashSet<&'a str>) -> Checked {
    text(body, &format!("{place}.product_retailer_id")).map(|_| ())
}

/// The limits of the type of message that this one would be sent as.
fn limits(message: Message) -> Limits {
    let draft = Draft {
        message,
        ..Draft::default()
    };
    Account::public(GatewayKind::CloudApi).limits(&draft)
}

/// What stands at a place such as `interactive.action.buttons[0].type`.
fn find<'a>(body: &'a Value, place: &str) -> Option<&'a Value> {
    body.pointer(&format!(
        "/{}",
        place.replace(['.', '['], "/").replace(']', "")
    ))
}

/// A text that must be there and must not be empty.
fn text<'a>(body: &'a Value, place: &str) -> Result<&'a str, Wrong> {
    match find(body, place) {
        None => wrong(MISSING, format!("{place} is required")),
        Some(Value::String(text)) if text.is_empty() => {
            wrong(MISSING, format!("{place} must not be empty"))
        }
        Some(Value::String(text)) => Ok(text),
        Some(_) => wrong(100, format!("{place} must be a string")),
    }
}

/// A list that must be there and must not be empty.
fn items<'a>(body: &'a Value, place: &str) -> Result<&'a [Value], Wrong> {
    match find(body, place).map(Value::as_array) {
        None => wrong(MISSING, format!("{place} is required")),
        Some(None) => wrong(100, format!("{place} must be an array")),
        Some(Some(items)) if items.is_empty() => {
            wrong(INVALID, format!("{place} must have at least 1 item"))
        }
        Some(Some(items)) => Ok(items),
    }
}

/// A text that must be there, not be empty, and not be too long.
fn within<'a>(
    body: &'a Value,
    limits: &Limits,
    key: LimitKey,
    place: &str,
) -> Result<&'a str, Wrong> {
    let text = text(body, place)?;
    match exceeded(limits, key, |limit| limit.unit.count(text)) {
        None => Ok(text),
        Some(max) => wrong(INVALID, format!("{place} must be at most {max} characters")),
    }
}

fn at_most(limits: &Limits, key: LimitKey, place: &str, count: usize) -> Checked {
    match exceeded(limits, key, |_| count) {
        None => Ok(()),
        Some(max) => wrong(INVALID, format!("{place} must have at most {max} items")),
    }
}
