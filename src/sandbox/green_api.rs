//! GREEN-API as <https://green-api.com/en/docs/api> documents it: the methods that send texts and
//! buttons, the instance's state and its queue.
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
use serde_json::json;

use super::reply::{self, Reply};
use super::{Gateway, ID_INSTANCE, mint};

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
    match (method, name.as_str()) {
        (Method::GET, "getStateInstance") => {
            let body = json!({ "stateInstance": "authorized" });
            Reply::json(StatusCode::OK, "authorized", body)
        }
        // The phone is always there, so that nothing waits in the queue.
        (Method::GET, "showMessagesQueue") => Reply::json(StatusCode::OK, "empty", json!([])),
        (Method::GET, "clearMessagesQueue") => {
            Reply::json(StatusCode::OK, "cleared", json!({ "isCleared": true }))
        }
        (Method::POST, "sendButtons") => Reply::text(StatusCode::FORBIDDEN, "Forbidden"),
        (Method::POST, name) => send(&gateway, name, uri.path(), &headers, &body),
        _ => Reply::text(StatusCode::NOT_FOUND, "Not Found"),
    }
}

fn send(gateway: &Gateway, name: &str, path: &str, headers: &HeaderMap, body: &[u8]) -> Reply {
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
            let body = json!({ "idMessage": id });
            Reply::json(StatusCode::OK, id, body)
        }
        Err(words) => bad_request(path, &words),
    }
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
