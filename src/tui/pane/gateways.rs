//! A row for each gateway: whether the draft can be sent there, and how; below the selected one, what
//! would be wrong there.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::gateway::{GatewayKind, Support};
use crate::message::check::{Problem, Severity};
use crate::tui::focus::Focus;
use crate::tui::model::Model;
use crate::tui::model::standing::Standing;
use crate::tui::name;
use crate::tui::pane::problems::with_path;
use crate::tui::widget::glyph;
use crate::tui::widget::paragraph::wrapped;

/// Columns of the mark before a name.
const MARK: usize = 2;
/// Columns of a name and the space behind it.
const NAME: usize = 11;

/// The lines of the table.
pub fn lines(model: &Model, width: usize) -> Vec<Line<'static>> {
    let gateways = GatewayKind::ALL.into_iter();
    let mut lines: Vec<Line<'static>> = gateways
        .flat_map(|gateway| entry(model, gateway, width))
        .collect();
    lines.push(Line::default());
    let hint = "↑ ↓ choose · Enter compares the requests";
    lines.extend(wrapped(hint, width, model.theme.dim));
    lines
}

fn entry(model: &Model, gateway: GatewayKind, width: usize) -> Vec<Line<'static>> {
    let standing = model.standing(gateway);
    let selected = gateway == model.selected_gateway;
    let (head, said) = head(model, &standing, selected, width);
    let mut lines = vec![head];
    let mut put = |indent: usize, text: &str, style: Style| {
        for mut line in wrapped(text, width.saturating_sub(indent), style) {
            line.spans.insert(0, Span::raw(" ".repeat(indent)));
            lines.push(line);
        }
    };
    put(MARK, &way(&standing), model.theme.text);
    if !selected {
        return lines;
    }
    let account = match &standing.profile {
        Some(name) if gateway == model.account().gateway => format!("profile {name}, in use"),
        Some(name) => format!("profile {name}"),
        None => "no profile: at its public address".to_owned(),
    };
    put(MARK, &account, model.theme.text);
    if !said {
        put(MARK, &counts(&standing), worst(model, &standing));
    }
    for problem in &standing.problems {
        let (sign, style) = sign(model, problem);
        let name = format!("{}{sign} {}", " ".repeat(MARK), name::of(problem.field));
        let look = (width, model.theme.dim);
        lines.extend(with_path(
            vec![Span::styled(name, style)],
            problem.field,
            MARK + 2,
            look,
        ));
        for mut line in wrapped(
            &problem.message,
            width.saturating_sub(MARK + 2),
            model.theme.text,
        ) {
            line.spans.insert(0, Span::raw(" ".repeat(MARK + 2)));
            lines.push(line);
        }
    }
    lines
}

/// The name, the verdict, and how much is wrong; and whether there was room for that in words.
fn head(model: &Model, standing: &Standing, selected: bool, width: usize) -> (Line<'static>, bool) {
    let theme = &model.theme;
    let (mark, style) = match (selected, model.focus == Focus::Pane) {
        (true, true) => ("▸ ", theme.selected),
        (true, false) => ("▸ ", theme.title),
        (false, _) => ("  ", theme.title),
    };
    let name = standing.gateway.title();
    let (verdict, verdict_style) = match standing.support {
        Support::Native { .. } => ("✓ native", theme.ok),
        Support::SwitchedOff { .. } => ("~ other method", theme.warning),
        Support::Impossible { .. } => ("✗ not at all", theme.error),
    };
    let gap = |columns: usize| Span::raw(" ".repeat(columns));
    let taken = MARK + NAME + glyph::width(verdict);
    let mut spans = vec![
        Span::styled(mark, theme.key),
        Span::styled(name, style),
        gap(NAME.saturating_sub(glyph::width(name))),
        Span::styled(verdict, verdict_style),
    ];
    let room = width.saturating_sub(taken + 1);
    let words = counts(standing);
    let has_room = glyph::width(&words) <= room;
    let words = if has_room { words } else { signs(standing) };
    let width = glyph::width(&words);
    if width > 0 && width <= room {
        spans.push(gap(1 + room - width));
        spans.push(Span::styled(words, worst(model, standing)));
    }
    (Line::from(spans), has_room)
}

/// How it would be sent there, or what is the nearest to it.
fn way(standing: &Standing) -> String {
    let instead = &standing.instead;
    match &standing.support {
        Support::Native { method } => format!("{} {method}", standing.gateway.own().facts().by),
        Support::SwitchedOff { method, .. } => {
            format!("{method} is switched off: {instead}")
        }
        Support::Impossible { .. } => format!("the nearest: {instead}"),
    }
}

/// `1 error, 2 warnings`
fn counts(standing: &Standing) -> String {
    let parts = [(Severity::Error, "error"), (Severity::Warning, "warning")];
    let parts = parts.into_iter().filter_map(|(severity, word)| {
        Some(match standing.count(severity) {
            0 => return None,
            1 => format!("1 {word}"),
            many => format!("{many} {word}s"),
        })
    });
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() {
        "no problems".to_owned()
    } else {
        parts.join(", ")
    }
}

/// The same where there is little room: `✗1 !2`
fn signs(standing: &Standing) -> String {
    let parts = [(Severity::Error, "✗"), (Severity::Warning, "!")];
    let parts = parts.into_iter().filter_map(|(severity, sign)| {
        let count = standing.count(severity);
        (count > 0).then(|| format!("{sign}{count}"))
    });
    let parts: Vec<String> = parts.collect();
    parts.join(" ")
}

/// The style of the counts.
fn worst(model: &Model, standing: &Standing) -> Style {
    let severities = standing.problems.iter().map(|problem| problem.severity);
    match severities.min() {
        Some(Severity::Error) => model.theme.error,
        Some(Severity::Warning) => model.theme.warning,
        None => model.theme.ok,
    }
}

const fn sign(model: &Model, problem: &Problem) -> (&'static str, Style) {
    match problem.severity {
        Severity::Error => ("✗", model.theme.error),
        Severity::Warning => ("!", model.theme.warning),
    }
}

/// The first row of a gateway, and the one past its last.
pub fn rows_of(model: &Model, gateway: GatewayKind, width: u16) -> (usize, usize) {
    let mut top = 0;
    for one in GatewayKind::ALL {
        let rows = entry(model, one, usize::from(width)).len();
        if one == gateway {
            return (top, top + rows);
        }
        top += rows;
    }
    (0, 0)
}

/// The gateway at a row.
pub fn at_row(model: &Model, row: usize, width: u16) -> Option<GatewayKind> {
    GatewayKind::ALL.into_iter().find(|&gateway| {
        let (top, bottom) = rows_of(model, gateway, width);
        (top..bottom).contains(&row)
    })
}
