//! What a field is called on the screen, counted from one as people count; message files and reports have
//! its [path](Field).

use crate::message::{
    ActionKind, ButtonPart, Field, Filling, Kind, MediaPart, PixPart, PlacePart, QuotePart,
    RowPart, SectionPart, SelectedPart,
};

/// A kind's name.
pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "Text",
        Kind::Buttons => "Buttons",
        Kind::Catalog => "Catalog",
        Kind::List => "List",
        Kind::Template => "Template",
        Kind::Poll => "Poll",
        Kind::ButtonReply => "Button reply",
        Kind::ListReply => "List reply",
    }
}

/// A field's name: `Section 2 · row 1 · title`.
pub fn of(field: Field) -> String {
    let name = match field {
        Field::Kind => "Kind",
        Field::To => "To",
        Field::Name => "Name",
        Field::Language => "Language",
        Field::Header => "Header",
        Field::HeaderMedia => "Header · file",
        Field::Media(MediaPart::Kind) => "Header · kind of file",
        Field::Media(MediaPart::Url) => "Header · url",
        Field::Media(MediaPart::Name) | Field::Place(PlacePart::Name) => "Header · name",
        Field::HeaderPlace => "Header · place",
        Field::Place(PlacePart::Latitude) => "Header · latitude",
        Field::Place(PlacePart::Longitude) => "Header · longitude",
        Field::Place(PlacePart::Address) => "Header · address",
        Field::Values => "Values",
        Field::Value(at) => return format!("Value {}", at + 1),
        Field::ValueName(at) => return format!("Value {} · name", at + 1),
        Field::Title => "Title",
        Field::Text => "Text",
        Field::Footer => "Footer",
        Field::Buttons => "Buttons",
        Field::Options => "Poll options",
        Field::Option(at) => return format!("Option {}", at + 1),
        Field::Choices => "Choices",
        Field::MenuButton => "Button",
        Field::BusinessOwner => "Owner",
        Field::CatalogId => "Catalog",
        Field::HeaderProduct => "Product",
        Field::Thumbnail => "Picture",
        Field::Sections => "Sections",
        Field::Products => "Sections · products",
        Field::Rows => "Sections · rows",
        Field::Selection => "Selected",
        Field::Selected(SelectedPart::Id) => "Selected · id",
        Field::Selected(SelectedPart::Text) => "Selected · text",
        Field::Selected(SelectedPart::Description) => "Selected · description",
        Field::Quote => "Quote",
        Field::QuotePart(QuotePart::Id) => "Quote · id",
        Field::QuotePart(QuotePart::Participant) => "Quote · from",
        Field::QuotePart(QuotePart::Body) => "Quote · text",
        Field::LinkPreview => "Links",
        Field::Delay => "Delay",
        Field::Typing => "Typing",
        Field::Button(at, part) => return format!("Button {} · {}", at + 1, button(part)),
        Field::Section(at, part) => return format!("Section {} · {}", at + 1, section(part)),
    };
    name.to_owned()
}

/// The path of a field, where that says more than its name.
pub fn path(field: Field) -> Option<String> {
    let path = field.to_string();
    (of(field).to_lowercase() != path).then_some(path)
}

const fn button(part: ButtonPart) -> &'static str {
    match part {
        ButtonPart::Id => "id",
        ButtonPart::Text => "text",
        ButtonPart::Action | ButtonPart::Value(ActionKind::Reply) => "action",
        ButtonPart::Index => "index",
        ButtonPart::Filling(Filling::Payload) => "payload",
        ButtonPart::Filling(Filling::Suffix) => "suffix",
        ButtonPart::Filling(Filling::Code) | ButtonPart::Value(ActionKind::Copy) => "code",
        ButtonPart::Value(ActionKind::Call) => "phone",
        ButtonPart::Value(ActionKind::Url) => "url",
        ButtonPart::Value(ActionKind::Pix) => "Pix key",
        ButtonPart::Pix(PixPart::Name) => "Pix name",
        ButtonPart::Pix(PixPart::KeyType) => "kind of Pix key",
        ButtonPart::Pix(PixPart::Currency) => "currency",
    }
}

fn section(part: SectionPart) -> String {
    match part {
        SectionPart::Title => "title".to_owned(),
        SectionPart::Products => "products".to_owned(),
        SectionPart::Product(at) => format!("product {}", at + 1),
        SectionPart::Rows => "rows".to_owned(),
        SectionPart::Row(at, part) => {
            let part = match part {
                RowPart::Id => "id",
                RowPart::Title => "title",
                RowPart::Description => "description",
            };
            format!("row {} · {part}", at + 1)
        }
    }
}
