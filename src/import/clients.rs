//! What other programs than curl send: wget, `HTTPie`, `PowerShell`'s own commands.

use super::json::{self, Json};
use super::request::{Request, Sent};

/// wget, by <https://www.gnu.org/software/wget/manual/wget.html>.
pub(super) fn wget(words: &[String], at: usize) -> Request {
    const WITH_VALUE: [&str; 9] = [
        "-O",
        "-o",
        "-U",
        "-T",
        "-t",
        "--method",
        "--user",
        "--password",
        "--output-document",
    ];
    let mut request = Request {
        at,
        ..Request::default()
    };
    let mut words = words.iter().map(String::as_str);
    while let Some(word) = words.next() {
        let (option, value) = match word.split_once('=') {
            Some((option, value)) if word.starts_with("--") => (option, Some(value)),
            _ => (word, None),
        };
        let mut value = || value.or_else(|| words.next()).unwrap_or_default();
        match option {
            "--post-data" | "--body-data" => request.body = Sent::Text(value().to_owned()),
            "--post-file" | "--body-file" => request.body = Sent::File(value().to_owned()),
            "--header" => {
                let header = value();
                request.header(header);
            }
            option if WITH_VALUE.contains(&option) => {
                value();
            }
            option if option.starts_with('-') => {}
            _ if request.url.is_empty() => word.clone_into(&mut request.url),
            _ => {}
        }
    }
    request
}

/// Whether a word is a parameter that `PowerShell`'s own commands have, and curl and wget have not.
pub(super) fn is_parameter(word: &str) -> bool {
    const PARAMETERS: [&str; 5] = ["-uri", "-body", "-method", "-headers", "-contenttype"];
    PARAMETERS
        .iter()
        .any(|name| word.eq_ignore_ascii_case(name))
}

/// Whether a line calls curl or wget with such a parameter: in `PowerShell` 5 they are names of its own
/// command.
pub(super) fn invokes(line: &str) -> bool {
    let mut words = line.split_ascii_whitespace();
    words.any(|word| matches!(word, "curl" | "wget")) && words.any(is_parameter)
}

/// `PowerShell`'s `Invoke-RestMethod` and `Invoke-WebRequest`, whose parameters may be shortened.
pub(super) fn invoke(words: &[String], at: usize) -> Request {
    const SWITCHES: [&str; 5] = [
        "usebasicparsing",
        "usedefaultcredentials",
        "disablekeepalive",
        "passthru",
        "skipcertificatecheck",
    ];
    let mut request = Request {
        at,
        ..Request::default()
    };
    let mut words = words.iter().map(String::as_str);
    while let Some(word) = words.next() {
        let Some(parameter) = word.strip_prefix('-').filter(|name| !name.is_empty()) else {
            if request.url.is_empty() {
                word.clone_into(&mut request.url);
            }
            continue;
        };
        let parameter = parameter.to_ascii_lowercase();
        let is =
            |name: &str, least: usize| parameter.len() >= least && name.starts_with(&parameter);
        if SWITCHES.contains(&parameter.as_str()) {
            continue;
        }
        let value = words.next().unwrap_or_default();
        if is("body", 1) {
            request.body = match value.trim_start() {
                table if table.starts_with("@{") || table.starts_with("(@{") => {
                    Sent::Computed("a table (@{…})".to_owned())
                }
                command if command.starts_with('(') => Sent::Computed("a command".to_owned()),
                _ => Sent::Text(value.to_owned()),
            };
        } else if is("uri", 1) {
            value.clone_into(&mut request.url);
        } else if is("form", 2) {
            request.body = Sent::Form("-Form");
        } else if is("infile", 3) {
            request.body = Sent::File(value.to_owned());
        }
    }
    request
}

/// `HTTPie`, by <https://httpie.io/docs/cli/request-items>: `name=value`, `name:=json`, `--raw`.
pub(super) fn httpie(words: &[String], at: usize) -> Request {
    const WITH_VALUE: [&str; 12] = [
        "-a",
        "--auth",
        "-A",
        "--auth-type",
        "-s",
        "--style",
        "-p",
        "--print",
        "-o",
        "--output",
        "--timeout",
        "--session",
    ];
    let mut request = Request {
        at,
        ..Request::default()
    };
    let mut object = Json::Object(Vec::new());
    let mut words = words.iter().map(String::as_str);
    while let Some(word) = words.next() {
        if word.starts_with('-') {
            match word.split_once('=').unwrap_or((word, "")) {
                ("-f" | "--form" | "--multipart", _) => request.body = Sent::Form("--form"),
                ("--raw", raw) if word.contains('=') => request.body = Sent::Text(raw.to_owned()),
                ("--raw", _) => {
                    let raw = words.next().unwrap_or_default();
                    request.body = Sent::Text(raw.to_owned());
                }
                (option, _) if WITH_VALUE.contains(&option) && !word.contains('=') => {
                    words.next();
                }
                _ => {}
            }
        } else if request.url.is_empty() {
            let is_method = word.chars().all(|c| c.is_ascii_uppercase());
            if !is_method {
                word.clone_into(&mut request.url);
            }
        } else if !item(word, &mut object, &mut request) {
            request.body = Sent::Form("a file");
        }
    }
    if let (Sent::Nothing, Json::Object(entries)) = (&request.body, &object) {
        request.is_optional = entries.is_empty();
        request.body = if entries.is_empty() {
            Sent::Input
        } else {
            Sent::Text(written(&object))
        };
    }
    request
}

/// Takes in an item of a request; `false` where it is a file.
fn item(word: &str, object: &mut Json, request: &mut Request) -> bool {
    let Some(at) = word.find([':', '=', '@']) else {
        return true;
    };
    let (name, rest) = word.split_at(at);
    if rest.starts_with("==") || rest.starts_with(":=@") || rest.starts_with("=@") {
        return rest.starts_with("==");
    }
    if let Some(value) = rest.strip_prefix(":=") {
        let value = json::parse(value).unwrap_or_else(|_| Json::Text(value.to_owned()));
        put(object, name, value);
    } else if let Some(value) = rest.strip_prefix('=') {
        put(object, name, Json::Text(value.to_owned()));
    } else if rest.starts_with(':') {
        request.headers.push(name.to_ascii_lowercase());
    } else {
        return false;
    }
    true
}

/// Puts a value at `name`, `name[key]` or `name[]`.
fn put(object: &mut Json, path: &str, value: Json) {
    /// So deep a path may be.
    const DEEPEST: usize = 16;
    /// So many keys an object may have.
    const MOST: usize = 500;
    let parts = path.split('[').map(|part| part.trim_end_matches(']'));
    let mut place = object;
    for (depth, part) in parts.take(DEEPEST).enumerate() {
        let index = part.parse::<usize>().ok();
        let is_item = depth > 0 && (part.is_empty() || index.is_some());
        if place.is_blank() {
            *place = if is_item {
                Json::List(Vec::new())
            } else {
                Json::Object(Vec::new())
            };
        }
        place = match place {
            Json::List(items) => {
                let at = index.unwrap_or(items.len()).min(items.len());
                if at == items.len() {
                    items.push(Json::Null);
                }
                &mut items[at]
            }
            // more keys than any body has are not looked through again and again
            Json::Object(entries) if entries.len() >= MOST => return,
            Json::Object(entries) => {
                let at = entries.iter().position(|(key, _)| key == part);
                let at = at.unwrap_or_else(|| {
                    entries.push((part.to_owned(), Json::Null));
                    entries.len() - 1
                });
                &mut entries[at].1
            }
            other => other,
        };
    }
    *place = value;
}

/// JSON as a text.
fn written(json: &Json) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    match json {
        Json::Null => "null".to_owned(),
        Json::Boolean(boolean) => boolean.to_string(),
        Json::Number(number) => number.clone(),
        Json::Text(text) => quoted(text),
        Json::List(items) => {
            let items: Vec<String> = items.iter().map(written).collect();
            format!("[{}]", items.join(","))
        }
        Json::Object(entries) => {
            let entries = entries.iter();
            let entries: Vec<String> = entries
                .map(|(key, value)| format!("{}:{}", quoted(key), written(value)))
                .collect();
            format!("{{{}}}", entries.join(","))
        }
    }
}
