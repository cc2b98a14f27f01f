//! Whether a gateway can send just now, in its own word and in plain ones.
//!
//! WUTS is asked by `GET /status` (page `conventions`), GREEN-API by `getStateInstance` (page
//! `account/GetStateInstance`). The Cloud API documents nothing to ask without sending.

use serde_json::Value;

use super::answer::{Shape, shorten};
use super::wire::{Query, Response};
use super::{Account, GatewayKind, green_api, wuts};

/// What a gateway says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// What it comes to.
    pub state: State,
    /// The gateway's own word, or the code of what kept it from answering; may be empty.
    pub word: String,
    /// What it means and what to do, in plain words; empty where all is well.
    pub meaning: String,
}

/// Whether messages go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// They do.
    Connected,
    /// It is starting.
    Starting,
    /// No phone is linked or connected.
    Disconnected,
    /// The phone does not answer.
    Asleep,
    /// Sending is suspended, and messages wait.
    Suspended,
    /// The account is blocked.
    Blocked,
    /// It does not accept the token or the instance.
    NoAccess,
    /// It did not answer.
    Unreachable,
    /// What it answered says nothing.
    Unclear,
    /// There is nothing to ask.
    NotAsked,
}

impl State {
    /// A word or two for people: `connected`, `not connected`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::Starting => "starting",
            Self::Disconnected => "not connected",
            Self::Asleep => "asleep",
            Self::Suspended => "suspended",
            Self::Blocked => "blocked",
            Self::NoAccess => "no access",
            Self::Unreachable => "unreachable",
            Self::Unclear => "unclear",
            Self::NotAsked => "not asked",
        }
    }

    /// Whether messages go out; `None` where that cannot be told.
    pub const fn is_ready(self) -> Option<bool> {
        match self {
            Self::Connected => Some(true),
            Self::Starting
            | Self::Disconnected
            | Self::Asleep
            | Self::Suspended
            | Self::Blocked
            | Self::NoAccess => Some(false),
            Self::Unreachable | Self::Unclear | Self::NotAsked => None,
        }
    }

    /// A stable word for programs: `connected`, `no-access`.
    const fn name(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::Starting => "starting",
            Self::Disconnected => "disconnected",
            Self::Asleep => "asleep",
            Self::Suspended => "suspended",
            Self::Blocked => "blocked",
            Self::NoAccess => "no-access",
            Self::Unreachable => "unreachable",
            Self::Unclear => "unclear",
            Self::NotAsked => "not-asked",
        }
    }

    /// Whether messages that are sent now wait for the phone, as GREEN-API keeps them.
    pub const fn keeps_waiting(self) -> bool {
        matches!(self, Self::Disconnected | Self::Asleep | Self::Suspended)
    }
}

impl Status {
    /// A status with its meaning.
    pub fn new(state: State, word: impl Into<String>, meaning: impl Into<String>) -> Self {
        Self {
            state,
            word: word.into(),
            meaning: meaning.into(),
        }
    }

    /// The state for programs: the gateway's own word where it told its state (`yellowCard`), else
    /// a word of the program's own (`no-access`); `None` where there was nothing to ask.
    pub fn name(&self) -> Option<&str> {
        match self.state {
            State::NotAsked => None,
            State::NoAccess | State::Unreachable | State::Unclear => Some(self.state.name()),
            _ if self.word.is_empty() => Some(self.state.name()),
            _ => Some(&self.word),
        }
    }

    /// For a gateway that has nothing to ask.
    pub fn not_asked() -> Self {
        let meaning = "This gateway documents no way to ask for its state.";
        Self::new(State::NotAsked, "", meaning)
    }
}

impl Account {
    /// The question for the gateway's state; `None` where there is none to ask.
    pub fn status_query(&self) -> Option<Query> {
        match self.gateway {
            GatewayKind::Wuts => Some(wuts::status_query(self)),
            GatewayKind::GreenApi => Some(green_api::query(self, "getStateInstance")),
            GatewayKind::CloudApi => None,
        }
    }

    /// What the answer to [`Account::status_query`] says.
    pub fn read_status(&self, response: &Response) -> Status {
        let shape = Shape::of(response);
        let said = match self.gateway {
            GatewayKind::Wuts => of_wuts(response, &shape),
            GatewayKind::GreenApi => of_green_api(&shape),
            GatewayKind::CloudApi => return Status::not_asked(),
        };
        said.unwrap_or_else(|| by_status(response.status, self.gateway))
    }
}

/// WUTS' device. Its page shows no body of a success: a `connected` anywhere near the top, or a word
/// for it, is **assumed**.
fn of_wuts(response: &Response, shape: &Shape) -> Option<Status> {
    let Shape::Json(body) = shape else {
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

/// GREEN-API's instance, by the page `account/GetStateInstance`, and its errors by `common-errors`.
fn of_green_api(shape: &Shape) -> Option<Status> {
    let words = match shape {
        Shape::Json(body) => {
            if let Some(word) = body.get("stateInstance").and_then(Value::as_str) {
                return Some(of_instance(word));
            }
            if body.get("code").and_then(Value::as_u64) == Some(401) {
                return Some(by_status(401, GatewayKind::GreenApi));
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

/// What a status alone says.
fn by_status(status: u16, gateway: GatewayKind) -> Status {
    let (state, meaning) = match status {
        401 | 403 => (
            State::NoAccess,
            match gateway {
                GatewayKind::GreenApi if status == 403 => {
                    "GREEN-API does not know this instance at this address. Check the profile's id_instance and base_url."
                }
                _ => "The gateway does not accept the profile's token.",
            },
        ),
        404 => (
            State::NoAccess,
            "There is nothing of this gateway at this address. Check the profile's base_url.",
        ),
        200..=299 => (
            State::Unclear,
            "The gateway answers, but not as its documentation says.",
        ),
        _ => (State::Unclear, "The gateway does not say how it is."),
    };
    Status::new(state, status.to_string(), meaning)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn read(gateway: GatewayKind, status: u16, body: &str) -> Status {
        let response = Response {
            status,
            body: body.as_bytes().to_vec(),
            ..Response::default()
        };
        Account::public(gateway).read_status(&response)
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
        let read = read(GatewayKind::GreenApi, status, body);
        assert_eq!((read.state, read.word.as_str()), (state, word));
        assert_eq!(read.meaning.is_empty(), state == State::Connected);
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
        assert_eq!(read(GatewayKind::Wuts, status, body).state, state);
    }

    #[test]
    fn the_cloud_api_is_not_asked() {
        assert_eq!(Account::public(GatewayKind::CloudApi).status_query(), None);
        assert_eq!(
            read(GatewayKind::CloudApi, 200, "{}").state,
            State::NotAsked
        );
    }
}
