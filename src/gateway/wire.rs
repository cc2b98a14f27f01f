//! Requests and answers as plain data, with the place of the token instead of the token.
//!
//! A request is written out for people as HTTP, as a curl command or as JSON. Each takes what
//! stands in the token's place: the mask, or the token itself where a person asked for it.

mod layout;

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::time::Duration;

use serde_json::{Map, Value, json};

pub(super) use crate::message::object::Object as Body;
use crate::visible;
pub use crate::visible::escape_unsafe;

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

/// A header's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Header {
    /// `Content-Type`
    ContentType,
    /// `Authorization`
    Authorization,
    /// One that is a gateway's own, or of another version of the program.
    Other(Cow<'static, str>),
}

/// An HTTP request that sends a message: always a POST with a JSON body.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The whole URL.
    pub url: Template,
    /// Header names and values, `Content-Type` included.
    pub headers: Vec<(Header, Template)>,
    /// The JSON body, its keys in the documented order.
    pub body: Value,
}

/// An HTTP request that asks a gateway something and sends no message.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// The method: `GET`, or `POST` where there is a body.
    pub method: &'static str,
    /// The whole URL.
    pub url: Template,
    /// Header names and values.
    pub headers: Vec<(Header, Template)>,
    /// The JSON body, where there is one.
    pub body: Option<Value>,
}

/// An HTTP answer, as far as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Every header, in order, their names in lower case; what may be a secret is masked.
    pub headers: Vec<(String, String)>,
    /// The body, at most [`Response::MAX_BODY`] bytes of it.
    pub body: Vec<u8>,
    /// Whether the body was longer than that, or the connection ended within it.
    pub truncated: bool,
}

/// How long each phase of a request may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Until the connection stands, TLS included.
    pub connect: Duration,
    /// From then until the request is written.
    pub write: Duration,
    /// From the start until the answer is read.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            write: Duration::from_secs(20),
            total: Duration::from_secs(60),
        }
    }
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

impl Header {
    /// The name, as it is written.
    pub fn name(&self) -> &str {
        match self {
            Self::ContentType => "Content-Type",
            Self::Authorization => "Authorization",
            Self::Other(name) => name,
        }
    }

    /// The header of a name that was written before; `None` where a damaged file holds something that is
    /// no name.
    pub fn of_name(name: &str) -> Option<Self> {
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        let known = [Self::ContentType, Self::Authorization];
        let known = known.into_iter().find(|header| header.name() == name);
        let is_name = !name.is_empty() && name.bytes().all(is_token);
        known.or_else(|| is_name.then(|| Self::Other(name.to_owned().into())))
    }
}

impl fmt::Display for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Request {
    /// The method of every request here.
    pub const METHOD: &'static str = "POST";

    /// The body as it is sent: compact JSON.
    pub fn body_text(&self) -> String {
        self.body.to_string()
    }

    /// The body as people read it: the same JSON, indented, with the characters that must not reach
    /// a terminal written as JSON escapes.
    pub fn pretty_body(&self) -> String {
        let pretty = serde_json::to_string_pretty(&self.body).unwrap_or_else(|_| self.body_text());
        escape_unsafe(&pretty).into_owned()
    }

    /// The request as HTTP is written, its body indented, with something in the token's place.
    pub fn to_http(&self, token: &str) -> String {
        let url = self.url.fill(token);
        let (host, target) = split_url(&url);
        let mut text = format!("{} {target} HTTP/1.1\nHost: {host}\n", Self::METHOD);
        for (name, value) in &self.headers {
            let _ = writeln!(text, "{name}: {}", value.fill(token));
        }
        text.push('\n');
        text.push_str(&self.pretty_body());
        text.push('\n');
        text
    }

    /// The request as a curl command for a POSIX shell, with something in the token's place.
    pub fn to_curl(&self, token: &str) -> String {
        let url = quoted(&self.url.fill(token));
        let mut command = format!("curl --request {} {url}", Self::METHOD);
        for (name, value) in &self.headers {
            let header = quoted(&format!("{name}: {}", value.fill(token)));
            let _ = write!(command, " \\\n  -H {header}");
        }
        let data = quoted(&escape_unsafe(&self.body_text()));
        let _ = write!(command, " \\\n  --data {data}");
        command
    }

    /// The request as one JSON object: `{"method","url","headers":{…},"body":{…}}`, with something in
    /// the token's place.
    pub fn to_json(&self, token: &str) -> Value {
        let headers: Map<String, Value> = self
            .headers
            .iter()
            .map(|(name, value)| (name.to_string(), value.fill(token).into()))
            .collect();
        json!({
            "method": Self::METHOD,
            "url": self.url.fill(token),
            "headers": headers,
            "body": self.body,
        })
    }
}

/// What some programs write before a text in UTF-8.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// A URL's host with its port, and the path that a request line names.
fn split_url(url: &str) -> (&str, &str) {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/')
        .map_or((rest, "/"), |slash| rest.split_at(slash))
}

/// One word for a POSIX shell, whatever is in it: between single quotes nothing is special but they.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// The header that every request here carries.
pub(super) fn content_type() -> (Header, Template) {
    (Header::ContentType, Template::text("application/json"))
}

/// The header with the token, where a gateway takes it as a bearer's.
pub(super) fn bearer() -> (Header, Template) {
    let bearer = Template(vec![Piece::Text("Bearer ".to_owned()), Piece::Token]);
    (Header::Authorization, bearer)
}

impl Response {
    /// How much of a body is read: 1 MiB.
    pub const MAX_BODY: usize = 1 << 20;

    /// Whether the status is one of the 2xx.
    pub const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }

    /// A header's value, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// What to say of a body that came compressed in a way that is not read here: the client keeps
    /// nothing of it. `None` for every other answer.
    pub fn coded(&self) -> Option<String> {
        let coding = self.header("Content-Encoding")?.trim();
        let is_coded = !coding.is_empty() && !coding.eq_ignore_ascii_case("identity");
        if !is_coded || !self.body.is_empty() || matches!(self.status, 204 | 304) {
            return None;
        }
        let coding = visible::line(coding);
        Some(format!(
            "the answer is compressed with {coding}, which was not asked for, and cannot be read"
        ))
    }

    /// The body as text; what is not UTF-8 is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as people read it: JSON is indented, with every token as it came; anything else is
    /// as it came.
    pub fn pretty(&self) -> String {
        let text = self.text();
        layout::pretty(text.trim_start_matches('\u{feff}')).unwrap_or(text)
    }

    /// The body as JSON on one line, with every token as it came; `None` where it is no JSON.
    pub fn compact(&self) -> Option<String> {
        layout::compact(self.text().trim_start_matches('\u{feff}'))
    }

    /// The body as JSON, if it is. Numbers may be rounded, and of keys that are there twice the last
    /// one counts: for reading, not for showing.
    pub fn json(&self) -> Option<Value> {
        let body = self.body.strip_prefix(BOM).unwrap_or(&self.body);
        serde_json::from_slice(body).ok()
    }
}
