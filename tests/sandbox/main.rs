//! The sandbox against what the gateways document: shapes, order of keys, status codes, errors.
#![expect(
    clippy::unwrap_used,
    reason = "a sandbox that does not answer is a test that fails"
)]

mod clients;
mod evolution;
mod kinds;
mod strangers;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rstest::rstest;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;
use wacompose::client::Client;
use wacompose::gateway::wire::Timeouts;
use wacompose::gateway::{Account, Exchange, Fallback, GatewayKind};
use wacompose::message::{Action, Button, Buttons, Draft, Message, Quote, Text};
use wacompose::sandbox::Sandbox;
use wacompose::secret::Secret;

const PERSON: &str = "5511999999999";
const GROUP: &str = "120363039000000000@g.us";
const TEXT: &str = "Olá 日本 👩‍👩‍👧 e\u{301} שלום";

async fn start(faults: &[&str]) -> Sandbox {
    let faults = faults.iter().map(|fault| fault.parse().unwrap()).collect();
    let listen = "127.0.0.1:0".parse().unwrap();
    Sandbox::start(listen, faults, None).await.unwrap()
}

/// An answer as it came over the wire.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    fn keys(&self) -> Vec<String> {
        self.json().as_object().unwrap().keys().cloned().collect()
    }
}

/// Sends a request as it is written here; `{token}` in it becomes the sandbox's token.
async fn raw(sandbox: &Sandbox, start: &str, headers: &str, body: &str) -> Answer {
    let token = sandbox.token();
    let address = sandbox.base_url().replace("http://", "");
    let length = body.len();
    let request = format!(
        "{start} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
    );
    let request = request.replace("{token}", token.reveal());
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: head.to_lowercase(),
        body: body.to_owned(),
    }
}

const JSON: &str = "Content-Type: application/json\r\n";
const BEARER: &str = "Content-Type: application/json\r\nAuthorization: Bearer {token}\r\n";

/// A JSON request with the right token, to a path of WUTS' or a method of GREEN-API's.
async fn post(sandbox: &Sandbox, endpoint: &str, body: &str) -> Answer {
    if endpoint.starts_with('/') {
        raw(sandbox, &format!("POST {endpoint}"), BEARER, body).await
    } else {
        let start = format!("POST /waInstance1101000001/{endpoint}/{{token}}");
        raw(sandbox, &start, JSON, body).await
    }
}

fn is_upper_hex(text: &str) -> bool {
    text.bytes()
        .all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(&b))
}

fn is_timestamp(value: &Value) -> bool {
    let shape = |c: char| if c.is_ascii_digit() { '0' } else { c };
    let shape: String = value.as_str().unwrap().chars().map(shape).collect();
    shape == "0000-00-00T00:00:00Z"
}

// WUTS

#[rstest]
#[case::buttons("/send/buttons", json!({
    "to": PERSON, "message": TEXT, "footer": "WUTS Store",
    "buttons": [
        { "id": "a", "display_text": "Confirm" },
        { "id": "b", "display_text": "変更" },
        { "id": "c", "display_text": "בטל" },
    ],
}), &["success", "message_id", "timestamp", "message"])]
#[case::text("/send/text", json!({
    "number": "+55 (11) 99999-9999", "text": TEXT, "delay": 2, "typingDuration": 3,
    "quoted": { "key": { "id": "3EB0", "fromMe": false }, "message": { "conversation": "?" } },
}), &["success", "message_id", "timestamp", "message", "metadata"])]
#[tokio::test]
async fn wuts_accepts(#[case] path: &str, #[case] body: Value, #[case] keys: &[&str]) {
    let sandbox = start(&[]).await;
    let answer = post(&sandbox, path, &body.to_string()).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.keys(), keys);
    assert!(answer.head.contains("content-type: application/json"));
    let json = answer.json();
    let id = json["message_id"].as_str().unwrap();
    assert!(
        id.len() == 22 && id.starts_with("3EB0") && is_upper_hex(id),
        "{id}"
    );
    assert!(is_timestamp(&json["timestamp"]));
    let again = post(&sandbox, path, &body.to_string()).await.json();
    assert_ne!(again["message_id"], json["message_id"]);
}

fn button(text: &str) -> Value {
    json!({ "id": text, "display_text": text })
}

fn wuts_buttons(to: &str, buttons: &[Value]) -> String {
    json!({ "to": to, "message": TEXT, "buttons": buttons }).to_string()
}

#[rstest]
#[case::no_json(
    "{",
    "Invalid request body: EOF while parsing an object at line 1 column 1"
)]
#[case::empty_body(
    "",
    "Invalid request body: EOF while parsing a value at line 1 column 0"
)]
#[case::wrong_type(
    r#"{"to":5}"#,
    "Invalid request body: invalid type: integer `5`, expected a string at line 1 column 7"
)]
#[case::no_recipient(r#"{"message":"x"}"#, "Invalid recipient JID: empty input")]
#[case::null_recipient(r#"{"to":null}"#, "Invalid recipient JID: empty input")]
#[case::empty_recipient(&wuts_buttons("", &[button("a")]), "Invalid recipient JID: empty input")]
#[case::short_number(&wuts_buttons("551199999", &[button("a")]), "Invalid recipient JID: \"551199999\" is not a phone number or JID")]
#[case::long_number(&wuts_buttons("5511999999999999", &[button("a")]), "Invalid recipient JID: \"5511999999999999\" is not a phone number or JID")]
#[case::words(&wuts_buttons("日本", &[button("a")]), "Invalid recipient JID: \"日本\" is not a phone number or JID")]
#[case::short_group(&wuts_buttons("12345@g.us", &[button("a")]), "Invalid recipient JID: \"12345@g.us\" is not a phone number or JID")]
#[case::other_gateway(&wuts_buttons("5511999999999@c.us", &[button("a")]), "Invalid recipient JID: \"5511999999999@c.us\" is not a phone number or JID")]
#[case::no_message(r#"{"to":"5511999999999","buttons":[]}"#, "message is required")]
#[case::no_buttons(r#"{"to":"5511999999999","message":"x"}"#, "buttons is required")]
#[case::empty_buttons(&wuts_buttons(PERSON, &[]), "buttons is required")]
#[case::four_buttons(&wuts_buttons(PERSON, &[button("a"), button("b"), button("c"), button("d")]), "at most 3 buttons are allowed")]
#[case::no_id(&wuts_buttons(PERSON, &[json!({ "display_text": "a" })]), "buttons[0].id is required")]
#[case::no_text(&wuts_buttons(PERSON, &[button("a"), json!({ "id": "b" })]), "buttons[1].display_text is required")]
#[case::long_text(&wuts_buttons(PERSON, &[json!({ "id": "a", "display_text": "é".repeat(26) })]), "buttons[0].display_text must be at most 25 characters")]
#[tokio::test]
async fn wuts_buttons_refuses(#[case] body: &str, #[case] error: &str) {
    let sandbox = start(&[]).await;
    let answer = post(&sandbox, "/send/buttons", body).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.json(), json!({ "error": error }));
}

#[rstest]
#[case::person("5511999999999@s.whatsapp.net")]
#[case::group(GROUP)]
#[case::channel("120363039000000000@newsletter")]
#[case::spelled("+55 (11) 99999-9999")]
#[tokio::test]
async fn wuts_recipients(#[case] to: &str) {
    let sandbox = start(&[]).await;
    let body = wuts_buttons(
        to,
        &[json!({ "id": "a", "display_text": "👩".repeat(25), "more": 1 })],
    );
    assert_eq!(post(&sandbox, "/send/buttons", &body).await.status, 200);
}

#[rstest]
#[case::no_number(json!({ "text": "x" }), "number", "number is required", "")]
#[case::bad_number(json!({ "number": "12", "text": "x" }), "number", "number is invalid: \"12\" is not a phone number or JID", "12")]
#[case::no_text(json!({ "number": PERSON }), "text", "text is required", "")]
#[case::negative_delay(json!({ "number": PERSON, "text": "x", "delay": -1 }), "delay", "delay must be 0 or more", "-1")]
#[case::negative_typing(json!({ "number": PERSON, "text": "x", "typingDuration": -3 }), "typingDuration", "typingDuration must be 0 or more", "-3")]
#[case::quote_without_id(json!({ "number": PERSON, "text": "x", "quoted": {} }), "quoted", "quoted.key.id is required", "")]
#[tokio::test]
async fn wuts_text_refuses(
    #[case] body: Value,
    #[case] field: &str,
    #[case] message: &str,
    #[case] value: &str,
) {
    let sandbox = start(&[]).await;
    let answer = post(&sandbox, "/send/text", &body.to_string()).await;
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.keys(),
        ["success", "error", "error_code", "timestamp", "validation"]
    );
    let json = answer.json();
    assert_eq!(json["error_code"], "VALIDATION_ERROR");
    assert!(is_timestamp(&json["timestamp"]));
    let expected = json!([{ "field": field, "message": message, "value": value }]);
    assert_eq!(json["validation"], expected);
}

#[rstest]
#[case::at_the_limit("字".repeat(4096), 200)]
#[case::one_more("字".repeat(4097), 400)]
#[case::counted_as_scalars("👩".repeat(4096), 200)]
#[tokio::test]
async fn wuts_counts_text(#[case] text: String, #[case] status: u16) {
    let sandbox = start(&[]).await;
    let body = json!({ "number": PERSON, "text": text }).to_string();
    let answer = post(&sandbox, "/send/text", &body).await;
    assert_eq!(answer.status, status);
    if status == 400 {
        let expected = "text must be between 1 and 4096 characters";
        assert_eq!(answer.json()["validation"][0]["message"], expected);
    }
}

#[rstest]
#[case::no_header(
    "POST /send/buttons",
    "Content-Type: application/json\r\n",
    401,
    r#"{"error":"unauthorized"}"#
)]
#[case::other_token(
    "POST /send/text",
    "Authorization: Bearer x\r\n",
    401,
    r#"{"error":"unauthorized"}"#
)]
#[case::other_scheme(
    "POST /send/text",
    "Authorization: Basic {token}\r\n",
    401,
    r#"{"error":"unauthorized"}"#
)]
#[case::in_the_query(
    "POST /send/text?token={token}",
    "",
    401,
    r#"{"error":"unauthorized"}"#
)]
#[case::wrong_kind(
    "POST /send/buttons",
    "Authorization: Bearer {token}\r\nContent-Type: text/plain\r\n",
    415,
    r#"{"error":"Content-Type must be application/json"}"#
)]
#[case::no_kind(
    "POST /send/buttons",
    "Authorization: Bearer {token}\r\n",
    415,
    r#"{"error":"Content-Type must be application/json"}"#
)]
#[case::wrong_method("GET /send/buttons", "", 405, r#"{"error":"method not allowed"}"#)]
#[case::unknown_path(
    "POST /send/nothing",
    "Authorization: Bearer {token}\r\n",
    404,
    r#"{"error":"not found"}"#
)]
#[case::three_segments("POST /a/b/c", "", 404, r#"{"error":"not found"}"#)]
#[case::status(
    "GET /status",
    "Authorization: bearer {token}\r\n",
    200,
    r#"{"success":true,"connected":true}"#
)]
#[case::status_without_token(
    "GET /status",
    "",
    401,
    r#"{"success":false,"error":"Invalid token"}"#
)]
#[tokio::test]
async fn wuts_conventions(
    #[case] start_line: &str,
    #[case] headers: &str,
    #[case] status: u16,
    #[case] body: &str,
) {
    let sandbox = start(&[]).await;
    let answer = raw(&sandbox, start_line, headers, "").await;
    assert_eq!((answer.status, answer.body.as_str()), (status, body));
}

#[rstest]
#[case::at_the_limit(1 << 20, 400)]
#[case::one_more((1 << 20) + 1, 413)]
#[tokio::test]
async fn reads_a_mebibyte(#[case] length: usize, #[case] status: u16) {
    let sandbox = start(&[]).await;
    let body = " ".repeat(length);
    assert_eq!(post(&sandbox, "/send/text", &body).await.status, status);
    assert_eq!(sandbox.received()[0].status, Some(status));
}

// GREEN-API

fn green_text(chat: &str) -> Value {
    json!({ "chatId": chat, "message": TEXT })
}

fn green_reply(chat: &str) -> Value {
    json!({
        "chatId": chat, "header": "日本", "body": TEXT, "footer": "f",
        "buttons": [{ "buttonId": "1", "buttonText": "First" }],
    })
}

fn green_actions() -> Value {
    json!({
        "chatId": "5511999999999@c.us", "body": TEXT,
        "buttons": [
            { "type": "copy", "buttonId": "1", "buttonText": "Copy me", "copyCode": "3333" },
            { "type": "call", "buttonId": "2", "buttonText": "Call me", "phoneNumber": "79123456789" },
            { "type": "url", "buttonId": "3", "buttonText": "Visit", "url": "https://example.com" },
        ],
    })
}

/// A body with one place changed: `null` takes the key away.
fn with(mut body: Value, pointer: &str, value: Value) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    if value.is_null() {
        parent.shift_remove(key);
    } else {
        parent.insert(key.to_owned(), value);
    }
    body
}

#[rstest]
#[case::person("sendMessage", green_text("5511999999999@c.us"))]
#[case::group("sendMessage", green_text(GROUP))]
#[case::old_group("sendMessage", green_text("11001234567-1581234048@g.us"))]
#[case::hidden("sendMessage", green_text("12345678901234@lid"))]
#[case::all_fields("sendMessage", json!({
    "chatId": "5511999999999@c.us", "message": TEXT, "quotedMessageId": "3EB0",
    "linkPreview": false, "typingTime": 20000, "somethingNew": 1,
}))]
#[case::reply("sendInteractiveButtonsReply", green_reply("5511999999999@c.us"))]
#[case::actions("sendInteractiveButtons", green_actions())]
#[tokio::test]
async fn green_api_accepts(#[case] method: &str, #[case] body: Value) {
    let sandbox = start(&[]).await;
    let answer = post(&sandbox, method, &body.to_string()).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.keys(), ["idMessage"]);
    let json = answer.json();
    let id = json["idMessage"].as_str().unwrap();
    assert!(
        id.len() == 20 && id.starts_with("3EB0") && is_upper_hex(id),
        "{id}"
    );
}

const FORMATS: &str = "'chatId' must be one of the following formats: phone_number@c.us or group_id@g.us or chat_id@lid";

#[rstest]
#[case::no_chat(
    "sendMessage",
    with(green_text(GROUP), "/chatId", Value::Null),
    "'chatId' is required"
)]
#[case::empty_chat("sendMessage", green_text(""), "'chatId' is not allowed to be empty")]
#[case::chat_is_a_number("sendMessage", json!({ "chatId": 5 }), "'chatId' must be a string")]
#[case::bare_number("sendMessage", green_text(PERSON), FORMATS)]
#[case::other_gateway("sendMessage", green_text("5511999999999@s.whatsapp.net"), FORMATS)]
#[case::channel("sendMessage", green_text("120363039000000000@newsletter"), FORMATS)]
#[case::wide("sendMessage", green_text("日本👩‍👩‍👧@c.us"), FORMATS)]
#[case::no_message("sendMessage", json!({ "chatId": GROUP }), "'message' is required")]
#[case::long_message("sendMessage", with(green_text(GROUP), "/message", json!("x".repeat(20_001))), "'message' length must be less than or equal to 20000 characters long")]
#[case::long_in_code_units("sendMessage", with(green_text(GROUP), "/message", json!("👩".repeat(10_001))), "'message' length must be less than or equal to 20000 characters long")]
#[case::empty_quote("sendMessage", with(green_text(GROUP), "/quotedMessageId", json!("")), "'quotedMessageId' is not allowed to be empty")]
#[case::preview_is_text("sendMessage", with(green_text(GROUP), "/linkPreview", json!("yes")), "'linkPreview' must be a boolean")]
#[case::short_typing("sendMessage", with(green_text(GROUP), "/typingTime", json!(999)), "'typingTime' must be greater than or equal to 1000")]
#[case::long_typing("sendMessage", with(green_text(GROUP), "/typingTime", json!(20_001)), "'typingTime' must be less than or equal to 20000")]
#[case::group(
    "sendInteractiveButtonsReply",
    green_reply(GROUP),
    "'chatId' must be in the format: phone_number@c.us"
)]
#[case::group_with_actions("sendInteractiveButtons", with(green_actions(), "/chatId", json!(GROUP)), "'chatId' must be in the format: phone_number@c.us")]
#[case::no_body(
    "sendInteractiveButtonsReply",
    with(green_reply("55@c.us"), "/body", Value::Null),
    "'body' is required"
)]
#[case::empty_header("sendInteractiveButtonsReply", with(green_reply("55@c.us"), "/header", json!("")), "'header' is not allowed to be empty")]
#[case::no_buttons(
    "sendInteractiveButtonsReply",
    with(green_reply("55@c.us"), "/buttons", Value::Null),
    "'buttons' is required"
)]
#[case::buttons_are_text("sendInteractiveButtonsReply", with(green_reply("55@c.us"), "/buttons", json!("a")), "'buttons' must be an array")]
#[case::empty_buttons("sendInteractiveButtonsReply", with(green_reply("55@c.us"), "/buttons", json!([])), "'buttons' must contain at least 1 items")]
#[case::four_buttons("sendInteractiveButtonsReply", with(green_reply("55@c.us"), "/buttons", json!([{}, {}, {}, {}])), "'buttons' must contain less than or equal to 3 items")]
#[case::button_is_text("sendInteractiveButtonsReply", with(green_reply("55@c.us"), "/buttons", json!(["a"])), "'buttons[0]' must be of type object")]
#[case::no_button_id(
    "sendInteractiveButtonsReply",
    with(green_reply("55@c.us"), "/buttons/0/buttonId", Value::Null),
    "'buttons[0].buttonId' is required"
)]
#[case::no_button_text(
    "sendInteractiveButtonsReply",
    with(green_reply("55@c.us"), "/buttons/0/buttonText", Value::Null),
    "'buttons[0].buttonText' is required"
)]
#[case::long_button("sendInteractiveButtonsReply", with(green_reply("55@c.us"), "/buttons/0/buttonText", json!("字".repeat(26))), "'buttons[0].buttonText' length must be less than or equal to 25 characters long")]
#[case::long_button_in_code_units("sendInteractiveButtonsReply", with(green_reply("55@c.us"), "/buttons/0/buttonText", json!("👩".repeat(13))), "'buttons[0].buttonText' length must be less than or equal to 25 characters long")]
#[case::no_type(
    "sendInteractiveButtons",
    with(green_actions(), "/buttons/0/type", Value::Null),
    "'buttons[0].type' is required"
)]
#[case::reply_among_actions("sendInteractiveButtons", with(green_actions(), "/buttons/0/type", json!("reply")), "'buttons[0].type' must be one of [copy, call, url]")]
#[case::no_code(
    "sendInteractiveButtons",
    with(green_actions(), "/buttons/0/copyCode", Value::Null),
    "'buttons[0].copyCode' is required"
)]
#[case::no_phone(
    "sendInteractiveButtons",
    with(green_actions(), "/buttons/1/phoneNumber", Value::Null),
    "'buttons[1].phoneNumber' is required"
)]
#[case::phone_with_plus("sendInteractiveButtons", with(green_actions(), "/buttons/1/phoneNumber", json!("+79")), "'buttons[1].phoneNumber' must contain digits only")]
#[case::no_url(
    "sendInteractiveButtons",
    with(green_actions(), "/buttons/2/url", Value::Null),
    "'buttons[2].url' is required"
)]
#[case::long_body("sendInteractiveButtons", with(green_actions(), "/body", json!("x".repeat(20_001))), "'body' length must be less than or equal to 20000 characters long")]
#[tokio::test]
async fn green_api_refuses(#[case] method: &str, #[case] body: Value, #[case] details: &str) {
    let sandbox = start(&[]).await;
    let answer = post(&sandbox, method, &body.to_string()).await;
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert_eq!(
        answer.keys(),
        ["statusCode", "timestamp", "path", "message"]
    );
    let json = answer.json();
    let words = format!("Validation failed. Details: {details}");
    assert_eq!(json["message"], words.as_str());
    assert_eq!(json["statusCode"], 400);
    assert!(is_timestamp(&json["timestamp"]));
    let token = sandbox.token();
    let path = format!("/waInstance1101000001/{method}/{}", token.reveal());
    assert_eq!(json["path"], path.as_str());
}

#[rstest]
#[case::no_json("{", JSON, "Unexpected token in JSON at line 1, column 1")]
#[case::no_object("[]", JSON, "bad request data")]
#[case::wrong_kind("{}", "Content-Type: text/plain\r\n", "bad request data")]
#[tokio::test]
async fn green_api_cannot_read(#[case] body: &str, #[case] headers: &str, #[case] words: &str) {
    let sandbox = start(&[]).await;
    let line = "POST /waInstance1101000001/sendMessage/{token}";
    let answer = raw(&sandbox, line, headers, body).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.json()["message"], words);
}

#[rstest]
#[case::token("POST /waInstance1101000001/sendMessage/wrong", 401, "Unauthorized")]
#[case::instance("POST /waInstance1101000002/sendMessage/{token}", 403, "Forbidden")]
#[case::legacy("POST /waInstance1101000001/sendButtons/{token}", 403, "Forbidden")]
#[case::wrong_method("GET /waInstance1101000001/sendMessage/{token}", 404, "Not Found")]
#[case::wrong_method_of_legacy("GET /waInstance1101000001/sendButtons/{token}", 404, "Not Found")]
#[case::wrong_method_of_state(
    "POST /waInstance1101000001/getStateInstance/{token}",
    404,
    "Not Found"
)]
#[case::unknown("POST /waInstance1101000001/sendNothing/{token}", 404, "Not Found")]
#[case::state(
    "GET /waInstance1101000001/getStateInstance/{token}",
    200,
    r#"{"stateInstance":"authorized"}"#
)]
#[case::queue("GET /waInstance1101000001/showMessagesQueue/{token}", 200, "[]")]
#[case::clear(
    "GET /waInstance1101000001/clearMessagesQueue/{token}",
    200,
    r#"{"isCleared":true}"#
)]
#[tokio::test]
async fn green_api_conventions(#[case] line: &str, #[case] status: u16, #[case] body: &str) {
    let sandbox = start(&[]).await;
    let answer = raw(&sandbox, line, JSON, "{}").await;
    assert_eq!((answer.status, answer.body.as_str()), (status, body));
}

// Both, through the client

fn draft(to: &str, message: Message) -> Draft {
    Draft {
        to: to.to_owned(),
        message,
        ..Draft::default()
    }
}

fn text() -> Message {
    Message::Text(Text {
        text: TEXT.to_owned(),
    })
}

fn buttons(actions: &[Action]) -> Message {
    let buttons = actions.iter().enumerate().map(|(index, action)| Button {
        id: format!("id-{index}"),
        text: format!("選択 {index}"),
        action: action.clone(),
    });
    Message::Buttons(Buttons {
        header: String::new(),
        text: TEXT.to_owned(),
        footer: "צ".to_owned(),
        buttons: buttons.collect(),
    })
}

fn actions() -> Message {
    buttons(&[
        Action::Copy {
            code: "3333".to_owned(),
        },
        Action::Call {
            phone: "+55 11 99999-9999".to_owned(),
        },
        Action::Url {
            url: "https://example.com".to_owned(),
        },
    ])
}

async fn send(account: &Account, token: &Secret, draft: &Draft, total: Duration) -> Exchange {
    let client = Client::new(Timeouts {
        total,
        ..Timeouts::default()
    });
    let request = account.encode(draft).unwrap();
    let cancel = CancellationToken::new();
    client.send(account, token, request, &cancel).await
}

const PATIENT: Duration = Duration::from_secs(60);

#[rstest]
#[case::wuts_text(GatewayKind::Wuts, "+55 11 99999-9999", text())]
#[case::wuts_text_to_a_group(GatewayKind::Wuts, GROUP, text())]
#[case::wuts_buttons(GatewayKind::Wuts, PERSON, buttons(&[Action::Reply, Action::Reply, Action::Reply]))]
#[case::green_text(GatewayKind::GreenApi, "+55 11 99999-9999", text())]
#[case::green_text_to_a_group(GatewayKind::GreenApi, GROUP, text())]
#[case::green_reply(GatewayKind::GreenApi, PERSON, buttons(&[Action::Reply]))]
#[case::green_actions(GatewayKind::GreenApi, PERSON, actions())]
#[tokio::test]
async fn what_the_composer_writes_is_taken(
    #[case] gateway: GatewayKind,
    #[case] to: &str,
    #[case] message: Message,
) {
    let sandbox = start(&[]).await;
    let account = sandbox.account(gateway);
    let mut draft = draft(to, message);
    draft.typing = Some(3);
    draft.quote = Some(Quote {
        id: "3EB0C767D097B7C7C030".to_owned(),
        ..Quote::default()
    });
    let exchange = send(&account, &sandbox.token(), &draft, PATIENT).await;
    let id = exchange.outcome.message_id().unwrap_or_default();
    assert!(id.starts_with("3EB0"), "{:?}", exchange.outcome);
    let received = sandbox.received();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].body, exchange.request.body_text());
    assert!(!format!("{received:?}{sandbox:?}").contains(sandbox.token().reveal()));
}

#[rstest]
#[case::wuts(GatewayKind::Wuts, "rejected", "401")]
#[case::green_api(GatewayKind::GreenApi, "rejected", "401")]
#[tokio::test]
async fn a_wrong_token(#[case] gateway: GatewayKind, #[case] name: &str, #[case] code: &str) {
    let sandbox = start(&[]).await;
    let wrong = Secret::new("00000000-0000-4000-8000-000000000000");
    let exchange = send(
        &sandbox.account(gateway),
        &wrong,
        &draft(PERSON, text()),
        PATIENT,
    )
    .await;
    assert_eq!(exchange.outcome.name(), name);
    assert_eq!(exchange.outcome.refusal().unwrap().code, code);
}

#[tokio::test]
async fn a_validation_error_comes_back_without_the_token() {
    let sandbox = start(&[]).await;
    let account = sandbox.account(GatewayKind::GreenApi);
    let token = sandbox.token();
    let exchange = send(&account, &token, &draft("日本", text()), PATIENT).await;
    let shown = format!("{exchange:?}");
    assert!(
        shown.contains("Validation failed. Details: 'chatId'"),
        "{shown}"
    );
    assert!(!shown.contains(token.reveal()));
    let body = exchange.response.unwrap().text();
    assert!(body.contains("/sendMessage/***"), "{body}");
}

#[tokio::test]
async fn the_legacy_method_is_switched_off() {
    let sandbox = start(&[]).await;
    let account = sandbox.account(GatewayKind::GreenApi);
    let account = account.with("buttons_method", "sendButtons");
    let draft = draft(PERSON, buttons(&[Action::Reply]));
    let exchange = send(&account, &sandbox.token(), &draft, PATIENT).await;
    assert_eq!(exchange.outcome.name(), "rejected");
    let instead = &exchange.outcome.refusal().unwrap().instead;
    assert_eq!(
        instead,
        &[Fallback::InteractiveReply, Fallback::NumberedText]
    );
}

// Faults

#[rstest]
#[case::wuts_400(
    GatewayKind::Wuts,
    "send/text=400",
    "rejected",
    "400",
    r#"{"error":"WhatsApp not connected"}"#
)]
#[case::wuts_401(
    GatewayKind::Wuts,
    "*=401",
    "rejected",
    "401",
    r#"{"error":"unauthorized"}"#
)]
#[case::wuts_500(
    GatewayKind::Wuts,
    "/send/text=500",
    "unknown",
    "500",
    r#"{"error":"Failed to send buttons message: timeout"}"#
)]
#[case::wuts_503(
    GatewayKind::Wuts,
    "/send/text=503",
    "rejected",
    "503",
    r#"{"error":"Service Unavailable"}"#
)]
#[case::green_401(
    GatewayKind::GreenApi,
    "sendMessage=401",
    "rejected",
    "401",
    "Unauthorized"
)]
#[case::green_403(
    GatewayKind::GreenApi,
    "sendMessage=403",
    "rejected",
    "403",
    "Forbidden"
)]
#[case::green_429(GatewayKind::GreenApi, "*=429", "rejected", "429", "Too Many Requests")]
#[case::green_499(
    GatewayKind::GreenApi,
    "*=499",
    "unknown",
    "499",
    "Client Closed Request"
)]
#[case::green_500(
    GatewayKind::GreenApi,
    "*=500",
    "unknown",
    "500",
    "Internal Server Error"
)]
#[case::green_502(GatewayKind::GreenApi, "*=502", "unknown", "502", "Bad Gateway")]
#[case::green_200(
    GatewayKind::GreenApi,
    "*=200",
    "rejected",
    "401",
    r#"{"code":401,"description":"Unauthorized"}"#
)]
#[tokio::test]
async fn a_fault_answers_as_documented(
    #[case] gateway: GatewayKind,
    #[case] fault: &str,
    #[case] name: &str,
    #[case] code: &str,
    #[case] body: &str,
) {
    let sandbox = start(&[fault]).await;
    let account = sandbox.account(gateway);
    let exchange = send(&account, &sandbox.token(), &draft(PERSON, text()), PATIENT).await;
    assert_eq!(exchange.response.unwrap().text(), body);
    assert_eq!(exchange.outcome.name(), name);
    assert_eq!(exchange.outcome.refusal().unwrap().code, code);
}

#[rstest]
#[case::quota("sendMessage=466", "466", "invokeStatus")]
#[case::starting("sendMessage=400", "400", "instance is starting or not authorized")]
#[tokio::test]
async fn a_fault_with_a_longer_answer(#[case] fault: &str, #[case] code: &str, #[case] part: &str) {
    let sandbox = start(&[fault]).await;
    let account = sandbox.account(GatewayKind::GreenApi);
    let exchange = send(&account, &sandbox.token(), &draft(PERSON, text()), PATIENT).await;
    assert!(exchange.response.unwrap().text().contains(part));
    assert_eq!(exchange.outcome.name(), "rejected");
    assert_eq!(exchange.outcome.refusal().unwrap().code, code);
}

#[rstest]
#[case::drop("send/text=drop", 60_000, "connection-lost")]
#[case::timeout("send/text=timeout", 300, "timeout")]
#[case::slower_than_the_client("send/text=slow:60000", 300, "timeout")]
#[tokio::test]
async fn a_fault_without_an_answer(#[case] fault: &str, #[case] total: u64, #[case] code: &str) {
    let sandbox = start(&[fault]).await;
    let account = sandbox.account(GatewayKind::Wuts);
    let total = Duration::from_millis(total);
    let exchange = send(&account, &sandbox.token(), &draft(PERSON, text()), total).await;
    assert_eq!(exchange.outcome.name(), "unknown");
    assert_eq!(exchange.outcome.refusal().unwrap().code, code);
    assert!(
        sandbox
            .received()
            .iter()
            .all(|request| request.status.is_none())
    );
}

#[tokio::test]
async fn a_slow_answer_is_the_right_one() {
    let sandbox = start(&["*=slow:200"]).await;
    let account = sandbox.account(GatewayKind::Wuts);
    let started = Instant::now();
    let exchange = send(&account, &sandbox.token(), &draft(PERSON, text()), PATIENT).await;
    assert_eq!(exchange.outcome.name(), "accepted");
    assert!(started.elapsed() >= Duration::from_millis(200));
}

#[tokio::test]
async fn a_fault_leaves_other_endpoints_alone() {
    let sandbox = start(&["/send/buttons=500"]).await;
    let account = sandbox.account(GatewayKind::Wuts);
    let exchange = send(&account, &sandbox.token(), &draft(PERSON, text()), PATIENT).await;
    assert_eq!(exchange.outcome.name(), "accepted");
}

// The sandbox itself

#[tokio::test]
async fn each_request_is_one_line_without_its_token() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&lines);
    let log = move |line| kept.lock().unwrap().push(line);
    let faults = vec!["status=drop".parse().unwrap()];
    let sandbox = Sandbox::start("127.0.0.1:0".parse().unwrap(), faults, Some(Box::new(log)))
        .await
        .unwrap();
    let body = wuts_buttons(PERSON, &[button("a")]);
    let id = post(&sandbox, "/send/buttons", &body).await.json()["message_id"].clone();
    let evil = green_text("\u{1b}[2J\u{202e}日本");
    post(&sandbox, "sendMessage", &evil.to_string()).await;
    let evil = wuts_buttons("\u{1b}[2J\n", &[button("a")]);
    post(&sandbox, "/send/buttons", &evil).await;
    raw(
        &sandbox,
        "GET /waInstance1/x/other-token/deeper?q={token}",
        "",
        "",
    )
    .await;
    raw(&sandbox, "GET /{token}", "", "").await;
    let lines = lines.lock().unwrap();
    let expected = [
        format!("POST /send/buttons 200 {}", id.as_str().unwrap()),
        format!(
            "POST /waInstance1101000001/sendMessage/*** 400 Validation failed. Details: {FORMATS}"
        ),
        "POST /send/buttons 400 Invalid recipient JID: \"␛[2J␊\" is not a phone number or JID"
            .to_owned(),
        "GET /waInstance1/x/*** 403 Forbidden".to_owned(),
        "GET /*** 404 not found".to_owned(),
    ];
    assert_eq!(*lines, expected);
}

#[tokio::test]
async fn it_remembers_a_thousand_requests() {
    let sandbox = start(&[]).await;
    let address = sandbox.base_url().replace("http://", "");
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut answers = String::new();
    for number in 0..1005 {
        let close = if number == 1004 {
            "Connection: close\r\n"
        } else {
            ""
        };
        let request = format!("GET /{number} HTTP/1.1\r\nHost: localhost\r\n{close}\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
    }
    stream.read_to_string(&mut answers).await.unwrap();
    let received = sandbox.received();
    assert_eq!(received.len(), 1000);
    assert_eq!(received[0].path, "/5");
    assert_eq!(received[999].path, "/1004");
}

#[tokio::test]
async fn it_stops_when_it_is_dropped() {
    let sandbox = start(&["*=timeout"]).await;
    let address = sandbox.base_url().replace("http://", "");
    let mut open = TcpStream::connect(&address).await.unwrap();
    open.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .await
        .unwrap();
    while sandbox.received().is_empty() {
        tokio::task::yield_now().await;
    }
    drop(sandbox);
    let mut answer = Vec::new();
    // Closed or reset, but not left open.
    let _ = open.read_to_end(&mut answer).await;
    assert_eq!(answer, b"");
    assert!(TcpStream::connect(&address).await.is_err());
}

#[tokio::test]
async fn each_start_has_a_token_of_its_own() {
    let (one, other) = (start(&[]).await, start(&[]).await);
    assert_ne!(one.token(), other.token());
    assert_ne!(one.base_url(), other.base_url());
    let account = one.account(GatewayKind::GreenApi);
    assert_eq!(account.settings["id_instance"], "1101000001");
}

#[tokio::test]
async fn an_address_in_use_is_named() {
    let sandbox = start(&[]).await;
    let address = sandbox.base_url().replace("http://", "");
    let again = Sandbox::start(address.parse().unwrap(), Vec::new(), None).await;
    let error = again.err().unwrap().to_string();
    assert!(
        error.starts_with(&format!("cannot listen on {address}: ")),
        "{error}"
    );
}
