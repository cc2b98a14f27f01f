//! What is said of messages that are on the way: to whoever sends the next one, and to whoever leaves.

use ratatui::text::Line;

use crate::tui::app::App;
use crate::tui::app::under_way::Sending;
use crate::tui::pane::response::spinner;
use crate::tui::widget::paragraph::wrapped;
use crate::visible;

/// The most messages that are named.
const NAMED: usize = 4;

/// Where a message goes, and for how long it has been on the way.
fn one(app: &App, sending: &Sending) -> String {
    let elapsed = app.now.saturating_sub(sending.since);
    let to = visible::line(&sending.draft.to);
    format!("{} to {to}, {} s", spinner(elapsed), elapsed.as_secs())
}

pub(super) fn busy_body(app: &App, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if let Some(sending) = app.before_this_one() {
        lines.extend(wrapped(&one(app, sending), width, app.theme.title));
        lines.push(Line::default());
    }
    let is_this_one = |sending: &Sending| sending.form.is_same_message(app.draft());
    let words = if app.before_this_one().is_some_and(is_this_one) {
        "This message is on the way, and has no answer yet."
    } else {
        "It has no answer yet. You are asked about this message as soon as it has."
    };
    lines.extend(wrapped(words, width, app.theme.text));
    lines
}

pub(super) fn leave_body(app: &App, waits: bool, width: usize) -> Vec<Line<'static>> {
    let count = app.under_way().count();
    let (messages, answers) = match count {
        1 => ("1 message is".to_owned(), "its answer has"),
        _ => (format!("{count} messages are"), "their answers have"),
    };
    let words = if waits {
        format!("{messages} being sent. The composer ends when {answers} come.")
    } else {
        format!("{messages} being sent: wait, or quit anyway?")
    };
    let mut lines = wrapped(&words, width, app.theme.text);
    lines.push(Line::default());
    for sending in app.under_way().take(NAMED) {
        lines.extend(wrapped(&one(app, sending), width, app.theme.title));
    }
    if !waits {
        lines.push(Line::default());
        let words = "Without an answer it is not known whether a message was sent: you are asked at the next start.";
        lines.extend(wrapped(words, width, app.theme.text));
    }
    lines
}
