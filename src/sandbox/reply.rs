//! An answer of the sandbox, with what its line in the log says about it.

use http::request::Parts;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{HeaderMap, Response, StatusCode};
use serde_json::{Value, json};

/// An answer.
#[derive(Debug)]
pub(super) struct Reply {
    status: StatusCode,
    kind: &'static str,
    body: String,
    /// What its line in the log says.
    pub note: String,
}

impl Reply {
    /// A JSON answer.
    pub(super) fn json(status: StatusCode, note: impl Into<String>, body: &Value) -> Self {
        Self {
            status,
            kind: "application/json",
            body: body.to_string(),
            note: note.into(),
        }
    }

    /// An answer in plain words, which are its note as well.
    pub(super) fn text(status: StatusCode, words: impl Into<String>) -> Self {
        let words = words.into();
        Self {
            status,
            kind: "text/plain; charset=utf-8",
            body: words.clone(),
            note: words,
        }
    }

    /// A bare `{"error":"…"}`, whose words are its note as well.
    pub(super) fn error(status: StatusCode, words: impl Into<String>) -> Self {
        let words = words.into();
        let body = json!({ "error": words });
        Self::json(status, words, &body)
    }

    pub(super) const fn status(&self) -> StatusCode {
        self.status
    }

    /// The answer as it is written.
    pub(super) fn into_response(self) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::new(Bytes::from(self.body)));
        *response.status_mut() = self.status;
        let kind = HeaderValue::from_static(self.kind);
        response.headers_mut().insert(CONTENT_TYPE, kind);
        response
    }
}

/// Whether a request says that its body is of this media type.
pub(super) fn is_of(headers: &HeaderMap, media_type: &str) -> bool {
    let kind = headers.get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case(media_type)
}

/// Whether a request says that its body is JSON.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    is_of(headers, "application/json")
}

/// The token of an `Authorization: Bearer`, in any case, as HTTP has it.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(hyper::header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The parts of a path between its slashes.
pub(super) fn segments(head: &Parts) -> Vec<&str> {
    let path = head.uri.path();
    path.trim_start_matches('/').split('/').collect()
}
