//! From a JSON body to a draft: whose it is, by the address that it goes to and by its keys.

use super::gateway::Gateway;
use super::json::Json;
use super::reader::{Notes, Reader};
use super::route::{Route, Whose};
use super::{
    GATEWAYS, ImportError, Imported, Source, cloud_api, foreign, recipient, variable, wuts,
};
use crate::message::{
    ButtonPart, Catalog, Draft, Field, Message, RowPart, SectionPart, SelectedPart,
};
use crate::visible;

/// Reads a body that goes to an address.
pub(super) fn read(body: Json, route: &Route) -> Result<Imported, ImportError> {
    let Json::Object(mut object) = body else {
        return Err(ImportError::NoObject);
    };
    if object.is_empty() {
        return Err(ImportError::NoObject);
    }
    if let Whose::Other(service) = route.whose {
        return Err(foreign::named(service));
    }
    let keys = keys(&object);
    recipient::unpack(&mut object);
    let wrong_recipient = recipient::wrong(&object);
    let is_whole_catalog = cloud_api::sends_catalog(&object);
    let mut notes = Notes::default();
    let folds = GATEWAYS.iter().any(|(_, one)| one.folds(&object, route));
    let (gateway, draft) = {
        let mut reader = Reader::new(object, folds, &mut notes);
        if let Some(error) = foreign::refused(&reader) {
            return Err(error);
        }
        let gateway = gateway(&reader, route)?;
        let draft = match gateway {
            Some(gateway) => draft(gateway, &mut reader, route)?,
            None => None,
        };
        (gateway, draft)
    };
    let Some((source, _)) = gateway else {
        return Err(ImportError::UnknownBody(keys));
    };
    let Some(mut draft) = draft else {
        return Err(without_message(source));
    };
    if let Some(error) = wrong_recipient {
        return Err(error);
    }
    let mut missing = missing(&draft);
    if let Message::Catalog(catalog) = &draft.message
        && !is_whole_catalog
    {
        missing.extend(without_products(catalog));
    }
    notes.warnings.extend(variable::write(&mut draft));
    Ok(Imported {
        source,
        draft,
        left_out: notes.left_out,
        warnings: notes.warnings,
        missing,
    })
}

/// The error for a body that is known, and in which no message is.
fn without_message(source: Source) -> ImportError {
    let what = match source {
        Source::Wuts => "text, buttons, sections or selected id",
        Source::GreenApi => "message, buttons or sections",
        Source::CloudApi => {
            "text, buttons or sections in it (type text needs text.body, type interactive an interactive object, type template a template object)"
        }
        Source::Evolution | Source::Waha => "text, buttons or sections",
        Source::Wuzapi => "Body, Buttons or List",
    };
    let place = if source == Source::CloudApi {
        ""
    } else {
        " in it"
    };
    ImportError::Refused(format!(
        "this is {} body, but there is no {what}{place}",
        source.whose()
    ))
}

/// The places of a catalog that show no product.
fn without_products(catalog: &Catalog) -> Vec<Field> {
    let sections = catalog.sections.iter().enumerate();
    let has_none = |products: &[String]| products.iter().all(|id| id.trim().is_empty());
    let empty = sections.filter(|(_, section)| has_none(&section.products));
    let mut missing: Vec<Field> = empty
        .map(|(index, _)| Field::Section(index, SectionPart::Products))
        .collect();
    if catalog.sections.is_empty() {
        missing.push(Field::Sections);
    }
    missing
}

/// The error for a form, where its address names a method that is refused whatever it sends.
pub(super) fn read_without(route: &Route) -> Option<ImportError> {
    let gateway = known(route)?;
    // Nothing is known of what is in the form, so that nothing can be said to be missing in it.
    if gateway.0 == Source::Wuts && wuts::reads(&route.method) {
        return None;
    }
    let mut notes = Notes::default();
    let mut reader = Reader::new(Vec::new(), false, &mut notes);
    draft(gateway, &mut reader, route)
        .err()
        .filter(|_| !route.method.is_empty())
}

/// The keys of a body, for an error.
fn keys(object: &[(String, Json)]) -> String {
    const LONGEST: usize = 120;
    let mut keys = String::new();
    for (key, _) in object {
        if !keys.is_empty() {
            keys.push_str(", ");
        }
        keys.push_str(&visible::line(key));
        if let Some((end, _)) = keys.char_indices().nth(LONGEST) {
            keys.truncate(end);
            keys.push('…');
            break;
        }
    }
    keys
}

/// A gateway, with its name.
type Named = (Source, &'static dyn Gateway);

/// The gateway of an address.
fn known(route: &Route) -> Option<Named> {
    let mut gateways = GATEWAYS.into_iter();
    gateways.find(|(source, _)| route.whose == Whose::Known(*source))
}

/// The gateway whose body it is.
fn gateway(body: &Reader<'_>, route: &Route) -> Result<Option<Named>, ImportError> {
    let by_address = known(route).filter(|(_, gateway)| !gateway.disowns(body, route));
    let certain = || GATEWAYS.into_iter().find(|(_, one)| one.knows(body));
    if let Some(gateway) = by_address.or_else(certain) {
        return Ok(Some(gateway));
    }
    match foreign::service(body) {
        Some(error) => Err(error),
        None => Ok(GATEWAYS.into_iter().find(|(_, one)| one.may_be(body))),
    }
}

fn draft(
    (source, gateway): Named,
    body: &mut Reader<'_>,
    route: &Route,
) -> Result<Option<Draft>, ImportError> {
    // what an address says holds for its own gateway alone
    let elsewhere = Route::default();
    let is_its = match route.whose {
        Whose::Known(known) => known == source,
        _ => source == Source::Wuts,
    };
    gateway.draft(body, if is_its { route } else { &elsewhere })
}

/// The places of a draft that have no words, without which there is nothing to read or to tap.
fn missing(draft: &Draft) -> Vec<Field> {
    let mut missing = Vec::new();
    let mut need = |field: Field| {
        if draft
            .text_at(field)
            .is_none_or(|text| text.trim().is_empty())
        {
            missing.push(field);
        }
    };
    let message = &draft.message;
    if message.kind().is_reply() {
        need(Field::Selected(SelectedPart::Id));
    } else if message.text_at(Field::Text).is_some() {
        need(Field::Text);
    }
    match message {
        Message::Buttons(message) => {
            for index in 0..message.buttons.len() {
                need(Field::Button(index, ButtonPart::Text));
            }
            if message.buttons.is_empty() {
                missing.push(Field::Buttons);
            }
        }
        Message::List(message) => {
            for (index, section) in message.sections.iter().enumerate() {
                for row in 0..section.rows.len() {
                    need(Field::Section(index, SectionPart::Row(row, RowPart::Title)));
                }
            }
            if message
                .sections
                .iter()
                .all(|section| section.rows.is_empty())
            {
                missing.push(Field::Sections);
            }
        }
        Message::Poll(message) => {
            for index in 0..message.options.len() {
                need(Field::Option(index));
            }
            if message.options.is_empty() {
                missing.push(Field::Options);
            }
        }
        Message::Template(message) => {
            need(Field::Name);
            need(Field::Language);
            for index in 0..message.values.len() {
                need(Field::Value(index));
            }
        }
        Message::Text(_)
        | Message::Catalog(_)
        | Message::ButtonReply(_)
        | Message::ListReply(_) => {}
    }
    missing
}
