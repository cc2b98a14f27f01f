//! Recipients that are offered while one is typed: those of messages and drafts, each once, the last
//! one first. Chats, where a gateway has them, are one more source of the same.

use std::collections::HashMap;

use crate::message::phone::{self, Country};
use crate::message::{folded, recipient_key};
use crate::store::Correspondent;

/// A recipient with what is compared of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The recipient, and the last message to it.
    pub last: Correspondent,
    /// Its address.
    key: String,
    /// Its digits.
    digits: String,
}

/// The recipients that are known, and what is offered of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recipients {
    known: Vec<Known>,
    /// Whether they are offered.
    is_open: bool,
    /// Whether they are offered whatever is typed.
    shows_all: bool,
    /// The offered one that is marked.
    marked: Option<usize>,
}

impl Recipients {
    /// Takes the place of those that were known before; the newest come first.
    pub fn know(&mut self, all: Vec<Correspondent>, country: Option<Country>) {
        let mut known: Vec<Known> = Vec::with_capacity(all.len());
        let mut places: HashMap<String, usize> = HashMap::new();
        for last in all {
            let key = key(&last.to, country);
            match places.get(&key).and_then(|&at| known.get_mut(at)) {
                // a message says more than a draft
                Some(one) if one.last.is_draft && !last.is_draft => one.last = last,
                Some(_) => {}
                None => {
                    places.insert(key.clone(), known.len());
                    let digits = digits(&last.to);
                    known.push(Known { last, key, digits });
                }
            }
        }
        self.known = known;
        self.close();
    }

    /// The last message to a recipient.
    pub fn last_message(&self, to: &str, country: Option<Country>) -> Option<&Correspondent> {
        if self.known.is_empty() || to.trim().is_empty() {
            return None;
        }
        let key = key(to, country);
        let mut sent = self.known.iter().filter(|known| !known.last.is_draft);
        sent.find(|known| known.key == key).map(|known| &known.last)
    }

    /// Those that what is typed is a part of, whatever stands between digits; all, where nothing is.
    pub fn matching(&self, typed: &str) -> impl Iterator<Item = &Correspondent> {
        let typed = if self.shows_all { "" } else { typed.trim() };
        let (words, number) = (folded(typed), digits(typed));
        let is_number = !number.is_empty() && !typed.chars().any(char::is_alphabetic);
        let known = self.known.iter().map(|known| (known, &known.last));
        known
            .filter(move |(known, last)| {
                let has_digits = is_number && known.digits.contains(&number);
                has_digits || folded(&last.to).contains(&words)
            })
            .map(|(_, last)| last)
    }

    /// Whether they are offered.
    pub const fn is_open(&self) -> bool {
        self.is_open
    }

    /// The offered one that is marked.
    pub fn marked(&self) -> Option<usize> {
        self.marked.filter(|_| self.is_open)
    }

    /// Offers what matches; nothing is marked.
    pub fn offer(&mut self, typed: &str) {
        self.shows_all = false;
        let is_open = self.matching(typed).any(|last| last.to != typed);
        self.is_open = is_open;
        self.marked = None;
    }

    /// The same on demand: all, where what is typed is no part of another one.
    pub fn offer_any(&mut self, typed: &str) {
        self.offer(typed);
        self.shows_all = !self.is_open;
        self.is_open = !self.known.is_empty();
    }

    /// Offers nothing any more.
    pub const fn close(&mut self) {
        (self.is_open, self.shows_all, self.marked) = (false, false, None);
    }

    /// Marks the next or the previous one of so many; before the first one is none.
    pub fn step(&mut self, up: bool, count: usize) {
        let last = count.saturating_sub(1);
        self.marked = match (self.marked, up) {
            (None, false) => Some(0),
            (Some(at), false) => Some((at + 1).min(last)),
            (Some(at), true) => at.checked_sub(1),
            (None, true) => None,
        };
    }
}

/// A recipient as it is compared.
fn key(to: &str, country: Option<Country>) -> String {
    match phone::read(to, country) {
        Ok(reading) => reading.written.recipient.jid(),
        Err(_) => recipient_key(to),
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn last(to: &str, first_line: &str, is_draft: bool) -> Correspondent {
        Correspondent {
            to: to.into(),
            at: 0,
            at_local: "11:08".into(),
            first_line: first_line.into(),
            is_draft,
        }
    }

    fn recipients() -> Recipients {
        let mut recipients = Recipients::default();
        let all = vec![
            last("+55 11 97777-6666", "rascunho 日本", true),
            last("5511977776666", "Bom dia! 👋", false),
            last("120363000000000000@g.us", "שלום", false),
            last("+55 (11) 97777-6666", "old", false),
        ];
        recipients.know(all, Country::of_code("55"));
        recipients
    }

    #[test]
    fn each_is_there_once_with_its_last_message() {
        let recipients = recipients();
        let all: Vec<_> = recipients
            .matching("")
            .map(|last| &last.first_line)
            .collect();
        assert_eq!(all, ["Bom dia! 👋", "שלום"]);
        for to in [
            "11 97777-6666",
            "+5511977776666",
            "https://wa.me/5511977776666",
        ] {
            let last = recipients.last_message(to, Country::of_code("55"));
            assert_eq!(
                last.map(|last| last.first_line.as_str()),
                Some("Bom dia! 👋")
            );
        }
        assert_eq!(recipients.last_message("", None), None);
    }

    #[rstest]
    #[case::digits("7777 6", 1)]
    #[case::with_a_plus("+55 11", 1)]
    #[case::in_the_middle("3630", 1)]
    #[case::an_address("G.US", 1)]
    #[case::blanks("  ", 2)]
    #[case::nothing("日", 0)]
    fn a_part_is_enough(#[case] typed: &str, #[case] count: usize) {
        assert_eq!(recipients().matching(typed).count(), count);
    }
}
