//! How the gateway in use stands, asked gently: when it comes into use, and then while keys are
//! pressed; and what waits in its queue.
//!
//! A command that gives the token may ask a person for a password. Such a profile is asked right after
//! a send of it, when the password was just given, and when somebody wants it asked; never else.

use std::time::Duration;

use super::toast::Tone;
use super::{App, Link};
use crate::config::TokenSource;
use crate::failure::Failure;
use crate::gateway::queue::Queued;
use crate::gateway::state::{State, Status};
use crate::gateway::{Account, Outcome};
use crate::message::Kind;
use crate::tui::effect::Effect;
use crate::tui::modal::{Modal, Page};
use crate::tui::question::{Answer, Question};

/// How long an answer is good for.
const FRESH: Duration = Duration::from_secs(60);
/// The same, where a message was accepted that may wait for the phone.
const FRESH_AFTER_SEND: Duration = Duration::from_secs(10);

/// When the gateway in use was asked how it stands.
#[derive(Debug, Default)]
pub struct Asked {
    at: Option<Duration>,
    is_waiting: bool,
    /// Whether somebody wanted it asked.
    by_hand: bool,
}

impl App {
    /// Asks how the gateway stands, if it can be asked by itself and was not lately.
    pub(super) fn ask_state(&mut self, fresh: Duration) -> Option<Effect> {
        match self.profile().token {
            // The one runs in here, the other may ask a person for a password.
            TokenSource::Sandbox | TokenSource::Command(_) => None,
            _ => self.ask_state_now(fresh),
        }
    }

    /// Asks how the gateway stands, wherever its token comes from.
    fn ask_state_now(&mut self, fresh: Duration) -> Option<Effect> {
        let is_fresh = self
            .asked
            .at
            .is_some_and(|at| self.now.saturating_sub(at) < fresh);
        let can_be_asked = self.account().status_query().is_some();
        if is_fresh || self.asked.is_waiting || !can_be_asked || self.link == Link::Starting {
            return None;
        }
        self.asked = Asked {
            at: Some(self.now),
            is_waiting: true,
            by_hand: self.asked.by_hand,
        };
        Some(self.question(Question::State))
    }

    /// Somebody wants to know how the gateway stands.
    pub(super) fn ask_state_by_hand(&mut self) -> Vec<Effect> {
        if self.account().status_query().is_none() {
            let gateway = self.account().gateway.title();
            let words = format!("{gateway} cannot be asked for its status");
            self.toast(words, Tone::Info);
            return Vec::new();
        }
        self.asked.by_hand = true;
        let effect = self.ask_state_now(Duration::ZERO);
        effect.into_iter().collect()
    }

    /// Whether the gateway in use could be asked how it stands, and is not asked by itself.
    pub fn is_left_unasked(&self) -> bool {
        let is_command = matches!(self.profile().token, TokenSource::Command(_));
        is_command && self.account().status_query().is_some()
    }

    /// A key was pressed: the composer is in use.
    pub(super) fn ask_state_gently(&mut self) -> Option<Effect> {
        self.asked.at?;
        self.ask_state(FRESH)
    }

    /// A profile was made ready, or could not be.
    pub(super) fn connected(
        &mut self,
        name: &str,
        account: Result<Account, Failure>,
    ) -> Vec<Effect> {
        let Some(at) = self
            .profiles
            .iter()
            .position(|profile| profile.name == name)
        else {
            return Vec::new();
        };
        let link = match account {
            Ok(account) => {
                self.profiles[at].account = account;
                // The sandbox runs inside of this program; the others were not asked yet.
                if self.profiles[at].is_sandbox() {
                    Link::Connected
                } else {
                    Link::Ready
                }
            }
            Err(why) => Link::Down(why.into()),
        };
        if at == self.profile {
            if let Link::Down(why) = &link {
                self.toast(why.clone(), Tone::Bad);
            }
            self.link = link;
            self.examine();
            return self.ask_state(Duration::ZERO).into_iter().collect();
        }
        Vec::new()
    }

    /// Composes for another profile.
    pub(super) fn use_profile(&mut self, at: usize) -> Vec<Effect> {
        if at >= self.profiles.len() || at == self.profile {
            return Vec::new();
        }
        self.profile = at;
        self.link = Link::Starting;
        self.forget_state();
        let is_sample = self.keeping.stands_in && !self.is_modified() && !self.draft().is_blank();
        if is_sample && !self.profile().is_sandbox() {
            // Its recipient may be somebody's number.
            self.start_empty(Kind::Text);
        }
        vec![Effect::Connect(Box::new(self.profile().clone()))]
    }

    /// Another profile is in use.
    pub(super) fn forget_state(&mut self) {
        self.asked = Asked::default();
    }

    fn question(&self, question: Question) -> Effect {
        Effect::Question {
            profile: Box::new(self.profile().clone()),
            question,
        }
    }

    /// A gateway answered.
    pub(super) fn told(&mut self, profile: &str, answer: Answer) -> Vec<Effect> {
        match answer {
            Answer::State(status) if profile == self.profile().name => self.stands(status),
            Answer::State(_) => {}
            Answer::Queue(Ok(queue)) => self.show_queue(profile, queue),
            Answer::Cleared(Ok(())) => {
                self.toast(format!("The queue of {profile} is empty now"), Tone::Good);
            }
            Answer::Queue(Err(why)) | Answer::Cleared(Err(why)) => self.toast(why, Tone::Bad),
            Answer::LookedUp(id, found) => self.looked_up(id, &found),
            Answer::Followed(ticket, followed) => return self.followed(ticket, followed),
        }
        Vec::new()
    }

    fn stands(&mut self, status: Status) {
        self.asked.is_waiting = false;
        let by_hand = std::mem::take(&mut self.asked.by_hand);
        if status.state == State::NotAsked {
            return;
        }
        let is_news = match &self.link {
            Link::Told(before) => before.state != status.state,
            _ => true,
        };
        let is_bad = !matches!(status.state, State::Connected | State::Starting);
        let is_explained = is_bad && !status.meaning.is_empty();
        if is_explained && (is_news || by_hand) {
            self.toast(status.meaning.clone(), Tone::Bad);
        } else if by_hand {
            let words = format!("{}: {}", self.profile().name, status.state.label());
            self.toast(words, if is_bad { Tone::Bad } else { Tone::Good });
        }
        self.link = Link::Told(status);
        self.note_waiting();
    }

    /// After a send: whether an accepted message waits for the phone; and how the gateway stands
    /// where only now is the time to ask.
    pub(super) fn follow_send(&mut self) -> Option<Effect> {
        let delivery = self.delivery.as_ref()?;
        // Where nothing was tried, the token may not have been read.
        let outcome = &delivery.exchange()?.outcome;
        if delivery.profile.name != self.profile().name || self.leaving {
            return None;
        }
        let is_accepted = matches!(outcome, Outcome::Accepted { .. });
        let may_wait = is_accepted && self.account().keeps_for_the_phone();
        if may_wait {
            self.note_waiting();
        }
        if self.is_left_unasked() {
            return self.ask_state_now(FRESH_AFTER_SEND);
        }
        may_wait.then(|| self.ask_state(FRESH_AFTER_SEND))?
    }

    /// Notes whether the accepted message waits for the phone.
    fn note_waiting(&mut self) {
        let (Link::Told(status), Some(delivery)) = (&self.link, &mut self.delivery) else {
            return;
        };
        let exchange = delivery.exchange().map(|exchange| &exchange.outcome);
        let is_accepted = matches!(exchange, Some(Outcome::Accepted { .. }));
        let account = &delivery.profile.account;
        let waits = status.state.keeps_waiting()
            && is_accepted
            && account.keeps_for_the_phone()
            && delivery.profile.name == self.profiles[self.profile].name;
        delivery.waits = waits.then(|| status.meaning.clone());
    }

    // ---------------------------------------------------------------- the queue

    /// Asks what waits for the phone.
    pub(super) fn ask_for_queue(&mut self) -> Vec<Effect> {
        if !self.has_queue() {
            return Vec::new();
        }
        vec![self.question(Question::Queue)]
    }

    /// Asks whether to throw away what waits.
    pub(super) fn ask_to_clear_queue(&mut self) {
        if self.has_queue() {
            let profile = self.profile().name.clone();
            self.modals.push(Modal::ClearQueue { profile, choice: 1 });
        }
    }

    pub(super) fn clear_queue(&mut self, profile: &str) -> Vec<Effect> {
        // It is the queue that was named.
        if self.profile().name != profile {
            return Vec::new();
        }
        vec![self.question(Question::ClearQueue)]
    }

    fn has_queue(&mut self) -> bool {
        let has = self.account().queue_query().is_some();
        if !has {
            let gateway = self.account().gateway.title();
            self.toast(format!("{gateway} has no queue to show"), Tone::Info);
        }
        has
    }

    fn show_queue(&mut self, profile: &str, queue: Vec<Queued>) {
        let profile = profile.to_owned();
        let page = Page::Queue { profile, queue };
        self.modals.push(Modal::Page { page, scroll: 0 });
    }
}
