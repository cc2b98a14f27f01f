//! Evolution API's dialect: what is taken, what is refused in which words, and what is asked besides.

use rstest::rstest;
use serde_json::{Value, json};
use wacompose::gateway::GatewayKind;
use wacompose::sandbox::Sandbox;

use super::{Answer, PERSON, TEXT, raw, start};

const KEY: &str = "Content-Type: application/json\r\napikey: {token}\r\n";

async fn send(sandbox: &Sandbox, method: &str, body: &Value) -> Answer {
    let line = format!("POST /message/{method}/sandbox");
    raw(sandbox, &line, KEY, &body.to_string()).await
}

fn message(answer: &Answer) -> Value {
    let json = answer.json();
    assert_eq!(answer.keys(), ["status", "error", "response"]);
    assert_eq!(json["status"], answer.status);
    json["response"]["message"].clone()
}

fn row(id: &str) -> Value {
    json!({ "title": "行", "rowId": id })
}

fn list(sections: &Value) -> Value {
    json!({ "number": PERSON, "title": "", "footerText": "", "buttonText": "", "sections": sections })
}

fn reply(id: &str) -> Value {
    json!({ "type": "reply", "displayText": TEXT, "id": id })
}

fn url() -> Value {
    json!({ "type": "url", "displayText": TEXT, "url": "https://例え.テスト" })
}

fn pix() -> Value {
    json!({ "type": "pix", "currency": "BRL", "name": "José", "keyType": "email", "key": "a@b.c" })
}

fn buttons(buttons: &[Value]) -> Value {
    json!({ "number": PERSON, "title": TEXT, "buttons": buttons })
}

#[rstest]
#[case::text("sendText", json!({ "number": "+55 (11) 99999-9999", "text": TEXT, "linkPreview": false, "delay": 1, "unknown": 1 }), "conversation")]
#[case::quote("sendText", json!({ "number": PERSON, "text": TEXT, "quoted": { "key": { "id": "3EB0" } } }), "conversation")]
#[case::replies("sendButtons", buttons(&[reply("a"), reply("b"), reply("c")]), "interactiveMessage")]
#[case::actions("sendButtons", buttons(&[url(), json!({ "type": "call", "displayText": "日", "phoneNumber": "1" })]), "interactiveMessage")]
#[case::pix("sendButtons", buttons(&[pix()]), "interactiveMessage")]
#[case::list("sendList", list(&json!([{ "title": "", "rows": [row("a"), row("b")] }])), "listMessage")]
#[case::poll("sendPoll", json!({ "number": PERSON, "name": TEXT, "selectableCount": 0, "values": ["a", "日本"] }), "pollCreationMessageV3")]
#[case::media("sendMedia", json!({ "number": PERSON, "mediatype": "image", "media": "https://e.test/a.jpg" }), "imageMessage")]
#[tokio::test]
async fn a_message_is_taken(#[case] method: &str, #[case] body: Value, #[case] kind: &str) {
    let sandbox = start(&[]).await;
    let answer = send(&sandbox, method, &body).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let keys = [
        "key",
        "pushName",
        "status",
        "message",
        "contextInfo",
        "messageType",
        "messageTimestamp",
        "instanceId",
        "source",
    ];
    assert_eq!(answer.keys(), keys);
    let json = answer.json();
    assert_eq!(json["messageType"], kind);
    assert_eq!(json["status"], "PENDING");
    assert_eq!(json["key"]["remoteJid"], "5511999999999@s.whatsapp.net");
    assert!(json["key"]["id"].as_str().unwrap().starts_with("3EB0"));
}

#[rstest]
#[case::nothing("sendText", json!({}), json!([["instance requires property \"number\""]]))]
#[case::no_text("sendText", json!({ "number": PERSON }), json!([["instance requires property \"text\""]]))]
#[case::number("sendText", json!({ "number": 5511, "text": "a" }), json!([["instance.number is not of a type(s) string"]]))]
#[case::delay("sendText", json!({ "number": PERSON, "text": "a", "delay": "1" }), json!([["instance.delay is not of a type(s) integer"]]))]
#[case::absent("sendText", json!({ "number": "日本 1234", "text": "a" }), json!([{ "exists": false, "jid": "1234@s.whatsapp.net", "number": "日本 1234" }]))]
#[case::no_button("sendButtons", json!({ "number": PERSON }), json!(["At least one button is required"]))]
#[case::four("sendButtons", buttons(&[reply("a"), reply("b"), reply("c"), reply("d")]), json!(["Maximum of 3 reply buttons allowed"]))]
#[case::mixed("sendButtons", buttons(&[reply("a"), url()]), json!(["Reply buttons cannot be mixed with CTA or PIX buttons"]))]
#[case::three_actions("sendButtons", buttons(&[url(), url(), url()]), json!(["Maximum of 2 CTA buttons allowed"]))]
#[case::two_pix("sendButtons", buttons(&[pix(), pix()]), json!(["Only one PIX button is allowed"]))]
#[case::pix_and_url("sendButtons", buttons(&[pix(), url()]), json!(["PIX button cannot be mixed with other button types"]))]
#[case::kind("sendButtons", buttons(&[json!({ "type": "日" })]), json!([["instance.buttons[0].type is not one of enum values: reply,copy,url,call,pix"]]))]
#[case::no_footer("sendList", json!({ "number": PERSON, "title": "" }), json!([["instance requires property \"footerText\""]]))]
#[case::no_section("sendList", list(&json!([])), json!([["instance.sections does not meet minimum length of 1"]]))]
#[case::empty_description("sendList", list(&json!([{ "title": "", "rows": [{ "title": "a", "rowId": "a", "description": "" }] }])), json!([["The \"description\" cannot be empty"]]))]
#[case::row_twice("sendList", list(&json!([{ "title": "", "rows": [row("a"), row("a")] }])), json!([["instance.sections[0].rows contains duplicate item"]]))]
#[case::one_option("sendPoll", json!({ "number": PERSON, "name": "a", "selectableCount": 1, "values": ["a"] }), json!([["instance.values does not meet minimum length of 2"]]))]
#[case::option_twice("sendPoll", json!({ "number": PERSON, "name": "a", "selectableCount": 1, "values": ["日", "日"] }), json!([["instance.values contains duplicate item"]]))]
#[tokio::test]
async fn a_message_is_refused(#[case] method: &str, #[case] body: Value, #[case] expected: Value) {
    let sandbox = start(&[]).await;
    let answer = send(&sandbox, method, &body).await;
    assert_eq!((answer.status, message(&answer)), (400, expected));
}

#[rstest]
#[case::no_instance("POST /message/sendText/loja%20x", KEY, 404, json!(["The \"loja x\" instance does not exist"]))]
#[case::no_instance_before_the_key("POST /message/sendText/x", "", 404, json!(["The \"x\" instance does not exist"]))]
#[case::no_key("POST /message/sendText/sandbox", "", 401, json!("Unauthorized"))]
#[case::no_method("POST /message/sendNothing/sandbox", KEY, 404, json!(["Cannot POST /message/sendNothing/sandbox"]))]
#[case::no_instance_in_the_path("POST /message/sendText", KEY, 404, json!(["Cannot POST /message/sendText"]))]
#[case::wrong_verb("GET /message/sendText/sandbox", KEY, 404, json!(["Cannot GET /message/sendText/sandbox"]))]
#[case::root("POST /", KEY, 404, json!(["Cannot POST /"]))]
#[case::instance_group("GET /instance/nothing/sandbox", KEY, 404, json!(["Cannot GET /instance/nothing/sandbox"]))]
#[case::another_instance("GET /instance/fetchInstances?instanceName=x", KEY, 404, json!(["Instance not found"]))]
#[tokio::test]
async fn a_path_is_refused(
    #[case] line: &str,
    #[case] headers: &str,
    #[case] status: u16,
    #[case] expected: Value,
) {
    let sandbox = start(&[]).await;
    let answer = raw(&sandbox, line, headers, "").await;
    assert_eq!((answer.status, message(&answer)), (status, expected));
}

#[tokio::test]
async fn what_is_no_json_is_refused() {
    let sandbox = start(&[]).await;
    let answer = raw(&sandbox, "POST /message/sendText/sandbox", KEY, "{\"a\":").await;
    assert_eq!(answer.status, 400);
    assert!(
        message(&answer)[0]
            .as_str()
            .unwrap()
            .starts_with("Unexpected token")
    );
}

#[tokio::test]
async fn the_server_says_its_version_to_everybody() {
    let sandbox = start(&[]).await;
    let answer = raw(&sandbox, "GET /", "", "").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["version"], "2.4.0");
}

#[rstest]
#[case::open(&[], "open")]
#[case::close(&["instance/connectionState=state:close"], "close")]
#[tokio::test]
async fn the_instance_has_a_state(#[case] faults: &[&str], #[case] expected: &str) {
    let sandbox = start(faults).await;
    let line = "GET /instance/connectionState/%20sandbox";
    let answer = raw(&sandbox, line, KEY, "").await;
    let state = json!({ "instance": { "instanceName": "sandbox", "state": expected } });
    assert_eq!((answer.status, answer.json()), (200, state));
    let body = json!({ "number": PERSON, "text": TEXT });
    let sent = send(&sandbox, "sendText", &body).await;
    assert_eq!(sent.status == 201, expected == "open", "{}", sent.body);
    let list = raw(&sandbox, "GET /instance/fetchInstances", KEY, "").await;
    assert_eq!(list.json()[0]["integration"], "WHATSAPP-BAILEYS");
    assert_eq!(list.json()[0]["connectionStatus"], expected);
}

#[tokio::test]
async fn what_was_sent_is_found() {
    let sandbox = start(&[]).await;
    let mut sent = Vec::new();
    for (method, body) in [
        (
            "sendText",
            json!({ "number": "5531987654321", "text": TEXT, "messageId": "3EB0OWN" }),
        ),
        (
            "sendButtons",
            json!({ "number": "5531987654321", "title": TEXT, "messageId": "3EB0OTHER", "buttons": [reply("a")] }),
        ),
        ("sendText", json!({ "number": PERSON, "text": TEXT })),
    ] {
        sent.push(send(&sandbox, method, &body).await.json());
    }
    assert_eq!(sent[0]["key"]["id"], "3EB0OWN");
    assert_ne!(sent[1]["key"]["id"], "3EB0OTHER");
    let find = |body: Value| {
        let sandbox = &sandbox;
        async move {
            let line = "POST /chat/findMessages/sandbox";
            raw(sandbox, line, KEY, &body.to_string()).await.json()
        }
    };
    let chat = "553187654321@s.whatsapp.net";
    let both = json!({ "where": { "key": { "remoteJid": chat, "remoteJidAlt": chat } } });
    let found = find(both).await;
    assert_eq!(found["messages"]["total"], 2);
    assert_eq!(found["messages"]["records"][0], sent[1]);
    let text = &found["messages"]["records"][0]["message"]["interactiveMessage"]["body"]["text"];
    assert_eq!(text, &json!(format!("*{TEXT}*")));
    let one = json!({ "where": { "key": { "remoteJid": chat, "id": "3EB0OWN" } } });
    assert_eq!(find(one).await["messages"]["records"], json!([sent[0]]));
    let none = find(json!({ "where": { "key": { "id": "3EB0OWN" } } })).await;
    assert_eq!(none["messages"]["total"], 0);
    let line = "POST /chat/whatsappNumbers/sandbox";
    let asked = json!({ "numbers": ["5531987654321", "12"] }).to_string();
    let numbers = raw(&sandbox, line, KEY, &asked).await.json();
    assert_eq!(
        (&numbers[0]["exists"], &numbers[0]["jid"]),
        (&json!(true), &json!(chat))
    );
    assert_eq!(numbers[1]["exists"], false);
}

#[rstest]
#[case::unknown("message/sendText=400", 400, "Error: Timed Out")]
#[case::licence("message/sendText=503", 503, "LICENSE_REQUIRED")]
#[case::meta("message/sendText=201", 201, "fbtrace_id")]
#[case::key("*=401", 401, "Unauthorized")]
#[tokio::test]
async fn it_goes_wrong_as_the_server_does(
    #[case] fault: &str,
    #[case] status: u16,
    #[case] said: &str,
) {
    let sandbox = start(&[fault]).await;
    let body = json!({ "number": PERSON, "text": TEXT });
    let answer = send(&sandbox, "sendText", &body).await;
    assert_eq!(answer.status, status);
    assert!(answer.body.contains(said), "{}", answer.body);
}

#[tokio::test]
async fn a_profile_is_put_on_it() {
    let sandbox = start(&[]).await;
    let account = sandbox.account(GatewayKind::Evolution);
    assert_eq!(account.settings["instance"], "sandbox");
    let needed: Vec<_> = sandbox.needed_settings().collect();
    assert!(needed.contains(&("instance", "sandbox")), "{needed:?}");
}
