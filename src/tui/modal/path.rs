//! The question for a file: a path that is typed, and below it what is in its folder.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::draw::{Dialog, centred, draw_box, draw_keys, field_width, width};
use super::palette::top_row;
use crate::tui::effect::Ticket;
use crate::tui::event::FolderEntry;
use crate::tui::model::Model;
use crate::tui::widget::field::Field;
use crate::tui::widget::glyph;
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

pub(super) fn area(model: &Model) -> Rect {
    let rows = ROWS.min(model.size.height.saturating_sub(FRAME + 2)).max(3);
    centred(model.size, width(model.size), rows + FRAME)
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

/// The match at a row of the screen.
pub(super) fn at_row(model: &Model, prompt: &PathPrompt, y: u16) -> Option<usize> {
    let list = list(area(model));
    let row = usize::from(y.checked_sub(list.y)?) + top(prompt, list);
    let shown = y < list.bottom() && prompt.error.is_none();
    (shown && row < prompt.matches().len()).then_some(row)
}

fn top(prompt: &PathPrompt, list: Rect) -> usize {
    top_row(prompt.selected.unwrap_or(0), list.height)
}

/// What is wrong with the path, as far as there is room.
fn error_lines(model: &Model, error: &str, list: Rect) -> Vec<Line<'static>> {
    let width = usize::from(list.width);
    let mut lines = wrapped(&format!("✗ {error}"), width, model.theme.error);
    let room = usize::from(list.height).max(1);
    if lines.len() > room {
        let more = lines.len() - (room - 1);
        lines.truncate(room - 1);
        lines.extend(wrapped(
            &format!("… {more} lines more"),
            width,
            model.theme.dim,
        ));
    }
    lines
}

pub(super) fn draw(model: &Model, prompt: &PathPrompt, frame: &mut Frame) {
    let area = area(model);
    let list = list(area);
    let (title, verb) = match prompt.purpose {
        Purpose::SaveAs => (" Save as ", "saves"),
        Purpose::Quote => (" The message that is answered ", "opens"),
        Purpose::Picture => (" A picture for the catalog ", "takes it"),
        Purpose::New | Purpose::Open => (" Open a message file ", "opens"),
    };
    let mut body = vec![Line::default(), Line::default()];
    if let Some(error) = &prompt.error {
        body.extend(error_lines(model, error, list));
    }
    let matches = prompt.matches();
    let buffer = frame.buffer_mut();
    draw_box(
        model,
        &Dialog {
            area,
            title,
            body,
            choices: Vec::new(),
        },
        buffer,
    );
    let input = Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: field_width(model.size),
        height: 1,
    };
    prompt.field.draw(input, buffer, model.theme.field());
    if prompt.error.is_none() {
        let top = top(prompt, list);
        let rows = list.top()..list.bottom();
        for ((at, entry), y) in matches.iter().enumerate().skip(top).zip(rows) {
            let slash = if entry.is_folder { "/" } else { "" };
            let (mark, style) = if Some(at) == prompt.selected {
                ("▸ ", model.theme.selected)
            } else {
                ("  ", model.theme.text)
            };
            let row = Rect {
                y,
                height: 1,
                ..list
            };
            glyph::put_cut(buffer, row, &format!("{mark}{}{slash}", entry.name), style);
        }
        if matches.is_empty() {
            let row = Rect { height: 1, ..list };
            let words = match &prompt.folder {
                Some(_) if prompt.purpose == Purpose::SaveAs => "  a new file: .toml or .json",
                Some(_) if prompt.purpose == Purpose::Picture => {
                    "  no file has a name that begins like this"
                }
                Some(_) => "  no .toml or .json file has a name that begins like this",
                None => "",
            };
            glyph::put_cut(buffer, row, words, model.theme.text);
        }
    }
    let hidden = matches.len().saturating_sub(usize::from(list.height));
    let mut parts = Vec::new();
    if hidden > 0 && prompt.error.is_none() {
        let at = prompt.selected.map_or(0, |at| at + 1);
        parts.push(format!("{at} of {}", matches.len()));
    }
    parts.push(format!("Enter {verb}"));
    parts.extend(["Tab completes", "↓ chooses"].map(str::to_owned));
    draw_keys(model, area, parts, buffer);
    frame.set_cursor_position(prompt.field.cursor_position(input));
}
