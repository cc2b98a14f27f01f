//! Where the parts of an item's row are: its number, and its texts.

use ratatui::layout::Rect;

/// Columns of an item's number and icon, with a sign between two blanks.
const ITEM: u16 = 6;

/// Columns of the label of a button's value, with a sign between two blanks.
pub const VALUE_LABEL: u16 = 8;

/// Columns before a section's products and rows.
const INDENT: u16 = 1;

/// Columns of the name of a template's variable, at the most.
const NAME: u16 = 14;

/// Columns of the word for what a template's button is filled with.
pub const FILLING: u16 = 8;

/// Columns of a button's place in its template.
const INDEX: u16 = 3;

/// Columns of an id, at the most.
const ID: u16 = 26;

/// The parts of a button's row: number and action, id, text; `trailing` columns are the counter's.
pub fn button_parts(row: Rect, at: usize, trailing: u16) -> [Rect; 3] {
    // A number of one digit needs a column less.
    item_parts(row, ITEM - u16::from(at < 9), trailing)
}

/// The parts of an item with an id, whose number and sign take so many columns.
fn item_parts(row: Rect, item: u16, trailing: u16) -> [Rect; 3] {
    let room = row.width.saturating_sub(item + 1 + trailing + 1);
    let item = Rect { width: item, ..row };
    let id_width = room.div_ceil(2).min(ID);
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

/// The parts of a list's row: number, id, title.
pub fn entry_parts(row: Rect, trailing: u16) -> [Rect; 3] {
    item_parts(indented(row), ITEM, trailing)
}

/// The parts of a section's row: sign, title.
pub fn section_parts(row: Rect, trailing: u16) -> [Rect; 2] {
    let item = Rect {
        width: ITEM - 2,
        ..row
    };
    let title = Rect {
        x: item.right(),
        width: row.width.saturating_sub(item.width + trailing + 1),
        ..row
    };
    [item, title]
}

/// The parts of a row of a poll's option: number, text.
pub fn option_parts(row: Rect, trailing: u16) -> [Rect; 2] {
    let item = Rect { width: ITEM, ..row };
    let text = Rect {
        x: item.right(),
        width: row.width.saturating_sub(ITEM + trailing + 1),
        ..row
    };
    [item, text]
}

/// The parts of a value's row: number, the variable's name, text.
pub fn variable_parts(row: Rect, trailing: u16) -> [Rect; 3] {
    let parts = item_parts(row, ITEM, trailing);
    let [item, name, text] = parts;
    let narrow = name.width.min(NAME);
    let gained = name.width - narrow;
    [
        item,
        Rect {
            width: narrow,
            ..name
        },
        Rect {
            x: text.x - gained,
            width: text.width + gained,
            ..text
        },
    ]
}

/// The parts of the row of a template's button: number, place in the template, value.
pub fn filling_parts(row: Rect, trailing: u16) -> [Rect; 3] {
    let item = Rect { width: ITEM, ..row };
    let index = Rect {
        x: item.right() + FILLING,
        width: INDEX,
        ..row
    };
    let taken = ITEM + FILLING + INDEX + 1;
    let value = Rect {
        x: index.right() + 1,
        width: row.width.saturating_sub(taken + trailing + 1),
        ..row
    };
    [item, index, value]
}

/// The parts of a product's row: number, id.
pub fn product_parts(row: Rect) -> [Rect; 2] {
    let row = indented(row);
    let item = Rect { width: ITEM, ..row };
    let id = Rect {
        x: item.right(),
        width: row.width.saturating_sub(ITEM),
        ..row
    };
    [item, id]
}

/// The editor of what stands below a list's row.
pub fn description_field(row: Rect, trailing: u16) -> Rect {
    let row = indented(row);
    Rect {
        x: row.x + ITEM,
        width: row.width.saturating_sub(ITEM + trailing + 1),
        ..row
    }
}

fn indented(row: Rect) -> Rect {
    Rect {
        x: row.x + INDENT.min(row.width),
        width: row.width.saturating_sub(INDENT),
        ..row
    }
}

/// The editor of a button's value.
pub fn value_field(row: Rect) -> Rect {
    let indent = ITEM + VALUE_LABEL;
    Rect {
        x: row.x + indent,
        width: row.width.saturating_sub(indent),
        ..row
    }
}
