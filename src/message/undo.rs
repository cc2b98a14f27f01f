//! One undo history for a whole draft: steps of edits, which can be taken back and made again.
//!
//! It is pure data. A step never changes once another one follows it, so that a store writes each
//! of them once; what is taken back is told from what is not by a position alone.

mod edit;

use std::collections::VecDeque;

pub use edit::Edit;

use super::Field;
use super::document::Document;

/// Edits that are made, and taken back, together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step(pub Vec<Edit>);

/// The steps that a draft went through, and how many of them are not taken back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Undo {
    steps: VecDeque<Step>,
    /// The number of the first one; they count on over all that were dropped.
    first: u64,
    /// How many of the steps are not taken back.
    done: usize,
    /// Their bytes.
    size: usize,
    /// The field whose typing may go on in the last step.
    open: Option<Field>,
    /// What the edits of one action have in common.
    group: Group,
    /// The number of the first step that nobody asked for since it changed.
    news: u64,
    /// Whether anything at all changed since.
    is_news: bool,
}

/// Whether what comes next belongs to the step before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Group {
    #[default]
    None,
    Begun,
    Goes,
}

/// What is new of a history since it was asked for last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct News {
    /// The number of the first step that there is: those before are dropped.
    pub first: u64,
    /// The number of the first of these steps: those from there on are replaced by them.
    pub from: u64,
    /// The steps from there on.
    pub steps: Vec<Step>,
    /// The number of the first step that is taken back.
    pub done: u64,
}

impl Step {
    /// About as many bytes as it takes.
    pub fn size(&self) -> usize {
        self.0.iter().map(Edit::size).sum()
    }

    /// Adds an edit that was made after the others; typing that goes on in a text stays one edit.
    fn add(&mut self, edit: Edit) {
        // Texts of different fields are changed in any order.
        let mut texts = self
            .0
            .iter_mut()
            .rev()
            .take_while(|old| old.field().is_some());
        let last = texts.find(|old| old.field() == edit.field());
        if last.is_some_and(|last| last.join(&edit)) {
            return;
        }
        self.0.push(edit);
    }
}

impl Undo {
    /// The most steps that are kept.
    pub const STEPS: usize = 500;
    /// The most bytes that they take.
    pub const BYTES: usize = 4 << 20;

    /// A history as it was kept: its first step's number, its steps, and the number of the first one
    /// that is taken back.
    pub fn kept(first: u64, steps: Vec<Step>, done: u64) -> Self {
        let size = steps.iter().map(Step::size).sum();
        let end = first + steps.len() as u64;
        let done = done.clamp(first, end);
        Self {
            done: usize::try_from(done - first).unwrap_or(0),
            steps: steps.into(),
            first,
            size,
            news: end,
            ..Self::default()
        }
    }

    /// Takes down edits that were made, as a step of their own; what was taken back is no more.
    pub fn push(&mut self, edits: Vec<Edit>) {
        self.open = None;
        if self.group == Group::Goes {
            return for edit in edits {
                self.add(edit);
            };
        }
        if edits.is_empty() {
            return;
        }
        while self.steps.len() > self.done {
            self.drop_last();
        }
        if self.group == Group::Begun {
            self.group = Group::Goes;
        }
        let step = Step(edits);
        self.size += step.size();
        self.steps.push_back(step);
        self.done += 1;
        self.changed(self.done - 1);
        self.limit();
    }

    /// Takes down the typing of a text, and what follows from it; it belongs to the last step where
    /// that is typing in the same text which goes on.
    pub fn push_typing(&mut self, field: Field, edits: Vec<Edit>, goes_on: bool) {
        let joins = goes_on && self.open == Some(field) && self.steps.len() == self.done;
        if joins && self.group == Group::None {
            for edit in edits {
                self.add(edit);
            }
        } else {
            self.push(edits);
        }
        self.open = Some(field);
    }

    /// What is taken down until [`Self::end_group`] is one step.
    pub const fn begin_group(&mut self) {
        self.group = Group::Begun;
    }

    /// What is taken down from here on is a step of its own.
    pub const fn end_group(&mut self) {
        self.group = Group::None;
        self.open = None;
    }

    /// The next step: the one that is taken back, or the one that is made again.
    pub fn next(&self, again: bool) -> Option<&Step> {
        let at = if again {
            self.done
        } else {
            self.done.checked_sub(1)?
        };
        self.steps.get(at)
    }

    /// Takes the last step back in a document, or makes the next one again, and returns it. Where it
    /// does not fit the document, nothing changes there, and the history is empty from then on.
    pub fn step(&mut self, document: &mut Document, again: bool) -> Option<&Step> {
        self.open = None;
        let step = self.next(again)?;
        if !edit::apply(&step.0, document, !again) {
            self.clear();
            return None;
        }
        self.is_news = true;
        if again {
            self.done += 1;
            return self.steps.get(self.done - 1);
        }
        self.done -= 1;
        self.steps.get(self.done)
    }

    /// Takes the last step back in a document as if it had never been, if it is such a one.
    pub fn revoke(
        &mut self,
        document: &mut Document,
        is_it: impl FnOnce(&Step) -> bool,
    ) -> Option<Step> {
        let step = self.next(false)?;
        if self.group != Group::None || !is_it(step) || !edit::apply(&step.0, document, true) {
            return None;
        }
        while self.steps.len() > self.done {
            self.drop_last();
        }
        self.done -= 1;
        self.drop_last()
    }

    /// What is new since this was asked last.
    pub fn take_news(&mut self) -> News {
        let from = self.news.max(self.first);
        let skip = usize::try_from(from - self.first).unwrap_or(usize::MAX);
        let steps: Vec<Step> = self.steps.iter().skip(skip).cloned().collect();
        self.news = self.first + self.steps.len() as u64;
        self.is_news = false;
        News {
            first: self.first,
            from,
            steps,
            done: self.first + self.done as u64,
        }
    }

    /// Whether there is anything new since it was asked last.
    pub const fn has_news(&self) -> bool {
        self.is_news
    }

    /// Whether anything is to be written when the draft is: also what was asked for in vain.
    pub fn is_behind(&self) -> bool {
        self.is_news || self.news < self.first + self.steps.len() as u64
    }

    /// All of it is new: what was asked for was not kept, or is to be kept elsewhere. It waits for the
    /// next change.
    pub const fn is_all_news(&mut self) {
        self.news = self.first;
    }

    /// Forgets every step.
    fn clear(&mut self) {
        self.first += self.steps.len() as u64;
        self.steps.clear();
        (self.done, self.size, self.open) = (0, 0, None);
        self.news = self.news.min(self.first);
        self.is_news = true;
    }

    fn add(&mut self, edit: Edit) {
        let Some(last) = self.steps.back_mut() else {
            return;
        };
        let before = last.size();
        last.add(edit);
        self.size += last.size();
        self.size -= before;
        self.changed(self.steps.len() - 1);
        self.limit();
    }

    fn changed(&mut self, at: usize) {
        self.news = self.news.min(self.first + at as u64);
        self.is_news = true;
    }

    fn drop_last(&mut self) -> Option<Step> {
        let step = self.steps.pop_back()?;
        self.size -= step.size();
        self.changed(self.steps.len());
        Some(step)
    }

    /// Drops the oldest steps beyond what is kept.
    fn limit(&mut self) {
        while self.steps.len() > Self::STEPS || self.size > Self::BYTES {
            let Some(step) = self.steps.pop_front() else {
                return;
            };
            self.size -= step.size();
            self.first += 1;
            self.done = self.done.saturating_sub(1);
        }
    }
}
