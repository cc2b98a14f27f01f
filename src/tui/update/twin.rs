//! The same message, sent before: the store is asked when a question opens, and again while the answer is that
//! it is on its way.

use crate::config::Profile;
use crate::message::Draft;
use crate::store::{Twin, TwinState};
use crate::tui::dialog::{Choice, Modal, Subject};
use crate::tui::effect::{Effect, Ticket};
use crate::tui::keep::Ask;
use crate::tui::model::Model;

/// Asks the store for the same message. A store that is still being opened is asked once it is open.
pub fn look_for_twin(model: &mut Model) {
    let waits = |modal: &Modal| match modal.subject() {
        Some(Subject::Confirm(confirm)) => confirm.asked.is_none(),
        _ => false,
    };
    if !model.keeping.is_on() || !model.modals.iter().any(waits) {
        return;
    }
    let Some(ticket) = ask(model, None) else {
        return;
    };
    let modals = model.modals.iter_mut();
    let mut subjects = modals.filter_map(Modal::subject_mut);
    let confirm = subjects.find_map(|subject| match subject {
        Subject::Confirm(confirm) if confirm.asked.is_none() => Some(confirm),
        _ => None,
    });
    if let Some(confirm) = confirm {
        confirm.asked = Some(ticket);
    }
}

/// Asks the store about a message, or the one in the form.
fn ask(model: &mut Model, other: Option<(&Draft, &Profile)>) -> Option<Ticket> {
    let (request, profile) = match other {
        Some((draft, profile)) => (profile.account.encode(draft), profile.name.clone()),
        None => (
            model.account().encode(&model.to_send()),
            model.profile().name.clone(),
        ),
    };
    let request = Box::new(request.ok()?);
    let ticket = model.ticket();
    model.queued.push(Effect::Store(Ask::Twin {
        ticket,
        profile,
        request,
    }));
    Some(ticket)
}

/// Asks again, every few seconds, while the question on top says that the same message is on its way.
pub fn look_again(model: &mut Model) {
    let subject = model.modals.last().and_then(Modal::subject);
    let earlier = match subject {
        Some(Subject::Confirm(confirm)) => confirm.earlier.as_ref(),
        Some(Subject::Twice(_, twin)) => Some(&**twin),
        _ => None,
    };
    let is_under_way = earlier.is_some_and(|twin| twin.state == TwinState::UnderWay);
    if !model.recheck.is_due(is_under_way, model.now) {
        return;
    }
    let other = match subject {
        Some(Subject::Twice(wanted, _)) => Some((wanted.draft.clone(), wanted.profile.clone())),
        _ => None,
    };
    let other = other.as_ref().map(|(draft, profile)| (draft, profile));
    model.recheck.ticket = ask(model, other);
}

/// The store knows of the same message, sent before, or of none.
pub fn twin_found(model: &mut Model, ticket: Ticket, twin: Option<&Twin>) {
    let is_again = model.recheck.ticket == Some(ticket);
    let top = model.modals.len().saturating_sub(1);
    for (at, modal) in model.modals.iter_mut().enumerate() {
        let Modal::Question(question) = modal else {
            continue;
        };
        let is_again = is_again && at == top;
        match (&mut question.subject, twin) {
            (Subject::Confirm(confirm), twin) if is_again => confirm.earlier = twin.cloned(),
            (Subject::Twice(_, before), Some(twin)) if is_again => twin.clone_into(before),
            (Subject::Confirm(confirm), Some(twin)) if confirm.asked == Some(ticket) => {
                let is_news = confirm.earlier.replace(twin.clone()).is_none();
                if is_news {
                    question.choose(Some(Choice::Cancel));
                }
                return;
            }
            _ => {}
        }
    }
}
