//! A send, from F5 to the answer.
//!
//! ```text
//! F5 ─ errors? ─ yes ─> Blocked: fix | send as it is ─> Confirm (by name)
//!         └───── no ──> Confirm ─ Enter ─> Sending ─┬─ answered ─> Delivery
//!                                                   └─ Esc ─┬─ nothing written ─> not sent
//!                                                            └─ written ─> in the background, then told
//! ```

mod delivery;

use std::time::Duration;

use super::mark::Mark;
use super::snapshot::Snapshot;
use super::toast::Tone;
use super::under_way::Sending;
use super::{App, Tab, View, files, under_way};
use crate::gateway::journal::Verdict;
use crate::gateway::{Fallback, Outcome};
use crate::store::{SendId, Twin, TwinState};
use crate::tui::effect::{Effect, Ticket};
use crate::tui::event::{Sent, Step};
use crate::tui::focus::Focus;
use crate::tui::keep::{Ask, Composed};
use crate::tui::modal::{Confirm, Modal, Wanted};
use crate::tui::question::Followed;
use crate::visible;
pub use delivery::Delivery;
pub(super) use delivery::unknown;

/// How long one picture of the spinner stays.
pub const FRAME: Duration = Duration::from_millis(120);

impl App {
    /// F5: asks once, or says what is in the way.
    pub(super) fn ask_to_send(&mut self) -> Vec<Effect> {
        if self.before_this_one().is_some() {
            self.modals.push(Modal::Busy { choice: 0 });
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
        let Some(sending) = &self.sending else {
            return false;
        };
        let to = visible::line(&sending.draft.to);
        let words = format!("A message is being sent to {to}: wait for its answer");
        self.toast(words, Tone::Info);
        true
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
        self.modals.push(Modal::Confirm(Confirm {
            forced,
            earlier,
            asked: None,
            choice,
        }));
        self.look_for_twin();
    }

    /// Asks the store for the same message. A store that is still being opened is asked once it is open.
    pub(super) fn look_for_twin(&mut self) {
        if !self.keeping.is_on() {
            return;
        }
        let Ok(request) = self.account().encode(&self.to_send()) else {
            return;
        };
        let ticket = self.ticket();
        let confirm = self.modals.iter_mut().find_map(|modal| match modal {
            Modal::Confirm(confirm) if confirm.asked.is_none() => Some(confirm),
            _ => None,
        });
        let Some(confirm) = confirm else {
            return;
        };
        confirm.asked = Some(ticket);
        self.queued.push(Effect::Store(Ask::Twin {
            ticket,
            profile: self.profile().name.clone(),
            request: Box::new(request),
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
        self.values.set_aside(&self.composer.draft().to);
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
            is_written: false,
            waits: None,
            draft: draft.clone(),
            profile: profile.clone(),
            file: file.clone(),
            again,
            form: Snapshot::message(self.draft().clone()),
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
        self.modals
            .retain(|modal| !matches!(modal, Modal::Busy { .. }));
        self.left_unasked();
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
        let mut all = self.sending.iter_mut().chain(&mut self.background);
        // The text that goes along with it comes later.
        if let Some(sending) = all.find(|sending| sending.ticket == ticket)
            && sending.at.is_empty()
        {
            (sending.id, sending.at) = (id, at);
        }
    }

    /// Every message that is being sent, the one whose answer is waited for first.
    pub fn under_way(&self) -> impl Iterator<Item = &Sending> {
        self.sending.iter().chain(&self.background)
    }

    /// The message that has to be answered before this one can be sent: the one that is waited for,
    /// or one to the same recipient.
    pub fn before_this_one(&self) -> Option<&Sending> {
        let draft = self.to_send();
        let mut others = self.background.iter();
        let same = || others.find(|other| other.is_to_recipient_of(&draft));
        self.sending.as_ref().or_else(same)
    }

    /// Esc while a message is being sent: it is wanted back, or only its answer is not waited for
    /// any more.
    pub(super) fn cancel(&mut self) -> Vec<Effect> {
        match &mut self.sending {
            Some(sending) if sending.is_written => {
                self.watch_no_longer();
                Vec::new()
            }
            Some(sending) if !sending.cancelled => {
                sending.cancelled = true;
                vec![Effect::Cancel(sending.ticket)]
            }
            _ => Vec::new(),
        }
    }

    /// The answer comes while something else is done.
    fn watch_no_longer(&mut self) {
        let Some(sending) = self.sending.take() else {
            return;
        };
        let to = visible::line(&sending.draft.to);
        let words =
            format!("The message to {to} is written already: its answer is recorded when it comes");
        self.toast(words, Tone::Info);
        self.background.push(sending);
    }

    /// Sends what was refused in another way; one key each, as it was confirmed already.
    pub(super) fn send_instead(&mut self, fallback: Fallback) -> Vec<Effect> {
        let offered = self
            .answer()
            .filter(|delivery| delivery.fallbacks().contains(&fallback));
        let offered = offered.filter(|_| self.before_this_one().is_none());
        let Some((instead, file)) =
            offered.map(|delivery| (delivery.instead(fallback), delivery.file.clone()))
        else {
            self.toast(
                "Nothing was refused that could be sent another way",
                Tone::Info,
            );
            return Vec::new();
        };
        let instead = instead.filter(|_| self.guard.takes_offer(self.now));
        let Some((draft, profile)) = instead else {
            return Vec::new();
        };
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
        for sending in self.sending.iter_mut().chain(&mut self.background) {
            sending.is_left = true;
        }
        self.mark = None;
        self.hide_answer();
    }

    /// A send tries again, or waits for that, or cannot be taken back any more.
    pub(super) fn goes_on(&mut self, ticket: Ticket, step: Step) {
        let now = self.now;
        let mut all = self.sending.iter_mut().chain(&mut self.background);
        let Some(sending) = all.find(|sending| sending.ticket == ticket) else {
            return;
        };
        sending.step(step, now);
        if sending.cancelled && sending.is_written && self.is_watched(ticket) {
            self.watch_no_longer();
        }
    }

    fn is_watched(&self, ticket: Ticket) -> bool {
        let watched = self.sending.as_ref().map(|sending| sending.ticket);
        watched == Some(ticket)
    }

    /// A send has ended.
    pub(super) fn answered(&mut self, ticket: Ticket, sent: Sent) -> Vec<Effect> {
        let is_watched = self.is_watched(ticket);
        let Some(sending) = self.take_sending(ticket) else {
            return Vec::new();
        };
        if !is_watched {
            let (words, tone) = under_way::news(&sending.draft, &sent);
            self.toast(words, tone);
        }
        let is_same = sending.form.is(&self.composer);
        let is_last = self.sending.is_none()
            && !sending.is_left
            && self
                .delivery
                .as_ref()
                .is_none_or(|last| last.ticket < ticket);
        let id = sending.id;
        let unknown = matches!(sent.outcome(), Some(Outcome::Unknown(_)))
            .then(|| unknown(&sending.draft, &sending.profile));
        // What is said of another message stays where it is.
        let mut effects = if is_watched || is_last || self.leaving {
            self.delivered(sending, sent, is_watched)
        } else {
            Vec::new()
        };
        effects.extend(self.refresh_history());
        let count = self.modals.len();
        self.modals
            .retain(|modal| !matches!(modal, Modal::Busy { .. }));
        // This one waited for it.
        if self.modals.len() < count && !is_same {
            effects.extend(self.ask_to_send());
        }
        self.left_unasked();
        if let (true, Some(line)) = (self.leaving, unknown) {
            self.unsettled.push(line);
            effects.push(Effect::Store(Ask::StayInDoubt(id)));
        }
        effects.extend(self.leave_if_done());
        effects
    }

    fn take_sending(&mut self, ticket: Ticket) -> Option<Sending> {
        let watched = self.sending.take_if(|sending| sending.ticket == ticket);
        let mut others = self.background.iter();
        let at = others.position(|sending| sending.ticket == ticket);
        watched.or_else(|| at.map(|at| self.background.remove(at)))
    }

    /// Says what became of a message, in its tab. Whoever waited for it sees that at once.
    fn delivered(&mut self, sending: Sending, sent: Sent, is_watched: bool) -> Vec<Effect> {
        // What became of it is the tab's to say, which comes to the front.
        // How another profile stands, chosen meanwhile, it does not.
        if let Sent::Tried { main, .. } = &sent
            && sending.profile.name == self.profile().name
        {
            delivery::follow(&mut self.link, main);
        }
        let mark = match &sent {
            Sent::Tried { main, .. } if sending.is_forms && !sending.is_left => {
                let form = sending.form.clone();
                Mark::of(&main.outcome, form, sending.id, sending.at)
            }
            _ => None,
        };
        self.delivery = Some(Delivery {
            ticket: sending.ticket,
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
        self.guard.offered(self.now);
        let effects = self.follow_send().into_iter().collect();
        if !is_watched {
            return effects;
        }
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
}
