//! Recipients: every spelling that people paste, and what is said about the rest.

#![expect(
    clippy::unwrap_used,
    reason = "a recipient that is not understood has failed the test"
)]

use proptest::prelude::*;
use rstest::rstest;
use wacompose::message::recipient::Recipient;

fn user(digits: &str) -> Recipient {
    Recipient::User(digits.to_owned())
}

#[rstest]
#[case::plain("5511999999999")]
#[case::international("+55 11 99999-9999")]
#[case::parentheses("+55 (11) 99999-9999")]
#[case::plus_in_parentheses("(+55) 11 99999 9999")]
#[case::double_zero("0055 11 99999 9999")]
#[case::dots_and_slashes("+55.11/99999.9999")]
#[case::no_break_space("+55\u{a0}11\u{a0}99999-9999")]
#[case::narrow_no_break_space("+55\u{202f}11\u{202f}99999-9999")]
#[case::ideographic_space("+55\u{3000}11\u{3000}999999999")]
#[case::tab("+55\t11\t999999999")]
#[case::unicode_hyphen("+55\u{2010}11\u{2010}999999999")]
#[case::no_break_hyphen("+55\u{2011}11\u{2011}999999999")]
#[case::en_dash("+55 11 99999\u{2013}9999")]
#[case::minus("+55 11 99999\u{2212}9999")]
#[case::full_width("＋５５（１１）９９９９９－９９９９")]
#[case::arabic_indic("+٥٥ ١١ ٩٩٩٩٩ ٩٩٩٩")]
#[case::persian("+۵۵ ۱۱ ۹۹۹۹۹ ۹۹۹۹")]
#[case::devanagari("+५५ ११ ९९९९९ ९९९९")]
#[case::contact_card("\u{202a}+55 11 99999-9999\u{202c}")]
#[case::right_to_left_mark("\u{200f}+55 11 99999-9999\u{200e}")]
#[case::isolates("\u{2068}+55 11 99999-9999\u{2069}")]
#[case::byte_order_mark("\u{feff}5511999999999")]
#[case::around("  \r\n+55 11 99999-9999\n ")]
#[case::tel("tel:+55-11-99999-9999")]
#[case::tel_upper("TEL:5511999999999")]
#[case::link("https://wa.me/5511999999999")]
#[case::link_with_text("https://wa.me/+5511999999999?text=Hi%20there#x")]
#[case::link_without_scheme("wa.me/5511999999999")]
#[case::link_with_slash("HTTP://www.WA.me/5511999999999/")]
#[case::link_in_capitals("HTTPS://WA.ME/5511999999999")]
#[case::link_percent_encoded("https://wa.me/%2B5511999999999?text=Oi")]
#[case::link_with_port("https://wa.me:443/5511999999999")]
#[case::link_of_a_catalog("https://wa.me/c/5511999999999")]
#[case::link_of_a_product("https://wa.me/p/4567890123/5511999999999")]
#[case::api("https://api.whatsapp.com/send?phone=5511999999999")]
#[case::api_slash(
    "https://api.whatsapp.com/send/?phone=5511999999999&text&type=phone_number&app_absent=0"
)]
#[case::api_text_first(
    "https://api.whatsapp.com/send?text=Ol%C3%A1%20日本&phone=%2B55%2011%2099999-9999"
)]
#[case::api_plus("http://api.whatsapp.com/send?phone=+55+11+99999-9999#x")]
#[case::api_of_a_page("https://api.whatsapp.com/send?text=a&amp;phone=5511999999999")]
#[case::api_without_scheme("api.whatsapp.com/send?phone=5511999999999")]
#[case::web("https://web.whatsapp.com/send?phone=5511999999999&text=hi")]
#[case::web_in_capitals("HTTPS://Web.WhatsApp.com/SEND?Phone=5511999999999")]
#[case::plain_host("https://www.whatsapp.com/send?phone=5511999999999")]
#[case::catalog("https://www.whatsapp.com/catalog/5511999999999/?app_absent=0")]
#[case::app("whatsapp://send?phone=5511999999999")]
#[case::app_slash("whatsapp://send/?phone=%2B5511999999999&text=Hi")]
#[case::app_text_first("WHATSAPP://send?text=Hi&phone=5511999999999")]
#[case::twilio("whatsapp:+5511999999999")]
#[case::twilio_bare("whatsapp:5511999999999")]
#[case::twilio_encoded("whatsapp:%2B5511999999999")]
#[case::jid("5511999999999@s.whatsapp.net")]
#[case::jid_in_capitals(" 5511999999999@S.WhatsApp.Net ")]
#[case::jid_with_device("5511999999999:12@s.whatsapp.net")]
#[case::chat_id("5511999999999@c.us")]
#[case::chat_id_with_plus("+55 11 99999-9999@c.us")]
#[case::full_width_at("5511999999999＠c.us")]
fn a_person_is_understood(#[case] text: &str) {
    assert_eq!(text.parse(), Ok(user("5511999999999")));
}

#[rstest]
#[case::shortest("+2901234", "2901234")]
#[case::longest("123456789012345", "123456789012345")]
#[case::trunk_zero("+44 (0)20 7946 0958", "442079460958")]
#[case::trunk_zero_after_double_zero("0044(0)20 7946 0958", "442079460958")]
#[case::a_zero_that_is_part_of_it("+55 11 (0)9999-9999", "5511099999999")]
#[case::inner_double_zero("+1 800 0055 000", "18000055000")]
fn its_digits_are_these(#[case] text: &str, #[case] digits: &str) {
    let recipient: Recipient = text.parse().unwrap();
    assert_eq!(recipient.digits(), Some(digits));
}

#[rstest]
#[case::group("120363039000000000@g.us", Recipient::Group("120363039000000000".into()))]
#[case::group_15("123456789012345@g.us", Recipient::Group("123456789012345".into()))]
#[case::group_25(
    "1234567890123456789012345@G.US",
    Recipient::Group("1234567890123456789012345".into())
)]
#[case::old_group("5511999999999-1234567890@g.us", Recipient::Group("5511999999999-1234567890".into()))]
#[case::channel(" 120363039000000000@newsletter\n", Recipient::Channel("120363039000000000".into()))]
#[case::hidden("123456789012345@lid", Recipient::Lid("123456789012345".into()))]
#[case::hidden_with_device("123456789012345:3@lid", Recipient::Lid("123456789012345".into()))]
#[case::group_in_arabic_indic(
    "١٢٠٣٦٣٠٣٩٠٠٠٠٠٠٠٠٠@g.us",
    Recipient::Group("120363039000000000".into())
)]
fn an_address_is_understood(#[case] text: &str, #[case] recipient: Recipient) {
    assert_eq!(text.parse(), Ok(recipient));
}

#[rstest]
#[case::nothing("", "no recipient")]
#[case::white_space(" \u{a0}\n", "no recipient")]
#[case::invisible("\u{200e}\u{feff}", "no recipient")]
#[case::business_scoped("US.13491208655302741918", "a business-scoped user id")]
#[case::business_scoped_letters(" BR.1a2B3c4d5e ", "which cannot be written to yet")]
#[case::letters("call me", "“c” is not part of a phone number")]
#[case::wide("电话5511999999999", "“电” is not part")]
#[case::emoji("5511👍", "“👍” is not part")]
#[case::combining("55119999e\u{301}", "“e” is not part")]
#[case::escape("\u{1b}[2J5511999999999", "U+001B is not part")]
#[case::line_break("5511\n999999999", "U+000A is not part")]
#[case::second_plus("+55+11999999999", "“+” is not part")]
#[case::late_plus("55+11999999999", "“+” is not part")]
#[case::variable("{{phone}}", "“{” is not part")]
#[case::punctuation_only("+-()", "no number in it")]
#[case::zero("011 99999-9999", "country code in its place")]
#[case::zero_after_plus("+0 11 99999-9999", "country code in its place")]
#[case::zero_after_double_zero("000 11 99999-9999", "country code in its place")]
#[case::nothing_but_zeros("0(0)", "no number in it")]
#[case::short("+12 34 56", "7 to 15 digits with its country code, this one 6")]
#[case::long(
    "1234567890123456",
    "7 to 15 digits with its country code, this one 16"
)]
#[case::group_without_domain("120363039000000000", "a group is written with @g.us")]
#[case::short_address("12@c.us", "this one 2")]
#[case::no_domain("5511999999999@", "nothing stands after the @")]
#[case::domain_typo("5511999999999@s.whatsap.net", "did you mean @s.whatsapp.net?")]
#[case::domain_unknown(
    "a@example.com",
    "Known are @s.whatsapp.net, @c.us, @g.us, @newsletter, @lid"
)]
#[case::hostile_domain("1@\u{1b}[2J", "@␛[2j is not a WhatsApp address")]
#[case::short_group("12345678901234@g.us", "15 to 25 digits before @g.us")]
#[case::long_group("12345678901234567890123456@g.us", "15 to 25 digits before @g.us")]
#[case::lettered_group("12036303900000000x@g.us", "15 to 25 digits before @g.us")]
#[case::group_with_device("120363039000000000:1@g.us", "15 to 25 digits before @g.us")]
#[case::old_group_without_time("5511999999999-@g.us", "15 to 25 digits before @g.us")]
#[case::short_channel("1@newsletter", "10 to 25 digits before @newsletter")]
#[case::short_hidden("@lid", "10 to 25 digits before @lid")]
#[case::extension("tel:+5511999999999;ext=12", "leave out what follows the ;")]
#[case::other_link("https://example.com/5511999999999", "only https://wa.me/")]
#[case::group_of_the_cloud_api("Y2FwaV9ncm91cDox", "a group of the Cloud API")]
#[case::link_to_a_qr("https://wa.me/qr/ABCDEF", "does not name its number")]
#[case::link_to_a_group("https://chat.whatsapp.com/AbCd1234", "invites to a group")]
#[case::link_to_a_group_without_scheme("chat.whatsapp.com/AbCd1234?mode=r", "invites to a group")]
#[case::link_to_a_channel("https://whatsapp.com/channel/0029Va", "link of a channel")]
#[case::link_to_a_channel_www(
    "https://www.whatsapp.com/channel/0029Va",
    "write the address, …@newsletter"
)]
#[case::link_with_a_text_alone("https://wa.me/?text=Hi", "names no phone number")]
#[case::link_without_anything("https://wa.me", "names no phone number")]
#[case::api_without_number("https://api.whatsapp.com/send?text=Hi", "names no phone number")]
#[case::api_with_empty_number(
    "https://api.whatsapp.com/send?phone=&text=Hi",
    "names no phone number"
)]
#[case::app_without_number("whatsapp://send?text=Hi", "names no phone number")]
#[case::site("https://www.whatsapp.com/", "names no phone number")]
#[case::link_with_letters("https://wa.me/maria.store", "is not part of a phone number")]
#[case::like_its_host("https://wa.me.example.com/5511999999999", "only https://wa.me/")]
#[case::link_without_number("https://wa.me/message/ABC", "does not name its number")]
fn what_is_wrong_is_said(#[case] text: &str, #[case] said: &str) {
    let sentence = text.parse::<Recipient>().unwrap_err().to_string();
    assert!(sentence.contains(said), "{sentence}");
    assert!(!sentence.contains(char::is_control), "{sentence:?}");
}

#[rstest]
#[case::user(
    "+5511999999999",
    "5511999999999@s.whatsapp.net",
    "5511999999999@c.us",
    "user"
)]
#[case::group(
    "120363039000000000@g.us",
    "120363039000000000@g.us",
    "120363039000000000@g.us",
    "group"
)]
#[case::channel(
    "120363039000000000@newsletter",
    "120363039000000000@newsletter",
    "120363039000000000@newsletter",
    "channel"
)]
#[case::lid(
    "123456789012345@lid",
    "123456789012345@lid",
    "123456789012345@lid",
    "hidden number"
)]
fn each_gateway_has_its_address(
    #[case] shown: &str,
    #[case] jid: &str,
    #[case] chat_id: &str,
    #[case] kind: &str,
) {
    let recipient: Recipient = jid.parse().unwrap();
    assert_eq!(recipient.to_string(), shown);
    assert_eq!(recipient.jid(), jid);
    assert_eq!(recipient.chat_id(), chat_id);
    assert_eq!(recipient.kind(), kind);
}

/// Texts made of what recipients are made of.
fn almost_a_recipient() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[0-9]{1,8}",
        2 => prop::sample::select(vec![
            "+", "00", "(0)", "-", " ", "\u{a0}", "tel:", "https://wa.me/", "@", "@c.us", "@g.us",
            "@s.whatsapp.net", "@newsletter", "@lid", ":12", "\u{200e}", "٥", "５", "👩‍👩‍👧", "é",
        ])
        .prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_understood_or_explained(text in almost_a_recipient()) {
        match text.parse::<Recipient>() {
            Ok(recipient) => {
                prop_assert_eq!(recipient.to_string().parse(), Ok(recipient.clone()));
                prop_assert_eq!(recipient.jid().parse(), Ok(recipient.clone()));
                prop_assert_eq!(recipient.chat_id().parse(), Ok(recipient));
            }
            Err(error) => {
                prop_assert!(!error.to_string().is_empty());
                prop_assert!(!error.to_string().contains(char::is_control));
            }
        }
    }
}
