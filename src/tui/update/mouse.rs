//! The mouse: clicks focus and press, the wheel scrolls.

use super::dialogs;
use super::files;
use super::focus;
use super::gateways;
use super::history;
use super::outline;
use super::perform;
use crate::message::Field;
use crate::message::outline::Item;
use crate::tui::draw;
use crate::tui::effect::Effect;
use crate::tui::focus::Focus;
use crate::tui::layout;
use crate::tui::layout::{Row, RowKind};
use crate::tui::modal::{self, Modal};
use crate::tui::model::{Model, Tab, View};
use crate::tui::pane;
use crate::tui::widget::field::Response;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

pub fn mouse(model: &mut Model, mouse: MouseEvent) -> Vec<Effect> {
    let at = Position::new(mouse.column, mouse.row);
    match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => return click(model, at),
        MouseEventKind::ScrollUp if scrolls_history(model) => {
            return history::step_history(model, -3);
        }
        MouseEventKind::ScrollDown if scrolls_history(model) => {
            return history::step_history(model, 3);
        }
        MouseEventKind::ScrollUp => wheel(model, at, -3),
        MouseEventKind::ScrollDown => wheel(model, at, 3),
        _ => {}
    }
    Vec::new()
}

pub fn scrolls_history(model: &Model) -> bool {
    model.view == View::History && model.modals.is_empty()
}

pub fn click(model: &mut Model, at: Position) -> Vec<Effect> {
    let Some(screen) = layout::regions(model) else {
        return Vec::new();
    };
    if let Some(modal) = model.modals.pop() {
        return modal_click(model, modal, at);
    }
    let mut views = draw::views(&screen).into_iter();
    if let Some((view, ..)) = views.find(|(.., place)| place.contains(at)) {
        return match view {
            View::History => history::show_history(model),
            View::Compose => {
                model.view = view;
                Vec::new()
            }
        };
    }
    if model.view == View::History && !screen.status.contains(at) {
        let row = pane::history::at_row(model, &screen, at.y);
        return row.map_or_else(Vec::new, |row| history::click_history(model, row));
    }
    let tabs = screen.tabs.iter().copied();
    let more = screen.more_tabs.iter().map(|more| (more.tab, more.area));
    if let Some((tab, _)) = tabs.chain(more).find(|(_, area)| area.contains(at)) {
        match tab {
            Some(tab) => focus::show(model, tab),
            None => focus::back_to_form(model),
        }
        return Vec::new();
    }
    if screen.pane.contains(at) {
        focus::focus_on(model, Focus::Pane);
        // What is shown may have become shorter since it was scrolled.
        focus::scroll_pane(model, 0);
        let row = usize::from(at.y - screen.pane.y) + model.scroll;
        let width = screen.pane.width;
        if model.tab == Tab::Gateways {
            gateways::click_gateway(model, row, width);
        }
        if model.tab == Tab::Problems
            && let Some(index) = pane::problems::at_row(model, row, width)
        {
            model.selected_problem = index;
            focus::jump_to_problem(model);
        }
        return Vec::new();
    }
    if screen.status.contains(at) {
        return pane::status::action_at(model, screen.status, at.x)
            .map_or_else(Vec::new, |action| perform::perform(model, action));
    }
    let hit = layout::form_of(model, &screen)
        .rows
        .into_iter()
        .find(|row| row.area.contains(at));
    hit.map_or_else(Vec::new, |row| click_row(model, row, at))
}

pub fn click_row(model: &mut Model, row: Row, at: Position) -> Vec<Effect> {
    let cells = pane::form::cells(model, row);
    let hit = cells
        .iter()
        .find(|(_, area)| area.contains(at))
        .or(cells.last());
    let Some(&(focus, area)) = hit else {
        return Vec::new();
    };
    let again = model.focus == focus;
    focus::focus_on(model, focus);
    match focus {
        Focus::Kind if again => model.composer.turn_kind(false),
        Focus::LinkPreview if again => model.composer.turn_link_preview(false),
        Focus::Item(item) if again || matches!(item, Item::Section(_)) => {
            outline::turn_item(model, item, false);
        }
        Focus::Heading(heading) if again => return outline::enter_heading(model, heading),
        Focus::Edit(field) => {
            let column = usize::from(at.x.saturating_sub(area.x));
            let row = usize::from(at.y.saturating_sub(area.y));
            model.composer.edit(field, |editor| {
                editor.click(column, row);
                Response::Moved
            });
        }
        _ => {}
    }
    Vec::new()
}

pub fn modal_click(model: &mut Model, mut modal: Modal, at: Position) -> Vec<Effect> {
    match modal::draw::hit(model, &modal, at) {
        // A double click that opened the question is not its answer.
        modal::draw::Hit::Choice(_) | modal::draw::Hit::Outside
            if modal.asks() && !model.guard.is_open() =>
        {
            model.modals.push(modal);
            Vec::new()
        }
        modal::draw::Hit::Choice(index) => {
            modal.choose(index);
            dialogs::modal_enter(model, modal)
        }
        modal::draw::Hit::Entry(index) => {
            match &mut modal {
                Modal::Palette(palette) => palette.selected = index,
                Modal::Pick(pick) => pick.selected = index,
                Modal::Drafts(list) => list.selected = index,
                Modal::Path(prompt) => prompt.selected = Some(index),
                Modal::Fill(prompt) => {
                    prompt.at = index;
                    model.modals.push(modal);
                    return Vec::new();
                }
                _ => {}
            }
            dialogs::modal_enter(model, modal)
        }
        modal::draw::Hit::Inside => {
            model.modals.push(modal);
            Vec::new()
        }
        modal::draw::Hit::Outside => {
            files::closed(model, &modal);
            Vec::new()
        }
    }
}

pub fn wheel(model: &mut Model, at: Position, by: isize) {
    if let Some(modal) = model.modals.last_mut() {
        match modal {
            Modal::Compare(comparison) => comparison.scroll(by),
            Modal::Import(prompt) => prompt.field.scroll(by),
            _ => {}
        }
        if let Modal::Help { scroll } = modal {
            *scroll = scroll.saturating_add_signed(by);
        }
        let last = modal::help::rows(model).saturating_sub(modal::help::height(model.size));
        if let Some(Modal::Help { scroll }) = model.modals.last_mut() {
            *scroll = (*scroll).min(last);
        }
        return;
    }
    let Some(screen) = layout::regions(model) else {
        return;
    };
    if screen.pane.contains(at) {
        focus::scroll_pane(model, by);
    } else if screen.form.contains(at) {
        let form = layout::form_of(model, &screen);
        let text = form.rows.iter().find(|row| row.kind == RowKind::TextBox);
        if text.is_some_and(|row| row.area.contains(at)) || form.above + form.below == 0 {
            model.composer.edit(Field::Text, |editor| {
                editor.scroll(by);
                Response::Moved
            });
        } else if model.focus != Focus::Pane {
            (0..by.unsigned_abs()).for_each(|_| focus::step_row(model, by < 0));
        }
    }
}
