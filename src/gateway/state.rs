//! Whether a gateway can send just now, in its own word and in plain ones.

use super::Account;
use super::wire::{Query, Response};
use crate::visible;

/// What a gateway says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// What it comes to.
    pub state: State,
    /// The gateway's own word, or the code of what kept it from answering; may be empty.
    pub word: String,
    /// What it means and what to do, in plain words; empty where all is well.
    pub meaning: String,
    /// What else its server told, for the account to keep: [`Account::learn`].
    pub about: Vec<(&'static str, String)>,
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
            about: Vec::new(),
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

    /// What an HTTP status alone says.
    pub(super) fn of_http(status: u16) -> Self {
        let (state, meaning) = match status {
            401 | 403 => (
                State::NoAccess,
                "The gateway does not accept the profile's token.",
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
        Self::new(state, status.to_string(), meaning)
    }
}

impl Account {
    /// The question for the gateway's state; `None` where there is none to ask.
    pub fn status_query(&self) -> Option<Query> {
        self.gateway.own().status_query(self)
    }

    /// The questions for what is to be known of the server and is not; without any, everything is.
    pub fn about_queries(&self) -> Vec<Query> {
        self.gateway.own().about_queries(self)
    }

    /// What the answer to one of them tells.
    pub fn read_about(&self, response: &Response) -> Vec<(&'static str, String)> {
        self.gateway.own().read_about(self, response)
    }

    /// What is known of the server besides what is configured, by the names of reports: `version`.
    pub fn about(&self) -> Vec<(&'static str, &str)> {
        self.gateway.own().about(self)
    }

    /// The same in words, safe to show: `version 2.3.7, channel WHATSAPP-BAILEYS`; empty where nothing is
    /// known.
    pub fn about_words(&self) -> String {
        let words = self.about().into_iter();
        let words = words.map(|(name, value)| format!("{name} {}", visible::line(value)));
        words.collect::<Vec<_>>().join(", ")
    }

    /// Keeps what the server told.
    pub fn learn(&mut self, about: &[(&'static str, String)]) {
        let about = about.iter();
        self.settings
            .extend(about.map(|(key, value)| (*key, value.clone())));
    }

    /// What the answer to [`Account::status_query`] says.
    pub fn read_status(&self, response: &Response) -> Status {
        if self.status_query().is_none() {
            return Status::not_asked();
        }
        let said = self.gateway.own().read_status(response);
        said.unwrap_or_else(|| Status::of_http(response.status))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::GatewayKind;

    #[test]
    fn the_cloud_api_is_not_asked() {
        let account = Account::public(GatewayKind::CloudApi);
        assert_eq!(account.status_query(), None);
        let response = Response {
            status: 200,
            body: b"{}".to_vec(),
            ..Response::default()
        };
        assert_eq!(account.read_status(&response).state, State::NotAsked);
    }
}
