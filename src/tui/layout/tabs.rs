//! The tabs of the right-hand side: their words, as long as there is room for, and their places.

use ratatui::layout::Rect;

use super::{ROOMY, columns};
use crate::tui::action::Action;
use crate::tui::model::{Model, Tab};

/// A tab in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedTab {
    /// What it shows; `None` is the form.
    pub tab: Option<Tab>,
    /// Its words.
    pub words: String,
    /// The cells that they take and that a click is looked up in.
    pub area: Rect,
}

/// A sign beside the tabs: there are more on that side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoreTabs {
    /// The sign.
    pub sign: &'static str,
    /// The nearest one that is hidden, which a click shows; `None` is the form.
    pub tab: Option<Tab>,
    /// The cells that it takes and that a click is looked up in.
    pub area: Rect,
}

/// How long the words of the tabs are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Length {
    /// Every key and every name.
    Whole,
    /// The digits of the keys, and every name.
    Digits,
    /// The same; what is least asked for has its sign.
    LastSign,
    /// The digits of the keys, the name of the tab in use, and the signs of the others.
    Signs,
}

/// The tabs' words, in order, as long as there is room for in a row.
pub fn titles(model: &Model, row: Rect, gap: u16) -> Vec<(Option<Tab>, String)> {
    let is_narrow = model.size.width < super::TWO_SIDES;
    let all = |length| {
        let form = is_narrow.then(|| (None, "Form".to_owned()));
        let tabs = Tab::ALL.into_iter();
        let tabs = tabs.map(move |tab| (Some(tab), title(model, tab, length)));
        form.into_iter().chain(tabs).collect::<Vec<_>>()
    };
    let room = usize::from(row.width);
    let lengths = [Length::Whole, Length::Digits, Length::LastSign];
    let fitting = lengths.into_iter().filter(|_| model.size.width >= ROOMY);
    let mut fitting = fitting.map(all);
    let fitting = fitting.find(|titles| width_of(titles, gap) <= room);
    fitting.unwrap_or_else(|| all(Length::Signs))
}

fn width_of(titles: &[(Option<Tab>, String)], gap: u16) -> usize {
    let words = titles.iter().map(|(_, words)| usize::from(columns(words)));
    words.sum::<usize>() + usize::from(gap) * titles.len().saturating_sub(1)
}

/// The sign of the worst problem.
fn worst(model: &Model) -> &'static str {
    if model.findings.problems.is_empty() {
        "✓"
    } else if model.error_count() == 0 {
        "!"
    } else {
        "✗"
    }
}

/// `Alt+3 Problems 4`, `3 Problems 4`, `3 ✗ 4`.
fn title(model: &Model, tab: Tab, length: Length) -> String {
    let (action, sign) = match tab {
        Tab::Preview => (Action::Preview, "◻"),
        Tab::Payload => (Action::Payload, "{}"),
        Tab::Problems => (Action::Problems, worst(model)),
        Tab::Response => (Action::Response, "↩"),
        Tab::Gateways => (Action::Gateways, "⇄"),
    };
    let is_sign = match length {
        Length::Whole | Length::Digits => false,
        Length::LastSign => tab == Tab::Gateways && model.tab != tab,
        Length::Signs => model.tab != tab,
    };
    let mut words = String::new();
    if let Some(key) = model.keymap.key(action) {
        let key = key.to_string();
        let digit = key.strip_prefix("Alt+").filter(|rest| {
            let digit = rest.parse::<usize>().ok();
            length != Length::Whole
                && digit.and_then(|at| Tab::ALL.get(at.checked_sub(1)?)) == Some(&tab)
        });
        words.push_str(digit.unwrap_or(&key));
        words.push(' ');
    }
    words.push_str(if is_sign { sign } else { tab.title() });
    let count = model.findings.problems.len();
    if tab == Tab::Problems && count > 0 {
        words.push(' ');
        words.push_str(&count.to_string());
    }
    words
}

/// As many tabs as fit in a row around the one that is on, the first ones where they can be. The
/// signs for the others stand in the air beside the row.
pub fn place(
    tabs: Vec<(Option<Tab>, String)>,
    on: Option<Tab>,
    row: Rect,
    gap: u16,
) -> (Vec<PlacedTab>, Vec<MoreTabs>) {
    let widths: Vec<u16> = tabs.iter().map(|(_, words)| columns(words)).collect();
    let on = tabs.iter().position(|&(tab, _)| tab == on).unwrap_or(0);
    let width = |first: usize, last: usize| {
        let gaps = usize::from(gap) * (last - first);
        let words = widths[first..=last].iter().map(|&width| usize::from(width));
        gaps + words.sum::<usize>()
    };
    let room = usize::from(row.width);
    let first = (0..on).find(|&first| width(first, on) <= room);
    let first = first.unwrap_or(on);
    let fitting = (on..tabs.len()).take_while(|&last| width(first, last) <= room);
    let last = fitting.last().unwrap_or(on);

    // A column between the sign and the first word, where there is one.
    let air = u16::from(first > 0 && width(first, last) < room);
    let mut x = row.x + air;
    let kinds: Vec<Option<Tab>> = tabs.iter().map(|&(tab, _)| tab).collect();
    let mut placed = Vec::new();
    let shown = tabs
        .into_iter()
        .zip(&widths)
        .skip(first)
        .take(last + 1 - first);
    for ((tab, words), width) in shown {
        let width = (*width).min(row.right().saturating_sub(x));
        let area = Rect { x, width, ..row };
        placed.push(PlacedTab { tab, words, area });
        x = (x + width + gap).min(row.right());
    }
    let sign = |sign, x, at: usize| {
        let area = Rect { x, width: 1, ..row };
        let tab = kinds[at];
        MoreTabs { sign, tab, area }
    };
    let left = (first > 0).then(|| sign("‹", row.x - 1, first - 1));
    let end = placed.last().map_or(row.x, |placed| placed.area.right());
    let right = (last + 1 < kinds.len()).then(|| sign("›", (end + 1).min(row.right()), last + 1));
    (placed, left.into_iter().chain(right).collect())
}
