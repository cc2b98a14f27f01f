//! The documented examples of each gateway: drafts against requests byte for byte, and answers
//! against outcomes. The files are `tests/fixtures/golden/{requests,answers}/<gateway>/…`.

#![expect(
    clippy::unwrap_used,
    reason = "a fixture that is missing fails its test"
)]

use std::fs;
use std::path::PathBuf;

use rstest::rstest;
use wacompose::gateway::wire::{Request, Response};
use wacompose::gateway::{Account, ButtonsMethod, Fallback, GatewayKind, Outcome};
use wacompose::message::{Action, Button, Buttons, Draft, Message, Quote, Text};

const TOKEN: &str = "d75b3a66374942c5b3c019c698abc2067e151558acbd412345";

fn fixture(path: &str) -> String {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/golden");
    fs::read_to_string(root.join(path)).unwrap()
}

fn green_api(buttons_method: ButtonsMethod) -> Account {
    Account {
        base_url: "https://7103.api.greenapi.com".to_owned(),
        id_instance: "1101000001".to_owned(),
        buttons_method,
        ..Account::public(GatewayKind::GreenApi)
    }
}

fn account(gateway: GatewayKind) -> Account {
    match gateway {
        GatewayKind::Wuts => Account::public(gateway),
        GatewayKind::GreenApi => green_api(ButtonsMethod::default()),
    }
}

fn button(id: &str, text: &str) -> Button {
    action(id, text, Action::Reply)
}

fn action(id: &str, text: &str, action: Action) -> Button {
    Button {
        id: id.to_owned(),
        text: text.to_owned(),
        action,
    }
}

fn buttons(to: &str, [header, text, footer]: [&str; 3], buttons: Vec<Button>) -> Draft {
    Draft {
        to: to.to_owned(),
        message: Message::Buttons(Buttons {
            header: header.to_owned(),
            text: text.to_owned(),
            footer: footer.to_owned(),
            buttons,
        }),
        ..Draft::default()
    }
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

fn quote(id: &str, body: &str) -> Quote {
    Quote {
        id: id.to_owned(),
        participant: "5511999999999@s.whatsapp.net".to_owned(),
        body: body.to_owned(),
    }
}

fn wuts_order() -> Draft {
    buttons(
        "+55 11 99999-9999",
        [
            "",
            "How would you like to proceed with your order?",
            "WUTS Store",
        ],
        vec![
            button("confirm_order", "Confirm"),
            button("change_order", "Change items"),
            button("cancel_order", "Cancel"),
        ],
    )
}

fn wuts_text() -> Draft {
    Draft {
        quote: Some(quote("3EB0XXXX1234ABCD", "Is my order ready?")),
        delay: Some(2),
        typing: Some(3),
        ..text(
            "5511999999999@s.whatsapp.net",
            "Hello from *WUTS*! Your order is confirmed.",
        )
    }
}

fn wuts_text_alone() -> Draft {
    text("120363039000000000@g.us", "Olá 👩‍👩‍👧 você")
}

fn green_legacy() -> Draft {
    Draft {
        quote: Some(quote("3EB0C767D097B7C7C030", "")),
        ..buttons(
            "79876543210@c.us",
            ["", "Hello", "Please choose the color:"],
            vec![
                button("1", "green"),
                button("2", "red"),
                button("3", "blue"),
            ],
        )
    }
}

fn green_replies() -> Draft {
    buttons(
        "+7 987 654-32-10",
        ["Header", "Body", "Footer"],
        vec![
            button("1", "First"),
            button("2", "Second"),
            button("3", "Third"),
        ],
    )
}

fn green_actions() -> Draft {
    let (code, phone, url) = ("3333", "+7 912 345-67-89", "https://example.com");
    buttons(
        "79876543210",
        ["Header", "Body", "Footer"],
        vec![
            action("1", "Copy me", Action::Copy { code: code.into() }),
            action(
                "2",
                "Call me",
                Action::Call {
                    phone: phone.into(),
                },
            ),
            action("3", "Visit", Action::Url { url: url.into() }),
        ],
    )
}

fn green_text() -> Draft {
    Draft {
        quote: Some(quote("3EB0C767D097B7C7C030", "Is it ready?")),
        link_preview: Some(true),
        typing: Some(3),
        ..text(
            "79876543210@c.us",
            "I use Green-API to send this message to you!",
        )
    }
}

fn green_text_alone() -> Draft {
    text("120363043968066561@g.us", "مرحبا 你好 e\u{301}")
}

#[rstest]
#[case::wuts_buttons("wuts/buttons", Account::public(GatewayKind::Wuts), wuts_order())]
#[case::wuts_text("wuts/text", Account::public(GatewayKind::Wuts), wuts_text())]
#[case::wuts_nothing_set(
    "wuts/text-alone",
    Account::public(GatewayKind::Wuts),
    wuts_text_alone()
)]
#[case::legacy(
    "green-api/sendButtons",
    green_api(ButtonsMethod::SendButtons),
    green_legacy()
)]
#[case::replies(
    "green-api/sendInteractiveButtonsReply",
    account(GatewayKind::GreenApi),
    green_replies()
)]
#[case::actions(
    "green-api/sendInteractiveButtons",
    account(GatewayKind::GreenApi),
    green_actions()
)]
#[case::actions_of_an_account_with_legacy_replies(
    "green-api/sendInteractiveButtons",
    green_api(ButtonsMethod::SendButtons),
    green_actions()
)]
#[case::green_text("green-api/sendMessage", account(GatewayKind::GreenApi), green_text())]
#[case::green_nothing_set(
    "green-api/sendMessage-alone",
    account(GatewayKind::GreenApi),
    green_text_alone()
)]
fn a_draft_becomes_the_documented_body(
    #[case] file: &str,
    #[case] account: Account,
    #[case] draft: Draft,
) {
    let request = account.encode(&draft).unwrap();
    let golden = fixture(&format!("requests/{file}.json"));
    assert_eq!(request.body_text(), golden.trim_end_matches('\n'));
}

#[rstest]
#[case::wuts_buttons(
    Account::public(GatewayKind::Wuts),
    wuts_order(),
    "https://api.wuts.com.br/send/buttons"
)]
#[case::wuts_text(
    Account::public(GatewayKind::Wuts),
    wuts_text(),
    "https://api.wuts.com.br/send/text"
)]
#[case::legacy(
    green_api(ButtonsMethod::SendButtons),
    green_legacy(),
    "https://7103.api.greenapi.com/waInstance1101000001/sendButtons/TOKEN"
)]
#[case::replies(
    account(GatewayKind::GreenApi),
    green_replies(),
    "https://7103.api.greenapi.com/waInstance1101000001/sendInteractiveButtonsReply/TOKEN"
)]
#[case::actions(
    account(GatewayKind::GreenApi),
    green_actions(),
    "https://7103.api.greenapi.com/waInstance1101000001/sendInteractiveButtons/TOKEN"
)]
#[case::text(
    account(GatewayKind::GreenApi),
    green_text(),
    "https://7103.api.greenapi.com/waInstance1101000001/sendMessage/TOKEN"
)]
fn a_draft_goes_to_the_documented_url(
    #[case] account: Account,
    #[case] draft: Draft,
    #[case] url: &str,
) {
    let request = account.encode(&draft).unwrap();
    let headers: Vec<String> = request
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.fill("TOKEN")))
        .collect();
    assert_eq!(request.url.fill("TOKEN"), url);
    match account.gateway {
        GatewayKind::Wuts => assert_eq!(
            headers,
            [
                "Content-Type: application/json",
                "Authorization: Bearer TOKEN"
            ]
        ),
        GatewayKind::GreenApi => assert_eq!(headers, ["Content-Type: application/json"]),
    }
}

/// An answer's file: a status line, headers, an empty line, the body.
fn answer(file: &str) -> Response {
    let text = fixture(&format!("answers/{file}.http"));
    let (head, body) = text.split_once("\n\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().strip_prefix("HTTP/1.1 ").unwrap();
    let headers = lines.map(|line| line.split_once(": ").unwrap());
    Response {
        status: status.parse().unwrap(),
        headers: headers
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        body: body.as_bytes().to_vec(),
        truncated: false,
    }
}

fn request_of(file: &str) -> (Account, Request) {
    let (account, draft) = if file.starts_with("wuts/") {
        (account(GatewayKind::Wuts), wuts_order())
    } else {
        (account(GatewayKind::GreenApi), green_text())
    };
    let request = account.encode(&draft).unwrap();
    (account, request)
}

#[rstest]
#[case("wuts/buttons-accepted", "3EB0XXXX1234567890ABCDEF")]
#[case("wuts/text-accepted", "3EB0XXXX1234ABCD")]
#[case("wuts/created", "3EB0X5A4B3C2D1E0F9")]
#[case("green-api/accepted", "3EB0C767D097B7C7C030")]
fn an_answer_with_an_id_is_accepted(#[case] file: &str, #[case] id: &str) {
    let (account, request) = request_of(file);
    let message_id = id.to_owned();
    assert_eq!(
        account.decode(&request, &answer(file)),
        Outcome::Accepted { message_id }
    );
}

/// Whether clients are told to send the same again.
const AGAIN: bool = true;
const NOT_AGAIN: bool = false;

#[rstest]
#[case(
    "wuts/not-connected",
    "rejected",
    "400",
    "WhatsApp not connected",
    "not connected to WhatsApp",
    NOT_AGAIN
)]
#[case(
    "wuts/unauthorized",
    "rejected",
    "401",
    "unauthorized",
    "does not know this token",
    NOT_AGAIN
)]
#[case(
    "wuts/invalid-token",
    "rejected",
    "401",
    "Invalid token",
    "does not know this token",
    NOT_AGAIN
)]
#[case(
    "wuts/failed-to-send",
    "unknown",
    "500",
    "Failed to send buttons message: timeout",
    "may have gone out",
    NOT_AGAIN
)]
#[case(
    "wuts/device-not-ready",
    "rejected",
    "DEVICE_NOT_READY",
    "failed to acquire device",
    "not connected to WhatsApp",
    NOT_AGAIN
)]
#[case(
    "wuts/validation-error",
    "rejected",
    "VALIDATION_ERROR",
    "validation failed: text: text must be between 1 and 4096 characters",
    "words name the field",
    NOT_AGAIN
)]
#[case(
    "wuts/invalid-recipient",
    "rejected",
    "400",
    "Invalid recipient JID: empty input",
    "cannot read the recipient",
    NOT_AGAIN
)]
#[case(
    "wuts/invalid-participant",
    "rejected",
    "400",
    "invalid quoted participant JID: empty input",
    "who wrote the quoted message",
    NOT_AGAIN
)]
#[case(
    "wuts/unknown-code",
    "rejected",
    "PLAN_SUSPENDED",
    "plan suspended",
    "refused the request",
    NOT_AGAIN
)]
#[case(
    "green-api/validation",
    "rejected",
    "400",
    "Validation failed. Details: 'message' length must be less than or equal to 20000 characters long",
    "words name the field",
    NOT_AGAIN
)]
#[case(
    "green-api/validation-chat-id",
    "rejected",
    "400",
    "Validation failed. Details: 'chatId' is required",
    "does not accept the recipient",
    NOT_AGAIN
)]
#[case(
    "green-api/starting",
    "rejected",
    "400",
    "instance in starting process try later",
    "in a few seconds",
    AGAIN
)]
#[case(
    "green-api/starting-or-not-authorized",
    "rejected",
    "400",
    "instance is starting or not authorized",
    "or no phone is linked",
    NOT_AGAIN
)]
#[case(
    "green-api/not-authorized",
    "rejected",
    "400",
    "instance account not authorized",
    "No phone is linked",
    NOT_AGAIN
)]
#[case(
    "green-api/expired",
    "rejected",
    "400",
    "Instance account is expired. Extend it in the console",
    "paid time is over",
    NOT_AGAIN
)]
#[case(
    "green-api/bad-request-data",
    "rejected",
    "400",
    "bad request data",
    "could not read the request",
    NOT_AGAIN
)]
#[case(
    "green-api/deleted",
    "rejected",
    "400",
    "Instance is deleted",
    "was deleted",
    NOT_AGAIN
)]
#[case(
    "green-api/unauthorized",
    "rejected",
    "401",
    "Unauthorized",
    "apiTokenInstance",
    NOT_AGAIN
)]
#[case(
    "green-api/unauthorized-as-success",
    "rejected",
    "401",
    "Unauthorized",
    "apiTokenInstance",
    NOT_AGAIN
)]
#[case(
    "green-api/forbidden",
    "rejected",
    "403",
    "Forbidden",
    "id_instance",
    NOT_AGAIN
)]
#[case(
    "green-api/not-found",
    "rejected",
    "404",
    "Cannot GET /waInstance1101000001/sendMessage/***",
    "no such method",
    NOT_AGAIN
)]
#[case(
    "green-api/too-many-requests",
    "rejected",
    "429",
    "Too Many Requests",
    "Wait a little",
    AGAIN
)]
#[case(
    "green-api/quota-of-calls",
    "rejected",
    "466",
    "invokeStatus (sendMessage), 100 of 100 used, QUOTE_EXCEEDED: Request quota exceeded for the method",
    "quota of calls",
    NOT_AGAIN
)]
#[case(
    "green-api/quota-of-chats",
    "rejected",
    "466",
    "correspondentsStatus, 3 of 3 used, CORRESPONDENTS_QUOTE_EXCEEDED: Number of chats exceeded",
    "number of chats",
    NOT_AGAIN
)]
#[case(
    "green-api/client-closed",
    "unknown",
    "499",
    "status 499 without a word",
    "Look into the chat",
    NOT_AGAIN
)]
#[case(
    "green-api/server-error",
    "unknown",
    "500",
    "Internal server error",
    "may be in its queue",
    NOT_AGAIN
)]
#[case(
    "green-api/bad-gateway",
    "rejected",
    "502",
    "502 Bad Gateway 502 Bad Gateway nginx",
    "up to three times",
    AGAIN
)]
fn an_error_is_explained(
    #[case] file: &str,
    #[case] outcome: &str,
    #[case] code: &str,
    #[case] message: &str,
    #[case] explanation: &str,
    #[case] repeatable: bool,
) {
    let (account, request) = request_of(file);
    let decoded = account.decode(&request, &answer(file));
    let refusal = decoded.refusal().unwrap();
    assert_eq!(decoded.name(), outcome);
    assert_eq!(refusal.code, code);
    assert_eq!(refusal.message, message);
    assert!(refusal.explanation.contains(explanation), "{refusal:?}");
    assert_eq!(refusal.repeatable, repeatable);
    assert_eq!(refusal.instead, []);
    assert!(!format!("{decoded:?}").contains(TOKEN));
}

#[rstest]
#[case::person("79876543210", vec![Fallback::InteractiveReply, Fallback::NumberedText])]
#[case::group("120363043968066561@g.us", vec![Fallback::NumberedText])]
fn a_403_of_the_legacy_method_names_what_to_send_instead(
    #[case] to: &str,
    #[case] instead: Vec<Fallback>,
) {
    let account = green_api(ButtonsMethod::SendButtons);
    let draft = Draft {
        to: to.to_owned(),
        ..green_legacy()
    };
    let request = account.encode(&draft).unwrap();
    let outcome = account.decode(&request, &answer("green-api/forbidden"));
    let refusal = outcome.refusal().unwrap();
    assert_eq!(outcome.name(), "rejected");
    assert_eq!(refusal.instead, instead);
    assert!(refusal.explanation.contains("switched sendButtons off"));
}

#[test]
fn every_answer_on_file_is_decoded_by_a_case() {
    let source = include_str!("golden.rs");
    for gateway in GatewayKind::ALL {
        let folder = format!("tests/fixtures/golden/answers/{gateway}");
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let case = format!("\"{gateway}/{name}\"");
            assert!(source.contains(&case), "{case} is in no case");
        }
    }
}
