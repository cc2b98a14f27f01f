//! A gateway's JSON or a curl command that is pasted, in the place of the draft.

use crossterm::event::KeyEvent;

use super::App;
use super::toast::Tone;
use crate::tui::action::Action;
use crate::tui::modal::{Found, ImportPrompt, Modal};

impl App {
    /// Asks for what is to be imported.
    pub(super) fn ask_to_import(&mut self) {
        self.modals.push(Modal::Import(Box::default()));
    }

    /// A key for the text that is imported.
    pub(super) fn import_key(
        &self,
        prompt: &mut ImportPrompt,
        action: Option<Action>,
        key: KeyEvent,
    ) {
        if action == Some(Action::Paste) {
            prompt.paste(&self.clipboard, self.now);
        } else {
            prompt.key(key, self.now);
        }
    }

    /// Enter takes what was understood; where nothing was, it is a new line.
    pub(super) fn import_entered(&mut self, mut prompt: ImportPrompt) {
        let understood = matches!(prompt.found(), Found::Message { .. });
        if !understood {
            prompt.new_line(self.now);
        }
        self.modals.push(Modal::Import(Box::new(prompt)));
        if !understood {
            return;
        }
        if self.would_lose_changes() {
            self.modals.push(Modal::ReplaceDraft { choice: 1 });
        } else {
            self.take_import();
        }
    }

    /// Composes what was understood; its dialog is on top.
    pub(super) fn take_import(&mut self) {
        let Some(Modal::Import(prompt)) = self.modals.pop() else {
            return;
        };
        let Some((draft, left_out)) = prompt.message() else {
            return;
        };
        let words = match left_out {
            0 => "Imported".to_owned(),
            1 => "Imported, but for one key".to_owned(),
            many => format!("Imported, but for {many} keys"),
        };
        self.toast(words, Tone::Good);
        self.load(draft, None);
        self.keep_as_it_is();
    }
}
