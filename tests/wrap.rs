//! Text in columns, held against the cells that the screen counts.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use rstest::rstest;
use wacompose::wrap::{rows, truncate, width, wrap_text};

#[rstest]
#[case::words("How would you like to", 10, &["How would", "you like", "to"])]
#[case::exact("four four", 4, &["four", "four"])]
#[case::line_breaks("a\nb\r\nc\rd", 5, &["a", "b", "c", "d"])]
#[case::empty_lines("a\n\nb", 5, &["a", "", "b"])]
#[case::final_break("a\n", 5, &["a"])]
#[case::empty("", 5, &[""])]
#[case::long_word("ab incomprehensible", 8, &["ab", "incompre", "hensible"])]
#[case::spaces_at_the_end("ab      ", 4, &["ab"])]
#[case::spaces_at_a_break("ab      cd", 4, &["ab", "cd"])]
#[case::indent("  ab cd", 4, &["  ab", "cd"])]
#[case::indent_that_fills_the_line("      ab", 4, &["ab"])]
#[case::no_break_space("ab c\u{a0}d", 5, &["ab", "c\u{a0}d"])]
#[case::cjk("日本語のテキスト", 7, &["日本語", "のテキ", "スト"])]
#[case::cjk_closing("「日本語」です。", 8, &["「日本", "語」で", "す。"])]
#[case::cjk_and_latin("日本go語", 5, &["日本", "go語"])]
#[case::family("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 3, &["👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"])]
#[case::flags("🇧🇷🇵🇹🇦🇴", 5, &["🇧🇷🇵🇹", "🇦🇴"])]
#[case::keycaps("1\u{fe0f}\u{20e3}2\u{fe0f}\u{20e3}", 3, &["1\u{fe0f}\u{20e3}", "2\u{fe0f}\u{20e3}"])]
#[case::combining("e\u{301}e\u{301}e\u{301}", 2, &["e\u{301}e\u{301}", "e\u{301}"])]
#[case::hangul_in_parts("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}", 2, &["\u{1112}\u{1161}\u{11ab}", "\u{1100}\u{1173}\u{11af}"])]
#[case::devanagari("नमस्ते दुनिया", 6, &["नमस्ते", "दुनिया"])]
#[case::hebrew("שלום לכולם", 6, &["שלום", "לכולם"])]
#[case::arabic("مرحبا بالعالم", 8, &["مرحبا", "بالعالم"])]
#[case::wider_than_a_line("a日b", 1, &["a", "b"])]
#[case::no_width("ab", 0, &[""])]
fn wraps(#[case] text: &str, #[case] width: usize, #[case] lines: &[&str]) {
    assert_eq!(wrap_text(text, width), lines);
}

#[rstest]
#[case::fits("日本", 4, "日本")]
#[case::cut("Confirm order", 8, "Confirm…")]
#[case::cut_before_a_wide_one("日本語", 4, "日…")]
#[case::cut_after_a_family("👩‍👩‍👧‍👦abc", 4, "👩‍👩‍👧‍👦a…")]
#[case::combining("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…")]
#[case::rtl("שלום לכולם", 5, "שלום…")]
#[case::one_column("日本", 1, "…")]
#[case::no_column("日本", 0, "")]
#[case::empty("", 0, "")]
fn truncates(#[case] text: &str, #[case] width: usize, #[case] shown: &str) {
    assert_eq!(truncate(text, width), shown);
}

#[rstest]
#[case::latin("Olá", 3)]
#[case::cjk("日本", 4)]
#[case::family("👩‍👩‍👧‍👦", 2)]
#[case::flag("🇧🇷", 2)]
#[case::emoji_style("☎\u{fe0f}", 2)]
#[case::text_style("☎\u{fe0e}", 1)]
#[case::keycap("1\u{fe0f}\u{20e3}", 2)]
#[case::combining("e\u{301}", 1)]
#[case::arabic_ligature("لا", 2)]
#[case::halfwidth_sound_mark("ｶﾞ", 3)]
fn counts_columns(#[case] text: &str, #[case] columns: usize) {
    assert_eq!(width(text), columns);
    assert_eq!(cells(text), columns);
}

/// How many cells the screen gives a text.
fn cells(text: &str) -> usize {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 1000, 1));
    usize::from(buffer.set_stringn(0, 0, text, 1000, Style::default()).0)
}

fn without_space(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{200b}')
        .collect()
}

/// Texts of every kind of character that shapes lines, and any other.
const TEXT: &str = r"(\PC|[ab ,()日。「]|\n|\r\n|👩‍👩‍👧‍👦|🇧🇷|[1*]\x{fe0f}\x{20e3}|e\x{301}|\x{1112}\x{1161}\x{11ab}|\x{200d}|\x{fe0f}|ש|ﾞ| {3}){0,80}";

proptest! {
    #[test]
    fn no_line_is_too_wide(text in TEXT, limit in 0_usize..40) {
        for row in rows(&text, limit) {
            let line = &text[row.range];
            prop_assert!(row.width <= limit);
            prop_assert_eq!(width(line), row.width, "{:?}", line);
            prop_assert_eq!(cells(line), row.width, "{:?}", line);
        }
    }

    #[test]
    fn nothing_is_lost(text in TEXT) {
        // no character of these is wider than 30 columns
        let shown = wrap_text(&text, 30).concat();
        prop_assert_eq!(without_space(&shown), without_space(&text));
    }

    #[test]
    fn truncated_text_fits(text in TEXT, limit in 0_usize..40) {
        let shown = truncate(&text, limit);
        prop_assert!(width(&shown) <= limit);
        if width(&text) <= limit {
            prop_assert_eq!(&*shown, &text);
        }
    }
}
