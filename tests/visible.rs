//! What stays and what is shown as a picture, of text that came from outside.

use proptest::prelude::*;
use rstest::rstest;
use wacompose::visible::{is_unsafe, line, lines};

#[rstest]
#[case::escape("\u{1b}[31mred", "␛[31mred")]
#[case::nul("a\0b", "a␀b")]
#[case::bell_and_backspace("\u{7}\u{8}", "␇␈")]
#[case::delete("a\u{7f}", "a␡")]
#[case::c1_csi("é\u{9b}31m", "é⟨U+009B⟩31m")]
#[case::tab("a\tb", "a␉b")]
#[case::line_breaks("a\r\nb", "a␍␊b")]
#[case::line_separator("a\u{2028}b", "a⟨U+2028⟩b")]
#[case::bidi_override("\u{202e}txt.exe", "⟨U+202E⟩txt.exe")]
#[case::bidi_isolate("\u{2066}שלום\u{2069}", "⟨U+2066⟩שלום⟨U+2069⟩")]
#[case::byte_order_mark("\u{feff}日本", "⟨U+FEFF⟩日本")]
#[case::annotation("語\u{fff9}ご\u{fffb}", "語⟨U+FFF9⟩ご⟨U+FFFB⟩")]
#[case::first_suspect_is_harmless("“quoted” ½ \u{1b}", "“quoted” ½ ␛")]
fn shows_what_is_unsafe(#[case] text: &str, #[case] shown: &str) {
    assert_eq!(line(text), shown);
}

#[rstest]
#[case::ascii("How would you like to proceed?")]
#[case::latin("ação, façade, ½ «ok» “ok” … €")]
#[case::cjk("日本語のテキスト。")]
#[case::zwj_family("👩‍👩‍👧‍👦")]
#[case::variation_selector("☎\u{fe0f} and ☎\u{fe0e}")]
#[case::keycap("1\u{fe0f}\u{20e3}*\u{fe0f}\u{20e3}")]
#[case::flag("🇧🇷")]
#[case::tagged_flag("🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}")]
#[case::combining("e\u{301}")]
#[case::hebrew_with_mark("שלום!\u{200f}")]
#[case::arabic_with_marks("مرحبا\u{200e}\u{61c}")]
#[case::zwnj("می\u{200c}خواهم")]
#[case::halfwidth("ｶﾞ")]
fn leaves_what_is_safe(#[case] text: &str) {
    assert!(matches!(line(text), std::borrow::Cow::Borrowed(same) if same == text));
}

#[test]
fn lines_keeps_line_feeds_alone() {
    assert_eq!(
        lines("日本\n\u{1b}]0;title\u{7}\r\n"),
        "日本\n␛]0;title␇␍\n"
    );
}

proptest! {
    #[test]
    fn nothing_unsafe_comes_out(text in any::<String>()) {
        prop_assert!(!line(&text).contains(is_unsafe));
        prop_assert!(!line(&text).contains(char::is_control));
        prop_assert!(!lines(&text).contains(|c| c != '\n' && is_unsafe(c)));
    }

    #[test]
    fn everything_safe_stays(text in any::<String>()) {
        let safe: String = text.chars().filter(|&c| !is_unsafe(c)).collect();
        prop_assert_eq!(line(&safe), safe.as_str());
    }
}

#[rstest]
#[case::none(0, "0 bytes")]
#[case::few(999, "999 bytes")]
#[case::thousands(16_384, "16.3 kB")]
#[case::millions(40_000_000, "40.0 MB")]
#[case::most(u64::MAX, "18446744073709.5 MB")]
fn bytes_are_said_in_words(#[case] bytes: u64, #[case] expected: &str) {
    assert_eq!(wacompose::visible::bytes(bytes), expected);
}
