//! What is wrong with a draft, field by field, against one table of limits.
//!
//! It reports and never changes the draft. What a gateway cannot carry at all is not said here but
//! by the gateway, which adds its own problems in the same shape. It runs on every keystroke, so it
//! goes through each text a few times and no more.

mod buttons;
mod characters;
mod count;
mod numbers;
mod options;
mod poll;
mod reply;
mod sections;
mod template;
mod texts;
mod variables;

use super::limits::{Limits, Unit};
use super::phone::Country;
use super::recipient::Recipient;
use super::variables::{as_sent, has as has_variable};
use super::{Draft, Field, Message, QuotePart};
use crate::visible;

pub use super::severity::Severity;
pub use count::{Count, counter, excess, near};

/// One thing that is wrong, or may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Whether it blocks sending.
    pub severity: Severity,
    /// Where it is.
    pub field: Field,
    /// What it is and how to fix it.
    pub message: String,
    /// What was counted, against a limit.
    pub actual: Option<usize>,
    /// The limit.
    pub limit: Option<usize>,
    /// What both are counted in.
    pub unit: Option<Unit>,
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
    check_in(draft, limits, None)
}

/// The same, where national numbers are those of a country.
pub fn check_in(draft: &Draft, limits: &Limits, country: Option<Country>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut open = Vec::new();
    for field in draft.text_fields() {
        let text = draft.text_at(field).unwrap_or_default();
        if has_variable(text) {
            open.push(field);
        }
        variables::check(field, text, &mut problems);
    }
    problems.extend(count::exceeded(draft, limits));
    let sent = as_sent(draft);
    let subject = Subject {
        draft: &sent,
        open: &open,
    };
    numbers::check(&subject, country, &mut problems);
    check_texts(&subject, &mut problems);
    options::check(&sent, limits, &mut problems);
    check_quote(&subject, &mut problems);
    problems.sort_by_key(|problem| (problem.field, problem.severity));
    problems
}

/// A draft as it is sent.
struct Subject<'a> {
    draft: &'a Draft,
    /// The fields with a variable that has no value, so that it is not known what they will hold.
    open: &'a [Field],
}

impl Subject<'_> {
    /// Whether a field holds all that it will hold.
    fn is_known(&self, field: Field) -> bool {
        !self.open.contains(&field)
    }
}

fn check_texts(subject: &Subject<'_>, problems: &mut Vec<Problem>) {
    let draft = subject.draft;
    let has_text = draft.message.text_at(Field::Text).is_some();
    if has_text && is_blank(draft.message.text()) {
        problems.push(Problem::error(
            Field::Text,
            "the text is empty: every message needs one",
        ));
    }
    for field in draft.text_fields() {
        let text = draft.text_at(field).unwrap_or_default();
        characters::check(field, text, problems);
        texts::check(field, text, problems);
    }
    match &draft.message {
        Message::Text(_) => {}
        Message::Buttons(message) => buttons::check(&message.buttons, subject, problems),
        Message::Catalog(message) => sections::check_catalog(message, subject, problems),
        Message::List(message) => sections::check_list(message, problems),
        Message::Poll(message) => poll::check(message, problems),
        Message::Template(message) => template::check(message, subject, problems),
        Message::ButtonReply(message) => {
            let selected = &message.selected;
            reply::check("button", &selected.id, &selected.text, draft, problems);
        }
        Message::ListReply(message) => {
            let selected = &message.selected;
            reply::check("row", &selected.id, &selected.text, draft, problems);
        }
    }
}

/// A quote without an id quotes nothing. Who wrote it is optional but for replies, and only some
/// gateways ask for it, so that what is not understood there is else a warning.
fn check_quote(subject: &Subject<'_>, problems: &mut Vec<Problem>) {
    let draft = subject.draft;
    let Some(quote) = &draft.quote else { return };
    if is_blank(&quote.id) {
        problems.push(Problem::error(
            Field::QuotePart(QuotePart::Id),
            "the quoted message has no id: write the id that the gateway gave it, or leave the \
             quote out",
        ));
    }
    let participant = Field::QuotePart(QuotePart::Participant);
    if is_blank(&quote.participant) || !subject.is_known(participant) {
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

/// Whether nobody would see anything of a text: white space, and characters without a shape.
pub fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || visible::is_shapeless(c))
}

/// Whether a text may span lines; a recipient says itself what is wrong with it.
pub const fn may_span_lines(field: Field) -> bool {
    matches!(field, Field::Text | Field::QuotePart(QuotePart::Body))
}
