//! A message that is being sent, or waits for that; and what is told of one whose answer nobody waits for.

use std::time::Duration;

use super::snapshot::Snapshot;
use super::toast::Tone;
use crate::config::Profile;
use crate::gateway::Outcome;
use crate::message::Draft;
use crate::message::phone::{self, spelled};
use crate::message::recipient::Recipient;
use crate::store::{DraftId, SendId};
use crate::tui::effect::Ticket;
use crate::tui::event::{Sent, Step, Wait};
use crate::tui::keep::Composed;
use crate::visible;

/// How far a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// It is held until then, so that it can be taken back.
    Held(Duration),
    /// It is asked for.
    Starting,
    /// It waits for its turn.
    Waiting,
    /// It is in the outbox, and about to leave.
    Begun,
    /// Its request is written, so that only the answer tells whether it was taken.
    Written,
}

/// A message that is being sent, or waits for that.
#[derive(Debug, Clone, PartialEq)]
pub struct Sending {
    /// Its name.
    pub ticket: Ticket,
    /// When it was wanted.
    pub since: Duration,
    /// Whether it is wanted back.
    pub cancelled: bool,
    /// How far it is.
    pub phase: Phase,
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
    /// The draft that it is sent from.
    pub from: Option<Composed>,
    /// The number of that draft, once another message is composed.
    pub left: Option<DraftId>,
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
        self.phase = match step {
            Step::Written => Phase::Written,
            Step::Attempt(_) | Step::Wait(_) => Phase::Begun,
        };
        self.waits = match step {
            Step::Attempt(_) | Step::Written => None,
            Step::Wait(wait) => {
                let until = now + wait.delay;
                Some((wait, until))
            }
        };
    }

    /// Whether its request is written.
    pub fn is_written(&self) -> bool {
        self.phase == Phase::Written
    }

    /// Whether nothing of it was begun yet.
    pub const fn is_before_its_turn(&self) -> bool {
        matches!(self.phase, Phase::Held(_) | Phase::Waiting)
    }

    /// Whether another message goes to the same recipient, however that is written.
    pub fn is_to_recipient_of(&self, draft: &Draft, profile: &Profile) -> bool {
        let own = phone::read(&self.draft.to, self.profile.account.country);
        let other = phone::read(&draft.to, profile.account.country);
        match (own, other) {
            (Ok(one), Ok(other)) => one.written.recipient == other.written.recipient,
            _ => self.draft.to.trim() == draft.to.trim(),
        }
    }

    /// Its recipient, as it can be shown.
    pub fn recipient(&self) -> String {
        shown(&self.draft, &self.profile)
    }
}

/// A draft's recipient as it can be shown: `+55 11 98888-7777`.
fn shown(draft: &Draft, profile: &Profile) -> String {
    let to = match phone::read(&draft.to, profile.account.country) {
        Ok(reading) => match &reading.written.recipient {
            Recipient::User(digits) => spelled(digits),
            other => other.to_string(),
        },
        Err(_) => draft.to.clone(),
    };
    visible::line(&to).into_owned()
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
