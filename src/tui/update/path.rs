//! The question for a file: completion, and the folder below what is typed.

use super::files;
use crate::tui::dialog::{Modal, PathPrompt, Purpose};
use crate::tui::effect::{Effect, Ticket};
use crate::tui::event::FolderEntry;
use crate::tui::model::Model;

/// Enter in the question for a file: into the folder that is chosen or written, else on with the
/// file.
pub fn path_chosen(model: &mut Model, mut prompt: PathPrompt) -> Vec<Effect> {
    let (_, name) = prompt.parts();
    let matches = prompt.matches();
    let chosen = match prompt.selected {
        Some(at) => matches.get(at).copied(),
        None => matches
            .iter()
            .find(|entry| entry.is_folder && entry.name == name)
            .copied(),
    };
    if let Some(entry) = chosen.cloned() {
        prompt.take(&entry);
        if entry.is_folder {
            model.modals.push(Modal::Path(prompt));
            return Vec::new();
        }
    }
    let is_done = prompt.purpose == Purpose::Picture && !prompt.field.is_empty();
    let effects = files::path_entered(model, &mut prompt);
    if !is_done {
        model.modals.push(Modal::Path(prompt));
    }
    effects
}

/// Asks what is in the folder that is written, where that is not known yet.
pub fn look_into_folder(model: &mut Model) -> Option<Effect> {
    let Some(Modal::Path(prompt)) = model.modals.last() else {
        return None;
    };
    let (folder, _) = prompt.parts();
    if prompt
        .folder
        .as_ref()
        .is_some_and(|(known, _)| *known == folder)
    {
        return None;
    }
    let ticket = model.ticket();
    if let Some(Modal::Path(prompt)) = model.modals.last_mut() {
        prompt.folder = Some((folder.clone(), ticket));
        prompt.entries.clear();
        prompt.selected = None;
    }
    Some(Effect::List { ticket, folder })
}

/// A folder was looked into.
pub fn listed(model: &mut Model, ticket: Ticket, entries: Vec<FolderEntry>) {
    let prompts = model.modals.iter_mut().filter_map(|modal| match modal {
        Modal::Path(prompt) => Some(prompt),
        _ => None,
    });
    for prompt in prompts {
        if prompt
            .folder
            .as_ref()
            .is_some_and(|(_, asked)| *asked == ticket)
        {
            prompt.entries = entries;
            return;
        }
    }
}
