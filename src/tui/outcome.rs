//! What became of a message, in a sign and a word, and the answer that said so.

use std::fmt::Write as _;

use ratatui::style::Style;
use ratatui::text::Line;

use super::theme::Theme;
use super::widget::paragraph::{http, wrapped};
use crate::gateway::wire::Response;
use crate::store::{Entry, Resolution, SendState};

/// How a gateway's answers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AnswerView {
    /// Laid out for reading, with every token as it came.
    #[default]
    LaidOut,
    /// As they came.
    AsReceived,
}

impl AnswerView {
    /// The other way.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::LaidOut => Self::AsReceived,
            Self::AsReceived => Self::LaidOut,
        }
    }
}

/// The sign of what became of a message, and its style.
pub fn outcome_sign(theme: &Theme, entry: &Entry) -> (&'static str, Style) {
    match (entry.state, entry.resolution) {
        (SendState::Accepted, _) => ("✓", theme.ok),
        (SendState::Unknown, Some(Resolution::Sent)) => ("✓", theme.text),
        (SendState::Rejected, _) => ("✗", theme.error),
        (SendState::NotSent, _) => ("–", theme.error),
        (SendState::Unknown, _) => ("?", theme.warning),
        (SendState::Sending, _) => ("…", theme.text),
        (SendState::Held, _) => ("◌", theme.text),
    }
}

/// What became of a message, in a word or two.
pub fn outcome_words(entry: &Entry) -> &'static str {
    match (entry.state, entry.resolution) {
        (SendState::Unknown, Some(Resolution::Sent)) => "marked sent",
        (SendState::Unknown, Some(Resolution::Again)) => "sent again",
        (state, _) => state_words(state),
    }
}

/// The word for a state.
pub fn state_words(state: SendState) -> &'static str {
    match state {
        SendState::NotSent => "not sent",
        state => state.name(),
    }
}

/// An answer, exactly.
pub fn answer(
    theme: &Theme,
    view: AnswerView,
    response: &Response,
    width: usize,
) -> Vec<Line<'static>> {
    let mut text = format!("HTTP {}\n", response.status);
    for (name, value) in &response.headers {
        let _ = writeln!(text, "{name}: {value}");
    }
    text.push('\n');
    text.push_str(&body(response, view));
    let mut lines = http(theme, &text, width);
    if let Some(coded) = response.coded() {
        lines.extend(wrapped(&format!("({coded})"), width, theme.warning));
    } else if response.body.is_empty() {
        lines.extend(wrapped("(no body)", width, theme.text));
    } else if response.truncated {
        lines.extend(wrapped(
            "… the answer is longer, or broke off here",
            width,
            theme.warning,
        ));
    }
    lines
}

/// How much of a body is shown.
const SHOWN: usize = 16 * 1024;

fn body(response: &Response, view: AnswerView) -> String {
    // A long one is shown as it came: it would be parsed with every draw.
    let text = if view == AnswerView::AsReceived || response.body.len() > SHOWN {
        response.text()
    } else {
        response.pretty()
    };
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}\n… {} more bytes", &text[..at], text.len() - at),
        None => text,
    }
}
