//! Takes a JSON object apart, key by key, and remembers what nobody took.

use serde_json::{Map, Value};

use crate::visible;

/// An object that is being read. When it is dropped, the keys that are left in it are named.
pub(super) struct Reader<'a> {
    path: String,
    object: Map<String, Value>,
    left_out: &'a mut Vec<String>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(object: Map<String, Value>, left_out: &'a mut Vec<String>) -> Self {
        Self {
            path: String::new(),
            object,
            left_out,
        }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.object.contains_key(key)
    }

    /// A text; empty where there is none.
    pub(super) fn text(&mut self, key: &str) -> String {
        match self.object.remove(key) {
            Some(Value::String(text)) => text,
            other => {
                self.keep(key, other);
                String::new()
            }
        }
    }

    /// A word that is one of those that are understood; another one stays.
    pub(super) fn word<T>(&mut self, key: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let word = read(self.object.get(key)?.as_str()?)?;
        self.object.remove(key);
        Some(word)
    }

    pub(super) fn boolean(&mut self, key: &str) -> Option<bool> {
        let value = self.object.remove(key)?;
        let boolean = value.as_bool();
        if boolean.is_none() {
            self.keep(key, Some(value));
        }
        boolean
    }

    /// A whole number that `unit` divides, divided by it.
    pub(super) fn number(&mut self, key: &str, unit: u64) -> Option<u32> {
        let value = self.object.remove(key)?;
        let number = value.as_u64().filter(|number| number % unit == 0);
        let number = number.and_then(|number| u32::try_from(number / unit).ok());
        if number.is_none() {
            self.keep(key, Some(value));
        }
        number
    }

    /// Takes a key away whose value says nothing that the draft does not say.
    pub(super) fn expect(&mut self, key: &str, value: &Value) {
        if self.object.get(key) == Some(value) {
            self.object.remove(key);
        }
    }

    /// Reads an object by itself; nothing where there is none.
    pub(super) fn object<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&mut Reader<'_>) -> T,
    ) -> Option<T> {
        match self.object.remove(key) {
            Some(Value::Object(object)) => {
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
            match item {
                Value::Object(object) => items.push(self.inner(path, object, &mut read)),
                _ => self.name(&path),
            }
        }
        items
    }

    /// The texts of a list; what is no text there is left out.
    pub(super) fn texts(&mut self, key: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for (index, item) in self.list(key).into_iter().enumerate() {
            match item {
                Value::String(text) => texts.push(text),
                _ => self.name(&format!("{}[{index}]", self.path_of(key))),
            }
        }
        texts
    }

    fn list(&mut self, key: &str) -> Vec<Value> {
        match self.object.remove(key) {
            Some(Value::Array(items)) => items,
            other => {
                self.keep(key, other);
                Vec::new()
            }
        }
    }

    fn inner<T>(
        &mut self,
        path: String,
        object: Map<String, Value>,
        read: impl FnOnce(&mut Reader<'_>) -> T,
    ) -> T {
        read(&mut Reader {
            path,
            object,
            left_out: self.left_out,
        })
    }

    /// Puts back what is not of the type that was asked for.
    fn keep(&mut self, key: &str, value: Option<Value>) {
        if let Some(value) = value.filter(|value| !value.is_null()) {
            self.object.insert(key.to_owned(), value);
        }
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    fn name(&mut self, path: &str) {
        const LONGEST: usize = 120;
        let path: String = visible::line(path).chars().take(LONGEST).collect();
        self.left_out.push(path);
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        for key in std::mem::take(&mut self.object).keys() {
            self.name(&self.path_of(key));
        }
    }
}
