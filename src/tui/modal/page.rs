//! A page over most of the screen that is read and scrolled: a message of the history with its request
//! and answer, or what waits in a gateway's queue.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::text::{Line, Span};

use super::draw::{Dialog, centred, draw_box, draw_on_border};
use crate::gateway::queue::Queued;
use crate::secret::MASK;
use crate::store::{Resolution, SendState, Sent};
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::pane::history::{outcome_sign, outcome_words};
use crate::tui::pane::response;
use crate::tui::widget::paragraph::{http, wrapped};
use crate::visible;

/// The widest that a page is.
const WIDEST: u16 = 116;

/// What is read.
#[derive(Debug, Clone)]
pub enum Page {
    /// A message of the history.
    Sent(Box<Sent>),
    /// What a profile's gateway took and what waits for the phone.
    Queue {
        /// The profile's name.
        profile: String,
        /// What waits.
        queue: Vec<Queued>,
    },
}

pub(super) fn area(size: Size) -> Rect {
    centred(
        size,
        size.width.saturating_sub(4).min(WIDEST),
        size.height.saturating_sub(2),
    )
}

/// Rows that are seen at a size.
pub fn height(size: Size) -> usize {
    usize::from(area(size).height.saturating_sub(2))
}

/// Rows of the whole page.
pub fn rows(model: &Model, page: &Page) -> usize {
    lines(model, page).len()
}

fn lines(model: &Model, page: &Page) -> Vec<Line<'static>> {
    let width = usize::from(area(model.size).width.saturating_sub(4));
    match page {
        Page::Sent(sent) => of_sent(model, sent, width),
        Page::Queue { queue, .. } => of_queue(model, queue, width),
    }
}

pub(super) fn draw(model: &Model, page: &Page, scroll: usize, buffer: &mut Buffer) {
    let area = area(model.size);
    let all = lines(model, page);
    let height = height(model.size);
    let below_all = all.len().saturating_sub(height);
    let top = scroll.min(below_all);
    let body = all.into_iter().skip(top).take(height).collect();
    let title = match page {
        Page::Sent(_) => " What was sent ",
        Page::Queue { .. } => " Waiting for the phone ",
    };
    draw_box(
        model,
        &Dialog {
            area,
            title,
            body,
            choices: Vec::new(),
        },
        buffer,
    );
    let mut words = Vec::new();
    if below_all > top {
        words.push(format!("↓ {} more", below_all - top));
    }
    words.extend(model.keymap.hint(Action::Close, "closes"));
    let actions: &[Action] = match page {
        Page::Sent(sent) if sent.entry.state == SendState::Unknown => &[
            Action::Resolve,
            Action::SendAgain,
            Action::CopyId,
            Action::CopyCurl,
        ],
        Page::Sent(_) => &[Action::SendAgain, Action::CopyId, Action::CopyCurl],
        Page::Queue { .. } => &[Action::ClearQueue],
    };
    let hints = actions.iter();
    words.extend(hints.filter_map(|&action| model.keymap.hint(action, action.title())));
    draw_on_border(area, &words, model.theme.dim, buffer);
}

fn of_sent(model: &Model, sent: &Sent, width: usize) -> Vec<Line<'static>> {
    let entry = &sent.entry;
    let (sign, style) = outcome_sign(&model.theme, entry);
    let mut lines = wrapped(&format!("{sign} {}", outcome_words(entry)), width, style);
    let took = entry.elapsed.map_or_else(String::new, |elapsed| {
        let attempts = match entry.attempts {
            1 => "1 attempt".to_owned(),
            attempts => format!("{attempts} attempts"),
        };
        format!("{:.1} s, {attempts}", elapsed.as_secs_f32())
    });
    let through = format!("{} ({})", entry.profile, entry.gateway);
    let error = entry.refusal.as_ref().map_or_else(String::new, |refusal| {
        format!("{} {}", refusal.code, refusal.message)
    });
    let meaning = entry.refusal.as_ref();
    let meaning = meaning.map_or("", |refusal| refusal.explanation.as_str());
    let said = match entry.resolution {
        Some(Resolution::Sent) => "somebody marked it as sent",
        Some(Resolution::Again) => "another was sent in its place",
        Some(Resolution::Kept) => "somebody left it unknown",
        None => "",
    };
    let rows = [
        ("Id", entry.message_id.as_deref().unwrap_or_default()),
        ("Error", error.trim()),
        ("Meaning", meaning),
        ("Set to", said),
        ("To", &entry.to),
        ("Through", &through),
        ("At", &entry.started_local),
        ("Took", &took),
        ("File", entry.file.as_deref().unwrap_or_default()),
    ];
    for (label, value) in rows {
        if value.is_empty() {
            continue;
        }
        let value = wrapped(
            &visible::line(value),
            width.saturating_sub(9),
            model.theme.text,
        );
        for (index, line) in value.into_iter().enumerate() {
            let label = if index == 0 { label } else { "" };
            let mut spans = vec![Span::styled(format!("{label:<9}"), model.theme.text)];
            spans.extend(line.spans);
            lines.push(Line::from(spans));
        }
    }
    lines.push(Line::default());
    lines.push(Line::from(Span::styled("── Request", model.theme.title)));
    lines.extend(http(&model.theme, &sent.request.to_http(MASK), width));
    lines.push(Line::default());
    lines.push(Line::from(Span::styled("── Answer", model.theme.title)));
    match &sent.response {
        Some(answer) => lines.extend(response::answer(model, answer, width)),
        None => lines.extend(wrapped("None came.", width, model.theme.text)),
    }
    lines
}

fn of_queue(model: &Model, queue: &[Queued], width: usize) -> Vec<Line<'static>> {
    if queue.is_empty() {
        return wrapped("Nothing waits.", width, model.theme.text);
    }
    let mut lines = Vec::new();
    for queued in queue {
        let head = format!(
            "{}  {}  {}",
            visible::line(&queued.to),
            queued.method,
            queued.message_id.as_deref().unwrap_or_default()
        );
        lines.extend(wrapped(head.trim_end(), width, model.theme.title));
        lines.extend(wrapped(
            &visible::line(&queued.text),
            width,
            model.theme.text,
        ));
        lines.push(Line::default());
    }
    lines.pop();
    lines
}
