//! Texts in lines of a width, for panes and dialogs.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::message::inline::shortened;
use crate::tui::theme::Theme;
use crate::{visible, wrap};

/// A request or an answer as HTTP: the head in one style, the JSON in another.
pub fn http(theme: &Theme, text: &str, width: usize) -> Vec<Line<'static>> {
    let text = shortened(text);
    let (head, body) = text.split_once("\n\n").unwrap_or((&text, ""));
    let mut lines = Vec::new();
    for (index, line) in head.lines().enumerate() {
        let style = if index == 0 { theme.title } else { theme.text };
        lines.extend(wrapped(line, width, style));
    }
    lines.push(Line::default());
    lines.extend(wrapped(body, width, theme.text));
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
