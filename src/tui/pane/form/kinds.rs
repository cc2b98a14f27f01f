//! The row of kinds; the one in use stands between brackets.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::sign;
use crate::tui::focus::Focus;
use crate::tui::layout::kinds::{KIND_LABEL, choices};
use crate::tui::model::Model;
use crate::tui::widget::glyph;

/// Draws the row.
pub fn draw(model: &Model, row: Rect, label: Style, buffer: &mut Buffer) {
    glyph::put(buffer, row.x, row.y, "Kind", 4, label);
    let here = sign(model, |problem| {
        Focus::of_field(problem.field) == Focus::Kind
    });
    if let Some((sign, style)) = here {
        glyph::put(buffer, row.x + KIND_LABEL - 2, row.y, sign, 1, style);
    }
    let kind = model.draft().message.kind();
    for choice in choices(kind, row) {
        if choice.area.y >= row.bottom() {
            return;
        }
        if choice.kind == kind {
            let style = match model.focus {
                Focus::Kind => model.theme.selected,
                _ => model.theme.focus,
            };
            let words = format!("[{}]", choice.words);
            glyph::put_cut(buffer, choice.area, &words, style);
        } else {
            let word = Rect {
                x: choice.area.x + 1,
                width: choice.area.width.saturating_sub(1),
                ..choice.area
            };
            glyph::put_cut(buffer, word, choice.words, model.theme.text);
        }
    }
}
