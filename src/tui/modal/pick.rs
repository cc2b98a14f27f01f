//! The choice among the buttons or rows that a reply can answer with.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::draw::{Dialog, centred, draw_box, draw_keys, width};
use super::palette::top_row;
use crate::message::SelectedRow;
use crate::tui::layout;
use crate::tui::model::Model;
use crate::tui::widget::glyph;

/// Rows of the list, at the most.
const ENTRIES: u16 = 12;

/// The choice among the buttons or rows of a message.
#[derive(Debug, Clone)]
pub struct Pick {
    /// What can be picked.
    pub choices: Vec<SelectedRow>,
    /// What Enter picks.
    pub selected: usize,
}

pub(super) fn area(model: &Model, pick: &Pick) -> Rect {
    let rows = u16::try_from(pick.choices.len()).unwrap_or(u16::MAX);
    let rows = rows
        .clamp(1, ENTRIES)
        .min(model.size.height.saturating_sub(4));
    centred(model.size, width(model.size), rows + 2)
}

pub(super) fn list(area: Rect) -> Rect {
    Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    }
}

pub(super) fn draw(model: &Model, pick: &Pick, buffer: &mut Buffer) {
    let area = area(model, pick);
    draw_box(
        model,
        &Dialog {
            area,
            title: " What is answered ",
            body: Vec::new(),
            choices: Vec::new(),
        },
        buffer,
    );
    let list = list(area);
    let top = top_row(pick.selected, list.height);
    let choices = pick.choices.iter().enumerate().skip(top);
    for ((at, choice), y) in choices.zip(list.top()..list.bottom()) {
        let (mark, style) = if at == pick.selected {
            ("▸ ", model.theme.selected)
        } else {
            ("  ", model.theme.text)
        };
        let id_width = layout::columns(&choice.id).min(list.width / 2);
        let row = Rect {
            y,
            height: 1,
            ..list
        };
        let words = Rect {
            width: row.width.saturating_sub(id_width + 1),
            ..row
        };
        glyph::put_cut(buffer, words, &format!("{mark}{}", choice.text), style);
        let id = Rect {
            x: row.right() - id_width,
            width: id_width,
            ..row
        };
        glyph::put_cut(buffer, id, &choice.id, model.theme.text);
    }
    let at = format!("{} of {}", pick.selected + 1, pick.choices.len());
    draw_keys(model, area, vec![at, "Enter picks".to_owned()], buffer);
}
