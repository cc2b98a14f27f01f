//! Numbers as they are read: in groups.

use super::plan::{Planned, look_up};

/// A number for people: `+55 11 97777-6666`, `+1 202 555-0123`, elsewhere in groups of three.
pub fn spelled(digits: &str) -> String {
    let code = match look_up(digits) {
        Planned::NoCode => return format!("+{digits}"),
        Planned::NoNumber { code, .. } | Planned::Number { code, .. } => code,
    };
    let (code, national) = digits.split_at(code);
    let length = national.len();
    let grouped = match (code, length) {
        ("55", 10 | 11) => in_groups(national, &[2, length - 6], '-'),
        ("1", 10) => in_groups(national, &[3, 3], '-'),
        (_, 0..=5) => national.to_owned(),
        (_, 8) => in_groups(national, &[4], ' '),
        (_, length) => {
            let threes = match length % 3 {
                1 => (length - 4) / 3,
                2 => (length - 8) / 3 + 1,
                _ => length / 3 - 1,
            };
            in_groups(national, &vec![3; threes], ' ')
        }
    };
    format!("+{code} {grouped}")
}

/// The digits in groups of these lengths and a last one of the rest, before which stands `last`.
fn in_groups(digits: &str, lengths: &[usize], last: char) -> String {
    let mut grouped = String::with_capacity(digits.len() + lengths.len());
    let mut rest = digits;
    for (at, length) in lengths.iter().enumerate() {
        let (group, others) = rest.split_at((*length).min(rest.len()));
        grouped.push_str(group);
        grouped.push(if at + 1 == lengths.len() { last } else { ' ' });
        rest = others;
    }
    grouped.push_str(rest);
    grouped
}
