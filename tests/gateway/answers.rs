//! Answers that no documentation has, and what must never be read out of one.

use rstest::rstest;
use wacompose::gateway::Outcome;
use wacompose::gateway::wire::Response;

use super::To::{self, Green, Wuts};
use super::decode_response;

fn decode(to: To, status: u16, body: &str) -> Outcome {
    decode_response(
        to,
        &Response {
            status,
            body: body.as_bytes().to_vec(),
            ..Response::default()
        },
    )
}

/// The outcome's name, with `again` where clients are told to send the same again.
fn brief(outcome: &Outcome) -> String {
    let again = outcome.refusal().is_some_and(|refusal| refusal.repeatable);
    format!("{}{}", outcome.name(), if again { " again" } else { "" })
}

#[rstest]
#[case(300, "rejected", "rejected")]
#[case(307, "rejected", "rejected")]
#[case(400, "rejected", "rejected")]
#[case(401, "rejected", "rejected")]
#[case(403, "rejected", "rejected")]
#[case(404, "rejected", "rejected")]
#[case(408, "unknown", "unknown")]
#[case(418, "rejected", "rejected")]
#[case(429, "rejected again", "rejected again")]
#[case(466, "rejected", "rejected")]
#[case(499, "unknown", "unknown")]
#[case(500, "unknown", "unknown")]
#[case(502, "unknown", "unknown")]
#[case(520, "unknown", "unknown")]
#[case(524, "unknown", "unknown")]
#[case(503, "rejected again", "rejected again")]
#[case(504, "unknown", "unknown")]
#[case(599, "unknown", "unknown")]
#[case(0, "unknown", "unknown")]
#[case(101, "unknown", "unknown")]
#[case(200, "unknown", "unknown")]
#[case(202, "unknown", "unknown")]
#[case(204, "unknown", "unknown")]
#[case(999, "unknown", "unknown")]
fn a_bare_status_decides(#[case] status: u16, #[case] wuts: &str, #[case] green: &str) {
    for body in [
        "",
        "  \r\n ",
        "<html><body>unauthorized</body></html>",
        "[1]",
        "{\"x\":",
    ] {
        assert_eq!(brief(&decode(Wuts, status, body)), wuts, "{body}");
        assert_eq!(brief(&decode(Green, status, body)), green, "{body}");
    }
}

#[rstest]
#[case::refused(Wuts, 200, r#"{"success":false}"#, "rejected")]
#[case::error(Wuts, 200, r#"{"error":"no"}"#, "rejected")]
#[case::error_flag(Wuts, 200, r#"{"error":true}"#, "rejected")]
#[case::code(Wuts, 201, r#"{"error_code":"DEVICE_NOT_READY"}"#, "rejected")]
#[case::timeout_within_success(Wuts, 200, r#"{"success":false,"error":"timeout"}"#, "unknown")]
#[case::plain_words(Wuts, 200, "WhatsApp not connected", "rejected")]
#[case::no_id(Wuts, 200, r#"{"success":true}"#, "unknown")]
#[case::empty_id(Wuts, 200, r#"{"success":true,"message_id":" "}"#, "unknown")]
#[case::id_of_other_type(Wuts, 200, r#"{"message_id":17}"#, "unknown")]
#[case::no_error(Wuts, 200, r#"{"error":null,"message_id":"a"}"#, "accepted")]
#[case::bom(Wuts, 200, "\u{feff}{\"message_id\":\"a\"}", "accepted")]
#[case::contradiction(Wuts, 200, r#"{"success":false,"message_id":"a"}"#, "unknown")]
#[case::id_with_a_failure(Wuts, 500, r#"{"message_id":"a"}"#, "unknown")]
#[case::validation_in_500(Wuts, 500, r#"{"error_code":"VALIDATION_ERROR"}"#, "rejected")]
#[case::not_connected_in_500(Wuts, 500, r#"{"error":"WhatsApp not connected"}"#, "rejected")]
#[case::other_gateways_id(Wuts, 200, r#"{"idMessage":"a"}"#, "unknown")]
#[case::code_as_success(Green, 200, r#"{"code":401,"description":"Unauthorized"}"#, "rejected")]
#[case::code_as_text(Green, 200, r#"{"code":"403"}"#, "rejected")]
#[case::bad_gateway_as_success(Green, 200, r#"{"statusCode":502}"#, "unknown")]
#[case::failure_as_success(Green, 200, r#"{"statusCode":500}"#, "unknown")]
#[case::quota_as_success(
    Green,
    200,
    r#"{"invokeStatus":{"status":"QUOTE_EXCEEDED"}}"#,
    "rejected"
)]
#[case::starting_as_success(Green, 200, "instance in starting process try later", "rejected again")]
#[case::starting_as_json_string(Green, 400, r#""instance in starting process""#, "rejected again")]
#[case::starting_in_500(
    Green,
    500,
    r#"{"message":"Instance in starting process"}"#,
    "rejected again"
)]
#[case::contradiction(Green, 200, r#"{"code":401,"idMessage":"a"}"#, "unknown")]
#[case::harmless_code(Green, 200, r#"{"code":200,"idMessage":"a"}"#, "accepted")]
#[case::ok_without_id(Green, 200, r#"{"code":200}"#, "unknown")]
#[case::null(Green, 200, "null", "unknown")]
#[case::long_list_of_words(Green, 400, r#"{"message":["a","b",3]}"#, "rejected")]
fn what_a_body_says_decides(
    #[case] to: To,
    #[case] status: u16,
    #[case] body: &str,
    #[case] expected: &str,
) {
    assert_eq!(brief(&decode(to, status, body)), expected);
}

#[rstest]
#[case::nothing("", "status 500 without a word")]
#[case::words("  Bad\tday 👋 é 你好 ", "Bad\tday 👋 é 你好")]
#[case::page("<h1>Oh\n no</h1><p>x</p>", "Oh no x")]
#[case::other_json("{\"a\":[1,\"שלום\"]}", "{\"a\":[1,\"שלום\"]}")]
#[case::list("[]", "[]")]
fn an_answer_is_told_by_its_first_words(#[case] body: &str, #[case] message: &str) {
    for to in [Wuts, Green] {
        let outcome = decode(to, 500, body);
        assert_eq!(outcome.refusal().unwrap().message, message);
        assert_eq!(outcome.refusal().unwrap().code, "500");
    }
}

#[test]
fn a_web_page_cut_short_is_told_as_that() {
    let response = Response {
        status: 200,
        headers: vec![("content-type".to_owned(), "text/html\u{202e}".to_owned())],
        body: b"<html>Log in".to_vec(),
        truncated: true,
    };
    let outcome = decode_response(Wuts, &response);
    let explanation = &outcome.refusal().unwrap().explanation;
    assert!(explanation.contains("(text/html⟨U+202E⟩) is a web page"));
    assert!(explanation.contains("cut short after 12 bytes"));
}

#[rstest]
#[case::other_host(
    "https://user:pw@elsewhere.example/waInstance1/x/TOKEN?a",
    "leads to https://elsewhere.example."
)]
#[case::same_host("/waInstance1/sendMessage/TOKEN", "another path of the same address")]
fn a_redirect_is_named_without_its_path(#[case] location: &str, #[case] words: &str) {
    let response = Response {
        status: 308,
        headers: vec![("Location".to_owned(), location.to_owned())],
        ..Response::default()
    };
    let outcome = decode_response(Green, &response);
    let refusal = outcome.refusal().unwrap();
    assert_eq!(outcome.name(), "rejected");
    assert!(refusal.explanation.contains(words), "{refusal:?}");
    assert!(!format!("{refusal:?}").contains("TOKEN"));
}

#[rstest]
#[case::path(r#"{"statusCode":400,"path":"/waInstance1/sendMessage/TOKEN"}"#)]
#[case::cut_short(r#"{"statusCode":400,"path":"/waInstance1/sendMessage/TOKEN","messa"#)]
#[case::cut_within_the_token(r#"{"path":"/waInstance1/sendMessage/TOK"#)]
#[case::escaped_slashes(r#"{"path":"\/waInstance1\/sendMessage\/TOKEN""#)]
#[case::in_the_words(r#"{"message":"Cannot POST /waInstance1/x/TOKEN, /WAINSTANCE2/y/TOKEN"}"#)]
#[case::in_a_page("<pre>Cannot POST /waInstance1/sendMessage/TOKEN</pre>")]
#[case::in_plain_words("no route for /waInstance1/sendMessage/TOKEN here")]
#[case::far_away(&format!("{}/waInstance1/sendMessage/TOKEN", " ".repeat(580) + &"x".repeat(570)))]
fn no_answer_of_green_api_brings_the_token_back(#[case] body: &str) {
    for status in [200, 400, 404, 500] {
        let outcome = format!("{:?}", decode(Green, status, body));
        assert!(!outcome.contains("TOK"), "{outcome}");
    }
}

#[test]
fn addresses_that_hold_no_token_stay_readable() {
    let outcome = decode(
        Green,
        400,
        "waInstance is wrong, see https://example.com/docs/x",
    );
    assert_eq!(
        outcome.refusal().unwrap().message,
        "waInstance is wrong, see https://example.com/docs/x"
    );
}

#[test]
fn an_enormous_answer_is_cut() {
    let body = format!("{{\"message\":\"{}\"}}", "waInstance/é".repeat(80_000));
    for to in [Wuts, Green] {
        let outcome = decode(to, 400, &body);
        assert!(outcome.refusal().unwrap().message.chars().count() <= 700);
    }
}

/// An id says that the message was taken, whatever the status: it is not sent again.
#[rstest]
#[case::unavailable(503)]
#[case::too_many(429)]
#[case::refused(400)]
#[case::redirected(302)]
fn an_id_beside_an_errors_status_is_not_tried_again(#[case] status: u16) {
    let wuts = r#"{"success":true,"message_id":"3EB0日"}"#;
    let green = r#"{"idMessage":"3EB0日"}"#;
    assert_eq!(brief(&decode(Wuts, status, wuts)), "unknown");
    assert_eq!(brief(&decode(Green, status, green)), "unknown");
    let refused = r#"{"success":false,"error":"日本","message_id":"3EB0"}"#;
    assert!(brief(&decode(Wuts, status, refused)).starts_with("rejected"));
}
