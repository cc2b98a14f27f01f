//! What is wrong with the sections of a catalog or a list, but for their number and lengths.

use std::collections::HashMap;

use super::{Problem, Subject, is_blank};
use crate::message::recipient::Recipient;
use crate::message::{Catalog, Field, List, Row, RowPart, SectionPart};

/// A catalog may have no section at all: where that is one too few, the gateway says so.
pub(super) fn check_catalog(catalog: &Catalog, subject: &Subject<'_>, problems: &mut Vec<Problem>) {
    if subject.is_known(Field::BusinessOwner) {
        check_owner(&catalog.business_owner, problems);
    }
    let check_product_id = |field, id: &str, problems: &mut Vec<Problem>| {
        if subject.is_known(field) {
            check_product_id(field, id, problems);
        }
    };
    check_product_id(Field::HeaderProduct, &catalog.header_product, problems);
    let titles = catalog.sections.iter().map(|section| &section.title);
    check_titles(titles, problems);
    let mut seen = HashMap::new();
    for (index, section) in catalog.sections.iter().enumerate() {
        if section.products.is_empty() {
            problems.push(Problem::error(
                Field::Section(index, SectionPart::Products),
                "the section is empty: add a product, or remove the section",
            ));
        }
        for (at, id) in section.products.iter().enumerate() {
            let field = Field::Section(index, SectionPart::Product(at));
            if is_blank(id) {
                problems.push(Problem::error(
                    field,
                    "the product's id is empty: write it, or remove the product",
                ));
                continue;
            }
            check_product_id(field, id, problems);
            let first = *seen.entry(id.trim()).or_insert((index, at));
            if first != (index, at) {
                problems.push(Problem::warning(
                    field,
                    format!(
                        "the same product as {} ({}): it would be shown twice, remove one",
                        place(first, index, "product"),
                        Field::Section(first.0, SectionPart::Product(first.1)),
                    ),
                ));
            }
        }
    }
}

pub(super) fn check_list(list: &List, problems: &mut Vec<Problem>) {
    if is_blank(&list.button) {
        problems.push(Problem::error(
            Field::MenuButton,
            "the button has no text: write the label of the one that opens the list",
        ));
    }
    if list.sections.is_empty() {
        problems.push(Problem::error(
            Field::Sections,
            "there is no section: add at least one, with a row in it",
        ));
    }
    check_titles(list.sections.iter().map(|section| &section.title), problems);
    let mut seen = HashMap::new();
    for (index, section) in list.sections.iter().enumerate() {
        if section.rows.is_empty() {
            problems.push(Problem::error(
                Field::Section(index, SectionPart::Rows),
                "the section is empty: add a row, or remove the section",
            ));
        }
        for (at, row) in section.rows.iter().enumerate() {
            check_row((index, at), row, &mut seen, problems);
        }
    }
}

/// The first row with each id, by its section and its place there.
type First<'a> = HashMap<&'a str, (usize, usize)>;

fn check_row<'a>(
    (index, at): (usize, usize),
    row: &'a Row,
    seen: &mut First<'a>,
    problems: &mut Vec<Problem>,
) {
    let field = |part| Field::Section(index, SectionPart::Row(at, part));
    if is_blank(&row.title) {
        problems.push(Problem::error(
            field(RowPart::Title),
            "the row has no title: write what is picked",
        ));
    }
    let id = field(RowPart::Id);
    if is_blank(&row.id) {
        problems.push(Problem::error(
            id,
            "the id is empty: it is what comes back when the row is picked",
        ));
        return;
    }
    let first = *seen.entry(row.id.as_str()).or_insert((index, at));
    if first != (index, at) {
        problems.push(Problem::error(
            id,
            format!(
                "{} ({}) has the same id: give each its own, so that answers tell them apart",
                place(first, index, "row"),
                Field::Section(first.0, SectionPart::Row(first.1, RowPart::Id)),
            ),
        ));
    }
    if row.id.trim() != row.id {
        problems.push(Problem::warning(
            id,
            "the id begins or ends with white space, which comes back with it",
        ));
    }
}

/// `product 2`, or `product 2 of section 1` where that is another one.
fn place((section, at): (usize, usize), here: usize, item: &str) -> String {
    if section == here {
        format!("{item} {}", at + 1)
    } else {
        format!("{item} {} of section {}", at + 1, section + 1)
    }
}

/// One section alone needs no title.
fn check_titles<'a>(
    titles: impl ExactSizeIterator<Item = &'a String>,
    problems: &mut Vec<Problem>,
) {
    if titles.len() < 2 {
        return;
    }
    for (index, title) in titles.enumerate() {
        if is_blank(title) {
            problems.push(Problem::error(
                Field::Section(index, SectionPart::Title),
                "the section has no title: where there are several, each needs one",
            ));
        }
    }
}

fn check_product_id(field: Field, id: &str, problems: &mut Vec<Problem>) {
    if id.contains(char::is_whitespace) {
        problems.push(Problem::warning(
            field,
            "white space in a product's id: write each product on its own, as the catalog has it",
        ));
    }
}

fn check_owner(owner: &str, problems: &mut Vec<Problem>) {
    if is_blank(owner) {
        return;
    }
    let wrong = match owner.parse() {
        Ok(Recipient::User(_) | Recipient::Lid(_)) => return,
        Ok(other) => format!(
            "this is the address of a {}: a catalog belongs to a business, write its phone number",
            other.kind()
        ),
        Err(error) => error.to_string(),
    };
    problems.push(Problem::error(Field::BusinessOwner, wrong));
}
