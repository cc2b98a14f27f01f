//! Styled text in columns: [`crate::wrap`] for runs that have a role and a style.

use std::borrow::Cow;

use unicode_segmentation::GraphemeCursor;

use super::{Line, Span};
use crate::wrap;

/// The lines of a styled text, none wider than `width` columns; they break where
/// [`wrap::wrap_text`] breaks the same text without styles.
///
/// A character that begins in one span and ends in another is shown as the first one.
pub fn wrap(spans: &[Span], width: usize) -> Vec<Line> {
    rows(spans, width).into_iter().map(|row| row.0).collect()
}

/// The lines of [`wrap`], each with the columns that it takes.
pub(super) fn rows(spans: &[Span], width: usize) -> Vec<(Line, usize)> {
    let text: Cow<'_, str> = match spans {
        [only] => Cow::Borrowed(&only.text),
        _ => Cow::Owned(spans.iter().map(|span| span.text.as_str()).collect()),
    };
    let mut pieces = pieces(spans, &text).into_iter().peekable();
    wrap::rows(&text, width)
        .into_iter()
        .map(|row| {
            let mut line = Line::new();
            let mut start = row.range.start;
            while let Some(&(span, end)) = pieces.peek() {
                let stop = end.min(row.range.end);
                if start < stop {
                    line.push(Span {
                        text: text[start..stop].to_owned(),
                        role: span.role,
                        style: span.style,
                    });
                    start = stop;
                }
                if end > row.range.end {
                    break;
                }
                pieces.next();
            }
            (line, row.width)
        })
        .collect()
}

/// The spans with the places where they end in the joined text, none inside a character.
fn pieces<'a>(spans: &'a [Span], text: &str) -> Vec<(&'a Span, usize)> {
    let mut length = 0;
    spans
        .iter()
        .map(|span| {
            length += span.text.len();
            (span, boundary(text, length))
        })
        .collect()
}

/// The first place from `at` on that is not inside a character.
fn boundary(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    if at == 0 || at >= bytes.len() || (bytes[at - 1].is_ascii() && bytes[at].is_ascii()) {
        return at;
    }
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    if cursor.is_boundary(text, 0) == Ok(true) {
        return at;
    }
    cursor
        .next_boundary(text, 0)
        .ok()
        .flatten()
        .unwrap_or(text.len())
}
