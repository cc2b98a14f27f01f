//! The approved templates of the sandbox's account, and a template message held against them: by the
//! pages `templates/components` and `messages/template-messages`.

use serde_json::{Value, json};

use super::required::{Wrong, items, text, wrong};

/// An approved template in one language.
struct Template {
    id: &'static str,
    name: &'static str,
    language: &'static str,
    /// The text of each part, with its variables; empty where it has no such part.
    header: &'static str,
    body: &'static str,
    footer: &'static str,
    /// The texts of its quick replies.
    replies: &'static [&'static str],
}

/// What every new account has, and one with variables in two languages.
const APPROVED: [Template; 3] = [
    Template {
        id: "1192339204654487",
        name: "hello_world",
        language: "en_US",
        header: "Hello World",
        body: "Welcome and congratulations!! This message demonstrates your ability to send a message \
               notification from WhatsApp Business Platform's Cloud API.",
        footer: "WhatsApp Business API Team",
        replies: &[],
    },
    Template {
        id: "1192339204654488",
        name: "order_update",
        language: "en_US",
        header: "Order {{1}}",
        body: "Hello {{1}}, your order {{2}} has left us.",
        footer: "",
        replies: &["Confirm"],
    },
    Template {
        id: "1192339204654489",
        name: "order_update",
        language: "pt_BR",
        header: "Pedido {{1}}",
        body: "Olá {{1}}, seu pedido {{2}} já saiu.",
        footer: "",
        replies: &["Confirmar"],
    },
];

/// The templates as they are listed, of the name, language and status that are asked for.
pub(super) fn list(parameter: impl Fn(&str) -> Option<String>) -> Vec<Value> {
    let is = |name: &str, value: &str| {
        parameter(name).is_none_or(|asked| asked.eq_ignore_ascii_case(value))
    };
    APPROVED
        .iter()
        .filter(|template| {
            is("name", template.name)
                && is("language", template.language)
                && is("status", "APPROVED")
                && is("category", "UTILITY")
        })
        .map(Template::entry)
        .collect()
}

impl Template {
    fn entry(&self) -> Value {
        let mut components = Vec::new();
        if !self.header.is_empty() {
            let mut header = json!({ "type": "HEADER", "format": "TEXT", "text": self.header });
            if variables(self.header) > 0 {
                header["example"] = json!({ "header_text": examples(self.header) });
            }
            components.push(header);
        }
        let mut body = json!({ "type": "BODY", "text": self.body });
        if variables(self.body) > 0 {
            body["example"] = json!({ "body_text": [examples(self.body)] });
        }
        components.push(body);
        if !self.footer.is_empty() {
            components.push(json!({ "type": "FOOTER", "text": self.footer }));
        }
        if !self.replies.is_empty() {
            let replies = self.replies.iter();
            let replies: Vec<Value> = replies
                .map(|text| json!({ "type": "QUICK_REPLY", "text": text }))
                .collect();
            components.push(json!({ "type": "BUTTONS", "buttons": replies }));
        }
        json!({
            "name": self.name,
            "parameter_format": "POSITIONAL",
            "components": components,
            "language": self.language,
            "status": "APPROVED",
            "category": "UTILITY",
            "id": self.id,
        })
    }
}

/// How many variables a text has.
fn variables(text: &str) -> usize {
    text.matches("{{").count()
}

/// A value for each variable of a text, as templates are listed with.
fn examples(text: &str) -> Vec<&'static str> {
    ["Ana", "1042"].into_iter().take(variables(text)).collect()
}

/// A template message.
pub(super) fn check(body: &Value) -> Result<(), Wrong> {
    let name = text(body, "template.name")?;
    let language = text(body, "template.language.code")?;
    let approved = APPROVED
        .iter()
        .find(|template| template.name == name && template.language == language);
    let Some(approved) = approved else {
        let details = format!("template name ({name}) does not exist in {language}");
        return wrong(132_001, details);
    };
    let (mut header, mut values) = (0, 0);
    let components = body.pointer("/template/components");
    if components.is_some_and(|components| *components != json!([])) {
        for at in 0..items(body, "template.components")?.len() {
            let place = format!("template.components[{at}]");
            let kind = text(body, &format!("{place}.type"))?;
            let parameters = body.pointer(&format!("/template/components/{at}/parameters"));
            let count = parameters.and_then(Value::as_array).map_or(0, Vec::len);
            match kind {
                "header" => header += count,
                "body" => values += count,
                "button" => button(body, &place, approved)?,
                other => return wrong(100, format!("{place}.type {other} is not supported")),
            }
            for index in 0..count {
                parameter(body, &format!("{place}.parameters[{index}]"))?;
            }
        }
    }
    for (part, given, wanted) in [
        ("header", header, variables(approved.header)),
        ("body", values, variables(approved.body)),
    ] {
        if given != wanted {
            let details = format!(
                "{part}: number of localizable_params ({given}) does not match the expected number \
                 of params ({wanted})"
            );
            return wrong(132_000, details);
        }
    }
    Ok(())
}

/// A quick reply of a template.
fn button(body: &Value, place: &str, approved: &Template) -> Result<(), Wrong> {
    let kind = text(body, &format!("{place}.sub_type"))?;
    if !kind.eq_ignore_ascii_case("quick_reply") {
        let details = format!("{place}.sub_type {kind} is of no button of this template");
        return wrong(100, details);
    }
    let index = match super::find(body, &format!("{place}.index")) {
        Some(Value::Number(number)) => number.as_u64(),
        Some(Value::String(text)) => text.parse().ok(),
        _ => None,
    };
    let index = index.and_then(|index| usize::try_from(index).ok());
    if index.is_none_or(|index| index >= approved.replies.len()) {
        let details = format!("{place}.index is of no button of this template");
        return wrong(100, details);
    }
    Ok(())
}

/// A value; a text may not be empty, nor have line breaks, tabs or more than four spaces in a row.
fn parameter(body: &Value, place: &str) -> Result<(), Wrong> {
    if text(body, &format!("{place}.type"))? != "text" {
        return Ok(());
    }
    let value = text(body, &format!("{place}.text"))?;
    if value.trim().is_empty() {
        return wrong(100, format!("{place}.text must not be empty"));
    }
    if value.contains(['\n', '\r', '\t']) || value.contains("     ") {
        let details = "Param text cannot have new-line/tab characters or more than 4 consecutive \
                       spaces";
        return wrong(100, details);
    }
    Ok(())
}
