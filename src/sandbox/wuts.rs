//! WUTS as <https://docs.wuts.com.br> documents it: `/send/buttons`, `/send/text` and `/status`.
//!
//! The buttons answer errors with a bare `{"error":"…"}`, the text with the envelope of the page
//! `errors`.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::{get, post};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::reply::{self, Reply};
use super::{Gateway, exceeded, mint};
use crate::gateway::{Account, GatewayKind};
use crate::message::limits::{LimitKey, Limits};
use crate::message::{Buttons, Draft, Message, Text};

/// The body of `/send/buttons`. A field that is missing counts as empty.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ButtonsRequest {
    to: Option<String>,
    message: Option<String>,
    footer: Option<String>,
    buttons: Option<Vec<ButtonRequest>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ButtonRequest {
    id: Option<String>,
    display_text: Option<String>,
}

/// The body of `/send/text`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct TextRequest {
    number: Option<String>,
    text: Option<String>,
    delay: Option<i64>,
    #[serde(rename = "typingDuration")]
    typing_duration: Option<i64>,
    quoted: Option<Value>,
}

pub(super) fn routes() -> Router<Arc<Gateway>> {
    Router::new()
        .route("/send/buttons", post(send_buttons))
        .route("/send/text", post(send_text))
        .route("/status", get(status))
}

async fn send_buttons(
    State(gateway): State<Arc<Gateway>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Reply, Reply> {
    let request: ButtonsRequest = read(&gateway, &headers, &body)?;
    let limits = limits(Message::Buttons(Buttons::default()));
    check_buttons(&request, &limits)
        .map_err(|words| Reply::error(StatusCode::BAD_REQUEST, words))?;
    let message_id = gateway.mint.wuts_id();
    let body = json!({
        "success": true,
        "message_id": message_id,
        "timestamp": mint::now(),
        "message": "Buttons message sent successfully",
    });
    Ok(Reply::json(StatusCode::OK, message_id, body))
}

async fn send_text(
    State(gateway): State<Arc<Gateway>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Reply, Reply> {
    let request: TextRequest = read(&gateway, &headers, &body)?;
    let limits = limits(Message::Text(Text::default()));
    check_text(&request, &limits).map_err(|wrong| wrong.reply())?;
    let message_id = gateway.mint.wuts_id();
    let body = json!({
        "success": true,
        "message_id": message_id,
        "timestamp": mint::now(),
        "message": "Message sent successfully",
        "metadata": { "device_id": "sandbox", "user_id": "sandbox", "processing_time_ms": 0 },
    });
    Ok(Reply::json(StatusCode::OK, message_id, body))
}

async fn status(State(gateway): State<Arc<Gateway>>, headers: HeaderMap) -> Reply {
    if is_authorized(&gateway, &headers) {
        let body = json!({ "success": true, "connected": true });
        Reply::json(StatusCode::OK, "connected", body)
    } else {
        let body = json!({ "success": false, "error": "Invalid token" });
        Reply::json(StatusCode::UNAUTHORIZED, "Invalid token", body)
    }
}

/// The answer that the pages of the endpoints show for a status.
pub(super) fn documented(status: StatusCode, path: &str) -> Reply {
    let words = match status.as_u16() {
        200..=299 => {
            let body = json!({ "success": true, "timestamp": mint::now() });
            return Reply::json(status, "fault", body);
        }
        401 if path == "/status" => {
            let body = json!({ "success": false, "error": "Invalid token" });
            return Reply::json(status, "fault", body);
        }
        400 => "WhatsApp not connected",
        401 => "unauthorized",
        500 => "Failed to send buttons message: timeout",
        _ => status.canonical_reason().unwrap_or("error"),
    };
    Reply::error(status, words)
}

fn is_authorized(gateway: &Gateway, headers: &HeaderMap) -> bool {
    let value = headers.get(header::AUTHORIZATION);
    let value = value.and_then(|value| value.to_str().ok());
    value
        .and_then(|value| value.split_once(' '))
        .is_some_and(|(scheme, token)| {
            scheme.eq_ignore_ascii_case("bearer") && token.trim() == gateway.token.reveal()
        })
}

/// The body of a request that may be made and can be read.
fn read<T: DeserializeOwned>(
    gateway: &Gateway,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<T, Reply> {
    if !is_authorized(gateway, headers) {
        return Err(Reply::error(StatusCode::UNAUTHORIZED, "unauthorized"));
    }
    if !reply::is_json(headers) {
        let words = "Content-Type must be application/json";
        return Err(Reply::error(StatusCode::UNSUPPORTED_MEDIA_TYPE, words));
    }
    serde_json::from_slice(body).map_err(|error| {
        let words = format!("Invalid request body: {error}");
        Reply::error(StatusCode::BAD_REQUEST, words)
    })
}

/// The limits of a kind of message; those that are only assumed are not enforced.
fn limits(message: Message) -> Limits {
    let draft = Draft {
        message,
        ..Draft::default()
    };
    Account::public(GatewayKind::Wuts).limits(&draft)
}

fn check_buttons(request: &ButtonsRequest, limits: &Limits) -> Result<(), String> {
    address(request.to.as_deref()).map_err(|wrong| format!("Invalid recipient JID: {wrong}"))?;
    let message = request.message.as_deref().unwrap_or_default();
    if message.is_empty() {
        return Err("message is required".to_owned());
    }
    let texts = [
        (LimitKey::Text, "message", message),
        (
            LimitKey::Footer,
            "footer",
            request.footer.as_deref().unwrap_or_default(),
        ),
    ];
    for (key, field, text) in texts {
        if let Some(max) = exceeded(limits, key, |limit| limit.unit.count(text)) {
            return Err(format!("{field} must be at most {max} characters"));
        }
    }
    let buttons = request.buttons.as_deref().unwrap_or_default();
    if buttons.is_empty() {
        return Err("buttons is required".to_owned());
    }
    if let Some(max) = exceeded(limits, LimitKey::Buttons, |_| buttons.len()) {
        return Err(format!("at most {max} buttons are allowed"));
    }
    for (index, button) in buttons.iter().enumerate() {
        check_button(button, limits).map_err(|wrong| format!("buttons[{index}].{wrong}"))?;
    }
    Ok(())
}

fn check_button(button: &ButtonRequest, limits: &Limits) -> Result<(), String> {
    let parts = [
        (LimitKey::ButtonId, "id", &button.id),
        (LimitKey::ButtonText, "display_text", &button.display_text),
    ];
    for (key, field, text) in parts {
        let text = text.as_deref().unwrap_or_default();
        if text.is_empty() {
            return Err(format!("{field} is required"));
        }
        if let Some(max) = exceeded(limits, key, |limit| limit.unit.count(text)) {
            return Err(format!("{field} must be at most {max} characters"));
        }
    }
    Ok(())
}

/// A field of a text that is not as it must be.
struct Wrong {
    field: &'static str,
    message: String,
    value: String,
}

impl Wrong {
    fn new(field: &'static str, message: impl Into<String>, value: &str) -> Self {
        Self {
            field,
            message: message.into(),
            value: value.to_owned(),
        }
    }

    fn reply(&self) -> Reply {
        let body = json!({
            "success": false,
            "error": "Validation failed",
            "error_code": "VALIDATION_ERROR",
            "timestamp": mint::now(),
            "validation": [
                { "field": self.field, "message": self.message, "value": self.value },
            ],
        });
        Reply::json(StatusCode::BAD_REQUEST, self.message.clone(), body)
    }
}

fn check_text(request: &TextRequest, limits: &Limits) -> Result<(), Wrong> {
    let number = request.number.as_deref().unwrap_or_default();
    if number.is_empty() {
        return Err(Wrong::new("number", "number is required", number));
    }
    address(Some(number))
        .map_err(|wrong| Wrong::new("number", format!("number is invalid: {wrong}"), number))?;
    let text = request.text.as_deref().unwrap_or_default();
    if text.is_empty() {
        return Err(Wrong::new("text", "text is required", text));
    }
    if let Some(max) = exceeded(limits, LimitKey::Text, |limit| limit.unit.count(text)) {
        let message = format!("text must be between 1 and {max} characters");
        return Err(Wrong::new("text", message, text));
    }
    let times = [
        ("delay", request.delay),
        ("typingDuration", request.typing_duration),
    ];
    for (field, seconds) in times {
        if let Some(seconds) = seconds.filter(|seconds| *seconds < 0) {
            let message = format!("{field} must be 0 or more");
            return Err(Wrong::new(field, message, &seconds.to_string()));
        }
    }
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

/// Whether an address is one that the page `conventions` knows: a phone number of 10 to 15 digits,
/// or the JID of a user, a group (15 to 25 digits) or a channel.
fn address(text: Option<&str>) -> Result<(), String> {
    let text = text.unwrap_or_default();
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
