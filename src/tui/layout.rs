//! Where everything is on the screen: a pure function of the state and the size, used for drawing
//! and for the mouse alike.

mod form;

use ratatui::layout::{Rect, Size};

use super::app::Tab;
use super::widget::glyph;

pub use form::{
    Form, Row, RowKind, description_field, entry_parts, form, item_parts, line_field,
    product_parts, rows, section_parts, text_box, text_field, value_field,
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
pub struct Screen {
    /// Everything, with its border.
    pub outer: Rect,
    /// The column between the sides, if there are two.
    pub divider: Option<u16>,
    /// The form; without a height while the right-hand side has its place.
    pub form: Rect,
    /// The tabs, each with what it shows; `None` is the form.
    pub tabs: Vec<(Option<Tab>, Rect)>,
    /// What the tab shows; without a height while the form has its place.
    pub pane: Rect,
    /// The line above the status, which has room for a problem.
    pub rule: u16,
    /// The status line.
    pub status: Rect,
}

/// The regions at a size; `None` when it is too small. `tabs` are the tabs' words, in order, and
/// `pane_front` says which side a narrow screen shows.
pub fn screen(size: Size, tabs: &[(Tab, String)], pane_front: bool) -> Option<Screen> {
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
        let with_form = std::iter::once((None, "Form".to_owned()))
            .chain(tabs.iter().map(|(tab, words)| (Some(*tab), words.clone())));
        return Some(Screen {
            outer,
            divider: None,
            form: if pane_front { hidden } else { below },
            tabs: place_tabs(with_form, tab_row, 1),
            pane: if pane_front { below } else { hidden },
            rule,
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
    Some(Screen {
        outer,
        divider: Some(divider),
        form: inset(left, air),
        tabs: place_tabs(
            tabs.iter().map(|(tab, words)| (Some(*tab), words.clone())),
            Rect { height: 1, ..pane },
            if air == 1 { 1 } else { 2 },
        ),
        pane: Rect {
            y: pane.y + 2,
            height: pane.height - 2,
            ..pane
        },
        rule,
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

fn place_tabs(
    tabs: impl Iterator<Item = (Option<Tab>, String)>,
    row: Rect,
    gap: u16,
) -> Vec<(Option<Tab>, Rect)> {
    let mut x = row.x;
    let mut placed = Vec::new();
    for (tab, words) in tabs {
        let width = columns(&words).min(row.right().saturating_sub(x));
        placed.push((tab, Rect { x, width, ..row }));
        x = (x + width + gap).min(row.right());
    }
    placed
}

/// Columns of a text, as the screen counts them.
pub fn columns(text: &str) -> u16 {
    u16::try_from(glyph::width(text)).unwrap_or(u16::MAX)
}
