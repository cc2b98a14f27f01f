//! Limits: what each unit counts, and how a count stands to its limit, one below, at and above it.

use rstest::rstest;
use wacompose::message::check::{Severity, check, counter, excess, near};
use wacompose::message::limits::{Limit, LimitKey, Limits, Standing, Unit};
use wacompose::message::{Button, ButtonPart, Buttons, Draft, Field, Message};

/// One thing on the screen, and what the units count in it.
#[rstest]
#[case::ascii("a", 1, 1)]
#[case::accented("é", 1, 1)]
#[case::combining("e\u{301}", 2, 2)]
#[case::cjk("漢", 1, 1)]
#[case::cjk_beyond_the_basic_plane("𠮷", 1, 2)]
#[case::right_to_left("ש", 1, 1)]
#[case::emoji("😀", 1, 2)]
#[case::emoji_with_tone("👍🏽", 2, 4)]
#[case::joined_family("👩‍👩‍👧", 5, 8)]
#[case::flag("🇧🇷", 2, 4)]
#[case::line_feed("\n", 1, 1)]
#[case::windows_line("\r\n", 2, 2)]
fn a_unit_counts(#[case] text: &str, #[case] scalars: usize, #[case] utf16: usize) {
    assert_eq!(Unit::Scalars.count(text), scalars);
    assert_eq!(Unit::Utf16.count(text), utf16);
}

fn draft(text: String) -> Draft {
    let message = Buttons {
        text,
        buttons: vec![Button {
            id: "a".to_owned(),
            text: "A".to_owned(),
            ..Button::default()
        }],
        ..Buttons::default()
    };
    Draft {
        to: "+55 11 99999-9999".to_owned(),
        message: Message::Buttons(message),
        ..Draft::default()
    }
}

/// For texts of one thing repeated, `most` times within a limit of 4096: the next one breaks it.
#[rstest]
#[case::ascii("a", Unit::Scalars, 4096)]
#[case::ascii_utf16("a", Unit::Utf16, 4096)]
#[case::combining("e\u{301}", Unit::Scalars, 2048)]
#[case::combining_utf16("e\u{301}", Unit::Utf16, 2048)]
#[case::cjk("漢", Unit::Scalars, 4096)]
#[case::cjk_utf16("漢", Unit::Utf16, 4096)]
#[case::right_to_left("ש", Unit::Scalars, 4096)]
#[case::right_to_left_utf16("ש", Unit::Utf16, 4096)]
#[case::emoji("😀", Unit::Scalars, 4096)]
#[case::emoji_utf16("😀", Unit::Utf16, 2048)]
#[case::family("👩‍👩‍👧", Unit::Scalars, 819)]
#[case::family_utf16("👩‍👩‍👧", Unit::Utf16, 512)]
#[case::windows_lines("a\r\n", Unit::Scalars, 1365)]
#[case::windows_lines_utf16("a\r\n", Unit::Utf16, 1365)]
fn a_text_is_within_its_limit_until_it_is_not(
    #[case] thing: &str,
    #[case] unit: Unit,
    #[case] most: usize,
) {
    let limit = Limit::documented(LimitKey::Text, 4096, unit, "a test");
    let limits = Limits::new([limit]);
    for (times, standing) in [
        (most - 1, Standing::Near),
        (most, Standing::Near),
        (most + 1, Standing::Over),
    ] {
        let draft = draft(thing.repeat(times));
        let counted = counter(&draft, Field::Text, &limits);
        let counted = counted.map(|count| (count.actual, count.standing));
        let actual = times * unit.count(thing);
        assert_eq!(counted, Some((actual, standing)));

        let over: Vec<_> = check(&draft, &limits)
            .into_iter()
            .filter(|problem| problem.actual.is_some())
            .collect();
        assert_eq!(over.is_empty(), standing != Standing::Over, "{over:?}");
        for problem in over {
            assert_eq!(problem.severity, Severity::Error);
            assert_eq!(problem.field, Field::Text);
            assert_eq!(
                (problem.actual, problem.limit, problem.unit),
                (Some(actual), Some(4096), Some(unit))
            );
            assert_eq!(problem.message, format!("{actual} {unit}, at most 4096"));
        }
        let near = near(&draft, &limits);
        assert_eq!(near.len(), usize::from(standing == Standing::Near));
    }
}

#[rstest]
#[case::empty(0, Standing::Within)]
#[case::below(53, Standing::Within)]
#[case::from_ninety_percent(54, Standing::Near)]
#[case::one_below(59, Standing::Near)]
#[case::at(60, Standing::Near)]
#[case::one_above(61, Standing::Over)]
fn a_standing_has_three_states(#[case] count: usize, #[case] standing: Standing) {
    for limit in [
        Limit::documented(LimitKey::Footer, 60, Unit::Scalars, "a test"),
        Limit::assumed(LimitKey::Footer, 60, Unit::Utf16, "a test"),
    ] {
        assert_eq!(limit.standing(count), standing);
    }
}

#[rstest]
#[case::three(3, Standing::Within)]
#[case::four(4, Standing::Over)]
fn a_full_number_of_buttons_is_not_near(#[case] count: usize, #[case] standing: Standing) {
    let limit = Limit::documented(LimitKey::Buttons, 3, Unit::Items, "a test");
    assert_eq!(limit.standing(count), standing);
}

#[test]
fn a_profile_replaces_a_number_and_keeps_its_unit() {
    let assumed = Limit::assumed(LimitKey::ButtonText, 25, Unit::Utf16, "a test");
    let mut limits = Limits::new([assumed.with_caution(20, "some phones cut it")]);
    limits.replace(LimitKey::ButtonText, 1);
    limits.replace(LimitKey::Buttons, 1);

    let mut draft = draft("x".to_owned());
    let Message::Buttons(message) = &mut draft.message else {
        unreachable!("the draft above has buttons");
    };
    "😀".clone_into(&mut message.buttons[0].text);
    let second = message.buttons[0].clone();
    message.buttons.push(second);

    let field = Field::Button(0, ButtonPart::Text);
    let count = counter(&draft, field, &limits);
    let count = count.map(|count| (count.actual, count.limit.max, count.limit.is_assumed()));
    assert_eq!(count, Some((2, 1, false)));
    let count = counter(&draft, Field::Buttons, &limits);
    assert_eq!(
        count.map(|count| (count.actual, count.standing)),
        Some((2, Standing::Over))
    );
}

/// A field that the gateway does not limit, or that the draft does not have, has no counter.
#[rstest]
#[case::not_limited(Field::Header)]
#[case::never_limited(Field::To)]
#[case::no_such_button(Field::Button(1, ButtonPart::Text))]
#[case::no_typing(Field::Typing)]
fn there_is_no_counter(#[case] field: Field) {
    let limits = Limits::new([
        Limit::documented(LimitKey::ButtonText, 25, Unit::Scalars, "a test"),
        Limit::documented(LimitKey::Typing, 20, Unit::Seconds, "a test"),
    ]);
    assert_eq!(counter(&draft("x".to_owned()), field, &limits), None);
}

/// From where on a text of at most ten is too long; `|` is not in it.
#[rstest]
#[case::within("0123456789", Unit::Scalars)]
#[case::ascii("0123456789|ab", Unit::Scalars)]
#[case::wide("漢漢漢漢漢漢漢漢漢漢|漢", Unit::Scalars)]
#[case::combining_at_the_limit("012345678|e\u{301}x", Unit::Scalars)]
#[case::a_family_over_it("01234567|👩‍👩‍👧x", Unit::Scalars)]
#[case::right_to_left("שלוםשלום12|שלום", Unit::Scalars)]
#[case::utf16("漢漢漢漢😀😀😀|😀a", Unit::Utf16)]
#[case::utf16_half("漢漢漢漢a😀😀|😀a", Unit::Utf16)]
#[case::braces("{{{{345678}}}}", Unit::Scalars)]
#[case::braces_before("{{{{34567890|ab", Unit::Scalars)]
fn what_is_too_much_begins_somewhere(#[case] text: &str, #[case] unit: Unit) {
    let limits = Limits::new([Limit::documented(LimitKey::Text, 10, unit, "a test")]);
    let expected = text.find('|');
    let draft = draft(text.replace('|', ""));
    assert_eq!(excess(&draft, Field::Text, &limits), expected);
    assert_eq!(excess(&draft, Field::Buttons, &limits), None);
}
