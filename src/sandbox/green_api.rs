//! GREEN-API as <https://green-api.com/en/docs/api> documents it: the methods that send, the
//! instance's state and settings, its queue and its journals.
//!
//! Every call of `sendButtons`, `sendTemplateButtons` and `sendListMessage` is answered with 403, as
//! their pages say. Its errors repeat the path,
//! token included, as the real ones do.

mod instance;
mod validation;

use std::borrow::Cow;

use http::request::Parts;
use hyper::body::Bytes;
use hyper::{Method, StatusCode};
use serde_json::{Value, json};

use super::dialect::Dialect;
use super::reply::{self, Reply};
use super::{Gateway, mint};
use crate::gateway::GatewayKind;

/// The method that tells the instance's state.
pub(super) const STATE: &str = "getStateInstance";

/// Its way to read and to answer: `/waInstance{idInstance}/{method}/{apiTokenInstance}`.
pub(super) struct GreenApi;

/// A request to a method.
#[derive(Clone, Copy)]
struct Call<'a> {
    gateway: &'a Gateway,
    head: &'a Parts,
    body: &'a Bytes,
    method: &'a str,
    /// What stands in the path after the token.
    rest: &'a [&'a str],
}

/// The instance number of its accounts.
const ID_INSTANCE: &str = "1101000001";

impl Dialect for GreenApi {
    fn kind(&self) -> GatewayKind {
        GatewayKind::GreenApi
    }

    fn settings(&self) -> &'static [(&'static str, &'static str)] {
        &[("id_instance", ID_INSTANCE)]
    }

    fn speaks(&self, path: &str) -> bool {
        path.starts_with("/waInstance")
    }

    fn endpoints(&self) -> &'static [&'static str] {
        &[
            "sendMessage",
            "sendButtons",
            "sendInteractiveButtonsReply",
            "sendInteractiveButtons",
            "sendTemplateButtons",
            "sendListMessage",
            "sendPoll",
            "sendFileByUrl",
            "sendLocation",
            "sendContact",
            "sendTyping",
            STATE,
            "getSettings",
            "setSettings",
            "getContacts",
            "getChats",
            "checkWhatsapp",
            "showMessagesQueue",
            "clearMessagesQueue",
            "getMessagesCount",
            "getWebhooksCount",
            "getChatHistory",
            "getMessage",
            "lastIncomingMessages",
            "lastOutgoingMessages",
            "readChat",
            "receiveNotification",
            "deleteNotification",
        ]
    }

    fn endpoint<'a>(&self, path: &'a str) -> Cow<'a, str> {
        path.split('/').nth(2).unwrap_or_default().into()
    }

    fn is_authorized(&self, gateway: &Gateway, head: &Parts) -> bool {
        let segments = reply::segments(head);
        instance_of(&segments) == ID_INSTANCE && segments.get(2) == Some(&gateway.token.reveal())
    }

    fn before_token<'a>(&self, path: &'a str) -> Option<&'a str> {
        let (slash, _) = path.match_indices('/').nth(2)?;
        Some(&path[..=slash])
    }

    fn answer(&self, gateway: &Gateway, head: &Parts, body: &Bytes) -> Reply {
        let segments = reply::segments(head);
        if instance_of(&segments) != ID_INSTANCE {
            return Reply::text(StatusCode::FORBIDDEN, "Forbidden");
        }
        let [_, method, token, rest @ ..] = segments.as_slice() else {
            return not_found();
        };
        if *token != gateway.token.reveal() {
            return Reply::text(StatusCode::UNAUTHORIZED, "Unauthorized");
        }
        let call = Call {
            gateway,
            head,
            body,
            method,
            rest,
        };
        match head.method {
            Method::GET => call.get(),
            Method::POST => call.post(),
            Method::DELETE => call.delete(),
            _ => not_found(),
        }
    }

    fn documented(&self, status: StatusCode, path: &str) -> Reply {
        documented(status, &self.endpoint(path), path)
    }

    fn refuse(&self, status: StatusCode, words: &str, path: &str) -> Reply {
        refusal(status, path, words)
    }
}

/// The instance's number in a path.
fn instance_of<'a>(segments: &[&'a str]) -> &'a str {
    let instance = segments.first().copied().unwrap_or_default();
    instance.strip_prefix("waInstance").unwrap_or_default()
}

impl Call<'_> {
    fn post(self) -> Reply {
        let state = self.state();
        match self.method {
            "sendButtons" | "sendTemplateButtons" | "sendListMessage" => {
                Reply::text(StatusCode::FORBIDDEN, "Forbidden")
            }
            method if state == "starting" && method.starts_with("send") => {
                self.bad_request("instance in starting process try later")
            }
            "sendMessage" => self.send(validation::text),
            "sendInteractiveButtonsReply" => self.send(validation::reply_buttons),
            "sendInteractiveButtons" => self.send(validation::action_buttons),
            "sendPoll" => self.send(validation::poll),
            "sendFileByUrl" => self.send(validation::file_by_url),
            "sendLocation" => self.send(validation::location),
            "sendContact" => self.send(validation::contact),
            _ => self.post_instance(),
        }
    }

    fn state(self) -> &'static str {
        self.gateway.state_of(STATE).unwrap_or("authorized")
    }

    fn send(self, check: fn(&[u8]) -> Result<(), String>) -> Reply {
        if !reply::is_json(&self.head.headers) {
            return self.bad_request("bad request data");
        }
        if let Err(words) = check(self.body) {
            return self.bad_request(&words);
        }
        let id = self.gateway.mint.green_api_id();
        let message: Value = serde_json::from_slice(self.body).unwrap_or_default();
        let (time, waits) = (mint::seconds(), self.state() != "authorized");
        let mut journal = self.gateway.journal();
        journal.take(id.clone(), self.method, message, time, waits);
        let body = json!({ "idMessage": id });
        Reply::json(StatusCode::OK, id, &body)
    }

    fn bad_request(self, words: &str) -> Reply {
        refusal(StatusCode::BAD_REQUEST, self.head.uri.path(), words)
    }
}

fn ok(note: impl Into<String>, body: &Value) -> Reply {
    Reply::json(StatusCode::OK, note, body)
}

/// The answer to a wrong HTTP method, and to a method that does not exist.
fn not_found() -> Reply {
    Reply::text(StatusCode::NOT_FOUND, "Not Found")
}

fn refusal(status: StatusCode, path: &str, words: &str) -> Reply {
    let body = json!({
        "statusCode": status.as_u16(),
        "timestamp": mint::now(),
        "path": path,
        "message": words,
    });
    Reply::json(status, words, &body)
}

/// The answer that the pages `common-errors` and `466-error-example-body` show for a status.
fn documented(status: StatusCode, method: &str, path: &str) -> Reply {
    match status.as_u16() {
        200..=299 => {
            let body = json!({ "code": 401, "description": "Unauthorized" });
            Reply::json(status, "fault", &body)
        }
        400 => refusal(status, path, "instance is starting or not authorized"),
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
            Reply::json(status, "fault", &body)
        }
        499 => Reply::text(status, "Client Closed Request"),
        _ => Reply::text(status, status.canonical_reason().unwrap_or("Error")),
    }
}
