//! From what was sent to a draft: a gateway's JSON body, or the command or the file that sends it.
//!
//! Which gateway and which kind it is follows from the address and from the body's keys. What a draft has
//! no place for is named, never dropped in silence, and what is no message that can be composed is refused
//! by its name. A token in a header or an address is not read at all.

mod body;
mod clients;
mod cloud_api;
mod cmd;
mod collection;
mod command;
mod curl;
mod evolution;
mod foreign;
mod gateway;
mod green_api;
mod http_file;
mod items;
mod json;
mod paste;
mod powershell;
mod reader;
mod recipient;
mod refusal;
mod request;
mod route;
mod shell;
mod step;
mod variable;
mod waha;
mod wuts;
mod wuzapi;

use std::fmt;

use crate::message::{Draft, Field};
use crate::visible;
use gateway::Gateway;
use json::Json;
use route::Route;

/// Whose body it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// WUTS'.
    Wuts,
    /// GREEN-API's.
    GreenApi,
    /// The Cloud API's.
    CloudApi,
    /// Evolution API's.
    Evolution,
    /// WAHA's.
    Waha,
    /// wuzapi's.
    Wuzapi,
}

impl Source {
    /// All of them, in a sentence.
    pub const NAMES: &'static str =
        "WUTS, GREEN-API, the Cloud API, Evolution API, WAHA and wuzapi";

    /// The name, in a list.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Wuts => "WUTS",
            Self::GreenApi => "GREEN-API",
            Self::CloudApi => "Cloud API",
            Self::Evolution => "Evolution API",
            Self::Waha => "WAHA",
            Self::Wuzapi => "wuzapi",
        }
    }

    /// The name in the genitive, in a sentence.
    const fn whose(self) -> &'static str {
        match self {
            Self::Wuts => "WUTS'",
            Self::GreenApi => "GREEN-API's",
            Self::CloudApi => "the Cloud API's",
            Self::Evolution => "Evolution API's",
            Self::Waha => "WAHA's",
            Self::Wuzapi => "wuzapi's",
        }
    }
}

/// Every gateway, in the order in which they are asked whose a body is: what the first ones have, others
/// may have too.
const GATEWAYS: [(Source, &dyn Gateway); 6] = [
    (Source::CloudApi, &cloud_api::CloudApi),
    (Source::Waha, &waha::Waha),
    (Source::GreenApi, &green_api::GreenApi),
    (Source::Wuzapi, &wuzapi::Wuzapi),
    (Source::Evolution, &evolution::Evolution),
    (Source::Wuts, &wuts::Wuts),
];

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
    /// What was read otherwise than it is written, or should be known, a sentence each; safe to show.
    pub warnings: Vec<String>,
    /// The texts and labels without which there is no message, and which the body does not have.
    pub missing: Vec<Field>,
}

/// Why a text is nothing that can be imported; its sentence says how to fix it, and repeats no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// It is neither JSON nor a command.
    #[error(
        "this is neither a JSON body nor a curl command: it begins with {{ or with curl ({0}); HTTPie, wget, PowerShell and .http files are read too"
    )]
    Json(Place),
    /// The body is no JSON.
    #[error(
        "the body is not JSON (its {0}): what is imported is a gateway's JSON body, or one command that sends it"
    )]
    Broken(Place),
    /// It is a command, but none that sends a JSON body that can be read.
    #[error("{0}")]
    Command(String),
    /// There are several messages.
    #[error("{0}: import one at a time")]
    Several(String),
    /// The JSON is no object.
    #[error("a body is a JSON object with something in it, in braces")]
    NoObject,
    /// No gateway has such a body.
    #[error(
        "no gateway sends a body like this one, whose keys are {0}: it is WUTS' or Evolution API's with number or to, GREEN-API's or WAHA's with chatId, wuzapi's with Phone, or the Cloud API's with messaging_product"
    )]
    UnknownBody(String),
    /// It is understood, and is no message that can be composed.
    #[error("{0}")]
    Refused(String),
    /// It is a message file.
    #[error("this is a message file already: wacompose check, payload and send take it as it is")]
    MessageFile,
}

/// The place of a mistake, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// What the mistake is, and how to fix it.
    pub message: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {}, column {}: {}",
            self.line, self.column, self.message
        )
    }
}

/// Reads a gateway's JSON body, a command or a file that sends it, or what `payload` prints.
///
/// # Errors
/// When it is none of them, or of a kind that drafts do not have.
pub fn import(text: &str) -> Result<Imported, ImportError> {
    let text = variable::without_marks(text);
    let text = text.as_ref();
    let unix;
    let text = if text.contains('\r') {
        unix = text.replace("\r\n", "\n");
        &unix
    } else {
        text
    };
    let is_of_windows = paste::has_prompt_of_windows(text);
    let (text, lines) = paste::cleaned(text).map_err(|paste::Fences| {
        ImportError::Several("several blocks of code are in it".to_owned())
    })?;
    let text = text.as_ref();
    if after_comments(text).starts_with(['{', '[']) {
        return document(text, lines);
    }
    if http_file::is_file(text) {
        return command::read_http_file(text, lines);
    }
    if command::begins(text)
        && let Some(read) = command::read(text, lines, is_of_windows)
    {
        return read;
    }
    if let Some(error) = named(text) {
        return Err(error);
    }
    match json::parse(text) {
        Ok(_) => Err(ImportError::NoObject),
        Err(syntax) => Err(ImportError::Json(below(syntax, lines))),
    }
}

/// What a text that is no message file is, where it is something that can be imported: a sentence that
/// names it, and the command for the file.
pub fn pointer(text: &str, file: &str) -> Option<String> {
    // No gateway's body has the key that every message file has: what is wrong with it is in there.
    let object = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text);
    if object.is_ok_and(|object| object.contains_key("kind")) {
        return None;
    }
    match import(text) {
        Ok(imported) => {
            let what = if text
                .trim_start_matches('\u{feff}')
                .trim_start()
                .starts_with(['{', '['])
            {
                format!("{} body", imported.source.whose())
            } else {
                format!("a request with {} body", imported.source.whose())
            };
            Some(format!(
                "this is {what}: `wacompose import {file}` makes a message file of it"
            ))
        }
        Err(ImportError::Refused(why)) => Some(why),
        Err(_) => None,
    }
}

/// A JSON document: a body, a request that `payload` printed, or an export of another program.
fn document(text: &str, lines: usize) -> Result<Imported, ImportError> {
    let json = json::parse(text).map_err(|syntax| ImportError::Broken(below(syntax, lines)))?;
    if json.items().len() > 1 {
        return Err(ImportError::Several(
            "several messages are in this list".to_owned(),
        ));
    }
    let json = match json {
        Json::List(mut items) if items.len() == 1 => items.remove(0),
        json => json,
    };
    if let Some(export) = collection::read(&json) {
        return from_export(export);
    }
    let (body, route) = unwrapped(json);
    body::read(body, &route)
}

/// The only request of an export that has a body.
fn from_export(export: collection::Export) -> Result<Imported, ImportError> {
    const NAMED: usize = 12;
    let what = export.what;
    let mut with_body = export.requests;
    with_body.retain(|(_, request)| request.has_body());
    if with_body.len() > 1 {
        let names = with_body.iter().take(NAMED).map(|(name, _)| {
            let name: String = visible::line(name).chars().take(40).collect();
            name
        });
        let names = names.collect::<Vec<_>>().join(", ");
        let more = if with_body.len() > NAMED { ", …" } else { "" };
        return Err(ImportError::Several(format!(
            "this is {what} of {} requests ({names}{more}); copy one of them as cURL there",
            with_body.len()
        )));
    }
    match with_body.pop() {
        Some((_, request)) => command::read_request(request, None),
        None => {
            let body = if export.has_others {
                "JSON: what is sent there are forms, files or coded bodies"
            } else {
                "a body"
            };
            Err(ImportError::Refused(format!(
                "this is {what}, in which no request sends {body}"
            )))
        }
    }
}

/// The body in a request that `payload` wrote, `{"method","url","headers","body"}`, and where it goes.
fn unwrapped(json: Json) -> (Json, Route) {
    let is_request = json.get("method").is_some() && json.get("url").is_some();
    let body = json.get("body").filter(|_| is_request).cloned();
    match body.map(reader::unpacked) {
        Some(body @ Json::Object(_)) => {
            let url = json.get("url").and_then(Json::as_text).unwrap_or_default();
            let headers = match json.get("headers") {
                Some(Json::Object(headers)) => headers.iter(),
                _ => [].iter(),
            };
            let headers: Vec<String> = headers.map(|(name, _)| name.to_ascii_lowercase()).collect();
            (body, route::of(url, &headers))
        }
        _ => (json, Route::default()),
    }
}

/// A text without the comments above what it begins with.
fn after_comments(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        let end = if rest.starts_with("//") || rest.starts_with('#') {
            rest.find('\n')
        } else if rest.starts_with("/*") {
            rest.find("*/").map(|at| at + 2)
        } else if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else {
            return rest;
        };
        let Some(end) = end else {
            return "";
        };
        rest = rest[end..].trim_start();
    }
}

/// The error for code and files of other kinds that people paste.
fn named(text: &str) -> Option<ImportError> {
    let is_toml = text.lines().any(|line| {
        let key = line.split_once('=').map_or("", |(key, _)| key.trim());
        key == "kind"
    });
    if is_toml {
        return Some(ImportError::MessageFile);
    }
    let first = text.trim_start();
    let what = [
        (
            "fetch(",
            "JavaScript (fetch): in the browser, copy it as cURL",
        ),
        (
            "await fetch(",
            "JavaScript (fetch): in the browser, copy it as cURL",
        ),
        ("axios", "JavaScript (axios): paste the JSON that it sends"),
        ("const ", "JavaScript: paste the JSON that it sends"),
        (
            "import requests",
            "Python: paste the JSON that it sends (json.dumps)",
        ),
        (
            "requests.",
            "Python: paste the JSON that it sends (json.dumps)",
        ),
        ("<?php", "PHP: paste the JSON that it sends (json_encode)"),
        (
            "$ch = curl_init",
            "PHP: paste the JSON that it sends (json_encode)",
        ),
        (
            "$curl = curl_init",
            "PHP: paste the JSON that it sends (json_encode)",
        ),
        (
            "type: collection.insomnia",
            "Insomnia's export in YAML: copy one request as cURL there",
        ),
        (
            "openapi:",
            "an API's description: paste the JSON of one request",
        ),
    ];
    let found = what.iter().find(|(start, _)| first.starts_with(start));
    found.map(|(_, what)| ImportError::Refused(format!("this is {what}, and import that")))
}

/// A mistake below lines that were taken away.
fn below(syntax: Place, lines: usize) -> Place {
    Place {
        line: syntax.line + lines,
        ..syntax
    }
}
