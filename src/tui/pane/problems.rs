//! Every limit that is broken or near, and whatever else is wrong; Enter goes to the field.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::message::Field;
use crate::message::check::{Problem, Severity};
use crate::tui::focus::Focus;
use crate::tui::model::{Model, Tab};
use crate::tui::name;
use crate::tui::widget::glyph;
use crate::tui::widget::paragraph::wrapped;

/// Columns between a field's name and its path.
const GAP: usize = 2;

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
    let mut head = vec![Span::styled(format!("{mark} {sign} "), style)];
    head.push(Span::styled(name::of(problem.field), head_style));
    let mut lines = with_path(head, problem.field, 4, (width, model.theme.dim));
    for mut line in wrapped(&problem.message, width.saturating_sub(4), model.theme.text) {
        line.spans.insert(0, Span::raw("    "));
        lines.push(line);
    }
    lines
}

/// A line that ends with a field's name, its path behind that or, where there is no room, below.
pub fn with_path(
    mut head: Vec<Span<'static>>,
    field: Field,
    indent: usize,
    (width, style): (usize, Style),
) -> Vec<Line<'static>> {
    let Some(path) = name::path(field) else {
        return vec![Line::from(head)];
    };
    let taken: usize = head.iter().map(|span| glyph::width(&span.content)).sum();
    if taken + GAP + glyph::width(&path) <= width {
        head.push(Span::raw(" ".repeat(GAP)));
        head.push(Span::styled(path, style));
        return vec![Line::from(head)];
    }
    let mut lines = vec![Line::from(head)];
    for mut line in wrapped(&path, width.saturating_sub(indent), style) {
        line.spans.insert(0, Span::raw(" ".repeat(indent)));
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
