//! Markdown in a text, as chatbots write it, where `WhatsApp` has other marks or none.

use super::{Shown, excerpt};

/// What is found once in a text.
#[derive(Debug, Default)]
struct Found<'a> {
    /// `**bold**`, `__bold__`, `~~strike~~`, with its mark.
    doubled: Option<(&'a str, &'a str)>,
    heading: Option<&'a str>,
    link: Option<&'a str>,
    picture: Option<&'a str>,
    table: Option<&'a str>,
    /// The word behind the marks of a block of code.
    language: Option<&'a str>,
}

pub(super) fn check(text: &str, shown: Shown, warn: &mut impl FnMut(String)) {
    let found = find(text);
    let formatted = shown == Shown::Formatted;
    if let Some((mark, marked)) = found.doubled {
        let inside = marked.trim_matches(['*', '_', '~']);
        let mut say = |what: &str, one: &str| {
            let instead = if formatted {
                format!(
                    "WhatsApp's {what} has one mark on each side: write {one}{}{one}",
                    excerpt(inside)
                )
            } else {
                format!("nothing is formatted here: write {}", excerpt(inside))
            };
            warn(format!(
                "{} is Markdown, and its marks are seen: {instead}",
                excerpt(marked)
            ));
        };
        match mark {
            "~~" => say("strike-through", "~"),
            _ => say("bold", "*"),
        }
    }
    if let Some(heading) = found.heading {
        let words = heading.trim_start_matches(['#', ' ']);
        let instead = if formatted {
            format!("write *{}* for a bold line", excerpt(words))
        } else {
            format!("write {}", excerpt(words))
        };
        warn(format!(
            "{} is Markdown's heading, which WhatsApp shows with its #: {instead}",
            excerpt(heading)
        ));
    }
    if let Some(picture) = found.picture {
        warn(format!(
            "{} is Markdown's picture, which WhatsApp shows as it is written: it sends no picture",
            excerpt(picture)
        ));
    }
    if let Some(link) = found.link {
        warn(format!(
            "{} is Markdown's link, which WhatsApp shows as it is written: write the address alone",
            excerpt(link)
        ));
    }
    if let Some(table) = found.table {
        warn(format!(
            "{} is Markdown's table, which WhatsApp shows as it is written: write a line for each row",
            excerpt(table)
        ));
    }
    if let Some(language) = found.language {
        warn(format!(
            "the word {} behind ``` is shown with the code: leave it out",
            excerpt(language)
        ));
    }
}

fn find(text: &str) -> Found<'_> {
    let mut found = Found::default();
    // what stands between marks of code is shown as it is everywhere
    let mut in_block = false;
    for line in text.lines() {
        let mut plain = line;
        if let Some(at) = line.find("```") {
            let rest = &line[at + 3..];
            if !in_block && at == line.len() - line.trim_start().len() {
                let word = rest.trim_end();
                let is_language = !word.is_empty()
                    && word.len() <= 20
                    && word
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || b"+#-_.".contains(&byte));
                if is_language {
                    found.language.get_or_insert(word);
                }
            }
            let before = &line[..at];
            plain = if in_block { "" } else { before };
            in_block ^= line.matches("```").count() % 2 == 1;
        } else if in_block {
            continue;
        }
        in_line(plain, &mut found);
    }
    found
}

fn in_line<'a>(line: &'a str, found: &mut Found<'a>) {
    if found.doubled.is_none() {
        found.doubled = ["**", "__", "~~"]
            .into_iter()
            .find_map(|mark| doubled(line, mark).map(|marked| (mark, marked)));
    }
    if found.heading.is_none() && is_heading(line) {
        found.heading = Some(line.trim());
    }
    if let Some((link, is_picture)) = link(line) {
        let place = if is_picture {
            &mut found.picture
        } else {
            &mut found.link
        };
        place.get_or_insert(link);
    }
    if found.table.is_none() && is_table_rule(line) {
        found.table = Some(line.trim());
    }
}

/// The first part of a line between doubled marks, or tripled ones, with them.
fn doubled<'a>(line: &'a str, mark: &str) -> Option<&'a str> {
    let byte = mark.bytes().next()?;
    let run = |at: usize| {
        let rest = line.as_bytes()[at..].iter();
        rest.take_while(|other| **other == byte).count()
    };
    let (mut from, mut counted, mut ticks) = (0, 0, 0);
    while let Some(open) = line[from..].find(mark).map(|at| from + at) {
        let length = run(open);
        from = open + length;
        ticks += line[counted..open].matches('`').count();
        counted = open;
        let before = line[..open].chars().next_back();
        let opens = matches!(length, 2 | 3)
            && !before.is_some_and(char::is_alphanumeric)
            && ticks.is_multiple_of(2);
        if !opens {
            continue;
        }
        let inside = &line[from..];
        if inside.starts_with(char::is_whitespace) {
            continue;
        }
        let Some(close) = inside.find(mark) else {
            continue;
        };
        let content = &inside[..close];
        let close_length = run(from + close);
        let after = line[from + close + close_length..].chars().next();
        // the keycap *️⃣ has a mark in it
        let closes = close_length == length
            && content.chars().any(char::is_alphanumeric)
            && !content.ends_with(char::is_whitespace)
            && !matches!(after, Some('\u{fe0f}' | '\u{20e3}'))
            && !(byte == b'_' && after.is_some_and(char::is_alphanumeric));
        if closes {
            return Some(&line[open..from + close + close_length]);
        }
        from += close;
    }
    None
}

/// `## Title`; `#1` and `#promo` are none.
fn is_heading(line: &str) -> bool {
    let start = line.trim_start_matches(' ');
    let words = start.trim_start_matches('#');
    let marks = start.len() - words.len();
    let indent = line.len() - start.len();
    indent <= 3
        && (1..=6).contains(&marks)
        && words.starts_with([' ', '\t'])
        && words.chars().any(char::is_alphabetic)
}

/// So many places of a line are looked at for a link, that a long line is read once.
const MOST_LINKS: usize = 32;

/// The first `[words](address)` of a line, and whether `!` before it makes it a picture.
fn link(line: &str) -> Option<(&str, bool)> {
    for (middle, _) in line.match_indices("](").take(MOST_LINKS) {
        let Some(open) = line[..middle].rfind('[') else {
            continue;
        };
        let rest = &line[middle + 2..];
        let Some(close) = rest.find(')') else {
            continue;
        };
        let target = rest[..close].split(' ').next().unwrap_or_default();
        let is_address = target.contains("://")
            || ["www.", "mailto:", "tel:", "/", "#"]
                .iter()
                .any(|start| target.starts_with(start))
            || target
                .split_once('.')
                .is_some_and(|(name, top)| !name.is_empty() && top.len() >= 2);
        if is_address && line[..open].matches('`').count().is_multiple_of(2) {
            let is_picture = line[..open].ends_with('!');
            let start = open - usize::from(is_picture);
            return Some((&line[start..middle + 3 + close], is_picture));
        }
    }
    None
}

/// `|---|:-:|`, the line below a table's heading.
fn is_table_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains('|')
        && line.contains("---")
        && line
            .bytes()
            .all(|byte| matches!(byte, b'|' | b'-' | b':' | b' '))
}
