//! GREEN-API's queue, by the pages `queues/ShowMessagesQueue` and `queues/ClearMessagesQueue`.

use serde_json::Value;

use super::{errors, query};
use crate::gateway::answer::{Shape, id_of, shorten, words_of};
use crate::gateway::explain::Row;
use crate::gateway::journal::{Found, LookedUp, is_same};
use crate::gateway::queue::{Queue, Queued};
use crate::gateway::wire::{Query, Request, Response};
use crate::gateway::{Account, Refusal};

/// The queue that `showMessagesQueue` shows.
pub(super) struct ShownQueue;

impl Queue for ShownQueue {
    fn query(&self, account: &Account) -> Query {
        query(account, "showMessagesQueue")
    }

    fn clear_query(&self, account: &Account) -> Query {
        query(account, "clearMessagesQueue")
    }

    /// The page does not show an entry's fields: an id (`messageID`), a method (`type`) and the request
    /// (`body`) are **assumed**.
    fn read(&self, response: &Response) -> Result<Vec<Queued>, Refusal> {
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

    fn read_cleared(&self, response: &Response) -> Result<(), Refusal> {
        match Shape::of(response) {
            Shape::Json(body) if body.get("isCleared") == Some(&Value::Bool(true)) => Ok(()),
            shape => Err(refusal(response, &shape, "no word of an empty queue")),
        }
    }

    fn find(&self, sent: &Request, response: &Response) -> Result<LookedUp, Refusal> {
        let mut looked_up = LookedUp::nothing();
        for entry in &list(response)? {
            let body = entry.get("body").unwrap_or(entry);
            let is_there = body
                .get("chatId")
                .map(|to| Some(to) == sent.body.get("chatId"));
            let is_likely = match (is_there, is_same(text_of(body), text_of(&sent.body))) {
                (Some(false), _) | (_, Some(false)) => continue,
                (is_there, is_same) => is_there.is_some() && is_same.is_some(),
            };
            let found = queued_id(entry).map(|message_id| Found {
                message_id,
                time: None,
                status: None,
            });
            looked_up.take(is_likely, found);
        }
        Ok(looked_up)
    }
}

/// The id of an entry of the queue.
pub(super) fn queued_id(entry: &Value) -> Option<String> {
    let ids = ["messageID", "messageId", "idMessage"];
    ids.iter()
        .find_map(|key| id_of(entry.get(*key)))
        .or_else(|| id_of(entry.pointer("/messagesIDs/0")))
}

/// The text of a message, wherever its kind has it.
pub(super) fn text_of(message: &Value) -> Option<&str> {
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

/// The entries of an answer that is a list.
pub(super) fn list(response: &Response) -> Result<Vec<Value>, Refusal> {
    match Shape::of(response) {
        Shape::Json(Value::Array(entries)) if response.is_success() => Ok(entries),
        shape => Err(refusal(response, &shape, "no list")),
    }
}

/// Why an answer is not what was asked for, `missing` in words.
fn refusal(response: &Response, shape: &Shape, missing: &str) -> Refusal {
    let words = match shape {
        Shape::Json(body) => ["message", "description"]
            .iter()
            .find_map(|key| words_of(body.get(*key)))
            .unwrap_or_default(),
        Shape::Text(words) | Shape::Page(words) | Shape::Coded(words) => words.clone(),
        Shape::Empty => String::new(),
    };
    let words = if words.trim().is_empty() {
        let what = match shape {
            Shape::Empty => "nothing",
            Shape::Json(_) => missing,
            _ => "no JSON",
        };
        format!("it answered with status {} and {what}", response.status)
    } else {
        words
    };
    let code = match shape {
        Shape::Json(body) => body.get("code").and_then(Value::as_u64),
        _ => None,
    };
    let status = code
        .and_then(|code| u16::try_from(code).ok())
        .unwrap_or(response.status);
    let row = errors::TABLE.find(status, None, &words);
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
    use rstest::rstest;
    use serde_json::json;

    const TEXT: &str = "Olá 日本 👩‍👩‍👧 e\u{301} שלום";

    fn answer(status: u16, body: &impl ToString) -> Response {
        Response {
            status,
            body: body.to_string().into_bytes(),
            ..Response::default()
        }
    }

    #[test]
    fn a_queue_is_read() {
        let body = json!({ "chatId": "5511999999999@c.us", "message": TEXT });
        let queue = answer(
            200,
            &json!([
                { "messageID": "3EB0A", "type": "sendMessage", "body": body },
                { "messagesIDs": ["3EB0B"], "type": "sendMessage", "body": {} },
                { "strange": true },
            ]),
        );
        let queued = ShownQueue.read(&queue).unwrap();
        assert_eq!(queued.len(), 3);
        assert_eq!(queued[0].to, "5511999999999@c.us");
        assert_eq!(
            (queued[0].method.as_str(), queued[0].text.as_str()),
            ("sendMessage", TEXT)
        );
        assert_eq!(queued[1].message_id.as_deref(), Some("3EB0B"));
        assert_eq!(queued[2].message_id, None);
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
            ShownQueue.read(&answer).unwrap_err(),
            ShownQueue.read_cleared(&answer).unwrap_err(),
        ] {
            assert_eq!(refusal.code, code);
            assert!(
                refusal.explanation.contains(said),
                "{}",
                refusal.explanation
            );
        }
    }

    /// An answer without words has some all the same.
    #[rstest]
    #[case::page(200, "<html>", "it answered with status 200 and no JSON")]
    #[case::object(200, "{}", "it answered with status 200 and no list")]
    #[case::nothing(502, "", "it answered with status 502 and nothing")]
    #[case::words(500, "日本", "日本")]
    fn what_is_no_list_has_words(#[case] status: u16, #[case] body: &str, #[case] words: &str) {
        let refusal = list(&answer(status, &body)).unwrap_err();
        assert_eq!(refusal.message, words);
    }

    #[test]
    fn a_queue_is_cleared_when_it_says_so() {
        assert_eq!(
            ShownQueue.read_cleared(&answer(200, &r#"{"isCleared":true}"#)),
            Ok(())
        );
        assert!(
            ShownQueue
                .read_cleared(&answer(200, &r#"{"isCleared":false}"#))
                .is_err()
        );
    }
}
