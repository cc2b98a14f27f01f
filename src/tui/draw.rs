//! Draws the state: reads, never writes.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::symbols::border;
use ratatui::widgets::{Block, Clear, Widget};

use super::action::Action;
use super::dialog::Modal;
use super::layout::{self, MINIMUM, Regions};
use super::model::keeping::Keeps;
use super::model::toast::Tone;
use super::model::{Link, Model};
use super::pane;
use super::screen;
use super::widget::glyph;
use super::widget::paragraph::{put_line, wrapped};
use crate::gateway::state::State;

/// Draws everything.
pub fn draw(model: &Model, frame: &mut Frame) {
    // The terminal has another size already: the event that says so is on its way.
    if frame.area().as_size() != model.size {
        return;
    }
    match layout::regions(model) {
        Some(regions) => {
            let screen = screen::of(model.view);
            let regions = screen.regions(regions);
            draw_frame(model, &regions, frame.buffer_mut());
            screen.draw(model, &regions, frame);
            if let Some(area) = regions.strip {
                pane::strip::draw(model, area, frame.buffer_mut());
            }
            let hints = screen.hints(model);
            pane::status::draw(model, hints, regions.status, frame.buffer_mut());
            draw_dialog(model, &regions, frame);
        }
        None => too_small(model, frame.buffer_mut()),
    }
    glyph::pin_rows(frame.buffer_mut());
}

/// Draws the top dialog and the short messages: those are news to whoever looks at a list or a page,
/// and hide nothing of a question.
fn draw_dialog(model: &Model, screen: &Regions, frame: &mut Frame) {
    let asks = model.modals.last().is_some_and(Modal::asks);
    if asks {
        draw_toasts(model, screen, frame.buffer_mut());
    }
    if let Some(modal) = model.modals.last() {
        modal.dialog().draw(&model.look(), frame);
    }
    if !asks {
        draw_toasts(model, screen, frame.buffer_mut());
    }
}

/// What is needed, and how to leave, as much of it as has room on a line.
fn too_small(model: &Model, buffer: &mut Buffer) {
    let area = buffer.area;
    let needs = format!("needs {}×{}", MINIMUM.width, MINIMUM.height);
    let here = format!("here {}×{}", area.width, area.height);
    let mut said = vec![format!("the composer {needs}, {here}"), needs.clone()];
    if let Some(quits) = model.keymap.hint(Action::Quit, "quits") {
        let shorter = [
            format!("{needs}, {here} · {quits}"),
            format!("{needs} · {quits}"),
        ];
        said.splice(0..0, shorter);
        if model.keeping.keeps == Keeps::All {
            let kept = format!("{quits}; the draft is kept");
            let longer = [
                format!("the composer {needs}, {here} · {kept}"),
                format!("{needs} · {kept}"),
            ];
            said.splice(0..0, longer);
        }
    }
    let words = said
        .into_iter()
        .find(|words| layout::columns(words) <= area.width);
    let words = words.unwrap_or(needs);
    let y = area.y + area.height.saturating_sub(1) / 2;
    let width = layout::columns(&words).min(area.width);
    let line = Rect {
        x: area.x + (area.width - width) / 2,
        y,
        width,
        height: area.height.min(1),
    };
    glyph::put_cut(buffer, line, &words, model.theme.text);
}

fn draw_frame(model: &Model, screen: &Regions, buffer: &mut Buffer) {
    let style = model.theme.frame;
    let set = border::PLAIN;
    glyph::put_frame(buffer, screen.outer, set, style);
    let Rect { x, width, .. } = screen.outer;
    let right = x + width - 1;
    let mut put = |x, y, symbol| {
        buffer[(x, y)].set_symbol(symbol).set_style(style);
    };
    for x in x + 1..right {
        put(x, screen.rule, set.horizontal_top);
    }
    put(x, screen.rule, "├");
    put(right, screen.rule, "┤");
    if let Some(divider) = screen.divider {
        put(divider, 0, "┬");
        for y in 1..screen.rule {
            put(divider, y, set.vertical_left);
        }
        put(divider, screen.rule, "┴");
    }
    let place = format!(
        " {}·{} {} ",
        model.profile().name,
        model.account().gateway,
        link(model)
    );
    let place_width = layout::columns(&place).min(width / 2);
    draw_views(model, screen, buffer);
    let corner = Rect {
        x: right.saturating_sub(place_width + 1),
        y: 0,
        width: place_width,
        height: 1,
    };
    let tone = match model.link {
        Link::Starting | Link::Ready => model.theme.text,
        Link::Connected => model.theme.ok,
        Link::Told(ref status) => match status.state {
            State::Connected => model.theme.ok,
            State::Starting | State::Unclear | State::NotAsked => model.theme.text,
            State::Disconnected | State::Asleep | State::Suspended => model.theme.warning,
            State::Blocked | State::NoAccess | State::Unreachable => model.theme.error,
        },
        Link::Down(_) => model.theme.error,
    };
    glyph::put_cut(buffer, corner, &place, tone);
}

/// How the gateway stands, with a sign.
fn link(model: &Model) -> String {
    let words = match &model.link {
        Link::Starting => "○ starting",
        Link::Ready if model.is_left_unasked() => "○ not asked",
        Link::Ready => "○ ready",
        Link::Connected => "● connected",
        Link::Told(status) => {
            let sign = match status.state {
                State::Connected => "●",
                State::Starting | State::Unclear | State::NotAsked => "○",
                State::Disconnected | State::Asleep | State::Suspended => "!",
                State::Blocked | State::NoAccess | State::Unreachable => "✗",
            };
            return format!("{sign} {}", status.state.label());
        }
        Link::Down(_) => "✗ not reached",
    };
    words.to_owned()
}

fn draw_views(model: &Model, regions: &Regions, buffer: &mut Buffer) {
    let views = screen::titles(model, regions);
    let Rect { x, y, .. } = regions.outer;
    let end = views.last().map_or(x, |last| last.place.right() + 1);
    let blank = " ".repeat(usize::from(end - x - 1));
    glyph::put(buffer, x + 1, y, &blank, blank.len(), model.theme.text);
    for title in views {
        // With a blank on either side.
        let chip = Rect {
            x: title.place.x - 1,
            width: title.place.width + 2,
            ..title.place
        };
        if let Some(key) = &title.key {
            let before = Rect {
                x: chip.x - layout::columns(key),
                width: layout::columns(key),
                ..chip
            };
            glyph::put_cut(buffer, before, key, model.theme.dim);
        }
        let style = if title.view == model.view {
            model.theme.selected
        } else {
            model.theme.text
        };
        glyph::put_cut(buffer, chip, &format!(" {} ", title.words), style);
    }
}

fn draw_toasts(model: &Model, screen: &Regions, buffer: &mut Buffer) {
    let mut bottom = screen.rule;
    let widest = screen.outer.width.saturating_sub(4).min(60);
    for toast in model.toasts.iter().rev() {
        let (sign, style) = match toast.tone {
            Tone::Good => ("✓", model.theme.ok),
            Tone::Info => ("·", model.theme.text),
            Tone::Bad => ("✗", model.theme.error),
        };
        let words = format!("{sign} {}", toast.text);
        let lines = wrapped(&words, usize::from(widest.saturating_sub(4)), style);
        let width = lines
            .iter()
            .map(|line| u16::try_from(line.width()).unwrap_or(0))
            .max()
            .unwrap_or(0)
            + 4;
        let height = u16::try_from(lines.len()).unwrap_or(1) + 2;
        let Some(top) = bottom.checked_sub(height).filter(|&top| top > 1) else {
            return;
        };
        let area = Rect {
            x: screen.outer.right().saturating_sub(width + 2),
            y: top,
            width,
            height,
        };
        Clear.render(area, buffer);
        Block::bordered()
            .border_set(border::ROUNDED)
            .border_style(style)
            .render(area, buffer);
        for (line, y) in lines.iter().zip(area.top() + 1..) {
            put_line(
                buffer,
                Rect {
                    x: area.x + 2,
                    y,
                    width: area.width.saturating_sub(4),
                    height: 1,
                },
                line,
            );
        }
        bottom = top;
    }
}
