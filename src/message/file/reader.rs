//! From a tree to a draft, collecting everything that is wrong on the way.

mod values;

use super::keys::{self, KEYS};
use super::tree::{Node, Value, quote};
use super::{Format, Issue, TWO_MESSAGES};
use crate::message::{
    Action, ActionKind, Button, ButtonReply, Buttons, Catalog, Draft, Kind, List, ListReply,
    Message, ProductSection, Quote, Row, RowSection, SelectedButton, SelectedRow, Text,
};
use values::{Reader, Table, list};

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
            to: self.text(table, "to"),
            quote: self.quote(table),
            link_preview: self.boolean(table, "link_preview"),
            delay: self.seconds(table, "delay"),
            typing: self.seconds(table, "typing"),
            message: self.message(table, kind.unwrap_or(Kind::Buttons)),
        }
    }

    fn message(&mut self, table: Table<'_>, kind: Kind) -> Message {
        match kind {
            Kind::Text => Message::Text(Text {
                text: self.required_text(table, "text"),
            }),
            Kind::Buttons => Message::Buttons(Buttons {
                header: self.text(table, "header"),
                text: self.required_text(table, "text"),
                footer: self.text(table, "footer"),
                buttons: self.buttons(table),
            }),
            Kind::Catalog => Message::Catalog(Catalog {
                title: self.text(table, "title"),
                text: self.required_text(table, "text"),
                footer: self.text(table, "footer"),
                button: self.text(table, "button"),
                business_owner: self.text(table, "business_owner"),
                catalog_id: self.text(table, "catalog_id"),
                header_product: self.text(table, "header_product"),
                thumbnail: self.text(table, "thumbnail"),
                sections: self.tables(table, "sections", "section", Self::product_section),
            }),
            Kind::List => Message::List(List {
                title: self.text(table, "title"),
                text: self.required_text(table, "text"),
                footer: self.text(table, "footer"),
                button: self.text(table, "button"),
                sections: self.tables(table, "sections", "section", Self::row_section),
            }),
            Kind::ButtonReply => {
                let row = self.selected(table, kind);
                Message::ButtonReply(ButtonReply {
                    selected: SelectedButton {
                        id: row.id,
                        text: row.text,
                    },
                })
            }
            Kind::ListReply => Message::ListReply(ListReply {
                selected: self.selected(table, kind),
            }),
        }
    }

    /// The kind; `None` where the file has none, or one that nobody knows.
    fn kind(&mut self, table: Table<'_>) -> Option<Kind> {
        let Some(entry) = table.entry("kind") else {
            let known = Kind::ALL.map(Kind::name);
            self.missing(table, "kind", &format!("one of {}", list(&known)));
            return None;
        };
        let name = self.string(table, entry)?;
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
        if kind.is_none() {
            let known = Kind::ALL.map(Kind::name);
            self.unknown_word(entry, "kind", "kind", name, &known);
        }
        kind
    }

    /// Reports the keys of a message that are unknown, or that belong to another kind.
    fn message_keys(&mut self, table: Table<'_>, kind: Option<Kind>) {
        for entry in table.entries {
            let key = entry.key.as_str();
            let known = KEYS.iter().find(|known| known.name == key);
            let message = match (known, kind) {
                (Some(known), Some(kind)) if !known.kinds.contains(&kind) => {
                    belongs(key, known.kinds, kind)
                }
                (Some(_), _) => continue,
                (None, _) => {
                    let here = KEYS
                        .iter()
                        .filter(|known| kind.is_none_or(|kind| known.kinds.contains(&kind)));
                    let here: Vec<&str> = here.map(|known| known.name).collect();
                    self.unknown_key(key, "", &here)
                }
            };
            self.issue(entry.at, key, &message);
        }
    }

    fn quote(&mut self, table: Table<'_>) -> Option<Quote> {
        let entry = table.entry("quote")?;
        let table = self.table("quote", &entry.node)?;
        self.known_keys(table, &keys::names(&keys::QUOTE));
        Some(Quote {
            id: self.required_text(table, "id"),
            participant: self.text(table, "participant"),
            body: self.text(table, "body"),
        })
    }

    /// What a reply selects; only a row has a description.
    fn selected(&mut self, table: Table<'_>, kind: Kind) -> SelectedRow {
        let Some(entry) = table.entry("selected") else {
            self.missing(table, "selected", "the id and the text of what is selected");
            return SelectedRow::default();
        };
        let Some(table) = self.table("selected", &entry.node) else {
            return SelectedRow::default();
        };
        self.known_keys(table, &keys::names(keys::selected(kind)));
        SelectedRow {
            id: self.required_text(table, "id"),
            text: self.required_text(table, "text"),
            description: self.text(table, "description"),
        }
    }

    fn buttons(&mut self, table: Table<'_>) -> Vec<Button> {
        self.tables(table, "buttons", "button", Self::button)
    }

    fn product_section(&mut self, table: Table<'_>) -> ProductSection {
        self.section_keys(table, Kind::Catalog);
        ProductSection {
            title: self.text(table, "title"),
            products: self.texts(table, "products"),
        }
    }

    fn row_section(&mut self, table: Table<'_>) -> RowSection {
        self.section_keys(table, Kind::List);
        RowSection {
            title: self.text(table, "title"),
            rows: self.tables(table, "rows", "row", Self::row),
        }
    }

    /// Reports the keys that a section of this kind does not have.
    fn section_keys(&mut self, table: Table<'_>, kind: Kind) {
        let known = [keys::SECTION.name, keys::items(kind).name];
        for entry in table.entries {
            let key = entry.key.as_str();
            if known.contains(&key) {
                continue;
            }
            let owner = [Kind::Catalog, Kind::List]
                .into_iter()
                .find(|owner| keys::items(*owner).name == key);
            let message = match owner {
                Some(owner) => belongs(key, &[owner], kind),
                None => self.unknown_key(key, table.path, &known),
            };
            self.issue(entry.at, &table.path_of(key), &message);
        }
    }

    fn row(&mut self, table: Table<'_>) -> Row {
        self.known_keys(table, &keys::names(&keys::ROW));
        Row {
            id: self.required_text(table, "id"),
            title: self.required_text(table, "title"),
            description: self.text(table, "description"),
        }
    }

    fn button(&mut self, table: Table<'_>) -> Button {
        let values = ActionKind::ALL
            .into_iter()
            .filter_map(ActionKind::value_key);
        let known = keys::names(&keys::BUTTON).into_iter();
        let known = known.chain([keys::ACTION.name]).chain(values);
        self.known_keys(table, &known.collect::<Vec<_>>());
        let id = self.required_text(table, "id");
        let text = self.required_text(table, "text");
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
        let found = ActionKind::ALL.into_iter().find(|kind| kind.name() == name);
        if found.is_none() {
            let path = table.path_of("action");
            let known = ActionKind::ALL.map(ActionKind::name);
            self.unknown_word(entry, &path, "action", name, &known);
        }
        found
    }

    /// The action with the value that goes with it; the keys of other actions are problems.
    fn value(&mut self, table: Table<'_>, kind: ActionKind) -> Action {
        for other in ActionKind::ALL {
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
        let value = match kind.value_key() {
            Some(key) => self.required_text(table, key),
            None => String::new(),
        };
        kind.with_value(value)
    }
}

/// What is said of a key that other kinds have.
fn belongs(key: &str, owners: &[Kind], kind: Kind) -> String {
    let owners: Vec<&str> = owners.iter().map(|kind| kind.name()).collect();
    format!(
        "{} belongs to kind {}, not to {}",
        quote(key),
        list(&owners),
        quote(kind.name())
    )
}
