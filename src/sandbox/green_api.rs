//! GREEN-API as <https://green-api.com/en/docs/api> documents it: the methods that send texts and
//! buttons, the instance's state, its queue and its journal.
//!
//! Every call of `sendButtons` is answered with 403, as its page says. Its errors repeat the path,
//! token included, as the real ones do.

mod validation;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::routing::any;
use serde_json::{Value, json};

use super::reply::{self, Reply};
use super::{Gateway, ID_INSTANCE, mint};

/// The method that tells the instance's state.
pub(super) const STATE: &str = "getStateInstance";

pub(super) fn routes() -> Router<Arc<Gateway>> {
    Router::new().route("/{instance}/{method}/{token}", any(call))
}

/// The method in a path of GREEN-API's; `None` in another's.
pub(super) fn method_in(path: &str) -> Option<&str> {
    let mut segments = path.strip_prefix("/waInstance")?.split('/');
    segments.nth(1)
}

async fn call(
    State(gateway): State<Arc<Gateway>>,
    Path((instance, name, token)): Path<(String, String, String)>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Reply {
    let Some(instance) = instance.strip_prefix("waInstance") else {
        return reply::not_found().await;
    };
    if instance != ID_INSTANCE {
        return Reply::text(StatusCode::FORBIDDEN, "Forbidden");
    }
    if token != gateway.token.reveal() {
        return Reply::text(StatusCode::UNAUTHORIZED, "Unauthorized");
    }
    let state = gateway.state_of(STATE).unwrap_or("authorized");
    match (method, name.as_str()) {
        (Method::GET, STATE) => {
            let body = json!({ "stateInstance": state });
            Reply::json(StatusCode::OK, state, body)
        }
        (Method::GET, "showMessagesQueue") => {
            let queue = gateway.journal().queue();
            let note = format!("{} waiting", queue.len());
            Reply::json(StatusCode::OK, note, queue.into())
        }
        (Method::GET, "clearMessagesQueue") => {
            gateway.journal().clear_queue();
            Reply::json(StatusCode::OK, "cleared", json!({ "isCleared": true }))
        }
        (Method::POST, "getChatHistory") => history(&gateway, uri.path(), &headers, &body),
        (Method::POST, "sendButtons") => Reply::text(StatusCode::FORBIDDEN, "Forbidden"),
        (Method::POST, name) if state == "starting" && is_sending(name) => {
            bad_request(uri.path(), "instance in starting process try later")
        }
        (Method::POST, name) => {
            let waits = state != "authorized";
            send(&gateway, name, waits, uri.path(), &headers, &body)
        }
        _ => Reply::text(StatusCode::NOT_FOUND, "Not Found"),
    }
}

fn is_sending(name: &str) -> bool {
    name.starts_with("send")
}

fn send(
    gateway: &Gateway,
    name: &str,
    waits: bool,
    path: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Reply {
    let check = match name {
        "sendMessage" => validation::text,
        "sendInteractiveButtonsReply" => validation::reply_buttons,
        "sendInteractiveButtons" => validation::action_buttons,
        _ => return Reply::text(StatusCode::NOT_FOUND, "Not Found"),
    };
    if !reply::is_json(headers) {
        return bad_request(path, "bad request data");
    }
    match check(body) {
        Ok(()) => {
            let id = gateway.mint.green_api_id();
            let message = serde_json::from_slice(body).unwrap_or_default();
            let time = mint::seconds();
            gateway
                .journal()
                .take(id.clone(), name, message, time, waits);
            let body = json!({ "idMessage": id });
            Reply::json(StatusCode::OK, id, body)
        }
        Err(words) => bad_request(path, &words),
    }
}

/// A chat's journal, by the page `journals/GetChatHistory`.
fn history(gateway: &Gateway, path: &str, headers: &HeaderMap, body: &[u8]) -> Reply {
    if !reply::is_json(headers) {
        return bad_request(path, "bad request data");
    }
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let Some(chat) = body.get("chatId").and_then(Value::as_str) else {
        return bad_request(path, "Validation failed. Details: 'chatId' is required");
    };
    let count = body.get("count").and_then(Value::as_u64).unwrap_or(100);
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let journal = gateway.journal().of_chat(chat, count);
    let note = format!("{} messages", journal.len());
    Reply::json(StatusCode::OK, note, journal.into())
}

fn bad_request(path: &str, words: &str) -> Reply {
    let body = json!({
        "statusCode": 400,
        "timestamp": mint::now(),
        "path": path,
        "message": words,
    });
    Reply::json(StatusCode::BAD_REQUEST, words, body)
}

/// The answer that the pages `common-errors` and `466-error-example-body` show for a status.
pub(super) fn documented(status: StatusCode, method: &str, path: &str) -> Reply {
    match status.as_u16() {
        200..=299 => {
            let body = json!({ "code": 401, "description": "Unauthorized" });
            Reply::json(status, "fault", body)
        }
        400 => bad_request(path, "instance is starting or not authorized"),
        466 => {
            let body = json!({
                "invokeStatus": {
                    "method": method,
                    "used": 500,
                    "total": 500,
                    "status": "QUOTE_EXCEEDED",
                    "description": "The monthly quota of calls is used up",
                },
            });
            Reply::json(status, "fault", body)
        }
        499 => Reply::text(status, "Client Closed Request"),
        _ => Reply::text(status, status.canonical_reason().unwrap_or("Error")),
    }
}
