//! From what was sent to a draft: a gateway's JSON body, or the curl command that sends it.
//!
//! Which gateway and which kind it is follows from the body's keys. What a draft has no place for is
//! named, never dropped in silence; a token in a header or an address is not read at all.

mod cloud_api;
mod curl;
mod green_api;
mod reader;
mod wuts;

use serde_json::{Map, Value};

use crate::message::{Draft, variables};
use crate::visible;
use reader::Reader;

/// Whose body it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// WUTS'.
    Wuts,
    /// GREEN-API's.
    GreenApi,
    /// The Cloud API's.
    CloudApi,
}

/// A draft that was read from a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Whose body it was.
    pub source: Source,
    /// The draft.
    pub draft: Draft,
    /// The places of the body that a draft has none for, as `key`, `key.key` or `key[0]`; each is
    /// safe to show.
    pub left_out: Vec<String>,
}

/// Why a text is nothing that can be imported; its sentence says how to mend it, and repeats no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// It is neither JSON nor a curl command.
    #[error(
        "this is neither a JSON body nor a curl command: it begins with {{ or with curl (line {line}, column {column}: {message})"
    )]
    Json {
        /// Line of the first mistake, from 1.
        line: usize,
        /// Column, in bytes, from 1.
        column: usize,
        /// What the mistake is.
        message: String,
    },
    /// The body is no JSON.
    #[error(
        "the body is not JSON (its line {line}, column {column}: {message}): what is imported is a gateway's JSON body, or one curl command that sends it"
    )]
    Broken {
        /// Line of the first mistake in the body, from 1.
        line: usize,
        /// Column, in bytes, from 1.
        column: usize,
        /// What the mistake is.
        message: String,
    },
    /// It begins with `curl`, but is no command that sends a JSON body.
    #[error("{0}")]
    Curl(&'static str),
    /// The JSON is no object.
    #[error("a body is a JSON object with something in it, in braces")]
    NoObject,
    /// No gateway has such a body.
    #[error(
        "no gateway sends a body like this one, whose keys are {0}: it is WUTS' with number or to, GREEN-API's with chatId, or the Cloud API's with messaging_product"
    )]
    UnknownBody(String),
    /// It is a message of a kind that there is none of here.
    #[error(
        "{0} is of no kind that a message file has: text, buttons, catalog, list and replies are"
    )]
    UnknownKind(String),
}

/// Reads a gateway's JSON body, a curl command, or what `payload` prints as JSON.
///
/// # Errors
/// When it is none of them, or of a kind that drafts do not have.
pub fn import(text: &str) -> Result<Imported, ImportError> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let (body, is_curl) = match curl::words(text) {
        Some(words) => (curl::body(&words?)?, true),
        None => (text.to_owned(), false),
    };
    let body = serde_json::from_str(&body).map_err(|error| {
        let (line, column) = (error.line(), error.column().max(1));
        let message = syntax(&error);
        if is_curl || text.starts_with('{') {
            ImportError::Broken {
                line,
                column,
                message,
            }
        } else {
            ImportError::Json {
                line,
                column,
                message,
            }
        }
    })?;
    match body {
        Value::Object(body) if body.is_empty() => Err(ImportError::NoObject),
        Value::Object(body) => read(unwrapped(body)),
        _ => Err(ImportError::NoObject),
    }
}

/// The words of a parser, without the place.
fn syntax(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    visible::line(message).into_owned()
}

/// The body in a request that `payload` wrote: `{"method","url","headers","body"}`.
fn unwrapped(mut body: Map<String, Value>) -> Map<String, Value> {
    let is_request = body.contains_key("method") && body.contains_key("url");
    match body.get_mut("body").map(Value::take) {
        Some(Value::Object(inner)) if is_request => inner,
        Some(other) => {
            body.insert("body".to_owned(), other);
            body
        }
        None => body,
    }
}

fn read(body: Map<String, Value>) -> Result<Imported, ImportError> {
    let keys: Vec<&str> = body.keys().map(String::as_str).collect();
    let keys = keys.join(", ");
    let mut left_out = Vec::new();
    let mut reader = Reader::new(body, &mut left_out);
    let (source, draft) = if reader.has("messaging_product") {
        (Source::CloudApi, cloud_api::draft(&mut reader)?)
    } else if reader.has("chatId") {
        (Source::GreenApi, green_api::draft(&mut reader))
    } else {
        (Source::Wuts, wuts::draft(&mut reader)?)
    };
    let Some(draft) = draft else {
        let keys = visible::line(&keys);
        let keys = match keys.char_indices().nth(120) {
            Some((end, _)) => format!("{}…", &keys[..end]),
            None => keys.into_owned(),
        };
        return Err(ImportError::UnknownBody(keys));
    };
    drop(reader);
    // What a body holds is meant as it is.
    let mut draft = draft;
    variables::escape_all(&mut draft);
    Ok(Imported {
        source,
        draft,
        left_out,
    })
}
