//! What stands right of a row: counters against limits, or how a recipient was understood.

use ratatui::style::Style;

use crate::message::check;
use crate::message::limits;
use crate::message::{ButtonPart, Field, Message, RowPart, SectionPart, Thumbnail};
use crate::tui::app::App;
use crate::tui::app::picture::State;
use crate::tui::focus::Heading;
use crate::tui::layout::{self, RowKind};
use crate::tui::pane::response::spinner;
use crate::tui::recipient::{self, Standing};

/// The least columns of a counter, so that the fields do not jump while it grows.
pub const LEAST: u16 = 5;

/// The columns of a form's frame and labels.
const LABEL: u16 = 10;

/// Words with their style.
pub type Words = (String, Style);

/// What stands right of a row, from left to right.
pub fn trailing(app: &App, row: RowKind) -> Vec<Words> {
    let one = |field| counter(app, field, "").into_iter().collect();
    match row {
        RowKind::Line(Field::To) => vec![recipient(app)],
        RowKind::Line(Field::Thumbnail) => picture(app).into_iter().collect(),
        RowKind::Line(field) => one(field),
        RowKind::TextBox => one(Field::Text),
        RowKind::Heading(Heading::Buttons) => one(Field::Buttons),
        RowKind::Heading(Heading::Sections) => {
            let (entries, words) = match app.draft().message {
                Message::List(_) => (Field::Rows, " rows"),
                _ => (Field::Products, " products"),
            };
            joined([
                counter(app, Field::Sections, ""),
                counter(app, entries, words),
            ])
        }
        RowKind::Button(at) => one(Field::Button(at, ButtonPart::Text)),
        RowKind::Section(at) => {
            let entries = match app.draft().message {
                Message::List(_) => SectionPart::Rows,
                _ => SectionPart::Products,
            };
            joined(
                [SectionPart::Title, entries]
                    .map(|part| counter(app, Field::Section(at, part), "")),
            )
        }
        RowKind::Row(section, at) => one(Field::Section(
            section,
            SectionPart::Row(at, RowPart::Title),
        )),
        RowKind::Description(section, at) => one(Field::Section(
            section,
            SectionPart::Row(at, RowPart::Description),
        )),
        RowKind::Kind
        | RowKind::LinkPreview
        | RowKind::Heading(Heading::Selected | Heading::Options)
        | RowKind::Value(..)
        | RowKind::Product(..) => Vec::new(),
    }
}

/// Columns to keep free for what stands right of a row.
pub fn width(app: &App, row: RowKind) -> u16 {
    let words = trailing(app, row);
    let wanted = words.iter().map(|(words, _)| layout::columns(words)).sum();
    match row {
        RowKind::Line(Field::To) => wanted,
        _ if wanted == 0 => 0,
        _ => wanted.max(LEAST),
    }
}

fn joined(counters: [Option<Words>; 2]) -> Vec<Words> {
    let mut words = Vec::new();
    for counter in counters.into_iter().flatten() {
        if !words.is_empty() {
            words.push(("  ".to_owned(), Style::default()));
        }
        words.push(counter);
    }
    words
}

/// `46/4096`, with a sign where it is near or over.
fn counter(app: &App, field: Field, of: &str) -> Option<Words> {
    let count = check::counter(app.shown(), field, &app.findings.limits)?;
    let near = count.standing != limits::Standing::Within;
    let assumed = if near && count.limit.is_assumed() {
        "~"
    } else {
        ""
    };
    let (sign, style) = match count.standing {
        limits::Standing::Within => ("", app.theme.dim),
        limits::Standing::Near => ("! ", app.theme.warning),
        limits::Standing::Over if count.limit.is_assumed() => ("! ", app.theme.warning),
        limits::Standing::Over => ("✗ ", app.theme.error),
    };
    Some((
        format!("{sign}{}/{assumed}{}{of}", count.actual, count.limit.max),
        style,
    ))
}

/// How far the picture is, and its bytes once it is there.
fn picture(app: &App) -> Option<Words> {
    Some(match &app.picture.state {
        State::None => return None,
        State::Waiting { .. } => ("○".to_owned(), app.theme.dim),
        State::Loading { since, .. } => {
            let sign = spinner(app.now.saturating_sub(*since));
            (sign.to_owned(), app.theme.text)
        }
        State::Ready(thumbnail) => {
            let most = Thumbnail::MAX_BYTES;
            (format!("{}/{most}", thumbnail.bytes), app.theme.dim)
        }
        State::Failed(_) => ("✗ not loaded".to_owned(), app.theme.error),
    })
}

fn recipient(app: &App) -> Words {
    let form = if app.is_narrow() {
        app.size.width
    } else {
        app.size.width / 2
    };
    let (words, standing) = recipient::beside(app, form.saturating_sub(LABEL));
    let style = match standing {
        Standing::Good => app.theme.ok,
        Standing::Doubtful => app.theme.warning,
        Standing::Wrong => app.theme.error,
    };
    (words, style)
}
