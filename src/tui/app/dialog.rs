//! The keys of the dialogs, and what their answers do.

use crossterm::event::{KeyCode, KeyEvent};

use super::input::is_typing;
use super::toast::Tone;
use super::{App, Tab};
use crate::tui::action::{Action, Context};
use crate::tui::effect::{Effect, Over};
use crate::tui::focus::Focus;
use crate::tui::modal::{self, Choice, Doubt, Entry, FillPrompt, Modal, Palette, Purpose};
use crate::tui::widget::field::{Field, Response};

impl App {
    /// A key for a dialog, which was taken off the stack and is put back unless it is done.
    pub(super) fn modal_key(&mut self, mut modal: Modal, key: KeyEvent) -> Vec<Effect> {
        let place = match &modal {
            Modal::Drafts(_) => Context::Drafts,
            Modal::Page { .. } => Context::History,
            _ => Context::Text,
        };
        let keymap = &self.keymap;
        let action = keymap.action(key, place);
        let action = action.or_else(|| keymap.action(key, Context::Text));
        let toggles = match &modal {
            Modal::Help { .. } => Some(Action::Help),
            Modal::Palette(_) => Some(Action::Palette),
            Modal::Drafts(_) => Some(Action::Drafts),
            _ => None,
        };
        match action {
            Some(Action::Close) => {
                if let Modal::Drafts(list) = &mut modal
                    && list.naming.take().is_some()
                {
                    self.modals.push(modal);
                    return Vec::new();
                }
                self.closed(&modal);
                return Vec::new();
            }
            Some(_) if action == toggles => return Vec::new(),
            Some(Action::Quit) => {
                self.modals.push(modal);
                return self.quit();
            }
            _ if key.code == KeyCode::Enter => return self.modal_enter(modal),
            _ if modal.starts_a_send() && is_letter(key, 'c') => return Vec::new(),
            _ if matches!(modal, Modal::Confirm(_)) && is_letter(key, 'l') => {
                self.show(Tab::Preview);
                self.focus_on(Focus::Pane);
                return Vec::new();
            }
            _ => {}
        }
        let mut modal = match modal {
            Modal::Drafts(list) => return self.drafts_key(list, action, key),
            Modal::Page { page, scroll } => return self.page_key(page, scroll, action, key),
            modal => modal,
        };
        if let (Some(action), Some(field)) = (action, modal.field_mut())
            && edits(action, field)
        {
            modal.text_changed();
            self.modals.push(modal);
            return Vec::new();
        }
        match &mut modal {
            Modal::Help { scroll } => self.help_key(scroll, key),
            Modal::Palette(palette) => self.palette_key(palette, key),
            Modal::Fill(prompt) => self.fill_key(prompt, key),
            Modal::Compare(comparison) => comparison.key(key),
            Modal::Import(prompt) => self.import_key(prompt, action, key),
            Modal::Pick(pick) => {
                pick.selected = stepped(pick.selected, pick.choices.len(), key);
            }
            Modal::Path(prompt) => self.path_key(prompt, key),
            _ => question_key(&mut modal, key),
        }
        self.modals.push(modal);
        Vec::new()
    }

    fn help_key(&self, scroll: &mut usize, key: KeyEvent) {
        let last = modal::help::rows(self).saturating_sub(modal::help::height(self.size));
        let page = modal::help::height(self.size).saturating_sub(1);
        *scroll = match key.code {
            KeyCode::Up => scroll.saturating_sub(1),
            KeyCode::Down => *scroll + 1,
            KeyCode::PageUp => scroll.saturating_sub(page),
            KeyCode::PageDown | KeyCode::Char(' ') => *scroll + page,
            KeyCode::Home => 0,
            KeyCode::End => last,
            _ => *scroll,
        }
        .min(last);
    }

    fn palette_key(&self, palette: &mut Palette, key: KeyEvent) {
        let count = palette.entries(self).len();
        if matches!(key.code, KeyCode::Home | KeyCode::End) {
            palette.query.key(key, self.now);
            return;
        }
        let stepped = stepped(palette.selected, count, key);
        if stepped != palette.selected {
            palette.selected = stepped;
        } else if palette.query.key(key, self.now) == Response::Changed {
            palette.selected = 0;
        }
    }

    fn fill_key(&self, prompt: &mut FillPrompt, key: KeyEvent) {
        let stepped = match key.code {
            KeyCode::Home | KeyCode::End => prompt.at,
            _ => stepped(prompt.at, prompt.fields.len(), key),
        };
        if stepped != prompt.at {
            prompt.at = stepped;
        } else if let Some(field) = prompt.fields.get_mut(prompt.at) {
            field.key(key, self.now);
        }
    }

    pub(super) fn modal_enter(&mut self, modal: Modal) -> Vec<Effect> {
        let choice = modal.choice();
        let picked = choice.and_then(|choice| modal.choices().get(choice).copied());
        match (modal, picked) {
            (Modal::Palette(palette), _) => match palette.entries(self).get(palette.selected) {
                Some(&Entry::Action(action)) => self.perform(action),
                Some(&Entry::Profile(at)) => self.use_profile(at),
                None => {
                    self.modals.push(Modal::Palette(palette));
                    Vec::new()
                }
            },
            (Modal::Path(prompt), _) => self.path_chosen(prompt),
            (Modal::Drafts(list), _) => self.drafts_enter(list),
            (Modal::Fill(mut prompt), _) => {
                if prompt.at + 1 < prompt.fields.len() {
                    prompt.at += 1;
                    self.modals.push(Modal::Fill(prompt));
                    return Vec::new();
                }
                self.filled_in(&prompt)
            }
            (Modal::Pick(pick), _) => {
                if let Some(row) = pick.choices.get(pick.selected) {
                    self.picked(row);
                }
                Vec::new()
            }
            (Modal::Import(prompt), _) => {
                self.import_entered(*prompt);
                Vec::new()
            }
            (Modal::Doubt(doubt), picked) => self.choose_of_doubt(doubt, picked),
            (Modal::Again { sent, .. }, Some(Choice::Send)) => self.send_again(*sent),
            (Modal::Twice { wanted, .. }, Some(Choice::Send)) => self.send_twice(*wanted),
            (Modal::ClearQueue { profile, .. }, Some(Choice::ClearQueue)) => {
                self.clear_queue(&profile)
            }
            (modal, Some(choice)) => self.choose(&modal, choice),
            _ => Vec::new(),
        }
    }

    /// What the choices of a message of unknown outcome do.
    fn choose_of_doubt(&mut self, doubt: Box<Doubt>, choice: Option<Choice>) -> Vec<Effect> {
        match choice {
            Some(Choice::MarkSent) => self.mark_as_sent(&doubt),
            Some(Choice::SendAgain) => self.ask_to_send_again(doubt),
            Some(Choice::LookUp) => self.look_it_up(doubt),
            Some(_) => self.keep_unknown(&doubt),
            None => {
                self.modals.push(Modal::Doubt(doubt));
                self.toast("Choose with ← → or Tab, then press Enter", Tone::Info);
                Vec::new()
            }
        }
    }

    fn choose(&mut self, modal: &Modal, choice: Choice) -> Vec<Effect> {
        match (choice, modal) {
            (Choice::Send, Modal::Confirm(confirm)) => return self.send(confirm.earlier.is_some()),
            (Choice::Fix, _) => self.fix(),
            (Choice::Force, _) => self.confirm(true),
            (Choice::NumberedText, _) => return self.perform(Action::Duplicate),
            (Choice::Discard, Modal::Discard { then, .. }) => return self.go_on(then.clone()),
            (Choice::Discard, _) => self.take_import(),
            (Choice::Replace, Modal::Replace { path, .. }) => {
                return self.save_to(path.clone(), Over::Anything);
            }
            (Choice::SaveAs, _) => self.ask_path(Purpose::SaveAs),
            (Choice::Wait, _) => return self.wait_and_quit(),
            (Choice::QuitAnyway, _) => return self.quit_anyway(),
            (Choice::TakeChanges, Modal::Changes { id, .. }) => return self.ask_to_take(*id),
            _ => {}
        }
        Vec::new()
    }
}

fn is_letter(key: KeyEvent, letter: char) -> bool {
    matches!(key.code, KeyCode::Char(c) if is_typing(key) && c.eq_ignore_ascii_case(&letter))
}

/// Does what an action of a text means in a dialog's text. Whether it is one.
fn edits(action: Action, field: &mut Field) -> bool {
    match action {
        Action::SelectAll => field.select_all(),
        Action::Undo => {
            field.undo();
        }
        Action::Redo => {
            field.redo();
        }
        _ => return false,
    }
    true
}

/// Left and right, up and down, or Tab: another choice.
fn question_key(modal: &mut Modal, key: KeyEvent) {
    let count = modal.choices().len();
    let back = match key.code {
        KeyCode::Left | KeyCode::Up | KeyCode::BackTab => true,
        KeyCode::Right | KeyCode::Down | KeyCode::Tab => false,
        _ => {
            // What is typed is meant for the message below, and so is an Enter after it.
            if let Modal::Doubt(doubt) = modal {
                doubt.choose_nothing();
            }
            return;
        }
    };
    if count > 0 {
        let last = count - 1;
        modal.choose(match (modal.choice(), back) {
            (None | Some(0), true) => last,
            (Some(choice), true) => choice - 1,
            (None, false) => 0,
            (Some(choice), false) => (choice + 1) % count,
        });
    }
}

/// The entry of a list that a key goes to; the list is a ring.
pub(super) fn stepped(selected: usize, count: usize, key: KeyEvent) -> usize {
    const PAGE: usize = 8;
    let last = count.saturating_sub(1);
    match key.code {
        KeyCode::Up | KeyCode::BackTab => selected.checked_sub(1).unwrap_or(last),
        KeyCode::Down | KeyCode::Tab if selected >= last => 0,
        KeyCode::Down | KeyCode::Tab => selected + 1,
        KeyCode::PageUp => selected.saturating_sub(PAGE),
        KeyCode::PageDown => (selected + PAGE).min(last),
        KeyCode::Home => 0,
        KeyCode::End => last,
        _ => selected,
    }
}
