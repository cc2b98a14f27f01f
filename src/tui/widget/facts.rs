//! Facts: a label on each row, and beside it what it says.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::paragraph::wrapped;

/// Columns of the labels.
const LABEL: usize = 9;

/// The rows of facts at a width; of each, as many rows as it may take.
pub fn facts<'a>(
    rows: impl IntoIterator<Item = (&'a str, &'a str)>,
    width: usize,
    at_most: usize,
    (label_style, style): (Style, Style),
) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for (label, value) in rows {
        let value = wrapped(value, width.saturating_sub(LABEL), style);
        for (index, line) in value.into_iter().take(at_most).enumerate() {
            let label = if index == 0 { label } else { "" };
            let mut spans = vec![Span::styled(format!("{label:<LABEL$}"), label_style)];
            spans.extend(line.spans);
            lines.push(Line::from(spans));
        }
    }
    lines
}
