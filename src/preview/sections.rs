//! The card of a catalog, the button that opens sections, and what stands below it, opened.

use std::borrow::Cow;

use super::{BOLD, Content, Place, Role, Style, shown, span, words};
use crate::message::inline::Inline;
use crate::message::{Catalog, List, ProductSection, Row, RowSection, Thumbnail};

impl Content {
    /// The button that opens the sections.
    pub(super) fn opener(&mut self, text: &str) {
        self.bare(Place::Rule);
        self.button("≡ ", text);
    }

    /// The place of a card's picture: what it is, for a screen that cannot draw it.
    pub(super) fn picture(&mut self, message: &Catalog) {
        let inline = Inline::of(&message.thumbnail);
        let what = match Thumbnail::of(&message.thumbnail) {
            Some(Thumbnail::Jpeg(_)) => Cow::Borrowed("a picture"),
            Some(Thumbnail::Url(name) | Thumbnail::File(name)) => {
                inline.map_or(Cow::Borrowed(name), |inline| Cow::Owned(inline.name()))
            }
            None if message.header_product.is_empty() => return,
            None => Cow::Owned(format!("product {}", message.header_product)),
        };
        let icon = span("▦ ", Role::Faint, Style::default());
        let what = span(shown(&what), Role::Faint, Style::default());
        self.add(Some(&icon), vec![what], Place::Left);
    }

    /// The picture's own place.
    pub(super) fn pixels(&mut self, columns: usize, rows: usize) {
        let columns = columns.min(self.width);
        for _ in 0..rows {
            let place = span(" ".repeat(columns), Role::Picture, Style::default());
            self.rows.push(super::BubbleRow {
                line: vec![place],
                width: columns,
                place: Place::Centre,
            });
        }
    }

    /// The sections of a catalog, opened.
    pub(super) fn products(&mut self, message: &Catalog) {
        let are_several = message.sections.len() > 1;
        for ProductSection { title, products } in &message.sections {
            self.section(title, are_several, products.is_empty());
            for id in products {
                self.item("▢ ", id, "no id yet");
            }
        }
    }

    /// The sections of a list, opened.
    pub(super) fn list(&mut self, message: &List) {
        let are_several = message.sections.len() > 1;
        for RowSection { title, rows } in &message.sections {
            self.section(title, are_several, rows.is_empty());
            for Row {
                title, description, ..
            } in rows
            {
                self.item("○ ", title, "no title yet");
                if !description.is_empty() {
                    let indent = span("  ", Role::Faint, Style::default());
                    self.plain(Some(&indent), description, Role::Faint, Style::default());
                }
            }
        }
    }

    /// The head of a section.
    fn section(&mut self, title: &str, are_several: bool, is_empty: bool) {
        if !self.rows.is_empty() {
            self.bare(Place::Left);
        }
        if are_several || !title.trim().is_empty() {
            let title = words(title, "no title yet", Role::Header, BOLD);
            self.add(None, vec![title], Place::Left);
        }
        if is_empty {
            self.plain(None, "nothing in it yet", Role::Faint, Style::default());
        }
    }

    /// What can be picked in a section.
    fn item(&mut self, icon: &str, text: &str, missing: &str) {
        let icon = span(icon, Role::Button, Style::default());
        let text = words(text, missing, Role::Body, Style::default());
        self.add(Some(&icon), vec![text], Place::Left);
    }
}
