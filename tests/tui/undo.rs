//! One undo history for a draft: wherever the last change was, it is taken back, and shown.

use rstest::rstest;
use wacompose::message::outline::Item;
use wacompose::message::{ButtonPart, Draft, Field, Kind, Message, QuotePart};
use wacompose::tui::focus::{Focus, Heading};

use std::time::Duration;

use tempfile::TempDir;
use wacompose::store::{Store, Written};
use wacompose::tui::keep::{Ask, Slot, Taken};

use crate::desk::{Desk, order, sample, text};
use crate::keep::{asks, desk, opened};

/// What is changed from one place can be taken back from any other, which goes back there.
#[rstest]
#[case::text(order(), Focus::TEXT, "日", Focus::TEXT)]
#[case::footer(order(), Focus::Edit(Field::Footer), "!", Focus::Edit(Field::Footer))]
#[case::recipient(order(), Focus::Edit(Field::To), "9", Focus::Edit(Field::To))]
#[case::word_deleted(order(), Focus::TEXT, "<ctrl-w>", Focus::TEXT)]
#[case::line_deleted(order(), Focus::TEXT, "<ctrl-u>", Focus::TEXT)]
#[case::everything_deleted(order(), Focus::TEXT, "<alt-a><del>", Focus::TEXT)]
#[case::kind(order(), Focus::TEXT, "<ctrl-p>list: sec<enter>", Focus::Kind)]
#[case::kind_by_the_palette(
    sample("list.toml"),
    Focus::TEXT,
    "<ctrl-p>make it a text<enter>",
    Focus::Kind
)]
#[case::a_row_removed(
    sample("list.toml"),
    Focus::Item(Item::Entry(0, 1)),
    "<del>",
    Focus::Item(Item::Entry(0, 1))
)]
#[case::a_section_removed(
    sample("catalog.toml"),
    Focus::Item(Item::Section(0)),
    "<del>",
    Focus::Item(Item::Section(0))
)]
#[case::a_button_moved(
    order(),
    Focus::Item(Item::Button(2)),
    "<alt-up>",
    Focus::Item(Item::Button(2))
)]
#[case::an_action(
    order(),
    Focus::Item(Item::Button(1)),
    "<right>",
    Focus::Item(Item::Button(1))
)]
#[case::links(text("日"), Focus::LinkPreview, "<right>", Focus::LinkPreview)]
#[case::delay(text("日"), Focus::Edit(Field::Delay), "12", Focus::Edit(Field::Delay))]
#[case::quote(
    text("日"),
    Focus::Edit(Field::QuotePart(QuotePart::Body)),
    "שלום",
    Focus::Edit(Field::QuotePart(QuotePart::Body))
)]
#[case::numbered_text(order(), Focus::TEXT, "<ctrl-p>numbered<enter>", Focus::TEXT)]
fn the_last_change_is_taken_back_and_shown(
    #[case] draft: Draft,
    #[case] at: Focus,
    #[case] keys: &str,
    #[case] shown: Focus,
) {
    for from in [Focus::Kind, Focus::Edit(Field::To), Focus::Pane] {
        let mut desk = Desk::wuts(draft.clone());
        desk.press("<alt-o>");
        desk.go(at);
        desk.press(keys);
        let changed = desk.app.draft().clone();
        assert_ne!(changed, draft);
        desk.go(from);
        desk.press("<ctrl-z>");
        assert_eq!(desk.app.draft(), &draft);
        assert_eq!(desk.app.focus, shown);
        desk.screen();
        desk.go(from);
        desk.press("<ctrl-y>");
        assert_eq!(desk.app.draft(), &changed);
        desk.press("<ctrl-z>");
        assert_eq!(desk.app.draft(), &draft);
        desk.screen();
    }
}

#[test]
fn changes_of_several_fields_are_taken_back_in_their_order() {
    let mut desk = Desk::wuts(order());
    desk.press("!<tab>日本")
        .go(Focus::Edit(Field::To))
        .press("7");
    desk.press("<ctrl-p>make it a text<enter>")
        .go(Focus::TEXT)
        .press("?");
    let end = desk.app.draft().clone();
    let mut seen = Vec::new();
    for _ in 0..5 {
        desk.press("<ctrl-z>");
        seen.push(desk.app.focus);
    }
    let footer = Focus::Edit(Field::Footer);
    assert_eq!(
        seen,
        [
            Focus::TEXT,
            Focus::Kind,
            Focus::Edit(Field::To),
            footer,
            Focus::TEXT
        ]
    );
    assert_eq!(desk.app.draft(), &order());
    desk.press("<ctrl-y><ctrl-y><ctrl-y><ctrl-y><ctrl-y>");
    assert_eq!(desk.app.draft(), &end);
}

#[test]
fn the_kinds_that_were_turned_through_come_back_whole() {
    let draft = sample("list.toml");
    let mut desk = Desk::wuts(draft.clone());
    for kind in [
        "make it a text",
        "make it a buttons",
        "list reply",
        "list: sec",
    ] {
        desk.press(&format!("<ctrl-p>{kind}<enter>"));
    }
    let end = desk.app.draft().clone();
    desk.press("<ctrl-z><ctrl-z><ctrl-z><ctrl-z>");
    assert_eq!(desk.app.draft(), &draft);
    assert_eq!(desk.app.composer.aside().count(), 0);
    desk.press("<ctrl-y><ctrl-y><ctrl-y><ctrl-y>");
    assert_eq!(desk.app.draft(), &end);
    assert_eq!(desk.app.draft().message.kind(), Kind::List);
}

#[rstest]
#[case::into_a_text(Focus::TEXT, "três 三\nlinhas e\u{301}\n")]
#[case::among_products(Focus::Item(Item::Section(0)), "111\n222\n日本")]
#[case::on_the_heading(Focus::Heading(Heading::Sections), "111 222 333")]
fn a_paste_is_one_step(#[case] at: Focus, #[case] pasted: &str) {
    let mut desk = Desk::wuts(sample("catalog.toml"));
    let before = desk.app.draft().clone();
    desk.go(at);
    desk.paste(pasted);
    assert_ne!(desk.app.draft(), &before);
    desk.press("<ctrl-z>");
    assert_eq!(desk.app.draft(), &before);
}

/// A product that was only begun leaves nothing behind.
#[test]
fn three_hundred_ids_pasted_into_a_product_begun_are_one_step() {
    let mut desk = Desk::wuts(sample("catalog.toml"));
    let before = desk.app.draft().clone();
    desk.go(Focus::Item(Item::Entry(0, 0)));
    desk.press("<enter><enter>");
    while desk.app.draft() == &before {
        desk.press("<enter><enter>");
    }
    let ids: Vec<String> = (0..300).map(|id| format!("9{id:03}")).collect();
    desk.paste(&ids.join("\n"));
    let Message::Catalog(message) = &desk.app.draft().message else {
        panic!("it is a catalog");
    };
    assert!(message.product_count() > 300);
    desk.press("<ctrl-z>");
    assert_eq!(desk.app.draft(), &before);
    desk.press("<ctrl-y>");
    assert_ne!(desk.app.draft(), &before);
}

#[test]
fn words_are_steps_and_another_field_is_another() {
    let mut desk = Desk::wuts(text(""));
    desk.press("olá mundo 日本");
    desk.press("<ctrl-z>");
    assert_eq!(desk.app.draft().message.text(), "olá mundo ");
    desk.press("<ctrl-z>");
    assert_eq!(desk.app.draft().message.text(), "olá ");
    // What is typed after that cannot be made again.
    desk.press("!<ctrl-y>");
    assert_eq!(desk.app.draft().message.text(), "olá !");
}

#[test]
fn the_cursor_is_where_the_change_was() {
    let mut desk = Desk::wuts(text("um 👩‍👩‍👧 dois\ntrês"));
    desk.press("<ctrl-home><ctrl-right><del><ctrl-end>");
    desk.go(Focus::Edit(Field::To));
    desk.press("<ctrl-z>x");
    assert_eq!(desk.app.draft().message.text(), "um 👩‍👩‍👧x dois\ntrês");
}

#[test]
fn another_draft_has_another_history() {
    let mut desk = Desk::wuts(order());
    desk.press("!<ctrl-z><ctrl-n><ctrl-y>");
    assert!(desk.screen().contains("Nothing to do"), "{}", desk.screen());
    assert_eq!(desk.app.draft().message.text(), "");
}

#[test]
fn what_a_button_did_keeps_its_value_over_an_undo() {
    let mut desk = Desk::wuts(order());
    desk.go(Focus::Item(Item::Button(0)));
    desk.press("<right>");
    let value = Field::Button(0, ButtonPart::Value(wacompose::message::ActionKind::Copy));
    desk.go(Focus::Edit(value));
    desk.press("C0DE日<ctrl-z><ctrl-z>");
    assert_eq!(desk.app.draft(), &order());
    desk.press("<ctrl-y><ctrl-y>");
    assert_eq!(desk.app.draft().text_at(value), Some("C0DE日"));
    desk.screen();
}

// -------------------------------------------------------------------- over a restart

/// Writes what was to be kept as the composer's own thread does, and returns it as the next composer
/// gets it.
fn restarted(desk: &mut Desk, store: &mut Store) -> Desk {
    let mut id = None;
    for ask in asks(desk) {
        if let Ask::Keep {
            draft,
            aside,
            derived,
            news,
            ..
        } = ask
        {
            let written = Written {
                aside: &aside,
                derived: Some(&derived),
                news: news.as_ref(),
                ..Written::from(&*draft)
            };
            id = Some(store.save_draft(id, written, None, 1).unwrap());
        }
    }
    let kept = store.open_draft(id.unwrap(), 2).unwrap();
    let mut next = Desk::start(
        order(),
        wacompose::config::Profile::sandbox(wacompose::gateway::GatewayKind::Wuts),
        (100, 30),
        true,
    );
    next.happen(opened(Some(Box::new(Taken {
        slot: Slot(0),
        kept,
        is_older: false,
        on_disk: None,
    }))));
    next.take_effects();
    next
}

#[test]
fn a_restart_forgets_nothing_of_it() {
    let folder = TempDir::new().unwrap();
    let mut store = Store::open(Some(folder.path())).unwrap().store;
    let second = Duration::from_secs(1);
    let mut desk = desk(order());
    desk.press("!").wait(second);
    desk.go(Focus::Item(Item::Button(2)))
        .press("<ins>Mais 日本");
    desk.wait(second);
    desk.press("<ctrl-p>list: sec<enter>").wait(second);
    desk.press("<ctrl-p>make it a text<enter>").go(Focus::TEXT);
    desk.press("<alt-a>e\u{301} שלום<ctrl-z>").wait(second);
    let end = desk.app.draft().clone();
    let mut next = restarted(&mut desk, &mut store);
    assert_eq!(next.app.draft(), &end);
    next.press("<ctrl-y>");
    assert!(next.app.draft().message.text().ends_with("שלום"));
    for _ in 0..20 {
        next.press("<ctrl-z>");
        next.screen();
    }
    assert_eq!(next.app.draft(), &order());
    for _ in 0..20 {
        next.press("<ctrl-y>");
    }
    assert!(next.app.draft().message.text().ends_with("שלום"));
}

/// What follows its text does so after a restart too.
#[test]
fn an_id_that_was_made_here_follows_on() {
    let folder = TempDir::new().unwrap();
    let mut store = Store::open(Some(folder.path())).unwrap().store;
    let mut desk = desk(order());
    desk.go(Focus::Edit(Field::Button(2, ButtonPart::Text)));
    desk.press("<enter>Sim").wait(Duration::from_secs(1));
    let mut next = restarted(&mut desk, &mut store);
    next.go(Focus::Edit(Field::Button(3, ButtonPart::Text)));
    next.press(" 日");
    assert_eq!(next.buttons().buttons[3].id, "sim_日");
    next.go(Focus::Edit(Field::Button(0, ButtonPart::Text)));
    next.press("!");
    assert_eq!(next.buttons().buttons[0].id, "confirm_order");
}

/// However much was typed before, as much is written for a key.
#[test]
fn only_what_is_new_is_asked_to_be_kept() {
    let mut desk = desk(text("日本"));
    for word in 0..30 {
        desk.press(&format!("w{word} "));
    }
    desk.wait(Duration::from_secs(1));
    asks(&mut desk);
    desk.press("x").wait(Duration::from_secs(1));
    let kept = asks(&mut desk);
    let [
        Ask::Keep {
            news: Some(news), ..
        },
    ] = kept.as_slice()
    else {
        panic!("{kept:?}");
    };
    assert_eq!(news.steps.len(), 1);
}
