//! Which fields stand in which table of a message file, and in which order. What each is, is in
//! [`crate::message::spec`]; the reader, the writer and the schema go by both.

use std::collections::BTreeSet;
use std::slice::from_ref;

use crate::message::spec::Spec;
use crate::message::{Field, Kind, SelectedPart};

/// The fields of a message's own table in the order in which they are written: those of one kind, or
/// of all.
pub(super) fn of_message(kind: Option<Kind>) -> Vec<Field> {
    let kinds = kind.as_ref().map_or(Kind::ALL, from_ref);
    let texts = kinds.iter().flat_map(|kind| kind.texts());
    // In the order of the form; a reply's texts stand in a table of their own.
    let texts: BTreeSet<Field> = texts
        .map(|&field| match field {
            Field::Selected(_) => Field::Selection,
            field => field,
        })
        .collect();
    let options = [
        Field::Quote,
        Field::LinkPreview,
        Field::Delay,
        Field::Typing,
    ];
    let numbers = kinds.iter().flat_map(|kind| kind.numbers()).copied();
    let tables = kinds.iter().flat_map(|kind| kind.tables()).copied();
    let numbers = numbers.chain(tables);
    let items = kinds.iter().filter_map(|kind| kind.items());
    // A poll's options are an array of texts, which is written before the tables.
    let (plain, tables): (BTreeSet<Field>, BTreeSet<Field>) =
        items.partition(|&items| items == Field::Options);
    let texts: BTreeSet<Field> = texts.into_iter().chain(plain).chain(numbers).collect();
    let fields = [Field::Kind, Field::To].into_iter().chain(texts);
    fields.chain(options).chain(tables).collect()
}

/// What a reply of this kind selects, by its parts.
pub(super) fn selected(kind: Kind) -> Vec<SelectedPart> {
    let parts = kind.texts().iter().filter_map(|field| match field {
        Field::Selected(part) => Some(*part),
        _ => None,
    });
    parts.collect()
}

/// The keys of some parts.
pub(super) fn names<P: Copy>(parts: &[P], spec: fn(P) -> Spec) -> Vec<&'static str> {
    parts.iter().map(|&part| spec(part).key).collect()
}
