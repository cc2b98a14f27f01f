//! What a template has besides its texts, as it is written.

use serde_json::{Map, Number, Value};

use super::texts;
use crate::message::file::reader::MOST_DEGREES;
use crate::message::object::Object;
use crate::message::{
    ButtonPart, Draft, Field, HeaderPlace, MediaPart, Message, PlacePart, Template, TemplateHeader,
};

/// The file of the header, where it has one.
pub(super) fn header_media(draft: &Draft) -> Option<Object> {
    let TemplateHeader::Media(media) = &template(draft)?.header else {
        return None;
    };
    let kind = Object::default().with(MediaPart::Kind.spec().key, media.kind.name());
    let mut keys = kind;
    let rest = [MediaPart::Url, MediaPart::Name].map(Field::Media);
    keys.0.extend(texts(draft, rest.into_iter()).0);
    Some(keys)
}

/// The place of the header, where it has one.
pub(super) fn header_place(draft: &Draft) -> Option<Object> {
    let TemplateHeader::Place(place) = &template(draft)?.header else {
        return None;
    };
    let HeaderPlace {
        latitude,
        longitude,
        name,
        address,
    } = place;
    let key = |part: PlacePart| part.spec().key;
    Some(
        Object::default()
            .with(key(PlacePart::Latitude), degrees(latitude))
            .with(key(PlacePart::Longitude), degrees(longitude))
            .with_text(key(PlacePart::Name), name)
            .with_text(key(PlacePart::Address), address),
    )
}

/// The values in an array, or in a table where they have names; nothing where there are none.
pub(super) fn values(draft: &Draft) -> Option<Value> {
    let message = template(draft).filter(|message| !message.values.is_empty())?;
    let values = message.values.iter();
    if !message.is_named() {
        return Some(values.map(|value| value.text.as_str()).collect());
    }
    let mut table = Map::new();
    for (at, value) in values.enumerate() {
        // A table has each name once, and a draft in the making may not.
        let mut name = value.name.clone();
        if name.is_empty() {
            name = (at + 1).to_string();
        }
        while table.contains_key(&name) {
            name.push('_');
        }
        table.insert(name, value.text.as_str().into());
    }
    Some(table.into())
}

pub(super) fn button(draft: &Draft, at: usize) -> Object {
    let button = template(draft).and_then(|message| message.buttons.get(at));
    let Some(button) = button else {
        return Object::default();
    };
    Object::default()
        .with(ButtonPart::Index.spec().key, button.index)
        .with(button.filling.name(), button.value.as_str())
}

const fn template(draft: &Draft) -> Option<&Template> {
    match &draft.message {
        Message::Template(message) => Some(message),
        _ => None,
    }
}

/// A number where the text is one that is read as the same text again.
fn degrees(text: &str) -> Value {
    if let Ok(number) = text.parse::<i64>()
        && number.to_string() == text
        && number.unsigned_abs() <= MOST_DEGREES.into()
    {
        return number.into();
    }
    let number = text.parse::<f64>().ok();
    let number = number.filter(|number| {
        number.abs() <= f64::from(MOST_DEGREES)
            && number.fract() != 0.0
            && number.to_string() == text
    });
    match number.and_then(Number::from_f64) {
        Some(number) => number.into(),
        None => text.into(),
    }
}
