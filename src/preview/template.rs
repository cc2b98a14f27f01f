//! A template whose approved text is not known: its name and language, and what it is filled with.

use super::{BOLD, Content, Role, Style, shown, span, words};
use crate::message::{Filling, MediaKind, Template, TemplateHeader};

impl Content {
    /// The header's value, the place of the text, and the values of its variables.
    pub(super) fn template(&mut self, message: &Template) {
        let plain = Style::default();
        match &message.header {
            TemplateHeader::Text(text) => self.header(text),
            TemplateHeader::Media(media) => {
                let (icon, name) = match media.kind {
                    MediaKind::Image => ("▦ ", "picture"),
                    MediaKind::Video => ("▶ ", "video"),
                    MediaKind::Document => ("▤ ", "document"),
                };
                let icon = span(icon, Role::Picture, plain);
                let named = media.kind == MediaKind::Document && !media.name.trim().is_empty();
                let text = if named { &media.name } else { &media.url };
                let text = words(text, name, Role::Faint, plain);
                self.add(Some(&icon), vec![text], super::Place::Left);
            }
            TemplateHeader::Place(place) => {
                let icon = span("⌖ ", Role::Picture, plain);
                let name = words(&place.name, "no name yet", Role::Header, BOLD);
                self.add(Some(&icon), vec![name], super::Place::Left);
                self.footer(&place.address);
            }
        }
        let name = words(&message.name, "no template yet", Role::Body, BOLD);
        let language = span(format!(" {}", shown(&message.language)), Role::Faint, plain);
        self.add(None, vec![name, language], super::Place::Left);
        for (at, value) in message.values.iter().enumerate() {
            let variable = if value.name.is_empty() {
                format!("{{{{{}}}}} ", at + 1)
            } else {
                format!("{{{{{}}}}} ", shown(&value.name))
            };
            let variable = span(variable, Role::Faint, plain);
            let text = words(&value.text, "no value yet", Role::Body, plain);
            self.add(Some(&variable), vec![text], super::Place::Left);
        }
    }

    /// What the buttons are filled with, by their places in the template.
    pub(super) fn fillings(&mut self, message: &Template) {
        let code = message.one_time_code();
        if code.is_some() || !message.buttons.is_empty() {
            self.bare(super::Place::Rule);
        }
        if code.is_some() {
            self.button("⧉ ", "Copy code");
        }
        for button in &message.buttons {
            let icon = match button.filling {
                Filling::Payload => "↩ ",
                Filling::Suffix => "↗ ",
                Filling::Code => "⧉ ",
            };
            let text = format!("{} · {}", u64::from(button.index) + 1, button.value);
            self.button(icon, &text);
        }
    }
}
