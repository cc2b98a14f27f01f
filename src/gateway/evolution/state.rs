//! The state of an instance, by `GET /instance/connectionState/{instance}`.

use serde_json::Value;

use super::decode::register_url;
use crate::gateway::answer::{Shape, shorten};
use crate::gateway::state::{State, Status};
use crate::gateway::wire::Response;

/// The state that an answer tells.
pub(super) fn read(response: &Response) -> Option<Status> {
    if let Shape::Json(body) = Shape::of(response) {
        let state = body.pointer("/instance/state").and_then(Value::as_str);
        if let Some(word) = state.filter(|_| response.is_success()) {
            return Some(of_instance(word));
        }
        if let Some(place) = register_url(&body) {
            let meaning = format!(
                "The server's licence is not activated, so that it does nothing: activate it{place}."
            );
            return Some(Status::new(State::NoAccess, "LICENSE_REQUIRED", meaning));
        }
    }
    let meaning = match response.status {
        401 | 403 => {
            "The server does not accept the profile's token: it is the server's own key or the instance's token."
        }
        404 => {
            "The server has no such instance, or is no Evolution API v2 (Evolution Go is another product): check the profile's instance and base_url."
        }
        _ => return None,
    };
    let word = response.status.to_string();
    Some(Status::new(State::NoAccess, word, meaning))
}

fn of_instance(word: &str) -> Status {
    let (state, meaning) = match word {
        "open" => (State::Connected, ""),
        "connecting" => (
            State::Starting,
            "The instance is connecting, or waits for its QR code to be scanned in Evolution's manager.",
        ),
        "close" => (
            State::Disconnected,
            "No phone is linked to the instance. Connect it in Evolution's manager (scan the QR code); until then nothing is sent.",
        ),
        _ => (
            State::Unclear,
            "Evolution API names a state that is not known.",
        ),
    };
    Status::new(state, shorten(word, 40), meaning)
}
