//! The order of buttons, sections, products and rows: every change of it can be taken back, and
//! what is kept by an item's place goes with the item.

use super::{Composer, pasted};
use crate::message::outline::{Change, Content, Item};
use crate::message::{Button, Field, Message, ProductSection, Row, RowSection};
use crate::tui::focus::{Focus, Heading};

/// How many changes can be taken back.
const STEPS: usize = 200;

impl Composer {
    /// Makes a change of the order; whether there was anything to change.
    pub fn change(&mut self, change: Change) -> bool {
        let Some(back) = self.make(change) else {
            return false;
        };
        if self.done.len() == STEPS {
            self.done.remove(0);
        }
        self.done.push(back);
        self.undone.clear();
        true
    }

    /// Takes the last change of the order back, or makes it again; returns where to look.
    pub fn change_back(&mut self, again: bool) -> Option<Focus> {
        let change = if again {
            self.undone.pop()
        } else {
            self.done.pop()
        }?;
        let seen = match &change {
            Change::Insert(at, _) | Change::Move(_, at) | Change::Remove(at, _) => Some(*at),
            Change::Replace(_) => None,
        };
        let back = self.make(change)?;
        if again {
            self.done.push(back);
        } else {
            self.undone.push(back);
        }
        Some(seen.map_or(Focus::TEXT, |item| self.nearest(item)))
    }

    /// Whether the change that comes next put another message in the place of the old one.
    pub fn was_replaced(&self, again: bool) -> bool {
        let next = if again {
            self.undone.last()
        } else {
            self.done.last()
        };
        matches!(next, Some(Change::Replace(_)))
    }

    fn make(&mut self, change: Change) -> Option<Change> {
        let places = change.clone();
        let back = self.draft.message.change(change)?;
        self.revision += 1;
        if matches!(back, Change::Replace(_)) {
            self.folded.clear();
            self.values.clear();
            self.keep_true_editors();
            return Some(back);
        }
        let place = |item| places.place(item);
        self.editors = std::mem::take(&mut self.editors)
            .into_iter()
            .filter_map(|(field, editor)| match Item::of(field) {
                Some(item) => Some((place(item)?.field(field), editor)),
                None => Some((field, editor)),
            })
            .collect();
        let folded = std::mem::take(&mut self.folded).into_iter();
        self.folded = folded
            .filter_map(|section| place(Item::Section(section))?.section())
            .collect();
        self.values = std::mem::take(&mut self.values)
            .into_iter()
            .filter_map(|(at, values)| match place(Item::Button(at))? {
                Item::Button(at) => Some((at, values)),
                _ => None,
            })
            .collect();
        self.fresh = self.fresh.and_then(place);
        Some(back)
    }

    // ---------------------------------------------------------------- items

    /// Adds an empty item at a place, and returns what of it is written first.
    pub fn add(&mut self, at: Item) -> Option<Focus> {
        let content = match (&self.draft.message, at) {
            (Message::Buttons(message), Item::Button(_)) => Content::Buttons(vec![Button {
                id: free("button", message.buttons.iter().map(|button| &button.id))
                    .next()
                    .unwrap_or_default(),
                ..Button::default()
            }]),
            (Message::Catalog(_), Item::Section(_)) => {
                Content::ProductSections(vec![ProductSection::default()])
            }
            (Message::List(_), Item::Section(_)) => {
                Content::RowSections(vec![RowSection::default()])
            }
            (Message::Catalog(_), Item::Entry(..)) => Content::Products(vec![String::new()]),
            (Message::List(_), Item::Entry(..)) => Content::Rows(vec![Row {
                id: self.row_ids().next().unwrap_or_default(),
                ..Row::default()
            }]),
            _ => return None,
        };
        if let Some(section) = at.section() {
            self.folded.remove(&section);
        }
        self.change(Change::Insert(at, content));
        self.first_field(at).map(Focus::Edit)
    }

    /// Ids that no row has, one after the other.
    fn row_ids(&self) -> impl Iterator<Item = String> {
        let sections = match &self.draft.message {
            Message::List(message) => message.sections.as_slice(),
            _ => &[],
        };
        let rows = sections.iter().flat_map(|section| &section.rows);
        free("row", rows.map(|row| &row.id))
    }

    /// Adds an entry that goes again when it is left as it is.
    pub fn add_fresh(&mut self, at: Item) -> Option<Focus> {
        let focus = self.add(at)?;
        self.fresh = Some(at);
        Some(focus)
    }

    /// Takes an entry away that was begun and left empty for `focus`; returns where that is now.
    pub fn settle(&mut self, focus: Focus) -> Focus {
        let Some(item) = self.fresh.take_if(|item| focus.item() != Some(*item)) else {
            return focus;
        };
        let Item::Entry(section, at) = item else {
            return focus;
        };
        let is_empty = match &self.draft.message {
            Message::Catalog(message) => message
                .sections
                .get(section)
                .and_then(|section| section.products.get(at))
                .is_some_and(String::is_empty),
            Message::List(message) => message
                .sections
                .get(section)
                .and_then(|section| section.rows.get(at))
                .is_some_and(|row| row.title.is_empty() && row.description.is_empty()),
            _ => false,
        };
        if !is_empty {
            return focus;
        }
        let remove = Change::Remove(item, 1);
        let place = remove.clone();
        if self.done.pop_if(|back| *back == remove).is_some() {
            // It was never there: nothing to take back either.
            self.make(remove);
        } else {
            // What was changed since counts with it.
            self.change(remove);
        }
        match focus.item() {
            Some(other) => place
                .place(other)
                .map_or_else(|| self.nearest(other), |other| focus.with_item(other)),
            None => focus,
        }
    }

    /// Takes an item out; returns where the focus goes.
    pub fn remove(&mut self, item: Item) -> Option<Focus> {
        self.change(Change::Remove(item, 1))
            .then(|| self.nearest(item))
    }

    /// Moves an item up or down, an entry across sections too; returns where it is now.
    pub fn move_item(&mut self, item: Item, up: bool) -> Option<Item> {
        let message = &self.draft.message;
        let count = message.count_beside(item);
        let to = match (item, up) {
            (Item::Button(at), true) => Item::Button(at.checked_sub(1)?),
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
        let Item::Entry(section, first) = at else {
            return None;
        };
        let content = match &self.draft.message {
            Message::Catalog(_) => Content::Products(pasted::products(text)),
            Message::List(_) => Content::Rows(self.rows_in(text)),
            _ => return None,
        };
        let count = content.len();
        if count == 0 {
            return None;
        }
        if !self.draft.message.has(Item::Section(section)) {
            self.add(Item::Section(section))?;
        }
        self.folded.remove(&section);
        self.change(Change::Insert(at, content))
            .then_some((count, Item::Entry(section, first + count - 1)))
    }

    /// The rows of a pasted text; one without an id gets a free one.
    fn rows_in(&self, text: &str) -> Vec<Row> {
        let mut ids = self.row_ids();
        let rows = pasted::rows(text).into_iter().map(|row| Row {
            id: row.id.or_else(|| ids.next()).unwrap_or_default(),
            title: row.title,
            description: row.description,
        });
        rows.collect()
    }

    /// Puts another message in the place of this one, in one step.
    pub fn replace(&mut self, message: Message) {
        self.fresh = None;
        self.change(Change::Replace(Box::new(message)));
    }

    // ---------------------------------------------------------------- places

    /// The field of an item that is written first.
    pub fn first_field(&self, item: Item) -> Option<Field> {
        use crate::message::{ButtonPart, RowPart, SectionPart};
        Some(match (&self.draft.message, item) {
            (Message::Buttons(_), Item::Button(at)) => Field::Button(at, ButtonPart::Text),
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
    fn nearest(&self, item: Item) -> Focus {
        let message = &self.draft.message;
        let last = message.count_beside(item).checked_sub(1);
        match (item, last) {
            (Item::Button(at), Some(last)) => Focus::Item(Item::Button(at.min(last))),
            (Item::Section(at), Some(last)) => Focus::Item(Item::Section(at.min(last))),
            (Item::Entry(section, at), Some(last)) => {
                Focus::Item(Item::Entry(section, at.min(last)))
            }
            (Item::Entry(section, _), None) if message.has(Item::Section(section)) => {
                Focus::Item(Item::Section(section))
            }
            (Item::Button(_), None) => Focus::Heading(Heading::Buttons),
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
        let count = self.draft.message.count_beside(Item::Section(0));
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

/// `button_1` and so on, but for those that are taken.
fn free<'a>(
    stem: &'static str,
    ids: impl Iterator<Item = &'a String>,
) -> impl Iterator<Item = String> {
    let taken: std::collections::HashSet<&String> = ids.collect();
    let all = (1_usize..).map(move |number| format!("{stem}_{number}"));
    all.filter(move |id| !taken.contains(id))
}
