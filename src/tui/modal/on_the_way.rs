//! What is said of messages that are on the way: to whoever sends the next one, and to whoever leaves.

use ratatui::text::Line;

use crate::tui::model::Model;
use crate::tui::model::under_way::Sending;
use crate::tui::pane::response::spinner;
use crate::tui::widget::paragraph::wrapped;
use crate::visible;

/// The most messages that are named.
const NAMED: usize = 4;

/// Where a message goes, and for how long it has been on the way.
fn one(model: &Model, sending: &Sending) -> String {
    let elapsed = model.now.saturating_sub(sending.since);
    let to = visible::line(&sending.draft.to);
    format!("{} to {to}, {} s", spinner(elapsed), elapsed.as_secs())
}

pub(super) fn busy_body(model: &Model, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if let Some(sending) = model.before_this_one() {
        lines.extend(wrapped(&one(model, sending), width, model.theme.title));
        lines.push(Line::default());
    }
    let words = "It has no answer yet. You are asked about this message as soon as it has.";
    lines.extend(wrapped(words, width, model.theme.text));
    lines
}

pub(super) fn leave_body(model: &Model, waits: bool, width: usize) -> Vec<Line<'static>> {
    let count = model.under_way().count();
    let (messages, answers) = match count {
        1 => ("1 message is".to_owned(), "its answer has"),
        _ => (format!("{count} messages are"), "their answers have"),
    };
    let words = if waits {
        format!("{messages} being sent. The composer ends when {answers} come.")
    } else {
        format!("{messages} being sent: wait, or quit anyway?")
    };
    let mut lines = wrapped(&words, width, model.theme.text);
    lines.push(Line::default());
    for sending in model.under_way().take(NAMED) {
        lines.extend(wrapped(&one(model, sending), width, model.theme.title));
    }
    if !waits {
        lines.push(Line::default());
        let words =
            "Without the answer nobody knows whether it was sent: you are asked at the next start.";
        lines.extend(wrapped(words, width, model.theme.text));
    }
    lines
}
