//! What looks wrong with a message's options.

use super::Problem;
use crate::message::limits::{LimitKey, Limits, Unit};
use crate::message::{Draft, Field, Message};

/// The most seconds that a wait before a message is likely to have: assumed, as no gateway documents
/// a limit of delays. More is mostly a number of milliseconds.
const LONGEST_WAIT: u32 = 60;

pub(super) fn check(draft: &Draft, limits: &Limits, problems: &mut Vec<Problem>) {
    if let Some(seconds) = draft.delay {
        wait(Field::Delay, seconds, problems);
    }
    // a gateway's own limit says it already
    if let Some(seconds) = draft.typing
        && limits.get(LimitKey::Typing).is_none()
    {
        wait(Field::Typing, seconds, problems);
    }
    if draft.link_preview == Some(true)
        && let Message::Text(message) = &draft.message
    {
        link_preview(&message.text, problems);
    }
}

fn wait(field: Field, seconds: u32, problems: &mut Vec<Problem>) {
    if seconds <= LONGEST_WAIT {
        return;
    }
    // a tenth of a minute says nothing of a few seconds more than one
    let minutes = if seconds < 90 {
        String::new()
    } else {
        format!("{:.1} minutes, ", f64::from(seconds) / 60.0)
    };
    let milliseconds = if seconds >= 500 {
        format!(
            "; if {seconds} milliseconds are meant, write {}",
            seconds / 1000 + u32::from(seconds % 1000 >= 500)
        )
    } else {
        String::new()
    };
    problems.push(Problem {
        actual: usize::try_from(seconds).ok(),
        limit: usize::try_from(LONGEST_WAIT).ok(),
        unit: Some(Unit::Seconds),
        ..Problem::warning(
            field,
            format!(
                "{field} is in seconds: {seconds} are {minutes}more than the minute \
                 that is assumed to be the longest{milliseconds}"
            ),
        )
    });
}

/// Previews are made of `https://` links alone, by Meta's page on links in messages.
fn link_preview(text: &str, problems: &mut Vec<Problem>) {
    let text = text.to_ascii_lowercase();
    let other = ["www.", "http://"]
        .into_iter()
        .find(|start| text.contains(start));
    if let Some(other) = other
        && !text.contains("https://")
    {
        problems.push(Problem::warning(
            Field::LinkPreview,
            format!(
                "only links that begin with https:// have a preview, and the text has one with \
                 {other} alone: write https:// before it"
            ),
        ));
    }
}
