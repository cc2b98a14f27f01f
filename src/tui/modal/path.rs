//! The question for a file.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::draw::{Dialog, centred, draw_box, field_width, width};
use super::{PathPrompt, Purpose};
use crate::tui::app::App;
use crate::tui::widget::glyph;
use crate::tui::widget::paragraph::wrapped;

/// Rows of the dialog without its words: the borders, the field and an empty row.
const FRAME: u16 = 4;

pub(super) fn area(app: &App, prompt: &PathPrompt) -> Rect {
    let rows = u16::try_from(words(app, prompt).len()).unwrap_or(u16::MAX);
    centred(app.size, width(app.size), rows.max(3) + FRAME)
}

/// What stands below the field: what is wrong, as far as there is room, or what is expected.
fn words(app: &App, prompt: &PathPrompt) -> Vec<Line<'static>> {
    let inner = usize::from(width(app.size).saturating_sub(4));
    let Some(error) = &prompt.error else {
        return wrapped(".toml or .json", inner, app.theme.dim);
    };
    let mut lines = wrapped(&format!("✗ {error}"), inner, app.theme.error);
    let room = usize::from(app.size.height.saturating_sub(FRAME)).max(1);
    if lines.len() > room {
        let more = lines.len() - (room - 1);
        lines.truncate(room - 1);
        lines.extend(wrapped(
            &format!("… {more} lines more"),
            inner,
            app.theme.dim,
        ));
    }
    lines
}

pub(super) fn draw(app: &App, prompt: &PathPrompt, frame: &mut Frame) {
    let area = area(app, prompt);
    let (title, verb) = match prompt.purpose {
        Purpose::SaveAs => (" Save as ", "saves"),
        Purpose::Quote => (" The message that is answered ", "opens"),
        Purpose::New | Purpose::Open => (" Open a message file ", "opens"),
    };
    let mut body = vec![Line::default(), Line::default()];
    body.extend(words(app, prompt));
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
    glyph::put_cut(
        buffer,
        hint,
        &format!(" Enter {verb} · Esc closes "),
        app.theme.dim,
    );
    frame.set_cursor_position(prompt.field.cursor_position(input));
}
