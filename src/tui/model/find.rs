//! What is looked for on the right-hand side.

use crate::message::folded;
use crate::tui::widget::field::Field;

/// A search in what a tab shows; it stays when another tab is shown.
#[derive(Debug)]
pub struct Find {
    /// What is looked for.
    pub field: Field,
    /// Whether it is being typed.
    pub is_typing: bool,
    /// The hit that is gone to.
    pub at: usize,
    /// How far the tab was scrolled when it was begun.
    pub(crate) from: usize,
}

impl Default for Find {
    fn default() -> Self {
        Self {
            field: Field::new("", false),
            is_typing: false,
            at: 0,
            from: 0,
        }
    }
}

impl Find {
    /// Begins to type another search.
    pub(crate) fn begin(&mut self, scroll: usize) {
        *self = Self {
            is_typing: true,
            from: scroll,
            ..Self::default()
        };
    }

    /// Whether anything is looked for, or about to be.
    pub fn is_on(&self) -> bool {
        self.is_typing || !self.field.is_empty()
    }

    /// What is looked for, as texts are searched.
    pub fn wanted(&self) -> String {
        folded(&self.field.text())
    }
}
