//! What is not carried over as it was meant is said, or refused: nothing becomes another message in
//! silence.

use rstest::rstest;
use wacompose::import::import;
use wacompose::message::file::{Format, parse, write};

/// A request file, and a request of Postman's, with a text.
fn with_text(text: &str) -> [String; 2] {
    let body = format!(r#"{{"number":"1","text":"{text}"}}"#);
    let raw = body.replace('"', "\\\"");
    [
        format!("POST https://h/send/text\n\n{body}"),
        format!(
            r#"{{"info":{{}},"item":[{{"name":"a","request":{{"url":"https://h/send/text","body":{{"mode":"raw","raw":"{raw}"}}}}}}]}}"#
        ),
    ]
}

#[rstest]
#[case::computed("hi {{$guid}}", "hi {{$guid}}", "{{$guid}} is kept")]
#[case::with_an_argument("{{$dotenv NUM}}", "{{$dotenv NUM}}", "{{$dotenv NUM}} is kept")]
#[case::words(
    "{{ nome do cliente }} 日本",
    "{{ nome do cliente }} 日本",
    "{{ nome do cliente }} is kept"
)]
#[case::a_template("{{#if x}}é", "{{#if x}}é", "{{#if x}} is kept")]
#[case::a_filter("{{name|upper}}", "{{name|upper}}", "{{name|upper}} is kept")]
#[case::empty("a {{}} b", "a {{}} b", "is kept")]
fn what_is_no_variable_keeps_its_braces(
    #[case] text: &str,
    #[case] expected: &str,
    #[case] said: &str,
) {
    for file in with_text(text) {
        let imported = import(&file).unwrap();
        assert_eq!(imported.draft.message.text(), expected);
        assert_eq!(imported.warnings.len(), 1, "{:?}", imported.warnings);
        assert!(
            imported.warnings[0].contains(said),
            "{:?}",
            imported.warnings
        );
        // the check refuses it, in the file too
        let draft = parse(&write(&imported.draft, Format::Toml), Format::Toml).unwrap();
        assert_ne!(
            wacompose::message::variables::wrong_in(draft.message.text()),
            []
        );
    }
}

/// No body that is not visible is said to lack something, whatever the gateway.
#[rstest]
fn a_body_that_is_not_visible(
    #[values(
        "https://api.wuts.com.br/send/text",
        "https://api.wuts.com.br/send/buttons",
        "https://api.green-api.com/waInstance1/sendMessage/t0ken",
        "https://graph.facebook.com/v23.0/1/messages",
        "https://e.example.com/message/sendText/me",
        "http://localhost:3000/api/sendText",
        "http://localhost:8080/chat/send/text"
    )]
    url: &str,
    #[values(
        ("curl URL -d @body.json", "from the file body.json: import that file"),
        ("curl URL -d \"$BODY\"", "the variable BODY"),
        ("curl URL -d @-", "standard input"),
        ("curl URL -F text=é", "a form or a file (-F)"),
        ("curl -G URL --data-urlencode text=é", "a form or a file (--data-urlencode)"),
        ("jq -n '{}' | curl URL -d @-", "made by jq"),
        ("curl URL -d \"$(jq -n '{}')\"", "made by $(jq -n '{}')"),
        ("type body.json | curl URL -d @-", "the file body.json"),
        ("irm URL -Method Post -Body @{ number = '1' }", "a table"),
        ("POST URL\n\n< ./body.json", "the file ./body.json")
    )]
    command: (&str, &str),
) {
    let (command, said) = command;
    let error = import(&command.replace("URL", url))
        .unwrap_err()
        .to_string();
    assert!(error.contains(said), "{error}");
}

#[rstest]
#[case::edit(
    r#"{"number":"1","text":"é","key":{"remoteJid":"1@s.whatsapp.net","fromMe":true,"id":"3EB0"}}"#,
    "Evolution API's updateMessage: it changes a message"
)]
#[case::presence(
    r#"{"number":"55","delay":1200,"presence":"composing"}"#,
    "Evolution API's sendPresence: it shows that somebody is typing"
)]
#[case::presence_of_version_1(
    r#"{"number":"55","options":{"delay":1200,"presence":"composing"}}"#,
    "Evolution API's sendPresence"
)]
#[case::waha_typing(
    r#"{"chatId":"1@c.us","session":"default"}"#,
    "WAHA's sendSeen, startTyping or stopTyping"
)]
#[case::cloud_text(
    r#"{"messaging_product":"whatsapp","to":"1","type":"text","text":"é"}"#,
    "this is the Cloud API's body, but there is no text, buttons or sections in it (type text needs text.body"
)]
#[case::wuts(
    r#"{"number":"1","typingDuration":2}"#,
    "this is WUTS' body, but there is no text"
)]
#[case::green(
    r#"{"chatId":"1@c.us"}"#,
    "this is GREEN-API's body, but there is no message"
)]
#[case::two(
    r#"{"number":["1","2"],"text":"é"}"#,
    "the message goes to 2 recipients (number): import one at a time"
)]
#[case::two_chats(
    r#"{"chatId":["1@c.us","2@c.us"],"message":"é"}"#,
    "the message goes to 2 recipients (chatId)"
)]
#[case::an_object(
    r#"{"number":{"a":1},"text":"é"}"#,
    "number is an object, and no recipient"
)]
#[case::true_or_false(r#"{"Phone":true,"Body":"é"}"#, "Phone is true or false")]
#[case::business_scoped(
    r#"{"messaging_product":"whatsapp","recipient":"US.13491208655302741918","type":"text","text":{"body":"é"}}"#,
    "a business-scoped user id of the Cloud API, which cannot be written to yet"
)]
#[case::a_list_of_objects(
    r#"{"messaging_product":"whatsapp","to":[{"a":1}],"type":"text","text":{"body":"é"}}"#,
    "to is a list of something else"
)]
fn it_is_refused(#[case] body: &str, #[case] said: &str) {
    let error = import(body).unwrap_err().to_string();
    assert!(error.contains(said), "{error}");
    assert_eq!(error.lines().count(), 1);
}

#[rstest]
#[case::cloud(
    r#"{"messaging_product":"whatsapp","to":["5511"],"type":"text","text":{"body":"é"}}"#,
    "5511"
)]
#[case::evolution(r#"{"number":["5511"],"text":"é","linkPreview":true}"#, "5511")]
#[case::wuts_number(r#"{"number":[5511],"text":"é","typingDuration":1}"#, "5511")]
#[case::green(r#"{"chatId":["5511@c.us"],"message":"é"}"#, "5511@c.us")]
#[case::waha(r#"{"chatId":["5511@c.us"],"text":"é"}"#, "5511@c.us")]
#[case::wuzapi(r#"{"Phone":["5511"],"Body":"é"}"#, "5511")]
#[case::as_a_text(r#"{"number":"[\"5511\"]","text":"é"}"#, "5511")]
#[case::in_a_list(r#"[{"number":"5511","text":"é"}]"#, "5511")]
#[case::null(r#"{"number":null,"text":"é"}"#, "")]
#[case::none(r#"{"number":[],"text":"é"}"#, "")]
fn one_recipient_is_taken(#[case] body: &str, #[case] to: &str) {
    let imported = import(body).unwrap();
    assert_eq!(imported.draft.to, to);
    assert_eq!(imported.left_out, [""; 0]);
}

/// The ids of a message's buttons or rows, in its file.
fn ids(body: &str) -> Vec<String> {
    let file = write(&import(body).unwrap().draft, Format::Toml);
    let ids = file.lines().filter_map(|line| line.strip_prefix("id = "));
    ids.map(|id| id.trim_matches('"').to_owned()).collect()
}

#[rstest]
#[case::urls(
    r#"{"number":"1","title":"é","buttons":[{"type":"url","displayText":"a","url":"https://e/a"},{"type":"url","displayText":"b","url":"https://e/b"},{"type":"url","displayText":"c","url":"https://e/c"}]}"#,
    &["url", "url-2", "url-3"]
)]
#[case::one_is_given(
    r#"{"number":"1","title":"é","buttons":[{"type":"copy","displayText":"a","copyCode":"A"},{"type":"reply","displayText":"b","id":"copy"},{"type":"copy","displayText":"c","copyCode":"C","id":"copy-2"}]}"#,
    &["copy-3", "copy", "copy-2"]
)]
#[case::calls_of_green_api(
    r#"{"chatId":"1@c.us","message":"é","templateButtons":[{"index":1,"callButton":{"displayText":"a","phoneNumber":"1"}},{"index":2,"callButton":{"displayText":"b","phoneNumber":"2"}}]}"#,
    &["call", "call-2"]
)]
#[case::rows(
    r#"{"number":"1","title":"é","description":"d","buttonText":"B","sections":[{"title":"S","rows":[{"title":"日本"}]},{"title":"T","rows":[{"title":"日本"},{"title":"b"}]}]}"#,
    &["日本", "日本-2", "b"]
)]
#[case::replies(
    r#"{"chatId":"1@c.us","body":"é","buttons":[{"type":"reply","text":"Sim"},{"type":"reply","text":"Sim"}]}"#,
    &["Sim", "Sim-2"]
)]
#[case::given_ones_stay(
    r#"{"number":"1","title":"é","buttons":[{"type":"reply","displayText":"a","id":"x"},{"type":"reply","displayText":"b","id":"x"}]}"#,
    &["x", "x"]
)]
fn invented_ids_differ(#[case] body: &str, #[case] expected: &[&str]) {
    assert_eq!(ids(body), expected);
}

#[rstest]
#[case::no_sections(r#"{"number":"1","description":"é","button_text":"B","sections":[]}"#, &["sections"])]
#[case::no_products(
    r#"{"number":"1","description":"é","button_text":"B","sections":[{"title":"a","product_ids":["1"]},{"title":"b","product_ids":[]}]}"#,
    &["sections[1].products"]
)]
#[case::cloud(
    r#"{"messaging_product":"whatsapp","to":"1","type":"interactive","interactive":{"type":"product_list","body":{"text":"é"},"action":{"catalog_id":"1","sections":[]}}}"#,
    &["sections"]
)]
#[case::whole(
    r#"{"messaging_product":"whatsapp","to":"1","type":"interactive","interactive":{"body":{"text":"é"},"action":{"name":"catalog_message"}}}"#,
    &[]
)]
fn a_catalog_shows_something(#[case] body: &str, #[case] missing: &[&str]) {
    let imported = import(body).unwrap();
    let found = imported.missing.iter().map(ToString::to_string);
    assert_eq!(found.collect::<Vec<_>>(), missing);
}

/// `BODY` stands for a body in `cmd`'s quotes, whose text is `hi %NAME%`.
#[rstest]
#[case::set("set NAME=Ana Maria\ncurl https://h -d BODY", "hi Ana Maria")]
#[case::set_in_quotes("@echo off\nSET \"name=Ana\"\ncurl https://h -d BODY", "hi Ana")]
#[case::prompt("C:\\Users\\ana>curl https://h -d BODY", "hi {{NAME}}")]
#[case::neither("curl https://h -d BODY", "hi {{NAME}}")]
#[case::another_shell("TO=1\ncurl \"https://h/$TO\" -d BODY", "hi %NAME%")]
#[case::lines_of_another_shell("curl https://h \\\n -d BODY", "hi %NAME%")]
fn a_command_of_cmd_without_carets(#[case] command: &str, #[case] text: &str) {
    let body = "\"{\\\"number\\\":\\\"1\\\",\\\"text\\\":\\\"hi %NAME%\\\"}\"";
    let imported = import(&command.replace("BODY", body)).unwrap();
    assert_eq!(imported.draft.message.text(), text);
}

#[test]
fn letters_in_an_address_are_no_variables_of_cmd() {
    let command = "curl \"https://h/a%C3%A7%C3%A3o\" -d \"{\\\"number\\\":\\\"1\\\",\\\"text\\\":\\\"\\$5 100%\\\"}\"";
    assert_eq!(import(command).unwrap().draft.message.text(), "$5 100%");
}

#[test]
fn a_list_of_evolution_has_its_sections_in_values() {
    let body = r#"{"number":"1","title":"T","description":"é","buttonText":"B","footerText":"F","values":[{"title":"S","rows":[{"title":"R","rowId":"r"}]}]}"#;
    assert_eq!(ids(body), ["r"]);
    let poll = r#"{"number":"1","name":"é","values":["a","b"]}"#;
    let poll = import(poll).unwrap().draft.message;
    assert_eq!(poll.kind(), wacompose::message::Kind::Poll);
}

/// What a shell would compute stays, and is named.
#[rstest]
#[case::an_item("hi ${arr[0]}", "${arr[0]}")]
#[case::an_argument("hi $1", "$1")]
#[case::a_command("hi $(date)", "$(date)")]
#[case::arithmetic("hi $((1+1))", "$((1+1))")]
#[case::an_old_command("hi `date`", "`date`")]
#[case::a_length("hi ${#name}", "${#name}")]
fn an_expression_of_a_shell_is_named(#[case] text: &str, #[case] expression: &str) {
    let body = format!("{{\"number\":\"1\",\"text\":\"{text} 日本\"}}");
    let quoted = format!("curl https://h -d \"{}\"", body.replace('"', "\\\""));
    let document = format!("curl https://h -d @- <<EOF\n{body}\nEOF");
    for command in [quoted, document] {
        let imported = import(&command).unwrap();
        assert_eq!(imported.draft.message.text(), format!("{text} 日本"));
        assert_eq!(imported.warnings.len(), 1, "{:?}", imported.warnings);
        let said = format!("{expression} is not known");
        assert!(
            imported.warnings[0].contains(&said),
            "{:?}",
            imported.warnings
        );
    }
}

#[test]
fn an_expression_of_powershell_is_named() {
    let command =
        "irm https://h -Body \"{`\"number`\":`\"1`\",`\"text`\":`\"é $($order.items[\"a\"])`\"}\"";
    let imported = import(command).unwrap();
    assert_eq!(imported.draft.message.text(), "é $($order.items[\"a\"])");
    assert_eq!(imported.warnings.len(), 1, "{:?}", imported.warnings);
}

#[rstest]
#[case::one("curl -Uri https://h/send/text -Method POST -Body 'BODY'")]
#[case::lines(
    "curl -Uri 'https://h/send/text' `\n  -Method Post `\n  -Headers @{ Authorization = 'Bearer s3cret' } `\n  -Body 'BODY'"
)]
#[case::wget("wget https://h/send/text -Method POST -Body 'BODY'")]
fn curl_is_a_name_of_powershells_command(#[case] command: &str) {
    let body = r#"{"number":"5511","text":"é 日本"}"#;
    let imported = import(&command.replace("BODY", body)).unwrap();
    assert_eq!(imported.draft.message.text(), "é 日本");
}

#[rstest]
#[case::har_of_base64(r#"{"log":{"entries":[{"request":{"url":"https://h/send/text","postData":{"encoding":"base64","text":"eyJudW1iZXIiOiIxIiwidGV4dCI6IsOpIn0="}}}]}}"#)]
#[case::postman_1(r#"{"id":"a","name":"c","requests":[{"name":"s","url":"https://h/send/text","headers":"Token: s3cret\n","dataMode":"raw","rawModeData":"{\"number\":\"1\",\"text\":\"é\"}"}]}"#)]
#[case::item(r#"{"name":"s","request":{"method":"POST","url":"https://h/send/text","body":{"mode":"raw","raw":"{\"number\":\"1\",\"text\":\"é\"}"}}}"#)]
#[case::request(r#"{"method":"POST","url":{"raw":"https://h/send/text"},"header":[],"body":{"mode":"raw","raw":"{\"number\":\"1\",\"text\":\"é\"}"}}"#)]
fn an_export_is_read(#[case] export: &str) {
    let imported = import(export).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(imported.draft.message.text(), "é");
    assert!(!format!("{imported:?}").contains("s3cret"));
}

#[rstest]
#[case::params(r#"{"log":{"entries":[{"request":{"url":"https://h/send/text","postData":{"params":[{"name":"text","value":"é"}]}}}]}}"#)]
#[case::no_text(r#"{"log":{"entries":[{"request":{"url":"https://h/send/text","postData":{"encoding":"base64","text":"////"}}}]}}"#)]
fn a_recording_of_forms_is_named(#[case] export: &str) {
    let error = import(export).unwrap_err().to_string();
    assert!(
        error.contains("in which no request sends JSON: what is sent there are forms"),
        "{error}"
    );
}

/// The braces in a command's single quotes are sent: whoever wrote them most likely meant a variable.
#[rstest]
#[case::text(
    r#"curl https://h -d '{"number":"1","text":"Oi {{name}} 日本"}'"#,
    "text has {{name}} in it, which is sent as it is"
)]
#[case::recipient(
    r#"curl https://h -d '{"number":"{{phone}}","text":"é"}'"#,
    "the variable phone has no value"
)]
fn braces_that_are_sent_are_named(#[case] command: &str, #[case] said: &str) {
    let imported = import(command).unwrap();
    assert_eq!(imported.warnings.len(), 1, "{:?}", imported.warnings);
    assert!(
        imported.warnings[0].contains(said),
        "{:?}",
        imported.warnings
    );
}

/// The characters that carry variables here are no variables where a body has them.
#[rstest]
#[case::raw("{\"number\":\"1\",\"text\":\"\u{fdd0}x\u{fdd1}\"}")]
#[case::escaped(r#"{"number":"1","text":"\ufdd0x\uFDD1"}"#)]
fn noncharacters_are_no_variables(#[case] body: &str) {
    let imported = import(body).unwrap();
    assert_eq!(imported.draft.message.text(), "\u{fffd}x\u{fffd}");
    assert_eq!(imported.warnings, [""; 0]);
}

/// A body with a text that goes to another method of WUTS' is refused by that method's name.
#[rstest]
#[case::edit("message/edit", "edit")]
#[case::delete("message/delete", "delete")]
#[case::caption("send/image", "image")]
#[case::poll("send/poll", "poll")]
#[case::presence("send/presence", "presence")]
#[case::group("group/create", "create")]
#[case::below_a_prefix("v1/send/location", "location")]
fn another_method_of_wuts_is_no_text(#[case] path: &str, #[case] method: &str) {
    let command = format!(
        "curl -X POST https://api.wuts.com.br/{path} \
         -d '{{\"number\":\"5511987654321\",\"message_id\":\"3EB0\",\"text\":\"Olá 日本\"}}'"
    );
    let error = import(&command).unwrap_err().to_string();
    assert!(error.contains("WUTS'") && error.contains(method), "{error}");
}
