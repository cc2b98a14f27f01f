//! What the gateway answered, exactly, with what it means in plain words.

use std::time::Duration;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::gateway::journal::Verdict;
use crate::gateway::{Exchange, Fallback, Outcome, Refusal};
use crate::tui::action::Action;
use crate::tui::event::Sent;
use crate::tui::model::Model;
use crate::tui::model::delivery::Delivery;
use crate::tui::model::under_way::Sending;
use crate::tui::outcome::answer;
use crate::tui::question::Followed;
use crate::tui::widget::paragraph::wrapped;
use crate::tui::widget::spinner::spinner;
use crate::visible;

/// The lines of the answer, or of what is under way.
pub fn lines(model: &Model, width: usize) -> Vec<Line<'static>> {
    if let Some(sending) = model.sends.watched() {
        return under_way(model, sending, width);
    }
    if !model.sends.is_idle() {
        return in_background(model, width);
    }
    answer_of_last(model, width)
}

/// The messages whose answer nobody waits for, and what was answered last.
fn in_background(model: &Model, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for sending in model.sends.others() {
        let elapsed = model.now.saturating_sub(sending.since);
        let words = format!(
            "{} On the way to {}, {} s",
            spinner(elapsed),
            sending.draft.to,
            elapsed.as_secs()
        );
        lines.extend(wrapped(&words, width, model.theme.title));
    }
    let words = "The answer is recorded in the history when it comes.";
    lines.extend(wrapped(words, width, model.theme.text));
    if model.answer().is_some() {
        lines.push(Line::default());
        lines.extend(answer_of_last(model, width));
    }
    lines
}

fn answer_of_last(model: &Model, width: usize) -> Vec<Line<'static>> {
    match model.answer() {
        Some(delivery) => answered(model, delivery, width),
        None => {
            let key = model
                .keymap
                .key(Action::Send)
                .map_or_else(String::new, |key| format!(" {key} sends the message."));
            // What was sent before was another message.
            let words = if model.delivery.is_none() {
                "Nothing was sent yet"
            } else {
                "This message was not sent yet"
            };
            wrapped(&format!("{words}.{key}"), width, model.theme.text)
        }
    }
}

fn under_way(model: &Model, sending: &Sending, width: usize) -> Vec<Line<'static>> {
    let elapsed = model.now.saturating_sub(sending.since);
    let words = if sending.cancelled {
        "Cancelling"
    } else {
        "Sending"
    };
    let spinner = spinner(elapsed);
    let head = format!(
        "{spinner} {words} to {} … {} s",
        sending.draft.to,
        elapsed.as_secs()
    );
    let mut lines = wrapped(&head, width, model.theme.title);
    lines.extend(wrapped(
        &format!("through {}", sending.profile.name),
        width,
        model.theme.text,
    ));
    if let (Some((wait, until)), false) = (&sending.waits, sending.cancelled) {
        let seconds = until.saturating_sub(model.now).as_millis().div_ceil(1000);
        let words = format!(
            "{}: not taken, trying again in {seconds} s ({} of {})",
            wait.reason, wait.attempt, wait.of
        );
        lines.push(Line::default());
        lines.extend(wrapped(&words, width, model.theme.warning));
    }
    if let (Some(key), false) = (model.keymap.key(Action::Close), sending.cancelled) {
        let words = if sending.is_written() {
            "no longer waits for the answer, which is recorded when it comes"
        } else {
            "cancels"
        };
        lines.push(Line::default());
        lines.extend(wrapped(&format!("{key} {words}"), width, model.theme.dim));
    }
    lines
}

fn answered(model: &Model, delivery: &Delivery, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if !delivery.is_forms {
        let words = format!(
            "The message to {}, not the one in the form:",
            delivery.draft.to
        );
        lines.extend(wrapped(&words, width, model.theme.title));
    }
    lines.extend(match &delivery.sent {
        Sent::NotTried(why) => {
            let mut lines = wrapped("✗ Not sent", width, model.theme.error);
            lines.extend(wrapped(&why.on_lines(), width, model.theme.text));
            lines
        }
        Sent::Tried { main, duplicate } => {
            let mut lines = exchange(model, main, width);
            lines.extend(remarks(model, delivery, main, width));
            if let Some(why) = &delivery.waits {
                let words = format!("Accepted, waiting for the phone. {why}");
                lines.extend(wrapped(&words, width, model.theme.warning));
            }
            if let Some(followed) = &delivery.followed {
                lines.extend(journal(model, followed, width));
            }
            lines.extend(offers(model, delivery, width));
            lines.extend(exact(model, main, width));
            if let Some(duplicate) = duplicate {
                lines.push(Line::default());
                lines.extend(wrapped(
                    "── The numbered text that went along",
                    width,
                    model.theme.title,
                ));
                lines.extend(exchange(model, duplicate, width));
                lines.extend(exact(model, duplicate, width));
            }
            lines
        }
    });
    lines.push(Line::default());
    let to = format!("To {} through {}", delivery.draft.to, delivery.profile.name);
    lines.extend(wrapped(&to, width, model.theme.text));
    lines
}

/// What the gateway's journal says of a message whose answer was lost.
fn journal(model: &Model, followed: &Followed, width: usize) -> Vec<Line<'static>> {
    let (words, style) = match followed {
        Followed::Failed(why) => {
            let words = format!("The chat's journal could not be read: {}", why.on_lines());
            return wrapped(&words, width, model.theme.warning);
        }
        Followed::Asking => (
            "Looking into the chat's journal …".to_owned(),
            model.theme.dim,
        ),
        Followed::Said(verdict @ Verdict::Taken(_)) => {
            (format!("No id came, and {verdict}."), model.theme.text)
        }
        Followed::Said(verdict) => (format!("{verdict}."), model.theme.warning),
    };
    let mut words = visible::line(&words).into_owned();
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    wrapped(&words, width, style)
}

/// The outcome, in plain words.
fn exchange(model: &Model, exchange: &Exchange, width: usize) -> Vec<Line<'static>> {
    let took = duration(exchange.elapsed);
    let (head, style, refusal): (String, Style, Option<&Refusal>) = match &exchange.outcome {
        Outcome::Accepted { .. } => (format!("✓ Accepted in {took}"), model.theme.ok, None),
        Outcome::Rejected(refusal) if exchange.response.is_none() => (
            format!("✗ Not sent ({took})"),
            model.theme.error,
            Some(refusal),
        ),
        Outcome::Rejected(refusal) => (
            format!("✗ Rejected ({took})"),
            model.theme.error,
            Some(refusal),
        ),
        Outcome::Unknown(refusal) => (
            format!("? Outcome unknown ({took}): it may have been sent"),
            model.theme.warning,
            Some(refusal),
        ),
    };
    let mut lines = wrapped(&head, width, style);
    if let Some(id) = exchange.outcome.message_id() {
        lines.push(Line::from(vec![Span::styled(
            "Message id ",
            model.theme.text,
        )]));
        lines.extend(wrapped(id, width, model.theme.title));
    }
    if let Some(refusal) = refusal {
        if !refusal.message.is_empty() {
            let code = if refusal.code.is_empty() {
                String::new()
            } else {
                format!("{}: ", refusal.code)
            };
            lines.extend(wrapped(
                &format!("{code}{}", refusal.message),
                width,
                model.theme.title,
            ));
        }
        if !refusal.explanation.is_empty() {
            lines.extend(wrapped(&refusal.explanation, width, model.theme.text));
        }
    }
    lines
}

/// What an answer says besides that the message was accepted.
fn remarks(
    model: &Model,
    delivery: &Delivery,
    sent: &Exchange,
    width: usize,
) -> Vec<Line<'static>> {
    let response = sent.response.as_ref();
    let accepted = response.filter(|_| sent.outcome.message_id().is_some());
    let remarks = accepted.map_or_else(Vec::new, |response| {
        let account = &delivery.profile.account;
        account.remarks(&sent.request, response)
    });
    let lines = remarks.into_iter();
    lines
        .flat_map(|remark| wrapped(&format!("! {}", remark.message), width, model.theme.warning))
        .collect()
}

/// What can be sent instead, one key each.
fn offers(model: &Model, delivery: &Delivery, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for fallback in delivery.fallbacks() {
        let action = match fallback {
            Fallback::InteractiveReply => Action::SendInteractive,
            Fallback::NumberedText => Action::SendNumbered,
        };
        let key = model
            .keymap
            .key(action)
            .or(model.keymap.key(Action::Palette));
        let key = key.map_or_else(String::new, |key| key.to_string());
        if lines.is_empty() {
            lines.push(Line::default());
        }
        let (sign, style) = if model.guard.is_offered() {
            ('▸', model.theme.key)
        } else {
            (' ', model.theme.dim)
        };
        let words = format!("{sign} {key}  {}", action.title());
        lines.extend(wrapped(&words, width, style));
    }
    lines
}

/// Status, headers and body, as they came.
fn exact(model: &Model, exchange: &Exchange, width: usize) -> Vec<Line<'static>> {
    let Some(response) = &exchange.response else {
        return Vec::new();
    };
    let mut lines = vec![Line::default()];
    lines.extend(answer(&model.theme, model.answers, response, width));
    lines
}

/// `42 ms`, `3.1 s`.
fn duration(elapsed: Duration) -> String {
    match elapsed.as_millis() {
        millis @ 0..1000 => format!("{millis} ms"),
        _ => format!("{:.1} s", elapsed.as_secs_f64()),
    }
}
