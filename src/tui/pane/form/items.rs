//! The rows of buttons, a template's values, a poll's options, sections, products and a list's rows.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{cells, draw_fields, sign};
use crate::message::check::Problem;
use crate::message::limits::LimitKey;
use crate::message::outline::Item;
use crate::message::{ActionKind, ButtonPart, Field, Filling, Message, SectionPart};
use crate::tui::focus::Focus;
use crate::tui::layout::{self, Row};
use crate::tui::model::Model;
use crate::tui::widget::glyph;

pub(super) fn draw_button(model: &Model, at: usize, row: Row, buffer: &mut Buffer) {
    let Message::Buttons(message) = &model.draft().message else {
        return;
    };
    let Some(button) = message.buttons.get(at) else {
        return;
    };
    let icon = icon(button.action.kind());
    let mark = format!("{}{icon}", at + 1);
    let signs = [ButtonPart::Action, ButtonPart::Id].map(|part| Field::Button(at, part));
    let sign = sign(model, |problem| signs.contains(&problem.field));
    draw_item(model, Item::Button(at), &mark, sign, row, buffer);
}

pub(super) fn draw_option(model: &Model, at: usize, row: Row, buffer: &mut Buffer) {
    let mark = format!("{:>3}", at + 1);
    let here = |problem: &Problem| problem.field == Field::Option(at);
    let sign = over(model, LimitKey::Options, at).or_else(|| sign(model, here));
    draw_item(model, Item::Option(at), &mark, sign, row, buffer);
}

pub(super) fn draw_variable(model: &Model, at: usize, row: Row, buffer: &mut Buffer) {
    let mark = format!("{:>3}", at + 1);
    let signs = [Field::Value(at), Field::ValueName(at)];
    let sign = sign(model, |problem| signs.contains(&problem.field));
    draw_item(model, Item::Value(at), &mark, sign, row, buffer);
}

pub(super) fn draw_filling(
    model: &Model,
    (at, filling): (usize, Filling),
    row: Row,
    buffer: &mut Buffer,
) {
    let mark = format!("{:>3}", at + 1);
    let signs =
        [ButtonPart::Index, ButtonPart::Filling(filling)].map(|part| Field::Button(at, part));
    let sign = over(model, LimitKey::Buttons, at)
        .or_else(|| sign(model, |problem| signs.contains(&problem.field)));
    draw_item(model, Item::Button(at), &mark, sign, row, buffer);
    let Some(&(_, item)) = cells(model, row).first() else {
        return;
    };
    let room = usize::from(layout::FILLING - 1);
    let style = model.theme.dim;
    glyph::put(buffer, item.right(), item.y, filling.name(), room, style);
}

pub(super) fn draw_section(model: &Model, at: usize, row: Row, buffer: &mut Buffer) {
    let folded = model.composer.is_folded(at);
    let mark = if folded { "▸" } else { "▾" };
    let here = |problem: &Problem| match problem.field {
        Field::Section(section, part) if section == at => {
            folded
                || matches!(
                    part,
                    SectionPart::Title | SectionPart::Products | SectionPart::Rows
                )
        }
        _ => false,
    };
    let over = over(model, LimitKey::Sections, at);
    draw_item(
        model,
        Item::Section(at),
        mark,
        sign(model, here).or(over),
        row,
        buffer,
    );
}

/// A product, or the first line of a list's row.
pub(super) fn draw_entry(
    model: &Model,
    (section, at): (usize, usize),
    row: Row,
    buffer: &mut Buffer,
) {
    let mark = format!("{:>3}", at + 1);
    let stops = row.kind.stops();
    // A row's title has its own counter, which says what is wrong with its length.
    let here = |problem: &Problem| stops.contains(&Focus::of_field(problem.field));
    let (in_section, in_all) = match &model.draft().message {
        Message::List(message) => {
            let before = message.sections.iter().take(section);
            let before: usize = before.map(|section| section.rows.len()).sum();
            ((LimitKey::SectionRows, at), (LimitKey::Rows, before + at))
        }
        Message::Catalog(message) => {
            let before = message.sections.iter().take(section);
            let before: usize = before.map(|section| section.products.len()).sum();
            (
                (LimitKey::SectionProducts, at),
                (LimitKey::Products, before + at),
            )
        }
        _ => return,
    };
    let sign = over(model, in_section.0, in_section.1)
        .or_else(|| over(model, in_all.0, in_all.1))
        .or_else(|| sign(model, here));
    draw_item(model, Item::Entry(section, at), &mark, sign, row, buffer);
}

/// The sign of an item that is one too many.
fn over(model: &Model, key: LimitKey, at: usize) -> Option<(&'static str, Style)> {
    let limit = model.findings.limits.get(key)?;
    (at >= limit.max).then(|| {
        if limit.is_assumed() {
            ("!", model.theme.warning)
        } else {
            ("✗", model.theme.error)
        }
    })
}

fn draw_item(
    model: &Model,
    item: Item,
    mark: &str,
    sign: Option<(&'static str, Style)>,
    row: Row,
    buffer: &mut Buffer,
) {
    let Some(&(_, area)) = cells(model, row).first() else {
        return;
    };
    let style = match (
        model.focus == Focus::Item(item),
        model.focus.item() == Some(item),
    ) {
        (true, _) => model.theme.selected,
        (false, true) => model.theme.focus,
        (false, false) => model.theme.text,
    };
    glyph::put(buffer, area.x, area.y, mark, usize::from(area.width), style);
    if let Some((sign, style)) = sign {
        // Between two blanks; a number of four digits leaves room for one.
        let after_mark = area.x + layout::columns(mark) + 1;
        let x = area.right().saturating_sub(2).max(after_mark);
        glyph::put(buffer, x, area.y, sign, 1, style);
    }
    draw_fields(model, row, buffer);
}

pub(super) fn draw_value(
    model: &Model,
    at: usize,
    action: ActionKind,
    row: Row,
    buffer: &mut Buffer,
) {
    let focus = Focus::Edit(Field::Button(at, ButtonPart::Value(action)));
    let style = if model.focus == focus {
        model.theme.focus
    } else {
        model.theme.text
    };
    let area: Rect = layout::value_field(row.area);
    glyph::put(
        buffer,
        area.x - layout::VALUE_LABEL,
        area.y,
        action.value_key().unwrap_or_default(),
        usize::from(layout::VALUE_LABEL),
        style,
    );
    if let Some((sign, style)) = sign(model, |problem| Focus::of_field(problem.field) == focus) {
        glyph::put(buffer, area.x - 2, area.y, sign, 1, style);
    }
    draw_fields(model, row, buffer);
}

/// The sign of a button's action.
pub const fn icon(action: ActionKind) -> &'static str {
    match action {
        ActionKind::Reply => "↩",
        ActionKind::Copy => "⧉",
        ActionKind::Call => "☎",
        ActionKind::Url => "↗",
        ActionKind::Pix => "◈",
    }
}
