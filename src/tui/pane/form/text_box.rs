//! The text in its box: its label and sign in the upper border, its counter in the lower one, and in
//! both how much of it is hidden.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::border;

use super::{counter, draw_field, put_right, sign};
use crate::message::Field;
use crate::tui::focus::Focus;
use crate::tui::layout::{self, RowKind};
use crate::tui::model::Model;
use crate::tui::widget::glyph;

/// Draws the box.
pub fn draw(model: &Model, area: Rect, label: Style, buffer: &mut Buffer) {
    let frame = if model.focus == Focus::TEXT {
        model.theme.focus
    } else {
        model.theme.frame
    };
    glyph::put_frame(buffer, area, border::ROUNDED, frame);
    let line = |y| Rect {
        x: area.x + 2,
        y,
        width: area.width.saturating_sub(4),
        height: 1,
    };
    let (top, bottom) = (line(area.top()), line(area.bottom().saturating_sub(1)));
    let drawn = glyph::put_cut(buffer, top, " Text ", label);
    let here = sign(model, |problem| {
        Focus::of_field(problem.field) == Focus::TEXT
    });
    if let Some((sign, style)) = here {
        let place = Rect {
            x: top.x + drawn,
            width: 2,
            ..top
        };
        glyph::put_cut(buffer, place, &format!("{sign} "), style);
    }
    draw_field(model, Field::Text, layout::text_field(area), buffer);
    let mut counters = counter::trailing(model, RowKind::TextBox);
    for (words, _) in &mut counters {
        *words = format!(" {words} ");
    }
    put_right(buffer, bottom, &counters);
    let Some(field) = model.composer.editor(Field::Text) else {
        return;
    };
    let (above, below) = field.hidden();
    if above > 0 {
        put_right(
            buffer,
            top,
            &[(format!(" ↑ {above} more "), model.theme.dim)],
        );
    }
    if below > 0 {
        let words = format!(" ↓ {below} more ");
        glyph::put(buffer, bottom.x, bottom.y, &words, 14, model.theme.dim);
    }
}
