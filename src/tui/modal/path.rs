//! The question for a file.

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::Line;

use super::draw::{Dialog, centred, draw_box, field_width, width};
use super::{PathPrompt, Purpose};
use crate::tui::app::App;
use crate::tui::widget::glyph;
use crate::tui::widget::paragraph::wrapped;

pub(super) fn area(size: Size) -> Rect {
    centred(size, width(size), 7)
}

pub(super) fn draw(app: &App, prompt: &PathPrompt, frame: &mut Frame) {
    let area = area(app.size);
    let title = if prompt.purpose == Purpose::Open {
        " Open a message file "
    } else {
        " Save as "
    };
    let inner = area.width.saturating_sub(4);
    let mut body = vec![Line::default(), Line::default()];
    match &prompt.error {
        Some(error) => body.extend(wrapped(
            &format!("✗ {error}"),
            usize::from(inner),
            app.theme.error,
        )),
        None => body.extend(wrapped(".toml or .json", usize::from(inner), app.theme.dim)),
    }
    let buffer = frame.buffer_mut();
    draw_box(
        app,
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
        width: field_width(app.size),
        height: 1,
    };
    prompt.field.draw(input, buffer, app.theme.field());
    let hint = Rect {
        y: area.bottom() - 1,
        ..input
    };
    let verb = if prompt.purpose == Purpose::Open {
        "opens"
    } else {
        "saves"
    };
    glyph::put_cut(
        buffer,
        hint,
        &format!(" Enter {verb} · Esc closes "),
        app.theme.dim,
    );
    frame.set_cursor_position(prompt.field.cursor_position(input));
}
