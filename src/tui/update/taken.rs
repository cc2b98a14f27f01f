//! What was kept, composed again: drafts of a list, what was open last, and the changes of a file.

use super::files;
use super::keep::{self, Replay};
use crate::message::document::Document;
use crate::message::{Draft, Kind};
use crate::store::DraftId;
use crate::tui::action::Action;
use crate::tui::dialog::question::Then;
use crate::tui::dialog::{Modal, Subject};
use crate::tui::effect::Effect;
use crate::tui::keep::{Ask, Last, Slot, Taken};
use crate::tui::model::Model;
use crate::tui::model::composer::Composer;
use crate::tui::model::keeping::Asked;
use crate::tui::model::mark::Mark;
use crate::tui::model::snapshot::Snapshot;
use crate::tui::model::toast::Tone;

/// What was open last takes the place of what stood in for it, and gets what was typed meanwhile.
/// They are typed by `replay`.
pub fn resume(model: &mut Model, last: Last, replay: Replay) -> Vec<Effect> {
    // Whoever only looked around has begun nothing.
    let is_untouched = model.keeping.stands_in
        && !model.is_modified()
        && model.modals.is_empty()
        && model.sends.is_idle();
    let early = model.keeping.early.take();
    let Some(early) = early.or_else(|| is_untouched.then(Vec::new)) else {
        // Something else was begun already.
        let is_other = !matches!(last, Last::Nothing);
        let effects = leave_last(model, last);
        if is_other || model.keeping.slot != Slot::default() {
            keep::note_begun(model);
        }
        return effects;
    };
    match last {
        Last::Nothing => return Vec::new(),
        Last::Draft(taken) => load_kept(model, *taken),
        Last::File { path, read } => files::load(model, read.draft, Some((path, read.text))),
        Last::Empty { kind, kept, why } => open_empty(model, kind, kept, why),
    }
    let replayed = early.into_iter();
    replayed.flat_map(|event| replay(model, event)).collect()
}

pub fn leave_last(model: &mut Model, last: Last) -> Vec<Effect> {
    let Last::Draft(taken) = last else {
        return Vec::new();
    };
    let slot = taken.slot;
    if model.keeping.slot == slot {
        model.keeping.slot = model.keeping.next_slot();
    }
    model.toast("The last draft is in the list of drafts", Tone::Info);
    let forget = false;
    vec![Effect::Store(Ask::Leave { slot, forget })]
}

/// What was left empty opens empty: drafts are not taken for it, only pointed out.
pub fn open_empty(model: &mut Model, kind: Kind, kept: usize, why: Option<String>) {
    files::start_empty(model, kind);
    let kept = match kept {
        0 => None,
        1 => Some("1 draft kept".to_owned()),
        many => Some(format!("{many} drafts kept")),
    };
    let list = kept.is_some().then(|| {
        let key = model.keymap.key(Action::Drafts);
        key.map_or_else(
            || format!("“{}” lists them", Action::Drafts.title()),
            |key| format!("{key} lists them"),
        )
    });
    let words: Vec<String> = [why, kept, list].into_iter().flatten().collect();
    if !words.is_empty() {
        model.toast(words.join(" · "), Tone::Info);
    }
}

/// Asks whether changes of the file are kept that are not in it.
pub fn changes_of_file(model: &Model) -> Option<Effect> {
    let file = model.file.clone()?;
    let slot = model.keeping.slot;
    Some(Effect::Store(Ask::ChangesOf { slot, file }))
}

pub fn changes_found(model: &mut Model, slot: Slot, id: DraftId) {
    if slot != model.keeping.slot || model.is_modified() {
        // Typed already: both stay, each a draft.
        return;
    }
    let name = model.file.as_deref().map(files::name).unwrap_or_default();
    // Below whatever is asked already.
    let subject = Subject::Changes { id, name };
    model.modals.insert(0, Modal::ask(subject));
}

/// Composes a kept draft in the place of this one.
pub fn ask_to_take(model: &mut Model, id: DraftId) -> Vec<Effect> {
    if model.would_lose_changes() {
        files::ask_to_discard(model, Then::Take(id));
        return Vec::new();
    }
    take(model, id)
}

pub fn take(model: &mut Model, id: DraftId) -> Vec<Effect> {
    let slot = model.keeping.next_slot();
    vec![Effect::Store(Ask::Take { slot, id })]
}

pub fn take_kept(model: &mut Model, taken: Taken) -> Vec<Effect> {
    keep::leave_draft(model);
    load_kept(model, taken);
    Vec::new()
}

/// Composes a draft that the store has.
pub fn load_kept(model: &mut Model, taken: Taken) {
    let Taken {
        slot,
        kept,
        is_older,
        on_disk,
    } = taken;
    let file = kept.file;
    let is_there = on_disk.is_some();
    let (filed, text) = match on_disk {
        Some(read) => (read.draft, Some(read.text)),
        None => (empty_like(&kept.draft), None),
    };
    // A file that holds the same was written here, or as well might have been. Of any other it is
    // the text that was begun with that says whether it was changed since.
    let is_same = filed == kept.draft;
    let has_base = kept.base.is_some();
    let source = text.filter(|_| is_same || !has_base).or(kept.base);
    if let (Some(path), false) = (&file, is_there) {
        let words = "cannot be read; saving asks before anything is replaced";
        model.toast(format!("{} {words}", files::name(path)), Tone::Info);
    }
    files::compose_other(
        model,
        Composer::with_undo(
            Document {
                draft: kept.draft.clone(),
                aside: kept.aside.clone(),
                derived: kept.derived,
            },
            kept.undo,
        ),
    );
    model.mark = kept.in_doubt.map(|sent| Mark {
        form: Snapshot::message(kept.draft.clone()),
        id: Some(sent.id),
        at: sent.at,
        is_accepted: false,
    });
    model.filed = Snapshot::exact(filed);
    (model.file, model.source) = (file.clone(), source);
    model.is_in_doubt = is_older && !is_same && !has_base;
    model.keeping.slot = slot;
    model.keeping.id = Some(kept.id);
    model.keeping.asked = Some(Asked {
        draft: Snapshot::exact(kept.draft.clone()),
        aside: kept.aside,
        file,
        base: model.base().map(str::to_owned),
    });
    model.keeping.saved = Some(Snapshot::exact(kept.draft));
    model.keeping.failed = None;
}

/// A message of the same kind that says nothing.
fn empty_like(draft: &Draft) -> Draft {
    Draft {
        message: draft.message.kind().empty(),
        ..Draft::default()
    }
}
