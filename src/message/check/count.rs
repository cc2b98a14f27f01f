//! Counts against limits: the one place from which the form's counters and the problems take them.

use unicode_segmentation::UnicodeSegmentation as _;

use super::{Problem, Severity};
use crate::message::limits::{Limit, Limits, Standing, Unit};
use crate::message::spec::Holds;
use crate::message::{Draft, Field, SectionPart, variables};

/// What a field holds, against its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// How much it holds, in the limit's unit.
    pub actual: usize,
    /// The limit.
    pub limit: Limit,
    /// How the one stands to the other.
    pub standing: Standing,
}

/// How much a field holds, against its limit; `None` where the gateway has no limit for it, or this
/// draft no such field.
pub fn counter(draft: &Draft, field: Field, limits: &Limits) -> Option<Count> {
    let limit = *limits.get(field.spec().limit?)?;
    let actual = match field {
        Field::Typing => usize::try_from(draft.typing?).unwrap_or(usize::MAX),
        _ if field.spec().holds == Holds::Items => draft.message.count_at(field)?,
        _ => limit.unit.count(&variables::sent(draft.text_at(field)?)),
    };
    Some(Count {
        actual,
        limit,
        standing: limit.standing(actual),
    })
}

/// From which of its bytes on a text is above the limit of its field, at the beginning of a grapheme;
/// `None` where it is not, or where the field has no such limit.
pub fn excess(draft: &Draft, field: Field, limits: &Limits) -> Option<usize> {
    let limit = *limits.get(field.spec().limit?)?;
    if field.spec().holds == Holds::Items {
        return None;
    }
    let text = draft.text_at(field)?;
    let is_within = |text: &str| limit.unit.count(&variables::sent(text)) <= limit.max;
    if is_within(text) {
        return None;
    }
    let places: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
    let over = places.partition_point(|&at| is_within(&text[..at]));
    // What begins before the place that is too far is the first that is too much.
    Some(places[over.saturating_sub(1)])
}

/// The fields that are within their limits but near them, as warnings in the order of the form.
///
/// [`check`](super::check) does not report them: nothing is wrong yet.
pub fn near(draft: &Draft, limits: &Limits) -> Vec<Problem> {
    counts(draft, limits)
        .filter(|(_, count)| count.standing == Standing::Near && !count.is_above_caution())
        .map(|(field, count)| {
            let limit = &count.limit;
            let assumed = if limit.is_assumed() { "assumed " } else { "" };
            let message = format!(
                "near its {assumed}limit: {} of {}",
                count.actual,
                amount(limit.max, field, limit.unit)
            );
            count.problem(Severity::Warning, field, limit.max, message)
        })
        .collect()
}

/// What is above a limit, or above what is safe everywhere.
pub(super) fn exceeded(draft: &Draft, limits: &Limits) -> impl Iterator<Item = Problem> {
    counts(draft, limits).filter_map(|(field, count)| count.exceeded(field))
}

impl Count {
    fn is_above_caution(&self) -> bool {
        self.limit
            .caution
            .is_some_and(|caution| self.actual > caution.above)
    }

    fn exceeded(&self, field: Field) -> Option<Problem> {
        let limit = &self.limit;
        let actual = amount(self.actual, field, limit.unit);
        if self.standing == Standing::Over {
            let mut message = format!("{actual}, at most {}", limit.max);
            if limit.is_assumed() {
                let source = limit.source;
                let source = source.strip_prefix("assumed: ").unwrap_or(source);
                message = format!("{message}; this limit is assumed ({source})");
            }
            if let Some(instead) = limit.instead {
                message = format!("{message}: {instead}");
            }
            return Some(self.problem(limit.severity, field, limit.max, message));
        }
        let caution = limit.caution.filter(|_| self.is_above_caution())?;
        let message = format!("{actual}, more than {}: {}", caution.above, caution.why);
        Some(self.problem(Severity::Warning, field, caution.above, message))
    }

    fn problem(&self, severity: Severity, field: Field, limit: usize, message: String) -> Problem {
        Problem {
            severity,
            field,
            message,
            actual: Some(self.actual),
            limit: Some(limit),
            unit: Some(self.limit.unit),
        }
    }
}

/// Every field that has a limit, counted, in the order of the form.
fn counts(draft: &Draft, limits: &Limits) -> impl Iterator<Item = (Field, Count)> {
    let kind = draft.message.kind();
    let mut fields = draft.text_fields();
    fields.push(Field::Typing);
    fields.extend(kind.items());
    if let Some(entries) = kind.entries() {
        fields.push(if entries == SectionPart::Rows {
            Field::Rows
        } else {
            Field::Products
        });
        let sections = 0..draft.message.count_at(Field::Sections).unwrap_or_default();
        fields.extend(sections.map(|index| Field::Section(index, entries)));
    }
    fields.sort_unstable();
    fields
        .into_iter()
        .filter_map(move |field| Some((field, counter(draft, field, limits)?)))
}

/// `26 characters`, `4 buttons`, `1 second`.
fn amount(number: usize, field: Field, unit: Unit) -> String {
    let many = match unit {
        Unit::Items => field.spec().key,
        _ => &unit.to_string(),
    };
    match many.strip_suffix('s') {
        Some(one) if number == 1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}
