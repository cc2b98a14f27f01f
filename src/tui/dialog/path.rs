//! The question for a file: a path that is typed, and below it what is in its folder.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;

use super::shape::{Shape, centred, draw_keys, field_width, width};
use super::{Dialog, Look};
use crate::tui::effect::Ticket;
use crate::tui::event::FolderEntry;
use crate::tui::widget::field::{Field, Response};
use crate::tui::widget::glyph;
use crate::tui::widget::list::{self, Row};
use crate::tui::widget::paragraph::wrapped;

/// Rows of the dialog without its list: the borders, the field and an empty row.
const FRAME: u16 = 4;

/// Rows of the list.
const ROWS: u16 = 8;

/// What a file is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To begin a new message.
    New,
    /// To open it.
    Open,
    /// To save the message in it.
    SaveAs,
    /// To answer the message in it.
    Quote,
    /// To show it on a catalog's card.
    Picture,
}

/// The question for a file.
#[derive(Debug, Clone)]
pub struct PathPrompt {
    /// What for.
    pub purpose: Purpose,
    /// The path.
    pub field: Field,
    /// Why the last one was no good.
    pub error: Option<String>,
    /// The reading or writing that it asked for last.
    pub asked: Option<Ticket>,
    /// The folder that was looked into, as it was written, and that look.
    pub folder: Option<(String, Ticket)>,
    /// What is in that folder, once it is known.
    pub entries: Vec<FolderEntry>,
    /// The match that is chosen, if the arrows chose one.
    pub selected: Option<usize>,
}

impl PathPrompt {
    /// A question with a path to begin with.
    pub const fn new(purpose: Purpose, field: Field) -> Self {
        Self {
            purpose,
            field,
            error: None,
            asked: None,
            folder: None,
            entries: Vec::new(),
            selected: None,
        }
    }

    /// The folder that is written, with its slash, and what is written behind it.
    pub fn parts(&self) -> (String, String) {
        let text = self.field.text();
        let at = text.rfind('/').map_or(0, |slash| slash + 1);
        let (folder, name) = text.split_at(at);
        (folder.to_owned(), name.to_owned())
    }

    /// What in the folder begins as it is written, and is of use here.
    pub fn matches(&self) -> Vec<&FolderEntry> {
        let (_, name) = self.parts();
        let all = self.purpose == Purpose::Picture;
        let begins = |entry: &&FolderEntry| {
            let hidden = entry.name.starts_with('.') && !name.starts_with('.');
            !hidden && starts_with(&entry.name, &name)
        };
        let entries = self.entries.iter().filter(begins);
        entries
            .filter(|entry| all || entry.is_folder || is_message_file(&entry.name))
            .collect()
    }

    /// Writes a match into the field; a folder with its slash.
    pub fn take(&mut self, entry: &FolderEntry) {
        let (folder, _) = self.parts();
        let slash = if entry.is_folder { "/" } else { "" };
        self.field
            .replace(&format!("{folder}{}{slash}", entry.name));
        self.selected = None;
        self.error = None;
    }

    /// Tab: the chosen match, or as much as all matches have in common.
    pub fn complete(&mut self) {
        let matches = self.matches();
        let chosen = match (self.selected, matches.as_slice()) {
            (Some(at), _) => matches.get(at).copied(),
            (None, [only]) => Some(*only),
            _ => None,
        };
        if let Some(entry) = chosen.cloned() {
            self.take(&entry);
            return;
        }
        let (folder, name) = self.parts();
        let names: Vec<&str> = matches.iter().map(|entry| entry.name.as_str()).collect();
        let common = common_beginning(&names);
        if common.len() > name.len() {
            self.field.replace(&format!("{folder}{common}"));
        }
    }
}

/// Whether a file is named as message files are.
fn is_message_file(name: &str) -> bool {
    let name = name.to_lowercase();
    [".toml", ".json"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

/// Whether a name begins so, whatever the case.
fn starts_with(name: &str, beginning: &str) -> bool {
    let mut name = name.chars().flat_map(char::to_lowercase);
    let mut beginning = beginning.chars().flat_map(char::to_lowercase);
    beginning.all(|c| name.next() == Some(c))
}

fn common_beginning(names: &[&str]) -> String {
    let Some((first, others)) = names.split_first() else {
        return String::new();
    };
    let mut common = String::new();
    for (at, c) in first.char_indices() {
        let same = |other: &&str| other.get(at..).is_some_and(|rest| rest.starts_with(c));
        if !others.iter().all(same) {
            break;
        }
        common.push(c);
    }
    common
}

/// The place of the matches.
fn list(area: Rect) -> Rect {
    Rect {
        x: area.x + 2,
        y: area.y + 3,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(FRAME),
    }
}

/// What is wrong with the path, as far as there is room.
fn error_lines(look: &Look<'_>, error: &str, list: Rect) -> Vec<Line<'static>> {
    let width = usize::from(list.width);
    let mut lines = wrapped(&format!("✗ {error}"), width, look.theme.error);
    let room = usize::from(list.height).max(1);
    if lines.len() > room {
        let more = lines.len() - (room - 1);
        lines.truncate(room - 1);
        lines.extend(wrapped(
            &format!("… {more} lines more"),
            width,
            look.theme.dim,
        ));
    }
    lines
}

impl Dialog for PathPrompt {
    fn area(&self, look: &Look<'_>) -> Rect {
        let rows = ROWS.min(look.size.height.saturating_sub(FRAME + 2)).max(3);
        centred(look.size, width(look.size), rows + FRAME)
    }

    fn draw(&self, look: &Look<'_>, frame: &mut Frame) {
        let area = self.area(look);
        let place = list(area);
        let (title, verb) = match self.purpose {
            Purpose::SaveAs => (" Save as ", "saves"),
            Purpose::Quote => (" The message that is answered ", "opens"),
            Purpose::Picture => (" A picture for the catalog ", "takes it"),
            Purpose::New | Purpose::Open => (" Open a message file ", "opens"),
        };
        let mut body = vec![Line::default(), Line::default()];
        if let Some(error) = &self.error {
            body.extend(error_lines(look, error, place));
        }
        let buffer = frame.buffer_mut();
        Shape { area, title, body }.draw(look, buffer);
        let input = Rect {
            x: area.x + 2,
            y: area.y + 1,
            width: field_width(look.size),
            height: 1,
        };
        self.field.draw(input, buffer, look.theme.field());
        let matches = self.matches();
        if self.error.is_none() {
            let rows = matches.iter().map(|entry| Row {
                left: format!("{}{}", entry.name, if entry.is_folder { "/" } else { "" }),
                right: String::new(),
                style: Style::default(),
                most: 0,
            });
            list::draw(look.theme, place, rows, self.selected, buffer);
        }
        if self.error.is_none() && matches.is_empty() {
            let row = Rect { height: 1, ..place };
            let words = match &self.folder {
                Some(_) if self.purpose == Purpose::SaveAs => "  a new file: .toml or .json",
                Some(_) if self.purpose == Purpose::Picture => {
                    "  no file has a name that begins like this"
                }
                Some(_) => "  no .toml or .json file has a name that begins like this",
                None => "",
            };
            glyph::put_cut(buffer, row, words, look.theme.text);
        }
        let mut parts = Vec::new();
        if matches.len() > usize::from(place.height) && self.error.is_none() {
            let at = self.selected.map_or(0, |at| at + 1);
            parts.push(format!("{at} of {}", matches.len()));
        }
        parts.push(format!("Enter {verb}"));
        parts.extend(["Tab completes", "↓ chooses"].map(str::to_owned));
        draw_keys(look, area, parts, buffer);
        frame.set_cursor_position(self.field.cursor_position(input));
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) {
        let count = self.matches().len();
        match key.code {
            KeyCode::Tab => self.complete(),
            KeyCode::Up | KeyCode::BackTab => {
                self.selected = match self.selected {
                    Some(at) => at.checked_sub(1),
                    None => count.checked_sub(1),
                };
            }
            KeyCode::Down => {
                let next = self.selected.map_or(0, |at| at + 1);
                self.selected = (next < count).then_some(next);
            }
            _ => {
                if self.field.key(key, look.now) == Response::Changed {
                    self.text_changed();
                }
            }
        }
    }

    fn entry_at(&self, look: &Look<'_>, at: Position) -> Option<usize> {
        // A row is meant on the border beside it too.
        let area = self.area(look);
        let place = Rect {
            x: area.x,
            width: area.width,
            ..list(area)
        };
        let entry = list::at(place, self.selected.unwrap_or(0), self.matches().len(), at);
        entry.filter(|_| self.error.is_none())
    }

    fn mark(&mut self, entry: usize) -> bool {
        self.selected = Some(entry);
        true
    }

    fn field_mut(&mut self) -> Option<&mut Field> {
        Some(&mut self.field)
    }

    fn text_changed(&mut self) {
        (self.error, self.selected) = (None, None);
    }
}
