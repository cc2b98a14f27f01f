//! What WUTS refuses, in the wording of its pages; limits that are only assumed are not enforced.

use serde_json::Value;

use super::super::exceeded;
use super::request::{
    Button, ButtonsRequest, ButtonsResponseRequest, CatalogRequest, InteractiveRequest,
    ListResponseRequest, ProductRequest, ProductSection, Quoted, Row, RowSection, TextRequest,
};
use crate::gateway::{Account, GatewayKind};
use crate::message::limits::{LimitKey, Limits};
use crate::message::{Draft, Kind};

/// A field that is not as it must be.
#[derive(Debug)]
pub(super) struct Wrong {
    pub field: String,
    pub message: String,
    pub value: String,
}

type Checked = Result<(), Wrong>;

impl Wrong {
    fn new(field: impl Into<String>, message: impl Into<String>, value: &str) -> Self {
        Self {
            field: field.into(),
            message: message.into(),
            value: value.to_owned(),
        }
    }

    pub(super) fn required(field: impl Into<String>) -> Self {
        let field = field.into();
        let message = format!("{field} is required");
        Self::new(field, message, "")
    }
}

pub(super) fn text(request: &TextRequest) -> Checked {
    let limits = limits(Kind::Text);
    number(request.number.as_deref())?;
    let text = required("text", request.text.as_deref())?;
    if let Some(max) = exceeded(&limits, LimitKey::Text, |limit| limit.unit.count(text)) {
        let message = format!("text must be between 1 and {max} characters");
        return Err(Wrong::new("text", message, text));
    }
    seconds("delay", request.delay)?;
    seconds("typingDuration", request.typing_duration)?;
    let id = |quoted: &Value| quoted.pointer("/key/id")?.as_str().map(str::len);
    if request
        .quoted
        .as_ref()
        .is_some_and(|quoted| id(quoted).unwrap_or(0) == 0)
    {
        return Err(Wrong::new("quoted", "quoted.key.id is required", ""));
    }
    Ok(())
}

pub(super) fn buttons(request: &ButtonsRequest) -> Checked {
    let limits = limits(Kind::Buttons);
    recipient(request.to.as_deref())?;
    let message = required("message", request.message.as_deref())?;
    within(&limits, LimitKey::Text, "message", message)?;
    let footer = request.footer.as_deref().unwrap_or_default();
    within(&limits, LimitKey::Footer, "footer", footer)?;
    let buttons = some("buttons", request.buttons.as_deref())?;
    at_most(&limits, LimitKey::Buttons, "buttons", buttons.len())?;
    for (index, Button { id, display_text }) in buttons.iter().enumerate() {
        for (key, name, text) in [
            (LimitKey::ButtonId, "id", id),
            (LimitKey::ButtonText, "display_text", display_text),
        ] {
            let field = format!("buttons[{index}].{name}");
            let text = required(&field, text.as_deref())?;
            within(&limits, key, &field, text)?;
        }
    }
    Ok(())
}

pub(super) fn catalog(request: &CatalogRequest) -> Checked {
    let limits = limits(Kind::Catalog);
    number(request.number.as_deref())?;
    owner(request.business_owner_jid.as_deref())?;
    for (key, field, text) in [
        (LimitKey::Title, "title", &request.title),
        (LimitKey::Text, "description", &request.description),
        (LimitKey::Footer, "footer", &request.footer),
        (
            LimitKey::ProductId,
            "header_product_id",
            &request.header_product_id,
        ),
    ] {
        within(&limits, key, field, text.as_deref().unwrap_or_default())?;
    }
    let button_text = required("button_text", request.button_text.as_deref())?;
    within(&limits, LimitKey::MenuButton, "button_text", button_text)?;
    let sections = some("sections", request.sections.as_deref())?;
    at_most(&limits, LimitKey::Sections, "sections", sections.len())?;
    let mut count = 0;
    for (index, ProductSection { title, product_ids }) in sections.iter().enumerate() {
        let field = format!("sections[{index}].title");
        let title = title.as_deref().unwrap_or_default();
        within(&limits, LimitKey::SectionTitle, &field, title)?;
        let field = format!("sections[{index}].product_ids");
        let ids = some(&field, product_ids.as_deref())?;
        at_most(&limits, LimitKey::SectionProducts, &field, ids.len())?;
        for (at, id) in ids.iter().enumerate() {
            required(&format!("{field}[{at}]"), Some(id))?;
        }
        count += ids.len();
    }
    at_most(&limits, LimitKey::Products, "products", count)?;
    thumbnail(request)?;
    seconds("delay", request.delay)
}

pub(super) fn product(request: &ProductRequest) -> Checked {
    let limits = limits(Kind::Catalog);
    number(request.number.as_deref())?;
    owner(request.business_owner_jid.as_deref())?;
    required("product.product_id", request.product.product_id.as_deref())?;
    required("product.title", request.product.title.as_deref())?;
    for (key, field, text) in [
        (LimitKey::Text, "body", &request.body),
        (LimitKey::Footer, "footer", &request.footer),
    ] {
        within(&limits, key, field, text.as_deref().unwrap_or_default())?;
    }
    seconds("delay", request.delay)
}

fn owner(owner: Option<&str>) -> Checked {
    let Some(owner) = owner else {
        return Ok(());
    };
    person(owner).map_err(|wrong| {
        let message = format!("business_owner_jid is invalid: {wrong}");
        Wrong::new("business_owner_jid", message, owner)
    })
}

fn thumbnail(request: &CatalogRequest) -> Checked {
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
    if let Some(text) = &request.jpeg_thumbnail
        && !text.chars().all(is_base64)
    {
        let message = "jpeg_thumbnail must be base64 without a prefix";
        return Err(Wrong::new("jpeg_thumbnail", message, ""));
    }
    if let Some(url) = &request.jpeg_thumbnail_url
        && !["http://", "https://"].iter().any(|scheme| {
            let start = url.get(..scheme.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        })
    {
        let message = "jpeg_thumbnail_url must be a URL";
        return Err(Wrong::new("jpeg_thumbnail_url", message, url));
    }
    Ok(())
}

pub(super) fn interactive(request: &InteractiveRequest) -> Checked {
    let limits = limits(Kind::List);
    recipient(request.to.as_deref())?;
    let title = request.title.as_deref().unwrap_or_default();
    within(&limits, LimitKey::Title, "title", title)?;
    let body = required("body", request.body.as_deref())?;
    within(&limits, LimitKey::Text, "body", body)?;
    let footer = request.footer.as_deref().unwrap_or_default();
    within(&limits, LimitKey::Footer, "footer", footer)?;
    let button_text = required("button_text", request.button_text.as_deref())?;
    within(&limits, LimitKey::MenuButton, "button_text", button_text)?;
    let sections = some("sections", request.sections.as_deref())?;
    at_most(&limits, LimitKey::Sections, "sections", sections.len())?;
    for (index, RowSection { title, rows }) in sections.iter().enumerate() {
        let field = format!("sections[{index}].title");
        let title = title.as_deref().unwrap_or_default();
        within(&limits, LimitKey::SectionTitle, &field, title)?;
        let field = format!("sections[{index}].rows");
        for (at, row) in some(&field, rows.as_deref())?.iter().enumerate() {
            list_row(&limits, &format!("{field}[{at}]"), row)?;
        }
    }
    Ok(())
}

fn list_row(limits: &Limits, place: &str, row: &Row) -> Checked {
    let id = format!("{place}.id");
    within(
        limits,
        LimitKey::RowId,
        &id,
        required(&id, row.id.as_deref())?,
    )?;
    let field = format!("{place}.title");
    let title = required(&field, row.title.as_deref())?;
    within(limits, LimitKey::RowTitle, &field, title)?;
    let description = row.description.as_deref().unwrap_or_default();
    let field = format!("{place}.description");
    within(limits, LimitKey::RowDescription, &field, description)
}

pub(super) fn buttons_response(request: &ButtonsResponseRequest) -> Checked {
    recipient(request.to.as_deref())?;
    required("selected_button_id", request.selected_button_id.as_deref())?;
    let text = request.selected_display_text.as_deref();
    required("selected_display_text", text)?;
    quoted(&request.quoted)
}

pub(super) fn list_response(request: &ListResponseRequest) -> Checked {
    recipient(request.to.as_deref())?;
    required("selected_row_id", request.selected_row_id.as_deref())?;
    required("title", request.title.as_deref())?;
    quoted(&request.quoted)
}

fn quoted(quoted: &Quoted) -> Checked {
    required("quoted.message_id", quoted.message_id.as_deref())?;
    let participant = quoted.participant.as_deref().unwrap_or_default();
    person(participant).map_err(|wrong| {
        let message = format!("invalid quoted participant JID: {wrong}");
        Wrong::new("quoted.participant", message, participant)
    })
}

/// The limits of a kind of message.
fn limits(kind: Kind) -> Limits {
    let draft = Draft {
        message: kind.empty(),
        ..Draft::default()
    };
    Account::public(GatewayKind::Wuts).limits(&draft)
}

fn required<'a>(field: &str, text: Option<&'a str>) -> Result<&'a str, Wrong> {
    text.filter(|text| !text.is_empty())
        .ok_or_else(|| Wrong::required(field))
}

fn some<'a, T>(field: &str, items: Option<&'a [T]>) -> Result<&'a [T], Wrong> {
    items
        .filter(|items| !items.is_empty())
        .ok_or_else(|| Wrong::required(field))
}

fn within(limits: &Limits, key: LimitKey, field: &str, text: &str) -> Checked {
    match exceeded(limits, key, |limit| limit.unit.count(text)) {
        None => Ok(()),
        Some(max) => {
            let message = format!("{field} must be at most {max} characters");
            Err(Wrong::new(field, message, text))
        }
    }
}

fn at_most(limits: &Limits, key: LimitKey, field: &str, count: usize) -> Checked {
    match exceeded(limits, key, |_| count) {
        None => Ok(()),
        Some(max) => {
            let message = format!("at most {max} {field} are allowed");
            Err(Wrong::new(field, message, &count.to_string()))
        }
    }
}

fn seconds(field: &str, seconds: Option<i64>) -> Checked {
    match seconds {
        Some(seconds) if seconds < 0 => {
            let message = format!("{field} must be 0 or more");
            Err(Wrong::new(field, message, &seconds.to_string()))
        }
        _ => Ok(()),
    }
}

/// The recipient's field of texts and catalogs.
fn number(text: Option<&str>) -> Checked {
    let text = required("number", text)?;
    address(text).map_err(|wrong| Wrong::new("number", format!("number is invalid: {wrong}"), text))
}

/// The recipient's field of the others.
fn recipient(text: Option<&str>) -> Checked {
    let text = text.unwrap_or_default();
    address(text).map_err(|wrong| Wrong::new("to", format!("Invalid recipient JID: {wrong}"), text))
}

/// Whether a text is the JID of a person.
fn person(text: &str) -> Result<(), String> {
    address(text)?;
    if text.ends_with("@s.whatsapp.net") {
        Ok(())
    } else {
        Err(format!("\"{text}\" is not the JID of a person"))
    }
}

/// The JID of a recipient that [`address`] takes.
pub(super) fn jid(text: &str) -> String {
    if text.contains('@') {
        return text.to_owned();
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    format!("{digits}@s.whatsapp.net")
}

/// Whether an address is one that the page `conventions` knows: a phone number of 10 to 15 digits,
/// or the JID of a user, a group (15 to 25 digits) or a channel.
fn address(text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Err("empty input".to_owned());
    }
    let digits = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let valid = match text.split_once('@') {
        Some((user, "s.whatsapp.net")) => digits(user, 10..=15),
        Some((group, "g.us" | "newsletter")) => digits(group, 15..=25),
        Some(_) => false,
        None => {
            let bare = text.strip_prefix('+').unwrap_or(text);
            digits(&bare.replace([' ', '-', '(', ')'], ""), 10..=15)
        }
    };
    if valid {
        Ok(())
    } else {
        Err(format!("\"{text}\" is not a phone number or JID"))
    }
}
