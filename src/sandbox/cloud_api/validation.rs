//! What the Cloud API refuses, with the number of the error; limits that are only assumed are not
//! enforced.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::required::{INVALID, MISSING, Result, items, text, wrong};
use super::{find, is_digits, template};
use crate::gateway::{Account, GatewayKind};
use crate::message::limits::{LimitKey, Limits};
use crate::message::{Action, Button, Buttons, Catalog, Draft, Kind, Message, ProductSection};
use crate::sandbox::exceeded;

/// What a body asks for.
#[derive(Debug)]
pub(super) enum Checked<'a> {
    /// A message to somebody.
    Message(Recipient<'a>),
    /// A message that came in is marked as read.
    Read,
}

/// Whom a message goes to.
#[derive(Debug)]
pub(super) enum Recipient<'a> {
    /// A phone number, as it was written.
    Number(&'a str),
    /// A group.
    Group(&'a str),
    /// A person by their business-scoped id.
    Scoped(&'a str),
}

impl Recipient<'_> {
    /// How the answer names them.
    pub(super) fn contact(&self) -> Value {
        match self {
            Self::Number(number) => {
                let digits: String = number.chars().filter(char::is_ascii_digit).collect();
                json!({ "input": number, "wa_id": digits })
            }
            Self::Group(group) => json!({ "input": group, "wa_id": group }),
            Self::Scoped(id) => json!({ "input": id, "user_id": id }),
        }
    }
}

/// That for a type of message that does not exist.
const UNKNOWN_TYPE: u32 = 131_051;

/// What a body asks for, where that can be done.
pub(super) fn check(body: &Value) -> Result<Checked<'_>> {
    if text(body, "messaging_product")? != "whatsapp" {
        return wrong(INVALID, "messaging_product must be whatsapp");
    }
    if body.get("status").is_some() {
        return mark(body);
    }
    let recipient = recipient(body)?;
    if body.get("context").is_some() {
        text(body, "context.message_id")?;
    }
    match text(body, "type")? {
        "text" => plain(body)?,
        "interactive" => interactive(body)?,
        "template" => template::check(body)?,
        "reaction" => {
            text(body, "reaction.message_id")?;
        }
        "location" => place(body)?,
        "contacts" => {
            let contacts = items(body, "contacts")?;
            for at in 0..contacts.len() {
                text(body, &format!("contacts[{at}].name.formatted_name"))?;
            }
        }
        kind @ ("image" | "video" | "audio" | "document" | "sticker") => media(body, kind)?,
        other => return wrong(UNKNOWN_TYPE, format!("type {other} is not supported")),
    }
    Ok(Checked::Message(recipient))
}

/// A mark as read, with or without a typing indicator.
fn mark(body: &Value) -> Result<Checked<'_>> {
    if text(body, "status")? != "read" {
        return wrong(INVALID, "status must be read");
    }
    text(body, "message_id")?;
    Ok(Checked::Read)
}

fn recipient(body: &Value) -> Result<Recipient<'_>> {
    let kind = match body.get("recipient_type") {
        None => "individual",
        Some(kind) => kind.as_str().unwrap_or_default(),
    };
    match kind {
        "individual" if body.get("to").is_none() && body.get("recipient").is_some() => {
            let id = text(body, "recipient")?;
            if is_scoped(id) {
                Ok(Recipient::Scoped(id))
            } else {
                wrong(INVALID, "recipient must be a business-scoped user id")
            }
        }
        "individual" => {
            let to = text(body, "to")?;
            let digits = to.strip_prefix('+').unwrap_or(to);
            let digits = digits.replace([' ', '-', '(', ')'], "");
            if (7..=15).contains(&digits.len()) && is_digits(&digits) {
                Ok(Recipient::Number(to))
            } else {
                wrong(INVALID, "to must be a phone number")
            }
        }
        "group" => Ok(Recipient::Group(text(body, "to")?)),
        _ => wrong(INVALID, "recipient_type must be individual or group"),
    }
}

/// Whether a text is a business-scoped user id: a country, a dot, letters and digits.
fn is_scoped(text: &str) -> bool {
    text.split_once('.').is_some_and(|(country, id)| {
        country.len() == 2
            && country.bytes().all(|byte| byte.is_ascii_uppercase())
            && (1..=128).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

fn place(body: &Value) -> Result {
    for name in ["location.latitude", "location.longitude"] {
        let degrees = match find(body, name) {
            None => return wrong(MISSING, format!("{name} is required")),
            Some(Value::String(text)) => text.parse().ok(),
            Some(value) => value.as_f64(),
        };
        if degrees.is_none_or(|degrees: f64| !(-180.0..=180.0).contains(&degrees)) {
            return wrong(INVALID, format!("{name} must be a number of degrees"));
        }
    }
    Ok(())
}

/// A file at a place, by its id or by a link.
pub(super) fn media(body: &Value, place: &str) -> Result {
    if find(body, &format!("{place}.id")).is_some() {
        text(body, &format!("{place}.id"))?;
        return Ok(());
    }
    let link = text(body, &format!("{place}.link"))?;
    if link.starts_with("http://") || link.starts_with("https://") {
        Ok(())
    } else {
        wrong(INVALID, format!("{place}.link must be a URL"))
    }
}

fn plain(body: &Value) -> Result {
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

fn interactive(body: &Value) -> Result {
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
            let name = "interactive.action.parameters.thumbnail_product_retailer_id";
            if find(body, name).is_some() {
                text(body, name)?;
            }
            match text(body, "interactive.action.name")? {
                "catalog_message" => Ok(()),
                _ => wrong(INVALID, "interactive.action.name must be catalog_message"),
            }
        }
        "product" => {
            text(body, "interactive.action.catalog_id")?;
            text(body, "interactive.action.product_retailer_id").map(|_| ())
        }
        "location_request_message" => {
            let limits = limits(Kind::Buttons.empty());
            within(body, &limits, LimitKey::Text, "interactive.body.text")?;
            match text(body, "interactive.action.name")? {
                "send_location" => Ok(()),
                _ => wrong(INVALID, "interactive.action.name must be send_location"),
            }
        }
        other => wrong(
            UNKNOWN_TYPE,
            format!("interactive.type {other} is not supported"),
        ),
    }
}

/// The header, the body and the footer of an interactive message.
fn frame(body: &Value, limits: &Limits, header: LimitKey) -> Result {
    if body.pointer("/interactive/header").is_some() {
        match text(body, "interactive.header.type")? {
            "text" => {
                within(body, limits, header, "interactive.header.text")?;
            }
            kind @ ("image" | "video" | "document") if header == LimitKey::Header => {
                media(body, &format!("interactive.header.{kind}"))?;
            }
            _ => return wrong(INVALID, "interactive.header.type must be text"),
        }
    }
    within(body, limits, LimitKey::Text, "interactive.body.text")?;
    if body.pointer("/interactive/footer").is_some() {
        within(body, limits, LimitKey::Footer, "interactive.footer.text")?;
    }
    Ok(())
}

fn reply_buttons(body: &Value, limits: &Limits) -> Result {
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
    check: fn(&'a Value, &Limits, &str, &mut HashSet<&'a str>) -> Result,
) -> Result {
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
) -> Result {
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

fn product<'a>(body: &'a Value, _: &Limits, place: &str, _: &mut HashSet<&'a str>) -> Result {
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

/// A text that must be there, not be empty, and not be too long.
fn within<'a>(body: &'a Value, limits: &Limits, key: LimitKey, place: &str) -> Result<&'a str> {
    let text = text(body, place)?;
    match exceeded(limits, key, |limit| limit.unit.count(text)) {
        None => Ok(text),
        Some(max) => wrong(INVALID, format!("{place} must be at most {max} characters")),
    }
}

fn at_most(limits: &Limits, key: LimitKey, place: &str, count: usize) -> Result {
    match exceeded(limits, key, |_| count) {
        None => Ok(()),
        Some(max) => wrong(INVALID, format!("{place} must have at most {max} items")),
    }
}
