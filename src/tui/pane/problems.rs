//! Every limit that is broken or near, and whatever else is wrong; Enter goes to the field.

use ratatui::text::{Line, Span};

use crate::message::check::{Problem, Severity};
use crate::tui::focus::Focus;
use crate::tui::model::{Model, Tab};
use crate::tui::widget::paragraph::wrapped;

/// The lines of the list.
pub fn lines(model: &Model, width: usize) -> Vec<Line<'static>> {
    let mut lines: Vec<Line<'static>> = model
        .problem_list()
        .enumerate()
        .flat_map(|(index, problem)| entry(model, index, problem, width))
        .collect();
    if lines.is_empty() {
        lines = wrapped(
            "✓ Nothing is wrong, and nothing is near a limit.",
            width,
            model.theme.ok,
        );
    } else {
        lines.push(Line::default());
        lines.extend(wrapped(
            "↑ ↓ choose · Enter goes to the field",
            width,
            model.theme.dim,
        ));
    }
    lines
}

fn entry(model: &Model, index: usize, problem: &Problem, width: usize) -> Vec<Line<'static>> {
    let is_near = index >= model.findings.problems.len();
    let (sign, style) = match problem.severity {
        Severity::Error => ("✗", model.theme.error),
        Severity::Warning if is_near => ("·", model.theme.dim),
        Severity::Warning => ("!", model.theme.warning),
    };
    let selected =
        model.focus == Focus::Pane && model.tab == Tab::Problems && index == model.selected_problem;
    let mark = if selected { "▸" } else { " " };
    let head_style = if selected {
        model.theme.selected
    } else {
        style
    };
    let mut lines = vec![Line::from(vec![
        Span::styled(format!("{mark} {sign} "), style),
        Span::styled(problem.field.to_string(), head_style),
    ])];
    for mut line in wrapped(&problem.message, width.saturating_sub(4), model.theme.text) {
        line.spans.insert(0, Span::raw("    "));
        lines.push(line);
    }
    lines
}

/// The first row of an entry, and the one past its last.
pub fn rows_of(model: &Model, index: usize, width: u16) -> (usize, usize) {
    let mut top = 0;
    for (at, problem) in model.problem_list().enumerate() {
        let rows = entry(model, at, problem, usize::from(width)).len();
        if at == index {
            return (top, top + rows);
        }
        top += rows;
    }
    (0, 0)
}

/// The entry at a row.
pub fn at_row(model: &Model, row: usize, width: u16) -> Option<usize> {
    (0..model.problem_list().count()).find(|&index| {
        let (top, bottom) = rows_of(model, index, width);
        (top..bottom).contains(&row)
    })
}
