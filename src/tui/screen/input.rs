//! Keys, pastes and the mouse: the top dialog takes them, else the keymap, else the screen.

use crossterm::event::{
    Event as TermEvent, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind,
};
use ratatui::layout::{Position, Size};

use super::dialogs;
use crate::tui::action::{Action, Context};
use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::update::{files, keep, pointer, sent, status};
use crate::tui::{layout, pane};

/// Something happened at the terminal.
pub fn terminal(model: &mut Model, event: TermEvent) -> Vec<Effect> {
    keep::remember_early(model, &event);
    match event {
        TermEvent::Key(key) if key.kind != KeyEventKind::Release => {
            let mut effects = Vec::new();
            if model.guard.admits(key, model.now) {
                effects = press(model, key);
            }
            effects.extend(status::ask_state_gently(model));
            effects
        }
        TermEvent::Paste(text) if model.modals.is_empty() => {
            super::of(model.view).paste(model, &text)
        }
        TermEvent::Paste(text) => {
            dialogs::paste(model, &text);
            Vec::new()
        }
        TermEvent::Mouse(event) => mouse(model, event),
        TermEvent::Resize(width, height) => {
            model.size = Size { width, height };
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Does what a key means that was kept back as it may be held, once it counts.
pub fn waiting_key(model: &mut Model, next: Option<KeyEvent>) -> Vec<Effect> {
    if model.guard.takes_quit(model.now) && files::asks_to_leave(model) {
        model.modals.pop();
        return files::quit_anyway(model);
    }
    let next = next.filter(|next| next.kind != KeyEventKind::Release);
    let enter = model.guard.take_waiting(next, model.now);
    enter.map_or_else(Vec::new, |enter| {
        let effects = press(model, enter);
        let sends = effects.iter().any(Effect::sends);
        model
            .guard
            .look(&model.modals, Some(enter), sends, model.now);
        effects
    })
}

fn press(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    if layout::regions(model).is_none() {
        // Nothing is seen: only leaving makes sense.
        let quit = model.keymap.action(key, Context::Text) == Some(Action::Quit);
        return if quit { files::quit(model) } else { Vec::new() };
    }
    if let Some(dialog) = model.modals.pop() {
        return dialogs::dialog_key(model, dialog, key);
    }
    let screen = super::of(model.view);
    match model.keymap.action(key, screen.context(model)) {
        Some(action) => screen.perform(model, action),
        None => screen.key(model, key),
    }
}

fn mouse(model: &mut Model, mouse: MouseEvent) -> Vec<Effect> {
    let at = Position::new(mouse.column, mouse.row);
    match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => {
            let times = model.pointer.down(at, model.now);
            let effects = click(model, at);
            pointer::clicked(model, at, times);
            effects
        }
        MouseEventKind::Drag(MouseButton::Left) => {
            pointer::dragged(model, at);
            Vec::new()
        }
        MouseEventKind::Up(MouseButton::Left) => {
            model.pointer.dragged = None;
            Vec::new()
        }
        MouseEventKind::ScrollUp => wheel(model, at, -3),
        MouseEventKind::ScrollDown => wheel(model, at, 3),
        _ => Vec::new(),
    }
}

fn click(model: &mut Model, at: Position) -> Vec<Effect> {
    let Some(regions) = layout::regions(model) else {
        return Vec::new();
    };
    if let Some(dialog) = model.modals.pop() {
        return dialogs::dialog_click(model, dialog, at);
    }
    let mut titles = super::titles(model, &regions).into_iter();
    if let Some(title) = titles.find(|title| title.place.contains(at)) {
        return super::of(title.view).open(model);
    }
    let screen = super::of(model.view);
    if regions.strip.is_some_and(|strip| strip.contains(at)) {
        sent::show_last(model);
        return Vec::new();
    }
    if regions.status.contains(at) {
        let hints = screen.hints(model);
        let action = pane::status::action_at(model, hints, regions.status, at.x);
        return action.map_or_else(Vec::new, |action| screen.perform(model, action));
    }
    screen.click(model, &regions, at)
}

fn wheel(model: &mut Model, at: Position, by: isize) -> Vec<Effect> {
    if model.modals.is_empty() {
        return super::of(model.view).wheel(model, at, by);
    }
    dialogs::wheel(model, by);
    Vec::new()
}
