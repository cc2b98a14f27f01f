//! What is wrong with catalogs, lists and replies: each rule, at its field, with its words.

use std::collections::BTreeMap;

use rstest::rstest;
use wacompose::message::check::{Problem, check, counter};
use wacompose::message::duplicate::as_text;
use wacompose::message::limits::{Limit, LimitKey, Limits, Standing, Unit};
use wacompose::message::variables::{fill, variables};
use wacompose::message::{
    ButtonReply, Catalog, Draft, Field, Kind, List, ListReply, Message, ProductSection, Quote,
    QuotePart, Row, RowPart, RowSection, SectionPart, SelectedButton, SelectedPart, SelectedRow,
    Thumbnail,
};

fn limits() -> Limits {
    let page = "the docs";
    Limits::new([
        Limit::documented(LimitKey::Title, 60, Unit::Scalars, page),
        Limit::documented(LimitKey::MenuButton, 20, Unit::Utf16, page),
        Limit::documented(LimitKey::Sections, 10, Unit::Items, page),
        Limit::documented(LimitKey::SectionTitle, 24, Unit::Scalars, page),
        Limit::documented(LimitKey::SectionProducts, 30, Unit::Items, page),
        Limit::documented(LimitKey::Products, 100, Unit::Items, page),
        Limit::assumed(LimitKey::ProductId, 100, Unit::Scalars, "as elsewhere"),
        Limit::documented(LimitKey::SectionRows, 8, Unit::Items, page),
        Limit::documented(LimitKey::Rows, 10, Unit::Items, page),
        Limit::documented(LimitKey::RowId, 200, Unit::Scalars, page),
        Limit::documented(LimitKey::RowTitle, 24, Unit::Utf16, page),
        Limit::documented(LimitKey::RowDescription, 72, Unit::Scalars, page),
    ])
}

/// A catalog with so many products in its sections, each another one.
fn catalog(counts: &[usize]) -> Draft {
    let section = |(index, count): (usize, &usize)| ProductSection {
        title: format!("Seção {index} 👕"),
        products: (0..*count).map(|at| format!("98{index}-{at}")).collect(),
    };
    let message = Catalog {
        title: "Catálogo de verão".to_owned(),
        text: "日本語 👩‍👩‍👧 e\u{301} שלום".to_owned(),
        button: "Ver produtos".to_owned(),
        business_owner: "+55 11 98888-7777".to_owned(),
        sections: counts.iter().enumerate().map(section).collect(),
        ..Catalog::default()
    };
    draft(Message::Catalog(message))
}

/// A list with so many rows in its sections, each another one.
fn list(counts: &[usize]) -> Draft {
    let section = |(index, count): (usize, &usize)| RowSection {
        title: format!("קטע {index}"),
        rows: (0..*count)
            .map(|at| Row {
                id: format!("{index}-{at}"),
                title: format!("行 {at}"),
                description: String::new(),
            })
            .collect(),
    };
    let message = List {
        text: "Pick *one* 👇".to_owned(),
        button: "View".to_owned(),
        sections: counts.iter().enumerate().map(section).collect(),
        ..List::default()
    };
    draft(Message::List(message))
}

fn button_reply() -> Draft {
    let selected = SelectedButton {
        id: "yes".to_owned(),
        text: "はい 👍".to_owned(),
    };
    quoting(Message::ButtonReply(ButtonReply { selected }))
}

fn list_reply() -> Draft {
    let selected = SelectedRow {
        id: "tea".to_owned(),
        text: "תה".to_owned(),
        description: String::new(),
    };
    quoting(Message::ListReply(ListReply { selected }))
}

fn draft(message: Message) -> Draft {
    Draft {
        to: "+55 11 99999-9999".to_owned(),
        message,
        ..Draft::default()
    }
}

fn quoting(message: Message) -> Draft {
    let quote = Quote {
        id: "3EB0".to_owned(),
        participant: "5511999999999@s.whatsapp.net".to_owned(),
        body: String::new(),
    };
    Draft {
        quote: Some(quote),
        ..draft(message)
    }
}

/// The draft with a text at a place that it has.
fn with(mut draft: Draft, field: Field, text: &str) -> Draft {
    let place = draft.text_at_mut(field);
    assert!(place.is_some(), "{field}");
    if let Some(place) = place {
        text.clone_into(place);
    }
    draft
}

fn said(draft: &Draft) -> Vec<String> {
    let line = |problem: &Problem| {
        let Problem {
            severity,
            field,
            message,
            ..
        } = problem;
        format!("{severity} {field}: {message}")
    };
    check(draft, &limits()).iter().map(line).collect()
}

const fn product(section: usize, at: usize) -> Field {
    Field::Section(section, SectionPart::Product(at))
}

const fn row(section: usize, at: usize, part: RowPart) -> Field {
    Field::Section(section, SectionPart::Row(at, part))
}

const FIRST_TITLE: Field = Field::Section(0, SectionPart::Title);
const SECOND_TITLE: Field = Field::Section(1, SectionPart::Title);
const PARTICIPANT: Field = Field::QuotePart(QuotePart::Participant);

#[rstest]
#[case::catalog(catalog(&[2, 1]))]
#[case::whole_catalog(catalog(&[]))]
#[case::most_products(catalog(&[30, 30, 30, 10]))]
#[case::most_sections(catalog(&[1; 10]))]
#[case::one_section_without_title(with(catalog(&[1]), FIRST_TITLE, ""))]
#[case::hidden_owner(with(catalog(&[1]), Field::BusinessOwner, "123456789012345@lid"))]
#[case::no_owner(with(catalog(&[1]), Field::BusinessOwner, ""))]
#[case::most_rows(list(&[8, 2]))]
#[case::same_titles(with(list(&[2]), row(0, 1, RowPart::Title), "行 0"))]
#[case::id_of_words(with(list(&[1]), row(0, 0, RowPart::Id), "two words"))]
#[case::button_reply(button_reply())]
#[case::list_reply(list_reply())]
#[case::participant_as_a_number(with(list_reply(), PARTICIPANT, "+55 11 99999-9999"))]
fn nothing_is_wrong(#[case] draft: Draft) {
    assert_eq!(said(&draft), [""; 0]);
}

#[rstest]
#[case::catalog_without_text(
    with(catalog(&[1]), Field::Text, " "),
    "error text: the text is empty: every message needs one"
)]
#[case::title_of_lines(
    with(catalog(&[1]), Field::Title, "é\n👕"),
    "error title: a title is one line: a line break, U+000A, is at character 2"
)]
#[case::variable(
    with(catalog(&[1]), Field::HeaderProduct, "{{товар}}"),
    "error header_product: the variable {{товар}} is not filled in"
)]
#[case::group_as_owner(
    with(catalog(&[1]), Field::BusinessOwner, "120363039000000000@g.us"),
    "error business_owner: this is the address of a group: a catalog belongs to a business, write its phone number"
)]
#[case::unreadable_owner(
    with(catalog(&[1]), Field::BusinessOwner, "店"),
    "error business_owner: “店” is not part of a phone number: write digits with the country code, or an address such as 120363039000000000@g.us"
)]
#[case::header_product_of_words(
    with(catalog(&[1]), Field::HeaderProduct, "98 76"),
    "warning header_product: white space in a product's id: write each product on its own, as the catalog has it"
)]
#[case::empty_section(
    catalog(&[1, 0]),
    "error sections[1].products: the section is empty: add a product, or remove the section"
)]
#[case::section_without_title_beside_another(
    with(catalog(&[1, 1]), SECOND_TITLE, "\u{3000}"),
    "error sections[1].title: the section has no title: where there are several, each needs one"
)]
#[case::empty_product(
    with(catalog(&[1, 2]), product(1, 1), ""),
    "error sections[1].products[1]: the product's id is empty: write it, or remove the product"
)]
#[case::product_with_spaces(
    with(catalog(&[1]), product(0, 0), " 9876"),
    "warning sections[0].products[0]: white space in a product's id: write each product on its own, as the catalog has it"
)]
#[case::same_product(
    with(catalog(&[3]), product(0, 2), "980-1"),
    "warning sections[0].products[2]: the same product as product 2 (sections[0].products[1]): it would be shown twice, remove one"
)]
#[case::same_product_in_another_section(
    with(catalog(&[1, 1]), product(1, 0), "980-0"),
    "warning sections[1].products[0]: the same product as product 1 of section 1 (sections[0].products[0]): it would be shown twice, remove one"
)]
#[case::eleven_sections(catalog(&[1; 11]), "error sections: 11 sections, at most 10")]
#[case::thirty_one_products(
    catalog(&[1, 31]),
    "error sections[1].products: 31 products, at most 30"
)]
#[case::hundred_and_one_products(
    catalog(&[30, 30, 30, 11]),
    "error sections[*].products: 101 products, at most 100"
)]
#[case::long_section_title(
    with(catalog(&[1]), FIRST_TITLE, &"漢".repeat(25)),
    "error sections[0].title: 25 characters, at most 24"
)]
#[case::long_product(
    with(catalog(&[1]), product(0, 0), &"é".repeat(101)),
    "warning sections[0].products[0]: 101 characters, at most 100; this limit is assumed (as elsewhere)"
)]
#[case::list_without_button(
    with(list(&[1]), Field::MenuButton, ""),
    "error button: the button has no text: write the label of the one that opens the list"
)]
#[case::long_button(
    with(list(&[1]), Field::MenuButton, &"👍".repeat(11)),
    "error button: 22 UTF-16 code units, at most 20"
)]
#[case::list_without_section(
    list(&[]),
    "error sections: there is no section: add at least one, with a row in it"
)]
#[case::section_without_rows(
    list(&[0]),
    "error sections[0].rows: the section is empty: add a row, or remove the section"
)]
#[case::row_without_title(
    with(list(&[1]), row(0, 0, RowPart::Title), " "),
    "error sections[0].rows[0].title: the row has no title: write what is picked"
)]
#[case::row_without_id(
    with(list(&[1]), row(0, 0, RowPart::Id), ""),
    "error sections[0].rows[0].id: the id is empty: it is what comes back when the row is picked"
)]
#[case::row_id_with_a_space(
    with(list(&[1]), row(0, 0, RowPart::Id), "a "),
    "warning sections[0].rows[0].id: the id begins or ends with white space, which comes back with it"
)]
#[case::same_id_in_another_section(
    with(list(&[2, 1]), row(1, 0, RowPart::Id), "0-1"),
    "error sections[1].rows[0].id: row 2 of section 1 (sections[0].rows[1].id) has the same id: give each its own, so that answers tell them apart"
)]
#[case::nine_rows(list(&[9]), "error sections[0].rows: 9 rows, at most 8")]
#[case::eleven_rows(list(&[8, 3]), "error sections[*].rows: 11 rows, at most 10")]
#[case::long_row_title(
    with(list(&[1]), row(0, 0, RowPart::Title), &"👩‍👩‍👧".repeat(4)),
    "error sections[0].rows[0].title: 32 UTF-16 code units, at most 24"
)]
#[case::description_of_lines(
    with(list(&[1]), row(0, 0, RowPart::Description), "שחור\nירוק"),
    "error sections[0].rows[0].description: a row's description is one line: a line break, U+000A, is at character 5"
)]
#[case::reply_without_id(
    with(button_reply(), Field::Selected(SelectedPart::Id), ""),
    "error selected.id: the button's id is empty: write the id that it has in the quoted message"
)]
#[case::reply_without_text(
    with(list_reply(), Field::Selected(SelectedPart::Text), "\t"),
    "error selected.text: the control character U+0009 at character 1 cannot be sent: remove it"
)]
#[case::reply_of_a_blank(
    with(list_reply(), Field::Selected(SelectedPart::Text), " "),
    "error selected.text: the row's text is empty: write its label"
)]
#[case::reply_without_quote(
    Draft { quote: None, ..button_reply() },
    "error quote: a reply quotes the message that it answers: write the quote's id and participant"
)]
#[case::reply_without_participant(
    with(button_reply(), PARTICIPANT, ""),
    "error quote.participant: a reply needs to know who wrote the quoted message: write their address, such as 5511999999999@s.whatsapp.net"
)]
#[case::reply_to_an_unreadable_participant(
    with(list_reply(), PARTICIPANT, "1@c.us"),
    "error quote.participant: a phone number has 7 to 15 digits with its country code, this one 1"
)]
fn a_rule_is_broken(#[case] draft: Draft, #[case] problem: &str) {
    assert_eq!(said(&draft).first().map(String::as_str), Some(problem));
}

#[rstest]
#[case::sections(catalog(&[1; 9]), Field::Sections, 9, Standing::Within)]
#[case::too_many_sections(list(&[1; 11]), Field::Sections, 11, Standing::Over)]
#[case::products(catalog(&[30, 3]), Field::Products, 33, Standing::Within)]
#[case::section(catalog(&[30, 3]), Field::Section(1, SectionPart::Products), 3, Standing::Within)]
#[case::rows(list(&[8, 3]), Field::Rows, 11, Standing::Over)]
#[case::section_of_rows(list(&[8, 3]), Field::Section(0, SectionPart::Rows), 8, Standing::Within)]
#[case::section_title(catalog(&[1]), FIRST_TITLE, 9, Standing::Within)]
fn a_place_is_counted(
    #[case] draft: Draft,
    #[case] field: Field,
    #[case] actual: usize,
    #[case] standing: Standing,
) {
    let counted = counter(&draft, field, &limits());
    let counted = counted.map(|count| (count.actual, count.standing));
    assert_eq!(counted, Some((actual, standing)));
}

#[rstest]
#[case::rows_of_a_catalog(catalog(&[1]), Field::Rows)]
#[case::products_of_a_list(list(&[1]), Field::Products)]
#[case::no_such_section(catalog(&[1]), Field::Section(1, SectionPart::Products))]
#[case::no_such_row(list(&[1]), row(0, 1, RowPart::Id))]
#[case::description_of_a_button(button_reply(), Field::Selected(SelectedPart::Description))]
fn a_place_that_is_not_there_is_not_counted(#[case] draft: Draft, #[case] field: Field) {
    assert_eq!(counter(&draft, field, &limits()), None);
    assert_eq!(draft.text_at(field), None);
}

#[test]
fn every_text_of_every_kind_can_be_changed() {
    for &kind in Kind::ALL {
        let mut draft = match kind {
            Kind::Catalog => catalog(&[2, 1]),
            Kind::List => list(&[2, 1]),
            _ => quoting(kind.empty()),
        };
        let fields = draft.text_fields();
        assert!(fields.is_sorted(), "{kind}");
        for &field in &fields {
            draft = with(draft, field, &format!("{{{{{field}}}}} é"));
        }
        for &field in &fields {
            let text = format!("{{{{{field}}}}} é");
            assert_eq!(draft.text_at(field), Some(text.as_str()), "{kind}");
        }
        let values = BTreeMap::from([("to".to_owned(), "שלום".to_owned())]);
        fill(&mut draft, &values);
        assert_eq!(draft.to, "שלום é");
        // the brackets of a place are no part of a variable's name
        let named = fields
            .iter()
            .filter(|field| !field.to_string().contains('['));
        assert_eq!(variables(&draft).len(), named.count() - 1, "{kind}");
    }
}

#[rstest]
#[case::list(
    with(list(&[2, 1]), row(0, 1, RowPart::Description), "Freshly  \n brewed"),
    "Pick *one* 👇\n\n*קטע 0*\n1 - 行 0\n2 - 行 1: Freshly brewed\n\n*קטע 1*\n3 - 行 0"
)]
#[case::title_and_footer(
    with(with(list(&[1]), Field::Title, "Menu"), Field::Footer, "Loja _WUTS_"),
    "*Menu*\nPick *one* 👇\n\n*קטע 0*\n1 - 行 0\nLoja _WUTS_"
)]
#[case::nothing_but_rows(
    with(with(list(&[1]), Field::Text, ""), FIRST_TITLE, ""),
    "1 - 行 0"
)]
fn a_list_becomes_numbered_text(#[case] draft: Draft, #[case] text: &str) {
    let numbered = as_text(&draft);
    assert_eq!(
        numbered.as_ref().map(|draft| draft.message.text()),
        Some(text)
    );
    assert_eq!(numbered.map(|numbered| numbered.to), Some(draft.to));
}

#[rstest]
#[case::catalog(catalog(&[1]))]
#[case::button_reply(button_reply())]
#[case::list_reply(list_reply())]
fn what_has_no_choices_becomes_no_text(#[case] draft: Draft) {
    assert_eq!(as_text(&draft), None);
}

#[rstest]
#[case::none(" ", None)]
#[case::file("camiseta 👕.jpg", Some(Thumbnail::File("camiseta 👕.jpg")))]
#[case::address("HTTPS://例え.jp/a.jpg", Some(Thumbnail::Url("HTTPS://例え.jp/a.jpg")))]
#[case::almost_an_address("https:/é", Some(Thumbnail::File("https:/é")))]
#[case::jpeg("data:image/jpeg;base64,AAAA", Some(Thumbnail::Jpeg("AAAA")))]
#[case::other_picture(
    "data:image/png;base64,AAAA",
    Some(Thumbnail::File("data:image/png;base64,AAAA"))
)]
fn a_thumbnail_names(#[case] text: &str, #[case] expected: Option<Thumbnail<'_>>) {
    assert_eq!(Thumbnail::of(text), expected);
}
