//! The questions before a send: whether it goes, and what is in the way.

use ratatui::text::{Line, Span};

use super::{Confirm, Wanted};
use crate::config::Profile;
use crate::message::Draft;
use crate::message::check::Severity;
use crate::store::{Twin, TwinState};
use crate::tui::model::Model;
use crate::tui::recipient;
use crate::tui::widget::paragraph::wrapped;
use crate::visible;

/// What speaks against sending a message that was sent before.
fn earlier_words(twin: &Twin) -> String {
    let at = match twin.started_local.as_str() {
        "" => String::new(),
        time => format!(", {time}"),
    };
    match (twin.state, &twin.message_id) {
        (TwinState::Accepted, Some(id)) => {
            format!("! This very message was accepted already, as {id}{at}.")
        }
        (TwinState::Accepted, None) => {
            format!("! This very message was sent already{at}: it is marked as sent.")
        }
        (TwinState::Unknown, _) => {
            format!("! This very message may have been sent already{at}: its outcome is unknown.")
        }
        (TwinState::UnderWay, _) => {
            format!(
                "! This very message may have been sent already{at}: it is being sent just now."
            )
        }
    }
}

fn warning(model: &Model, twin: &Twin, width: usize) -> Vec<Line<'static>> {
    let words = visible::line(&earlier_words(twin)).into_owned();
    wrapped(&words, width, model.theme.warning)
}

/// Who gets what, and how.
fn facts(model: &Model, draft: &Draft, profile: &Profile, width: usize) -> Vec<Line<'static>> {
    let mut rows = vec![
        ("To", recipient::named(&draft.to, profile.account.country)),
        ("Kind", draft.message.kind().to_string()),
        ("Gateway", profile.account.gateway.title().to_owned()),
        ("Profile", profile.name.clone()),
    ];
    if profile.duplicate_as_text && crate::message::duplicate::as_text(draft).is_some() {
        rows.push(("Along", "the buttons as numbered text".to_owned()));
    }
    let mut lines = Vec::new();
    for (label, value) in rows {
        for (index, line) in wrapped(&value, width.saturating_sub(9), model.theme.title)
            .into_iter()
            .take(2)
            .enumerate()
        {
            let label = if index == 0 { label } else { "" };
            let mut spans = vec![Span::styled(format!("{label:<9}"), model.theme.text)];
            spans.extend(line.spans);
            lines.push(Line::from(spans));
        }
    }
    lines
}

pub(super) fn twice_body(
    model: &Model,
    wanted: &Wanted,
    twin: &Twin,
    width: usize,
) -> Vec<Line<'static>> {
    let mut lines = facts(model, &wanted.draft, &wanted.profile, width);
    lines.push(Line::default());
    lines.extend(warning(model, twin, width));
    lines
}

pub(super) fn body(
    model: &Model,
    confirm: &Confirm,
    width: usize,
) -> (&'static str, Vec<Line<'static>>) {
    let mut lines = facts(model, model.shown(), model.profile(), width);
    if let Some(earlier) = &confirm.earlier {
        lines.push(Line::default());
        lines.extend(warning(model, earlier, width));
    }
    let forced = confirm.forced;
    let errors = model.error_count();
    let warnings = model.findings.problems.len() - errors;
    if forced {
        lines.push(Line::default());
        let words = format!(
            "✗ As it is, with {}. The gateway may refuse it.",
            count(errors, "error")
        );
        lines.extend(wrapped(&words, width, model.theme.error));
    } else if warnings > 0 {
        lines.push(Line::default());
        lines.extend(wrapped(
            &format!("! {}", count(warnings, "warning")),
            width,
            model.theme.warning,
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
    model: &Model,
    forceable: bool,
    width: usize,
) -> (&'static str, Vec<Line<'static>>) {
    let mut lines = Vec::new();
    let errors = model
        .findings
        .problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error);
    for problem in errors.take(4) {
        lines.extend(wrapped(
            &format!("✗ {}: {}", problem.field, problem.message),
            width,
            model.theme.error,
        ));
    }
    let rest = model.error_count().saturating_sub(4);
    if rest > 0 {
        lines.extend(wrapped(
            &format!("and {rest} more"),
            width,
            model.theme.text,
        ));
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
