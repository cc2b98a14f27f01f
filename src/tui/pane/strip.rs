//! The strip above the status line: what was sent last, and what waits or is on its way.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::action::Action;
use crate::tui::ended::Became;
use crate::tui::layout;
use crate::tui::model::Model;
use crate::tui::model::sends::seconds;
use crate::tui::model::under_way::Phase;
use crate::tui::widget::glyph;

/// What stands between two parts.
const BETWEEN: &str = " · ";

/// A part of the strip, in its long and its short form.
struct Part {
    long: String,
    short: String,
    style: Style,
}

impl Part {
    fn counted(sign: &str, count: usize, word: &str, style: Style) -> Option<Self> {
        (count > 0).then(|| Self {
            long: format!("{sign} {count} {word}"),
            short: format!("{sign} {count}"),
            style,
        })
    }
}

/// The parts, from left to right.
fn parts(model: &Model) -> Vec<Part> {
    let theme = &model.theme;
    let counts = model.sends.counts();
    let last = model.sends.ended().next_back();
    let mut parts: Vec<Part> = Vec::new();
    parts.extend(held(model));
    parts.extend(last.map(|ended| {
        let (sign, word) = (ended.became.sign(), ended.became.word());
        let time = if ended.at.is_empty() {
            String::new()
        } else {
            format!("{} ", ended.at)
        };
        Part {
            long: format!("{sign} {time}{} {word}", ended.to),
            short: format!("{sign} {time}{word}"),
            style: ended.became.style(theme),
        }
    }));
    let open = |became| {
        let others = model.sends.ended().rev().skip(1);
        let open = others.filter(|one| one.became == became && !one.is_seen);
        open.count()
    };
    let unknown = open(Became::Unknown);
    let (refused, unsent) = (open(Became::Refused), open(Became::NotSent));
    let counted = [
        ("◐", counts.sending, "sending", theme.text),
        ("◌", counts.waiting, "waiting", theme.text),
        ("?", unknown, Became::Unknown.word(), theme.warning),
        ("✗", refused, Became::Refused.word(), theme.error),
        ("–", unsent, Became::NotSent.word(), theme.error),
    ];
    let counted = counted.into_iter();
    parts.extend(
        counted.filter_map(|(sign, count, word, style)| Part::counted(sign, count, word, style)),
    );
    parts
}

/// What is held, for how long, and how it is taken back.
fn held(model: &Model) -> Option<Part> {
    let sending = model.sends.held()?;
    let Phase::Held(until) = sending.phase else {
        return None;
    };
    let left = seconds(until.saturating_sub(model.now));
    let more = match model.sends.counts().held {
        0 | 1 => String::new(),
        count => format!(" ({count})"),
    };
    let hint = model.keymap.hint(Action::Close, "takes it back");
    let hint = hint.map_or_else(String::new, |hint| format!(", {hint}"));
    let to = sending.recipient();
    Some(Part {
        long: format!("◌ {to} goes in {left} s{more}{hint}"),
        short: format!("◌ in {left} s{more}{hint}"),
        style: model.theme.key,
    })
}

/// Draws the strip: with every word where there is room, else with signs alone.
pub fn draw(model: &Model, area: Rect, buffer: &mut Buffer) {
    let mut parts = parts(model);
    let mut shortened = 0;
    let width = |parts: &[Part], shortened: usize| {
        let words = parts.iter().enumerate().map(|(at, part)| {
            // Counts give way first, the last of them first.
            let is_short = at + shortened >= parts.len();
            layout::columns(if is_short { &part.short } else { &part.long })
        });
        let between = layout::columns(BETWEEN) * u16::try_from(parts.len()).unwrap_or(0);
        words.sum::<u16>() + between.saturating_sub(layout::columns(BETWEEN))
    };
    while shortened < parts.len() && width(&parts, shortened) > area.width {
        shortened += 1;
    }
    let long = parts.len() - shortened;
    for part in parts.iter_mut().skip(long) {
        part.long = std::mem::take(&mut part.short);
    }
    let mut x = area.x;
    for (at, part) in parts.iter().enumerate() {
        let room = Rect {
            x,
            width: area.right().saturating_sub(x),
            ..area
        };
        let words = if at == 0 {
            part.long.clone()
        } else {
            format!("{BETWEEN}{}", part.long)
        };
        glyph::put_cut(buffer, room, &words, part.style);
        x = (x + layout::columns(&words)).min(area.right());
    }
}
