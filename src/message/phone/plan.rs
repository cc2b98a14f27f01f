//! The world's numbering plans: which numbers a country has.
//!
//! `plans.txt` is made by `.ci/number-plans.py` from the metadata of Google's libphonenumber. It is
//! one line for each region: the country code, the region's ISO code, and for each length of a
//! national number (in hexadecimal) the first three digits that there are, after `m` those of
//! mobile numbers and after `f` those of others. It is read where a number is looked up and costs
//! nothing before. It is coarser than the metadata, so that it knows some numbers that do not exist,
//! and it lags behind the plans: nothing is refused because of it.

use std::sync::OnceLock;

const PLANS: &str = include_str!("plans.txt");

/// A number as its country's plan has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planned {
    /// No country code begins so.
    NoCode,
    /// The country has no such number.
    NoNumber {
        /// The digits of the country code.
        code: usize,
        /// The ISO code of the region, of several that share the code the greatest.
        region: &'static str,
    },
    /// There is such a number.
    Number {
        /// The digits of the country code.
        code: usize,
        /// The ISO code of the region; empty for a code of no country.
        region: &'static str,
        /// Whether it is a mobile one, or may be.
        mobile: bool,
    },
}

/// Looks up a number: its country code and national number, digits only.
pub fn look_up(digits: &str) -> Planned {
    let Some((code, regions)) = regions(digits) else {
        return Planned::NoCode;
    };
    let national = &digits[code..];
    if code == 1 && national.len() == 10 {
        // No exchange of North America begins with 0 or 1, which is more than three digits tell.
        // The numbers that Meta lends for tests have an area code of their own.
        if national[3..].starts_with(['0', '1']) && !national.starts_with("555") {
            let region = "US";
            return Planned::NoNumber { code, region };
        }
        if national.starts_with("555") {
            let (region, mobile) = ("US", true);
            return Planned::Number {
                code,
                region,
                mobile,
            };
        }
    }
    for (region, lengths) in regions {
        if let Some(mobile) = kind(lengths, national) {
            return Planned::Number {
                code,
                region: if *region == "-" { "" } else { region },
                mobile,
            };
        }
    }
    let region = regions.first().map_or("", |(region, _)| region);
    Planned::NoNumber { code, region }
}

/// Whether there is a country code of these digits.
pub fn is_code(digits: &str) -> bool {
    regions(digits).is_some_and(|(code, _)| code == digits.len())
}

/// The regions of a country code: ISO code, and lengths with their digits.
type Region = (&'static str, &'static str);

/// The digits of the country code that a number begins with, and its regions.
fn regions(digits: &str) -> Option<(usize, &'static [Region])> {
    let plans = plans();
    let most = digits.len().min(3);
    (1..=most).find_map(|length| {
        let code: u16 = digits.get(..length)?.parse().ok()?;
        // of 007 there is no code
        let at = plans.binary_search_by_key(&code, |(code, _)| *code).ok()?;
        let is_written = !digits.starts_with('0');
        is_written.then(|| (length, plans[at].1.as_slice()))
    })
}

fn plans() -> &'static [(u16, Vec<Region>)] {
    static INDEX: OnceLock<Vec<(u16, Vec<Region>)>> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index: Vec<(u16, Vec<Region>)> = Vec::new();
        for line in PLANS.lines() {
            let mut words = line.splitn(3, ' ');
            let (Some(code), Some(region)) = (words.next(), words.next()) else {
                continue;
            };
            let Ok(code) = code.parse() else { continue };
            let region = (region, words.next().unwrap_or_default());
            match index.last_mut() {
                Some((last, regions)) if *last == code => regions.push(region),
                _ => index.push((code, vec![region])),
            }
        }
        index
    })
}

/// Whether a national number is a mobile one; `None` where there is none such.
fn kind(lengths: &str, national: &str) -> Option<bool> {
    let length = char::from_digit(u32::try_from(national.len()).ok()?, 16)?;
    let start: u16 = national.get(..3)?.parse().ok()?;
    let of_length = lengths
        .split(' ')
        .find_map(|part| part.strip_prefix(length))?;
    let (mobile, other) = of_length.split_once('f').unwrap_or((of_length, ""));
    if within(mobile.strip_prefix('m').unwrap_or_default(), start) {
        Some(true)
    } else {
        within(other, start).then_some(false)
    }
}

/// Whether ranges such as `100-199,205` hold a number.
fn within(ranges: &str, number: u16) -> bool {
    ranges.split(',').any(|range| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let bounds = (first.parse::<u16>(), last.parse::<u16>());
        matches!(bounds, (Ok(first), Ok(last)) if (first..=last).contains(&number))
    })
}
