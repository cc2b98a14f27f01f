//! What follows from the draft and the profile: its variables filled in, its limits, its problems; and
//! what became of it, where it was sent as it is.

use super::keep;
use crate::message::check::{self};
use crate::store::{Entry, Resolution, SendState};
use crate::tui::model::mark::Mark;
use crate::tui::model::values::Values;
use crate::tui::model::{Findings, Model, Tab, under_way};

/// Computes anew what follows from the draft and the profile.
pub fn examine(model: &mut Model) {
    model.filled = model.fill_in();
    let draft = model.shown();
    let account = model.account();
    let limits = account.limits(draft);
    let mut problems = account.check(draft);
    problems.extend(model.picture.problems());
    problems.sort_by_key(|problem| (problem.field, problem.severity));
    model.findings = Findings {
        problems,
        near: check::near(draft, &limits),
        limits,
    };
    let last = model.problem_list().count().saturating_sub(1);
    model.selected_problem = model.selected_problem.min(last);
}

/// The message in the form is another one than before this event.
pub fn draft_changed(model: &mut Model, was_sent: bool, was_answered: bool) {
    if was_sent && !model.is_sent() {
        model.values = Values::default();
    }
    if was_answered && model.answer().is_none() {
        hide_answer(model);
    }
}

/// An answer does not stand beside another message.
pub fn hide_answer(model: &mut Model) {
    if model.tab == Tab::Response {
        model.tab = Tab::Preview;
        model.scroll = 0;
    }
}

/// Says what became of a message that is not in the form any more.
pub fn tell_outcome(model: &mut Model) {
    if let Some(delivery) = &model.delivery {
        let (words, tone) = under_way::news(&delivery.draft, &delivery.sent);
        model.toast(words, tone);
    }
}

/// Marks the message in the form with what became of it.
pub fn put_mark(model: &mut Model, mark: Mark) {
    // What was accepted once stays so.
    if mark.is_accepted || !model.is_sent() {
        model.mark = Some(mark);
    }
    if model.is_sent() {
        keep::sent_off(model);
    }
}

/// Something else is known of a message: marked as sent, it is no draft any more.
pub fn mark_settled(model: &mut Model, entry: &Entry) {
    let is_accepted = entry.state == SendState::Accepted;
    let is_sent = is_accepted || entry.resolution == Some(Resolution::Sent);
    if is_sent {
        model.sends.settle_number(entry.id);
    }
    let is_marked = model
        .mark
        .as_ref()
        .is_some_and(|mark| mark.id == Some(entry.id));
    if is_marked && is_sent {
        mark_taken(model);
    }
}

/// The message of the mark was taken after all.
pub fn mark_taken(model: &mut Model) {
    let Some(mark) = model.mark.as_mut().filter(|mark| !mark.is_accepted) else {
        return;
    };
    mark.is_accepted = true;
    if model.is_sent() {
        keep::sent_off(model);
    }
}
