//! Telephone numbers as they are typed: whose they are, and what is said of them.

#![expect(
    clippy::unwrap_used,
    reason = "a number that is not understood has failed the test"
)]

use proptest::prelude::*;
use rstest::rstest;
use wacompose::gateway::{Account, GatewayKind};
use wacompose::message::check::{Severity, check};
use wacompose::message::limits::Limits;
use wacompose::message::phone::{Country, country_of, doubts, read, spelled};
use wacompose::message::{Action, Button, Buttons, Catalog, Draft, Field, Message, Text};

fn country(code: &str) -> Option<Country> {
    Country::of_code(code)
}

/// What is said of a number, in one line; nothing where it is as it should be.
fn said(text: &str, code: &str) -> String {
    let reading = read(text, country(code)).unwrap();
    doubts(&reading, country(code)).join(" | ")
}

fn digits(text: &str, code: &str) -> String {
    let reading = read(text, country(code)).unwrap();
    reading.written.recipient.digits().unwrap().to_owned()
}

#[rstest]
#[case::brazilian_mobile("+55 11 97777-6666")]
#[case::brazilian_mobile_elsewhere("+55 31 98765-4321")]
#[case::brazilian_landline("+55 11 3333-4444")]
#[case::bare_with_code("5511977776666")]
#[case::double_zero("0055 11 97777-6666")]
#[case::american("+1 202 555 0123")]
#[case::american_bare("12025550123")]
#[case::meta_test_number("15550001111")]
#[case::canadian("+1 416 555 0123")]
#[case::british("+44 (0)20 7946 0958")]
#[case::french("0033 6 12 34 56 78")]
#[case::italian_with_its_zero("+39 06 1234 5678")]
#[case::german("+49 1512 3456789")]
#[case::peruvian_bare("51987654321")]
#[case::singaporean_bare("6591234567")]
#[case::indian("+91 98765 43210")]
#[case::argentine_mobile("+54 9 11 2345-6789")]
#[case::mexican("+52 55 1234 5678")]
#[case::russian("+7 912 345-67-89")]
#[case::ivorian("+225 07 12 34 56 78")]
#[case::vietnamese_bare("84912345678")]
#[case::saint_helena("+290 51234")]
#[case::an_address("11988887777@s.whatsapp.net")]
#[case::an_old_id_as_an_address("551187654321@c.us")]
#[case::an_older_mexican_id("5215512345678@c.us")]
#[case::an_address_of_no_country("99912345678@s.whatsapp.net")]
#[case::a_link("https://wa.me/5511977776666")]
#[case::twilio("whatsapp:+5511977776666")]
#[case::group("120363039000000000@g.us")]
#[case::hidden("123456789012345@lid")]
#[case::arabic_indic("+٥٥ ١١ ٩٧٧٧٧ ٦٦٦٦")]
fn nothing_is_wrong(#[case] text: &str) {
    assert_eq!(said(text, ""), "");
}

#[rstest]
#[case::brazilian_without_code(
    "11 98888-7777",
    "no country has such a number; did you mean +55 11 98888-7777?"
)]
#[case::in_parentheses("(11) 99999-9999", "did you mean +55 11 99999-9999?")]
#[case::the_key_is_named("11988887777", "set country = \"55\" in the configuration")]
#[case::rio("21 98888-7777", "did you mean +55 21 98888-7777?")]
#[case::minas_that_is_a_french_number("33997329091", "did you mean +55 33 99732-9091 (BR)?")]
#[case::what_it_is_taken_for("33997329091", "taken for +33 997 329 091 (FR)")]
#[case::landline_without_code("1133334444", "did you mean +55 11 3333-4444?")]
#[case::full_width("１１　９８８８８－７７７７", "did you mean +55 11 98888-7777?")]
#[case::no_country_code(
    "2101234567890",
    "no country has such a number: no country code begins so"
)]
#[case::no_country_code_999("+999 12 345 678", "no country code begins so")]
#[case::eight_digits("9888-7777", "no country has such a number")]
#[case::nine_digits("98888-7777", "no country has such a number")]
#[case::how_to_write_it("98888-7777", "write + and the country code")]
#[case::no_such_area("+1 198 888 7777", "no country has such a number: +1 is US")]
#[case::no_such_exchange("+1 202 055 1234", "no country has such a number")]
#[case::too_short_for_its_country("+55 11 9888", "no country has such a number: +55 is BR")]
#[case::too_long_for_its_country("+55 11 98888-77777", "+55 is BR")]
#[case::without_ninth_digit("+55 11 8765-4321", "did you mean +55 11 98765-4321?")]
#[case::without_ninth_digit_elsewhere("55 98 8765-4321", "a 9 after its area code")]
#[case::old_id_typed("553188887777", "a 9 after its area code")]
#[case::older_mexican("+52 1 55 1234 5678", "write +52 55 1234 5678")]
#[case::argentine_fifteen(
    "+54 11 15 2345-6789",
    "15 is dialled within Argentina only: did you mean +54 9 11 2345-6789?"
)]
#[case::argentine_fifteen_in_cordoba("+54 351 15 234-5678", "did you mean +54 9 351 234-5678?")]
#[case::argentine_nine_and_fifteen("+54 9 11 15 2345-6789", "15 is dialled within Argentina only")]
#[case::argentine_without_nine("+54 11 2345-6789", "a mobile of Argentina has a 9 after 54")]
#[case::russian_eight("89123456789", "did you mean +7 912 345 6789?")]
#[case::russian_eight_with_plus("+8 912 345-67-89", "did you mean +7 912 345 6789?")]
#[case::code_twice("+5555 11 97777-6666", "did you mean +55 11 97777-6666?")]
#[case::code_twice_bare("5555 11 97777-6666", "did you mean +55 11 97777-6666?")]
#[case::trunk_zero("+55 0 11 97777-6666", "did you mean +55 11 97777-6666?")]
#[case::british_trunk_zero("+44 07700 900123", "did you mean +44 770 090 0123?")]
#[case::french_twice("+33 33 6 12 34 56 78", "did you mean +33 612 345 678?")]
#[case::link_without_code("https://wa.me/11988887777", "no country has such a number")]
fn what_looks_wrong_is_said(#[case] text: &str, #[case] expected: &str) {
    let said = said(text, "");
    assert!(said.contains(expected), "{said}");
    assert!(!said.contains(char::is_control), "{said}");
}

#[rstest]
#[case::mobile("11 98888-7777", "55", "5511988887777")]
#[case::landline("(11) 3333-4444", "55", "551133334444")]
#[case::trunk_zero("011 98888-7777", "55", "5511988887777")]
#[case::trunk_zero_of_france("06 12 34 56 78", "33", "33612345678")]
#[case::italys_zero("06 1234 5678", "39", "390612345678")]
#[case::plus_before_the_code("202 555 0123", "+1", "12025550123")]
#[case::without_ninth_digit("11 8888-7777", "55", "551188887777")]
#[case::full_width("１１　９８８８８－７７７７", "55", "5511988887777")]
#[case::tel("tel:11988887777", "55", "5511988887777")]
#[case::germany("0151 23456789", "49", "4915123456789")]
fn the_code_of_the_country_is_put_before(
    #[case] text: &str,
    #[case] code: &str,
    #[case] expected: &str,
) {
    assert_eq!(digits(text, code), expected);
    let said = said(text, code);
    let code = code.trim_start_matches('+');
    assert!(
        said.contains(&format!("country = \"{code}\" is set")),
        "{said}"
    );
    assert!(said.contains(&spelled(expected)), "{said}");
}

#[rstest]
#[case::plus("+1 198 888 7777", "55", "11988887777")]
#[case::double_zero("001 198 888 7777", "55", "11988887777")]
#[case::address("11988887777@c.us", "55", "11988887777")]
#[case::link("wa.me/11988887777", "55", "11988887777")]
#[case::has_its_code("5511988887777", "55", "5511988887777")]
#[case::anothers("12025550123", "55", "12025550123")]
#[case::no_area_code("98888-7777", "55", "988887777")]
#[case::no_country("11 98888-7777", "", "11988887777")]
fn nothing_is_put_before(#[case] text: &str, #[case] code: &str, #[case] expected: &str) {
    assert_eq!(digits(text, code), expected);
    assert!(!said(text, code).contains("is set"));
}

#[rstest]
#[case::code_and_zeros("+55 055 11 97777-6666", "did you mean +55 11 97777-6666?")]
#[case::plus_and_zeros("+0055 11 97777-6666", "of which one is enough: write +5511977776666")]
#[case::trunk_zero("011 97777-6666", "set country in the configuration")]
#[case::trunk_zero_of_france("06 12 34 56 78", "write the country code in its place")]
#[case::too_long("+55 11 97777-6666 5555", "7 to 15 digits")]
#[case::three_digits("190", "7 to 15 digits")]
fn what_is_no_recipient_is_an_error(#[case] text: &str, #[case] expected: &str) {
    let problems = check(&to(text), &Limits::default());
    let error = problems.iter().find(|p| p.severity == Severity::Error);
    let said = error.map_or("", |problem| &problem.message);
    assert!(said.contains(expected), "{said}");
}

/// A number that two countries have is nobody's for certain.
#[test]
fn what_is_a_number_of_two_countries_is_pointed_out() {
    let said = said("51 98765-4321", "55");
    assert!(said.contains("taken for +51 987 654 321 (PE)"), "{said}");
    assert!(
        said.contains("did you mean +55 51 98765-4321 (BR)?"),
        "{said}"
    );
}

#[rstest]
#[case("5511977776666", "+55 11 97777-6666", "BR")]
#[case("551133334444", "+55 11 3333-4444", "BR")]
#[case("551187654321", "+55 11 8765-4321", "BR")]
#[case("12025550123", "+1 202 555-0123", "US")]
#[case("14165550123", "+1 416 555-0123", "CA")]
#[case("18765550123", "+1 876 555-0123", "JM")]
#[case("33612345678", "+33 612 345 678", "FR")]
#[case("6591234567", "+65 9123 4567", "SG")]
#[case("447700900123", "+44 770 090 0123", "GB")]
#[case("79123456789", "+7 912 345 6789", "RU")]
#[case("77012345678", "+7 701 234 5678", "KZ")]
#[case("8613812345678", "+86 138 1234 5678", "CN")]
#[case("525512345678", "+52 55 1234 5678", "MX")]
#[case("11988887777", "+1 198 888-7777", "")]
#[case("99912345678", "+99912345678", "")]
fn a_number_is_spelled_with_its_country(
    #[case] digits: &str,
    #[case] expected: &str,
    #[case] region: &str,
) {
    assert_eq!(spelled(digits), expected);
    assert_eq!(country_of(digits), region);
}

#[rstest]
#[case::brazil("55", true)]
#[case::plus("+1", true)]
#[case::three_digits("351", true)]
#[case::none_such("999", false)]
#[case::iso("BR", false)]
#[case::empty("", false)]
#[case::zeros("0055", false)]
#[case::number("5511", false)]
#[case::wide("５５", false)]
fn a_country_is_known_by_its_code(#[case] code: &str, #[case] known: bool) {
    assert_eq!(country(code).is_some(), known);
}

fn to(text: &str) -> Draft {
    Draft {
        to: text.to_owned(),
        message: Message::Text(Text {
            text: "日本 👩‍👩‍👧 e\u{301} שלום".to_owned(),
        }),
        ..Draft::default()
    }
}

#[test]
fn every_gateway_is_sent_the_number_with_its_code() {
    for gateway in GatewayKind::ALL {
        let account = Account {
            country: country("55"),
            ..Account::public(gateway)
        };
        let body = account
            .encode(&to("(11) 98888-7777"))
            .unwrap()
            .body
            .to_string();
        assert!(body.contains("5511988887777"), "{body}");
        let problems = account.check(&to("(11) 98888-7777"));
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(problems[0].severity, Severity::Warning);
        assert_eq!(problems[0].field, Field::To);
        let without = Account::public(gateway);
        let body = without
            .encode(&to("(11) 98888-7777"))
            .unwrap()
            .body
            .to_string();
        assert!(!body.contains("5511988887777"), "{body}");
    }
}

/// A number as it is dialled within the country that the configuration names.
#[rstest]
#[case::argentine_mobile("54", "011 15 2345-6789", "+54 9 11 2345-6789")]
#[case::argentine_without_0("54", "11 15 2345-6789", "+54 9 11 2345-6789")]
#[case::brazilian_carrier("55", "0 15 11 99999-9999", "+55 11 99999-9999")]
#[case::brazilian_carrier_in_one("55", "01511999999999", "+55 11 99999-9999")]
#[case::mexican_mobile("52", "044 55 1234 5678", "+52 55 1234 5678")]
#[case::mexican_far("52", "01 55 1234 5678", "+52 55 1234 5678")]
#[case::abroad_from_russia("7", "810 44 20 7946 0000", "+44 20 7946 0000")]
#[case::russian("7", "8 912 345-67-89", "+7 912 345-67-89")]
#[case::abroad_from_australia("61", "0011 44 20 7946 0000", "+44 20 7946 0000")]
#[case::abroad_from_america("1", "011 44 20 7946 0000", "+44 20 7946 0000")]
fn a_number_as_it_is_dialled_there(#[case] code: &str, #[case] to: &str, #[case] meant: &str) {
    let account = Account {
        country: country(code),
        ..Account::public(GatewayKind::Wuts)
    };
    let problems = account.check(&self::to(to)).into_iter();
    let said = problems
        .map(|problem| problem.message)
        .collect::<Vec<_>>()
        .join(" | ");
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let offered = said.split("did you mean ").nth(1).unwrap_or(&said);
    let offered = offered.split(['?', ',']).next().unwrap_or_default();
    assert_eq!(digits(offered), digits(meant), "{said}");
    assert!(!said.contains("set country"), "{said}");
}

/// Other numbers in a message are doubted too, and never given a code.
#[test]
fn numbers_to_call_and_of_a_business_are_doubted() {
    let call = Button {
        id: "call".to_owned(),
        text: "Call".to_owned(),
        action: Action::Call {
            phone: "11 98888-7777".to_owned(),
        },
    };
    let buttons = Draft {
        message: Message::Buttons(Buttons {
            text: "日本".to_owned(),
            buttons: vec![call],
            ..Buttons::default()
        }),
        ..to("+55 11 98888-7777")
    };
    let catalog = Draft {
        message: Message::Catalog(Catalog {
            text: "日本".to_owned(),
            business_owner: "11 98888-7777".to_owned(),
            ..Catalog::default()
        }),
        ..to("+55 11 98888-7777")
    };
    for draft in [buttons, catalog] {
        let problems = check(&draft, &Limits::default());
        let doubted = |p: &&_| {
            let p: &wacompose::message::check::Problem = p;
            p.severity == Severity::Warning && p.message.contains("+55 11 98888-7777")
        };
        assert_eq!(problems.iter().filter(doubted).count(), 1, "{problems:?}");
    }
}

proptest! {
    /// Any digits are spelled with themselves, and whatever is said of them can be shown.
    #[test]
    fn any_digits_are_spelled(digits in "[1-9][0-9]{6,14}", code in "[0-9]{0,3}", plus in any::<bool>()) {
        let only = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        prop_assert_eq!(only(&spelled(&digits)), digits.clone());
        let text = if plus { format!("+{digits}") } else { digits };
        let reading = read(&text, country(&code)).unwrap();
        for doubt in doubts(&reading, country(&code)) {
            prop_assert!(!doubt.is_empty());
        }
        prop_assert!(!(plus && reading.added.is_some()));
    }
}
