//! GREEN-API's answers: ids, errors in four shapes, quotas, and success statuses that are none.
//!
//! By the pages `common-errors` and `466-error-example-body`. Its errors repeat the path of the
//! request, which holds the token: nothing that is read here does.

use serde_json::{Map, Value};

use super::{Method, errors, instead_of_legacy};
use crate::gateway::Outcome;
use crate::gateway::answer::{Answer, MAX_WORDS, Shape, id_of, shorten, words_of};
use crate::gateway::wire::{Request, Response};
use crate::secret::MASK;

pub(super) fn decode(request: &Request, response: &Response) -> Outcome {
    let mut answer = Answer::new(response);
    if let Shape::Json(Value::Object(body)) = &answer.shape {
        let named = ["code", "statusCode"].iter().find_map(|key| body.get(*key));
        let quotas = quotas(body);
        let words = words(body);
        answer.message_id = id_of(body.get("idMessage"));
        answer.refused = !quotas.is_empty() || words_of(body.get("error")).is_some();
        if let Some(status) = named
            .and_then(error_status)
            .filter(|_| response.is_success())
        {
            answer.status = status;
        }
        answer.words = if quotas.is_empty() {
            words
        } else {
            quotas.join("; ")
        };
    }
    answer.words = without_token(&shorten(&answer.words, MAX_WORDS));
    let is_legacy_403 = answer.status == 403 && method_of(request) == Method::LegacyReplies.name();
    let outcome = answer.conclude(&errors::TABLE);
    match outcome {
        Outcome::Rejected(mut refusal) if is_legacy_403 => {
            let chat_id = request.body.get("chatId").and_then(Value::as_str);
            errors::SWITCHED_OFF.clone_into(&mut refusal.explanation);
            refusal.instead = instead_of_legacy(chat_id.unwrap_or_default());
            Outcome::Rejected(refusal)
        }
        other => other,
    }
}

/// The method that a request's path names: what stands before the token.
fn method_of(request: &Request) -> String {
    let path = request.url.fill("");
    let path = path.trim_end_matches('/');
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// A status of an error, as answers with status 200 name it: `{"code":401}`.
fn error_status(value: &Value) -> Option<u16> {
    let number = value.as_u64().or_else(|| value.as_str()?.parse().ok())?;
    let status = u16::try_from(number).ok()?;
    (400..=599).contains(&status).then_some(status)
}

/// The words of an answer that is an object. Its `path` holds the token and is never among them.
fn words(body: &Map<String, Value>) -> String {
    let list = body.get("message").and_then(Value::as_array);
    if let Some(list) = list.filter(|list| !list.is_empty()) {
        let words = list.iter().filter_map(|entry| words_of(Some(entry)));
        return words.collect::<Vec<_>>().join("; ");
    }
    let said = ["message", "description", "error"]
        .iter()
        .find_map(|key| words_of(body.get(*key)));
    said.unwrap_or_else(|| {
        let mut rest = body.clone();
        rest.remove("path");
        Value::Object(rest).to_string()
    })
}

/// What an answer says about quotas, by the page `466-error-example-body`: those that are used up,
/// or all of them where none says so.
fn quotas(body: &Map<String, Value>) -> Vec<String> {
    let parts = ["invokeStatus", "correspondentsStatus"];
    let known: Vec<(&str, &Value)> = parts
        .iter()
        .filter_map(|name| body.get(*name).map(|part| (*name, part)))
        .filter(|(_, part)| part.as_object().is_some_and(|part| !part.is_empty()))
        .collect();
    let exceeded = |(_, part): &&(&str, &Value)| {
        let status = part.get("status").and_then(Value::as_str);
        status.is_some_and(|status| status.ends_with("EXCEEDED"))
    };
    let used_up: Vec<&(&str, &Value)> = known.iter().filter(exceeded).collect();
    let shown = if used_up.is_empty() {
        known.iter().collect()
    } else {
        used_up
    };
    shown
        .into_iter()
        .map(|(name, part)| quota(name, part))
        .collect()
}

/// One quota: `invokeStatus (sendMessage), 100 of 100 used, QUOTE_EXCEEDED: …`.
fn quota(name: &str, part: &Value) -> String {
    let word = |key: &str| words_of(part.get(key));
    let mut text = name.to_owned();
    if let Some(method) = word("method") {
        text = format!("{text} ({method})");
    }
    if let (Some(used), Some(total)) = (word("used"), word("total")) {
        text = format!("{text}, {used} of {total} used");
    }
    if let Some(status) = word("status") {
        text = format!("{text}, {status}");
    }
    match word("description") {
        Some(description) => format!("{text}: {description}"),
        None => text,
    }
}

/// Words with the mask in the place of every token: what follows `waInstance…/method/`, however
/// much of it is there.
fn without_token(words: &str) -> String {
    const MARK: &str = "wainstance";
    let mut safe = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.to_ascii_lowercase().find(MARK) {
        let end = at + MARK.len();
        safe.push_str(&rest[..end]);
        rest = &rest[end..];
        let token = rest.match_indices('/').nth(1).map(|(at, _)| at + 1);
        let token = token.filter(|&token| !rest[..token].contains(char::is_whitespace));
        if let Some(token) = token {
            safe.push_str(&rest[..token]);
            rest = &rest[token..];
            let stop = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.~%".contains(c)));
            let stop = stop.unwrap_or(rest.len());
            if stop > 0 {
                safe.push_str(MASK);
            }
            rest = &rest[stop..];
        }
    }
    safe.push_str(rest);
    safe
}
