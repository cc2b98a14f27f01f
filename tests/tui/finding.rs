//! Large outlines: pages, ends, the title of the section that is seen, and finding in the message; and
//! what is marked in texts.

use ratatui::style::Modifier;
use rstest::rstest;
use wacompose::config::Profile;
use wacompose::gateway::GatewayKind;
use wacompose::message::outline::Item;
use wacompose::message::{
    Catalog, Draft, Field, List, Message, ProductSection, Row, RowPart, RowSection, SectionPart,
};
use wacompose::tui::focus::Focus;

use crate::desk::{Desk, order, text};

/// Ten sections of thirty products: `P000` to `P299`.
fn catalog() -> Draft {
    let sections = (0..10).map(|section| ProductSection {
        title: format!("Seção {section} 夏"),
        products: (0..30)
            .map(|at| format!("P{:03}", section * 30 + at))
            .collect(),
    });
    Draft {
        to: "5511999999999".to_owned(),
        message: Message::Catalog(Catalog {
            text: "Olá, veja o catálogo 日本".to_owned(),
            button: "Ver".to_owned(),
            sections: sections.collect(),
            ..Catalog::default()
        }),
        ..Draft::default()
    }
}

fn list() -> Draft {
    let sections = (0..10).map(|section| RowSection {
        title: format!("Section {section}"),
        rows: (0..30)
            .map(|at| Row {
                id: format!("r{section}_{at}"),
                title: format!("Row {section} {at}"),
                description: "日本".to_owned(),
            })
            .collect(),
    });
    Draft {
        to: "5511999999999".to_owned(),
        message: Message::List(List {
            text: "Escolha".to_owned(),
            sections: sections.collect(),
            ..List::default()
        }),
        ..Draft::default()
    }
}

const fn product(section: usize, at: usize) -> Focus {
    Focus::Edit(Field::Section(section, SectionPart::Product(at)))
}

const fn row(section: usize, at: usize, part: RowPart) -> Focus {
    Focus::Edit(Field::Section(section, SectionPart::Row(at, part)))
}

const fn entry(section: usize, at: usize) -> Focus {
    Focus::Item(Item::Entry(section, at))
}

#[rstest]
#[case::first_from_the_last(catalog(), product(9, 29), "<ctrl-home>", product(0, 0))]
#[case::last_from_the_first(catalog(), product(0, 0), "<ctrl-end>", product(9, 29))]
#[case::of_items(catalog(), entry(9, 29), "<ctrl-home>", Focus::Item(Item::Section(0)))]
#[case::last_item(catalog(), Focus::Item(Item::Section(0)), "<ctrl-end>", entry(9, 29))]
#[case::descriptions(
    list(),
    row(0, 0, RowPart::Description),
    "<ctrl-end>",
    row(9, 29, RowPart::Description)
)]
#[case::titles(
    list(),
    row(9, 29, RowPart::Title),
    "<ctrl-home>",
    row(0, 0, RowPart::Title)
)]
#[case::a_page_of_products(catalog(), product(0, 0), "<pgdn><pgdn>", product(0, 20))]
#[case::a_page_over_a_section(catalog(), product(0, 25), "<pgdn>", product(1, 5))]
#[case::a_page_of_rows(
    list(),
    row(0, 0, RowPart::Title),
    "<pgdn>",
    row(0, 10, RowPart::Title)
)]
#[case::a_page_of_items(list(), entry(0, 15), "<pgup>", entry(0, 5))]
#[case::a_page_ends_at_the_last(catalog(), product(9, 25), "<pgdn>", product(9, 29))]
#[case::and_at_the_first(catalog(), product(0, 5), "<pgup>", product(0, 0))]
fn one_key_goes_far(
    #[case] draft: Draft,
    #[case] from: Focus,
    #[case] keys: &str,
    #[case] to: Focus,
) {
    let mut desk = Desk::wuts(draft);
    desk.go(from);
    desk.press(keys);
    assert_eq!(desk.app.focus, to);
    desk.screen();
}

/// Home and End stay in the line.
#[test]
fn home_and_end_move_in_a_products_text() {
    let mut desk = Desk::wuts(catalog());
    desk.go(product(0, 3));
    desk.press("<home>x<end>y");
    assert_eq!(desk.app.focus, product(0, 3));
    let field = Field::Section(0, SectionPart::Product(3));
    assert_eq!(desk.app.draft().text_at(field), Some("xP003y"));
}

#[rstest]
fn the_title_of_the_section_in_view_sticks(
    #[values((80, 24), (100, 30), (120, 40))] size: (u16, u16),
) {
    for draft in [catalog(), list()] {
        let profile = Profile::sandbox(GatewayKind::Wuts);
        let mut desk = Desk::new(draft.clone(), profile, size.0, size.1);
        let title = |section: usize| match draft.message {
            Message::Catalog(_) => format!("Seção {section} 夏"),
            _ => format!("Section {section}"),
        };
        desk.go(Focus::Item(Item::Section(0)));
        desk.press("<ctrl-end>");
        for section in (0..10).rev() {
            for _ in 0..30 {
                let screen = desk.screen();
                let half: String = screen
                    .lines()
                    .map(|line| {
                        line.chars()
                            .take(usize::from(size.0) / 2)
                            .collect::<String>()
                            + "\n"
                    })
                    .collect();
                assert!(half.contains(&title(section)), "{section}\n{screen}");
                desk.press("<up>");
            }
            desk.press("<up>");
        }
    }
}

// -------------------------------------------------------------------- find

#[test]
fn a_product_of_three_hundred_is_found_as_one_types() {
    let mut desk = Desk::wuts(catalog());
    desk.press("<alt-/>p27");
    assert_eq!(desk.app.focus, product(9, 0));
    let screen = desk.screen();
    assert!(screen.contains("1 of 10"), "{screen}");
    assert!(screen.contains("P270"), "{screen}");
    desk.press("<down><alt-/>");
    assert_eq!(desk.app.focus, product(9, 2));
    desk.press("<up><up><up>");
    assert_eq!(desk.app.focus, product(9, 9), "around");
    desk.press("<enter>x");
    let field = Field::Section(9, SectionPart::Product(9));
    assert_eq!(desk.app.draft().text_at(field), Some("xP279"));
}

#[rstest]
#[case::accents("secao 3", "Seção 3", Field::Section(3, SectionPart::Title))]
#[case::case_of_letters("CATÁLOGO", "catálogo", Field::Text)]
#[case::wide("日本", "veja", Field::Text)]
#[case::decomposed("cata\u{301}logo", "catálogo", Field::Text)]
fn neither_case_nor_accents_count(#[case] words: &str, #[case] hit: &str, #[case] field: Field) {
    let mut desk = Desk::wuts(catalog());
    desk.go(Focus::Edit(Field::To));
    desk.press("<alt-/>").press(words);
    assert_eq!(desk.app.focus, Focus::Edit(field));
    let style = desk.style_of(hit);
    assert!(
        style.is_some(),
        "{hit} is drawn in one style: {}",
        desk.screen()
    );
}

#[test]
fn esc_returns_and_nothing_found_goes_nowhere() {
    let mut desk = Desk::wuts(catalog());
    let before = desk.app.draft().clone();
    desk.go(Focus::Edit(Field::MenuButton));
    desk.press("<alt-/>P123");
    assert_eq!(desk.app.focus, product(4, 3));
    desk.press("4");
    assert_eq!(desk.app.focus, Focus::Edit(Field::MenuButton));
    assert!(desk.screen().contains("not found"));
    desk.press("<bs>");
    assert_eq!(desk.app.focus, product(4, 3));
    desk.press("<esc>");
    assert_eq!(desk.app.focus, Focus::Edit(Field::MenuButton));
    assert_eq!(desk.app.draft(), &before);
    assert!(desk.app.modals.is_empty());
}

#[test]
fn what_is_found_is_unfolded_and_several_of_one_text_are_gone_through() {
    let mut desk = Desk::wuts(catalog());
    desk.press("<alt-z><alt-/>P151");
    assert_eq!(desk.app.focus, product(5, 1));
    let mut desk = Desk::wuts(text("um 日 um e\u{301} UM"));
    desk.press("<home><alt-/>um<down><enter>!");
    assert_eq!(desk.app.draft().message.text(), "um 日 !um e\u{301} UM");
}

#[test]
fn a_paste_is_looked_for_too() {
    let mut desk = Desk::wuts(catalog());
    desk.press("<alt-/>").paste("P200\n");
    assert_eq!(desk.app.focus, product(6, 20));
    desk.press("<esc>");
    assert_eq!(desk.app.draft(), &catalog());
}

// -------------------------------------------------------------------- over the limit

fn is_underlined(desk: &Desk, words: &str) -> bool {
    let style = desk.style_of(words);
    style.is_some_and(|style| style.add_modifier.contains(Modifier::UNDERLINED))
}

#[test]
fn what_is_too_much_of_a_text_is_underlined() {
    let mut desk = Desk::wuts(order());
    let footer = "日".repeat(58) + "MNXYZ";
    desk.resize(70, 24);
    desk.go(Focus::Edit(Field::Footer));
    desk.press("<alt-a>").press(&footer);
    assert!(is_underlined(&desk, "XYZ"), "{}", desk.screen());
    assert!(!is_underlined(&desk, "MN"));
    desk.press("<bs><bs><bs>");
    assert!(!is_underlined(&desk, "MN"));
}

#[test]
fn also_where_it_is_not_edited() {
    let mut desk = Desk::wuts(list());
    desk.resize(70, 24);
    let title = Field::Section(0, SectionPart::Title);
    desk.go(Focus::Edit(title));
    desk.press("<alt-a>").press(&("日".repeat(21) + "abcQZ"));
    desk.go(Focus::Item(Item::Section(0)));
    assert!(is_underlined(&desk, "QZ"), "{}", desk.screen());
    assert!(!is_underlined(&desk, "abc"));
}
