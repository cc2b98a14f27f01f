//! The order of buttons, options, sections, products and rows, by the items' places.

use super::{Composer, pasted};
use crate::message::derived::Ids;
use crate::message::outline::{Change, Content, Item};
use crate::message::undo::Edit;
use crate::message::{
    ActionKind, Button, Field, Message, ProductSection, Row, RowSection, TemplateButton,
    TemplateValue,
};
use crate::tui::focus::{Focus, Heading};

impl Composer {
    // ---------------------------------------------------------------- items

    /// Adds an empty item at a place, and returns what of it is written first.
    pub fn add(&mut self, at: Item) -> Option<Focus> {
        let content = match (&self.draft().message, at) {
            (Message::Buttons(_), Item::Button(_)) => Content::Buttons(vec![Button {
                id: self.new_id(),
                ..Button::default()
            }]),
            (Message::Template(_), Item::Value(_)) => {
                Content::Values(vec![TemplateValue::default()])
            }
            (Message::Template(message), Item::Button(_)) => {
                let is_free =
                    |index: &u32| !message.buttons.iter().any(|button| button.index == *index);
                Content::Fillings(vec![TemplateButton {
                    index: (0..=u32::MAX).find(is_free).unwrap_or_default(),
                    ..TemplateButton::default()
                }])
            }
            (Message::Poll(_), Item::Option(_)) => Content::Options(vec![String::new()]),
            (Message::Catalog(_), Item::Section(_)) => {
                Content::ProductSections(vec![ProductSection::default()])
            }
            (Message::List(_), Item::Section(_)) => {
                Content::RowSections(vec![RowSection::default()])
            }
            (Message::Catalog(_), Item::Entry(..)) => Content::Products(vec![String::new()]),
            (Message::List(_), Item::Entry(..)) => Content::Rows(vec![Row {
                id: self.new_id(),
                ..Row::default()
            }]),
            _ => return None,
        };
        if let Some(section) = at.section() {
            self.folded.remove(&section);
        }
        let has_id = matches!(content, Content::Buttons(_) | Content::Rows(_));
        self.as_one(|composer| {
            if composer.change(Change::Insert(at, content)) && has_id {
                composer.make(Edit::Derived(at, true));
            }
        });
        self.first_field(at).map(Focus::Edit)
    }

    /// An id for an item without a text.
    fn new_id(&self) -> String {
        Ids::of(&self.draft().message, None).give("")
    }

    /// Adds an entry that goes again when it is left as it is.
    pub fn add_fresh(&mut self, at: Item) -> Option<Focus> {
        let focus = self.add(at)?;
        self.fresh = Some(at);
        Some(focus)
    }

    /// What a button does; a reply where there is none.
    pub fn action_of(&self, at: usize) -> ActionKind {
        let button = match &self.draft().message {
            Message::Buttons(message) => message.buttons.get(at),
            _ => None,
        };
        button.map_or(ActionKind::Reply, |button| button.action.kind())
    }

    /// Takes an item away that was begun and left empty, wherever the focus is; returns where that
    /// goes.
    pub fn leave_begun(&mut self, focus: Focus) -> Option<Focus> {
        let item = self.fresh?;
        let is_there = focus.item() == Some(item);
        (is_there && self.is_empty(item)).then(|| {
            self.settle(Focus::Kind);
            self.nearest(item)
        })
    }

    /// Takes an entry away that was begun and left empty for `focus`; returns where that is now.
    pub fn settle(&mut self, focus: Focus) -> Focus {
        let Some(item) = self.fresh.take_if(|item| focus.item() != Some(*item)) else {
            return focus;
        };
        if !self.is_empty(item) {
            return focus;
        }
        let place = Change::Remove(item, 1);
        // It was never there where nothing was changed since; else that counts with it.
        if !self.revoke_insert(item) {
            self.change(Change::Remove(item, 1));
        }
        match focus.item() {
            Some(other) => place
                .place(other)
                .map_or_else(|| self.nearest(other), |other| focus.with_item(other)),
            None => focus,
        }
    }

    /// Whether nothing was written of a button, product or row yet.
    pub fn is_empty(&self, item: Item) -> bool {
        let (Item::Button(at)
        | Item::Option(at)
        | Item::Value(at)
        | Item::Section(at)
        | Item::Entry(_, at)) = item;
        match (&self.draft().message, item) {
            (Message::Template(message), Item::Value(_)) => {
                let value = message.values.get(at);
                value.is_some_and(|value| *value == TemplateValue::default())
            }
            (Message::Template(message), Item::Button(_)) => {
                let button = message.buttons.get(at);
                button.is_some_and(|button| button.value.is_empty())
            }
            (Message::Buttons(message), Item::Button(_)) => {
                let button = message.buttons.get(at);
                button.is_some_and(|button| {
                    button.text.is_empty() && button.action.value().is_none_or(str::is_empty)
                })
            }
            (Message::Poll(message), Item::Option(_)) => {
                message.options.get(at).is_some_and(String::is_empty)
            }
            (Message::Catalog(message), Item::Entry(section, _)) => message
                .sections
                .get(section)
                .and_then(|section| section.products.get(at))
                .is_some_and(String::is_empty),
            (Message::List(message), Item::Entry(section, _)) => message
                .sections
                .get(section)
                .and_then(|section| section.rows.get(at))
                .is_some_and(|row| row.title.is_empty() && row.description.is_empty()),
            _ => false,
        }
    }

    /// Takes an item out; returns where the focus goes.
    pub fn remove(&mut self, item: Item) -> Option<Focus> {
        self.change(Change::Remove(item, 1))
            .then(|| self.nearest(item))
    }

    /// Moves an item up or down, an entry across sections too; returns where it is now.
    pub fn move_item(&mut self, item: Item, up: bool) -> Option<Item> {
        let message = &self.draft().message;
        let count = message.count_beside(item);
        let to = match (item, up) {
            (Item::Button(at), true) => Item::Button(at.checked_sub(1)?),
            (Item::Value(at), true) => Item::Value(at.checked_sub(1)?),
            (Item::Value(at), false) if at + 1 < count => Item::Value(at + 1),
            (Item::Option(at), true) => Item::Option(at.checked_sub(1)?),
            (Item::Option(at), false) if at + 1 < count => Item::Option(at + 1),
            (Item::Section(at), true) => Item::Section(at.checked_sub(1)?),
            (Item::Button(at), false) if at + 1 < count => Item::Button(at + 1),
            (Item::Section(at), false) if at + 1 < count => Item::Section(at + 1),
            (Item::Entry(section, 0), true) => {
                let above = section.checked_sub(1)?;
                Item::Entry(above, message.count_beside(Item::Entry(above, 0)))
            }
            (Item::Entry(section, at), true) => Item::Entry(section, at - 1),
            (Item::Entry(section, at), false) if at + 1 < count => Item::Entry(section, at + 1),
            (Item::Entry(section, _), false) if message.has(Item::Section(section + 1)) => {
                Item::Entry(section + 1, 0)
            }
            _ => return None,
        };
        if let Item::Entry(section, _) = to {
            self.folded.remove(&section);
        }
        self.change(Change::Move(item, to)).then_some(to)
    }

    /// Puts pasted entries in at a place. Returns how many, and the last one.
    pub fn paste_entries(&mut self, at: Item, text: &str) -> Option<(usize, Item)> {
        let (section, first) = match at {
            Item::Option(_) | Item::Value(_) => return self.paste_options(at, text),
            Item::Entry(section, first) => (section, first),
            Item::Button(_) | Item::Section(_) => return None,
        };
        let (content, derived) = match &self.draft().message {
            Message::Catalog(_) => (Content::Products(pasted::products(text)), Vec::new()),
            Message::List(_) => {
                let (rows, derived) = self.rows_in(text);
                (Content::Rows(rows), derived)
            }
            _ => return None,
        };
        let count = content.len();
        if count == 0 {
            return None;
        }
        // An entry that was only begun gives its place up.
        let begun = Item::Entry(section, first.saturating_sub(1));
        let gives_up = self.fresh == Some(begun) && self.is_empty(begun);
        let first = if gives_up && self.revoke_insert(begun) {
            first.saturating_sub(1)
        } else {
            first
        };
        self.folded.remove(&section);
        let done = self.as_one(|composer| {
            if !composer.draft().message.has(Item::Section(section)) {
                composer.add(Item::Section(section))?;
            }
            let at = Item::Entry(section, first);
            let done = composer.change(Change::Insert(at, content));
            for at in derived.into_iter().filter(|_| done) {
                composer.make(Edit::Derived(Item::Entry(section, first + at), true));
            }
            done.then_some(())
        });
        done.map(|()| (count, Item::Entry(section, first + count - 1)))
    }

    /// Puts the options, or the values, of a pasted text in, one for each of its lines.
    fn paste_options(&mut self, at: Item, text: &str) -> Option<(usize, Item)> {
        let lines = pasted::rows(text).into_iter().map(|row| row.title);
        let content = match at {
            Item::Option(_) => Content::Options(lines.collect()),
            Item::Value(_) => {
                let value = |text| TemplateValue {
                    text,
                    ..TemplateValue::default()
                };
                Content::Values(lines.map(value).collect())
            }
            _ => return None,
        };
        let count = content.len();
        let place = |at: usize, by: Item| match by {
            Item::Value(_) => Item::Value(at),
            _ => Item::Option(at),
        };
        let (Item::Option(first) | Item::Value(first)) = at else {
            return None;
        };
        // One that was only begun gives its place up.
        let begun = place(first.saturating_sub(1), at);
        let gives_up = self.fresh == Some(begun) && self.is_empty(begun);
        let first = if gives_up && self.revoke_insert(begun) {
            first.saturating_sub(1)
        } else {
            first
        };
        let is_changed = count > 0 && self.change(Change::Insert(place(first, at), content));
        is_changed.then(|| (count, place(first + count - 1, at)))
    }

    /// The rows of a pasted text, and which of them came without an id: that is made from the title.
    fn rows_in(&self, text: &str) -> (Vec<Row>, Vec<usize>) {
        let mut ids = Ids::of(&self.draft().message, None);
        let mut derived = Vec::new();
        let rows = pasted::rows(text).into_iter().enumerate();
        let rows = rows.map(|(at, row)| Row {
            id: row.id.unwrap_or_else(|| {
                derived.push(at);
                ids.give(&row.title)
            }),
            title: row.title,
            description: row.description,
        });
        (rows.collect(), derived)
    }

    /// Puts another message in the place of this one, in one step.
    pub fn replace(&mut self, message: Message) {
        self.fresh = None;
        let old = self.document.derived.clone().into_iter();
        let old: Vec<Item> = old.filter(|&item| self.draft().message.has(item)).collect();
        self.as_one(|composer| {
            for item in old {
                composer.make(Edit::Derived(item, false));
            }
            composer.change(Change::Replace(Box::new(message)));
        });
    }

    // ---------------------------------------------------------------- places

    /// The field of an item that is written first.
    pub fn first_field(&self, item: Item) -> Option<Field> {
        use crate::message::{ButtonPart, RowPart, SectionPart};
        Some(match (&self.draft().message, item) {
            (Message::Buttons(_), Item::Button(at)) => Field::Button(at, ButtonPart::Text),
            (Message::Template(_), Item::Value(at)) => Field::Value(at),
            (Message::Template(message), Item::Button(at)) => {
                let filling = message.buttons.get(at)?.filling;
                Field::Button(at, ButtonPart::Filling(filling))
            }
            (Message::Poll(_), Item::Option(at)) => Field::Option(at),
            (_, Item::Section(at)) => Field::Section(at, SectionPart::Title),
            (Message::Catalog(_), Item::Entry(section, at)) => {
                Field::Section(section, SectionPart::Product(at))
            }
            (Message::List(_), Item::Entry(section, at)) => {
                Field::Section(section, SectionPart::Row(at, RowPart::Title))
            }
            _ => return None,
        })
    }

    /// Where the focus goes once an item is gone: to what is there now, or was beside or above it.
    pub(super) fn nearest(&self, item: Item) -> Focus {
        let message = &self.draft().message;
        let last = message.count_beside(item).checked_sub(1);
        match (item, last) {
            (Item::Button(at), Some(last)) => Focus::Item(Item::Button(at.min(last))),
            (Item::Value(at), Some(last)) => Focus::Item(Item::Value(at.min(last))),
            (Item::Option(at), Some(last)) => Focus::Item(Item::Option(at.min(last))),
            (Item::Section(at), Some(last)) => Focus::Item(Item::Section(at.min(last))),
            (Item::Entry(section, at), Some(last)) => {
                Focus::Item(Item::Entry(section, at.min(last)))
            }
            (Item::Entry(section, _), None) if message.has(Item::Section(section)) => {
                Focus::Item(Item::Section(section))
            }
            (Item::Button(_), None) => Focus::Heading(Heading::Buttons),
            (Item::Value(_), None) => Focus::Heading(Heading::Values),
            (Item::Option(_), None) => Focus::Heading(Heading::PollOptions),
            (Item::Section(_) | Item::Entry(..), None) => Focus::Heading(Heading::Sections),
        }
    }

    /// Whether a section's entries are hidden.
    pub fn is_folded(&self, section: usize) -> bool {
        self.folded.contains(&section)
    }

    /// Hides a section's entries, or shows them.
    pub fn fold(&mut self, section: usize, fold: bool) {
        if fold {
            self.folded.insert(section);
        } else {
            self.folded.remove(&section);
        }
    }

    /// Hides the entries of every section; where all are hidden, shows them.
    pub fn fold_all(&mut self) {
        let count = self.draft().message.count_beside(Item::Section(0));
        if self.folded.len() == count {
            self.folded.clear();
        } else {
            self.folded = (0..count).collect();
        }
    }

    /// Shows a place that is hidden: its section's entries, or the options.
    pub fn reveal(&mut self, focus: Focus) {
        match focus {
            Focus::Edit(Field::QuotePart(_) | Field::Delay | Field::Typing)
            | Focus::LinkPreview => self.options_shown = true,
            _ => {
                if let Some(Item::Entry(section, _)) = focus.item() {
                    self.folded.remove(&section);
                }
            }
        }
    }
}
