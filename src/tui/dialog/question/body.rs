//! What a question says, in lines: a message gives way to what speaks against it.

use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use super::{Choice, Part, Question};
use crate::tui::bubble;
use crate::tui::dialog::shape::{self, Look};
use crate::tui::widget::facts::facts;
use crate::tui::widget::glyph;
use crate::tui::widget::paragraph::wrapped;
use crate::tui::widget::spinner::spinner;

/// From this height on, there is room for empty lines.
const ROOMY: u16 = 20;

/// The rows that a message has at the least.
const LEAST_OF_MESSAGE: usize = 4;

impl Question {
    /// The parts in so many columns and rows; a message gives way to the others.
    pub(super) fn body(
        &self,
        look: &Look<'_>,
        parts: &[Part],
        (width, most): (usize, usize),
    ) -> Vec<Line<'static>> {
        let is_bubble = |part: &Part| matches!(part, Part::Bubble(..));
        let all = parts
            .iter()
            .map(|part| (is_bubble(part), lines(look, part, width)));
        let all: Vec<(bool, Vec<Line<'static>>)> = all.collect();
        let others = all.iter().filter(|(is_bubble, _)| !is_bubble);
        let others = others.map(|(_, lines)| lines.len()).sum::<usize>();
        let room = most.saturating_sub(others).max(LEAST_OF_MESSAGE);
        let mut body = Vec::new();
        for (is_bubble, lines) in all {
            if is_bubble {
                body.extend(self.scrolled(look, lines, room));
            } else {
                body.extend(lines);
            }
        }
        if body.len() > most && most > 0 {
            let hidden = body.len() - (most - 1);
            body.truncate(most - 1);
            let words = format!("… {hidden} more lines");
            body.push(Line::styled(words, look.theme.dim));
        }
        body
    }

    /// As many lines of a message as have room, and how many there are besides.
    fn scrolled(
        &self,
        look: &Look<'_>,
        lines: Vec<Line<'static>>,
        room: usize,
    ) -> Vec<Line<'static>> {
        if lines.len() <= room {
            return lines;
        }
        let shown = room - 1;
        let top = self.scroll.min(lines.len() - shown);
        let below = lines.len() - shown - top;
        let words = match (top, below) {
            (0, below) => format!("↓ {below} more lines"),
            (above, 0) => format!("↑ {above} more lines"),
            (above, below) => format!("↑ {above} and ↓ {below} more lines"),
        };
        let mut shown: Vec<Line<'static>> = lines.into_iter().skip(top).take(shown).collect();
        shown.push(Line::styled(words, look.theme.dim));
        shown
    }

    /// Scrolls the message, if there is one.
    pub(super) fn scroll_by(&mut self, look: &Look<'_>, by: isize) {
        let width = usize::from(shape::width(look.size).saturating_sub(4));
        let parts = self.said.as_ref().map_or(&[][..], |said| &said.body);
        let bubble = parts.iter().find(|part| matches!(part, Part::Bubble(..)));
        let rows = bubble.map_or(0, |bubble| lines(look, bubble, width).len());
        self.scroll = self.scroll.saturating_add_signed(by).min(rows);
    }
}

fn lines(look: &Look<'_>, part: &Part, width: usize) -> Vec<Line<'static>> {
    let theme = look.theme;
    match part {
        Part::Words(mood, words) => wrapped(words, width, mood.style(theme)),
        Part::Facts(rows) => {
            let rows = rows.iter().map(|(label, value)| (*label, value.as_str()));
            facts(rows, width, 2, (theme.text, theme.title))
        }
        Part::Bubble(draft, platform) => bubble::lines(theme, draft, *platform, width),
        Part::Blank => vec![Line::default()],
        // Where there is little room, all of it is for words.
        Part::Air => vec![Line::default(); usize::from(look.size.height >= ROOMY)],
        Part::OnTheWay { to, since } => {
            let elapsed = look.now.saturating_sub(*since);
            let words = format!("{} to {to}, {} s", spinner(elapsed), elapsed.as_secs());
            wrapped(&words, width, theme.title)
        }
    }
}

/// Puts choices beside each other, and below where there is no room; how many rows they take.
pub(super) fn in_rows(choices: &[Choice], width: u16) -> (Vec<(Choice, Rect)>, u16) {
    let mut at = Position::ORIGIN;
    let mut places = Vec::new();
    for &choice in choices {
        let own = u16::try_from(glyph::width(choice.title()))
            .unwrap_or(u16::MAX)
            .saturating_add(4);
        if at.x > 0 && at.x + own > width {
            at = Position::new(0, at.y + 1);
        }
        places.push((choice, Rect::new(at.x, at.y, own, 1)));
        at.x += own + 1;
    }
    (places, at.y + 1)
}
