//! The line at the bottom: the file, and what the focused field can do.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::message::check::Severity;
use crate::tui::action::Action;
use crate::tui::layout;
use crate::tui::model::Model;
use crate::tui::model::keeping::Keeps;
use crate::tui::widget::glyph;

/// Columns between two hints.
const GAP: u16 = 2;

/// What the status line says of the draft.
fn state(model: &Model) -> String {
    let name = model.file.as_ref().map(|path| {
        path.file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned()
    });
    // What was accepted is no draft: it is kept in the history.
    if model.is_sent() {
        return name.map_or_else(String::new, |name| format!("{name} · "));
    }
    let kept = kept(model);
    match (name, model.is_modified()) {
        (Some(name), true) => format!("{kept}{name}, changed · "),
        (Some(name), false) => format!("{name} · "),
        (None, true) if kept.is_empty() => "not saved · ".to_owned(),
        (None, false) if model.keeping.keeps == Keeps::All => String::new(),
        (None, _) => kept.to_owned(),
    }
}

/// The mark of a message that was sent as it is, before what else the status line says.
fn mark(model: &Model) -> (String, Style) {
    match model.sent_mark() {
        Some(mark) if mark.is_accepted => (format!("{} · ", mark.words()), model.theme.ok),
        Some(mark) => (format!("{} · ", mark.words()), model.theme.warning),
        None => (String::new(), model.theme.dim),
    }
}

/// Whether what was typed is kept; the words are equally long, so that nothing moves.
pub fn kept(model: &Model) -> &'static str {
    match model.keeping.keeps {
        Keeps::Opening => "",
        Keeps::Nothing | Keeps::InMemory => "nothing is kept · ",
        Keeps::All if model.keeping.failed.is_some() => "not kept    · ",
        Keeps::All if model.is_kept() => "draft saved · ",
        Keeps::All => "draft typed · ",
    }
}

/// A key and what it does; a click on it does its action, where it is one.
pub type Hint = (Option<Action>, String, &'static str);

/// The hints of actions that have a key.
pub fn hints_of(
    model: &Model,
    actions: impl IntoIterator<Item = Action>,
) -> impl Iterator<Item = Hint> {
    let keys = actions
        .into_iter()
        .filter_map(|action| Some((action, model.keymap.key(action)?)));
    keys.map(|(action, key)| (Some(action), key.to_string(), action.title()))
}

/// The hints in their places.
fn placed(model: &Model, hints: Vec<Hint>, area: Rect) -> Vec<(Rect, Hint)> {
    let words = layout::columns(&mark(model).0) + layout::columns(&state(model));
    let mut x = area.x + words.min(area.width / 2);
    let mut placed = Vec::new();
    for (action, key, words) in hints {
        let width = layout::columns(&key) + 1 + layout::columns(words);
        if x + width > area.right() {
            break;
        }
        placed.push((Rect { x, width, ..area }, (action, key, words)));
        x += width + GAP;
    }
    placed
}

/// The action of the hint at a column.
pub fn action_at(model: &Model, hints: Vec<Hint>, area: Rect, x: u16) -> Option<Action> {
    let mut hints = placed(model, hints, area).into_iter();
    hints
        .find(|(place, _)| (place.left()..place.right()).contains(&x))?
        .1
        .0
}

/// Draws the line.
pub fn draw(model: &Model, hints: Vec<Hint>, area: Rect, buffer: &mut Buffer) {
    let room = Rect {
        width: area.width / 2,
        ..area
    };
    let (words, style) = mark(model);
    glyph::put_cut(buffer, room, &words, style);
    let marked = layout::columns(&words).min(room.width);
    let rest = Rect {
        x: room.x + marked,
        width: room.width - marked,
        ..room
    };
    glyph::put_cut(buffer, rest, &state(model), model.theme.dim);
    for (hint, (_, key, words)) in placed(model, hints, area) {
        let drawn = glyph::put(
            buffer,
            hint.x,
            hint.y,
            &key,
            usize::from(hint.width),
            model.theme.key,
        );
        glyph::put(
            buffer,
            hint.x + drawn + 1,
            hint.y,
            words,
            usize::from(hint.width - drawn - 1),
            model.theme.text,
        );
    }
}

/// Draws the focused field's problem on the rule above the line.
pub fn draw_problem(model: &Model, area: Rect, buffer: &mut Buffer) {
    let Some(problem) = model.problem_at(model.focus) else {
        return;
    };
    if model.touched.hides(model.draft(), problem.field) {
        return;
    }
    let (sign, style) = match problem.severity {
        Severity::Error => ("✗", model.theme.error),
        Severity::Warning => ("!", model.theme.warning),
    };
    glyph::put_cut(
        buffer,
        area,
        &format!(" {sign} {} ", problem.message),
        style,
    );
}
