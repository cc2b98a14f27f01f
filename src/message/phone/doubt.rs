//! What looks wrong with a number that somebody typed.

use super::plan::{Planned, look_up};
use super::{Country, Form, Reading, Recipient, Written, is_number, spelled};

/// What looks wrong with a number, in sentences for whoever typed it; nothing for an address, a
/// group or a channel. The last one, where a country's code was put before it, says so.
pub fn doubts(reading: &Reading, country: Option<Country>) -> Vec<String> {
    let Written {
        recipient: Recipient::User(digits),
        form,
    } = &reading.written
    else {
        return Vec::new();
    };
    if *form == Form::Address {
        return Vec::new();
    }
    let mut doubts: Vec<String> = about_a_country(digits)
        .or_else(|| unknown(digits, *form, country))
        .into_iter()
        .collect();
    if let Some(country) = reading.added {
        doubts.push(format!(
            "it is sent to {}, as country = \"{country}\" is set: with + before it a number is \
             taken as it is",
            named(digits)
        ));
    } else if doubts.is_empty() && *form == Form::Bare {
        doubts.extend(other_reading(digits, country));
    }
    doubts
}

/// `+55 11 97777-6666 (BR)`
fn named(digits: &str) -> String {
    match super::country_of(digits) {
        "" => spelled(digits),
        region => format!("{} ({region})", spelled(digits)),
    }
}

/// What is known of the numbers of some countries.
fn about_a_country(digits: &str) -> Option<String> {
    if lacks_ninth_digit(digits) {
        let (area, number) = digits.split_at(4);
        return Some(format!(
            "a Brazilian mobile has a 9 after its area code: did you mean {}? Older accounts of \
             WhatsApp may have it without; nothing is changed",
            spelled(&format!("{area}9{number}"))
        ));
    }
    if is_older_mexican(digits) {
        return Some(format!(
            "the 1 after Mexico's 52 belongs to older accounts of WhatsApp alone: if it does not \
             arrive, write {}",
            spelled(&format!("52{}", &digits[3..]))
        ));
    }
    argentine(digits)
}

/// Whether a number is a Brazilian mobile without the 9 that they have had since 2016. Ids of
/// accounts that are older still look so.
pub(super) fn lacks_ninth_digit(digits: &str) -> bool {
    let area = |area: &str| !area.contains('0');
    let Some(national) = digits.strip_prefix("55") else {
        return false;
    };
    national.len() == 10 && area(&national[..2]) && national[2..].starts_with(['6', '7', '8', '9'])
}

/// Whether a number is Mexico's with the 1 that mobiles had until 2019.
pub(super) fn is_older_mexican(digits: &str) -> bool {
    digits
        .strip_prefix("521")
        .is_some_and(|number| number.len() == 10 && is_planned(&format!("52{number}")))
}

/// Argentina's mobiles: 9 after the country code, and no 15 after the area code.
fn argentine(digits: &str) -> Option<String> {
    let national = digits.strip_prefix("54")?;
    let (nine, rest) = match national.strip_prefix('9') {
        Some(rest) => ("9", rest),
        None => ("", national),
    };
    if rest.len() == 12 {
        let meant = without_fifteen(rest)?;
        return Some(format!(
            "the 15 is dialled within Argentina only: did you mean {}?",
            spelled(&meant)
        ));
    }
    let meant = format!("549{rest}");
    (nine.is_empty() && rest.len() == 10 && is_planned(&meant)).then(|| {
        format!(
            "a mobile of Argentina has a 9 after 54: if it is no landline, write {}",
            spelled(&meant)
        )
    })
}

/// Argentina's mobile of an area code, a 15 and a number: with the 9, without the 15.
fn without_fifteen(national: &str) -> Option<String> {
    if national.len() != 12 {
        return None;
    }
    (2..=4).find_map(|area| {
        let (area, number) = national.split_at(area);
        let meant = format!("549{area}{}", number.strip_prefix("15")?);
        is_planned(&meant).then_some(meant)
    })
}

fn is_planned(digits: &str) -> bool {
    matches!(look_up(digits), Planned::Number { .. })
}

/// What is said of a number that no country has.
fn unknown(digits: &str, form: Form, country: Option<Country>) -> Option<String> {
    if is_number(digits) {
        return None;
    }
    let planned = look_up(digits);
    let meant = country.and_then(|country| dialled(digits, country));
    let meant = meant
        .or_else(|| slip(digits, planned))
        .or_else(|| (form == Form::Bare).then(|| local(digits))?);
    let what = match planned {
        Planned::NoCode => "no country has such a number: no country code begins so".to_owned(),
        Planned::NoNumber { code, region } if form == Form::International => format!(
            "no country has such a number: +{} is {}, whose numbers are others",
            &digits[..code],
            if region.is_empty() {
                "no country's"
            } else {
                region
            },
        ),
        Planned::NoNumber { .. } | Planned::Number { .. } => {
            "no country has such a number".to_owned()
        }
    };
    let offer = match (meant, form) {
        (Some(meant), _) => format!("; did you mean {}?", spelled(&meant)),
        (None, Form::Bare) => "; write + and the country code before it".to_owned(),
        (None, _) => "; check it".to_owned(),
    };
    let hint = match (form, country, local(digits)) {
        (Form::Bare, None, Some(meant)) => {
            let code = if meant.starts_with("55") { "55" } else { "1" };
            format!(
                " Write it so, or set country = \"{code}\" in the configuration, for numbers \
                 without a country code"
            )
        }
        (Form::Bare, None, None) if slip(digits, planned).is_none() => {
            ", or set country in the configuration, for numbers without a country code".to_owned()
        }
        _ => String::new(),
    };
    Some(format!("{what}{offer}{hint}"))
}

/// The number that was most likely meant by one that is no recipient, as it has too many digits.
pub fn offer(digits: &str, country: Option<Country>) -> Option<String> {
    country
        .and_then(|country| dialled(digits, country))
        .or_else(|| slip(digits, look_up(digits)))
        .map(|meant| spelled(&meant))
}

/// The number that is dialled so within a country: with what is dialled there before a long-distance
/// number, with a carrier's code, or with the country's own prefix for calls abroad.
fn dialled(digits: &str, country: Country) -> Option<String> {
    /// What is dialled before calls abroad, where that is not 00; of Australia's 0011 the two zeros are
    /// taken away already.
    const ABROAD: [(&str, &str); 4] = [("1", "011"), ("61", "11"), ("7", "810"), ("81", "010")];
    /// What is dialled before an area code, where it is another than a 0.
    const WITHIN: [(&str, &[&str]); 6] = [
        ("52", &["044", "045", "01"]),
        ("7", &["8"]),
        ("36", &["06"]),
        ("370", &["8", "0"]),
        ("375", &["80", "8"]),
        ("993", &["8"]),
    ];
    let code = country.to_string();
    let known = |digits: String| is_number(&digits).then_some(digits);
    let of_country = |national: &str| known(format!("{code}{national}"));
    let abroad = ABROAD.iter().filter(|(of, _)| *of == code);
    let mut abroad = abroad.filter_map(|(_, prefix)| digits.strip_prefix(prefix));
    let within = WITHIN.iter().filter(|(of, _)| *of == code);
    let mut within = within
        .flat_map(|(_, prefixes)| *prefixes)
        .filter_map(|prefix| digits.strip_prefix(prefix));
    let national = digits.trim_start_matches('0');
    abroad
        .find_map(|number| known(number.to_owned()))
        .or_else(|| within.find_map(of_country))
        .or_else(|| without_fifteen(national).filter(|_| code == "54"))
        // Brazil's 0, the two digits of a carrier, the area code
        .or_else(|| {
            of_country(
                national
                    .get(2..)
                    .filter(|_| code == "55" && national != digits)?,
            )
        })
        .or_else(|| of_country(national).filter(|_| national != digits))
}

/// The number that was most likely meant where its country code is not as it should be.
fn slip(digits: &str, planned: Planned) -> Option<String> {
    let known = |digits: String| is_number(&digits).then_some(digits);
    // dialled within Russia and Kazakhstan
    if digits.len() == 11
        && let Some(national) = digits.strip_prefix('8')
        && let Some(meant) = known(format!("7{national}"))
    {
        return Some(meant);
    }
    let Planned::NoNumber { code, .. } = planned else {
        return None;
    };
    let (code, national) = digits.split_at(code);
    let dialled = national.trim_start_matches('0');
    known(dialled.to_owned())
        .filter(|meant| meant.starts_with(code))
        .or_else(|| known(format!("{code}{dialled}")).filter(|_| dialled != national))
}

/// The number of Brazil or of North America that lacks its country code.
fn local(digits: &str) -> Option<String> {
    let with = |code: &str| Some(format!("{code}{digits}"));
    with("55")
        .filter(|meant| is_number(meant) && digits.len() >= 10)
        .or_else(|| with("1").filter(|meant| digits.len() == 10 && is_number(meant)))
}

/// What is said of a number that there is, but that would be one of this country too: it is not
/// certain which is meant.
fn other_reading(digits: &str, country: Option<Country>) -> Option<String> {
    let Planned::Number { mobile, .. } = look_up(digits) else {
        return None;
    };
    let meant = match country {
        Some(country) if digits.starts_with(&country.to_string()) => return None,
        Some(country) => Some(format!("{country}{digits}")).filter(|meant| is_planned(meant)),
        None if mobile => None,
        None => local(digits),
    }?;
    Some(format!(
        "there is no + before it: it is taken for {}; did you mean {}? Write + before the one \
         that is meant",
        named(digits),
        named(&meant)
    ))
}
