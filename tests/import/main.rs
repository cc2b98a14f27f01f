//! What was sent becomes a draft again: bodies of every gateway, curl commands, and what is neither.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a fixture that is missing fails its test"
)]

#[path = "../common/mod.rs"]
mod common;

mod anything;
mod bodies;
mod commands;
mod files;
mod refused;
mod silent;
mod templates;
mod written;

use std::path::PathBuf;

use proptest::prelude::*;
use rstest::rstest;
use wacompose::gateway::{Account, GatewayKind};
use wacompose::import::{ImportError, Source, import};
use wacompose::message::file::read;
use wacompose::message::{Draft, Field, Message, Text};

const TOKEN: &str = "s3cret-9f1c2d3e";

fn account(gateway: GatewayKind) -> Account {
    Account::public(gateway)
        .with("id_instance", "1101000001")
        .with("instance", "my shop")
        .with("phone_number_id", "106540352242922")
        .with("catalog_id", "194836987003835")
}

fn text(to: &str, text: &str) -> Draft {
    Draft {
        to: to.to_owned(),
        message: Message::Text(Text {
            text: text.to_owned(),
        }),
        ..Draft::default()
    }
}

/// Every documented example that a gateway carries comes back whole: sent again, it is the same
/// request, and nothing of it is left out.
#[rstest]
fn an_example_comes_back(
    #[files("tests/fixtures/golden/requests/*/*.toml")]
    #[files("assets/samples/*.toml")]
    path: PathBuf,
) {
    let draft = read(&path).unwrap();
    let mut carried = 0;
    for gateway in GatewayKind::ALL {
        let account = account(gateway);
        let Ok(request) = account.encode(&draft) else {
            continue;
        };
        let imported = import(&request.body_text()).unwrap();
        assert_eq!(imported.left_out, [""; 0], "{gateway}");
        let source = match gateway {
            GatewayKind::Wuts => Source::Wuts,
            GatewayKind::GreenApi => Source::GreenApi,
            GatewayKind::CloudApi => Source::CloudApi,
            GatewayKind::Evolution => Source::Evolution,
        };
        // A text of Evolution's without an option of its own is WUTS' too, until an address tells.
        let is_both = source == Source::Evolution && imported.source == Source::Wuts;
        assert!(
            imported.source == source || is_both && request.body.get("text").is_some(),
            "{gateway}: {:?}",
            imported.source
        );
        assert_eq!(imported.draft.message.kind(), draft.message.kind());
        assert_eq!(
            account.encode(&imported.draft).unwrap(),
            request,
            "{gateway}"
        );
        // What is certain of an address is not of a body alone.
        let mut imported = imported;
        let is_of_wait = |warning: &String| warning.contains("read as milliseconds");
        imported.warnings.retain(|warning| !is_of_wait(warning));
        for written in [request.to_curl(TOKEN), request.to_json(TOKEN).to_string()] {
            let mut again = import(&written).unwrap();
            // of a command it is said that its braces are sent
            again
                .warnings
                .retain(|warning| !warning.contains("in it, which is sent as it is"));
            again.warnings.retain(|warning| !is_of_wait(warning));
            assert_eq!(again.source, source, "{written}");
            again.source = imported.source;
            assert_eq!(again, imported, "{written}");
        }
        carried += 1;
    }
    assert!(carried > 0);
}

/// What a gateway carries whole is the same draft, but for the spelling of numbers.
#[rstest]
#[case::catalog(GatewayKind::Wuts, "assets/samples/catalog.toml")]
#[case::list(GatewayKind::Wuts, "assets/samples/list.toml")]
#[case::button_reply(GatewayKind::Wuts, "assets/samples/button-reply.toml")]
#[case::list_reply(GatewayKind::Wuts, "assets/samples/list-reply.toml")]
#[case::buttons(GatewayKind::Wuts, "assets/samples/order.toml")]
#[case::links(
    GatewayKind::GreenApi,
    "tests/fixtures/golden/requests/green-api/sendInteractiveButtons.toml"
)]
#[case::cloud_text(
    GatewayKind::CloudApi,
    "tests/fixtures/golden/requests/cloud-api/text.toml"
)]
#[case::cloud_buttons(
    GatewayKind::CloudApi,
    "tests/fixtures/golden/requests/cloud-api/button.toml"
)]
#[case::cloud_list(GatewayKind::CloudApi, "assets/samples/list.toml")]
#[case::cloud_catalog(
    GatewayKind::CloudApi,
    "tests/fixtures/golden/requests/cloud-api/product_list-of-another.toml"
)]
#[case::whole_catalog(
    GatewayKind::CloudApi,
    "tests/fixtures/golden/requests/cloud-api/catalog_message.toml"
)]
fn a_draft_comes_back(#[case] gateway: GatewayKind, #[case] path: PathBuf) {
    let mut draft = read(&path).unwrap();
    let digits = |text: &mut String| {
        *text = text.chars().filter(char::is_ascii_digit).collect();
    };
    let mut imported = import(&account(gateway).encode(&draft).unwrap().body_text()).unwrap();
    for draft in [&mut draft, &mut imported.draft] {
        for field in draft.text_fields() {
            let text = draft.text_at_mut(field).unwrap();
            if field == Field::To || field.to_string().ends_with("phone") {
                digits(text);
            }
        }
    }
    assert_eq!(imported.draft, draft);
}

#[rstest]
#[case::documented(
    "curl -X POST https://api.wuts.com.br/send/text \\\n  -H 'Authorization: Bearer s3cret-9f1c2d3e' \\\n  -H \"Content-Type: application/json\" \\\n  -d '{\"number\":\"5511999999999\",\"text\":\"Olá 👋\"}'",
    "Olá 👋"
)]
#[case::windows_lines(
    "curl https://h/ \\\r\n  --data '{\"number\":\"5511999999999\",\"text\":\"日本\"}'",
    "日本"
)]
#[case::prompt(
    "$ curl --json '{\"number\":\"5511999999999\",\"text\":\"é\"}' https://h/",
    "é"
)]
#[case::attached(
    "curl -XPOST -H'a: b' -sSLd'{\"number\":\"5511999999999\",\"text\":\"é\"}' h",
    "é"
)]
#[case::double_quotes(
    r#"curl h --data-raw "{\"number\":\"5511999999999\",\"text\":\"a \$1\"}" --compressed"#,
    "a $1"
)]
#[case::quote_in_quotes(r#"curl h -d '{"number":"5511999999999","text":"it'\''s"}'"#, "it's")]
#[case::browser(
    r#"curl 'https://h/' --data-raw $'{"number":"5511999999999","text":"it\'s \u0021 \ud83d\ude00 \\n שלום"}'"#,
    "it's ! 😀 \n שלום"
)]
#[case::lone_surrogate(
    r#"curl h --data-raw $'{"number":"5511999999999","text":"\ud83d\u0041 \x41\U0001f44b\q"}'"#,
    "\u{fffd}A A👋q"
)]
#[case::dollar_in_quotes(
    r#"curl h -d '{"number":"5511999999999","text":"$'"'"'x'"'"'"}'"#,
    "$'x'"
)]
#[case::in_two_parts(
    r#"curl h --json '{"number":"5511999999999",' --json '"text":"👩‍👩‍👧"}'"#,
    "👩‍👩‍👧"
)]
#[case::body(
    "\u{feff} {\"number\":\"5511999999999\",\"text\":\"e\u{301}\"}\n",
    "e\u{301}"
)]
#[case::request(
    r#"{"method":"POST","url":"https://h","headers":{},"body":{"number":"5511999999999","text":"中"}}"#,
    "中"
)]
fn a_text_is_found(#[case] written: &str, #[case] expected: &str) {
    let imported = import(written).unwrap();
    assert_eq!(imported.draft, text("5511999999999", expected));
    assert_eq!(imported.left_out, [""; 0]);
}

#[rstest]
#[case::nothing("", "neither a JSON body nor a curl command")]
#[case::words("send it to 日本", "neither a JSON body nor a curl command")]
#[case::another_program("curly -d '{}'", "neither a JSON body nor a curl command")]
#[case::broken("{\"number\":", "line 1, column 10")]
#[case::list("[{}]", "in braces")]
#[case::empty("{}", "with something in it")]
#[case::other(r#"{"שלום\u001b":1}"#, "whose keys are שלום␛")]
#[case::product(r#"{"number":"1","product":{}}"#, "WUTS' product card is of no kind")]
#[case::template_without_anything(
    r#"{"messaging_product":"whatsapp","type":"template"}"#,
    "there is no text, buttons or sections in it"
)]
#[case::flow(
    r#"{"messaging_product":"whatsapp","type":"interactive","interactive":{"type":"flow"}}"#,
    "type \"flow\" is of no kind"
)]
#[case::nothing_to_say(
    r#"{"messaging_product":"whatsapp"}"#,
    "there is no text, buttons or sections in it"
)]
#[case::curl_alone("curl", "sends no body")]
#[case::get("curl -s https://h/", "sends no body")]
#[case::unclosed("curl h -d '{\"number\":1", "is not closed")]
#[case::unclosed_escape("curl h -d $'{\\", "is not closed")]
#[case::cut("curl h -d", "ends with an option")]
#[case::file("curl h -d @body.json", "import that file")]
#[case::form("curl h -F a=b", "a form or a file")]
#[case::body_of_words("curl h -d a=b", "the body is not JSON")]
fn what_is_none_is_explained(#[case] written: &str, #[case] expected: &str) {
    let error: ImportError = import(written).unwrap_err();
    let error = error.to_string();
    assert!(error.contains(expected), "{error}");
    assert!(!error.contains(char::is_control), "{error:?}");
}

#[rstest]
#[case::wuts_text(
    r#"{"number":"1","text":"x","id":"3EB0","quoted":{"key":{"id":"3EB0","fromMe":true},"message":{"imageMessage":{}}}}"#,
    &["quoted.key.fromMe", "quoted.message.imageMessage", "id"]
)]
#[case::wuts_types(
    r#"{"number":5,"text":["x"],"delay":-1,"typingDuration":1.5}"#,
    &["text", "delay", "typingDuration"]
)]
#[case::wuts_catalog(
    r#"{"number":"1","button_text":"b","sections":[7,{"title":"t","product_ids":["1",2],"x":1}],"jpeg_thumbnail":"AA","jpeg_thumbnail_url":"https://h"}"#,
    &["sections[0]", "sections[1].x", "jpeg_thumbnail"]
)]
#[case::green_text(
    r#"{"chatId":"1@c.us","message":"x","typingTime":1500,"linkPreview":"yes","archiveChat":true}"#,
    &["linkPreview", "archiveChat"]
)]
#[case::green_button(
    r#"{"chatId":"1@c.us","body":"x","buttons":[{"type":"flow","buttonId":"1","buttonText":"é"}]}"#,
    &["buttons[0].type"]
)]
#[case::cloud_header(
    r#"{"messaging_product":"whatsapp","to":"1","type":"interactive","biz_opaque_callback_data":"x","interactive":{"type":"button","header":{"type":"image","image":{}},"body":{"text":"x"},"action":{"buttons":[]}}}"#,
    &["interactive.header.type", "interactive.header.image", "biz_opaque_callback_data"]
)]
#[case::nulls_say_nothing(r#"{"number":"1","text":"x","quoted":null,"delay":null}"#, &[])]
fn what_has_no_place_is_named(#[case] body: &str, #[case] left_out: &[&str]) {
    let imported = import(body).unwrap();
    let mut found = imported.left_out;
    let mut expected: Vec<&str> = left_out.to_vec();
    found.sort();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

/// A token stands in an address or a header, and comes out nowhere.
#[test]
fn a_token_is_never_read() {
    for gateway in GatewayKind::ALL {
        let request = account(gateway)
            .encode(&text("5511999999999", "é"))
            .unwrap();
        let curl = request.to_curl(TOKEN);
        assert!(curl.contains(TOKEN));
        assert!(!format!("{:?}", import(&curl)).contains(TOKEN));
        let broken = curl.replace("--data ", "--form ");
        assert!(!format!("{:?}", import(&broken)).contains(TOKEN));
    }
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        any::<String>(),
        Just("it's \"q\" $HOME `id` \\ !\n\t👩‍👩‍👧 e\u{301} שלום \u{1b}".to_owned()),
        "[+0-9 ()-]{0,18}",
        Just("https://example.com/a.jpg".to_owned()),
        Just("data:image/jpeg;base64,AAAA".to_owned()),
    ]
}

proptest! {
    /// What goes out and comes back goes out the same.
    #[test]
    fn any_request_comes_back(
        draft in common::draft(any_text(), any_text().boxed()),
        gateway in prop::sample::select(GatewayKind::ALL.to_vec()),
        is_legacy: bool,
    ) {
        let method = if is_legacy { "sendButtons" } else { "sendInteractiveButtonsReply" };
        let account = account(gateway).with("buttons_method", method);
        if let Ok(request) = account.encode(&draft) {
            let imported = import(&request.to_curl(TOKEN)).unwrap();
            prop_assert_eq!(&imported.left_out, &[""; 0]);
            prop_assert_eq!(imported.draft.message.kind(), draft.message.kind());
            let again = account.encode(&imported.draft).unwrap();
            prop_assert_eq!(again, request);
        }
    }

    #[test]
    fn any_text_is_imported_or_explained(
        start in prop::sample::select(vec!["", "{", "curl ", "$ curl -d $'", "curl --json \"", "{\"number\":\"1\","]),
        rest in any_text(),
    ) {
        if let Err(error) = import(&format!("{start}{rest}")) {
            prop_assert!(!error.to_string().contains(char::is_control));
        }
    }
}
