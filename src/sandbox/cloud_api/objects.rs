//! What can be asked of the sandbox's phone number and its account: by the pages
//! `business-phone-numbers/phone-numbers`, `support/health-status` and `templates`.

use hyper::StatusCode;
use serde_json::{Map, Value, json};

use super::{PHONE_NUMBER_ID, WABA_ID, approved};
use crate::sandbox::reply::Reply;

/// The answer to a GET; `None` where there is no such object, or it has no such edge.
pub(super) fn get(id: &str, edge: &[&str], query: &str) -> Option<Reply> {
    let parameter = |name: &str| {
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
    };
    let (note, body) = match (id, edge) {
        (PHONE_NUMBER_ID, []) => ("phone number", fields(phone_number(), parameter("fields"))),
        (PHONE_NUMBER_ID, ["whatsapp_business_profile"]) => {
            let profile = json!({
                "about": "A gateway inside of a program",
                "address": "",
                "description": "",
                "email": "",
                "messaging_product": "whatsapp",
                "vertical": "OTHER",
            });
            ("profile", json!({ "data": [profile] }))
        }
        (WABA_ID, []) => ("account", json!({ "id": WABA_ID, "name": "Sandbox" })),
        (WABA_ID, ["phone_numbers"]) => {
            let number = fields(phone_number(), parameter("fields"));
            ("1 number", page(&[number]))
        }
        (WABA_ID, ["message_templates"]) => {
            let templates = approved::list(|name| parameter(name));
            let note = format!("{} templates", templates.len());
            let mut body = page_of(&templates, parameter("limit"), parameter("after"));
            if parameter("summary").is_some() {
                body["summary"] = json!({
                    "total_count": templates.len(),
                    "message_template_count": templates.len(),
                    "message_template_limit": 250,
                    "are_translations_complete": true,
                });
            }
            return Some(Reply::json(StatusCode::OK, note, &body));
        }
        _ => return None,
    };
    Some(Reply::json(StatusCode::OK, note, &body))
}

/// The answer of what only has to be done.
pub(super) fn saved() -> Reply {
    Reply::json(StatusCode::OK, "success", &json!({ "success": true }))
}

fn page(data: &[Value]) -> Value {
    json!({ "data": data, "paging": { "cursors": { "before": "MAZDZD", "after": "MjQZD" } } })
}

/// A page of a list, as many as are asked for from behind a cursor on; 25 where nothing is said. The
/// cursor is the number of items before it.
fn page_of(all: &[Value], limit: Option<String>, after: Option<String>) -> Value {
    let number = |text: Option<String>| text.and_then(|text| text.parse::<usize>().ok());
    let start = number(after).unwrap_or(0).min(all.len());
    let limit = number(limit).filter(|&limit| limit > 0).unwrap_or(25);
    let end = start.saturating_add(limit).min(all.len());
    let mut body = json!({
        "data": all[start..end],
        "paging": { "cursors": { "before": start.to_string(), "after": end.to_string() } },
    });
    if end < all.len() {
        // Graph's own address repeats the token, which nobody may keep.
        let next = format!(
            "https://graph.facebook.com/v23.0/{WABA_ID}/message_templates?access_token=masked&after={end}"
        );
        body["paging"]["next"] = next.into();
    }
    body
}

fn phone_number() -> Map<String, Value> {
    let entities: Vec<Value> = [("PHONE_NUMBER", PHONE_NUMBER_ID), ("WABA", WABA_ID)]
        .into_iter()
        .map(|(kind, id)| json!({ "entity_type": kind, "id": id, "can_send_message": "AVAILABLE" }))
        .collect();
    let number = json!({
        "verified_name": "Sandbox",
        "code_verification_status": "VERIFIED",
        "display_phone_number": "+55 11 90000-0000",
        "quality_rating": "GREEN",
        "platform_type": "CLOUD_API",
        "throughput": { "level": "STANDARD" },
        "health_status": { "can_send_message": "AVAILABLE", "entities": entities },
        "id": PHONE_NUMBER_ID,
    });
    match number {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}

/// The fields that are asked for, and always the id; without a choice all but the health.
fn fields(mut object: Map<String, Value>, asked: Option<String>) -> Value {
    match asked {
        Some(asked) => {
            let asked: Vec<&str> = asked.split(',').map(str::trim).collect();
            object.retain(|name, _| name == "id" || asked.contains(&name.as_str()));
        }
        None => {
            object.remove("health_status");
        }
    }
    Value::Object(object)
}
