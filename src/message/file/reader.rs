//! From a tree to a draft, collecting everything that is wrong on the way.

mod template;
mod values;

use std::iter;

use strum::VariantArray as _;

use super::keys;
use super::place::{Issue, quote};
use super::tree::{Node, Value};
use super::{Format, TWO_MESSAGES};
use crate::message::{
    Action, ActionKind, Button, ButtonPart, Buttons, Catalog, Draft, Field, Kind, List, Message,
    Pix, PixPart, Poll, ProductSection, Quote, QuotePart, Row, RowPart, RowSection, SectionPart,
    SelectedPart,
};
pub(super) use template::MOST_DEGREES;
use values::{Reader, Table, list};

/// What a delay or a typing time is expected to be.
const SECONDS: &str = "whole seconds";

/// Reads a draft, or says everything that is wrong.
pub(super) fn read(root: &Node, format: Format) -> Result<Draft, Vec<Issue>> {
    let mut reader = Reader {
        format,
        issues: Vec::new(),
    };
    let draft = reader.draft(root);
    if reader.issues.is_empty() {
        Ok(draft)
    } else {
        Err(reader.issues)
    }
}

impl Reader {
    fn draft(&mut self, root: &Node) -> Draft {
        if let Value::Array(items) = &root.value
            && items.len() > 1
            && items
                .iter()
                .all(|item| matches!(item.value, Value::Table(_)))
        {
            self.issue(items[1].at, "", TWO_MESSAGES);
            return Draft::default();
        }
        let Some(table) = self.table("", root) else {
            return Draft::default();
        };
        let kind = self.kind(table);
        self.message_keys(table, kind);
        Draft {
            to: self.text(table, Field::To.spec()),
            quote: self.quote(table),
            link_preview: self.boolean(table, "link_preview"),
            delay: self.number(table, "delay", SECONDS),
            typing: self.number(table, "typing", SECONDS),
            message: self.message(table, kind.unwrap_or(Kind::Buttons)),
        }
    }

    fn message(&mut self, table: Table<'_>, kind: Kind) -> Message {
        let mut message = kind.empty();
        let texts = if kind.is_reply() {
            self.selected(table, kind)
        } else {
            Some(table)
        };
        if let Some(texts) = texts {
            for &field in kind.texts() {
                if let Some(text) = message.text_at_mut(field) {
                    *text = self.text(texts, field.spec());
                }
            }
        }
        let key = kind.items().map_or("", |items| items.spec().key);
        match &mut message {
            Message::Buttons(Buttons { buttons, .. }) => {
                *buttons = self.tables(table, key, "button", Self::button);
            }
            Message::Catalog(Catalog { sections, .. }) => {
                *sections = self.tables(table, key, "section", Self::product_section);
            }
            Message::List(List { sections, .. }) => {
                *sections = self.tables(table, key, "section", Self::row_section);
            }
            Message::Poll(Poll {
                options, choices, ..
            }) => {
                *options = self.texts(table, key, "a text in quotes");
                *choices = self.number(table, Field::Choices.spec().key, "a whole number");
            }
            Message::Template(message) => self.template(message, table),
            Message::Text(_) | Message::ButtonReply(_) | Message::ListReply(_) => {}
        }
        message
    }

    /// The kind; `None` where the file has none, or one that nobody knows.
    fn kind(&mut self, table: Table<'_>) -> Option<Kind> {
        let Some(entry) = table.entry("kind") else {
            let known = list(&names_of_kinds(Kind::ALL));
            self.missing(table, "kind", &format!("one of {known}"));
            return None;
        };
        let name = self.string(table, entry)?;
        let kind = name.parse().ok();
        if kind.is_none() {
            self.unknown_word(entry, "kind", "kind", name, &names_of_kinds(Kind::ALL));
        }
        kind
    }

    /// Reports the keys of a message that are unknown, or that belong to another kind.
    fn message_keys(&mut self, table: Table<'_>, kind: Option<Kind>) {
        let here = keys::names(&keys::of_message(kind), Field::spec);
        let mut kinds = None;
        for entry in table.entries {
            let key = entry.key.as_str();
            if here.contains(&key) {
                continue;
            }
            let kinds = kinds.get_or_insert_with(keys_of_kinds);
            let owners = kinds.iter().filter(|(_, keys)| keys.contains(&key));
            let owners: Vec<Kind> = owners.map(|(kind, _)| *kind).collect();
            let message = match kind {
                Some(kind) if !owners.is_empty() => belongs(key, &owners, kind),
                _ => self.unknown_key(key, "", &here),
            };
            self.issue(entry.at, key, &message);
        }
    }

    fn quote(&mut self, table: Table<'_>) -> Option<Quote> {
        let entry = table.entry("quote")?;
        let table = self.table("quote", &entry.node)?;
        self.known_keys(table, &keys::names(QuotePart::VARIANTS, QuotePart::spec));
        Some(Quote {
            id: self.text(table, QuotePart::Id.spec()),
            participant: self.text(table, QuotePart::Participant.spec()),
            body: self.text(table, QuotePart::Body.spec()),
        })
    }

    /// The table of what a reply selects.
    fn selected<'a>(&mut self, table: Table<'a>, kind: Kind) -> Option<Table<'a>> {
        let Some(entry) = table.entry("selected") else {
            self.missing(table, "selected", "the id and the text of what is selected");
            return None;
        };
        let table = self.table("selected", &entry.node)?;
        self.known_keys(
            table,
            &keys::names(&keys::selected(kind), SelectedPart::spec),
        );
        Some(table)
    }

    fn product_section(&mut self, table: Table<'_>) -> ProductSection {
        self.section_keys(table, Kind::Catalog);
        ProductSection {
            title: self.text(table, SectionPart::Title.spec()),
            products: self.texts(table, SectionPart::Products.spec().key, "an id in quotes"),
        }
    }

    fn row_section(&mut self, table: Table<'_>) -> RowSection {
        self.section_keys(table, Kind::List);
        RowSection {
            title: self.text(table, SectionPart::Title.spec()),
            rows: self.tables(table, SectionPart::Rows.spec().key, "row", Self::row),
        }
    }

    /// Reports the keys that a section of this kind does not have.
    fn section_keys(&mut self, table: Table<'_>, kind: Kind) {
        let entries = |kind: Kind| kind.entries().map(|entries| entries.spec().key);
        let known: Vec<&str> = iter::once(SectionPart::Title.spec().key)
            .chain(entries(kind))
            .collect();
        for entry in table.entries {
            let key = entry.key.as_str();
            if known.contains(&key) {
                continue;
            }
            let mut owners = Kind::ALL.iter().copied();
            let message = match owners.find(|owner| entries(*owner) == Some(key)) {
                Some(owner) => belongs(key, &[owner], kind),
                None => self.unknown_key(key, table.path, &known),
            };
            self.issue(entry.at, &table.path_of(key), &message);
        }
    }

    fn row(&mut self, table: Table<'_>) -> Row {
        self.known_keys(table, &keys::names(RowPart::VARIANTS, RowPart::spec));
        Row {
            id: self.text(table, RowPart::Id.spec()),
            title: self.text(table, RowPart::Title.spec()),
            description: self.text(table, RowPart::Description.spec()),
        }
    }

    fn button(&mut self, table: Table<'_>) -> Button {
        let values = ActionKind::ALL.iter().filter_map(|kind| kind.value_key());
        let mut known = keys::names(&ButtonPart::TEXTS, ButtonPart::spec);
        known.push(ButtonPart::Action.spec().key);
        known.extend(values);
        self.known_keys(table, &known);
        let id = self.text(table, ButtonPart::Id.spec());
        let text = self.text(table, ButtonPart::Text.spec());
        let action = match self.action(table) {
            Some(kind) => self.value(table, kind),
            None => Action::default(),
        };
        Button { id, text, action }
    }

    /// The kind of a button's action; `None` where it is named, but not known.
    fn action(&mut self, table: Table<'_>) -> Option<ActionKind> {
        let Some(entry) = table.entry("action") else {
            return Some(ActionKind::Reply);
        };
        let name = self.string(table, entry)?;
        let found = name.parse().ok();
        if found.is_none() {
            let path = table.path_of("action");
            let known: Vec<&str> = ActionKind::ALL.iter().map(|kind| kind.name()).collect();
            self.unknown_word(entry, &path, "action", name, &known);
        }
        found
    }

    /// The action with the value that goes with it; the keys of other actions are problems.
    fn value(&mut self, table: Table<'_>, kind: ActionKind) -> Action {
        for &other in ActionKind::ALL {
            let Some(entry) = other.value_key().and_then(|key| table.entry(key)) else {
                continue;
            };
            if other != kind {
                let takes = match kind.value_key() {
                    Some(key) => format!("action = \"{kind}\" takes {}", quote(key)),
                    None => format!("action = \"{kind}\" takes no value"),
                };
                let message = format!(
                    "{} goes with action = \"{other}\"; {takes}",
                    quote(&entry.key)
                );
                self.issue(entry.at, &table.path_of(&entry.key), &message);
            }
        }
        if kind == ActionKind::Pix {
            return Action::Pix(self.pix(table));
        }
        let value = match kind.value_key() {
            Some(_) => self.text(table, ButtonPart::Value(kind).spec()),
            None => String::new(),
        };
        kind.with_value(value)
    }
}

impl Reader {
    fn pix(&mut self, table: Table<'_>) -> Pix {
        let Some(entry) = table.entry("pix") else {
            self.missing(
                table,
                "pix",
                "a table with the receiver's name, key_type and key",
            );
            return Pix::default();
        };
        let path = table.path_of("pix");
        let Some(table) = self.table(&path, &entry.node) else {
            return Pix::default();
        };
        let key = ButtonPart::Value(ActionKind::Pix).spec();
        let mut known = keys::names(PixPart::VARIANTS, PixPart::spec);
        known.insert(2, key.key);
        self.known_keys(table, &known);
        let currency = match table.entry(PixPart::Currency.spec().key) {
            Some(_) => self.text(table, PixPart::Currency.spec()),
            None => Pix::CURRENCY.to_owned(),
        };
        Pix {
            name: self.text(table, PixPart::Name.spec()),
            key_type: self.text(table, PixPart::KeyType.spec()),
            key: self.text(table, key),
            currency,
        }
    }
}

/// Every kind with the keys of its messages.
fn keys_of_kinds() -> Vec<(Kind, Vec<&'static str>)> {
    let keys = |kind| keys::names(&keys::of_message(Some(kind)), Field::spec);
    Kind::ALL.iter().map(|&kind| (kind, keys(kind))).collect()
}

/// What is said of a key that other kinds have.
fn belongs(key: &str, owners: &[Kind], kind: Kind) -> String {
    format!(
        "{} belongs to kind {}, not to {}",
        quote(key),
        list(&names_of_kinds(owners)),
        quote(kind.name())
    )
}

fn names_of_kinds(kinds: &[Kind]) -> Vec<&'static str> {
    kinds.iter().map(|kind| kind.name()).collect()
}
