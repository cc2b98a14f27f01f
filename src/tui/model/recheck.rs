//! When the store is asked again about a message that is on its way, in another program perhaps, while a
//! question about the same one is open.

use std::time::Duration;

use crate::tui::effect::Ticket;

/// How long an answer of the store counts.
const EVERY: Duration = Duration::from_secs(2);

/// The time of the next look, and the last one's ticket.
#[derive(Debug, Clone, Default)]
pub struct Recheck {
    due: Option<Duration>,
    /// Names the store's answer.
    pub(crate) ticket: Option<Ticket>,
}

impl Recheck {
    /// Whether the store is to be asked now.
    pub(crate) fn is_due(&mut self, is_under_way: bool, now: Duration) -> bool {
        if !is_under_way {
            *self = Self::default();
            return false;
        }
        let is_due = self.due.is_some_and(|due| due <= now);
        if is_due || self.due.is_none() {
            self.due = Some(now + EVERY);
        }
        is_due
    }

    /// When the next look is due.
    pub(crate) const fn next_wake(&self) -> Option<Duration> {
        self.due
    }
}
