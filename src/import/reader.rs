//! Takes a JSON object apart, key by key, and remembers what nobody took.

use super::json::{self, Json, last};
use crate::visible;

/// What is said of a body beside the draft.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The places that a draft has none for.
    pub left_out: Vec<String>,
    /// What was read otherwise than it is written.
    pub warnings: Vec<String>,
}

/// An object that is being read. When it is dropped, the keys that are left in it are named.
pub(super) struct Reader<'a> {
    path: String,
    object: Vec<(String, Json)>,
    /// Whether keys are the same in upper and in lower case.
    folds: bool,
    notes: &'a mut Notes,
}

impl<'a> Reader<'a> {
    pub(super) fn new(object: Vec<(String, Json)>, folds: bool, notes: &'a mut Notes) -> Self {
        Self {
            path: String::new(),
            object,
            folds,
            notes,
        }
    }

    /// What nobody took so far.
    pub(super) fn untaken(&self) -> &[(String, Json)] {
        &self.object
    }

    /// What stands at a key; `null` and what is empty stand there no more than nothing.
    pub(super) fn peek(&self, key: &str) -> Option<&Json> {
        let value = if self.folds {
            let mut entries = self.object.iter().rev();
            let found = entries.find(|(name, _)| name.eq_ignore_ascii_case(key));
            found.map(|(_, value)| value)
        } else {
            last(&self.object, key)
        };
        value.filter(|value| **value != Json::Null)
    }

    /// Whether something stands at a key, an empty text too.
    pub(super) fn has(&self, key: &str) -> bool {
        self.peek(key).is_some()
    }

    /// Whether something that is not empty stands at a key.
    pub(super) fn says(&self, key: &str) -> bool {
        self.peek(key).is_some_and(|value| !value.is_blank())
    }

    /// The first of several names of a key under which something stands; the first one where none has.
    pub(super) fn name_of<'k>(&self, keys: &[&'k str]) -> &'k str {
        let says = keys.iter().find(|key| self.says(key));
        let has = || keys.iter().find(|key| self.has(key));
        says.or_else(has)
            .or(keys.first())
            .copied()
            .unwrap_or_default()
    }

    fn remove(&mut self, key: &str) -> Option<Json> {
        let folds = self.folds;
        let is_it = |name: &str| {
            if folds {
                name.eq_ignore_ascii_case(key)
            } else {
                name == key
            }
        };
        let at = self.object.iter().rposition(|(name, _)| is_it(name))?;
        let (_, value) = self.object.remove(at);
        // of a key that is there twice the last one counts
        self.object.retain(|(name, _)| !is_it(name));
        Some(value)
    }

    /// A text; empty where there is none. A number is the text of its digits.
    pub(super) fn text(&mut self, key: &str) -> String {
        match self.remove(key) {
            Some(value @ (Json::Text(_) | Json::Number(_))) => value.digits().unwrap_or_default(),
            other => {
                self.keep(key, other);
                String::new()
            }
        }
    }

    /// The text at the first of several names of a key.
    pub(super) fn text_of(&mut self, keys: &[&str]) -> String {
        let key = self.name_of(keys);
        let text = self.text(key);
        // the same words under another name say nothing more
        for other in keys.iter().filter(|other| **other != key) {
            if self.peek(other).and_then(Json::as_text) == Some(&text) {
                self.remove(other);
            }
        }
        text
    }

    /// A word that is one of those that are understood; another one stays.
    pub(super) fn word<T>(&mut self, key: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let word = read(&self.peek(key)?.as_text()?.trim().to_ascii_lowercase())?;
        self.remove(key);
        Some(word)
    }

    pub(super) fn boolean(&mut self, key: &str) -> Option<bool> {
        let value = self.remove(key)?;
        let boolean = match &value {
            Json::Boolean(boolean) => Some(*boolean),
            Json::Text(text) => match text.to_ascii_lowercase().as_str() {
                "true" => Some(true),
                "false" => Some(false),
                _ => None,
            },
            _ => None,
        };
        if boolean.is_none() {
            self.keep(key, Some(value));
        }
        boolean
    }

    /// A whole number that `unit` divides, divided by it.
    pub(super) fn number(&mut self, key: &str, unit: u64) -> Option<u32> {
        let number = self.whole(key).filter(|number| number % unit == 0);
        let number = number.and_then(|number| u32::try_from(number / unit).ok());
        if number.is_some() {
            self.remove(key);
        }
        number
    }

    /// A whole number, which stays.
    pub(super) fn whole(&self, key: &str) -> Option<u64> {
        self.peek(key)?.digits()?.parse().ok()
    }

    /// Milliseconds as whole seconds, rounded up; where they are read so is said.
    pub(super) fn milliseconds(&mut self, key: &str) -> Option<u32> {
        let milliseconds = self.whole(key)?;
        let seconds = u32::try_from(milliseconds.div_ceil(1000)).ok()?;
        self.remove(key);
        if seconds == 0 {
            return None;
        }
        let unit = if seconds == 1 { "second" } else { "seconds" };
        let key = self.path_of(key);
        self.warn(format!(
            "{key} {milliseconds} is read as milliseconds: {seconds} {unit}"
        ));
        Some(seconds)
    }

    /// The same where a key is certain to hold milliseconds: only what is rounded is said.
    pub(super) fn certain_milliseconds(&mut self, key: &str) -> Option<u32> {
        let seconds = self.whole(key).is_some_and(|number| number > 0);
        let whole = seconds.then(|| self.number(key, 1000)).flatten();
        whole.or_else(|| self.milliseconds(key))
    }

    /// Takes a key away whose value says nothing that the draft does not say; a word in any case.
    pub(super) fn expect(&mut self, key: &str, expected: &str) {
        let is_it = match self.peek(key) {
            Some(Json::Text(text)) => text.eq_ignore_ascii_case(expected),
            Some(Json::Boolean(boolean)) => boolean.to_string() == expected,
            Some(Json::Number(number)) => number == expected,
            _ => false,
        };
        if is_it {
            self.remove(key);
        }
    }

    /// Reads an object by itself, written as a text too; nothing where there is none.
    pub(super) fn object<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&mut Reader<'_>) -> T,
    ) -> Option<T> {
        match self.remove(key).map(unpacked) {
            Some(Json::Object(object)) => {
                let path = self.path_of(key);
                Some(self.inner(path, object, read))
            }
            other => {
                self.keep(key, other);
                None
            }
        }
    }

    /// Reads each object of a list by itself; what is no object there is left out.
    pub(super) fn objects<T>(
        &mut self,
        key: &str,
        mut read: impl FnMut(&mut Reader<'_>) -> T,
    ) -> Vec<T> {
        let mut items = Vec::new();
        for (index, item) in self.list(key).into_iter().enumerate() {
            let path = format!("{}[{index}]", self.path_of(key));
            match unpacked(item) {
                Json::Object(object) => items.push(self.inner(path, object, &mut read)),
                _ => self.name(&path),
            }
        }
        items
    }

    /// The texts of a list; what is no text there is left out.
    pub(super) fn texts(&mut self, key: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for (index, item) in self.list(key).into_iter().enumerate() {
            match item.digits() {
                Some(text) => texts.push(text),
                None => self.name(&format!("{}[{index}]", self.path_of(key))),
            }
        }
        texts
    }

    /// Says something of the body.
    pub(super) fn warn(&mut self, warning: impl Into<String>) {
        self.notes.warnings.push(warning.into());
    }

    /// The path of this object's key.
    pub(super) fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    /// The path of this object.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    fn list(&mut self, key: &str) -> Vec<Json> {
        match self.remove(key).map(unpacked) {
            Some(Json::List(items)) => items,
            other => {
                self.keep(key, other);
                Vec::new()
            }
        }
    }

    fn inner<T>(
        &mut self,
        path: String,
        object: Vec<(String, Json)>,
        read: impl FnOnce(&mut Reader<'_>) -> T,
    ) -> T {
        read(&mut Reader {
            path,
            object,
            folds: self.folds,
            notes: self.notes,
        })
    }

    /// Puts back what is not of the type that was asked for.
    fn keep(&mut self, key: &str, value: Option<Json>) {
        if let Some(value) = value {
            self.object.push((key.to_owned(), value));
        }
    }

    fn name(&mut self, path: &str) {
        const LONGEST: usize = 120;
        let path: String = visible::line(path).chars().take(LONGEST).collect();
        self.notes.left_out.push(path);
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        for (key, value) in std::mem::take(&mut self.object) {
            // an object is a place, though it is empty
            if !value.is_blank() || matches!(value, Json::Object(_)) {
                self.name(&self.path_of(&key));
            }
        }
    }
}

/// An object or a list that was written as a text of JSON, as PHP's forms and some SDKs do.
pub(super) fn unpacked(value: Json) -> Json {
    match value {
        Json::Text(text) if text.trim_start().starts_with(['{', '[']) => match json::parse(&text) {
            Ok(json) => json,
            Err(_) => Json::Text(text),
        },
        other => other,
    }
}
