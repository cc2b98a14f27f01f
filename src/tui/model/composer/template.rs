//! The choices of a template: what its header is, and what a button is filled with.

use super::{Composer, turn};
use crate::message::outline::Change;
use crate::message::{Filling, HeaderMedia, HeaderPlace, MediaKind, Message, TemplateHeader};
use strum::VariantArray as _;

/// What a header is: a text, a file of some kind, or a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Media(MediaKind),
    Place,
}

const FORMS: [Form; 5] = [
    Form::Text,
    Form::Media(MediaKind::Image),
    Form::Media(MediaKind::Video),
    Form::Media(MediaKind::Document),
    Form::Place,
];

impl Form {
    const fn of(header: &TemplateHeader) -> Self {
        match header {
            TemplateHeader::Text(_) => Self::Text,
            TemplateHeader::Media(media) => Self::Media(media.kind),
            TemplateHeader::Place(_) => Self::Place,
        }
    }
}

impl Composer {
    /// The next or the previous form of a template's header; what was written in the others is
    /// remembered.
    pub fn turn_header(&mut self, back: bool) {
        let Message::Template(message) = &self.draft().message else {
            return;
        };
        let mut message = message.clone();
        let form = turn(&FORMS, Form::of(&message.header), back);
        let is_like = |header: &TemplateHeader| match (Form::of(header), form) {
            (Form::Media(_), Form::Media(_)) => true,
            (header, form) => header == form,
        };
        let old = message.header.clone();
        self.headers
            .retain(|header| std::mem::discriminant(header) != std::mem::discriminant(&old));
        self.headers.push(old);
        let known = self.headers.iter().rev().find(|header| is_like(header));
        message.header = match (known.cloned(), form) {
            (Some(TemplateHeader::Media(media)), Form::Media(kind)) => {
                TemplateHeader::Media(HeaderMedia { kind, ..media })
            }
            (Some(known), _) => known,
            (None, Form::Text) => TemplateHeader::default(),
            (None, Form::Media(kind)) => TemplateHeader::Media(HeaderMedia {
                kind,
                ..HeaderMedia::default()
            }),
            (None, Form::Place) => TemplateHeader::Place(HeaderPlace::default()),
        };
        self.change(Change::Replace(Box::new(Message::Template(message))));
    }

    /// The next or the previous filling of a template's button; its value stays.
    pub(super) fn turn_filling(&mut self, at: usize, back: bool) {
        let Message::Template(message) = &self.draft().message else {
            return;
        };
        let mut message = message.clone();
        let Some(button) = message.buttons.get_mut(at) else {
            return;
        };
        button.filling = turn(Filling::VARIANTS, button.filling, back);
        self.change(Change::Replace(Box::new(Message::Template(message))));
    }
}
