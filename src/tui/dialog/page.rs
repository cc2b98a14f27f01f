//! A page over most of the screen that is read and scrolled: a message of the history with its request
//! and answer, or what waits in a gateway's queue.

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::{Line, Span};

use super::shape::{Shape, centred, draw_on_border, scrolled};
use super::{Dialog, Look};
use crate::gateway::queue::Queued;
use crate::secret::MASK;
use crate::store::{Resolution, SendState, Sent};
use crate::tui::action::{Action, Context};
use crate::tui::ended::Ended;
use crate::tui::outcome::{AnswerView, answer, outcome_sign, outcome_words};
use crate::tui::widget::facts::facts;
use crate::tui::widget::paragraph::{http, wrapped};
use crate::visible;

/// The widest that a page is.
const WIDEST: u16 = 116;

/// A page.
#[derive(Debug, Clone)]
pub struct Page {
    /// What is read.
    pub content: Content,
    /// How answers are shown.
    answers: AnswerView,
    /// Rows scrolled out above.
    scroll: usize,
}

/// What is read.
#[derive(Debug, Clone)]
pub enum Content {
    /// A message of the history.
    Sent(Box<Sent>),
    /// What a profile's gateway took and what waits for the phone.
    Queue {
        /// The profile's name.
        profile: String,
        /// What waits.
        queue: Vec<Queued>,
    },
    /// What became of the messages that were sent last, the newest first.
    Last(Vec<Ended>),
}

fn area(size: Size) -> Rect {
    centred(
        size,
        size.width.saturating_sub(4).min(WIDEST),
        size.height.saturating_sub(2),
    )
}

/// Rows that are seen at a size.
fn height(size: Size) -> usize {
    usize::from(area(size).height.saturating_sub(2))
}

impl Page {
    /// A page from its beginning.
    pub const fn new(content: Content, answers: AnswerView) -> Self {
        Self {
            content,
            answers,
            scroll: 0,
        }
    }

    fn lines(&self, look: &Look<'_>) -> Vec<Line<'static>> {
        let width = usize::from(area(look.size).width.saturating_sub(4));
        match &self.content {
            Content::Sent(sent) => of_sent(look, self.answers, sent, width),
            Content::Queue { queue, .. } => of_queue(look, queue, width),
            Content::Last(all) => {
                let all = all
                    .iter()
                    .map(|one| one.lines(look.theme, self.answers, width));
                all.collect::<Vec<_>>().join(&Line::default())
            }
        }
    }
}

impl Dialog for Page {
    fn area(&self, look: &Look<'_>) -> Rect {
        area(look.size)
    }

    fn draw(&self, look: &Look<'_>, frame: &mut Frame) {
        let area = area(look.size);
        let all = self.lines(look);
        let height = height(look.size);
        let below_all = all.len().saturating_sub(height);
        let top = self.scroll.min(below_all);
        let body = all.into_iter().skip(top).take(height).collect();
        let (title, actions): (_, &[Action]) = match &self.content {
            Content::Sent(sent) if sent.entry.state == SendState::Unknown => (
                " What was sent ",
                &[
                    Action::Resolve,
                    Action::SendAgain,
                    Action::CopyId,
                    Action::CopyCurl,
                ],
            ),
            Content::Sent(_) => (
                " What was sent ",
                &[Action::SendAgain, Action::CopyId, Action::CopyCurl],
            ),
            Content::Queue { .. } => (" Waiting for the phone ", &[Action::ClearQueue]),
            Content::Last(_) => (" What was sent last ", &[]),
        };
        let buffer = frame.buffer_mut();
        Shape { area, title, body }.draw(look, buffer);
        let mut words = Vec::new();
        if below_all > top {
            words.push(format!("↓ {} more", below_all - top));
        }
        words.extend(look.keymap.hint(Action::Close, "closes"));
        let hints = actions.iter();
        words.extend(hints.filter_map(|&action| look.keymap.hint(action, action.title())));
        draw_on_border(area, &words, look.theme.dim, buffer);
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) {
        let rows = self.lines(look).len();
        self.scroll = scrolled(self.scroll, rows, height(look.size), key.code);
    }

    fn context(&self) -> Context {
        Context::History
    }
}

fn of_sent(look: &Look<'_>, answers: AnswerView, sent: &Sent, width: usize) -> Vec<Line<'static>> {
    let entry = &sent.entry;
    let (sign, style) = outcome_sign(look.theme, entry);
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
    let rows = rows.map(|(label, value)| (label, visible::line(value)));
    let rows = rows.iter().filter(|(_, value)| !value.is_empty());
    let rows = rows.map(|(label, value)| (*label, &**value));
    let styles = (look.theme.text, look.theme.text);
    lines.extend(facts(rows, width, usize::MAX, styles));
    lines.push(Line::default());
    lines.push(Line::from(Span::styled("── Request", look.theme.title)));
    lines.extend(http(look.theme, &sent.request.to_http(MASK), width));
    lines.push(Line::default());
    lines.push(Line::from(Span::styled("── Answer", look.theme.title)));
    match &sent.response {
        Some(response) => lines.extend(answer(look.theme, answers, response, width)),
        None => lines.extend(wrapped("None came.", width, look.theme.text)),
    }
    lines
}

fn of_queue(look: &Look<'_>, queue: &[Queued], width: usize) -> Vec<Line<'static>> {
    if queue.is_empty() {
        return wrapped("Nothing waits.", width, look.theme.text);
    }
    let mut lines = Vec::new();
    for queued in queue {
        let head = format!(
            "{}  {}  {}",
            visible::line(&queued.to),
            queued.method,
            queued.message_id.as_deref().unwrap_or_default()
        );
        lines.extend(wrapped(head.trim_end(), width, look.theme.title));
        lines.extend(wrapped(
            &visible::line(&queued.text),
            width,
            look.theme.text,
        ));
        lines.push(Line::default());
    }
    lines.pop();
    lines
}
