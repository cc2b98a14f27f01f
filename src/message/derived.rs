//! Ids that are made from texts: `Mais tarde!` is `mais_tarde`.

use std::collections::HashSet;

use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;

use super::document::Document;
use super::outline::Item;
use super::{ButtonPart, Field, Message, RowPart, SectionPart};

/// The most characters that are taken of a text; more is too long for every gateway's buttons.
const LONGEST: usize = 60;

/// Joins the parts of emoji and of words of some scripts, and is no letter.
const JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];

/// What of a text is an id: its letters and digits, of any script, in lower case, with `_` between
/// the words. Empty where the text has none.
fn plain(text: &str) -> String {
    let classes = CanonicalCombiningClassMapBorrowed::new();
    let (mut id, mut count, mut is_between) = (String::new(), 0, false);
    for c in text.chars().filter(|c| !JOINERS.contains(c)) {
        // A mark belongs to the letter before it.
        let is_mark = classes.get_u8(c) != 0 && !id.is_empty() && !is_between;
        if !c.is_alphanumeric() && !is_mark {
            is_between = true;
            continue;
        }
        if count >= LONGEST && !is_mark {
            break;
        }
        if std::mem::take(&mut is_between) && !id.is_empty() {
            id.push('_');
            count += 1;
        }
        id.extend(c.to_lowercase());
        count += 1;
    }
    id
}

/// The ids of a message, from which new ones have to differ.
#[derive(Debug, Default)]
pub struct Ids<'a> {
    taken: HashSet<&'a str>,
    given: HashSet<String>,
    stem: &'static str,
}

impl<'a> Ids<'a> {
    /// The ids of a message's buttons or rows, but for one of them.
    pub fn of(message: &'a Message, but: Option<Item>) -> Self {
        let ids = all(message).into_iter();
        let others = ids.filter(|(item, _)| Some(*item) != but);
        let taken = others.map(|(_, id)| id).collect();
        let stem = match message {
            Message::Buttons(_) => "button",
            Message::List(_) => "row",
            _ => "item",
        };
        let given = HashSet::new();
        Self { taken, given, stem }
    }

    /// The id of a text, which is none of these: `sim`, `sim_2`; `button_1` where the text has neither
    /// letters nor digits. It is one of them from then on.
    pub fn give(&mut self, text: &str) -> String {
        let plain = plain(text);
        let numbers = 1_usize..;
        let stem = self.stem;
        let mut all = numbers.map(|number| match (plain.is_empty(), number) {
            (true, number) => format!("{stem}_{number}"),
            (false, 1) => plain.clone(),
            (false, number) => format!("{plain}_{number}"),
        });
        let is_free = |id: &String| !self.taken.contains(id.as_str()) && !self.given.contains(id);
        let id = all.find(is_free).unwrap_or_default();
        self.given.insert(id.clone());
        id
    }
}

/// The ids of a message's buttons or rows, in order.
fn all(message: &Message) -> Vec<(Item, &str)> {
    match message {
        Message::Buttons(message) => {
            let buttons = message.buttons.iter().enumerate();
            let ids = buttons.map(|(at, button)| (Item::Button(at), button.id.as_str()));
            ids.collect()
        }
        Message::List(message) => {
            let sections = message.sections.iter().enumerate();
            let ids = sections.flat_map(|(section, rows)| {
                let rows = rows.rows.iter().enumerate();
                rows.map(move |(at, row)| (Item::Entry(section, at), row.id.as_str()))
            });
            ids.collect()
        }
        _ => Vec::new(),
    }
}

/// What is to be said of the ids of a message that a document's becomes, of which `former` was its kind
/// before: an id that goes over is made from its text where it was.
pub fn carried(document: &Document, former: Option<&Message>, new: &Message) -> Vec<(Item, bool)> {
    let is_derived = |item: &Item| document.derived.contains(item);
    let here = all(&document.draft.message);
    let before = former.map(all).unwrap_or_default();
    let known = |id: &str| {
        let mut known = here.iter().chain(&before);
        let known = known.find(|(_, known)| *known == id);
        known.is_some_and(|(item, _)| is_derived(item))
    };
    let ids = all(new);
    let mut changes: Vec<(Item, bool)> = ids
        .iter()
        .map(|&(item, id)| (item, known(id)))
        .filter(|(item, on)| is_derived(item) != *on)
        .collect();
    // Of those that are not there any more, nothing is known.
    let gone = before
        .iter()
        .filter(|(item, _)| is_derived(item) && !ids.iter().any(|(there, _)| there == item));
    changes.extend(gone.map(|&(item, _)| (item, false)));
    changes
}

/// The field of an item's id, and the one of the text that it is made from.
pub const fn fields(item: Item) -> Option<(Field, Field)> {
    match item {
        Item::Button(at) => Some((
            Field::Button(at, ButtonPart::Id),
            Field::Button(at, ButtonPart::Text),
        )),
        Item::Entry(section, at) => Some((
            Field::Section(section, SectionPart::Row(at, RowPart::Id)),
            Field::Section(section, SectionPart::Row(at, RowPart::Title)),
        )),
        Item::Option(_) | Item::Value(_) | Item::Section(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{Button, Buttons};
    use rstest::rstest;

    #[rstest]
    #[case::word("Sim", "sim")]
    #[case::words("  Mais tarde! ", "mais_tarde")]
    #[case::accents("Não, às 2", "não_às_2")]
    #[case::decomposed("Cafe\u{301}  Preto", "cafe\u{301}_preto")]
    #[case::han("注文する", "注文する")]
    #[case::arabic("نعم، شكرا", "نعم_شكرا")]
    #[case::vocalised_hebrew("שָׁלוֹם רב", "שָׁלוֹם_רב")]
    #[case::hindi("नमस्ते जी", "नमस्ते_जी")]
    #[case::joined("می\u{200c}خواهم", "میخواهم")]
    #[case::cyrillic("ДА", "да")]
    #[case::emoji("👍 Ok 👩‍👩‍👧", "ok")]
    #[case::emoji_alone("👩‍👩‍👧", "")]
    #[case::mark_alone("\u{301}", "")]
    #[case::markup("*Sim*_!", "sim")]
    #[case::underscores("a__b", "a_b")]
    #[case::control("a\u{1b}[2Jb", "a_2jb")]
    #[case::empty("", "")]
    fn a_text_makes_an_id(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(plain(text), expected);
    }

    #[test]
    fn an_id_ends_somewhere() {
        assert_eq!(plain(&"日".repeat(5000)).chars().count(), LONGEST);
    }

    #[test]
    fn each_id_is_another_one() {
        let button = |id: &str| Button {
            id: id.to_owned(),
            ..Button::default()
        };
        let message = Message::Buttons(Buttons {
            buttons: ["sim", "não", "button_1"].map(button).into(),
            ..Buttons::default()
        });
        let mut ids = Ids::of(&message, None);
        let given = ["Sim", "SIM!", "👍", "日本", "", "Sim 2"].map(|text| ids.give(text));
        assert_eq!(
            given,
            ["sim_2", "sim_3", "button_2", "日本", "button_3", "sim_2_2"]
        );
        // Its own is free for itself.
        let mut others = Ids::of(&message, Some(Item::Button(0)));
        assert_eq!(others.give("Sim"), "sim");
    }
}
