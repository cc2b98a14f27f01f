//! What the recipient sees.

use ratatui::text::{Line, Span};

use crate::gateway::Platform;
use crate::message::Draft;
use crate::preview::{self, Role};
use crate::tui::action::Action;
use crate::tui::bubble::{self, WIDEST};
use crate::tui::layout;
use crate::tui::model::Model;
use crate::tui::model::picture::State;
use crate::tui::widget::paragraph::wrapped;
use crate::tui::widget::spinner::spinner;
use crate::visible;

/// The lines of the preview.
pub fn lines(model: &Model, width: usize) -> Vec<Line<'static>> {
    let mut lines = above(model, width);
    let mut row = 0;
    for line in bubble(model, width) {
        let mut spans = Vec::new();
        for span in line {
            if let (Role::Picture, Some(pixels)) = (span.role, &model.picture.pixels) {
                spans.extend(pixels.row(row));
                row += 1;
            } else {
                spans.push(Span::styled(
                    span.text.clone(),
                    bubble::style(&model.theme, &span),
                ));
            }
        }
        lines.push(Line::from(spans));
    }
    lines.push(Line::default());
    let key = model.keymap.hint(Action::Platform, "next platform");
    let key = key.map_or_else(String::new, |hint| format!(" · {hint}"));
    let platform = match model.platform {
        Platform::Android => "Android",
        Platform::Ios => "iOS",
        Platform::Web => "web",
        Platform::Desktop => "desktop",
    };
    lines.extend(wrapped(
        &format!("on {platform}{key}"),
        width,
        model.theme.dim,
    ));
    lines
}

/// A message as its recipient sees it, without its picture.
pub fn of_draft(model: &Model, draft: &Draft, width: usize) -> Vec<Line<'static>> {
    let lines = preview::bubble(draft, model.platform, None, width.min(WIDEST)).into_iter();
    let drawn = lines.map(|line| {
        let spans = line.into_iter().map(|span| {
            let style = bubble::style(&model.theme, &span);
            Span::styled(span.text, style)
        });
        Line::from(spans.collect::<Vec<_>>())
    });
    drawn.collect()
}

/// What is said of the kind and of its picture before the bubble.
fn above(model: &Model, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if let Some(note) = model.account().visibility(model.shown(), model.platform) {
        lines.extend(wrapped(&format!("! {note}"), width, model.theme.warning));
        lines.push(Line::default());
    }
    let words = picture_words(model, width);
    if !words.is_empty() {
        lines.extend(words);
        lines.push(Line::default());
    }
    lines
}

/// The row of the preview of this draft that has a character.
pub fn row_with(model: &Model, draft: &Draft, mark: char, width: usize) -> Option<usize> {
    let mut lines = bubble_of(model, draft, width).into_iter();
    let row = lines.position(|line| line.iter().any(|span| span.text.contains(mark)));
    Some(above(model, width).len() + row?)
}

fn bubble(model: &Model, width: usize) -> Vec<preview::Line> {
    bubble_of(model, model.shown(), width)
}

fn bubble_of(model: &Model, draft: &Draft, width: usize) -> Vec<preview::Line> {
    let size = model.picture.pixels.as_ref().map(|pixels| pixels.size);
    let picture = size.map(|size| (usize::from(size.width), usize::from(size.height)));
    let width = width.min(WIDEST);
    preview::bubble_with_picture(draft, model.platform, None, width, picture)
}

/// Columns that a picture may take when the pane has so many.
pub fn picture_columns(width: u16) -> u16 {
    let room = preview::picture_room(usize::from(width).min(WIDEST));
    u16::try_from(room).unwrap_or(u16::MAX)
}

/// Where the picture is drawn in the pane: its first row among the lines, and its column.
pub fn picture_place(model: &Model, width: usize) -> Option<(usize, u16)> {
    let first = above(model, width).len();
    for (row, line) in bubble(model, width).into_iter().enumerate() {
        let mut column = 0;
        for span in &line {
            if span.role == Role::Picture {
                return Some((first + row, column));
            }
            column += layout::columns(&span.text);
        }
    }
    None
}

/// How far the picture is, what it was and is, and what it lost.
fn picture_words(model: &Model, width: usize) -> Vec<Line<'static>> {
    let theme = &model.theme;
    match &model.picture.state {
        State::None => Vec::new(),
        State::Waiting { .. } => wrapped("▦ the picture is loaded in a moment", width, theme.dim),
        State::Loading {
            since, received, ..
        } => {
            let spinner = spinner(model.now.saturating_sub(*since));
            let so_far = match received {
                Some((received, Some(total))) => {
                    format!(
                        " · {} of {}",
                        visible::bytes(*received),
                        visible::bytes(*total)
                    )
                }
                Some((received, None)) => format!(" · {}", visible::bytes(*received)),
                None => String::new(),
            };
            let stops = model.keymap.hint(Action::Close, "stops");
            let stops = stops.map_or_else(String::new, |hint| format!(" · {hint}"));
            let words = format!("{spinner} loading the picture{so_far}{stops}");
            wrapped(&words, width, theme.text)
        }
        State::Ready(thumbnail) => {
            let mut lines = wrapped(&format!("▦ {}", thumbnail.facts), width, theme.dim);
            for warning in &thumbnail.warnings {
                lines.extend(wrapped(&format!("! {warning}"), width, theme.warning));
            }
            lines
        }
        State::Failed(why) => wrapped(&format!("✗ {}", why.on_lines()), width, theme.error),
    }
}
