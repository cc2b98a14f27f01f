//! A message that is being sent, and what is told of one whose answer nobody waits for.

use std::time::Duration;

use super::snapshot::Snapshot;
use super::toast::Tone;
use crate::config::Profile;
use crate::gateway::Outcome;
use crate::message::Draft;
use crate::message::recipient::Recipient;
use crate::store::SendId;
use crate::tui::effect::Ticket;
use crate::tui::event::{Sent, Step, Wait};
use crate::visible;

/// A message that is being sent.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own that comes at its own time"
)]
pub struct Sending {
    /// Its name.
    pub ticket: Ticket,
    /// When it began.
    pub since: Duration,
    /// Whether it is wanted back.
    pub cancelled: bool,
    /// Whether its request is written, so that only the answer tells whether it was taken.
    pub is_written: bool,
    /// What it waits for, and until when.
    pub waits: Option<(Wait, Duration)>,
    /// What is sent.
    pub draft: Draft,
    /// The profile that it is sent with.
    pub profile: Profile,
    /// The name of its message file.
    pub file: Option<String>,
    /// The message of unknown outcome that it is sent in place of.
    pub again: Option<SendId>,
    /// What was in the form then.
    pub form: Snapshot,
    /// Whether that is what is sent: variables are filled in, and pictures loaded.
    pub is_forms: bool,
    /// Its number in the history, once that is known.
    pub id: Option<SendId>,
    /// When it was begun, in the time of this machine: `11:08`; empty until that is known.
    pub at: String,
    /// Whether another message is composed since.
    pub is_left: bool,
}

impl Sending {
    /// It goes on.
    pub fn step(&mut self, step: Step, now: Duration) {
        self.is_written = step == Step::Written;
        self.waits = match step {
            Step::Attempt(_) | Step::Written => None,
            Step::Wait(wait) => {
                let until = now + wait.delay;
                Some((wait, until))
            }
        };
    }

    /// Whether another message goes to the same recipient, however that is written.
    pub fn is_to_recipient_of(&self, draft: &Draft) -> bool {
        match (self.draft.to.parse::<Recipient>(), draft.to.parse()) {
            (Ok(one), Ok(other)) => one == other,
            _ => self.draft.to.trim() == draft.to.trim(),
        }
    }
}

/// What became of a message, with its recipient: in a line.
pub fn news(draft: &Draft, sent: &Sent) -> (String, Tone) {
    let to = draft.to.parse::<Recipient>();
    let to = to.map_or_else(|_| draft.to.clone(), |to| to.to_string());
    let (words, tone) = match sent {
        Sent::NotTried(why) => (format!("Not sent: the message to {to}: {why}"), Tone::Bad),
        Sent::Tried { main, .. } => match &main.outcome {
            Outcome::Accepted { message_id } => (
                format!("Accepted: the message to {to}, as {message_id}"),
                Tone::Good,
            ),
            Outcome::Rejected(refusal) => {
                let head = match main.response {
                    Some(_) => "Rejected",
                    None => "Not sent",
                };
                let words = format!("{head}: the message to {to}: {}", refusal.message);
                (words, Tone::Bad)
            }
            Outcome::Unknown(_) => (
                format!("Outcome unknown: the message to {to} may have been sent"),
                Tone::Bad,
            ),
        },
    };
    (visible::line(&words).into_owned(), tone)
}
