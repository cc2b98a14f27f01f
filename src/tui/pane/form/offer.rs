//! The recipients that are offered, below the field: each with the last message to it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::symbols::border;
use ratatui::widgets::{Clear, Widget};

use crate::message::Field;
use crate::tui::action::Action;
use crate::tui::layout::{Form, RowKind, columns};
use crate::tui::model::Model;
use crate::tui::widget::glyph;
use crate::tui::widget::list::{self, Row};

/// Rows that are seen at once, at the most.
const ROWS: u16 = 8;

/// The box, and the list in it, where there is room for a row.
fn places(model: &Model, form: &Form, area: Rect) -> Option<(Rect, Rect)> {
    if !model.recipients.is_open() || !model.modals.is_empty() {
        return None;
    }
    let is_to = |row: &&crate::tui::layout::Row| row.kind == RowKind::Line(Field::To);
    let top = form.rows.iter().find(is_to)?.area.bottom();
    let count = model.recipients.matching(&model.draft().to).count();
    let count = u16::try_from(count).unwrap_or(u16::MAX).min(ROWS);
    let height = (count + 2).min(area.bottom().saturating_sub(top));
    let outer = Rect {
        y: top,
        height,
        ..area
    };
    let inner = Rect {
        x: outer.x + 1,
        y: outer.y + 1,
        width: outer.width.saturating_sub(2),
        height: height.saturating_sub(2),
    };
    (!inner.is_empty()).then_some((outer, inner))
}

/// The offered one at a place.
pub fn at(model: &Model, form: &Form, area: Rect, place: Position) -> Option<usize> {
    let (_, inner) = places(model, form, area)?;
    let count = model.recipients.matching(&model.draft().to).count();
    let marked = model.recipients.marked().unwrap_or(0);
    list::at(inner, marked, count, place)
}

/// Draws what is offered.
pub fn draw(model: &Model, form: &Form, area: Rect, buffer: &mut Buffer) {
    let Some((outer, inner)) = places(model, form, area) else {
        return;
    };
    Clear.render(outer, buffer);
    glyph::put_frame(buffer, outer, border::ROUNDED, model.theme.focus);
    let rows = model.recipients.matching(&model.draft().to).map(|last| {
        let draft = if last.is_draft { "draft " } else { "" };
        Row {
            left: format!("{}  {}", last.to, last.first_line),
            right: format!("{draft}{}", last.at_local),
            style: model.theme.dim,
            most: 12,
        }
    });
    list::draw(&model.theme, inner, rows, model.recipients.marked(), buffer);
    let mut keys = vec!["↓ marks".to_owned(), "Enter takes".to_owned()];
    keys.extend(model.keymap.hint(Action::Close, "closes"));
    let width = |keys: &[String]| columns(&keys.join(" · ")) + 2;
    while keys.len() > 1 && width(&keys) > outer.width.saturating_sub(4) {
        keys.pop();
    }
    let line = Rect {
        x: outer.x + 2,
        y: outer.bottom().saturating_sub(1),
        width: outer.width.saturating_sub(4),
        height: 1,
    };
    let words = format!(" {} ", keys.join(" · "));
    glyph::put_cut(buffer, line, &words, model.theme.dim);
}
