//! One tree for both formats, in which everything knows the byte at which it stands.

use jsonc_parser::common::Ranged as _;
use jsonc_parser::{CollectOptions, ast};
use serde::de::IgnoredAny;
use toml::de::{DeInteger, DeTable, DeValue};

use super::place::{Issue, quote};
use super::{Format, syntax};

/// A value and where it begins.
#[derive(Debug)]
pub(super) struct Node {
    pub at: usize,
    pub value: Value,
}

/// A value as both formats have it.
#[derive(Debug)]
pub(super) enum Value {
    String(String),
    /// `None` where it is beyond 64 bits.
    Integer(Option<i64>),
    /// `None` where it cannot be read.
    Float(Option<f64>),
    Boolean(bool),
    Date,
    Null,
    Array(Vec<Node>),
    /// Entries in the order of the file; JSON may have a key twice.
    Table(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug)]
pub(super) struct Entry {
    pub at: usize,
    pub key: String,
    pub node: Node,
}

impl Value {
    /// What it is, in a sentence.
    pub(super) const fn name(&self, format: Format) -> &'static str {
        match self {
            Self::String(_) => "a string",
            Self::Integer(_) => "an integer",
            Self::Float(_) => "a floating-point number",
            Self::Boolean(_) => "a boolean",
            Self::Date => "a date or time",
            Self::Null => "null",
            Self::Array(_) => "an array",
            Self::Table(_) => table(format),
        }
    }
}

/// What a format calls keys with values.
pub(super) const fn table(format: Format) -> &'static str {
    match format {
        Format::Toml => "a table",
        Format::Json => "an object",
    }
}

/// Reads a text as a tree.
pub(super) fn parse(text: &str, format: Format) -> Result<Node, Vec<Issue>> {
    match format {
        Format::Toml => toml(text),
        Format::Json => json(text),
    }
}

/// Errors of syntax follow from one another, so that only the first on each line is reported.
fn toml(text: &str) -> Result<Node, Vec<Issue>> {
    let (document, errors) = syntax::parse(text);
    if errors.is_empty() {
        return Ok(Node {
            at: 0,
            value: Value::Table(toml_entries(document.into_inner())),
        });
    }
    let mut errors: Vec<_> = errors
        .iter()
        .map(|error| (error.span().unwrap_or_default(), error.message()))
        .collect();
    errors.sort_by_key(|(span, _)| span.start);
    let mut issues: Vec<Issue> = Vec::new();
    let mut end_of_line = 0;
    for (span, message) in errors {
        if !issues.is_empty() && span.start <= end_of_line {
            continue;
        }
        let rest = text.get(span.start..).unwrap_or_default();
        end_of_line = span.start + rest.find('\n').unwrap_or(rest.len());
        let key = text.get(span.clone()).unwrap_or_default();
        let key = key.trim_matches(['"', '\'']);
        if message == "duplicate key" && !key.is_empty() {
            issues.push(Issue::new(span.start, key, repeated_key(key)));
            continue;
        }
        let explained = syntax::explain(text, span.start, Format::Toml, message);
        issues.push(Issue::new(span.start, "", explained.message));
        if explained.hides_the_rest {
            break;
        }
    }
    Err(issues)
}

fn toml_entries(table: DeTable<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = table
        .into_iter()
        .map(|(key, value)| Entry {
            at: key.span().start,
            key: key.into_inner().into_owned(),
            node: toml_node(value),
        })
        .collect();
    entries.sort_by_key(|entry| entry.at);
    entries
}

fn toml_node(value: toml::Spanned<DeValue<'_>>) -> Node {
    let at = value.span().start;
    let value = match value.into_inner() {
        DeValue::String(text) => Value::String(text.into_owned()),
        DeValue::Integer(number) => Value::Integer(toml_integer(&number)),
        DeValue::Float(number) => Value::Float(number.as_str().parse().ok()),
        DeValue::Boolean(boolean) => Value::Boolean(boolean),
        DeValue::Datetime(_) => Value::Date,
        DeValue::Array(items) => Value::Array(items.into_iter().map(toml_node).collect()),
        DeValue::Table(table) => Value::Table(toml_entries(table)),
    };
    Node { at, value }
}

fn toml_integer(number: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// JSON as RFC 8259 has it, and nothing looser: the parser that knows positions lets some through
/// (raw control characters, other white space), so a strict one follows.
fn json(text: &str) -> Result<Node, Vec<Issue>> {
    let syntax = |at, message: &str| {
        Issue::new(
            at,
            "",
            syntax::explain(text, at, Format::Json, message).message,
        )
    };
    let root = jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &syntax::STRICT_JSON)
        .map_err(|error| vec![syntax(error.range().start, &in_lower_case(error.kind()))])?
        .value
        .ok_or_else(|| vec![syntax(0, "there is no value")])?;
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        let at = offset(text, error.line(), error.column());
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        return Err(vec![syntax(at, message)]);
    }
    Ok(json_node(root))
}

fn json_node(value: ast::Value<'_>) -> Node {
    let at = value.range().start;
    let value = match value {
        ast::Value::StringLit(text) => Value::String(text.value.into_owned()),
        ast::Value::NumberLit(number) => json_number(number.value),
        ast::Value::BooleanLit(boolean) => Value::Boolean(boolean.value),
        ast::Value::NullKeyword(_) => Value::Null,
        ast::Value::Array(array) => {
            Value::Array(array.elements.into_iter().map(json_node).collect())
        }
        ast::Value::Object(object) => {
            Value::Table(object.properties.into_iter().map(json_entry).collect())
        }
    };
    Node { at, value }
}

fn json_entry(property: ast::ObjectProp<'_>) -> Entry {
    Entry {
        at: property.range.start,
        key: property.name.into_string(),
        node: json_node(property.value),
    }
}

fn json_number(text: &str) -> Value {
    if text.contains(['.', 'e', 'E']) {
        Value::Float(text.parse().ok())
    } else {
        Value::Integer(text.parse().ok())
    }
}

/// What is said of a key that a table has twice.
pub(super) fn repeated_key(key: &str) -> String {
    format!("{} is here twice: remove one", quote(key))
}

fn in_lower_case(kind: &jsonc_parser::errors::ParseErrorKind) -> String {
    let message = kind.to_string();
    let mut characters = message.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => message,
    }
}

/// The byte at a line and a column of bytes, both from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    start + column.saturating_sub(1)
}
