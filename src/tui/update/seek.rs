//! Finding in the message: the texts of the form and of its outline, as one types, whatever the case
//! and the accents.

use crossterm::event::{KeyCode, KeyEvent};

use super::{clipboard, files, find, focus};
use crate::message::{Field, folded};
use crate::tui::action::Action;
use crate::tui::dialog::{Finder, Modal};
use crate::tui::effect::Effect;
use crate::tui::focus::Focus;
use crate::tui::model::Model;
use crate::tui::widget::field::Response;
use crate::tui::widget::hits::hits;

/// Begins to find: in the message, or on the right-hand side where the focus is there.
pub fn begin(model: &mut Model) {
    if model.focus == Focus::Pane {
        find::begin(model);
    } else {
        let finder = Finder::new(model.focus);
        model.modals.push(Modal::Find(Box::new(finder)));
    }
}

/// A key while something is looked for; the dialog was taken off the stack.
pub fn key(
    model: &mut Model,
    mut finder: Box<Finder>,
    action: Option<Action>,
    key: KeyEvent,
) -> Vec<Effect> {
    match (action, key.code) {
        (Some(Action::Close), _) => {
            focus::jump_to(model, finder.from);
            return Vec::new();
        }
        (Some(Action::Quit), _) => {
            model.modals.push(Modal::Find(finder));
            return files::quit(model);
        }
        (_, KeyCode::Enter) => return Vec::new(),
        (Some(Action::Find), _) | (_, KeyCode::Down) => step(model, &mut finder, false),
        (_, KeyCode::Up) => step(model, &mut finder, true),
        (Some(Action::SelectAll), _) => finder.field.select_all(),
        (Some(Action::Undo), _) if finder.field.undo() == Response::Changed => {
            search(model, &mut finder);
        }
        (Some(Action::Redo), _) if finder.field.redo() == Response::Changed => {
            search(model, &mut finder);
        }
        (Some(Action::Paste), _) => {
            let text = model.clipboard.clone();
            insert(model, &mut finder, &text);
        }
        _ => {
            if finder.field.key(key, model.now) == Response::Changed {
                search(model, &mut finder);
            }
        }
    }
    model.modals.push(Modal::Find(finder));
    Vec::new()
}

/// A text is pasted while something is looked for.
pub fn paste(model: &mut Model, mut finder: Box<Finder>, text: &str) {
    if let Some(text) = clipboard::taken(model, text) {
        insert(model, &mut finder, &text);
    }
    model.modals.push(Modal::Find(finder));
}

fn insert(model: &mut Model, finder: &mut Finder, text: &str) {
    if finder.field.insert(text, model.now) == Response::Changed {
        search(model, finder);
    }
}

fn step(model: &mut Model, finder: &mut Finder, back: bool) {
    finder.step(back);
    show(model, finder);
}

/// Looks for something else: the first place from where it was begun.
fn search(model: &mut Model, finder: &mut Finder) {
    let wanted = folded(&finder.field.text());
    let draft = model.draft();
    let fields = draft.text_fields();
    let from = finder.from.place();
    let from = fields.iter().position(|&field| {
        Some(field) == from
            || finder
                .from
                .item()
                .is_some_and(|item| Some(item) == Focus::Edit(field).item())
    });
    let mut first = None;
    finder.hits.clear();
    for (at, &field) in fields.iter().enumerate() {
        // A picture may be in it as text.
        let text = draft.text_at(field).filter(|_| field != Field::Thumbnail);
        let found = hits(text.unwrap_or_default(), &wanted).into_iter();
        finder.hits.extend(found.map(|range| (field, range)));
        if Some(at) >= from
            && first.is_none()
            && finder.hits.last().is_some_and(|(last, _)| *last == field)
        {
            first = finder.hits.iter().position(|(hit, _)| *hit == field);
        }
    }
    finder.at = first.unwrap_or(0);
    show(model, finder);
}

/// Goes to the place that is shown; without any, back to where it was begun.
fn show(model: &mut Model, finder: &Finder) {
    let Some((field, range)) = finder.hits.get(finder.at) else {
        return focus::jump_to(model, finder.from);
    };
    focus::jump_to(model, Focus::Edit(*field));
    model.composer.edit(*field, |editor| {
        editor.go_to(range.start);
        Response::Moved
    });
}
