//! The form: a row for each part of the message, its counters and its signs.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::border;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Widget};

use crate::message::check::{self, Severity};
use crate::message::limits::Standing;
use crate::message::recipient::Recipient;
use crate::message::{ActionKind, Message};
use crate::tui::app::App;
use crate::tui::focus::Focus;
use crate::tui::layout::{self, Form, Row, RowKind};
use crate::tui::widget::glyph;

/// The least columns of a counter, so that the fields do not jump while it grows.
const COUNTER: u16 = 5;
/// Columns of a button's value's label.
const VALUE_LABEL: u16 = 6;

/// What stands right of a field: the counter, or how the recipient was understood.
fn trailing(app: &App, focus: Focus) -> Option<(String, Style)> {
    if focus == Focus::To {
        return Some(recipient(app));
    }
    let count = check::counter(app.draft(), App::field_of(focus)?, &app.findings.limits)?;
    let near = count.standing != Standing::Within;
    let assumed = if near && count.limit.is_assumed() {
        "~"
    } else {
        ""
    };
    let (sign, style) = match count.standing {
        Standing::Within => ("", app.theme.dim),
        Standing::Near => ("! ", app.theme.warning),
        Standing::Over if count.limit.is_assumed() => ("! ", app.theme.warning),
        Standing::Over => ("✗ ", app.theme.error),
    };
    Some((
        format!("{sign}{}/{assumed}{}", count.actual, count.limit.max),
        style,
    ))
}

fn recipient(app: &App) -> (String, Style) {
    let to = &app.draft().to;
    match to.parse::<Recipient>() {
        Ok(_)
            if app
                .problem_at(Focus::To)
                .is_some_and(|problem| problem.severity == Severity::Error) =>
        {
            ("✗ not here".to_owned(), app.theme.error)
        }
        Ok(recipient) => (format!("✓ {}", recipient.kind()), app.theme.ok),
        Err(_) if to.trim().is_empty() => ("✗ missing".to_owned(), app.theme.error),
        Err(_) => ("✗ not understood".to_owned(), app.theme.error),
    }
}

fn trailing_width(app: &App, focus: Focus) -> u16 {
    let wanted = trailing(app, focus).map_or(0, |(text, _)| layout::columns(&text));
    match focus {
        Focus::To => wanted,
        _ if wanted == 0 => 0,
        _ => wanted.max(COUNTER),
    }
}

/// The parts of a row that can have the focus, and where they are.
pub fn cells(app: &App, row: Row) -> Vec<(Focus, Rect)> {
    match row.kind {
        RowKind::Kind => vec![(Focus::Kind, layout::line_field(row.area, 0))],
        RowKind::Line(focus) => vec![(
            focus,
            layout::line_field(row.area, trailing_width(app, focus)),
        )],
        RowKind::TextBox => vec![(Focus::Text, layout::text_field(row.area))],
        RowKind::Buttons => vec![(Focus::Buttons, row.area)],
        RowKind::Button(index) => {
            let counter = trailing_width(app, Focus::ButtonText(index));
            let [item, id, text] = layout::button_parts(row.area, counter);
            vec![
                (Focus::Item(index), item),
                (Focus::ButtonId(index), id),
                (Focus::ButtonText(index), text),
            ]
        }
        RowKind::Value(index) => vec![(Focus::ButtonValue(index), layout::value_field(row.area))],
        RowKind::Rest => Vec::new(),
    }
}

/// Draws the form.
pub fn draw(app: &App, form: &Form, frame: &mut Frame) {
    for &row in &form.rows {
        draw_row(app, row, frame.buffer_mut());
    }
    if app.modals.is_empty()
        && let Some(area) = app.focused_cell(form)
        && let Some(field) = app.composer.field(app.focus)
    {
        frame.set_cursor_position(field.cursor_position(area));
    }
}

fn draw_row(app: &App, row: Row, buffer: &mut Buffer) {
    let focused = match row.kind {
        RowKind::Kind => app.focus == Focus::Kind,
        RowKind::Line(focus) => app.focus == focus,
        RowKind::TextBox => app.focus == Focus::Text,
        RowKind::Buttons => app.focus == Focus::Buttons,
        RowKind::Button(_) | RowKind::Value(_) | RowKind::Rest => false,
    };
    let label = if focused {
        app.theme.focus
    } else {
        app.theme.dim
    };
    match row.kind {
        RowKind::Kind => {
            draw_label(app, Focus::Kind, "Kind", row.area, label, buffer);
            let kind = match app.draft().message {
                Message::Text(_) => "‹Text›",
                Message::Buttons(_) => "‹Buttons›",
                Message::Catalog(_) => "‹Catalog›",
                Message::List(_) => "‹List›",
                Message::ButtonReply(_) => "‹Button reply›",
                Message::ListReply(_) => "‹List reply›",
            };
            let style = if focused {
                app.theme.selected
            } else {
                app.theme.text
            };
            glyph::put_cut(buffer, layout::line_field(row.area, 0), kind, style);
        }
        RowKind::Line(focus) => {
            let words = match focus {
                Focus::To => "To",
                Focus::Header => "Header",
                _ => "Footer",
            };
            draw_label(app, focus, words, row.area, label, buffer);
            for (focus, area) in cells(app, row) {
                draw_field(app, focus, area, buffer);
                draw_trailing(app, focus, row.area, buffer);
            }
        }
        RowKind::TextBox => draw_text_box(app, row.area, label, buffer),
        RowKind::Buttons => {
            draw_label(app, Focus::Buttons, "Buttons", row.area, label, buffer);
            if focused {
                let hint = Rect {
                    x: row.area.x + 9,
                    width: row.area.width.saturating_sub(18),
                    ..row.area
                };
                glyph::put_cut(buffer, hint, "Enter adds one", app.theme.dim);
            }
            draw_trailing(app, Focus::Buttons, row.area, buffer);
        }
        RowKind::Button(index) => draw_button(app, index, row, buffer),
        RowKind::Value(index) => draw_value(app, index, row, buffer),
        RowKind::Rest => {
            let words = "the rest is kept as it is: edit it in the file";
            glyph::put_cut(buffer, row.area, words, app.theme.dim);
        }
    }
}

/// A row's label, with a sign behind it where something is wrong.
fn draw_label(app: &App, focus: Focus, words: &str, row: Rect, style: Style, buffer: &mut Buffer) {
    let drawn = glyph::put(buffer, row.x, row.y, words, 8, style);
    if let Some((sign, style)) = sign(app, &[focus]) {
        glyph::put(buffer, row.x + drawn, row.y, sign, 1, style);
    }
}

/// The sign of the worst problem at these places; what is only near a limit has none.
fn sign(app: &App, places: &[Focus]) -> Option<(&'static str, Style)> {
    let problems = &app.findings.problems;
    let here = problems
        .iter()
        .filter(|problem| places.contains(&Focus::of_field(problem.field)));
    Some(match here.map(|problem| problem.severity).min()? {
        Severity::Error => ("✗", app.theme.error),
        Severity::Warning => ("!", app.theme.warning),
    })
}

fn draw_text_box(app: &App, area: Rect, label: Style, buffer: &mut Buffer) {
    let style = if app.focus == Focus::Text {
        app.theme.focus
    } else {
        app.theme.frame
    };
    let mut block = Block::bordered()
        .border_set(border::ROUNDED)
        .border_style(style);
    if let Some((counter, style)) = trailing(app, Focus::Text) {
        block = block.title_bottom(
            Line::from(vec![Span::styled(counter, style), Span::raw("──")]).right_aligned(),
        );
    }
    let outer = layout::text_box(area);
    block.render(outer, buffer);
    // The dashes behind the counter belong to the border.
    for x in outer.right().saturating_sub(3)..outer.right().saturating_sub(1) {
        if buffer[(x, outer.bottom() - 1)].symbol() == "─" {
            buffer[(x, outer.bottom() - 1)].set_style(style);
        }
    }
    draw_label(app, Focus::Text, "Text", area, label, buffer);
    draw_field(app, Focus::Text, layout::text_field(area), buffer);
    if let Some(field) = app.composer.field(Focus::Text) {
        let (above, below) = field.hidden();
        if above > 0 {
            let line = Rect {
                height: 1,
                width: outer.width.saturating_sub(2),
                ..outer
            };
            put_right(buffer, line, &format!("↑ {above} more "), app.theme.dim);
        }
        if below > 0 {
            glyph::put(
                buffer,
                outer.x + 2,
                outer.bottom() - 1,
                &format!(" ↓ {below} more "),
                14,
                app.theme.dim,
            );
        }
    }
}

fn draw_button(app: &App, index: usize, row: Row, buffer: &mut Buffer) {
    let Message::Buttons(message) = &app.draft().message else {
        return;
    };
    let Some(button) = message.buttons.get(index) else {
        return;
    };
    let [item, ..] = layout::button_parts(row.area, COUNTER);
    let on_item = app.focus == Focus::Item(index);
    let style = match (on_item, app.focus.item() == Some(index)) {
        (true, _) => app.theme.selected,
        (false, true) => app.theme.focus,
        (false, false) => app.theme.dim,
    };
    let icon = icon(button.action.kind());
    glyph::put(
        buffer,
        item.x,
        item.y,
        &format!("{:<2}{icon}", index + 1),
        4,
        style,
    );
    if let Some((sign, style)) = sign(app, &[Focus::Item(index), Focus::ButtonId(index)]) {
        glyph::put(buffer, item.x + 3, item.y, sign, 1, style);
    }
    for (focus, area) in cells(app, row).into_iter().skip(1) {
        draw_field(app, focus, area, buffer);
    }
    draw_trailing(app, Focus::ButtonText(index), row.area, buffer);
}

fn draw_value(app: &App, index: usize, row: Row, buffer: &mut Buffer) {
    let Message::Buttons(message) = &app.draft().message else {
        return;
    };
    let key = message
        .buttons
        .get(index)
        .and_then(|button| button.action.kind().value_key());
    let focused = app.focus == Focus::ButtonValue(index);
    let style = if focused {
        app.theme.focus
    } else {
        app.theme.dim
    };
    let area = layout::value_field(row.area);
    glyph::put(
        buffer,
        area.x - VALUE_LABEL,
        area.y,
        key.unwrap_or_default(),
        usize::from(VALUE_LABEL),
        style,
    );
    if let Some((sign, style)) = sign(app, &[Focus::ButtonValue(index)]) {
        glyph::put(buffer, area.x - 1, area.y, sign, 1, style);
    }
    draw_field(app, Focus::ButtonValue(index), area, buffer);
}

/// The sign of a button's action.
pub const fn icon(action: ActionKind) -> &'static str {
    match action {
        ActionKind::Reply => "↩",
        ActionKind::Copy => "⧉",
        ActionKind::Call => "☎",
        ActionKind::Url => "↗",
    }
}

fn draw_field(app: &App, focus: Focus, area: Rect, buffer: &mut Buffer) {
    let Some(field) = app.composer.field(focus) else {
        return;
    };
    let focused = app.focus == focus;
    let problem = app.problem_at(focus).map(|problem| problem.severity);
    if field.is_empty() {
        if let (false, Some(hint)) = (focused && focus != Focus::To, placeholder(focus)) {
            let style = if problem == Some(Severity::Error) {
                app.theme.error
            } else {
                app.theme.dim
            };
            glyph::put_cut(buffer, Rect { height: 1, ..area }, hint, style);
        }
        return;
    }
    if focused || focus == Focus::Text {
        field.draw(area, buffer, app.theme.field());
    } else {
        let text = field.text();
        glyph::put_cut(buffer, area, &text, app.theme.text);
    }
}

const fn placeholder(focus: Focus) -> Option<&'static str> {
    Some(match focus {
        Focus::To => "phone number or address",
        Focus::Text => "what you want to say",
        Focus::Header | Focus::Footer => "none",
        Focus::ButtonId(_) => "id",
        Focus::ButtonText(_) => "text",
        Focus::ButtonValue(_) => "value",
        _ => return None,
    })
}

fn draw_trailing(app: &App, focus: Focus, row: Rect, buffer: &mut Buffer) {
    if let Some((text, style)) = trailing(app, focus) {
        put_right(buffer, row, &text, style);
    }
}

fn put_right(buffer: &mut Buffer, area: Rect, text: &str, style: Style) {
    let width = layout::columns(text).min(area.width);
    glyph::put(
        buffer,
        area.right() - width,
        area.y,
        text,
        usize::from(width),
        style,
    );
}
