//! Which entry of a changed array was which entry before.

use std::collections::{HashMap, VecDeque};

use serde_json::Value;

/// For each entry of `to`, the entry of `from` that it was; each is taken once at the most.
///
/// An entry is recognised when it is unchanged, else by its id, else by its title, else by a product or a
/// row that it holds, else because it follows the same entry as before: but not if it `is_elsewhere`.
pub(super) fn pairs(
    from: &[Value],
    to: &[Value],
    is_elsewhere: impl Fn(&Value) -> bool,
) -> Vec<Option<usize>> {
    let mut pairs = Pairs {
        from,
        to,
        found: vec![None; to.len()],
        is_taken: vec![false; from.len()],
    };
    for at in 0..to.len().min(from.len()) {
        if from[at] == to[at] {
            pairs.take(at, at);
        }
    }
    pairs.by(|entry| vec![entry.to_string()]);
    pairs.by(|entry| identity(entry).map(str::to_owned).into_iter().collect());
    pairs.by(|entry| {
        text(entry, "title")
            .map(str::to_owned)
            .into_iter()
            .collect()
    });
    pairs.by(items);
    pairs.by_neighbour(is_elsewhere);
    pairs.found
}

struct Pairs<'a> {
    from: &'a [Value],
    to: &'a [Value],
    found: Vec<Option<usize>>,
    is_taken: Vec<bool>,
}

impl Pairs<'_> {
    fn take(&mut self, new: usize, old: usize) {
        self.found[new] = Some(old);
        self.is_taken[old] = true;
    }

    /// Pairs what is left where it shares a mark, in the order in which it stands.
    fn by(&mut self, marks: impl Fn(&Value) -> Vec<String>) {
        let mut left: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (old, entry) in self.from.iter().enumerate() {
            if !self.is_taken[old] {
                for mark in marks(entry) {
                    left.entry(mark).or_default().push_back(old);
                }
            }
        }
        for new in 0..self.to.len() {
            if self.found[new].is_some() || left.is_empty() {
                continue;
            }
            let is_taken = &self.is_taken;
            let old = marks(&self.to[new]).iter().find_map(|mark| {
                let old = left.get_mut(mark)?;
                while old.front().is_some_and(|old| is_taken[*old]) {
                    old.pop_front();
                }
                old.pop_front()
            });
            if let Some(old) = old {
                self.take(new, old);
            }
        }
    }

    fn by_neighbour(&mut self, is_elsewhere: impl Fn(&Value) -> bool) {
        for new in 0..self.to.len() {
            let old = match new.checked_sub(1) {
                None => Some(0),
                Some(previous) => self.found[previous].map(|old| old + 1),
            };
            let free = old.filter(|old| self.is_taken.get(*old) == Some(&false));
            if let (None, Some(old)) = (self.found[new], free)
                && !is_elsewhere(&self.to[new])
            {
                self.take(new, old);
            }
        }
    }
}

/// What an entry is known by wherever it stands: a product, or the id of a button or a row.
pub(super) fn identity(entry: &Value) -> Option<&str> {
    match entry {
        Value::String(product) => Some(product),
        entry => text(entry, "id"),
    }
}

fn text<'a>(entry: &'a Value, key: &str) -> Option<&'a str> {
    let text = entry.get(key)?.as_str();
    text.filter(|text| !text.is_empty())
}

/// The products of a section, or the ids of its rows.
fn items(entry: &Value) -> Vec<String> {
    let list = |key: &str| {
        entry
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    let items = list("products").chain(list("rows"));
    items.filter_map(identity).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case::nothing(json!([]), json!([]), &[])]
    #[case::unchanged(json!(["é", "日本"]), json!(["é", "日本"]), &[Some(0), Some(1)])]
    #[case::the_same_twice(json!(["a", "a"]), json!(["a", "a", "a"]), &[Some(0), Some(1), None])]
    #[case::moved(json!(["a", "b", "c"]), json!(["c", "a", "b"]), &[Some(2), Some(0), Some(1)])]
    #[case::put_between(json!(["a", "b"]), json!(["a", "👩‍👩‍👧", "b"]), &[Some(0), None, Some(1)])]
    #[case::gone(json!(["a", "b", "c"]), json!(["a", "c"]), &[Some(0), Some(2)])]
    #[case::other_word(json!(["a", "b", "c"]), json!(["a", "x", "c"]), &[Some(0), Some(1), Some(2)])]
    #[case::other_place(json!(["a", "b"]), json!(["a", "elsewhere"]), &[Some(0), None])]
    #[case::id(
        json!([{"id": "1", "text": "a"}, {"id": "2", "text": "b"}]),
        json!([{"id": "2", "text": "שלום"}, {"id": "1", "text": "a"}]),
        &[Some(1), Some(0)]
    )]
    #[case::new_id(
        json!([{"id": "1", "text": "a"}, {"id": "2", "text": "b"}]),
        json!([{"id": "1", "text": "a"}, {"id": "3", "text": "b"}]),
        &[Some(0), Some(1)]
    )]
    #[case::title(
        json!([{"title": "x", "products": ["1"]}, {"title": "y", "products": ["2"]}]),
        json!([{"title": "y", "products": ["3"]}, {"title": "x", "products": ["2", "1"]}]),
        &[Some(1), Some(0)]
    )]
    #[case::what_it_holds(
        json!([{"title": "x", "rows": [{"id": "1"}]}, {"title": "y", "rows": [{"id": "2"}]}]),
        json!([{"title": "e\u{301}", "rows": [{"id": "2"}]}, {"title": "z", "rows": [{"id": "1"}]}]),
        &[Some(1), Some(0)]
    )]
    fn entries_are_recognised(
        #[case] from: Value,
        #[case] to: Value,
        #[case] expected: &[Option<usize>],
    ) {
        let (from, to) = (from.as_array(), to.as_array());
        let found = pairs(
            from.map_or(&[], Vec::as_slice),
            to.map_or(&[], Vec::as_slice),
            |entry| entry == "elsewhere",
        );
        assert_eq!(found, expected);
    }
}
