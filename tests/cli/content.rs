//! What would go out wrong: placeholders, numbers, texts of other programs.

use rstest::rstest;

use crate::prompt::Prompt;

fn message(to: &str, text: &str) -> String {
    format!("kind = \"text\"\nto = {to:?}\ntext = '''{text}'''\n")
}

#[rstest]
#[case::words("Hi {{nome do cliente}} 日本!", "{{nome_do_cliente}}")]
#[case::fallback("Hi {{name|there}}!", "{{name}}")]
#[case::n8n("Hi {{ $json.name }}!", "{{json.name}}")]
#[case::open("Hi {{name", "{{name}}")]
#[case::half("Hi {{name}", "{{name}}")]
fn a_look_alike_is_never_sent(#[case] text: &str, #[case] right: &str) {
    let prompt = Prompt::new().file("m.toml", &message("+55 11 99999-9999", text));
    let ran = prompt.run(&["check", "--format", "json", "m.toml"]);
    let problem = &ran.json()[0]["problems"][0];
    assert_eq!(ran.code, 1);
    assert_eq!(problem["field"], "text");
    assert_eq!(problem["severity"], "error");
    assert!(
        problem["message"].as_str().unwrap().contains(right),
        "{problem}"
    );
    assert_eq!(prompt.run(&["send", "m.toml"]).code, 1);
    // whoever tests a gateway can have it all the same
    assert_eq!(prompt.run(&["send", "--force", "m.toml"]).code, 0);
    assert_eq!(prompt.run(&["payload", "m.toml"]).code, 0);
}

#[test]
fn a_value_and_escaped_braces_are_sent_as_they_are() {
    let text = "Olá {{name}}, {{{{x}}}} é 日本";
    let prompt = Prompt::new().file("m.toml", &message("+55 11 99999-9999", text));
    let var = "name={{x}} {{nome do cliente}} {{{y}}}";
    for gateway in ["wuts", "green-api", "cloud-api"] {
        let payload = prompt.run(&["payload", "m.toml", "--gateway", gateway, "--var", var]);
        let expected = "Olá {{x}} {{nome do cliente}} {{{y}}}, {{x}} é 日本";
        assert_eq!(payload.code, 0);
        assert!(payload.out.contains(expected), "{}", payload.out);
        assert_eq!(payload.err, "");
    }
    let preview = prompt.run(&["preview", "m.toml", "--var", var, "--width", "70"]);
    assert!(
        preview.out.contains("{{nome do cliente}} {{{y}}}, {{x}} é"),
        "{}",
        preview.out
    );
    let sent = prompt.run(&["send", "m.toml", "--var", var]);
    assert_eq!((sent.code, sent.err.as_str()), (0, ""));
    let listed = prompt.run(&["history"]);
    assert!(
        listed.out.contains("Olá {{x}} {{nome do cliente}}"),
        "{}",
        listed.out
    );
}

/// What a body has between braces is meant so, and is again when the file is sent.
#[test]
fn braces_of_a_body_are_imported_escaped() {
    let prompt = Prompt::new();
    let body = r#"{"number":"5511999999999","text":"{{1}} é {{nome do cliente}} 日本"}"#;
    let imported = prompt.run_with_input(&["import"], body);
    assert!(
        imported
            .out
            .contains("{{{{1}}}} é {{{{nome do cliente}}}} 日本"),
        "{}",
        imported.out
    );
    let prompt = prompt.file("m.toml", &imported.out);
    let payload = prompt.run(&["payload", "m.toml"]);
    assert!(
        payload.out.contains("\"{{1}} é {{nome do cliente}} 日本\""),
        "{}",
        payload.out
    );
}

#[test]
fn a_national_number_is_a_warning_that_names_the_key() {
    let prompt = Prompt::new().file("m.toml", &message("(11) 98888-7777", "日本"));
    let ran = prompt.run(&["check", "--gateway", "all", "m.toml"]);
    assert_eq!(ran.code, 0);
    let named = "did you mean +55 11 98888-7777? Write it so, or set country = \"55\"";
    let gateways = wacompose::gateway::GatewayKind::ALL.len();
    assert_eq!(ran.out.matches(named).count(), gateways, "{}", ran.out);
    let payload = prompt.run(&["payload", "--gateway", "wuts", "m.toml"]);
    assert!(
        payload.out.contains("\"number\": \"11988887777\""),
        "{}",
        payload.out
    );
}

#[rstest]
#[case::for_all("country = \"55\"\n", &["--profile", "sandbox"])]
#[case::without_a_profile("country = \"+55\"\n", &["--gateway", "wuts"])]
#[case::of_a_profile(
    "[profiles.p]\ngateway = \"wuts\"\ntoken = { env = \"T\" }\ncountry = \"55\"\n",
    &["--profile", "p"]
)]
#[case::of_a_profile_first(
    "country = \"1\"\n[profiles.p]\ngateway = \"wuts\"\ntoken = { env = \"T\" }\ncountry = \"55\"\n",
    &["--profile", "p"]
)]
fn the_country_of_the_configuration_is_used_and_said(
    #[case] config: &str,
    #[case] target: &[&str],
) {
    let prompt = Prompt::new()
        .file("config.toml", config)
        .file("m.toml", &message("011 98888-7777", "日本"));
    let run = |command: &str| prompt.run(&[&[command, "m.toml"], target].concat());
    let checked = run("check");
    assert_eq!(checked.code, 0, "{}", checked.out);
    let said = "warning: to: it is sent to +55 11 98888-7777 (BR), as country = \"55\" is set";
    assert!(checked.out.contains(said), "{}", checked.out);
    let payload = run("payload");
    assert!(
        payload.out.contains("\"number\": \"5511988887777\""),
        "{}",
        payload.out
    );
}

#[rstest]
#[case::unknown("country = \"999\"\n")]
#[case::iso("country = \"BR\"\n")]
#[case::number("country = 55\n")]
#[case::of_a_profile(
    "[profiles.p]\ngateway = \"wuts\"\ntoken = { env = \"T\" }\ncountry = \"日本\"\n"
)]
fn a_country_that_is_none_is_an_error(#[case] config: &str) {
    let prompt = Prompt::new().file("config.toml", config);
    let ran = prompt.run(&["config", "check"]);
    assert_ne!(ran.code, 0);
    assert!(
        format!("{}{}", ran.out, ran.err).contains("country: expected"),
        "{ran:?}"
    );
}

#[test]
fn a_group_of_the_cloud_api_is_named() {
    let prompt = Prompt::new()
        .file("id.toml", &message("Y2FwaV9ncm91cDox", "日本"))
        .file("jid.toml", &message("120363039000000000@g.us", "日本"));
    for file in ["id.toml", "jid.toml"] {
        let ran = prompt.run(&["check", "--gateway", "cloud-api", file]);
        assert_eq!(ran.code, 1);
        assert!(ran.out.contains("not supported yet"), "{}", ran.out);
        assert!(ran.out.contains(": 1 error\n"), "{}", ran.out);
    }
}
