//! Finding on the right-hand side: what is typed behind the slash, and the way from hit to hit.

use crossterm::event::{KeyCode, KeyEvent};

use super::focus;
use crate::tui::effect::Effect;
use crate::tui::layout;
use crate::tui::model::find::Find;
use crate::tui::model::toast::Tone;
use crate::tui::model::{Model, Tab};
use crate::tui::pane;
use crate::tui::pane::find::Hit;
use crate::tui::widget::field::Response;

/// Begins to type what is looked for.
pub fn begin(model: &mut Model) {
    model.find.begin(model.scroll);
}

/// Looks for nothing any more; whether anything was looked for.
pub fn end(model: &mut Model) -> bool {
    let was_on = model.find.is_on();
    model.find = Find::default();
    was_on
}

/// A key while it is typed.
pub fn key(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    match key.code {
        KeyCode::Enter => {
            model.find.is_typing = false;
            if model.find.field.is_empty() {
                end(model);
            }
        }
        KeyCode::Up => next(model, true),
        KeyCode::Down => next(model, false),
        _ => {
            if model.find.field.key(key, model.now) == Response::Changed {
                changed(model);
            }
        }
    }
    Vec::new()
}

/// A text is pasted while it is typed.
pub fn paste(model: &mut Model, text: &str) {
    if model.find.field.insert(text, model.now) == Response::Changed {
        changed(model);
    }
}

/// Something else is looked for: the first hit from where the search was begun.
fn changed(model: &mut Model) {
    let hits = hits(model);
    let after = hits.iter().position(|hit| hit.row >= model.find.from);
    match after.or((!hits.is_empty()).then_some(0)) {
        Some(at) => go_to(model, &hits, at),
        None => model.scroll = model.find.from,
    }
}

/// To the next hit, or the one before; from the last one to the first.
pub fn next(model: &mut Model, back: bool) {
    if model.find.field.is_empty() {
        model.toast("Nothing is looked for: / finds", Tone::Info);
        return;
    }
    let hits = hits(model);
    let Some(last) = hits.len().checked_sub(1) else {
        return;
    };
    let at = model.find.at;
    let at = if back {
        at.checked_sub(1).unwrap_or(last).min(last)
    } else if at >= last {
        0
    } else {
        at + 1
    };
    go_to(model, &hits, at);
}

fn go_to(model: &mut Model, hits: &[Hit], at: usize) {
    let Some(hit) = hits.get(at) else { return };
    let row = hit.row;
    model.find.at = at;
    if model.tab == Tab::Problems
        && let Some(screen) = layout::regions(model)
        && let Some(problem) = pane::problems::at_row(model, row, screen.pane.width)
    {
        model.selected_problem = problem;
    }
    focus::keep_in_view(model, (row, row + 1));
}

/// Where what is looked for is in the tab that is shown.
fn hits(model: &Model) -> Vec<Hit> {
    let lines = layout::regions(model).map(|screen| pane::lines(model, screen.pane.width));
    lines.map_or_else(Vec::new, |lines| pane::find::all(model, &lines))
}
