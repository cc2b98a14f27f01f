//! What the gateways' answers have in common: a body that may be JSON, text, a web page or nothing,
//! and the way from what it says to an outcome.
//!
//! Each gateway reads its own words, code and message id; [`Answer::conclude`] is the same for all.
//! When in doubt the outcome is unknown: "rejected" lets people send again without harm.

mod page;

use std::fmt::Write as _;

use serde_json::Value;

use super::explain::{Table, Verdict};
use super::wire::Response;
use super::{Outcome, Refusal};
use crate::visible;

/// The most characters of an answer that are repeated in a refusal.
pub(super) const MAX_WORDS: usize = 600;

/// Said before what a refusal of the gateway's own would mean, where a web page refuses.
const ELSEWHERE: &str = "A proxy, a filter or a firewall on the way seems to refuse this address: \
     read its page, and ask whoever runs it. If it was the gateway itself: ";

/// What a body is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// White space at the most.
    Empty,
    /// An object, an array, a number: anything but a string.
    Json(Value),
    /// Words, as such or as a JSON string.
    Text(String),
    /// A web page: a proxy's or another site's. Its words, without the tags.
    Page(String),
    /// Compressed in a way that is not read here: what to say of it.
    Coded(String),
}

impl Shape {
    /// Looks at a body, whatever its content type says.
    pub fn of(response: &Response) -> Self {
        if let Some(words) = response.coded() {
            return Self::Coded(words);
        }
        let text = response.text();
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            return Self::Empty;
        }
        match serde_json::from_str(text) {
            Ok(Value::String(words)) if words.trim().is_empty() => Self::Empty,
            Ok(Value::String(words)) => Self::Text(words),
            Ok(value) => Self::Json(value),
            Err(_) if text.starts_with('<') => Self::Page(page::words(text)),
            Err(_) => Self::Text(text.to_owned()),
        }
    }
}

/// An answer, read.
#[derive(Debug)]
pub(super) struct Answer<'a> {
    /// As it came.
    pub response: &'a Response,
    /// The status, or the one that the body names against a success.
    pub status: u16,
    /// What the body is.
    pub shape: Shape,
    /// The id of the message.
    pub message_id: Option<String>,
    /// The gateway's error code.
    pub code: Option<String>,
    /// Its words.
    pub words: String,
    /// Whether the body says that the message was not taken.
    pub refused: bool,
}

impl<'a> Answer<'a> {
    /// An answer that says nothing but its status and its first words.
    pub fn new(response: &'a Response) -> Self {
        let shape = Shape::of(response);
        let words = match &shape {
            Shape::Empty => String::new(),
            Shape::Json(value) => value.to_string(),
            Shape::Text(words) | Shape::Page(words) | Shape::Coded(words) => words.clone(),
        };
        Self {
            response,
            status: response.status,
            shape,
            message_id: None,
            code: None,
            words,
            refused: false,
        }
    }

    /// What it means, by a gateway's table.
    pub fn conclude(self, table: &'static Table) -> Outcome {
        // An id says that it was taken, whatever the status is; only a refusal in words beside an error's
        // status is one.
        let contradictory = if self.response.is_success() {
            self.refused || self.is_failure()
        } else {
            !self.refused
        };
        let (verdict, meaning) = match &self.message_id {
            Some(_) if contradictory => {
                let meaning = "The answer names an error and a message id at once. Look into the chat before you send it again.";
                (Verdict::Unknown, meaning.to_owned())
            }
            Some(message_id) if self.response.is_success() => {
                let message_id = message_id.clone();
                return Outcome::Accepted { message_id };
            }
            _ => self.judge(table),
        };
        let refusal = Refusal {
            message: self.message(),
            explanation: self.explanation(verdict, &meaning),
            repeatable: verdict == Verdict::Repeatable,
            instead: Vec::new(),
            code: self.code.unwrap_or_else(|| self.status.to_string()),
        };
        match verdict {
            Verdict::Rejected | Verdict::Repeatable => Outcome::Rejected(refusal),
            Verdict::Unknown => Outcome::Unknown(refusal),
        }
    }

    /// Whether the body names an error's status, or the answer has one.
    const fn is_failure(&self) -> bool {
        self.status >= 400
    }

    /// What an answer without a usable message id means.
    fn judge(&self, table: &'static Table) -> (Verdict, String) {
        let status = self.status;
        let code = self.code.as_deref();
        let claims_success = self.response.is_success() && !self.is_failure();
        let row = if claims_success {
            let telling = self.refused || matches!(self.shape, Shape::Text(_));
            table
                .find_words(status, code, &self.said())
                .filter(|_| telling)
        } else {
            table.find(status, code, &self.said())
        };
        if let Some(row) = row {
            let is_from_elsewhere =
                matches!(self.shape, Shape::Page(_)) && matches!(status, 401 | 403);
            let who = if is_from_elsewhere { ELSEWHERE } else { "" };
            return (row.verdict, format!("{who}{}", row.meaning));
        }
        if claims_success && self.refused {
            let meaning = format!(
                "The gateway answered with status {status}, but says that it did not take the message."
            );
            return (Verdict::Rejected, meaning);
        }
        let what = if claims_success {
            "without a message id: nothing says whether it took the message"
        } else {
            "which it is not documented to use"
        };
        let meaning = format!(
            "The gateway answered with status {status}, {what}. Look into the chat before you send it again."
        );
        (Verdict::Unknown, meaning)
    }

    /// What the tables look for words in. A web page's words are a proxy's, not the gateway's.
    fn said(&self) -> String {
        match self.shape {
            Shape::Page(_) | Shape::Empty | Shape::Coded(_) => String::new(),
            Shape::Json(_) | Shape::Text(_) => {
                let code = self.code.as_deref().unwrap_or_default();
                format!("{code}\n{}", self.words)
            }
        }
    }

    /// Whether a web server in front says that a client certificate is missing, as nginx does.
    fn wants_a_certificate(&self) -> bool {
        let is_page = matches!(self.shape, Shape::Page(_));
        is_page && self.words.contains("required SSL certificate")
    }

    fn message(&self) -> String {
        let words = shorten(self.words.trim(), MAX_WORDS);
        if words.is_empty() {
            format!("status {} without a word", self.response.status)
        } else {
            words
        }
    }

    /// The meaning, and what of the answer is not as a gateway's is.
    fn explanation(&self, verdict: Verdict, meaning: &str) -> String {
        let mut explanation = meaning.to_owned();
        if matches!(self.response.status, 300..=399) {
            let place = self.response.header("Location").and_then(origin);
            let place = place
                .as_deref()
                .unwrap_or("another path of the same address");
            let _ = write!(explanation, " The redirect leads to {place}.");
        }
        let shape = match self.shape {
            Shape::Page(_) => Some("a web page: something else than the gateway may have answered"),
            Shape::Empty => Some("empty"),
            Shape::Text(_) if verdict == Verdict::Unknown => Some("not JSON"),
            Shape::Text(_) | Shape::Json(_) | Shape::Coded(_) => None,
        };
        if let Some(shape) = shape {
            let kind = self.response.header("Content-Type").unwrap_or_default();
            let kind = shorten(&visible::line(kind), 60);
            let kind = if kind.is_empty() {
                kind
            } else {
                format!(" ({kind})")
            };
            let _ = write!(explanation, " The answer's body{kind} is {shape}.");
        }
        if self.wants_a_certificate() {
            explanation.push_str(" The server wants a client certificate, which wacompose does not send: ask whoever runs it for an address without.");
        }
        if self.response.truncated {
            let read = self.response.body.len();
            let _ = match read {
                0 => write!(explanation, " Nothing of its body could be read."),
                _ => write!(explanation, " It was cut short after {read} bytes."),
            };
        }
        explanation
    }
}

/// Where a redirect leads: the scheme and host of a URL alone, as its path may repeat the token.
fn origin(location: &str) -> Option<String> {
    let (scheme, rest) = location.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let origin = format!("{scheme}://{host}");
    (!host.is_empty()).then(|| shorten(&visible::line(&origin), 120))
}

/// The first characters of a text.
pub(super) fn shorten(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// A value as words: a string as it is, anything else as JSON; nothing for what says nothing.
pub(super) fn words_of(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Null | Value::Bool(_) => None,
        Value::String(words) if words.trim().is_empty() => None,
        Value::String(words) => Some(words.clone()),
        other => Some(other.to_string()),
    }
}

/// A message id: a string that is not empty.
pub(super) fn id_of(value: Option<&Value>) -> Option<String> {
    let id = value?.as_str()?.trim();
    (!id.is_empty()).then(|| id.to_owned())
}
