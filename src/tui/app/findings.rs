//! What follows from the draft and the profile: its variables filled in, its limits, its problems.

use super::App;
use crate::message::check::{self, Problem, Severity};
use crate::message::limits::Limits;
use crate::message::{Draft, variables};
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
        if self.values.known.is_empty() {
            return None;
        }
        let mut filled = self.draft().clone();
        let used = variables::fill(&mut filled, &self.values.known);
        (!used.is_empty()).then_some(filled)
    }
}
