//! The Cloud API's answers: ids, and errors by their number, by the page `support/error-codes`.
//!
//! An error is an object in `error`; what stands before the Cloud API (a partner, a proxy) also
//! writes `errors`, a text, or an object within an object. All of them are read.

use serde_json::{Map, Value};

use super::errors;
use super::spelling;
use crate::gateway::Outcome;
use crate::gateway::answer::{Answer, Shape, id_of, words_of};
use crate::gateway::wire::{Request, Response};

/// The codes by which a number that is spelt otherwise than its account's is refused: a test
/// number's list does not hold it, or nobody has it.
const ABOUT_THE_NUMBER: [&str; 2] = ["131030", "131026"];

/// What can hold the code of an error.
const CODE: [&str; 2] = ["code", "error_code"];

/// What can hold the words of an error, each said once.
const WORDS: [&str; 7] = [
    "message",
    "title",
    "details",
    "error_description",
    "developer_message",
    "error_user_title",
    "error_user_msg",
];

/// How deep an error is looked for in an error.
const DEEPEST: usize = 4;

pub(super) fn decode(request: &Request, response: &Response) -> Outcome {
    let mut answer = Answer::new(response);
    if let Shape::Json(Value::Object(body)) = &answer.shape {
        answer.message_id = id_of(body.get("messages").and_then(|list| list.pointer("/0/id")));
        if let Some(error) = error_of(body) {
            answer.refused = true;
            answer.code = code(error, DEEPEST);
            let mut said = Vec::new();
            words(error, DEEPEST, &mut said);
            answer.words = if said.is_empty() {
                words_of(Some(error)).unwrap_or_default()
            } else {
                said.join(": ")
            };
        }
    }
    match answer.conclude(&errors::TABLE) {
        Outcome::Rejected(mut refusal) if ABOUT_THE_NUMBER.contains(&refusal.code.as_str()) => {
            let to = request.body.get("to").and_then(Value::as_str);
            if let Some(hint) = spelling::hint(to.unwrap_or_default()) {
                refusal.explanation = format!("{} {hint}", refusal.explanation);
            }
            Outcome::Rejected(refusal)
        }
        outcome => outcome,
    }
}

/// The error in an answer, if there is one: the first of several.
fn error_of(body: &Map<String, Value>) -> Option<&Value> {
    let says = |value: &&Value| match value {
        Value::Null | Value::Bool(false) => false,
        Value::Array(list) => !list.is_empty(),
        Value::String(words) => !words.trim().is_empty(),
        _ => true,
    };
    let one = body.get("error").filter(says);
    one.or_else(|| {
        let several = body.get("errors").filter(says)?;
        several.get(0).or(Some(several))
    })
    .or_else(|| {
        let meta = body.get("meta").filter(|meta| meta.is_object())?;
        meta.get("developer_message").map(|_| meta)
    })
}

/// The number of an error, also where it is written as a text or stands in an error within.
fn code(error: &Value, depth: usize) -> Option<String> {
    let object = error.as_object().filter(|_| depth > 0)?;
    let own = CODE.iter().find_map(|key| number(object.get(*key)?));
    own.or_else(|| object.values().find_map(|value| code(value, depth - 1)))
}

fn number(value: &Value) -> Option<String> {
    let number = match value {
        Value::String(text) => text.trim().parse().ok()?,
        value => value.as_i64().or_else(|| whole(value.as_f64()?))?,
    };
    Some(number.to_string())
}

/// A number such as `131047.0`, as one without a fraction.
fn whole(number: f64) -> Option<i64> {
    format!("{number:.0}")
        .parse()
        .ok()
        .filter(|_| number.fract() == 0.0)
}

/// The words of an error: its message, then the details, wherever they are.
fn words(error: &Value, depth: usize, said: &mut Vec<String>) {
    if depth == 0 {
        return;
    }
    let mut say = |words: String| {
        let is_new = !said.iter().any(|known| known.contains(&words));
        if is_new {
            said.push(words);
        }
    };
    match error {
        Value::String(text) => match serde_json::from_str::<Value>(text) {
            Ok(within @ Value::Object(_)) => words(&within, depth - 1, said),
            _ if !text.trim().is_empty() => say(text.clone()),
            _ => {}
        },
        Value::Object(object) => {
            for key in WORDS {
                if let Some(words) = words_of(object.get(key)) {
                    say(words);
                }
            }
            for key in ["error_data", "error"] {
                if let Some(within) = object.get(key) {
                    words(within, depth - 1, said);
                }
            }
        }
        _ => {}
    }
}
