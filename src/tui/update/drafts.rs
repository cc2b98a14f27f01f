//! The list of drafts: opened, named, duplicated, deleted and had back.

use super::{files, focus, keep, taken};
use crate::store::{DraftId, DraftRow};
use crate::tui::action::Action;
use crate::tui::dialog::{Dialog, Drafts, Modal};
use crate::tui::effect::Effect;
use crate::tui::keep::Ask;
use crate::tui::model::Model;
use crate::tui::model::toast::Tone;
use crate::tui::widget::field::Field;
use crossterm::event::KeyEvent;

/// Opens the list; the draft that is composed comes into it first.
pub fn show_drafts(model: &mut Model) -> Vec<Effect> {
    if !model.keeping.is_on() {
        let words = model.keeping.notice.clone();
        let words = words.unwrap_or_else(|| "The drafts are not there yet".to_owned());
        model.toast(words, Tone::Bad);
        return Vec::new();
    }
    let mut effects: Vec<Effect> = model.last_words().into_iter().collect();
    effects.push(Effect::Store(Ask::Drafts));
    model.modals.push(Modal::Drafts(Box::default()));
    effects
}

/// The list was read.
pub fn drafts_listed(model: &mut Model, rows: Vec<DraftRow>) {
    let mut modals = model.modals.iter_mut();
    let shown = modals.find_map(|modal| match modal {
        Modal::Drafts(list) => Some(list),
        _ => None,
    });
    if let Some(list) = shown {
        let chosen = list.chosen().map(|row| row.id);
        list.rows = rows;
        list.is_read = true;
        let at = list.matches().iter().position(|row| Some(row.id) == chosen);
        let count = list.matches().len();
        let selected = at.unwrap_or(list.search.selected);
        list.search.selected = selected.min(count.saturating_sub(1));
    }
}

/// A key for the list, which is off the stack.
pub fn drafts_key(
    model: &mut Model,
    mut list: Box<Drafts>,
    action: Option<Action>,
    key: KeyEvent,
) -> Vec<Effect> {
    let mut effects = Vec::new();
    let row = list.chosen().map(|row| (row.id, row.name.clone()));
    match (action, row) {
        (Some(Action::Rename), Some((id, name))) => {
            let mut field = Field::new(&name.unwrap_or_default(), false);
            field.select_all();
            list.naming = Some((id, field));
        }
        (Some(Action::DuplicateDraft), Some((id, _))) => {
            effects.push(Effect::Store(Ask::Duplicate(id)));
        }
        (Some(Action::DeleteDraft), Some((id, _))) => {
            if list.chosen().is_some_and(|row| row.is_open_elsewhere) {
                model.toast("Another composer works on this draft", Tone::Bad);
            } else {
                effects.extend(delete_draft(model, id));
                model.keeping.deleted.push(id);
            }
        }
        (Some(Action::Undo), _) if !model.keeping.deleted.is_empty() => {
            let restored = model.keeping.deleted.pop().map(Ask::Restore);
            effects.extend(restored.map(Effect::Store));
            // What was said of the deleted one is not so any more.
            model.toast("The draft is back in the list", Tone::Info);
        }
        _ => list.key(&model.look(), key),
    }
    model.modals.push(Modal::Drafts(list));
    effects
}

pub fn delete_draft(model: &mut Model, id: DraftId) -> Vec<Effect> {
    let mut effects = vec![Effect::Store(Ask::Delete(id))];
    if model.keeping.id == Some(id) {
        // What is deleted is not composed any more, nor kept again.
        keep::abandon_draft(model);
        model.toast("The draft that was composed is deleted", Tone::Info);
        files::start_new(model);
        effects.splice(0..0, std::mem::take(&mut model.queued));
    }
    effects
}

/// Enter in the list.
pub fn drafts_enter(model: &mut Model, mut list: Box<Drafts>) -> Vec<Effect> {
    if let Some((id, field)) = list.naming.take() {
        let name = Some(field.text()).filter(|name| !name.trim().is_empty());
        model.modals.push(Modal::Drafts(list));
        return vec![Effect::Store(Ask::Rename { id, name })];
    }
    match list.chosen() {
        Some(row) if model.keeping.id == Some(row.id) => {
            // It is composed already.
            focus::back_to_form(model);
            Vec::new()
        }
        Some(row) => {
            let id = row.id;
            taken::ask_to_take(model, id)
        }
        None => {
            model.modals.push(Modal::Drafts(list));
            Vec::new()
        }
    }
}
