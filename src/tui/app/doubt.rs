//! Messages whose outcome is unknown: the program ended while they were under way, or no answer came.
//!
//! ```text
//! asked ─┬─ mark as sent ──────────────> settled
//!        ├─ send again ── by name ─────> settled with the new one
//!        ├─ keep ──────────────────────> not asked again; still in the history
//!        └─ Esc ───────────────────────> asked at the next start
//! ```
//!
//! The question comes while somebody may be typing: nothing is chosen until they choose.

use super::App;
use super::toast::Tone;
use crate::config::{Profile, TokenSource};
use crate::failure::Failure;
use crate::gateway::journal::LookedUp;
use crate::store::{Entry, SendId, Sent};
use crate::tui::effect::Effect;
use crate::tui::keep::{Ask, Why};
use crate::tui::modal::{Doubt, LookUp, Modal, Wanted};
use crate::tui::question::Question;

impl App {
    /// Asks about messages, the oldest first, below whatever is asked already.
    pub(super) fn ask_about(&mut self, entries: Vec<Entry>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for entry in entries {
            let (doubt, effect) = self.doubt(entry);
            effects.extend(effect);
            self.modals.insert(0, Modal::Doubt(Box::new(doubt)));
        }
        effects
    }

    /// Asks about a message of the history.
    pub(super) fn ask_about_one(&mut self, entry: Entry) -> Vec<Effect> {
        let (doubt, effect) = self.doubt(entry);
        self.modals.push(Modal::Doubt(Box::new(doubt)));
        effect.into_iter().collect()
    }

    /// The question about a message. A gateway that can be asked is, unless that takes a command
    /// which may want a password.
    fn doubt(&self, entry: Entry) -> (Doubt, Option<Effect>) {
        let profile = self.profile_of(&entry);
        let profile = profile.filter(|profile| profile.account.journal().is_some());
        let (look_up, effect) = match profile {
            None => (LookUp::Impossible, None),
            Some(profile) if matches!(profile.token, TokenSource::Command(_)) => {
                (LookUp::Possible, None)
            }
            Some(profile) => (LookUp::Running, Some(look_up(profile, entry.id))),
        };
        let doubt = Doubt {
            entry,
            look_up,
            choice: None,
            agreed: None,
        };
        (doubt, effect)
    }

    fn profile_of(&self, entry: &Entry) -> Option<&Profile> {
        self.profiles
            .iter()
            .find(|one| one.name == entry.profile && one.account.gateway == entry.gateway)
    }

    /// What the gateway's journal has. It is shown, and chooses nothing.
    pub(super) fn looked_up(&mut self, id: SendId, found: &Result<LookedUp, Failure>) {
        for modal in &mut self.modals {
            if let Modal::Doubt(doubt) = modal
                && doubt.entry.id == id
            {
                doubt.look_up = match found {
                    Ok(found) => LookUp::Done(found.clone()),
                    Err(why) => LookUp::Failed(why.clone()),
                };
            }
        }
    }

    pub(super) fn mark_as_sent(&mut self, doubt: &Doubt) -> Vec<Effect> {
        // What was not seen when this was chosen was not agreed to.
        let message_id = doubt.agreed.clone();
        if let Some(message_id) = &message_id {
            self.leave_out_of_doubts(message_id);
        }
        self.toast("Marked as sent", Tone::Good);
        let id = doubt.entry.id;
        vec![Effect::Store(Ask::MarkSent { id, message_id })]
    }

    /// What one message was said to be, another one that is asked about hardly is.
    fn leave_out_of_doubts(&mut self, message_id: &str) {
        for modal in &mut self.modals {
            if let Modal::Doubt(doubt) = modal
                && let LookUp::Done(looked_up) = &mut doubt.look_up
            {
                looked_up.leave_out(message_id, false);
            }
        }
    }

    pub(super) fn keep_unknown(&mut self, doubt: &Doubt) -> Vec<Effect> {
        self.toast("It stays unknown, and in the history", Tone::Info);
        vec![Effect::Store(Ask::KeepUnknown(doubt.entry.id))]
    }

    pub(super) fn look_it_up(&mut self, mut doubt: Box<Doubt>) -> Vec<Effect> {
        let profile = self.profile_of(&doubt.entry);
        let effect = profile.map(|profile| look_up(profile, doubt.entry.id));
        doubt.look_up = LookUp::Running;
        doubt.choose_nothing();
        self.modals.push(Modal::Doubt(doubt));
        effect.into_iter().collect()
    }

    /// Asks by name whether to send it again; the question about it waits below.
    pub(super) fn ask_to_send_again(&mut self, doubt: Box<Doubt>) -> Vec<Effect> {
        let id = doubt.entry.id;
        self.modals.push(Modal::Doubt(doubt));
        vec![Effect::Store(Ask::Look {
            id,
            why: Why::Again,
        })]
    }

    pub(super) fn again_looked_at(&mut self, sent: Box<Sent>) {
        if self.profile_of(&sent.entry).is_none() {
            let words = format!(
                "The profile {} is not there any more: send it from the history as a new draft",
                sent.entry.profile
            );
            self.toast(words, Tone::Bad);
            return;
        }
        self.modals.push(Modal::Again { sent, choice: 1 });
    }

    pub(super) fn send_again(&mut self, sent: Sent) -> Vec<Effect> {
        if self.is_sending() {
            return Vec::new();
        }
        let Some(profile) = self.profile_of(&sent.entry).cloned() else {
            return Vec::new();
        };
        let id = sent.entry.id;
        self.modals
            .retain(|modal| !matches!(modal, Modal::Doubt(doubt) if doubt.entry.id == id));
        let file = sent.entry.file;
        // It may be what is in the form too.
        let is_marked = self.sent_mark().is_some_and(|mark| mark.id == Some(id));
        let is_forms = is_marked || sent.draft.is_same_message(self.draft());
        let wanted = Wanted {
            draft: sent.draft,
            profile,
            file,
            again: Some(id),
            is_forms,
        };
        self.start(wanted, false)
    }
}

fn look_up(profile: &Profile, id: SendId) -> Effect {
    Effect::Question {
        profile: Box::new(profile.clone()),
        question: Question::LookUp(id),
    }
}
