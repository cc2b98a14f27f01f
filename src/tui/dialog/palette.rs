//! The palette: every command by its name or its words, those that were used lately first.

use std::cmp::Reverse;

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::shape::{Shape, below_search, draw_keys, draw_search, searched_area};
use super::{Dialog, Look};
use crate::config::Profile;
use crate::tui::action::Action;
use crate::tui::widget::field::Field;
use crate::tui::widget::fuzzy::{Query, Score, searched};
use crate::tui::widget::glyph;
use crate::tui::widget::list::{self, Row, Search};
use crate::visible;

/// The palette.
#[derive(Debug, Clone)]
pub struct Palette {
    search: Search,
    /// Every command, those that were used lately first.
    commands: Vec<Command>,
    /// Those that answer the search, the best one first: places among the commands.
    found: Vec<usize>,
}

/// A command, and by what it is found.
#[derive(Debug, Clone)]
struct Command {
    entry: Entry,
    /// What is shown.
    words: String,
    /// By what it is called, and what is said of it, as they are searched.
    names: [String; 2],
    folded: String,
}

/// An entry of the palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// An action.
    Action(Action),
    /// Compose for this profile.
    Profile(usize),
}

impl Command {
    fn action(action: Action) -> Self {
        Self {
            entry: Entry::Action(action),
            words: action.words().to_owned(),
            names: [action.title(), action.name()].map(searched),
            folded: searched(action.words()),
        }
    }

    fn profile(at: usize, profile: &Profile) -> Self {
        let (name, gateway) = (&profile.name, profile.account.gateway);
        let words = visible::line(&format!("Use profile {name} ({gateway})")).into_owned();
        Self {
            entry: Entry::Profile(at),
            names: [searched(name), searched(&format!("profile {name}"))],
            folded: searched(&words),
            words,
        }
    }
}

impl Palette {
    /// The palette while one of these profiles is in use; `recent` are the names of the commands that were
    /// used lately, the last one first.
    pub fn new(profiles: &[Profile], in_use: usize, recent: &[String]) -> Self {
        let actions = Action::ALL.iter().copied();
        let actions = actions.filter(|&action| action != Action::Palette);
        let others = profiles.iter().enumerate().filter(|&(at, _)| at != in_use);
        let others = others.map(|(at, profile)| Command::profile(at, profile));
        let mut commands: Vec<Command> = actions.map(Command::action).chain(others).collect();
        commands.sort_by_cached_key(|command| {
            let name = name_of(command.entry, profiles);
            let place = recent.iter().position(|known| *known == name);
            place.unwrap_or(usize::MAX)
        });
        let mut palette = Self {
            search: Search::default(),
            commands,
            found: Vec::new(),
        };
        palette.find();
        palette
    }

    /// Looks for what was typed. Of those that answer equally well, the one that was used last comes first.
    fn find(&mut self) {
        let query = Query::new(&self.search.query.text());
        let scored = self
            .commands
            .iter()
            .enumerate()
            .filter_map(|(at, command)| {
                let names = command.names.each_ref().map(String::as_str);
                Some((query.score(&names, &command.folded)?, at))
            });
        let mut scored: Vec<(Score, usize)> = scored.collect();
        scored.sort_by_key(|&(score, _)| Reverse(score));
        self.found = scored.into_iter().map(|(_, at)| at).collect();
    }

    /// The entry that is marked.
    pub fn chosen(&self) -> Option<Entry> {
        let at = *self.found.get(self.search.selected)?;
        Some(self.commands[at].entry)
    }

    fn row(look: &Look<'_>, command: &Command, most: u16) -> Row {
        let key = match command.entry {
            Entry::Action(action) => look.keymap.key(action),
            Entry::Profile(_) => None,
        };
        Row {
            left: command.words.clone(),
            right: key.map_or_else(String::new, |key| key.to_string()),
            style: look.theme.key,
            most,
        }
    }
}

/// The name that a command is remembered by.
pub fn name_of(entry: Entry, profiles: &[Profile]) -> String {
    match entry {
        Entry::Action(action) => action.name().to_owned(),
        Entry::Profile(at) => {
            let name = profiles.get(at).map_or("", |profile| &profile.name);
            format!("profile {name}")
        }
    }
}

impl Dialog for Palette {
    fn area(&self, look: &Look<'_>) -> Rect {
        searched_area(look)
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
        if self.found.is_empty() {
            let words = "No command has these words";
            glyph::put_cut(buffer, Rect { height: 1, ..place }, words, look.theme.text);
        }
        let found = self.found.iter().map(|&at| &self.commands[at]);
        let rows = found.map(|command| Self::row(look, command, place.width));
        list::draw(look.theme, place, rows, Some(self.search.selected), buffer);
        let at = self.search.place(self.found.len());
        draw_keys(look, area, vec![at, "Enter runs".to_owned()], buffer);
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

    fn toggle(&self) -> Option<Action> {
        Some(Action::Palette)
    }
}
