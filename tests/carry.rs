//! A message that becomes one of another kind: what goes over, and what comes back.

use rstest::rstest;
use wacompose::message::{
    Action, Button, Buttons, Catalog, Draft, Kind, List, Message, Poll, Row, RowSection, Text,
};
use wacompose::tui::model::composer::Composer;

fn button(id: &str, text: &str) -> Button {
    Button {
        id: id.into(),
        text: text.into(),
        action: Action::Reply,
    }
}

fn row(id: &str, title: &str, description: &str) -> Row {
    Row {
        id: id.into(),
        title: title.into(),
        description: description.into(),
    }
}

fn composer(message: Message) -> Composer {
    Composer::new(Draft {
        message,
        ..Draft::default()
    })
}

fn buttons(buttons: Vec<Button>) -> Message {
    Message::Buttons(Buttons {
        header: "👨‍👩‍👧 Família".into(),
        text: "Olá 日本".into(),
        footer: "שלום".into(),
        buttons,
    })
}

fn rows_of(composer: &Composer) -> Vec<(String, String, String)> {
    let Message::List(list) = &composer.draft().message else {
        return Vec::new();
    };
    let rows = list.sections.iter().flat_map(|section| &section.rows);
    rows.map(|row| (row.id.clone(), row.title.clone(), row.description.clone()))
        .collect()
}

fn buttons_of(composer: &Composer) -> Vec<(String, String)> {
    let Message::Buttons(message) = &composer.draft().message else {
        return Vec::new();
    };
    let buttons = message.buttons.iter();
    buttons
        .map(|button| (button.id.clone(), button.text.clone()))
        .collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let pairs = pairs.iter();
    pairs.map(|&(id, text)| (id.into(), text.into())).collect()
}

#[test]
fn a_list_has_the_texts_and_the_buttons() {
    let mut composer = composer(buttons(vec![
        button("sim", "Sim é"),
        button("nao", "Não 👩🏽‍🚀"),
    ]));
    composer.set_kind(Kind::List);
    let Message::List(list) = &composer.draft().message else {
        unreachable!()
    };
    assert_eq!(
        (
            list.title.as_str(),
            list.text.as_str(),
            list.footer.as_str()
        ),
        ("👨‍👩‍👧 Família", "Olá 日本", "שלום")
    );
    let expected = [("sim", "Sim é", ""), ("nao", "Não 👩🏽‍🚀", "")];
    assert_eq!(rows_of(&composer).len(), 2);
    for ((id, title, description), expected) in rows_of(&composer).iter().zip(expected) {
        assert_eq!(
            (id.as_str(), title.as_str(), description.as_str()),
            expected
        );
    }
    composer.set_kind(Kind::Catalog);
    let Message::Catalog(Catalog { title, .. }) = &composer.draft().message else {
        unreachable!()
    };
    assert_eq!(title, "👨‍👩‍👧 Família");
}

#[rstest]
#[case::by_way_of_a_text(&[Kind::Text])]
#[case::by_way_of_a_list(&[Kind::List])]
#[case::by_way_of_all(&[Kind::Catalog, Kind::List, Kind::ButtonReply, Kind::Text, Kind::ListReply])]
fn back_again_it_is_what_it_was(#[case] way: &[Kind]) {
    let url = Button {
        action: Action::Url {
            url: "https://example.com/日本".into(),
        },
        ..button("url", "Abrir")
    };
    let all = vec![
        button("a", "A 日本"),
        url,
        button("", "sem id"),
        button("d", "D"),
        button("e", "שלום"),
    ];
    let before = buttons(all);
    let mut composer = composer(before.clone());
    for &kind in way {
        composer.set_kind(kind);
    }
    composer.set_kind(Kind::Buttons);
    assert_eq!(composer.draft().message, before);
}

#[test]
fn rows_that_no_button_is_made_of_stay_in_the_list() {
    let rows = |range: std::ops::Range<usize>| {
        range
            .map(|at| row(&format!("r{at}"), &format!("Linha {at}"), "日本"))
            .collect::<Vec<_>>()
    };
    let section = |title: &str, rows| RowSection {
        title: title.into(),
        rows,
    };
    let before = Message::List(List {
        title: "T".into(),
        text: "Olá".into(),
        button: "Menu".into(),
        sections: vec![section("Um", rows(0..2)), section("Dois", rows(2..6))],
        ..List::default()
    });
    let mut composer = composer(before.clone());
    composer.set_kind(Kind::Buttons);
    let expected = [("r0", "Linha 0"), ("r1", "Linha 1"), ("r2", "Linha 2")];
    assert_eq!(buttons_of(&composer), pairs(&expected));
    composer.set_kind(Kind::List);
    assert_eq!(composer.draft().message, before);
}

/// What is changed in one kind is changed in the other one.
#[test]
fn changes_go_both_ways() {
    let mut composer = composer(buttons(vec![
        button("a", "A"),
        button("b", "B"),
        button("c", "C"),
    ]));
    composer.set_kind(Kind::List);
    // One of them has another text and id, one is gone, one has a description.
    let Message::List(mut list) = composer.draft().message.clone() else {
        unreachable!()
    };
    list.title = "Título 日本".into();
    list.sections[0].rows[0] = row("a2", "A2", "");
    list.sections[0].rows.remove(1);
    list.sections[0].rows[1].description = "below 👋".into();
    composer.replace(Message::List(list));
    composer.set_kind(Kind::Text);
    composer.set_kind(Kind::Buttons);
    assert_eq!(buttons_of(&composer), pairs(&[("a2", "A2"), ("c", "C")]));
    let Message::Buttons(message) = &composer.draft().message else {
        unreachable!()
    };
    assert_eq!(message.header, "Título 日本");
    composer.set_kind(Kind::List);
    assert_eq!(rows_of(&composer)[1].2, "below 👋");
}

#[test]
fn a_kind_left_empty_takes_nothing_away() {
    let mut composer = composer(buttons(vec![button("a", "A"), button("b", "B")]));
    composer.set_kind(Kind::List);
    composer.replace(Message::List(List::default()));
    composer.set_kind(Kind::Buttons);
    assert_eq!(buttons_of(&composer), pairs(&[("a", "A"), ("b", "B")]));
}

#[test]
fn what_was_written_last_counts() {
    let mut composer = composer(buttons(Vec::new()));
    composer.set_kind(Kind::List);
    let Message::List(list) = composer.draft().message.clone() else {
        unreachable!()
    };
    composer.replace(Message::List(List {
        title: "novo 日本".into(),
        ..list
    }));
    composer.set_kind(Kind::Text);
    composer.replace(Message::Text(Text {
        text: "outro".into(),
    }));
    composer.set_kind(Kind::List);
    let Message::List(list) = &composer.draft().message else {
        unreachable!()
    };
    assert_eq!(
        (list.title.as_str(), list.text.as_str()),
        ("novo 日本", "outro")
    );
}

fn options_of(composer: &Composer) -> Vec<String> {
    match &composer.draft().message {
        Message::Poll(poll) => poll.options.clone(),
        _ => Vec::new(),
    }
}

/// A poll has no ids: what its options are made of keeps its own.
#[test]
fn a_poll_has_the_buttons_and_gives_them_back() {
    let mut composer = composer(buttons(vec![
        button("sim", "Sim é"),
        button("nao", "Não 日本"),
    ]));
    composer.set_kind(Kind::Poll);
    assert_eq!(options_of(&composer), ["Sim é", "Não 日本"]);
    composer.set_kind(Kind::List);
    let rows = [("sim", "Sim é"), ("nao", "Não 日本")]
        .map(|(id, title)| (id.into(), title.into(), String::new()));
    assert_eq!(rows_of(&composer), rows);
    composer.set_kind(Kind::Buttons);
    assert_eq!(
        buttons_of(&composer),
        pairs(&[("sim", "Sim é"), ("nao", "Não 日本")])
    );
}

#[test]
fn buttons_made_of_a_poll_have_ids() {
    let mut composer = composer(Message::Poll(Poll {
        text: "Quando?".into(),
        options: vec!["Hoje 👩‍👩‍👧".into(), "שלום".into()],
        choices: Some(0),
    }));
    composer.set_kind(Kind::Buttons);
    assert_eq!(
        buttons_of(&composer),
        pairs(&[("option_1", "Hoje 👩‍👩‍👧"), ("option_2", "שלום")])
    );
}
