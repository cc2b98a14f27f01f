//! Evolution's answers: an id, errors in four forms, a refusal by Meta inside of a success, and a server
//! without a licence.

use serde_json::{Map, Value};

use super::errors;
use crate::gateway::answer::{Answer, MAX_WORDS, Shape, id_of, shorten, words_of};
use crate::gateway::explain::Table;
use crate::gateway::wire::Response;
use crate::gateway::{Outcome, Refusal};
use crate::visible;

/// The most characters of an error code that are repeated.
const MAX_CODE: usize = 64;

pub(super) fn decode(response: &Response) -> Outcome {
    let mut answer = Answer::new(response);
    let mut table = &errors::TABLE;
    let mut place = None;
    if let Shape::Json(body) = &answer.shape {
        answer.message_id = id_of(body.pointer("/key/id"));
        if let Some(found) = register_url(body) {
            place = Some(found);
            answer.code = words_of(body.get("code"));
        }
        if let Value::Object(body) = body {
            let told = read(body, response.is_success() && answer.message_id.is_none());
            table = told.table;
            answer.refused = told.is_refusal;
            if let Some(words) = told.words {
                answer.words = words;
            }
            if let Some(code) = told.code {
                answer.code = Some(shorten(&code, MAX_CODE));
            }
        }
    }
    answer.words = shorten(&answer.words, MAX_WORDS);
    match (answer.conclude(table), place) {
        (Outcome::Rejected(refusal), Some(place)) => Outcome::Rejected(Refusal {
            explanation: format!("{} Activate it{place}.", refusal.explanation),
            // It stays so until somebody activates it.
            repeatable: false,
            ..refusal
        }),
        (outcome, _) => outcome,
    }
}

/// Where a server without a licence is activated, for a sentence; `None` where the answer is another.
pub(super) fn register_url(body: &Value) -> Option<String> {
    if body.get("code").and_then(Value::as_str) != Some("LICENSE_REQUIRED") {
        return None;
    }
    let url = body.get("register_url").and_then(Value::as_str);
    let url = url.map(|url| format!(" at {}", visible::line(url)));
    Some(url.unwrap_or_default())
}

/// What an object says.
struct Told {
    table: &'static Table,
    is_refusal: bool,
    words: Option<String>,
    code: Option<String>,
}

fn read(body: &Map<String, Value>, lacks_id: bool) -> Told {
    let message = body.get("response").and_then(|inner| inner.get("message"));
    let form = |table, words| Told {
        table,
        is_refusal: true,
        words,
        code: None,
    };
    match message {
        Some(Value::Array(items)) if items.iter().any(Value::is_array) => {
            form(&errors::SCHEMA, Some(joined(items)))
        }
        Some(Value::Array(items)) if items.iter().any(is_absent) => {
            let numbers = items.iter().filter_map(|item| words_of(item.get("number")));
            let numbers = numbers.collect::<Vec<_>>().join(", ");
            form(
                &errors::NOT_THERE,
                Some(format!("not on WhatsApp: {numbers}")),
            )
        }
        Some(Value::Array(items)) if !items.is_empty() => form(&errors::TABLE, Some(joined(items))),
        Some(other) => form(&errors::TABLE, words_of(Some(other))),
        // Meta's error, as it came.
        None if lacks_id && body.contains_key("fbtrace_id") => Told {
            code: words_of(body.get("code")),
            ..form(&errors::META, words_of(body.get("message")))
        },
        None => {
            let said = ["message", "error"].map(|key| words_of(body.get(key)));
            let [message, error] = said;
            Told {
                is_refusal: error.is_some(),
                ..form(&errors::TABLE, message.or(error))
            }
        }
    }
}

/// The words of an error, wherever they are.
pub(super) fn words(body: &Value) -> Option<String> {
    match body.pointer("/response/message") {
        Some(Value::Array(items)) => Some(joined(items)),
        other => words_of(other.or_else(|| body.get("message"))),
    }
}

/// Whether an entry says that a number is not on `WhatsApp`.
fn is_absent(item: &Value) -> bool {
    item.get("exists") == Some(&Value::Bool(false))
}

/// The words of a list, and of the lists in it.
fn joined(items: &[Value]) -> String {
    let words = items.iter().filter_map(|item| match item {
        Value::Array(inner) => Some(joined(inner)).filter(|words| !words.is_empty()),
        item => words_of(Some(item)),
    });
    words.collect::<Vec<_>>().join("; ")
}
