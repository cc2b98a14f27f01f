//! Keys, pastes and the mouse: the top dialog takes them, else the keymap, else the field.

use crossterm::event::{Event as TermEvent, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::{Rect, Size};

use super::toast::Tone;
use super::{App, Tab, View, picture};
use crate::message::Field;
use crate::tui::action::{Action, Context};
use crate::tui::effect::Effect;
use crate::tui::focus::Focus;
use crate::tui::layout::{self, Form, Row, RowKind, Screen};
use crate::tui::modal::{self, Modal};
use crate::tui::pane;
use crate::tui::widget::field::{Response, is_alt_gr};

/// The most bytes that are pasted at once: a text has 65,536 characters at the most, and a picture in
/// base64 is read from its file with less.
const MOST_PASTED: usize = 1 << 20;

impl App {
    /// Something happened at the terminal.
    pub(super) fn terminal(&mut self, event: TermEvent) -> Vec<Effect> {
        self.remember_early(&event);
        match event {
            TermEvent::Key(key) if key.kind != KeyEventKind::Release => {
                let mut effects = Vec::new();
                if self.guard.admits(key, self.now) {
                    effects = self.key(key);
                }
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

    /// Does what a key means that was kept back as it may be held, once it counts.
    pub(super) fn waiting_key(&mut self, next: Option<KeyEvent>) -> Vec<Effect> {
        if self.guard.takes_quit(self.now)
            && matches!(self.modals.last(), Some(Modal::Leave { .. }))
        {
            self.modals.pop();
            return self.quit_anyway();
        }
        let next = next.filter(|next| next.kind != KeyEventKind::Release);
        let enter = self.guard.take_waiting(next, self.now);
        enter.map_or_else(Vec::new, |enter| {
            let effects = self.key(enter);
            let sends = effects.iter().any(Effect::sends);
            self.guard.look(&self.modals, Some(enter), sends, self.now);
            effects
        })
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
        if self.keymap.action(key, Context::Text) == Some(Action::Copy) {
            return self.copy();
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

    /// Where keys are pressed now, under whatever dialog is open.
    pub const fn keys_are_pressed(&self) -> Context {
        match self.view {
            View::Compose => self.context(),
            View::History => Context::History,
        }
    }

    pub(super) fn field_key(&mut self, field: Field, key: KeyEvent) {
        let now = self.now;
        let leaves = field != Field::Text || key.modifiers.contains(KeyModifiers::CONTROL);
        let is_end = key.modifiers == KeyModifiers::CONTROL;
        match key.code {
            KeyCode::Enter if field != Field::Text => self.enter_line(field),
            // A line feed, where it makes no line: what many terminals send for Ctrl+J.
            KeyCode::Char('j')
                if field != Field::Text && key.modifiers == KeyModifiers::CONTROL =>
            {
                self.enter_line(field);
            }
            KeyCode::PageUp | KeyCode::PageDown if field != Field::Text => {
                self.step_page(key.code == KeyCode::PageUp);
            }
            KeyCode::Home | KeyCode::End if is_end && self.focus.item().is_some() => {
                self.step_to_end(key.code == KeyCode::Home);
            }
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

    /// A key for the right-hand side, which is read like a pager: what is typed there is never text.
    fn pane_key(&mut self, key: KeyEvent) -> Vec<Effect> {
        let page = isize::try_from(self.pane_height().saturating_sub(1)).unwrap_or(1);
        let letter = match key.code {
            KeyCode::Char(c) if is_typing(key) => Some(c),
            KeyCode::Char(_) => return Vec::new(),
            _ => None,
        };
        let by = match (key.code, letter) {
            (KeyCode::Up, _) | (_, Some('k')) => -1,
            (KeyCode::Down, _) | (_, Some('j')) => 1,
            (KeyCode::PageUp, _) | (_, Some('b')) => -page,
            (KeyCode::PageDown, _) | (_, Some(' ')) => page,
            (KeyCode::Home, _) | (_, Some('g')) => isize::MIN / 2,
            (KeyCode::End, _) | (_, Some('G')) => isize::MAX / 2,
            (KeyCode::Left | KeyCode::Right, _) => {
                let tab = super::composer::turn(&Tab::ALL, self.tab, key.code == KeyCode::Left);
                self.show(tab);
                return Vec::new();
            }
            (KeyCode::Enter, _) if self.tab == Tab::Problems => {
                self.jump_to_problem();
                return Vec::new();
            }
            (KeyCode::Enter, _) if self.tab == Tab::Gateways => {
                self.compare();
                return Vec::new();
            }
            (_, Some(letter)) => return self.pane_letter(letter),
            _ => return Vec::new(),
        };
        let is_page = by.unsigned_abs() == page.unsigned_abs() && by.unsigned_abs() != 1;
        match self.tab {
            Tab::Problems => self.select_problem(by),
            // What is said of the selected one may be long.
            Tab::Gateways if !is_page => self.select_gateway(by),
            _ => self.scroll_pane(by),
        }
        Vec::new()
    }

    /// A letter on the right-hand side that scrolls nothing.
    fn pane_letter(&mut self, letter: char) -> Vec<Effect> {
        let digit = letter
            .to_digit(10)
            .and_then(|digit| usize::try_from(digit).ok());
        let tab = digit.and_then(|digit| Tab::ALL.get(digit.checked_sub(1)?));
        match (letter, tab) {
            ('i', _) => self.back_to_form(),
            ('y', _) => return self.copy_pane(),
            (_, Some(&tab)) => self.show(tab),
            _ => self.say_nothing_is_typed_here(),
        }
        Vec::new()
    }

    fn say_nothing_is_typed_here(&mut self) {
        let close = self.keymap.key(Action::Close);
        let close = close.map_or_else(String::new, |key| format!("{key} or "));
        let words = format!("Nothing is typed here: {close}i goes back to the form");
        self.toast(words, Tone::Info);
    }

    /// Copies what the right-hand side shows: of the problems the marked one, else all of it.
    pub(super) fn copy_pane(&mut self) -> Vec<Effect> {
        let problem = self.problem_list().nth(self.selected_problem);
        let (text, what) = match (self.tab, problem) {
            (Tab::Problems, Some(problem)) => (problem.message.clone(), "the problem"),
            (Tab::Payload, _) => (pane::payload::text(self), "the request, the token masked"),
            _ => {
                // As wide as it wants to be.
                let lines = pane::lines(self, u16::MAX / 2);
                let lines = lines
                    .iter()
                    .map(|line| line.to_string().trim_end().to_owned());
                (lines.collect::<Vec<_>>().join("\n"), self.tab.title())
            }
        };
        vec![Effect::copy(text, what)]
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
        if self.modals.last().is_some_and(|modal| !modal.asks()) {
            self.guard.pasted();
        }
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
            self.guard.interrupted(now);
            if let Some(Modal::Doubt(doubt)) = self.modals.last_mut() {
                doubt.choose_nothing();
            }
            if self.modals.last().is_some_and(Modal::asks) {
                let words = "A text was pasted over this question: it was not taken";
                self.toast(words, Tone::Info);
            }
            return;
        }
        self.guard.pasted();
        if self.focus == Focus::Pane {
            self.say_nothing_is_typed_here();
            return;
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

    /// Fits the editors to the screen, so that each knows what it shows.
    pub(super) fn fit(&mut self) {
        self.fit_history();
        let Some(screen) = self.screen() else { return };
        let (width, height) = match self.modals.last() {
            Some(Modal::Fill(prompt)) => (modal::value_width(self, prompt), 1),
            Some(Modal::Import(prompt)) => modal::import_field(self, prompt),
            Some(Modal::Drafts(_)) => (modal::drafts_field(self.size), 1),
            _ => (modal::draw::field_width(self.size), 1),
        };
        if let Some(field) = self.modals.last_mut().and_then(Modal::field_mut) {
            field.resize(width, height);
        }
        if let Some(Modal::Compare(comparison)) = self.modals.last_mut() {
            comparison.resize(self.size);
        }
        self.fit_picture(screen.pane.as_size());
        if screen.form.height == 0 {
            return;
        }
        // The width of the text's box decides how many rows it wants, and these its height.
        let width = layout::text_field(screen.form).width;
        let height = self
            .composer
            .editor(Field::Text)
            .map_or(1, |editor| u16::try_from(editor.height()).unwrap_or(1));
        self.composer.resize(Field::Text, width, height);
        let form = self.form(&screen);
        self.form_scroll = form.above;
        for row in form.rows {
            for (focus, area) in self.cells(row) {
                if let Some(field) = focus.field() {
                    self.composer.resize(field, area.width, area.height);
                }
            }
        }
    }

    /// The form in its place.
    pub fn form(&self, screen: &Screen) -> Form {
        let focus = if self.focus == Focus::Pane {
            self.last_field
        } else {
            self.focus
        };
        layout::form(&self.composer, focus, self.form_scroll, screen.form)
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

/// Whether a key types a character, with Alt Gr too.
pub(super) fn is_typing(key: KeyEvent) -> bool {
    (key.modifiers - KeyModifiers::SHIFT).is_empty() || is_alt_gr(key)
}
