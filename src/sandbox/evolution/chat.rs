//! What was sent in a chat, as the server keeps and finds it.

use hyper::StatusCode;
use serde_json::{Map, Value, json};

use super::{Call, error, unknown};
use crate::sandbox::reply::Reply;

/// How many messages a page has unless a request says so.
const PAGE: usize = 50;

/// The address that a number becomes, by `src/utils/createJid.ts`.
pub(super) fn jid(number: &str) -> String {
    if number.contains('@') {
        return number.to_owned();
    }
    let mut digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let is_old_group = number.contains('-') && number.len() >= 24;
    if digits.len() >= 18 || is_old_group {
        let id: String = number
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '-')
            .collect();
        return format!("{id}@g.us");
    }
    if digits.len() == 13 {
        let area = digits[2..4].parse::<u32>().unwrap_or_default();
        match &digits[..2] {
            "52" | "54" => drop(digits.remove(2)),
            "55" if area >= 31 && matches!(digits.as_bytes()[5], b'7'..=b'9') => {
                digits.remove(4);
            }
            _ => {}
        }
    }
    format!("{digits}@s.whatsapp.net")
}

/// What a message quotes.
pub(super) fn context(body: &Map<String, Value>) -> Value {
    let id = body
        .get("quoted")
        .and_then(|quoted| quoted.pointer("/key/id"));
    id.map_or(Value::Null, |id| json!({ "stanzaId": id }))
}

/// The type of a message, and the message as `WhatsApp` has it.
pub(super) fn message(method: &str, body: &Map<String, Value>) -> (&'static str, Value) {
    let key = |name: &str| body.get(name).cloned().unwrap_or_default();
    match method {
        "sendButtons" => {
            let title = key("title");
            let title = title.as_str().unwrap_or("undefined");
            let mut text = format!("*{title}*");
            if let Some(description) = key("description").as_str().filter(|it| !it.is_empty()) {
                text = format!("{text}\n\n{description}");
            }
            let message = json!({
                "body": { "text": text },
                "footer": { "text": key("footer") },
                "nativeFlowMessage": { "buttons": key("buttons") },
            });
            (
                "interactiveMessage",
                json!({ "interactiveMessage": message }),
            )
        }
        "sendList" => {
            let message = json!({
                "title": key("title"),
                "description": key("description"),
                "buttonText": key("buttonText"),
                "footerText": key("footerText"),
                "sections": key("sections"),
                "listType": 1,
            });
            ("listMessage", json!({ "listMessage": message }))
        }
        "sendPoll" => {
            let options: Vec<Value> = key("values")
                .as_array()
                .into_iter()
                .flatten()
                .map(|option| json!({ "optionName": option }))
                .collect();
            let message = json!({
                "name": key("name"),
                "options": options,
                "selectableOptionsCount": key("selectableCount"),
            });
            (
                "pollCreationMessageV3",
                json!({ "pollCreationMessageV3": message }),
            )
        }
        "sendMedia" => (
            "imageMessage",
            json!({ "imageMessage": { "caption": key("caption") } }),
        ),
        _ => ("conversation", json!({ "conversation": key("text") })),
    }
}

impl Call<'_> {
    /// The methods of chats, of which none sends.
    pub(super) fn chat(self, method: &str) -> Reply {
        let body = match self.object() {
            Ok(body) => Value::Object(body),
            Err(reply) => return reply,
        };
        match method {
            "findMessages" => self.find_messages(&body),
            "findStatusMessage" => {
                let id = body.pointer("/where/id");
                let found = self.records(|record| record.pointer("/key/id") == id);
                let found = found.iter().map(|record| {
                    json!({
                        "keyId": record["key"]["id"],
                        "remoteJid": record["key"]["remoteJid"],
                        "fromMe": true,
                        "status": "SERVER_ACK",
                    })
                });
                let found: Vec<Value> = found.collect();
                Reply::json(
                    StatusCode::OK,
                    format!("{} found", found.len()),
                    &found.into(),
                )
            }
            "whatsappNumbers" => numbers(&body),
            "findChats" => Reply::json(StatusCode::OK, "none", &json!([])),
            "markMessageAsRead" => {
                let body = json!({ "message": "Read messages", "read": "success" });
                Reply::json(StatusCode::CREATED, "read", &body)
            }
            _ => unknown(self.head),
        }
    }

    /// The messages that fit, the newest first.
    fn records(self, fits: impl Fn(&Value) -> bool) -> Vec<Value> {
        let journal = self.gateway.journal();
        let newest = journal.records().iter().rev();
        newest.filter(|record| fits(record)).cloned().collect()
    }

    fn find_messages(self, body: &Value) -> Reply {
        let of_key = |name: &str| body.pointer(&format!("/where/key/{name}"));
        let chats: Vec<&Value> = ["remoteJid", "remoteJidAlt"]
            .iter()
            .filter_map(|name| of_key(name))
            .collect();
        let id = of_key("id");
        let found = self.records(|record| {
            let is_here = record.pointer("/key/remoteJid");
            let is_here = is_here.is_some_and(|chat| chats.contains(&chat));
            is_here && id.is_none_or(|id| record.pointer("/key/id") == Some(id))
        });
        let number = |name: &str, or: usize| {
            let number = body.get(name).and_then(Value::as_u64);
            number
                .and_then(|number| usize::try_from(number).ok())
                .filter(|number| *number > 0)
                .unwrap_or(or)
        };
        let (size, page) = (number("offset", PAGE), number("page", 1));
        let total = found.len();
        let records = found.into_iter().skip((page - 1).saturating_mul(size));
        let records: Vec<Value> = records.take(size).collect();
        let body = json!({ "messages": {
            "total": total,
            "pages": total.div_ceil(size),
            "currentPage": page,
            "records": records,
        }});
        Reply::json(StatusCode::OK, format!("{total} messages"), &body)
    }
}

/// Everybody with a whole number is there.
fn numbers(body: &Value) -> Reply {
    let Some(numbers) = body.get("numbers").and_then(Value::as_array) else {
        let words = "instance requires property \"numbers\"";
        return error(StatusCode::BAD_REQUEST, &json!([[words]]));
    };
    let found = numbers
        .iter()
        .filter_map(Value::as_str)
        .map(|number| json!({ "exists": exists(number), "jid": jid(number), "number": number }));
    let found: Vec<Value> = found.collect();
    Reply::json(
        StatusCode::OK,
        format!("{} numbers", found.len()),
        &found.into(),
    )
}

/// Whether a number is on `WhatsApp`, as far as its length says.
pub(super) fn exists(number: &str) -> bool {
    let count = number.chars().filter(char::is_ascii_digit).count();
    number.contains('@') || count >= 18 || (8..=15).contains(&count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::plain("5511999999999", "5511999999999@s.whatsapp.net")]
    #[case::spelled("+55 (11) 99999-9999", "5511999999999@s.whatsapp.net")]
    #[case::brazil_from_31_on("5531987654321", "553187654321@s.whatsapp.net")]
    #[case::brazil_landline_like("5531932654321", "5531932654321@s.whatsapp.net")]
    #[case::argentina("5491123456789", "541123456789@s.whatsapp.net")]
    #[case::mexico("5215512345678", "525512345678@s.whatsapp.net")]
    #[case::group("120363039000000000", "120363039000000000@g.us")]
    #[case::address("69385314111689@lid", "69385314111689@lid")]
    #[case::wide("日本 +81 90-1234-5678", "819012345678@s.whatsapp.net")]
    fn a_number_becomes_an_address(#[case] number: &str, #[case] expected: &str) {
        assert_eq!(jid(number), expected);
    }
}
