//! Whom a body is sent to: one number or chat, under the names that the gateways have for it.

use super::ImportError;
use super::json::Json;
use super::reader::unpacked;
use crate::message::recipient::Recipient;

/// The keys; in upper and in lower case, since wuzapi's are so.
const KEYS: [&str; 6] = [
    "number",
    "to",
    "recipient",
    "chatId",
    "phoneNumber",
    "phone",
];

fn is_key(key: &str) -> bool {
    KEYS.iter().any(|known| key.eq_ignore_ascii_case(known))
}

/// Puts the only recipient of a list in its place, and nothing in the place of `null`.
pub(super) fn unpack(object: &mut [(String, Json)]) {
    for (_, value) in object.iter_mut().filter(|(key, _)| is_key(key)) {
        if matches!(value, Json::Text(text) if text.trim_start().starts_with('[')) {
            *value = unpacked(std::mem::replace(value, Json::Null));
        }
        let only = match value {
            Json::Null => Json::Text(String::new()),
            Json::List(items) => match items.as_slice() {
                [] => Json::Text(String::new()),
                [item @ (Json::Text(_) | Json::Number(_))] => item.clone(),
                _ => continue,
            },
            _ => continue,
        };
        *value = only;
    }
}

/// The error for a recipient that is not one number or chat.
pub(super) fn wrong(object: &[(String, Json)]) -> Option<ImportError> {
    let mut recipients = object.iter().filter(|(key, _)| is_key(key));
    recipients.find_map(|(key, value)| {
        let what = match value {
            Json::List(items) if items.len() > 1 => {
                return Some(ImportError::Several(format!(
                    "the message goes to {} recipients ({key})",
                    items.len()
                )));
            }
            Json::List(_) => "a list of something else",
            Json::Object(_) => "an object",
            Json::Boolean(_) => "true or false",
            Json::Text(text) if Recipient::is_business_scoped(text) => {
                return Some(ImportError::Refused(
                    "this message goes to a business-scoped user id of the Cloud API, which cannot be written to yet".to_owned(),
                ));
            }
            Json::Null | Json::Text(_) | Json::Number(_) => return None,
        };
        Some(ImportError::Refused(format!(
            "{key} is {what}, and no recipient: write the number or the chat as a text"
        )))
    })
}
