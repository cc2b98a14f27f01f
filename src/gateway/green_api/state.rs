//! The state of GREEN-API's instance, by the page `account/GetStateInstance`.

use serde_json::Value;

use crate::gateway::answer::{Shape, shorten};
use crate::gateway::state::{State, Status};
use crate::gateway::wire::Response;

/// GREEN-API's instance, by the page `account/GetStateInstance`, and its errors by `common-errors`.
pub(super) fn read(response: &Response) -> Option<Status> {
    let shape = Shape::of(response);
    let words = match &shape {
        Shape::Json(body) => {
            if let Some(word) = body.get("stateInstance").and_then(Value::as_str) {
                return Some(of_instance(word));
            }
            if body.get("code").and_then(Value::as_u64) == Some(401) {
                return Some(Status::of_http(401));
            }
            let message = body.get("message").and_then(Value::as_str);
            message.unwrap_or_default()
        }
        Shape::Text(words) => words,
        Shape::Empty | Shape::Page(_) | Shape::Coded(_) => "",
    };
    let words = words.to_lowercase();
    if words.contains("starting process") {
        Some(of_instance("starting"))
    } else if words.contains("not authorized") {
        Some(of_instance("notAuthorized"))
    } else if words.contains("expired") {
        let meaning = "The instance's paid time is over. Extend it in the GREEN-API console.";
        Some(Status::new(State::NoAccess, "expired", meaning))
    } else if words.contains("instance is deleted") {
        let meaning =
            "The instance was deleted. Put another id_instance and its token into the profile.";
        Some(Status::new(State::NoAccess, "deleted", meaning))
    } else if response.status == 403 {
        let meaning = "GREEN-API does not know this instance at this address. Check the profile's id_instance and base_url.";
        Some(Status::new(State::NoAccess, "403", meaning))
    } else {
        None
    }
}

fn of_instance(word: &str) -> Status {
    let (state, meaning) = match word {
        "authorized" => (State::Connected, ""),
        "notAuthorized" => (
            State::Disconnected,
            "No phone is linked to the instance. Link it in the GREEN-API console (scan the QR code); until then messages wait in the queue, 24 hours at the most.",
        ),
        "blocked" => (
            State::Blocked,
            "WhatsApp has blocked the account. Write to WhatsApp's support from the phone, or link another number.",
        ),
        "sleepMode" => (
            State::Asleep,
            "The phone is switched off or without a connection. Messages wait in the queue, 24 hours at the most.",
        ),
        "starting" => (
            State::Starting,
            "The instance is starting, which takes up to some minutes. Send again then.",
        ),
        "yellowCard" => (
            State::Suspended,
            "WhatsApp has suspended sending because of spam. Messages wait in the queue, 24 hours at the most; restart the instance in the GREEN-API console when the time is over.",
        ),
        _ => (
            State::Unclear,
            "GREEN-API names a state that its page does not.",
        ),
    };
    Status::new(state, shorten(word, 40), meaning)
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
        Account::public(GatewayKind::GreenApi).read_status(&response)
    }

    #[rstest]
    #[case::authorized(
        200,
        r#"{"stateInstance":"authorized"}"#,
        State::Connected,
        "authorized"
    )]
    #[case::not_authorized(
        200,
        r#"{"stateInstance":"notAuthorized"}"#,
        State::Disconnected,
        "notAuthorized"
    )]
    #[case::blocked(200, r#"{"stateInstance":"blocked"}"#, State::Blocked, "blocked")]
    #[case::sleep_mode(200, r#"{"stateInstance":"sleepMode"}"#, State::Asleep, "sleepMode")]
    #[case::starting(200, r#"{"stateInstance":"starting"}"#, State::Starting, "starting")]
    #[case::yellow_card(
        200,
        r#"{"stateInstance":"yellowCard"}"#,
        State::Suspended,
        "yellowCard"
    )]
    #[case::new_word(
        200,
        r#"{"stateInstance":"日本 👩‍👩‍👧 e\u0301 שלום"}"#,
        State::Unclear,
        "日本 👩‍👩‍👧 e\u{301} שלום"
    )]
    #[case::starting_error(
        400,
        "instance in starting process try later",
        State::Starting,
        "starting"
    )]
    #[case::not_authorized_error(
        400,
        r#"{"message":"instance is starting or not authorized"}"#,
        State::Disconnected,
        "notAuthorized"
    )]
    #[case::expired(
        400,
        "Instance account is expired, please pay",
        State::NoAccess,
        "expired"
    )]
    #[case::deleted(400, "Instance is deleted", State::NoAccess, "deleted")]
    #[case::token(401, "Unauthorized", State::NoAccess, "401")]
    #[case::token_as_success(
        200,
        r#"{"code":401,"description":"Unauthorized"}"#,
        State::NoAccess,
        "401"
    )]
    #[case::instance(403, "Forbidden", State::NoAccess, "403")]
    #[case::busy(429, "", State::Unclear, "429")]
    #[case::down(502, "<html>Bad Gateway", State::Unclear, "502")]
    #[case::page(200, "<html>authorized", State::Unclear, "200")]
    #[case::null(200, "null", State::Unclear, "200")]
    fn green_api(
        #[case] status: u16,
        #[case] body: &str,
        #[case] state: State,
        #[case] word: &str,
    ) {
        let read = read(status, body);
        assert_eq!((read.state, read.word.as_str()), (state, word));
        assert_eq!(read.meaning.is_empty(), state == State::Connected);
    }
}
