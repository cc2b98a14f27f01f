//! What a part of a body must be, and the error where it is not.

use serde_json::Value;

use super::find;

/// A part of the body that is not as it must be.
#[derive(Debug)]
pub(super) struct Wrong {
    pub code: u32,
    pub details: String,
}

pub(super) type Result<T = (), E = Wrong> = std::result::Result<T, E>;

/// The number of the error for a part that is not there, or empty.
pub(super) const MISSING: u32 = 131_008;
/// That for a value that is not as it must be.
pub(super) const INVALID: u32 = 131_009;
pub(super) fn wrong<T>(code: u32, details: impl Into<String>) -> Result<T> {
    let details = details.into();
    Err(Wrong { code, details })
}

/// A text that must be there and must not be empty.
pub(super) fn text<'a>(body: &'a Value, place: &str) -> Result<&'a str> {
    match find(body, place) {
        None => wrong(MISSING, format!("{place} is required")),
        Some(Value::String(text)) if text.is_empty() => {
            wrong(MISSING, format!("{place} must not be empty"))
        }
        Some(Value::String(text)) => Ok(text),
        Some(_) => wrong(100, format!("{place} must be a string")),
    }
}

/// A list that must be there and must not be empty.
pub(super) fn items<'a>(body: &'a Value, place: &str) -> Result<&'a [Value]> {
    match find(body, place).map(Value::as_array) {
        None => wrong(MISSING, format!("{place} is required")),
        Some(None) => wrong(100, format!("{place} must be an array")),
        Some(Some(items)) if items.is_empty() => {
            wrong(INVALID, format!("{place} must have at least 1 item"))
        }
        Some(Some(items)) => Ok(items),
    }
}
