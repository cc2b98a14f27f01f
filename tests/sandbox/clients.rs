//! What gateways take and answer as far as their own clients show it: forms of a body, the endpoints
//! beside the sending ones, and each gateway's shape for what it does not know.

use rstest::rstest;
use serde_json::{Value, json};
use wacompose::sandbox::Sandbox;

use super::{Answer, BEARER, GROUP, JSON, PERSON, TEXT, post, raw, start};

const MESSAGES: &str = "POST /v23.0/106540352242922/messages";
const NUMBER: &str = "/v23.0/106540352242922";
const ACCOUNT: &str = "/v23.0/102290129340398";

async fn ask(sandbox: &Sandbox, start: &str) -> Answer {
    raw(sandbox, start, BEARER, "").await
}

/// A body to a person on the Cloud API.
fn to_person(mut rest: Value) -> Value {
    rest["messaging_product"] = "whatsapp".into();
    if rest.get("to").is_none() {
        rest["to"] = PERSON.into();
    }
    rest
}

fn buttons(action: &Value) -> Value {
    to_person(json!({ "type": "interactive", "interactive": {
        "type": "button", "body": { "text": TEXT }, "action": action,
    }}))
}

fn reply_action() -> Value {
    json!({ "buttons": [{ "type": "reply", "reply": { "id": "1", "title": "変更" } }] })
}

fn template(language: &str, values: &[&str]) -> Value {
    let parameter = |value: &&str| json!({ "type": "text", "text": value });
    let values: Vec<Value> = values.iter().map(parameter).collect();
    to_person(json!({ "type": "template", "template": {
        "name": "order_update",
        "language": { "code": language },
        "components": [
            { "type": "header", "parameters": [{ "type": "text", "text": "1042" }] },
            { "type": "body", "parameters": values },
            { "type": "button", "sub_type": "quick_reply", "index": "0",
              "parameters": [{ "type": "payload", "payload": "confirm_1042" }] },
        ],
    }}))
}

#[rstest]
#[case::null_context(to_person(json!({ "type": "text", "text": { "body": TEXT }, "context": null })))]
#[case::nulls(to_person(json!({
    "type": "text", "text": { "body": TEXT, "preview_url": null }, "recipient_type": null, "biz_opaque_callback_data": null,
})))]
#[case::action_as_a_string(buttons(&reply_action().to_string().into()))]
#[case::interactive_as_a_string(to_person(json!({
    "type": "interactive",
    "interactive": buttons(&reply_action())["interactive"].to_string(),
})))]
#[case::text_as_a_string(to_person(json!({ "type": "text", "text": json!({ "body": TEXT }).to_string() })))]
#[case::number_as_a_number(to_person(json!({ "to": 5_511_999_999_999_u64, "type": "text", "text": { "body": TEXT } })))]
#[case::ids_as_numbers(buttons(&json!({ "buttons": [{ "type": "reply", "reply": { "id": 1, "title": 2 } }] })))]
#[case::spelt_number(to_person(json!({ "to": "+55 (11) 99999-9999", "type": "text", "text": { "body": TEXT } })))]
#[case::no_type(to_person(json!({ "text": { "body": TEXT } })))]
#[case::type_in_capitals(to_person(json!({
    "type": "INTERACTIVE",
    "interactive": { "type": "BUTTON", "body": { "text": TEXT }, "action": reply_action() },
})))]
#[case::group(to_person(json!({ "to": "Y2FwaV9ncm91cDox", "recipient_type": "group", "text": { "body": TEXT } })))]
#[case::empty_description(to_person(json!({ "type": "interactive", "interactive": {
    "type": "list", "body": { "text": TEXT },
    "action": { "button": "メニュー", "sections": [{ "rows": [{ "id": "a", "title": "b", "description": "" }] }] },
}})))]
#[case::catalog_with_empty_parameters(to_person(json!({ "type": "interactive", "interactive": {
    "type": "catalog_message", "body": { "text": TEXT }, "action": { "name": "catalog_message", "parameters": {} },
}})))]
#[case::picture_over_buttons(to_person(json!({ "type": "interactive", "interactive": {
    "type": "button", "header": { "type": "image", "image": { "link": "https://example.com/a.jpg" } },
    "body": { "text": TEXT }, "action": reply_action(),
}})))]
#[case::product(to_person(json!({ "type": "interactive", "interactive": {
    "type": "product", "body": { "text": TEXT }, "action": { "catalog_id": 1, "product_retailer_id": 2 },
}})))]
#[case::location_request(to_person(json!({ "type": "interactive", "interactive": {
    "type": "location_request_message", "body": { "text": TEXT }, "action": { "name": "send_location" },
}})))]
#[case::template(template("pt_BR", &["Ana", "1042"]))]
#[case::template_without_variables(to_person(json!({
    "type": "template", "template": { "name": "hello_world", "language": { "code": "en_US" } },
})))]
#[case::template_without_components(to_person(json!({
    "type": "template", "template": { "name": "hello_world", "language": { "code": "en_US" }, "components": [] },
})))]
#[case::reaction(to_person(json!({ "type": "reaction", "reaction": { "message_id": "wamid.1", "emoji": "👍" } })))]
#[case::reaction_withdrawn(to_person(json!({ "type": "reaction", "reaction": { "message_id": "wamid.1", "emoji": "" } })))]
#[case::picture(to_person(json!({ "type": "image", "image": { "link": "https://example.com/a.jpg" } })))]
#[case::picture_by_id(to_person(json!({ "type": "image", "image": { "id": 1_166_846_181_421_424_u64 } })))]
#[case::place(to_person(json!({ "type": "location", "location": { "latitude": "-23.5", "longitude": -46.6 } })))]
#[case::contacts(to_person(json!({ "type": "contacts", "contacts": [{ "name": { "formatted_name": "Ana 日本" } }] })))]
#[tokio::test]
async fn the_cloud_api_takes_what_clients_send(#[case] body: Value) {
    let sandbox = start(&[]).await;
    let answer = raw(&sandbox, MESSAGES, BEARER, &body.to_string()).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let id = answer.json()["messages"][0]["id"].clone();
    assert!(id.as_str().unwrap().starts_with("wamid."), "{id}");
}

#[tokio::test]
async fn a_person_can_be_named_by_a_business_scoped_id() {
    let sandbox = start(&[]).await;
    let id = "US.13491208655302741918";
    let body = json!({
        "messaging_product": "whatsapp", "recipient": id, "text": { "body": TEXT },
    });
    let answer = raw(&sandbox, MESSAGES, BEARER, &body.to_string()).await;
    let contact = json!([{ "input": id, "user_id": id }]);
    assert_eq!(answer.json()["contacts"], contact);
}

#[rstest]
#[case::form(
    MESSAGES,
    "Content-Type: application/x-www-form-urlencoded\r\nAuthorization: Bearer {token}\r\n",
    "messaging_product=whatsapp&to=5511999999999&type=text&text=%7B%22body%22%3A%22Ol%C3%A1%20%E6%97%A5%22%7D"
)]
#[case::token_in_the_query(
    "POST /v23.0/106540352242922/messages?access_token={token}",
    JSON,
    r#"{"messaging_product":"whatsapp","to":"5511999999999","text":{"body":"é"}}"#
)]
#[case::no_version(
    "POST /106540352242922/messages",
    BEARER,
    r#"{"messaging_product":"whatsapp","to":"5511999999999","text":{"body":"é"}}"#
)]
#[tokio::test]
async fn the_cloud_api_takes_other_ways_to_ask(
    #[case] start_line: &str,
    #[case] headers: &str,
    #[case] body: &str,
) {
    let answer = raw(&start(&[]).await, start_line, headers, body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[rstest]
#[case::read(json!({ "status": "read", "message_id": "wamid.1" }))]
#[case::typing(json!({ "status": "read", "message_id": "wamid.1", "typing_indicator": { "type": "text" } }))]
#[tokio::test]
async fn a_message_is_marked_as_read(#[case] mut body: Value) {
    body["messaging_product"] = "whatsapp".into();
    let answer = raw(&start(&[]).await, MESSAGES, BEARER, &body.to_string()).await;
    assert_eq!(
        (answer.status, answer.json()),
        (200, json!({ "success": true }))
    );
}

#[rstest]
#[case::another_language(template("es", &["Ana", "1"]), 404, 132_001, "order_update) does not exist in es")]
#[case::too_few(template("en_US", &["Ana"]), 400, 132_000, "body: number of localizable_params (1)")]
#[case::line_break(template("en_US", &["Ana", "a\nb"]), 400, 100, "new-line/tab characters")]
#[case::spaces(template("en_US", &["Ana", "a     日"]), 400, 100, "4 consecutive")]
#[case::blank(template("en_US", &["Ana", "  "]), 400, 100, "must not be empty")]
#[case::read_without_a_message(
    json!({ "messaging_product": "whatsapp", "status": "read" }), 400, 131_008, "message_id is required"
)]
#[case::sent(
    json!({ "messaging_product": "whatsapp", "status": "sent", "message_id": "wamid.1" }),
    400, 131_009, "status must be read"
)]
#[case::odd_scoped_id(
    json!({ "messaging_product": "whatsapp", "recipient": "日本.1", "text": { "body": TEXT } }),
    400, 131_009, "business-scoped"
)]
#[case::link_of_words(to_person(json!({ "type": "image", "image": { "link": "a.jpg" } })), 400, 131_009, "must be a URL")]
#[case::nowhere(
    to_person(json!({ "type": "location", "location": { "latitude": "north", "longitude": 1 } })),
    400, 131_009, "number of degrees"
)]
#[tokio::test]
async fn the_cloud_api_refuses(
    #[case] body: Value,
    #[case] status: u16,
    #[case] code: u32,
    #[case] details: &str,
) {
    let answer = raw(&start(&[]).await, MESSAGES, BEARER, &body.to_string()).await;
    let error = &answer.json()["error"];
    assert_eq!(
        (answer.status, &error["code"]),
        (status, &json!(code)),
        "{error}"
    );
    let words = error["error_data"]["details"].as_str().unwrap();
    assert!(words.contains(details), "{words}");
}

#[rstest]
#[case::number(NUMBER, "/display_phone_number", json!("+55 11 90000-0000"))]
#[case::no_health_unasked(NUMBER, "/health_status", Value::Null)]
#[case::health(
    "/v23.0/106540352242922?fields=health_status",
    "/health_status/entities/1/id",
    json!("102290129340398")
)]
#[case::profile(
    "/v23.0/106540352242922/whatsapp_business_profile",
    "/data/0/messaging_product",
    json!("whatsapp")
)]
#[case::account(ACCOUNT, "/name", json!("Sandbox"))]
#[case::numbers("/v23.0/102290129340398/phone_numbers", "/data/0/id", json!("106540352242922"))]
#[case::templates(
    "/v23.0/102290129340398/message_templates?name=order_update&language=pt_BR",
    "/data/0/status",
    json!("APPROVED")
)]
#[case::examples(
    "/v23.0/102290129340398/message_templates?name=order_update&language=pt_BR&summary=total_count",
    "/data/0/components/1/example/body_text/0/1",
    json!("1042")
)]
#[case::summary(
    "/v23.0/102290129340398/message_templates?summary=total_count",
    "/summary/total_count",
    json!(8)
)]
#[case::a_page_of_templates(
    "/v23.0/102290129340398/message_templates?limit=2&after=2",
    "/data/0/language",
    json!("pt_BR")
)]
#[case::a_next_page(
    "/v23.0/102290129340398/message_templates?limit=2&after=2",
    "/paging/cursors/after",
    json!("4")
)]
#[case::the_last_page(
    "/v23.0/102290129340398/message_templates?limit=2&after=6",
    "/paging/next",
    json!(null)
)]
#[case::no_such_templates(
    "/v23.0/102290129340398/message_templates?status=REJECTED",
    "/data",
    json!([])
)]
#[tokio::test]
async fn the_cloud_api_is_asked(#[case] path: &str, #[case] place: &str, #[case] expected: Value) {
    let answer = ask(&start(&[]).await, &format!("GET {path}")).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let found = answer.json().pointer(place).cloned().unwrap_or_default();
    assert_eq!(found, expected, "{}", answer.body);
}

const GREEN: &str = "/waInstance1101000001";

#[rstest]
#[case::settings("GET", "getSettings", "", "/incomingWebhook", json!("yes"))]
#[case::contacts("GET", "getContacts", "", "", json!([]))]
#[case::chats("GET", "getChats", "", "", json!([]))]
#[case::messages("GET", "getMessagesCount", "", "/count", json!(0))]
#[case::notifications("GET", "getWebhooksCount", "", "/count", json!(0))]
#[case::nothing_came("GET", "receiveNotification", "", "", Value::Null)]
#[case::save("POST", "setSettings", r#"{"incomingWebhook":"yes"}"#, "/saveSettings", json!(true))]
#[case::check("POST", "checkWhatsapp", r#"{"phoneNumber":5511999999999}"#, "/chatId", json!("5511999999999@c.us"))]
#[case::read("POST", "readChat", r#"{"chatId":"5511999999999@c.us"}"#, "/setRead", json!(true))]
#[case::typing("POST", "sendTyping", r#"{"chatId":"5511999999999@c.us","typingTime":1000}"#, "", json!({}))]
#[tokio::test]
async fn green_api_is_asked(
    #[case] method: &str,
    #[case] name: &str,
    #[case] body: &str,
    #[case] place: &str,
    #[case] expected: Value,
) {
    let line = format!("{method} {GREEN}/{name}/{{token}}");
    let answer = raw(&start(&[]).await, &line, JSON, body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(
        answer.json().pointer(place),
        Some(&expected),
        "{}",
        answer.body
    );
}

#[rstest]
#[case::poll("sendPoll", json!({ "message": "色?", "options": [{ "optionName": "青" }, { "optionName": "赤" }] }), "pollMessage")]
#[case::file("sendFileByUrl", json!({ "urlFile": "https://example.com/a.pdf", "fileName": "é.pdf" }), "documentMessage")]
#[case::place("sendLocation", json!({ "latitude": -23.5, "longitude": -46.6 }), "locationMessage")]
#[case::contact("sendContact", json!({ "contact": { "phoneContact": 5_511_999_999_999_u64 } }), "contactMessage")]
#[tokio::test]
async fn green_api_sends_other_kinds_and_finds_them(
    #[case] method: &str,
    #[case] mut body: Value,
    #[case] kind: &str,
) {
    let sandbox = start(&[]).await;
    let chat = "5511999999999@c.us";
    body["chatId"] = chat.into();
    let answer = post(&sandbox, method, &body.to_string()).await;
    let id = answer.json()["idMessage"].clone();
    assert_eq!(
        (answer.status, id.is_string()),
        (200, true),
        "{}",
        answer.body
    );
    let wanted = json!({ "chatId": chat, "idMessage": id }).to_string();
    let found = post(&sandbox, "getMessage", &wanted).await.json();
    assert_eq!(found["typeMessage"], kind);
    let line = format!("GET {GREEN}/lastOutgoingMessages/{{token}}?minutes=5");
    assert_eq!(ask(&sandbox, &line).await.json()[0]["idMessage"], id);
}

#[rstest]
#[case::one_option("sendPoll", json!({ "message": "?", "options": [{ "optionName": "a" }] }), "between 2 and 12")]
#[case::same_options("sendPoll", json!({ "message": "?", "options": [{ "optionName": "日" }, { "optionName": "日" }] }), "duplicate")]
#[case::file_without_name("sendFileByUrl", json!({ "urlFile": "https://example.com/a" }), "'fileName' is required")]
#[case::file_from_nowhere("sendFileByUrl", json!({ "urlFile": "a.pdf", "fileName": "a.pdf" }), "valid uri")]
#[case::nowhere("sendLocation", json!({ "latitude": "é" }), "'latitude' must be a number")]
#[case::nobody("sendContact", json!({}), "'contact' is required")]
#[case::typing_too_long("sendInteractiveButtonsReply", json!({ "body": "é", "typingTime": 20_001 }), "less than or equal to 20000")]
#[tokio::test]
async fn green_api_refuses(#[case] method: &str, #[case] mut body: Value, #[case] words: &str) {
    body["chatId"] = "5511999999999@c.us".into();
    let answer = post(&start(&[]).await, method, &body.to_string()).await;
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert!(answer.body.contains(words), "{}", answer.body);
}

/// Whose shape an answer has.
fn shape(answer: &Answer) -> &'static str {
    match serde_json::from_str::<Value>(&answer.body) {
        Ok(body) if body["error"]["fbtrace_id"].is_string() => "meta",
        Ok(body) if body["statusCode"].is_number() => "green",
        Ok(body) if body["error"].is_string() => "wuts",
        Err(_) if answer.head.contains("text/plain") => "green",
        _ => "none",
    }
}

#[rstest]
#[case::edge("GET /v23.0/106540352242922/unknown", 400, "meta")]
#[case::object("GET /v23.0/999999999999999", 400, "meta")]
#[case::object_without_version("GET /999999999999999", 400, "meta")]
#[case::other_number("POST /v23.0/999999999999999/messages", 400, "meta")]
#[case::wrong_method("GET /v23.0/106540352242922/messages", 400, "meta")]
#[case::delete("DELETE /v23.0/106540352242922", 400, "meta")]
#[case::no_object("GET /v23.0", 400, "meta")]
#[case::nothing_after_the_version("GET /v23.0/", 400, "meta")]
#[case::odd_version("POST /v23/106540352242922/messages", 400, "meta")]
#[case::post_to_an_unknown_edge("POST /v23.0/106540352242922/message", 400, "meta")]
#[case::wide_edge("POST /v23.0/106540352242922/%E6%97%A5", 400, "meta")]
#[case::method("POST /waInstance1101000001/sendNothing/{token}", 404, "green")]
#[case::method_of_get("POST /waInstance1101000001/getStateInstance/{token}", 404, "green")]
#[case::get_of_a_method("GET /waInstance1101000001/sendMessage/{token}", 404, "green")]
#[case::put("PUT /waInstance1101000001/sendMessage/{token}", 404, "green")]
#[case::other_instance("GET /waInstance1/getStateInstance/{token}", 403, "green")]
#[case::other_token("GET /waInstance1101000001/getStateInstance/x", 401, "green")]
#[case::no_token("GET /waInstance1101000001/getStateInstance", 404, "green")]
#[case::no_method("GET /waInstance1101000001", 404, "green")]
#[case::switched_off("POST /waInstance1101000001/sendTemplateButtons/{token}", 403, "green")]
#[case::switched_off_list("POST /waInstance1101000001/sendListMessage/{token}", 403, "green")]
#[case::wuts("POST /send/nothing", 404, "wuts")]
#[case::wuts_method("PUT /send/text", 405, "wuts")]
#[tokio::test]
async fn what_is_unknown_is_answered_in_the_gateways_own_shape(
    #[case] start_line: &str,
    #[case] status: u16,
    #[case] expected: &str,
) {
    let answer = raw(&start(&[]).await, start_line, BEARER, "{}").await;
    assert_eq!(
        (answer.status, shape(&answer)),
        (status, expected),
        "{}",
        answer.body
    );
}

#[tokio::test]
async fn wuts_lists_its_device_and_sends_a_product() {
    let sandbox = start(&[]).await;
    let devices = ask(&sandbox, "GET /devices").await.json();
    assert_eq!(devices["devices"][0]["connected"], true);
    let body = json!({ "number": GROUP, "product": { "product_id": "1", "title": "シャツ" } });
    let answer = post(&sandbox, "/send/product", &body.to_string()).await;
    assert_eq!(answer.json()["chat_jid"], GROUP, "{}", answer.body);
    let body = json!({ "number": PERSON, "product": { "product_id": "1" } });
    let answer = post(&sandbox, "/send/product", &body.to_string()).await;
    assert_eq!(
        answer.json()["validation"][0]["message"],
        "product.title is required"
    );
}
