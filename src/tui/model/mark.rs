//! The message in the form, where it was sent already: as long as it is unchanged it is no draft, and
//! carries a mark.

use super::snapshot::Snapshot;
use crate::gateway::Outcome;
use crate::store::SendId;

/// What the form held when it was sent, and what became of that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What was in the form; variables as they were written.
    pub form: Snapshot,
    /// The message's number in the history.
    pub id: Option<SendId>,
    /// When it was sent, in the time of this machine: `11:08`, or the day where that was another
    /// one; empty where it is not known.
    pub at: String,
    /// Whether the gateway took it; else nobody knows.
    pub is_accepted: bool,
}

impl Mark {
    /// The mark for an outcome; what was refused or did not arrive has none.
    pub fn of(outcome: &Outcome, form: Snapshot, id: Option<SendId>, at: String) -> Option<Self> {
        let is_accepted = match outcome {
            Outcome::Accepted { .. } => true,
            Outcome::Unknown(_) => false,
            Outcome::Rejected(_) => return None,
        };
        Some(Self {
            form,
            id,
            at,
            is_accepted,
        })
    }

    /// What it says: `✓ sent 11:08`.
    pub fn words(&self) -> String {
        let words = if self.is_accepted {
            "✓ sent"
        } else {
            "? maybe sent"
        };
        format!("{words} {}", self.at).trim_end().to_owned()
    }
}
