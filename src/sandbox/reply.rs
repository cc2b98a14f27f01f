//! An answer of the sandbox, and those that belong to no gateway.

use axum::Json;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// An answer, with what its line in the log says about it.
#[derive(Debug)]
pub(super) struct Reply {
    status: StatusCode,
    content: Content,
    pub note: String,
}

#[derive(Debug)]
enum Content {
    Json(Value),
    Text(&'static str),
}

/// What the line in the log says about an answer, carried along with it.
#[derive(Debug, Clone)]
pub(super) struct Note(pub String);

impl Reply {
    /// A JSON answer.
    pub(super) fn json(status: StatusCode, note: impl Into<String>, body: Value) -> Self {
        Self {
            status,
            content: Content::Json(body),
            note: note.into(),
        }
    }

    /// An answer in plain words, which are its note as well.
    pub(super) fn text(status: StatusCode, words: &'static str) -> Self {
        Self {
            status,
            content: Content::Text(words),
            note: words.to_owned(),
        }
    }

    /// A bare `{"error":"…"}`, whose words are its note as well.
    pub(super) fn error(status: StatusCode, words: impl Into<String>) -> Self {
        let words = words.into();
        let body = json!({ "error": words });
        Self::json(status, words, body)
    }

    pub(super) const fn status(&self) -> StatusCode {
        self.status
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = match self.content {
            Content::Json(body) => (self.status, Json(body)).into_response(),
            Content::Text(words) => (self.status, words).into_response(),
        };
        response.extensions_mut().insert(Note(self.note));
        response
    }
}

pub(super) async fn not_found() -> Reply {
    Reply::error(StatusCode::NOT_FOUND, "not found")
}

pub(super) async fn method_not_allowed() -> Reply {
    Reply::error(StatusCode::METHOD_NOT_ALLOWED, "method not allowed")
}

pub(super) fn too_large() -> Reply {
    Reply::error(StatusCode::PAYLOAD_TOO_LARGE, "request body too large")
}

/// Whether a request says that its body is JSON.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}
