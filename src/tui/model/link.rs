//! The gateway in use: whether it can be reached, and when it was asked.

use std::time::Duration;

use crate::gateway::state::Status;

/// How the profile in use stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// It is being made ready.
    Starting,
    /// It can be used; nothing was asked of it yet.
    Ready,
    /// The last exchange reached it.
    Connected,
    /// What its gateway says of itself.
    Told(Status),
    /// It cannot be used, or the last exchange did not reach it.
    Down(String),
}

/// When the gateway in use was asked how it stands.
#[derive(Debug, Default)]
pub struct Asked {
    pub(crate) at: Option<Duration>,
    pub(crate) is_waiting: bool,
    /// Whether somebody wanted it asked.
    pub(crate) by_hand: bool,
}
