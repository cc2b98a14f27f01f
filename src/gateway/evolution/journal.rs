//! What the server keeps of a chat, by `POST /chat/findMessages/{instance}`: by the name that a message
//! was given, else by its text and time. What is not there proves nothing, as storing it may be what
//! failed.

use serde_json::Value;

use super::decode::words;
use super::{chat, key, url};
use crate::gateway::answer::{Shape, id_of, shorten, words_of};
use crate::gateway::journal::{Found, Journal, LookedUp, is_same};
use crate::gateway::wire::{Body, Query, Request, Response, content_type};
use crate::gateway::{Account, Refusal};

/// The key of a text or a poll that holds the client's own name of it. Version 2.4 makes it the message's
/// id, an older one ignores it.
pub(super) const NAME: &str = "messageId";

/// By how much a gateway's clock and ours may differ, in seconds.
const CLOCKS_DIFFER: u64 = 15 * 60;

/// How long a message is under way at the most, in seconds; assumed.
const LONGEST_WAY: u64 = 60 * 60;

/// How many messages of a chat are looked at.
const LOOKED_AT: usize = 50;

/// The database that `findMessages` looks into.
pub(super) struct Kept;

impl Journal for Kept {
    fn query(&self, account: &Account, sent: &Request) -> Option<Query> {
        let chat = chat::jid(sent.body.get("number")?.as_str()?);
        // Both together find the halves of a chat under the number and under a hidden one.
        let key_of_chat = Body::default()
            .with("remoteJid", chat.as_str())
            .with("remoteJidAlt", chat.as_str())
            .with("fromMe", true);
        let body = Body::default()
            .with("where", Body::default().with("key", key_of_chat))
            .with("page", 1)
            .with("offset", LOOKED_AT);
        Some(Query {
            method: "POST",
            url: url(account, "chat/findMessages"),
            headers: vec![content_type(), key()],
            body: Some(body.into()),
        })
    }

    fn find(&self, sent: &Request, since: u64, response: &Response) -> Result<LookedUp, Refusal> {
        let times = since.saturating_sub(CLOCKS_DIFFER)..=since + LONGEST_WAY + CLOCKS_DIFFER;
        let records = records(response)?;
        let mut looked_up = LookedUp::nothing();
        let name = sent.body.get(NAME);
        for record in &records {
            let id = id_of(record.pointer("/key/id"));
            let time = time_of(record);
            let found = id.clone().map(|message_id| Found {
                message_id,
                time,
                status: status_of(record),
            });
            if name.is_some() && record.pointer("/key/id") == name {
                let mut named = LookedUp::nothing();
                named.take(true, found);
                return Ok(named);
            }
            if record.pointer("/key/fromMe") != Some(&Value::Bool(true)) {
                continue;
            }
            let is_near = time.is_some_and(|time| times.contains(&time));
            let is_likely = match is_same(text_of(record), sent_text(&sent.body).as_deref()) {
                Some(true) => is_near,
                None if is_near || time.is_none() => false,
                _ => continue,
            };
            looked_up.take(is_likely, found);
        }
        if records.len() >= LOOKED_AT {
            // What is older is not in it.
            let oldest = records.iter().filter_map(time_of).min();
            looked_up.is_whole &= oldest.is_some_and(|oldest| oldest < *times.start());
        }
        let likely = &mut looked_up.likely;
        likely.sort_by_key(|found| found.time.map(|time| time.abs_diff(since)));
        Ok(looked_up)
    }
}

/// The messages of an answer.
fn records(response: &Response) -> Result<Vec<Value>, Refusal> {
    let shape = Shape::of(response);
    if let Shape::Json(body) = &shape
        && response.is_success()
        && let Some(records) = body.pointer("/messages/records").and_then(Value::as_array)
    {
        return Ok(records.clone());
    }
    let said = match &shape {
        Shape::Json(body) => words(body),
        Shape::Text(words) | Shape::Page(words) | Shape::Coded(words) => Some(words.clone()),
        Shape::Empty => None,
    };
    let status = response.status;
    Err(Refusal {
        code: status.to_string(),
        message: said.map_or_else(
            || format!("it answered with status {status} and no list"),
            |words| shorten(words.trim(), 200),
        ),
        explanation: "Evolution API did not answer what was asked. Try it again in a while."
            .to_owned(),
        ..Refusal::default()
    })
}

/// When a message was sent, in seconds since 1970.
fn time_of(record: &Value) -> Option<u64> {
    let time = record.get("messageTimestamp")?;
    time.as_u64().or_else(|| time.as_str()?.parse().ok())
}

/// What became of a message, by the highest of its ticks.
fn status_of(record: &Value) -> Option<String> {
    const TICKS: [&str; 6] = [
        "ERROR",
        "PENDING",
        "SERVER_ACK",
        "DELIVERY_ACK",
        "READ",
        "PLAYED",
    ];
    let updates = record.get("MessageUpdate").and_then(Value::as_array);
    let words = updates
        .into_iter()
        .flatten()
        .filter_map(|update| update.get("status")?.as_str());
    let highest = words.max_by_key(|word| TICKS.iter().position(|tick| tick == word));
    let word = highest.map(str::to_owned);
    word.or_else(|| words_of(record.get("status")))
}

/// The text of a request, as the server shows it.
fn sent_text(body: &Value) -> Option<String> {
    let text = |key: &str| body.get(key).and_then(Value::as_str);
    if body.get("buttons").is_some() {
        let title = format!("*{}*", text("title")?);
        return Some(match text("description") {
            Some(description) => format!("{title}\n\n{description}"),
            None => title,
        });
    }
    let words = if body.get("sections").is_some() {
        text("description").or_else(|| text("title"))
    } else {
        text("text").or_else(|| text("name"))
    };
    words.map(str::to_owned)
}

/// The text of a message, wherever its kind has it.
fn text_of(record: &Value) -> Option<&str> {
    const PLACES: [&str; 10] = [
        "/conversation",
        "/extendedTextMessage/text",
        "/interactiveMessage/body/text",
        "/listMessage/description",
        "/listMessage/title",
        "/pollCreationMessageV3/name",
        "/pollCreationMessage/name",
        "/buttonsMessage/contentText",
        "/imageMessage/caption",
        "/documentMessage/caption",
    ];
    let mut message = record.get("message")?;
    for envelope in [
        "viewOnceMessage",
        "viewOnceMessageV2",
        "documentWithCaptionMessage",
    ] {
        if let Some(inner) = message.get(envelope).and_then(|outer| outer.get("message")) {
            message = inner;
        }
    }
    let mut found = PLACES
        .iter()
        .filter_map(|place| message.pointer(place)?.as_str());
    found.find(|text| !text.is_empty())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::*;
    use crate::gateway::GatewayKind;
    use crate::message::file::{Format, parse};
    use rstest::rstest;
    use serde_json::json;

    const TEXT: &str = "Olá 日本 👩‍👩‍👧 e\u{301} שלום";
    const SINCE: u64 = 1_750_000_000;

    fn sent(file: &str) -> Request {
        let draft = parse(file, Format::Toml).unwrap();
        let account = Account::public(GatewayKind::Evolution);
        account.encode(&draft).unwrap()
    }

    fn text() -> Request {
        sent(&format!(
            "kind = \"text\"\nto = \"5531987654321\"\ntext = \"{TEXT}\""
        ))
    }

    fn record(change: &Value) -> Value {
        let mut record = json!({
            "key": { "id": "3EB0A", "fromMe": true, "remoteJid": "553187654321@s.whatsapp.net" },
            "message": { "conversation": TEXT }, "messageTimestamp": SINCE + 2,
        });
        for (key, value) in change.as_object().unwrap() {
            record[key] = value.clone();
        }
        record
    }

    fn answer(records: &Value) -> Response {
        let body = json!({ "messages": { "total": 1, "records": records } });
        Response {
            status: 200,
            body: body.to_string().into_bytes(),
            ..Response::default()
        }
    }

    fn verdict(looked_up: &LookedUp) -> &'static str {
        match looked_up.likely.len() {
            0 if looked_up.is_missing() => "another",
            0 => "open",
            _ => "likely",
        }
    }

    #[rstest]
    #[case::text(json!({}), "likely")]
    #[case::extended(json!({ "message": { "extendedTextMessage": { "text": format!("{TEXT} \n") } } }), "likely")]
    #[case::time_as_text(json!({ "messageTimestamp": SINCE.to_string() }), "likely")]
    #[case::before(json!({ "messageTimestamp": SINCE - 901 }), "open")]
    #[case::no_text(json!({ "message": {} }), "open")]
    #[case::no_id(json!({ "key": { "fromMe": true } }), "open")]
    #[case::incoming(json!({ "key": { "id": "3EB0A", "fromMe": false } }), "another")]
    #[case::other_text(json!({ "message": { "conversation": "日本" } }), "another")]
    fn a_text_is_found(#[case] change: Value, #[case] expected: &str) {
        let other =
            json!({ "message": { "conversation": "other" }, "key": { "id": "b", "fromMe": true } });
        let answer = answer(&json!([record(&other), record(&change), 1, null]));
        let looked_up = Kept.find(&text(), SINCE, &answer).unwrap();
        assert_eq!(verdict(&looked_up), expected, "{looked_up:?}");
    }

    /// Its name alone says which it is, whatever else was sent with the same text.
    #[test]
    fn a_name_is_certain() {
        let mut request = text();
        request.body[NAME] = "3EB0日本".into();
        let named = json!({ "key": { "id": "3EB0日本", "fromMe": true }, "message": {} });
        let records = json!([record(&json!({})), record(&named), record(&json!({}))]);
        let looked_up = Kept.find(&request, SINCE, &answer(&records)).unwrap();
        assert_eq!(looked_up.ids().collect::<Vec<_>>(), ["3EB0日本"]);
        assert!(looked_up.is_whole && looked_up.hardly.is_empty());
    }

    #[rstest]
    #[case::buttons(
        "kind = \"buttons\"\nto = \"5531987654321\"\nheader = \"日本\"\ntext = \"שלום\"\n[[buttons]]\nid = \"a\"\ntext = \"A\"",
        json!({ "viewOnceMessage": { "message": { "interactiveMessage": { "body": { "text": "*日本*\n\nשלום" } } } } })
    )]
    #[case::buttons_of_one_line(
        "kind = \"buttons\"\nto = \"5531987654321\"\ntext = \"日本\"\n[[buttons]]\nid = \"a\"\ntext = \"A\"",
        json!({ "interactiveMessage": { "body": { "text": "*日本*" } } })
    )]
    #[case::list(
        "kind = \"list\"\nto = \"5531987654321\"\ntitle = \"T\"\ntext = \"日本\"\nbutton = \"b\"\n[[sections]]\n[[sections.rows]]\nid = \"a\"\ntitle = \"A\"",
        json!({ "listMessage": { "title": "T", "description": "日本" } })
    )]
    fn other_kinds_are_found(#[case] file: &str, #[case] message: Value) {
        let answer = answer(&json!([record(&json!({ "message": message }))]));
        let looked_up = Kept.find(&sent(file), SINCE, &answer).unwrap();
        assert_eq!(verdict(&looked_up), "likely", "{looked_up:?}");
    }

    #[test]
    fn the_highest_tick_counts() {
        let ticks = json!({ "MessageUpdate": [{ "status": "SERVER_ACK" }, { "status": "READ" }, { "status": "DELIVERY_ACK" }] });
        let looked_up = Kept.find(&text(), SINCE, &answer(&json!([record(&ticks)])));
        let looked_up = looked_up.unwrap();
        assert_eq!(looked_up.likely[0].status.as_deref(), Some("READ"));
    }

    #[test]
    fn the_chat_is_asked_for_as_the_server_writes_it() {
        let account = Account::public(GatewayKind::Evolution).with("instance", "a b");
        let query = account.journal_query(&text()).unwrap();
        let url = query.url.fill("");
        assert!(url.ends_with("/chat/findMessages/a%20b"), "{url}");
        let key = &query.body.unwrap()["where"]["key"];
        assert_eq!(key["remoteJid"], "553187654321@s.whatsapp.net");
        assert_eq!(key["remoteJidAlt"], key["remoteJid"]);
    }

    #[rstest]
    #[case::key(401, r#"{"response":{"message":"Unauthorized"}}"#, "Unauthorized")]
    #[case::page(200, "<html>日本", "日本")]
    #[case::nothing(502, "", "it answered with status 502 and no list")]
    fn what_is_no_list_is_refused(#[case] status: u16, #[case] body: &str, #[case] said: &str) {
        let response = Response {
            status,
            body: body.as_bytes().to_vec(),
            ..Response::default()
        };
        let refusal = Kept.find(&text(), SINCE, &response).unwrap_err();
        assert_eq!(refusal.message, said);
    }
}
