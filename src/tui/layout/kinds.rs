//! The row of kinds: every kind in its place, on as many lines as it takes. The two replies are one
//! choice until one of them is in use.

use ratatui::layout::Rect;

use crate::message::Kind;
use crate::tui::name;
use crate::tui::widget::glyph;

/// Columns of the row's label, with a sign between two blanks.
pub const KIND_LABEL: u16 = 7;

/// The replies, as one choice.
const REPLIES: &str = "Reply…";

/// A kind to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The kind.
    pub kind: Kind,
    /// Its word.
    pub words: &'static str,
    /// The cells of the word, with one on either side of it.
    pub area: Rect,
}

/// Every kind, in the order of the row.
pub fn kinds() -> Vec<Kind> {
    let mut kinds = Kind::ALL.to_vec();
    kinds.sort_by_key(|&kind| match kind {
        Kind::Text => 0,
        Kind::Buttons => 1,
        Kind::List => 2,
        Kind::Catalog => 3,
        kind if kind.is_reply() => 5,
        _ => 4,
    });
    kinds
}

/// The kind that a letter picks: the first one that begins with it, and from one of those the next.
pub fn by_letter(current: Kind, letter: char) -> Option<Kind> {
    let kinds = kinds();
    let begins = |word: &str| {
        let first = word.chars().next();
        first.is_some_and(|first| first.to_lowercase().eq(letter.to_lowercase()))
    };
    let begins = |kind: Kind| begins(name::kind(kind)) || (kind.is_reply() && begins(REPLIES));
    let here = kinds
        .iter()
        .position(|&kind| kind == current && begins(kind));
    let (before, after) = kinds.split_at(here.map_or(0, |here| here + 1));
    let mut around = after.iter().chain(before).copied();
    around.find(|&kind| begins(kind))
}

/// The choices in a row of this width, below each other where they have no room; neighbours share the
/// cell between them where that saves a line.
pub fn choices(current: Kind, row: Rect) -> Vec<Choice> {
    let lines = |choices: &[Choice]| choices.last().map_or(0, |last| last.area.y);
    let loose = placed(current, row, 0);
    let tight = placed(current, row, 1);
    if lines(&tight) < lines(&loose) {
        tight
    } else {
        loose
    }
}

fn placed(current: Kind, row: Rect, shared: u16) -> Vec<Choice> {
    let left = row.x + KIND_LABEL.min(row.width);
    let (mut x, mut y) = (left, row.y);
    let mut choices = Vec::new();
    let mut has_reply = false;
    for kind in kinds() {
        let words = match kind {
            kind if !kind.is_reply() || current.is_reply() => name::kind(kind),
            _ if has_reply => continue,
            _ => REPLIES,
        };
        has_reply |= kind.is_reply();
        let width = u16::try_from(glyph::width(words)).unwrap_or(u16::MAX - 2) + 2;
        if x + width > row.right() && x > left {
            (x, y) = (left, y + 1);
        }
        let area = Rect {
            x,
            y,
            width: width.min(row.right().saturating_sub(x)),
            height: 1,
        };
        choices.push(Choice { kind, words, area });
        x += width - shared;
    }
    choices
}

/// The lines that the row takes.
pub fn lines(current: Kind, width: u16) -> u16 {
    let row = Rect {
        width,
        ..Rect::default()
    };
    choices(current, row)
        .last()
        .map_or(1, |last| last.area.y + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::from_another(Kind::List, 't', Some(Kind::Text))]
    #[case::before_the_next_one(Kind::Buttons, 't', Some(Kind::Text))]
    #[case::text_again(Kind::Text, 't', Some(Kind::Template))]
    #[case::the_next_one(Kind::Buttons, 'b', Some(Kind::ButtonReply))]
    #[case::around(Kind::ButtonReply, 'B', Some(Kind::Buttons))]
    #[case::the_replies(Kind::Text, 'r', Some(Kind::ButtonReply))]
    #[case::the_other_reply(Kind::ButtonReply, 'r', Some(Kind::ListReply))]
    #[case::itself(Kind::Catalog, 'c', Some(Kind::Catalog))]
    #[case::of_none(Kind::Text, 'é', None)]
    #[case::wide(Kind::Text, '日', None)]
    fn a_letter_picks(#[case] current: Kind, #[case] letter: char, #[case] kind: Option<Kind>) {
        assert_eq!(by_letter(current, letter), kind);
    }

    #[rstest]
    fn every_choice_has_its_own_cells(#[values(20, 37, 45, 55, 96)] width: u16) {
        for &current in Kind::ALL {
            let row = Rect::new(3, 2, width, 1);
            let choices = choices(current, row);
            for (at, choice) in choices.iter().enumerate() {
                let area = choice.area;
                assert!(area.x >= row.x + KIND_LABEL && area.right() <= row.right());
                assert!(usize::from(area.width) >= glyph::width(choice.words));
                let next = choices.get(at + 1).map(|next| next.area);
                let is_after = |next: Rect| next.y > area.y || next.x + 1 >= area.right();
                assert!(next.is_none_or(is_after), "{choice:?}");
            }
            let last = choices.last().map_or(0, |last| last.area.y - row.y + 1);
            assert_eq!(last, lines(current, width));
            assert!(choices.iter().any(|choice| choice.kind == current));
        }
    }
}
