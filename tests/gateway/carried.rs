//! What each gateway carries, leaves out, limits and refuses.

use rstest::rstest;
use wacompose::gateway::{Account, Fallback, Platform, Support};
use wacompose::message::check::Severity;
use wacompose::message::limits::{LimitKey, Unit};
use wacompose::message::{ActionKind, Buttons, Draft, Message, Quote};

use super::To::{self, Green, GreenLegacy, Wuts};
use super::{CHANNEL, GROUP, LID, PERSON, actions, buttons, replies, text};

/// Sets everything that a draft can have besides its message.
fn with_all(draft: Draft) -> Draft {
    let message = match draft.message {
        Message::Buttons(message) => Message::Buttons(Buttons {
            header: "订单 1042".to_owned(),
            footer: "Loja".to_owned(),
            ..message
        }),
        other => other,
    };
    Draft {
        quote: Some(Quote {
            id: "3EB0".to_owned(),
            ..Quote::default()
        }),
        link_preview: Some(false),
        delay: Some(2),
        typing: Some(3),
        message,
        ..draft
    }
}

/// The problems as `severity field`.
fn report(account: &Account, draft: &Draft) -> Vec<String> {
    let problems = account.check(draft);
    let lines = problems
        .iter()
        .map(|problem| format!("{} {}", problem.severity, problem.field));
    lines.collect()
}

#[rstest]
#[case::wuts_text(Wuts, text(), "/send/text")]
#[case::wuts_replies(Wuts, replies(), "/send/buttons")]
#[case::green_text(Green, text(), "sendMessage")]
#[case::green_replies(Green, replies(), "sendInteractiveButtonsReply")]
#[case::green_no_button_yet(Green, buttons(&[]), "sendInteractiveButtonsReply")]
#[case::green_actions(Green, actions(), "sendInteractiveButtons")]
#[case::green_actions_beside_legacy(GreenLegacy, actions(), "sendInteractiveButtons")]
fn a_gateway_has_a_method(#[case] to: To, #[case] draft: Draft, #[case] method: &'static str) {
    assert_eq!(to.account().support(&draft), Support::Native { method });
}

#[rstest]
#[case::person(PERSON, vec![Fallback::InteractiveReply, Fallback::NumberedText])]
#[case::unreadable("nobody 👻", vec![Fallback::InteractiveReply, Fallback::NumberedText])]
#[case::group(GROUP, vec![Fallback::NumberedText])]
#[case::channel(CHANNEL, vec![Fallback::NumberedText])]
fn legacy_buttons_are_switched_off(#[case] to: &str, #[case] instead: Vec<Fallback>) {
    let draft = Draft {
        to: to.to_owned(),
        ..replies()
    };
    let method = "sendButtons";
    assert_eq!(
        GreenLegacy.account().support(&draft),
        Support::SwitchedOff { method, instead }
    );
}

#[rstest]
#[case::wuts_copy(Wuts, &[ActionKind::Reply, ActionKind::Copy], "buttons[1].action", "reply button")]
#[case::wuts_call(Wuts, &[ActionKind::Call], "buttons[0].action", "numbered text")]
#[case::wuts_url(Wuts, &[ActionKind::Url, ActionKind::Copy], "buttons[0].action", "url")]
#[case::green_mixed(Green, &[ActionKind::Reply, ActionKind::Url], "buttons[1].action", "all of them replies")]
#[case::green_mixed_other_way(GreenLegacy, &[ActionKind::Url, ActionKind::Copy, ActionKind::Reply], "buttons[2].action", "numbered text")]
fn what_a_gateway_cannot_carry_is_an_error_that_names_the_nearest(
    #[case] to: To,
    #[case] kinds: &[ActionKind],
    #[case] field: &str,
    #[case] words: &str,
) {
    let (account, draft) = (to.account(), buttons(kinds));
    let unsupported = account.encode(&draft).unwrap_err();
    assert_eq!(unsupported.problem.severity, Severity::Error);
    assert_eq!(unsupported.problem.field.to_string(), field);
    assert!(unsupported.to_string().contains(words), "{unsupported}");
    assert_eq!(unsupported.instead, [Fallback::NumberedText]);
    assert!(account.check(&draft).contains(&unsupported.problem));
}

#[rstest]
#[case::wuts_text(Wuts, text(), &["warning link_preview"])]
#[case::wuts_replies(Wuts, replies(), &["warning header", "warning quote", "warning link_preview", "warning delay", "warning typing"])]
#[case::green_text(Green, text(), &["warning delay"])]
#[case::green_replies(Green, replies(), &["warning link_preview", "warning delay"])]
#[case::green_actions(Green, actions(), &["warning link_preview", "warning delay"])]
#[case::green_legacy(GreenLegacy, replies(), &["warning header", "warning buttons", "warning link_preview", "warning delay", "warning typing"])]
fn what_is_left_out_is_a_warning_at_its_field(
    #[case] to: To,
    #[case] draft: Draft,
    #[case] expected: &[&str],
) {
    let account = to.account();
    assert_eq!(report(&account, &with_all(draft)), expected);
}

#[rstest]
#[case::wuts_person(Wuts, text(), PERSON, &[])]
#[case::wuts_ten_digits(Wuts, text(), "1234567890", &["warning to"])]
#[case::wuts_nine_digits(Wuts, text(), "123456789", &["error to", "warning to"])]
#[case::wuts_group(Wuts, replies(), GROUP, &[])]
#[case::wuts_channel(Wuts, replies(), CHANNEL, &[])]
#[case::wuts_lid(Wuts, replies(), LID, &["warning to"])]
#[case::wuts_unreadable(Wuts, replies(), "مرحبا", &["error to"])]
#[case::green_nine_digits(Green, text(), "123456789", &["warning to"])]
#[case::green_group_text(Green, text(), GROUP, &[])]
#[case::green_group_replies(Green, replies(), GROUP, &["error to"])]
#[case::green_group_actions(Green, actions(), GROUP, &["error to"])]
#[case::green_group_legacy(GreenLegacy, replies(), GROUP, &["warning buttons"])]
#[case::green_channel_text(Green, text(), CHANNEL, &["error to"])]
#[case::green_channel_replies(Green, replies(), CHANNEL, &["error to"])]
#[case::green_lid_text(Green, text(), LID, &[])]
#[case::green_lid_replies(Green, replies(), LID, &["error to"])]
#[case::green_unreadable(Green, replies(), "مرحبا", &["error to"])]
fn a_recipient_that_a_method_does_not_reach_is_reported(
    #[case] to: To,
    #[case] draft: Draft,
    #[case] recipient: &str,
    #[case] expected: &[&str],
) {
    let draft = Draft {
        to: recipient.to_owned(),
        ..draft
    };
    assert_eq!(report(&to.account(), &draft), expected);
}

#[rstest]
#[case::green_none(Green, 0, &["error typing"])]
#[case::green_least(Green, 1, &[])]
#[case::green_most(Green, 20, &[])]
#[case::green_too_long(Green, 21, &["error typing"])]
#[case::green_endless(Green, u32::MAX, &["error typing"])]
#[case::wuts_none(Wuts, 0, &[])]
#[case::wuts_long(Wuts, 21, &[])]
fn typing_has_a_range(#[case] to: To, #[case] seconds: u32, #[case] expected: &[&str]) {
    let draft = Draft {
        typing: Some(seconds),
        ..text()
    };
    assert_eq!(report(&to.account(), &draft), expected);
}

#[rstest]
#[case::wuts_text(Wuts, text(), LimitKey::Text, 4096, Severity::Error, Unit::Scalars)]
#[case::wuts_buttons_text(
    Wuts,
    replies(),
    LimitKey::Text,
    4096,
    Severity::Warning,
    Unit::Scalars
)]
#[case::wuts_header(
    Wuts,
    replies(),
    LimitKey::Header,
    60,
    Severity::Warning,
    Unit::Scalars
)]
#[case::wuts_footer(
    Wuts,
    replies(),
    LimitKey::Footer,
    60,
    Severity::Warning,
    Unit::Scalars
)]
#[case::wuts_button(
    Wuts,
    replies(),
    LimitKey::ButtonText,
    25,
    Severity::Error,
    Unit::Scalars
)]
#[case::wuts_id(
    Wuts,
    replies(),
    LimitKey::ButtonId,
    256,
    Severity::Warning,
    Unit::Scalars
)]
#[case::wuts_buttons(Wuts, replies(), LimitKey::Buttons, 3, Severity::Error, Unit::Items)]
#[case::green_text(Green, text(), LimitKey::Text, 20_000, Severity::Error, Unit::Utf16)]
#[case::green_replies(
    Green,
    replies(),
    LimitKey::Text,
    20_000,
    Severity::Warning,
    Unit::Utf16
)]
#[case::green_actions(Green, actions(), LimitKey::Text, 20_000, Severity::Error, Unit::Utf16)]
#[case::green_legacy(
    GreenLegacy,
    replies(),
    LimitKey::Text,
    4096,
    Severity::Error,
    Unit::Utf16
)]
#[case::green_header(Green, replies(), LimitKey::Header, 60, Severity::Warning, Unit::Utf16)]
#[case::green_footer(Green, actions(), LimitKey::Footer, 60, Severity::Warning, Unit::Utf16)]
#[case::green_button(
    Green,
    actions(),
    LimitKey::ButtonText,
    25,
    Severity::Error,
    Unit::Utf16
)]
#[case::green_id(
    Green,
    replies(),
    LimitKey::ButtonId,
    256,
    Severity::Warning,
    Unit::Utf16
)]
#[case::green_buttons(Green, replies(), LimitKey::Buttons, 3, Severity::Error, Unit::Items)]
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
#[case::wuts_safe(Wuts, "x".repeat(20), None)]
#[case::wuts_cautious(Wuts, "x".repeat(21), Some(Severity::Warning))]
#[case::wuts_most(Wuts, "x".repeat(25), Some(Severity::Warning))]
#[case::wuts_over(Wuts, "x".repeat(26), Some(Severity::Error))]
#[case::wuts_emoji_count_once(Wuts, "👋".repeat(20), None)]
#[case::wuts_cjk_over(Wuts, "好".repeat(26), Some(Severity::Error))]
#[case::green_most(Green, "x".repeat(25), None)]
#[case::green_over(Green, "x".repeat(26), Some(Severity::Error))]
#[case::green_emoji_count_twice(Green, "👋".repeat(12), None)]
#[case::green_emoji_over(Green, "👋".repeat(13), Some(Severity::Error))]
#[case::green_family_is_eleven(Green, "👩‍👩‍👧‍👦".repeat(3), Some(Severity::Error))]
fn a_button_is_counted_in_the_gateways_unit(
    #[case] to: To,
    #[case] label: String,
    #[case] expected: Option<Severity>,
) {
    let mut draft = replies();
    if let Message::Buttons(message) = &mut draft.message {
        message.buttons[0].text = label;
    }
    let problems = to.account().check(&draft);
    let found = problems
        .iter()
        .find(|problem| problem.field.to_string() == "buttons[0].text");
    assert_eq!(found.map(|problem| problem.severity), expected);
}

#[test]
fn a_profiles_limit_replaces_the_gateways() {
    let mut account = Green.account();
    account.limits.insert(LimitKey::ButtonText, 5);
    assert_eq!(
        account
            .limits(&replies())
            .get(LimitKey::ButtonText)
            .unwrap()
            .max,
        5
    );
}

#[rstest]
#[case::legacy(GreenLegacy, replies(), Platform::ALL.to_vec())]
#[case::interactive(Green, replies(), vec![])]
#[case::actions(GreenLegacy, actions(), vec![Platform::Desktop])]
#[case::green_text(GreenLegacy, text(), vec![])]
#[case::wuts(Wuts, replies(), vec![])]
fn where_it_is_not_shown_is_said(
    #[case] to: To,
    #[case] draft: Draft,
    #[case] hidden: Vec<Platform>,
) {
    let account = to.account();
    let mut said = Platform::ALL.to_vec();
    said.retain(|&platform| account.visibility(&draft, platform).is_some());
    assert_eq!(said, hidden);
}
