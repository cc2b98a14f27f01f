//! What a token cannot be: one that was copied with something around it, or that is no token.
//!
//! Said before it is sent, in words that repeat nothing of it.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::{MASK, Secret};

/// The words that stand before a token in a header, in lower case.
const SCHEMES: [&str; 4] = ["bearer", "basic", "token", "apikey"];

/// So often what is percent-encoded may be decoded on the way.
const MOST_ENCODINGS: usize = 3;

const QUOTES: [char; 9] = ['"', '\'', '`', '“', '”', '‘', '’', '«', '»'];

impl Secret {
    /// What is wrong with it as a gateway's token, as a sentence that says what to leave out; `None`
    /// where nothing is. `in_path`: it stands in the path of an address, as GREEN-API's does, where
    /// `..`, a slash or what is percent-encoded would be another address.
    pub fn misspelt(&self, in_path: bool) -> Option<&'static str> {
        let token = self.reveal();
        if token.is_empty() {
            return Some("the token is empty");
        }
        let lower = token.to_lowercase();
        if lower.starts_with("authorization") && lower.contains([':', '=']) {
            return Some(
                "the token begins with the header's name: leave \"Authorization:\" and the word \
                 after it out, both are put in",
            );
        }
        let (first, rest) = token
            .split_once(|c: char| c.is_whitespace() || c == ':')
            .unwrap_or((token, ""));
        if !rest.is_empty() && SCHEMES.contains(&first.to_lowercase().as_str()) {
            return Some(
                "the token begins with a word such as \"Bearer\": leave it out, it is put in",
            );
        }
        if lower == "bearer" {
            return Some("the token is the word \"Bearer\" alone");
        }
        if token.starts_with(QUOTES) || token.ends_with(QUOTES) {
            return Some("the token is in quotes: leave them out");
        }
        if is_assignment(token) {
            return Some("the token begins with a variable's name and =: leave them out");
        }
        if token.contains(MASK) {
            return Some("the token is masked (***): the whole one is needed");
        }
        let is_placeholder = [("<", ">"), ("{", "}"), ("$", "")];
        let is_placeholder = is_placeholder
            .iter()
            .any(|(start, end)| token.starts_with(start) && token.ends_with(end));
        if is_placeholder {
            return Some("the token is a placeholder of an example: put the token itself there");
        }
        if token.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Some("the token holds a space or a line break: it has to be the token alone");
        }
        if !token.is_ascii() {
            return Some("the token holds a character beyond ASCII, which no token has");
        }
        if in_path && is_another_path(token) {
            return Some(
                "the token holds . or .. as in a path, and would be another address: it has \
                 letters and digits alone",
            );
        }
        None
    }

    /// Whether it holds what the tokens that stand in a path have not: they are letters and digits.
    pub fn is_unusual_in_path(&self) -> bool {
        let is_usual = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        !self.reveal().bytes().all(is_usual)
    }
}

/// Whether a piece of a path, as whoever is on the way may read it, leads to another one.
fn is_another_path(token: &str) -> bool {
    let mut text = Cow::Borrowed(token);
    for _ in 0..MOST_ENCODINGS {
        let mut pieces = text.split(['/', '\\']);
        if pieces.any(|piece| matches!(piece, "." | "..")) {
            return true;
        }
        let decoded = percent_decode_str(&text).decode_utf8_lossy().into_owned();
        text = Cow::Owned(decoded);
    }
    false
}

/// Whether a text is a line of a file of variables: `WUTS_TOKEN=…`, `export WUTS_TOKEN=…`.
fn is_assignment(token: &str) -> bool {
    let Some((name, value)) = token.split_once('=') else {
        return false;
    };
    let name = name.strip_prefix("export ").unwrap_or(name);
    name.contains('_')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
        && !value.trim_matches('=').is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::uuid("6f9619ff-8b86-4011-b42d-00c04fc964ff")]
    #[case::hex("d75b3a66374942c5b3c019c698abc2067e151558acbd412345")]
    fn is_a_token_everywhere(#[case] token: &str) {
        for in_path in [false, true] {
            assert_eq!(Secret::passing(token).misspelt(in_path), None);
        }
    }

    #[rstest]
    #[case::encoded_dots("%2e%2E")]
    #[case::twice_encoded("a%252f..")]
    #[case::dots("..")]
    #[case::dot(".")]
    #[case::slash("a/../b")]
    #[case::backslash("a\\..\\b")]
    fn is_no_token_in_a_path(#[case] token: &str) {
        assert_eq!(Secret::passing(token).misspelt(false), None);
        let said = Secret::passing(token).misspelt(true);
        assert!(said.is_some_and(|said| said.contains("path")));
    }

    #[rstest]
    #[case::base64("EAAGx/y+z==", true)]
    #[case::dots("a..b", true)]
    #[case::percent("a%2Fb", true)]
    #[case::hex("d75b3a66374942c5b3c019c698abc206", false)]
    fn is_unusual(#[case] token: &str, #[case] unusual: bool) {
        let token = Secret::passing(token);
        assert_eq!(
            (token.misspelt(true), token.is_unusual_in_path()),
            (None, unusual)
        );
    }

    #[rstest]
    #[case::bearer("Bearer EAAG1234", "Bearer")]
    #[case::bearer_in_lower_case("bearer\tEAAG1234", "Bearer")]
    #[case::bearer_with_a_colon("Bearer: EAAG1234", "Bearer")]
    #[case::bearer_alone("Bearer", "alone")]
    #[case::header("Authorization: Bearer EAAG1234", "Authorization")]
    #[case::header_without_a_blank("authorization:EAAG1234", "Authorization")]
    #[case::quotes("\"EAAG1234\"", "quotes")]
    #[case::single_quotes("'EAAG1234'", "quotes")]
    #[case::curly_quotes("“EAAG1234”", "quotes")]
    #[case::half_a_quote("EAAG1234\"", "quotes")]
    #[case::variable("WUTS_TOKEN=EAAG1234", "variable")]
    #[case::exported("export WUTS_TOKEN=EAAG1234", "variable")]
    #[case::masked("EAAG***", "masked")]
    #[case::placeholder("<token>", "placeholder")]
    #[case::placeholder_of_a_collection("{{apiTokenInstance}}", "placeholder")]
    #[case::variable_of_a_shell("$WUTS_TOKEN", "placeholder")]
    #[case::blank("EAAG 1234", "space")]
    #[case::line_break("EAAG\n1234", "line break")]
    #[case::no_break_space("EAAG\u{a0}1234", "space")]
    #[case::control("abc\u{1b}[2J", "space or a line break")]
    #[case::wide("日本", "ASCII")]
    #[case::emoji("👩‍👩‍👧", "ASCII")]
    #[case::combining("e\u{301}", "ASCII")]
    #[case::right_to_left("שלום", "ASCII")]
    #[case::empty(" ", "empty")]
    fn is_named(#[case] token: &str, #[case] said: &str) {
        for in_path in [false, true] {
            let found = Secret::passing(token).misspelt(in_path).unwrap_or_default();
            assert!(found.contains(said) && !found.contains("1234"), "{found}");
        }
    }
}
