//! WUTS as <https://docs.wuts.com.br> documents it: the endpoints below `/send/` that a draft can go
//! to, and `/status`.
//!
//! Buttons, lists and replies answer errors with a bare `{"error":"…"}`, texts and catalogs with the
//! envelope of the page `errors`.

mod request;
mod validation;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::{get, post};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::reply::{self, Reply};
use super::{Gateway, mint};
use request::{
    ButtonsRequest, ButtonsResponseRequest, CatalogRequest, InteractiveRequest,
    ListResponseRequest, TextRequest,
};
use validation::Wrong;

/// The endpoint that tells the device's state, as it is named to misbehave.
pub(super) const STATUS: &str = "status";

pub(super) fn routes() -> Router<Arc<Gateway>> {
    Router::new()
        .route("/send/text", post(send_text))
        .route("/send/buttons", post(send_buttons))
        .route("/send/catalog", post(send_catalog))
        .route("/send/interactive", post(send_interactive))
        .route("/send/buttons-response", post(send_buttons_response))
        .route("/send/list-response", post(send_list_response))
        .route("/status", get(status))
}

type Shared = State<Arc<Gateway>>;

async fn send_text(
    State(gateway): Shared,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Reply, Reply> {
    let request: TextRequest = read(&gateway, &headers, &body, bare)?;
    validation::text(&request).map_err(|wrong| wrong.in_envelope())?;
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

async fn send_catalog(
    State(gateway): Shared,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Reply, Reply> {
    let request: CatalogRequest = read(&gateway, &headers, &body, failed)?;
    validation::catalog(&request).map_err(|wrong| wrong.in_envelope())?;
    let message_id = gateway.mint.wuts_id();
    let body = json!({
        "success": true,
        "message_id": message_id,
        "timestamp": mint::now(),
        "status": "sent",
        "chat_jid": validation::jid(request.number.as_deref().unwrap_or_default()),
    });
    Ok(Reply::json(StatusCode::OK, message_id, body))
}

async fn send_buttons(
    State(gateway): Shared,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Reply, Reply> {
    let request: ButtonsRequest = read(&gateway, &headers, &body, bare)?;
    taken(&gateway, validation::buttons(&request), "Buttons message")
}

async fn send_interactive(
    State(gateway): Shared,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Reply, Reply> {
    let request: InteractiveRequest = read(&gateway, &headers, &body, bare)?;
    let checked = validation::interactive(&request);
    taken(&gateway, checked, "Interactive list message")
}

async fn send_buttons_response(
    State(gateway): Shared,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Reply, Reply> {
    let request: ButtonsResponseRequest = read(&gateway, &headers, &body, bare)?;
    let checked = validation::buttons_response(&request);
    taken(&gateway, checked, "Buttons response")
}

async fn send_list_response(
    State(gateway): Shared,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Reply, Reply> {
    let request: ListResponseRequest = read(&gateway, &headers, &body, bare)?;
    let checked = validation::list_response(&request);
    taken(&gateway, checked, "List response")
}

/// The answer of the endpoints that say what they sent, or else a bare error.
fn taken(gateway: &Gateway, checked: Result<(), Wrong>, what: &str) -> Result<Reply, Reply> {
    checked.map_err(|wrong| Reply::error(StatusCode::BAD_REQUEST, wrong.message))?;
    let message_id = gateway.mint.wuts_id();
    let body = json!({
        "success": true,
        "message_id": message_id,
        "timestamp": mint::now(),
        "message": format!("{what} sent successfully"),
    });
    Ok(Reply::json(StatusCode::OK, message_id, body))
}

async fn status(State(gateway): Shared, headers: HeaderMap) -> Reply {
    if is_authorized(&gateway, &headers) {
        let connected = is_connected(&gateway);
        let note = if connected {
            "connected"
        } else {
            "disconnected"
        };
        let body = json!({ "success": true, "connected": connected });
        Reply::json(StatusCode::OK, note, body)
    } else {
        let body = json!({ "success": false, "error": "Invalid token" });
        Reply::json(StatusCode::UNAUTHORIZED, "Invalid token", body)
    }
}

fn is_connected(gateway: &Gateway) -> bool {
    gateway.state_of(STATUS) != Some("disconnected")
}

/// The answer that the pages of the endpoints show for a status.
pub(super) fn documented(status: StatusCode, path: &str) -> Reply {
    match (status.as_u16(), path) {
        (200..=299, _) => {
            let body = json!({ "success": true, "timestamp": mint::now() });
            Reply::json(status, "fault", body)
        }
        (401, "/status") => {
            let body = json!({ "success": false, "error": "Invalid token" });
            Reply::json(status, "fault", body)
        }
        (400, "/send/catalog") => Wrong::required("button_text").in_envelope(),
        (500.., "/send/catalog") => {
            let (words, code) = ("failed to acquire device", Some("DEVICE_NOT_READY"));
            envelope(status, words, code, None)
        }
        (400, _) => Reply::error(status, "WhatsApp not connected"),
        (401, "/send/catalog") => failed(status, "unauthorized"),
        (401, _) => Reply::error(status, "unauthorized"),
        (500, _) => {
            let what = match path {
                "/send/interactive" => "interactive list message",
                "/send/buttons-response" => "buttons response",
                "/send/list-response" => "list response",
                _ => "buttons message",
            };
            Reply::error(status, format!("Failed to send {what}: timeout"))
        }
        _ => Reply::error(status, status.canonical_reason().unwrap_or("error")),
    }
}

/// The envelope of the page `errors`, without a code of its own.
fn failed(status: StatusCode, words: &str) -> Reply {
    envelope(status, words, None, None)
}

fn bare(status: StatusCode, words: &str) -> Reply {
    Reply::error(status, words)
}

fn envelope(
    status: StatusCode,
    words: &str,
    code: Option<&str>,
    validation: Option<Value>,
) -> Reply {
    let mut body = json!({ "success": false, "error": words });
    if let Some(code) = code {
        body["error_code"] = code.into();
    }
    body["timestamp"] = mint::now().into();
    if let Some(validation) = validation {
        body["validation"] = validation;
    }
    Reply::json(status, words, body)
}

impl Wrong {
    fn in_envelope(&self) -> Reply {
        let entry = json!({ "field": self.field, "message": self.message, "value": self.value });
        let mut reply = envelope(
            StatusCode::BAD_REQUEST,
            "Validation failed",
            Some("VALIDATION_ERROR"),
            Some(json!([entry])),
        );
        reply.note.clone_from(&self.message);
        reply
    }
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

/// The body of a request that may be made and can be read; `fail` writes the endpoint's errors.
fn read<T: DeserializeOwned>(
    gateway: &Gateway,
    headers: &HeaderMap,
    body: &[u8],
    fail: fn(StatusCode, &str) -> Reply,
) -> Result<T, Reply> {
    if !is_authorized(gateway, headers) {
        return Err(fail(StatusCode::UNAUTHORIZED, "unauthorized"));
    }
    if !reply::is_json(headers) {
        let words = "Content-Type must be application/json";
        return Err(fail(StatusCode::UNSUPPORTED_MEDIA_TYPE, words));
    }
    if !is_connected(gateway) {
        return Err(fail(StatusCode::BAD_REQUEST, "WhatsApp not connected"));
    }
    serde_json::from_slice(body).map_err(|error| {
        let words = format!("Invalid request body: {error}");
        fail(StatusCode::BAD_REQUEST, &words)
    })
}
