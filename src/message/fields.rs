//! The texts of a draft by their place in it.
//!
//! What goes through every text (check, variables, a counter, an editor) goes through here, so that
//! a new field is added once.

use super::{Action, Button, ButtonPart, Draft, Field, Message, QuotePart};

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
            Field::Text => Some(self.message.text()),
            Field::Header | Field::Footer | Field::Button(..) => match &self.message {
                Message::Buttons(message) => match field {
                    Field::Header => Some(&message.header),
                    Field::Footer => Some(&message.footer),
                    Field::Button(index, part) => message.buttons.get(index)?.text_at(part),
                    _ => None,
                },
                Message::Text(_) => None,
            },
            Field::QuotePart(part) => self.quote.as_ref().map(|quote| match part {
                QuotePart::Id => quote.id.as_str(),
                QuotePart::Participant => quote.participant.as_str(),
                QuotePart::Body => quote.body.as_str(),
            }),
            Field::Kind
            | Field::Buttons
            | Field::Quote
            | Field::LinkPreview
            | Field::Delay
            | Field::Typing => None,
        }
    }

    /// The text at a place, to change it; `None` as for [`Draft::text_at`].
    pub fn text_at_mut(&mut self, field: Field) -> Option<&mut String> {
        match field {
            Field::To => Some(&mut self.to),
            Field::Text => Some(match &mut self.message {
                Message::Text(message) => &mut message.text,
                Message::Buttons(message) => &mut message.text,
            }),
            Field::Header | Field::Footer | Field::Button(..) => match &mut self.message {
                Message::Buttons(message) => match field {
                    Field::Header => Some(&mut message.header),
                    Field::Footer => Some(&mut message.footer),
                    Field::Button(index, part) => message.buttons.get_mut(index)?.text_at_mut(part),
                    _ => None,
                },
                Message::Text(_) => None,
            },
            Field::QuotePart(part) => self.quote.as_mut().map(|quote| match part {
                QuotePart::Id => &mut quote.id,
                QuotePart::Participant => &mut quote.participant,
                QuotePart::Body => &mut quote.body,
            }),
            Field::Kind
            | Field::Buttons
            | Field::Quote
            | Field::LinkPreview
            | Field::Delay
            | Field::Typing => None,
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
