//! Keys, pastes and the mouse: the top dialog takes them, else the keymap, else the field.

use crossterm::event::{Event as TermEvent, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::{Rect, Size};

use super::toast::Tone;
use super::{App, Tab, View, picture};
use crate::message::Field;
use crate::tui::action::{Action, Context};
use crate::tui::effect::Effect;
use crate::tui::focus::Focus;
use crate::tui::layout::{self, Row, RowKind};
use crate::tui::modal::Modal;
use crate::tui::pane;
use crate::tui::widget::field::Response;

/// The most bytes that are pasted at once: a text has 65,536 characters at the most, and a picture in
/// base64 is read from its file with less.
const MOST_PASTED: usize = 1 << 20;

impl App {
    /// Something happened at the terminal.
    pub(super) fn terminal(&mut self, event: TermEvent) -> Vec<Effect> {
        self.remember_early(&event);
        match event {
            TermEvent::Key(key) if key.kind != KeyEventKind::Release => {
                let mut effects = self.key(key);
                effects.extend(self.ask_state_gently());
                effects
            }
            TermEvent::Paste(text) if self.view == View::History && self.modals.is_empty() => {
                self.paste_in_history(&text)
            }
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
        if self.view == View::History {
            return match self.keymap.action(key, Context::History) {
                Some(action) => self.perform_in_history(action),
                None => self.history_key(key),
            };
        }
        if let Some(action) = self.keymap.action(key, self.context()) {
            return self.perform(action);
        }
        if self.adds_item(key) {
            return self.perform(Action::AddItem);
        }
        match self.focus {
            Focus::Kind | Focus::LinkPreview => self.choice_key(key),
            Focus::Heading(_) | Focus::Item(_) => return self.item_key(key),
            Focus::Pane => return self.pane_key(key),
            Focus::Edit(field) => self.field_key(field, key),
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
            Focus::Heading(_) | Focus::Item(_) => Context::Item,
            focus if focus.is_text() => Context::Text,
            _ => Context::Elsewhere,
        }
    }

    pub(super) fn field_key(&mut self, field: Field, key: KeyEvent) {
        let now = self.now;
        let leaves = field != Field::Text || key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Enter if field != Field::Text => self.enter_line(field),
            KeyCode::Up if leaves => self.step_row(true),
            KeyCode::Down if leaves => self.step_row(false),
            _ => {
                let response = self.composer.key(field, key, now);
                let is_number = matches!(field, Field::Delay | Field::Typing);
                let is_typed = matches!(key.code, KeyCode::Char(_)) && is_typing(key);
                if is_number && is_typed && response == Response::Ignored {
                    self.toast("Whole seconds, in digits", Tone::Info);
                }
            }
        }
    }

    /// To the row above or below: to the same column of a row of its sort, else to its first place.
    pub(super) fn step_row(&mut self, up: bool) {
        let rows = layout::rows(&self.composer);
        let Some(here) = rows
            .iter()
            .position(|row| row.stops().contains(&self.focus))
        else {
            return;
        };
        let current = rows[here];
        let column = current.stops().iter().position(|&stop| stop == self.focus);
        let item = self
            .focus
            .item()
            .filter(|_| matches!(self.focus, Focus::Item(_)));
        let is_of_item =
            |row: &RowKind| item.is_some() && row.stops().iter().all(|stop| stop.item() == item);
        let target = if up {
            rows[..here].iter().rev().find(|row| !is_of_item(row))
        } else {
            rows[here + 1..].iter().find(|row| !is_of_item(row))
        };
        let Some(&target) = target else { return };
        let stops = target.stops();
        let focus = match column {
            Some(column) if target.is_like(current) => stops[column],
            // From a section to its entries and back, an item stays one.
            _ => match stops[0].item().filter(|_| item.is_some()) {
                Some(item) => Focus::Item(item),
                None => stops[0],
            },
        };
        self.focus_on(focus);
    }

    fn choice_key(&mut self, key: KeyEvent) {
        let back = match key.code {
            KeyCode::Left => true,
            KeyCode::Right | KeyCode::Enter | KeyCode::Char(' ') => false,
            KeyCode::Down => return self.step_row(false),
            KeyCode::Up => return self.step_row(true),
            _ => return,
        };
        if self.focus == Focus::Kind {
            self.composer.turn_kind(back);
        } else {
            self.composer.turn_link_preview(back);
        }
    }

    fn pane_key(&mut self, key: KeyEvent) -> Vec<Effect> {
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
                return Vec::new();
            }
            KeyCode::Enter if self.tab == Tab::Problems => {
                self.jump_to_problem();
                return Vec::new();
            }
            KeyCode::Enter if self.tab == Tab::Gateways => {
                self.compare();
                return Vec::new();
            }
            // What is typed here is meant for the field that was left.
            KeyCode::Char(_) if is_typing(key) => {
                self.back_to_form();
                match self.focus.field() {
                    Some(field) => self.field_key(field, key),
                    None => return self.item_key(key),
                }
                return Vec::new();
            }
            _ => return Vec::new(),
        };
        let is_page = matches!(key.code, KeyCode::PageUp | KeyCode::PageDown);
        match self.tab {
            Tab::Problems => self.select_problem(by),
            // What is said of the selected one may be long.
            Tab::Gateways if !is_page => self.select_gateway(by),
            _ => self.scroll_pane(by),
        }
        Vec::new()
    }

    fn select_problem(&mut self, by: isize) {
        let last = self.problem_list().count().saturating_sub(1);
        self.selected_problem = self.selected_problem.saturating_add_signed(by).min(last);
        let Some(screen) = self.screen() else { return };
        let rows = pane::problems::rows_of(self, self.selected_problem, screen.pane.width);
        self.keep_in_view(rows);
    }

    /// Scrolls the right-hand side to these rows: the first one, and one past the last.
    pub(super) fn keep_in_view(&mut self, (top, bottom): (usize, usize)) {
        let height = self.pane_height();
        // Of an entry that is taller than the pane, the beginning is what matters.
        self.scroll = self.scroll.max(bottom.saturating_sub(height)).min(top);
    }

    fn paste(&mut self, text: &str) {
        // Many terminals paste line breaks as the Enter key has them.
        let text = &text.replace("\r\n", "\n").replace('\r', "\n");
        let now = self.now;
        if let Some(Modal::Import(prompt)) = self.modals.last_mut() {
            prompt.paste(text, now);
            return;
        }
        if text.len() > MOST_PASTED {
            let words = format!(
                "Nothing was inserted: the paste has {} kB, and no message holds as much. Save it to a \
                 file; a picture can be named by its file",
                text.len() / 1000
            );
            self.toast(words, Tone::Bad);
            return;
        }
        if let Some(modal) = self.modals.last_mut()
            && let Some(field) = modal.field_mut()
        {
            if field.insert(text, now) == Response::Changed {
                modal.text_changed();
            }
            return;
        }
        if !self.modals.is_empty() || self.screen().is_none() {
            return;
        }
        if self.focus == Focus::Pane {
            self.back_to_form();
        }
        if self.paste_block(text) {
            return;
        }
        if self.focus == Focus::Edit(Field::Thumbnail) {
            let name = picture::dropped(text);
            if picture::is_whole(&name) {
                self.composer
                    .edit(Field::Thumbnail, |editor| editor.replace(&name));
            } else {
                self.insert(&name);
            }
            return;
        }
        if let Focus::Item(item) = self.focus
            && let Some(field) = self.composer.first_field(item)
        {
            self.focus_on(Focus::Edit(field));
        }
        if !self.focus.is_text() {
            self.focus_on_text();
        }
        self.insert(text);
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
pub(super) fn is_typing(key: KeyEvent) -> bool {
    (key.modifiers - KeyModifiers::SHIFT).is_empty()
}
