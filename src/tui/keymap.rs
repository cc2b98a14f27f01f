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

/// Whether an action leaves its keys to whatever the configuration binds to them: there were
/// configurations with these keys before it had them.
const fn gives_way(action: Action) -> bool {
    matches!(action, Action::SendNext)
}

impl Keymap {
    /// The program's keys, with those of the configuration in the place of an action's own.
    ///
    /// # Errors
    /// An unknown action or key, or a key that two actions want.
    pub fn new(overrides: &BTreeMap<String, Vec<String>>) -> Result<Self, KeymapError> {
        let (keymap, wrong) = Self::with_errors(overrides)?;
        wrong.into_iter().next().map_or(Ok(keymap), Err)
    }

    /// The same without what is wrong, and everything that is. An action whose own keys are all wrong
    /// has the program's, as far as they are free.
    ///
    /// # Errors
    /// When the program's keys cannot be read.
    pub fn with_errors(
        overrides: &BTreeMap<String, Vec<String>>,
    ) -> Result<(Self, Vec<KeymapError>), KeymapError> {
        let defaults: BTreeMap<String, Vec<String>> =
            toml::from_str(DEFAULT).map_err(|error| KeymapError::Syntax(error.to_string()))?;
        let names = overrides.keys().chain(defaults.keys());
        let unknown = names.filter(|name| Action::from_name(name).is_none());
        let mut wrong: Vec<KeymapError> = unknown
            .map(|name| KeymapError::UnknownAction { name: name.clone() })
            .collect();
        let mut keymap = Self {
            bindings: Vec::new(),
        };
        let bound = |keys: &BTreeMap<String, Vec<String>>, action: Action| {
            keys.get(action.name()).cloned().unwrap_or_default()
        };
        let (own, others): (Vec<Action>, Vec<Action>) = Action::ALL
            .iter()
            .partition(|action| overrides.contains_key(action.name()));
        for &action in others.iter().filter(|action| !gives_way(**action)) {
            keymap.bind(action, &bound(&defaults, action), &mut wrong);
        }
        let mut without = Vec::new();
        for action in own {
            let keys = bound(overrides, action);
            let count = keymap.bind(action, &keys, &mut wrong);
            if count == 0 && !keys.is_empty() {
                without.push(action);
            }
        }
        for action in without {
            keymap.bind(action, &bound(&defaults, action), &mut Vec::new());
        }
        for action in others.into_iter().filter(|action| gives_way(*action)) {
            keymap.bind(action, &bound(&defaults, action), &mut Vec::new());
        }
        keymap.bindings.sort_by_key(|&(_, action)| action);
        Ok((keymap, wrong))
    }

    /// Binds the keys of an action that are right and free; returns how many they are.
    fn bind(&mut self, action: Action, keys: &[String], wrong: &mut Vec<KeymapError>) -> usize {
        let before = self.bindings.len();
        for key in keys {
            let Ok(parsed) = key.parse::<Key>() else {
                wrong.push(KeymapError::UnknownKey {
                    action: action.name().to_owned(),
                    key: key.clone(),
                });
                continue;
            };
            let taken = self.bindings.iter().find(|(other, taken)| {
                *other == parsed && clash(action.context(), taken.context())
            });
            match taken {
                Some((_, taken)) if *taken == action => {}
                Some((_, taken)) => wrong.push(KeymapError::Taken {
                    key: parsed.to_string(),
                    first: taken.name(),
                    second: action.name(),
                }),
                None => self.bindings.push((parsed, action)),
            }
        }
        self.bindings.len() - before
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

    /// A hint: the first key of an action, and what it does here; `None` where it has no key.
    pub fn hint(&self, action: Action, words: &str) -> Option<String> {
        self.key(action).map(|key| format!("{key} {words}"))
    }

    /// All keys of an action, for the help.
    pub fn keys(&self, action: Action) -> impl Iterator<Item = Key> {
        self.bindings
            .iter()
            .filter(move |&&(_, bound)| bound == action)
            .map(|&(key, _)| key)
    }
}

impl Key {
    /// Why most terminals do not send the key, which they have one byte for or none; `None` where they
    /// do.
    pub fn doubt(self) -> Option<&'static str> {
        let is_ctrl = self.modifiers.contains(KeyModifiers::CONTROL);
        match self.code {
            KeyCode::Enter | KeyCode::Tab | KeyCode::Esc | KeyCode::Backspace if is_ctrl => {
                Some("most terminals send it as the key without Ctrl")
            }
            KeyCode::Enter if self.modifiers.contains(KeyModifiers::SHIFT) => {
                Some("most terminals send it as the key without Shift")
            }
            KeyCode::Char('h' | 'i' | 'j' | 'm') if is_ctrl => {
                Some("most terminals send it as Backspace, Tab, line feed or Enter")
            }
            KeyCode::Char(c) if is_ctrl && !(c.is_ascii_lowercase() || c == ' ') => {
                Some("most terminals send no such key")
            }
            _ => None,
        }
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
