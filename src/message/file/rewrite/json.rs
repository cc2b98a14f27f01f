//! JSON, whose objects keep the order of their keys and whose lines keep their indentation.

use serde::Serialize as _;
use serde_json::ser::PrettyFormatter;
use serde_json::{Serializer, Value};

use super::pairs::pairs;
use super::{Keys, key_before};

/// The text with what differs between the two in it.
pub(super) fn rewrite(text: &str, from: &Keys, to: &Keys) -> Option<String> {
    let mut root: Keys = serde_json::from_str(text).ok()?;
    merge(&mut root, from, to);
    let Some(indentation) = indentation(text) else {
        return Some(Value::from(root).to_string());
    };
    let mut written = Vec::new();
    let formatter = PrettyFormatter::with_indent(indentation.as_bytes());
    root.serialize(&mut Serializer::with_formatter(&mut written, formatter))
        .ok()?;
    written.push(b'\n');
    String::from_utf8(written).ok()
}

/// The white space before the first key; nothing where that one does not begin a line.
fn indentation(text: &str) -> Option<&str> {
    let line = text.trim_start().strip_prefix('{')?;
    let line = line.trim_start_matches([' ', '\t']).strip_prefix('\n')?;
    let line = line.trim_start_matches('\n');
    Some(&line[..line.len() - line.trim_start().len()])
}

fn merge(object: &mut Keys, from: &Keys, to: &Keys) {
    for key in from.keys().filter(|key| !to.contains_key(*key)) {
        object.shift_remove(key);
    }
    for (key, new) in to {
        let old = from.get(key);
        if old == Some(new) {
            continue;
        }
        if let Some(value) = object.get_mut(key) {
            merge_value(value, old, new);
        } else {
            let before = key_before(to, key, |other| object.contains_key(other));
            let before = before.and_then(|before| object.keys().position(|other| other == before));
            let at = before.map_or(0, |before| before + 1);
            object.shift_insert(at, key.clone(), new.clone());
        }
    }
}

fn merge_value(value: &mut Value, from: Option<&Value>, to: &Value) {
    match (value, from, to) {
        (Value::Object(object), Some(Value::Object(from)), Value::Object(to)) => {
            merge(object, from, to);
        }
        (Value::Array(items), Some(Value::Array(from)), Value::Array(to)) => {
            let before = std::mem::take(items);
            for (old, new) in pairs(from, to, |_| false).into_iter().zip(to) {
                let item = match old.and_then(|old| Some((before.get(old)?, from.get(old)?))) {
                    Some((item, old)) if old != new => {
                        let mut item = item.clone();
                        merge_value(&mut item, Some(old), new);
                        item
                    }
                    Some((item, _)) => item.clone(),
                    None => new.clone(),
                };
                items.push(item);
            }
        }
        (value, _, to) => to.clone_into(value),
    }
}
