//! What an error means and what to do about it, in plain words, and whether the message was taken.
//!
//! One table a gateway, read from the top: the first row whose status, code and words fit is the
//! answer. Codes and words come before bare statuses, as they say more. The facts are the gateways' pages on errors.

use std::ops::RangeInclusive;

use Verdict::{Rejected, Repeatable, Unknown};

/// What a row says about the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It was not taken.
    Rejected,
    /// It was not taken, and the documentation tells clients to send the same again after a while.
    Repeatable,
    /// It may have been taken.
    Unknown,
}

/// What a gateway's errors mean.
#[derive(Debug)]
pub(super) struct Table {
    /// The rows that are its own.
    pub rows: &'static [Row],
    /// The rows after them.
    pub last: [Row; 12],
}

/// A gateway's words for what a status alone says.
pub(super) struct Words {
    /// A server before it got no proper answer.
    pub behind: &'static str,
    /// It is not available for a while.
    pub unavailable: &'static str,
    /// It failed.
    pub failed: &'static str,
    /// It refused the request.
    pub refused: &'static str,
}

impl Words {
    /// The rows for statuses that no gateway documents otherwise.
    pub(super) const fn rows(self) -> [Row; 12] {
        [
            status(407, Rejected, PROXY),
            status(413, Rejected, TOO_LARGE),
            status(408, Unknown, UNKNOWN_TO_CLIENT),
            status(499, Unknown, UNKNOWN_TO_CLIENT),
            status(429, Repeatable, RATE),
            status(502, Unknown, self.behind),
            status(504, Unknown, self.behind),
            both(520..=527, "", Unknown, self.behind),
            status(503, Repeatable, self.unavailable),
            both(500..=599, "", Unknown, self.failed),
            both(300..=399, "", Rejected, REDIRECTED),
            both(400..=499, "", Rejected, self.refused),
        ]
    }
}

/// One row of a table.
#[derive(Debug)]
pub(super) struct Row {
    statuses: RangeInclusive<u16>,
    /// The gateway's own number of the error, where it has one.
    codes: Option<RangeInclusive<u32>>,
    /// In lower case; empty where the status alone decides.
    words: &'static str,
    pub verdict: Verdict,
    pub meaning: &'static str,
}

pub(super) const fn words(words: &'static str, verdict: Verdict, meaning: &'static str) -> Row {
    both(200..=599, words, verdict, meaning)
}

pub(super) const fn status(status: u16, verdict: Verdict, meaning: &'static str) -> Row {
    both(status..=status, "", verdict, meaning)
}

pub(super) const fn both(
    statuses: RangeInclusive<u16>,
    words: &'static str,
    verdict: Verdict,
    meaning: &'static str,
) -> Row {
    Row {
        statuses,
        codes: None,
        words,
        verdict,
        meaning,
    }
}

pub(super) const fn code(code: u32, verdict: Verdict, meaning: &'static str) -> Row {
    codes(code..=code, verdict, meaning)
}

pub(super) const fn codes(
    codes: RangeInclusive<u32>,
    verdict: Verdict,
    meaning: &'static str,
) -> Row {
    Row {
        statuses: 200..=599,
        codes: Some(codes),
        words: "",
        verdict,
        meaning,
    }
}

pub(super) const UNKNOWN_TO_CLIENT: &str = "The gateway gave up waiting for the request or its client. Look into the chat before you send it again.";
pub(super) const PROXY: &str = "A proxy on the way asks for a user name and a password, or does not accept those that it got. Put the right ones into the address that HTTPS_PROXY or HTTP_PROXY names.";
pub(super) const RATE: &str = "Too many requests in a short time. Wait a little, then send again.";
pub(super) const TOO_LARGE: &str = "The request is larger than the gateway, or a proxy before it, takes. A shorter message or a smaller picture goes through.";
pub(super) const REDIRECTED: &str = "The gateway's address points elsewhere, and a token is never sent after a redirect. Put the right base_url into the profile.";

impl Row {
    /// For every code that no row above lists, with one of these statuses.
    pub(super) const fn of_any_code(
        statuses: RangeInclusive<u16>,
        verdict: Verdict,
        meaning: &'static str,
    ) -> Self {
        Self {
            statuses,
            codes: Some(0..=u32::MAX),
            words: "",
            verdict,
            meaning,
        }
    }

    fn fits(&self, status: u16, code: Option<u32>, said: &str) -> bool {
        let codes = self.codes.as_ref();
        self.statuses.contains(&status)
            && codes.is_none_or(|codes| code.is_some_and(|code| codes.contains(&code)))
            && said.contains(self.words)
    }

    /// Whether it says for certain what is wrong.
    pub(super) const fn is_certain(&self) -> bool {
        !matches!(self.verdict, Unknown)
    }

    /// Whether it is found by a status alone.
    const fn is_bare(&self) -> bool {
        self.words.is_empty() && self.codes.is_none()
    }
}

impl Table {
    /// The first row that fits a status, the gateway's code and what the answer says (code and words).
    pub(super) fn find(
        &'static self,
        status: u16,
        code: Option<&str>,
        said: &str,
    ) -> Option<&'static Row> {
        let code = code.and_then(|code| code.parse().ok());
        let said = said.to_lowercase();
        self.rows
            .iter()
            .chain(&self.last)
            .find(|row| row.fits(status, code, &said))
    }

    /// The first row whose code or words are the answer's; statuses alone decide nothing.
    pub(super) fn find_words(
        &'static self,
        status: u16,
        code: Option<&str>,
        said: &str,
    ) -> Option<&'static Row> {
        self.find(status, code, said).filter(|row| !row.is_bare())
    }
}
