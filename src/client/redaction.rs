//! Cuts secrets out of what was answered: GREEN-API echoes the token in its errors' `path`, and a
//! proxy on the way may echo its password.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::gateway::wire::Response;
use crate::secret::{MASK, Secret};

/// From how many characters on the start of a token at the end of a cut body is masked too.
const TELLING: usize = 4;

/// What stands in a path as it is.
const AS_IT_IS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A token as it stands in a path: everything but letters, digits and `-._~` percent-encoded.
pub(super) fn in_path(token: &str) -> String {
    utf8_percent_encode(token, AS_IT_IS).to_string()
}

/// The same answer without the token. Where the body was cut within the token, its start goes too.
pub(super) fn response(token: &Secret, mut response: Response) -> Response {
    for (_, value) in &mut response.headers {
        *value = token.redact(value);
    }
    let body = &mut response.body;
    if let Cow::Owned(clean) = token.redact_bytes(body) {
        *body = clean;
    }
    if response.truncated {
        let cut = token.cut_at_the_end(body).filter(|cut| *cut >= TELLING);
        if let Some(cut) = cut {
            body.truncate(body.len() - cut);
            body.extend_from_slice(MASK.as_bytes());
        }
    }
    response
}

/// The same answer without several secrets.
pub(super) fn without(secrets: &[Secret], answer: Response) -> Response {
    let clean = |answer, secret| response(secret, answer);
    secrets.iter().fold(answer, clean)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::none(
        "no token here: 日本 👩‍👩‍👧 e\u{301} שלום",
        false,
        "no token here: 日本 👩‍👩‍👧 e\u{301} שלום"
    )]
    #[case::twice("k/ey-123 k/ey-123", false, "*** ***")]
    #[case::in_a_path("/sendMessage/k%2Fey-123", false, "/sendMessage/***")]
    #[case::wide_around("日k/ey-123本", false, "日***本")]
    #[case::nearly("k/ey-124", false, "k/ey-124")]
    #[case::cut_within("path: k/ey-", true, "path: ***")]
    #[case::cut_within_encoded("path: k%2Fe", true, "path: ***")]
    #[case::whole_although_it_ends_so("path: k/ey-", false, "path: k/ey-")]
    #[case::too_short_to_tell("back", true, "back")]
    #[case::empty("", true, "")]
    fn cuts_the_token_out(#[case] body: &str, #[case] truncated: bool, #[case] expected: &str) {
        let answer = Response {
            headers: vec![("location".to_owned(), "/x/k%2Fey-123".to_owned())],
            body: body.as_bytes().to_vec(),
            truncated,
            ..Response::default()
        };
        let clean = response(&Secret::new("k/ey-123"), answer);
        assert_eq!(clean.text(), expected);
        assert_eq!(clean.header("Location"), Some("/x/***"));
    }

    #[test]
    fn cuts_several_secrets_out() {
        let secrets = ["pr0xy-p4ss", "t0k"].map(Secret::new);
        let answer = Response {
            headers: vec![("location".to_owned(), "/x/pr0xy-p4ss".to_owned())],
            body: "Olá 日本 me:pr0xy%2Dp4ss t0k".as_bytes().to_vec(),
            ..Response::default()
        };
        let clean = without(&secrets, answer);
        assert_eq!(clean.text(), "Olá 日本 me:*** ***");
        assert_eq!(clean.header("Location"), Some("/x/***"));
    }

    #[test]
    fn leaves_bytes_that_are_not_text() {
        let answer = Response {
            body: vec![0xff, b't', b'o', b'k', 0xfe],
            ..Response::default()
        };
        let clean = response(&Secret::new("tok"), answer);
        assert_eq!(clean.body, [b"\xff".as_slice(), b"***", b"\xfe"].concat());
    }
}
