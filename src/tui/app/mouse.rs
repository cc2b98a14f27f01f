//! The mouse: clicks focus and press, the wheel scrolls.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::{App, Tab, View};
use crate::message::Field;
use crate::message::outline::Item;
use crate::tui::draw;
use crate::tui::effect::Effect;
use crate::tui::focus::Focus;
use crate::tui::layout::{Row, RowKind};
use crate::tui::modal::{self, Modal};
use crate::tui::pane;
use crate::tui::widget::field::Response;

impl App {
    pub(super) fn mouse(&mut self, mouse: MouseEvent) -> Vec<Effect> {
        let at = Position::new(mouse.column, mouse.row);
        match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => return self.click(at),
            MouseEventKind::ScrollUp if self.scrolls_history() => return self.step_history(-3),
            MouseEventKind::ScrollDown if self.scrolls_history() => return self.step_history(3),
            MouseEventKind::ScrollUp => self.wheel(at, -3),
            MouseEventKind::ScrollDown => self.wheel(at, 3),
            _ => {}
        }
        Vec::new()
    }

    fn scrolls_history(&self) -> bool {
        self.view == View::History && self.modals.is_empty()
    }

    fn click(&mut self, at: Position) -> Vec<Effect> {
        let Some(screen) = self.screen() else {
            return Vec::new();
        };
        if let Some(modal) = self.modals.pop() {
            return self.modal_click(modal, at);
        }
        let mut views = draw::views(&screen).into_iter();
        if let Some((view, ..)) = views.find(|(.., place)| place.contains(at)) {
            return match view {
                View::History => self.show_history(),
                View::Compose => {
                    self.view = view;
                    Vec::new()
                }
            };
        }
        if self.view == View::History && !screen.status.contains(at) {
            let row = pane::history::at_row(self, &screen, at.y);
            return row.map_or_else(Vec::new, |row| self.click_history(row));
        }
        let tabs = screen.tabs.iter().copied();
        let more = screen.more_tabs.iter().map(|more| (more.tab, more.area));
        if let Some((tab, _)) = tabs.chain(more).find(|(_, area)| area.contains(at)) {
            match tab {
                Some(tab) => self.show(tab),
                None => self.back_to_form(),
            }
            return Vec::new();
        }
        if screen.pane.contains(at) {
            self.focus_on(Focus::Pane);
            // What is shown may have become shorter since it was scrolled.
            self.scroll_pane(0);
            let row = usize::from(at.y - screen.pane.y) + self.scroll;
            let width = screen.pane.width;
            if self.tab == Tab::Gateways {
                self.click_gateway(row, width);
            }
            if self.tab == Tab::Problems
                && let Some(index) = pane::problems::at_row(self, row, width)
            {
                self.selected_problem = index;
                self.jump_to_problem();
            }
            return Vec::new();
        }
        if screen.status.contains(at) {
            return pane::status::action_at(self, screen.status, at.x)
                .map_or_else(Vec::new, |action| self.perform(action));
        }
        let hit = self
            .form(&screen)
            .rows
            .into_iter()
            .find(|row| row.area.contains(at));
        hit.map_or_else(Vec::new, |row| self.click_row(row, at))
    }

    fn click_row(&mut self, row: Row, at: Position) -> Vec<Effect> {
        let cells = self.cells(row);
        let hit = cells
            .iter()
            .find(|(_, area)| area.contains(at))
            .or(cells.last());
        let Some(&(focus, area)) = hit else {
            return Vec::new();
        };
        let again = self.focus == focus;
        self.focus_on(focus);
        match focus {
            Focus::Kind if again => self.composer.turn_kind(false),
            Focus::LinkPreview if again => self.composer.turn_link_preview(false),
            Focus::Item(item) if again || matches!(item, Item::Section(_)) => {
                self.turn_item(item, false);
            }
            Focus::Heading(heading) if again => return self.enter_heading(heading),
            Focus::Edit(field) => {
                let column = usize::from(at.x.saturating_sub(area.x));
                let row = usize::from(at.y.saturating_sub(area.y));
                self.composer.edit(field, |editor| {
                    editor.click(column, row);
                    Response::Moved
                });
            }
            _ => {}
        }
        Vec::new()
    }

    fn modal_click(&mut self, mut modal: Modal, at: Position) -> Vec<Effect> {
        match modal::draw::hit(self, &modal, at) {
            // A double click that opened the question is not its answer.
            modal::draw::Hit::Choice(_) | modal::draw::Hit::Outside
                if modal.asks() && !self.guard.is_open() =>
            {
                self.modals.push(modal);
                Vec::new()
            }
            modal::draw::Hit::Choice(index) => {
                modal.choose(index);
                self.modal_enter(modal)
            }
            modal::draw::Hit::Entry(index) => {
                match &mut modal {
                    Modal::Palette(palette) => palette.selected = index,
                    Modal::Pick(pick) => pick.selected = index,
                    Modal::Drafts(list) => list.selected = index,
                    Modal::Path(prompt) => prompt.selected = Some(index),
                    Modal::Fill(prompt) => {
                        prompt.at = index;
                        self.modals.push(modal);
                        return Vec::new();
                    }
                    _ => {}
                }
                self.modal_enter(modal)
            }
            modal::draw::Hit::Inside => {
                self.modals.push(modal);
                Vec::new()
            }
            modal::draw::Hit::Outside => {
                self.closed(&modal);
                Vec::new()
            }
        }
    }

    fn wheel(&mut self, at: Position, by: isize) {
        if let Some(modal) = self.modals.last_mut() {
            match modal {
                Modal::Compare(comparison) => comparison.scroll(by),
                Modal::Import(prompt) => prompt.field.scroll(by),
                _ => {}
            }
            if let Modal::Help { scroll } = modal {
                *scroll = scroll.saturating_add_signed(by);
            }
            let last = modal::help::rows(self).saturating_sub(modal::help::height(self.size));
            if let Some(Modal::Help { scroll }) = self.modals.last_mut() {
                *scroll = (*scroll).min(last);
            }
            return;
        }
        let Some(screen) = self.screen() else { return };
        if screen.pane.contains(at) {
            self.scroll_pane(by);
        } else if screen.form.contains(at) {
            let form = self.form(&screen);
            let text = form.rows.iter().find(|row| row.kind == RowKind::TextBox);
            if text.is_some_and(|row| row.area.contains(at)) || form.above + form.below == 0 {
                self.composer.edit(Field::Text, |editor| {
                    editor.scroll(by);
                    Response::Moved
                });
            } else if self.focus != Focus::Pane {
                (0..by.unsigned_abs()).for_each(|_| self.step_row(by < 0));
            }
        }
    }
}
