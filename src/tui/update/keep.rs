//! The draft, kept as it is typed: at most a second behind, and never while nothing changes.
//!
//! ```text
//! opening ─┬─> on ── changed ── DELAY ──> asked ─┬─> kept
//!          └─> off                               └─> not kept, and tried again with the next change
//! ```

use super::{doubt, drafts, history, sent, taken, twin};
use crate::failure::Failure;
use std::collections::BTreeSet;

use crate::message::Draft;
use crate::store::DraftId;
use crate::tui::effect::Effect;
use crate::tui::keep::{Ask, Slot, Told};
use crate::tui::model::Model;
use crate::tui::model::keeping::{Asked, DELAY, Keeps};
use crate::tui::model::snapshot::Snapshot;
use crate::tui::model::toast::Tone;
use crate::tui::widget::field::is_typing;
use crossterm::event::{Event as TermEvent, KeyCode, KeyEvent};

/// What takes in again what was typed before the store was open.
pub type Replay = fn(&mut Model, TermEvent) -> Vec<Effect>;

/// How many keys are remembered until the store is open.
const MOST_EARLY: usize = 1000;

/// What the store is asked for first.
pub fn open_store(model: &Model) -> Vec<Effect> {
    let resume = model.keeping.early.as_ref().map(|_| model.keeping.slot);
    let mut asks = vec![Effect::Store(Ask::Open { resume })];
    if resume.is_none() {
        // Also for whoever leaves before the store is open.
        asks.push(begun(model));
    }
    asks.extend(taken::changes_of_file(model));
    asks
}

/// Keeps the draft, if it has changed and it is time.
pub fn keep_in_time(model: &mut Model) -> Option<Effect> {
    let is_sent = model.is_sent();
    let is_wanted = if is_sent {
        // It became again what was sent.
        model.keeping.asked.is_some()
    } else {
        model.is_to_be_kept()
    };
    if !model.keeping.is_on() || !is_wanted {
        model.keeping.changed = None;
        return None;
    }
    let changed = *model.keeping.changed.get_or_insert(model.now);
    if model.now < changed + DELAY {
        return None;
    }
    if is_sent {
        let_go(model)
    } else {
        Some(keep_now(model))
    }
}

pub fn keep_now(model: &mut Model) -> Effect {
    let (draft, file) = (model.draft().clone(), model.file.clone());
    let aside = model.composer.kept_aside().to_vec();
    let derived = model.composer.document().derived.clone();
    let has_news = model.composer.is_undo_behind();
    let news = has_news.then(|| model.composer.take_undo_news());
    let base = model.base().map(str::to_owned);
    model.keeping.changed = None;
    model.keeping.asked = Some(Asked {
        draft: Snapshot::exact(draft.clone()),
        aside: aside.clone(),
        file: file.clone(),
        base: base.clone(),
    });
    Effect::Store(Ask::Keep {
        slot: model.keeping.slot,
        draft: Box::new(draft),
        aside,
        derived,
        news,
        file,
        base,
    })
}

/// The draft is nowhere else: it is kept also when nobody changes it.
pub const fn keep_as_it_is(model: &mut Model) {
    model.keeping.is_only_here = true;
}

/// Keeps what is about to be sent, so that it can be forgotten with the answer.
pub fn keep_for_sending(model: &mut Model) {
    if model.keeping.is_on() && (model.keeping.asked.is_none() || model.is_to_be_kept()) {
        let keep = keep_now(model);
        model.queued.push(keep);
    }
}

/// The message was accepted as it is: it is no draft any more, and what it is changed to is another
/// one.
pub fn sent_off(model: &mut Model) {
    let let_go = let_go(model);
    model.queued.extend(let_go);
    model.keeping.is_only_here = false;
    note_begun(model);
}

/// Has the store forget the draft.
pub fn let_go(model: &mut Model) -> Option<Effect> {
    model.keeping.changed = None;
    model.keeping.id = None;
    model.keeping.saved = None;
    let next = model.keeping.next_slot();
    let slot = std::mem::replace(&mut model.keeping.slot, next);
    let forget = true;
    // Another draft begins, which the store knows nothing of.
    model.composer.is_all_undo_news();
    let asked = model.keeping.asked.take();
    asked.map(|_| Effect::Store(Ask::Leave { slot, forget }))
}

/// Notes that a message is open of which there is no draft yet. Before the store is open it waits for
/// that.
pub fn note_begun(model: &mut Model) {
    if !model.keeping.is_on() {
        return;
    }
    let begun = begun(model);
    model.queued.push(begun);
}

pub fn begun(model: &Model) -> Effect {
    // What was sent is not opened again.
    let file = model.file.clone().filter(|_| !model.is_sent());
    Effect::Store(Ask::Begun {
        slot: model.keeping.slot,
        kind: model.draft().message.kind(),
        file,
    })
}

/// The message is in its file now: where there is no draft of it, that file is open.
pub fn note_saved(model: &mut Model) {
    if model.keeping.asked.is_none() && !model.is_sent() {
        note_begun(model);
    }
}

/// Another draft is composed from now on: this one is kept as it is, or forgotten where it is of
/// no more use.
pub fn leave_draft(model: &mut Model) {
    if let Some(id) = model.keeping.id {
        model.sends.note_draft(model.keeping.slot, id);
    }
    let forget = model.is_finished();
    let has_failed = model.keeping.failed.take().is_some();
    let is_to_be_kept = model.is_to_be_kept() || has_failed;
    if model.keeping.is_on() && !forget && is_to_be_kept {
        let keep = keep_now(model);
        model.queued.push(keep);
    }
    let next = model.keeping.next_slot();
    let slot = std::mem::replace(&mut model.keeping.slot, next);
    if model.keeping.asked.take().is_some() {
        model
            .queued
            .push(Effect::Store(Ask::Leave { slot, forget }));
    }
    model.keeping.id = None;
    model.keeping.saved = None;
    model.keeping.changed = None;
    model.keeping.is_only_here = false;
    model.keeping.early = None;
}

/// The draft is not kept any more, nor let go of.
pub fn abandon_draft(model: &mut Model) {
    model.keeping.asked = None;
    model.keeping.failed = None;
    model.keeping.is_only_here = false;
    model.filed = Snapshot::exact(model.draft().clone());
}

/// Remembers what is typed into a draft that only stands in for the last one.
pub fn remember_early(model: &mut Model, event: &TermEvent) {
    if model.keeping.keeps != Keeps::Opening {
        return;
    }
    let Some(early) = &mut model.keeping.early else {
        return;
    };
    let types = match event {
        TermEvent::Key(key) => types(*key),
        TermEvent::Paste(_) => true,
        TermEvent::Resize(..) => return,
        _ => false,
    };
    if types && early.len() < MOST_EARLY {
        early.push(event.clone());
    } else {
        model.keeping.early = None;
    }
}

/// The store told something.
pub fn store_told(model: &mut Model, told: Told, replay: Replay) -> Vec<Effect> {
    match told {
        Told::Opened {
            notice,
            is_kept,
            last,
            doubts,
        } => {
            model.keeping.keeps = if is_kept { Keeps::All } else { Keeps::InMemory };
            if let Some(notice) = notice {
                model.toast(notice.clone(), Tone::Bad);
                model.keeping.notice = Some(notice);
            }
            let mut effects = taken::resume(model, last, replay);
            twin::look_for_twin(model);
            effects.extend(doubt::ask_about(model, doubts));
            effects.extend(history::read_ahead(model));
            return effects;
        }
        Told::WrittenAgain { notice, is_kept } => {
            model.keeping.keeps = if is_kept { Keeps::All } else { Keeps::InMemory };
            model.toast(notice.clone(), Tone::Bad);
            model.keeping.notice = Some(notice);
        }
        Told::Missing(why) => {
            model.keeping.keeps = Keeps::Nothing;
            model.keeping.early = None;
            let words = format!("nothing is kept: {why}");
            model.toast(words.clone(), Tone::Bad);
            model.keeping.notice = Some(words);
        }
        Told::Begun { ticket, id, at } => sent::begun(model, ticket, id, at),
        Told::Held { ticket, id } => sent::waits(model, ticket, id),
        Told::NeverBegun(entries) => sent::never_begun(model, &entries),
        Told::Saved {
            slot,
            draft,
            written,
        } => draft_saved(model, slot, *draft, written),
        Told::Changes { slot, id } => taken::changes_found(model, slot, id),
        Told::Drafts(rows) => drafts::drafts_listed(model, rows),
        Told::Taken(taken) => return taken::take_kept(model, *taken),
        Told::Page { ticket, entries } => return history::page_read(model, ticket, entries),
        Told::Looked { why, sent } => return history::looked_at(model, why, sent),
        Told::Peeked { id, sent } => return history::peeked(model, id, sent),
        Told::Compared(both) => history::compared(model, &both),
        Told::Twin { ticket, twin } => twin::twin_found(model, ticket, Some(&twin)),
        Told::NoTwin(ticket) => twin::twin_found(model, ticket, None),
        Told::Changed(entry) => history::entry_changed(model, *entry),
        Told::Removed(words) => model.toast(words, Tone::Info),
        Told::Recipients(all) => {
            let country = model.account().country;
            model.recipients.know(all, country);
        }
        Told::Recent(former) => model.recent.take_former(former),
        Told::Failed(why) => model.toast(why, Tone::Bad),
    }
    Vec::new()
}

pub fn draft_saved(model: &mut Model, slot: Slot, draft: Draft, written: Result<DraftId, Failure>) {
    if slot != model.keeping.slot {
        match written {
            Ok(id) => model.sends.note_draft(slot, id),
            Err(why) => {
                model.toast(format!("A draft was not kept: {}", why.title), Tone::Bad);
                model.keeping.unkept.push(draft);
            }
        }
        return;
    }
    match written {
        Ok(id) => {
            keep_the_rest(model);
            model.keeping.id = Some(id);
            model.keeping.saved = Some(Snapshot::exact(draft));
            model.keeping.failed = None;
        }
        Err(why) => {
            model.composer.is_all_undo_news();
            if model.keeping.failed.is_none() {
                model.toast(format!("The draft is not kept: {}", why.title), Tone::Bad);
            }
            model.keeping.failed = Some(why);
        }
    }
}

/// Keeps, now that it can be, what was left and could not be kept then.
pub fn keep_the_rest(model: &mut Model) {
    for draft in std::mem::take(&mut model.keeping.unkept) {
        let (slot, forget) = (model.keeping.next_slot(), false);
        let (draft, file, base) = (Box::new(draft), None, None);
        let keep = Ask::Keep {
            slot,
            draft,
            aside: Vec::new(),
            derived: BTreeSet::new(),
            news: None,
            file,
            base,
        };
        model.queued.push(Effect::Store(keep));
        model
            .queued
            .push(Effect::Store(Ask::Leave { slot, forget }));
    }
}

/// Whether a key only writes into the text.
fn types(key: KeyEvent) -> bool {
    match key.code {
        KeyCode::Char(_) => is_typing(key),
        KeyCode::Backspace | KeyCode::Enter => key.modifiers.is_empty(),
        _ => false,
    }
}
