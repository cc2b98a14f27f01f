//! Templates of the Cloud API: what is written is read again, and older forms are understood.

use rstest::rstest;
use wacompose::gateway::{Account, GatewayKind};
use wacompose::import::import;
use wacompose::message::file::{Format, parse, write};

const START: &str =
    "kind = \"template\"\nto = \"5511999999999\"\nname = \"order_update\"\nlanguage = \"pt_BR\"\n";

#[rstest]
#[case::alone("")]
#[case::text("header = \"1042\"\nvalues = [\"Ana 日本 👩‍👩‍👧\", \"e\u{301} שלום\"]\n")]
#[case::named("values = { nome = \"Ana\", pedido = \"1042\" }\n")]
#[case::picture("header_media = { kind = \"image\", url = \"https://example.com/日.png\" }\n")]
#[case::document(
    "header_media = { kind = \"document\", url = \"https://example.com/a.pdf\", name = \"nota é.pdf\" }\n"
)]
#[case::place(
    "header_place = { latitude = -23.5505, longitude = 46, name = \"Loja\", address = \"Sé, 1\" }\n"
)]
#[case::code("values = [\"123456\"]\n")]
#[case::buttons(
    "\n[[buttons]]\nindex = 0\npayload = \"sim 日本\"\n\n[[buttons]]\nindex = 1\nsuffix = \"1042\"\n\n[[buttons]]\nindex = 2\ncode = \"SPRING\"\n"
)]
#[case::braces("values = [\"{{{{x}}}}\"]\n")]
fn what_is_written_is_read_again(#[case] rest: &str) {
    let draft = parse(&format!("{START}{rest}"), Format::Toml).unwrap();
    let request = Account::public(GatewayKind::CloudApi)
        .encode(&draft)
        .unwrap();
    let imported = import(&request.body_text()).unwrap();
    assert_eq!(imported.left_out, [""; 0]);
    assert_eq!(
        write(&imported.draft, Format::Toml),
        write(&draft, Format::Toml)
    );
}

#[test]
fn older_types_are_the_words_that_they_show() {
    let body = r#"{"messaging_product":"whatsapp","to":"5511999999999","type":"template","template":{"name":"order_update","language":{"policy":"deterministic","code":"pt_BR"},"components":[{"type":"body","parameters":[{"type":"currency","currency":{"fallback_value":"R$ 10 日本"}},{"type":"date_time","date_time":{"fallback_value":"31 de maio"}}]}]}}"#;
    let imported = import(body).unwrap();
    let written = write(&imported.draft, Format::Toml);
    assert!(
        written.contains("values = [\"R$ 10 日本\", \"31 de maio\"]"),
        "{written}"
    );
    assert_eq!(imported.left_out, [""; 0]);
}
