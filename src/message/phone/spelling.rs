//! Numbers as they are read: in groups.

use super::plan::{Planned, look_up};

/// A number for people: `+55 11 97777-6666`, `+1 202 555-0123`, elsewhere in groups of three.
pub fn spelled(digits: &str) -> String {
    let code = match look_up(digits) {
        Planned::NoCode => return format!("+{digits}"),
        Planned::NoNumber { code, .. } | Planned::Number { code, .. } => code,
    };
    let (code, national) = digits.split_at(code);
    let groups: &[usize] = match (code, national.len()) {
        ("55", 10) => &[2, 4],
        ("55", 11) => &[2, 5],
        ("52", 10) if is_short_area(national) => &[2, 4],
        ("54", 10) if national.starts_with("11") => &[2, 4],
        ("54", 11) if national.starts_with("911") => &[1, 2, 4],
        ("54", 11) if national.starts_with('9') => &[1, 3, 3],
        (_, 0..=5) => &[],
        (_, 6 | 7) => &[3],
        (_, 8) => &[4],
        (_, 9 | 10) => &[3, 3],
        (_, 11) => &[3, 4],
        (_, 12 | 13) => &[3, 3, 3],
        _ => &[3, 3, 4],
    };
    let last = if matches!(code, "1" | "54" | "55") {
        '-'
    } else {
        ' '
    };
    let grouped = in_groups(national, groups, last);
    format!("+{code} {grouped}")
}

/// Whether a Mexican number's area code has two digits: those of the three greatest cities.
fn is_short_area(national: &str) -> bool {
    ["33", "55", "56", "81"]
        .iter()
        .any(|area| national.starts_with(area))
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
