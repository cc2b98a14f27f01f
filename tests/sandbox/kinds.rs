//! Catalogs, lists and replies, and everything of the Cloud API.

use std::path::{Path, PathBuf};

use rstest::rstest;
use serde_json::{Value, json};
use wacompose::gateway::{Account, GatewayKind};
use wacompose::message::file::read;
use wacompose::message::variables::{fill, variables};
use wacompose::message::{Action, Button, Draft, Field, Message};

use super::{Answer, BEARER, GROUP, PATIENT, PERSON, is_timestamp, post, raw, send, start};

fn sample(name: &str) -> Draft {
    read(&Path::new("assets/samples").join(name)).unwrap()
}

/// The body that a gateway's request has for a sample.
fn body(gateway: GatewayKind, name: &str) -> Value {
    let account = Account::public(gateway).with("catalog_id", "194836987003835");
    account.encode(&sample(name)).unwrap().body
}

/// A body with another value at a place; `Null` takes it out.
fn with(mut body: Value, place: &str, value: Value) -> String {
    let (parent, key) = place.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).unwrap();
    match (parent, value) {
        (Value::Object(object), Value::Null) => {
            object.remove(key);
        }
        (parent @ Value::Object(_), value) => parent[key] = value,
        (parent, value) => parent[key.parse::<usize>().unwrap()] = value,
    }
    body.to_string()
}

/// What every gateway's documentation shows is taken, whichever way it is written.
#[rstest]
#[tokio::test]
async fn a_documented_example_is_taken(
    #[files("tests/fixtures/golden/requests/*/*.toml")]
    #[files("assets/samples/*.toml")]
    path: PathBuf,
) {
    let sandbox = start(&[]).await;
    let mut draft = read(&path).unwrap();
    let names = variables(&draft).into_iter();
    fill(
        &mut draft,
        &names.map(|name| (name, "é 👍".to_owned())).collect(),
    );
    let mut sent = 0;
    for gateway in GatewayKind::ALL {
        let account = sandbox.account(gateway);
        let blocked = Account::blocks(&account.check(&draft));
        if !blocked {
            let exchange = send(&account, &sandbox.token(), &draft, PATIENT).await;
            assert_eq!(
                exchange.outcome.name(),
                "accepted",
                "{gateway}: {exchange:?}"
            );
            sent += 1;
        }
    }
    assert!(sent > 0);
}

#[rstest]
#[case::list(
    "/send/interactive",
    "list.toml",
    "Interactive list message sent successfully"
)]
#[case::button_reply(
    "/send/buttons-response",
    "button-reply.toml",
    "Buttons response sent successfully"
)]
#[case::list_reply(
    "/send/list-response",
    "list-reply.toml",
    "List response sent successfully"
)]
#[tokio::test]
async fn wuts_says_what_it_sent(#[case] path: &str, #[case] name: &str, #[case] message: &str) {
    let sandbox = start(&[]).await;
    let answer = post(&sandbox, path, &body(GatewayKind::Wuts, name).to_string()).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(
        answer.keys(),
        ["success", "message_id", "timestamp", "message"]
    );
    assert_eq!(answer.json()["message"], message);
}

#[rstest]
#[case::person("+55 (11) 99999-9999", "5511999999999@s.whatsapp.net")]
#[case::group(GROUP, GROUP)]
#[tokio::test]
async fn wuts_takes_a_catalog(#[case] to: &str, #[case] jid: &str) {
    let sandbox = start(&[]).await;
    let request = with(
        body(GatewayKind::Wuts, "catalog.toml"),
        "/number",
        json!(to),
    );
    let answer = post(&sandbox, "/send/catalog", &request).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let keys = ["success", "message_id", "timestamp", "status", "chat_jid"];
    assert_eq!(answer.keys(), keys);
    let json = answer.json();
    assert_eq!(
        (&json["status"], &json["chat_jid"]),
        (&json!("sent"), &json!(jid))
    );
    assert!(is_timestamp(&json["timestamp"]));
}

fn products(counts: &[usize]) -> Value {
    let section = |count: &usize| {
        let ids: Vec<String> = (0..*count).map(|at| format!("👕{at}")).collect();
        json!({ "title": "Seção", "product_ids": ids })
    };
    counts.iter().map(section).collect()
}

#[rstest]
#[case::no_number("/number", Value::Null, "number", "number is required")]
#[case::words("/number", json!("日本"), "number", "number is invalid: \"日本\" is not a phone number or JID")]
#[case::no_button("/button_text", Value::Null, "button_text", "button_text is required")]
#[case::empty_button("/button_text", json!(""), "button_text", "button_text is required")]
#[case::owner("/business_owner_jid", json!("5511988887777"), "business_owner_jid", "business_owner_jid is invalid: \"5511988887777\" is not the JID of a person")]
#[case::no_sections("/sections", json!([]), "sections", "sections is required")]
#[case::empty_section("/sections/0/product_ids", json!([]), "sections[0].product_ids", "sections[0].product_ids is required")]
#[case::empty_product("/sections/1/product_ids/0", json!(""), "sections[1].product_ids[0]", "sections[1].product_ids[0] is required")]
#[case::eleven_sections("/sections", products(&[1; 11]), "sections", "at most 10 sections are allowed")]
#[case::thirty_one_products("/sections", products(&[1, 31]), "sections[1].product_ids", "at most 30 sections[1].product_ids are allowed")]
#[case::hundred_and_one_products("/sections", products(&[30, 30, 30, 11]), "products", "at most 100 products are allowed")]
#[case::prefix("/jpeg_thumbnail", json!("data:image/jpeg;base64,AA"), "jpeg_thumbnail", "jpeg_thumbnail must be base64 without a prefix")]
#[case::file("/jpeg_thumbnail_url", json!("camiseta 👕.jpg"), "jpeg_thumbnail_url", "jpeg_thumbnail_url must be a URL")]
#[case::delay("/delay", json!(-1), "delay", "delay must be 0 or more")]
#[tokio::test]
async fn wuts_refuses_a_catalog(
    #[case] place: &str,
    #[case] value: Value,
    #[case] field: &str,
    #[case] message: &str,
) {
    let sandbox = start(&[]).await;
    let request = with(body(GatewayKind::Wuts, "catalog.toml"), place, value);
    let answer = post(&sandbox, "/send/catalog", &request).await;
    assert_eq!(answer.status, 400, "{}", answer.body);
    let keys = ["success", "error", "error_code", "timestamp", "validation"];
    assert_eq!(answer.keys(), keys);
    let json = answer.json();
    assert_eq!(json["error_code"], "VALIDATION_ERROR");
    assert_eq!(json["validation"][0]["field"], field);
    assert_eq!(json["validation"][0]["message"], message);
}

#[tokio::test]
async fn wuts_takes_a_full_catalog() {
    let sandbox = start(&[]).await;
    let full = products(&[10; 10]);
    let request = with(body(GatewayKind::Wuts, "catalog.toml"), "/sections", full);
    assert_eq!(post(&sandbox, "/send/catalog", &request).await.status, 200);
}

const LIST: (&str, &str) = ("/send/interactive", "list.toml");
const BUTTON: (&str, &str) = ("/send/buttons-response", "button-reply.toml");
const ROW: (&str, &str) = ("/send/list-response", "list-reply.toml");

#[rstest]
#[case::list_to_nobody(LIST, "/to", Value::Null, "Invalid recipient JID: empty input")]
#[case::list_without_body(LIST, "/body", json!(""), "body is required")]
#[case::list_without_button(LIST, "/button_text", Value::Null, "button_text is required")]
#[case::list_without_sections(LIST, "/sections", Value::Null, "sections is required")]
#[case::empty_section(LIST, "/sections/1/rows", json!([]), "sections[1].rows is required")]
#[case::row_without_id(
    LIST,
    "/sections/0/rows/1/id",
    Value::Null,
    "sections[0].rows[1].id is required"
)]
#[case::row_without_title(LIST, "/sections/0/rows/1/title", json!(""), "sections[0].rows[1].title is required")]
#[case::button_without_id(
    BUTTON,
    "/selected_button_id",
    Value::Null,
    "selected_button_id is required"
)]
#[case::button_without_text(BUTTON, "/selected_display_text", json!(""), "selected_display_text is required")]
#[case::button_without_quote(
    BUTTON,
    "/quoted/message_id",
    Value::Null,
    "quoted.message_id is required"
)]
#[case::button_without_participant(
    BUTTON,
    "/quoted/participant",
    Value::Null,
    "invalid quoted participant JID: empty input"
)]
#[case::row_to_nobody(ROW, "/to", json!(""), "Invalid recipient JID: empty input")]
#[case::row_without_row(ROW, "/selected_row_id", json!(""), "selected_row_id is required")]
#[case::row_of_no_title(ROW, "/title", Value::Null, "title is required")]
#[case::participant_as_a_number(ROW, "/quoted/participant", json!(PERSON), "invalid quoted participant JID: \"5511999999999\" is not the JID of a person")]
#[case::group_as_participant(ROW, "/quoted/participant", json!(GROUP), "invalid quoted participant JID: \"120363039000000000@g.us\" is not the JID of a person")]
#[tokio::test]
async fn wuts_refuses_with_a_bare_error(
    #[case] (path, name): (&str, &str),
    #[case] place: &str,
    #[case] value: Value,
    #[case] error: &str,
) {
    let sandbox = start(&[]).await;
    let request = with(body(GatewayKind::Wuts, name), place, value);
    let answer = post(&sandbox, path, &request).await;
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert_eq!(answer.json(), json!({ "error": error }));
}

#[rstest]
#[case::catalog("/send/catalog", &["success", "error", "timestamp"])]
#[case::list("/send/interactive", &["error"])]
#[case::button_reply("/send/buttons-response", &["error"])]
#[case::list_reply("/send/list-response", &["error"])]
#[tokio::test]
async fn wuts_needs_its_token(#[case] path: &str, #[case] keys: &[&str]) {
    let sandbox = start(&[]).await;
    let headers = "Content-Type: application/json\r\nAuthorization: Bearer x\r\n";
    let answer = raw(&sandbox, &format!("POST {path}"), headers, "{}").await;
    assert_eq!(
        (answer.status, answer.keys()),
        (401, keys.iter().map(ToString::to_string).collect())
    );
    assert_eq!(answer.json()["error"], "unauthorized");
}

const MESSAGES: &str = "POST /v23.0/106540352242922/messages";

async fn messages(faults: &[&str], body: &str) -> Answer {
    raw(&start(faults).await, MESSAGES, BEARER, body).await
}

#[rstest]
#[case::text("text.toml")]
#[case::list("list.toml")]
#[case::catalog("catalog.toml")]
#[tokio::test]
async fn the_cloud_api_answers_with_an_id(#[case] name: &str) {
    let answer = messages(&[], &body(GatewayKind::CloudApi, name).to_string()).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.keys(), ["messaging_product", "contacts", "messages"]);
    let json = answer.json();
    let contact = json!({ "input": PERSON, "wa_id": PERSON });
    assert_eq!(json["contacts"], json!([contact]));
    assert!(
        json["messages"][0]["id"]
            .as_str()
            .unwrap()
            .starts_with("wamid.")
    );
}

fn url_button() -> Value {
    let button = Button {
        id: "shop".to_owned(),
        text: "店".to_owned(),
        action: Action::Url {
            url: "https://example.com".to_owned(),
        },
    };
    let mut draft = sample("order.toml");
    if let Message::Buttons(message) = &mut draft.message {
        message.buttons = vec![button];
    }
    let account = Account::public(GatewayKind::CloudApi);
    account.encode(&draft).unwrap().body
}

fn whole_catalog() -> Value {
    let mut draft = sample("catalog.toml");
    if let Message::Catalog(message) = &mut draft.message {
        message.sections.clear();
    }
    let account = Account::public(GatewayKind::CloudApi);
    account.encode(&draft).unwrap().body
}

fn cloud(name: &str) -> Value {
    body(GatewayKind::CloudApi, name)
}

const ACTION: &str = "/interactive/action";

#[rstest]
#[case::no_product(
    cloud("text.toml"),
    "/messaging_product",
    Value::Null,
    131_008,
    "messaging_product is required"
)]
#[case::other_product(cloud("text.toml"), "/messaging_product", json!("sms"), 131_009, "messaging_product must be whatsapp")]
#[case::group(cloud("text.toml"), "/recipient_type", json!("list"), 131_009, "recipient_type must be individual or group")]
#[case::nobody(cloud("text.toml"), "/to", json!(""), 131_008, "to must not be empty")]
#[case::words(cloud("text.toml"), "/to", json!("日本"), 131_009, "to must be a phone number")]
#[case::address(cloud("text.toml"), "/to", json!(GROUP), 131_009, "to must be a phone number")]
#[case::number_as_a_number(cloud("text.toml"), "/to", json!(5), 131_009, "to must be a phone number")]
#[case::list_of_numbers(cloud("text.toml"), "/to", json!([PERSON]), 100, "to must be a string")]
#[case::empty_context(cloud("text.toml"), "/context", json!({}), 131_008, "context.message_id is required")]
#[case::no_type(cloud("order.toml"), "/type", Value::Null, 131_008, "type is required")]
#[case::other_type(cloud("text.toml"), "/type", json!("hologram"), 131_051, "type hologram is not supported")]
#[case::empty_text(cloud("text.toml"), "/text/body", json!(""), 131_008, "text.body must not be empty")]
#[case::long_text(cloud("text.toml"), "/text/body", json!("👍".repeat(2049)), 131_009, "text.body must be at most 4096 characters")]
#[case::preview_of_words(cloud("text.toml"), "/text/preview_url", json!("yes"), 131_009, "text.preview_url must be a boolean")]
#[case::other_interactive(cloud("order.toml"), "/interactive/type", json!("flow"), 131_051, "interactive.type flow is not supported")]
#[case::no_body(
    cloud("order.toml"),
    "/interactive/body",
    Value::Null,
    131_008,
    "interactive.body.text is required"
)]
#[case::long_body(cloud("order.toml"), "/interactive/body/text", json!("x".repeat(1025)), 131_009, "interactive.body.text must be at most 1024 characters")]
#[case::empty_footer(cloud("order.toml"), "/interactive/footer/text", json!(""), 131_008, "interactive.footer.text must not be empty")]
#[case::picture_as_header(cloud("order.toml"), "/interactive/header", json!({ "type": "image" }), 131_008, "interactive.header.image.link is required")]
#[case::sound_as_header(cloud("order.toml"), "/interactive/header", json!({ "type": "audio" }), 131_009, "interactive.header.type must be text")]
#[case::picture_over_a_list(cloud("list.toml"), "/interactive/header", json!({ "type": "image" }), 131_009, "interactive.header.type must be text")]
#[case::no_buttons(cloud("order.toml"), "/interactive/action/buttons", json!([]), 131_009, "interactive.action.buttons must have at least 1 item")]
#[case::other_button(cloud("order.toml"), "/interactive/action/buttons/0/type", json!("url"), 131_009, "interactive.action.buttons[0].type must be reply")]
#[case::long_title(cloud("order.toml"), "/interactive/action/buttons/1/reply/title", json!("é".repeat(21)), 131_009, "interactive.action.buttons[1].reply.title must be at most 20 characters")]
#[case::same_title(cloud("order.toml"), "/interactive/action/buttons/1/reply/title", json!("Confirm"), 131_009, "interactive.action.buttons[1].reply is not unique")]
#[case::id_with_a_space(cloud("order.toml"), "/interactive/action/buttons/0/reply/id", json!("a "), 131_009, "interactive.action.buttons[0].reply.id must not begin or end with a space")]
#[case::url_of_words(url_button(), "/interactive/action/parameters/url", json!("example.com"), 131_009, "interactive.action.parameters.url must be a URL")]
#[case::no_menu(
    cloud("list.toml"),
    "/interactive/action/button",
    Value::Null,
    131_008,
    "interactive.action.button is required"
)]
#[case::section_without_title(
    cloud("list.toml"),
    "/interactive/action/sections/1/title",
    Value::Null,
    131_008,
    "interactive.action.sections[1].title is required"
)]
#[case::section_without_rows(cloud("list.toml"), "/interactive/action/sections/1/rows", json!([]), 131_009, "interactive.action.sections[1].rows must have at least 1 item")]
#[case::same_row(cloud("list.toml"), "/interactive/action/sections/1/rows/0/id", json!("tea"), 131_009, "interactive.action.sections[1].rows[0].id is not unique")]
#[case::long_description(cloud("list.toml"), "/interactive/action/sections/0/rows/0/description", json!("x".repeat(73)), 131_009, "interactive.action.sections[0].rows[0].description must be at most 72 characters")]
#[case::eleven_rows(
    cloud("list.toml"),
    "/interactive/action/sections",
    rows(11),
    131_009,
    "rows must have at most 10 items"
)]
#[case::no_header(
    cloud("catalog.toml"),
    "/interactive/header",
    Value::Null,
    131_008,
    "interactive.header.text is required"
)]
#[case::no_catalog(cloud("catalog.toml"), "/interactive/action/catalog_id", json!(""), 131_008, "interactive.action.catalog_id must not be empty")]
#[case::empty_product(cloud("catalog.toml"), "/interactive/action/sections/0/product_items/0", json!({}), 131_008, "interactive.action.sections[0].product_items[0].product_retailer_id is required")]
#[case::thirty_one(
    cloud("catalog.toml"),
    "/interactive/action/sections",
    items(31),
    131_009,
    "product_items must have at most 30 items"
)]
#[case::no_name(
    whole_catalog(),
    "/interactive/action/name",
    Value::Null,
    131_008,
    "interactive.action.name is required"
)]
#[case::empty_thumbnail(whole_catalog(), "/interactive/action/parameters", json!({ "thumbnail_product_retailer_id": "" }), 131_008, "interactive.action.parameters.thumbnail_product_retailer_id must not be empty")]
#[tokio::test]
async fn the_cloud_api_refuses(
    #[case] body: Value,
    #[case] place: &str,
    #[case] value: Value,
    #[case] code: u32,
    #[case] details: &str,
) {
    assert_eq!(messages(&[], &body.to_string()).await.status, 200);
    let answer = messages(&[], &with(body, place, value)).await;
    assert_eq!(answer.status, 400, "{}", answer.body);
    let error = &answer.json()["error"];
    assert_eq!(error["code"], code);
    assert_eq!(error["error_data"]["details"], details);
}

fn rows(count: usize) -> Value {
    let row = |at| json!({ "id": format!("{at}"), "title": "行" });
    json!([{ "rows": (0..count).map(row).collect::<Vec<_>>() }])
}

fn items(count: usize) -> Value {
    let item = |at| json!({ "product_retailer_id": format!("{at}") });
    json!([{ "product_items": (0..count).map(item).collect::<Vec<_>>() }])
}

#[rstest]
#[case::most_rows(cloud("list.toml"), rows(10))]
#[case::most_products(cloud("catalog.toml"), items(30))]
#[tokio::test]
async fn the_cloud_api_takes_the_most(#[case] body: Value, #[case] sections: Value) {
    let place = format!("{ACTION}/sections");
    let answer = messages(&[], &with(body, &place, sections)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[rstest]
#[case::no_token(MESSAGES, "Content-Type: application/json\r\n", 401, 190)]
#[case::other_token(MESSAGES, "Authorization: Bearer x\r\n", 401, 190)]
#[case::other_number("POST /v23.0/1/messages", BEARER, 400, 100)]
#[case::other_version("POST /v23/106540352242922/messages", BEARER, 400, 2500)]
#[case::wrong_kind(
    MESSAGES,
    "Authorization: Bearer {token}\r\nContent-Type: text/plain\r\n",
    400,
    100
)]
#[case::no_json(MESSAGES, BEARER, 400, 100)]
#[tokio::test]
async fn the_cloud_api_knows_its_callers(
    #[case] start_line: &str,
    #[case] headers: &str,
    #[case] status: u16,
    #[case] code: u32,
) {
    let answer = raw(&start(&[]).await, start_line, headers, "{").await;
    assert_eq!(answer.status, status, "{}", answer.body);
    assert_eq!(answer.json()["error"]["code"], code);
}

#[rstest]
#[case("messages=200", 200, None)]
#[case("messages=400", 400, Some(131_009))]
#[case("messages=401", 401, Some(190))]
#[case("messages=403", 403, Some(10))]
#[case("messages=404", 404, Some(100))]
#[case("*=429", 429, Some(130_429))]
#[case("messages=500", 500, Some(131_000))]
#[case("messages=503", 503, Some(131_016))]
#[tokio::test]
async fn the_cloud_api_misbehaves(
    #[case] fault: &str,
    #[case] status: u16,
    #[case] code: Option<u32>,
) {
    let answer = messages(&[fault], &cloud("text.toml").to_string()).await;
    assert_eq!(answer.status, status);
    let json = answer.json();
    let found = json.pointer("/error/code").and_then(Value::as_u64);
    assert_eq!(found, code.map(u64::from));
    assert_eq!(json.pointer("/messages/0/id"), None);
}

#[rstest]
#[case::catalog("send/catalog=400", "/send/catalog", "Validation failed")]
#[case::catalog_device("send/catalog=500", "/send/catalog", "failed to acquire device")]
#[case::list(
    "send/interactive=500",
    "/send/interactive",
    "Failed to send interactive list message: timeout"
)]
#[case::button_reply(
    "send/buttons-response=500",
    "/send/buttons-response",
    "Failed to send buttons response: timeout"
)]
#[case::list_reply(
    "send/list-response=400",
    "/send/list-response",
    "WhatsApp not connected"
)]
#[tokio::test]
async fn wuts_misbehaves(#[case] fault: &str, #[case] path: &str, #[case] error: &str) {
    let answer = post(&start(&[fault]).await, path, "{}").await;
    assert_eq!(answer.json()["error"], error);
}

/// A quote reaches the Cloud API as its context.
#[tokio::test]
async fn a_sandbox_remembers_what_came() {
    let sandbox = start(&[]).await;
    let mut draft = sample("order.toml");
    draft.quote = sample("button-reply.toml").quote;
    draft.text_at_mut(Field::Text).unwrap().push_str(" שלום");
    let account = sandbox.account(GatewayKind::CloudApi);
    let exchange = send(&account, &sandbox.token(), &draft, PATIENT).await;
    assert_eq!(exchange.outcome.name(), "accepted");
    let received = sandbox.received().pop().unwrap();
    assert_eq!(received.path, "/v23.0/106540352242922/messages");
    let body: Value = serde_json::from_str(&received.body).unwrap();
    assert_eq!(body["context"]["message_id"], "3EB0XXXX1234567890ABCDEF");
}
