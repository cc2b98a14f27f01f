//! The documented examples of each gateway: message files against requests byte for byte, and answers
//! against outcomes. The files are `tests/fixtures/golden/{requests,answers}/<gateway>/…`.

#![expect(
    clippy::unwrap_used,
    reason = "a fixture that is missing fails its test"
)]

use std::fs;
use std::path::{Path, PathBuf};

use rstest::rstest;
use wacompose::gateway::wire::{Request, Response};
use wacompose::gateway::{Account, Fallback, GatewayKind, Outcome};
use wacompose::message::Draft;
use wacompose::message::file::{self, Format};

const TOKEN: &str = "d75b3a66374942c5b3c019c698abc2067e151558acbd412345";

fn fixture(path: &str) -> String {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/golden");
    fs::read_to_string(root.join(path)).unwrap()
}

fn green_api(buttons_method: &str) -> Account {
    let account = Account {
        base_url: "https://7103.api.greenapi.com".to_owned(),
        ..Account::public(GatewayKind::GreenApi)
    };
    account
        .with("id_instance", "1101000001")
        .with("buttons_method", buttons_method)
}

fn account(gateway: GatewayKind) -> Account {
    match gateway {
        GatewayKind::Wuts => Account::public(gateway),
        GatewayKind::GreenApi => green_api("sendInteractiveButtonsReply"),
        GatewayKind::CloudApi => Account::public(gateway)
            .with("phone_number_id", "106540352242922")
            .with("catalog_id", "194836987003835"),
        GatewayKind::Evolution => evolution("support"),
    }
}

fn evolution(instance: &str) -> Account {
    Account::public(GatewayKind::Evolution).with("instance", instance)
}

/// The gateway of a fixture, by its folder.
fn gateway_of(path: &Path) -> GatewayKind {
    let folder = path.parent().and_then(Path::file_name).unwrap();
    let mut gateways = GatewayKind::ALL.into_iter();
    gateways
        .find(|gateway| folder.to_str() == Some(gateway.name()))
        .unwrap()
}

/// The message file of a documented example.
fn draft(file: &str) -> Draft {
    file::parse(&fixture(&format!("requests/{file}.toml")), Format::Toml).unwrap()
}

#[rstest]
fn each_file_becomes_the_body_beside_it(
    #[files("tests/fixtures/golden/requests/wuts/*.toml")]
    #[files("tests/fixtures/golden/requests/cloud-api/*.toml")]
    #[files("tests/fixtures/golden/requests/evolution/*.toml")]
    path: PathBuf,
) {
    let draft = file::read(&path).unwrap();
    let request = account(gateway_of(&path)).encode(&draft).unwrap();
    let golden = fs::read_to_string(path.with_extension("json")).unwrap();
    assert_eq!(request.body_text(), golden.trim_end_matches('\n'));
}

/// GREEN-API's methods are chosen by the account too.
#[rstest]
#[case::legacy("green-api/sendButtons", green_api("sendButtons"))]
#[case::replies(
    "green-api/sendInteractiveButtonsReply",
    account(GatewayKind::GreenApi)
)]
#[case::actions("green-api/sendInteractiveButtons", account(GatewayKind::GreenApi))]
#[case::actions_of_an_account_with_legacy_replies(
    "green-api/sendInteractiveButtons",
    green_api("sendButtons")
)]
#[case::replies_with_options(
    "green-api/sendInteractiveButtonsReply-quoted",
    account(GatewayKind::GreenApi)
)]
#[case::actions_with_options(
    "green-api/sendInteractiveButtons-quoted",
    account(GatewayKind::GreenApi)
)]
#[case::green_poll("green-api/sendPoll", account(GatewayKind::GreenApi))]
#[case::green_text("green-api/sendMessage", account(GatewayKind::GreenApi))]
#[case::green_nothing_set("green-api/sendMessage-alone", account(GatewayKind::GreenApi))]
fn a_file_becomes_the_documented_body(#[case] file: &str, #[case] account: Account) {
    let request = account.encode(&draft(file)).unwrap();
    let golden = fixture(&format!("requests/{file}.json"));
    assert_eq!(request.body_text(), golden.trim_end_matches('\n'));
}

#[rstest]
#[case::wuts_buttons(
    "wuts/buttons",
    account(GatewayKind::Wuts),
    "https://api.wuts.com.br/send/buttons"
)]
#[case::wuts_text(
    "wuts/text",
    account(GatewayKind::Wuts),
    "https://api.wuts.com.br/send/text"
)]
#[case::legacy(
    "green-api/sendButtons",
    green_api("sendButtons"),
    "https://7103.api.greenapi.com/waInstance1101000001/sendButtons/TOKEN"
)]
#[case::replies(
    "green-api/sendInteractiveButtonsReply",
    account(GatewayKind::GreenApi),
    "https://7103.api.greenapi.com/waInstance1101000001/sendInteractiveButtonsReply/TOKEN"
)]
#[case::actions(
    "green-api/sendInteractiveButtons",
    account(GatewayKind::GreenApi),
    "https://7103.api.greenapi.com/waInstance1101000001/sendInteractiveButtons/TOKEN"
)]
#[case::text(
    "green-api/sendMessage",
    account(GatewayKind::GreenApi),
    "https://7103.api.greenapi.com/waInstance1101000001/sendMessage/TOKEN"
)]
#[case::catalog(
    "wuts/catalog",
    account(GatewayKind::Wuts),
    "https://api.wuts.com.br/send/catalog"
)]
#[case::list(
    "wuts/interactive",
    account(GatewayKind::Wuts),
    "https://api.wuts.com.br/send/interactive"
)]
#[case::button_reply(
    "wuts/buttons-response",
    account(GatewayKind::Wuts),
    "https://api.wuts.com.br/send/buttons-response"
)]
#[case::list_reply(
    "wuts/list-response",
    account(GatewayKind::Wuts),
    "https://api.wuts.com.br/send/list-response"
)]
#[case::cloud_api(
    "cloud-api/text",
    account(GatewayKind::CloudApi),
    "https://graph.facebook.com/v23.0/106540352242922/messages"
)]
#[case::another_version(
    "cloud-api/list",
    account(GatewayKind::CloudApi).with("version", "v24.0"),
    "https://graph.facebook.com/v24.0/106540352242922/messages"
)]
#[case::evolution_text(
    "evolution/sendText",
    account(GatewayKind::Evolution),
    "https://evolution.example.com/message/sendText/support"
)]
#[case::evolution_buttons(
    "evolution/sendButtons",
    evolution("my shop/50% 日本"),
    "https://evolution.example.com/message/sendButtons/my%20shop%2F50%25%20%E6%97%A5%E6%9C%AC"
)]
#[case::evolution_list(
    "evolution/sendList",
    account(GatewayKind::Evolution),
    "https://evolution.example.com/message/sendList/support"
)]
fn a_file_goes_to_the_documented_url(
    #[case] file: &str,
    #[case] account: Account,
    #[case] url: &str,
) {
    let request = account.encode(&draft(file)).unwrap();
    let headers: Vec<String> = request
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.fill("TOKEN")))
        .collect();
    assert_eq!(request.url.fill("TOKEN"), url);
    match account.gateway {
        GatewayKind::Wuts | GatewayKind::CloudApi => assert_eq!(
            headers,
            [
                "Content-Type: application/json",
                "Authorization: Bearer TOKEN"
            ]
        ),
        GatewayKind::GreenApi => assert_eq!(headers, ["Content-Type: application/json"]),
        GatewayKind::Evolution => {
            assert_eq!(headers, ["Content-Type: application/json", "apikey: TOKEN"]);
        }
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
    let account = account(gateway_of(Path::new(file)));
    let draft = draft(match account.gateway {
        GatewayKind::Wuts => "wuts/buttons",
        GatewayKind::GreenApi => "green-api/sendMessage",
        GatewayKind::CloudApi => "cloud-api/text",
        GatewayKind::Evolution => "evolution/sendText",
    });
    let request = account.encode(&draft).unwrap();
    (account, request)
}

#[rstest]
#[case("wuts/buttons-accepted", "3EB0XXXX1234567890ABCDEF")]
#[case("wuts/text-accepted", "3EB0XXXX1234ABCD")]
#[case("wuts/created", "3EB0X5A4B3C2D1E0F9")]
#[case("wuts/catalog-accepted", "3EB0X5A4B3C2D1E0F9")]
#[case("wuts/buttons-response-accepted", "3EB0XXXX99887766554433FF")]
#[case("wuts/interactive-accepted", "3EB0XXXX99887766554433FF")]
#[case("cloud-api/accepted", "wamid.HBgNNTUxMTk5OTk5OTk5ORUCABEYEjE=")]
#[case("cloud-api/held", "wamid.HBgNNTUxMTk5OTk5OTk5ORUCABEYEjE=")]
#[case("green-api/accepted", "3EB0C767D097B7C7C030")]
#[case("evolution/accepted", "3EB0D4F6A1B2C3D4E5F6")]
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
    "unknown",
    "502",
    "502 Bad Gateway nginx",
    "Look into the queue or the chat",
    NOT_AGAIN
)]
#[case(
    "wuts/catalog-without-button",
    "rejected",
    "VALIDATION_ERROR",
    "validation failed: button_text: button_text is required",
    "words name the field",
    NOT_AGAIN
)]
#[case(
    "cloud-api/token",
    "rejected",
    "190",
    "Error validating access token: Session has expired",
    "expired or not valid",
    NOT_AGAIN
)]
#[case(
    "cloud-api/no-token",
    "rejected",
    "0",
    "AuthException",
    "expired or not valid",
    NOT_AGAIN
)]
#[case(
    "cloud-api/permission",
    "rejected",
    "10",
    "(#10) Application does not have permission for this action",
    "whatsapp_business_messaging",
    NOT_AGAIN
)]
#[case(
    "cloud-api/other-permission",
    "rejected",
    "299",
    "(#299) Permission is missing",
    "whatsapp_business_messaging",
    NOT_AGAIN
)]
#[case(
    "cloud-api/parameter",
    "rejected",
    "100",
    "(#100) Invalid parameter: interactive.action is required",
    "words name it",
    NOT_AGAIN
)]
#[case(
    "cloud-api/app-rate",
    "rejected",
    "4",
    "(#4) Application request limit reached",
    "Wait a little",
    AGAIN
)]
#[case(
    "cloud-api/account-rate",
    "rejected",
    "80007",
    "(#80007) Rate limit hit",
    "Wait a little",
    AGAIN
)]
#[case(
    "cloud-api/rate",
    "rejected",
    "130429",
    "(#130429) Rate limit hit: Message failed to send because there were too many messages sent from this phone number in a short period of time",
    "Wait a little",
    AGAIN
)]
#[case(
    "cloud-api/missing",
    "rejected",
    "131008",
    "(#131008) Required parameter is missing: Parameter of type text is missing text value",
    "fill it in",
    NOT_AGAIN
)]
#[case(
    "cloud-api/bad-value",
    "rejected",
    "131009",
    "(#131009) Parameter value is not valid: Button title length invalid. Min length: 1, Max length: 20",
    "fix it",
    NOT_AGAIN
)]
#[case(
    "cloud-api/undeliverable",
    "rejected",
    "131026",
    "(#131026) Message undeliverable",
    "may not be on WhatsApp",
    NOT_AGAIN
)]
#[case(
    "cloud-api/re-engagement",
    "rejected",
    "131047",
    "(#131047) Re-engagement message: More than 24 hours have passed since the customer last replied to this number",
    "only a template",
    NOT_AGAIN
)]
#[case(
    "cloud-api/unsupported",
    "rejected",
    "131051",
    "(#131051) Unsupported message type",
    "type of message",
    NOT_AGAIN
)]
#[case(
    "cloud-api/pair-rate",
    "rejected",
    "131056",
    "(#131056) Pair rate limit hit",
    "to this person",
    AGAIN
)]
#[case(
    "cloud-api/something",
    "unknown",
    "131000",
    "(#131000) Something went wrong",
    "Look into the chat",
    NOT_AGAIN
)]
#[case(
    "cloud-api/unavailable",
    "unknown",
    "131016",
    "(#131016) Service unavailable",
    "may have been sent",
    NOT_AGAIN
)]
#[case(
    "cloud-api/unknown-code",
    "rejected",
    "132000",
    "(#132000) Number of parameters does not match: 日本",
    "number of variables",
    NOT_AGAIN
)]
#[case(
    "cloud-api/not-found",
    "rejected",
    "404",
    "status 404 without a word",
    "phone_number_id",
    NOT_AGAIN
)]
#[case(
    "evolution/schema",
    "rejected",
    "400",
    "instance requires property \"number\"; instance requires property \"text\"",
    "words name the field",
    NOT_AGAIN
)]
#[case(
    "evolution/schema-format",
    "rejected",
    "400",
    "Invalid format",
    "words name the field",
    NOT_AGAIN
)]
#[case(
    "evolution/not-on-whatsapp",
    "rejected",
    "400",
    "not on WhatsApp: 5511999999999",
    "is not on WhatsApp",
    NOT_AGAIN
)]
#[case(
    "evolution/rule",
    "rejected",
    "400",
    "Reply buttons cannot be mixed with CTA or PIX buttons",
    "these buttons together",
    NOT_AGAIN
)]
#[case(
    "evolution/rule-of-cloud",
    "rejected",
    "400",
    "Button texts cannot be repeated",
    "these buttons together",
    NOT_AGAIN
)]
#[case(
    "evolution/no-such-method",
    "rejected",
    "400",
    "Method not available on WhatsApp Business API",
    "no such method",
    NOT_AGAIN
)]
#[case(
    "evolution/failed",
    "unknown",
    "400",
    "Error: Connection Closed",
    "before or after the message left",
    NOT_AGAIN
)]
#[case(
    "evolution/timed-out",
    "unknown",
    "400",
    "Timed Out",
    "before or after the message left",
    NOT_AGAIN
)]
#[case(
    "evolution/not-stored",
    "unknown",
    "400",
    "Invalid `this.prismaRepository.message.create()` invocation",
    "before or after the message left",
    NOT_AGAIN
)]
#[case(
    "evolution/unauthorized",
    "rejected",
    "401",
    "Unauthorized",
    "does not accept the profile's token",
    NOT_AGAIN
)]
#[case(
    "evolution/no-instance",
    "rejected",
    "404",
    "The \"loja 日本\" instance does not exist",
    "no such instance",
    NOT_AGAIN
)]
#[case(
    "evolution/no-path",
    "rejected",
    "404",
    "Cannot POST /message/sendText/",
    "no such instance or method",
    NOT_AGAIN
)]
#[case(
    "evolution/crash",
    "unknown",
    "500",
    "Cannot read properties of undefined (reading 'id')",
    "before or after the message left",
    NOT_AGAIN
)]
#[case(
    "evolution/no-licence",
    "rejected",
    "LICENSE_REQUIRED",
    "Activate the server first",
    "Activate it at https://evolution.example.com/manager/register.",
    NOT_AGAIN
)]
#[case(
    "evolution/meta-in-success",
    "rejected",
    "131030",
    "(#131030) Recipient phone number not in allowed list",
    "Meta refused",
    NOT_AGAIN
)]
#[case(
    "evolution/no-id",
    "unknown",
    "201",
    "{\"status\":\"PENDING\"}",
    "without a message id",
    NOT_AGAIN
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
    let account = green_api("sendButtons");
    let draft = Draft {
        to: to.to_owned(),
        ..draft("green-api/sendButtons")
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
