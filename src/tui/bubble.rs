//! A message as its recipient sees it, in the styles of the theme.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::theme::Theme;
use crate::gateway::Platform;
use crate::message::Draft;
use crate::preview::{self, Role};

/// The widest bubble, as phones show them.
pub const WIDEST: usize = 48;

/// The lines of a message without a picture.
pub fn lines(theme: &Theme, draft: &Draft, platform: Platform, width: usize) -> Vec<Line<'static>> {
    let lines = preview::bubble(draft, platform, None, width.min(WIDEST));
    let lines = lines.into_iter().map(|line| {
        let spans = line.into_iter().map(|span| {
            let style = style(theme, &span);
            Span::styled(span.text, style)
        });
        Line::from(spans.collect::<Vec<_>>())
    });
    lines.collect()
}

/// The style of a run of text.
pub fn style(theme: &Theme, span: &preview::Span) -> Style {
    let mut style = match span.role {
        Role::Frame | Role::Picture => theme.frame,
        Role::Header => theme.title,
        Role::Body => theme.text,
        Role::Faint | Role::Quote => theme.dim,
        Role::Button => theme.button,
    };
    if span.style.link {
        style = style.patch(theme.link);
    }
    for (on, modifier) in [
        (span.style.bold, Modifier::BOLD),
        (span.style.italic, Modifier::ITALIC),
        (span.style.strike, Modifier::CROSSED_OUT),
        (span.style.mono, Modifier::DIM),
    ] {
        if on {
            style = style.add_modifier(modifier);
        }
    }
    style
}
