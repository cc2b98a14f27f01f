//! A send, from F5 to the answer.
//!
//! ```text
//! F5 ─ errors? ─ yes ─> Blocked: fix | send as it is ─> Confirm (by name)
//!         └───── no ──> Confirm ─ Enter ─> Sending ─┬─ answered ─> Delivery
//!                                                   └─ Esc ─> cancelled, then answered
//! ```

use std::time::Duration;

use super::toast::Tone;
use super::{App, Link, Tab, View, files};
use crate::config::Profile;
use crate::gateway::state::State;
use crate::gateway::{Account, ButtonsMethod, Exchange, Fallback, Outcome, Refusal};
use crate::message::{Draft, duplicate};
use crate::store::SendId;
use crate::tui::effect::{Effect, Ticket};
use crate::tui::event::{Sent, Step, Wait};
use crate::tui::focus::Focus;
use crate::tui::keep::Ask;
use crate::tui::modal::{Confirm, Earlier, Modal};
use crate::visible;

/// How long one picture of the spinner stays.
pub const FRAME: Duration = Duration::from_millis(120);

/// What is under way.
#[derive(Debug, Clone, PartialEq)]
pub struct Sending {
    /// Its name.
    pub ticket: Ticket,
    /// When it began.
    pub since: Duration,
    /// Whether Esc was pressed.
    pub cancelled: bool,
    /// What it waits for, and until when.
    pub waits: Option<(Wait, Duration)>,
    /// What is sent.
    pub draft: Draft,
    /// How.
    pub profile: Profile,
    /// The name of its message file.
    pub file: Option<String>,
    /// Whether another message is composed since.
    pub is_left: bool,
}

/// A send that has ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    /// What was sent.
    pub draft: Draft,
    /// How.
    pub profile: Profile,
    /// The name of its message file.
    pub file: Option<String>,
    /// What became of it.
    pub sent: Sent,
    /// Whether another message is composed since, so that nothing is sent instead of it.
    pub is_left: bool,
    /// Why it waits for the phone, where its gateway says that it does.
    pub waits: Option<String>,
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
        if self.is_left {
            return Vec::new();
        }
        let went_along = self.duplicate_went_along();
        let open = |fallback: &Fallback| *fallback != Fallback::NumberedText || !went_along;
        instead.iter().copied().filter(open).collect()
    }

    /// Whether the numbered text was taken, or may have been.
    fn duplicate_went_along(&self) -> bool {
        match &self.sent {
            Sent::Tried {
                duplicate: Some(duplicate),
                ..
            } => !matches!(duplicate.outcome, Outcome::Rejected(_)),
            _ => false,
        }
    }
}

impl App {
    /// F5: asks once, or says what is in the way.
    pub(super) fn ask_to_send(&mut self) -> Vec<Effect> {
        if self.sending.is_some() {
            self.toast("One message is being sent; Esc cancels it", Tone::Info);
            return Vec::new();
        }
        if self.has_open_variables() {
            self.ask_values(true);
            return Vec::new();
        }
        self.ask_to_send_filled()
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

    /// What became of the draft as it is the last time.
    fn earlier(&self) -> Option<Earlier> {
        let delivery = self.delivery.as_ref()?;
        if delivery.draft != *self.to_send() {
            return None;
        }
        match &delivery.exchange()?.outcome {
            Outcome::Unknown(_) => Some(Earlier::Unknown(None)),
            Outcome::Accepted { message_id } => Some(Earlier::Accepted(message_id.clone())),
            Outcome::Rejected(_) => None,
        }
    }

    /// Asks by name. Where the very same message may have been taken, Enter sends nothing.
    pub(super) fn confirm(&mut self, forced: bool) {
        let earlier = self.earlier();
        let choice = usize::from(matches!(earlier, Some(Earlier::Unknown(_))));
        if choice == 0 && self.keeping.is_on() {
            let draft = Box::new(self.to_send().into_owned());
            self.queued.push(Effect::Store(Ask::Twin(draft)));
        }
        self.modals.push(Modal::Confirm(Confirm {
            forced,
            earlier,
            choice,
        }));
    }

    /// The store knows of the very same message, sent at that time, that its outcome is unknown.
    pub(super) fn twin_found(&mut self, draft: &Draft, started: String) {
        if *draft != *self.to_send() {
            return;
        }
        if let Some(Modal::Confirm(confirm)) = self.modals.last_mut() {
            confirm.earlier = Some(Earlier::Unknown(Some(started)));
            confirm.choice = 1;
        }
    }

    /// Sends the draft as it is.
    pub(super) fn send(&mut self) -> Vec<Effect> {
        if self.waits_for_picture() {
            return Vec::new();
        }
        let (draft, profile) = (self.to_send().into_owned(), self.profile().clone());
        // The next message has values of its own.
        self.values.set_aside();
        self.examine();
        let file = self.file.as_deref().map(files::name);
        self.start(draft, profile, file, None)
    }

    /// Sends; in the place of a message of unknown outcome, if one is named.
    pub(super) fn start(
        &mut self,
        draft: Draft,
        profile: Profile,
        file: Option<String>,
        again: Option<SendId>,
    ) -> Vec<Effect> {
        let ticket = self.ticket();
        self.sending = Some(Sending {
            ticket,
            since: self.now,
            cancelled: false,
            waits: None,
            draft: draft.clone(),
            profile: profile.clone(),
            file: file.clone(),
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
        }]
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
            .delivery
            .as_ref()
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
        self.start(draft, profile, file, None)
    }

    /// Another message is composed: nothing is sent instead of the one before.
    pub(super) fn leave_sent(&mut self) {
        if let Some(delivery) = &mut self.delivery {
            delivery.is_left = true;
        }
        if let Some(sending) = &mut self.sending {
            sending.is_left = true;
        }
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
        self.delivery = Some(Delivery {
            draft: sending.draft,
            profile: sending.profile,
            file: sending.file,
            sent,
            is_left: sending.is_left,
            waits: None,
        });
        let mut effects: Vec<Effect> = self.follow_send().into_iter().collect();
        effects.extend(self.refresh_history());
        if self.is_narrow() && self.focus != Focus::Pane {
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
        vec![Effect::Connect(Box::new(self.profile().clone()))]
    }
}
