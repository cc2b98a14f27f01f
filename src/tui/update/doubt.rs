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

use super::send;
use crate::config::{Profile, TokenSource};
use crate::failure::Failure;
use crate::gateway::journal::LookedUp;
use crate::store::{Entry, SendId, Sent};
use crate::tui::dialog::question::Wanted;
use crate::tui::dialog::{Doubt, LookUp, Modal, Subject};
use crate::tui::effect::Effect;
use crate::tui::keep::{Ask, Why};
use crate::tui::model::Model;
use crate::tui::model::toast::Tone;
use crate::tui::question::Question;

/// Asks about messages, the oldest first, below whatever is asked already.
pub fn ask_about(model: &mut Model, entries: Vec<Entry>) -> Vec<Effect> {
    let mut effects = Vec::new();
    for entry in entries {
        let (doubt, effect) = doubt(model, entry);
        effects.extend(effect);
        let subject = Subject::Doubt(Box::new(doubt));
        model.modals.insert(0, Modal::ask(subject));
    }
    effects
}

/// Asks about a message of the history.
pub fn ask_about_one(model: &mut Model, entry: Entry) -> Vec<Effect> {
    let (doubt, effect) = doubt(model, entry);
    model
        .modals
        .push(Modal::ask(Subject::Doubt(Box::new(doubt))));
    effect.into_iter().collect()
}

/// The question about a message. A gateway that can be asked is, unless that takes a command
/// which may want a password.
pub fn doubt(model: &Model, entry: Entry) -> (Doubt, Option<Effect>) {
    let profile = profile_of(model, &entry);
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
        agreed: None,
    };
    (doubt, effect)
}

pub fn profile_of<'a>(model: &'a Model, entry: &Entry) -> Option<&'a Profile> {
    model
        .profiles
        .iter()
        .find(|one| one.name == entry.profile && one.account.gateway == entry.gateway)
}

/// What the gateway's journal has. It is shown, and chooses nothing.
pub fn looked_up(model: &mut Model, id: SendId, found: &Result<LookedUp, Failure>) {
    for modal in &mut model.modals {
        if let Some(Subject::Doubt(doubt)) = modal.subject_mut()
            && doubt.entry.id == id
        {
            doubt.look_up = match found {
                Ok(found) => LookUp::Done(found.clone()),
                Err(why) => LookUp::Failed(why.clone()),
            };
        }
    }
}

pub fn mark_as_sent(model: &mut Model, doubt: &Doubt) -> Vec<Effect> {
    // What was not seen when this was chosen was not agreed to.
    let message_id = doubt.agreed.clone();
    if let Some(message_id) = &message_id {
        leave_out_of_doubts(model, message_id);
    }
    model.toast("Marked as sent", Tone::Good);
    let id = doubt.entry.id;
    vec![Effect::Store(Ask::MarkSent { id, message_id })]
}

/// What one message was said to be, another one that is asked about hardly is.
pub fn leave_out_of_doubts(model: &mut Model, message_id: &str) {
    for modal in &mut model.modals {
        if let Some(Subject::Doubt(doubt)) = modal.subject_mut()
            && let LookUp::Done(looked_up) = &mut doubt.look_up
        {
            looked_up.leave_out(message_id, false);
        }
    }
}

pub fn keep_unknown(model: &mut Model, doubt: &Doubt) -> Vec<Effect> {
    model.toast("It stays unknown, and in the history", Tone::Info);
    vec![Effect::Store(Ask::KeepUnknown(doubt.entry.id))]
}

/// Asks the journal about a message whose question is on top.
pub fn look_it_up(model: &mut Model, id: SendId) -> Vec<Effect> {
    let Some(Subject::Doubt(doubt)) = model.modals.last_mut().and_then(Modal::subject_mut) else {
        return Vec::new();
    };
    doubt.look_up = LookUp::Running;
    let entry = doubt.entry.clone();
    let effect = profile_of(model, &entry).map(|profile| look_up(profile, id));
    effect.into_iter().collect()
}

/// Asks by name whether to send it again.
pub fn ask_to_send_again(doubt: &Doubt) -> Vec<Effect> {
    let (id, why) = (doubt.entry.id, Why::Again);
    vec![Effect::Store(Ask::Look { id, why })]
}

pub fn again_looked_at(model: &mut Model, sent: Box<Sent>) {
    if profile_of(model, &sent.entry).is_none() {
        let words = format!(
            "The profile {} is not there any more: send it from the history as a new draft",
            sent.entry.profile
        );
        model.toast(words, Tone::Bad);
        return;
    }
    model.modals.push(Modal::ask(Subject::Again(sent)));
}

pub fn send_again(model: &mut Model, sent: Sent) -> Vec<Effect> {
    let Some(profile) = profile_of(model, &sent.entry).cloned() else {
        return Vec::new();
    };
    let id = sent.entry.id;
    let is_its = |subject: Option<&Subject>| matches!(subject, Some(Subject::Doubt(doubt)) if doubt.entry.id == id);
    model.modals.retain(|modal| !is_its(modal.subject()));
    let file = sent.entry.file;
    // It may be what is in the form too.
    let is_marked = model.sent_mark().is_some_and(|mark| mark.id == Some(id));
    let is_forms = is_marked || sent.draft.is_same_message(model.draft());
    let wanted = Wanted {
        draft: sent.draft,
        profile,
        file,
        again: Some(id),
        is_forms,
        from: None,
    };
    send::start(model, wanted, send::How::default())
}

fn look_up(profile: &Profile, id: SendId) -> Effect {
    Effect::Question {
        profile: Box::new(profile.clone()),
        question: Question::LookUp(id),
    }
}
