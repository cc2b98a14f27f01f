//! The object of a template message, by the pages `templates/components` and
//! `messages/template-messages`.

use crate::import::reader::Reader;
use crate::import::refusal::Matter;
use crate::import::{ImportError, json::Json};
use crate::message::{
    Filling, HeaderMedia, HeaderPlace, MediaKind, Message, Template, TemplateButton,
    TemplateHeader, TemplateValue,
};

/// A template with its components. Those that no message file has are refused by their name.
pub(super) fn template(body: &mut Reader<'_>) -> Result<Message, ImportError> {
    let mut message = Template {
        name: body.text("name"),
        ..Template::default()
    };
    let code = body.object("language", |language| {
        // whichever it says, Meta sends the language that was asked for
        language.expect("policy", "deterministic");
        language.text("code")
    });
    message.language = code.unwrap_or_else(|| body.text("language"));
    // of the on-premises API
    body.expect("namespace", "");
    let mut refused = None;
    body.objects("components", |component| {
        if refused.is_none() {
            refused = read(component, &mut message).err();
        }
    });
    if let Some(refused) = refused {
        return Err(refused);
    }
    without_copied_code(&mut message);
    Ok(Message::Template(message))
}

fn read(component: &mut Reader<'_>, message: &mut Template) -> Result<(), ImportError> {
    let kind = component.text("type").trim().to_ascii_lowercase();
    match kind.as_str() {
        "header" => {
            let mut headers = Vec::new();
            let mut unknown = None;
            component.objects("parameters", |parameter| match header(parameter) {
                Ok(header) => headers.push(header),
                Err(kind) => unknown = Some(kind),
            });
            if let Some(kind) = unknown {
                return Err(refusal(&format!("a header of type \"{kind}\"")));
            }
            if let Some(header) = headers.pop() {
                message.header = header;
            }
        }
        "body" => {
            message.values = component.objects("parameters", value);
        }
        "button" => {
            let sub_type = component.text("sub_type").trim().to_ascii_lowercase();
            let filling = match sub_type.as_str() {
                "quick_reply" => Filling::Payload,
                "url" => Filling::Suffix,
                "copy_code" => Filling::Code,
                other => return Err(refusal(&format!("a button of type \"{other}\""))),
            };
            let index = component.number("index", 1).unwrap_or_default();
            let values = component.objects("parameters", |parameter| {
                parameter.expect("type", "payload");
                parameter.expect("type", "text");
                parameter.expect("type", "coupon_code");
                parameter.text_of(&["payload", "text", "coupon_code"])
            });
            message
                .buttons
                .extend(values.into_iter().map(|value| TemplateButton {
                    index,
                    filling,
                    value,
                }));
        }
        other => return Err(refusal(&format!("a component of type \"{other}\""))),
    }
    Ok(())
}

fn refusal(what: &str) -> ImportError {
    let what: String = crate::visible::line(what).chars().take(80).collect();
    Matter::Template.refused("a template of the Cloud API with", &what)
}

/// What stands in a header; the name of its type where that is not known.
fn header(parameter: &mut Reader<'_>) -> Result<TemplateHeader, String> {
    let kind = parameter.text("type").trim().to_ascii_lowercase();
    if let Ok(kind) = kind.parse::<MediaKind>() {
        let media = parameter.object(kind.name(), |file| HeaderMedia {
            kind,
            url: file.text("link"),
            name: file.text("filename"),
        });
        return Ok(TemplateHeader::Media(media.unwrap_or_default()));
    }
    match kind.as_str() {
        "text" | "" => Ok(TemplateHeader::Text(value(parameter).text)),
        "location" => {
            let place = parameter.object("location", |place| HeaderPlace {
                latitude: place.text("latitude"),
                longitude: place.text("longitude"),
                name: place.text("name"),
                address: place.text("address"),
            });
            Ok(TemplateHeader::Place(place.unwrap_or_default()))
        }
        _ => Err(kind),
    }
}

/// A value; of the older types, which hold more, the words that are shown.
fn value(parameter: &mut Reader<'_>) -> TemplateValue {
    parameter.expect("type", "text");
    let mut text = parameter.text("text");
    for kind in ["currency", "date_time"] {
        if matches!(parameter.peek(kind), Some(Json::Object(_))) {
            parameter.expect("type", kind);
            let shown = parameter.object(kind, |value| value.text("fallback_value"));
            text = shown.unwrap_or_default();
        }
    }
    TemplateValue {
        name: parameter.text("parameter_name"),
        text,
    }
}

/// Takes the button of a one-time code away, where it is the one that is made of the value.
fn without_copied_code(message: &mut Template) {
    let [button] = message.buttons.as_slice() else {
        return;
    };
    let mut alone = message.clone();
    alone.buttons.clear();
    let is_copy = button.index == 0 && button.filling == Filling::Suffix;
    if is_copy && alone.one_time_code() == Some(&button.value) {
        *message = alone;
    }
}
