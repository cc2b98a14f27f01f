//! Draws the dialogs, and says what is where in them for the mouse.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::symbols::border;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Widget};

use super::{Choice, Entry, Modal, Palette, PathPrompt, Purpose};
use crate::message::check::Severity;
use crate::message::recipient::Recipient;
use crate::tui::action::{Action, Context};
use crate::tui::app::App;
use crate::tui::draw::put_line;
use crate::tui::layout;
use crate::tui::pane::response::wrapped;
use crate::tui::widget::field::FieldStyle;
use crate::tui::widget::glyph;

/// The widest dialog.
const WIDEST: u16 = 64;
/// Rows of the palette's list, at the most.
const ENTRIES: usize = 12;

/// What is at a place in a dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// A choice.
    Choice(usize),
    /// An entry of the palette.
    Entry(usize),
    /// Nothing in particular.
    Inside,
    /// Beside the dialog.
    Outside,
}

/// A dialog in its place.
struct Box {
    area: Rect,
    title: &'static str,
    body: Vec<Line<'static>>,
    choices: Vec<(Choice, Rect)>,
}

impl Box {
    const fn inner(&self) -> Rect {
        Rect {
            x: self.area.x + 2,
            y: self.area.y + 1,
            width: self.area.width.saturating_sub(4),
            height: self.area.height.saturating_sub(2),
        }
    }
}

fn width(size: Size) -> u16 {
    size.width.saturating_sub(4).min(WIDEST)
}

/// Columns of the text field in a dialog.
pub fn field_width(size: Size) -> u16 {
    width(size).saturating_sub(6)
}

fn centred(size: Size, width: u16, height: u16) -> Rect {
    let height = height.min(size.height);
    Rect {
        x: (size.width - width) / 2,
        y: (size.height - height) / 2,
        width,
        height,
    }
}

/// A dialog that says something and offers choices.
fn question(app: &App, modal: &Modal) -> Box {
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
        Modal::Replace { path, .. } => {
            let words = format!("{} is there already.", path.display());
            (" Replace the file? ", wrapped(&words, text, app.theme.text))
        }
        Modal::Help { .. } | Modal::Palette(_) | Modal::Path(_) => ("", Vec::new()),
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
    Box {
        area,
        title,
        body,
        choices,
    }
}

fn confirm_body(app: &App, forced: bool, width: usize) -> (&'static str, Vec<Line<'static>>) {
    let draft = app.draft();
    let to = match draft.to.parse::<Recipient>() {
        Ok(recipient) => format!("{recipient} ({})", recipient.kind()),
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
            .enumerate()
        {
            let label = if index == 0 { label } else { "" };
            let mut spans = vec![Span::styled(format!("{label:<9}"), app.theme.dim)];
            spans.extend(line.spans);
            lines.push(Line::from(spans));
        }
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
        Modal::Help { scroll } => draw_help(app, *scroll, frame.buffer_mut()),
        Modal::Palette(palette) => draw_palette(app, palette, frame),
        Modal::Path(prompt) => draw_prompt(app, prompt, frame),
        _ => {
            let shape = question(app, modal);
            draw_box(app, &shape, frame.buffer_mut());
            for (index, (choice, area)) in shape.choices.iter().enumerate() {
                let style = if index == modal.choice() {
                    app.theme.selected
                } else {
                    app.theme.text
                };
                glyph::put_cut(
                    frame.buffer_mut(),
                    *area,
                    &format!("[ {} ]", choice.title()),
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
                " Enter picks · Esc closes ",
                app.theme.dim,
            );
        }
    }
}

fn draw_box(app: &App, shape: &Box, buffer: &mut Buffer) {
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
        Modal::Help { .. } => help_area(app.size),
        Modal::Palette(palette) => {
            let area = palette_area(app.size);
            let list = palette_list(area);
            if list.contains(at) {
                let row = usize::from(at.y - list.y) + palette_top(palette.selected, list.height);
                if row < palette.entries(app).len() {
                    return Hit::Entry(row);
                }
            }
            area
        }
        Modal::Path(_) => prompt_area(app.size),
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

// -------------------------------------------------------------------- help

fn help_area(size: Size) -> Rect {
    centred(
        size,
        size.width.saturating_sub(4).min(78),
        size.height.saturating_sub(2),
    )
}

/// Rows of the help that are seen at a size.
pub fn help_height(size: Size) -> usize {
    usize::from(help_area(size).height.saturating_sub(2))
}

/// Rows of the whole help.
pub fn help_rows(app: &App) -> usize {
    help_lines(app).len()
}

/// The keys inside a text, which are the editor's own.
const TEXT_KEYS: [(&str, &str); 9] = [
    ("← → ↑ ↓", "Move; with Shift, select"),
    ("Ctrl+← Ctrl+→", "Move by words"),
    (
        "Home End",
        "To the row's beginning and end; again, the line's",
    ),
    ("Ctrl+Home Ctrl+End", "To the text's beginning and end"),
    ("PgUp PgDn", "Move by pages, in the message's text"),
    ("Ctrl+W Alt+D", "Delete the word before and behind"),
    ("Ctrl+U Ctrl+K", "Delete to the line's beginning and end"),
    (
        "Enter",
        "New line in the message's text; elsewhere the next field",
    ),
    ("↑ ↓", "In a field of one line: the field above and below"),
];

fn help_lines(app: &App) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for (context, title) in [
        (Context::Anywhere, "Everywhere"),
        (Context::Text, "In a text"),
        (Context::Item, "On a button's number, or on the heading"),
    ] {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(Line::from(Span::styled(title, app.theme.title)));
        for &action in Action::ALL
            .iter()
            .filter(|action| action.context() == context)
        {
            let keys: Vec<String> = app.keymap.keys(action).map(|key| key.to_string()).collect();
            let keys = if keys.is_empty() {
                "(in the palette)".to_owned()
            } else {
                keys.join(" ")
            };
            help_row(app, &keys, action.words(), &mut lines);
        }
        let own: &[(&str, &str)] = match context {
            Context::Text => &TEXT_KEYS,
            Context::Item => &[
                ("← →", "Another action: reply, copy, call, url"),
                ("Ctrl+Z", "Bring a removed button back"),
            ],
            Context::Anywhere => &[],
        };
        for (keys, words) in own {
            help_row(app, keys, words, &mut lines);
        }
    }
    lines.push(Line::default());
    help_row(
        app,
        "Mouse",
        "Click focuses, tabs and hints press, the wheel scrolls; with Shift the terminal selects",
        &mut lines,
    );
    lines
}

fn help_row(app: &App, keys: &str, words: &str, lines: &mut Vec<Line<'static>>) {
    const KEYS: usize = 20;
    let width = usize::from(help_area(app.size).width.saturating_sub(4));
    for (index, line) in wrapped(words, width.saturating_sub(KEYS), app.theme.text)
        .into_iter()
        .enumerate()
    {
        let keys = if index == 0 { keys } else { "" };
        let pad = " ".repeat(KEYS.saturating_sub(glyph::width(keys)));
        let mut spans = vec![Span::styled(keys.to_owned(), app.theme.key), Span::raw(pad)];
        spans.extend(line.spans);
        lines.push(Line::from(spans));
    }
}

fn draw_help(app: &App, scroll: usize, buffer: &mut Buffer) {
    let area = help_area(app.size);
    let all = help_lines(app);
    let total = all.len();
    let height = help_height(app.size);
    let top = scroll.min(total.saturating_sub(height));
    let body = all.into_iter().skip(top).take(height).collect();
    draw_box(
        app,
        &Box {
            area,
            title: " Help ",
            body,
            choices: Vec::new(),
        },
        buffer,
    );
    let below = total.saturating_sub(top + height);
    let more = if below > 0 {
        format!(" ↓ {below} more · ")
    } else {
        " ".to_owned()
    };
    let hint = Rect {
        x: area.x + 2,
        y: area.bottom() - 1,
        width: area.width.saturating_sub(4),
        height: 1,
    };
    glyph::put_cut(buffer, hint, &format!("{more}Esc closes "), app.theme.dim);
}

// -------------------------------------------------------------------- palette

fn palette_area(size: Size) -> Rect {
    let height = u16::try_from(ENTRIES).unwrap_or(0) + 4;
    let height = height.min(size.height.saturating_sub(2));
    Rect {
        y: 1,
        ..centred(size, width(size), height)
    }
}

const fn palette_list(area: Rect) -> Rect {
    Rect {
        x: area.x + 2,
        y: area.y + 3,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(4),
    }
}

fn palette_top(selected: usize, height: u16) -> usize {
    (selected + 1).saturating_sub(usize::from(height))
}

fn draw_palette(app: &App, palette: &Palette, frame: &mut Frame) {
    let area = palette_area(app.size);
    let buffer = frame.buffer_mut();
    draw_box(
        app,
        &Box {
            area,
            title: " Commands ",
            body: Vec::new(),
            choices: Vec::new(),
        },
        buffer,
    );
    let input = Rect {
        x: area.x + 4,
        y: area.y + 1,
        width: field_width(app.size),
        height: 1,
    };
    glyph::put(buffer, area.x + 2, input.y, "▸", 1, app.theme.key);
    let style = FieldStyle {
        text: app.theme.text,
        selection: app.theme.selection,
        control: app.theme.control,
    };
    if palette.query.is_empty() {
        glyph::put_cut(buffer, input, "type to find", app.theme.dim);
    } else {
        palette.query.draw(input, buffer, style);
    }
    let list = palette_list(area);
    let entries = palette.entries(app);
    let top = palette_top(palette.selected, list.height);
    if entries.is_empty() {
        glyph::put_cut(
            buffer,
            Rect { height: 1, ..list },
            "No command has these words",
            app.theme.dim,
        );
    }
    for ((index, entry), y) in entries
        .iter()
        .enumerate()
        .skip(top)
        .zip(list.top()..list.bottom())
    {
        let row = Rect {
            y,
            height: 1,
            ..list
        };
        let on = index == palette.selected;
        let (words, key) = match *entry {
            Entry::Action(action) => {
                let key = app
                    .keymap
                    .key(action)
                    .map_or_else(String::new, |key| key.to_string());
                (action.words().to_owned(), key)
            }
            Entry::Profile(at) => {
                let profile = &app.profiles[at];
                (
                    format!("Use profile {} ({})", profile.name, profile.account.gateway),
                    String::new(),
                )
            }
        };
        let style = if on {
            app.theme.selected
        } else {
            app.theme.text
        };
        let key_width = layout::columns(&key);
        let mark = if on { "▸ " } else { "  " };
        let room = Rect {
            width: row.width.saturating_sub(key_width + 1),
            ..row
        };
        glyph::put_cut(buffer, room, &format!("{mark}{words}"), style);
        glyph::put(
            buffer,
            row.right() - key_width,
            y,
            &key,
            usize::from(key_width),
            app.theme.key,
        );
    }
    let hint = Rect {
        x: area.x + 2,
        y: area.bottom() - 1,
        width: area.width.saturating_sub(4),
        height: 1,
    };
    let words = format!(
        " {} of {} · Enter runs · Esc closes ",
        (palette.selected + 1).min(entries.len()),
        entries.len()
    );
    glyph::put_cut(buffer, hint, &words, app.theme.dim);
    frame.set_cursor_position(palette.query.cursor_position(input));
}

// -------------------------------------------------------------------- path

fn prompt_area(size: Size) -> Rect {
    centred(size, width(size), 7)
}

fn draw_prompt(app: &App, prompt: &PathPrompt, frame: &mut Frame) {
    let area = prompt_area(app.size);
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
        &Box {
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
    let style = FieldStyle {
        text: app.theme.text,
        selection: app.theme.selection,
        control: app.theme.control,
    };
    prompt.field.draw(input, buffer, style);
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
