//! The keys of the form: in a text, on a choice.

use super::{focus, outline};
use crate::message::{Field, Kind};
use crate::tui::focus::{Focus, Heading};
use crate::tui::model::Model;
use crate::tui::model::toast::Tone;
use crate::tui::widget::field::{Response, is_typing};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

pub fn field_key(model: &mut Model, field: Field, key: KeyEvent) {
    let now = model.now;
    let leaves = field != Field::Text || key.modifiers.contains(KeyModifiers::CONTROL);
    let is_end = key.modifiers == KeyModifiers::CONTROL;
    match key.code {
        KeyCode::Enter if field != Field::Text => outline::enter_line(model, field),
        // A line feed, where it makes no line: what many terminals send for Ctrl+J.
        KeyCode::Char('j') if field != Field::Text && key.modifiers == KeyModifiers::CONTROL => {
            outline::enter_line(model, field);
        }
        KeyCode::PageUp | KeyCode::PageDown if field != Field::Text => {
            focus::step_page(model, key.code == KeyCode::PageUp);
        }
        KeyCode::Home | KeyCode::End if is_end && model.focus.item().is_some() => {
            focus::step_to_end(model, key.code == KeyCode::Home);
        }
        KeyCode::Up if leaves => focus::step_row(model, true),
        KeyCode::Down if leaves => focus::step_row(model, false),
        _ => {
            let response = model.composer.key(field, key, now);
            let is_number = matches!(field, Field::Delay | Field::Typing);
            let is_typed = matches!(key.code, KeyCode::Char(_)) && is_typing(key);
            if is_number && is_typed && response == Response::Ignored {
                model.toast("Whole seconds, in digits", Tone::Info);
            }
        }
    }
}

pub fn choice_key(model: &mut Model, key: KeyEvent) {
    let back = match key.code {
        KeyCode::Left => true,
        KeyCode::Right | KeyCode::Enter | KeyCode::Char(' ') => false,
        KeyCode::Down => return focus::step_row(model, false),
        KeyCode::Up => return focus::step_row(model, true),
        _ => return,
    };
    if model.focus == Focus::Kind {
        model.composer.turn_kind(back);
    } else {
        model.composer.turn_link_preview(back);
    }
}

pub fn set_kind(model: &mut Model, kind: Kind) {
    model.composer.set_kind(kind);
    focus::focus_on(model, Focus::Kind);
}

pub fn toggle_options(model: &mut Model) {
    let shown = !model.composer.shows_options();
    model.composer.show_options(shown);
    focus::focus_on(model, Focus::Heading(Heading::Options));
    if shown {
        focus::step_row(model, false);
    }
}
