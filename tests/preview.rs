//! Whole bubbles, read like the screen; and that no text makes them crooked.

#![expect(clippy::unicode_not_nfc, reason = "decomposed letters are a case")]

use insta::assert_snapshot;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style as Look;
use rstest::rstest;
use wacompose::gateway::Platform;
use wacompose::message::markup::Style;
use wacompose::message::{Action, Button, Buttons, Draft, Message, Quote, Text};
use wacompose::preview::{Line, Role, Span, bubble, wrap};

fn buttons(header: &str, text: &str, footer: &str, labels: &[&str]) -> Draft {
    let button = |label: &&str| Button {
        text: (*label).to_owned(),
        ..Button::default()
    };
    Draft {
        message: Message::Buttons(Buttons {
            header: header.to_owned(),
            text: text.to_owned(),
            footer: footer.to_owned(),
            buttons: labels.iter().map(button).collect(),
        }),
        ..Draft::default()
    }
}

fn text(text: &str) -> Draft {
    Draft {
        message: Message::Text(Text {
            text: text.to_owned(),
        }),
        ..Draft::default()
    }
}

fn order() -> Draft {
    buttons(
        "Order 1042",
        "How would you like to proceed with your *order*?",
        "WUTS Store",
        &["Confirm", "Change items", "Cancel"],
    )
}

fn plain(lines: &[Line]) -> String {
    let line = |line: &Line| line.iter().map(|span| span.text.as_str()).collect();
    lines.iter().map(line).collect::<Vec<String>>().join("\n")
}

fn drawn(draft: &Draft, width: usize) -> String {
    plain(&bubble(draft, Platform::Android, Some("14:32"), width))
}

#[test]
fn shows_an_order_at_38_columns() {
    assert_snapshot!(drawn(&order(), 38), @"
    ╭────────────────────────────────────╮
    │ Order 1042                         │
    │ How would you like to proceed with │
    │ your order?                        │
    │ WUTS Store                         │
    │                              14:32 │
    ├────────────────────────────────────┤
    │             ↩ Confirm              │
    │           ↩ Change items           │
    │              ↩ Cancel              │
    ╰────────────────────────────────────╯
    ");
}

#[test]
fn shows_an_order_at_20_columns() {
    assert_snapshot!(drawn(&order(), 20), @"
    ╭──────────────────╮
    │ Order 1042       │
    │ How would you    │
    │ like to proceed  │
    │ with your order? │
    │ WUTS Store       │
    │            14:32 │
    ├──────────────────┤
    │    ↩ Confirm     │
    │  ↩ Change items  │
    │     ↩ Cancel     │
    ╰──────────────────╯
    ");
}

#[test]
fn is_no_wider_than_its_content() {
    assert_snapshot!(drawn(&order(), 60), @"
    ╭────────────────────────────────────────────────╮
    │ Order 1042                                     │
    │ How would you like to proceed with your order? │
    │ WUTS Store                                     │
    │                                          14:32 │
    ├────────────────────────────────────────────────┤
    │                   ↩ Confirm                    │
    │                 ↩ Change items                 │
    │                    ↩ Cancel                    │
    ╰────────────────────────────────────────────────╯
    ");
}

#[test]
fn leaves_the_frame_out_where_there_is_no_room() {
    assert_snapshot!(drawn(&order(), 7), @"
    Order
    1042
    How
    would
    you
    like to
    proceed
    with
    your
    order?
    WUTS
    Store
    14:32
    ↩
    Confirm
    ↩
    Change
    items
    ↩
    Cancel
    ");
}

#[test]
fn shows_an_empty_draft() {
    assert_snapshot!(drawn(&buttons("", " \n", "", &["Yes", ""]), 38), @"
    ╭───────────────╮
    │ no text yet   │
    │         14:32 │
    ├───────────────┤
    │     ↩ Yes     │
    │ ↩ no text yet │
    ╰───────────────╯
    ");
}

#[test]
fn shows_lists_quotations_and_code() {
    let draft = text(
        "Your order:\n* two shirts, size M, of the *summer* collection\n- one cap\n\
         12. a numbered line that is longer than the bubble\n> quoted words that go on and on\n\
         \n```let x = 1;\n\tx + 1```",
    );
    assert_snapshot!(drawn(&draft, 30), @"
    ╭───────────────────────────╮
    │ Your order:               │
    │ • two shirts, size M, of  │
    │   the summer collection   │
    │ • one cap                 │
    │ 12. a numbered line that  │
    │     is longer than the    │
    │     bubble                │
    │ ▌ quoted words that go on │
    │ ▌ and on                  │
    │                           │
    │ let x = 1;                │
    │     x + 1                 │
    │                     14:32 │
    ╰───────────────────────────╯
    ");
}

#[test]
fn shows_text_of_every_script() {
    let draft = buttons(
        "ご注文 🛍️",
        "日本語のテキストは、どこでも折り返します。\n한국어 텍스트도 있습니다.\n\
         Ação e\u{301} 👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦 🇧🇷🇵🇹 1\u{fe0f}\u{20e3}\n\
         שלום לכולם, ההזמנה שלכם מוכנה\nمرحبا بالعالم\nनमस्ते दुनिया",
        "Pneumonoultramicroscopicsilicovolcanoconiosis",
        &["確認する", "👍🏽", "ביטול"],
    );
    assert_snapshot!(drawn(&draft, 20), @"
    ╭──────────────────╮
    │ ご注文 🛍️        │
    │ 日本語のテキスト │
    │ は、どこでも折り │
    │ 返します。       │
    │ 한국어 텍스트도  │
    │ 있습니다.        │
    │ Ação é 👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦  │
    │ 👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦 🇧🇷🇵🇹  │
    │ 1️⃣               │
    │ שלום לכולם,      │
    │ ההזמנה שלכם      │
    │ מוכנה            │
    │ مرحبا بالعالم    │
    │ नमस्ते दुनिया       │
    │ Pneumonoultramic │
    │ roscopicsilicovo │
    │ lcanoconiosis    │
    │            14:32 │
    ├──────────────────┤
    │    ↩ 確認する    │
    │       ↩ 👍🏽       │
    │     ↩ ביטול      │
    ╰──────────────────╯
    ");
}

#[test]
fn shows_every_action_and_a_quote() {
    let mut draft = order();
    let actions = [
        Action::Url {
            url: "https://example.com".to_owned(),
        },
        Action::Call {
            phone: "+5511999999999".to_owned(),
        },
        Action::Copy {
            code: "SUMMER".to_owned(),
        },
    ];
    if let Message::Buttons(message) = &mut draft.message {
        for (button, action) in message.buttons.iter_mut().zip(actions) {
            button.action = action;
        }
    }
    draft.quote = Some(Quote {
        id: "3EB0".to_owned(),
        participant: "Ana".to_owned(),
        body: "Where is my *order*? I have been waiting for it since Monday, and nobody \
               answers the telephone number that stands on your page."
            .to_owned(),
    });
    assert_snapshot!(drawn(&draft, 38), @"
    ╭────────────────────────────────────╮
    │ ▌ Ana                              │
    │ ▌ Where is my order? I have been   │
    │ ▌ waiting for it since Monday, and │
    │ ▌ …                                │
    │ Order 1042                         │
    │ How would you like to proceed with │
    │ your order?                        │
    │ WUTS Store                         │
    │                              14:32 │
    ├────────────────────────────────────┤
    │             ↗ Confirm              │
    │           ☎ Change items           │
    │              ⧉ Cancel              │
    ╰────────────────────────────────────╯
    ");
}

#[test]
fn shows_control_characters_as_pictures() {
    let draft = buttons(
        "\u{1b}[31mred",
        "a\tb \u{1b}]0;title\u{7}\n\u{202e}*abc*\u{0}",
        "\u{9b}2J",
        &["yes\nno", "\u{feff}\u{2028}"],
    );
    assert_snapshot!(drawn(&draft, 38), @"
    ╭────────────────────╮
    │ ␛[31mred           │
    │ a    b ␛]0;title␇  │
    │ ⟨U+202E⟩abc␀       │
    │ ⟨U+009B⟩2J         │
    │              14:32 │
    ├────────────────────┤
    │      ↩ yes␊no      │
    │ ↩ ⟨U+FEFF⟩⟨U+2028⟩ │
    ╰────────────────────╯
    ");
}

#[test]
fn marks_the_fold_on_phones_alone() {
    let draft = text(&"twelve chars ".repeat(120));
    let lines = |platform| plain(&bubble(&draft, platform, None, 60));
    let marked = lines(Platform::Android);
    let fold = marked.lines().position(|line| line.contains("Read more"));
    assert_eq!(fold, Some(17), "{marked}");
    assert_eq!(lines(Platform::Ios), marked);
    assert!(!lines(Platform::Web).contains("Read more"));
    assert_eq!(
        lines(Platform::Desktop).lines().count() + 1,
        marked.lines().count()
    );
}

#[rstest]
#[case::just_short(&"a".repeat(768))]
#[case::nothing_below(&format!("{}\n", "日".repeat(768)))]
fn marks_no_fold_without_text_below(#[case] body: &str) {
    let lines = bubble(&text(body), Platform::Ios, None, 60);
    assert!(!plain(&lines).contains("Read more"));
}

#[test]
fn spans_say_what_they_are() {
    let lines = bubble(&order(), Platform::Web, None, 60);
    let find = |text: &str| {
        let mut spans = lines.iter().flatten();
        spans
            .find(|span| span.text == text)
            .map(|span| (span.role, span.style))
    };
    let bold = Style {
        bold: true,
        ..Style::default()
    };
    assert_eq!(find("Order 1042"), Some((Role::Header, bold)));
    assert_eq!(find("order"), Some((Role::Body, bold)));
    assert_eq!(find("?"), Some((Role::Body, Style::default())));
    assert_eq!(find("WUTS Store"), Some((Role::Faint, Style::default())));
    assert_eq!(find("Cancel"), Some((Role::Button, Style::default())));
}

#[test]
fn wrapping_keeps_styles_and_characters_whole() {
    let span = |text: &str, role| Span {
        text: text.to_owned(),
        role,
        style: Style::default(),
    };
    let spans = [
        span("日本 ab", Role::Body),
        span("cd e", Role::Quote),
        span("\u{301}f", Role::Button),
    ];
    let lines = wrap::wrap(&spans, 5);
    let expected = [
        vec![span("日本", Role::Body)],
        vec![span("ab", Role::Body), span("cd", Role::Quote)],
        vec![span("e\u{301}", Role::Quote), span("f", Role::Button)],
    ];
    assert_eq!(lines, expected);
}

/// How many cells the screen gives a line.
fn cells(line: &Line) -> usize {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 1000, 1));
    let end = line.iter().fold(0, |x, span| {
        buffer
            .set_stringn(x, 0, &span.text, 1000, Look::default())
            .0
    });
    usize::from(end)
}

const ANY: &str = r"(\PC|[ab *_~`>\n\t\x{1b}日1]|\* |👩‍👩‍👧‍👦|🇧🇷|[1*]\x{fe0f}\x{20e3}|e\x{301}|\x{200d}|\x{fe0f}|שלום|ﾞ){0,60}";

proptest! {
    #[test]
    fn borders_are_straight(
        header in ANY, body in ANY, footer in ANY, label in ANY, quoted in ANY,
        width in 0_usize..50,
    ) {
        let mut draft = buttons(&header, &body, &footer, &[&label, "ok"]);
        draft.quote = Some(Quote { id: header, participant: label, body: quoted });
        let lines = bubble(&draft, Platform::Android, Some("14:32"), width);
        for line in &lines {
            prop_assert!(cells(line) <= width, "{}", plain(&lines));
            if width >= 8 {
                prop_assert_eq!(cells(line), cells(&lines[0]), "{}", plain(&lines));
            }
            prop_assert!(!line.iter().any(|span| span.text.contains(char::is_control)));
        }
    }

    #[test]
    fn no_text_is_hidden(body in r"[ab 日é\n]{1,300}") {
        let lines = bubble(&text(&body), Platform::Android, None, 20);
        let spans = lines.iter().flatten().filter(|span| span.role == Role::Body);
        let shown: String = spans.map(|span| span.text.replace(' ', "")).collect();
        prop_assert_eq!(shown, body.replace([' ', '\n'], ""));
    }
}
