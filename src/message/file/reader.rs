//! From a tree to a draft, collecting everything that is wrong on the way.

use std::collections::HashSet;

use super::tree::{Entry, Node, Value, join, quote, table};
use super::{Format, Issue};
use crate::message::nearest::nearest;
use crate::message::{Action, ActionKind, Button, Buttons, Draft, Kind, Message, Quote, Text};

/// The kinds of message that files may name one day.
const LATER_KINDS: [&str; 4] = ["catalog", "list", "button-reply", "list-reply"];

/// The keys of a message, in the order in which they are written, and the kinds that have them;
/// no kind of now means that a later one does.
const KEYS: [(&str, &[Kind]); 17] = [
    ("kind", &Kind::ALL),
    ("to", &Kind::ALL),
    ("header", &[Kind::Buttons]),
    ("text", &Kind::ALL),
    ("footer", &[Kind::Buttons]),
    ("quote", &Kind::ALL),
    ("link_preview", &Kind::ALL),
    ("delay", &Kind::ALL),
    ("typing", &Kind::ALL),
    ("buttons", &[Kind::Buttons]),
    ("title", &[]),
    ("button", &[]),
    ("business_owner", &[]),
    ("header_product", &[]),
    ("thumbnail", &[]),
    ("sections", &[]),
    ("selected", &[]),
];
const QUOTE_KEYS: [&str; 3] = ["id", "participant", "body"];
const BUTTON_KEYS: [&str; 6] = ["id", "text", "action", "code", "phone", "url"];

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

/// What the file says about the kind.
enum NamedKind {
    Known(Kind),
    /// One that is not supported: the rest of the file cannot be judged.
    Later,
    /// None, or one that nobody knows.
    Unknown,
}

impl Reader {
    fn draft(&mut self, root: &Node) -> Draft {
        let Some(table) = self.table("", root) else {
            return Draft::default();
        };
        let kind = match self.kind(table) {
            NamedKind::Known(kind) => Some(kind),
            NamedKind::Unknown => None,
            NamedKind::Later => return Draft::default(),
        };
        self.message_keys(table, kind);
        let text = self.required_text(table, "text");
        let buttons = Buttons {
            header: self.text(table, "header"),
            text: text.clone(),
            footer: self.text(table, "footer"),
            buttons: self.buttons(table),
        };
        Draft {
            to: self.text(table, "to"),
            quote: self.quote(table),
            link_preview: self.boolean(table, "link_preview"),
            delay: self.seconds(table, "delay"),
            typing: self.seconds(table, "typing"),
            message: match kind {
                Some(Kind::Text) => Message::Text(Text { text }),
                Some(Kind::Buttons) | None => Message::Buttons(buttons),
            },
        }
    }

    fn kind(&mut self, table: Table<'_>) -> NamedKind {
        let Some(entry) = table.entry("kind") else {
            let known = Kind::ALL.map(|kind| quote(kind.name())).join(" or ");
            self.missing(table, "kind", &format!("one of {known}"));
            return NamedKind::Unknown;
        };
        let Some(name) = self.string(table, entry) else {
            return NamedKind::Unknown;
        };
        if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.name() == name) {
            return NamedKind::Known(kind);
        }
        let supported = Kind::ALL.map(Kind::name);
        if LATER_KINDS.contains(&name) {
            let message = format!(
                "kind {} is not supported by this version, which has {}",
                quote(name),
                list(&supported)
            );
            self.issue(entry.node.at, "kind", &message);
            return NamedKind::Later;
        }
        self.unknown_word(entry, "kind", "kind", name, &supported);
        NamedKind::Unknown
    }

    /// Reports the keys of a message that are unknown, or that belong to another kind.
    fn message_keys(&mut self, table: Table<'_>, kind: Option<Kind>) {
        for entry in table.entries {
            let key = entry.key.as_str();
            let kinds = KEYS.iter().find(|(known, _)| *known == key);
            let message = match (kinds, kind) {
                (Some((_, [])), _) => format!(
                    "{} belongs to kinds that this version does not support",
                    quote(key)
                ),
                (Some((_, kinds)), Some(kind)) if !kinds.contains(&kind) => {
                    let owners: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
                    format!(
                        "{} belongs to kind {}, not to {}",
                        quote(key),
                        list(&owners),
                        quote(kind.name())
                    )
                }
                (Some(_), _) => continue,
                (None, _) => {
                    let here = KEYS.iter().filter(|(_, kinds)| match kind {
                        Some(kind) => kinds.contains(&kind),
                        None => !kinds.is_empty(),
                    });
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

    fn buttons(&mut self, table: Table<'_>) -> Vec<Button> {
        let Some(entry) = table.entry("buttons") else {
            return Vec::new();
        };
        let Value::Array(items) = &entry.node.value else {
            let expected = match self.format {
                Format::Toml => "an array: write each button under [[buttons]]",
                Format::Json => "an array of objects",
            };
            self.wrong_type("buttons", &entry.node, expected);
            return Vec::new();
        };
        let items = items.iter().enumerate();
        items
            .filter_map(|(index, item)| {
                let path = format!("buttons[{index}]");
                let table = self.table(&path, item)?;
                Some(self.button(table))
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

/// `"text", "buttons"`
fn list(words: &[&str]) -> String {
    words
        .iter()
        .map(|word| quote(word))
        .collect::<Vec<_>>()
        .join(", ")
}
