//! The state of WUTS' device, by the page `conventions`.

use serde_json::Value;

use crate::gateway::answer::Shape;
use crate::gateway::state::{State, Status};
use crate::gateway::wire::Response;

/// WUTS' device. Its page shows no body of a success: a `connected` anywhere near the top, or a word
/// for it, is **assumed**.
pub(super) fn read(response: &Response) -> Option<Status> {
    let Shape::Json(body) = &Shape::of(response) else {
        return None;
    };
    let words = |key| body.get(key).and_then(Value::as_str).unwrap_or_default();
    let code = words("error_code");
    let off =
        "The WUTS device is not connected to WhatsApp. Link it again, or wait until it is back.";
    if code == "DEVICE_NOT_READY" || words("error").eq_ignore_ascii_case("whatsapp not connected") {
        let word = if code.is_empty() {
            "disconnected"
        } else {
            code
        };
        return Some(Status::new(State::Disconnected, word, off));
    }
    if !response.is_success() {
        return None;
    }
    Some(if connected(body, 3)? {
        Status::new(State::Connected, "connected", "")
    } else {
        Status::new(State::Disconnected, "disconnected", off)
    })
}

/// What an object, or one in it, says of a connection.
fn connected(value: &Value, depth: usize) -> Option<bool> {
    let object = value.as_object().filter(|_| depth > 0)?;
    let named = |names: &[&str]| {
        object
            .iter()
            .find(|(key, _)| names.iter().any(|name| key.eq_ignore_ascii_case(name)))
            .map(|(_, value)| value)
    };
    if let Some(is_connected) = named(&["connected", "isConnected"]).and_then(Value::as_bool) {
        return Some(is_connected);
    }
    let word = named(&["status", "state", "connection"]).and_then(Value::as_str);
    match word.map(str::to_lowercase).as_deref() {
        Some("connected" | "open" | "online" | "ready") => return Some(true),
        Some("disconnected" | "closed" | "close" | "offline") => return Some(false),
        _ => {}
    }
    object
        .values()
        .find_map(|value| connected(value, depth - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::{Account, GatewayKind};
    use rstest::rstest;

    fn read(status: u16, body: &str) -> Status {
        let response = Response {
            status,
            body: body.as_bytes().to_vec(),
            ..Response::default()
        };
        Account::public(GatewayKind::Wuts).read_status(&response)
    }

    #[rstest]
    #[case::connected(200, r#"{"success":true,"connected":true}"#, State::Connected)]
    #[case::disconnected(200, r#"{"success":true,"connected":false}"#, State::Disconnected)]
    #[case::nested(
        200,
        r#"{"success":true,"data":{"Connected":false}}"#,
        State::Disconnected
    )]
    #[case::word(
        200,
        r#"{"success":true,"device":{"status":"Connected"}}"#,
        State::Connected
    )]
    #[case::too_deep(200, r#"{"a":{"b":{"c":{"connected":true}}}}"#, State::Unclear)]
    #[case::silent(200, r#"{"success":true,"status":"日本"}"#, State::Unclear)]
    #[case::not_ready(
        500,
        r#"{"success":false,"error":"x","error_code":"DEVICE_NOT_READY"}"#,
        State::Disconnected
    )]
    #[case::not_connected(400, r#"{"error":"WhatsApp not connected"}"#, State::Disconnected)]
    #[case::token(401, r#"{"success":false,"error":"Invalid token"}"#, State::NoAccess)]
    #[case::token_of_one_that_is_connected(401, r#"{"connected":true}"#, State::NoAccess)]
    #[case::not_there(404, "", State::NoAccess)]
    #[case::failed(500, r#"{"error":"x"}"#, State::Unclear)]
    #[case::words(200, "ok", State::Unclear)]
    fn wuts(#[case] status: u16, #[case] body: &str, #[case] state: State) {
        assert_eq!(read(status, body).state, state);
    }
}
