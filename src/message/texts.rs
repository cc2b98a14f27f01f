//! The texts of a draft by their place in it.
//!
//! What goes through every text (check, variables, a counter, an editor, message files) goes through
//! here, so that a new field is added once.

use strum::VariantArray as _;

use super::{
    Action, Button, ButtonPart, ButtonReply, Buttons, Catalog, Draft, Field, HeaderMedia,
    HeaderPlace, List, ListReply, MediaPart, Message, Pix, PixPart, PlacePart, Poll,
    ProductSection, Quote, QuotePart, Row, RowPart, RowSection, SectionPart, SelectedButton,
    SelectedPart, SelectedRow, Template, TemplateButton, TemplateHeader, TemplateValue, Text,
};

// Rust has no function that serves `&` and `&mut` alike: what says where a text is stands in macros,
// whose patterns borrow as what they are given does.

/// The text at a part of a quote.
macro_rules! text_of_quote {
    ($quote:expr, $part:expr) => {
        match ($quote, $part) {
            (Quote { id: text, .. }, QuotePart::Id)
            | (
                Quote {
                    participant: text, ..
                },
                QuotePart::Participant,
            )
            | (Quote { body: text, .. }, QuotePart::Body) => Some(text),
        }
    };
}

/// The text at a place of a message; `$get` gets an item of a list as the message is borrowed.
macro_rules! text_of_message {
    ($message:expr, $field:expr, $get:ident) => {
        match ($message, $field) {
            (Message::Buttons(Buttons { buttons, .. }), Field::Button(index, part)) => {
                match (buttons.$get(index)?, part) {
                    (Button { id: text, .. }, ButtonPart::Id)
                    | (Button { text, .. }, ButtonPart::Text) => Some(text),
                    (
                        Button {
                            action: Action::Pix(pix),
                            ..
                        },
                        ButtonPart::Pix(part),
                    ) => match (pix, part) {
                        (Pix { name: text, .. }, PixPart::Name)
                        | (Pix { key_type: text, .. }, PixPart::KeyType)
                        | (Pix { currency: text, .. }, PixPart::Currency) => Some(text),
                    },
                    (Button { action, .. }, ButtonPart::Value(kind)) if kind == action.kind() => {
                        match action {
                            Action::Copy { code: text }
                            | Action::Call { phone: text }
                            | Action::Url { url: text }
                            | Action::Pix(Pix { key: text, .. }) => Some(text),
                            Action::Reply => None,
                        }
                    }
                    _ => None,
                }
            }
            (Message::Catalog(Catalog { sections, .. }), Field::Section(index, part)) => {
                match (sections.$get(index)?, part) {
                    (ProductSection { title, .. }, SectionPart::Title) => Some(title),
                    (ProductSection { products, .. }, SectionPart::Product(at)) => {
                        products.$get(at)
                    }
                    _ => None,
                }
            }
            (Message::List(List { sections, .. }), Field::Section(index, part)) => {
                match (sections.$get(index)?, part) {
                    (RowSection { title, .. }, SectionPart::Title) => Some(title),
                    (RowSection { rows, .. }, SectionPart::Row(at, part)) => {
                        match (rows.$get(at)?, part) {
                            (Row { id: text, .. }, RowPart::Id)
                            | (Row { title: text, .. }, RowPart::Title)
                            | (
                                Row {
                                    description: text, ..
                                },
                                RowPart::Description,
                            ) => Some(text),
                        }
                    }
                    _ => None,
                }
            }
            (Message::Poll(Poll { options, .. }), Field::Option(at)) => options.$get(at),
            (Message::Template(Template { header, .. }), Field::Media(part)) => {
                match (header, part) {
                    (TemplateHeader::Media(HeaderMedia { url: text, .. }), MediaPart::Url)
                    | (TemplateHeader::Media(HeaderMedia { name: text, .. }), MediaPart::Name) => {
                        Some(text)
                    }
                    _ => None,
                }
            }
            (
                Message::Template(Template {
                    header: TemplateHeader::Place(place),
                    ..
                }),
                Field::Place(part),
            ) => match (place, part) {
                (HeaderPlace { latitude: text, .. }, PlacePart::Latitude)
                | (
                    HeaderPlace {
                        longitude: text, ..
                    },
                    PlacePart::Longitude,
                )
                | (HeaderPlace { name: text, .. }, PlacePart::Name)
                | (HeaderPlace { address: text, .. }, PlacePart::Address) => Some(text),
            },
            (Message::Template(Template { values, .. }), Field::Value(at)) => {
                let TemplateValue { text, .. } = values.$get(at)?;
                Some(text)
            }
            (Message::Template(Template { values, .. }), Field::ValueName(at)) => {
                let TemplateValue { name, .. } = values.$get(at)?;
                Some(name)
            }
            (Message::Template(Template { buttons, .. }), Field::Button(at, part)) => {
                match (buttons.$get(at)?, part) {
                    (TemplateButton { filling, value, .. }, ButtonPart::Filling(which))
                        if which == *filling =>
                    {
                        Some(value)
                    }
                    _ => None,
                }
            }
            (Message::Template(Template { name: text, .. }), Field::Name)
            | (Message::Template(Template { language: text, .. }), Field::Language)
            | (
                Message::Template(Template {
                    header: TemplateHeader::Text(text),
                    ..
                }),
                Field::Header,
            ) => Some(text),
            (Message::ButtonReply(ButtonReply { selected }), Field::Selected(part)) => {
                match (selected, part) {
                    (SelectedButton { id: text, .. }, SelectedPart::Id)
                    | (SelectedButton { text, .. }, SelectedPart::Text) => Some(text),
                    (_, SelectedPart::Description) => None,
                }
            }
            (Message::ListReply(ListReply { selected }), Field::Selected(part)) => {
                match (selected, part) {
                    (SelectedRow { id: text, .. }, SelectedPart::Id)
                    | (SelectedRow { text, .. }, SelectedPart::Text)
                    | (
                        SelectedRow {
                            description: text, ..
                        },
                        SelectedPart::Description,
                    ) => Some(text),
                }
            }
            (
                Message::Text(Text { text })
                | Message::Buttons(Buttons { text, .. })
                | Message::Catalog(Catalog { text, .. })
                | Message::List(List { text, .. })
                | Message::Poll(Poll { text, .. }),
                Field::Text,
            )
            | (Message::Buttons(Buttons { header: text, .. }), Field::Header)
            | (
                Message::Catalog(Catalog { title: text, .. })
                | Message::List(List { title: text, .. }),
                Field::Title,
            )
            | (
                Message::Buttons(Buttons { footer: text, .. })
                | Message::Catalog(Catalog { footer: text, .. })
                | Message::List(List { footer: text, .. }),
                Field::Footer,
            )
            | (
                Message::Catalog(Catalog { button: text, .. })
                | Message::List(List { button: text, .. }),
                Field::MenuButton,
            )
            | (
                Message::Catalog(Catalog {
                    business_owner: text,
                    ..
                }),
                Field::BusinessOwner,
            )
            | (
                Message::Catalog(Catalog {
                    catalog_id: text, ..
                }),
                Field::CatalogId,
            )
            | (
                Message::Catalog(Catalog {
                    header_product: text,
                    ..
                }),
                Field::HeaderProduct,
            )
            | (
                Message::Catalog(Catalog {
                    thumbnail: text, ..
                }),
                Field::Thumbnail,
            ) => Some(text),
            _ => None,
        }
    };
}

impl Draft {
    /// Every place that holds a text, in the order of the form; empty ones too.
    pub fn text_fields(&self) -> Vec<Field> {
        let mut fields = vec![Field::To];
        fields.extend(self.message.kind().texts());
        match &self.message {
            Message::Buttons(message) => {
                for (index, button) in message.buttons.iter().enumerate() {
                    let part = |part| Field::Button(index, part);
                    fields.extend(ButtonPart::TEXTS.map(part));
                    if button.action.value().is_some() {
                        fields.push(part(ButtonPart::Value(button.action.kind())));
                    }
                    if let Action::Pix(_) = button.action {
                        let parts = PixPart::VARIANTS.iter();
                        fields.extend(parts.map(|&of_pix| part(ButtonPart::Pix(of_pix))));
                    }
                }
            }
            Message::Catalog(message) => {
                for (index, section) in message.sections.iter().enumerate() {
                    let part = |part| Field::Section(index, part);
                    fields.push(part(SectionPart::Title));
                    let products = 0..section.products.len();
                    fields.extend(products.map(|at| part(SectionPart::Product(at))));
                }
            }
            Message::List(message) => {
                for (index, section) in message.sections.iter().enumerate() {
                    let part = |part| Field::Section(index, part);
                    fields.push(part(SectionPart::Title));
                    for at in 0..section.rows.len() {
                        let parts = RowPart::VARIANTS.iter();
                        fields.extend(parts.map(|&of_row| part(SectionPart::Row(at, of_row))));
                    }
                }
            }
            Message::Poll(message) => {
                fields.extend((0..message.options.len()).map(Field::Option));
            }
            Message::Template(message) => fields_of_template(message, &mut fields),
            Message::Text(_) | Message::ButtonReply(_) | Message::ListReply(_) => {}
        }
        if self.quote.is_some() {
            fields.extend(QuotePart::VARIANTS.iter().copied().map(Field::QuotePart));
        }
        fields
    }

    /// The text at a place; `None` where this draft has no such place, or no text there.
    pub fn text_at(&self, field: Field) -> Option<&str> {
        match field {
            Field::To => Some(&self.to),
            Field::QuotePart(part) => {
                text_of_quote!(self.quote.as_ref()?, part).map(String::as_str)
            }
            _ => self.message.text_at(field),
        }
    }

    /// The text at a place, to change it; `None` as for [`Draft::text_at`].
    pub fn text_at_mut(&mut self, field: Field) -> Option<&mut String> {
        match field {
            Field::To => Some(&mut self.to),
            Field::QuotePart(part) => text_of_quote!(self.quote.as_mut()?, part),
            _ => self.message.text_at_mut(field),
        }
    }
}

/// The places of a template's texts that it has besides those of its kind.
fn fields_of_template(message: &Template, fields: &mut Vec<Field>) {
    match &message.header {
        TemplateHeader::Text(_) => {}
        TemplateHeader::Media(_) => {
            fields.retain(|&field| field != Field::Header);
            fields.extend([MediaPart::Url, MediaPart::Name].map(Field::Media));
        }
        TemplateHeader::Place(_) => {
            fields.retain(|&field| field != Field::Header);
            fields.extend(PlacePart::VARIANTS.iter().copied().map(Field::Place));
        }
    }
    fields.extend((0..message.values.len()).map(Field::Value));
    let names = message.values.iter().enumerate();
    let names = names.filter(|(_, value)| !value.name.is_empty());
    fields.extend(names.map(|(at, _)| Field::ValueName(at)));
    let buttons = message.buttons.iter().enumerate();
    fields
        .extend(buttons.map(|(at, button)| Field::Button(at, ButtonPart::Filling(button.filling))));
}

impl Message {
    /// The text at a place of the message itself, as for [`Draft::text_at`].
    pub fn text_at(&self, field: Field) -> Option<&str> {
        text_of_message!(self, field, get).map(String::as_str)
    }

    /// The same, to change it.
    pub(super) fn text_at_mut(&mut self, field: Field) -> Option<&mut String> {
        text_of_message!(self, field, get_mut)
    }

    /// How many items there are at a place that holds some: [`Field::Buttons`], [`Field::Rows`] and
    /// the like; `None` where this message has no such place.
    pub fn count_at(&self, field: Field) -> Option<usize> {
        match (self, field) {
            (Self::Buttons(message), Field::Buttons) => Some(message.buttons.len()),
            (Self::Catalog(message), Field::Sections) => Some(message.sections.len()),
            (Self::Catalog(message), Field::Products) => Some(message.product_count()),
            (Self::Catalog(message), Field::Section(at, SectionPart::Products)) => {
                Some(message.sections.get(at)?.products.len())
            }
            (Self::Poll(message), Field::Options) => Some(message.options.len()),
            (Self::Template(message), Field::Values) => Some(message.values.len()),
            (Self::Template(message), Field::Buttons) => Some(message.buttons.len()),
            (Self::List(message), Field::Sections) => Some(message.sections.len()),
            (Self::List(message), Field::Rows) => Some(message.row_count()),
            (Self::List(message), Field::Section(at, SectionPart::Rows)) => {
                Some(message.sections.get(at)?.rows.len())
            }
            _ => None,
        }
    }
}
