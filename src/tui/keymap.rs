//! Which key means which action: `assets/keymap.toml`, with the configuration's own keys on top.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::action::{Action, Context};
use crate::visible;

/// The keys that come with the program.
const DEFAULT: &str = include_str!("../../assets/keymap.toml");

/// One key with its modifiers, as it is written in the keymap: `ctrl+s`, `alt+up`, `f5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// Keys to actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<(Key, Action)>,
}

/// A keymap that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    /// No action has this name.
    #[error("[keys] {}: no such action; {}", visible::line(.name), nearest(.name))]
    UnknownAction {
        /// The name.
        name: String,
    },
    /// A key that is not written as keys are.
    #[error(
        "[keys] {action}: {key:?} is not a key; write for example \"ctrl+g\", \"alt+up\", \"f9\" or \"insert\""
    )]
    UnknownKey {
        /// The action it was for.
        action: String,
        /// What was written.
        key: String,
    },
    /// Two actions that count in the same place want one key.
    #[error("[keys] {key} is bound to both {first} and {second}")]
    Taken {
        /// The key.
        key: String,
        /// The action that has it.
        first: &'static str,
        /// The action that wants it too.
        second: &'static str,
    },
    /// The map is not TOML of the right shape.
    #[error("the keymap cannot be read: {0}")]
    Syntax(String),
}

fn nearest(name: &str) -> String {
    let near = Action::ALL
        .iter()
        .map(|action| {
            (
                strsim::damerau_levenshtein(name, action.name()),
                action.name(),
            )
        })
        .min();
    match near {
        Some((distance, near)) if distance <= 3 => format!("did you mean {near:?}?"),
        _ => "the help (F1) lists them all".to_owned(),
    }
}

impl Keymap {
    /// The program's keys, with those of the configuration in the place of an action's own.
    ///
    /// # Errors
    /// An unknown action or key, or a key that two actions want.
    pub fn new(overrides: &BTreeMap<String, Vec<String>>) -> Result<Self, KeymapError> {
        let mut keys: BTreeMap<String, Vec<String>> =
            toml::from_str(DEFAULT).map_err(|error| KeymapError::Syntax(error.to_string()))?;
        for (name, own) in overrides {
            keys.insert(name.clone(), own.clone());
        }
        let mut bindings: Vec<(Key, Action)> = Vec::new();
        for (name, keys) in &keys {
            let action = Action::from_name(name)
                .ok_or_else(|| KeymapError::UnknownAction { name: name.clone() })?;
            for key in keys {
                let parsed = key.parse().map_err(|()| KeymapError::UnknownKey {
                    action: name.clone(),
                    key: key.clone(),
                })?;
                bindings.push((parsed, action));
            }
        }
        bindings.sort_by_key(|&(_, action)| action);
        for (index, (key, action)) in bindings.iter().enumerate() {
            let clash = bindings[..index]
                .iter()
                .find(|(other, taken)| other == key && clash(action.context(), taken.context()));
            if let Some((_, taken)) = clash {
                return Err(KeymapError::Taken {
                    key: key.to_string(),
                    first: taken.name(),
                    second: action.name(),
                });
            }
        }
        Ok(Self { bindings })
    }

    /// What a key means at a place: a text, an item or elsewhere.
    pub fn action(&self, event: KeyEvent, place: Context) -> Option<Action> {
        let key = Key::from(event);
        self.bindings
            .iter()
            .find(|(bound, action)| *bound == key && action.context().covers(place))
            .map(|&(_, action)| action)
    }

    /// The first key of an action.
    pub fn key(&self, action: Action) -> Option<Key> {
        self.bindings
            .iter()
            .find(|&&(_, bound)| bound == action)
            .map(|&(key, _)| key)
    }

    /// All keys of an action, for the help.
    pub fn keys(&self, action: Action) -> impl Iterator<Item = Key> {
        self.bindings
            .iter()
            .filter(move |&&(_, bound)| bound == action)
            .map(|&(key, _)| key)
    }
}

/// Whether two actions can be meant in one place.
fn clash(one: Context, other: Context) -> bool {
    let places = [
        Context::Text,
        Context::Item,
        Context::Elsewhere,
        Context::Drafts,
        Context::History,
    ];
    places
        .into_iter()
        .any(|place| one.covers(place) && other.covers(place))
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        let mut modifiers =
            event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let code = match event.code {
            KeyCode::BackTab => {
                modifiers |= KeyModifiers::SHIFT;
                KeyCode::Tab
            }
            KeyCode::Char(c) => {
                modifiers -= KeyModifiers::SHIFT;
                KeyCode::Char(if modifiers.is_empty() {
                    c
                } else {
                    c.to_ascii_lowercase()
                })
            }
            code => code,
        };
        Self { code, modifiers }
    }
}

impl FromStr for Key {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // As the help writes them too: `Ctrl+G`, `PgUp`.
        let text = text.to_lowercase();
        let mut modifiers = KeyModifiers::NONE;
        let mut rest = text.as_str();
        while let Some((modifier, after)) =
            rest.split_once('+').filter(|(_, after)| !after.is_empty())
        {
            modifiers |= match modifier {
                "ctrl" => KeyModifiers::CONTROL,
                "alt" => KeyModifiers::ALT,
                "shift" => KeyModifiers::SHIFT,
                _ => return Err(()),
            };
            rest = after;
        }
        let code = match rest {
            "tab" => KeyCode::Tab,
            "esc" => KeyCode::Esc,
            "enter" => KeyCode::Enter,
            "backspace" => KeyCode::Backspace,
            "insert" | "ins" => KeyCode::Insert,
            "delete" | "del" => KeyCode::Delete,
            "home" => KeyCode::Home,
            "end" => KeyCode::End,
            "pageup" | "pgup" => KeyCode::PageUp,
            "pagedown" | "pgdn" => KeyCode::PageDown,
            "up" | "↑" => KeyCode::Up,
            "down" | "↓" => KeyCode::Down,
            "left" | "←" => KeyCode::Left,
            "right" | "→" => KeyCode::Right,
            _ => match rest.strip_prefix('f').map(str::parse) {
                Some(Ok(number @ 1..=24)) => KeyCode::F(number),
                _ => KeyCode::Char(character(rest, modifiers)?),
            },
        };
        Ok(Self { code, modifiers })
    }
}

/// A character as a key. A bare one would be taken away from every text, and most terminals do not
/// tell Ctrl+Shift+G from Ctrl+G.
fn character(name: &str, modifiers: KeyModifiers) -> Result<char, ()> {
    let name = if name == "space" { " " } else { name };
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if !modifiers.is_empty() && !modifiers.contains(KeyModifiers::SHIFT) => {
            Ok(c)
        }
        _ => Err(()),
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (modifier, name) in [
            (KeyModifiers::CONTROL, "Ctrl+"),
            (KeyModifiers::ALT, "Alt+"),
            (KeyModifiers::SHIFT, "Shift+"),
        ] {
            if self.modifiers.contains(modifier) {
                f.write_str(name)?;
            }
        }
        match self.code {
            KeyCode::Char(' ') => f.write_str("Space"),
            KeyCode::Char(c) => write!(f, "{}", c.to_uppercase()),
            KeyCode::F(number) => write!(f, "F{number}"),
            KeyCode::PageUp => f.write_str("PgUp"),
            KeyCode::PageDown => f.write_str("PgDn"),
            KeyCode::Insert => f.write_str("Ins"),
            KeyCode::Delete => f.write_str("Del"),
            KeyCode::Up => f.write_str("↑"),
            KeyCode::Down => f.write_str("↓"),
            KeyCode::Left => f.write_str("←"),
            KeyCode::Right => f.write_str("→"),
            code => write!(f, "{code}"),
        }
    }
}
