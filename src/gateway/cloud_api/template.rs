//! The object of a template message, by the pages `templates/components` and
//! `messages/template-messages`: a component for each part that varies, and none for the others.

use serde_json::{Number, Value};

use crate::gateway::wire::Body;
use crate::message::{
    Filling, HeaderMedia, HeaderPlace, Template, TemplateButton, TemplateHeader, TemplateValue,
};

pub(super) fn body(message: &Template) -> Body {
    let components = components(message);
    Body::default()
        .with("name", message.name.as_str())
        .with(
            "language",
            Body::default().with("code", message.language.as_str()),
        )
        .with_some("components", (!components.is_empty()).then_some(components))
}

fn components(message: &Template) -> Vec<Value> {
    let mut components = Vec::new();
    if let Some(parameter) = header(&message.header) {
        components.push(component("header", parameter));
    }
    if !message.values.is_empty() {
        let values: Vec<Value> = message.values.iter().map(value).collect();
        let body = Body::default().with("type", "body");
        components.push(body.with("parameters", values).into());
    }
    // The page authentication-templates: the code stands in the text and in the button that copies it.
    let copied = message.one_time_code().map(|code| TemplateButton {
        index: 0,
        filling: Filling::Suffix,
        value: code.to_owned(),
    });
    components.extend(copied.iter().chain(&message.buttons).map(button));
    components
}

fn component(kind: &str, parameter: Body) -> Value {
    Body::default()
        .with("type", kind)
        .with("parameters", vec![Value::from(parameter)])
        .into()
}

fn header(header: &TemplateHeader) -> Option<Body> {
    Some(match header {
        TemplateHeader::Text(text) if text.is_empty() => return None,
        TemplateHeader::Text(text) => text_of(text),
        TemplateHeader::Media(HeaderMedia { kind, url, name }) => {
            let kind = kind.name();
            let file = Body::default().with("link", url.as_str());
            let file = match kind {
                "document" => file.with_text("filename", name),
                _ => file,
            };
            Body::default().with("type", kind).with(kind, file)
        }
        TemplateHeader::Place(HeaderPlace {
            latitude,
            longitude,
            name,
            address,
        }) => {
            let place = Body::default()
                .with("latitude", degrees(latitude))
                .with("longitude", degrees(longitude))
                .with_text("name", name)
                .with_text("address", address);
            Body::default()
                .with("type", "location")
                .with("location", place)
        }
    })
}

/// A number, where it is one.
fn degrees(text: &str) -> Value {
    let text = text.trim();
    if let Ok(number) = text.parse::<i64>() {
        return number.into();
    }
    let number = text.parse().ok().and_then(Number::from_f64);
    number.map_or_else(|| text.into(), Value::from)
}

fn text_of(text: &str) -> Body {
    Body::default().with("type", "text").with("text", text)
}

fn value(TemplateValue { name, text }: &TemplateValue) -> Value {
    Body::default()
        .with("type", "text")
        .with_text("parameter_name", name)
        .with("text", text.as_str())
        .into()
}

fn button(button: &TemplateButton) -> Value {
    let value = button.value.as_str();
    let (kind, parameter) = match button.filling {
        Filling::Payload => ("quick_reply", ("payload", "payload")),
        Filling::Suffix => ("url", ("text", "text")),
        Filling::Code => ("copy_code", ("coupon_code", "coupon_code")),
    };
    let (of, key) = parameter;
    let parameter = Body::default().with("type", of).with(key, value);
    Body::default()
        .with("type", "button")
        .with("sub_type", kind)
        .with("index", button.index.to_string())
        .with("parameters", vec![Value::from(parameter)])
        .into()
}
