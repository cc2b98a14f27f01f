//! Whether two requests say the same message: every field that is sent, the recipient as the gateway
//! writes it, blanks at the ends of texts left out.
//!
//! The request is compared, not the draft: it holds what is sent and nothing else, so that another
//! spelling of a number, a field that the gateway has no place for, or the path of a picture does not
//! make another message, and another quote, delay or picture does. Addresses, headers and tokens do not
//! count: an account is named by its profile.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::Value;

use super::wire::Request;

impl Request {
    /// Whether both say the same to the same recipient.
    pub fn says_the_same(&self, other: &Self) -> bool {
        canonical(&unnamed(&self.body)) == canonical(&unnamed(&other.body))
    }

    /// A number that all requests of a profile share that say the same; hardly any others do. It is
    /// kept on disk, and the same in every version of the program.
    pub fn fingerprint(&self, profile: &str) -> i64 {
        let mut text = profile.to_owned();
        text.push('\n');
        write_canonical(&unnamed(&self.body), &mut text);
        fnv1a(text.as_bytes()).cast_signed()
    }
}

/// The keys that hold a name of the client's own, at the top of a body: a name makes no other message.
const NAMES: [&str; 3] = ["messageId", "Id", "biz_opaque_callback_data"];

/// A body without the name that it was given.
fn unnamed(body: &Value) -> Cow<'_, Value> {
    match body {
        Value::Object(keys) if NAMES.iter().any(|name| keys.contains_key(*name)) => {
            let keys = keys
                .iter()
                .filter(|(key, _)| !NAMES.contains(&key.as_str()));
            let keys = keys.map(|(key, value)| (key.clone(), value.clone()));
            Cow::Owned(Value::Object(keys.collect()))
        }
        body => Cow::Borrowed(body),
    }
}

/// 64-bit FNV-1a, <https://datatracker.ietf.org/doc/html/rfc9923>: the standard library's hash may be
/// another one in its next version.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn canonical(body: &Value) -> String {
    let mut text = String::new();
    write_canonical(body, &mut text);
    text
}

/// Writes a value so that two are equal where their texts are: keys in order, texts without blanks at
/// their ends, no keys without anything in them.
fn write_canonical(value: &Value, text: &mut String) {
    match value {
        Value::Object(keys) => {
            let mut keys: Vec<_> = keys.iter().filter(|(_, value)| !is_blank(value)).collect();
            keys.sort_unstable_by_key(|(key, _)| *key);
            text.push('{');
            for (key, value) in keys {
                let _ = write!(text, "{}:{key}", key.len());
                write_canonical(value, text);
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write_canonical(item, text);
            }
            text.push(']');
        }
        Value::String(string) => {
            let string = trimmed(string);
            let _ = write!(text, "\"{}:{string}", string.len());
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {
            let _ = write!(text, " {value} ");
        }
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(string) => trimmed(string).is_empty(),
        Value::Object(keys) => keys.values().all(is_blank),
        _ => false,
    }
}

/// A text without the blanks at its ends, those too that have no width.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::*;
    use crate::gateway::{Account, GatewayKind};
    use crate::message::file::{self, Format};
    use rstest::rstest;
    use serde_json::json;

    fn request(account: &Account, message: &str) -> Request {
        let draft = file::parse(message, Format::Toml).unwrap();
        account.encode(&draft).unwrap()
    }

    fn is_same(gateway: GatewayKind, one: &str, other: &str) -> bool {
        let account = Account::public(gateway);
        let (one, other) = (request(&account, one), request(&account, other));
        let is_same = one.says_the_same(&other);
        assert_eq!(is_same, one.fingerprint("p") == other.fingerprint("p"));
        assert_ne!(one.fingerprint("p"), one.fingerprint("q"));
        is_same
    }

    const TO: &str = "to = \"+55 11 99999-9999\"\n";
    const TEXT: &str = "kind = \"text\"\ntext = \"Olá 日本 👩‍👩‍👧 e\u{301} שלום\"\n";

    #[rstest]
    #[case::itself(TO, TEXT, true)]
    #[case::digits("to = \"5511999999999\"\n", TEXT, true)]
    #[case::address("to = \"5511999999999@s.whatsapp.net\"\n", TEXT, true)]
    #[case::other_address("to = \"5511999999999@c.us\"\n", TEXT, true)]
    #[case::double_zero("to = \"0055 (11) 99999.9999\"\n", TEXT, true)]
    #[case::link("to = \"https://wa.me/5511999999999\"\n", TEXT, true)]
    #[case::blanks_around_the_number("to = \"  +5511999999999 \"\n", TEXT, true)]
    #[case::other_number("to = \"+55 11 99999-9998\"\n", TEXT, false)]
    #[case::blanks_at_the_ends(
        TO,
        "kind = \"text\"\ntext = \"\"\"\n \u{a0}Olá 日本 👩‍👩‍👧 e\u{301} שלום \\t\u{3000}\n\n\"\"\"\n",
        true
    )]
    #[case::zero_width_at_the_end(
        TO,
        "kind = \"text\"\ntext = \"Olá 日本 👩‍👩‍👧 e\u{301} שלום\\u200b\"\n",
        true
    )]
    #[case::blanks_within(TO, "kind = \"text\"\ntext = \"Olá  日本 👩‍👩‍👧 e\u{301} שלום\"\n", false)]
    #[case::case_of_letters(TO, "kind = \"text\"\ntext = \"olá 日本 👩‍👩‍👧 e\u{301} שלום\"\n", false)]
    fn texts_and_recipients(
        #[values(GatewayKind::Wuts, GatewayKind::GreenApi, GatewayKind::CloudApi)]
        gateway: GatewayKind,
        #[case] to: &str,
        #[case] text: &str,
        #[case] expected: bool,
    ) {
        let (one, other) = (format!("{TO}{TEXT}"), format!("{to}{text}"));
        assert_eq!(is_same(gateway, &one, &other), expected);
    }

    #[rstest]
    #[case::quote("quote = { id = \"3EB0\" }\n", "", false)]
    #[case::other_quote("quote = { id = \"3EB0\" }\n", "quote = { id = \"3EB1\" }\n", false)]
    #[case::delay("delay = 2\n", "", false)]
    #[case::other_delay("delay = 2\n", "delay = 3\n", false)]
    fn what_goes_along_with_a_text(#[case] one: &str, #[case] other: &str, #[case] expected: bool) {
        let (one, other) = (format!("{TO}{one}{TEXT}"), format!("{TO}{other}{TEXT}"));
        assert_eq!(is_same(GatewayKind::Wuts, &one, &other), expected);
    }

    const BUTTONS: &str = "kind = \"buttons\"\nto = \"5511999999999\"\ntext = \"日本\"\n";

    #[rstest]
    #[case::blanks_in_a_button("[[buttons]]\nid = \"a\"\ntext = \" Sim \"\n", true)]
    #[case::blanks_in_an_id("[[buttons]]\nid = \"a \"\ntext = \"Sim\"\n", true)]
    #[case::other_id("[[buttons]]\nid = \"b\"\ntext = \"Sim\"\n", false)]
    #[case::other_label("[[buttons]]\nid = \"a\"\ntext = \"Não\"\n", false)]
    #[case::one_more(
        "[[buttons]]\nid = \"a\"\ntext = \"Sim\"\n[[buttons]]\nid = \"b\"\ntext = \"Não\"\n",
        false
    )]
    #[case::footer_of_blanks("footer = \"  \"\n[[buttons]]\nid = \"a\"\ntext = \"Sim\"\n", true)]
    #[case::footer("footer = \"שלום\"\n[[buttons]]\nid = \"a\"\ntext = \"Sim\"\n", false)]
    fn buttons(
        #[values(GatewayKind::Wuts, GatewayKind::GreenApi, GatewayKind::CloudApi)]
        gateway: GatewayKind,
        #[case] other: &str,
        #[case] expected: bool,
    ) {
        let one = format!("{BUTTONS}[[buttons]]\nid = \"a\"\ntext = \"Sim\"\n");
        let other = format!("{BUTTONS}{other}");
        assert_eq!(is_same(gateway, &one, &other), expected);
    }

    /// A field that the gateway has no place for is not sent, and does not count.
    #[test]
    fn what_is_not_sent_does_not_count() {
        let other = format!("{TO}link_preview = false\ntyping = 3\n{TEXT}");
        let one = format!("{TO}{TEXT}");
        let account = Account::public(GatewayKind::CloudApi);
        let bodies = [&one, &other].map(|message| request(&account, message).body);
        assert_eq!(
            is_same(GatewayKind::CloudApi, &one, &other),
            bodies[0] == bodies[1]
        );
    }

    #[rstest]
    #[case::order_of_keys(json!({ "a": 1, "b": "x" }), json!({ "b": "x", "a": 1 }), true)]
    #[case::order_of_items(json!(["a", "b"]), json!(["b", "a"]), false)]
    #[case::absent_and_blank(json!({ "a": 1, "b": " " }), json!({ "a": 1, "c": null }), true)]
    #[case::number_and_text(json!({ "a": 1 }), json!({ "a": "1" }), false)]
    #[case::borders_of_texts(json!(["ab", "c"]), json!(["a", "bc"]), false)]
    #[case::borders_of_keys(json!({ "a": "b:c" }), json!({ "a:b": "c" }), false)]
    #[case::nesting(json!({ "a": { "b": "x" } }), json!({ "a": {}, "b": "x" }), false)]
    fn values(#[case] one: Value, #[case] other: Value, #[case] expected: bool) {
        assert_eq!(canonical(&one) == canonical(&other), expected);
    }

    /// What is on disk was written by other versions of the program.
    #[test]
    fn the_number_stays_the_same() {
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
        let account = Account::public(GatewayKind::Wuts);
        let request = request(&account, &format!("{TO}kind = \"text\"\ntext = \"日本\"\n"));
        assert_eq!(
            canonical(&request.body),
            "{6:number\"13:55119999999994:text\"6:日本}"
        );
    }
}
