//! The keys of the dialogs, and what their answers do.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Position;

use crate::tui::action::{Action, Context};
use crate::tui::dialog::{Choice, Doubt, Entry, Hit, Modal, Purpose, Question, Subject};
use crate::tui::effect::{Effect, Over};
use crate::tui::focus::Focus;
use crate::tui::model::toast::Tone;
use crate::tui::model::{Model, Tab};
use crate::tui::screen;
use crate::tui::update::{
    clipboard, doubt, drafts, emoji, files, focus, history, import, outline, palette, path, reply,
    seek, send, sent, status, taken, values,
};
use crate::tui::widget::field::{Field, Response, is_typing};

/// A key for a dialog, which was taken off the stack and is put back unless it is done.
pub fn dialog_key(model: &mut Model, dialog: Modal, key: KeyEvent) -> Vec<Effect> {
    let keymap = &model.keymap;
    let action = keymap.action(key, dialog.dialog().context());
    let action = action.or_else(|| keymap.action(key, Context::Text));
    let mut dialog = match dialog {
        Modal::Find(finder) => return seek::key(model, finder, action, key),
        dialog => dialog,
    };
    match action {
        Some(Action::Close) => {
            if let Modal::Drafts(list) = &mut dialog
                && list.naming.take().is_some()
            {
                model.modals.push(dialog);
                return Vec::new();
            }
            files::closed(model, &dialog);
            return Vec::new();
        }
        Some(_) if action == dialog.dialog().toggle() => return Vec::new(),
        Some(Action::Quit) => {
            model.modals.push(dialog);
            return files::quit(model);
        }
        _ if key.code == KeyCode::Enter => return dialog_enter(model, dialog),
        _ => {}
    }
    if let Modal::Question(question) = &dialog {
        if question.starts_a_send() && is_letter(key, 'c') {
            files::closed(model, &dialog);
            return Vec::new();
        }
        if matches!(question.subject, Subject::Confirm(_)) && is_letter(key, 'l') {
            look_at_message(model);
            return Vec::new();
        }
    }
    let mut dialog = match dialog {
        Modal::Drafts(list) => return drafts::drafts_key(model, list, action, key),
        Modal::Page(page) => return history::page_key(model, page, action, key),
        dialog => dialog,
    };
    if let (Some(action), Some(field)) = (action, dialog.dialog_mut().field_mut())
        && edits(action, field)
    {
        dialog.dialog_mut().text_changed();
    } else if let (Modal::Import(prompt), Some(Action::Paste)) = (&mut dialog, action) {
        prompt.paste(&model.clipboard, model.now);
    } else {
        dialog.dialog_mut().key(&model.look(), key);
    }
    model.modals.push(dialog);
    Vec::new()
}

/// Goes to the first of what speaks against the message, or to what its recipient sees.
fn look_at_message(model: &mut Model) {
    if model.findings.problems.is_empty() {
        focus::show(model, Tab::Preview);
        focus::focus_on(model, Focus::Pane);
    } else {
        focus::fix(model);
    }
}

fn dialog_enter(model: &mut Model, dialog: Modal) -> Vec<Effect> {
    match dialog {
        Modal::Palette(palette) => match palette.chosen() {
            Some(entry) => {
                let mut effects = palette::used(model, entry);
                effects.extend(match entry {
                    Entry::Action(action) => screen::perform(model, action),
                    Entry::Profile(at) => status::use_profile(model, at),
                });
                effects
            }
            None => {
                model.modals.push(Modal::Palette(palette));
                Vec::new()
            }
        },
        Modal::Path(prompt) => path::path_chosen(model, prompt),
        Modal::Drafts(list) => drafts::drafts_enter(model, list),
        Modal::Fill(mut prompt) => {
            if prompt.at + 1 < prompt.fields.len() {
                prompt.at += 1;
                model.modals.push(Modal::Fill(prompt));
                return Vec::new();
            }
            values::filled_in(model, &prompt)
        }
        Modal::Pick(pick) => {
            if let Some(row) = pick.choices.get(pick.selected) {
                reply::picked(model, row);
            }
            Vec::new()
        }
        Modal::Import(prompt) => {
            import::import_entered(model, *prompt);
            Vec::new()
        }
        Modal::Emoji(picker) => emoji::chosen(model, picker),
        Modal::Question(question) => answered(model, question),
        Modal::Help(_) | Modal::Compare(_) | Modal::Page(_) | Modal::Find(_) => Vec::new(),
    }
}

/// What the answers of questions do.
fn answered(model: &mut Model, question: Box<Question>) -> Vec<Effect> {
    let chosen = question.chosen();
    let Some(choice) = chosen.filter(|choice| question.choices().contains(choice)) else {
        model.modals.push(Modal::Question(question));
        model.toast("Choose with ← → or Tab, then press Enter", Tone::Info);
        return Vec::new();
    };
    if let Subject::Doubt(doubt) = &question.subject {
        let doubt = doubt.clone();
        return choose_of_doubt(model, question, &doubt, choice);
    }
    match (choice, question.subject) {
        (Choice::Send, Subject::Confirm(confirm)) => {
            let how = send::How {
                twice: confirm.earlier.is_some(),
                next: confirm.next,
                ..send::How::default()
            };
            return send::send(model, how);
        }
        (Choice::Send, Subject::Again(sent)) => return doubt::send_again(model, *sent),
        (Choice::Send, Subject::Twice(wanted, _)) => return send::send_twice(model, *wanted),
        (Choice::Cancel, Subject::Twice(wanted, _)) => sent::say_not_sent(model, &wanted),
        (Choice::ClearQueue, Subject::ClearQueue(profile)) => {
            return status::clear_queue(model, &profile);
        }
        (Choice::Fix, _) => focus::fix(model),
        (Choice::Force, _) => send::confirm(model, true, false),
        (Choice::NumberedText, _) => outline::become_numbered_text(model),
        (Choice::Discard, Subject::Discard(then)) => return files::go_on(model, then),
        (Choice::Discard, _) => import::take_import(model),
        (Choice::Replace, Subject::Replace { path, .. }) => {
            return files::save_to(model, path, Over::Anything);
        }
        (Choice::SaveAs, _) => files::ask_path(model, Purpose::SaveAs),
        (Choice::Wait, _) => return files::wait_and_quit(model),
        (Choice::QuitAnyway, _) => return files::quit_anyway(model),
        (Choice::TakeChanges, Subject::Changes { id, .. }) => return taken::ask_to_take(model, id),
        _ => {}
    }
    Vec::new()
}

/// What the choices of a message of unknown outcome do.
fn choose_of_doubt(
    model: &mut Model,
    mut question: Box<Question>,
    doubt: &Doubt,
    choice: Choice,
) -> Vec<Effect> {
    match choice {
        Choice::MarkSent => doubt::mark_as_sent(model, doubt),
        Choice::SendAgain => {
            // It waits below the question that asks by name.
            model.modals.push(Modal::Question(question));
            doubt::ask_to_send_again(doubt)
        }
        Choice::LookUp => {
            question.choose(None);
            model.modals.push(Modal::Question(question));
            doubt::look_it_up(model, doubt.entry.id)
        }
        _ => doubt::keep_unknown(model, doubt),
    }
}

fn is_letter(key: KeyEvent, letter: char) -> bool {
    matches!(key.code, KeyCode::Char(c) if is_typing(key) && c.eq_ignore_ascii_case(&letter))
}

/// Does what an action of a text means in a dialog's text. Whether it is one.
fn edits(action: Action, field: &mut Field) -> bool {
    match action {
        Action::SelectAll => field.select_all(),
        Action::Undo => {
            field.undo();
        }
        Action::Redo => {
            field.redo();
        }
        _ => return false,
    }
    true
}

/// A click while a dialog is on top, which was taken off the stack.
pub fn dialog_click(model: &mut Model, mut dialog: Modal, at: Position) -> Vec<Effect> {
    let hit = dialog.hit(&model.look(), at);
    match (hit, &mut dialog) {
        // A double click that opened the question is not its answer.
        (Hit::Choice(_) | Hit::Outside, Modal::Question(_)) if !model.guard.is_open() => {}
        (Hit::Choice(choice), Modal::Question(question)) => {
            question.choose(Some(choice));
            return dialog_enter(model, dialog);
        }
        (Hit::Entry(entry), list) => {
            if list.dialog_mut().mark(entry) {
                return dialog_enter(model, dialog);
            }
        }
        (Hit::Outside, _) => {
            files::closed(model, &dialog);
            return Vec::new();
        }
        (Hit::Choice(_) | Hit::Inside, _) => {}
    }
    model.modals.push(dialog);
    Vec::new()
}

/// The wheel over a dialog.
pub fn wheel(model: &mut Model, by: isize) {
    if let Some(mut dialog) = model.modals.pop() {
        dialog.dialog_mut().scroll(&model.look(), by);
        model.modals.push(dialog);
    }
}

/// A text that is pasted over a dialog.
pub fn paste(model: &mut Model, text: &str) {
    let now = model.now;
    if model.modals.last().is_some_and(|dialog| !dialog.asks()) {
        model.guard.pasted();
    }
    if let Some(Modal::Import(prompt)) = model.modals.last_mut() {
        prompt.paste(&clipboard::line_breaks(text), now);
        return;
    }
    let found = model
        .modals
        .pop_if(|dialog| matches!(dialog, Modal::Find(_)));
    if let Some(Modal::Find(finder)) = found {
        return seek::paste(model, finder, text);
    }
    let Some(text) = clipboard::taken(model, text) else {
        return;
    };
    let dialog = model.modals.last_mut().map(Modal::dialog_mut);
    if let Some(dialog) = dialog
        && let Some(field) = dialog.field_mut()
    {
        if field.insert(&text, now) == Response::Changed {
            dialog.text_changed();
        }
        return;
    }
    model.guard.interrupted(now);
    if let Some(Modal::Question(question)) = model.modals.last_mut() {
        question.disturbed();
        let words = "A text was pasted over this question: it was not taken";
        model.toast(words, Tone::Info);
    }
}
