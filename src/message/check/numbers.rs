//! What is wrong with the recipient, and what looks wrong with numbers.

use super::{Problem, Subject};
use crate::message::phone::{self, Country};
use crate::message::recipient::{Form, Recipient};
use crate::message::{ActionKind, ButtonPart, Field, Message};

/// Checks whom a message goes to, and the numbers in it.
pub(super) fn check(subject: &Subject<'_>, country: Option<Country>, problems: &mut Vec<Problem>) {
    let draft = subject.draft;
    if subject.is_known(Field::To) {
        match phone::read(&draft.to, country) {
            Ok(reading) => problems.extend(
                phone::doubts(&reading, country)
                    .into_iter()
                    .map(|doubt| Problem::warning(Field::To, doubt)),
            ),
            Err(error) => problems.push(Problem::error(
                Field::To,
                with_offer(error.0, &draft.to, country),
            )),
        }
    }
    let mut doubt = |field, number: &str| {
        if subject.is_known(field)
            && let Ok(reading) = phone::read(number, None)
        {
            let doubts = phone::doubts(&reading, country).into_iter();
            problems.extend(doubts.map(|doubt| Problem::warning(field, doubt)));
        }
    };
    match &draft.message {
        Message::Buttons(message) => {
            for (index, button) in message.buttons.iter().enumerate() {
                if button.action.kind() == ActionKind::Call {
                    let field = Field::Button(index, ButtonPart::Value(ActionKind::Call));
                    doubt(field, button.action.value().unwrap_or_default());
                }
            }
        }
        Message::Catalog(message) => doubt(Field::BusinessOwner, &message.business_owner),
        _ => {}
    }
}

/// What is wrong with a recipient, and what was most likely meant.
fn with_offer(wrong: String, to: &str, country: Option<Country>) -> String {
    let Some((digits, form)) = Recipient::typed_digits(to) else {
        return wrong;
    };
    if let Some(meant) = phone::offer(&digits, country) {
        format!("{wrong}; did you mean {meant}?")
    } else if form == Form::Bare && digits.starts_with('0') && country.is_none() {
        format!("{wrong}, or set country in the configuration, for numbers without a country code")
    } else {
        wrong
    }
}
