//! Requests and answers as plain data, with the place of the token instead of the token.

use std::fmt::Write as _;

/// A piece of a URL or of a header's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text as it is sent.
    Text(String),
    /// Where the token goes.
    Token,
}

/// A text with the token's place in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template(pub Vec<Piece>);

/// An HTTP request that sends a message: always a POST with a JSON body.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The whole URL.
    pub url: Template,
    /// Header names and values, `Content-Type` included.
    pub headers: Vec<(&'static str, Template)>,
    /// The JSON body, its keys in the documented order.
    pub body: serde_json::Value,
}

/// An HTTP answer, as far as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Headers worth showing, in order: content type, `Retry-After`, `Location`.
    pub headers: Vec<(String, String)>,
    /// The body, at most [`Response::MAX_BODY`] bytes of it.
    pub body: Vec<u8>,
    /// Whether the body was longer than that, or the connection ended within it.
    pub truncated: bool,
}

impl Template {
    /// A text without a token.
    pub fn text(text: impl Into<String>) -> Self {
        Self(vec![Piece::Text(text.into())])
    }

    /// The text with something in the token's place.
    pub fn fill(&self, token: &str) -> String {
        let mut filled = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => filled.push_str(text),
                Piece::Token => filled.push_str(token),
            }
        }
        filled
    }
}

impl Request {
    /// The method of every request here.
    pub const METHOD: &'static str = "POST";

    /// The body as it is sent: compact JSON.
    pub fn body_text(&self) -> String {
        self.body.to_string()
    }

    /// The body as people read it.
    pub fn pretty_body(&self) -> String {
        serde_json::to_string_pretty(&self.body).unwrap_or_else(|_| self.body_text())
    }

    /// The exact request as HTTP is written, with something in the token's place.
    pub fn to_http(&self, token: &str) -> String {
        let mut text = format!("{} {}\n", Self::METHOD, self.url.fill(token));
        for (name, value) in &self.headers {
            let _ = writeln!(text, "{name}: {}", value.fill(token));
        }
        text.push('\n');
        text.push_str(&self.pretty_body());
        text.push('\n');
        text
    }
}

impl Response {
    /// How much of a body is read: 1 MiB.
    pub const MAX_BODY: usize = 1 << 20;

    /// A header's value, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The body as text; what is not UTF-8 is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON, if it is.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }
}
