//! Every message that waits or is on its way, and what became of the last ones.
//!
//! ```text
//! held ─> its turn comes ─> begun ─> written ─> ended
//!   └──────────┴──────────────┴─ wanted back: not sent
//! ```

use std::collections::VecDeque;
use std::time::Duration;

use super::under_way::{Phase, Sending};
use crate::config::Profile;
use crate::gateway::wire::Request;
use crate::message::Draft;
use crate::store::{DraftId, SendId};
use crate::tui::effect::Ticket;
use crate::tui::ended::{Became, Ended};
use crate::tui::event::Sent;
use crate::tui::keep::Slot;

/// How long a message is held.
pub const HELD: Duration = Duration::from_secs(5);

/// How many of the last messages are remembered.
const REMEMBERED: usize = 50;

/// Of how many of them the answers are.
const ANSWERS: usize = 10;

/// Every message that waits or is on its way, and what became of the last ones.
#[derive(Debug, Default)]
pub struct Sends {
    /// In the order in which they were wanted.
    all: Vec<Sending>,
    /// The one that somebody waits for.
    watched: Option<Ticket>,
    /// What became of the last ones, the newest last.
    ended: VecDeque<Ended>,
    /// What is said of those that were not sent when the composer ends, a line each.
    pub(crate) refused: Vec<String>,
}

/// How many messages are how far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Being sent.
    pub sending: usize,
    /// Waiting for their turn.
    pub waiting: usize,
    /// Held.
    pub held: usize,
}

impl Sends {
    /// Every one that has not ended.
    pub fn under_way(&self) -> impl Iterator<Item = &Sending> {
        self.all.iter()
    }

    /// Whether all have ended.
    pub const fn is_idle(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether there is something to say of them.
    pub fn has_news(&self) -> bool {
        !(self.all.is_empty() && self.ended.is_empty())
    }

    /// The one that somebody waits for.
    pub fn watched(&self) -> Option<&Sending> {
        let watched = self.watched?;
        self.all.iter().find(|sending| sending.ticket == watched)
    }

    /// Those that nobody waits for.
    pub fn others(&self) -> impl Iterator<Item = &Sending> {
        let watched = self.watched;
        let others = self.all.iter();
        others.filter(move |sending| Some(sending.ticket) != watched)
    }

    /// The one of a name.
    pub fn get_mut(&mut self, ticket: Ticket) -> Option<&mut Sending> {
        self.all.iter_mut().find(|sending| sending.ticket == ticket)
    }

    /// One more; somebody waits for it, or not.
    pub(crate) fn add(&mut self, sending: Sending, is_watched: bool) {
        if is_watched {
            self.watched = Some(sending.ticket);
        }
        self.all.push(sending);
    }

    /// One has ended.
    pub(crate) fn take(&mut self, ticket: Ticket) -> Option<Sending> {
        let at = self.all.iter().position(|one| one.ticket == ticket)?;
        self.watched.take_if(|watched| *watched == ticket);
        Some(self.all.remove(at))
    }

    /// Whether it is the one that somebody waits for.
    pub fn is_watched(&self, ticket: Ticket) -> bool {
        self.watched == Some(ticket)
    }

    /// Nobody waits any more.
    pub(crate) fn watch_none(&mut self) -> Option<&Sending> {
        let watched = self.watched.take()?;
        self.all.iter().find(|sending| sending.ticket == watched)
    }

    /// Another message is composed.
    pub(crate) fn leave(&mut self) {
        self.watched = None;
        for sending in &mut self.all {
            sending.is_left = true;
        }
    }

    /// The draft of those that are sent from it has a number.
    pub(crate) fn note_draft(&mut self, slot: Slot, id: DraftId) {
        for sending in &mut self.all {
            if sending.from.as_ref().is_some_and(|from| from.slot == slot) {
                sending.left = Some(id);
            }
        }
    }

    /// The one that is held and was wanted last.
    pub fn held(&self) -> Option<&Sending> {
        let mut all = self.all.iter().rev();
        all.find(|one| matches!(one.phase, Phase::Held(_)) && !one.cancelled)
    }

    /// The one that Esc is about: one that is held, or the one that somebody waits for.
    pub fn to_cancel(&self) -> Option<&Sending> {
        self.held().or_else(|| self.watched())
    }

    /// Those whose time is over: they go.
    pub(crate) fn release(&mut self, now: Duration) -> Vec<Ticket> {
        let due = self.all.iter_mut().filter(|one| match one.phase {
            Phase::Held(until) => until <= now && !one.cancelled,
            _ => false,
        });
        let due = due.map(|one| {
            one.phase = Phase::Waiting;
            one.ticket
        });
        due.collect()
    }

    /// When what is said of those that are held changes: once a second.
    pub fn next_wake(&self, now: Duration) -> Option<Duration> {
        let held = self.all.iter().filter_map(|one| match one.phase {
            Phase::Held(until) if !one.cancelled => Some(until),
            _ => None,
        });
        let second = |until: Duration| {
            let left = until.saturating_sub(now);
            let whole = Duration::from_secs(seconds(left).saturating_sub(1));
            until.saturating_sub(whole)
        };
        held.map(second).min()
    }

    /// How many are how far.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for sending in &self.all {
            match sending.phase {
                Phase::Held(_) => counts.held += 1,
                Phase::Waiting => counts.waiting += 1,
                Phase::Starting | Phase::Begun | Phase::Written => counts.sending += 1,
            }
        }
        counts
    }

    /// The same message, to be sent by a request, where it has not ended.
    pub(crate) fn same(&self, profile: &Profile, request: &Request) -> Option<&Sending> {
        self.all.iter().rev().find(|one| {
            let is_same = |then: Request| then.says_the_same(request);
            one.profile.name == profile.name
                && one.profile.account.encode(&one.draft).is_ok_and(is_same)
        })
    }

    /// The last one to the same recipient, which a message waits for.
    pub fn before(&self, draft: &Draft, profile: &Profile) -> Option<&Sending> {
        let mut all = self.all.iter().rev();
        all.find(|one| one.is_to_recipient_of(draft, profile))
    }

    /// Remembers what became of one.
    pub(crate) fn remember(&mut self, sending: &Sending, sent: &Sent) {
        self.ended.push_back(Ended {
            ticket: sending.ticket,
            id: sending.id,
            to: sending.recipient(),
            at: sending.at.clone(),
            profile: sending.profile.name.clone(),
            became: Became::of(sent),
            sent: Some(sent.clone()),
            is_seen: false,
        });
        if self.ended.len() > REMEMBERED {
            self.ended.pop_front();
        }
        if let Some(older) = self.ended.len().checked_sub(ANSWERS + 1) {
            self.ended[older].sent = None;
        }
    }

    /// Remembers one that another composer left.
    pub(crate) fn remember_never_begun(&mut self, ended: Ended) {
        self.ended.push_back(ended);
    }

    /// What became of the last ones, the newest last.
    pub fn ended(&self) -> impl DoubleEndedIterator<Item = &Ended> {
        self.ended.iter()
    }

    /// Something else is known of one: by its name, or its number in the history.
    pub(crate) fn settle(&mut self, is_it: impl Fn(&Ended) -> bool, became: Became) {
        for ended in self.ended.iter_mut().filter(|ended| is_it(ended)) {
            ended.became = became;
        }
    }

    /// The same for a message of the history.
    pub(crate) fn settle_number(&mut self, id: SendId) {
        self.settle(|ended| ended.id == Some(id), Became::Sent);
    }

    /// Somebody looked at what became of the last ones.
    pub(crate) fn seen(&mut self) {
        for ended in &mut self.ended {
            ended.is_seen = true;
        }
    }
}

/// So many seconds, the last one begun.
pub fn seconds(left: Duration) -> u64 {
    u64::try_from(left.as_millis().div_ceil(1000)).unwrap_or(u64::MAX)
}
