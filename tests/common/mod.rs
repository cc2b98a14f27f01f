//! Drafts of every kind for property tests.

use proptest::prelude::*;
use wacompose::message::{
    Action, ActionKind, Button, ButtonReply, Buttons, Catalog, Draft, Filling, HeaderMedia,
    HeaderPlace, List, ListReply, MediaKind, Message, ProductSection, Quote, Row, RowSection,
    SelectedButton, SelectedRow, Template, TemplateButton, TemplateHeader, TemplateValue, Text,
};

/// Any draft whose texts are of a strategy, its recipient of another.
pub fn draft(
    to: impl Strategy<Value = String>,
    text: impl Strategy<Value = String> + Clone + 'static,
) -> impl Strategy<Value = Draft> {
    let quote = (text.clone(), text.clone(), text.clone());
    let quote = quote.prop_map(|(id, participant, body)| Quote {
        id,
        participant,
        body,
    });
    (
        to,
        prop::option::of(quote),
        any::<Option<bool>>(),
        any::<Option<u32>>(),
        any::<Option<u32>>(),
        message(text),
    )
        .prop_map(|(to, quote, link_preview, delay, typing, message)| Draft {
            to,
            quote,
            link_preview,
            delay,
            typing,
            message,
        })
}

fn message(
    text: impl Strategy<Value = String> + Clone + 'static,
) -> impl Strategy<Value = Message> {
    let three = (text.clone(), text.clone(), text.clone());
    let four = (text.clone(), text.clone(), text.clone(), text.clone());
    prop_oneof![
        text.clone().prop_map(|text| Message::Text(Text { text })),
        (
            three.clone(),
            prop::collection::vec(button(text.clone()), 0..5)
        )
            .prop_map(
                |((header, text, footer), buttons)| Message::Buttons(Buttons {
                    header,
                    text,
                    footer,
                    buttons,
                })
            ),
        (
            four.clone(),
            four.clone(),
            prop::collection::vec(product_section(text.clone()), 0..4)
        )
            .prop_map(
                |(
                    (title, text, footer, button),
                    (business_owner, catalog_id, header_product, thumbnail),
                    sections,
                )| Message::Catalog(Catalog {
                    title,
                    text,
                    footer,
                    button,
                    business_owner,
                    catalog_id,
                    header_product,
                    thumbnail,
                    sections,
                })
            ),
        (four, prop::collection::vec(row_section(text.clone()), 0..4)).prop_map(
            |((title, text, footer, button), sections)| Message::List(List {
                title,
                text,
                footer,
                button,
                sections,
            })
        ),
        template(text.clone()).prop_map(Message::Template),
        (text.clone(), text).prop_map(|(id, text)| Message::ButtonReply(ButtonReply {
            selected: SelectedButton { id, text },
        })),
        three.prop_map(|(id, text, description)| Message::ListReply(ListReply {
            selected: SelectedRow {
                id,
                text,
                description,
            },
        })),
    ]
}

fn template(
    text: impl Strategy<Value = String> + Clone + 'static,
) -> impl Strategy<Value = Template> {
    let kinds = [MediaKind::Image, MediaKind::Video, MediaKind::Document];
    let media = (
        prop::sample::select(kinds.to_vec()),
        text.clone(),
        text.clone(),
    );
    let place = (text.clone(), text.clone(), text.clone(), text.clone());
    let header = prop_oneof![
        text.clone().prop_map(TemplateHeader::Text),
        media.prop_map(|(kind, url, name)| TemplateHeader::Media(HeaderMedia { kind, url, name })),
        place.prop_map(|(latitude, longitude, name, address)| {
            TemplateHeader::Place(HeaderPlace {
                latitude,
                longitude,
                name,
                address,
            })
        }),
    ];
    let values = (
        any::<bool>(),
        prop::collection::vec((text.clone(), text.clone()), 0..4),
    );
    // in a file each name stands once
    let values = values.prop_map(|(named, values)| {
        let values = values.into_iter().enumerate();
        let value = |(at, (name, text))| TemplateValue {
            name: if named {
                format!("{name}{at}")
            } else {
                String::new()
            },
            text,
        };
        values.map(value).collect()
    });
    let fillings = [Filling::Payload, Filling::Suffix, Filling::Code];
    let button = (
        any::<u32>(),
        prop::sample::select(fillings.to_vec()),
        text.clone(),
    );
    let button = button.prop_map(|(index, filling, value)| TemplateButton {
        index,
        filling,
        value,
    });
    let buttons = prop::collection::vec(button, 0..4);
    (text.clone(), text, header, values, buttons).prop_map(
        |(name, language, header, values, buttons)| Template {
            name,
            language,
            header,
            values,
            buttons,
        },
    )
}

fn button(text: impl Strategy<Value = String> + Clone) -> impl Strategy<Value = Button> {
    let kind = prop::sample::select(ActionKind::ALL.to_vec());
    let value = (text.clone(), text.clone(), text.clone());
    (text.clone(), text, kind, value).prop_map(|(id, text, kind, (value, name, key_type))| {
        let mut action = kind.with_value(value);
        if let Action::Pix(pix) = &mut action {
            (pix.name, pix.key_type) = (name, key_type);
        }
        Button { id, text, action }
    })
}

fn product_section(
    text: impl Strategy<Value = String> + Clone,
) -> impl Strategy<Value = ProductSection> {
    (text.clone(), prop::collection::vec(text, 0..6))
        .prop_map(|(title, products)| ProductSection { title, products })
}

fn row_section(text: impl Strategy<Value = String> + Clone) -> impl Strategy<Value = RowSection> {
    let row = (text.clone(), text.clone(), text.clone());
    let row = row.prop_map(|(id, title, description)| Row {
        id,
        title,
        description,
    });
    (text, prop::collection::vec(row, 0..4)).prop_map(|(title, rows)| RowSection { title, rows })
}
