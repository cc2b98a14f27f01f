//! Problems and outcomes in the shapes that programs read, and in words.

use serde_json::{Value, json};

use crate::gateway::remark::Remark;
use crate::gateway::{Exchange, Fallback, GatewayKind, Refusal};
use crate::message::check::{Problem, Severity};
use crate::message::file::ReadError;
use crate::visible;

/// A problem as an object: `{"severity","field","message","actual","limit","unit"}`.
pub(super) fn problem(problem: &Problem) -> Value {
    json!({
        "severity": problem.severity.name(),
        "field": problem.field.to_string(),
        "message": problem.message,
        "actual": problem.actual,
        "limit": problem.limit,
        "unit": problem.unit.map(crate::message::limits::Unit::name),
    })
}

/// The problems of a file that holds no message, in the same shape.
pub(super) fn unreadable(error: &ReadError) -> Vec<Value> {
    let object = |field: Option<&str>, message: String| {
        json!({
            "severity": Severity::Error.name(),
            "field": field.filter(|field| !field.is_empty()),
            "message": message,
            "actual": null,
            "limit": null,
            "unit": null,
        })
    };
    match error {
        ReadError::Invalid { error, .. } => {
            let problems = error.problems.iter();
            problems
                .map(|problem| object(Some(&problem.key), problem.to_string()))
                .collect()
        }
        other => vec![object(None, other.to_string())],
    }
}

/// A problem in words: `order.toml: error: to: …`.
pub(super) fn problem_line(file: &str, problem: &Problem) -> String {
    format!(
        "{file}: {}: {}: {}",
        problem.severity,
        problem.field,
        visible::line(&problem.message)
    )
}

/// What became of a message as an object:
/// `{"file","gateway","outcome","message_id","status","attempts","elapsed_ms","error","warnings"}`.
pub(super) fn exchange(file: &str, gateway: GatewayKind, exchange: &Exchange) -> Value {
    let elapsed = u64::try_from(exchange.elapsed.as_millis()).unwrap_or(u64::MAX);
    json!({
        "file": file,
        "gateway": gateway.name(),
        "outcome": exchange.outcome.name(),
        "message_id": exchange.outcome.message_id(),
        "status": exchange.response.as_ref().map(|response| response.status),
        "attempts": exchange.attempts,
        "elapsed_ms": elapsed,
        "error": exchange.outcome.refusal().map(error),
        "warnings": [],
    })
}

/// A message that was not sent as the same was accepted before, in the same shape.
pub(super) fn already_sent(file: &str, gateway: GatewayKind, message_id: Option<&str>) -> Value {
    json!({
        "file": file,
        "gateway": gateway.name(),
        "outcome": "already-sent",
        "message_id": message_id,
        "status": null,
        "attempts": 0,
        "elapsed_ms": 0,
        "error": null,
        "warnings": [],
    })
}

/// A message that was not sent, in the same shape.
pub(super) fn not_sent(file: &str, gateway: GatewayKind, code: &str, message: &str) -> Value {
    json!({
        "file": file,
        "gateway": gateway.name(),
        "outcome": "rejected",
        "message_id": null,
        "status": null,
        "attempts": 0,
        "elapsed_ms": 0,
        "error": { "code": code, "message": message },
        "warnings": [],
    })
}

/// Something that is reported of a message that is sent all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Warning {
    /// What it is about, a word for programs: `same-again`, `duplicate`.
    pub rule: &'static str,
    /// In words, as they came.
    pub message: String,
}

impl Warning {
    /// In words: `order.toml: warning: already sent …`.
    pub(super) fn line(&self, file: &str) -> String {
        format!("{file}: warning: {}", visible::line(&self.message))
    }
}

impl From<Remark> for Warning {
    fn from(remark: Remark) -> Self {
        Self {
            rule: remark.rule,
            message: remark.message,
        }
    }
}

/// Puts warnings before those that an object of a message has.
pub(super) fn put_first(object: &mut Value, warnings: &[Warning]) {
    if let Some(Value::Array(list)) = object.get_mut("warnings") {
        let warnings = warnings.iter();
        let warnings =
            warnings.map(|warning| json!({ "rule": warning.rule, "message": warning.message }));
        list.splice(..0, warnings);
    }
}

/// What came instead of a message id, as an object: `{"code","message"}`.
pub(super) fn error(refusal: &Refusal) -> Value {
    json!({ "code": refusal.code, "message": refusal.message })
}

/// What could be sent instead, in a sentence for each.
pub(super) fn fallbacks(instead: &[Fallback]) -> impl Iterator<Item = &'static str> {
    instead.iter().map(|fallback| match fallback {
        Fallback::InteractiveReply => {
            "instead: buttons_method = \"sendInteractiveButtonsReply\" in the profile"
        }
        Fallback::NumberedText => {
            "instead: the choices as numbered text, with kind = \"text\" in the message file"
        }
    })
}
