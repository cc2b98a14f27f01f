//! GREEN-API's queue and journal: what waits for the phone, and what went out.
//!
//! By the pages `queues/ShowMessagesQueue`, `queues/ClearMessagesQueue` and
//! `journals/GetChatHistory`. What became of a message whose answer was lost can be read there; a
//! message takes up to two minutes to come into the journal.

use serde_json::Value;

use super::answer::{Shape, id_of, shorten, words_of};
use super::explain::{self, Row};
use super::wire::{Body, Query, Request, Response, content_type};
use super::{Account, GatewayKind, Refusal, green_api};

/// A message that the gateway took and that waits for the phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// Its id; `None` where the gateway shows none.
    pub message_id: Option<String>,
    /// The method that it came by.
    pub method: String,
    /// To whom it goes, as the gateway writes it.
    pub to: String,
    /// What it says.
    pub text: String,
}

/// A message in the journal, or in the queue, that is likely the one that was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its id.
    pub message_id: String,
    /// When it went out, in seconds since 1970; `None` while it waits in the queue.
    pub time: Option<u64>,
    /// What became of it: `sent`, `delivered`, `read`; `None` where that is not said.
    pub status: Option<String>,
}

/// How much earlier than here a gateway's clock may say that a message went out, in seconds.
const CLOCKS_DIFFER: u64 = 60;

/// How many messages of a chat are looked at.
const LOOKED_AT: usize = 100;

impl Account {
    /// The question for what waits; `None` for a gateway that has no queue to show.
    pub fn queue_query(&self) -> Option<Query> {
        self.ask("showMessagesQueue")
    }

    /// The request that empties the queue; `None` for a gateway that has none.
    pub fn clear_queue_query(&self) -> Option<Query> {
        self.ask("clearMessagesQueue")
    }

    /// The question for a chat's last messages, the chat of a request that was sent; `None` where
    /// it cannot be asked.
    pub fn journal_query(&self, sent: &Request) -> Option<Query> {
        let chat = sent.body.get("chatId")?.as_str()?;
        let body = Body::default()
            .with("chatId", chat)
            .with("count", LOOKED_AT);
        Some(Query {
            method: "POST",
            headers: vec![content_type()],
            body: Some(body.into()),
            ..self.ask("getChatHistory")?
        })
    }

    fn ask(&self, method: &str) -> Option<Query> {
        (self.gateway == GatewayKind::GreenApi).then(|| green_api::query(self, method))
    }
}

/// What the answer to [`Account::queue_query`] lists. The page does not show an entry's fields: an
/// id (`messageID`), a method (`type`) and the request (`body`) are **assumed**.
///
/// # Errors
/// When it lists nothing.
pub fn read_queue(response: &Response) -> Result<Vec<Queued>, Refusal> {
    let entries = list(response)?;
    let read = entries.iter().map(|entry| {
        let body = entry.get("body").unwrap_or(entry);
        let word = |key: &str| words_of(entry.get(key)).unwrap_or_default();
        Queued {
            message_id: queued_id(entry),
            method: word("type"),
            to: words_of(body.get("chatId")).unwrap_or_default(),
            text: text_of(body).unwrap_or_default().to_owned(),
        }
    });
    Ok(read.collect())
}

/// Whether the answer to [`Account::clear_queue_query`] says that the queue is empty now.
///
/// # Errors
/// When it does not say so.
pub fn read_cleared(response: &Response) -> Result<(), Refusal> {
    match Shape::of(response) {
        Shape::Json(body) if body.get("isCleared") == Some(&Value::Bool(true)) => Ok(()),
        shape => Err(refusal(response, &shape)),
    }
}

/// The messages of a journal that are likely the one that was sent, the nearest in time first:
/// outgoing, with the same text, and not before `since`, in seconds since 1970.
///
/// # Errors
/// When the answer is no journal.
pub fn find_in_journal(
    sent: &Request,
    since: u64,
    response: &Response,
) -> Result<Vec<Found>, Refusal> {
    let earliest = since.saturating_sub(CLOCKS_DIFFER);
    let entries = list(response)?;
    let mut found: Vec<Found> = entries
        .iter()
        .filter(|entry| {
            let word = |key| entry.get(key).and_then(Value::as_str);
            word("type") == Some("outgoing")
                && entry.get("sendByApi") != Some(&Value::Bool(false))
                && is_same(text_of(entry), text_of(&sent.body))
        })
        .filter_map(|entry| {
            let time = entry.get("timestamp")?.as_u64()?;
            (time >= earliest).then_some(Found {
                message_id: id_of(entry.get("idMessage"))?,
                time: Some(time),
                status: words_of(entry.get("statusMessage")),
            })
        })
        .collect();
    found.sort_by_key(|found| found.time.map(|time| time.abs_diff(since)));
    Ok(found)
}

/// The messages of a queue that are likely the one that was sent.
///
/// # Errors
/// When the answer is no queue.
pub fn find_in_queue(sent: &Request, response: &Response) -> Result<Vec<Found>, Refusal> {
    let entries = list(response)?;
    let found = entries.iter().filter_map(|entry| {
        let body = entry.get("body").unwrap_or(entry);
        let same = body.get("chatId") == sent.body.get("chatId")
            && is_same(text_of(body), text_of(&sent.body));
        let message_id = queued_id(entry).filter(|_| same)?;
        Some(Found {
            message_id,
            time: None,
            status: None,
        })
    });
    Ok(found.collect())
}

fn queued_id(entry: &Value) -> Option<String> {
    let ids = ["messageID", "messageId", "idMessage"];
    ids.iter()
        .find_map(|key| id_of(entry.get(*key)))
        .or_else(|| id_of(entry.pointer("/messagesIDs/0")))
}

/// The text of a message, wherever its kind has it.
fn text_of(message: &Value) -> Option<&str> {
    let places = [
        "/textMessage",
        "/message",
        "/interactiveButtons/contentText",
        "/interactiveButtons/body",
        "/interactiveButtonsReply/contentText",
        "/interactiveButtonsReply/body",
        "/buttonsMessage/contentText",
        "/extendedTextMessage/text",
        "/caption",
        "/body",
    ];
    let mut found = places
        .iter()
        .filter_map(|place| message.pointer(place)?.as_str());
    found.find(|text| !text.is_empty())
}

/// Whether two texts are one. White space at their ends is lost on the way.
fn is_same(one: Option<&str>, other: Option<&str>) -> bool {
    one.zip(other)
        .is_some_and(|(one, other)| one.trim() == other.trim())
}

fn list(response: &Response) -> Result<Vec<Value>, Refusal> {
    match Shape::of(response) {
        Shape::Json(Value::Array(entries)) if response.is_success() => Ok(entries),
        shape => Err(refusal(response, &shape)),
    }
}

/// Why an answer is not what was asked for.
fn refusal(response: &Response, shape: &Shape) -> Refusal {
    let words = match shape {
        Shape::Json(body) => ["message", "description"]
            .iter()
            .find_map(|key| words_of(body.get(*key)))
            .unwrap_or_default(),
        Shape::Text(words) | Shape::Page(words) => words.clone(),
        Shape::Empty => String::new(),
    };
    let code = match shape {
        Shape::Json(body) => body.get("code").and_then(Value::as_u64),
        _ => None,
    };
    let status = code
        .and_then(|code| u16::try_from(code).ok())
        .unwrap_or(response.status);
    let row = explain::find(explain::GREEN_API, status, None, &words);
    let row = row.filter(|row| row.is_certain() && !response.is_success());
    let explanation = row.map_or(
        "GREEN-API did not answer what was asked. Try it again in a while.",
        |row: &Row| row.meaning,
    );
    Refusal {
        code: status.to_string(),
        message: shorten(words.trim(), 200),
        explanation: explanation.to_owned(),
        ..Refusal::default()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::*;
    use crate::message::{Draft, Message, Text};
    use rstest::rstest;
    use serde_json::json;

    const TEXT: &str = "Olá 日本 👩‍👩‍👧 e\u{301} שלום";
    const SINCE: u64 = 1_750_000_000;

    fn account() -> Account {
        Account::public(GatewayKind::GreenApi)
    }

    fn sent(text: &str) -> Request {
        let text = text.to_owned();
        let draft = Draft {
            to: "5511999999999".to_owned(),
            message: Message::Text(Text { text }),
            ..Draft::default()
        };
        account().encode(&draft).unwrap()
    }

    fn answer(status: u16, body: &impl ToString) -> Response {
        Response {
            status,
            body: body.to_string().into_bytes(),
            ..Response::default()
        }
    }

    fn entry(change: &Value) -> Value {
        let mut entry = json!({
            "type": "outgoing", "idMessage": "3EB0A", "timestamp": SINCE + 2,
            "typeMessage": "textMessage", "chatId": "5511999999999@c.us",
            "textMessage": TEXT, "statusMessage": "delivered", "sendByApi": true,
        });
        for (key, value) in change.as_object().unwrap() {
            entry[key] = value.clone();
        }
        entry
    }

    #[rstest]
    #[case::text(json!({}), true)]
    #[case::spaces_are_lost(json!({ "textMessage": format!("{TEXT} \n") }), true)]
    #[case::extended(json!({ "textMessage": null, "extendedTextMessage": { "text": TEXT } }), true)]
    #[case::buttons(json!({ "textMessage": "", "interactiveButtons": { "contentText": TEXT } }), true)]
    #[case::clocks_differ(json!({ "timestamp": SINCE - 60 }), true)]
    #[case::from_the_queue_much_later(json!({ "timestamp": SINCE + 80_000 }), true)]
    #[case::before(json!({ "timestamp": SINCE - 61 }), false)]
    #[case::incoming(json!({ "type": "incoming" }), false)]
    #[case::by_hand(json!({ "sendByApi": false }), false)]
    #[case::other_text(json!({ "textMessage": "Olá 日本" }), false)]
    #[case::no_text(json!({ "textMessage": null }), false)]
    #[case::no_id(json!({ "idMessage": "" }), false)]
    #[case::no_time(json!({ "timestamp": "x" }), false)]
    fn is_found_in_the_journal(#[case] change: Value, #[case] found: bool) {
        let other = json!({ "textMessage": "other", "idMessage": "3EB0B" });
        let journal = answer(200, &json!([entry(&other), entry(&change), 1, null]));
        let ids = find_in_journal(&sent(TEXT), SINCE, &journal).unwrap();
        assert_eq!(ids.len(), usize::from(found), "{ids:?}");
    }

    #[test]
    fn the_nearest_comes_first() {
        let times = [30, 2, 500].map(|after| {
            entry(&json!({ "timestamp": SINCE + after, "idMessage": after.to_string() }))
        });
        let found = find_in_journal(&sent(TEXT), SINCE, &answer(200, &json!(times))).unwrap();
        let ids: Vec<_> = found
            .iter()
            .map(|found| found.message_id.as_str())
            .collect();
        assert_eq!(ids, ["2", "30", "500"]);
        assert_eq!(found[0].status.as_deref(), Some("delivered"));
    }

    #[test]
    fn a_queue_is_read_and_searched() {
        let sent = sent(TEXT);
        let queue = answer(
            200,
            &json!([
                { "messageID": "3EB0A", "type": "sendMessage", "body": sent.body },
                { "messagesIDs": ["3EB0B"], "type": "sendMessage", "body": { "chatId": "1@c.us", "message": TEXT } },
                { "strange": true },
            ]),
        );
        let queued = read_queue(&queue).unwrap();
        assert_eq!(queued.len(), 3);
        assert_eq!(queued[0].to, "5511999999999@c.us");
        assert_eq!(
            (queued[0].method.as_str(), queued[0].text.as_str()),
            ("sendMessage", TEXT)
        );
        assert_eq!(queued[1].message_id.as_deref(), Some("3EB0B"));
        assert_eq!(queued[2].message_id, None);
        let found = find_in_queue(&sent, &queue).unwrap();
        let ids: Vec<_> = found
            .iter()
            .map(|found| (found.message_id.as_str(), found.time))
            .collect();
        assert_eq!(ids, [("3EB0A", None)]);
    }

    #[rstest]
    #[case::token(401, "Unauthorized", "401", "token")]
    #[case::token_as_success(
        200,
        r#"{"code":401,"description":"Unauthorized"}"#,
        "401",
        "did not answer"
    )]
    #[case::starting(
        400,
        r#"{"message":"instance in starting process try later"}"#,
        "400",
        "starting"
    )]
    #[case::failed(500, "日本", "500", "did not answer")]
    #[case::page(200, "<html>", "200", "did not answer")]
    #[case::object(200, "{}", "200", "did not answer")]
    fn what_is_no_list_is_refused(
        #[case] status: u16,
        #[case] body: &str,
        #[case] code: &str,
        #[case] said: &str,
    ) {
        let answer = answer(status, &body);
        for refusal in [
            read_queue(&answer).unwrap_err(),
            read_cleared(&answer).unwrap_err(),
            find_in_journal(&sent(TEXT), SINCE, &answer).unwrap_err(),
        ] {
            assert_eq!(refusal.code, code);
            assert!(
                refusal.explanation.contains(said),
                "{}",
                refusal.explanation
            );
        }
    }

    #[test]
    fn a_queue_is_cleared_when_it_says_so() {
        assert_eq!(read_cleared(&answer(200, &r#"{"isCleared":true}"#)), Ok(()));
        assert!(read_cleared(&answer(200, &r#"{"isCleared":false}"#)).is_err());
    }
}
