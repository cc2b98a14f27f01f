//! GREEN-API's journal, by the page `journals/GetChatHistory`; a message takes up to two minutes to come
//! in.

use serde_json::Value;

use super::query;
use super::queue::{list, text_of};
use crate::gateway::answer::{id_of, words_of};
use crate::gateway::journal::{Found, Journal, LookedUp, is_same};
use crate::gateway::wire::{Body, Query, Request, Response, content_type};
use crate::gateway::{Account, Refusal};

/// By how much a gateway's clock and ours may differ, in seconds.
const CLOCKS_DIFFER: u64 = 15 * 60;

/// How long a message waits in the queue at the most, in seconds.
const LONGEST_WAIT: u64 = 24 * 60 * 60;

/// How many messages of a chat are looked at.
const LOOKED_AT: usize = 100;

/// The journal that `getChatHistory` shows.
pub(super) struct ChatHistory;

impl Journal for ChatHistory {
    fn query(&self, account: &Account, sent: &Request) -> Option<Query> {
        let chat = sent.body.get("chatId")?.as_str()?;
        let body = Body::default()
            .with("chatId", chat)
            .with("count", LOOKED_AT);
        Some(Query {
            method: "POST",
            headers: vec![content_type()],
            body: Some(body.into()),
            ..query(account, "getChatHistory")
        })
    }

    fn find(&self, sent: &Request, since: u64, response: &Response) -> Result<LookedUp, Refusal> {
        let latest = since.saturating_add(LONGEST_WAIT + CLOCKS_DIFFER);
        let times = since.saturating_sub(CLOCKS_DIFFER)..=latest;
        let entries = list(response)?;
        let mut looked_up = LookedUp::nothing();
        let time_of = |entry: &Value| entry.get("timestamp")?.as_u64();
        for entry in &entries {
            let word = |key| entry.get(key).and_then(Value::as_str);
            if word("type") != Some("outgoing")
                || entry.get("sendByApi") == Some(&Value::Bool(false))
            {
                continue;
            }
            let time = time_of(entry);
            let is_near = time.is_some_and(|time| times.contains(&time));
            let is_likely = match is_same(text_of(entry), text_of(&sent.body)) {
                Some(true) => is_near,
                None if is_near || time.is_none() => false,
                _ => continue,
            };
            let found = id_of(entry.get("idMessage")).map(|message_id| Found {
                message_id,
                time,
                status: words_of(entry.get("statusMessage")),
            });
            looked_up.take(is_likely, found);
        }
        if entries.len() >= LOOKED_AT {
            // What is older is not in it.
            let oldest = entries.iter().filter_map(time_of).min();
            looked_up.is_whole &= oldest.is_some_and(|oldest| oldest < *times.start());
        }
        let likely = &mut looked_up.likely;
        likely.sort_by_key(|found| found.time.map(|time| time.abs_diff(since)));
        Ok(looked_up)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::super::queue::ShownQueue;
    use super::*;
    use crate::gateway::GatewayKind;
    use crate::gateway::journal::{Traced, Verdict};
    use crate::gateway::queue::Queue as _;
    use crate::message::{Draft, Message, Text};
    use rstest::rstest;
    use serde_json::json;

    const TEXT: &str = "Olá 日本 👩‍👩‍👧 e\u{301} שלום";
    const SINCE: u64 = 1_750_000_000;

    fn sent() -> Request {
        let text = TEXT.to_owned();
        let draft = Draft {
            to: "5511999999999".to_owned(),
            message: Message::Text(Text { text }),
            ..Draft::default()
        };
        let account = Account::public(GatewayKind::GreenApi);
        account.encode(&draft).unwrap()
    }

    fn answer(body: &Value) -> Response {
        Response {
            status: 200,
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

    /// What is made of a message.
    #[derive(Debug, PartialEq)]
    enum Is {
        Likely,
        /// It cannot be told whether it is the message.
        Open,
        Another,
    }

    fn verdict(looked_up: &LookedUp) -> Is {
        match looked_up.likely.len() {
            0 if looked_up.is_missing() => Is::Another,
            0 => Is::Open,
            _ => Is::Likely,
        }
    }

    #[rstest]
    #[case::text(json!({}), Is::Likely)]
    #[case::spaces_are_lost(json!({ "textMessage": format!("{TEXT} \n") }), Is::Likely)]
    #[case::extended(json!({ "textMessage": null, "extendedTextMessage": { "text": TEXT } }), Is::Likely)]
    #[case::buttons(json!({ "textMessage": "", "interactiveButtons": { "contentText": TEXT } }), Is::Likely)]
    #[case::clocks_differ(json!({ "timestamp": SINCE - 900 }), Is::Likely)]
    #[case::from_the_queue_much_later(json!({ "timestamp": SINCE + 80_000 }), Is::Likely)]
    #[case::before(json!({ "timestamp": SINCE - 901 }), Is::Open)]
    #[case::too_late(json!({ "timestamp": SINCE + 90_000 }), Is::Open)]
    #[case::no_text(json!({ "textMessage": null }), Is::Open)]
    #[case::no_text_before(json!({ "textMessage": null, "timestamp": SINCE - 901 }), Is::Another)]
    #[case::no_id(json!({ "idMessage": "" }), Is::Open)]
    #[case::no_time(json!({ "timestamp": "x" }), Is::Open)]
    #[case::incoming(json!({ "type": "incoming" }), Is::Another)]
    #[case::by_hand(json!({ "sendByApi": false }), Is::Another)]
    #[case::other_text(json!({ "textMessage": "Olá 日本" }), Is::Another)]
    fn is_found_in_the_journal(#[case] change: Value, #[case] expected: Is) {
        let other = json!({ "textMessage": "other", "idMessage": "3EB0B" });
        let journal = answer(&json!([entry(&other), entry(&change), 1, null]));
        let looked_up = ChatHistory.find(&sent(), SINCE, &journal).unwrap();
        assert_eq!(verdict(&looked_up), expected, "{looked_up:?}");
    }

    #[rstest]
    #[case::it(&[2], true, "taken")]
    #[case::the_second_it_began(&[-5], true, "taken")]
    #[case::one_before_it_too(&[2, -60], true, "taken")]
    #[case::two(&[2, 3], true, "likely")]
    #[case::not_all_was_seen(&[2], false, "likely")]
    #[case::before_it(&[-6], true, "open")]
    #[case::long_after_it(&[70], true, "open")]
    #[case::nothing(&[], true, "missing")]
    #[case::nothing_was_seen(&[], false, "open")]
    fn only_what_is_certain_is_taken(
        #[case] after: &[i64],
        #[case] is_whole: bool,
        #[case] expected: &str,
    ) {
        let likely = after.iter().map(|after| Found {
            message_id: after.to_string(),
            time: SINCE.checked_add_signed(*after),
            status: None,
        });
        let traced = Traced {
            found: LookedUp {
                likely: likely.collect(),
                hardly: Vec::new(),
                is_whole,
                unread_queue: None,
            },
            times: SINCE - 5..=SINCE + 65,
        };
        let verdict = match traced.verdict() {
            Verdict::Taken(found) => {
                assert_eq!(
                    found.time.unwrap().cast_signed() - SINCE.cast_signed(),
                    after[0]
                );
                "taken"
            }
            Verdict::Likely(_) => "likely",
            Verdict::Missing => "missing",
            Verdict::Open | Verdict::Unread { .. } => "open",
        };
        assert_eq!(verdict, expected);
    }

    /// One of the same text may wait there since before.
    #[test]
    fn what_waits_in_the_queue_is_not_certain() {
        let waits = answer(&json!([{ "messageID": "3EB0A", "body": sent().body }]));
        let traced = Traced {
            found: ShownQueue.find(&sent(), &waits).unwrap(),
            times: SINCE..=SINCE,
        };
        let verdict = traced.verdict();
        assert!(matches!(verdict, Verdict::Likely(_)));
        assert!(verdict.to_string().contains("queue"), "{verdict}");
    }

    #[test]
    fn the_nearest_comes_first() {
        let times = [30, 2, 500].map(|after| {
            entry(&json!({ "timestamp": SINCE + after, "idMessage": after.to_string() }))
        });
        let looked_up = ChatHistory
            .find(&sent(), SINCE, &answer(&json!(times)))
            .unwrap();
        assert_eq!(looked_up.ids().collect::<Vec<_>>(), ["2", "30", "500"]);
        assert_eq!(looked_up.likely[0].status.as_deref(), Some("delivered"));
    }

    /// A journal that is full does not go back for ever.
    #[rstest]
    #[case::not_full(99, 0, Is::Another)]
    #[case::full_and_far_enough(100, 901, Is::Another)]
    #[case::full_and_too_young(100, 900, Is::Open)]
    fn a_journal_ends_somewhere(#[case] count: usize, #[case] before: u64, #[case] expected: Is) {
        let other = json!({ "textMessage": "日本", "timestamp": SINCE - before });
        let journal = answer(&json!(vec![entry(&other); count]));
        let looked_up = ChatHistory.find(&sent(), SINCE, &journal).unwrap();
        assert_eq!(verdict(&looked_up), expected);
    }

    #[rstest]
    #[case::it(json!({ "messageID": "3EB0A", "body": sent().body }), Is::Likely)]
    #[case::its_ids(json!({ "messagesIDs": ["3EB0A"], "body": sent().body }), Is::Likely)]
    #[case::other_chat(json!({ "messageID": "3EB0A", "body": { "chatId": "1@c.us", "message": TEXT } }), Is::Another)]
    #[case::other_text(json!({ "messageID": "3EB0A", "body": { "chatId": "5511999999999@c.us", "message": "日本" } }), Is::Another)]
    #[case::no_id(json!({ "body": sent().body }), Is::Open)]
    #[case::strange(json!({ "strange": true }), Is::Open)]
    fn is_found_in_the_queue(#[case] entry: Value, #[case] expected: Is) {
        let other =
            json!({ "messageID": "3EB0B", "body": { "chatId": "1@c.us", "message": "語" } });
        let queue = answer(&json!([other, entry]));
        let looked_up = ShownQueue.find(&sent(), &queue).unwrap();
        assert_eq!(verdict(&looked_up), expected, "{looked_up:?}");
        assert!(looked_up.likely.iter().all(|found| found.time.is_none()));
    }

    #[rstest]
    #[case::surely_another(json!({}), true, Is::Another)]
    #[case::said_to_be_another(json!({}), false, Is::Open)]
    #[case::before(json!({ "timestamp": SINCE - 901 }), true, Is::Another)]
    #[case::before_too(json!({ "timestamp": SINCE - 901 }), false, Is::Another)]
    fn what_is_another_message_is_left_out(
        #[case] change: Value,
        #[case] is_certain: bool,
        #[case] expected: Is,
    ) {
        let journal = answer(&json!([entry(&change)]));
        let mut looked_up = ChatHistory.find(&sent(), SINCE, &journal).unwrap();
        looked_up.leave_out("3EB0B", false);
        assert_eq!(looked_up.ids().collect::<Vec<_>>(), ["3EB0A"]);
        looked_up.leave_out("3EB0A", is_certain);
        assert_eq!(verdict(&looked_up), expected, "{looked_up:?}");
    }

    #[test]
    fn what_is_in_both_is_one() {
        let found = ChatHistory
            .find(&sent(), SINCE, &answer(&json!([entry(&json!({}))])))
            .unwrap();
        let waits = json!([{ "messageID": "3EB0A", "body": sent().body }, { "strange": true }]);
        let queued = ShownQueue.find(&sent(), &answer(&waits)).unwrap();
        let both = found.and(queued);
        assert_eq!(both.likely.len(), 1, "{both:?}");
        assert!(!both.is_whole);
    }

    #[test]
    fn what_is_no_journal_is_refused() {
        let refusal = ChatHistory
            .find(&sent(), SINCE, &answer(&json!({})))
            .unwrap_err();
        assert_eq!(refusal.code, "200");
    }
}
