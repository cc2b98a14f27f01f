//! The question for the values of variables.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::shape::{Shape, centred, draw_keys, width};
use super::{Dialog, Look};
use crate::tui::widget::field::Field;
use crate::tui::widget::glyph;
use crate::tui::widget::list::{self, stepped};

/// What is meant by giving the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Meant {
    /// To have them in the message.
    #[default]
    Fill,
    /// To send it then.
    Send,
    /// To send it then, and begin the next one.
    SendNext,
}

/// The question for the values of variables.
#[derive(Debug, Clone)]
pub struct FillPrompt {
    /// The variables, in the order of the form.
    pub names: Vec<String>,
    /// Their values.
    pub fields: Vec<Field>,
    /// The one that is written.
    pub at: usize,
    /// What is to be done then.
    pub meant: Meant,
}

impl FillPrompt {
    /// The rows' place, and the names' columns.
    fn list(&self, look: &Look<'_>) -> (Rect, u16) {
        let area = self.area(look);
        let list = Rect {
            x: area.x + 2,
            y: area.y + 1,
            width: area.width.saturating_sub(4),
            height: area.height.saturating_sub(4),
        };
        let names = self.names.iter().map(|name| glyph::width(name)).max();
        let names = u16::try_from(names.unwrap_or(0)).unwrap_or(u16::MAX);
        (list, names.min(list.width / 2))
    }
}

impl Dialog for FillPrompt {
    fn area(&self, look: &Look<'_>) -> Rect {
        let rows = u16::try_from(self.names.len()).unwrap_or(u16::MAX);
        let rows = rows.min(look.size.height.saturating_sub(6)).max(1);
        centred(look.size, width(look.size), rows + 4)
    }

    fn draw(&self, look: &Look<'_>, frame: &mut Frame) {
        let (area, theme) = (self.area(look), look.theme);
        let buffer = frame.buffer_mut();
        Shape::empty(area, " Fill in ").draw(look, buffer);
        let (list, names) = self.list(look);
        let top = list::top(self.at, list.height);
        let mut cursor = None;
        let values = self.names.iter().zip(&self.fields).enumerate().skip(top);
        for ((at, (name, field)), y) in values.zip(list.top()..list.bottom()) {
            let row = Rect {
                y,
                height: 1,
                ..list
            };
            let on = at == self.at;
            let style = if on { theme.focus } else { theme.text };
            let label = Rect {
                width: names,
                ..row
            };
            glyph::put_cut(buffer, label, name, style);
            let value = Rect {
                x: row.x + names + 2,
                width: row.width.saturating_sub(names + 2),
                ..row
            };
            if on {
                field.draw(value, buffer, theme.field());
                cursor = Some(field.cursor_position(value));
            } else if field.is_empty() {
                glyph::put_cut(buffer, value, "not filled in", theme.placeholder);
            } else {
                glyph::put_cut(buffer, value, &field.text(), theme.text);
            }
        }
        let then = match (self.at + 1 < self.names.len(), self.meant != Meant::Fill) {
            (true, _) => "next value",
            (false, true) => "asks whether to send",
            (false, false) => "takes them",
        };
        let is_hidden = self.names.len() > usize::from(list.height);
        let at = is_hidden.then(|| format!("{} of {}", self.at + 1, self.names.len()));
        let parts = at.into_iter().chain([format!("Enter {then}")]);
        draw_keys(look, area, parts.collect(), buffer);
        if let Some(cursor) = cursor {
            frame.set_cursor_position(cursor);
        }
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) {
        let stepped = match key.code {
            KeyCode::Home | KeyCode::End => self.at,
            _ => stepped(self.at, self.fields.len(), key),
        };
        if stepped != self.at {
            self.at = stepped;
        } else if let Some(field) = self.fields.get_mut(self.at) {
            field.key(key, look.now);
        }
    }

    fn entry_at(&self, look: &Look<'_>, at: Position) -> Option<usize> {
        // A row is meant on the border beside it too.
        let list = self.list(look).0;
        let row = Rect {
            x: self.area(look).x,
            width: self.area(look).width,
            ..list
        };
        list::at(row, self.at, self.names.len(), at)
    }

    fn mark(&mut self, entry: usize) -> bool {
        self.at = entry;
        false
    }

    fn field_mut(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.at)
    }

    fn fit(&mut self, look: &Look<'_>) {
        let (list, names) = self.list(look);
        if let Some(field) = self.field_mut() {
            field.resize(list.width.saturating_sub(names + 2), 1);
        }
    }
}
