//! WUTS' answers: an id, the envelope of the page `errors`, or a bare `{"error":"…"}`.

use serde_json::Value;

use super::errors;
use crate::gateway::Outcome;
use crate::gateway::answer::{Answer, Shape, id_of, shorten, words_of};
use crate::gateway::wire::Response;

/// The most characters of an error code that are repeated; the known ones have 16.
const MAX_CODE: usize = 64;

pub(super) fn decode(response: &Response) -> Outcome {
    let mut answer = Answer::new(response);
    if let Shape::Json(Value::Object(body)) = &answer.shape {
        let code = words_of(body.get("error_code"));
        let error = words_of(body.get("error"));
        let fields = validation(body.get("validation"));
        answer.message_id = id_of(body.get("message_id"));
        answer.refused = body.get("success") == Some(&Value::Bool(false))
            || body.get("error") == Some(&Value::Bool(true))
            || code.is_some()
            || error.is_some();
        if let Some(error) = error.or_else(|| words_of(body.get("message"))) {
            answer.words = error;
        }
        if !fields.is_empty() {
            answer.words = format!("{}: {}", answer.words, fields.join("; "));
        }
        answer.code = code.map(|code| shorten(&code, MAX_CODE));
    }
    answer.conclude(&errors::TABLE)
}

/// What the answer says about fields: `text: must be between 1 and 4096 characters`.
fn validation(list: Option<&Value>) -> Vec<String> {
    let entries = list.and_then(Value::as_array).into_iter().flatten();
    let said = entries.filter_map(|entry| {
        let message = words_of(entry.get("message"));
        let field = words_of(entry.get("field"));
        match (field, message) {
            (Some(field), Some(message)) => Some(format!("{field}: {message}")),
            (one, other) => one.or(other),
        }
    });
    said.collect()
}
