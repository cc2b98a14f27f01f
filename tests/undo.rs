//! The undo history of a draft: whatever was done, all of it taken back is the beginning, and all of
//! it made again is the end.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use proptest::prelude::*;
use rstest::rstest;
use wacompose::message::document::Document;
use wacompose::message::outline::{Change, Content, Item};
use wacompose::message::undo::{Edit, Undo};
use wacompose::message::{
    Action, Button, ButtonPart, Buttons, Draft, Field, Kind, List, Message, Row, RowPart,
    RowSection, SectionPart,
};

/// Something done to a draft, whatever state that is in.
#[derive(Debug, Clone)]
enum Deed {
    Write(usize, String, bool),
    Insert(Item, bool),
    Remove(Item, usize),
    Move(Item, Item),
    Kind(usize),
    Replace(usize),
    Action(usize, String),
    LinkPreview(Option<bool>),
    Derive(Item, bool),
    Back,
    Again,
}

fn words() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            Just("a"),
            Just("日"),
            Just("👩‍👩‍👧"),
            Just("e\u{301}"),
            Just("ש"),
            Just("\n"),
            Just(" ")
        ],
        0..6,
    )
    .prop_map(|parts| parts.concat())
}

fn item() -> impl Strategy<Value = Item> {
    prop_oneof![
        (0..4_usize).prop_map(Item::Button),
        (0..3_usize).prop_map(Item::Section),
        (0..3_usize, 0..4_usize).prop_map(|(section, at)| Item::Entry(section, at)),
    ]
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        6 => (0..40_usize, words(), any::<bool>())
            .prop_map(|(at, text, goes_on)| Deed::Write(at, text, goes_on)),
        2 => (item(), any::<bool>()).prop_map(|(at, derived)| Deed::Insert(at, derived)),
        2 => (item(), 1..3_usize).prop_map(|(at, count)| Deed::Remove(at, count)),
        2 => (item(), item()).prop_map(|(from, to)| Deed::Move(from, to)),
        2 => (0..6_usize).prop_map(Deed::Kind),
        1 => (0..6_usize).prop_map(Deed::Replace),
        1 => (0..4_usize, words()).prop_map(|(at, value)| Deed::Action(at, value)),
        1 => any::<Option<bool>>().prop_map(Deed::LinkPreview),
        1 => (item(), any::<bool>()).prop_map(|(item, on)| Deed::Derive(item, on)),
        2 => Just(Deed::Back),
        1 => Just(Deed::Again),
    ]
}

fn beginning() -> Document {
    let button = |text: &str| Button {
        id: text.to_lowercase(),
        text: text.to_owned(),
        action: Action::Reply,
    };
    let row = |title: &str| Row {
        id: title.to_lowercase(),
        title: title.to_owned(),
        description: String::new(),
    };
    let mut document = Document::from(Draft {
        to: "5511999999999".to_owned(),
        message: Message::Buttons(Buttons {
            text: "Olá 日本 👩‍👩‍👧".to_owned(),
            buttons: vec![button("Sim"), button("Não")],
            ..Buttons::default()
        }),
        ..Draft::default()
    });
    document.aside.push(Message::List(List {
        sections: vec![RowSection {
            title: "S".to_owned(),
            rows: vec![row("Um"), row("Dois")],
        }],
        ..List::default()
    }));
    document.derived.insert(Item::Button(1));
    document
}

fn content(message: &Message, at: Item) -> Option<Content> {
    Some(match (message, at) {
        (Message::Buttons(_), Item::Button(_)) => Content::Buttons(vec![Button::default()]),
        (Message::Catalog(_), Item::Section(_)) => {
            Content::ProductSections(vec![wacompose::message::ProductSection::default()])
        }
        (Message::List(_), Item::Section(_)) => Content::RowSections(vec![RowSection::default()]),
        (Message::Catalog(_), Item::Entry(..)) => {
            Content::Products(vec!["日".to_owned(), String::new()])
        }
        (Message::List(_), Item::Entry(..)) => Content::Rows(vec![Row::default()]),
        _ => return None,
    })
}

fn write(document: &mut Document, undo: &mut Undo, field: Field, text: &str, goes_on: bool) {
    let before = document.text_at(field).unwrap().into_owned();
    if let Some(edit) = Edit::text(field, &before, text) {
        assert!(edit.make(document));
        undo.push_typing(field, vec![edit], goes_on);
    }
}

fn make(document: &mut Document, undo: &mut Undo, edit: Edit) {
    if edit.make(document) {
        undo.push(vec![edit]);
    }
}

fn change(document: &mut Document, undo: &mut Undo, change: Change) -> bool {
    let edits = Edit::change(document, change);
    let changed = edits.is_some();
    undo.push(edits.unwrap_or_default());
    changed
}

fn do_it(document: &mut Document, undo: &mut Undo, deed: Deed) {
    match deed {
        Deed::Write(at, text, goes_on) => {
            let mut fields = document.draft.text_fields();
            fields.push(Field::Delay);
            let field = fields[at % fields.len()];
            let text = if field == Field::Delay {
                text.len().to_string()
            } else {
                text
            };
            write(document, undo, field, &text, goes_on);
        }
        Deed::Insert(at, derived) => {
            if let Some(content) = content(&document.draft.message, at) {
                undo.begin_group();
                if change(document, undo, Change::Insert(at, content)) && derived {
                    make(document, undo, Edit::Derived(at, true));
                }
                undo.end_group();
            }
        }
        Deed::Remove(at, count) => {
            change(document, undo, Change::Remove(at, count));
        }
        Deed::Move(from, to) => {
            change(document, undo, Change::Move(from, to));
        }
        Deed::Kind(at) => {
            let kind = Kind::ALL[at % Kind::ALL.len()];
            if kind != document.draft.message.kind() {
                let mut aside = document.aside.iter();
                let place = aside.position(|message| message.kind() == kind);
                let aside = place.map(|at| (at, Box::new(document.aside[at].clone())));
                let new = Box::new(kind.empty());
                make(document, undo, Edit::Kind { aside, new });
            }
        }
        Deed::Replace(at) => {
            let message = Kind::ALL[at % Kind::ALL.len()].empty();
            change(document, undo, Change::Replace(Box::new(message)));
        }
        Deed::Action(at, value) => {
            if let Message::Buttons(message) = &document.draft.message
                && let Some(button) = message.buttons.get(at)
            {
                let (old, new) = (button.action.clone(), Action::Copy { code: value });
                make(document, undo, Edit::Action { at, old, new });
            }
        }
        Deed::LinkPreview(new) => {
            let old = document.draft.link_preview;
            make(document, undo, Edit::LinkPreview { old, new });
        }
        Deed::Derive(item, on) => {
            if document.derived.contains(&item) != on && document.draft.message.has(item) {
                make(document, undo, Edit::Derived(item, on));
            }
        }
        Deed::Back => {
            undo.step(document, false);
        }
        Deed::Again => {
            undo.step(document, true);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_taken_back_is_the_beginning_and_all_made_again_the_end(
        deeds in proptest::collection::vec(deed(), 0..60)
    ) {
        let (mut document, mut undo) = (beginning(), Undo::default());
        let mut kept = (0, Vec::new(), 0);
        for (at, deed) in deeds.into_iter().enumerate() {
            do_it(&mut document, &mut undo, deed);
            // As a store keeps it: only what is new.
            if at % 3 == 0 && undo.has_news() {
                let news = undo.take_news();
                let first = usize::try_from(news.from - kept.0).unwrap();
                kept.1.truncate(first);
                kept.1.extend(news.steps);
                kept.1.drain(..usize::try_from(news.first - kept.0).unwrap());
                kept = (news.first, kept.1, news.done);
                let again = Undo::kept(kept.0, kept.1.clone(), kept.2);
                prop_assert_eq!(again.next(false), undo.next(false));
                prop_assert_eq!(again.next(true), undo.next(true));
            }
        }
        while undo.step(&mut document, true).is_some() {}
        let end = document.clone();
        while undo.step(&mut document, false).is_some() {}
        prop_assert_eq!(&document, &beginning());
        while undo.step(&mut document, true).is_some() {}
        prop_assert_eq!(document, end);
    }

    #[test]
    fn a_texts_edit_makes_the_one_of_the_other(before in words(), after in words()) {
        let mut document = beginning();
        let (mut undo, field) = (Undo::default(), Field::Text);
        write(&mut document, &mut undo, field, &before, false);
        write(&mut document, &mut undo, field, &after, false);
        prop_assert_eq!(document.text_at(field).unwrap(), after.as_str());
        if before != after {
            undo.step(&mut document, false);
            prop_assert_eq!(document.text_at(field).unwrap(), before.as_str());
        }
    }
}

#[rstest]
#[case::appended("日", &["日本", "日本e", "日本e\u{301}"])]
#[case::deleted("日本語", &["日本", "日", ""])]
#[case::deleted_forwards("👩‍👩‍👧ab", &["ab", "b", ""])]
#[case::in_the_middle("ab", &["axb", "axyb", "ayb", "ab"])]
#[case::apart("abcdef", &["Xabcdef", "XabcdefY", "abcdefY"])]
fn typing_that_goes_on_is_one_step(#[case] before: &str, #[case] texts: &[&str]) {
    let (mut document, mut undo) = (beginning(), Undo::default());
    write(&mut document, &mut undo, Field::Text, before, false);
    for (at, text) in texts.iter().enumerate() {
        write(&mut document, &mut undo, Field::Text, text, at > 0);
    }
    undo.step(&mut document, false);
    assert_eq!(document.text_at(Field::Text).unwrap(), before);
    undo.step(&mut document, true);
    assert_eq!(
        document.text_at(Field::Text).unwrap(),
        *texts.last().unwrap()
    );
}

#[test]
fn another_field_between_is_another_step() {
    let (mut document, mut undo) = (beginning(), Undo::default());
    let footer = Field::Footer;
    write(&mut document, &mut undo, Field::Text, "日", false);
    write(&mut document, &mut undo, footer, "x", true);
    write(&mut document, &mut undo, Field::Text, "日本", true);
    undo.step(&mut document, false);
    assert_eq!(document.text_at(Field::Text).unwrap(), "日");
    assert_eq!(document.text_at(footer).unwrap(), "x");
}

#[test]
fn it_is_bounded_in_steps_and_bytes() {
    let (mut document, mut undo) = (beginning(), Undo::default());
    for at in 0..Undo::STEPS + 20 {
        write(
            &mut document,
            &mut undo,
            Field::Text,
            &format!("日{at}"),
            false,
        );
    }
    let mut count = 0;
    while undo.step(&mut document, false).is_some() {
        count += 1;
    }
    assert_eq!(count, Undo::STEPS);
    assert_eq!(document.text_at(Field::Text).unwrap(), "日19");
    let long = "日".repeat(400_000);
    for at in 0..9 {
        write(
            &mut document,
            &mut undo,
            Field::Text,
            &format!("{at}{long}{at}"),
            false,
        );
        write(&mut document, &mut undo, Field::Text, "", false);
    }
    let mut count = 0;
    while undo.step(&mut document, false).is_some() {
        count += 1;
    }
    assert_eq!(count, 3, "1.2 MB each");
}

#[test]
fn one_step_beyond_the_bound_is_none() {
    let (mut document, mut undo) = (beginning(), Undo::default());
    let long = "日".repeat(Undo::BYTES);
    undo.begin_group();
    write(&mut document, &mut undo, Field::Text, &long, false);
    write(&mut document, &mut undo, Field::Footer, "x", false);
    undo.end_group();
    write(&mut document, &mut undo, Field::Footer, "y", false);
    assert!(undo.step(&mut document, false).is_some());
    assert_eq!(document.text_at(Field::Footer).unwrap(), "x");
    assert!(undo.step(&mut document, false).is_none());
}

/// A kept history that is of another text changes nothing.
#[test]
fn a_step_that_does_not_fit_changes_nothing() {
    let (mut document, mut undo) = (beginning(), Undo::default());
    undo.begin_group();
    write(&mut document, &mut undo, Field::Footer, "x", false);
    write(&mut document, &mut undo, Field::Text, "日本", false);
    undo.end_group();
    let mut other = beginning();
    let before = other.clone();
    assert!(undo.step(&mut other, false).is_none());
    assert_eq!(other, before);
    assert!(undo.next(false).is_none());
}

#[test]
fn what_is_known_of_an_id_goes_with_its_item() {
    let (mut document, mut undo) = (beginning(), Undo::default());
    let kept = document.derived.clone();
    change(
        &mut document,
        &mut undo,
        Change::Move(Item::Button(1), Item::Button(0)),
    );
    assert!(document.derived.contains(&Item::Button(0)));
    change(&mut document, &mut undo, Change::Remove(Item::Button(0), 1));
    assert!(document.derived.is_empty());
    undo.step(&mut document, false);
    undo.step(&mut document, false);
    assert_eq!(document.derived, kept);
    let title = Field::Section(0, SectionPart::Row(0, RowPart::Title));
    assert!(document.text_at(title).is_none());
    assert!(
        document
            .text_at(Field::Button(1, ButtonPart::Text))
            .is_some()
    );
}
