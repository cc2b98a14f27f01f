//! What fields are called on the screen: as people count, with the path of message files behind it.

use std::collections::BTreeSet;

use rstest::rstest;
use wacompose::config::Profile;
use wacompose::gateway::GatewayKind;
use wacompose::message::{
    ActionKind, ButtonPart, Draft, Field, Message, QuotePart, RowPart, SectionPart, SelectedPart,
};
use wacompose::tui::name;

use crate::desk::{Desk, LOOK, order, sample};

#[rstest]
#[case::text(Field::Text, "Text", None)]
#[case::owner(Field::BusinessOwner, "Owner", Some("business_owner"))]
#[case::button(
    Field::Button(0, ButtonPart::Text),
    "Button 1 · text",
    Some("buttons[0].text")
)]
#[case::code(
    Field::Button(2, ButtonPart::Value(ActionKind::Copy)),
    "Button 3 · code",
    Some("buttons[2].code")
)]
#[case::products(
    Field::Section(1, SectionPart::Products),
    "Section 2 · products",
    Some("sections[1].products")
)]
#[case::product(
    Field::Section(0, SectionPart::Product(2)),
    "Section 1 · product 3",
    Some("sections[0].products[2]")
)]
#[case::row(
    Field::Section(0, SectionPart::Row(9, RowPart::Title)),
    "Section 1 · row 10 · title",
    Some("sections[0].rows[9].title")
)]
#[case::all_rows(Field::Rows, "Sections · rows", Some("sections[*].rows"))]
#[case::quote(Field::QuotePart(QuotePart::Id), "Quote · id", Some("quote.id"))]
#[case::selected(
    Field::Selected(SelectedPart::Text),
    "Selected · text",
    Some("selected.text")
)]
#[case::links(Field::LinkPreview, "Links", Some("link_preview"))]
fn a_field_has_a_name_for_people(
    #[case] field: Field,
    #[case] expected: &str,
    #[case] path: Option<&str>,
) {
    assert_eq!(name::of(field), expected);
    assert_eq!(name::path(field).as_deref(), path);
}

/// The rows of a screen, one after the other.
fn joined(screen: &str) -> String {
    screen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A catalog with two products that are the same.
fn doubled() -> Draft {
    let mut draft = sample("catalog.toml");
    if let Message::Catalog(catalog) = &mut draft.message {
        catalog.sections[0].products = vec!["日本".to_owned(); 2];
    }
    draft
}

fn long_button() -> Draft {
    let mut draft = order();
    if let Message::Buttons(buttons) = &mut draft.message {
        buttons.buttons[1].text = "日本 👩‍👩‍👧".repeat(9);
    }
    draft
}

#[rstest]
#[case::button(long_button(), "Button 2 · text", "buttons[1].text")]
#[case::product(doubled(), "Section 1 · product 2", "sections[0].products[1]")]
fn problems_have_both(#[case] draft: Draft, #[case] expected: &str, #[case] path: &str) {
    for (width, height) in [(50, 15), (80, 24), (120, 40)] {
        let mut desk = Desk::new(
            draft.clone(),
            Profile::sandbox(GatewayKind::Wuts),
            width,
            height,
        );
        desk.press("<alt-3>");
        let screen = desk.screen();
        let at = screen.find(expected).unwrap();
        assert!(screen[at..].contains(path), "{screen}");
    }
}

#[test]
fn the_box_has_the_name_alone() {
    let mut desk = Desk::wuts(long_button());
    desk.press("<f5>").wait(LOOK);
    let screen = joined(&desk.screen());
    assert!(screen.contains("Button 2 · text: "), "{screen}");
    assert!(!screen.contains("buttons[1]"), "{screen}");
}

/// What would be wrong on another gateway is named as what is wrong on this one.
#[test]
fn gateways_have_both() {
    let mut desk = Desk::new(long_button(), Profile::sandbox(GatewayKind::Wuts), 120, 40);
    desk.press("<alt-5>");
    let screen = desk.screen();
    assert!(
        screen.contains("Button 2 · text  buttons[1].text"),
        "{screen}"
    );
}

/// No two fields of a draft are called the same.
#[test]
fn names_are_different() {
    let fields = [
        Field::Text,
        Field::Title,
        Field::MenuButton,
        Field::Buttons,
        Field::HeaderProduct,
        Field::Products,
        Field::Rows,
        Field::Quote,
        Field::Selection,
        Field::Section(0, SectionPart::Products),
        Field::Section(0, SectionPart::Product(0)),
        Field::Section(0, SectionPart::Rows),
        Field::Section(0, SectionPart::Row(0, RowPart::Id)),
    ];
    let names: BTreeSet<String> = fields.into_iter().map(name::of).collect();
    assert_eq!(names.len(), fields.len());
}
