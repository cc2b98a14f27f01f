//! JSON as people write and copy it.

use rstest::rstest;
use wacompose::import::import;

#[rstest]
#[case::line_comments(
    "{\n// the recipient\n\"number\":\"1\", // here\n\"text\":\"日本 // no\"}",
    "日本 // no"
)]
#[case::block_comments("/* a */{\"number\":\"1\",/* “b” */\"text\":\"é\"/* c\n */}", "é")]
#[case::hash_comments("# a\n{\"number\":\"1\", # 'b'\n\"text\":\"a # b\"}", "a # b")]
#[case::html_comments(
    "{\"number\":\"1\",\"text\":\"<!-- é -->\"<!-- more … “here” -->}",
    "<!-- é -->"
)]
#[case::trailing_commas("{\"number\":\"1\",\"text\":\"👩‍👩‍👧\",}", "👩‍👩‍👧")]
#[case::trailing_commas_in_lists("{\"number\":\"1\",\"text\":\"שלום\",\"mentioned\":[],}", "שלום")]
#[case::byte_order_mark("\u{feff}{\"number\":\"1\",\"text\":\"e\u{301}\"}", "e\u{301}")]
#[case::lines_of_windows("{\r\n\"number\":\"1\",\r\n\"text\":\"中\"}\r\n", "中")]
#[case::quotes_in_a_text("{\"number\":\"1\",\"text\":\"“é” ‘a’ \u{a0}…\"}", "“é” ‘a’ \u{a0}…")]
#[case::the_last_of_two("{\"number\":\"1\",\"text\":\"a\",\"text\":\"é\"}", "é")]
#[case::fenced("```json\n{\"number\":\"1\",\"text\":\"é\"}\n```", "é")]
#[case::fenced_with_words(
    "Send this:\n\n```\n{\"number\":\"1\",\"text\":\"é\"}\n```\nand wait",
    "é"
)]
#[case::quoted("> {\"number\":\"1\",\n> \"text\":\"é\"}", "é")]
#[case::escaped("{\"number\":\"1\",\"text\":\"\\ud83d\\ude00 \\u0041\"}", "😀 A")]
fn it_is_read(#[case] written: &str, #[case] expected: &str) {
    let imported = import(written).unwrap();
    assert_eq!(imported.draft.message.text(), expected);
    assert_eq!(imported.left_out, [""; 0]);
}

#[rstest]
#[case::typographic("{“number”: 1}", "line 1, column 2: typographic quotes")]
#[case::typographic_value("{\"日\": 1,\n \"a\": ”b”}", "line 2, column 7: typographic quotes")]
#[case::guillemets("{«number»: 1}", "line 1, column 2: typographic quotes")]
#[case::single_typographic("{‘number’: 1}", "line 1, column 2: typographic quotes")]
#[case::german("{„number“: 1}", "line 1, column 2: typographic quotes")]
#[case::non_breaking("{\"é\":\u{a0}1}", "line 1, column 6: a non-breaking space (U+00A0)")]
#[case::narrow(
    "{\n\u{202f}\"a\": 1}",
    "line 2, column 1: a non-breaking space (U+202F)"
)]
#[case::figure(
    "{\u{2007}\"a\": 1}",
    "line 1, column 2: a non-breaking space (U+2007)"
)]
#[case::ideographic(
    "{\u{3000}\"a\": 1}",
    "line 1, column 2: an ideographic space (U+3000)"
)]
#[case::zero_width(
    "{\"a\":\u{200b} 1}",
    "line 1, column 6: an invisible character (U+200B)"
)]
#[case::single_quotes("{'number': 1}", "line 1, column 2: single quotes are used here")]
#[case::python("{\"a\": True}", "line 1, column 7: Python's True")]
#[case::python_none("{\"a\": None}", "line 1, column 7: Python's True, False or None")]
#[case::no_quotes("{number: \"1\"}", "line 1, column 2: the key number has no quotes")]
#[case::dots("{\"a\": [1, ...]}", "line 1, column 11: an ellipsis")]
#[case::an_ellipsis("{\"a\": 1, … }", "line 1, column 10: an ellipsis")]
#[case::two(
    "{\"number\":\"1\",\"text\":\"a\"}\n{\"number\":\"2\"}",
    "line 2, column 1: a second JSON document"
)]
#[case::more(
    "{\"number\":\"1\",\"text\":\"a\"} x",
    "line 1, column 27: something follows the end"
)]
#[case::a_line_break(
    "{\"number\":\"1\",\n\"text\":\"a\nb\"}",
    "line 2, column 10: a line break"
)]
#[case::a_control(
    "{\"number\":\"1\u{1b}\"}",
    "line 1, column 13: a control character (␛)"
)]
#[case::below_a_fence(
    "Here:\n```\n{\"number\": '1'}\n```",
    "line 3, column 12: single quotes"
)]
#[case::no_comma("{\"a\": 1\n\"b\": 2}", "line 1, column 8: expected comma")]
#[case::not_closed("{\"a\": [1, 2", "line 1")]
#[case::deep(&"[".repeat(100_000), "nesting depth")]
fn a_mistake_is_shown(#[case] written: &str, #[case] said: &str) {
    let error = import(written).unwrap_err().to_string();
    assert!(error.contains(said), "{error}");
    assert!(!error.contains(char::is_control), "{error:?}");
}
