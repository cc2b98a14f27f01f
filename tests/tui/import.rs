//! What is pasted becomes the draft.

use crate::desk::{Desk, order, sample, text};
use rstest::rstest;
use wacompose::config::Profile;
use wacompose::gateway::{Account, GatewayKind};
use wacompose::message::{Draft, Kind};
use wacompose::tui::dialog::Modal;
use wacompose::tui::effect::Effect;

const TOKEN: &str = "s3cret-9f1c2d3e";

fn curl(draft: &Draft, gateway: GatewayKind) -> String {
    Account::public(gateway)
        .encode(draft)
        .unwrap()
        .to_curl(TOKEN)
}

/// The composer with the dialog open.
fn asked(draft: Draft) -> Desk {
    let mut desk = Desk::wuts(draft);
    desk.press("<ctrl-p>import<enter>");
    assert!(matches!(desk.app.modals.as_slice(), [Modal::Import(_)]));
    desk
}

#[rstest]
#[case::wuts(GatewayKind::Wuts, "✓ WUTS: buttons, to +5511999999999 (user)")]
#[case::green_api(
    GatewayKind::GreenApi,
    "✓ GREEN-API: buttons, to +5511999999999 (user)"
)]
#[case::cloud_api(
    GatewayKind::CloudApi,
    "✓ Cloud API: buttons, to +5511999999999 (user)"
)]
fn what_was_understood_is_said_at_once(#[case] gateway: GatewayKind, #[case] said: &str) {
    let mut desk = asked(text(""));
    desk.paste(&curl(&order(), gateway));
    assert!(desk.screen().contains(said), "{}", desk.screen());
    assert_eq!(desk.app.draft(), &text(""), "nothing is taken yet");
    desk.press("<enter>");
    assert!(desk.app.modals.is_empty());
    assert_eq!(desk.app.draft().message, order().message);
    assert!(!desk.app.is_modified());
}

/// Every kind, by a gateway that carries it, comes into the form.
#[rstest]
#[case::text("text.toml", Kind::Text)]
#[case::buttons("order.toml", Kind::Buttons)]
#[case::catalog("catalog.toml", Kind::Catalog)]
#[case::list("list.toml", Kind::List)]
#[case::button_reply("button-reply.toml", Kind::ButtonReply)]
#[case::list_reply("list-reply.toml", Kind::ListReply)]
fn every_kind_is_taken(#[case] name: &str, #[case] kind: Kind) {
    let draft = sample(name);
    let mut desk = asked(text("日本"));
    desk.paste(&curl(&draft, GatewayKind::Wuts))
        .press("<enter>");
    assert_eq!(desk.app.draft().message.kind(), kind);
    assert_eq!(desk.app.draft().message.text(), draft.message.text());
    desk.screen();
}

#[rstest]
#[case::no_json("Olá 👋 日本", "neither a JSON body nor a curl command")]
#[case::open_quote("curl -d '{", "a quote in the curl command is not closed")]
#[case::no_body("curl https://example.com", "sends no body")]
#[case::unknown("{\"שלום\": 1}", "no gateway sends a body like this one")]
#[case::list("[1]", "a body is a JSON object")]
#[case::control("{\"\u{1b}[31m\": 1}", "the body is not JSON")]
#[case::hidden("{\"\\u202e\\u001b[31mx\": 1}", "⟨U+202E⟩␛[31mx")]
fn why_nothing_was_understood_is_said(#[case] pasted: &str, #[case] said: &str) {
    let mut desk = asked(text("日本"));
    desk.paste(pasted);
    let screen = desk.screen();
    let words = screen.lines().skip_while(|row| !row.contains("✗ "));
    let words = words
        .map(|row| row.trim_matches(['│', ' ']))
        .collect::<Vec<_>>();
    assert!(words.join(" ").contains(said), "{screen}");
    assert!(!screen.contains('\u{1b}') && !screen.contains('\u{202e}'));
    desk.press("<enter>");
    assert!(matches!(desk.app.modals.as_slice(), [Modal::Import(_)]));
    desk.press("<esc>");
    assert_eq!(desk.app.draft(), &text("日本"));
    assert!(desk.app.modals.is_empty());
}

#[test]
fn typing_works_too() {
    let mut desk = asked(order());
    desk.press("{<enter>\"number\": \"5511999999999\",<enter>\"text\": \"Olá 日本 e\u{301}\"");
    assert!(desk.screen().contains('✗'), "{}", desk.screen());
    desk.press("}");
    let screen = desk.screen();
    assert!(screen.contains("✓ WUTS: text"), "{screen}");
    desk.press("<bs>");
    assert!(desk.screen().contains('✗'), "{}", desk.screen());
    desk.press("<ctrl-z>");
    assert!(desk.screen().contains('✓'), "{}", desk.screen());
    desk.press("<enter>");
    assert_eq!(desk.app.draft().message.text(), "Olá 日本 e\u{301}");
}

#[test]
fn another_paste_can_take_the_place_of_the_first() {
    let mut desk = asked(order());
    desk.paste("nothing 日本").press("<alt-a>");
    desk.paste(&curl(&text("Olá 👋"), GatewayKind::CloudApi))
        .press("<enter>");
    assert_eq!(desk.app.draft().message.text(), "Olá 👋");
}

#[test]
fn what_could_not_be_carried_is_named() {
    let mut desk = asked(order());
    desk.paste(r#"{"number": "5511999999999", "text": "日本", "chave": 1, "語": {"a": 2}}"#);
    let screen = desk.screen();
    assert!(screen.contains("! Left out: chave, 語"), "{screen}");
    desk.press("<enter>");
    assert!(
        desk.screen().contains("but for 2 keys"),
        "{}",
        desk.screen()
    );
}

/// The words are those of the command.
#[rstest]
#[case::evolution(
    r#"{"number":"1","title":"日本","buttons":[{"type":"reply","displayText":"é","id":"1"}]}"#,
    "✓ Evolution API: buttons"
)]
#[case::waha(r#"{"chatId":"1@c.us","text":"日本","session":"s"}"#, "✓ WAHA: text")]
#[case::wuzapi(r#"{"Phone":"1","Body":"日本"}"#, "✓ wuzapi: text")]
#[case::milliseconds(
    r#"{"number":"1","text":"日本","delay":1200}"#,
    "! delay 1200 is read as milliseconds: 2 seconds"
)]
#[case::empty(r#"{"number":"1","text":""}"#, "! Empty in it: text")]
#[case::poll(
    r#"{"chatId":"1@c.us","message":"日本","options":[{"optionName":"a"},{"optionName":"👍"}]}"#,
    "✓ GREEN-API: poll"
)]
#[case::windows(
    "curl.exe https://h -d \"{\\\"number\\\":\\\"1\\\",\\\"text\\\":\\\"é\\\"}\"",
    "✓ WUTS: text"
)]
fn what_the_command_says_is_said(#[case] pasted: &str, #[case] said: &str) {
    let mut desk = asked(text("שלום"));
    desk.paste(pasted);
    assert!(desk.screen().contains(said), "{}", desk.screen());
}

#[test]
fn thousands_of_keys_are_counted() {
    let keys: Vec<String> = (0..5000).map(|at| format!("\"k{at}\":1")).collect();
    let body = format!("{{\"number\":\"1\",\"text\":\"日本\",{}}}", keys.join(","));
    let mut desk = asked(order());
    desk.paste(&body);
    assert!(desk.screen().contains("and 4988 more"), "{}", desk.screen());
}

#[rstest]
#[case::loaded("", "<enter>", true, 0)]
#[case::changed_asks("x", "<enter>", false, 2)]
#[case::changed_and_kept("x", "<enter><enter>", false, 1)]
#[case::changed_and_esc("x", "<enter><esc>", false, 1)]
#[case::changed_and_lost("x", "<enter><left><enter>", true, 0)]
#[case::imported_before("", "<enter><ctrl-p>import<enter>", true, 1)]
fn changes_are_not_lost_unasked(
    #[case] typed: &str,
    #[case] keys: &str,
    #[case] taken: bool,
    #[case] modals: usize,
) {
    let mut desk = Desk::wuts(text("日本"));
    desk.press(typed).press("<ctrl-p>import<enter>");
    desk.paste(&curl(&order(), GatewayKind::Wuts)).press(keys);
    assert_eq!(desk.app.draft().message == order().message, taken);
    assert_eq!(desk.app.modals.len(), modals);
    if modals == 2 {
        assert!(
            desk.screen().contains("Unsaved changes"),
            "{}",
            desk.screen()
        );
    }
}

#[test]
fn an_import_belongs_to_no_file() {
    let mut desk = Desk::new(order(), Profile::sandbox(GatewayKind::Wuts), 80, 24);
    desk.app.file = Some("order.toml".into());
    desk.press("<ctrl-p>import<enter>");
    desk.paste(&curl(&text("Olá"), GatewayKind::Wuts))
        .press("<enter>");
    assert_eq!(desk.app.file, None);
    desk.take_effects();
    desk.press("<ctrl-s>");
    assert!(desk.screen().contains("Save as"), "{}", desk.screen());
    let effects = desk.take_effects();
    let is_save = |effect: &Effect| matches!(effect, Effect::Save { .. });
    assert!(!effects.iter().any(is_save), "it asks for a name");
}

#[test]
fn several_megabytes_are_refused_and_said() {
    let mut desk = asked(order());
    desk.paste("{\"number\": 1}");
    let before = desk.screen();
    desk.paste(&"日本 ".repeat(1 << 20));
    let screen = desk.screen();
    assert!(screen.contains("too much to paste: 7169 KB"), "{screen}");
    assert!(screen.contains("{\"number\": 1}"), "{screen}");
    desk.press(" <bs>");
    assert_eq!(desk.screen(), before, "what was there can be edited on");
}

#[rstest]
#[case::empty_80x24("import_empty_80x24", "", 80, 24)]
#[case::curl_80x24("import_curl_80x24", "curl", 80, 24)]
#[case::curl_120x40("import_curl_120x40", "curl", 120, 40)]
#[case::wrong_50x15("import_wrong_50x15", "{\"語\": [1, 2\n3", 50, 15)]
fn screens(#[case] name: &str, #[case] pasted: &str, #[case] width: u16, #[case] height: u16) {
    let mut desk = Desk::new(order(), Profile::sandbox(GatewayKind::Wuts), width, height);
    desk.press("<ctrl-p>import<enter>");
    let request = Account::public(GatewayKind::GreenApi)
        .encode(&order())
        .unwrap();
    desk.paste(&match pasted {
        "curl" => request
            .to_curl("<token>")
            .replace("\"body\"", "\"長い\":1,\"body\""),
        other => other.to_owned(),
    });
    insta::assert_snapshot!(name, desk.screen());
}

/// A dialog whose text is longer than itself says so, and its border holds.
#[rstest]
fn borders_hold(#[values(50, 80, 120)] width: u16, #[values(15, 24, 40)] height: u16) {
    let mut desk = Desk::new(order(), Profile::sandbox(GatewayKind::Wuts), width, height);
    desk.press("<ctrl-p>import<enter>");
    let body = "{\"日本語\": \"👨‍👩‍👧‍👦 e\u{301} שלום\",\n".repeat(60);
    desk.paste(&body);
    let screen = desk.screen();
    for line in screen.lines() {
        assert_eq!(
            crate::screens::cells(line),
            usize::from(width),
            "{line:?} of\n{screen}"
        );
    }
    assert!(screen.contains("↑ "), "{screen}");
    desk.press("<ctrl-home>");
    assert!(desk.screen().contains("↓ "), "{}", desk.screen());
}
