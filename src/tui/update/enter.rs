//! Enter in a text of one line: on to the next one, or to a new item, which goes again when it is left
//! empty.

use super::{findings, focus, picture};
use crate::message::outline::Item;
use crate::message::{ActionKind, ButtonPart, Field, PixPart, RowPart, SectionPart};
use crate::tui::focus::{Focus, Heading};
use crate::tui::model::Model;

/// Enter in a text of one line: on to the next one; at the end of a section's title, a button or the
/// last entry, to a new one.
pub fn enter_line(model: &mut Model, field: Field) {
    match field {
        Field::Button(at, part) => enter_button(model, at, part),
        Field::Option(_) | Field::Value(_) => enter_option(model, field),
        Field::Section(section, part) => enter_entry(model, section, part),
        Field::Thumbnail if picture::load_picture_again(model) => {}
        _ => focus::step_focus(model, false),
    }
}

/// Enter in a text of a button.
fn enter_button(model: &mut Model, at: usize, part: ButtonPart) {
    let next = match part {
        ButtonPart::Id => Some(Field::Button(at, ButtonPart::Text)),
        ButtonPart::Text if model.composer.is_empty(Item::Button(at)) => {
            // Nothing more is to be added.
            let behind = Item::Button(at + 1);
            let last = Focus::Heading(Heading::Options);
            let next = Focus::Item(behind);
            let is_last = !model.draft().message.has(behind);
            focus::focus_on(model, if is_last { last } else { next });
            return;
        }
        ButtonPart::Text => {
            let value = ButtonPart::Value(model.composer.action_of(at));
            Some(Field::Button(at, value))
        }
        ButtonPart::Index => {
            focus::step_focus(model, false);
            return;
        }
        ButtonPart::Filling(_) if model.composer.is_empty(Item::Button(at)) => {
            focus::focus_on(model, Focus::Heading(Heading::Options));
            return;
        }
        ButtonPart::Value(ActionKind::Pix) => {
            Some(Field::Button(at, ButtonPart::Pix(PixPart::Name)))
        }
        ButtonPart::Pix(PixPart::Name) => {
            Some(Field::Button(at, ButtonPart::Pix(PixPart::KeyType)))
        }
        ButtonPart::Pix(PixPart::KeyType) => {
            Some(Field::Button(at, ButtonPart::Pix(PixPart::Currency)))
        }
        ButtonPart::Value(_)
        | ButtonPart::Pix(PixPart::Currency)
        | ButtonPart::Action
        | ButtonPart::Filling(_) => None,
    };
    if let Some(field) = next
        && model.draft().text_at(field).is_some()
    {
        focus::focus_on(model, Focus::Edit(field));
        return;
    }
    let item = Item::Button(at + 1);
    let next = if model.draft().message.has(item) {
        model.composer.first_field(item).map(Focus::Edit)
    } else {
        model.composer.add_fresh(item)
    };
    if let Some(next) = next {
        focus::focus_on(model, next);
    }
}

/// Enter in a poll's option or a template's value: on to the next one, or to a new one; in an empty
/// one, to what is below.
fn enter_option(model: &mut Model, field: Field) {
    let (item, next, below) = match field {
        Field::Option(at) => {
            let below = Focus::Edit(Field::Choices);
            (Item::Option(at), Item::Option(at + 1), below)
        }
        Field::Value(at) => {
            let below = Focus::Heading(Heading::Buttons);
            (Item::Value(at), Item::Value(at + 1), below)
        }
        _ => return,
    };
    let focus = if model.composer.is_empty(item) {
        // Nothing more is to be added.
        Some(below)
    } else if model.draft().message.has(next) {
        model.composer.first_field(next).map(Focus::Edit)
    } else {
        model.composer.add_fresh(next)
    };
    if let Some(focus) = focus {
        focus::focus_on(model, focus);
    }
}

/// Enter in a text of a section, a product or a row.
fn enter_entry(model: &mut Model, section: usize, part: SectionPart) {
    let message = &model.draft().message;
    let entry = match part {
        SectionPart::Title => Item::Entry(section, 0),
        SectionPart::Row(at, RowPart::Id) => {
            let title = SectionPart::Row(at, RowPart::Title);
            focus::focus_on(model, Focus::Edit(Field::Section(section, title)));
            return;
        }
        SectionPart::Row(at, RowPart::Title)
            if !model.composer.is_empty(Item::Entry(section, at)) =>
        {
            let below = SectionPart::Row(at, RowPart::Description);
            focus::focus_on(model, Focus::Edit(Field::Section(section, below)));
            return;
        }
        SectionPart::Row(at, _) | SectionPart::Product(at) => {
            let here = Item::Entry(section, at);
            if model.composer.is_empty(here) {
                // Nothing more is to be added.
                focus::focus_on(model, Focus::Item(Item::Section(section)));
                return;
            }
            Item::Entry(section, at + 1)
        }
        SectionPart::Products | SectionPart::Rows => return,
    };
    let next = if message.has(entry) {
        match part {
            SectionPart::Title => model.composer.first_field(entry).map(Focus::Edit),
            _ => Some(Focus::Item(entry)),
        }
    } else {
        model.composer.add_fresh(entry)
    };
    if let Some(next) = next {
        focus::focus_on(model, next);
    }
}

/// Takes an item away that was begun and left empty, as before the message is sent or saved.
pub fn leave_begun(model: &mut Model) {
    if let Some(focus) = model.composer.leave_begun(model.focus) {
        focus::focus_on(model, focus);
        findings::examine(model);
    }
}
