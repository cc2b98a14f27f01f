//! Telephone numbers as people type them: which country's they are, and what looks wrong.
//!
//! It only says: a number is never refused for its country's sake, and never changed but by the
//! country code that the configuration names, which is said as well. Addresses that a gateway gave
//! (`…@s.whatsapp.net`) are not looked into, since they are right by definition.

mod doubt;
mod plan;
mod spelling;

use std::fmt;

use super::recipient::{Form, Recipient, RecipientError, Written};
use plan::{Planned, look_up};

pub use doubt::{doubts, offer};
pub use spelling::spelled;

/// A country by its code, whose numbers may be written without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Country {
    code: u16,
}

/// A recipient with the code of the configured country, where that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Who is meant, and how that was written.
    pub written: Written,
    /// The country whose code was put before the number.
    pub added: Option<Country>,
}

impl Country {
    /// The country of a code such as `55` or `+55`; `None` where there is none.
    pub fn of_code(code: &str) -> Option<Self> {
        let digits = code.strip_prefix('+').unwrap_or(code);
        let is_code = digits.bytes().all(|byte| byte.is_ascii_digit()) && plan::is_code(digits);
        let code = digits.parse().ok().filter(|_| is_code)?;
        Some(Self { code })
    }
}

impl fmt::Display for Country {
    /// Its code: `55`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.code.fmt(f)
    }
}

/// Reads a recipient. A number without `+`, `00` or address that no country has, but this one has
/// with its code before it, is that one; a 0 that is dialled within the country only is left out.
///
/// # Errors
/// When it is no recipient.
pub fn read(text: &str, country: Option<Country>) -> Result<Reading, RecipientError> {
    let written = Recipient::read(text);
    let is_complete = match &written {
        Ok(Written {
            recipient: Recipient::User(digits),
            form: Form::Bare,
        }) => is_number(digits),
        Ok(_) => true,
        Err(_) => false,
    };
    if !is_complete
        && let Some(country) = country
        && let Some((digits, Form::Bare)) = Recipient::typed_digits(text)
        && let Some(digits) = in_country(&digits, country)
    {
        return Ok(Reading {
            written: Written {
                recipient: Recipient::User(digits),
                form: Form::Bare,
            },
            added: Some(country),
        });
    }
    Ok(Reading {
        written: written?,
        added: None,
    })
}

/// The ISO code of a number's country; empty where there is no such number.
pub fn country_of(digits: &str) -> &'static str {
    match look_up(digits) {
        Planned::Number { region, .. } => region,
        Planned::NoNumber { region, .. } if is_number(digits) => region,
        _ => "",
    }
}

/// A national number with its country's code, where there is such a number.
fn in_country(national: &str, country: Country) -> Option<String> {
    let with_code = |national: &str| Some(format!("{country}{national}"));
    // Mexico's 01 was dialled before an area code, and its 1 is no part of the number
    let far = national.strip_prefix("01").filter(|_| country.code == 52);
    // Italy's numbers keep their 0
    with_code(national)
        .filter(|digits| is_number(digits))
        .or_else(|| with_code(far?))
        .filter(|digits| is_number(digits))
        .or_else(|| with_code(national.strip_prefix('0')?))
        .filter(|digits| is_number(digits))
}

/// Whether there is such a number, by its country's plan, or by the ids that `WhatsApp` has beside it.
fn is_number(digits: &str) -> bool {
    matches!(look_up(digits), Planned::Number { .. })
        || doubt::lacks_ninth_digit(digits)
        || doubt::is_older_mexican(digits)
}
