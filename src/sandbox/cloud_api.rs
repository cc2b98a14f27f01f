//! Meta's Cloud API as its pages `messages/…` and `support/error-codes` document it: the endpoint
//! `messages` of one phone number.

mod validation;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::post;
use serde_json::{Value, json};

use super::reply::{self, Reply};
use super::{Gateway, PHONE_NUMBER_ID};

/// The endpoint, as it is named to misbehave.
pub(super) const ENDPOINT: &str = "messages";

pub(super) fn routes() -> Router<Arc<Gateway>> {
    Router::new().route("/{version}/{phone_number_id}/messages", post(send))
}

/// Whether a path is this gateway's.
pub(super) fn is_path(path: &str) -> bool {
    path.strip_prefix("/v").is_some_and(|rest| {
        let mut segments = rest.split('/');
        segments.nth(2) == Some(ENDPOINT) && segments.next().is_none()
    })
}

async fn send(
    State(gateway): State<Arc<Gateway>>,
    Path((version, phone_number_id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Reply {
    let bearer = headers.get(header::AUTHORIZATION);
    let bearer = bearer.and_then(|value| value.to_str().ok());
    let token = bearer.and_then(|value| value.strip_prefix("Bearer "));
    if token != Some(gateway.token.reveal()) {
        return documented(StatusCode::UNAUTHORIZED);
    }
    if !is_version(&version) {
        let message = format!("Unknown path components: /{version}");
        return error(StatusCode::BAD_REQUEST, 2500, &message, None);
    }
    if phone_number_id != PHONE_NUMBER_ID {
        let message =
            format!("Unsupported post request. Object with ID '{phone_number_id}' does not exist");
        return error(StatusCode::BAD_REQUEST, 100, &message, None);
    }
    if !reply::is_json(&headers) {
        let details = "The request's Content-Type is not application/json";
        return invalid(100, details);
    }
    let Ok(body) = serde_json::from_slice::<Value>(&body) else {
        return invalid(100, "The request's body is not JSON");
    };
    match validation::check(&body) {
        Ok(to) => {
            let id = gateway.mint.cloud_api_id();
            let body = json!({
                "messaging_product": "whatsapp",
                "contacts": [{ "input": to, "wa_id": to.trim_start_matches('+') }],
                "messages": [{ "id": id }],
            });
            Reply::json(StatusCode::OK, id, body)
        }
        Err(wrong) => invalid(wrong.code, &wrong.details),
    }
}

fn is_version(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let numbers = text.strip_prefix('v').and_then(|rest| rest.split_once('.'));
    numbers.is_some_and(|(major, minor)| is_number(major) && is_number(minor))
}

fn invalid(code: u32, details: &str) -> Reply {
    let message = match code {
        131_008 => "(#131008) Required parameter is missing",
        131_009 => "(#131009) Parameter value is not valid",
        131_051 => "(#131051) Message type unknown",
        _ => "(#100) Invalid parameter",
    };
    error(StatusCode::BAD_REQUEST, code, message, Some(details))
}

fn error(status: StatusCode, code: u32, message: &str, details: Option<&str>) -> Reply {
    let mut body = json!({ "message": message, "type": "OAuthException", "code": code });
    if let Some(details) = details {
        body["error_data"] = json!({ "messaging_product": "whatsapp", "details": details });
    }
    body["fbtrace_id"] = "sandbox".into();
    let note = details.unwrap_or(message).to_owned();
    Reply::json(status, note, json!({ "error": body }))
}

/// The answer that the page `support/error-codes` shows for a status.
pub(super) fn documented(status: StatusCode) -> Reply {
    let (code, message) = match status.as_u16() {
        200..=299 => {
            let body = json!({ "messaging_product": "whatsapp", "contacts": [], "messages": [] });
            return Reply::json(status, "fault", body);
        }
        400 => return invalid(131_009, "fault"),
        401 => (190, "Invalid OAuth access token"),
        403 => (
            10,
            "(#10) Application does not have permission for this action",
        ),
        404 => (100, "(#100) Invalid parameter"),
        429 => (130_429, "(#130429) Rate limit hit"),
        503 => (131_016, "(#131016) Service unavailable"),
        500..=599 => (131_000, "(#131000) Something went wrong"),
        _ => (100, status.canonical_reason().unwrap_or("error")),
    };
    error(status, code, message, None)
}
