//! What a template has besides its texts: the file or place of its header, its values and its buttons.

use strum::VariantArray as _;

use super::values::{Reader, Table, list};
use crate::message::file::keys;
use crate::message::file::place::quote;
use crate::message::file::tree::{Entry, Value, table};
use crate::message::spec::Spec;
use crate::message::{
    ButtonPart, Field, Filling, HeaderMedia, HeaderPlace, MediaKind, MediaPart, PlacePart,
    Template, TemplateButton, TemplateHeader, TemplateValue,
};

/// The degrees that a place can have at the most, on either side.
pub(in crate::message::file) const MOST_DEGREES: u32 = 180;

impl Reader {
    /// Fills in what stands in tables of its own.
    pub(super) fn template(&mut self, message: &mut Template, table: Table<'_>) {
        self.one_header(table);
        if let Some(media) = self.header_media(table) {
            message.header = TemplateHeader::Media(media);
        }
        if let Some(place) = self.header_place(table) {
            message.header = TemplateHeader::Place(place);
        }
        message.values = self.template_values(table);
        let buttons = Field::Buttons.spec().key;
        message.buttons = self.tables(table, buttons, "button", Self::template_button);
    }

    /// A header is one thing.
    fn one_header(&mut self, table: Table<'_>) {
        let keys = [Field::Header, Field::HeaderMedia, Field::HeaderPlace];
        let mut found = keys
            .iter()
            .filter_map(|field| table.entry(field.spec().key));
        let first = found.next();
        let others: Vec<&Entry> = found.collect();
        for entry in others {
            let first = first.map_or("", |first| first.key.as_str());
            let message = format!(
                "{} and {} are two headers: a template has one",
                quote(&entry.key),
                quote(first)
            );
            self.issue(entry.at, &entry.key, &message);
        }
    }

    fn header_media(&mut self, table: Table<'_>) -> Option<HeaderMedia> {
        let key = Field::HeaderMedia.spec().key;
        let table = self.table(key, &table.entry(key)?.node)?;
        self.known_keys(table, &keys::names(MediaPart::VARIANTS, MediaPart::spec));
        Some(HeaderMedia {
            kind: self.media_kind(table).unwrap_or_default(),
            url: self.text(table, MediaPart::Url.spec()),
            name: self.text(table, MediaPart::Name.spec()),
        })
    }

    fn media_kind(&mut self, table: Table<'_>) -> Option<MediaKind> {
        let key = MediaPart::Kind.spec().key;
        let known: Vec<&str> = MediaKind::VARIANTS.iter().map(|kind| kind.name()).collect();
        let Some(entry) = table.entry(key) else {
            self.missing(table, key, &format!("one of {}", list(&known)));
            return None;
        };
        let name = self.string(table, entry)?;
        let kind = name.parse().ok();
        if kind.is_none() {
            self.unknown_word(entry, &table.path_of(key), "kind of file", name, &known);
        }
        kind
    }

    fn header_place(&mut self, table: Table<'_>) -> Option<HeaderPlace> {
        let key = Field::HeaderPlace.spec().key;
        let table = self.table(key, &table.entry(key)?.node)?;
        self.known_keys(table, &keys::names(PlacePart::VARIANTS, PlacePart::spec));
        Some(HeaderPlace {
            latitude: self.degrees(table, PlacePart::Latitude.spec()),
            longitude: self.degrees(table, PlacePart::Longitude.spec()),
            name: self.text(table, PlacePart::Name.spec()),
            address: self.text(table, PlacePart::Address.spec()),
        })
    }

    /// A number of degrees, as a text; or a text, which can have a variable in it.
    fn degrees(&mut self, table: Table<'_>, spec: Spec) -> String {
        let Some(entry) = table.entry(spec.key) else {
            self.missing(table, spec.key, "a number of degrees");
            return String::new();
        };
        let degrees = match &entry.node.value {
            Value::String(text) => return text.clone(),
            Value::Integer(number) => number.and_then(|number| {
                let degrees = i32::try_from(number).ok()?;
                Some((number.to_string(), f64::from(degrees)))
            }),
            Value::Float(number) => number.map(|number| (number.to_string(), number)),
            _ => {
                let path = table.path_of(spec.key);
                self.wrong_type(&path, &entry.node, "a number of degrees");
                return String::new();
            }
        };
        match degrees {
            Some((text, degrees)) if degrees.abs() <= f64::from(MOST_DEGREES) => text,
            _ => {
                let path = table.path_of(spec.key);
                let message = format!(
                    "{path}: expected a number of degrees, from -{MOST_DEGREES} to {MOST_DEGREES}"
                );
                self.issue(entry.node.at, &path, &message);
                String::new()
            }
        }
    }

    /// The values in the order of their variables, or by the variables' names.
    fn template_values(&mut self, whole: Table<'_>) -> Vec<TemplateValue> {
        let key = Field::Values.spec().key;
        let Some(entry) = whole.entry(key) else {
            return Vec::new();
        };
        match &entry.node.value {
            Value::Array(_) => {
                let texts = self.texts(whole, key, "a text in quotes");
                let unnamed = |text| TemplateValue {
                    text,
                    ..TemplateValue::default()
                };
                texts.into_iter().map(unnamed).collect()
            }
            Value::Table(entries) => {
                self.repeated_keys(key, entries);
                let table = Table {
                    path: key,
                    at: entry.node.at,
                    entries,
                };
                let mut values = Vec::new();
                for entry in entries {
                    if entry.key.is_empty() {
                        self.issue(entry.at, key, "a variable's name is empty: write it");
                    }
                    let text = self.string(table, entry).unwrap_or_default().to_owned();
                    let name = entry.key.clone();
                    values.push(TemplateValue { name, text });
                }
                values
            }
            _ => {
                let expected = format!("an array of strings, or {} of them", table(self.format));
                self.wrong_type(key, &entry.node, &expected);
                Vec::new()
            }
        }
    }

    fn template_button(&mut self, table: Table<'_>) -> TemplateButton {
        let index = ButtonPart::Index.spec().key;
        let mut known = vec![index];
        known.extend(Filling::VARIANTS.iter().map(|filling| filling.name()));
        self.known_keys(table, &known);
        if table.entry(index).is_none() {
            self.missing(table, index, "the button's place in the template, from 0");
        }
        let mut fillings = Filling::VARIANTS
            .iter()
            .filter_map(|&filling| Some((filling, table.entry(filling.name())?)));
        let Some((filling, first)) = fillings.next() else {
            self.missing(table, "payload", "payload, suffix or code");
            return TemplateButton::default();
        };
        let others: Vec<&Entry> = fillings.map(|(_, entry)| entry).collect();
        for other in others {
            let message = format!(
                "{} and {} are of two buttons: a button has one of them",
                quote(&other.key),
                quote(&first.key)
            );
            self.issue(other.at, &table.path_of(&other.key), &message);
        }
        TemplateButton {
            index: self
                .number(table, index, "a whole number")
                .unwrap_or_default(),
            filling,
            value: self.text(table, filling.spec()),
        }
    }
}
