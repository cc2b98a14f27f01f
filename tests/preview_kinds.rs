//! What catalogs, lists and replies look like, and that none of them is crooked.

#![expect(
    clippy::unwrap_used,
    reason = "a sample that cannot be read fails its test"
)]
#![expect(clippy::unicode_not_nfc, reason = "decomposed letters are a case")]

mod common;

use std::path::Path;

use insta::assert_snapshot;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style as Look;
use wacompose::gateway::Platform;
use wacompose::message::file::read;
use wacompose::message::{Catalog, Draft, List, Message, ProductSection, RowSection};
use wacompose::preview::{Line, bubble};

fn sample(name: &str) -> Draft {
    read(&Path::new("assets/samples").join(name)).unwrap()
}

fn drawn(draft: &Draft, width: usize) -> String {
    let lines = bubble(draft, Platform::Android, Some("14:32"), width);
    let text = |line: &Line| line.iter().map(|span| span.text.as_str()).collect();
    lines.iter().map(text).collect::<Vec<String>>().join("\n")
}

#[test]
fn shows_a_poll() {
    assert_snapshot!(drawn(&sample("poll.toml"), 38), @r"
    ╭───────────────────────────────────╮
    │ When shall we deliver your order? │
    │ Select one                        │
    │ ○ This morning                    │
    │ ○ This afternoon                  │
    │ ○ Tomorrow                        │
    │                             14:32 │
    ├───────────────────────────────────┤
    │            View votes             │
    ╰───────────────────────────────────╯
    ");
}

#[test]
fn shows_a_catalog_and_its_products() {
    assert_snapshot!(drawn(&sample("catalog.toml"), 38), @r"
    ╭─────────────────────────────────╮
    │ ▦ product 9876543210            │
    │ Summer catalog                  │
    │ What is new this season: tap to │
    │ see all of it.                  │
    │ WUTS Store                      │
    │                           14:32 │
    ├─────────────────────────────────┤
    │         ≡ See products          │
    ╰─────────────────────────────────╯
    ╭─────────────────────────────────╮
    │ Shirts                          │
    │ ▢ 9876543210                    │
    │ ▢ 9876543211                    │
    │                                 │
    │ Trousers                        │
    │ ▢ 9876543212                    │
    ╰─────────────────────────────────╯
    ");
}

#[test]
fn shows_a_list_and_its_rows() {
    assert_snapshot!(drawn(&sample("list.toml"), 30), @r"
    ╭──────────────────────────╮
    │ Our menu                 │
    │ Pick one of the products │
    │ below to continue.       │
    │ WUTS Store               │
    │                    14:32 │
    ├──────────────────────────┤
    │     ≡ View products      │
    ╰──────────────────────────╯
    ╭──────────────────────────╮
    │ Beverages                │
    │ ○ Coffee                 │
    │   Freshly brewed         │
    │ ○ Tea                    │
    │   Black or green         │
    │                          │
    │ Bakery                   │
    │ ○ Cheese bread           │
    ╰──────────────────────────╯
    ");
}

#[test]
fn shows_replies_with_what_they_answer() {
    assert_snapshot!(drawn(&sample("button-reply.toml"), 38), @r"
    ╭─────────────────────────────────╮
    │ ▌ +5511999999999                │
    │ ▌ How would you like to proceed │
    │ ▌ with your order?              │
    │ Confirm                         │
    │                           14:32 │
    ╰─────────────────────────────────╯
    ");
    assert_snapshot!(drawn(&sample("list-reply.toml"), 38), @r"
    ╭──────────────────────────────────╮
    │ ▌ +5511999999999                 │
    │ ▌ Pick one of the products below │
    │ ▌ to continue.                   │
    │ Coffee                           │
    │ Freshly brewed                   │
    │                            14:32 │
    ╰──────────────────────────────────╯
    ");
}

#[test]
fn shows_what_is_missing() {
    let catalog = Catalog {
        thumbnail: "data:image/jpeg;base64,/9j/4AAQ".to_owned(),
        sections: vec![
            ProductSection::default(),
            ProductSection {
                title: "Calças 👖".to_owned(),
                products: vec![String::new(), "סחורה\u{1b}[2J".to_owned()],
            },
        ],
        ..Catalog::default()
    };
    let draft = Draft {
        message: Message::Catalog(catalog),
        ..Draft::default()
    };
    assert_snapshot!(drawn(&draft, 40), @r"
    ╭───────────────────╮
    │ ▦ a picture       │
    │ no text yet       │
    │             14:32 │
    ├───────────────────┤
    │   ≡ no text yet   │
    ╰───────────────────╯
    ╭───────────────────╮
    │ no title yet      │
    │ nothing in it yet │
    │                   │
    │ Calças 👖         │
    │ ▢ no id yet       │
    │ ▢ סחורה␛[2J       │
    ╰───────────────────╯
    ");
}

#[test]
fn shows_one_section_without_a_title_as_it_is() {
    let list = List {
        text: "日本".to_owned(),
        button: "見る".to_owned(),
        sections: vec![RowSection {
            title: String::new(),
            rows: vec![wacompose::message::Row {
                id: "a".to_owned(),
                title: "二つ目の項目はとても長い".to_owned(),
                description: "e\u{301} 👩‍👩‍👧 and words that wrap".to_owned(),
            }],
        }],
        ..List::default()
    };
    let draft = Draft {
        message: Message::List(list),
        ..Draft::default()
    };
    assert_snapshot!(drawn(&draft, 20), @r"
    ╭──────────────────╮
    │ 日本             │
    │            14:32 │
    ├──────────────────┤
    │      ≡ 見る      │
    ╰──────────────────╯
    ╭──────────────────╮
    │ ○ 二つ目の項目は │
    │   とても長い     │
    │   é 👩‍👩‍👧 and words │
    │   that wrap      │
    ╰──────────────────╯
    ");
    assert_snapshot!(drawn(&draft, 7), @r"
    日本
    14:32
    ≡ 見る
    ○ 二つ
      目の
      項目
      はと
      ても
      長い
      é 👩‍👩‍👧
      and
      words
      that
      wrap
    ");
}

/// The columns of a line as a terminal's buffer counts them.
fn cells(line: &Line) -> usize {
    let text: String = line.iter().map(|span| span.text.as_str()).collect();
    let mut buffer = Buffer::empty(Rect::new(0, 0, 400, 1));
    let (end, _) = buffer.set_stringn(0, 0, text, 400, Look::default());
    usize::from(end)
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        any::<String>(),
        r"[ab 日é👍\n\t]{1,60}",
        Just("👩‍👩‍👧 e\u{301} שלום 你好\r\n\u{1b}".to_owned()),
    ]
}

proptest! {
    #[test]
    fn borders_are_straight(
        draft in common::draft(Just(String::new()), text().boxed()),
        width in 0_usize..80,
    ) {
        let lines = bubble(&draft, Platform::Web, Some("14:32"), width);
        let widths: Vec<usize> = lines.iter().map(cells).collect();
        for (line, columns) in lines.iter().zip(&widths) {
            prop_assert!(*columns <= width, "{:?}", line);
            if width >= 8 {
                prop_assert_eq!(columns, &widths[0]);
            }
            prop_assert!(!line.iter().any(|span| span.text.contains(char::is_control)));
        }
    }
}
