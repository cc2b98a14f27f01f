//! What the recipient sees.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::gateway::Platform;
use crate::preview::{self, Role};
use crate::tui::app::App;
use crate::tui::widget::paragraph::wrapped;

/// The widest bubble, as phones show them.
const WIDEST: usize = 48;

/// The lines of the preview.
pub fn lines(app: &App, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if let Some(note) = app.account().visibility(app.shown(), app.platform) {
        lines.extend(wrapped(&format!("! {note}"), width, app.theme.warning));
        lines.push(Line::default());
    }
    let bubble = preview::bubble(app.shown(), app.platform, None, width.min(WIDEST));
    lines.extend(bubble.into_iter().map(|line| {
        line.into_iter()
            .map(|span| Span::styled(span.text.clone(), style(app, &span)))
            .collect::<Line>()
    }));
    lines.push(Line::default());
    let key = app.keymap.key(crate::tui::action::Action::Platform);
    let key = key.map_or_else(String::new, |key| format!(" · {key} next platform"));
    let platform = match app.platform {
        Platform::Android => "Android",
        Platform::Ios => "iOS",
        Platform::Web => "web",
        Platform::Desktop => "desktop",
    };
    lines.extend(wrapped(
        &format!("on {platform}{key}"),
        width,
        app.theme.dim,
    ));
    lines
}

fn style(app: &App, span: &preview::Span) -> Style {
    let theme = &app.theme;
    let mut style = match span.role {
        Role::Frame => theme.frame,
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
