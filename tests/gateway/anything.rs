//! Any draft and any answer: nothing panics, and what must hold always does.

use proptest::prelude::*;
use wacompose::gateway::wire::Response;
use wacompose::gateway::{Outcome, Support};
use wacompose::message::Draft;

use super::To::{self, Cloud, Green, GreenLegacy, Wuts};
use super::{CHANNEL, GROUP, LID, PERSON, common, decode_response};

fn any_to() -> impl Strategy<Value = To> {
    prop_oneof![Just(Wuts), Just(Green), Just(GreenLegacy), Just(Cloud)]
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        any::<String>(),
        Just("👩‍👩‍👧 e\u{301} שלום 你好\r\n\u{1b}".to_owned()),
    ]
}

fn any_draft() -> impl Strategy<Value = Draft> {
    let to = prop_oneof![
        any_text(),
        prop::sample::select(vec![PERSON, GROUP, CHANNEL, LID]).prop_map(str::to_owned)
    ];
    common::draft(to, any_text().boxed())
}

/// The fields that a gateway demands, which are written even when they are empty.
const MANDATORY: [&str; 33] = [
    "name",
    "code",
    "link",
    "latitude",
    "longitude",
    "payload",
    "coupon_code",
    "to",
    "number",
    "chatId",
    "message",
    "text",
    "body",
    "id",
    "display_text",
    "buttonId",
    "buttonText",
    "copyCode",
    "phoneNumber",
    "url",
    "type",
    "description",
    "button_text",
    "product_ids",
    "title",
    "selected_button_id",
    "selected_display_text",
    "selected_row_id",
    "message_id",
    "participant",
    "catalog_id",
    "button",
    "product_retailer_id",
];

fn assert_no_empty_option(value: &serde_json::Value, key: &str) {
    assert!(!value.is_null(), "{key} is null");
    match value {
        serde_json::Value::String(text) => {
            assert!(
                !text.is_empty() || MANDATORY.contains(&key),
                "{key} is empty"
            );
        }
        serde_json::Value::Array(list) => {
            for entry in list {
                assert_no_empty_option(entry, key);
            }
        }
        serde_json::Value::Object(object) => {
            for (key, value) in object {
                assert_no_empty_option(value, key);
            }
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn any_draft_is_checked_and_written(to in any_to(), draft in any_draft()) {
        let account = to.account();
        let problems = account.check(&draft);
        match account.encode(&draft) {
            Ok(request) => {
                assert_no_empty_option(&request.body, "the body");
                let words = shell_words::split(&request.to_curl("TOKEN")).unwrap();
                let body: serde_json::Value = serde_json::from_str(words.last().unwrap()).unwrap();
                prop_assert_eq!(&body, &request.body);
                let is_impossible = matches!(account.support(&draft), Support::Impossible { .. });
                prop_assert!(!is_impossible);
            }
            Err(unsupported) => prop_assert!(problems.contains(&unsupported.problem)),
        }
    }

    #[test]
    fn any_bytes_are_decoded(to in any_to(), status: u16, body: Vec<u8>, truncated: bool) {
        let response = Response { status, headers: Vec::new(), body, truncated };
        check_outcome(&response, &decode_response(to, &response));
    }

    #[test]
    fn any_object_of_known_keys_is_decoded(
        to in any_to(),
        status in prop_oneof![Just(200), Just(400), Just(500), any::<u16>()],
        entries in prop::collection::vec((known_key(), any_value()), 0..6),
    ) {
        let object: serde_json::Map<_, _> = entries.into_iter().collect();
        let body = serde_json::Value::Object(object).to_string().into_bytes();
        let response = Response { status, body, ..Response::default() };
        check_outcome(&response, &decode_response(to, &response));
    }
}

fn known_key() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "success",
        "message_id",
        "idMessage",
        "error",
        "error_code",
        "validation",
        "message",
        "code",
        "statusCode",
        "description",
        "path",
        "invokeStatus",
        "correspondentsStatus",
        "messages",
    ])
    .prop_map(str::to_owned)
}

fn any_value() -> impl Strategy<Value = serde_json::Value> {
    prop::sample::select(vec![
        "null",
        "true",
        "false",
        "0",
        "401",
        "-1",
        "1e300",
        "\"\"",
        "\"x\"",
        "\"timeout\"",
        "[]",
        "[null]",
        "[{\"field\":\"a\",\"message\":null}]",
        "{}",
        "{\"status\":7}",
        "[{\"id\":\"wamid.x\"}]",
        "[{\"id\":\"\"}]",
        "{\"code\":190,\"message\":null}",
        "{\"code\":-1,\"message\":\"日本\",\"error_data\":{\"details\":7}}",
        "{\"used\":1,\"total\":null,\"status\":\"QUOTE_EXCEEDED\"}",
    ])
    .prop_map(|json| serde_json::from_str(json).unwrap())
}

/// What holds for every outcome: an id only with a success, and else a code, words and a meaning.
fn check_outcome(response: &Response, outcome: &Outcome) {
    match outcome {
        Outcome::Accepted { message_id } => {
            assert!(response.is_success() && !message_id.is_empty());
        }
        Outcome::Rejected(refusal) | Outcome::Unknown(refusal) => {
            assert!(!refusal.code.is_empty());
            assert!(!refusal.message.is_empty());
            assert!(!refusal.explanation.is_empty());
            assert!(!refusal.repeatable || outcome.name() == "rejected");
        }
    }
}
