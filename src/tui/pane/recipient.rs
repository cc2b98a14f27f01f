//! The recipient in words: whose number was understood, and what looks wrong with it.

use crate::message::check::Severity;
use crate::message::phone::{self, Country, Reading, country_of, doubts, spelled};
use crate::message::recipient::Recipient;
use crate::message::{Field, variables};
use crate::tui::focus::Focus;
use crate::tui::layout;
use crate::tui::model::Model;

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

/// What stands beside the field, with as many words as have room in so many columns of field and
/// words together.
pub fn beside(model: &Model, room: u16) -> (String, Standing) {
    let to = &*variables::sent(&model.shown().to);
    let reading = match phone::read(to, model.account().country) {
        Ok(reading) => reading,
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
