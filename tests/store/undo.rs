//! What can be undone is kept with its draft, and only what is new of it is written.

use std::collections::BTreeSet;

use rusqlite::Connection;
use wacompose::message::document::Document;
use wacompose::message::outline::Item;
use wacompose::message::undo::{Edit, News, Undo};
use wacompose::message::{Action, Button, Buttons, Draft, Field, Message, Pix};
use wacompose::store::{DraftId, Store, Written};

use super::{Data, NOW, WIDE, text};

/// A draft and its history as a composer has them.
struct Work {
    document: Document,
    undo: Undo,
    id: Option<DraftId>,
}

impl Work {
    fn new(words: &str) -> Self {
        Self {
            document: text("5511", words).into(),
            undo: Undo::default(),
            id: None,
        }
    }

    fn write(&mut self, words: &str) -> &mut Self {
        let before = self.document.text_at(Field::Text).unwrap().into_owned();
        let edit = Edit::text(Field::Text, &before, words).unwrap();
        assert!(edit.make(&mut self.document));
        self.undo.push(vec![edit]);
        self
    }

    fn save(&mut self, store: &mut Store) -> News {
        let news = self.undo.take_news();
        let written = Written {
            aside: &self.document.aside,
            derived: Some(&self.document.derived),
            news: Some(&news),
            ..Written::from(&self.document.draft)
        };
        let id = store.save_draft(self.id, written, None, NOW).unwrap();
        self.id = Some(id);
        news
    }

    fn open(&self, store: &mut Store) -> Self {
        let kept = store.open_draft(self.id.unwrap(), NOW).unwrap();
        Self {
            document: Document {
                draft: kept.draft,
                aside: kept.aside,
                derived: kept.derived,
            },
            undo: kept.undo,
            id: self.id,
        }
    }

    /// The texts that it goes back through.
    fn back(&mut self) -> Vec<String> {
        let mut texts = Vec::new();
        while self.undo.step(&mut self.document, false).is_some() {
            texts.push(self.document.text_at(Field::Text).unwrap().into_owned());
        }
        texts
    }
}

fn steps(data: &Data) -> i64 {
    let connection = Connection::open(data.file()).unwrap();
    let count = connection.query_row("SELECT count(*) FROM undo", [], |row| row.get(0));
    count.unwrap()
}

#[test]
fn a_history_is_there_again_and_only_what_is_new_is_written() {
    let data = Data::new();
    let mut store = data.open();
    let mut work = Work::new("a");
    work.document.derived = BTreeSet::from([Item::Button(1), Item::Entry(0, 2)]);
    work.write("ab").write(WIDE).save(&mut store);
    let news = work.write("日").save(&mut store);
    assert_eq!((news.from, news.steps.len()), (2, 1));
    // What is taken back is only noted.
    work.undo.step(&mut work.document, false);
    assert_eq!(work.save(&mut store).steps, []);
    drop(store);
    let mut store = data.open();
    let mut again = work.open(&mut store);
    assert_eq!(again.document, work.document);
    assert_eq!(again.back(), ["ab", "a"]);
    while again.undo.step(&mut again.document, true).is_some() {}
    assert_eq!(again.document.text_at(Field::Text).unwrap(), "日");
    // It goes on where it was.
    let mut again = work.open(&mut store);
    again.write("other").save(&mut store);
    assert_eq!(again.open(&mut store).back(), [WIDE, "ab", "a"]);
    assert_eq!(steps(&data), 3);
}

#[test]
fn what_is_dropped_is_dropped_there() {
    let data = Data::new();
    let mut store = data.open();
    let mut work = Work::new("a");
    for at in 0..Undo::STEPS + 7 {
        work.write(&format!("{at} 日"));
        if at % 90 == 0 {
            work.save(&mut store);
        }
    }
    work.save(&mut store);
    assert_eq!(steps(&data), i64::try_from(Undo::STEPS).unwrap());
    assert_eq!(work.open(&mut store).back().len(), Undo::STEPS);
}

#[test]
fn a_draft_that_is_gone_is_kept_with_what_was_new() {
    let data = Data::new();
    let mut store = data.open();
    let mut work = Work::new("a");
    work.write("ab").save(&mut store);
    let connection = Connection::open(data.file()).unwrap();
    connection.execute("DELETE FROM draft", []).unwrap();
    assert_eq!(steps(&data), 0, "they go with their draft");
    let old = work.id;
    work.write("abc").save(&mut store);
    assert_ne!(work.id, old);
    assert_eq!(work.open(&mut store).back(), ["ab"]);
}

/// Whom a Pix button pays is brought back whole.
#[test]
fn an_action_is_brought_back_with_all_that_goes_with_it() {
    let data = Data::new();
    let mut store = data.open();
    let pix = Action::Pix(Pix {
        name: "José 日本".to_owned(),
        key_type: "email".to_owned(),
        key: "a@b".to_owned(),
        currency: String::new(),
    });
    let mut work = Work::new("");
    work.document.draft.message = Message::Buttons(Buttons {
        buttons: vec![Button {
            action: pix.clone(),
            ..Button::default()
        }],
        ..Buttons::default()
    });
    let edit = Edit::Action {
        at: 0,
        old: pix.clone(),
        new: Action::Reply,
    };
    assert!(edit.make(&mut work.document));
    work.undo.push(vec![edit]);
    work.save(&mut store);
    let mut again = work.open(&mut store);
    again.undo.step(&mut again.document, false);
    let Message::Buttons(message) = &again.document.draft.message else {
        panic!("it is none of buttons");
    };
    assert_eq!(message.buttons[0].action, pix);
}

/// A history that cannot be read is none, and the draft is there all the same.
#[test]
fn a_step_that_cannot_be_read_ends_it() {
    for damage in [
        "UPDATE undo SET edits = '日' WHERE step = 1",
        "DELETE FROM undo WHERE step = 1",
        "UPDATE undo SET edits = '[]' || edits WHERE step < 2",
    ] {
        let data = Data::new();
        let mut store = data.open();
        let mut work = Work::new("a");
        work.write("ab").write("abc").write("abcd").save(&mut store);
        let connection = Connection::open(data.file()).unwrap();
        connection.execute(damage, []).unwrap();
        let mut again = work.open(&mut store);
        assert_eq!(again.document.draft, work.document.draft);
        assert_eq!(again.back(), ["abc"], "{damage}");
    }
    let data = Data::new();
    let mut store = data.open();
    let mut work = Work::new("a");
    work.write("ab").save(&mut store);
    let connection = Connection::open(data.file()).unwrap();
    let damage = "UPDATE draft SET undone = 70";
    connection.execute(damage, []).unwrap();
    assert!(work.open(&mut store).back().is_empty());
}

#[test]
fn another_draft_has_another_history() {
    let data = Data::new();
    let mut store = data.open();
    let (mut one, mut other) = (Work::new("a"), Work::new("b"));
    one.write("aa").save(&mut store);
    other.write("bb").write("bbb").save(&mut store);
    let copy = store.duplicate_draft(one.id.unwrap(), NOW).unwrap();
    assert_eq!(one.open(&mut store).back(), ["a"]);
    assert_eq!(other.open(&mut store).back(), ["bb", "b"]);
    let mut copy = Work {
        id: Some(copy),
        ..Work::new("")
    }
    .open(&mut store);
    assert!(copy.back().is_empty());
    assert_eq!(copy.document.draft, text("5511", "aa"));
}

/// One that was kept before there was a history.
#[test]
fn a_draft_without_a_history_opens() {
    let data = Data::new();
    let mut store = data.open();
    let draft: Draft = text("5511", WIDE);
    let id = store.save_draft(None, &draft, None, NOW).unwrap();
    let kept = store.open_draft(id, NOW).unwrap();
    assert_eq!(
        (kept.undo, kept.derived),
        (Undo::default(), BTreeSet::new())
    );
}
