//! Texts in lines of a width, for panes and dialogs.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::glyph;
use super::json::Painter;
use crate::message::inline::shortened;
use crate::tui::theme::Theme;
use crate::{visible, wrap};

/// A request or an answer as HTTP: the head in one style, the parts of the JSON each in its own.
pub fn http(theme: &Theme, text: &str, width: usize) -> Vec<Line<'static>> {
    let text = shortened(text);
    let (head, body) = text.split_once("\n\n").unwrap_or((&text, ""));
    let mut lines = Vec::new();
    for (index, line) in head.lines().enumerate() {
        let style = if index == 0 { theme.title } else { theme.text };
        lines.extend(wrapped(line, width, style));
    }
    lines.push(Line::default());
    let body = visible::lines(body);
    let mut painter = Painter::new(theme, &body);
    let style = theme.text;
    for line in wrap::wrap_text(&body, width) {
        lines.push(match &mut painter {
            Some(painter) => painter.line(&line),
            None => Line::from(Span::styled(line, style)),
        });
    }
    lines
}

/// A text in lines of a width, control characters made visible.
pub fn wrapped(text: &str, width: usize, style: Style) -> Vec<Line<'static>> {
    let lines = wrap::wrap_text(&visible::lines(text), width);
    lines
        .into_iter()
        .map(|line| Line::from(Span::styled(line, style)))
        .collect()
}

/// Draws a styled line, no wider than its place.
pub fn put_line(buffer: &mut Buffer, area: Rect, line: &Line<'_>) {
    let mut x = area.x;
    for span in &line.spans {
        let room = usize::from(area.right().saturating_sub(x));
        let style = line.style.patch(span.style);
        x += glyph::put_safe(buffer, x, area.y, &span.content, room, style);
    }
}
