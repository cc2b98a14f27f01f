//! What follows from the draft and the profile: its variables filled in, its limits, its problems; and
//! what became of it, where it was sent as it is.

use super::mark::Mark;
use super::send::Delivery;
use super::values::Values;
use super::{App, Tab, under_way};
use crate::message::check::{self, Problem, Severity};
use crate::message::limits::Limits;
use crate::message::{Draft, variables};
use crate::store::{Entry, Resolution, SendState};
use crate::tui::focus::Focus;

/// Everything that is computed from the draft when it changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    /// The limits for this draft.
    pub limits: Limits,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// What is near a limit.
    pub near: Vec<Problem>,
}

impl App {
    /// The draft as it would be sent: with its variables filled in.
    pub fn shown(&self) -> &Draft {
        self.filled.as_ref().unwrap_or_else(|| self.draft())
    }

    /// The worst problem at a place in the form.
    pub fn problem_at(&self, focus: Focus) -> Option<&Problem> {
        let here = |problem: &&Problem| Focus::of_field(problem.field) == focus;
        let near = self.findings.near.iter().filter(here);
        self.findings
            .problems
            .iter()
            .filter(here)
            .chain(near)
            .min_by_key(|problem| problem.severity)
    }

    /// Everything in the problems tab: what is wrong, then what is near a limit.
    pub fn problem_list(&self) -> impl Iterator<Item = &Problem> {
        self.findings.problems.iter().chain(&self.findings.near)
    }

    /// How many errors there are.
    pub fn error_count(&self) -> usize {
        self.findings
            .problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .count()
    }

    /// Computes anew what follows from the draft and the profile.
    pub(super) fn examine(&mut self) {
        self.filled = self.fill_in();
        let draft = self.shown();
        let account = self.account();
        let limits = account.limits(draft);
        let mut problems = account.check(draft);
        problems.extend(self.picture.problems());
        problems.sort_by_key(|problem| (problem.field, problem.severity));
        self.findings = Findings {
            problems,
            near: check::near(draft, &limits),
            limits,
        };
        let last = self.problem_list().count().saturating_sub(1);
        self.selected_problem = self.selected_problem.min(last);
    }

    /// The draft with every variable filled in whose value is known.
    fn fill_in(&self) -> Option<Draft> {
        let known = self.values.known(&self.draft().to)?;
        let mut filled = self.draft().clone();
        let used = variables::fill(&mut filled, known);
        (!used.is_empty()).then_some(filled)
    }

    // ---------------------------------------------------------------- what became of it

    /// What was answered last, for as long as the form holds what it held then: an answer does not stand
    /// beside the next message.
    pub fn answer(&self) -> Option<&Delivery> {
        let answers = |delivery: &&Delivery| !delivery.is_left && delivery.form.is(&self.composer);
        self.delivery.as_ref().filter(answers)
    }

    /// The mark of the message in the form, if it was sent as it is.
    pub fn sent_mark(&self) -> Option<&Mark> {
        let mark = self.mark.as_ref();
        mark.filter(|mark| mark.form.is(&self.composer))
    }

    /// Whether the message in the form was accepted as it is.
    pub fn is_sent(&self) -> bool {
        self.sent_mark().is_some_and(|mark| mark.is_accepted)
    }

    /// The message in the form is another one than before this event.
    pub(super) fn draft_changed(&mut self, was_sent: bool, was_answered: bool) {
        if was_sent && !self.is_sent() {
            self.values = Values::default();
        }
        if was_answered && self.answer().is_none() {
            self.hide_answer();
        }
    }

    /// An answer does not stand beside another message.
    pub(super) fn hide_answer(&mut self) {
        if self.tab == Tab::Response {
            self.tab = Tab::Preview;
            self.scroll = 0;
        }
    }

    /// Says what became of a message that is not in the form any more.
    pub(super) fn tell_outcome(&mut self) {
        if let Some(delivery) = &self.delivery {
            let (words, tone) = under_way::news(&delivery.draft, &delivery.sent);
            self.toast(words, tone);
        }
    }

    /// Marks the message in the form with what became of it.
    pub(super) fn put_mark(&mut self, mark: Mark) {
        // What was accepted once stays so.
        if mark.is_accepted || !self.is_sent() {
            self.mark = Some(mark);
        }
        if self.is_sent() {
            self.sent_off();
        }
    }

    /// Something else is known of a message: marked as sent, it is no draft any more.
    pub(super) fn mark_settled(&mut self, entry: &Entry) {
        let is_accepted = entry.state == SendState::Accepted;
        let is_sent = is_accepted || entry.resolution == Some(Resolution::Sent);
        let is_marked = self
            .mark
            .as_ref()
            .is_some_and(|mark| mark.id == Some(entry.id));
        if is_marked && is_sent {
            self.mark_taken();
        }
    }

    /// The message of the mark was taken after all.
    pub(super) fn mark_taken(&mut self) {
        let Some(mark) = self.mark.as_mut().filter(|mark| !mark.is_accepted) else {
            return;
        };
        mark.is_accepted = true;
        if self.is_sent() {
            self.sent_off();
        }
    }
}
