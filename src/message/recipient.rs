//! Who a message goes to: telephone numbers in any usual spelling, and `WhatsApp` addresses.
//!
//! What is understood here can be addressed at all. Whether a gateway reaches it (a group with a
//! method for personal chats, a number shorter than it takes) is for the gateway to say.

mod link;

use std::fmt;

use super::nearest::nearest;
use crate::visible;

/// The digits of an E.164 number: the shortest that are in use, and the most there may be.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// The digits of a group's id, by the WUTS documentation's page `conventions`.
const GROUP_DIGITS: std::ops::RangeInclusive<usize> = 15..=25;
/// The digits of a channel's id and of a hidden number; assumed, as no documentation has them.
const ID_DIGITS: std::ops::RangeInclusive<usize> = 10..=25;

/// What the Cloud API's ids of groups begin with: `capi_group` in base64, in lower case.
const CLOUD_API_GROUP: &str = "y2fwav9ncm91c";

/// What may stand after the `@`.
const DOMAINS: [&str; 5] = ["s.whatsapp.net", "c.us", "g.us", "newsletter", "lid"];

/// The zeros of the digits that people's keyboards and contact cards write: ASCII, Arabic-Indic,
/// Persian, Devanagari, Bengali, full-width.
const ZEROS: [char; 6] = ['0', '٠', '۰', '०', '০', '０'];

/// A recipient that was understood.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Recipient {
    /// A person: country code and national number, digits only. Written as a telephone number,
    /// `…@s.whatsapp.net` or `…@c.us`.
    User(String),
    /// A group: the part before `@g.us`.
    Group(String),
    /// A channel: the part before `@newsletter`.
    Channel(String),
    /// A person whose number is hidden: the part before `@lid`.
    Lid(String),
}

/// A recipient, and how it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Who is meant.
    pub recipient: Recipient,
    /// How that was written.
    pub form: Form,
}

/// How a recipient was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// A telephone number without `+` or `00`, so that its country code may be missing.
    Bare,
    /// A telephone number with `+` or `00`, or in one of `WhatsApp`'s links.
    International,
    /// An address, as gateways write them.
    Address,
}

/// Why a recipient was not understood; its sentence says how to fix it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct RecipientError(pub String);

impl std::str::FromStr for Recipient {
    type Err = RecipientError;

    /// Reads a telephone number or an address, as [`Recipient::read`] does.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::read(text).map(|written| written.recipient)
    }
}

impl Recipient {
    /// Whether a text is a user id that the Cloud API gives a business for a person: `US.13491208655302`.
    pub fn is_business_scoped(text: &str) -> bool {
        let Some((country, id)) = text.trim().split_once('.') else {
            return false;
        };
        let is_country = country.len() == 2 && country.bytes().all(|c| c.is_ascii_alphabetic());
        is_country
            && (8..=128).contains(&id.len())
            && id.bytes().all(|c| c.is_ascii_alphanumeric())
            && id.bytes().any(|c| c.is_ascii_digit())
    }

    /// Reads a telephone number or an address, in any case, with white space around it.
    ///
    /// A number may hold spaces, dots, slashes, dashes and parentheses, begin with `+`, `00`, `tel:` or
    /// `whatsapp:`, and stand in a link to a chat (`https://wa.me/…`). The part of an address that
    /// names a device (`:12`) is dropped: messages go to people.
    ///
    /// # Errors
    /// When it is none of these, with a sentence that says how to write it.
    pub fn read(text: &str) -> Result<Written, RecipientError> {
        let text = cleaned(text);
        if text.is_empty() {
            return fail("no recipient: write a phone number with its country code, or an address");
        }
        if text.starts_with(CLOUD_API_GROUP) {
            return fail(
                "this is the id of a group of the Cloud API, whose groups are not supported yet: \
                 write a person's phone number",
            );
        }
        if Self::is_business_scoped(&text) {
            return fail(
                "this is a business-scoped user id of the Cloud API, which cannot be written to yet: \
                 write the person's phone number",
            );
        }
        if let Some(number) = link::number_in(&text)? {
            let form = Form::International;
            let recipient = spelled(&number)?.number().map(Self::User)?;
            return Ok(Written { recipient, form });
        }
        if let Some((local, domain)) = text.replace('＠', "@").rsplit_once('@') {
            let (recipient, form) = (address(local.trim(), domain.trim())?, Form::Address);
            return Ok(Written { recipient, form });
        }
        let spelled = spelled(without_tel(&text)?)?;
        let form = if spelled.international {
            Form::International
        } else {
            Form::Bare
        };
        let recipient = spelled.number().map(Self::User)?;
        Ok(Written { recipient, form })
    }

    /// The digits of a telephone number, however many and with a 0 before them too, and how it is
    /// written; nothing for a link or an address.
    pub fn typed_digits(text: &str) -> Option<(String, Form)> {
        let text = cleaned(text);
        if text.contains(['@', '＠']) || !matches!(link::number_in(&text), Ok(None)) {
            return None;
        }
        let spelled = spelled(without_tel(&text).ok()?).ok()?;
        let form = if spelled.international {
            Form::International
        } else {
            Form::Bare
        };
        Some((spelled.digits, form))
    }

    /// One word for the form: `user`, `group`, `channel`, `hidden number`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::User(_) => "user",
            Self::Group(_) => "group",
            Self::Channel(_) => "channel",
            Self::Lid(_) => "hidden number",
        }
    }

    /// A person's telephone number: country code and national number, digits only.
    pub fn digits(&self) -> Option<&str> {
        match self {
            Self::User(digits) => Some(digits),
            Self::Group(_) | Self::Channel(_) | Self::Lid(_) => None,
        }
    }

    /// The address as WUTS writes it (`conventions`): a person is `…@s.whatsapp.net`.
    pub fn jid(&self) -> String {
        match self {
            Self::User(digits) => format!("{digits}@s.whatsapp.net"),
            other => other.to_string(),
        }
    }

    /// The address as GREEN-API writes it (`sending/SendMessage`): a person is `…@c.us`.
    pub fn chat_id(&self) -> String {
        match self {
            Self::User(digits) => format!("{digits}@c.us"),
            other => other.to_string(),
        }
    }
}

impl fmt::Display for Recipient {
    /// For people: `+5511999999999`, or the address.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(digits) => write!(f, "+{digits}"),
            Self::Group(id) => write!(f, "{id}@g.us"),
            Self::Channel(id) => write!(f, "{id}@newsletter"),
            Self::Lid(id) => write!(f, "{id}@lid"),
        }
    }
}

fn fail<T>(sentence: impl Into<String>) -> Result<T, RecipientError> {
    Err(RecipientError(sentence.into()))
}

/// Characters that contact cards and web pages put around numbers and that nobody sees: marks of
/// direction, zero-width spaces and joiners, soft hyphens.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
    )
}

/// What people put between the digits of a number: blanks, punctuation, and hyphens, dashes and the
/// minus in all their widths.
fn is_separator(c: char) -> bool {
    const PUNCTUATION: &str = "./-()．／（）·";
    const DASHES: &str =
        "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{fe58}\u{fe63}\u{ff0d}";
    c == '\t'
        || c.is_whitespace() && !c.is_control()
        || PUNCTUATION.contains(c)
        || DASHES.contains(c)
}

/// The value of a decimal digit of any script that is understood here.
fn digit(c: char) -> Option<char> {
    ZEROS.iter().find_map(|zero| {
        let value = u32::from(c).checked_sub(u32::from(*zero))?;
        char::from_digit(value, 10)
    })
}

/// A recipient in lower case, without what nobody sees of it.
fn cleaned(text: &str) -> String {
    let seen = text.chars().filter(|c| !is_invisible(*c));
    let seen: String = seen.collect();
    seen.trim().to_ascii_lowercase()
}

/// A number without `tel:` before it.
fn without_tel(text: &str) -> Result<&str, RecipientError> {
    match text.strip_prefix("tel:") {
        Some(number) if number.contains(';') => {
            fail("a number with an extension cannot be reached: leave out what follows the ;")
        }
        Some(number) => Ok(number),
        None => Ok(text),
    }
}

/// A telephone number's digits, before it is known whether there are too few or too many.
struct Spelled {
    digits: String,
    /// Whether `+` or `00` stood before them.
    international: bool,
}

/// The digits of a telephone number, without what is written before and between them.
fn spelled(text: &str) -> Result<Spelled, RecipientError> {
    let mut digits = String::new();
    let mut international = false;
    let mut trunk_zero = None;
    for (at, c) in text.char_indices() {
        if let Some(digit) = digit(c) {
            digits.push(digit);
        } else if matches!(c, '+' | '＋') && digits.is_empty() && !international {
            international = true;
        } else if !is_separator(c) {
            return fail(format!(
                "{} is not part of a phone number: write digits with the country code, or an \
                 address such as 120363039000000000@g.us",
                quoted(c)
            ));
        } else if text[at..].starts_with("(0)") {
            trunk_zero = Some(digits.len());
        }
    }
    if digits.starts_with("00") {
        if international && digits.trim_start_matches('0').len() >= *PHONE_DIGITS.start() {
            return fail(format!(
                "+ and 00 are the same, of which one is enough: write +{}",
                digits.trim_start_matches('0')
            ));
        }
        if !international {
            digits.drain(..2);
            international = true;
            trunk_zero = trunk_zero.and_then(|at| at.checked_sub(2));
        }
    }
    // the (0) of +44 (0)20 … is dialled within the country only
    if let Some(at @ 1..=3) = trunk_zero
        && international
    {
        digits.remove(at);
    }
    Ok(Spelled {
        digits,
        international,
    })
}

impl Spelled {
    /// The number, with as many digits as numbers have.
    fn number(self) -> Result<String, RecipientError> {
        let count = self.digits.len();
        if self.digits.starts_with('0') {
            fail("the number starts with 0: write the country code in its place, such as +55")
        } else if count == 0 {
            fail("there is no number in it: write a phone number with its country code")
        } else if !PHONE_DIGITS.contains(&count) {
            let other = if count > *PHONE_DIGITS.end() {
                "; a group is written with @g.us, a channel with @newsletter"
            } else {
                ""
            };
            fail(format!(
                "a phone number has {} to {} digits with its country code, this one {count}{other}",
                PHONE_DIGITS.start(),
                PHONE_DIGITS.end(),
            ))
        } else {
            Ok(self.digits)
        }
    }
}

/// An address, in lower case, from what stands before and after its `@`.
fn address(local: &str, domain: &str) -> Result<Recipient, RecipientError> {
    if !DOMAINS.contains(&domain) {
        return fail(unknown_domain(domain));
    }
    let person = matches!(domain, "s.whatsapp.net" | "c.us" | "lid");
    let local = match local.rsplit_once(':') {
        Some((account, device)) if person && is_number(device, &(1..=5)) => account,
        _ => local,
    };
    match domain {
        "s.whatsapp.net" | "c.us" => spelled(local)?.number().map(Recipient::User),
        "g.us" => group(local).map(Recipient::Group),
        "newsletter" => id(local, "a channel's address", "newsletter").map(Recipient::Channel),
        _ => id(local, "a hidden number", "lid").map(Recipient::Lid),
    }
}

fn unknown_domain(domain: &str) -> String {
    let known = DOMAINS.map(|domain| format!("@{domain}")).join(", ");
    if domain.is_empty() {
        return format!("nothing stands after the @: it is one of {known}");
    }
    let meant = nearest(domain, DOMAINS)
        .map(|meant| format!("did you mean @{meant}? "))
        .unwrap_or_default();
    let shown: String = domain.chars().take(40).collect();
    format!(
        "@{} is not a WhatsApp address: {meant}Known are {known}",
        visible::line(&shown)
    )
}

/// A group's id: digits, or the older `creator-timestamp`.
fn group(local: &str) -> Result<String, RecipientError> {
    let local = ascii_digits(local);
    let legacy = local.split_once('-').is_some_and(|(creator, timestamp)| {
        is_number(creator, &PHONE_DIGITS) && is_number(timestamp, &(9..=11))
    });
    if legacy || is_number(&local, &GROUP_DIGITS) {
        Ok(local)
    } else {
        fail(format!(
            "a group's address is {} to {} digits before @g.us, or a phone number, a dash and a \
             timestamp",
            GROUP_DIGITS.start(),
            GROUP_DIGITS.end()
        ))
    }
}

fn id(local: &str, what: &str, domain: &str) -> Result<String, RecipientError> {
    let local = ascii_digits(local);
    if is_number(&local, &ID_DIGITS) {
        Ok(local)
    } else {
        fail(format!(
            "{what} is {} to {} digits before @{domain}",
            ID_DIGITS.start(),
            ID_DIGITS.end()
        ))
    }
}

fn ascii_digits(text: &str) -> String {
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

fn is_number(text: &str, length: &std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A character as it can be shown.
fn quoted(c: char) -> String {
    if visible::is_unsafe(c) {
        format!("U+{:04X}", u32::from(c))
    } else {
        format!("“{c}”")
    }
}
