//! The approved templates of the sandbox's account, and how they are listed: by the pages
//! `templates/components` and `templates/template-management`.

use serde_json::{Value, json};

/// An approved template in one language.
pub(super) struct Template {
    id: &'static str,
    pub name: &'static str,
    pub language: &'static str,
    category: &'static str,
    /// Whether its variables have names.
    pub is_named: bool,
    pub header: Header,
    /// The text, with its variables.
    pub body: &'static str,
    footer: &'static str,
    pub buttons: &'static [Button],
}

/// What stands above the text.
pub(super) enum Header {
    None,
    Text(&'static str),
    /// A file or a place, by its format.
    Other(&'static str),
}

/// A button, with its words.
pub(super) enum Button {
    Reply(&'static str),
    /// With its address, which may end in a variable.
    Url(&'static str, &'static str),
    Code(&'static str),
}

const COPY_CODE: &str = "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code_expiration_minutes=10&code=otp{{1}}";

/// What every new account has, one with variables in two languages, and one of each sort of header,
/// button and variable.
pub(super) const APPROVED: [Template; 8] = [
    Template {
        id: "1192339204654487",
        name: "hello_world",
        language: "en_US",
        category: "UTILITY",
        is_named: false,
        header: Header::Text("Hello World"),
        body: "Welcome and congratulations!! This message demonstrates your ability to send a message \
               notification from WhatsApp Business Platform's Cloud API.",
        footer: "WhatsApp Business API Team",
        buttons: &[],
    },
    Template {
        id: "1192339204654488",
        name: "order_update",
        language: "en_US",
        category: "UTILITY",
        is_named: false,
        header: Header::Text("Order {{1}}"),
        body: "Hello {{1}}, your order {{2}} has left us.",
        footer: "",
        buttons: &[Button::Reply("Confirm")],
    },
    Template {
        id: "1192339204654489",
        name: "order_update",
        language: "pt_BR",
        category: "UTILITY",
        is_named: false,
        header: Header::Text("Pedido {{1}}"),
        body: "Olá {{1}}, seu pedido {{2}} já saiu.",
        footer: "",
        buttons: &[Button::Reply("Confirmar")],
    },
    Template {
        id: "1192339204654490",
        name: "spring_offer",
        language: "en_US",
        category: "MARKETING",
        is_named: true,
        header: Header::Other("IMAGE"),
        body: "Hello {{first_name}}, our offer ends on *{{last_day}}*.",
        footer: "Reply STOP to hear no more",
        buttons: &[
            Button::Url("Look at it", "https://example.com/offers/{{1}}"),
            Button::Code("Copy offer code"),
        ],
    },
    Template {
        id: "1192339204654491",
        name: "invoice",
        language: "en_US",
        category: "UTILITY",
        is_named: false,
        header: Header::Other("DOCUMENT"),
        body: "Your invoice {{1}} is above.",
        footer: "",
        buttons: &[],
    },
    Template {
        id: "1192339204654494",
        name: "tour",
        language: "en_US",
        category: "MARKETING",
        is_named: false,
        header: Header::Other("VIDEO"),
        body: "Have a look around our shop.",
        footer: "",
        buttons: &[],
    },
    Template {
        id: "1192339204654492",
        name: "where_we_are",
        language: "pt_BR",
        category: "UTILITY",
        is_named: false,
        header: Header::Other("LOCATION"),
        body: "Olá {{1}}, esperamos você aqui.",
        footer: "",
        buttons: &[],
    },
    Template {
        id: "1192339204654493",
        name: "verify_code",
        language: "en_US",
        category: "AUTHENTICATION",
        is_named: false,
        header: Header::None,
        body: "*{{1}}* is your verification code.",
        footer: "This code expires in 10 minutes.",
        buttons: &[Button::Url("Copy code", COPY_CODE)],
    },
];

/// The templates as they are listed, of the name, language, category and status that are asked for.
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
                && is("category", template.category)
        })
        .map(Template::entry)
        .collect()
}

impl Template {
    fn entry(&self) -> Value {
        let mut components = Vec::new();
        match &self.header {
            Header::None => {}
            Header::Text(text) => {
                let mut header = json!({ "type": "HEADER", "format": "TEXT", "text": text });
                if variables(text) > 0 {
                    header["example"] = json!({ "header_text": ["1042"] });
                }
                components.push(header);
            }
            Header::Other(format) => {
                let mut header = json!({ "type": "HEADER", "format": format });
                if *format != "LOCATION" {
                    header["example"] =
                        json!({ "header_handle": ["https://scontent.example.com/example"] });
                }
                components.push(header);
            }
        }
        components.push(self.body());
        if !self.footer.is_empty() {
            components.push(json!({ "type": "FOOTER", "text": self.footer }));
        }
        if !self.buttons.is_empty() {
            let buttons: Vec<Value> = self.buttons.iter().map(Button::entry).collect();
            components.push(json!({ "type": "BUTTONS", "buttons": buttons }));
        }
        json!({
            "name": self.name,
            "parameter_format": if self.is_named { "NAMED" } else { "POSITIONAL" },
            "components": components,
            "language": self.language,
            "status": "APPROVED",
            "category": self.category,
            "id": self.id,
        })
    }

    fn body(&self) -> Value {
        let mut body = json!({ "type": "BODY", "text": self.body });
        let examples = ["Ana", "1042"];
        let variables = names(self.body);
        if self.is_named {
            let named: Vec<Value> = variables
                .iter()
                .zip(examples)
                .map(|(name, example)| json!({ "param_name": name, "example": example }))
                .collect();
            body["example"] = json!({ "body_text_named_params": named });
        } else if !variables.is_empty() {
            let examples = &examples[..variables.len().min(examples.len())];
            body["example"] = json!({ "body_text": [examples] });
        }
        body
    }
}

impl Button {
    fn entry(&self) -> Value {
        match self {
            Self::Reply(text) => json!({ "type": "QUICK_REPLY", "text": text }),
            Self::Url(text, url) => {
                let mut button = json!({ "type": "URL", "text": text, "url": url });
                if variables(url) > 0 {
                    button["example"] = json!([url.replace("{{1}}", "1042")]);
                }
                button
            }
            Self::Code(text) => json!({ "type": "COPY_CODE", "text": text, "example": ["SPRING"] }),
        }
    }
}

/// How many variables a text has.
pub(super) fn variables(text: &str) -> usize {
    text.matches("{{").count()
}

/// The names, or the numbers, of a text's variables.
pub(super) fn names(text: &str) -> Vec<&str> {
    let parts = text.split("{{").skip(1);
    parts.filter_map(|part| part.split("}}").next()).collect()
}
