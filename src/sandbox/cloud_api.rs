//! Meta's Cloud API as <https://developers.facebook.com/documentation/business-messaging/whatsapp>
//! documents it: messages of the types that a draft can have and of those that clients send beside
//! them, marks as read, and what is asked of a phone number, its account and its templates.
//!
//! Every error has Meta's envelope, with the code of the page `support/error-codes`.

mod approved;
mod objects;
mod reading;
mod required;
mod template;
mod validation;

use std::borrow::Cow;

use http::request::Parts;
use hyper::body::Bytes;
use hyper::{Method, StatusCode};
use serde_json::{Value, json};

use super::Gateway;
use super::dialect::Dialect;
use super::reply::{self, Reply};
use crate::gateway::GatewayKind;

/// Its way to read and to answer: `/{version}/{id}/{edge}`, the version left out as well.
pub(super) struct CloudApi;

/// The id of the phone number of its accounts, and of their catalog.
const PHONE_NUMBER_ID: &str = "106540352242922";
const CATALOG_ID: &str = "194836987003835";
/// The id of the business account that the number belongs to.
const WABA_ID: &str = "102290129340398";

impl Dialect for CloudApi {
    fn kind(&self) -> GatewayKind {
        GatewayKind::CloudApi
    }

    fn settings(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("phone_number_id", PHONE_NUMBER_ID),
            ("catalog_id", CATALOG_ID),
        ]
    }

    fn speaks(&self, path: &str) -> bool {
        let mut segments = path.trim_start_matches('/').split('/');
        let first = segments.next().unwrap_or_default();
        is_version_like(first) || is_id(first)
    }

    fn endpoints(&self) -> &'static [&'static str] {
        &[
            "messages",
            "message_templates",
            "phone_numbers",
            "whatsapp_business_profile",
            "phone_number",
        ]
    }

    fn endpoint<'a>(&self, path: &'a str) -> Cow<'a, str> {
        let last = path.trim_end_matches('/').rsplit('/').next();
        let last = last.unwrap_or_default();
        if is_id(last) { "phone_number" } else { last }.into()
    }

    fn is_authorized(&self, gateway: &Gateway, head: &Parts) -> bool {
        let token = gateway.token.reveal();
        let in_query = || {
            let query = head.uri.query().unwrap_or_default();
            url::form_urlencoded::parse(query.as_bytes())
                .any(|(name, value)| name == "access_token" && value == token)
        };
        reply::bearer(&head.headers) == Some(token) || in_query()
    }

    fn answer(&self, gateway: &Gateway, head: &Parts, body: &Bytes) -> Reply {
        if !self.is_authorized(gateway, head) {
            return self.documented(StatusCode::UNAUTHORIZED, "");
        }
        let mut segments = reply::segments(head);
        if is_version_like(segments[0]) {
            let version = segments.remove(0);
            if !is_version(version) {
                return unknown_path(version);
            }
        }
        let post = head.method == Method::POST;
        match segments.as_slice() {
            [PHONE_NUMBER_ID, "messages"] if post => send(gateway, head, body),
            [PHONE_NUMBER_ID, "whatsapp_business_profile"] if post => objects::saved(),
            [_, edge] if post && *edge != "messages" && !self.endpoints().contains(edge) => {
                unknown_path(edge)
            }
            [id, rest @ ..] if head.method == Method::GET => {
                objects::get(id, rest, head.uri.query().unwrap_or_default())
                    .unwrap_or_else(|| unsupported(&head.method, id))
            }
            [id, ..] => unsupported(&head.method, id),
            [] => unknown_path(""),
        }
    }

    fn documented(&self, status: StatusCode, _: &str) -> Reply {
        documented(status)
    }

    fn refuse(&self, status: StatusCode, words: &str, _: &str) -> Reply {
        error(status, 100, "(#100) Invalid parameter", Some(words))
    }
}

fn send(gateway: &Gateway, head: &Parts, body: &Bytes) -> Reply {
    let body = match reading::body(&head.headers, body) {
        Ok(body) => body,
        Err(details) => return invalid(100, details),
    };
    match validation::check(&body) {
        Ok(validation::Checked::Read) => objects::saved(),
        Ok(validation::Checked::Message(recipient)) => {
            let id = gateway.mint.cloud_api_id();
            let body = json!({
                "messaging_product": "whatsapp",
                "contacts": [recipient.contact()],
                "messages": [{ "id": id }],
            });
            Reply::json(StatusCode::OK, id, &body)
        }
        Err(wrong) => invalid(wrong.code, &wrong.details),
    }
}

/// Whether a path's first part is meant as a version, such as `v23.0` or `v23`.
fn is_version_like(text: &str) -> bool {
    let digit = |rest: &str| rest.bytes().next().is_some_and(|b| b.is_ascii_digit());
    text.strip_prefix('v').is_some_and(digit)
}

fn is_version(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let numbers = text.strip_prefix('v').and_then(|rest| rest.split_once('.'));
    numbers.is_some_and(|(major, minor)| is_number(major) && is_number(minor))
}

/// Whether a part of a path is an object's id: Meta's are long numbers.
fn is_id(text: &str) -> bool {
    text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn unknown_path(part: &str) -> Reply {
    let message = format!("Unknown path components: /{part}");
    error(StatusCode::BAD_REQUEST, 2500, &message, None)
}

/// What Graph answers for an object that this token does not see, or that has no such edge or method.
fn unsupported(method: &Method, id: &str) -> Reply {
    let method = method.as_str().to_ascii_lowercase();
    let message = format!(
        "Unsupported {method} request. Object with ID '{id}' does not exist, cannot be loaded due to \
         missing permissions, or does not support this operation"
    );
    let note = message.clone();
    let body = json!({ "error": {
        "message": message,
        "type": "GraphMethodException",
        "code": 100,
        "error_subcode": 33,
        "fbtrace_id": "sandbox",
    }});
    Reply::json(StatusCode::BAD_REQUEST, note, &body)
}

fn invalid(code: u32, details: &str) -> Reply {
    let (status, message) = match code {
        131_008 => (400, "(#131008) Required parameter is missing"),
        131_009 => (400, "(#131009) Parameter value is not valid"),
        131_051 => (400, "(#131051) Message type unknown"),
        132_000 => (
            400,
            "(#132000) Number of parameters does not match the expected number of params",
        ),
        132_001 => (
            404,
            "(#132001) Template name does not exist in the translation",
        ),
        132_005 => (400, "(#132005) Translated text too long"),
        132_012 => (
            400,
            "(#132012) Parameter format does not match format in the created template",
        ),
        _ => (400, "(#100) Invalid parameter"),
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    error(status, code, message, Some(details))
}

fn error(status: StatusCode, code: u32, message: &str, details: Option<&str>) -> Reply {
    let mut body = json!({ "message": message, "type": "OAuthException", "code": code });
    if let Some(details) = details {
        body["error_data"] = json!({ "messaging_product": "whatsapp", "details": details });
    }
    body["fbtrace_id"] = "sandbox".into();
    let note = details.unwrap_or(message).to_owned();
    Reply::json(status, note, &json!({ "error": body }))
}

/// The answer that the page `support/error-codes` shows for a status.
fn documented(status: StatusCode) -> Reply {
    let (code, message) = match status.as_u16() {
        200..=299 => {
            let body = json!({ "messaging_product": "whatsapp", "contacts": [], "messages": [] });
            return Reply::json(status, "fault", &body);
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

/// Whether a text is a number of digits alone.
fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What stands at a place such as `interactive.action.buttons[0].type`.
fn find<'a>(body: &'a Value, place: &str) -> Option<&'a Value> {
    body.pointer(&format!(
        "/{}",
        place.replace(['.', '['], "/").replace(']', "")
    ))
}
