//! Products and rows in a text that is pasted: rows of a sheet, words, quoted cells, JSON.

use serde_json::Value;

/// A list's row in a pasted text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PastedRow {
    /// Its id, where it has one.
    pub id: Option<String>,
    /// Its title.
    pub title: String,
    /// Its description; empty where it has none.
    pub description: String,
}

/// What a sheet's first line calls the column of the ids.
const ID_HEADINGS: [&str; 5] = [
    "id",
    "sku",
    "retailer_id",
    "product_retailer_id",
    "content_id",
];

/// Keys of an object that name a product, the first one first.
const PRODUCT_KEYS: [&str; 4] = ["product_retailer_id", "retailer_id", "sku", "id"];

/// The products of a pasted text. A line with a tab is a row of a sheet, its first cell the id; other
/// lines have ids with white space, commas or semicolons in between, and one in quotes keeps those.
/// JSON has ids, or objects with a product's id.
pub fn products(text: &str) -> Vec<String> {
    let text = text.trim_start_matches('\u{feff}').trim_matches(is_blank);
    if let Some(json) = json(text) {
        let mut ids = Vec::new();
        products_of(&json, &mut ids);
        return ids;
    }
    let lines = records(without_brackets(text));
    let has_heading =
        lines.len() > 1 && lines[0].contains('\t') && is_heading(&cells(&lines[0])[0]);
    let ids = lines
        .iter()
        .skip(usize::from(has_heading))
        .flat_map(|line| {
            if line.contains('\t') {
                vec![cells(line).swap_remove(0)]
            } else {
                words(line)
            }
        });
    ids.filter(|id| !id.is_empty()).collect()
}

/// The rows of a pasted text. A line is a title; with tabs in between, or in quoted cells, it is an id,
/// a title and a description. JSON has titles, or objects with them.
pub fn rows(text: &str) -> Vec<PastedRow> {
    let text = text
        .trim_start_matches('\u{feff}')
        .trim_matches(['\n', '\r', ' ']);
    if let Some(json) = json(text) {
        let mut rows = Vec::new();
        rows_of(&json, &mut rows);
        if !rows.is_empty() {
            return rows;
        }
    }
    let lines = records(text);
    let has_heading =
        lines.len() > 1 && lines[0].contains('\t') && is_heading(&cells(&lines[0])[0]);
    let rows = lines.iter().skip(usize::from(has_heading)).map(|line| {
        let cells = if line.contains('\t') {
            cells(line)
        } else {
            quoted_cells(line).unwrap_or_else(|| vec![line.trim().to_owned()])
        };
        row(cells)
    });
    rows.filter(|row| *row != PastedRow::default()).collect()
}

fn row(cells: Vec<String>) -> PastedRow {
    let mut cells = cells.into_iter();
    let first = cells.next().unwrap_or_default();
    match cells.next() {
        Some(title) => PastedRow {
            id: Some(first).filter(|id| !id.is_empty()),
            title,
            description: cells.collect::<Vec<_>>().join(" ").trim().to_owned(),
        },
        None => PastedRow {
            title: first,
            ..PastedRow::default()
        },
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() && c != '\t'
}

fn is_heading(cell: &str) -> bool {
    ID_HEADINGS.contains(&cell.to_lowercase().as_str())
}

// -------------------------------------------------------------------- JSON

/// JSON in a text, also a piece of it: members without their braces, values with commas in between.
fn json(text: &str) -> Option<Value> {
    let text = text.trim_end_matches(',');
    if !text.starts_with(['[', '{', '"']) || !text.contains(['[', '{']) {
        return None;
    }
    let whole = serde_json::from_str(text);
    let piece = || serde_json::from_str(&format!("[{text}]"));
    let members = || serde_json::from_str(&format!("{{{text}}}"));
    whole.or_else(|_| piece()).or_else(|_| members()).ok()
}

/// A product's id as it stands in JSON.
fn id_of(value: &Value) -> Option<String> {
    match value {
        Value::String(id) => Some(id.trim().to_owned()).filter(|id| !id.is_empty()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

fn products_of(value: &Value, ids: &mut Vec<String>) {
    match value {
        Value::Array(values) => {
            for value in values {
                match id_of(value) {
                    Some(id) => ids.push(id),
                    None => products_of(value, ids),
                }
            }
        }
        Value::Object(object) => {
            let id = PRODUCT_KEYS.iter().find_map(|key| id_of(object.get(*key)?));
            match id {
                Some(id) => ids.push(id),
                None => {
                    let inner = object.values().filter(|value| !value.is_string());
                    inner.for_each(|value| products_of(value, ids));
                }
            }
        }
        _ => {}
    }
}

fn rows_of(value: &Value, rows: &mut Vec<PastedRow>) {
    match value {
        Value::Array(values) => {
            for value in values {
                match id_of(value) {
                    Some(title) => rows.push(row(vec![title])),
                    None => rows_of(value, rows),
                }
            }
        }
        Value::Object(object) => {
            let text = |keys: &[&str]| keys.iter().find_map(|key| id_of(object.get(*key)?));
            // A section has a title too, and its rows besides.
            let inner = object.get("rows").or_else(|| object.get("sections"));
            match (inner, text(&["title"])) {
                (None, Some(title)) => rows.push(PastedRow {
                    id: text(&["id", "rowId", "row_id"]),
                    title,
                    description: text(&["description"]).unwrap_or_default(),
                }),
                (Some(inner), _) => rows_of(inner, rows),
                (None, None) => object.values().for_each(|value| rows_of(value, rows)),
            }
        }
        _ => {}
    }
}

// -------------------------------------------------------------------- cells

/// The brackets around a list that is no JSON: quoted otherwise, or with a comma too many.
fn without_brackets(text: &str) -> &str {
    let inner = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    inner.unwrap_or(text)
}

/// The lines that say something; a quoted cell may hold line breaks.
fn records(text: &str) -> Vec<String> {
    let (mut records, mut rest) = (Vec::new(), text);
    while !rest.is_empty() {
        let mut end = 0;
        while let Some(c) = rest[end..]
            .chars()
            .next()
            .filter(|&c| c != '\n' && c != '\r')
        {
            let begins = end == 0 || rest[..end].ends_with('\t');
            let cell = begins
                .then(|| quoted(&rest[end..], &['\t', '\n', '\r']))
                .flatten();
            end += cell.map_or(c.len_utf8(), |(_, length)| length);
        }
        let record = rest[..end].trim_matches(is_blank);
        if !record.is_empty() {
            records.push(record.to_owned());
        }
        rest = rest[end..].trim_start_matches(['\n', '\r']);
    }
    records
}

/// A text in quotes that is followed by one of these or by nothing, and its length with the quotes.
fn quoted(text: &str, ends: &[char]) -> Option<(String, usize)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (mut inner, mut at) = (String::new(), 1);
    loop {
        let c = text[at..].chars().next()?;
        at += c.len_utf8();
        if c != quote {
            inner.push(c);
        } else if text[at..].starts_with(quote) {
            inner.push(quote);
            at += 1;
        } else {
            let follows = text[at..].trim_start_matches(' ').chars().next();
            let is_end = follows.is_none_or(|c| ends.contains(&c));
            return is_end.then(|| (inner.replace(['\n', '\r', '\t'], " ").trim().to_owned(), at));
        }
    }
}

/// The cells of a sheet's row.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut rest) = (Vec::new(), line);
    loop {
        let (cell, length) = quoted(rest, &['\t']).unwrap_or_else(|| {
            let length = rest.find('\t').unwrap_or(rest.len());
            (rest[..length].trim().to_owned(), length)
        });
        cells.push(cell);
        match rest[length..].split_once('\t') {
            Some((_, after)) => rest = after,
            None => return cells,
        }
    }
}

/// The cells of a line that has nothing but quoted ones; `None` where it has others.
fn quoted_cells(line: &str) -> Option<Vec<String>> {
    let (mut cells, mut rest) = (Vec::new(), line.trim());
    loop {
        if !rest.starts_with('"') {
            return None;
        }
        let (cell, length) = quoted(rest, &[',', ';'])?;
        cells.push(cell);
        rest = rest[length..].trim_start();
        match rest.strip_prefix([',', ';']) {
            Some(after) if !after.trim().is_empty() => rest = after.trim_start(),
            _ => return Some(cells),
        }
    }
}

/// The ids of a line without tabs.
fn words(line: &str) -> Vec<String> {
    let is_between = |c: char| c.is_whitespace() || c == ',' || c == ';';
    let (mut words, mut rest) = (Vec::new(), line.trim_start_matches(is_between));
    while !rest.is_empty() {
        let (word, length) = quoted(rest, &[',', ';', ' ']).unwrap_or_else(|| {
            let length = rest.find(is_between).unwrap_or(rest.len());
            (rest[..length].to_owned(), length)
        });
        words.push(word);
        rest = rest[length..].trim_start_matches(is_between);
    }
    words
}
