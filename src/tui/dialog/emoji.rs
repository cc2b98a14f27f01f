//! Emoji by name.
//!
//! The names are a text that nothing reads before this is opened: a table of them would be made ready at
//! every start.

use std::cmp::Reverse;

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::shape::{Shape, below_search, draw_keys, draw_search, searched_area};
use super::{Dialog, Look};
use crate::tui::widget::field::Field;
use crate::tui::widget::fuzzy::{Query, Score};
use crate::tui::widget::glyph;
use crate::tui::widget::list::{self, Row, Search};

/// An emoji on each line, with its name and its short names behind tabs; `tests/emoji.rs` writes it.
const NAMES: &str = include_str!("../../../assets/emoji.txt");

/// The choice of an emoji.
#[derive(Debug, Clone)]
pub struct Emoji {
    search: Search,
    /// Every emoji, those that were used lately first.
    all: Vec<Named>,
    /// Those that answer the search, the best one first: places among them all.
    found: Vec<usize>,
}

/// An emoji with its names.
#[derive(Debug, Clone, Copy)]
struct Named {
    emoji: &'static str,
    name: &'static str,
    short: &'static str,
}

/// Every emoji with its names, in Unicode's order.
fn all() -> impl Iterator<Item = Named> {
    NAMES.lines().filter_map(|line| {
        let mut parts = line.split('\t');
        let (emoji, name) = (parts.next()?, parts.next()?);
        let short = parts.next().unwrap_or_default();
        Some(Named { emoji, name, short })
    })
}

impl Emoji {
    /// All of them; `recent` are those that were used lately, the last one first.
    pub fn new(recent: &[String]) -> Self {
        let mut all: Vec<Named> = all().collect();
        all.sort_by_key(|named| {
            let place = recent.iter().position(|known| known == named.emoji);
            place.unwrap_or(usize::MAX)
        });
        let mut picker = Self {
            search: Search::default(),
            all,
            found: Vec::new(),
        };
        picker.find();
        picker
    }

    fn find(&mut self) {
        let query = Query::new(&self.search.query.text());
        let scored = self.all.iter().enumerate().filter_map(|(at, named)| {
            let score = query.score(&[named.name, named.short, named.emoji], "")?;
            Some((score, at))
        });
        let mut scored: Vec<(Score, usize)> = scored.collect();
        scored.sort_by_key(|&(score, _)| Reverse(score));
        self.found = scored.into_iter().map(|(_, at)| at).collect();
    }

    /// The one that is marked.
    pub fn chosen(&self) -> Option<&'static str> {
        let at = *self.found.get(self.search.selected)?;
        Some(self.all[at].emoji)
    }
}

impl Dialog for Emoji {
    fn area(&self, look: &Look<'_>) -> Rect {
        searched_area(look)
    }

    fn draw(&self, look: &Look<'_>, frame: &mut Frame) {
        let area = self.area(look);
        let buffer = frame.buffer_mut();
        Shape::empty(area, " Emoji ").draw(look, buffer);
        let signs = ("▸", "type a name: heart, thumbs up, rocket");
        let input = draw_search(look, area, signs, &self.search.query, buffer);
        let place = below_search(area, 0);
        if self.found.is_empty() {
            let words = "No emoji has this name";
            glyph::put_cut(buffer, Rect { height: 1, ..place }, words, look.theme.text);
        }
        let rows = self.found.iter().map(|&at| {
            let Named { emoji, name, .. } = self.all[at];
            Row {
                left: format!("{name}  {emoji}"),
                right: String::new(),
                style: look.theme.text,
                most: place.width / 2,
            }
        });
        list::draw(look.theme, place, rows, Some(self.search.selected), buffer);
        let at = self.search.place(self.found.len());
        draw_keys(look, area, vec![at, "Enter inserts it".to_owned()], buffer);
        frame.set_cursor_position(self.search.query.cursor_position(input));
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) {
        if self.search.key(key, self.found.len(), look.now) {
            self.find();
        }
    }

    fn entry_at(&self, look: &Look<'_>, at: Position) -> Option<usize> {
        let place = below_search(self.area(look), 0);
        list::at(place, self.search.selected, self.found.len(), at)
    }

    fn mark(&mut self, entry: usize) -> bool {
        self.search.selected = entry;
        true
    }

    fn field_mut(&mut self) -> Option<&mut Field> {
        Some(&mut self.search.query)
    }

    fn text_changed(&mut self) {
        self.search.selected = 0;
        self.find();
    }
}
