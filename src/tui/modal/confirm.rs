//! The questions before a send: whether it goes, and what is in the way.

use ratatui::text::{Line, Span};

use super::{Confirm, Earlier};
use crate::message::check::Severity;
use crate::tui::app::App;
use crate::tui::recipient;
use crate::tui::widget::paragraph::wrapped;
use crate::visible;

impl Earlier {
    /// What speaks against sending.
    fn words(&self) -> String {
        match self {
            Self::Unknown(started) => {
                let at = started.as_ref().map(|started| format!(", {started}"));
                let at = at.unwrap_or_default();
                format!(
                    "! This very message may have been sent already{at}: its outcome is unknown."
                )
            }
            Self::Accepted(id) => format!("! This very message was accepted already, as {id}."),
        }
    }
}

pub(super) fn body(
    app: &App,
    confirm: &Confirm,
    width: usize,
) -> (&'static str, Vec<Line<'static>>) {
    let draft = app.shown();
    let mut rows = vec![
        ("To", recipient::named(app)),
        ("Kind", draft.message.kind().to_string()),
        ("Gateway", app.account().gateway.title().to_owned()),
        ("Profile", app.profile().name.clone()),
    ];
    if app.profile().duplicate_as_text && crate::message::duplicate::as_text(draft).is_some() {
        rows.push(("Along", "the buttons as numbered text".to_owned()));
    }
    let mut lines = Vec::new();
    for (label, value) in rows {
        for (index, line) in wrapped(&value, width.saturating_sub(9), app.theme.title)
            .into_iter()
            .take(2)
            .enumerate()
        {
            let label = if index == 0 { label } else { "" };
            let mut spans = vec![Span::styled(format!("{label:<9}"), app.theme.dim)];
            spans.extend(line.spans);
            lines.push(Line::from(spans));
        }
    }
    if let Some(earlier) = &confirm.earlier {
        let words = visible::line(&earlier.words()).into_owned();
        lines.push(Line::default());
        lines.extend(wrapped(&words, width, app.theme.warning));
    }
    let forced = confirm.forced;
    let errors = app.error_count();
    let warnings = app.findings.problems.len() - errors;
    if forced {
        lines.push(Line::default());
        let words = format!(
            "✗ As it is, with {}. The gateway may refuse it.",
            count(errors, "error")
        );
        lines.extend(wrapped(&words, width, app.theme.error));
    } else if warnings > 0 {
        lines.push(Line::default());
        lines.extend(wrapped(
            &format!("! {}", count(warnings, "warning")),
            width,
            app.theme.warning,
        ));
    }
    (
        if forced {
            " Send it as it is? "
        } else {
            " Send this message? "
        },
        lines,
    )
}

pub(super) fn blocked_body(
    app: &App,
    forceable: bool,
    width: usize,
) -> (&'static str, Vec<Line<'static>>) {
    let mut lines = Vec::new();
    let errors = app
        .findings
        .problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error);
    for problem in errors.take(4) {
        lines.extend(wrapped(
            &format!("✗ {}: {}", problem.field, problem.message),
            width,
            app.theme.error,
        ));
    }
    let rest = app.error_count().saturating_sub(4);
    if rest > 0 {
        lines.extend(wrapped(&format!("and {rest} more"), width, app.theme.dim));
    }
    let title = if forceable {
        " Not ready to send "
    } else {
        " This gateway cannot send it "
    };
    (title, lines)
}

/// `1 error`, `3 errors`.
fn count(number: usize, word: &str) -> String {
    if number == 1 {
        format!("1 {word}")
    } else {
        format!("{number} {word}s")
    }
}
