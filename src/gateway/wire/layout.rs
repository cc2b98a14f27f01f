//! JSON laid out for people, or on one line, with every token as it was written: numbers keep all
//! their digits, keys that are there twice stay, and so does their order.

use serde::de::IgnoredAny;

/// JSON indented by two blanks a level; `None` where a text is no JSON.
pub(super) fn pretty(json: &str) -> Option<String> {
    lay_out(json, true)
}

/// JSON on one line; `None` where a text is no JSON.
pub(super) fn compact(json: &str) -> Option<String> {
    lay_out(json, false)
}

fn lay_out(json: &str, is_pretty: bool) -> Option<String> {
    serde_json::from_str::<IgnoredAny>(json).ok()?;
    let mut text = String::with_capacity(json.len() * 2);
    let mut depth = 0_usize;
    let mut last = None;
    let new_line = |text: &mut String, depth: usize| {
        if is_pretty {
            text.push('\n');
            text.extend(std::iter::repeat_n("  ", depth));
        }
    };
    let mut rest = json;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' => string_length(rest),
            c => c.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        if c.is_ascii_whitespace() {
            continue;
        }
        let opened = matches!(last, Some('{' | '['));
        match c {
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                if !opened {
                    new_line(&mut text, depth);
                }
            }
            _ if opened => new_line(&mut text, depth),
            _ => {}
        }
        text.push_str(token);
        match c {
            '{' | '[' => depth += 1,
            ',' => new_line(&mut text, depth),
            ':' if is_pretty => text.push(' '),
            _ => {}
        }
        last = Some(c);
    }
    Some(text)
}

/// How long the string is that a text begins with, its quotes included.
fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::number(
        "{ \"a\":12345678901234567890123 , \"b\":1.10e+2}",
        "{\"a\":12345678901234567890123,\"b\":1.10e+2}"
    )]
    #[case::key_twice(r#"{"a":1,"a":2}"#, r#"{"a":1,"a":2}"#)]
    #[case::order(r#"{"b":1,"a":{}}"#, r#"{"b":1,"a":{}}"#)]
    #[case::escapes(r#"["\"{,}\\","\u00e9\/"]"#, r#"["\"{,}\\","\u00e9\/"]"#)]
    #[case::wide("[ \"日本 👩‍👩‍👧 e\u{301} שלום\" ]", "[\"日本 👩‍👩‍👧 e\u{301} שלום\"]")]
    #[case::bare(" null\r\n", "null")]
    #[case::empty("[ ]", "[]")]
    fn keeps_every_token(#[case] json: &str, #[case] expected: &str) {
        assert_eq!(compact(json).as_deref(), Some(expected));
        let pretty = pretty(json).unwrap_or_default();
        assert_eq!(compact(&pretty).as_deref(), Some(expected));
    }

    #[test]
    fn is_laid_out_as_usual() {
        let json = r#"{"a":[1,{"b":"c"}],"d":{},"e":[],"f":null}"#;
        let value: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
        assert_eq!(pretty(json), Some(format!("{value:#}")));
    }

    #[rstest]
    #[case::words("日本")]
    #[case::cut("{\"a\":")]
    #[case::two("1 2")]
    #[case::nothing("")]
    fn is_none_of_what_is_no_json(#[case] text: &str) {
        assert_eq!((pretty(text), compact(text)), (None, None));
    }
}
