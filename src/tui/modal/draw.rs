//! Draws the dialogs, and says what is where in them for the mouse.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::symbols::border;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Widget};

use super::{Choice, Modal, Purpose, doubt, drafts, fill, help, import, page, palette, path, pick};
use crate::message::check::Severity;
use crate::message::recipient::Recipient;
use crate::tui::app::App;
use crate::tui::draw::put_line;
use crate::tui::layout;
use crate::tui::widget::glyph;
use crate::tui::widget::paragraph::wrapped;

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
fn question(app: &App, modal: &Modal) -> Dialog {
    let width = width(app.size);
    let text = usize::from(width.saturating_sub(4));
    let (title, mut body) = match modal {
        Modal::Confirm(confirm) => confirm_body(app, confirm.forced, text),
        Modal::Blocked { forceable, .. } => blocked_body(app, *forceable, text),
        Modal::Discard { purpose, .. } => {
            let then = if *purpose == Purpose::New {
                "A new message"
            } else {
                "Opening a file"
            };
            let words = format!("{then} would lose the changes to this one, which are in no file.");
            (" Unsaved changes ", wrapped(&words, text, app.theme.text))
        }
        Modal::Replace { path, changed, .. } => {
            let name = path.display();
            if *changed {
                let words = format!(
                    "{name} was changed by another program since it was opened or saved here."
                );
                (
                    " The file was changed ",
                    wrapped(&words, text, app.theme.text),
                )
            } else {
                let words = format!("{name} is there already.");
                (" Replace the file? ", wrapped(&words, text, app.theme.text))
            }
        }
        Modal::Changes { name, .. } => {
            let words = format!(
                "{name} was being changed when it was left; the changes are kept, and not in the file."
            );
            (" Kept changes ", wrapped(&words, text, app.theme.text))
        }
        Modal::Doubt(doubt) => (" Outcome unknown ", doubt::body(app, doubt, text)),
        Modal::Again { sent, .. } => (" Send it again? ", doubt::again_body(app, sent, text)),
        Modal::ClearQueue { profile, .. } => {
            let words = format!(
                "What waits for the phone in the queue of {profile} is thrown away for ever, also \
                 what others have sent."
            );
            (" Clear the queue? ", wrapped(&words, text, app.theme.text))
        }
        Modal::ReplaceDraft { .. } => {
            let words = "What is imported would take the place of this message, whose changes are in no file.";
            (" Unsaved changes ", wrapped(words, text, app.theme.text))
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
    // What does not fit goes, the choices stay.
    let most = usize::from(app.size.height.saturating_sub(4));
    body.truncate(most.saturating_sub(2));
    body.push(Line::default());
    let height = u16::try_from(body.len()).unwrap_or(0) + 3;
    let area = centred(app.size, width, height);
    let y = area.bottom().saturating_sub(2);
    let mut x = area.x + 2;
    let choices = modal
        .choices()
        .into_iter()
        .map(|choice| {
            let width = layout::columns(choice.title()) + 4;
            let place = Rect {
                x,
                y,
                width,
                height: 1,
            };
            x += width + 1;
            (choice, place)
        })
        .collect();
    Dialog {
        area,
        title,
        body,
        choices,
    }
}

fn confirm_body(app: &App, forced: bool, width: usize) -> (&'static str, Vec<Line<'static>>) {
    let draft = app.shown();
    let to = match draft.to.parse::<Recipient>() {
        Ok(recipient) => format!("{recipient} ({})", recipient.kind()),
        Err(_) if draft.to.trim().is_empty() => "nobody".to_owned(),
        Err(_) => draft.to.clone(),
    };
    let mut rows = vec![
        ("To", to),
        ("Kind", draft.message.kind().to_string()),
        ("Gateway", app.account().gateway.title().to_owned()),
        ("Profile", app.profile().name.clone()),
    ];
    if app.profile().duplicate_as_text && crate::message::duplicate::as_text(draft).is_some() {
        rows.push(("Along", "the buttons as numbered text".to_owned()));
    }
    let mut lines = Vec::new();
    for (label, value) in rows {
        for (index, line) in wrapped(&value, width.saturating_sub(9), app.theme.title)
            .into_iter()
            .take(2)
            .enumerate()
        {
            let label = if index == 0 { label } else { "" };
            let mut spans = vec![Span::styled(format!("{label:<9}"), app.theme.dim)];
            spans.extend(line.spans);
            lines.push(Line::from(spans));
        }
    }
    if app.may_have_been_sent() {
        lines.push(Line::default());
        lines.extend(wrapped(
            "! This very message may have been sent already: its outcome is unknown.",
            width,
            app.theme.warning,
        ));
    }
    let errors = app.error_count();
    let warnings = app.findings.problems.len() - errors;
    if forced {
        lines.push(Line::default());
        let words = format!(
            "✗ As it is, with {}. The gateway may refuse it.",
            count(errors, "error")
        );
        lines.extend(wrapped(&words, width, app.theme.error));
    } else if warnings > 0 {
        lines.push(Line::default());
        lines.extend(wrapped(
            &format!("! {}", count(warnings, "warning")),
            width,
            app.theme.warning,
        ));
    }
    (
        if forced {
            " Send it as it is? "
        } else {
            " Send this message? "
        },
        lines,
    )
}

fn blocked_body(app: &App, forceable: bool, width: usize) -> (&'static str, Vec<Line<'static>>) {
    let mut lines = Vec::new();
    let errors = app
        .findings
        .problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error);
    for problem in errors.take(4) {
        lines.extend(wrapped(
            &format!("✗ {}: {}", problem.field, problem.message),
            width,
            app.theme.error,
        ));
    }
    let rest = app.error_count().saturating_sub(4);
    if rest > 0 {
        lines.extend(wrapped(&format!("and {rest} more"), width, app.theme.dim));
    }
    let title = if forceable {
        " Not ready to send "
    } else {
        " This gateway cannot send it "
    };
    (title, lines)
}

/// `1 error`, `3 errors`.
fn count(number: usize, word: &str) -> String {
    if number == 1 {
        format!("1 {word}")
    } else {
        format!("{number} {word}s")
    }
}

/// Draws the top dialog.
pub fn draw(app: &App, modal: &Modal, frame: &mut Frame) {
    match modal {
        Modal::Help { scroll } => help::draw(app, *scroll, frame.buffer_mut()),
        Modal::Palette(palette) => palette::draw(app, palette, frame),
        Modal::Path(prompt) => path::draw(app, prompt, frame),
        Modal::Fill(prompt) => fill::draw(app, prompt, frame),
        Modal::Pick(shown) => pick::draw(app, shown, frame.buffer_mut()),
        Modal::Compare(comparison) => comparison.draw(&app.theme, frame.buffer_mut()),
        Modal::Import(prompt) => import::draw(app, prompt, frame),
        Modal::Drafts(list) => drafts::draw(app, list, frame),
        Modal::Page { page, scroll } => page::draw(app, page, *scroll, frame.buffer_mut()),
        _ => {
            let shape = question(app, modal);
            draw_box(app, &shape, frame.buffer_mut());
            let proposed = proposed(modal);
            for (index, (choice, area)) in shape.choices.iter().enumerate() {
                let style = if Some(index) == modal.choice() {
                    app.theme.selected
                } else {
                    app.theme.text
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
                if modal.choice().is_some() {
                    " Enter picks · Esc closes "
                } else {
                    " ← → choose, then Enter · Esc: later "
                },
                app.theme.dim,
            );
        }
    }
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

pub(super) fn draw_box(app: &App, shape: &Dialog, buffer: &mut Buffer) {
    Clear.render(shape.area, buffer);
    Block::bordered()
        .border_set(border::ROUNDED)
        .border_style(app.theme.focus)
        .title(Span::styled(shape.title, app.theme.title))
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

/// What is at a place.
pub fn hit(app: &App, modal: &Modal, at: Position) -> Hit {
    let area = match modal {
        Modal::Help { .. } => help::area(app.size),
        Modal::Palette(shown) => {
            let area = palette::area(app.size);
            let list = palette::list(area);
            if list.contains(at) {
                let row =
                    usize::from(at.y - list.y) + palette::top_row(shown.selected, list.height);
                if row < shown.entries(app).len() {
                    return Hit::Entry(row);
                }
            }
            area
        }
        Modal::Path(prompt) => {
            let area = path::area(app);
            if let Some(row) = path::at_row(app, prompt, at.y).filter(|_| area.contains(at)) {
                return Hit::Entry(row);
            }
            area
        }
        Modal::Fill(prompt) => {
            let area = fill::area(app, prompt);
            if let Some(row) = fill::at_row(app, prompt, at.y).filter(|_| area.contains(at)) {
                return Hit::Entry(row);
            }
            area
        }
        Modal::Compare(_) => Rect::from((Position::ORIGIN, app.size)),
        Modal::Import(_) => import::area(app.size),
        Modal::Page { .. } => page::area(app.size),
        Modal::Drafts(shown) => {
            let area = drafts::area(app.size, shown);
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
            let area = pick::area(app, shown);
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
            let shape = question(app, modal);
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
