//! The Cloud API's answers: ids, and errors by their number, by the page `support/error-codes`.

use serde_json::Value;

use crate::gateway::answer::{Answer, Shape, id_of, words_of};
use crate::gateway::wire::Response;
use crate::gateway::{Outcome, explain};

pub(in crate::gateway) fn decode(response: &Response) -> Outcome {
    let mut answer = Answer::new(response);
    if let Shape::Json(Value::Object(body)) = &answer.shape {
        answer.message_id = id_of(body.get("messages").and_then(|list| list.pointer("/0/id")));
        if let Some(error) = body.get("error").filter(|error| !error.is_null()) {
            answer.refused = true;
            answer.code = error
                .get("code")
                .and_then(Value::as_i64)
                .map(|code| code.to_string());
            answer.words = words(error);
        }
    }
    answer.conclude(explain::CLOUD_API)
}

/// The words of an error: its message, and the details where there are any.
fn words(error: &Value) -> String {
    let message = words_of(error.get("message"));
    let details = words_of(error.pointer("/error_data/details"));
    match (message, details) {
        (Some(message), Some(details)) => format!("{message}: {details}"),
        (message, details) => message
            .or(details)
            .unwrap_or_else(|| words_of(Some(error)).unwrap_or_default()),
    }
}
