//! What is wrong with a draft, field by field, against one table of limits.
//!
//! It reports and never changes the draft. What a gateway cannot carry at all is not said here but
//! by the gateway, which adds its own problems in the same shape. It runs on every keystroke, so it
//! goes through each text a few times and no more.

mod buttons;
mod characters;
mod count;
mod reply;
mod sections;

use std::collections::HashSet;
use std::fmt;

use super::limits::{Limits, Unit};
use super::recipient::Recipient;
use super::{
    ButtonPart, Draft, Field, Message, QuotePart, RowPart, SectionPart, SelectedPart, variables,
};

pub use count::{Count, counter, near};

/// Whether a problem blocks sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Blocks sending, unless it is forced.
    Error,
    /// Never blocks.
    Warning,
}

/// One thing that is wrong, or may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Whether it blocks sending.
    pub severity: Severity,
    /// Where it is.
    pub field: Field,
    /// What it is and how to mend it.
    pub message: String,
    /// What was counted, against a limit.
    pub actual: Option<usize>,
    /// The limit.
    pub limit: Option<usize>,
    /// What both are counted in.
    pub unit: Option<Unit>,
}

impl Severity {
    /// The name in reports: `error`, `warning`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Problem {
    /// An error at a field, counted against no limit.
    pub fn error(field: Field, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            field,
            message: message.into(),
            actual: None,
            limit: None,
            unit: None,
        }
    }

    /// A warning at a field, counted against no limit.
    pub fn warning(field: Field, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(field, message)
        }
    }
}

/// Everything that is wrong with a draft by these limits, in the order of the form, errors before
/// warnings at one field.
pub fn check(draft: &Draft, limits: &Limits) -> Vec<Problem> {
    let mut problems = Vec::new();
    check_recipient(draft, &mut problems);
    if !draft.message.kind().is_reply() && is_blank(draft.message.text()) {
        problems.push(Problem::error(
            Field::Text,
            "the text is empty: every message needs one",
        ));
    }
    for field in draft.text_fields() {
        let text = draft.text_at(field).unwrap_or_default();
        check_variables(field, text, &mut problems);
        characters::check(field, text, &mut problems);
    }
    match &draft.message {
        Message::Text(_) => {}
        Message::Buttons(message) => buttons::check(&message.buttons, &mut problems),
        Message::Catalog(message) => sections::check_catalog(message, &mut problems),
        Message::List(message) => sections::check_list(message, &mut problems),
        Message::ButtonReply(message) => {
            let selected = &message.selected;
            reply::check("button", &selected.id, &selected.text, draft, &mut problems);
        }
        Message::ListReply(message) => {
            let selected = &message.selected;
            reply::check("row", &selected.id, &selected.text, draft, &mut problems);
        }
    }
    check_quote(draft, &mut problems);
    problems.extend(count::exceeded(draft, limits));
    problems.sort_by_key(|problem| (problem.field, problem.severity));
    problems
}

fn check_recipient(draft: &Draft, problems: &mut Vec<Problem>) {
    if !has_variable(&draft.to)
        && let Err(error) = draft.to.parse::<Recipient>()
    {
        problems.push(Problem::error(Field::To, error.to_string()));
    }
}

/// A quote without an id quotes nothing. Who wrote it is optional but for replies, and only some
/// gateways ask for it, so that what is not understood there is else a warning.
fn check_quote(draft: &Draft, problems: &mut Vec<Problem>) {
    let Some(quote) = &draft.quote else { return };
    if is_blank(&quote.id) {
        problems.push(Problem::error(
            Field::QuotePart(QuotePart::Id),
            "the quoted message has no id: write the id that the gateway gave it, or leave the \
             quote out",
        ));
    }
    let participant = Field::QuotePart(QuotePart::Participant);
    if is_blank(&quote.participant) || has_variable(&quote.participant) {
        return;
    }
    match quote.participant.parse() {
        Ok(Recipient::User(_) | Recipient::Lid(_)) => {}
        Ok(other) => problems.push(Problem::warning(
            participant,
            format!(
                "this is the address of a {}: a message is written by a person",
                other.kind()
            ),
        )),
        Err(error) if draft.message.kind().is_reply() => {
            problems.push(Problem::error(participant, error.to_string()));
        }
        Err(error) => problems.push(Problem::warning(participant, error.to_string())),
    }
}

/// One problem for each variable in a text, however often it stands there.
fn check_variables(field: Field, text: &str, problems: &mut Vec<Problem>) {
    let mut seen = HashSet::new();
    for name in variables::names_in(text) {
        if seen.insert(name) {
            problems.push(Problem::error(
                field,
                format!("the variable {{{{{name}}}}} is not filled in"),
            ));
        }
    }
}

use variables::has as has_variable;

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Whether a text may span lines; a recipient says itself what is wrong with it.
pub const fn may_span_lines(field: Field) -> bool {
    matches!(field, Field::Text | Field::QuotePart(QuotePart::Body))
}

/// What a field is called in a sentence.
const fn name(field: Field) -> &'static str {
    match field {
        Field::Header => "a header",
        Field::Footer => "a footer",
        Field::Button(_, ButtonPart::Text) => "a button's text",
        Field::Button(_, ButtonPart::Id) => "a button's id",
        Field::Button(_, _) => "a button's value",
        Field::Title => "a title",
        Field::MenuButton => "the button's text",
        Field::Section(_, SectionPart::Title) => "a section's title",
        Field::Section(_, SectionPart::Product(_)) | Field::HeaderProduct => "a product's id",
        Field::Section(_, SectionPart::Row(_, RowPart::Id)) => "a row's id",
        Field::Section(_, SectionPart::Row(_, RowPart::Title)) => "a row's title",
        Field::Section(_, SectionPart::Row(_, RowPart::Description)) => "a row's description",
        Field::Selected(SelectedPart::Id) => "the id of what is selected",
        Field::Selected(SelectedPart::Text) => "the text of what is selected",
        Field::Selected(SelectedPart::Description) => "the description of what is selected",
        _ => "this field",
    }
}
