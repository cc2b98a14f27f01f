//! The form's rows: what each is, what in it can have the focus, and where its parts are.

mod parts;

use ratatui::layout::Rect;

use super::kinds;
use crate::message::outline::Item;
use crate::message::{
    ActionKind, ButtonPart, Field, Filling, Kind, MediaKind, MediaPart, Message, PixPart,
    PlacePart, RowPart, SectionPart, Template, TemplateHeader,
};
use crate::tui::focus::{Focus, Heading};
use crate::tui::model::composer::{Composer, QUOTE_PARTS};
use strum::VariantArray as _;

pub use parts::{
    FILLING, VALUE_LABEL, button_parts, description_field, entry_parts, filling_parts,
    option_parts, product_parts, section_parts, value_field, variable_parts,
};

/// Columns of the labels, with a sign between two blanks.
pub const LABEL: u16 = 10;
/// The column of a label's sign.
pub const SIGN: u16 = 8;
/// Rows at the top that are never scrolled out: recipient and kind.
const FIXED: usize = 2;
/// Rows of the text's box where there is room: five of the text, and the border.
const TEXT_BOX: u16 = 7;

/// What a row of the form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// The choice of kind.
    Kind,
    /// The choice whether links show a preview.
    LinkPreview,
    /// A label and a text of one line.
    Line(Field),
    /// The text in its box.
    TextBox,
    /// The line above several others.
    Heading(Heading),
    /// A button.
    Button(usize),
    /// A button's code, number or address.
    Value(usize, ActionKind),
    /// A value of a template's variable.
    Variable(usize),
    /// What a template's button is filled with.
    Filling(usize, Filling),
    /// A poll's option.
    Option(usize),
    /// A section.
    Section(usize),
    /// A product: its section, and its place there.
    Product(usize, usize),
    /// A list's row.
    Row(usize, usize),
    /// What stands below a list's row.
    Description(usize, usize),
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
    /// What in it can have the focus, from left to right.
    pub fn stops(self) -> Vec<Focus> {
        let entry = |section, part| Focus::Edit(Field::Section(section, part));
        match self {
            Self::Kind => vec![Focus::Kind],
            Self::LinkPreview => vec![Focus::LinkPreview],
            Self::Line(field) => vec![Focus::Edit(field)],
            Self::TextBox => vec![Focus::TEXT],
            Self::Heading(heading) => vec![Focus::Heading(heading)],
            Self::Button(at) => vec![
                Focus::Item(Item::Button(at)),
                Focus::Edit(Field::Button(at, ButtonPart::Id)),
                Focus::Edit(Field::Button(at, ButtonPart::Text)),
            ],
            Self::Value(at, action) => {
                vec![Focus::Edit(Field::Button(at, ButtonPart::Value(action)))]
            }
            Self::Variable(at) => vec![
                Focus::Item(Item::Value(at)),
                Focus::Edit(Field::ValueName(at)),
                Focus::Edit(Field::Value(at)),
            ],
            Self::Filling(at, filling) => vec![
                Focus::Item(Item::Button(at)),
                Focus::Edit(Field::Button(at, ButtonPart::Index)),
                Focus::Edit(Field::Button(at, ButtonPart::Filling(filling))),
            ],
            Self::Option(at) => vec![
                Focus::Item(Item::Option(at)),
                Focus::Edit(Field::Option(at)),
            ],
            Self::Section(at) => vec![
                Focus::Item(Item::Section(at)),
                entry(at, SectionPart::Title),
            ],
            Self::Product(section, at) => vec![
                Focus::Item(Item::Entry(section, at)),
                entry(section, SectionPart::Product(at)),
            ],
            Self::Row(section, at) => vec![
                Focus::Item(Item::Entry(section, at)),
                entry(section, SectionPart::Row(at, RowPart::Id)),
                entry(section, SectionPart::Row(at, RowPart::Title)),
            ],
            Self::Description(section, at) => {
                vec![entry(section, SectionPart::Row(at, RowPart::Description))]
            }
        }
    }

    /// The section that it is an entry of.
    const fn entry_of(self) -> Option<usize> {
        match self {
            Self::Product(section, _) | Self::Row(section, _) | Self::Description(section, _) => {
                Some(section)
            }
            _ => None,
        }
    }

    /// The rows of one sort, between which the column stays.
    pub const fn is_like(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Button(_), Self::Button(_))
                | (Self::Option(_), Self::Option(_))
                | (Self::Variable(_), Self::Variable(_))
                | (Self::Filling(..), Self::Filling(..))
                | (Self::Section(_), Self::Section(_))
                | (Self::Product(..), Self::Product(..))
                | (Self::Row(..), Self::Row(..))
                | (Self::Description(..), Self::Description(..))
                | (Self::Value(..), Self::Value(..))
        )
    }
}

/// Every row of the form, in order.
pub fn rows(composer: &Composer) -> Vec<RowKind> {
    let draft = composer.draft();
    let kind = draft.message.kind();
    let mut rows = vec![RowKind::Line(Field::To), RowKind::Kind];
    if kind.is_reply() {
        rows.push(RowKind::Heading(Heading::Selected));
    }
    let own = kind.texts().iter();
    // a template's header is one of several things
    let own = own.filter(|&&field| field != Field::Header || kind != Kind::Template);
    rows.extend(own.map(|&field| match field {
        Field::Text => RowKind::TextBox,
        field => RowKind::Line(field),
    }));
    match &draft.message {
        Message::Text(_) => {}
        Message::Buttons(message) => {
            rows.push(RowKind::Heading(Heading::Buttons));
            for (at, button) in message.buttons.iter().enumerate() {
                rows.push(RowKind::Button(at));
                let action = button.action.kind();
                if action != ActionKind::Reply {
                    rows.push(RowKind::Value(at, action));
                }
                if action == ActionKind::Pix {
                    let parts = [PixPart::Name, PixPart::KeyType, PixPart::Currency];
                    let field = |part| Field::Button(at, ButtonPart::Pix(part));
                    rows.extend(parts.map(|part| RowKind::Line(field(part))));
                }
            }
        }
        Message::Template(message) => rows.extend(template(message)),
        Message::Poll(message) => {
            rows.push(RowKind::Heading(Heading::PollOptions));
            rows.extend((0..message.options.len()).map(RowKind::Option));
            rows.push(RowKind::Line(Field::Choices));
        }
        Message::Catalog(message) => {
            rows.push(RowKind::Heading(Heading::Sections));
            for (at, section) in message.sections.iter().enumerate() {
                rows.push(RowKind::Section(at));
                if !composer.is_folded(at) {
                    let products = 0..section.products.len();
                    rows.extend(products.map(|product| RowKind::Product(at, product)));
                }
            }
        }
        Message::List(message) => {
            rows.push(RowKind::Heading(Heading::Sections));
            for (at, section) in message.sections.iter().enumerate() {
                rows.push(RowKind::Section(at));
                if !composer.is_folded(at) {
                    for row in 0..section.rows.len() {
                        rows.extend([RowKind::Row(at, row), RowKind::Description(at, row)]);
                    }
                }
            }
        }
        Message::ButtonReply(_) | Message::ListReply(_) => rows.extend(quote()),
    }
    rows.push(RowKind::Heading(Heading::Options));
    if composer.shows_options() {
        if !kind.is_reply() {
            rows.extend(quote());
        }
        rows.extend([Field::Delay, Field::Typing].map(RowKind::Line));
        if matches!(draft.message, Message::Text(_)) {
            rows.push(RowKind::LinkPreview);
        }
    }
    rows
}

/// The rows of a template below its name and its language.
fn template(message: &Template) -> Vec<RowKind> {
    let mut rows = vec![RowKind::Heading(Heading::Header)];
    match &message.header {
        TemplateHeader::Text(_) => rows.push(RowKind::Line(Field::Header)),
        TemplateHeader::Media(media) => {
            rows.push(RowKind::Line(Field::Media(MediaPart::Url)));
            if media.kind == MediaKind::Document || !media.name.is_empty() {
                rows.push(RowKind::Line(Field::Media(MediaPart::Name)));
            }
        }
        TemplateHeader::Place(_) => {
            let parts = PlacePart::VARIANTS.iter();
            rows.extend(parts.map(|&part| RowKind::Line(Field::Place(part))));
        }
    }
    rows.push(RowKind::Heading(Heading::Values));
    rows.extend((0..message.values.len()).map(RowKind::Variable));
    rows.push(RowKind::Heading(Heading::Buttons));
    let buttons = message.buttons.iter().enumerate();
    rows.extend(buttons.map(|(at, button)| RowKind::Filling(at, button.filling)));
    rows
}

fn quote() -> [RowKind; 3] {
    QUOTE_PARTS.map(|part| RowKind::Line(Field::QuotePart(part)))
}

/// The form's rows in this area, recipient and kind above all others, which are scrolled no further
/// from `above` hidden rows than it takes to see the focus, with a row above and below it where there
/// are any.
pub fn form(composer: &Composer, focus: Focus, above: usize, area: Rect) -> Form {
    if area.height == 0 {
        return Form::default();
    }
    let kind = composer.draft().message.kind();
    let mut kinds = rows(composer);
    let scrolled = kinds.split_off(FIXED);
    let mut form = Form::default();
    let mut below = area;
    for row in kinds {
        let height = match row {
            RowKind::Kind => kinds::lines(kind, area.width),
            _ => 1,
        };
        let height = height.min(below.height);
        let area = Rect { height, ..below };
        form.rows.push(Row { kind: row, area });
        below.y += height;
        below.height -= height;
    }
    let text_box = text_box_height(composer, scrolled.len() - 1, below.height);
    scroll(&mut form, (scrolled, text_box), focus, above, below);
    form
}

/// Rows of the text's box among so many others: all that they leave, and where they leave few, as
/// many as the text takes, up to those that it always has.
fn text_box_height(composer: &Composer, others: usize, room: u16) -> u16 {
    let others = u16::try_from(others).unwrap_or(u16::MAX);
    let text = composer
        .editor(Field::Text)
        .map_or(1, |field| field.row_count().max(2));
    let text = u16::try_from(text).unwrap_or(u16::MAX).saturating_add(2);
    let least = match composer.draft().message {
        Message::Text(_) => TEXT_BOX,
        _ => text.min(TEXT_BOX.max(room / 4)),
    };
    room.saturating_sub(others).max(least).min(room)
}

/// Puts the rows below the others that are seen of them.
fn scroll(
    form: &mut Form,
    (kinds, text_box): (Vec<RowKind>, u16),
    focus: Focus,
    above: usize,
    area: Rect,
) {
    let height = |kind: RowKind| match kind {
        RowKind::TextBox => text_box,
        _ => 1,
    };
    // A file can hold more rows than a screen's own numbers reach.
    let mut top: usize = 0;
    let mut focused = None;
    let mut placed = Vec::with_capacity(kinds.len());
    for kind in kinds {
        let height = height(kind);
        let bottom = top + usize::from(height);
        if kind.stops().contains(&focus) {
            focused = Some((top, bottom));
        }
        placed.push((kind, top, height));
        top = bottom;
    }
    let room = usize::from(area.height);
    let most = top.saturating_sub(room);
    let scroll = match focused {
        Some((first, last)) => {
            let margin = usize::from(room > last - first + 2);
            let lowest = (last + margin).saturating_sub(room);
            above
                .max(lowest)
                .min(first.saturating_sub(margin).max(lowest))
        }
        // what is always seen moves nothing
        None => above,
    };
    let scroll = scroll.min(most);
    (form.above, form.below) = (scroll, top.saturating_sub(scroll + room));
    for (kind, top, height) in placed {
        let bottom = (top + usize::from(height)).min(scroll + room);
        let seen = bottom.saturating_sub(top.max(scroll));
        // Of the text, a smaller box is seen where there is no room for all of it.
        let is_seen = match kind {
            RowKind::TextBox => seen > 2,
            _ => seen > 0,
        };
        let place = (
            u16::try_from(top.saturating_sub(scroll)),
            u16::try_from(seen),
        );
        if let (true, (Ok(y), Ok(height))) = (is_seen, place) {
            let y = area.y + y;
            let area = Rect { y, height, ..area };
            form.rows.push(Row { kind, area });
        }
    }
    stick(form, focus, area);
}

/// Keeps the title of the section that is seen at the top, in the place of the first of its rows, unless
/// that has the focus.
fn stick(form: &mut Form, focus: Focus, area: Rect) {
    let Some(first) = form.rows.iter_mut().find(|row| row.area.y == area.y) else {
        return;
    };
    let below = first.area.height < area.height;
    if let Some(section) = first.kind.entry_of()
        && below
        && !first.kind.stops().contains(&focus)
    {
        first.kind = RowKind::Section(section);
    }
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

/// The editor within the box of the text.
pub fn text_field(row: Rect) -> Rect {
    Rect {
        x: row.x + 1,
        y: row.y + 1,
        width: row.width.saturating_sub(2),
        height: row.height.saturating_sub(2),
    }
}
