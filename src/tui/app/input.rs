//! Keys, pastes and the mouse: the top dialog takes them, else the keymap, else the field.

use crossterm::event::{Event as TermEvent, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::{Rect, Size};

use super::{App, Tab};
use crate::tui::action::{Action, Context};
use crate::tui::effect::Effect;
use crate::tui::focus::Focus;
use crate::tui::layout::{self, Row};
use crate::tui::modal::{self, Choice, Entry, Modal, Purpose};
use crate::tui::pane;
use crate::tui::widget::field::Response;

impl App {
    /// Something happened at the terminal.
    pub(super) fn terminal(&mut self, event: TermEvent) -> Vec<Effect> {
        match event {
            TermEvent::Key(key) if key.kind != KeyEventKind::Release => self.key(key),
            TermEvent::Paste(text) => {
                self.paste(&text);
                Vec::new()
            }
            TermEvent::Mouse(mouse) => self.mouse(mouse),
            TermEvent::Resize(width, height) => {
                self.size = Size { width, height };
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn key(&mut self, key: KeyEvent) -> Vec<Effect> {
        if self.screen().is_none() {
            // Nothing is seen: only leaving makes sense.
            let quit = self.keymap.action(key, Context::Text) == Some(Action::Quit);
            return if quit { self.quit() } else { Vec::new() };
        }
        if let Some(modal) = self.modals.pop() {
            return self.modal_key(modal, key);
        }
        if let Some(action) = self.keymap.action(key, self.context()) {
            return self.perform(action);
        }
        if self.adds_item(key) {
            return self.perform(Action::AddItem);
        }
        match self.focus {
            Focus::Kind => self.kind_key(key),
            Focus::Buttons | Focus::Item(_) => self.item_key(key),
            Focus::Pane => self.pane_key(key),
            focus => self.field_key(focus, key),
        }
        Vec::new()
    }

    /// Whether a key that types nothing adds an item from within one's texts, as it does on the item.
    fn adds_item(&self, key: KeyEvent) -> bool {
        key.code == KeyCode::Insert
            && self.focus.item().is_some()
            && self.keymap.action(key, Context::Item) == Some(Action::AddItem)
    }

    const fn context(&self) -> Context {
        match self.focus {
            Focus::Buttons | Focus::Item(_) => Context::Item,
            focus if focus.is_text() => Context::Text,
            _ => Context::Elsewhere,
        }
    }

    fn field_key(&mut self, focus: Focus, key: KeyEvent) {
        let now = self.now;
        let leaves = focus != Focus::Text || key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Enter if focus != Focus::Text => self.step_focus(false),
            KeyCode::Up if leaves => self.step_row(true),
            KeyCode::Down if leaves => self.step_row(false),
            _ => {
                self.composer.key(focus, key, now);
            }
        }
    }

    /// To the row above or below, into its first text if it has one.
    fn step_row(&mut self, up: bool) {
        let stops = Focus::stops(&self.draft().message);
        let Some(here) = stops.iter().position(|&stop| stop == self.focus) else {
            return;
        };
        let same_row = |stop: &Focus| match (stop.item(), self.focus.item()) {
            (Some(one), Some(other)) => one == other,
            _ => *stop == self.focus,
        };
        let target = if up {
            stops[..here].iter().rposition(|stop| !same_row(stop))
        } else {
            stops[here..]
                .iter()
                .position(|stop| !same_row(stop))
                .map(|at| here + at)
        };
        let Some(target) = target.map(|at| stops[at]) else {
            return;
        };
        // Between buttons the column stays.
        let focus = match (target.item(), self.focus.item()) {
            (Some(index), Some(_)) => {
                let same_column = self.focus.with_item(index);
                if stops.contains(&same_column) {
                    same_column
                } else {
                    Focus::ButtonText(index)
                }
            }
            (Some(index), None) => Focus::Item(index),
            _ => target,
        };
        self.focus_on(focus);
    }

    fn kind_key(&mut self, key: KeyEvent) {
        match key.code {
            KeyCode::Left => self.composer.turn_kind(true),
            KeyCode::Right | KeyCode::Enter | KeyCode::Char(' ') => self.composer.turn_kind(false),
            KeyCode::Down => self.step_row(false),
            _ => {}
        }
    }

    fn item_key(&mut self, key: KeyEvent) {
        match (key.code, self.focus) {
            (KeyCode::Up, _) => self.step_row(true),
            (KeyCode::Down, _) => self.step_row(false),
            (KeyCode::Left, Focus::Item(index)) => self.composer.turn_action(index, true),
            (KeyCode::Right | KeyCode::Char(' '), Focus::Item(index)) => {
                self.composer.turn_action(index, false);
            }
            (KeyCode::Enter, Focus::Item(index)) => self.focus_on(Focus::ButtonText(index)),
            (KeyCode::Enter, Focus::Buttons) => {
                self.perform(Action::AddItem);
            }
            // What is typed on a button is meant for its text.
            (KeyCode::Char(_), Focus::Item(index)) if is_typing(key) => {
                self.focus_on(Focus::ButtonText(index));
                self.field_key(self.focus, key);
            }
            _ => {}
        }
    }

    fn pane_key(&mut self, key: KeyEvent) {
        let page = isize::try_from(self.pane_height().saturating_sub(1)).unwrap_or(1);
        let by = match key.code {
            KeyCode::Up => -1,
            KeyCode::Down => 1,
            KeyCode::PageUp => -page,
            KeyCode::PageDown => page,
            KeyCode::Home => isize::MIN / 2,
            KeyCode::End => isize::MAX / 2,
            KeyCode::Left | KeyCode::Right => {
                let tab = super::composer::turn(&Tab::ALL, self.tab, key.code == KeyCode::Left);
                self.show(tab);
                return;
            }
            KeyCode::Enter if self.tab == Tab::Problems => {
                self.jump_to_problem();
                return;
            }
            // What is typed here is meant for the field that was left.
            KeyCode::Char(_) if is_typing(key) => {
                self.back_to_form();
                if self.focus.is_text() {
                    self.field_key(self.focus, key);
                } else {
                    self.item_key(key);
                }
                return;
            }
            _ => return,
        };
        if self.tab == Tab::Problems {
            self.select_problem(by);
        } else {
            self.scroll_pane(by);
        }
    }

    fn select_problem(&mut self, by: isize) {
        let last = self.problem_list().count().saturating_sub(1);
        self.selected_problem = self.selected_problem.saturating_add_signed(by).min(last);
        let Some(screen) = self.screen() else { return };
        let (top, bottom) = pane::problems::rows_of(self, self.selected_problem, screen.pane.width);
        let height = self.pane_height();
        // Of an entry that is taller than the pane, the beginning is what matters.
        self.scroll = self.scroll.max(bottom.saturating_sub(height)).min(top);
    }

    fn paste(&mut self, text: &str) {
        let now = self.now;
        if let Some(field) = self.modals.last_mut().and_then(Modal::field_mut) {
            field.insert(text, now);
            return;
        }
        if !self.modals.is_empty() || self.screen().is_none() {
            return;
        }
        match self.focus {
            Focus::Pane => self.back_to_form(),
            Focus::Item(index) => self.focus_on(Focus::ButtonText(index)),
            _ => {}
        }
        if !self.focus.is_text() {
            self.focus_on(Focus::Text);
        }
        self.insert(text);
    }

    // ---------------------------------------------------------------- dialogs

    /// A key for a dialog, which was taken off the stack and is put back unless it is done.
    fn modal_key(&mut self, mut modal: Modal, key: KeyEvent) -> Vec<Effect> {
        let action = self.keymap.action(key, Context::Text);
        if action == Some(Action::Close) {
            return Vec::new();
        }
        if action == Some(Action::Quit) {
            self.modals.push(modal);
            return self.quit();
        }
        if key.code == KeyCode::Enter {
            return self.modal_enter(modal);
        }
        let back = matches!(key.code, KeyCode::Left | KeyCode::Up | KeyCode::BackTab);
        let step = matches!(
            key.code,
            KeyCode::Left
                | KeyCode::Up
                | KeyCode::BackTab
                | KeyCode::Right
                | KeyCode::Down
                | KeyCode::Tab
        );
        let count = modal.choices().len();
        match &mut modal {
            Modal::Help { scroll } => {
                let last = modal::help::rows(self).saturating_sub(modal::help::height(self.size));
                let page = modal::help::height(self.size).saturating_sub(1);
                *scroll = match key.code {
                    KeyCode::Up => scroll.saturating_sub(1),
                    KeyCode::Down => *scroll + 1,
                    KeyCode::PageUp => scroll.saturating_sub(page),
                    KeyCode::PageDown | KeyCode::Char(' ') => *scroll + page,
                    KeyCode::Home => 0,
                    KeyCode::End => last,
                    _ if action == Some(Action::Help) => return Vec::new(),
                    _ => *scroll,
                }
                .min(last);
            }
            Modal::Palette(palette) => {
                let last = palette.entries(self).len().saturating_sub(1);
                match key.code {
                    KeyCode::Up | KeyCode::BackTab => {
                        palette.selected = palette.selected.checked_sub(1).unwrap_or(last);
                    }
                    KeyCode::Down | KeyCode::Tab => {
                        palette.selected = if palette.selected >= last {
                            0
                        } else {
                            palette.selected + 1
                        }
                    }
                    KeyCode::PageUp => palette.selected = palette.selected.saturating_sub(8),
                    KeyCode::PageDown => palette.selected = (palette.selected + 8).min(last),
                    _ if action == Some(Action::Palette) => return Vec::new(),
                    _ => {
                        if palette.query.key(key, self.now) == Response::Changed {
                            palette.selected = 0;
                        }
                    }
                }
            }
            Modal::Path(prompt) => {
                let changed = prompt.field.key(key, self.now) == Response::Changed;
                prompt.error.take_if(|_| changed);
            }
            _ if step && count > 0 => {
                if let Some(choice) = modal.choice_mut() {
                    *choice = if back {
                        (*choice + count - 1) % count
                    } else {
                        (*choice + 1) % count
                    };
                }
            }
            _ => {}
        }
        self.modals.push(modal);
        Vec::new()
    }

    pub(super) fn modal_enter(&mut self, modal: Modal) -> Vec<Effect> {
        let picked = modal.choices().get(modal.choice()).copied();
        match (modal, picked) {
            (Modal::Palette(palette), _) => match palette.entries(self).get(palette.selected) {
                Some(&Entry::Action(action)) => self.perform(action),
                Some(&Entry::Profile(at)) => self.use_profile(at),
                None => {
                    self.modals.push(Modal::Palette(palette));
                    Vec::new()
                }
            },
            (Modal::Path(mut prompt), _) => {
                let effects = self.path_entered(&mut prompt);
                self.modals.push(Modal::Path(prompt));
                effects
            }
            (modal, Some(choice)) => self.choose(&modal, choice),
            _ => Vec::new(),
        }
    }

    fn choose(&mut self, modal: &Modal, choice: Choice) -> Vec<Effect> {
        match (choice, modal) {
            (Choice::Send, _) => return self.send(),
            (Choice::Fix, _) => self.fix(),
            (Choice::Force, _) => self.confirm(true),
            (Choice::NumberedText, _) => return self.perform(Action::Duplicate),
            (
                Choice::Discard,
                Modal::Discard {
                    purpose: Purpose::New,
                    ..
                },
            ) => self.start_new(),
            (Choice::Discard, _) => self.ask_path(Purpose::Open),
            (Choice::Replace, Modal::Replace { path, .. }) => {
                return self.save_to(path.clone(), true);
            }
            (Choice::Replace | Choice::Cancel, _) => {}
        }
        Vec::new()
    }

    /// The parts of a row that can have the focus.
    pub fn cells(&self, row: Row) -> Vec<(Focus, Rect)> {
        pane::form::cells(self, row)
    }

    /// The area of the form's row that has the focus, if it is seen.
    pub fn focused_cell(&self, form: &layout::Form) -> Option<Rect> {
        let mut cells = form.rows.iter().flat_map(|&row| self.cells(row));
        cells
            .find(|&(focus, _)| focus == self.focus)
            .map(|(_, area)| area)
    }
}

/// Whether a key types a character.
fn is_typing(key: KeyEvent) -> bool {
    (key.modifiers - KeyModifiers::SHIFT).is_empty()
}
