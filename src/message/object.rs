//! A JSON object, made key after key: the body of a request, a table of a message file.

use serde_json::{Map, Value};

/// Keys in the order in which they were added; what is absent is left out.
#[derive(Debug, Default)]
pub(crate) struct Object(pub Map<String, Value>);

impl Object {
    /// A key that is always there, empty or not.
    pub(crate) fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    /// A key that is there when its text is not empty.
    pub(crate) fn with_text(self, key: &str, text: &str) -> Self {
        self.with_some(key, (!text.is_empty()).then_some(text))
    }

    /// A key that is there when it is set.
    pub(crate) fn with_some(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// A list that is always there, with an object for each item.
    pub(crate) fn with_list<T>(self, key: &str, items: &[T], write: impl Fn(&T) -> Self) -> Self {
        let objects = items.iter().map(|item| Value::from(write(item)));
        self.with(key, objects.collect::<Vec<_>>())
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Self::Object(object.0)
    }
}
