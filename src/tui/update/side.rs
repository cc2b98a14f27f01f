//! The keys of the right-hand side, which is read like a pager: nothing is typed there.

use super::{clipboard, find, focus, gateways};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::layout;
use crate::tui::model::composer::turn;
use crate::tui::model::toast::Tone;
use crate::tui::model::{Model, Tab};
use crate::tui::widget::field::is_typing;
use crossterm::event::{KeyCode, KeyEvent};

/// A key for the right-hand side, which is read like a pager: what is typed there is never text.
pub fn pane_key(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    if model.find.is_typing {
        return find::key(model, key);
    }
    let page = isize::try_from(layout::pane_height(model).saturating_sub(1)).unwrap_or(1);
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
            let tab = turn(&Tab::ALL, model.tab, key.code == KeyCode::Left);
            focus::show(model, tab);
            return Vec::new();
        }
        (KeyCode::Enter, _) if model.tab == Tab::Problems => {
            focus::jump_to_problem(model);
            return Vec::new();
        }
        (KeyCode::Enter, _) if model.tab == Tab::Gateways => {
            gateways::compare(model);
            return Vec::new();
        }
        (_, Some(letter)) => return pane_letter(model, letter),
        _ => return Vec::new(),
    };
    let is_page = by.unsigned_abs() == page.unsigned_abs() && by.unsigned_abs() != 1;
    match model.tab {
        Tab::Problems => focus::select_problem(model, by),
        // What is said of the selected one may be long.
        Tab::Gateways if !is_page => gateways::select_gateway(model, by),
        _ => focus::scroll_pane(model, by),
    }
    Vec::new()
}

/// A letter on the right-hand side that scrolls nothing.
pub fn pane_letter(model: &mut Model, letter: char) -> Vec<Effect> {
    let digit = letter
        .to_digit(10)
        .and_then(|digit| usize::try_from(digit).ok());
    let tab = digit.and_then(|digit| Tab::ALL.get(digit.checked_sub(1)?));
    match (letter, tab) {
        ('i', _) => focus::back_to_form(model),
        ('/', _) => find::begin(model),
        ('n', _) => find::next(model, false),
        ('N', _) => find::next(model, true),
        ('y', _) => return clipboard::copy_pane(model),
        (_, Some(&tab)) => focus::show(model, tab),
        _ => say_nothing_is_typed_here(model),
    }
    Vec::new()
}

pub fn say_nothing_is_typed_here(model: &mut Model) {
    let close = model.keymap.key(Action::Close);
    let close = close.map_or_else(String::new, |key| format!("{key} or "));
    let words = format!("Nothing is typed here: {close}i goes back to the form");
    model.toast(words, Tone::Info);
}
