//! Where everything is on the screen: a pure function of the state and the size, used for drawing
//! and for the mouse alike.

mod form;
pub mod kinds;

use ratatui::layout::{Rect, Size};

use super::focus::Focus;
use super::model::{Model, Tab};
use super::widget::glyph;

pub use form::{
    FILLING, Form, LABEL, Row, RowKind, SIGN, VALUE_LABEL, button_parts, description_field,
    entry_parts, filling_parts, form, line_field, option_parts, product_parts, rows, section_parts,
    text_field, value_field, variable_parts,
};

/// The least that the composer can be used on.
pub const MINIMUM: Size = Size {
    width: 50,
    height: 15,
};
/// From this width on, form and right-hand side stand next to each other.
const TWO_SIDES: u16 = 80;
/// From this width on, both have air around them.
const ROOMY: u16 = 120;

/// The regions of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regions {
    /// Everything, with its border.
    pub outer: Rect,
    /// The column between the sides, if there are two.
    pub divider: Option<u16>,
    /// The form; without a height while the right-hand side has its place.
    pub form: Rect,
    /// The tabs, each with what it shows; `None` is the form.
    pub tabs: Vec<(Option<Tab>, Rect)>,
    /// The signs beside them, where there is no room for all.
    pub more_tabs: Vec<MoreTabs>,
    /// What the tab shows; without a height while the form has its place.
    pub pane: Rect,
    /// The line below it that says what is looked for there, while anything is.
    pub find: Option<Rect>,
    /// The line above the status, which has room for a problem.
    pub rule: u16,
    /// The strip above the status line, where there is something to say of what is sent.
    pub strip: Option<Rect>,
    /// The status line.
    pub status: Rect,
}

impl Regions {
    /// The same with a row for the strip, which form and right-hand side are shorter by.
    #[must_use]
    pub fn with_strip(mut self) -> Self {
        self.strip = Some(Rect {
            y: self.rule,
            ..self.status
        });
        self.rule -= 1;
        for side in [&mut self.form, &mut self.pane] {
            side.height = side.height.saturating_sub(1);
        }
        self
    }
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

/// The regions at a size; `None` when it is too small. `tabs` are the tabs' words, in order,
/// `tab` is the one that is on, and `pane_front` says which side a narrow screen shows.
pub fn screen(size: Size, tabs: &[(Tab, String)], tab: Tab, pane_front: bool) -> Option<Regions> {
    if size.width < MINIMUM.width || size.height < MINIMUM.height {
        return None;
    }
    let outer = Rect::new(0, 0, size.width, size.height);
    let rule = size.height - 3;
    let status = Rect::new(2, size.height - 2, size.width - 4, 1);
    let body = Rect::new(1, 1, size.width - 2, rule - 1);
    let words = tabs.iter().map(|(tab, words)| (Some(*tab), words.as_str()));
    if size.width < TWO_SIDES {
        let tab_row = Rect {
            height: 1,
            ..inset(body, 1)
        };
        let below = Rect {
            y: body.y + 1,
            height: body.height - 1,
            ..inset(body, 1)
        };
        let hidden = Rect { height: 0, ..below };
        let form = std::iter::once((None, "Form"));
        let with_form: Vec<_> = form.chain(words).collect();
        let on = if pane_front { Some(tab) } else { None };
        let (tabs, more_tabs) = place_tabs(&with_form, on, tab_row, 1);
        return Some(Regions {
            outer,
            divider: None,
            form: if pane_front { hidden } else { below },
            tabs,
            more_tabs,
            pane: if pane_front { below } else { hidden },
            find: None,
            rule,
            strip: None,
            status,
        });
    }
    let air = if size.width >= ROOMY { 2 } else { 1 };
    let left = Rect {
        width: body.width / 2,
        ..body
    };
    let divider = left.right();
    let right = Rect {
        x: divider + 1,
        width: body.right() - divider - 1,
        ..body
    };
    let pane = inset(right, air);
    let tab_row = Rect { height: 1, ..pane };
    let words: Vec<_> = words.collect();
    let (tabs, more_tabs) = place_tabs(&words, Some(tab), tab_row, air);
    Some(Regions {
        outer,
        divider: Some(divider),
        form: inset(left, air),
        tabs,
        more_tabs,
        pane: Rect {
            y: pane.y + 2,
            height: pane.height - 2,
            ..pane
        },
        find: None,
        rule,
        strip: None,
        status,
    })
}

fn inset(area: Rect, by: u16) -> Rect {
    Rect {
        x: area.x + by,
        width: area.width - 2 * by,
        ..area
    }
}

/// As many tabs as fit in a row around the one that is on, the first ones where they can be. The
/// signs for the others stand in the air beside the row.
fn place_tabs(
    tabs: &[(Option<Tab>, &str)],
    on: Option<Tab>,
    row: Rect,
    gap: u16,
) -> (Vec<(Option<Tab>, Rect)>, Vec<MoreTabs>) {
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
    let mut placed = Vec::new();
    for (&(tab, _), width) in tabs[first..=last].iter().zip(&widths[first..]) {
        let width = (*width).min(row.right().saturating_sub(x));
        placed.push((tab, Rect { x, width, ..row }));
        x = (x + width + gap).min(row.right());
    }
    let sign = |sign, x, at: usize| {
        let area = Rect { x, width: 1, ..row };
        let tab = tabs[at].0;
        MoreTabs { sign, tab, area }
    };
    let left = (first > 0).then(|| sign("‹", row.x - 1, first - 1));
    let end = placed.last().map_or(row.x, |(_, area)| area.right());
    let right = (last + 1 < tabs.len()).then(|| sign("›", (end + 1).min(row.right()), last + 1));
    (placed, left.into_iter().chain(right).collect())
}

/// The regions of the screen; `None` when it is too small.
pub fn regions(model: &Model) -> Option<Regions> {
    let mut regions = screen(
        model.size,
        &model.tab_titles(),
        model.tab,
        model.pane_front(),
    )?;
    if model.sends.has_news() {
        regions = regions.with_strip();
    }
    if model.focus == Focus::Pane && model.find.is_on() && regions.pane.height > 1 {
        regions.pane.height -= 1;
        let y = regions.pane.bottom();
        regions.find = Some(Rect {
            y,
            height: 1,
            ..regions.pane
        });
    }
    Some(regions)
}

/// The form in its place.
pub fn form_of(model: &Model, screen: &Regions) -> Form {
    let focus = if model.focus == Focus::Pane {
        model.last_field
    } else {
        model.focus
    };
    form(&model.composer, focus, model.form_scroll, screen.form)
}

/// Every place in the form, in order.
pub fn stops(model: &Model) -> Vec<Focus> {
    let rows = rows(&model.composer);
    rows.into_iter().flat_map(RowKind::stops).collect()
}

/// Whether only one side is seen.
pub fn is_narrow(model: &Model) -> bool {
    regions(model).is_some_and(|screen| screen.divider.is_none())
}

/// Rows of the right-hand side.
pub fn pane_height(model: &Model) -> usize {
    regions(model).map_or(0, |screen| usize::from(screen.pane.height))
}

/// Columns of a text, as the screen counts them.
pub fn columns(text: &str) -> u16 {
    u16::try_from(glyph::width(text)).unwrap_or(u16::MAX)
}
