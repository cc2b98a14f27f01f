//! `wacompose preview`: what the recipient sees, as text.

use std::fmt::Write as _;

use tokio_util::sync::CancellationToken;

use super::args::{Color, Preview};
use super::messages::{self, Messages};
use super::output::{Output, wants_colour};
use super::picture::{Plan, warnings};
use super::target::Chosen;
use super::{Exit, report};
use crate::preview::{Line, Role, Span, bubble};
use crate::visible;

/// The columns of a bubble where nothing says how many there are, and the most that it takes.
const USUAL_WIDTH: u16 = 60;

pub(super) fn run(command: &Preview, output: &mut Output) -> anyhow::Result<Exit> {
    // The bubble is the same on every gateway, so that the configuration is read only to say more.
    let chosen = if command.message.target.is_named() {
        Some(command.message.target.choose()?)
    } else {
        None
    };
    let messages = Messages::new(&command.message.fill);
    let Some(draft) = messages.read_or_report(&command.message.file, output) else {
        return Ok(Exit::Usage);
    };
    let plan = match &chosen {
        Some(Chosen::Profile(profile)) => {
            Plan::to_look_at(command.allow_private || profile.allow_private_urls)
        }
        Some(Chosen::Gateway(_)) | None => Plan::to_look_at(command.allow_private),
    };
    let cancel = CancellationToken::new();
    let loaded = plan.load(&draft, &command.message.file, output, &cancel);
    let loaded = super::block_on(loaded)?;
    let width = command.width.unwrap_or_else(|| usual_width(output));
    let colour = match command.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => output.is_terminal() && wants_colour(),
    };
    for line in bubble(&draft, command.platform, None, width.into()) {
        output.line(drawn(&line, colour));
    }
    let file = messages::name(&command.message.file);
    match loaded {
        Some(Ok(thumbnail)) => {
            output.say(format!("picture: {}", thumbnail.facts()));
            for problem in warnings(&thumbnail) {
                output.say(report::problem_line(&file, &problem));
            }
        }
        Some(Err(problem)) => {
            output.say(report::problem_line(&file, &problem));
        }
        None => {}
    }
    let note = chosen.and_then(|chosen| chosen.account().visibility(&draft, command.platform));
    if let Some(note) = note {
        output.say(format!("note: {}", visible::line(&note)));
    }
    Ok(Exit::Done)
}

fn usual_width(output: &Output) -> u16 {
    let terminal = output.is_terminal().then(crossterm::terminal::size);
    match terminal {
        Some(Ok((columns, _))) if columns > 0 => columns.min(USUAL_WIDTH),
        _ => USUAL_WIDTH,
    }
}

fn drawn(line: &Line, colour: bool) -> String {
    let mut text = String::new();
    for span in line {
        let codes = if colour { codes(span) } else { Vec::new() };
        if codes.is_empty() {
            text.push_str(&span.text);
        } else {
            let _ = write!(text, "\u{1b}[{}m{}\u{1b}[0m", codes.join(";"), span.text);
        }
    }
    if colour {
        text
    } else {
        text.trim_end().to_owned()
    }
}

/// The parameters of a terminal's SGR sequence (ECMA-48).
fn codes(span: &Span) -> Vec<&'static str> {
    let style = span.style;
    let role = match span.role {
        Role::Body => None,
        Role::Header => Some("1"),
        Role::Frame | Role::Faint | Role::Quote | Role::Picture => Some("2"),
        Role::Button => Some("36"),
    };
    let styles = [
        (style.bold, "1"),
        (style.italic, "3"),
        (style.link, "4"),
        (style.mono, "33"),
        (style.strike, "9"),
    ];
    let styles = styles.into_iter().filter(|(set, _)| *set);
    role.into_iter()
        .chain(styles.map(|(_, code)| code))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::markup::Style;

    #[test]
    fn styles_are_codes_only_when_wanted() {
        let style = Style {
            bold: true,
            strike: true,
            ..Style::default()
        };
        let (text, role) = ("日本 👩‍👩‍👧 ".to_owned(), Role::Button);
        let line = vec![Span { text, role, style }];
        assert_eq!(drawn(&line, false), "日本 👩‍👩‍👧");
        assert_eq!(drawn(&line, true), "\u{1b}[36;1;9m日本 👩‍👩‍👧 \u{1b}[0m");
    }
}
