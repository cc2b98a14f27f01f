//! What was filled in for the variables of a message.
//!
//! It is proposed when the message is sent once more, to the same recipient. Another recipient, or
//! another message, begins without values.

use std::collections::BTreeMap;

use crate::message::recipient_key;

/// What was given for variables, by name, for one recipient.
#[derive(Debug, Clone, Default)]
pub struct Values {
    /// Whom they are for; `None` where they were given before a recipient was.
    pub(crate) recipient: Option<String>,
    /// For the message that is composed.
    pub(crate) known: BTreeMap<String, String>,
    /// For the same message as it was sent before.
    pub(crate) last: BTreeMap<String, String>,
}

impl Values {
    /// The message was sent to this recipient.
    pub fn set_aside(&mut self, to: &str) {
        self.give_to(to);
        self.last.append(&mut self.known);
    }

    /// They are for this recipient, and for no other one.
    pub(crate) fn give_to(&mut self, to: &str) {
        if !(to.trim().is_empty() || self.known.is_empty() && self.last.is_empty()) {
            self.recipient = Some(recipient_key(to));
        }
    }

    /// The values of the message, if they were given for this recipient.
    pub fn known(&self, to: &str) -> Option<&BTreeMap<String, String>> {
        Some(&self.known).filter(|known| !known.is_empty() && self.are_for(to))
    }

    /// What is proposed for a variable.
    pub(crate) fn proposed(&self, name: &str, to: &str) -> &str {
        let value = self.known.get(name).or_else(|| self.last.get(name));
        let value = value.filter(|_| self.are_for(to));
        value.map_or("", String::as_str)
    }

    pub(crate) fn are_for(&self, to: &str) -> bool {
        let recipient = self.recipient.as_ref();
        recipient.is_none_or(|recipient| *recipient == recipient_key(to))
    }
}
