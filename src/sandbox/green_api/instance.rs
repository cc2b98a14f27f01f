//! The methods of an instance that send nothing: its state and settings, contacts, queue, journals
//! and notifications. Nothing ever comes in, so that what would list it is empty.

use std::collections::HashMap;

use hyper::StatusCode;
use serde_json::{Value, json};

use super::{Call, STATE, not_found, ok};
use crate::sandbox::mint;
use crate::sandbox::reply::{self, Reply};

/// How far the journals go back unless a request says so, in minutes.
const DAY: u64 = 24 * 60;

/// How many messages a chat's history lists unless a request says so.
const PAGE: u64 = 100;

impl Call<'_> {
    pub(super) fn get(self) -> Reply {
        match self.method {
            STATE => {
                let state = self.state();
                ok(state, &json!({ "stateInstance": state }))
            }
            "getSettings" => ok("settings", &settings()),
            "getContacts" | "getChats" | "lastIncomingMessages" => ok("none", &json!([])),
            "receiveNotification" => ok("none", &Value::Null),
            "getWebhooksCount" => ok("0", &json!({ "count": 0 })),
            "getMessagesCount" => {
                let count = self.gateway.journal().waiting();
                ok(count.to_string(), &json!({ "count": count }))
            }
            "showMessagesQueue" => {
                let queue = self.gateway.journal().queue();
                ok(format!("{} waiting", queue.len()), &queue.into())
            }
            "clearMessagesQueue" => {
                self.gateway.journal().clear_queue();
                ok("cleared", &json!({ "isCleared": true }))
            }
            "lastOutgoingMessages" => {
                let minutes = self.query().remove("minutes");
                let minutes = minutes.and_then(|text| text.parse().ok()).unwrap_or(DAY);
                let since = mint::seconds().saturating_sub(minutes.saturating_mul(60));
                let lines = self.gateway.journal().last(None, since, usize::MAX);
                ok(format!("{} messages", lines.len()), &lines.into())
            }
            _ => not_found(),
        }
    }

    pub(super) fn delete(self) -> Reply {
        match (self.method, self.rest) {
            ("deleteNotification", [_]) => {
                let reason = "there is no notification with this receiptId";
                ok(reason, &json!({ "result": false, "reason": reason }))
            }
            _ => not_found(),
        }
    }

    /// The methods that are posted to and send nothing to anybody.
    pub(super) fn post_instance(self) -> Reply {
        let known = [
            "checkWhatsapp",
            "setSettings",
            "sendTyping",
            "readChat",
            "getMessage",
            "getChatHistory",
        ];
        if !known.contains(&self.method) {
            return not_found();
        }
        if !reply::is_json(&self.head.headers) {
            return self.bad_request("bad request data");
        }
        let Ok(body @ Value::Object(_)) = serde_json::from_slice::<Value>(self.body) else {
            return self.bad_request("bad request data");
        };
        match self.method {
            "setSettings" => return ok("saved", &json!({ "saveSettings": true })),
            "checkWhatsapp" => return self.check_whatsapp(&body),
            _ => {}
        }
        let Some(chat) = body.get("chatId").and_then(Value::as_str) else {
            return self.bad_request("Validation failed. Details: 'chatId' is required");
        };
        match self.method {
            // What its page answers with is not known: assumed to be an empty object.
            "sendTyping" => ok("typing", &json!({})),
            "readChat" => ok("read", &json!({ "setRead": true })),
            "getMessage" => self.message(chat, &body),
            _ => {
                let count = body.get("count").and_then(Value::as_u64).unwrap_or(PAGE);
                let count = usize::try_from(count).unwrap_or(usize::MAX);
                let lines = self.gateway.journal().last(Some(chat), 0, count);
                ok(format!("{} messages", lines.len()), &lines.into())
            }
        }
    }

    /// By the page `service/CheckWhatsapp`: everybody who has a phone number is there.
    fn check_whatsapp(self, body: &Value) -> Reply {
        let number = match body.get("phoneNumber") {
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::String(text)) => text.clone(),
            _ => {
                return self.bad_request("Validation failed. Details: 'phoneNumber' is required");
            }
        };
        let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number || !(7..=15).contains(&number.len()) {
            let words = "Validation failed. Details: 'phoneNumber' must be a number";
            return self.bad_request(words);
        }
        let chat = format!("{number}@c.us");
        let body = json!({ "existsWhatsapp": true, "chatId": chat });
        ok(chat, &body)
    }

    fn message(self, chat: &str, body: &Value) -> Reply {
        let Some(id) = body.get("idMessage").and_then(Value::as_str) else {
            return self.bad_request("Validation failed. Details: 'idMessage' is required");
        };
        let line = self.gateway.journal().message(chat, id);
        match line {
            Some(line) => ok(id, &line),
            None => Reply::text(StatusCode::NOT_FOUND, "Message not found by id"),
        }
    }

    /// The parameters of the query.
    fn query(self) -> HashMap<String, String> {
        let query = self.head.uri.query().unwrap_or_default();
        let pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs.into_owned().collect()
    }
}

/// The keys of the page `account/GetSettings`, as a new instance has them.
fn settings() -> Value {
    json!({
        "wid": "5511900000000@c.us",
        "countryInstance": "",
        "typeAccount": "",
        "webhookUrl": "",
        "webhookUrlToken": "",
        "delaySendMessagesMilliseconds": 1000,
        "markIncomingMessagesReaded": "no",
        "markIncomingMessagesReadedOnReply": "no",
        "sharedSession": "no",
        "outgoingWebhook": "yes",
        "outgoingMessageWebhook": "yes",
        "outgoingAPIMessageWebhook": "yes",
        "incomingWebhook": "yes",
        "deviceWebhook": "no",
        "statusInstanceWebhook": "no",
        "stateWebhook": "no",
        "enableMessagesHistory": "no",
        "keepOnlineStatus": "no",
        "pollMessageWebhook": "no",
        "incomingCallWebhook": "no",
        "editedMessageWebhook": "no",
        "deletedMessageWebhook": "no",
    })
}
