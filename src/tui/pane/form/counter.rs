//! What stands right of a row: counters against limits, or how a recipient was understood.

use ratatui::style::Style;

use crate::message::{ButtonPart, Field, Message, RowPart, SectionPart, Thumbnail, check, limits};
use crate::tui::focus::Heading;
use crate::tui::layout::{self, RowKind};
use crate::tui::model::Model;
use crate::tui::model::picture::State;
use crate::tui::pane::recipient::{self, Standing};
use crate::tui::widget::spinner::spinner;

/// The least columns of a counter, so that the fields do not jump while it grows.
pub const LEAST: u16 = 5;

/// Words with their style.
pub type Words = (String, Style);

/// What stands right of a row, from left to right.
pub fn trailing(model: &Model, row: RowKind) -> Vec<Words> {
    let one = |field| counter(model, field, "").into_iter().collect();
    match row {
        RowKind::Line(Field::To) => vec![recipient(model)],
        RowKind::Line(Field::Thumbnail) => picture(model).into_iter().collect(),
        RowKind::Line(field) => one(field),
        RowKind::TextBox => one(Field::Text),
        RowKind::Heading(Heading::Buttons) => one(Field::Buttons),
        RowKind::Heading(Heading::Sections) => {
            let (entries, words) = match model.draft().message {
                Message::List(_) => (Field::Rows, " rows"),
                _ => (Field::Products, " products"),
            };
            joined([
                counter(model, Field::Sections, ""),
                counter(model, entries, words),
            ])
        }
        RowKind::Button(at) => one(Field::Button(at, ButtonPart::Text)),
        RowKind::Heading(Heading::PollOptions) => one(Field::Options),
        RowKind::Option(at) => one(Field::Option(at)),
        RowKind::Variable(at) => one(Field::Value(at)),
        RowKind::Filling(at, filling) => one(Field::Button(at, ButtonPart::Filling(filling))),
        RowKind::Section(at) => {
            let entries = match model.draft().message {
                Message::List(_) => SectionPart::Rows,
                _ => SectionPart::Products,
            };
            joined(
                [SectionPart::Title, entries]
                    .map(|part| counter(model, Field::Section(at, part), "")),
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
        | RowKind::Heading(
            Heading::Header | Heading::Values | Heading::Selected | Heading::Options,
        )
        | RowKind::Value(..)
        | RowKind::Product(..) => Vec::new(),
    }
}

/// Columns to keep free for what stands right of a row.
pub fn width(model: &Model, row: RowKind) -> u16 {
    let words = trailing(model, row);
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
fn counter(model: &Model, field: Field, of: &str) -> Option<Words> {
    let count = check::counter(model.shown(), field, &model.findings.limits)?;
    let near = count.standing != limits::Standing::Within;
    let assumed = if near && count.limit.is_assumed() {
        "~"
    } else {
        ""
    };
    let (sign, style) = match count.standing {
        limits::Standing::Within => ("", model.theme.dim),
        limits::Standing::Near => ("! ", model.theme.warning),
        limits::Standing::Over if count.limit.is_assumed() => ("! ", model.theme.warning),
        limits::Standing::Over => ("✗ ", model.theme.error),
    };
    Some((
        format!("{sign}{}/{assumed}{}{of}", count.actual, count.limit.max),
        style,
    ))
}

/// How far the picture is, and its bytes once it is there.
fn picture(model: &Model) -> Option<Words> {
    Some(match &model.picture.state {
        State::None => return None,
        State::Waiting { .. } => ("○".to_owned(), model.theme.dim),
        State::Loading { since, .. } => {
            let sign = spinner(model.now.saturating_sub(*since));
            (sign.to_owned(), model.theme.text)
        }
        State::Ready(thumbnail) => {
            let most = Thumbnail::MAX_BYTES;
            (format!("{}/{most}", thumbnail.bytes), model.theme.dim)
        }
        State::Failed(_) => ("✗ not loaded".to_owned(), model.theme.error),
    })
}

fn recipient(model: &Model) -> Words {
    let (words, standing) = recipient::beside(model);
    let style = match standing {
        Standing::Good => model.theme.ok,
        Standing::Doubtful => model.theme.warning,
        Standing::Wrong => model.theme.error,
    };
    (words, style)
}
