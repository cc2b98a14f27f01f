//! What is marked in a text of the form: what is above its limit, and what was found.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::message::Field;
use crate::message::check::{self, Severity};
use crate::tui::model::Model;
use crate::tui::widget::glyph;

/// A part of a text, by its bytes, with its style.
pub type Mark = (Range<usize>, Style);

/// The marks of a field's text: underlined what is too much of it, and what was found over that.
pub fn of(model: &Model, field: Field) -> Vec<Mark> {
    let draft = model.draft();
    let limits = &model.findings.limits;
    let mut marks = Vec::new();
    if let Some(limit) = field.spec().limit.and_then(|key| limits.get(key))
        && let Some(from) = check::excess(draft, field, limits)
    {
        let style = match limit.severity {
            Severity::Error => model.theme.error,
            Severity::Warning => model.theme.warning,
        };
        marks.push((from..usize::MAX, style.add_modifier(Modifier::UNDERLINED)));
    }
    if let Some(finder) = model.finder() {
        let hits = finder.hits.iter().enumerate();
        marks.extend(
            hits.filter(|(_, (hit, _))| *hit == field)
                .map(|(at, (_, range))| {
                    let style = if at == finder.at {
                        model.theme.selected
                    } else {
                        model.theme.selection
                    };
                    (range.clone(), style)
                }),
        );
    }
    marks
}

/// Marks a text that was drawn on one line from its beginning.
pub fn put(buffer: &mut Buffer, area: Rect, text: &str, marks: &[Mark]) {
    let column = |at: usize| {
        let before = text.get(..at).unwrap_or(text);
        u16::try_from(glyph::width(before))
            .unwrap_or(u16::MAX)
            .min(area.width)
    };
    for (range, style) in marks {
        let (from, to) = (column(range.start), column(range.end));
        let part = Rect {
            x: area.x + from,
            width: to - from,
            height: 1,
            ..area
        };
        buffer.set_style(part.intersection(buffer.area), *style);
    }
}
