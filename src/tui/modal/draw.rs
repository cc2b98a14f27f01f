//! Draws the dialogs, and says what is where in them for the mouse.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Style;
use ratatui::symbols::border;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Widget};

use super::{
    Choice, Modal, confirm, doubt, drafts, fill, help, import, on_the_way, page, palette, path,
    pick,
};
use crate::tui::action::Action;
use crate::tui::layout;
use crate::tui::model::Model;
use crate::tui::widget::glyph;
use crate::tui::widget::paragraph::{put_line, wrapped};

/// The widest dialog.
const WIDEST: u16 = 64;

/// What is at a place in a dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// A choice.
    Choice(usize),
    /// An entry of a list.
    Entry(usize),
    /// Nothing in particular.
    Inside,
    /// Beside the dialog.
    Outside,
}

/// A dialog in its place.
pub(super) struct Dialog {
    pub(super) area: Rect,
    pub(super) title: &'static str,
    pub(super) body: Vec<Line<'static>>,
    pub(super) choices: Vec<(Choice, Rect)>,
}

impl Dialog {
    const fn inner(&self) -> Rect {
        Rect {
            x: self.area.x + 2,
            y: self.area.y + 1,
            width: self.area.width.saturating_sub(4),
            height: self.area.height.saturating_sub(2),
        }
    }
}

pub(super) fn width(size: Size) -> u16 {
    size.width.saturating_sub(4).min(WIDEST)
}

/// Columns of the text field in a dialog.
pub fn field_width(size: Size) -> u16 {
    width(size).saturating_sub(6)
}

pub(super) fn centred(size: Size, width: u16, height: u16) -> Rect {
    let height = height.min(size.height);
    Rect {
        x: (size.width - width) / 2,
        y: (size.height - height) / 2,
        width,
        height,
    }
}

/// A dialog that says something and offers choices.
fn question(model: &Model, modal: &Modal) -> Dialog {
    let width = width(model.size);
    let text = usize::from(width.saturating_sub(4));
    let (title, mut body) = match modal {
        Modal::Confirm(confirm) => confirm::body(model, confirm, text),
        Modal::Blocked { forceable, .. } => confirm::blocked_body(model, *forceable, text),
        Modal::Discard { then, .. } => {
            let (then, why) = (then.words(), model.not_kept());
            let words = format!(
                "{then} would lose the changes to this message: they are in no file, and {why}."
            );
            (" Unsaved changes ", wrapped(&words, text, model.theme.text))
        }
        Modal::Replace { path, changed, .. } => {
            let name = path.display();
            if *changed {
                let words = format!(
                    "{name} was changed by another program since it was opened or saved here."
                );
                (
                    " The file was changed ",
                    wrapped(&words, text, model.theme.text),
                )
            } else {
                let words = format!("{name} is there already.");
                (
                    " Replace the file? ",
                    wrapped(&words, text, model.theme.text),
                )
            }
        }
        Modal::Changes { name, .. } => {
            let words = format!(
                "{name} was being changed when it was left; the changes are kept, and not in the file."
            );
            (" Kept changes ", wrapped(&words, text, model.theme.text))
        }
        Modal::Doubt(doubt) => (" Outcome unknown ", doubt::body(model, doubt, text)),
        Modal::Again { sent, .. } => (" Send it again? ", doubt::again_body(model, sent, text)),
        Modal::Twice { wanted, twin, .. } => (
            " Send it again? ",
            confirm::twice_body(model, wanted, twin, text),
        ),
        Modal::ClearQueue { profile, .. } => {
            let words = format!(
                "What waits for the phone in the queue of {profile} is thrown away for ever, also \
                 what others have sent."
            );
            (
                " Clear the queue? ",
                wrapped(&words, text, model.theme.text),
            )
        }
        Modal::Busy { .. } => (
            " Another message is being sent ",
            on_the_way::busy_body(model, text),
        ),
        Modal::Leave { waits, .. } => (
            " Still being sent ",
            on_the_way::leave_body(model, *waits, text),
        ),
        Modal::ReplaceDraft { .. } => {
            let words = "What is imported would take the place of this message, whose changes are in no file.";
            (" Unsaved changes ", wrapped(words, text, model.theme.text))
        }
        Modal::Help { .. }
        | Modal::Palette(_)
        | Modal::Path(_)
        | Modal::Fill(_)
        | Modal::Compare(_)
        | Modal::Drafts(_)
        | Modal::Page { .. }
        | Modal::Import(_)
        | Modal::Pick(_) => ("", Vec::new()),
    };
    let (choices, rows) = in_rows(&modal.choices(), width.saturating_sub(4));
    // What does not fit goes, the choices stay.
    let most = usize::from(model.size.height.saturating_sub(4));
    body.truncate(most.saturating_sub(1 + usize::from(rows)));
    body.push(Line::default());
    let height = u16::try_from(body.len()).unwrap_or(0) + 2 + rows;
    let area = centred(model.size, width, height);
    let (x, y) = (area.x + 2, area.bottom().saturating_sub(1 + rows));
    let choices = choices.into_iter();
    let choices = choices
        .map(|(choice, place)| {
            (
                choice,
                Rect {
                    x: x + place.x,
                    y: y + place.y,
                    ..place
                },
            )
        })
        .collect();
    Dialog {
        area,
        title,
        body,
        choices,
    }
}

/// Puts choices beside each other, and below where there is no room; how many rows they take.
fn in_rows(choices: &[Choice], width: u16) -> (Vec<(Choice, Rect)>, u16) {
    let mut at = Position::ORIGIN;
    let mut places = Vec::new();
    for &choice in choices {
        let own = layout::columns(choice.title()) + 4;
        if at.x > 0 && at.x + own > width {
            at = Position::new(0, at.y + 1);
        }
        places.push((choice, Rect::new(at.x, at.y, own, 1)));
        at.x += own + 1;
    }
    (places, at.y + 1)
}

/// Draws the top dialog.
pub fn draw(model: &Model, modal: &Modal, frame: &mut Frame) {
    match modal {
        Modal::Help { scroll } => help::draw(model, *scroll, frame.buffer_mut()),
        Modal::Palette(palette) => palette::draw(model, palette, frame),
        Modal::Path(prompt) => path::draw(model, prompt, frame),
        Modal::Fill(prompt) => fill::draw(model, prompt, frame),
        Modal::Pick(shown) => pick::draw(model, shown, frame.buffer_mut()),
        Modal::Compare(comparison) => {
            let closes = model.keymap.hint(Action::Close, "closes");
            comparison.draw(&model.theme, closes.as_deref(), frame.buffer_mut());
        }
        Modal::Import(prompt) => import::draw(model, prompt, frame),
        Modal::Drafts(list) => drafts::draw(model, list, frame),
        Modal::Page { page, scroll } => page::draw(model, page, *scroll, frame.buffer_mut()),
        _ => {
            let shape = question(model, modal);
            draw_box(model, &shape, frame.buffer_mut());
            let proposed = proposed(modal);
            for (index, (choice, area)) in shape.choices.iter().enumerate() {
                let style = match Some(index) == modal.choice() {
                    true if model.guard.is_open() => model.theme.selected,
                    true => model.theme.dim,
                    false => model.theme.text,
                };
                glyph::put_cut(
                    frame.buffer_mut(),
                    *area,
                    &label(*choice, proposed == Some(*choice)),
                    style,
                );
            }
            let hint = Rect {
                y: shape.area.bottom() - 1,
                height: 1,
                ..shape.inner()
            };
            glyph::put_cut(
                frame.buffer_mut(),
                hint,
                &keys(model, modal),
                model.theme.dim,
            );
        }
    }
}

/// The keys of a question. Enter is among them once it counts.
fn keys(model: &Model, modal: &Modal) -> String {
    let is_open = model.guard.is_open();
    let mut keys = Vec::new();
    if modal.choice().is_none() {
        keys.push(
            if is_open {
                "← → choose, then Enter"
            } else {
                "← → choose"
            }
            .to_owned(),
        );
    } else if is_open {
        keys.push("Enter picks".to_owned());
    }
    if let Some(key) = model.keymap.key(Action::Close) {
        let words = match modal {
            Modal::Doubt(_) => ": later",
            _ => " closes",
        };
        keys.push(format!("{key}{words}"));
    }
    if modal.starts_a_send() {
        keys.push("C cancels".to_owned());
    }
    if let Modal::Confirm(_) = modal {
        keys.push("L looks at it".to_owned());
    }
    format!(" {} ", keys.join(" · "))
}

fn proposed(modal: &Modal) -> Option<Choice> {
    match modal {
        Modal::Doubt(doubt) => doubt.proposed(),
        _ => None,
    }
}

/// A choice in its brackets; one that is proposed has a sign.
fn label(choice: Choice, is_proposed: bool) -> String {
    let sign = if is_proposed { '✓' } else { ' ' };
    format!("[{sign}{} ]", choice.title())
}

pub(super) fn draw_box(model: &Model, shape: &Dialog, buffer: &mut Buffer) {
    Clear.render(shape.area, buffer);
    Block::bordered()
        .border_set(border::ROUNDED)
        .border_style(model.theme.focus)
        .title(Span::styled(shape.title, model.theme.title))
        .render(shape.area, buffer);
    let inner = shape.inner();
    for (line, y) in shape.body.iter().zip(inner.top()..inner.bottom()) {
        put_line(
            buffer,
            Rect {
                y,
                height: 1,
                ..inner
            },
            line,
        );
    }
}

/// Says on the lower border what the keys do, the one that closes the dialog last.
pub(super) fn draw_keys(model: &Model, area: Rect, mut parts: Vec<String>, buffer: &mut Buffer) {
    parts.extend(model.keymap.hint(Action::Close, "closes"));
    draw_on_border(area, &parts, model.theme.dim, buffer);
}

/// Says something on the lower border.
pub(super) fn draw_on_border(area: Rect, parts: &[String], style: Style, buffer: &mut Buffer) {
    let line = Rect {
        x: area.x + 2,
        y: area.bottom() - 1,
        width: area.width.saturating_sub(4),
        height: 1,
    };
    glyph::put_cut(buffer, line, &format!(" {} ", parts.join(" · ")), style);
}

/// What is at a place.
pub fn hit(model: &Model, modal: &Modal, at: Position) -> Hit {
    let area = match modal {
        Modal::Help { .. } => help::area(model.size),
        Modal::Palette(shown) => {
            let area = palette::area(model.size);
            let list = palette::list(area);
            if list.contains(at) {
                let row =
                    usize::from(at.y - list.y) + palette::top_row(shown.selected, list.height);
                if row < shown.entries(model).len() {
                    return Hit::Entry(row);
                }
            }
            area
        }
        Modal::Path(prompt) => {
            let area = path::area(model);
            if let Some(row) = path::at_row(model, prompt, at.y).filter(|_| area.contains(at)) {
                return Hit::Entry(row);
            }
            area
        }
        Modal::Fill(prompt) => {
            let area = fill::area(model, prompt);
            if let Some(row) = fill::at_row(model, prompt, at.y).filter(|_| area.contains(at)) {
                return Hit::Entry(row);
            }
            area
        }
        Modal::Compare(_) => Rect::from((Position::ORIGIN, model.size)),
        Modal::Import(_) => import::area(model.size),
        Modal::Page { .. } => page::area(model.size),
        Modal::Drafts(shown) => {
            let area = drafts::area(model.size, shown);
            let list = drafts::list(area);
            if list.contains(at) {
                let row =
                    usize::from(at.y - list.y) + palette::top_row(shown.selected, list.height);
                if row < shown.matches().len() {
                    return Hit::Entry(row);
                }
            }
            area
        }
        Modal::Pick(shown) => {
            let area = pick::area(model, shown);
            let list = pick::list(area);
            if list.contains(at) {
                let row =
                    usize::from(at.y - list.y) + palette::top_row(shown.selected, list.height);
                if row < shown.choices.len() {
                    return Hit::Entry(row);
                }
            }
            area
        }
        _ => {
            let shape = question(model, modal);
            if let Some(index) = shape.choices.iter().position(|(_, area)| area.contains(at)) {
                return Hit::Choice(index);
            }
            shape.area
        }
    };
    if area.contains(at) {
        Hit::Inside
    } else {
        Hit::Outside
    }
}
