//! Keys, pastes and the mouse: the top dialog takes them, else the keymap, else the field.

use super::clipboard;
use super::dialogs;
use super::files;
use super::focus;
use super::gateways;
use super::history;
use super::keep;
use super::mouse;
use super::outline;
use super::perform;
use super::picture;
use super::status;
use crate::message::Field;
use crate::tui::action::{Action, Context};
use crate::tui::effect::Effect;
use crate::tui::focus::Focus;
use crate::tui::layout::{self};
use crate::tui::modal::{self, Modal};
use crate::tui::model::composer::turn;
use crate::tui::model::toast::Tone;
use crate::tui::model::{Model, Tab, View};
use crate::tui::pane;
use crate::tui::widget::field::{Response, is_alt_gr};
use crossterm::event::{Event as TermEvent, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::Size;

/// The most bytes that are pasted at once: a text has 65,536 characters at the most, and a picture in
/// base64 is read from its file with less.
const MOST_PASTED: usize = 1 << 20;

/// Something happened at the terminal.
pub fn terminal(model: &mut Model, event: TermEvent) -> Vec<Effect> {
    keep::remember_early(model, &event);
    match event {
        TermEvent::Key(key) if key.kind != KeyEventKind::Release => {
            let mut effects = Vec::new();
            if model.guard.admits(key, model.now) {
                effects = press(model, key);
            }
            effects.extend(status::ask_state_gently(model));
            effects
        }
        TermEvent::Paste(text) if model.view == View::History && model.modals.is_empty() => {
            history::paste_in_history(model, &text)
        }
        TermEvent::Paste(text) => {
            paste(model, &text);
            Vec::new()
        }
        TermEvent::Mouse(mouse) => mouse::mouse(model, mouse),
        TermEvent::Resize(width, height) => {
            model.size = Size { width, height };
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Does what a key means that was kept back as it may be held, once it counts.
pub fn waiting_key(model: &mut Model, next: Option<KeyEvent>) -> Vec<Effect> {
    if model.guard.takes_quit(model.now)
        && matches!(model.modals.last(), Some(Modal::Leave { .. }))
    {
        model.modals.pop();
        return files::quit_anyway(model);
    }
    let next = next.filter(|next| next.kind != KeyEventKind::Release);
    let enter = model.guard.take_waiting(next, model.now);
    enter.map_or_else(Vec::new, |enter| {
        let effects = press(model, enter);
        let sends = effects.iter().any(Effect::sends);
        model
            .guard
            .look(&model.modals, Some(enter), sends, model.now);
        effects
    })
}

pub fn press(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    if layout::regions(model).is_none() {
        // Nothing is seen: only leaving makes sense.
        let quit = model.keymap.action(key, Context::Text) == Some(Action::Quit);
        return if quit { files::quit(model) } else { Vec::new() };
    }
    if let Some(modal) = model.modals.pop() {
        return dialogs::modal_key(model, modal, key);
    }
    if model.view == View::History {
        return match model.keymap.action(key, Context::History) {
            Some(action) => history::perform_in_history(model, action),
            None => history::history_key(model, key),
        };
    }
    if let Some(action) = model.keymap.action(key, context(model)) {
        return perform::perform(model, action);
    }
    if adds_item(model, key) {
        return perform::perform(model, Action::AddItem);
    }
    if model.keymap.action(key, Context::Text) == Some(Action::Copy) {
        return clipboard::copy(model);
    }
    match model.focus {
        Focus::Kind | Focus::LinkPreview => choice_key(model, key),
        Focus::Heading(_) | Focus::Item(_) => return outline::item_key(model, key),
        Focus::Pane => return pane_key(model, key),
        Focus::Edit(field) => field_key(model, field, key),
    }
    Vec::new()
}

/// Whether a key that types nothing adds an item from within one's texts, as it does on the item.
pub fn adds_item(model: &Model, key: KeyEvent) -> bool {
    key.code == KeyCode::Insert
        && model.focus.item().is_some()
        && model.keymap.action(key, Context::Item) == Some(Action::AddItem)
}

pub const fn context(model: &Model) -> Context {
    match model.focus {
        Focus::Heading(_) | Focus::Item(_) => Context::Item,
        focus if focus.is_text() => Context::Text,
        _ => Context::Elsewhere,
    }
}

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

/// A key for the right-hand side, which is read like a pager: what is typed there is never text.
pub fn pane_key(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
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

pub fn paste(model: &mut Model, text: &str) {
    // Many terminals paste line breaks as the Enter key has them.
    let text = &text.replace("\r\n", "\n").replace('\r', "\n");
    let now = model.now;
    if model.modals.last().is_some_and(|modal| !modal.asks()) {
        model.guard.pasted();
    }
    if let Some(Modal::Import(prompt)) = model.modals.last_mut() {
        prompt.paste(text, now);
        return;
    }
    if text.len() > MOST_PASTED {
        let words = format!(
            "Nothing was inserted: the paste has {} kB, and no message holds as much. Save it to a \
             file; a picture can be named by its file",
            text.len() / 1000
        );
        model.toast(words, Tone::Bad);
        return;
    }
    if let Some(modal) = model.modals.last_mut()
        && let Some(field) = modal.field_mut()
    {
        if field.insert(text, now) == Response::Changed {
            modal.text_changed();
        }
        return;
    }
    if !model.modals.is_empty() || layout::regions(model).is_none() {
        model.guard.interrupted(now);
        if let Some(Modal::Doubt(doubt)) = model.modals.last_mut() {
            doubt.choose_nothing();
        }
        if model.modals.last().is_some_and(Modal::asks) {
            let words = "A text was pasted over this question: it was not taken";
            model.toast(words, Tone::Info);
        }
        return;
    }
    model.guard.pasted();
    if model.focus == Focus::Pane {
        say_nothing_is_typed_here(model);
        return;
    }
    if outline::paste_block(model, text) {
        return;
    }
    if model.focus == Focus::Edit(Field::Thumbnail) {
        let name = picture::dropped(text);
        if picture::is_whole(&name) {
            model
                .composer
                .edit(Field::Thumbnail, |editor| editor.replace(&name));
        } else {
            clipboard::insert(model, &name);
        }
        return;
    }
    if let Focus::Item(item) = model.focus
        && let Some(field) = model.composer.first_field(item)
    {
        focus::focus_on(model, Focus::Edit(field));
    }
    if !model.focus.is_text() {
        focus::focus_on_text(model);
    }
    clipboard::insert(model, text);
}

/// Fits the editors to the screen, so that each knows what it shows.
pub fn fit(model: &mut Model) {
    history::fit_history(model);
    let Some(screen) = layout::regions(model) else {
        return;
    };
    let (width, height) = match model.modals.last() {
        Some(Modal::Fill(prompt)) => (modal::value_width(model, prompt), 1),
        Some(Modal::Import(prompt)) => modal::import_field(model, prompt),
        Some(Modal::Drafts(_)) => (modal::drafts_field(model.size), 1),
        _ => (modal::draw::field_width(model.size), 1),
    };
    if let Some(field) = model.modals.last_mut().and_then(Modal::field_mut) {
        field.resize(width, height);
    }
    if let Some(Modal::Compare(comparison)) = model.modals.last_mut() {
        comparison.resize(model.size);
    }
    picture::fit_picture(model, screen.pane.as_size());
    if screen.form.height == 0 {
        return;
    }
    // The width of the text's box decides how many rows it wants, and these its height.
    let width = layout::text_field(screen.form).width;
    let height = model
        .composer
        .editor(Field::Text)
        .map_or(1, |editor| u16::try_from(editor.height()).unwrap_or(1));
    model.composer.resize(Field::Text, width, height);
    let form = layout::form_of(model, &screen);
    model.form_scroll = form.above;
    for row in form.rows {
        for (focus, area) in pane::form::cells(model, row) {
            if let Some(field) = focus.field() {
                model.composer.resize(field, area.width, area.height);
            }
        }
    }
}

/// Whether a key types a character, with Alt Gr too.
pub(super) fn is_typing(key: KeyEvent) -> bool {
    (key.modifiers - KeyModifiers::SHIFT).is_empty() || is_alt_gr(key)
}
