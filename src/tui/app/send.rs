//! A send, from F5 to the answer.
//!
//! ```text
//! F5 ─ errors? ─ yes ─> Blocked: fix | send as it is ─> Confirm (by name)
//!         └───── no ──> Confirm ─ Enter ─> Sending ─┬─ answered ─> Delivery
//!                                                   └─ Esc ─> cancelled, then answered
//! ```

mod delivery;

use std::time::Duration;

use super::mark::Mark;
use super::toast::Tone;
use super::{App, Link, Tab, View, files};
use crate::gateway::journal::Verdict;
use crate::gateway::state::State;
use crate::gateway::{Account, ButtonsMethod, Fallback, Outcome, Refusal};
use crate::message::{Kind, duplicate};
use crate::store::{SendId, Twin, TwinState};
use crate::tui::effect::{Effect, Ticket};
use crate::tui::event::{Sent, Step};
use crate::tui::focus::Focus;
use crate::tui::keep::{Ask, Composed};
use crate::tui::modal::{Confirm, Modal, Wanted};
use crate::tui::question::Followed;
use crate::visible;
pub use delivery::{Delivery, Sending};

/// How long one picture of the spinner stays.
pub const FRAME: Duration = Duration::from_millis(120);

impl App {
    /// F5: asks once, or says what is in the way.
    pub(super) fn ask_to_send(&mut self) -> Vec<Effect> {
        if self.is_sending() {
            return Vec::new();
        }
        if self.has_open_variables() {
            self.ask_values(true);
            return Vec::new();
        }
        self.ask_to_send_filled()
    }

    /// Whether a message is being sent, which is told.
    pub(super) fn is_sending(&mut self) -> bool {
        if self.sending.is_some() {
            self.toast("One message is being sent; Esc cancels it", Tone::Info);
        }
        self.sending.is_some()
    }

    /// The same, once the variables were asked for.
    pub(super) fn ask_to_send_filled(&mut self) -> Vec<Effect> {
        if self.waits_for_picture() {
            return Vec::new();
        }
        if let Err(unsupported) = self.account().encode(&self.to_send()) {
            let possible = unsupported.instead.contains(&Fallback::NumberedText);
            self.modals.push(Modal::Blocked {
                forceable: false,
                numbered: possible,
                choice: 0,
            });
            return Vec::new();
        }
        if self.error_count() > 0 {
            self.modals.push(Modal::Blocked {
                forceable: true,
                numbered: false,
                choice: 0,
            });
        } else {
            self.confirm(false);
        }
        Vec::new()
    }

    /// The draft as it is, where it was sent last in this run and may have been taken. The store, which
    /// is asked too, knows of more.
    fn earlier(&self) -> Option<Twin> {
        let delivery = self.delivery.as_ref()?;
        let lately = Duration::from_millis(Twin::WITHIN.unsigned_abs());
        if delivery.profile.name != self.profile().name
            || self.now.saturating_sub(delivery.at) > lately
        {
            return None;
        }
        let (state, message_id) = match &delivery.exchange()?.outcome {
            Outcome::Unknown(_) => (TwinState::Unknown, None),
            Outcome::Accepted { message_id } => (TwinState::Accepted, Some(message_id.clone())),
            Outcome::Rejected(_) => return None,
        };
        let account = self.account();
        let [now, then] = [&*self.to_send(), &delivery.draft].map(|draft| account.encode(draft));
        let is_same = now.ok()?.says_the_same(&then.ok()?);
        is_same.then(|| Twin {
            id: None,
            started: 0,
            started_local: String::new(),
            state,
            message_id,
        })
    }

    /// Asks by name. Where the same message may have been taken, Enter sends nothing.
    pub(super) fn confirm(&mut self, forced: bool) {
        let earlier = self.earlier();
        let choice = usize::from(earlier.is_some());
        let request = self.account().encode(&self.to_send());
        let mut asked = None;
        if let (Ok(request), true) = (request, self.keeping.is_on()) {
            let ticket = self.ticket();
            asked = Some(ticket);
            self.queued.push(Effect::Store(Ask::Twin {
                ticket,
                profile: self.profile().name.clone(),
                request: Box::new(request),
            }));
        }
        self.modals.push(Modal::Confirm(Confirm {
            forced,
            earlier,
            asked,
            choice,
        }));
    }

    /// The store knows of the same message, sent before.
    pub(super) fn twin_found(&mut self, ticket: Ticket, twin: Twin) {
        for modal in &mut self.modals {
            if let Modal::Confirm(confirm) = modal
                && confirm.asked == Some(ticket)
            {
                if confirm.earlier.is_none() {
                    confirm.choice = 1;
                }
                confirm.earlier = Some(twin);
                return;
            }
        }
    }

    /// Sends the draft as it is; although the same was sent before, where that was known.
    pub(super) fn send(&mut self, twice: bool) -> Vec<Effect> {
        if self.waits_for_picture() {
            return Vec::new();
        }
        let wanted = Wanted {
            draft: self.to_send().into_owned(),
            profile: self.profile().clone(),
            file: self.file.as_deref().map(files::name),
            again: None,
            is_forms: true,
        };
        // The next message has values of its own.
        self.values.set_aside();
        self.examine();
        self.start(wanted, twice)
    }

    /// Sends. Where the same was sent before, that is asked first, unless it is wanted twice.
    pub(super) fn start(&mut self, wanted: Wanted, twice: bool) -> Vec<Effect> {
        let ticket = self.ticket();
        let Wanted {
            draft,
            profile,
            file,
            again,
            is_forms,
        } = wanted;
        let from = is_forms.then(|| Composed {
            slot: self.keeping.slot,
            draft: self.draft().clone(),
        });
        if is_forms {
            self.keep_for_sending();
        }
        self.sending = Some(Sending {
            ticket,
            since: self.now,
            cancelled: false,
            waits: None,
            draft: draft.clone(),
            profile: profile.clone(),
            file: file.clone(),
            again,
            form: self.draft().clone(),
            is_forms,
            id: None,
            at: String::new(),
            is_left: false,
        });
        self.view = View::Compose;
        self.show(Tab::Response);
        vec![Effect::Send {
            ticket,
            profile: Box::new(profile),
            draft: Box::new(draft),
            file,
            again,
            twice,
            from: from.map(Box::new),
        }]
    }

    /// A send was not begun, as the same message was sent before: asks, unless nobody waits for it.
    pub(super) fn was_sent_before(&mut self, ticket: Ticket, twin: Box<Twin>) -> Vec<Effect> {
        let Some(sending) = self.sending.take_if(|sending| sending.ticket == ticket) else {
            return Vec::new();
        };
        if sending.cancelled || self.leaving {
            self.toast("Not sent", Tone::Info);
            return self.leave_if_done();
        }
        let wanted = Box::new(Wanted {
            draft: sending.draft,
            profile: sending.profile,
            file: sending.file,
            again: sending.again,
            is_forms: sending.is_forms && !sending.is_left,
        });
        let choice = 1;
        self.modals.push(Modal::Twice {
            wanted,
            twin,
            choice,
        });
        Vec::new()
    }

    /// Sends what was sent before, as somebody wants it.
    pub(super) fn send_twice(&mut self, wanted: Wanted) -> Vec<Effect> {
        if self.is_sending() {
            return Vec::new();
        }
        self.start(wanted, true)
    }

    /// A message is under way, and in the history.
    pub(super) fn send_begun(&mut self, ticket: Ticket, id: Option<SendId>, at: String) {
        let sending = self.sending.as_mut();
        // The text that goes along with it comes later.
        if let Some(sending) = sending.filter(|sending| sending.ticket == ticket)
            && sending.at.is_empty()
        {
            (sending.id, sending.at) = (id, at);
        }
    }

    /// Esc while a message is being sent.
    pub(super) fn cancel(&mut self) -> Vec<Effect> {
        match &mut self.sending {
            Some(sending) if !sending.cancelled => {
                sending.cancelled = true;
                vec![Effect::Cancel(sending.ticket)]
            }
            _ => Vec::new(),
        }
    }

    /// Sends what was refused in another way; one key each, as it was confirmed already.
    pub(super) fn send_instead(&mut self, fallback: Fallback) -> Vec<Effect> {
        let offered = self
            .answer()
            .filter(|delivery| delivery.fallbacks().contains(&fallback));
        let Some(delivery) = offered.filter(|_| self.sending.is_none()) else {
            self.toast(
                "Nothing was refused that could be sent another way",
                Tone::Info,
            );
            return Vec::new();
        };
        let (mut draft, mut profile) = (delivery.draft.clone(), delivery.profile.clone());
        profile.duplicate_as_text &= !delivery.duplicate_went_along();
        match fallback {
            Fallback::InteractiveReply => {
                profile.account.buttons_method = ButtonsMethod::SendInteractiveButtonsReply;
            }
            Fallback::NumberedText => {
                let Some(text) = duplicate::as_text(&draft) else {
                    return Vec::new();
                };
                draft = text;
            }
        }
        let file = delivery.file.clone();
        let again = None;
        let wanted = Wanted {
            draft,
            profile,
            file,
            again,
            is_forms: true,
        };
        self.start(wanted, false)
    }

    /// Another message is composed: nothing is sent instead of the one before.
    pub(super) fn leave_sent(&mut self) {
        if let Some(delivery) = &mut self.delivery {
            delivery.is_left = true;
        }
        if let Some(sending) = &mut self.sending {
            sending.is_left = true;
        }
        self.mark = None;
        self.hide_answer();
    }

    /// A send tries again, or waits for that.
    pub(super) fn goes_on(&mut self, ticket: Ticket, step: Step) {
        let now = self.now;
        if let Some(sending) = self
            .sending
            .as_mut()
            .filter(|sending| sending.ticket == ticket)
        {
            sending.waits = match step {
                Step::Attempt(_) => None,
                Step::Wait(wait) => {
                    let until = now + wait.delay;
                    Some((wait, until))
                }
            };
        }
    }

    /// A send has ended.
    pub(super) fn answered(&mut self, ticket: Ticket, sent: Sent) -> Vec<Effect> {
        let Some(sending) = self.sending.take_if(|sending| sending.ticket == ticket) else {
            return Vec::new();
        };
        // What became of it is the tab's to say, which comes to the front.
        // How another profile stands, chosen meanwhile, it does not.
        if let Sent::Tried { main, .. } = &sent
            && sending.profile.name == self.profile().name
        {
            self.link = match (&main.response, &main.outcome) {
                // What it says of itself is known better, unless it was not reached then.
                (Some(_), _) if matches!(&self.link, Link::Told(status) if status.state != State::Unreachable) => {
                    self.link.clone()
                }
                (Some(_), _) => Link::Connected,
                (None, Outcome::Rejected(refusal)) if refusal.code != Refusal::CANCELLED => {
                    Link::Down(refusal.code.clone())
                }
                _ => self.link.clone(),
            };
        }
        let mark = match &sent {
            Sent::Tried { main, .. } if sending.is_forms && !sending.is_left => {
                let form = sending.form.clone();
                Mark::of(&main.outcome, form, sending.id, sending.at)
            }
            _ => None,
        };
        self.delivery = Some(Delivery {
            ticket,
            at: self.now,
            draft: sending.draft,
            profile: sending.profile,
            file: sending.file,
            sent,
            form: sending.form,
            is_forms: sending.is_forms,
            is_left: sending.is_left,
            waits: None,
            followed: None,
        });
        if let Some(mark) = mark {
            self.put_mark(mark);
        }
        let mut effects: Vec<Effect> = self.follow_send().into_iter().collect();
        effects.extend(self.refresh_history());
        if self.answer().is_none() {
            self.hide_answer();
            self.tell_outcome();
        } else if self.is_narrow() && self.focus != Focus::Pane {
            // Whoever is typing keeps the form.
            self.tab = Tab::Response;
            self.scroll = 0;
            self.toast("Answered: see Response", Tone::Info);
        } else {
            self.show(Tab::Response);
        }
        let leaves = self.leave_if_done();
        if !leaves.is_empty() && self.unsettled().is_some() {
            effects.push(Effect::Store(Ask::StayInDoubt));
        }
        effects.extend(leaves);
        effects
    }

    /// The gateway's journal is asked what became of the message that was sent last, or has answered.
    pub(super) fn followed(&mut self, ticket: Ticket, followed: Followed) -> Vec<Effect> {
        let delivery = self.delivery.as_mut();
        let Some(delivery) = delivery.filter(|delivery| delivery.ticket == ticket) else {
            return Vec::new();
        };
        let mut effects = Vec::new();
        if let (Followed::Said(Verdict::Taken(found)), Sent::Tried { main, .. }) =
            (&followed, &mut delivery.sent)
        {
            main.outcome = Outcome::Accepted {
                message_id: found.message_id.clone(),
            };
        }
        let is_taken = matches!(followed, Followed::Said(Verdict::Taken(_)));
        let is_over = followed != Followed::Asking;
        let is_forms = delivery.is_forms && !delivery.is_left;
        delivery.followed = Some(followed);
        if is_taken && is_forms {
            self.mark_taken();
        }
        if is_over {
            effects.extend(self.follow_send());
            effects.extend(self.refresh_history());
        }
        effects
    }

    /// What is not known of a send when the composer ends, in words.
    pub fn unsettled(&self) -> Option<String> {
        let (draft, profile) = match (&self.sending, &self.delivery) {
            (Some(sending), _) => (&sending.draft, &sending.profile),
            (None, Some(delivery)) if self.leaving => {
                let outcome = &delivery.exchange()?.outcome;
                if !matches!(outcome, Outcome::Unknown(_)) {
                    return None;
                }
                (&delivery.draft, &delivery.profile)
            }
            _ => return None,
        };
        let (to, name) = (visible::line(&draft.to), &profile.name);
        Some(format!(
            "outcome unknown: the message to {to} through {name} may have been sent; look into the chat"
        ))
    }

    /// A profile was made ready, or could not be.
    pub(super) fn connected(
        &mut self,
        name: &str,
        account: Result<Account, String>,
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
            Err(why) => Link::Down(why),
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
}
