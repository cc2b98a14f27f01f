//! What the sandbox took: GREEN-API's messages that went out or wait for the phone, and Evolution's
//! records.

use serde_json::{Value, json};

use super::memory::Memory;

/// Each of them, the newest.
#[derive(Debug, Default)]
pub(super) struct Journal {
    sent: Memory<Entry>,
    queued: Memory<Entry>,
    records: Memory<Value>,
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
        let bytes = body.to_string().len();
        let list = if waits {
            &mut self.queued
        } else {
            &mut self.sent
        };
        let entry = Entry {
            id,
            method: method.to_owned(),
            body,
            time,
        };
        list.push(entry, bytes);
    }

    /// A message that Evolution keeps, as it is found.
    pub(super) fn record(&mut self, record: Value) {
        let bytes = record.to_string().len();
        self.records.push(record, bytes);
    }

    /// The messages that Evolution keeps.
    pub(super) const fn records(&self) -> &Memory<Value> {
        &self.records
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

    /// How many messages wait.
    pub(super) fn waiting(&self) -> usize {
        self.queued.len()
    }

    /// The last messages, of one chat or of all, newest first, as `getChatHistory` and
    /// `lastOutgoingMessages` list them; those since a time, in seconds since 1970.
    pub(super) fn last(&self, chat: Option<&str>, since: u64, count: usize) -> Vec<Value> {
        let newest = self.sent.iter().rev();
        newest
            .filter(|entry| chat.is_none_or(|chat| entry.chat() == chat) && entry.time >= since)
            .take(count)
            .map(Entry::line)
            .collect()
    }

    /// The message with an id in a chat, as `getMessage` shows it.
    pub(super) fn message(&self, chat: &str, id: &str) -> Option<Value> {
        let mut sent = self.sent.iter();
        sent.find(|entry| entry.id == id && entry.chat() == chat)
            .map(Entry::line)
    }
}

impl Entry {
    fn chat(&self) -> &str {
        let chat = self.body.get("chatId").and_then(Value::as_str);
        chat.unwrap_or_default()
    }

    /// A line of the journal.
    fn line(&self) -> Value {
        let mut line = json!({
            "type": "outgoing",
            "idMessage": self.id,
            "timestamp": self.time,
            "typeMessage": "textMessage",
            "chatId": self.chat(),
            "statusMessage": "sent",
            "sendByApi": true,
        });
        let body = &self.body;
        match self.method.as_str() {
            "sendMessage" => line["textMessage"] = body["message"].clone(),
            "sendPoll" => {
                line["typeMessage"] = "pollMessage".into();
                line["pollMessageData"] = json!({
                    "name": body["message"],
                    "options": body["options"],
                    "multipleAnswers": body["multipleAnswers"].as_bool().unwrap_or(false),
                });
            }
            "sendLocation" => line["typeMessage"] = "locationMessage".into(),
            "sendContact" => line["typeMessage"] = "contactMessage".into(),
            "sendFileByUrl" => {
                line["typeMessage"] = "documentMessage".into();
                line["downloadUrl"] = body["urlFile"].clone();
                line["caption"] = body["caption"].clone();
            }
            _ => {
                line["typeMessage"] = "interactiveButtons".into();
                line["interactiveButtons"] = json!({
                    "titleText": body["header"],
                    "contentText": body["body"],
                    "footerText": body["footer"],
                    "buttons": body["buttons"],
                });
            }
        }
        line
    }
}
