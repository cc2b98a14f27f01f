//! The variables of a message: asked for before it is sent, and shown filled in from then on.
//!
//! What was filled in for a message is proposed when it is sent once more, to the same recipient. Another
//! recipient, or another message, begins without values.

use std::collections::BTreeMap;

use super::App;
use super::toast::Tone;
use crate::message::{Field, recipient_key, variables};
use crate::tui::effect::Effect;
use crate::tui::focus::Focus;
use crate::tui::modal::{FillPrompt, Modal};
use crate::tui::widget::field::Field as Editor;

/// What was given for variables, by name, for one recipient.
#[derive(Debug, Clone, Default)]
pub struct Values {
    /// Whom they are for; `None` where they were given before a recipient was.
    recipient: Option<String>,
    /// For the message that is composed.
    known: BTreeMap<String, String>,
    /// For the same message as it was sent before.
    last: BTreeMap<String, String>,
}

impl Values {
    /// The message was sent to this recipient.
    pub fn set_aside(&mut self, to: &str) {
        self.give_to(to);
        self.last.append(&mut self.known);
    }

    /// They are for this recipient, and for no other one.
    fn give_to(&mut self, to: &str) {
        if !(to.trim().is_empty() || self.known.is_empty() && self.last.is_empty()) {
            self.recipient = Some(recipient_key(to));
        }
    }

    /// The values of the message, if they were given for this recipient.
    pub fn known(&self, to: &str) -> Option<&BTreeMap<String, String>> {
        Some(&self.known).filter(|known| !known.is_empty() && self.are_for(to))
    }

    /// What is proposed for a variable.
    fn proposed(&self, name: &str, to: &str) -> &str {
        let value = self.known.get(name).or_else(|| self.last.get(name));
        let value = value.filter(|_| self.are_for(to));
        value.map_or("", String::as_str)
    }

    fn are_for(&self, to: &str) -> bool {
        let recipient = self.recipient.as_ref();
        recipient.is_none_or(|recipient| *recipient == recipient_key(to))
    }
}

impl App {
    /// Whether a variable is not filled in.
    pub(super) fn has_open_variables(&self) -> bool {
        !variables::variables(self.shown()).is_empty()
    }

    /// Asks for the values, and sends then if that was meant.
    pub(super) fn ask_values(&mut self, then_send: bool) {
        let names = variables::variables(self.draft());
        if names.is_empty() {
            let words = "This message has no variables; write one as {{name}}";
            self.toast(words, Tone::Info);
            return;
        }
        let to = &self.draft().to;
        let fields = names.iter().map(|name| {
            let mut editor = Editor::new(self.values.proposed(name, to), false);
            editor.select_all();
            editor
        });
        let fields = fields.collect();
        self.modals.push(Modal::Fill(FillPrompt {
            names,
            fields,
            at: 0,
            then_send,
        }));
    }

    /// Values that were given before a recipient belong to the one that is entered then.
    pub(super) fn give_values_to_recipient(&mut self) {
        if self.values.recipient.is_none() && self.focus != Focus::Edit(Field::To) {
            self.values.give_to(&self.composer.draft().to);
        }
    }

    /// The values were given; an empty one leaves its variable as it is.
    pub(super) fn filled_in(&mut self, prompt: &FillPrompt) -> Vec<Effect> {
        if !self.values.are_for(&self.draft().to) {
            self.values = Values::default();
        }
        for (name, editor) in prompt.names.iter().zip(&prompt.fields) {
            let value = editor.text();
            if value.is_empty() {
                self.values.known.remove(name);
            } else {
                self.values.known.insert(name.clone(), value);
            }
        }
        self.examine();
        // A picture that the values name is another one, which is not there yet.
        let mut effects = self.follow_picture();
        if prompt.then_send {
            // Also while the recipient can still be edited: it is the one that is sent to.
            self.values.give_to(&self.composer.draft().to);
            effects.extend(self.ask_to_send_filled());
        }
        effects
    }
}
