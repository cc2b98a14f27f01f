//! The items of a message that stand in an order: buttons, a poll's options, a template's values,
//! sections, and the products or rows in them.
//!
//! A [`Change`] is data, and making it gives the change that takes it back. What an editor keeps by
//! an item's place finds its new place with [`Change::place`].

use super::{
    Button, Field, Message, ProductSection, Row, RowSection, SectionPart, TemplateButton,
    TemplateValue,
};

/// The place of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Item {
    /// A button.
    Button(usize),
    /// A poll's option.
    Option(usize),
    /// A value of a template's variable.
    Value(usize),
    /// A section with everything in it.
    Section(usize),
    /// A product or a row: its section, and its place there.
    Entry(usize, usize),
}

/// Items of one sort, to be put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Buttons.
    Buttons(Vec<Button>),
    /// A poll's options.
    Options(Vec<String>),
    /// The values of a template's variables.
    Values(Vec<TemplateValue>),
    /// What varies in a template's buttons.
    Fillings(Vec<TemplateButton>),
    /// A catalog's sections.
    ProductSections(Vec<ProductSection>),
    /// A list's sections.
    RowSections(Vec<RowSection>),
    /// A catalog's products, by their ids.
    Products(Vec<String>),
    /// A list's rows.
    Rows(Vec<Row>),
}

/// A change to the order of things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Puts items in, the first one at this place.
    Insert(Item, Content),
    /// Takes this many items out, the first one from this place.
    Remove(Item, usize),
    /// Takes an item out and puts it in at another place, which is counted without it.
    Move(Item, Item),
    /// Puts another message in the place of this one.
    Replace(Box<Message>),
}

/// Where a change moves the items to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    /// So many are put in from a place on.
    Insert(Item, usize),
    /// So many are taken out from a place on.
    Remove(Item, usize),
    /// One is taken out and put in at another place, which is counted without it.
    Move(Item, Item),
}

impl Item {
    /// The item that a field belongs to, the innermost one.
    pub const fn of(field: Field) -> Option<Self> {
        match field {
            Field::Button(at, _) => Some(Self::Button(at)),
            Field::Option(at) => Some(Self::Option(at)),
            Field::Value(at) | Field::ValueName(at) => Some(Self::Value(at)),
            Field::Section(section, part) => Some(match part {
                SectionPart::Title | SectionPart::Products | SectionPart::Rows => {
                    Self::Section(section)
                }
                SectionPart::Product(at) | SectionPart::Row(at, _) => Self::Entry(section, at),
            }),
            _ => None,
        }
    }

    /// The same field of another item of its sort.
    pub const fn field(self, field: Field) -> Field {
        match (self, field) {
            (Self::Button(at), Field::Button(_, part)) => Field::Button(at, part),
            (Self::Option(at), Field::Option(_)) => Field::Option(at),
            (Self::Value(at), Field::Value(_)) => Field::Value(at),
            (Self::Value(at), Field::ValueName(_)) => Field::ValueName(at),
            (Self::Section(section), Field::Section(_, part)) => Field::Section(section, part),
            (Self::Entry(section, at), Field::Section(_, part)) => {
                let part = match part {
                    SectionPart::Product(_) => SectionPart::Product(at),
                    SectionPart::Row(_, of_row) => SectionPart::Row(at, of_row),
                    other => other,
                };
                Field::Section(section, part)
            }
            (_, field) => field,
        }
    }

    /// The section that it is, or is in.
    pub const fn section(self) -> Option<usize> {
        match self {
            Self::Button(_) | Self::Option(_) | Self::Value(_) => None,
            Self::Section(section) | Self::Entry(section, _) => Some(section),
        }
    }
}

impl Content {
    /// How many items it holds.
    pub const fn len(&self) -> usize {
        match self {
            Self::Buttons(items) => items.len(),
            Self::Values(items) => items.len(),
            Self::Fillings(items) => items.len(),
            Self::ProductSections(items) => items.len(),
            Self::RowSections(items) => items.len(),
            Self::Options(items) | Self::Products(items) => items.len(),
            Self::Rows(items) => items.len(),
        }
    }

    /// Whether it holds none.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Change {
    /// Where an item is after this change; `None` for one that it takes out, or that is in another
    /// message.
    pub fn place(&self, item: Item) -> Option<Item> {
        self.shift()?.place(item)
    }

    /// Where it moves the items to; `None` where they are others.
    pub const fn shift(&self) -> Option<Shift> {
        match self {
            Self::Insert(at, content) => Some(Shift::Insert(*at, content.len())),
            Self::Remove(at, count) => Some(Shift::Remove(*at, *count)),
            Self::Move(from, to) => Some(Shift::Move(*from, *to)),
            Self::Replace(_) => None,
        }
    }
}

impl Shift {
    /// Where an item is after it; `None` for one that is taken out.
    pub fn place(self, item: Item) -> Option<Item> {
        match self {
            Self::Insert(at, count) => Some(moved_on(item, at, count)),
            Self::Remove(at, count) => without(item, at, count),
            Self::Move(from, to) => match (item, from, to) {
                (Item::Entry(section, at), Item::Section(from), Item::Section(to)) => {
                    Some(Item::Entry(moved(section, from, to), at))
                }
                _ if item == from => Some(to),
                _ => without(item, from, 1).map(|item| moved_on(item, to, 1)),
            },
        }
    }
}

fn moved(index: usize, from: usize, to: usize) -> usize {
    if index == from {
        return to;
    }
    let without = index - usize::from(index > from);
    without + usize::from(without >= to)
}

/// Where an item is once `count` were put in at a place.
fn moved_on(item: Item, at: Item, count: usize) -> Item {
    let by = |index: usize, at: usize| if index >= at { index + count } else { index };
    match (item, at) {
        (Item::Button(index), Item::Button(at)) => Item::Button(by(index, at)),
        (Item::Option(index), Item::Option(at)) => Item::Option(by(index, at)),
        (Item::Value(index), Item::Value(at)) => Item::Value(by(index, at)),
        (Item::Section(index), Item::Section(at)) => Item::Section(by(index, at)),
        (Item::Entry(index, entry), Item::Section(at)) => Item::Entry(by(index, at), entry),
        (Item::Entry(index, entry), Item::Entry(section, at)) if index == section => {
            Item::Entry(index, by(entry, at))
        }
        _ => item,
    }
}

/// Where an item is once `count` were taken out from a place on.
fn without(item: Item, at: Item, count: usize) -> Option<Item> {
    let by = |index: usize, at: usize| {
        if index < at {
            Some(index)
        } else {
            index.checked_sub(count).filter(|&index| index >= at)
        }
    };
    Some(match (item, at) {
        (Item::Button(index), Item::Button(at)) => Item::Button(by(index, at)?),
        (Item::Option(index), Item::Option(at)) => Item::Option(by(index, at)?),
        (Item::Value(index), Item::Value(at)) => Item::Value(by(index, at)?),
        (Item::Section(index), Item::Section(at)) => Item::Section(by(index, at)?),
        (Item::Entry(index, entry), Item::Section(at)) => Item::Entry(by(index, at)?, entry),
        (Item::Entry(index, entry), Item::Entry(section, at)) if index == section => {
            Item::Entry(index, by(entry, at)?)
        }
        _ => item,
    })
}

impl Message {
    /// How many items there are at the places beside this one: all buttons, all sections, or the
    /// entries of its section.
    pub fn count_beside(&self, item: Item) -> usize {
        match (self, item) {
            (Self::Buttons(message), Item::Button(_)) => message.buttons.len(),
            (Self::Poll(message), Item::Option(_)) => message.options.len(),
            (Self::Template(message), Item::Value(_)) => message.values.len(),
            (Self::Template(message), Item::Button(_)) => message.buttons.len(),
            (Self::Catalog(message), Item::Section(_)) => message.sections.len(),
            (Self::List(message), Item::Section(_)) => message.sections.len(),
            (Self::Catalog(message), Item::Entry(section, _)) => message
                .sections
                .get(section)
                .map_or(0, |section| section.products.len()),
            (Self::List(message), Item::Entry(section, _)) => message
                .sections
                .get(section)
                .map_or(0, |section| section.rows.len()),
            _ => 0,
        }
    }

    /// Whether there is such an item.
    pub fn has(&self, item: Item) -> bool {
        let (Item::Button(at)
        | Item::Option(at)
        | Item::Value(at)
        | Item::Section(at)
        | Item::Entry(_, at)) = item;
        at < self.count_beside(item)
    }

    /// Makes a change, and returns the one that takes it back; `None` where this message has no such
    /// place, and stays as it is.
    pub fn change(&mut self, change: Change) -> Option<Change> {
        match change {
            Change::Insert(at, content) => {
                let count = content.len();
                self.insert(at, content)?;
                Some(Change::Remove(at, count))
            }
            Change::Remove(at, count) => Some(Change::Insert(at, self.remove(at, count)?)),
            Change::Move(from, to) => {
                let content = self.remove(from, 1)?;
                // A place that is not there: everything stays.
                let spare = content.clone();
                if self.insert(to, content).is_none() {
                    self.insert(from, spare)?;
                    return None;
                }
                Some(Change::Move(to, from))
            }
            Change::Replace(message) => {
                let old = std::mem::replace(self, *message);
                Some(Change::Replace(Box::new(old)))
            }
        }
    }

    fn insert(&mut self, at: Item, content: Content) -> Option<()> {
        match (self, at, content) {
            (Self::Buttons(message), Item::Button(at), Content::Buttons(items)) => {
                put_in(&mut message.buttons, at, items)
            }
            (Self::Poll(message), Item::Option(at), Content::Options(items)) => {
                put_in(&mut message.options, at, items)
            }
            (Self::Template(message), Item::Value(at), Content::Values(items)) => {
                put_in(&mut message.values, at, items)
            }
            (Self::Template(message), Item::Button(at), Content::Fillings(items)) => {
                put_in(&mut message.buttons, at, items)
            }
            (Self::Catalog(message), Item::Section(at), Content::ProductSections(items)) => {
                put_in(&mut message.sections, at, items)
            }
            (Self::List(message), Item::Section(at), Content::RowSections(items)) => {
                put_in(&mut message.sections, at, items)
            }
            (Self::Catalog(message), Item::Entry(section, at), Content::Products(items)) => {
                put_in(&mut message.sections.get_mut(section)?.products, at, items)
            }
            (Self::List(message), Item::Entry(section, at), Content::Rows(items)) => {
                put_in(&mut message.sections.get_mut(section)?.rows, at, items)
            }
            _ => None,
        }
    }

    fn remove(&mut self, at: Item, count: usize) -> Option<Content> {
        Some(match (self, at) {
            (Self::Buttons(message), Item::Button(at)) => {
                Content::Buttons(take_out(&mut message.buttons, at, count)?)
            }
            (Self::Poll(message), Item::Option(at)) => {
                Content::Options(take_out(&mut message.options, at, count)?)
            }
            (Self::Template(message), Item::Value(at)) => {
                Content::Values(take_out(&mut message.values, at, count)?)
            }
            (Self::Template(message), Item::Button(at)) => {
                Content::Fillings(take_out(&mut message.buttons, at, count)?)
            }
            (Self::Catalog(message), Item::Section(at)) => {
                Content::ProductSections(take_out(&mut message.sections, at, count)?)
            }
            (Self::List(message), Item::Section(at)) => {
                Content::RowSections(take_out(&mut message.sections, at, count)?)
            }
            (Self::Catalog(message), Item::Entry(section, at)) => {
                let products = &mut message.sections.get_mut(section)?.products;
                Content::Products(take_out(products, at, count)?)
            }
            (Self::List(message), Item::Entry(section, at)) => {
                let rows = &mut message.sections.get_mut(section)?.rows;
                Content::Rows(take_out(rows, at, count)?)
            }
            _ => return None,
        })
    }
}

fn put_in<T>(all: &mut Vec<T>, at: usize, items: Vec<T>) -> Option<()> {
    if at > all.len() {
        return None;
    }
    all.splice(at..at, items);
    Some(())
}

fn take_out<T>(all: &mut Vec<T>, at: usize, count: usize) -> Option<Vec<T>> {
    let end = at.checked_add(count).filter(|&end| end <= all.len())?;
    Some(all.drain(at..end).collect())
}
