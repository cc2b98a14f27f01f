//! Bodies that are no message to compose: other services', what gateways send by themselves, and message
//! files. Each is named.

use super::ImportError;
use super::json::Json;
use super::reader::Reader;

/// Bodies of services that are not read, by keys that are all there.
const SERVICES: [(&[&str], &str); 13] = [
    (&["phone", "message", "isGroup"], "WPPConnect"),
    (&["phone", "buttonList"], "Z-API"),
    (&["phone", "optionList"], "Z-API"),
    (&["phone", "message"], "Z-API or WPPConnect"),
    (&["chat_id", "text"], "Telegram"),
    (&["message_type", "channel"], "Vonage"),
    (&["To", "Body"], "Twilio"),
    (&["To", "ContentSid"], "Twilio"),
    (&["from", "to", "content"], "Infobip or MessageBird"),
    (&["to_number", "type"], "Maytapi"),
    (&["campaignName", "destination"], "AiSensy"),
    (&["countryCode", "phoneNumber", "type"], "Interakt"),
    (&["broadcast_name", "template_name"], "WATI"),
];

/// What a gateway sends or answers, by keys that are all there.
const NO_REQUESTS: [(&[&str], &str); 12] = [
    (&["object", "entry"], "a webhook of the Cloud API"),
    (
        &["messaging_product", "contacts", "messages"],
        "an answer of the Cloud API",
    ),
    (
        &["messaging_product", "metadata"],
        "a webhook of the Cloud API",
    ),
    (&["typeWebhook"], "a notification of GREEN-API"),
    (&["receiptId", "body"], "a notification of GREEN-API"),
    (&["event", "instance", "data"], "a webhook of Evolution API"),
    (&["event", "session", "payload"], "a webhook of WAHA"),
    (&["key", "messageTimestamp"], "an answer of Evolution API"),
    (&["success", "message_id"], "an answer of WUTS"),
    (&["code", "data", "success"], "an answer of wuzapi"),
    (&["success", "error"], "an answer of a gateway"),
    (&["statusCode", "message"], "an answer of a gateway"),
];

/// The error for a body that is not a request to a gateway that is read.
pub(super) fn refused(body: &Reader<'_>) -> Option<ImportError> {
    const KINDS: [&str; 8] = [
        "text",
        "buttons",
        "catalog",
        "list",
        "button-reply",
        "list-reply",
        "template",
        "poll",
    ];
    let has_all = |keys: &[&str]| keys.iter().all(|key| body.has(key));
    let kind = body.peek("kind").and_then(Json::as_text);
    if kind.is_some_and(|kind| KINDS.contains(&kind)) {
        return Some(ImportError::MessageFile);
    }
    if body.peek("idMessage").is_some() && !body.has("chatId") {
        return Some(no_request("an answer of GREEN-API"));
    }
    if matches!(body.peek("error"), Some(Json::Object(_))) {
        return Some(no_request("an error that a gateway answered"));
    }
    NO_REQUESTS
        .iter()
        .find(|(keys, _)| has_all(keys))
        .map(|(_, what)| no_request(what))
}

/// The error for a body of a service that is not read.
pub(super) fn service(body: &Reader<'_>) -> Option<ImportError> {
    let has_all = |keys: &[&str]| keys.iter().all(|key| body.has(key));
    let found = SERVICES.iter().find(|(keys, _)| has_all(keys));
    found.map(|(_, name)| named(name))
}

/// The error that names a service.
pub(super) fn named(service: &str) -> ImportError {
    ImportError::Refused(format!(
        "this is a request to {service}, whose bodies are not read: those of {} are",
        super::Source::NAMES
    ))
}

fn no_request(what: &str) -> ImportError {
    ImportError::Refused(format!(
        "this is {what}, and no request: import the body that is sent to a gateway"
    ))
}

/// The error for a form, `To=whatsapp%3A%2B…&Body=…`; nothing where a text is none.
pub(super) fn form(body: &str) -> Option<ImportError> {
    let mut pairs = body.trim().split('&').take(40);
    let is_pair = |pair: &str| {
        let name = pair.split_once('=').map_or("", |(name, _)| name);
        let is_part =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '[' | ']' | '.');
        !name.is_empty() && name.chars().all(is_part)
    };
    if !pairs.clone().all(is_pair) {
        return None;
    }
    let mut has = |name: &str| pairs.any(|pair| pair.starts_with(name));
    Some(if has("To=whatsapp") {
        named("Twilio")
    } else {
        ImportError::Command(
            "the body is not JSON: it is a form (name=value), which none of these gateways takes; send it as JSON"
                .to_owned(),
        )
    })
}
