//! The Cloud API's error codes, as its page `support/error-codes` lists them, and the shapes in which
//! an error comes.

use rstest::rstest;
use wacompose::gateway::wire::Response;
use wacompose::gateway::{Account, GatewayKind, Outcome};
use wacompose::message::{Draft, Message, Text};

fn answer(status: u16, body: &str) -> Response {
    Response {
        status,
        body: body.as_bytes().to_vec(),
        ..Response::default()
    }
}

fn decode(to: &str, status: u16, body: &str) -> Outcome {
    let account = Account::public(GatewayKind::CloudApi);
    let draft = Draft {
        to: to.to_owned(),
        message: Message::Text(Text {
            text: "日本 👩‍👩‍👧 e\u{301} שלום".to_owned(),
        }),
        ..Draft::default()
    };
    let request = account.encode(&draft).unwrap();
    account.decode(&request, &answer(status, body))
}

/// What is said of it, and whether the message may have been sent.
fn of_code(status: u16, code: i64) -> (Outcome, String) {
    let body = format!(r#"{{"error":{{"message":"m","type":"OAuthException","code":{code}}}}}"#);
    let outcome = decode("5511999999999", status, &body);
    let said = outcome.refusal().unwrap().explanation.clone();
    (outcome, said)
}

const PERMISSION: &str = "whatsapp_business_messaging";

#[rstest]
#[case::token(&[0, 190, 102], 401, "rejected", "token is expired or not valid")]
#[case::capability(&[3], 500, "rejected", "capability")]
#[case::permission(&[10, 200, 250, 299, 131_005], 403, "rejected", PERMISSION)]
#[case::locked(&[131_031], 403, "rejected", "Meta has locked the account")]
#[case::restricted(&[368], 403, "rejected", "restricted or blocked the account")]
#[case::country(&[130_497], 403, "rejected", "that country")]
#[case::display_name(&[131_037], 400, "rejected", "display name")]
#[case::payment(&[131_042, 131_044], 400, "rejected", "payment")]
#[case::terms(&[134_011], 400, "rejected", "terms")]
#[case::not_registered(&[131_045, 133_010], 400, "rejected", "not registered")]
#[case::rate(&[4, 80_007, 130_429], 400, "rejected", "Wait a little")]
#[case::pair_rate(&[131_056], 400, "rejected", "to this person")]
#[case::spam(&[131_048], 400, "rejected", "spam")]
#[case::maintenance(&[131_057], 500, "rejected", "about a minute")]
#[case::number_is_gone(&[33], 400, "rejected", "phone_number_id")]
#[case::parameter(&[100], 400, "rejected", "words name it")]
#[case::missing(&[131_008], 400, "rejected", "is missing")]
#[case::value(&[131_009], 400, "rejected", "value is not")]
#[case::to_oneself(&[131_021], 400, "rejected", "same phone number")]
#[case::test_number(&[131_030], 400, "rejected", "test number")]
#[case::undeliverable(&[131_026], 400, "rejected", "may not be on WhatsApp")]
#[case::window(&[131_047], 400, "rejected", "only a template")]
#[case::held_back(&[131_049], 400, "rejected", "within 24 hours")]
#[case::refuses_marketing(&[131_050], 400, "rejected", "does not want marketing")]
#[case::experiment(&[130_472], 400, "rejected", "experiment")]
#[case::kind(&[131_051], 400, "rejected", "type of message")]
#[case::file(&[131_052, 131_053], 400, "rejected", "file")]
#[case::fault(&[1, 131_000], 400, "unknown", "may have been sent")]
#[case::down(&[2, 131_016, 133_004], 503, "unknown", "may have been sent")]
#[case::identity(&[137_000], 400, "rejected", "identity")]
#[case::template(&[132_000, 132_001, 132_005, 132_007, 132_008, 132_012, 132_015, 132_016, 132_018], 400, "rejected", "emplate")]
#[case::generic(&[135_000], 400, "rejected", "Payload")]
#[case::group(&[131_020, 131_041], 400, "rejected", "group")]
#[case::not_listed(&[199_999, -5, 2_388_001], 400, "rejected", "")]
#[case::not_listed_of_a_server(&[199_999], 500, "unknown", "Look into the chat")]
#[case::not_listed_of_a_busy_server(&[199_999], 503, "unknown", "Look into the chat")]
#[case::code_before_status(&[131_047], 500, "rejected", "only a template")]
#[case::fault_in_a_refusal(&[131_000], 403, "unknown", "may have been sent")]
fn a_code_means(
    #[case] codes: &[i64],
    #[case] status: u16,
    #[case] name: &str,
    #[case] words: &str,
) {
    for code in codes {
        let (outcome, said) = of_code(status, *code);
        assert_eq!(outcome.name(), name, "{code}: {said}");
        assert!(said.contains(words), "{code}: {said}");
        assert_eq!(outcome.refusal().unwrap().code, code.to_string());
        let is_permission = said.contains(PERMISSION);
        assert_eq!(is_permission, words == PERMISSION, "{code}: {said}");
    }
}

/// What is sent again by itself: nothing that may have been taken.
#[rstest]
#[case(4, 400, true)]
#[case(131_056, 400, true)]
#[case(199_999, 429, true)]
#[case(131_048, 400, false)]
#[case(131_016, 503, false)]
#[case(133_004, 503, false)]
#[case(2, 503, false)]
#[case(131_057, 500, false)]
fn is_sent_again(#[case] code: i64, #[case] status: u16, #[case] again: bool) {
    let (outcome, _) = of_code(status, code);
    assert_eq!(outcome.refusal().unwrap().repeatable, again);
}

#[rstest]
#[case::argentina("5491123456789", 131_030, Some("+541123456789"))]
#[case::mexico("5215512345678", 131_030, Some("+525512345678"))]
#[case::brazil("5511987654321", 131_026, Some("+551187654321"))]
#[case::brazil_without("553187654321", 131_026, Some("+5531987654321"))]
#[case::elsewhere("4915112345678", 131_030, None)]
#[case::other_code("5491123456789", 131_047, None)]
fn another_spelling_of_the_number_is_offered(
    #[case] to: &str,
    #[case] code: i64,
    #[case] other: Option<&str>,
) {
    let body = format!(r#"{{"error":{{"message":"m","code":{code}}}}}"#);
    let outcome = decode(to, 400, &body);
    let said = &outcome.refusal().unwrap().explanation;
    assert_eq!(said.contains("two spellings"), other.is_some(), "{said}");
    assert!(said.contains(other.unwrap_or_default()), "{said}");
}

#[rstest]
#[case::details(
    400,
    r#"{"error":{"message":"a","code":131009,"error_data":{"details":"日本"}}}"#,
    "131009",
    "a: 日本"
)]
#[case::details_as_text(
    400,
    r#"{"error":{"message":"a","code":131009,"error_data":"{\"details\":\"日本\"}"}}"#,
    "131009",
    "a: 日本"
)]
#[case::details_alone(
    400,
    r#"{"error":{"code":131009,"error_data":{"details":"日本"}}}"#,
    "131009",
    "日本"
)]
#[case::the_same_twice(
    400,
    r#"{"error":{"message":"(#1) a","code":1,"error_data":{"details":"a"}}}"#,
    "1",
    "(#1) a"
)]
#[case::for_people(
    400,
    r#"{"error":{"message":"a","code":100,"error_user_title":"t","error_user_msg":"u"}}"#,
    "100",
    "a: t: u"
)]
#[case::nested(
    400,
    r#"{"error":{"error":{"message":"a","code":131047}}}"#,
    "131047",
    "a"
)]
#[case::several(
    400,
    r#"{"errors":[{"code":131026,"title":"Undeliverable","details":"日本"}]}"#,
    "131026",
    "Undeliverable: 日本"
)]
#[case::code_as_text(400, r#"{"error":{"message":"a","code":"131047"}}"#, "131047", "a")]
#[case::code_with_a_fraction(400, r#"{"error":{"message":"a","code":131047.0}}"#, "131047", "a")]
#[case::error_of_words(401, r#"{"error":"no token"}"#, "401", "no token")]
#[case::error_and_description(401, r#"{"error":"x","error_description":"y"}"#, "401", "x")]
#[case::partner(
    401,
    r#"{"meta":{"success":false,"http_code":401,"developer_message":"Invalid key"}}"#,
    "401",
    "Invalid key"
)]
#[case::bom(
    400,
    "\u{feff}{\"error\":{\"message\":\"a\",\"code\":131047}}",
    "131047",
    "a"
)]
#[case::page(
    403,
    "<html><head><title>403 No</title></head><body><h1>403 No</h1><p>can&#x27;t</p></body></html>",
    "403",
    "403 No can't"
)]
#[case::nothing(400, "", "400", "status 400 without a word")]
#[case::words(404, "Not Found", "404", "Not Found")]
fn an_error_is_read_in_every_shape(
    #[case] status: u16,
    #[case] body: &str,
    #[case] code: &str,
    #[case] message: &str,
) {
    let outcome = decode("5511999999999", status, body);
    let refusal = outcome.refusal().unwrap();
    assert_eq!(
        (refusal.code.as_str(), refusal.message.as_str()),
        (code, message)
    );
}

#[test]
fn an_error_without_an_end_is_read() {
    let deep = format!("{}1{}", r#"{"error":"#.repeat(100), "}".repeat(100));
    assert_eq!(decode("5511999999999", 400, &deep).name(), "rejected");
}

fn outcome_of_a_text(gateway: GatewayKind, status: u16, body: &str) -> Outcome {
    let account = Account::public(gateway);
    let draft = Draft {
        to: "5511999999999".to_owned(),
        message: Message::Text(Text {
            text: "日本".to_owned(),
        }),
        ..Draft::default()
    };
    let request = account.encode(&draft).unwrap();
    account.decode(&request, &answer(status, body))
}

/// A 502 or 504 is a proxy's as often as not: the message may have been taken.
#[rstest]
fn what_a_proxy_answers_is_unknown(
    #[values(499, 500, 502, 504, 520, 521, 522, 523, 524)] status: u16,
    #[values("", "<html><h1>502 Bad Gateway</h1>", "upstream failed")] body: &str,
) {
    for gateway in GatewayKind::ALL {
        let outcome = outcome_of_a_text(gateway, status, body);
        assert_eq!(outcome.name(), "unknown", "{gateway}");
        assert!(!outcome.refusal().unwrap().repeatable);
    }
}

/// A filter's page is no word of the gateway about its token.
#[rstest]
fn a_page_that_refuses_is_most_likely_not_the_gateways(
    #[values(401, 403)] status: u16,
    #[values("<html><h1>Access Denied</h1>日本", "{\"message\":\"no\"}")] body: &str,
) {
    for gateway in GatewayKind::ALL {
        let outcome = outcome_of_a_text(gateway, status, body);
        assert_eq!(outcome.name(), "rejected", "{gateway}");
        let explanation = &outcome.refusal().unwrap().explanation;
        assert_eq!(
            explanation.contains("a filter or a firewall"),
            body.starts_with('<'),
            "{gateway}: {explanation}"
        );
    }
}
