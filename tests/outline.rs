//! The order of buttons, sections and entries: every change can be taken back, and every item that
//! stays is found at its new place.

mod common;

use proptest::prelude::*;
use wacompose::message::outline::{Change, Content, Item};
use wacompose::message::{Button, Field, Message, ProductSection, Row, RowSection};

/// Every item of a message, with something to know it by.
fn items(message: &Message) -> Vec<(Item, String)> {
    let mut items = Vec::new();
    match message {
        Message::Buttons(message) => {
            let buttons = message.buttons.iter().enumerate();
            items.extend(buttons.map(|(at, button)| (Item::Button(at), button.id.clone())));
        }
        Message::Catalog(message) => {
            for (at, section) in message.sections.iter().enumerate() {
                items.push((Item::Section(at), section.title.clone()));
                let products = section.products.iter().enumerate();
                items.extend(products.map(|(entry, id)| (Item::Entry(at, entry), id.clone())));
            }
        }
        Message::List(message) => {
            for (at, section) in message.sections.iter().enumerate() {
                items.push((Item::Section(at), section.title.clone()));
                let rows = section.rows.iter().enumerate();
                items.extend(rows.map(|(entry, row)| (Item::Entry(at, entry), row.id.clone())));
            }
        }
        _ => {}
    }
    items
}

/// Gives every item a name of its own.
fn named(mut message: Message) -> Message {
    let mut number = 0;
    let mut name = |text: &mut String| {
        number += 1;
        *text = format!("项{number}👩‍👧");
    };
    match &mut message {
        Message::Buttons(message) => message
            .buttons
            .iter_mut()
            .for_each(|button| name(&mut button.id)),
        Message::Catalog(message) => {
            for section in &mut message.sections {
                name(&mut section.title);
                section.products.iter_mut().for_each(&mut name);
            }
        }
        Message::List(message) => {
            for section in &mut message.sections {
                name(&mut section.title);
                section.rows.iter_mut().for_each(|row| name(&mut row.id));
            }
        }
        _ => {}
    }
    message
}

fn item() -> impl Strategy<Value = Item> {
    prop_oneof![
        (0..5_usize).prop_map(Item::Button),
        (0..5_usize).prop_map(Item::Section),
        (0..5_usize, 0..5_usize).prop_map(|(section, at)| Item::Entry(section, at)),
    ]
}

fn content() -> impl Strategy<Value = Content> {
    (0..4_usize, 0..5).prop_map(|(count, sort)| match sort {
        0 => Content::Buttons(vec![Button::default(); count]),
        1 => Content::ProductSections(vec![ProductSection::default(); count]),
        2 => Content::RowSections(vec![RowSection::default(); count]),
        3 => Content::Products(vec![String::new(); count]),
        _ => Content::Rows(vec![Row::default(); count]),
    })
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (item(), content()).prop_map(|(at, content)| Change::Insert(at, content)),
        (item(), 0..4_usize).prop_map(|(at, count)| Change::Remove(at, count)),
        (item(), item()).prop_map(|(from, to)| Change::Move(from, to)),
    ]
}

proptest! {
    #[test]
    fn changes_are_taken_back_and_places_are_found(
        draft in common::draft("[0-9]{3}", "[a-z日👋]{0,3}"),
        changes in prop::collection::vec(change(), 1..8),
    ) {
        let mut message = named(draft.message);
        let original = message.clone();
        let mut back = Vec::new();
        for change in changes {
            let before = message.clone();
            match message.change(change.clone()) {
                None => prop_assert_eq!(&message, &before, "a change that cannot be made changes nothing"),
                Some(undo) => {
                    for (old, name) in items(&before).into_iter().filter(|(_, name)| !name.is_empty()) {
                        let now = items(&message);
                        let found = now.iter().find(|(_, known)| *known == name).map(|&(item, _)| item);
                        prop_assert_eq!(change.place(old), found, "{:?} by {:?}", old, change);
                    }
                    back.push(undo);
                }
            }
        }
        for undo in back.into_iter().rev() {
            prop_assert!(message.change(undo).is_some());
        }
        prop_assert_eq!(message, original);
    }

    #[test]
    fn a_field_of_an_item_is_the_items(draft in common::draft("[0-9]{3}", "[a-z]{0,3}")) {
        for field in draft.text_fields() {
            if let Some(item) = Item::of(field) {
                prop_assert!(draft.message.has(item));
                prop_assert_eq!(item.field(field), field);
            } else {
                prop_assert!(!matches!(field, Field::Button(..) | Field::Section(..)));
            }
        }
    }
}
