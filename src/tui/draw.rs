//! Draws the state: reads, never writes.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::symbols::border;
use ratatui::text::Line;
use ratatui::widgets::{Block, Clear, Widget};

use super::layout::{self, MINIMUM, Screen};
use super::modal;
use super::model::toast::Tone;
use super::model::{Link, Model, Tab, View};
use super::pane;
use super::widget::glyph;
use super::widget::paragraph::wrapped;
use crate::gateway::state::State;

/// From this width on, the title has room for the program's name.
const WITH_NAME: u16 = 64;

/// Draws everything.
pub fn draw(model: &Model, frame: &mut Frame) {
    // The terminal has another size already: the event that says so is on its way.
    if frame.area().as_size() != model.size {
        return;
    }
    match layout::regions(model) {
        Some(screen) if model.view == View::History => {
            let screen = Screen {
                divider: None,
                ..screen
            };
            draw_frame(model, &screen, frame.buffer_mut());
            pane::history::draw(model, &screen, frame);
            pane::status::draw(model, screen.status, frame.buffer_mut());
            draw_dialog(model, &screen, frame);
        }
        Some(screen) => {
            draw_frame(model, &screen, frame.buffer_mut());
            draw_tabs(model, &screen, frame.buffer_mut());
            // The problem stands between what says how much is hidden on either side.
            let mut problem = Rect {
                x: screen.outer.x + 2,
                y: screen.rule,
                width: screen.outer.width.saturating_sub(4),
                height: 1,
            };
            if screen.form.height > 0 {
                let form = layout::form_of(model, &screen);
                pane::form::draw(model, &form, frame);
                let hidden = (form.above, form.below);
                let taken = draw_more(model, screen.form, hidden, true, frame.buffer_mut());
                problem.x += taken;
                problem.width = problem.width.saturating_sub(taken);
            }
            if screen.pane.height > 0 {
                let taken = draw_pane(model, screen.pane, frame.buffer_mut());
                problem.width = problem.width.saturating_sub(taken);
            }
            pane::status::draw_problem(model, problem, frame.buffer_mut());
            pane::status::draw(model, screen.status, frame.buffer_mut());
            draw_dialog(model, &screen, frame);
        }
        None => too_small(model, frame.buffer_mut()),
    }
    glyph::pin_rows(frame.buffer_mut());
}

/// Draws the top dialog and the short messages: those are news to whoever looks at a list or a page,
/// and hide nothing of a question.
fn draw_dialog(model: &Model, screen: &Screen, frame: &mut Frame) {
    let asks = model.modals.last().is_some_and(modal::Modal::asks);
    if asks {
        draw_toasts(model, screen, frame.buffer_mut());
    }
    if let Some(modal) = model.modals.last() {
        modal::draw::draw(model, modal, frame);
    }
    if !asks {
        draw_toasts(model, screen, frame.buffer_mut());
    }
}

fn too_small(model: &Model, buffer: &mut Buffer) {
    let area = buffer.area;
    let needs = format!("needs {}×{}", MINIMUM.width, MINIMUM.height);
    let words = format!("the composer {needs}, here {}×{}", area.width, area.height);
    let words = if layout::columns(&words) <= area.width {
        words
    } else {
        needs
    };
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

fn draw_frame(model: &Model, screen: &Screen, buffer: &mut Buffer) {
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

/// The views' words in the title, and where they stand.
pub fn views(screen: &Screen) -> [(View, &'static str, Rect); 2] {
    let Rect { x, y, width, .. } = screen.outer;
    // Half of the line is the profile's.
    let begin = if width >= WITH_NAME { x + 15 } else { x + 2 };
    let words = [(View::Compose, "Compose"), (View::History, "History")];
    let mut x = begin;
    words.map(|(view, words)| {
        let place = Rect::new(x, y, layout::columns(words), 1);
        x = place.right() + 2;
        (view, words, place)
    })
}

fn draw_views(model: &Model, screen: &Screen, buffer: &mut Buffer) {
    let views = views(screen);
    let Rect { x, y, .. } = screen.outer;
    let [(.., first), (.., last)] = views;
    let blank = " ".repeat(usize::from(last.right() + 1 - (first.x - 1)));
    glyph::put(
        buffer,
        first.x - 1,
        y,
        &blank,
        blank.len(),
        model.theme.text,
    );
    if first.x > x + 2 {
        glyph::put(buffer, x + 1, y, " wacompose ── ", 14, model.theme.title);
    }
    for (view, words, place) in views {
        if view == model.view {
            // With a blank on either side.
            let chip = Rect {
                x: place.x - 1,
                width: place.width + 2,
                ..place
            };
            let words = format!(" {words} ");
            glyph::put_cut(buffer, chip, &words, model.theme.selected);
        } else {
            glyph::put_cut(buffer, place, words, model.theme.text);
        }
    }
}

fn draw_tabs(model: &Model, screen: &Screen, buffer: &mut Buffer) {
    let titles = model.tab_titles();
    for (tab, area) in &screen.tabs {
        let (words, on) = match tab {
            None => ("Form", screen.form.height > 0),
            Some(tab) => {
                let words = titles
                    .iter()
                    .find(|(known, _)| known == tab)
                    .map_or("", |(_, words)| words);
                (words, model.tab == *tab && screen.pane.height > 0)
            }
        };
        let style = if on {
            model.theme.selected
        } else {
            model.theme.text
        };
        glyph::put_cut(buffer, *area, words, style);
    }
    for more in &screen.more_tabs {
        glyph::put_cut(buffer, more.area, more.sign, model.theme.key);
    }
}

/// Draws what the tab shows; returns the columns taken on the line below.
fn draw_pane(model: &Model, area: Rect, buffer: &mut Buffer) -> u16 {
    let lines = pane::lines(model, area.width);
    let height = usize::from(area.height);
    let top = model.scroll.min(lines.len().saturating_sub(height));
    let seen = lines.iter().skip(top).zip(area.top()..area.bottom());
    for (line, y) in seen {
        put_line(
            buffer,
            Rect {
                y,
                height: 1,
                ..area
            },
            line,
        );
    }
    draw_picture(model, area, top, buffer);
    let below = lines.len().saturating_sub(top + height);
    draw_more(model, area, (top, below), false, buffer)
}

/// Draws the picture in the terminal's own graphics over its half blocks, where all of it is seen and
/// nothing stands before it.
fn draw_picture(model: &Model, area: Rect, top: usize, buffer: &mut Buffer) {
    let Some(drawn) = model.picture.drawn.as_ref() else {
        return;
    };
    if model.tab != Tab::Preview || !model.modals.is_empty() || !model.toasts.is_empty() {
        return;
    }
    let Some((row, column)) = pane::preview::picture_place(model, usize::from(area.width)) else {
        return;
    };
    let Some(Ok(row)) = row.checked_sub(top).map(u16::try_from) else {
        return;
    };
    let fits = row + drawn.size.height <= area.height && column + drawn.size.width <= area.width;
    if fits {
        let place = Rect {
            x: area.x + column,
            y: area.y + row,
            width: drawn.size.width,
            height: drawn.size.height,
        };
        drawn.draw(place, buffer);
    }
}

/// Says how many rows are scrolled out, on the lines above and below an area; below on its left or
/// its right. Returns the columns taken there.
fn draw_more(
    model: &Model,
    area: Rect,
    (above, below): (usize, usize),
    left: bool,
    buffer: &mut Buffer,
) -> u16 {
    let title_end = layout::regions(model).map_or(0, |screen| {
        let [.., (.., last)] = views(&screen);
        last.right()
    });
    let mut mark = |sign: &str, rows: usize, y: u16, left: bool| {
        if rows == 0 {
            return 0;
        }
        let mut words = format!(" {sign} {rows} more ");
        // The title is on that line too, above the form.
        if y == 0 && layout::columns(&words) > area.right().saturating_sub(title_end) {
            words = format!(" {sign} {rows} ");
        }
        let width = layout::columns(&words).min(area.width);
        let x = if left {
            area.left()
        } else {
            area.right() - width
        };
        glyph::put(buffer, x, y, &words, usize::from(width), model.theme.dim)
    };
    mark("↑", above, area.top().saturating_sub(1), false);
    mark("↓", below, area.bottom(), left)
}

/// Draws a styled line, no wider than its place.
pub fn put_line(buffer: &mut Buffer, area: Rect, line: &Line<'_>) {
    let mut x = area.x;
    for span in &line.spans {
        let room = usize::from(area.right().saturating_sub(x));
        let style = line.style.patch(span.style);
        x += glyph::put_safe(buffer, x, area.y, &span.content, room, style);
    }
}

fn draw_toasts(model: &Model, screen: &Screen, buffer: &mut Buffer) {
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
