//! What is understood and cannot be composed is named, and so is what is no request at all.

use rstest::rstest;
use wacompose::import::{import, pointer};

#[rstest]
#[case::green_file(
    r#"{"chatId":"1@c.us","urlFile":"https://e/a.png","fileName":"a.png","caption":"é"}"#,
    "GREEN-API's sendFileByUrl: pictures"
)]
#[case::green_place(
    r#"{"chatId":"1@c.us","nameLocation":"é","latitude":1.5,"longitude":2}"#,
    "GREEN-API's sendLocation: places"
)]
#[case::green_contact(
    r#"{"chatId":"1@c.us","contact":{"phoneContact":5511}}"#,
    "GREEN-API's sendContact: contacts"
)]
#[case::green_edit(
    r#"{"chatId":"1@c.us","idMessage":"3EB0","message":"é"}"#,
    "GREEN-API's editMessage: it changes a message"
)]
#[case::green_read(
    r#"{"chatId":"1@c.us","idMessage":"3EB0"}"#,
    "GREEN-API's readChat or deleteMessage"
)]
#[case::green_forward(
    r#"{"chatId":"1@c.us","chatIdFrom":"2@c.us","messages":["3EB0"]}"#,
    "GREEN-API's forwardMessages: it forwards"
)]
#[case::green_link(
    r#"{"chatId":"1@c.us","urlLink":"https://example.com"}"#,
    "GREEN-API's sendLink"
)]
#[case::evolution_media(
    r#"{"number":"1","mediatype":"image","media":"https://e/a.png","caption":"é"}"#,
    "Evolution API's sendMedia: pictures"
)]
#[case::evolution_1_media(
    r#"{"number":"1","mediaMessage":{"media":"https://e/a.png"}}"#,
    "Evolution API's sendMedia: pictures"
)]
#[case::evolution_1_poll(
    r#"{"number":"1","pollMessage":{"name":"é"}}"#,
    "Evolution API's sendPoll: its polls"
)]
#[case::evolution_place(
    r#"{"number":"1","name":"é","latitude":1,"longitude":2}"#,
    "Evolution API's sendLocation"
)]
#[case::evolution_contact(
    r#"{"number":"1","contact":[{"fullName":"é"}]}"#,
    "Evolution API's sendContact"
)]
#[case::evolution_reaction(
    r#"{"key":{"id":"3EB0"},"reaction":"👍"}"#,
    "Evolution API's sendReaction: reactions"
)]
#[case::evolution_carousel(
    r#"{"number":"1","body":"é","cards":[]}"#,
    "Evolution API's sendCarousel: carousels"
)]
#[case::waha_poll(
    r#"{"chatId":"1@c.us","session":"s","poll":{"name":"é","options":["a"]}}"#,
    "WAHA's sendPoll: its polls"
)]
#[case::waha_file(
    r#"{"chatId":"1@c.us","file":{"url":"https://e/a.png"},"caption":"é"}"#,
    "WAHA's sendFile: pictures"
)]
#[case::waha_seen(
    r#"{"chatId":"1@c.us","messageIds":["a"]}"#,
    "WAHA's sendSeen: it marks"
)]
#[case::wuzapi_image(
    r#"{"Phone":"1","Image":"data:image/jpeg;base64,AAAA","Caption":"é"}"#,
    "wuzapi's send/image: pictures"
)]
#[case::wuzapi_place(
    r#"{"Phone":"1","Latitude":1.5,"Longitude":2}"#,
    "wuzapi's send/location: places"
)]
#[case::cloud_read(
    r#"{"messaging_product":"whatsapp","status":"read","message_id":"wamid.A"}"#,
    "the Cloud API's mark as read: it marks"
)]
#[case::cloud_typing(r#"{"messaging_product":"whatsapp","status":"read","message_id":"wamid.A","typing_indicator":{"type":"text"}}"#, "the Cloud API's mark as read")]
#[case::cloud_template_of_a_flow(
    r#"{"messaging_product":"whatsapp","to":"1","type":"template","template":{"name":"é","components":[{"type":"button","sub_type":"flow","index":"0"}]}}"#,
    "a template of the Cloud API with a button of type \"flow\": write it as kind"
)]
#[case::cloud_template_with_a_carousel(
    r#"{"messaging_product":"whatsapp","to":"1","template":{"name":"é","components":[{"type":"carousel","cards":[]}]}}"#,
    "a component of type \"carousel\""
)]
#[case::cloud_image(r#"{"messaging_product":"whatsapp","to":"1","type":"IMAGE","image":{"link":"https://e/a.png"}}"#, "type \"image\" is of no kind that a message file has: pictures")]
#[case::cloud_reaction(
    r#"{"messaging_product":"whatsapp","to":"1","type":"reaction","reaction":{"emoji":"👍"}}"#,
    "type \"reaction\""
)]
#[case::cloud_product(r#"{"messaging_product":"whatsapp","to":"1","type":"interactive","interactive":{"type":"product","action":{}}}"#, "type \"product\"")]
#[case::cloud_flow_in_a_text(r#"{"messaging_product":"whatsapp","to":"1","type":"interactive","interactive":"{\"type\":\"flow\"}"}"#, "type \"flow\"")]
#[case::cloud_group(r#"{"messaging_product":"whatsapp","recipient_type":"GROUP","to":"Y2F","type":"text","text":{"body":"é"}}"#, "(recipient_type \"group\")")]
#[case::z_api(
    r#"{"phone":"5511","message":"é"}"#,
    "Z-API or WPPConnect, whose bodies are not read"
)]
#[case::wppconnect(r#"{"phone":"5511","message":"é","isGroup":false}"#, "to WPPConnect, ")]
#[case::telegram(r#"{"chat_id":1,"text":"é"}"#, "to Telegram")]
#[case::twilio(r#"{"To":"whatsapp:+1","From":"whatsapp:+2","Body":"é"}"#, "to Twilio")]
#[case::webhook(
    r#"{"object":"whatsapp_business_account","entry":[]}"#,
    "a webhook of the Cloud API, and no request"
)]
#[case::notification(
    r#"{"typeWebhook":"incomingMessageReceived"}"#,
    "a notification of GREEN-API"
)]
#[case::answer(r#"{"idMessage":"3EB0"}"#, "an answer of GREEN-API")]
#[case::cloud_answer(
    r#"{"messaging_product":"whatsapp","contacts":[],"messages":[{"id":"wamid.A"}]}"#,
    "an answer of the Cloud API"
)]
#[case::cloud_error(
    r#"{"error":{"message":"é","code":100}}"#,
    "an error that a gateway answered"
)]
#[case::message_file(
    r#"{"kind":"text","to":"1","text":"é"}"#,
    "this is a message file already"
)]
#[case::toml(
    "kind = \"text\"\nto = \"1\"\ntext = \"é\"\n",
    "this is a message file already"
)]
#[case::several(
    r#"[{"number":"1","text":"a"},{"number":"2","text":"b"}]"#,
    "import one at a time"
)]
#[case::javascript(
    "fetch(\"https://h\", {\n  \"body\": \"{}\"\n});",
    "JavaScript (fetch): in the browser, copy it as cURL"
)]
#[case::python("import requests\n\nrequests.post(url, json={})", "Python")]
fn it_is_named(#[case] text: &str, #[case] said: &str) {
    let error = import(text).unwrap_err().to_string();
    assert!(error.contains(said), "{error}");
    assert_eq!(error.lines().count(), 1);
}

/// The method of the address is named, whatever the body looks like.
#[rstest]
#[case::edit(
    "https://api.green-api.com/waInstance1/editMessage/t0ken",
    "GREEN-API's editMessage"
)]
#[case::status(
    "https://api.green-api.com/waInstance1/sendTextStatus/t0ken",
    "GREEN-API's sendTextStatus: a status"
)]
#[case::another(
    "https://api.green-api.com/waInstance1/checkWhatsapp/t0ken",
    "GREEN-API's checkWhatsapp: it is none of the messages"
)]
#[case::evolution(
    "https://e/message/sendWhatsAppAudio/me",
    "Evolution API's sendWhatsAppAudio: pictures"
)]
#[case::evolution_read(
    "https://e/chat/markMessageAsRead/me",
    "Evolution API's markMessageAsRead: it marks"
)]
#[case::waha("http://h:3000/api/sendPoll", "WAHA's sendPoll: its polls")]
#[case::wuzapi_react("http://h:8080/chat/react", "wuzapi's react: reactions")]
#[case::cloud(
    "https://graph.facebook.com/v23.0/1/media",
    "the Cloud API's media: pictures"
)]
#[case::twilio(
    "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json",
    "to Twilio, whose bodies are not read"
)]
#[case::z_api("https://api.z-api.io/instances/1/token/t0ken/send-text", "to Z-API")]
fn a_method_is_named(#[case] url: &str, #[case] said: &str) {
    let body =
        r#"{"chatId":"1@c.us","message":"é","number":"1","text":"日本","phone":"1","body":"x"}"#;
    let error = import(&format!("curl '{url}' -d '{body}'"))
        .unwrap_err()
        .to_string();
    assert!(error.contains(said), "{error}");
    assert!(!error.contains("t0ken"), "{error}");
    let error = import(&format!("curl '{url}' -F a=b"))
        .unwrap_err()
        .to_string();
    assert!(error.contains(said), "a form too: {error}");
}

/// A message file with a mistake is told its mistake, and nothing of a gateway's body.
#[rstest]
#[case::message_file(r#"{"kind":"polls","to":"5511","text":"日本","options":["a"]}"#, false)]
#[case::body(r#"{"number":"5511999999999","text":"日本 👩‍👩‍👧"}"#, true)]
fn a_message_file_is_no_body(#[case] text: &str, #[case] is_body: bool) {
    assert_eq!(pointer(text, "a.json").is_some(), is_body);
}
