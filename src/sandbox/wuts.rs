//! WUTS as <https://docs.wuts.com.br> documents it: the endpoints below `/send/` that a draft can go
//! to, and `/status`.
//!
//! Buttons, lists and replies answer errors with a bare `{"error":"…"}`, texts and catalogs with the
//! envelope of the page `errors`.

mod request;
mod validation;

use std::borrow::Cow;

use http::request::Parts;
use hyper::body::Bytes;
use hyper::{Method, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::dialect::Dialect;
use super::reply::{self, Reply};
use super::{Gateway, mint};
use crate::gateway::GatewayKind;
use request::{
    ButtonsRequest, ButtonsResponseRequest, CatalogRequest, InteractiveRequest,
    ListResponseRequest, ProductRequest, TextRequest,
};
use validation::Wrong;

/// The endpoint that tells the device's state, as it is named to misbehave.
pub(super) const STATUS: &str = "status";

/// Its way to read and to answer; whatever is no other gateway's path is taken for WUTS'.
pub(super) struct Wuts;

impl Dialect for Wuts {
    fn kind(&self) -> GatewayKind {
        GatewayKind::Wuts
    }

    fn speaks(&self, _: &str) -> bool {
        true
    }

    fn endpoints(&self) -> &'static [&'static str] {
        &[
            "send/text",
            "send/buttons",
            "send/catalog",
            "send/interactive",
            "send/buttons-response",
            "send/list-response",
            "send/product",
            STATUS,
            "devices",
        ]
    }

    fn endpoint<'a>(&self, path: &'a str) -> Cow<'a, str> {
        path.trim_matches('/').into()
    }

    fn is_authorized(&self, gateway: &Gateway, head: &Parts) -> bool {
        reply::bearer(&head.headers) == Some(gateway.token.reveal())
    }

    fn answer(&self, gateway: &Gateway, head: &Parts, body: &Bytes) -> Reply {
        let call = Call {
            gateway,
            head,
            body,
        };
        let path = head.uri.path();
        let answer = match (&head.method, path) {
            (&Method::POST, "/send/text") => call.send_text(),
            (&Method::POST, "/send/catalog") => call.send_catalog(),
            (&Method::POST, "/send/product") => call.send_product(),
            (&Method::POST, "/send/buttons") => {
                call.read(bare).and_then(|request: ButtonsRequest| {
                    call.taken(validation::buttons(&request), "Buttons message")
                })
            }
            (&Method::POST, "/send/interactive") => {
                call.read(bare).and_then(|request: InteractiveRequest| {
                    call.taken(
                        validation::interactive(&request),
                        "Interactive list message",
                    )
                })
            }
            (&Method::POST, "/send/buttons-response") => {
                call.read(bare).and_then(|request: ButtonsResponseRequest| {
                    call.taken(validation::buttons_response(&request), "Buttons response")
                })
            }
            (&Method::POST, "/send/list-response") => {
                call.read(bare).and_then(|request: ListResponseRequest| {
                    call.taken(validation::list_response(&request), "List response")
                })
            }
            (&Method::GET, "/status") => Ok(call.status()),
            (&Method::GET, "/devices") => Ok(call.devices()),
            _ if self.endpoints().contains(&&*self.endpoint(path)) => {
                Err(bare(StatusCode::METHOD_NOT_ALLOWED, "method not allowed"))
            }
            _ => Err(bare(StatusCode::NOT_FOUND, "not found")),
        };
        answer.unwrap_or_else(|error| error)
    }

    fn documented(&self, status: StatusCode, path: &str) -> Reply {
        documented(status, path)
    }

    fn refuse(&self, status: StatusCode, words: &str, _: &str) -> Reply {
        bare(status, words)
    }
}

/// A request to an endpoint.
#[derive(Clone, Copy)]
struct Call<'a> {
    gateway: &'a Gateway,
    head: &'a Parts,
    body: &'a Bytes,
}

impl Call<'_> {
    fn send_text(self) -> Result<Reply, Reply> {
        let request: TextRequest = self.read(bare)?;
        validation::text(&request).map_err(|wrong| wrong.in_envelope())?;
        let message_id = self.gateway.mint.wuts_id();
        let body = json!({
            "success": true,
            "message_id": message_id,
            "timestamp": mint::now(),
            "message": "Message sent successfully",
            "metadata": { "device_id": "sandbox", "user_id": "sandbox", "processing_time_ms": 0 },
        });
        Ok(Reply::json(StatusCode::OK, message_id, &body))
    }

    fn send_catalog(self) -> Result<Reply, Reply> {
        let request: CatalogRequest = self.read(failed)?;
        validation::catalog(&request).map_err(|wrong| wrong.in_envelope())?;
        Ok(self.sent(request.number.as_deref()))
    }

    fn send_product(self) -> Result<Reply, Reply> {
        let request: ProductRequest = self.read(failed)?;
        validation::product(&request).map_err(|wrong| wrong.in_envelope())?;
        Ok(self.sent(request.number.as_deref()))
    }

    /// The answer of the endpoints that name the chat.
    fn sent(self, number: Option<&str>) -> Reply {
        let message_id = self.gateway.mint.wuts_id();
        let body = json!({
            "success": true,
            "message_id": message_id,
            "timestamp": mint::now(),
            "status": "sent",
            "chat_jid": validation::jid(number.unwrap_or_default()),
        });
        Reply::json(StatusCode::OK, message_id, &body)
    }

    /// The answer of the endpoints that say what they sent, or else a bare error.
    fn taken(self, checked: Result<(), Wrong>, what: &str) -> Result<Reply, Reply> {
        checked.map_err(|wrong| bare(StatusCode::BAD_REQUEST, &wrong.message))?;
        let message_id = self.gateway.mint.wuts_id();
        let body = json!({
            "success": true,
            "message_id": message_id,
            "timestamp": mint::now(),
            "message": format!("{what} sent successfully"),
        });
        Ok(Reply::json(StatusCode::OK, message_id, &body))
    }

    fn status(self) -> Reply {
        if !Wuts.is_authorized(self.gateway, self.head) {
            return invalid_token();
        }
        let connected = is_connected(self.gateway);
        let note = if connected {
            "connected"
        } else {
            "disconnected"
        };
        let body = json!({ "success": true, "connected": connected });
        Reply::json(StatusCode::OK, note, &body)
    }

    fn devices(self) -> Reply {
        if !Wuts.is_authorized(self.gateway, self.head) {
            return invalid_token();
        }
        let device = json!({
            "id": "sandbox",
            "user_id": "sandbox",
            "name": "sandbox",
            "whatsapp_jid": "5511900000000@s.whatsapp.net",
            "connected": is_connected(self.gateway),
            "last_seen": mint::now(),
            "webhook_url": "",
            "created_at": mint::now(),
            "updated_at": mint::now(),
        });
        let body = json!({ "success": true, "devices": [device] });
        Reply::json(StatusCode::OK, "1 device", &body)
    }

    /// The body of a request that may be made and can be read; `fail` writes the endpoint's errors.
    fn read<T: DeserializeOwned>(self, fail: fn(StatusCode, &str) -> Reply) -> Result<T, Reply> {
        if !Wuts.is_authorized(self.gateway, self.head) {
            return Err(fail(StatusCode::UNAUTHORIZED, "unauthorized"));
        }
        if !reply::is_json(&self.head.headers) {
            let words = "Content-Type must be application/json";
            return Err(fail(StatusCode::UNSUPPORTED_MEDIA_TYPE, words));
        }
        if !is_connected(self.gateway) {
            return Err(fail(StatusCode::BAD_REQUEST, "WhatsApp not connected"));
        }
        serde_json::from_slice(self.body).map_err(|error| {
            let words = format!("Invalid request body: {error}");
            fail(StatusCode::BAD_REQUEST, &words)
        })
    }
}

fn invalid_token() -> Reply {
    let body = json!({ "success": false, "error": "Invalid token" });
    Reply::json(StatusCode::UNAUTHORIZED, "Invalid token", &body)
}

fn is_connected(gateway: &Gateway) -> bool {
    gateway.state_of(STATUS) != Some("disconnected")
}

/// The answer that the pages of the endpoints show for a status.
fn documented(status: StatusCode, path: &str) -> Reply {
    match (status.as_u16(), path) {
        (200..=299, _) => {
            let body = json!({ "success": true, "timestamp": mint::now() });
            Reply::json(status, "fault", &body)
        }
        (401, "/status" | "/devices") => {
            let body = json!({ "success": false, "error": "Invalid token" });
            Reply::json(status, "fault", &body)
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
    Reply::json(status, words, &body)
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
