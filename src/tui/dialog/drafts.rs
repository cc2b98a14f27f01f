//! The list of drafts.

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use super::shape::{Shape, below_search, centred, draw_keys, draw_on_border, draw_search};
use super::{Dialog, Look};
use crate::store::{DraftId, DraftRow};
use crate::tui::action::{Action, Context};
use crate::tui::widget::field::Field;
use crate::tui::widget::glyph;
use crate::tui::widget::list::{self, Row, Search};
use crate::visible;

/// The widest that the list is.
const WIDEST: u16 = 100;

/// Rows of the list, at the most.
const ROWS: u16 = 16;

/// From this width on, a row has room for the recipient.
const WITH_RECIPIENT: u16 = 60;

/// The list of drafts.
#[derive(Debug, Clone, Default)]
pub struct Drafts {
    /// What is looked for, and the one of those that match that Enter opens.
    pub search: Search,
    /// Every draft.
    pub rows: Vec<DraftRow>,
    /// Whether they were read.
    pub is_read: bool,
    /// The draft that gets a name, and that.
    pub naming: Option<(DraftId, Field)>,
    /// The one that is composed.
    pub composed: Option<DraftId>,
    /// Whether a deleted one can be had back.
    pub restores: bool,
}

fn width(size: Size) -> u16 {
    size.width.saturating_sub(4).min(WIDEST)
}

impl Drafts {
    /// The drafts in which every word of the search is found.
    pub fn matches(&self) -> Vec<&DraftRow> {
        let found = |row: &&DraftRow| {
            let file = row.file.as_ref().map(|path| path.display().to_string());
            let text = [
                row.name.as_deref().unwrap_or_default(),
                &row.to,
                &row.first_line,
                row.kind.name(),
                file.as_deref().unwrap_or_default(),
            ];
            self.search.matches(&text.join("\n"))
        };
        self.rows.iter().filter(found).collect()
    }

    /// The draft that is chosen.
    pub fn chosen(&self) -> Option<&DraftRow> {
        self.matches().get(self.search.selected).copied()
    }

    fn row(&self, look: &Look<'_>, row: &DraftRow, width: u16) -> Row {
        let name = match (&row.name, &row.file) {
            (Some(name), _) => name.clone(),
            (None, Some(file)) => {
                let name = file.file_name().unwrap_or(file.as_os_str());
                format!("{}: {}", name.to_string_lossy(), row.first_line)
            }
            (None, None) if row.first_line.is_empty() => format!("({} without a text)", row.kind),
            (None, None) => row.first_line.clone(),
        };
        let state = if self.composed == Some(row.id) {
            "● here"
        } else if row.is_open_elsewhere {
            "○ elsewhere"
        } else {
            ""
        };
        let mut right = vec![state.to_owned()];
        if width >= WITH_RECIPIENT {
            right.push(visible::line(&row.to).into_owned());
        }
        // The year only stands in the store.
        right.push(row.updated_local.get(5..).unwrap_or_default().to_owned());
        right.retain(|part| !part.is_empty());
        Row {
            left: visible::line(&name).into_owned(),
            right: right.join("  "),
            style: look.theme.text,
            most: width * 2 / 3,
        }
    }

    fn draw_hints(&self, look: &Look<'_>, count: usize, area: Rect, buffer: &mut Buffer) {
        if self.naming.is_some() {
            draw_keys(look, area, vec!["Enter names it".to_owned()], buffer);
            return;
        }
        let hint = |(action, words)| look.keymap.hint(action, words);
        let mut parts = vec![self.search.place(count), "Enter opens".to_owned()];
        parts.extend(hint((Action::Close, "closes")));
        draw_on_border(area, &parts, look.theme.text, buffer);
        let restores = self.restores.then_some((Action::Undo, "brings it back"));
        let actions = [
            (Action::Rename, "rename"),
            (Action::DuplicateDraft, "duplicate"),
            (Action::DeleteDraft, "delete"),
        ];
        let hints = restores.into_iter().chain(actions).filter_map(hint);
        let above = Rect {
            x: area.x + 2,
            y: area.bottom().saturating_sub(2),
            width: area.width.saturating_sub(4),
            height: 1,
        };
        let words = hints.collect::<Vec<_>>().join("  ");
        glyph::put_cut(buffer, above, &words, look.theme.text);
    }
}

impl Dialog for Drafts {
    /// As high as there are drafts; a search leaves it where it is.
    fn area(&self, look: &Look<'_>) -> Rect {
        let rows = u16::try_from(self.rows.len()).unwrap_or(ROWS);
        let height = rows.clamp(3, ROWS) + 5;
        let height = height.min(look.size.height.saturating_sub(2));
        Rect {
            y: 1,
            ..centred(look.size, width(look.size), height)
        }
    }

    fn draw(&self, look: &Look<'_>, frame: &mut Frame) {
        let area = self.area(look);
        let buffer = frame.buffer_mut();
        Shape::empty(area, " Drafts ").draw(look, buffer);
        let (signs, field) = match &self.naming {
            Some((_, field)) => (("✎", "a name; empty takes it away"), field),
            None => (("▸", "type to find"), &self.search.query),
        };
        let input = draw_search(look, area, signs, field, buffer);
        let place = below_search(area, 1);
        let rows = self.matches();
        if rows.is_empty() {
            let words = if !self.is_read {
                "Reading …"
            } else if self.rows.is_empty() && self.search.query.is_empty() {
                "No drafts yet: what you write is kept here by itself"
            } else {
                "No draft has these words"
            };
            glyph::put_cut(buffer, Rect { height: 1, ..place }, words, look.theme.text);
        }
        let drawn = rows.iter().map(|row| self.row(look, row, place.width));
        list::draw(look.theme, place, drawn, Some(self.search.selected), buffer);
        self.draw_hints(look, rows.len(), area, buffer);
        frame.set_cursor_position(field.cursor_position(input));
    }

    /// Moves, or writes into the search or the name.
    fn key(&mut self, look: &Look<'_>, key: KeyEvent) {
        if let Some((_, field)) = &mut self.naming {
            field.key(key, look.now);
            return;
        }
        let count = self.matches().len();
        self.search.key(key, count, look.now);
    }

    fn entry_at(&self, look: &Look<'_>, at: Position) -> Option<usize> {
        let place = below_search(self.area(look), 1);
        list::at(place, self.search.selected, self.matches().len(), at)
    }

    fn mark(&mut self, entry: usize) -> bool {
        self.search.selected = entry;
        true
    }

    fn field_mut(&mut self) -> Option<&mut Field> {
        match &mut self.naming {
            Some((_, field)) => Some(field),
            None => Some(&mut self.search.query),
        }
    }

    fn fit(&mut self, look: &Look<'_>) {
        let width = width(look.size).saturating_sub(6);
        if let Some(field) = self.field_mut() {
            field.resize(width, 1);
        }
    }

    fn context(&self) -> Context {
        Context::Drafts
    }

    fn toggle(&self) -> Option<Action> {
        Some(Action::Drafts)
    }
}
