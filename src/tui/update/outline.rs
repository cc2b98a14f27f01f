//! Buttons, options, values, sections, products and rows by keys: add, remove, move, fold, paste a block of them.

use super::{clipboard, findings, focus, form, picture, reply};
use crate::message::outline::Item;
use crate::message::{Field, Message, SectionPart, derived, duplicate};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::focus::{Focus, Heading};
use crate::tui::model::Model;
use crate::tui::model::composer::pasted;
use crate::tui::model::toast::Tone;
use crate::tui::widget::field::is_typing;
use crossterm::event::{KeyCode, KeyEvent};

/// A key on an item or a heading.
pub fn item_key(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    match (key.code, model.focus) {
        (KeyCode::Up, _) => focus::step_row(model, true),
        (KeyCode::Down, _) => focus::step_row(model, false),
        (KeyCode::PageUp, _) => focus::step_page(model, true),
        (KeyCode::PageDown, _) => focus::step_page(model, false),
        (KeyCode::Home, _) => focus::step_to_end(model, true),
        (KeyCode::End, _) => focus::step_to_end(model, false),
        (KeyCode::Left, Focus::Heading(Heading::Header)) => model.composer.turn_header(true),
        (KeyCode::Right | KeyCode::Char(' '), Focus::Heading(Heading::Header)) => {
            model.composer.turn_header(false);
        }
        (KeyCode::Left, Focus::Item(item)) => turn_item(model, item, true),
        (KeyCode::Right, Focus::Item(Item::Entry(..) | Item::Option(_) | Item::Value(_)))
        | (KeyCode::Enter, Focus::Item(_)) => {
            edit_item(model);
        }
        (KeyCode::Right | KeyCode::Char(' '), Focus::Item(item)) => turn_item(model, item, false),
        (
            KeyCode::Left | KeyCode::Right | KeyCode::Char(' '),
            Focus::Heading(heading @ Heading::Options),
        )
        | (KeyCode::Enter, Focus::Heading(heading)) => return enter_heading(model, heading),
        // What is typed on an item is meant for its text.
        (KeyCode::Char(_), Focus::Item(_)) if is_typing(key) => {
            edit_item(model);
            if let Some(field) = model.focus.field() {
                form::field_key(model, field, key);
            }
        }
        _ => {}
    }
    Vec::new()
}

pub fn edit_item(model: &mut Model) {
    let field = model
        .focus
        .item()
        .and_then(|item| model.composer.first_field(item));
    if let Some(field) = field {
        focus::focus_on(model, Focus::Edit(field));
    }
}

/// Enter, or a second click, on a heading.
pub fn enter_heading(model: &mut Model, heading: Heading) -> Vec<Effect> {
    match heading {
        Heading::Buttons => {
            let last = Item::Button(model.draft().message.count_beside(Item::Button(0)));
            if let Some(focus) = model.composer.add_fresh(last) {
                focus::focus_on(model, focus);
            }
        }
        Heading::Header => model.composer.turn_header(false),
        Heading::Values => {
            let last = Item::Value(model.draft().message.count_beside(Item::Value(0)));
            if let Some(focus) = model.composer.add_fresh(last) {
                focus::focus_on(model, focus);
            }
        }
        Heading::PollOptions => {
            let last = Item::Option(model.draft().message.count_beside(Item::Option(0)));
            if let Some(focus) = model.composer.add_fresh(last) {
                focus::focus_on(model, focus);
            }
        }
        Heading::Sections => add_item(model),
        Heading::Selected => reply::pick(model),
        Heading::Options => form::toggle_options(model),
    }
    Vec::new()
}

/// Left and right on an item: a button's action, a section's fold, an entry's section.
pub fn turn_item(model: &mut Model, item: Item, back: bool) {
    match item {
        Item::Button(at) => model.composer.turn_action(at, back),
        Item::Section(at) => {
            let folded = model.composer.is_folded(at);
            model.composer.fold(at, back || !folded);
        }
        Item::Entry(section, _) if back => {
            focus::focus_on(model, Focus::Item(Item::Section(section)));
        }
        Item::Entry(..) | Item::Option(_) | Item::Value(_) => {}
    }
}

/// Has Tab go to ids, or pass them by.
pub fn toggle_ids(model: &mut Model) {
    let shown = !model.composer.shows_ids();
    model.composer.show_ids(shown);
    let words = if shown {
        "The next-field key goes to ids too now"
    } else {
        "The next-field key passes ids by"
    };
    let key = model.keymap.key(Action::NextField);
    let words = key.map_or_else(
        || words.to_owned(),
        |key| words.replace("The next-field key", &key.to_string()),
    );
    model.toast(words, Tone::Info);
    let id = model.focus.item().and_then(derived::fields);
    if let Some((id, _)) = id.filter(|_| shown) {
        focus::focus_on(model, Focus::Edit(id));
    } else if model.focus.is_id() {
        edit_item(model);
    }
}

pub fn add_item(model: &mut Model) {
    let message = &model.draft().message;
    let at = match (model.focus.item(), message) {
        (Some(Item::Button(at)), _) => Item::Button(at + 1),
        (Some(Item::Value(at)), _) => Item::Value(at + 1),
        (Some(Item::Option(at)), _) => Item::Option(at + 1),
        (Some(Item::Section(at)), _) => Item::Section(at + 1),
        (Some(Item::Entry(section, at)), _) => Item::Entry(section, at + 1),
        (None, Message::Buttons(message)) => Item::Button(message.buttons.len()),
        (None, Message::Template(message)) => {
            if model.focus == Focus::Heading(Heading::Buttons) {
                Item::Button(message.buttons.len())
            } else {
                Item::Value(message.values.len())
            }
        }
        (None, Message::Poll(message)) => Item::Option(message.options.len()),
        (None, Message::Catalog(message)) => Item::Section(message.sections.len()),
        (None, Message::List(message)) => Item::Section(message.sections.len()),
        (None, _) => {
            let words = "Only buttons, templates, polls, catalogs and lists have something to add";
            model.toast(words, Tone::Info);
            return;
        }
    };
    focus_on_new(model, at);
}

pub fn add_entry(model: &mut Model) {
    let message = &model.draft().message;
    if !matches!(message, Message::Catalog(_) | Message::List(_)) {
        model.toast(
            "Only catalogs and lists have sections to add to",
            Tone::Info,
        );
        return;
    }
    let at = match model.focus.item() {
        Some(Item::Entry(section, at)) => Item::Entry(section, at + 1),
        Some(Item::Section(section)) => {
            Item::Entry(section, message.count_beside(Item::Entry(section, 0)))
        }
        _ => {
            let sections = message.count_beside(Item::Section(0));
            let Some(last) = sections.checked_sub(1) else {
                focus_on_new(model, Item::Section(0));
                return;
            };
            Item::Entry(last, message.count_beside(Item::Entry(last, 0)))
        }
    };
    focus_on_new(model, at);
}

pub fn focus_on_new(model: &mut Model, at: Item) {
    if let Some(focus) = model.composer.add(at) {
        focus::focus_on(model, focus);
    }
}

pub fn remove_item(model: &mut Model) {
    let Some(item) = model.focus.item() else {
        model.toast(
            "Go to a button, option, section, product or row first",
            Tone::Info,
        );
        return;
    };
    let Some(focus) = model.composer.remove(item) else {
        return;
    };
    let undo = model.keymap.key(Action::Undo);
    let undo = undo.map_or_else(String::new, |key| format!("; {key} brings it back"));
    model.toast(format!("{} removed{undo}", name(item)), Tone::Info);
    focus::focus_on(model, focus);
}

/// Undo and redo, wherever in the draft the change was: the focus goes there.
pub fn undo(model: &mut Model, again: bool) {
    match model.composer.undo(again) {
        Some(focus) => {
            // What it says of the change is not so any more.
            model.toasts.retain(|toast| toast.tone != Tone::Info);
            model.composer.reveal(focus);
            focus::focus_on(model, focus);
        }
        None => say_nothing_to_undo(model, again),
    }
}

pub fn say_nothing_to_undo(model: &mut Model, again: bool) {
    let words = if again { "do again" } else { "undo" };
    model.toast(format!("Nothing to {words} here"), Tone::Info);
}

pub fn move_item(model: &mut Model, up: bool) {
    let Some(item) = model.focus.item() else {
        return;
    };
    if let Some(to) = model.composer.move_item(item, up) {
        focus::focus_on(model, model.focus.with_item(to));
    }
}

pub fn fold(model: &mut Model) {
    let Some(section) = model.focus.item().and_then(Item::section) else {
        model.toast("Go to a section first", Tone::Info);
        return;
    };
    let fold = !model.composer.is_folded(section);
    model.composer.fold(section, fold);
    if fold {
        focus::focus_on(model, Focus::Item(Item::Section(section)));
    }
}

pub fn fold_all(model: &mut Model) {
    model.composer.fold_all();
    if let Some(Item::Entry(section, _)) = model.focus.item() {
        focus::focus_on(model, Focus::Item(Item::Section(section)));
    }
}

/// A paste among products, rows or options: a block of them becomes entries. Whether it was one.
pub fn paste_block(model: &mut Model, text: &str) -> bool {
    let is_catalog = match model.draft().message {
        Message::Catalog(_) => true,
        Message::List(_) | Message::Poll(_) | Message::Template(_) => false,
        _ => return false,
    };
    let (at, in_text) = match model.focus {
        Focus::Heading(Heading::Sections) => {
            let last = model.draft().message.count_beside(Item::Section(0));
            let section = last.saturating_sub(1);
            let end = model.draft().message.count_beside(Item::Entry(section, 0));
            (Item::Entry(section, end), false)
        }
        Focus::Item(Item::Section(section)) => {
            let end = model.draft().message.count_beside(Item::Entry(section, 0));
            (Item::Entry(section, end), false)
        }
        Focus::Item(Item::Entry(section, at)) => (Item::Entry(section, at + 1), false),
        Focus::Heading(Heading::PollOptions) => {
            let end = model.draft().message.count_beside(Item::Option(0));
            (Item::Option(end), false)
        }
        Focus::Heading(Heading::Values) => {
            let end = model.draft().message.count_beside(Item::Value(0));
            (Item::Value(end), false)
        }
        Focus::Item(Item::Value(at)) => (Item::Value(at + 1), false),
        Focus::Edit(Field::Value(at)) => (Item::Value(at + 1), true),
        Focus::Item(Item::Option(at)) => (Item::Option(at + 1), false),
        Focus::Edit(Field::Option(at)) => (Item::Option(at + 1), true),
        Focus::Edit(Field::Section(
            section,
            SectionPart::Product(at) | SectionPart::Row(at, _),
        )) => (Item::Entry(section, at + 1), true),
        _ => return false,
    };
    if is_catalog && !in_text && takes_dropped_picture(model, text) {
        return true;
    }
    if in_text && is_catalog {
        match pasted::products(text).as_slice() {
            [] => return false,
            // One row of a sheet, or one in quotes: its id alone.
            [product] => {
                let product = product.clone();
                clipboard::insert(model, &product);
                return true;
            }
            _ => {}
        }
    }
    let is_row = text.trim().contains(['\n', '\t']);
    if in_text && !is_catalog && !is_row {
        return false;
    }
    let Some((count, last)) = model.composer.paste_entries(at, text) else {
        return false;
    };
    focus::focus_on(model, Focus::Item(last));
    findings::examine(model);
    tell_pasted(model, count);
    true
}

/// Takes a picture's file that is dropped on the sections as the catalog's picture. Whether it was
/// one.
pub fn takes_dropped_picture(model: &mut Model, text: &str) -> bool {
    let name = picture::dropped(text);
    if text.trim().contains('\n') || !picture::is_file_of_picture(&name) {
        return false;
    }
    model
        .composer
        .edit(Field::Thumbnail, |editor| editor.replace(&name));
    focus::focus_on(model, Focus::Edit(Field::Thumbnail));
    model.toast("Taken as the picture of this catalog", Tone::Info);
    true
}

pub fn tell_pasted(model: &mut Model, count: usize) {
    let (one, many) = match model.draft().message {
        Message::Catalog(_) => ("product", "products"),
        Message::Poll(_) => ("option", "options"),
        Message::Template(_) => ("value", "values"),
        _ => ("row", "rows"),
    };
    let what = if count == 1 { one } else { many };
    let twice = match &model.draft().message {
        Message::Catalog(message) => {
            let mut seen = std::collections::HashSet::new();
            let products = message
                .sections
                .iter()
                .flat_map(|section| &section.products);
            products.filter(|id| !seen.insert(id.trim())).count()
        }
        _ => 0,
    };
    let goes = |them: &str| {
        let hint = model.keymap.hint(Action::NextProblem, "goes to");
        hint.map_or_else(String::new, |hint| format!(" ({hint} {them})"))
    };
    let words = match twice {
        0 => format!("{count} {what} added"),
        1 => {
            let goes = goes("it");
            format!("{count} {what} added; 1 in this catalog is there twice{goes}")
        }
        _ => {
            let goes = goes("them");
            format!("{count} {what} added; {twice} in this catalog are there twice{goes}")
        }
    };
    model.toast(words, Tone::Info);
}

pub fn become_numbered_text(model: &mut Model) {
    match duplicate::as_text(model.draft()) {
        Some(text) => {
            model.composer.replace(text.message);
            focus::focus_on(model, Focus::TEXT);
        }
        None => model.toast(
            "Only buttons, lists and polls can become numbered text",
            Tone::Info,
        ),
    }
}

/// `Button 2`, `Section 1`, `Entry 3 of section 1`.
fn name(item: Item) -> String {
    match item {
        Item::Button(at) => format!("Button {}", at + 1),
        Item::Option(at) => format!("Option {}", at + 1),
        Item::Value(at) => format!("Value {}", at + 1),
        Item::Section(at) => format!("Section {}", at + 1),
        Item::Entry(section, at) => format!("Entry {} of section {}", at + 1, section + 1),
    }
}
