//! What somebody has seen of a new message: what is only missing in it is not held against them before
//! they left the field, or wanted to send.

use crate::message::{Draft, Field};
use crate::tui::focus::Focus;

/// The places of a new message that were left; of any other message everything is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    is_new: bool,
    left: Vec<Focus>,
}

impl Touched {
    /// For a draft that is composed from here on.
    pub fn of(draft: &Draft) -> Self {
        Self {
            is_new: draft.is_blank(),
            left: Vec::new(),
        }
    }

    /// The focus leaves a place.
    pub fn leave(&mut self, focus: Focus) {
        if self.is_new && !self.left.contains(&focus) {
            self.left.push(focus);
        }
    }

    /// From here on everything is shown.
    pub fn show_all(&mut self) {
        *self = Self::default();
    }

    /// Whether a problem at a field is not shown yet: nothing is there, or a recipient is being typed.
    pub fn hides(&self, draft: &Draft, field: Field) -> bool {
        if !self.is_new || self.left.contains(&Focus::of_field(field)) {
            return false;
        }
        let is_empty = match draft.text_at(field) {
            Some(text) => text.is_empty(),
            None => draft.message.count_at(field) == Some(0),
        };
        is_empty || field == Field::To
    }
}
