//! Catalogs and lists in the composer: sections, products and rows by keys.

use std::path::Path;

use crate::desk::Desk;
use rstest::rstest;
use wacompose::config::Profile;
use wacompose::gateway::GatewayKind;
use wacompose::message::check::Severity;
use wacompose::message::outline::Item;
use wacompose::message::{
    Catalog, Draft, Field, Kind, List, Message, ProductSection, Row, RowPart, RowSection,
    SectionPart, file,
};
use wacompose::tui::focus::{Focus, Heading};

/// `Shirts: a b | Trousers: c` is two sections.
fn catalog(outline: &str) -> Draft {
    let section = |section: &str| {
        let (title, products) = section.split_once(':').unwrap();
        ProductSection {
            title: title.trim().to_owned(),
            products: products.split_whitespace().map(str::to_owned).collect(),
        }
    };
    let sections = outline
        .split('|')
        .filter(|section| !section.trim().is_empty());
    Draft {
        to: "5511999999999".to_owned(),
        message: Message::Catalog(Catalog {
            title: "Verão 夏".to_owned(),
            text: "Olá 👩‍👩‍👧 e\u{301} שלום".to_owned(),
            button: "Ver".to_owned(),
            business_owner: "5511988887777".to_owned(),
            sections: sections.map(section).collect(),
            ..Catalog::default()
        }),
        ..Draft::default()
    }
}

fn list(outline: &str) -> Draft {
    let Message::Catalog(catalog) = catalog(outline).message else {
        unreachable!()
    };
    let row = |id: String| Row {
        title: id.to_uppercase(),
        id,
        description: String::new(),
    };
    let sections = catalog.sections.into_iter().map(|section| RowSection {
        title: section.title,
        rows: section.products.into_iter().map(row).collect(),
    });
    Draft {
        to: "5511999999999".to_owned(),
        message: Message::List(List {
            text: "Escolha 日本".to_owned(),
            button: "Abrir".to_owned(),
            sections: sections.collect(),
            ..List::default()
        }),
        ..Draft::default()
    }
}

/// The sections as [`catalog`] reads them; a list's rows by their ids.
fn outline(desk: &Desk) -> String {
    let sections: Vec<(String, Vec<String>)> = match &desk.app.draft().message {
        Message::Catalog(message) => message
            .sections
            .iter()
            .map(|section| (section.title.clone(), section.products.clone()))
            .collect(),
        Message::List(message) => message
            .sections
            .iter()
            .map(|section| {
                let ids = section.rows.iter().map(|row| row.id.clone());
                (section.title.clone(), ids.collect())
            })
            .collect(),
        other => panic!("{} has no sections", other.kind()),
    };
    let sections = sections
        .into_iter()
        .map(|(title, entries)| format!("{title}: {}", entries.join(" ")).trim().to_owned());
    sections.collect::<Vec<_>>().join(" | ")
}

fn product(section: usize, at: usize) -> Focus {
    Focus::Edit(Field::Section(section, SectionPart::Product(at)))
}

const HEADING: Focus = Focus::Heading(Heading::Sections);

const fn section(at: usize) -> Focus {
    Focus::Item(Item::Section(at))
}

const fn entry(section: usize, at: usize) -> Focus {
    Focus::Item(Item::Entry(section, at))
}

#[rstest]
#[case::first_section("", HEADING, "<enter>Novo 👕", "Novo 👕:")]
#[case::section_with_products_in_one_go(
    "",
    HEADING,
    "<ins>Novo<enter>111<enter>222<enter><enter>",
    "Novo: 111 222"
)]
#[case::a_product_begun_and_left_is_gone("A: 1", product(0, 0), "<enter><up>", "A: 1")]
#[case::a_product_begun_and_tabbed_from_is_gone(
    "A: 1 | B: 2",
    product(0, 0),
    "<enter><tab>",
    "A: 1 | B: 2"
)]
#[case::insert_adds_below("A: 1 2", entry(0, 0), "<ins>9", "A: 1 9 2")]
#[case::insert_on_a_section_adds_a_section("A: 1 | B: 2", section(0), "<ins>N", "A: 1 | N: | B: 2")]
#[case::alt_insert_adds_inside("A: 1 | B: 2", section(0), "<alt-ins>9", "A: 1 9 | B: 2")]
#[case::delete_removes_a_product("A: 1 2 3", entry(0, 1), "<del>", "A: 1 3")]
#[case::delete_removes_a_section("A: 1 | B: 2", section(0), "<del>", "B: 2")]
#[case::undo_brings_a_section_back("A: 1 2 | B: 3", section(0), "<del><ctrl-z>", "A: 1 2 | B: 3")]
#[case::redo_takes_it_again("A: 1 2 | B: 3", section(0), "<del><ctrl-z><ctrl-y>", "B: 3")]
#[case::undo_goes_back_through_all(
    "A: 1 2 3",
    entry(0, 0),
    "<del><del><alt-up><ctrl-z><ctrl-z>",
    "A: 1 2 3"
)]
#[case::undo_behind_a_product_begun_and_moved(
    "A: 1 | B: 2 3",
    product(0, 0),
    "<enter><alt-down><tab><tab><esc><ctrl-z><ctrl-z><ctrl-z>",
    "A: 1 | B: 2 3"
)]
#[case::move_down("A: 1 2 3", entry(0, 0), "<alt-down><alt-down>", "A: 2 3 1")]
#[case::move_down_across_sections("A: 1 | B: 2", entry(0, 0), "<alt-down>", "A: | B: 1 2")]
#[case::move_up_across_sections("A: 1 | B: 2 3", entry(1, 0), "<alt-up>", "A: 1 2 | B: 3")]
#[case::across_sections_and_back("A: 1 | B: 2", entry(1, 0), "<alt-up><alt-down>", "A: 1 | B: 2")]
#[case::the_first_stays("A: 1 | B: 2", entry(0, 0), "<alt-up>", "A: 1 | B: 2")]
#[case::move_a_section("A: 1 | B: 2 3 | C:", section(1), "<alt-up>", "B: 2 3 | A: 1 | C:")]
#[case::moves_are_undone("A: 1 | B: 2", entry(1, 0), "<alt-up><ctrl-z>", "A: 1 | B: 2")]
#[case::rename("A: 1", section(0), "<enter><alt-a>Calças 日本", "Calças 日本: 1")]
#[case::typing_on_a_section_renames_it("A: 1", section(0), "b", "Ab: 1")]
#[case::typing_on_a_product_edits_it("A: 1", entry(0, 0), "2", "A: 12")]
fn keys_change_a_catalog(
    #[case] before: &str,
    #[case] at: Focus,
    #[case] keys: &str,
    #[case] after: &str,
) {
    let mut desk = Desk::wuts(catalog(before));
    desk.go(at);
    desk.press(keys);
    assert_eq!(outline(&desk), after);
    desk.screen();
}

#[rstest]
#[case::rows_in_one_go(
    "",
    HEADING,
    "<enter>S<enter>Um<enter><enter>Dois 二<enter>e mais<enter><enter>",
    "S: um dois_二"
)]
#[case::move_across("A: x | B: y", entry(1, 0), "<alt-up>", "A: x y | B:")]
#[case::delete_and_undo("A: x y", entry(0, 0), "<del><ctrl-z>", "A: x y")]
#[case::from_id_to_title_to_description(
    "A: x",
    entry(0, 0),
    "<enter>!<enter>desc<enter><up>",
    "A: x"
)]
fn keys_change_a_list(
    #[case] before: &str,
    #[case] at: Focus,
    #[case] keys: &str,
    #[case] after: &str,
) {
    let mut desk = Desk::wuts(list(before));
    desk.go(at);
    desk.press(keys);
    assert_eq!(outline(&desk), after);
    desk.screen();
}

#[rstest]
#[case::lines(section(0), "111\n222\r\n333\n", "A: 1 111 222 333")]
#[case::commas(section(0), "111,222, 333", "A: 1 111 222 333")]
#[case::semicolons_and_spaces(entry(0, 0), "111; 222 333", "A: 1 111 222 333")]
#[case::in_a_products_text(product(0, 0), "111 222", "A: 1 111 222")]
#[case::one_id_into_a_products_text(product(0, 0), "23", "A: 123")]
#[case::one_id_on_a_section(section(0), "111\n", "A: 1 111")]
#[case::on_the_heading(HEADING, "111 222", "A: 1 111 222")]
fn a_pasted_block_becomes_products(#[case] at: Focus, #[case] block: &str, #[case] after: &str) {
    let mut desk = Desk::wuts(catalog("A: 1"));
    desk.go(at);
    desk.paste(block);
    assert_eq!(outline(&desk), after);
    desk.go(section(0));
    desk.press("<ctrl-z>");
    if after != "A: 123" {
        assert_eq!(outline(&desk), "A: 1", "a paste is one step");
    }
}

#[test]
fn a_block_needs_no_section_to_go_to() {
    let mut desk = Desk::wuts(catalog(""));
    desk.go(HEADING);
    desk.paste("1 2 3");
    assert_eq!(outline(&desk), ": 1 2 3");
}

#[test]
fn a_block_pasted_into_a_product_begun_is_undone_whole() {
    let mut desk = Desk::wuts(catalog("A: 1 2"));
    desk.go(product(0, 1));
    desk.press("<enter>").paste("7\n日本\n9");
    assert_eq!(outline(&desk), "A: 1 2 7 日本 9");
    desk.press("<ctrl-z><ctrl-z><ctrl-z>");
    assert_eq!(outline(&desk), "A: 1 2");
}

#[test]
fn a_pasted_line_without_an_id_gets_one_from_its_text() {
    let mut desk = Desk::wuts(list("A: row_2"));
    desk.go(section(0));
    desk.paste("chá\nx\tCafé\n日本\nmate");
    assert_eq!(outline(&desk), "A: row_2 chá x 日本 mate");
}

#[rstest]
#[case::as_in_files("Café ☕\nk2\tChá 茶\tverde\tou preto\n")]
#[case::as_terminals_paste_them("Café ☕\rk2\tChá 茶\tverde\tou preto\r")]
fn pasted_lines_become_rows(#[case] lines: &str) {
    let mut desk = Desk::wuts(list("A: x"));
    desk.go(section(0));
    desk.paste(lines);
    let Message::List(message) = &desk.app.draft().message else {
        unreachable!()
    };
    let rows = &message.sections[0].rows;
    assert_eq!(
        (rows[1].id.as_str(), rows[1].title.as_str()),
        ("café", "Café ☕")
    );
    assert_eq!(
        (rows[2].id.as_str(), rows[2].title.as_str()),
        ("k2", "Chá 茶")
    );
    assert_eq!(rows[2].description, "verde ou preto");
}

#[test]
fn duplicates_are_pointed_out_and_what_is_too_much_stays() {
    let mut desk = Desk::wuts(catalog("A: 1"));
    desk.go(section(0));
    let ids: Vec<String> = (1..=31).map(|id| id.to_string()).collect();
    desk.paste(&ids.join("\n"));
    assert_eq!(outline(&desk).split_whitespace().count(), 1 + 32);
    assert!(
        desk.screen()
            .contains("31 products added; 1 in this catalog is there twice")
    );
    let problems = &desk.app.findings.problems;
    let twice = problems
        .iter()
        .find(|problem| problem.field == Field::Section(0, SectionPart::Product(1)));
    assert_eq!(twice.unwrap().severity, Severity::Warning);
    let many = problems
        .iter()
        .find(|problem| problem.field == Field::Section(0, SectionPart::Products));
    assert_eq!(many.unwrap().limit, Some(30));
    // The two that are over the limit are marked, the others are not.
    let screen = desk.screen();
    assert!(screen.contains(" 30   29"), "{screen}");
    assert!(screen.contains("31 ✗ 30"), "{screen}");
    desk.go(section(0));
    assert!(desk.screen().contains("✗ 32/30"), "{}", desk.screen());
}

#[test]
fn a_folded_section_hides_its_products_but_not_their_problems() {
    let mut desk = Desk::wuts(catalog("A: 1 2 | B: 1 3"));
    desk.go(section(1));
    assert!(desk.screen().contains("▾   B"));
    desk.press("<left>");
    let screen = desk.screen();
    assert!(screen.contains("▸ ! B"), "{screen}");
    assert!(!screen.contains("  2   3"), "{screen}");
    // Going to the problem unfolds it.
    desk.press("<ctrl-home>");
    desk.go(Focus::Kind);
    while desk.app.focus != product(1, 0) {
        desk.press("<f8>");
    }
    assert!(desk.screen().contains("▾"));
    desk.press("<alt-z>");
    assert_eq!(desk.app.focus, section(1));
    assert!(!desk.screen().contains("▾   A"));
    desk.press("<alt-z>");
    assert!(desk.screen().contains("▾   A"));
}

#[test]
fn an_editor_goes_with_its_product() {
    let mut desk = Desk::wuts(catalog("A: 1 2 | B: 3"));
    desk.go(product(0, 1));
    desk.press("x<alt-down>y");
    assert_eq!(outline(&desk), "A: 1 | B: 2xy 3");
    // One after the other, wherever they were.
    desk.press("<ctrl-z>");
    assert_eq!(outline(&desk), "A: 1 | B: 2x 3");
    desk.press("<ctrl-z>");
    assert_eq!(outline(&desk), "A: 1 2x | B: 3");
    desk.press("<ctrl-z>");
    assert_eq!(outline(&desk), "A: 1 2 | B: 3");
    desk.press("<ctrl-y><ctrl-y><ctrl-y>");
    assert_eq!(outline(&desk), "A: 1 | B: 2xy 3");
}

#[test]
fn a_hundred_products_scroll_and_stay_where_they_are_looked_at() {
    let sections = (0..10).map(|section| {
        let products: Vec<String> = (0..10).map(|at| format!("{section}{at:02}")).collect();
        format!("S{section}: {}", products.join(" "))
    });
    let mut desk = Desk::new(
        catalog(&sections.collect::<Vec<_>>().join("|")),
        Profile::sandbox(GatewayKind::Wuts),
        80,
        24,
    );
    desk.go(section(0));
    for step in 1..=109 {
        desk.press("<down>");
        let screen = desk.screen();
        let (section, at) = (step / 11, step % 11);
        let wanted = if at == 0 {
            format!("S{section}")
        } else {
            format!("{section}{:02}", at - 1)
        };
        assert!(screen.contains(&wanted), "{step} {wanted}\n{screen}");
    }
    // Going up, the rows stay until the focus meets the edge.
    let before = desk.screen();
    desk.press("<up>");
    assert_eq!(before.lines().nth(5), desk.screen().lines().nth(5));
}

#[rstest]
#[case::catalog("catalog.toml")]
#[case::list("list.toml")]
#[case::poll("poll.toml")]
#[case::button_reply("button-reply.toml")]
#[case::list_reply("list-reply.toml")]
#[case::buttons("order.toml")]
#[case::text("text.toml")]
fn what_is_added_and_removed_is_undone(#[case] sample: &str) {
    let path = Path::new("assets/samples").join(sample);
    let draft = file::read(&path).unwrap();
    for (width, height) in [(100, 30), (50, 15)] {
        let mut desk = Desk::new(
            draft.clone(),
            Profile::sandbox(GatewayKind::Wuts),
            width,
            height,
        );
        for _ in 0..30 {
            desk.press("<tab>");
            if !matches!(desk.app.focus, Focus::Item(_)) {
                continue;
            }
            let before = desk.app.draft().clone();
            desk.press("<ins>");
            assert_ne!(desk.app.draft(), &before);
            desk.press("<esc><ctrl-z>");
            assert_eq!(desk.app.draft(), &before);
            desk.press("<del>");
            assert_ne!(desk.app.draft(), &before);
            desk.press("<ctrl-z>");
            assert_eq!(desk.app.draft(), &before);
            desk.screen();
        }
        for tab in ["<alt-2>", "<alt-3>", "<alt-4>", "<alt-1>"] {
            desk.press(tab);
            desk.screen();
        }
    }
}

/// Turning the ring of kinds once loses nothing.
#[rstest]
#[case::catalog("catalog.toml", "[Catalog]")]
#[case::list("list.toml", "[List]")]
#[case::poll("poll.toml", "[Poll]")]
#[case::button_reply("button-reply.toml", "[Button reply]")]
#[case::list_reply("list-reply.toml", "[List reply]")]
fn a_change_of_kind_and_back_loses_nothing(#[case] sample: &str, #[case] kind: &str) {
    let path = Path::new("assets/samples").join(sample);
    let draft = file::read(&path).unwrap();
    let mut desk = Desk::wuts(draft.clone());
    assert!(desk.screen().contains(kind));
    while desk.app.focus != Focus::Kind {
        desk.press("<shift-tab>");
    }
    for _ in Kind::ALL {
        desk.press("<right>");
        desk.screen();
    }
    assert_eq!(desk.app.draft(), &draft);
}

#[test]
fn a_rows_parts_are_written_one_after_the_other() {
    let mut desk = Desk::wuts(list(""));
    desk.go(HEADING);
    desk.press("<enter>Bebidas<enter>Café<enter>quente ☕<enter>Chá<enter>");
    let Message::List(message) = &desk.app.draft().message else {
        unreachable!()
    };
    let rows = &message.sections[0].rows;
    assert_eq!(rows[0].description, "quente ☕");
    assert_eq!(rows[1].title, "Chá");
    let at = Field::Section(0, SectionPart::Row(1, RowPart::Description));
    assert_eq!(desk.app.focus, Focus::Edit(at));
}
