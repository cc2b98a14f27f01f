//! Where everything is on the screen: a pure function of the state and the size, used for drawing
//! and for the mouse alike.

mod form;
pub mod kinds;
mod tabs;

use ratatui::layout::{Rect, Size};

use super::focus::Focus;
use super::model::Model;
use super::widget::glyph;

pub use tabs::{MoreTabs, PlacedTab};

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
/// Columns between two tabs where both sides are seen.
const TAB_GAP: u16 = 2;

/// The regions of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regions {
    /// Everything, with its border.
    pub outer: Rect,
    /// The column between the sides, if there are two.
    pub divider: Option<u16>,
    /// The form; without a height while the right-hand side has its place.
    pub form: Rect,
    /// The tabs.
    pub tabs: Vec<PlacedTab>,
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

/// The regions of the screen; `None` when it is too small.
pub fn regions(model: &Model) -> Option<Regions> {
    let mut regions = screen(model)?;
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

fn screen(model: &Model) -> Option<Regions> {
    let size = model.size;
    if size.width < MINIMUM.width || size.height < MINIMUM.height {
        return None;
    }
    let outer = Rect::new(0, 0, size.width, size.height);
    let rule = size.height - 3;
    let status = Rect::new(2, size.height - 2, size.width - 4, 1);
    let body = Rect::new(1, 1, size.width - 2, rule - 1);
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
        let pane_front = model.pane_front();
        let on = if pane_front { Some(model.tab) } else { None };
        let titles = tabs::titles(model, tab_row, 1);
        let (tabs, more_tabs) = tabs::place(titles, on, tab_row, 1);
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
    let air = air(size.width);
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
    let titles = tabs::titles(model, tab_row, TAB_GAP);
    let (tabs, more_tabs) = tabs::place(titles, Some(model.tab), tab_row, TAB_GAP);
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

/// The form in its place.
pub fn form_of(model: &Model, screen: &Regions) -> Form {
    let focus = if model.focus == Focus::Pane {
        model.last_field
    } else {
        model.focus
    };
    form(&model.composer, focus, model.form_scroll, screen.form)
}

/// Columns of the form on a screen of this width.
pub const fn form_width(width: u16) -> u16 {
    if width < TWO_SIDES {
        width.saturating_sub(4)
    } else {
        (width - 2) / 2 - 2 * air(width)
    }
}

/// Columns on either side of form and right-hand side.
const fn air(width: u16) -> u16 {
    if width >= ROOMY { 2 } else { 1 }
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
