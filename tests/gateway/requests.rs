//! Requests: recipients and addresses in them, and how people read them.

use rstest::rstest;
use wacompose::gateway::Account;
use wacompose::gateway::wire::{Piece, Request, Template};
use wacompose::message::{Action, ActionKind, Draft, Message, Text};

use super::To::{Green, GreenLegacy, Wuts};
use super::{CHANNEL, GROUP, LID, buttons, replies, text};

#[rstest]
#[case::broken("not a number ☎", "not a number ☎", "not a number ☎")]
#[case::empty("", "", "")]
#[case::spelled("+55 (11) 99999-9999", "5511999999999", "5511999999999@c.us")]
#[case::other_gateways_address("5511999999999@c.us", "5511999999999", "5511999999999@c.us")]
#[case::group(GROUP, GROUP, GROUP)]
#[case::channel(CHANNEL, CHANNEL, CHANNEL)]
#[case::hidden(LID, LID, LID)]
fn recipients_are_written_as_the_gateway_does(
    #[case] to: &str,
    #[case] wuts: &str,
    #[case] green: &str,
) {
    let draft = Draft {
        to: to.to_owned(),
        ..text()
    };
    assert_eq!(Wuts.account().encode(&draft).unwrap().body["number"], wuts);
    assert_eq!(
        Green.account().encode(&draft).unwrap().body["chatId"],
        green
    );
}

#[rstest]
#[case::spelled("+55 (11) 98888-7777", "5511988887777")]
#[case::service_number("190", "190")]
#[case::letters("1-800-FLOWERS", "1-800-FLOWERS")]
#[case::empty("", "")]
fn a_call_button_has_digits(#[case] phone: &str, #[case] sent: &str) {
    let mut draft = buttons(&[ActionKind::Call]);
    if let Message::Buttons(message) = &mut draft.message {
        message.buttons[0].action = Action::Call {
            phone: phone.to_owned(),
        };
    }
    let request = Green.account().encode(&draft).unwrap();
    assert_eq!(request.body["buttons"][0]["phoneNumber"], sent);
}

#[rstest]
#[case::plain("http://127.0.0.1:8080", "http://127.0.0.1:8080/send/text")]
#[case::path("https://proxy.example/wuts", "https://proxy.example/wuts/send/text")]
#[case::slash("https://proxy.example/wuts/", "https://proxy.example/wuts/send/text")]
fn a_base_url_may_have_a_path(#[case] base_url: &str, #[case] url: &str) {
    let account = Account {
        base_url: base_url.to_owned(),
        ..Wuts.account()
    };
    assert_eq!(account.encode(&text()).unwrap().url.fill("TOKEN"), url);
}

fn awkward() -> Draft {
    Draft {
        message: Message::Text(Text {
            text:
                "it's \"q\" $HOME `id` \\ !\n\tÅ 你 👩‍👩‍👧 e\u{301} שלום \u{1b}[31m \u{9b}1m \u{202e}x"
                    .to_owned(),
        }),
        ..text()
    }
}

#[test]
fn http_reads_as_http() {
    let request = Green.account().encode(&text()).unwrap();
    assert_eq!(
        request.to_http("***"),
        "POST /waInstance1101000001/sendMessage/*** HTTP/1.1\n\
         Host: api.green-api.com\n\
         Content-Type: application/json\n\
         \n\
         {\n  \"chatId\": \"5511999999999@c.us\",\n  \"message\": \"Olá 👋\"\n}\n"
    );
}

#[rstest]
#[case("https://h", "POST / HTTP/1.1\nHost: h\n")]
#[case(
    "http://127.0.0.1:8080/a/b?c",
    "POST /a/b?c HTTP/1.1\nHost: 127.0.0.1:8080\n"
)]
#[case("", "POST / HTTP/1.1\nHost: \n")]
fn http_splits_any_url(#[case] url: &str, #[case] start: &str) {
    let request = Request {
        url: Template::text(url),
        headers: Vec::new(),
        body: serde_json::json!({}),
    };
    assert!(request.to_http("").starts_with(start));
}

#[test]
fn curl_reads_as_curl() {
    let request = Wuts.account().encode(&text()).unwrap();
    assert_eq!(
        request.to_curl("***"),
        "curl --request POST 'https://api.wuts.com.br/send/text' \\\n  \
         -H 'Content-Type: application/json' \\\n  \
         -H 'Authorization: Bearer ***' \\\n  \
         --data '{\"number\":\"5511999999999\",\"text\":\"Olá 👋\"}'"
    );
}

#[test]
fn a_shell_reads_the_curl_command_back() {
    let request = Wuts.account().encode(&awkward()).unwrap();
    let words = shell_words::split(&request.to_curl("it's a token")).unwrap();
    assert_eq!(
        words[..4],
        [
            "curl",
            "--request",
            "POST",
            "https://api.wuts.com.br/send/text"
        ]
    );
    assert_eq!(words[7], "Authorization: Bearer it's a token");
    assert_eq!(words[8], "--data");
    let body: serde_json::Value = serde_json::from_str(&words[9]).unwrap();
    assert_eq!(body, request.body);
    assert_eq!(words.len(), 10);
}

#[test]
fn nothing_that_people_read_holds_what_a_terminal_obeys() {
    let request = Wuts.account().encode(&awkward()).unwrap();
    let shown = [
        request.to_curl("***"),
        request.to_http("***"),
        request.pretty_body(),
    ];
    for text in &shown {
        let unsafe_there = text
            .chars()
            .find(|&c| c != '\n' && wacompose::visible::is_unsafe(c));
        assert_eq!(unsafe_there, None, "{text}");
    }
    let body: serde_json::Value = serde_json::from_str(&request.pretty_body()).unwrap();
    assert_eq!(body, request.body);
}

#[test]
fn json_has_its_four_keys_in_order() {
    let request = Wuts.account().encode(&text()).unwrap();
    assert_eq!(
        request.to_json("***").to_string(),
        r#"{"method":"POST","url":"https://api.wuts.com.br/send/text","headers":{"Content-Type":"application/json","Authorization":"Bearer ***"},"body":{"number":"5511999999999","text":"Olá 👋"}}"#
    );
}

#[test]
fn the_token_has_one_place() {
    for to in [Wuts, Green, GreenLegacy] {
        let request = to.account().encode(&replies()).unwrap();
        let headers = request.headers.iter().map(|(_, value)| value);
        let pieces = headers.chain([&request.url]).flat_map(|text| &text.0);
        assert_eq!(pieces.filter(|&piece| *piece == Piece::Token).count(), 1);
    }
}
