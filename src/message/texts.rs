//! The texts of a draft by their place in it.
//!
//! What goes through every text (check, variables, a counter, an editor) goes through here, so that
//! a new field is added once.

use super::{
    Action, Button, ButtonPart, Catalog, Draft, Field, List, Message, Quote, QuotePart, RowPart,
    SectionPart, SelectedPart,
};

impl Draft {
    /// Every place that holds a text, in the order of the form; empty ones too.
    pub fn text_fields(&self) -> Vec<Field> {
        let mut fields = vec![Field::To];
        match &self.message {
            Message::Text(_) => fields.push(Field::Text),
            Message::Buttons(message) => {
                fields.extend([Field::Header, Field::Text, Field::Footer]);
                for (index, button) in message.buttons.iter().enumerate() {
                    let part = |part| Field::Button(index, part);
                    fields.extend([part(ButtonPart::Id), part(ButtonPart::Text)]);
                    if button.action.value().is_some() {
                        fields.push(part(ButtonPart::Value(button.action.kind())));
                    }
                }
            }
            Message::Catalog(message) => message.add_fields(&mut fields),
            Message::List(message) => message.add_fields(&mut fields),
            Message::ButtonReply(_) => {
                fields.extend([SelectedPart::Id, SelectedPart::Text].map(Field::Selected));
            }
            Message::ListReply(_) => fields.extend(
                [
                    SelectedPart::Id,
                    SelectedPart::Text,
                    SelectedPart::Description,
                ]
                .map(Field::Selected),
            ),
        }
        if self.quote.is_some() {
            fields.extend(
                [QuotePart::Id, QuotePart::Participant, QuotePart::Body].map(Field::QuotePart),
            );
        }
        fields
    }

    /// The text at a place; `None` where this draft has no such place, or no text there.
    pub fn text_at(&self, field: Field) -> Option<&str> {
        match field {
            Field::To => Some(&self.to),
            Field::QuotePart(part) => self.quote.as_ref().map(|quote| quote.text_at(part)),
            _ => self.message.text_at(field),
        }
    }

    /// The text at a place, to change it; `None` as for [`Draft::text_at`].
    pub fn text_at_mut(&mut self, field: Field) -> Option<&mut String> {
        match field {
            Field::To => Some(&mut self.to),
            Field::QuotePart(part) => self.quote.as_mut().map(|quote| quote.text_at_mut(part)),
            _ => self.message.text_at_mut(field),
        }
    }
}

impl Message {
    /// The text at a place of the message itself, as for [`Draft::text_at`].
    pub fn text_at(&self, field: Field) -> Option<&str> {
        Some(match (self, field) {
            (Self::Text(message), Field::Text) => &message.text,
            (Self::Buttons(message), Field::Header) => &message.header,
            (Self::Buttons(message), Field::Text) => &message.text,
            (Self::Buttons(message), Field::Footer) => &message.footer,
            (Self::Buttons(message), Field::Button(index, part)) => {
                return message.buttons.get(index)?.text_at(part);
            }
            (Self::Catalog(message), field) => return message.text_at(field),
            (Self::List(message), field) => return message.text_at(field),
            (Self::ButtonReply(message), Field::Selected(part)) => match part {
                SelectedPart::Id => &message.selected.id,
                SelectedPart::Text => &message.selected.text,
                SelectedPart::Description => return None,
            },
            (Self::ListReply(message), Field::Selected(part)) => match part {
                SelectedPart::Id => &message.selected.id,
                SelectedPart::Text => &message.selected.text,
                SelectedPart::Description => &message.selected.description,
            },
            _ => return None,
        })
    }

    fn text_at_mut(&mut self, field: Field) -> Option<&mut String> {
        Some(match (self, field) {
            (Self::Text(message), Field::Text) => &mut message.text,
            (Self::Buttons(message), Field::Header) => &mut message.header,
            (Self::Buttons(message), Field::Text) => &mut message.text,
            (Self::Buttons(message), Field::Footer) => &mut message.footer,
            (Self::Buttons(message), Field::Button(index, part)) => {
                return message.buttons.get_mut(index)?.text_at_mut(part);
            }
            (Self::Catalog(message), field) => return message.text_at_mut(field),
            (Self::List(message), field) => return message.text_at_mut(field),
            (Self::ButtonReply(message), Field::Selected(part)) => match part {
                SelectedPart::Id => &mut message.selected.id,
                SelectedPart::Text => &mut message.selected.text,
                SelectedPart::Description => return None,
            },
            (Self::ListReply(message), Field::Selected(part)) => match part {
                SelectedPart::Id => &mut message.selected.id,
                SelectedPart::Text => &mut message.selected.text,
                SelectedPart::Description => &mut message.selected.description,
            },
            _ => return None,
        })
    }
}

impl Catalog {
    fn add_fields(&self, fields: &mut Vec<Field>) {
        fields.extend([
            Field::Title,
            Field::Text,
            Field::Footer,
            Field::MenuButton,
            Field::BusinessOwner,
            Field::CatalogId,
            Field::HeaderProduct,
            Field::Thumbnail,
        ]);
        for (index, section) in self.sections.iter().enumerate() {
            fields.push(Field::Section(index, SectionPart::Title));
            let products = 0..section.products.len();
            fields.extend(products.map(|at| Field::Section(index, SectionPart::Product(at))));
        }
    }

    fn text_at(&self, field: Field) -> Option<&str> {
        Some(match field {
            Field::Title => &self.title,
            Field::Text => &self.text,
            Field::Footer => &self.footer,
            Field::MenuButton => &self.button,
            Field::BusinessOwner => &self.business_owner,
            Field::CatalogId => &self.catalog_id,
            Field::HeaderProduct => &self.header_product,
            Field::Thumbnail => &self.thumbnail,
            Field::Section(index, part) => {
                let section = self.sections.get(index)?;
                match part {
                    SectionPart::Title => &section.title,
                    SectionPart::Product(at) => section.products.get(at)?,
                    _ => return None,
                }
            }
            _ => return None,
        })
    }

    fn text_at_mut(&mut self, field: Field) -> Option<&mut String> {
        Some(match field {
            Field::Title => &mut self.title,
            Field::Text => &mut self.text,
            Field::Footer => &mut self.footer,
            Field::MenuButton => &mut self.button,
            Field::BusinessOwner => &mut self.business_owner,
            Field::CatalogId => &mut self.catalog_id,
            Field::HeaderProduct => &mut self.header_product,
            Field::Thumbnail => &mut self.thumbnail,
            Field::Section(index, part) => {
                let section = self.sections.get_mut(index)?;
                match part {
                    SectionPart::Title => &mut section.title,
                    SectionPart::Product(at) => section.products.get_mut(at)?,
                    _ => return None,
                }
            }
            _ => return None,
        })
    }
}

impl List {
    fn add_fields(&self, fields: &mut Vec<Field>) {
        fields.extend([Field::Title, Field::Text, Field::Footer, Field::MenuButton]);
        for (index, section) in self.sections.iter().enumerate() {
            fields.push(Field::Section(index, SectionPart::Title));
            for at in 0..section.rows.len() {
                let part = |part| Field::Section(index, SectionPart::Row(at, part));
                fields.extend([RowPart::Id, RowPart::Title, RowPart::Description].map(part));
            }
        }
    }

    fn text_at(&self, field: Field) -> Option<&str> {
        Some(match field {
            Field::Title => &self.title,
            Field::Text => &self.text,
            Field::Footer => &self.footer,
            Field::MenuButton => &self.button,
            Field::Section(index, SectionPart::Title) => &self.sections.get(index)?.title,
            Field::Section(index, SectionPart::Row(at, part)) => {
                let row = self.sections.get(index)?.rows.get(at)?;
                match part {
                    RowPart::Id => &row.id,
                    RowPart::Title => &row.title,
                    RowPart::Description => &row.description,
                }
            }
            _ => return None,
        })
    }

    fn text_at_mut(&mut self, field: Field) -> Option<&mut String> {
        Some(match field {
            Field::Title => &mut self.title,
            Field::Text => &mut self.text,
            Field::Footer => &mut self.footer,
            Field::MenuButton => &mut self.button,
            Field::Section(index, SectionPart::Title) => &mut self.sections.get_mut(index)?.title,
            Field::Section(index, SectionPart::Row(at, part)) => {
                let row = self.sections.get_mut(index)?.rows.get_mut(at)?;
                match part {
                    RowPart::Id => &mut row.id,
                    RowPart::Title => &mut row.title,
                    RowPart::Description => &mut row.description,
                }
            }
            _ => return None,
        })
    }
}

impl Quote {
    fn text_at(&self, part: QuotePart) -> &str {
        match part {
            QuotePart::Id => &self.id,
            QuotePart::Participant => &self.participant,
            QuotePart::Body => &self.body,
        }
    }

    const fn text_at_mut(&mut self, part: QuotePart) -> &mut String {
        match part {
            QuotePart::Id => &mut self.id,
            QuotePart::Participant => &mut self.participant,
            QuotePart::Body => &mut self.body,
        }
    }
}

impl Button {
    fn text_at(&self, part: ButtonPart) -> Option<&str> {
        match part {
            ButtonPart::Id => Some(&self.id),
            ButtonPart::Text => Some(&self.text),
            ButtonPart::Value(kind) if kind == self.action.kind() => self.action.value(),
            ButtonPart::Value(_) | ButtonPart::Action => None,
        }
    }

    fn text_at_mut(&mut self, part: ButtonPart) -> Option<&mut String> {
        match part {
            ButtonPart::Id => Some(&mut self.id),
            ButtonPart::Text => Some(&mut self.text),
            ButtonPart::Value(kind) if kind == self.action.kind() => match &mut self.action {
                Action::Reply => None,
                Action::Copy { code: value }
                | Action::Call { phone: value }
                | Action::Url { url: value } => Some(value),
            },
            ButtonPart::Value(_) | ButtonPart::Action => None,
        }
    }
}
