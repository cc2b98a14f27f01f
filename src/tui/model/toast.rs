//! Short messages that go away by themselves.

use std::time::Duration;

use crate::tui::effect::Ticket;

/// How a toast is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something worked.
    Good,
    /// Something to know.
    Info,
    /// Something did not work.
    Bad,
}

/// A short message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// What it says, on one line or a few.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
    /// When it goes.
    pub until: Duration,
    /// The message whose answer it says is still to come: it goes with that.
    pub awaits: Option<Ticket>,
}

impl Toast {
    /// A message that stays long enough to be read.
    pub fn new(text: impl Into<String>, tone: Tone, now: Duration) -> Self {
        let text = text.into();
        let reading = Duration::from_millis(2500 + 40 * text.len().min(200) as u64);
        Self {
            text,
            tone,
            until: now + reading,
            awaits: None,
        }
    }
}
