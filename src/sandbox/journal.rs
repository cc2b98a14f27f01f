//! What GREEN-API's sandbox took: messages that went out, and messages that wait for the phone.

use std::collections::VecDeque;

use serde_json::{Value, json};

use super::REMEMBERED;

/// Both, at most a thousand of each, oldest first.
#[derive(Debug, Default)]
pub(super) struct Journal {
    sent: VecDeque<Entry>,
    queued: VecDeque<Entry>,
}

/// A message that was taken.
#[derive(Debug)]
struct Entry {
    id: String,
    method: String,
    body: Value,
    /// In seconds since 1970.
    time: u64,
}

impl Journal {
    /// A message that went out, or that waits.
    pub(super) fn take(&mut self, id: String, method: &str, body: Value, time: u64, waits: bool) {
        let list = if waits {
            &mut self.queued
        } else {
            &mut self.sent
        };
        if list.len() == REMEMBERED {
            list.pop_front();
        }
        list.push_back(Entry {
            id,
            method: method.to_owned(),
            body,
            time,
        });
    }

    /// The messages that wait, as `showMessagesQueue` lists them.
    pub(super) fn queue(&self) -> Vec<Value> {
        let entries = self.queued.iter();
        entries
            .map(|entry| {
                json!({
                    "messageID": entry.id,
                    "messagesIDs": [entry.id],
                    "type": entry.method,
                    "body": entry.body,
                })
            })
            .collect()
    }

    /// Throws away what waits.
    pub(super) fn clear_queue(&mut self) {
        self.queued.clear();
    }

    /// A chat's last messages, newest first, as `getChatHistory` lists them.
    pub(super) fn of_chat(&self, chat: &str, count: usize) -> Vec<Value> {
        let newest = self.sent.iter().rev();
        newest
            .filter(|entry| entry.body.get("chatId").and_then(Value::as_str) == Some(chat))
            .take(count)
            .map(|entry| {
                let mut line = json!({
                    "type": "outgoing",
                    "idMessage": entry.id,
                    "timestamp": entry.time,
                    "typeMessage": "textMessage",
                    "chatId": chat,
                    "statusMessage": "sent",
                    "sendByApi": true,
                });
                let body = &entry.body;
                if entry.method == "sendMessage" {
                    line["textMessage"] = body["message"].clone();
                } else {
                    line["typeMessage"] = "interactiveButtons".into();
                    line["interactiveButtons"] = json!({
                        "titleText": body["header"],
                        "contentText": body["body"],
                        "footerText": body["footer"],
                        "buttons": body["buttons"],
                    });
                }
                line
            })
            .collect()
    }
}
