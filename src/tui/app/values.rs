//! The variables of a message: asked for before it is sent, and shown filled in from then on.
//!
//! What was filled in for one message is not taken for the next one by itself: it is only proposed.

use std::collections::BTreeMap;

use super::App;
use super::toast::Tone;
use crate::message::variables;
use crate::tui::effect::Effect;
use crate::tui::modal::{FillPrompt, Modal};
use crate::tui::widget::field::Field as Editor;

/// What was given for variables, by name.
#[derive(Debug, Clone, Default)]
pub struct Values {
    /// For the message that is composed.
    pub known: BTreeMap<String, String>,
    /// For the one before.
    last: BTreeMap<String, String>,
}

impl Values {
    /// Another message is composed.
    pub fn set_aside(&mut self) {
        self.last.append(&mut self.known);
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
        let value = |name: &String| {
            let Values { known, last } = &self.values;
            known
                .get(name)
                .or_else(|| last.get(name))
                .map_or("", String::as_str)
        };
        let fields = names.iter().map(|name| {
            let mut editor = Editor::new(value(name), false);
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

    /// The values were given; an empty one leaves its variable as it is.
    pub(super) fn filled_in(&mut self, prompt: &FillPrompt) -> Vec<Effect> {
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
            effects.extend(self.ask_to_send_filled());
        }
        effects
    }
}
