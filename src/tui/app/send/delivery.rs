//! A message whose send has ended.

use std::time::Duration;

use crate::config::Profile;
use crate::gateway::{Exchange, Fallback, Outcome};
use crate::message::Draft;
use crate::tui::effect::Ticket;
use crate::tui::event::Sent;
use crate::tui::question::Followed;

/// A send that has ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    /// The name of the send.
    pub ticket: Ticket,
    /// When it ended.
    pub at: Duration,
    /// What was sent.
    pub draft: Draft,
    /// How.
    pub profile: Profile,
    /// The name of its message file.
    pub file: Option<String>,
    /// What became of it.
    pub sent: Sent,
    /// Whether another message is composed since, so that nothing is sent instead of it.
    pub is_left: bool,
    /// Why it waits for the phone, where its gateway says that it does.
    pub waits: Option<String>,
    /// What its gateway's journal says, where that was asked.
    pub followed: Option<Followed>,
}

impl Delivery {
    /// The exchange of the message itself.
    pub const fn exchange(&self) -> Option<&Exchange> {
        match &self.sent {
            Sent::Tried { main, .. } => Some(main),
            Sent::NotTried(_) => None,
        }
    }

    /// What can be sent instead, if it was refused and something can; not the numbered text when
    /// it went along already.
    pub fn fallbacks(&self) -> Vec<Fallback> {
        let instead = match self.exchange().map(|exchange| &exchange.outcome) {
            Some(Outcome::Rejected(refusal)) => refusal.instead.as_slice(),
            _ => &[],
        };
        if self.is_left {
            return Vec::new();
        }
        let went_along = self.duplicate_went_along();
        let open = |fallback: &Fallback| *fallback != Fallback::NumberedText || !went_along;
        instead.iter().copied().filter(open).collect()
    }

    /// Whether the numbered text was taken, or may have been.
    pub(super) fn duplicate_went_along(&self) -> bool {
        match &self.sent {
            Sent::Tried {
                duplicate: Some(duplicate),
                ..
            } => !matches!(duplicate.outcome, Outcome::Rejected(_)),
            _ => false,
        }
    }
}
