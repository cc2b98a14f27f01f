//! Drafts, requests and refusals as the texts that are kept of them.
//!
//! A request keeps the token's place (`null`), never the token.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::gateway::wire::{Header, Piece, Request, Template};
use crate::gateway::{Fallback, Refusal};
use crate::message::file::{self, FileError, Format};
use crate::message::{Draft, Kind, Message, variables};

/// The most characters of a text that a list shows.
const LONGEST_LINE: usize = 200;

const FALLBACKS: [(&str, Fallback); 2] = [
    ("interactive-reply", Fallback::InteractiveReply),
    ("numbered-text", Fallback::NumberedText),
];

/// A draft, whatever is wrong with it, as a message file.
pub(super) fn draft(draft: &Draft) -> String {
    file::write(draft, Format::Json)
}

/// The draft that was kept.
pub(super) fn read_draft(text: &str) -> Result<Draft, FileError> {
    file::parse(text, Format::Json)
}

/// What a message was as its other kinds, each as a message file in an array; nothing where it was
/// none.
pub(super) fn aside(aside: &[Message]) -> Option<String> {
    if aside.is_empty() {
        return None;
    }
    let files = aside.iter().map(|message| {
        let message = message.clone();
        draft(&Draft {
            message,
            ..Draft::default()
        })
    });
    Some(files.collect::<Value>().to_string())
}

/// What was kept of its other kinds, as far as it can be read.
pub(super) fn read_aside(text: &str) -> Vec<Message> {
    let files: Vec<String> = serde_json::from_str(text).unwrap_or_default();
    let drafts = files.iter().filter_map(|file| read_draft(file).ok());
    drafts.map(|draft| draft.message).collect()
}

/// The kind of this name.
pub(super) fn read_kind(name: &str) -> Option<Kind> {
    name.parse().ok()
}

/// The first line of a message with anything on it, as far as a list shows it.
pub(super) fn first_line(draft: &Draft) -> String {
    let text = variables::sent(draft.message.text());
    let mut lines = text.lines().map(str::trim);
    let line = lines.find(|line| !line.is_empty()).unwrap_or_default();
    line.chars().take(LONGEST_LINE).collect()
}

/// `{"url":["https://…/",null],"headers":[["Authorization",["Bearer ",null]]],"body":{…}}`
pub(super) fn request(request: &Request) -> String {
    let headers = request.headers.iter();
    let headers: Vec<Value> = headers
        .map(|(name, value)| json!([name.name(), template(value)]))
        .collect();
    let url = template(&request.url);
    json!({ "url": url, "headers": headers, "body": request.body }).to_string()
}

fn template(template: &Template) -> Value {
    let pieces = template.0.iter().map(|piece| match piece {
        Piece::Text(text) => Value::from(text.as_str()),
        Piece::Token => Value::Null,
    });
    pieces.collect()
}

/// The request that was kept.
pub(super) fn read_request(text: &str) -> Option<Request> {
    let mut kept: Value = serde_json::from_str(text).ok()?;
    let headers = kept["headers"].as_array()?.iter().map(|header| {
        let name = Header::of_name(header[0].as_str()?)?;
        Some((name, read_template(&header[1])?))
    });
    Some(Request {
        url: read_template(&kept["url"])?,
        headers: headers.collect::<Option<_>>()?,
        body: kept["body"].take(),
    })
}

fn read_template(kept: &Value) -> Option<Template> {
    let pieces = kept.as_array()?.iter().map(|piece| match piece {
        Value::Null => Some(Piece::Token),
        other => Some(Piece::Text(other.as_str()?.to_owned())),
    });
    pieces.collect::<Option<_>>().map(Template)
}

/// `{"code","message","explanation","repeatable","instead":[…]}`
pub(super) fn refusal(refusal: &Refusal) -> String {
    let names = FALLBACKS.into_iter();
    let instead: Vec<&str> = names
        .filter(|(_, fallback)| refusal.instead.contains(fallback))
        .map(|(name, _)| name)
        .collect();
    json!({
        "code": refusal.code,
        "message": refusal.message,
        "explanation": refusal.explanation,
        "repeatable": refusal.repeatable,
        "instead": instead,
    })
    .to_string()
}

/// The refusal that was kept.
pub(super) fn read_refusal(text: &str) -> Option<Refusal> {
    let kept: Value = serde_json::from_str(text).ok()?;
    let text = |key: &str| Some(kept[key].as_str()?.to_owned());
    let instead = kept["instead"].as_array()?.iter();
    let instead = instead.filter_map(|name| {
        let found = FALLBACKS.into_iter().find(|(known, _)| name == known);
        found.map(|(_, fallback)| fallback)
    });
    Some(Refusal {
        code: text("code")?,
        message: text("message")?,
        explanation: text("explanation")?,
        repeatable: kept["repeatable"].as_bool()?,
        instead: instead.collect(),
    })
}

/// An answer's headers: `[["content-type","application/json"]]`
pub(super) fn headers(headers: &[(String, String)]) -> String {
    json!(headers).to_string()
}

/// The headers that were kept.
pub(super) fn read_headers(text: &str) -> Option<Vec<(String, String)>> {
    serde_json::from_str(text).ok()
}

/// A path as the bytes that it is; where paths are not bytes, as UTF-8.
pub(super) fn path(path: &Path) -> Vec<u8> {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        path.as_os_str().as_bytes().to_vec()
    }
    #[cfg(not(unix))]
    {
        path.to_string_lossy().into_owned().into_bytes()
    }
}

/// The path that was kept.
pub(super) fn read_path(bytes: Vec<u8>) -> PathBuf {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt as _;
        std::ffi::OsString::from_vec(bytes).into()
    }
    #[cfg(not(unix))]
    {
        String::from_utf8_lossy(&bytes).into_owned().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn with(name: Header) -> Request {
        let value = Template(vec![Piece::Text("日本 ".to_owned()), Piece::Token]);
        Request {
            url: Template::text("https://例え.テスト/"),
            headers: vec![(name, value)],
            body: json!({ "text": "👩‍👩‍👧 e\u{301} שלום" }),
        }
    }

    /// A header that no gateway here has was written by another version of the program.
    #[rstest]
    #[case::known(Header::Authorization, true)]
    #[case::known_too(Header::ContentType, true)]
    #[case::another_gateways(Header::Other("apikey".into()), true)]
    #[case::in_capitals(Header::Other("X-Token_2".into()), true)]
    #[case::other_case_is_another_name(Header::Other("authorization".into()), true)]
    #[case::nothing(Header::Other("".into()), false)]
    #[case::blank(Header::Other("a b".into()), false)]
    #[case::escape(Header::Other("a\u{1b}[2J".into()), false)]
    #[case::wide(Header::Other("日本".into()), false)]
    fn a_request_is_read_back(#[case] header: Header, #[case] is_whole: bool) {
        let kept = with(header);
        let expected = is_whole.then(|| kept.clone());
        assert_eq!(read_request(&request(&kept)), expected);
    }
}
