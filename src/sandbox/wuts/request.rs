//! The bodies that WUTS' endpoints read. A field that is missing counts as empty.

use serde::Deserialize;
use serde_json::Value;

/// The body of `/send/text`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TextRequest {
    pub number: Option<String>,
    pub text: Option<String>,
    pub delay: Option<i64>,
    #[serde(rename = "typingDuration")]
    pub typing_duration: Option<i64>,
    pub quoted: Option<Value>,
}

/// The body of `/send/buttons`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ButtonsRequest {
    pub to: Option<String>,
    pub message: Option<String>,
    pub footer: Option<String>,
    pub buttons: Option<Vec<Button>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Button {
    pub id: Option<String>,
    pub display_text: Option<String>,
}

/// The body of `/send/catalog`; the names of the two thumbnails are assumed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CatalogRequest {
    pub number: Option<String>,
    pub business_owner_jid: Option<String>,
    pub title: Option<String>,
    pub description: Option<String>,
    pub footer: Option<String>,
    pub button_text: Option<String>,
    pub sections: Option<Vec<ProductSection>>,
    pub header_product_id: Option<String>,
    pub jpeg_thumbnail: Option<String>,
    pub jpeg_thumbnail_url: Option<String>,
    pub delay: Option<i64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ProductSection {
    pub title: Option<String>,
    pub product_ids: Option<Vec<String>>,
}

/// The body of `/send/product`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ProductRequest {
    pub number: Option<String>,
    pub business_owner_jid: Option<String>,
    pub product: Product,
    pub body: Option<String>,
    pub footer: Option<String>,
    pub delay: Option<i64>,
}

/// The product of a card.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Product {
    pub product_id: Option<String>,
    pub title: Option<String>,
}

/// The body of `/send/interactive`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct InteractiveRequest {
    pub to: Option<String>,
    pub title: Option<String>,
    pub body: Option<String>,
    pub footer: Option<String>,
    pub button_text: Option<String>,
    pub sections: Option<Vec<RowSection>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RowSection {
    pub title: Option<String>,
    pub rows: Option<Vec<Row>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Row {
    pub id: Option<String>,
    pub title: Option<String>,
    pub description: Option<String>,
}

/// The body of `/send/buttons-response`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ButtonsResponseRequest {
    pub to: Option<String>,
    pub selected_button_id: Option<String>,
    pub selected_display_text: Option<String>,
    pub quoted: Quoted,
}

/// The body of `/send/list-response`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListResponseRequest {
    pub to: Option<String>,
    pub selected_row_id: Option<String>,
    pub title: Option<String>,
    pub description: Option<String>,
    pub quoted: Quoted,
}

/// The message that is answered.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Quoted {
    pub message_id: Option<String>,
    pub participant: Option<String>,
    pub body: Option<String>,
}
