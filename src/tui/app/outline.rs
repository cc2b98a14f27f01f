//! Buttons, sections, products and rows by keys: add, remove, move, fold, paste a block of them.

use crossterm::event::{KeyCode, KeyEvent};

use super::composer::pasted;
use super::toast::Tone;
use super::{App, picture};
use crate::message::outline::Item;
use crate::message::{Field, Message, RowPart, SectionPart, duplicate};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::focus::{Focus, Heading};
use crate::tui::layout;
use crate::tui::widget::field::{Field as Editor, Response};

/// How far Page Up and Page Down go.
const PAGE: usize = 10;

impl App {
    /// A key on an item or a heading.
    pub(super) fn item_key(&mut self, key: KeyEvent) -> Vec<Effect> {
        match (key.code, self.focus) {
            (KeyCode::Up, _) => self.step_row(true),
            (KeyCode::Down, _) => self.step_row(false),
            (KeyCode::PageUp, _) => self.step_page(true),
            (KeyCode::PageDown, _) => self.step_page(false),
            (KeyCode::Home, _) => self.step_to_end(true),
            (KeyCode::End, _) => self.step_to_end(false),
            (KeyCode::Left, Focus::Item(item)) => self.turn_item(item, true),
            (KeyCode::Right, Focus::Item(Item::Entry(..))) | (KeyCode::Enter, Focus::Item(_)) => {
                self.edit_item();
            }
            (KeyCode::Right | KeyCode::Char(' '), Focus::Item(item)) => self.turn_item(item, false),
            (
                KeyCode::Left | KeyCode::Right | KeyCode::Char(' '),
                Focus::Heading(heading @ Heading::Options),
            )
            | (KeyCode::Enter, Focus::Heading(heading)) => return self.enter_heading(heading),
            // What is typed on an item is meant for its text.
            (KeyCode::Char(_), Focus::Item(_)) if super::input::is_typing(key) => {
                self.edit_item();
                if let Some(field) = self.focus.field() {
                    self.field_key(field, key);
                }
            }
            _ => {}
        }
        Vec::new()
    }

    /// Page Up and Page Down, between the rows of the form.
    pub(super) fn step_page(&mut self, up: bool) {
        (0..PAGE).for_each(|_| self.step_row(up));
    }

    /// To the first or the last item of the outline; from a text to the same text of that one.
    pub(super) fn step_to_end(&mut self, first: bool) {
        let rows = layout::rows(&self.composer);
        let here = rows.iter().find(|row| row.stops().contains(&self.focus));
        let column = here.and_then(|row| row.stops().iter().position(|&stop| stop == self.focus));
        let (Some(here), Some(column)) = (here.copied(), column) else {
            return;
        };
        let is_text = matches!(self.focus, Focus::Edit(_));
        let mut targets = rows
            .iter()
            .filter_map(|row| match row.stops().first()?.item() {
                Some(_) if is_text => row.is_like(here).then(|| row.stops()[column]),
                item => item.map(Focus::Item),
            });
        let target = if first {
            targets.next()
        } else {
            targets.next_back()
        };
        if let Some(target) = target {
            self.focus_on(target);
        }
    }

    fn edit_item(&mut self) {
        let field = self
            .focus
            .item()
            .and_then(|item| self.composer.first_field(item));
        if let Some(field) = field {
            self.focus_on(Focus::Edit(field));
        }
    }

    /// Enter, or a second click, on a heading.
    pub(super) fn enter_heading(&mut self, heading: Heading) -> Vec<Effect> {
        match heading {
            Heading::Buttons | Heading::Sections => self.perform(Action::AddItem),
            Heading::Selected => self.perform(Action::Pick),
            Heading::Options => self.perform(Action::Options),
        }
    }

    /// Left and right on an item: a button's action, a section's fold, an entry's section.
    pub(super) fn turn_item(&mut self, item: Item, back: bool) {
        match item {
            Item::Button(at) => self.composer.turn_action(at, back),
            Item::Section(at) => {
                let folded = self.composer.is_folded(at);
                self.composer.fold(at, back || !folded);
            }
            Item::Entry(section, _) if back => self.focus_on(Focus::Item(Item::Section(section))),
            Item::Entry(..) => {}
        }
    }

    /// Enter in a text of one line: on to the next one; at the end of a section's title or its last
    /// entry, to a new entry.
    pub(super) fn enter_line(&mut self, field: Field) {
        let Field::Section(section, part) = field else {
            if field != Field::Thumbnail || !self.load_picture_again() {
                self.step_focus(false);
            }
            return;
        };
        let message = &self.draft().message;
        let entry = match part {
            SectionPart::Title => Item::Entry(section, 0),
            SectionPart::Row(at, RowPart::Id) => {
                let title = SectionPart::Row(at, RowPart::Title);
                self.focus_on(Focus::Edit(Field::Section(section, title)));
                return;
            }
            SectionPart::Row(at, RowPart::Title)
                if !self.is_left_empty(Item::Entry(section, at)) =>
            {
                let below = SectionPart::Row(at, RowPart::Description);
                self.focus_on(Focus::Edit(Field::Section(section, below)));
                return;
            }
            SectionPart::Row(at, _) | SectionPart::Product(at) => {
                let here = Item::Entry(section, at);
                if self.is_left_empty(here) {
                    // Nothing more is to be added.
                    self.focus_on(Focus::Item(Item::Section(section)));
                    return;
                }
                Item::Entry(section, at + 1)
            }
            SectionPart::Products | SectionPart::Rows => return,
        };
        let next = if message.has(entry) {
            match part {
                SectionPart::Title => self.composer.first_field(entry).map(Focus::Edit),
                _ => Some(Focus::Item(entry)),
            }
        } else {
            self.composer.add_fresh(entry)
        };
        if let Some(next) = next {
            self.focus_on(next);
        }
    }

    /// Whether an entry has nothing written in it yet.
    fn is_left_empty(&self, item: Item) -> bool {
        let text = |field| self.draft().text_at(field).is_some_and(str::is_empty);
        let Item::Entry(section, at) = item else {
            return false;
        };
        match self.draft().message {
            Message::Catalog(_) => text(Field::Section(section, SectionPart::Product(at))),
            Message::List(_) => [RowPart::Title, RowPart::Description]
                .iter()
                .all(|&part| text(Field::Section(section, SectionPart::Row(at, part)))),
            _ => false,
        }
    }

    pub(super) fn add_item(&mut self) {
        let message = &self.draft().message;
        let at = match (self.focus.item(), message) {
            (Some(Item::Button(at)), _) => Item::Button(at + 1),
            (Some(Item::Section(at)), _) => Item::Section(at + 1),
            (Some(Item::Entry(section, at)), _) => Item::Entry(section, at + 1),
            (None, Message::Buttons(message)) => Item::Button(message.buttons.len()),
            (None, Message::Catalog(message)) => Item::Section(message.sections.len()),
            (None, Message::List(message)) => Item::Section(message.sections.len()),
            (None, _) => {
                let words = "Only buttons, catalogs and lists have something to add";
                self.toast(words, Tone::Info);
                return;
            }
        };
        self.focus_on_new(at);
    }

    pub(super) fn add_entry(&mut self) {
        let message = &self.draft().message;
        if !matches!(message, Message::Catalog(_) | Message::List(_)) {
            self.toast(
                "Only catalogs and lists have sections to add to",
                Tone::Info,
            );
            return;
        }
        let at = match self.focus.item() {
            Some(Item::Entry(section, at)) => Item::Entry(section, at + 1),
            Some(Item::Section(section)) => {
                Item::Entry(section, message.count_beside(Item::Entry(section, 0)))
            }
            _ => {
                let sections = message.count_beside(Item::Section(0));
                let Some(last) = sections.checked_sub(1) else {
                    self.focus_on_new(Item::Section(0));
                    return;
                };
                Item::Entry(last, message.count_beside(Item::Entry(last, 0)))
            }
        };
        self.focus_on_new(at);
    }

    fn focus_on_new(&mut self, at: Item) {
        if let Some(focus) = self.composer.add(at) {
            self.focus_on(focus);
        }
    }

    pub(super) fn remove_item(&mut self) {
        let Some(item) = self.focus.item() else {
            self.toast("Go to a button, section, product or row first", Tone::Info);
            return;
        };
        let Some(focus) = self.composer.remove(item) else {
            return;
        };
        let undo = self.keymap.key(Action::Undo);
        let undo = undo.map_or_else(String::new, |key| format!("; {key} brings it back"));
        self.toast(format!("{} removed{undo}", name(item)), Tone::Info);
        self.focus_on(focus);
    }

    /// Undo and redo.
    pub(super) fn undo(&mut self, again: bool) {
        if let Some(field) = self.focus.field() {
            let step = if again { Editor::redo } else { Editor::undo };
            if self.composer.edit(field, step) != Response::Ignored {
                // That there was nothing to undo is not so any more.
                self.toasts.retain(|toast| toast.tone != Tone::Info);
                return;
            }
            if !self.composer.was_replaced(again) {
                self.say_nothing_to_undo(again);
                return;
            }
        }
        if self.focus == Focus::Heading(Heading::Selected) && self.unpick(again) {
            return;
        }
        match self.composer.change_back(again) {
            Some(focus) => {
                // What it says of the change is not so any more.
                self.toasts.retain(|toast| toast.tone != Tone::Info);
                self.composer.reveal(focus);
                self.focus_on(focus);
            }
            None => self.say_nothing_to_undo(again),
        }
    }

    pub(super) fn say_nothing_to_undo(&mut self, again: bool) {
        let words = if again { "do again" } else { "undo" };
        self.toast(format!("Nothing to {words} here"), Tone::Info);
    }

    pub(super) fn move_item(&mut self, up: bool) {
        let Some(item) = self.focus.item() else {
            return;
        };
        if let Some(to) = self.composer.move_item(item, up) {
            self.focus_on(self.focus.with_item(to));
        }
    }

    pub(super) fn fold(&mut self) {
        let Some(section) = self.focus.item().and_then(Item::section) else {
            self.toast("Go to a section first", Tone::Info);
            return;
        };
        let fold = !self.composer.is_folded(section);
        self.composer.fold(section, fold);
        if fold {
            self.focus_on(Focus::Item(Item::Section(section)));
        }
    }

    pub(super) fn fold_all(&mut self) {
        self.composer.fold_all();
        if let Some(Item::Entry(section, _)) = self.focus.item() {
            self.focus_on(Focus::Item(Item::Section(section)));
        }
    }

    /// A paste among products or rows: a block of them becomes entries. Whether it was one.
    pub(super) fn paste_block(&mut self, text: &str) -> bool {
        let is_catalog = match self.draft().message {
            Message::Catalog(_) => true,
            Message::List(_) => false,
            _ => return false,
        };
        let (at, in_text) = match self.focus {
            Focus::Heading(Heading::Sections) => {
                let last = self.draft().message.count_beside(Item::Section(0));
                let section = last.saturating_sub(1);
                let end = self.draft().message.count_beside(Item::Entry(section, 0));
                (Item::Entry(section, end), false)
            }
            Focus::Item(Item::Section(section)) => {
                let end = self.draft().message.count_beside(Item::Entry(section, 0));
                (Item::Entry(section, end), false)
            }
            Focus::Item(Item::Entry(section, at)) => (Item::Entry(section, at + 1), false),
            Focus::Edit(Field::Section(
                section,
                SectionPart::Product(at) | SectionPart::Row(at, _),
            )) => (Item::Entry(section, at + 1), true),
            _ => return false,
        };
        if is_catalog && !in_text && self.takes_dropped_picture(text) {
            return true;
        }
        if in_text && is_catalog {
            match pasted::products(text).as_slice() {
                [] => return false,
                // One row of a sheet, or one in quotes: its id alone.
                [product] => {
                    let product = product.clone();
                    self.insert(&product);
                    return true;
                }
                _ => {}
            }
        }
        let is_row = text.trim().contains(['\n', '\t']);
        if in_text && !is_catalog && !is_row {
            return false;
        }
        let Some((count, last)) = self.composer.paste_entries(at, text) else {
            return false;
        };
        self.focus_on(Focus::Item(last));
        self.examine();
        self.tell_pasted(count, is_catalog);
        true
    }

    /// Takes a picture's file that is dropped on the sections as the catalog's picture. Whether it was
    /// one.
    fn takes_dropped_picture(&mut self, text: &str) -> bool {
        let name = picture::dropped(text);
        if text.trim().contains('\n') || !picture::is_file_of_picture(&name) {
            return false;
        }
        self.composer
            .edit(Field::Thumbnail, |editor| editor.replace(&name));
        self.focus_on(Focus::Edit(Field::Thumbnail));
        self.toast("Taken as the picture of this catalog", Tone::Info);
        true
    }

    fn tell_pasted(&mut self, count: usize, is_catalog: bool) {
        let (one, many) = if is_catalog {
            ("product", "products")
        } else {
            ("row", "rows")
        };
        let what = if count == 1 { one } else { many };
        let twice = match &self.draft().message {
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
        let words = match twice {
            0 => format!("{count} {what} added"),
            1 => format!("{count} {what} added; 1 in this catalog is there twice (F8 goes to it)"),
            _ => format!(
                "{count} {what} added; {twice} in this catalog are there twice (F8 goes to them)"
            ),
        };
        self.toast(words, Tone::Info);
    }

    pub(super) fn become_numbered_text(&mut self) {
        match duplicate::as_text(self.draft()) {
            Some(text) => {
                self.composer.replace(text.message);
                self.focus_on(Focus::TEXT);
            }
            None => self.toast(
                "Only buttons and lists can become numbered text",
                Tone::Info,
            ),
        }
    }
}

/// `Button 2`, `Section 1`, `Entry 3 of section 1`.
fn name(item: Item) -> String {
    match item {
        Item::Button(at) => format!("Button {}", at + 1),
        Item::Section(at) => format!("Section {}", at + 1),
        Item::Entry(section, at) => format!("Entry {} of section {}", at + 1, section + 1),
    }
}
