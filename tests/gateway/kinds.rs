//! Catalogs, lists and replies on every gateway, and everything on the Cloud API.

use rstest::rstest;
use wacompose::gateway::wire::Response;
use wacompose::gateway::{Account, Fallback, Support};
use wacompose::message::check::Severity;
use wacompose::message::limits::{LimitKey, Unit};
use wacompose::message::{
    Action, ActionKind, Draft, Field, Message, Quote, QuotePart, SectionPart,
};

use super::To::{self, Cloud, Green, GreenLegacy, Wuts};
use super::{
    CHANNEL, GROUP, LID, PERSON, button_reply, buttons, catalog, decode_response, list, list_reply,
    poll, replies, template, text,
};

/// The problems as `severity field`.
fn report(account: &Account, draft: &Draft) -> Vec<String> {
    let problems = account.check(draft);
    let lines = problems
        .iter()
        .map(|problem| format!("{} {}", problem.severity, problem.field));
    lines.collect()
}

fn with(mut draft: Draft, field: Field, text: &str) -> Draft {
    text.clone_into(draft.text_at_mut(field).unwrap());
    draft
}

/// Sets everything that a draft can have besides its message, but for a quote that is there.
fn with_all(draft: Draft) -> Draft {
    let quote = draft.quote.clone().unwrap_or_else(|| Quote {
        id: "3EB0".to_owned(),
        ..Quote::default()
    });
    Draft {
        quote: Some(quote),
        link_preview: Some(false),
        delay: Some(2),
        typing: Some(3),
        ..draft
    }
}

/// A catalog for the Cloud API, which has no business owner and no button of one's own.
fn product_list() -> Draft {
    let mut draft = Draft {
        delay: None,
        ..catalog()
    };
    if let Message::Catalog(message) = &mut draft.message {
        message.business_owner.clear();
        message.button.clear();
        message.header_product.clear();
    }
    draft
}

/// The whole catalog, which is a catalog message on the Cloud API.
fn whole_catalog() -> Draft {
    let mut draft = product_list();
    if let Message::Catalog(message) = &mut draft.message {
        message.title.clear();
        message.sections.clear();
    }
    draft
}

fn url() -> Draft {
    buttons(&[ActionKind::Url])
}

#[rstest]
#[case::wuts_catalog(Wuts, catalog(), "/send/catalog")]
#[case::wuts_list(Wuts, list(), "/send/interactive")]
#[case::wuts_button_reply(Wuts, button_reply(), "/send/buttons-response")]
#[case::wuts_list_reply(Wuts, list_reply(), "/send/list-response")]
#[case::green_poll(Green, poll(), "sendPoll")]
#[case::cloud_text(Cloud, text(), "text")]
#[case::cloud_replies(Cloud, replies(), "button")]
#[case::cloud_no_button_yet(Cloud, buttons(&[]), "button")]
#[case::cloud_url(Cloud, url(), "cta_url")]
#[case::cloud_list(Cloud, list(), "list")]
#[case::cloud_product_list(Cloud, catalog(), "product_list")]
#[case::cloud_template(Cloud, template(), "template")]
#[case::cloud_whole_catalog(Cloud, whole_catalog(), "catalog_message")]
fn a_gateway_has_a_method(#[case] to: To, #[case] draft: Draft, #[case] method: &'static str) {
    assert_eq!(to.account().support(&draft), Support::Native { method });
}

#[rstest]
#[case::wuts_catalog(Wuts, catalog())]
#[case::wuts_list(Wuts, list())]
#[case::wuts_button_reply(Wuts, button_reply())]
#[case::wuts_list_reply(Wuts, list_reply())]
#[case::green_poll(Green, poll())]
#[case::cloud_text(Cloud, text())]
#[case::cloud_replies(Cloud, replies())]
#[case::cloud_url(Cloud, url())]
#[case::cloud_list(Cloud, list())]
#[case::cloud_product_list(Cloud, product_list())]
#[case::cloud_template(Cloud, template())]
#[case::cloud_whole_catalog(Cloud, whole_catalog())]
fn nothing_is_wrong_with_what_a_gateway_documents(#[case] to: To, #[case] draft: Draft) {
    assert_eq!(report(&to.account(), &draft), [""; 0]);
}

#[rstest]
#[case::wuts_template(Wuts, template(), "kind", "write a text", &[])]
#[case::green_template(Green, template(), "kind", "write a text", &[])]
#[case::wuts_poll(Wuts, poll(), "kind", "send a list", &[Fallback::NumberedText])]
#[case::cloud_poll(Cloud, poll(), "kind", "send a list", &[Fallback::NumberedText])]
#[case::green_list(Green, list(), "kind", "as a poll or as numbered text", &[Fallback::NumberedText])]
#[case::green_legacy_list(GreenLegacy, list(), "kind", "numbered text", &[Fallback::NumberedText])]
#[case::green_catalog(Green, catalog(), "kind", "a text with a link", &[])]
#[case::green_button_reply(Green, button_reply(), "kind", "a text that quotes", &[])]
#[case::green_list_reply(Green, list_reply(), "kind", "a text that quotes", &[])]
#[case::cloud_button_reply(Cloud, button_reply(), "kind", "a text that quotes", &[])]
#[case::cloud_list_reply(Cloud, list_reply(), "kind", "a text that quotes", &[])]
#[case::cloud_copy(Cloud, buttons(&[ActionKind::Copy]), "buttons[0].action", "numbered text", &[Fallback::NumberedText])]
#[case::cloud_url_beside_a_reply(Cloud, buttons(&[ActionKind::Reply, ActionKind::Url]), "buttons[1].action", "one url button alone", &[Fallback::NumberedText])]
#[case::cloud_two_urls(Cloud, buttons(&[ActionKind::Url, ActionKind::Url]), "buttons[0].action", "one url button alone", &[Fallback::NumberedText])]
fn what_a_gateway_cannot_carry_names_the_nearest(
    #[case] to: To,
    #[case] draft: Draft,
    #[case] field: &str,
    #[case] words: &str,
    #[case] instead: &[Fallback],
) {
    let account = to.account();
    let unsupported = account.encode(&draft).unwrap_err();
    assert_eq!(unsupported.problem.severity, Severity::Error);
    assert_eq!(unsupported.problem.field.to_string(), field);
    assert!(unsupported.to_string().contains(words), "{unsupported}");
    assert_eq!(unsupported.instead, instead);
    assert!(account.check(&draft).contains(&unsupported.problem));
}

#[rstest]
#[case::wuts_catalog(Wuts, catalog(), &["warning quote", "warning link_preview", "warning typing"])]
#[case::wuts_list(Wuts, list(), &["warning quote", "warning link_preview", "warning delay", "warning typing"])]
#[case::wuts_button_reply(Wuts, button_reply(), &["warning link_preview", "warning delay", "warning typing"])]
#[case::wuts_list_reply(Wuts, list_reply(), &["warning link_preview", "warning delay", "warning typing"])]
#[case::cloud_text(Cloud, text(), &["warning delay", "warning typing"])]
#[case::cloud_replies(Cloud, replies(), &["warning link_preview", "warning delay", "warning typing"])]
#[case::cloud_list(Cloud, list(), &["warning link_preview", "warning delay", "warning typing"])]
#[case::cloud_product_list(Cloud, product_list(), &["warning link_preview", "warning delay", "warning typing"])]
fn what_is_left_out_is_a_warning_at_its_field(
    #[case] to: To,
    #[case] draft: Draft,
    #[case] expected: &[&str],
) {
    assert_eq!(report(&to.account(), &with_all(draft)), expected);
}

#[rstest]
#[case::wuts_no_button(Wuts, with(catalog(), Field::MenuButton, " "), &["error button"])]
#[case::wuts_no_owner(Wuts, with(catalog(), Field::BusinessOwner, ""), &["warning business_owner"])]
#[case::wuts_catalog_id(Wuts, with(catalog(), Field::CatalogId, "1"), &["warning catalog_id"])]
#[case::wuts_file(Wuts, with(catalog(), Field::Thumbnail, "camiseta 👕.jpg"), &[])]
#[case::wuts_url(Wuts, with(catalog(), Field::Thumbnail, "https://例え.jp/a.jpg"), &[])]
#[case::wuts_no_sections(Wuts, whole_catalog(), &["error button", "warning business_owner", "error sections"])]
#[case::cloud_of_wuts(Cloud, catalog(), &["warning button", "warning business_owner", "warning header_product"])]
#[case::cloud_picture(Cloud, with(product_list(), Field::Thumbnail, "a.jpg"), &["warning thumbnail"])]
#[case::cloud_no_title(Cloud, with(product_list(), Field::Title, ""), &["error title"])]
#[case::cloud_whole_with_a_title(Cloud, with(whole_catalog(), Field::Title, "店"), &["warning title"])]
#[case::cloud_whole_with_a_product(Cloud, with(whole_catalog(), Field::HeaderProduct, "SKU-1"), &[])]
#[case::cloud_whole_with_an_id(Cloud, with(whole_catalog(), Field::CatalogId, "1"), &["warning catalog_id"])]
fn a_catalog_needs_what_its_gateway_asks_for(
    #[case] to: To,
    #[case] draft: Draft,
    #[case] expected: &[&str],
) {
    assert_eq!(report(&to.account(), &draft), expected);
}

#[test]
fn a_product_list_needs_a_catalog() {
    let account = Cloud.account().with("catalog_id", "");
    assert_eq!(report(&account, &product_list()), ["error catalog_id"]);
    let own = with(product_list(), Field::CatalogId, "7");
    assert_eq!(report(&account, &own), [""; 0]);
    let request = Cloud.account().encode(&own).unwrap();
    assert_eq!(request.body["interactive"]["action"]["catalog_id"], "7");
}

#[rstest]
#[case::id_with_a_space("a ", "A", &["error buttons[0].id", "warning buttons[0].id"])]
#[case::same_text("a", "Choice 1", &["error buttons[1].text", "warning buttons[1].text"])]
#[case::marks("a", "*Olá*", &["warning buttons[0].text"])]
#[case::no_marks("a", "2*3*4 👩‍👩‍👧", &[])]
#[case::twenty("a", &"é".repeat(20), &[])]
#[case::twenty_one("a", &"é".repeat(21), &["error buttons[0].text"])]
#[case::emoji_count_twice("a", &"👍".repeat(11), &["error buttons[0].text"])]
fn cloud_buttons_are_as_its_page_wants_them(
    #[case] id: &str,
    #[case] label: &str,
    #[case] expected: &[&str],
) {
    let mut draft = replies();
    if let Message::Buttons(message) = &mut draft.message {
        id.clone_into(&mut message.buttons[0].id);
        label.clone_into(&mut message.buttons[0].text);
    }
    assert_eq!(report(&Cloud.account(), &draft), expected);
}

#[rstest]
#[case::person(PERSON, &[])]
#[case::short("1234567", &["warning to"])]
#[case::group(GROUP, &["error to"])]
#[case::channel(CHANNEL, &["error to"])]
#[case::hidden(LID, &["error to"])]
#[case::unreadable("مرحبا", &["error to"])]
fn the_cloud_api_reaches_persons(#[case] to: &str, #[case] expected: &[&str]) {
    let draft = with(text(), Field::To, to);
    assert_eq!(report(&Cloud.account(), &draft), expected);
}

#[rstest]
#[case::wuts_sections(Wuts, catalog(), LimitKey::Sections, 10, Severity::Error, Unit::Items)]
#[case::wuts_section(
    Wuts,
    catalog(),
    LimitKey::SectionProducts,
    30,
    Severity::Error,
    Unit::Items
)]
#[case::wuts_products(Wuts, catalog(), LimitKey::Products, 100, Severity::Error, Unit::Items)]
#[case::wuts_catalog_text(
    Wuts,
    catalog(),
    LimitKey::Text,
    4096,
    Severity::Warning,
    Unit::Scalars
)]
#[case::wuts_section_title(
    Wuts,
    catalog(),
    LimitKey::SectionTitle,
    24,
    Severity::Warning,
    Unit::Scalars
)]
#[case::wuts_rows(Wuts, list(), LimitKey::Rows, 10, Severity::Warning, Unit::Items)]
#[case::wuts_row_title(Wuts, list(), LimitKey::RowTitle, 24, Severity::Warning, Unit::Scalars)]
#[case::cloud_text(Cloud, text(), LimitKey::Text, 4096, Severity::Error, Unit::Utf16)]
#[case::cloud_buttons_text(Cloud, replies(), LimitKey::Text, 1024, Severity::Error, Unit::Utf16)]
#[case::cloud_header(Cloud, replies(), LimitKey::Header, 60, Severity::Error, Unit::Utf16)]
#[case::cloud_footer(Cloud, replies(), LimitKey::Footer, 60, Severity::Error, Unit::Utf16)]
#[case::cloud_buttons(Cloud, replies(), LimitKey::Buttons, 3, Severity::Error, Unit::Items)]
#[case::cloud_button(
    Cloud,
    replies(),
    LimitKey::ButtonText,
    20,
    Severity::Error,
    Unit::Utf16
)]
#[case::cloud_id(
    Cloud,
    replies(),
    LimitKey::ButtonId,
    256,
    Severity::Error,
    Unit::Utf16
)]
#[case::cloud_url(Cloud, url(), LimitKey::ButtonText, 20, Severity::Warning, Unit::Utf16)]
#[case::cloud_list_text(Cloud, list(), LimitKey::Text, 4096, Severity::Error, Unit::Utf16)]
#[case::cloud_list_title(Cloud, list(), LimitKey::Title, 60, Severity::Error, Unit::Utf16)]
#[case::cloud_list_button(Cloud, list(), LimitKey::MenuButton, 20, Severity::Error, Unit::Utf16)]
#[case::cloud_sections(Cloud, list(), LimitKey::Sections, 10, Severity::Error, Unit::Items)]
#[case::cloud_rows(Cloud, list(), LimitKey::Rows, 10, Severity::Error, Unit::Items)]
#[case::cloud_section_title(
    Cloud,
    list(),
    LimitKey::SectionTitle,
    24,
    Severity::Error,
    Unit::Utf16
)]
#[case::cloud_row_id(Cloud, list(), LimitKey::RowId, 200, Severity::Error, Unit::Utf16)]
#[case::cloud_row_title(Cloud, list(), LimitKey::RowTitle, 24, Severity::Error, Unit::Utf16)]
#[case::cloud_description(
    Cloud,
    list(),
    LimitKey::RowDescription,
    72,
    Severity::Error,
    Unit::Utf16
)]
#[case::cloud_products(
    Cloud,
    product_list(),
    LimitKey::Products,
    30,
    Severity::Error,
    Unit::Items
)]
#[case::cloud_product_sections(
    Cloud,
    product_list(),
    LimitKey::Sections,
    10,
    Severity::Error,
    Unit::Items
)]
fn limits_are_the_documented_ones(
    #[case] to: To,
    #[case] draft: Draft,
    #[case] key: LimitKey,
    #[case] max: usize,
    #[case] severity: Severity,
    #[case] unit: Unit,
) {
    let limits = to.account().limits(&draft);
    let limit = limits.get(key).unwrap();
    assert_eq!(
        (limit.max, limit.severity, limit.unit),
        (max, severity, unit)
    );
    assert!(!limit.source.is_empty());
}

#[rstest]
#[case::safe(1024, None)]
#[case::cautious(1025, Some(Severity::Warning))]
#[case::most(4096, Some(Severity::Warning))]
#[case::over(4097, Some(Severity::Error))]
fn a_long_list_is_a_warning_before_it_is_an_error(
    #[case] length: usize,
    #[case] expected: Option<Severity>,
) {
    let draft = with(list(), Field::Text, &"漢".repeat(length));
    let problems = Cloud.account().check(&draft);
    assert_eq!(problems.first().map(|problem| problem.severity), expected);
}

/// More products than one section may have, in a catalog that may have more.
#[rstest]
#[case::wuts(Wuts, 30, 31, "error sections[0].products")]
#[case::cloud(Cloud, 29, 30, "error sections[*].products")]
fn products_are_counted(
    #[case] to: To,
    #[case] most: usize,
    #[case] too_many: usize,
    #[case] problem: &str,
) {
    let filled = |count: usize| {
        let mut draft = product_list();
        if let Message::Catalog(message) = &mut draft.message {
            message.button = "Ver".to_owned();
            message.business_owner = PERSON.to_owned();
            message.sections[0].products = (0..count).map(|at| format!("👕{at}")).collect();
        }
        report(&to.account(), &draft)
    };
    assert!(!filled(most).iter().any(|line| line == problem));
    assert!(filled(too_many).iter().any(|line| line == problem));
}

#[test]
fn a_profiles_limit_counts_things_where_there_are_things() {
    let mut account = Wuts.account();
    account.limits.insert(LimitKey::SectionRows, 1);
    account.limits.insert(LimitKey::RowTitle, 3);
    assert_eq!(
        report(&account, &list()),
        [
            "error sections[0].rows",
            "error sections[0].rows[0].title",
            "error sections[1].rows[0].title",
        ]
    );
}

/// What cannot be read goes out as it was typed.
#[test]
fn addresses_in_a_body_are_in_full() {
    let owner = |owner: &str| {
        let draft = with(catalog(), Field::BusinessOwner, owner);
        Wuts.account().encode(&draft).unwrap().body["business_owner_jid"].clone()
    };
    assert_eq!(owner("+55 11 98888-7777"), "5511988887777@s.whatsapp.net");
    assert_eq!(owner("店"), "店");
    let participant = |participant: &str| {
        let place = Field::QuotePart(QuotePart::Participant);
        let draft = with(list_reply(), place, participant);
        Wuts.account().encode(&draft).unwrap().body["quoted"]["participant"].clone()
    };
    assert_eq!(
        participant("5511999999999@c.us"),
        "5511999999999@s.whatsapp.net"
    );
    assert_eq!(participant("مرحبا"), "مرحبا");
}

#[test]
fn what_is_unset_is_left_out() {
    let mut draft = with(list(), Field::Section(0, SectionPart::Title), "");
    draft = with(draft, Field::Title, "");
    for to in [Wuts, Cloud] {
        let body = to.account().encode(&draft).unwrap().body.to_string();
        assert!(!body.contains("null") && !body.contains("\"\""), "{body}");
    }
}

#[test]
fn a_url_button_needs_its_action_alone() {
    let mut draft = url();
    if let Message::Buttons(message) = &mut draft.message {
        message.buttons[0].action = Action::Url {
            url: "https://例え.jp/?q=é".to_owned(),
        };
    }
    let body = Cloud.account().encode(&draft).unwrap().body;
    let parameters = &body["interactive"]["action"]["parameters"];
    assert_eq!(parameters["url"], "https://例え.jp/?q=é");
    assert_eq!(parameters["display_text"], "Choice 0");
}

#[rstest]
#[case::no_messages(200, r#"{"messages":[]}"#, "unknown", "200")]
#[case::empty_id(200, r#"{"messages":[{"id":""}]}"#, "unknown", "200")]
#[case::error_in_success(200, r#"{"error":{"code":190,"message":"x"}}"#, "rejected", "190")]
#[case::both(200, r#"{"messages":[{"id":"a"}],"error":{"code":1}}"#, "unknown", "1")]
#[case::no_error(200, r#"{"messages":[{"id":"a"}],"error":null}"#, "accepted", "")]
#[case::error_without_a_code(400, r#"{"error":{"message":"日本"}}"#, "rejected", "400")]
#[case::error_of_words(400, r#"{"error":"日本"}"#, "rejected", "400")]
#[case::code_of_another(500, r#"{"error":{"code":1904}}"#, "unknown", "1904")]
#[case::known_code_in_500(500, r#"{"error":{"code":131009}}"#, "rejected", "131009")]
#[case::negative(400, r#"{"error":{"code":-1}}"#, "rejected", "-1")]
#[case::page(502, "<html>Bad Gateway</html>", "unknown", "502")]
fn an_answer_of_the_cloud_api_means(
    #[case] status: u16,
    #[case] body: &str,
    #[case] outcome: &str,
    #[case] code: &str,
) {
    let response = Response {
        status,
        body: body.as_bytes().to_vec(),
        ..Response::default()
    };
    let decoded = decode_response(Cloud, &response);
    assert_eq!(decoded.name(), outcome, "{decoded:?}");
    let refusal = decoded.refusal();
    assert_eq!(refusal.map_or("", |refusal| &refusal.code), code);
    assert!(refusal.is_none_or(|refusal| !refusal.message.is_empty()));
}
