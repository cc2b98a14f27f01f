//! The keys of the dialogs, and what their answers do.

use crate::tui::action::{Action, Context};
use crate::tui::effect::{Effect, Over};
use crate::tui::focus::Focus;
use crate::tui::modal::{self, Choice, Doubt, Entry, FillPrompt, Modal, Palette, Purpose};
use crate::tui::model::toast::Tone;
use crate::tui::model::{Model, Tab};
use crate::tui::screen;
use crate::tui::update::{
    clipboard, doubt, drafts, files, focus, history, import, path, reply, send, status, taken,
    values,
};
use crate::tui::widget::field::{Field, Response, is_typing};
use crate::tui::widget::list::stepped;
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Position;

/// A key for a dialog, which was taken off the stack and is put back unless it is done.
pub fn modal_key(model: &mut Model, mut modal: Modal, key: KeyEvent) -> Vec<Effect> {
    let place = match &modal {
        Modal::Drafts(_) => Context::Drafts,
        Modal::Page { .. } => Context::History,
        _ => Context::Text,
    };
    let keymap = &model.keymap;
    let action = keymap.action(key, place);
    let action = action.or_else(|| keymap.action(key, Context::Text));
    let toggles = match &modal {
        Modal::Help { .. } => Some(Action::Help),
        Modal::Palette(_) => Some(Action::Palette),
        Modal::Drafts(_) => Some(Action::Drafts),
        _ => None,
    };
    match action {
        Some(Action::Close) => {
            if let Modal::Drafts(list) = &mut modal
                && list.naming.take().is_some()
            {
                model.modals.push(modal);
                return Vec::new();
            }
            files::closed(model, &modal);
            return Vec::new();
        }
        Some(_) if action == toggles => return Vec::new(),
        Some(Action::Quit) => {
            model.modals.push(modal);
            return files::quit(model);
        }
        _ if key.code == KeyCode::Enter => return modal_enter(model, modal),
        _ if modal.starts_a_send() && is_letter(key, 'c') => return Vec::new(),
        _ if matches!(modal, Modal::Confirm(_)) && is_letter(key, 'l') => {
            focus::show(model, Tab::Preview);
            focus::focus_on(model, Focus::Pane);
            return Vec::new();
        }
        _ => {}
    }
    let mut modal = match modal {
        Modal::Drafts(list) => return drafts::drafts_key(model, list, action, key),
        Modal::Page { page, scroll } => return history::page_key(model, page, scroll, action, key),
        modal => modal,
    };
    if let (Some(action), Some(field)) = (action, modal.field_mut())
        && edits(action, field)
    {
        modal.text_changed();
        model.modals.push(modal);
        return Vec::new();
    }
    match &mut modal {
        Modal::Help { scroll } => help_key(model, scroll, key),
        Modal::Palette(palette) => palette_key(model, palette, key),
        Modal::Fill(prompt) => fill_key(model, prompt, key),
        Modal::Compare(comparison) => comparison.key(key),
        Modal::Import(prompt) => import::import_key(model, prompt, action, key),
        Modal::Pick(pick) => {
            pick.selected = stepped(pick.selected, pick.choices.len(), key);
        }
        Modal::Path(prompt) => path::path_key(model, prompt, key),
        _ => question_key(&mut modal, key),
    }
    model.modals.push(modal);
    Vec::new()
}

pub fn help_key(model: &Model, scroll: &mut usize, key: KeyEvent) {
    let last = modal::help::rows(model).saturating_sub(modal::help::height(model.size));
    let page = modal::help::height(model.size).saturating_sub(1);
    *scroll = match key.code {
        KeyCode::Up => scroll.saturating_sub(1),
        KeyCode::Down => *scroll + 1,
        KeyCode::PageUp => scroll.saturating_sub(page),
        KeyCode::PageDown | KeyCode::Char(' ') => *scroll + page,
        KeyCode::Home => 0,
        KeyCode::End => last,
        _ => *scroll,
    }
    .min(last);
}

pub fn palette_key(model: &Model, palette: &mut Palette, key: KeyEvent) {
    let count = palette.entries(model).len();
    if matches!(key.code, KeyCode::Home | KeyCode::End) {
        palette.query.key(key, model.now);
        return;
    }
    let stepped = stepped(palette.selected, count, key);
    if stepped != palette.selected {
        palette.selected = stepped;
    } else if palette.query.key(key, model.now) == Response::Changed {
        palette.selected = 0;
    }
}

pub fn fill_key(model: &Model, prompt: &mut FillPrompt, key: KeyEvent) {
    let stepped = match key.code {
        KeyCode::Home | KeyCode::End => prompt.at,
        _ => stepped(prompt.at, prompt.fields.len(), key),
    };
    if stepped != prompt.at {
        prompt.at = stepped;
    } else if let Some(field) = prompt.fields.get_mut(prompt.at) {
        field.key(key, model.now);
    }
}

pub fn modal_enter(model: &mut Model, modal: Modal) -> Vec<Effect> {
    let choice = modal.choice();
    let picked = choice.and_then(|choice| modal.choices().get(choice).copied());
    match (modal, picked) {
        (Modal::Palette(palette), _) => match palette.entries(model).get(palette.selected) {
            Some(&Entry::Action(action)) => screen::perform(model, action),
            Some(&Entry::Profile(at)) => status::use_profile(model, at),
            None => {
                model.modals.push(Modal::Palette(palette));
                Vec::new()
            }
        },
        (Modal::Path(prompt), _) => path::path_chosen(model, prompt),
        (Modal::Drafts(list), _) => drafts::drafts_enter(model, list),
        (Modal::Fill(mut prompt), _) => {
            if prompt.at + 1 < prompt.fields.len() {
                prompt.at += 1;
                model.modals.push(Modal::Fill(prompt));
                return Vec::new();
            }
            values::filled_in(model, &prompt)
        }
        (Modal::Pick(pick), _) => {
            if let Some(row) = pick.choices.get(pick.selected) {
                reply::picked(model, row);
            }
            Vec::new()
        }
        (Modal::Import(prompt), _) => {
            import::import_entered(model, *prompt);
            Vec::new()
        }
        (Modal::Doubt(doubt), picked) => choose_of_doubt(model, doubt, picked),
        (Modal::Again { sent, .. }, Some(Choice::Send)) => doubt::send_again(model, *sent),
        (Modal::Twice { wanted, .. }, Some(Choice::Send)) => send::send_twice(model, *wanted),
        (Modal::ClearQueue { profile, .. }, Some(Choice::ClearQueue)) => {
            status::clear_queue(model, &profile)
        }
        (modal, Some(choice)) => choose(model, &modal, choice),
        _ => Vec::new(),
    }
}

/// What the choices of a message of unknown outcome do.
pub fn choose_of_doubt(
    model: &mut Model,
    doubt: Box<Doubt>,
    choice: Option<Choice>,
) -> Vec<Effect> {
    match choice {
        Some(Choice::MarkSent) => doubt::mark_as_sent(model, &doubt),
        Some(Choice::SendAgain) => doubt::ask_to_send_again(model, doubt),
        Some(Choice::LookUp) => doubt::look_it_up(model, doubt),
        Some(_) => doubt::keep_unknown(model, &doubt),
        None => {
            model.modals.push(Modal::Doubt(doubt));
            model.toast("Choose with ← → or Tab, then press Enter", Tone::Info);
            Vec::new()
        }
    }
}

pub fn choose(model: &mut Model, modal: &Modal, choice: Choice) -> Vec<Effect> {
    match (choice, modal) {
        (Choice::Send, Modal::Confirm(confirm)) => {
            return send::send(model, confirm.earlier.is_some());
        }
        (Choice::Fix, _) => focus::fix(model),
        (Choice::Force, _) => send::confirm(model, true),
        (Choice::NumberedText, _) => return screen::perform(model, Action::Duplicate),
        (Choice::Discard, Modal::Discard { then, .. }) => return files::go_on(model, then.clone()),
        (Choice::Discard, _) => import::take_import(model),
        (Choice::Replace, Modal::Replace { path, .. }) => {
            return files::save_to(model, path.clone(), Over::Anything);
        }
        (Choice::SaveAs, _) => files::ask_path(model, Purpose::SaveAs),
        (Choice::Wait, _) => return files::wait_and_quit(model),
        (Choice::QuitAnyway, _) => return files::quit_anyway(model),
        (Choice::TakeChanges, Modal::Changes { id, .. }) => return taken::ask_to_take(model, *id),
        _ => {}
    }
    Vec::new()
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

/// Left and right, up and down, or Tab: another choice.
fn question_key(modal: &mut Modal, key: KeyEvent) {
    let count = modal.choices().len();
    let back = match key.code {
        KeyCode::Left | KeyCode::Up | KeyCode::BackTab => true,
        KeyCode::Right | KeyCode::Down | KeyCode::Tab => false,
        _ => {
            // What is typed is meant for the message below, and so is an Enter after it.
            if let Modal::Doubt(doubt) = modal {
                doubt.choose_nothing();
            }
            return;
        }
    };
    if count > 0 {
        let last = count - 1;
        modal.choose(match (modal.choice(), back) {
            (None | Some(0), true) => last,
            (Some(choice), true) => choice - 1,
            (None, false) => 0,
            (Some(choice), false) => (choice + 1) % count,
        });
    }
}

pub fn modal_click(model: &mut Model, mut modal: Modal, at: Position) -> Vec<Effect> {
    match modal::draw::hit(model, &modal, at) {
        // A double click that opened the question is not its answer.
        modal::draw::Hit::Choice(_) | modal::draw::Hit::Outside
            if modal.asks() && !model.guard.is_open() =>
        {
            model.modals.push(modal);
            Vec::new()
        }
        modal::draw::Hit::Choice(index) => {
            modal.choose(index);
            modal_enter(model, modal)
        }
        modal::draw::Hit::Entry(index) => {
            match &mut modal {
                Modal::Palette(palette) => palette.selected = index,
                Modal::Pick(pick) => pick.selected = index,
                Modal::Drafts(list) => list.selected = index,
                Modal::Path(prompt) => prompt.selected = Some(index),
                Modal::Fill(prompt) => {
                    prompt.at = index;
                    model.modals.push(modal);
                    return Vec::new();
                }
                _ => {}
            }
            modal_enter(model, modal)
        }
        modal::draw::Hit::Inside => {
            model.modals.push(modal);
            Vec::new()
        }
        modal::draw::Hit::Outside => {
            files::closed(model, &modal);
            Vec::new()
        }
    }
}

/// The wheel over a dialog.
pub fn wheel(model: &mut Model, by: isize) {
    if let Some(modal) = model.modals.last_mut() {
        match modal {
            Modal::Compare(comparison) => comparison.scroll(by),
            Modal::Import(prompt) => prompt.field.scroll(by),
            _ => {}
        }
        if let Modal::Help { scroll } = modal {
            *scroll = scroll.saturating_add_signed(by);
        }
        let last = modal::help::rows(model).saturating_sub(modal::help::height(model.size));
        if let Some(Modal::Help { scroll }) = model.modals.last_mut() {
            *scroll = (*scroll).min(last);
        }
        return;
    }
}

/// A text that is pasted over a dialog.
pub fn paste(model: &mut Model, text: &str) {
    let now = model.now;
    if model.modals.last().is_some_and(|modal| !modal.asks()) {
        model.guard.pasted();
    }
    if let Some(Modal::Import(prompt)) = model.modals.last_mut() {
        prompt.paste(&clipboard::line_breaks(text), now);
        return;
    }
    let Some(text) = clipboard::taken(model, text) else {
        return;
    };
    if let Some(modal) = model.modals.last_mut()
        && let Some(field) = modal.field_mut()
    {
        if field.insert(&text, now) == Response::Changed {
            modal.text_changed();
        }
        return;
    }
    model.guard.interrupted(now);
    if let Some(Modal::Doubt(doubt)) = model.modals.last_mut() {
        doubt.choose_nothing();
    }
    if model.modals.last().is_some_and(Modal::asks) {
        let words = "A text was pasted over this question: it was not taken";
        model.toast(words, Tone::Info);
    }
}
