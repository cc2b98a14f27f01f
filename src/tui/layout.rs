//! Where everything is on the screen: a pure function of the state and the size, used for drawing
//! and for the mouse alike.

use ratatui::layout::{Rect, Size};

use super::app::Tab;
use super::app::composer::Composer;
use super::focus::Focus;
use super::widget::glyph;
use crate::message::{ActionKind, Message};

/// The least that the composer can be used on.
pub const MINIMUM: Size = Size {
    width: 50,
    height: 15,
};
/// From this width on, form and right-hand side stand next to each other.
const TWO_SIDES: u16 = 80;
/// From this width on, both have air around them.
const ROOMY: u16 = 120;
/// Columns of the labels.
const LABEL: u16 = 8;

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

/// What a row of the form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// The choice of kind.
    Kind,
    /// A label and a text of one line.
    Line(Focus),
    /// The text in its box.
    TextBox,
    /// The heading of the buttons.
    Buttons,
    /// A button.
    Button(usize),
    /// A button's code, number or address.
    Value(usize),
    /// Where the rest of a message stands that has no editor.
    Rest,
}

/// A row of the form in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub kind: RowKind,
    /// Where, of the form's width.
    pub area: Rect,
}

/// The form in its place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form {
    /// The rows that are seen.
    pub rows: Vec<Row>,
    /// Rows that are hidden above.
    pub above: usize,
    /// Rows that are hidden below.
    pub below: usize,
}

impl RowKind {
    const fn holds(self, focus: Focus) -> bool {
        match (self, focus) {
            (Self::Kind, Focus::Kind)
            | (Self::TextBox, Focus::Text)
            | (Self::Buttons, Focus::Buttons) => true,
            (Self::Line(_), Focus::To | Focus::Header | Focus::Footer) => matches!(
                (self, focus),
                (Self::Line(Focus::To), Focus::To)
                    | (Self::Line(Focus::Header), Focus::Header)
                    | (Self::Line(Focus::Footer), Focus::Footer)
            ),
            (
                Self::Button(at),
                Focus::Item(index) | Focus::ButtonId(index) | Focus::ButtonText(index),
            )
            | (Self::Value(at), Focus::ButtonValue(index)) => at == index,
            _ => false,
        }
    }
}

/// The form's rows in this area, scrolled so far that the focus is seen.
pub fn form(composer: &Composer, focus: Focus, area: Rect) -> Form {
    if area.height == 0 {
        return Form::default();
    }
    let kinds = row_kinds(&composer.draft().message);
    let others = u16::try_from(kinds.len() - 1).unwrap_or(u16::MAX);
    let wanted = composer
        .field(Focus::Text)
        .map_or(1, |field| field.row_count().max(2));
    let wanted = u16::try_from(wanted).unwrap_or(u16::MAX).saturating_add(2);
    let text_box = wanted
        .min(area.height.saturating_sub(others).max(3))
        .min(area.height);
    let height = |kind: RowKind| {
        if kind == RowKind::TextBox {
            text_box
        } else {
            1
        }
    };

    // A file can hold more rows than a screen's own numbers reach.
    let mut top: usize = 0;
    let mut focused = (0, 1);
    let mut placed = Vec::with_capacity(kinds.len());
    for kind in kinds {
        let height = height(kind);
        let bottom = top + usize::from(height);
        if kind.holds(focus) {
            focused = (top, bottom);
        }
        placed.push((kind, top, height));
        top = bottom;
    }
    let room = usize::from(area.height);
    let scroll = focused.1.saturating_sub(room);
    let mut form = Form {
        rows: Vec::new(),
        above: scroll,
        below: top.saturating_sub(scroll + room),
    };
    for (kind, top, height) in placed {
        let Some(Ok(y)) = top.checked_sub(scroll).map(u16::try_from) else {
            continue;
        };
        if usize::from(y) + usize::from(height) <= room {
            form.rows.push(Row {
                kind,
                area: Rect {
                    y: area.y + y,
                    height,
                    ..area
                },
            });
        }
    }
    form
}

fn row_kinds(message: &Message) -> Vec<RowKind> {
    let mut kinds = vec![RowKind::Kind, RowKind::Line(Focus::To)];
    match message {
        Message::Text(_) => kinds.push(RowKind::TextBox),
        Message::Catalog(_) | Message::List(_) => {
            kinds.extend([
                RowKind::TextBox,
                RowKind::Line(Focus::Footer),
                RowKind::Rest,
            ]);
        }
        Message::ButtonReply(_) | Message::ListReply(_) => kinds.push(RowKind::Rest),
        Message::Buttons(buttons) => {
            kinds.extend([
                RowKind::Line(Focus::Header),
                RowKind::TextBox,
                RowKind::Line(Focus::Footer),
                RowKind::Buttons,
            ]);
            for (index, button) in buttons.buttons.iter().enumerate() {
                kinds.push(RowKind::Button(index));
                if button.action.kind() != ActionKind::Reply {
                    kinds.push(RowKind::Value(index));
                }
            }
        }
    }
    kinds
}

/// The area of the editor in a row with a label, when `trailing` columns are taken on the right.
pub fn line_field(row: Rect, trailing: u16) -> Rect {
    let taken = LABEL + if trailing == 0 { 0 } else { trailing + 1 };
    Rect {
        x: row.x + LABEL,
        width: row.width.saturating_sub(taken),
        ..row
    }
}

/// The box around the text.
pub fn text_box(row: Rect) -> Rect {
    Rect {
        x: row.x + LABEL - 2,
        width: row.width.saturating_sub(LABEL - 2),
        ..row
    }
}

/// The editor within that box.
pub fn text_field(row: Rect) -> Rect {
    let outer = text_box(row);
    Rect {
        x: outer.x + 1,
        y: outer.y + 1,
        width: outer.width.saturating_sub(2),
        height: outer.height.saturating_sub(2),
    }
}

/// The parts of a button's row: number and action, id, text; `trailing` columns are the counter's.
pub fn button_parts(row: Rect, trailing: u16) -> [Rect; 3] {
    let item = Rect { width: 4, ..row };
    let room = row.width.saturating_sub(4 + 1 + trailing + 1);
    let id_width = (room / 2).min(26);
    let id = Rect {
        x: item.right(),
        width: id_width,
        ..row
    };
    let text = Rect {
        x: id.right() + 1,
        width: room - id_width,
        ..row
    };
    [item, id, text]
}

/// The editor of a button's value.
pub fn value_field(row: Rect) -> Rect {
    let indent = 4 + 6;
    Rect {
        x: row.x + indent,
        width: row.width.saturating_sub(indent),
        ..row
    }
}
