//! Exports of Postman and Insomnia, and HAR files of browsers: many requests in one JSON file.

use super::http_file::filled;
use super::json::{self, Json};
use super::request::{Request, Sent};
use super::step::Variables;

/// So deep folders are looked through.
const DEEPEST: usize = 20;

/// An export, and its requests by their names.
pub(super) struct Export {
    /// What it is, in a sentence.
    pub what: &'static str,
    /// Whether it has requests with bodies that are no JSON, and are not among these.
    pub has_others: bool,
    pub requests: Vec<(String, Request)>,
}

/// The requests of an export; nothing where a JSON file is none.
pub(super) fn read(json: &Json) -> Option<Export> {
    let mut requests = Vec::new();
    let text = |json: &Json, key: &str| json.get(key).and_then(Json::as_text).map(str::to_owned);
    if let Some(entries) = json.get("log").and_then(|log| log.get("entries")) {
        for entry in entries.items() {
            if let Some(request) = entry.get("request") {
                requests.push(har(request));
            }
        }
        let sent = requests
            .iter()
            .filter(|(_, request)| request.has_body())
            .count();
        // a recording holds pictures and pages: what sends JSON is a message
        requests.retain(
            |(_, request)| matches!(&request.body, Sent::Text(body) if json::is_object(body)),
        );
        return Some(Export {
            what: "a HAR recording",
            has_others: sent > requests.len(),
            requests,
        });
    }
    let is_insomnia = text(json, "_type").as_deref() == Some("export")
        || text(json, "type").is_some_and(|kind| kind.contains("insomnia"));
    if is_insomnia {
        let resources = json.get("resources").or_else(|| json.get("collection"));
        for resource in resources.map(Json::items).unwrap_or_default() {
            if text(resource, "_type").is_none_or(|kind| kind == "request") {
                requests.push(insomnia(resource));
            }
        }
        return Some(Export {
            what: "an export of Insomnia",
            has_others: false,
            requests,
        });
    }
    let is_postman = json.get("info").is_some() && json.get("item").is_some()
        || json
            .get("collection")
            .is_some_and(|inner| inner.get("item").is_some());
    let what = if is_postman {
        let items = json
            .get("item")
            .or_else(|| json.get("collection")?.get("item"));
        postman(items.map(Json::items).unwrap_or_default(), 0, &mut requests);
        "a Postman collection"
    } else if let Some(old) = json.get("requests").filter(|_| json.get("id").is_some()) {
        requests.extend(old.items().iter().map(postman_1));
        "a Postman collection of version 1"
    } else if json
        .get("request")
        .is_some_and(|request| request.get("url").is_some())
    {
        postman(std::slice::from_ref(json), 0, &mut requests);
        "a request of Postman"
    } else if json
        .get("body")
        .is_some_and(|body| body.get("mode").is_some())
    {
        let item = Json::Object(vec![("request".to_owned(), json.clone())]);
        postman(&[item], 0, &mut requests);
        "a request of Postman"
    } else if json.get("rawModeData").is_some() {
        requests.push(postman_1(json));
        "a request of Postman"
    } else {
        return None;
    };
    Some(Export {
        what,
        has_others: false,
        requests,
    })
}

/// A request as Postman's first version has it, the body in `rawModeData`.
fn postman_1(request: &Json) -> (String, Request) {
    let text = |key: &str| request.get(key).and_then(Json::as_text);
    let raw = request
        .get("rawModeData")
        .and_then(|raw| raw.as_text().or_else(|| raw.items().first()?.as_text()));
    let mode = text("dataMode").unwrap_or("raw");
    let body = match (mode, raw) {
        ("raw", Some(raw)) if !raw.trim().is_empty() => with_variables(raw),
        ("params" | "urlencoded" | "binary", _) => Sent::Form("a form"),
        _ => Sent::Nothing,
    };
    // all headers are one text there, a line each
    let headers = text("headers").unwrap_or_default().lines();
    let mut read = Request {
        url: text("url").unwrap_or_default().to_owned(),
        body,
        ..Request::default()
    };
    headers.for_each(|header| read.header(header));
    (text("name").unwrap_or_default().to_owned(), read)
}

fn har(request: &Json) -> (String, Request) {
    let url = request
        .get("url")
        .and_then(Json::as_text)
        .unwrap_or_default();
    let data = request.get("postData");
    let part = |key: &str| data.and_then(|data| data.get(key));
    let text = part("text")
        .and_then(Json::as_text)
        .filter(|text| !text.is_empty());
    let is_coded = part("encoding").and_then(Json::as_text) == Some("base64");
    let body = match text {
        Some(text) if is_coded => decoded(text).map_or(Sent::Form("a coded body"), Sent::Text),
        Some(text) => Sent::Text(text.to_owned()),
        None if part("params").is_some_and(|params| !params.items().is_empty()) => {
            Sent::Form("a form")
        }
        None => Sent::Nothing,
    };
    let headers = request.get("headers").map(Json::items).unwrap_or_default();
    let request = Request {
        url: url.to_owned(),
        headers: header_names(headers, "name"),
        body,
        ..Request::default()
    };
    (path_of(url), request)
}

/// The text in base64; nothing where it is none.
fn decoded(text: &str) -> Option<String> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(text.trim())
        .ok()?;
    String::from_utf8(bytes).ok()
}

fn insomnia(resource: &Json) -> (String, Request) {
    let text = |key: &str| {
        resource
            .get(key)
            .and_then(Json::as_text)
            .unwrap_or_default()
    };
    let body = resource.get("body").and_then(|body| body.get("text"));
    let body = body.and_then(Json::as_text).filter(|body| !body.is_empty());
    let headers = resource.get("headers").map(Json::items).unwrap_or_default();
    let request = Request {
        url: text("url").to_owned(),
        headers: header_names(headers, "name"),
        body: body.map_or(Sent::Nothing, with_variables),
        ..Request::default()
    };
    (text("name").to_owned(), request)
}

fn postman(items: &[Json], depth: usize, requests: &mut Vec<(String, Request)>) {
    for item in items {
        if let Some(inner) = item.get("item").filter(|_| depth < DEEPEST) {
            postman(inner.items(), depth + 1, requests);
        }
        let Some(request) = item.get("request") else {
            continue;
        };
        let url = request.get("url");
        let url = url.and_then(|url| url.as_text().or_else(|| url.get("raw")?.as_text()));
        let body = request.get("body");
        let part = |key: &str| body.and_then(|body| body.get(key)).and_then(Json::as_text);
        let body = match (part("mode"), part("raw")) {
            (None | Some("raw"), Some(raw)) if !raw.trim().is_empty() => with_variables(raw),
            (Some("urlencoded" | "formdata" | "file"), _) => Sent::Form("a form"),
            _ => Sent::Nothing,
        };
        let headers = request.get("header").map(Json::items).unwrap_or_default();
        let name = item.get("name").and_then(Json::as_text).unwrap_or_default();
        let request = Request {
            url: url.unwrap_or_default().to_owned(),
            headers: header_names(headers, "key"),
            body,
            ..Request::default()
        };
        requests.push((name.to_owned(), request));
    }
}

fn with_variables(body: &str) -> Sent {
    Sent::Text(filled(body, &mut Variables::default()))
}

fn header_names(headers: &[Json], key: &str) -> Vec<String> {
    let names = headers
        .iter()
        .filter_map(|header| header.get(key)?.as_text());
    names.map(str::to_ascii_lowercase).collect()
}

/// The path of an address, without what may be a secret: its last part and its query.
fn path_of(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let parts: Vec<&str> = path.split('/').collect();
    let is_word = |part: &&&str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphabetic() || c == '-')
    };
    parts
        .iter()
        .skip(1)
        .filter(is_word)
        .copied()
        .collect::<Vec<_>>()
        .join("/")
}
