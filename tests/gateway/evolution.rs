//! Evolution API: what it carries, what becomes of titles and waits, and its answers in all their forms.

use rstest::rstest;
use serde_json::{Value, json};
use wacompose::gateway::state::State;
use wacompose::gateway::wire::Response;
use wacompose::gateway::{Account, Fallback, GatewayKind, Outcome, Support};
use wacompose::message::check::Severity;
use wacompose::message::{ActionKind, Draft, Field, Message};

use super::{
    CHANNEL, GROUP, LID, actions, button_reply, buttons, catalog, list, list_reply, replies, text,
};

pub(super) fn account() -> Account {
    Account::public(GatewayKind::Evolution).with("instance", "support")
}

/// An account whose server is known.
fn known(version: &str, channel: &str) -> Account {
    let account = account().with("server_version", version);
    account.with("channel", channel)
}

fn new() -> Account {
    known("2.4.0-rc2", "WHATSAPP-BAILEYS")
}

fn cloud() -> Account {
    known("2.3.7", "WHATSAPP-BUSINESS")
}

fn with(mut draft: Draft, field: Field, text: &str) -> Draft {
    text.clone_into(draft.text_at_mut(field).unwrap());
    draft
}

fn body(account: &Account, draft: &Draft) -> Value {
    account.encode(draft).unwrap().body
}

/// The problems as `severity field`.
pub(super) fn report(account: &Account, draft: &Draft) -> Vec<String> {
    let problems = account.check(draft);
    let lines = problems
        .iter()
        .map(|problem| format!("{} {}", problem.severity, problem.field));
    lines.collect()
}

#[rstest]
#[case::text(text(), "sendText")]
#[case::replies(replies(), "sendButtons")]
#[case::no_button_yet(buttons(&[]), "sendButtons")]
#[case::actions(actions(), "sendButtons")]
#[case::list(list(), "sendList")]
fn a_kind_has_a_method(#[case] draft: Draft, #[case] method: &'static str) {
    assert_eq!(account().support(&draft), Support::Native { method });
}

#[rstest]
#[case::catalog(account(), catalog(), "kind", "catalogs", &[])]
#[case::button_reply(account(), button_reply(), "kind", "write the answer as a text", &[])]
#[case::list_reply(account(), list_reply(), "kind", "write the answer as a text", &[])]
#[case::mixed(account(), buttons(&[ActionKind::Reply, ActionKind::Url]), "buttons[1].action", "cannot mix", &[Fallback::NumberedText])]
#[case::mixed_other_way(account(), buttons(&[ActionKind::Url, ActionKind::Reply]), "buttons[1].action", "cannot mix", &[Fallback::NumberedText])]
#[case::three_actions(new(), actions(), "buttons", "at most two", &[Fallback::NumberedText])]
fn what_it_has_no_method_for(
    #[case] account: Account,
    #[case] draft: Draft,
    #[case] field: &str,
    #[case] said: &str,
    #[case] instead: &[Fallback],
) {
    let support = account.support(&draft);
    let refused = match support {
        Support::Impossible { problem, instead } => Some((problem, instead)),
        _ => None,
    };
    let (problem, offered) = refused.unwrap();
    assert_eq!(
        (problem.field.to_string().as_str(), problem.severity),
        (field, Severity::Error)
    );
    assert!(problem.message.contains(said), "{}", problem.message);
    assert_eq!(offered, instead);
    assert!(account.encode(&draft).is_err());
}

/// Version 2.3 takes any number, and what is not known is not refused.
#[rstest]
#[case::old(known("2.3.7", ""), &[])]
#[case::unknown(account(), &["warning buttons"])]
#[case::strange(known("日本", ""), &["warning buttons"])]
fn three_actions_may_go(#[case] account: Account, #[case] expected: &[&str]) {
    let draft = with(actions(), Field::Header, "選択");
    let report = report(&account, &draft);
    let of_buttons = report.iter().filter(|line| line.ends_with(" buttons"));
    assert_eq!(of_buttons.collect::<Vec<_>>(), expected);
    assert!(account.encode(&draft).is_ok());
}

#[rstest]
#[case::header("日本 👩‍👩‍👧", "e\u{301} שלום", "日本 👩‍👩‍👧", Some("e\u{301} שלום"))]
#[case::one_line("", "日本 👩‍👩‍👧", "日本 👩‍👩‍👧", None)]
#[case::lines("", "日本\nשלום\n👋", "日本", Some("שלום\n👋"))]
#[case::empty_line("", "日本\n\n\nשלום", "日本", Some("שלום"))]
#[case::of_windows("", "日本\r\n\r\nשלום", "日本", Some("שלום"))]
#[case::begins_empty("", "\n \n日本", "日本", None)]
#[case::blank_header(" ", "日本\nשלום", "日本", Some("שלום"))]
#[case::header_alone("日本", "", "日本", None)]
fn there_is_always_a_title(
    #[case] header: &str,
    #[case] words: &str,
    #[case] title: &str,
    #[case] description: Option<&str>,
) {
    let draft = with(replies(), Field::Header, header);
    let body = body(&account(), &with(draft, Field::Text, words));
    assert_eq!(body["title"], title);
    assert_eq!(body.get("description").and_then(Value::as_str), description);
}

#[rstest]
#[case::header("2*3", "日本", "warning header", "two asterisks")]
#[case::first_line("", "2*3\n日本", "warning text", "two asterisks")]
#[case::no_header("", "日本", "warning header", "shown in bold")]
fn what_becomes_of_a_title_is_said(
    #[case] header: &str,
    #[case] words: &str,
    #[case] expected: &str,
    #[case] said: &str,
) {
    let draft = with(replies(), Field::Header, header);
    let draft = with(draft, Field::Text, words);
    let problems = account().check(&draft);
    let found = problems.iter().find(|problem| {
        format!("{} {}", problem.severity, problem.field) == expected
            && problem.message.contains(said)
    });
    assert!(found.is_some(), "{problems:#?}");
}

#[rstest]
#[case::none(None, None, None)]
#[case::typing(Some(3), None, Some(3000))]
#[case::delay(None, Some(2), Some(2000))]
#[case::both(Some(3), Some(2), Some(5000))]
#[case::zero(Some(0), Some(2), Some(2000))]
#[case::huge(Some(u32::MAX), Some(1), Some(4_294_967_295_000))]
fn there_is_one_wait(
    #[case] typing: Option<u32>,
    #[case] delay: Option<u32>,
    #[case] expected: Option<u64>,
) {
    for draft in [text(), replies(), list()] {
        let draft = Draft {
            typing,
            delay,
            ..draft
        };
        let body = body(&account(), &draft);
        assert_eq!(body.get("delay").and_then(Value::as_u64), expected);
        let is_both = typing.unwrap_or(0) > 0 && delay.unwrap_or(0) > 0;
        let problems = account().check(&draft);
        let says = |problem: &&_| {
            let problem: &wacompose::message::check::Problem = problem;
            problem.field == Field::Delay && problem.message.contains("become one of")
        };
        assert_eq!(problems.iter().find(says).is_some(), is_both);
    }
}

#[rstest]
#[case::person("+55 (11) 99999-9999", "5511999999999")]
#[case::group(GROUP, GROUP)]
#[case::lid(LID, LID)]
#[case::channel(CHANNEL, CHANNEL)]
#[case::unreadable("nobody 👻", "nobody 👻")]
fn a_recipient_is_written(#[case] to: &str, #[case] expected: &str) {
    let draft = Draft {
        to: to.to_owned(),
        ..text()
    };
    assert_eq!(body(&account(), &draft)["number"], expected);
}

#[rstest]
#[case::new(new(), &[])]
#[case::old(known("2.3.7", "WHATSAPP-BAILEYS"), &["error to"])]
#[case::unknown(account(), &["warning to"])]
fn a_channel_needs_a_new_server(#[case] account: Account, #[case] expected: &[&str]) {
    let draft = Draft {
        to: CHANNEL.to_owned(),
        ..text()
    };
    assert_eq!(report(&account, &draft), expected);
}

#[rstest]
#[case::plain("support", "support")]
#[case::blank("my shop", "my%20shop")]
#[case::slash("a/b", "a%2Fb")]
#[case::query("a?b#c%20", "a%3Fb%23c%2520")]
#[case::dots("a..", "a..")]
#[case::wide("日本", "%E6%97%A5%E6%9C%AC")]
fn an_instance_stands_in_the_path(#[case] name: &str, #[case] expected: &str) {
    let account = Account::public(GatewayKind::Evolution).with("instance", name);
    let url = account.encode(&text()).unwrap().url.fill("");
    assert_eq!(
        url,
        format!("https://evolution.example.com/message/sendText/{expected}")
    );
    let url = account.status_query().unwrap().url.fill("");
    assert!(url.ends_with(&format!("/instance/connectionState/{expected}")));
}

// The Cloud channel

#[test]
fn on_cloud_all_text_is_the_title() {
    let draft = with(
        buttons(&[ActionKind::Url, ActionKind::Copy]),
        Field::Header,
        "日本",
    );
    let draft = with(draft, Field::Footer, "Loja");
    let body = body(&cloud(), &draft);
    assert_eq!(body["title"], "日本\n\nChoose\n\nLoja");
    assert_eq!((body.get("description"), body.get("footer")), (None, None));
    let button = json!({ "type": "reply", "displayText": "Choice 0", "id": "b0" });
    assert_eq!(body["buttons"][0], button);
    let report = report(&cloud(), &draft);
    assert!(
        report.contains(&"warning buttons[0].action".to_owned()),
        "{report:?}"
    );
}

#[test]
fn on_cloud_a_list_needs_everything() {
    let mut draft = list();
    if let Message::List(message) = &mut draft.message {
        message.title.clear();
        message.footer.clear();
        message.sections[0].rows[0].description.clear();
    }
    let report = report(&cloud(), &draft);
    for needed in ["title", "footer", "sections[0].rows[0].description"] {
        assert!(report.contains(&format!("error {needed}")), "{report:?}");
    }
    let elsewhere = self::report(&new(), &draft);
    assert!(
        !elsewhere.iter().any(|line| line.starts_with("error")),
        "{elsewhere:?}"
    );
}

// Answers

fn answer(status: u16, body: &str) -> Response {
    Response {
        status,
        body: body.as_bytes().to_vec(),
        ..Response::default()
    }
}

fn decode(status: u16, body: &str) -> Outcome {
    let request = account().encode(&text()).unwrap();
    account().decode(&request, &answer(status, body))
}

#[rstest]
#[case::created(201, r#"{"key":{"id":"3EB0日本"}}"#, "accepted")]
#[case::ok(200, r#"{"key":{"id":"3EB0"}}"#, "accepted")]
#[case::no_id(201, r#"{"key":{"id":""}}"#, "unknown")]
#[case::no_key(201, "{}", "unknown")]
#[case::id_and_error(
    400,
    r#"{"key":{"id":"3EB0"},"response":{"message":["x"]}}"#,
    "unknown"
)]
#[case::text(201, "日本", "unknown")]
#[case::page(200, "<html>", "unknown")]
#[case::empty(400, "", "unknown")]
#[case::empty_message(400, r#"{"response":{"message":[]}}"#, "unknown")]
#[case::other_400(400, r#"{"response":{"message":"日本"}}"#, "unknown")]
#[case::a_number_that_is_there(
    400,
    r#"{"response":{"message":[{"exists":true,"number":"1"}]}}"#,
    "unknown"
)]
#[case::forbidden(403, r#"{"response":{"message":"Forbidden"}}"#, "rejected")]
#[case::rate(429, "", "rejected")]
#[case::not_available(503, "<html>", "rejected")]
#[case::server_error(500, r#"{"response":{"message":"x"}}"#, "unknown")]
#[case::deep(400, r#"{"response":{"message":[[["日本"]]]}}"#, "rejected")]
fn an_answer_is_one_of_three(#[case] status: u16, #[case] body: &str, #[case] outcome: &str) {
    assert_eq!(decode(status, body).name(), outcome);
}

#[test]
fn a_server_without_a_licence_is_not_asked_again() {
    let licence =
        r#"{"code":"LICENSE_REQUIRED","error":"x","register_url":"https://e.test/\u001b[2J"}"#;
    let refusal = decode(503, licence);
    let refusal = refusal.refusal().unwrap();
    assert!(!refusal.repeatable);
    assert!(refusal.explanation.contains("https://e.test/"));
    assert!(!refusal.explanation.contains('\u{1b}'));
    let status = account().read_status(&answer(503, licence));
    assert_eq!(status.state, State::NoAccess);
    assert!(status.meaning.contains("https://e.test/"), "{status:?}");
}

#[rstest]
#[case::open(
    200,
    r#"{"instance":{"instanceName":"日本","state":"open"}}"#,
    State::Connected,
    "open"
)]
#[case::connecting(
    200,
    r#"{"instance":{"state":"connecting"}}"#,
    State::Starting,
    "connecting"
)]
#[case::close(200, r#"{"instance":{"state":"close"}}"#, State::Disconnected, "close")]
#[case::new_word(200, r#"{"instance":{"state":"日本"}}"#, State::Unclear, "日本")]
#[case::key(
    401,
    r#"{"response":{"message":"Unauthorized"}}"#,
    State::NoAccess,
    "401"
)]
#[case::no_instance(404, "", State::NoAccess, "404")]
#[case::page(200, "<html>", State::Unclear, "200")]
#[case::failed(500, "x", State::Unclear, "500")]
fn a_state(#[case] status: u16, #[case] body: &str, #[case] state: State, #[case] word: &str) {
    let read = account().read_status(&answer(status, body));
    assert_eq!((read.state, read.word.as_str()), (state, word));
    assert_eq!(read.meaning.is_empty(), state == State::Connected);
}

/// The server writes to some numbers in another spelling.
#[test]
fn the_chat_is_the_answers() {
    let draft = Draft {
        to: "5531987654321".to_owned(),
        ..text()
    };
    let request = account().encode(&draft).unwrap();
    let taken = r#"{"key":{"id":"3EB0","remoteJid":"553187654321@s.whatsapp.net"}}"#;
    let remarks = account().remarks(&request, &answer(201, taken));
    assert_eq!(remarks.len(), 1);
    assert!(remarks[0].message.contains("+553187654321"), "{remarks:?}");
}

// Version and channel

#[rstest]
#[case::old_buttons("2.3.7", "WHATSAPP-BAILEYS", replies(), "Evolution API 2.3.7")]
#[case::old_list("2.2.3", "", list(), "numbered text")]
#[case::new_buttons("2.4.0-rc2", "WHATSAPP-BAILEYS", replies(), "")]
#[case::much_newer("10.0", "", replies(), "")]
#[case::old_text("2.3.7", "WHATSAPP-BAILEYS", text(), "")]
#[case::unknown("", "", replies(), "")]
#[case::strange("日本", "", list(), "")]
#[case::cloud("2.4.0", "WHATSAPP-BUSINESS", replies(), "cloud-api")]
#[case::cloud_text("2.4.0", "WHATSAPP-BUSINESS", text(), "")]
fn what_a_version_does_not_deliver_is_said(
    #[case] version: &str,
    #[case] channel: &str,
    #[case] draft: Draft,
    #[case] said: &str,
) {
    let account = known(version, channel);
    let undelivered = account.undelivered(&draft);
    assert_eq!(
        undelivered.len(),
        usize::from(!said.is_empty()),
        "{undelivered:?}"
    );
    for problem in undelivered {
        assert!(problem.message.contains(said), "{}", problem.message);
        assert!(account.check(&draft).contains(&problem));
        assert_eq!(
            (problem.severity, problem.field),
            (Severity::Warning, Field::Kind)
        );
    }
}

#[test]
fn a_server_is_asked_for_what_is_not_known() {
    let account = Account::public(GatewayKind::Evolution).with("instance", "loja 日本");
    let asked: Vec<_> = account.about_queries();
    let urls: Vec<String> = asked.iter().map(|query| query.url.fill("")).collect();
    assert_eq!(
        urls,
        [
            "https://evolution.example.com/",
            "https://evolution.example.com/instance/fetchInstances?instanceName=loja%20%E6%97%A5%E6%9C%AC"
        ]
    );
    assert!(asked[0].headers.is_empty(), "the version needs no key");
    let version = answer(200, r#"{"status":200,"version":"2.3.7","clientName":"x"}"#);
    let listing = answer(
        200,
        r#"[{"name":"other","integration":"X","token":"s3cret-1"},{"name":"loja 日本","integration":"WHATSAPP-BAILEYS","token":"s3cret-2"}]"#,
    );
    let mut account = account;
    for response in [&version, &listing] {
        let told = account.read_about(response);
        assert!(!format!("{told:?}").contains("s3cret"));
        account.learn(&told);
    }
    assert_eq!(account.settings["server_version"], "2.3.7");
    assert_eq!(account.settings["channel"], "WHATSAPP-BAILEYS");
    assert!(account.about_queries().is_empty(), "once is enough");
}

#[rstest]
#[case::failed(500, r#"{"version":"2.3.7"}"#)]
#[case::page(200, "<html>2.3.7")]
#[case::number(200, r#"{"version":2}"#)]
#[case::empty(200, r#"{"version":" "}"#)]
#[case::no_instance(200, r#"[{"name":"x","integration":"日本"}]"#)]
#[case::strange(200, "[1,null]")]
fn what_says_nothing_teaches_nothing(#[case] status: u16, #[case] body: &str) {
    assert_eq!(account().read_about(&answer(status, body)), []);
}

// Names

#[rstest]
#[case::text(text(), true)]
#[case::buttons(replies(), false)]
#[case::list(list(), false)]
fn a_text_has_a_name(#[case] draft: Draft, #[case] is_named: bool) {
    let request = account().encode(&draft).unwrap();
    let named = account().named(request.clone(), "3EB0日本");
    assert_eq!(named.body.get("messageId").is_some(), is_named);
    assert!(request.says_the_same(&named));
    assert_eq!(request.fingerprint("p"), named.fingerprint("p"));
}

#[test]
fn other_gateways_give_no_names() {
    for gateway in [GatewayKind::Wuts, GatewayKind::GreenApi] {
        let account = Account::public(gateway);
        let request = account.encode(&text()).unwrap();
        assert_eq!(account.named(request.clone(), "x"), request);
    }
}

/// The server answers after it has shown "typing".
#[test]
fn an_answer_is_waited_for() {
    let draft = Draft {
        typing: Some(90),
        ..text()
    };
    let request = account().encode(&draft).unwrap();
    assert_eq!(account().holds_back(&request).as_secs(), 90);
}
