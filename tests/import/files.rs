//! Exports of other programs, and what this one prints itself.

use rstest::rstest;
use wacompose::gateway::{Account, GatewayKind};
use wacompose::import::import;
use wacompose::message::file::{Format, parse};

#[rstest]
#[case::postman(r#"{"info":{"name":"c","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":[{"name":"f","item":[
    {"name":"get","request":{"method":"GET","url":"https://h/status"}},
    {"name":"send","request":{"method":"POST","url":{"raw":"https://h/send/text"},"header":[{"key":"Token","value":"s3cret"}],"body":{"mode":"raw","raw":"{\"number\":\"{{to}}\",\"text\":\"é\"}"}}}]}]}"#, "{{to}}")]
#[case::insomnia(r#"{"_type":"export","resources":[{"_type":"workspace","name":"w"},{"_type":"request","name":"r","url":"https://h/send/text","method":"POST","body":{"mimeType":"application/json","text":"{\"number\":\"{{ _.to }}\",\"text\":\"é\"}"}}]}"#, "{{to}}")]
#[case::har(r#"{"log":{"version":"1.2","entries":[{"request":{"method":"GET","url":"https://h/"}},{"request":{"method":"POST","url":"https://h/send/text","headers":[{"name":"Authorization","value":"s3cret"}],"postData":{"mimeType":"application/json","text":"{\"number\":\"1\",\"text\":\"é\"}"}}},{"request":{"method":"POST","url":"https://h/count","postData":{"text":"a=b"}}}]}}"#, "1")]
fn the_only_request_is_read(#[case] export: &str, #[case] to: &str) {
    let imported = import(export).unwrap();
    assert_eq!(
        (imported.draft.to.as_str(), imported.draft.message.text()),
        (to, "é")
    );
    assert!(!format!("{imported:?}").contains("s3cret"));
}

#[rstest]
#[case::postman(r#"{"info":{},"item":[{"name":"sendText 日本","request":{"url":"https://h","body":{"mode":"raw","raw":"{\"a\":1}"}}},{"name":"sendPoll","request":{"url":"https://h","body":{"mode":"raw","raw":"{\"a\":1}"}}}]}"#, "a Postman collection of 2 requests (sendText 日本, sendPoll)")]
#[case::empty(
    r#"{"info":{},"item":[]}"#,
    "a Postman collection, in which no request sends a body"
)]
#[case::har(
    r#"{"log":{"entries":[]}}"#,
    "a HAR recording, in which no request sends a body"
)]
#[case::har_of_two(r#"{"log":{"entries":[{"request":{"url":"https://h/send/text/s3cret0","postData":{"text":"{\"a\":1}"}}},{"request":{"url":"https://h/send/text","postData":{"text":"{\"a\":1}"}}}]}}"#, "a HAR recording of 2 requests (send/text, send/text)")]
fn several_requests_are_named(#[case] export: &str, #[case] said: &str) {
    let error = import(export).unwrap_err().to_string();
    assert!(error.contains(said), "{error}");
    assert!(!error.contains("s3cret"), "{error}");
}

/// What `payload` prints comes back the same, in each of its formats.
#[rstest]
fn what_payload_prints_comes_back(
    #[values(GatewayKind::Wuts, GatewayKind::GreenApi, GatewayKind::CloudApi)] gateway: GatewayKind,
    #[values(
        "kind = \"text\"\nto = \"5511999999999\"\ntext = \"it's {{{{x}}}} $HOME \\\\ “日本” \\u001b\\n\\n### é\\n> {%\"\n",
        "kind = \"buttons\"\nto = \"5511999999999\"\ntext = \"שלום\"\n[[buttons]]\nid = \"a\"\ntext = \"👩‍👩‍👧\"\n"
    )]
    file: &str,
) {
    let draft = parse(file, Format::Toml).unwrap();
    let account = Account::public(gateway)
        .with("id_instance", "1101000001")
        .with("phone_number_id", "106540352242922");
    let request = account.encode(&draft).unwrap();
    let body = import(&request.body_text()).unwrap();
    for written in [
        request.to_http("t0ken"),
        request.to_http("t0ken").replace('\n', "\r\n"),
        request.to_curl("t0ken"),
        request.to_json("t0ken").to_string(),
        format!("```\n{}\n```", request.to_http("t0ken")),
    ] {
        let imported = import(&written).unwrap_or_else(|error| panic!("{error}\n{written}"));
        assert_eq!(imported.draft, body.draft, "{written}");
        assert!(!format!("{imported:?}").contains("t0ken"));
    }
}
