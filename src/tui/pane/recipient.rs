//! The recipient in words: whose number was understood, and what looks wrong with it.

use std::fmt::Write as _;

use crate::message::check::Severity;
use crate::message::phone::{self, Country, Reading, country_of, doubts, spelled};
use crate::message::recipient::Recipient;
use crate::message::{Field, variables};
use crate::tui::focus::Focus;
use crate::tui::layout;
use crate::tui::model::Model;
use crate::{visible, wrap};

/// How a recipient stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It can be sent to.
    Good,
    /// Something looks wrong with it.
    Doubtful,
    /// It cannot be sent to.
    Wrong,
}

/// The least columns that are left for what is typed.
const LEAST_TYPED: u16 = 18;

/// Columns of what is typed that may be cut for what is said of it.
const SLACK: u16 = 5;
/// The widest beginning of the last message.
const MOST_WORDS: u16 = 32;

/// What stands beside the field, with as many words as have room: whose number it is, and the last
/// message to it.
pub fn beside(model: &Model) -> (String, Standing) {
    let room = layout::form_width(model.size.width).saturating_sub(layout::LABEL);
    // What is doubted is worth more than the end of what is typed.
    let (mut words, standing) = understood(model, room + SLACK);
    let to = &model.shown().to;
    if standing != Standing::Wrong
        && let Some(last) = model.recipients.last_message(to, model.account().country)
    {
        let taken = layout::columns(&words) + layout::columns(to).max(LEAST_TYPED) + 1;
        let left = room.saturating_sub(taken);
        let when = format!(" · last {}", last.at_local);
        let quoted = left
            .saturating_sub(layout::columns(&when) + 3)
            .min(MOST_WORDS);
        if layout::columns(&when) <= left {
            words.push_str(&when);
        }
        if quoted > 4 && !last.first_line.is_empty() {
            let line = visible::line(&last.first_line);
            let line = wrap::truncate(&line, usize::from(quoted));
            let _ = write!(words, " “{line}”");
        }
    }
    (words, standing)
}

fn understood(model: &Model, room: u16) -> (String, Standing) {
    let to = &*variables::sent(&model.shown().to);
    let reading = match phone::read(to, model.account().country) {
        Ok(reading) => reading,
        Err(_) if model.touched.hides(model.draft(), Field::To) => {
            return (String::new(), Standing::Good);
        }
        Err(_) if to.trim().is_empty() => return ("✗ missing".to_owned(), Standing::Wrong),
        Err(_) => return ("✗ not understood".to_owned(), Standing::Wrong),
    };
    let problem = model.problem_at(Focus::Edit(Field::To));
    if problem.is_some_and(|problem| problem.severity == Severity::Error) {
        return ("✗ not here".to_owned(), Standing::Wrong);
    }
    let Recipient::User(digits) = &reading.written.recipient else {
        let kind = reading.written.recipient.kind();
        return (format!("✓ {kind}"), Standing::Good);
    };
    let doubts = doubts(&reading, model.account().country);
    let (sign, standing) = match (doubts.len(), reading.added) {
        // that the code was put before it is as it should be
        (0, _) | (1, Some(_)) => ("✓", Standing::Good),
        _ => ("!", Standing::Doubtful),
    };
    let (number, country) = (spelled(digits), country_of(digits));
    let mut choices = Vec::new();
    if standing == Standing::Doubtful
        && let Some(doubt) = doubts.first()
    {
        // an offer is worth more than why it is made
        let sentence = doubt.split_inclusive('?').next().unwrap_or(doubt);
        choices.push(format!("! {sentence}"));
        let offer = sentence.find("did you mean").map(|at| &sentence[at..]);
        choices.extend(offer.map(|offer| format!("! {offer}")));
    }
    if country.is_empty() {
        choices.push("! no such number".to_owned());
    } else {
        if number != to.trim() {
            choices.push(format!("{sign} {number}  {country}"));
        }
        choices.push(format!("{sign} {country}"));
    }
    let typed = layout::columns(to).min(LEAST_TYPED);
    let has_room = |words: &&String| layout::columns(words) + typed < room;
    let fitting = choices.iter().find(has_room).or(choices.last());
    (fitting.cloned().unwrap_or_default(), standing)
}

/// The recipient as a question names it: `+55 11 97777-6666  BR`, `120363…@g.us (group)`.
pub fn named(to: &str, country: Option<Country>) -> String {
    let to = &*variables::sent(to);
    let Ok(Reading { written, added }) = phone::read(to, country) else {
        return if to.trim().is_empty() {
            "nobody".to_owned()
        } else {
            to.to_owned()
        };
    };
    let recipient = written.recipient;
    let Some(digits) = recipient.digits() else {
        return format!("{recipient} ({})", recipient.kind());
    };
    let number = spelled(digits);
    match (country_of(digits), added) {
        ("", _) => format!("{number} (no country has such a number)"),
        (country, None) => format!("{number}  {country}"),
        (country, Some(code)) => format!("{number}  {country} ({code} is put before it)"),
    }
}
