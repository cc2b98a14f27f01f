//! What is pasted among products and rows: sheets, quoted cells, JSON; and what is dropped there.

use rstest::rstest;
use wacompose::message::outline::Item;
use wacompose::message::{Field, Message, RowPart, SectionPart};
use wacompose::tui::focus::{Focus, Heading};
use wacompose::tui::model::composer::pasted;

use crate::desk::{Desk, sample};

const SECTIONS: Focus = Focus::Heading(Heading::Sections);

#[rstest]
#[case::words("a b,c;d\ne\tx", "a|b|c|d|e")]
#[case::one("SKU-001", "SKU-001")]
#[case::a_sheet(
    "SKU-001\tBlue shirt\t10,00\nSKU-002\tRed shirt!\t12,00\n",
    "SKU-001|SKU-002"
)]
#[case::one_row("SKU 001\tCamisa 日本\t10,00", "SKU 001")]
#[case::as_windows_has_it("SKU 1\tx\r\nSKU 2\ty\r\n", "SKU 1|SKU 2")]
#[case::with_a_mark("\u{feff}1\tx\n2\ty", "1|2")]
#[case::with_empty_lines_and_cells("1\tx\n\n\tno id\n2\t\n", "1|2")]
#[case::with_a_heading("id\ttitle\nA\tx\nB\ty", "A|B")]
#[case::with_another_heading("Product_Retailer_ID\tprice\nA\t1,5", "A")]
#[case::a_heading_alone("id\ttitle", "id")]
#[case::quoted_in_a_sheet("\"SKU\n1\"\tx\n\"5\"\" pipe\"\ty", "SKU 1|5\" pipe")]
#[case::quoted("\"SKU 001\",\"SKU 002\"", "SKU 001|SKU 002")]
#[case::quoted_lines("\"SKU 001\"\n\"SKU 002\";\"茶 3\"\n", "SKU 001|SKU 002|茶 3")]
#[case::half_quoted("5\" a,\"b c", "5\"|a|\"b|c")]
#[case::json("[\"9876543210\", \"9876543211\"]", "9876543210|9876543211")]
#[case::json_numbers("[9876543210, 12]", "9876543210|12")]
#[case::a_comma_too_many("[\"A 1\", \"B 2\",]", "A 1|B 2")]
#[case::pythons("['A 1', 'B 2']", "A 1|B 2")]
#[case::without_brackets("\"A 1\", \"B 2\",", "A 1|B 2")]
#[case::metas(
    "[{\"product_retailer_id\":\"x 1\"},{\"product_retailer_id\":\"y 日\"}]",
    "x 1|y 日"
)]
#[case::metas_member("\"product_items\": [{\"product_retailer_id\": \"x\"}]", "x")]
#[case::metas_sections(
    "{\"sections\":[{\"title\":\"T\",\"product_items\":[{\"product_retailer_id\":\"x\"}]},{\"title\":\"U\",\"product_items\":[{\"product_retailer_id\":\"y\"}]}]}",
    "x|y"
)]
#[case::metas_piece(
    "{\"product_retailer_id\":\"x\"},\n{\"product_retailer_id\":\"y\"},",
    "x|y"
)]
#[case::wuts("{\"products\":[\"x\",\"y\"]}", "x|y")]
#[case::nothing(" \n ", "")]
fn products_are_found(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(pasted::products(text).join("|"), expected);
}

#[rstest]
#[case::titles("Chá\nCafé com leite", "-/Chá/ -/Café com leite/")]
#[case::two_cells("k1\tChá 茶", "k1/Chá 茶/")]
#[case::three_cells("k1\tChá\tverde\tou preto", "k1/Chá/verde ou preto")]
#[case::no_id("\tChá\tverde", "-/Chá/verde")]
#[case::a_heading("id\ttitle\tdescription\nk1\tChá\tverde", "k1/Chá/verde")]
#[case::quoted_cells("\"k1\",\"Chá, verde\",\"日本\"", "k1/Chá, verde/日本")]
#[case::quoted_title("\"Chá\"", "-/Chá/")]
#[case::a_title_with_commas("Chá, café", "-/Chá, café/")]
#[case::json("[\"Chá\", \"Café\"]", "-/Chá/ -/Café/")]
#[case::json_rows(
    "{\"sections\":[{\"title\":\"T\",\"rows\":[{\"id\":\"k1\",\"title\":\"Chá\",\"description\":\"verde\"},{\"rowId\":\"k2\",\"title\":\"茶\"}]}]}",
    "k1/Chá/verde k2/茶/"
)]
fn rows_are_found(#[case] text: &str, #[case] expected: &str) {
    let rows = pasted::rows(text);
    let shown = rows.iter().map(|row| {
        let id = row.id.as_deref().unwrap_or("-");
        format!("{id}/{}/{}", row.title, row.description)
    });
    assert_eq!(shown.collect::<Vec<_>>().join(" "), expected);
}

fn products(desk: &Desk) -> Vec<String> {
    match &desk.app.draft().message {
        Message::Catalog(catalog) => {
            let sections = catalog.sections.iter();
            sections
                .flat_map(|section| section.products.clone())
                .collect()
        }
        other => panic!("a {} has no products", other.kind()),
    }
}

#[test]
fn rows_of_a_sheet_become_a_product_each_and_doubles_are_pointed_out() {
    let mut desk = Desk::wuts(sample("catalog.toml"));
    desk.go(SECTIONS);
    let before = products(&desk);
    desk.paste("SKU-1\tBlue\t10,00\r\nSKU-2\tRed\t12,00\r\nSKU-1\tBlue\t9,00\r\n");
    assert!(
        desk.screen().contains("3 products added"),
        "{}",
        desk.screen()
    );
    assert!(desk.screen().contains("there twice"), "{}", desk.screen());
    let added = &products(&desk)[before.len()..];
    assert_eq!(added, ["SKU-1", "SKU-2", "SKU-1"]);
    desk.press("<ctrl-z>");
    assert_eq!(products(&desk), before, "one step");
}

#[test]
fn one_row_of_a_sheet_in_a_products_text_is_its_id() {
    let mut desk = Desk::wuts(sample("catalog.toml"));
    let product = Field::Section(0, SectionPart::Product(0));
    desk.go(Focus::Item(Item::Entry(0, 0)));
    desk.press("<enter><alt-a>")
        .paste("SKU 9\tCamisa 日本\t10,00");
    assert_eq!(desk.app.focus, Focus::Edit(product));
    assert_eq!(products(&desk)[0], "SKU 9");
}

#[rstest]
#[case::quoted("'/tmp/a b.jpg'", "/tmp/a b.jpg")]
#[case::address("file:///tmp/a%20%E6%97%A5.PNG", "/tmp/a 日.PNG")]
#[case::escaped("/tmp/a\\ b.webp ", "/tmp/a b.webp")]
#[case::of_windows("C:\\Users\\ana\\p.jpg", "C:\\Users\\ana\\p.jpg")]
#[case::of_windows_quoted("\"C:\\Users\\ana b\\p.jpg\"", "C:\\Users\\ana b\\p.jpg")]
#[case::of_a_share("\\\\server\\ana\\p.jpg", "\\\\server\\ana\\p.jpg")]
fn a_picture_that_is_dropped_on_the_sections_is_the_catalogs(
    #[case] dropped: &str,
    #[case] expected: &str,
) {
    let mut desk = Desk::wuts(sample("catalog.toml"));
    for place in [SECTIONS, Focus::Edit(Field::Thumbnail)] {
        desk.go(place);
        let before = products(&desk);
        desk.paste(dropped);
        let Message::Catalog(catalog) = &desk.app.draft().message else {
            panic!("it is a catalog");
        };
        assert_eq!(catalog.thumbnail, expected);
        assert_eq!(products(&desk), before);
        desk.press("<ctrl-z>");
    }
}

#[rstest]
#[case::no_picture("/tmp/list.txt")]
#[case::no_path("p.jpg")]
#[case::two("/tmp/a.jpg\n/tmp/b.jpg")]
#[case::an_address("https://shop.test/p.jpg")]
fn what_else_is_dropped_there_is_products(#[case] dropped: &str) {
    let mut desk = Desk::wuts(sample("catalog.toml"));
    desk.go(SECTIONS);
    let before = products(&desk).len();
    desk.paste(dropped);
    assert_eq!(products(&desk).len(), before + dropped.lines().count());
}

#[test]
fn a_picture_that_is_dropped_on_the_text_is_text() {
    let mut desk = Desk::wuts(sample("catalog.toml"));
    desk.go(Focus::TEXT);
    desk.paste("/tmp/日本.jpg");
    assert!(desk.app.draft().message.text().ends_with("/tmp/日本.jpg"));
}

// -------------------------------------------------------------------- by keys

#[rstest]
#[case::page_down("<pgdn>", 10)]
#[case::page_down_and_up("<pgdn><pgdn><pgup>", 10)]
#[case::end("<end>", 299)]
#[case::ctrl_end("<ctrl-end>", 299)]
fn three_hundred_products_are_gone_through_by_pages(#[case] keys: &str, #[case] at: usize) {
    let mut desk = Desk::wuts(many());
    let item = |at| Focus::Item(Item::Entry(0, at));
    desk.go(item(0)).press(keys);
    assert_eq!(desk.app.focus, item(at));
    desk.press("<home>");
    assert_eq!(desk.app.focus, Focus::Item(Item::Section(0)));
}

#[test]
fn in_a_products_text_they_go_to_the_same_text_of_another() {
    let mut desk = Desk::wuts(many());
    let product = |at| Focus::Edit(Field::Section(0, SectionPart::Product(at)));
    desk.go(Focus::Item(Item::Entry(0, 0))).press("<enter>");
    assert_eq!(desk.app.focus, product(0));
    for (keys, at) in [
        ("<pgdn>", 10),
        ("<ctrl-end>", 299),
        ("<pgup>", 289),
        ("<ctrl-home>", 0),
    ] {
        desk.press(keys);
        assert_eq!(desk.app.focus, product(at), "after {keys}");
    }
    desk.press("<home>x");
    assert_eq!(products(&desk)[0], "x0", "Home moves in the line");
}

#[test]
fn in_a_rows_title_they_stay_in_the_titles() {
    let mut desk = Desk::wuts(sample("list.toml"));
    let title = |section, at| Field::Section(section, SectionPart::Row(at, RowPart::Title));
    desk.go(Focus::Edit(title(0, 0)));
    desk.press("<ctrl-end>");
    assert!(
        matches!(
            desk.app.focus,
            Focus::Edit(Field::Section(section, SectionPart::Row(at, RowPart::Title))) if section + at > 0
        ),
        "{:?}",
        desk.app.focus
    );
    desk.press("<ctrl-home>");
    assert_eq!(desk.app.focus, Focus::Edit(title(0, 0)));
}

fn many() -> wacompose::message::Draft {
    let mut draft = sample("catalog.toml");
    if let Message::Catalog(catalog) = &mut draft.message {
        catalog.sections.truncate(1);
        catalog.sections[0].products = (0..300).map(|id| id.to_string()).collect();
    }
    draft
}
