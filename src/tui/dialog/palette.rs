//! The palette: every command by its words.

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::shape::{Shape, below_search, centred, draw_keys, draw_search, width};
use super::{Dialog, Look};
use crate::config::Profile;
use crate::gateway::GatewayKind;
use crate::tui::action::Action;
use crate::tui::widget::field::Field;
use crate::tui::widget::glyph;
use crate::tui::widget::list::{self, Row, Search};

/// Rows of the list, at the most.
const ENTRIES: u16 = 12;

/// The palette.
#[derive(Debug, Clone)]
pub struct Palette {
    search: Search,
    /// The profiles that are not in use: place, name and gateway.
    profiles: Vec<(usize, String, GatewayKind)>,
}

/// An entry of the palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// An action.
    Action(Action),
    /// Compose for this profile.
    Profile(usize),
}

impl Palette {
    /// The palette while one of these profiles is in use.
    pub fn new(profiles: &[Profile], in_use: usize) -> Self {
        let others = profiles.iter().enumerate().filter(|&(at, _)| at != in_use);
        let others =
            others.map(|(at, profile)| (at, profile.name.clone(), profile.account.gateway));
        Self {
            search: Search::default(),
            profiles: others.collect(),
        }
    }

    /// The entries that match, in order.
    fn entries(&self) -> Vec<Entry> {
        let actions = Action::ALL.iter().copied().filter(|&action| {
            let words = [action.title(), action.words(), action.name()].join(" ");
            action != Action::Palette && self.search.matches(&words)
        });
        let profiles = self.profiles.iter().filter(|(_, name, gateway)| {
            self.search
                .matches(&format!("use profile {name} {gateway}"))
        });
        // What is called so comes before what only speaks of it.
        let query = self.search.query.text().to_lowercase();
        let first = query.split_whitespace().next().unwrap_or_default();
        let mut actions: Vec<Action> = actions.collect();
        actions.sort_by_key(|action| !action.title().starts_with(first));
        let actions = actions.into_iter().map(Entry::Action);
        let profiles = profiles.map(|&(at, ..)| Entry::Profile(at));
        actions.chain(profiles).collect()
    }

    /// The entry that is marked.
    pub fn chosen(&self) -> Option<Entry> {
        self.entries().get(self.search.selected).copied()
    }

    fn row(&self, look: &Look<'_>, entry: Entry, most: u16) -> Row {
        let (left, key) = match entry {
            Entry::Action(action) => (action.words().to_owned(), look.keymap.key(action)),
            Entry::Profile(at) => {
                let profile = self.profiles.iter().find(|(place, ..)| *place == at);
                let words =
                    profile.map(|(_, name, gateway)| format!("Use profile {name} ({gateway})"));
                (words.unwrap_or_default(), None)
            }
        };
        Row {
            left,
            right: key.map_or_else(String::new, |key| key.to_string()),
            style: look.theme.key,
            most,
        }
    }
}

impl Dialog for Palette {
    fn area(&self, look: &Look<'_>) -> Rect {
        let height = (ENTRIES + 4).min(look.size.height.saturating_sub(2));
        Rect {
            y: 1,
            ..centred(look.size, width(look.size), height)
        }
    }

    fn draw(&self, look: &Look<'_>, frame: &mut Frame) {
        let area = self.area(look);
        let buffer = frame.buffer_mut();
        Shape::empty(area, " Commands ").draw(look, buffer);
        let input = draw_search(
            look,
            area,
            ("▸", "type to find"),
            &self.search.query,
            buffer,
        );
        let place = below_search(area, 0);
        let entries = self.entries();
        if entries.is_empty() {
            let words = "No command has these words";
            glyph::put_cut(buffer, Rect { height: 1, ..place }, words, look.theme.text);
        }
        let rows = entries
            .iter()
            .map(|&entry| self.row(look, entry, place.width));
        list::draw(look.theme, place, rows, Some(self.search.selected), buffer);
        let at = self.search.place(entries.len());
        draw_keys(look, area, vec![at, "Enter runs".to_owned()], buffer);
        frame.set_cursor_position(self.search.query.cursor_position(input));
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) {
        let count = self.entries().len();
        self.search.key(key, count, look.now);
    }

    fn entry_at(&self, look: &Look<'_>, at: Position) -> Option<usize> {
        let place = below_search(self.area(look), 0);
        list::at(place, self.search.selected, self.entries().len(), at)
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
    }

    fn toggle(&self) -> Option<Action> {
        Some(Action::Palette)
    }
}
