//! The keys of the form: in a text, on a choice.

use super::{enter, focus, recipients};
use crate::message::{Field, Kind};
use crate::tui::focus::{Focus, Heading};
use crate::tui::layout::{self, kinds};
use crate::tui::model::Model;
use crate::tui::model::composer::{is_number, turn};
use crate::tui::model::toast::Tone;
use crate::tui::widget::field::{Response, is_typing};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

pub fn field_key(model: &mut Model, field: Field, key: KeyEvent) {
    if field == Field::To && recipients::key(&mut model.recipients, &mut model.composer, key) {
        return;
    }
    let now = model.now;
    let leaves = field != Field::Text || key.modifiers.contains(KeyModifiers::CONTROL);
    let is_end = key.modifiers == KeyModifiers::CONTROL;
    match key.code {
        KeyCode::Enter if field == Field::To => focus::focus_on_first_text(model),
        KeyCode::Enter if field != Field::Text => enter::enter_line(model, field),
        // A line feed, where it makes no line: what many terminals send for Ctrl+J.
        KeyCode::Char('j') if field != Field::Text && key.modifiers == KeyModifiers::CONTROL => {
            enter::enter_line(model, field);
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
            if field == Field::To && response == Response::Changed {
                model.recipients.offer(&model.composer.draft().to);
            }
            let is_number = is_number(field);
            let is_typed = matches!(key.code, KeyCode::Char(_)) && is_typing(key);
            if is_number && is_typed && response == Response::Ignored {
                let words = if matches!(field, Field::Delay | Field::Typing) {
                    "Whole seconds, in digits"
                } else {
                    "A whole number, in digits"
                };
                model.toast(words, Tone::Info);
            }
        }
    }
}

/// A key on the choice of kind or of links.
pub fn choice_key(model: &mut Model, key: KeyEvent) {
    let is_kind = model.focus == Focus::Kind;
    let back = match key.code {
        KeyCode::Left => true,
        KeyCode::Enter | KeyCode::Char(' ') if is_kind => return focus::step_focus(model, false),
        KeyCode::Right | KeyCode::Enter | KeyCode::Char(' ') => false,
        KeyCode::Down => return focus::step_row(model, false),
        KeyCode::Up => return focus::step_row(model, true),
        KeyCode::Char(letter) if is_kind && is_typing(key) => {
            return kind_letter(model, letter, key);
        }
        _ => return,
    };
    if is_kind {
        step_kind(model, back);
    } else {
        model.composer.turn_link_preview(back);
    }
}

/// A letter on the choice of kind: it picks the next kind that begins with it, and where there is none
/// it is typed into the first text.
fn kind_letter(model: &mut Model, letter: char, key: KeyEvent) {
    if let Some(kind) = kinds::by_letter(model.draft().message.kind(), letter) {
        return set_kind(model, kind);
    }
    focus::focus_on_first_text(model);
    if let Some(field) = model.focus.field() {
        field_key(model, field, key);
    }
}

/// The next or the previous kind of the row.
pub fn step_kind(model: &mut Model, back: bool) {
    let kind = turn(&kinds::kinds(), model.draft().message.kind(), back);
    set_kind(model, kind);
}

/// Makes it a message of this kind. The focus stays where it is, if that is there still.
pub fn set_kind(model: &mut Model, kind: Kind) {
    model.composer.set_kind(kind);
    let same = match model.focus {
        Focus::Edit(Field::Header) => Focus::Edit(Field::Title),
        Focus::Edit(Field::Title) => Focus::Edit(Field::Header),
        other => other,
    };
    let stops = layout::stops(model);
    let mut places = [model.focus, same].into_iter();
    match places.find(|place| *place == Focus::Pane || stops.contains(place)) {
        Some(place) => focus::focus_on(model, place),
        None => focus::focus_on_first(model),
    }
}

pub fn toggle_options(model: &mut Model) {
    let shown = !model.composer.shows_options();
    model.composer.show_options(shown);
    focus::focus_on(model, Focus::Heading(Heading::Options));
    if shown {
        focus::step_row(model, false);
    }
}
