//! Evolution API v2 as its source has it, in version 2.4 and on a linked device: the methods that send
//! what a draft can be, the instance's state and listing, and what is found of a chat.
//!
//! An instance that is not there is answered before the key is looked at, as the real server does.

mod chat;
mod validation;

use std::borrow::Cow;

use http::request::Parts;
use hyper::body::Bytes;
use hyper::{Method, StatusCode};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use super::dialect::Dialect;
use super::reply::{self, Reply};
use super::{Gateway, mint};
use crate::gateway::GatewayKind;
use crate::gateway::evolution::{INSTANCE, about};

/// The endpoint that tells the instance's state, as it is named to misbehave.
pub(super) const STATE: &str = "instance/connectionState";

/// The states that it may be put in.
pub(super) const STATES: &[&str] = &["open", "connecting", "close"];

/// Its way to read and to answer: `/{group}/{method}/{instance}`.
pub(super) struct Evolution;

/// The name of its instance, and its id.
const NAME: &str = "sandbox";
const ID: &str = "00000000-0000-4000-8000-000000000000";

/// The methods of chats that it has; others are another gateway's paths.
const OF_CHATS: [&str; 5] = [
    "findMessages",
    "findStatusMessage",
    "findChats",
    "whatsappNumbers",
    "markMessageAsRead",
];

impl Dialect for Evolution {
    fn kind(&self) -> GatewayKind {
        GatewayKind::Evolution
    }

    fn settings(&self) -> &'static [(&'static str, &'static str)] {
        &[(INSTANCE.name, NAME)]
    }

    fn speaks(&self, path: &str) -> bool {
        let mut segments = path.trim_start_matches('/').split('/');
        match segments.next() {
            Some("message" | "instance") => true,
            Some("chat") => segments.next().is_some_and(|name| OF_CHATS.contains(&name)),
            Some("") => path == "/",
            _ => false,
        }
    }

    fn endpoints(&self) -> &'static [&'static str] {
        &[
            "message/sendText",
            "message/sendButtons",
            "message/sendList",
            "message/sendPoll",
            "message/sendMedia",
            STATE,
            "instance/fetchInstances",
            "chat/findMessages",
            "chat/findStatusMessage",
            "chat/whatsappNumbers",
        ]
    }

    fn endpoint<'a>(&self, path: &'a str) -> Cow<'a, str> {
        let path = path.trim_matches('/');
        let end = path.match_indices('/').nth(1).map(|(at, _)| at);
        path[..end.unwrap_or(path.len())].into()
    }

    fn is_authorized(&self, gateway: &Gateway, head: &Parts) -> bool {
        let key = head.headers.get("apikey");
        key.and_then(|key| key.to_str().ok()) == Some(gateway.token.reveal())
    }

    fn answer(&self, gateway: &Gateway, head: &Parts, body: &Bytes) -> Reply {
        let path = head.uri.path();
        if head.method == Method::GET && path == "/" {
            return welcome();
        }
        let segments = reply::segments(head);
        let (group, method, instance) = match segments.as_slice() {
            ["instance", method @ "fetchInstances"] => ("instance", *method, None),
            [group, method, instance] => (*group, *method, Some(*instance)),
            _ => return unknown(head),
        };
        if let Some(instance) = instance {
            let name = percent_decode_str(instance).decode_utf8_lossy();
            // Version 2.4 trims it.
            if name.trim() != NAME {
                let words = format!("The \"{name}\" instance does not exist");
                return error(StatusCode::NOT_FOUND, &json!([words]));
            }
        }
        if !self.is_authorized(gateway, head) {
            return error(StatusCode::UNAUTHORIZED, &"Unauthorized".into());
        }
        let call = Call {
            gateway,
            head,
            body,
        };
        match (head.method == Method::POST, group, method) {
            (true, "message", method) => call.send(method),
            (true, "chat", method) => call.chat(method),
            (false, "instance", "connectionState") if head.method == Method::GET => {
                let state = call.state();
                let body = json!({ "instance": { "instanceName": NAME, "state": state } });
                Reply::json(StatusCode::OK, state, &body)
            }
            (false, "instance", "fetchInstances") if head.method == Method::GET => call.instances(),
            _ => unknown(head),
        }
    }

    fn documented(&self, status: StatusCode, path: &str) -> Reply {
        documented(status, path)
    }

    fn refuse(&self, status: StatusCode, words: &str, _: &str) -> Reply {
        error(status, &json!([words]))
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
    fn state(self) -> &'static str {
        self.gateway.state_of(STATE).unwrap_or("open")
    }

    /// The body; one that is not said to be JSON is not read, as the real server does.
    fn object(self) -> Result<Map<String, Value>, Reply> {
        if !reply::is_json(&self.head.headers) {
            return Ok(Map::new());
        }
        match serde_json::from_slice(self.body) {
            Ok(Value::Object(body)) => Ok(body),
            Ok(_) => Ok(Map::new()),
            Err(wrong) => {
                let words = format!(
                    "Unexpected token in JSON at line {}, column {}",
                    wrong.line(),
                    wrong.column()
                );
                Err(error(StatusCode::BAD_REQUEST, &json!([words])))
            }
        }
    }

    fn send(self, method: &str) -> Reply {
        let Some(check) = validation::of(method) else {
            return unknown(self.head);
        };
        let body = match self.object() {
            Ok(body) => body,
            Err(reply) => return reply,
        };
        let number = match check(&body) {
            Ok(number) => number,
            Err(wrong) => return error(StatusCode::BAD_REQUEST, &wrong.message()),
        };
        if self.state() != "open" {
            return error(StatusCode::BAD_REQUEST, &json!(["Connection Closed"]));
        }
        // Version 2.4 takes the client's name of texts and polls, and of nothing else.
        let own = body.get("messageId").and_then(Value::as_str);
        let own = own.filter(|own| matches!(method, "sendText" | "sendPoll") && !own.is_empty());
        let id = own.map_or_else(|| self.gateway.mint.wuts_id(), str::to_owned);
        let (kind, message) = chat::message(method, &body);
        let record = json!({
            "key": { "remoteJid": chat::jid(&number), "fromMe": true, "id": id },
            "pushName": "",
            "status": "PENDING",
            "message": message,
            "contextInfo": chat::context(&body),
            "messageType": kind,
            "messageTimestamp": mint::seconds(),
            "instanceId": ID,
            "source": "unknown",
        });
        self.gateway.journal().record(record.clone());
        Reply::json(StatusCode::CREATED, id, &record)
    }

    /// The instances that a key sees. With one instance's own token it is that one alone.
    fn instances(self) -> Reply {
        let query = self.head.uri.query().unwrap_or_default();
        let is_other = url::form_urlencoded::parse(query.as_bytes())
            .any(|(key, value)| key == "instanceName" && value.trim() != NAME);
        if is_other {
            return error(StatusCode::NOT_FOUND, &json!(["Instance not found"]));
        }
        let count = self.gateway.journal().records().len();
        let instance = json!({
            "id": ID,
            "name": NAME,
            "connectionStatus": self.state(),
            "ownerJid": "5511900000000@s.whatsapp.net",
            "profileName": NAME,
            "profilePicUrl": null,
            "integration": about::BAILEYS,
            "number": null,
            "businessId": null,
            "token": self.gateway.token.reveal(),
            "clientName": "evolution_exchange",
            "disconnectionReasonCode": null,
            "disconnectionAt": null,
            "createdAt": mint::now(),
            "updatedAt": mint::now(),
            "Setting": {},
            "_count": { "Message": count, "Contact": 0, "Chat": 0 },
        });
        Reply::json(StatusCode::OK, "1 instance", &json!([instance]))
    }
}

/// What is answered at the root, without a key.
fn welcome() -> Reply {
    let body = json!({
        "status": 200,
        "message": "Welcome to the Evolution API, it is working!",
        "version": about::SANDBOX_VERSION,
        "clientName": "evolution_exchange",
        "manager": "http://127.0.0.1/manager",
        "documentation": "https://doc.evolution-api.com",
        "whatsappWebVersion": "2.3000.0",
    });
    Reply::json(StatusCode::OK, "version", &body)
}

fn unknown(head: &Parts) -> Reply {
    let words = format!("Cannot {} {}", head.method, head.uri.path());
    error(StatusCode::NOT_FOUND, &json!([words]))
}

fn error(status: StatusCode, message: &Value) -> Reply {
    let body = json!({
        "status": status.as_u16(),
        "error": status.canonical_reason().unwrap_or("Error"),
        "response": { "message": message },
    });
    Reply::json(status, message.to_string(), &body)
}

/// The answer that the source has for a status.
fn documented(status: StatusCode, path: &str) -> Reply {
    match status.as_u16() {
        // Meta's refusal inside of a success, on the Cloud channel.
        200..=299 => {
            let body = json!({
                "message": "(#131030) Recipient phone number not in allowed list",
                "type": "OAuthException",
                "code": 131_030,
                "error_data": { "messaging_product": "whatsapp", "details": "fault" },
                "fbtrace_id": "sandbox",
            });
            Reply::json(status, "fault", &body)
        }
        400 => error(status, &json!(["Error: Timed Out"])),
        401 => error(status, &"Unauthorized".into()),
        404 => error(status, &json!([format!("Cannot POST {path}")])),
        503 => {
            let body = json!({
                "error": "service not activated",
                "code": "LICENSE_REQUIRED",
                "register_url": "http://127.0.0.1/manager/register",
                "docs_url": "https://doc.evolution-api.com",
                "instance_id": ID,
                "message": "Activate the server first",
            });
            Reply::json(status, "fault", &body)
        }
        _ => error(status, &status.canonical_reason().unwrap_or("Error").into()),
    }
}
