//! From a tree to a draft, collecting everything that is wrong on the way.

use std::collections::HashSet;

use super::tree::{Entry, Node, Value, join, quote, table};
use super::{Format, Issue, TWO_MESSAGES};
use crate::message::nearest::nearest;
use crate::message::{
    Action, ActionKind, Button, ButtonReply, Buttons, Catalog, Draft, Kind, List, ListReply,
    Message, ProductSection, Quote, Row, RowSection, SelectedButton, SelectedRow, Text,
};

const WITH_TEXT: [Kind; 4] = [Kind::Text, Kind::Buttons, Kind::Catalog, Kind::List];
const WITH_FOOTER: [Kind; 3] = [Kind::Buttons, Kind::Catalog, Kind::List];
const WITH_SECTIONS: [Kind; 2] = [Kind::Catalog, Kind::List];
const REPLIES: [Kind; 2] = [Kind::ButtonReply, Kind::ListReply];

/// The keys of a message, in the order in which they are written, and the kinds that have them.
const KEYS: [(&str, &[Kind]); 18] = [
    ("kind", &Kind::ALL),
    ("to", &Kind::ALL),
    ("header", &[Kind::Buttons]),
    ("title", &WITH_SECTIONS),
    ("text", &WITH_TEXT),
    ("footer", &WITH_FOOTER),
    ("button", &WITH_SECTIONS),
    ("business_owner", &[Kind::Catalog]),
    ("catalog_id", &[Kind::Catalog]),
    ("header_product", &[Kind::Catalog]),
    ("thumbnail", &[Kind::Catalog]),
    ("selected", &REPLIES),
    ("quote", &Kind::ALL),
    ("link_preview", &Kind::ALL),
    ("delay", &Kind::ALL),
    ("typing", &Kind::ALL),
    ("buttons", &[Kind::Buttons]),
    ("sections", &WITH_SECTIONS),
];
const QUOTE_KEYS: [&str; 3] = ["id", "participant", "body"];
const BUTTON_KEYS: [&str; 6] = ["id", "text", "action", "code", "phone", "url"];
const ROW_KEYS: [&str; 3] = ["id", "title", "description"];
const SELECTED_KEYS: [&str; 3] = ["id", "text", "description"];

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

struct Reader {
    format: Format,
    issues: Vec<Issue>,
}

/// The keys of one table, and its place.
#[derive(Clone, Copy)]
struct Table<'a> {
    path: &'a str,
    at: usize,
    entries: &'a [Entry],
}

impl<'a> Table<'a> {
    fn entry(&self, key: &str) -> Option<&'a Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    fn path_of(&self, key: &str) -> String {
        join(self.path, key)
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
            let kinds = KEYS.iter().find(|(known, _)| *known == key);
            let message = match (kinds, kind) {
                (Some((_, kinds)), Some(kind)) if !kinds.contains(&kind) => {
                    belongs(key, kinds, kind)
                }
                (Some(_), _) => continue,
                (None, _) => {
                    let here = KEYS
                        .iter()
                        .filter(|(_, kinds)| kind.is_none_or(|kind| kinds.contains(&kind)));
                    let here: Vec<&str> = here.map(|(key, _)| *key).collect();
                    unknown_key(key, "", &here)
                }
            };
            self.issue(entry.at, key, &message);
        }
    }

    fn quote(&mut self, table: Table<'_>) -> Option<Quote> {
        let entry = table.entry("quote")?;
        let table = self.table("quote", &entry.node)?;
        self.known_keys(table, &QUOTE_KEYS);
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
        let known = if kind == Kind::ButtonReply {
            &SELECTED_KEYS[..2]
        } else {
            &SELECTED_KEYS
        };
        self.known_keys(table, known);
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
        self.section_keys(table, "products", Kind::Catalog);
        ProductSection {
            title: self.text(table, "title"),
            products: self.texts(table, "products"),
        }
    }

    fn row_section(&mut self, table: Table<'_>) -> RowSection {
        self.section_keys(table, "rows", Kind::List);
        RowSection {
            title: self.text(table, "title"),
            rows: self.tables(table, "rows", "row", Self::row),
        }
    }

    /// Reports the keys that a section of this kind, whose items are `items`, does not have.
    fn section_keys(&mut self, table: Table<'_>, items: &str, kind: Kind) {
        for entry in table.entries {
            let key = entry.key.as_str();
            let message = match (key, kind) {
                (key, _) if key == "title" || key == items => continue,
                ("products", _) => belongs(key, &[Kind::Catalog], kind),
                ("rows", _) => belongs(key, &[Kind::List], kind),
                (key, _) => unknown_key(key, table.path, &["title", items]),
            };
            self.issue(entry.at, &table.path_of(key), &message);
        }
    }

    fn row(&mut self, table: Table<'_>) -> Row {
        self.known_keys(table, &ROW_KEYS);
        Row {
            id: self.required_text(table, "id"),
            title: self.required_text(table, "title"),
            description: self.text(table, "description"),
        }
    }

    /// The tables of an array that may be left out; `item` is what each of them is.
    fn tables<T>(
        &mut self,
        table: Table<'_>,
        key: &str,
        item: &str,
        read: fn(&mut Self, Table<'_>) -> T,
    ) -> Vec<T> {
        let Some(entry) = table.entry(key) else {
            return Vec::new();
        };
        let path = table.path_of(key);
        let Value::Array(items) = &entry.node.value else {
            let expected = match self.format {
                Format::Toml => {
                    let header: String = path.split(['[', ']']).step_by(2).collect();
                    format!("an array: write each {item} under [[{header}]]")
                }
                Format::Json => "an array of objects".to_owned(),
            };
            self.wrong_type(&path, &entry.node, &expected);
            return Vec::new();
        };
        let items = items.iter().enumerate();
        items
            .filter_map(|(index, item)| {
                let path = format!("{path}[{index}]");
                let table = self.table(&path, item)?;
                Some(read(self, table))
            })
            .collect()
    }

    /// The strings of an array that may be left out.
    fn texts(&mut self, table: Table<'_>, key: &str) -> Vec<String> {
        let Some(entry) = table.entry(key) else {
            return Vec::new();
        };
        let path = table.path_of(key);
        let Value::Array(items) = &entry.node.value else {
            self.wrong_type(&path, &entry.node, "an array of strings");
            return Vec::new();
        };
        let items = items.iter().enumerate();
        items
            .filter_map(|(index, item)| {
                if let Value::String(text) = &item.value {
                    return Some(text.clone());
                }
                let expected = "an id in quotes";
                self.wrong_type(&format!("{path}[{index}]"), item, expected);
                None
            })
            .collect()
    }

    fn button(&mut self, table: Table<'_>) -> Button {
        self.known_keys(table, &BUTTON_KEYS);
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

    fn known_keys(&mut self, table: Table<'_>, known: &[&str]) {
        for entry in table.entries {
            if !known.contains(&entry.key.as_str()) {
                let message = unknown_key(&entry.key, table.path, known);
                self.issue(entry.at, &table.path_of(&entry.key), &message);
            }
        }
    }

    fn table<'a>(&mut self, path: &'a str, node: &'a Node) -> Option<Table<'a>> {
        if let Value::Table(entries) = &node.value {
            self.repeated_keys(path, entries);
            let at = node.at;
            return Some(Table { path, at, entries });
        }
        self.wrong_type(path, node, table(self.format));
        None
    }

    /// Reports keys that stand in a table twice, which JSON lets through.
    fn repeated_keys(&mut self, path: &str, entries: &[Entry]) {
        let mut seen = HashSet::new();
        for entry in entries {
            if !seen.insert(entry.key.as_str()) {
                let message = format!("{} stands here twice: remove one", quote(&entry.key));
                self.issue(entry.at, &join(path, &entry.key), &message);
            }
        }
    }

    /// A text that may be left out.
    fn text(&mut self, table: Table<'_>, key: &str) -> String {
        let entry = table.entry(key);
        let text = entry.and_then(|entry| self.string(table, entry));
        text.unwrap_or_default().to_owned()
    }

    fn required_text(&mut self, table: Table<'_>, key: &str) -> String {
        if table.entry(key).is_none() {
            self.missing(table, key, "a string");
        }
        self.text(table, key)
    }

    fn string<'a>(&mut self, table: Table<'_>, entry: &'a Entry) -> Option<&'a str> {
        if let Value::String(text) = &entry.node.value {
            return Some(text);
        }
        self.wrong_type(&table.path_of(&entry.key), &entry.node, "a string");
        None
    }

    fn boolean(&mut self, table: Table<'_>, key: &str) -> Option<bool> {
        let entry = table.entry(key)?;
        if let Value::Boolean(boolean) = entry.node.value {
            return Some(boolean);
        }
        self.wrong_type(&table.path_of(key), &entry.node, "true or false");
        None
    }

    fn seconds(&mut self, table: Table<'_>, key: &str) -> Option<u32> {
        let entry = table.entry(key)?;
        let Value::Integer(number) = entry.node.value else {
            self.wrong_type(&table.path_of(key), &entry.node, "an integer");
            return None;
        };
        let seconds = number.and_then(|number| u32::try_from(number).ok());
        if seconds.is_none() {
            let message = format!("{key}: expected whole seconds, from 0 to {}", u32::MAX);
            self.issue(entry.node.at, &table.path_of(key), &message);
        }
        seconds
    }

    fn wrong_type(&mut self, path: &str, node: &Node, expected: &str) {
        let found = node.value.name(self.format);
        let message = if path.is_empty() {
            format!("expected {expected}, found {found}")
        } else {
            format!("{path}: expected {expected}, found {found}")
        };
        self.issue(node.at, path, &message);
    }

    fn missing(&mut self, table: Table<'_>, key: &str, expected: &str) {
        let place = if table.path.is_empty() {
            String::new()
        } else {
            format!(" in {}", table.path)
        };
        let message = format!("missing key {}{place}: expected {expected}", quote(key));
        self.issue(table.at, &table.path_of(key), &message);
    }

    /// A word that is none of those that may stand there.
    fn unknown_word(&mut self, entry: &Entry, path: &str, what: &str, word: &str, known: &[&str]) {
        let hint = match nearest(word, known.iter().copied()) {
            Some(meant) => format!("did you mean {}?", quote(meant)),
            None => format!("known are {}", list(known)),
        };
        let message = format!("unknown {what} {}; {hint}", quote(word));
        self.issue(entry.node.at, path, &message);
    }

    fn issue(&mut self, at: usize, key: &str, message: &str) {
        self.issues.push(Issue::new(at, key, message));
    }
}

fn unknown_key(key: &str, path: &str, known: &[&str]) -> String {
    let place = if path.is_empty() {
        String::new()
    } else {
        format!(" in {path}")
    };
    let hint = match nearest(key, known.iter().copied()) {
        Some(meant) => format!("did you mean {}?", quote(meant)),
        None => format!("known here are {}", known.join(", ")),
    };
    format!("unknown key {}{place}; {hint}", quote(key))
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

/// `"text", "buttons"`
fn list(words: &[&str]) -> String {
    words
        .iter()
        .map(|word| quote(word))
        .collect::<Vec<_>>()
        .join(", ")
}
