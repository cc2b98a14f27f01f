//! A message whose send has ended.

use std::time::Duration;

use crate::config::Profile;
use crate::gateway::state::State;
use crate::gateway::{Exchange, Fallback, Outcome, Refusal};
use crate::message::{Draft, duplicate};
use crate::tui::effect::Ticket;
use crate::tui::event::Sent;
use crate::tui::model::Link;
use crate::tui::model::snapshot::Snapshot;
use crate::tui::question::Followed;
use crate::visible;

/// A send that has ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    /// The name of the send.
    pub ticket: Ticket,
    /// When it ended.
    pub at: Duration,
    /// What was sent.
    pub draft: Draft,
    /// The profile that it is sent with.
    pub profile: Profile,
    /// The name of its message file.
    pub file: Option<String>,
    /// What became of it.
    pub sent: Sent,
    /// What was in the form when it was sent.
    pub form: Snapshot,
    /// Whether that is what was sent.
    pub is_forms: bool,
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
        if self.is_left || !self.is_forms {
            return Vec::new();
        }
        let went_along = self.duplicate_went_along();
        let open = |fallback: &Fallback| *fallback != Fallback::NumberedText || !went_along;
        instead.iter().copied().filter(open).collect()
    }

    /// Whether the numbered text was taken, or may have been.
    pub(crate) fn duplicate_went_along(&self) -> bool {
        match &self.sent {
            Sent::Tried {
                duplicate: Some(duplicate),
                ..
            } => !matches!(duplicate.outcome, Outcome::Rejected(_)),
            _ => false,
        }
    }

    /// The message and its profile, to be sent in another way.
    pub(crate) fn instead(&self, fallback: Fallback) -> Option<(Draft, Profile)> {
        let (mut draft, mut profile) = (self.draft.clone(), self.profile.clone());
        profile.duplicate_as_text &= !self.duplicate_went_along();
        match fallback {
            Fallback::InteractiveReply => {
                profile.account = profile.account.turned_to(fallback);
            }
            Fallback::NumberedText => draft = duplicate::as_text(&draft)?,
        }
        Some((draft, profile))
    }
}

/// Why a message was not sent, in a line; `None` where it was or may have been.
pub fn refused(draft: &Draft, profile: &Profile, sent: &Sent) -> Option<String> {
    let why = match sent {
        Sent::NotTried(why) => why.to_string(),
        Sent::Tried { main, .. } => match &main.outcome {
            Outcome::Rejected(refusal) => refusal.message.clone(),
            _ => return None,
        },
    };
    let (to, name) = (&draft.to, &profile.name);
    let words = format!("not sent: the message to {to} through {name}: {why}");
    Some(visible::line(&words).into_owned())
}

/// What is said of a message whose outcome is unknown when the composer ends.
pub fn unknown(draft: &Draft, profile: &Profile) -> String {
    let (to, name) = (visible::line(&draft.to), &profile.name);
    format!(
        "outcome unknown: the message to {to} through {name} may have been sent; look into the chat"
    )
}

/// How its profile stands after an exchange.
pub(crate) fn follow(link: &mut Link, main: &Exchange) {
    match (&main.response, &main.outcome) {
        // What it says of itself is known better, unless it was not reached then.
        (Some(_), _) if matches!(link, Link::Told(status) if status.state != State::Unreachable) => {
        }
        (Some(_), _) => *link = Link::Connected,
        (None, Outcome::Rejected(refusal)) if refusal.code != Refusal::CANCELLED => {
            *link = Link::Down(refusal.code.clone());
        }
        _ => {}
    }
}
