//! Bodies of every gateway that is read, by their keys and by the address that they go to.

use rstest::rstest;
use wacompose::import::{Imported, Source, import};
use wacompose::message::file::{Format, write};

/// The message as a file, without its last line's end.
fn file(imported: &Imported) -> String {
    write(&imported.draft, Format::Toml).trim_end().to_owned()
}

fn lines(lines: &[&str]) -> String {
    lines.join("\n")
}

#[rstest]
#[case::evolution_text(
    r#"{"number":"5511999999999","text":"Olá 👋","linkPreview":false,"mentionsEveryOne":false,"mentioned":[],"quoted":{"key":{"id":"3EB0"}}}"#,
    Source::Evolution,
    &["kind = \"text\"", "to = \"5511999999999\"", "text = \"Olá 👋\"", "quote = { id = \"3EB0\" }", "link_preview = false"]
)]
#[case::evolution_buttons(
    r#"{"number":"5511999999999","title":"日本","description":"Pick","footer":"F","buttons":[
        {"type":"reply","displayText":"Sim","id":"y"},{"type":"url","displayText":"Site","url":"https://example.com"},
        {"type":"call","displayText":"Call","phoneNumber":"5511999999999"},{"type":"copy","displayText":"Copy","copyCode":"ABC"}]}"#,
    Source::Evolution,
    &["kind = \"buttons\"", "to = \"5511999999999\"", "header = \"日本\"", "text = \"Pick\"", "footer = \"F\"", "",
      "[[buttons]]", "id = \"y\"", "text = \"Sim\"", "",
      "[[buttons]]", "id = \"url\"", "text = \"Site\"", "action = \"url\"", "url = \"https://example.com\"", "",
      "[[buttons]]", "id = \"call\"", "text = \"Call\"", "action = \"call\"", "phone = \"5511999999999\"", "",
      "[[buttons]]", "id = \"copy\"", "text = \"Copy\"", "action = \"copy\"", "code = \"ABC\""]
)]
#[case::evolution_pix(
    r#"{"number":"1","title":"Order 日本","description":"Pay","buttons":[{"type":"pix","currency":"BRL","name":"José","keyType":"email","key":"a@b"}]}"#,
    Source::Evolution,
    &["kind = \"buttons\"", "to = \"1\"", "header = \"Order 日本\"", "text = \"Pay\"", "", "[[buttons]]", "id = \"pix\"", "text = \"Pix\"",
      "action = \"pix\"", "pix = { name = \"José\", key_type = \"email\", key = \"a@b\", currency = \"BRL\" }"]
)]
#[case::evolution_title_alone(
    r#"{"number":"1","title":"שלום","buttons":[{"type":"REPLY","displayText":"e\u0301","id":7}]}"#,
    Source::Evolution,
    &["kind = \"buttons\"", "to = \"1\"", "text = \"שלום\"", "", "[[buttons]]", "id = \"7\"", "text = \"e\u{301}\""]
)]
#[case::evolution_list(
    r#"{"number":5511999999999,"title":"T","description":"D","buttonText":"Open","footerText":"","sections":[
        {"title":"S","rows":[{"title":"R 👩‍👩‍👧","description":"d","rowId":"r1"}]}]}"#,
    Source::Evolution,
    &["kind = \"list\"", "to = \"5511999999999\"", "title = \"T\"", "text = \"D\"", "button = \"Open\"", "",
      "[[sections]]", "title = \"S\"", "", "[[sections.rows]]", "id = \"r1\"", "title = \"R 👩‍👩‍👧\"", "description = \"d\""]
)]
#[case::evolution_1_text(
    r#"{"number":"1","options":{"delay":0,"presence":"composing","linkPreview":true},"textMessage":{"text":"中"}}"#,
    Source::Evolution,
    &["kind = \"text\"", "to = \"1\"", "text = \"中\"", "link_preview = true"]
)]
#[case::evolution_1_buttons(
    r#"{"number":"1","buttonMessage":{"title":"T","description":"D","footerText":"F","buttons":[{"buttonText":"é","buttonId":"a"}]}}"#,
    Source::Evolution,
    &["kind = \"buttons\"", "to = \"1\"", "header = \"T\"", "text = \"D\"", "footer = \"F\"", "", "[[buttons]]", "id = \"a\"", "text = \"é\""]
)]
#[case::evolution_1_list(
    r#"{"number":"1","listMessage":{"title":"T","description":"D","footerText":"F","buttonText":"B","sections":[{"title":"S","rows":[{"title":"R","description":"","rowId":"1"}]}]}}"#,
    Source::Evolution,
    &["kind = \"list\"", "to = \"1\"", "title = \"T\"", "text = \"D\"", "footer = \"F\"", "button = \"B\"", "",
      "[[sections]]", "title = \"S\"", "", "[[sections.rows]]", "id = \"1\"", "title = \"R\""]
)]
#[case::waha_text(
    r#"{"chatId":"5511999999999@c.us","text":"日本","session":"default","reply_to":"false_1@c.us_AAA","linkPreview":true}"#,
    Source::Waha,
    &["kind = \"text\"", "to = \"5511999999999@c.us\"", "text = \"日本\"", "quote = { id = \"false_1@c.us_AAA\" }", "link_preview = true"]
)]
#[case::waha_buttons(
    r#"{"chatId":"1@c.us","header":"H","body":"B","footer":"F","session":"s","buttons":[{"type":"reply","text":"Sim","id":"y"},{"type":"url","text":"Site","url":"https://example.com"}]}"#,
    Source::Waha,
    &["kind = \"buttons\"", "to = \"1@c.us\"", "header = \"H\"", "text = \"B\"", "footer = \"F\"", "",
      "[[buttons]]", "id = \"y\"", "text = \"Sim\"", "", "[[buttons]]", "id = \"url\"", "text = \"Site\"", "action = \"url\"", "url = \"https://example.com\""]
)]
#[case::waha_list(
    r#"{"chatId":"1@c.us","session":"s","message":{"title":"T","description":"D","footer":"F","button":"B","sections":[{"title":"S","rows":[{"title":"R","rowId":"1","description":null}]}]}}"#,
    Source::Waha,
    &["kind = \"list\"", "to = \"1@c.us\"", "title = \"T\"", "text = \"D\"", "footer = \"F\"", "button = \"B\"", "",
      "[[sections]]", "title = \"S\"", "", "[[sections.rows]]", "id = \"1\"", "title = \"R\""]
)]
#[case::wuzapi_text(
    r#"{"Phone":5511999999999,"Body":"שלום","LinkPreview":true,"ContextInfo":{"StanzaId":"3EB0","Participant":"1@s.whatsapp.net"}}"#,
    Source::Wuzapi,
    &["kind = \"text\"", "to = \"5511999999999\"", "text = \"שלום\"", "quote = { id = \"3EB0\", participant = \"1@s.whatsapp.net\" }", "link_preview = true"]
)]
#[case::wuzapi_buttons(
    r#"{"Phone":"1","Body":"B","Title":"H","Footer":"F","Buttons":[{"type":"reply","title":"Sim","id":"y"},{"type":"cta_url","title":"Site","url":"https://example.com"},{"type":"cta_call","title":"Call","phone_number":"+5511"},{"type":"copy","title":"Copy","copy_code":"A"}]}"#,
    Source::Wuzapi,
    &["kind = \"buttons\"", "to = \"1\"", "header = \"H\"", "text = \"B\"", "footer = \"F\"", "",
      "[[buttons]]", "id = \"y\"", "text = \"Sim\"", "", "[[buttons]]", "id = \"url\"", "text = \"Site\"", "action = \"url\"", "url = \"https://example.com\"", "",
      "[[buttons]]", "id = \"call\"", "text = \"Call\"", "action = \"call\"", "phone = \"+5511\"", "", "[[buttons]]", "id = \"copy\"", "text = \"Copy\"", "action = \"copy\"", "code = \"A\""]
)]
#[case::wuzapi_buttons_of_2025(
    r#"{"Phone":"1","Title":"é","Buttons":[{"ButtonId":"y","ButtonText":"Sim"}]}"#,
    Source::Wuzapi,
    &["kind = \"buttons\"", "to = \"1\"", "text = \"é\"", "", "[[buttons]]", "id = \"y\"", "text = \"Sim\""]
)]
#[case::wuzapi_list(
    r#"{"Phone":"1","Title":"first","Description":"first\nsecond","Desc":"first\nsecond","FooterText":"F","ButtonText":"B","Sections":[{"Title":"S","Rows":[{"RowId":"1","Title":"R","Description":"d","desc":"d"}]}]}"#,
    Source::Wuzapi,
    &["kind = \"list\"", "to = \"1\"", "text = \"\"\"\nfirst\nsecond\"\"\"", "footer = \"F\"", "button = \"B\"", "",
      "[[sections]]", "title = \"S\"", "", "[[sections.rows]]", "id = \"1\"", "title = \"R\"", "description = \"d\""]
)]
#[case::wuzapi_flat_list(
    r#"{"phone":"1","topText":"H","desc":"D","menu":"M","list":[{"rowId":"1","title":"中"}]}"#,
    Source::Wuzapi,
    &["kind = \"list\"", "to = \"1\"", "title = \"H\"", "text = \"D\"", "button = \"Select\"", "",
      "[[sections]]", "title = \"M\"", "", "[[sections.rows]]", "id = \"1\"", "title = \"中\""]
)]
#[case::wuts_list_to_a_number(
    r#"{"number":"1","title":"T","body":"B","button_text":"O","sections":[{"title":"S","rows":[{"id":1,"title":"R"}]}]}"#,
    Source::Wuts,
    &["kind = \"list\"", "to = \"1\"", "title = \"T\"", "text = \"B\"", "button = \"O\"", "",
      "[[sections]]", "title = \"S\"", "", "[[sections.rows]]", "id = \"1\"", "title = \"R\""]
)]
#[case::cloud_button_in_capitals(
    r#"{"messaging_product":"WhatsApp","recipient_type":"INDIVIDUAL","to":15550000000,"context":null,"type":"INTERACTIVE","interactive":{"type":"BUTTON","header":null,"footer":"","body":{"text":"B"},"action":{"buttons":[{"type":"REPLY","reply":{"id":1,"title":"Sim"}}]}}}"#,
    Source::CloudApi,
    &["kind = \"buttons\"", "to = \"15550000000\"", "text = \"B\"", "", "[[buttons]]", "id = \"1\"", "text = \"Sim\""]
)]
#[case::cloud_without_types(
    r#"{"messaging_product":"whatsapp","to":"1","context":{"message_id":"wamid.A"},"interactive":{"body":{"text":"B"},"action":{"button":"O","sections":[{"title":"S","rows":[{"id":"1","title":"R","description":""}]}]}}}"#,
    Source::CloudApi,
    &["kind = \"list\"", "to = \"1\"", "text = \"B\"", "button = \"O\"", "quote = { id = \"wamid.A\" }", "",
      "[[sections]]", "title = \"S\"", "", "[[sections.rows]]", "id = \"1\"", "title = \"R\""]
)]
#[case::cloud_action_as_a_text(
    r#"{"messaging_product":"whatsapp","to":"1","type":"interactive","interactive":{"type":"button","body":{"text":"B"},"action":"{\"buttons\":[{\"type\":\"reply\",\"reply\":{\"id\":\"1\",\"title\":\"é\"}}]}"}}"#,
    Source::CloudApi,
    &["kind = \"buttons\"", "to = \"1\"", "text = \"B\"", "", "[[buttons]]", "id = \"1\"", "text = \"é\""]
)]
#[case::cloud_without_its_name(
    r#"{"to":"1","type":"text","text":{"body":"日本","preview_url":"true"}}"#,
    Source::CloudApi,
    &["kind = \"text\"", "to = \"1\"", "text = \"日本\"", "link_preview = true"]
)]
#[case::the_whole_catalog(
    r#"{"messaging_product":"whatsapp","to":"1","type":"interactive","interactive":{"type":"catalog_message","body":{"text":"B"},"action":{"name":"catalog_message","parameters":{}}}}"#,
    Source::CloudApi,
    &["kind = \"catalog\"", "to = \"1\"", "text = \"B\""]
)]
fn a_body_is_read(#[case] body: &str, #[case] source: Source, #[case] expected: &[&str]) {
    let imported = import(body).unwrap();
    assert_eq!(file(&imported), lines(expected));
    assert_eq!(imported.source, source);
    assert_eq!(imported.left_out, [""; 0]);
    assert_eq!(imported.warnings, [""; 0]);
    assert_eq!(imported.missing, []);
}

/// What was read otherwise than it is written is said.
#[rstest]
#[case::milliseconds(
    r#"{"number":"1","text":"é","delay":1200}"#,
    Some(2),
    "delay 1200 is read as milliseconds: 2 seconds"
)]
#[case::a_text_of_digits(
    r#"{"number":"1","text":"é","delay":"61"}"#,
    Some(1),
    "delay 61 is read as milliseconds: 1 second"
)]
#[case::seconds(
    r#"{"number":"1","text":"é","delay":60}"#,
    Some(60),
    "delay 60 is read as WUTS' seconds"
)]
#[case::of_evolution(
    r#"{"number":"1","text":"é","delay":60,"linkPreview":true}"#,
    Some(1),
    "delay 60 is read as milliseconds: 1 second"
)]
#[case::of_evolution_1(
    r#"{"number":"1","options":{"delay":2001},"textMessage":{"text":"é"}}"#,
    Some(3),
    "options.delay 2001 is read as milliseconds: 3 seconds"
)]
#[case::to_evolution(
    "curl https://e/message/sendText/me -H 'apikey: x' -d '{\"number\":\"1\",\"text\":\"é\",\"delay\":30}'",
    Some(1),
    "delay 30 is read as milliseconds: 1 second"
)]
#[case::to_evolution_go(
    "curl https://e/send/text -H 'apikey: x' -d '{\"number\":\"1\",\"text\":\"é\",\"delay\":30}'",
    Some(1),
    "delay 30 is read as milliseconds: 1 second"
)]
#[case::typing_of_green_api(
    r#"{"chatId":"1@c.us","message":"é","typingTime":1500}"#,
    None,
    "typingTime 1500 is read as milliseconds: 2 seconds"
)]
#[case::a_list_that_is_gone(
    r#"{"chatId":"1@c.us","message":"T","buttonText":"B","sections":[{"title":"S","rows":[{"rowId":"1","title":"é"}]}]}"#,
    None,
    "sendListMessage is no longer offered by GREEN-API"
)]
#[case::buttons_that_are_gone(
    r#"{"chatId":"1@c.us","message":"T","templateButtons":[{"index":1,"quickReplyButton":{"displayText":"é","id":"1"}}]}"#,
    None,
    "sendTemplateButtons is no longer offered by GREEN-API"
)]
#[case::no_id(
    r#"{"chatId":"1@c.us","body":"T","buttons":[{"type":"reply","text":"日本"}]}"#,
    None,
    "buttons[0] has no id: its words are its id"
)]
fn what_is_read_otherwise_is_said(
    #[case] body: &str,
    #[case] delay: Option<u32>,
    #[case] said: &str,
) {
    let imported = import(body).unwrap();
    assert_eq!(imported.draft.delay, delay);
    assert_eq!(imported.warnings.len(), 1, "{:?}", imported.warnings);
    assert!(
        imported.warnings[0].contains(said),
        "{:?}",
        imported.warnings
    );
    assert_eq!(imported.left_out, [""; 0]);
}

#[rstest]
#[case::wuts(
    "curl https://api.wuts.com.br/send/text -d '{\"number\":\"1\",\"text\":\"é\",\"delay\":1200}'",
    1200
)]
#[case::typing(r#"{"number":"1","text":"é","delay":90,"typingDuration":3}"#, 90)]
fn a_delay_of_wuts_is_in_seconds(#[case] body: &str, #[case] delay: u32) {
    let imported = import(body).unwrap();
    assert_eq!(imported.draft.delay, Some(delay));
    assert_eq!(imported.warnings, [""; 0]);
}

/// The address decides where the body could be several things.
#[rstest]
#[case::evolution(
    "https://e.example.com/message/sendText/me",
    r#"{"number":"1","text":"é"}"#,
    Source::Evolution
)]
#[case::evolution_buttons(
    "https://e/message/sendButtons/me",
    r#"{"number":"1","title":"é","buttons":[]}"#,
    Source::Evolution
)]
#[case::waha(
    "http://localhost:3000/api/sendText",
    r#"{"chatId":"1","text":"é"}"#,
    Source::Waha
)]
#[case::wuzapi(
    "http://localhost:8080/chat/send/text",
    r#"{"phone":"1","body":"é"}"#,
    Source::Wuzapi
)]
#[case::cloud(
    "https://graph.facebook.com/v23.0/1/messages",
    r#"{"to":"1","text":{"body":"é"}}"#,
    Source::CloudApi
)]
#[case::the_partner(
    "https://waba-v2.360dialog.io/messages",
    r#"{"to":"1","type":"text","text":{"body":"é"}}"#,
    Source::CloudApi
)]
#[case::green(
    "https://api.green-api.com/waInstance1/sendMessage/t0ken",
    r#"{"chatId":"1","message":"é","options":[{"optionName":"a"}]}"#,
    Source::GreenApi
)]
fn an_address_decides(#[case] url: &str, #[case] body: &str, #[case] source: Source) {
    let imported = import(&format!("curl '{url}' -d '{body}'")).unwrap();
    assert_eq!(imported.source, source);
}

/// Ids have more digits than a float, and are never rounded.
#[rstest]
#[case::a_number("5511999999999", "5511999999999")]
#[case::of_many_digits("123456789012345678901234567890", "123456789012345678901234567890")]
#[case::of_a_sheet("5.511999999999E+12", "5511999999999")]
#[case::with_a_point("5511999999999.0", "5511999999999")]
#[case::no_whole_one("5511999999999.5", "5511999999999.5")]
#[case::beyond_measure("1e999999999999", "1e999999999999")]
#[case::below_zero("-5", "-5")]
fn a_number_keeps_its_digits(#[case] number: &str, #[case] to: &str) {
    for key in ["number", "chatId", "Phone"] {
        let text = match key {
            "number" => "\"text\":\"é\"",
            "chatId" => "\"message\":\"é\"",
            _ => "\"Body\":\"é\"",
        };
        let imported = import(&format!("{{\"{key}\":{number},{text}}}")).unwrap();
        assert_eq!(imported.draft.to, to);
    }
}

#[rstest]
#[case::a_text(r#"{"number":"1","text":""}"#, &["text"])]
#[case::blanks(r#"{"number":"1","text":"  \n"}"#, &["text"])]
#[case::of_buttons(r#"{"chatId":"1@c.us","body":"","buttons":[{"buttonId":"1","buttonText":""},{"buttonId":"2","buttonText":"日本"}]}"#, &["text", "buttons[0].text"])]
#[case::buttons(r#"{"messaging_product":"whatsapp","to":"1","type":"interactive","interactive":{"type":"button","body":{"text":"é"},"action":{"buttons":[]}}}"#, &["buttons"])]
#[case::rows(r#"{"number":"1","title":"é","buttonText":"B","footerText":"","sections":[{"title":"S","rows":[]}]}"#, &["sections"])]
#[case::a_row(r#"{"to":"1","body":"é","button_text":"B","sections":[{"rows":[{"id":"1","title":""}]}]}"#, &["sections[0].rows[0].title"])]
fn what_has_no_words_is_named(#[case] body: &str, #[case] missing: &[&str]) {
    let imported = import(body).unwrap();
    let found = imported.missing.iter().map(ToString::to_string);
    assert_eq!(found.collect::<Vec<_>>(), missing);
}

/// Braces that a body has are sent as they are.
#[rstest]
#[case::a_text(r#"{"number":"1","text":"{{x}} 日本"}"#, "{{{{x}}}} 日本")]
#[case::single_ones(r#"{"number":"1","text":"{x} }"}"#, "{x} }")]
#[case::a_recipient(r#"{"number":"{{remoteJid}}","text":"é"}"#, "é")]
fn braces_stay_braces(#[case] body: &str, #[case] text: &str) {
    let imported = import(body).unwrap();
    assert_eq!(imported.draft.message.text(), text);
    if body.contains("remoteJid") {
        assert_eq!(imported.draft.to, "{{remoteJid}}");
    }
}

/// A picture's prefix is there once.
#[rstest]
#[case::bare("AAAA", "data:image/jpeg;base64,AAAA")]
#[case::with_one("data:image/jpeg;base64,AAAA", "data:image/jpeg;base64,AAAA")]
#[case::of_a_png("data:image/png;base64,AAAA", "data:image/png;base64,AAAA")]
#[case::of_webp("DATA:image/webp;base64,AAAA", "DATA:image/webp;base64,AAAA")]
#[case::in_lines("AA\\r\\nAA\\n", "data:image/jpeg;base64,AAAA")]
#[case::in_lines_with_one("data:image/jpeg;base64,\\nAA\\nAA", "data:image/jpeg;base64,AAAA")]
#[case::an_address("https://example.com/a.jpg", "https://example.com/a.jpg")]
#[case::nothing("", "")]
fn a_picture_has_one_prefix(#[case] picture: &str, #[case] expected: &str) {
    let body = format!(
        r#"{{"number":"1","description":"é","button_text":"B","jpeg_thumbnail":"{picture}","sections":[{{"title":"S","product_ids":["1"]}}]}}"#
    );
    let draft = import(&body).unwrap().draft;
    let thumbnail = draft.text_at(wacompose::message::Field::Thumbnail);
    assert_eq!(thumbnail, Some(expected));
}
